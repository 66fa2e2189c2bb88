// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timeline_view.h"

#include "ui/tables/activity_table.h"
#include "ui/tables/tick_table.h"
#include "ui/tables/work_table.h"
#include "ui/timeline/daemon_hover.h"
#include "ui/timeline/hover.h"
#include "ui/timeline/planned.h"

#include <QDateTime>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QIdentityProxyModel>
#include <QToolButton>
#include <QToolTip>

#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr double firstZoom = 5;      ///< pixels a tick when a file opens
constexpr double wholeFrom = 3;      ///< pixels a tick that all of a run of a machine of CPUs must leave to open as a whole
constexpr int glideMs = 120;
constexpr std::size_t mostZooms = 64;
constexpr qint64 oneZoomMs = 700;
constexpr std::uint64_t mostTicks = 1ull << 62; ///< pixels are worked out in 64 signed bits; no run that anybody reads is longer

/// A curved arrow back.
QIcon undoIcon(const QColor& colour, double size, double ratio)
{
    QPixmap pixmap(QSizeF(size * ratio, size * ratio).toSize());
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter p(&pixmap);
    p.setRenderHint(QPainter::Antialiasing);
    p.scale(size / 16, size / 16);
    p.setPen(QPen(colour, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    QPainterPath path(QPointF(3, 6.5));
    path.lineTo(9.5, 6.5);
    path.cubicTo(15, 6.5, 15, 13, 9.5, 13);
    path.lineTo(6, 13);
    path.moveTo(6, 3.5);
    path.lineTo(3, 6.5);
    path.lineTo(6, 9.5);
    p.drawPath(path);
    return QIcon(pixmap);
}

} // namespace

TimelineView::TimelineView(const Desk& desk, QWidget* parent) : View(parent), m_desk(desk)
{
    setAccessibleName(tr("Timeline"));
    setAccessibleDescription(tr("A lane for each CPU, a line for each timer that is looked at. W and S zoom, A and D move, "
                                "comma and full stop go from event to event, Up and Down choose a lane."));
    setMinimumHeight(100);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    buildControls();
    m_glide.setDuration(glideMs);
    m_glide.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_glide, &QVariantAnimation::valueChanged, this, [this](const QVariant& v) {
        m_shown = v.toDouble();
        update();
    });
    m_seekTimer.setSingleShot(true);
    m_seekTimer.setInterval(0);
    connect(&m_seekTimer, &QTimer::timeout, this, [this] {
        if (m_wanted && m_desk.session.isOpen()) m_desk.session.seek(*std::exchange(m_wanted, std::nullopt));
    });
    connect(&desk.theme, &ThemeProvider::changed, this, &TimelineView::applyTheme);
    connect(&desk.session, &Session::branchesChanged, this, &TimelineView::showGhosts);
    connect(&desk.session.twin(), &Twin::reset, this, &TimelineView::takeTwin);
    connect(&desk.session.twin(), &Twin::extended, this, &TimelineView::takeTwin);
    connect(&desk.selection, &Selection::changed, this, &TimelineView::updateNow);
    connect(&desk.selection, &Selection::pinnedChanged, this, &TimelineView::updateNow);
    applyTheme();
}

TimelineView::~TimelineView() = default;

void TimelineView::buildControls()
{
    m_buttons = new QWidget(this);
    auto* row = new QHBoxLayout(m_buttons);
    row->setContentsMargins({});
    row->setSpacing(2);
    const auto add = [&](const QString& text, const QString& tip, void (TimelineView::*what)()) {
        auto* button = new QToolButton(m_buttons);
        button->setText(text);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::clicked, this, what);
        row->addWidget(button);
        return button;
    };
    add(QStringLiteral("−"), tr("Show a longer part of the timeline"), &TimelineView::zoomOut);
    add(QStringLiteral("+"), tr("Show a shorter part of the timeline"), &TimelineView::zoomIn);
    add(tr("all"), tr("Show the whole run in the timeline"), &TimelineView::fit);
    m_undoButton = add({}, tr("Back to the part that was shown before"), &TimelineView::undoZoom);
    m_undoButton->setEnabled(false);
}

