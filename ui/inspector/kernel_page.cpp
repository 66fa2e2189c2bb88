// SPDX-License-Identifier: GPL-3.0-or-later
// What a CPU of a machine of CPUs does besides its wheel, and its processes.
#include "ui/inspector/pages.h"

#include "core/event/text_kernel.h"
#include "ui/code/kernel_words.h"
#include "ui/inspector/step_text.h"
#include "ui/inspector/words.h"
#include "ui/narration/compose.h"
#include "ui/theme/look.h"

#include <QCoreApplication>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

using core::Kind;
using core::Record;
using core::Register;
using core::Site;
using core::TaskState;

QString tr(const char* text) { return QCoreApplication::translate("Inspector", text); }
Span words(const QString& text) { return {text, false, -1}; }
QString latin(std::string_view s) { return QString::fromLatin1(s.data(), static_cast<qsizetype>(s.size())); }

Field plain(const QString& name, const QString& value, Tone tone = Tone::Ink)
{
    Field f{name, {words(value)}};
    f.tone = tone;
    return f;
}

Field tickField(const core::KernelCpu& k)
{
    if (!k.isTickStopped) return plain(tr("tick"), tr("on"));
    Field f = plain(tr("tick"), tr("stopped"), Tone::Late);
    if (k.sleepUntil == ~0ull) f.note = {words(tr("No timer needs it: only an interrupt wakes this CPU."))};
    else f.note = compose(tr("Its next timer interrupt is set to %1."), {number(k.sleepUntil)});
    return f;
}

Field dutyField(const core::World& world, int cpu)
{
    const std::uint64_t duty = world.kernel().dutyCpu;
    if (duty == static_cast<std::uint64_t>(cpu)) return plain(tr("counts jiffies"), tr("yes"));
    if (duty >= static_cast<std::uint64_t>(world.cpuCount())) return plain(tr("counts jiffies"), tr("no CPU does"), Tone::Late);
    Field f = plain(tr("counts jiffies"), tr("CPU %1 does").arg(duty));
    f.link = Link::cpu(static_cast<int>(duty));
    return f;
}

Field softirqField(const core::World& world, int cpu)
{
    const core::KernelCpu& k = world.kernel().cpu(cpu);
    const bool isServed = world.cpu(cpu).inSoftirq;
    const QString name = QStringLiteral("TIMER_SOFTIRQ");
    if (k.isSoftirqPending) return plain(name, isServed ? tr("running, raised once more") : tr("raised"), Tone::Now);
    return isServed ? plain(name, tr("running"), Tone::Now) : plain(name, tr("not raised"), Tone::Ink2);
}

Field spinField(const Facts& facts, std::uint64_t word)
{
    const std::uint32_t id = core::spinId(word);
    Field f = plain(tr("spins for"), {}, Tone::Late);
    int holder = -1;
    switch (core::spinsFor(word)) {
    case core::SpinFor::Timer:
        f.value = compose(tr("the function of %1"), {timerSpan(facts.inputs, core::TimerId(id))});
        f.link = Link::timer(core::TimerId(id));
        for (int c = 0; c < facts.world.cpuCount(); ++c)
            if (facts.world.cpu(c).running == core::TimerId(id)) holder = c;
        break;
    case core::SpinFor::Lock:
        f.value = compose(tr("lock %1"), {mono(lockName(facts.inputs, id))});
        if (id < facts.world.kernel().lockOwners.size()) holder = facts.world.kernel().lockOwners[id] - 1;
        break;
    default:
        f.value = {words(tr("the wheel of CPU %1").arg(id))};
        f.link = Link::cpu(static_cast<int>(id));
        if (id < static_cast<std::uint32_t>(facts.world.cpuCount())) holder = facts.world.kernel().cpu(static_cast<int>(id)).baseLock - 1;
    }
    if (holder >= 0) f.note = {words(core::spinsFor(word) == core::SpinFor::Timer ? tr("It runs on CPU %1.").arg(holder) : tr("CPU %1 holds it.").arg(holder))};
    return f;
}

Field processField(const Facts& facts, const QString& name, std::uint32_t process)
{
    Field f{name, {mono(programText(facts.inputs, process))}};
    f.link = Link::process(process);
    return f;
}

// ---- a process

QString stateWords(TaskState state)
{
    switch (state) {
    case TaskState::Running: return tr("runnable");
    case TaskState::Interruptible: return tr("asleep, a signal wakes it");
    case TaskState::Uninterruptible: return tr("asleep");
    case TaskState::Dead: return tr("has ended");
    case TaskState::New: break;
    }
    return tr("has not begun");
}

