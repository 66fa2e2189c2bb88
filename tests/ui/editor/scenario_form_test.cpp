// SPDX-License-Identifier: GPL-3.0-or-later
// The form of a scenario about timers: what it says of the algorithms.
#include "ui/editor/scenario_form.h"

#include "core/timers/registry.h"
#include "ui/editor/action_model.h"
#include "ui/editor/scenario_text.h"
#include "ui/editor/timer_model.h"

#include <gtest/gtest.h>
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace jiffy;
using namespace jiffy::ui;

namespace
{

const QByteArray document = R"({
  "format": "jiffyscope-scenario", "version": 1, "title": "T",
  "machine": {"cpus": 2, "hz": 1000, "jiffies": 1000}, // of 3.9
  "items": [{"name": "A"}], // one
  "actions": [
    {"at": "+1", "do": "mod_timer", "timer": "A", "expires": "+10"} // a comment
  ]
}
)";

struct ScenarioFormTest : testing::Test
{
    ScenarioText text;
    ThemeProvider theme;
    ScenarioForm form{text, theme, nullptr};
    QAbstractItemModelTester actionTester{&form.actionModel(), QAbstractItemModelTester::FailureReportingMode::Fatal};
    QAbstractItemModelTester timerTester{&form.timerModel(), QAbstractItemModelTester::FailureReportingMode::Fatal};

    ScenarioFormTest() { open(document); }
    void open(const QByteArray& bytes)
    {
        text.open(bytes, QStringLiteral("x"));
        EXPECT_FALSE(text.hasFaults());
    }
    QComboBox& algorithm() const { return *form.findChild<QComboBox*>(QStringLiteral("machine.timers")); }
    void compare(const QString& words)
    {
        auto* edit = form.findChild<QLineEdit*>(QStringLiteral("compare."));
        ASSERT_NE(edit, nullptr);
        edit->selectAll();
        if (words.isEmpty()) QTest::keyClick(edit, Qt::Key_Delete);
        QTest::keyClicks(edit, words);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    static QByteArray with(const char* from, const char* to)
    {
        auto bytes = document;
        EXPECT_EQ(bytes.count(from), 1) << from;
        return bytes.replace(from, to);
    }
    bool isShown(int column) const { return !form.timers().isColumnHidden(column); }
};

} // namespace

TEST_F(ScenarioFormTest, ChoosesAmongTheAlgorithmsOfTheRegistry)
{
    EXPECT_EQ(algorithm().count(), static_cast<int>(core::timerAlgorithms().size()));
    EXPECT_EQ(algorithm().currentIndex(), 0);
    algorithm().setCurrentIndex(2);
    EXPECT_EQ(text.scenario().machine.timers, core::TimerAlgorithm::Wheel61);
    EXPECT_EQ(text.bytes(), with(R"({"cpus": 2, "hz")", R"({"cpus": 2, "timers": "wheel-6.1", "hz")"));
    algorithm().setCurrentIndex(1);
    EXPECT_TRUE(text.scenario().machine.small);
    EXPECT_FALSE(text.hasFaults());
    algorithm().setCurrentIndex(3);
    EXPECT_EQ(text.scenario().machine.timers, core::TimerAlgorithm::SortedList);
    EXPECT_FALSE(text.scenario().machine.small);
    algorithm().setCurrentIndex(0);
    EXPECT_EQ(text.bytes(), document);
}

TEST_F(ScenarioFormTest, ShowsWhatTheAlgorithmsLookAt)
{
    EXPECT_TRUE(isShown(TimerModel::Slack) && isShown(TimerModel::Deferrable) && !isShown(TimerModel::Pinned));
    algorithm().setCurrentIndex(2);
    EXPECT_TRUE(!isShown(TimerModel::Slack) && isShown(TimerModel::Deferrable) && isShown(TimerModel::Pinned));
    algorithm().setCurrentIndex(3);
    EXPECT_TRUE(!isShown(TimerModel::Slack) && !isShown(TimerModel::Deferrable) && !isShown(TimerModel::Pinned));
    compare(QStringLiteral("sorted-list, wheel-6.1"));
    EXPECT_TRUE(!isShown(TimerModel::Slack) && isShown(TimerModel::Deferrable) && isShown(TimerModel::Pinned));
    compare(QStringLiteral("sorted-list wheel-3.9"));
    EXPECT_TRUE(isShown(TimerModel::Slack) && isShown(TimerModel::Deferrable) && !isShown(TimerModel::Pinned));
    // What a timer says is never hidden.
    open(with(R"({"name": "A"})", R"({"name": "A", "pinned": true})"));
    EXPECT_TRUE(isShown(TimerModel::Pinned));
}

