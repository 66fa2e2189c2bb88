// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/lifeline.h"

#include "core/insight/due.h"

#include <algorithm>

namespace jiffy::core
{

std::optional<LifeJoint> jointOf(const Record& r, std::uint64_t event, std::uint64_t tick)
{
    using What = LifeJoint::What;
    LifeJoint j;
    j.event = event;
    j.tick = tick;
    j.site = r.site;
    j.cpu = r.cpu;
    j.returned = r.returned();
    switch (r.kind) {
    case Kind::Queued:
        j.what = r.returned() == Returned::One ? What::Rearmed : What::Armed;
        j.expires = r.value;
        j.slot = r.slotId();
        return j;
    case Kind::ItemSet:
        j.what = What::Rearmed;
        j.expires = r.value;
        j.slot = j.left = r.slotId();
        return j;
    case Kind::Moved:
        j.what = What::Moved;
        j.expires = r.before;
        j.slot = r.slotId();
        j.left = SlotId(r.link);
        return j;
    case Kind::Unqueued:
        j.what =
            r.site == Site::DelTimer || r.site == Site::TryToDelTimerSync || r.site == Site::DelWork ? What::Deleted
            : r.site == Site::IoHandler                                                             ? What::Fired
                                                                                                    : What::TakenOff;
        j.expires = r.before;
        j.left = r.slotId();
        return j;
    case Kind::Fired:
        j.what = What::Fired;
        j.expires = r.before;
        j.left = r.slotId();
        return j;
    case Kind::Entered:
        // Their effects are told by the calls that they make: del_timer_sync() tries, schedule_timeout() files.
        if (r.site == Site::AddWork || r.site == Site::IoHandler || isOfKernel(r.site)) return std::nullopt;
        j.what = What::Untouched;
        j.expires = r.value;
        return j;
    case Kind::Refused:
        j.what = What::Refused;
        j.expires = r.value;
        return j;
    default:
        return std::nullopt;
    }
}

void Lifeline::extend(const ItemIndex& index, const LogView& log)
{
    index.visit(log, m_timer, m_events, index.eventsSeen(),
                [&](std::uint64_t e, std::uint64_t ticks, const Record& r) {
                    auto joint = jointOf(r, e, ticks);
                    if (!joint) return;
                    if (!joint->isChange()) joint->slot = slotAfter(m_joints.size());
                    m_joints.push_back(*joint);
                });
    m_events = std::max(m_events, index.eventsSeen());
    m_ticks = std::max(m_ticks, index.ticksSeen());
}

std::size_t Lifeline::jointsBefore(std::uint64_t events) const
{
    const auto it = std::partition_point(m_joints.begin(), m_joints.end(),
                                         [&](const LifeJoint& j) { return j.event < events; });
    return static_cast<std::size_t>(it - m_joints.begin());
}

std::size_t Lifeline::firstAtTick(std::uint64_t tick) const
{
    const auto it = std::partition_point(m_joints.begin(), m_joints.end(),
                                         [&](const LifeJoint& j) { return j.tick < tick; });
    return static_cast<std::size_t>(it - m_joints.begin());
}

SlotId Lifeline::slotAfter(std::size_t n) const
{
    return n == 0 ? SlotId::none() : m_joints[n - 1].slot;
}

std::optional<LifeSegment> Lifeline::segmentFrom(std::size_t joint) const
{
    const LifeJoint& first = m_joints[joint];
    if (!first.isChange() || !first.slot.isValid()) return std::nullopt;
    LifeSegment s;
    s.begin = joint;
    s.fromTick = first.tick;
    s.slot = first.slot;
    s.expires = first.expires;
    s.end = joint + 1;
    while (s.end < m_joints.size() && !m_joints[s.end].isChange())
        ++s.end;
    s.isOpen = s.end == m_joints.size();
    s.toTick = s.isOpen ? m_ticks : m_joints[s.end].tick;
    return s;
}

/// A joint from which on all stays that touch the tick are found: the filing before it, if one lasts into it.
std::size_t Lifeline::firstSegmentAt(std::uint64_t tick) const
{
    std::size_t i = firstAtTick(tick);
    while (i > 0 && !m_joints[i - 1].isChange())
        --i;
    return i > 0 && m_joints[i - 1].slot.isValid() ? i - 1 : i;
}

std::optional<Jiffies> Lifeline::dueAfter(std::size_t n) const
{
    // A deadline of tgtd's is a time of day, or a number of timeouts: nobody knows when that will be.
    if (m_geometry.isDaemon || !slotAfter(n).isValid()) return std::nullopt;
    while (!m_joints[n - 1].isChange())
        --n; // its slot comes from one that is
    const LifeJoint& filing = m_joints[n - 1];
    return dueOf(m_geometry, filing.slot, filing.expires, jiffiesAt(filing.tick));
}

bool Lifeline::isTaken(std::size_t n) const
{
    const SlotId slot = slotAfter(n);
    return !m_geometry.isDaemon && slot.isValid() && m_geometry.place(slot).list == Place::List::Run;
}

std::optional<std::uint64_t> Lifeline::plannedTick() const
{
    const auto due = dueAfter(m_joints.size());
    if (!due) return std::nullopt;
    if (isTaken(m_joints.size())) return m_ticks;
    const std::int64_t left = m_word.signedDistance(*due, jiffiesAt(m_ticks));
    return m_ticks + (left > 0 ? static_cast<std::uint64_t>(left) : 1);
}

LifeEnd lastJoints(const ItemIndex& index, const LogView& log, TimerId timer, std::uint64_t events,
                   std::size_t most)
{
    LifeEnd end;
    std::vector<LifeJoint> block;
    bool isFull = false;
    index.visitBack(
        log, timer, events,
        [&](std::uint64_t e, std::uint64_t ticks, const Record& r) {
            if (const auto joint = jointOf(r, e, ticks)) block.push_back(*joint);
        },
        [&] {
            end.joints.insert(end.joints.begin(), block.begin(), block.end());
            block.clear();
            isFull = end.joints.size() > most;
        },
        [&] { return isFull; });
    if (end.joints.size() > most) {
        end.isWhole = false;
        end.joints.erase(end.joints.begin(), end.joints.end() - static_cast<std::ptrdiff_t>(most));
    }
    SlotId slot;
    for (auto& j : end.joints) {
        if (j.isChange())
            slot = j.slot;
        else
            j.slot = slot;
    }
    return end;
}

Jiffies askedExpires(const LogView& log, const LifeJoint& joint, Word word)
{
    const Record& r = log[joint.event];
    if (r.slackAdded() != Record::slackTooFar) return word.reduce(joint.expires - r.slackAdded());
    // The note stands before the operation's other records, of which there are at most two.
    for (std::uint64_t e = joint.event; e > 0 && joint.event - e < 4; --e) {
        const Record& before = log[e - 1];
        if (before.kind == Kind::Noted && before.site == Site::SlackAsked && before.item == r.item)
            return before.value;
    }
    return joint.expires;
}

} // namespace jiffy::core
