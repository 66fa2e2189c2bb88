// SPDX-License-Identifier: GPL-3.0-or-later
// A scenario as its file says it: populations not yet drawn, instants and expiries as they were written.
// Editors change this value; compile() makes Inputs of it, writeScenario() a file. Reading what was written
// gives an equal value. Plain values; where each part stood in its file is kept for messages and is no part
// of the value.
#pragma once

#include "core/base/result.h"
#include "core/scenario/fields.h"
#include "core/scenario/inputs.h"
#include "core/scenario/notation.h"
#include "core/scenario/spelling.h"
#include "core/scenario/work_document.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace jiffy::core
{

struct ScenarioMachine
{
    int cpus = 1;
    int bits = 32;
    bool small = false;
    std::uint32_t hz = 250;
    Spelling jiffies; ///< not said: -300*HZ
    TimerAlgorithm timers = TimerAlgorithm::Wheel39;
    // a machine of CPUs; the first of these that is said makes it one
    std::optional<bool> interrupts; ///< ticks and softirqs are steps of their own
    std::optional<bool> nohz;
    std::optional<bool> smp;
    Spelling skew;                        ///< a time, or 0
    std::optional<std::vector<int>> idle; ///< CPUs that have nothing else to do
    Spot idleSpot;
    std::optional<std::uint64_t> slice;   ///< ticks
    Spelling callbackTakes;               ///< "takes": {"callback": .., "move": ..}
    Spelling moveTakes;
    bool operator==(const ScenarioMachine&) const = default;
};

struct ScenarioStep
{
    CallbackStep::What what = CallbackStep::What::Rearm;
    Spelling timer;       ///< which of these is said: step_words.h
    Spelling by;
    Spelling duration;    ///< "for"
    Spelling lock;
    Spelling process;
    int target = 0;       ///< a CPU
    std::uint64_t ms = 0;
    Spot spot;
    bool operator==(const ScenarioStep&) const = default;
};

struct ScenarioItem
{
    Spelling name;
    std::int32_t slack = -1;
    bool deferrable = false;
    bool irqSafe = false;
    std::vector<ScenarioStep> on;
    bool pinned = false; ///< wheel-6.1
    bool operator==(const ScenarioItem&) const = default;
};

struct ScenarioAction
{
    Spelling at;
    int cpu = 0;
    NamedCall call;
    Spelling timer;
    Spelling expires;
    int target = 0;
    Spelling duration; ///< burn: "for"
    Spelling lock;
    Spelling process;
    Spelling name;                  ///< interrupt: who interrupts
    std::vector<ScenarioStep> does; ///< interrupt: what its handler does
    Spot spot;
    bool operator==(const ScenarioAction&) const = default;
};

/// A process: code that can sleep.
struct ScenarioProcess
{
    Spelling name;
    int cpu = 0;
    Spelling at;                              ///< it begins; not said: at the start
    std::optional<std::uint64_t> repeat = 1;  ///< so often; none: "forever"
    std::vector<ScenarioStep> does;
    Spot spot;
    bool operator==(const ScenarioProcess&) const = default;
};

/// Who acts first where several CPUs could.
struct ScenarioChoice
{
    Spelling at;
    std::uint64_t step = 0; ///< in front of that step of the instant, from 0
    int cpu = 0;
    Spot spot;
    bool operator==(const ScenarioChoice&) const = default;
};

/// Many timers alike, each armed once. Timers are numbered from 1: "name.1", "name.2", ...; one alone has no
/// number.
struct Population
{
    Spelling name;
    std::vector<int> cpus = {0}; ///< armed on these, `count` on each; empty: on all
    std::uint64_t count = 1;
    Spelling at;                           ///< the first instant; not said: the start
    Spread startSpread;                    ///< ticks after `at` of each arming
    NamedCall call{Call::ModTimer, false}; ///< add_timer, mod_timer or mod_timer_pinned
    Spread delay;                          ///< expires = jiffies then + delay
    std::optional<std::array<Spelling, 2>>
        avoid; ///< no expiry asked for lies between these two (both included)
    std::int32_t slack = -1;
    int deferrablePercent = 0;
    int cancelPercent = 0; ///< so many are deleted
    Spread cancelAfter;    ///< ... these ticks after their arming
    int rearmPercent = 0;  ///< so many re-arm themselves in their callback
    Spread rearmBy;        ///< ... with jiffies + this, drawn once for each timer
    Spot spot;
    bool operator==(const Population&) const = default;
};

/// What one object of "expect" asserts; each part that is said is a check of its own.
struct ScenarioExpectation
{
    Spelling algorithm;                         ///< name; not said: the machine's
    Spelling timer;
    Spelling at;                                ///< of slot and expires; not said: the start
    std::optional<std::vector<Spelling>> fires; ///< jiffies of all its calls
    std::optional<std::uint64_t> fireCount;
    Spelling slot;    ///< "tv2[5]" or "none"
    Spelling expires; ///< effective, after slack
    std::optional<std::uint64_t> moves;
    std::optional<std::vector<Spelling>> movedAt;      ///< jiffies of all its cascades
    std::optional<std::vector<int>> returns;           ///< of all calls on it that return something
    std::optional<std::vector<Spelling>> position;     ///< timer_jiffies when its calls start
    std::optional<std::vector<Spelling>> waited;       ///< times from the arming to each of its calls
    std::optional<int> cpu;                            ///< of a machine of CPUs: in the whole run ...
    std::optional<std::uint64_t> ticks, saved;         ///< ... so many tick interrupts, and so many that were spared
    std::optional<std::uint64_t> interrupts, turns;    ///< ... others; most turns in one softirq
    Spelling process;
    std::optional<std::vector<Spelling>> sleeps;       ///< times of all its sleeps that ended
    std::optional<std::vector<std::uint64_t>> left;    ///< ms that they returned
    std::vector<Spelling> order;                       ///< first calls, in this order
    Spelling total;                                    ///< a line of the summary ...
    std::string is;                                    ///< ... has this value
    Spelling tick;                                     ///< in that tick, on all CPUs together ...
    std::optional<std::uint64_t> tickMoves, tickFires; ///< ... so many moves and calls
    Spelling work;                             ///< tgtd
    std::optional<std::vector<Spelling>> runs; ///< times of all its runs
    std::optional<std::uint64_t> runCount;
    std::optional<std::vector<Spelling>> late; ///< of all its runs, after the seconds it was added with
    Spot spot;
    bool operator==(const ScenarioExpectation&) const = default;
};

struct Scenario
{
    std::string title;
    std::string watch;
    std::vector<std::string> notes; ///< what else there is to say; they become Inputs::remarks
    Spelling opening;
    std::optional<ScenarioDaemon> daemon; ///< tgtd: then machine, items, populations and actions say nothing
    ScenarioMachine machine;
    std::vector<ScenarioItem> items;
    std::uint64_t seed = 0;
    std::vector<Population> populations;
    std::vector<ScenarioProcess> processes;
    std::vector<ScenarioAction> actions;
    std::vector<ScenarioChoice> choices;
    Spelling until;
    std::optional<std::uint64_t> limit; ///< events
    std::vector<ScenarioExpectation> expect;
    std::vector<std::string> compare; ///< names of algorithms
    bool operator==(const Scenario&) const = default;
};

} // namespace jiffy::core
