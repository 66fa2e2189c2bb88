// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/bucket_rows.h"

#include "ui/wheel/painter.h"

#include <QCoreApplication>
#include <QFontMetricsF>

namespace jiffy::ui
{

namespace
{

constexpr double rowHeight = 21, caption = 18, between = 10, side = 4, pitch = 8.6, gap = 5, boxGap = 3, fullWidth = 318;
constexpr int bitsShown = 30; ///< three a level, and six of the highest

QString tr(const char* text)
{
    return QCoreApplication::translate("WhatIf", text);
}

/// One box a level, with the border behind it; the level taken is outlined.
void paintLadder(QPainter& p, const Look& look, const BucketRows& rows, double top)
{
    const Theme& t = look.t();
    const double width = (look.px(fullWidth) - look.px(boxGap) * (rows.levels - 1)) / rows.levels;
    const QFont font = look.numbers(11), chosen = look.numbers(11, QFont::Bold);
    for (int l = 0; l < rows.levels; ++l) {
        const bool isOurs = l == rows.level;
        const QRectF box(look.px(side) + l * (width + look.px(boxGap)), top, width, look.px(rowHeight));
        p.setPen(isOurs ? QPen(t.levelHue(l), look.px(2)) : QPen(t.line2, 1));
        p.setBrush(isOurs ? t.raised : t.canvas);
        p.drawRoundedRect(box, look.px(4), look.px(4));
        p.setFont(isOurs ? chosen : font);
        p.setPen(isOurs ? t.ink : t.ink3);
        p.drawText(box, Qt::AlignCenter, l + 1 == rows.levels ? QStringLiteral("…") : QLatin1Char('<') + borderText(l));
    }
}

/// The six bits of the slot in a box, what is lost below them faint.
void paintBits(QPainter& p, const Look& look, const BucketRows& rows, double top)
{
    const Theme& t = look.t();
    const QFont one = look.numbers(12, QFont::Bold), zero = look.numbers(12);
    const QFontMetricsF metrics(zero);
    const double centre = top + look.px(rowHeight) / 2;
    const auto xOf = [&](int bit) {
        const int fromLeft = bitsShown - 1 - bit;
        const int gaps = (bit < rows.shift + 6 ? 1 : 0) + (bit < rows.shift ? 1 : 0);
        return look.px(side) + look.px(pitch) * (fromLeft + .5) + gaps * look.px(gap);
    };
    const QRectF box(xOf(rows.shift + 5) - look.px(pitch / 2 + 2), top, look.px(6 * pitch + 4), look.px(rowHeight));
    p.setPen(QPen(t.levelHue(rows.level), look.px(2)));
    p.setBrush(t.raised);
    p.drawRoundedRect(box, look.px(4), look.px(4));
    for (int bit = bitsShown; bit-- > 0;) {
        const bool isOne = (rows.rounded >> bit & 1) != 0;
        const bool isOfSlot = bit >= rows.shift && bit < rows.shift + 6;
        const auto text = isOne ? QStringLiteral("1") : QStringLiteral("0");
        p.setFont(isOne && isOfSlot ? one : zero);
        p.setPen(isOfSlot ? t.ink : bit < rows.shift ? t.ghost : t.ink3);
        p.drawText(QPointF(xOf(bit) - metrics.horizontalAdvance(text) / 2, centre + metrics.capHeight() / 2), text);
    }
}

} // namespace

QString borderText(int level)
{
    const std::uint64_t n = core::reachOfLevel(level);
    if (n < 10'000) return QString::number(n);
    if (n < 1'000'000) return QString::number(n / 1'000) + QLatin1Char('k');
    return QString::number(n / 1'000'000) + QLatin1Char('M');
}

BucketRows bucketRows(const core::Geometry& g, core::Jiffies expires, core::Jiffies clk)
{
    const auto bucket = core::bucketFor(g, expires, clk);
    BucketRows rows;
    rows.levels = g.levels;
    rows.level = static_cast<int>(bucket.within / 64);
    rows.slot = bucket.within % 64;
    rows.shift = g.level[static_cast<std::size_t>(rows.level)].shift;
    rows.isPast = g.word.isBefore(expires, clk);
    rows.distance = rows.isPast ? 0 : g.word.distance(expires, clk);
    rows.isCut = !rows.isPast && rows.distance >= core::reachOfLevel(g.levels - 1);
    rows.rounded = rows.isPast || rows.isCut ? bucket.due : g.word.add(expires, 1ull << rows.shift);
    return rows;
}

double bucketRowsWidth(const Look& look)
{
    return look.px(fullWidth + 2 * side);
}

double bucketRowsHeight(const Look& look)
{
    return look.px(2 * (caption + rowHeight) + between + 4);
}

void paintBucketRows(QPainter& p, const Look& look, const BucketRows& rows)
{
    const Theme& t = look.t();
    const auto captionAt = [&](double y, const QString& text) {
        p.setFont(look.words(12, QFont::Medium));
        p.setPen(t.ink2);
        p.drawText(QPointF(look.px(side), y + look.px(caption - 5)), text);
    };
    captionAt(0, rows.isPast  ? tr("How far away? In the past: the slot of the clock")
                 : rows.isCut ? tr("How far away? Further than the wheel reaches: its end")
                              : tr("How far away? expires − clk = %1").arg(grouped(rows.distance)));
    paintLadder(p, look, rows, look.px(caption));
    const double lower = look.px(caption + rowHeight + between);
    captionAt(lower, rows.isPast || rows.isCut ? tr("Which slot? six bits of when that is due")
                                               : tr("Which slot? six bits of expires + %1").arg(grouped(1ull << rows.shift)));
    paintBits(p, look, rows, lower + look.px(caption));
}

} // namespace jiffy::ui
