// SPDX-License-Identifier: GPL-3.0-or-later
// What comes in and what goes out: opening files, what is said of them, and exports.
#include "ui/compare/compare_view.h"
#include "ui/editor/scenario_files.h"
#include "ui/events/events_view.h"
#include "ui/export/export_job.h"
#include "ui/export/export_kinds.h"
#include "ui/export/picture.h"
#include "ui/inspector/inspector_view.h"
#include "ui/narration/panel.h"
#include "ui/theme/number_text.h"
#include "ui/tgtd/flow_view.h"
#include "ui/timeline/timeline_view.h"
#include "ui/whatif/turn_bar.h"
#include "ui/wheel/wheel_view.h"
#include "ui/window/header_bar.h"
#include "ui/window/keys_overlay.h"
#include "ui/window/main_window.h"
#include "ui/window/message_bar.h"
#include "ui/window/recent_files.h"
#include "ui/window/status_line.h"
#include "ui/window/transport_bar.h"
#include "ui/window/workspace.h"

#include <QApplication>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QSettings>

#include <algorithm>
#include <utility>

namespace jiffy::ui
{

// ---- files

void MainWindow::openFile(const QString& file, const core::TraceOptions& trace)
{
    m_play.stop();
    m_meant = trace.timers ? Meant::No : Meant::WhenOpened;
    m_files->open(file, trace);
}

namespace
{

/// What the run shows where it opens is who sleeps, and what a sleep cost.
bool opensAsleep(const core::Inputs& inputs)
{
    if (inputs.driver == core::Driver::Daemon || inputs.opening.kind == core::PositionSpec::Kind::Start) return false;
    const auto& machine = inputs.machine;
    const std::uint64_t all = machine.cpus >= 64 ? ~0ull : (1ull << machine.cpus) - 1;
    return machine.kernel.isThere && machine.kernel.nohz && (~machine.kernel.load & all) != 0;
}

/// Its only timers are those that its processes sleep on.
bool isAboutProcesses(const core::Inputs& inputs)
{
    const auto processes = inputs.machine.kernel.processes;
    return inputs.driver != core::Driver::Daemon && processes != 0 && inputs.timers.size() == processes;
}

/// The view that shows what the run is about, if that is not the first; empty: the first does.
QString viewMeant(const core::Inputs& inputs)
{
    if (isAboutProcesses(inputs)) return QStringLiteral("processes");
    return opensAsleep(inputs) ? QStringLiteral("nohz") : QString();
}

} // namespace

void MainWindow::showAsMeant()
{
    const auto& inputs = m_session.inputs();
    auto* compare = m_workspace->host(QStringLiteral("compare"));
    if (!inputs.compare.empty() && compare->isOffered()) {
        if (m_workspace->isStage()) return;
        m_workspace->bring(compare);
        m_isStageMeant = true;
        return;
    }
    if (std::exchange(m_isStageMeant, false)) {
        m_workspace->leaveStage();
        centre()->setFocus();
    }
    // Who has brought the compare view by hand, or looks at the text, goes on with it.
    if (m_workspace->isStage() || m_workspace->isInSight(m_workspace->host(QStringLiteral("scenario")))) return;
    const QString view = viewMeant(inputs);
    auto* meant = view.isEmpty() ? nullptr : m_workspace->host(view);
    const QString before = std::exchange(m_meantView, QString());
    if (meant != nullptr && meant->isOffered()) {
        if (m_workspace->isInSight(meant)) {
            m_meantView = before == view ? view : QString();
            return;
        }
        m_workspace->bring(meant);
        m_meantView = view;
    } else if (!before.isEmpty() && m_workspace->isInSight(m_workspace->host(before))) {
        m_workspace->bring(firstOfCentre());
    }
}

/// The view that a run has in the middle when nothing else was asked for.
ViewHost* MainWindow::firstOfCentre() const
{
    const auto& all = m_workspace->hosts();
    return *std::find_if(all.begin(), all.end(), [](const ViewHost* h) { return h->spec().place == Place::Centre && h->isOffered(); });
}

void MainWindow::onOpeningChanged()
{
    if (m_session.isOpening()) {
        m_progressTimer.start();
        return;
    }
    m_progressTimer.stop();
    m_messages->endProgress();
}

void MainWindow::onOpened()
{
    m_messages->hide();
    if (m_settings == Settings::On && !m_session.file().isEmpty()) {
        RecentFiles::add(m_session.file());
        if (!m_session.file().startsWith(QLatin1Char(':')))
            QSettings().setValue(QStringLiteral("folder"), QFileInfo(m_session.file()).absolutePath());
    }
    m_selection.reset();
    m_chosenCpu.reset();
    if (m_meant == Meant::WhenOpened) m_meant = Meant::WhenReset;
    showRemarks();
    greet();
    // Who is writing goes on writing.
    if (!m_workspace->get<ScenarioView>().isAncestorOf(QApplication::focusWidget())) centre()->setFocus();
}

/// Another file, another branch or another document: the views begin anew, at the CPU that was shown.
void MainWindow::onRunReset()
{
    const auto& inputs = m_session.inputs();
    m_workspace->offerFor(inputs);
    offerViews();
    m_status->setDaemon(isDaemon(), inputs.machine.mayFault);
    m_status->setTimers(inputs.machine.timers);
    m_keys->setDriver(inputs.driver, inputs.machine.timers, inputs.machine.kernel.isThere);
    m_selection.keepBelow(inputs.timers.size());
    m_header->setTitle(m_session.title(), machineBadge(inputs));
    for (auto* host : m_workspace->hosts())
        if (host->isOffered()) host->view().reset(m_session.history().inputsPtr(), m_session.snapshot());
    m_menus->setCpus(inputs.machine.cpus, 0);
    if (m_meant != Meant::WhenReset) return;
    m_meant = Meant::No;
    showAsMeant();
}

/// The first time that nothing else is said: one line that tells the three keys to begin with.
void MainWindow::greet()
{
    if (m_settings == Settings::Off || m_messages->isVisible() || QSettings().contains(QStringLiteral("greeted"))) return;
    QSettings().setValue(QStringLiteral("greeted"), true);
    m_messages->showNote(tr("Right takes a step, Left takes it back, Space plays. ? lists all keys, F1 opens the manual."));
}

/// What a scenario notes, or what a source could not tell; pictures go without the latter.
void MainWindow::showRemarks()
{
    const auto& remarks = m_session.inputs().remarks;
    if (remarks.empty() || (m_settings == Settings::Off && !m_session.document())) return;
    QString text;
    for (const auto& remark : remarks)
        text += QString::fromStdString(remark) + QLatin1Char('\n');
    m_messages->showNote(QString::fromStdString(remarks.front()), text);
}

/// When the replay has ended: how often it did what the machine did, behind what the recording tells.
void MainWindow::showDifferences()
{
    const auto* differences = m_inspector->differences();
    if (differences == nullptr || differences->isEmpty() || m_settings == Settings::Off ||
        !m_messages->isVisible())
        return;
    QString text;
    for (const auto& line : differences->lines(m_session.inputs()))
        text += QString::fromStdString(line.name) + QLatin1String(": ") + QString::fromStdString(line.value) +
                QLatin1Char('\n');
    const auto total = differences->runs().size();
    for (const auto& remark : m_session.inputs().remarks)
        text += QString::fromStdString(remark) + QLatin1Char('\n');
    QString note;
    if (total != 0) {
        note = tr("Replayed: of %1 timers that came to a call, %2 ran on the machine's own jiffy, %3 earlier, %4 later.")
                   .arg(total)
                   .arg(differences->count(core::Verdict::Same))
                   .arg(differences->count(core::Verdict::ModelEarlier))
                   .arg(differences->count(core::Verdict::ModelLater));
    }
    const auto& placements = differences->placements();
    if (!placements.all().empty()) {
        if (!note.isEmpty()) note += QLatin1Char(' ');
        note += tr("This machine's kernel and our model agree on %1 of %2 placements.")
                    .arg(placements.count(core::Agreement::Same))
                    .arg(placements.all().size());
        for (const auto& placement : placements.all()) {
            if (placement.agreement != core::Agreement::Same)
                text += tr("event %1: %2").arg(placement.event).arg(QString::fromStdString(toText(placement, m_session.inputs()))) + QLatin1Char('\n');
        }
    }
    m_messages->showNote(note, text);
}

void MainWindow::onFailed(const QString& text)
{
    // A scenario with faults is shown where it can be mended.
    if (m_files->takeFailure()) {
        m_messages->showError(m_session.isOpen() ? tr("The file has faults; the picture shows what was open before.")
                                                 : tr("The file has faults."),
                              text);
        return;
    }
    m_messages->showError(m_session.isOpen() ? tr("This could not be opened; what was open stays as it is.")
                                             : tr("This could not be opened."),
                          text);
}

// ---- exports

void MainWindow::askForExport(int kind)
{
    if (!m_session.isOpen()) return;
    m_play.stop();
    const auto& kinds = exportKinds();
    QStringList filters;
    for (const auto& k : kinds)
        filters.append(k.filter());
    auto base =
        QFileInfo(m_session.file()).fileName().section(QLatin1Char('.'), 0, 0).remove(QLatin1Char(':'));
    if (base.isEmpty()) base = QStringLiteral("jiffyscope");
    const auto& chosen = kinds[static_cast<std::size_t>(kind)];
    QFileDialog dialog(this, tr("Export"),
                       m_settings == Settings::On
                           ? QSettings().value(QStringLiteral("exportFolder")).toString()
                           : QString());
    dialog.setOption(QFileDialog::DontUseNativeDialog);
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setNameFilters(filters);
    dialog.selectNameFilter(filters[kind]);
    // Pictures for paper and slides are light unless asked.
    auto* theme = new QComboBox;
    theme->addItems({tr("Light"), tr("Dark"), tr("High contrast")});
    theme->setAccessibleName(tr("Theme of pictures"));
    if (auto* grid = qobject_cast<QGridLayout*>(dialog.layout())) {
        const int row = grid->rowCount();
        grid->addWidget(new QLabel(tr("Pictures:")), row, 0);
        grid->addWidget(theme, row, 1);
    }
    dialog.selectFile(QStringLiteral("%1-%2%3")
                          .arg(base)
                          .arg(isDaemon() ? m_session.world().clock().ticks / 1000 : m_session.world().clock().jiffies)
                          .arg(chosen.suffixes.first()));
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) return;
    auto path = dialog.selectedFiles().first();
    const int filter = static_cast<int>(filters.indexOf(dialog.selectedNameFilter()));
    const int wanted = exportKindFor(path, filter);
    if (wanted < 0) path += kinds[static_cast<std::size_t>(filter)].suffixes.first();
    if (m_settings == Settings::On)
        QSettings().setValue(QStringLiteral("exportFolder"), QFileInfo(path).absolutePath());
    exportTo(path, wanted < 0 ? filter : wanted, static_cast<ThemeName>(theme->currentIndex()));
}

