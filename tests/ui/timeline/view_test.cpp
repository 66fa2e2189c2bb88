// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline as it is used: in the window, by mouse and keys.
#include "core/scenario/ops_reader.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/main_window.h"

#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <gtest/gtest.h>

using namespace jiffy;

namespace
{

core::Opened twoTimers(int cpus = 2)
{
    auto in = std::make_shared<core::Inputs>();
    in->title = "Two timers";
    in->machine.jiffies = 1000;
    in->machine.cpus = cpus;
    in->names = {"near", "far"};
    in->untilTicks = 1000;
    for (std::uint32_t i = 0; i < 2; ++i) {
        core::TimerSpec t;
        t.name = i;
        t.slack = 0;
        in->timers.push_back(t);
        core::Action a;
        a.expires = i == 0 ? 1100 : 1700;
        a.timer = core::TimerId(i);
        in->actions.push_back(a);
    }
    return {in, {}};
}

class Timeline : public testing::Test
{
  protected:
    Timeline() : window({}, theme, ui::Settings::Off), view(window.timeline())
    {
        window.resize(1280, 800);
        window.show();
        start(twoTimers());
    }
    void start(core::Opened opened)
    {
        window.session().start(std::move(opened), QStringLiteral("two.jiffy.json"));
        while (window.session().isRunning()) QTest::qWait(5);
        QTest::qWait(5);
    }
    std::uint64_t ticks() { return window.session().ticks(); }
    ui::TimelineScene scene() { return view.scene(); }
    /// A point on the ruler, or in a row.
    QPoint ruler(double tick) { return QPointF(scene().scale.xOf(tick), scene().rows.rulerLine - 4).toPoint(); }
    QPoint lane(double tick, int row = 0) { return QPointF(scene().scale.xOf(tick), scene().rows.lanes.middleOf(row)).toPoint(); }
    QPoint life(double tick, int row) { return QPointF(scene().scale.xOf(tick), scene().rows.lives.middleOf(row)).toPoint(); }
    void press(QPoint at, Qt::KeyboardModifiers m = {}) { QTest::mousePress(&view, Qt::LeftButton, m, at); }
    void drag(QPoint at, Qt::KeyboardModifiers m = {})
    {
        QMouseEvent move(QEvent::MouseMove, at, view.mapToGlobal(at), Qt::NoButton, Qt::LeftButton, m);
        QCoreApplication::sendEvent(&view, &move);
    }
    void release(QPoint at) { QTest::mouseRelease(&view, Qt::LeftButton, {}, at); QTest::qWait(1); }
    void wheel(QPoint at, int delta, Qt::KeyboardModifiers m = {})
    {
        QWheelEvent event(at, view.mapToGlobal(at), {}, {0, delta}, {}, m, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view, &event);
    }
    void trigger(ui::Act act)
    {
        for (auto* action : window.findChildren<QAction*>())
            if (action->text() == ui::Actions::text(ui::actionTable()[static_cast<std::size_t>(act)])) return action->trigger();
        FAIL() << "no such action";
    }

    ui::ThemeProvider theme;
    ui::MainWindow window;
    ui::TimelineView& view;
};

} // namespace

TEST_F(Timeline, ShowsTheNextTimersWhereNobodyHasChosen)
{
    ASSERT_EQ(view.shownTimers().size(), 0u); // at the start nothing is armed
    window.session().seekTick(10);
    EXPECT_EQ(view.shownTimers(), (std::vector{core::TimerId(0), core::TimerId(1)}));
    window.session().seekTick(500); // `near` has fired
    EXPECT_EQ(view.shownTimers(), (std::vector{core::TimerId(1)}));
    window.selection().selectTimer(core::TimerId(0)); // and still has a line when it is looked at
    EXPECT_EQ(view.shownTimers(), (std::vector{core::TimerId(0), core::TimerId(1)}));
    window.selection().setPinned(core::TimerId(1), true);
    EXPECT_EQ(view.shownTimers(), (std::vector{core::TimerId(1), core::TimerId(0)}));
}

