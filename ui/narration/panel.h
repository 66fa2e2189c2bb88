// SPDX-License-Identifier: GPL-3.0-or-later
// "What just happened": the sentence of the position, large, with its reason below. Wraps, is never cut off,
// and asks its layout for the height that it needs. GUI thread.
#pragma once

#include "ui/narration/announcer.h"
#include "ui/narration/narration.h"
#include "ui/theme/theme_provider.h"

#include <QWidget>

namespace jiffy::ui
{

/// A word of a sentence where the panel paints it.
struct PlacedSpan
{
    QPointF baseline;
    QString text;
    bool isMono = false;
    int level = -1;
};

/// How a paragraph is set.
struct ParagraphStyle
{
    double pixels = 14; ///< of words; names and numbers are one pixel smaller
    QFont::Weight weight = QFont::Normal;
    double leading = 1.42;
};
constexpr ParagraphStyle whatStyle{18.5, QFont::DemiBold, 1.32};
constexpr ParagraphStyle whyStyle{14, QFont::Normal, 1.42};

/// Breaks a text at its spaces into lines of at most `width` pixels; a word wider than that stands alone and
/// is broken between letters. `height` receives the height of all lines.
std::vector<PlacedSpan> wrapped(const RichText& text, const Look& look, const ParagraphStyle& style,
                                double width, double* height);
QFont fontOf(const PlacedSpan& span, const Look& look, const ParagraphStyle& style);

class NarrationPanel : public QWidget
{
    Q_OBJECT

  public:
    explicit NarrationPanel(const ThemeProvider& provider, QWidget* parent = nullptr);

    void setSentence(const Sentence& sentence);
    const Sentence& sentence() const { return m_sentence; }
    const Announcer& announcer() const { return *m_announcer; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const ThemeProvider& m_provider;
    Sentence m_sentence;
    Announcer* m_announcer;
};

} // namespace jiffy::ui
