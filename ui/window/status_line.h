// SPDX-License-Identifier: GPL-3.0-or-later
// The window's last row: where the playhead stands in the run, what the shapes mean, and the first keys to know.
#pragma once

#include "core/timers/algorithm.h"
#include "ui/theme/theme_provider.h"

#include <QWidget>

namespace jiffy::ui
{

class StatusLine : public QWidget
{
    Q_OBJECT

  public:
    StatusLine(const ThemeProvider& theme, QWidget* parent);

    void setText(const QString& text);
    /// What its middle explains: the shapes of the wheel, or what is pale of tgtd's.
    /// mayFault: its scenario provokes faults, so one rule is not asked.
    void setDaemon(bool isDaemon, bool mayFault = false);
    /// Whose shapes they are.
    void setTimers(core::TimerAlgorithm timers);
    /// The self-check of the state in sight, at the left: a tick before it, or a warning. Empty: not known.
    /// tip: what it means, instead of what the self-check looks at.
    void setCheck(const QString& text, bool holds, const QString& tip = {});
    /// Words instead of the shapes in the middle; empty: the shapes.
    void setLegend(const QString& text);
    /// A widget that stands in the middle, in the shapes' place, while it is not hidden; to be told when it changes its size
    /// (placeMiddle()).
    void setMiddle(QWidget* widget);
    void placeMiddle();

  Q_SIGNALS:
    void checkClicked(); ///< on the self-check's text

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    double keysLeft() const;
    double textLeft() const;
    QString checkTip() const;
    void applyTheme();

    const ThemeProvider& m_theme;
    QWidget* m_middle = nullptr; ///< may be null: none was set
    QString m_text, m_check, m_tip, m_legend;
    core::TimerAlgorithm m_timers = core::TimerAlgorithm::Wheel39;
    bool m_holds = true;
    bool m_isDaemon = false, m_mayFault = false;
    double m_checkEnd = 0; ///< where the self-check's text ends
};

} // namespace jiffy::ui
