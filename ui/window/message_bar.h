// SPDX-License-Identifier: GPL-3.0-or-later
// Says what went wrong, or how far something is, without taking the window away: a bar under the transport.
#pragma once

#include "ui/theme/theme_provider.h"

#include <QFrame>
#include <QTimer>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace jiffy::ui
{

class MessageBar : public QFrame
{
    Q_OBJECT

  public:
    MessageBar(const ThemeProvider& theme, QWidget* parent);

    /// An error: a headline, and the diagnostics as the command line prints them (the first lines are shown).
    void showError(const QString& headline, const QString& details);
    /// A good word that stays until the next message or the button; one without details for ten seconds.
    void showNote(const QString& text, const QString& details = {});
    /// A question with an answer on each button; answered() tells which, -1 when it is closed without one.
    void ask(const QString& question, const QStringList& answers);
    /// Something under way, with a button that cancels it.
    void showProgress(const QString& text);
    /// Takes away progress, not errors.
    void endProgress();

  Q_SIGNALS:
    void cancelled();
    void answered(int answer);

  private:
    enum class What { Error, Note, Progress, Question };
    void present(What what, const QString& headline, const QString& details);
    void applyTheme();

    const ThemeProvider& m_theme;
    QLabel* m_headline;
    QLabel* m_details;
    QPushButton* m_more; ///< shows and hides the details of a note
    QPushButton* m_button;
    QHBoxLayout* m_answers;
    What m_what = What::Note;
    QTimer m_patience; ///< a note without details goes when it ends
};

} // namespace jiffy::ui
