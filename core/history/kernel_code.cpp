// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/kernel_code.h"

#include "core/kernel/lines_kernel.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

using Is = LineValue::Is;
using enum Line;

LineValue value(Is is, std::uint64_t a = 0) { return {is, a, 0}; }
LineValue jiffiesOrNone(std::uint64_t jiffies) { return jiffies == ~0ull ? value(Is::None) : value(Is::Instant, jiffies); }

LineValue valueOf(Line l, bool taken, const Record& r, const World& before)
{
    const Word word = before.geometry().word;
    switch (l) {
    case UpdateMissing:
    case UpdateCount: return r.kind == Kind::ClockSet ? value(Is::Number, word.distance(r.value, r.before)) : LineValue{};
    case DoTimerAdd: return r.kind == Kind::ClockSet ? value(Is::Instant, r.value) : value(Is::Instant, before.clock().jiffies);
    case DutyNone: return value(Is::Cpu, r.value);
    case StopUntil: return jiffiesOrNone(r.value);
    case StopDuty: return value(Is::None);
    case SyncReturn: return r.kind == Kind::Left ? value(Is::Number, r.returned() == Returned::One ? 1 : 0) : LineValue{};
    case SyncRelax: return r.value != 0 ? value(Is::Timer, spinId(r.value)) : LineValue{};
    case LockSpin: {
        const std::uint64_t word64 = r.value != 0 ? r.value : r.before;
        if (!taken || static_cast<Register>(r.slot) != Register::Spinning || spinId(word64) >= before.kernel().lockOwners.size()) return {};
        const auto owner = before.kernel().lockOwners[spinId(word64)];
        return owner == 0 ? LineValue{} : value(Is::Cpu, owner - 1u);
    }
    case LockTake: return value(Is::Cpu, r.value - 1);
    case SleepJiffies:
    case SleepIJiffies: return value(Is::Number, (r.value * before.hz().value + 999) / 1000 + 1);
    case TimeoutExpire: return value(Is::Instant, word.add(before.clock().jiffies, r.value));
    case TimeoutReturn: return value(Is::Number, r.value);
    case SleepReturn:
    case SleepIReturn: return value(Is::Number, r.value);
    case StateSet:
    case WakeState:
    case ExitState:
    case NewState: return value(Is::State, r.value);
    case WakeQueue:
    case SchedulePut:
    case NewQueue: return value(Is::Number, r.value + 1);
    case WakeKick: return value(Is::Cpu, r.link);
    default: return {};
    }
}

bool isInterruptFunction(Function f)
{
    switch (f) {
    case Function::SchedTimer:
    case Function::DoIrq:
    case Function::IpiCall: return true;
    default: return false;
    }
}

/// With that record a function of the machine begins: what came before belongs to another call.
bool begins(const Record& r)
{
    if (r.kind == Kind::RegisterSet) return r.slot == static_cast<std::uint32_t>(Register::Idle) || r.site == Site::SpinLock || r.site == Site::SpinUnlock;
    return r.kind == Kind::Entered;
}
bool ends(const Record& r)
{
    if (r.kind == Kind::RegisterSet) return r.site == Site::Reschedule || static_cast<Register>(r.slot) == Register::SleepUntil;
    return r.kind == Kind::Left || r.kind == Kind::Fired || (r.kind == Kind::Passed && r.site != Site::RunTimers);
}

class Builder
{
  public:
    Builder(History& history, Position p) : m_history(history), m_log(history.log()), m_at(p) {}

    CodeThere of(std::uint64_t event, const LineList& lines, std::uint32_t index)
    {
        const Record& r = m_log[event];
        m_code.event = event;
        m_code.line = lines.line[index];
        m_code.index = index;
        m_code.count = lines.count;
        {
            const World& there = m_history.at(m_at);
            m_code.cpu = std::min<int>(r.cpu, there.cpuCount() - 1);
            m_frames = framesAt(m_code.line, r, there, m_code.cpu, nullptr, contextOf(m_log, event, there));
        }
        // Records of the same call, of this CPU.
        std::vector<std::uint64_t> past;
        constexpr std::size_t most = 16;
        for (std::uint64_t e = event; e > 0 && event - e < 400 && past.size() < most; --e) {
            const Record& before = m_log[e - 1];
            if (before.cpu != r.cpu) continue;
            if (ends(before)) break;
            past.push_back(e - 1);
            if (begins(before) && isInterruptFunction(m_frames.frame[0].function)) break;
        }
        for (auto e = past.rbegin(); e != past.rend(); ++e) markLines(*e, m_history.linesAt(*e), ~0u);
        markLines(event, lines, index);
        const World& there = m_history.at(m_at);
        for (const Frame& f : m_frames.all()) {
            // Whoever called stands at that line.
            if (f.line != Note) m_code.marks[static_cast<std::size_t>(f.line)].isDone = true;
            m_code.stack.push_back({f, kernelArgumentOf(f, r, there, m_code.cpu).value_or(FrameArgument{})});
        }
        return m_code;
    }

  private:
    bool isOnStack(Function f) const
    {
        return std::any_of(m_frames.all().begin(), m_frames.all().end(), [f](const Frame& frame) { return frame.function == f; });
    }
    void markLines(std::uint64_t event, const LineList& lines, std::uint32_t last)
    {
        const Record& r = m_log[event];
        const World& before = m_history.at({event, 0, 0});
        for (std::uint32_t i = 0; i < lines.count && i <= last; ++i) {
            const Line l = lines.line[i];
            const Function f = functionOf(l);
            if (!isKernelLine(l) || (!isOnStack(f) && f != Function::Surroundings)) continue;
            // A function that is called anew, or a loop that begins anew.
            const LineSpan span = linesOf(f);
            for (int k = static_cast<int>(l) + 1; k < span.first + span.count; ++k) m_code.marks[static_cast<std::size_t>(k)] = {};
            m_code.marks[static_cast<std::size_t>(l)] = {true, lines.isTaken(i), valueOf(l, lines.isTaken(i), r, before)};
        }
    }

