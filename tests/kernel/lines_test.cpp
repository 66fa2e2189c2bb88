// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/lines.h"
#include "core/run/run.h"
#include "core/scenario/open.h"
#include "core/scenario/ops_reader.h"
#include "resources/builtin.h"
#include "tests/kernel/emitted.h"
#include "tests/property/random_inputs.h"
#include "tests/support/source_dir.h"

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
const std::set<L> callStarts = {L::ModSlack,  L::PinnedSame, L::PendingGo, L::AddBug, L::AddOnBug, L::DelDetach,
                                L::TryRunning, L::NextActive, L::Define,    L::Idle,   L::Note};
/// Lines behind which a call may be over.
const std::set<L> callEnds = {L::ModSame,   L::PinnedSame, L::ModPendingOnly, L::ModReturn,  L::AddBug, L::AddOnBug, L::AddOnWake,
                              L::DelReturn, L::TryRunning, L::TryReturn,      L::NextAnswer, L::Define, L::Idle,     L::Note};
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
    {L::AddTail, {L::CascadeEach, L::RunCascade, L::RunAdvance, L::AddLowersNext}},
    {L::AddLowersNext, {L::ModReturn, L::AddOnWake}},
    {L::RunAdvance, {L::RunTake}},
    {L::RunTake, {L::RunEach, L::RunWhile}},
    {L::RunEach, {L::RunRunning}},
    {L::RunRunning, {L::RunDetach}},
    {L::RunDetach, {L::RunCall}},
    {L::RunCall, {L::RunReturned}},
    {L::RunReturned, {L::RunEach, L::RunWhile}},
    {L::ModSlack, {L::ModSame}},
    {L::ModSame, {L::ModGo}},
    {L::ModGo, {L::ModDetach}},
    {L::PendingGo, {L::ModDetach}},
    {L::PinnedSame, {L::PinnedGo}},
    {L::PinnedGo, {L::ModDetach}},
    {L::ModDetach, {L::DetachPending}},
    {L::DetachPending, {L::DetachUnlink, L::ModPendingOnly, L::DelReturn, L::TryReturn}},
    {L::DetachUnlink, {L::DetachNext}},
    {L::DetachNext, {L::ModPendingOnly, L::DelReturn, L::TryReturn}},
    {L::ModPendingOnly, {L::ModBase}},
    {L::ModBase, {L::ModFile}},
    {L::ModFile, {L::AddInto}},
    {L::AddInto, {L::AddDelta}},
    {L::AddBug, {L::AddGo}},
    {L::AddGo, {L::ModSlack}},
    {L::AddOnBug, {L::AddOnFile}},
    {L::AddOnFile, {L::AddInto}},
    {L::DelDetach, {L::DetachPending}},
    {L::TryRunning, {L::TryDetach}},
    {L::TryDetach, {L::DetachPending}},
    {L::NextActive, {L::NextStale, L::NextAnswer}},
    {L::NextStale, {L::NextSearch, L::NextAnswer}},
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

/// The stack may only return from any number of functions, then go on in one and call at most one (two, where a timer's
/// function calls); a caller stands where it stood when it called.
std::string stackGap(const Frames& a, const Frames& b)
{
    std::uint32_t common = 0;
    while (common < a.count && common < b.count && a.frame[common].function == b.frame[common].function) ++common;
    for (std::uint32_t i = 0; i + 1 < common; ++i)
        if (a.frame[i] != b.frame[i] && i + 1 < b.count && i + 1 < a.count) return "a caller moved";
    const std::uint32_t called = b.count - common;
    const bool byCallback = common < b.count && b.frame[common].function == Function::Callback;
    if (common != 0 && called > (byCallback ? 2u : 1u)) return "two calls at once";
    if (called != 0 && common != 0 && a.count == common && b.frame[common - 1].line != a.frame[common - 1].line) return "called from another line";
    return {};
}

struct Walked
{
    std::set<L> lines;
    std::set<std::pair<Kind, Site>> emitted;
};

/// Empty if the lines of the run form a path; else the first step that does not.
std::string firstGap(const InputsPtr& inputs, Walked* walked = nullptr)
{
    const Snapshot run = runAll(inputs);
    World w(inputs->machine);
    L last = L::Note;
    Frames stack = framesAt(last, Site::None, w, 0);
    for (std::uint64_t e = 0; e < run.log.size(); ++e) {
        const Record& r = run.log[e];
        if (walked != nullptr) walked->emitted.insert({r.kind, r.site});
        if (!tests::isEmittable(r.kind, r.site)) return "not in the table: " + std::string(name(r.kind)) + "/" + std::string(name(r.site));
        if (r.site == Site::Limit) break; // the end of the tape may come anywhere
        const Record* previous = e == 0 ? nullptr : &run.log[e - 1];
        const LineList lines = linesOf(r, w, previous);
        const auto where = [&] { return "record " + std::to_string(e) + " " + std::string(name(r.kind)) + "/" + std::string(name(r.site)) + ": "; };
        if (lines.count == 0 || lines.effect >= lines.count) return where() + "no effect line";
        const int cpu = executingCpu(r, previous, w);
        const bool inCallback = w.cpu(cpu).running.isValid();
        for (std::uint32_t i = 0; i < lines.count; ++i) {
            if (i == lines.effect + 1) w.apply(r);
            const L line = lines.line[i];
            if (!mayFollow(last, line, inCallback)) return where() + std::string(name(line)) + " cannot follow " + std::string(name(last));
            if (!mayHaveLine(r, line)) return where() + "said not to have " + std::string(name(line));
            const Frames now = framesAt(line, r.site, w, cpu);
            // Behind a softirq the next CPU begins its own.
            if (const auto gap = stackGap(stack, now); !gap.empty() && last != L::SoftirqLeave)
                return where() + gap + " from " + std::string(name(last)) + " to " + std::string(name(line));
            last = line;
            stack = now;
            if (walked != nullptr) walked->lines.insert(last);
        }
        if (lines.effect + 1 == lines.count) w.apply(r);
        if (r.kind == Kind::Passed && r.site == Site::Tick) last = L::TickRaise;
    }
    return {};
}

