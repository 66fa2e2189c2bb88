// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/actions.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace jiffy::ui
{

namespace
{

constexpr ActionSpec table[] = {
    {Act::New, Menu::File, QT_TRANSLATE_NOOP("Actions", "&New Scenario"), "Ctrl+N",
     QT_TRANSLATE_NOOP("Actions", "Begin a scenario of your own")},
    {Act::NewLikeThis, Menu::File, QT_TRANSLATE_NOOP("Actions", "New &Like This Machine"), "",
     QT_TRANSLATE_NOOP("Actions", "Begin a scenario with the HZ, NO_HZ, word and CPUs of the kernel that runs here")},
    {Act::Open, Menu::File, QT_TRANSLATE_NOOP("Actions", "&Open…"), "Ctrl+O",
     QT_TRANSLATE_NOOP("Actions", "Open a scenario, a vector, a kernel trace or an exported log")},
    {Act::Save, Menu::File, QT_TRANSLATE_NOOP("Actions", "&Save"), "Ctrl+S",
     QT_TRANSLATE_NOOP("Actions", "Write the scenario, with what was changed by hand, to its file")},
    {Act::SaveAs, Menu::File, QT_TRANSLATE_NOOP("Actions", "Save &As…"), "Ctrl+Shift+S",
     QT_TRANSLATE_NOOP("Actions", "Write the scenario to another file")},
    {Act::RunScenario, Menu::File, QT_TRANSLATE_NOOP("Actions", "&Run as Written"), "Ctrl+Return  Ctrl+Enter",
     QT_TRANSLATE_NOOP("Actions", "Run the scenario as its text says now; the playhead stays at its tick")},
    {Act::Export, Menu::File, QT_TRANSLATE_NOOP("Actions", "&Export…"), "Ctrl+E",
     QT_TRANSLATE_NOOP("Actions", "Write the events as text or a view as a picture")},
    {Act::ExportComparison, Menu::File, QT_TRANSLATE_NOOP("Actions", "Export &Comparison…"), "Ctrl+Shift+E",
     QT_TRANSLATE_NOOP("Actions", "Write what each algorithm costs as a table, or the algorithms side by side as a picture")},
    {Act::Quit, Menu::File, QT_TRANSLATE_NOOP("Actions", "&Quit"), "Ctrl+Q",
     QT_TRANSLATE_NOOP("Actions", "Close the window")},
    {Act::Undo, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "&Undo"), "Ctrl+Z",
     QT_TRANSLATE_NOOP("Actions", "Take back the last change of the scenario; the playhead goes back by Left")},
    {Act::Redo, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "&Redo"), "Ctrl+Shift+Z  Ctrl+Y",
     QT_TRANSLATE_NOOP("Actions", "Make the change again that was taken back")},
    {Act::AddTimer, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "&Add a Timer…"), "Ins  Ctrl+Shift+A",
     QT_TRANSLATE_NOOP("Actions", "Arm a new timer here: what if there were one more?")},
    {Act::MoveTimer, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "&Move the Timer…"), "F2",
     QT_TRANSLATE_NOOP("Actions", "mod_timer() here: give the selected timer another expiry")},
    {Act::DeleteTimer, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "&Delete the Timer"), "Del",
     QT_TRANSLATE_NOOP("Actions", "del_timer() here: take the selected timer off its slot")},
    {Act::BurnTime, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Keep a CPU &Busy…"), "Ctrl+Shift+B",
     QT_TRANSLATE_NOOP("Actions", "Code that takes time on a CPU here: what comes late then?")},
    {Act::StepClock, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Step the &Wall Clock…"), "Ctrl+Shift+W",
     QT_TRANSLATE_NOOP("Actions", "settimeofday() here: what if somebody set the clock?")},
    {Act::GoFirst, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Let the &Other CPU Go First"), "Ctrl+J",
     QT_TRANSLATE_NOOP("Actions", "Where several CPUs could act, let another one do the next step; both futures are kept")},
    {Act::IdleCpu, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Make a CPU &Idle or Busy…"), "",
     QT_TRANSLATE_NOOP("Actions", "Take a CPU's other work away here, so that it may stop its tick, or give it some")},
    {Act::Interrupt, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "&Raise an Interrupt…"), "Ctrl+I",
     QT_TRANSLATE_NOOP("Actions", "A device interrupts a CPU here: what if a packet came?")},
    {Act::SignalProcess, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Send a Si&gnal…"), "",
     QT_TRANSLATE_NOOP("Actions", "send_sig() here: it ends a sleep that can be interrupted")},
    {Act::WakeProcess, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Wake a &Process…"), "",
     QT_TRANSLATE_NOOP("Actions", "wake_up_process() here: what if somebody else woke it?")},
    {Act::DeleteSync, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Delete the Timer and Wai&t…"), "Shift+Del",
     QT_TRANSLATE_NOOP("Actions", "del_timer_sync() here: it spins until the selected timer's function has ended")},
    {Act::FreeTimer, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Fr&ee the Timer…"), "",
     QT_TRANSLATE_NOOP("Actions", "kfree() here: is the selected timer still in use?")},
    {Act::Fork, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "&Fork Here"), "Ctrl+Shift+N",
     QT_TRANSLATE_NOOP("Actions", "Begin another future here, with a name; the old one is kept")},
    {Act::Find, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "F&ind…"), "Ctrl+F",
     QT_TRANSLATE_NOOP("Actions", "Look for a timer, a function or a word in the events")},
    {Act::FindNext, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Find &Next"), "F3",
     QT_TRANSLATE_NOOP("Actions", "On to the next event that was looked for")},
    {Act::FindPrevious, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Find &Previous"), "Shift+F3",
     QT_TRANSLATE_NOOP("Actions", "Back to the previous event that was looked for")},
    {Act::CopyPicture, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Copy as Pi&cture"), "Ctrl+Shift+C",
     QT_TRANSLATE_NOOP("Actions", "Put a picture of the view in use on the clipboard")},
    {Act::CopyTable, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Copy as &Table"), "Ctrl+Alt+C",
     QT_TRANSLATE_NOOP("Actions", "Put the table of the view in use on the clipboard, as CSV")},
    {Act::Palette, Menu::Help, QT_TRANSLATE_NOOP("Actions", "&Commands…"), "Ctrl+K",
     QT_TRANSLATE_NOOP("Actions", "Type a few letters of what you want to do")},
    {Act::Play, Menu::Run, QT_TRANSLATE_NOOP("Actions", "&Play or Pause"), "Space  K",
     QT_TRANSLATE_NOOP("Actions", "Play on from here, or pause")},
    {Act::StepForward, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Step &Forward"), "Right",
     QT_TRANSLATE_NOOP("Actions", "One step of the chosen rung")},
    {Act::StepBack, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Step &Back"), "Left",
     QT_TRANSLATE_NOOP("Actions", "Undo one step of the chosen rung")},
    {Act::CoarserForward, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Coarser Step Forward"), "Shift+Right",
     QT_TRANSLATE_NOOP("Actions", "One step of the next coarser rung")},
    {Act::CoarserBack, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Coarser Step Back"), "Shift+Left",
     QT_TRANSLATE_NOOP("Actions", "Undo one step of the next coarser rung")},
    {Act::NextOfInterest, Menu::Run, QT_TRANSLATE_NOOP("Actions", "&Next Fire or Cascade"), "Ctrl+Right",
     QT_TRANSLATE_NOOP("Actions", "On to the next timer that fires or slot that is cascaded")},
    {Act::PreviousOfInterest, Menu::Run, QT_TRANSLATE_NOOP("Actions", "P&revious Fire or Cascade"), "Ctrl+Left",
     QT_TRANSLATE_NOOP("Actions", "Back to the timer that fired or slot that was cascaded before")},
    {Act::ToStart, Menu::Run, QT_TRANSLATE_NOOP("Actions", "To the &Start"), "Home",
     QT_TRANSLATE_NOOP("Actions", "To the start of the run")},
    {Act::ToEnd, Menu::Run, QT_TRANSLATE_NOOP("Actions", "To the &End"), "End",
     QT_TRANSLATE_NOOP("Actions", "To the end of the run")},
    {Act::StepInto, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Step &Into"), "F11",
     QT_TRANSLATE_NOOP("Actions", "The next line of the code, in whichever function it stands")},
    {Act::StepOver, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Step &Over"), "F10",
     QT_TRANSLATE_NOOP("Actions", "The next line of this function: what it calls is done in one step")},
    {Act::StepOut, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Step O&ut"), "Shift+F11",
     QT_TRANSLATE_NOOP("Actions", "On until this function has returned")},
    {Act::StepIntoBack, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Step Back a Line"), "Ctrl+Shift+F11",
     QT_TRANSLATE_NOOP("Actions", "Undo the last line of the code")},
    {Act::RunUntil, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Run to &Breakpoint"), "F5",
     QT_TRANSLATE_NOOP("Actions", "On to the next place where a breakpoint holds")},
    {Act::RunBackUntil, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Run Back to Breakpoint"), "Ctrl+Shift+F5",
     QT_TRANSLATE_NOOP("Actions", "Back to the last place where a breakpoint held")},
    {Act::RunToCursor, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Run to &Cursor"), "Ctrl+F10",
     QT_TRANSLATE_NOOP("Actions", "To the line, slot, timer or event that has the focus, wherever it lies")},
    {Act::Breakpoint, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Set or Clear a Brea&kpoint"), "F9",
     QT_TRANSLATE_NOOP("Actions", "Stop where the focused line is reached, or something happens to the selected timer or slot")},
    {Act::VisitedBack, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Back to Where I Was"), "Alt+Left",
     QT_TRANSLATE_NOOP("Actions", "To the moment that was looked at before")},
    {Act::VisitedForward, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Forward Again"), "Alt+Right",
     QT_TRANSLATE_NOOP("Actions", "To the moment that was looked at after this one")},
    {Act::Slower, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Slower"), "[  Ctrl+Down",
     QT_TRANSLATE_NOOP("Actions", "Play a tenth slower")},
    {Act::Faster, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Faster"), "]  Ctrl+Up",
     QT_TRANSLATE_NOOP("Actions", "Play a tenth faster")},
    {Act::HalfSpeed, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Half the Speed"), "{",
     QT_TRANSLATE_NOOP("Actions", "Play half as fast")},
    {Act::DoubleSpeed, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Twice the Speed"), "}",
     QT_TRANSLATE_NOOP("Actions", "Play twice as fast")},
    {Act::RealTime, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Real &Time"), "Backspace",
     QT_TRANSLATE_NOOP("Actions", "Play ticks as fast as on the machine")},
    {Act::Live, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Li&ve on This Machine…"), "Ctrl+Shift+L",
     QT_TRANSLATE_NOOP("Actions", "Perform a workload of tgtd with the real system calls, in a process of its own, and watch it")},
    {Act::Geometry, Menu::View, QT_TRANSLATE_NOOP("Actions", "&Rings or Bands"), "Ctrl+B",
     QT_TRANSLATE_NOOP("Actions", "Show the wheel as rings, or as bands one below the other")},
    {Act::Table, Menu::View, QT_TRANSLATE_NOOP("Actions", "As a &Table"), "Ctrl+T",
     QT_TRANSLATE_NOOP("Actions", "Show what the view in use shows as a table, or the view again")},
    {Act::PinTimer, Menu::View, QT_TRANSLATE_NOOP("Actions", "Lifeline of the Timer"), "Ctrl+L",
     QT_TRANSLATE_NOOP("Actions", "Keep a line of the selected timer in the timeline, or take it away")},
    {Act::ZoomIn, Menu::View, QT_TRANSLATE_NOOP("Actions", "Timeline: Zoom &In"), "+  =",
     QT_TRANSLATE_NOOP("Actions", "Show a shorter part of the timeline")},
    {Act::ZoomOut, Menu::View, QT_TRANSLATE_NOOP("Actions", "Timeline: Zoom &Out"), "-",
     QT_TRANSLATE_NOOP("Actions", "Show a longer part of the timeline")},
    {Act::Fit, Menu::View, QT_TRANSLATE_NOOP("Actions", "Timeline: &Whole Run"), "0",
     QT_TRANSLATE_NOOP("Actions", "Show the whole run in the timeline")},
    {Act::FitSelection, Menu::View, QT_TRANSLATE_NOOP("Actions", "Timeline: &Selection"), "F",
     QT_TRANSLATE_NOOP("Actions", "Show the whole life of the selected timer")},
    {Act::MarkerA, Menu::View, QT_TRANSLATE_NOOP("Actions", "Timeline: &Marker A Here"), "M",
     QT_TRANSLATE_NOOP("Actions", "Put marker A at the playhead; B measures from it")},
    {Act::MarkerB, Menu::View, QT_TRANSLATE_NOOP("Actions", "Timeline: Marker B"), "Shift+M",
     QT_TRANSLATE_NOOP("Actions", "Put marker B at the playhead")},
    {Act::ClearMarkers, Menu::View, QT_TRANSLATE_NOOP("Actions", "Timeline: No Markers"), "",
     QT_TRANSLATE_NOOP("Actions", "Take both markers away")},
    {Act::LargerText, Menu::View, QT_TRANSLATE_NOOP("Actions", "&Larger Text"), "Ctrl++  Ctrl+=",
     QT_TRANSLATE_NOOP("Actions", "Everything a tenth larger")},
    {Act::SmallerText, Menu::View, QT_TRANSLATE_NOOP("Actions", "&Smaller Text"), "Ctrl+-",
     QT_TRANSLATE_NOOP("Actions", "Everything a tenth smaller")},
    {Act::ReducedMotion, Menu::View, QT_TRANSLATE_NOOP("Actions", "Reduced &Motion"), "",
     QT_TRANSLATE_NOOP("Actions", "Nothing flies: changes are marked instead")},
    {Act::ResetLayout, Menu::View, QT_TRANSLATE_NOOP("Actions", "&Reset Layout"), "",
     QT_TRANSLATE_NOOP("Actions", "Panels and text size as they were at the first start")},
    {Act::Manual, Menu::Help, QT_TRANSLATE_NOOP("Actions", "&Manual"), "F1",
     QT_TRANSLATE_NOOP("Actions", "How to read the pictures, and what can be done")},
    {Act::Keys, Menu::Help, QT_TRANSLATE_NOOP("Actions", "&Keys"), "?",
     QT_TRANSLATE_NOOP("Actions", "List all keys")},
    {Act::About, Menu::Help, QT_TRANSLATE_NOOP("Actions", "&About Jiffyscope"), "",
     QT_TRANSLATE_NOOP("Actions", "What this program is")},
};
static_assert(std::size(table) == actCount);

