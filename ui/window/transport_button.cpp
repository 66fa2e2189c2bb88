// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/transport_button.h"

#include <QAction>
#include <QPainter>
#include <QPainterPath>

namespace jiffy::ui
{

namespace
{

void addTriangle(QPainterPath& path, double from, double tip, double half)
{
    path.moveTo(from, -half);
    path.lineTo(tip, 0);
    path.lineTo(from, half);
    path.closeSubpath();
}

/// Room round each button for its focus ring.
constexpr double ringRoom = 4;

} // namespace

QPainterPath transportSign(TransportSign sign)
{
    QPainterPath p;
    switch (sign) {
    case TransportSign::Play: addTriangle(p, -5, 7, 7); break;
    case TransportSign::Pause:
        p.addRoundedRect(QRectF(-6, -7, 4.4, 14), 1, 1);
        p.addRoundedRect(QRectF(1.6, -7, 4.4, 14), 1, 1);
        break;
    case TransportSign::Step:
        addTriangle(p, -6, 3, 6);
        p.addRoundedRect(QRectF(5, -6.5, 2.4, 13), 1, 1);
        break;
    case TransportSign::Back:
        addTriangle(p, 6, -3, 6);
        p.addRoundedRect(QRectF(-7.4, -6.5, 2.4, 13), 1, 1);
        break;
    case TransportSign::Start:
        p.addRoundedRect(QRectF(-7.4, -6.5, 2.2, 13), 1, 1);
        addTriangle(p, 2, -4, 5.5);
        addTriangle(p, 8.4, 2.4, 5.5);
        break;
    case TransportSign::End:
        p.addRoundedRect(QRectF(5.2, -6.5, 2.2, 13), 1, 1);
        addTriangle(p, -8.2, -2.2, 5.5);
        addTriangle(p, -1.8, 4.2, 5.5);
        break;
    }
    return p;
}

void paintFocusRing(QPainter& painter, const Look& look, const QRectF& control, double radius)
{
    painter.setPen(QPen(look.t().ink, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(control.adjusted(-3, -3, 3, 3), radius + 3, radius + 3);
}

TransportButton::TransportButton(TransportSign sign, QAction* action, const ThemeProvider& theme, QWidget* parent)
    : QAbstractButton(parent), m_theme(theme), m_sign(sign)
{
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(action->text().remove(QLatin1Char('&')));
    connect(this, &QAbstractButton::clicked, action, &QAction::trigger);
    const auto follow = [this, action] {
        setEnabled(action->isEnabled());
        setToolTip(action->toolTip());
    };
    connect(action, &QAction::changed, this, follow);
    follow();
}

void TransportButton::setSign(TransportSign sign)
{
    if (m_sign == sign) return;
    m_sign = sign;
    update();
}

QSize TransportButton::sizeHint() const
{
    const auto& look = m_theme.look();
    double w = 34, h = 40;
    if (m_sign == TransportSign::Play || m_sign == TransportSign::Pause) w = 52, h = 44;
    else if (m_sign == TransportSign::Step || m_sign == TransportSign::Back) w = 42;
    return QSizeF(look.px(w) + 2 * ringRoom, look.px(h) + 2 * ringRoom).toSize();
}

void TransportButton::paintEvent(QPaintEvent*)
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto box = QRectF(rect()).adjusted(ringRoom + .5, ringRoom + .5, -ringRoom - .5, -ringRoom - .5);
    const bool isPlay = m_sign == TransportSign::Play || m_sign == TransportSign::Pause;
    const bool isStep = m_sign == TransportSign::Step || m_sign == TransportSign::Back;
    const double radius = look.px(isPlay ? 10 : 9);
    QColor sign = isStep ? t.ink : t.ink2;
    double size = isStep ? 1.1 : .9;
    if (isPlay) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isEnabled() ? (underMouse() ? mix(t.ink, t.inv, .12) : t.ink) : t.line2);
        painter.drawRoundedRect(box, radius, radius);
        sign = t.inv;
        size = 1.15;
    } else if (isStep || (underMouse() && isEnabled())) {
        painter.setPen(QPen(isStep ? t.line2 : QColor(Qt::transparent), 1));
        painter.setBrush(isDown() ? t.sunken : underMouse() ? mix(t.raised, t.sunken, .6) : t.raised);
        painter.drawRoundedRect(box, radius, radius);
    }
    if (!isEnabled() && !isPlay) sign = t.ghost;
    if (hasFocus()) paintFocusRing(painter, look, box, radius);
    painter.translate(box.center());
    painter.scale(look.px(size), look.px(size));
    painter.setPen(QPen(sign, 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(sign);
    painter.drawPath(transportSign(m_sign));
}

void TransportButton::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void TransportButton::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace jiffy::ui

#include "moc_transport_button.cpp"
