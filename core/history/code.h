// SPDX-License-Identifier: GPL-3.0-or-later
// Where in the code a position stands: the line that was done last, the functions on the stack with their arguments,
// and for each line of those functions whether it was done in this call, whether its branch was taken and what value
// it had. Everything is derived from the log and the world; a position inside a callback that arms other timers has the
// frames of both.
//
// Values and arguments are facts, not words: ui/code makes words of them. Use from the history's thread.
#pragma once

#include "core/history/history.h"
#include "core/kernel/lines.h"

#include <array>
#include <optional>
#include <vector>

namespace jiffy::core
{

/// What stands beside a line.
struct LineValue
{
    enum class Is : std::uint8_t {
        Nothing,
        Number, ///< a
        Signed, ///< a as a signed number
        Instant, ///< the jiffies a
        Slot,   ///< the slot a
        Timer,  ///< the timer a
        Cpu,    ///< the CPU a
        Turn,   ///< the a-th turn of the loop in this softirq
        Moved,  ///< a timers moved
        Of,     ///< the a-th of b
        Slack,  ///< a jiffies added by slack
        Ahead,  ///< a jiffies from now
        Wheel,  ///< 6.1: a: 0 std, 1 def
        Level,  ///< the level a
        Compared, ///< a expiries compared
        None,   ///< there is none
        State,  ///< a machine of CPUs: the TaskState a
        // tgtd:
        Duration, ///< a us; ~0: for ever
        Step,     ///< a us, two's complement
        Wall,     ///< the wall clock says a us since 1970
        Seconds,  ///< a s
        Bytes,    ///< a bytes
        Errno,    ///< the error a
        Source,   ///< the source of events a, or the pipe
    };
    Is is = Is::Nothing;
    std::uint64_t a = 0, b = 0;
    bool operator==(const LineValue&) const = default;
};

struct LineMark
{
    bool isDone = false;
    bool isTaken = false; ///< a condition that held
    LineValue value{};
    bool operator==(const LineMark&) const = default;
};

/// What a function on the stack was called with.
struct FrameArgument
{
    enum class Is : std::uint8_t {
        Nothing,
        Softirq,  ///< TIMER_SOFTIRQ
        Cpus,     ///< a mask of CPUs in `number`
        Index,    ///< CPU `cpu`, index `number`
        Slot,     ///< the slot `number`
        Timer,    ///< `timer`
        Expiry,   ///< `timer`, `ahead` jiffies from now
        ExpiryOn, ///< `timer`, on `cpu`, `ahead` jiffies from now
        CpuWheel, ///< 6.1: CPU `cpu`, `number`: 0 std, 1 def
        // a machine of CPUs:
        Program,  ///< the process or interrupt `number`
        Lock,     ///< the lock `number`
        Time,     ///< `number` ns
        Milliseconds, ///< `number` ms
        Timeout,  ///< `number` jiffies
        // tgtd:
        Thread,  ///< the only one
        Source,  ///< the source of events `timer`, since `number` us
        Signal,  ///< SIGALRM
        Work,    ///< `timer`, `number` seconds
        Running, ///< `timer`, since `number` us
    };
    Is is = Is::Nothing;
    TimerId timer{};
    int cpu = 0;
    std::uint64_t number = 0;
    std::int64_t ahead = 0;
    bool operator==(const FrameArgument&) const = default;
};

struct CodeFrame
{
    Frame frame;
    FrameArgument argument;
};

struct CodeThere
{
    std::uint64_t event = 0; ///< the record that the line belongs to; log().size() inside the open run
    Line line = Line::Note;
    std::uint32_t index = 0; ///< of the line among those of its record, from 0
    std::uint32_t count = 1; ///< lines of that record
    int cpu = 0;             ///< that executes
    std::vector<CodeFrame> stack; ///< outermost first; never empty
    std::array<LineMark, lineCount> marks{}; ///< of the functions on the stack, in their present calls

    const LineMark& of(Line l) const { return marks[static_cast<std::size_t>(l)]; }
};

/// Whether a position between two records is told by the last line of the record in front of it, or by the line that
/// stands for that record as a whole.
enum class Grain : std::uint8_t { Line, Record };

/// None at the start of the run. The cursor ends at p. Costs a walk through the softirq that p is in.
std::optional<CodeThere> codeAt(History& history, Position p, Grain grain);

} // namespace jiffy::core
