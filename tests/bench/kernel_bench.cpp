// SPDX-License-Identifier: GPL-3.0-or-later
// The machine of CPUs: what recording it costs with very many timers, beside the plain machine on the same inputs, and
// what time costs in which nothing happens.
#include "core/run/run.h"
#include "tests/bench/report.h"

namespace jiffy::bench
{
namespace
{

/// Timers that re-arm themselves for ever, on each of four CPUs, with delays of 200 to 2247 jiffies.
core::Inputs fourCpus(std::uint32_t each, std::uint64_t events, bool isKernel)
{
    core::Inputs in;
    in.machine.cpus = 4;
    in.machine.word = core::Word(64);
    in.machine.hz = core::Hz{1000};
    in.machine.jiffies = 1000;
    in.machine.kernel.isThere = isKernel;
    in.names = {"", "t"};
    in.eventLimit = events;
    in.timers.resize(4 * std::size_t{each});
    std::uint64_t random = 12345;
    for (std::uint32_t i = 0; i < in.timers.size(); ++i) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        const std::uint64_t delay = 200 + (random >> 40) % 2048;
        in.timers[i] = {1, i + 1, 0, 0, i, 1};
        core::CallbackStep again;
        again.delta = static_cast<std::int64_t>(delay);
        in.steps.push_back(again);
        core::Action add;
        add.call = core::Call::AddTimer;
        add.cpu = static_cast<std::uint8_t>(i % 4);
        add.timer = core::TimerId(i);
        add.expires = 1000 + delay;
        in.actions.push_back(add);
    }
    return in;
}

void recording(benchmark::State& state)
{
    const std::uint32_t each = options().smoke ? 250 : 250'000;
    const std::uint64_t events = options().smoke ? 20'000 : 20'000'000;
    const auto kernel = std::make_shared<const core::Inputs>(fourCpus(each, events, true));
    const auto plain = std::make_shared<const core::Inputs>(fourCpus(each, events, false));
    Paired pair;
    for (auto _ : state) {
        for (int r = 0; r < (options().smoke ? 1 : 3); ++r) {
            const double ours = nsEach(events, [&] { benchmark::DoNotOptimize(core::runAll(kernel)); });
            pair.add(ours, nsEach(events, [&] { benchmark::DoNotOptimize(core::runAll(plain)); }));
        }
    }
    reportRatio(state, 2, "an event of 4 CPUs with 250,000 timers each", pair, "the plain machine", 1.5);
    report(state, {2, "events a second, in millions", 1e3 / pair.ours(), "", Bound::AtLeast, 5, {}});
}

/// An hour in which all four CPUs sleep but for one interrupt, and one in which all tick and find nothing.
void nothing(benchmark::State& state)
{
    const auto hour = [](bool isAsleep) {
        core::Inputs in = fourCpus(0, 1'000'000, true);
        in.machine.kernel.nohz = isAsleep;
        in.machine.kernel.load = isAsleep ? 0 : ~0ull;
        core::Action word;
        word.call = core::Call::NextInterrupt;
        word.tick = 3'600'000;
        in.actions.push_back(word);
        in.untilTicks = 3'600'001;
        return std::make_shared<const core::Inputs>(std::move(in));
    };
    const auto asleep = hour(true), awake = hour(false);
    Paired pair;
    for (auto _ : state) {
        for (int r = 0; r < (options().smoke ? 1 : 101); ++r) {
            const double ours = nsEach(1, [&] { benchmark::DoNotOptimize(core::runAll(asleep)); });
            pair.add(ours, nsEach(1, [&] { benchmark::DoNotOptimize(core::runAll(awake)); }));
        }
    }
    reportRatio(state, 2, "an hour asleep", pair, "an hour of ticks that find nothing", 10);
    report(state, {2, "an hour in which nothing happens", pair.ours() / 1e6, "ms", Bound::AtMost, 1, {}});
}

} // namespace

void registerKernel()
{
    benchmark::RegisterBenchmark("kernel/recording", recording)->Iterations(1)->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("kernel/nothing", nothing)->Iterations(1)->Unit(benchmark::kMillisecond);
}

} // namespace jiffy::bench
