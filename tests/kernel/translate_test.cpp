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
    const auto kernel = std::make_shared<const Inputs>(c.inputs());
    const Snapshot run = runAll(kernel);
    RC_PRE(run.status == RunStatus::Ended);
    const Inputs byHand = translateToHand(*kernel, run.endTicks);
    auto again = readOps(writeOps(byHand), "translated.ops");
    RC_ASSERT(again.has_value());
    const Snapshot hand = runAll(std::make_shared<const Inputs>(*again));
    // Timers of the kernel scenario go by their index, which is also their number in the vector.
    RC_ASSERT(vectorLog(*again, hand).substr(linesOfFirstTick(*kernel)) == vectorLog(*kernel, run));
}
