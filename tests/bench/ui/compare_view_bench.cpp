// SPDX-License-Identifier: GPL-3.0-or-later
// Goal 3 for the compare view: frames with 100,000 timers on four algorithms, where what is in sight must be
// all that costs. Steps about the tick that moves most, and playing tick by tick.
#include "tests/bench/report.h"
#include "tests/ui/support/small_run.h"
#include "tests/ui/support/test_desk.h"

#include "core/base/random.h"
#include "ui/compare/compare_view.h"

#include <QCoreApplication>
#include <QImage>

#include <string>

namespace jiffy::bench
{

namespace
{

constexpr double goal = 8e6; // ns

core::InputsPtr armed(std::uint32_t n)
{
    test::SmallRun run;
    auto& in = run.inputs();
    in.machine.hz = core::Hz{1000};
    in.machine.jiffies = 1000;
    in.untilTicks = 20'000;
    core::Random random{1};
    // Falling, so that the list's walks are short and the run is there at once.
    for (std::uint32_t i = 0; i < n; ++i)
        run.at(0, core::Call::AddTimer, run.timer("t", i + 1),
               1000 + 40'000 - i * 39'000ull / n - random.between(0, 3));
    return run.inputsPtr();
}

struct Times
{
    std::vector<double> step, play;
};

Times measure(std::uint32_t timers, int count)
{
    test::TestDesk desk;
    const auto inputs = armed(timers);
    ui::CompareView view(desk.desk, nullptr);
    view.setAttribute(Qt::WA_DontShowOnScreen);
    view.resize(1440, 774);
    view.show();
    desk.session.start({inputs, {}}, QStringLiteral("bench"));
    auto& companions = view.companions();
    companions.choose({core::timersNamed("sorted-list"), core::timersNamed("wheel-3.9"),
                       core::timersNamed("wheel-3.9-small"), core::timersNamed("wheel-6.1")});
    while (desk.session.isRunning())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    companions.complete();
    QImage screen(view.size(), QImage::Format_ARGB32_Premultiplied);
    const ui::StepEffects effects;
    const ui::Sentence sentence;
    const auto show = [&](core::Position from, core::Position to) {
        view.showMoment({desk.session.world(), desk.session.history().inputsPtr(), from, to,
                         ui::Motion::Forward, ui::MotionStyle::Jump, effects, sentence, 0});
        view.render(&screen);
    };
    const auto to = [&](core::Rung rung) {
        const auto from = desk.session.position();
        desk.session.stepForward(rung);
        return nsEach(1, [&] { show(from, desk.session.position()); });
    };
    Times times;
    desk.session.seekTick(1535 + 256); // the next tick cascades
    show({}, desk.session.position());
    for (int i = 0; i < count; ++i)
        times.step.push_back(to(core::Rung::Operation));
    desk.session.seekTick(5'000);
    show({}, desk.session.position());
    for (int i = 0; i < count; ++i)
        times.play.push_back(to(core::Rung::Tick));
    return times;
}

void compareViewFrames(benchmark::State& state)
{
    for (auto _ : state) {
        const std::uint32_t many = options().smoke ? 1'000 : 100'000;
        const Times times = measure(many, options().smoke ? 5 : 300);
        const auto tell = [&](const char* what, const std::vector<double>& all) {
            const double p99 = quantile(all, .99);
            report(state, {3, "compare, 4 x " + std::to_string(many) + " timers, " + what, p99 / goal,
                           "of 8 ms, p99", Bound::AtMost, 1,
                           "p50 " + millisecondsText(median(all)) + ", p99 " + millisecondsText(p99)});
        };
        tell("a step", times.step);
        tell("a tick", times.play);
    }
}

} // namespace

void registerCompareView()
{
    benchmark::RegisterBenchmark("goal3/compare-view", compareViewFrames)
        ->Iterations(1)
        ->Unit(benchmark::kMillisecond);
}

} // namespace jiffy::bench
