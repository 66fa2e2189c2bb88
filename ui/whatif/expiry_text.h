// SPDX-License-Identifier: GPL-3.0-or-later
// An expiry as users type it: +200 or -5 from now, 4294919784 or 0xFFFF45B4 absolute, 1.5s or 20ms from now.
// Blanks between digits do not matter: numbers may be pasted as the window shows them. Pure.
#pragma once

#include "core/scenario/inputs.h"

#include <QString>

namespace jiffy::ui
{

struct TypedExpiry
{
    std::uint64_t expires = 0; ///< as core::Intervention takes it
    bool isRelative = false;
    QString error;             ///< a sentence; empty: good
    bool isGood() const { return error.isEmpty(); }
    bool operator==(const TypedExpiry&) const = default;
};

/// Times are rounded up to whole jiffies, as msecs_to_jiffies() rounds.
TypedExpiry parseTypedExpiry(const QString& text, const core::MachineConfig& machine);

/// A duration of so many ticks as people say it: "720 ms", "2.5 s", "3 min 20 s", "5 d 2 h".
QString durationText(std::uint64_t ticks, core::Hz hz);

} // namespace jiffy::ui
