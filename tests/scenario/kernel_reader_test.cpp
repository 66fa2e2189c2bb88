// SPDX-License-Identifier: GPL-3.0-or-later
// What readers and writers of scenarios say about machines of CPUs: faults, and edits that keep what is there.
#include "core/scenario/edit_text.h"
#include "core/scenario/merge.h"
#include "core/scenario/reader.h"
#include "core/scenario/writer.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

std::string with(const std::string& machine, const std::string& parts)
{
    return "{\"format\": \"jiffyscope-scenario\", \"version\": 1, \"machine\": {\"hz\": 1000, \"jiffies\": 1000" + machine + "},\n" + parts + "}\n";
}

std::string faultsOf(const std::string& machine, const std::string& parts)
{
    const auto r = readScenario(with(machine, parts), "x.jiffy.json");
    return r ? "no fault" : toText(r.error());
}

constexpr auto process = R"("processes": [{"name": "P", "does": [{"do": "msleep", "ms": 5}]}])";

} // namespace

TEST(KernelReader, SaysWhatIsWrongWithADuration)
{
    const auto burn = [](const std::string& text) { return faultsOf("", "\"actions\": [{\"at\": \"+1\", \"do\": \"burn\", \"for\": " + text + "}]"); };
    EXPECT_EQ(burn("\"-3ms\""), R"(x.jiffy.json:2:47: error: "-3ms" is not a duration; expected one like "250us", "3ms" or "3 jiffies"
"actions": [{"at": "+1", "do": "burn", "for": "-3ms"}]}
                                              ^
)");
    EXPECT_EQ(burn("3"), R"(x.jiffy.json:2:47: error: "for" must be a time with a unit, like "250us" or "3 jiffies", not a number alone
"actions": [{"at": "+1", "do": "burn", "for": 3}]}
                                              ^
)");
    const auto tooLong = [](const std::string& text) { return "x.jiffy.json:2:47: error: \"" + text + "\" is more than 1000000 s\n"; };
    for (const std::string text : {"1000001s", "18446744073709551615 jiffies", "1000001000 jiffies"})
        EXPECT_EQ(burn("\"" + text + "\"").substr(0, tooLong(text).size()), tooLong(text));
    EXPECT_EQ(burn("\"1000000s\""), "no fault");
    EXPECT_EQ(burn("\"0 jiffies\""), "no fault");
}

TEST(KernelReader, SaysWhatIsWrongWithProcesses)
{
    EXPECT_EQ(faultsOf("", R"("processes": [{"name": "P", "repeat": 0, "does": []}])"),
              R"(x.jiffy.json:2:39: error: "repeat" must be between 1 and 1000000000
"processes": [{"name": "P", "repeat": 0, "does": []}]}
                                      ^
)");
    EXPECT_EQ(faultsOf("", R"("processes": [{"name": "reader", "does": []}], "actions": [{"at": "+1", "do": "send_sig", "process": "raeder"}])"),
              R"(x.jiffy.json:2:102: error: there is no process "raeder" (did you mean "reader"?)
"processes": [{"name": "reader", "does": []}], "actions": [{"at": "+1", "do": "send_sig", "process": "raeder"}]}
                                                                                                     ^
)");
    EXPECT_EQ(faultsOf("", R"("processes": [{"name": "P", "does": []}, {"name": "P", "does": []}])"),
              R"(x.jiffy.json:2:51: error: there is a process "P" already
"processes": [{"name": "P", "does": []}, {"name": "P", "does": []}]}
                                                  ^
)");
    EXPECT_EQ(faultsOf("", R"("processes": [{"name": "P", "does": [{"do": "sleep", "ms": 5}]}])").substr(0, 74),
              R"(x.jiffy.json:2:45: error: code cannot "sleep" (did you mean "msleep"?); ex)");
    // The name of the timer on its stack is taken.
    EXPECT_EQ(faultsOf("", std::string(process) + R"(, "items": [{"name": "P/timeout"}])"),
              R"(x.jiffy.json:2:87: error: the name "P/timeout" is taken already
"processes": [{"name": "P", "does": [{"do": "msleep", "ms": 5}]}], "items": [{"name": "P/timeout"}]}
                                                                                      ^
)");
    EXPECT_EQ(faultsOf("", std::string(process) + R"(, "actions": [{"at": "+1", "do": "del_timer", "timer": "P/timeout"}])"), "no fault");
}

