// SPDX-License-Identifier: GPL-3.0-or-later
// What every run of a machine of CPUs keeps to, whatever is done to it.
#include "core/event/text.h"
#include "core/history/intervention.h"
#include "core/insight/cpu_activity.h"
#include "core/insight/summary.h"
#include "core/kernel/kernel_machine.h"
#include "core/scenario/edit_text.h"
#include "core/scenario/expect.h"
#include "core/scenario/reader.h"
#include "core/scenario/writer.h"
#include "core/world/rules.h"
#include "tests/property/random_document.h"
#include "tests/property/random_kernel.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

struct Case
{
    std::uint64_t seed = 0;
    Scenario document;
    InputsPtr inputs;
};

Case anyCase(const tests::KernelFlavour& flavour = {})
{
    Case c;
    c.seed = *rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>());
    Random random{c.seed};
    c.document = tests::randomKernelDocument(random, flavour);
    auto compiled = compile(c.document);
    if (!compiled) RC_FAIL(toText(compiled.error()) + writeScenario(c.document));
    c.inputs = std::make_shared<const Inputs>(std::move(*compiled));
    return c;
}

/// As the recorder: what nobody sees pass is one record.
class Collector
{
  public:
    explicit Collector(const MachineConfig& machine) : m_world(machine) {}
    const World& world() const { return m_world; }
    template <Kind K> void emit(const Record& r)
    {
        close();
        records.push_back(r);
        m_world.applyAs<K>(r);
    }
    void emitQueued(const Record& r, int target)
    {
        close();
        records.push_back(r);
        m_world.applyQueued(r, target);
    }
    void pass(const OpenRun& run)
    {
        if (run.count == 0) return;
        if (m_open.count != 0 && (m_open.cpus != run.cpus || m_open.site != run.site)) close();
        const auto count = m_open.count;
        m_open = run;
        m_open.count += count;
        m_world.pass(run);
    }
    void close()
    {
        if (m_open.count != 0) records.push_back(m_open.asRecord());
        m_open = {};
    }
    std::vector<Record> records;

  private:
    World m_world;
    OpenRun m_open;
};

/// The log when the machine is made anew from its state in front of each step.
template <template <class> class Timers> std::vector<Record> remade(const Inputs& inputs, bool isRemade)
{
    using Machine = KernelMachine<Collector, Timers<Collector>>;
    Collector collector(inputs.machine);
    auto machine = std::make_unique<Machine>(inputs, collector.world(), collector);
    while (collector.records.size() < inputs.eventLimit && machine->step()) {
        if (!isRemade) continue;
        const MachineState state = machine->state();
        machine = std::make_unique<Machine>(inputs, collector.world(), collector, state);
        if (!(machine->state() == state)) RC_FAIL("a machine's state is not its state");
    }
    collector.close();
    return std::move(collector.records);
}
std::vector<Record> remade(const Inputs& inputs, bool isRemade)
{
    switch (inputs.machine.timers) {
    case TimerAlgorithm::Wheel39: return remade<Wheel39>(inputs, isRemade);
    case TimerAlgorithm::Wheel61: return remade<Wheel61>(inputs, isRemade);
    case TimerAlgorithm::SortedList: break;
    }
    return remade<SortedList>(inputs, isRemade);
}

/// The log up to a record, with the document: what a failure needs to be understood.
std::string told(const Case& c, const Snapshot& run, std::uint64_t event)
{
    std::string out = "seed " + std::to_string(c.seed) + "\n" + writeScenario(c.document);
    const auto g = geometryOf(c.inputs->machine);
    for (std::uint64_t e = event < 25 ? 0 : event - 25; e <= event && e < run.log.size(); ++e)
        out += std::to_string(e) + " cpu" + std::to_string(run.log[e].cpu) + " " + toText(run.log[e], g, *c.inputs) + "\n";
    return out;
}

Snapshot finished(Run& run)
{
    while (run.advance(1 << 20)) {
    }
    return run.snapshot();
}

} // namespace

