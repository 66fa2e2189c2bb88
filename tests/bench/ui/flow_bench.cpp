// SPDX-License-Identifier: GPL-3.0-or-later
// Goal 3 for tgtd: frames of the event flow with 10,000 items queued, where what is in sight must be all that costs.
#include "tests/bench/report.h"
#include "tests/ui/support/test_desk.h"

#include "core/run/run.h"
#include "core/scenario/ops_reader.h"
#include "ui/tgtd/flow_view.h"

#include <QImage>

#include <string>

namespace jiffy::bench
{

namespace
{

constexpr double goal = 8e6; // ns

/// n items that are all added before the first of them is due, and one slow handler behind.
core::InputsPtr queued(std::uint32_t n)
{
    std::string ops = "scheduler new\n";
    for (std::uint32_t i = 0; i < n; ++i) ops += "work W" + std::to_string(i) + "\n";
    for (std::uint32_t i = 0; i < n; ++i) ops += "at 0 add W" + std::to_string(i) + " " + std::to_string(2 + i % 50) + "\n";
    ops += "at 1000 burn 3000\nuntil 6000\n";
    return std::make_shared<const core::Inputs>(core::readOps(ops, "bench.ops").value());
}

struct Times
{
    std::vector<double> step, frame;
};

/// Steps about the slow handler and the drain that follows it, each with its frame; and frames while time goes by.
Times measure(std::uint32_t items, int count)
{
    test::TestDesk desk;
    desk.theme.setMotion(ui::MotionSetting::Full);
    const auto inputs = queued(items);
    desk.session.start({inputs, core::runAll(inputs)}, QStringLiteral("bench.ops"));
    ui::FlowView view(desk.desk);
    view.resize(1072, 484);
    QImage screen(view.size(), QImage::Format_ARGB32_Premultiplied);
    screen.fill(Qt::white);
    view.reset(inputs, desk.session.snapshot());
    auto& history = desk.session.history();
    const ui::StepEffects effects;
    const ui::Sentence sentence;
    auto from = history.lastOfTick(1'000'000);
    Times times;
    for (int i = 0; i < count; ++i) {
        const auto next = history.next(from, core::Rung::Operation);
        if (!next) break;
        const auto& world = history.at(*next); // walking there is another goal's
        times.step.push_back(nsEach(1, [&] {
            view.showMoment({world, inputs, from, *next, ui::Motion::Forward, ui::MotionStyle::Full, effects, sentence, 0});
            view.render(&screen);
        }));
        times.frame.push_back(nsEach(1, [&] {
            view.setVirtualTime(static_cast<double>(world.clock().ticks) + 1'000 * (i + 1));
            view.render(&screen);
        }));
        from = *next;
    }
    return times;
}

void flowFrames(benchmark::State& state)
{
    for (auto _ : state) {
        const std::uint32_t many = options().smoke ? 1'000 : 10'000;
        const Times times = measure(many, options().smoke ? 5 : 300);
        const auto tell = [&](const char* what, const std::vector<double>& all) {
            const double p99 = quantile(all, .99);
            report(state, {3, "event flow, " + std::to_string(many) + " items, " + what, p99 / goal, "of 8 ms, p99", Bound::AtMost, 1,
                           "p50 " + millisecondsText(median(all)) + ", p99 " + millisecondsText(p99)});
        };
        tell("a step", times.step);
        tell("time passing", times.frame);
    }
}

} // namespace

void registerFlow()
{
    benchmark::RegisterBenchmark("goal3/flow", flowFrames)->Iterations(1)->Unit(benchmark::kMillisecond);
}

} // namespace jiffy::bench