void TimelineView::applyTheme()
{
    const auto& t = look().t();
    for (auto* button : m_buttons->findChildren<QToolButton*>()) {
        button->setFont(look().words(12, QFont::Medium));
        button->setMinimumSize(static_cast<int>(look().px(24)), static_cast<int>(look().px(24)));
    }
    m_undoButton->setIcon(undoIcon(m_undoButton->isEnabled() ? t.ink2 : t.line2, look().px(14), devicePixelRatioF()));
    m_undoButton->setIconSize(QSize(static_cast<int>(look().px(14)), static_cast<int>(look().px(14))));
    m_buttons->setStyleSheet(QStringLiteral("QToolButton { background: %1; color: %2; border: 1px solid %3; border-radius: 6px; padding: 0 3px; }"
                                            "QToolButton:hover { background: %4; }"
                                            "QToolButton:focus { border: 2px solid %5; }")
                                 .arg(t.raised.name(), t.ink2.name(), t.line2.name(), t.sunken.name(), t.ink.name()));
    m_buttons->adjustSize();
    m_buttons->move(static_cast<int>(look().px(headerLeft)), static_cast<int>(look().px(30)));
    updateGeometry();
    dirty();
}

QSize TimelineView::sizeHint() const
{
    return {static_cast<int>(look().px(900)), static_cast<int>(look().px(194))};
}

// ---- what is shown

void TimelineView::reset(const core::InputsPtr& inputs, const core::Snapshot& snapshot)
{
    const auto& machine = inputs->machine;
    const bool isDaemon = inputs->driver == core::Driver::Daemon;
    m_geometry = core::geometryOf(machine);
    m_pyramid = core::CountPyramid(m_geometry);
    m_inputs = inputs;
    m_daemon = isDaemon ? std::make_unique<DaemonRun>(inputs) : nullptr;
    m_daemonPicture = {};
    m_activity = machine.kernel.isThere && !isDaemon ? std::make_unique<core::CpuActivity>(*inputs) : nullptr;
    m_times = m_activity ? std::make_unique<core::TimeIndex>(machine) : nullptr;
    m_lives.reset(inputs);
    m_next.reset();
    m_shownTimers.clear();
    m_lifeRows.clear();
    m_ghosts.clear();
    m_ghostLanes.clear();
    m_about = {};
    m_playhead = {};
    m_present.reset(machine.cpus);
    m_planned.clear();
    m_glide.stop();
    m_shown = 0;
    m_cpu = 0;
    m_isPlaced = m_isOwnRange = false;
    m_zooms.clear();
    m_laneScroll = m_lifeScroll = 0;
    applyArea({});
    setMarkers({});
    chooseTable();
    extend(snapshot);
    takeTwin();
    showGhosts();
}

/// Other branches than the one that leads; none while this view was not told yet which one that is.
void TimelineView::showGhosts()
{
    auto& session = m_desk.session;
    const bool isTold = m_inputs && session.isOpen() && session.history().inputsPtr() == m_inputs;
    if (m_daemon) {
        m_daemon->showGhosts(isTold ? session.ghosts() : std::vector<Ghost>());
        return showDaemonRows();
    }
    if (isTold) m_ghostLanes.update(session.ghosts());
    else m_ghostLanes.clear();
    m_ghosts = m_ghostLanes.rows(m_desk.selection.timer());
    updateNow();
}

QAbstractItemModel* TimelineView::table()
{
    if (!m_table) {
        m_table = new QIdentityProxyModel(this);
        chooseTable();
    }
    return m_table;
}

void TimelineView::extend(const core::Snapshot& snapshot)
{
    if (!m_inputs) return;
    m_log = snapshot.log;
    m_endTicks = std::min(snapshot.endTicks, mostTicks);
    if (m_daemon) {
        m_daemon->extend(snapshot.log);
        if (m_isPlaced && !m_isOwnRange) placeFirstDaemon();
        if (m_work && m_table && m_table->sourceModel() == m_work) m_work->extend(m_daemon->lead());
        showDaemonRows();
    } else {
        m_pyramid.extend(snapshot.log);
        m_lives.extend(snapshot.log);
        if (m_activity) {
            m_activity->extend(snapshot.log);
            m_times->extend(snapshot.log);
            m_endTime = std::max(m_activity->time(), static_cast<std::uint64_t>(m_inputs->machine.hz.tickInstant(m_endTicks)));
        }
        if (m_isPlaced && showsWhole()) applyRange(wholeRun(m_endTicks), false);
        if (m_activities && m_activity) m_activities->extend();
        if (m_ticks && !m_activity) m_ticks->extend();
    }
    m_present.moveTo(m_log, m_playhead.event, m_present.isInRun());
    dirty();
}

