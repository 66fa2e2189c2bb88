// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/action_button.h"

#include <QAction>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace jiffy::ui
{

namespace
{

/// A push pin in a grid of 16, its needle to the lower left.
QPainterPath pinHead()
{
    QPainterPath p;
    p.moveTo(9.2, 2);
    p.lineTo(14, 6.8);
    p.lineTo(12.6, 7.4);
    p.lineTo(10.2, 9.8);
    p.lineTo(9.8, 12.4);
    p.lineTo(3.6, 6.2);
    p.lineTo(6.2, 5.8);
    p.lineTo(8.6, 3.4);
    p.closeSubpath();
    return p;
}

} // namespace

ActionButton::ActionButton(Sign sign, const QString& text, const ThemeProvider& theme, QWidget* parent)
    : QAbstractButton(parent), m_theme(theme), m_sign(sign)
{
    setText(text);
    setAccessibleName(text);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(sign == Sign::Text ? QSizePolicy::Preferred : QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &ThemeProvider::changed, this, [this] {
        updateGeometry();
        update();
    });
    hide();
}

void ActionButton::setAction(QAction* action)
{
    m_action = action;
    connect(action, &QAction::changed, this, &ActionButton::follow);
    follow();
}

void ActionButton::setAllowed(bool isAllowed, const QString& reason)
{
    m_isAllowed = isAllowed;
    m_reason = reason;
    follow();
}

void ActionButton::follow()
{
    if (!m_action) return;
    setVisible(m_action->isVisible());
    setEnabled(m_isAllowed);
    setToolTip(m_isAllowed || m_reason.isEmpty() ? m_action->toolTip() : m_reason);
    if (isCheckable()) setChecked(m_action->isChecked());
}

QSize ActionButton::sizeHint() const
{
    const Look& look = m_theme.look();
    if (m_sign == Sign::Pin) return QSizeF(look.px(28), look.px(28)).toSize();
    const double text = QFontMetricsF(look.words(13, QFont::Medium)).horizontalAdvance(this->text());
    return {static_cast<int>(std::ceil(text + look.px(22))), static_cast<int>(look.px(34))};
}

void ActionButton::paintEvent(QPaintEvent*)
{
    const Look& look = m_theme.look();
    const Theme& t = look.t();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    const bool isHot = underMouse() && isEnabled();
    if (m_sign == Sign::Pin) {
        if (isHot || isChecked()) {
            p.setPen(Qt::NoPen);
            p.setBrush(mix(t.dock, t.ink, isHot ? .12 : .07));
            p.drawRoundedRect(box, look.px(7), look.px(7));
        }
        p.save();
        p.translate(box.center() - QPointF(look.px(8), look.px(8)));
        p.scale(look.px(1), look.px(1));
        const QColor ink = !isEnabled() ? t.ghost : isChecked() ? t.ink : t.ink2;
        p.setPen(QPen(ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        p.setBrush(isChecked() ? QBrush(ink) : QBrush(Qt::NoBrush));
        p.drawPath(pinHead());
        p.drawLine(QPointF(6.4, 9.6), QPointF(2.4, 13.6));
        p.restore();
    } else {
        p.setPen(QPen(isEnabled() ? t.line2 : t.line, 1));
        p.setBrush(isDown()      ? t.sunken
                   : isHot       ? mix(t.raised, t.sunken, .6)
                   : isEnabled() ? t.raised
                                 : t.dock);
        p.drawRoundedRect(box.adjusted(.5, .5, -.5, -.5), look.px(8), look.px(8));
        p.setFont(look.words(13, QFont::Medium));
        p.setPen(isEnabled() ? t.ink : t.ink3);
        p.drawText(box, Qt::AlignCenter,
                   QFontMetricsF(p.font()).elidedText(text(), Qt::ElideRight, box.width() - look.px(8)));
    }
    if (hasFocus()) {
        p.setPen(QPen(t.ink, 2));
        p.setBrush(Qt::NoBrush);
        p.drawRoundedRect(box, look.px(8), look.px(8));
    }
}

void ActionButton::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void ActionButton::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace jiffy::ui

#include "moc_action_button.cpp"
