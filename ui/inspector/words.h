// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers, times and callbacks in words, as the inspector and the tables say them.
#pragma once

#include "core/scenario/inputs.h"
#include "core/world/world.h"
#include "ui/inspector/page.h"
#include "ui/narration/narration.h"

#include <QString>

namespace jiffy::ui
{

/// "1 jiffy", "180 jiffies", the digits in groups.
QString jiffiesText(std::uint64_t n);
/// "−10", "4 096".
QString signedText(std::int64_t n);
/// That many ticks of real time: "720 ms", "1.02 s", "69.9 min", "74.6 h", "198.8 d".
QString durationText(core::Hz hz, std::uint64_t ticks);
/// "+108.512 s" since the start.
QString sinceStart(core::Hz hz, std::uint64_t tick);
/// When something that comes at a jiffy comes: "in 180", "now", "10 ago".
QString dueText(core::Word word, core::Jiffies expires, core::Jiffies jiffies);

/// What the timer's function does: "re-arms itself at jiffies + 200, deletes lease".
RichText callbackText(const core::Inputs& inputs, core::TimerId timer);
/// "re-arms itself every 200 jiffies"'s effect on slack: "0, exact", "automatic", "20".
QString slackText(std::int32_t slack);

/// What a slot serves: the expiries for which it is looked at next, and when.
struct SlotTurn
{
    core::Jiffies first = 0;    ///< its next turn comes when timer_jiffies is this
    core::Jiffies last = 0;     ///< and it serves up to this one
    std::int64_t ticksAway = 0; ///< from jiffies; 0 or less: as soon as the softirq comes to it
    bool operator==(const SlotTurn&) const = default;
};
/// The next turn of a slot on a wheel that stands at `position`. Right across the wrap of the word.
SlotTurn turnOf(const core::Geometry& g, const core::Place& place, core::Jiffies position,
                core::Jiffies jiffies);

} // namespace jiffy::ui
