// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timers/lines_list.h"

#include "core/kernel/line_builder.h"

namespace jiffy::core
{

namespace
{

using enum Line;

class Builder : LineBuilder
{
  public:
    Builder(const Record& r, const Record* previous) : m_r(r), m_previous(previous) {}

    LineList lines()
    {
        switch (m_r.kind) {
        case Kind::ClockSet: clockSet(); break;
        case Kind::Passed: effect(TickJiffies); break;
        case Kind::Entered: entered(); break;
        case Kind::Left:
            if (m_r.site == Site::Callback) {
                effect(RunReturnedList);
                break;
            }
            add(RunWhileList);
            effect(BhLeaveList);
            break;
        case Kind::Defined: effect(Define); break;
        case Kind::Counted:
            upToWalk();
            effect(WalkWhileList, true);
            break;
        case Kind::Queued: queued(); break;
        case Kind::Unqueued: unqueued(); break;
        case Kind::Fired:
            add(RunWhileList, true);
            effect(RunTakeList);
            add(RunCallList);
            break;
        case Kind::RegisterSet: effect(static_cast<Register>(m_r.slot) == Register::Idle ? Idle : Note); break;
        case Kind::Refused: effect(m_r.site == Site::AddTimer ? AddBugList : AddOnBugList, true); break;
        case Kind::Noted: noted(); break;
        case Kind::Raised:
        case Kind::Moved:
        case Kind::Spliced:
        case Kind::ItemSet:
        case Kind::Chosen:
        case Kind::NodeSet: effect(Note); break;
        }
        return m_list;
    }

  private:
    void clockSet()
    {
        if (m_r.site == Site::SubTick) return effect(SubTick);
        if (m_r.site == Site::Advance) return effect(AdvanceJiffies);
        effect(TickJiffies);
        add(TickHeadList, true);
    }
    bool isMod() const
    {
        const Site site = listCallSite(m_r);
        return site != Site::AddTimer && site != Site::AddTimerOn;
    }
    bool goesOnFrom(Kind kind) const
    {
        return m_previous != nullptr && m_previous->kind == kind && m_previous->hasMore() && m_previous->item == m_r.item;
    }
    /// From the call to detach_timer().
    void upToDetach()
    {
        if (listCallSite(m_r) == Site::ModTimerPending) {
            add(PendingOnlyList);
            add(PendingGoList);
        } else if (listCallSite(m_r) == Site::TimerReduce) {
            add(ReduceLaterList);
            add(ReduceGoList);
        } else if (listCallSite(m_r) == Site::ScheduleTimeout) {
            add(TimeoutArm);
        }
        add(ModDetachList);
    }
    void upToWalk()
    {
        if (!isMod()) {
            const bool isOn = listCallSite(m_r) == Site::AddTimerOn;
            add(isOn ? AddOnBugList : AddBugList);
            add(isOn ? AddOnGoList : AddGoList);
        } else {
            if (!goesOnFrom(Kind::Unqueued)) {
                upToDetach();
                add(DetachPendingList, true);
            }
            add(ModGoList);
        }
        add(WalkHeadList);
    }
    void queued()
    {
        // In front of an empty list nothing is compared, and no walk is told.
        if (!goesOnFrom(Kind::Counted)) {
            upToWalk();
            add(WalkWhileList);
        }
        effect(WalkLinkList);
        if (isMod()) add(ModReturnList);
    }
    void unqueued()
    {
        const bool isDel = m_r.site == Site::DelTimer, isTry = m_r.site == Site::TryToDelTimerSync;
        if (isDel) {
            add(DelDetachList);
        } else if (isTry) {
            add(TryRunningList);
            add(TryDetachList);
        } else {
            upToDetach();
        }
        add(DetachPendingList);
        effect(DetachUnlinkList);
        if (isDel) add(DelReturnList);
        if (isTry) add(TryReturnList);
    }
    void entered()
    {
        switch (m_r.site) {
        case Site::RunTimerSoftirq: return effect(BhRunList, true);
        case Site::ModTimerPending: return effect(PendingOnlyList, true);
        case Site::TimerReduce: return effect(ReduceLaterList, true);
        case Site::DelTimer:
            add(DelDetachList);
            add(DetachPendingList, true);
            return effect(DelReturnList);
        case Site::TryToDelTimerSync:
            if (m_r.returned() == Returned::MinusOne) return effect(TryRunningList, true);
            add(TryRunningList);
            add(TryDetachList);
            add(DetachPendingList, true);
            return effect(TryReturnList);
        default: return effect(Note);
        }
    }
    void noted()
    {
        if (m_r.site == Site::Spin) {
            add(RunWhileList, true);
            return effect(SpinList);
        }
        if (m_r.site != Site::NextInterrupt) return effect(Note);
        add(NextHeadList);
        effect(NextAnswerList);
    }

    const Record& m_r;
    const Record* m_previous;
};

} // namespace

Site listCallSite(const Record& r) { return r.kind == Kind::Counted ? static_cast<Site>(r.link & 0xff) : r.site; }

LineList listLinesOf(const Record& r, const World&, const Record* previous) { return Builder(r, previous).lines(); }

bool mayHaveListLine(const Record& r, Line l)
{
    const bool isSoftirq = r.site == Site::RunTimerSoftirq;
    switch (functionOf(l)) {
    case Function::Tick: return r.kind == Kind::ClockSet && r.site == Site::Tick;
    case Function::Surroundings: return r.kind == Kind::Noted && r.site == Site::Spin;
    case Function::TimerBhList: return isSoftirq && r.kind == (l == BhRunList ? Kind::Entered : Kind::Left);
    case Function::RunTimerList:
        if (l == RunReturnedList) return r.kind == Kind::Left && !isSoftirq;
        if (l == RunWhileList && (r.kind == Kind::Left || r.kind == Kind::Noted)) return isSoftirq || r.site == Site::Spin;
        return r.kind == Kind::Fired;
    case Function::NextInterruptList: return r.kind == Kind::Noted && r.site == Site::NextInterrupt;
    case Function::WalkList: return r.kind == Kind::Queued || (r.kind == Kind::Counted && l != WalkLinkList);
    default: break;
    }
    switch (r.kind) {
    case Kind::Entered: return !isSoftirq;
    case Kind::Counted:
    case Kind::Queued:
    case Kind::Unqueued:
    case Kind::Refused: return true;
    default: return false;
    }
}

Frame listCallerOf(Function f, const Record& r)
{
    const Site site = listCallSite(r);
    switch (f) {
    case Function::RunTimerList: return {Function::TimerBhList, BhRunList};
    case Function::Callback: return {Function::RunTimerList, RunCallList};
    case Function::WalkList:
        if (site == Site::AddTimer) return {Function::AddTimerList, AddGoList};
        if (site == Site::AddTimerOn) return {Function::AddTimerOnList, AddOnGoList};
        return {Function::ModTimerList, ModGoList};
    case Function::DetachTimerList:
        if (site == Site::DelTimer) return {Function::DelTimerList, DelDetachList};
        if (site == Site::TryToDelTimerSync) return {Function::TryToDelTimerSyncList, TryDetachList};
        return {Function::ModTimerList, ModDetachList};
    case Function::ModTimerList:
        if (site == Site::ModTimerPending) return {Function::ModTimerPendingList, PendingGoList};
        if (site == Site::TimerReduce) return {Function::TimerReduceList, ReduceGoList};
        break;
    default: break;
    }
    return {Function::Surroundings, Note};
}

} // namespace jiffy::core
