// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/processes/processes_view.h"

#include "ui/processes/process_table.h"
#include "ui/timeline/strip_hover.h"

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

constexpr double wholeFrom = 1.5, firstZoom = 6; ///< px a tick
constexpr double zoomStep = 1.25;

CpuCard cardOf(const core::World& world, int cpu)
{
    const auto& k = world.kernel().cpu(cpu);
    CpuCard c;
    c.cpu = cpu;
    c.current = k.current;
    c.handler = world.cpu(cpu).running;
    c.isInSoftirq = world.cpu(cpu).inSoftirq;
    c.isIdle = world.cpu(cpu).idle || !world.kernel().cpu(cpu).hasLoad;
    c.isAsleep = world.kernel().isAsleep(cpu);
    c.interrupt = k.interrupt;
    c.spinning = k.spinning;
    c.isTickStopped = k.isTickStopped;
    c.sleepUntil = k.sleepUntil;
    c.keepsJiffies = world.kernel().dutyCpu == static_cast<std::uint64_t>(cpu);
    c.queued = k.runQueue.size();
    c.queue.assign(k.runQueue.begin(), k.runQueue.begin() + static_cast<std::ptrdiff_t>(std::min(c.queued, CpuCard::mostQueued)));
    return c;
}

} // namespace

ProcessesView::ProcessesView(const Desk& desk, QWidget* parent) : View(parent), m_desk(desk)
{
    setAccessibleName(tr("Processes"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&desk.theme, &ThemeProvider::changed, this, [this] {
        updateGeometry();
        update();
    });
}

ProcessesView::~ProcessesView() = default;

void ProcessesView::reset(const core::InputsPtr& inputs, const core::Snapshot& snapshot)
{
    const bool hasProcesses = inputs->machine.kernel.isThere && inputs->machine.kernel.processes != 0;
    if (m_table) m_table->reset(inputs, nullptr);
    m_inputs = inputs;
    m_states = hasProcesses ? std::make_unique<core::ProcessStates>(*inputs) : nullptr;
    m_times = hasProcesses ? std::make_unique<core::TimeIndex>(inputs->machine) : nullptr;
    m_cards.clear();
    m_now = m_end = m_endTicks = 0;
    m_isOwnRange = false;
    m_scroll = 0;
    m_selected = -1;
    extend(snapshot);
}

void ProcessesView::extend(const core::Snapshot& snapshot)
{
    if (!m_states) return;
    m_states->extend(snapshot.log);
    m_times->extend(snapshot.log);
    m_endTicks = snapshot.endTicks;
    m_end = std::max(m_states->time(), static_cast<std::uint64_t>(m_inputs->machine.hz.tickInstant(m_endTicks)));
    if (!m_isOwnRange) m_range = fitting(width());
    if (m_table) m_table->reset(m_inputs, m_states.get());
    update();
}

void ProcessesView::showMoment(const Moment& moment)
{
    if (!m_states) return;
    m_now = static_cast<std::uint64_t>(moment.world.now());
    m_cards.clear();
    for (int cpu = 0; cpu < moment.world.cpuCount(); ++cpu) m_cards.push_back(cardOf(moment.world, cpu));
    if (!m_isOwnRange) m_range = fitting(width());
    m_range = following(m_range, moment.world.clock().ticks, m_endTicks);
    say();
    update();
}

/// For those who do not see it: what the selected process is in, or what each CPU does.
void ProcessesView::say()
{
    QStringList words;
    if (m_selected >= 0) {
        const auto& spans = m_states->spans(static_cast<std::size_t>(m_selected));
        const auto i = core::spanAt(spans, m_now);
        words << programName(*m_inputs, static_cast<std::uint64_t>(m_selected));
        if (i < spans.size() && spans[i].begin <= m_now) words << stateName(spans[i].is);
        if (m_desk.session.isOpen() && m_desk.session.history().inputsPtr() == m_inputs)
            words << nowWaits(*m_inputs, processNow(m_desk.session.world(), *m_inputs, static_cast<std::size_t>(m_selected)));
    }
    constexpr std::size_t mostSaid = 4;
    for (std::size_t c = 0; c < m_cards.size() && c < mostSaid; ++c) words << tr("CPU %1: %2").arg(c).arg(cardText(*m_inputs, m_cards[c]));
    setAccessibleDescription(words.join(QStringLiteral(". ")));
}

TickRange ProcessesView::fitting(double width) const
{
    const auto& look = m_desk.theme.look();
    const auto frame = processesFrame(QSizeF(width, height()), 1, 1, look.scale);
    const auto whole = wholeRun(m_endTicks);
    const double room = frame.right - frame.left;
    if (whole.size() * look.px(wholeFrom) <= room) return whole;
    const double size = std::max(fewestTicks, room / look.px(firstZoom));
    const auto tick = static_cast<double>(m_inputs->machine.hz.ticksUntil(static_cast<core::Nanoseconds>(m_now)));
    if (tick >= m_range.from && tick + 1 <= m_range.to && std::abs(m_range.size() - size) < 1) return m_range;
    return moved({tick - size / 4, tick + size * 3 / 4}, 0, m_endTicks);
}

void ProcessesView::fit()
{
    if (!m_states) return;
    m_isOwnRange = false;
    m_range = fitting(width());
    update();
}

ProcessesScene ProcessesView::sceneFor(QSizeF size) const
{
    ProcessesScene s;
    s.look = m_desk.theme.look();
    s.size = size;
    if (!m_states) return s;
    s.frame = processesFrame(size, static_cast<int>(m_states->processCount()), m_inputs->machine.cpus, s.look.scale);
    s.frame.rows.scrollTo(m_scroll);
    s.scale = {s.frame.left, s.frame.right, size == QSizeF(this->size()) || m_isOwnRange ? m_range : fitting(size.width()), true};
    s.inputs = m_inputs.get();
    s.states = m_states.get();
    s.cards = m_cards;
    s.now = m_now;
    s.end = m_end;
    auto& session = m_desk.session;
    if (s.frame.detailLines > 0 && session.isOpen() && session.history().inputsPtr() == m_inputs) {
        const auto& world = session.world();
        for (int row = s.frame.rows.firstInSight(); row < s.frame.rows.endInSight(); ++row) s.present.push_back(processNow(world, *m_inputs, static_cast<std::size_t>(row)));
    }
    s.selected = m_selected;
    return s;
}

QAbstractItemModel* ProcessesView::table()
{
    if (!m_table) {
        m_table = new ProcessTable(this);
        m_table->reset(m_inputs, m_states.get());
    }
    return m_table;
}

// ---- painting

void ProcessesView::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    auto s = scene();
    s.hasFocus = m_showsFocus;
    paintProcesses(p, s);
}

