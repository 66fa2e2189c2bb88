// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/status_line.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace jiffy::ui
{

namespace
{

enum class Glyph { Pending, Deferrable, Moving, Firing, Fired };

void paintGlyph(QPainter& p, const Look& look, Glyph glyph, QPointF at)
{
    const auto& t = look.t();
    const double r = look.px(4.2);
    const auto& hue = t.levelHue(0);
    p.setBrush(Qt::NoBrush);
    switch (glyph) {
    case Glyph::Pending:
        p.setPen(Qt::NoPen);
        p.setBrush(hue);
        p.drawEllipse(at, r, r);
        break;
    case Glyph::Deferrable:
        p.setPen(QPen(hue, std::max(1.3, .42 * r)));
        p.setBrush(t.canvas);
        p.drawEllipse(at, r - look.px(.7), r - look.px(.7));
        break;
    case Glyph::Moving:
        p.setPen(QPen(t.ink, look.px(1.5)));
        p.setBrush(hue);
        p.drawEllipse(at, r + look.px(.4), r + look.px(.4));
        break;
    case Glyph::Firing:
        p.setPen(QPen(t.now, std::max(1.6, .34 * r), Qt::SolidLine, Qt::RoundCap));
        for (int k = 0; k < 10; ++k) {
            const double a = (18 + 36 * k) * std::numbers::pi / 180;
            const QPointF d(std::sin(a), -std::cos(a));
            p.drawLine(at + d * (r * 1.6), at + d * (r * (k % 2 ? 2.3 : 2.0)));
        }
        p.setPen(Qt::NoPen);
        p.setBrush(t.now);
        p.drawEllipse(at, r, r);
        break;
    case Glyph::Fired:
        p.setOpacity(.65);
        p.setPen(QPen(t.now, look.px(1.6)));
        p.drawEllipse(at, r, r);
        p.setOpacity(1);
        break;
    }
}

std::array<std::pair<QString, QString>, 3> keyHints()
{
    return {{{StatusLine::tr("Space"), StatusLine::tr("play")}, {QStringLiteral("← →"), StatusLine::tr("step")}, {QStringLiteral("?"), StatusLine::tr("all keys")}}};
}

} // namespace

StatusLine::StatusLine(const ThemeProvider& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setMouseTracking(true);
    connect(&theme, &ThemeProvider::changed, this, &StatusLine::applyTheme);
    applyTheme();
}

void StatusLine::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && event->position().x() < m_checkEnd) Q_EMIT checkClicked();
}

