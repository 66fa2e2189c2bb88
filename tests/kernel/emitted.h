// SPDX-License-Identifier: GPL-3.0-or-later
// What the models of this program can emit, as a table: kind and site of every record there can be. Tests hold it
// against what runs emit, and every line and sentence against it.
#pragma once

#include "core/event/event.h"

#include <algorithm>
#include <array>
#include <utility>

namespace jiffy::tests
{

using core::Kind;
using core::Site;

constexpr std::array<std::pair<Kind, Site>, 43> emittable = {{
    {Kind::Passed, Site::Tick},
    {Kind::Passed, Site::RunTimers},
    {Kind::ClockSet, Site::Tick},
    {Kind::ClockSet, Site::SubTick},
    {Kind::ClockSet, Site::Advance},
    {Kind::Entered, Site::RunTimerSoftirq},
    {Kind::Entered, Site::ModTimer},
    {Kind::Entered, Site::ModTimerPending},
    {Kind::Entered, Site::ModTimerPinned},
    {Kind::Entered, Site::DelTimer},
    {Kind::Entered, Site::TryToDelTimerSync},
    {Kind::Left, Site::RunTimerSoftirq},
    {Kind::Left, Site::Callback},
    {Kind::Raised, Site::AddTimerOn},
    {Kind::Defined, Site::Start},
    {Kind::Queued, Site::AddTimer},
    {Kind::Queued, Site::AddTimerOn},
    {Kind::Queued, Site::ModTimer},
    {Kind::Queued, Site::ModTimerPending},
    {Kind::Queued, Site::ModTimerPinned},
    {Kind::Unqueued, Site::ModTimer},
    {Kind::Unqueued, Site::ModTimerPending},
    {Kind::Unqueued, Site::ModTimerPinned},
    {Kind::Unqueued, Site::DelTimer},
    {Kind::Unqueued, Site::TryToDelTimerSync},
    {Kind::Moved, Site::Cascade},
    {Kind::Spliced, Site::Cascade},
    {Kind::Spliced, Site::RunTimers},
    {Kind::Fired, Site::RunTimers},
    {Kind::RegisterSet, Site::RunTimers},
    {Kind::RegisterSet, Site::SetIdle},
    {Kind::RegisterSet, Site::NextInterrupt},
    // next_timer, lowered by filing or reset by detaching: the sites of the calls, see isEmittable()
    {Kind::RegisterSet, Site::AddTimer},
    {Kind::Refused, Site::AddTimer},
    {Kind::Refused, Site::AddTimerOn},
    {Kind::Noted, Site::NextInterrupt},
    {Kind::Noted, Site::Dump},
    {Kind::Noted, Site::SlackAsked},
    {Kind::Noted, Site::Limit},
    {Kind::Noted, Site::MachineFired},
    {Kind::Noted, Site::MachineLost},
    {Kind::Noted, Site::MachineFiled},
    {Kind::RegisterSet, Site::ModTimer},
}};

/// What the wheel of 6.1 and the sorted list emit besides.
constexpr std::array emittableByOthers = std::to_array<std::pair<Kind, Site>>({
    {Kind::Entered, Site::TimerReduce},
    {Kind::Queued, Site::TimerReduce},
    {Kind::Unqueued, Site::TimerReduce},
    {Kind::ItemSet, Site::ModTimer},
    {Kind::ItemSet, Site::ModTimerPending},
    {Kind::ItemSet, Site::TimerReduce},
    {Kind::Raised, Site::AddTimer},
    {Kind::Raised, Site::ModTimer},
    {Kind::Raised, Site::ModTimerPending},
    {Kind::Raised, Site::TimerReduce},
    {Kind::RegisterSet, Site::TimerReduce},
    {Kind::RegisterSet, Site::ForwardTimerBase},
    {Kind::RegisterSet, Site::CollectExpired},
    {Kind::RegisterSet, Site::ClearIdle},
    {Kind::Counted, Site::Insert},
});

/// tgtd, whichever scheduler it has.
constexpr std::array emittableByDaemon = std::to_array<std::pair<Kind, Site>>({
    {Kind::ClockSet, Site::Wait},
    {Kind::ClockSet, Site::Burn},
    {Kind::Defined, Site::Start},
    {Kind::Raised, Site::Alarm},
    {Kind::Entered, Site::EpollWait},
    {Kind::Entered, Site::IoHandler},
    {Kind::Entered, Site::WorkTimerSigHandler},
    {Kind::Entered, Site::WorkTimerScheduleEvt},
    {Kind::Entered, Site::AddWork},
    {Kind::Entered, Site::DelWork},
    {Kind::Entered, Site::ExecuteWork},
    {Kind::Entered, Site::Schedule},
    {Kind::Entered, Site::WorkTimerStart},
    {Kind::Entered, Site::WorkTimerStop},
    {Kind::Entered, Site::Sigaction},
    {Kind::Entered, Site::ExecScheduled},
    {Kind::Entered, Site::SlowCall},
    {Kind::Left, Site::EpollWait},
    {Kind::Left, Site::IoHandler},
    {Kind::Left, Site::Callback},
    {Kind::Left, Site::WorkTimerSigHandler},
    {Kind::Left, Site::WorkTimerScheduleEvt},
    {Kind::Left, Site::AddWork},
    {Kind::Left, Site::ExecuteWork},
    {Kind::Left, Site::Schedule},
    {Kind::Left, Site::WorkTimerStart},
    {Kind::Left, Site::WorkTimerStop},
    {Kind::Left, Site::ExecScheduled},
    {Kind::Left, Site::SlowCall},
    {Kind::Spliced, Site::EpollWait},
    {Kind::Moved, Site::EpollWait},
    {Kind::Moved, Site::ExecuteWork},
    {Kind::Moved, Site::Schedule},
    {Kind::Queued, Site::IoReady},
    {Kind::Queued, Site::AddWork},
    {Kind::Unqueued, Site::IoHandler},
    {Kind::Unqueued, Site::DelWork},
    {Kind::Fired, Site::ExecuteWork},
    {Kind::Fired, Site::Schedule},
    {Kind::Refused, Site::AddWork},
    {Kind::RegisterSet, Site::WallStep},
    {Kind::RegisterSet, Site::Alarm},
    {Kind::RegisterSet, Site::WorkTimerScheduleEvt},
    {Kind::RegisterSet, Site::WorkTimerEvtHandler},
    {Kind::RegisterSet, Site::Schedule},
    {Kind::RegisterSet, Site::WorkTimerStart},
    {Kind::RegisterSet, Site::WorkTimerStop},
    {Kind::RegisterSet, Site::Setitimer},
    {Kind::RegisterSet, Site::Pipe},
    {Kind::RegisterSet, Site::EventAdd},
    {Kind::RegisterSet, Site::EventDel},
    {Kind::RegisterSet, Site::Close},
    {Kind::RegisterSet, Site::EventSched},
    {Kind::RegisterSet, Site::ExecScheduled},
    {Kind::RegisterSet, Site::TimerFd},
    {Kind::RegisterSet, Site::Shutdown},
    {Kind::Noted, Site::WorkTimerScheduleEvt},
    {Kind::Noted, Site::Write},
    {Kind::Noted, Site::Pipe},
    {Kind::Noted, Site::EventDel},
    {Kind::Noted, Site::Spin},
});

inline bool isEmittable(Kind kind, Site site)
{
    if (kind == Kind::RegisterSet && site >= Site::AddTimer && site <= Site::TryToDelTimerSync) return true;
    if (std::find(emittableByDaemon.begin(), emittableByDaemon.end(), std::pair{kind, site}) != emittableByDaemon.end()) return true;
    // What mod_timer() can do mod_timer_pinned() can, too, but no vector and no scenario makes it do all.
    if (site == Site::ModTimerPinned && (kind == Kind::ItemSet || kind == Kind::Raised)) return true;
    if (std::find(emittableByOthers.begin(), emittableByOthers.end(), std::pair{kind, site}) != emittableByOthers.end()) return true;
    return std::find(emittable.begin(), emittable.end(), std::pair{kind, site}) != emittable.end();
}

} // namespace jiffy::tests
