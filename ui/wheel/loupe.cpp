// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/loupe.h"

#include "ui/wheel/filing.h"
#include "ui/wheel/glyphs.h"
#include "ui/wheel/words.h"

#include <QPainter>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

// The design's strip, and what surrounds it.
constexpr double stripWidth = 360, stripHeight = 64, padding = 10, headHeight = 22, lineHeight = 18, digitsHeight = 16;
constexpr int columns = 2;
constexpr int dotsShown = 4;

/// 6.1: all of a bucket is called at once, at the end of what it stands for.
QString bucketText(const Scene& scene, core::Jiffies due, const core::Level& level)
{
    const QString when = wheelText("due at %1").arg(grouped(due));
    if (level.shift == 0) return when;
    const core::Jiffies first = scene.geometry.word.distance(due, std::uint64_t{1} << level.shift);
    return when + QStringLiteral(" · ") + wheelText("for %1 on, up to %2 late").arg(grouped(first), grouped(std::uint64_t{1} << level.shift));
}

} // namespace

LoupeContent loupeContent(const Scene& scene, SlotPlace place)
{
    LoupeContent c;
    c.fullest = scene.fullest;
    const core::Level& level = scene.geometry.level[static_cast<std::size_t>(place.level)];
    const auto n = static_cast<std::uint32_t>(level.slots), shown = std::min(n, loupeSlots);
    const std::uint32_t first = shown == n ? 0 : place.index + n - shown / 2;
    for (std::uint32_t i = 0; i < shown; ++i) {
        const SlotPlace p{place.level, (first + i) % n};
        c.cells.push_back({p, scene.slot(p.level, p.index), p == place, p.index == level.indexOf(scene.position)});
    }
    const SceneSlot& slot = scene.slot(place.level, place.index);
    c.title = QString::fromStdString(scene.geometry.slotName(scene.geometry.slotOn(scene.cpu, scene.wheel, place.level, place.index)));
    const Served served = servedNext(scene.geometry, scene.position, place);
    const QString when = scene.isModern() ? bucketText(scene, slot.count != 0 ? slot.due : served.first, level)
                         : level.shift == 0
                             ? wheelText("served at %1").arg(grouped(served.first))
                             : wheelText("cascades at %1").arg(grouped(served.first));
    const QString count = slot.count == 0   ? wheelText("empty")
                          : slot.count == 1 ? wheelText("one timer")
                                            : wheelText("%1 timers").arg(grouped(slot.count));
    c.detail = count + QStringLiteral(" · ") + when;
    for (std::uint32_t k = 0; k < slot.known; ++k)
        c.names += scene.nameOf(slot.first[k].id);
    c.more = slot.count - slot.known;
    return c;
}

QPointF loupeCorner(QPointF pointer, QSizeF size, const QRectF& room)
{
    constexpr double away = 18;
    double x = pointer.x() + away, y = pointer.y() + away;
    if (x + size.width() > room.right()) x = pointer.x() - away - size.width();
    if (x < room.left()) x = std::clamp(pointer.x() - size.width() / 2, room.left(), std::max(room.left(), room.right() - size.width()));
    if (y + size.height() > room.bottom()) y = pointer.y() - away - size.height();
    if (y < room.top()) y = room.top();
    return {x, y};
}

Loupe::Loupe(const ThemeProvider& provider, QWidget* parent) : QWidget(parent), m_provider(provider)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setObjectName(QStringLiteral("loupe"));
    hide();
}

QSizeF Loupe::wantedSize() const
{
    const int lines = (static_cast<int>(m_content.names.size()) + columns - 1) / columns + (m_content.more != 0 ? 1 : 0);
    const Look& look = m_provider.look();
    return QSizeF(look.px(stripWidth + 2 * padding),
                  look.px(headHeight + stripHeight + digitsHeight + lines * lineHeight + 2 * padding));
}

void Loupe::showFor(const LoupeContent& content, QPointF pointer)
{
    m_content = content;
    const QSizeF size = wantedSize();
    const QRectF room = QRectF(parentWidget()->rect()).adjusted(4, 4, -4, -4);
    setGeometry(QRectF(loupeCorner(pointer, size, room), size).toAlignedRect());
    show();
    raise();
    update();
}

