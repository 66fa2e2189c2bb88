// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/band_layout.h"

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

// The design's canvas of 826x580 with a column of CPUs: pixels from its top.
constexpr double firstTop = 64, lastBottom = 499, trayTop = 511, trayHeight = 46, belowTray = 23;
constexpr double labelsWidth = 94, rightMargin = 20, rowGap = 3, designColumn = 602 / 64.0;
/// Top and height of a row: tv1 to tv5.
constexpr std::array<std::array<double, 2>, 5> fiveBands{{{318, 43}, {192, 44}, {144, 24}, {104, 20}, {64, 20}}};
/// 6.1: narrow levels, and the room for the fans below the bands.
constexpr double narrowPitch = 9, narrowHeight = 5, narrowGap = 9, fanHeight = 92;
/// Gaps wider than twice this belong to no slot.
constexpr double reach = 10;

std::uint32_t columnsOf(const core::Geometry& g)
{
    auto fewest = static_cast<std::uint32_t>(g.level[0].slots);
    for (int l = 1; l < g.levels; ++l)
        fewest = std::min(fewest, static_cast<std::uint32_t>(g.level[static_cast<std::size_t>(l)].slots));
    return std::max(1u, fewest);
}

double unitFor(const QRectF& canvas, double scale)
{
    const double fixed = (firstTop + trayTop - lastBottom + trayHeight) * scale + std::min(belowTray, belowTray * scale);
    return std::min((canvas.height() - fixed) / (lastBottom - firstTop), 1.8);
}

/// Room for the captions beside the bands: of 6.1 the name of a level, and jiffies of a slot, which get long.
double labelsFor(const core::Geometry& g, int open)
{
    if (!g.is(core::TimerAlgorithm::Wheel61)) return labelsWidth;
    int figures = 1;
    for (std::uint64_t rest = 1ull << g.level[static_cast<std::size_t>(std::clamp(open, 1, g.levels) - 1)].shift; rest >= 10; rest /= 10)
        ++figures;
    constexpr double name = 42, figure = 7.8, space = 4, edge = 12, gap = 8;
    return std::max(labelsWidth, edge + figure * figures + space * ((figures - 1) / 3) + gap + name);
}

double columnFor(const core::Geometry& g, const QRectF& canvas, double column, double scale, int open)
{
    return std::max(.1, (canvas.width() - column - (labelsFor(g, open) + rightMargin) * scale) / columnsOf(g));
}

/// Marks grow with both, but narrow cells in many columns keep them small.
double marksFor(double unit, double column)
{
    return std::clamp(std::min(unit, column / designColumn), .7, 1.5);
}

QPolygonF rounded(const QRectF& r, double radius)
{
    constexpr std::array<double, 3> bow{1, .293, 0};
    QPolygonF p;
    const auto corner = [&](QPointF at, double dx, double dy, bool isXFirst) {
        for (std::size_t i = 0; i < 3; ++i) {
            const double a = bow[i] * radius, b = bow[2 - i] * radius;
            p << at + (isXFirst ? QPointF(dx * a, dy * b) : QPointF(dx * b, dy * a));
        }
    };
    corner(r.topLeft(), 1, 1, false);
    corner(r.topRight(), -1, 1, true);
    corner(r.bottomRight(), -1, -1, false);
    corner(r.bottomLeft(), 1, -1, true);
    return p;
}

} // namespace

BandLayout::BandLayout(const core::Geometry& geometry, const QRectF& canvas, double column, double scale, int open)
    : WheelLayout(geometry, canvas,
                  marksFor(unitFor(canvas, scale), columnFor(geometry, canvas, column, scale, open))),
      m_columns(columnsOf(geometry)), m_scale(scale), m_unit(unitFor(canvas, scale)),
      m_left(canvas.left() + column + labelsFor(geometry, open) * scale),
      m_columnWidth(columnFor(geometry, canvas, column, scale, open)), m_open(std::min(open, geometry.levels))
{
    const double top = canvas.top() + firstTop * scale;
    for (int l = 0; l < levels(); ++l) {
        if (isModern()) {
            const int narrow = levels() - m_open;
            const double all = narrow > 0 ? narrow * narrowPitch + narrowGap : 0;
            const double pitch = (lastBottom - firstTop - fanHeight - all) / m_open;
            if (l >= m_open) m_bands.push_back({top + (levels() - 1 - l) * narrowPitch * m_unit, narrowHeight * m_unit});
            else m_bands.push_back({top + (all + (m_open - 1 - l) * pitch) * m_unit, std::min(.7 * pitch, pitch - 9) * m_unit});
        } else if (levels() == 5) {
            const auto& b = fiveBands[static_cast<std::size_t>(l)];
            m_bands.push_back({top + (b[0] - firstTop) * m_unit, b[1] * m_unit});
        } else { // any other number of levels: even bands
            const double pitch = (lastBottom - firstTop) / levels() * m_unit;
            m_bands.push_back({top + (levels() - 1 - l) * pitch, (.62 * pitch - rowGap * (rows(l) - 1)) / rows(l)});
        }
    }
}