    History& m_history;
    const LogView& m_log;
    Position m_at;
    Frames m_frames;
    CodeThere m_code;
};

} // namespace

CodeThere kernelCodeOf(History& history, Position p, std::uint64_t event, const LineList& lines, std::uint32_t index)
{
    return Builder(history, p).of(event, lines, index);
}

std::vector<CodeThere> deadlockedCodeOf(History& history, std::uint64_t event)
{
    constexpr std::uint64_t farthest = 100'000;
    const LogView& log = history.log();
    std::vector<CodeThere> stuck;
    if (event >= log.size() || log[event].kind != Kind::Noted || log[event].site != Site::Deadlock) return stuck;
    for (int cpu = 0; cpu < 64; ++cpu) {
        if ((log[event].value >> cpu & 1) == 0) continue;
        // The last time that it began to spin; interrupts may have come in between.
        for (std::uint64_t e = event; e > 0 && event - e < farthest; --e) {
            const Record& r = log[e - 1];
            const bool begins = r.cpu == cpu && r.kind == Kind::RegisterSet && static_cast<Register>(r.slot) == Register::Spinning && r.value != 0;
            if (!begins) continue;
            const LineList lines = history.linesAt(e - 1);
            stuck.push_back(kernelCodeOf(history, {e, 0, 0}, e - 1, lines, lines.effect));
            break;
        }
    }
    return stuck;
}

std::optional<FrameArgument> kernelArgumentOf(const Frame& frame, const Record& r, const World& there, int cpu)
{
    using Arg = FrameArgument::Is;
    FrameArgument a;
    a.cpu = cpu;
    const KernelCpu& k = there.kernel().cpu(cpu);
    const auto number = [&](Arg is, std::uint64_t n) {
        a.is = is;
        a.number = n;
    };
    const auto timer = [&](TimerId t) {
        a.timer = t;
        a.is = t.isValid() ? Arg::Timer : Arg::Nothing;
    };
    switch (frame.function) {
    case Function::SchedTimer:
    case Function::IpiCall:
    case Function::IrqExit:
    case Function::CpuIdle: number(Arg::Cpus, 1ull << cpu); break;
    case Function::DoSoftirq: a.is = Arg::Softirq; break;
    case Function::DoIrq:
        if (r.site == Site::DeviceInterrupt) number(Arg::Program, r.value);
        else number(Arg::Cpus, 1ull << cpu);
        break;
    case Function::Process:
        if (k.current == 0) break;
        number(Arg::Program, k.current - 1);
        break;
    case Function::Callback: timer(there.cpu(cpu).running); break;
    case Function::DelSync:
        if (r.kind == Kind::RegisterSet && static_cast<Register>(r.slot) == Register::Spinning) {
            timer(TimerId(spinId(r.value != 0 ? r.value : r.before)));
            break;
        }
        [[fallthrough]];
    case Function::TryToDelTimerSync:
    case Function::TryToDelTimerSync61:
    case Function::TryToDelTimerSyncList:
    case Function::FreeCall: timer(r.item); break;
    case Function::SpinLockCall:
    case Function::SpinUnlockCall: {
        const bool isSpin = r.kind == Kind::RegisterSet && static_cast<Register>(r.slot) == Register::Spinning;
        if (r.kind == Kind::RegisterSet && static_cast<Register>(r.slot) == Register::BaseLock) number(Arg::Cpus, 1ull << cpu);
        else number(Arg::Lock, isSpin ? spinId(r.value != 0 ? r.value : r.before) : r.link);
        break;
    }
    case Function::LockBase: timer(r.item); break;
    case Function::MdelayCall:
        if (r.kind == Kind::Entered) number(Arg::Time, r.value);
        break;
    case Function::MsleepCall:
    case Function::MsleepICall:
        if (r.kind == Kind::Entered || r.kind == Kind::Refused) number(Arg::Milliseconds, r.value);
        break;
    case Function::ScheduleTimeoutCall:
        if (r.kind == Kind::Entered) number(Arg::Timeout, r.value);
        break;
    case Function::WakeUp:
    case Function::SendSig:
    case Function::NewTaskCall:
        if (r.kind == Kind::RegisterSet) number(Arg::Program, r.link);
        else if (r.kind == Kind::Entered && r.link != 0) number(Arg::Program, r.link - 1);
        break;
    default:
        if (!isKernelFunction(frame.function)) return std::nullopt;
        break;
    }
    return a;
}

std::optional<std::uint64_t> kernelSoftirqStart(const LogView& log, std::uint64_t event, int cpu)
{
    constexpr std::uint64_t farthest = 100'000;
    for (std::uint64_t e = event + 1; e > 0 && event - e + 1 < farthest; --e) {
        const Record& r = log[e - 1];
        if (r.cpu != cpu || r.site != Site::RunTimerSoftirq) continue;
        if (r.kind == Kind::Entered) return e - 1;
        if (r.kind == Kind::Left && e - 1 != event) return std::nullopt;
    }
    return std::nullopt;
}

} // namespace jiffy::core
