// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/add_handle.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace jiffy::ui
{

namespace
{

constexpr int roomAround = 7;

} // namespace

AddHandle::AddHandle(const ThemeProvider& provider, QWidget* parent) : QWidget(parent), m_provider(provider)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::OpenHandCursor);
    setAccessibleName(tr("Add a timer"));
    setToolTip(tr("Drag this onto a slot to arm a new timer there, or click to say when it expires"));
    connect(&provider, &ThemeProvider::changed, this, qOverload<>(&QWidget::update));
}

void AddHandle::setBox(const QRectF& box)
{
    const double side = box.height();
    const QRectF mine(box.left() - m_provider.look().px(8) - side, box.top(), side, side);
    setGeometry(mine.toRect().adjusted(-roomAround, -roomAround, roomAround, roomAround));
}

void AddHandle::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) m_pressed = event->pos();
}

void AddHandle::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_pressed) return;
    if (!m_isDragging && (event->pos() - *m_pressed).manhattanLength() < QApplication::startDragDistance()) return;
    m_isDragging = true;
    Q_EMIT dragged(mapToParent(event->pos()));
}

void AddHandle::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_pressed || event->button() != Qt::LeftButton) return;
    m_pressed.reset();
    if (std::exchange(m_isDragging, false)) Q_EMIT dropped();
    else if (rect().contains(event->pos())) Q_EMIT clicked();
}

void AddHandle::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT clicked();
        return;
    case Qt::Key_Escape:
        m_pressed.reset();
        if (!std::exchange(m_isDragging, false)) break;
        Q_EMIT cancelled();
        return;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void AddHandle::focusInEvent(QFocusEvent*)
{
    update();
}

void AddHandle::focusOutEvent(QFocusEvent*)
{
    m_pressed.reset();
    if (std::exchange(m_isDragging, false)) Q_EMIT cancelled();
    update();
}

void AddHandle::paintEvent(QPaintEvent*)
{
    const Theme& t = m_provider.theme();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(roomAround, roomAround, -roomAround, -roomAround);
    p.setPen(QPen(t.line2, 1));
    p.setBrush(t.raised);
    p.drawEllipse(box.adjusted(.5, .5, -.5, -.5));
    const double arm = box.width() * .22;
    p.setPen(QPen(t.ink, 1.8, Qt::SolidLine, Qt::RoundCap));
    p.drawLine(box.center() - QPointF(arm, 0), box.center() + QPointF(arm, 0));
    p.drawLine(box.center() - QPointF(0, arm), box.center() + QPointF(0, arm));
    if (!hasFocus()) return;
    p.setPen(QPen(t.ink, 2));
    p.setBrush(Qt::NoBrush);
    p.drawEllipse(box.adjusted(-4, -4, 4, 4));
}

} // namespace jiffy::ui

#include "moc_add_handle.cpp"
