// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of tgtd as CSV and as Chrome trace events.
#include "core/export/exporter.h"
#include "core/run/run.h"
#include "core/scenario/ops_reader.h"
#include "core/tgtd/counterpart.h"
#include "tests/export/temporary_folder.h"
#include "tests/support/source_dir.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace jiffy::core;
using jiffy::tests::contents;
using jiffy::tests::TemporaryFolder;
using nlohmann::json;

namespace
{

const char* const workload = "scheduler new\nwork A\nwork B\non A rearm 1\nat 100 add A 1\nat 200 add B "
                             "0\nat 1050 burn 700\nat 2000 settime -500\nat 2100 add B 9\n"
                             "at 2200 del B\nuntil 4000\n";

InputsPtr inputsOf(std::string_view ops)
{
    return std::make_shared<const Inputs>(readOps(ops, "test.ops").value());
}

std::string exported(const InputsPtr& inputs, const std::string& suffix)
{
    const TemporaryFolder folder;
    const auto path = folder.file("run" + suffix);
    EXPECT_TRUE(exportTo(*exporterFor(path), *inputs, runAll(inputs), path, {}).has_value());
    return contents(path);
}

std::vector<std::vector<std::string>> rowsOf(const std::string& csv)
{
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines(csv);
    for (std::string line; std::getline(lines, line);) {
        auto& row = rows.emplace_back(1);
        bool isQuoted = false;
        for (const char c : line) {
            if (c == '"')
                isQuoted = !isQuoted;
            else if (c == ',' && !isQuoted)
                row.emplace_back();
            else
                row.back() += c;
        }
    }
    return rows;
}

/// Slices of each track nest, and every one that begins ends: {track, name} -> how many, and the marks by
/// name.
struct Traced
{
    std::map<std::pair<std::string, std::string>, int> slices, marks;
};
Traced traceOf(const std::string& text)
{
    Traced traced;
    const auto whole = json::parse(text);
    std::map<std::pair<int, int>, std::string> names;
    std::map<std::pair<int, int>, std::vector<json>> open;
    double last = 0;
    for (const auto& e : whole["traceEvents"]) {
        const std::pair<int, int> track{e["pid"], e["tid"]};
        const std::string phase = e["ph"], name = e["name"];
        if (phase == "M") {
            if (name == "thread_name") names[track] = e["args"]["name"];
            continue;
        }
        EXPECT_GE(e["ts"].get<double>(), last);
        last = e["ts"].get<double>();
        if (phase == "B") {
            open[track].push_back(e);
            ++traced.slices[{names[track], name}];
        } else if (phase == "E") {
            EXPECT_FALSE(open[track].empty());
            if (open[track].empty()) continue;
            EXPECT_EQ(open[track].back()["name"], e["name"]);
            EXPECT_EQ(open[track].back()["args"], e["args"]);
            open[track].pop_back();
        } else {
            ++traced.marks[{names[track], name}];
        }
    }
    for (const auto& [track, stack] : open)
        EXPECT_TRUE(stack.empty()) << names[track];
    return traced;
}

} // namespace

TEST(DaemonCsv, HasALineAnEventWithTimesListsAndDeadlines)
{
    const auto inputs = inputsOf(workload);
    const auto rows = rowsOf(exported(inputs, ".csv"));
    ASSERT_EQ(rows.size(), runAll(inputs).log.size() + 1);
    EXPECT_EQ(rows[0], (std::vector<std::string>{"event", "time_us", "wall_us", "kind", "site", "item",
                                                 "list", "deadline", "seconds", "late_us", "text"}));
    std::vector<std::string> added, called;
    std::uint64_t last = 0;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        ASSERT_EQ(rows[i].size(), 11u) << i;
        EXPECT_EQ(rows[i][0], std::to_string(i - 1));
        const auto now = std::stoull(rows[i][1]);
        EXPECT_GE(now, last);
        last = now;
        if (rows[i][3] == "Queued" && rows[i][4] == "add_work")
            added.push_back(rows[i][1] + " " + rows[i][5] + " " + rows[i][6] + " " + rows[i][7]);
        if (rows[i][3] == "Fired") called.push_back(rows[i][1] + " " + rows[i][5] + " " + rows[i][9]);
    }
    ASSERT_GE(added.size(), 2u);
    EXPECT_EQ(added[0], "100000 A inactive list 1294588941100000");
    EXPECT_EQ(added[1], "200000 B active list immediate");
    EXPECT_EQ(called[0], "200000 B 0");
    EXPECT_EQ(called[1], "1750000 A 650000"); // due at 1.1 s, behind the handler that burns
    EXPECT_EQ(rows.back()[2], std::to_string(DaemonConfig::wallAtStart + 4'000'000 - 500'000));
}

TEST(DaemonTrace, TellsTheThreadTheSignalThePipeAndTheWork)
{
    const auto traced = traceOf(exported(inputsOf(workload), ".trace.json"));
    const auto slices = [&](const char* track, const char* name) {
        const auto it = traced.slices.find({track, name});
        return it == traced.slices.end() ? 0 : it->second;
    };
    const auto marks = [&](const char* track, const char* name) {
        const auto it = traced.marks.find({track, name});
        return it == traced.marks.end() ? 0 : it->second;
    };
    EXPECT_EQ(marks("signal handler", "SIGALRM"), 16);
    EXPECT_EQ(slices("signal handler", "work_timer_sig_handler"), 16);
    EXPECT_EQ(marks("signal handler", "timer_pending is set"), 2); // 1.50 and 1.75 s, in the handler
    EXPECT_EQ(slices("event loop", "io#3"), 1);
    EXPECT_EQ(slices("event loop", "add_work B"), 2);
    EXPECT_EQ(marks("event loop", "del_work B"), 1);
    EXPECT_EQ(marks("event loop", "the wall clock is stepped"), 1);
    EXPECT_EQ(slices("event loop", "A"), marks("A", "runs"));
    EXPECT_GE(marks("A", "runs"), 2);
    EXPECT_EQ(marks("B", "deleted"), 1);
    EXPECT_EQ(slices("B", "inactive list"), 1);
    EXPECT_EQ(slices("pipe", "bytes in the pipe"), slices("event loop", "execute_work"));
}

TEST(DaemonTrace, IsWellFormedForEveryVectorAndEveryScheduler)
{
    namespace fs = std::filesystem;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(jiffy::test::sourceDir("/tests/vectors/tgtd")))
        if (entry.path().extension() == ".ops") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (std::size_t i = 0; i < files.size(); i += 5) {
        SCOPED_TRACE(files[i].filename().string());
        auto inputs = std::make_shared<Inputs>(*inputsOf(contents(files[i].string())));
        traceOf(exported(inputs, ".trace.json"));
        setDefaults(inputs->daemon, WorkScheduler::TimerFd);
        inputs->daemon.costs.syscall = 3;
        traceOf(exported(inputs, ".trace.json"));
        traceOf(exported(inputs, ".logical.trace.json"));
    }
}
