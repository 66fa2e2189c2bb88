// SPDX-License-Identifier: GPL-3.0-or-later
// The hands of "What if": what is typed, dropped and shown.
#include "core/base/random.h"
#include "core/scenario/reader.h"
#include "tests/ui/support/test_desk.h"
#include "ui/whatif/branch_model.h"
#include "ui/whatif/branches_view.h"
#include "ui/whatif/dialogs.h"
#include "ui/whatif/drop.h"
#include "ui/whatif/expiry_text.h"
#include "ui/whatif/filing_lens.h"
#include "ui/whatif/interventions.h"
#include "ui/whatif/preview_card.h"

#include <QAbstractItemModelTester>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <gtest/gtest.h>

using namespace jiffy;
using namespace jiffy::ui;
using core::Intervention;

namespace
{

struct WhatIf : ::testing::Test, test::TestDesk
{
    QWidget window;
    Actions actions{nullptr};
    Interventions hands{desk, actions, &window};

    /// a: pending till 1100 on CPU 0; b: till 1400 on CPU 1, with slack; the playhead at 1050.
    WhatIf()
    {
        const auto text = R"({"format": "jiffyscope-scenario", "version": 1,
          "machine": {"cpus": 2, "bits": 32, "hz": 250, "jiffies": 1000},
          "items": [{"name": "a", "slack": 0}, {"name": "b", "slack": 40}],
          "actions": [{"at": "+0", "cpu": 0, "do": "mod_timer", "timer": "a", "expires": "+100"},
                      {"at": "+0", "cpu": 1, "do": "mod_timer", "timer": "b", "expires": "+400"}],
          "until": "+1000"})";
        core::Opened opened;
        auto document = *core::readDocument(text, "x");
        opened.inputs = std::make_shared<const core::Inputs>(*core::compile(document));
        opened.document = std::make_shared<const core::Scenario>(std::move(document));
        session.start(opened, QStringLiteral("x"));
        finish();
        session.seekTick(50);
    }
    void finish()
    {
        EXPECT_TRUE(QTest::qWaitFor(
            [&] {
                for (const auto& b : session.branches().all())
                    if (b.snapshot.status == core::RunStatus::Running) return false;
                return !session.isWaiting();
            },
            5000));
    }
    const core::Item& item(std::uint32_t id) { return session.world().item(core::TimerId(id)); }
    template <class Dialog> Dialog* dialog()
    {
        auto* found = window.findChild<Dialog*>();
        EXPECT_NE(found, nullptr);
        return found;
    }
};

const core::TimerId a(0), b(1);

void type(QDialog* dialog, const QString& label, const QString& text)
{
    for (auto* edit : dialog->findChildren<QLineEdit*>())
        if (edit->accessibleName() == label) return edit->setText(text);
    FAIL() << label.toStdString();
}

QPushButton* okOf(QDialog* dialog)
{
    return dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
}

} // namespace

TEST(ExpiryText, TakesWhatPeopleType)
{
    core::MachineConfig m;
    m.hz = core::Hz{250};
    struct Case
    {
        const char* text;
        std::uint64_t expires;
        bool isRelative;
    };
    for (const auto& c : {Case{"+200", 200, true}, Case{"4294919784", 4294919784u, false},
                          Case{" 4 294 919 784 ", 4294919784u, false}, Case{"0xFFFF45B4", 0xFFFF45B4u, false},
                          Case{"0xFFFF 45b4", 0xFFFF45B4u, false}, Case{"1.5s", 375, true}, Case{"+20ms", 5, true},
                          Case{"1ms", 1, true}, Case{"-5", 0xFFFFFFFBu, true}, Case{"0", 0, false}}) {
        const auto e = parseTypedExpiry(QString::fromLatin1(c.text), m);
        EXPECT_TRUE(e.isGood()) << c.text << ": " << e.error.toStdString();
        EXPECT_EQ(e.expires, c.expires) << c.text;
        EXPECT_EQ(e.isRelative, c.isRelative) << c.text;
    }
    for (const auto* wrong : {"", " ", "soon", "+", "1.5", "-300*HZ", "4294967296", "0x", "9999999999s", "1,5s"})
        EXPECT_FALSE(parseTypedExpiry(QString::fromLatin1(wrong), m).error.isEmpty()) << wrong;
    EXPECT_EQ(durationText(180, m.hz), QStringLiteral("720 ms"));
    EXPECT_EQ(durationText(200 * 250, m.hz), QStringLiteral("3 min 20 s"));
}

