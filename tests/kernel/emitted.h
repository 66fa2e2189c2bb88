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

constexpr std::array<std::pair<Kind, Site>, 42> emittable = {{
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
    {Kind::RegisterSet, Site::ModTimer},
}};

inline bool isEmittable(Kind kind, Site site)
{
    if (kind == Kind::RegisterSet && site >= Site::AddTimer && site <= Site::TryToDelTimerSync) return true;
    return std::find(emittable.begin(), emittable.end(), std::pair{kind, site}) != emittable.end();
}

} // namespace jiffy::tests
