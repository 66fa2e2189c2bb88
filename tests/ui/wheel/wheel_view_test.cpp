// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/minis.h"
#include "ui/wheel/ring_layout.h"
#include "ui/wheel/wheel_view.h"

#include "tests/ui/support/small_run.h"
#include "tests/ui/support/test_desk.h"

#include <gtest/gtest.h>

#include <QBuffer>
#include <QSignalSpy>
#include <QSvgGenerator>
#include <QTest>

#include <cmath>
#include <ctime>

namespace jiffy::ui
{
namespace
{

using core::Kind;
using core::Position;

double distance(QPointF a, QPointF b)
{
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

/// Distance of a point from the polyline.
double distanceFrom(const FlightPath& path, QPointF p)
{
    double best = 1e9;
    for (std::size_t i = 1; i < path.size(); ++i) {
        const QPointF a = path[i - 1], d = path[i] - a, v = p - a;
        const double length = QPointF::dotProduct(d, d);
        const double u = length == 0 ? 0 : std::clamp(QPointF::dotProduct(v, d) / length, 0.0, 1.0);
        best = std::min(best, distance(p, a + u * d));
    }
    return best;
}

struct WheelViewTest : testing::Test
{
    test::CascadeRun run{4};
    test::TestDesk desk;
    ThemeProvider& provider = desk.theme;
    WheelView view{desk.desk};

    void SetUp() override
    {
        run.finish();
        provider.setMotion(MotionSetting::Full);
        view.resize(826, 580);
    }
    void show(Position from, Position to, MotionStyle style = MotionStyle::Full)
    {
        const StepEffects e = effects(run.log(), from, to);
        view.showPosition(run.history().at(to), run.inputsPtr(), e, style);
    }
    void showAt(Position p) { show(p, p, MotionStyle::Jump); }
    QImage picture() { return view.grab().toImage(); }
    Position before(Position p) const { return {p.event - 1, 0, 0}; }
};

bool isNear(QRgb a, const QColor& b, int by = 3)
{
    return std::abs(qRed(a) - b.red()) <= by && std::abs(qGreen(a) - b.green()) <= by &&
           std::abs(qBlue(a) - b.blue()) <= by;
}

TEST_F(WheelViewTest, paintsNothingButTheCanvasBeforeItWasShownAnything)
{
    EXPECT_EQ(picture().pixel(400, 300), provider.theme().canvas.rgb());
    view.clear();
    EXPECT_FALSE(view.slotNear({400, 60}).has_value());
    EXPECT_FALSE(view.timerAt({400, 60}).isValid());
}

TEST_F(WheelViewTest, slotsAreTintedByTheNumberOfTheirTimers)
{
    showAt(*run.after(Kind::Queued, run.far));
    const QImage image = picture();
    const RingLayout& w = *view.layoutOfWheel().rings();
    const Theme& t = provider.theme();
    // A corner of the cell of tv2[5] is clear of its five dots.
    const QPointF corner = w.polar(w.ring(1).outer - 2.5, w.angleOf({1, 5}) - w.step(1) * .4);
    EXPECT_TRUE(isNear(image.pixel(corner.toPoint()), slotHeat(t, 1, 5, 5)));
    const QPointF empty = w.polar(w.ring(1).middle(), w.angleOf({1, 40}));
    EXPECT_TRUE(isNear(image.pixel(empty.toPoint()), slotFloor(t, 1)));
}

TEST_F(WheelViewTest, aDotHasTheHueOfItsLevel)
{
    showAt(*run.after(Kind::Queued, run.far));
    const auto dot = dotOf(view.scene(), view.layoutOfWheel(), run.far);
    ASSERT_TRUE(dot);
    EXPECT_EQ(view.layoutOfWheel().slotAt(*dot)->level, 2);
    EXPECT_TRUE(isNear(picture().pixel(dot->toPoint()), provider.theme().tv[2]));
}

TEST_F(WheelViewTest, theHandStandsAtThePositionBeingServed)
{
    showAt(*run.after(Kind::Moved, run.dnsTtl));
    EXPECT_EQ(view.scene().position, test::CascadeRun::turn);
    const RingLayout& w = *view.layoutOfWheel().rings();
    const QPointF onHand = w.polar(w.radius() + 6, w.angleOf({0, 0}));
    EXPECT_TRUE(isNear(picture().pixel(onHand.toPoint()), provider.theme().now));
    showAt(*run.after(Kind::Fired, run.lease)); // timer_jiffies is one ahead by now
    EXPECT_EQ(view.scene().position, test::CascadeRun::turn);
    EXPECT_EQ(view.scene().running, run.lease);
}

TEST_F(WheelViewTest, aFlyingTimerIsOnItsPathAtThreeInstants)
{
    const Position to = *run.after(Kind::Moved, run.dnsTtl);
    showAt(before(to));
    show(before(to), to);
    EXPECT_EQ(view.animationMs(), 260);
    const RingLayout& w = *view.layoutOfWheel().rings();
    const FlightPath path = w.flightPaths({{{1, 5}, {0, 180}, w.dot({0, 180}, 0, 1)}})[0];
    const Flights nested = makeFlights(view.scene(), w, 1, true);
    ASSERT_EQ(nested.paths.size(), 1u);
    double reached = -1;
    for (const double ms : {65.0, 130.0, 195.0}) {
        view.showInstant(ms);
        const auto at = view.flightPosition(run.dnsTtl);
        ASSERT_TRUE(at);
        EXPECT_LT(distanceFrom(nested.paths[0], *at), .5) << ms;
        EXPECT_LT(distance(*at, pointOn(nested.paths[0], smoothstep(ms / 260))), .5) << ms;
        EXPECT_TRUE(isNear(picture().pixel(at->toPoint()), provider.theme().tv[0]))
            << "the dot is painted there, in the hue of its target";
        const double turned = std::abs(std::remainder(w.angleAt(*at) - w.angleOf({1, 5}), 360));
        EXPECT_GT(turned, reached) << "it goes on";
        reached = turned;
    }
    EXPECT_LT(distance(path.back(), nested.paths[0].back()), .01);
    view.showInstant(260);
    EXPECT_FALSE(view.isAnimating());
    EXPECT_LT(distance(*view.flightPosition(run.dnsTtl), w.dot({0, 180}, 0, 1)), .01);
}

TEST_F(WheelViewTest, aStepBackFliesTheSameWayBack)
{
    const Position to = *run.after(Kind::Moved, run.dnsTtl);
    showAt(before(to));
    show(before(to), to);
    view.showInstant(100);
    const QPointF out = *view.flightPosition(run.dnsTtl);
    view.showInstant(1'000);
    show(to, before(to));
    ASSERT_TRUE(view.isAnimating());
    view.showInstant(160);
    // The target dot is no longer known, so the last stretch may differ by where in its slot it lay.
    EXPECT_LT(distance(*view.flightPosition(run.dnsTtl), out), 3);
    view.showInstant(1'000);
    EXPECT_FALSE(view.flightPosition(run.dnsTtl)) << "back in its slot, it is an ordinary dot";
    EXPECT_TRUE(dotOf(view.scene(), view.layoutOfWheel(), run.dnsTtl));
}

TEST_F(WheelViewTest, aNewStepEndsTheFlight)
{
    const Position to = *run.after(Kind::Moved, run.dnsTtl), next = *run.after(Kind::Moved, run.keepalive);
    showAt(before(to));
    show(before(to), to);
    view.showInstant(50);
    show(to, next);
    EXPECT_FALSE(view.flightPosition(run.dnsTtl));
    EXPECT_TRUE(view.flightPosition(run.keepalive));
    EXPECT_TRUE(dotOf(view.scene(), view.layoutOfWheel(), run.dnsTtl));
}

TEST_F(WheelViewTest, reducedMotionJumps)
{
    provider.setMotion(MotionSetting::Reduced);
    QSignalSpy started(&view, &WheelView::animationStarted);
    const Position to = *run.after(Kind::Moved, run.dnsTtl);
    showAt(before(to));
    show(before(to), to);
    EXPECT_FALSE(view.isAnimating());
    EXPECT_EQ(started.count(), 0);
}

TEST_F(WheelViewTest, runsItsAnimationByItself)
{
    const Position to = *run.after(Kind::Moved, run.dnsTtl);
    showAt(before(to));
    QSignalSpy started(&view, &WheelView::animationStarted);
    show(before(to), to);
    ASSERT_EQ(started.count(), 1);
    EXPECT_EQ(started[0][0].toInt(), 260);
    EXPECT_TRUE(QTest::qWaitFor([this] { return !view.isAnimating(); }, 5'000));
}

TEST_F(WheelViewTest, timersBeingCascadedStayInTheirSlotUntilTheyMove)
{
    showAt(*run.after(Kind::Moved, run.lease));
    EXPECT_EQ(view.scene().slot(1, 5).count, 4u);
    EXPECT_EQ(view.scene().slot(0, 0).count, 1u);
    std::uint64_t shown = 0;
    for (const SceneSlot& s : view.scene().slots)
        shown += s.count;
    EXPECT_EQ(shown, view.scene().pending);
}

TEST_F(WheelViewTest, everyPositionShowsEveryPendingTimer)
{
    for (std::uint64_t e = 0; e <= run.log().size(); ++e) {
        showAt({e, 0, 0});
        std::uint64_t shown = 0;
        for (const SceneSlot& s : view.scene().slots)
            shown += s.count;
        EXPECT_EQ(shown, view.scene().pending) << e;
    }
}

TEST_F(WheelViewTest, aClickTakesTheNearestOccupiedSlot)
{
    showAt(*run.after(Kind::Moved, run.dnsTtl));
    QSignalSpy spy(&view, &WheelView::timerSelected);
    const RingLayout& w = *view.layoutOfWheel().rings();
    const QPointF beside =
        w.polar(w.ring(0).middle(), w.angleOf({0, 181}) + 1); // the slot behind it is empty
    QTest::mouseClick(&view, Qt::LeftButton, {}, beside.toPoint());
    ASSERT_EQ(spy.count(), 1);
    EXPECT_EQ(view.selectedTimer(), run.dnsTtl);
    QTest::mouseClick(&view, Qt::LeftButton, {}, w.polar(w.ring(0).middle(), w.angleOf({0, 120})).toPoint());
    EXPECT_EQ(spy.count(), 1) << "nothing within 12 pixels";
    EXPECT_EQ(desk.selection.slot(), view.scene().geometry.slot(0, 0, 120)) << "the empty slot itself";
    EXPECT_FALSE(picture().isNull());
}

TEST_F(WheelViewTest, theSlotUnderThePointerIsToldAndListed)
{
    showAt(*run.after(Kind::Queued, run.far));
    QSignalSpy spy(&view, &WheelView::slotHovered);
    const RingLayout& w = *view.layoutOfWheel().rings();
    const QPointF at = w.polar(w.ring(1).middle(), w.angleOf({1, 5}));
    QMouseEvent move(QEvent::MouseMove, at, view.mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(&view, &move);
    ASSERT_EQ(spy.count(), 1);
    EXPECT_EQ(spy[0][0].value<core::SlotId>(), view.scene().geometry.slot(0, 1, 5));
    EXPECT_EQ(view.slotText({1, 5}),
              QStringLiteral("tv2[5]: 5 timers\nlease\nroute_gc\ndns_ttl\nkeepalive\ntcp_rto"));
    EXPECT_EQ(view.slotText({1, 6}), QStringLiteral("tv2[6]: empty"));
    EXPECT_EQ(view.slotText({2, 0}).section(u':', 0, 0), QStringLiteral("tv3[0]"));
}

TEST_F(WheelViewTest, aClickOnAnotherCpuAsksForIt)
{
    showAt(*run.after(Kind::Moved, run.dnsTtl));
    EXPECT_EQ(view.cpu(), 0);
    QSignalSpy spy(&view, &WheelView::cpuPicked);
    const auto places = miniPlaces(4, QRectF(view.rect()), 1);
    QTest::mouseClick(&view, Qt::LeftButton, {}, places[2].centre.toPoint());
    ASSERT_EQ(spy.count(), 1);
    EXPECT_EQ(spy[0][0].toInt(), 2);
    view.setCpu(2, run.history().at(*run.after(Kind::Moved, run.dnsTtl)));
    EXPECT_EQ(view.cpu(), 2);
    EXPECT_EQ(view.scene().pending, 0u);
}

TEST_F(WheelViewTest, keysWalkOverOccupiedSlots)
{
    showAt(*run.after(Kind::Moved, run.dnsTtl));
    view.setFocus();
    QSignalSpy spy(&view, &WheelView::timerSelected);
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_Return);
    ASSERT_EQ(spy.count(), 1);
    EXPECT_EQ(view.selectedTimer(), run.routeGc) << "the next one behind the hand";
    QTest::keyClick(&view, Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(&view, Qt::Key_Return);
    EXPECT_EQ(view.selectedTimer(), run.keepalive) << "the slot of tv2 that is coming down";
    EXPECT_TRUE(view.accessibleDescription().startsWith(QStringLiteral("tv2[5]")));
}

TEST_F(WheelViewTest, theSentenceIsItsAccessibleName)
{
    view.setSentence(QStringLiteral("dns_ttl drops."));
    EXPECT_EQ(view.accessibleName(), QStringLiteral("dns_ttl drops."));
}

TEST_F(WheelViewTest, paintsInEveryThemeAndSize)
{
    showAt(*run.after(Kind::Fired, run.lease));
    for (const ThemeName name : {ThemeName::Light, ThemeName::Dark, ThemeName::HighContrast})
        for (const double scale : {.8, 1.0, 3.0})
            for (const QSize size : {QSize(320, 320), QSize(936, 480), QSize(1240, 760)}) {
                provider.setTheme(name);
                provider.setScale(scale);
                view.resize(size);
                const QImage image = picture();
                EXPECT_TRUE(isNear(image.pixel(size.width() - 1, 0), theme(name).canvas));
                const WheelLayout& w = view.layoutOfWheel();
                const QPointF c = w.middle({3, w.slots(3) / 2});
                const QPointF ring = w.middle({3, 20});
                EXPECT_TRUE(QRectF(view.rect()).contains(c));
                const bool isRing = isNear(image.pixel(ring.toPoint()), slotFloor(theme(name), 3), 6);
                EXPECT_EQ(isRing, !view.layoutOfWheel().isMini()) << size.width() << ' ' << scale;
            }
}

TEST_F(WheelViewTest, anExportHoldsTextAsText)
{
    showAt(*run.after(Kind::Moved, run.dnsTtl));
    QBuffer buffer;
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setSize({826, 580});
    svg.setViewBox(QRect(0, 0, 826, 580));
    svg.setResolution(fontResolution());
    {
        QPainter p(&svg);
        paintWheelView(p, QRectF(0, 0, 826, 580), Look(), view.scene(), WheelForm::Rings, core::TimerId::none(), false);
    }
    const QString text = QString::fromUtf8(buffer.data());
    for (const char* word : {"route_gc", "dns_ttl", "one slot", "CPU 0", "3/5", "cascading"})
        EXPECT_TRUE(text.contains(QLatin1String(word))) << word;
    EXPECT_FALSE(text.contains(QLatin1String("<image"))) << "nothing was painted as pixels";
}

TEST(WheelViewSmall, theSmallWheelIsShownToo)
{
    test::SmallRun run;
    run.inputs().machine.small = true;
    const core::TimerId t = run.timer("t");
    run.at(1, core::Call::ModTimer, t, 500);
    run.inputs().untilTicks = 1'000;
    run.finish();
    test::TestDesk desk;
    ThemeProvider& provider = desk.theme;
    WheelView view(desk.desk);
    view.resize(826, 580);
    const Position p = *run.after(Kind::Queued, t);
    view.showPosition(run.history().at(p), run.inputsPtr(), effects(run.log(), p, p));
    const auto dot = dotOf(view.scene(), view.layoutOfWheel(), t);
    ASSERT_TRUE(dot);
    EXPECT_EQ(view.layoutOfWheel().slotAt(*dot), (SlotPlace{1, 7}));
    EXPECT_TRUE(isNear(view.grab().toImage().pixel(dot->toPoint()), provider.theme().tv[1]));
}

TEST(WheelViewFull, tenThousandTimersAreHeatWithAChip)
{
    test::SmallRun run;
    for (std::uint32_t i = 0; i < 10'000; ++i)
        run.at(1, core::Call::ModTimer, run.timer("p", i + 1), 100 + i % 4'000);
    run.inputs().untilTicks = 600;
    run.finish();
    test::TestDesk desk;
    ThemeProvider& provider = desk.theme;
    WheelView view(desk.desk);
    view.resize(826, 580);
    const Position p = *run.after(Kind::Queued, core::TimerId::none(), 10'000);
    const core::World& world = run.history().at(p);
    view.showPosition(world, run.inputsPtr(), effects(run.log(), p, p));
    const RingLayout& w = *view.layoutOfWheel().rings();
    const QImage image = view.grab().toImage();
    const QPointF middle = w.polar(w.ring(0).middle(), w.angleOf({0, 120}));
    EXPECT_TRUE(isNear(image.pixel(middle.toPoint()),
                       slotHeat(provider.theme(), 0, view.scene().slot(0, 120).count, view.scene().fullest)));
    EXPECT_EQ(view.scene().pending, 10'000u);
}

TEST(WheelViewSpeed, aFrameOf100ChangedSlotsAnd200FlyingDotsFitsTheBudget)
{
    test::SmallRun run;
    for (std::uint32_t i = 0; i < 200; ++i)
        run.at(1, core::Call::ModTimer, run.timer("p", i + 1), 512 + i % 100 * 2);
    run.inputs().untilTicks = 800;
    run.finish();
    test::TestDesk desk;
    desk.theme.setMotion(MotionSetting::Full);
    WheelView view(desk.desk);
    view.resize(1240, 760);
    const Position first = *run.after(Kind::Moved),
                   last = *run.after(Kind::Moved, core::TimerId::none(), 200);
    const Position from{first.event - 1, 0, 0};
    QImage screen(view.size(), QImage::Format_ARGB32_Premultiplied);
    view.showPosition(run.history().at(from), run.inputsPtr(), effects(run.log(), from, from));
    view.render(&screen);
    view.showPosition(run.history().at(last), run.inputsPtr(), effects(run.log(), from, last));
    view.render(&screen); // the step's own frame: everything that changed
    const int frames = 10;
    const std::clock_t begin = std::clock();
    for (int i = 1; i <= frames; ++i) {
        view.showInstant(i * 80.0);
        view.render(&screen);
    }
    const double ms = 1e3 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / frames;
    std::cout << "frame with 200 flying dots: " << ms << " ms of CPU\n";
    EXPECT_LT(ms, 30) << "the goal is 8 on a free machine; this only catches a change of kind";
}

} // namespace
} // namespace jiffy::ui
