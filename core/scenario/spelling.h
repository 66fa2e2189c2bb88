// SPDX-License-Identifier: GPL-3.0-or-later
// What scenario files write where a number is drawn or computed from it.
#pragma once

#include "core/scenario/fields.h"

#include <cstdint>
#include <string>

namespace jiffy::core
{

/// A spelling of core/scenario/notation.h or work_notation.h; empty: not said.
struct Spelling
{
    std::string text;
    Spot spot;
    bool operator==(const Spelling&) const = default;
    bool isSaid() const { return !text.empty(); }
};

/// How whole numbers are drawn. No floating point: the same on every machine.
struct Spread
{
    enum class Shape : std::uint8_t
    {
        Uniform,  ///< low..high, all alike; low == high: that number
        Log2,     ///< 2^low..2^high - 1: first the power of two, then uniformly below the next
        Bell,     ///< low..high, the middle more often: the mean of eight uniform ones
        Sequence, ///< low, low + high, low + 2 * high, ...: the n-th timer's
    };
    Shape shape = Shape::Uniform;
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    Spot spot;
    bool operator==(const Spread&) const = default;
};

} // namespace jiffy::core
