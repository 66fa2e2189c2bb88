// SPDX-License-Identifier: GPL-3.0-or-later
// The view of the event flow in the window: which views there are for which file, tokens, pointer, keys, table, pixels.
#include "core/run/run.h"
#include "tests/property/daemon_runs.h"
#include "ui/export/export_kinds.h"
#include "ui/tgtd/daemon_boxes.h"
#include "ui/tgtd/flow_view.h"
#include "ui/wheel/wheel_view.h"
#include "ui/window/main_window.h"
#include "ui/window/workspace.h"

#include <QAbstractItemModel>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace jiffy;

namespace
{

constexpr const char* starved = "scheduler new\nwork A\nwork B\nat 0 add A 1\nat 10 add B 2\nat 900 burn 700\nuntil 4000\n";

core::Opened opened(const char* ops)
{
    return {std::make_shared<const core::Inputs>(tests::daemonInputs(ops)), {}};
}

class Flow : public testing::Test
{
  protected:
    Flow() : window({}, theme, ui::Settings::Off)
    {
        theme.setMotion(ui::MotionSetting::Full);
        window.resize(1440, 900);
        window.show();
        open(starved);
    }
    void open(const char* ops)
    {
        window.session().start(opened(ops), QStringLiteral("flow.ops"));
        while (window.session().isRunning()) QTest::qWait(5);
        QTest::qWait(20);
    }
    void openWheel()
    {
        auto in = std::make_shared<core::Inputs>();
        in->untilTicks = 40;
        window.session().start({in, {}}, QStringLiteral("wheel.jiffy.json"));
        while (window.session().isRunning()) QTest::qWait(5);
    }
    void seek(std::uint64_t us) { window.session().seekTick(us); }
    ui::FlowView& flow() { return window.flow(); }
    ui::Workspace& space() { return window.workspace(); }
    ui::ViewHost* host(const char* id) { return space().host(QString::fromLatin1(id)); }
    QColor pixel(QPointF at)
    {
        const QImage image = flow().grab().toImage();
        return image.pixelColor((at * image.devicePixelRatio()).toPoint());
    }

    ui::ThemeProvider theme;
    ui::MainWindow window;
};

} // namespace

TEST_F(Flow, StandsWhereTheWheelStood)
{
    EXPECT_TRUE(space().isInSight(host("tgtd")));
    EXPECT_FALSE(host("wheel")->isOffered());
    EXPECT_TRUE(ui::canWriteView(window, "tgtd"));
    EXPECT_FALSE(ui::canWriteView(window, "rings"));
    openWheel();
    EXPECT_TRUE(space().isInSight(host("wheel")));
    EXPECT_FALSE(host("tgtd")->isOffered());
    EXPECT_FALSE(ui::canWriteView(window, "tgtd"));
    open(starved);
    EXPECT_TRUE(space().isInSight(host("tgtd")));
    // Ctrl+1 is the first view that there is.
    space().bring(host("scenario"));
    QTest::keyClick(&window, Qt::Key_1, Qt::ControlModifier);
    EXPECT_TRUE(space().isInSight(host("tgtd")));
}

