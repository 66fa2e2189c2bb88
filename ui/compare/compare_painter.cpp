// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_painter.h"

#include "ui/narration/panel.h"
#include "ui/theme/number_text.h"
#include "ui/theme/shaped_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

struct Compare
{
    Q_DECLARE_TR_FUNCTIONS(Compare)
};

constexpr ParagraphStyle sentenceStyle{15, QFont::Normal, 1.36};
constexpr ParagraphStyle insertionStyle{13, QFont::Normal, 1.4};

/// The placed words of a paragraph in a box of so many lines; the last line is cut where there are more.
std::vector<PlacedSpan> placed(const RichText& text, const Look& look, ParagraphStyle& style,
                               const QRectF& box)
{
    double height = 0;
    auto spans = wrapped(text, look, style, box.width(), &height);
    // A long sentence in a narrow column: a size smaller before a word is lost.
    while (height > box.height() + 1 && style.pixels > 11.5) {
        style.pixels -= .5;
        spans = wrapped(text, look, style, box.width(), &height);
    }
    return spans;
}

void paintSentence(QPainter& p, const QRectF& box, const QString& text, const Look& look)
{
    for (double pixels = sentenceStyle.pixels; pixels >= 11.5; pixels -= .5) {
        const auto font = look.words(pixels);
        if (wrappedHeight(font, text, box.width()) > box.height() + 1 && pixels > 11.5) continue;
        p.setPen(look.t().ink);
        return drawWrapped(p, font, box, text);
    }
}

void paintTitle(QPainter& p, const QRectF& box, const CompareColumn& column, const CompareMarks& marks,
                std::size_t number, const Look& look)
{
    const auto& t = look.t();
    // Where it comes from is said in smaller words before it is not said.
    const auto leadsWidth =
        column.isLeading ? advanceOf(look.words(11.5, QFont::Medium), Compare::tr("leads")) + look.px(24) : 0;
    auto font = look.words(18, QFont::Bold), small = look.words(13);
    for (double pixels = 18; pixels >= 14; pixels -= .5) {
        font = look.words(pixels, QFont::Bold);
        small = look.words(std::min(13.0, pixels - 3));
        if (advanceOf(font, column.title) + look.px(11) + advanceOf(small, column.origin) + leadsWidth <=
            box.width())
            break;
    }
    const double base = box.bottom() - look.px(9);
    const bool isHovered = marks.hovered == CompareHit{ComparePart::Title, number, 0};
    double x = box.left();
    const auto title = elidedTo(font, column.title, box.width());
    p.setPen(t.ink);
    drawShaped(p, font, QPointF(x, base), title);
    const double end = x + advanceOf(font, title);
    if (isHovered && !column.isLeading) {
        p.setPen(QPen(t.ink, look.px(1.2)));
        p.drawLine(QPointF(x, base + look.px(4)), QPointF(end, base + look.px(4)));
    }
    x = end + look.px(11);
    // Which of them leads is said where there is more than the name to say.
    const auto leads = column.isLeading ? Compare::tr("leads") : QString();
    const double chip = leads.isEmpty() ? 0 : advanceOf(look.words(11.5, QFont::Medium), leads) + look.px(14);
    const double room = box.right() - x - (chip > 0 ? chip + look.px(8) : 0);
    const bool hasOrigin = advanceOf(small, column.origin) <= room;
    if (hasOrigin) {
        p.setPen(t.ink3);
        drawShaped(p, small, QPointF(x, base), column.origin);
        x += advanceOf(small, column.origin) + look.px(10);
    }
    if (chip > 0 && x + chip <= box.right() + 1) {
        const QRectF pill(x, base - look.px(13), chip, look.px(18));
        p.setPen(QPen(t.line2, 1));
        p.setBrush(t.raised);
        p.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
        const auto words = look.words(11.5, QFont::Medium);
        p.setPen(t.ink2);
        drawShaped(p, words, QPointF(pill.center().x() - advanceOf(words, leads) / 2, pill.center().y() + QFontMetricsF(words).capHeight() / 2), leads);
    }
}

