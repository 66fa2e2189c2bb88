// SPDX-License-Identifier: GPL-3.0-or-later
// F1: the manual, which comes with the program, and the list of keys behind it.
#pragma once

#include "ui/theme/theme_provider.h"

#include <QDialog>

class QTextBrowser;

namespace jiffy::ui
{

/// The manual in the language of the program, as Markdown, with the keys as its last part.
QString manualText();

class Manual : public QDialog
{
    Q_OBJECT

  public:
    Manual(const ThemeProvider& theme, QWidget* parent);

  private:
    void applyTheme();

    const ThemeProvider& m_theme;
    QTextBrowser* m_text;
};

} // namespace jiffy::ui
