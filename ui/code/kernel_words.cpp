// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/kernel_words.h"

#include "ui/theme/look.h"

#include <QCoreApplication>

namespace jiffy::ui
{

namespace
{

QString tr(const char* text) { return QCoreApplication::translate("Code", text); }

QString spinningText(const core::Inputs& inputs, std::uint64_t word)
{
    const std::uint32_t id = core::spinId(word);
    switch (core::spinsFor(word)) {
    case core::SpinFor::Timer: return tr("del_timer_sync, spinning for %1").arg(id < inputs.timers.size() ? QString::fromStdString(inputs.timerName(core::TimerId(id))) : QString::number(id));
    case core::SpinFor::Lock: return tr("spin_lock, spinning for %1").arg(lockName(inputs, id));
    case core::SpinFor::BaseLock: return tr("lock_timer_base, spinning for the wheel of CPU %1").arg(id);
    case core::SpinFor::Nothing: break;
    }
    return {};
}

} // namespace

QString programText(const core::Inputs& inputs, std::uint64_t program)
{
    if (program >= inputs.programs.size() || inputs.programs[program].name >= inputs.names.size()) return QString::number(program);
    return QString::fromStdString(inputs.names[inputs.programs[program].name]);
}

QString lockName(const core::Inputs& inputs, std::uint64_t lock)
{
    return lock < inputs.locks.size() ? QString::fromStdString(inputs.locks[lock]) : QString::number(lock);
}

QString cpuStackText(const core::World& world, const core::Inputs& inputs, int cpu)
{
    const core::KernelCpu& k = world.kernel().cpu(cpu);
    const core::CpuState& c = world.cpu(cpu);
    std::vector<QString> inner; // innermost first
    switch (k.interrupt) {
    case core::Interrupt::Tick: inner.push_back(tr("timer interrupt")); break;
    case core::Interrupt::Device: inner.push_back(tr("device interrupt")); break;
    case core::Interrupt::Ipi: inner.push_back(tr("interrupt from another CPU")); break;
    case core::Interrupt::None: break;
    }
    if (k.spinning != 0) inner.push_back(spinningText(inputs, k.spinning));
    if (c.running.isValid()) inner.push_back(tr("the function of %1").arg(QString::fromStdString(inputs.timerName(c.running))));
    else if (c.inSoftirq) inner.push_back(QStringLiteral("run_timer_softirq"));
    if (k.current != 0) inner.push_back(programText(inputs, k.current - 1));
    QString text;
    for (const QString& part : inner) text = text.isEmpty() ? part : tr("%1, over %2").arg(text, part);
    if (!text.isEmpty()) return text;
    if (k.delays != 0) return tr("code that takes its time");
    if (k.isSoftirqPending) return tr("TIMER_SOFTIRQ is raised");
    if (k.isTickStopped) return k.sleepUntil == ~0ull ? tr("asleep, without an end") : tr("asleep until %1").arg(grouped(k.sleepUntil));
    if (c.idle) return tr("idle, ticking");
    return k.hasLoad ? tr("other work") : tr("nothing");
}

std::vector<QString> otherCpusText(const core::World& world, const core::Inputs& inputs, int but)
{
    std::vector<QString> lines;
    if (!world.kernel().isThere()) return lines;
    constexpr int most = 8;
    for (int cpu = 0; cpu < world.cpuCount(); ++cpu) {
        if (cpu == but) continue;
        if (static_cast<int>(lines.size()) == most) {
            lines.push_back(tr("and %1 more CPUs").arg(world.cpuCount() - 1 - most));
            break;
        }
        lines.push_back(tr("CPU %1: %2").arg(cpu).arg(cpuStackText(world, inputs, cpu)));
    }
    return lines;
}

} // namespace jiffy::ui
