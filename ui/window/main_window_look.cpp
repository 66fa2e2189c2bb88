// SPDX-License-Identifier: GPL-3.0-or-later
// How the window looks, and what of that is remembered: theme, text size, motion, which views stand where.
#include "ui/window/main_window.h"

#include "ui/editor/scenario_files.h"
#include "ui/wheel/wheel_view.h"
#include "ui/window/manual.h"
#include "ui/window/workspace.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QPainter>
#include <QSettings>

namespace jiffy::ui
{

namespace
{

QString choiceName(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::Light:
        return QStringLiteral("light");
    case ThemeChoice::Dark:
        return QStringLiteral("dark");
    case ThemeChoice::HighContrast:
        return QStringLiteral("contrast");
    case ThemeChoice::System:
        return QStringLiteral("system");
    }
    return {};
}

ThemeChoice choiceNamed(const QString& name)
{
    for (const auto choice : {ThemeChoice::Dark, ThemeChoice::HighContrast, ThemeChoice::System})
        if (name == choiceName(choice)) return choice;
    return ThemeChoice::Light;
}

} // namespace

void MainWindow::applyTheme()
{
    m_menus->setScale(m_theme.scale());
}

void MainWindow::chooseTheme(ThemeChoice choice)
{
    m_theme.setTheme(choice == ThemeChoice::Dark           ? ThemeName::Dark
                     : choice == ThemeChoice::HighContrast ? ThemeName::HighContrast
                     : choice == ThemeChoice::System       ? ThemeProvider::systemTheme()
                                                           : ThemeName::Light);
    m_menus->setTheme(choice);
    if (m_settings == Settings::On) QSettings().setValue(QStringLiteral("theme"), choiceName(choice));
}

void MainWindow::chooseScale(double scale)
{
    m_theme.setScale(scale);
    if (m_settings == Settings::On) QSettings().setValue(QStringLiteral("scale"), m_theme.scale());
}

void MainWindow::chooseMotion(bool isReduced)
{
    m_theme.setMotion(isReduced ? MotionSetting::Reduced : MotionSetting::System);
    m_actions[Act::ReducedMotion]->setChecked(isReduced);
    if (m_settings == Settings::On) QSettings().setValue(QStringLiteral("reducedMotion"), isReduced);
}

void MainWindow::resetLayout()
{
    m_workspace->resetLayout();
}

void MainWindow::restoreSettings()
{
    if (m_settings == Settings::Off) return;
    const QSettings settings;
    chooseScale(settings.value(QStringLiteral("scale"), 1.0).toDouble());
    chooseTheme(choiceNamed(settings.value(QStringLiteral("theme")).toString()));
    chooseMotion(settings.value(QStringLiteral("reducedMotion"), false).toBool());
    if (settings.value(QStringLiteral("bands")).toBool()) m_wheel->setForm(WheelForm::Bands, false);
    if (settings.contains(QStringLiteral("geometry"))) {
        restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray());
        m_workspace->restoreState(settings.value(QStringLiteral("workspace")).toByteArray());
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_play.stop();
    if (!m_files->mayLeave()) {
        event->ignore();
        return;
    }
    m_files->leave();
    if (m_settings == Settings::On) {
        QSettings settings;
        settings.setValue(QStringLiteral("geometry"), saveGeometry());
        settings.setValue(QStringLiteral("bands"), m_wheel->form() == WheelForm::Bands);
        settings.setValue(QStringLiteral("workspace"), m_workspace->saveState());
    }
    event->accept();
}

// ---- views

/// Menus and keys name the views that can show what is open.
void MainWindow::offerViews()
{
    std::vector<bool> offered;
    for (const auto* host : m_workspace->hosts())
        offered.push_back(host->isOffered());
    m_menus->setOffered(offered, isDaemon() ? core::Driver::Daemon : core::Driver::Kernel,
                         m_session.isOpen() ? m_session.inputs().machine.timers : core::TimerAlgorithm::Wheel39);
}

void MainWindow::showViews()
{
    std::vector<bool> inSight;
    for (const auto* host : m_workspace->hosts())
        inSight.push_back(m_workspace->isInSight(host));
    m_menus->setViews(inSight);
    if (!m_workspace->isStage()) m_isStageMeant = false;
    if (!m_meantView.isEmpty() && !m_workspace->isStage() && !m_workspace->isInSight(m_workspace->host(m_meantView))) m_meantView.clear();
    if (!showComparison()) m_checkTimer.start();
    updateActions();
}

void MainWindow::toggleTable()
{
    auto* host = m_workspace->inUse();
    if (!host->hasTable()) return;
    m_workspace->bring(host);
    host->showTable(!host->isTable());
}

void MainWindow::showManual()
{
    if (!m_manual) m_manual = new Manual(m_theme, this);
    m_manual->show();
    m_manual->raise();
    m_manual->activateWindow();
}

void MainWindow::copyPicture()
{
    auto& view = m_workspace->inUse()->view();
    // Twice as fine as the screen: for slides.
    QImage image(view.size() * 2, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(2);
    image.fill(m_theme.theme().canvas);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    view.paintView(painter, QRectF(QPointF(), QSizeF(view.size())), false);
    painter.end();
    QApplication::clipboard()->setImage(image);
}

} // namespace jiffy::ui