bool TimelineView::isBusy(std::uint64_t tick) const
{
    for (int cpu = 0; cpu < m_pyramid.cpus(); ++cpu)
        if (m_pyramid.busyAt(cpu, tick) != nullptr) return true;
    return false;
}

/// offset: ns since the tick; of a machine of CPUs it is what places the playhead within the tick, else the tick's records.
void TimelineView::placePlayhead(core::Position at, std::uint64_t tick, std::uint64_t offset)
{
    if (!m_inputs) return;
    const auto before = m_playhead.tick;
    m_present.moveTo(m_log, at.event, at.tick != 0);
    const double within = static_cast<double>(offset) * m_inputs->machine.hz.value / 1e9;
    m_playhead = {at.event, std::min(tick, m_endTicks), m_activity ? within : m_present.share()};
    // The floor leaves the playhead's tick out.
    if (!m_activity && before != m_playhead.tick && (isBusy(before) || isBusy(m_playhead.tick))) dirtyLanes();
    glideTo(static_cast<double>(m_playhead.tick) + m_playhead.share, false);
    if (!m_isPlaced) placeFirst();
    applyRange(following(m_range, m_playhead.tick, m_endTicks), false);
    update();
}

/// Of a short run of a machine of CPUs nothing has to be looked for, until the user chooses another stretch.
bool TimelineView::showsWhole() const
{
    const auto scale = scaleOf(width());
    return m_activity && !m_isOwnRange && wholeRun(m_endTicks).size() * look().px(wholeFrom) <= scale.right - scale.left;
}

/// As on opening: five pixels a tick, a quarter of them past.
void TimelineView::placeFirst()
{
    m_isPlaced = true;
    if (m_daemon) return placeFirstDaemon();
    const auto scale = scaleOf(width());
    if (showsWhole()) return applyRange(wholeRun(m_endTicks), false);
    const double size = std::max(fewestTicks, (scale.right - scale.left) / look().px(firstZoom));
    const auto tick = static_cast<double>(m_playhead.tick);
    applyRange(moved({tick - size / 4, tick + size * 3 / 4}, 0, m_endTicks), false);
}

void TimelineView::showMoment(const Moment& moment)
{
    if (!m_inputs) return;
    const double before = m_shown;
    const auto range = m_range;
    placePlayhead(moment.at, moment.world.clock().ticks, moment.world.clock().offset);
    if (moment.style == MotionStyle::Full && moment.motion != Motion::Jump && range == m_range && !m_desk.theme.isMotionReduced()) {
        m_shown = before;
        glideTo(static_cast<double>(m_playhead.tick) + m_playhead.share, true);
    }
    if (m_daemon) return update();
    const bool isOtherCpu = m_cpu != moment.cpu;
    m_cpu = moment.cpu;
    plan(moment.world);
    // What the last event was about, then what the step made fire.
    std::vector<core::TimerId> recent;
    if (!m_present.isInRun() && m_playhead.event > 0 && m_playhead.event <= m_log.size())
        if (const auto timer = m_log[m_playhead.event - 1].item; timer.isValid()) recent.push_back(timer);
    m_about = recent.empty() ? core::TimerId::none() : recent.front();
    for (const auto& f : moment.effects.fired) {
        if (recent.size() == 16) break;
        recent.push_back(f.timer);
    }
    chooseTimers(moment.world, moment.motion == Motion::Jump || isOtherCpu, recent);
    if (isOtherCpu) showRows();
    update();
}

void TimelineView::setCpu(int cpu)
{
    if (m_cpu == cpu || !m_inputs || m_daemon || cpu >= m_inputs->machine.cpus) return;
    m_cpu = cpu;
    showRows();
    updateNow();
}

/// The selection, or what is pinned, is another one.
void TimelineView::updateNow()
{
    if (m_daemon) return showDaemonRows();
    // While another run is being brought in, the session may be ahead of what this view was told.
    auto& session = m_desk.session;
    if (m_inputs && session.isOpen() && session.history().inputsPtr() == m_inputs) chooseTimers(session.world(), false, {});
    showRows(); // the name of the CPU stands out
    update();
}

