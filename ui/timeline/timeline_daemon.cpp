// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline of a run of tgtd: what differs in conduct from that of a wheel.
#include "ui/tables/activity_table.h"
#include "ui/tables/tick_table.h"
#include "ui/tables/work_table.h"
#include "ui/timeline/timeline_view.h"

#include <QIdentityProxyModel>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr double firstSeconds = 16e6; ///< us in sight when a file opens
constexpr double tellingReach = 5;    ///< px from which a click goes to a mark

} // namespace

/// The other scheduler's run, or more of it.
void TimelineView::takeTwin()
{
    if (!m_daemon) return;
    auto& session = m_desk.session;
    // While another run is being brought in, the twin may be of that one.
    if (!session.isOpen() || session.history().inputsPtr() != m_inputs) return;
    m_daemon->followTwin(session.twin());
    dirtyLanes();
}

/// Rows, their order, and the selected one in sight.
void TimelineView::showDaemonRows()
{
    m_daemon->items(m_desk.selection.pinned());
    auto rows = rowsFor(QSizeF(size()));
    rows.lives.show(m_daemon->rowOf(m_desk.selection.timer()));
    m_laneScroll = rows.lanes.scroll;
    m_lifeScroll = rows.lives.scroll;
    dirty();
}

/// All of a short run; of a long one what surrounds the playhead.
void TimelineView::placeFirstDaemon()
{
    const auto whole = wholeRun(m_endTicks);
    if (whole.size() <= firstSeconds * 1.5) return applyRange(whole, false);
    const auto at = static_cast<double>(m_playhead.tick);
    applyRange(moved({at - firstSeconds / 4, at + firstSeconds * 3 / 4}, 0, m_endTicks), false);
}

void TimelineView::chooseTable()
{
    if (!m_table) return;
    if (m_daemon) {
        if (!m_work) m_work = new WorkTable(this);
        m_work->reset(m_inputs);
        m_work->extend(m_daemon->lead());
        m_table->setSourceModel(m_work);
    } else if (m_activity) {
        if (!m_activities) m_activities = new ActivityTable(this);
        m_activities->reset(m_inputs, *m_activity);
        m_table->setSourceModel(m_activities);
    } else {
        if (!m_ticks) m_ticks = new TickTable(m_pyramid, this);
        if (m_inputs) m_ticks->reset(m_inputs);
        m_table->setSourceModel(m_ticks);
    }
}

std::vector<std::uint64_t> TimelineView::daemonInstantsNear(const TimeScale& scale, double x) const
{
    std::vector<std::uint64_t> instants;
    const double reach = look().px(snapReach);
    const auto& run = m_daemon->lead();
    if (const auto i = alarmNear(run.alarms(), scale, x, reach); i != notFound)
        instants.push_back(run.alarms()[i].at);
    const auto add = [&](const auto& spans) {
        const auto i = spanNear(spans, scale, x, reach, m_endTicks);
        if (i == notFound) return;
        instants.push_back(spans[i].from);
        if (spans[i].to != core::notYet) instants.push_back(spans[i].to);
    };
    add(run.handlers());
    add(run.passes());
    const auto rows = rowsFor(QSizeF(size()));
    const auto& items = m_daemon->items();
    for (int row = rows.lives.firstInSight();
         row < rows.lives.endInSight() && static_cast<std::size_t>(row) < items.size(); ++row) {
        const auto i = runNear(run, items[static_cast<std::size_t>(row)], scale, x, reach, m_endTicks);
        if (i == notFound) continue;
        instants.push_back(run.runs()[i].due);
        if (run.runs()[i].endedAt != core::notYet) instants.push_back(run.runs()[i].endedAt);
    }
    return instants;
}

