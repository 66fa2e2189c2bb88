// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/ring_layout.h"

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

/// 6.1: levels that hold nothing are narrow rings round the hub.
constexpr double narrowPitch = .016, narrowWidth = .007, narrowGap = .014;
constexpr double namedRadius = 3.7;
constexpr double columnPitch = 7.4;
constexpr double rimInset = 6; ///< of the outermost dot of tv1

} // namespace

RingLayout::RingLayout(const core::Geometry& geometry, const QRectF& canvas, QPointF centre, double radius, int open)
    : WheelLayout(geometry, canvas, std::clamp(radius / 250, .75, 1.4)), m_centre(centre), m_radius(radius),
      m_open(std::min(open, geometry.levels))
{
}

RingLayout::DotRule RingLayout::ruleOf(int level) const
{
    constexpr std::array<DotRule, 5> rules{
        {{4, 2.9, 4, 7.4}, {6, 3.1, 3, 8.4}, {4, 2.7, 2, 7.6}, {2, 2.5, 2, 6.8}, {1, 2.5, 1, 6}}};
    if (!isModern()) return rules[static_cast<std::size_t>(std::clamp(level, 0, 4))];
    // As many as a slot has room for: each of its levels has 64.
    const int rows = std::clamp(static_cast<int>(ring(level).width() / marks() / 9), 1, 3);
    const int columns = std::clamp(static_cast<int>(arc(level) / marks() / 8.2), 1, 2);
    const double radius = std::min({3.1, arc(level) / marks() / 2.6, ring(level).width() / marks() / 2.6});
    return {rows * columns, radius, rows, 8.4};
}

bool RingLayout::isSameAs(const WheelLayout& other) const
{
    const RingLayout* r = other.rings();
    return r && r->m_centre == m_centre && r->m_radius == m_radius && r->m_open == m_open && r->canvas() == canvas() &&
           r->geometry() == geometry();
}

double RingLayout::radiusFor(QSizeF canvas, double column, double scale)
{
    // Large text takes room from the labels' margins first, then from the wheel.
    const double margins = std::min(250 * scale + .65 * column, .45 * canvas.width());
    const double above = std::min(80 * scale, .2 * canvas.height());
    return std::max(40.0, std::min(canvas.width() - margins, canvas.height() - above) / 2);
}

Ring RingLayout::ring(int level) const
{
    if (levels() == 5) {
        const Ring& r = fiveRings[static_cast<std::size_t>(level)];
        return {r.inner * m_radius, r.outer * m_radius};
    }
    if (isModern()) {
        const int narrow = levels() - m_open;
        if (level >= m_open) {
            const double inner = hub + (levels() - 1 - level) * narrowPitch;
            return {inner * m_radius, (inner + narrowWidth) * m_radius};
        }
        const double from = hub + (narrow > 0 ? narrow * narrowPitch + narrowGap : 0);
        const double pitch = (1 - from) / m_open, outer = 1 - level * pitch;
        return {(outer - .76 * pitch) * m_radius, outer * m_radius};
    }
    // Any other number of levels: even rings with gaps of a quarter.
    const double pitch = (1 - hub) / levels();
    const double outer = 1 - level * pitch;
    return {(outer - .75 * pitch) * m_radius, outer * m_radius};
}

QPointF RingLayout::polar(double radius, double degrees) const
{
    const double a = (degrees - 90) * degree;
    return m_centre + QPointF(radius * std::cos(a), radius * std::sin(a));
}

double RingLayout::angleAt(QPointF point) const
{
    const QPointF d = point - m_centre;
    const double angle = std::atan2(d.y(), d.x()) / degree + 90;
    return angle < 0 ? angle + 360 : angle;
}

QPolygonF RingLayout::sector(Ring r, double from, double span, double inset) const
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

std::optional<SlotPlace> RingLayout::slotAt(QPointF point) const
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

double RingLayout::separator(int level, std::uint32_t index) const
{
    if (arc(level) < 3) return 0;
    if (level != 0) return level >= m_open ? 0 : 1;
    return index % 16 == 0 && slots(0) > 16 ? 2.2 : .8;
}

QPolygonF RingLayout::cell(SlotPlace p, double inset) const
{
    const double aside = inset * step(p.level) / arc(p.level);
    return sector(ring(p.level), p.index * step(p.level) + aside, step(p.level) - 2 * aside, inset);
}

