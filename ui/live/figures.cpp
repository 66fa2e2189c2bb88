// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/figures.h"

#include "core/insight/distribution.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr std::size_t mostBars = 32;

std::vector<QRectF> barsOf(const core::Buckets& buckets, const QRectF& box, bool hangs)
{
    std::vector<QRectF> bars;
    const auto largest = static_cast<double>(buckets.largest());
    const double width = box.width() / static_cast<double>(buckets.counts.size());
    for (std::size_t i = 0; i < buckets.counts.size() && largest > 0; ++i) {
        if (buckets.counts[i] == 0) continue;
        // One of many is a pixel at least: the worst of all is what one looks for.
        const double height = std::max(1.5, box.height() * static_cast<double>(buckets.counts[i]) / largest);
        const double left = box.left() + static_cast<double>(i) * width;
        bars.emplace_back(left, hangs ? box.top() : box.bottom() - height, std::max(1.0, width - 1), height);
    }
    return bars;
}

} // namespace

FigureBars figureBars(const Figure& figure, const QRectF& box)
{
    if (figure.real.empty() && figure.model.empty()) return {};
    std::int64_t min = INT64_MAX, max = INT64_MIN;
    for (const auto* values : {&figure.real, &figure.model})
        for (const auto v : *values) {
            min = std::min(min, v);
            max = std::max(max, v);
        }
    const auto buckets = core::bucketsFor(std::min<std::int64_t>(min, 0), std::max<std::int64_t>(max, 1), mostBars);
    const double middle = box.top() + std::round(box.height() * .6);
    FigureBars bars;
    bars.from = buckets.from;
    bars.to = buckets.from + static_cast<std::int64_t>(buckets.width) * static_cast<std::int64_t>(buckets.counts.size());
    bars.real = barsOf(core::counted(buckets, figure.real), {box.topLeft(), QPointF(box.right(), middle)}, false);
    bars.model = barsOf(core::counted(buckets, figure.model), {QPointF(box.left(), middle + 1), box.bottomRight()}, true);
    return bars;
}

QString durationWords(std::int64_t ns)
{
    if (ns == 0) return QStringLiteral("0");
    constexpr std::array units = {"ns", "µs", "ms", "s"};
    double value = static_cast<double>(ns);
    std::size_t unit = 0;
    for (; unit + 1 < units.size() && std::abs(value) >= 999.5; ++unit) value /= 1000;
    const int digits = unit == 0 || std::abs(value) >= 99.95 ? 0 : std::abs(value) >= 9.995 ? 1 : 2;
    return QLocale().toString(value, 'f', digits) + QChar(0x202F) + QString::fromUtf8(units.at(unit));
}

QString figureText(const std::vector<std::int64_t>& values)
{
    if (values.empty()) return QCoreApplication::translate("LiveFigures", "none yet");
    const auto s = core::statisticsOf(values);
    if (s.median == s.max) return durationWords(s.max);
    return QCoreApplication::translate("LiveFigures", "median %1, at most %2").arg(durationWords(s.median), durationWords(s.max));
}

} // namespace jiffy::ui
