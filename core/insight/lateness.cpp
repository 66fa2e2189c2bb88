// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/lateness.h"

namespace jiffy::core
{

namespace
{

constexpr std::uint64_t second = 1'000'000;
constexpr std::uint32_t none = ~0u;

/// Seconds so many that nobody will live to see it are an instant all the same.
std::uint64_t dueAfter(std::uint64_t now, std::uint64_t seconds)
{
    constexpr std::uint64_t far = ~0ull >> 2;
    return seconds > (far - now) / second ? far : now + seconds * second;
}

} // namespace

void Lateness::extend(const LogView& log)
{
    for (; m_events < log.size(); ++m_events)
        take(log[m_events], m_events);
}

void Lateness::take(const Record& r, std::uint64_t event)
{
    switch (r.kind) {
    case Kind::ClockSet:
    case Kind::Passed:
        m_now += ticksOf(r);
        return;
    case Kind::Entered:
        return entered(r, event);
    case Kind::Left:
        return left(r);
    case Kind::Raised:
        if (r.site == Site::Alarm) raise(event, AlarmMark::Fate::Delivered);
        return;
    case Kind::RegisterSet:
        return setRegister(r, event);
    case Kind::Noted:
        return noted(r);
    case Kind::Queued:
        if (r.site == Site::AddWork) added(r, event);
        return;
    case Kind::Unqueued:
        if (r.site == Site::DelWork) deleted(r, event);
        return;
    case Kind::Moved:
        if ((r.site == Site::ExecuteWork || r.site == Site::Schedule) && !m_passes.empty())
            ++m_passes.back().expired;
        return;
    case Kind::Fired:
        return called(r, event);
    case Kind::Refused:
        ++m_totals.refused;
        return;
    default:
        return;
    }
}

void Lateness::entered(const Record& r, std::uint64_t event)
{
    switch (r.site) {
    case Site::AddWork:
        m_seconds = r.value;
        return;
    case Site::WorkTimerSigHandler:
        m_isInSignal = true;
        return;
    case Site::IoHandler: {
        if (r.item == m_pipe) return;
        HandlerSpan span;
        span.from = m_now;
        span.event = event;
        span.source = r.item;
        m_isIdle = false;
        m_handlers.push_back(span);
        return;
    }
    case Site::ExecuteWork:
    case Site::Schedule: {
        PassSpan span;
        span.from = m_now;
        span.event = event;
        m_passes.push_back(span);
        ++m_totals.passes;
        return;
    }
    case Site::EpollWait: {
        WaitSpan span;
        span.from = m_now;
        span.event = event;
        span.timeout = r.value;
        if (m_isIdle) ++m_totals.wokenForNothing;
        m_isIdle = false;
        m_waits.push_back(span);
        return;
    }
    default:
        return;
    }
}

void Lateness::left(const Record& r)
{
    switch (r.site) {
    case Site::WorkTimerSigHandler:
        m_isInSignal = false;
        m_alarm = ~std::size_t{0};
        return;
    case Site::Callback:
        return returned(r);
    case Site::IoHandler:
        if (r.item != m_pipe && !m_handlers.empty()) m_handlers.back().to = m_now;
        return;
    case Site::ExecuteWork:
    case Site::Schedule:
        if (m_passes.empty()) return;
        m_passes.back().to = m_now;
        if (m_passes.back().called == 0) ++m_totals.idlePasses;
        return;
    case Site::EpollWait:
        return waited(r);
    default:
        return;
    }
}

void Lateness::waited(const Record& r)
{
    if (m_waits.empty()) return;
    WaitSpan& wait = m_waits.back();
    wait.to = m_now;
    m_isIdle = true;
    if (r.value == 0) {
        wait.answer = WaitSpan::Answer::TimedOut;
        ++m_totals.timedOut;
    } else if (r.value == ~0ull) {
        wait.answer = WaitSpan::Answer::Interrupted;
        ++m_totals.interrupted;
    } else {
        wait.answer = WaitSpan::Answer::Ready;
        wait.sources = static_cast<std::uint32_t>(r.value);
        ++m_totals.ready;
        if (m_scheduler == WorkScheduler::Old) ++m_totals.restarts;
    }
}

void Lateness::setRegister(const Record& r, std::uint64_t event)
{
    using enum AlarmMark::Fate;
    switch (static_cast<Register>(r.slot)) {
    case Register::WallStep:
        m_wallStep = r.value;
        return;
    case Register::WorkJiffies:
        m_jiffies = r.value;
        return;
    case Register::TimerNow:
        m_timerNow = r.value;
        return;
    case Register::PipeBytes:
        if (r.value > r.before && m_isInSignal) settleAlarm(Wrote);
        return fillPipe(r.value, event);
    case Register::Expirations:
        if (r.value > r.before) raise(event, r.before == 0 ? Wrote : Swallowed);
        return fillPipe(r.value, event);
    case Register::AlarmBlocked:
        if (r.value != 0)
            raise(event, r.before != 0 ? Lost : Blocked);
        else
            m_isUnblocking = true;
        return;
    default:
        return;
    }
}

void Lateness::noted(const Record& r)
{
    if (!m_isInSignal) return;
    if (r.site == Site::WorkTimerScheduleEvt)
        settleAlarm(AlarmMark::Fate::Swallowed);
    else if (r.site == Site::Write)
        settleAlarm(AlarmMark::Fate::Failed);
}

/// An alarm came. One that was blocked is delivered when the handler returns: the same alarm still.
void Lateness::raise(std::uint64_t event, AlarmMark::Fate fate)
{
    using enum AlarmMark::Fate;
    if (fate == Delivered && m_isUnblocking) {
        m_isUnblocking = false;
        for (m_alarm = m_alarms.size(); m_alarm-- > 0 && m_alarms[m_alarm].fate != Blocked;) {
        }
        if (m_alarm < m_alarms.size()) m_alarms[m_alarm].fate = Delivered;
        return;
    }
    AlarmMark mark;
    mark.at = m_now;
    mark.event = event;
    mark.swallowedBefore = static_cast<std::uint32_t>(m_totals.swallowed);
    mark.fate = fate;
    if (fate == Delivered) m_alarm = m_alarms.size();
    m_alarms.push_back(mark);
    ++m_totals.alarms;
    if (fate == Wrote) ++m_totals.wrote;
    if (mark.isWithoutEffect()) ++m_totals.swallowed;
}

/// What the handler that runs made of its alarm.
void Lateness::settleAlarm(AlarmMark::Fate fate)
{
    if (m_alarm >= m_alarms.size()) return;
    m_alarms[m_alarm].fate = fate;
    if (fate == AlarmMark::Fate::Wrote) ++m_totals.wrote;
    if (fate != AlarmMark::Fate::Swallowed) return;
    ++m_totals.swallowed;
    for (std::size_t i = m_alarm + 1; i < m_alarms.size(); ++i)
        ++m_alarms[i].swallowedBefore;
}

void Lateness::fillPipe(std::uint64_t value, std::uint64_t event)
{
    const bool isOpen = !m_pipeStays.empty() && m_pipeStays.back().to == notYet;
    if (value == 0) {
        if (isOpen) m_pipeStays.back().to = m_now;
        return;
    }
    if (!isOpen) {
        PipeStay stay;
        stay.from = m_now;
        stay.event = event;
        m_pipeStays.push_back(stay);
    }
    m_pipeStays.back().most = std::max(m_pipeStays.back().most, value);
}

void Lateness::added(const Record& r, std::uint64_t event)
{
    if (r.item.value >= m_open.size()) {
        m_open.resize(r.item.value + 1, none);
        m_items.resize(r.item.value + 1);
    }
    WorkRun run;
    run.addedAt = m_now;
    run.isImmediate = r.value == DaemonConfig::immediate;
    run.due = run.isImmediate ? m_now : dueAfter(m_now, m_seconds);
    run.addEvent = event;
    run.item = r.item;
    run.isByFunc = m_running.isValid();
    const auto index = static_cast<std::uint32_t>(m_runs.size());
    m_open[r.item.value] = index;
    m_items[r.item.value].runs.push_back(index);
    m_runs.push_back(run);
    ++m_totals.added;
}

void Lateness::deleted(const Record& r, std::uint64_t event)
{
    if (r.item.value >= m_open.size() || m_open[r.item.value] == none) return;
    WorkRun& run = m_runs[m_open[r.item.value]];
    run.fate = WorkRun::Fate::Deleted;
    run.endedAt = m_now;
    run.endEvent = event;
    m_open[r.item.value] = none;
    ++m_items[r.item.value].deleted;
    ++m_totals.deleted;
}

std::int64_t Lateness::lateByClock(std::uint64_t when) const
{
    if (when == DaemonConfig::immediate) return 0;
    if (m_scheduler == WorkScheduler::Old) return static_cast<std::int64_t>(m_jiffies - when);
    const std::uint64_t clock =
        m_scheduler == WorkScheduler::New ? DaemonConfig::wallAtStart + m_now + m_wallStep : m_timerNow;
    return static_cast<std::int64_t>(clock - when);
}

void Lateness::called(const Record& r, std::uint64_t event)
{
    m_running = r.item;
    m_isIdle = false;
    if (!m_passes.empty()) ++m_passes.back().called;
    if (r.item.value >= m_open.size() || m_open[r.item.value] == none) return;
    const std::uint32_t index = m_open[r.item.value];
    WorkRun& run = m_runs[index];
    run.fate = WorkRun::Fate::Ran;
    run.endedAt = m_now;
    run.endEvent = event;
    run.lateByClock = lateByClock(r.before);
    m_open[r.item.value] = none;
    m_runningRun = index;
    m_calls.push_back(index);
    ++m_totals.ran;
    ItemLateness& item = m_items[r.item.value];
    const std::int64_t late = run.lateness();
    if (item.ran++ == 0 || late > item.worst) {
        item.worst = late;
        item.worstRun = index;
    }
    item.sum += late;
    if (late < 0) ++item.early;
    if (run.isImmediate) ++item.immediate;
}

void Lateness::returned(const Record& r)
{
    m_running = TimerId::none();
    if (m_runningRun == none || m_runs[m_runningRun].item != r.item) return;
    WorkRun& run = m_runs[m_runningRun];
    m_runningRun = none;
    run.doneAt = m_now;
    const std::uint64_t took = run.doneAt - run.endedAt;
    ItemLateness& item = m_items[r.item.value];
    item.funcTime += took;
    item.worstFunc = std::max(item.worstFunc, took);
}

std::vector<std::int64_t> Lateness::latenesses(bool withImmediate) const
{
    std::vector<std::int64_t> out;
    out.reserve(m_calls.size());
    for (const std::uint32_t i : m_calls)
        if (withImmediate || !m_runs[i].isImmediate) out.push_back(m_runs[i].lateness());
    return out;
}

std::size_t firstAlarmFrom(const std::vector<AlarmMark>& alarms, std::uint64_t instant)
{
    return static_cast<std::size_t>(
        std::lower_bound(alarms.begin(), alarms.end(), instant,
                         [](const AlarmMark& a, std::uint64_t t) { return a.at < t; }) -
        alarms.begin());
}

} // namespace jiffy::core
