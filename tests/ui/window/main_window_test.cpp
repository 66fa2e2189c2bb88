// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timers/registry.h"
#include "ui/compare/compare_view.h"
#include "ui/export/export_kinds.h"
#include "ui/export/picture.h"
#include "ui/timeline/timeline_view.h"
#include "ui/wheel/wheel_view.h"
#include "ui/window/main_window.h"
#include "ui/window/workspace.h"

#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

using namespace jiffy;

namespace
{

core::Opened beat()
{
    auto in = std::make_shared<core::Inputs>();
    in->title = "Beat";
    in->machine.jiffies = 1000;
    in->names = {"beat"};
    in->untilTicks = 600;
    core::TimerSpec t;
    t.slack = 0;
    t.stepCount = 1;
    in->timers.push_back(t);
    core::CallbackStep again;
    again.delta = 300;
    in->steps.push_back(again);
    core::Action a;
    a.expires = 1300;
    a.timer = core::TimerId(0);
    in->actions.push_back(a);
    return {in, {}};
}

class Window : public testing::Test
{
  protected:
    Window() : window({}, theme, ui::Settings::Off)
    {
        window.resize(1280, 800);
        window.show();
    }
    void start()
    {
        window.session().start(beat(), QStringLiteral("beat.jiffy.json"));
        while (window.session().isRunning()) QTest::qWait(5);
    }
    QString path(const char* name) const { return dir.filePath(QString::fromLatin1(name)); }
    static QByteArray contents(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir dir;
    ui::ThemeProvider theme;
    ui::MainWindow window;
};

} // namespace

TEST_F(Window, FitsItsSmallestSizeInBothThemes)
{
    start();
    for (const auto name : {ui::ThemeName::Light, ui::ThemeName::Dark}) {
        theme.setTheme(name);
        QTest::qWait(1);
        EXPECT_LE(window.minimumSizeHint().width(), 1280);
        EXPECT_LE(window.minimumSizeHint().height(), 800);
        EXPECT_EQ(window.size(), QSize(1280, 800));
    }
}

TEST_F(Window, StepsByKeysAndSaysWhereItIsInItsTitle)
{
    start();
    QTest::keyClick(&window, Qt::Key_Right);
    const auto there = window.session().position();
    EXPECT_GT(there, core::Position());
    EXPECT_TRUE(window.windowTitle().contains(QStringLiteral("event %1 ").arg(there.event))) << window.windowTitle().toStdString();
    QTest::keyClick(&window, Qt::Key_Left);
    EXPECT_TRUE(window.session().atStart());
    QTest::keyClick(&window, Qt::Key_End);
    EXPECT_TRUE(window.session().atEnd());
    EXPECT_TRUE(window.windowTitle().contains(QStringLiteral("jiffies 1600 "))) << window.windowTitle().toStdString();
    QTest::keyClick(&window, Qt::Key_Home);
    EXPECT_TRUE(window.session().atStart());
}

TEST_F(Window, KeepsItsWorkAndSaysWhyAFileCannotBeOpened)
{
    start();
    QTest::keyClick(&window, Qt::Key_Right);
    const auto there = window.session().position();
    QSignalSpy failed(&window.session(), &ui::Session::failed);
    window.openFile(path("missing.jiffy.json"));
    ASSERT_TRUE(failed.wait(5000));
    EXPECT_EQ(window.session().position(), there);
    EXPECT_EQ(window.session().title(), QStringLiteral("Beat"));
    bool isSaid = false;
    for (const auto* label : window.findChildren<QLabel*>()) isSaid = isSaid || (label->isVisible() && label->text().contains(QLatin1String("missing.jiffy.json")));
    EXPECT_TRUE(isSaid);
}

TEST_F(Window, OpensWhatIsMeantToBeComparedInTheCompareView)
{
    const auto write = [&](const char* name, const char* more) {
        QFile file(path(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(R"({"format": "jiffyscope-scenario", "version": 1, "title": "T", )");
        file.write(more);
        file.write(R"("machine": {"jiffies": 1000}, "items": [{"name": "a"}], "actions": [{"at": 1000, "do": "add_timer", "timer": "a", "expires": 1010}]})");
    };
    write("one.jiffy.json", "");
    write("both.jiffy.json", R"("compare": ["wheel-3.9", "wheel-6.1"], )");
    auto& workspace = window.workspace();
    const auto* compare = workspace.host(QStringLiteral("compare"));
    const auto open = [&](const char* name, const core::TraceOptions& options = {}) {
        QSignalSpy opened(&window.session(), &ui::Session::opened);
        window.openFile(path(name), options);
        ASSERT_TRUE(opened.wait(5000));
    };
    open("one.jiffy.json");
    EXPECT_FALSE(workspace.isStage());
    open("both.jiffy.json");
    EXPECT_TRUE(workspace.isInSight(compare));
    EXPECT_EQ(window.comparison().companions().count(), 2u);
    // It goes with the document that brought it.
    open("one.jiffy.json");
    EXPECT_FALSE(workspace.isStage());
    // Who asks for one algorithm sees that one.
    core::TraceOptions on;
    on.timers = core::timersNamed("wheel-6.1");
    open("both.jiffy.json", on);
    EXPECT_FALSE(workspace.isStage());
    // Who left it, or had brought it by hand, keeps what is there.
    open("both.jiffy.json");
    workspace.leaveStage();
    workspace.bring(workspace.host(QStringLiteral("compare")));
    open("one.jiffy.json");
    EXPECT_TRUE(workspace.isStage());
}

TEST_F(Window, OpensInTheViewOfSleepsWhereCpusSleepAndLeavesItAgain)
{
    const auto write = [&](const char* name, const char* more) {
        QFile file(path(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(R"({"format": "jiffyscope-scenario", "version": 1, "title": "T", )");
        file.write(more);
        file.write(R"(, "items": [{"name": "a", "slack": 0}], "actions": [{"at": 1000, "cpu": 1, "do": "add_timer", "timer": "a", "expires": 1010}]})");
    };
    write("plain.jiffy.json", R"("machine": {"jiffies": 1000, "cpus": 2})");
    write("asleep.jiffy.json", R"("opening": "jiffies=1010", "machine": {"jiffies": 1000, "cpus": 2, "nohz": true, "idle": [1]})");
    write("awake.jiffy.json", R"("opening": "jiffies=1010", "machine": {"jiffies": 1000, "cpus": 2, "nohz": true})");
    write("start.jiffy.json", R"("machine": {"jiffies": 1000, "cpus": 2, "nohz": true, "idle": [1]})");
    auto& workspace = window.workspace();
    const auto host = [&](const char* id) { return workspace.host(QString::fromLatin1(id)); };
    const auto open = [&](const char* name) {
        QSignalSpy opened(&window.session(), &ui::Session::opened);
        window.openFile(path(name));
        ASSERT_TRUE(opened.wait(5000));
        while (window.session().isRunning() || window.session().isWaiting()) QTest::qWait(2);
    };
    open("plain.jiffy.json");
    EXPECT_TRUE(workspace.isInSight(host("wheel")));
    open("asleep.jiffy.json");
    EXPECT_TRUE(workspace.isInSight(host("nohz")));
    EXPECT_EQ(window.wheel().cpu(), 1) << "the CPU that has just slept";
    for (const char* other : {"awake.jiffy.json", "start.jiffy.json", "plain.jiffy.json"}) {
        open(other);
        EXPECT_TRUE(workspace.isInSight(host("wheel"))) << other;
        open("asleep.jiffy.json");
    }
    // What is about nothing but processes opens in theirs, and from there in the next one's.
    QFile processes(path("processes.jiffy.json"));
    ASSERT_TRUE(processes.open(QIODevice::WriteOnly));
    processes.write(R"({"format": "jiffyscope-scenario", "version": 1, "processes": [{"name": "P", "does": [{"do": "msleep", "ms": 10}]}]})");
    processes.close();
    open("processes.jiffy.json");
    EXPECT_TRUE(workspace.isInSight(host("processes")));
    open("asleep.jiffy.json");
    EXPECT_TRUE(workspace.isInSight(host("nohz")));
    open("processes.jiffy.json");
    EXPECT_TRUE(workspace.isInSight(host("processes")));
    open("plain.jiffy.json");
    EXPECT_TRUE(workspace.isInSight(host("wheel")));
    open("asleep.jiffy.json");
    // Who looks at the text goes on looking at it; who brought the view keeps it.
    workspace.bring(host("scenario"));
    open("asleep.jiffy.json");
    EXPECT_TRUE(workspace.isInSight(host("scenario")));
    workspace.bring(host("nohz"));
    open("awake.jiffy.json");
    EXPECT_TRUE(workspace.isInSight(host("nohz")));
}

TEST_F(Window, ShowsTheBranchesHeadsInFullOnceTheyAreBrought)
{
    start();
    window.workspace().bring(window.workspace().host(QStringLiteral("branches")));
    QTest::qWait(5);
    const QTableView* list = nullptr;
    for (const auto* view : window.findChildren<QTableView*>())
        if (view->isVisible() && view->accessibleName() == QStringLiteral("Branches")) list = view;
    ASSERT_TRUE(list != nullptr);
    const auto* header = list->horizontalHeader();
    for (int c = 0; c < header->count(); ++c) {
        const QString text = list->model()->headerData(c, Qt::Horizontal).toString();
        EXPECT_GE(header->sectionSize(c), QFontMetrics(header->font()).horizontalAdvance(text)) << text.toStdString();
    }
}

TEST_F(Window, WritesEveryViewAsVectorsWithTextAsText)
{
    start();
    window.session().toEnd();
    for (const auto* view : {"rings", "timeline", "events", "window"}) {
        const auto svg = path(view) + QStringLiteral(".svg"), png = path(view) + QStringLiteral(".png"), pdf = path(view) + QStringLiteral(".pdf");
        for (const auto& file : {svg, png, pdf}) ASSERT_TRUE(ui::writeView(window, view, file, {1000, 700})) << view;
        const auto text = contents(svg);
        EXPECT_TRUE(text.contains("<text")) << view;
        EXPECT_TRUE(text.contains("CPU 0") || text.contains("Events")) << view;
        EXPECT_FALSE(text.contains("<image")) << view << ": pixels in a vector picture";
        EXPECT_EQ(QImage(png).size(), QSize(1000, 700)) << view;
        EXPECT_TRUE(contents(pdf).startsWith("%PDF")) << view;
    }
}

TEST_F(Window, LeavesTheOldFileWhenAPictureCannotBeWritten)
{
    start();
    const auto result = ui::writeView(window, "rings", path("no/such/folder.svg"), {800, 600});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().front().fault, core::Fault::System);
    EXPECT_FALSE(ui::writeView(window, "rings", path("rings.bmp"), {800, 600}));
    EXPECT_FALSE(QFile::exists(path("rings.bmp")));
}

TEST_F(Window, ExportsTextInTheBackground)
{
    start();
    const auto csv = path("beat.csv");
    const int kind = ui::exportKindFor(csv, -1);
    ASSERT_GE(kind, 0);
    window.exportTo(csv, kind);
    ASSERT_TRUE(QTest::qWaitFor([&] { return QFile::exists(csv); }, 5000));
    const auto text = contents(csv);
    EXPECT_GE(static_cast<std::uint64_t>(text.count('\n')), window.session().snapshot().log.size() + 1);
    EXPECT_GE(text.count("Fired"), 2);
}

TEST(ExportKinds, AreChosenBySuffix)
{
    const auto& kinds = ui::exportKinds();
    const auto kind = [&](const char* path, int preferred = -1) { return ui::exportKindFor(QString::fromLatin1(path), preferred); };
    ASSERT_GE(kind("x.csv"), 0);
    EXPECT_TRUE(kinds[static_cast<std::size_t>(kind("x.csv"))].exporter);
    EXPECT_EQ(kinds[static_cast<std::size_t>(kind("x.svg"))].view, "rings");
    for (int i = 0; i < static_cast<int>(kinds.size()); ++i) {
        if (!kinds[static_cast<std::size_t>(i)].exporter) {
            EXPECT_EQ(kind("x.pdf", i), i);
        }
    }
    EXPECT_EQ(kind("x.csv", kind("x.svg")), kind("x.csv"));
    EXPECT_EQ(kind("x.unknown"), -1);
    EXPECT_EQ(kind("x"), -1);
}

TEST_F(Window, ScrubsOnTheTimeline)
{
    start();
    window.timeline().fit();
    QTest::qWait(20);
    const auto click = [&](int x) {
        QTest::mouseClick(&window.timeline(), Qt::LeftButton, {}, QPoint(x, 120));
        QTest::qWait(1);
    };
    click(700);
    const auto middle = window.session().ticks();
    EXPECT_GT(middle, 200u);
    EXPECT_LT(middle, 400u);
    click(1250);
    EXPECT_GT(window.session().ticks(), 590u);
}
