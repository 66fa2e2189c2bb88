// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that a picture of the processes shows, as values, and what paints it.
#pragma once

#include "core/world/kernel_state.h"
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
    std::vector<std::uint32_t> queue; ///< the first of those that wait
    std::size_t queued = 0;
    bool operator==(const CpuCard&) const = default;
};

struct ProcessesScene
{
    Look look;
    QSizeF size;
    ProcessesFrame frame;
    TimeScale scale;
    const core::Inputs* inputs = nullptr; ///< null: nothing is open
    const core::ProcessStates* states = nullptr;
    std::vector<CpuCard> cards;
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
/// What a CPU does, and who waits for it: for its card and for those who do not see it.
QString cardText(const core::Inputs& inputs, const CpuCard& card);

} // namespace jiffy::ui
