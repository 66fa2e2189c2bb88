// SPDX-License-Identifier: GPL-3.0-or-later
// What if: interventions at the playhead, branches, documents, and their undoing.
#include "core/scenario/reader.h"
#include "core/scenario/writer.h"
#include "tests/property/random_document.h"
#include "ui/session/session.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using core::Intervention;
using ui::Session;

namespace
{

constexpr const char* scenarioText = R"({"format": "jiffyscope-scenario", "version": 1, "title": "Small",
  "machine": {"cpus": 2, "bits": 32, "hz": 250, "jiffies": 1000},
  "items": [{"name": "a", "slack": 0}, {"name": "b", "slack": 0}],
  "actions": [{"at": "+0", "cpu": 0, "do": "mod_timer", "timer": "a", "expires": "+100"},
              {"at": "+0", "cpu": 1, "do": "mod_timer", "timer": "b", "expires": "+400"}],
  "until": "+1000"})";

core::Opened opened(core::Scenario document)
{
    auto inputs = core::compile(document, "small");
    core::Opened result;
    result.inputs = std::make_shared<const core::Inputs>(std::move(*inputs));
    result.document = std::make_shared<const core::Scenario>(std::move(document));
    return result;
}

void finish(Session& session)
{
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            for (const auto& b : session.branches().all())
                if (b.snapshot.status == core::RunStatus::Running) return false;
            return !session.isWaiting();
        },
        10'000));
}

void start(Session& session)
{
    session.start(opened(*core::readDocument(scenarioText, "small")), QStringLiteral("small.jiffy.json"));
    finish(session);
}

Intervention move(std::uint32_t timer, std::uint64_t expires, bool isRelative = false)
{
    Intervention what;
    what.timer = core::TimerId(timer);
    what.expires = expires;
    what.isRelative = isRelative;
    return what;
}

Intervention deletion(std::uint32_t timer)
{
    Intervention what;
    what.what = Intervention::What::Delete;
    what.timer = core::TimerId(timer);
    return what;
}

Intervention add(const char* name, std::uint64_t in)
{
    Intervention what;
    what.what = Intervention::What::Add;
    what.name = name;
    what.expires = in;
    what.isRelative = true;
    return what;
}

std::vector<std::uint64_t> firedAt(const Session& session, std::uint32_t timer)
{
    std::vector<std::uint64_t> ticks;
    std::uint64_t now = 0;
    const auto& log = session.snapshot().log;
    for (std::uint64_t e = 0; e < log.size(); ++e) {
        now += core::ticksOf(log[e]);
        if (log[e].kind == core::Kind::Fired && log[e].item.value == timer) ticks.push_back(now);
    }
    return ticks;
}

QStringList names(const Session& session)
{
    QStringList all;
    for (const auto& b : session.branches().all())
        all.append(QString::fromStdString(b.name));
    return all;
}

using Ticks = std::vector<std::uint64_t>;

} // namespace

TEST(SessionEdits, MovingATimerInThePastKeepsTheOldFuture)
{
    Session session({});
    start(session);
    session.seekTick(50);
    const auto original = session.snapshot();
    QSignalSpy reset(&session, &Session::runReset), switched(&session, &Session::branchSwitched),
        said(&session, &Session::said), openedAgain(&session, &Session::opened);
    ASSERT_TRUE(session.intervene(move(0, 1300)));
    EXPECT_EQ(reset.size(), 1);
    EXPECT_EQ(switched.size(), 1);
    EXPECT_EQ(openedAgain.size(), 0);
    EXPECT_EQ(session.ticks(), 50u) << "the playhead stays at its instant";
    EXPECT_EQ(session.world().item(core::TimerId(0)).expires, 1300u) << "and stands behind the call";
    ASSERT_NE(session.record(), nullptr);
    EXPECT_EQ(session.record()->site, core::Site::ModTimer);
    finish(session);
    EXPECT_EQ(firedAt(session, 0), Ticks{300});
    EXPECT_EQ(names(session), (QStringList{QStringLiteral("original"), QStringLiteral("a to 1300 at 1050")}));
    const auto ghosts = session.ghosts();
    ASSERT_EQ(ghosts.size(), 1u);
    EXPECT_EQ(ghosts[0].forkTick, 50u);
    EXPECT_TRUE(tests::sameLog(ghosts[0].snapshot, original));
    ASSERT_EQ(said.size(), 1);
    EXPECT_EQ(said[0][0].toString(), QStringLiteral("a to 1300 at 1050. The old future is kept as “original”."));
    EXPECT_EQ(session.saidHere(), said[0][0].toString());
    session.stepBack(core::Rung::Tick);
    EXPECT_TRUE(session.saidHere().isEmpty());
}

