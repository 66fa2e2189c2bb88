// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/exporter.h"
#include "core/insight/cpu_activity.h"
#include "core/insight/summary.h"
#include "core/run/run.h"
#include "core/scenario/open.h"
#include "core/scenario/ops_reader.h"
#include "resources/builtin.h"
#include "tests/export/kernel_scenarios.h"
#include "tests/export/temporary_folder.h"
#include "tests/property/random_inputs.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>
#include <tuple>

using namespace jiffy::core;
using jiffy::tests::contents;
using jiffy::tests::RandomCase;
using jiffy::tests::TemporaryFolder;
using nlohmann::json;

namespace
{

struct Slice
{
    std::int64_t from = 0, to = -1; ///< ns; -1: still open
    std::string category, name;
    json args;
};
struct Mark
{
    std::int64_t at = 0;
    std::string category, name;
    json args;
};
struct Track
{
    std::string name;
    std::vector<Slice> slices; ///< in the order of their beginning
    std::vector<Mark> marks;
    std::vector<std::size_t> open; ///< while reading
};

struct Trace
{
    json head;
    std::map<std::pair<int, int>, Track> tracks;
    std::map<std::string, std::uint64_t> counts; ///< by category
    double last = 0;                             ///< ts of the last event, in us

    const Track& named(const std::string& name) const
    {
        for (const auto& [id, track] : tracks)
            if (track.name == name) return track;
        ADD_FAILURE() << "no track " << name;
        static const Track none;
        return none;
    }
};

Trace traceOf(const Inputs& inputs, const Snapshot& run, const std::string& suffix = ".trace.json")
{
    const TemporaryFolder folder;
    const auto path = folder.file("x" + suffix);
    EXPECT_TRUE(exportTo(*exporterFor(path), inputs, run, path).has_value());
    const json all = json::parse(contents(path));
    Trace trace;
    trace.head = all.at("otherData");
    for (const auto& e : all.at("traceEvents")) {
        auto& track = trace.tracks[{e.at("pid").get<int>(), e.at("tid").get<int>()}];
        const auto phase = e.at("ph").get<std::string>();
        const auto name = e.at("name").get<std::string>();
        if (phase == "M") {
            if (name == "thread_name") track.name = e.at("args").at("name");
            continue;
        }
        const std::string category = e.at("cat");
        const double exactly = e.at("ts");
        EXPECT_LE(trace.last, exactly) << "back in time: " << e.dump();
        trace.last = exactly;
        const auto at = std::llround(std::floor(exactly * 1000 + .0001));
        if (phase == "E") {
            // Nested: an end belongs to the innermost slice.
            if (track.open.empty()) {
                ADD_FAILURE() << "ends what has not begun: " << e.dump();
                continue;
            }
            auto& slice = track.slices[track.open.back()];
            EXPECT_EQ(std::tie(slice.name, slice.category, slice.args),
                      std::make_tuple(name, category, e.at("args"))) << e.dump();
            slice.to = at;
            track.open.pop_back();
            continue;
        }
        ++trace.counts[category];
        if (phase == "B") {
            track.open.push_back(track.slices.size());
            track.slices.push_back({at, -1, category, name, e.at("args")});
        } else if (phase == "i") {
            track.marks.push_back({at, category, name, e.at("args")});
        } else {
            ADD_FAILURE() << "phase " << phase;
        }
    }
    for (const auto& [id, track] : trace.tracks) EXPECT_TRUE(track.open.empty()) << track.name;
    std::erase_if(trace.tracks, [](const auto& t) { return t.second.name.empty() && t.first.second == 0; });
    return trace;
}

std::uint64_t recordsOf(const Snapshot& run, Kind kind)
{
    std::uint64_t n = 0;
    for (std::uint64_t i = 0; i < run.log.size(); ++i) n += run.log[i].kind == kind ? 1 : 0;
    return n;
}

void expectSound(const Inputs& inputs, const Snapshot& run, const Trace& trace)
{
    const auto count = [&](const char* category) {
        const auto it = trace.counts.find(category);
        return it == trace.counts.end() ? std::uint64_t{0} : it->second;
    };
    const auto totals = summarise(inputs, run.log, run.open);
    EXPECT_EQ(count("queued"), recordsOf(run, Kind::Queued));
    EXPECT_EQ(count("queued"), totals.armed + totals.rearmed);
    EXPECT_EQ(count("moved"), totals.moves);
    EXPECT_EQ(count("fired"), totals.fired);
    EXPECT_EQ(count("callback"), totals.fired);
    EXPECT_EQ(count("deleted"), totals.deleted);
    EXPECT_EQ(count("BUG_ON"), (totals.refused - count("atomic")) * 2); // on the CPU and on the timer
}

std::shared_ptr<const Inputs> ops(std::string_view text)
{
    return std::make_shared<const Inputs>(readOps(text, "test.ops").value());
}

} // namespace

