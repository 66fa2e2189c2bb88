// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/reader.h"
#include "ui/editor/scenario_files.h"
#include "ui/editor/scenario_form.h"
#include "ui/editor/text_pane.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/main_window.h"
#include "ui/window/message_bar.h"
#include "ui/window/view_host.h"
#include "ui/window/workspace.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>
#include <gtest/gtest.h>

#include <sys/mount.h>
#include <unistd.h>

using namespace jiffy;
using ui::Act;
using ui::FileQuestions;

namespace
{

const QByteArray beat = R"({
  // a beat
  "format": "jiffyscope-scenario", "version": 1,
  "title": "Beat",
  "machine": {"cpus": 2, "hz": 250, "jiffies": 1000},
  "items": [{"name": "beat", "slack": 0, "on": [{"do": "rearm", "by": "+300"}]}], // goes on
  "actions": [
    {"at": "+1", "cpu": 0, "do": "mod_timer", "timer": "beat", "expires": "+300"} // the first
  ],
  "until": "+900"
}
)";

class Files : public testing::Test
{
  protected:
    Files() : window(library(), theme, ui::Settings::Off)
    {
        window.resize(1280, 800);
        window.show();
        auto& q = files().questions();
        q.unsaved = [this](const QString& name) {
            ++asked;
            askedFor = name;
            return leave;
        };
        q.changedOnDisk = [this](const QString&) {
            ++askedOverwrite;
            return overwrite;
        };
        q.whereTo = [this](const QString& suggestion) {
            suggested = suggestion;
            return where;
        };
    }
    static ui::Library library()
    {
        ui::Library l;
        l.entries.push_back({"beat", "Beat"});
        l.lookup = [](std::string_view name) {
            return name == "beat" ? std::optional(beat.toStdString()) : std::nullopt;
        };
        return l;
    }
    ui::ScenarioFiles& files() { return window.files(); }
    ui::ScenarioView& view() { return window.workspace().get<ui::ScenarioView>(); }
    ui::ScenarioText& text() { return view().text(); }
    QString path(const char* name) const { return dir.filePath(QString::fromLatin1(name)); }
    static QByteArray contents(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void put(const QString& path, const QByteArray& bytes)
    {
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    bool open(const QString& file)
    {
        QSignalSpy opened(&window.session(), &ui::Session::opened), failed(&window.session(), &ui::Session::failed);
        window.openFile(file);
        const bool done = QTest::qWaitFor([&] { return opened.count() + failed.count() > 0; }, 5000);
        return done && opened.count() > 0 &&
               QTest::qWaitFor([&] { return !window.session().isRunning() && text().isUpToDate(); }, 5000);
    }
    void type(const QString& from, const QString& to)
    {
        auto cursor = text().document().find(from);
        ASSERT_FALSE(cursor.isNull()) << from.toStdString();
        cursor.insertText(to);
        ASSERT_TRUE(QTest::qWaitFor([&] { return text().isUpToDate(); }, 5000));
    }
    bool says(const QString& words) const
    {
        for (const auto* label : window.findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(words)) return true;
        return false;
    }
    void showEditor()
    {
        window.workspace().bring(window.workspace().host(QStringLiteral("scenario")));
        window.activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    }

    QTemporaryDir dir;
    ui::ThemeProvider theme;
    ui::MainWindow window;
    FileQuestions::Leave leave = FileQuestions::Leave::Cancel;
    FileQuestions::Overwrite overwrite = FileQuestions::Overwrite::Cancel;
    QString where, suggested, askedFor;
    int asked = 0, askedOverwrite = 0;
};

} // namespace

TEST_F(Files, ShowsAFileAsItIsWritten)
{
    put(path("a.jiffy.json"), beat);
    ASSERT_TRUE(open(path("a.jiffy.json")));
    EXPECT_EQ(text().bytes(), beat);
    EXPECT_FALSE(files().isModified());
    EXPECT_EQ(view().state(), ui::ScenarioView::State::Same);
    ASSERT_TRUE(open(QStringLiteral(":beat")));
    EXPECT_EQ(text().bytes(), beat);
}

TEST_F(Files, RunsWhatIsTypedAndKeepsTheTick)
{
    ASSERT_TRUE(open(QStringLiteral(":beat")));
    window.session().seekTick(400);
    type(QStringLiteral("\"+300\"} // the"), QStringLiteral("\"+200\"} // the"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window.session().isRunning(); }, 5000));
    EXPECT_EQ(window.session().document()->actions[0].expires.text, "+200");
    EXPECT_EQ(window.session().ticks(), 400u);
    EXPECT_TRUE(files().isModified());
    EXPECT_TRUE(window.isWindowModified());
    // Undo of the session is a change of the text, and the comments are still there.
    window.session().undoStack().undo();
    EXPECT_EQ(text().bytes(), beat);
    ASSERT_TRUE(QTest::qWaitFor([&] { return text().isUpToDate(); }, 5000));
    EXPECT_FALSE(files().isModified());
}

