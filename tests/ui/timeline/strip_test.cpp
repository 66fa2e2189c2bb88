// SPDX-License-Identifier: GPL-3.0-or-later
// The lanes of a machine of CPUs: what they show agrees with what CpuActivity says, at any magnification.
#include "tests/export/kernel_scenarios.h"
#include "ui/timeline/rows.h"
#include "ui/timeline/strip.h"
#include "ui/timeline/strip_hover.h"

#include <gtest/gtest.h>

using namespace jiffy::ui;
using namespace jiffy::core;

namespace
{

struct Ran
{
    explicit Ran(std::size_t scenario)
        : inputs(jiffy::tests::kernelInputs(jiffy::tests::kernelScenarios()[scenario])), run(runAll(inputs)), activity(*inputs)
    {
        activity.extend(run.log);
    }
    StripScale scale(double from, double to, double pixels = 1000) const
    {
        return {TimeScale{100, 100 + pixels, {from, to}, true}, inputs->machine.hz};
    }
    InputsPtr inputs;
    Snapshot run;
    CpuActivity activity;
};

constexpr std::array everything = {Activity::Stopped, Activity::Idle, Activity::Interrupt, Activity::Softirq, Activity::Handler,
                                   Activity::Delay,   Activity::Spin, Activity::Lock,      Activity::BaseLock, Activity::Process};

} // namespace

TEST(Strip, AnInstantStandsWithinItsTick)
{
    const Ran r(0);
    const auto scale = r.scale(0, 10);
    EXPECT_DOUBLE_EQ(scale.xOf(0), 100);
    EXPECT_DOUBLE_EQ(scale.xOf(2'500'000), 100 + 250);
    EXPECT_DOUBLE_EQ(scale.ticks().xOf(3), 400); // a tick is the instant at which its place begins
    for (const std::uint64_t ns : {0ull, 1'000'000ull, 2'345'678ull, 9'999'999ull})
        EXPECT_NEAR(static_cast<double>(scale.at(scale.xOf(ns))), static_cast<double>(ns), 1);
}

TEST(Strip, EverySpanInSightIsInOneBlock)
{
    for (std::size_t scenario = 0; scenario < 3; ++scenario) {
        const Ran r(scenario);
        for (const double pixels : {40., 300., 5000.}) {
            const auto scale = r.scale(0, static_cast<double>(r.run.endTicks) + 1, pixels);
            for (int cpu = 0; cpu < r.activity.cpuCount(); ++cpu)
                for (const auto what : everything) {
                    const auto& spans = r.activity.spans(cpu, what);
                    std::size_t shown = 0;
                    for (const auto& b : stripBlocks(spans, scale, r.activity.time())) {
                        shown += b.count;
                        ASSERT_LT(b.first, spans.size());
                        const auto& s = spans[b.first];
                        EXPECT_NEAR(b.from, scale.xOf(s.begin), 1e-6);
                        if (b.count == 1) {
                            EXPECT_NEAR(b.to, scale.xOf(s.isOpen() ? r.activity.time() : s.end), 1e-6);
                        } else {
                            EXPECT_LT(b.to - b.from, 1);
                        }
                    }
                    EXPECT_EQ(shown, spans.size()) << scenario << " cpu " << cpu << " kind " << static_cast<int>(what) << " at " << pixels;
                }
        }
    }
}

TEST(Strip, WhatBeganBeforeIsCutAtTheLeft)
{
    const Ran r(2); // asleep from the start
    const auto& spans = r.activity.spans(0, Activity::Stopped);
    ASSERT_FALSE(spans.empty());
    const auto blocks = stripBlocks(spans, r.scale(100, 200), r.activity.time());
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_TRUE(blocks[0].isCutLeft);
    EXPECT_EQ(blocks[0].from, 100);
    EXPECT_EQ(blocks[0].to, 1100);
}

TEST(Strip, LastingFindsAllThatAPlaceLiesIn)
{
    const Ran r(0);
    for (int cpu = 0; cpu < r.activity.cpuCount(); ++cpu)
        for (const auto what : everything) {
            const auto& spans = r.activity.spans(cpu, what);
            for (std::uint64_t ns = 0; ns <= r.activity.time(); ns += 130'001) {
                std::vector<std::size_t> expected;
                for (std::size_t i = 0; i < spans.size(); ++i)
                    if (spans[i].begin < ns && spans[i].end > ns) expected.push_back(i);
                EXPECT_EQ(lastingAt(spans, ns), expected);
            }
        }
}

TEST(Strip, TicksAreCountedOnceAtAnyMagnification)
{
    const Ran r(2);
    const std::uint64_t last = r.run.endTicks;
    for (const double pixels : {60., 333., 5000.}) {
        const auto scale = r.scale(0, static_cast<double>(last) + 1, pixels);
        std::uint64_t real = 0, skipped = 0;
        for (const auto& m : tickMarks(r.activity, 0, scale.ticks(), last)) {
            real += m.real;
            skipped += m.skipped;
        }
        EXPECT_EQ(real + skipped, last);
        EXPECT_EQ(real, r.activity.ticksWithin(0, 1, last + 1));
    }
}

TEST(Strip, SaysWhatACpuIsIn)
{
    const Ran r(1); // CPU 0 spins for A, A's handler for L
    TimelineScene s;
    s.inputs = r.inputs.get();
    s.activity = &r.activity;
    s.scale = r.scale(0, 16).ticks();
    s.endTicks = r.run.endTicks;
    s.endTime = r.activity.time() + 1'000'000;
    EXPECT_NE(stripText(s, 1, StripScale(s.scale, r.inputs->machine.hz).xOf(10'500'000)).indexOf(QStringLiteral("spins for lock L")), -1);
    EXPECT_NE(stripText(s, 0, StripScale(s.scale, r.inputs->machine.hz).xOf(9'500'000)).indexOf(QStringLiteral("holds lock L")), -1);
    const auto& handler = r.activity.spans(1, Activity::Handler).front();
    const auto hit = stripHit(s, 1, StripScale(s.scale, r.inputs->machine.hz).xOf(handler.begin));
    ASSERT_TRUE(hit.has_value());
    EXPECT_EQ(hit->event, handler.event);
    EXPECT_EQ(hit->timer, TimerId(handler.id));
    EXPECT_EQ(preciseTime(2'500'000), QStringLiteral("2.5 ms"));
    EXPECT_EQ(preciseTime(20'000), QStringLiteral("20 µs"));
    EXPECT_EQ(preciseTime(7), QStringLiteral("7 ns"));
}

TEST(Strip, RowsFitAndAreWhole)
{
    for (const double height : {100., 194., 260., 600.})
        for (const int cpus : {1, 2, 4, 16, 64})
            for (const int lives : {0, 2, 8}) {
                const auto rows = stripRows(height, cpus, lives, 1);
                EXPECT_GE(rows.lanes.rowHeight, 24);
                EXPECT_LE(rows.lanes.top + rows.lanes.height, height + .01);
                EXPECT_LE(rows.lives.top + rows.lives.height, height + 4.01);
                EXPECT_GE(rows.lives.top, rows.lanes.top + rows.lanes.height);
            }
}
