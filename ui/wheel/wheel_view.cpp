// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/wheel_view.h"

#include "ui/narration/announcer.h"
#include "ui/tables/slot_table.h"
#include "ui/wheel/add_handle.h"
#include "ui/wheel/base_switch.h"
#include "ui/wheel/wheel_input.h"

#include <QAccessible>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr int frameMs = 16;
constexpr int slowFrameMs = 33; ///< between pictures of more than 20 steps a second
constexpr int outlineMs = 1'000;
constexpr int burstWindowMs = 1'000;
constexpr double pickDistance = 12;

/// 6.1: the wheel of a CPU that all changes of a step are about; none: both, or neither.
std::optional<int> wheelOfStep(const core::Geometry& g, const StepEffects& e, int cpu)
{
    if (g.wheels < 2) return std::nullopt;
    bool isSeen[2] = {false, false};
    const auto see = [&](core::SlotId slot) {
        const core::Place place = g.place(slot);
        if (place.cpu == cpu && place.level >= 0) isSeen[place.wheel] = true;
    };
    for (const auto* list : {&e.queued, &e.unqueued, &e.fired})
        for (const TimerAt& t : *list)
            see(t.slot);
    for (const TimerMove& m : e.moves)
        see(m.to);
    if (isSeen[0] == isSeen[1]) return std::nullopt;
    return isSeen[1] ? 1 : 0;
}

} // namespace

WheelView::WheelView(const Desk& desk, QWidget* parent)
    : View(parent), m_provider(desk.theme), m_session(desk.session), m_selection(desk.selection),
      m_announcer(new Announcer(this, Announcer::Voice::Name)),
      m_layout(wheelLayout(m_scene, {}, 1, m_form)), m_switch(new FormSwitch(desk.theme, this)), m_bases(new BaseSwitch(desk.theme, this)),
      m_add(new AddHandle(desk.theme, this)), m_input(new WheelInput(*this, desk, *m_add))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Timer wheel"));
    connect(&m_provider, &ThemeProvider::changed, this, [this] {
        m_isFloorStale = true;
        relayout();
        renewFlights();
        update();
    });
    connect(&m_selection, &Selection::changed, this, [this] {
        m_isRestingStale = true;
        update();
    });
    connect(m_switch, &FormSwitch::chosen, this, [this](WheelForm form) { setForm(form); });
    connect(m_bases, &BaseSwitch::chosen, this, &WheelView::setWheel);
    m_switch->hide(); // until there is a wheel
    m_bases->hide();
    m_add->hide();
    m_clock.start();
    m_lifetime.start();
}

WheelView::~WheelView() = default;

void WheelView::showPosition(const core::World& world, const core::InputsPtr& inputs,
                             const StepEffects& effects, MotionStyle style)
{
    const bool isOther = m_scene.inputs != inputs;
    // A branch of the same scenario goes on where one was looking.
    const bool isBranch = isOther && m_before && m_before->machine == inputs->machine && m_before->file == inputs->file;
    int cpu = isBranch ? m_cpuBefore : isOther ? std::max(effects.turn.cpu, 0) : m_scene.cpu;
    cpu = std::clamp(cpu, 0, world.cpuCount() - 1);
    const HandIndices hands =
        isOther ? handIndices(world.geometry(), 0)
                : glidingHands(m_scene.geometry, m_handFrom, m_scene.position, m_motion.hand());
    int wheel = isOther || m_scene.wheel >= world.geometry().wheels ? 0 : m_scene.wheel;
    if (style != MotionStyle::Outline) wheel = wheelOfStep(world.geometry(), effects, cpu).value_or(wheel);
    m_scene = makeScene(world, inputs, effects, cpu, wheel);
    if (m_table) m_table->show(world, cpu);
    if (isOther) m_focus.reset();
    m_before.reset();
    relayout();
    startMotion(isOther ? MotionStyle::Jump : style, hands);
    m_input->sceneChanged();
    const qint64 now = m_lifetime.elapsed(), since = now - m_painted;
    if (style != MotionStyle::Outline || since >= slowFrameMs) update();
    else if (!m_late.isActive()) m_late.start(static_cast<int>(slowFrameMs - since), Qt::PreciseTimer, this);
}