TEST_F(Files, KeepsTheLastGoodPictureWhileTheTextIsWrong)
{
    ASSERT_TRUE(open(QStringLiteral(":beat")));
    const auto before = window.session().document();
    type(QStringLiteral("\"beat\", \"expires\""), QStringLiteral("\"beta\", \"expires\""));
    EXPECT_TRUE(view().hasFaults());
    EXPECT_EQ(view().state(), ui::ScenarioView::State::Faulty);
    EXPECT_EQ(window.session().document(), before);
    auto* list = view().findChild<QListWidget*>(QStringLiteral("scenarioFaults"));
    ASSERT_EQ(list->count(), 1);
    const auto fault = core::readDocument(text().bytes().toStdString(), "x").error()[0];
    EXPECT_TRUE(list->item(0)->text().endsWith(QString::fromStdString(fault.message)));
    EXPECT_EQ(view().pane().messagesOf(fault.line - 1), QString::fromStdString(fault.message));
    Q_EMIT list->itemClicked(list->item(0));
    EXPECT_EQ(view().pane().textCursor().blockNumber(), fault.line - 1);
    EXPECT_EQ(view().pane().textCursor().positionInBlock(), fault.column - 1);
    type(QStringLiteral("beta"), QStringLiteral("beat"));
    EXPECT_FALSE(view().hasFaults());
    EXPECT_FALSE(files().isModified());
}

TEST_F(Files, WritesWhatIsDoneInThePictureBesideTheComments)
{
    ASSERT_TRUE(open(QStringLiteral(":beat")));
    window.session().seekTick(100);
    core::Intervention what;
    what.timer = core::TimerId(0);
    what.expires = 50;
    what.isRelative = true;
    ASSERT_TRUE(window.session().intervene(what)) << window.session().whyNoIntervention().toStdString();
    EXPECT_EQ(text().scenario().actions.size(), 2u);
    EXPECT_TRUE(text().bytes().contains("// the first\n")) << text().bytes().toStdString();
    EXPECT_TRUE(text().bytes().contains("// a beat"));
    EXPECT_TRUE(files().isModified());
    const auto read = core::readDocument(text().bytes().toStdString(), "x");
    ASSERT_TRUE(read) << core::toText(read.error());
    EXPECT_EQ(*read, *window.session().document());
    // And with a change that was typed but not read yet: both stay.
    auto cursor = text().document().find(QStringLiteral("\"Beat\""));
    cursor.insertText(QStringLiteral("\"Typed\""));
    what.expires = 70;
    ASSERT_TRUE(window.session().intervene(what));
    EXPECT_TRUE(text().bytes().contains("\"Typed\""));
    ASSERT_TRUE(QTest::qWaitFor([&] { return text().isUpToDate(); }, 5000));
    EXPECT_EQ(window.session().document()->title, "Typed");
    EXPECT_GE(text().scenario().actions.size(), 2u);
}

