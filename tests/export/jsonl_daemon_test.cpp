// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/exporter.h"
#include "core/export/jsonl_parser.h"
#include "core/export/jsonl_reader.h"
#include "core/run/run.h"
#include "core/scenario/open.h"
#include "tests/export/temporary_folder.h"
#include "tests/support/source_dir.h"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sstream>

using namespace jiffy::core;
using jiffy::tests::contents;
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

std::string messageOf(const std::string& text)
{
    const auto run = readBack(text);
    return run ? std::string("(read)") : toText(run.error());
}

std::string firstLineOf(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

InputsPtr vectorNamed(const std::string& name)
{
    auto opened = openFile(jiffy::test::sourceDir() + "/tests/vectors/tgtd/" + name, {});
    EXPECT_TRUE(opened.has_value()) << name;
    return opened ? opened->inputs : nullptr;
}

const std::string& exportedBusyIo()
{
    static const std::string text = [] {
        const auto inputs = vectorNamed("busy_io.new.ops");
        return exported(*inputs, runAll(inputs));
    }();
    return text;
}

/// The line of an event with its newline.
std::string lineOf(const std::string& text, const std::string& part)
{
    const auto at = text.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    const auto begin = text.rfind('\n', at) + 1;
    return text.substr(begin, text.find('\n', at) + 1 - begin);
}

} // namespace

TEST(DaemonJsonLines, EveryVectorReadsBackAsTheSameLog)
{
    int vectors = 0;
    for (const auto& entry : std::filesystem::directory_iterator(jiffy::test::sourceDir() + "/tests/vectors/tgtd")) {
        if (entry.path().extension() != ".ops") continue;
        ++vectors;
        SCOPED_TRACE(entry.path().filename().string());
        const auto inputs = vectorNamed(entry.path().filename().string());
        const Snapshot run = runAll(inputs);
        const std::string text = exported(*inputs, run);
        const auto back = readBack(text);
        ASSERT_TRUE(back.has_value()) << toText(back.error());
        ASSERT_EQ(back->snapshot.log.size(), run.log.size());
        for (std::uint64_t i = 0; i < run.log.size(); ++i) ASSERT_EQ(back->snapshot.log[i], run.log[i]) << i;
        EXPECT_EQ(back->snapshot.endTicks, run.endTicks);
        EXPECT_EQ(back->snapshot.status, run.status);
        EXPECT_EQ(back->snapshot.check, run.check);
        EXPECT_EQ(back->inputs->machine, inputs->machine);
        ASSERT_EQ(back->inputs->timers.size(), inputs->timers.size());
        for (std::uint32_t t = 0; t < inputs->timers.size(); ++t) {
            EXPECT_EQ(back->inputs->timerName(TimerId(t)), inputs->timerName(TimerId(t)));
            EXPECT_EQ(back->inputs->timers[t].stepCount, inputs->timers[t].stepCount);
        }
        EXPECT_EQ(back->inputs->steps, inputs->steps);
        EXPECT_EQ(back->inputs->daemon.sources.size(), inputs->daemon.sources.size());
        for (std::size_t s = 0; s < inputs->daemon.sources.size(); ++s)
            EXPECT_EQ(back->inputs->actions[back->inputs->daemon.sources[s]], inputs->actions[inputs->daemon.sources[s]]);
        EXPECT_EQ(exported(*back->inputs, back->snapshot), text);
    }
    EXPECT_GE(vectors, 95);
}

TEST(DaemonJsonLines, KeepTheConfigurationAndTheFiles)
{
    Inputs inputs = *vectorNamed("busy_io.new.ops");
    inputs.daemon.files = {{"iSCSI login", 9}, {"slow disk", 11}};
    inputs.actions[inputs.daemon.sources[0]].target = 2;
    inputs.daemon.batch = 7;
    const auto run = runAll(std::make_shared<const Inputs>(inputs));
    const auto back = readBack(exported(inputs, run)).value();
    EXPECT_EQ(back.inputs->daemon.files, inputs.daemon.files);
    EXPECT_EQ(back.inputs->daemon.batch, 7u);
    EXPECT_EQ(back.inputs->daemon.until, inputs.daemon.until);
    EXPECT_EQ(back.inputs->daemon.pipe, inputs.daemon.pipe);
    EXPECT_EQ(back.inputs->actions[back.inputs->daemon.sources[0]].target, 2);
}

