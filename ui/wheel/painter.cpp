// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/painter.h"

namespace jiffy::ui
{

WheelLayout wheelLayout(const Scene& scene, const QRectF& canvas, double scale)
{
    const double column = miniColumnWidth(static_cast<int>(scene.cpus.size()), scale);
    // The column takes its width from the left margin of the labels; half a margin comes back by moving the
    // wheel.
    const QPointF centre = canvas.center() + QPointF(column > 0 ? 25 * scale : 0, 0);
    return WheelLayout(scene.geometry, centre, WheelLayout::radiusFor(canvas.size(), column, scale));
}

void paintWheel(QPainter& p, const WheelPicture& w)
{
    p.setRenderHint(QPainter::Antialiasing);
    paintFloor(p, w.layout, w.look, w.canvas);
    if (w.scene.isEmpty()) return;
    paintResting(p, w);
    paintMoving(p, w);
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
}

void paintWheelView(QPainter& p, const QRectF& canvas, const Look& look, const Scene& scene,
                    core::TimerId selected, bool withGlow)
{
    if (scene.isEmpty()) {
        p.fillRect(canvas, look.t().canvas);
        return;
    }
    const WheelLayout layout = wheelLayout(scene, canvas, look.scale);
    const Flights flights = makeFlights(scene, layout, false);
    paintWheel(
        p, {scene, layout, look, flights, canvas, selected, scene.position, nullptr, withGlow, std::nullopt});
}

} // namespace jiffy::ui