TEST_F(Files, TakingBackWhatWasDoneLeavesNothingToSave)
{
    // Work by hand takes the expectations away; the way back puts them where and as they stood.
    put(path("work.jiffy.json"), R"({
  "format": "jiffyscope-scenario", "version": 1,
  "daemon": {"scheduler": "new"}, "items": [{"name": "poll"}], // the work
  "actions": [{"at": "100ms", "do": "add_work", "work": "poll", "seconds": 1}],
  "until": "3s", "expect": [ {"work": "poll", "runs": "1.25s"} ] // four alarms later
}
)");
    ASSERT_TRUE(open(path("work.jiffy.json")));
    const auto saved = text().bytes();
    window.session().seekTick(500'000);
    core::Intervention what;
    what.what = core::Intervention::What::DelWork;
    what.timer = core::TimerId(0);
    ASSERT_TRUE(window.session().intervene(what)) << window.session().whyNoIntervention().toStdString();
    EXPECT_TRUE(files().isModified());
    EXPECT_NE(text().bytes(), saved);
    window.session().undoStack().undo();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !files().isModified(); }, 5000));
    EXPECT_EQ(text().bytes(), saved) << text().bytes().toStdString();
}

TEST_F(Files, AChangeInThePictureTakesAFaultyTextBack)
{
    ASSERT_TRUE(open(QStringLiteral(":beat")));
    type(QStringLiteral("\"actions\": ["), QStringLiteral("\"actions\": "));
    ASSERT_FALSE(text().isFormable());
    const auto broken = text().bytes();
    core::Intervention what;
    what.timer = core::TimerId(0);
    what.expires = 50;
    what.isRelative = true;
    window.session().seekTick(100);
    ASSERT_TRUE(window.session().intervene(what));
    EXPECT_TRUE(text().isFormable());
    EXPECT_EQ(text().scenario(), *window.session().document());
    EXPECT_TRUE(text().bytes().contains("// a beat"));
    text().document().undo();
    EXPECT_EQ(text().bytes(), broken);
}

TEST_F(Files, SavesABuiltinUnderANameAndAFileInPlace)
{
    ASSERT_TRUE(open(QStringLiteral(":beat")));
    type(QStringLiteral("900"), QStringLiteral("800"));
    where = path("mine"); // gets the suffix
    EXPECT_TRUE(files().save());
    EXPECT_TRUE(suggested.endsWith(QLatin1String("beat.jiffy.json"))) << suggested.toStdString();
    EXPECT_EQ(contents(path("mine.jiffy.json")), text().bytes());
    EXPECT_EQ(window.session().file(), path("mine.jiffy.json"));
    EXPECT_FALSE(files().isModified());
    EXPECT_FALSE(window.isWindowModified());
    suggested.clear();
    type(QStringLiteral("800"), QStringLiteral("700"));
    EXPECT_TRUE(files().save());
    EXPECT_TRUE(suggested.isEmpty());
    EXPECT_EQ(contents(path("mine.jiffy.json")), text().bytes());
    EXPECT_EQ(askedOverwrite, 0);
    where.clear();
    EXPECT_FALSE(files().saveAs());
}

TEST_F(Files, KeepsLinksAndPermissions)
{
    put(path("real.jiffy.json"), beat);
    QFile::setPermissions(path("real.jiffy.json"), QFile::ReadOwner | QFile::WriteOwner);
    QFile::link(path("real.jiffy.json"), path("link.jiffy.json"));
    ASSERT_TRUE(open(path("link.jiffy.json")));
    type(QStringLiteral("900"), QStringLiteral("800"));
    EXPECT_TRUE(files().save());
    EXPECT_TRUE(QFileInfo(path("link.jiffy.json")).isSymLink());
    EXPECT_EQ(contents(path("real.jiffy.json")), text().bytes());
    EXPECT_EQ(QFile::permissions(path("real.jiffy.json")) & QFile::ReadOther, QFile::Permissions());
}