void WheelView::clear()
{
    stopMotion();
    if (m_scene.inputs) {
        m_before = m_scene.inputs;
        m_cpuBefore = m_scene.cpu;
    }
    m_scene = Scene{};
    if (m_table) m_table->clear();
    m_flights = Flights{};
    m_focus.reset();
    m_drag.reset();
    m_switch->hide();
    m_bases->hide();
    m_add->hide();
    m_isFloorStale = m_isRestingStale = true;
    m_input->sceneChanged();
    update();
}

void WheelView::reset(const core::InputsPtr&, const core::Snapshot&)
{
    clear();
}

void WheelView::showMoment(const Moment& moment)
{
    showPosition(moment.world, moment.inputs, moment.effects, moment.style);
    setSentence(moment.sentence.plain());
}

void WheelView::setCpu(int cpu, const core::World& world)
{
    if (!m_scene.inputs || cpu == m_scene.cpu || cpu < 0 || cpu >= world.cpuCount()) return;
    stopMotion();
    const StepEffects effects = m_scene.effects;
    m_scene = makeScene(world, m_scene.inputs, effects, cpu, m_scene.wheel);
    if (m_table) m_table->show(world, cpu);
    m_handFrom = handIndices(m_scene.geometry, m_scene.position);
    relayout();
    renewFlights();
    m_input->sceneChanged();
    update();
}

void WheelView::setWheel(int wheel)
{
    if (m_scene.isEmpty() || wheel == m_scene.wheel || wheel < 0 || wheel >= m_scene.geometry.wheels || !m_session.isOpen()) return;
    stopMotion();
    const StepEffects effects = m_scene.effects;
    m_scene = makeScene(m_session.world(), m_scene.inputs, effects, m_scene.cpu, wheel);
    m_handFrom = handIndices(m_scene.geometry, m_scene.position);
    m_focus.reset();
    relayout();
    renewFlights();
    m_input->sceneChanged();
    update();
    Q_EMIT wheelChanged(wheel);
}

QAbstractItemModel* WheelView::table()
{
    if (!m_table) {
        m_table = new SlotTable(m_session, this);
        if (!m_scene.isEmpty() && m_session.isOpen()) m_table->show(m_session.world(), m_scene.cpu);
    }
    return m_table;
}

void WheelView::setSentence(const QString& sentence)
{
    if (sentence == m_sentence) return;
    m_sentence = sentence;
    m_announcer->say(sentence);
}

void WheelView::setTimerActions(const QList<QAction*>& actions)
{
    m_input->setTimerActions(actions);
}

void WheelView::setEditable(bool isEditable)
{
    m_isEditable = isEditable;
    m_add->setVisible(isEditable && !m_scene.isEmpty());
}

// ---------------------------------------------------------------- motion

/// Whether a burst now would be the fourth within a second.
bool WheelView::isSteady()
{
    const qint64 now = m_lifetime.elapsed();
    if (now - m_bursts.front() < burstWindowMs) return true;
    std::rotate(m_bursts.begin(), m_bursts.begin() + 1, m_bursts.end());
    m_bursts.back() = now;
    return false;
}

