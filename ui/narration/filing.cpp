// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/narration/filing.h"

#include "ui/narration/compose.h"

#include <bit>

namespace jiffy::ui
{

namespace
{

/// "The slot is bits 8 to 13 of its expiry: 5."
RichText whichBits(const core::Geometry& g, core::Jiffies expires, const core::Place& place)
{
    const core::Level& level = g.level[static_cast<std::size_t>(place.level)];
    const int width = std::countr_zero(static_cast<unsigned>(level.slots));
    if (place.level == 0 && width == 8) {
        const QString digits = QString::number(expires & 0xFF, 16).toUpper().rightJustified(2, u'0');
        return compose(say("The slot is the low 8 bits of its expiry, 0x…%1 = %2."),
                       {mono(digits, 0), number(place.index)});
    }
    return compose(say("The slot is bits %1 to %2 of its expiry: %3."),
                   {number(static_cast<std::uint64_t>(level.shift)),
                    number(static_cast<std::uint64_t>(level.shift + width - 1)),
                    number(place.index, place.level)});
}

} // namespace

RichText whyThere(const core::Geometry& g, core::Jiffies expires, core::Jiffies position, core::SlotId slot)
{
    const core::Place place = g.place(slot);
    if (place.list != core::Place::List::Slot) return {};
    const std::uint64_t distance = g.word.distance(expires, position);
    const core::Level& level = g.level[static_cast<std::size_t>(place.level)];
    const core::Level& last = g.level[static_cast<std::size_t>(g.levels - 1)];
    if (g.word.isBefore(expires, position) && place.level == 0) {
        return compose(sayCount("Its expiry lies 1 jiffy behind timer_jiffies; the past goes into the "
                                "slot of timer_jiffies, %1.",
                                "Its expiry lies %n jiffies behind timer_jiffies; the past goes into the "
                                "slot of timer_jiffies, %1.",
                                g.word.distance(position, expires)),
                       {slotSpan(g, slot)});
    }
    if (distance == 0)
        return compose(say("It expires at %1, timer_jiffies itself: the slot under the hand."),
                       {hexTail(expires)});
    const std::uint64_t capacity = static_cast<std::uint64_t>(last.slots) << last.shift;
    if (place.level == g.levels - 1 && distance >= capacity) {
        return compose(
            say("%1 jiffies away, more than the wheel can hold: it waits in level %2 as if it were %3 away, "
                "and is filed again from there."),
            {number(distance), number(static_cast<std::uint64_t>(g.levels)), number(capacity - 1)});
    }
    RichText text;
    if (place.level == 0) {
        text = compose(sayCount("Only 1 jiffy remains; anything below %1 fits level 1.",
                                "Only %n jiffies remain; anything below %1 fits level 1.", distance),
                       {number(static_cast<std::uint64_t>(level.slots))});
    } else if (place.level == g.levels - 1) {
        text = compose(say("%1 jiffies remain, %2 or more: level %3."),
                       {number(distance), number(1ull << level.shift),
                        number(static_cast<std::uint64_t>(place.level + 1))});
    } else {
        text = compose(say("%1 jiffies remain: %2 or more, but below %3, fits level %4."),
                       {number(distance), number(1ull << level.shift),
                        number(static_cast<std::uint64_t>(level.slots) << level.shift),
                        number(static_cast<std::uint64_t>(place.level + 1))});
    }
    append(text, whichBits(g, expires, place));
    return text;
}

} // namespace jiffy::ui
