// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/lane_painter.h"

#include <QCoreApplication>
#include <QPolygonF>
#include <QVector>

#include <algorithm>
#include <array>
#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr double leastWordedShare = .6; ///< of what is in sight that is empty before words say so

QString say(const char* text)
{
    return QCoreApplication::translate("Timeline", text);
}

} // namespace

LanePainter::LanePainter(const TimelineScene& scene, int cpu, double top, double height, LaneRaster* raster)
    : m_scene(scene), m_look(scene.look), m_cpu(cpu), m_base(std::floor(top + height - scene.look.px(2.5)) + .5),
      m_raster(raster)
{
}

/// Of moves; of a list's comparisons, which are no level's.
const QColor& LanePainter::workHue() const
{
    return m_scene.geometry.is(core::TimerAlgorithm::SortedList) ? m_look.t().ink3 : m_look.t().levelHue(1);
}

double LanePainter::fireWidth() const
{
    return std::clamp(m_scene.scale.pixelsPerTick() * .8, 1.0, m_look.px(4));
}

double LanePainter::moveWidth() const
{
    return std::clamp(m_scene.scale.pixelsPerTick(), 1.0, m_look.px(6));
}

void LanePainter::bar(QPainter& p, double x, double width, double height, const QColor& colour) const
{
    const double h = m_look.px(height), radius = std::min(1.5, width / 3);
    p.setPen(Qt::NoPen);
    p.setBrush(colour);
    if (width < 2) p.drawRect(QRectF(x, m_base - h, width, h));
    else p.drawRoundedRect(QRectF(x, m_base - h, width, h), radius, radius);
}

/// Where bars are wide and few, their corners are round.
void LanePainter::recordedBar(QPainter& p, double x, double width, double height, const BarColour& colour) const
{
    constexpr double isRoundFrom = 3.5;
    if (m_raster == nullptr || width >= isRoundFrom) return bar(p, x, width, height, colour.colour);
    const double h = m_look.px(height);
    m_raster->fill(x, m_base - h, width, h, colour.rgb);
}

void LanePainter::paintBase(QPainter& p) const
{
    const auto& scale = m_scene.scale;
    if (m_raster != nullptr) m_raster->fill(scale.left, m_base - .5, scale.right - scale.left, 1, m_look.t().line.rgb());
    else p.setPen(QPen(m_look.t().line, 1));
    if (m_raster == nullptr) p.drawLine(QPointF(m_scene.scale.left, m_base), QPointF(m_scene.scale.right, m_base));
    if (m_scene.scale.pixelsPerTick() >= 2) paintTicks(p);
}

/// A mark a tick, but where jiffies moved without one.
void LanePainter::paintTicks(QPainter& p) const
{
    const auto& scale = m_scene.scale;
    const auto& skipped = m_scene.pyramid->skipped();
    const auto last = std::min(m_scene.endTicks, scale.tickAt(scale.right));
    auto tick = scale.tickAt(scale.left);
    auto gap = std::partition_point(skipped.begin(), skipped.end(), [&](const auto& g) { return g.to <= tick; });
    const QRgb colour = mix(m_look.t().canvas, m_look.t().ink3, .8).rgb();
    QVector<QLineF> marks;
    for (; tick <= last; ++tick) {
        if (gap != skipped.end() && tick >= gap->from) {
            tick = gap->to - 1;
            ++gap;
            continue;
        }
        const double x = scale.xOf(static_cast<double>(tick));
        if (m_raster != nullptr) m_raster->fill(x - m_look.px(.6), m_base - m_look.px(3), m_look.px(1.2), m_look.px(3), colour);
        else marks.append(QLineF(x, m_base - m_look.px(3), x, m_base));
    }
    if (m_raster != nullptr) return;
    p.setPen(QPen(translucent(m_look.t().ink3, .8), m_look.px(1.2)));
    p.drawLines(marks);
}

