// SPDX-License-Identifier: GPL-3.0-or-later
// What a picture of tgtd needs of the past and the world does not keep: since when something goes on, and what became
// of the last alarms. Read off the log, backwards from a position, no further than needed.
#pragma once

#include "core/event/log.h"
#include "core/history/position.h"
#include "core/world/world.h"

#include <array>
#include <cstdint>
#include <optional>

namespace jiffy::ui
{

/// What the handler of an alarm did.
enum class AlarmEnd : std::uint8_t
{
    Handling,  ///< its handler has not come so far yet
    Wrote,     ///< a word into the pipe
    Swallowed, ///< timer_pending was set: nothing
    Stray,     ///< wrote to fd 0, which is no pipe
    Failed,    ///< write() failed
    Held,      ///< it came while its own handler ran: it waits
};

struct PastAlarm
{
    std::uint64_t at = 0; ///< us since the start
    AlarmEnd end = AlarmEnd::Handling;
    std::uint64_t error = 0; ///< Failed: errno
    std::uint64_t fd = 0;    ///< Failed, Stray
    bool operator==(const PastAlarm&) const = default;
};

/// Times are us since the start of the run; none where it does not go on or lies too far back.
struct FlowPast
{
    static constexpr std::size_t alarmsKept = 3;
    std::array<PastAlarm, alarmsKept> alarms{}; ///< the latest first
    std::size_t alarmCount = 0;
    std::optional<std::uint64_t> waitingSince; ///< in epoll_wait()
    std::optional<std::uint64_t> handlerSince; ///< the handler of a source
    std::optional<std::uint64_t> funcSince;    ///< the func that runs
    std::optional<std::uint64_t> callSince;    ///< a slow call
    std::uint64_t callTakes = 0;               ///< us
    std::uint64_t waitTimeout = 0;             ///< us, of the epoll_wait() under way
    std::optional<std::uint64_t> wordSince;    ///< the pipe, or the timerfd, is readable
    std::optional<std::uint64_t> passClock;    ///< what the pass under way took for the time
    /// What the last epoll_wait() answered, while the thread is between two of them: 0 timeout, ~0 EINTR.
    std::optional<std::uint64_t> answer;
    std::uint32_t restarts = 0;    ///< of the idle timeout since it last ran out, by events; the old scheduler only
    bool areRestartsAll = false;   ///< it was looked back so far that there are no more
    bool operator==(const FlowPast&) const = default;

    /// Records looked at, at most.
    static constexpr std::uint64_t reach = 60'000;
};

/// REQUIRES: world is the one at that position of the log.
FlowPast pastOf(const core::LogView& log, core::Position at, const core::World& world, bool isOld = false);

} // namespace jiffy::ui
