// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences of a machine of CPUs.
#include "ui/narration/kernel.h"

#include "core/history/history.h"
#include "core/run/run.h"
#include "core/scenario/reader.h"

#include <QRegularExpression>

#include <gtest/gtest.h>

namespace jiffy::ui
{
namespace
{

using core::Kind;
using core::Record;
using core::Register;
using core::Site;

core::InputsPtr read(const std::string& rest)
{
    auto inputs = core::readScenario(R"({"format":"jiffyscope-scenario","version":1,"title":"t",)" + rest + "}", "t.json");
    EXPECT_TRUE(inputs.has_value()) << (inputs ? std::string() : core::toText(inputs.error().front()));
    return std::make_shared<const core::Inputs>(std::move(*inputs));
}

std::string plain(const QString& text)
{
    return QString(text).replace(QChar(0x2009), u' ').toStdString();
}

struct KernelRun
{
    explicit KernelRun(const std::string& rest) : inputs(read(rest)), history(inputs, core::runAll(inputs)) {}

    Sentence at(std::uint64_t event)
    {
        const core::Position p{event + 1, 0, 0};
        return narrate(history.at(p), *inputs, history.snapshot(), p);
    }
    /// The headline and the reason of the n-th record for which `is` holds.
    template <class Is> std::string told(Is is, int n = 1)
    {
        for (std::uint64_t e = 0; e < history.log().size(); ++e) {
            if (is(history.log()[e]) && --n == 0) return plain(at(e).plain());
        }
        return "there is none";
    }
    std::string set(Register which, int n = 1)
    {
        return told([which](const Record& r) { return r.kind == Kind::RegisterSet && static_cast<Register>(r.slot) == which; }, n);
    }
    std::string of(Kind kind, Site site, int n = 1)
    {
        return told([=](const Record& r) { return r.kind == kind && r.site == site; }, n);
    }

    core::InputsPtr inputs;
    core::History history;
};

const std::string sleeping = R"("machine":{"hz":1000,"jiffies":1000,"nohz":true,"cpus":4,"idle":[2,3]},
"items":[{"name":"N","slack":0},{"name":"D","slack":0,"deferrable":true}],
"actions":[{"at":"+0","cpu":2,"do":"add_timer","timer":"N","expires":"1500"},{"at":"+0","cpu":2,"do":"add_timer","timer":"D","expires":"1100"}])";
const std::string alone = R"("machine":{"hz":1000,"jiffies":1000,"nohz":true,"idle":[0]},"items":[{"name":"N","slack":0},{"name":"E","slack":0}],
"actions":[{"at":"+0","cpu":0,"do":"add_timer","timer":"N","expires":"1500"},
{"at":"+400","cpu":0,"do":"interrupt","name":"disk","does":[{"do":"add_timer","timer":"E","by":"+10"}]}])";
const std::string waiting = R"("until":"+30","machine":{"hz":1000,"jiffies":1000,"cpus":2},"items":[{"name":"A","slack":0,"on":[{"do":"burn","for":"3 jiffies"}]}],
"actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"A","expires":"1010"},{"at":"+11","cpu":0,"do":"del_timer_sync","timer":"A"},
{"at":"+11","cpu":0,"do":"kfree","timer":"A"}])";
const std::string deadlock = R"("machine":{"hz":1000,"jiffies":1000,"cpus":2},
"items":[{"name":"A","slack":0,"on":[{"do":"spin_lock","lock":"L"},{"do":"spin_unlock","lock":"L"}]}],
"actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"A","expires":"1010"},{"at":"+9","cpu":0,"do":"spin_lock","lock":"L"},
{"at":"+11","cpu":0,"do":"del_timer_sync","timer":"A"},{"at":"+11","cpu":0,"do":"spin_unlock","lock":"L"}])";
const std::string asleep = R"("machine":{"hz":100,"jiffies":1000,"cpus":1,"nohz":true,"idle":[0]},
"processes":[{"name":"P","at":"5ms","does":[{"do":"msleep","ms":5}]},{"name":"Q","at":"5ms","does":[{"do":"burn","for":"2ms"},{"do":"msleep_interruptible","ms":500}]}],
"actions":[{"at":"+20","do":"send_sig","process":"Q"}])";