TEST(SessionEdits, WhatIsDoneOneAfterTheOtherIsOneBranch)
{
    Session session({});
    start(session);
    session.seekTick(50);
    ASSERT_TRUE(session.intervene(deletion(0)));
    EXPECT_TRUE(session.keptBy().isEmpty());
    ASSERT_TRUE(session.intervene(add("c", 7)));
    EXPECT_EQ(session.branches().size(), 2u);
    finish(session);
    EXPECT_EQ(firedAt(session, 0), Ticks{});
    EXPECT_EQ(firedAt(session, 2), Ticks{57});
    EXPECT_EQ(session.branches()[1].done.size(), 2u);
    // Looking at its future makes it one that is worth keeping.
    session.seekTick(60);
    session.seekTick(50);
    EXPECT_EQ(session.keptBy(), QString::fromStdString(session.branches()[1].name));
    ASSERT_TRUE(session.intervene(deletion(1)));
    EXPECT_EQ(session.branches().size(), 3u);
    EXPECT_EQ(session.branches()[2].parent, session.branches()[1].id);
}

TEST(SessionEdits, AtTheEndThereIsNoFutureToKeep)
{
    Session session({});
    start(session);
    session.toEnd();
    ASSERT_TRUE(session.atEnd());
    ASSERT_TRUE(session.intervene(move(0, 5, true)));
    EXPECT_EQ(session.branches().size(), 1u);
    EXPECT_EQ(session.branches()[0].name, "original");
    session.undoStack().undo();
    EXPECT_TRUE(session.atEnd());
    EXPECT_TRUE(session.branches()[0].done.empty());
}

TEST(SessionEdits, UndoGivesBackTheIdenticalLogAndThePlayhead)
{
    Session session({});
    start(session);
    session.seekTick(50);
    const auto at = session.position();
    const auto before = session.snapshot();
    const auto world = session.world();
    ASSERT_TRUE(session.intervene(move(0, 1300)));
    finish(session);
    const auto after = session.snapshot();
    const auto behind = session.position();
    session.undoStack().undo();
    EXPECT_EQ(session.branches().size(), 1u);
    EXPECT_TRUE(tests::sameLog(session.snapshot(), before));
    EXPECT_EQ(session.position(), at);
    EXPECT_EQ(session.world(), world);
    EXPECT_FALSE(session.isModified());
    session.undoStack().redo();
    finish(session);
    EXPECT_TRUE(tests::sameLog(session.snapshot(), after));
    EXPECT_EQ(session.position(), behind);
    // Elsewhere the playhead keeps its tick.
    session.seekTick(200);
    session.undoStack().undo();
    EXPECT_EQ(session.ticks(), 200u);
    EXPECT_TRUE(tests::sameLog(core::runAll(session.history().inputsPtr()), before));
}

TEST(SessionEdits, SwitchingKeepsTheInstantAndIsNoEdit)
{
    Session session({});
    start(session);
    session.seekTick(50);
    session.intervene(move(0, 1300));
    finish(session);
    session.seekTick(200);
    const int first = session.branches()[0].id, second = session.leading(), count = session.undoStack().count();
    session.switchTo(first);
    EXPECT_EQ(session.leading(), first);
    EXPECT_EQ(session.ticks(), 200u);
    EXPECT_EQ(firedAt(session, 0), Ticks{100});
    EXPECT_EQ(session.undoStack().count(), count);
    // Before they part it is the very same place.
    session.seek({2, 0, 0});
    session.switchTo(second);
    EXPECT_EQ(session.position(), (core::Position{2, 0, 0}));
    EXPECT_EQ(session.undoStack().count(), count);
    // A lead that was chosen since is not taken away by undoing something else.
    session.renameBranch(first, QStringLiteral("as it was"));
    session.switchTo(first);
    session.undoStack().undo();
    EXPECT_EQ(session.leading(), first);
    EXPECT_EQ(names(session)[0], QStringLiteral("original"));
}

