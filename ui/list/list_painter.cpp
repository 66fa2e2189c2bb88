// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/list_painter.h"

#include "ui/theme/number_text.h"
#include "ui/theme/shaped_text.h"
#include "ui/wheel/glyphs.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLineF>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

constexpr double dotRadius = 6.2, sunRadius = 7;
constexpr double expiryBelowSun = 30; ///< its rays end above
constexpr double expiryPixels = 12, namePixels = 11.5;

QString listText(const char* text)
{
    return QCoreApplication::translate("ListView", text);
}

void drawMiddle(QPainter& p, QPointF at, const QString& text, const QFont& font, const QColor& colour)
{
    p.setPen(colour);
    drawShaped(p, font, QPointF(at.x() - advanceOf(font, text) / 2, at.y()), text);
}

/// A longer expiry keeps its low figures, which tell neighbours apart.
QString shortExpiry(core::Jiffies expires, std::size_t most)
{
    const QString whole = QString::number(expires);
    if (whole.size() <= static_cast<qsizetype>(most)) return whole;
    return QChar(0x2026) + whole.right(static_cast<qsizetype>(most) - 1);
}

std::size_t figuresFor(const ListPicture& w)
{
    const double figure = advanceOf(w.look.numbers(expiryPixels), QStringLiteral("0"));
    return std::max<std::size_t>(4, static_cast<std::size_t>((w.layout.pitch - w.look.px(4)) / figure));
}

