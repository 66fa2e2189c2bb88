// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

QColor c(std::uint32_t rgb)
{
    return QColor::fromRgb(QRgb(0xFF000000u | rgb));
}

Theme makeLight()
{
    Theme t;
    t.name = ThemeName::Light;
    t.win = c(0xF3F2EE), t.dock = c(0xF9F8F5), t.canvas = c(0xFEFDFB), t.raised = c(0xFFFFFF),
    t.sunken = c(0xECEAE4);
    t.line = c(0xDFDCD4), t.line2 = c(0xC9C5BA);
    t.ink = c(0x1D1C1A), t.ink2 = c(0x55524C), t.ink3 = c(0x69655D), t.inv = c(0xFFFFFF);
    t.now = c(0xE04E0A), t.nowText = c(0xBA3B00), t.pill = c(0xBA3B00), t.pillText = c(0xFFFFFF),
    t.nowBg = c(0xFDEADF);
    t.late = c(0xBD8100), t.lateBg = c(0xFBEFD2), t.ok = c(0x087A58), t.ghost = c(0x938F86), t.sel = t.ink;
    t.tv = {c(0x1668D6), c(0x087A58), c(0x6A4A00), c(0xB8409F), c(0x4A5164)};
    t.tint = {c(0x1668D6), c(0x0A8F66), c(0xC99400), c(0xC04BA8), c(0x5A6478)};
    return t;
}

Theme makeDark()
{
    Theme t;
    t.name = ThemeName::Dark;
    t.dark = true;
    t.win = c(0x0E1012), t.dock = c(0x15181B), t.canvas = c(0x0F1114), t.raised = c(0x20252A),
    t.sunken = c(0x0A0C0E);
    t.line = c(0x272C31), t.line2 = c(0x3D444B);
    t.ink = c(0xF1EFEA), t.ink2 = c(0xB4B6B8), t.ink3 = c(0x8E9297), t.inv = c(0x101214);
    t.now = c(0xFF6A33), t.nowText = c(0xFF8557), t.pill = c(0xFF6A33), t.pillText = t.inv,
    t.nowBg = c(0x3A1D10);
    t.late = c(0xE8B33F), t.lateBg = c(0x33280F), t.ok = c(0x46DBAC), t.ghost = c(0x5B6168), t.sel = t.ink;
    t.tv = {c(0x4C9DFA), c(0x46DBAC), c(0xF3D98A), c(0xEC9FE0), c(0x8F99A6)};
    t.tint = {c(0x3F8FF0), c(0x35C498), c(0xD9B84F), c(0xD487CB), c(0x8F99A6)};
    return t;
}

Theme makeHighContrast()
{
    Theme t;
    t.name = ThemeName::HighContrast;
    t.dark = true;
    t.win = t.dock = t.canvas = t.sunken = c(0x000000), t.raised = c(0x1A1A1A);
    t.line = c(0x8A8A8A), t.line2 = c(0xBDBDBD);
    t.ink = t.ink2 = c(0xFFFFFF), t.ink3 = c(0xE0E0E0), t.inv = c(0x000000);
    t.now = c(0xFF7E3D), t.nowText = c(0xFFA36B), t.pill = c(0xFF7E3D), t.pillText = t.inv,
    t.nowBg = c(0x4A1E00);
    t.late = c(0xFFD060), t.lateBg = c(0x403000), t.ok = c(0x4DF0BE), t.ghost = c(0x9A9A9A), t.sel = t.ink;
    t.tv = {c(0x3E9BFF), c(0x39EDB4), c(0xFFF0A8), c(0xFFB4F4), c(0xA4ADB8)};
    t.tint = t.tv;
    return t;
}

double luminance(const QColor& colour)
{
    const auto linear = [](double v) { return v <= .04045 ? v / 12.92 : std::pow((v + .055) / 1.055, 2.4); };
    return .2126 * linear(colour.redF()) + .7152 * linear(colour.greenF()) + .0722 * linear(colour.blueF());
}

} // namespace

const Theme& theme(ThemeName name)
{
    static const Theme light = makeLight();
    static const Theme dark = makeDark();
    static const Theme highContrast = makeHighContrast();
    switch (name) {
    case ThemeName::Dark:
        return dark;
    case ThemeName::HighContrast:
        return highContrast;
    case ThemeName::Light:
        break;
    }
    return light;
}

QColor mix(const QColor& a, const QColor& b, double t)
{
    const auto one = [t](int p, int q) { return static_cast<int>(std::lround(p + (q - p) * t)); };
    return QColor(one(a.red(), b.red()), one(a.green(), b.green()), one(a.blue(), b.blue()));
}

double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + .05) / (std::min(x, y) + .05);
}

QColor readableOn(const QColor& background)
{
    const QColor black(Qt::black), white(Qt::white);
    return contrast(black, background) > contrast(white, background) ? black : white;
}

QColor slotFloor(const Theme& t, int level)
{
    return mix(t.canvas, t.levelTint(level), t.dark ? .13 : .10);
}

QColor slotHeat(const Theme& t, int level, std::uint64_t n, std::uint64_t fullest)
{
    const QColor floor = slotFloor(t, level);
    if (n == 0) return floor;
    const double log = std::log2(1.0 + static_cast<double>(n));
    const double share = fullest <= 64
                             ? std::min(.56, .08 + .48 * log / 6)
                             : std::min(.95, .10 + .85 * log / std::log2(1.0 + static_cast<double>(fullest)));
    return mix(floor, t.levelTint(level), share);
}

QColor lensField(const Theme& t, int level)
{
    return mix(t.canvas, t.levelHue(level), t.dark ? .16 : .11);
}

QPalette palette(const Theme& t)
{
    QPalette p;
    const auto set = [&p](QPalette::ColorRole role, const QColor& active, const QColor& disabled) {
        p.setColor(QPalette::Active, role, active);
        p.setColor(QPalette::Inactive, role, active);
        p.setColor(QPalette::Disabled, role, disabled);
    };
    const QColor faint = mix(t.dock, t.ink3, .6);
    set(QPalette::Window, t.dock, t.dock);
    set(QPalette::WindowText, t.ink, faint);
    set(QPalette::Base, t.canvas, t.dock);
    set(QPalette::AlternateBase, t.dock, t.dock);
    set(QPalette::Text, t.ink, faint);
    set(QPalette::PlaceholderText, t.ink3, faint);
    set(QPalette::Button, t.raised, t.dock);
    set(QPalette::ButtonText, t.ink, faint);
    set(QPalette::BrightText, t.nowText, faint);
    set(QPalette::Highlight, t.ink, t.line2);
    set(QPalette::HighlightedText, t.inv, t.ink);
    set(QPalette::Link, t.tv[0], faint);
    set(QPalette::LinkVisited, t.tv[3], faint);
    set(QPalette::ToolTipBase, t.ink, t.ink);
    set(QPalette::ToolTipText, t.inv, t.inv);
    set(QPalette::Light, t.raised, t.raised);
    set(QPalette::Midlight, t.line, t.line);
    set(QPalette::Mid, t.line2, t.line);
    set(QPalette::Dark, mix(t.line2, t.ink3, .4), t.line2);
    set(QPalette::Shadow, mix(t.win, QColor(Qt::black), .5), t.line2);
    return p;
}

} // namespace jiffy::ui