void Loupe::paintEvent(QPaintEvent*)
{
    const Look& look = m_provider.look();
    const Theme& t = look.t();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const QRectF all = QRectF(rect()).adjusted(.5, .5, -.5, -.5);
    p.setPen(QPen(t.line2, 1));
    p.setBrush(t.raised);
    p.drawRoundedRect(all, look.px(10), look.px(10));
    const double left = all.left() + look.px(padding), width = look.px(stripWidth);
    double y = all.top() + look.px(padding);

    // Head: which slot, how many, when.
    const int level = m_content.cells.empty() ? 0 : m_content.cells.front().place.level;
    const double base = y + look.px(14);
    const double used = drawWords(p, {left, base}, m_content.title, look.numbers(13, QFont::Bold), t.levelHue(level), Align::Left);
    const QFont detailFont = look.words(12);
    drawWords(p, {left + used + look.px(10), base},
              QFontMetricsF(detailFont).elidedText(m_content.detail, Qt::ElideRight, width - used - look.px(10)),
              detailFont, t.ink2, Align::Left);
    y += look.px(headHeight);

    const double cell = width / static_cast<double>(std::max<std::size_t>(1, m_content.cells.size()));
    const double height = look.px(stripHeight);
    for (std::size_t i = 0; i < m_content.cells.size(); ++i) {
        const LoupeCell& c = m_content.cells[i];
        const QRectF box(left + static_cast<double>(i) * cell + 1, y, cell - 2, height);
        p.setPen(Qt::NoPen);
        const QColor fill = c.slot.count == 0 ? slotFloor(t, c.place.level)
                                              : slotHeat(t, c.place.level, c.slot.count, m_content.fullest);
        p.setBrush(fill);
        p.drawRoundedRect(box, 3, 3);
        const int dots = static_cast<int>(std::min<std::uint32_t>(c.slot.known, dotsShown));
        if (c.slot.count <= static_cast<std::uint32_t>(dotsShown)) {
            for (int k = 0; k < dots; ++k) {
                const SceneTimer& timer = c.slot.first[static_cast<std::size_t>(k)];
                paintGlyph(p, t, timer.isDeferrable ? Glyph::Deferrable : Glyph::Pending,
                           {box.center().x(), box.top() + height * (k + .5) / dotsShown}, look.px(5.4),
                           t.levelHue(c.place.level));
            }
        } else {
            QFont font = look.numbers(12, QFont::Bold);
            const QString n = QString::number(c.slot.count);
            const double needed = QFontMetricsF(font).horizontalAdvance(n);
            p.save();
            p.translate(box.center());
            if (needed > box.width()) p.rotate(-90);
            drawWords(p, {0, look.px(4.3)}, n, font, readableOn(fill), Align::Centre);
            p.restore();
        }
        p.setBrush(Qt::NoBrush);
        if (c.isHand) {
            p.setPen(QPen(t.now, 2.2));
            p.drawRoundedRect(box, 3, 3);
        }
        if (c.isMeant) {
            p.setPen(QPen(t.ink, 2));
            p.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 4, 4);
        }
        if (c.isMeant || c.place.index % 4 == 0)
            drawWords(p, {box.center().x(), y + height + look.px(13)}, QString::number(c.place.index),
                      look.numbers(11.5, c.isMeant ? QFont::Bold : QFont::Normal), c.isMeant ? t.ink : t.ink3,
                      Align::Centre);
    }
    y += height + look.px(digitsHeight);

    // Names in list order.
    const QFont nameFont = look.numbers(12), orderFont = look.numbers(11.5);
    const double column = width / columns;
    for (qsizetype k = 0; k < m_content.names.size(); ++k) {
        const QPointF at(left + static_cast<double>(k % columns) * column,
                         y + look.px(lineHeight) * static_cast<double>(k / columns + 1) - look.px(4));
        const double order = look.px(18);
        drawWords(p, {at.x() + order - look.px(5), at.y()}, QString::number(k + 1), orderFont, t.ink3, Align::Right);
        drawWords(p, {at.x() + order, at.y()},
                  QFontMetricsF(nameFont).elidedText(m_content.names[k], Qt::ElideMiddle, column - order - look.px(8)),
                  nameFont, t.ink, Align::Left);
    }
    if (m_content.more != 0)
        drawWords(p, {left + look.px(18), all.bottom() - look.px(padding + 3)},
                  wheelText("and %1 more").arg(grouped(m_content.more)), look.words(12), t.ink2, Align::Left);
}

} // namespace jiffy::ui

#include "moc_loupe.cpp"
