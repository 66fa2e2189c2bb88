// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/speed_slider.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QLocale>
#include <QPainter>

#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr int mostSlider = 400;
constexpr double edge = 8; ///< room for half the knob at both ends

/// Two digits are all that a speed needs: 4, 62, 1 300.
QString rounded(double v)
{
    if (v >= 100) {
        const double unit = std::pow(10.0, std::floor(std::log10(v)) - 1);
        return grouped(static_cast<std::uint64_t>(std::llround(v / unit) * std::llround(unit)));
    }
    if (v >= 9.95) return QString::number(std::llround(v));
    const auto text = QLocale().toString(v, 'f', 1);
    return text.endsWith(QLocale().decimalPoint() + QLatin1Char('0')) ? QString::number(std::llround(v)) : text;
}

} // namespace

double SpeedSlider::speedOf(int value) { return std::pow(10.0, value / 100.0); }

int SpeedSlider::valueOf(double speed)
{
    return std::clamp(static_cast<int>(std::lround(std::log10(std::max(speed, 1.0)) * 100)), 0, mostSlider);
}

QString SpeedSlider::headline(double speed, double hz)
{
    const auto number = rounded(speed);
    const bool one = number == QLatin1String("1");
    if (hz > 0) return one ? tr("1 tick per second") : tr("%1 ticks per second").arg(number);
    return one ? tr("1 step per second") : tr("%1 steps per second").arg(number);
}

QString SpeedSlider::headlineOfTime(double seconds)
{
    const auto digits = seconds < .095 ? 2 : 1;
    const auto number = seconds >= 9.95 ? rounded(seconds) : QLocale().toString(seconds, 'f', digits);
    return tr("%1 s per second").arg(number);
}

QString SpeedSlider::comparison(double speed, double hz)
{
    if (hz <= 0) return tr("however long each takes");
    const double slower = hz / speed, faster = speed / hz;
    if (std::abs(slower - 1) < .02) return tr("real time");
    if (std::abs(slower - 2) < .04) return tr("half real time");
    const auto whole = [](double v) { return rounded(v < 10 ? v : std::floor(v)); };
    return slower > 1 ? tr("%1 times slower than real").arg(whole(slower)) : tr("%1 times faster than real").arg(whole(faster));
}

SpeedSlider::SpeedSlider(const ThemeProvider& theme, QWidget* parent) : QAbstractSlider(parent), m_theme(theme)
{
    setRange(0, mostSlider);
    setSingleStep(4); // a tenth
    setPageStep(30);  // double
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Speed"));
    setToolTip(tr("How fast play goes; a double click gives real time"));
    connect(this, &QAbstractSlider::valueChanged, this, [this] { update(); });
    connect(this, &QAbstractSlider::actionTriggered, this, [this] {
        m_speed = speedOf(sliderPosition());
        Q_EMIT speedChosen(m_speed);
    });
}

void SpeedSlider::setSpeed(double speed)
{
    m_speed = speed;
    setValue(valueOf(speed));
    setAccessibleDescription(shownHeadline());
    update();
}

void SpeedSlider::setMeaning(double hz, bool isTime)
{
    if (m_hz == hz && m_isTime == isTime) return;
    m_hz = hz;
    m_isTime = isTime;
    setAccessibleDescription(shownHeadline());
    update();
}

QSize SpeedSlider::sizeHint() const
{
    const auto& look = m_theme.look();
    return QSizeF(look.px(156) + edge, look.px(60)).toSize();
}

void SpeedSlider::paintEvent(QPaintEvent*)
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double centre = height() / 2.0, y = centre + look.px(3), w = trackWidth();
    painter.setFont(look.words(13, QFont::DemiBold));
    painter.setPen(t.ink);
    painter.drawText(QPointF(edge, centre - look.px(10)), shownHeadline());
    painter.setFont(look.words(11.5));
    painter.setPen(t.ink3);
    painter.drawText(QPointF(edge, centre + look.px(25)), comparison(speed(), m_hz));
    const double at = edge + w * value() / mostSlider;
    painter.setPen(QPen(t.line2, look.px(3), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(edge, y), QPointF(edge + w, y));
    painter.setPen(QPen(t.ink2, look.px(3), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(edge, y), QPointF(at, y));
    painter.setPen(QPen(t.ink3, 1));
    for (int k = 0; k < 5; ++k) {
        const double x = std::floor(edge + w * k / 4) + .5;
        painter.drawLine(QPointF(x, y + look.px(6)), QPointF(x, y + look.px(9)));
    }
    if (hasFocus()) {
        painter.setPen(QPen(t.ink, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(QPointF(at, y), look.px(7) + 4, look.px(7) + 4);
    }
    painter.setPen(QPen(t.ink, 2));
    painter.setBrush(t.raised);
    painter.drawEllipse(QPointF(at, y), look.px(7), look.px(7));
}

void SpeedSlider::choose(double x)
{
    setValue(static_cast<int>(std::lround((x - edge) / trackWidth() * mostSlider)));
    m_speed = speedOf(value());
    Q_EMIT speedChosen(m_speed);
}

void SpeedSlider::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) choose(event->position().x());
}

void SpeedSlider::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton) choose(event->position().x());
}

void SpeedSlider::mouseDoubleClickEvent(QMouseEvent*) { Q_EMIT realTimeChosen(); }

void SpeedSlider::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) event->ignore();
    else QAbstractSlider::keyPressEvent(event);
}

} // namespace jiffy::ui

#include "moc_speed_slider.cpp"
