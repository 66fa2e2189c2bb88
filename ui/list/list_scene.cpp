// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/list_scene.h"

#include <algorithm>

namespace jiffy::ui
{

std::optional<ListTimer> ListScene::firing() const
{
    if (backwards && !running.isValid()) return std::nullopt;
    return fired.empty() ? std::nullopt : std::optional(fired.back());
}

std::vector<ListTimer> ListScene::inFront() const
{
    const auto last = firing();
    if (!last) return {};
    if (running.isValid() || fired.size() > frontLimit || firedCount > frontLimit) return {*last};
    return fired;
}

std::optional<std::uint64_t> ListScene::placeOf(core::TimerId id) const
{
    const auto is = [id](const ListTimer& t) { return t.id == id; };
    if (const auto h = std::find_if(head.begin(), head.end(), is); h != head.end())
        return static_cast<std::uint64_t>(h - head.begin());
    if (const auto t = std::find_if(tail.begin(), tail.end(), is); t != tail.end())
        return count - static_cast<std::uint64_t>(tail.end() - t);
    return std::nullopt;
}

std::optional<ListTimer> ListScene::at(std::uint64_t place) const
{
    if (place < head.size()) return head[place];
    const std::uint64_t fromEnd = place < count ? count - place : 0;
    if (fromEnd == 0 || fromEnd > tail.size()) return std::nullopt;
    return tail[tail.size() - fromEnd];
}

bool ListScene::isNewcomer(core::TimerId id) const
{
    return std::binary_search(newcomers.begin(), newcomers.end(), id);
}

QString ListScene::nameOf(core::TimerId id) const
{
    if (!inputs || !id.isValid() || id.value >= inputs->timers.size()) return QString();
    return QString::fromStdString(inputs->timerName(id));
}

namespace
{

void takeEnds(const core::World& world, const core::ItemList& list, ListScene& s)
{
    core::TimerId id = list.first;
    for (; id.isValid() && s.head.size() < ListScene::headLimit; id = world.next(id))
        s.head.push_back({id, world.item(id).expires});
    const std::uint64_t left = s.count - s.head.size();
    const auto tail = static_cast<std::size_t>(std::min<std::uint64_t>(left, ListScene::tailLimit));
    for (id = list.last; s.tail.size() < tail; id = world.previous(id))
        s.tail.push_back({id, world.item(id).expires});
    std::reverse(s.tail.begin(), s.tail.end());
}

void takeChanges(const core::World& world, const StepEffects& effects, ListScene& s)
{
    const core::SlotId list = world.geometry().sortedList(s.cpu);
    s.backwards = effects.backwards;
    s.comparisons = effects.comparisons;
    for (const TimerAt& f : effects.fired) {
        if (f.slot != list) continue;
        ++s.firedCount;
        if (effects.backwards) continue;
        s.fired.push_back({f.timer, f.expires}); // the last ones
        if (s.fired.size() > ListScene::changeLimit) s.fired.erase(s.fired.begin());
    }
    if (s.running.isValid() && (s.fired.empty() || s.fired.back().id != s.running))
        s.fired.push_back({s.running, world.item(s.running).expires});
    for (const TimerAt& q : effects.queued)
        if (q.slot == list && s.newcomers.size() < ListScene::changeLimit) s.newcomers.push_back(q.timer);
    std::sort(s.newcomers.begin(), s.newcomers.end());
    // A step that begins behind the walk does not count it; the place tells what it took.
    if (s.newcomers.size() == 1 && s.comparisons == 0) {
        if (const auto place = s.placeOf(s.newcomers.front())) s.comparisons = *place + (*place + 1 < s.count ? 1 : 0);
    }
    for (const TimerAt& u : effects.unqueued)
        if (u.slot == list && s.gone.size() < ListScene::changeLimit) s.gone.push_back({u.timer, world.item(u.timer).expires});
}

} // namespace

ListScene makeListScene(const core::World& world, const core::InputsPtr& inputs, const StepEffects& effects, int cpu)
{
    ListScene s;
    s.geometry = world.geometry();
    s.hz = world.hz();
    s.clock = world.clock();
    s.cpu = cpu;
    s.inputs = inputs;
    const core::ItemList list = world.listAt(s.geometry.sortedList(cpu));
    s.count = list.count;
    s.running = world.cpu(cpu).running;
    takeEnds(world, list, s);
    takeChanges(world, effects, s);
    for (int c = 0; c < world.cpuCount(); ++c)
        s.cpus.push_back({world.listAt(s.geometry.sortedList(c)).count, world.cpu(c).running.isValid()});
    return s;
}

} // namespace jiffy::ui