TEST(SessionEdits, ForkingNamesABranchAndWhatIsDoneNextIsDoneInIt)
{
    Session session({});
    start(session);
    session.seekTick(50);
    QSignalSpy reset(&session, &Session::runReset);
    ASSERT_TRUE(session.fork(QStringLiteral("mine")));
    EXPECT_EQ(reset.size(), 0) << "its run is the same";
    EXPECT_EQ(names(session), (QStringList{QStringLiteral("original"), QStringLiteral("mine")}));
    ASSERT_TRUE(session.intervene(deletion(0)));
    EXPECT_EQ(session.branches().size(), 2u);
    EXPECT_EQ(names(session)[1], QStringLiteral("mine"));
    finish(session);
    EXPECT_EQ(firedAt(session, 0), Ticks{});
    session.undoStack().undo();
    session.undoStack().undo();
    EXPECT_EQ(session.branches().size(), 1u);
    EXPECT_EQ(firedAt(session, 0), Ticks{100});
}

TEST(SessionEdits, DropsAndRenamesCanBeUndone)
{
    Session session({});
    start(session);
    session.seekTick(50);
    session.intervene(move(0, 1300));
    finish(session);
    const auto snapshot = session.snapshot();
    const int dropped = session.leading();
    session.dropBranch(dropped);
    EXPECT_EQ(session.branches().size(), 1u);
    EXPECT_EQ(firedAt(session, 0), Ticks{100});
    QSignalSpy refused(&session, &Session::refused);
    session.dropBranch(session.leading());
    EXPECT_EQ(refused.size(), 1) << "the last one stays";
    session.undoStack().undo();
    EXPECT_EQ(session.leading(), dropped);
    EXPECT_TRUE(tests::sameLog(session.snapshot(), snapshot));
    session.renameBranch(dropped, QStringLiteral("original"));
    EXPECT_EQ(refused.size(), 2) << "taken";
    session.renameBranch(dropped, QStringLiteral("  later "));
    EXPECT_EQ(names(session)[1], QStringLiteral("later"));
    session.undoStack().undo();
    EXPECT_EQ(names(session)[1], QStringLiteral("a to 1300 at 1050"));
}

TEST(SessionEdits, AnInterventionCanBeMadeWhileTheRunIsStillComputed)
{
    auto document = *core::readDocument(R"({"format": "jiffyscope-scenario", "version": 1,
      "machine": {"cpus": 1, "bits": 32, "hz": 250, "jiffies": 0},
      "items": [{"name": "p", "slack": 0, "on": [{"do": "rearm", "by": 1}]}, {"name": "q", "slack": 0}],
      "actions": [{"at": "+0", "cpu": 0, "do": "mod_timer", "timer": "p", "expires": "+1"}], "until": "+300000"})", "x");
    Session session({});
    session.start(opened(document), QStringLiteral("x"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.snapshot().endTicks > 20 && !session.isWaiting(); }, 5000));
    session.seekTick(10);
    ASSERT_TRUE(session.intervene(move(1, 3, true)));
    finish(session);
    ASSERT_EQ(session.branches().size(), 2u);
    for (const auto& b : session.branches().all())
        EXPECT_TRUE(tests::sameLog(b.snapshot, core::runAll(b.inputs))) << b.name;
    EXPECT_EQ(firedAt(session, 1), Ticks{13});
}

