// SPDX-License-Identifier: GPL-3.0-or-later
// What is done by hand to a run of tgtd: it leaves the past alone, can be saved, and comes out as foretold.
#include "core/base/random.h"
#include "core/history/work_intervention.h"
#include "core/insight/lateness.h"
#include "core/scenario/ops_reader.h"
#include "core/scenario/reader.h"
#include "core/scenario/writer.h"
#include "tests/property/random_document.h"

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

Scenario randomWork(Random& random)
{
    Scenario s;
    s.title = "by hand";
    auto& d = s.daemon.emplace();
    d.scheduler = static_cast<WorkScheduler>(random.between(0, 2));
    if (random.between(0, 3) == 0) d.costs[0].text = "7us";
    if (random.between(0, 1) == 0) d.files.push_back({Spelling{"slow disk", {}}, 11, {}});
    const auto items = random.between(1, 4);
    for (std::uint64_t i = 0; i < items; ++i) {
        WorkItem item;
        item.name.text = "w" + std::to_string(i);
        if (random.between(0, 2) == 0) {
            WorkStep rearm;
            rearm.what = CallbackStep::What::Rearm;
            rearm.seconds = random.between(1, 3);
            item.on.push_back(rearm);
        }
        d.items.push_back(item);
    }
    const auto actions = random.between(0, 8);
    for (std::uint64_t i = 0; i < actions; ++i) {
        WorkAction a;
        a.at.text = std::to_string(random.between(0, 60) * 125) + "ms";
        switch (random.between(0, 3)) {
        case 0:
            a.call = Call::BurnTime;
            a.duration.text = std::to_string(random.between(0, 900)) + "ms";
            break;
        case 1:
            a.call = Call::StepWall;
            a.by.text = random.between(0, 1) == 0 ? "-2s" : "+1500ms";
            break;
        default:
            a.call = random.between(0, 3) == 0 ? Call::DelWork : Call::AddWork;
            a.work.text = "w" + std::to_string(random.between(0, items - 1));
            if (a.call == Call::AddWork) a.seconds = random.between(0, 4);
        }
        if (a.call != Call::StepWall && !d.files.empty() && random.between(0, 1) == 0)
            a.file.text = "slow disk";
        d.actions.push_back(a);
    }
    if (random.between(0, 2) != 0)
        s.until.text = "12s";
    else
        s.limit = 20'000;
    return s;
}

Intervention randomWhat(Random& random, const Inputs& inputs)
{
    using What = Intervention::What;
    Intervention what;
    what.what = static_cast<What>(static_cast<std::uint64_t>(What::AddWork) + random.between(0, 3));
    if (what.what == What::AddWork || what.what == What::DelWork)
        what.timer = TimerId(static_cast<std::uint32_t>(random.between(0, inputs.daemon.pipe.value - 1)));
    if (what.what == What::AddWork) what.seconds = random.between(0, 3);
    if (what.what == What::Burn) what.microseconds = static_cast<std::int64_t>(random.between(0, 1'500'000));
    if (what.what == What::StepWall)
        what.microseconds = static_cast<std::int64_t>(random.between(0, 6'000'000)) - 3'000'000;
    if (what.what != What::StepWall)
        what.file = static_cast<std::uint8_t>(random.between(0, inputs.daemon.files.size()));
    return what;
}

InputsPtr vectorOf(std::string_view ops)
{
    return std::make_shared<const Inputs>(readOps(ops, "test.ops").value());
}

} // namespace

/// Several, each in a run that was itself changed.
RC_GTEST_PROP(WorkIntervention, KeepsThePastAndCanBeSavedAndReadBack, ())
{
    Random random{*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>())};
    auto document = std::make_shared<const Scenario>(randomWork(random));
    auto compiled = compile(*document);
    RC_ASSERT(compiled.has_value());
    auto inputs = std::make_shared<const Inputs>(std::move(*compiled));
    for (auto n = random.between(1, 3); n > 0; --n) {
        History history(inputs, runAll(inputs));
        const Position p{random.between(0, history.log().size()), 0, 0};
        const auto what = randomWhat(random, *inputs);
        if (whyNoIntervention(history, p)) return;
        auto done = intervene(history, p, document, what);
        if (!done) return; // behind the end of the run
        RC_ASSERT(done->point.tick >= history.ticksAt(p));
        RC_ASSERT(done->point.tick <= history.ticksAt(p) + 1);
        document = done->document;
        inputs = done->run.inputs();
        const auto live = finish(done->run);
        RC_ASSERT(live.check.broken == 0);
        for (std::uint64_t e = 0; e < p.event; ++e)
            RC_ASSERT(live.log[e] == history.log()[e]);
        RC_ASSERT(tests::sameLog(live, runAll(inputs)));

        const auto read = readDocument(writeScenario(*document), "saved");
        RC_ASSERT(read.has_value());
        RC_ASSERT(*read == *document);
        const auto again = compile(*read);
        RC_ASSERT(again.has_value());
        RC_ASSERT(tests::sameLog(runAll(std::make_shared<const Inputs>(*again)), live));
    }
}