TEST_F(Timeline, AClickOnAJointIsThatEvent)
{
    view.fit();
    window.session().seekTick(10);
    QTest::qWait(1);
    QTest::mouseClick(&view, Qt::LeftButton, {}, life(100, 0));
    QTest::qWait(1);
    const auto* record = window.session().record();
    ASSERT_TRUE(record);
    EXPECT_EQ(record->kind, core::Kind::Fired);
    EXPECT_EQ(record->item, core::TimerId(0));
}

TEST_F(Timeline, AClickInAWideTickIsAPlaceWithinIt)
{
    view.setRange({92, 108}); // 1120 px: 70 px a tick
    press(lane(99.6));
    release(lane(99.6));
    const auto early = window.session().position();
    EXPECT_EQ(ticks(), 100u);
    press(lane(100.45));
    release(lane(100.45));
    EXPECT_EQ(ticks(), 100u);
    EXPECT_GT(window.session().position(), early);
}

TEST_F(Timeline, MeasuresByDraggingAlongTheRuler)
{
    view.fit();
    QSignalSpy notes(&view, &ui::TimelineView::noteChanged);
    press(ruler(300));
    drag(ruler(400));
    drag(ruler(702)); // `far` fires at 700: within reach
    ASSERT_TRUE(view.area());
    EXPECT_EQ(view.area()->to, 700);
    EXPECT_NEAR(view.area()->from, 300, 1);
    EXPECT_TRUE(view.note().contains(QStringLiteral("400 jiffies · 1.6")) || view.note().contains(QStringLiteral("401 jiffies"))) << view.note().toStdString();
    EXPECT_GE(notes.count(), 2);
    release(ruler(702));
    const auto before = ticks();
    trigger(ui::Act::FitSelection);
    EXPECT_EQ(view.range().to, 700);
    EXPECT_EQ(ticks(), before);
    QTest::mouseClick(&view, Qt::LeftButton, {}, ruler(500)); // a click goes there, and ends the measuring
    QTest::qWait(1);
    EXPECT_FALSE(view.area());
    EXPECT_NEAR(static_cast<double>(ticks()), 500, 2);
}

TEST_F(Timeline, MarkersSnapUnlessAltIsHeld)
{
    view.fit();
    window.session().seekTick(20);
    trigger(ui::Act::MarkerB);
    ASSERT_EQ(view.markers().b, 20u);
    const auto flag = ui::flagBox(scene(), 20).center().toPoint();
    press(flag);
    drag(QPoint(lane(103).x(), flag.y()));
    EXPECT_EQ(view.markers().b, 100u);
    drag(QPoint(lane(103).x(), flag.y()), Qt::AltModifier);
    EXPECT_NEAR(static_cast<double>(*view.markers().b), 103, 1);
    release(flag);
    EXPECT_EQ(ticks(), 20u); // the playhead has stayed
    trigger(ui::Act::MarkerA);
    EXPECT_EQ(view.markers().a, 20u);
    trigger(ui::Act::ClearMarkers);
    EXPECT_TRUE(view.markers().isEmpty());
}

TEST_F(Timeline, ZoomsAtThePointerAndGoesBack)
{
    view.fit();
    const auto whole = view.range();
    const auto at = lane(700);
    for (int i = 0; i < 8; ++i) wheel(at, 120);
    EXPECT_NEAR(view.range().size(), whole.size() / std::pow(1.25, 8), .5);
    EXPECT_EQ(scene().scale.tickAt(at.x()), 700u);
    const auto zoomed = view.range();
    wheel(at, 120, Qt::ShiftModifier);
    EXPECT_LT(view.range().from, zoomed.from);
    EXPECT_NEAR(view.range().size(), zoomed.size(), 1e-6);
    view.undoZoom();
    EXPECT_EQ(view.range(), whole); // the notches of one turn are one zoom
}

