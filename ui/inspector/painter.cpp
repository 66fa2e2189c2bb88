// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/painter.h"

#include "ui/theme/number_text.h"
#include "ui/wheel/glyphs.h"

#include <QFontMetricsF>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

void paintText(QPainter& p, const Look& look, const PlacedText& text)
{
    p.setPen(text.level >= 0 ? look.t().levelHue(text.level) : colourOf(look.t(), text.tone));
    drawNumber(p, fontOf(look, text.role), text.baseline, text.text);
}

void paintChip(QPainter& p, const Look& look, const PlacedChip& chip)
{
    const Theme& t = look.t();
    const bool isNow = chip.tone == Tone::Now, isLate = chip.tone == Tone::Late;
    p.setPen(isLate                                        ? QPen(t.late, 1)
             : t.name == ThemeName::HighContrast && !isNow ? QPen(t.line, 1)
                                                           : QPen(Qt::NoPen));
    p.setBrush(isNow ? t.nowBg : isLate ? t.lateBg : mix(t.dock, t.ink, .07));
    p.drawRoundedRect(chip.box, chip.box.height() / 2, chip.box.height() / 2);
    const bool isSmall = chip.box.height() < look.px(22);
    p.setFont(isSmall ? look.words(11.5, isLate ? QFont::DemiBold : QFont::Normal)
                      : fontOf(look, TypeRole::Chip));
    p.setPen(isNow ? t.nowText : isLate ? t.ink : t.ink2);
    p.drawText(chip.box, Qt::AlignCenter, chip.text);
}

void paintLensRow(QPainter& p, const Look& look, const PlacedLens& lens)
{
    const Theme& t = look.t();
    const QFont one = look.numbers(lens.pixels, QFont::Bold), zero = look.numbers(lens.pixels);
    const double lift = QFontMetricsF(zero).capHeight() / 2;
    const double advance = QFontMetricsF(zero).horizontalAdvance(u'0');
    for (const LensField& field : lens.bits.fields) {
        const bool isOn = field.level == lens.level;
        const QColor& hue = t.levelHue(field.level);
        const QRectF box = field.box.adjusted(-look.px(1.5), 0, look.px(1.5), 0);
        p.setPen(isOn ? QPen(hue, look.px(1.6)) : QPen(Qt::NoPen));
        p.setBrush(isOn ? lensField(t, field.level) : mix(t.dock, hue, .03));
        p.drawRoundedRect(box, look.px(4), look.px(4));
        for (const LensBit& bit : field.bits) {
            p.setFont(isOn && bit.isOne ? one : zero);
            p.setPen(!isOn ? t.ink3 : bit.isOne ? hue : mix(hue, t.canvas, .17));
            p.drawText(bit.centre + QPointF(-advance / 2, lift),
                       bit.isOne ? QStringLiteral("1") : QStringLiteral("0"));
        }
    }
    if (!lens.firstOne.isNull()) {
        p.setPen(QPen(t.now, look.px(2)));
        p.setBrush(Qt::NoBrush);
        p.drawRoundedRect(lens.firstOne, look.px(4), look.px(4));
    }
}

void paintArrow(QPainter& p, const Look& look, const PlacedArrow& arrow)
{
    const QColor& hue = look.t().levelHue(arrow.level);
    p.setPen(QPen(hue, look.px(2.2), Qt::SolidLine, Qt::RoundCap));
    p.drawLine(arrow.from, arrow.to - QPointF(0, look.px(4)));
    p.setPen(Qt::NoPen);
    p.setBrush(hue);
    p.drawPolygon(QPolygonF({arrow.to + QPointF(-look.px(5), -look.px(6)),
                             arrow.to + QPointF(look.px(5), -look.px(6)), arrow.to}));
}

void paintMark(QPainter& p, const Look& look, const PlacedMark& mark)
{
    const Theme& t = look.t();
    const double r = look.px(4.4);
    const QColor hue = mark.level >= 0 ? t.levelHue(mark.level) : t.ink3;
    const auto clear = [&] { // the line that leads here ends at the ring
        p.setPen(Qt::NoPen);
        p.setBrush(t.dock);
        p.drawEllipse(mark.centre, r, r);
    };
    switch (mark.mark) {
    case LifeRow::Mark::Disc:
        return paintGlyph(p, t, Glyph::Pending, mark.centre, r, hue);
    case LifeRow::Mark::Deferrable:
        p.setPen(QPen(hue, std::max(1.3, r * .42)));
        p.setBrush(t.dock);
        p.drawEllipse(mark.centre, r - .7, r - .7);
        return;
    case LifeRow::Mark::Moving:
        return paintGlyph(p, t, Glyph::Moving, mark.centre, r, hue);
    case LifeRow::Mark::Firing:
        return paintGlyph(p, t, Glyph::Firing, mark.centre, look.px(3.7), hue);
    case LifeRow::Mark::Fired:
        clear();
        return paintGlyph(p, t, Glyph::Fired, mark.centre, r, hue);
    case LifeRow::Mark::Deleted:
        clear();
        return paintGlyph(p, t, Glyph::Deleted, mark.centre, r, hue);
    case LifeRow::Mark::Planned:
        p.setPen(QPen(t.ink3, look.px(1.5)));
        p.setBrush(t.dock);
        p.drawEllipse(mark.centre, look.px(4), look.px(4));
        return;
    case LifeRow::Mark::Call:
        p.setPen(QPen(t.ink3, look.px(1.5), Qt::SolidLine, Qt::RoundCap));
        p.drawLine(mark.centre - QPointF(look.px(3), 0), mark.centre + QPointF(look.px(3), 0));
        return;
    case LifeRow::Mark::Earlier:
        p.setPen(Qt::NoPen);
        p.setBrush(t.ink3);
        for (const int k : {-1, 0, 1})
            p.drawEllipse(mark.centre + QPointF(0, k * look.px(4)), look.px(1.1), look.px(1.1));
        return;
    }
}

