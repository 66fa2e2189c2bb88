// SPDX-License-Identifier: GPL-3.0-or-later
// The resting layers of the wheel, in either geometry: floor, heat, numbers and dots.
#include "ui/wheel/band_layout.h"
#include "ui/wheel/glyphs.h"
#include "ui/wheel/ring_layout.h"
#include "ui/wheel/sprites.h"
#include "ui/wheel/words.h"

#include <algorithm>

namespace jiffy::ui
{

namespace
{

int hiddenIn(const WheelPicture& w, const SceneSlot& slot)
{
    int hidden = 0;
    for (std::uint32_t k = 0; k < slot.known; ++k)
        hidden += w.flights.isMoving(slot.first[k].id) ? 1 : 0;
    return hidden;
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
            putNewcomerRing(p, w, at, hue);
        const Glyph glyph = timer.isDeferrable ? Glyph::Deferrable : Glyph::Pending;
        putGlyph(p, w, glyph, at, w.layout.dotRadius(place.level, timer.isNamed), hue);
    }
}

void paintCount(QPainter& p, const WheelPicture& w, SlotPlace place, std::uint64_t n)
{
    const auto spot = w.layout.count(place, n);
    if (!spot) return;
    const Theme& t = w.look.t();
    const QString text = QString::number(n);
    p.setFont(Look(t.name, 1).numbers(spot->pixels, QFont::Bold));
    p.setPen(readableOn(slotHeat(t, place.level, n, w.scene.fullest)));
    const double width = QFontMetricsF(p.font()).horizontalAdvance(text);
    const QPointF base(-width / 2, spot->pixels * .36);
    if (!spot->isTurned) return p.drawText(spot->at + base, text);
    p.save();
    p.translate(spot->at);
    p.rotate(-90);
    p.drawText(base, text);
    p.restore();
}

void paintLandedTrails(QPainter& p, const WheelPicture& w)
{
    const Theme& t = w.look.t();
    const bool isBands = w.layout.form() == WheelForm::Bands;
    const double faint = isBands ? .3 : .18, grows = isBands ? 1.1 : .9;
    const double opacity = isBands ? .95 : w.scene.effects.turn.cascading.isValid() ? .6 : .85;
    const std::size_t n = w.flights.trails.size();
    for (std::size_t i = n > trailsUpTo ? n - trailsUpTo : 0; i < n; ++i) {
        const QColor& from = t.levelHue(w.scene.geometry.place(w.flights.landed[i].from).level);
        const QColor& to = t.levelHue(w.scene.geometry.place(w.flights.landed[i].to).level);
        const FlightPath& path = w.flights.trails[i];
        const std::size_t stride = n > 12 ? 3 : 1; // many are drawn in longer pieces
        for (std::size_t k = 0; k + 1 < path.size(); k += stride) {
            const double u = (static_cast<double>(k) + .5 * static_cast<double>(stride)) / (flightPoints - 1);
            QColor c = mix(from, to, u);
            c.setAlphaF(static_cast<float>(faint + (opacity - faint) * u));
            const bool isEnd = k == 0 || k + 1 + stride >= path.size();
            p.setPen(QPen(c, 1.3 + grows * u, Qt::SolidLine, isEnd ? Qt::RoundCap : Qt::FlatCap));
            p.drawLine(path[k], path[std::min(k + stride, path.size() - 1)]);
        }
    }
}

} // namespace

SlotStyle styleOf(const Scene& scene, const WheelLayout& layout, SlotPlace place, std::uint64_t count)
{
    return slotStyle(layout.dotLimit(place.level), count, scene.fullest, scene.pending,
                     layout.count(place, count).has_value());
}

void paintFloor(QPainter& p, const WheelLayout& layout, const Look& look, const QRectF& canvas, core::Jiffies position)
{
    p.fillRect(canvas, look.t().canvas);
    if (layout.isMini()) return;
    if (const RingLayout* rings = layout.rings()) paintRingFloor(p, *rings, look);
    if (const BandLayout* bands = layout.bands()) paintBandFloor(p, *bands, look, position);
}

