// SPDX-License-Identifier: GPL-3.0-or-later
// The sentence in one line of 44 pixels, above the wheel, where there is no room for it at the side. What
// does not fit is in the tool tip.
#pragma once

#include "ui/narration/narration.h"
#include "ui/theme/theme_provider.h"

#include <QWidget>

namespace jiffy::ui
{

class Announcer;

class CaptionBar : public QWidget
{
    Q_OBJECT

  public:
    explicit CaptionBar(const ThemeProvider& theme, QWidget* parent = nullptr);

    void setSentence(const Sentence& sentence);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const ThemeProvider& m_theme;
    Sentence m_sentence;
    Announcer* m_announcer;
};

} // namespace jiffy::ui
