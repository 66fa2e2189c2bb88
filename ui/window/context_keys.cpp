// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/context_keys.h"

#include <QCoreApplication>

#include <iterator>

namespace jiffy::ui
{

namespace
{

constexpr ContextKey table[] = {
    {QT_TRANSLATE_NOOP("Keys", "On the wheel"), "Up  Down", QT_TRANSLATE_NOOP("Keys", "The next, or previous, slot that holds a timer"), Suits::Wheel},
    {QT_TRANSLATE_NOOP("Keys", "On the wheel"), "Alt+Up  Alt+Down", QT_TRANSLATE_NOOP("Keys", "A level further out, or in"), Suits::Wheel},
    {QT_TRANSLATE_NOOP("Keys", "On the wheel"), "Enter", QT_TRANSLATE_NOOP("Keys", "Select what is in the slot"), Suits::Wheel},
    {QT_TRANSLATE_NOOP("Keys", "On the sorted list"), "Up  Down", QT_TRANSLATE_NOOP("Keys", "The next timer towards the head, or the tail"), Suits::List},
    {QT_TRANSLATE_NOOP("Keys", "On the sorted list"), "Enter", QT_TRANSLATE_NOOP("Keys", "Select it"), Suits::List},
    {QT_TRANSLATE_NOOP("Keys", "On ticks and sleeps"), "Up  Down", QT_TRANSLATE_NOOP("Keys", "Another CPU"), Suits::Cpus},
    {QT_TRANSLATE_NOOP("Keys", "On ticks and sleeps"), ",  .", QT_TRANSLATE_NOOP("Keys", "Where its last sleep ended, or the next one ends"), Suits::Cpus},
    {QT_TRANSLATE_NOOP("Keys", "On ticks and sleeps"), "W  S  A  D  Z", QT_TRANSLATE_NOOP("Keys", "Zoom in, out, earlier, later; all of the run"), Suits::Cpus},
    {QT_TRANSLATE_NOOP("Keys", "On the work scheduler"), "Up  Down", QT_TRANSLATE_NOOP("Keys", "The next, or previous, item, in the order of the lists"), Suits::Daemon},
    {QT_TRANSLATE_NOOP("Keys", "On the work scheduler"), "Enter", QT_TRANSLATE_NOOP("Keys", "Select it"), Suits::Daemon},
    {QT_TRANSLATE_NOOP("Keys", "On the timeline"), QT_TRANSLATE_NOOP("Keys", "Wheel"), QT_TRANSLATE_NOOP("Keys", "Zoom at the pointer; with Shift: pan")},
    {QT_TRANSLATE_NOOP("Keys", "In the list of branches"), "Enter", QT_TRANSLATE_NOOP("Keys", "Switch to the branch")},
    {QT_TRANSLATE_NOOP("Keys", "In the list of branches"), "F2", QT_TRANSLATE_NOOP("Keys", "Rename it")},
    {QT_TRANSLATE_NOOP("Keys", "In the list of branches"), "Del", QT_TRANSLATE_NOOP("Keys", "Drop it; Undo brings it back")},
    {QT_TRANSLATE_NOOP("Keys", "Anywhere"), "Alt+1 … Alt+9", QT_TRANSLATE_NOOP("Keys", "Show another CPU's wheel"), Suits::Timers},
    {QT_TRANSLATE_NOOP("Keys", "Anywhere"), "Ctrl+1 … Ctrl+9", QT_TRANSLATE_NOOP("Keys", "Bring a view to the front; once more closes its side")},
};

} // namespace

std::span<const ContextKey> contextKeys() { return table; }

QString ContextKey::contextText() const { return QCoreApplication::translate("Keys", context); }
QString ContextKey::keysText() const { return QCoreApplication::translate("Keys", keys); }
QString ContextKey::tipText() const { return QCoreApplication::translate("Keys", tip); }

} // namespace jiffy::ui
