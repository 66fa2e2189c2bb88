// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/narration/wake_reason.h"

#include "ui/theme/number_text.h"
#include "ui/theme/shaped_text.h"

#include <QCoreApplication>
#include <QPainter>
#include <QStringList>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

QString say(const char* text) { return QCoreApplication::translate("Narration", text); }

/// All in the design's pixels.
constexpr double side = 20, firstLine = 26, belowTitle = 19, belowWhen = 25, belowFunction = 23, perRow = 23, bottom = 12;

} // namespace

QString WakeReason::plain() const
{
    QStringList parts{title + QStringLiteral(": ") + when};
    for (const Row& r : rows) parts += QStringList{r.name, r.text, r.number}.join(u' ').trimmed();
    return parts.join(QStringLiteral(". "));
}

WakeReason wakeReasonOf(const core::SleptThrough& slept, const core::Inputs& inputs)
{
    const auto nameOf = [&](core::TimerId timer) { return QString::fromStdString(inputs.timerName(timer)); };
    const QString lookedAt = grouped(inputs.machine.word.add(inputs.machine.jiffies, slept.tick));
    WakeReason reason;
    reason.title = say("Why nobody woke it at %1").arg(grouped(slept.expires));
    reason.when = slept.stopsTick ? say("before the tick stopped, at %1").arg(lookedAt) : say("when it slept on, at %1").arg(lookedAt);
    reason.rows.push_back({nameOf(slept.timer), say("deferrable: not counted"), grouped(slept.expires), false});
    if (slept.until == ~0ull) reason.rows.push_back({{}, say("nothing that counts: sleep on"), {}, true});
    else if (slept.counted.isValid()) reason.rows.push_back({nameOf(slept.counted), say("counted: sleep until"), grouped(slept.until), true});
    else reason.rows.push_back({{}, say("the first that counts: sleep until"), grouped(slept.until), true});
    return reason;
}

WakeReasonPanel::WakeReasonPanel(const ThemeProvider& provider, QWidget* parent) : QAbstractButton(parent), m_provider(provider)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setToolTip(tr("To that look-up"));
    connect(&provider, &ThemeProvider::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void WakeReasonPanel::setReason(const std::optional<WakeReason>& reason)
{
    if (reason == m_reason) return;
    m_reason = reason;
    setAccessibleName(reason ? reason->plain() : QString());
    updateGeometry();
    update();
}

int WakeReasonPanel::heightNeeded() const
{
    if (!m_reason) return 0;
    const double rows = static_cast<double>(m_reason->rows.size());
    return static_cast<int>(m_provider.look().px(firstLine + belowTitle + belowWhen + belowFunction + (rows - 1) * perRow + bottom));
}

QSize WakeReasonPanel::sizeHint() const { return {static_cast<int>(m_provider.look().px(324)), heightNeeded()}; }
QSize WakeReasonPanel::minimumSizeHint() const { return {200, heightNeeded()}; }

void WakeReasonPanel::paintEvent(QPaintEvent*)
{
    const Look& look = m_provider.look();
    const Theme& t = look.t();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(rect(), t.dock);
    if (!m_reason) return;
    p.setPen(QPen(t.line, 1));
    p.drawLine(QPointF(0, .5), QPointF(width(), .5));
    const double left = side, right = width() - side;
    double y = look.px(firstLine);
    const auto line = [&](const QFont& font, const QColor& colour, const QString& text) {
        p.setPen(colour);
        drawShaped(p, font, {left, y}, elidedTo(font, text, right - left));
    };
    line(look.words(14, QFont::DemiBold), t.ink, m_reason->title);
    y += look.px(belowTitle);
    line(look.words(12.5), t.ink2, m_reason->when);
    y += look.px(belowWhen);
    line(look.numbers(12.5), t.ink2, QStringLiteral("get_next_timer_interrupt"));
    y += look.px(belowFunction);
    for (const auto& row : m_reason->rows) {
        const auto weight = row.isCounted ? QFont::Bold : QFont::Medium;
        const QFont font = look.numbers(12.5, weight), words = look.words(12.5, row.isCounted ? QFont::DemiBold : QFont::Normal);
        const double from = left + look.px(14), width = numberWidth(font, row.number), numberX = right - width;
        double x = from;
        p.setPen(row.isCounted ? t.ink : t.ink2);
        if (!row.name.isEmpty()) {
            const QString name = elidedTo(font, row.name, (right - from) * .36);
            drawShaped(p, font, {x, y}, name);
            x = from + std::max(look.px(23), advanceOf(font, name) + look.px(10));
        }
        drawShaped(p, words, {x, y}, elidedTo(words, row.text, numberX - x - look.px(8)));
        drawNumber(p, font, {numberX, y}, row.number);
        if (!row.isCounted && !row.number.isEmpty()) {
            p.setPen(QPen(t.ink2, look.px(1.4)));
            const double middle = y - look.px(4.2);
            p.drawLine(QPointF(numberX - look.px(3), middle), QPointF(right + look.px(3), middle));
        }
        y += look.px(perRow);
    }
    if (!hasFocus()) return;
    p.setPen(QPen(t.ink, 2));
    p.setBrush(Qt::NoBrush);
    p.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
}

} // namespace jiffy::ui

#include "moc_wake_reason.cpp"
