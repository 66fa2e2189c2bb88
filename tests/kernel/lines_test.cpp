// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/lines.h"
#include "core/run/run.h"
#include "core/scenario/open.h"
#include "core/scenario/ops_reader.h"
#include "core/timers/registry.h"
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

/// The control flow of one algorithm's pseudocode.
struct Program
{
    std::string timers; ///< its name in the registry
    /// Lines with which a call (or another action) begins.
    std::set<L> callStarts;
    /// Lines behind which a call may be over.
    std::set<L> callEnds;
    L tickEnds{};     ///< the tick is over, but for the softirqs
    L softirqBegins{}, softirqEnds{};
    L calls{}, returned{}; ///< round a timer's function
    std::map<L, std::set<L>> flow;
};

/// What the machine does between calls, outside of softirqs.
const std::set<L> machineLines = {L::TickJiffies, L::SubTick, L::AdvanceJiffies};

const Program wheel39{
    "wheel-3.9",
    {L::ModSlack, L::PinnedSame, L::PendingGo, L::AddBug, L::AddOnBug, L::DelDetach, L::TryRunning, L::NextActive, L::Define, L::Idle,
     L::Note},
    {L::ModSame, L::PinnedSame, L::ModPendingOnly, L::ModReturn, L::AddBug, L::AddOnBug, L::AddOnWake, L::DelReturn, L::TryRunning,
     L::TryReturn, L::NextAnswer, L::Define, L::Idle, L::Note},
    L::TickRaise,
    L::SoftirqEnter,
    L::SoftirqLeave,
    L::RunCall,
    L::RunReturned,
    {
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
    }};

