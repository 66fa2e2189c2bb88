// SPDX-License-Identifier: GPL-3.0-or-later
// What if, for tgtd: the dialogs try what is typed on both schedulers, and do it.
#include "core/insight/lateness.h"
#include "core/scenario/ops_reader.h"
#include "core/scenario/reader.h"
#include "tests/ui/support/test_desk.h"
#include "ui/whatif/branch_model.h"
#include "ui/whatif/preview_card.h"
#include "ui/whatif/work_dialog.h"

#include <gtest/gtest.h>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace jiffy;
using What = core::Intervention::What;

namespace
{

const char* const scenario = R"({"format": "jiffyscope-scenario", "version": 1, "title": "by hand",
 "daemon": {"scheduler": "new", "files": [{"name": "slow disk", "fd": 11}]},
 "items": [{"name": "isns_poll"}, {"name": "keepalive"}],
 "actions": [{"at": "100ms", "do": "add_work", "work": "isns_poll", "seconds": 4}],
 "until": "16s"})";

class WorkWhatIf : public testing::Test
{
  protected:
    WorkWhatIf()
    {
        auto document = std::make_shared<const core::Scenario>(core::readDocument(scenario, "test").value());
        auto inputs = std::make_shared<const core::Inputs>(core::compile(*document).value());
        core::Opened opened{inputs, {}};
        opened.document = document;
        desk.session.start(std::move(opened), QStringLiteral("test.jiffy.json"));
        while (desk.session.isRunning())
            QTest::qWait(2);
        desk.session.seekTick(1'000'000);
    }
    QString words(ui::WorkDialog& dialog)
    {
        QStringList all;
        for (auto* label : dialog.preview().findChildren<QLabel*>())
            if (label->isVisibleTo(&dialog.preview())) all << label->text();
        return all.join(QLatin1Char('\n'));
    }
    static void press(ui::WorkDialog* dialog)
    {
        dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
    }
    core::Lateness lateness()
    {
        while (desk.session.isRunning())
            QTest::qWait(2);
        core::Lateness run(desk.session.inputs());
        run.extend(desk.session.snapshot().log);
        return run;
    }

    test::TestDesk desk;
};

} // namespace

TEST_F(WorkWhatIf, AddingWorkIsForetoldOnBothSchedulersAndDone)
{
    auto* dialog = new ui::WorkDialog(desk.session, desk.theme, What::AddWork, core::TimerId(1), nullptr);
    dialog->findChild<QLineEdit*>()->setText(QStringLiteral("2"));
    QTest::qWait(120);
    EXPECT_TRUE(words(*dialog).contains(QStringLiteral("keepalive runs at 3.250 s, 0.25 s late")))
        << words(*dialog).toStdString();
    EXPECT_TRUE(words(*dialog).contains(QStringLiteral("old scheduler: runs at 7.000")));
    press(dialog);
    const auto run = lateness();
    ASSERT_EQ(run.runs().size(), 2u);
    EXPECT_EQ(run.runs()[1].endedAt, 3'250'000u);
    EXPECT_EQ(desk.session.branches().size(), 2u);
    // What would be saved gives the same log.
    const auto again = core::compile(*desk.session.document()).value();
    EXPECT_EQ(again.actions, desk.session.inputs().actions);
    desk.session.undoStack().undo();
    EXPECT_EQ(lateness().runs().size(), 1u);
    desk.session.undoStack().redo();
    EXPECT_EQ(lateness().runs().size(), 2u);
}

