// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/lives.h"

#include "core/world/rules.h"

#include <algorithm>
#include <bit>

namespace jiffy::ui
{

namespace
{

constexpr std::size_t mostLookedAt = 256;

/// The timers of one slot by expiry, the first mostLookedAt of its list.
void takeSlot(const core::World& world, core::SlotId slot, core::Jiffies position, std::vector<core::TimerId>& out)
{
    const auto first = out.size();
    for (auto t = world.listAt(slot).first; t.isValid() && out.size() < mostLookedAt; t = world.next(t)) out.push_back(t);
    const auto word = world.geometry().word;
    std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(), [&](core::TimerId a, core::TimerId b) {
        return word.signedDistance(world.item(a).expires, position) < word.signedDistance(world.item(b).expires, position);
    });
}

using Timers = std::vector<core::TimerId>;

/// Those of tv1 slot by slot, then the next slots of the levels above.
void takeCascading(const core::World& world, const core::Inputs& inputs, int cpu, std::size_t n, Timers& found)
{
    const auto& g = world.geometry();
    const auto position = world.cpu(cpu).timerJiffies;
    takeSlot(world, g.runList(cpu), position, found);
    for (int l = 0; l < g.levels && found.size() < mostLookedAt; ++l) {
        const auto& level = g.level[static_cast<std::size_t>(l)];
        // Above tv1 the slot of the present position has been taken apart already, unless its turn is yet to come.
        for (int k = 0; k < level.slots && found.size() < mostLookedAt; ++k) {
            const auto index = (level.indexOf(position) + static_cast<std::uint32_t>(k)) & level.mask();
            if (const auto slot = g.slot(cpu, l, index); world.isOccupied(slot)) takeSlot(world, slot, position, found);
        }
        const auto named = std::count_if(found.begin(), found.end(), [&](core::TimerId t) { return inputs.timers[t.value].number == 0; });
        if (static_cast<std::size_t>(named) >= n) break;
    }
}

/// The next buckets of all levels of both wheels, by when they are due; of one jiffy the highest level first.
void takeBuckets(const core::World& world, int cpu, Timers& found)
{
    const auto& g = world.geometry();
    for (int l = g.levels; l-- > 0;)
        for (auto t = world.listAt(g.runList(cpu, l)).first; t.isValid() && found.size() < mostLookedAt; t = world.next(t)) found.push_back(t);
    struct Next
    {
        std::int64_t ahead = 0;
        int level = 0;
        core::SlotId slot;
    };
    std::vector<Next> buckets;
    for (int wheel = 0; wheel < g.wheels; ++wheel) {
        const auto clk = world.cpu(cpu).clk(wheel);
        for (int l = 0; l < g.levels; ++l) {
            const auto first = g.slotOn(cpu, wheel, l, 0).value;
            for (auto bits = world.occupancy()[first >> 6]; bits != 0; bits &= bits - 1) {
                const core::SlotId slot(first + static_cast<std::uint32_t>(std::countr_zero(bits)));
                const auto due = core::bucketOf(world, world.item(world.listAt(slot).first)).due;
                buckets.push_back({g.word.signedDistance(due, clk), l, slot});
            }
        }
    }
    std::stable_sort(buckets.begin(), buckets.end(), [](const Next& a, const Next& b) { return a.ahead != b.ahead ? a.ahead < b.ahead : a.level > b.level; });
    for (const auto& bucket : buckets)
        for (auto t = world.listAt(bucket.slot).first; t.isValid() && found.size() < mostLookedAt; t = world.next(t)) found.push_back(t);
}

/// The list stands in that order.
void takeSorted(const core::World& world, int cpu, Timers& found)
{
    for (auto t = world.listAt(world.geometry().sortedList(cpu)).first; t.isValid() && found.size() < mostLookedAt; t = world.next(t))
        found.push_back(t);
}

} // namespace

std::vector<core::TimerId> nextToFire(const core::World& world, const core::Inputs& inputs, int cpu, std::size_t n)
{
    Timers found;
    switch (world.geometry().algorithm) {
    case core::TimerAlgorithm::Wheel39: takeCascading(world, inputs, cpu, n, found); break;
    case core::TimerAlgorithm::Wheel61: takeBuckets(world, cpu, found); break;
    case core::TimerAlgorithm::SortedList: takeSorted(world, cpu, found); break;
    }
    // The named ones first, each kind in order; then by the order in which they will be called.
    std::vector<core::TimerId> chosen;
    for (const bool isNamed : {true, false})
        for (const auto t : found)
            if (chosen.size() < n && (inputs.timers[t.value].number == 0) == isNamed) chosen.push_back(t);
    std::vector<core::TimerId> inOrder;
    for (const auto t : found)
        if (std::find(chosen.begin(), chosen.end(), t) != chosen.end()) inOrder.push_back(t);
    return inOrder;
}

void NextTimers::update(const core::World& world, const core::Inputs& inputs, int cpu, std::size_t n, bool isFresh,
                        const std::vector<core::TimerId>& recent)
{
    if (isFresh || cpu != m_cpu) m_timers.clear();
    m_cpu = cpu;
    const auto isRecent = [&](core::TimerId t) { return std::find(recent.begin(), recent.end(), t) != recent.end(); };
    const auto has = [&](core::TimerId t) { return std::find(m_timers.begin(), m_timers.end(), t) != m_timers.end(); };
    std::erase_if(m_timers, [&](core::TimerId t) { return !isRecent(t) && (!world.isDefined(t) || !world.item(t).isPending()); });
    if (m_timers.size() > n) m_timers.resize(n);
    if (n == 0) return;
    if (!recent.empty() && world.isDefined(recent.front()) && !has(recent.front())) {
        if (m_timers.size() == n) m_timers.pop_back();
        m_timers.push_back(recent.front());
    }
    if (m_timers.size() == n) return;
    for (const auto t : nextToFire(world, inputs, cpu, 2 * n))
        if (m_timers.size() < n && !has(t)) m_timers.push_back(t);
}

void Lives::reset(core::InputsPtr inputs)
{
    m_inputs = std::move(inputs);
    m_log = {};
    m_index = {};
    m_shown.clear();
}

void Lives::extend(const core::LogView& log)
{
    m_log = log;
    m_index.extend(log);
    for (auto& life : m_shown) life.extend(m_index, m_log);
}

void Lives::show(const std::vector<core::TimerId>& timers)
{
    std::vector<core::Lifeline> shown;
    shown.reserve(timers.size());
    for (const auto timer : timers) {
        const auto it = std::find_if(m_shown.begin(), m_shown.end(), [&](const core::Lifeline& l) { return l.timer() == timer; });
        if (it != m_shown.end()) {
            shown.push_back(std::move(*it));
            continue;
        }
        shown.emplace_back(timer, m_inputs->machine);
        shown.back().extend(m_index, m_log);
    }
    m_shown = std::move(shown);
}

} // namespace jiffy::ui