void MainWindow::askForComparison()
{
    if (!m_session.isOpen()) return;
    m_play.stop();
    const QStringList filters = {tr("work tick by tick, as a table (*.csv)"), tr("accounts of the whole runs, as a table (*.accounts.csv)"), tr("picture: the algorithms side by side (*.png *.svg *.pdf)")};
    const QStringList suffixes = {QStringLiteral(".csv"), QStringLiteral(".accounts.csv"), QStringLiteral(".png")};
    auto base = QFileInfo(m_session.file()).fileName().section(QLatin1Char('.'), 0, 0).remove(QLatin1Char(':'));
    if (base.isEmpty()) base = QStringLiteral("jiffyscope");
    QFileDialog dialog(this, tr("Export Comparison"), m_settings == Settings::On ? QSettings().value(QStringLiteral("exportFolder")).toString() : QString());
    dialog.setOption(QFileDialog::DontUseNativeDialog);
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setNameFilters(filters);
    auto* theme = new QComboBox;
    theme->addItems({tr("Light"), tr("Dark"), tr("High contrast")});
    theme->setAccessibleName(tr("Theme of pictures"));
    if (auto* grid = qobject_cast<QGridLayout*>(dialog.layout())) {
        const int row = grid->rowCount();
        grid->addWidget(new QLabel(tr("Pictures:")), row, 0);
        grid->addWidget(theme, row, 1);
    }
    dialog.selectFile(QStringLiteral("%1-comparison.csv").arg(base));
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) return;
    auto path = dialog.selectedFiles().first();
    const auto filter = filters.indexOf(dialog.selectedNameFilter());
    const bool isKnown = isPicture(path) || path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive);
    if (!isKnown) path += suffixes[filter < 0 ? 0 : filter];
    else if (filter == 1 && !path.endsWith(QLatin1String(".accounts.csv"))) path = path.left(path.size() - 4) + suffixes[1];
    if (m_settings == Settings::On) QSettings().setValue(QStringLiteral("exportFolder"), QFileInfo(path).absolutePath());
    exportComparison(path, static_cast<ThemeName>(theme->currentIndex()));
}