RC_GTEST_PROP(KernelRuns, EndAndKeepTheRules, ())
{
    const Case c = anyCase();
    const Snapshot run = runAll(c.inputs);
    RC_ASSERT(run.status != RunStatus::Running);
    if (run.check.broken != 0) RC_FAIL("rule " + std::to_string(run.check.broken) + "\n" + told(c, run, run.check.event));
    RC_ASSERT(tests::sameLog(run, runAll(c.inputs)));
    // A fold of the log, forth and back.
    World world(c.inputs->machine);
    const World start = world;
    std::uint64_t next = 0;
    for (std::uint64_t e = 0; e <= run.log.size(); ++e) {
        for (; next < run.checkpoints->size() && (*run.checkpoints)[next]->event == e; ++next) {
            World there = world;
            there.pass((*run.checkpoints)[next]->open);
            if (!((*run.checkpoints)[next]->world == there)) RC_FAIL("fold\n" + told(c, run, e));
        }
        if (e == run.log.size()) break;
        const auto before = world.now();
        world.apply(run.log[e]);
        if (world.now() < before) RC_FAIL("time goes back\n" + told(c, run, e));
        // In the middle of an operation rules need not hold: between two steps nothing else is under way.
        const bool isBetween = e + 1 < run.log.size() && run.log[e + 1].kind == Kind::ClockSet && run.log[e + 1].site == Site::TimePasses;
        if (!isBetween || e % 8 != 0) continue;
        if (const auto broken = checkAll(world)) RC_FAIL(broken->text + "\n" + told(c, run, e));
    }
    for (std::uint64_t e = run.log.size(); e-- > 0;) world.unapply(run.log[e]);
    RC_ASSERT(world == start);
}

RC_GTEST_PROP(KernelRuns, AreTheSameHoweverTheyAreSliced, ())
{
    const Case c = anyCase();
    const Snapshot whole = runAll(c.inputs);
    Run sliced(c.inputs);
    while (sliced.advance(1)) {
    }
    RC_ASSERT(tests::sameLog(whole, sliced.snapshot()));
    Run stopped(c.inputs);
    stopped.advance(*rc::gen::inRange<std::uint64_t>(0, whole.log.size() + 1));
    Run resumed = resume(c.inputs, stopped.snapshot());
    RC_ASSERT(tests::sameLog(whole, finished(resumed)));
}

RC_GTEST_PROP(KernelRuns, GoOnFromEveryStep, ())
{
    const Case c = anyCase();
    const auto straight = remade(*c.inputs, false), again = remade(*c.inputs, true);
    if (straight != again) {
        std::size_t at = 0;
        while (at < straight.size() && at < again.size() && straight[at] == again[at]) ++at;
        const auto g = geometryOf(c.inputs->machine);
        const auto text = [&](const std::vector<Record>& records) { return at < records.size() ? toText(records[at], g, *c.inputs) : std::string("the end"); };
        RC_FAIL("not resumed at " + std::to_string(at) + ": " + text(straight) + " / " + text(again) + "\n" + told(c, runAll(c.inputs), at));
    }
    const Snapshot run = runAll(c.inputs);
    for (std::uint64_t e = 0; e < std::min<std::uint64_t>(run.log.size(), straight.size()); ++e) {
        if (run.log[e].site == Site::Limit) break;
        if (!(run.log[e] == straight[e])) RC_FAIL("run and machine differ\n" + told(c, run, e));
    }
}

/// Ticks are taken or saved, and all who count them agree.
RC_GTEST_PROP(KernelRuns, TakeOrSaveTheTickOfEachPeriod, ())
{
    const Case c = anyCase();
    const Snapshot run = runAll(c.inputs);
    World world(c.inputs->machine);
    for (std::uint64_t e = 0; e < run.log.size(); ++e) world.apply(run.log[e]);
    world.pass(run.open);
    const Summary summary = summarise(*c.inputs, run.log, run.open);
    CpuActivity activity(*c.inputs);
    activity.extend(run.log);
    for (int cpu = 0; cpu < world.cpuCount(); ++cpu) {
        const std::string of = " of CPU " + std::to_string(cpu);
        const auto count = [&](const std::string& name) { return std::stoull(summary.valueOf(name + of, *c.inputs).value_or("0")); };
        const auto taken = count("tick interrupts");
        RC_ASSERT(taken == world.kernel().cpu(cpu).tickInterrupts);
        RC_ASSERT(count("other interrupts") == world.kernel().cpu(cpu).otherInterrupts);
        RC_ASSERT(taken <= run.endTicks);
        RC_ASSERT(taken + count("saved ticks") + count("lost ticks") == run.endTicks);
    }
}

