// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/wheel_view.h"

#include "ui/wheel/minis.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr int frameMs = 16;
constexpr double pickDistance = 12;

} // namespace

WheelView::WheelView(const ThemeProvider& provider, QWidget* parent)
    : View(parent), m_provider(provider), m_layout(wheelLayout(m_scene, {}, 1, m_form)),
      m_switch(new FormSwitch(provider, this))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Timer wheel"));
    connect(&provider, &ThemeProvider::changed, this, [this] {
        m_isFloorStale = true;
        relayout();
        update();
    });
    connect(m_switch, &FormSwitch::chosen, this, [this](WheelForm form) { setForm(form); });
    m_switch->hide(); // until there is a wheel
    m_clock.start();
}

void WheelView::showPosition(const core::World& world, const core::InputsPtr& inputs,
                             const StepEffects& effects, MotionStyle style)
{
    const bool isOther = m_scene.inputs != inputs;
    int cpu = isOther ? std::max(effects.turn.cpu, 0) : m_scene.cpu;
    cpu = std::clamp(cpu, 0, world.cpuCount() - 1);
    const core::Jiffies before = m_scene.position;
    m_scene = makeScene(world, inputs, effects, cpu);
    if (isOther) {
        m_selected = core::TimerId::none();
        m_focus.reset();
    }
    relayout();
    startMotion(isOther ? MotionStyle::Jump : style, isOther ? m_scene.position : before);
    update();
}

void WheelView::clear()
{
    stopMotion();
    m_scene = Scene{};
    m_flights = Flights{};
    m_selected = core::TimerId::none();
    m_focus.reset();
    m_isFloorStale = m_isRestingStale = true;
    update();
}

void WheelView::setCpu(int cpu, const core::World& world)
{
    if (m_scene.isEmpty() || cpu == m_scene.cpu || cpu < 0 || cpu >= world.cpuCount()) return;
    stopMotion();
    const StepEffects effects = m_scene.effects;
    m_scene = makeScene(world, m_scene.inputs, effects, cpu);
    m_handFrom = m_scene.position;
    relayout();
    update();
}

void WheelView::setSelectedTimer(core::TimerId timer)
{
    if (timer == m_selected) return;
    m_selected = timer;
    m_isRestingStale = true;
    update();
}

void WheelView::setSentence(const QString& sentence)
{
    if (sentence == m_sentence) return;
    m_sentence = sentence;
    setAccessibleName(sentence);
    QAccessibleEvent changed(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&changed);
}

// ---------------------------------------------------------------- motion

void WheelView::startMotion(MotionStyle style, core::Jiffies handFrom)
{
    m_frames.stop();
    if (m_provider.isMotionReduced()) style = MotionStyle::Jump;
    m_travel.finish();
    m_handFrom = handFrom;
    m_flights = makeFlights(m_scene, *m_layout, style == MotionStyle::Full);
    StepMotion::Plan plan;
    plan.flights = m_flights.moves.size();
    plan.handMoves = handFrom != m_scene.position;
    plan.fires = m_scene.running.isValid() || !m_scene.effects.fired.empty();
    plan.drains = !m_scene.effects.drains.empty();
    plan.backwards = m_scene.effects.backwards;
    plan.style = style;
    m_clock.restart();
    m_motion.begin(plan, 0);
    m_isRestingStale = true;
    if (!m_motion.isRunning()) return;
    m_frames.start(frameMs, Qt::PreciseTimer, this);
    Q_EMIT animationStarted(animationMs());
}

void WheelView::stopMotion()
{
    m_frames.stop();
    m_motion.finish();
    if (m_scene.isEmpty()) return;
    m_flights = makeFlights(m_scene, *m_layout, false);
    m_handFrom = m_scene.position;
    m_isRestingStale = true;
}

void WheelView::showInstant(double ms)
{
    m_frames.stop();
    m_motion.advanceTo(ms);
    if (!m_motion.isRunning()) stopMotion();
    update();
}

void WheelView::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_frames.timerId()) return QWidget::timerEvent(event);
    if (m_travel.isRunning()) {
        m_travel.advance(static_cast<double>(m_travelClock.elapsed()));
        if (!m_travel.isRunning()) m_frames.stop();
        return update();
    }
    m_motion.advanceTo(static_cast<double>(m_clock.elapsed()));
    if (!m_motion.isRunning()) stopMotion();
    update();
}

std::optional<QPointF> WheelView::flightPosition(core::TimerId timer) const
{
    for (std::size_t i = 0; i < m_flights.moves.size(); ++i)
        if (m_flights.moves[i].timer == timer) return pointOn(m_flights.paths[i], m_motion.flight(i));
    return std::nullopt;
}

