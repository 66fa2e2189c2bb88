// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/scene.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cstdlib>

namespace jiffy::ui
{

namespace
{

SceneTimer timerOf(const core::World& w, const core::Inputs& inputs, core::TimerId id)
{
    const bool isNamed = id.value < inputs.timers.size() && inputs.timers[id.value].number == 0;
    return {id, w.item(id).isDeferrable(), isNamed};
}

void addList(const core::World& w, const core::Inputs& inputs, const core::ItemList& list, SceneSlot& slot)
{
    slot.count += list.count;
    for (core::TimerId id = list.first; id.isValid() && slot.known < SceneSlot::shown; id = w.next(id))
        slot.first[slot.known++] = timerOf(w, inputs, id);
}

double handAngle(const core::Level& level, core::Jiffies position)
{
    return (level.indexOf(position) + .5) * 360.0 / level.slots;
}

/// Position that the hands of a CPU show.
core::Jiffies handPosition(const core::World& w, const Turn& turn, int cpu)
{
    const auto& state = w.cpu(cpu);
    if (turn.cpu == cpu && turn.isServing) return turn.serving;
    return state.timerJiffies;
}

Glance glanceAt(const core::World& w, const Turn& turn, int cpu, bool withCounts)
{
    const core::Geometry& g = w.geometry();
    const auto& state = w.cpu(cpu);
    const core::Jiffies position = handPosition(w, turn, cpu);
    Glance glance;
    glance.pending = state.activeTimers + state.deferrables;
    glance.isFiring = state.running.isValid();
    glance.isIdle = state.idle;
    glance.outerHand = handAngle(g.level[0], position);
    glance.innerHand = handAngle(g.level[1], position);
    if (!withCounts) return glance;
    const auto fill = [&](int level, std::array<std::uint32_t, 64>& sums) {
        const auto slots = static_cast<std::uint32_t>(g.level[static_cast<std::size_t>(level)].slots);
        const std::uint32_t groups = Glance::groups(g.level[static_cast<std::size_t>(level)]);
        for (std::uint32_t i = 0; i < slots; ++i) {
            const core::SlotId s = g.slot(cpu, level, i);
            if (w.isOccupied(s)) sums[i * groups / slots] += w.listAt(s).count;
        }
    };
    fill(0, glance.outer);
    fill(1, glance.inner);
    return glance;
}

QString workOf(const core::Inputs& inputs, core::TimerId id)
{
    if (!id.isValid() || id.value >= inputs.timers.size()) return QString();
    const auto say = [](const char* text) { return QCoreApplication::translate("WheelView", text); };
    const core::TimerSpec& spec = inputs.timers[id.value];
    QStringList parts;
    for (std::uint32_t i = 0; i < spec.stepCount && parts.size() < 3; ++i) {
        const core::CallbackStep& step = inputs.steps[spec.firstStep + i];
        const QString other =
            step.other.isValid() ? QString::fromStdString(inputs.timerName(step.other)) : QString();
        const QString delta = (step.delta < 0 ? QStringLiteral("-%1") : QStringLiteral("+%1")).arg(std::abs(step.delta));
        switch (step.what) {
        case core::CallbackStep::What::Rearm:
            parts += say("re-arms itself at %1").arg(delta);
            break;
        case core::CallbackStep::What::Add:
            parts += say("arms %1 at %2").arg(other, delta);
            break;
        case core::CallbackStep::What::Del:
        case core::CallbackStep::What::TryDel:
            parts += say("deletes %1").arg(other);
            break;
        case core::CallbackStep::What::Burn:
            break; // nothing takes time on the wheel
        }
    }
    if (parts.isEmpty()) return say("runs its function(data)");
    return say("runs its function: %1").arg(parts.join(QStringLiteral(", ")));
}

} // namespace

QString Scene::nameOf(core::TimerId id) const
{
    if (!inputs || !id.isValid() || id.value >= inputs->timers.size()) return QString();
    return QString::fromStdString(inputs->timerName(id));
}

Scene makeScene(const core::World& world, const core::InputsPtr& inputs, const StepEffects& effects, int cpu)
{
    Scene s;
    const core::Geometry& g = world.geometry();
    s.geometry = g;
    s.hz = world.hz();
    s.clock = world.clock();
    s.cpu = cpu;
    s.inputs = inputs;
    s.effects = effects;
    s.position = handPosition(world, effects.turn, cpu);
    s.filing = world.cpu(cpu).timerJiffies;
    s.lag = g.word.isAfter(s.clock.jiffies, s.position) ? g.word.distance(s.clock.jiffies, s.position) : 0;
    s.running = world.cpu(cpu).running;
    s.work = workOf(*inputs, s.running);
    s.isDeferrableRunning = s.running.isValid() && world.item(s.running).isDeferrable();
    s.pending = world.cpu(cpu).activeTimers + world.cpu(cpu).deferrables;
    s.slots.resize(g.levelSlots);
    const core::SlotId base = g.slot(cpu, 0, 0);
    // What was taken off a slot and still waits for its move or its call is shown in the slot that it came
    // from.
    const Turn& turn = effects.turn;
    if (turn.cpu == cpu && turn.cascading.isValid())
        addList(world, *inputs, world.listAt(g.cascadeList(cpu)), s.slots[turn.cascading.value - base.value]);
    const auto waiting = world.listAt(g.runList(cpu));
    if (waiting.count != 0)
        addList(world, *inputs, waiting, s.slots[g.level[0].first + g.level[0].indexOf(s.position)]);
    for (std::uint32_t i = 0; i < g.levelSlots; ++i) {
        const core::SlotId id(base.value + i);
        if (world.isOccupied(id)) addList(world, *inputs, world.listAt(id), s.slots[i]);
        s.fullest = std::max<std::uint64_t>(s.fullest, s.slots[i].count);
    }
    const int cpus = world.cpuCount();
    for (int c = 0; c < cpus; ++c) {
        const core::TimerId running = world.cpu(c).running;
        if (c == cpu || !running.isValid()) continue;
        if (const core::SlotId at = world.slotOf(running); at.isValid() && g.place(at).cpu == cpu)
            s.elsewhere.push_back({running, c});
    }
    for (int c = 0; c < cpus; ++c)
        s.cpus.push_back(glanceAt(world, effects.turn, c, cpus <= Scene::glanceLimit || c == cpu));
    return s;
}

} // namespace jiffy::ui
