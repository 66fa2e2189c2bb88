// SPDX-License-Identifier: GPL-3.0-or-later
// Goal 1: the algorithm without a log.
#include "tests/bench/peers.h"
#include "tests/bench/reference_side.h"
#include "tests/bench/report.h"
#include "tests/bench/wheel_side.h"
#include "tests/bench/workload.h"

#include <cmath>
#include <map>

namespace jiffy::bench
{
namespace
{

int repetitions(std::uint64_t n)
{
    if (options().smoke) return 1;
    return n <= 1000 ? 21 : n <= 100'000 ? 11 : n <= 1'000'000 ? 5 : 3;
}

/// add, mod, del, empty tick and fire, side by side. Small populations go several times through the first
/// three.
void calls(benchmark::State& state, std::uint64_t n)
{
    const std::uint64_t ticks = options().smoke ? horizon / 64 : horizon;
    const std::uint64_t rounds = std::max<std::uint64_t>(1, 20'000 / n);
    Workload workload;
    WheelSide<core::PlainEmitter> ours(n, bootJiffies);
    ReferenceSide reference(n, bootJiffies);
    Paired add, mod, del, empty, gross, net;
    for (auto _ : state) {
        for (int r = 0; r < repetitions(n); ++r) {
            const auto first = workload.delays(n), second = workload.delays(n);
            const auto modOrder = workload.order(n), delOrder = workload.order(n);
            const auto addAll = [&](auto& side) {
                for (std::uint32_t i = 0; i < n; ++i)
                    side.add(i, first[i]);
            };
            const auto modAll = [&](auto& side) {
                for (std::uint32_t i = 0; i < n; ++i)
                    side.mod(modOrder[i], second[i]);
            };
            const auto delAll = [&](auto& side) {
                for (std::uint32_t i = 0; i < n; ++i)
                    side.del(delOrder[i]);
            };
            double a[3] = {}, b[3] = {};
            for (std::uint64_t k = 0; k < rounds; ++k) {
                a[0] += nsEach(n * rounds, [&] { addAll(ours); });
                b[0] += nsEach(n * rounds, [&] { addAll(reference); });
                a[1] += nsEach(n * rounds, [&] { modAll(ours); });
                b[1] += nsEach(n * rounds, [&] { modAll(reference); });
                a[2] += nsEach(n * rounds, [&] { delAll(ours); });
                b[2] += nsEach(n * rounds, [&] { delAll(reference); });
            }
            add.add(a[0], b[0]);
            mod.add(a[1], b[1]);
            del.add(a[2], b[2]);
            const auto tickAll = [&](auto& side) {
                for (std::uint64_t k = 0; k < ticks; ++k)
                    side.tick();
            };
            const double ea = nsEach(ticks, [&] { tickAll(ours); }),
                         eb = nsEach(ticks, [&] { tickAll(reference); });
            empty.add(ea, eb);
            addAll(ours);
            addAll(reference);
            const auto fireAll = [](auto& side) {
                for (std::uint32_t k = 0; k < horizon; ++k)
                    side.tick();
            };
            const double fa = nsEach(n, [&] { fireAll(ours); }), fb = nsEach(n, [&] { fireAll(reference); });
            gross.add(fa, fb);
            const double emptyShare = static_cast<double>(horizon) / static_cast<double>(n);
            net.add(fa - emptyShare * ea, fb - emptyShare * eb);
        }
    }
    if (ours.fired() != reference.fired())
        state.SkipWithError("the two sides fired different numbers of timers");
    const std::string size = " " + shortNumber(n);
    reportRatio(state, 1, "add" + size, add, "reference", 1.0);
    reportRatio(state, 1, "mod" + size, mod, "reference", 1.0);
    reportRatio(state, 1, "del" + size, del, "reference", 1.0);
    reportRatio(state, 1, "empty tick" + size, empty, "reference", 1.0);
    // Among few timers the ticks between them are everything, so the net figure would be noise.
    if (n < 100'000)
        reportRatio(state, 1, "fired timer with its ticks" + size, gross, "reference", 1.0);
    else
        reportRatio(state, 1, "fired timer" + size, net, "reference", 1.0);
}

void tcp(benchmark::State& state, std::uint64_t n)
{
    const std::size_t steps = options().smoke ? 10'000 : 300'000;
    Workload workload;
    WheelSide<core::PlainEmitter> ours(n, bootJiffies);
    MultimapSide multimap(n, bootJiffies);
    PairingSide pairing(n, bootJiffies);
    DAry4Side dary(n, bootJiffies);
    ReferenceSide reference(n, bootJiffies);
    const auto first = workload.delays(n);
    for (std::uint32_t i = 0; i < n; ++i) {
        ours.add(i, first[i]);
        multimap.add(i, first[i]);
        pairing.add(i, first[i]);
        dary.add(i, first[i]);
        reference.add(i, first[i]);
    }
    Paired toMultimap, toPairing, toDary, toReference;
    for (auto _ : state) {
        for (int r = 0; r < (options().smoke ? 1 : 5); ++r) {
            const auto timers = workload.between(steps, 0, static_cast<std::uint32_t>(n - 1));
            const auto delays = workload.between(steps, 200, 2000);
            const auto measure = [&](auto& side) {
                return nsEach(steps, [&] { tcpSteps(side, timers, delays); });
            };
            const double mine = measure(ours);
            toMultimap.add(measure(multimap), mine);
            toPairing.add(measure(pairing), mine);
            toDary.add(measure(dary), mine);
            toReference.add(mine, measure(reference));
        }
    }
    if (ours.fired() != multimap.fired() || ours.fired() != pairing.fired() || ours.fired() != dary.fired())
        state.SkipWithError("the sides fired different numbers of timers");
    const auto times = [&](const char* peer, const Paired& p, double limit) {
        report(state, {1, "TCP-like step " + shortNumber(n) + " against " + peer, p.ratio(), "times faster",
                       Bound::AtLeast, limit, nsText(p.theirs()) + ", " + peer + " " + nsText(p.ours())});
    };
    times("std::multimap", toMultimap, 5);
    times("Boost pairing_heap", toPairing, 5);
    times("Boost d_ary_heap<4>", toDary, 2.5);
    reportRatio(state, 1, "TCP-like step " + shortNumber(n), toReference, "reference", 1.0);
}

/// A timer's life: add, every second one deleted, every fourth re-armed, and all ticks until the last has
/// fired.
void growth(benchmark::State& state, std::uint64_t high)
{
    constexpr std::uint64_t low = 100'000;
    std::map<std::uint64_t, std::vector<double>> costs;
    for (auto _ : state) {
        for (int r = 0; r < repetitions(high); ++r) {
            for (const std::uint64_t n : {low, high}) {
                Workload workload;
                const Life life(workload, n);
                WheelSide<core::PlainEmitter> ours(n, bootJiffies);
                costs[n].push_back(nsEach(n, [&] { life.run(ours); }));
            }
        }
    }
    const double a = median(costs[low]), b = median(costs[high]);
    const double exponent = std::log(b / a) / std::log(static_cast<double>(high) / static_cast<double>(low));
    report(state, {1, "growth of a timer's life 1e5 to " + shortNumber(high), exponent, "as exponent",
                   Bound::AtMost, 0.15, nsText(a) + ", " + nsText(b)});
}

void bytes(benchmark::State& state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(WheelSide<core::PlainEmitter>::bytesPerTimer);
    report(state, {1, "memory of a timer", static_cast<double>(WheelSide<core::PlainEmitter>::bytesPerTimer),
                   "bytes", Bound::AtMost, 32, "reference " + std::to_string(ReferenceSide::bytesPerTimer)});
}

} // namespace

void registerAlgorithm()
{
    const auto once = [](benchmark::internal::Benchmark* b) {
        b->Iterations(1)->Unit(benchmark::kMillisecond);
    };
    std::vector<std::uint64_t> sizes{1000, 10'000, 100'000};
    if (!options().smoke) sizes.push_back(1'000'000);
    if (options().large) sizes.push_back(10'000'000);
    for (const std::uint64_t n : sizes) {
        once(benchmark::RegisterBenchmark(("goal1/calls/" + shortNumber(n)).c_str(), calls, n));
        if (n >= 100'000) once(benchmark::RegisterBenchmark(("goal1/tcp/" + shortNumber(n)).c_str(), tcp, n));
    }
    if (!options().smoke) {
        const std::uint64_t high = options().large ? 10'000'000 : 1'000'000;
        once(benchmark::RegisterBenchmark(("goal1/growth/" + shortNumber(high)).c_str(), growth, high));
    }
    once(benchmark::RegisterBenchmark("goal1/bytes", bytes));
}

} // namespace jiffy::bench
