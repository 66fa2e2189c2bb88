// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/interventions.h"

#include "ui/whatif/cpu_dialog.h"
#include "ui/whatif/dialogs.h"
#include "ui/whatif/preview_card.h"
#include "ui/whatif/work_dialog.h"
#include "ui/wheel/wheel_view.h"

#include <QCursor>

#include <algorithm>
#include <tuple>

namespace jiffy::ui
{

using core::Intervention;

Interventions::Interventions(const Desk& desk, const Actions& actions, QWidget* window)
    : QObject(window), m_desk(desk), m_actions(actions), m_window(window)
{
    const auto on = [&](Act act, auto what) { connect(actions[act], &QAction::triggered, this, what); };
    on(Act::AddTimer, [this] { askToAdd(); });
    on(Act::MoveTimer, [this] { askToMove(); });
    on(Act::DeleteTimer, [this] { remove({}); });
    on(Act::BurnTime, [this] { askToBurn(); });
    on(Act::StepClock, [this] { askToStepClock(); });
    using What = Intervention::What;
    on(Act::IdleCpu, [this] { askOnCpu(What::GoIdle); });
    on(Act::Interrupt, [this] { askOnCpu(What::Interrupt); });
    on(Act::SignalProcess, [this] { askOnCpu(What::Signal); });
    on(Act::WakeProcess, [this] { askOnCpu(What::Wake); });
    on(Act::DeleteSync, [this] { askOnCpu(What::DeleteSync); });
    on(Act::FreeTimer, [this] { askOnCpu(What::Free); });
    on(Act::Fork, [this] { askToFork(); });
    auto& undo = desk.session.undoStack();
    on(Act::Undo, [&undo] { undo.undo(); });
    on(Act::Redo, [&undo] { undo.redo(); });
    const auto update = [this] { updateActions(); };
    connect(&undo, &QUndoStack::indexChanged, this, update);
    connect(&desk.session, &Session::runReset, this, update);
    connect(&desk.session, &Session::positionChanged, this, update);
    connect(&desk.session, &Session::snapshotReady, this, update);
    connect(&desk.selection, &Selection::changed, this, update);
    updateActions();
}

void Interventions::updateActions()
{
    auto& session = m_desk.session;
    const bool open = session.isOpen();
    const bool can = open && session.whyNoIntervention().isEmpty();
    const auto timer = m_desk.selection.timer();
    const bool has = can && timer.isValid() && timer.value < session.inputs().timers.size();
    const bool isPending = has && session.world().isDefined(timer) && session.world().item(timer).isPending();
    if (m_wheel != nullptr) m_wheel->setEditable(can);
    // Of tgtd the same keys are about work.
    const bool isWork = isDaemon();
    const bool isOfCpus = open && session.inputs().machine.kernel.isThere;
    m_actions.setDriver(isWork ? core::Driver::Daemon : core::Driver::Kernel,
                        open ? session.inputs().machine.timers : core::TimerAlgorithm::Wheel39, isOfCpus);
    m_actions[Act::StepClock]->setEnabled(can && isWork);
    m_actions[Act::BurnTime]->setEnabled(can && (isWork || isOfCpus));
    for (const auto act : {Act::IdleCpu, Act::Interrupt})
        m_actions[act]->setEnabled(can && isOfCpus);
    for (const auto act : {Act::SignalProcess, Act::WakeProcess})
        m_actions[act]->setEnabled(can && isOfCpus && session.inputs().machine.kernel.processes != 0);
    for (const auto act : {Act::DeleteSync, Act::FreeTimer})
        m_actions[act]->setEnabled(has && isOfCpus);
    m_actions[Act::AddTimer]->setEnabled(can && (!isWork || session.inputs().daemon.pipe.value > 0));
    m_actions[Act::MoveTimer]->setEnabled(has && !isWork);
    m_actions[Act::DeleteTimer]->setEnabled(isPending);
    m_actions[Act::Fork]->setEnabled(open && !session.isReadOnly());
    const auto& undo = session.undoStack();
    m_actions[Act::Undo]->setEnabled(undo.canUndo());
    m_actions[Act::Redo]->setEnabled(undo.canRedo());
    m_actions[Act::Undo]->setText(undo.canUndo() ? tr("&Undo: %1").arg(undo.undoText()) : tr("&Undo"));
    m_actions[Act::Redo]->setText(undo.canRedo() ? tr("&Redo: %1").arg(undo.redoText()) : tr("&Redo"));
}

bool Interventions::isDaemon() const
{
    return m_desk.session.isOpen() && m_desk.session.inputs().driver == core::Driver::Daemon;
}

core::TimerId Interventions::orSelected(core::TimerId timer) const
{
    if (!m_desk.session.isOpen()) return {};
    const auto wanted = timer.isValid() ? timer : m_desk.selection.timer();
    return wanted.isValid() && wanted.value < m_desk.session.inputs().timers.size() ? wanted : core::TimerId();
}

/// The call comes from the CPU whose wheel holds the timer, so that it stays there; else from the one in sight.
int Interventions::cpuOf(core::TimerId timer)
{
    const auto& world = m_desk.session.world();
    const int shown = m_cpu < world.cpuCount() ? m_cpu : 0;
    return timer.isValid() && world.isDefined(timer) && world.item(timer).isPending() ? static_cast<int>(world.item(timer).cpu) : shown;
}

Intervention Interventions::call(Intervention::What what, core::TimerId timer)
{
    Intervention call;
    call.what = what;
    call.timer = timer;
    call.cpu = cpuOf(timer);
    return call;
}

std::optional<Drop> Interventions::previewDrop(core::TimerId timer, core::SlotId slot)
{
    auto* trial = orSelected(timer).isValid() ? m_desk.session.trial() : nullptr;
    if (trial == nullptr) return std::nullopt;
    return dropOn(*trial, call(Intervention::What::Modify, timer), slot);
}

std::optional<Drop> Interventions::previewDropBefore(core::TimerId timer, int cpu, core::TimerId before)
{
    auto* trial = orSelected(timer).isValid() ? m_desk.session.trial() : nullptr;
    if (trial == nullptr) return std::nullopt;
    return dropBefore(*trial, call(Intervention::What::Modify, timer), cpu, before);
}

std::optional<Drop> Interventions::previewMove(core::TimerId timer, core::Jiffies expires)
{
    auto* trial = orSelected(timer).isValid() ? m_desk.session.trial() : nullptr;
    if (trial == nullptr) return std::nullopt;
    auto what = call(Intervention::What::Modify, timer);
    what.expires = expires;
    return Drop{what, trial->of(what)};
}

Preview Interventions::words(const Drop& drop)
{
    auto* trial = m_desk.session.trial();
    return trial == nullptr ? Preview{} : previewOf(*trial, drop.what, drop.outcome);
}

void Interventions::moveInto(core::TimerId timer, core::SlotId slot)
{
    if (const auto drop = previewDrop(timer, slot)) m_desk.session.intervene(drop->what);
}

void Interventions::moveTo(core::TimerId timer, core::Jiffies expires)
{
    timer = orSelected(timer);
    if (!timer.isValid()) return;
    auto what = call(Intervention::What::Modify, timer);
    what.expires = expires;
    m_desk.session.intervene(what);
}

void Interventions::remove(core::TimerId timer)
{
    timer = orSelected(timer);
    if (timer.isValid()) m_desk.session.intervene(call(isDaemon() ? Intervention::What::DelWork : Intervention::What::Delete, timer));
}

void Interventions::askToMove(core::TimerId timer)
{
    timer = orSelected(timer);
    if (!timer.isValid() || isDaemon()) return;
    (new MoveDialog(m_desk.session, m_desk.theme, timer, cpuOf(timer), m_window))->open();
}

void Interventions::openAdd(int cpu, const QString& expiry, bool isDeferrable)
{
    if (!m_desk.session.isOpen()) return;
    auto* dialog = new AddDialog(m_desk.session, m_desk.theme, cpu, expiry, isDeferrable, m_window);
    // The new timer is the last one; what one has just made one wants to see.
    connect(dialog, &QDialog::accepted, this, [this] {
        const auto count = m_desk.session.inputs().timers.size();
        m_desk.selection.selectTimer(core::TimerId(static_cast<std::uint32_t>(count - 1)));
    });
    dialog->open();
}

void Interventions::askToAdd()
{
    if (isDaemon()) return openWork(Intervention::What::AddWork, orSelected({}));
    const auto slot = m_desk.selection.slot();
    if (slot.isValid()) return addAt(slot);
    if (m_desk.session.isOpen()) openAdd(m_cpu < m_desk.session.inputs().machine.cpus ? m_cpu : 0, QStringLiteral("+100"));
}

void Interventions::addAt(core::SlotId slot)
{
    if (!m_desk.session.isOpen() || isDaemon()) return;
    auto* trial = m_desk.session.trial();
    Intervention add;
    add.what = Intervention::What::Add;
    add.name = core::freeName(m_desk.session.inputs());
    const auto drop = trial == nullptr ? std::nullopt : dropOn(*trial, add, slot);
    if (drop) openAdd(drop->what.cpu, QString::number(drop->what.expires), (drop->what.flags & core::Deferrable) != 0);
    else openAdd(m_cpu < m_desk.session.inputs().machine.cpus ? m_cpu : 0, QStringLiteral("+100"));
}

void Interventions::serve(WheelView& wheel)
{
    m_wheel = &wheel;
    updateActions();
    connect(&wheel, &WheelView::dragPreview, this, &Interventions::showDrag);
    connect(&wheel, &WheelView::dragEnded, this, &Interventions::endDrag);
    connect(&wheel, &WheelView::timerDropped, this, &Interventions::drop);
    connect(&wheel, &WheelView::addRequested, this, [this](core::SlotId slot) {
        if (slot.isValid()) addAt(slot);
        else askToAdd();
    });
}

void Interventions::showDrag(core::TimerId timer, core::Jiffies expires)
{
    auto& session = m_desk.session;
    if (m_wheel == nullptr || !session.isOpen()) return;
    if (m_card == nullptr) {
        m_card = new PreviewCard(m_desk.theme, m_wheel->window());
        m_card->setAttribute(Qt::WA_TransparentForMouseEvents);
    }
    if (auto* trial = session.trial()) {
        auto what = call(timer.isValid() ? Intervention::What::Modify : Intervention::What::Add, timer);
        what.expires = expires;
        if (!timer.isValid()) what.flags = flagsOfNew();
        QStringList more;
        if (const auto kept = session.keptBy(); !kept.isEmpty())
            more.append(tr("The future seen so far is kept as “%1”.").arg(kept));
        m_card->showWhat(*trial, what, more);
    } else {
        m_card->showError(session.whyNoIntervention());
    }
    // Beside the wheel, where the sentence and the code stand; where there is no room, in its corner that the pointer is
    // far from.
    const auto& look = m_desk.theme.look();
    const int margin = static_cast<int>(look.px(12)), width = static_cast<int>(look.px(372));
    const int height = std::max(m_card->minimumSizeHint().height(), m_card->heightForWidth(width));
    const QRect wheel(m_wheel->mapTo(m_wheel->window(), QPoint()), m_wheel->size());
    const auto pointer = m_wheel->window()->mapFromGlobal(QCursor::pos());
    QRect place(std::max(margin, wheel.left() - width - margin), wheel.bottom() - height - margin, width, height);
    if (place.adjusted(-8 * margin, -8 * margin, 8 * margin, 8 * margin).contains(pointer))
        place.moveRight(wheel.right() - margin);
    m_card->setGeometry(place);
    m_card->QWidget::show();
    m_card->raise();
}

/// Of a timer that is dropped on the wheel in sight: one of them holds the deferrable timers alone.
std::uint8_t Interventions::flagsOfNew() const
{
    return m_wheel != nullptr && m_wheel->scene().wheel == 1 ? core::Deferrable : 0;
}

void Interventions::endDrag()
{
    if (m_card != nullptr) m_card->hide();
}

void Interventions::drop(core::TimerId timer, core::Jiffies expires)
{
    endDrag();
    if (timer.isValid()) moveTo(timer, expires);
    else if (m_desk.session.isOpen()) openAdd(cpuOf({}), QString::number(expires), (flagsOfNew() & core::Deferrable) != 0);
}

void Interventions::openWork(Intervention::What what, core::TimerId item)
{
    auto* dialog = new WorkDialog(m_desk.session, m_desk.theme, what, item, m_window);
    connect(dialog, &WorkDialog::accepted, this, [this, dialog] {
        if (const auto chosen = dialog->item(); chosen.isValid()) m_desk.selection.selectTimer(chosen);
    });
    dialog->open();
}

void Interventions::askToBurn()
{
    if (isDaemon()) openWork(Intervention::What::Burn, {});
    else askOnCpu(Intervention::What::Delay);
}

void Interventions::askOnCpu(Intervention::What what)
{
    auto& session = m_desk.session;
    if (!session.isOpen() || !session.inputs().machine.kernel.isThere) return;
    const auto timer = orSelected({});
    const bool isAboutTimer = what == Intervention::What::DeleteSync || what == Intervention::What::Free;
    if (isAboutTimer && !timer.isValid()) return;
    const int cpu = m_cpu < session.inputs().machine.cpus ? m_cpu : 0;
    (new CpuDialog(session, m_desk.theme, what, cpu, timer, m_window))->open();
}

void Interventions::askToStepClock()
{
    if (isDaemon()) openWork(Intervention::What::StepWall, {});
}

void Interventions::askToFork()
{
    if (m_desk.session.isOpen() && !m_desk.session.isReadOnly())
        (new ForkDialog(m_desk.session, m_desk.theme, m_window))->open();
}

} // namespace jiffy::ui

#include "moc_interventions.cpp"