void ProcessesView::paintView(QPainter& painter, const QRectF& box, bool)
{
    painter.save();
    painter.translate(box.topLeft());
    painter.setClipRect(QRectF(QPointF(), box.size()));
    paintProcesses(painter, sceneFor(box.size()));
    painter.restore();
}

void ProcessesView::resizeEvent(QResizeEvent* event)
{
    if (m_states && !m_isOwnRange) m_range = fitting(width());
    View::resizeEvent(event);
}

void ProcessesView::focusInEvent(QFocusEvent* event)
{
    m_showsFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason || event->reason() == Qt::ShortcutFocusReason;
    update();
    View::focusInEvent(event);
}

void ProcessesView::focusOutEvent(QFocusEvent* event)
{
    m_showsFocus = false;
    update();
    View::focusOutEvent(event);
}

// ---- what the user does

void ProcessesView::seekTo(double x)
{
    if (!m_desk.session.isOpen() || m_desk.session.history().inputsPtr() != m_inputs) return;
    const auto s = scene();
    const double at = std::clamp(x, s.scale.left, s.scale.right);
    Q_EMIT scrubStarted();
    m_desk.session.seek(m_times->lastAt(m_desk.session.history(), StripScale(s.scale, m_inputs->machine.hz).at(at)));
}

