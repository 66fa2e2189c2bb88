// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody does by hand while looking at a run: arm a timer that was not there, give one another expiry,
// take one away. An intervention becomes one more action of the inputs and, where the inputs come from a
// document, one more action (and item) of the document, in such a place that compiling the document gives
// those very inputs again.
#pragma once

#include "core/scenario/scenario.h"

#include <optional>
#include <string>
#include <string_view>

namespace jiffy::core
{

struct Intervention
{
    enum class What : std::uint8_t
    {
        Add,    ///< a timer that does not exist yet: add_timer() or add_timer_on()
        Modify, ///< mod_timer(), mod_timer_pinned() or timer_reduce()
        Delete, ///< del_timer()
        // a machine of CPUs:
        DeleteSync, ///< del_timer_sync()
        Free,       ///< kfree() of what the timer stands in
        GoIdle,     ///< the CPU's other work ends
        GoBusy,     ///< ... begins
        Delay,      ///< the CPU's code takes `nanoseconds`
        Interrupt,  ///< one called `name` reaches the CPU; its handler takes `nanoseconds` and then does mod_timer()
        Wake,       ///< wake_up_process()
        Signal,     ///< send_sig()
        GoFirst,    ///< `cpu` acts first where several could (history/choice.h)
        // tgtd: an event of a file, whose handler then does:
        AddWork,  ///< add_work(timer, seconds)
        DelWork,  ///< del_work(timer)
        Burn,     ///< nothing else for `microseconds`
        StepWall, ///< no event: the wall clock is stepped by `microseconds`
    };
    What what = What::Modify;
    TimerId timer;             ///< Modify, Delete, DeleteSync, Free; Interrupt: which it arms, none: nothing
    std::string name;          ///< Add, Interrupt
    std::int32_t slack = -1;   ///< Add; -1 automatic
    std::uint8_t flags = 0;    ///< Add; ItemFlags
    std::uint64_t expires = 0; ///< Add, Modify, Interrupt: jiffies, reduced to the word; or the distance from jiffies then
    bool isRelative = false;   ///< expires is that distance (two's complement of the word if negative)
    int cpu = 0;               ///< executes the call
    std::optional<int> target; ///< Add: add_timer_on() this CPU
    bool isPinned = false;     ///< Modify: mod_timer_pinned()
    bool isReduce = false;     ///< Modify: timer_reduce(): never to a later expiry
    std::uint64_t seconds = 0;     ///< AddWork
    std::int64_t microseconds = 0; ///< Burn, StepWall
    std::uint64_t nanoseconds = 0; ///< Delay, Interrupt
    std::uint32_t process = 0;     ///< Wake, Signal
    std::uint8_t file = 0;         ///< tgtd: 1 + index into DaemonConfig::files; 0: a file of its own
    bool operator==(const Intervention&) const = default;
};

/// Only a machine of CPUs can be told to.
constexpr bool isOfCpus(const Intervention& what)
{
    return what.what >= Intervention::What::DeleteSync && what.what <= Intervention::What::GoFirst;
}
/// A timer that exists is meant.
constexpr bool isAboutTimer(const Intervention& what)
{
    using What = Intervention::What;
    return what.what == What::Modify || what.what == What::Delete || what.what == What::DeleteSync || what.what == What::Free;
}

/// What was done, for lists and sentences.
struct Done
{
    Intervention what;
    std::string timer;      ///< its name; Wake, Signal: the process's
    std::uint64_t tick = 0; ///< since the start
    bool operator==(const Done&) const = default;
};

/// Absolute jiffies of an expiry that may be said from the instant of the call.
Jiffies expiresAt(const Intervention& what, const MachineConfig& machine, std::uint64_t tick);
/// The call, at that instant. Delete ignores the expiry. Interrupt: the program is still to be set (addProgram()).
Action actionOf(const Intervention& what, TimerId timer, const MachineConfig& machine, Instant at);

/// tgtd's: whose inputs are DaemonConfig's.
constexpr bool isOfWork(const Intervention& what)
{
    return what.what >= Intervention::What::AddWork;
}

/// Why a new timer cannot have this name, in one sentence; none if it can.
std::optional<std::string> nameFault(const Inputs& inputs, std::string_view name);
/// "timer1", "timer2", ...: the first that is free.
std::string freeName(const Inputs& inputs, std::string_view stem = "timer");
/// One more timer behind all others.
TimerId addTimer(Inputs& inputs, const Intervention& add);

/// The program of an Interrupt, behind all others; its number.
std::uint32_t addProgram(Inputs& inputs, const Intervention& interrupt);

/// Where an action at an instant goes.
struct ActionPlace
{
    std::uint64_t inInputs = 0;   ///< index in Inputs::actions
    std::size_t inDocument = 0;   ///< index in Scenario::actions
};
/// As early as the document can say it, but behind the first `begun` of the inputs' actions: in the document
/// the actions of populations come before all others of their instant. REQUIRES: inputs are the document's;
/// all actions before `at` have begun, none after it.
ActionPlace placeOf(const Scenario& document, const Inputs& inputs, Instant at, std::uint64_t begun);

/// The document with one more action there, and with the item of a timer that is added. `timer` is its name; Wake, Signal:
/// the process's.
/// None if the document cannot say the instant (beyond 285 years).
std::optional<Scenario> withIntervention(const Scenario& document, const MachineConfig& machine,
                                         const Intervention& what, const std::string& timer, Instant at,
                                         std::size_t index);

/// Of choices at that place and behind it in the same instant, `choice` alone is left: what comes later in the instant is
/// another order. Where it is no choice at all (`isUsual`), none is.
std::vector<Choice> withChoice(std::vector<Choice> choices, const Choice& choice, bool isUsual);
/// The same for the document. None if it cannot say the instant.
std::optional<Scenario> withChoice(const Scenario& document, const MachineConfig& machine, const Choice& choice, bool isUsual);

/// tgtd: the document with one more action behind all others, at an instant in us: its file names come from the inputs.
Scenario withWork(const Scenario& document, const Inputs& inputs, const Intervention& what, std::uint64_t at);
/// The same for inputs that have no document. REQUIRES: the sources are the last of their timers.
Inputs withWork(const Inputs& inputs, const Intervention& what, std::uint64_t at);

/// "1100", "+12" or "1.25s": what parseInstant() reads back to the same value.
std::string instantText(Instant at, const MachineConfig& machine);

} // namespace jiffy::core
