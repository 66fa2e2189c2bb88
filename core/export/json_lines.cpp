// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/json_lines.h"

#include "core/timers/registry.h"

#include "core/export/json_text.h"
#include "core/scenario/step_words.h"
#include "core/scenario/position_spec.h"

#include <charconv>
#include <cstring>

namespace jiffy::core
{

// ---- events ----------------------------------------------------------------------------------------------------------

void RunningNumber::set(std::uint64_t v)
{
    if (v == m_value && m_size != 0) return;
    // Not over the end of the word, where one more is 0.
    if (v == m_value + 1 && v != 0 && m_size != 0 && m_text[m_size - 1] != '9') ++m_text[m_size - 1];
    else m_size = static_cast<std::size_t>(std::to_chars(m_text, m_text + sizeof m_text, v).ptr - m_text);
    m_value = v;
}

char* RunningNumber::appendTo(char* out) const
{
    std::memcpy(out, m_text, sizeof m_text);
    return out + m_size;
}

EventLines::EventLines()
{
    // What stands between jiffies and cpu, for every kind and site.
    for (int k = 0; k < kindCount; ++k)
        for (int s = 0; s < siteCount; ++s) {
            auto& text = m_words[static_cast<std::size_t>(k * siteCount + s)];
            text = R"(,"kind":")";
            text.append(name(static_cast<Kind>(k))).append(R"(","site":")").append(name(static_cast<Site>(s))).append(R"(","cpu":)");
        }
}

template <std::size_t N> void EventLines::literal(const char (&text)[N])
{
    std::memcpy(m_end, text, N - 1);
    m_end += N - 1;
}

void EventLines::number(std::uint64_t v)
{
    if (v < 10) *m_end++ = static_cast<char>('0' + v);
    else m_end = std::to_chars(m_end, m_end + 20, v).ptr;
}

char* EventLines::write(char* out, std::uint64_t event, Jiffies jiffies, const Record& r)
{
    m_event.set(event);
    m_jiffies.set(jiffies);
    m_end = out;
    literal(R"({"event":)");
    m_end = m_event.appendTo(m_end);
    literal(R"(,"jiffies":)");
    m_end = m_jiffies.appendTo(m_end);
    const auto& words = m_words[static_cast<std::size_t>(static_cast<int>(r.kind) * siteCount + static_cast<int>(r.site))];
    std::memcpy(m_end, words.data(), words.size());
    m_end += words.size();
    number(r.cpu);
    if (r.item.isValid()) {
        literal(R"(,"timer":)");
        number(r.item.value);
    }
    if (r.slot != ~0u) {
        literal(R"(,"slot":)");
        number(r.slot);
    }
    if (r.link != 0) {
        literal(R"(,"link":)");
        number(r.link);
    }
    if (r.value != 0) {
        literal(R"(,"value":)");
        number(r.value);
    }
    if (r.before != 0) {
        literal(R"(,"before":)");
        number(r.before);
    }
    if (r.flags != 0) {
        literal(R"(,"flags":)");
        number(r.flags);
    }
    literal("}\n");
    return m_end;
}

// ---- words -----------------------------------------------------------------------------------------------------------

const char* driverWord(Driver driver)
{
    switch (driver) {
    case Driver::Kernel: return "kernel";
    case Driver::ByHand: return "by-hand";
    case Driver::Daemon: break;
    }
    return "daemon";
}

const char* schedulerWord(WorkScheduler scheduler)
{
    switch (scheduler) {
    case WorkScheduler::Old: return "old";
    case WorkScheduler::New: return "new";
    case WorkScheduler::TimerFd: break;
    }
    return "timerfd";
}

const char* callWord(Call call)
{
    switch (call) {
    case Call::AddWork: return "add_work";
    case Call::DelWork: return "del_work";
    case Call::BurnTime: return "burn";
    case Call::SlowCall: return "slow_call";
    case Call::EventSched: return "event_sched";
    case Call::Shutdown: return "shutdown";
    default: return nullptr;
    }
}

const char* stepWord(CallbackStep::What what)
{
    switch (what) {
    case CallbackStep::What::Rearm: return "rearm";
    case CallbackStep::What::Add: return "add";
    case CallbackStep::What::Del: return "del";
    case CallbackStep::What::Burn: return "burn";
    default: break;
    }
    return nullptr;
}

// ---- what stands before the events -----------------------------------------------------------------------------------

namespace
{

void appendDaemon(std::string& line, const DaemonConfig& d, bool mayFault, bool isStream)
{
    appendJsonPair(line, "scheduler", schedulerWord(d.scheduler));
    appendJsonNumber(line, "interval", d.interval);
    appendJsonNumber(line, "timeout", d.epollTimeout);
    appendJsonNumber(line, "tick", d.tick);
    appendJsonNumber(line, "start", d.start);
    appendJsonNumber(line, "until", d.until);
    appendJsonNumber(line, "batch", d.batch);
    appendJsonNumber(line, "faults", mayFault ? 1u : 0u);
    appendJsonNumber(line, "pipe", d.pipe.value);
    appendJsonNumber(line, "source", d.firstSource);
    appendJsonNumber(line, "sources", d.sources.size());
    appendJsonNumber(line, "files", d.files.size());
    appendJsonNumber(line, "stream", isStream ? 1u : 0u);
}

} // namespace

namespace
{

void appendKernel(std::string& line, const Inputs& inputs)
{
    const KernelConfig& k = inputs.machine.kernel;
    appendJsonNumber(line, "nohz", k.nohz ? 1u : 0u);
    appendJsonNumber(line, "smp", k.smp ? 1u : 0u);
    appendJsonNumber(line, "load", k.load);
    appendJsonNumber(line, "skew", k.skew);
    appendJsonNumber(line, "slice", k.slice);
    appendJsonNumber(line, "callback", k.callbackCost);
    appendJsonNumber(line, "move", k.moveCost);
    appendJsonNumber(line, "processes", k.processes);
    appendJsonNumber(line, "programs", inputs.programs.size());
    appendJsonNumber(line, "locks", inputs.locks.size());
}

} // namespace

