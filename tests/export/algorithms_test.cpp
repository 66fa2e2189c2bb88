// SPDX-License-Identifier: GPL-3.0-or-later
// What exports say of the wheel of 6.1 and of sorted lists.
#include "core/export/exporter.h"
#include "core/run/run.h"
#include "core/scenario/reader.h"
#include "core/timers/registry.h"
#include "tests/export/temporary_folder.h"

#include <gtest/gtest.h>
#include <sstream>

using namespace jiffy::core;
using jiffy::tests::contents;
using jiffy::tests::TemporaryFolder;

namespace
{

/// a: filed on a level above the lowest, given another expiry there, called; b: deferrable.
constexpr const char* text = R"({"format": "jiffyscope-scenario", "version": 1,
  "machine": {"cpus": 2, "bits": 32, "hz": 250, "jiffies": 1000},
  "items": [{"name": "a", "slack": 0}, {"name": "b", "slack": 0, "deferrable": true}],
  "actions": [{"at": "+0", "cpu": 0, "do": "mod_timer", "timer": "a", "expires": "+100"},
              {"at": "+1", "cpu": 0, "do": "mod_timer", "timer": "a", "expires": "+100"},
              {"at": "+2", "cpu": 0, "do": "mod_timer", "timer": "b", "expires": "+300"}],
  "until": "+400"})";

InputsPtr inputsFor(const char* timers)
{
    return inputsOn(*compile(*readDocument(text, "x")), *timersNamed(timers));
}

std::string exported(const char* timers, const char* name)
{
    const TemporaryFolder folder;
    const auto inputs = inputsFor(timers);
    EXPECT_TRUE(exportTo(*exporterFor(name), *inputs, runAll(inputs), folder.file(name)).has_value());
    return contents(folder.file(name));
}

/// Lines that hold all of these parts.
int linesWith(const std::string& all, std::initializer_list<std::string_view> parts)
{
    std::istringstream in(all);
    int n = 0;
    for (std::string line; std::getline(in, line);) {
        bool has = true;
        for (const auto part : parts) has = has && line.find(part) != std::string::npos;
        n += has ? 1 : 0;
    }
    return n;
}

} // namespace

TEST(AlgorithmExports, CsvTellsBucketsAndWhenTheyAreDue)
{
    const auto csv = exported("wheel-6.1", "a.csv");
    EXPECT_EQ(csv.substr(0, csv.find('\n')), "event,tick,jiffies,time_ns,cpu,kind,site,timer,slot,expires,due,count,text");
    // 1100 from clock 1000: level 1, whose slots are 8 wide; (1100 + 8) / 8 = 138.
    EXPECT_EQ(linesWith(csv, {",Queued,mod_timer,a,lvl1[10],1100,1104,,"}), 1) << csv;
    EXPECT_EQ(linesWith(csv, {",ItemSet,mod_timer,a,lvl1[10],1101,1104,,"}), 1) << csv;
    EXPECT_EQ(linesWith(csv, {",Queued,mod_timer,b,def lvl1[35],1302,1304,,"}), 1) << csv;
    EXPECT_EQ(linesWith(csv, {",104,1104,", ",Fired,__run_timers,a,lvl1[10],1101,,,"}), 1) << csv;
    EXPECT_EQ(linesWith(csv, {",RegisterSet,", "clk="}) > 0, true) << csv;
    EXPECT_EQ(linesWith(csv, {"next_expiry="}) > 0, true) << csv;
    EXPECT_EQ(linesWith(csv, {"tv1"}), 0);
    EXPECT_EQ(linesWith(csv, {"cascade"}), 0);
}

TEST(AlgorithmExports, CsvTellsComparisons)
{
    const auto csv = exported("sorted-list", "a.csv");
    EXPECT_EQ(csv.substr(0, csv.find('\n')), "event,tick,jiffies,time_ns,cpu,kind,site,timer,slot,expires,count,text");
    EXPECT_EQ(linesWith(csv, {",Counted,insert,b,,,1,"}), 1) << csv;
    EXPECT_EQ(linesWith(csv, {",Queued,mod_timer,b,sorted list,1302,,"}), 1) << csv;
    EXPECT_EQ(linesWith(csv, {",101,1101,", ",Fired,__run_timers,a,sorted list,1101,,"}), 1) << csv;
}

TEST(AlgorithmExports, ChromeTraceShowsBuckets)
{
    const auto trace = exported("wheel-6.1", "a.trace.json");
    EXPECT_EQ(linesWith(trace, {R"("algorithm":"wheel-6.1")"}), 1);
    EXPECT_EQ(linesWith(trace, {R"("ph":"B")", R"("name":"lvl1[10]")", R"("expires":1100,"due":1104)"}), 1) << trace;
    EXPECT_EQ(linesWith(trace, {R"("name":"another expiry in the same bucket")", R"("expires":1101,"before":1100)"}), 1);
    EXPECT_EQ(linesWith(trace, {R"("cat":"due","name":"lvl1[10] is due")", R"("timers":1)"}), 1);
    EXPECT_EQ(linesWith(trace, {R"("name":"def lvl1[35]")", R"("ph":"B")"}), 1);
    EXPECT_EQ(linesWith(trace, {R"("ph":"i")", R"("name":"fires")", R"("late":3)"}), 1) << "1104 - 1101";
    EXPECT_EQ(linesWith(trace, {"cascade"}), 0);
}

TEST(AlgorithmExports, ChromeTraceShowsWalks)
{
    const auto trace = exported("sorted-list", "a.trace.json");
    EXPECT_EQ(linesWith(trace, {R"("algorithm":"sorted-list")"}), 1);
    EXPECT_EQ(linesWith(trace, {R"("cat":"walk","name":"b: 1 comparison")", R"("comparisons":1)"}), 1) << trace;
    EXPECT_EQ(linesWith(trace, {R"("ph":"B")", R"("name":"sorted list")"}), 3) << "a twice, b once";
    EXPECT_EQ(linesWith(trace, {R"("due":)"}), 0);
}

TEST(AlgorithmExports, JsonLinesNameTheAlgorithm)
{
    EXPECT_EQ(linesWith(exported("wheel-6.1", "a.jsonl"), {R"("algorithm":"wheel-6.1")"}), 1);
    EXPECT_EQ(linesWith(exported("sorted-list", "a.jsonl"), {R"("algorithm":"sorted-list")"}), 1);
    EXPECT_EQ(linesWith(exported("wheel-3.9", "a.jsonl"), {"algorithm"}), 0);
}
