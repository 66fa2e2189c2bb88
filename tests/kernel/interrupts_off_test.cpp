// SPDX-License-Identifier: GPL-3.0-or-later
// What no interrupt interrupts, who waits for whom, and what a kernel complains of: each in a small document, by the text
// of its log.
#include "core/event/text.h"
#include "core/insight/summary.h"
#include "core/run/run.h"
#include "core/scenario/reader.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

class Told
{
  public:
    explicit Told(const std::string& rest)
    {
        auto read = readScenario(R"({"format": "jiffyscope-scenario", "version": 1, )" + rest + "}", "told.jiffy.json");
        EXPECT_TRUE(read.has_value()) << toText(read.error());
        if (!read) return;
        inputs = std::make_shared<const Inputs>(std::move(*read));
        run = runAll(inputs);
        EXPECT_EQ(run.check.broken, 0);
        World world(inputs->machine);
        for (std::uint64_t e = 0; e < run.log.size(); ++e) {
            world.apply(run.log[e]);
            std::string text;
            appendText(text, run.log[e], world.geometry(), *inputs);
            lines.push_back({static_cast<std::uint64_t>(world.now()) / 1000, run.log[e].cpu, std::move(text)});
        }
        end = world;
    }
    struct Line
    {
        std::uint64_t microseconds = 0;
        int cpu = 0;
        std::string text;
    };
    /// "us:cpu" of each line that contains the words.
    std::string when(const std::string& words) const
    {
        std::string out;
        for (const Line& l : lines) {
            if (l.text.find(words) != std::string::npos)
                out += (out.empty() ? "" : " ") + std::to_string(l.microseconds) + ":" + std::to_string(l.cpu);
        }
        return out;
    }
    std::string total(const std::string& name) const
    {
        return summarise(*inputs, run.log, run.open).valueOf(name, *inputs).value_or("no such line");
    }

    InputsPtr inputs;
    Snapshot run;
    World end{MachineConfig{}};
    std::vector<Line> lines;
};

const std::string twoCpus = R"("machine": {"cpus": 2, "bits": 32, "hz": 1000, "jiffies": 1000, "interrupts": true}, )";

} // namespace

TEST(InterruptsOff, ACascadeThatTakesTimeHoldsItsLockAndIsNotInterrupted)
{
    std::string items, actions;
    for (int i = 0; i < 10; ++i) {
        const auto n = std::to_string(i);
        items += R"({"name": "t)" + n + R"(", "slack": 0}, )";
        actions += R"({"at": "1000", "do": "add_timer", "timer": "t)" + n + R"(", "expires": )" + std::to_string(1300 + i) + "}, ";
    }
    const Told told(R"("machine": {"bits": 32, "hz": 1000, "jiffies": 1000, "interrupts": true, "takes": {"move": "250us"}},
        "items": [)" + items + R"({"name": "X", "slack": 0}], "actions": [)" + actions + R"(
        {"at": "280.3ms", "do": "interrupt", "name": "disk", "does": [{"do": "add", "timer": "X", "by": "+5"}]}], "until": "1320")");
    // Ten moves of 250 us from 1280 on; taken before the first, released behind the last.
    EXPECT_EQ(told.when("base_lock=cpu 0"), "280000:0");
    EXPECT_EQ(told.when("base_lock=none"), "282500:0");
    const auto at = [&](const std::string& words) {
        for (std::size_t i = 0; i < told.lines.size(); ++i) {
            if (told.lines[i].text.find(words) != std::string::npos) return i;
        }
        return told.lines.size();
    };
    EXPECT_LT(at("base_lock=cpu 0"), at("Moved t0"));
    EXPECT_EQ(told.when("Entered do_IRQ"), "282500:0");
    EXPECT_EQ(told.when("lost=1"), "282500:0"); // 281 and 282 have come: one interrupt
}

