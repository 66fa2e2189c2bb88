// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/list_view.h"

#include "ui/list/list_table.h"
#include "ui/narration/announcer.h"
#include "ui/theme/number_text.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

constexpr int frameMs = 16;
constexpr double pickDistance = 16;
constexpr double numberBelow = 27, wordsBelow = 43; ///< where what is written below a dot ends
constexpr double chipWidth = 96, chipHeight = 28, chipGap = 6;

} // namespace

ListFrame listFrame(const QRectF& box, int cpus, double scale)
{
    ListFrame f;
    const double margin = 18 * scale;
    double top = box.top() + 14 * scale;
    const double room = box.width() - 2 * margin;
    if (cpus > 1 && cpus * (chipWidth + chipGap) * scale - chipGap * scale <= room) {
        for (int c = 0; c < cpus; ++c)
            f.chips.push_back({c, QRectF(box.left() + margin + c * (chipWidth + chipGap) * scale, top, chipWidth * scale, chipHeight * scale)});
        top += (chipHeight + 8) * scale;
    }
    f.title = QPointF(box.left() + margin, top + 18 * scale);
    f.note = QPointF(box.left() + margin, box.bottom() - 14 * scale);
    f.list = QRectF(QPointF(box.left() + margin - 8 * scale, top + 34 * scale), QPointF(box.right() - margin + 8 * scale, box.bottom() - 36 * scale));
    return f;
}

ListView::ListView(const Desk& desk, QWidget* parent)
    : View(parent), m_provider(desk.theme), m_session(desk.session), m_selection(desk.selection),
      m_announcer(new Announcer(this, Announcer::Voice::Name))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Sorted list"));
    connect(&m_provider, &ThemeProvider::changed, this, [this] {
        relayout();
        update();
    });
    connect(&m_selection, &Selection::changed, this, qOverload<>(&QWidget::update));
}

ListView::~ListView() = default;

void ListView::reset(const core::InputsPtr&, const core::Snapshot&)
{
    m_frames.stop();
    m_motion.finish();
    m_scene = {};
    m_focus.reset();
    m_hovered.reset();
    if (m_table) m_table->show(m_scene);
    relayout();
    update();
}

void ListView::showMoment(const Moment& moment)
{
    if (!moment.world.geometry().is(core::TimerAlgorithm::SortedList)) return;
    m_effects = moment.effects;
    m_scene = makeListScene(moment.world, moment.inputs, m_effects, std::clamp(moment.cpu, 0, moment.world.cpuCount() - 1));
    if (m_table) m_table->show(m_scene);
    if (m_focus && *m_focus >= m_scene.count) m_focus.reset();
    m_hovered.reset();
    relayout();
    startMotion(moment.motion == Motion::Jump ? MotionStyle::Jump : moment.style);
    m_announcer->say(moment.sentence.plain());
    update();
}

void ListView::setCpu(int cpu)
{
    if (m_scene.isEmpty() || cpu == m_scene.cpu || !m_session.isOpen()) return;
    const core::World& world = m_session.world();
    if (cpu < 0 || cpu >= world.cpuCount() || !world.geometry().is(core::TimerAlgorithm::SortedList)) return;
    m_frames.stop();
    m_motion.finish();
    m_scene = makeListScene(world, m_scene.inputs, m_effects, cpu);
    if (m_table) m_table->show(m_scene);
    m_focus.reset();
    m_hovered.reset();
    relayout();
    update();
}

// ---- words

QString ListView::titleText() const
{
    const QString timers = m_scene.count == 0   ? tr("empty")
                           : m_scene.count == 1 ? tr("one timer")
                                                : tr("%1 timers, the next one first").arg(grouped(m_scene.count));
    return m_scene.cpus.size() > 1 ? tr("The list of CPU %1: %2").arg(m_scene.cpu).arg(timers) : tr("The list: %1").arg(timers);
}

QString ListView::noteText() const
{
    if (m_scene.backwards) return {};
    QStringList parts;
    if (m_scene.newcomers.size() == 1) {
        const auto place = m_scene.placeOf(m_scene.newcomers.front());
        const QString name = m_scene.nameOf(m_scene.newcomers.front());
        const QString compared = m_scene.comparisons == 1 ? tr("1 comparison") : tr("%1 comparisons").arg(grouped(m_scene.comparisons));
        parts += place && *place == 0 ? tr("%1 goes to the head after %2").arg(name, compared)
                 : place ? tr("%1 walks past %2 of them to its place: %3").arg(name, grouped(*place), compared)
                         : tr("%1 walks to its place: %2").arg(name, compared);
    } else if (m_scene.newcomers.size() > 1) {
        parts += tr("%1 comparisons to put timers into their places").arg(grouped(m_scene.comparisons));
    }
    if (m_scene.gone.size() == 1) parts += tr("%1 is unlinked: nobody is asked").arg(m_scene.nameOf(m_scene.gone.front().id));
    if (m_scene.firedCount > 1) parts += tr("%1 were taken off the head").arg(grouped(m_scene.firedCount));
    else if (m_scene.firing()) parts += tr("%1 was the head: nothing to search").arg(m_scene.nameOf(m_scene.firing()->id));
    return parts.join(QStringLiteral(" · "));
}