TEST_F(Files, SaysWhyItCannotSaveAndLosesNothing)
{
    ASSERT_TRUE(open(QStringLiteral(":beat")));
    type(QStringLiteral("900"), QStringLiteral("800"));
    where = path("no/such/folder/a.jiffy.json");
    EXPECT_FALSE(files().save());
    EXPECT_TRUE(files().isModified());
    EXPECT_TRUE(says(QStringLiteral("was not saved")));
    // A full disk.
    QFile::link(QStringLiteral("/dev/full"), path("full.jiffy.json"));
    where = path("full.jiffy.json");
    EXPECT_FALSE(files().save());
    EXPECT_TRUE(files().isModified());
    EXPECT_TRUE(says(QStringLiteral("No space left")));
    EXPECT_EQ(window.session().file(), QStringLiteral(":beat"));
    if (::geteuid() != 0) {
        QFile::setPermissions(dir.path(), QFile::ReadOwner | QFile::ExeOwner);
        where = path("locked.jiffy.json");
        EXPECT_FALSE(files().save());
        EXPECT_TRUE(says(QStringLiteral("Permission denied")));
        QFile::setPermissions(dir.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
}

TEST_F(Files, AFullDiskLeavesTheOldFileWhole)
{
    const auto disk = path("disk");
    QDir().mkpath(disk);
    if (::mount("none", disk.toLocal8Bit().constData(), "tmpfs", 0, "size=64k") != 0)
        GTEST_SKIP() << "only root can make a small disk";
    const auto file = disk + QStringLiteral("/a.jiffy.json");
    put(file, beat);
    EXPECT_TRUE(open(file));
    QTextCursor(&text().document()).insertText(QStringLiteral("// ") + QString(80'000, u'x') + u'\n');
    EXPECT_FALSE(files().save());
    EXPECT_TRUE(says(QStringLiteral("No space left")));
    EXPECT_EQ(contents(file), beat);
    EXPECT_EQ(QDir(disk).entryList(QDir::Files | QDir::Hidden).size(), 1);
    text().document().undo();
    text().edit([](core::Scenario& s) { s.watch = "short"; });
    EXPECT_TRUE(files().save());
    EXPECT_TRUE(contents(file).contains("short"));
    ::umount(disk.toLocal8Bit().constData());
}

TEST_F(Files, AsksBeforeItOverwritesWhatAnotherProgramWrote)
{
    put(path("a.jiffy.json"), beat);
    ASSERT_TRUE(open(path("a.jiffy.json")));
    type(QStringLiteral("900"), QStringLiteral("800"));
    put(path("a.jiffy.json"), beat + "// theirs\n");
    EXPECT_FALSE(files().save());
    EXPECT_EQ(askedOverwrite, 1);
    EXPECT_TRUE(contents(path("a.jiffy.json")).endsWith("// theirs\n"));
    overwrite = FileQuestions::Overwrite::SaveAs;
    where = path("b.jiffy.json");
    EXPECT_TRUE(files().save());
    EXPECT_TRUE(contents(path("a.jiffy.json")).endsWith("// theirs\n"));
    EXPECT_EQ(contents(path("b.jiffy.json")), text().bytes());
    // Touched, but with the same words: nobody is asked.
    put(path("b.jiffy.json"), text().bytes());
    type(QStringLiteral("800"), QStringLiteral("700"));
    EXPECT_TRUE(files().save());
    EXPECT_EQ(askedOverwrite, 2);
}

TEST_F(Files, BeginsAScenarioLikeThisMachine)
{
    core::MachineFacts facts;
    facts.config = "CONFIG_HZ=1000\nCONFIG_NO_HZ_IDLE=y\n";
    facts.configName = "/boot/config-6.1.0";
    facts.release = "6.1.0";
    facts.architecture = "x86_64";
    facts.onlineCpus = "0-3";
    QSignalSpy opened(&window.session(), &ui::Session::opened);
    files().newLikeThis(facts);
    ASSERT_TRUE(opened.count() > 0 || opened.wait(5000));
    ASSERT_TRUE(QTest::qWaitFor([&] { return text().isUpToDate(); }, 5000));
    EXPECT_TRUE(window.session().file().isEmpty());
    const auto& machine = text().scenario().machine;
    EXPECT_EQ(machine.hz, 1000u);
    EXPECT_EQ(machine.cpus, 4);
    EXPECT_EQ(machine.nohz, true);
    EXPECT_TRUE(text().bytes().contains("The kernel's configuration was read from /boot/config-6.1.0."));
    EXPECT_TRUE(says(QStringLiteral("A machine like this one")));
    EXPECT_TRUE(window.session().history().inputs().machine.kernel.isThere);
}

TEST_F(Files, AsksBeforeUnsavedWorkGoes)
{
    ASSERT_TRUE(open(QStringLiteral(":beat")));
    files().newScenario(); // nothing to ask
    EXPECT_EQ(asked, 0);
    EXPECT_TRUE(window.session().file().isEmpty());
    text().edit([](core::Scenario& s) { s.title = "Mine"; });
    files().newScenario();
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(askedFor, QStringLiteral("Mine"));
    EXPECT_TRUE(text().bytes().contains("Mine"));
    window.openFile(QStringLiteral(":beat"));
    EXPECT_EQ(asked, 2);
    EXPECT_FALSE(window.session().isOpening());
    EXPECT_FALSE(window.close());
    EXPECT_EQ(asked, 3);
    leave = FileQuestions::Leave::Save;
    where = path("mine.jiffy.json");
    EXPECT_TRUE(open(QStringLiteral(":beat")));
    EXPECT_TRUE(contents(path("mine.jiffy.json")).contains("Mine"));
    type(QStringLiteral("900"), QStringLiteral("800"));
    leave = FileQuestions::Leave::Discard;
    EXPECT_TRUE(window.close());
}

TEST_F(Files, OpensAFileWithFaultsWhereItCanBeMended)
{
    ASSERT_TRUE(open(QStringLiteral(":beat")));
    const auto wrong = QByteArray(beat).replace("\"cpus\": 2", "\"cpus\": 2, \"hertz\": 3").replace("Beat", "Other");
    put(path("bad.jiffy.json"), wrong);
    EXPECT_FALSE(open(path("bad.jiffy.json")));
    EXPECT_TRUE(window.workspace().isInSight(window.workspace().host(QStringLiteral("scenario"))));
    EXPECT_EQ(text().bytes(), wrong);
    EXPECT_EQ(view().pane().textCursor().blockNumber(), 4);
    EXPECT_EQ(view().form().actions().model()->rowCount(), 1); // what can be read of it
    EXPECT_EQ(window.session().title(), QStringLiteral("Beat")); // the last good picture
    type(QStringLiteral(", \"hertz\": 3"), {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.session().title() == QLatin1String("Other"); }, 5000));
    EXPECT_EQ(window.session().file(), path("bad.jiffy.json"));
    EXPECT_TRUE(files().isModified());
    EXPECT_TRUE(files().save());
    EXPECT_EQ(contents(path("bad.jiffy.json")), QByteArray(beat).replace("Beat", "Other"));
}

/// Behind the wheel it has no size of its own; its picture is laid out for the box.
TEST_F(Files, PaintsItselfAtAnySize)
{
    ASSERT_TRUE(open(QStringLiteral(":beat")));
    QImage image(900, 700, QImage::Format_RGB32);
    image.fill(Qt::magenta);
    QPainter painter(&image);
    view().paintView(painter, image.rect(), false);
    painter.end();
    int left = 0;
    for (int y = 0; y < image.height(); y += 7)
        for (int x = 0; x < image.width(); x += 7) left += image.pixelColor(x, y) == QColor(Qt::magenta);
    EXPECT_EQ(left, 0);
    EXPECT_FALSE(files().isModified());
}

TEST_F(Files, SaysWhyThereIsNothingToEdit)
{
    put(path("a.ops"), "machine cpus=1 bits=32 small=0 jiffies=0\ntick 3\n");
    const bool isOpen = open(path("a.ops"));
    ASSERT_TRUE(isOpen);
    EXPECT_FALSE(text().isEditable());
    EXPECT_FALSE(text().whyNot().isEmpty());
    showEditor();
    EXPECT_TRUE(says(text().whyNot()));
    EXPECT_FALSE(files().save());
    EXPECT_FALSE(files().isModified());
}

TEST_F(Files, AllPlainKeysAreTextInTheEditor)
{
    ASSERT_TRUE(open(QStringLiteral(":beat")));
    showEditor();
    QStringList fired;
    for (auto* action : window.findChildren<QAction*>())
        QObject::connect(action, &QAction::triggered, &window, [&fired, action] { fired.append(action->text()); });
    auto* title = view().findChild<QLineEdit*>(QStringLiteral("title."));
    ASSERT_TRUE(title);
    auto& table = view().form().actions();
    table.setCurrentIndex(table.model()->index(0, 0));
    const auto at = window.session().position();
    for (QWidget* widget : {static_cast<QWidget*>(&view().pane()), static_cast<QWidget*>(title), static_cast<QWidget*>(&table)}) {
        widget->setFocus();
        ASSERT_TRUE(widget->hasFocus());
        for (const char c : std::string("kmfbKMF[]{}0+-=? .,1")) {
            QTest::keyClick(QApplication::focusWidget(), c);
            EXPECT_TRUE(fired.isEmpty()) << c << " " << widget->metaObject()->className() << ": " << fired.join(u' ').toStdString();
        }
        if (widget == &table) QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        for (const auto key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End,
                               Qt::Key_Backspace, Qt::Key_Space, Qt::Key_Insert, Qt::Key_Delete}) {
            if (widget == &table) table.setFocus();
            QTest::keyClick(QApplication::focusWidget(), key);
            EXPECT_TRUE(fired.isEmpty()) << key << " " << widget->metaObject()->className() << ": " << fired.join(u' ').toStdString();
            fired.clear();
            if (widget == &table) QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        }
        widget->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left, Qt::ShiftModifier);
        EXPECT_TRUE(fired.isEmpty()) << widget->metaObject()->className() << ": " << fired.join(u' ').toStdString();
        fired.clear();
    }
    EXPECT_EQ(window.session().position(), at);
}

TEST_F(Files, SavesFromEverywhere)
{
    put(path("a.jiffy.json"), beat);
    ASSERT_TRUE(open(path("a.jiffy.json")));
    showEditor();
    auto* title = view().findChild<QLineEdit*>(QStringLiteral("title."));
    int n = 0;
    for (QWidget* widget : {static_cast<QWidget*>(&view().pane()), static_cast<QWidget*>(title),
                            static_cast<QWidget*>(&view().form().actions()), static_cast<QWidget*>(&window.timeline())}) {
        text().edit([&](core::Scenario& s) { s.title = QStringLiteral("T%1").arg(++n).toStdString(); });
        widget->setFocus();
        QSignalSpy saved(&files(), &ui::ScenarioFiles::savedTo);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_S, Qt::ControlModifier);
        EXPECT_EQ(saved.count(), 1) << widget->metaObject()->className();
        EXPECT_TRUE(contents(path("a.jiffy.json")).contains("\"T" + QByteArray::number(n) + "\""));
    }
}