std::string logHeaderLine(const Inputs& inputs, EventCount count)
{
    const auto& m = inputs.machine;
    std::string line = R"({"format":"jiffyscope-log","version":1)";
    appendJsonPair(line, "title", inputs.title);
    appendJsonPair(line, "watch", inputs.watch);
    appendJsonPair(line, "opening", toText(inputs.opening));
    appendJsonPair(line, "driver", driverWord(inputs.driver));
    appendJsonNumber(line, "cpus", static_cast<std::uint64_t>(m.cpus));
    appendJsonNumber(line, "bits", static_cast<std::uint64_t>(m.word.bits()));
    appendJsonNumber(line, "small", m.small ? 1u : 0u);
    appendJsonNumber(line, "hz", m.hz.value);
    appendJsonNumber(line, "jiffies", m.jiffies);
    appendJsonNumber(line, "settled", m.settled ? 1u : 0u);
    appendJsonNumber(line, "timers", inputs.timers.size());
    appendJsonNumber(line, "events", count.isStream ? 0 : count.events);
    if (m.timers != TimerAlgorithm::Wheel39) appendJsonPair(line, "algorithm", timersOf(m).name);
    if (m.kernel.isThere) appendKernel(line, inputs);
    if (inputs.driver == Driver::Daemon) appendDaemon(line, inputs.daemon, m.mayFault, count.isStream);
    return line + "}\n";
}

std::string logRemarkLine(const std::string& remark)
{
    std::string line = R"({"remark":)";
    appendJsonString(line, remark);
    return line + "}\n";
}

std::string logTimerLine(const Inputs& inputs, std::size_t timer)
{
    const auto& t = inputs.timers[timer];
    std::string line = R"({"timer":)" + std::to_string(timer);
    appendJsonPair(line, "name", t.name < inputs.names.size() ? std::string_view(inputs.names[t.name]) : "");
    appendJsonNumber(line, "number", t.number);
    line += ",\"slack\":" + std::to_string(t.slack);
    appendJsonNumber(line, "flags", t.flags);
    return line + "}\n";
}

std::string logFileLine(const Inputs& inputs, std::size_t file)
{
    const auto& f = inputs.daemon.files[file];
    std::string line = R"({"file":)" + std::to_string(file);
    appendJsonPair(line, "name", f.name);
    appendJsonNumber(line, "fd", f.fd);
    return line + "}\n";
}

std::string logSourceLine(const Inputs& inputs, std::size_t source)
{
    const Action& a = inputs.actions[inputs.daemon.sources[source]];
    std::string line = R"({"source":)" + std::to_string(source);
    appendJsonNumber(line, "at", a.tick);
    appendJsonPair(line, "do", callWord(a.call));
    if (a.timer.isValid()) appendJsonNumber(line, "timer", a.timer.value);
    appendJsonNumber(line, "value", a.expires);
    if (a.target != 0) appendJsonNumber(line, "file", a.target - 1);
    return line + "}\n";
}

std::string logStepLine(const CallbackStep& step, std::size_t timer)
{
    std::string line = R"({"step":)" + std::to_string(timer);
    const char* word = stepWord(step.what);
    appendJsonPair(line, "do", word != nullptr ? word : "");
    if (step.other.isValid()) appendJsonNumber(line, "timer", step.other.value);
    appendJsonNumber(line, "value", static_cast<std::uint64_t>(step.delta));
    return line + "}\n";
}

std::string logLockLine(const Inputs& inputs, std::size_t lock)
{
    std::string line = R"({"lock":)" + std::to_string(lock);
    appendJsonPair(line, "name", inputs.locks[lock]);
    return line + "}\n";
}

std::string logProgramLine(const Inputs& inputs, std::size_t program)
{
    const Program& p = inputs.programs[program];
    std::string line = R"({"program":)" + std::to_string(program);
    appendJsonPair(line, "name", p.name < inputs.names.size() ? std::string_view(inputs.names[p.name]) : "");
    appendJsonNumber(line, "repeats", p.repeats);
    appendJsonNumber(line, "tick", p.tick);
    appendJsonNumber(line, "offset", p.offset);
    appendJsonNumber(line, "cpu", p.cpu);
    if (p.timer.isValid()) appendJsonNumber(line, "timer", p.timer.value);
    return line + "}\n";
}

std::string logKernelStepLine(const CallbackStep& step, std::string_view key, std::size_t owner)
{
    std::string line = "{\"" + std::string(key) + "\":" + std::to_string(owner);
    appendJsonPair(line, "do", stepWordOf(step.what).name);
    if (step.other.isValid()) appendJsonNumber(line, "timer", step.other.value);
    if (step.delta != 0) appendJsonNumber(line, "value", step.delta);
    if (step.target != 0) appendJsonNumber(line, "target", step.target);
    return line + "}\n";
}

std::string logEndLine(std::uint64_t events, std::uint64_t ticks, RunStatus status, const OpenRun& open)
{
    std::string line = R"({"end":)" + std::to_string(events);
    appendJsonNumber(line, "ticks", ticks);
    appendJsonPair(line, "status", status == RunStatus::Ended ? "ended" : status == RunStatus::Limit ? "limit" : "running");
    if (open.count != 0) {
        appendJsonNumber(line, "open", open.count);
        appendJsonNumber(line, "cpus", open.cpus);
        appendJsonPair(line, "site", name(open.site));
    }
    return line + "}\n";
}

} // namespace jiffy::core
