// SPDX-License-Identifier: GPL-3.0-or-later
// The life of a timer: every time it was armed, moved by a cascade, armed anew, deleted and fired, each with
// its event and tick. Made on demand for the timers that somebody looks at, from the log alone: so it serves
// a branch as well as the leading run (a LogView, an ItemIndex over it and the machine are all it needs). One
// thread at a time.
//
//     armed ──── moved ──── moved ──── fired          joints: what happened, at an event
//       [ tv3[61] ][ tv2[5] ][ tv1[180] ]             segments: where it stood in between
//
// Two ways to ask: lifeline() keeps all joints of a timer and extends with the log; lastJoints() takes the
// last few before a position and costs the same however long the life is.
#pragma once

#include "core/insight/item_index.h"
#include "core/scenario/inputs.h"
#include "core/world/geometry.h"

#include <optional>
#include <span>
#include <vector>

namespace jiffy::core
{

/// Something that happened to a timer.
struct LifeJoint
{
    enum class What : std::uint8_t
    {
        Armed,     ///< filed, was not pending
        Rearmed,   ///< filed anew by the call that has just taken it off
        Moved,     ///< a cascade filed it anew
        TakenOff,  ///< by a call that will file it anew: its Rearmed follows at once
        Deleted,   ///< del_timer(), try_to_del_timer_sync()
        Fired,     ///< its function was called; of a source of tgtd's: its handler
        Untouched, ///< a call that changed nothing: the same expiry, or nothing to delete
        Refused,   ///< a call that the original answers with BUG_ON
    };

    std::uint64_t event = 0; ///< index of the record; the state behind it is at position {event + 1}
    std::uint64_t tick = 0;  ///< since the start
    Jiffies expires = 0; ///< after slack. TakenOff, Deleted, Fired: what it had. Refused: what was asked for.
                         ///< Untouched: the call's argument
    SlotId slot;         ///< where it stands from here on; none: in no slot
    SlotId left;         ///< the slot (or run list) that it left; none: it was in none
    What what = What::Armed;
    Site site = Site::None;
    std::uint8_t cpu = 0; ///< the executing one
    Returned returned = Returned::Nothing;

    bool operator==(const LifeJoint&) const = default;
    /// It stands elsewhere than before.
    bool isChange() const { return what < What::Untouched; }
};

/// A stay in one slot. Re-arming and cascades end one and begin the next at the same tick.
struct LifeSegment
{
    std::size_t begin = 0; ///< index of the joint that filed it
    std::size_t end = 0;   ///< index of the joint that ended the stay; joints().size(): it lasts
    std::uint64_t fromTick = 0;
    std::uint64_t toTick = 0; ///< of the end; while it lasts, ticks after the last record seen
    SlotId slot;
    Jiffies expires = 0;
    bool isOpen = false; ///< it lasts
    bool operator==(const LifeSegment&) const = default;
};

class Lifeline
{
  public:
    Lifeline() = default;
    Lifeline(TimerId timer, const MachineConfig& machine)
        : m_timer(timer), m_start(machine.jiffies), m_word(machine.word), m_geometry(geometryOf(machine))
    {
    }

    /// Takes what is new since the last call. REQUIRES: the index is of this log and has seen no less of it
    /// than at the last call.
    void extend(const ItemIndex& index, const LogView& log);

    TimerId timer() const { return m_timer; }
    std::span<const LifeJoint> joints() const { return m_joints; }
    std::uint64_t eventsSeen() const { return m_events; }
    std::uint64_t ticksSeen() const { return m_ticks; }

    /// Joints that have happened when `events` records have been applied: joints()[0, n).
    std::size_t jointsBefore(std::uint64_t events) const;
    /// The first joint at or after a tick.
    std::size_t firstAtTick(std::uint64_t tick) const;
    /// The slot in which it stands behind the first n joints; none: not pending. A slot from which a softirq
    /// has taken the list already (to run or to cascade it) still counts.
    SlotId slotAfter(std::size_t n) const;

    /// Calls f(LifeSegment) for the stays that touch the ticks [from, to], in order.
    template <class F> void visitSegments(std::uint64_t from, std::uint64_t to, F f) const
    {
        for (std::size_t i = firstSegmentAt(from); i < m_joints.size() && m_joints[i].tick <= to;) {
            const auto s = segmentFrom(i);
            if (s) f(*s);
            i = s ? s->end : i + 1;
        }
    }
    /// The stay that the joint begins; none unless it is Armed, Rearmed or Moved.
    std::optional<LifeSegment> segmentFrom(std::size_t joint) const;

    /// Where it stands behind the first n joints: jiffies at which it is due, which the wheel of 6.1 rounds up. None
    /// where it is not pending, and for tgtd.
    std::optional<Jiffies> dueAfter(std::size_t n) const;
    /// 6.1: it was given another expiry while it waited in a run list, where it still is: it is called in this tick.
    bool isTaken(std::size_t n) const;
    /// If it stands in a slot behind the last record seen: the tick at which it is due, which is the next one
    /// for a timer in the past. Assumes that ticks come one by one and nobody touches it. None for tgtd.
    std::optional<std::uint64_t> plannedTick() const;

    /// Jiffies at a tick of this run.
    Jiffies jiffiesAt(std::uint64_t tick) const { return m_word.add(m_start, tick); }
    /// Fired: jiffies at the call minus expires; 0 is on time.
    std::int64_t lateness(const LifeJoint& fired) const
    {
        return m_word.signedDistance(jiffiesAt(fired.tick), fired.expires);
    }

  private:
    std::size_t firstSegmentAt(std::uint64_t tick) const;

    TimerId m_timer;
    Jiffies m_start = 0;
    Word m_word;
    Geometry m_geometry;
    std::vector<LifeJoint> m_joints;
    std::uint64_t m_events = 0;
    std::uint64_t m_ticks = 0;
};

/// What a record does to the timer that it is about; none: nothing (registers, notes, the end of a callback).
std::optional<LifeJoint> jointOf(const Record& r, std::uint64_t event, std::uint64_t tick);

/// The end of a life up to a position.
struct LifeEnd
{
    std::vector<LifeJoint> joints; ///< in order of time
    bool isWhole = true;           ///< nothing happened before the first of them
    bool operator==(const LifeEnd&) const = default;
};

/// The last `most` joints among the first `events` records. O(blocks of the log back to the first of them).
LifeEnd lastJoints(const ItemIndex& index, const LogView& log, TimerId timer, std::uint64_t events,
                   std::size_t most);

/// Armed, Rearmed: the expiry that was asked for, before slack.
Jiffies askedExpires(const LogView& log, const LifeJoint& joint, Word word);

} // namespace jiffy::core
