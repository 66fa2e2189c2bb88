// SPDX-License-Identifier: GPL-3.0-or-later
// One timer's particulars: name, state, expiry, slack, slot, CPU, and what the recorded machine did with it.
#pragma once

#include "core/run/snapshot.h"
#include "core/scenario/inputs.h"
#include "core/trace/differences.h"
#include "core/world/world.h"
#include "ui/theme/theme_provider.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace jiffy::ui
{

class TimerCard : public QWidget
{
    Q_OBJECT

  public:
    TimerCard(const ThemeProvider& theme, QWidget* parent);

    /// Other inputs: forgets the timer.
    void reset(core::InputsPtr inputs);
    /// A longer prefix of the run: what the recorded machine did is compared with it.
    /// How the replay differed from the recorded machine so far; null without a recording.
    const core::Differences* differences() const { return m_differences ? &*m_differences : nullptr; }
    void extend(const core::Snapshot& snapshot);
    /// world: at the playhead, behind that many events. isPinned: the user chose it; else it is the one that the last
    /// event was about.
    void show(core::TimerId timer, const core::World& world, std::uint64_t events, bool isPinned);
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    struct Line
    {
        QString name, value;
        int level = -1; ///< of the wheel, for its hue; -1: none
    };
    void addMachineLines(std::uint64_t events);
    QString describe() const;

    const ThemeProvider& m_theme;
    core::InputsPtr m_inputs;
    core::TimerId m_timer;
    bool m_isPinned = false;
    QString m_name, m_state;
    bool m_isFiring = false;
    std::vector<Line> m_lines;
    std::optional<core::Differences> m_differences;
    std::uint64_t m_compared = 0; ///< records of the log
};

} // namespace jiffy::ui