void paintWay(QPainter& p, const ListPicture& w)
{
    const auto& spots = w.layout.spots;
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(w.look.t().line2, w.look.px(2), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const std::size_t suns = w.layout.suns.size();
    if (suns > 0) p.drawPath(w.layout.way(0, spots.empty() ? suns - 1 : spots.front().cell));
    for (std::size_t i = 0; i + 1 < spots.size(); ++i)
        if (spots[i + 1].place == spots[i].place + 1) p.drawPath(w.layout.way(spots[i].cell, spots[i + 1].cell));
    if (w.layout.hidden == 0) return;
    // Into the gap and out of it.
    QPen dashed = p.pen();
    dashed.setDashPattern({1, 2.5});
    p.setPen(dashed);
    for (std::size_t i = 0; i < spots.size(); ++i) {
        if (i + 1 < spots.size() && spots[i + 1].place == spots[i].place + 1) continue;
        if (i + 1 == spots.size() && spots[i].place >= w.layout.firstHidden) continue;
        p.drawPath(w.layout.way(spots[i].cell, spots[i].cell + 1));
        if (i + 1 < spots.size()) p.drawPath(w.layout.way(spots[i + 1].cell - 1, spots[i + 1].cell));
    }
}

void paintGap(QPainter& p, const ListPicture& w)
{
    if (w.layout.hidden == 0) return;
    const Theme& t = w.look.t();
    p.setBrush(t.sunken);
    p.setPen(t.name == ThemeName::HighContrast ? QPen(t.line, 1) : QPen(Qt::NoPen));
    const double radius = w.look.px(13);
    const QRectF box(w.layout.gap.left(), w.layout.gap.center().y() - radius, w.layout.gap.width(), 2 * radius);
    p.drawRoundedRect(box, radius, radius);
    const QString text = listText("and %1 more").arg(grouped(w.layout.hidden));
    QFont font = w.look.words(12.5, QFont::DemiBold);
    const double width = numberWidth(font, text);
    if (width > box.width() - w.look.px(8)) font.setPointSizeF(font.pointSizeF() * (box.width() - w.look.px(8)) / width);
    p.setPen(t.ink2);
    drawNumber(p, font, {box.center().x() - numberWidth(font, text) / 2, box.center().y() + w.look.px(4.4)}, text);
}

/// How far the walk of an insertion has come: 1 at rest.
double walked(const ListPicture& w)
{
    return w.motion && w.motion->isRunning() && w.scene.newcomers.size() == 1 ? w.motion->flight(0) : 1;
}

void paintWalk(QPainter& p, const ListPicture& w)
{
    if (w.scene.newcomers.size() != 1 || w.scene.backwards || w.layout.spots.empty()) return;
    const double u = walked(w);
    const auto place = w.scene.placeOf(w.scene.newcomers.front());
    const ListSpot* end = place ? w.layout.spotOf(*place) : nullptr;
    if (!end) return;
    const Theme& t = w.look.t();
    const QPainterPath way = w.layout.way(w.layout.spots.front().cell, end->cell);
    QColor trail = t.late;
    trail.setAlphaF(u < 1 ? .9f : .55f);
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(trail, w.look.px(3), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (way.length() > 0) {
        QPolygonF passed;
        const int pieces = std::clamp(static_cast<int>(way.length() * u / 6), 1, 600);
        for (int i = 0; i <= pieces; ++i)
            passed << way.pointAtPercent(std::clamp(u * i / pieces, 0.0, 1.0));
        p.drawPolyline(passed);
        if (u < 1) paintGlyph(p, t, Glyph::Moving, passed.back(), w.look.px(dotRadius), t.ink2);
    }
}

void paintDot(QPainter& p, const ListPicture& w, const ListSpot& spot, const ListTimer& timer, std::size_t figures)
{
    const Theme& t = w.look.t();
    const bool isNew = w.scene.isNewcomer(timer.id) && !w.scene.backwards;
    const bool isComing = isNew && walked(w) < 1;
    const double radius = w.look.px(dotRadius);
    if (isNew && !isComing) paintNewcomerRing(p, t, spot.at, radius + w.look.px(3), t.ink2);
    if (!isComing) paintGlyph(p, t, Glyph::Pending, spot.at, radius, t.ink2);
    else paintGlyph(p, t, Glyph::Deferrable, spot.at, w.look.px(4), t.line2); // the place that it walks to
    const bool isStrong = timer.id == w.selected || w.hovered == spot.place || isNew;
    if (timer.id == w.selected) paintSelectionRing(p, t, spot.at, radius);
    if (w.focus == spot.place) {
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(t.ink, 2));
        const double half = radius + w.look.px(7);
        p.drawRoundedRect(QRectF(spot.at.x() - half, spot.at.y() - half, 2 * half, 2 * half), 4, 4);
    }
    drawMiddle(p, spot.at + QPointF(0, w.look.px(22)), shortExpiry(timer.expires, figures),
               w.look.numbers(expiryPixels, isStrong ? QFont::Bold : QFont::Normal), isStrong ? t.ink : t.ink2);
    if (!w.withNames) return;
    const QFont font = w.look.words(namePixels, isStrong ? QFont::DemiBold : QFont::Normal);
    const QString name = QFontMetricsF(font).elidedText(w.scene.nameOf(timer.id), Qt::ElideRight, w.layout.pitch - w.look.px(6));
    drawMiddle(p, spot.at + QPointF(0, w.look.px(38)), name, font, isStrong ? t.ink : t.ink3);
}

void paintSun(QPainter& p, const ListPicture& w, QPointF at, const ListTimer& timer, std::uint64_t calls, std::size_t figures)
{
    const Theme& t = w.look.t();
    const double radius = w.look.px(sunRadius);
    if (w.withGlow) paintGlow(p, t, at, radius * .87);
    paintGlyph(p, t, Glyph::Firing, at, radius, t.now, w.motion ? w.motion->rays() : 1);
    if (timer.id == w.selected) paintSelectionRing(p, t, at, radius);
    // Without names the number of calls takes the place of the last one's expiry.
    if (calls > 1 && !w.withNames) {
        QFont font = w.look.words(expiryPixels, QFont::Bold);
        const QString text = QStringLiteral("×") + grouped(calls);
        const double width = numberWidth(font, text), most = w.layout.pitch - w.look.px(2);
        if (width > most) font.setPointSizeF(font.pointSizeF() * most / width);
        p.setPen(t.nowText);
        return drawNumber(p, font, at + QPointF(-numberWidth(font, text) / 2, w.look.px(expiryBelowSun)), text);
    }
    drawMiddle(p, at + QPointF(0, w.look.px(expiryBelowSun)), shortExpiry(timer.expires, figures), w.look.numbers(expiryPixels, QFont::Bold),
               t.nowText);
    if (!w.withNames) return;
    const QFont font = w.look.words(namePixels, QFont::DemiBold);
    const QString name = calls > 1 ? listText("%1 ran").arg(grouped(calls)) : w.scene.nameOf(timer.id);
    drawMiddle(p, at + QPointF(0, w.look.px(expiryBelowSun + 15)),
               QFontMetricsF(font).elidedText(name, Qt::ElideRight, w.layout.pitch - w.look.px(2)), font, t.nowText);
}

void paintSuns(QPainter& p, const ListPicture& w, std::size_t figures)
{
    const auto timers = w.scene.inFront();
    const std::size_t suns = std::min(timers.size(), w.layout.suns.size());
    // The one that runs stands for itself.
    const std::uint64_t calls = w.scene.running.isValid() ? 1 : std::max<std::uint64_t>(w.scene.firedCount, timers.size());
    for (std::size_t i = 0; i < suns; ++i)
        paintSun(p, w, w.layout.suns[i], timers[timers.size() - suns + i], i == 0 ? calls - (suns - 1) : 1, figures);
}

/// Where a timer stood that was taken out: between its neighbours, gone at the next step.
void paintGone(QPainter& p, const ListPicture& w)
{
    if (w.scene.backwards || w.scene.gone.size() > 8) return;
    const core::Word word = w.scene.geometry.word;
    for (const ListTimer& g : w.scene.gone) {
        const auto isLater = [&](const ListSpot& s) {
            const auto timer = w.scene.at(s.place);
            return timer && word.isAfter(timer->expires, g.expires);
        };
        const auto& spots = w.layout.spots;
        const auto behind = std::find_if(spots.begin(), spots.end(), isLater);
        if (spots.empty()) {
            paintGlyph(p, w.look.t(), Glyph::Deleted, w.layout.cellAt(w.layout.suns.size()), w.look.px(dotRadius), w.look.t().ghost);
            continue;
        }
        const QPointF at = behind == spots.end()     ? w.layout.cellAt(spots.back().cell)
                           : behind == spots.begin() ? behind->at
                                                     : (std::prev(behind)->at + behind->at) / 2;
        paintGlyph(p, w.look.t(), Glyph::Deleted, at + QPointF(0, -w.look.px(15)), w.look.px(dotRadius * .8), w.look.t().ghost);
    }
}

} // namespace

