// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline: an overview of the whole run, a ruler of jiffies, one lane a CPU with its fires and moves, the lines of
// single timers, lanes of other futures, markers and the playhead. Of a run of tgtd the ruler is in seconds, and the rows
// are those of daemon_painter.h; frame and conduct are the same (timeline_daemon.cpp).
//
// A click moves the playhead, a drag scrubs; on the ruler a drag measures a stretch; in the overview the window in sight
// can be moved. The wheel zooms at the pointer, with Shift it pans, over the names it scrolls. What does not change with
// the playhead is kept as an image (paintFloor), the rest is painted over it (paintPresent). GUI thread.
//
// Of a machine of CPUs a lane is a strip of what its CPU does (strip_painter.h), time goes on within ticks, and so do clicks.
// Of the replay of a recording each lane has below it a strip of what that CPU did on the machine (recorded_strip.h).
#pragma once

#include "core/history/time_index.h"
#include "ui/timeline/daemon_painter.h"
#include "ui/timeline/daemon_run.h"
#include "ui/timeline/ghosts.h"
#include "ui/timeline/lives.h"
#include "ui/timeline/scene.h"
#include "ui/view/view.h"

#include <QImage>
#include <QTimer>
#include <QVariantAnimation>

#include <optional>

class QIdentityProxyModel;
class QToolButton;

namespace jiffy::ui
{

class ActivityTable;
class TickTable;
class WorkTable;

class TimelineView : public View
{
    Q_OBJECT

  public:
    TimelineView(const Desk& desk, QWidget* parent);
    ~TimelineView() override;

    void reset(const core::InputsPtr& inputs, const core::Snapshot& snapshot) override;
    void extend(const core::Snapshot& snapshot) override;
    void showMoment(const Moment& moment) override;
    /// The CPU whose name stands out, and whose next timers are shown where nobody has chosen others.
    void setCpu(int cpu) override;
    /// For pictures of a run that no session has open: nothing is planned, no timer has a line.
    void setPlayhead(core::Position at, std::uint64_t tick) { placePlayhead(at, tick, 0); }

    TickRange range() const { return m_range; }
    void setRange(TickRange range);
    void zoomIn() { zoomAtPlayhead(zoomStep); }
    void zoomOut() { zoomAtPlayhead(1 / zoomStep); }
    void fit();
    /// The measured stretch, or the selected timer's life; all of the run without either.
    void fitSelection();
    void undoZoom();
    bool canUndoZoom() const { return !m_zooms.empty(); }

    const Markers& markers() const { return m_markers; }
    void setMarkers(const Markers& markers);
    std::uint64_t playheadTick() const { return m_playhead.tick; }
    std::optional<TickRange> area() const { return m_area; }
    /// About the stretch that is measured; empty: none is.
    QString note() const;
    /// The timers with a line, in order.
    const std::vector<core::TimerId>& shownTimers() const { return m_shownTimers; }

    /// What is at a place, in words; empty: nothing to say.
    QString wordsAt(QPointF at) const;
    TimelineScene scene() const { return sceneFor(QSizeF(size())); }

    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;
    QSize sizeHint() const override;
    QAbstractItemModel* table() override;

  Q_SIGNALS:
    void scrubStarted();
    void markersChanged();
    void rangeChanged();
    void noteChanged();

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    // timeline_input.cpp
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    static constexpr double zoomStep = 1.25;
    enum class Drag
    {
        None,
        Scrub,
        Playhead,
        OverviewScrub,
        Viewport,     ///< the window in sight, in the overview
        Area,         ///< on the ruler
        Pan,
        MarkerA,
        MarkerB,
        LaneThumb, ///< of the lanes, at the right edge
        LifeThumb
    };

    const Look& look() const { return m_desk.theme.look(); }
    /// The replay of a recording whose CPUs have strips.
    bool hasRecorded() const { return m_inputs && m_inputs->recorded && !m_activity && !m_daemon; }
    TimeScale scaleOf(double width) const { return scaleFor(look(), width, m_range, m_activity != nullptr); }
    void placePlayhead(core::Position at, std::uint64_t tick, std::uint64_t offset);
    TimelineScene sceneFor(QSizeF size) const;
    TimelineRows rowsFor(QSizeF size) const;
    void buildControls();
    void applyTheme();
    void dirty();      ///< the floor must be painted anew
    void dirtyLanes(); ///< all of it but the names
    void glideTo(double place, bool isStep);
    void placeFirst();
    bool showsWhole() const;
    void plan(const core::World& world);
    void chooseTimers(const core::World& world, bool isJump, const std::vector<core::TimerId>& recent);
    void showGhosts();
    void showRows();
    void updateNow();
    bool isBusy(std::uint64_t tick) const;
    void applyRange(TickRange range, bool isUndoable);
    void zoomAtPlayhead(double factor);
    void applyArea(std::optional<TickRange> area);

