// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/actions.h"

#include <QCoreApplication>

namespace jiffy::ui
{

namespace
{

constexpr ActionSpec table[] = {
    {Act::Open, Menu::File, QT_TRANSLATE_NOOP("Actions", "&Open…"), "Ctrl+O",
     QT_TRANSLATE_NOOP("Actions", "Open a scenario, a vector, a kernel trace or an exported log")},
    {Act::Export, Menu::File, QT_TRANSLATE_NOOP("Actions", "&Export…"), "Ctrl+E",
     QT_TRANSLATE_NOOP("Actions", "Write the events as text or a view as a picture")},
    {Act::Quit, Menu::File, QT_TRANSLATE_NOOP("Actions", "&Quit"), "Ctrl+Q",
     QT_TRANSLATE_NOOP("Actions", "Close the window")},
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
    {Act::StepInto, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Step &Into: One Line"), "F11",
     QT_TRANSLATE_NOOP("Actions", "One line of the algorithm")},
    {Act::StepOver, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Step &Over: One Operation"), "F10",
     QT_TRANSLATE_NOOP("Actions", "One whole operation")},
    {Act::StepOut, Menu::Run, QT_TRANSLATE_NOOP("Actions", "Step O&ut: Finish This Tick"), "Shift+F11",
     QT_TRANSLATE_NOOP("Actions", "On to the end of this tick")},
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
    {Act::ZoomIn, Menu::View, QT_TRANSLATE_NOOP("Actions", "Timeline: Zoom &In"), "+  =",
     QT_TRANSLATE_NOOP("Actions", "Show a shorter part of the timeline")},
    {Act::ZoomOut, Menu::View, QT_TRANSLATE_NOOP("Actions", "Timeline: Zoom &Out"), "-",
     QT_TRANSLATE_NOOP("Actions", "Show a longer part of the timeline")},
    {Act::Fit, Menu::View, QT_TRANSLATE_NOOP("Actions", "Timeline: &Whole Run"), "0",
     QT_TRANSLATE_NOOP("Actions", "Show the whole run in the timeline")},
    {Act::LargerText, Menu::View, QT_TRANSLATE_NOOP("Actions", "&Larger Text"), "Ctrl++  Ctrl+=",
     QT_TRANSLATE_NOOP("Actions", "Everything a tenth larger")},
    {Act::SmallerText, Menu::View, QT_TRANSLATE_NOOP("Actions", "&Smaller Text"), "Ctrl+-",
     QT_TRANSLATE_NOOP("Actions", "Everything a tenth smaller")},
    {Act::ResetLayout, Menu::View, QT_TRANSLATE_NOOP("Actions", "&Reset Layout"), "",
     QT_TRANSLATE_NOOP("Actions", "Panels and text size as they were at the first start")},
    {Act::Keys, Menu::Help, QT_TRANSLATE_NOOP("Actions", "&Keys"), "?",
     QT_TRANSLATE_NOOP("Actions", "List all keys")},
    {Act::About, Menu::Help, QT_TRANSLATE_NOOP("Actions", "&About Jiffyscope"), "",
     QT_TRANSLATE_NOOP("Actions", "What this program is")},
};
static_assert(std::size(table) == actCount);

} // namespace

std::span<const ActionSpec> actionTable() { return table; }

QString Actions::text(const ActionSpec& spec) { return QCoreApplication::translate("Actions", spec.text); }

QString Actions::tip(const ActionSpec& spec) { return QCoreApplication::translate("Actions", spec.tip); }

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
        const auto sequences = keys(spec);
        action->setShortcuts(sequences);
        action->setToolTip(sequences.isEmpty()
                               ? tip(spec)
                               : tip(spec) + QStringLiteral(" (") +
                                     sequences.first().toString(QKeySequence::NativeText) + QLatin1Char(')'));
        m_actions[static_cast<std::size_t>(spec.id)] = action;
    }
}

} // namespace jiffy::ui

#include "moc_actions.cpp"
