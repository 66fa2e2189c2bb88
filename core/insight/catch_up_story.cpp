// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/catch_up_story.h"

#include <algorithm>

namespace jiffy::core
{

Position CatchUpStory::afterTurns(std::uint64_t turn) const
{
    if (turn == 0) return {stretches.front().event, 0, 0};
    const auto s = std::partition_point(stretches.begin(), stretches.end(), [&](const Stretch& x) { return x.before + x.count < turn; });
    const Stretch& in = s == stretches.end() ? stretches.back() : *s;
    const std::uint64_t inside = std::min(turn - in.before, in.count);
    return in.isRun && inside < in.count ? Position{in.event, inside, 0} : Position{in.event + 1, 0, 0};
}

CatchUpStory storyOf(const LogView& log, const Inputs& inputs, int cpu, const CatchUp& catchUp)
{
    CatchUpStory story;
    const Geometry geometry = geometryOf(inputs.machine);
    const std::uint64_t end = std::min(log.size(), catchUp.endEvent);
    Jiffies now = catchUp.jiffies;
    for (std::uint64_t e = catchUp.event; e < end; ++e) {
        const Record& r = log[e];
        if (r.kind == Kind::Passed) {
            if (r.site == Site::Tick) now = geometry.word.add(now, r.value);
            if (r.site != Site::RunTimers || (r.before >> cpu & 1) == 0) continue;
            story.stretches.push_back({story.turns, r.value, e, true});
            story.turns += r.value;
            continue;
        }
        if (r.kind == Kind::ClockSet && r.site != Site::TimePasses && r.site != Site::SubTick) now = r.value;
        if (r.cpu != cpu) continue;
        switch (r.kind) {
        case Kind::RegisterSet: {
            const auto which = static_cast<Register>(r.slot);
            const bool isClock = which == Register::Clk || which == Register::DefClk;
            if (r.site == Site::RunTimers && (which == Register::TimerJiffies || isClock)) {
                story.stretches.push_back({story.turns, 1, e, false});
                ++story.turns;
            } else if (r.site == Site::CollectExpired && isClock) {
                story.jumps.push_back({which == Register::DefClk ? 1 : 0, r.before, r.value, e});
            }
            break;
        }
        case Kind::Spliced:
            if (r.site == Site::Cascade) {
                const Place place = geometry.place(r.slotId());
                story.cascades.push_back({story.turns, place.level, place.index, r.link, {}, {}, {e + 1, 0, 0}});
            }
            break;
        case Kind::Moved:
            if (!story.cascades.empty()) {
                auto& c = story.cascades.back();
                c.timer = r.item;
                c.to = r.slotId();
                c.at = {e + 1, 0, 0};
            }
            break;
        case Kind::Fired: {
            const bool isDeferrable = r.item.value < inputs.timers.size() && (inputs.timers[r.item.value].flags & Deferrable) != 0;
            story.calls.push_back({r.item, story.turns == 0 ? 0 : story.turns - 1, r.before, geometry.word.signedDistance(now, r.before), isDeferrable, e});
            break;
        }
        default: break;
        }
    }
    return story;
}

std::vector<CatchUpStory::Cascade> quietCascades(const CatchUpStory& story, const Geometry& geometry, Jiffies from, std::size_t atMost)
{
    std::vector<CatchUpStory::Cascade> found;
    if (!geometry.hasCascades()) return found;
    const std::uint64_t every = 1ull << geometry.level[1].shift;
    for (const auto& s : story.stretches) {
        if (!s.isRun) continue;
        const Jiffies first = geometry.word.add(from, s.before);
        for (std::uint64_t i = (0 - first) & (every - 1); i < s.count; i += every) {
            const Jiffies position = geometry.word.add(first, i);
            for (int level = 1; level < geometry.levels; ++level) {
                const Level& l = geometry.level[static_cast<std::size_t>(level)];
                if (found.size() >= atMost) return found;
                const Position at = i + 1 < s.count ? Position{s.event, i + 1, 0} : Position{s.event + 1, 0, 0};
                found.push_back({s.before + i, level, l.indexOf(position), 0, {}, {}, at});
                if (l.indexOf(position) != 0) break;
            }
        }
    }
    return found;
}

} // namespace jiffy::core
