// SPDX-License-Identifier: GPL-3.0-or-later
// What the user does with the tickless view: mouse, wheel and keys.
#include "ui/nohz/nohz_view.h"
#include "ui/nohz/words.h"

#include "ui/theme/look.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr double reach = 5;      ///< pixels beside a mark
constexpr double zoomStep = 1.25;
constexpr double keyPan = .25;   ///< of what is in sight

const NohzLane::Bar* barNear(const NohzLane& lane, double x, double within)
{
    const NohzLane::Bar* best = nullptr;
    for (const auto& b : lane.bars)
        if (std::abs(b.x - x) <= within && (best == nullptr || std::abs(b.x - x) < std::abs(best->x - x))) best = &b;
    return best;
}

const NohzLane::Circle* circleNear(const NohzLane& lane, double x, double within)
{
    for (const auto& c : lane.circles)
        if (std::abs(c.x - x) <= within) return &c;
    return nullptr;
}

} // namespace

const NohzRow* NohzView::rowAt(QPointF at) const
{
    for (const NohzRow& row : m_layout.rows)
        if (row.box.contains(at)) return &row;
    return nullptr;
}

const OpenedItem* NohzView::itemAt(QPointF at) const
{
    const QRectF frame = m_layout.band.adjusted(-reach, -reach, reach, reach);
    const OpenedItem* best = nullptr;
    for (const auto& i : m_opened.items) {
        if (!i.label.isEmpty() && i.label.contains(at)) return &i;
        if (frame.contains(at) && std::abs(i.x - at.x()) <= reach && (best == nullptr || std::abs(i.x - at.x()) < std::abs(best->x - at.x()))) best = &i;
    }
    return best;
}

bool NohzView::isOnMark(QPointF at) const
{
    if (m_scene.isEmpty()) return false;
    if (const NohzRow* row = rowAt(at)) {
        const NohzLane& lane = m_lanes[static_cast<std::size_t>(row - m_layout.rows.data())];
        return at.x() < m_layout.left - reach || barNear(lane, at.x(), reach) != nullptr || circleNear(lane, at.x(), m_provider.look().px(8)) != nullptr;
    }
    return itemAt(at) != nullptr || (m_scene.story && m_opened.perTurn > 0 && m_layout.band.contains(at));
}

void NohzView::pick(int cpu)
{
    m_selection.selectCpu(cpu);
    Q_EMIT cpuPicked(cpu);
}

void NohzView::seek(core::Position at)
{
    Q_EMIT scrubStarted();
    m_session.seek(at);
}

void NohzView::seekTick(double x)
{
    if (!m_session.isOpen()) return;
    m_session.seekTick(std::min(scale().tickAt(std::clamp(x, m_layout.left, m_layout.right - 1)), m_end));
}

bool NohzView::seekTurn(QPointF at)
{
    if (!m_scene.story || m_opened.perTurn <= 0 || m_scene.story->told.stretches.empty()) return false;
    m_session.seek(m_scene.story->told.afterTurns(m_opened.turnsAt(at.x(), m_scene.story->told.turns)));
    return true;
}

bool NohzView::pressMark(QPointF at)
{
    if (const NohzRow* row = rowAt(at)) {
        const NohzLane& lane = m_lanes[static_cast<std::size_t>(row - m_layout.rows.data())];
        const int cpu = row->cpu;
        // Before the seek, which may lay out the rows anew.
        if (const auto* bar = barNear(lane, at.x(), reach)) {
            const core::Position to{bar->event + 1, 0, 0};
            pick(cpu);
            seek(to);
        } else if (const auto* circle = circleNear(lane, at.x(), m_provider.look().px(8))) {
            const std::uint64_t tick = circle->tick;
            const core::TimerId timer = circle->timer;
            Q_EMIT scrubStarted();
            m_session.seekTick(tick);
            Q_EMIT cpuPicked(cpu);
            m_selection.selectTimer(timer);
        } else {
            pick(cpu);
        }
        return true;
    }
    if (const OpenedItem* item = itemAt(at)) {
        const OpenedItem chosen = *item;
        seek(chosen.seek);
        if (chosen.timer.isValid()) m_selection.selectTimer(chosen.timer);
        return true;
    }
    return false;
}