void WheelView::setForm(WheelForm form, bool isAnimated)
{
    if (form == m_form) return;
    m_form = form;
    m_switch->setForm(form);
    stopMotion();
    const WheelLayoutPtr layout = wheelLayout(m_scene, canvas(), m_provider.scale(), form);
    const bool isSeen = isAnimated && isVisible() && !m_scene.isEmpty() && !m_provider.isMotionReduced() &&
                        !layout->isSameAs(*m_layout);
    if (isSeen && m_travel.isRunning()) m_travel.turnRound();
    else if (isSeen) m_travel.begin(picture(), layout, devicePixelRatioF());
    m_layout = layout;
    if (!m_scene.isEmpty()) m_flights = makeFlights(m_scene, *m_layout, false);
    m_isFloorStale = m_isRestingStale = true;
    if (isSeen) {
        m_travelClock.restart();
        m_frames.start(frameMs, Qt::PreciseTimer, this);
    } else {
        m_travel.finish();
    }
    update();
    Q_EMIT formChanged(form);
}

// ---------------------------------------------------------------- painting

void WheelView::relayout()
{
    m_travel.finish();
    const WheelLayoutPtr layout = wheelLayout(m_scene, canvas(), m_provider.scale(), m_form);
    if (!layout->isSameAs(*m_layout)) {
        m_isFloorStale = true;
        m_layout = layout;
    }
    m_switch->setVisible(!m_scene.isEmpty());
    m_switch->setBox(formSwitchBox(canvas(), m_provider.look()));
    if (!m_scene.isEmpty()) m_flights = makeFlights(m_scene, *m_layout, m_motion.isRunning());
    m_isRestingStale = true;
}

WheelPicture WheelView::picture() const
{
    return {m_scene,    *m_layout,  m_provider.look(), m_flights, canvas(),
            m_selected, m_handFrom, &m_motion,         true,      m_focus};
}

void WheelView::renewFloor()
{
    const qreal ratio = devicePixelRatioF();
    const QSize pixels = (QSizeF(size()) * ratio).toSize();
    m_floor = QPixmap(pixels);
    m_floor.setDevicePixelRatio(ratio);
    QPainter p(&m_floor);
    p.setRenderHint(QPainter::Antialiasing);
    paintFloor(p, *m_layout, m_provider.look(), canvas(), m_scene.position);
    m_floorPosition = m_scene.position;
    m_isFloorStale = false;
}

/// Whether the hands of tv2 and above are in the slots that the floor's cones come from.
bool WheelView::isSameCones() const
{
    const core::Geometry& g = m_scene.geometry;
    for (int l = 1; l < g.levels; ++l) {
        const core::Level& level = g.level[static_cast<std::size_t>(l)];
        if (level.indexOf(m_floorPosition) != level.indexOf(m_scene.position)) return false;
    }
    return true;
}

void WheelView::renewResting()
{
    m_resting = m_floor.copy();
    QPainter p(&m_resting);
    p.setRenderHint(QPainter::Antialiasing);
    paintResting(p, picture());
    m_isRestingStale = false;
}

void WheelView::reset(const core::InputsPtr&, const core::Snapshot&)
{
    clear();
    setSelectedTimer(core::TimerId::none());
}

void WheelView::showMoment(const Moment& moment)
{
    showPosition(moment.world, moment.inputs, moment.effects, moment.style);
    setSentence(moment.sentence.plain());
}

void WheelView::paintView(QPainter& painter, const QRectF& box, bool isVector)
{
    paintForm(painter, box, m_form, isVector);
}

void WheelView::paintForm(QPainter& painter, const QRectF& box, WheelForm form, bool isVector) const
{
    paintWheelView(painter, box, m_provider.look(), m_scene, form, m_selected, !isVector);
}

void WheelView::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    if (m_scene.isEmpty()) {
        p.fillRect(rect(), m_provider.theme().canvas);
        return;
    }
    if (m_floor.devicePixelRatio() != devicePixelRatioF())
        m_isFloorStale = m_isRestingStale = true; // another screen
    if (m_travel.isRunning()) return m_travel.paint(p, m_provider.theme());
    if (m_layout->bands() && m_scene.position != m_floorPosition) m_isFloorStale = m_isFloorStale || !isSameCones();
    if (m_isFloorStale) renewFloor();
    if (m_isRestingStale) renewResting();
    p.drawPixmap(0, 0, m_resting);
    p.setRenderHint(QPainter::Antialiasing);
    paintMoving(p, picture());
    if (m_focus && hasFocus() && !m_layout->isMini()) {
        p.setPen(QPen(m_provider.theme().ink, 2));
        p.setBrush(Qt::NoBrush);
        p.drawPolygon(m_layout->cell(*m_focus, -3));
    }
}

void WheelView::resizeEvent(QResizeEvent*)
{
    m_isFloorStale = true;
    relayout();
}

// ---------------------------------------------------------------- pointer and keys

