// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/overlay.h"

#include <QApplication>
#include <QFrame>
#include <QKeyEvent>
#include <QPainter>

namespace jiffy::ui
{

Overlay::Overlay(const ThemeProvider& theme, QWidget* parent) : QWidget(parent), m_theme(theme), m_panel(new QFrame(this))
{
    m_panel->setObjectName(QStringLiteral("panel"));
    hide();
    parent->installEventFilter(this);
    connect(&theme, &ThemeProvider::changed, this, [this] {
        applyTheme();
        placePanel();
    });
}

void Overlay::applyTheme()
{
    const auto& t = m_theme.theme();
    m_panel->setStyleSheet(QStringLiteral("#panel { background: %1; border: 1px solid %2; border-radius: %3px; }")
                               .arg(t.dock.name(), t.line2.name())
                               .arg(m_theme.look().px(12)));
}

void Overlay::open()
{
    m_before = QApplication::focusWidget();
    applyTheme();
    placePanel();
    raise();
    show();
    setFocus();
}

void Overlay::close()
{
    if (!isVisible()) return;
    hide();
    if (m_before) m_before->setFocus();
}

void Overlay::placePanel()
{
    setGeometry(parentWidget()->rect());
    m_panel->setGeometry(panelPlace(size()));
}

void Overlay::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    auto dim = m_theme.theme().win;
    dim.setAlphaF(.72F);
    p.fillRect(rect(), dim);
}

void Overlay::mousePressEvent(QMouseEvent*) { close(); }

void Overlay::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) close();
    else QWidget::keyPressEvent(event);
}

/// Keys are the overlay's own while it is open: nothing behind it moves.
bool Overlay::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

bool Overlay::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parent() && event->type() == QEvent::Resize && isVisible()) placePanel();
    return QWidget::eventFilter(watched, event);
}

} // namespace jiffy::ui

#include "moc_overlay.cpp"
