// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/layout.h"

#include <algorithm>

namespace jiffy::ui
{

QPointF pointOn(const FlightPath& path, double u)
{
    const double at = std::clamp(u, 0.0, 1.0) * (flightPoints - 1);
    const auto i = std::min(static_cast<std::size_t>(at), path.size() - 2);
    const double rest = at - static_cast<double>(i);
    return path[i] * (1 - rest) + path[i + 1] * rest;
}

FlightPath cubicPath(QPointF a, QPointF b, QPointF c, QPointF d)
{
    FlightPath path;
    for (int i = 0; i < flightPoints; ++i) {
        const double u = static_cast<double>(i) / (flightPoints - 1), v = 1 - u;
        path[static_cast<std::size_t>(i)] =
            v * v * v * a + 3 * v * v * u * b + 3 * v * u * u * c + u * u * u * d;
    }
    return path;
}

SlotStyle slotStyle(int limit, std::uint64_t count, std::uint64_t fullest, std::uint64_t pending, bool countFits)
{
    if (pending > heatViewFrom) return SlotStyle::Heat;
    const auto most = static_cast<std::uint64_t>(limit);
    const std::uint64_t dots = fullest > heatFirstFrom ? std::min<std::uint64_t>(most, 3) : most;
    if (count <= dots) return SlotStyle::Dots;
    return countFits ? SlotStyle::Count : SlotStyle::Heat;
}

} // namespace jiffy::ui