/// Slices of a machine of CPUs are the spans of its insight, at their true instants, and nest although they take time.
TEST(ChromeTrace, OfCpusShowsWhatTheyDoInTrueTime)
{
    constexpr std::int64_t spread = 200; // ns: events of an instant stand a ns behind one another
    for (const auto& scenario : jiffy::tests::kernelScenarios()) {
        const auto inputs = jiffy::tests::kernelInputs(scenario);
        const auto run = runAll(inputs);
        const auto trace = traceOf(*inputs, run);
        expectSound(*inputs, run, trace);
        CpuActivity activity(*inputs);
        activity.extend(run.log);
        const auto expectSame = [&](const Track& track, std::string_view category, std::string_view name, const std::vector<ActivitySpan>& spans) {
            std::vector<Slice> slices;
            for (const auto& s : track.slices)
                if (s.category == category && (name.empty() || s.name == name)) slices.push_back(s);
            ASSERT_EQ(slices.size(), spans.size()) << track.name << ' ' << category;
            for (std::size_t i = 0; i < spans.size(); ++i) {
                EXPECT_NEAR(static_cast<double>(slices[i].from), static_cast<double>(spans[i].begin), spread);
                EXPECT_EQ(slices[i].args.at("order"), spans[i].event);
                if (!spans[i].isOpen()) {
                    EXPECT_NEAR(static_cast<double>(slices[i].to), static_cast<double>(spans[i].end), spread);
                }
            }
        };
        for (int cpu = 0; cpu < inputs->machine.cpus; ++cpu) {
            const auto& track = trace.named("CPU " + std::to_string(cpu));
            expectSame(track, "interrupt", "", activity.spans(cpu, Activity::Interrupt));
            expectSame(track, "softirq", "", activity.spans(cpu, Activity::Softirq));
            expectSame(track, "callback", "", activity.spans(cpu, Activity::Handler));
            expectSame(track, "spin", "", activity.spans(cpu, Activity::Spin));
            expectSame(track, "process", "", activity.spans(cpu, Activity::Process));
            const auto& sleep = trace.named("CPU " + std::to_string(cpu) + " idle");
            expectSame(sleep, "idle", "idle", activity.spans(cpu, Activity::Idle));
            expectSame(sleep, "idle", "tick stopped", activity.spans(cpu, Activity::Stopped));
        }
        for (const auto& [id, track] : trace.tracks) {
            if (id.first != 3) continue; // states of a process follow one another
            for (std::size_t i = 1; i < track.slices.size(); ++i) EXPECT_LE(track.slices[i - 1].to, track.slices[i].from) << track.name;
        }
    }
}

TEST(ChromeTrace, GivesATimerTheSlotsOfItsLife)
{
    const auto inputs = ops("machine bits=32 small=0 cpus=1 hz=250 jiffies=0\ntimer 1 slack=0\nadd 0 1 +300\ntick 301\n");
    const auto run = runAll(inputs);
    const auto trace = traceOf(*inputs, run);
    const auto& life = trace.named("1");
    ASSERT_EQ(life.slices.size(), 2u);
    EXPECT_EQ(life.slices[0].name, "tv2[1]");
    EXPECT_EQ(life.slices[0].category, "queued");
    EXPECT_EQ(life.slices[0].args["by"], "add_timer");
    EXPECT_LT(life.slices[0].from, 1000);
    EXPECT_EQ(life.slices[0].to / 1000, 256 * 4000);
    EXPECT_EQ(life.slices[1].name, "tv1[44]");
    EXPECT_EQ(life.slices[1].args["from"], "tv2[1]");
    EXPECT_EQ(life.slices[1].to / 1000, 300 * 4000);
    ASSERT_EQ(life.marks.size(), 1u);
    EXPECT_EQ(life.marks[0].name, "fires");
    EXPECT_EQ(life.marks[0].args["jiffies"], 300);
    EXPECT_EQ(life.marks[0].args["late"], 0);
    const auto& cpu = trace.named("CPU 0");
    std::vector<std::string> names;
    for (const auto& s : cpu.slices) names.push_back(s.name);
    // The first tick finds a position that is one behind; then the cascade, and the call.
    const std::vector<std::string> tail(names.end() - 4, names.end());
    EXPECT_EQ(tail, (std::vector<std::string>{"run_timer_softirq", "cascade tv2[1]", "run_timer_softirq", "1"}));
    EXPECT_EQ(cpu.marks.front().name, "add_timer 1");
    expectSound(*inputs, run, trace);
}

TEST(ChromeTrace, ATickIsASecondOfLogicalTime)
{
    const auto inputs = ops("machine bits=32 small=0 cpus=1 hz=250 jiffies=0\ntimer 1 slack=0\ntimer 2 slack=0\n"
                            "add 0 1 +7\nadd 0 2 +7\ntick 4294967296\n");
    const auto run = runAll(inputs);
    const auto trace = traceOf(*inputs, run, ".logical.trace.json");
    const auto& softirq = trace.named("CPU 0").slices.back();
    const auto& fires = trace.named("1").marks.back();
    constexpr std::int64_t second = 1'000'000'000;
    EXPECT_EQ(fires.at / second, 7);
    EXPECT_GT(fires.at % second, second / 20);
    EXPECT_LT(trace.named("2").marks.back().at - fires.at, second / 2);
    EXPECT_LT(fires.at, trace.named("2").marks.back().at);
    EXPECT_EQ(softirq.name, "2");
    expectSound(*inputs, run, trace);
}