/// Where nothing takes time, each timer's function is called in the jiffy in which it is due; one that waits for company
/// later, and none earlier.
RC_GTEST_PROP(KernelRuns, CallATimerInItsJiffyWhereNothingTakesTime, ())
{
    const Case c = anyCase({.isCalm = true, .isClassic = true});
    const Snapshot run = runAll(c.inputs);
    World world(c.inputs->machine);
    const Word word = c.inputs->machine.word;
    std::vector<Jiffies> armedAt(c.inputs->timers.size());
    for (std::uint64_t e = 0; e < run.log.size(); ++e) {
        const Record& r = run.log[e];
        world.apply(r);
        const Jiffies now = world.clock().jiffies;
        if (r.kind == Kind::Queued) armedAt[r.item.value] = now;
        if (r.kind != Kind::Fired) continue;
        const Jiffies expires = r.before, next = word.add(armedAt[r.item.value], 1);
        if (word.signedDistance(now, expires) < 0) RC_FAIL("early\n" + told(c, run, e));
        if (world.item(r.item).isDeferrable()) continue;
        const Jiffies due = word.signedDistance(expires, next) > 0 ? expires : next;
        if (word.signedDistance(now, due) > 0) RC_FAIL("late\n" + told(c, run, e));
    }
}

RC_GTEST_PROP(KernelRuns, NeverCallATimerEarly, ())
{
    const Case c = anyCase();
    const Snapshot run = runAll(c.inputs);
    World world(c.inputs->machine);
    for (std::uint64_t e = 0; e < run.log.size(); ++e) {
        const Record& r = run.log[e];
        world.apply(r);
        if (r.kind == Kind::Fired && c.inputs->machine.word.signedDistance(world.clock().jiffies, r.before) < 0) RC_FAIL("early\n" + told(c, run, e));
    }
}

RC_GTEST_PROP(KernelDocuments, AreReadAsTheyWereWritten, ())
{
    const Case c = anyCase(), other = anyCase();
    const auto text = writeScenario(c.document);
    const auto read = readDocument(text, "x");
    if (!read) RC_FAIL(toText(read.error()));
    RC_ASSERT(*read == c.document);
    const auto edited = editText(text, other.document);
    RC_ASSERT(edited.isInPlace);
    const auto again = readDocument(edited.text, "x");
    if (!again) RC_FAIL(toText(again.error()));
    RC_ASSERT(*again == other.document);
}

TEST(KernelRuns, EndInWordsWhereAProcessGoesRoundWithoutAnEnd)
{
    const auto inputs = readScenario(R"({"format": "jiffyscope-scenario", "version": 1, "machine": {"hz": 1000, "jiffies": 1000},
        "processes": [{"name": "P", "at": "+3", "repeat": "forever", "does": [{"do": "spin_unlock", "lock": "L"}, {"do": "burn", "for": "0s"}]}]})", "x");
    ASSERT_TRUE(inputs.has_value()) << toText(inputs.error());
    const auto run = runAll(std::make_shared<const Inputs>(*inputs));
    EXPECT_EQ(run.status, RunStatus::Ended);
    ASSERT_NE(run.log.size(), 0u);
    EXPECT_EQ(run.log[run.log.size() - 1].site, Site::Spin);
    EXPECT_EQ(run.endTicks, 3u);
}

