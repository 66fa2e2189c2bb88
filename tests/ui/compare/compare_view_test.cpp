// SPDX-License-Identifier: GPL-3.0-or-later
// The compare view on the design's scenario: lesson 16's timers and lesson 8's hundred at jiffies 1600.
#include "tests/ui/support/small_run.h"
#include "tests/ui/support/test_desk.h"
#include "ui/compare/compare_bar.h"
#include "ui/compare/compare_view.h"

#include <gtest/gtest.h>
#include <QAbstractItemModelTester>
#include <QFontMetrics>
#include <QImage>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace jiffy;
using ui::CompareHit;
using ui::ComparePart;
using ui::CompareView;

namespace
{

core::InputsPtr hundredAndFive()
{
    test::SmallRun run;
    auto& in = run.inputs();
    in.title = "Three ways to keep 105 timers";
    in.machine.hz = core::Hz{1000};
    in.machine.jiffies = 1000;
    in.untilTicks = 10'500;
    std::uint32_t number = 0;
    const auto add = [&](core::Jiffies expires) {
        run.at(0, core::Call::AddTimer, run.timer("t", ++number), expires);
    };
    for (const core::Jiffies e : {1010, 1100, 2000, 6000, 11000})
        add(e);
    for (core::Jiffies e = 1536; e < 1636; ++e)
        add(e);
    return run.inputsPtr();
}

/// A view on a desk, shown at the design's size; what the window would tell it comes from the session.
struct Shown
{
    explicit Shown(bool isVisible = true, core::InputsPtr inputs = hundredAndFive())
        : view(desk.desk, nullptr)
    {
        QObject::connect(&desk.session, &ui::Session::runReset, &view,
                         [this] { view.reset(desk.session.history().inputsPtr(), desk.session.snapshot()); });
        QObject::connect(&desk.session, &ui::Session::snapshotReady, &view,
                         [this](const core::Snapshot& s) { view.extend(s); });
        QObject::connect(&desk.session, &ui::Session::positionChanged, &view,
                         [this](core::Position from, core::Position to, ui::Motion motion) {
                             const ui::StepEffects none;
                             const ui::Sentence silence;
                             view.showMoment({desk.session.world(), desk.session.history().inputsPtr(), from,
                                              to, motion, ui::MotionStyle::Jump, none, silence, 0});
                         });
        view.resize(1440, 774);
        view.setAttribute(Qt::WA_DontShowOnScreen);
        if (isVisible) view.show();
        desk.session.start({std::move(inputs), {}}, QStringLiteral("design"));
        while (desk.session.isRunning() || desk.session.isWaiting())
            QTest::qWait(5);
        await();
    }
    void await()
    {
        auto& companions = view.companions();
        for (std::size_t c = 0; c < companions.count(); ++c)
            while (companions.isRunning(c))
                QTest::qWait(5);
    }
    void click(const QPointF& at)
    {
        QTest::mouseClick(&view.canvas(), Qt::LeftButton, Qt::NoModifier, at.toPoint());
    }
    ui::CompareLayout layout() { return view.canvas().layoutFor(view.canvas().size()); }
    core::Jiffies now() { return desk.session.world().clock().jiffies; }

    test::TestDesk desk;
    CompareView view;
};

} // namespace

