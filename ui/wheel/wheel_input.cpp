// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/wheel_input.h"

#include "ui/wheel/add_handle.h"
#include "ui/wheel/filing.h"
#include "ui/wheel/loupe.h"
#include "ui/wheel/minis.h"
#include "ui/wheel/wheel_view.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

constexpr int hoverMs = 150;

} // namespace

WheelInput::WheelInput(WheelView& view, const Desk& desk, AddHandle& add)
    : QObject(&view), m_view(view), m_selection(desk.selection),
      m_theme(desk.theme), m_loupe(new Loupe(desk.theme, &view))
{
    connect(&add, &AddHandle::clicked, &view, [&view] { Q_EMIT view.addRequested(core::SlotId::none()); });
    connect(&add, &AddHandle::dragged, this, [this](QPointF at) {
        m_isDragging = true;
        m_dragged = core::TimerId::none();
        dragTo(at);
    });
    connect(&add, &AddHandle::dropped, this, [this] { drop(); });
    connect(&add, &AddHandle::cancelled, this, [this] { cancelDrag(); });
}

bool WheelInput::handle(QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        press(*static_cast<QMouseEvent*>(event));
        return true;
    case QEvent::MouseMove:
        return move(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonRelease:
        return release(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonDblClick: {
        const core::TimerId timer = m_view.timerAt(static_cast<QMouseEvent*>(event)->position());
        if (!timer.isValid()) return false;
        m_selection.selectTimer(timer);
        Q_EMIT m_view.centreRequested(timer);
        return true;
    }
    case QEvent::Leave:
        leave();
        return false;
    case QEvent::FocusOut:
        cancelDrag();
        m_view.update();
        return false;
    case QEvent::FocusIn:
        m_view.update();
        return false;
    case QEvent::KeyPress:
        return key(*static_cast<QKeyEvent*>(event));
    case QEvent::ShortcutOverride: // these are ours even where the window has a use for them
        if (m_isDragging && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
        return false;
    case QEvent::ContextMenu:
        contextMenu(*static_cast<QContextMenuEvent*>(event));
        return true;
    case QEvent::ToolTip: { // slots have the loupe
        const QPointF at(static_cast<QHelpEvent*>(event)->pos());
        m_view.setToolTip(m_view.heatChip().contains(at) ? WheelView::tr("Select the fullest slot and list its timers")
                                                         : QString());
        return m_view.toolTip().isEmpty();
    }
    default:
        return false;
    }
}

// ---------------------------------------------------------------- hover

void WheelInput::hover(QPointF at)
{
    m_pointer = at;
    const auto place = m_view.slotNear(at);
    m_view.setCursor(m_view.heatChip().contains(at) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (place == m_hovered) return;
    m_hovered = place;
    Q_EMIT m_view.slotHovered(place ? m_view.slotId(*place) : core::SlotId::none());
    if (!place) return hideLoupe();
    if (m_loupe->isVisible()) m_loupe->showFor(loupeContent(m_view.scene(), *place), at);
    else m_hoverTimer.start(hoverMs, this);
}

void WheelInput::leave()
{
    hideLoupe();
    if (!m_hovered) return;
    m_hovered.reset();
    Q_EMIT m_view.slotHovered(core::SlotId::none());
}

void WheelInput::hideLoupe()
{
    m_hoverTimer.stop();
    m_loupe->hide();
}

void WheelInput::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_hoverTimer.timerId()) return QObject::timerEvent(event);
    m_hoverTimer.stop();
    if (m_hovered && !m_view.scene().isEmpty())
        m_loupe->showFor(loupeContent(m_view.scene(), *m_hovered), m_pointer);
}

void WheelInput::sceneChanged()
{
    if (m_isDragging) cancelDrag(); // what it was about is gone
    if (m_view.scene().isEmpty()) {
        m_hovered.reset();
        return hideLoupe();
    }
    if (!m_hovered) return;
    const auto now = m_view.slotNear(m_pointer);
    if (now == m_hovered && m_loupe->isVisible())
        return m_loupe->showFor(loupeContent(m_view.scene(), *m_hovered), m_pointer);
    if (now == m_hovered) return;
    m_hovered.reset();
    hideLoupe();
}

// ---------------------------------------------------------------- clicks

core::TimerId WheelInput::singleTimer(QPointF at) const
{
    const auto place = m_view.slotNear(at);
    if (!place) return core::TimerId::none();
    const Scene& s = m_view.scene();
    const SceneSlot& slot = s.slot(place->level, place->index);
    const auto limit = static_cast<std::uint32_t>(m_view.layoutOfWheel().dotLimit(place->level));
    const bool isMany = slot.count > 1 && (slot.count > limit || s.pending > heatViewFrom || s.fullest > heatFirstFrom);
    return isMany ? core::TimerId::none() : m_view.timerAt(at);
}

void WheelInput::select(SlotPlace place, core::TimerId timer)
{
    if (!timer.isValid()) return m_selection.selectSlot(m_view.slotId(place));
    m_selection.selectTimer(timer);
    Q_EMIT m_view.timerSelected(timer);
}

void WheelInput::press(QMouseEvent& event)
{
    hideLoupe();
    if (m_isDragging) return cancelDrag(); // another button
    m_pressed.reset();
    if (event.button() != Qt::LeftButton || m_view.scene().isEmpty()) return;
    const QPointF at = event.position();
    for (const MiniPlace& m :
         miniPlaces(static_cast<int>(m_view.scene().cpus.size()), QRectF(m_view.rect()), m_theme.scale()))
        if (m.card.contains(at)) {
            Q_EMIT m_view.cpuPicked(m.cpu);
            return;
        }
    if (m_view.heatChip().contains(at)) {
        SlotPlace fullest;
        const Scene& s = m_view.scene();
        for (int l = 0; l < s.geometry.levels; ++l)
            for (std::uint32_t i = 0; i < m_view.layoutOfWheel().slots(l); ++i)
                if (s.slot(l, i).count == s.fullest) fullest = {l, i};
        return m_selection.selectSlot(m_view.slotId(fullest));
    }
    m_pressed = at;
    m_pressedTimer = singleTimer(at);
}

bool WheelInput::move(QMouseEvent& event)
{
    const QPointF at = event.position();
    if (m_isDragging) {
        dragTo(at);
        return true;
    }
    const bool mayDrag = m_pressed && m_pressedTimer.isValid() && m_view.isEditable();
    if (mayDrag && (at - *m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_isDragging = true;
        m_dragged = m_pressedTimer;
        m_selection.selectTimer(m_dragged);
        m_view.setCursor(Qt::ClosedHandCursor);
        dragTo(at);
        return true;
    }
    if (event.buttons() == Qt::NoButton) hover(at);
    return true;
}

bool WheelInput::release(QMouseEvent& event)
{
    if (event.button() != Qt::LeftButton) return false;
    if (m_isDragging) {
        drop();
        return true;
    }
    if (!m_pressed) return false;
    m_pressed.reset();
    const auto place = m_view.slotNear(event.position());
    if (place) select(*place, m_pressedTimer);
    else m_selection.clear();
    return true;
}

// ---------------------------------------------------------------- dragging

void WheelInput::dragTo(QPointF at)
{
    const Scene& s = m_view.scene();
    const auto target = m_view.layoutOfWheel().isMini() ? std::nullopt : m_view.layoutOfWheel().slotAt(at);
    const bool isNew = target != m_target;
    m_target = target;
    m_expiry = target ? expiryFor(s.geometry, s.filing, *target) : std::nullopt;
    DragPicture picture;
    picture.timer = m_dragged;
    picture.target = m_target;
    picture.pointer = at;
    picture.isAllowed = m_expiry.has_value();
    if (m_target && m_expiry) {
        const std::int64_t ahead = s.geometry.word.signedDistance(*m_expiry, s.clock.jiffies);
        picture.text = QString::fromStdString(s.geometry.slotName(m_view.slotId(*m_target))) +
                       WheelView::tr("  in %1 jiffies").arg(grouped(static_cast<std::uint64_t>(std::max<std::int64_t>(0, ahead))));
    } else if (m_target) {
        picture.text = WheelView::tr("no expiry leads here now");
    }
    m_view.setDrag(picture);
    if (isNew && m_expiry) Q_EMIT m_view.dragPreview(m_dragged, *m_expiry);
}

void WheelInput::drop()
{
    if (!m_isDragging) return;
    const auto target = m_target;
    const auto expiry = m_expiry;
    const core::TimerId timer = m_dragged;
    cancelDrag();
    if (!target || !expiry) return;
    if (timer.isValid()) Q_EMIT m_view.timerDropped(timer, *expiry);
    else Q_EMIT m_view.addRequested(m_view.slotId(*target));
}

void WheelInput::cancelDrag()
{
    m_pressed.reset();
    if (!m_isDragging) return;
    m_isDragging = false;
    m_target.reset();
    m_expiry.reset();
    m_view.setCursor(Qt::ArrowCursor);
    m_view.setDrag(std::nullopt);
    Q_EMIT m_view.dragEnded();
}

// ---------------------------------------------------------------- keys

bool WheelInput::key(QKeyEvent& event)
{
    if (m_view.scene().isEmpty()) return false;
    const bool isLevel = (event.modifiers() & Qt::AltModifier) != 0;
    const bool isPlain = (event.modifiers() & ~(Qt::AltModifier | Qt::KeypadModifier)) == 0;
    switch (event.key()) {
    case Qt::Key_Up:
        if (!isPlain) return false;
        isLevel ? walkLevel(-1) : walk(-1);
        return true;
    case Qt::Key_Down:
        if (!isPlain) return false;
        isLevel ? walkLevel(1) : walk(1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_view.focusPlace()) return false;
        selectFocused();
        return true;
    case Qt::Key_Escape:
        if (!m_isDragging) return false;
        cancelDrag();
        return true;
    case Qt::Key_F10:
        if (event.modifiers() != Qt::ShiftModifier) return false;
        openMenu(m_view.focusPlace() ? m_view.layoutOfWheel().middle(*m_view.focusPlace()) : m_view.rect().center(),
                 m_view.focusPlace(), m_selection.timer());
        return true;
    default:
        return false;
    }
}

void WheelInput::walk(int step)
{
    const Scene& s = m_view.scene();
    SlotPlace p = m_view.focusPlace().value_or(SlotPlace{0, s.geometry.level[0].indexOf(s.position)});
    const std::uint32_t n = m_view.layoutOfWheel().slots(p.level);
    for (std::uint32_t i = 0; i < n; ++i) {
        p.index = (p.index + n + static_cast<std::uint32_t>(step)) % n;
        if (s.slot(p.level, p.index).count != 0) break;
    }
    m_view.setFocusPlace(p);
}

void WheelInput::walkLevel(int step)
{
    const Scene& s = m_view.scene();
    const int level = std::clamp((m_view.focusPlace() ? m_view.focusPlace()->level : 0) + step, 0,
                                 m_view.layoutOfWheel().levels() - 1);
    m_view.setFocusPlace(SlotPlace{level, s.geometry.level[static_cast<std::size_t>(level)].indexOf(s.position)});
}

/// The first timer of the slot; pressed again, the next of its list; an empty slot itself.
void WheelInput::selectFocused()
{
    const SlotPlace place = *m_view.focusPlace();
    const SceneSlot& slot = m_view.scene().slot(place.level, place.index);
    std::uint32_t next = 0;
    for (std::uint32_t k = 0; k < slot.known; ++k)
        if (slot.first[k].id == m_selection.timer()) next = (k + 1) % slot.known;
    select(place, slot.known > 0 ? slot.first[next].id : core::TimerId::none());
}

// ---------------------------------------------------------------- context menu

void WheelInput::contextMenu(const QContextMenuEvent& event)
{
    if (m_view.scene().isEmpty() || m_isDragging) return;
    if (event.reason() == QContextMenuEvent::Keyboard) {
        const auto place = m_view.focusPlace();
        const QPointF at = place ? m_view.layoutOfWheel().middle(*place) : QPointF(m_view.rect().center());
        return openMenu(at, place, m_selection.timer());
    }
    const QPointF at(event.pos());
    const auto place = m_view.slotNear(at);
    const core::TimerId timer = singleTimer(at);
    if (place) select(*place, timer);
    openMenu(at, place, timer);
}

void WheelInput::fillMenu(QMenu& menu, std::optional<SlotPlace> place, core::TimerId timer)
{
    if (place && m_view.isEditable()) {
        const auto slot = m_view.slotId(*place);
        const Scene& s = m_view.scene();
        auto* add = menu.addAction(
            WheelView::tr("Add a timer to %1…").arg(QString::fromStdString(s.geometry.slotName(slot))),
            &m_view, [this, slot] { Q_EMIT m_view.addRequested(slot); });
        add->setEnabled(expiryFor(s.geometry, s.filing, *place).has_value());
    }
    for (QAction* action : m_timerActions)
        if (action->isVisible()) menu.addAction(action);
    menu.addSeparator();
    if (timer.isValid())
        menu.addAction(WheelView::tr("Show its life in the timeline"), &m_view,
                       [this, timer] { Q_EMIT m_view.centreRequested(timer); });
    if (place)
        menu.addAction(WheelView::tr("Select the slot"), this,
                       [this, slot = *place] { m_selection.selectSlot(m_view.slotId(slot)); });
}

void WheelInput::openMenu(QPointF at, std::optional<SlotPlace> place, core::TimerId timer)
{
    hideLoupe();
    auto* menu = new QMenu(&m_view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu, place, timer);
    if (menu->isEmpty()) return delete menu;
    menu->popup(m_view.mapToGlobal(at.toPoint()));
}

} // namespace jiffy::ui

#include "moc_wheel_input.cpp"
