// SPDX-License-Identifier: GPL-3.0-or-later
// The menu bar: the table of actions, and the menus whose entries are not fixed. Says what was chosen, does
// nothing.
#pragma once

#include "ui/application.h"
#include "ui/window/actions.h"

#include <QObject>

class QMenu;
class QMenuBar;

namespace jiffy::ui
{

/// What the View menu offers; remembered by name.
enum class ThemeChoice
{
    Light,
    Dark,
    HighContrast,
    System
};

class Menus : public QObject
{
    Q_OBJECT

  public:
    /// exports: a name and a description of each kind of export, as fileKinds() of ui/export.
    Menus(QMenuBar* bar, const Actions& actions, const std::vector<Builtin>& builtins,
          const QStringList& exports, QObject* parent);

    void setTheme(ThemeChoice choice);
    void setScale(double scale);
    void setRung(int rung);
    /// How many CPUs there are and which is shown.
    void setCpus(int count, int current);
    /// Which of the views, in the order of viewTable(), there are for what is open; keys count these. `driver` names
    /// the rungs.
    void setOffered(const std::vector<bool>& offered, core::Driver driver, core::TimerAlgorithm timers);
    /// Which of the views, in the order of viewTable(), are in sight.
    void setViews(const std::vector<bool>& inSight);

  Q_SIGNALS:
    void fileChosen(const QString& file);
    void exportChosen(int kind);
    void themeChosen(jiffy::ui::ThemeChoice choice);
    void scaleChosen(double scale);
    void rungChosen(int rung);
    void cpuChosen(int cpu);
    void viewChosen(int view); ///< index into viewTable()

  private:
    void fillRecent();

    QMenu* m_recent;
    QMenu* m_cpus;
    std::vector<QAction*> m_views;
    QActionGroup* m_themeGroup;
    QActionGroup* m_scaleGroup;
    QActionGroup* m_rungGroup;
    QActionGroup* m_cpuGroup;
};

} // namespace jiffy::ui
