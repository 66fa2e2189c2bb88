// SPDX-License-Identifier: GPL-3.0-or-later
// The processes of a machine of CPUs: a row each with its states over time, what every msleep() asked for and got, and who
// woke it; beside them a card a CPU with the process that it executes and those that wait for it. A click seeks; the wheel
// zooms at the pointer, with Shift it pans, over the names it scrolls. GUI thread.
#pragma once

#include "core/history/time_index.h"
#include "ui/processes/scene.h"
#include "ui/view/view.h"

#include <memory>

namespace jiffy::ui
{

class ProcessTable;

class ProcessesView : public View
{
    Q_OBJECT

  public:
    explicit ProcessesView(const Desk& desk, QWidget* parent = nullptr);
    ~ProcessesView() override;

    void reset(const core::InputsPtr& inputs, const core::Snapshot& snapshot) override;
    void extend(const core::Snapshot& snapshot) override;
    void showMoment(const Moment& moment) override;
    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;
    QAbstractItemModel* table() override;

    ProcessesScene scene() const { return sceneFor(QSizeF(size())); }
    /// Ticks in sight.
    TickRange range() const { return m_range; }
    /// All of a short run; of a long one what surrounds the playhead.
    void fit();

    QSize minimumSizeHint() const override { return {320, 240}; }
    QSize sizeHint() const override { return {826, 580}; }

  Q_SIGNALS:
    void scrubStarted(); ///< the playhead is moved by hand: play stops

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    ProcessesScene sceneFor(QSizeF size) const;
    TickRange fitting(double width) const;
    void seekTo(double x);
    void select(int row);
    void say();

    Desk m_desk;
    core::InputsPtr m_inputs;
    std::unique_ptr<core::ProcessStates> m_states; ///< null: nothing with processes is open
    std::unique_ptr<core::TimeIndex> m_times;
    std::uint64_t m_now = 0, m_end = 0, m_endTicks = 0;
    TickRange m_range{0, 16};
    bool m_isOwnRange = false; ///< the user has chosen it
    std::vector<CpuCard> m_cards;
    double m_scroll = 0;
    int m_selected = -1;
    bool m_showsFocus = false;
    ProcessTable* m_table = nullptr; ///< made when it is first asked for
};

} // namespace jiffy::ui