TEST_F(Files, TypingByKeysAndTheFormChangeOneText)
{
    ASSERT_TRUE(open(QStringLiteral(":beat")));
    showEditor();
    auto* title = view().findChild<QLineEdit*>(QStringLiteral("title."));
    title->setFocus();
    title->selectAll();
    QTest::keyClicks(title, QStringLiteral("Hello k"));
    QTest::keyClick(title, Qt::Key_Return);
    EXPECT_TRUE(text().bytes().contains("\"title\": \"Hello k\""));
    auto cursor = text().document().find(QStringLiteral("Hello"));
    cursor.setPosition(cursor.selectionEnd());
    view().pane().setTextCursor(cursor);
    view().pane().setFocus();
    QTest::keyClicks(&view().pane(), QStringLiteral("[m]"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return text().isUpToDate(); }, 5000));
    EXPECT_EQ(title->text(), QStringLiteral("Hello[m] k"));
    EXPECT_EQ(window.session().title(), QStringLiteral("Hello[m] k"));
    // Ctrl+Z in the table takes back what was typed here.
    auto& table = view().form().actions();
    table.setFocus();
    const auto before = text().bytes();
    QTest::keyClick(&table, Qt::Key_Insert);
    EXPECT_EQ(text().scenario().actions.size(), 2u);
    QTest::keyClick(&table, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(text().bytes(), before);
}