/// The present tick's glide: from where it is drawn to where it stands.
void TimelineView::glideTo(double place, bool isStep)
{
    m_glide.stop();
    const double px = scaleOf(width()).pixelsPerTick();
    if (!isStep || !isVisible() || std::abs(place - m_shown) * px < 2) {
        m_shown = place;
        return;
    }
    m_glide.setStartValue(m_shown);
    m_glide.setEndValue(place);
    m_glide.start();
}

void TimelineView::plan(const core::World& world)
{
    m_planned.resize(static_cast<std::size_t>(m_geometry.cpus));
    for (int cpu = 0; cpu < m_geometry.cpus; ++cpu) planFires(world, cpu, m_planned[static_cast<std::size_t>(cpu)]);
}

void TimelineView::chooseTimers(const core::World& world, bool isJump, const std::vector<core::TimerId>& recent)
{
    auto shown = m_desk.selection.pinned();
    const auto selected = m_desk.selection.timer();
    const auto has = [&](core::TimerId t) { return std::find(shown.begin(), shown.end(), t) != shown.end(); };
    if (selected.isValid() && !has(selected)) shown.push_back(selected);
    if (m_desk.selection.pinned().empty()) {
        const int fitting = m_activity ? livesThatFitBelowStrips(height(), m_pyramid.cpus(), look().scale)
                            : hasRecorded() ? livesThatFitBelowRecorded(height(), m_pyramid.cpus(), look().scale)
                                       : livesThatFit(height(), m_pyramid.cpus(), look().scale);
        const int room = fitting - static_cast<int>(m_ghosts.size());
        const auto n = static_cast<std::size_t>(std::max(1, room));
        m_next.update(world, *m_inputs, m_cpu, n, isJump, recent);
        for (const auto t : m_next.timers())
            if (!has(t) && shown.size() < n) shown.push_back(t);
    }
    std::erase_if(shown, [&](core::TimerId t) { return t.value >= m_inputs->timers.size(); });
    m_ghosts = m_ghostLanes.rows(selected);
    m_lives.show(shown);
    m_lifeRows.clear();
    for (std::size_t i = 0; i < shown.size(); ++i)
        m_lifeRows.push_back({QString::fromStdString(m_inputs->timerName(shown[i])), &m_lives[i], shown[i] == selected,
                              selected.isValid() ? shown[i] == selected : shown[i] == m_about});
    const bool isOtherCount = shown.size() != m_shownTimers.size();
    m_shownTimers = std::move(shown);
    if (isOtherCount) dirty();
}

// ---- places

TimelineRows TimelineView::rowsFor(QSizeF size) const
{
    const int lives = static_cast<int>(m_lifeRows.size() + m_ghosts.size());
    auto rows = m_daemon ? daemonRows(size.height(), static_cast<int>(daemonLanes(m_inputs->daemon.scheduler).size()),
                                      static_cast<int>(m_daemon->items().size() + m_daemon->ghosts().size()), look().scale)
                 : m_activity ? stripRows(size.height(), m_pyramid.cpus(), lives, look().scale)
                 : hasRecorded() ? recordedRows(size.height(), m_pyramid.cpus(), lives, look().scale)
                              : timelineRows(size.height(), m_pyramid.cpus(), lives, look().scale);
    rows.lanes.scrollTo(m_laneScroll);
    rows.lives.scrollTo(m_lifeScroll);
    return rows;
}

/// The rows that are looked at scroll into sight.
void TimelineView::showRows()
{
    if (!m_inputs || m_daemon) return;
    auto rows = rowsFor(QSizeF(size()));
    rows.lanes.show(m_desk.selection.cpu() >= 0 ? m_desk.selection.cpu() : m_cpu);
    for (std::size_t i = 0; i < m_lifeRows.size(); ++i)
        if (m_lifeRows[i].isSelected) rows.lives.show(static_cast<int>(i));
    m_laneScroll = rows.lanes.scroll;
    m_lifeScroll = rows.lives.scroll;
    dirty();
}

