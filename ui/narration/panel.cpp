// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/narration/panel.h"

#include "ui/theme/number_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr double sidePadding = 20, topPadding = 27, gapBelowCaption = 28, bottomPadding = 12;

struct Word
{
    QString text;
    bool isMono = false;
    int level = -1;
    bool followsSpace = false;
};

/// Words and, glued to them without a space, what follows (a full stop behind a name).
std::vector<Word> wordsOf(const RichText& text)
{
    std::vector<Word> words;
    bool space = false;
    for (const Span& s : text) {
        QString word;
        const auto flush = [&] {
            if (word.isEmpty()) return;
            words.push_back({word, s.isMono, s.level, space});
            word.clear();
            space = false;
        };
        for (const QChar c : s.text) {
            if (c != u' ') {
                word += c;
                continue;
            }
            flush();
            space = true;
        }
        flush();
    }
    return words;
}

} // namespace

QFont fontOf(const PlacedSpan& span, const Look& look, const ParagraphStyle& style)
{
    if (!span.isMono) return look.words(style.pixels, style.weight);
    const bool isStrong = style.weight >= QFont::DemiBold || span.level >= 0;
    return look.numbers(style.pixels - (style.pixels > 16 ? 1 : .5), isStrong ? QFont::Bold : QFont::Medium);
}

std::vector<PlacedSpan> wrapped(const RichText& text, const Look& look, const ParagraphStyle& style,
                                double width, double* height)
{
    std::vector<PlacedSpan> placed;
    const double line = look.px(style.pixels) * style.leading,
                 space = QFontMetricsF(look.words(style.pixels, style.weight)).horizontalAdvance(u' ');
    double x = 0, y = look.px(style.pixels);
    const std::vector<Word> words = wordsOf(text);
    const auto advance = [&](const Word& w) {
        return numberWidth(fontOf({{}, w.text, w.isMono, w.level}, look, style), w.text);
    };
    for (std::size_t i = 0; i < words.size();) {
        // A unit: a word and all that is glued to it.
        std::size_t end = i + 1;
        double unit = advance(words[i]);
        while (end < words.size() && !words[end].followsSpace)
            unit += advance(words[end++]);
        const double gap = words[i].followsSpace && x > 0 ? space : 0;
        if (x > 0 && x + gap + unit > width) {
            x = 0;
            y += line;
        } else {
            x += gap;
        }
        for (; i < end; ++i) {
            PlacedSpan span{{x, y}, words[i].text, words[i].isMono, words[i].level};
            const QFont font = fontOf(span, look, style);
            // Of a word that goes on for ever only its beginning is measured: no line holds more.
            constexpr qsizetype mostLetters = 1000;
            while (span.text.size() > 1 &&
                   x + numberWidth(font, span.text.left(mostLetters)) > width) { // wider than the line
                qsizetype fits = 1;
                while (fits < span.text.size() && x + numberWidth(font, span.text.left(fits + 1)) <= width)
                    ++fits;
                PlacedSpan piece = span;
                piece.text = span.text.left(fits);
                placed.push_back(piece);
                span.text.remove(0, fits);
                x = 0;
                y += line;
                span.baseline = {x, y};
            }
            placed.push_back(span);
            x += numberWidth(font, span.text);
        }
    }
    if (height) *height = words.empty() ? 0 : y + look.px(style.pixels) * (style.leading - 1);
    return placed;
}

NarrationPanel::NarrationPanel(const ThemeProvider& provider, QWidget* parent)
    : QWidget(parent), m_provider(provider), m_announcer(new Announcer(this, Announcer::Voice::Alert))
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::MinimumExpanding);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFocusPolicy(Qt::TabFocus);
    connect(&provider, &ThemeProvider::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void NarrationPanel::setSentence(const Sentence& sentence)
{
    m_sentence = sentence;
    m_announcer->say(sentence.plain());
    updateGeometry();
    update();
}

int NarrationPanel::heightForWidth(int width) const
{
    const Look& look = m_provider.look();
    const double inner = width - 2 * sidePadding;
    double what = 0, why = 0;
    wrapped(m_sentence.what, look, whatStyle, inner, &what);
    wrapped(m_sentence.why, look, whyStyle, inner, &why);
    const double head = look.px(topPadding + gapBelowCaption - whatStyle.pixels);
    return static_cast<int>(
        std::ceil(head + what + (why > 0 ? look.px(6) + why : 0) + look.px(bottomPadding)));
}

QSize NarrationPanel::sizeHint() const
{
    const int width = static_cast<int>(m_provider.look().px(324));
    return {width, heightForWidth(width)};
}

QSize NarrationPanel::minimumSizeHint() const
{
    return {200, heightForWidth(std::max(width(), 200))};
}

void NarrationPanel::paintEvent(QPaintEvent*)
{
    const Look& look = m_provider.look();
    const Theme& t = look.t();
    QPainter p(this);
    p.fillRect(rect(), t.dock);
    const double inner = width() - 2 * sidePadding;

    const QFont caption = look.words(12, QFont::Medium), counter = look.words(12, QFont::DemiBold);
    p.setFont(counter);
    p.setPen(t.nowText);
    const double counterWidth = QFontMetricsF(counter).horizontalAdvance(m_sentence.counter);
    p.drawText(QPointF(width() - sidePadding - counterWidth, look.px(topPadding)), m_sentence.counter);
    p.setFont(caption);
    p.setPen(t.ink3);
    p.drawText(QPointF(sidePadding, look.px(topPadding)),
               QFontMetricsF(caption).elidedText(tr("What just happened"), Qt::ElideRight,
                                                 inner - counterWidth - 8));

    double y = look.px(topPadding + gapBelowCaption - whatStyle.pixels);
    const auto paint = [&](const RichText& text, const ParagraphStyle& style, const QColor& colour) {
        double height = 0;
        for (const PlacedSpan& span : wrapped(text, look, style, inner, &height)) {
            p.setFont(fontOf(span, look, style));
            p.setPen(span.level >= 0 ? t.levelHue(span.level) : colour);
            drawNumber(p, p.font(), span.baseline + QPointF(sidePadding, y), span.text);
        }
        y += height;
    };
    paint(m_sentence.what, whatStyle, t.ink);
    y += look.px(6);
    paint(m_sentence.why, whyStyle, t.ink2);
    if (hasFocus()) {
        p.setPen(QPen(t.ink, 2));
        p.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

} // namespace jiffy::ui

#include "moc_panel.cpp"