const Program wheel61{
    "wheel-6.1",
    {L::ModGo61, L::PendingGo61, L::ReduceGo61, L::AddBug61, L::AddOnBug61, L::DelDetach61, L::TryRunning61, L::NextRecalc61,
     L::ClearIdle61, L::Define, L::Idle, L::Note},
    {L::ModSame61, L::ModStay61, L::ModPendingOnly61, L::ModReturn61, L::AddBug61, L::AddOnBug61, L::EnqueueFirst61, L::TriggerLazy61,
     L::TriggerWake61, L::DelReturn61, L::TryRunning61, L::TryReturn61, L::NextAnswer61, L::ClearIdle61, L::Define, L::Idle, L::Note},
    L::LocalRaise61,
    L::SoftirqEach61,
    L::SoftirqLeave61,
    L::ExpireCall61,
    L::ExpireReturned61,
    {
        {L::TickJiffies, {L::TickLocal61}},
        {L::TickLocal61, {L::LocalQuiet61}},
        {L::LocalQuiet61, {L::LocalRaise61}},
        {L::SoftirqEach61, {L::RunWhile61}},
        {L::RunWhile61, {L::RunCollect61, L::SoftirqEach61, L::SoftirqLeave61}},
        {L::RunCollect61, {L::CollectClk61}},
        {L::CollectClk61, {L::CollectLevel61}},
        {L::CollectLevel61, {L::CollectTake61, L::CollectStop61}},
        {L::CollectTake61, {L::CollectStop61}},
        {L::CollectStop61, {L::CollectLevel61, L::RunClk61}},
        {L::RunClk61, {L::RunNext61}},
        {L::RunNext61, {L::SearchFrom61}},
        {L::SearchFrom61, {L::SearchLevel61}},
        {L::SearchLevel61, {L::BucketBit61}},
        {L::BucketBit61, {L::SearchStop61}},
        {L::SearchStop61, {L::SearchLevel61, L::SearchDone61}},
        {L::SearchDone61, {L::RunExpire61, L::RunWhile61, L::NextForward61}},
        {L::RunExpire61, {L::ExpireEach61}},
        {L::ExpireEach61, {L::ExpireRunning61}},
        {L::ExpireRunning61, {L::ExpireDetach61}},
        {L::ExpireDetach61, {L::ExpireCall61}},
        {L::ExpireCall61, {L::ExpireReturned61}},
        {L::ExpireReturned61, {L::ExpireEach61, L::RunWhile61}},
        {L::ModGo61, {L::ModSame61}},
        {L::PendingGo61, {L::ModSame61}},
        {L::ReduceGo61, {L::ModSame61}},
        {L::AddBug61, {L::AddGo61}},
        {L::AddGo61, {L::ModSame61}},
        {L::ModSame61, {L::ModForward61}},
        {L::ModForward61, {L::ForwardBehind61, L::ModIndex61}},
        {L::ForwardBehind61, {L::ForwardTo61}},
        {L::ForwardTo61, {L::ModIndex61, L::ModBucket61, L::AddOnBucket61}},
        {L::ModIndex61, {L::CalcDelta61, L::ModStay61, L::ModDetach61}},
        {L::ModStay61, {L::ModDetach61}},
        {L::ModDetach61, {L::DetachPending61}},
        {L::DetachPending61, {L::DetachUnlink61, L::ModPendingOnly61, L::DelReturn61, L::TryReturn61}},
        {L::DetachUnlink61, {L::DetachLast61}},
        {L::DetachLast61, {L::ModPendingOnly61, L::DelReturn61, L::TryReturn61}},
        {L::ModPendingOnly61, {L::ModBase61}},
        {L::ModBase61, {L::ModForwardOther61}},
        {L::ModForwardOther61, {L::ForwardBehind61, L::ModBucket61}},
        {L::ModBucket61, {L::CalcDelta61}},
        {L::CalcDelta61, {L::Calc061}},
        {L::Calc061, {L::Calc161, L::IndexRound61}},
        {L::Calc161, {L::Calc261, L::IndexRound61}},
        {L::Calc261, {L::Calc361, L::IndexRound61}},
        {L::Calc361, {L::Calc461, L::IndexRound61}},
        {L::Calc461, {L::Calc561, L::IndexRound61}},
        {L::Calc561, {L::Calc661, L::IndexRound61}},
        {L::Calc661, {L::Calc761, L::IndexRound61}},
        {L::Calc761, {L::CalcPast61, L::IndexRound61}},
        {L::CalcPast61, {L::CalcFar61, L::ModEnqueue61, L::AddOnEnqueue61, L::ModStay61}},
        {L::CalcFar61, {L::IndexRound61}},
        {L::IndexRound61, {L::IndexDue61}},
        {L::IndexDue61, {L::IndexReturn61}},
        {L::IndexReturn61, {L::ModEnqueue61, L::AddOnEnqueue61, L::ModStay61}},
        {L::ModEnqueue61, {L::EnqueueHead61}},
        {L::AddOnEnqueue61, {L::EnqueueHead61}},
        {L::EnqueueHead61, {L::EnqueueFirst61}},
        {L::EnqueueFirst61, {L::EnqueueNext61, L::ModReturn61}},
        {L::EnqueueNext61, {L::EnqueueWake61}},
        {L::EnqueueWake61, {L::TriggerLazy61}},
        {L::TriggerLazy61, {L::TriggerWake61, L::ModReturn61}},
        {L::TriggerWake61, {L::ModReturn61}},
        {L::AddOnBug61, {L::AddOnForward61}},
        {L::AddOnForward61, {L::ForwardBehind61, L::AddOnBucket61}},
        {L::AddOnBucket61, {L::CalcDelta61}},
        {L::DelDetach61, {L::DetachPending61}},
        {L::TryRunning61, {L::TryDetach61}},
        {L::TryDetach61, {L::DetachPending61}},
        {L::NextRecalc61, {L::SearchFrom61, L::NextForward61}},
        {L::NextForward61, {L::NextDue61}},
        {L::NextDue61, {L::NextSleep61, L::NextAnswer61}},
        {L::NextSleep61, {L::NextAnswer61}},
    }};