void paintLaneText(QPainter& p, const TimelineScene& s, const LaneText& text)
{
    if (text.reached.isValid()) {
        p.setFont(text.isMono ? s.look.numbers(11.5, QFont::Medium) : s.look.words(11.5, QFont::Medium));
        const double middle = text.x + QFontMetricsF(p.font()).horizontalAdvance(text.text) / 2;
        p.setPen(middle < s.playheadX ? text.reached : text.ahead);
        p.drawText(QPointF(text.x, text.base), text.text);
        return;
    }
    const bool isOfLevel = text.isNumber && s.geometry.hasCascades();
    p.setFont(text.isNumber ? s.look.words(12, QFont::DemiBold) : s.look.words(11.5));
    p.setPen(isOfLevel ? s.look.t().levelHue(1) : text.isNumber ? s.look.t().ink2 : s.look.t().ink3);
    p.drawText(QPointF(text.x, text.base), text.text);
}

/// A pixel each: the many of a long stretch. Where a bar of few ends is worked out once.
void LanePainter::paintColumns(const std::vector<LaneBar>& bars, QRgb fire, QRgb move) const
{
    constexpr std::uint32_t few = 32;
    std::array<int, few> fireTops, moveTops;
    const auto topOf = [&](double height) { return m_raster->rowOf(m_base - m_look.px(height)); };
    for (std::uint32_t n = 0; n < few; ++n) {
        fireTops[n] = topOf(fireHeight(n));
        moveTops[n] = topOf(moveHeight(n));
    }
    const int below = m_raster->rowOf(m_base);
    for (const auto& b : bars) {
        const int left = static_cast<int>(b.x);
        if (b.moves != 0) m_raster->column(left, b.moves < few ? moveTops[b.moves] : topOf(moveHeight(b.moves)), below, move);
        if (b.fires != 0) m_raster->column(left, b.fires < few ? fireTops[b.fires] : topOf(fireHeight(b.fires)), below, fire);
    }
}

void LanePainter::paintRecorded(QPainter& p, const core::CountPyramid& pyramid, std::optional<std::uint64_t> except,
                                std::vector<LaneText>* texts) const
{
    const auto& t = m_look.t();
    const double px = m_scene.scale.pixelsPerTick();
    const double fires = fireWidth(), moves = moveWidth();
    const auto bars = laneBars(pyramid, m_cpu, m_scene.scale);
    const BarColour fire{t.now, t.now.rgb()}, move{workHue(), workHue().rgb()};
    const auto font = m_look.words(12, QFont::DemiBold);
    const bool areColumns = m_raster != nullptr && px <= .5;
    if (areColumns) paintColumns(bars, fire.rgb, move.rgb);
    for (std::size_t i = 0; i < bars.size() && !areColumns; ++i) {
        const auto& b = bars[i];
        if (except && b.tick == *except) continue;
        // A cascade comes before the calls of its tick: at their left where there is room, else behind them, and wider.
        // Never outside its tick, where it would stand on the other side of the playhead.
        const bool isBeside = b.moves != 0 && b.fires != 0 && px >= moves + fires + 1;
        const double fireWidthHere = b.moves != 0 && !isBeside ? std::max(1.0, fires * .55) : fires;
        const double shift = isBeside ? (moves + 1) / 2 : 0;
        if (b.moves != 0) recordedBar(p, b.x - moves / 2 - (isBeside ? (fires + 1) / 2 : 0), moves, moveHeight(b.moves), move);
        if (b.fires != 0) recordedBar(p, b.x + shift - fireWidthHere / 2, fireWidthHere, fireHeight(b.fires), fire);
        if (b.moves == 0 || px < 1 || texts == nullptr) continue;
        const auto text = grouped(b.moves);
        const double from = b.x + moves / 2 + m_look.px(4), end = from + textWidth(font, text) + m_look.px(4);
        if (i + 1 == bars.size() || bars[i + 1].x > end) texts->push_back({from, m_base - m_look.px(2.5), text, true, b.tick});
    }
    if (texts != nullptr) findStretches(p, pyramid, bars, *texts);
}

/// A line without a break says that nothing was left out; the words say how long it is.
void LanePainter::findStretches(QPainter& p, const core::CountPyramid& pyramid, const std::vector<LaneBar>& bars,
                                std::vector<LaneText>& texts) const
{
    const auto small = m_look.words(11.5);
    const double atLeast = (m_scene.scale.right - m_scene.scale.left) * leastWordedShare;
    for (const auto& stretch : emptyStretches(pyramid, m_cpu, bars, m_scene.scale, m_scene.endTicks, atLeast)) {
        const auto text = say(QT_TRANSLATE_NOOP("Timeline", "nothing for %1 jiffies")).arg(grouped(stretch.ticks));
        const double w = textWidth(small, text) + m_look.px(16);
        if (w > stretch.to - stretch.from) continue;
        const double x = (stretch.from + stretch.to - w) / 2;
        p.fillRect(QRectF(x, m_base - m_look.px(12), w, m_look.px(12) - .5), m_look.t().canvas); // over the ticks' marks
        texts.push_back({x + m_look.px(8), m_base - m_look.px(3), text, false, 0});
    }
}

