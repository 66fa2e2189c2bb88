// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/compare_csv.h"

#include "core/insight/cost_lines.h"
#include "tests/insight/three_ways.h"

#include <cstdio>
#include <fstream>
#include <list>
#include <set>
#include <sstream>

using namespace jiffy::core;

namespace
{

/// The 105 timers on the three algorithms.
struct ThreeRuns
{
    struct One
    {
        InputsPtr inputs;
        Snapshot run;
        Costs costs;
        WorkSeries work;
        explicit One(InputsPtr in)
            : inputs(std::move(in)), run(runAll(inputs)), costs(inputs->machine), work(inputs->machine)
        {
            costs.extend(run.log);
            work.extend(run.log);
        }
    };
    ThreeRuns()
    {
        for (const char* name : {"sorted-list", "wheel-3.9", "wheel-6.1"}) {
            const One& one = runs.emplace_back(jiffy::tests::threeWaysOn(name));
            compared.push_back({name, one.inputs.get(), one.run.log, &one.work, &one.costs});
        }
    }
    std::list<One> runs;
    std::vector<ComparedRun> compared;
};

std::vector<std::string> exported(const std::vector<ComparedRun>& runs, const std::string& suffix)
{
    const std::string path = testing::TempDir() + "compare_csv_test" + suffix;
    EXPECT_TRUE(exportComparison(runs, path).has_value());
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);)
        lines.push_back(line);
    std::remove(path.c_str());
    return lines;
}

} // namespace

TEST(CompareCsv, HasALineForEachTickWithSomethingToTell)
{
    const ThreeRuns three;
    const auto lines = exported(three.compared, ".csv");
    std::set<std::uint64_t> ticks;
    for (const auto& run : three.compared)
        for (const WorkTick& w : run.work->busyTicks())
            ticks.insert(w.tick);
    ASSERT_EQ(lines.size(), ticks.size() + 1);
    EXPECT_EQ(lines[0].substr(0, 61), "tick,jiffies,sorted-list handlers,sorted-list moves,sorted-li");
    EXPECT_EQ(lines[1], "0,1000,0,0,0,5260,,0,0,0,0,,0,0,0,0,");
    EXPECT_EQ(lines[2], "10,1010,1,0,0,0,0,1,0,0,0,0,0,0,0,0,");
    EXPECT_EQ(lines[3], "11,1011,0,0,0,0,,0,0,0,0,,1,0,0,0,1");
    bool isFound = false;
    for (const auto& line : lines)
        isFound = isFound || line == "600,1600,1,0,0,0,0,1,0,0,0,0,64,0,0,0,64";
    EXPECT_TRUE(isFound);
}

TEST(CompareCsv, HasALineForEachAccountAndAlgorithm)
{
    const ThreeRuns three;
    const auto lines = exported(three.compared, ".accounts.csv");
    const auto accounts = costLines(three.runs.front().costs.totals());
    ASSERT_EQ(lines.size(), accounts.size() * 3 + 1);
    EXPECT_EQ(lines[0], "account,algorithm,value,event,jiffies,timer");
    EXPECT_EQ(lines[1], "comparisons to insert,sorted-list,5260,,,");
    const auto begins = [&](const std::string& text) {
        return std::any_of(lines.begin(), lines.end(),
                           [&](const std::string& l) { return l.rfind(text, 0) == 0; });
    };
    EXPECT_TRUE(begins("worst insertion,sorted-list,102,"));
    EXPECT_TRUE(begins("most work in one tick,wheel-3.9,101,"));
    EXPECT_TRUE(begins("latest handler,wheel-6.1,264,"));
    std::set<std::string> names;
    for (const auto& a : accounts)
        EXPECT_TRUE(names.insert(a.name).second) << a.name;
}

TEST(CompareCsv, StopsWhereItIsTold)
{
    const ThreeRuns three;
    const std::string path = testing::TempDir() + "compare_csv_stopped.csv";
    EXPECT_FALSE(exportComparison(three.compared, path, [](auto, auto) { return false; }).has_value());
    EXPECT_FALSE(std::ifstream(path).is_open());
}