void NohzView::mousePressEvent(QMouseEvent* event)
{
    if (m_scene.isEmpty()) return event->ignore();
    const QPointF at = event->position();
    m_last = at;
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && (event->modifiers() & Qt::ShiftModifier) != 0)) {
        m_drag = Drag::Pan;
        setCursor(Qt::ClosedHandCursor);
        return;
    }
    if (event->button() != Qt::LeftButton) return event->ignore();
    if (at.y() < m_layout.lanes.top() && at.x() >= m_layout.left - reach) {
        m_drag = Drag::Scrub;
        Q_EMIT scrubStarted();
        return seekTick(at.x());
    }
    if (pressMark(at)) return;
    if (!m_layout.band.contains(at)) return;
    m_drag = Drag::Turns;
    Q_EMIT scrubStarted();
    seekTurn(at);
}

void NohzView::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    switch (m_drag) {
    case Drag::None: {
        const bool isRuler = !m_scene.isEmpty() && at.y() < m_layout.lanes.top() && at.x() >= m_layout.left - reach;
        setCursor(isRuler ? Qt::SizeHorCursor : isOnMark(at) ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    case Drag::Scrub: return seekTick(at.x());
    case Drag::Turns: seekTurn(at); return;
    case Drag::Pan: setRange(moved(m_range, (m_last.x() - at.x()) * scale().ticksPerPixel(), m_end)); m_last = at;
    }
}

void NohzView::mouseReleaseEvent(QMouseEvent*)
{
    m_drag = Drag::None;
    unsetCursor();
}

void NohzView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (!m_scene.isEmpty() && event->button() == Qt::LeftButton && event->position().y() < m_layout.lanes.top()) return fit();
    mousePressEvent(event);
}

void NohzView::wheelEvent(QWheelEvent* event)
{
    if (m_scene.isEmpty()) return event->ignore();
    const QPointF at = event->position();
    const QPoint delta = event->angleDelta();
    event->accept();
    const bool isOnNames = at.x() < m_layout.left - reach && m_layout.lanes.contains(at);
    if (isOnNames && delta.y() != 0) return scrollTo(std::clamp(m_firstRow - delta.y() / 40, 0, m_layout.lastFirstRow));
    if (at.y() > m_layout.lanes.bottom()) return event->ignore();
    const double notches = (delta.y() != 0 ? delta.y() : delta.x()) / 120.0;
    if (notches == 0) return;
    if ((event->modifiers() & Qt::ShiftModifier) != 0 || delta.y() == 0) setRange(moved(m_range, -notches * m_range.size() / 8, m_end));
    else setRange(zoomed(scale(), at.x(), std::pow(zoomStep, notches), m_end));
}

/// To the next, or the previous, interrupt that ended a sleep of the CPU.
void NohzView::toNeighbour(int direction)
{
    const auto& sleeps = m_accounts->sleeps(m_scene.cpu);
    const std::uint64_t now = m_scene.at.event;
    const auto next = std::partition_point(sleeps.begin(), sleeps.end(), [&](const core::Sleep& s) { return s.isOver() && s.endEvent + 1 <= now; });
    if (direction > 0) {
        if (next != sleeps.end() && next->isOver()) seek({next->endEvent + 1, 0, 0});
        return;
    }
    auto last = next;
    while (last != sleeps.begin()) {
        --last;
        if (last->endEvent + 1 < now || (last->endEvent + 1 == now && m_scene.at.tick != 0)) return seek({last->endEvent + 1, 0, 0});
    }
}

