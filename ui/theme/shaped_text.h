// SPDX-License-Identifier: GPL-3.0-or-later
// Text that is painted frame after frame: shaped once, which is most of what a line of text costs, and kept as long
// as it is in use. On a screen it is painted from what was shaped; into vector formats as text. Fonts are those of
// Look. GUI thread.
#pragma once

#include <QFont>
#include <QPointF>
#include <QRectF>
#include <QString>

class QPainter;

namespace jiffy::ui
{

/// As QFontMetricsF::horizontalAdvance() tells.
double advanceOf(const QFont& font, const QString& text);
/// The text, or as much of it as fits with an ellipsis.
QString elidedTo(const QFont& font, const QString& text, double width);
/// One line with the painter's pen, from the left end of its baseline. Sets the painter's font.
void drawShaped(QPainter& painter, const QFont& font, QPointF baseline, const QString& text);

/// The height of a text wrapped between words.
double wrappedHeight(const QFont& font, const QString& text, double width);
/// A text wrapped between words, from the top left of a box that cuts it. Sets the painter's font.
void drawWrapped(QPainter& painter, const QFont& font, const QRectF& box, const QString& text);

} // namespace jiffy::ui
