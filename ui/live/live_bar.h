// SPDX-License-Identifier: GPL-3.0-or-later
// The bar over the views while something is performed on this machine, and after it: which process, for how long, a
// button that stops it, and how late everything really is beside the model's run of the same workload.
#pragma once

#include "ui/live/figures.h"
#include "ui/theme/theme_provider.h"

#include <QFrame>

#include <array>

class QLabel;
class QPushButton;

namespace jiffy::ui
{

/// One distribution with its words: the higher the box, the taller the bars; a high one has a scale, too.
void paintFigure(QPainter& painter, const QRectF& box, const Figure& figure, const Look& look);

/// Paints one distribution with its words.
class FigureCell : public QWidget
{
    Q_OBJECT

  public:
    FigureCell(const ThemeProvider& theme, QWidget* parent);
    void setFigure(Figure figure);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const ThemeProvider& m_theme;
    Figure m_figure;
};

class LiveBar : public QFrame
{
    Q_OBJECT

  public:
    LiveBar(const ThemeProvider& theme, QWidget* parent);

    /// While it runs: what is performed and which process does it.
    void showRunning(const QString& what);
    void setElapsed(const QString& text);
    /// Stop was pressed; it takes a moment.
    void showStopping();
    void showEnded(const QString& text);
    /// One without a title is not shown.
    void setFigures(std::array<Figure, 4> figures);

  Q_SIGNALS:
    void stopAsked();
    void closed();

  private:
    void applyTheme();

    const ThemeProvider& m_theme;
    QLabel* m_mark;
    QLabel* m_what;
    QLabel* m_elapsed;
    QPushButton* m_button;
    std::array<FigureCell*, 4> m_cells{};
    bool m_isRunning = false;
};

} // namespace jiffy::ui