void WheelView::startMotion(MotionStyle style, const HandIndices& handsBefore)
{
    m_frames.stop();
    m_outlines.stop();
    m_travel.finish();
    const bool isHeld = m_provider.isMotionReduced() && style != MotionStyle::Jump; // a step, and nothing flies
    if (isHeld) style = MotionStyle::Jump;
    m_handFrom = handsBefore;
    m_flights = makeFlights(m_scene, *m_layout, m_provider.scale(), style == MotionStyle::Full);
    StepMotion::Plan plan;
    plan.flights = m_flights.moves.size();
    plan.handMoves = handsBefore != handIndices(m_scene.geometry, m_scene.position);
    plan.fires = m_scene.running.isValid() || !m_scene.effects.fired.empty();
    plan.steady = plan.fires && style != MotionStyle::Jump && isSteady();
    plan.drains = !m_scene.effects.drains.empty();
    plan.backwards = m_scene.effects.backwards;
    plan.style = style;
    m_isOutlined = isHeld || style == MotionStyle::Outline;
    if (isHeld) m_outlines.start(outlineMs, this);
    m_clock.restart();
    m_motion.begin(plan, 0);
    m_isRestingStale = true;
    if (!m_motion.isRunning()) return;
    m_frames.start(frameMs, Qt::PreciseTimer, this);
    Q_EMIT animationStarted(animationMs());
    if (style == MotionStyle::Full && (plan.flights > 0 || plan.drains)) Q_EMIT flightsStarted(animationMs());
}

void WheelView::stopMotion()
{
    m_frames.stop();
    m_motion.finish();
    if (m_scene.isEmpty()) return;
    m_flights = makeFlights(m_scene, *m_layout, m_provider.scale(), false);
    m_handFrom = handIndices(m_scene.geometry, m_scene.position);
    m_isRestingStale = true;
}

bool WheelView::isTicking() const
{
    return m_frames.isActive() || m_late.isActive() || m_outlines.isActive();
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
    if (event->timerId() == m_late.timerId()) {
        m_late.stop();
        return update();
    }
    if (event->timerId() == m_outlines.timerId()) {
        m_outlines.stop();
        m_isOutlined = false;
        return update();
    }
    if (event->timerId() != m_frames.timerId()) return View::timerEvent(event);
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
    placeSwitches();
    if (!m_scene.isEmpty()) m_flights = makeFlights(m_scene, *m_layout, m_provider.scale(), false);
    m_isFloorStale = m_isRestingStale = true;
    m_input->sceneChanged();
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
    placeSwitches();
    m_isRestingStale = true;
}

void WheelView::placeSwitches()
{
    const QRectF box = formSwitchBox(canvas(), m_provider.look());
    const bool hasBases = hasTwoWheels(m_scene);
    if (hasBases) {
        m_bases->setState(m_scene.wheel, m_scene.pending - m_scene.deferrables, m_scene.deferrables);
        m_bases->setBox(baseSwitchBox(canvas(), m_provider.look(), m_layout->form()));
    }
    m_bases->setVisible(hasBases);
    m_switch->setVisible(!m_scene.isEmpty());
    m_switch->setBox(box);
    m_add->setVisible(m_isEditable && !m_scene.isEmpty());
    m_add->setBox(box);
}

void WheelView::renewFlights()
{
    if (!m_scene.isEmpty())
        m_flights = makeFlights(m_scene, *m_layout, m_provider.scale(), m_motion.isRunning());
}

WheelPicture WheelView::picture()
{
    WheelPicture w{m_scene, *m_layout, m_provider.look(), m_flights, canvas(), m_selection.timer(),
                   m_handFrom, &m_motion};
    if (hasFocus()) w.focus = m_focus;
    if (const core::SlotId slot = m_selection.slot(); slot.isValid() && !m_scene.isEmpty()) {
        const core::Place place = m_scene.geometry.place(slot);
        if (m_scene.isShown(place)) w.selectedSlot = SlotPlace{place.level, place.index};
    }
    w.isOutlined = m_isOutlined;
    m_sprites.prepare(m_provider.themeName(), devicePixelRatioF());
    w.sprites = &m_sprites;
    if (!m_layout->isMini()) { // the mini form is one of them, only larger
        m_minis.prepare(m_provider.themeName(), devicePixelRatioF());
        w.minis = &m_minis;
    }
    w.drag = m_drag ? &*m_drag : nullptr;
    return w;
}

