// SPDX-License-Identifier: GPL-3.0-or-later
// The real process: what it records holds the rules, and whatever becomes of it is reported.
#include "core/run/live_process.h"

#include "core/export/exporter.h"
#include "core/export/jsonl_reader.h"
#include "core/insight/live_figures.h"
#include "core/scenario/ops_reader.h"
#include "core/world/rules.h"
#include "tests/export/temporary_folder.h"

#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <mutex>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace jiffy::core;
using namespace std::chrono_literals;
using jiffy::tests::contents;
using jiffy::tests::TemporaryFolder;

namespace
{

Inputs workload(const std::string& ops)
{
    auto inputs = readOps("scheduler new\n" + ops + "until 60000\n", "live.ops");
    EXPECT_TRUE(inputs.has_value()) << toText(inputs.error());
    return inputs ? std::move(*inputs) : Inputs{};
}

/// Items that run now and then, and traffic.
const char* const mixed = "work a\nwork b\nwork c\n"
                          "on a burn 3\non a add b 0\non c rearm 1\n"
                          "at 20 add a 0\nat 30 add c 1\nat 130 add a 0\nat 145 burn 20\nat 150 del c\nat 210 add b 1\nat 305 burn 5\n";

struct Performed
{
    InputsPtr inputs;
    Snapshot run;
    LiveEnd end;
    int pid = 0;
    bool wasSilent = false;
};

/// What is done to it meanwhile; called for each state.
using Meddle = std::function<void(LiveProcess&, const LiveState&)>;

Performed perform(const Inputs& inputs, const LiveSettings& settings, const Meddle& meddle = {}, const std::string& program = SELFPIPE)
{
    std::mutex mutex;
    std::condition_variable woken;
    bool isThere = false;
    Performed out;
    auto process = LiveProcess::start(program, inputs, settings, [&] {
        const std::lock_guard lock(mutex);
        isThere = true;
        woken.notify_one();
    });
    EXPECT_TRUE(process.has_value()) << toText(process.error());
    if (!process) return out;
    out.pid = (*process)->pid();
    for (bool hasEnded = false; !hasEnded;) {
        {
            std::unique_lock lock(mutex);
            if (!woken.wait_for(lock, 20s, [&] { return isThere; })) {
                ADD_FAILURE() << "nothing has been heard for 20 s";
                return out;
            }
            isThere = false;
        }
        const auto state = (*process)->take();
        if (!state) continue;
        out.inputs = state->inputs;
        out.run = state->snapshot;
        out.wasSilent = out.wasSilent || state->isSilent;
        if (meddle) meddle(**process, *state);
        if (state->end) out.end = *state->end;
        hasEnded = state->end.has_value();
    }
    return out;
}

LiveSettings settings(LiveScheme scheme, std::uint64_t intervalMs, std::uint64_t forMs, std::uint64_t busyMs = 0)
{
    return {scheme, intervalMs * 1000, forMs * 1000, busyMs * 1000};
}

std::uint64_t count(const Snapshot& run, Kind kind, Site site)
{
    std::uint64_t n = 0;
    for (std::uint64_t i = 0; i < run.log.size(); ++i) n += run.log[i].kind == kind && run.log[i].site == site ? 1 : 0;
    return n;
}

/// ns of every record of a kind and site.
std::vector<std::int64_t> instantsOf(const Performed& p, Kind kind, Site site)
{
    std::vector<std::int64_t> instants;
    World world(p.inputs->machine);
    for (std::uint64_t i = 0; i < p.run.log.size(); ++i) {
        world.apply(p.run.log[i]);
        if (p.run.log[i].kind == kind && p.run.log[i].site == site) instants.push_back(world.now());
    }
    return instants;
}

void expectSound(const Performed& p)
{
    EXPECT_TRUE(p.end.isClean()) << toText(p.end);
    ASSERT_TRUE(p.inputs);
    EXPECT_EQ(p.run.check.broken, 0) << "event " << p.run.check.event;
    EXPECT_EQ(p.run.status, RunStatus::Ended);
    World world(p.inputs->machine);
    Nanoseconds before = 0;
    for (std::uint64_t i = 0; i < p.run.log.size(); ++i) {
        const Record& r = p.run.log[i];
        world.apply(r);
        if (r.kind == Kind::ClockSet && r.hasMore()) continue; // its nanoseconds follow
        ASSERT_GE(world.now(), before) << i;
        before = world.now();
        if (i % 64 == 0) {
            ASSERT_FALSE(checkAll(world).has_value()) << i;
        }
    }
    EXPECT_FALSE(checkAll(world).has_value());
    for (std::uint64_t i = p.run.log.size(); i-- > 0;) world.unapply(p.run.log[i]);
    EXPECT_EQ(world, World(p.inputs->machine));
}

} // namespace

