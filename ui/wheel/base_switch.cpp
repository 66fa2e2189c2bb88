// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/base_switch.h"

#include "ui/wheel/form_switch.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>

namespace jiffy::ui
{

namespace
{

constexpr int roomAround = 3; ///< another control stands next to it

} // namespace

std::array<QString, 2> baseWords(std::uint64_t inStd, std::uint64_t inDef)
{
    return {QStringLiteral("std ") + grouped(inStd), QStringLiteral("def ") + grouped(inDef)};
}

BaseSwitch::BaseSwitch(const ThemeProvider& provider, QWidget* parent) : QWidget(parent), m_provider(provider)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Wheel of the CPU"));
    setToolTip(tr("std: the wheel that wakes a CPU from idle. def: the one of the deferrable timers, which do not; it has a clock of its own."));
    connect(&provider, &ThemeProvider::changed, this, qOverload<>(&QWidget::update));
}

void BaseSwitch::setState(int wheel, std::uint64_t inStd, std::uint64_t inDef)
{
    if (wheel == m_wheel && inStd == m_inStd && inDef == m_inDef) return;
    m_wheel = wheel;
    m_inStd = inStd;
    m_inDef = inDef;
    setAccessibleDescription(wheel == 0 ? tr("std is shown") : tr("def is shown"));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    update();
}

void BaseSwitch::setBox(const QRectF& box)
{
    setGeometry(box.toRect().adjusted(-roomAround, -roomAround, roomAround, roomAround));
}

void BaseSwitch::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return event->ignore();
    const int wheel = event->position().x() < width() / 2.0 ? 0 : 1;
    if (wheel != m_wheel) Q_EMIT chosen(wheel);
}

void BaseSwitch::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT chosen(1 - m_wheel);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void BaseSwitch::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(roomAround, roomAround, -roomAround, -roomAround);
    paintSegments(p, m_provider.look(), box, baseWords(m_inStd, m_inDef), m_wheel, hasFocus());
}

} // namespace jiffy::ui

#include "moc_base_switch.cpp"