TEST(KernelReader, SaysWhatIsWrongWithTheMachine)
{
    const std::string head = "{\"format\": \"jiffyscope-scenario\", \"version\": 1, \"machine\": {\"hz\": 1000, \"jiffies\": 1000, ";
    const auto at = [&](std::size_t ahead) { return "x.jiffy.json:1:" + std::to_string(head.size() + ahead) + ": error: "; };
    const auto first = [](std::string text) { return text.substr(0, text.find('\n')); };
    EXPECT_EQ(first(faultsOf(", \"cpus\": 2, \"idle\": [0, 2]", "\"items\": []")), at(20) + "there is no CPU 2: the machine has 2 (from 0)");
    EXPECT_EQ(first(faultsOf(", \"cpus\": 2, \"skew\": \"1ms\"", "\"items\": []")),
              at(20) + "\"skew\" puts the tick of the last CPU behind the next tick of the first");
    EXPECT_EQ(first(faultsOf(", \"cpus\": 2, \"smp\": false", "\"items\": []")), at(19) + "without \"smp\" there is one CPU; the machine has 2");
    EXPECT_EQ(first(faultsOf(", \"slice\": -1", "\"items\": []")), at(10) + "\"slice\" must be between 0 and 1000000");
}

TEST(KernelReader, ALockThatIsNeverReleasedIsNoFault)
{
    EXPECT_EQ(faultsOf("", R"("actions": [{"at": "+1", "do": "spin_lock", "lock": "L"}, {"at": "+2", "do": "spin_lock", "lock": "L"}])"), "no fault");
}

TEST(KernelReader, ADaemonHasNoProcessesAndChoices)
{
    const auto r = readScenario(R"({"format": "jiffyscope-scenario", "version": 1, "daemon": {}, "choices": []})", "x");
    ASSERT_FALSE(r.has_value());
    EXPECT_EQ(r.error()[0].message, "\"choices\" is a matter of a machine of CPUs; a daemon is one thread");
}

TEST(KernelReader, OnlyAMachineOfCpusCanBeExpectedToTick)
{
    const std::string expect = R"("expect": [{"cpu": 0, "ticks": 3}])";
    EXPECT_NE(faultsOf("", expect).find("this can be expected of a machine of CPUs only"), std::string::npos);
    EXPECT_EQ(faultsOf(", \"interrupts\": true", expect), "no fault");
}

/// An edit of one thing leaves comments and all that code does as they are.
TEST(KernelWriter, AnEditKeepsWhatStandsBesideIt)
{
    const std::string text = R"({
  "format": "jiffyscope-scenario", "version": 1,
  "machine": {"hz": 1000, "jiffies": 1000, "nohz": true, "idle": [0], "takes": {"move": "2us"}}, // sleeps
  "items": [{"name": "A", "on": [{"do": "spin_lock", "lock": "L"}, {"do": "burn", "for": "3 jiffies"}]}],
  "processes": [
    {"name": "P", "repeat": "forever", "does": [{"do": "msleep", "ms": 5}]}, // never ends
    {"name": "Q", "does": []}
  ],
  "actions": [
    {"at": "+1", "do": "interrupt", "name": "disk", "does": [{"do": "wake_up_process", "process": "P"}]},
    {"at": "+9", "do": "del_timer", "timer": "P/timeout"}
  ],
  "choices": [{"at": "+1", "step": 3, "cpu": 0}]
})";
    const auto before = readDocument(text, "x");
    ASSERT_TRUE(before.has_value()) << toText(before.error());
    Scenario after = *before;
    after.processes[1].does.push_back(before->processes[0].does[0]);
    after.machine.hz = 250;
    const auto edited = editText(text, after).text;
    EXPECT_NE(edited.find("// never ends"), std::string::npos);
    EXPECT_NE(edited.find("// sleeps"), std::string::npos);
    const auto again = readDocument(edited, "x");
    ASSERT_TRUE(again.has_value()) << toText(again.error());
    EXPECT_EQ(*again, after);
    Scenario theirs = *before;
    theirs.choices.clear();
    theirs.machine.idle.reset();
    Scenario both = after;
    both.choices.clear();
    both.machine.idle.reset();
    EXPECT_EQ(mergeDocuments(*before, after, theirs), both);
}
