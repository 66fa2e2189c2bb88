// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/number_text.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStringList>

namespace jiffy::ui
{

namespace
{

const QChar thinSpace(0x2009);

double gapOf(const QFontMetricsF& metrics) { return metrics.capHeight() * .3; }

} // namespace

double numberWidth(const QFont& font, const QString& text)
{
    const QFontMetricsF metrics(font);
    double width = 0;
    for (const auto& part : text.split(thinSpace)) width += metrics.horizontalAdvance(part);
    return width + gapOf(metrics) * static_cast<double>(text.count(thinSpace));
}

void drawNumber(QPainter& painter, const QFont& font, QPointF baseline, const QString& text)
{
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    for (const auto& part : text.split(thinSpace)) {
        painter.drawText(baseline, part);
        baseline.rx() += metrics.horizontalAdvance(part) + gapOf(metrics);
    }
}

} // namespace jiffy::ui