std::optional<SlotPlace> WheelView::slotNear(QPointF point) const
{
    if (m_scene.isEmpty() || m_layout->isMini()) return std::nullopt;
    // The nearest occupied slot; the one under the pointer is at distance 0.
    const auto under = m_layout->slotAt(point);
    if (under && m_scene.slot(under->level, under->index).count != 0) return under;
    std::optional<SlotPlace> best = under;
    double nearest = pickDistance;
    for (int l = 0; l < m_layout->levels(); ++l)
        for (std::uint32_t i = 0; i < m_layout->slots(l); ++i) {
            if (m_scene.slot(l, i).count == 0) continue;
            const double d = m_layout->distance({l, i}, point);
            if (d >= nearest) continue;
            nearest = d;
            best = SlotPlace{l, i};
        }
    return best;
}

core::TimerId WheelView::timerAt(QPointF point) const
{
    const auto place = slotNear(point);
    if (!place) return core::TimerId::none();
    const SceneSlot& slot = m_scene.slot(place->level, place->index);
    core::TimerId best = slot.known > 0 ? slot.first[0].id : core::TimerId::none();
    const int limit = m_layout->dotLimit(place->level);
    if (slot.count > static_cast<std::uint32_t>(limit)) return best;
    double nearest = 1e9;
    for (std::uint32_t k = 0; k < slot.known; ++k) {
        const QPointF d = m_layout->dot(*place, static_cast<int>(k), static_cast<int>(slot.count)) - point;
        if (const double length = std::hypot(d.x(), d.y()); length < nearest) {
            nearest = length;
            best = slot.first[k].id;
        }
    }
    return best;
}

QString WheelView::slotText(SlotPlace place) const
{
    const SceneSlot& slot = m_scene.slot(place.level, place.index);
    const core::SlotId id = m_scene.geometry.slot(m_scene.cpu, place.level, place.index);
    const QString name = QString::fromStdString(m_scene.geometry.slotName(id));
    QString text = slot.count == 0   ? tr("%1: empty").arg(name)
                   : slot.count == 1 ? tr("%1: one timer").arg(name)
                                     : tr("%1: %2 timers").arg(name, grouped(slot.count));
    for (std::uint32_t k = 0; k < slot.known; ++k)
        text += u'\n' + m_scene.nameOf(slot.first[k].id);
    if (slot.count > slot.known) text += u'\n' + tr("and %1 more").arg(grouped(slot.count - slot.known));
    return text;
}

void WheelView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
    for (const MiniPlace& m : miniPlaces(static_cast<int>(m_scene.cpus.size()), canvas(), m_provider.scale()))
        if (m.card.contains(event->position())) {
            Q_EMIT cpuPicked(m.cpu);
            return;
        }
    const core::TimerId timer = timerAt(event->position());
    if (!timer.isValid()) return;
    setSelectedTimer(timer);
    Q_EMIT timerSelected(timer);
}

void WheelView::mouseMoveEvent(QMouseEvent* event)
{
    const auto place = slotNear(event->position());
    const core::SlotId slot =
        place ? m_scene.geometry.slot(m_scene.cpu, place->level, place->index) : core::SlotId::none();
    if (slot == m_hovered) return;
    m_hovered = slot;
    Q_EMIT slotHovered(slot);
}

void WheelView::leaveEvent(QEvent*)
{
    if (!m_hovered.isValid()) return;
    m_hovered = core::SlotId::none();
    Q_EMIT slotHovered(m_hovered);
}

bool WheelView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const auto place = slotNear(QPointF(help->pos())))
            QToolTip::showText(help->globalPos(), slotText(*place), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void WheelView::keyPressEvent(QKeyEvent* event)
{
    // Left and Right are always time; they belong to the window.
    const bool isLevel = (event->modifiers() & Qt::AltModifier) != 0;
    if (m_scene.isEmpty()) return QWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Up:
        return isLevel ? moveFocusLevel(-1) : moveFocus(-1);
    case Qt::Key_Down:
        return isLevel ? moveFocusLevel(1) : moveFocus(1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_focus) break;
        if (const SceneSlot& slot = m_scene.slot(m_focus->level, m_focus->index); slot.known > 0) {
            setSelectedTimer(slot.first[0].id);
            Q_EMIT timerSelected(m_selected);
        }
        return;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void WheelView::moveFocus(int step)
{
    const SlotPlace start =
        m_focus.value_or(SlotPlace{0, m_scene.geometry.level[0].indexOf(m_scene.position)});
    const std::uint32_t n = m_layout->slots(start.level);
    SlotPlace p = start;
    for (std::uint32_t i = 0; i < n; ++i) {
        p.index = (p.index + n + static_cast<std::uint32_t>(step)) % n;
        if (m_scene.slot(p.level, p.index).count != 0) break;
    }
    m_focus = p;
    setAccessibleDescription(slotText(p));
    update();
}

void WheelView::moveFocusLevel(int step)
{
    const int level = std::clamp((m_focus ? m_focus->level : 0) + step, 0, m_layout->levels() - 1);
    m_focus =
        SlotPlace{level, m_scene.geometry.level[static_cast<std::size_t>(level)].indexOf(m_scene.position)};
    setAccessibleDescription(slotText(*m_focus));
    update();
}

void WheelView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void WheelView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace jiffy::ui

#include "moc_wheel_view.cpp"
