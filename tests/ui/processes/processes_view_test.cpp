// SPDX-License-Identifier: GPL-3.0-or-later
// The view of processes as a widget: what it says of each process, how it fills its pane, what mouse and keys do.
#include "ui/processes/processes_view.h"

#include "tests/export/kernel_scenarios.h"
#include "tests/ui/support/test_desk.h"

#include <QAbstractItemModel>
#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace jiffy::ui
{
namespace
{

constexpr const char* queued = R"({"format":"jiffyscope-scenario","version":1,"title":"queue","machine":{"hz":100,"jiffies":1000,"cpus":1},"items":[],
"processes":[{"name":"P","at":"2ms","does":[{"do":"msleep","ms":5},{"do":"burn","for":"30ms"}]},{"name":"Q","at":"3ms","does":[{"do":"burn","for":"45ms"}]},
{"name":"R","at":"4ms","does":[{"do":"burn","for":"5ms"}]}],"until":"1030"})";

struct ProcessesViewTest : testing::Test
{
    test::TestDesk desk;
    ProcessesView view{desk.desk};

    void open(const std::string& scenario, QSize size = {826, 520})
    {
        core::Opened opened;
        opened.inputs = tests::kernelInputs(scenario);
        desk.session.start(opened, QStringLiteral("test.jiffy.json"));
        ASSERT_TRUE(QTest::qWaitFor([&] { return !desk.session.isRunning(); }, 10'000));
        view.resize(size);
        view.show();
        view.reset(desk.session.history().inputsPtr(), desk.session.snapshot());
        show(desk.session.position());
    }
    void show(core::Position at)
    {
        desk.session.seek(at);
        const StepEffects e;
        const Sentence sentence;
        view.showMoment({desk.session.world(), desk.session.history().inputsPtr(), at, at, Motion::Jump, MotionStyle::Jump, e, sentence, 0});
    }
    /// Behind the first record for which that holds of the process.
    template <class Test> bool toWhere(std::size_t process, const Test& holds)
    {
        for (std::uint64_t e = 0; e <= desk.session.snapshot().log.size(); ++e) {
            const auto now = processNow(desk.session.history().at({e, 0, 0}), desk.session.inputs(), process);
            if (!holds(now)) continue;
            show({e, 0, 0});
            return true;
        }
        return false;
    }
    const core::Inputs& inputs() { return desk.session.inputs(); }
    QImage picture()
    {
        QImage image(view.size(), QImage::Format_RGB32);
        QPainter p(&image);
        view.paintView(p, QRectF(QPointF(), QSizeF(view.size())), false);
        return image;
    }
};

TEST_F(ProcessesViewTest, FillsItsPaneWithFewProcesses)
{
    for (const QSize size : {QSize(826, 520), QSize(1240, 700), QSize(640, 480)}) {
        open(tests::kernelScenarios()[0], size);
        const auto s = view.scene();
        const double room = s.frame.legend - s.frame.rows.top;
        EXPECT_GE(s.frame.rows.height, .6 * room) << size.width();
        EXPECT_GE(s.frame.detailLines, 1) << size.width();
        EXPECT_EQ(s.present.size(), 2u);
        // What a row holds stands in it, one below the other.
        const auto& f = s.frame;
        EXPECT_LT(f.bandTop + f.bandHeight, f.sleeps);
        EXPECT_LT(f.sleeps, f.details);
        EXPECT_LE(f.details + (f.detailLines - 1) * f.detailStep, f.rows.rowHeight);
    }
    open(tests::kernelScenarios()[0]);
    EXPECT_GE(view.scene().frame.detailLines, 3);
}

TEST_F(ProcessesViewTest, SaysWhatASleeperWaitsForAndWhatItAskedFor)
{
    open(tests::kernelScenarios()[0]);
    ASSERT_TRUE(toWhere(0, [](const ProcessNow& n) { return n.state == core::TaskState::Uninterruptible && n.isArmed; }));
    const auto now = view.scene().present.at(0);
    EXPECT_EQ(nowState(now), QStringLiteral("TASK_UNINTERRUPTIBLE"));
    EXPECT_TRUE(nowWaits(inputs(), now).contains(QStringLiteral("P/timeout"))) << nowWaits(inputs(), now).toStdString();
    EXPECT_EQ(now.jiffiesLeft, desk.session.inputs().machine.word.distance(now.expires, desk.session.world().clock().jiffies));
    EXPECT_GT(now.jiffiesLeft, 0u);
    const auto scene = view.scene();
    const auto asleep = nowSleep(*scene.states, 0, scene.now, inputs().machine.hz);
    EXPECT_TRUE(asleep.startsWith(QStringLiteral("asked for 6 jiffies, 5 ms to 6 ms: so far"))) << asleep.toStdString();
    // Awake again it says what came of it; before the first sleep there is nothing to say.
    ASSERT_FALSE(scene.states->sleeps(0).empty());
    const auto woken = nowSleep(*scene.states, 0, scene.states->sleeps(0).front().woken, inputs().machine.hz);
    EXPECT_TRUE(woken.contains(QStringLiteral("woken after"))) << woken.toStdString();
    EXPECT_TRUE(nowSleep(*scene.states, 0, 0, inputs().machine.hz).isEmpty());
}

TEST_F(ProcessesViewTest, TellsASignalThatDoesNotWake)
{
    ProcessNow now;
    now.state = core::TaskState::Uninterruptible;
    now.hasSignal = true;
    EXPECT_TRUE(nowSignal(now).contains(QStringLiteral("does not wake it")));
    now.state = core::TaskState::Interruptible;
    EXPECT_FALSE(nowSignal(now).contains(QStringLiteral("does not wake it")));
    now.hasSignal = false;
    EXPECT_TRUE(nowSignal(now).isEmpty());
}

TEST_F(ProcessesViewTest, TellsThePlaceInTheRunQueue)
{
    open(queued);
    ASSERT_TRUE(toWhere(2, [](const ProcessNow& n) { return n.cpu == 0 && !n.isOnCpu && n.ahead == 0; }));
    auto now = view.scene().present.at(2);
    EXPECT_EQ(nowState(now), QStringLiteral("TASK_RUNNING, in the run queue of CPU 0"));
    EXPECT_TRUE(nowWaits(inputs(), now).contains(QStringLiteral("next one"))) << nowWaits(inputs(), now).toStdString();
    ASSERT_TRUE(toWhere(0, [](const ProcessNow& n) { return n.ahead == 1; }));
    now = view.scene().present.at(0);
    EXPECT_TRUE(nowWaits(inputs(), now).contains(QStringLiteral("behind 1"))) << nowWaits(inputs(), now).toStdString();
    ASSERT_EQ(view.scene().cards.size(), 1u);
    EXPECT_EQ(view.scene().cards[0].queued, 2u);
    // The CPU's card tells it, too.
    const auto s = view.scene();
    const auto text = processesText(s, s.frame.cards.front().center());
    EXPECT_TRUE(text.contains(QStringLiteral("in its run queue: R, P"))) << text.toStdString();
    ASSERT_TRUE(toWhere(0, [](const ProcessNow& n) { return n.state == core::TaskState::Dead; }));
    EXPECT_EQ(nowState(view.scene().present.at(0)), QStringLiteral("has ended"));
}

TEST_F(ProcessesViewTest, AClickSeeksAndSelects)
{
    open(tests::kernelScenarios()[0]);
    QSignalSpy scrubbed(&view, &ProcessesView::scrubStarted);
    const auto s = view.scene();
    const QPoint at(static_cast<int>((s.scale.left + s.scale.right) / 2), static_cast<int>(s.frame.rows.topOf(1) + s.frame.bandTop + 4));
    QTest::mouseClick(&view, Qt::LeftButton, {}, at);
    EXPECT_EQ(scrubbed.count(), 1);
    const auto meant = static_cast<double>(StripScale(s.scale, inputs().machine.hz).at(at.x()));
    EXPECT_NEAR(static_cast<double>(desk.session.world().now()), meant, 1e6 * 1000 / inputs().machine.hz.value) << "at most a tick apart";
    EXPECT_EQ(view.scene().selected, 1);
    EXPECT_EQ(desk.selection.timer(), inputs().programs[1].timer);
    EXPECT_TRUE(view.accessibleDescription().startsWith(QLatin1Char('Q'))) << view.accessibleDescription().toStdString();
    QTest::keyClick(&view, Qt::Key_Up);
    EXPECT_EQ(view.scene().selected, 0);
    QTest::keyClick(&view, Qt::Key_Up);
    EXPECT_EQ(view.scene().selected, 0) << "there is none above";
    QTest::mouseClick(&view, Qt::LeftButton, {}, s.frame.cards[1].center().toPoint());
    EXPECT_EQ(scrubbed.count(), 1) << "a card is no place in time";
}

TEST_F(ProcessesViewTest, ZoomsRoundThePlayheadAndFitsAgain)
{
    open(tests::kernelScenarios()[0]);
    const auto whole = view.range();
    QTest::keyClick(&view, Qt::Key_W);
    EXPECT_LT(view.range().size(), whole.size());
    QTest::keyClick(&view, Qt::Key_0);
    EXPECT_NEAR(view.range().size(), whole.size(), 1e-9);
}

TEST_F(ProcessesViewTest, PaintsWhatIsInItInEveryTheme)
{
    open(tests::kernelScenarios()[0]);
    ASSERT_TRUE(toWhere(0, [](const ProcessNow& n) { return n.state == core::TaskState::Uninterruptible && n.isArmed; }));
    for (const auto name : {ThemeName::Light, ThemeName::Dark, ThemeName::HighContrast}) {
        desk.theme.setTheme(name);
        const auto image = picture();
        const auto s = view.scene();
        const auto row = s.frame.rows.topOf(0) + s.frame.details;
        bool hasWords = false, hasBar = false;
        for (int y = static_cast<int>(row - 12); y < static_cast<int>(row + 2); ++y) {
            for (int x = static_cast<int>(s.frame.left); x < static_cast<int>(s.frame.left + 200); ++x) {
                const QColor c = image.pixelColor(x, y);
                hasBar |= c == s.look.t().now;
                hasWords |= c == s.look.t().ink;
            }
        }
        EXPECT_TRUE(hasBar) << static_cast<int>(name);
        EXPECT_TRUE(hasWords) << static_cast<int>(name);
    }
}

TEST_F(ProcessesViewTest, HasATableAndNothingWithoutProcesses)
{
    open(tests::kernelScenarios()[0]);
    ASSERT_NE(view.table(), nullptr);
    EXPECT_GT(view.table()->rowCount(), 4);
    open(tests::kernelScenarios()[2]);
    EXPECT_EQ(view.scene().inputs, nullptr);
    EXPECT_EQ(view.table()->rowCount(), 0);
    QTest::keyClick(&view, Qt::Key_Down); // and keys do no harm
    picture();
}

} // namespace
} // namespace jiffy::ui
