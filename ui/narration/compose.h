// SPDX-License-Identifier: GPL-3.0-or-later
// Puts sentences together from translated texts with places (%1, %2, ..) for styled pieces.
#pragma once

#include "ui/narration/narration.h"

#include <initializer_list>

namespace jiffy::ui
{

/// Translation in the context "Narration".
QString say(const char* text);
/// `one` for n == 1, else `many` with %n; other languages choose among their own forms of `many`.
QString sayCount(const char* one, const char* many, std::uint64_t n);

Span mono(const QString& text, int level = -1);
Span number(std::uint64_t n, int level = -1);
/// "tv2[5]" in the hue of its level, or the list's name.
Span slotSpan(const core::Geometry& g, core::SlotId slot);
Span timerSpan(const core::Inputs& inputs, core::TimerId timer);
/// The last four hexadecimal digits: "0x…4500".
Span hexTail(core::Jiffies j, int level = -1);

/// The text with its places filled.
RichText compose(const QString& text, std::initializer_list<Span> pieces = {});
/// Appends a further sentence behind a space.
void append(RichText& text, const RichText& more);

} // namespace jiffy::ui