TEST_F(ScenarioFormTest, TakesWhatItIsComparedOn)
{
    compare(QStringLiteral("sorted-list, wheel-3.9  wheel-6.1"));
    EXPECT_EQ(text.scenario().compare, (std::vector<std::string>{"sorted-list", "wheel-3.9", "wheel-6.1"}));
    EXPECT_TRUE(text.bytes().contains(R"("compare": ["sorted-list", "wheel-3.9", "wheel-6.1"])"));
    EXPECT_TRUE(text.bytes().contains("// a comment"));
    const QSignalSpy refused(&form, &FormPage::refused);
    compare(QStringLiteral("wheel-3.9, heap"));
    ASSERT_FALSE(refused.isEmpty());
    EXPECT_TRUE(refused.last().front().toString().contains(QLatin1String("there is no algorithm \"heap\"")));
    EXPECT_EQ(text.scenario().compare.size(), 3u);
    compare(QString());
    EXPECT_TRUE(text.scenario().compare.empty());
    EXPECT_FALSE(text.hasFaults());
}

TEST_F(ScenarioFormTest, PinsATimer)
{
    const auto cell = form.timerModel().index(0, TimerModel::Pinned);
    EXPECT_TRUE(cell.flags() & Qt::ItemIsUserCheckable);
    ASSERT_TRUE(form.timerModel().setData(cell, Qt::Checked, Qt::CheckStateRole));
    EXPECT_EQ(text.bytes(), with(R"({"name": "A"})", R"({"name": "A", "pinned": true})"));
    EXPECT_FALSE(text.scenario().items[0].irqSafe);
}

TEST_F(ScenarioFormTest, KnowsWhatACallTakes)
{
    const auto call = [&](const char* name) {
        EXPECT_TRUE(form.actionModel().setData(form.actionModel().index(0, ActionModel::Do), QLatin1String(name), Qt::EditRole));
        EXPECT_FALSE(text.hasFaults()) << name;
        return text.scenario().actions[0];
    };
    EXPECT_EQ(call("timer_reduce").expires.text, "+10");
    EXPECT_EQ(text.bytes(), with("\"mod_timer\"", "\"timer_reduce\""));
    EXPECT_FALSE(call("get_next_timer_interrupt").timer.isSaid());
    EXPECT_EQ(call("timer_reduce").timer.text, "A");
}

TEST_F(ScenarioFormTest, SaysWhatElseTheTextHas)
{
    open(with("\"title\": \"T\",", R"("title": "T", "notes": ["One.", "Two."],)"));
    bool isSaid = false;
    for (const auto* label : form.findChildren<QLabel*>()) isSaid |= label->text().contains(QLatin1String("2 notes"));
    EXPECT_TRUE(isSaid);
}

TEST_F(ScenarioFormTest, MakesAMachineOfCpus)
{
    auto* interrupts = form.findChild<QComboBox*>(QStringLiteral("machine.interrupts"));
    auto* nohz = form.findChild<QComboBox*>(QStringLiteral("machine.nohz"));
    auto* idle = form.findChild<QLineEdit*>(QStringLiteral("machine.idle"));
    auto* skew = form.findChild<QLineEdit*>(QStringLiteral("machine.skew"));
    ASSERT_TRUE(interrupts != nullptr && nohz != nullptr && idle != nullptr && skew != nullptr);
    EXPECT_TRUE(idle->parentWidget()->isHidden()) << "a wheel alone has no idle CPUs";
    nohz->setCurrentIndex(1);
    EXPECT_EQ(interrupts->currentIndex(), 1) << "a tick that can be stopped is an interrupt";
    nohz->setCurrentIndex(0);
    EXPECT_EQ(interrupts->currentIndex(), 0);
    interrupts->setCurrentIndex(1);
    nohz->setCurrentIndex(1);
    EXPECT_FALSE(idle->parentWidget()->isHidden());
    const auto type = [](QLineEdit* edit, const char* words) {
        edit->selectAll();
        QTest::keyClick(edit, Qt::Key_Delete);
        QTest::keyClicks(edit, QLatin1String(words));
        QTest::keyClick(edit, Qt::Key_Return);
    };
    type(idle, "0, 1");
    type(skew, "50us");
    EXPECT_EQ(text.scenario().machine.idle, (std::vector<int>{0, 1}));
    EXPECT_EQ(text.scenario().machine.skew.text, "50us");
    EXPECT_FALSE(text.hasFaults());
    EXPECT_TRUE(text.bytes().contains("// of 3.9"));
    const QSignalSpy refused(&form, &FormPage::refused);
    type(idle, "0, x");
    EXPECT_FALSE(refused.isEmpty());
    type(idle, "");
    type(skew, "");
    interrupts->setCurrentIndex(0);
    nohz->setCurrentIndex(0);
    EXPECT_EQ(text.bytes(), document);
}

