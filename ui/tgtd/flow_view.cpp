// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/flow_view.h"

#include "ui/narration/announcer.h"
#include "ui/tgtd/flow_table.h"
#include "ui/tgtd/lists_layout.h"
#include "ui/tgtd/painter.h"
#include "ui/tgtd/stations_layout.h"
#include "ui/tgtd/thread_words.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

constexpr int frameMs = 16;

} // namespace

FlowView::FlowView(const Desk& desk, QWidget* parent)
    : View(parent), m_provider(desk.theme), m_session(desk.session), m_selection(desk.selection), m_announcer(new Announcer(this, Announcer::Voice::Name))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Work scheduler"));
    connect(&m_provider, &ThemeProvider::changed, this, [this] {
        relayout();
        update();
    });
    connect(&m_selection, &Selection::changed, this, qOverload<>(&QWidget::update));
    const auto renew = [this] {
        m_twinAdds.clear();
        renewTwin();
        update();
    };
    connect(&m_session.twin(), &Twin::reset, this, renew);
    connect(&m_session.twin(), &Twin::extended, this, [this] {
        renewTwin();
        update();
    });
}

FlowView::~FlowView() = default;

void FlowView::reset(const core::InputsPtr&, const core::Snapshot& run)
{
    m_frames.stop();
    m_flight.stop();
    m_scene = {};
    m_twin = {};
    m_focus = {};
    m_adds.clear();
    extend(run);
    relayout();
    if (m_table) m_table->show(m_scene);
    update();
}

void FlowView::extend(const core::Snapshot& run)
{
    m_adds.extend(run.log);
}

void FlowView::showMoment(const Moment& moment)
{
    const FlowLayout before = m_layout;
    m_scene = makeFlowScene(moment.world, moment.inputs, m_session.history().log(), moment.at, &m_adds);
    m_positionTime = m_scene.now;
    renewTwin();
    relayout();
    if (m_table) m_table->show(m_scene);
    startFlight(moment, before);
    const QString thread = threadSentence(m_scene);
    setAccessibleDescription(thread);
    m_announcer->say(moment.sentence.plain());
    update();
}

void FlowView::setVirtualTime(double us)
{
    if (m_scene.isEmpty()) return;
    const auto to = std::max(m_positionTime, static_cast<std::uint64_t>(std::max(0.0, us)));
    if (to == m_scene.now) return;
    m_scene.moveTo(to);
    if (!m_twin.scene.isEmpty()) renewTwin();
    relayout();
    update();
}

void FlowView::renewTwin()
{
    m_twin = twinFor(rect());
}

TwinScene FlowView::twinFor(const QRectF& box)
{
    auto& twin = m_session.twin();
    // A strip that is not seen costs nothing.
    if (m_scene.isEmpty() || !twin.isThere() || flowBox(box).height() == box.height()) return {};
    m_twinAdds.extend(twin.history().log());
    const auto at = twin.positionAt(m_scene.now);
    const auto& world = twin.history().at(at);
    // Its last position may lie before this instant: nothing has happened to it since.
    return makeTwinScene(world, twin.history().inputsPtr(), twin.history().log(), at, m_twinAdds, m_scene.now);
}

// ---- layout and painting

QRectF FlowView::flowBox(const QRectF& box) const
{
    const double scale = m_provider.scale();
    if (m_scene.isEmpty() || !m_session.twin().isThere()) return box;
    return box.adjusted(0, 0, 0, -twinStripHeight(box.width() / scale, box.height() / scale) * scale);
}

void FlowView::relayout()
{
    m_layout = flowLayout(m_scene, flowBox(rect()), m_provider.look());
}

void FlowView::paintView(QPainter& p, const QRectF& box, bool)
{
    const auto& look = m_provider.look();
    p.fillRect(box, look.t().canvas);
    if (m_scene.isEmpty()) {
        p.setFont(look.words(14));
        p.setPen(look.t().ink2);
        p.drawText(box, Qt::AlignCenter, tr("Nothing is open."));
        return;
    }
    const bool isHere = box == QRectF(rect());
    const FlowLayout layout = isHere ? m_layout : flowLayout(m_scene, flowBox(box), look);
    FlowMarks marks;
    marks.selected = m_selection.timer();
    if (isHere && hasFocus()) marks.focused = m_focus;
    if (isHere) marks.flight = &m_flight;
    paintFlow(p, m_scene, layout, look, marks);
    const QRectF strip(box.left(), layout.box.bottom(), box.width(), box.bottom() - layout.box.bottom());
    if (strip.height() <= 1) return;
    const TwinScene twin = isHere ? m_twin : twinFor(box);
    paintTwin(p, twin, twinLayout(twin, strip, look), look);
}

void FlowView::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    paintView(p, rect(), false);
}

void FlowView::resizeEvent(QResizeEvent*)
{
    m_frames.stop();
    m_flight.stop();
    renewTwin();
    relayout();
}

QAbstractItemModel* FlowView::table()
{
    if (!m_table) {
        m_table = new FlowTable(this);
        m_table->show(m_scene);
    }
    return m_table;
}

// ---- motion