TEST(NarrationOfCpus, aTickStopsForTheFirstTimerThatCounts)
{
    KernelRun run(sleeping);
    EXPECT_EQ(run.set(Register::SleepUntil), "CPU 2 stops its tick until 1 500. D at 1 100 is deferrable and not counted; N at 1 500 is the first "
                                             "that is. 499 interrupts are saved if nobody comes before.");
    EXPECT_EQ(run.set(Register::SleepUntil, 2), "CPU 3 stops its tick, until somebody wakes it. No timer is pending there: only an interrupt or "
                                                "another CPU will.");
    EXPECT_EQ(run.of(Kind::Passed, Site::Tick), "Nothing was due for 500 ticks. CPUs 0-1 ticked and found nothing to do. CPUs 2-3 slept meanwhile.");
    EXPECT_EQ(run.of(Kind::Entered, Site::TickInterrupt), "The timer interrupt wakes CPU 2. It had stopped its tick until 1 500, and now it is that time.");
}

TEST(NarrationOfCpus, theNextTimerIsResetWhenItIsTakenOff)
{
    KernelRun run(R"("until":"+20","machine":{"hz":1000,"jiffies":1000,"nohz":true,"cpus":2,"idle":[1]},"items":[{"name":"N","slack":0}],
"actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"N","expires":"1500"},{"at":"+10","cpu":0,"do":"del_timer","timer":"N"}])");
    EXPECT_EQ(run.set(Register::NextTimer, 2), "next_timer of CPU 1 becomes 1 001. N was the next one and is off the wheel; which one is next now is not "
                                               "searched for yet, so the position stands in.");
    KernelRun moved(R"("until":"+20","machine":{"hz":1000,"jiffies":1000,"nohz":true,"cpus":2,"idle":[1]},"items":[{"name":"N","slack":0}],
"actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"N","expires":"1500"},{"at":"+10","cpu":0,"do":"mod_timer","timer":"N","expires":"1400"}])");
    EXPECT_NE(moved.set(Register::NextTimer, 2).find("is off the wheel"), std::string::npos);
}

TEST(NarrationOfCpus, aDeferrableTimerIsLateBecauseItsCpuSlept)
{
    const std::string fired = KernelRun(sleeping).of(Kind::Fired, Site::RunTimers);
    EXPECT_EQ(fired.substr(0, fired.find(" It expires")), "D fires 400 jiffies late. CPU 2 slept through 1 100, its tick stopped: D is deferrable, so it "
                                                          "was not woken for it.");
}

TEST(NarrationOfCpus, aTimerIsLateBecauseAnotherTookItsTime)
{
    KernelRun run(R"("machine":{"hz":1000,"jiffies":1000,"interrupts":true},"items":[{"name":"A","slack":0,"on":[{"do":"burn","for":"3 jiffies"}]},{"name":"B","slack":0}],
"actions":[{"at":"+0","cpu":0,"do":"add_timer","timer":"A","expires":"1010"},{"at":"+0","cpu":0,"do":"add_timer","timer":"B","expires":"1011"}])");
    const std::string fired = run.of(Kind::Fired, Site::RunTimers, 2);
    EXPECT_EQ(fired.substr(0, fired.find(" It expires")), "B fires 2 jiffies late. CPU 0 was busy with the function of A, and one timer runs after the other.");
}

TEST(NarrationOfCpus, jiffiesCatchUp)
{
    KernelRun run(alone);
    EXPECT_EQ(run.of(Kind::Passed, Site::Asleep), "For the time of 400 ticks no CPU ticks. It sleeps, so nobody counts: jiffies stands still at 1 000.");
    EXPECT_EQ(run.of(Kind::Entered, Site::DeviceInterrupt), "The interrupt disk comes on CPU 0. It ends a sleep that was to last until 1 500.");
    EXPECT_EQ(run.of(Kind::ClockSet, Site::UpdateJiffies).substr(0, 38), "jiffies catches up by 400, to 1 400. N");
    EXPECT_EQ(run.set(Register::SleepUntil, 2).substr(0, 35), "CPU 0 sleeps on, now until 1 410. E");
}