void MainWindow::exportComparison(const QString& path, ThemeName theme)
{
    if (!isPicture(path)) {
        if (const auto written = m_compare->writeTable(path); written) m_messages->showNote(tr("Written: %1").arg(path));
        else m_messages->showError(tr("Nothing was written."), QString::fromStdString(core::toText(written.error())));
        return;
    }
    const auto& kinds = exportKinds();
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [](const ExportKind& k) { return k.view == "compare"; });
    exportTo(path, static_cast<int>(kind - kinds.begin()), theme);
}

void MainWindow::exportTo(const QString& path, int kind, ThemeName theme)
{
    const auto before = m_theme.themeName();
    // Nothing of it is seen: the window is painted again when events are next looked at, as itself.
    m_theme.setTheme(theme);
    exportTo(path, kind);
    m_theme.setTheme(before);
}

void MainWindow::exportTo(const QString& path, int kind)
{
    const auto& k = exportKinds()[static_cast<std::size_t>(kind)];
    if (!k.exporter && !canWriteView(*this, k.view))
        return m_messages->showError(tr("Nothing was written."), whyNoView(*this, k.view));
    if (k.exporter) {
        m_export.reset();
        m_export = std::make_unique<ExportJob>(
            *k.exporter, m_session.history().inputsPtr(), m_session.snapshot(), path.toStdString(), [this] {
                // The exporter's thread.
                QMetaObject::invokeMethod(this, &MainWindow::onExported, Qt::QueuedConnection);
            });
        m_progressTimer.start();
        return;
    }
    // The large ones as large as the window, the side panels as they are.
    const auto* host = m_workspace->host(QString::fromUtf8(k.view.data(), static_cast<qsizetype>(k.view.size())));
    const bool isSide = host && (host->spec().place == Place::Left || host->spec().place == Place::Right);
    const auto written = writeView(*this, k.view, path, isSide ? host->view().size().expandedTo({320, 600}) : size());
    if (written)
        m_messages->showNote(tr("Written: %1").arg(path));
    else
        m_messages->showError(tr("Nothing was written."),
                              QString::fromStdString(core::toText(written.error())));
}

