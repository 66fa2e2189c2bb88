// SPDX-License-Identifier: GPL-3.0-or-later
// What the user does with the timeline: mouse, wheel and keys.
#include "ui/timeline/hover.h"
#include "ui/timeline/recorded_hover.h"
#include "ui/timeline/strip_hover.h"
#include "ui/timeline/timeline_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr double dragBegins = 4;      ///< pixels before a press is a drag
constexpr double partsShowAt = 24;    ///< pixels a tick from which on a click finds a place within it
constexpr double keyPan = .25;        ///< of what is in sight

/// Keys by their place on the keyboard, so that W A S D lie together on any layout. Codes of X11 and Wayland; where there
/// are none (tests, other systems), the letters.
enum class Place
{
    None,
    W,
    A,
    S,
    D
};
Place placeOf(const QKeyEvent& e)
{
    switch (e.nativeScanCode()) {
    case 25: return Place::W;
    case 38: return Place::A;
    case 39: return Place::S;
    case 40: return Place::D;
    case 0: break;
    default: return Place::None;
    }
    switch (e.key()) {
    case Qt::Key_W: return Place::W;
    case Qt::Key_A: return Place::A;
    case Qt::Key_S: return Place::S;
    case Qt::Key_D: return Place::D;
    default: return Place::None;
    }
}

} // namespace

// ---- seeking

/// At most one seek a turn of the event loop: a fast hand moves on faster than a long run can follow.
void TimelineView::seekSoon(core::Position position)
{
    m_wanted = position;
    if (!m_seekTimer.isActive()) m_seekTimer.start();
}

/// To the end of the tick under x; where ticks are wide, to the place within it.
void TimelineView::seekTo(double x, const TimeScale& scale)
{
    if (!m_desk.session.isOpen()) return;
    const double clamped = std::clamp(x, scale.left, scale.right);
    const auto tick = std::min(scale.tickAt(clamped), m_endTicks);
    auto& history = m_desk.session.history();
    if (m_times) return seekSoon(m_times->lastAt(history, StripScale(scale, m_inputs->machine.hz).at(clamped)));
    auto to = history.lastOfTick(tick);
    if (scale.pixelsPerTick() >= partsShowAt && to.tick == 0) {
        const auto before = tick == 0 ? core::Position{} : history.lastOfTick(tick - 1);
        const double share = (clamped - scale.leftOf(static_cast<double>(tick))) / scale.pixelsPerTick();
        if (to.event > before.event) {
            const auto n = static_cast<double>(to.event - before.event);
            to.event = before.event + static_cast<std::uint64_t>(std::clamp(std::ceil(share * n), 1.0, n));
        }
    }
    seekSoon(to);
}

std::uint64_t TimelineView::snappedTick(double x, Qt::KeyboardModifiers modifiers) const
{
    const auto s = scaleOf(width());
    const double at = std::clamp(x, s.left, s.right);
    if ((modifiers & Qt::AltModifier) != 0) return std::min(s.tickAt(at), m_endTicks);
    auto candidates = m_daemon ? daemonInstantsNear(s, at) : busyTicksNear(m_pyramid, s, at);
    candidates.push_back(m_playhead.tick);
    const double reach = look().px(snapReach);
    for (std::size_t i = 0; i < m_lives.size(); ++i) {
        if (const auto* joint = jointNear(m_lives[i], s, at, reach)) candidates.push_back(joint->tick);
        if (const auto plan = lifePicture(m_lives[i], m_geometry, s, m_playhead, m_endTicks).plan) candidates.push_back(plan->tick);
    }
    return std::min(snapped(s, at, reach, candidates), m_endTicks);
}

// ---- mouse

bool TimelineView::pressMarker(QPointF at)
{
    const auto s = scene();
    if (m_markers.b && flagBox(s, *m_markers.b).adjusted(-3, -3, 3, 3).contains(at)) m_drag = Drag::MarkerB;
    else if (m_markers.a && flagBox(s, *m_markers.a).adjusted(-3, -3, 3, 3).contains(at)) m_drag = Drag::MarkerA;
    else return false;
    return true;
}

/// The pill with the time, or the line below it in the ruler. Over the lanes a press finds what stands there.
bool TimelineView::isOnPlayhead(QPointF at, const TimelineScene& s) const
{
    if (!s.isPlayheadInSight() || at.y() < s.rows.rulerTop || at.y() >= s.rows.lanes.top) return false;
    return playheadPill(s).contains(at) || std::abs(at.x() - s.playheadX) <= look().px(4);
}