QString ListView::timerText(std::uint64_t place) const
{
    const auto timer = m_scene.at(place);
    if (!timer) return {};
    const std::int64_t ahead = m_scene.geometry.word.signedDistance(timer->expires, m_scene.clock.jiffies);
    const QString when = ahead >= 0 ? tr("expires at %1, in %2 jiffies").arg(timer->expires).arg(ahead)
                                    : tr("expires at %1, %2 jiffies ago").arg(timer->expires).arg(-ahead);
    const QString where = place == 0 ? tr("the head: looked at in every tick")
                                     : tr("place %1 of %2: whoever is added behind it compares with it and those before it")
                                           .arg(grouped(place + 1), grouped(m_scene.count));
    return QStringLiteral("%1\n%2\n%3").arg(m_scene.nameOf(timer->id), when, where);
}

// ---- layout and painting

bool ListView::hasNames() const
{
    // Names of a population say little, and a long list has no room for them.
    return !m_scene.isEmpty() && m_scene.count <= 60;
}

void ListView::relayout()
{
    m_frame = listFrame(rect(), static_cast<int>(m_scene.cpus.size()), m_provider.scale());
    m_layout = layoutOf(m_scene, m_frame.list, m_provider.look(), hasNames());
}

void ListView::paintView(QPainter& p, const QRectF& box, bool isVector)
{
    const Look& look = m_provider.look();
    const Theme& t = look.t();
    p.fillRect(box, t.canvas);
    if (m_scene.isEmpty()) return;
    const bool isHere = box == QRectF(rect());
    const ListFrame frame = isHere ? m_frame : listFrame(box, static_cast<int>(m_scene.cpus.size()), look.scale);
    const ListLayout layout = isHere ? m_layout : layoutOf(m_scene, frame.list, look, hasNames());
    p.setRenderHint(QPainter::Antialiasing);
    for (const auto& chip : frame.chips) {
        const ListGlance& glance = m_scene.cpus[static_cast<std::size_t>(chip.cpu)];
        const bool isShown = chip.cpu == m_scene.cpu;
        p.setPen(isShown ? QPen(t.line2, 1) : t.name == ThemeName::HighContrast ? QPen(t.line, 1) : QPen(Qt::NoPen));
        p.setBrush(isShown ? t.raised : t.sunken);
        p.drawRoundedRect(chip.box, look.px(8), look.px(8));
        const QString text = tr("CPU %1").arg(chip.cpu) + QStringLiteral(" · ") + grouped(glance.count);
        const QFont font = look.words(12.5, isShown ? QFont::DemiBold : QFont::Normal);
        p.setPen(glance.isFiring ? t.nowText : isShown ? t.ink : t.ink2);
        drawNumber(p, font, {chip.box.center().x() - numberWidth(font, text) / 2, chip.box.center().y() + look.px(4.4)}, text);
    }
    const double room = box.width() - look.px(36);
    const auto line = [&](QPointF at, QFont font, const QString& text, const QColor& colour) {
        p.setPen(colour);
        const double width = numberWidth(font, text);
        if (width > room) font.setPointSizeF(font.pointSizeF() * std::max(.75, room / width));
        drawNumber(p, font, at, numberWidth(font, text) > room ? QFontMetricsF(font).elidedText(text, Qt::ElideRight, room) : text);
    };
    line(frame.title, look.words(14, QFont::Medium), titleText(), t.ink2);
    line(frame.note, look.words(13), noteText(), t.ink2);
    ListPicture picture{m_scene, layout, look, m_selection.timer()};
    picture.withNames = hasNames();
    picture.withGlow = !isVector;
    if (isHere) {
        picture.motion = &m_motion;
        if (hasFocus()) picture.focus = m_focus;
        picture.hovered = m_hovered;
    }
    paintList(p, picture);
}

void ListView::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    paintView(p, rect(), false);
}

void ListView::resizeEvent(QResizeEvent*)
{
    relayout();
}

QAbstractItemModel* ListView::table()
{
    if (!m_table) {
        m_table = new ListTable(this);
        m_table->show(m_scene);
    }
    return m_table;
}

// ---- motion

void ListView::startMotion(MotionStyle style)
{
    m_frames.stop();
    if (m_provider.isMotionReduced()) style = MotionStyle::Jump;
    StepMotion::Plan plan;
    plan.flights = m_scene.newcomers.size() == 1 && !m_scene.backwards && m_scene.placeOf(m_scene.newcomers.front()) ? 1 : 0;
    plan.fires = m_scene.firing().has_value();
    plan.backwards = m_scene.backwards;
    plan.style = style;
    m_clock.restart();
    m_motion.begin(plan, 0);
    if (!m_motion.isRunning() || !isVisible()) return m_motion.finish();
    m_frames.start(frameMs, Qt::PreciseTimer, this);
    if (style == MotionStyle::Full && plan.flights > 0) Q_EMIT flightsStarted(static_cast<int>(m_motion.length()));
}

