// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers with U+2009 between groups, as grouped() makes them, in a font whose thin space is as wide as a digit: here
// the gap between groups is a quarter of a digit-high square, whatever the font says.
#pragma once

#include <QFont>
#include <QPointF>
#include <QString>

class QPainter;

namespace jiffy::ui
{

double numberWidth(const QFont& font, const QString& text);
/// Paints with the painter's pen, from a baseline's left end.
void drawNumber(QPainter& painter, const QFont& font, QPointF baseline, const QString& text);

} // namespace jiffy::ui