TEST(SessionEdits, ADocumentIsAppliedAsOneEditAndThePlayheadStaysAtItsTick)
{
    Session session({});
    start(session);
    session.seekTick(300);
    auto document = *session.document();
    document.actions[0].expires.text = "+120";
    QSignalSpy modified(&session, &Session::modifiedChanged);
    ASSERT_TRUE(session.applyDocument(document, QStringLiteral("an expiry")).has_value());
    finish(session);
    EXPECT_EQ(session.branches().size(), 1u);
    EXPECT_EQ(firedAt(session, 0), Ticks{120});
    EXPECT_EQ(session.ticks(), 300u);
    ASSERT_EQ(modified.size(), 1);
    EXPECT_TRUE(modified[0][0].toBool());
    EXPECT_EQ(session.undoStack().undoText(), QStringLiteral("an expiry"));
    session.undoStack().undo();
    EXPECT_EQ(firedAt(session, 0), Ticks{100});
    EXPECT_FALSE(session.isModified());
    // Nothing changed: nothing to undo.
    const int count = session.undoStack().index();
    ASSERT_TRUE(session.applyDocument(*session.document(), QStringLiteral("nothing")).has_value());
    EXPECT_EQ(session.undoStack().index(), count);
    document.actions[0].timer.text = "nobody";
    EXPECT_FALSE(session.applyDocument(document, QStringLiteral("a fault")).has_value());
    EXPECT_EQ(firedAt(session, 0), Ticks{100});
}

TEST(SessionEdits, KnowsWhatHasBeenSaved)
{
    Session session({});
    start(session);
    session.seekTick(50);
    session.intervene(move(0, 1300));
    EXPECT_TRUE(session.isModified());
    session.setSaved(QStringLiteral("other.jiffy.json"));
    EXPECT_FALSE(session.isModified());
    EXPECT_EQ(session.file(), QStringLiteral("other.jiffy.json"));
    session.undoStack().undo();
    EXPECT_TRUE(session.isModified());
    session.undoStack().redo();
    EXPECT_FALSE(session.isModified());
    session.setUnsaved();
    EXPECT_TRUE(session.isModified());
}

TEST(SessionEdits, SavesWhatWasDoneWithItsInstant)
{
    Session session({});
    start(session);
    session.seekTick(50);
    session.intervene(add("c", 7));
    finish(session);
    const auto text = core::writeScenario(*session.document());
    EXPECT_NE(text.find(R"({"at": "1050", "cpu": 0, "do": "add_timer", "timer": "c", "expires": "+7"})"), std::string::npos)
        << text;
    const auto again = core::readScenario(text, "saved");
    ASSERT_TRUE(again.has_value());
    EXPECT_TRUE(tests::sameLog(core::runAll(std::make_shared<const core::Inputs>(*again)), session.snapshot()));
}

TEST(SessionEdits, ARecordedLogIsReadOnlyAndSaysSo)
{
    Session session({});
    auto recorded = opened(*core::readDocument(scenarioText, "small"));
    recorded.recorded = core::runAll(recorded.inputs);
    recorded.document = nullptr;
    session.start(recorded, QStringLiteral("small.jsonl"));
    finish(session);
    EXPECT_TRUE(session.isReadOnly());
    EXPECT_FALSE(session.whyNoIntervention().isEmpty());
    EXPECT_FALSE(session.whyNoDocument().isEmpty());
    EXPECT_EQ(session.trial(), nullptr);
    QSignalSpy refused(&session, &Session::refused);
    EXPECT_FALSE(session.intervene(deletion(0)));
    EXPECT_FALSE(session.fork());
    EXPECT_EQ(refused.size(), 2);
    EXPECT_EQ(session.branches().size(), 1u);
}

TEST(SessionEdits, ARunWithoutADocumentCanBeChangedButNotSaved)
{
    Session session({});
    auto traced = opened(*core::readDocument(scenarioText, "small"));
    traced.document = nullptr;
    session.start(traced, QStringLiteral("trace.txt"));
    finish(session);
    EXPECT_FALSE(session.isReadOnly());
    session.seekTick(50);
    EXPECT_TRUE(session.intervene(deletion(0)));
    EXPECT_EQ(session.document(), nullptr);
    EXPECT_FALSE(session.whyNoDocument().isEmpty());
    EXPECT_TRUE(session.isModified());
    session.undoStack().undo();
    EXPECT_FALSE(session.isModified());
}

