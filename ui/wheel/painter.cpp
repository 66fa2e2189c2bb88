// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/band_layout.h"
#include "ui/wheel/base_switch.h"
#include "ui/wheel/form_switch.h"
#include "ui/wheel/minis.h"
#include "ui/wheel/ring_layout.h"
#include "ui/wheel/words.h"

namespace jiffy::ui
{

WheelLayoutPtr wheelLayout(const Scene& scene, const QRectF& canvas, double scale, WheelForm form)
{
    const double column = miniColumnWidth(static_cast<int>(scene.cpus.size()), scale);
    // The column takes its width from the left margin of the labels; half a margin comes back by moving the
    // wheel.
    const QPointF centre = canvas.center() + QPointF(column > 0 ? 25 * scale : 0, 2);
    const double radius = RingLayout::radiusFor(canvas.size(), column, scale);
    const int open = scene.isModern() ? scene.openLevels() : scene.geometry.levels;
    auto rings = std::make_shared<const RingLayout>(scene.geometry, canvas, centre, radius, open);
    auto bands = std::make_shared<const BandLayout>(scene.geometry, canvas, column, scale, open);
    const bool isBands = form == WheelForm::Bands ? !bands->isMini() : rings->isMini() && !bands->isMini();
    if (isBands) return bands;
    return rings;
}

void paintWheel(QPainter& p, const WheelPicture& w)
{
    p.setRenderHint(QPainter::Antialiasing);
    paintFloor(p, w.layout, w.look, w.canvas, w.scene.position);
    if (w.scene.isEmpty()) return;
    paintResting(p, w);
    paintMoving(p, w);
}

void paintLabels(QPainter& p, const WheelPicture& w)
{
    if (const RingLayout* rings = w.layout.rings()) paintRingLabels(p, w, *rings);
    if (const BandLayout* bands = w.layout.bands()) paintBandLabels(p, w, *bands);
}

void paintResting(QPainter& p, const WheelPicture& w)
{
    paintSurroundings(p, w);
    if (w.layout.isMini()) return paintMini(p, w);
    paintSlots(p, w);
    paintLabels(p, w);
}

void paintMoving(QPainter& p, const WheelPicture& w)
{
    if (w.layout.isMini()) return;
    paintFlights(p, w);
    paintHands(p, w);
    paintMarks(p, w);
}

void paintWheelView(QPainter& p, const QRectF& canvas, const Look& look, const Scene& scene, WheelForm form,
                    core::TimerId selected, bool withGlow)
{
    if (scene.isEmpty()) {
        p.fillRect(canvas, look.t().canvas);
        return;
    }
    const WheelLayoutPtr layout = wheelLayout(scene, canvas, look.scale, form);
    const Flights flights = makeFlights(scene, *layout, look.scale, false);
    const HandIndices hands = handIndices(scene.geometry, scene.position);
    WheelPicture w{scene, *layout, look, flights, canvas, selected, hands, nullptr, withGlow};
    paintWheel(p, w);
    // A picture has no control, but says which of the two wheels it shows.
    if (hasTwoWheels(scene)) paintSegments(p, look, baseSwitchBox(canvas, look, form), baseWords(scene.pending - scene.deferrables, scene.deferrables), scene.wheel, false);
}

} // namespace jiffy::ui
