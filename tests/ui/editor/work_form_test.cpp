// SPDX-License-Identifier: GPL-3.0-or-later
// The form of a scenario about tgtd and its text are one document.
#include "core/scenario/reader.h"
#include "tests/support/source_dir.h"
#include "ui/editor/scenario_text.h"
#include "ui/editor/work_action_model.h"
#include "ui/editor/work_form.h"
#include "ui/editor/work_item_model.h"
#include "ui/editor/work_text.h"

#include <gtest/gtest.h>
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTextCursor>
#include <QTextDocument>

using namespace jiffy;
using namespace jiffy::ui;

namespace
{

const QByteArray small = R"({
  // tgtd
  "format": "jiffyscope-scenario", "version": 1, "title": "T",
  "daemon": {"scheduler": "new", "files": [{"name": "iSCSI login", "fd": 9}]}, // the patch
  "items": [
    {"name": "A", "on": [{"do": "burn", "for": "100ms"}]}, // the first
    {"name": "B"}
  ],
  "actions": [
    {"at": "1s", "do": "add_work", "work": "A", "seconds": 4, "file": "iSCSI login"}, // a comment
    {"at": "2s", "do": "settime", "by": "-1s"}
  ],
  "expect": [{"work": "A", "runs": "5s"}, {"order": ["A", "B"]}]
}
)";

struct WorkFormTest : testing::Test
{
    ScenarioText text;
    ThemeProvider theme;
    WorkForm form{text, theme, nullptr};
    QAbstractItemModelTester actionTester{&form.actionModel(),
                                          QAbstractItemModelTester::FailureReportingMode::Fatal};
    QAbstractItemModelTester itemTester{&form.itemModel(),
                                        QAbstractItemModelTester::FailureReportingMode::Fatal};

    WorkFormTest()
    {
        text.open(small, QStringLiteral("x"));
        EXPECT_FALSE(text.hasFaults());
    }
    QLineEdit* line(const char* name) const
    {
        return form.findChild<QLineEdit*>(QLatin1String("tgtd.") + QLatin1String(name));
    }
    /// As a user does: select, type, Return.
    void enter(const char* name, const QString& words) const
    {
        auto* edit = line(name);
        ASSERT_NE(edit, nullptr) << name;
        edit->selectAll();
        if (words.isEmpty()) QTest::keyClick(edit, Qt::Key_Delete);
        QTest::keyClicks(edit, words);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    const core::ScenarioDaemon& daemon() const { return *text.scenario().daemon; }
    /// What the text says, with all that it said before but for one piece.
    static QByteArray with(const char* from, const char* to)
    {
        auto bytes = small;
        EXPECT_EQ(bytes.count(from), 1) << from;
        return bytes.replace(from, to);
    }
    QModelIndex action(int row, int column) { return form.actionModel().index(row, column); }
};

} // namespace

TEST_F(WorkFormTest, ShowsTheDocumentInTheFieldsOfADaemon)
{
    EXPECT_EQ(line("title.")->text(), QStringLiteral("T"));
    EXPECT_EQ(form.findChild<QComboBox*>(QStringLiteral("tgtd.daemon.scheduler"))->currentIndex(), 1);
    EXPECT_EQ(line("daemon.files")->text(), QStringLiteral("iSCSI login 9"));
    EXPECT_EQ(form.actionModel().rowCount(), 2);
    EXPECT_EQ(action(0, WorkActionModel::Amount).data().toString(), QStringLiteral("4"));
    EXPECT_EQ(action(1, WorkActionModel::Amount).data().toString(), QStringLiteral("-1s"));
    EXPECT_EQ(form.itemModel().index(0, WorkItemModel::Func).data().toString(), QStringLiteral("burn 100ms"));
    for (const char* wheel : {"machine.jiffies", "machine.cpus", "machine.hz"})
        EXPECT_EQ(form.findChild<QWidget*>(QLatin1String(wheel)), nullptr) << wheel;
    for (auto* edit : form.findChildren<QLineEdit*>())
        EXPECT_FALSE(edit->accessibleName().isEmpty()) << edit->objectName().toStdString();
}