void WheelView::renewFloor()
{
    const qreal ratio = devicePixelRatioF();
    QImage floor((QSizeF(size()) * ratio).toSize(), QImage::Format_RGB32);
    floor.setDevicePixelRatio(ratio);
    {
        QPainter p(&floor);
        p.setRenderHint(QPainter::Antialiasing);
        paintFloor(p, *m_layout, m_provider.look(), canvas(), m_scene.position);
    }
    m_heat.setFloor(std::move(floor), m_layout);
    m_floorPosition = m_scene.position;
    m_isFloorStale = false;
    m_isRestingStale = true;
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
    WheelPicture w = picture();
    for (int l = 0; l < m_layout->levels() && !m_layout->isMini(); ++l)
        for (std::uint32_t i = 0; i < m_layout->slots(l); ++i)
            m_heat.setColour(m_scene.geometry.level[static_cast<std::size_t>(l)].first + i, slotColour(w, {l, i}));
    const QImage& below = m_heat.image();
    if (m_resting.size() != below.size()) m_resting = QPixmap(below.size());
    m_resting.setDevicePixelRatio(below.devicePixelRatio());
    QPainter p(&m_resting);
    p.setCompositionMode(QPainter::CompositionMode_Source);
    p.drawImage(0, 0, below);
    p.setCompositionMode(QPainter::CompositionMode_SourceOver);
    p.setRenderHint(QPainter::Antialiasing);
    w.withHeat = false;
    paintResting(p, w);
    m_isRestingStale = false;
}

void WheelView::paintView(QPainter& painter, const QRectF& box, bool isVector)
{
    paintForm(painter, box, m_form, isVector);
}

void WheelView::paintForm(QPainter& painter, const QRectF& box, WheelForm form, bool isVector) const
{
    paintWheelView(painter, box, m_provider.look(), m_scene, form, m_selection.timer(), !isVector);
}

void WheelView::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    if (m_scene.isEmpty()) {
        p.fillRect(rect(), m_provider.theme().canvas);
        return;
    }
    m_painted = m_lifetime.elapsed();
    if (m_travel.isRunning()) return m_travel.paint(p, m_provider.theme());
    if (m_heat.image().devicePixelRatio() != devicePixelRatioF()) m_isFloorStale = true; // another screen
    if (m_layout->bands() && m_scene.position != m_floorPosition && !isSameCones()) m_isFloorStale = true;
    if (m_isFloorStale) renewFloor();
    if (m_isRestingStale) renewResting();
    p.drawPixmap(0, 0, m_resting);
    p.setRenderHint(QPainter::Antialiasing);
    const WheelPicture w = picture();
    paintMoving(p, w);
}

void WheelView::resizeEvent(QResizeEvent*)
{
    m_isFloorStale = true;
    relayout();
    renewFlights();
    m_input->sceneChanged();
}

// ---------------------------------------------------------------- what lies where

core::SlotId WheelView::slotId(SlotPlace place) const
{
    return m_scene.geometry.slotOn(m_scene.cpu, m_scene.wheel, place.level, place.index);
}

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
    const QString name = QString::fromStdString(m_scene.geometry.slotName(slotId(place)));
    QString text = slot.count == 0   ? tr("%1: empty").arg(name)
                   : slot.count == 1 ? tr("%1: one timer").arg(name)
                                     : tr("%1: %2 timers").arg(name, grouped(slot.count));
    for (std::uint32_t k = 0; k < slot.known; ++k)
        text += u'\n' + m_scene.nameOf(slot.first[k].id);
    if (slot.count > slot.known) text += u'\n' + tr("and %1 more").arg(grouped(slot.count - slot.known));
    return text;
}

QRectF WheelView::heatChip()
{
    if (m_scene.isEmpty() || m_scene.pending <= heatViewFrom) return {};
    return heatChipBox(picture());
}

// ---------------------------------------------------------------- pointer and keys

bool WheelView::event(QEvent* event)
{
    return m_input->handle(event) || View::event(event);
}

void WheelView::setFocusPlace(std::optional<SlotPlace> place)
{
    m_focus = place;
    if (place) {
        setAccessibleDescription(slotText(*place));
        QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changed);
    }
    update();
}

void WheelView::setDrag(const std::optional<DragPicture>& drag)
{
    m_drag = drag;
    update();
}

} // namespace jiffy::ui

#include "moc_wheel_view.cpp"