TimelineScene TimelineView::sceneFor(QSizeF size) const
{
    TimelineScene s;
    s.look = look();
    s.size = size;
    s.scale = scaleOf(size.width());
    s.whole = s.scale;
    s.whole.range = wholeRun(m_endTicks);
    s.rows = rowsFor(size);
    s.inputs = m_inputs.get();
    s.pyramid = &m_pyramid;
    s.geometry = m_geometry;
    s.endTicks = m_endTicks;
    s.playhead = m_playhead;
    s.present = &m_present;
    s.playheadX = s.scale.leftOf(m_shown);
    s.cpu = m_cpu;
    s.planned = &m_planned;
    s.lives = m_lifeRows;
    s.ghosts = m_ghosts;
    s.markers = m_markers;
    s.area = m_area;
    s.isOverviewHeld = m_drag == Drag::Viewport;
    s.heldThumb = m_drag == Drag::LaneThumb ? 1 : m_drag == Drag::LifeThumb ? 2 : 0;
    s.selectedCpu = m_desk.selection.cpu();
    s.daemon = m_daemon.get();
    s.activity = m_activity.get();
    s.recorded = hasRecorded() ? m_inputs->recorded.get() : nullptr;
    s.endTime = m_endTime;
    s.selectedItem = m_desk.selection.timer();
    return s;
}

void TimelineView::dirty()
{
    m_areNamesDirty = true;
    dirtyLanes();
}

void TimelineView::dirtyLanes()
{
    m_isFloorDirty = true;
    update();
}

void TimelineView::resizeEvent(QResizeEvent* event)
{
    // The scale stays, the stretch follows the width: what one looks at does not change its size.
    if (m_inputs && m_isPlaced && event->oldSize().width() > 0 && m_range.size() < wholeRun(m_endTicks).size()) {
        const auto before = scaleOf(event->oldSize().width()), after = scaleOf(width());
        const double size = m_range.size() * (after.right - after.left) / (before.right - before.left);
        m_range = moved({m_range.from, m_range.from + size}, 0, m_endTicks);
    }
    if (m_isPlaced && showsWhole()) applyRange(wholeRun(m_endTicks), false);
    updateNow();
    dirty();
}

void TimelineView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::EnabledChange || event->type() == QEvent::FontChange) dirty();
    View::changeEvent(event);
}

// ---- painting

void TimelineView::paintEvent(QPaintEvent*)
{
    auto s = scene();
    const double ratio = devicePixelRatioF();
    const QSize pixels = (QSizeF(size()) * ratio).toSize();
    if (m_floor.size() != pixels || m_floor.devicePixelRatio() != ratio) {
        m_floor = QImage(pixels, QImage::Format_RGB32);
        m_floor.setDevicePixelRatio(ratio);
        m_isFloorDirty = m_areNamesDirty = true;
    }
    if (m_isFloorDirty && m_daemon) m_daemonPicture = daemonPicture(s);
    if (m_daemon) s.daemonPicture = &m_daemonPicture;
    if (std::exchange(m_isFloorDirty, false)) {
        const OverviewKey key{m_pyramid.eventsSeen(), m_endTicks, s.whole.left, s.whole.right};
        if (std::exchange(m_overviewKey, key) != key && !m_daemon) m_overview = overviewMarks(m_pyramid, s.whole);
        s.overview = &m_overview;
        m_texts = paintFloor(m_floor, s, !std::exchange(m_areNamesDirty, false));
    }
    s.texts = &m_texts;
    QPainter p(this);
    p.drawImage(0, 0, m_floor);
    paintPresent(p, s);
    if (!m_showsFocus) return;
    p.setPen(QPen(look().t().ink, 2));
    p.setBrush(Qt::NoBrush);
    p.drawRoundedRect(QRectF(rect()).adjusted(2, 2, -2, -2), 4, 4);
}

void TimelineView::paintView(QPainter& painter, const QRectF& box, bool)
{
    auto s = sceneFor(box.size());
    painter.save();
    painter.translate(box.topLeft());
    painter.setClipRect(QRectF(QPointF(), box.size()));
    std::optional<DaemonPicture> picture;
    if (m_daemon) s.daemonPicture = &picture.emplace(daemonPicture(s));
    const auto texts = paintFloor(painter, s);
    s.texts = &texts;
    paintPresent(painter, s);
    painter.restore();
}