ListMeasures listMeasures(const ListScene& scene, const Look& look, bool withNames)
{
    core::Jiffies widest = 0;
    if (!scene.head.empty()) widest = std::max(scene.head.front().expires, scene.head.back().expires);
    if (!scene.tail.empty()) widest = std::max(widest, scene.tail.back().expires);
    // Expiries of 64 bits would leave room for a few timers only; they are shortened.
    const double text = std::min(advanceOf(look.numbers(expiryPixels), QString::number(widest)), look.px(84));
    ListMeasures m;
    m.pitch = std::max(look.px(withNames ? 62 : 42), text + look.px(8));
    m.row = look.px(withNames ? 68 : 54);
    // The bows go round the expiries.
    m.bow = std::max(m.row * .36, text / 2 + look.px(2.5));
    m.side = std::max({look.px(22), m.pitch / 2, m.bow + look.px(2)});
    m.top = look.px(22);
    m.bottom = look.px(withNames ? 46 : 28);
    m.head = ListScene::headLimit;
    m.tail = ListScene::tailLimit;
    return m;
}

ListLayout layoutOf(const ListScene& scene, const QRectF& box, const Look& look, bool withNames)
{
    const ListMeasures dense = listMeasures(scene, look, withNames);
    const std::size_t suns = scene.inFront().size();
    // A short list takes more of the room that it has.
    ListMeasures loose = dense;
    loose.pitch *= 1.5;
    loose.row *= 1.3;
    ListLayout layout = listLayout(box, scene.count, suns, loose);
    return layout.hidden == 0 ? layout : listLayout(box, scene.count, suns, dense);
}

core::TimerId timerOfSun(const ListScene& scene, const ListLayout& layout, QPointF point, double reach)
{
    const auto timers = scene.inFront();
    const std::size_t suns = std::min(timers.size(), layout.suns.size());
    for (std::size_t i = 0; i < suns; ++i)
        if (QLineF(layout.suns[i], point).length() < reach) return timers[timers.size() - suns + i].id;
    return {};
}

void paintList(QPainter& p, const ListPicture& w)
{
    p.setRenderHint(QPainter::Antialiasing);
    const Theme& t = w.look.t();
    if (w.layout.spots.empty() && w.layout.suns.empty()) {
        const QFont font = w.look.words(14);
        p.setFont(font);
        p.setPen(t.ink3);
        p.drawText(w.layout.origin + QPointF(-w.look.px(6), w.look.px(5)), listText("The list is empty"));
    }
    const std::size_t figures = figuresFor(w);
    paintWay(p, w);
    paintWalk(p, w);
    for (const ListSpot& spot : w.layout.spots)
        if (const auto timer = w.scene.at(spot.place)) paintDot(p, w, spot, *timer, figures);
    paintGap(p, w);
    paintGone(p, w);
    paintSuns(p, w, figures);
}

} // namespace jiffy::ui
