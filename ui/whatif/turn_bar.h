// SPDX-License-Identifier: GPL-3.0-or-later
// Where another CPU could do the next step of a machine of CPUs: who goes next, and a button for each of the
// others. It is there only at such places, in the middle of the status line, whose room is kept anyway:
// nothing jumps from step to step. Asked for at another place (the action GoFirst), it says there why nobody
// else can go, until the playhead moves. GUI thread.
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

    /// Who goes next here and who could instead, or why nobody else can; empty while it plays and before it
    /// has looked.
    QString sentence() const { return m_words.sentence; }
    const std::vector<QPushButton*>& buttons() const { return m_buttons; }
    const core::Crossroads& roads() const { return m_roads; }

    /// Without the sentence, which may go where room is short.
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

  public Q_SLOTS:
    /// That CPU goes first at the playhead: another future, or the one where it was chosen already.
    void choose(int cpu);
    /// The next of those that could; where nobody could it shows why.
    void chooseOther();
    /// While it plays nobody is asked.
    void setPlaying(bool isPlaying);
    /// Looks now; else a moment after the playhead has stopped.
    void look();

  Q_SIGNALS:
    /// It needs more room or less, or none.
    void roomChanged();

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void say(const QString& text, const QString& tip);
    void fit();
    bool isMeant() const;
    /// Why nobody is asked here at all; empty: somebody is.
    QString whyNobody() const;
    void moved();
    void show(TurnWords words);
    void explain(const QString& why);
    void updateAction();
    void applyTheme();

    Session& m_session;
    const ThemeProvider& m_theme;
    const Actions& m_actions;
    QLabel* m_sentence;
    QString m_text; ///< what the label shows as much of as there is room for
    QHBoxLayout* m_row;
    std::vector<QPushButton*> m_buttons;
    core::Crossroads m_roads;
    TurnWords m_words;
    QTimer m_soon;
    bool m_isPlaying = false;
};

} // namespace jiffy::ui
