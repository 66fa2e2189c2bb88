// SPDX-License-Identifier: GPL-3.0-or-later
// Every timer algorithm without a log on the workload of goal 1, side by side with the reference wheel: what
// add, mod, del, an empty tick, the next interrupt and a fired timer cost, as ratios within one run. There is
// no limit to hold: the reference is a cascading wheel. The sorted list does not walk, but finds the place
// that a walk would (and how many comparisons that takes): its time is the model's, not that of the list of
// 1996.
#include "tests/bench/algorithm_side.h"
#include "tests/bench/reference_side.h"
#include "tests/bench/report.h"
#include "tests/bench/workload.h"

#include <string_view>

namespace jiffy::bench
{
namespace
{

constexpr int nextCalls = 1000;

int repetitions(std::uint64_t n)
{
    if (options().smoke) return 1;
    return n <= 10'000 ? 11 : n <= 100'000 ? 7 : 3;
}

/// Ticks until all n have fired, counted; a wheel without cascades takes longer than the longest delay.
template <class Side> std::uint64_t fireAll(Side& side, std::uint64_t n)
{
    const std::uint64_t target = side.fired() + n, most = 2ull * horizon;
    std::uint64_t ticks = 0;
    for (; side.fired() < target && ticks < most; ++ticks)
        side.tick();
    return ticks;
}

template <class Side> class Calls
{
  public:
    Calls(std::string_view name, std::uint64_t n)
        : m_name(name), m_n(n), m_ours(n, bootJiffies), m_reference(n, bootJiffies)
    {
    }

    void run(benchmark::State& state)
    {
        for (auto _ : state)
            for (int r = 0; r < repetitions(m_n); ++r)
                repeat();
        if (m_ours.fired() != m_reference.fired())
            state.SkipWithError("the two sides fired different numbers of timers");
        tell(state, "add", m_add);
        tell(state, "mod", m_mod);
        tell(state, "del", m_del);
        tell(state, "empty tick", m_empty);
        tell(state, "next", m_next);
        tell(state, m_n < 100'000 ? "fired timer with its ticks" : "fired timer", m_fired);
    }

  private:
    template <class Do> void pair(Paired& into, std::uint64_t count, Do&& what)
    {
        const double ours = nsEach(count, [&] { what(m_ours); });
        into.add(ours, nsEach(count, [&] { what(m_reference); }));
    }

    void repeat()
    {
        const auto n = static_cast<std::uint32_t>(m_n);
        const auto first = m_workload.delays(n), second = m_workload.delays(n);
        const auto modOrder = m_workload.order(n), delOrder = m_workload.order(n);
        const auto addAll = [&](auto& side) {
            for (std::uint32_t i = 0; i < n; ++i)
                side.add(i, first[i]);
        };
        pair(m_add, n, addAll);
        pair(m_mod, n, [&](auto& side) {
            for (std::uint32_t i = 0; i < n; ++i)
                side.mod(modOrder[i], second[i]);
        });
        pair(m_del, n, [&](auto& side) {
            for (std::uint32_t i = 0; i < n; ++i)
                side.del(delOrder[i]);
        });
        const std::uint64_t ticks = options().smoke ? horizon / 64 : horizon;
        const auto tickAll = [&](auto& side) {
            for (std::uint64_t k = 0; k < ticks; ++k)
                side.tick();
        };
        const double ourTick = nsEach(ticks, [&] { tickAll(m_ours); }),
                     theirTick = nsEach(ticks, [&] { tickAll(m_reference); });
        m_empty.add(ourTick, theirTick);
        addAll(m_ours);
        addAll(m_reference);
        pair(m_next, nextCalls, [](auto& side) {
            for (int k = 0; k < nextCalls; ++k)
                side.next();
        });
        m_ours.stayAwake();
        std::uint64_t ourTicks = 0, theirTicks = 0;
        const double ours = nsEach(m_n, [&] { ourTicks = fireAll(m_ours, m_n); });
        const double theirs = nsEach(m_n, [&] { theirTicks = fireAll(m_reference, m_n); });
        const auto net = [&](double gross, std::uint64_t passed, double tick) {
            return m_n < 100'000 ? gross
                                 : gross - static_cast<double>(passed) / static_cast<double>(m_n) * tick;
        };
        m_fired.add(net(ours, ourTicks, ourTick), net(theirs, theirTicks, theirTick));
    }

    void tell(benchmark::State& state, const char* what, const Paired& p)
    {
        report(state, {1, m_name + ", " + what + ' ' + shortNumber(m_n), p.ratio(), "of reference",
                       Bound::None, 0, nsText(p.ours()) + ", reference " + nsText(p.theirs())});
    }

    std::string m_name;
    std::uint64_t m_n;
    Workload m_workload;
    Side m_ours;
    ReferenceSide m_reference;
    Paired m_add, m_mod, m_del, m_empty, m_next, m_fired;
};

template <class Side> void registerSide(std::string_view name, std::uint64_t most)
{
    for (std::uint64_t n = 1000; n <= (options().smoke ? 1000 : most); n *= 10)
        benchmark::RegisterBenchmark(("goal1/algorithms/" + std::string(name) + '/' + shortNumber(n)).c_str(),
                                     [name, n](benchmark::State& state) { Calls<Side>(name, n).run(state); })
            ->Iterations(1)
            ->Unit(benchmark::kMillisecond);
}

} // namespace

void registerAlgorithms()
{
    registerSide<Wheel39Side>("wheel-3.9", 1'000'000);
    registerSide<Wheel61Side>("wheel-6.1", 1'000'000);
    registerSide<SortedListSide>("sorted-list", 10'000);
}

} // namespace jiffy::bench