TEST(Drop, FindsTheEarliestExpiryOfEverySlot)
{
    core::Random random{3};
    for (const bool small : {false, true}) {
        const auto g = core::wheelGeometry(1, core::Word(32), small);
        for (int round = 0; round < 40; ++round) {
            const auto position = g.word.reduce(random.between(0, ~0u));
            for (std::uint32_t s = 0; s < g.levelSlots; ++s) {
                const auto expires = earliestExpiryIn(g, core::SlotId(s), position);
                if (!expires) {
                    ASSERT_EQ(g.place(core::SlotId(s)).level, 4) << "only there half a word does not reach";
                    continue;
                }
                ASSERT_EQ(core::slotWithin(g, *expires, position), s) << g.slotName(core::SlotId(s)) << " from " << position;
                // Earlier it would be another slot, or the past.
                if (*expires == position) continue;
                ASSERT_NE(core::slotWithin(g, g.word.reduce(*expires - 1), position), s) << g.slotName(core::SlotId(s));
            }
        }
        EXPECT_FALSE(earliestExpiryIn(g, g.runList(0), 0).has_value());
    }
}

TEST(FilingLens, ShowsWhichBitsDecide)
{
    const auto g = core::wheelGeometry(1, core::Word(32), false);
    auto rows = filingRows(g, 0x1234, 0x1000);
    EXPECT_EQ(rows.level, 1);
    EXPECT_EQ(rows.firstOne, 9);
    EXPECT_EQ(rows.picking, 0x1234u);
    rows = filingRows(g, 10, 20);
    EXPECT_EQ(rows.level, 0);
    EXPECT_EQ(rows.firstOne, -1);
    EXPECT_EQ(rows.picking, 20u) << "the past goes where the hand stands";
    EXPECT_EQ(rows.from, FilingRows::From::Position);
    const auto wide = core::wheelGeometry(1, core::Word(64), false);
    rows = filingRows(wide, 1ull << 40, 0);
    EXPECT_EQ(rows.from, FilingRows::From::Farthest);
    EXPECT_EQ(rows.picking, 0xFFFF'FFFFu);
}

TEST_F(WhatIf, ActionsFollowTheSelectionAndTheUndoStack)
{
    EXPECT_TRUE(actions[Act::AddTimer]->isEnabled());
    EXPECT_TRUE(actions[Act::Fork]->isEnabled());
    EXPECT_FALSE(actions[Act::MoveTimer]->isEnabled());
    EXPECT_FALSE(actions[Act::DeleteTimer]->isEnabled());
    EXPECT_FALSE(actions[Act::Undo]->isEnabled());
    selection.selectTimer(a);
    EXPECT_TRUE(actions[Act::MoveTimer]->isEnabled());
    EXPECT_TRUE(actions[Act::DeleteTimer]->isEnabled());
    actions[Act::DeleteTimer]->trigger();
    EXPECT_FALSE(item(0).isPending());
    EXPECT_FALSE(actions[Act::DeleteTimer]->isEnabled()) << "it is gone";
    EXPECT_TRUE(actions[Act::MoveTimer]->isEnabled()) << "and can be armed anew";
    EXPECT_TRUE(actions[Act::Undo]->text().contains(QStringLiteral("deleting a")));
    actions[Act::Undo]->trigger();
    EXPECT_TRUE(item(0).isPending());
    EXPECT_TRUE(actions[Act::Redo]->isEnabled());
    actions[Act::Redo]->trigger();
    EXPECT_FALSE(item(0).isPending());
}

TEST_F(WhatIf, ATypedExpiryIsTriedAndThenDone)
{
    selection.selectTimer(a);
    actions[Act::MoveTimer]->trigger();
    auto* move = dialog<MoveDialog>();
    EXPECT_EQ(move->findChild<QLineEdit*>()->text(), QStringLiteral("1100")) << "as it is";
    type(move, QStringLiteral("New expiry"), QStringLiteral("+1000"));
    EXPECT_EQ(move->preview().headline().left(7), QStringLiteral("tv2[8],"));
    EXPECT_TRUE(okOf(move)->isEnabled());
    EXPECT_EQ(session.branches().size(), 1u) << "only tried";
    type(move, QStringLiteral("New expiry"), QStringLiteral("soon"));
    EXPECT_FALSE(okOf(move)->isEnabled());
    EXPECT_TRUE(move->preview().headline().contains(QStringLiteral("soon")));
    QTest::keyClick(move, Qt::Key_Return);
    EXPECT_EQ(session.branches().size(), 1u) << "nothing is done by what is wrong";
    type(move, QStringLiteral("New expiry"), QStringLiteral("+1000"));
    okOf(move)->click();
    EXPECT_EQ(item(0).expires, 2050u);
    EXPECT_EQ(session.branches().size(), 2u);
}

TEST_F(WhatIf, EscLeavesEverythingAsItIs)
{
    selection.selectTimer(a);
    hands.askToMove();
    auto* move = dialog<MoveDialog>();
    type(move, QStringLiteral("New expiry"), QStringLiteral("+1000"));
    QTest::keyClick(move, Qt::Key_Escape);
    EXPECT_EQ(session.branches().size(), 1u);
    EXPECT_FALSE(session.undoStack().canUndo());
}

TEST_F(WhatIf, AnAddedTimerIsSelected)
{
    hands.setCpu(1);
    actions[Act::AddTimer]->trigger();
    auto* add = dialog<AddDialog>();
    type(add, QStringLiteral("Name"), QStringLiteral("a"));
    EXPECT_FALSE(okOf(add)->isEnabled()) << "taken";
    type(add, QStringLiteral("Name"), QStringLiteral("mine"));
    type(add, QStringLiteral("Slack in jiffies; empty: automatic"), QStringLiteral("none"));
    EXPECT_FALSE(okOf(add)->isEnabled());
    type(add, QStringLiteral("Slack in jiffies; empty: automatic"), QStringLiteral("0"));
    type(add, QStringLiteral("Expiry"), QStringLiteral("1300"));
    okOf(add)->click();
    ASSERT_EQ(selection.timer(), core::TimerId(2));
    EXPECT_EQ(session.inputs().timerName(core::TimerId(2)), "mine");
    EXPECT_EQ(item(2).expires, 1300u);
    EXPECT_EQ(item(2).cpu, 1u);
    EXPECT_EQ(item(2).slack, 0);
}

TEST_F(WhatIf, ADropFilesInTheSlotOfThatCpu)
{
    const auto g = session.world().geometry(); // a copy: the world of another branch takes this one's place
    for (const auto slot : {g.slot(0, 0, 200), g.slot(1, 1, 20), g.slot(1, 2, 5)}) {
        const auto drop = hands.previewDrop(a, slot);
        ASSERT_TRUE(drop.has_value());
        EXPECT_EQ(drop->outcome.to, slot);
        EXPECT_FALSE(hands.words(*drop).headline.isEmpty());
    }
    // b's slack rounds expiries up: another one of the same slot is found.
    const auto drop = hands.previewDrop(b, g.slot(1, 1, 6));
    ASSERT_TRUE(drop.has_value());
    EXPECT_EQ(drop->outcome.to, g.slot(1, 1, 6));
    EXPECT_FALSE(hands.previewDrop(a, g.runList(0)).has_value());
    hands.moveInto(a, g.slot(1, 1, 20));
    EXPECT_EQ(session.world().slotOf(a), g.slot(1, 1, 20));
    EXPECT_EQ(item(0).cpu, 1u);
    hands.moveTo(a, 1222);
    EXPECT_EQ(item(0).expires, 1222u);
    EXPECT_EQ(session.branches().size(), 2u) << "one after the other is one branch";
}

TEST_F(WhatIf, WordsTellWhatTheCallReturnsAndWhatSlackAdds)
{
    auto* trial = session.trial();
    ASSERT_NE(trial, nullptr);
    Intervention what;
    what.timer = b;
    what.cpu = 1;
    what.expires = 1301;
    auto p = previewOf(*trial, what, trial->of(what));
    EXPECT_TRUE(p.isFiled);
    EXPECT_TRUE(p.plain().contains(QStringLiteral("return 1"))) << p.plain().toStdString();
    EXPECT_TRUE(p.plain().contains(QStringLiteral("Slack puts it off by")));
    EXPECT_TRUE(p.plain().contains(QStringLiteral("Takes effect here, at jiffies 1050.")));
    what.expires = item(1).expires;
    what.isPinned = true;
    p = previewOf(*trial, what, trial->of(what));
    EXPECT_TRUE(p.plain().contains(QStringLiteral("touch nothing"))) << p.plain().toStdString();
    what = {};
    what.what = Intervention::What::Delete;
    what.timer = a;
    p = previewOf(*trial, what, trial->of(what));
    EXPECT_FALSE(p.isFiled);
    EXPECT_TRUE(p.plain().contains(QStringLiteral("del_timer() will return 1")));
}

TEST_F(WhatIf, TheForkDialogNamesTheBranch)
{
    actions[Act::Fork]->trigger();
    auto* fork = dialog<ForkDialog>();
    EXPECT_EQ(fork->findChild<QLineEdit*>()->text(), QStringLiteral("fork at 1050"));
    fork->findChild<QLineEdit*>()->setText(QStringLiteral("late"));
    okOf(fork)->click();
    ASSERT_EQ(session.branches().size(), 2u);
    EXPECT_EQ(session.branches()[1].name, "late");
    EXPECT_EQ(session.leading(), session.branches()[1].id);
}

TEST_F(WhatIf, TheListOfBranchesSwitchesRenamesComparesAndDrops)
{
    BranchesView view(desk, nullptr);
    const QAbstractItemModelTester tester(&view.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    view.resize(1200, 200);
    EXPECT_EQ(view.model().rowCount(), 1);
    hands.moveTo(a, 1300);
    finish();
    ASSERT_EQ(view.model().rowCount(), 2);
    const auto text = [&](int row, BranchModel::Column c) { return view.model().index(row, c).data().toString(); };
    EXPECT_EQ(text(1, BranchModel::ForkedFrom), QStringLiteral("original"));
    EXPECT_EQ(text(1, BranchModel::ForkedAt), QStringLiteral("1050"));
    EXPECT_EQ(text(1, BranchModel::Done), QStringLiteral("a to 1300 at 1050"));
    EXPECT_EQ(text(0, BranchModel::Fired), QStringLiteral("2"));
    EXPECT_EQ(text(0, BranchModel::Differs), QStringLiteral("from 1050 on; 1 timer fires otherwise"));
    EXPECT_TRUE(view.model().index(1, 0).data(Qt::AccessibleTextRole).toString().endsWith(QStringLiteral(", leading")));

    view.list().setCurrentIndex(view.model().index(0, 0));
    EXPECT_TRUE(view.comparison().contains(QStringLiteral("a fires at 1300; in “original” at 1100."))) << view.comparison().toStdString();
    view.switchToChosen();
    EXPECT_EQ(session.leading(), session.branches()[0].id);
    EXPECT_EQ(view.list().currentIndex().row(), 0);
    ASSERT_TRUE(view.model().setData(view.model().index(0, 0), QStringLiteral("first"), Qt::EditRole));
    EXPECT_EQ(text(0, BranchModel::Name), QStringLiteral("▸ first"));

    // In the list Del and F2 are about branches.
    view.list().setCurrentIndex(view.model().index(1, 0));
    QKeyEvent override(QEvent::ShortcutOverride, Qt::Key_Delete, Qt::NoModifier);
    override.ignore();
    QCoreApplication::sendEvent(&view.list(), &override);
    EXPECT_TRUE(override.isAccepted());
    QTest::keyClick(&view.list(), Qt::Key_Delete);
    EXPECT_EQ(session.branches().size(), 1u);
    EXPECT_EQ(view.model().rowCount(), 1);
    session.undoStack().undo();
    EXPECT_EQ(view.model().rowCount(), 2);
    EXPECT_EQ(text(1, BranchModel::Name), QStringLiteral("a to 1300 at 1050"));
}