bool wakes(const Record& r, std::uint32_t process)
{
    return r.kind == Kind::RegisterSet && static_cast<Register>(r.slot) == Register::TaskState && r.link == process &&
           r.value == static_cast<std::uint64_t>(TaskState::Running) && r.site != Site::NewTask && r.site != Site::SetCurrentState;
}

bool isCallOf(const core::CallbackStep& s, const Record& r)
{
    using What = core::CallbackStep::What;
    const bool isSameTime = static_cast<std::uint64_t>(s.delta) == r.value;
    switch (r.site) {
    case Site::Msleep: return s.what == What::Msleep && isSameTime;
    case Site::MsleepInterruptible: return s.what == What::MsleepInterruptible && isSameTime;
    case Site::Mdelay: return s.what == What::Burn && isSameTime;
    case Site::DelTimerSync: return s.what == What::DelSync && s.other == r.item;
    default: return false;
    }
}

/// The steps that the process may be in, as far as its calls tell: one, where alike ones can be told apart by what came
/// before; none where it is in none.
std::vector<std::uint32_t> stepsOf(const Facts& facts, std::uint32_t process)
{
    const core::Program& program = facts.inputs.programs[process];
    const auto step = [&](std::uint32_t i) -> const core::CallbackStep& { return facts.inputs.steps[program.firstStep + i]; };
    const auto alike = [&](const Record& r) {
        std::vector<std::uint32_t> all;
        for (std::uint32_t i = 0; i < program.stepCount; ++i)
            if (isCallOf(step(i), r)) all.push_back(i);
        return all;
    };
    // Back to a call that is the only one of its kind, or to the beginning.
    constexpr std::uint64_t farthest = 100'000;
    std::vector<std::uint64_t> calls; // the last one first
    std::uint32_t next = 0;
    bool isSure = false;
    std::uint64_t e = facts.events;
    for (; e > 0 && facts.events - e < farthest && !isSure; --e) {
        const Record& r = facts.log[e - 1];
        const bool isCall = r.kind == Kind::Entered || r.kind == Kind::Left;
        if (!isCall || r.link != process + 1) continue;
        if (r.site != Site::Msleep && r.site != Site::MsleepInterruptible && r.site != Site::Mdelay && r.site != Site::DelTimerSync) continue;
        if (r.kind == Kind::Left) {
            if (calls.empty()) return {};
            continue;
        }
        calls.push_back(e - 1);
        const auto same = alike(r);
        if (same.size() > 1) continue;
        if (same.empty()) return {};
        isSure = true;
        next = same.front();
    }
    if (calls.empty()) return {};
    if (!isSure && e > 0) return alike(facts.log[calls.front()]); // too far back
    // Forward: steps are done in their order, round by round.
    std::uint32_t at = next;
    for (auto call = calls.rbegin(); call != calls.rend(); ++call) {
        std::uint32_t tried = 0;
        while (tried < program.stepCount && !isCallOf(step(next), facts.log[*call])) {
            next = (next + 1) % program.stepCount;
            ++tried;
        }
        if (tried == program.stepCount) return alike(facts.log[calls.front()]);
        at = next;
        next = (next + 1) % program.stepCount;
    }
    return {at};
}

Section programSection(const Facts& facts, std::uint32_t process)
{
    const core::Program& program = facts.inputs.programs[process];
    Section s;
    s.title = tr("What it does");
    const TaskState state = facts.world.kernel().processes[process].state;
    std::vector<std::uint32_t> at;
    if (state != TaskState::New && state != TaskState::Dead) at = stepsOf(facts, process);
    for (std::uint32_t i = 0; i < program.stepCount; ++i) {
        Field f{QString::number(i + 1), stepText(facts.inputs, facts.inputs.steps[program.firstStep + i])};
        if (std::find(at.begin(), at.end(), i) != at.end()) {
            f.tone = Tone::Now;
            f.note = {words(at.size() == 1 ? tr("This is where it stands: step %1 of %2.").arg(i + 1).arg(program.stepCount)
                                           : tr("It stands here, or at another step like this one."))};
        }
        s.fields.push_back(std::move(f));
    }
    if (program.repeats == ~0ull) s.note = {words(tr("Again and again, without an end."))};
    else if (program.repeats > 1) s.note = compose(tr("%1 times."), {number(program.repeats)});
    return s;
}

