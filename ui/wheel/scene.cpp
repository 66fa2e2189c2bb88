// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/scene.h"

#include "core/world/rules.h"
#include "ui/inspector/step_text.h"

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
core::Jiffies handPosition(const core::World& w, const Turn& turn, int cpu, int wheel)
{
    const core::Jiffies stands = w.cpu(cpu).clk(wheel);
    if (turn.cpu != cpu || !turn.isServing) return stands;
    // 6.1: the turn is one of this wheel if the clock stands right behind it.
    if (w.geometry().wheels > 1 && w.geometry().word.add(turn.serving, 1) != stands) return stands;
    return turn.serving;
}

/// 6.1: what was taken off its bucket is shown there until it is called.
void addWaiting(const core::World& w, const core::Inputs& inputs, Scene& s)
{
    for (int l = 0; l < s.geometry.levels; ++l) {
        const core::ItemList waiting = w.listAt(s.geometry.runList(s.cpu, l));
        if (waiting.count == 0) continue;
        const core::Item& first = w.item(waiting.first);
        if ((first.isDeferrable() ? 1 : 0) != s.wheel) continue;
        const core::Bucket bucket = core::bucketOf(w, first);
        addList(w, inputs, waiting, s.slots[bucket.within]);
        s.slots[bucket.within].due = bucket.due;
    }
}

void addDues(const core::World& w, core::SlotId base, Scene& s)
{
    for (std::uint32_t i = 0; i < s.geometry.wheelSlots; ++i) {
        const core::SlotId slot(base.value + i);
        if (!w.isOccupied(slot)) continue;
        const core::Jiffies due = core::bucketOf(w, w.item(w.listAt(slot).first)).due;
        s.slots[i].due = due;
        if (!s.nextDue || s.geometry.word.isBefore(due, *s.nextDue)) s.nextDue = due;
    }
}

Glance glanceAt(const core::World& w, const Turn& turn, int cpu, bool withCounts)
{
    const core::Geometry& g = w.geometry();
    const auto& state = w.cpu(cpu);
    const core::Jiffies position = handPosition(w, turn, cpu, 0);
    Glance glance;
    glance.pending = state.activeTimers + state.deferrables;
    glance.isFiring = state.running.isValid();
    glance.isIdle = state.idle;
    if (g.levels < 2) return glance; // no hands
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

/// What a timer armed now would be filed by. 6.1: its clock is brought forward first, as far as nothing is due.
core::Jiffies filingPosition(const core::World& w, int cpu, int wheel)
{
    const core::CpuState& state = w.cpu(cpu);
    const core::Jiffies clk = state.clk(wheel), now = w.clock().jiffies;
    const core::Word word = w.geometry().word;
    if (!w.geometry().is(core::TimerAlgorithm::Wheel61) || word.signedDistance(now, clk) < 1) return clk;
    const core::Jiffies next = state.nextExpiry(wheel), to = word.isAfter(next, now) ? now : next;
    return word.isAfter(to, clk) ? to : clk;
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
        default: parts += plainText(stepText(inputs, step)); break;
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

int Scene::openLevels() const
{
    const int usual = std::min(5, geometry.levels);
    if (slots.empty()) return usual;
    for (int l = geometry.levels - 1; l >= usual; --l)
        for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(geometry.level[static_cast<std::size_t>(l)].slots); ++i)
            if (slot(l, i).count != 0) return l + 1;
    return usual;
}

Scene makeScene(const core::World& world, const core::InputsPtr& inputs, const StepEffects& effects, int cpu, int wheel)
{
    Scene s;
    const core::Geometry& g = world.geometry();
    s.geometry = g;
    s.hz = world.hz();
    s.clock = world.clock();
    s.cpu = cpu;
    s.wheel = wheel;
    s.inputs = inputs;
    s.effects = effects;
    if (g.levels == 0) return s; // no wheel: it stays empty
    s.clk = world.cpu(cpu).clk(wheel);
    s.position = handPosition(world, effects.turn, cpu, wheel);
    s.filing = filingPosition(world, cpu, wheel);
    s.lag = g.word.isAfter(s.clock.jiffies, s.position) ? g.word.distance(s.clock.jiffies, s.position) : 0;
    s.running = world.cpu(cpu).running;
    s.work = workOf(*inputs, s.running);
    s.isDeferrableRunning = s.running.isValid() && world.item(s.running).isDeferrable();
    s.pending = world.cpu(cpu).activeTimers + world.cpu(cpu).deferrables;
    s.deferrables = world.cpu(cpu).deferrables;
    s.slots.resize(g.wheelSlots);
    const core::SlotId base = g.slotOn(cpu, wheel, 0, 0);
    // What was taken off a slot and still waits for its move or its call is shown in the slot that it came
    // from.
    const Turn& turn = effects.turn;
    if (turn.cpu == cpu && turn.cascading.isValid())
        addList(world, *inputs, world.listAt(g.cascadeList(cpu)), s.slots[turn.cascading.value - base.value]);
    const auto waiting = world.listAt(g.runList(cpu));
    if (s.isModern()) {
        addWaiting(world, *inputs, s);
        addDues(world, base, s);
        s.fans = fansOf(world, effects, cpu, wheel);
        if (s.running.isValid() && turn.firedFrom.isValid()) s.runningFrom = g.place(turn.firedFrom);
    } else if (waiting.count != 0)
        addList(world, *inputs, waiting, s.slots[g.level[0].first + g.level[0].indexOf(s.position)]);
    for (std::uint32_t i = 0; i < g.wheelSlots; ++i) {
        const core::SlotId id(base.value + i);
        if (world.isOccupied(id)) addList(world, *inputs, world.listAt(id), s.slots[i]);
        s.fullest = std::max<std::uint64_t>(s.fullest, s.slots[i].count);
    }
    const int cpus = world.cpuCount();
    for (int c = 0; c < cpus; ++c) {
        const core::TimerId running = world.cpu(c).running;
        if (c == cpu || !running.isValid()) continue;
        if (const core::SlotId at = world.slotOf(running); at.isValid() && s.isHere(at))
            s.elsewhere.push_back({running, c});
    }
    for (int c = 0; c < cpus; ++c)
        s.cpus.push_back(glanceAt(world, effects.turn, c, cpus <= Scene::glanceLimit || c == cpu));
    return s;
}

} // namespace jiffy::ui