const Program sortedList{
    "sorted-list",
    {L::ModDetachList, L::PendingOnlyList, L::ReduceLaterList, L::AddBugList, L::AddOnBugList, L::DelDetachList, L::TryRunningList,
     L::NextHeadList, L::Define, L::Idle, L::Note},
    {L::PendingOnlyList, L::ReduceLaterList, L::ModReturnList, L::AddBugList, L::AddOnBugList, L::WalkLinkList, L::DelReturnList,
     L::TryRunningList, L::TryReturnList, L::NextAnswerList, L::Define, L::Idle, L::Note},
    L::TickHeadList,
    L::BhRunList,
    L::BhLeaveList,
    L::RunCallList,
    L::RunReturnedList,
    {
        {L::TickJiffies, {L::TickHeadList}},
        {L::BhRunList, {L::RunWhileList}},
        {L::RunWhileList, {L::RunTakeList, L::BhLeaveList, L::SpinList}},
        {L::RunTakeList, {L::RunCallList}},
        {L::RunCallList, {L::RunReturnedList}},
        {L::RunReturnedList, {L::RunWhileList}},
        {L::AddBugList, {L::AddGoList}},
        {L::AddGoList, {L::WalkHeadList}},
        {L::AddOnBugList, {L::AddOnGoList}},
        {L::AddOnGoList, {L::WalkHeadList}},
        {L::WalkHeadList, {L::WalkWhileList}},
        {L::WalkWhileList, {L::WalkLinkList}},
        {L::WalkLinkList, {L::ModReturnList}},
        {L::PendingOnlyList, {L::PendingGoList}},
        {L::PendingGoList, {L::ModDetachList}},
        {L::ReduceLaterList, {L::ReduceGoList}},
        {L::ReduceGoList, {L::ModDetachList}},
        {L::ModDetachList, {L::DetachPendingList}},
        {L::DetachPendingList, {L::DetachUnlinkList, L::ModGoList, L::DelReturnList, L::TryReturnList}},
        {L::DetachUnlinkList, {L::ModGoList, L::DelReturnList, L::TryReturnList}},
        {L::ModGoList, {L::WalkHeadList}},
        {L::DelDetachList, {L::DetachPendingList}},
        {L::TryRunningList, {L::TryDetachList}},
        {L::TryDetachList, {L::DetachPendingList}},
        {L::NextHeadList, {L::NextAnswerList}},
    }};

const std::array<const Program*, 3> programs = {&wheel39, &wheel61, &sortedList};

const Program& programOf(const Inputs& inputs) { return *programs[static_cast<std::size_t>(inputs.machine.timers)]; }

bool mayFollow(const Program& p, L a, L b, bool inCallback)
{
    if (const auto found = p.flow.find(a); found != p.flow.end() && found->second.contains(b)) return true;
    if (inCallback) {
        const bool free = p.callEnds.contains(a) || a == p.calls;
        return free && (p.callStarts.contains(b) || b == p.returned);
    }
    // In 3.9 turns that find nothing are passed together, wherever they stand.
    const bool isTurn = p.softirqBegins == L::SoftirqEnter && (a == L::RunWhile || b == L::RunWhile);
    const bool free = p.callEnds.contains(a) || machineLines.contains(a) || a == p.tickEnds || a == p.softirqEnds || isTurn;
    return free && (p.callStarts.contains(b) || machineLines.contains(b) || b == p.softirqBegins || isTurn);
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
    std::map<TimerAlgorithm, std::set<L>> lines;
    std::set<std::pair<Kind, Site>> emitted;
};

/// Empty if the lines of the run form a path; else the first step that does not.
std::string firstGap(const InputsPtr& inputs, Walked* walked = nullptr)
{
    const Snapshot run = runAll(inputs);
    const Program& program = programOf(*inputs);
    World w(inputs->machine);
    L last = L::Note;
    Frames stack = framesAt(last, Record{}, w, 0);
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
            if (!isListed(line, *inputs)) return where() + std::string(name(line)) + " is of another program";
            if (!mayFollow(program, last, line, inCallback)) return where() + std::string(name(line)) + " cannot follow " + std::string(name(last));
            if (!mayHaveLine(r, line)) return where() + "said not to have " + std::string(name(line));
            const Frames now = framesAt(line, r, w, cpu);
            // Behind a softirq the next CPU begins its own.
            if (const auto gap = stackGap(stack, now); !gap.empty() && last != program.softirqEnds)
                return where() + gap + " from " + std::string(name(last)) + " to " + std::string(name(line));
            last = line;
            stack = now;
            if (walked != nullptr) walked->lines[inputs->machine.timers].insert(last);
        }
        if (lines.effect + 1 == lines.count) w.apply(r);
        if (r.kind == Kind::Passed && r.site == Site::Tick) last = program.tickEnds;
    }
    return {};
}

