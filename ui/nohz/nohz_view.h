// SPDX-License-Identifier: GPL-3.0-or-later
// The tickless view: which CPUs had their ticks and which slept, what one catch-up did, and what the sleep saved and
// cost. Positions come from outside; a click seeks, or chooses a CPU. GUI thread.
#pragma once

#include "ui/nohz/painter.h"
#include "ui/view/view.h"

#include <QPixmap>

#include <memory>

namespace jiffy::ui
{

class Announcer;
class SleepTable;

class NohzView : public View
{
    Q_OBJECT

  public:
    explicit NohzView(const Desk& desk, QWidget* parent = nullptr);
    ~NohzView() override;

    void reset(const core::InputsPtr& inputs, const core::Snapshot& run) override;
    void extend(const core::Snapshot& run) override;
    void showMoment(const Moment& moment) override;
    void setCpu(int cpu) override;
    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;
    QAbstractItemModel* table() override;

    const NohzScene& scene() const { return m_scene; }
    const NohzLayout& layoutInSight() const { return m_layout; }
    const std::vector<NohzLane>& lanes() const { return m_lanes; }
    const Opened& opened() const { return m_opened; }
    TimeScale scale() const { return {m_layout.left, m_layout.right, m_range}; }
    void setRange(TickRange range);
    /// All of the run, or of a long one the neighbourhood of the playhead.
    void fit();
    /// What stands under a point, in words; empty: nothing that has any.
    QString tipAt(QPointF at) const;

    QSize minimumSizeHint() const override { return {320, 240}; }
    QSize sizeHint() const override { return {826, 580}; }

  Q_SIGNALS:
    void cpuPicked(int cpu);
    void scrubStarted(); ///< the playhead is moved by hand: play stops

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

  private:
    enum class Drag
    {
        None,
        Scrub,
        Turns,
        Pan
    };
    /// In sight, or shown as a table.
    bool isWatched() const { return isVisible() || m_table != nullptr; }
    void account();
    void showTable();
    void wake();
    void relayout();
    void relane();
    void showCpu();
    void showScene(const core::World& world, core::Position at);
    int cpuWanted() const;
    TickRange fittingRange() const;
    void followPlayhead();
    void pick(int cpu);
    void seek(core::Position at);
    void seekTick(double x);
    bool seekTurn(QPointF at);
    bool pressMark(QPointF at);
    const OpenedItem* itemAt(QPointF at) const;
    const NohzRow* rowAt(QPointF at) const;
    bool isOnMark(QPointF at) const;
    void toNeighbour(int direction);
    void scrollTo(int firstRow);

    const ThemeProvider& m_provider;
    Session& m_session;
    Selection& m_selection;
    Announcer* m_announcer;
    SleepTable* m_table = nullptr; ///< made when it is first asked for
    core::InputsPtr m_inputs;      ///< null: no machine of CPUs
    std::unique_ptr<core::CpuActivity> m_activity;
    std::unique_ptr<core::SleepAccounts> m_accounts;
    core::LogView m_log;
    std::uint64_t m_end = 0;       ///< periods of the run so far
    int m_cpu = 0;                 ///< that the window shows
    std::optional<int> m_pinned;   ///< the one that is selected
    NohzScene m_scene;
    NohzLayout m_layout;
    int m_firstRow = 0;
    TickRange m_range;
    bool m_isFit = true;           ///< the range follows the run
    bool m_isBehind = false;       ///< what came has not been looked at
    std::vector<NohzLane> m_lanes;
    Opened m_opened;
    QPixmap m_lanesPixmap;         ///< null: to be painted
    Drag m_drag = Drag::None;
    QPointF m_last;
};

} // namespace jiffy::ui