/// A mark is an event, and the click finds it exactly. False: there is none.
bool TimelineView::pressDaemon(QPointF at, const TimelineScene& s)
{
    const auto& run = m_daemon->lead();
    const double reach = look().px(tellingReach);
    std::optional<std::uint64_t> event;
    if (const int row = s.rows.lives.rowAt(at.y());
        row >= 0 && static_cast<std::size_t>(row) < m_daemon->items().size()) {
        const auto item = m_daemon->items()[static_cast<std::size_t>(row)];
        m_desk.selection.selectTimer(item);
        if (item.value >= run.itemCount()) return false;
        for (const auto i : run.item(item).runs) {
            const auto& r = run.runs()[i];
            if (r.fate != core::WorkRun::Fate::Waiting &&
                std::abs(s.scale.leftOf(static_cast<double>(r.endedAt)) - at.x()) <= reach)
                event = r.endEvent;
            if (s.scale.leftOf(static_cast<double>(r.addedAt)) > at.x() + reach) break;
        }
    } else if (const int lane = s.rows.lanes.rowAt(at.y()); lane >= 0) {
        switch (daemonLanes(run.scheduler())[static_cast<std::size_t>(lane)]) {
        case DaemonLane::Alarm:
            if (const auto i = alarmNear(run.alarms(), s.scale, at.x(), reach); i != notFound)
                event = run.alarms()[i].event;
            break;
        case DaemonLane::Pass:
            if (const auto i = spanNear(run.passes(), s.scale, at.x(), reach, m_endTicks); i != notFound) {
                // Behind the pass's last func where there is one: what one clicks at is that it ran.
                event = run.passes()[i].event;
                const auto from = run.passes()[i].from;
                const auto& calls = run.calls();
                const auto it =
                    std::lower_bound(calls.begin(), calls.end(), from, [&](std::uint32_t c, std::uint64_t t) {
                        return run.runs()[c].endedAt < t;
                    });
                if (it != calls.end() && run.passes()[i].called != 0) event = run.runs()[*it].endEvent;
            }
            break;
        default:
            break;
        }
    }
    if (!event) return false;
    Q_EMIT scrubStarted();
    seekSoon({*event + 1, 0, 0});
    return true;
}

/// Full stop and comma: the selected item's adds and runs, or the next pass that called a func.
void TimelineView::toDaemonNeighbour(int direction)
{
    const auto& run = m_daemon->lead();
    const auto item = m_desk.selection.timer();
    std::optional<std::uint64_t> best;
    const auto consider = [&](std::uint64_t event) {
        const auto at = event + 1;
        if (direction > 0 ? at > m_playhead.event && (!best || at < *best)
                          : at < m_playhead.event && (!best || at > *best))
            best = at;
    };
    if (m_daemon->rowOf(item) >= 0 && item.value < run.itemCount()) {
        for (const auto i : run.item(item).runs) {
            consider(run.runs()[i].addEvent);
            if (run.runs()[i].fate != core::WorkRun::Fate::Waiting) consider(run.runs()[i].endEvent);
        }
    } else {
        const auto& calls = run.calls();
        const auto it = std::partition_point(calls.begin(), calls.end(), [&](std::uint32_t c) {
            return run.runs()[c].endEvent + 1 <= m_playhead.event;
        });
        if (direction > 0 && it != calls.end()) consider(run.runs()[*it].endEvent);
        for (auto back = it; direction < 0 && back != calls.begin() && !best;)
            consider(run.runs()[*--back].endEvent);
    }
    if (best) m_desk.session.seek({*best, 0, 0});
}

void TimelineView::moveDaemonSelection(int direction)
{
    const auto& items = m_daemon->items();
    if (items.empty()) return;
    const int at = m_daemon->rowOf(m_desk.selection.timer());
    const int last = static_cast<int>(items.size()) - 1;
    const int to = at < 0 ? (direction > 0 ? 0 : last) : std::clamp(at + direction, 0, last);
    m_desk.selection.selectTimer(items[static_cast<std::size_t>(to)]);
}

} // namespace jiffy::ui