void TimelineView::focusInEvent(QFocusEvent* event)
{
    m_showsFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                   event->reason() == Qt::ShortcutFocusReason;
    update();
    View::focusInEvent(event);
}

void TimelineView::focusOutEvent(QFocusEvent* event)
{
    m_showsFocus = false;
    update();
    View::focusOutEvent(event);
}

// ---- the stretch in sight

void TimelineView::applyRange(TickRange range, bool isUndoable)
{
    if (range == m_range) return;
    if (isUndoable) {
        // The notches of one turn of the wheel are one zoom.
        const auto now = QDateTime::currentMSecsSinceEpoch();
        if (now - m_lastZoom > oneZoomMs || m_zooms.empty()) m_zooms.push_back(m_range);
        if (m_zooms.size() > mostZooms) m_zooms.erase(m_zooms.begin());
        m_lastZoom = now;
        m_isOwnRange = true;
    }
    m_range = range;
    if (m_undoButton->isEnabled() == m_zooms.empty()) {
        m_undoButton->setEnabled(!m_zooms.empty());
        applyTheme();
    }
    dirtyLanes();
    Q_EMIT rangeChanged();
}

void TimelineView::setRange(TickRange range)
{
    m_isPlaced = true;
    m_lastZoom = 0;
    applyRange(range, true);
    m_lastZoom = 0;
}

void TimelineView::zoomAtPlayhead(double factor)
{
    const auto s = scaleOf(width());
    applyRange(zoomed(s, std::clamp(s.leftOf(m_shown), s.left, s.right), factor, m_endTicks), true);
}

void TimelineView::fit()
{
    setRange(wholeRun(m_endTicks));
}

void TimelineView::fitSelection()
{
    if (m_area) return setRange(moved(*m_area, 0, m_endTicks));
    if (m_daemon) {
        if (const auto life = m_daemon->lifeOf(m_desk.selection.timer())) {
            const double from = static_cast<double>(life->first), to = static_cast<double>(life->second), margin = std::max(2.0, (to - from) * .06);
            return setRange(moved({from - margin, to + margin}, 0, m_endTicks));
        }
        return fit();
    }
    for (std::size_t i = 0; i < m_lifeRows.size(); ++i) {
        const auto joints = m_lives[i].joints();
        if (!m_lifeRows[i].isSelected || joints.empty()) continue;
        double from = static_cast<double>(joints.front().tick), to = static_cast<double>(joints.back().tick) + 1;
        if (const auto due = m_lives[i].plannedTick()) to = std::max(to, static_cast<double>(std::min(*due, m_endTicks)) + 1);
        const double margin = std::max(2.0, (to - from) * .06);
        return setRange(moved({from - margin, to + margin}, 0, m_endTicks));
    }
    fit();
}

void TimelineView::undoZoom()
{
    if (m_zooms.empty()) return;
    const auto range = m_zooms.back();
    m_zooms.pop_back();
    m_lastZoom = 0;
    applyRange(moved(range, 0, m_endTicks), false);
    if (m_zooms.empty() && m_undoButton->isEnabled()) {
        m_undoButton->setEnabled(false);
        applyTheme();
    }
}

// ---- measuring

void TimelineView::setMarkers(const Markers& markers)
{
    if (m_markers == markers) return;
    m_markers = markers;
    update();
    Q_EMIT markersChanged();
}

void TimelineView::applyArea(std::optional<TickRange> area)
{
    if (m_area == area) return;
    m_area = area;
    update();
    Q_EMIT noteChanged();
}

QString TimelineView::note() const
{
    if (m_daemon) return m_area ? daemonAreaText(m_daemon->lead(), *m_area) : QString();
    return m_area ? areaText(m_pyramid, *m_area, m_inputs->machine.hz) : QString();
}

// ---- words

QString TimelineView::wordsAt(QPointF at) const
{
    if (m_daemon) return daemonHoverText(scene(), at);
    return m_inputs ? hoverText(scene(), at) : QString();
}

bool TimelineView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto text = wordsAt(help->pos());
        if (text.isEmpty()) QToolTip::hideText();
        else QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return View::event(event);
}

} // namespace jiffy::ui

#include "moc_timeline_view.cpp"