TEST(LiveProcess, WhatItRecordsHoldsTheRulesAndReadsBack)
{
    const auto p = perform(workload(mixed), settings(LiveScheme::Signal, 50, 1400));
    expectSound(p);
    EXPECT_NE(p.pid, getpid());
    ASSERT_TRUE(liveOrigin(p.run.log).has_value());
    EXPECT_EQ(liveOrigin(p.run.log)->pid, static_cast<std::uint64_t>(p.pid));
    EXPECT_GE(count(p.run, Kind::Fired, Site::ExecuteWork), 5u);
    const TemporaryFolder folder;
    ASSERT_TRUE(exportTo(*exporterFor("x.jsonl"), *p.inputs, p.run, folder.file("x.jsonl")).has_value());
    std::istringstream text(contents(folder.file("x.jsonl")));
    const auto back = readJsonLines(text, "x.jsonl");
    ASSERT_TRUE(back.has_value()) << toText(back.error());
    ASSERT_EQ(back->snapshot.log.size(), p.run.log.size());
    for (std::uint64_t i = 0; i < p.run.log.size(); ++i) ASSERT_EQ(back->snapshot.log[i], p.run.log[i]);
}

TEST(LiveProcess, StampsAreDistinctAndAscending)
{
    const auto p = perform(workload(""), settings(LiveScheme::Signal, 20, 1000));
    expectSound(p);
    const auto stamps = instantsOf(p, Kind::Raised, Site::Alarm);
    ASSERT_GE(stamps.size(), 40u);
    bool hasNanoseconds = false;
    for (std::size_t i = 1; i < stamps.size(); ++i) {
        ASSERT_LT(stamps[i - 1], stamps[i]);
        hasNanoseconds = hasNanoseconds || stamps[i] % 1000 != 0;
    }
    EXPECT_TRUE(hasNanoseconds);
    const auto figures = latenessFigures(*p.inputs, p.run.log);
    EXPECT_GE(figures.alarm.min, 0);
    EXPECT_GT(figures.read.min, 0);
    EXPECT_LT(figures.alarm.median, 20'000'000);
    EXPECT_EQ(figures.alarm.count, stamps.size());
}

TEST(LiveProcess, EachSchemePerformsTheSameWork)
{
    for (const auto scheme : {LiveScheme::Signal, LiveScheme::TimerFd, LiveScheme::SignalFd}) {
        SCOPED_TRACE(std::string(name(scheme)));
        const auto p = perform(workload(mixed), settings(scheme, 50, 1500));
        expectSound(p);
        EXPECT_EQ(liveOrigin(p.run.log)->scheme, scheme);
        EXPECT_EQ(count(p.run, Kind::Raised, Site::Alarm) > 0, scheme == LiveScheme::Signal);
        const Lateness work = [&] {
            Lateness l(*p.inputs);
            l.extend(p.run.log);
            return l;
        }();
        EXPECT_EQ(work.totals().added, 6u); // a, a, what they add, b; c was deleted
        EXPECT_EQ(work.totals().deleted, 1u);
        EXPECT_EQ(work.totals().ran, 5u);
        for (const auto late : work.latenesses(false)) EXPECT_GE(late, 0) << "never early";
    }
}

