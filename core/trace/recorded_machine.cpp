// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/recorded_machine.h"

namespace jiffy::core
{

std::vector<SummaryLine> RecordedMachine::lines() const
{
    std::vector<SummaryLine> out;
    const auto add = [&](const char* name, std::uint64_t n) {
        if (n != 0) out.push_back({name, std::to_string(n)});
    };
    add("recorded tick stops", m_counts.stops);
    add("recorded tick stops, end not told", m_counts.stopsToNext);
    add("recorded ticks kept", m_counts.kept);
    add("recorded ticks", m_counts.ticks);
    add("recorded timer interrupts", m_counts.interrupts);
    add("recorded softirqs", m_counts.softirqs);
    add("recorded handlers", m_counts.handlers);
    add("recorded hrtimer handlers", m_counts.hrtimers);
    add("recorded hrtimer starts", m_counts.starts);
    add("recorded hrtimer cancels", m_counts.cancels);
    return out;
}

} // namespace jiffy::core