void ProcessesView::select(int row)
{
    m_selected = std::clamp(row, 0, static_cast<int>(m_states->processCount()) - 1);
    auto frame = scene().frame;
    frame.rows.show(m_selected);
    m_scroll = frame.rows.scroll;
    // Its timer is what the inspector can tell about.
    if (const auto timer = m_inputs->programs[static_cast<std::size_t>(m_selected)].timer; timer.isValid()) m_desk.selection.selectTimer(timer);
    say();
    update();
}

void ProcessesView::mousePressEvent(QMouseEvent* event)
{
    if (!m_states || event->button() != Qt::LeftButton) return event->ignore();
    const auto s = scene();
    const auto at = event->position();
    for (std::size_t i = 0; i < s.frame.cards.size(); ++i)
        if (s.frame.cards[i].contains(at)) return m_desk.selection.selectCpu(static_cast<int>(i));
    if (at.x() > s.scale.right + 8 || at.y() > s.frame.rows.top + s.frame.rows.height) return;
    if (const int row = s.frame.rows.rowAt(at.y()); row >= 0) select(row);
    if (at.x() >= s.scale.left - 4) seekTo(at.x());
}

void ProcessesView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_states || (event->buttons() & Qt::LeftButton) == 0) return;
    const auto s = scene();
    if (event->position().x() >= s.scale.left && event->position().x() <= s.scale.right) seekTo(event->position().x());
}

void ProcessesView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (m_states && event->position().y() < scene().frame.rows.top) return fit();
    mousePressEvent(event);
}

void ProcessesView::wheelEvent(QWheelEvent* event)
{
    if (!m_states) return event->ignore();
    const auto s = scene();
    const auto delta = event->angleDelta();
    const double notches = (delta.y() != 0 ? delta.y() : delta.x()) / 120.0;
    event->accept();
    if (notches == 0) return;
    if (event->position().x() < s.scale.left - 8) {
        auto rows = s.frame.rows;
        rows.scrollTo(rows.scroll - notches * rows.rowHeight);
        m_scroll = rows.scroll;
        return update();
    }
    m_isOwnRange = true;
    const bool pans = (event->modifiers() & Qt::ShiftModifier) != 0 || delta.y() == 0;
    m_range = pans ? moved(m_range, -notches * m_range.size() / 8, m_endTicks)
                   : zoomed(s.scale, event->position().x(), std::pow(zoomStep, notches), m_endTicks);
    update();
}

void ProcessesView::keyPressEvent(QKeyEvent* event)
{
    if (!m_states || (event->modifiers() & ~Qt::KeypadModifier) != 0) return View::keyPressEvent(event);
    const auto s = scene();
    const auto zoom = [&](double factor) {
        m_isOwnRange = true;
        m_range = zoomed(s.scale, std::clamp(StripScale(s.scale, m_inputs->machine.hz).xOf(m_now), s.scale.left, s.scale.right), factor, m_endTicks);
        update();
    };
    switch (event->key()) {
    case Qt::Key_Up: return select(m_selected < 0 ? 0 : m_selected - 1);
    case Qt::Key_Down: return select(m_selected + 1);
    case Qt::Key_W: return zoom(zoomStep);
    case Qt::Key_S: return zoom(1 / zoomStep);
    case Qt::Key_0: return fit();
    default: return View::keyPressEvent(event);
    }
}

bool ProcessesView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto text = processesText(scene(), help->pos());
        if (text.isEmpty()) QToolTip::hideText();
        else QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return View::event(event);
}

} // namespace jiffy::ui

#include "moc_processes_view.cpp"
