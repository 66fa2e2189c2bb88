// SPDX-License-Identifier: GPL-3.0-or-later
// Find and run until in a run of ten million events. No goal of their own: the window works in slices of half a frame,
// so these say how soon the last match is counted, not how long anybody is held up.
#include "tests/bench/periodic_timers.h"
#include "tests/bench/report.h"

#include "core/history/search.h"
#include "core/insight/query.h"
#include "core/run/run.h"

namespace jiffy::bench
{
namespace
{

void find(benchmark::State& state)
{
    const std::uint64_t events = options().smoke ? 200'000 : 10'000'000;
    const std::uint64_t texts = events / 10; // a tenth tells as much
    for (auto _ : state) {
        const auto inputs = periodicTimers(10'000, events);
        const core::Snapshot run = core::runAll(inputs);
        const auto count = [&](const char* words, std::uint64_t n) {
            const core::Query query(words, inputs);
            std::uint64_t total = 0;
            const double ns = nsEach(1, [&] { total = query.count(run.log, 0, n); });
            report(state, {0, std::string("find ") + words, ns / static_cast<double>(n), "ns an event", Bound::None, 0,
                           std::to_string(total) + " matches in " + shortNumber(n) + " events, " + millisecondsText(ns)});
        };
        count("periodic.77", events);
        count("fired periodic.77", events);
        count("tv2[5] cascade", events);
        count("0xFFFFB6FF", events);
        count("\"items=2\"", texts);
        const auto seek = [&](const std::string& what, const core::Condition& condition, core::Search::Direction direction) {
            const core::Position from = direction == core::Search::Direction::Forward ? core::Position{} : core::Position{run.log.size(), 0, 0};
            double worst = 0;
            core::Search search(inputs, run, {condition}, from, direction);
            const double ns = nsEach(1, [&] {
                while (search.state() == core::Search::State::Looking) worst = std::max(worst, nsEach(1, [&] { search.advance(2048); }));
            });
            report(state, {0, what, ns / static_cast<double>(run.log.size()), "ns an event", Bound::None, 0,
                           millisecondsText(ns) + " for " + shortNumber(run.log.size()) + " events, worst slice " + millisecondsText(worst)});
        };
        core::Condition never;
        never.what = core::Condition::What::Event;
        never.kind = core::Kind::Refused;
        seek("run until an event", never, core::Search::Direction::Forward);
        never.what = core::Condition::What::Line;
        never.line = core::Line::AddTv5;
        seek("run until a line", never, core::Search::Direction::Forward);
        seek("run back until a line", never, core::Search::Direction::Back);
    }
}

} // namespace

void registerFind()
{
    benchmark::RegisterBenchmark("find", find)->Iterations(1)->Unit(benchmark::kMillisecond);
}

} // namespace jiffy::bench