QColor slotColour(const WheelPicture& w, SlotPlace place)
{
    const SceneSlot& slot = w.scene.slot(place.level, place.index);
    if (slot.count == 0) return QColor();
    const auto resting = slot.count - static_cast<std::uint32_t>(hiddenIn(w, slot));
    return resting == 0 ? QColor() : slotHeat(w.look.t(), place.level, resting, w.scene.fullest);
}

void putGlyph(QPainter& p, const WheelPicture& w, Glyph glyph, QPointF at, double radius, const QColor& hue)
{
    if (w.sprites) w.sprites->paint(p, w.look.t(), glyph, at, radius, hue);
    else paintGlyph(p, w.look.t(), glyph, at, radius, hue);
}

void putNewcomerRing(QPainter& p, const WheelPicture& w, QPointF at, const QColor& hue)
{
    if (w.sprites) w.sprites->paintNewcomer(p, w.look.t(), at, w.layout.newcomerRadius(), hue);
    else paintNewcomerRing(p, w.look.t(), at, w.layout.newcomerRadius(), hue);
}

void paintSlots(QPainter& p, const WheelPicture& w)
{
    const auto each = [&](auto&& paintOne) {
        for (int l = 0; l < w.layout.levels(); ++l)
            for (std::uint32_t i = 0; i < w.layout.slots(l); ++i) {
                const SceneSlot& slot = w.scene.slot(l, i);
                if (slot.count != 0) paintOne(SlotPlace{l, i}, slot);
            }
    };
    if (w.withHeat) {
        p.setPen(Qt::NoPen);
        each([&](SlotPlace place, const SceneSlot&) {
            const QColor colour = slotColour(w, place);
            if (!colour.isValid()) return;
            p.setBrush(colour);
            p.drawPolygon(w.layout.fill(place));
        });
    }
    paintLandedTrails(p, w);
    each([&](SlotPlace place, const SceneSlot& slot) {
        switch (styleOf(w.scene, w.layout, place, slot.count)) {
        case SlotStyle::Dots:
            if (w.withDots) paintDots(p, w, place, slot);
            break;
        case SlotStyle::Count:
            paintCount(p, w, place, slot.count);
            break;
        case SlotStyle::Heat:
            break;
        }
    });
}

std::optional<QPointF> dotOf(const Scene& scene, const WheelLayout& layout, core::TimerId id)
{
    const auto spot = spotOf(scene, layout, id);
    return spot ? std::optional(spot->at) : std::nullopt;
}

std::optional<DotSpot> spotOf(const Scene& scene, const WheelLayout& layout, core::TimerId id)
{
    for (int l = 0; l < layout.levels(); ++l)
        for (std::uint32_t i = 0; i < layout.slots(l); ++i) {
            const SceneSlot& slot = scene.slot(l, i);
            for (std::uint32_t k = 0; k < slot.known; ++k) {
                if (slot.first[k].id != id) continue;
                const SlotPlace place{l, i};
                const bool isDot = styleOf(scene, layout, place, slot.count) == SlotStyle::Dots;
                return DotSpot{slot.first[k], place,
                               isDot ? layout.dot(place, static_cast<int>(k), static_cast<int>(slot.count))
                                     : layout.middle(place),
                               isDot};
            }
        }
    return std::nullopt;
}

std::vector<DotSpot> dotSpots(const Scene& scene, const WheelLayout& layout)
{
    std::vector<DotSpot> spots;
    for (int l = 0; l < layout.levels(); ++l)
        for (std::uint32_t i = 0; i < layout.slots(l); ++i) {
            const SceneSlot& slot = scene.slot(l, i);
            const SlotPlace place{l, i};
            if (slot.count == 0 || styleOf(scene, layout, place, slot.count) != SlotStyle::Dots) continue;
            for (std::uint32_t k = 0; k < slot.count; ++k)
                spots.push_back({slot.first[k], place,
                                 layout.dot(place, static_cast<int>(k), static_cast<int>(slot.count)), true});
        }
    return spots;
}

} // namespace jiffy::ui
