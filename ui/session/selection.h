// SPDX-License-Identifier: GPL-3.0-or-later
// What the user looks at: a timer, a slot, a CPU or a process; and the timers whose lifelines the timeline shows. One
// for the window, so that a click in any view is a click in all. Knows ids only: they stay good while a run
// is open, also for timers that have fired or do not exist yet at the playhead. GUI thread.
#pragma once

#include "core/base/ids.h"

#include <QObject>

#include <vector>

namespace jiffy::ui
{

class Selection : public QObject
{
    Q_OBJECT

  public:
    enum class What
    {
        Nothing,
        Timer,
        Slot,
        Cpu,
        Process
    };

    using QObject::QObject;

    What what() const { return m_what; }
    core::TimerId timer() const { return m_timer; } ///< none unless what() is Timer
    core::SlotId slot() const { return m_slot; }    ///< none unless what() is Slot
    int cpu() const { return m_what == What::Cpu ? m_cpu : -1; }         ///< -1 unless what() is Cpu
    int process() const { return m_what == What::Process ? m_cpu : -1; } ///< -1 unless what() is Process
    /// Timers with a lifeline of their own, in the order in which they were pinned.
    const std::vector<core::TimerId>& pinned() const { return m_pinned; }
    bool isPinned(core::TimerId timer) const;

  public Q_SLOTS:
    /// A none id clears.
    void selectTimer(jiffy::core::TimerId timer);
    void selectSlot(jiffy::core::SlotId slot);
    void selectCpu(int cpu);
    void selectProcess(int process);
    void clear();
    void setPinned(jiffy::core::TimerId timer, bool isPinned);
    /// Nothing is selected, nothing pinned: another file.
    void reset();
    /// Another branch: only its timers, those below `count`, are still there.
    void keepBelow(std::size_t count);

  Q_SIGNALS:
    void changed();
    void pinnedChanged();

  private:
    void set(What what, core::TimerId timer, core::SlotId slot, int number);

    What m_what = What::Nothing;
    core::TimerId m_timer;
    core::SlotId m_slot;
    int m_cpu = -1; ///< or the number of the process
    std::vector<core::TimerId> m_pinned;
};

} // namespace jiffy::ui