// ---- after a crash

namespace
{

/// The parts that ScenarioFiles works with, as the window has them, with a folder for unsaved work.
struct Bench
{
    explicit Bench(const QString& folder)
        : actions(nullptr), view({session, selection, theme}, &window), messages(theme, &window),
          files(std::make_unique<ui::ScenarioFiles>(session, view, core::BuiltinLookup{}, actions, messages, [] {}, folder, &window))
    {
    }
    /// As a kill would: nothing is asked and nothing cleared away.
    void die() { files.reset(); }

    ui::ThemeProvider theme;
    QWidget window;
    ui::Session session{core::BuiltinLookup{}};
    ui::Selection selection;
    ui::Actions actions;
    ui::ScenarioView view;
    ui::MessageBar messages;
    std::unique_ptr<ui::ScenarioFiles> files;
};

} // namespace

TEST(Recovery, OffersWhatWasNotSavedAndGoesOnThere)
{
    QTemporaryDir dir;
    const auto folder = dir.filePath(QStringLiteral("autosave"));
    QByteArray left;
    {
        Bench bench(folder);
        bench.files->newScenario();
        bench.view.text().edit([](core::Scenario& s) { s.title = "Lost"; });
        ASSERT_TRUE(QTest::qWaitFor([&] { return QDir(folder).entryList({QStringLiteral("*.work")}).size() == 1; }, 1000))
            << "not within a second";
        left = bench.view.text().bytes();
        bench.die();
    }
    {
        Bench bench(folder);
        bench.files->offerRecovery();
        Q_EMIT bench.messages.answered(-1); // later
    }
    Bench bench(folder);
    bench.files->offerRecovery();
    EXPECT_FALSE(bench.messages.isHidden());
    Q_EMIT bench.messages.answered(0);
    EXPECT_EQ(bench.view.text().bytes(), left);
    EXPECT_EQ(bench.session.title(), QStringLiteral("Lost"));
    EXPECT_TRUE(bench.files->isModified());
    // Now it is this window's work.
    EXPECT_TRUE(ui::leftovers(folder).empty());
    bench.die();
    EXPECT_EQ(ui::leftovers(folder).size(), 1u);
}

