// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/vector_log.h"
#include "core/kernel/translate.h"
#include "core/run/run.h"
#include "core/scenario/ops_reader.h"
#include "tests/property/random_inputs.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

std::string vectorLog(const Inputs& inputs, const Snapshot& run)
{
    std::string text;
    writeVectorLog(inputs, run.log, run.open, [&](std::string_view part) { text += part; });
    return text;
}

std::size_t linesOfFirstTick(const Inputs& kernel)
{
    // The tick that settles the machine runs two positions, which may cascade.
    Inputs first = translateToHand(kernel, 0);
    first.actions.resize(first.timers.size() + 1);
    return vectorLog(first, runAll(std::make_shared<const Inputs>(first))).size();
}

} // namespace

RC_GTEST_PROP(Translate, AKernelScenarioAsAVectorGivesTheSameLog, ())
{
    auto c = *tests::randomCases(Driver::Kernel);
    c.eventLimit = 200000;
    auto asked = c.inputs();
    // The vectors of 6.1 have no mod_timer_pinned().
    for (Action& a : asked.actions) {
        if (c.timers == TimerAlgorithm::Wheel61 && a.call == Call::ModTimerPinned) a.call = Call::ModTimer;
    }
    const auto kernel = std::make_shared<const Inputs>(std::move(asked));
    const Snapshot run = runAll(kernel);
    RC_PRE(run.status == RunStatus::Ended);
    RC_PRE(run.log.size() == 0 || run.log[run.log.size() - 1].site != Site::Spin); // depends on how many are defined
    const Inputs byHand = translateToHand(*kernel, run.endTicks);
    auto again = readOps(writeOps(byHand), "translated.ops");
    RC_ASSERT(again.has_value());
    // No vector is about a sorted list.
    if (c.timers == TimerAlgorithm::SortedList) again->machine.timers = c.timers;
    const Snapshot hand = runAll(std::make_shared<const Inputs>(*again));
    // Timers of the kernel scenario go by their index, which is also their number in the vector.
    RC_ASSERT(vectorLog(*again, hand).substr(linesOfFirstTick(*kernel)) == vectorLog(*kernel, run));
}
