// SPDX-License-Identifier: GPL-3.0-or-later
// What one record cost the machine that it tells of: comparisons of expiries, links written, lines of cache.
// One set of rules for every algorithm, so that their sums can be put side by side; a count of what was done,
// not a measurement.
//
// Links: pointers of lists that are written.
//   Queued             4  the timer's two, and one in each neighbour
//   Unqueued, Fired    2  one in each neighbour
//   Moved              6  off one list and onto another
//   Spliced            4  head and last of the list that is taken, in both directions; 0 of an empty one
//
// Lines: each timer looked at or written is one line of 64 bytes, each head of a list is one, the bitmap of a
// wheel is one for 512 slots or part of them. A line counts once for the record, however often it is touched
// there, and again for the next record: what lies in a cache already is not modelled. The registers of a CPU
// are left out, as every algorithm reads them in every tick.
//   Counted            one for each timer compared
//   Queued             wheels: the timer, the head of the slot, its neighbour; wheel-6.1 also the slot's bit
//                      sorted list: the timer and the head, as the neighbours were compared
//   ItemSet            the timer
//   Unqueued, Fired    the timer and its two neighbours
//   Moved              the timer, two neighbours where it was and two where it is
//   Spliced            two heads, first and last timer; 1 of an empty one
//   Passed             wheel-3.9: the head of each slot looked at, by turns and by cascades; others: none
//   RegisterSet        wheel-6.1: the bitmap, where run_timers searches next_expiry anew
//   Entered            a call that changed nothing: the timer
//
// What get_next_timer_interrupt() looks at is left out: it is asked, and no algorithm's doing.
#pragma once

#include "core/insight/clock_fold.h"

namespace jiffy::core
{

struct StepCost
{
    std::uint64_t comparisons = 0;
    std::uint64_t links = 0;
    std::uint64_t lines = 0;
    bool operator==(const StepCost&) const = default;
};

/// before: the clock in front of the record. REQUIRES: not of tgtd.
StepCost costOf(const Geometry& geometry, const ClockFold& before, const Record& r);

} // namespace jiffy::core
