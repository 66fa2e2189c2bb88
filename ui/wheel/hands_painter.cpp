// SPDX-License-Identifier: GPL-3.0-or-later
// What points at slots: the hands, the clock's hand of a CPU that lags behind, frames of changed, selected and focused
// slots, what the pointer drags.
#include "ui/wheel/band_layout.h"
#include "ui/wheel/glyphs.h"
#include "ui/wheel/ring_layout.h"
#include "ui/wheel/words.h"

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

/// Dashes of that many pixels, whatever the pen's width.
QPen dashed(const QColor& c, double width, double dash = 3, double gap = 3)
{
    QPen pen(c, width, Qt::CustomDashLine, Qt::FlatCap, Qt::MiterJoin);
    pen.setDashPattern({dash / width, gap / width});
    return pen;
}

/// Where the clock is, while this CPU sleeps or catches up: a dashed hand in each level in which it differs, and with
/// rings the way between as a spiral outside the rim, a turn for each turn of the hand.
void paintClockHand(QPainter& p, const WheelPicture& w)
{
    const Theme& t = w.look.t();
    const core::Geometry& g = w.scene.geometry;
    p.setBrush(Qt::NoBrush);
    for (int l = 0; l < w.layout.levels(); ++l) {
        const core::Level& level = g.level[static_cast<std::size_t>(l)];
        const std::uint32_t there = level.indexOf(w.scene.clock.jiffies);
        if (there == level.indexOf(w.scene.position)) continue;
        p.setPen(dashed(t.ink2, 2));
        p.drawPolygon(w.layout.handFrame(l, there));
        if (l != 0) continue;
        if (const RingLayout* rings = w.layout.rings()) {
            const double angle = rings->angleOf({0, there});
            p.drawLine(rings->polar(rings->radius() + 1, angle), rings->polar(rings->radius() + 9, angle));
            constexpr double mostTurns = 3, gap = 2.6;
            const double turns = std::min(static_cast<double>(w.scene.lag) / level.slots, mostTurns);
            QPolygonF spiral;
            const int pieces = static_cast<int>(std::ceil(turns * 120)) + 1;
            for (int i = 0; i <= pieces; ++i) {
                const double u = turns * i / pieces;
                spiral << rings->polar(rings->radius() + 3.5 + gap * (turns - u), angle - 360 * u);
            }
            p.setPen(dashed(t.ink2, 1.4, 2, 2.5));
            p.drawPolyline(spiral);
        }
    }
}

/// 6.1: the buckets that are called next, at one and the same jiffy.
void paintNextDue(QPainter& p, const WheelPicture& w)
{
    p.setBrush(Qt::NoBrush);
    for (int l = 0; l < w.layout.levels(); ++l)
        for (std::uint32_t i = 0; i < w.layout.slots(l); ++i) {
            const SceneSlot& slot = w.scene.slot(l, i);
            if (slot.count == 0 || slot.due != *w.scene.nextDue) continue;
            p.setPen(QPen(w.look.t().levelHue(l), 1.8, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
            p.drawPolygon(w.layout.cell({l, i}, -1));
        }
}

void paintDrag(QPainter& p, const WheelPicture& w, const DragPicture& drag)
{
    const Theme& t = w.look.t();
    const auto source = spotOf(w.scene, w.layout, drag.timer);
    const int level = drag.target ? drag.target->level : source ? source->place.level : 0;
    const double radius = 5 * w.layout.marks();
    if (source) { // where it would be gone
        p.setBrush(t.canvas);
        p.setPen(dashed(t.ink2, 1.4, 2, 2));
        p.drawEllipse(source->at, radius, radius);
        p.setPen(dashed(t.ink3, 1.2, 1.5, 4));
        p.drawLine(source->at, drag.pointer);
    }
    if (drag.target) {
        p.setBrush(Qt::NoBrush);
        p.setPen(drag.isAllowed ? QPen(t.levelHue(level), 2.6) : dashed(t.ghost, 2));
        p.drawPolygon(w.layout.cell(*drag.target, -2));
    }
    paintGlyph(p, t, Glyph::Moving, drag.pointer, radius, t.levelHue(level));
    if (drag.text.isEmpty()) return;
    const double width = nameChipWidth(w.look, drag.text), away = w.look.px(16);
    const bool growsRight = drag.pointer.x() + away + width < w.canvas.right();
    paintNameChip(p, w.look, drag.pointer + QPointF(growsRight ? away : -away, 0), growsRight, drag.text);
}

} // namespace

HandIndices handIndices(const core::Geometry& geometry, core::Jiffies position)
{
    HandIndices indices{};
    for (std::size_t l = 0; l < static_cast<std::size_t>(geometry.levels); ++l)
        indices[l] = geometry.level[l].indexOf(position);
    return indices;
}

HandIndices glidingHands(const core::Geometry& geometry, const HandIndices& from, core::Jiffies to, double share)
{
    HandIndices hands = handIndices(geometry, to);
    for (std::size_t l = 0; l < static_cast<std::size_t>(geometry.levels); ++l)
        hands[l] -= std::remainder(hands[l] - from[l], geometry.level[l].slots) * (1 - share);
    return hands;
}

void paintHands(QPainter& p, const WheelPicture& w)
{
    const Theme& t = w.look.t();
    const WheelLayout& layout = w.layout;
    if (w.scene.lag != 0) paintClockHand(p, w);
    const HandIndices hands =
        glidingHands(w.scene.geometry, w.handFrom, w.scene.position, w.motion ? w.motion->hand() : 1);
    for (int l = 0; l < layout.levels(); ++l) {
        const double index = hands[static_cast<std::size_t>(l)];
        // 6.1 looks at a level only where the clock stands at the beginning of one of its slots.
        const std::uint64_t within = (1ull << w.scene.geometry.level[static_cast<std::size_t>(l)].shift) - 1;
        const bool isLookedAt = !w.scene.isModern() || (w.scene.position & within) == 0;
        QColor now = t.now;
        if (!isLookedAt) now.setAlphaF(t.name == ThemeName::HighContrast ? .75f : .5f);
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(now, isLookedAt ? 2.2 : 1.3, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        p.drawPolygon(layout.handFrame(l, index));
        if (!isLookedAt) continue;
        p.setPen(Qt::NoPen);
        p.setBrush(now);
        p.drawPolygon(layout.handMark(l, index));
    }
    if (w.scene.nextDue) paintNextDue(p, w);
    if (const RingLayout* rings = layout.rings()) paintRingHand(p, w, *rings, (hands[0] + .5) * rings->step(0));
    if (const BandLayout* bands = layout.bands()) {
        paintTray(p, w, *bands);
        paintDrainCount(p, w, *bands);
    }
}

void paintMarks(QPainter& p, const WheelPicture& w)
{
    const Theme& t = w.look.t();
    p.setBrush(Qt::NoBrush);
    if (w.isOutlined) {
        p.setPen(QPen(t.ink2, 1.4, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        for (const SlotPlace& place : changedSlots(w.scene))
            p.drawPolygon(w.layout.cell(place));
    }
    if (w.selectedSlot) {
        p.setPen(QPen(t.sel, 2, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        p.drawPolygon(w.layout.cell(*w.selectedSlot, -1.5));
    }
    if (w.focus) { // two pixels clear of the slot
        p.setPen(QPen(t.ink, 2, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        p.drawPolygon(w.layout.cell(*w.focus, -4));
    }
    if (w.drag) paintDrag(p, w, *w.drag);
}

} // namespace jiffy::ui
