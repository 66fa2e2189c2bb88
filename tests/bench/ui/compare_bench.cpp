// SPDX-License-Identifier: GPL-3.0-or-later
// Goal 3 for the comparison: its plots with 100,000 timers on four algorithms, where what is in sight must be
// all that costs.
#include "tests/bench/report.h"

#include "core/base/random.h"
#include "core/run/run.h"
#include "core/timers/registry.h"
#include "ui/compare/plots.h"

#include <QImage>
#include <QPainter>

#include <memory>

namespace jiffy::bench
{

namespace
{

constexpr double goal = 8e6; // ns
constexpr std::uint32_t longest = 1u << 17;

/// n timers that are all armed at the start, for jiffies up to 2^17 ahead.
core::InputsPtr armed(std::uint32_t n)
{
    auto in = std::make_shared<core::Inputs>();
    core::Random random{12345};
    in->machine.hz = core::Hz{1000};
    in->machine.jiffies = 1000;
    in->names = {"", "t"};
    in->untilTicks = 2 * longest;
    for (const core::TimersInfo& timers : core::timerAlgorithms())
        in->compare.emplace_back(timers.name);
    for (std::uint32_t i = 0; i < n; ++i) {
        core::TimerSpec spec;
        spec.name = 1;
        spec.number = i + 1;
        spec.slack = 0;
        in->timers.push_back(spec);
        core::Action a;
        a.call = core::Call::AddTimer;
        a.timer = core::TimerId(i);
        a.expires = 1001 + (random.next() & (longest - 1));
        in->actions.push_back(a);
    }
    return in;
}

/// The inputs on all four algorithms, and what the plots take of them.
struct FourRuns
{
    explicit FourRuns(std::uint32_t n)
    {
        const auto inputs = armed(n);
        for (const core::TimersInfo& timers : core::timerAlgorithms()) {
            const auto in = core::inputsOn(*inputs, timers);
            runs.push_back(core::runAll(in));
            work.push_back(std::make_unique<core::WorkSeries>(in->machine));
            lateness.push_back(std::make_unique<core::DelayLateness>(in->machine));
            work.back()->extend(runs.back().log);
            lateness.back()->extend(runs.back().log);
            plots.lanes.push_back(
                {QString::fromUtf8(timers.name.data(), static_cast<qsizetype>(timers.name.size())),
                 core::geometryOf(in->machine), work.back().get(), lateness.back().get(), 0});
        }
        plots.start = inputs->machine.jiffies;
        plots.word = inputs->machine.word;
        plots.range = ui::openingRange(plots, runs.back().endTicks);
    }
    /// Each run as far as that share of its records.
    void moveTo(double share)
    {
        plots.tick = static_cast<std::uint64_t>(share * longest);
        for (std::size_t i = 0; i < runs.size(); ++i)
            plots.lanes[i].events =
                static_cast<std::uint64_t>(share * static_cast<double>(runs[i].log.size()));
    }

    std::vector<core::Snapshot> runs;
    std::vector<std::unique_ptr<core::WorkSeries>> work;
    std::vector<std::unique_ptr<core::DelayLateness>> lateness;
    ui::PlotsInput plots;
};

void plotFrames(benchmark::State& state)
{
    const std::uint32_t n = options().smoke ? 2'000 : 100'000;
    const int frames = options().smoke ? 3 : 200;
    FourRuns four(n);
    const ui::Look look;
    QImage screen(1440, 228, QImage::Format_ARGB32_Premultiplied);
    const auto frame = [&](const QRectF& box) {
        screen.fill(look.t().canvas);
        QPainter painter(&screen);
        ui::paintPlots(painter, *ui::layOutPlots(four.plots, look, box), look);
    };
    for (auto _ : state) {
        for (const auto kind : {ui::PlotKind::Work, ui::PlotKind::Lateness}) {
            four.plots.kind = kind;
            std::vector<double> times;
            for (int i = 0; i < frames; ++i) {
                four.moveTo((i + .5) / frames);
                times.push_back(nsEach(1, [&] { frame(QRectF(0, 0, 1440, 228)); }));
            }
            const double p99 = quantile(times, .99);
            report(state, {3,
                           std::string(kind == ui::PlotKind::Work ? "plots of work" : "plots of lateness") +
                               ", four algorithms, " + shortNumber(n) + " timers",
                           p99 / goal, "of 8 ms, p99", Bound::AtMost, 1,
                           "p50 " + millisecondsText(median(times)) + ", p99 " + millisecondsText(p99)});
        }
    }
}

} // namespace

void registerCompare()
{
    benchmark::RegisterBenchmark("goal3/compare/plots", plotFrames)
        ->Iterations(1)
        ->Unit(benchmark::kMillisecond);
}

} // namespace jiffy::bench
