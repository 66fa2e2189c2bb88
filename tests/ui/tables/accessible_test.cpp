// SPDX-License-Identifier: GPL-3.0-or-later
// What assistive technology finds: canvases as tables, and a sentence for each step, not too many at once.
#include "ui/inspector/inspector_view.h"
#include "ui/narration/announcer.h"
#include "ui/narration/panel.h"
#include "ui/timeline/timeline_view.h"
#include "ui/wheel/wheel_view.h"
#include "ui/window/main_window.h"

#include "tests/ui/support/small_run.h"

#include <gtest/gtest.h>
#include <QAccessible>
#include <QTest>

using namespace jiffy;

namespace
{

class Reader : public testing::Test
{
  protected:
    Reader() : window({}, theme, ui::Settings::Off)
    {
        window.resize(1440, 900);
        window.show();
        const test::CascadeRun run(2);
        window.session().start({run.inputsPtr(), {}}, QStringLiteral("cascade"));
        while (window.session().isRunning())
            QTest::qWait(5);
        window.session().seekTick(1'000);
    }
    static QAccessibleTableInterface* tableOf(QObject* object)
    {
        auto* interface = QAccessible::queryAccessibleInterface(object);
        return interface ? interface->tableInterface() : nullptr;
    }
    static QString cell(QAccessibleTableInterface& table, int row, int column)
    {
        auto* found = table.cellAt(row, column);
        return found ? found->text(QAccessible::Name) : QStringLiteral("(none)");
    }

    ui::ThemeProvider theme;
    ui::MainWindow window;
};

} // namespace

TEST_F(Reader, FindsTheSlotsOfTheWheel)
{
    auto* table = tableOf(&window.wheel());
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(table->rowCount(), 2);
    EXPECT_EQ(cell(*table, 0, 0), QStringLiteral("tv2"));
    EXPECT_EQ(cell(*table, 0, 4), QStringLiteral("5"));
    EXPECT_EQ(table->columnDescription(4), QStringLiteral("timers"));
    auto* one = table->cellAt(0, 5);
    ASSERT_NE(one, nullptr);
    EXPECT_EQ(one->role(), QAccessible::Cell);
    EXPECT_EQ(one->tableCellInterface()->rowIndex(), 0);
    EXPECT_EQ(one->tableCellInterface()->columnIndex(), 5);
    auto* interface = QAccessible::queryAccessibleInterface(&window.wheel());
    EXPECT_EQ(interface->role(), QAccessible::Table);
    EXPECT_EQ(interface->child(interface->indexOfChild(one)), one);
    // Cells of a slot that is gone are gone, too.
    window.session().seekTick(2'000);
    EXPECT_EQ(cell(*table, 0, 0), QStringLiteral("tv1"));
    window.session().toStart();
    EXPECT_EQ(table->cellAt(0, 0), nullptr);
}

TEST_F(Reader, FindsTheFieldsOfTheInspector)
{
    window.selection().selectTimer(core::TimerId(2));
    auto& view = *window.findChild<ui::InspectorView*>();
    auto* table = tableOf(&view.body());
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(cell(*table, 0, 1), QStringLiteral("dns_ttl"));
    EXPECT_EQ(cell(*table, 1, 1), QStringLiteral("pending"));
    window.selection().selectCpu(0);
    EXPECT_EQ(cell(*table, 0, 1), QStringLiteral("CPU 0"));
    EXPECT_TRUE(view.body().accessibleDescription().startsWith(QStringLiteral("CPU CPU 0")));
}

TEST_F(Reader, FindsTheTicksOfTheTimeline)
{
    auto* table = tableOf(&window.timeline());
    ASSERT_NE(table, nullptr);
    ASSERT_GE(table->rowCount(), 1);
    EXPECT_EQ(cell(*table, 0, 0), QStringLiteral("2000"));
    // The buttons that stand on it are still there.
    auto* interface = QAccessible::queryAccessibleInterface(&window.timeline());
    EXPECT_GT(interface->childCount(), table->rowCount() * table->columnCount());
}

TEST_F(Reader, HearsTheSentenceOfAStep)
{
    auto& panel = *window.findChild<ui::NarrationPanel*>();
    QTest::qWait(ui::Announcer::streamMs + 50);
    window.session().seekTick(1'998);
    EXPECT_EQ(panel.accessibleName(), panel.sentence().plain());
}

TEST(Announcer, SaysAStreamOnceASecondAndTheLatestOfIt)
{
    QWidget widget;
    auto* announcer = new ui::Announcer(&widget, ui::Announcer::Voice::Alert);
    announcer->say(QStringLiteral("one"));
    EXPECT_EQ(widget.accessibleName(), QStringLiteral("one")); // at once
    QElapsedTimer clock;
    clock.start();
    int n = 0;
    while (clock.elapsed() < 2'300) {
        announcer->say(QString::number(++n));
        QTest::qWait(20);
    }
    EXPECT_GE(announcer->count(), 2);
    EXPECT_LE(announcer->count(), 4);
    QTest::qWait(ui::Announcer::betweenMs + 50);
    EXPECT_EQ(widget.accessibleName(), QString::number(n)); // the last is not lost
    announcer->say(QStringLiteral("later"));
    EXPECT_EQ(widget.accessibleName(), QStringLiteral("later")); // a single step again
}