TEST(KernelRuns, LetAnInterventionComeBehindTheStartOfAProcess)
{
    const auto document = readDocument(R"({"format": "jiffyscope-scenario", "version": 1, "machine": {"hz": 1000, "jiffies": 1000},
        "items": [{"name": "a", "slack": 0}], "processes": [{"name": "P", "at": "+5", "does": [{"do": "msleep", "ms": 5}]}],
        "actions": [{"at": "+5", "do": "mod_timer", "timer": "a", "expires": "+7"}, {"at": "+9", "do": "del_timer", "timer": "a"}]})", "x");
    ASSERT_TRUE(document.has_value()) << toText(document.error());
    const auto inputs = std::make_shared<const Inputs>(*compile(*document));
    ASSERT_EQ(inputs->actions.size(), 3u);
    EXPECT_EQ(inputs->actions[0].call, Call::StartProcess);
    History history(inputs, runAll(inputs));
    Intervention del; // the timer on the stack of the process, which then sleeps for ever
    del.what = Intervention::What::Delete;
    del.timer = inputs->programs[0].timer;
    auto done = intervene(history, history.lastOfTick(7), std::make_shared<const Scenario>(*document), del);
    ASSERT_TRUE(done.has_value());
    EXPECT_EQ(done->point.actionIndex, 2u);
    ASSERT_EQ(done->document->actions.size(), 3u);
    EXPECT_EQ(done->document->actions[1].timer.text, "P/timeout");
    EXPECT_EQ(done->document->actions[1].at.text, "1007");
    const auto live = finished(done->run);
    const auto saved = readScenario(writeScenario(*done->document), "x");
    ASSERT_TRUE(saved.has_value()) << toText(saved.error());
    EXPECT_TRUE(tests::sameLog(runAll(std::make_shared<const Inputs>(*saved)), live));
    const auto summary = summarise(*saved, live.log, live.open);
    EXPECT_EQ(summary.valueOf("sleeps of P", *saved), "none");
}

/// Lost once: where a process began in the jiffy for which its CPU was to wake up, the timer ran a jiffy late.
TEST(KernelRuns, KeepAWakeUpWhenSomethingElseHappensAtItsInstant)
{
    const auto inputs = readScenario(R"({"format": "jiffyscope-scenario", "version": 1, "machine": {"hz": 1000, "jiffies": 1000, "nohz": true, "idle": [0]},
        "items": [{"name": "a", "slack": 0}], "processes": [{"name": "P", "at": "+20", "does": []}],
        "actions": [{"at": "+0", "do": "mod_timer", "timer": "a", "expires": "+20"}], "expect": [{"timer": "a", "waited": "20ms"}]})", "x");
    ASSERT_TRUE(inputs.has_value()) << toText(inputs.error());
    const auto run = runAll(std::make_shared<const Inputs>(*inputs));
    EXPECT_EQ(toText(check(*inputs, run.log, run.open)), "");
}

/// The index of a sorted list took ticks for jiffies, which lag behind while CPUs sleep.
TEST(KernelRuns, SortAListByJiffiesWhileTheyLagBehindTheTime)
{
    const auto inputs = readScenario(R"({"format": "jiffyscope-scenario", "version": 1,
        "machine": {"hz": 1000, "jiffies": 1000, "timers": "sorted-list", "cpus": 2, "nohz": true, "idle": [0], "skew": "100us"},
        "items": [{"name": "a"}, {"name": "b"}],
        "actions": [{"at": "5.05ms", "cpu": 1, "do": "mod_timer", "timer": "a", "expires": 1014}, {"at": "5.5ms", "cpu": 1, "do": "mod_timer", "timer": "b", "expires": 1014}],
        "expect": [{"order": ["a", "b"]}]})", "x");
    ASSERT_TRUE(inputs.has_value()) << toText(inputs.error());
    const auto run = runAll(std::make_shared<const Inputs>(*inputs));
    EXPECT_EQ(run.check.broken, 0);
    EXPECT_EQ(toText(check(*inputs, run.log, run.open)), "");
}

/// An interrupt between the begin of a period and the tick of a CPU with skew put off its wake-up by a period.
TEST(KernelRuns, WakeACpuInThePeriodForWhichItSleepsWhereItsTickComesLate)
{
    const auto inputs = readScenario(R"({"format": "jiffyscope-scenario", "version": 1,
        "machine": {"hz": 1000, "jiffies": 1000, "cpus": 2, "nohz": true, "idle": [1], "skew": "100us"}, "items": [{"name": "a", "slack": 0}],
        "actions": [{"at": "+0", "cpu": 1, "do": "mod_timer", "timer": "a", "expires": "+20"}, {"at": "+20", "cpu": 1, "do": "interrupt"}],
        "expect": [{"timer": "a", "waited": "20.1ms"}]})", "x");
    ASSERT_TRUE(inputs.has_value()) << toText(inputs.error());
    const auto run = runAll(std::make_shared<const Inputs>(*inputs));
    EXPECT_EQ(toText(check(*inputs, run.log, run.open)), "");
}
