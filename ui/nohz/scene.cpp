// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nohz/scene.h"

#include "ui/nohz/words.h"

#include <algorithm>

namespace jiffy::ui
{

namespace
{

std::shared_ptr<const NohzStory> storyFor(const NohzScene& scene, const core::LogView& log, const core::SleepAccounts& accounts,
                                          const std::shared_ptr<const NohzStory>& known)
{
    const core::CatchUp* found = accounts.catchUpBefore(scene.cpu, scene.at.event + (scene.at.tick != 0 ? 1 : 0));
    if (found == nullptr) return nullptr;
    const auto index = static_cast<std::uint32_t>(found - accounts.catchUps(scene.cpu).data());
    if (known && known->cpu == scene.cpu && known->index == index && known->account == *found) return known;
    auto story = std::make_shared<NohzStory>();
    story->cpu = scene.cpu;
    story->index = index;
    story->account = *found;
    story->told = storyOf(log, *scene.inputs, scene.cpu, *found);
    story->cascades = quietCascades(story->told, scene.geometry, found->from, NohzStory::maxQuiet);
    const auto quiet = static_cast<std::ptrdiff_t>(story->cascades.size());
    story->cascades.insert(story->cascades.end(), story->told.cascades.begin(), story->told.cascades.end());
    const auto earlier = [](const auto& a, const auto& b) { return a.turn < b.turn; };
    std::inplace_merge(story->cascades.begin(), story->cascades.begin() + quiet, story->cascades.end(), earlier);
    return story;
}

} // namespace

QString NohzScene::nameOf(core::TimerId timer) const
{
    return QString::fromStdString(inputs->timerName(timer));
}

NohzScene makeNohzScene(const core::World& world, const core::InputsPtr& inputs, core::Position at, const core::LogView& log, const core::SleepAccounts& accounts,
                        int cpu, const NohzScene& before)
{
    NohzScene s;
    if (!world.kernel().isThere()) return s;
    s.inputs = inputs;
    s.geometry = world.geometry();
    s.at = at;
    s.tick = world.clock().ticks;
    s.jiffies = world.clock().jiffies;
    s.byClock = s.geometry.word.add(inputs->machine.jiffies, s.tick);
    s.cpu = std::clamp(cpu, 0, world.cpuCount() - 1);
    for (int c = 0; c < world.cpuCount(); ++c) {
        const core::KernelCpu& k = world.kernel().cpu(c);
        const core::Sleep* last = accounts.sleepBefore(c, at.event);
        const std::size_t sleeps = last == nullptr ? 0 : static_cast<std::size_t>(last - accounts.sleeps(c).data()) + 1;
        s.cpus.push_back({cpuCaption(world, *inputs, c, sleeps), k.tickInterrupts + k.otherInterrupts, world.kernel().isAsleep(c), last != nullptr});
    }
    const core::CpuState& state = world.cpu(s.cpu);
    s.position = state.timerJiffies;
    s.nextExpiry = state.nextTimer;
    const auto lag = s.geometry.word.signedDistance(s.jiffies, s.position);
    s.behind = lag > 0 && !s.isList() ? static_cast<std::uint64_t>(lag) : 0;
    if (const core::Sleep* sleep = accounts.sleepBefore(s.cpu, at.event); sleep != nullptr && (!sleep->isOver() || sleep->endEvent >= at.event))
        s.sleep = *sleep;
    s.story = storyFor(s, log, accounts, before.inputs == inputs ? before.story : nullptr);
    if (!s.story) return s;
    const core::CatchUp& c = s.story->account;
    s.isInside = at.event < c.endEvent;
    s.turnsDone = s.story->told.turns;
    if (s.isInside && s.geometry.hasCascades()) s.turnsDone = s.geometry.word.distance(s.position, c.from);
    else if (s.isInside)
        s.turnsDone = static_cast<std::uint64_t>(std::count_if(s.story->told.stretches.begin(), s.story->told.stretches.end(), [&](const auto& x) { return x.event < at.event; }));
    return s;
}

} // namespace jiffy::ui