/// Every vector and every built-in scenario, walked.
const Walked& everything()
{
    static const Walked all = [] {
        Walked walked;
        for (const auto& entry : std::filesystem::directory_iterator(jiffy::test::sourceDir("/tests/vectors/wheel-3.9"))) {
            if (entry.path().extension() != ".ops") continue;
            std::ifstream in(entry.path());
            auto inputs = readOps(std::string(std::istreambuf_iterator<char>(in), {}), entry.path().string());
            EXPECT_TRUE(inputs.has_value());
            if (!inputs) continue;
            EXPECT_EQ(firstGap(std::make_shared<const Inputs>(*inputs), &walked), "") << entry.path();
        }
        return walked;
    }();
    return all;
}

/// The built-in scenarios alone.
const Walked& builtins()
{
    static const Walked all = [] {
        Walked walked;
        const auto lookup = [](std::string_view name) -> std::optional<std::string> {
            const auto* b = resources::builtin(name);
            if (b == nullptr) return std::nullopt;
            return std::string(b->text);
        };
        for (const auto& b : resources::builtins()) {
            if (b.name == "million") continue; // the same as the others, a thousand times
            auto opened = openFile(":" + std::string(b.name), lookup);
            EXPECT_TRUE(opened.has_value()) << b.name;
            if (!opened || opened->inputs->driver == Driver::Daemon) continue;
            if (opened->inputs->machine.timers != TimerAlgorithm::Wheel39) continue;
            EXPECT_EQ(firstGap(opened->inputs, &walked), "") << b.name;
        }
        return walked;
    }();
    return all;
}

} // namespace

RC_GTEST_PROP(Lines, FormAPathOfThePseudocodeInRandomRuns, ())
{
    auto c = *tests::randomCases();
    c.timers = TimerAlgorithm::Wheel39;
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    RC_ASSERT(firstGap(inputs) == "");
}

TEST(Lines, FormAPathInAllVectorsAndBuiltInScenarios)
{
    EXPECT_FALSE(everything().lines.empty());
    EXPECT_FALSE(builtins().lines.empty());
}

TEST(Lines, AreAllReachedByABuiltInScenario)
{
    for (int l = 0; l <= static_cast<int>(L::Note); ++l) { // those of tgtd: tests/tgtd/lines_test.cpp
        const auto line = static_cast<L>(l);
        if (line == L::AdvanceJiffies) { // only vectors move the clock by hand
            EXPECT_TRUE(everything().lines.contains(line));
            continue;
        }
        EXPECT_TRUE(builtins().lines.contains(line)) << name(line);
    }
}

/// What models emit is what the table of tests/kernel/emitted.h says, no more and no less.
TEST(Lines, StandForEveryKindAndSiteThatAModelEmits)
{
    auto seen = everything().emitted;
    seen.insert(builtins().emitted.begin(), builtins().emitted.end());
    for (const auto& [kind, site] : tests::emittable) {
        if (site == Site::Limit || site == Site::MachineLost) continue; // see below, and the trace tests
        EXPECT_TRUE(seen.contains({kind, site})) << name(kind) << "/" << name(site);
    }
}

TEST(Lines, TellTheLimitAndALossAsNotes)
{
    for (const Site site : {Site::Limit, Site::MachineLost}) {
        Record r;
        r.site = site;
        EXPECT_EQ(linesOf(r, World(MachineConfig{}), nullptr).line[0], L::Note);
    }
}

TEST(Lines, KnowTheirFunctionsAndNames)
{
    int lines = 0;
    for (int f = 0; f < functionCount; ++f) {
        const LineSpan span = linesOf(static_cast<Function>(f));
        lines += span.count;
        for (int l = span.first; l < span.first + span.count; ++l) EXPECT_EQ(functionOf(static_cast<L>(l)), static_cast<Function>(f));
    }
    EXPECT_EQ(lines, lineCount) << "the lines of each function stand together";
    for (int l = 0; l < lineCount; ++l) {
        L found{};
        EXPECT_TRUE(lineNamed(name(static_cast<L>(l)), found));
        EXPECT_EQ(found, static_cast<L>(l));
    }
}