void paintJoin(QPainter& p, const Look& look, const PlacedMark& mark)
{
    if (mark.next.isNull()) return;
    QPen pen(mark.level >= 0 ? look.t().levelHue(mark.level) : look.t().ink3, look.px(2.2), Qt::SolidLine,
             Qt::RoundCap);
    if (mark.isPlan) {
        pen.setDashPattern({.01, 1.9});
        pen.setDashOffset(.5);
    }
    p.setPen(pen);
    p.drawLine(mark.centre + QPointF(0, look.px(mark.isPlan ? 7 : 0)),
               mark.next - QPointF(0, look.px(mark.isPlan ? 6 : 0)));
}

void paintFocus(QPainter& p, const Theme& t, const QRectF& box)
{
    p.setPen(QPen(t.ink, 2));
    p.setBrush(Qt::NoBrush);
    p.drawRoundedRect(box, 6, 6);
}

} // namespace

QColor colourOf(const Theme& t, Tone tone)
{
    switch (tone) {
    case Tone::Ink:
        return t.ink;
    case Tone::Ink2:
        return t.ink2;
    case Tone::Ink3:
        return t.ink3;
    case Tone::Now:
        return t.nowText;
    case Tone::Late:
        return t.ink; // lateness as text is ink; its mark stands beside it
    case Tone::Ghost:
        return t.ghost;
    }
    return t.ink;
}

void paintPage(QPainter& p, const Look& look, const InspectorLayout& layout, int hovered, int focused)
{
    const Theme& t = look.t();
    p.setPen(t.line);
    for (const double y : layout.rules)
        p.drawLine(QPointF(0, y), QPointF(layout.width, y));
    for (std::size_t i = 0; i < layout.links.size(); ++i) {
        const PlacedLink& link = layout.links[i];
        if (static_cast<int>(i) != hovered) continue;
        p.setPen(Qt::NoPen);
        p.setBrush(mix(t.dock, t.ink, .06));
        p.drawRoundedRect(link.box.adjusted(-look.px(4), 0, look.px(4), 0), look.px(6), look.px(6));
    }
    for (const auto& chip : layout.chips)
        paintChip(p, look, chip);
    for (const auto& lens : layout.lenses)
        paintLensRow(p, look, lens);
    for (const auto& arrow : layout.arrows)
        paintArrow(p, look, arrow);
    for (const auto& bar : layout.bars) {
        p.setPen(t.name == ThemeName::HighContrast ? QPen(t.line, 1) : QPen(Qt::NoPen));
        p.setBrush(t.sunken);
        p.drawRoundedRect(bar.track, bar.track.height() / 2, bar.track.height() / 2);
        if (bar.share <= 0) continue;
        QRectF full = bar.track;
        full.setWidth(std::max(bar.track.height(), bar.track.width() * bar.share));
        p.setPen(Qt::NoPen);
        p.setBrush(t.levelHue(bar.level));
        p.drawRoundedRect(full, full.height() / 2, full.height() / 2);
    }
    for (const auto& mark : layout.marks)
        paintJoin(p, look, mark);
    for (const auto& mark : layout.marks)
        paintMark(p, look, mark);
    for (const auto& text : layout.texts)
        paintText(p, look, text);
    if (focused >= 0 && focused < static_cast<int>(layout.links.size()))
        paintFocus(
            p, t,
            layout.links[static_cast<std::size_t>(focused)].box.adjusted(-look.px(4), 0, look.px(4), 0));
}

void paintListRow(QPainter& p, const Look& look, const ListRow& row, double width, double y, bool isHovered,
                  bool isFocused)
{
    const Theme& t = look.t();
    const QRectF box(look.px(12), y + .5, width - look.px(24), look.px(24) - 1);
    if (isHovered) {
        p.setPen(Qt::NoPen);
        p.setBrush(mix(t.dock, t.ink, .06));
        p.drawRoundedRect(box, look.px(6), look.px(6));
    }
    const PlacedRow placed = listRow(row, look, width, y);
    const QColor& hue = t.levelHue(row.level);
    if (row.isDeferrable) {
        const double r = look.px(3.7);
        p.setPen(QPen(hue, std::max(1.3, r * .42)));
        p.setBrush(t.dock);
        p.drawEllipse(placed.dot, r - .7, r - .7);
    } else {
        paintGlyph(p, t, Glyph::Pending, placed.dot, look.px(3.7), hue);
    }
    for (const auto& text : placed.texts)
        paintText(p, look, text);
    if (isFocused) paintFocus(p, t, box);
}

} // namespace jiffy::ui
