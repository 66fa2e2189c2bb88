// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/selection.h"

#include <algorithm>

namespace jiffy::ui
{

bool Selection::isPinned(core::TimerId timer) const
{
    return std::find(m_pinned.begin(), m_pinned.end(), timer) != m_pinned.end();
}

void Selection::set(What what, core::TimerId timer, core::SlotId slot, int cpu)
{
    if (m_what == what && m_timer == timer && m_slot == slot && m_cpu == cpu) return;
    m_what = what;
    m_timer = timer;
    m_slot = slot;
    m_cpu = cpu;
    Q_EMIT changed();
}

void Selection::selectTimer(core::TimerId timer)
{
    set(timer.isValid() ? What::Timer : What::Nothing, timer, core::SlotId::none(), -1);
}

void Selection::selectSlot(core::SlotId slot)
{
    set(slot.isValid() ? What::Slot : What::Nothing, core::TimerId::none(), slot, -1);
}

void Selection::selectCpu(int cpu)
{
    set(cpu >= 0 ? What::Cpu : What::Nothing, core::TimerId::none(), core::SlotId::none(),
        cpu >= 0 ? cpu : -1);
}

void Selection::selectProcess(int process)
{
    set(process >= 0 ? What::Process : What::Nothing, core::TimerId::none(), core::SlotId::none(), process >= 0 ? process : -1);
}

void Selection::clear()
{
    set(What::Nothing, core::TimerId::none(), core::SlotId::none(), -1);
}

void Selection::setPinned(core::TimerId timer, bool pin)
{
    if (!timer.isValid() || pin == isPinned(timer)) return;
    if (pin)
        m_pinned.push_back(timer);
    else
        m_pinned.erase(std::find(m_pinned.begin(), m_pinned.end(), timer));
    Q_EMIT pinnedChanged();
}

void Selection::reset()
{
    const bool had = !m_pinned.empty();
    m_pinned.clear();
    if (had) Q_EMIT pinnedChanged();
    clear();
}

void Selection::keepBelow(std::size_t count)
{
    const auto isGone = [count](core::TimerId t) { return t.value >= count; };
    const auto kept = std::remove_if(m_pinned.begin(), m_pinned.end(), isGone);
    const bool had = kept != m_pinned.end();
    m_pinned.erase(kept, m_pinned.end());
    if (had) Q_EMIT pinnedChanged();
    if (m_what == What::Timer && isGone(m_timer)) clear();
}

} // namespace jiffy::ui

#include "moc_selection.cpp"
