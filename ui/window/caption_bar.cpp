// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/caption_bar.h"

#include "ui/narration/announcer.h"
#include "ui/narration/panel.h"
#include "ui/theme/number_text.h"

#include <QPainter>

namespace jiffy::ui
{

CaptionBar::CaptionBar(const ThemeProvider& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_announcer(new Announcer(this, Announcer::Voice::Name))
{
    const auto apply = [this] {
        setFixedHeight(static_cast<int>(m_theme.look().px(44)));
        update();
    };
    connect(&theme, &ThemeProvider::changed, this, apply);
    apply();
}

void CaptionBar::setSentence(const Sentence& sentence)
{
    m_sentence = sentence;
    setToolTip(sentence.plain());
    m_announcer->say(sentence.plain());
    update();
}

void CaptionBar::paintEvent(QPaintEvent*)
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(rect(), t.dock);
    p.setPen(t.line);
    p.drawLine(0, height() - 1, width(), height() - 1);
    const double margin = look.px(16);
    const auto counterFont = look.words(12, QFont::DemiBold);
    const double counter = m_sentence.counter.isEmpty()
                               ? 0
                               : QFontMetricsF(counterFont).horizontalAdvance(m_sentence.counter) + margin;
    p.setFont(counterFont);
    p.setPen(t.nowText);
    const double middle = height() / 2.0 + QFontMetricsF(counterFont).capHeight() / 2;
    p.drawText(QPointF(width() - margin - counter + (counter > 0 ? margin : 0), middle), m_sentence.counter);
    constexpr ParagraphStyle style{16, QFont::DemiBold, 1.0};
    const double right = width() - margin - counter;
    const auto spans = wrapped(m_sentence.what, look, style, 1e6, nullptr);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const auto& span = spans[i];
        const auto font = fontOf(span, look, style);
        const QFontMetricsF metrics(font);
        const double x = margin + span.baseline.x();
        // The last one that fits says that more would follow.
        if (i + 1 < spans.size() && margin + spans[i + 1].baseline.x() + metrics.horizontalAdvance(QChar(0x2026)) > right) {
            p.setFont(font);
            p.setPen(t.ink);
            p.drawText(QPointF(x, height() / 2.0 + look.px(5.5)), metrics.elidedText(span.text + QStringLiteral(" ………"), Qt::ElideRight, std::max(0.0, right - x)));
            break;
        }
        if (x >= right) break;
        p.setFont(font);
        p.setPen(span.level >= 0 ? t.levelHue(span.level) : t.ink);
        p.drawText(QPointF(x, height() / 2.0 + look.px(5.5)),
                   metrics.elidedText(span.text, Qt::ElideRight, right - x));
    }
}

} // namespace jiffy::ui

#include "moc_caption_bar.cpp"
