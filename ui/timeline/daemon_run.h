// SPDX-License-Identifier: GPL-3.0-or-later
// What the timeline keeps of a run of tgtd: its lateness, that of the other scheduler on the same inputs,
// those of other branches, and the order of the items. Pictures are made of it as values (DaemonPicture), so
// that what does not change with the playhead is worked out once.
#pragma once

#include "ui/session/session.h"
#include "ui/timeline/daemon_lanes.h"

#include <QString>

#include <list>
#include <optional>

namespace jiffy::ui
{

/// Another future of the run: the funcs that it calls.
struct DaemonGhost
{
    QString name;
    const core::Lateness* run = nullptr;
    std::uint64_t forkTick = 0; ///< us; from here on it differs
    std::uint64_t endTicks = 0;
};

class DaemonRun
{
  public:
    explicit DaemonRun(core::InputsPtr inputs);

    const core::Inputs& inputs() const { return *m_inputs; }
    void extend(const core::LogView& log);
    const core::Lateness& lead() const { return m_lead; }

    /// The other scheduler's run as far as it is known; null: there is none.
    void followTwin(Twin& twin);
    const core::Lateness* twin() const { return m_twin ? &*m_twin : nullptr; }
    std::uint64_t twinEnd() const { return m_twinEnd; }
    QString twinName() const { return m_twinName; } ///< "old", "new"

    /// Only so many other futures are shown, the newest.
    static constexpr std::size_t mostGhosts = 4;
    void showGhosts(const std::vector<Ghost>& ghosts);
    const std::vector<DaemonGhost>& ghosts() const { return m_ghosts; }

    /// Items in the order of their rows: pinned ones, then by their first deadline. Notes that the pinned
    /// ones changed.
    const std::vector<core::TimerId>& items(const std::vector<core::TimerId>& pinned);
    const std::vector<core::TimerId>& items() const { return m_items; }
    int rowOf(core::TimerId item) const; ///< -1: none
    /// From when an item was first added to when it last ran or is due, us; none: it never was.
    std::optional<std::pair<std::uint64_t, std::uint64_t>> lifeOf(core::TimerId item) const;

    /// "fd 11", or "io#3" where the inputs name no file.
    QString sourceName(core::TimerId source) const;
    /// "slow disk", or nothing.
    QString fileName(core::TimerId source) const;
    QString itemName(core::TimerId item) const { return QString::fromStdString(m_inputs->timerName(item)); }

  private:
    struct Branch
    {
        int id = 0;
        core::InputsPtr inputs;
        core::Lateness run;
        std::uint64_t events = 0;
    };

    core::InputsPtr m_inputs;
    core::Lateness m_lead;
    std::optional<core::Lateness> m_twin;
    core::InputsPtr m_twinInputs;
    std::uint64_t m_twinEnd = 0;
    QString m_twinName;
    std::list<Branch> m_branches;
    std::vector<DaemonGhost> m_ghosts;
    std::vector<core::TimerId> m_items, m_pinned;
    std::vector<int> m_rows;           ///< by item
    std::uint64_t m_sortedFor = ~0ull; ///< adds that the order has seen
};

/// The schedulers' names in a row of two words: "old", "new", "today's".
QString shortName(core::WorkScheduler scheduler);

} // namespace jiffy::ui
