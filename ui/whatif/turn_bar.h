// SPDX-License-Identifier: GPL-3.0-or-later
// Whose turn it is on a machine of several CPUs, and who could go first instead, with a button for each. It stays in its
// place while such a run is open, so that nothing jumps from step to step. GUI thread.
#pragma once

#include "ui/view/view.h"
#include "ui/whatif/cpu_words.h"
#include "ui/window/actions.h"

#include <QFrame>
#include <QTimer>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace jiffy::ui
{

class TurnBar : public QFrame
{
    Q_OBJECT

  public:
    TurnBar(const Desk& desk, const Actions& actions, QWidget* parent);

    QString sentence() const { return m_words.sentence; }
    const std::vector<QPushButton*>& buttons() const { return m_buttons; }
    const core::Crossroads& roads() const { return m_roads; }

  public Q_SLOTS:
    /// That CPU goes first at the playhead: another future, or the one where it was chosen already.
    void choose(int cpu);
    /// The next of those that could.
    void chooseOther();
    /// While it plays nobody is asked.
    void setPlaying(bool isPlaying);
    /// Looks now; else a moment after the playhead has stopped.
    void look();

  private:
    void moved();
    void show(TurnWords words);
    void updateAction();
    void applyTheme();

    Session& m_session;
    const ThemeProvider& m_theme;
    const Actions& m_actions;
    QLabel* m_sentence;
    QHBoxLayout* m_row;
    std::vector<QPushButton*> m_buttons;
    core::Crossroads m_roads;
    TurnWords m_words;
    QTimer m_soon;
    bool m_isPlaying = false;
};

} // namespace jiffy::ui