TEST_F(WorkWhatIf, ABusyHandlerAndAStepOfTheClock)
{
    auto* burn = new ui::WorkDialog(desk.session, desk.theme, What::Burn, {}, nullptr);
    burn->findChild<QComboBox*>()->setCurrentIndex(1);
    burn->findChild<QLineEdit*>()->setText(QStringLiteral("4s"));
    QTest::qWait(120);
    EXPECT_TRUE(words(*burn).contains(QStringLiteral("16 alarms come meanwhile")))
        << words(*burn).toStdString();
    press(burn);
    EXPECT_EQ(lateness().runs().front().endedAt, 5'000'001u);

    auto* step = new ui::WorkDialog(desk.session, desk.theme, What::StepWall, {}, nullptr);
    step->findChild<QLineEdit*>()->setText(QStringLiteral("later"));
    QTest::qWait(120);
    EXPECT_FALSE(words(*step).isEmpty());
    step->findChild<QLineEdit*>()->setText(QStringLiteral("-5s"));
    QTest::qWait(120);
    EXPECT_TRUE(words(*step).contains(QStringLiteral("The wall clock goes back by 5.00 s.")))
        << words(*step).toStdString();
    press(step);
    EXPECT_EQ(lateness().runs().front().endedAt, 9'250'000u);
}

TEST_F(WorkWhatIf, SaysThatAnEventDoesIt)
{
    EXPECT_EQ(desk.session.suggestedForkName(), QStringLiteral("fork at 1.000 s"));
    core::Intervention what;
    what.what = What::Burn;
    what.microseconds = 1'100'000;
    ASSERT_TRUE(desk.session.intervene(what));
    EXPECT_TRUE(desk.session.saidHere().startsWith(QStringLiteral("An event at 1.000\u2009001 s takes 1.10 s")))
        << desk.session.saidHere().toStdString();
}

/// The question of a scenario that provokes a fault stands where it opens, and is gone elsewhere.
TEST(FaultScenario, AsksItsQuestionWhereItOpens)
{
    const auto asked = [](const char* fail) {
        test::TestDesk desk;
        const auto text = std::string(R"({"format": "jiffyscope-scenario", "version": 1, "title": "t", "watch": "Why?", "opening": "time=1s",
 "daemon": {"scheduler": "new")") + fail + R"(}, "until": "2s"})";
        auto document = std::make_shared<const core::Scenario>(core::readDocument(text, "test").value());
        core::Opened opened{std::make_shared<const core::Inputs>(core::compile(*document).value()), {}};
        opened.document = document;
        desk.session.start(std::move(opened), QStringLiteral("test.jiffy.json"));
        while (desk.session.isRunning() || desk.session.ticks() == 0)
            QTest::qWait(2);
        const auto there = desk.session.saidHere();
        desk.session.stepForward(core::Rung::Operation);
        EXPECT_TRUE(desk.session.saidHere().isEmpty());
        return there;
    };
    EXPECT_EQ(asked(R"(, "fail": {"write": 3})"), QStringLiteral("Why?"));
    EXPECT_EQ(asked(""), QString());
}

TEST_F(WorkWhatIf, BranchesSayTimesAndRuns)
{
    core::Intervention what;
    what.what = What::DelWork;
    what.timer = core::TimerId(0);
    ASSERT_TRUE(desk.session.intervene(what));
    while (desk.session.isRunning())
        QTest::qWait(2);
    ui::BranchModel model(desk.session, desk.theme, nullptr);
    model.refresh();
    EXPECT_EQ(model.headerData(ui::BranchModel::Fired, Qt::Horizontal, Qt::DisplayRole).toString(),
              QStringLiteral("Runs"));
    EXPECT_EQ(model.index(1, ui::BranchModel::Done).data().toString(),
              QStringLiteral("an event at 1.000\u2009001 s deletes isns_poll"));
    const auto& all = desk.session.branches().all();
    const auto lines = ui::comparisonLines(desk.session.compare(all[0].id, all[1].id), QStringLiteral("a"),
                                           QStringLiteral("b"), desk.session.inputs().machine);
    EXPECT_TRUE(
        lines.join(QLatin1Char('\n')).contains(QStringLiteral("isns_poll runs at 4.250 s; in “b” never")))
        << lines.join(QLatin1Char('\n')).toStdString();
}
