// SPDX-License-Identifier: GPL-3.0-or-later
// The rungs of the step ladder in a run of tgtd. Lines are as everywhere; the others are sets of positions
// between two records, told from the log alone:
//
//   line        every line of pseudocode
//   call        behind each effect, and where the thread waits or takes a clock: epoll_wait(), handlers and
//   funcs when they
//               are called and when they have returned; passing time is no stop of its own
//   handler     behind each handler of a source, each func, each handler of the signal (old: each schedule(),
//   too) loop pass   when the loop is back at epoll_wait() alarm       when the signal's handler has done its
//   part and is about to return; old: when epoll_wait() has timed out;
//               timerfd: behind each expiry
//   next due    when the first func of a pass has been called
//
// Pure functions; any thread.
#pragma once

#include "core/event/log.h"
#include "core/history/rung.h"

#include <string_view>

namespace jiffy::core
{

std::string_view daemonRungName(Rung r);

/// Whether the position in front of record `event` is a stop. REQUIRES: 0 < event <= log.size(), r is not
/// Line.
bool isDaemonStop(const LogView& log, std::uint64_t event, Rung r);

/// A note of tgtd's that something failed, or went where it should not.
bool isFault(const Record& r);
/// The record `event` says that an alarm changed nothing: the flag was set already, or the handler was still
/// running.
bool isSwallowedAlarm(const LogView& log, std::uint64_t event);

} // namespace jiffy::core
