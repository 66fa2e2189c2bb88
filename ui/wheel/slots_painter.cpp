// SPDX-License-Identifier: GPL-3.0-or-later
// The resting layers of the ring view: floor, heat, numbers and dots.
#include "ui/wheel/glyphs.h"
#include "ui/wheel/painter.h"

#include <QFontMetricsF>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

/// Width of a separator between slots; 0 when slots are too narrow for any.
double separatorWidth(const WheelLayout& layout, int level, std::uint32_t index)
{
    if (layout.arc(level) < 3) return 0;
    if (level != 0) return 1;
    return index % 16 == 0 && layout.slots(0) > 16 ? 2.2 : .8;
}

void paintSeparators(QPainter& p, const WheelLayout& layout, const Theme& t, int level)
{
    const Ring r = layout.ring(level);
    QVector<QLineF> thin, thick;
    for (std::uint32_t i = 0; i < layout.slots(level); ++i) {
        const double angle = i * layout.step(level);
        const double width = separatorWidth(layout, level, i);
        if (width == 0) continue;
        (width > 2 ? thick : thin)
            .append(QLineF(layout.polar(r.inner - .5, angle), layout.polar(r.outer + .5, angle)));
    }
    p.setPen(QPen(t.canvas, level == 0 ? .8 : 1, Qt::SolidLine, Qt::FlatCap));
    p.drawLines(thin);
    p.setPen(QPen(t.canvas, 2.2, Qt::SolidLine, Qt::FlatCap));
    p.drawLines(thick);
}

int hiddenIn(const WheelPicture& w, const SceneSlot& slot)
{
    int hidden = 0;
    for (std::uint32_t k = 0; k < slot.known; ++k)
        hidden += w.flights.isMoving(slot.first[k].id) ? 1 : 0;
    return hidden;
}

SlotStyle styleOf(const Scene& scene, const WheelLayout& layout, int level, std::uint64_t count)
{
    const double px = layout.countPixels(level);
    // Figures of the monospaced font are .6 em wide.
    const double textWidth = .6 * px * static_cast<double>(QString::number(count).size());
    return slotStyle(level, count, scene.fullest, scene.pending, layout.countFits(level, textWidth));
}

void paintDots(QPainter& p, const WheelPicture& w, SlotPlace place, const SceneSlot& slot)
{
    const Theme& t = w.look.t();
    const QColor& hue = t.levelHue(place.level);
    const int n = static_cast<int>(slot.count);
    for (int k = 0; k < n; ++k) {
        const SceneTimer& timer = slot.first[static_cast<std::size_t>(k)];
        if (w.flights.isMoving(timer.id)) continue;
        const QPointF at = w.layout.dot(place, k, n);
        if (w.flights.isNewcomer(timer.id))
            paintNewcomerRing(p, t, at, 6.6 * std::min(w.layout.marks(), 1.1), hue);
        const Glyph glyph = timer.isDeferrable ? Glyph::Deferrable : Glyph::Pending;
        paintGlyph(p, t, glyph, at, w.layout.dotRadius(place.level, timer.isNamed), hue);
    }
}

void paintLandedTrails(QPainter& p, const WheelPicture& w)
{
    const Theme& t = w.look.t();
    const double opacity = w.scene.effects.turn.cascading.isValid() ? .6 : .85;
    const std::size_t n = w.flights.trails.size();
    for (std::size_t i = n > trailsUpTo ? n - trailsUpTo : 0; i < n; ++i) {
        const QColor& from = t.levelHue(w.scene.geometry.place(w.flights.landed[i].from).level);
        const QColor& to = t.levelHue(w.scene.geometry.place(w.flights.landed[i].to).level);
        const FlightPath& path = w.flights.trails[i];
        for (std::size_t k = 0; k + 1 < path.size(); ++k) {
            const double u = (static_cast<double>(k) + .5) / (flightPoints - 1);
            QColor c = mix(from, to, u);
            c.setAlphaF(static_cast<float>(.18 + (opacity - .18) * u));
            const bool isEnd = k == 0 || k + 2 == path.size();
            p.setPen(QPen(c, 1.3 + .9 * u, Qt::SolidLine, isEnd ? Qt::RoundCap : Qt::FlatCap));
            p.drawLine(path[k], path[k + 1]);
        }
    }
}

} // namespace

