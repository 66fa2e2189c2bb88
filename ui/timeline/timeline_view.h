// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline: an overview of the whole run, a ruler of jiffies, one lane a CPU with its fires and moves, and the
// playhead. Click or drag moves the playhead, the wheel zooms at the pointer, with Shift it pans.
//
// QCustomPlot gives range, layers and vector export; lanes are a plottable of our own that paints one bar a pixel at
// most. The playhead is on a buffered layer: moving it repaints nothing else.
#pragma once

#include "core/insight/pyramid.h"
#include "core/run/snapshot.h"
#include "ui/theme/theme_provider.h"
#include "ui/timeline/layout.h"
#include "ui/view/view.h"

#include <QWidget>

#include <memory>

namespace jiffy::ui
{

class TickTable;

class TimelineView : public View
{
    Q_OBJECT

  public:
    TimelineView(const ThemeProvider& theme, QWidget* parent);
    ~TimelineView() override;

    void reset(const core::InputsPtr& inputs, const core::Snapshot& snapshot) override;
    void extend(const core::Snapshot& snapshot) override;
    void showMoment(const Moment& moment) override;
    void setPlayhead(std::uint64_t tick);
    /// The CPU whose name stands out.
    void setCpu(int cpu) override;

    TickRange range() const;
    void setRange(TickRange range);
    void zoomIn();
    void zoomOut();
    void fit();

    /// Paints the timeline as it stands into a rectangle of any size: for exports, text as text.
    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;
    /// The ticks in which something happened.
    QAbstractItemModel* table() override;
    QSize sizeHint() const override;

  Q_SIGNALS:
    void scrubStarted();
    /// The user wants the playhead at that tick.
    void tickChosen(std::uint64_t tick);

  private:
    class Plot;
    TickTable* m_table = nullptr; ///< made when it is first asked for
    std::unique_ptr<Plot> m_plot; // a child widget too; goes before this does
};

} // namespace jiffy::ui