    // timeline_input.cpp
    void seekTo(double x, const TimeScale& scale);
    void seekSoon(core::Position position);
    bool pressMarker(QPointF at);
    bool pressStrip(QPointF at, const TimelineScene& scene);
    void pressRecorded(QPointF at, const TimelineScene& scene);
    bool isOnPlayhead(QPointF at, const TimelineScene& scene) const;
    void pressHeader(QPointF at, const TimelineRows& rows);
    void dragTo(QPointF at, Qt::KeyboardModifiers modifiers);
    std::uint64_t snappedTick(double x, Qt::KeyboardModifiers modifiers) const;
    bool moveByKey(QKeyEvent* event);
    void toNeighbour(int direction);
    void moveSelection(int direction);
    void scrollRows(bool isLives, double pixels);

    // timeline_daemon.cpp
    void takeTwin();
    void showDaemonRows();
    void placeFirstDaemon();
    void chooseTable();
    bool pressDaemon(QPointF at, const TimelineScene& scene);
    void toDaemonNeighbour(int direction);
    void moveDaemonSelection(int direction);
    std::vector<std::uint64_t> daemonInstantsNear(const TimeScale& scale, double x) const;

    Desk m_desk;
    core::InputsPtr m_inputs;
    core::Geometry m_geometry;
    core::LogView m_log;
    core::CountPyramid m_pyramid;
    std::unique_ptr<core::CpuActivity> m_activity; ///< null: the run is not one of a machine of CPUs
    std::unique_ptr<core::TimeIndex> m_times;      ///< there where m_activity is
    std::uint64_t m_endTicks = 0, m_endTime = 0;
    TickRange m_range{0, 256};
    bool m_isPlaced = false; ///< the first range has been chosen
    bool m_isOwnRange = false; ///< the user has chosen another one
    std::vector<TickRange> m_zooms;
    qint64 m_lastZoom = 0;   ///< ms; notches of one turn of the wheel are one zoom

    Playhead m_playhead;
    PresentTick m_present;
    double m_shown = 0;      ///< where the playhead is drawn, in ticks
    QVariantAnimation m_glide;
    int m_cpu = 0;
    std::vector<std::vector<PlannedFires>> m_planned;

    Lives m_lives;
    NextTimers m_next;
    std::vector<core::TimerId> m_shownTimers;
    core::TimerId m_about; ///< what the last event was about
    std::vector<LifelineRow> m_lifeRows;
    GhostLanes m_ghostLanes;
    std::vector<GhostRow> m_ghosts;

    Markers m_markers;
    std::optional<TickRange> m_area;
    double m_laneScroll = 0, m_lifeScroll = 0;

    Drag m_drag = Drag::None;
    QPointF m_pressed, m_last;
    double m_grip = 0; ///< from the playhead to where it was taken hold of
    bool m_hasMoved = false;
    std::optional<core::Position> m_wanted; ///< a seek that waits for the next frame
    QTimer m_seekTimer;

    std::unique_ptr<DaemonRun> m_daemon; ///< null: a run of a wheel
    DaemonPicture m_daemonPicture;       ///< of the floor

    QIdentityProxyModel* m_table = nullptr; ///< made when it is first asked for; over one of the next three
    TickTable* m_ticks = nullptr;
    ActivityTable* m_activities = nullptr;
    WorkTable* m_work = nullptr;

    std::vector<LaneText> m_texts; ///< of the floor
    /// What the overview's marks were found for.
    struct OverviewKey
    {
        std::uint64_t events = 0, ticks = 0;
        double left = 0, right = 0;
        bool operator==(const OverviewKey&) const = default;
    };
    OverviewKey m_overviewKey;
    std::vector<OverviewMark> m_overview;
    QImage m_floor;
    bool m_isFloorDirty = true, m_areNamesDirty = true;
    bool m_showsFocus = false;
    QWidget* m_buttons = nullptr;
    QToolButton* m_undoButton = nullptr;
};

} // namespace jiffy::ui
