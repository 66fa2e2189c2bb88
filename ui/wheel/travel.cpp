// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/travel.h"

#include "ui/motion/motion.h"
#include "ui/wheel/glyphs.h"

#include <algorithm>
#include <unordered_map>

namespace jiffy::ui
{

namespace
{

QPixmap pictureWithoutDots(const WheelPicture& w, double ratio)
{
    QPixmap pixmap((w.canvas.size() * ratio).toSize());
    pixmap.setDevicePixelRatio(ratio);
    QPainter p(&pixmap);
    p.setRenderHint(QPainter::Antialiasing);
    p.translate(-w.canvas.topLeft());
    paintFloor(p, w.layout, w.look, w.canvas, w.scene.position);
    paintResting(p, w);
    if (!w.layout.isMini()) paintHands(p, w);
    return pixmap;
}

} // namespace

void FormTravel::begin(const WheelPicture& w, const WheelLayoutPtr& to, double ratio)
{
    const Flights none;
    const auto still = [&](const WheelLayout& layout) {
        WheelPicture s{w.scene, layout, w.look, none, w.canvas, w.selected, w.handFrom, nullptr, w.withGlow};
        s.withDots = false;
        return s;
    };
    m_before = pictureWithoutDots(still(w.layout), ratio);
    m_after = pictureWithoutDots(still(*to), ratio);
    m_travellers.clear();
    std::unordered_map<std::uint32_t, std::size_t> known;
    for (const DotSpot& d : dotSpots(w.scene, w.layout)) {
        known[d.timer.id.value] = m_travellers.size();
        m_travellers.push_back({d.timer.id, d.place.level, d.timer.isDeferrable, d.at, to->middle(d.place),
                                w.layout.dotRadius(d.place.level, d.timer.isNamed), 0});
    }
    for (const DotSpot& d : dotSpots(w.scene, *to)) {
        const double radius = to->dotRadius(d.place.level, d.timer.isNamed);
        if (const auto at = known.find(d.timer.id.value); at != known.end()) {
            m_travellers[at->second].to = d.at;
            m_travellers[at->second].toRadius = radius;
        } else {
            m_travellers.push_back({d.timer.id, d.place.level, d.timer.isDeferrable, w.layout.middle(d.place), d.at,
                                    0, radius});
        }
    }
    m_begun = 0;
    m_elapsed = 0;
    m_length = durationMs;
}

void FormTravel::turnRound()
{
    const double share = this->share();
    for (Traveller& t : m_travellers) {
        std::swap(t.from, t.to);
        std::swap(t.fromRadius, t.toRadius);
    }
    std::swap(m_before, m_after);
    m_begun = 1 - share;
    m_elapsed = 0;
    m_length = durationMs * share;
}

double FormTravel::share() const
{
    if (!isRunning()) return 1;
    return m_begun + (1 - m_begun) * outCubic(m_elapsed / m_length);
}

QPointF FormTravel::positionOf(const Traveller& t) const
{
    const double u = share();
    return t.from * (1 - u) + t.to * u;
}

void FormTravel::paint(QPainter& p, const Theme& t) const
{
    const double u = share();
    p.drawPixmap(0, 0, m_before);
    p.setOpacity(u);
    p.drawPixmap(0, 0, m_after);
    p.setOpacity(1);
    p.setRenderHint(QPainter::Antialiasing);
    for (const Traveller& d : m_travellers) {
        const double radius = std::max(.5, d.fromRadius * (1 - u) + d.toRadius * u);
        paintGlyph(p, t, d.isDeferrable ? Glyph::Deferrable : Glyph::Pending, positionOf(d), radius,
                   t.levelHue(d.level));
    }
}

} // namespace jiffy::ui
