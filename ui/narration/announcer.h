// SPDX-License-Identifier: GPL-3.0-or-later
// Says a sentence to those who listen: it becomes the accessible name of a widget, which tells screen
// readers. Steps taken one by one are said at once; a stream of them (playing, a key held down) is said once
// a second, always the latest. GUI thread.
#pragma once

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QObject>
#include <QString>

class QWidget;

namespace jiffy::ui
{

class Announcer : public QObject
{
    Q_OBJECT

  public:
    enum class Voice
    {
        Name,  ///< the name changes: heard where the focus is
        Alert, ///< and it is said wherever the focus is
    };
    /// `widget` owns it.
    Announcer(QWidget* widget, Voice voice);

    void say(const QString& text);
    /// What was said last.
    const QString& said() const { return m_said; }
    /// How often it spoke so far.
    int count() const { return m_count; }

    static constexpr int streamMs = 600;   ///< sentences nearer than this make a stream
    static constexpr int betweenMs = 1000; ///< from one utterance to the next in a stream

  protected:
    void timerEvent(QTimerEvent* event) override;

  private:
    void utter();

    QWidget* m_widget;
    Voice m_voice;
    QString m_next, m_said;
    QElapsedTimer m_sinceOffered, m_sinceUttered;
    QBasicTimer m_wait;
    int m_count = 0;
};

} // namespace jiffy::ui
