// SPDX-License-Identifier: GPL-3.0-or-later
// JSON lines of machines of CPUs: what is written is read back, and what is damaged is refused or can be walked.
#include "core/export/exporter.h"
#include "core/export/jsonl_reader.h"
#include "core/run/run.h"
#include "core/scenario/reader.h"
#include "tests/export/kernel_scenarios.h"
#include "tests/export/temporary_folder.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sstream>

using namespace jiffy::core;
using jiffy::tests::contents;
using jiffy::tests::kernelScenarios;
using jiffy::tests::TemporaryFolder;

namespace
{

std::string exported(const Inputs& inputs, const Snapshot& run)
{
    const TemporaryFolder folder;
    EXPECT_TRUE(exportTo(*exporterFor("run.jsonl"), inputs, run, folder.file("run.jsonl")).has_value());
    return contents(folder.file("run.jsonl"));
}

Result<RecordedRun> readBack(const std::string& text)
{
    std::istringstream in(text);
    return readJsonLines(in, "run.jsonl");
}

World worldOf(const Inputs& inputs, const Snapshot& run)
{
    World world(inputs.machine);
    for (std::uint64_t i = 0; i < run.log.size(); ++i) world.apply(run.log[i]);
    if (run.open.count != 0) world.pass(run.open);
    return world;
}

InputsPtr inputsOf(std::size_t scenario) { return jiffy::tests::kernelInputs(kernelScenarios()[scenario]); }

const std::string& exampleText()
{
    static const std::string text = [] {
        const auto inputs = inputsOf(0);
        return exported(*inputs, runAll(inputs));
    }();
    return text;
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string messageOf(const std::string& text)
{
    const auto run = readBack(text);
    if (run) return "(read)";
    const std::string all = toText(run.error());
    return all.substr(0, all.find('\n'));
}

} // namespace

TEST(JsonLinesOfKernels, ReadBackGivesTheSameLogAndWords)
{
    for (std::size_t i = 0; i < kernelScenarios().size(); ++i) {
        const auto inputs = inputsOf(i);
        const Snapshot run = runAll(inputs);
        const std::string text = exported(*inputs, run);
        const auto back = readBack(text);
        ASSERT_TRUE(back.has_value()) << i << ' ' << messageOf(text);
        ASSERT_EQ(back->snapshot.log.size(), run.log.size());
        for (std::uint64_t e = 0; e < run.log.size(); ++e) ASSERT_EQ(back->snapshot.log[e], run.log[e]) << e;
        EXPECT_EQ(back->snapshot.status, run.status);
        EXPECT_EQ(back->snapshot.endTicks, run.endTicks);
        EXPECT_EQ(back->inputs->machine, inputs->machine);
        EXPECT_EQ(back->inputs->locks, inputs->locks);
        ASSERT_EQ(back->inputs->programs.size(), inputs->programs.size());
        const auto sameSteps = [&](const auto& read, const auto& written) {
            ASSERT_EQ(read.stepCount, written.stepCount);
            for (std::uint32_t s = 0; s < read.stepCount; ++s)
                EXPECT_EQ(back->inputs->steps[read.firstStep + s], inputs->steps[written.firstStep + s]);
        };
        for (std::size_t p = 0; p < inputs->programs.size(); ++p) {
            sameSteps(back->inputs->programs[p], inputs->programs[p]);
            EXPECT_EQ(back->inputs->names[back->inputs->programs[p].name], inputs->names[inputs->programs[p].name]);
            EXPECT_EQ(back->inputs->programs[p].timer, inputs->programs[p].timer);
            EXPECT_EQ(back->inputs->programs[p].repeats, inputs->programs[p].repeats);
        }
        for (std::size_t t = 0; t < inputs->timers.size(); ++t) sameSteps(back->inputs->timers[t], inputs->timers[t]);
        EXPECT_EQ(exported(*back->inputs, back->snapshot), text);
        EXPECT_TRUE(worldOf(*back->inputs, back->snapshot) == worldOf(*inputs, run));
    }
}

TEST(JsonLinesOfKernels, SayWhereALineIsWrong)
{
    const std::string& text = exampleText();
    ASSERT_EQ(messageOf(text), "(read)");
    EXPECT_NE(messageOf(replaced(text, R"("nohz":1,)", "")).find("\"nohz\" is missing"), std::string::npos);
    EXPECT_NE(messageOf(replaced(text, R"("driver":"kernel")", R"("driver":"by-hand")")).find("only a log of a machine of CPUs has this"), std::string::npos);
    EXPECT_NE(messageOf(replaced(text, R"("processes":2)", R"("processes":9)")).find("each process has a program"), std::string::npos);
    EXPECT_NE(messageOf(replaced(text, R"({"lock":0)", R"({"lock":1)")).find("expected lock 0"), std::string::npos);
    EXPECT_NE(messageOf(replaced(text, R"("do":"msleep")", R"("do":"mslep")")).find("no code does this"), std::string::npos);
    EXPECT_NE(messageOf(replaced(text, R"("do":"spin_lock")", R"("do":"kfree")")).find("this needs a timer"), std::string::npos);
    EXPECT_NE(messageOf(replaced(text, R"({"event":0,)", R"({"lock":1,"name":"x"}{"event":0,)")), "(read)");
}

TEST(JsonLinesOfKernels, RefuseWhatCannotHappen)
{
    const std::string& text = exampleText();
    // Time and processes are as the records before left them.
    const auto clock = [](Site site) { return R"("kind":"ClockSet","site":")" + std::string(name(site)) + '"'; };
    EXPECT_NE(messageOf(replaced(text, clock(Site::TimePasses), clock(Site::SubTick))).find("time passes otherwise here"), std::string::npos);
    const std::string current = R"("site":"__schedule","cpu":0,"slot":)" + std::to_string(static_cast<int>(Register::CurrentTask)) + R"(,"value":)";
    EXPECT_NE(messageOf(replaced(text, current + '1', current + '7')).find("there is no such process"), std::string::npos);
    EXPECT_NE(messageOf(replaced(text, R"("site":"do_IRQ","cpu":0)", R"("site":"do_IRQ","cpu":5)")).find("there is no such CPU"), std::string::npos);
}

TEST(JsonLinesOfKernels, EveryTruncationIsNoticed)
{
    const std::string& text = exampleText();
    for (std::size_t size = 0; size + 1 < text.size(); size += 7) ASSERT_FALSE(readBack(text.substr(0, size)).has_value()) << size;
}

RC_GTEST_PROP(JsonLinesOfKernels, AnyByteMayBeWrong, ())
{
    std::string damaged = exampleText();
    const int changes = *rc::gen::inRange(1, 4);
    for (int i = 0; i < changes; ++i) {
        // Mostly a digit becomes another one: what stays text that can be read.
        auto& byte = damaged[*rc::gen::inRange<std::size_t>(0, damaged.size())];
        byte = byte >= '0' && byte <= '9' ? static_cast<char>(*rc::gen::inRange<int>('0', '9' + 1)) : static_cast<char>(*rc::gen::inRange(0, 256));
    }
    if (const auto run = readBack(damaged)) { // then it is a log that can be walked both ways
        World world = worldOf(*run->inputs, run->snapshot);
        if (run->snapshot.open.count != 0) world.unpass(run->snapshot.open);
        for (std::uint64_t i = run->snapshot.log.size(); i-- > 0;) world.unapply(run->snapshot.log[i]);
        RC_ASSERT(world == World(run->inputs->machine));
    }
}