/// Every vector, on its own algorithm and as a sorted list.
const Walked& everything()
{
    static const Walked all = [] {
        Walked walked;
        for (const char* folder : {"/tests/vectors/wheel-3.9", "/tests/vectors/wheel-6.1"}) {
            for (const auto& entry : std::filesystem::directory_iterator(jiffy::test::sourceDir(folder))) {
                if (entry.path().extension() != ".ops") continue;
                std::ifstream in(entry.path());
                auto inputs = readOps(std::string(std::istreambuf_iterator<char>(in), {}), entry.path().string());
                EXPECT_TRUE(inputs.has_value());
                if (!inputs) continue;
                EXPECT_EQ(firstGap(std::make_shared<const Inputs>(*inputs), &walked), "") << entry.path();
                EXPECT_EQ(firstGap(inputsOn(*inputs, *timersNamed("sorted-list")), &walked), "") << entry.path();
            }
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
            if (opened->inputs->machine.kernel.isThere) continue; // kernel_lines_test.cpp
            for (const Program* p : programs)
                EXPECT_EQ(firstGap(inputsOn(*opened->inputs, *timersNamed(p->timers)), &walked), "") << b.name << " on " << p->timers;
        }
        return walked;
    }();
    return all;
}

} // namespace

RC_GTEST_PROP(Lines, FormAPathOfThePseudocodeInRandomRuns, ())
{
    const auto c = *tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    RC_ASSERT(firstGap(inputs) == "");
}

TEST(Lines, FormAPathInAllVectorsAndBuiltInScenarios)
{
    EXPECT_EQ(everything().lines.size(), programs.size());
    EXPECT_EQ(builtins().lines.size(), programs.size());
}

TEST(Lines, AreAllReachedByAVectorOrABuiltInScenario)
{
    Inputs inputs;
    for (const TimerAlgorithm timers : {TimerAlgorithm::Wheel39, TimerAlgorithm::Wheel61, TimerAlgorithm::SortedList}) {
        inputs.machine.timers = timers;
        for (int l = 0; l <= static_cast<int>(L::Note); ++l) { // those of tgtd: tests/tgtd/lines_test.cpp
            const auto line = static_cast<L>(l);
            if (!isListed(line, inputs) || line == L::SpinList) continue; // see below
            const bool isReached = everything().lines.at(timers).contains(line) || builtins().lines.at(timers).contains(line);
            EXPECT_TRUE(isReached) << name(line) << " of " << programs[static_cast<std::size_t>(timers)]->timers;
        }
    }
}

TEST(Lines, OfThreeNineAreAllReachedByABuiltInScenario)
{
    for (int l = 0; l <= static_cast<int>(L::Note); ++l) {
        const auto line = static_cast<L>(l);
        if (!isListed(line, Inputs{}) || line == L::AdvanceJiffies) continue; // only vectors move the clock by hand
        EXPECT_TRUE(builtins().lines.at(TimerAlgorithm::Wheel39).contains(line)) << name(line);
    }
}

TEST(Lines, OfATimerThatIsAlwaysDueAgainEndInWordsForIt)
{
    auto inputs = readOps("machine bits=32 cpus=1 hz=250 jiffies=100\ntimer 1\non 1 rearm 0\nadd 0 1 +2\ntick 5\n", "spin.ops");
    ASSERT_TRUE(inputs.has_value()) << toText(inputs.error());
    Walked walked;
    EXPECT_EQ(firstGap(inputsOn(*inputs, *timersNamed("sorted-list")), &walked), "");
    EXPECT_TRUE(walked.lines.at(TimerAlgorithm::SortedList).contains(L::SpinList));
    EXPECT_TRUE(walked.emitted.contains({Kind::Noted, Site::Spin}));
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
    for (const auto& [kind, site] : tests::emittableByOthers) EXPECT_TRUE(seen.contains({kind, site})) << name(kind) << "/" << name(site);
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
