// SPDX-License-Identifier: GPL-3.0-or-later
// What is done by hand: it does what was foretold, leaves the past alone, and can be saved.
#include "core/history/compare.h"
#include "core/history/intervention.h"
#include "core/scenario/reader.h"
#include "core/scenario/writer.h"
#include "tests/property/random_document.h"
#include "tests/property/random_inputs.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

Snapshot finish(Run& run)
{
    while (run.advance(1 << 20)) {
    }
    return run.snapshot();
}

std::vector<Record> recordsBefore(const LogView& log, std::uint64_t event, std::size_t count)
{
    std::vector<Record> records;
    for (auto e = event - std::min<std::uint64_t>(count, event); e < event; ++e)
        records.push_back(log[e]);
    return records;
}

} // namespace

RC_GTEST_PROP(Intervention, DoesWhatTheTrialForetoldAndKeepsThePast, ())
{
    const auto c = *tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    History history(inputs, runAll(inputs));
    Random random{c.seed + 7};
    const Position p = tests::randomPosition(random, history);
    const auto what = tests::randomIntervention(random, *inputs);
    if (whyNoIntervention(history, p)) return;

    Trial trial(history, p, nullptr);
    const World before = trial.world();
    const auto foretold = trial.of(what);
    RC_ASSERT(trial.world() == before);
    RC_ASSERT(trial.isLater() || before == history.at(forkPosition(history, p)));

    auto done = intervene(history, p, nullptr, what);
    if (!done) { // nothing fits behind the limit of events, nor behind calls without an end
        const auto& s = history.snapshot();
        RC_ASSERT(s.status == RunStatus::Limit || s.log[s.log.size() - 1].site == Site::Spin);
        return;
    }
    const auto log = done->run.snapshot().log;
    RC_ASSERT(done->point == trial.point());
    RC_ASSERT(done->after.event == log.size());
    RC_ASSERT(recordsBefore(log, log.size(), foretold.records.size()) == foretold.records);
    RC_ASSERT(done->run.world().item(done->timer).isPending() == foretold.isPending);
    if (foretold.isPending) RC_ASSERT(done->run.world().slotOf(done->timer) == foretold.to);
    RC_ASSERT(done->run.world().clock().ticks == history.ticksAt(p));

    const auto branch = finish(done->run);
    for (std::uint64_t e = 0; e < forkPosition(history, p).event; ++e)
        RC_ASSERT(branch.log[e] == history.log()[e]);
    RC_ASSERT(tests::sameLog(branch, runAll(done->run.inputs())));
    RC_ASSERT(branch.check.broken == 0 || history.snapshot().check.broken != 0);
}

/// Several, one in the future of the other, each in a run that was itself changed.
RC_GTEST_PROP(Intervention, CanBeSavedAndReadBack, ())
{
    const auto seed = *rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>());
    Random random{seed};
    auto document = std::make_shared<const Scenario>(tests::randomDocument(random));
    auto compiled = compile(*document);
    RC_ASSERT(compiled.has_value());
    auto inputs = std::make_shared<const Inputs>(std::move(*compiled));
    for (auto n = random.between(1, 4); n > 0; --n) {
        History history(inputs, runAll(inputs));
        const auto p = tests::randomPosition(random, history);
        const auto what = tests::randomIntervention(random, *inputs);
        if (whyNoIntervention(history, p)) return;
        Trial trial(history, p, document.get());
        const auto foretold = trial.of(what);
        auto done = intervene(history, p, document, what);
        if (!done) {
            RC_ASSERT(history.snapshot().status == RunStatus::Limit);
            return;
        }
        const auto at = done->after.event;
        RC_ASSERT(recordsBefore(done->run.snapshot().log, at, foretold.records.size()) == foretold.records);
        document = done->document;
        inputs = done->run.inputs();
        const auto live = finish(done->run);

        const auto text = writeScenario(*document);
        const auto read = readDocument(text, "saved");
        RC_ASSERT(read.has_value());
        RC_ASSERT(*read == *document);
        const auto again = compile(*read);
        RC_ASSERT(again.has_value());
        RC_ASSERT(again->actions == inputs->actions);
        RC_ASSERT(again->timers == inputs->timers);
        RC_ASSERT(again->names == inputs->names);
        RC_ASSERT(again->steps == inputs->steps);
        RC_ASSERT(tests::sameLog(runAll(std::make_shared<const Inputs>(*again)), live));
    }
}

RC_GTEST_PROP(Resume, GoesOnAsIfItHadNeverStopped, ())
{
    const auto c = *tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    Run run(inputs);
    run.advance(*rc::gen::inRange<std::uint64_t>(0, 3000));
    Run again = resume(inputs, run.snapshot());
    RC_ASSERT(tests::sameLog(finish(again), finish(run)));
}

RC_GTEST_PROP(Counterpart, IsTheSamePlaceBeforeTheyPartAndTheSameTickBehind, ())
{
    const auto c = *tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    History a(inputs, runAll(inputs));
    Random random{c.seed + 9};
    const auto fork = tests::randomPosition(random, a);
    if (whyNoIntervention(a, fork)) return;
    auto done = intervene(a, fork, nullptr, tests::randomIntervention(random, *inputs));
    if (!done) return;
    History b(done->run.inputs(), finish(done->run));

    const auto parting = partingOf(a.snapshot(), b.snapshot());
    RC_ASSERT(parting.at >= Position{});
    RC_ASSERT(a.at(parting.at) == b.at(parting.at));
    RC_ASSERT(a.ticksAt(parting.at) == parting.ticks);
    RC_ASSERT(partingOf(a.snapshot(), a.snapshot()).isSame);
    for (int i = 0; i < 8; ++i) {
        const auto p = tests::randomPosition(random, a);
        const auto there = counterpart(a, p, b);
        const auto ticks = a.ticksAt(p);
        if (p <= parting.at) {
            RC_ASSERT(there == p);
            RC_ASSERT(a.at(p) == b.at(there));
        } else {
            RC_ASSERT(b.ticksAt(there) == std::min(ticks, b.ticksAt(b.end())));
        }
    }
}

