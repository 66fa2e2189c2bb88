// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/shaped_text.h"

#include "ui/theme/look.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QHash>
#include <QPaintEngine>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace jiffy::ui
{

namespace
{

struct Paragraph
{
    double width = 0; ///< that it was wrapped for
    double height = 0;
    QList<QGlyphRun> runs; ///< from its top left
};

struct Shaped
{
    std::optional<double> advance;
    std::optional<QList<QGlyphRun>> line; ///< from its baseline
    std::optional<Paragraph> paragraph;
};

/// The texts in one font.
struct Texts
{
    QFont font;
    QHash<QString, Shaped> all;
};

/// What is kept of a text; new and empty where it was not known.
Shaped& shapedOf(const QFont& font, const QString& text)
{
    constexpr std::size_t mostFonts = 100;
    constexpr qsizetype mostTexts = 1'000;
    static auto& fonts = *new std::vector<Texts>; // outlives the application, as the fonts do
    auto texts = std::find_if(fonts.begin(), fonts.end(), [&](const Texts& t) { return t.font.isCopyOf(font); });
    if (texts == fonts.end()) {
        if (fonts.size() >= mostFonts) fonts.clear();
        texts = fonts.insert(fonts.end(), {font, {}});
    }
    const auto known = texts->all.find(text);
    if (known != texts->all.end()) return *known;
    if (texts->all.size() >= mostTexts) texts->all.clear();
    return *texts->all.insert(text, {});
}

QList<QGlyphRun> lineOf(const QFont& font, const QString& text)
{
    QTextLayout layout(text, font);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    if (!line.isValid()) return {};
    line.setNumColumns(static_cast<int>(text.size()));
    line.setPosition(QPointF(0, -line.ascent()));
    layout.endLayout();
    return layout.glyphRuns();
}

/// As QPainter::drawText() breaks lines, each on a whole pixel.
Paragraph paragraphOf(const QFont& font, const QString& text, double width)
{
    Paragraph made;
    made.width = width;
    QTextLayout layout(text, font);
    QTextOption option(Qt::AlignLeft | Qt::AlignTop);
    option.setWrapMode(QTextOption::WordWrap);
    layout.setTextOption(option);
    const double leading = QFontMetricsF(font).leading();
    double height = -leading;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(0., width));
        height = std::ceil(height + leading);
        line.setPosition(QPointF(0, height));
        height += line.height();
    }
    layout.endLayout();
    made.height = height;
    made.runs = layout.glyphRuns();
    return made;
}

const Paragraph& paragraphIn(const QFont& font, const QString& text, double width)
{
    auto& known = shapedOf(font, text).paragraph;
    if (!known || known->width != width) known = paragraphOf(font, text, width);
    return *known;
}

/// Whether what was shaped for the screen looks the same there. Vector formats get text as text.
bool takesShapes(const QPainter& painter)
{
    const auto* engine = painter.paintEngine();
    return engine && engine->type() == QPaintEngine::Raster && painter.device()->logicalDpiY() == fontResolution();
}

void draw(QPainter& painter, QPointF at, const QList<QGlyphRun>& runs)
{
    for (const auto& run : runs)
        painter.drawGlyphRun(at, run);
}

} // namespace

double advanceOf(const QFont& font, const QString& text)
{
    auto& known = shapedOf(font, text).advance;
    if (!known) known = QFontMetricsF(font).horizontalAdvance(text);
    return *known;
}

QString elidedTo(const QFont& font, const QString& text, double width)
{
    return advanceOf(font, text) <= width ? text : QFontMetricsF(font).elidedText(text, Qt::ElideRight, width);
}

void drawShaped(QPainter& painter, const QFont& font, QPointF baseline, const QString& text)
{
    painter.setFont(font);
    if (text.isEmpty()) return;
    if (!takesShapes(painter)) return painter.drawText(baseline, text);
    auto& known = shapedOf(font, text).line;
    if (!known) known = lineOf(font, text);
    draw(painter, baseline, *known);
}

double wrappedHeight(const QFont& font, const QString& text, double width)
{
    return paragraphIn(font, text, width).height;
}

void drawWrapped(QPainter& painter, const QFont& font, const QRectF& box, const QString& text)
{
    painter.setFont(font);
    const auto& paragraph = paragraphIn(font, text, box.width());
    if (takesShapes(painter) && paragraph.height <= box.height()) return draw(painter, box.topLeft(), paragraph.runs);
    painter.drawText(box, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, text);
}

} // namespace jiffy::ui