TEST(Recovery, KeepsTextsWithFaultsAndForgetsWhatWasDiscarded)
{
    QTemporaryDir dir;
    const auto folder = dir.filePath(QStringLiteral("autosave"));
    QByteArray left;
    {
        Bench bench(folder);
        bench.files->newScenario();
        QTextCursor(&bench.view.text().document()).insertText(QStringLiteral("{{ not yet"));
        left = bench.view.text().bytes();
        ASSERT_TRUE(QTest::qWaitFor([&] { return QDir(folder).entryList({QStringLiteral("*.work")}).size() == 1; }, 1000));
        bench.die();
    }
    {
        Bench bench(folder);
        bench.files->offerRecovery();
        Q_EMIT bench.messages.answered(0);
        EXPECT_EQ(bench.view.text().bytes(), left);
        EXPECT_TRUE(bench.view.hasFaults());
        bench.die();
    }
    Bench bench(folder);
    bench.files->offerRecovery();
    Q_EMIT bench.messages.answered(1);
    EXPECT_TRUE(ui::leftovers(folder).empty());
    EXPECT_TRUE(QDir(folder).entryList(QDir::Files).isEmpty());
}

TEST(Recovery, NothingIsLeftBehindByACleanEnd)
{
    QTemporaryDir dir;
    const auto folder = dir.filePath(QStringLiteral("autosave"));
    Bench bench(folder);
    bench.files->newScenario();
    bench.view.text().edit([](core::Scenario& s) { s.title = "Saved"; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return !QDir(folder).entryList({QStringLiteral("*.work")}).isEmpty(); }, 2000));
    bench.files->questions().whereTo = [&](const QString&) { return dir.filePath(QStringLiteral("a.jiffy.json")); };
    EXPECT_TRUE(bench.files->save());
    EXPECT_TRUE(QTest::qWaitFor([&] { return QDir(folder).entryList(QDir::Files).isEmpty(); }, 2000));
    bench.view.text().edit([](core::Scenario& s) { s.title = "Discarded"; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return !QDir(folder).entryList({QStringLiteral("*.work")}).isEmpty(); }, 2000));
    bench.files->leave();
    EXPECT_TRUE(QDir(folder).entryList(QDir::Files).isEmpty());
}
