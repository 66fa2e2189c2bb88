// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/words.h"

#include "ui/theme/shaped_text.h"

#include <QCoreApplication>

namespace jiffy::ui
{

QString wheelText(const char* text)
{
    return QCoreApplication::translate("WheelView", text);
}

QStringList clockNotes(const Scene& s)
{
    const QString clock = s.wheel == 0 ? wheelText("clk %1") : wheelText("clk of def %1");
    QStringList notes{clock.arg(grouped(s.clk))};
    const std::uint64_t others = s.pending - s.pendingShown();
    if (!s.nextDue && s.pendingShown() != 0) notes += wheelText("all that is filed is being called");
    else if (!s.nextDue && others != 0)
        notes += (s.wheel == 0 ? wheelText("nothing is filed in std, %1 in def") : wheelText("nothing is filed in def, %1 in std")).arg(grouped(others));
    else if (!s.nextDue) notes += wheelText("nothing is filed");
    else if (!s.geometry.word.isAfter(*s.nextDue, s.clock.jiffies)) notes += wheelText("due now: %1").arg(grouped(*s.nextDue));
    else
        notes += wheelText("next due %1, in %2").arg(grouped(*s.nextDue), grouped(s.geometry.word.distance(*s.nextDue, s.clock.jiffies)));
    if (s.lag != 0) notes += wheelText("stands %1 behind jiffies").arg(grouped(s.lag));
    return notes;
}

double drawWords(QPainter& p, QPointF at, const QString& text, const QFont& font, const QColor& colour, Align align)
{
    p.setPen(colour);
    const double width = advanceOf(font, text);
    const double x = align == Align::Left    ? at.x()
                     : align == Align::Right ? at.x() - width
                                             : at.x() - width / 2;
    drawShaped(p, font, QPointF(x, at.y()), text);
    return width;
}

namespace
{

/// 6.1 with bands: a name stands beside any dot, whatever its level; the next to be called are those of the next bucket.
std::vector<NamedTimer> namedOnAllLevels(const WheelPicture& w)
{
    std::vector<NamedTimer> named;
    const Scene& s = w.scene;
    for (int l = 0; l < w.layout.levels(); ++l)
        for (std::uint32_t i = 0; i < w.layout.slots(l); ++i) {
            const SceneSlot& slot = s.slot(l, i);
            for (std::uint32_t k = 0; k < slot.known && k < 4; ++k) {
                const SceneTimer& timer = slot.first[k];
                const bool isSelected = timer.id == w.selected;
                if (w.flights.isMoving(timer.id) && w.flights.moves.size() == 1) continue; // in its chip
                if (!isSelected && (!timer.isNamed || s.pending > heatViewFrom)) continue;
                const bool isNext = s.nextDue && slot.due == *s.nextDue && k == 0;
                const int priority = isSelected ? 4 : isNext ? 3 : w.flights.isNewcomer(timer.id) ? 1 : 0;
                named.push_back({timer.id, {l, i}, static_cast<int>(k), priority});
            }
        }
    return named;
}

} // namespace

std::vector<NamedTimer> namedTimers(const WheelPicture& w)
{
    if (w.scene.isModern() && w.layout.bands()) return namedOnAllLevels(w);
    std::vector<NamedTimer> named;
    const Scene& s = w.scene;
    const std::uint32_t slots = w.layout.slots(0), hand = s.geometry.level[0].indexOf(s.position);
    bool nextFound = false;
    constexpr std::size_t fewMoves = 24; // of more, a dozen names a side would say nothing
    const bool areFew = w.flights.moves.size() <= fewMoves;
    for (std::uint32_t i = 0; i < slots; ++i) {
        const SlotPlace place{0, (hand + i) % slots};
        const SceneSlot& slot = s.slot(0, place.index);
        for (std::uint32_t k = 0; k < slot.known && k < 4; ++k) {
            const SceneTimer& timer = slot.first[k];
            const bool isSelected = timer.id == w.selected, isMoving = w.flights.isMoving(timer.id);
            const bool isNext = !nextFound && i != 0;
            nextFound = nextFound || i != 0;
            if (isMoving && w.flights.moves.size() == 1) continue; // in its chip
            if (s.pending > heatViewFrom && !isSelected && !isMoving && !isNext) continue;
            if (!isSelected && !(isMoving && areFew) && !isNext && !timer.isNamed) continue;
            const int priority = isSelected                       ? 4
                                 : isNext                         ? 3
                                 : isMoving                       ? 2
                                 : w.flights.isNewcomer(timer.id) ? 1
                                                                  : 0;
            named.push_back({timer.id, place, static_cast<int>(k), priority});
        }
    }
    return named;
}

} // namespace jiffy::ui