TEST(NarrationOfCpus, waitingForAFunctionIsToldFromBothSides)
{
    KernelRun run(waiting);
    EXPECT_EQ(run.of(Kind::Entered, Site::TryToDelTimerSync), "A cannot be deleted now: its function is running. It runs on CPU 1: the call returns −1.");
    EXPECT_EQ(run.set(Register::Spinning), "CPU 0 waits until the function of A has returned. It runs on CPU 1. Trying again and again with cpu_relax in "
                                           "between, CPU 0 does nothing else meanwhile but its interrupts.");
    EXPECT_EQ(run.of(Kind::Entered, Site::Mdelay), "CPU 1 is busy for 3 ms. The function of A takes that long. Interrupts come in between; its other timers wait.");
    EXPECT_EQ(run.set(Register::Freed), "A is freed: its memory is given back. It is neither armed nor running: nobody will touch it any more.");
}

TEST(NarrationOfCpus, aDeadlockNamesTheCycleAndWhatWouldHaveBeenRight)
{
    KernelRun run(deadlock);
    const std::string words = "Deadlock: CPUs 0-1 wait for each other, for ever. CPU 0 waits for the function of A, which runs on CPU 1. CPU 1 waits for lock L, "
                              "which CPU 0 holds. del_timer_sync must not be called while holding a lock that the timer's function takes: L is to be "
                              "released first.";
    EXPECT_EQ(run.of(Kind::Noted, Site::Deadlock), words);
    const core::Position end = run.history.end();
    EXPECT_EQ(plain(narrate(run.history.at(end), *run.inputs, run.history.snapshot(), end).plain()), words) << "where the run ends in it, that is told";
}

TEST(NarrationOfCpus, whoWaitsForItselfIsToldApart)
{
    KernelRun self(R"("machine":{"hz":1000,"jiffies":1000,"interrupts":true},"items":[{"name":"A","slack":0,"on":[{"do":"del_timer_sync","timer":"A"}]}],
"actions":[{"at":"+0","cpu":0,"do":"add_timer","timer":"A","expires":"1010"}])");
    const std::string words = self.of(Kind::Noted, Site::Deadlock);
    EXPECT_EQ(words.substr(0, 45), "Deadlock: CPU 0 waits for itself, for ever. C") << words;
    EXPECT_NE(words.find("A timer's own function must not call del_timer_sync"), std::string::npos) << words;
}

TEST(NarrationOfCpus, aSleepIsRoundedUpAndOneMore)
{
    KernelRun run(asleep);
    EXPECT_EQ(run.of(Kind::Entered, Site::Msleep), "P is to sleep for 5 ms. At HZ = 100 that is 1 jiffy, rounded up; one more, because the present one is partly "
                                                   "over: 2.");
    EXPECT_EQ(run.of(Kind::Left, Site::MsleepInterruptible), "Q was woken 310 ms early and goes on. msleep_interruptible returns what is left.");
    EXPECT_EQ(run.set(Register::TaskState, 5).substr(0, 91), "P is woken. Its timer P/timeout has expired: process_timeout, the timer's function, calls w");
    EXPECT_EQ(run.set(Register::SignalPending), "A signal is sent to Q. It sleeps interruptibly, so the signal wakes it.");
}