/// What other runs than those of the wheel of 3.9 call otherwise; a text of null is the table's.
struct OtherWords
{
    Act id;
    const char* text;
    const char* tip;
};

/// Of tgtd.
constexpr OtherWords workWords[] = {
    {Act::RunScenario, nullptr,
     QT_TRANSLATE_NOOP("Actions", "Run the scenario as its text says now; the playhead stays at its instant")},
    {Act::AddTimer, QT_TRANSLATE_NOOP("Actions", "&Add Work…"),
     QT_TRANSLATE_NOOP("Actions", "add_work() here: what if one more were asked for?")},
    {Act::BurnTime, QT_TRANSLATE_NOOP("Actions", "Keep the Loop &Busy…"),
     QT_TRANSLATE_NOOP("Actions", "An event here whose handler takes long: what if a disk were slow?")},
    {Act::DeleteTimer, QT_TRANSLATE_NOOP("Actions", "&Delete the Work"),
     QT_TRANSLATE_NOOP("Actions", "del_work() here: take the selected work off its list")},
    {Act::Find, nullptr, QT_TRANSLATE_NOOP("Actions", "Look for work, a function or a word in the events")},
    {Act::NextOfInterest, QT_TRANSLATE_NOOP("Actions", "&Next Run or Swallowed Alarm"),
     QT_TRANSLATE_NOOP("Actions", "On to the next func that runs, alarm that is swallowed, or fault")},
    {Act::PreviousOfInterest, QT_TRANSLATE_NOOP("Actions", "P&revious Run or Swallowed Alarm"),
     QT_TRANSLATE_NOOP("Actions", "Back to the func that ran, alarm that was swallowed, or fault before")},
    {Act::RunToCursor, nullptr,
     QT_TRANSLATE_NOOP("Actions", "To the line, work or event that has the focus, wherever it lies")},
    {Act::Breakpoint, nullptr,
     QT_TRANSLATE_NOOP("Actions", "Stop where the focused line is reached, or something happens to the selected work")},
    {Act::RealTime, nullptr, QT_TRANSLATE_NOOP("Actions", "Play as fast as it was on the machine")},
    {Act::PinTimer, QT_TRANSLATE_NOOP("Actions", "Lifeline of the Work"),
     QT_TRANSLATE_NOOP("Actions", "Keep a line of the selected work in the timeline, or take it away")},
    {Act::FitSelection, nullptr, QT_TRANSLATE_NOOP("Actions", "Show the whole life of the selected work")},
};