bool BandLayout::isSameAs(const WheelLayout& other) const
{
    const BandLayout* b = other.bands();
    return b && b->canvas() == canvas() && b->m_left == m_left && b->m_scale == m_scale && b->m_open == m_open &&
           b->geometry() == geometry();
}

QRectF BandLayout::rowBox(int level, int row) const
{
    const Band& b = m_bands[static_cast<std::size_t>(level)];
    return QRectF(m_left, b.top + row * (b.rowHeight + rowGap * m_unit), right() - m_left, b.rowHeight);
}

QRectF BandLayout::band(int level) const
{
    return rowBox(level, 0).united(rowBox(level, rows(level) - 1));
}

QRectF BandLayout::box(SlotPlace p) const
{
    const QRectF row = rowBox(p.level, static_cast<int>(p.index / m_columns));
    return QRectF(m_left + p.index % m_columns * m_columnWidth, row.top(), m_columnWidth, row.height());
}

QRectF BandLayout::tray() const
{
    const double above = isModern() ? fan().bottom() : band(0).bottom();
    const double top = above + (trayTop - lastBottom) * std::min(m_scale, m_unit);
    const double left = m_left - 96 * m_scale;
    return QRectF(left, top, right() - left, trayHeight * m_scale);
}

QRectF BandLayout::fan() const
{
    if (!isModern()) return QRectF();
    const double bottom = canvas().top() + firstTop * m_scale + (lastBottom - firstTop) * m_unit;
    return QRectF(QPointF(m_left, band(0).bottom()), QPointF(right(), bottom));
}

double BandLayout::fanAxis() const
{
    return fan().bottom() - 22 * m_scale;
}

int BandLayout::dotLimit(int level) const
{
    if (!isModern()) return level < 2 ? 4 : 2;
    const double height = m_bands[static_cast<std::size_t>(level)].rowHeight / marks();
    return height >= 36 ? 4 : height >= 16 ? 2 : 1;
}

QPointF BandLayout::traySpot() const
{
    const QRectF t = tray();
    return QPointF(t.left() + 26 * m_scale, t.center().y());
}

QPointF BandLayout::title() const
{
    return QPointF(m_left - 66 * m_scale, canvas().top() + 33 * m_scale);
}

QPolygonF BandLayout::cone(int level, double index) const
{
    const QRectF from = box({level + 1, 0}), to = band(level);
    const double x = m_left + index * m_columnWidth;
    if (isModern()) {
        const auto spans = std::uint32_t{1} << (geometry().level[static_cast<std::size_t>(level) + 1].shift -
                                                geometry().level[static_cast<std::size_t>(level)].shift);
        const double left = m_left + (static_cast<std::uint32_t>(index) * spans) % m_columns * m_columnWidth;
        return QPolygonF{{x, from.bottom() + 1}, {x + m_columnWidth, from.bottom() + 1}, {left + spans * m_columnWidth, to.top() - 1},
                         {left, to.top() - 1}};
    }
    return QPolygonF{{x, from.bottom() + 2}, {x + m_columnWidth, from.bottom() + 2}, {to.right(), to.top() - 2},
                     {to.left(), to.top() - 2}};
}

FlightPath BandLayout::pathToTray(SlotPlace from) const
{
    const QRectF slot = box(from);
    const QPointF end = traySpot();
    if (isModern()) { // straight down, between the bands' left edge and the names of the levels
        const double aside = m_left - 5 * m_scale;
        return cubicPath({slot.left() - 1, slot.center().y()}, {aside, slot.center().y()}, {aside, end.y() - 90 * m_unit},
                         {end.x() + 6 * m_scale, end.y() - 8 * m_scale});
    }
    const double far = end.x() - 34 * m_scale; // keeps clear of the labels of the rows
    const QPointF start(slot.left() - 3, slot.center().y());
    return cubicPath(start, {far, start.y() + 8}, {far, end.y() - 48 * m_scale},
                     {end.x() - 10 * m_scale, end.y() - m_scale});
}

QPolygonF BandLayout::cell(SlotPlace p, double inset) const
{
    return QPolygonF(box(p).adjusted(inset, inset, -inset, -inset));
}

QPolygonF BandLayout::fill(SlotPlace p) const
{
    return rounded(box(p).adjusted(.5, 0, -.5, 0), 1.5);
}