TEST(SessionEdits, APreviewChangesNothing)
{
    Session session({});
    start(session);
    session.seekTick(50);
    const auto world = session.world();
    auto* trial = session.trial();
    ASSERT_NE(trial, nullptr);
    const auto outcome = trial->of(move(0, 1300));
    EXPECT_TRUE(outcome.wasPending);
    EXPECT_EQ(session.world().geometry().slotName(outcome.to), "tv1[20]");
    EXPECT_EQ(session.world(), world);
    EXPECT_EQ(session.trial(), trial) << "made once for a place";
    ASSERT_TRUE(session.intervene(move(0, 1300)));
    EXPECT_EQ(session.world().slotOf(core::TimerId(0)), outcome.to);
}

TEST(SessionEdits, ComparesTwoBranches)
{
    Session session({});
    start(session);
    session.seekTick(50);
    session.intervene(move(0, 1300));
    finish(session);
    const auto c = session.compare(session.branches()[0].id, session.leading());
    EXPECT_EQ(c.parting.ticks, 50u);
    ASSERT_EQ(c.timers.size(), 1u);
    EXPECT_EQ(c.timers[0].name, "a");
    EXPECT_EQ(c.timers[0].firedA, Ticks{100});
    EXPECT_EQ(c.timers[0].firedB, Ticks{300});
}

/// Any edits at any places, then all of them undone and done again: each state of the inputs has its own log, the same
/// whenever one comes back to it, and the same as a run of the saved document.
RC_GTEST_PROP(SessionEditsProperty, AnEditAndItsUndoGiveBackTheIdenticalLog, ())
{
    core::Random random{*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>())};
    Session session({});
    session.start(opened(tests::randomDocument(random)), QStringLiteral("random"));
    finish(session);
    struct State
    {
        core::Snapshot snapshot;
        std::size_t branches = 0;
        core::Scenario document;
    };
    const auto state = [&] { return State{session.snapshot(), session.branches().size(), *session.document()}; };
    std::vector<State> states{state()};
    for (auto n = random.between(1, 6); n > 0; --n) {
        session.seek(tests::randomPosition(random, session.history()));
        const auto before = session.undoStack().index();
        switch (random.between(0, 7)) {
        case 0:
            session.fork();
            break;
        case 1:
            session.renameBranch(session.leading(), QStringLiteral("name %1").arg(n));
            break;
        case 2:
            session.dropBranch(session.leading());
            break;
        case 3: {
            auto document = *session.document();
            document.items.front().slack = static_cast<int>(random.between(0, 30));
            RC_ASSERT(session.applyDocument(document, QStringLiteral("slack")).has_value());
            break;
        }
        default:
            if (!session.inputs().timers.empty())
                session.intervene(tests::randomIntervention(random, session.inputs()));
        }
        finish(session);
        if (session.undoStack().index() == before) continue; // refused, or nothing to change
        states.push_back(state());
        RC_ASSERT(tests::sameLog(core::runAll(session.history().inputsPtr()), session.snapshot()));
        const auto saved = core::readScenario(core::writeScenario(*session.document()), "saved");
        RC_ASSERT(saved.has_value());
        RC_ASSERT(tests::sameLog(core::runAll(std::make_shared<const core::Inputs>(*saved)), session.snapshot()));
    }
    const auto isAs = [&](const State& s) {
        return tests::sameLog(session.snapshot(), s.snapshot) && session.branches().size() == s.branches &&
               *session.document() == s.document;
    };
    for (auto i = states.size(); i-- > 1;) {
        session.undoStack().undo();
        finish(session);
        RC_ASSERT(isAs(states[i - 1]));
        if (random.between(0, 2) == 0) session.seek(tests::randomPosition(random, session.history()));
    }
    RC_ASSERT(!session.undoStack().canUndo());
    RC_ASSERT(!session.isModified());
    for (std::size_t i = 1; i < states.size(); ++i) {
        session.undoStack().redo();
        finish(session);
        RC_ASSERT(isAs(states[i]));
    }
}
