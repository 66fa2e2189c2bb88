// SPDX-License-Identifier: GPL-3.0-or-later
// The columns and plots of the compare view as a widget: paints a scene that it is given, and tells what was
// clicked, dragged or chosen by keys. Up and Down go from one thing that can be clicked to the next, Enter
// clicks it; Left and Right are time, as everywhere. GUI thread.
#pragma once

#include "ui/compare/columns/column.h"
#include "ui/compare/compare_painter.h"
#include "ui/compare/plots.h"
#include "ui/theme/theme_provider.h"

#include <QWidget>

namespace jiffy::ui
{

class CompareCanvas : public QWidget
{
    Q_OBJECT

  public:
    CompareCanvas(const ThemeProvider& theme, QWidget* parent);

    /// Everything at once. plots: without lanes for none; they refer to insights that outlive this.
    void show(CompareScene scene, std::vector<ColumnScene> structures, PlotsInput plots);
    void clear();
    bool isEmpty() const { return m_scene.columns.empty(); }
    void setSelected(core::TimerId timer);

    const CompareScene& scene() const { return m_scene; }
    const PlotsInput& plots() const { return m_plots; }
    /// For a box of that size, as paint() lays it out.
    CompareLayout layoutFor(QSizeF size) const
    {
        return compareLayout(size, m_theme.look().scale, m_scene.columns.size());
    }
    void paint(QPainter& painter, const QRectF& box, bool isVector) const;
    /// What can be reached by Up and Down, column by column.
    std::vector<CompareHit> stops() const;
    QString textOf(const CompareHit& hit) const;
    std::optional<CompareHit> focused() const { return m_marks.focused; }

  Q_SIGNALS:
    void titleClicked(std::size_t column);
    void counterClicked(std::size_t column, int row);
    /// By so many jiffies.
    void insertionDragged(std::int64_t by);
    void insertionClicked();
    void timerClicked(jiffy::core::TimerId timer);
    void tickClicked(std::size_t lane, std::uint64_t tick, std::optional<std::uint64_t> event);
    void plotKindAsked(jiffy::ui::PlotKind kind);
    void rangeChanged(jiffy::ui::TickRange range);
    /// The tick under the pointer while the plots are scrubbed.
    void scrubbed(std::uint64_t tick);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

  private:
    enum class Drag
    {
        None,
        Insertion,
        Scrub,
        Pan
    };
    void layOut();
    void hover(QPointF at);
    void trigger(const CompareHit& hit);
    void moveFocus(int by);
    bool isOnNumber(const CompareHit& hit, QPointF at) const;
    core::TimerId timerAt(const CompareHit& hit, QPointF at) const;
    void scrubTo(double x);
    void drawPlotTitle(QPainter& painter, const PlotsLayout& layout, bool isSwitch) const;

    const ThemeProvider& m_theme;
    CompareScene m_scene;
    std::vector<ColumnScene> m_structures;
    PlotsInput m_plots;
    CompareLayout m_layout;
    PlotsLayoutPtr m_plotsLayout; ///< null: none
    CompareMarks m_marks;
    core::TimerId m_selected;
    Drag m_drag = Drag::None;
    QPointF m_pressed;
    double m_dragged = 0; ///< jiffies that have not been told of yet
    TickRange m_rangeThen;
};

} // namespace jiffy::ui
