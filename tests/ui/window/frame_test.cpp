// SPDX-License-Identifier: GPL-3.0-or-later
// The window round the views: its places and rails, the list of keys, the commands, the manual, its empty state.
#include "tests/ui/support/small_run.h"
#include "ui/export/export_kinds.h"
#include "ui/narration/panel.h"
#include "ui/theme/number_text.h"
#include "ui/window/context_keys.h"
#include "ui/window/empty_note.h"
#include "ui/window/keys_overlay.h"
#include "ui/window/main_window.h"
#include "ui/window/manual.h"
#include "ui/window/palette.h"
#include "ui/window/rail.h"
#include "ui/window/status_line.h"
#include "ui/window/workspace.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

using namespace jiffy;
using ui::Place;

namespace
{

core::Opened opened(bool isEmpty = false)
{
    auto in = std::make_shared<core::Inputs>();
    in->title = "Frame";
    in->machine.jiffies = 1000;
    in->machine.cpus = 2;
    in->untilTicks = 400;
    if (!isEmpty) {
        in->names = {"one"};
        in->timers.emplace_back().slack = 0;
        core::Action a;
        a.expires = 1300;
        a.timer = core::TimerId(0);
        in->actions.push_back(a);
    }
    return {in, {}};
}

class Frame : public testing::Test
{
  protected:
    Frame() : window({}, theme, ui::Settings::Off)
    {
        window.resize(1440, 900);
        window.show();
        open();
    }
    void open(bool isEmpty = false)
    {
        window.session().start(opened(isEmpty), QStringLiteral("frame.jiffy.json"));
        while (window.session().isRunning()) QTest::qWait(5);
    }
    void resize(int width, int height)
    {
        window.resize(width, height);
        QTest::qWait(1);
    }
    ui::Workspace& space() { return window.workspace(); }

    ui::ThemeProvider theme;
    ui::MainWindow window;
};

} // namespace

TEST(WorkspacePlan, IsTheDesignsForItsFourSizes)
{
    using ui::workspacePlan;
    EXPECT_EQ(workspacePlan({1920, 1080}, 1), (ui::WorkspacePlan{360, 320, 194, false, false, true}));
    EXPECT_EQ(workspacePlan({1440, 900}, 1), (ui::WorkspacePlan{324, 290, 194, false, false, true}));
    EXPECT_EQ(workspacePlan({1280, 800}, 1), (ui::WorkspacePlan{300, 290, 194, false, true, true}));
    EXPECT_EQ(workspacePlan({1024, 768}, 1), (ui::WorkspacePlan{300, 290, 120, true, true, true}));
}

TEST(WorkspacePlan, TakesLargeTextForASmallWindow)
{
    EXPECT_TRUE(ui::workspacePlan({1920, 1080}, 2).isLeftRail);
    EXPECT_FALSE(ui::workspacePlan({3840, 2160}, 2).isLeftRail);
}

TEST_F(Frame, ClosesItsSidesWhereItIsNarrowAndOpensThemAgain)
{
    EXPECT_TRUE(space().isOpen(Place::Left));
    resize(1024, 768);
    EXPECT_FALSE(space().isOpen(Place::Left));
    EXPECT_FALSE(space().narration().isVisible());
    resize(1440, 900);
    EXPECT_TRUE(space().isOpen(Place::Left));
    EXPECT_TRUE(space().narration().isVisible());
}

TEST_F(Frame, OpensASideByAClickOnItsRail)
{
    resize(1024, 768);
    ui::Rail* rail = nullptr;
    for (auto* r : window.findChildren<ui::Rail*>())
        if (r->isVisible() && r->mapTo(&window, QPoint()).x() == 0) rail = r;
    ASSERT_TRUE(rail);
    EXPECT_GE(rail->height(), 300);
    QTest::mouseClick(rail, Qt::LeftButton);
    EXPECT_TRUE(space().isOpen(Place::Left));
    EXPECT_FALSE(rail->isVisible());
}

TEST_F(Frame, KeepsAndRestoresWhatStandsWhere)
{
    auto* events = space().host(QStringLiteral("events"));
    ASSERT_TRUE(events);
    space().bring(events);
    space().setOpen(Place::Left, false);
    const auto state = space().saveState();
    window.resetLayout();
    EXPECT_TRUE(space().isOpen(Place::Left));
    EXPECT_FALSE(space().isInSight(events));
    space().restoreState(state);
    EXPECT_FALSE(space().isOpen(Place::Left));
    EXPECT_TRUE(space().isInSight(events));
    space().restoreState("rubbish");
    EXPECT_TRUE(space().isInSight(events));
}

