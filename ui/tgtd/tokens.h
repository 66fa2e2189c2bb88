// SPDX-License-Identifier: GPL-3.0-or-later
// What travels through the picture on a step: the alarm to the gate, its word into the pipe, items from list to list.
// Read off the records of the step; places come from the layouts before and after it. Pure; time is an explicit value.
#pragma once

#include "ui/tgtd/layout.h"

#include <vector>

namespace jiffy::ui
{

struct FlowToken
{
    enum class What : std::uint8_t
    {
        Alarm,     ///< from the dial to the gate; goes on as a Word, or ends there
        Swallowed, ///< an alarm that ends at the gate
        Word,      ///< into the pipe
        Readable,  ///< from the pipe to its row of the loop
        Item       ///< a work item, between lists
    };
    What what = What::Alarm;
    core::TimerId item;
    QString name;
    QPointF from, to;
    int stage = 0; ///< tokens of a later stage fly behind those of an earlier one
    bool operator==(const FlowToken&) const = default;
};

/// At most that many fly; of more items the first ones.
constexpr std::size_t mostTokens = 12;
/// Steps over more records show no tokens.
constexpr std::uint64_t mostTokenRecords = 400;

/// For a step over the records [from, to), in the order in which they fly when it goes forward.
std::vector<FlowToken> flowTokens(const core::Inputs& inputs, const core::LogView& log, std::uint64_t from, std::uint64_t to, const FlowLayout& before,
                                  const FlowLayout& after);

/// The clock of a flight: all stages in at most 900 ms.
class TokenFlight
{
  public:
    static constexpr double stageMs = 260, longestMs = 900;

    void begin(std::vector<FlowToken> tokens, bool isBackwards);
    void stop() { m_tokens.clear(); }
    const std::vector<FlowToken>& tokens() const { return m_tokens; }
    bool isRunning() const { return !m_tokens.empty() && m_elapsed < length(); }
    void advanceTo(double ms) { m_elapsed = ms; }
    double length() const { return m_tokens.empty() ? 0 : m_stage * m_stages; } ///< ms
    /// 0..1 on the way of token i; none while it has not started or has arrived.
    std::optional<double> along(std::size_t i) const;
    QPointF place(std::size_t i) const;
    /// The item is on its way to where it will stand: its card there is not seen yet.
    bool isComing(core::TimerId item) const;

  private:
    std::vector<FlowToken> m_tokens;
    double m_elapsed = 0, m_stage = stageMs;
    int m_stages = 0;
    bool m_isBackwards = false;
};

} // namespace jiffy::ui