/// Where nothing is cascaded: the wheel of 6.1 and the sorted list.
constexpr OtherWords noCascadeWords[] = {
    {Act::NextOfInterest, QT_TRANSLATE_NOOP("Actions", "&Next Fire"),
     QT_TRANSLATE_NOOP("Actions", "On to the next timer that fires")},
    {Act::PreviousOfInterest, QT_TRANSLATE_NOOP("Actions", "P&revious Fire"),
     QT_TRANSLATE_NOOP("Actions", "Back to the timer that fired before")},
};

/// Where there are no slots.
constexpr OtherWords listWords[] = {
    {Act::DeleteTimer, nullptr, QT_TRANSLATE_NOOP("Actions", "del_timer() here: take the selected timer off the list")},
    {Act::RunToCursor, nullptr,
     QT_TRANSLATE_NOOP("Actions", "To the line, timer or event that has the focus, wherever it lies")},
    {Act::Breakpoint, nullptr,
     QT_TRANSLATE_NOOP("Actions", "Stop where the focused line is reached, or something happens to the selected timer")},
};

const OtherWords* wordsIn(std::span<const OtherWords> words, Act act)
{
    const auto found = std::find_if(words.begin(), words.end(), [act](const OtherWords& w) { return w.id == act; });
    return found == words.end() ? nullptr : &*found;
}

