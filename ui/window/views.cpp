// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/views.h"

#include "ui/code/code_view.h"
#include "ui/compare/compare_view.h"
#include "ui/editor/scenario_view.h"
#include "ui/events/events_view.h"
#include "ui/inspector/inspector_view.h"
#include "ui/lateness/lateness_view.h"
#include "ui/list/list_view.h"
#include "ui/nohz/nohz_view.h"
#include "ui/processes/processes_view.h"
#include "ui/tgtd/flow_view.h"
#include "ui/timeline/timeline_view.h"
#include "ui/whatif/branches_view.h"
#include "ui/wheel/wheel_view.h"

#include <QCoreApplication>

namespace jiffy::ui
{

namespace
{

template <class T> View* made(const Desk& desk, QWidget* parent)
{
    return new T(desk, parent);
}

template <class T> View* themed(const Desk& desk, QWidget* parent)
{
    return new T(desk.theme, parent);
}

template <class T> View* onDesk(const Desk& desk, QWidget* parent)
{
    return new T(desk, parent);
}

constexpr ViewSpec table[] = {
    {"wheel", QT_TRANSLATE_NOOP("Views", "Wheel"),
     QT_TRANSLATE_NOOP("Views", "the timer wheel of one CPU, the others beside it"), Place::Centre,
     made<WheelView>, Suits::Wheel},
    {"list", QT_TRANSLATE_NOOP("Views", "Sorted List"),
     QT_TRANSLATE_NOOP("Views", "the list of one CPU, sorted by expiry, from its head on"), Place::Centre,
     made<ListView>, Suits::List},
    {"tgtd", QT_TRANSLATE_NOOP("Views", "Work Scheduler"),
     QT_TRANSLATE_NOOP("Views", "tgtd's event loop: how an alarm comes to run the work that is due"), Place::Centre,
     made<FlowView>, Suits::Daemon},
    {"nohz", QT_TRANSLATE_NOOP("Views", "Ticks and Sleeps"),
     QT_TRANSLATE_NOOP("Views", "which CPUs tick and which sleep, what a sleep saved and what waking cost"), Place::Centre,
     made<NohzView>, Suits::Cpus},
    {"processes", QT_TRANSLATE_NOOP("Views", "Processes"),
     QT_TRANSLATE_NOOP("Views", "the states of each process, how long it sleeps and what wakes it, and the run queues"), Place::Centre,
     made<ProcessesView>, Suits::Processes},
    {"scenario", QT_TRANSLATE_NOOP("Views", "Scenario"),
     QT_TRANSLATE_NOOP("Views", "what is run, as text and as a form, to be changed"), Place::Centre, made<ScenarioView>},
    {"code", QT_TRANSLATE_NOOP("Views", "Code"),
     QT_TRANSLATE_NOOP("Views", "the line of pseudocode that was done last, its stack and its values"), Place::Left,
     made<CodeView>},
    {"inspector", QT_TRANSLATE_NOOP("Views", "Inspector"),
     QT_TRANSLATE_NOOP("Views", "all about one timer, slot or CPU, or one work item, file or list"), Place::Right, made<InspectorView>},
    {"timeline", QT_TRANSLATE_NOOP("Views", "Timeline"),
     QT_TRANSLATE_NOOP("Views", "what happened over time: fires and moves of every CPU, or alarms and passes; the lives of timers, or how late work ran"), Place::Bottom,
     onDesk<TimelineView>},
    {"lateness", QT_TRANSLATE_NOOP("Views", "Lateness"),
     QT_TRANSLATE_NOOP("Views", "how late work ran, as a distribution, and what woke the loop for nothing"), Place::Bottom,
     onDesk<LatenessView>, Suits::Daemon},
    {"events", QT_TRANSLATE_NOOP("Views", "Events"),
     QT_TRANSLATE_NOOP("Views", "everything that happened, a line each"), Place::Bottom, made<EventsView>},
    {"branches", QT_TRANSLATE_NOOP("Views", "Branches"),
     QT_TRANSLATE_NOOP("Views", "the futures that were made by hand, and how they differ"), Place::Bottom,
     made<BranchesView>},
    {"compare", QT_TRANSLATE_NOOP("Views", "Compare"),
     QT_TRANSLATE_NOOP("Views", "the same timers on several algorithms at the same instant, and what each costs"), Place::Stage,
     made<CompareView>, Suits::Timers},
};

} // namespace

std::span<const ViewSpec> viewTable()
{
    return table;
}

bool isFor(Suits suits, const core::Inputs& inputs)
{
    const bool isDaemon = inputs.driver == core::Driver::Daemon;
    const bool isList = !isDaemon && inputs.machine.timers == core::TimerAlgorithm::SortedList;
    switch (suits) {
    case Suits::Every: return true;
    case Suits::Timers: return !isDaemon;
    case Suits::Wheel: return !isDaemon && !isList;
    case Suits::List: return isList;
    case Suits::Daemon: return isDaemon;
    case Suits::Cpus: return !isDaemon && inputs.machine.kernel.isThere;
    case Suits::Processes: return !isDaemon && inputs.machine.kernel.isThere && inputs.machine.kernel.processes != 0;
    }
    return true;
}

QString ViewSpec::whyNot(const core::Inputs& inputs) const
{
    if (canShow(inputs)) return {};
    const auto say = [](const char* text) { return QCoreApplication::translate("Views", text); };
    switch (suits) {
    case Suits::Timers: return say("This view shows the kernel's timers; the run is one of tgtd's work scheduler.");
    case Suits::Wheel:
        return inputs.driver == core::Driver::Daemon ? say("This view shows timer wheels; the run is one of tgtd's work scheduler.")
                                                     : say("This view shows timer wheels; the run keeps its timers in a sorted list (use --view list).");
    case Suits::List: return say("This view shows a sorted list; the run has none (use --timers sorted-list).");
    case Suits::Daemon: return say("This view shows tgtd's work scheduler; the run is one of the kernel's timers.");
    case Suits::Cpus:
        return inputs.driver == core::Driver::Daemon ? say("This view shows CPUs that tick and sleep; the run is one of tgtd's work scheduler.")
                                                     : say("This view shows CPUs that tick and sleep; the scenario asks for none (\"nohz\": true or \"interrupts\": true).");
    case Suits::Processes: return say("This view shows processes; the run has none (\"processes\" in the scenario).");
    case Suits::Every: break;
    }
    return {};
}
QString ViewSpec::titleText() const
{
    return QCoreApplication::translate("Views", title);
}
QString ViewSpec::descriptionText() const
{
    return QCoreApplication::translate("Views", description);
}

} // namespace jiffy::ui
