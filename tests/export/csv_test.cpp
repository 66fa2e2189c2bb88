// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/exporter.h"
#include "core/run/run.h"
#include "core/scenario/ops_reader.h"
#include "tests/export/temporary_folder.h"

#include <algorithm>
#include <gtest/gtest.h>

using namespace jiffy::core;
using jiffy::tests::contents;
using jiffy::tests::TemporaryFolder;

namespace
{

std::string csvOf(std::string_view ops)
{
    const TemporaryFolder folder;
    const auto inputs = std::make_shared<const Inputs>(readOps(ops, "test.ops").value());
    const auto done = exportTo(*exporterFor("a.csv"), *inputs, runAll(inputs), folder.file("a.csv"));
    EXPECT_TRUE(done.has_value());
    return contents(folder.file("a.csv"));
}

std::size_t lines(const std::string& text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }

} // namespace

TEST(Csv, WritesTimesNamesAndPlaces)
{
    EXPECT_EQ(csvOf("machine bits=32 small=0 cpus=2 hz=250 jiffies=255\ntimer 7 slack=0\nadd 1 7 +3\n"
                    "softirq 0\nsoftirq 1\ntick 2\n"),
              "event,tick,jiffies,time_ns,cpu,kind,site,timer,slot,expires,count,text\n"
              "0,0,255,0,0,Defined,start,7,,,,Defined 7 slack=0\n"
              "1,0,255,0,1,Queued,add_timer,7,tv1[2],258,,Queued 7 tv1[2] cpu=1 expires=258 from-cpu=0 by add_timer\n"
              "2,0,255,0,0,Entered,run_timer_softirq,,,,,Entered run_timer_softirq\n"
              "3,0,255,0,,Passed,__run_timers,,,,1,Passed 1 turn on cpu 0\n"
              "4,0,255,0,0,Left,run_timer_softirq,,,,,Left run_timer_softirq\n"
              "5,0,255,0,1,Entered,run_timer_softirq,,,,,Entered run_timer_softirq\n"
              "6,0,255,0,,Passed,__run_timers,,,,1,Passed 1 turn on cpu 1\n"
              "7,0,255,0,1,Left,run_timer_softirq,,,,,Left run_timer_softirq\n"
              "8,1,256,4000000,,Passed,tick,,,,1,Passed 1 tick on cpus 0-1\n"
              "8,1,256,4000000,0,Spliced,cascade,,tv2[1],,0,Spliced tv2[1] cpu=0 items=0 by cascade\n"
              "8,1,256,4000000,1,Spliced,cascade,,tv2[1],,0,Spliced tv2[1] cpu=1 items=0 by cascade\n"
              "8,2,257,8000000,,Passed,tick,,,,1,Passed 1 tick on cpus 0-1\n");
}

TEST(Csv, ExpandsPassedTicksUpToALimit)
{
    const std::string head = "machine bits=32 small=0 cpus=1 hz=250 jiffies=0\nsoftirq 0\n";
    // the head; the softirq's turn at position 0 with its four cascades; 1000 ticks that pass 256, 512 and 768
    EXPECT_EQ(lines(csvOf(head + "tick 1000\n")), 1u + 3 + 4 + 1000 + 3);
    const std::string huge = csvOf(head + "tick 4294967296\n");
    EXPECT_LT(lines(huge), 10u);
    EXPECT_NE(huge.find(",4294967296,0,17179869184000000,,Passed,tick,,,,4294967296,Passed 4294967296 ticks on cpu 0\n"),
              std::string::npos)
        << huge;
}

TEST(Exporters, AreChosenByTheLongestSuffix)
{
    EXPECT_EQ(exporterFor("run.csv")->suffix, ".csv");
    EXPECT_EQ(exporterFor("a.b/run.jsonl")->suffix, ".jsonl");
    EXPECT_EQ(exporterFor("v.log")->suffix, ".log");
    EXPECT_EQ(exporterFor("run.xyz"), nullptr);
    EXPECT_EQ(exporterFor("csv"), nullptr);
}

TEST(Exporters, AStoppedExportLeavesNoFile)
{
    const TemporaryFolder folder;
    const auto inputs = std::make_shared<const Inputs>(
        readOps("machine bits=32 small=0 cpus=1 hz=250 jiffies=0\ntick 5\n", "test.ops").value());
    for (const auto& exporter : exporters()) {
        if (exporter.suffix == ".log") continue; // asks every 65,536 records only
        const auto done = exportTo(exporter, *inputs, runAll(inputs), folder.file("x" + std::string(exporter.suffix)),
                                   [](std::uint64_t, std::uint64_t) { return false; });
        EXPECT_FALSE(done.has_value()) << exporter.suffix;
    }
    EXPECT_EQ(folder.count(), 0u);
}
