// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/cpu_activity.h"

#include <algorithm>

namespace jiffy::core
{

std::size_t firstFrom(const std::vector<ActivitySpan>& spans, std::uint64_t ns)
{
    const auto at = std::partition_point(spans.begin(), spans.end(), [&](const ActivitySpan& s) { return s.begin < ns; });
    return static_cast<std::size_t>(at - spans.begin());
}

/// What lasts was not over when the last one before began, so it is that one or one of those outside of it.
std::vector<std::size_t> lastingAt(const std::vector<ActivitySpan>& spans, std::uint64_t ns)
{
    std::vector<std::size_t> found;
    const std::size_t behind = firstFrom(spans, ns);
    if (behind == 0) return found;
    for (std::size_t i = behind - 1;; i = spans[i].outer) {
        if (spans[i].end > ns) found.push_back(i);
        if (spans[i].outer == ActivitySpan::none) break;
    }
    std::reverse(found.begin(), found.end());
    return found;
}

CpuActivity::CpuActivity(const Inputs& inputs)
    : m_clock(inputs.machine), m_cpus(static_cast<std::size_t>(inputs.machine.cpus))
{
}

void CpuActivity::extend(const LogView& log)
{
    for (; m_read < log.size(); ++m_read) {
        const Record& r = log[m_read];
        m_clock.apply(r);
        read(r);
    }
}

void CpuActivity::read(const Record& r)
{
    switch (r.kind) {
    case Kind::Entered:
    case Kind::Left: return readFunction(r);
    case Kind::Fired: return begin(r.cpu, Activity::Handler, r, r.item.value);
    case Kind::RegisterSet: return readRegister(r);
    case Kind::Raised:
        if (r.site == Site::RunLocalTimers) return;
        m_wakeUps.push_back({time(), m_read, r.cpu, static_cast<std::uint8_t>(r.link), r.site});
        return;
    default: return;
    }
}

void CpuActivity::readFunction(const Record& r)
{
    const auto either = [&](Activity what, std::uint32_t id = 0) {
        if (r.kind == Kind::Entered) begin(r.cpu, what, r, id, r.value);
        else finish(r.cpu, what, id);
    };
    switch (r.site) {
    case Site::TickInterrupt:
        if (r.kind == Kind::Entered && r.value != 0) m_cpus[r.cpu].wakes.push_back(m_clock.ticks);
        return either(Activity::Interrupt);
    case Site::DeviceInterrupt:
    case Site::Ipi: return either(Activity::Interrupt);
    case Site::RunTimerSoftirq: return either(Activity::Softirq);
    case Site::Mdelay: return either(Activity::Delay, r.link);
    case Site::Callback: return finish(r.cpu, Activity::Handler, r.item.value);
    default: return;
    }
}

void CpuActivity::readRegister(const Record& r)
{
    const auto either = [&](Activity what) {
        if (r.value != 0) begin(r.cpu, what, r);
        else finish(r.cpu, what);
    };
    switch (static_cast<Register>(r.slot)) {
    case Register::Idle: return either(Activity::Idle);
    case Register::TickStopped: return either(Activity::Stopped);
    case Register::BaseLock: return either(Activity::BaseLock);
    case Register::SleepUntil: {
        const auto& open = m_cpus[r.cpu].openOnes[static_cast<std::size_t>(Activity::Stopped)];
        if (!open.empty()) m_cpus[r.cpu].spans[static_cast<std::size_t>(Activity::Stopped)][open.back()].word = r.value;
        return;
    }
    case Register::CurrentTask:
        if (r.before != 0) finish(r.cpu, Activity::Process, static_cast<std::uint32_t>(r.before) - 1);
        if (r.value != 0) begin(r.cpu, Activity::Process, r, static_cast<std::uint32_t>(r.value) - 1);
        return;
    case Register::Spinning:
        if (r.before != 0) finish(r.cpu, Activity::Spin, spinId(r.before));
        if (r.value != 0) begin(r.cpu, Activity::Spin, r, spinId(r.value), r.value);
        return;
    case Register::LockOwner:
        if (r.before != 0) finish(static_cast<int>(r.before) - 1, Activity::Lock, r.link);
        if (r.value != 0) begin(static_cast<int>(r.value) - 1, Activity::Lock, r, r.link);
        return;
    default: return;
    }
}

void CpuActivity::begin(int cpu, Activity what, const Record& r, std::uint32_t id, std::uint64_t word)
{
    Cpu& c = m_cpus[static_cast<std::size_t>(cpu)];
    auto& spans = c.spans[static_cast<std::size_t>(what)];
    auto& open = c.openOnes[static_cast<std::size_t>(what)];
    ActivitySpan s;
    if (!open.empty()) s.outer = static_cast<std::uint32_t>(open.back());
    open.push_back(spans.size());
    s.begin = time();
    s.event = m_read;
    s.word = word;
    s.id = id;
    s.site = r.site;
    spans.push_back(s);
}

void CpuActivity::finish(int cpu, Activity what, std::uint32_t id)
{
    Cpu& c = m_cpus[static_cast<std::size_t>(cpu)];
    auto& open = c.openOnes[static_cast<std::size_t>(what)];
    auto& spans = c.spans[static_cast<std::size_t>(what)];
    const auto last = std::find_if(open.rbegin(), open.rend(), [&](std::size_t i) { return spans[i].id == id; });
    if (last == open.rend()) return; // began before what was recorded
    ActivitySpan& s = spans[*last];
    s.end = time();
    s.endEvent = m_read;
    open.erase(std::next(last).base());
}

bool CpuActivity::isTicking(int cpu, std::uint64_t period) const { return ticksWithin(cpu, period, period + 1) != 0; }

std::uint64_t CpuActivity::ticksWithin(int cpu, std::uint64_t from, std::uint64_t to) const
{
    const Cpu& c = m_cpus[static_cast<std::size_t>(cpu)];
    const auto& stopped = c.spans[static_cast<std::size_t>(Activity::Stopped)];
    std::uint64_t count = to - from;
    // A tick that is stopped within a period is missed from the next one on.
    const auto first = [&](std::uint64_t ns) { return m_clock.hz.ticksUntil(static_cast<Nanoseconds>(ns)) + 1; };
    auto s = std::partition_point(stopped.begin(), stopped.end(), [&](const ActivitySpan& x) {
        return x.end != ActivitySpan::open && first(x.end) <= from;
    });
    for (; s != stopped.end(); ++s) {
        const std::uint64_t begin = std::max(from, first(s->begin));
        const std::uint64_t end = s->end == ActivitySpan::open ? to : std::min(to, first(s->end));
        if (begin >= to) break;
        if (end > begin) count -= end - begin;
    }
    const auto wakeFrom = std::lower_bound(c.wakes.begin(), c.wakes.end(), from);
    const auto wakeTo = std::lower_bound(c.wakes.begin(), c.wakes.end(), to);
    return count + static_cast<std::uint64_t>(wakeTo - wakeFrom);
}

} // namespace jiffy::core