void LanePainter::paintPresent(QPainter& p, const core::CountPyramid& pyramid) const
{
    const auto* all = pyramid.busyAt(m_cpu, m_scene.playhead.tick);
    if (all == nullptr) return;
    const auto& t = m_look.t();
    const auto done = m_scene.present->done(m_cpu);
    const double line = m_scene.playheadX, fires = fireWidth(), moves = moveWidth(), gap = m_look.px(1.6);
    const double middle = m_scene.scale.xOf(static_cast<double>(m_scene.playhead.tick));
    double left = std::min(line - gap, middle + fires / 2); // the right edge of what has happened
    if (done.fires != 0) {
        bar(p, left - fires, fires, fireHeight(done.fires), t.now);
        left -= fires + 1;
    }
    if (done.moves != 0) bar(p, left - moves, moves, moveHeight(done.moves), workHue());
    double right = std::max(line + gap, middle - fires / 2);
    p.setOpacity(unreachedOpacity);
    if (all->moves > done.moves) {
        bar(p, right, moves, moveHeight(all->moves - done.moves), workHue());
        right += moves + 1;
    }
    if (all->fires > done.fires) {
        bar(p, right, fires, fireHeight(all->fires - done.fires), t.now);
        right += fires + 1;
    }
    p.setOpacity(1);
    if (done.moves == 0) return;
    const bool isOurs = m_cpu == m_scene.cpu;
    const auto number = grouped(done.moves);
    QString text = number;
    if (done.moves < all->moves) text = say(QT_TRANSLATE_NOOP("Timeline", "%1 of %2")).arg(number, grouped(all->moves));
    if (isOurs)
        text = (m_scene.geometry.is(core::TimerAlgorithm::SortedList) ? say(QT_TRANSLATE_NOOP("Timeline", "%1 compared"))
                                                                      : say(QT_TRANSLATE_NOOP("Timeline", "%1 moved")))
                   .arg(text);
    // Over what is to come: the number is about what stands at its left.
    const double from = right + m_look.px(3), height = m_look.px(12);
    p.fillRect(QRectF(from - 1, m_base - .5 - height, textWidth(m_look.words(12, QFont::DemiBold), text) + m_look.px(3), height), t.canvas);
    paintLaneText(p, m_scene, {from, m_base - m_look.px(2.5), text, true, 0});
}

/// One a pixel at most.
void LanePainter::paintWakes(QPainter& p, const core::CountPyramid& pyramid) const
{
    const auto& scale = m_scene.scale;
    const auto& wakes = pyramid.wakes(m_cpu);
    const double half = m_look.px(3.2), top = m_base - m_look.px(15);
    p.setPen(QPen(m_look.t().canvas, 1));
    p.setBrush(m_look.t().ink);
    for (auto it = std::lower_bound(wakes.begin(), wakes.end(), scale.tickAt(scale.left)); it != wakes.end();) {
        const double x = scale.xOf(static_cast<double>(*it));
        if (x > scale.right) return;
        p.drawPolygon(QPolygonF({{x - half, top}, {x + half, top}, {x, top + 1.7 * half}}));
        it = std::lower_bound(it + 1, wakes.end(), scale.tickAt(x + 1));
    }
}

void LanePainter::paintPlanned(QPainter& p, const std::vector<PlannedFires>& planned) const
{
    const auto& scale = m_scene.scale;
    const double width = std::min(m_look.px(2), std::max(1.0, scale.pixelsPerTick()));
    for (const auto& plan : planned) {
        const double x = scale.xOf(static_cast<double>(plan.tick));
        if (x >= scale.left && x <= scale.right) bar(p, x - width / 2, width, fireHeight(plan.count), m_look.t().ghost);
    }
}

} // namespace jiffy::ui
