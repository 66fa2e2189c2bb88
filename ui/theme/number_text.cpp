// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/number_text.h"

#include "ui/theme/shaped_text.h"

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
    if (!text.contains(thinSpace)) return advanceOf(font, text);
    const QFontMetricsF metrics(font);
    double width = 0;
    for (const auto& part : text.split(thinSpace)) width += advanceOf(font, part);
    return width + gapOf(metrics) * static_cast<double>(text.count(thinSpace));
}

void drawNumber(QPainter& painter, const QFont& font, QPointF baseline, const QString& text)
{
    if (!text.contains(thinSpace)) return drawShaped(painter, font, baseline, text);
    const QFontMetricsF metrics(font);
    for (const auto& part : text.split(thinSpace)) {
        drawShaped(painter, font, baseline, part);
        baseline.rx() += advanceOf(font, part) + gapOf(metrics);
    }
}

} // namespace jiffy::ui
