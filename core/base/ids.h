// SPDX-License-Identifier: GPL-3.0-or-later
// Strong ids: indices that cannot be mixed up. State is kept in flat arrays linked by these, never by pointers,
// so that a copy of a world is a copy of vectors and compares memberwise.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace jiffy::core
{

template <class Tag, class Rep = std::uint32_t> struct Id
{
    static constexpr Rep noValue = static_cast<Rep>(-1);

    Rep value = noValue;

    constexpr Id() = default;
    constexpr explicit Id(Rep v) : value(v) {}

    static constexpr Id none() { return Id(); }
    constexpr bool isValid() const { return value != noValue; }
    constexpr auto operator<=>(const Id&) const = default;
};

using TimerId = Id<struct TimerTag>;                    ///< an item: index into World::items and Inputs::timers
using CpuId = Id<struct CpuTag, std::uint8_t>;          ///< 0..63
using SlotId = Id<struct SlotTag>;                      ///< a place of the geometry: see Geometry::slot()
using ListId = Id<struct ListTag>;                      ///< a list object; slots map to list objects
using EventIndex = Id<struct EventTag, std::uint64_t>;  ///< index of a record in a log

} // namespace jiffy::core

template <class Tag, class Rep> struct std::hash<jiffy::core::Id<Tag, Rep>>
{
    std::size_t operator()(jiffy::core::Id<Tag, Rep> id) const { return std::hash<Rep>{}(id.value); }
};