QPolygonF RingLayout::fill(SlotPlace p) const
{
    const double before = separator(p.level, p.index) / 2,
                 after = separator(p.level, (p.index + 1) % slots(p.level)) / 2;
    const double perPixel = step(p.level) / arc(p.level);
    return sector(ring(p.level), p.index * step(p.level) + before * perPixel,
                  step(p.level) - (before + after) * perPixel);
}

double RingLayout::distance(SlotPlace p, QPointF point) const
{
    const QPointF d = point - m_centre;
    const double r = std::hypot(d.x(), d.y());
    const Ring band = ring(p.level);
    const double along = std::max(0.0, std::abs(std::remainder(angleAt(point) - angleOf(p), 360)) - step(p.level) / 2);
    // Beside the sector: as far as its nearer straight edge; more than a quarter turn away nothing is near.
    const double aside = along >= 90 ? r + band.inner : r * std::sin(along * degree);
    const double reach = along >= 90 ? r : r * std::cos(along * degree);
    const double radial = std::max({0.0, band.inner - reach, reach - band.outer});
    return std::hypot(aside, radial);
}

int RingLayout::dotLimit(int level) const
{
    return ruleOf(level).limit;
}

double RingLayout::dotRadius(int level, bool named) const
{
    return (level == 0 && named ? namedRadius : ruleOf(level).radius) * marks();
}

double RingLayout::newcomerRadius() const
{
    return 6.6 * std::min(marks(), 1.1);
}

std::optional<CountPlace> RingLayout::count(SlotPlace p, std::uint64_t n) const
{
    // Figures of the monospaced font are .6 em wide.
    int digits = 1;
    for (std::uint64_t rest = n; rest >= 10; rest /= 10)
        ++digits;
    const double px = countPixels(p.level);
    if (!countFits(p.level, .6 * px * digits)) return std::nullopt;
    return CountPlace{middle(p), px, false};
}

QPointF RingLayout::firedSpot(SlotPlace p, int k) const
{
    return polar(ring(p.level).inner + (8 + k * 7.4) * marks(), angleOf(p));
}

QPolygonF RingLayout::handFrame(int level, double index) const
{
    const Ring r = ring(level);
    return sector({r.inner - .5, r.outer + .5}, index * step(level), step(level));
}

QPolygonF RingLayout::handMark(int level, double index) const
{
    if (level == 0 || level >= m_open) return {};
    const Ring r = ring(level);
    const double angle = (index + .5) * step(level), half = 4.4 * marks() / r.inner / degree;
    const double base = r.inner - 8 * marks();
    return QPolygonF{polar(base, angle - half), polar(base, angle + half), polar(r.inner - 1.5, angle)};
}

double RingLayout::countPixels(int level) const
{
    constexpr std::array<double, 5> pixels{10.5, 12, 10.5, 9.5, 9};
    return pixels[static_cast<std::size_t>(std::clamp(level, 0, 4))] * std::max(1.0, marks()); // never smaller
}

double RingLayout::arc(int level) const
{
    return ring(level).middle() * step(level) * degree;
}

double RingLayout::dotDistance(SlotPlace p, int k, int n) const
{
    const Ring r = ring(p.level);
    const DotRule rule = ruleOf(p.level);
    if (p.level == 0 && !isModern()) return r.outer - (rimInset + k * rule.pitch) * std::min(marks(), r.width() / 31);
    const int column = k / rule.rows, row = k % rule.rows;
    const int inColumn = std::min(rule.rows, n - column * rule.rows);
    return r.middle() + ((inColumn - 1) / 2.0 - row) * rule.pitch * marks();
}

QPointF RingLayout::dot(SlotPlace p, int k, int n) const
{
    const DotRule rule = ruleOf(p.level);
    double angle = angleOf(p);
    if (p.level != 0 || isModern()) {
        const int columns = (n + rule.rows - 1) / rule.rows;
        const double along = (k / rule.rows - (columns - 1) / 2.0) * columnPitch * marks();
        angle += along / ring(p.level).middle() / degree;
    }
    return polar(dotDistance(p, k, n), angle);
}

std::vector<std::uint32_t> RingLayout::rimDigits(const std::vector<double>& taken) const
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

} // namespace jiffy::ui