TEST(InterruptsOff, AnIrqsafeFunctionIsNotInterrupted)
{
    const Told told(twoCpus + R"("items": [{"name": "S", "slack": 0, "irqsafe": true, "on": [{"do": "burn", "for": "3500us"}]},
                                           {"name": "N", "slack": 0, "on": [{"do": "burn", "for": "3500us"}]}],
        "actions": [{"at": "1000", "cpu": 1, "do": "add_timer", "timer": "S", "expires": 1005},
                    {"at": "1000", "cpu": 1, "do": "add_timer", "timer": "N", "expires": 1020},
                    {"at": "6.2ms", "cpu": 1, "do": "interrupt", "name": "disk", "does": [{"do": "burn", "for": "100us"}]},
                    {"at": "21.2ms", "cpu": 1, "do": "interrupt", "name": "disk2", "does": [{"do": "burn", "for": "100us"}]}],
        "until": "1030")");
    EXPECT_EQ(told.when("Entered do_IRQ"), "8500:1 21200:1");
    EXPECT_EQ(told.when("lost=2"), "8500:1"); // of 6, 7 and 8
}

TEST(InterruptsOff, OneTickStandsForThoseThatCouldNotCome)
{
    const Told told(twoCpus + R"("actions": [{"at": "5.5ms", "cpu": 1, "do": "interrupt", "name": "long", "does": [{"do": "burn", "for": "5ms"}]},
                    {"at": "30.5ms", "cpu": 0, "do": "interrupt", "name": "long0", "does": [{"do": "burn", "for": "5ms"}]}], "until": "1040")");
    EXPECT_EQ(told.when("lost=4"), "10500:1 35500:0");
    EXPECT_EQ(told.total("tick interrupts"), "72");
    EXPECT_EQ(told.end.kernel().cpu(0).tickInterrupts, 36u);
    EXPECT_EQ(told.total("saved ticks"), "0");
    EXPECT_EQ(told.when("jiffies=1035 was=1030 by tick_do_update_jiffies64"), "35500:0");
}

TEST(Waiting, IsNoDeadlockWhileWhatIsWaitedForStillRuns)
{
    // CPU 0's task spins for A; above it B runs, and A waits for B.
    const Told told(twoCpus + R"("items": [{"name": "A", "slack": 0, "on": [{"do": "burn", "for": "2 jiffies"}, {"do": "del_timer_sync", "timer": "B"}]},
                                           {"name": "B", "slack": 0, "on": [{"do": "burn", "for": "3 jiffies"}]}],
        "actions": [{"at": "1000", "cpu": 1, "do": "add_timer", "timer": "A", "expires": 1010},
                    {"at": "1000", "cpu": 0, "do": "add_timer", "timer": "B", "expires": 1011},
                    {"at": "1010", "cpu": 0, "do": "del_timer_sync", "timer": "A"}])");
    EXPECT_EQ(told.when("deadlock"), "");
    EXPECT_EQ(told.when("Left del_timer_sync B"), "14000:1");
    EXPECT_EQ(told.when("Left del_timer_sync A"), "14000:0");
}

TEST(Waiting, IsOneOnceWhatWasAboveIsDone)
{
    // B's function spins for A on CPU 0 and is interrupted; meanwhile A begins to wait for B.
    const Told told(twoCpus + R"("items": [{"name": "A", "slack": 0, "on": [{"do": "burn", "for": "3 jiffies"}, {"do": "del_timer_sync", "timer": "B"}]},
                                           {"name": "B", "slack": 0, "on": [{"do": "del_timer_sync", "timer": "A"}]}],
        "actions": [{"at": "1000", "cpu": 1, "do": "add_timer", "timer": "A", "expires": 1010},
                    {"at": "1000", "cpu": 0, "do": "add_timer", "timer": "B", "expires": 1011},
                    {"at": "12.5ms", "cpu": 0, "do": "interrupt", "name": "disk", "does": [{"do": "burn", "for": "2ms"}]}], "until": "+100")");
    EXPECT_EQ(told.when("Noted deadlock"), "14500:0");
    EXPECT_EQ(told.when("of cpus 0-1"), "14500:0");
    EXPECT_EQ(told.total("deadlocks"), "1");
}