void paintInsertion(QPainter& p, const QRectF& box, const CompareColumn& column, bool isHovered,
                    const Look& look)
{
    const auto& t = look.t();
    ParagraphStyle style = insertionStyle;
    for (const auto& span : placed(column.insertion, look, style, box)) {
        const auto font = fontOf(span, look, style);
        const QPointF at = box.topLeft() + span.baseline;
        p.setPen(span.isMono ? t.ink : t.ink2);
        drawNumber(p, font, at, span.text);
        if (!span.isMono) continue;
        // Dotted: it can be changed.
        p.setPen(QPen(isHovered ? t.ink : t.ink3, look.px(1.2), isHovered ? Qt::SolidLine : Qt::DotLine));
        const double y = at.y() + look.px(3.5);
        p.drawLine(QPointF(at.x(), y), QPointF(at.x() + numberWidth(font, span.text), y));
    }
}

constexpr double asidePixels = 12, counterPixels = 13;

/// What the asides of a row take of its bars, in the widest of the columns.
double asideRoom(const CompareScene& scene, int row, const Look& look)
{
    double room = 0;
    for (const auto& column : scene.columns)
        if (const auto& aside = column.counters[static_cast<std::size_t>(row)].aside; !aside.isEmpty())
            room = std::max(room, advanceOf(look.words(asidePixels, QFont::Medium), aside) + 1);
    return room;
}

/// How the numbers of a row are written, in every column alike: a long one is set smaller, then further to the right,
/// before what it counts is cut.
struct RowStyle
{
    QFont value;
    double end = 0; ///< of the numbers, from the row's left edge
};

RowStyle rowStyle(const CompareLayout& layout, const CompareScene& scene, int row, const Look& look)
{
    const auto box = layout.counterRow(0, row);
    const double label = advanceOf(look.words(counterPixels), counterLabel(row)) + look.px(8);
    RowStyle style;
    double widest = 0;
    for (double pixels = 18; pixels >= 13; pixels -= 1) {
        style.value = look.numbers(pixels, QFont::Bold);
        widest = 0;
        for (const auto& column : scene.columns)
            widest = std::max(widest, numberWidth(style.value, grouped(column.counters[static_cast<std::size_t>(row)].value)));
        style.end = layout.counterValueEnd(0) - box.left();
        if (label + widest <= style.end) return style;
    }
    style.end = std::max(style.end, std::min(label + widest, box.width()));
    return style;
}

void paintCounters(QPainter& p, const CompareLayout& layout, std::size_t number, const CompareScene& scene,
                   const CompareMarks& marks, const Look& look)
{
    const auto& column = scene.columns[number];
    const auto& t = look.t();
    const auto label = look.words(counterPixels);
    const double labelCap = QFontMetricsF(label).capHeight();
    for (int row = 0; row < counterCount; ++row) {
        const auto& counter = column.counters[static_cast<std::size_t>(row)];
        const auto box = layout.counterRow(number, row);
        const auto [value, endOffset] = rowStyle(layout, scene, row, look);
        const double end = box.left() + endOffset, valueCap = QFontMetricsF(value).capHeight();
        const CompareHit here{ComparePart::Counter, number, row};
        if (marks.hovered == here && counter.event) {
            p.setPen(Qt::NoPen);
            p.setBrush(t.sunken);
            p.drawRoundedRect(box.adjusted(-look.px(6), look.px(1), look.px(6), -look.px(1)), look.px(6),
                              look.px(6));
        }
        const double middle = box.center().y();
        const auto text = grouped(counter.value);
        const double left = end - numberWidth(value, text);
        p.setPen(t.ink2);
        drawShaped(p, label, QPointF(box.left(), middle + labelCap / 2),
                   elidedTo(label, counterLabel(row), left - box.left() - look.px(6)));
        p.setPen(t.ink);
        drawNumber(p, value, QPointF(left, middle + valueCap / 2), text);
        auto bar = layout.counterBar(number, row);
        bar.setLeft(bar.left() + end - layout.counterValueEnd(number));
        if (bar.width() <= 0) continue;
        const auto room = asideRoom(scene, row, look);
        if (!counter.aside.isEmpty()) {
            const auto words = look.words(asidePixels, QFont::Medium);
            const double width = std::min(room, bar.width());
            p.setPen(t.ink2);
            drawShaped(p, words, QPointF(bar.right() - width, middle + QFontMetricsF(words).capHeight() / 2),
                       elidedTo(words, counter.aside, width));
        }
        // As much less in every column: bars of a row are compared.
        if (room > 0) bar.setWidth(bar.width() - room - look.px(10));
        if (bar.width() < look.px(24)) continue;
        const double radius = bar.height() / 2;
        p.setPen(t.name == ThemeName::HighContrast ? QPen(t.line, 1) : QPen(Qt::NoPen));
        p.setBrush(marks.hovered == here && counter.event ? t.line : t.sunken);
        p.drawRoundedRect(bar, radius, radius);
        if (counter.value == 0) continue;
        QRectF filled = bar;
        filled.setWidth(std::max(look.px(3), bar.width() * counter.share));
        p.setPen(Qt::NoPen);
        p.setBrush(counter.isMost ? t.late : t.ink3);
        p.drawRoundedRect(filled, std::min(radius, filled.width() / 2), radius);
    }
}