void paintFloor(QPainter& p, const WheelLayout& layout, const Look& look, const QRectF& canvas)
{
    const Theme& t = look.t();
    p.fillRect(canvas, t.canvas);
    if (layout.isMini()) return;
    for (int l = 0; l < layout.levels(); ++l) {
        const Ring r = layout.ring(l);
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(slotFloor(t, l), r.width(), Qt::SolidLine, Qt::FlatCap));
        p.drawEllipse(layout.centre(), r.middle(), r.middle());
        paintSeparators(p, layout, t, l);
    }
}

void paintSlots(QPainter& p, const WheelPicture& w)
{
    const Theme& t = w.look.t();
    const auto each = [&](auto&& paintOne) {
        for (int l = 0; l < w.layout.levels(); ++l)
            for (std::uint32_t i = 0; i < w.layout.slots(l); ++i) {
                const SceneSlot& slot = w.scene.slot(l, i);
                if (slot.count != 0) paintOne(SlotPlace{l, i}, slot);
            }
    };
    each([&](SlotPlace place, const SceneSlot& slot) {
        const auto resting = slot.count - static_cast<std::uint32_t>(hiddenIn(w, slot));
        if (resting == 0) return;
        // The cell stays clear of the separators at its sides and of the soft edges of the ring.
        const Ring r = w.layout.ring(place.level);
        const double inset = separatorWidth(w.layout, place.level, place.index) / 2;
        const double insetAfter =
            separatorWidth(w.layout, place.level, (place.index + 1) % w.layout.slots(place.level)) / 2;
        const double perPixel = w.layout.step(place.level) / w.layout.arc(place.level);
        const double from = place.index * w.layout.step(place.level) + inset * perPixel;
        p.setPen(Qt::NoPen);
        p.setBrush(slotHeat(t, place.level, resting, w.scene.fullest));
        p.drawPolygon(w.layout.sector(r, from, w.layout.step(place.level) - (inset + insetAfter) * perPixel));
    });
    paintLandedTrails(p, w);
    each([&](SlotPlace place, const SceneSlot& slot) {
        switch (styleOf(w.scene, w.layout, place.level, slot.count)) {
        case SlotStyle::Dots:
            paintDots(p, w, place, slot);
            break;
        case SlotStyle::Count: {
            const double px = w.layout.countPixels(place.level);
            p.setFont(Look(t.name, 1).numbers(px, QFont::Bold));
            p.setPen(readableOn(slotHeat(t, place.level, slot.count, w.scene.fullest)));
            const QPointF at = w.layout.polar(w.layout.ring(place.level).middle(), w.layout.angleOf(place));
            const QString text = QString::number(slot.count);
            const double width = QFontMetricsF(p.font()).horizontalAdvance(text);
            p.drawText(QPointF(at.x() - width / 2, at.y() + px * .36), text);
            break;
        }
        case SlotStyle::Heat:
            break;
        }
    });
}

std::optional<QPointF> dotOf(const Scene& scene, const WheelLayout& layout, core::TimerId id)
{
    for (int l = 0; l < layout.levels(); ++l)
        for (std::uint32_t i = 0; i < layout.slots(l); ++i) {
            const SceneSlot& slot = scene.slot(l, i);
            for (std::uint32_t k = 0; k < slot.known; ++k) {
                if (slot.first[k].id != id) continue;
                if (styleOf(scene, layout, l, slot.count) == SlotStyle::Dots)
                    return layout.dot({l, i}, static_cast<int>(k), static_cast<int>(slot.count));
                return layout.polar(layout.ring(l).middle(), layout.angleOf({l, i}));
            }
        }
    return std::nullopt;
}

} // namespace jiffy::ui
