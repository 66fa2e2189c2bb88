// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/differences.h"

#include "core/run/run.h"
#include "core/timers/registry.h"
#include "tests/trace/trace_text.h"

#include <numeric>
#include <rapidcheck/gtest.h>

using namespace jiffy::core;
using namespace jiffy::core::test;

namespace
{

struct Replay
{
    Inputs inputs;
    Snapshot end;
    Differences differences;
};

Replay replay(Inputs inputs, const char* timers = "wheel-3.9")
{
    const auto shared = inputsOn(inputs, *timersNamed(timers));
    auto end = runAll(shared);
    auto differences = compareWithMachine(*shared, end.log, end.open);
    return {std::move(inputs), std::move(end), std::move(differences)};
}

/// All runs, with jiffies after the start.
std::string listed(const Replay& r)
{
    std::string out;
    const auto after = [&](Jiffies j) {
        return std::to_string(r.inputs.machine.word.signedDistance(j, r.inputs.machine.jiffies));
    };
    for (const auto& run : r.differences.runs()) {
        out += r.inputs.timerName(run.timer) + ": " + std::string(name(run.verdict));
        if (run.isModelRun()) out += ", model @" + after(run.modelJiffies);
        if (run.isMachineRun())
            out += ", machine @" + after(run.machineJiffies) + " lag " + std::to_string(run.lag);
        if (run.isOnOtherCpu()) out += " other CPU";
        out += "\n";
    }
    return out;
}

TraceText& runs(TraceText& t, const std::string& timer, double ms, int cpu = 0)
{
    return t.at(cpu, ms).cancel(timer).enter(timer).at(cpu, ms + 0.1).leave(timer);
}

} // namespace

TEST(TraceDifferences, TellsEarlierFromSame)
{
    TraceText t;
    t.at(0, 0).start("a", 2).start("b", 2);
    runs(t, "a", 8);
    runs(t, "b", 12);
    const auto r = replay(import(t.text()));
    EXPECT_EQ(listed(r), "fn.1: run on the same jiffy, model @2, machine @2 lag 0\n"
                         "fn.2: run earlier by the model, model @2, machine @3 lag 1\n");
    const std::vector<SummaryLine> lines = {
        {"run by the machine", "2"},
        {"run on the same jiffy", "1"},
        {"run earlier by the model", "1"},
        {"run one jiffy earlier by the model", "1"},
        {"run on another CPU", "0"},
        {"largest difference", "1"},
        {"largest difference of",
         "fn.2: model at 4294900002 on CPU 0, machine at 4294900003 on CPU 0, 1 jiffy later"}};
    EXPECT_EQ(r.differences.lines(r.inputs), lines);
}

/// The recorded machine's own wheel rounds up, too.
TEST(TraceDifferences, VanishOnTheMachinesOwnWheel)
{
    TraceText t;
    t.at(0, 0).start("a", 2).start("b", 100);
    runs(t, "a", 12);
    runs(t, "b", 416); // 104: rounded up to eight
    t.at(0, 420).start("c", 2);
    runs(t, "c", 440); // its tick came late
    const auto r = replay(import(t.text()), "wheel-6.1");
    EXPECT_EQ(listed(r), "fn.1: run on the same jiffy, model @3, machine @3 lag 0\n"
                         "fn.2: run on the same jiffy, model @104, machine @104 lag 0\n"
                         "fn.3: run earlier by the model, model @108, machine @110 lag 2\n");
}

TEST(TraceDifferences, SeesWhatTheMachineCancelledOrReArmedAfterTheModelRanIt)
{
    TraceText t;
    t.at(0, 0).start("a", 2).start("b", 2);
    t.at(0, 13).cancel("a").at(0, 14).init("f").at(0, 17).cancel("b").start("b", 5);
    runs(t, "c", 18);
    const auto r = replay(import(t.text()));
    EXPECT_EQ(listed(r), "fn.1: run by the model, cancelled by the machine, model @2\n"
                         "fn.2: run by the model, re-armed by the machine, model @2\n"
                         "fn.3: run by the machine, not seen armed, machine @4 lag 0\n");
    EXPECT_EQ(r.differences.count(Verdict::MachineCancelled), 1u);
}

TEST(TraceDifferences, SeesWhatOnlyTheMachineRan)
{
    TraceText t;
    t.at(0, 0).start("a", 50).start("b", 3);
    runs(t, "a", 8); // a shorter timeout that was not printed
    runs(t, "b", 9);
    t.at(0, 16).start("a", 1);
    runs(t, "c", 20);
    t.at(0, 100).start("d", 9);
    const auto r = replay(import(t.text()));
    EXPECT_EQ(listed(r), "fn.1: run by the machine alone, machine @2 lag 0\n"
                         "fn.2: run later by the model, model @3, machine @2 lag -1\n"
                         "fn.1: run by the model, then the recording ended, model @5\n"
                         "fn.3: run by the machine, not seen armed, machine @5 lag 0\n");
}

TEST(TraceDifferences, SeesAnotherCpu)
{
    TraceText t;
    t.at(0, 0).start("a", 2);
    runs(t, "a", 12, 1);
    const auto r = replay(import(t.text()));
    EXPECT_EQ(listed(r), "fn: run earlier by the model, model @2, machine @3 lag 1 other CPU\n");
}