void NohzView::keyPressEvent(QKeyEvent* event)
{
    if (m_scene.isEmpty() || (event->modifiers() & ~Qt::KeypadModifier) != 0) return View::keyPressEvent(event);
    const double middle = (m_layout.left + m_layout.right) / 2;
    const int cpus = m_inputs->machine.cpus;
    switch (event->key()) {
    case Qt::Key_Up: return pick(std::max(0, m_scene.cpu - 1));
    case Qt::Key_Down: return pick(std::min(cpus - 1, m_scene.cpu + 1));
    case Qt::Key_PageUp: return pick(std::max(0, m_scene.cpu - static_cast<int>(m_layout.rows.size())));
    case Qt::Key_PageDown: return pick(std::min(cpus - 1, m_scene.cpu + static_cast<int>(m_layout.rows.size())));
    case Qt::Key_Comma: return toNeighbour(-1);
    case Qt::Key_Period: return toNeighbour(+1);
    case Qt::Key_W: return setRange(zoomed(scale(), isPlayheadInSight({m_scene, m_layout, scale(), m_lanes, m_opened, *m_accounts, m_provider.look()}) ? scale().xOf(static_cast<double>(m_scene.tick)) : middle, 1.6, m_end));
    case Qt::Key_S: return setRange(zoomed(scale(), middle, 1 / 1.6, m_end));
    case Qt::Key_A: return setRange(moved(m_range, -m_range.size() * keyPan, m_end));
    case Qt::Key_D: return setRange(moved(m_range, m_range.size() * keyPan, m_end));
    case Qt::Key_Z: return fit();
    default: View::keyPressEvent(event);
    }
}

void NohzView::focusInEvent(QFocusEvent* event)
{
    View::focusInEvent(event);
    update();
}

void NohzView::focusOutEvent(QFocusEvent* event)
{
    View::focusOutEvent(event);
    update();
}

QString NohzView::tipAt(QPointF at) const
{
    if (m_scene.isEmpty()) return {};
    const auto jiffies = [&](std::uint64_t tick) { return QString::number(m_inputs->machine.word.add(m_inputs->machine.jiffies, tick)); };
    if (const NohzRow* row = rowAt(at)) {
        const NohzLane& lane = m_lanes[static_cast<std::size_t>(row - m_layout.rows.data())];
        if (at.x() < m_layout.left - reach) {
            const NohzCpu& c = m_scene.cpus[static_cast<std::size_t>(row->cpu)];
            return tr("CPU %1: %2\n%3 interrupts so far").arg(QString::number(row->cpu), c.caption, grouped(c.interrupts));
        }
        if (const auto* bar = barNear(lane, at.x(), reach)) {
            const QString what = bar->by == core::WokenBy::Ipi ? tr("Interrupted by another CPU at %1").arg(jiffies(bar->tick))
                                 : bar->by == core::WokenBy::Interrupt ? tr("A device interrupts at %1").arg(jiffies(bar->tick))
                                                                       : tr("Woken by its timer at %1").arg(jiffies(bar->tick));
            return bar->saved == 0 ? what : tr("%1: %2 ticks did not happen before it").arg(what, grouped(bar->saved));
        }
        if (const auto* circle = circleNear(lane, at.x(), m_provider.look().px(8)))
            return tr("%1 was due at %2: a deferrable timer wakes nobody").arg(m_scene.nameOf(circle->timer), jiffies(circle->tick));
        for (const auto& v : lane.voids) {
            if (at.x() < v.from || at.x() > v.to) continue;
            const core::Sleep& s = m_accounts->sleeps(row->cpu)[v.sleep];
            const QString until = s.until == ~0ull ? tr("no timer set to wake it") : tr("set to wake at %1").arg(s.until);
            if (!s.isOver()) return tr("Asleep since %1, %2").arg(jiffies(s.beginTick), until);
            return tr("Asleep from %1 to %2, %3; woken by: %4").arg(jiffies(s.beginTick), jiffies(s.endTick), until, wokenByText(s.by));
        }
        return {};
    }
    if (const OpenedItem* i = itemAt(at)) return tr("%1: %2, %3").arg(i->number, i->name, i->detail);
    if (m_scene.story && m_opened.perTurn > 0 && m_layout.band.contains(at)) {
        const std::uint64_t turn = m_opened.turnsAt(at.x(), m_scene.story->told.turns);
        return tr("Turn %1: timer_jiffies %2").arg(grouped(turn)).arg(m_inputs->machine.word.add(m_scene.story->account.from, turn - 1));
    }
    return {};
}

bool NohzView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString tip = tipAt(QPointF(help->pos()));
        if (tip.isEmpty()) QToolTip::hideText();
        else QToolTip::showText(help->globalPos(), tip, this);
        return true;
    }
    return View::event(event);
}

} // namespace jiffy::ui