void FlowView::startFlight(const Moment& moment, const FlowLayout& before)
{
    // A new step ends what still flies.
    m_frames.stop();
    m_flight.stop();
    if (moment.style != MotionStyle::Full || moment.motion == Motion::Jump || m_provider.isMotionReduced() || !isVisible()) return;
    const bool isBack = moment.at < moment.from;
    const auto& log = m_session.history().log();
    // Backwards the same flights are seen from their end to their beginning.
    auto tokens = isBack ? flowTokens(*moment.inputs, log, moment.at.event, moment.from.event, m_layout, before)
                         : flowTokens(*moment.inputs, log, moment.from.event, moment.at.event, before, m_layout);
    if (tokens.empty()) return;
    m_flight.begin(std::move(tokens), isBack);
    m_clock.start();
    m_frames.start(frameMs, Qt::PreciseTimer, this);
    Q_EMIT flightsStarted(static_cast<int>(m_flight.length()));
}

void FlowView::showInstant(double ms)
{
    m_frames.stop();
    m_flight.advanceTo(ms);
    update();
}

void FlowView::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_frames.timerId()) return View::timerEvent(event);
    m_flight.advanceTo(static_cast<double>(m_clock.elapsed()));
    if (!m_flight.isRunning()) {
        m_frames.stop();
        m_flight.stop();
    }
    update();
}

// ---- pointer and keys

core::TimerId FlowView::itemAt(QPointF at) const
{
    if (const auto* card = m_layout.cardAt(at)) return card->id;
    if (const auto* row = m_layout.rowAt(at); row && !row->isWait) return m_scene.rows[row->row].id;
    return core::TimerId::none();
}

QString FlowView::tipAt(QPointF at) const
{
    if (m_scene.isEmpty()) return {};
    if (const auto* card = m_layout.cardAt(at)) {
        const FlowItem& item = card->list == FlowCard::List::Inactive ? m_scene.inactive[card->index]
                               : card->list == FlowCard::List::Active ? m_scene.active[card->index]
                                                                      : *m_scene.running;
        const QString when = item.isImmediate ? tr("added with 0 seconds") : m_scene.isOld() ? tr("when %1, jiffies %2").arg(itemWhenText(m_scene, item), grouped(m_scene.daemon.jiffies)) : tr("when %1").arg(itemWhenText(m_scene, item));
        return QStringLiteral("%1\n%2\n%3").arg(item.name, when, itemWaitText(m_scene, item));
    }
    if (const auto* row = m_layout.rowAt(at)) {
        if (row->isWait) return tr("epoll_wait(): the only place where the thread looks at files");
        const LoopRow& r = m_scene.rows[row->row];
        return QStringLiteral("%1 %2\n%3").arg(rowHandle(r), r.name, rowStateText(m_scene, r));
    }
    for (const auto& label : m_layout.labels)
        if (label.isElided && label.box.contains(at)) return threadSentence(m_scene);
    return {};
}

void FlowView::select(core::TimerId item)
{
    m_focus = item;
    m_selection.selectTimer(item);
}

void FlowView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) select(itemAt(event->position()));
}

void FlowView::mouseMoveEvent(QMouseEvent* event)
{
    setCursor(itemAt(event->position()).isValid() ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void FlowView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (const auto item = itemAt(event->position()); item.isValid()) Q_EMIT centreRequested(item);
}

void FlowView::contextMenuEvent(QContextMenuEvent* event)
{
    QPoint at = event->globalPos();
    core::TimerId item = itemAt(event->pos());
    if (event->reason() == QContextMenuEvent::Keyboard) {
        item = m_focus;
        if (const auto* card = m_layout.cardOf(item)) at = mapToGlobal(card->box.center().toPoint());
    }
    if (!item.isValid() || m_actions.isEmpty()) return;
    select(item);
    QMenu menu(this);
    menu.setToolTipsVisible(true);
    menu.addActions(m_actions);
    menu.exec(at);
}

void FlowView::moveFocus(int by)
{
    const auto& cards = m_layout.cards;
    if (cards.empty()) return;
    const auto count = static_cast<int>(cards.size());
    const auto now = std::find_if(cards.begin(), cards.end(), [&](const FlowCard& c) { return c.id == m_focus; });
    const int at = now == cards.end() ? (by > 0 ? 0 : count - 1) : std::clamp(static_cast<int>(now - cards.begin()) + by, 0, count - 1);
    m_focus = cards[static_cast<std::size_t>(at)].id;
    setAccessibleDescription(tipAt(cards[static_cast<std::size_t>(at)].box.center()).replace(QLatin1Char('\n'), QStringLiteral(", ")));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    update();
}

void FlowView::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() != Qt::NoModifier && event->modifiers() != Qt::KeypadModifier) return View::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Up: return moveFocus(-1);
    case Qt::Key_Down: return moveFocus(+1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_focus.isValid()) select(m_focus);
        return;
    case Qt::Key_Escape:
        m_focus = {};
        m_selection.clear();
        return update();
    default: View::keyPressEvent(event);
    }
}

void FlowView::focusOutEvent(QFocusEvent* event)
{
    View::focusOutEvent(event);
    update();
}

bool FlowView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString tip = tipAt(help->pos());
        if (tip.isEmpty()) QToolTip::hideText();
        else QToolTip::showText(help->globalPos(), tip, this);
        return true;
    }
    return View::event(event);
}

} // namespace jiffy::ui

#include "moc_flow_view.cpp"