RC_GTEST_PROP(WorkIntervention, IsTheSameWithoutADocument, ())
{
    Random random{*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>())};
    auto document = std::make_shared<Scenario>(randomWork(random));
    document->until.text = "12s";
    document->limit.reset();
    document->daemon->files.clear();
    for (auto& a : document->daemon->actions)
        a.file.text.clear();
    const auto inputs = std::make_shared<const Inputs>(compile(*document).value());
    History history(inputs, runAll(inputs));
    const Position p{random.between(0, history.log().size()), 0, 0};
    const auto what = randomWhat(random, *inputs);
    if (whyNoIntervention(history, p)) return;
    auto with = intervene(history, p, document, what);
    auto without = intervene(history, p, nullptr, what);
    RC_ASSERT(with.has_value() == without.has_value());
    if (!with) return;
    RC_ASSERT(with->run.inputs()->actions == without->run.inputs()->actions);
    RC_ASSERT(with->run.inputs()->daemon == without->run.inputs()->daemon);
    RC_ASSERT(tests::sameLog(finish(with->run), finish(without->run)));
}

RC_GTEST_PROP(WorkIntervention, ComesOutAsForetold, ())
{
    Random random{*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>())};
    const auto document = std::make_shared<const Scenario>(randomWork(random));
    const auto inputs = std::make_shared<const Inputs>(compile(*document).value());
    History history(inputs, runAll(inputs));
    const Position p{random.between(0, history.log().size()), 0, 0};
    auto what = randomWhat(random, *inputs);
    what.what = Intervention::What::AddWork;
    what.timer = TimerId(0);
    if (whyNoIntervention(history, p)) return;
    const auto foretold = forecast(history, p, document, what);
    auto done = intervene(history, p, document, what);
    RC_ASSERT(foretold.has_value() == done.has_value());
    if (!done || !foretold->here.runsAt) return;
    finish(done->run);
    Lateness lateness(*done->run.inputs());
    lateness.extend(done->run.snapshot().log);
    bool isThere = false;
    for (const auto& run : lateness.runs())
        isThere = isThere || (run.item == what.timer && run.hasRun() &&
                              run.endedAt == *foretold->here.runsAt && run.due == *foretold->here.dueAt);
    RC_ASSERT(isThere);
}

TEST(WorkIntervention, ForetellsWhenWorkRunsOnEitherScheduler)
{
    // Nothing else happens: due at 3.1 s, the alarm at 3.25 s; two idle timeouts more than 3 / 2 before.
    const auto inputs = vectorOf("scheduler new\nwork A\nat 100 burn 0\nuntil 60000\n");
    History history(inputs, runAll(inputs));
    const auto p = history.lastOfTick(100'000);
    Intervention add;
    add.what = Intervention::What::AddWork;
    add.timer = TimerId(0);
    add.seconds = 3;
    const auto f = forecast(history, p, nullptr, add).value();
    EXPECT_EQ(f.at, 100'001u);
    EXPECT_EQ(f.here.handledAt, 100'001u);
    EXPECT_EQ(f.here.dueAt, 3'100'001u);
    EXPECT_EQ(f.here.runsAt, 3'250'000u);
    EXPECT_EQ(f.there.runsAt, 6'100'001u);
}

TEST(WorkIntervention, ABurnSwallowsAlarms)
{
    const auto inputs = vectorOf("scheduler new\nwork A\nat 100 burn 0\nuntil 9000\n");
    History history(inputs, runAll(inputs));
    Intervention burn;
    burn.what = Intervention::What::Burn;
    burn.microseconds = 1'000'000;
    const auto f = forecast(history, history.lastOfTick(100'000), nullptr, burn).value();
    EXPECT_EQ(f.here.handledBy, 1'100'001u);
    EXPECT_EQ(f.here.alarmsMeanwhile, 4u);
}

TEST(WorkIntervention, AStepOfTheClockMakesWorkDue)
{
    const auto inputs =
        vectorOf("scheduler new\nwork A\nwork B\nat 100 add A 5\nat 100 add B 50\nuntil 9000\n");
    History history(inputs, runAll(inputs));
    Intervention step;
    step.what = Intervention::What::StepWall;
    step.microseconds = 10'000'000;
    const auto p = history.lastOfTick(1'000'000);
    const auto f = forecast(history, p, nullptr, step).value();
    EXPECT_EQ(f.waiting, 2u);
    EXPECT_EQ(f.madeDue, 1u);
    auto done = intervene(history, p, nullptr, step);
    ASSERT_TRUE(done.has_value());
    finish(done->run);
    Lateness lateness(*done->run.inputs());
    lateness.extend(done->run.snapshot().log);
    EXPECT_EQ(lateness.runs().front().endedAt, 1'250'000u);
}

TEST(WorkIntervention, IsRefusedWithAReason)
{
    const auto inputs = vectorOf("scheduler new\nwork A\nat 100 add A 5\nuntil 9000\n");
    History history(inputs, runAll(inputs));
    Intervention what;
    what.what = Intervention::What::DelWork;
    what.timer = inputs->daemon.pipe;
    const auto none = intervene(history, {}, nullptr, what);
    ASSERT_FALSE(none.has_value());
    EXPECT_EQ(none.error().front().message, "there is no such work item");
    Intervention move;
    move.timer = TimerId(0);
    const auto wrong = intervene(history, {}, nullptr, move);
    ASSERT_FALSE(wrong.has_value());
    EXPECT_EQ(wrong.error().front().message, "this cannot be done to what is open");
}
