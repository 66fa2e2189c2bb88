// SPDX-License-Identifier: GPL-3.0-or-later
// Lessons about a machine of CPUs, against their logs: what the built-in scenarios show is there record by record, with the
// numbers that a reader of the original arrives at.
#include "core/event/text.h"
#include "core/event/text_kernel.h"
#include "core/insight/summary.h"
#include "core/run/run.h"
#include "core/scenario/reader.h"
#include "core/world/world.h"
#include "resources/builtin.h"

#include <functional>
#include <gtest/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

class Lesson
{
  public:
    explicit Lesson(std::string_view name)
    {
        auto read = readScenario(resources::builtin(name)->text, ":" + std::string(name));
        EXPECT_TRUE(read.has_value()) << toText(read.error());
        inputs = std::make_shared<const Inputs>(std::move(*read));
        run = runAll(inputs);
        EXPECT_EQ(run.status, RunStatus::Ended);
        EXPECT_EQ(run.check.broken, 0);
    }
    /// Each record with the world behind it.
    void walk(const std::function<void(const Record&, const World&)>& see) const
    {
        World world(inputs->machine);
        for (std::uint64_t e = 0; e < run.log.size(); ++e) {
            world.apply(run.log[e]);
            see(run.log[e], world);
        }
    }
    /// "kind site" of the records of an instant, one after another, without the repeated moves of jiffies.
    std::string at(std::uint64_t jiffies) const
    {
        std::string out;
        walk([&](const Record& r, const World& w) {
            if (w.clock().jiffies == jiffies) out += (out.empty() ? "" : ", ") + std::string(name(r.kind)) + " " + std::string(name(r.site));
        });
        return out;
    }
    struct Seen
    {
        std::uint64_t jiffies = 0, ns = 0, cpu = 0, position = 0;
        bool operator==(const Seen&) const = default;
    };
    /// Calls of a timer.
    std::vector<Seen> calls(std::string_view timer) const
    {
        std::vector<Seen> seen;
        walk([&](const Record& r, const World& w) {
            if (r.kind == Kind::Fired && inputs->timerName(r.item) == timer)
                seen.push_back({w.clock().jiffies, static_cast<std::uint64_t>(w.now()), r.cpu, w.cpu(r.cpu).timerJiffies});
        });
        return seen;
    }
    std::vector<Seen> records(Kind kind, Site site) const
    {
        std::vector<Seen> seen;
        walk([&](const Record& r, const World& w) {
            if (r.kind == kind && r.site == site)
                seen.push_back({w.clock().jiffies, static_cast<std::uint64_t>(w.now()), r.cpu, w.cpu(r.cpu).timerJiffies});
        });
        return seen;
    }
    std::string returns(std::string_view timer) const
    {
        std::string out;
        walk([&](const Record& r, const World&) {
            if (r.item.isValid() && !r.hasMore() && r.returned() != Returned::Nothing && inputs->timerName(r.item) == timer)
                out += r.returned() == Returned::MinusOne ? " -1" : r.returned() == Returned::One ? " 1" : " 0";
        });
        return out;
    }
    std::string total(const std::string& name) const
    {
        return summarise(*inputs, run.log, run.open).valueOf(name, *inputs).value_or("no such line");
    }

    InputsPtr inputs;
    Snapshot run;
};

constexpr std::uint64_t ms = 1'000'000;

} // namespace