TEST(LiveProcess, BusyHandlersMakeAlarmsComeTogether)
{
    const auto p = perform(workload("at 100 burn 0\n"), settings(LiveScheme::Signal, 20, 600, 200));
    expectSound(p);
    const auto swallowed = count(p.run, Kind::Noted, Site::WorkTimerScheduleEvt);
    EXPECT_GE(swallowed, 5u);
    const auto alarms = count(p.run, Kind::Raised, Site::Alarm);
    const auto reads = latenessFigures(*p.inputs, p.run.log).read;
    // The last alarm may have come too late to be read.
    EXPECT_LE(reads.count + swallowed, alarms);
    EXPECT_GE(reads.count + swallowed + 1, alarms) << "one read for all that were swallowed";
    EXPECT_GE(reads.max, 100'000'000);
    EXPECT_EQ(liveOrigin(p.run.log)->busy, 200'000u);
}

TEST(LiveProcess, AlarmsAreDeliveredWithinALongFunc)
{
    const auto p = perform(workload("work a\non a burn 300\nat 50 add a 0\n"), settings(LiveScheme::Signal, 30, 600));
    expectSound(p);
    World world(p.inputs->machine);
    int within = 0;
    for (std::uint64_t i = 0; i < p.run.log.size(); ++i) {
        world.apply(p.run.log[i]);
        within += p.run.log[i].kind == Kind::Raised && world.cpu(0).running.isValid() ? 1 : 0;
    }
    EXPECT_GE(within, 8);
}

TEST(LiveProcess, ASlowCallIsInterrupted)
{
    const auto p = perform(workload("at 10 burn 1\n"), settings(LiveScheme::Signal, 50, 300));
    expectSound(p);
    Inputs slow = workload("at 10 burn 1\n");
    slow.actions[0].call = Call::SlowCall;
    slow.actions[0].expires = 5'000'000;
    const auto q = perform(slow, settings(LiveScheme::Signal, 50, 300));
    expectSound(q);
    EXPECT_EQ(count(q.run, Kind::Left, Site::SlowCall), 1u);
    for (std::uint64_t i = 0; i < q.run.log.size(); ++i) {
        if (q.run.log[i].kind == Kind::Left && q.run.log[i].site == Site::SlowCall) {
            EXPECT_EQ(q.run.log[i].value, ~0ull) << "EINTR";
        }
    }
}

TEST(LiveProcess, WhatIsQueuedIsNotAddedAgain)
{
    const auto p = perform(workload("work a\nat 10 add a 5\nat 20 add a 5\n"), settings(LiveScheme::Signal, 50, 200));
    expectSound(p);
    EXPECT_EQ(count(p.run, Kind::Refused, Site::AddWork), 1u);
}

TEST(LiveProcess, ADrainWithoutEndIsEnded)
{
    const auto p = perform(workload("work a\non a rearm 0\nat 10 add a 0\n"), settings(LiveScheme::Signal, 50, 5000));
    expectSound(p);
    EXPECT_EQ(count(p.run, Kind::Noted, Site::Spin), 1u);
    EXPECT_LT(p.run.endTicks, 4'000'000u);
}

TEST(LiveProcess, WhatAModelAloneCanDoIsSaid)
{
    const auto p = perform(workload("at 10 settime 5000\nat 20 burn 1\n"), settings(LiveScheme::Signal, 50, 150));
    expectSound(p);
    ASSERT_EQ(p.inputs->remarks.size(), 1u);
    EXPECT_NE(p.inputs->remarks[0].find("wall clock was left alone"), std::string::npos);
    EXPECT_EQ(count(p.run, Kind::RegisterSet, Site::WallStep), 0u);
}

TEST(LiveProcess, StopEndsItCleanly)
{
    bool isAsked = false;
    const auto p = perform(workload(mixed), settings(LiveScheme::Signal, 50, 60'000), [&](LiveProcess& process, const LiveState& state) {
        if (isAsked || state.snapshot.endTicks < 300'000) return;
        isAsked = true;
        process.stop();
    });
    expectSound(p);
    EXPECT_LT(p.run.endTicks, 20'000'000u);
    EXPECT_FALSE(p.end.isForced);
}

TEST(LiveProcess, OneThatIsKilledIsReportedAndItsRecordingKept)
{
    bool isKilled = false;
    const auto p = perform(workload(mixed), settings(LiveScheme::Signal, 50, 60'000), [&](LiveProcess& process, const LiveState& state) {
        if (isKilled || state.snapshot.endTicks < 200'000) return;
        isKilled = true;
        kill(process.pid(), SIGKILL);
    });
    EXPECT_FALSE(p.end.isClean());
    EXPECT_EQ(p.end.status, -1);
    EXPECT_EQ(p.end.signal, SIGKILL);
    EXPECT_FALSE(p.end.isForced);
    EXPECT_NE(toText(p.end).find("signal 9"), std::string::npos) << toText(p.end);
    ASSERT_TRUE(p.inputs);
    EXPECT_GE(p.run.endTicks, 200'000u);
    EXPECT_EQ(p.run.status, RunStatus::Ended);
    EXPECT_EQ(p.run.check.broken, 0);
    EXPECT_NE(kill(p.pid, 0), 0) << "it is gone";
}

TEST(LiveProcess, OneThatHangsIsReportedAndStopWorks)
{
    bool isHeld = false, isAsked = false;
    const auto p = perform(workload(mixed), settings(LiveScheme::Signal, 50, 60'000), [&](LiveProcess& process, const LiveState& state) {
        if (!isHeld && state.snapshot.endTicks > 100'000) {
            isHeld = true;
            kill(process.pid(), SIGSTOP);
        }
        if (state.isSilent && !isAsked) {
            isAsked = true;
            process.stop();
        }
    });
    EXPECT_TRUE(p.wasSilent);
    EXPECT_TRUE(p.end.isForced);
    EXPECT_NE(toText(p.end).find("was killed"), std::string::npos);
    EXPECT_GT(p.run.endTicks, 100'000u);
}

TEST(LiveProcess, TheDestructorEndsIt)
{
    int pid = 0;
    {
        auto process = LiveProcess::start(SELFPIPE, workload(mixed), settings(LiveScheme::Signal, 50, 60'000), [] {});
        ASSERT_TRUE(process.has_value());
        pid = (*process)->pid();
        EXPECT_EQ(kill(pid, 0), 0);
    }
    EXPECT_NE(kill(pid, 0), 0);
}

TEST(LiveProcess, WhatCannotBeStartedIsSaid)
{
    const TemporaryFolder folder;
    const auto fails = [&](const std::string& program) {
        const auto process = LiveProcess::start(program, workload(mixed), {}, [] {});
        return process ? std::string("(started)") : toText(process.error());
    };
    EXPECT_EQ(fails(folder.file("missing")), "error: cannot start " + folder.file("missing") + ": No such file or directory\n");
    std::ofstream(folder.file("plain")) << "no program\n";
    EXPECT_EQ(fails(folder.file("plain")), "error: cannot start " + folder.file("plain") + ": Permission denied\n");
    Inputs wheel;
    EXPECT_FALSE(LiveProcess::start(SELFPIPE, wheel, {}, [] {}).has_value());
}

TEST(LiveProcess, OneThatWritesSomethingElseIsReported)
{
    const TemporaryFolder folder;
    const auto script = [&](const std::string& text) {
        const std::string path = folder.file("script");
        std::ofstream(path, std::ios::trunc) << "#!/bin/sh\n" << text;
        chmod(path.c_str(), 0700);
        return path;
    };
    auto p = perform(workload(mixed), {}, {}, script("echo hello\nsleep 20\n"));
    EXPECT_NE(p.end.fault.find("line 1: "), std::string::npos) << p.end.fault;
    EXPECT_FALSE(p.inputs);
    p = perform(workload(mixed), {}, {}, script("echo it broke >&2\nexit 3\n"));
    EXPECT_EQ(p.end.status, 3);
    EXPECT_EQ(toText(p.end), "it ended by itself with exit status 3: it broke");
    p = perform(workload(mixed), {}, {}, script("exit 0\n"));
    EXPECT_EQ(toText(p.end), "it ended before its recording was complete");
}

TEST(LiveLog, PiecesMayEndAnywhere)
{
    const auto p = perform(workload(mixed), settings(LiveScheme::Signal, 50, 300));
    const TemporaryFolder folder;
    ASSERT_TRUE(exportTo(*exporterFor("x.jsonl"), *p.inputs, p.run, folder.file("x.jsonl")).has_value());
    const std::string text = contents(folder.file("x.jsonl"));
    for (const std::size_t size : {1u, 7u, 64u, 1000u, 100'000u}) {
        LiveLog log;
        for (std::size_t at = 0; at < text.size(); at += size) ASSERT_TRUE(log.feed(std::string_view(text).substr(at, size))) << log.error();
        EXPECT_TRUE(log.hasEnded());
        EXPECT_EQ(log.snapshot().log.size(), p.run.log.size());
    }
    LiveLog log;
    EXPECT_FALSE(log.feed(text.substr(0, text.find('\n') + 1) + "{\"event\":5}\n"));
    EXPECT_EQ(log.error().substr(0, 8), "line 2: ");
    EXPECT_FALSE(log.feed("more"));
}
