// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/process_states.h"

#include <algorithm>

namespace jiffy::core
{

ProcessStates::ProcessStates(const Inputs& inputs)
    : m_clock(inputs.machine), m_processes(inputs.machine.kernel.processes), m_running(static_cast<std::size_t>(inputs.machine.cpus))
{
}

void ProcessStates::extend(const LogView& log)
{
    for (; m_read < log.size(); ++m_read) {
        const Record& r = log[m_read];
        m_clock.apply(r);
        read(r);
    }
}

void ProcessStates::read(const Record& r)
{
    switch (r.kind) {
    case Kind::Entered:
    case Kind::Left: return readFunction(r);
    case Kind::Fired: m_running[r.cpu] = r.item; return;
    case Kind::RegisterSet: return readRegister(r);
    default: return;
    }
}

void ProcessStates::readFunction(const Record& r)
{
    if (r.site == Site::Callback && r.kind == Kind::Left) m_running[r.cpu] = TimerId::none();
    const bool isSleep = r.site == Site::Msleep || r.site == Site::MsleepInterruptible;
    if (!isSleep && r.site != Site::ScheduleTimeout) return;
    Process* p = processOf(r.link);
    if (p == nullptr) return;
    if (isSleep && r.kind == Kind::Entered) {
        ProcessSleep s;
        s.ms = r.value;
        s.begin = time();
        s.event = m_read;
        s.isInterruptible = r.site == Site::MsleepInterruptible;
        p->sleeps.push_back(s);
        return;
    }
    if (p->sleeps.empty() || p->sleeps.back().end != ProcessSleep::open) return; // began before what was recorded
    ProcessSleep& s = p->sleeps.back();
    if (isSleep) {
        s.end = time();
        s.left = r.value;
    } else if (r.kind == Kind::Entered && s.jiffies == 0) {
        s.jiffies = r.value; // msleep() goes on with what is left; the first is what was asked for
    }
}

void ProcessStates::readRegister(const Record& r)
{
    switch (static_cast<Register>(r.slot)) {
    case Register::TaskState: {
        Process* p = processOf(r.link + 1);
        if (p == nullptr) return;
        const auto state = static_cast<TaskState>(r.value);
        const bool wasAsleep = p->state == TaskState::Interruptible || p->state == TaskState::Uninterruptible;
        p->state = state;
        if (wasAsleep && state == TaskState::Running && !p->sleeps.empty() && p->sleeps.back().end == ProcessSleep::open)
            p->sleeps.back().woken = time();
        if (wasAsleep && r.site == Site::TryToWakeUp) p->wakes.push_back({time(), m_read, m_running[r.cpu], r.cpu, false});
        return show(*p);
    }
    case Register::SignalPending:
        if (Process* p = processOf(r.link + 1); p != nullptr && r.value != 0) p->wakes.push_back({time(), m_read, m_running[r.cpu], r.cpu, true});
        return;
    case Register::CurrentTask: {
        const auto here = static_cast<std::uint32_t>(r.cpu) + 1;
        if (Process* p = processOf(static_cast<std::uint32_t>(r.before)); p != nullptr && p->cpu == here) {
            p->cpu = 0;
            show(*p);
        }
        if (Process* p = processOf(static_cast<std::uint32_t>(r.value)); p != nullptr) {
            p->cpu = here;
            show(*p);
        }
        return;
    }
    default: return;
    }
}

/// Begins another span where what it is in is another thing than before.
void ProcessStates::show(Process& p)
{
    ProcessSpan s;
    switch (p.state) {
    case TaskState::New: return;
    case TaskState::Running: s.is = p.cpu != 0 ? ProcessIs::OnCpu : ProcessIs::Ready; break;
    case TaskState::Interruptible: s.is = ProcessIs::Interruptible; break;
    case TaskState::Uninterruptible: s.is = ProcessIs::Uninterruptible; break;
    case TaskState::Dead: s.is = ProcessIs::Dead; break;
    }
    if (s.is == ProcessIs::OnCpu) s.cpu = static_cast<std::uint8_t>(p.cpu - 1);
    if (!p.spans.empty()) {
        ProcessSpan& last = p.spans.back();
        if (last.is == s.is && last.cpu == s.cpu) return;
        last.end = time();
    }
    s.begin = time();
    s.event = m_read;
    p.spans.push_back(s);
}

std::size_t spanAt(const std::vector<ProcessSpan>& spans, std::uint64_t ns)
{
    const auto behind = std::partition_point(spans.begin(), spans.end(), [&](const ProcessSpan& s) { return s.end <= ns; });
    return static_cast<std::size_t>(behind - spans.begin());
}

} // namespace jiffy::core
