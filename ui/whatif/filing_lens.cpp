// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/filing_lens.h"

#include "ui/lens/layout.h"

#include <QFontMetricsF>
#include <QPainter>

#include <bit>
#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr double rowHeight = 21, caption = 18, between = 10, side = 4, nameRow = 17;

LensMeasures measures(const Look& look)
{
    return {look.px(9), look.px(7), look.px(rowHeight)};
}

void paintRow(QPainter& p, const Look& look, const LensLayout& row, int level, int firstOne)
{
    const Theme& t = look.t();
    const QFont one = look.numbers(12, QFont::Bold), zero = look.numbers(12);
    const QFontMetricsF metrics(zero);
    int bit = 0;
    for (const auto& field : row.fields)
        bit += static_cast<int>(field.bits.size());
    for (const auto& field : row.fields) {
        const QColor& hue = t.levelHue(field.level);
        p.setPen(field.level == level ? QPen(hue, look.px(2)) : QPen(Qt::NoPen));
        p.setBrush(lensField(t, field.level));
        p.drawRoundedRect(field.box.adjusted(-1.5, 0, 1.5, 0), look.px(4), look.px(4));
        for (const auto& b : field.bits) {
            --bit;
            const auto text = b.isOne ? QStringLiteral("1") : QStringLiteral("0");
            p.setFont(b.isOne ? one : zero);
            p.setPen(b.isOne ? hue : mix(hue, t.canvas, .17));
            p.drawText(QPointF(b.centre.x() - metrics.horizontalAdvance(text) / 2, b.centre.y() + look.px(4.4)), text);
            if (bit != firstOne) continue;
            p.setPen(QPen(t.now, look.px(2)));
            p.setBrush(Qt::NoBrush);
            p.drawRoundedRect(QRectF(b.centre.x() - look.px(6), field.box.top() + look.px(1.5), look.px(12),
                                     field.box.height() - look.px(3)),
                              look.px(3), look.px(3));
        }
    }
}

} // namespace

FilingRows filingRows(const core::Geometry& g, core::Jiffies expires, core::Jiffies position)
{
    const auto& top = g.level[static_cast<std::size_t>(g.levels - 1)];
    const std::uint64_t capacity = static_cast<std::uint64_t>(top.slots) << top.shift;
    FilingRows rows;
    rows.distance = g.word.distance(expires, position);
    rows.picking = expires;
    rows.level = g.place(core::SlotId(core::slotWithin(g, expires, position))).level;
    if (g.word.isBefore(expires, position)) {
        rows.picking = position;
        rows.from = FilingRows::From::Position;
    } else if (rows.distance >= capacity) {
        rows.picking = g.word.add(position, capacity - 1);
        rows.from = FilingRows::From::Farthest;
    } else if (rows.distance != 0) rows.firstOne = static_cast<int>(std::bit_width(rows.distance)) - 1;
    return rows;
}

FilingLens::FilingLens(const ThemeProvider& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&theme, &ThemeProvider::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void FilingLens::setFiling(const core::Geometry& geometry, core::Jiffies expires, core::Jiffies position)
{
    const bool isOther = geometry != m_geometry;
    m_geometry = geometry;
    if (geometry.is(core::TimerAlgorithm::Wheel61)) m_bucket = bucketRows(geometry, expires, position);
    else m_rows = filingRows(geometry, expires, position);
    if (isOther) updateGeometry();
    update();
}

void FilingLens::clear()
{
    m_rows = {};
    m_bucket = {};
    update();
}

QSize FilingLens::sizeHint() const
{
    const auto& look = m_theme.look();
    if (m_geometry.is(core::TimerAlgorithm::Wheel61))
        return {static_cast<int>(std::ceil(bucketRowsWidth(look))), static_cast<int>(std::ceil(bucketRowsHeight(look)))};
    const double width = m_geometry.levels == 0 ? look.px(330) : lensLayout(m_geometry, 0, {}, measures(look)).width;
    return {static_cast<int>(std::ceil(width + look.px(2 * side))),
            static_cast<int>(std::ceil(look.px(2 * (caption + rowHeight) + between + nameRow)))};
}

void FilingLens::paintEvent(QPaintEvent*)
{
    if (m_geometry.is(core::TimerAlgorithm::Wheel61)) {
        if (m_bucket.level < 0) return;
        QPainter p(this);
        p.setRenderHint(QPainter::Antialiasing);
        return paintBucketRows(p, m_theme.look(), m_bucket);
    }
    if (m_geometry.levels == 0 || m_rows.level < 0) return;
    const auto& look = m_theme.look();
    const Theme& t = look.t();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const auto words = look.words(12, QFont::Medium);
    const auto captionAt = [&](double y, const QString& text) {
        p.setFont(words);
        p.setPen(t.ink2);
        p.drawText(QPointF(look.px(side), y + look.px(caption - 5)), text);
    };
    const double lowerTop = look.px(caption + rowHeight + between);
    captionAt(0, tr("How far away? expires − timer_jiffies"));
    paintRow(p, look, lensLayout(m_geometry, m_rows.distance, {look.px(side), look.px(caption)}, measures(look)), -1,
             m_rows.firstOne);
    captionAt(lowerTop, m_rows.from == FilingRows::From::Expiry     ? tr("Which slot? that field of expires")
                        : m_rows.from == FilingRows::From::Position ? tr("Which slot? that field of timer_jiffies")
                                                                    : tr("Which slot? that field of the farthest expiry"));
    const auto lower = lensLayout(m_geometry, m_rows.picking, {look.px(side), lowerTop + look.px(caption)}, measures(look));
    paintRow(p, look, lower, m_rows.level, -1);
    for (const auto& field : lower.fields) {
        const bool isIt = field.level == m_rows.level;
        const auto text = isIt ? QStringLiteral("%1[%2]").arg(field.name, field.index) : field.name;
        p.setFont(isIt ? look.numbers(12, QFont::Bold) : look.words(11.5));
        p.setPen(isIt ? t.levelHue(field.level) : t.ink3);
        const double width = QFontMetricsF(p.font()).horizontalAdvance(text);
        p.drawText(QPointF(field.box.center().x() - width / 2, field.box.bottom() + look.px(nameRow - 3)), text);
    }
}

} // namespace jiffy::ui

#include "moc_filing_lens.cpp"
