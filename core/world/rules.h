// SPDX-License-Identifier: GPL-3.0-or-later
// The rules that hold at every instant, by number. Each event checks what it touched; checkAll() checks
// everything.
//
//   1 a pending timer is in exactly one list
//   2 links agree both ways
//   3 slot = the filing rule for (expires, position when filed); the run and cascade lists excepted
//   4 a position is at most jiffies + 1 and never goes back
//   5 active_timers = pending timers that are not deferrable, those in the run list included
//   6 running_timer is in no list, unless it was armed again
//   7 a list stands in the order of filing
//
// The wheel of 6.1 has 1, 2, 3, 5 and 6, rule 4 for its two clocks, instead of 7 that the last one filed is the first of
// its bucket, and 11. A sorted list has 1, 2, 5, 6 and 8. tgtd has 1, 2, 8 to 10.
//
//   8 a sorted list (tgtd: the inactive list) is sorted by expiry, equal ones in the order of adding
//   9 one func runs at most, and only in a pass
//  10 outside a notification and the pipe's handler, timer_pending is set if and only if there are 4 bytes in the pipe
//     (not asked where the inputs provoke the original's faults: DaemonState::mayFault)
//  11 next_expiry is not later than the first bucket with timers, and is just that unless it is to be searched again
//
// There is none for next_timer: it is stale by design.
#pragma once

#include "core/event/event.h"
#include "core/world/world.h"

#include <optional>
#include <string>

namespace jiffy::core
{

constexpr int ruleCount = 11;
/// Number of rules that hold for what a machine has.
int rulesOf(const Geometry& g);

struct BrokenRule
{
    int rule = 0;     ///< 1..ruleCount
    std::string text; ///< who and where, one line
    bool operator==(const BrokenRule&) const = default;
};

/// What a record touched, in O(1); after is the world with it. 0: all hold; else the number of a broken rule.
/// Inline, as it is done for every event: the kind is known where a model emits.
int brokenByTouch(const World& after, const Record& r);

/// All rules over the whole state. O(items + slots). Rule 4 is left to the single events once the clock
/// has moved by half the word, for then a position that lags cannot be told from one that is ahead.
std::optional<BrokenRule> checkAll(const World& world);

/// The whole position from the low 32 bits that an item keeps: a timer is filed anew at least every 2^32
/// positions.
inline Jiffies positionWhenFiled(const World& w, const Item& item)
{
    const Jiffies now = w.cpu(item.cpu).clk(w.geometry().wheels == 2 && item.isDeferrable() ? 1 : 0);
    const std::uint32_t ago = static_cast<std::uint32_t>(now) - item.filedAt;
    return w.geometry().word.reduce(now - ago);
}

/// 6.1: the bucket that it was filed in, and when that is due.
inline Bucket bucketOf(const World& w, const Item& item)
{
    return bucketFor(w.geometry(), item.expires, positionWhenFiled(w, item));
}

inline bool standsInItsSlot(const World& w, const Item& item, SlotId slot)
{
    if (w.geometry().is(TimerAlgorithm::Wheel61)) [[unlikely]] {
        const SlotId first = w.geometry().slotOn(item.cpu, item.isDeferrable() ? 1 : 0, 0, 0);
        return slot.value == first.value + bucketOf(w, item).within;
    }
    const std::uint32_t within = slotWithin(w.geometry(), item.expires, positionWhenFiled(w, item));
    return slot.value == static_cast<std::uint32_t>(item.cpu) * w.geometry().slotsPerCpu + within;
}

/// Sorted lists: neighbours agree, and it is in order of expiry.
int brokenByInserting(const World& w, TimerId item, SlotId slot);

/// tgtd: rule 10, where the signal's handler or the handler of a source has returned.
bool isFlagTrue(const World& w);

inline int brokenByFiling(const World& w, const Record& r)
{
    const Item& item = w.item(r.item);
    const SlotId slot = w.slotOf(r.item);
    if (!slot.isValid()) return 1;
    if (w.geometry().insertion == Insertion::Before) return brokenByInserting(w, r.item, slot);
    if (slot != r.slotId() || !standsInItsSlot(w, item, slot)) return 3;
    if (w.geometry().insertion == Insertion::Head) {
        if (w.listAt(slot).first != r.item || w.previous(r.item).isValid()) return 7;
        const TimerId next = w.next(r.item);
        return next.isValid() && w.previous(next) != r.item ? 2 : 0;
    }
    if (w.listAt(slot).last != r.item || w.next(r.item).isValid()) return 7;
    const TimerId previous = w.previous(r.item);
    return previous.isValid() && w.next(previous) != r.item ? 2 : 0;
}

inline int brokenByTouch(const World& after, const Record& r)
{
    switch (r.kind) {
    case Kind::Queued:
    case Kind::Moved:
        return brokenByFiling(after, r);
    case Kind::ItemSet: {
        // One that waits for its call keeps the number of its bucket, though not the place.
        const SlotId slot = after.slotOf(r.item);
        if (!slot.isValid()) return 1;
        const bool isInBucket = slot.value % after.geometry().slotsPerCpu < after.geometry().levelSlots;
        return isInBucket && !standsInItsSlot(after, after.item(r.item), slot) ? 3 : 0;
    }
    case Kind::Unqueued:
        return after.item(r.item).isPending() ? 1 : 0;
    case Kind::Fired:
        if (after.geometry().isDaemon && !after.daemon().isInPass) return 9;
        return after.item(r.item).isPending() || after.cpu(r.cpu).running != r.item ? 6 : 0;
    case Kind::Left:
        return (r.site == Site::WorkTimerSigHandler || r.site == Site::IoHandler) && !isFlagTrue(after) ? 10 : 0;
    case Kind::RegisterSet: {
        const Word word = after.geometry().word;
        if (static_cast<Register>(r.slot) == Register::Clk || static_cast<Register>(r.slot) == Register::DefClk)
            return word.isBefore(r.value, r.before) || word.isAfter(r.value, word.add(after.clock().jiffies, 1)) ? 4 : 0;
        if (static_cast<Register>(r.slot) != Register::TimerJiffies) return 0;
        return r.value != word.add(r.before, 1) || word.isAfter(r.before, after.clock().jiffies) ? 4 : 0;
    }
    default:
        return 0;
    }
}

} // namespace jiffy::core