TEST_F(WorkFormTest, ChangesOnlyWhatWasChanged)
{
    form.findChild<QComboBox*>(QStringLiteral("tgtd.daemon.scheduler"))->setCurrentIndex(0);
    EXPECT_EQ(text.bytes(), with("\"scheduler\": \"new\"", "\"scheduler\": \"old\""));
    form.findChild<QComboBox*>(QStringLiteral("tgtd.daemon.scheduler"))->setCurrentIndex(1);
    EXPECT_EQ(text.bytes(), small);
    ASSERT_TRUE(
        form.actionModel().setData(action(0, WorkActionModel::Amount), QStringLiteral("5"), Qt::EditRole));
    EXPECT_EQ(text.bytes(), with("\"seconds\": 4", "\"seconds\": 5"));
    ASSERT_TRUE(
        form.actionModel().setData(action(0, WorkActionModel::Amount), QStringLiteral("4"), Qt::EditRole));
    EXPECT_EQ(text.bytes(), small);
}

TEST_F(WorkFormTest, TakesFieldsAsTheyAreTyped)
{
    enter("daemon.interval", QStringLiteral("100ms"));
    enter("daemon.costs", QStringLiteral("syscall 5us, func 1ms"));
    enter("daemon.fail", QStringLiteral("write 3"));
    enter("daemon.files", QStringLiteral("iSCSI login 9, slow disk 11"));
    enter("daemon.batch", QStringLiteral("16"));
    enter("until.", QStringLiteral("16s"));
    EXPECT_EQ(daemon().interval.text, "100ms");
    EXPECT_EQ(daemon().costs[0].text, "5us");
    EXPECT_EQ(daemon().costs[6].text, "1ms");
    EXPECT_EQ(daemon().failWrite, 3u);
    ASSERT_EQ(daemon().files.size(), 2u);
    EXPECT_EQ(daemon().files[1].name.text, "slow disk");
    EXPECT_EQ(daemon().batch, 16u);
    EXPECT_EQ(text.scenario().until.text, "16s");
    for (const char* field : {"daemon.interval", "daemon.costs", "daemon.fail", "daemon.batch", "until."})
        enter(field, {});
    enter("daemon.files", QStringLiteral("iSCSI login 9"));
    EXPECT_EQ(text.bytes(), small); // and back again, comments and all
}

TEST_F(WorkFormTest, SaysWhyItTakesNothing)
{
    QSignalSpy refused(&form, &FormPage::refused);
    enter("daemon.costs", QStringLiteral("read 5us"));
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return !refused.isEmpty() && !refused.last().first().toString().isEmpty(); }, 3000));
    EXPECT_TRUE(refused.last().first().toString().contains(QStringLiteral("read 5us")));
    EXPECT_EQ(text.bytes(), small);
    EXPECT_FALSE(
        form.actionModel().setData(action(0, WorkActionModel::Amount), QStringLiteral("soon"), Qt::EditRole));
    EXPECT_TRUE(refused.last().first().toString().contains(QStringLiteral("whole seconds")));
    EXPECT_FALSE(
        form.itemModel().setData(form.itemModel().index(0, 1), QStringLiteral("rearm by +10"), Qt::EditRole));
    EXPECT_EQ(text.bytes(), small);
}

TEST_F(WorkFormTest, WhatMakesNoSenseYetIsMarkedInItsCell)
{
    ASSERT_TRUE(
        form.actionModel().setData(action(0, WorkActionModel::Work), QStringLiteral("nobody"), Qt::EditRole));
    text.readNow();
    EXPECT_TRUE(text.hasFaults());
    EXPECT_TRUE(
        action(0, WorkActionModel::Work).data(FaultRole).toString().contains(QStringLiteral("nobody")));
    ASSERT_TRUE(form.actionModel().setData(action(1, WorkActionModel::Amount), QStringLiteral("later"),
                                           Qt::EditRole));
    text.readNow();
    EXPECT_TRUE(
        action(1, WorkActionModel::Amount).data(FaultRole).toString().contains(QStringLiteral("later")));
}

TEST_F(WorkFormTest, AnotherCallKeepsWhatItCanUse)
{
    auto& model = form.actionModel();
    for (const char* call :
         {"burn", "settime", "slow_call", "event_sched", "del_work", "shutdown", "add_work"}) {
        ASSERT_TRUE(model.setData(action(0, WorkActionModel::Do), QLatin1String(call), Qt::EditRole)) << call;
        text.readNow();
        EXPECT_FALSE(text.hasFaults()) << call;
    }
    EXPECT_EQ(daemon().actions[0].work.text, "A");
}