TEST(ChromeTrace, ShowsWhatIsStillArmedUpToTheEnd)
{
    const auto inputs = ops("machine bits=32 small=0 cpus=1 hz=1000 jiffies=0\ntimer 1 slack=0\nadd 0 1 +70000\ntick 10\n");
    const auto trace = traceOf(*inputs, runAll(inputs));
    const auto& life = trace.named("1").slices;
    ASSERT_EQ(life.size(), 1u);
    EXPECT_EQ(life[0].to, 10 * 1'000'000);
}

TEST(ChromeTrace, EventsOfAnInstantNeverPassTheNextOne)
{
    // 50,000 ticks a second of 20 us; more than 40,000 events in one of them do not have a ns each.
    Inputs inputs;
    inputs.machine.hz = Hz{50'000};
    inputs.names = {"t"};
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        inputs.timers.push_back(TimerSpec{0, i + 1, 0});
        Action a;
        a.expires = 5;
        a.timer = TimerId(i);
        inputs.actions.push_back(a);
    }
    inputs.untilTicks = 8;
    const auto run = runAll(std::make_shared<const Inputs>(inputs));
    for (const auto* suffix : {".trace.json", ".logical.trace.json"}) {
        const auto trace = traceOf(inputs, run, suffix);
        expectSound(inputs, run, trace);
        EXPECT_EQ(trace.head["timersWithoutTrack"], 19'000);
        EXPECT_EQ(trace.tracks.size(), 1000u + 2); // and the CPU, and the others
        EXPECT_EQ(trace.named("19000 other timers").marks.size(), 2u * 19'000);
        const auto& softirq = trace.named("CPU 0").slices.front();
        EXPECT_LE(softirq.to, suffix[1] == 't' ? 120'000 : 6'000'000'000);
    }
}

TEST(ChromeTrace, TimersOfTheirOwnNameComeFirst)
{
    Inputs inputs;
    inputs.names = {"crowd", "named \"one\""};
    for (std::uint32_t i = 0; i < 1500; ++i) inputs.timers.push_back(TimerSpec{0, i + 1, 0});
    inputs.timers.push_back(TimerSpec{1, 0, 0});
    Action a;
    a.expires = 3;
    a.timer = TimerId(1500);
    inputs.actions = {a};
    inputs.untilTicks = 5;
    const auto run = runAll(std::make_shared<const Inputs>(inputs));
    EXPECT_EQ(traceOf(inputs, run).named("named \"one\"").slices.size(), 1u);
}

TEST(ChromeTrace, EveryBuiltinScenarioIsSound)
{
    const BuiltinLookup lookup = [](std::string_view name) -> std::optional<std::string> {
        const auto* b = jiffy::resources::builtin(name);
        return b ? std::optional(std::string(b->text)) : std::nullopt;
    };
    for (const auto& builtin : jiffy::resources::builtins()) {
        if (builtin.name == "million") continue;
        SCOPED_TRACE(builtin.name);
        const auto opened = openFile(':' + std::string(builtin.name), lookup);
        ASSERT_TRUE(opened.has_value());
        const auto& inputs = opened->inputs;
        if (inputs->driver == Driver::Daemon) continue; // counted in other words
        const auto run = runAll(inputs);
        if (run.log.size() > 200'000) continue; // the tree of the test's JSON reader costs 500 bytes an event
        expectSound(*inputs, run, traceOf(*inputs, run));
        expectSound(*inputs, run, traceOf(*inputs, run, ".logical.trace.json"));
    }
}

RC_GTEST_PROP(ChromeTraceProperty, CountsAndNestingHoldForAnyRun, ())
{
    const RandomCase c = *jiffy::tests::randomCases(60);
    const Inputs inputs = c.inputs();
    const auto run = runAll(std::make_shared<const Inputs>(inputs));
    for (const auto* suffix : {".trace.json", ".logical.trace.json"}) {
        const auto trace = traceOf(inputs, run, suffix);
        RC_ASSERT(!::testing::Test::HasFailure());
        const auto totals = summarise(inputs, run.log, run.open);
        const auto count = [&](const char* category) {
            const auto it = trace.counts.find(category);
            return it == trace.counts.end() ? std::uint64_t{0} : it->second;
        };
        RC_ASSERT(count("queued") == recordsOf(run, Kind::Queued));
        RC_ASSERT(count("moved") == totals.moves);
        RC_ASSERT(count("fired") == totals.fired);
        RC_ASSERT(count("callback") == totals.fired);
        RC_ASSERT(count("deleted") == totals.deleted);
    }
}