TEST(CompareView, SaysWhatTheDesignSaysAt1600)
{
    Shown shown;
    shown.desk.session.seekTick(600);
    const auto& scene = shown.view.scene();
    ASSERT_EQ(scene.columns.size(), 3u);
    EXPECT_EQ(scene.columns[0].title, QStringLiteral("Sorted list"));
    EXPECT_EQ(scene.columns[0].sentence, QStringLiteral("Takes the head: one handler, nothing to search."));
    EXPECT_EQ(scene.columns[1].sentence,
              QStringLiteral("Takes one slot: one handler. It paid at 1536: 100 moves."));
    EXPECT_EQ(scene.columns[2].sentence,
              QStringLiteral("Three slots are due; one holds 64, up to 64 jiffies late."));
    EXPECT_EQ(ui::plainText(scene.columns[0].insertion),
              QStringLiteral("To insert 1700 now: walk past 35 timers, 36 comparisons."));
    EXPECT_EQ(ui::plainText(scene.columns[1].insertion),
              QStringLiteral("To insert 1700 now: one subtraction, one mask, tv1[164]."));
    EXPECT_EQ(ui::plainText(scene.columns[2].insertion),
              QStringLiteral("To insert 1700 now: level 1, rounded up to 1704."));
    const auto values = [&](int row) {
        std::vector<std::uint64_t> all;
        for (const auto& column : scene.columns)
            all.push_back(column.counters[static_cast<std::size_t>(row)].value);
        return all;
    };
    using Values = std::vector<std::uint64_t>;
    EXPECT_EQ(values(1), (Values{0, 100, 0}));
    EXPECT_EQ(values(2), (Values{0, 0, 64}));
    EXPECT_EQ(values(3), (Values{67, 67, 3}));
    EXPECT_EQ(values(4), (Values{1, 101, 64}));
    EXPECT_GT(values(0)[0], 4000u);
    EXPECT_TRUE(scene.columns[0].counters[3].isMost && scene.columns[1].counters[3].isMost &&
                !scene.columns[2].counters[3].isMost);
    EXPECT_EQ(shown.view.note(), QStringLiteral("Same input, same clock: 105 timers each"));
    EXPECT_TRUE(shown.view.isSame());
}

TEST(CompareView, NothingIsComputedWhileItIsHidden)
{
    Shown shown(false);
    shown.desk.session.seekTick(600);
    EXPECT_FALSE(shown.view.companions().isThere());
    EXPECT_TRUE(shown.view.canvas().isEmpty());
    EXPECT_EQ(shown.view.table()->rowCount(), 0);
    shown.view.show();
    shown.await();
    EXPECT_EQ(shown.view.scene().columns.size(), 3u);
    shown.view.hide();
    shown.desk.session.seekTick(10);
    EXPECT_NE(shown.view.scene().columns[0].jiffies, shown.now()) << "nobody looks";
    shown.view.show();
    EXPECT_EQ(shown.view.scene().columns[0].jiffies, shown.now());
}