TEST(Intervention, WaitsForTheEndOfTheTickInWhoseMiddleThePlayheadStands)
{
    Inputs in;
    in.names = {"a", "b"};
    in.timers.resize(2);
    in.timers[1].name = 1;
    for (std::uint32_t i = 0; i < 2; ++i) {
        Action a;
        a.timer = TimerId(i);
        a.expires = 10;
        in.actions.push_back(a);
    }
    const auto inputs = std::make_shared<const Inputs>(in);
    History history(inputs, runAll(inputs));
    Position p;
    while (history.log()[p.event].kind != Kind::Fired)
        ++p.event;
    ++p.event; // a has been taken for its call, b is still to come
    Intervention del;
    del.what = Intervention::What::Delete;
    del.timer = TimerId(1);
    Trial trial(history, p, nullptr);
    EXPECT_TRUE(trial.isLater());
    EXPECT_FALSE(trial.of(del).wasPending) << "b has fired by then";
    auto done = intervene(history, p, nullptr, del);
    ASSERT_TRUE(done.has_value());
    EXPECT_EQ(done->point.tick, 10u);
    EXPECT_EQ(done->run.world().clock().ticks, 10u);
    EXPECT_FALSE(Trial(history, history.lastOfTick(9), nullptr).isLater());
}

TEST(Intervention, ComesBehindThePopulationsOfItsInstant)
{
    const auto document = readDocument(R"({"format": "jiffyscope-scenario", "version": 1,
        "machine": {"cpus": 1, "bits": 32, "hz": 250, "jiffies": 0}, "items": [{"name": "a"}],
        "generate": {"seed": 1, "populations": [{"name": "p", "count": 3, "start": {"at": "+5"}, "delay": 50}]},
        "actions": [{"at": "+5", "cpu": 0, "do": "mod_timer", "timer": "a", "expires": "+7"}]})", "x");
    ASSERT_TRUE(document.has_value());
    const auto inputs = std::make_shared<const Inputs>(*compile(*document));
    History history(inputs, runAll(inputs));
    Intervention add;
    add.what = Intervention::What::Add;
    add.name = "b";
    add.expires = 9;
    add.isRelative = true;
    // Before anything is done in tick 5: behind the three of the population, before the document's own action.
    const auto p = history.resolve({PositionSpec::Kind::AtJiffies, 5});
    Position first = p;
    while (first.event > 0 && history.ticksAt({first.event - 1, 0, 0}) == 5)
        --first.event;
    first.tick = 0;
    auto done = intervene(history, {first.event, 0, 0}, std::make_shared<const Scenario>(*document), add);
    ASSERT_TRUE(done.has_value());
    EXPECT_EQ(done->point.actionIndex, 3u);
    ASSERT_EQ(done->document->actions.size(), 2u);
    EXPECT_EQ(done->document->actions[0].timer.text, "b");
    EXPECT_EQ(done->document->actions[0].at.text, "5");
    EXPECT_EQ(done->document->actions[0].expires.text, "+9");
    EXPECT_EQ(done->document->actions[1].timer.text, "a");
    ASSERT_EQ(done->document->items.size(), 2u);
    EXPECT_EQ(done->timer, TimerId(4));
}

TEST(Intervention, RefusesNamesThatAreTaken)
{
    Inputs in;
    in.names = {"a", "many"};
    in.timers.resize(3);
    in.timers[1].name = in.timers[2].name = 1;
    in.timers[1].number = 1;
    in.timers[2].number = 2;
    for (const auto* taken : {"a", "many", "many.2", "", "two words"})
        EXPECT_TRUE(nameFault(in, taken).has_value()) << taken;
    for (const auto* free : {"b", "many.3", "many2", "é"})
        EXPECT_FALSE(nameFault(in, free).has_value()) << free;
    EXPECT_EQ(freeName(in), "timer1");
    EXPECT_EQ(freeName(in, "a"), "a1");
}

TEST(Comparison, TellsWhatBecameOfEachTimer)
{
    Inputs in;
    in.names = {"a", "b"};
    in.timers.resize(2);
    in.timers[1].name = 1;
    in.untilTicks = 100;
    for (std::uint32_t i = 0; i < 2; ++i) {
        Action a;
        a.timer = TimerId(i);
        a.expires = 50;
        in.actions.push_back(a);
    }
    const auto inputs = std::make_shared<const Inputs>(in);
    History history(inputs, runAll(inputs));
    Intervention move;
    move.timer = TimerId(1);
    move.expires = 70;
    auto done = intervene(history, history.lastOfTick(20), nullptr, move);
    ASSERT_TRUE(done.has_value());
    const auto branch = finish(done->run);
    const auto c = compare(*inputs, history.snapshot(), *done->run.inputs(), branch);
    EXPECT_FALSE(c.parting.isSame);
    EXPECT_EQ(c.parting.ticks, 20u);
    ASSERT_EQ(c.timers.size(), 1u);
    EXPECT_EQ(c.timers[0].name, "b");
    EXPECT_EQ(c.timers[0].firedA, std::vector<std::uint64_t>{50});
    EXPECT_EQ(c.timers[0].firedB, std::vector<std::uint64_t>{70});
    EXPECT_EQ(c.firedA, 2u);
    EXPECT_EQ(c.firedB, 2u);
    EXPECT_TRUE(compare(*inputs, history.snapshot(), *inputs, history.snapshot()).parting.isSame);
}