TEST(TraceDifferences, DoesNotGuessWhatLostEventsWere)
{
    TraceText t;
    t.at(0, 0)
        .start("a", 2)
        .at(0, 13)
        .init("f")
        .start("b", 2)
        .raw("CPU:0 [LOST 7 EVENTS]")
        .at(0, 24)
        .start("a", 5);
    runs(t, "b", 25);
    const auto r = replay(import(t.text()));
    EXPECT_EQ(listed(r), "fn.1: run by the model, then events were lost, model @2\n"
                         "fn.2: run earlier by the model, model @5, machine @6 lag 1\n");
}

TEST(TraceDifferences, FindsRunsByTimerAndEvent)
{
    const auto r = replay(import(recording("k6.1.txt")));
    std::size_t listedRuns = 0;
    for (std::uint32_t i = 0; i < r.inputs.timers.size(); ++i) {
        for (const auto index : r.differences.runsOf(TimerId(i))) {
            const auto& run = r.differences.runs()[index];
            ++listedRuns;
            EXPECT_EQ(run.timer, TimerId(i));
            if (run.isModelRun()) {
                EXPECT_EQ(r.end.log[run.modelEvent].kind, Kind::Fired);
                EXPECT_EQ(r.differences.at(run.modelEvent, run.timer), &run);
            }
            if (run.isMachineRun()) {
                EXPECT_EQ(r.end.log[run.machineEvent].site, Site::MachineFired);
                EXPECT_EQ(r.differences.at(run.machineEvent, run.timer), &run);
            }
        }
    }
    EXPECT_EQ(listedRuns, r.differences.runs().size());
    EXPECT_EQ(r.differences.at(0, TimerId::none()), nullptr);
}

TEST(TraceDifferences, AreNoneWhereTheRecordingHoldsNoRuns)
{
    // Only starts and cancels were recorded: a cancel may have been an expiry, so nothing can be compared.
    TraceText t;
    t.at(0, 0).start("a", 2).at(0, 13).cancel("a");
    const auto r = replay(import(t.text()));
    EXPECT_TRUE(r.differences.runs().empty());
    EXPECT_TRUE(hasRemark(r.inputs, "No timer_expire_entry was recorded"));
}

TEST(TraceDifferences, AreNoneWithoutARecording)
{
    Inputs inputs;
    inputs.names = {"a"};
    inputs.timers.resize(1);
    Action action;
    action.timer = TimerId(0);
    action.expires = 5;
    inputs.actions.push_back(action);
    const auto r = replay(inputs);
    EXPECT_TRUE(r.differences.isEmpty());
    EXPECT_TRUE(r.differences.runs().empty());
    EXPECT_TRUE(r.differences.lines(inputs).empty());
}

TEST(TraceDifferences, AccountForEveryRunOfRealRecordings)
{
    for (const auto* file :
         {"k5.10.txt", "k6.1.txt", "k6.1.perf-script.txt", "k6.1-686.wrap.txt", "k6.12.txt"}) {
        const auto r = replay(import(recording(file)));
        const auto& d = r.differences;
        std::uint64_t model = 0, machine = 0, fired = 0, noted = 0;
        for (const auto& run : d.runs()) {
            model += run.isModelRun() ? 1 : 0;
            machine += run.isMachineRun() ? 1 : 0;
        }
        for (std::uint64_t i = 0; i < r.end.log.size(); ++i) {
            fired += r.end.log[i].kind == Kind::Fired ? 1 : 0;
            noted += r.end.log[i].site == Site::MachineFired ? 1 : 0;
        }
        EXPECT_EQ(model, fired) << file;
        EXPECT_EQ(machine, noted) << file;
        // These kernels round expiries up: what both ran, the 3.9 wheel ran first. But a timer armed when it
        // was late already goes to the next tick there, and may run at once here.
        EXPECT_LE(d.count(Verdict::ModelLater) + d.count(Verdict::Same), 2u) << file;
        EXPECT_GT(d.count(Verdict::ModelEarlier), noted * 8 / 10) << file;
        // On its own wheel only those remain whose tick was late, or slept through.
        const auto own = replay(import(recording(file)), "wheel-6.1");
        EXPECT_GT(own.differences.count(Verdict::Same), noted / 2) << file;
        EXPECT_LE(own.differences.count(Verdict::ModelLater), 1u) << file;
    }
}

RC_GTEST_PROP(TraceDifferences, CountEachRunOnce, ())
{
    std::string text = TraceText().at(0, 0).start("d", 500).text();
    const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, int>>>(
        rc::gen::tuple(rc::gen::inRange(0, 5), rc::gen::inRange(0, 3), rc::gen::inRange(0, 20)));
    double ms = 0;
    for (const auto& [what, timer, by] : steps) {
        ms += by;
        TraceText t;
        t.at(what & 1, ms);
        const std::string n(1, "abc"[timer]);
        if (what < 2)
            t.start(n, by);
        else if (what == 2)
            t.cancel(n);
        else if (what == 3)
            t.cancel(n).enter(n).leave(n);
        else
            t.init(n);
        text += t.text();
    }
    const auto r = replay(import(text));
    std::uint64_t total = 0, model = 0, fired = 0;
    for (int v = 0; v < verdictCount; ++v)
        total += r.differences.count(static_cast<Verdict>(v));
    for (const auto& run : r.differences.runs())
        model += run.isModelRun() ? 1 : 0;
    for (std::uint64_t i = 0; i < r.end.log.size(); ++i)
        fired += r.end.log[i].kind == Kind::Fired ? 1 : 0;
    RC_ASSERT(total == r.differences.runs().size());
    RC_ASSERT(model == (r.differences.isEmpty() ? 0 : fired));
}