TEST_F(Timeline, KeysMoveAndFindEvents)
{
    view.fit();
    view.setFocus();
    const auto whole = view.range();
    QTest::keyClick(&view, Qt::Key_W);
    EXPECT_LT(view.range().size(), whole.size());
    QTest::keyClick(&view, Qt::Key_S);
    EXPECT_NEAR(view.range().size(), whole.size(), 1e-6);
    window.session().toStart();
    QTest::keyClick(&view, Qt::Key_Period);
    EXPECT_EQ(ticks(), 100u); // the first thing that happens on CPU 0
    window.selection().selectTimer(core::TimerId(1));
    QTest::keyClick(&view, Qt::Key_Period);
    EXPECT_EQ(window.session().record()->item, core::TimerId(1));
    EXPECT_EQ(window.session().record()->kind, core::Kind::Moved);
    const auto moved = window.session().position();
    QTest::keyClick(&view, Qt::Key_Period);
    EXPECT_EQ(window.session().record()->kind, core::Kind::Fired);
    QTest::keyClick(&view, Qt::Key_Comma);
    EXPECT_EQ(window.session().position(), moved);
    QTest::keyClick(&view, Qt::Key_Up); // to the row above the timer's
    EXPECT_NE(window.selection().timer(), core::TimerId(1));
}

TEST_F(Timeline, TheOverviewsFrameCanBeMoved)
{
    view.setRange({100, 200});
    auto s = scene();
    const auto frame = ui::viewportBox(s.whole, view.range(), 8);
    const QPoint at(static_cast<int>((frame.from + frame.to) / 2), static_cast<int>(s.rows.overviewTop + 3));
    const auto before = ticks();
    press(at);
    drag(at + QPoint(200, 0));
    release(at + QPoint(200, 0));
    EXPECT_NEAR(view.range().from, 100 + 200 * s.whole.ticksPerPixel(), 2);
    EXPECT_EQ(ticks(), before);
    const QPoint end(static_cast<int>(s.whole.right) - 30, at.y());
    QTest::mouseClick(&view, Qt::LeftButton, {}, end); // beside it: go there
    QTest::qWait(1);
    EXPECT_GT(ticks(), 900u);
}

TEST_F(Timeline, SaysWhatIsThere)
{
    view.fit();
    window.session().seekTick(10);
    const auto has = [&](QPoint at, const char* text) {
        const auto words = view.wordsAt(at);
        EXPECT_TRUE(words.contains(QString::fromUtf8(text))) << words.toStdString();
    };
    has(lane(100), "1 timer fires");
    has(lane(400, 1), "found nothing: 1");
    has(life(100, 0), "near fires, on time");
    has(life(50, 0), "near stands in tv1[");
    has(life(500, 0), "not armed");
    has(life(536, 1), "far falls from tv2[");
    has(ruler(250), "0x0000 04E2");
    has({600, 16}, "The whole run");
}

TEST_F(Timeline, HeadersSelect)
{
    window.session().seekTick(10);
    QTest::mouseClick(&view, Qt::LeftButton, {}, {40, lane(0, 1).y()});
    EXPECT_EQ(window.selection().cpu(), 1);
    QTest::mouseClick(&view, Qt::LeftButton, {}, {40, life(0, 1).y()});
    EXPECT_EQ(window.selection().timer(), core::TimerId(1));
}

TEST_F(Timeline, ScrollsToTheCpuThatIsLookedAt)
{
    start(twoTimers(64));
    EXPECT_GT(scene().rows.lanes.maxScroll(), 500);
    window.selection().selectCpu(50);
    const auto rows = scene().rows;
    EXPECT_GE(rows.lanes.topOf(50), rows.lanes.top - .01);
    EXPECT_LE(rows.lanes.topOf(51), rows.lanes.top + rows.lanes.height + .01);
    wheel({40, static_cast<int>(rows.lanes.top + 5)}, 120);
    EXPECT_LT(scene().rows.lanes.scroll, rows.lanes.scroll);
}