void TimelineView::pressHeader(QPointF at, const TimelineRows& rows)
{
    if (m_daemon) {
        const int item = rows.lives.rowAt(at.y());
        if (item >= 0 && static_cast<std::size_t>(item) < m_daemon->items().size())
            m_desk.selection.selectTimer(m_daemon->items()[static_cast<std::size_t>(item)]);
        return;
    }
    if (const int cpu = rows.lanes.rowAt(at.y()); cpu >= 0) m_desk.selection.selectCpu(cpu);
    const int row = rows.lives.rowAt(at.y());
    if (row >= 0 && static_cast<std::size_t>(row) < m_shownTimers.size())
        m_desk.selection.selectTimer(m_shownTimers[static_cast<std::size_t>(row)]);
}

void TimelineView::mousePressEvent(QMouseEvent* event)
{
    if (!m_inputs) return event->ignore();
    const auto at = event->position();
    const auto s = scene();
    m_pressed = m_last = at;
    m_hasMoved = false;
    m_drag = Drag::None;
    const bool pans = event->button() == Qt::MiddleButton ||
                      (event->button() == Qt::LeftButton && (event->modifiers() & Qt::ShiftModifier) != 0);
    if (pans) {
        m_drag = Drag::Pan;
        setCursor(Qt::ClosedHandCursor);
        return;
    }
    if (event->button() != Qt::LeftButton) return event->ignore();
    if (at.x() < s.scale.left - look().px(8) && at.y() >= s.rows.lanes.top) return pressHeader(at, s.rows);
    for (const auto& [stack, drag] : {std::pair(&s.rows.lanes, Drag::LaneThumb), std::pair(&s.rows.lives, Drag::LifeThumb)})
        if (stack->maxScroll() > 0 && at.x() >= s.size.width() - look().px(thumbStrip) && at.y() >= stack->top &&
            at.y() < stack->top + stack->height) {
            m_drag = drag;
            return update();
        }
    if (pressMarker(at)) return;
    if (isOnPlayhead(at, s)) {
        // It goes with the hand from where it is taken hold of.
        m_drag = Drag::Playhead;
        m_grip = at.x() - s.playheadX;
        Q_EMIT scrubStarted();
        return;
    }
    if (at.x() < s.scale.left - look().px(8)) return;
    if (at.y() < s.rows.rulerTop) {
        const auto view = viewportBox(s.whole, m_range, look().px(8));
        const bool isInside = !view.isWhole && at.x() >= view.from - 2 && at.x() <= view.to + 2;
        m_drag = isInside ? Drag::Viewport : Drag::OverviewScrub;
        if (isInside) return update();
    } else if (at.y() < s.rows.lanes.top) {
        m_drag = Drag::Area; // a click seeks, when it is let go
        return;
    } else {
        m_drag = Drag::Scrub;
        if (m_daemon && pressDaemon(at, s)) return;
        if (m_activity && pressStrip(at, s)) return;
        pressRecorded(at, s);
        // A joint of a line is an event, and the click finds it exactly.
        const int row = s.rows.lives.rowAt(at.y());
        if (row >= 0 && static_cast<std::size_t>(row) < m_lives.size()) {
            if (const auto* joint = jointNear(m_lives[static_cast<std::size_t>(row)], s.scale, at.x(), look().px(6))) {
                Q_EMIT scrubStarted();
                return seekSoon({joint->event + 1, 0, 0});
            }
        }
    }
    Q_EMIT scrubStarted();
    seekTo(at.x(), m_drag == Drag::OverviewScrub ? s.whole : s.scale);
}

/// A block that begins here, or a wake-up, is an event: the click finds it exactly, and selects its timer. What is wide is
/// a stretch of time, as any other place of the lane.
bool TimelineView::pressStrip(QPointF at, const TimelineScene& s)
{
    const int cpu = s.rows.lanes.rowAt(at.y());
    if (cpu < 0) return false;
    m_desk.selection.selectCpu(cpu);
    const auto hit = stripHit(s, cpu, at.x());
    if (!hit) return false;
    if (hit->timer.isValid()) m_desk.selection.selectTimer(hit->timer);
    Q_EMIT scrubStarted();
    seekSoon({hit->event + 1, 0, 0});
    return true;
}

/// What a recording shows is no event of the run: the click goes to its jiffy, and selects its timer.
void TimelineView::pressRecorded(QPointF at, const TimelineScene& s)
{
    if (const auto timer = recordedTimerAt(s, at)) m_desk.selection.selectTimer(*timer);
}

