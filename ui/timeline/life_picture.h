// SPDX-License-Identifier: GPL-3.0-or-later
// What the line of one timer looks like: solid while it stood somewhere, in the hue of the level; joints where a cascade
// moved it; dotted from the playhead to the tick at which it is due; what is recorded but not yet reached stands apart.
// Pure functions of the life and the playhead.
#pragma once

#include "core/insight/lifeline.h"
#include "ui/timeline/layout.h"

#include <optional>
#include <vector>

namespace jiffy::ui
{

/// Where the playhead stands on the axis of time.
struct Playhead
{
    std::uint64_t event = 0; ///< records applied
    std::uint64_t tick = 0;  ///< since the start
    double share = 1;        ///< of its tick's records that have been applied

    /// What is left of it has happened: it goes through its tick's place from the left to the right.
    double xIn(const TimeScale& scale) const { return scale.leftOf(static_cast<double>(tick) + share); }
};

struct LifeStroke
{
    double from = 0, to = 0; ///< pixels
    int level = 0;
    bool isReached = true;   ///< else: recorded, but to come
    bool operator==(const LifeStroke&) const = default;
};

struct LifeMark
{
    double x = 0;
    core::LifeJoint::What what = core::LifeJoint::What::Moved;
    int level = 0; ///< of the slot that it came to, or left
    std::uint64_t event = 0;
    std::uint64_t tick = 0;
    bool isReached = true;
    bool isPresent = false; ///< the record that made the present state
    bool operator==(const LifeMark&) const = default;
};

/// Armed at the playhead, and what that means if nobody touches it.
struct LifePlan
{
    double from = 0, to = 0; ///< pixels; `to` may lie beyond the right edge
    std::uint64_t tick = 0;  ///< at which it is due
    int level = 0;
    bool operator==(const LifePlan&) const = default;
};

struct LifePicture
{
    std::vector<LifeStroke> strokes;
    std::vector<LifeMark> marks;
    std::optional<LifePlan> plan;
};

/// At most a few pieces a pixel, however long the life. endTicks: how far the run is known.
LifePicture lifePicture(const core::Lifeline& life, const core::Geometry& geometry, const TimeScale& scale, const Playhead& playhead,
                        std::uint64_t endTicks);

/// The tick at which what is due then is served, seen from a tick: the next one for the past.
std::uint64_t dueTick(core::Jiffies due, std::uint64_t tick, core::Jiffies jiffies, core::Word word);

} // namespace jiffy::ui
