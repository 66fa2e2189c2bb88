// SPDX-License-Identifier: GPL-3.0-or-later
// The lower part of the dialogs: what would happen, with the lens, or what is wrong with what was typed. GUI thread.
#pragma once

#include "ui/theme/theme_provider.h"
#include "ui/whatif/preview.h"

#include <QFrame>

class QLabel;

namespace jiffy::ui
{

class FilingLens;

class PreviewCard : public QFrame
{
    Q_OBJECT

  public:
    PreviewCard(const ThemeProvider& theme, QWidget* parent);

    /// more: further notes, such as what becomes of the present future.
    void showWhat(core::Trial& trial, const core::Intervention& what, const QStringList& more);
    /// Words alone, where there is no slot to be shown.
    void showWords(const Preview& preview, const QStringList& more, bool isError);
    void showError(const QString& sentence);
    QString headline() const;

  private:
    void applyTheme();

    const ThemeProvider& m_theme;
    QLabel* m_headline;
    FilingLens* m_lens;
    QLabel* m_why;
    QLabel* m_notes;
    bool m_isError = false;
    int m_level = -1;
};

} // namespace jiffy::ui
