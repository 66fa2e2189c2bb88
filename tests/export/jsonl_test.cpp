// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/exporter.h"
#include "core/export/jsonl_reader.h"
#include "core/run/run.h"
#include "tests/export/temporary_folder.h"
#include "tests/property/random_inputs.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sstream>

using namespace jiffy::core;
using jiffy::tests::contents;
using jiffy::tests::RandomCase;
using jiffy::tests::TemporaryFolder;

namespace
{

std::string exported(const Inputs& inputs, const Snapshot& run)
{
    const TemporaryFolder folder;
    const auto done = exportTo(*exporterFor("run.jsonl"), inputs, run, folder.file("run.jsonl"));
    EXPECT_TRUE(done.has_value());
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

Inputs twoTimers()
{
    Inputs inputs;
    inputs.title = "quotes \" and \\ and\tlines\n and \xC3\xA9";
    inputs.remarks = {"the first remark", "the second"};
    inputs.opening = {PositionSpec::Kind::Event, 2};
    inputs.names = {"rto"};
    inputs.timers = {TimerSpec{0}, TimerSpec{0, 5, 3, Deferrable}};
    Action first, second;
    first.expires = 10;
    first.timer = TimerId(0);
    second.tick = 2;
    second.expires = 400;
    second.timer = TimerId(1);
    second.call = Call::AddTimer;
    inputs.actions = {first, second};
    inputs.untilTicks = 300;
    return inputs;
}

std::string exportedTwoTimers()
{
    const Inputs inputs = twoTimers();
    return exported(inputs, runAll(std::make_shared<const Inputs>(inputs)));
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from << " in " << text;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string messageOf(const std::string& text)
{
    const auto run = readBack(text);
    return run ? std::string("(read)") : toText(run.error());
}

std::string firstLineOf(const std::string& text) { return text.substr(0, text.find('\n')); }

} // namespace

RC_GTEST_PROP(JsonLines, ReadBackGivesTheSameLog, ())
{
    const RandomCase c = *jiffy::tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    const Snapshot run = runAll(inputs);
    const auto back = readBack(exported(*inputs, run));
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->snapshot.log.size() == run.log.size());
    for (std::uint64_t i = 0; i < run.log.size(); ++i) RC_ASSERT(back->snapshot.log[i] == run.log[i]);
    RC_ASSERT(back->snapshot.open == run.open);
    RC_ASSERT(back->snapshot.endTicks == run.endTicks);
    RC_ASSERT(back->snapshot.status == run.status);
    RC_ASSERT(back->inputs->machine == inputs->machine);
    RC_ASSERT(worldOf(*back->inputs, back->snapshot) == worldOf(*inputs, run));
    RC_ASSERT(exported(*back->inputs, back->snapshot) == exported(*inputs, run));
}

TEST(JsonLines, KeepsNamesAndWords)
{
    const Inputs inputs = twoTimers();
    const auto back = readBack(exportedTwoTimers()).value();
    EXPECT_EQ(back.inputs->title, inputs.title);
    EXPECT_EQ(back.inputs->remarks, inputs.remarks);
    EXPECT_EQ(back.inputs->opening, inputs.opening);
    EXPECT_EQ(back.inputs->timers, inputs.timers);
    EXPECT_EQ(back.inputs->timerName(TimerId(1)), "rto.5");
    EXPECT_EQ(back.inputs->file, "run.jsonl");
    ASSERT_FALSE(back.snapshot.checkpoints->empty());
    EXPECT_EQ(back.snapshot.checkpoints->front()->world, World(inputs.machine));
}

TEST(JsonLines, KeepsARunThatIsStillOpen)
{
    const Inputs inputs = twoTimers();
    Snapshot run = runAll(std::make_shared<const Inputs>(inputs));
    const Record last = run.log[run.log.size() - 1];
    ASSERT_EQ(last.kind, Kind::Passed);
    run.log = run.log.prefix(run.log.size() - 1);
    run.open = {last.value, last.before, last.site};
    run.status = RunStatus::Running;
    const auto back = readBack(exported(inputs, run)).value();
    EXPECT_EQ(back.snapshot.open, run.open);
    EXPECT_EQ(back.snapshot.status, RunStatus::Running);
    EXPECT_EQ(back.snapshot.endTicks, run.endTicks);
}

TEST(JsonLines, SaysWhereALineIsWrong)
{
    const std::string text = exportedTwoTimers();
    ASSERT_EQ(messageOf(text), "(read)");
    EXPECT_EQ(messageOf(replaced(text, R"("kind":"Defined")", R"("kind":"Defind")")),
              "run.jsonl:6:31: error: unknown kind\n"
              R"({"event":0,"jiffies":0,"kind":"Defind","site":"start","cpu":0,"timer":0,"slot":0,"link":4294967295,"flags":128})"
              "\n                              ^\n");
    EXPECT_EQ(firstLineOf(messageOf(replaced(text, R"({"event":1,)", R"({"event":2,)"))),
              "run.jsonl:7:10: error: expected event 1");
    EXPECT_EQ(firstLineOf(messageOf(replaced(text, R"("cpu":0)", R"("cpu":0,"cpu":0)"))),
              "run.jsonl:6:65: error: the key \"cpu\" stands twice");
    EXPECT_EQ(firstLineOf(messageOf(replaced(text, R"("bits":32)", R"("bits":33)"))).substr(0, 12), "run.jsonl:1:");
    EXPECT_EQ(messageOf(""), "run.jsonl:1:1: error: the file is empty\n");
}

TEST(JsonLines, RefusesWhatCannotHappen)
{
    const std::string text = exportedTwoTimers();
    const std::string rest = text.substr(text.find(R"({"event":1,)"));
    const std::string line = rest.substr(0, rest.find('\n') + 1);
    ASSERT_NE(line.find("Queued"), std::string::npos);
    const auto answer = [&](const std::string& from, const std::string& to) {
        return firstLineOf(messageOf(replaced(text, line, replaced(line, from, to))));
    };
    const std::string cannot = "run.jsonl:7:31: error: this cannot happen here: ";
    EXPECT_EQ(answer(R"("timer":0)", R"("timer":1)"), cannot + "the timer is not defined");
    EXPECT_EQ(answer(R"("timer":0)", R"("timer":2)"), cannot + "there is no such timer");
    EXPECT_EQ(answer(R"("slot":10)", R"("slot":512)"), cannot + "there is no such slot");
    EXPECT_EQ(answer(R"("cpu":0)", R"("cpu":1)"), cannot + "there is no such CPU");
    EXPECT_EQ(answer("Queued", "Unqueued"), cannot + "the timer is not pending");
    EXPECT_EQ(answer("Queued", "Fired"), cannot + "the timer is not pending");
    EXPECT_EQ(answer("Queued", "Spliced").substr(0, cannot.size()), cannot);
    EXPECT_EQ(answer(R"("jiffies":0)", R"("jiffies":1)"), "run.jsonl:7:22: error: expected jiffies 0");
    EXPECT_EQ(firstLineOf(messageOf(replaced(text, line, line + replaced(line, R"("event":1)", R"("event":2)")))),
              "run.jsonl:8:31: error: this cannot happen here: the timer is pending already");
}

TEST(JsonLines, EveryTruncationIsNoticed)
{
    const std::string text = exportedTwoTimers();
    for (std::size_t size = 0; size + 1 < text.size(); ++size)
        ASSERT_FALSE(readBack(text.substr(0, size)).has_value()) << size;
    EXPECT_TRUE(readBack(text.substr(0, text.size() - 1)).has_value()) << "the last newline alone may be missing";
    EXPECT_FALSE(readBack(text + "{}\n").has_value());
}

RC_GTEST_PROP(JsonLines, AnyByteMayBeWrong, ())
{
    static const std::string text = exportedTwoTimers();
    std::string damaged = text;
    const int changes = *rc::gen::inRange(1, 4);
    for (int i = 0; i < changes; ++i)
        damaged[*rc::gen::inRange<std::size_t>(0, text.size())] = static_cast<char>(*rc::gen::inRange(0, 256));
    if (const auto run = readBack(damaged)) { // then it is a log that can be walked
        World world = worldOf(*run->inputs, run->snapshot);
        if (run->snapshot.open.count != 0) world.unpass(run->snapshot.open);
        for (std::uint64_t i = run->snapshot.log.size(); i-- > 0;) world.unapply(run->snapshot.log[i]);
        RC_ASSERT(world == World(run->inputs->machine));
    }
}

TEST(JsonLines, LongLinesAreRefused)
{
    const std::string text = messageOf(std::string((1 << 20) + 2, ' ') + "\n");
    EXPECT_NE(text.find("the line is longer than 1 MiB"), std::string::npos) << text.substr(0, 200);
}