void MainWindow::paintOn(QPainter& painter, bool isVector)
{
    m_turns->look(); // it waits for a playhead that stops
    if (!isVector) {
        render(&painter);
        return;
    }
    painter.fillRect(rect(), m_theme.theme().line);
    const auto inside = [&](QWidget* widget, const auto& paint) {
        if (!widget->isVisibleTo(this)) return;
        painter.save();
        painter.translate(widget->mapTo(this, QPoint()));
        paint(QRectF(QPointF(), QSizeF(widget->size())));
        painter.restore();
    };
    const std::initializer_list<QWidget*> panels = {
        m_header, m_transport, m_messages, &m_workspace->narration(), m_status};
    for (auto* panel : panels)
        inside(panel, [&](const QRectF&) { panel->render(&painter, painter.transform().map(QPoint())); });
    for (auto* host : m_workspace->hosts())
        inside(&host->view(), [&](const QRectF& box) { host->view().paintView(painter, box, true); });
}

void MainWindow::onExported()
{
    if (!m_export) return;
    m_progressTimer.stop();
    m_messages->endProgress();
    if (m_export->result())
        m_messages->showNote(tr("Written: %1, %2 events")
                                 .arg(QString::fromStdString(m_export->path()), grouped(m_export->events())));
    else
        m_messages->showError(tr("Nothing was written."),
                              QString::fromStdString(core::toText(m_export->result().error())));
    m_export.reset();
}

} // namespace jiffy::ui