void StatusLine::mouseMoveEvent(QMouseEvent* event)
{
    const bool isOver = event->position().x() < m_checkEnd && !m_check.isEmpty();
    setCursor(isOver ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setToolTip(isOver ? checkTip() : QString());
}

QString StatusLine::checkTip() const
{
    if (!m_tip.isEmpty()) return m_tip;
    if (!m_holds) return tr("Click to go to the event that broke it");
    if (!m_isDaemon && m_timers == core::TimerAlgorithm::SortedList)
        return tr("What is checked: each timer is in one list at most, links agree, each list is in the order of expiry, and so on. Click to check again.");
    if (!m_isDaemon)
        return tr("What is checked: each timer is in exactly one list, links agree, each slot is the one that the rule gives, and so on. Click to check again.");
    if (m_mayFault)
        return tr("What is checked: each item is in exactly one list, links agree, the inactive list is sorted, and one func runs at most. That timer_pending says whether "
                  "the pipe holds a word is not asked: this scenario provokes the original's faults, which break it. Click to check again.");
    return tr("What is checked: each item is in exactly one list, links agree, the inactive list is sorted, one func runs at most, and timer_pending "
              "says whether the pipe holds a word. Click to check again.");
}

void StatusLine::applyTheme()
{
    setFixedHeight(static_cast<int>(m_theme.look().px(22)));
    placeMiddle();
    update();
}

void StatusLine::setText(const QString& text)
{
    if (m_text == text) return;
    m_text = text;
    setAccessibleName(text);
    placeMiddle();
    update();
}

void StatusLine::setMiddle(QWidget* widget)
{
    m_middle = widget;
    const bool isHidden = widget->isHidden();
    widget->setParent(this);
    widget->setVisible(!isHidden);
    placeMiddle();
}

void StatusLine::resizeEvent(QResizeEvent*) { placeMiddle(); }

/// Where the keys at the right begin.
double StatusLine::keysLeft() const
{
    const auto& look = m_theme.look();
    const QFontMetricsF words(look.words(12)), keys(look.numbers(12));
    double left = width() - look.px(16);
    for (const auto& [key, what] : keyHints())
        left -= words.horizontalAdvance(what) + keys.horizontalAdvance(key) + look.px(19);
    return left;
}

/// Where the text begins, behind the self-check.
double StatusLine::textLeft() const
{
    const auto& look = m_theme.look();
    if (m_check.isEmpty()) return look.px(16);
    return look.px(16 + 16 + 18) + QFontMetricsF(look.words(12, QFont::Medium)).horizontalAdvance(m_check);
}

/// Behind the text where there is room for all of both; else it loses its sentence, and the text its end.
void StatusLine::placeMiddle()
{
    if (m_middle == nullptr) return;
    update();
    if (m_middle->isHidden()) return;
    const auto& look = m_theme.look();
    const int full = m_middle->sizeHint().width(), least = m_middle->minimumSizeHint().width();
    const int right = static_cast<int>(keysLeft() - look.px(2));
    const int behindText = static_cast<int>(textLeft() + QFontMetricsF(look.words(12)).horizontalAdvance(m_text) + look.px(24));
    const int x = std::max(static_cast<int>(textLeft()), std::min(std::max(behindText, static_cast<int>(look.px(330))), right - (least > 0 ? least : full)));
    m_middle->setGeometry(x, 1, std::clamp(full, 0, std::max(0, right - x)), height() - 1);
}

void StatusLine::setLegend(const QString& text)
{
    if (m_legend == text) return;
    m_legend = text;
    update();
}

void StatusLine::setCheck(const QString& text, bool holds, const QString& tip)
{
    m_tip = tip;
    if (m_check == text && m_holds == holds) return;
    m_check = text;
    m_holds = holds;
    setAccessibleDescription(text);
    placeMiddle();
    update();
}

void StatusLine::setDaemon(bool isDaemon, bool mayFault)
{
    m_mayFault = mayFault;
    if (m_isDaemon == isDaemon) return;
    m_isDaemon = isDaemon;
    update();
}

void StatusLine::setTimers(core::TimerAlgorithm timers)
{
    if (m_timers == timers) return;
    m_timers = timers;
    update();
}

void StatusLine::paintEvent(QPaintEvent*)
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    QPainter p(this);
    p.fillRect(rect(), t.win);
    p.setPen(t.line);
    p.drawLine(0, 0, width(), 0);
    p.setRenderHint(QPainter::Antialiasing);
    const double middle = height() / 2.0 + .5;
    const auto words = look.words(12), keys = look.numbers(12);
    const QFontMetricsF metrics(words), keyMetrics(keys);
    const double base = middle + metrics.capHeight() / 2;

    // Right: keys.
    double right = width() - look.px(16);
    const auto hints = keyHints();
    for (auto hint = hints.rbegin(); hint != hints.rend(); ++hint) {
        right -= metrics.horizontalAdvance(hint->second);
        p.setFont(words);
        p.setPen(t.ink2);
        p.drawText(QPointF(right, base), hint->second);
        right -= keyMetrics.horizontalAdvance(hint->first) + look.px(5);
        p.setFont(keys);
        p.setPen(t.ink);
        p.drawText(QPointF(right, base), hint->first);
        right -= look.px(14);
    }

    // Middle: what the shapes mean, where there is room.
    using Legend = std::vector<std::pair<Glyph, QString>>;
    const Legend legend = m_timers == core::TimerAlgorithm::SortedList
                              ? Legend{{Glyph::Pending, tr("pending")}, {Glyph::Moving, tr("finding its place")}, {Glyph::Firing, tr("firing")}}
                              : Legend{{Glyph::Pending, tr("pending")},
                                       {Glyph::Deferrable, tr("deferrable")},
                                       {Glyph::Moving, tr("moving")},
                                       {Glyph::Firing, tr("firing")},
                                       {Glyph::Fired, tr("fired")}};
    double legendWidth = 0;
    for (const auto& [glyph, label] : legend) legendWidth += look.px(31) + metrics.horizontalAdvance(label);
    p.setFont(words);
    double left = look.px(16);
    if (!m_check.isEmpty()) {
        const auto& colour = m_holds ? t.ok : t.nowText;
        p.setPen(QPen(colour, look.px(2), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const auto at = [&](double x, double y) { return QPointF(left + look.px(x), middle + look.px(y)); };
        if (m_holds) {
            p.drawPolyline(QPolygonF{at(2, 0), at(5, 3), at(10.5, -3)});
        } else {
            p.drawPolygon(QPolygonF{at(0, 5), at(6, -5), at(12, 5)});
            p.drawLine(at(6, -1), at(6, 1.5));
        }
        p.setPen(colour);
        const auto bold = look.words(12, QFont::Medium);
        p.setFont(bold);
        p.drawText(QPointF(left + look.px(16), base), m_check);
        left += look.px(16) + QFontMetricsF(bold).horizontalAdvance(m_check) + look.px(18);
        m_checkEnd = left - look.px(10);
        p.setFont(words);
    }
    const double textEnd = left + metrics.horizontalAdvance(m_text) + look.px(24);
    double x = std::max(look.px(330), textEnd);
    double textRoom = right - look.px(16);
    if (m_middle != nullptr && !m_middle->isHidden()) {
        textRoom = m_middle->x() - look.px(12);
    } else if (m_isDaemon || !m_legend.isEmpty()) {
        const auto pale = m_legend.isEmpty() ? tr("pale = recorded, not yet reached") : m_legend;
        const double w = metrics.horizontalAdvance(pale);
        x = std::max(x, width() / 2.0 - w / 2);
        if (x + w + look.px(16) < right) {
            textRoom = x - look.px(12);
            p.setPen(t.ink2);
            p.drawText(QPointF(x, base), pale);
        }
    } else if (x + legendWidth < right) {
        textRoom = x - look.px(12);
        for (const auto& [glyph, label] : legend) {
            paintGlyph(p, look, glyph, QPointF(x, middle));
            x += look.px(glyph == Glyph::Firing ? 17 : 13);
            p.setPen(t.ink2);
            p.drawText(QPointF(x, base), label);
            x += metrics.horizontalAdvance(label) + look.px(18);
        }
    }
    p.setPen(t.ink2);
    p.drawText(QPointF(left, base), metrics.elidedText(m_text, Qt::ElideRight, std::max(0.0, textRoom - left)));
}

} // namespace jiffy::ui

#include "moc_status_line.cpp"
