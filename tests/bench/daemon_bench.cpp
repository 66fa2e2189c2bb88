// SPDX-License-Identifier: GPL-3.0-or-later
// tgtd's scheduler: what an hour of virtual time costs, log and all, beside a plain multimap of deadlines
// that is asked four times a second.
#include "core/run/run.h"
#include "tests/bench/report.h"

#include <algorithm>
#include <map>

namespace jiffy::bench
{
namespace
{

constexpr std::uint64_t second = 1'000'000; // us

/// Items that re-arm themselves for ever, with delays of 1 to 60 s.
core::Inputs keepAlives(std::uint32_t items, std::uint64_t seconds)
{
    core::Inputs in;
    in.driver = core::Driver::Daemon;
    in.machine.isDaemon = true;
    in.machine.word = core::Word(64);
    in.machine.hz = core::Hz{1'000'000};
    in.machine.settled = false;
    in.names = {"", "keepalive"};
    in.daemon.until = seconds * second;
    in.daemon.pipe = core::TimerId(items);
    in.daemon.firstSource = items + 1;
    in.timers.resize(2 * std::size_t{items} + 1);
    for (std::uint32_t i = 0; i < items; ++i) {
        in.timers[i] = {1, i + 1, -1, 0, i, 1};
        core::CallbackStep again;
        again.delta = 1 + i * 7919 % 60;
        in.steps.push_back(again);
        core::Action add;
        add.tick = std::uint64_t{i} * 1000;
        add.call = core::Call::AddWork;
        add.timer = core::TimerId(i);
        add.expires = 1 + i * 31 % 60;
        add.nanoseconds = in.daemon.firstSource + i;
        in.daemon.sources.push_back(i);
        in.actions.push_back(add);
    }
    return in;
}

/// The same work by the most ordinary means: no log, no world, only the runs counted.
std::uint64_t plainRuns(const core::Inputs& in)
{
    std::multimap<std::uint64_t, std::uint32_t> queue;
    std::uint64_t runs = 0;
    std::size_t next = 0;
    for (std::uint64_t now = in.daemon.interval; now <= in.daemon.until; now += in.daemon.interval) {
        for (; next < in.actions.size() && in.actions[next].tick < now; ++next)
            queue.emplace(in.actions[next].tick + in.actions[next].expires * second,
                          in.actions[next].timer.value);
        while (!queue.empty() && queue.begin()->first <= now) {
            const auto item = queue.begin()->second;
            queue.erase(queue.begin());
            queue.emplace(now + static_cast<std::uint64_t>(in.steps[item].delta) * second, item);
            ++runs;
        }
    }
    return runs;
}

void hour(benchmark::State& state)
{
    const std::uint64_t seconds = options().smoke ? 60 : 3600;
    const auto inputs = std::make_shared<const core::Inputs>(keepAlives(1000, seconds));
    Paired pair;
    for (auto _ : state) {
        for (int r = 0; r < (options().smoke ? 1 : 5); ++r) {
            const double ours = nsEach(1, [&] { benchmark::DoNotOptimize(core::runAll(inputs)); });
            pair.add(ours, nsEach(1, [&] { benchmark::DoNotOptimize(plainRuns(*inputs)); }));
        }
    }
    reportRatio(state, 2, "an hour of tgtd, 1e3 items", pair, "a multimap without a log", 60);
    report(state, {2, "an hour of tgtd, 1e3 items", pair.ours() / 1e9, "s", Bound::AtMost, 1, {}});
}

} // namespace

void registerDaemon()
{
    benchmark::RegisterBenchmark("daemon/hour", hour)->Iterations(1)->Unit(benchmark::kMillisecond);
}

} // namespace jiffy::bench
