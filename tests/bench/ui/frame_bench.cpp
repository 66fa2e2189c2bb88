// SPDX-License-Identifier: GPL-3.0-or-later
// Goal 3: frames of the wheel with 100 changed slots and 200 moving dots, the hand-over of a snapshot, and a step over
// a tick that cascades a million timers.
#include "tests/bench/report.h"
#include "tests/ui/support/small_run.h"
#include "tests/ui/support/test_desk.h"
#include "ui/wheel/wheel_view.h"

#include "core/run/mailbox.h"

#include <QImage>
#include <QPainter>

namespace jiffy::bench
{

namespace
{

constexpr double frame = 16.6e6; // ns

/// A wheel with timers in nearly all its slots, of which 200 in one slot of tv2 come down into 100 slots of tv1.
struct CascadeOf200 : test::SmallRun
{
    static constexpr std::uint32_t movers = 200;
    core::Position from, to;

    /// On each of `cpus` CPUs.
    explicit CascadeOf200(int cpus = 1)
    {
        inputs().machine.cpus = cpus;
        for (int c = 1; c < cpus; ++c)
            for (std::uint32_t i = 0; i < 500; ++i)
                at(1, core::Call::ModTimer, timer("other", static_cast<std::uint32_t>(c) * 1'000 + i + 1),
                   i < 200 ? 258 + i % 254 : 1'024 + i * 977, c);
        for (std::uint32_t i = 0; i < movers; ++i)
            at(1, core::Call::ModTimer, timer("mover", i + 1), 512 + i % 100 * 2);
        for (std::uint32_t i = 0; i < 1'200; ++i)
            at(1, core::Call::ModTimer, timer("rest", i + 1), i < 300 ? 258 + i % 254 : 1'024 + i * 977);
        inputs().untilTicks = 520;
        finish();
        from = *after(core::Kind::Moved);
        --from.event;
        to = *after(core::Kind::Moved, core::TimerId::none(), movers);
    }
};

struct Frames
{
    std::vector<double> step, flight, blit;
};

Frames frames(ui::WheelForm form, QSize size, int count, int cpus)
{
    CascadeOf200 run(cpus);
    test::TestDesk desk;
    desk.theme.setMotion(ui::MotionSetting::Full);
    ui::WheelView view(desk.desk);
    view.resize(size);
    view.setForm(form, false);
    QImage screen(size, QImage::Format_ARGB32_Premultiplied), picture(size, QImage::Format_RGB32);
    screen.fill(Qt::white);
    picture.fill(Qt::white);
    const auto show = [&](core::Position a, core::Position b) {
        view.showPosition(run.history().at(b), run.inputsPtr(), ui::effects(run.log(), a, b), ui::MotionStyle::Full);
    };
    show(run.from, run.from);
    view.render(&screen);
    Frames f;
    for (int i = 0; i < count; ++i) {
        run.history().at(run.to); // walking there is another goal's
        f.step.push_back(nsEach(1, [&] {
            show(run.from, run.to);
            view.showInstant(i % 8 * 60);
            view.render(&screen);
        }));
        f.flight.push_back(nsEach(1, [&] {
            view.showInstant(430 + i % 8 * 10);
            view.render(&screen);
        }));
        f.blit.push_back(nsEach(1, [&] {
            QPainter p(&screen);
            p.drawImage(0, 0, picture);
        }));
        show(run.to, run.from);
        view.showInstant(10'000);
        view.render(&screen);
    }
    return f;
}

void wheelFrames(benchmark::State& state, ui::WheelForm form, QSize size, int cpus)
{
    for (auto _ : state) {
        const Frames f = frames(form, size, options().smoke ? 3 : 200, cpus);
        const bool isLarge = size.height() > 2'000;
        const double limit = isLarge ? 33 / 16.6 : .5;
        const std::string where = std::string(form == ui::WheelForm::Rings ? "rings " : "bands ") +
                                  std::to_string(size.width()) + "x" + std::to_string(size.height()) +
                                  (cpus == 1 ? "" : ", " + std::to_string(cpus) + " CPUs");
        const auto tell = [&](const char* what, const std::vector<double>& times) {
            const double p99 = quantile(times, .99);
            report(state, {3, where + what, p99 / frame, "of a frame, p99", Bound::AtMost, limit,
                           "p50 " + millisecondsText(median(times)) + ", p99 " + millisecondsText(p99)});
        };
        tell(", a step", f.step);
        tell(", in flight", f.flight);
        if (isLarge || cpus > 1) continue;
        const std::string detail = "a blit " + millisecondsText(median(f.blit));
        report(state, {3, where + ", in flight", median(f.flight) / median(f.blit), "opaque blits", Bound::AtMost, 5, detail});
        report(state, {3, where + ", a step", median(f.step) / median(f.blit), "opaque blits", Bound::None, 0, detail});
    }
}

void handOver(benchmark::State& state)
{
    for (auto _ : state) {
        const CascadeOf200 run;
        const core::Snapshot snapshot = core::runAll(run.inputsPtr());
        core::Mailbox<core::Snapshot> box({});
        const std::uint64_t n = options().smoke ? 100 : 100'000;
        const double ns = nsEach(n, [&] {
            for (std::uint64_t i = 0; i < n; ++i) {
                box.put(snapshot);
                benchmark::DoNotOptimize(box.take());
            }
        });
        report(state, {3, "hand-over of a snapshot", ns / frame, "of a frame", Bound::AtMost, .01, nsText(ns)});
    }
}

/// One tick cascades n timers: what each part of showing the step costs on the GUI thread.
void bigCascade(benchmark::State& state)
{
    const std::uint32_t n = options().smoke ? 10'000 : 1'000'000;
    for (auto _ : state) {
        test::SmallRun run;
        for (std::uint32_t i = 0; i < n; ++i)
            run.at(1, core::Call::ModTimer, run.timer("t", i + 1), 512 + i % 256);
        run.inputs().untilTicks = 514;
        run.finish();
        auto& history = run.history();
        const core::Position before = history.lastOfTick(511), after = history.lastOfTick(512);
        history.at(before);
        const double walk = nsEach(1, [&] { benchmark::DoNotOptimize(&history.at(after)); });
        ui::StepEffects e;
        const double read = nsEach(1, [&] { e = ui::effects(run.log(), before, after); });
        test::TestDesk desk;
        ui::WheelView view(desk.desk);
        view.resize(1920, 1080);
        QImage screen(view.size(), QImage::Format_ARGB32_Premultiplied);
        view.showPosition(history.at(before), run.inputsPtr(), ui::effects(run.log(), before, before));
        view.render(&screen);
        history.at(after);
        const double paint = nsEach(1, [&] {
            view.showPosition(history.at(after), run.inputsPtr(), e);
            view.render(&screen);
        });
        view.showInstant(150);
        const double drain = nsEach(1, [&] { view.render(&screen); });
        const std::string size = shortNumber(n) + " timers cascade: ";
        const auto tell = [&](const char* what, double ns) {
            report(state, {3, size + what, ns / frame, "of a frame", Bound::None, 0, millisecondsText(ns)});
        };
        tell("history walks", walk);
        tell("effects are read", read);
        tell("first picture", paint);
        tell("a picture of the drain", drain);
        tell("all of the step", walk + read + paint);
    }
}

} // namespace

void registerFrames()
{
    const auto add = [](const std::string& name, auto work, auto... arguments) {
        benchmark::RegisterBenchmark(("goal3/" + name).c_str(), work, arguments...)
            ->Iterations(1)
            ->Unit(benchmark::kMillisecond);
    };
    using ui::WheelForm;
    add("rings1080", wheelFrames, WheelForm::Rings, QSize(1920, 1080), 1);
    add("bands1080", wheelFrames, WheelForm::Bands, QSize(1920, 1080), 1);
    add("rings2160", wheelFrames, WheelForm::Rings, QSize(3840, 2160), 1);
    add("bands2160", wheelFrames, WheelForm::Bands, QSize(3840, 2160), 1);
    add("rings1080cpus24", wheelFrames, WheelForm::Rings, QSize(1920, 1080), 24);
    add("handover", handOver);
    add("bigCascade", bigCascade);
}

} // namespace jiffy::bench