TEST(NarrationOfCpus, theEndNamesWhoSleepsForEver)
{
    const auto end = [](const char* action) {
        KernelRun run(R"("items": [{"name": "A", "on": [{"do": "del", "timer": "P/timeout"}]}],
            "processes": [{"name": "P", "does": [{"do": "msleep", "ms": 50}]}, {"name": "Q", "does": [{"do": "msleep", "ms": 20}]}],
            "actions": [{"at": "+1", "do": ")" + std::string(action) + R"(", "timer": "A", "expires": "+10"}], "until": "+40")");
        return plain(run.at(run.history.log().size() - 1).plain());
    };
    EXPECT_NE(end("mod_timer").find("P still sleeps, and its timer is gone"), std::string::npos) << end("mod_timer");
    EXPECT_EQ(end("mod_timer").find("more process"), std::string::npos);
    EXPECT_EQ(end("mod_timer_pending").find("still sleeps"), std::string::npos) << "its timer is pending";
}

TEST(NarrationOfCpus, sleepingInAHandlerIsRefused)
{
    KernelRun run(R"("machine":{"hz":1000,"jiffies":1000,"interrupts":true},"items":[{"name":"A","slack":0,"on":[{"do":"msleep","ms":5}]}],
"actions":[{"at":"+0","cpu":0,"do":"add_timer","timer":"A","expires":"1010"}])");
    EXPECT_EQ(run.of(Kind::Refused, Site::Msleep), "msleep refused: BUG: scheduling while atomic. The function of A runs in a softirq: a handler has no process that "
                                                   "could be put to sleep. It would have been for 5 ms.");
}

TEST(NarrationOfCpus, whoFreesTooEarlyIsTold)
{
    KernelRun run(R"("machine":{"hz":1000,"jiffies":1000,"cpus":2},"items":[{"name":"A","slack":0,"on":[{"do":"burn","for":"3 jiffies"},{"do":"rearm","by":"+5"}]}],
"actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"A","expires":"1010"},{"at":"+11","cpu":0,"do":"del_timer","timer":"A"},{"at":"+11","cpu":0,"do":"kfree","timer":"A"}])");
    EXPECT_EQ(run.set(Register::Freed), "A is freed: its memory is given back. But its function is running on CPU 1 at this moment.");
    EXPECT_EQ(run.of(Kind::Noted, Site::UseAfterFree).substr(0, 86), "Use after free: the function of A runs on memory that was given back. It runs on CPU 1");
}

/// Whatever a record says, there are words for it, on a machine of CPUs, too; and what the model does has words of its own.
TEST(NarrationOfCpus, everyRecordHasASentenceOfItsOwn)
{
    static const QRegularExpression hole(QStringLiteral("%[0-9nL]"));
    for (const auto& document : {sleeping, alone, waiting, deadlock, asleep}) {
        KernelRun run(document);
        for (std::uint64_t e = 0; e < run.history.log().size(); ++e) {
            const Sentence s = run.at(e);
            const QString all = s.plain();
            ASSERT_FALSE(plainText(s.what).isEmpty() || all.contains(hole) || all.contains(QLatin1String("  "))) << all.toStdString();
            for (const char* word : {"Note:", "A register", "RegisterSet by", "Entered by", "Left by", " 0 turns"}) ASSERT_FALSE(all.contains(QLatin1String(word))) << all.toStdString();
        }
    }
    KernelRun run(asleep);
    const Turn turn;
    const core::World& world = run.history.at(run.history.end());
    for (int k = 0; k < core::kindCount; ++k)
        for (int s = 0; s < core::siteCount; ++s)
            for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{3}, ~std::uint64_t{0}, core::spinWord(core::SpinFor::Lock, 9), core::spinWord(core::SpinFor::BaseLock, 9)})
                for (std::uint32_t slot = 0; slot < static_cast<std::uint32_t>(core::registerCount); ++slot) {
                    Record r;
                    r.kind = static_cast<Kind>(k);
                    r.site = static_cast<Site>(s);
                    r.value = value;
                    r.before = 7;
                    
                    r.slot = slot;
                    r.link = slot;
                    r.item = core::TimerId(slot);
                    const Sentence told = narrateRecord(r, {world, *run.inputs, turn, &run.history.log(), 9});
                    ASSERT_FALSE(plainText(told.what).isEmpty() || told.plain().contains(hole)) << k << ' ' << s;
                }
}

} // namespace
} // namespace jiffy::ui