const OtherWords* otherWords(Act act, core::Driver driver, core::TimerAlgorithm timers)
{
    if (driver == core::Driver::Daemon) return wordsIn(workWords, act);
    if (timers == core::TimerAlgorithm::Wheel39) return nullptr;
    const auto* words = timers == core::TimerAlgorithm::SortedList ? wordsIn(listWords, act) : nullptr;
    return words != nullptr ? words : wordsIn(noCascadeWords, act);
}

/// Whether any kind of run calls it otherwise.
bool hasOtherWords(Act act)
{
    return wordsIn(workWords, act) != nullptr || wordsIn(noCascadeWords, act) != nullptr || wordsIn(listWords, act) != nullptr;
}

} // namespace

std::span<const ActionSpec> actionTable() { return table; }

bool Actions::suits(Act act, core::Driver driver, bool isOfCpus)
{
    const bool isWork = driver == core::Driver::Daemon;
    switch (act) {
    case Act::BurnTime: return isWork || isOfCpus;
    case Act::StepClock: return isWork;
    case Act::GoFirst:
    case Act::IdleCpu:
    case Act::Interrupt:
    case Act::SignalProcess:
    case Act::WakeProcess:
    case Act::DeleteSync:
    case Act::FreeTimer: return isOfCpus && !isWork;
    default: break;
    }
    return !isWork || (act != Act::MoveTimer && act != Act::Geometry && act != Act::ExportComparison);
}