TEST_F(WorkFormTest, ANewNameIsNewEverywhere)
{
    ASSERT_TRUE(form.itemModel().setData(form.itemModel().index(0, WorkItemModel::Name),
                                         QStringLiteral("poll"), Qt::EditRole));
    text.readNow();
    EXPECT_FALSE(text.hasFaults());
    EXPECT_EQ(daemon().actions[0].work.text, "poll");
    EXPECT_EQ(text.scenario().expect[0].work.text, "poll");
    EXPECT_EQ(text.scenario().expect[1].order[0].text, "poll");
    EXPECT_TRUE(text.bytes().contains("// the first"));
}

TEST_F(WorkFormTest, RowsComeAndGo)
{
    form.actionModel().add(1);
    form.itemModel().add(1);
    form.itemModel().duplicate(0);
    text.readNow();
    EXPECT_FALSE(text.hasFaults());
    EXPECT_EQ(form.actionModel().rowCount(), 3);
    EXPECT_EQ(form.itemModel().rowCount(), 4);
    form.actionModel().remove({2});
    form.itemModel().remove({1, 3});
    EXPECT_EQ(text.bytes(), small);
}

/// Every built-in scenario about tgtd: shown, not changed.
TEST_F(WorkFormTest, LosesNothingOfAnyScenario)
{
    const QDir folder(QString::fromStdString(test::sourceDir("/resources/scenarios")));
    const auto names = folder.entryList({QStringLiteral("tgtd*.jiffy.json")});
    ASSERT_GE(names.size(), 20);
    for (const auto& name : names) {
        QFile file(folder.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        const auto bytes = file.readAll();
        text.open(bytes, name);
        text.readNow();
        EXPECT_FALSE(text.hasFaults()) << name.toStdString();
        EXPECT_EQ(text.bytes(), bytes) << name.toStdString();
        const auto func = form.itemModel().rowCount() > 0
                              ? form.itemModel().index(0, WorkItemModel::Func).data().toString()
                              : QString();
        if (func.isEmpty()) continue;
        ASSERT_TRUE(
            form.itemModel().setData(form.itemModel().index(0, WorkItemModel::Func), func, Qt::EditRole))
            << name.toStdString();
        EXPECT_EQ(text.bytes(), bytes) << name.toStdString();
    }
}

TEST(WorkTextLists, AreReadBack)
{
    QString fault;
    const auto func = QStringLiteral("burn 100ms, rearm 1, add B 0, del B");
    ASSERT_TRUE(parseFunc(func, fault));
    EXPECT_EQ(funcText(*parseFunc(func, fault)), func);
    EXPECT_TRUE(parseFunc(QStringLiteral("  "), fault)->empty());
    for (const char* odd : {"rearm", "rearm soon", "add B", "try_del B", "burn 1s 2s", ","})
        EXPECT_FALSE(parseFunc(QLatin1String(odd), fault)) << odd;
    const auto files = QStringLiteral("iSCSI login 9, slow disk 11");
    ASSERT_TRUE(parseFiles(files, fault));
    EXPECT_EQ(filesText(*parseFiles(files, fault)), files);
    for (const char* odd : {"disk", "9", "disk nine"})
        EXPECT_FALSE(parseFiles(QLatin1String(odd), fault)) << odd;
    const auto costs = QStringLiteral("syscall 5us, flag 1ms");
    ASSERT_TRUE(parseCosts(costs, fault));
    EXPECT_EQ(costsText(*parseCosts(costs, fault)), costs);
    EXPECT_FALSE(parseCosts(QStringLiteral("syscall"), fault));
    core::ScenarioDaemon d;
    EXPECT_TRUE(parseFailures(QStringLiteral("pipe, write 3"), d, fault));
    EXPECT_EQ(failuresText(d), QStringLiteral("pipe, write 3"));
    EXPECT_FALSE(parseFailures(QStringLiteral("write 0"), d, fault));
    EXPECT_EQ(failuresText(d), QStringLiteral("pipe, write 3"));
}
