// SPDX-License-Identifier: GPL-3.0-or-later
// The four distributions of a live recording beside the model's, laid out: pure functions from values to boxes and
// words. All values in ns.
#pragma once

#include <QRectF>
#include <QString>

#include <cstdint>
#include <vector>

namespace jiffy::ui
{

/// One distribution, of what really happened and of what the model says.
struct Figure
{
    QString title;                    ///< "alarm: due to signal"
    std::vector<std::int64_t> real, model;
    bool operator==(const Figure&) const = default;
};

/// Bars of a histogram: what is real stands up from the middle, the model's hangs down from it.
struct FigureBars
{
    std::vector<QRectF> real, model;
    std::int64_t from = 0, to = 0; ///< the values at the left and the right edge
    bool operator==(const FigureBars&) const = default;
};
/// In a box; both on one scale of values, each on its own of counts. Nothing where there are no values.
FigureBars figureBars(const Figure& figure, const QRectF& box);

/// "median 58.1 µs, at most 74.0 µs"; one where both are the same; "none yet" without values.
QString figureText(const std::vector<std::int64_t>& values);
/// "58.1 µs"; 0 has no unit.
QString durationWords(std::int64_t ns);

} // namespace jiffy::ui
