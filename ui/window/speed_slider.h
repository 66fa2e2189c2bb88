// SPDX-License-Identifier: GPL-3.0-or-later
// How fast play goes: a logarithmic slider, 1 to 10,000 a second, with what that means written above and below.
#pragma once

#include "ui/theme/theme_provider.h"

#include <QAbstractSlider>

namespace jiffy::ui
{

/// value() runs 0..400, a hundred steps a decade. Left and right arrows stay with time; up and down move it.
class SpeedSlider : public QAbstractSlider
{
    Q_OBJECT

  public:
    SpeedSlider(const ThemeProvider& theme, QWidget* parent);

    void setSpeed(double speed);
    double speed() const { return m_speed; }
    /// What the speed counts: ticks of a machine with that many a second, or (hz = 0) steps; or time, with that many
    /// units a second of real time.
    void setMeaning(double hz, bool isTime = false);

    static double speedOf(int value);
    static int valueOf(double speed);
    /// "4 ticks per second" and "62 times slower than real".
    static QString headline(double speed, double hz);
    static QString comparison(double speed, double hz);
    /// "0.5 s per second", of virtual time.
    static QString headlineOfTime(double seconds);

    QSize sizeHint() const override;

  Q_SIGNALS:
    void speedChosen(double speed);
    void realTimeChosen(); ///< double click

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void choose(double x);
    QString shownHeadline() const { return m_isTime ? headlineOfTime(m_speed / m_hz) : headline(m_speed, m_hz); }
    double trackWidth() const { return m_theme.look().px(132); }

    const ThemeProvider& m_theme;
    double m_speed = 1;
    double m_hz = 0;
    bool m_isTime = false;
};

} // namespace jiffy::ui
