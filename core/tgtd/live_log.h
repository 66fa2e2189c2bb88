// SPDX-License-Identifier: GPL-3.0-or-later
// What a recording of a real process says beyond a model's run, and how a workload becomes one that can be performed
// for real. app/selfpipe writes such recordings, the window and `run --live` read them.
#pragma once

#include "core/event/event.h"
#include "core/event/log.h"
#include "core/scenario/inputs.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jiffy::core
{

/// `before` of a Noted of site Measured; `value` is the number.
enum class Measure : std::uint64_t
{
    None,
    Pid,       ///< of the process that was recorded
    Scheme,    ///< LiveScheme
    Monotonic, ///< CLOCK_MONOTONIC at the start of the recording, ns
    Busy,      ///< us that each handler of I/O was made to take on top
    StampsLost,///< so many alarms came while there was no room for their stamps
};

std::string_view name(Measure measure); ///< "pid"; "something" for numbers that mean nothing

/// Who tells the loop that the interval has passed.
enum class LiveScheme : std::uint64_t
{
    Signal,  ///< the patch's: setitimer(), SIGALRM, its handler, a pipe to itself
    TimerFd, ///< a timerfd on the monotonic clock
    SignalFd,///< setitimer() and SIGALRM, read from a signalfd
};
std::string_view name(LiveScheme scheme); ///< "signal", "timerfd", "signalfd"
std::optional<LiveScheme> liveSchemeNamed(std::string_view name);

/// How a workload is to be performed; all times in us.
struct LiveSettings
{
    LiveScheme scheme = LiveScheme::Signal;
    std::uint64_t interval = 250'000;
    std::uint64_t duration = 5'000'000;
    std::uint64_t busy = 0;
    static constexpr std::uint64_t leastInterval = 1'000, mostInterval = 3'600'000'000;
    static constexpr std::uint64_t leastDuration = 10'000, mostDuration = 24 * 3'600'000'000ull;
    static constexpr std::uint64_t mostBusy = 60'000'000;
    bool operator==(const LiveSettings&) const = default;
};

/// The workload as it will be performed: the settings' scheme, interval and end; what only a model can do is left out,
/// and a remark says so. REQUIRES: workload.driver is Daemon.
Inputs liveInputs(const Inputs& workload, const LiveSettings& settings);

/// The same for the model: the inputs of a recording, so that both can be compared. Its scheduler is the patch's
/// whatever the scheme, as its deadlines and expiries are.
Inputs modelOfLive(const Inputs& recorded);

/// What the measures at the begin of a recording say; empty for a model's run.
struct LiveOrigin
{
    std::uint64_t pid = 0;
    LiveScheme scheme = LiveScheme::Signal;
    std::uint64_t monotonic = 0;
    std::uint64_t busy = 0;
};
std::optional<LiveOrigin> liveOrigin(const LogView& log);

} // namespace jiffy::core
