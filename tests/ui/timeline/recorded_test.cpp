// SPDX-License-Identifier: GPL-3.0-or-later
// Strips of a recording below the lanes of its replay: where they stand, what they say, that they are drawn.
#include "core/trace/import.h"
#include "core/trace/recorded_machine.h"
#include "ui/timeline/recorded_hover.h"
#include "ui/timeline/recorded_strip.h"
#include "ui/timeline/rows.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/main_window.h"

#include <QImage>
#include <QPainter>
#include <QTest>
#include <gtest/gtest.h>

#include <sstream>

using namespace jiffy;

namespace
{

/// Two CPUs, HZ 250; jiffies 4294900000 begin at 100 s.
constexpr auto trace = R"(# tracer: nop
     a-7       [000] ..... 100.000000: timer_start: timer=00000000000000a1 function=fn expires=4294900010 [timeout=10] cpu=0 idx=7 flags=
     a-7       [001] ..... 100.000100: timer_start: timer=00000000000000a2 function=gn expires=4294900090 [timeout=90] cpu=1 idx=7 flags=
<idle>-0       [001] d..1. 100.004000: tick_stop: success=1 dependency=NONE
<idle>-0       [000] d..1. 100.006000: tick_stop: success=1 dependency=NONE
<idle>-0       [000] d.h1. 100.041900: hrtimer_expire_entry: hrtimer=00000000000000b1 function=hrtimer_wakeup now=5
<idle>-0       [000] d.h1. 100.042000: hrtimer_expire_exit: hrtimer=00000000000000b1
<idle>-0       [000] ..s1. 100.044000: softirq_entry: vec=1 [action=TIMER]
<idle>-0       [000] d.s2. 100.044100: timer_cancel: timer=00000000000000a1
<idle>-0       [000] ..s1. 100.044200: timer_expire_entry: timer=00000000000000a1 function=fn now=4294900011 baseclk=4294900010
<idle>-0       [000] ..s1. 100.046200: timer_expire_exit: timer=00000000000000a1
<idle>-0       [000] ..s1. 100.047000: softirq_exit: vec=1 [action=TIMER]
     a-7       [000] d..1. 100.060000: hrtimer_start: hrtimer=00000000000000b1 function=hrtimer_wakeup expires=9 softexpires=9 mode=REL
<idle>-0       [001] d..1. 100.300000: tick_stop: success=1 dependency=NONE
     a-7       [000] ..... 100.400000: timer_start: timer=00000000000000a1 function=fn expires=4294900110 [timeout=10] cpu=0 idx=7 flags=
)";

core::Opened opened(const char* text = trace)
{
    std::istringstream in(text);
    auto inputs = core::importTrace(in, "trace.txt");
    EXPECT_TRUE(inputs);
    return {std::make_shared<core::Inputs>(*std::move(inputs)), {}};
}

class RecordedStrips : public testing::Test
{
  protected:
    RecordedStrips() : window({}, theme, ui::Settings::Off), view(window.timeline())
    {
        window.resize(1280, 800);
        window.show();
        start(opened());
    }
    void start(core::Opened what)
    {
        window.session().start(std::move(what), QStringLiteral("trace.txt"));
        while (window.session().isRunning()) QTest::qWait(5);
        QTest::qWait(5);
        view.fit();
    }
    ui::TimelineScene scene() { return view.scene(); }
    QPointF strip(double us, int cpu)
    {
        const auto s = scene();
        return {ui::StripScale(s.scale, s.inputs->machine.hz).xOf(static_cast<std::uint64_t>(us * 1000)),
                s.rows.recordedTopOf(cpu) + s.rows.recordedHeight / 2};
    }
    QImage picture(bool hasRecorded)
    {
        auto s = scene();
        QImage image(s.size.toSize(), QImage::Format_RGB32);
        if (!hasRecorded) s.recorded = nullptr;
        ui::paintFloor(image, s, false);
        return image;
    }

    ui::ThemeProvider theme;
    ui::MainWindow window;
    ui::TimelineView& view;
};

} // namespace

TEST(RecordedRows, LeaveTheModelsLaneAndTheLivesTheirRoom)
{
    for (const double height : {100., 134., 194., 300., 700.})
        for (const int cpus : {1, 2, 4, 64})
            for (const int lives : {0, 2, 8}) {
                const auto rows = ui::recordedRows(height, cpus, lives, 1);
                EXPECT_GE(rows.recordedHeight, 17);
                EXPECT_LE(rows.recordedHeight, 34);
                EXPECT_DOUBLE_EQ(rows.laneHeight(), 19);
                EXPECT_EQ(rows.lanes.count, cpus);
                EXPECT_GE(rows.lives.top, rows.lanes.top + rows.lanes.height);
                EXPECT_LE(rows.lanes.top + rows.lanes.height, std::max(height, 60 + rows.lanes.rowHeight) + .5);
                EXPECT_DOUBLE_EQ(rows.recordedTopOf(0), rows.lanes.top + 19);
            }
    EXPECT_EQ(ui::timelineRows(194, 2, 2, 1).recordedHeight, 0);
}

TEST_F(RecordedStrips, AreThereForARecordingAlone)
{
    EXPECT_GE(scene().rows.recordedHeight, 17);
    auto plain = opened();
    auto inputs = std::make_shared<core::Inputs>(*plain.inputs);
    inputs->recorded = nullptr;
    start({inputs, {}});
    EXPECT_EQ(scene().rows.recordedHeight, 0);
    EXPECT_EQ(scene().recorded, nullptr);
    EXPECT_EQ(view.wordsAt({30, scene().rows.lanes.middleOf(0)}), QStringLiteral("CPU 0: a click selects it"));
}