TEST(Waiting, ForALockThatNobodyReleasesIsSaid)
{
    const std::string p = R"("processes": [{"name": "P", "cpu": 0, "does": [{"do": "spin_lock", "lock": "L"}]},
                      {"name": "Q", "cpu": 1, "at": "5ms", "does": [{"do": "spin_lock", "lock": "L"}, {"do": "spin_unlock", "lock": "L"}]}])";
    const Told told(twoCpus + p);
    EXPECT_EQ(told.when("Noted deadlock of cpu 1"), "5000:1");
    EXPECT_EQ(told.run.status, RunStatus::Ended);
    EXPECT_EQ(told.end.clock().ticks, 5u);
    // A call that is still to come releases it.
    const Told released(twoCpus + p + R"(, "actions": [{"at": "+20", "cpu": 0, "do": "spin_unlock", "lock": "L"}])");
    EXPECT_EQ(released.when("deadlock"), "");
    EXPECT_EQ(released.when("owner of L=none"), "20000:0 20000:1");
}

TEST(Waiting, WhoReleasesWhatItDoesNotHoldIsTold)
{
    const Told told(twoCpus + R"("actions": [{"at": "+1", "cpu": 0, "do": "spin_lock", "lock": "L"},
        {"at": "+2", "cpu": 1, "do": "spin_unlock", "lock": "L"}, {"at": "+3", "cpu": 1, "do": "spin_unlock", "lock": "L"}], "until": "+5")");
    EXPECT_EQ(told.when("Noted spin_unlock L of cpu 0"), "2000:1");
    EXPECT_EQ(told.when("Noted spin_unlock L of none"), "3000:1");
}

TEST(Idle, WithoutNohzKeepsItsTimersAndIsNotWoken)
{
    const std::string rest = R"("items": [{"name": "M", "slack": 0}, {"name": "On", "slack": 0}],
        "actions": [{"at": "1005", "cpu": 1, "do": "interrupt", "name": "disk", "does": [{"do": "add", "timer": "M", "by": "+10"}]},
                    {"at": "1007", "cpu": 0, "do": "add_timer_on", "timer": "On", "expires": 1020, "target": 1}], "until": "1040")";
    const auto machine = [](const char* nohz) {
        return R"("machine": {"cpus": 2, "bits": 32, "hz": 1000, "jiffies": 1000, "interrupts": true, "idle": [1], "nohz": )" + std::string(nohz) + "}, ";
    };
    const Told plain(machine("false") + rest);
    EXPECT_EQ(plain.when("scheduler_ipi"), "");
    EXPECT_EQ(plain.when("Raised wake-up"), "");
    EXPECT_EQ(plain.when("Fired M"), "15000:1");
    const Told nohz(machine("true") + rest);
    EXPECT_EQ(nohz.when("Raised wake-up"), "7000:0");
    EXPECT_EQ(nohz.when("Fired M"), "15000:0"); // given away
}

TEST(Idle, IsNoCpuOnWhichAProcessWaits)
{
    const Told told(R"("machine": {"cpus": 2, "bits": 32, "hz": 1000, "jiffies": 1000, "idle": [1], "nohz": true}, "items": [{"name": "M", "slack": 0}],
        "actions": [{"at": "1050", "cpu": 1, "do": "interrupt", "name": "disk", "does": [{"do": "wake_up_process", "process": "P"}, {"do": "add", "timer": "M", "by": "+10"}]}],
        "processes": [{"name": "P", "cpu": 1, "does": [{"do": "msleep", "ms": 500}]}], "until": "1600")");
    EXPECT_EQ(told.when("Fired M"), "60000:1");
}

TEST(Idle, ASortedListWakesACpuForATimerThatIsSentThere)
{
    const Told told(R"("machine": {"cpus": 2, "bits": 32, "hz": 1000, "jiffies": 1000, "idle": [1], "nohz": true, "timers": "sorted-list"},
        "items": [{"name": "N", "slack": 0}, {"name": "S", "slack": 0}],
        "actions": [{"at": "1000", "cpu": 1, "do": "mod_timer_pinned", "timer": "N", "expires": 1500},
                    {"at": "+200", "cpu": 0, "do": "add_timer_on", "timer": "S", "expires": 1220, "target": 1}], "until": "1700")");
    EXPECT_EQ(told.when("Fired S"), "220000:1");
}

