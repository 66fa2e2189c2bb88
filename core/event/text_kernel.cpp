// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/event/text_kernel.h"

#include "core/event/text.h"

#include <fmt/format.h>
#include <iterator>

namespace jiffy::core
{

namespace
{

class Line
{
  public:
    Line(std::string& out, const Record& r, const Inputs& inputs) : m_out(out), m_r(r), m_inputs(inputs)
    {
        m_out += name(r.kind);
    }

    void write()
    {
        switch (m_r.kind) {
        case Kind::Passed: return add(" {} tick{} in which no cpu ticks", m_r.value, m_r.value == 1 ? "" : "s");
        case Kind::ClockSet: return clock();
        case Kind::Entered:
        case Kind::Left: return function();
        case Kind::Raised:
            if (m_r.site == Site::RunLocalTimers) return add(" TIMER_SOFTIRQ of cpu {} by {}", m_r.link, name(m_r.site));
            return add(" interrupt of cpu {} by {}", m_r.link, name(m_r.site));
        case Kind::RegisterSet: return reg();
        case Kind::Chosen: return add(" cpu={} of {} instead of cpu {}", m_r.cpu, cpuMaskText(m_r.value), m_r.before);
        case Kind::Refused: return add(" {} ms={} in atomic context", name(m_r.site), m_r.value);
        case Kind::Noted: return noted();
        default: // as any other call files and takes off
            add(" {}", name(m_r.site));
        }
    }

  private:
    template <class... Args> void add(fmt::format_string<Args...> format, Args&&... args)
    {
        fmt::format_to(std::back_inserter(m_out), format, std::forward<Args>(args)...);
    }
    std::string program(std::uint64_t number) const
    {
        if (number >= m_inputs.programs.size()) return std::to_string(number);
        const auto at = m_inputs.programs[number].name;
        const std::string name = at < m_inputs.names.size() ? m_inputs.names[at] : std::string();
        return name.empty() ? std::to_string(number) : name;
    }
    std::string lock() const
    {
        return m_r.link < m_inputs.locks.size() ? m_inputs.locks[m_r.link] : std::to_string(m_r.link);
    }
    void item()
    {
        if (m_r.item.isValid()) add(" {}", m_inputs.timerName(m_r.item));
    }
    void clock()
    {
        if (m_r.site == Site::TimePasses) add(" time={}ns was={}ns", m_r.value, m_r.before);
        else add(" jiffies={} was={} by {}", m_r.value, m_r.before, name(m_r.site));
    }
    void function()
    {
        add(" {}", name(m_r.site));
        if (m_r.site == Site::DeviceInterrupt) add(" {}", program(m_r.value));
        item();
        if (m_r.link != 0) add(" of {}", program(m_r.link - 1));
        switch (m_r.site) {
        case Site::TickInterrupt:
            if (m_r.value != 0) m_out += " woken";
            if (m_r.before != 0) add(" lost={}", m_r.before);
            break;
        case Site::Mdelay:
            if (m_r.kind == Kind::Entered) add(" ns={}", m_r.value);
            break;
        case Site::Msleep:
        case Site::MsleepInterruptible: 
            if (m_r.kind == Kind::Entered) add(" ms={}", m_r.value);
            else add(" left={}ms", m_r.value);
            break;
        case Site::ScheduleTimeout: 
            if (m_r.kind == Kind::Entered) add(" timeout={}", m_r.value);
            else add(" left={}", m_r.value);
            break;
        default: break;
        }
        switch (m_r.returned()) {
        case Returned::Nothing: break;
        case Returned::Zero: m_out += " returned 0"; break;
        case Returned::One: m_out += " returned 1"; break;
        case Returned::MinusOne: m_out += " returned -1"; break;
        }
    }
    std::string task(std::uint64_t onePlus) const { return onePlus == 0 ? "none" : program(onePlus - 1); }
    static std::string orNone(std::uint64_t v) { return v == ~0ull ? "none" : std::to_string(v); }
    static std::string owner(std::uint64_t onePlus) { return onePlus == 0 ? "none" : "cpu " + std::to_string(onePlus - 1); }
    void reg()
    {
        const auto which = static_cast<Register>(m_r.slot);
        add(" {}", name(which));
        const auto pair = [&](const std::string& now, const std::string& was) { add("={} was={}", now, was); };
        switch (which) {
        case Register::SleepUntil:
        case Register::DutyCpu: pair(orNone(m_r.value), orNone(m_r.before)); break;
        case Register::CurrentTask: pair(task(m_r.value), task(m_r.before)); break;
        case Register::TaskState:
            add(" of {}", program(m_r.link));
            pair(std::string(name(static_cast<TaskState>(m_r.value))), std::string(name(static_cast<TaskState>(m_r.before))));
            break;
        case Register::RunQueuePlace:
            add(" of {}", program(m_r.link));
            pair(orNone(m_r.value), orNone(m_r.before));
            break;
        case Register::SignalPending:
            add(" of {}", program(m_r.link));
            pair(std::to_string(m_r.value), std::to_string(m_r.before));
            break;
        case Register::LockOwner:
            add(" of {}", lock());
            pair(owner(m_r.value), owner(m_r.before));
            break;
        case Register::BaseLock: pair(owner(m_r.value), owner(m_r.before)); break;
        case Register::Spinning: pair(spinText(m_r.value, m_inputs), spinText(m_r.before, m_inputs)); break;
        case Register::Freed: item(); [[fallthrough]];
        default: pair(std::to_string(m_r.value), std::to_string(m_r.before)); break;
        }
        add(" by {}", name(m_r.site));
    }
    void noted()
    {
        add(" {}", name(m_r.site));
        item();
        if (m_r.site == Site::Deadlock) add(" of {}", cpuMaskText(m_r.value));
        if (m_r.site == Site::UseAfterFree && m_r.value != 0) m_out += m_r.value == 1 ? " while armed" : " by a call";
        if (m_r.site == Site::DelTimerSync) m_out += " in an interrupt";
        if (m_r.site == Site::SpinUnlock) add(" {} of {}", lock(), owner(m_r.value));
        if (m_r.site == Site::SendSignal) add(" to {} that is {}", program(m_r.link - 1), name(static_cast<TaskState>(m_r.value)));
        if (m_r.site == Site::Choice) add(" cpu {} cannot act here", m_r.value);
    }

