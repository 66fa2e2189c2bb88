// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of a log as JSON text (README.md beside this file), for those who write a whole run and for those who
// stream one as it happens. jsonl_parser.h reads them.
#pragma once

#include "core/event/event.h"
#include "core/run/snapshot.h"
#include "core/scenario/inputs.h"

#include <array>
#include <cstdint>
#include <string>

namespace jiffy::core
{

/// How many events a header promises; a stream does not know it yet.
struct EventCount
{
    std::uint64_t events = 0;
    bool isStream = false;
};

/// All that stands before the events, with its newlines: machine, remarks, timers and, of tgtd, files, sources and what
/// funcs do; of a machine of CPUs, locks, programs and what code does. In pieces, as a million timers are no text for the memory: write() gets each line.
template <class Write> void writeLogOpening(const Inputs& inputs, EventCount count, const Write& write);
std::string logHeaderLine(const Inputs& inputs, EventCount count);
std::string logRemarkLine(const std::string& remark);
std::string logTimerLine(const Inputs& inputs, std::size_t timer);
std::string logFileLine(const Inputs& inputs, std::size_t file);
std::string logSourceLine(const Inputs& inputs, std::size_t source);
std::string logStepLine(const CallbackStep& step, std::size_t timer);
std::string logLockLine(const Inputs& inputs, std::size_t lock);
/// Of a process, or of an interrupt.
std::string logProgramLine(const Inputs& inputs, std::size_t program);
/// What code of a machine of CPUs does: key "step": that of timer `owner`; "code": of a program.
std::string logKernelStepLine(const CallbackStep& step, std::string_view key, std::size_t owner);
/// The last line.
std::string logEndLine(std::uint64_t events, std::uint64_t ticks, RunStatus status, const OpenRun& open);

template <class Write> void writeKernelOpening(const Inputs& inputs, const Write& write)
{
    for (std::size_t i = 0; i < inputs.locks.size(); ++i) write(logLockLine(inputs, i));
    for (std::size_t i = 0; i < inputs.programs.size(); ++i) write(logProgramLine(inputs, i));
    const auto steps = [&](const auto& owners, std::string_view key) {
        for (std::size_t i = 0; i < owners.size(); ++i)
            for (std::uint32_t s = 0; s < owners[i].stepCount; ++s)
                write(logKernelStepLine(inputs.steps[owners[i].firstStep + s], key, i));
    };
    steps(inputs.timers, "step");
    steps(inputs.programs, "code");
}

template <class Write> void writeLogOpening(const Inputs& inputs, EventCount count, const Write& write)
{
    write(logHeaderLine(inputs, count));
    for (const auto& remark : inputs.remarks) write(logRemarkLine(remark));
    for (std::size_t i = 0; i < inputs.timers.size(); ++i) write(logTimerLine(inputs, i));
    if (inputs.machine.kernel.isThere) return writeKernelOpening(inputs, write);
    if (inputs.driver != Driver::Daemon) return;
    for (std::size_t i = 0; i < inputs.daemon.files.size(); ++i) write(logFileLine(inputs, i));
    for (std::size_t i = 0; i < inputs.daemon.sources.size(); ++i) write(logSourceLine(inputs, i));
    for (std::size_t i = 0; i < inputs.timers.size(); ++i) {
        const auto& t = inputs.timers[i];
        for (std::uint32_t s = 0; s < t.stepCount; ++s) write(logStepLine(inputs.steps[t.firstStep + s], i));
    }
}

/// A number in decimal that mostly stays as it is or grows by one: its text is kept.
class RunningNumber
{
  public:
    RunningNumber() { set(0); }
    void set(std::uint64_t v);
    /// Writes a whole word or three: faster than as many bytes as there are digits. REQUIRES: room for 24.
    char* appendTo(char* out) const;

  private:
    std::uint64_t m_value = 0;
    std::size_t m_size = 0;
    char m_text[24] = {};
};

/// Makes event lines where they will stand.
class EventLines
{
  public:
    /// 11 keys with their punctuation are below 120 bytes, 9 numbers at most 180, two names at most 48.
    static constexpr std::size_t longest = 512;

    EventLines();
    /// The line of one event with its newline; jiffies are those after it. Returns its end. REQUIRES: room for `longest`.
    char* write(char* out, std::uint64_t event, Jiffies jiffies, const Record& r);

  private:
    template <std::size_t N> void literal(const char (&text)[N]);
    void number(std::uint64_t v);

    std::array<std::string, static_cast<std::size_t>(kindCount) * siteCount> m_words;
    RunningNumber m_event, m_jiffies;
    char* m_end = nullptr;
};

/// Words of a header and of its lines, as they are written and read.
const char* driverWord(Driver driver);
const char* schedulerWord(WorkScheduler scheduler);
/// What a source of I/O, or a step of a func, does: "add_work", "burn", ...; null where that is nothing of tgtd's.
const char* callWord(Call call);
const char* stepWord(CallbackStep::What what);

} // namespace jiffy::core
