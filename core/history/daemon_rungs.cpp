// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/daemon_rungs.h"

#include <array>

namespace jiffy::core
{

namespace
{

/// A function that only leads to the next record: its effects are told one by one.
bool isFrame(Site s)
{
    return s == Site::AddWork || s == Site::WorkTimerSigHandler || s == Site::WorkTimerScheduleEvt ||
           s == Site::ExecScheduled;
}

bool isCall(const Record& r)
{
    if (r.hasMore()) return false;
    switch (r.kind) {
    case Kind::ClockSet:
    case Kind::Passed:
    case Kind::Defined:
        return false;
    case Kind::Entered:
        return !isFrame(r.site) && r.site != Site::WorkTimerStart && r.site != Site::WorkTimerStop;
    case Kind::Left:
        return !isFrame(r.site);
    default:
        return true;
    }
}

bool isHandler(const Record& r)
{
    if (r.kind != Kind::Left) return false;
    return r.site == Site::IoHandler || r.site == Site::Callback || r.site == Site::WorkTimerSigHandler ||
           r.site == Site::Schedule;
}

bool isExpiry(const Record& r)
{
    return r.kind == Kind::RegisterSet && r.site == Site::TimerFd &&
           static_cast<Register>(r.slot) == Register::Expirations && r.value > r.before;
}

bool isAlarm(const LogView& log, std::uint64_t event)
{
    const Record& last = log[event - 1];
    if (last.kind == Kind::Left && last.site == Site::EpollWait && last.value == 0) return true;
    if (isExpiry(last)) return !last.hasMore();
    if (last.kind == Kind::Queued && last.site == Site::IoReady)
        for (std::uint64_t e = event - 1; e > 0 && log[e - 1].hasMore();
             --e) // the timerfd becomes ready with it
            if (isExpiry(log[e - 1])) return true;
    return event < log.size() && log[event].kind == Kind::Left &&
           log[event].site == Site::WorkTimerSigHandler;
}

bool isFirstOfPass(const LogView& log, std::uint64_t event)
{
    if (log[event - 1].kind != Kind::Fired) return false;
    for (std::uint64_t e = event - 1; e > 0; --e) {
        const Record& r = log[e - 1];
        if (r.kind == Kind::Fired) return false;
        if (r.kind == Kind::Entered && (r.site == Site::ExecuteWork || r.site == Site::Schedule)) return true;
    }
    return true;
}

} // namespace

std::string_view daemonRungName(Rung r)
{
    constexpr std::array<std::string_view, rungCount> names = {"line",      "call",  "handler",
                                                               "loop pass", "alarm", "next due"};
    return names[static_cast<std::size_t>(r)];
}

bool isDaemonStop(const LogView& log, std::uint64_t event, Rung r)
{
    const Record& last = log[event - 1];
    switch (r) {
    case Rung::Line:
        return true;
    case Rung::Operation:
        return isCall(last);
    case Rung::Timer:
        return isHandler(last);
    case Rung::Tick:
        return last.kind == Kind::Entered && last.site == Site::EpollWait;
    case Rung::Cascade:
        return isAlarm(log, event);
    case Rung::NextExpiry:
        return isFirstOfPass(log, event);
    }
    return false;
}

bool isFault(const Record& r)
{
    return r.kind == Kind::Noted && r.site >= Site::EpollWait && r.site != Site::WorkTimerScheduleEvt &&
           r.site != Site::Measured;
}

bool isSwallowedAlarm(const LogView& log, std::uint64_t event)
{
    const Record& r = log[event];
    if (r.kind == Kind::RegisterSet && static_cast<Register>(r.slot) == Register::AlarmBlocked)
        return r.value == 1 && r.before == 1;
    if (r.kind != Kind::Noted || r.site != Site::WorkTimerScheduleEvt) return false;
    // In a recording measures and time stand between the two.
    for (std::uint64_t e = event + 1; e < log.size(); ++e) {
        const Record& next = log[e];
        if (next.kind == Kind::Left) return next.site == Site::WorkTimerSigHandler;
        if (next.kind != Kind::ClockSet && next.site != Site::Measured) return false;
    }
    return false;
}

} // namespace jiffy::core