    std::string& m_out;
    const Record& m_r;
    const Inputs& m_inputs;
};

} // namespace

bool isKernelText(const Record& r)
{
    if (r.kind == Kind::RegisterSet) return isOfKernel(static_cast<Register>(r.slot));
    const bool isOfTimer = r.kind == Kind::Queued || r.kind == Kind::Unqueued || r.kind == Kind::ItemSet || r.kind == Kind::Counted;
    return isOfKernel(r.site) && !isOfTimer;
}

void appendKernelText(std::string& out, const Record& r, const Inputs& inputs) { Line(out, r, inputs).write(); }

std::string spinText(std::uint64_t word, const Inputs& inputs)
{
    const std::uint32_t id = spinId(word);
    switch (spinsFor(word)) {
    case SpinFor::Nothing: break;
    case SpinFor::Timer: return id < inputs.timers.size() ? inputs.timerName(TimerId(id)) : std::to_string(id);
    case SpinFor::Lock: return "lock " + (id < inputs.locks.size() ? inputs.locks[id] : std::to_string(id));
    case SpinFor::BaseLock: return "wheel of cpu " + std::to_string(id);
    }
    return "nothing";
}

std::string_view name(TaskState state)
{
    switch (state) {
    case TaskState::Running: return "TASK_RUNNING";
    case TaskState::Interruptible: return "TASK_INTERRUPTIBLE";
    case TaskState::Uninterruptible: return "TASK_UNINTERRUPTIBLE";
    case TaskState::Dead: return "TASK_DEAD";
    case TaskState::New: break;
    }
    return "new";
}

} // namespace jiffy::core
