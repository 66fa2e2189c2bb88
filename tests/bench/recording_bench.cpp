// SPDX-License-Identifier: GPL-3.0-or-later
// Goal 2: what recording costs.
#include "tests/bench/reference_side.h"
#include "tests/bench/report.h"
#include "tests/bench/wheel_side.h"
#include "tests/bench/workload.h"

#include <memory>

namespace jiffy::bench
{
namespace
{

int repetitions()
{
    return options().smoke ? 1 : 7;
}

void tcp(benchmark::State& state, std::uint64_t n)
{
    const std::size_t steps = options().smoke ? 10'000 : 300'000;
    Paired recorded;
    for (auto _ : state) {
        for (int r = 0; r < repetitions(); ++r) {
            Workload workload;
            const auto first = workload.delays(n);
            const auto timers = workload.between(steps, 0, static_cast<std::uint32_t>(n - 1));
            const auto delays = workload.between(steps, 200, 2000);
            const auto measure = [&](auto& side) {
                for (std::uint32_t i = 0; i < n; ++i)
                    side.add(i, first[i]);
                return nsEach(steps, [&] { tcpSteps(side, timers, delays); });
            };
            WheelSide<core::Recorder> on(n, bootJiffies);
            WheelSide<core::PlainEmitter> off(n, bootJiffies);
            const double a = measure(on);
            recorded.add(a, measure(off));
        }
    }
    const double limit = n >= 1'000'000 ? 1.3 : n >= 100'000 ? 1.6 : 2.2;
    reportRatio(state, 2, "TCP-like step " + shortNumber(n), recorded, "plain", limit);
}

void life(benchmark::State& state, std::uint64_t n)
{
    Paired recorded;
    double bytes = 0;
    for (auto _ : state) {
        for (int r = 0; r < (n > 100'000 ? std::min(3, repetitions()) : repetitions()); ++r) {
            Workload workload;
            const Life life(workload, n);
            double a = 0;
            {
                WheelSide<core::Recorder> on(n, bootJiffies);
                a = nsEach(n, [&] { life.run(on); });
                bytes = static_cast<double>(on.emitter().log().size()) * sizeof(core::Record) /
                        static_cast<double>(n);
            }
            WheelSide<core::PlainEmitter> off(n, bootJiffies);
            recorded.add(a, nsEach(n, [&] { life.run(off); }));
        }
    }
    reportRatio(state, 2, "a timer's life " + shortNumber(n), recorded, "plain", 1.8);
    report(state, {2, "log of a timer's life " + shortNumber(n), bytes, "bytes", Bound::None, 0, {}});
}

/// Fresh memory each time, as in a run: most of it is the pages' first touch.
void append(benchmark::State& state)
{
    const std::uint64_t events = options().smoke ? 100'000 : 5'000'000;
    std::vector<double> costs;
    for (auto _ : state) {
        for (int r = 0; r < repetitions(); ++r) {
            core::Log log;
            core::Record record;
            record.kind = core::Kind::Queued;
            costs.push_back(nsEach(events, [&] {
                for (std::uint64_t i = 0; i < events; ++i) {
                    record.value = i;
                    log.append(record);
                }
            }));
        }
    }
    report(state, {2, "append alone", median(costs), "ns", Bound::AtMost, 25, {}});
    report(state, {2, "memory of an event", sizeof(core::Record), "bytes", Bound::AtMost, 32, {}});
}

void emptyTick(benchmark::State& state)
{
    const std::uint64_t ticks = options().smoke ? horizon / 64 : horizon;
    WheelSide<core::Recorder> on(1000, bootJiffies);
    ReferenceSide reference(1000, bootJiffies);
    Paired empty;
    for (auto _ : state) {
        for (int r = 0; r < 3 * repetitions(); ++r) {
            const auto measure = [&](auto& side) {
                return nsEach(ticks, [&] {
                    for (std::uint64_t k = 0; k < ticks; ++k)
                        side.tick();
                });
            };
            const double a = measure(on);
            empty.add(a, measure(reference));
        }
    }
    reportRatio(state, 2, "empty tick", empty, "reference", 1.3);
}

} // namespace

void registerRecording()
{
    const auto once = [](benchmark::internal::Benchmark* b) {
        b->Iterations(1)->Unit(benchmark::kMillisecond);
    };
    for (const std::uint64_t n : {1000, 100'000, 1'000'000}) {
        if (options().smoke && n > 100'000) continue;
        once(benchmark::RegisterBenchmark(("goal2/tcp/" + shortNumber(n)).c_str(), tcp, n));
        if (n >= 100'000)
            once(benchmark::RegisterBenchmark(("goal2/life/" + shortNumber(n)).c_str(), life, n));
    }
    once(benchmark::RegisterBenchmark("goal2/append", append));
    once(benchmark::RegisterBenchmark("goal2/empty_tick", emptyTick));
}

} // namespace jiffy::bench