TEST_F(Frame, BringsViewsToTheFrontByNumber)
{
    int key = Qt::Key_1;
    for (std::size_t i = 0; i < ui::viewTable().size() && key <= Qt::Key_9; ++i) {
        if (!space().hosts()[i]->isOffered()) continue; // keys count the views that there are
        QTest::keyClick(&window, static_cast<Qt::Key>(key++), Qt::ControlModifier);
        EXPECT_TRUE(space().isInSight(space().hosts()[i])) << ui::viewTable()[i].id;
        EXPECT_EQ(space().inUse(), space().hosts()[i]) << ui::viewTable()[i].id;
    }
}

TEST_F(Frame, PaintsEveryPictureInEveryThemeAndStaysItself)
{
    QTemporaryDir dir;
    for (const auto name : {ui::ThemeName::Light, ui::ThemeName::Dark, ui::ThemeName::HighContrast}) {
        for (std::size_t i = 0; i < ui::exportKinds().size(); ++i) {
            const auto& kind = ui::exportKinds()[i];
            if (kind.exporter || !ui::canWriteView(window, kind.view)) continue;
            const auto path = dir.filePath(QStringLiteral("%1-%2.png").arg(i).arg(static_cast<int>(name)));
            window.exportTo(path, static_cast<int>(i), name);
            const QImage image(path);
            ASSERT_FALSE(image.isNull()) << kind.view;
            // The lower edge is the caption, or the status line: of the theme asked for.
            EXPECT_EQ(image.pixelColor(3, image.height() - 3), ui::theme(name).win) << kind.view;
        }
        EXPECT_EQ(theme.themeName(), ui::ThemeName::Light);
    }
}

// ---- keys, commands, manual

TEST_F(Frame, ListsTheKeysOfEveryAction)
{
    QStringList listed;
    for (const auto& group : ui::keyGroups())
        for (const auto& row : group.rows) listed += row.keys;
    for (const auto& spec : ui::actionTable())
        for (const auto& key : ui::Actions::keys(spec)) EXPECT_TRUE(listed.contains(key.toString(QKeySequence::NativeText))) << spec.text;
    for (const auto& key : ui::contextKeys())
        for (const auto& one : key.keysText().split(QStringLiteral("  "))) EXPECT_TRUE(listed.contains(one)) << key.tip;
    QTest::keyClick(&window, Qt::Key_Question);
    auto* overlay = window.findChild<ui::KeysOverlay*>();
    ASSERT_TRUE(overlay);
    EXPECT_TRUE(overlay->isVisible());
    QTest::keyClick(overlay, Qt::Key_Right); // behind it nothing moves
    EXPECT_TRUE(window.session().atStart());
    QTest::keyClick(overlay, Qt::Key_Escape);
    EXPECT_FALSE(overlay->isVisible());
}

TEST_F(Frame, HasEveryActionInAMenu)
{
    QSet<QAction*> inMenus;
    for (auto* menu : window.findChildren<QMenu*>())
        for (auto* action : menu->actions()) inMenus.insert(action);
    ui::Actions other(&window);
    for (const auto& spec : ui::actionTable()) {
        const auto found = std::any_of(inMenus.begin(), inMenus.end(), [&](const QAction* a) { return a->text() == ui::Actions::text(spec); });
        EXPECT_TRUE(found) << spec.text;
    }
}

TEST_F(Frame, FindsACommandByAFewLettersAndDoesIt)
{
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    auto* palette = window.findChild<ui::Palette*>();
    ASSERT_TRUE(palette);
    ASSERT_TRUE(palette->isVisible());
    auto* line = palette->findChild<QLineEdit*>();
    auto* list = palette->findChild<QListWidget*>();
    EXPECT_GT(list->count(), 50);
    QTest::keyClicks(line, QStringLiteral("theme dark"));
    ASSERT_GE(list->count(), 1);
    EXPECT_EQ(list->item(0)->text(), QStringLiteral("Dark"));
    QTest::keyClick(line, Qt::Key_Return);
    EXPECT_FALSE(palette->isVisible());
    EXPECT_EQ(theme.themeName(), ui::ThemeName::Dark);
    EXPECT_TRUE(window.session().atStart()) << "letters that were typed are no keys";
}