QString Actions::text(const ActionSpec& spec, core::Driver driver, core::TimerAlgorithm timers)
{
    const auto* words = otherWords(spec.id, driver, timers);
    return QCoreApplication::translate("Actions", words != nullptr && words->text != nullptr ? words->text : spec.text);
}

QString Actions::tip(const ActionSpec& spec, core::Driver driver, core::TimerAlgorithm timers)
{
    const auto* words = otherWords(spec.id, driver, timers);
    return QCoreApplication::translate("Actions", words != nullptr ? words->tip : spec.tip);
}

QString Actions::tipWithKey(const ActionSpec& spec, core::Driver driver, core::TimerAlgorithm timers)
{
    const auto sequences = keys(spec);
    const auto what = tip(spec, driver, timers);
    if (sequences.isEmpty()) return what;
    return what + QStringLiteral(" (") + sequences.first().toString(QKeySequence::NativeText) + QLatin1Char(')');
}

QList<QKeySequence> Actions::keys(const ActionSpec& spec)
{
    QList<QKeySequence> result;
    for (const auto& key : QString::fromLatin1(spec.keys).split(QStringLiteral("  "), Qt::SkipEmptyParts))
        result.append(QKeySequence(key, QKeySequence::PortableText));
    return result;
}

Actions::Actions(QObject* parent) : QObject(parent)
{
    for (const auto& spec : table) {
        auto* action = new QAction(text(spec), this);
        action->setShortcuts(keys(spec));
        action->setToolTip(tipWithKey(spec));
        m_actions[static_cast<std::size_t>(spec.id)] = action;
    }
}

void Actions::setDriver(core::Driver driver, core::TimerAlgorithm timers, bool isOfCpus) const
{
    for (const auto& spec : table) {
        auto* action = (*this)[spec.id];
        action->setVisible(suits(spec.id, driver, isOfCpus));
        if (!hasOtherWords(spec.id)) continue;
        action->setText(text(spec, driver, timers));
        action->setToolTip(tipWithKey(spec, driver, timers));
    }
}

} // namespace jiffy::ui

#include "moc_actions.cpp"