TEST_F(Timeline, KeepsTheOldFutureAsAGhost)
{
    window.session().seekTick(10);
    EXPECT_TRUE(scene().ghosts.empty());
    core::Intervention deletion;
    deletion.what = core::Intervention::What::Delete;
    deletion.timer = core::TimerId(1);
    ASSERT_TRUE(window.session().intervene(deletion));
    while (window.session().isRunning()) QTest::qWait(5);
    QTest::qWait(20);
    auto s = scene();
    ASSERT_EQ(s.ghosts.size(), 1u);
    EXPECT_EQ(s.ghosts[0].forkTick, 10u);
    EXPECT_EQ(s.ghosts[0].life, nullptr);
    EXPECT_TRUE(s.ghosts[0].pyramid->busyAt(0, 700)); // there it fires
    EXPECT_FALSE(s.pyramid->busyAt(0, 700));
    window.selection().selectTimer(core::TimerId(1));
    s = scene();
    ASSERT_TRUE(s.ghosts[0].life);
    EXPECT_EQ(s.ghosts[0].life->joints().back().what, core::LifeJoint::What::Fired);
    EXPECT_EQ(view.shownTimers().front(), core::TimerId(1));
    const int row = static_cast<int>(s.lives.size());
    EXPECT_TRUE(view.wordsAt(life(500, row)).contains(s.ghosts[0].name));
}

TEST_F(Timeline, NothingToComeStandsLeftOfThePlayhead)
{
    // Half-way to a tick in which a cascade moves `far` and nothing else happens.
    view.setRange({500, 700});
    window.session().seekTick(535);
    QImage image(view.size(), QImage::Format_RGB32);
    QPainter p(&image);
    view.paintView(p, QRectF(QPointF(), QSizeF(view.size())), false);
    p.end();
    const auto s = scene();
    const QColor green = theme.theme().levelHue(1), faded = ui::mix(theme.theme().canvas, green, .42);
    const auto near = [](QColor a, QColor b) {
        return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue()) < 24;
    };
    int left = 0, right = 0;
    for (int y = static_cast<int>(s.rows.lanes.top); y < static_cast<int>(s.rows.lanes.topOf(1)); ++y)
        for (int x = static_cast<int>(s.scale.left); x < static_cast<int>(s.scale.right); ++x) {
            const auto c = image.pixelColor(x, y);
            (x < s.playheadX ? left : right) += near(c, green) || near(c, faded) ? 1 : 0;
        }
    EXPECT_EQ(left, 0);
    EXPECT_GT(right, 8);
}

TEST_F(Timeline, PaintsIntoAnyBox)
{
    window.session().seekTick(300);
    trigger(ui::Act::MarkerB);
    window.session().seekTick(10);
    for (const auto name : {ui::ThemeName::Light, ui::ThemeName::Dark, ui::ThemeName::HighContrast}) {
        theme.setTheme(name);
        for (const QSize size : {QSize(320, 110), QSize(1440, 194), QSize(2560, 900)}) {
            QImage image(size, QImage::Format_RGB32);
            image.fill(Qt::magenta);
            QPainter p(&image);
            view.paintView(p, QRectF(QPointF(), QSizeF(size)), true);
            p.end();
            // All of it is covered, and the playhead stands in it.
            int magenta = 0, now = 0;
            for (int x = 0; x < image.width(); ++x)
                for (int y = 0; y < image.height(); ++y) {
                    magenta += image.pixelColor(x, y) == QColor(Qt::magenta) ? 1 : 0;
                    now += image.pixelColor(x, y) == theme.theme().now ? 1 : 0;
                }
            EXPECT_EQ(magenta, 0);
            EXPECT_GT(now, 20) << size.width();
        }
    }
}
