// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/kernel_words.h"

#include "ui/theme/look.h"

#include <QCoreApplication>

#include <algorithm>

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

bool isInFunction(const core::World& world, int cpu)
{
    const core::KernelCpu& k = world.kernel().cpu(cpu);
    return k.interrupt != core::Interrupt::None || k.spinning != 0 || k.current != 0 || k.delays != 0 || world.cpu(cpu).running.isValid() || world.cpu(cpu).inSoftirq;
}

/// "1", "0, 2", "1-3, 5".
QString cpusText(std::uint64_t mask)
{
    QString text;
    for (int from = 0; from < 64; ++from) {
        if ((mask >> from & 1) == 0) continue;
        int to = from;
        while (to + 1 < 64 && (mask >> (to + 1) & 1) != 0) ++to;
        if (!text.isEmpty()) text += QStringLiteral(", ");
        text += QString::number(from);
        if (to > from) text += (to > from + 1 ? QStringLiteral("-") : QStringLiteral(", ")) + QString::number(to);
        from = to;
    }
    return text;
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
    return k.hasLoad ? tr("other work") : tr("nothing to do");
}

std::vector<QString> otherCpusText(const core::World& world, const core::Inputs& inputs, std::uint64_t but)
{
    if (!world.kernel().isThere()) return {};
    struct Group
    {
        QString text;
        std::uint64_t cpus = 0;
        bool isBusy = false;
    };
    std::vector<Group> groups;
    for (int cpu = 0; cpu < world.cpuCount() && cpu < 64; ++cpu) {
        if ((but >> cpu & 1) != 0) continue;
        const QString text = cpuStackText(world, inputs, cpu);
        auto found = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.text == text; });
        if (found == groups.end()) found = groups.insert(groups.end(), {text, 0, isInFunction(world, cpu)});
        found->cpus |= 1ull << cpu;
    }
    std::stable_partition(groups.begin(), groups.end(), [](const Group& g) { return g.isBusy; });
    std::vector<QString> lines;
    for (const Group& g : groups) {
        const bool isOne = (g.cpus & (g.cpus - 1)) == 0;
        lines.push_back((isOne ? tr("CPU %1: %2") : tr("CPUs %1: %2")).arg(cpusText(g.cpus), g.text));
    }
    return lines;
}

} // namespace jiffy::ui