TEST_F(RecordedStrips, SayWhatIsRecordedAndWhatIsNot)
{
    const auto first = view.wordsAt(strip(20'000, 0));
    EXPECT_TRUE(first.startsWith(QStringLiteral("CPU 0 of the recorded machine, tick "))) << first.toStdString();
    EXPECT_TRUE(first.contains(QStringLiteral("its tick was stopped for 54 ms at most: when it went on is not recorded, by then it had (line 5)"))) << first.toStdString();
    const auto softirq = view.wordsAt(strip(45'000, 0));
    EXPECT_TRUE(softirq.contains(QStringLiteral("timer softirq, 3 ms (line 8)"))) << softirq.toStdString();
    EXPECT_TRUE(softirq.contains(QStringLiteral("handler of fn, 2 ms (line 10)"))) << softirq.toStdString();
    EXPECT_TRUE(view.wordsAt(strip(41'950, 0)).contains(QStringLiteral("hrtimer handler hrtimer_wakeup, 100 µs")));
    EXPECT_TRUE(view.wordsAt(strip(100'000, 1)).contains(QStringLiteral("only that it stopped anew after 296 ms")));
    EXPECT_TRUE(view.wordsAt(strip(350'000, 1)).contains(QStringLiteral("nothing is recorded of its going on in the 100 ms to the end")));
    EXPECT_TRUE(view.wordsAt(strip(200'000, 0)).contains(QStringLiteral("nothing is recorded here")));
    const auto header = view.wordsAt({30, strip(0, 0).y()});
    EXPECT_EQ(header, QStringLiteral("What CPU 0 did on the recorded machine\n1 tick stop, 1 timer softirq, 1 handler of a timer, 1 handler of an hrtimer"));
}

TEST_F(RecordedStrips, MarksOfHrtimersComeWhereTheyHaveRoom)
{
    EXPECT_FALSE(view.wordsAt(strip(60'000, 0)).contains(QStringLiteral("hrtimer_start")));
    view.setRange({5, 25});
    EXPECT_TRUE(view.wordsAt(strip(60'000, 0)).contains(QStringLiteral("hrtimer_start of hrtimer_wakeup"))) << view.wordsAt(strip(60'000, 0)).toStdString();
}

TEST_F(RecordedStrips, AClickOnAHandlerSelectsItsTimer)
{
    view.setRange({5, 25});
    EXPECT_EQ(ui::recordedTimerAt(scene(), strip(20'000, 0)), std::nullopt);
    ASSERT_TRUE(ui::recordedTimerAt(scene(), strip(45'000, 0)));
    QTest::mouseClick(&view, Qt::LeftButton, {}, strip(45'000, 0).toPoint());
    QTest::qWait(20);
    EXPECT_EQ(scene().selectedItem, core::TimerId(0));
    EXPECT_EQ(window.session().ticks(), 11u);
}

TEST_F(RecordedStrips, AreDrawnBelowTheLaneAndNowhereElse)
{
    view.setRange({4, 24});
    const auto with = picture(true), without = picture(false);
    const auto s = scene();
    const auto differs = [&](double x, double top, double height) {
        for (int y = static_cast<int>(top); y < static_cast<int>(top + height); ++y)
            if (with.pixel(static_cast<int>(x), y) != without.pixel(static_cast<int>(x), y)) return true;
        return false;
    };
    for (const double us : {20'000., 45'000.}) {
        const auto at = strip(us, 0);
        EXPECT_TRUE(differs(at.x(), s.rows.recordedTopOf(0), s.rows.recordedHeight)) << us;
        EXPECT_FALSE(differs(at.x(), s.rows.lanes.topOf(0) + 1, s.rows.laneHeight() - 4)) << us;
    }
    // Softirq and handler have colours of their own.
    const auto& t = s.look.t();
    EXPECT_EQ(with.pixelColor(strip(46'600, 0).toPoint()), t.nowBg);
    EXPECT_EQ(with.pixelColor(QPointF(strip(45'000, 0).x(), s.rows.recordedTopOf(0) + s.rows.recordedHeight - 5).toPoint()), t.pill);
}

TEST_F(RecordedStrips, CostWhatIsInSight)
{
    std::string text = trace;
    for (int i = 0; i < 60'000; ++i) {
        const auto us = 500'000 + i * 50;
        const auto line = [&](const char* event, int at) {
            text += "<idle>-0       [000] d.h1. 10" + std::to_string(at / 1'000'000) + "." + std::to_string(1'000'000 + at % 1'000'000).substr(1) + ": " + event + "\n";
        };
        line("softirq_entry: vec=1 [action=TIMER]", us);
        line("softirq_exit: vec=1 [action=TIMER]", us + 10);
        line("hrtimer_start: hrtimer=00000000000000b1 function=hrtimer_wakeup expires=9", us + 20);
    }
    text += "     a-7       [000] ..... 103.600000: timer_start: timer=00000000000000a1 function=fn expires=4294900910 [timeout=10] cpu=0 idx=7 flags=\n";
    start(opened(text.c_str()));
    ASSERT_EQ(scene().recorded->spans(0, core::Recorded::Softirq).size(), 60'001u);
    const auto s = scene();
    const auto blocks = ui::stripBlocks(s.recorded->spans(0, core::Recorded::Softirq), ui::StripScale(s.scale, s.inputs->machine.hz), s.recorded->end());
    EXPECT_LE(blocks.size(), static_cast<std::size_t>(s.scale.right - s.scale.left) + 2);
    picture(true);
}
