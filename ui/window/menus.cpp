// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/menus.h"

#include "core/history/history.h"
#include "ui/window/recent_files.h"
#include "ui/window/rung_selector.h"
#include "ui/window/views.h"

#include <QActionGroup>
#include <QFileInfo>
#include <QMenuBar>

#include <cmath>

namespace jiffy::ui
{

namespace
{

QActionGroup* group(QObject* parent)
{
    auto* g = new QActionGroup(parent);
    g->setExclusionPolicy(QActionGroup::ExclusionPolicy::Exclusive);
    return g;
}

QAction* addChoice(QMenu* menu, QActionGroup* g, const QString& text, const QVariant& data)
{
    auto* action = menu->addAction(text);
    action->setCheckable(true);
    action->setData(data);
    g->addAction(action);
    return action;
}

/// A file's name must not become a mnemonic.
QString plain(QString text)
{
    return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

Menus::Menus(QMenuBar* bar, const Actions& actions, const std::vector<Builtin>& builtins,
             const QStringList& exports, QObject* parent)
    : QObject(parent), m_themeGroup(group(this)), m_scaleGroup(group(this)), m_rungGroup(group(this)),
      m_cpuGroup(group(this))
{
    auto* file = bar->addMenu(tr("&File"));
    auto* edit = bar->addMenu(tr("&Edit"));
    auto* view = bar->addMenu(tr("&View"));
    auto* run = bar->addMenu(tr("&Run"));
    auto* help = bar->addMenu(tr("&Help"));
    for (auto* menu : {file, edit, view, run, help})
        menu->setToolTipsVisible(true);

    file->addAction(actions[Act::New]);
    file->addAction(actions[Act::NewLikeThis]);
    file->addAction(actions[Act::Open]);
    auto* builtin = file->addMenu(tr("Open &Built-in"));
    QMenu *three = nullptr, *modern = nullptr, *tgtd = nullptr, *faults = nullptr; // too many for one list
    const auto below = [builtin](QMenu*& menu, const QString& title) {
        if (menu == nullptr) {
            menu = builtin->addMenu(title);
            menu->setToolTipsVisible(true);
        }
        return menu;
    };
    for (const auto& entry : builtins) {
        const QString name = QLatin1Char(':') + QString::fromStdString(entry.name);
        auto* menu = name.startsWith(QLatin1String(":three-"))      ? below(three, tr("Three &Algorithms"))
                     : name.startsWith(QLatin1String(":modern-"))   ? below(modern, tr("The &Wheel since 4.8"))
                     : name.startsWith(QLatin1String(":tgtd-bug-")) ? below(faults, tr("tgtd: &Find the Bug"))
                     : name.startsWith(QLatin1String(":tgtd"))      ? below(tgtd, tr("&tgtd’s Work Scheduler"))
                                                                    : builtin;
        menu
            ->addAction(plain(QString::fromStdString(entry.title)), this,
                        [this, name] { Q_EMIT fileChosen(name); })
            ->setToolTip(name);
    }
    builtin->setToolTipsVisible(true);
    builtin->setEnabled(!builtins.empty());
    m_recent = file->addMenu(tr("&Recent"));
    connect(m_recent, &QMenu::aboutToShow, this, &Menus::fillRecent);
    file->addSeparator();
    file->addAction(actions[Act::Save]);
    file->addAction(actions[Act::SaveAs]);
    file->addAction(actions[Act::RunScenario]);
    file->addSeparator();
    file->addAction(actions[Act::Export]);
    auto* exportAs = file->addMenu(tr("Export &As"));
    for (int i = 0; i < exports.size(); ++i)
        exportAs->addAction(plain(exports[i]), this, [this, i] { Q_EMIT exportChosen(i); });
    file->addAction(actions[Act::ExportComparison]);
    file->addSeparator();
    file->addAction(actions[Act::Quit]);

    const auto addAll = [&actions](QMenu* menu, std::initializer_list<Act> acts) {
        for (const auto act : acts)
            menu->addAction(actions[act]);
        menu->addSeparator();
    };
    addAll(edit, {Act::Undo, Act::Redo});
    addAll(edit, {Act::AddTimer, Act::MoveTimer, Act::DeleteTimer, Act::DeleteSync, Act::FreeTimer, Act::BurnTime, Act::StepClock, Act::IdleCpu, Act::Interrupt,
                  Act::SignalProcess, Act::WakeProcess, Act::GoFirst, Act::Fork});
    addAll(edit, {Act::Find, Act::FindNext, Act::FindPrevious});
    addAll(edit, {Act::CopyPicture, Act::CopyTable});

    int number = 0;
    for (const auto& spec : viewTable()) {
        auto* action = view->addAction(spec.titleText(), this, [this, number] { Q_EMIT viewChosen(number); });
        action->setToolTip(spec.descriptionText());
        action->setCheckable(true);
        m_views.push_back(action);
        ++number;
    }
    view->addSeparator();
    addAll(view, {Act::Geometry, Act::Table, Act::PinTimer});
    auto* themes = view->addMenu(tr("&Theme"));
    addChoice(themes, m_themeGroup, tr("&Light"), static_cast<int>(ThemeChoice::Light));
    addChoice(themes, m_themeGroup, tr("&Dark"), static_cast<int>(ThemeChoice::Dark));
    addChoice(themes, m_themeGroup, tr("&High Contrast"), static_cast<int>(ThemeChoice::HighContrast));
    addChoice(themes, m_themeGroup, tr("As the &System"), static_cast<int>(ThemeChoice::System));
    connect(m_themeGroup, &QActionGroup::triggered, this,
            [this](QAction* a) { Q_EMIT themeChosen(static_cast<ThemeChoice>(a->data().toInt())); });
    auto* scales = view->addMenu(tr("Text &Size"));
    for (const int percent : {80, 100, 125, 150, 200, 300})
        addChoice(scales, m_scaleGroup, tr("%1 %").arg(percent), percent / 100.0);
    scales->addSeparator();
    scales->addAction(actions[Act::LargerText]);
    scales->addAction(actions[Act::SmallerText]);
    connect(m_scaleGroup, &QActionGroup::triggered, this,
            [this](QAction* a) { Q_EMIT scaleChosen(a->data().toDouble()); });
    m_cpus = view->addMenu(tr("&CPU"));
    connect(m_cpuGroup, &QActionGroup::triggered, this,
            [this](QAction* a) { Q_EMIT cpuChosen(a->data().toInt()); });
    view->addSeparator();
    addAll(view, {Act::ZoomIn, Act::ZoomOut, Act::Fit, Act::FitSelection});
    addAll(view, {Act::MarkerA, Act::MarkerB, Act::ClearMarkers});
    addAll(view, {Act::ReducedMotion, Act::ResetLayout});

    run->addAction(actions[Act::Play]);
    run->addSeparator();
    for (const auto act : {Act::StepForward, Act::StepBack, Act::CoarserForward, Act::CoarserBack})
        run->addAction(actions[act]);
    auto* rungs = run->addMenu(tr("Step Si&ze"));
    for (int i = 0; i < core::rungCount; ++i)
        addChoice(rungs, m_rungGroup, rungName(static_cast<core::Rung>(i), core::Driver::Kernel), i);
    connect(m_rungGroup, &QActionGroup::triggered, this,
            [this](QAction* a) { Q_EMIT rungChosen(a->data().toInt()); });
    run->addSeparator();
    addAll(run, {Act::StepInto, Act::StepOver, Act::StepOut, Act::StepIntoBack});
    addAll(run, {Act::RunUntil, Act::RunBackUntil, Act::RunToCursor, Act::Breakpoint});
    for (const auto act : {Act::NextOfInterest, Act::PreviousOfInterest, Act::ToStart, Act::ToEnd})
        run->addAction(actions[act]);
    run->addSeparator();
    addAll(run, {Act::VisitedBack, Act::VisitedForward});
    for (const auto act : {Act::Slower, Act::Faster, Act::HalfSpeed, Act::DoubleSpeed, Act::RealTime})
        run->addAction(actions[act]);
    run->addSeparator();
    run->addAction(actions[Act::Live]);

    addAll(help, {Act::Manual, Act::Keys, Act::Palette});
    help->addAction(actions[Act::About]);
}

void Menus::fillRecent()
{
    m_recent->clear();
    const auto files = RecentFiles::list();
    int number = 0;
    for (const auto& path : files) {
        const QFileInfo info(path);
        const auto key = ++number < 10 ? QStringLiteral("&%1  ").arg(number) : QString();
        auto* action = m_recent->addAction(key + plain(info.fileName()), this, [this, path] { Q_EMIT fileChosen(path); });
        // It may come back with its disk: it stays in the list.
        action->setEnabled(info.exists());
        action->setToolTip(info.exists() ? path : tr("%1 is not there").arg(path));
    }
    m_recent->setToolTipsVisible(true);
    if (files.isEmpty()) {
        m_recent->addAction(tr("nothing yet"))->setEnabled(false);
        return;
    }
    m_recent->addSeparator();
    m_recent->addAction(tr("&Forget These"), this, [] { RecentFiles::clear(); });
}

void Menus::setTheme(ThemeChoice choice)
{
    m_themeGroup->actions()[static_cast<int>(choice)]->setChecked(true);
}

void Menus::setScale(double scale)
{
    for (auto* action : m_scaleGroup->actions())
        action->setChecked(std::abs(action->data().toDouble() - scale) < .01);
}

void Menus::setRung(int rung)
{
    m_rungGroup->actions()[rung]->setChecked(true);
}

void Menus::setOffered(const std::vector<bool>& offered, core::Driver driver, core::TimerAlgorithm timers)
{
    int number = 0;
    for (std::size_t i = 0; i < m_views.size() && i < offered.size(); ++i) {
        m_views[i]->setVisible(offered[i]);
        const bool hasKey = offered[i] && number < 9;
        m_views[i]->setShortcut(hasKey ? QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + number)) : QKeySequence());
        if (offered[i]) ++number;
    }
    for (int i = 0; i < core::rungCount; ++i)
        m_rungGroup->actions()[i]->setText(rungName(static_cast<core::Rung>(i), driver, timers));
    m_cpus->menuAction()->setVisible(driver != core::Driver::Daemon);
}

void Menus::setViews(const std::vector<bool>& inSight)
{
    for (std::size_t i = 0; i < m_views.size() && i < inSight.size(); ++i)
        m_views[i]->setChecked(inSight[i]);
}

void Menus::setCpus(int count, int current)
{
    if (m_cpuGroup->actions().size() != count) {
        qDeleteAll(m_cpuGroup->actions());
        for (int cpu = 0; cpu < count; ++cpu) {
            auto* action = addChoice(m_cpus, m_cpuGroup, tr("CPU %1").arg(cpu), cpu);
            // The keys count from 1, as the first key is.
            if (cpu < 9) action->setShortcut(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + cpu)));
        }
        m_cpus->setEnabled(count > 1);
    }
    if (current < count) m_cpuGroup->actions()[current]->setChecked(true);
}

} // namespace jiffy::ui

#include "moc_menus.cpp"
