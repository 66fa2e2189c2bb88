// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/lines.h"
#include "core/run/run.h"
#include "core/scenario/ops_reader.h"
#include "tests/property/random_inputs.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <rapidcheck/gtest.h>
#include <set>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

using L = Line;

/// Lines with which a call (or another action) begins.
const std::set<L> callStarts = {L::ModSlack, L::ModSame,      L::ModDetach,  L::AddBug, L::AddOnBug, L::DetachPending,
                                L::TryRunning, L::NextActive, L::NextAnswer, L::Define, L::Idle,     L::Note};
/// Lines behind which a call may be over.
const std::set<L> callEnds = {L::ModSame,   L::ModPendingOnly, L::AddTail,    L::AddLowersNext, L::AddBug, L::AddOnBug,   L::AddOnWake,
                              L::DelReturn, L::TryRunning,     L::TryReturn,  L::NextAnswer,    L::Define, L::Idle,       L::Note};
/// What the machine does between calls, outside of softirqs.
const std::set<L> machineLines = {L::TickJiffies, L::TickRaise, L::SubTick, L::AdvanceJiffies, L::SoftirqLeave};

const std::map<L, std::set<L>> flow = {
    {L::TickJiffies, {L::TickRaise}},
    {L::TickRaise, {L::SoftirqEnter, L::RunWhile}},
    {L::SoftirqEnter, {L::RunWhile}},
    {L::SoftirqLeave, {L::SoftirqEnter, L::RunWhile}},
    {L::RunWhile, {L::RunIndex, L::SoftirqLeave, L::RunWhile, L::SoftirqEnter}},
    {L::RunIndex, {L::RunCascade}},
    {L::RunCascade, {L::CascadeTake, L::RunAdvance}},
    {L::CascadeTake, {L::CascadeEach, L::RunCascade, L::RunAdvance}},
    {L::CascadeEach, {L::AddDelta}},
    {L::AddDelta, {L::AddTv1}},
    {L::AddTv1, {L::AddTv2, L::AddTail}},
    {L::AddTv2, {L::AddTv3, L::AddTail}},
    {L::AddTv3, {L::AddTv4, L::AddTail}},
    {L::AddTv4, {L::AddPast, L::AddTail}},
    {L::AddPast, {L::AddTv5, L::AddTail}},
    {L::AddTv5, {L::AddTail}},
    {L::AddTail, {L::CascadeEach, L::RunCascade, L::RunAdvance, L::AddLowersNext, L::AddOnWake}},
    {L::AddLowersNext, {L::AddOnWake}},
    {L::RunAdvance, {L::RunTake}},
    {L::RunTake, {L::RunEach, L::RunWhile}},
    {L::RunEach, {L::RunDetach}},
    {L::RunDetach, {L::RunCall}},
    {L::RunCall, {L::RunReturned}},
    {L::RunReturned, {L::RunEach, L::RunWhile}},
    {L::ModSlack, {L::ModSame}},
    {L::ModSame, {L::ModDetach}},
    {L::ModDetach, {L::DetachPending}},
    {L::DetachPending, {L::DetachUnlink, L::ModPendingOnly, L::DelReturn, L::TryReturn}},
    {L::DetachUnlink, {L::DetachNext, L::ModBase, L::DelReturn, L::TryReturn}},
    {L::DetachNext, {L::ModBase, L::DelReturn, L::TryReturn}},
    {L::ModPendingOnly, {L::ModBase}},
    {L::ModBase, {L::ModFile}},
    {L::ModFile, {L::AddDelta}},
    {L::AddBug, {L::ModSlack}},
    {L::AddOnBug, {L::AddOnFile}},
    {L::AddOnFile, {L::AddDelta}},
    {L::TryRunning, {L::DetachPending}},
    {L::NextActive, {L::NextSearch}},
    {L::NextSearch, {L::NextAnswer}},
};

bool mayFollow(L a, L b, bool inCallback)
{
    if (const auto found = flow.find(a); found != flow.end() && found->second.contains(b)) return true;
    if (inCallback) {
        const bool free = callEnds.contains(a) || a == L::RunCall;
        return free && (callStarts.contains(b) || b == L::RunReturned);
    }
    const bool free = callEnds.contains(a) || machineLines.contains(a) || a == L::RunWhile;
    return free && (callStarts.contains(b) || b == L::TickJiffies || b == L::SubTick || b == L::AdvanceJiffies ||
                    b == L::SoftirqEnter || b == L::RunWhile);
}

/// Empty if the lines of the run form a path; else the first step that does not.
std::string firstGap(const InputsPtr& inputs, std::set<L>* seen = nullptr)
{
    const Snapshot run = runAll(inputs);
    World w(inputs->machine);
    L last = L::Note;
    for (std::uint64_t e = 0; e < run.log.size(); ++e) {
        const Record& r = run.log[e];
        if (r.site == Site::Limit) break; // the end of the tape may come anywhere
        const LineList lines = linesOf(r, w);
        if (lines.count == 0 || lines.effect >= lines.count) return "no effect line at record " + std::to_string(e);
        const bool inCallback = w.cpu(r.cpu).running.isValid();
        for (std::uint32_t i = 0; i < lines.count; ++i) {
            if (!mayFollow(last, lines.line[i], inCallback))
                return "record " + std::to_string(e) + " " + std::string(name(r.kind)) + "/" + std::string(name(r.site)) + ": \"" +
                       std::string(textOf(lines.line[i])) + "\" cannot follow \"" + std::string(textOf(last)) + "\"";
            last = lines.line[i];
            if (seen != nullptr) seen->insert(last);
        }
        if (r.kind == Kind::Passed && r.site == Site::Tick) last = L::TickRaise;
        w.apply(r);
    }
    return {};
}

} // namespace

RC_GTEST_PROP(Lines, FormAPathOfThePseudocodeInRandomRuns, ())
{
    const auto inputs = std::make_shared<const Inputs>((*tests::randomCases()).inputs());
    RC_ASSERT(firstGap(inputs) == "");
}

TEST(Lines, FormAPathInAllVectorsAndAllOfThemAreReached)
{
    std::set<L> seen;
    for (const auto& entry : std::filesystem::directory_iterator(JIFFYSCOPE_SOURCE_DIR "/tests/vectors/wheel-3.9")) {
        if (entry.path().extension() != ".ops") continue;
        std::ifstream in(entry.path());
        auto inputs = readOps(std::string(std::istreambuf_iterator<char>(in), {}), entry.path().string());
        ASSERT_TRUE(inputs.has_value());
        EXPECT_EQ(firstGap(std::make_shared<const Inputs>(*inputs), &seen), "") << entry.path();
    }
    for (int l = 0; l < lineCount; ++l) {
        if (static_cast<L>(l) == L::SubTick) continue; // a vector knows no time within a tick
        EXPECT_TRUE(seen.contains(static_cast<L>(l))) << textOf(static_cast<L>(l));
    }
}