TEST(CompareView, APictureOfAHiddenViewIsWhole)
{
    Shown shown(false);
    shown.desk.session.seekTick(600);
    QImage image(1440, 742, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    shown.view.paintView(painter, QRectF(0, 0, 1440, 742), false);
    painter.end();
    EXPECT_EQ(shown.view.scene().columns.size(), 3u);
    // Something of the level's hue, of the accent and of amber is there.
    const auto& t = shown.desk.theme.theme();
    bool hasNow = false, hasLate = false;
    for (int y = 0; y < image.height(); y += 1)
        for (int x = 0; x < image.width(); x += 2) {
            hasNow |= image.pixelColor(x, y) == t.now;
            hasLate |= image.pixelColor(x, y) == t.late;
        }
    EXPECT_TRUE(hasNow);
    EXPECT_TRUE(hasLate);
}

TEST(CompareView, ACounterLeadsToWhatCausedIt)
{
    Shown shown;
    shown.desk.session.seekTick(600);
    const auto layout = shown.layout();
    shown.click(layout.counterRow(1, 1).center()); // timers moved
    EXPECT_EQ(shown.now(), 1536u);
    shown.desk.session.seekTick(700);
    shown.click(layout.counterRow(2, 4).center()); // most work of the wheel of 6.1
    EXPECT_EQ(shown.now(), 1600u);
    shown.click(layout.counterRow(0, 0).center()); // comparisons: an add at the start
    EXPECT_EQ(shown.now(), 1000u);
}

TEST(CompareView, ATitleLetsItsAlgorithmLead)
{
    Shown shown;
    shown.desk.session.seekTick(600);
    shown.click(shown.layout().columns[2].title.center());
    EXPECT_EQ(shown.desk.session.inputs().machine.timers, core::TimerAlgorithm::Wheel61);
    EXPECT_EQ(shown.now(), 1600u);
    shown.await();
    ASSERT_EQ(shown.view.scene().columns.size(), 3u);
    EXPECT_TRUE(shown.view.scene().columns[2].isLeading);
    shown.desk.session.undoStack().undo();
    EXPECT_TRUE(shown.view.scene().columns[1].isLeading);
}

TEST(CompareView, TheExpiryCanBeSetAndFollowsNowOtherwise)
{
    Shown shown;
    shown.desk.session.seekTick(600);
    EXPECT_EQ(shown.view.scene().expires, 1700u);
    shown.desk.session.seekTick(20);
    EXPECT_EQ(shown.view.scene().expires, 1100u);
    shown.view.setExpires(6000);
    shown.desk.session.seekTick(600);
    EXPECT_EQ(shown.view.scene().expires, 6000u);
    EXPECT_TRUE(ui::plainText(shown.view.scene().columns[1].insertion)
                    .contains(QStringLiteral("tv2[23]; to be moved once")));
    EXPECT_TRUE(ui::plainText(shown.view.scene().columns[2].insertion)
                    .contains(QStringLiteral("level 3, rounded up to 6144")));
    shown.view.setExpires(std::nullopt);
    EXPECT_EQ(shown.view.scene().expires, 1700u);
    // Dragged by ten pixels: ten jiffies.
    const auto at = ui::insertionNumber(shown.layout(), shown.view.scene(), 0, shown.desk.theme.look())
                        .center()
                        .toPoint();
    QTest::mousePress(&shown.view.canvas(), Qt::LeftButton, Qt::NoModifier, at);
    QTest::mouseMove(&shown.view.canvas(), at + QPoint(10, 0));
    QTest::mouseRelease(&shown.view.canvas(), Qt::LeftButton, Qt::NoModifier, at + QPoint(10, 0));
    EXPECT_EQ(shown.view.scene().expires, 1710u);
}

TEST(CompareView, KeysReachEverythingThatCanBeClicked)
{
    Shown shown;
    shown.desk.session.seekTick(600);
    auto& canvas = shown.view.canvas();
    canvas.setFocus(Qt::TabFocusReason);
    EXPECT_EQ(canvas.stops().size(), 3u * (2 + ui::counterCount));
    for (const auto& stop : canvas.stops())
        EXPECT_FALSE(canvas.textOf(stop).isEmpty());
    QTest::keyClick(&canvas, Qt::Key_Down);
    while (canvas.focused() && *canvas.focused() != CompareHit{ComparePart::Counter, 1, 1})
        QTest::keyClick(&canvas, Qt::Key_Down);
    EXPECT_TRUE(canvas.accessibleDescription().contains(QStringLiteral("timers moved 100")));
    QTest::keyClick(&canvas, Qt::Key_Return);
    EXPECT_EQ(shown.now(), 1536u);
}

TEST(CompareView, WhatIsDoneByHandIsSeenInEveryColumn)
{
    Shown shown;
    shown.desk.session.seekTick(500);
    core::Intervention add;
    add.what = core::Intervention::What::Add;
    add.expires = 1520;
    add.name = "one_more";
    ASSERT_TRUE(shown.desk.session.intervene(add));
    shown.await();
    shown.desk.session.seekTick(530);
    const auto& scene = shown.view.scene();
    ASSERT_EQ(scene.columns.size(), 3u);
    EXPECT_EQ(scene.columns[0].counters[3].value, 3u) << "1010, 1100 and the new one";
    EXPECT_EQ(scene.columns[1].counters[3].value, 3u);
    EXPECT_EQ(scene.columns[2].counters[3].value, 3u);
    EXPECT_EQ(shown.view.note(), QStringLiteral("Same input, same clock: 106 timers each"));
}

TEST(CompareView, TheBoardSetsPropertiesBesideWhatWasMeasured)
{
    Shown shown;
    shown.desk.session.seekTick(600);
    QAbstractItemModelTester tester(&shown.view.board(),
                                    QAbstractItemModelTester::FailureReportingMode::Fatal);
    shown.view.showBoard(true);
    auto& board = shown.view.board();
    ASSERT_EQ(board.columnCount(), 4);
    ASSERT_EQ(board.rowCount(), 8);
    const auto text = [&](int row, int column) { return board.index(row, column).data().toString(); };
    EXPECT_TRUE(text(0, 1).contains(QStringLiteral("O(n)")));
    EXPECT_TRUE(text(0, 2).contains(QStringLiteral("no comparison")) ||
                text(0, 2).contains(QStringLiteral("0 comparisons")));
    EXPECT_TRUE(text(2, 2).contains(QStringLiteral("most at 1536: 100 moves, one handler")))
        << text(2, 2).toStdString();
    EXPECT_TRUE(text(3, 3).contains(QStringLiteral("latest: 64 jiffies")));
    EXPECT_TRUE(text(4, 2).contains(QStringLiteral("0 to 4")));
    EXPECT_EQ(board.eventAt(board.index(3, 0)), std::nullopt);
    EXPECT_TRUE(board.eventAt(board.index(3, 3)).has_value());
}

TEST(CompareView, TheTableHoldsWhatTheCanvasShows)
{
    Shown shown;
    shown.desk.session.seekTick(600);
    auto* table = shown.view.table();
    QAbstractItemModelTester tester(table, QAbstractItemModelTester::FailureReportingMode::Fatal);
    ASSERT_EQ(table->rowCount(), 3 + ui::counterCount);
    EXPECT_EQ(table->index(0, 1).data().toString(), QStringLiteral("jiffies 1600"));
    EXPECT_EQ(table->index(2, 1).data().toString(), QStringLiteral("walk past 35 timers, 36 comparisons."));
    EXPECT_TRUE(table->index(4, 2).data().toString().startsWith(QStringLiteral("100")));
    shown.desk.session.seekTick(601);
    EXPECT_EQ(table->index(0, 1).data().toString(), QStringLiteral("jiffies 1601"));
}

TEST(CompareView, ColumnsStandAtTheInstantAtTheEndToo)
{
    // The wheel of 3.9 has called its last; that of 6.1 rounds it up to a later jiffy.
    test::SmallRun run;
    run.inputs().machine.hz = core::Hz{1000};
    run.inputs().machine.jiffies = 1000;
    run.at(0, core::Call::AddTimer, run.timer("far"), 11'000);
    Shown shown(true, run.inputsPtr());
    shown.desk.session.toEnd();
    const auto& scene = shown.view.scene();
    ASSERT_EQ(scene.columns.size(), 3u);
    for (const auto& column : scene.columns)
        EXPECT_EQ(column.jiffies, 11'000u) << column.title.toStdString();
    EXPECT_EQ(scene.columns[2].pending, 1u);
    EXPECT_EQ(scene.note,
              QStringLiteral("The leading run has ended; Non-cascading wheel still has 1 pending"));
}

TEST(CompareView, TellsOfTheCpuThatActed)
{
    test::SmallRun run;
    auto& in = run.inputs();
    in.machine.hz = core::Hz{1000};
    in.machine.jiffies = 1000;
    in.machine.cpus = 2;
    in.untilTicks = 50;
    run.at(1, core::Call::AddTimer, run.timer("a"), 1010, 1);
    run.at(1, core::Call::AddTimer, run.timer("b"), 1020, 0);
    Shown shown(true, run.inputsPtr());
    shown.desk.session.seekTick(10);
    const auto& scene = shown.view.scene();
    ASSERT_EQ(scene.columns.size(), 3u);
    EXPECT_EQ(scene.cpu, 1);
    EXPECT_EQ(scene.columns[0].sentence,
              QStringLiteral("CPU 1: takes the head: one handler, nothing to search."));
    EXPECT_EQ(scene.columns[1].sentence, QStringLiteral("CPU 1: takes one slot: one handler."));
    // Others had their turns behind it and found nothing.
    shown.desk.session.seekTick(20);
    EXPECT_EQ(scene.cpu, 0);
    EXPECT_EQ(shown.view.scene().columns[1].sentence, QStringLiteral("CPU 0: takes one slot: one handler."));
}

TEST(CompareView, CountsTheSlotsThatAStepTookAndWhoWasEarly)
{
    test::SmallRun run;
    auto& in = run.inputs();
    in.machine.hz = core::Hz{1000};
    in.machine.jiffies = 1000;
    in.untilTicks = 50;
    run.at(0, core::Call::AddTimer, run.timer("std"), 1005);
    run.at(0, core::Call::AddTimer, run.timer("def", 0, core::Deferrable), 1005);
    Shown shown(true, run.inputsPtr());
    int found = 0;
    for (std::uint64_t tick = 4; tick < 9; ++tick) {
        shown.desk.session.seekTick(tick);
        const auto& sentence = shown.view.scene().columns[2].sentence;
        found += sentence.startsWith(QStringLiteral("Takes two slots, one timer in each, ")) ? 1 : 0;
    }
    EXPECT_EQ(found, 1) << "one of each wheel";
    core::CostTotals costs;
    costs.handlers = 3;
    costs.early = 2;
    costs.earliest = {-63, 7, 3, {}, {}};
    EXPECT_EQ(ui::countersOf(costs, 1000, {})[2].aside, QStringLiteral("2 early, up to 63"));
}

TEST(CompareView, AFaultGoesWhenThePlayheadMoves)
{
    Shown shown;
    auto* field = shown.view.findChild<QLineEdit*>();
    ASSERT_NE(field, nullptr);
    auto* bar = shown.view.findChild<ui::CompareBar*>();
    ASSERT_NE(bar, nullptr);
    field->setFocus();
    field->clear();
    QTest::keyClicks(field, QStringLiteral("abc"));
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_TRUE(bar->hasFault());
    QTest::keyClicks(field, QStringLiteral("1"));
    EXPECT_FALSE(bar->hasFault()) << "it is being mended";
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_TRUE(bar->hasFault());
    shown.desk.session.seekTick(20);
    EXPECT_FALSE(bar->hasFault());
    EXPECT_EQ(field->text(), QStringLiteral("1100"));
}

TEST(CompareView, RowsOfTheBoardHoldTheirText)
{
    for (const int width : {1280, 1440}) {
        Shown shown;
        shown.view.resize(width, 774);
        shown.desk.session.seekTick(600);
        shown.view.showBoard(true);
        QTest::qWait(1);
        auto* board = shown.view.findChild<QTableView*>();
        ASSERT_NE(board, nullptr);
        const QFontMetrics metrics(board->font());
        for (int row = 0; row < board->model()->rowCount(); ++row)
            for (int column = 0; column < board->model()->columnCount(); ++column) {
                const QRect room(0, 0, board->columnWidth(column) - 20, 1 << 20);
                const auto text = board->model()->index(row, column).data().toString();
                EXPECT_GE(board->rowHeight(row) - 12,
                          metrics.boundingRect(room, Qt::TextWordWrap, text).height())
                    << width << text.toStdString();
            }
    }
}

TEST(CompareView, ItsMenuOfAlgorithmsStaysWhileMarksAreSet)
{
    Shown shown;
    auto* bar = shown.view.findChild<ui::CompareBar*>();
    auto* menu = bar->findChild<QMenu*>();
    menu->popup(QPoint(10, 10));
    const auto click = [&](int index) {
        QTest::mouseClick(menu, Qt::LeftButton, Qt::NoModifier, menu->actionGeometry(menu->actions()[index]).center());
    };
    const auto indexOf = [](std::string_view name) {
        const auto& all = core::timerAlgorithms();
        return static_cast<int>(std::find_if(all.begin(), all.end(), [&](const auto& t) { return t.name == name; }) - all.begin());
    };
    ASSERT_EQ(menu->actions().size(), 4);
    click(indexOf("wheel-3.9-small"));
    EXPECT_EQ(shown.view.companions().count(), 4u);
    EXPECT_TRUE(menu->isVisible());
    EXPECT_TRUE(menu->actions()[indexOf("wheel-3.9-small")]->isChecked());
    click(indexOf("wheel-3.9-small"));
    click(indexOf("sorted-list"));
    EXPECT_EQ(shown.view.companions().count(), 2u);
    EXPECT_FALSE(menu->actions()[indexOf("wheel-6.1")]->isEnabled()) << "two at least are compared";
    click(indexOf("wheel-6.1"));
    EXPECT_EQ(shown.view.companions().count(), 2u);
    EXPECT_TRUE(menu->isVisible());
    // By the keyboard, too.
    menu->setActiveAction(menu->actions()[indexOf("sorted-list")]);
    QTest::keyClick(menu, Qt::Key_Space);
    EXPECT_EQ(shown.view.companions().count(), 3u);
    EXPECT_TRUE(menu->isVisible());
    QTest::keyClick(menu, Qt::Key_Escape);
    EXPECT_FALSE(menu->isVisible());
}
