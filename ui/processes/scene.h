// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that a picture of the processes shows, as values, and what paints it.
#pragma once

#include "core/insight/process_states.h"
#include "core/world/world.h"
#include "ui/processes/layout.h"
#include "ui/theme/look.h"

#include <QPainter>
#include <QString>

#include <vector>

namespace jiffy::ui
{

/// A CPU at the playhead.
struct CpuCard
{
    static constexpr std::size_t mostQueued = 16; ///< more are a number
    int cpu = 0;
    std::uint32_t current = 0; ///< 1 + the process; 0: none
    core::TimerId handler;     ///< whose function runs
    bool isInSoftirq = false, isIdle = false, isAsleep = false;
    core::Interrupt interrupt = core::Interrupt::None;
    std::uint64_t spinning = 0; ///< spinWord()
    bool isTickStopped = false, keepsJiffies = false;
    core::Jiffies sleepUntil = ~0ull; ///< with a stopped tick: jiffies for which it is woken; ~0: for none
    std::vector<std::uint32_t> queue; ///< the first of those that wait
    std::size_t queued = 0;
    bool operator==(const CpuCard&) const = default;
};

/// A process at the playhead.
struct ProcessNow
{
    core::TaskState state = core::TaskState::New;
    bool hasSignal = false;
    int cpu = -1;              ///< that executes it, or in whose run queue it is; -1: none
    std::size_t ahead = 0;     ///< in the run queue: how many come before it
    bool isOnCpu = false;
    core::TimerId timer;       ///< on which it sleeps; none: it has none
    bool isArmed = false;      ///< ... that timer is in a wheel or list
    core::Jiffies expires = 0; ///< ... and due then
    std::uint64_t jiffiesLeft = 0; ///< ... so many jiffies from now; 0: it is due
    bool operator==(const ProcessNow&) const = default;
};
ProcessNow processNow(const core::World& world, const core::Inputs& inputs, std::size_t process);

struct ProcessesScene
{
    Look look;
    QSizeF size;
    ProcessesFrame frame;
    TimeScale scale;
    const core::Inputs* inputs = nullptr; ///< null: nothing is open
    const core::ProcessStates* states = nullptr;
    std::vector<CpuCard> cards;
    std::vector<ProcessNow> present; ///< of the rows in sight, from the first one
    std::uint64_t now = 0, end = 0; ///< ns: the playhead; the run as far as it is known
    int selected = -1;              ///< row
    bool hasFocus = false;
};

void paintProcesses(QPainter& p, const ProcessesScene& scene);
/// What stands at a place, in words; empty: nothing.
QString processesText(const ProcessesScene& scene, QPointF at);

QString stateName(core::ProcessIs is);
/// "msleep(5): 8 ms, 2 jiffies".
QString sleepText(const core::ProcessSleep& sleep);
/// "2 jiffies: between 10 ms and 20 ms".
QString boundsText(const core::ProcessSleep& sleep, core::Hz hz);
/// "TASK_UNINTERRUPTIBLE", "TASK_RUNNING, on CPU 0".
QString nowState(const ProcessNow& now);
/// "waits for timer P/timeout: due at 1 003, in 2 jiffies", "waits for CPU 0, behind 1 other".
QString nowWaits(const core::Inputs& inputs, const ProcessNow& now);
/// What a signal that it has not seen yet does; empty: there is none.
QString nowSignal(const ProcessNow& now);
/// What the last sleep until then asked for and has come to: "asked for 6 jiffies, 5 ms to 6 ms: so far 2 ms"; empty: it
/// has not slept yet.
QString nowSleep(const core::ProcessStates& states, std::size_t process, std::uint64_t ns, core::Hz hz);
/// What a CPU does, and who waits for it: for its card and for those who do not see it.
QString cardText(const core::Inputs& inputs, const CpuCard& card);
/// "its tick is on, and it keeps jiffies", "its tick is stopped until 1 500".
QString tickText(const CpuCard& card);

} // namespace jiffy::ui