std::optional<SlotPlace> BandLayout::slotAt(QPointF point) const
{
    if (point.x() < m_left || point.x() >= right()) return std::nullopt;
    const auto column = std::min(static_cast<std::uint32_t>((point.x() - m_left) / m_columnWidth), m_columns - 1);
    for (int l = 0; l < levels(); ++l) {
        const QRectF b = band(l);
        const double above = l + 1 < levels() ? std::min(reach, (b.top() - band(l + 1).bottom()) / 2) : reach;
        const double below = l > 0 ? std::min(reach, (band(l - 1).top() - b.bottom()) / 2) : reach;
        if (point.y() < b.top() - above || point.y() >= b.bottom() + below) continue;
        const double pitch = m_bands[static_cast<std::size_t>(l)].rowHeight + rowGap * m_unit;
        const int row = std::clamp(static_cast<int>((point.y() - b.top() + rowGap * m_unit / 2) / pitch), 0, rows(l) - 1);
        const std::uint32_t index = static_cast<std::uint32_t>(row) * m_columns + column;
        if (index >= slots(l)) return std::nullopt;
        return SlotPlace{l, index};
    }
    return std::nullopt;
}

double BandLayout::distance(SlotPlace p, QPointF point) const
{
    const QRectF b = box(p);
    const double dx = std::max({0.0, b.left() - point.x(), point.x() - b.right()});
    const double dy = std::max({0.0, b.top() - point.y(), point.y() - b.bottom()});
    return std::hypot(dx, dy);
}

double BandLayout::dotRadius(int level, bool named) const
{
    const double radius = (named ? 3.8 : 3.3) * marks();
    const double room = m_bands[static_cast<std::size_t>(level)].rowHeight / (dotLimit(level) > 2 ? 8 : dotLimit(level) == 2 ? 4.6 : 2.6);
    return std::min(radius, room);
}

QPointF BandLayout::dot(SlotPlace p, int k, int n) const
{
    const QRectF b = box(p);
    // Tall cells fill from the top, so that a slot's first timer stands in one line with its neighbours'.
    if (isTall(p.level)) return QPointF(b.center().x(), b.top() + b.height() * (8 + k * 9.6) / 43);
    const double pitch = b.height() * (n > 1 ? .45 : 0);
    return QPointF(b.center().x(), b.center().y() + (k - (n - 1) / 2.0) * pitch);
}

std::optional<CountPlace> BandLayout::count(SlotPlace p, std::uint64_t n) const
{
    const QRectF b = box(p);
    int digits = 1;
    for (std::uint64_t rest = n; rest >= 10; rest /= 10)
        ++digits;
    constexpr double figure = .6; // width of the monospaced font's figures, in em
    const double small = 10.5 * std::max(1.0, marks()); // never smaller
    if (figure * small * digits + 1.5 < m_columnWidth) return CountPlace{b.center(), small, false};
    const double large = 11 * std::max(1.0, marks());
    if (large * .72 < m_columnWidth && figure * large * digits + 1.5 < b.height())
        return CountPlace{b.center(), large, true};
    return std::nullopt;
}

QPointF BandLayout::firedSpot(SlotPlace p, int k) const
{
    const QRectF b = box(p);
    return QPointF(b.center().x(), b.bottom() - b.height() * (8 + k * 9.6) / 43);
}

QPolygonF BandLayout::handFrame(int level, double index) const
{
    const double columns = m_columns;
    const double row = std::clamp(std::floor((index + .5) / columns), 0.0, rows(level) - 1.0);
    const QRectF r = rowBox(level, static_cast<int>(row));
    const double x = m_left + (index - row * columns) * m_columnWidth;
    return rounded(QRectF(x - .5, r.top() - 1, m_columnWidth + 1, r.height() + 2), 2.5);
}

QPolygonF BandLayout::handMark(int level, double index) const
{
    if (level >= m_open) return {}; // larger than its row
    const QRectF frame = handFrame(level, index).boundingRect();
    const double x = frame.center().x(), half = 4 * marks(), tip = frame.top() - 2;
    return QPolygonF{{x - half, tip - 5 * marks()}, {x + half, tip - 5 * marks()}, {x, tip}};
}

std::vector<FlightPath> BandLayout::flightPaths(const std::vector<FlightRequest>& requests) const
{
    std::vector<FlightPath> paths;
    paths.reserve(requests.size());
    for (const FlightRequest& r : requests) {
        const QRectF source = box(r.from);
        if (r.from.level == r.to.level) {
            const QPointF start(source.center().x(), source.top());
            const double height = 64 * m_unit;
            const double top = std::min(start.y(), r.end.y()) - height;
            paths.push_back(cubicPath(start, {start.x(), top}, {r.end.x(), top}, r.end));
            continue;
        }
        const double sign = r.to.level < r.from.level ? 1 : -1;
        const QPointF start(source.center().x(), sign > 0 ? source.bottom() : source.top());
        const double handle = std::max(64 * m_unit, .55 * std::abs(r.end.y() - start.y()));
        paths.push_back(cubicPath(start, start + QPointF(0, .9 * handle * sign), r.end - QPointF(0, handle * sign), r.end));
    }
    return paths;
}

} // namespace jiffy::ui