TEST(Lesson1, AJiffyPromisesAtMostOnePeriod)
{
    const Lesson lesson("tick-promise");
    ASSERT_EQ(lesson.calls("early").size(), 1u);
    EXPECT_EQ(lesson.calls("early")[0].ns - 1 * ms, 3 * ms);
    EXPECT_EQ(lesson.calls("late")[0].ns - 3'900'000, 100'000u);
}

TEST(Lesson2, TheInterruptCountsAndRaisesAndTheSoftirqCalls)
{
    const Lesson lesson("tick-chain");
    EXPECT_EQ(lesson.at(1003), "ClockSet tick, Raised run_local_timers, Left tick_sched_timer, Entered run_timer_softirq, RegisterSet __run_timers, "
                               "Spliced __run_timers, Fired __run_timers, Left callback, Left run_timer_softirq");
    ASSERT_EQ(lesson.calls("A").size(), 1u);
    EXPECT_EQ(lesson.calls("A")[0].jiffies, 1003u);
    EXPECT_EQ(lesson.calls("A")[0].position, 1004u) << "timer_jiffies is ahead before the slot is emptied";
}

TEST(Lesson2, ALongHandlerHoldsUpItsOwnCpuOnly)
{
    const Lesson lesson("tick-long-handler");
    EXPECT_EQ(lesson.calls("behind")[0].ns, 13'500'000u);
    EXPECT_EQ(lesson.calls("due11")[0].jiffies, 1013u);
    EXPECT_EQ(lesson.calls("elsewhere")[0].ns, 11 * ms);
    EXPECT_EQ(lesson.total("most turns of CPU 0"), "4") << "1010 to 1013 in one softirq";
}

TEST(Lesson10, ATimeoutThatIsPushedAwayNeverRuns)
{
    const Lesson lesson("tick-timeout");
    EXPECT_EQ(lesson.calls("RTO").size(), 0u);
    EXPECT_EQ(lesson.returns("RTO"), " 0 1 1 1 1 1 1 1 1 1 1 1 1 0");
    EXPECT_EQ(lesson.total("moves"), "0");
    EXPECT_EQ(lesson.total("re-armed"), "10") << "the eleventh call asks for what it has";
}

TEST(Lesson13, A_ModTimerTakesItToItsOwnCpuUnlessItRuns)
{
    const Lesson moved("sync-moved"), running("sync-moved-while-running");
    ASSERT_EQ(moved.calls("A").size(), 1u);
    EXPECT_EQ(moved.calls("A")[0].cpu, 0u);
    EXPECT_EQ(moved.calls("A")[0].jiffies, 1010u);
    ASSERT_EQ(running.calls("A").size(), 2u);
    EXPECT_EQ(running.calls("A")[1].cpu, 1u);
    EXPECT_EQ(running.calls("A")[1].jiffies, 1020u);
}

TEST(Lesson13, B_DelTimerReturnsZeroAndFreeingIsNotSafe)
{
    const Lesson lesson("sync-del-timer");
    EXPECT_EQ(lesson.returns("A"), " 0");
    const auto uses = lesson.records(Kind::Noted, Site::UseAfterFree);
    ASSERT_EQ(uses.size(), 1u);
    EXPECT_EQ(uses[0].cpu, 1u);
    EXPECT_EQ(lesson.records(Kind::Left, Site::Callback)[0].jiffies, 1013u) << "the function goes on in what was freed";
}

TEST(Lesson13, C_DelTimerSyncReturnsWhenTheFunctionHasEnded)
{
    const Lesson lesson("sync-del-timer-sync");
    const auto begun = lesson.records(Kind::Entered, Site::DelTimerSync), ended = lesson.records(Kind::Left, Site::DelTimerSync);
    ASSERT_EQ(begun.size(), 1u);
    ASSERT_EQ(ended.size(), 1u);
    EXPECT_EQ(begun[0].jiffies, 1011u);
    EXPECT_EQ(ended[0].jiffies, 1013u);
    EXPECT_EQ(lesson.returns("A"), " -1 0 0");
    EXPECT_EQ(lesson.total("uses after free"), "0");
    bool hasSlept = false;
    lesson.walk([&](const Record& r, const World&) { hasSlept |= r.site == Site::Msleep || r.site == Site::ScheduleTimeout; });
    EXPECT_FALSE(hasSlept) << "it spins";
}

TEST(Lesson13, D_ALockThatTheFunctionWantsIsADeadlock)
{
    const Lesson lesson("sync-deadlock");
    EXPECT_EQ(lesson.total("deadlocks"), "1");
    const Record& last = lesson.run.log[lesson.run.log.size() - 1];
    EXPECT_EQ(last.site, Site::Deadlock);
    EXPECT_EQ(last.value, 0b11u);
    World world(lesson.inputs->machine);
    for (std::uint64_t e = 0; e < lesson.run.log.size(); ++e) world.apply(lesson.run.log[e]);
    EXPECT_EQ(spinsFor(world.kernel().cpu(0).spinning), SpinFor::Timer);
    EXPECT_EQ(spinsFor(world.kernel().cpu(1).spinning), SpinFor::Lock);
}

TEST(Lesson13, TheOwnFunctionWaitsForItself)
{
    const Lesson lesson("sync-own-handler"), without("sync-without-smp");
    EXPECT_EQ(lesson.run.log[lesson.run.log.size() - 1].site, Site::Deadlock);
    EXPECT_EQ(lesson.run.log[lesson.run.log.size() - 1].value, 0b1u);
    EXPECT_EQ(without.total("deadlocks"), "0");
}

TEST(Lesson13, WhoGoesFirstDecides)
{
    const Lesson first("sync-who-first"), other("sync-who-first-other");
    EXPECT_EQ(first.calls("A").size(), 1u);
    EXPECT_EQ(other.calls("A").size(), 0u);
    EXPECT_EQ(other.records(Kind::Chosen, Site::Choice).size(), 1u);
    std::uint64_t e = 0;
    while (first.run.log[e] == other.run.log[e]) ++e;
    EXPECT_EQ(other.run.log[e].kind, Kind::Chosen) << "nothing else parts them";
}

TEST(Lesson14, A_NoInterruptUntilTheTimerIsDueAndAllTurnsThen)
{
    const Lesson lesson("nohz-sleep");
    EXPECT_EQ(lesson.records(Kind::Entered, Site::TickInterrupt), (std::vector<Lesson::Seen>{{1000, 500 * ms, 0, 1001}})) << "jiffies stand";
    EXPECT_EQ(lesson.total("most turns of CPU 0"), "500");
    // 1024 finds nothing and is passed; 1280 brings N down.
    const auto cascades = lesson.records(Kind::Spliced, Site::Cascade);
    ASSERT_EQ(cascades.size(), 1u);
    EXPECT_EQ(cascades[0].position, 1280u);
    EXPECT_EQ(lesson.total("cascades"), "2");
    EXPECT_EQ(lesson.total("empty cascades"), "1");
}

TEST(Lesson14, B_ADeferrableTimerRunsWithCompanyAndBeforeIt)
{
    const Lesson lesson("nohz-deferrable");
    EXPECT_EQ(lesson.calls("D")[0].jiffies, 1500u);
    EXPECT_EQ(lesson.calls("N")[0].jiffies, 1500u);
    EXPECT_EQ(lesson.calls("D")[0].position, 1101u) << "the loop comes through its slot first";
    EXPECT_EQ(lesson.total("most turns of CPU 0"), "500");
}

TEST(Lesson14, C_OnABusyCpuItIsCalledInTime)
{
    const Lesson lesson("nohz-busy");
    EXPECT_EQ(lesson.calls("D")[0].jiffies, 1100u);
    EXPECT_EQ(lesson.total("saved ticks"), "0");
}

TEST(Lesson14, D_TenSecondsOfNothingAreTenThousandTurns)
{
    const Lesson lesson("nohz-ten-seconds");
    EXPECT_EQ(lesson.total("most turns of CPU 0"), "10000");
    EXPECT_EQ(lesson.total("cascades"), "39");
}

TEST(Lesson14, E_AnInterruptArmsAgainstAWheelThatStands)
{
    const Lesson lesson("nohz-interrupt");
    std::string slot, now;
    lesson.walk([&](const Record& r, const World& w) {
        if (r.kind != Kind::Queued || lesson.inputs->timerName(r.item) != "E") return;
        slot = w.geometry().slotName(w.slotOf(r.item));
        now = std::to_string(w.clock().jiffies) + " " + std::to_string(w.cpu(0).timerJiffies);
    });
    EXPECT_EQ(slot, "tv2[5]");
    EXPECT_EQ(now, "1400 1001");
    bool isDown = false;
    lesson.walk([&](const Record& r, const World& w) {
        if (r.kind == Kind::Moved && lesson.inputs->timerName(r.item) == "E") isDown = w.geometry().slotName(w.slotOf(r.item)) == "tv1[130]";
    });
    EXPECT_TRUE(isDown);
    EXPECT_EQ(lesson.calls("E")[0].jiffies, 1410u);
}

TEST(Lesson15, MsleepTakesFromOnePeriodLessThanItsJiffiesToAllOfThem)
{
    struct Row
    {
        const char* scenario;
        std::uint64_t hz, jiffies; ///< those of 5 ms, rounded up, and one
    };
    for (const Row& row : {Row{"msleep-100", 100, 2}, Row{"msleep-250", 250, 3}, Row{"msleep-300", 300, 3}, Row{"msleep-1000", 1000, 6}}) {
        const Lesson lesson(row.scenario);
        const Hz hz{static_cast<std::uint32_t>(row.hz)};
        const auto most = static_cast<std::uint64_t>(hz.tickInstant(row.jiffies)), least = static_cast<std::uint64_t>(hz.tickInstant(row.jiffies - 1));
        KernelTotals totals(*lesson.inputs);
        ClockFold clock(lesson.inputs->machine);
        for (std::uint64_t e = 0; e < lesson.run.log.size(); ++e) {
            totals.add(lesson.run.log[e], clock);
            clock.apply(lesson.run.log[e]);
        }
        EXPECT_EQ(totals.longestSleep(), most) << row.scenario;
        EXPECT_GT(totals.shortestSleep(), least) << row.scenario;
        EXPECT_LE(totals.shortestSleep(), least + 1'000) << row.scenario << ": called as near to the tick as it gets";
        EXPECT_GE(least, 5 * ms) << "never shorter than asked for";
    }
}

TEST(Lesson15, ItsStepsAreThoseOfTheKernel)
{
    const Lesson lesson("msleep-steps");
    std::string steps;
    lesson.walk([&](const Record& r, const World&) {
        if (r.link == 1 && r.kind == Kind::Entered) steps += std::string(name(r.site)) + " ";
        if (r.kind == Kind::RegisterSet && static_cast<Register>(r.slot) == Register::TaskState && r.link == 0)
            steps += std::string(name(static_cast<TaskState>(r.value))) + " ";
    });
    EXPECT_EQ(steps, "TASK_RUNNING msleep TASK_UNINTERRUPTIBLE schedule_timeout TASK_RUNNING mdelay TASK_DEAD ");
    EXPECT_EQ(lesson.returns("P/timeout"), " 0 0") << "armed anew; nothing left to delete";
}

TEST(Lesson15, NobodySleepsInAnInterruptOrWithASpinlock)
{
    const Lesson lesson("msleep-refused");
    const auto refused = lesson.records(Kind::Refused, Site::Msleep);
    ASSERT_EQ(refused.size(), 2u);
    EXPECT_EQ(lesson.total("sleeps of P"), "none");
}

TEST(Lesson15, ASignalEndsTheInterruptibleOneOnly)
{
    const Lesson lesson("msleep-signal");
    EXPECT_EQ(lesson.total("sleeps of light"), "200ms");
    EXPECT_EQ(lesson.total("ms left of light"), "310") << "51 jiffies less 20, 10 ms each";
    EXPECT_EQ(lesson.total("sleeps of deep"), "510ms");
}