TEST(Palette, PutsCommandsBeforeWhatIsChosenFromAList)
{
    ui::ThemeProvider theme;
    QMainWindow window;
    auto* file = window.menuBar()->addMenu(QStringLiteral("File"))->addMenu(QStringLiteral("Built-in"));
    for (const char* title : {"An interrupt comes", "Interrupts of two CPUs", "Who is interrupted"}) file->addAction(QLatin1String(title));
    window.menuBar()->addMenu(QStringLiteral("Edit"))->addAction(QStringLiteral("Raise an Interrupt"));
    ui::Palette palette(window.menuBar(), theme, &window);
    palette.ask(QStringLiteral("interrupt"));
    const auto* list = palette.findChild<QListWidget*>();
    ASSERT_EQ(list->count(), 4);
    EXPECT_EQ(list->item(0)->text(), QStringLiteral("Raise an Interrupt"));
    palette.ask(QStringLiteral("two cpus"));
    EXPECT_EQ(list->item(0)->text(), QStringLiteral("Interrupts of two CPUs"));
}

TEST(Palette, PrefersBeginningsOfWords)
{
    EXPECT_EQ(ui::matchScore(QStringLiteral("ste"), QStringLiteral("Step Forward")), 0);
    EXPECT_LT(ui::matchScore(QStringLiteral("for"), QStringLiteral("Step Forward")), ui::matchScore(QStringLiteral("orw"), QStringLiteral("Step Forward")));
    EXPECT_LT(ui::matchScore(QStringLiteral("orw"), QStringLiteral("Step Forward")), ui::matchScore(QStringLiteral("sfd"), QStringLiteral("Step Forward")));
    EXPECT_EQ(ui::matchScore(QStringLiteral("xyz"), QStringLiteral("Step Forward")), -1);
    EXPECT_EQ(ui::matchScore(QStringLiteral("step xyz"), QStringLiteral("Step Forward")), -1);
    EXPECT_EQ(ui::matchScore({}, QStringLiteral("Step Forward")), 0);
    // What tells about a command is asked for whole words only.
    const auto tip = ui::Actions::tip(ui::actionTable()[static_cast<std::size_t>(ui::Act::IdleCpu)]);
    EXPECT_EQ(ui::matchScore(QStringLiteral("stop tick"), QStringLiteral("Make a CPU Idle or Busy…")), -1);
    EXPECT_TRUE(ui::saysAll(QStringLiteral("stop tick"), tip));
    EXPECT_FALSE(ui::saysAll(QStringLiteral("top tick"), tip));
}

TEST_F(Frame, HasAManualWithAllKeysInIt)
{
    const auto text = ui::manualText();
    EXPECT_TRUE(text.startsWith(QStringLiteral("# Jiffyscope")));
    for (const auto& spec : ui::actionTable())
        for (const auto& key : ui::Actions::keys(spec)) EXPECT_TRUE(text.contains(key.toString(QKeySequence::NativeText))) << spec.text;
    QTest::keyClick(&window, Qt::Key_F1);
    const auto* manual = window.findChild<ui::Manual*>();
    ASSERT_TRUE(manual);
    EXPECT_TRUE(manual->isVisible());
}

TEST_F(Frame, HasAnIconAtEverySize)
{
    for (const int size : {16, 32, 48, 256}) {
        const auto image = window.windowIcon().pixmap(size).toImage();
        EXPECT_EQ(image.width(), size);
        EXPECT_GT(image.pixelColor(size / 2, size / 2).alpha(), 0) << size;
    }
}

// ---- states

TEST_F(Frame, SaysThatNothingIsArmed)
{
    auto* note = window.findChild<ui::EmptyNote*>();
    ASSERT_TRUE(note);
    EXPECT_FALSE(note->isVisible());
    open(true);
    EXPECT_TRUE(note->isVisible());
    QTest::mouseClick(note->findChild<QToolButton*>(), Qt::LeftButton);
    EXPECT_TRUE(window.findChild<ui::Palette*>()->isVisible());
}

TEST_F(Frame, SaysWhyThereIsNoFurtherStep)
{
    QTest::keyClick(&window, Qt::Key_End);
    EXPECT_TRUE(space().narration().sentence().plain().contains(QStringLiteral("The run ends here")));
    const QAction* step = nullptr;
    for (const auto* action : window.actions())
        if (action->shortcut() == QKeySequence(Qt::Key_Right)) step = action;
    ASSERT_TRUE(step);
    EXPECT_FALSE(step->isEnabled());
    EXPECT_TRUE(step->toolTip().contains(QStringLiteral("ends here")));
    QTest::keyClick(&window, Qt::Key_Home);
    EXPECT_TRUE(step->toolTip().contains(QStringLiteral("(Right)")));
}

TEST_F(Frame, NamesEveryWidgetThatTakesTheKeyboard)
{
    for (auto* widget : window.findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->focusProxy()) continue;
        auto* accessible = QAccessible::queryAccessibleInterface(widget);
        ASSERT_TRUE(accessible);
        EXPECT_FALSE(accessible->text(QAccessible::Name).isEmpty()) << widget->metaObject()->className();
    }
}