void TimelineView::dragTo(QPointF at, Qt::KeyboardModifiers modifiers)
{
    const auto s = scaleOf(width());
    auto whole = s;
    whole.range = wholeRun(m_endTicks);
    const double dx = at.x() - m_last.x();
    switch (m_drag) {
    case Drag::None: return;
    case Drag::Scrub: return seekTo(at.x(), s);
    case Drag::Playhead: return seekTo(at.x() - m_grip, s);
    case Drag::OverviewScrub: return seekTo(at.x(), whole);
    case Drag::Viewport: return applyRange(moved(m_range, dx * whole.ticksPerPixel(), m_endTicks), true);
    case Drag::Pan: return applyRange(moved(m_range, -dx * s.ticksPerPixel(), m_endTicks), true);
    case Drag::Area: {
        const auto one = static_cast<double>(snappedTick(m_pressed.x(), modifiers)), other = static_cast<double>(snappedTick(at.x(), modifiers));
        return applyArea(one == other ? std::nullopt : std::optional(TickRange{std::min(one, other), std::max(one, other)}));
    }
    case Drag::LaneThumb:
    case Drag::LifeThumb: {
        const bool isLives = m_drag == Drag::LifeThumb;
        const auto rows = rowsFor(QSizeF(size()));
        const auto& stack = isLives ? rows.lives : rows.lanes;
        return scrollRows(isLives, (at.y() - m_last.y()) * stack.contentHeight() / std::max(1.0, stack.height));
    }
    case Drag::MarkerA:
    case Drag::MarkerB: {
        auto markers = m_markers;
        (m_drag == Drag::MarkerA ? markers.a : markers.b) = snappedTick(at.x(), modifiers);
        return setMarkers(markers);
    }
    }
}