Section wakeSection(const Facts& facts, std::uint32_t process)
{
    Section s;
    s.title = tr("Wake-ups up to here");
    constexpr std::uint64_t farthest = 200'000;
    const std::uint64_t first = facts.events > farthest ? facts.events - farthest : 0;
    std::uint64_t count = 0, last = ~0ull;
    for (std::uint64_t e = first; e < facts.events; ++e) {
        if (!wakes(facts.log[e], process)) continue;
        ++count;
        last = e;
    }
    s.fields.push_back({first == 0 ? tr("so far") : tr("lately"), {number(count)}});
    if (last == ~0ull) return s;
    Field f = plain(tr("the last one"), facts.log[last].site == Site::SendSignal ? tr("by a signal") : tr("by wake_up_process"));
    f.link = Link::event(last);
    s.fields.push_back(f);
    return s;
}

} // namespace

std::vector<Section> kernelSections(const Facts& facts, int cpu)
{
    if (!facts.world.kernel().isThere()) return {};
    const core::KernelCpu& k = facts.world.kernel().cpu(cpu);
    Section now;
    now.title = tr("What it does");
    now.fields.push_back(plain(tr("executes"), cpuStackText(facts.world, facts.inputs, cpu)));
    if (k.spinning != 0) now.fields.push_back(spinField(facts, k.spinning));
    now.fields.push_back(tickField(k));
    now.fields.push_back(dutyField(facts.world, cpu));
    now.fields.push_back(softirqField(facts.world, cpu));
    const auto& owners = facts.world.kernel().lockOwners;
    for (std::size_t i = 0; i < owners.size(); ++i)
        if (owners[i] == 1 + cpu) now.fields.push_back({tr("holds lock"), {mono(lockName(facts.inputs, i))}});
    if (k.baseLock != 0) now.fields.push_back(plain(tr("its wheel"), tr("locked by CPU %1").arg(k.baseLock - 1), Tone::Late));
    std::vector<Section> sections{now};
    if (facts.inputs.machine.kernel.processes != 0) {
        Section tasks;
        tasks.title = tr("Processes");
        if (k.current != 0) tasks.fields.push_back(processField(facts, tr("runs"), k.current - 1));
        else tasks.fields.push_back(plain(tr("runs"), tr("none"), Tone::Ink2));
        constexpr std::size_t most = 12;
        for (std::size_t i = 0; i < k.runQueue.size() && i < most; ++i)
            tasks.fields.push_back(processField(facts, i == 0 ? tr("next") : tr("waits"), k.runQueue[i]));
        if (k.runQueue.size() > most) tasks.fields.push_back(plain(tr("waits"), tr("%1 more").arg(k.runQueue.size() - most)));
        sections.push_back(tasks);
    }
    Section interrupts;
    interrupts.title = tr("Interrupts up to here");
    interrupts.fields.push_back({tr("of the tick"), {number(k.tickInterrupts)}});
    interrupts.fields.push_back({tr("others"), {number(k.otherInterrupts)}});
    sections.push_back(interrupts);
    return sections;
}

Page processPage(const Facts& facts, std::uint32_t process)
{
    const core::ProcessState& state = facts.world.kernel().processes[process];
    const core::Program& program = facts.inputs.programs[process];
    const core::KernelCpu& k = facts.world.kernel().cpu(program.cpu);
    const bool isRunning = k.current == process + 1;
    Page page;
    page.about = Page::About::Process;
    page.caption = tr("Process");
    page.name = programText(facts.inputs, process);
    page.state = isRunning ? tr("runs") : stateWords(state.state);
    page.stateTone = isRunning ? Tone::Now : Tone::Ink2;
    Section head;
    head.fields.push_back({tr("state"), {mono(latin(core::name(state.state)))}});
    Field cpu = plain(tr("CPU"), QString::number(program.cpu));
    cpu.link = Link::cpu(program.cpu);
    head.fields.push_back(cpu);
    for (std::size_t i = 0; i < k.runQueue.size(); ++i)
        if (k.runQueue[i] == process) head.fields.push_back(plain(tr("waits for it"), tr("place %1 in the run queue").arg(i + 1)));
    if (program.timer.isValid() && facts.world.isDefined(program.timer)) {
        const core::Item& item = facts.world.item(program.timer);
        Field timer{tr("its timer"), {timerSpan(facts.inputs, program.timer)}};
        timer.link = Link::timer(program.timer);
        if (item.isPending()) timer.note = compose(tr("Wakes it at %1: %2."), {number(item.expires), words(dueText(facts.world.geometry().word, item.expires, facts.world.clock().jiffies))});
        else timer.note = {words(tr("Not armed: it does not sleep on it."))};
        head.fields.push_back(timer);
    }
    if (state.hasSignal) head.fields.push_back(plain(tr("signal"), tr("pending"), Tone::Late));
    page.sections = {head, programSection(facts, process), wakeSection(facts, process)};
    return page;
}

} // namespace jiffy::ui