TEST_F(ScenarioFormTest, SpellsWhatCodeOfEachKindDoes)
{
    const auto cell = form.timerModel().index(0, TimerModel::Callback);
    for (const auto* words : {"rearm +10, add A +5, del A, try_del A", "burn 3 jiffies, spin_lock L, spin_unlock L, msleep 5",
                              "add_timer_on A +5 1, del_timer_sync A, kfree A, burn 2ms"}) {
        ASSERT_TRUE(form.timerModel().setData(cell, QLatin1String(words), Qt::EditRole)) << words;
        EXPECT_EQ(cell.data(Qt::DisplayRole).toString(), QLatin1String(words));
        EXPECT_FALSE(text.hasFaults()) << words;
    }
    for (const auto* words : {"burn", "add_timer_on A +5 x", "msleep many", "spin_lock", "sleep 5"}) EXPECT_FALSE(form.timerModel().setData(cell, QLatin1String(words), Qt::EditRole)) << words;
}

TEST_F(ScenarioFormTest, KeepsAndEditsWhatAnInterruptDoes)
{
    auto& model = form.actionModel();
    const auto with = [&] { return model.index(0, ActionModel::With); };
    EXPECT_TRUE(form.actions().isColumnHidden(ActionModel::With));
    ASSERT_TRUE(model.setData(model.index(0, ActionModel::Do), QStringLiteral("interrupt"), Qt::EditRole));
    EXPECT_FALSE(form.actions().isColumnHidden(ActionModel::With));
    ASSERT_TRUE(model.setData(with(), QStringLiteral("burn 20us, add A +5"), Qt::EditRole));
    EXPECT_EQ(text.scenario().actions[0].does.size(), 2u);
    EXPECT_FALSE(text.scenario().actions[0].timer.isSaid());
    ASSERT_TRUE(model.setData(model.index(0, ActionModel::Cpu), 1, Qt::EditRole));
    EXPECT_EQ(with().data(Qt::DisplayRole).toString(), QLatin1String("burn 20us, add A +5"));
    for (const auto& [call, word] : {std::pair{"burn", "1ms"}, {"spin_lock", "L"}, {"spin_unlock", "L"}}) {
        ASSERT_TRUE(model.setData(model.index(0, ActionModel::Do), QLatin1String(call), Qt::EditRole)) << call;
        EXPECT_EQ(with().data(Qt::DisplayRole).toString(), QLatin1String(word));
        EXPECT_FALSE(text.hasFaults());
    }
    ASSERT_TRUE(model.setData(model.index(0, ActionModel::Do), QStringLiteral("mod_timer"), Qt::EditRole));
    EXPECT_TRUE(form.actions().isColumnHidden(ActionModel::With));
    EXPECT_FALSE(text.hasFaults());
}

TEST_F(ScenarioFormTest, CountsProcessesAndChoices)
{
    open(with("\"items\":", R"("processes": [{"name": "P", "does": []}, {"name": "Q", "does": [{"do": "msleep", "ms": 5}]}], "choices": [{"at": "+1", "step": 0, "cpu": 1}], "items":)"));
    QString rest;
    for (const auto* label : form.findChildren<QLabel*>())
        if (label->text().startsWith(QLatin1String("Also"))) rest = label->text();
    EXPECT_TRUE(rest.contains(QLatin1String("2 processes"))) << rest.toStdString();
    EXPECT_TRUE(rest.contains(QLatin1String("one choice of who goes first")));
    const auto before = text.scenario().processes;
    ASSERT_TRUE(form.timerModel().setData(form.timerModel().index(0, TimerModel::Name), QStringLiteral("B"), Qt::EditRole));
    EXPECT_EQ(text.scenario().processes, before);
}
