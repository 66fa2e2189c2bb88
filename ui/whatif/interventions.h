// SPDX-License-Identifier: GPL-3.0-or-later
// The hands of "What if": connects the actions (add, move, delete, fork, undo, redo) to the session, opens their
// dialogs, and gives the wheel what dragging and dropping needs. GUI thread.
#pragma once

#include "ui/view/view.h"
#include "ui/whatif/drop.h"
#include "ui/whatif/preview.h"
#include "ui/window/actions.h"

#include <QObject>

namespace jiffy::ui
{

class PreviewCard;
class WheelView;

class Interventions : public QObject
{
    Q_OBJECT

  public:
    /// window: parent of the dialogs.
    Interventions(const Desk& desk, const Actions& actions, QWidget* window);

    /// Answers the wheel: drags are previewed beside the pointer, drops done, new timers asked for.
    void serve(WheelView& wheel);

    /// What a drop of that timer on that slot would do now; none if nothing can be done here, or it is no slot of a
    /// level. Cheap enough for each move of the mouse.
    std::optional<Drop> previewDrop(core::TimerId timer, core::SlotId slot);
    /// Sorted list: the same for the place in front of another timer of that CPU (none: behind the last).
    std::optional<Drop> previewDropBefore(core::TimerId timer, int cpu, core::TimerId before);
    /// The same for an expiry.
    std::optional<Drop> previewMove(core::TimerId timer, core::Jiffies expires);
    /// A preview in words.
    Preview words(const Drop& drop);

  public Q_SLOTS:
    /// Drop of a dot on a slot. Asks nothing.
    void moveInto(jiffy::core::TimerId timer, jiffy::core::SlotId slot);
    /// mod_timer(timer, expires) at the playhead. Asks nothing.
    void moveTo(jiffy::core::TimerId timer, jiffy::core::Jiffies expires);
    void remove(jiffy::core::TimerId timer);
    /// The dialogs. A none id means the selected timer.
    void askToMove(jiffy::core::TimerId timer = {});
    void askToAdd();
    /// The dialog with the expiry that files in that slot.
    void addAt(jiffy::core::SlotId slot);
    void askToFork();
    /// tgtd: an event whose handler takes long; a step of the wall clock.
    void askToBurn();
    /// A machine of CPUs: what only that can be told to, on the CPU in sight.
    void askOnCpu(jiffy::core::Intervention::What what);
    void askToStepClock();
    /// A drag over the wheel: what would happen stands in a corner of it. timer: none for a new one.
    void showDrag(jiffy::core::TimerId timer, jiffy::core::Jiffies expires);
    void endDrag();
    /// Lets go of the dot: a new timer's particulars are asked for.
    void drop(jiffy::core::TimerId timer, jiffy::core::Jiffies expires);
    /// The CPU that a timer is added on by default.
    void setCpu(int cpu) { m_cpu = cpu; }

  private:
    void updateActions();
    bool isDaemon() const;
    void openWork(core::Intervention::What what, core::TimerId item);
    core::Intervention call(core::Intervention::What what, core::TimerId timer);
    int cpuOf(core::TimerId timer);
    std::uint8_t flagsOfNew() const;
    void openAdd(int cpu, const QString& expiry, bool isDeferrable = false);
    core::TimerId orSelected(core::TimerId timer) const;

    Desk m_desk;
    const Actions& m_actions;
    QWidget* m_window;
    WheelView* m_wheel = nullptr;     ///< null: none is served
    PreviewCard* m_card = nullptr;    ///< on the wheel while a dot is dragged; made at the first drag
    int m_cpu = 0;
};

} // namespace jiffy::ui