TEST_F(Flow, PaintsTheGateTheBytesAndTheThread)
{
    const auto& t = theme.theme();
    seek(1'500'000);
    const auto& l = flow().layoutOfFlow();
    ASSERT_EQ(l.form, ui::FlowForm::Full);
    ASSERT_EQ(l.cells.size(), 4u);
    EXPECT_EQ(pixel(l.cells[0].topLeft() + QPointF(6, 3)), t.pill);
    ASSERT_TRUE(l.threadRow());
    EXPECT_EQ(pixel(l.threadRow()->box.topLeft() + QPointF(12, 3)), t.ink);
    // The pillar of the closed gate, between two of its stripes and beside none.
    const QImage image = flow().grab().toImage();
    const auto accents = [&] {
        int n = 0;
        for (double y = l.gate.y() - 36; y < l.gate.y() + 36; ++y) n += image.pixelColor((QPointF(l.gate.x(), y) * image.devicePixelRatio()).toPoint()) == t.now;
        return n;
    };
    EXPECT_GT(accents(), 20);
    seek(100'000);
    EXPECT_TRUE(flow().layoutOfFlow().cells.empty());
    EXPECT_EQ(pixel(flow().layoutOfFlow().gate), t.canvas);
}

TEST_F(Flow, PaintsInEveryThemeAndAsAVector)
{
    seek(1'500'000);
    for (const auto name : {ui::ThemeName::Light, ui::ThemeName::Dark, ui::ThemeName::HighContrast}) {
        theme.setTheme(name);
        QImage image(1100, 500, QImage::Format_RGB32);
        QPainter p(&image);
        flow().paintView(p, QRectF(0, 0, 1100, 500), true);
        p.end();
        EXPECT_EQ(image.pixelColor(3, 3), ui::theme(name).canvas);
        EXPECT_EQ(image.pixelColor(3, 497), ui::theme(name).sunken); // the strip of the other scheduler
    }
}

TEST_F(Flow, LetsTheAlarmFlyToTheGateAndItsWordIntoThePipe)
{
    auto& session = window.session();
    session.setRung(core::Rung::Cascade);
    seek(700'000);
    session.stepForward(core::Rung::Cascade);
    session.stepForward(core::Rung::Cascade); // 1.00: in the slow handler
    const auto world = session.world();
    (void)world;
    ASSERT_FALSE(flow().flight().tokens().empty());
    const auto& first = flow().flight().tokens().front();
    EXPECT_EQ(first.what, ui::FlowToken::What::Alarm);
    EXPECT_LT(first.from.x(), first.to.x());
    // A new step ends what still flies.
    session.seek(session.history().start());
    EXPECT_TRUE(flow().flight().tokens().empty());
}

TEST_F(Flow, MovesItemsFromListToListAndBack)
{
    auto& session = window.session();
    const auto& log = session.history().log();
    std::uint64_t fired = 0;
    for (std::uint64_t i = 0; i < log.size() && fired == 0; ++i)
        if (log[i].kind == core::Kind::Fired) fired = i;
    session.seek({fired, 0, 0});
    session.seek({fired + 1, 0, 0}, ui::Motion::Forward);
    ASSERT_EQ(flow().flight().tokens().size(), 1u);
    const auto token = flow().flight().tokens()[0];
    EXPECT_EQ(token.what, ui::FlowToken::What::Item);
    EXPECT_EQ(token.item, core::TimerId(0));
    EXPECT_EQ(token.to, flow().layoutOfFlow().runningBox.center());
    flow().showInstant(0);
    EXPECT_EQ(flow().flight().place(0), token.from);
    flow().showInstant(flow().flight().length() - 1);
    EXPECT_LT(QLineF(flow().flight().place(0), token.to).length(), 3);
    session.seek({fired, 0, 0}, ui::Motion::Back);
    ASSERT_EQ(flow().flight().tokens().size(), 1u);
    flow().showInstant(0);
    EXPECT_EQ(flow().flight().place(0), flow().flight().tokens()[0].to);
}

TEST_F(Flow, FliesNothingWithReducedMotion)
{
    theme.setMotion(ui::MotionSetting::Reduced);
    window.session().setRung(core::Rung::Cascade);
    window.session().stepForward(core::Rung::Cascade);
    EXPECT_TRUE(flow().flight().tokens().empty());
}

TEST_F(Flow, SelectsByClickAndByKeys)
{
    seek(1'500'000);
    const auto& cards = flow().layoutOfFlow().cards;
    ASSERT_EQ(cards.size(), 2u);
    QTest::mouseClick(&flow(), Qt::LeftButton, {}, cards[1].box.center().toPoint());
    EXPECT_EQ(window.selection().timer(), cards[1].id);
    flow().setFocus();
    QTest::keyClick(&flow(), Qt::Key_Up);
    EXPECT_EQ(flow().focusedItem(), cards[0].id);
    QTest::keyClick(&flow(), Qt::Key_Return);
    EXPECT_EQ(window.selection().timer(), cards[0].id);
    QTest::keyClick(&flow(), Qt::Key_Escape);
    EXPECT_FALSE(window.selection().timer().isValid());
}

TEST_F(Flow, TellsAllInItsTable)
{
    auto* table = flow().table();
    seek(1'500'000);
    QStringList all;
    for (int r = 0; r < table->rowCount(); ++r) {
        QStringList row;
        for (int c = 0; c < table->columnCount(); ++c) row.append(table->index(r, c).data().toString());
        all.append(row.join(QLatin1Char('|')));
    }
    const QString text = all.join(QLatin1Char('\n'));
    for (const char* part : {"timer_pending||1, closed", "Pipe|fd 7|1.00 s|4 bytes", "alarm|1.50 s|swallowed", "Inactive list|A|1.00|late 0.50 s", "Inactive list|B|2.01|in 0.51 s"})
        EXPECT_TRUE(text.contains(QLatin1String(part))) << part << " in\n" << text.toStdString();
}

TEST_F(Flow, ShowsTimePassingBetweenRecords)
{
    seek(100'000);
    const auto before = flow().scene().now;
    flow().setVirtualTime(200'000);
    EXPECT_EQ(flow().scene().now, 200'000u);
    flow().setVirtualTime(0); // never before the position
    EXPECT_EQ(flow().scene().now, before);
}

TEST_F(Flow, PlaysVirtualTime)
{
    auto& play = window.play();
    EXPECT_TRUE(play.countsTime());
    EXPECT_DOUBLE_EQ(play.speed(), 50); // half real time
    EXPECT_DOUBLE_EQ(play.realTime(), 100);
    window.session().setRung(core::Rung::Cascade);
    seek(0);
    play.setSpeed(1'000); // 10 s a second
    play.start();
    for (int i = 0; i < 10; ++i) play.advance(.016); // 1.6 s
    const auto reached = window.session().ticks();
    play.stop();
    EXPECT_GE(reached, 1'250'000u);
    EXPECT_LE(reached, 1'650'000u);
    openWheel();
    EXPECT_FALSE(play.countsTime());
    EXPECT_DOUBLE_EQ(play.speed(), 4);
}

TEST_F(Flow, TellsOneInstantEverywhereWhilePlayingOnAnyRung)
{
    auto& play = window.play();
    for (const auto rung : {core::Rung::Line, core::Rung::Operation, core::Rung::Timer, core::Rung::Tick, core::Rung::Cascade, core::Rung::NextExpiry}) {
        window.session().setRung(rung);
        seek(0);
        play.setSpeed(100);
        play.start();
        std::uint64_t last = 0;
        for (int i = 0; i < 80 && play.isPlaying(); ++i) {
            play.advance(.016);
            const auto now = static_cast<std::uint64_t>(play.virtualTicks());
            ASSERT_EQ(flow().scene().now, now) << static_cast<int>(rung);
            ASSERT_GE(now, last);
            last = now;
            // Nothing that time has passed is still to come: the world is the one of that instant.
            ASSERT_EQ(window.session().ticks(), window.session().history().ticksAt(window.session().history().lastOfTick(now))) << static_cast<int>(rung);
        }
        play.stop();
        if (rung >= core::Rung::Tick) {
            EXPECT_GT(last, 200'000u) << static_cast<int>(rung); // flights and steps take their time too
        }
    }
}

TEST_F(Flow, ShowsTheStateInTheHeader)
{
    seek(1'500'000);
    const auto boxes = ui::DaemonBoxes::boxes(window.session().inputs(), window.session().world(), flow().scene().past);
    EXPECT_EQ(boxes[0].value, QLatin1String("4"));
    EXPECT_EQ(boxes[1].value, QLatin1String("1"));
    EXPECT_TRUE(boxes[1].isOn);
    EXPECT_TRUE(window.windowTitle().contains(QLatin1String("1.50 s"))) << window.windowTitle().toStdString();
}

TEST_F(Flow, SurvivesEveryRunInEveryView)
{
    for (const auto& run : tests::daemonRuns()) {
        window.session().start({run.inputs, {}}, QString::fromStdString(run.name));
        while (window.session().isRunning()) QTest::qWait(1);
        window.session().toEnd();
        window.session().seek({window.session().history().log().size() / 2, 0, 0});
        for (int r = 0; r < core::rungCount; ++r) {
            window.session().stepForward(static_cast<core::Rung>(r));
            window.session().stepBack(static_cast<core::Rung>(r));
        }
    }
    QImage image(window.size(), QImage::Format_RGB32);
    window.render(&image);
    EXPECT_FALSE(image.isNull());
}