void TimelineView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_inputs) return;
    const auto at = event->position();
    if (m_drag == Drag::None) {
        const auto s = scene();
        const bool isFlag = (m_markers.a && flagBox(s, *m_markers.a).contains(at)) || (m_markers.b && flagBox(s, *m_markers.b).contains(at));
        const auto view = viewportBox(s.whole, m_range, look().px(8));
        const bool isViewport = at.y() < s.rows.rulerTop && !view.isWhole && at.x() >= view.from && at.x() <= view.to;
        const bool isRuler = at.x() >= s.scale.left && at.y() >= s.rows.rulerTop && at.y() < s.rows.lanes.top;
        const bool isHeader = at.x() < s.scale.left - look().px(8) && at.y() >= s.rows.lanes.top;
        setCursor(isFlag || isOnPlayhead(at, s) ? Qt::SizeHorCursor : isViewport ? Qt::OpenHandCursor : isRuler ? Qt::IBeamCursor : isHeader ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    if (!m_hasMoved && (at - m_pressed).manhattanLength() < dragBegins) return;
    m_hasMoved = true;
    dragTo(at, event->modifiers());
    m_last = at;
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event)
{
    const auto was = std::exchange(m_drag, Drag::None);
    unsetCursor();
    update();
    if (m_hasMoved || !m_inputs) return;
    if (was != Drag::Area && was != Drag::Viewport) return;
    // A click, not a drag.
    auto s = scaleOf(width());
    if (was == Drag::Viewport) s.range = wholeRun(m_endTicks);
    else applyArea({});
    Q_EMIT scrubStarted();
    seekTo(event->position().x(), s);
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const auto rows = rowsFor(QSizeF(size()));
    const auto at = event->position();
    if (at.y() >= rows.rulerTop && at.y() < rows.lanes.top && event->button() == Qt::LeftButton) return fit();
    mousePressEvent(event);
}

void TimelineView::wheelEvent(QWheelEvent* event)
{
    if (!m_inputs) return event->ignore();
    const auto s = scaleOf(width());
    const auto at = event->position();
    const auto delta = event->angleDelta();
    event->accept();
    if (at.x() < s.left - look().px(8) && delta.y() != 0)
        return scrollRows(at.y() >= rowsFor(QSizeF(size())).lives.top, -delta.y() / 120.0 * 3 * look().px(19));
    // Alt or a sideways wheel give the notches in x; Shift does so on some systems.
    const double notches = (delta.y() != 0 ? delta.y() : delta.x()) / 120.0;
    if (notches == 0) return;
    if ((event->modifiers() & Qt::ShiftModifier) != 0 || delta.y() == 0)
        applyRange(moved(m_range, -notches * m_range.size() / 8, m_endTicks), true);
    else
        applyRange(zoomed(s, at.x(), std::pow(zoomStep, notches), m_endTicks), true);
}

void TimelineView::scrollRows(bool isLives, double pixels)
{
    auto rows = rowsFor(QSizeF(size()));
    const auto& stack = isLives ? rows.lives : rows.lanes;
    // Kept as it is, so that a slow hand gets to the next row of a stack that goes by whole ones.
    auto& scroll = isLives ? m_lifeScroll : m_laneScroll;
    scroll = std::clamp(std::min(scroll, stack.maxScroll()) + pixels, 0.0, stack.maxScroll());
    dirty();
}

// ---- keys

bool TimelineView::moveByKey(QKeyEvent* event)
{
    const double pan = m_range.size() * keyPan;
    switch (placeOf(*event)) {
    case Place::W: zoomIn(); return true;
    case Place::S: zoomOut(); return true;
    case Place::A: applyRange(moved(m_range, -pan, m_endTicks), true); return true;
    case Place::D: applyRange(moved(m_range, pan, m_endTicks), true); return true;
    case Place::None: return false;
    }
    return false;
}

/// To the next, or the previous, event of the lane that is looked at: the selected timer's line, or a CPU's lane.
void TimelineView::toNeighbour(int direction)
{
    auto& session = m_desk.session;
    if (!session.isOpen()) return;
    Q_EMIT scrubStarted();
    if (m_daemon) return toDaemonNeighbour(direction);
    for (std::size_t i = 0; i < m_lifeRows.size(); ++i) {
        if (!m_lifeRows[i].isSelected) continue;
        const auto joints = m_lives[i].joints();
        const auto n = m_lives[i].jointsBefore(m_playhead.event); // joints behind the playhead
        if (direction > 0 && n < joints.size()) return session.seek({joints[n].event + 1, 0, 0});
        // The playhead may stand right behind the last one: back means to the one before it.
        const bool isAtLast = n > 0 && joints[n - 1].event + 1 == m_playhead.event && !m_present.isInRun();
        const auto back = isAtLast ? n - 1 : n;
        if (direction < 0 && back > 0) session.seek({joints[back - 1].event + 1, 0, 0});
        return;
    }
    const int cpu = m_desk.selection.cpu() >= 0 ? m_desk.selection.cpu() : m_cpu;
    if (cpu >= m_pyramid.cpus()) return;
    const auto tick = direction > 0 ? m_pyramid.nextBusy(cpu, m_playhead.tick) : m_pyramid.previousBusy(cpu, m_playhead.tick);
    if (tick) session.seekTick(*tick);
}

/// Up and Down: CPUs, then timers, in the order in which they stand.
void TimelineView::moveSelection(int direction)
{
    if (m_daemon) return moveDaemonSelection(direction);
    const int cpus = m_pyramid.cpus(), all = cpus + static_cast<int>(m_shownTimers.size());
    int at = -1;
    if (const int cpu = m_desk.selection.cpu(); cpu >= 0) at = cpu;
    for (std::size_t i = 0; i < m_shownTimers.size(); ++i)
        if (m_shownTimers[i] == m_desk.selection.timer()) at = cpus + static_cast<int>(i);
    if (at < 0) at = direction > 0 ? m_cpu - 1 : m_cpu + 1;
    at = std::clamp(at + direction, 0, all - 1);
    if (at < cpus) m_desk.selection.selectCpu(at);
    else m_desk.selection.selectTimer(m_shownTimers[static_cast<std::size_t>(at - cpus)]);
}

void TimelineView::keyPressEvent(QKeyEvent* event)
{
    const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == 0;
    if (!m_inputs || !isPlain) return View::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Period: return toNeighbour(+1);
    case Qt::Key_Comma: return toNeighbour(-1);
    case Qt::Key_Up: return moveSelection(-1);
    case Qt::Key_Down: return moveSelection(+1);
    case Qt::Key_PageUp: return scrollRows(false, -rowsFor(QSizeF(size())).lanes.height);
    case Qt::Key_PageDown: return scrollRows(false, rowsFor(QSizeF(size())).lanes.height);
    case Qt::Key_Z: return undoZoom();
    case Qt::Key_Escape:
        if (m_area) return applyArea({});
        break;
    default: break;
    }
    if (!moveByKey(event)) View::keyPressEvent(event);
}

} // namespace jiffy::ui