void paintFocus(QPainter& p, const CompareLayout& layout, const CompareHit& hit, const Look& look)
{
    QRectF box;
    if (hit.part == ComparePart::Title)
        box = layout.columns[hit.column].title;
    else if (hit.part == ComparePart::Insertion)
        box = layout.columns[hit.column].insertion;
    else if (hit.part == ComparePart::Counter)
        box = layout.counterRow(hit.column, hit.row);
    else
        return;
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(look.t().ink, look.px(2)));
    p.drawRoundedRect(box.adjusted(-look.px(6), look.px(1), look.px(6), -look.px(1)), look.px(6), look.px(6));
}

} // namespace

void paintCompare(QPainter& p, const CompareLayout& layout, const CompareScene& scene,
                  const CompareMarks& marks, const Look& look)
{
    const auto& t = look.t();
    const double half = .5;
    for (std::size_t c = 0; c < scene.columns.size() && c < layout.columns.size(); ++c) {
        const auto& column = scene.columns[c];
        const auto& box = layout.columns[c];
        if (c > 0) {
            p.setPen(QPen(t.line, 1));
            const double x = std::floor(box.box.left()) + half;
            p.drawLine(QPointF(x, 0), QPointF(x, box.box.bottom()));
        }
        paintTitle(p, box.title, column, marks, c, look);
        paintSentence(p, box.sentence, column.sentence, look);
        const bool isHovered = marks.hovered && marks.hovered->part == ComparePart::Insertion;
        paintInsertion(p, box.insertion, column, isHovered, look);
        paintCounters(p, layout, c, scene, marks, look);
    }
    if (layout.columns.empty()) return;
    p.setPen(QPen(t.line, 1));
    const double right = layout.columns.back().box.right();
    const double y = std::floor(layout.countersTop) + half;
    p.drawLine(QPointF(0, y), QPointF(right, y));
    if (!layout.plots.isEmpty()) {
        const double top = std::floor(layout.plots.top()) + half;
        p.drawLine(QPointF(0, top), QPointF(right, top));
    }
    if (marks.focused) paintFocus(p, layout, *marks.focused, look);
}

QRectF insertionNumber(const CompareLayout& layout, const CompareScene& scene, std::size_t column,
                       const Look& look)
{
    const auto& box = layout.columns[column].insertion;
    ParagraphStyle style = insertionStyle;
    for (const auto& span : placed(scene.columns[column].insertion, look, style, box)) {
        if (!span.isMono) continue;
        const auto font = fontOf(span, look, style);
        const QFontMetricsF metrics(font);
        const QPointF at = box.topLeft() + span.baseline;
        return {at.x(), at.y() - metrics.ascent(), numberWidth(font, span.text), metrics.height()};
    }
    return {};
}

QString titleTip(const CompareLayout& layout, const CompareScene& scene, std::size_t column, const Look& look)
{
    const auto& c = scene.columns[column];
    const double needed =
        advanceOf(look.words(18, QFont::Bold), c.title) + look.px(11) + advanceOf(look.words(13), c.origin);
    const auto name = needed > layout.columns[column].title.width()
                          ? Compare::tr("%1, %2. ").arg(c.title, c.origin)
                          : QString();
    return name + (c.isLeading ? Compare::tr("Its run leads: steps and play are its own")
                               : Compare::tr("Click to let this one lead: steps and play are its own then"));
}

} // namespace jiffy::ui