TEST(Signals, StayUntilTheProcessIsBackInUserMode)
{
    const std::string nap = R"({"do": "msleep_interruptible", "ms": 100})";
    const Told told(twoCpus + R"("actions": [{"at": "+20", "cpu": 0, "do": "send_sig", "process": "P"}],
        "processes": [{"name": "P", "cpu": 0, "repeat": 2, "does": [)" + nap + ", " + nap + "]}]");
    // Cut short, refused, delivered; then both in full.
    EXPECT_EQ(told.when("Left msleep_interruptible"), "20000:0 20000:0 121000:0 222000:0");
    EXPECT_EQ(told.when("left=100ms"), "");
    EXPECT_EQ(told.when("left=101ms"), "20000:0");
    EXPECT_EQ(told.when("get_signal_to_deliver"), "20000:0");
}

TEST(Signals, NeedAProcess)
{
    const Told told(twoCpus + R"("actions": [{"at": "+1", "do": "send_sig", "process": "P"}, {"at": "+9", "do": "send_sig", "process": "P"}],
        "processes": [{"name": "P", "at": "5ms", "does": [{"do": "msleep_interruptible", "ms": 1}]}], "until": "+20")");
    EXPECT_EQ(told.when("Noted send_sig to P that is"), "1000:0 9000:0");
    EXPECT_EQ(told.when("signal_pending"), "");
}

TEST(Complaints, CallsForFreedTimersAreUsesAfterFree)
{
    const Told told(twoCpus + R"("items": [{"name": "A", "slack": 0}],
        "actions": [{"at": "+1", "do": "kfree", "timer": "A"}, {"at": "+2", "do": "mod_timer", "timer": "A", "expires": "+50"},
                    {"at": "+3", "do": "del_timer", "timer": "A"}, {"at": "+4", "do": "del_timer_sync", "timer": "A"}], "until": "+10")");
    EXPECT_EQ(told.when("by a call"), "2000:0 3000:0 4000:0");
    EXPECT_EQ(told.total("uses after free"), "3");
}

TEST(Complaints, DelTimerSyncInAHardInterrupt)
{
    const auto document = [](const char* smp, const char* irqsafe) {
        return R"("machine": {"bits": 32, "hz": 1000, "jiffies": 1000, "interrupts": true, "smp": )" + std::string(smp) +
               R"(}, "items": [{"name": "A", "slack": 0, "irqsafe": )" + irqsafe + R"(}], "actions": [{"at": "+0", "do": "add_timer", "timer": "A", "expires": "+50"},
               {"at": "+5", "do": "interrupt", "name": "disk", "does": [{"do": "del_timer_sync", "timer": "A"}]}], "until": "+10")";
    };
    EXPECT_EQ(Told(document("true", "false")).when("Noted del_timer_sync A in an interrupt"), "5000:0");
    EXPECT_EQ(Told(document("true", "true")).when("in an interrupt"), "");
    EXPECT_EQ(Told(document("false", "false")).when("in an interrupt"), "");
}

TEST(Complaints, RearmBelongsToATimer)
{
    for (const char* where : {R"("processes": [{"name": "P", "does": [{"do": "rearm", "by": "+5"}]}])",
                              R"("actions": [{"at": "+1", "do": "interrupt", "name": "disk", "does": [{"do": "rearm", "by": "+5"}]}])"}) {
        const auto read = readScenario(R"({"format": "jiffyscope-scenario", "version": 1, "items": [{"name": "A"}], )" + std::string(where) + "}", "rearm.jiffy.json");
        ASSERT_FALSE(read.has_value());
        EXPECT_NE(toText(read.error()).find("\"rearm\" is for the function of a timer"), std::string::npos) << toText(read.error());
    }
}
