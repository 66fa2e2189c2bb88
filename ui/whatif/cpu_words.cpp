// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/cpu_words.h"

#include "ui/inspector/step_text.h"

#include <QCoreApplication>

namespace jiffy::ui
{

namespace
{

using core::Intervention;
using What = core::Intervention::What;

QString tr(const char* text)
{
    return QCoreApplication::translate("WhatIf", text);
}

QString timeOf(std::uint64_t ns) { return nanosecondsText(ns); }

/// "CPU 1", "CPU 1 or CPU 3".
QString listOf(const std::vector<int>& cpus)
{
    QString text;
    for (std::size_t i = 0; i < cpus.size(); ++i) {
        if (i != 0) text += i + 1 == cpus.size() ? tr(" or ") : QStringLiteral(", ");
        text += tr("CPU %1").arg(cpus[i]);
    }
    return text;
}

QString processName(const core::Inputs& inputs, std::uint32_t process)
{
    return QString::fromStdString(inputs.names[inputs.programs[process].name]);
}

QString interruptWords(const core::World& world, const Intervention& what, const core::Inputs& inputs, QStringList& notes)
{
    const auto name = QString::fromStdString(what.name);
    if (what.timer.isValid()) {
        const auto timer = QString::fromStdString(inputs.timerName(what.timer));
        notes.append(tr("Its handler does mod_timer(%1, jiffies + %2).").arg(timer).arg(what.expires));
    }
    if (what.nanoseconds != 0) notes.append(tr("The handler takes %1; what CPU %2 was doing waits so long.").arg(timeOf(what.nanoseconds)).arg(what.cpu));
    if (world.kernel().isAsleep(what.cpu)) notes.append(tr("CPU %1 sleeps without a tick: the interrupt wakes it, and jiffies are brought up to date.").arg(what.cpu));
    return tr("%1 interrupts CPU %2.").arg(name).arg(what.cpu);
}

QString wakeWords(const core::World& world, const Intervention& what, const QString& name)
{
    const auto& process = world.kernel().processes[what.process];
    switch (process.state) {
    case core::TaskState::Interruptible:
        return what.what == What::Wake ? tr("%1 sleeps and is woken: msleep() sleeps again for what is left.").arg(name)
                                       : tr("%1 sleeps interruptibly: the signal ends its sleep early.").arg(name);
    case core::TaskState::Uninterruptible:
        return what.what == What::Wake ? tr("%1 sleeps and is woken: msleep() sleeps again for what is left.").arg(name)
                                       : tr("%1 sleeps uninterruptibly: the signal stays pending, and nobody is woken.").arg(name);
    case core::TaskState::Running:
        return what.what == What::Wake ? tr("%1 runs or waits for its CPU: there is nobody to wake.").arg(name)
                                       : tr("%1 runs or waits for its CPU: the signal stays pending until it sleeps.").arg(name);
    default: break;
    }
    return tr("%1 does not exist then: nothing happens.").arg(name);
}

QString deleteWords(const core::World& world, const Intervention& what, const core::Inputs& inputs, const QString& name)
{
    const bool isPending = world.isDefined(what.timer) && world.item(what.timer).isPending();
    for (int c = 0; c < world.cpuCount(); ++c) {
        if (world.cpu(c).running != what.timer || !what.timer.isValid()) continue;
        if (what.what == What::Free) return tr("CPU %1 is executing %2's function: freeing it now is a use after free.").arg(c).arg(name);
        if (!inputs.machine.kernel.smp) break;
        return tr("CPU %1 is executing %2's function: del_timer_sync() spins on CPU %3 until it has ended.").arg(c).arg(name).arg(what.cpu);
    }
    if (what.what == What::Free)
        return isPending ? tr("%1 is armed still: freeing it now is a use after free as soon as its slot is touched.").arg(name)
                         : tr("%1 is not armed: its memory is given back, and whoever arms it later uses it after free.").arg(name);
    return isPending ? tr("%1 is taken off its slot; del_timer_sync() will return 1.").arg(name)
                     : tr("%1 is not armed; del_timer_sync() will return 0.").arg(name);
}

} // namespace

TurnWords turnWords(const core::Crossroads& roads)
{
    using Where = core::Crossroads::Where;
    TurnWords words;
    switch (roads.where) {
    case Where::End: words.sentence = tr("The run ends here: nobody does anything more."); return words;
    case Where::Within: words.sentence = tr("A CPU is in the middle of a step here: another can go first only where a step begins."); return words;
    case Where::Quiet: words.sentence = tr("No CPU has anything to do here: time passes."); return words;
    case Where::Turn: break;
    }
    for (int c = 0; c < 64; ++c) {
        if (c != roads.next && roads.canGo(c)) words.others.push_back(c);
    }
    if (roads.isChosen()) words.sentence = tr("CPU %1 goes next, as chosen; by the rules CPU %2 would.").arg(roads.next).arg(roads.usual);
    else if (words.others.empty()) words.sentence = tr("Only CPU %1 has anything to do at this instant: no other can go first.").arg(roads.next);
    else words.sentence = tr("CPU %1 goes next; %2 could.").arg(roads.next).arg(listOf(words.others));
    return words;
}

QString describeOnCpu(const core::Done& done, const core::MachineConfig& machine)
{
    const auto& what = done.what;
    const auto at = QString::number(machine.word.add(machine.jiffies, done.tick));
    const auto name = QString::fromStdString(done.timer);
    const int cpu = what.cpu;
    switch (what.what) {
    case What::DeleteSync: return tr("%1 deleted and waited for at %2").arg(name, at);
    case What::Free: return tr("%1 freed at %2").arg(name, at);
    case What::GoIdle: return tr("CPU %1 idle from %2 on").arg(cpu).arg(at);
    case What::GoBusy: return tr("CPU %1 busy from %2 on").arg(cpu).arg(at);
    case What::Delay: return tr("CPU %1 kept busy for %2 at %3").arg(cpu).arg(timeOf(what.nanoseconds), at);
    case What::Interrupt: return tr("%1 interrupts CPU %2 at %3").arg(QString::fromStdString(what.name)).arg(cpu).arg(at);
    case What::Wake: return tr("%1 woken at %2").arg(name, at);
    case What::Signal: return tr("Signal to %1 at %2").arg(name, at);
    default: return tr("CPU %1 first at %2").arg(cpu).arg(at);
    }
}

QString editOnCpu(const core::Done& done)
{
    const auto name = QString::fromStdString(done.timer);
    switch (done.what.what) {
    case What::DeleteSync: return tr("deleting %1").arg(name);
    case What::Free: return tr("freeing %1").arg(name);
    case What::GoIdle: return tr("making CPU %1 idle").arg(done.what.cpu);
    case What::GoBusy: return tr("making CPU %1 busy").arg(done.what.cpu);
    case What::Delay: return tr("keeping CPU %1 busy").arg(done.what.cpu);
    case What::Interrupt: return tr("the interrupt of CPU %1").arg(done.what.cpu);
    case What::Wake: return tr("waking %1").arg(name);
    case What::Signal: return tr("the signal to %1").arg(name);
    default: return tr("the choice of CPU %1").arg(done.what.cpu);
    }
}

QString whenOnCpu(const core::Trial& trial, int cpu)
{
    if (trial.isNever()) return tr("CPU %1 does not come to it before the run ends.").arg(cpu);
    const auto now = QString::number(trial.world().clock().jiffies);
    if (!trial.isLater()) return tr("Takes effect here, at jiffies %1.").arg(now);
    QString why;
    switch (trial.occupied()) {
    case core::Occupied::Interrupt: why = tr("CPU %1 is in an interrupt").arg(cpu); break;
    case core::Occupied::Softirq: why = tr("CPU %1 is in its softirq").arg(cpu); break;
    case core::Occupied::Spin: why = tr("CPU %1 spins").arg(cpu); break;
    case core::Occupied::Code: why = tr("CPU %1 is busy with a call").arg(cpu); break;
    case core::Occupied::No: why = tr("what is under way comes first"); break;
    }
    constexpr std::uint64_t sensible = 1000; // ns; less than anything that takes time
    if (trial.waits() < sensible) return tr("Takes effect at jiffies %1, a few steps later: %2.").arg(now, why);
    return tr("Takes effect at jiffies %1, %2 later: %3.").arg(now, timeOf(trial.waits()), why);
}

Preview previewOnCpu(const core::Trial& trial, const Intervention& what, const core::Inputs& inputs)
{
    const auto& world = trial.world();
    const bool isNohz = inputs.machine.kernel.nohz;
    const auto timer = what.timer.isValid() ? QString::fromStdString(inputs.timerName(what.timer)) : QString();
    Preview p;
    switch (what.what) {
    case What::GoIdle:
        p.headline = tr("CPU %1 has no other work from here on.").arg(what.cpu);
        p.why = isNohz ? tr("With nothing to do it is idle, stops its tick and sleeps until its next timer that is not deferrable.")
                       : tr("With nothing to do it is idle. Its tick goes on: the machine has no NO_HZ.");
        break;
    case What::GoBusy:
        p.headline = tr("CPU %1 has other work from here on.").arg(what.cpu);
        p.why = tr("It is never idle, and its tick goes on.");
        break;
    case What::Delay:
        p.headline = tr("CPU %1 executes something that takes %2.").arg(what.cpu).arg(timeOf(what.nanoseconds));
        p.why = tr("Interrupts and softirqs come in between and make it longer; other calls on this CPU wait.");
        break;
    case What::Interrupt: p.headline = interruptWords(world, what, inputs, p.notes); break;
    case What::Wake:
    case What::Signal: p.headline = wakeWords(world, what, processName(inputs, what.process)); break;
    default: p.headline = deleteWords(world, what, inputs, timer); break;
    }
    p.notes.append(whenOnCpu(trial, what.cpu));
    return p;
}

} // namespace jiffy::ui
