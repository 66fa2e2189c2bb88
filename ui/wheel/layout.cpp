// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/layout.h"

#include <QSizeF>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace jiffy::ui
{

namespace
{

constexpr std::array<Ring, 5> fiveRings{{{.876, 1}, {.596, .716}, {.46, .552}, {.348, .428}, {.252, .316}}};
constexpr double hub = .2;
constexpr double degree = std::numbers::pi / 180;

/// How dots stand in a slot, by level: most of them, radius, how many above each other, and how far apart.
struct DotRule
{
    int limit;
    double radius;
    int rows;
    double pitch;
};
constexpr std::array<DotRule, 5> dotRules{
    {{4, 2.9, 4, 7.4}, {6, 3.1, 3, 8.4}, {4, 2.7, 2, 7.6}, {2, 2.5, 2, 6.8}, {1, 2.5, 1, 6}}};
constexpr double namedRadius = 3.7;
constexpr double columnPitch = 7.4;
constexpr double rimInset = 6; ///< of the outermost dot of tv1

const DotRule& ruleOf(int level)
{
    return dotRules[static_cast<std::size_t>(std::clamp(level, 0, 4))];
}

} // namespace

WheelLayout::WheelLayout(const core::Geometry& geometry, QPointF centre, double radius)
    : m_geometry(geometry), m_centre(centre), m_radius(radius), m_marks(std::clamp(radius / 250, .75, 1.4))
{
}

double WheelLayout::radiusFor(QSizeF canvas, double column, double scale)
{
    // Large text takes room from the labels' margins first, then from the wheel.
    const double margins = std::min(250 * scale + .65 * column, .45 * canvas.width());
    return std::max(40.0, std::min(canvas.width() - margins, canvas.height() - 80 * scale) / 2);
}

Ring WheelLayout::ring(int level) const
{
    if (levels() == 5) {
        const Ring& r = fiveRings[static_cast<std::size_t>(level)];
        return {r.inner * m_radius, r.outer * m_radius};
    }
    // Any other number of levels: even rings with gaps of a quarter.
    const double pitch = (1 - hub) / levels();
    const double outer = 1 - level * pitch;
    return {(outer - .75 * pitch) * m_radius, outer * m_radius};
}

QPointF WheelLayout::polar(double radius, double degrees) const
{
    const double a = (degrees - 90) * degree;
    return m_centre + QPointF(radius * std::cos(a), radius * std::sin(a));
}

double WheelLayout::angleAt(QPointF point) const
{
    const QPointF d = point - m_centre;
    const double angle = std::atan2(d.y(), d.x()) / degree + 90;
    return angle < 0 ? angle + 360 : angle;
}

QPolygonF WheelLayout::sector(Ring r, double from, double span, double inset) const
{
    // Pieces so short that the bow of the arc stays below a tenth of a pixel.
    const double inner = r.inner + inset, outer = r.outer - inset;
    const double angle = span * degree;
    const int pieces = std::max(1, static_cast<int>(std::ceil(angle * std::sqrt(outer / .8))));
    QPolygonF p;
    p.reserve(2 * pieces + 2);
    for (int i = 0; i <= pieces; ++i)
        p << polar(outer, from + span * i / pieces);
    for (int i = pieces; i >= 0; --i)
        p << polar(inner, from + span * i / pieces);
    return p;
}

std::optional<SlotPlace> WheelLayout::slotAt(QPointF point) const
{
    const QPointF d = point - m_centre;
    const double r = std::hypot(d.x(), d.y());
    if (r > m_radius + 1 || r < ring(levels() - 1).inner) return std::nullopt;
    for (int l = 0; l < levels(); ++l) {
        const double border = l + 1 < levels() ? (ring(l).inner + ring(l + 1).outer) / 2 : 0;
        if (r < border) continue;
        return SlotPlace{l, static_cast<std::uint32_t>(angleAt(point) / step(l)) % slots(l)};
    }
    return std::nullopt;
}

int WheelLayout::dotLimit(int level)
{
    return ruleOf(level).limit;
}

double WheelLayout::dotRadius(int level, bool named) const
{
    return (level == 0 && named ? namedRadius : ruleOf(level).radius) * m_marks;
}

double WheelLayout::countPixels(int level) const
{
    constexpr std::array<double, 5> pixels{10.5, 12, 10.5, 9.5, 9};
    return pixels[static_cast<std::size_t>(std::clamp(level, 0, 4))] * m_marks;
}

double WheelLayout::arc(int level) const
{
    return ring(level).middle() * step(level) * degree;
}

double WheelLayout::dotDistance(SlotPlace p, int k, int n) const
{
    const Ring r = ring(p.level);
    const DotRule& rule = ruleOf(p.level);
    if (p.level == 0) return r.outer - (rimInset + k * rule.pitch) * std::min(m_marks, r.width() / 31);
    const int column = k / rule.rows, row = k % rule.rows;
    const int inColumn = std::min(rule.rows, n - column * rule.rows);
    return r.middle() + ((inColumn - 1) / 2.0 - row) * rule.pitch * m_marks;
}

QPointF WheelLayout::dot(SlotPlace p, int k, int n) const
{
    const DotRule& rule = ruleOf(p.level);
    double angle = angleOf(p);
    if (p.level != 0) {
        const int columns = (n + rule.rows - 1) / rule.rows;
        const double along = (k / rule.rows - (columns - 1) / 2.0) * columnPitch * m_marks;
        angle += along / ring(p.level).middle() / degree;
    }
    return polar(dotDistance(p, k, n), angle);
}

std::vector<std::uint32_t> WheelLayout::rimDigits(const std::vector<double>& taken) const
{
    std::vector<std::uint32_t> digits;
    const std::uint32_t n = slots(0);
    for (std::uint32_t i = 0; i < n; i += n / 8) {
        const double angle = angleOf({0, i});
        const auto isNear = [angle](double other) {
            return std::abs(std::remainder(angle - other, 360)) < 7;
        };
        if (std::none_of(taken.begin(), taken.end(), isNear)) digits.push_back(i);
    }
    return digits;
}

SlotStyle slotStyle(int level, std::uint64_t count, std::uint64_t fullest, std::uint64_t pending,
                    bool countFits)
{
    if (pending > heatViewFrom) return SlotStyle::Heat;
    const auto limit = static_cast<std::uint64_t>(WheelLayout::dotLimit(level));
    const std::uint64_t dots = fullest > heatFirstFrom ? std::min<std::uint64_t>(limit, 3) : limit;
    if (count <= dots) return SlotStyle::Dots;
    return countFits ? SlotStyle::Count : SlotStyle::Heat;
}

// ---------------------------------------------------------------- minis

namespace
{

constexpr int oneColumnUpTo = 6;
constexpr int wheelsUpTo = 24;

} // namespace

double miniColumnWidth(int cpus, double scale)
{
    return cpus <= 1 ? 0 : 110 * scale;
}

std::vector<MiniPlace> miniPlaces(int cpus, const QRectF& canvas, double scale)
{
    std::vector<MiniPlace> places;
    if (cpus <= 1) return places;
    const double top = canvas.top() + 18 * scale, left = canvas.left() + 11 * scale;
    const double height = canvas.height() - 24 * scale;
    if (cpus > wheelsUpTo) {
        const double pitch = std::min(16 * scale, height / cpus);
        for (int c = 0; c < cpus; ++c) {
            MiniPlace m;
            m.cpu = c;
            m.card = QRectF(left, top + c * pitch, 88 * scale, pitch);
            m.hasName = m.hasDetail = false;
            places.push_back(m);
        }
        return places;
    }
    const int columns = cpus <= oneColumnUpTo ? 1 : 2;
    const int rows = (cpus + columns - 1) / columns;
    const double columnWidth = (columns == 1 ? 88 : 50) * scale;
    const double pitch = std::min((columns == 1 ? 128 : 84) * scale, height / rows);
    for (int c = 0; c < cpus; ++c) {
        MiniPlace m;
        m.cpu = c;
        m.hasDetail = columns == 1 && pitch >= 96 * scale;
        m.hasName = pitch >= 56 * scale;
        const double words = m.hasDetail ? 45 * scale : m.hasName ? 22 * scale : 0;
        const double gap = 6 * scale;
        const double diameter =
            std::min({(columns == 1 ? 66 : 44) * scale, pitch - gap - words - 11 * scale, columnWidth});
        m.radius = std::max(diameter, 12.0) / 2;
        const int column = c % columns, row = c / columns;
        m.card = QRectF(left + column * columnWidth, top + row * pitch, columnWidth, pitch - gap);
        m.centre = QPointF(m.card.center().x(), m.card.top() + 11 * scale + m.radius);
        places.push_back(m);
    }
    return places;
}

} // namespace jiffy::ui
