// SPDX-License-Identifier: GPL-3.0-or-later
// Goal 5: time travel in a run of ten million events.
#include "tests/bench/periodic_timers.h"
#include "tests/bench/report.h"

#include "core/history/history.h"
#include "core/run/run.h"

#include <memory>

namespace jiffy::bench
{
namespace
{

constexpr double frame = 16.6e6; // ns, at 60 a second

double bytesOf(const core::Checkpoint& c)
{
    return static_cast<double>(c.world.itemCount() * sizeof(core::Item)) +
           static_cast<double>(c.world.geometry().slotCount()) *
               (sizeof(core::Item) + sizeof(core::ListState) + sizeof(core::ListId));
}

/// Seeks to places at random, then steps there and back. Keeps the worst of the steps.
struct Travel
{
    std::vector<double> seeks;
    double worstForward = 0, worstBack = 0;

    void run(core::History& history, std::size_t count)
    {
        core::Random random{7};
        for (std::size_t k = 0; k < count; ++k) {
            const core::Position p{random.between(0, history.log().size() - 1), 0, 0};
            seeks.push_back(nsEach(1, [&] { benchmark::DoNotOptimize(&history.at(p)); }));
            const double forward = nsEach(1, [&] {
                if (const auto next = history.next(p, core::Rung::Operation)) history.at(*next);
            });
            const core::Position here = history.cursor();
            const double back = nsEach(1, [&] {
                if (const auto previous = history.previous(here, core::Rung::Operation))
                    history.at(*previous);
            });
            worstForward = std::max(worstForward, forward);
            worstBack = std::max(worstBack, back);
        }
    }
};

void travel(benchmark::State& state, std::uint64_t n)
{
    const std::uint64_t events = options().smoke ? 300'000 : 10'000'000;
    const std::string size = " among " + shortNumber(n) + " timers";
    for (auto _ : state) {
        const auto inputs = periodicTimers(n, events);
        core::Snapshot snapshot;
        const double record = nsEach(events, [&] { snapshot = core::runAll(inputs); });
        const double replay = nsEach(1, [&] {
            core::World world(inputs->machine);
            for (std::uint64_t e = 0; e < snapshot.log.size(); ++e)
                world.apply(snapshot.log[e]);
            benchmark::DoNotOptimize(&world);
        });
        double bytes = 0;
        for (const auto& c : *snapshot.checkpoints)
            bytes += bytesOf(*c);
        const double share = bytes / (static_cast<double>(snapshot.log.size()) * sizeof(core::Record));

        core::History history(inputs, snapshot);
        Travel travel;
        travel.run(history, options().smoke ? 10 : n > 100'000 ? 100 : 400);
        const double p99 = quantile(travel.seeks, 0.99);
        const std::string detail = "p50 " + millisecondsText(median(travel.seeks)) + ", p99 " +
                                   millisecondsText(p99) + ", whole replay " + millisecondsText(replay) +
                                   ", recording " + nsText(record) + " an event";
        if (n <= 100'000)
            report(state, {5, "seek p99" + size, p99 / frame, "of a frame", Bound::AtMost, 1, detail});
        else
            report(state,
                   {5, "seek p99" + size, p99 / replay, "of a whole replay", Bound::AtMost, 0.5, detail});
        report(state, {5, "worst step forward" + size, travel.worstForward / frame, "of a frame",
                       Bound::AtMost, 1, millisecondsText(travel.worstForward)});
        report(state, {5, "worst step back" + size, travel.worstBack / frame, "of a frame", Bound::AtMost, 1,
                       millisecondsText(travel.worstBack)});
        report(state, {5, "checkpoints" + size, share, "of the log's bytes", Bound::AtMost, 0.25,
                       std::to_string(snapshot.checkpoints->size()) + " of them"});
    }
}

} // namespace

void registerTimeTravel()
{
    for (const std::uint64_t n : {10'000, 100'000, 1'000'000}) {
        if (options().smoke && n > 10'000) continue;
        benchmark::RegisterBenchmark(("goal5/" + shortNumber(n)).c_str(), travel, n)
            ->Iterations(1)
            ->Unit(benchmark::kMillisecond);
    }
}

} // namespace jiffy::bench
