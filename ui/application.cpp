// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/application.h"

#include "core/run/run.h"
#include "ui/compare/compare_view.h"
#include "ui/editor/scenario_files.h"
#include "ui/export/export_kinds.h"
#include "ui/export/picture.h"
#include "ui/theme/theme_provider.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/main_window.h"
#include "ui/window/workspace.h"

#include <QApplication>
#include <QPainter>

#include <cstdio>
#include <cstdlib>

namespace jiffy::ui
{

namespace
{

constexpr int inputIsWrong = 1, usageIsWrong = 2, systemFailed = 3;

/// Qt ends the process with an abort when the display it was promised is not there. Say it in our own words, and
/// with our own status.
void onMessage(QtMsgType type, const QMessageLogContext&, const QString& text)
{
    if (type == QtFatalMsg) {
        std::fputs("jiffyscope: the display cannot be opened; `jiffyscope run FILE` works without one\n", stderr);
        std::_Exit(systemFailed);
    }
    if (type != QtDebugMsg && type != QtInfoMsg) std::fprintf(stderr, "%s\n", text.toLocal8Bit().constData());
}

void describe(QApplication& app)
{
    QCoreApplication::setOrganizationName(QStringLiteral("jiffyscope"));
    QCoreApplication::setApplicationName(QStringLiteral("jiffyscope"));
    QGuiApplication::setApplicationDisplayName(QString());
    QGuiApplication::setDesktopFileName(QStringLiteral("jiffyscope"));
    app.setQuitOnLastWindowClosed(true);
}

int report(const core::Diagnostics& diagnostics)
{
    std::fputs(core::toText(diagnostics).c_str(), stderr);
    return diagnostics.empty() ? inputIsWrong : static_cast<int>(diagnostics.front().fault);
}

int usage(const std::string& message)
{
    std::fprintf(stderr, "jiffyscope: %s\n", message.c_str());
    return usageIsWrong;
}

/// What the offscreen platform has to say about windows that are never shown is of no use to anybody.
void useNoDisplay()
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler([](QtMsgType type, const QMessageLogContext& context, const QString& text) {
        if (type == QtFatalMsg || type == QtCriticalMsg) onMessage(type, context, text);
    });
}

/// A window that is laid out but never seen.
void layOut(QWidget& widget, QSize size)
{
    widget.setAttribute(Qt::WA_DontShowOnScreen);
    widget.resize(size);
    widget.show();
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
}

} // namespace

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

int windowCommand(int& argc, char** argv, const WindowOptions& options)
{
    if (!hasDisplay()) {
        std::fputs("jiffyscope: there is no display; `jiffyscope run FILE` works without one\n", stderr);
        return systemFailed;
    }
    qInstallMessageHandler(onMessage);
    QApplication app(argc, argv);
    describe(app);
    ThemeProvider theme;
    theme.applyTo(app);
    MainWindow window(options.library, theme, Settings::On);
    window.show();
    // Without a FILE the first built-in scenario is there, paused where it opens.
    const auto& builtins = options.library.entries;
    const std::string file = options.file.empty() && !builtins.empty() ? ":" + builtins.front().name : options.file;
    if (!file.empty()) window.openFile(QString::fromStdString(file), options.trace);
    window.files().offerRecovery();
    return QApplication::exec();
}

namespace
{

std::optional<ThemeName> themeNamed(std::string_view name)
{
    if (name == "light") return ThemeName::Light;
    if (name == "dark") return ThemeName::Dark;
    if (name == "contrast") return ThemeName::HighContrast;
    return std::nullopt;
}

} // namespace

const std::vector<RenderView>& renderViews()
{
    static const auto views = [] {
        static const auto descriptions = [] {
            std::vector<std::string> texts;
            for (const auto& picture : pictures()) texts.push_back(picture.description.toStdString());
            return texts;
        }();
        std::vector<RenderView> result;
        for (std::size_t i = 0; i < descriptions.size(); ++i) result.push_back({pictures()[i].name, descriptions[i]});
        std::rotate(result.begin(), result.end() - 1, result.end()); // the window first
        return result;
    }();
    return views;
}

bool isPictureFile(std::string_view path)
{
    return isPicture(QString::fromUtf8(path.data(), static_cast<qsizetype>(path.size())));
}

int renderCommand(int& argc, char** argv, const RenderOptions& options)
{
    const auto& views = renderViews();
    if (std::none_of(views.begin(), views.end(), [&](const RenderView& v) { return v.name == options.view; }))
        return usage("there is no view '" + options.view + "'; `jiffyscope list views` names them");
    const auto themeName = themeNamed(options.theme);
    if (!themeName) return usage("there is no theme '" + options.theme + "'; light, dark and contrast are");
    constexpr int smallest = 200, largest = 16'000;
    if (std::min(options.width, options.height) < smallest || std::max(options.width, options.height) > largest)
        return usage("a picture is 200 to 16000 pixels wide and high");
    if (!isPictureFile(options.out)) return usage("a picture's name must end in .png, .svg or .pdf: '" + options.out + "'");

    auto opened = core::openFile(options.file, options.library.lookup, options.trace);
    if (!opened) return report(opened.error());
    useNoDisplay();
    QApplication app(argc, argv);
    describe(app);
    ThemeProvider theme;
    theme.setTheme(*themeName);
    theme.applyTo(app);
    const QSize size(options.width, options.height);
    MainWindow window(options.library, theme, Settings::Off);
    layOut(window, size);
    window.resetLayout();
    window.session().start(std::move(*opened), QString::fromStdString(options.file));
    // Run as the window runs it: a run made beforehand would stand there as a log that cannot be changed.
    while (window.session().isRunning() || window.session().isWaiting())
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents | QEventLoop::WaitForMoreEvents);
    // The window as it opens such a file.
    if (options.view == "window" && options.trace.timers == nullptr) window.showAsMeant();
    if (!options.columns.empty()) window.comparison().companions().choose(options.columns);
    if (options.at) window.session().seek(window.session().history().resolve(*options.at));
    if (window.workspace().isStage()) window.comparison().complete();
    window.selfCheck();
    if (!canWriteView(window, options.view))
        return usage("the view '" + options.view + "' cannot show this file: " + whyNoView(window, options.view).toStdString());
    QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
    if (const auto written = writeView(window, options.view, QString::fromStdString(options.out), size); !written)
        return report(written.error());
    return 0;
}

int exportTimelines(int& argc, char** argv, const core::InputsPtr& inputs, const core::Snapshot& run,
                    const std::vector<std::string>& paths)
{
    useNoDisplay();
    QApplication app(argc, argv);
    describe(app);
    ThemeProvider theme;
    theme.applyTo(app);
    // A picture of the whole run: nobody steps through it, so no session has it open.
    Session session({});
    Selection selection;
    TimelineView timeline({session, selection, theme}, nullptr);
    const QSize size(1440, 80 + 19 * inputs->machine.cpus);
    layOut(timeline, size);
    timeline.reset(inputs, run);
    timeline.setPlayhead({run.log.size(), run.open.count, 0}, run.endTicks);
    timeline.fit();
    for (const auto& path : paths) {
        const PictureInfo info{size, QString::fromStdString(inputs->title), {}};
        const auto written = writePicture(QString::fromStdString(path), info,
                                          [&](QPaintDevice* device, bool) {
                                              QPainter painter(device);
                                              timeline.paintView(painter, QRectF(QPointF(), QSizeF(size)), true);
                                          });
        if (!written) return report(written.error());
    }
    return 0;
}

} // namespace jiffy::ui
