// SPDX-License-Identifier: GPL-3.0-or-later
// Colours of the three themes, and the arithmetic that the views do with them.
//
// Rules (they hold in every view): one accent, `now`, for hand, playhead, current line and firing timer and
// nothing else; hue means level (tv1..tv5); state is shown by shape, never by hue alone. `tint` is only ever
// mixed into the canvas. The pairs that carry text or meaning are checked by tests/ui/theme.
#pragma once

#include <QColor>
#include <QPalette>

#include <array>

namespace jiffy::ui
{

enum class ThemeName
{
    Light,
    Dark,
    HighContrast
};

struct Theme
{
    ThemeName name = ThemeName::Light;
    bool dark = false;
    QColor win;                 ///< menu bar, status line
    QColor dock;                ///< side panels, transport
    QColor canvas;              ///< wheel, timeline
    QColor raised;              ///< buttons, active segment, selected CPU
    QColor sunken;              ///< segmented controls, key caps, bar tracks
    QColor line, line2;         ///< hairline, control border
    QColor ink, ink2, ink3;     ///< text 1, 2, 3
    QColor inv;                 ///< text on ink
    QColor now, nowText;        ///< the accent: shapes, text
    QColor pill, pillText;      ///< accent fill behind text, and that text
    QColor nowBg;               ///< current code line, firing tray
    QColor late, lateBg;        ///< lateness
    QColor ok;                  ///< self-check, right answer (always with a tick)
    QColor ghost;               ///< deleted, swallowed and planned marks
    QColor sel;                 ///< ring round the selected timer
    std::array<QColor, 5> tv;   ///< hue of level 1..5: text, dots, lines
    std::array<QColor, 5> tint; ///< the same to be mixed into the canvas

    /// Hue of a level; levels beyond the fifth share the last hue.
    const QColor& levelHue(int level) const
    {
        return tv[level < 0 ? 4u : level > 4 ? 4u : static_cast<std::size_t>(level)];
    }
    const QColor& levelTint(int level) const
    {
        return tint[level < 0 ? 4u : level > 4 ? 4u : static_cast<std::size_t>(level)];
    }
};

const Theme& theme(ThemeName name);

/// Linear in sRGB bytes: t = 0 gives a, t = 1 gives b.
QColor mix(const QColor& a, const QColor& b, double t);
/// WCAG contrast of two opaque colours, 1..21.
double contrast(const QColor& a, const QColor& b);
/// Black or white, whichever reads better on `background`; never below 4.58.
QColor readableOn(const QColor& background);

/// Floor of the slots of a level.
QColor slotFloor(const Theme& t, int level);
/// Fill of a slot that holds n timers, when the fullest slot of the wheel holds `fullest`.
QColor slotHeat(const Theme& t, int level, std::uint64_t n, std::uint64_t fullest);
/// Field of the bit lens.
QColor lensField(const Theme& t, int level);

/// For QApplication under the Fusion style.
QPalette palette(const Theme& t);

} // namespace jiffy::ui
