// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/machine_recorder.h"

#include <algorithm>

namespace jiffy::core
{

using Machine = TraceEvent::Machine;
using MarkWhat = RecordedMark::What;
static_assert(sizeof(RecordedMark) == 16);

void MachineRecorder::take(const TraceEvent& event, std::uint64_t line, std::uint32_t timer)
{
    m_clock.add(event);
    if (event.cpu >= m_cpus.size()) m_cpus.resize(std::size_t{event.cpu} + 1);
    Cpu& cpu = m_cpus[event.cpu];
    ++cpu.turn;
    if (!m_hasEvents) m_firstTime = event.time;
    m_hasEvents = true;
    m_lastTime = std::max(m_lastTime, event.time);
    if (!cpu.runningOf(Kind::Stopped).empty()) seeSigns(cpu, event, line);
    if (event.what == TraceEvent::What::ExpireEntry) {
        ++m_counts.handlers;
        begin(cpu, Kind::Handler, event, line, timer, event.timer);
    } else if (event.what == TraceEvent::What::ExpireExit) {
        finishSpan(cpu, Kind::Handler, event, line, event.timer);
    }
    switch (event.machine) {
    case Machine::SoftirqEntry: ++m_counts.softirqs; return begin(cpu, Kind::Softirq, event, line, none);
    case Machine::SoftirqExit: return finishSpan(cpu, Kind::Softirq, event, line);
    case Machine::TimerInterruptEntry: ++m_counts.interrupts; return begin(cpu, Kind::Interrupt, event, line, none);
    case Machine::TimerInterruptExit: return finishSpan(cpu, Kind::Interrupt, event, line);
    case Machine::HrtimerStart:
    case Machine::HrtimerCancel:
    case Machine::HrtimerEntry:
    case Machine::HrtimerExit: return takeHrtimer(cpu, event, line);
    case Machine::TickStopped:
    case Machine::TickKept: return takeStop(cpu, event, line);
    case Machine::WheelBusy:
    case Machine::Switch:
    case Machine::None: return;
    }
}

/// What says that a stopped tick goes on, but for what takeHrtimer() sees.
void MachineRecorder::seeSigns(Cpu& cpu, const TraceEvent& event, std::uint64_t line)
{
    const bool isSaid = event.machine == Machine::WheelBusy || (event.machine == Machine::Switch && cpu.isStopOfIdle);
    if (isSaid) {
        // A task that is switched from has been going on for a while.
        const bool isNow = event.machine == Machine::WheelBusy || event.isIdleTask;
        if (isNow) ++m_counts.stopsSaid;
        return close(cpu, Kind::Stopped, event.time, line, isNow ? RecordedEnd::Said : RecordedEnd::ByThen);
    }
    // Where the tick stopped beside a task (NO_HZ_FULL) other tasks tell nothing.
    if (cpu.isStopOfIdle && !event.isIdleTask) close(cpu, Kind::Stopped, event.time, line, RecordedEnd::ByThen);
}

void MachineRecorder::takeStop(Cpu& cpu, const TraceEvent& event, std::uint64_t line)
{
    if (!cpu.runningOf(Kind::Stopped).empty()) {
        ++m_counts.stopsToNext;
        close(cpu, Kind::Stopped, event.time, line, RecordedEnd::NextStop);
    }
    if (event.machine == Machine::TickKept) {
        ++m_counts.kept;
        cpu.marks.push_back({event.time, RecordedMark::noName, MarkWhat::TickKept});
        return;
    }
    ++m_counts.stops;
    begin(cpu, Kind::Stopped, event, line, none);
    cpu.isStopOfIdle = event.isIdleTask;
    cpu.stopTurn = cpu.turn;
}

void MachineRecorder::takeHrtimer(Cpu& cpu, const TraceEvent& event, std::uint64_t line)
{
    if (event.machine == Machine::HrtimerExit) {
        cpu.leftTurn = cpu.turn;
        cpu.leftAddress = event.timer;
        // It may have begun before it was known to be the tick's.
        for (const auto what : {Kind::Tick, Kind::Hrtimer}) {
            const auto& running = cpu.runningOf(what);
            if (std::any_of(running.begin(), running.end(), [&](const Running& r) { return r.address == event.timer; }))
                return finishSpan(cpu, what, event, line, event.timer);
        }
        return finishSpan(cpu, isTick(nameOf(cpu, event)) ? Kind::Tick : Kind::Hrtimer, event, line, event.timer);
    }
    const auto name = nameOf(cpu, event);
    switch (event.machine) {
    case Machine::HrtimerStart:
        ++m_counts.starts;
        if (cpu.turn == cpu.stopTurn + 1) m_isOfTick[name] = true;
        // A stopped tick's function does not start it again.
        if (isTick(name) && cpu.turn == cpu.leftTurn + 1 && event.timer == cpu.leftAddress)
            close(cpu, Kind::Stopped, event.time, line, RecordedEnd::ByThen);
        if (!isTick(name)) cpu.marks.push_back({event.time, name, MarkWhat::HrtimerStart});
        return;
    case Machine::HrtimerCancel:
        ++m_counts.cancels;
        if (!isTick(name)) cpu.marks.push_back({event.time, name, MarkWhat::HrtimerCancel});
        return;
    default: return begin(cpu, isTick(name) ? Kind::Tick : Kind::Hrtimer, event, line, name, event.timer);
    }
}

/// Of the hrtimer's function, also where the event does not print it. An address may get another function.
std::uint32_t MachineRecorder::nameOf(Cpu& cpu, const TraceEvent& event)
{
    // A CPU has to do with one hrtimer several times in a row.
    const auto isNamed = [&](std::uint32_t name) { return event.function.empty() || m_names[name] == event.function; };
    if (!event.isNameless && !event.function.empty() && cpu.namedAddress == event.timer && cpu.name != none && isNamed(cpu.name)) return cpu.name;
    const auto known = event.isNameless ? m_hrtimers.end() : m_hrtimers.find(event.timer);
    std::uint32_t name = RecordedMark::noName;
    if (known != m_hrtimers.end() && isNamed(known->second)) {
        name = known->second;
    } else if (event.function.empty()) {
        return name;
    } else {
        const auto [it, isNew] = m_nameIds.try_emplace(std::string(event.function), static_cast<std::uint32_t>(m_names.size()));
        if (isNew) {
            m_names.emplace_back(event.function);
            m_isOfTick.push_back(event.function == "tick_sched_timer" || event.function == "tick_nohz_handler");
        }
        name = it->second;
        if (!event.isNameless) m_hrtimers[event.timer] = name;
    }
    if (!event.isNameless) {
        cpu.namedAddress = event.timer;
        cpu.name = name;
    }
    return name;
}

void MachineRecorder::begin(Cpu& cpu, Kind what, const TraceEvent& event, std::uint64_t line, std::uint32_t id, std::uint64_t address)
{
    auto& spans = cpu.spansOf(what);
    auto& running = cpu.runningOf(what);
    // Only hrtimers' functions can lie within each other; the end of anything else was missed.
    if (what != Kind::Hrtimer) close(cpu, what, event.time, line, RecordedEnd::Unfinished);
    cpu.isKnown[static_cast<std::size_t>(what)] = true;
    running.push_back({address, static_cast<std::uint32_t>(spans.size())});
    ActivitySpan s;
    s.begin = spans.empty() ? event.time : std::max(event.time, spans.back().begin);
    s.event = line;
    s.id = id;
    s.word = static_cast<std::uint64_t>(RecordedEnd::Unfinished);
    spans.push_back(s);
}

void MachineRecorder::finishSpan(Cpu& cpu, Kind what, const TraceEvent& event, std::uint64_t line, std::uint64_t address)
{
    auto& running = cpu.runningOf(what);
    auto& spans = cpu.spansOf(what);
    const auto last = std::find_if(running.rbegin(), running.rend(), [&](const Running& r) { return r.address == address; });
    if (last == running.rend()) {
        // It began before the recording did, or where events were lost; after that an end alone is damage.
        if (cpu.isKnown[static_cast<std::size_t>(what)]) return;
        if (what == Kind::Softirq) ++m_counts.softirqs;
        if (what == Kind::Handler) ++m_counts.handlers;
        if (what == Kind::Interrupt) ++m_counts.interrupts;
        const bool isOfHrtimer = what == Kind::Hrtimer || what == Kind::Tick;
        begin(cpu, what, event, line, isOfHrtimer ? nameOf(cpu, event) : none, address);
        spans.back().begin = std::max({m_firstTime, cpu.since, spans.size() > 1 ? spans[spans.size() - 2].begin : 0});
        spans.back().word |= RecordedMachine::beganBeforeBit;
        return finishSpan(cpu, what, event, line, address);
    }
    ActivitySpan& s = spans[last->span];
    s.end = std::max(event.time, s.begin);
    s.endEvent = line;
    s.word = (s.word & ~0xFFull) | static_cast<std::uint64_t>(RecordedEnd::Said);
    running.erase(std::next(last).base(), running.end());
}

void MachineRecorder::close(Cpu& cpu, Kind what, std::uint64_t time, std::uint64_t line, RecordedEnd why)
{
    for (const auto& r : cpu.runningOf(what)) {
        ActivitySpan& s = cpu.spansOf(what)[r.span];
        s.end = std::max(time, s.begin);
        s.endEvent = line;
        s.word = (s.word & ~0xFFull) | static_cast<std::uint64_t>(why);
    }
    cpu.runningOf(what).clear();
}

void MachineRecorder::lose(std::uint64_t line, int cpu)
{
    for (std::size_t i = 0; i < m_cpus.size(); ++i) {
        if (cpu >= 0 && static_cast<std::size_t>(cpu) != i) continue;
        Cpu& c = m_cpus[i];
        for (int what = 0; what < recordedCount; ++what) close(c, static_cast<Kind>(what), m_lastTime, line, RecordedEnd::Lost);
        c.isKnown = {};
        c.since = m_lastTime;
        c.stopTurn = c.leftTurn = ~0ull - 1;
        c.marks.push_back({m_lastTime, RecordedMark::noName, MarkWhat::Lost});
    }
}

/// To the time of the replay. False: it was over before that began.
bool MachineRecorder::settleSpan(ActivitySpan& s) const
{
    const auto begin = m_clock.instant(s.begin);
    if (!s.isOpen()) {
        const auto end = m_clock.instant(s.end);
        if (end < 0) return false;
        s.end = static_cast<std::uint64_t>(std::max(begin, end));
    }
    if (begin < 0) s.word |= RecordedMachine::beganBeforeBit;
    s.begin = static_cast<std::uint64_t>(std::max<std::int64_t>(0, begin));
    return true;
}

/// In place, as all that follows: of long recordings there are many.
void MachineRecorder::settleSpans(std::vector<ActivitySpan>& spans)
{
    std::vector<std::uint32_t> around; // not over yet, the innermost last
    std::uint32_t kept = 0;
    for (ActivitySpan& s : spans) {
        if (!settleSpan(s)) {
            ++m_counts.before;
            continue;
        }
        while (!around.empty() && spans[around.back()].end <= s.begin) around.pop_back();
        s.outer = around.empty() ? none : around.back();
        around.push_back(kept);
        spans[kept++] = s;
    }
    spans.resize(kept);
}

/// What ran before it was known to be the tick's.
void MachineRecorder::sortOutTicks(Cpu& cpu) const
{
    auto &hrtimers = cpu.spansOf(Kind::Hrtimer), &ticks = cpu.spansOf(Kind::Tick);
    const auto isOfTick = [&](const ActivitySpan& s) { return isTick(s.id); };
    if (std::none_of(hrtimers.begin(), hrtimers.end(), isOfTick)) return;
    const auto first = std::stable_partition(hrtimers.begin(), hrtimers.end(), [&](const ActivitySpan& s) { return !isOfTick(s); });
    ticks.insert(ticks.end(), first, hrtimers.end());
    hrtimers.erase(first, hrtimers.end());
    std::stable_sort(ticks.begin(), ticks.end(), [](const ActivitySpan& a, const ActivitySpan& b) { return a.begin < b.begin; });
}

void MachineRecorder::settle(Cpu& from, RecordedMachine::Cpu* to)
{
    sortOutTicks(from);
    m_counts.ticks += from.spansOf(Kind::Tick).size();
    m_counts.hrtimers += from.spansOf(Kind::Hrtimer).size();
    for (std::size_t kind = 0; kind < recordedCount; ++kind) {
        if (to == nullptr) {
            m_counts.elsewhere += from.spans[kind].size();
            continue;
        }
        settleSpans(from.spans[kind]);
        to->spans[kind] = std::move(from.spans[kind]);
    }
    for (const Mark& m : from.marks) {
        if (isTick(m.name)) continue;
        const auto at = m_clock.instant(m.time);
        if (to == nullptr) ++m_counts.elsewhere;
        else if (at < 0) ++m_counts.before;
        else to->marks[static_cast<std::size_t>(m.what)].push_back({static_cast<std::uint64_t>(at), m.name, m.what});
    }
    from.marks = {};
}

std::shared_ptr<const RecordedMachine> MachineRecorder::finish(Hz hz, Word word, Jiffies jiffies, int cpus)
{
    if (m_clock.isEmpty()) return nullptr;
    m_clock.settle(hz, word, jiffies);
    auto out = std::make_shared<RecordedMachine>();
    out->m_cpus.resize(static_cast<std::size_t>(std::max(0, cpus)));
    for (std::size_t i = 0; i < m_cpus.size(); ++i) settle(m_cpus[i], i < out->m_cpus.size() ? &out->m_cpus[i] : nullptr);
    out->m_end = static_cast<std::uint64_t>(std::max<std::int64_t>(0, m_clock.instant(m_lastTime)));
    out->m_names = std::move(m_names);
    out->m_counts = m_counts;
    if (!m_counts.isAny()) return nullptr;
    return out;
}

} // namespace jiffy::core
