// SPDX-License-Identifier: GPL-3.0-or-later
// Look: a theme at a text scale, the value that every painter gets. Fonts and lengths are asked for in the
// design's logical pixels at 100 %.
//
// Inter sets words. JetBrains Mono sets every number that changes or aligns, timer names, code and bits:
// Inter's figures are proportional and would jitter. It joins some signs ("->"), so bits are painted one by
// one.
#pragma once

#include "ui/theme/theme.h"

#include <QFont>

namespace jiffy::ui
{

struct Look
{
    const Theme* colours = nullptr; ///< never null
    double scale = 1;               ///< .8 to 3

    explicit Look(ThemeName name = ThemeName::Light, double textScale = 1)
        : colours(&theme(name)), scale(textScale)
    {
    }

    const Theme& t() const { return *colours; }
    double px(double v) const { return v * scale; }
    QFont words(double pixels, QFont::Weight weight = QFont::Normal) const;
    QFont numbers(double pixels, QFont::Weight weight = QFont::Normal) const;
    bool operator==(const Look&) const = default;
};

/// Dots per inch for which Look's fonts are made (fractional pixel sizes are only possible as points). A
/// paint device of an export must have this resolution, or its text comes out in another size than the rest.
int fontResolution();

/// U+2009 between groups of three digits: "4 294 919 424".
QString grouped(std::uint64_t n);
/// "0xFFFF 4500", or 16 digits in groups of four when the word has 64 bits.
QString hexWord(std::uint64_t n, int bits);

} // namespace jiffy::ui
