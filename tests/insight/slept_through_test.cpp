// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/slept_through.h"

#include "resources/builtin.h"
#include "tests/ui/nohz/nohz_run.h"

#include <gtest/gtest.h>

namespace jiffy::core
{
namespace
{

std::optional<SleptThrough> at(const test::NohzRun& run, Position p) { return sleptThrough(run.history->at(p), *run.inputs, run.history->log(), p); }

constexpr std::uint32_t timerN = 0, timerD = 1, timerN1060 = 2;

TEST(SleptThrough, namesTheLookUpThatDidNotCountIt)
{
    for (const char* timers : {"wheel-3.9", "wheel-6.1"}) {
        const test::NohzRun run(timers);
        const auto found = at(run, run.fired(timerD));
        ASSERT_TRUE(found) << timers;
        EXPECT_EQ(found->cpu, 2);
        EXPECT_EQ(found->timer, TimerId(timerD));
        EXPECT_EQ(found->expires, 1100u);
        EXPECT_EQ(found->tick, 0u);
        EXPECT_TRUE(found->stopsTick);
        EXPECT_EQ(found->until, run.inputs->machine.timers == TimerAlgorithm::Wheel61 ? 1504u : 1500u);
        EXPECT_EQ(found->counted, TimerId(timerN));
        const Record& lookUp = run.history->log()[found->event];
        EXPECT_EQ(lookUp.site, Site::NextInterrupt);
        EXPECT_EQ(lookUp.cpu, 2);
    }
}

TEST(SleptThrough, staysUntilTheSoftirqEnds)
{
    const test::NohzRun run;
    const auto& log = run.history->log();
    const auto called = run.fired(timerD);
    const auto there = at(run, called);
    bool isOver = false;
    for (std::uint64_t e = called.event; e < log.size(); ++e) {
        EXPECT_EQ(at(run, {e, 0, 0}), isOver ? std::nullopt : there) << e;
        isOver |= log[e - 1].kind == Kind::Left && log[e - 1].site == Site::RunTimerSoftirq;
    }
    EXPECT_TRUE(isOver);
    // Within its call, and in the middle of quiet turns.
    EXPECT_EQ(at(run, {called.event - 1, 0, 1}), there);
    EXPECT_EQ(log[called.event + 1].kind, Kind::Passed);
    EXPECT_EQ(at(run, {called.event + 1, 7, 0}), there);
    EXPECT_FALSE(at(run, {called.event - 1, 0, 0})) << "it has not been called yet";
    EXPECT_FALSE(at(run, run.fired(timerN1060))) << "CPU 3 was woken for that one";
    EXPECT_FALSE(at(run, {}));
}

TEST(SleptThrough, isWhereTheScenarioOpens)
{
    const auto read = readScenario(resources::builtin("nohz")->text, ":nohz");
    ASSERT_TRUE(read);
    const auto inputs = std::make_shared<const Inputs>(*read);
    History history(inputs, runAll(inputs));
    const Position opening = history.resolve(inputs->opening);
    const Record* record = history.recordBefore(opening);
    ASSERT_TRUE(record != nullptr);
    EXPECT_EQ(record->kind, Kind::Fired) << "if the log has changed: \"opening\" names the event of D's call";
    EXPECT_EQ(inputs->timerName(record->item), "D");
    EXPECT_TRUE(sleptThrough(history.at(opening), *inputs, history.log(), opening));
}

struct Asleep
{
    explicit Asleep(const std::string& rest)
        : inputs(std::make_shared<const Inputs>(readScenario(R"({"format":"jiffyscope-scenario","version":1,"title":"T","machine":{"hz":1000,"jiffies":1000,"nohz":true,"cpus":2,"idle":[1]},
"items":[{"name":"N","slack":0},{"name":"D","slack":0,"deferrable":true}],)" + rest + "}", "t.jiffy.json")
                                                         .value())),
          history(inputs, runAll(inputs))
    {
    }
    std::optional<SleptThrough> atCall()
    {
        for (std::uint64_t e = 0; e < history.log().size(); ++e) {
            if (history.log()[e].kind != Kind::Fired || history.log()[e].item != TimerId(1)) continue;
            return sleptThrough(history.at({e + 1, 0, 0}), *inputs, history.log(), {e + 1, 0, 0});
        }
        return {};
    }
    InputsPtr inputs;
    History history;
};

TEST(SleptThrough, tellsAnotherLookInTheSameSleepApart)
{
    // A device interrupts at 1050; it looks again, and D is not counted then either.
    Asleep run(R"("until":"1400","actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"N","expires":"1300"},{"at":"+0","cpu":1,"do":"add_timer","timer":"D","expires":"1100"},
{"at":"+50","cpu":1,"do":"interrupt","name":"disk","does":[{"do":"burn","for":"10us"}]}])");
    const auto found = run.atCall();
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->stopsTick);
    EXPECT_EQ(found->tick, 50u);
    EXPECT_EQ(found->until, 1300u);
}

TEST(SleptThrough, isNotToldOfWhatTheLookUpCouldNotSee)
{
    // Armed while the CPU slept.
    Asleep later(R"("until":"1400","actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"N","expires":"1300"},{"at":"+50","cpu":0,"do":"add_timer_on","timer":"D","target":1,"expires":"1100"}])");
    const auto found = later.atCall();
    if (found) {
        EXPECT_GE(found->tick, 50u) << "woken by add_timer_on it looked again";
    }
    // Late for another reason: nobody slept.
    Asleep busy(R"("until":"1400","actions":[{"at":"+0","cpu":0,"do":"add_timer","timer":"D","expires":"1100"}])");
    EXPECT_FALSE(busy.atCall());
}

} // namespace
} // namespace jiffy::core