TEST(DaemonJsonLines, KeepNanoseconds)
{
    const auto inputs = vectorNamed("busy_io.new.ops");
    Log log;
    std::uint64_t ticks = 0, offset = 0;
    for (const std::uint64_t ns : {1'234ull, 5'001ull, 5'999ull}) {
        Record r;
        r.kind = Kind::ClockSet;
        r.site = Site::Wait;
        r.before = ticks;
        r.value = ns / 1000;
        r.setTicks(ns / 1000 - ticks);
        if (ns / 1000 != ticks) log.append(r);
        ticks = ns / 1000;
        r = {};
        r.kind = Kind::ClockSet;
        r.site = Site::SubTick;
        r.before = offset;
        r.value = offset = ns % 1000;
        log.append(r);
    }
    Snapshot run;
    run.log = log.view();
    run.endTicks = 5;
    run.status = RunStatus::Ended;
    const auto back = readBack(exported(*inputs, run)).value();
    World world(back.inputs->machine);
    for (std::uint64_t i = 0; i < back.snapshot.log.size(); ++i) world.apply(back.snapshot.log[i]);
    EXPECT_EQ(world.now(), 5'999);
    EXPECT_EQ(firstLineOf(messageOf(replaced(exported(*inputs, run), "\"value\":999", "\"value\":1000"))).find("a microsecond has 1000 ns") ==
                  std::string::npos,
              false);
}

TEST(DaemonJsonLines, RefuseWhatCannotHappen)
{
    const std::string& text = exportedBusyIo();
    ASSERT_EQ(messageOf(text), "(read)");
    const auto answer = [&](const std::string& line, const std::string& from, const std::string& to) {
        const std::string said = firstLineOf(messageOf(replaced(text, line, replaced(line, from, to))));
        const auto at = said.find("error: ");
        return at == std::string::npos ? said : said.substr(at + 7);
    };
    const std::string cannot = "this cannot happen here: ";
    const std::string queued = lineOf(text, R"("kind":"Queued","site":"add_work")");
    EXPECT_EQ(answer(queued, "Queued", "Unqueued"), cannot + "the timer is not pending");
    EXPECT_EQ(answer(queued, R"("slot":1)", R"("slot":9)"), cannot + "there is no such list");
    EXPECT_EQ(answer(queued, R"("link":4294967295)", R"("link":0)"), cannot + "the timer that it stands before is not pending");
    EXPECT_EQ(answer(queued, "Queued", "Fired"), cannot + "funcs are called off the active list");
    const std::string alarm = lineOf(text, R"("kind":"RegisterSet","site":"setitimer")");
    EXPECT_EQ(answer(alarm, R"("slot":7)", R"("slot":0)"), cannot + "tgtd has no such register");
    EXPECT_EQ(answer(alarm, R"("slot":7)", R"("slot":4)"), cannot + "the register had another value");
    const std::string wait = lineOf(text, R"("kind":"Entered","site":"epoll_wait")");
    EXPECT_EQ(answer(wait, "Entered", "Left"), cannot + "this was not entered");
    EXPECT_EQ(answer(wait, "Entered", "Passed"), cannot + "tgtd has no such events");
    EXPECT_EQ(answer(wait, R"("kind":"Entered","site":"epoll_wait")", R"("kind":"Left","site":"callback")"),
              cannot + "the timer's function does not run");
    const std::string spliced = lineOf(text, R"("kind":"Spliced")");
    EXPECT_EQ(answer(spliced, R"("slot":2)", R"("slot":1)"), cannot + "only epoll_wait takes a list, that of what is ready");
    EXPECT_EQ(answer(spliced, R"("link":1)", R"("link":2)"), cannot + "the list holds another number of timers");
    const std::string header = firstLineOf(text);
    EXPECT_EQ(answer(header, R"("hz":1000000)", R"("hz":250)"), "a tick of tgtd is a microsecond");
    EXPECT_EQ(answer(header, R"("scheduler":"new")", R"("scheduler":"newer")"), "expected \"old\", \"new\" or \"timerfd\"");
    EXPECT_EQ(answer(header, R"(,"scheduler":"new")", ""), "\"scheduler\" is missing");
    EXPECT_EQ(answer(header, R"("interval":250000)", R"("interval":0)"), "expected 1 us or more");
    EXPECT_EQ(answer(header, R"("driver":"daemon")", R"("driver":"kernel")"), "only a log of tgtd has this");
    const std::string source = lineOf(text, R"({"source":0)");
    EXPECT_EQ(answer(source, R"("source":0)", R"("source":1)"), "expected source 0");
    EXPECT_EQ(answer(text.substr(text.find(source)).substr(0, source.size()), source, ""),
              "expected source 0");
}

TEST(DaemonJsonLines, ABrokenRuleIsFoundWhenReading)
{
    const auto inputs = vectorNamed("busy_io.new.ops");
    Snapshot run = runAll(inputs);
    Log log;
    for (std::uint64_t i = 0; i < run.log.size(); ++i) {
        const Record& r = run.log[i];
        // The handler of the pipe forgets to clear the flag, so the flag has no bytes that it stands for.
        if (r.kind == Kind::RegisterSet && r.site == Site::WorkTimerEvtHandler && static_cast<Register>(r.slot) == Register::TimerPending) continue;
        log.append(r);
        if (r.kind == Kind::Left && r.site == Site::IoHandler && r.item == inputs->daemon.pipe) break;
    }
    run.log = log.view();
    run.open = {};
    run.endTicks = log.ticks();
    const auto back = readBack(exported(*inputs, run)).value();
    EXPECT_EQ(back.snapshot.check.broken, 10);
    EXPECT_EQ(back.snapshot.check.event, log.size() - 1);
}

TEST(DaemonJsonLines, EveryTruncationIsNoticed)
{
    const std::string text = exportedBusyIo();
    for (std::size_t size = 0; size + 1 < text.size(); size += 1 + size / 50)
        ASSERT_FALSE(readBack(text.substr(0, size)).has_value()) << size;
}

TEST(DaemonJsonLines, AStreamNeedsNoNumberOfEvents)
{
    const std::string& text = exportedBusyIo();
    const std::string header = firstLineOf(text);
    auto count = header.substr(header.find(R"("events":)"));
    count = count.substr(0, count.find(','));
    const std::string stream = replaced(replaced(text, count, R"("events":0)"), R"("stream":0)", R"("stream":1)");
    EXPECT_EQ(messageOf(stream), "(read)");
    EXPECT_NE(messageOf(replaced(text, count, R"("events":0)")), "(read)");
}

TEST(DaemonJsonLines, AnUnfinishedStreamCanBeLookedAt)
{
    const std::string& text = exportedBusyIo();
    JsonLogParser parser("live");
    std::istringstream in(text.substr(0, text.size() / 2));
    for (std::string line; std::getline(in, line) && !in.eof();) ASSERT_TRUE(parser.take(line)) << parser.error();
    ASSERT_TRUE(parser.isComplete());
    const Snapshot half = parser.snapshot();
    EXPECT_EQ(half.status, RunStatus::Running);
    EXPECT_GT(half.log.size(), 10u);
    World world(parser.inputs()->machine);
    for (std::uint64_t i = 0; i < half.log.size(); ++i) world.apply(half.log[i]);
    EXPECT_EQ(world, parser.world());
}

RC_GTEST_PROP(DaemonJsonLines, AnyByteMayBeWrong, ())
{
    std::string damaged = exportedBusyIo();
    const int changes = *rc::gen::inRange(1, 4);
    for (int i = 0; i < changes; ++i)
        damaged[*rc::gen::inRange<std::size_t>(0, damaged.size())] = static_cast<char>(*rc::gen::inRange('!', 'z'));
    if (const auto run = readBack(damaged)) { // then it is a log that can be walked
        World world(run->inputs->machine);
        for (std::uint64_t i = 0; i < run->snapshot.log.size(); ++i) world.apply(run->snapshot.log[i]);
        for (std::uint64_t i = run->snapshot.log.size(); i-- > 0;) world.unapply(run->snapshot.log[i]);
        RC_ASSERT(world == World(run->inputs->machine));
    }
}
