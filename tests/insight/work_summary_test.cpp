// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/summary.h"
#include "core/run/run.h"
#include "core/scenario/expect.h"
#include "core/scenario/reader.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

InputsPtr daemon(const std::string& parts)
{
    auto r = readScenario("{\"format\": \"jiffyscope-scenario\", \"version\": 1,\n" + parts + "}", "x");
    EXPECT_TRUE(r.has_value()) << toText(r.error());
    return std::make_shared<const Inputs>(r ? *r : Inputs{});
}

std::string totals(const std::string& parts)
{
    const auto inputs = daemon(parts);
    const auto run = runAll(inputs);
    std::string out;
    for (const auto& l : summarise(*inputs, run.log, run.open).lines(*inputs))
        out += l.name + ": " + l.value + "\n";
    return out;
}

std::string failures(const std::string& parts)
{
    const auto inputs = daemon(parts);
    const auto run = runAll(inputs);
    return toText(check(*inputs, run.log, run.open));
}

} // namespace

/// Nothing is in it but the alarms: four passes a second for nothing, each with two calls of epoll_wait().
TEST(WorkSummary, CountsAnIdleSecond)
{
    EXPECT_EQ(totals(R"("daemon": {}, "until": "1s")"),
              "virtual time: 1s\nevents: 87\nadded: 0\ndeleted: 0\nrun: 0\nrun early: 0\nalarms: 4\nalarms "
              "skipped: 0\nwrites: 4\nlost writes: 0\n"
              "passes: 4\npasses for nothing: 4\nepoll_wait calls: 9\ninterrupted: 4\nwoken for nothing: "
              "8\nworst lateness: 0s\nrefused: 0\n"
              "waiting at the end: 0\n");
}

TEST(WorkSummary, CountsWhatBecameOfWork)
{
    const auto text = totals(
        R"("daemon": {}, "items": [{"name": "A", "on": [{"do": "burn", "for": "600ms"}]}, {"name": "B"}, {"name": "C"}, {"name": "D"}],
        "actions": [{"at": "100ms", "do": "add_work", "work": "A", "seconds": 0}, {"at": "200ms", "do": "add_work", "work": "B", "seconds": 1},
                    {"at": "300ms", "do": "add_work", "work": "B", "seconds": 1}, {"at": "400ms", "do": "add_work", "work": "C", "seconds": 1},
                    {"at": "750ms", "do": "del_work", "work": "C"}, {"at": "2s", "do": "add_work", "work": "D", "seconds": 9}], "until": "3s")");
    for (const char* line : {"added: 4\n", "deleted: 1\n", "run: 2\n", "alarms: 12\n", "alarms skipped: 1\n",
                             "writes: 12\n", "refused: 1\n", "worst lateness: 0.05s\n",
                             "worst lateness of: B at 1.75s\n", "waiting at the end: 1\n"})
        EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
}

TEST(WorkSummary, TellsWhatNeverRan)
{
    const auto text = totals(R"("daemon": {"fail": {"write": 1}}, "items": [{"name": "A"}, {"name": "B"}],
        "actions": [{"at": "0s", "do": "add_work", "work": "A", "seconds": 1}, {"at": "0s", "do": "add_work", "work": "B", "seconds": 9}], "until": "3s")");
    EXPECT_NE(text.find("due, never ran: 1\n"), std::string::npos) << text;
    EXPECT_NE(text.find("waiting at the end: 2\n"), std::string::npos) << text;
}

TEST(WorkSummary, CallsEarlyWhatIsEarly)
{
    const auto text = totals(R"("daemon": {}, "items": [{"name": "A"}],
        "actions": [{"at": "100ms", "do": "add_work", "work": "A", "seconds": 4}, {"at": "1s", "do": "settime", "by": "3600s"}], "until": "3s")");
    EXPECT_NE(text.find("worst lateness: none, all ran early\nearliest: 3.1s early\nearliest of: A at 1s\n"), std::string::npos) << text;
}

TEST(WorkSummary, NamesAnEndlessDrain)
{
    const auto text = totals(R"("daemon": {}, "items": [{"name": "A", "on": [{"do": "rearm", "seconds": 0}]}],
        "actions": [{"at": "1s", "do": "add_work", "work": "A", "seconds": 0}], "until": "9s")");
    EXPECT_NE(text.find("virtual time: 1s\n"), std::string::npos) << text;
    EXPECT_NE(text.find("drain without an end: A\n"), std::string::npos) << text;
}

TEST(WorkExpectations, AreJudgedInTimes)
{
    const std::string run = R"("daemon": {}, "items": [{"name": "A"}, {"name": "B"}],
"actions": [{"at": "100ms", "do": "add_work", "work": "A", "seconds": 1}, {"at": "1.3s", "do": "add_work", "work": "A", "seconds": 0}], "until": "3s",
"expect": [)";
    EXPECT_EQ(
        failures(
            run +
            R"({"work": "A", "runs": ["1250ms", "1.3s"], "late": ["150ms", "0s"], "run_count": 2}, {"work": "B", "runs": []}])"),
        "");
    EXPECT_EQ(failures(run + R"({"work": "A", "runs": "1.1s"}])"),
              "x:4:12: error: expected runs of A: 1.1s; found: 1.25s, 1.3s\n\"expect\": [{\"work\": \"A\", "
              "\"runs\": \"1.1s\"}]}\n           ^\n");
    EXPECT_NE(failures(run + R"({"work": "A", "late": ["-150ms"]}])")
                  .find("expected lateness of the runs of A: -0.15s; found: 0.15s, 0s"),
              std::string::npos);
    EXPECT_NE(
        failures(run + R"({"work": "B", "run_count": 1}])").find("expected number of runs of B: 1; found: 0"),
        std::string::npos);
    EXPECT_NE(failures(run + R"({"order": ["B", "A"]}])").find("B is never called"), std::string::npos);
    EXPECT_NE(
        failures(run + R"({"total": "alarms", "is": 3}])").find("expected total \"alarms\": 3; found: 12"),
        std::string::npos);
}
