// SPDX-License-Identifier: GPL-3.0-or-later
// One line of kernel trace text to a value: a pure function that allocates nothing and takes any bytes.
//
// The three layouts differ in the columns before the event, so none is counted on: the CPU is the first
// `[digits]` that is followed, at most three words later, by a time (`digits.digits:`, or `digits:` for a
// counter clock). The task's name before it may hold blanks, '-', ':' and brackets. Fields are `key=value` in
// any order; unknown ones are passed over.
#pragma once

#include <cstdint>
#include <string_view>

namespace jiffy::core
{

enum class TraceLayout : std::uint8_t
{
    Tracefs,   ///< the kernel's own text: tracefs `trace`
    Report,    ///< trace-cmd report
    RawReport, ///< trace-cmd report -R: raw fields
    Perf,      ///< perf script
};
constexpr int traceLayoutCount = 4;

/// Bits of a timer's flags word, include/linux/timer.h since 4.8; the low 18 bits are its CPU, the high 10 the number of
/// its bucket.
enum TraceFlags : std::uint32_t
{
    TraceDeferrable = 0x80000,
    TracePinned = 0x100000,
    TraceIrqSafe = 0x200000
};

struct TraceEvent
{
    enum class What : std::uint8_t
    {
        Init,
        Start,
        Cancel,
        ExpireEntry,
        ExpireExit,
        Other
    };

    /// What the CPU does besides, for trace/recorded_machine.h: of events that are Other, and of softirqs vec=1 alone.
    enum class Machine : std::uint8_t
    {
        None,
        SoftirqEntry,
        SoftirqExit,
        HrtimerStart, ///< `timer` is the address of the hrtimer; function
        HrtimerCancel,
        HrtimerEntry, ///< function
        HrtimerExit,
        TimerInterruptEntry, ///< irq_vectors: local_timer_entry
        TimerInterruptExit,
        TickStopped, ///< tick_stop, success
        TickKept,    ///< tick_stop: something needs the tick
        WheelBusy,   ///< timer_base_idle is_idle=0 (6.12): the tick goes on
        Switch,      ///< sched_switch
    };

    What what = What::Other;
    Machine machine = Machine::None;
    bool isIdleTask = false; ///< the CPU's idle task is the current one
    TraceLayout layout = TraceLayout::Tracefs;
    std::uint16_t cpu = 0;       ///< that the event happened on
    bool isCounter = false;      ///< the clock counts something else than seconds; `time` is that count
    bool isNameless = false;     ///< the pointer prints as (____ptrval____)
    bool isWrapped = false;      ///< Start: expires is past a wrap that now is before: a 32-bit machine
    bool hasTrueFlags = false;   ///< flags is what the kernel had; report and perf print untrue text
    bool hasUntrueFlags = false; ///< a flags text stood there and was ignored
    bool lacksSymbols = false;   ///< softirq: the kernel dropped all symbolic text (boot option hash-ptr=0)
    std::uint8_t pointerDigits = 0; ///< as printed
    bool isModern = false; ///< Start, ExpireEntry: has fields that came with the wheel of 4.8 (cpu=, idx=, baseclk=)
    bool hasBucketExpiry = false;
    std::int16_t targetCpu = -1;    ///< Start: whose wheel got the timer; -1: not said
    std::int16_t bucket = -1;       ///< Start: number of the bucket (idx=, or in the flags word); -1: not said
    std::uint32_t flags = 0;        ///< TraceFlags
    std::uint64_t time = 0;         ///< ns, or a count
    std::uint64_t timer = 0;        ///< address, or its hash
    std::uint64_t expires = 0;      ///< Start
    std::uint64_t bucketExpiry = 0; ///< Start: when the bucket is due
    std::uint64_t now = 0;          ///< Start, ExpireEntry: jiffies. Start: may lie below 0 (taken mod 2^64)
    std::string_view function;      ///< Start, ExpireEntry; into the line
};

struct TraceLine
{
    enum class Kind : std::uint8_t
    {
        Event,
        Nothing,    ///< blank, comment, heading, a line of a stack
        Lost,       ///< the recorder says that events were lost here
        Unreadable, ///< looks like none of the layouts, or a timer event with a broken field
    };
    Kind kind = Kind::Nothing;
    std::uint32_t column = 0; ///< Unreadable: byte offset of the trouble
    const char* problem = ""; ///< Unreadable: what was expected
    std::uint64_t lost = 0;   ///< Lost: how many, 0 if not said
    int lostCpu = -1;         ///< Lost: on which CPU, -1 if not said
};

/// REQUIRES: no newline in line. event is written for Kind::Event only.
TraceLine parseTraceLine(std::string_view line, TraceEvent& event);

/// The beginning `# entries-in-buffer/entries-written: A/B`: how many entries the buffer no longer held (B -
/// A).
std::uint64_t overwrittenEntries(std::string_view comment);

} // namespace jiffy::core
