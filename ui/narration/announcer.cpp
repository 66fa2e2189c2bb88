// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/narration/announcer.h"

#include <QAccessible>
#include <QTimerEvent>
#include <QWidget>

#include <algorithm>

namespace jiffy::ui
{

Announcer::Announcer(QWidget* widget, Voice voice) : QObject(widget), m_widget(widget), m_voice(voice) {}

void Announcer::say(const QString& text)
{
    const bool isStream = m_sinceOffered.isValid() && m_sinceOffered.elapsed() < streamMs;
    m_sinceOffered.start();
    if (text == m_said && !m_wait.isActive()) return;
    m_next = text;
    if (!isStream) return utter();
    if (m_wait.isActive()) return;
    const auto since = m_sinceUttered.isValid() ? m_sinceUttered.elapsed() : betweenMs;
    if (since >= betweenMs) return utter();
    m_wait.start(static_cast<int>(betweenMs - since), this);
}

void Announcer::utter()
{
    m_wait.stop();
    m_sinceUttered.start();
    if (m_next == m_said) return;
    m_said = m_next;
    ++m_count;
    m_widget->setAccessibleName(m_said); // tells of the new name by itself
    if (m_voice == Voice::Alert) {
        QAccessibleEvent alert(m_widget, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void Announcer::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_wait.timerId()) utter();
}

} // namespace jiffy::ui

#include "moc_announcer.cpp"