void ListView::showInstant(double ms)
{
    m_frames.stop();
    m_motion.advanceTo(ms);
    update();
}

void ListView::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_frames.timerId()) return View::timerEvent(event);
    m_motion.advanceTo(static_cast<double>(m_clock.elapsed()));
    if (!m_motion.isRunning()) {
        m_frames.stop();
        m_motion.finish();
    }
    update();
}

// ---- pointer and keys

const ListSpot* ListView::spotAt(QPointF point) const
{
    const Look& look = m_provider.look();
    if (const ListSpot* spot = m_layout.spotNear(point, look.px(pickDistance))) return spot;
    return m_layout.spotOfWords(point, look.px(hasNames() ? wordsBelow : numberBelow));
}

void ListView::select(std::uint64_t place)
{
    const auto timer = m_scene.at(place);
    m_focus = place;
    if (timer) m_selection.selectTimer(timer->id);
}

void ListView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_scene.isEmpty()) return event->ignore();
    for (const auto& chip : m_frame.chips)
        if (chip.box.contains(event->position())) {
            Q_EMIT cpuPicked(chip.cpu);
            return;
        }
    if (const ListSpot* spot = spotAt(event->position())) select(spot->place);
    else if (const auto called = timerOfSun(m_scene, m_layout, event->position(), m_provider.look().px(pickDistance)); called.isValid())
        m_selection.selectTimer(called);
    else m_selection.clear();
}

void ListView::mouseMoveEvent(QMouseEvent* event)
{
    const ListSpot* spot = m_scene.isEmpty() ? nullptr : spotAt(event->position());
    const auto hovered = spot ? std::optional(spot->place) : std::nullopt;
    setCursor(spot ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (hovered == m_hovered) return;
    m_hovered = hovered;
    update();
}

void ListView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const ListSpot* spot = m_scene.isEmpty() ? nullptr : spotAt(event->position());
    const auto timer = spot ? m_scene.at(spot->place) : std::nullopt;
    if (timer) Q_EMIT centreRequested(timer->id);
}

void ListView::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_scene.isEmpty()) return;
    QPoint at = event->globalPos();
    const ListSpot* spot = spotAt(event->pos());
    if (event->reason() == QContextMenuEvent::Keyboard) {
        spot = m_focus ? m_layout.spotOf(*m_focus) : nullptr;
        if (spot) at = mapToGlobal(spot->at.toPoint());
    }
    if (!spot || m_actions.isEmpty()) return;
    select(spot->place);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction* action : m_actions)
        if (action->isVisible()) menu->addAction(action);
    menu->popup(at);
}

void ListView::setFocusPlace(std::uint64_t place)
{
    m_focus = place;
    setAccessibleDescription(timerText(place).replace(QLatin1Char('\n'), QStringLiteral(", ")));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    update();
}

void ListView::moveFocus(int by)
{
    const auto& spots = m_layout.spots;
    if (spots.empty()) return;
    const ListSpot* now = m_focus ? m_layout.spotOf(*m_focus) : nullptr;
    const auto last = static_cast<std::ptrdiff_t>(spots.size()) - 1;
    // What is hidden is skipped: the keys walk over what is in sight.
    const std::ptrdiff_t at = now ? std::clamp<std::ptrdiff_t>(now - spots.data() + by, 0, last) : by > 0 ? 0 : last;
    setFocusPlace(spots[static_cast<std::size_t>(at)].place);
}

void ListView::keyPressEvent(QKeyEvent* event)
{
    if (m_scene.isEmpty() || (event->modifiers() & ~Qt::KeypadModifier) != 0) return View::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Up: return moveFocus(-1);
    case Qt::Key_Down: return moveFocus(+1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_focus) select(*m_focus);
        return update();
    default: View::keyPressEvent(event);
    }
}

void ListView::focusInEvent(QFocusEvent* event)
{
    View::focusInEvent(event);
    update();
}

void ListView::focusOutEvent(QFocusEvent* event)
{
    View::focusOutEvent(event);
    update();
}

bool ListView::event(QEvent* event)
{
    if (event->type() == QEvent::Leave && m_hovered) {
        m_hovered.reset();
        update();
    }
    if (event->type() == QEvent::ToolTip && !m_scene.isEmpty()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QPointF at(help->pos());
        QString tip;
        if (const ListSpot* spot = spotAt(at)) tip = timerText(spot->place);
        else if (m_layout.hidden != 0 && m_layout.gap.contains(at))
            tip = tr("%1 timers stand between; the table (Ctrl+T) lists more of them").arg(grouped(m_layout.hidden));
        if (tip.isEmpty()) QToolTip::hideText();
        else QToolTip::showText(help->globalPos(), tip, this);
        return true;
    }
    return View::event(event);
}

} // namespace jiffy::ui

#include "moc_list_view.cpp"
