// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/lateness.h"

#include "core/run/run.h"
#include "core/scenario/ops_reader.h"
#include "core/tgtd/counterpart.h"
#include "tests/support/source_dir.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace jiffy::core;
using jiffy::test::sourceDir;
namespace fs = std::filesystem;

namespace
{

InputsPtr inputsOf(std::string_view ops)
{
    return std::make_shared<const Inputs>(readOps(ops, "test.ops").value());
}

Lateness latenessOf(const InputsPtr& inputs)
{
    Lateness lateness(*inputs);
    lateness.extend(runAll(inputs).log);
    return lateness;
}

Lateness latenessOf(std::string_view ops)
{
    return latenessOf(inputsOf(ops));
}

std::string read(const fs::path& path)
{
    std::ifstream in(path);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::vector<fs::path> vectorFiles()
{
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(sourceDir("/tests/vectors/tgtd")))
        if (entry.path().extension() == ".ops") found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

/// As the vectors write it.
std::string lateText(const Lateness& lateness, const WorkRun& run)
{
    if (run.isImmediate) return "immediate";
    if (lateness.scheduler() == WorkScheduler::Old) return std::to_string(run.lateByClock);
    const std::uint64_t size =
        static_cast<std::uint64_t>(run.lateByClock < 0 ? -run.lateByClock : run.lateByClock);
    const std::string thousandths = std::to_string(1000 + size % 1000).substr(1);
    return (run.lateByClock < 0 ? "-" : "") + std::to_string(size / 1000) + "." + thousandths;
}

std::string instantText(std::uint64_t us)
{
    return std::to_string(us / 1000) + "." + std::to_string(1000 + us % 1000).substr(1);
}

struct LogCounts
{
    std::vector<std::string> runs;
    std::uint64_t alarms = 0, writes = 0, reads = 0, timedOut = 0, interrupted = 0, ready = 0, states = 0,
                  adds = 0;
};
LogCounts countsOf(const std::string& log)
{
    LogCounts counts;
    std::istringstream lines(log);
    for (std::string at, what, rest; lines >> at >> what && std::getline(lines, rest);) {
        if (what == "exec") counts.runs.push_back(at + rest);
        if (what == "alarm") ++counts.alarms;
        if (what == "write") ++counts.writes;
        if (what == "read") ++counts.reads;
        if (what == "state") ++counts.states;
        if (what == "add") ++counts.adds;
        if (what == "epoll_ret") {
            if (rest == " 0")
                ++counts.timedOut;
            else if (rest == " -1 EINTR")
                ++counts.interrupted;
            else
                ++counts.ready;
        }
    }
    return counts;
}

} // namespace

TEST(Lateness, AgreesWithEveryVectorOfTgtd)
{
    std::size_t seen = 0;
    for (const auto& ops : vectorFiles()) {
        SCOPED_TRACE(ops.filename().string());
        const InputsPtr inputs = inputsOf(read(ops));
        const Lateness lateness = latenessOf(inputs);
        const LogCounts expected = countsOf(read(fs::path(ops).replace_extension(".log")));
        std::vector<std::string> runs;
        for (const std::uint32_t i : lateness.calls()) {
            const WorkRun& run = lateness.runs()[i];
            runs.push_back(instantText(run.endedAt) + " " + inputs->timerName(run.item) +
                           " late=" + lateText(lateness, run));
        }
        EXPECT_EQ(runs, expected.runs);
        EXPECT_EQ(lateness.alarms().size(), expected.alarms);
        EXPECT_EQ(lateness.pipe().size(), expected.writes);
        EXPECT_EQ(static_cast<std::uint64_t>(std::count_if(lateness.pipe().begin(), lateness.pipe().end(),
                                                           [](const PipeStay& s) { return s.to != notYet; })),
                  expected.reads);
        EXPECT_EQ(lateness.totals().timedOut, expected.timedOut);
        EXPECT_EQ(lateness.totals().interrupted, expected.interrupted);
        EXPECT_EQ(lateness.totals().ready, expected.ready);
        EXPECT_EQ(lateness.totals().added, expected.adds);
        EXPECT_EQ(static_cast<std::uint64_t>(std::count_if(lateness.passes().begin(), lateness.passes().end(),
                                                           [](const PassSpan& s) { return s.to != notYet; })),
                  expected.states);
        ++seen;
    }
    EXPECT_EQ(seen, 95u);
}

TEST(Lateness, MeasuresFromTheInstantAskedForToTheRun)
{
    // An alarm every 250 ms: due at 4.10 s, looked at at 4.25 s.
    const Lateness l = latenessOf("scheduler new\nwork A\nat 100 add A 4\nuntil 5000\n");
    ASSERT_EQ(l.runs().size(), 1u);
    const WorkRun& run = l.runs().front();
    EXPECT_EQ(run.addedAt, 100'000u);
    EXPECT_EQ(run.seconds(), 4u);
    EXPECT_EQ(run.due, 4'100'000u);
    EXPECT_EQ(run.endedAt, 4'250'000u);
    EXPECT_EQ(run.lateness(), 150'000);
    EXPECT_EQ(run.lateByClock, 150'000);
    EXPECT_EQ(run.fate, WorkRun::Fate::Ran);
    EXPECT_FALSE(run.isImmediate);
    EXPECT_FALSE(run.isByFunc);
}

TEST(Lateness, OfAWallClockStepKnowsBothClocks)
{
    const Lateness l =
        latenessOf("scheduler new\nwork A\nat 100 add A 4\nat 1000 settime -1000\nuntil 6000\n");
    ASSERT_EQ(l.runs().size(), 1u);
    EXPECT_EQ(l.runs().front().lateness(), 1'150'000);
    EXPECT_EQ(l.runs().front().lateByClock, 150'000);
}

TEST(Lateness, OfTheOldSchedulerIsInTimeAndInItsJiffies)
{
    const Lateness l = latenessOf("scheduler old\nwork A\nat 0 add A 4\nuntil 20000\n");
    ASSERT_EQ(l.runs().size(), 1u);
    EXPECT_EQ(l.runs().front().endedAt, 8'000'000u);
    EXPECT_EQ(l.runs().front().lateness(), 4'000'000);
    EXPECT_EQ(l.runs().front().lateByClock, 1);
}

TEST(Lateness, CountsTheOldSchedulersCountdownAnewForEachReturnWithIo)
{
    const Lateness l =
        latenessOf("scheduler old\nwork A\nat 0 add A 1\nat 1500 burn 10\nat 3000 burn 10\nuntil 20000\n");
    EXPECT_EQ(l.totals().restarts, 3u);
    EXPECT_EQ(l.handlers().size(), 3u);
    EXPECT_EQ(l.handlers()[1].from, 1'500'000u);
    EXPECT_EQ(l.handlers()[1].to, 1'510'000u);
    EXPECT_TRUE(l.alarms().empty());
}

TEST(Lateness, KnowsWhatBecameOfEachAlarm)
{
    // A handler from 100 to 900 ms: the alarm at 250 writes, those at 500 and 750 find the flag set.
    const Lateness l = latenessOf("scheduler new\nat 100 burn 800\nuntil 1000\n");
    using enum AlarmMark::Fate;
    ASSERT_EQ(l.alarms().size(), 4u);
    EXPECT_EQ(l.alarms()[0].fate, Wrote);
    EXPECT_EQ(l.alarms()[1].fate, Swallowed);
    EXPECT_EQ(l.alarms()[2].fate, Swallowed);
    EXPECT_EQ(l.alarms()[3].fate, Wrote);
    EXPECT_EQ(l.alarms()[3].swallowedBefore, 2u);
    ASSERT_EQ(l.pipe().size(), 2u);
    EXPECT_EQ(l.pipe()[0].from, 250'000u);
    EXPECT_EQ(l.pipe()[0].to, 900'000u);
    EXPECT_EQ(l.pipe()[0].most, 4u);
    EXPECT_EQ(l.totals().swallowed, 2u);
    EXPECT_EQ(l.totals().wrote, 2u);
}

TEST(Lateness, AnAlarmWithinTheHandlerOfAnotherIsBlockedAndASecondOneLost)
{
    auto inputs = std::make_shared<Inputs>(*inputsOf("scheduler new\nuntil 1000\n"));
    inputs->daemon.costs.signal = 700'000; // from 250 to 950 ms: 500 blocked, 750 lost
    const Lateness l = latenessOf(inputs);
    using enum AlarmMark::Fate;
    ASSERT_EQ(l.alarms().size(), 4u);
    EXPECT_EQ(l.alarms()[0].fate, Wrote);
    EXPECT_EQ(l.alarms()[1].fate, Delivered); // at 950 ms; its handler lasts beyond the end
    EXPECT_EQ(l.alarms()[2].fate, Lost);
    EXPECT_EQ(l.alarms()[3].fate, Blocked);
    EXPECT_EQ(l.totals().swallowed, 1u);
}

TEST(Lateness, AFailedWriteKillsTheScheduler)
{
    auto inputs = std::make_shared<Inputs>(*inputsOf("scheduler new\nwork A\nat 0 add A 1\nuntil 2000\n"));
    inputs->daemon.fail.write = 2;
    inputs->machine.mayFault = true;
    const Lateness l = latenessOf(inputs);
    using enum AlarmMark::Fate;
    ASSERT_EQ(l.alarms().size(), 8u);
    EXPECT_EQ(l.alarms()[0].fate, Wrote);
    EXPECT_EQ(l.alarms()[1].fate, Failed);
    EXPECT_EQ(l.alarms()[2].fate, Swallowed);
    EXPECT_EQ(l.totals().swallowed, 6u);
    EXPECT_EQ(l.runs().front().fate, WorkRun::Fate::Waiting);
}

TEST(Lateness, TellsDeletedFromRunAndCountsByItem)
{
    const Lateness l =
        latenessOf("scheduler new\nwork A\nwork B\non A burn 30\non A rearm 1\n"
                   "at 100 add A 1\nat 100 add B 2\nat 500 del B\nat 600 add B 0\nuntil 3000\n");
    const ItemLateness& a = l.item(TimerId(0));
    EXPECT_EQ(a.ran, 2u); // 1.25 s and 2.5 s: added anew at 1.28 s, due at 2.28 s
    EXPECT_EQ(a.worst, 220'000);
    EXPECT_EQ(a.mean(), (150'000 + 220'000) / 2);
    EXPECT_EQ(a.funcTime, 60'000u);
    EXPECT_EQ(a.worstFunc, 30'000u);
    EXPECT_TRUE(l.runs()[a.runs[1]].isByFunc);
    EXPECT_EQ(l.runs()[a.runs[2]].fate, WorkRun::Fate::Waiting);
    const ItemLateness& b = l.item(TimerId(1));
    EXPECT_EQ(b.deleted, 1u);
    EXPECT_EQ(b.ran, 1u);
    EXPECT_EQ(b.immediate, 1u);
    EXPECT_EQ(l.latenesses(false), (std::vector<std::int64_t>{150'000, 220'000}));
    EXPECT_EQ(l.latenesses(true), (std::vector<std::int64_t>{0, 150'000, 220'000}));
}

TEST(Lateness, AnIdleAlarmWakesTheLoopTwiceForNothing)
{
    const Lateness l = latenessOf("scheduler new\nuntil 1000\n"); // 4 alarms
    EXPECT_EQ(l.totals().interrupted, 4u);
    EXPECT_EQ(l.totals().ready, 4u);
    EXPECT_EQ(l.totals().idlePasses, 4u);
    EXPECT_EQ(l.totals().wokenForNothing, 8u);
}

TEST(Lateness, TodaysSchemeMayRunWorkEarly)
{
    // Started between two half seconds, its count of time runs ahead of the clock.
    auto inputs =
        std::make_shared<Inputs>(*inputsOf("scheduler new\nwork A\nat 700 add A 1\nstart 300\nuntil 5000\n"));
    setDefaults(inputs->daemon, WorkScheduler::TimerFd);
    const Lateness l = latenessOf(inputs);
    ASSERT_EQ(l.item(TimerId(0)).ran, 1u);
    EXPECT_EQ(l.item(TimerId(0)).early, 1u);
    EXPECT_LT(l.item(TimerId(0)).worst, 0);
    EXPECT_GE(l.runs().front().lateByClock, 0);
    EXPECT_FALSE(l.alarms().empty());
    EXPECT_EQ(l.pipe().size(), l.alarms().size());
}

TEST(Lateness, DoesNotDependOnHowTheLogComes)
{
    const auto files = vectorFiles();
    for (std::size_t i = 0; i < files.size(); i += 7) {
        const InputsPtr inputs = inputsOf(read(files[i]));
        const LogView log = runAll(inputs).log;
        Lateness whole(*inputs), slices(*inputs);
        whole.extend(log);
        for (std::uint64_t n = 0; n < log.size(); n += 1 + n % 5)
            slices.extend(log.prefix(n));
        slices.extend(log);
        EXPECT_TRUE(whole == slices) << files[i];
    }
}
