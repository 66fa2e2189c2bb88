// SPDX-License-Identifier: GPL-3.0-or-later
// Imports as a whole: what traces mean, what they cannot tell, and what is no trace.
#include "tests/trace/trace_text.h"

#include <algorithm>
#include <rapidcheck/gtest.h>

using namespace jiffy::core;
using namespace jiffy::core::test;

TEST(TraceImport, TellsAFireFromACancel)
{
    TraceText t;
    t.at(0, 0).start("a", 2).at(1, 4).start("b", 10);
    t.at(0, 12).cancel("a").enter("a").at(0, 12.05).leave("a");
    t.at(1, 17).cancel("b");
    t.at(1, 20).start("c", 1);
    EXPECT_EQ(toText(import(t.text())), "@0 cpu0 mod fn.1 2\n"
                                        "@1 cpu1 mod fn.2 11\n"
                                        "@3 cpu0 ran fn.1 3 50000ns\n"
                                        "@4 cpu1 del fn.2\n"
                                        "@5 cpu1 mod fn.3 6\n");
}

TEST(TraceImport, TakesCancelAndStartAtOnceAsOneModTimer)
{
    TraceText t;
    t.at(0, 0).start("a", 5).at(0, 4).cancel("a").at(1, 4).start("b", 5).at(0, 4).start("a", 9);
    const auto inputs = import(t.text());
    EXPECT_EQ(toText(inputs), "@0 cpu0 mod fn.1 5\n@1 cpu1 mod fn.2 6\n@1 cpu0 mod fn.1 10\n");
    EXPECT_TRUE(hasRemark(inputs, "started 3 times: 1 while pending"));
}

TEST(TraceImport, KeepsACancelThatAnotherEventParts)
{
    // An init between: the timer is a new one on the same stack.
    TraceText stack;
    stack.at(0, 0).start("a", 5).at(0, 4).cancel("a").init("a").start("a", 9);
    EXPECT_EQ(toText(import(stack.text())), "@0 cpu0 mod fn 5\n@1 cpu0 del fn\n@1 cpu0 mod fn 10\n");
    // Another CPU starts it again.
    TraceText other;
    other.at(0, 0).start("a", 5).at(0, 4).cancel("a").at(1, 4).start("a", 9);
    EXPECT_EQ(toText(import(other.text())), "@0 cpu0 mod fn 5\n@1 cpu0 del fn\n@1 cpu1 mod fn 10\n");
}

TEST(TraceImport, SeesAnInterruptBetweenCancelAndExpiry)
{
    TraceText t;
    t.at(0, 0).start("a", 1).at(0, 8).cancel("a").start("b", 5).enter("a").leave("a");
    EXPECT_EQ(toText(import(t.text())), "@0 cpu0 mod fn.1 1\n@2 cpu0 mod fn.2 7\n@2 cpu0 ran fn.1 2 1ns\n");
}

TEST(TraceImport, SeesAStartMadeInsideACallback)
{
    TraceText t;
    t.at(0, 0).start("a", 1).at(0, 8).cancel("a").enter("a").start("a", 1).start("b", 3).at(0, 9).leave("a");
    const auto inputs = import(t.text());
    EXPECT_EQ(toText(inputs),
              "@0 cpu0 mod fn.1 1\n@2 cpu0 ran fn.1 2 1000000ns\n@2 cpu0 mod fn.1 3\n@2 cpu0 mod fn.2 5\n");
    EXPECT_TRUE(
        hasRemark(inputs, "started 3 times: 0 while pending, 1 by their own callback, 1 by another's"));
}

TEST(TraceImport, PutsACancelBetweenTheJiffiesAroundIt)
{
    TraceText t;
    t.at(0, 0).start("a", 100).at(0, 1).start("b", 100).at(0, 21).cancel("a");
    // The clock of this line runs ahead of its jiffies, as on a machine whose ticks come late.
    t.raw("x-1 [000] d... 100.024000: timer_start: timer=00000000000000cc function=g expires=4294900103 "
          "[timeout=100] flags=");
    EXPECT_EQ(toText(import(t.text())),
              "@0 cpu0 mod fn.1 100\n@0 cpu0 mod fn.2 100\n@3 cpu0 del fn.1\n@3 cpu0 mod g 103\n");
}

TEST(TraceImport, CountsTimersPendingAtBothEnds)
{
    TraceText t;
    t.at(0, 0).cancel("a").at(0, 1).cancel("b").enter("b", "late").leave("b").at(0, 8).start("c", 50);
    const auto inputs = import(t.text());
    EXPECT_EQ(toText(inputs), "@0 cpu0 ran late 0 1ns\n@2 cpu0 mod fn 52\n");
    EXPECT_TRUE(hasRemark(inputs, "2 timers were pending when the recording began"));
    EXPECT_TRUE(hasRemark(inputs, "1 timer was still pending when the recording ended."));
    EXPECT_EQ(inputs.untilTicks, 2u);
}

TEST(TraceImport, KeepsOneTimerForAnAddressAndItsFunction)
{
    TraceText t;
    t.at(0, 0)
        .start("a", 1, "f")
        .at(0, 1)
        .cancel("a")
        .init("a")
        .start("a", 1, "g")
        .cancel("a")
        .init("a")
        .start("a", 1, "f");
    const auto inputs = import(t.text());
    ASSERT_EQ(inputs.timers.size(), 2u);
    EXPECT_EQ(inputs.timerName(TimerId(0)), "f");
    EXPECT_EQ(inputs.timerName(TimerId(1)), "g");
    EXPECT_EQ(inputs.actions.front().timer, inputs.actions.back().timer);
}

TEST(TraceImport, TrustsDeferrableOnlyWhereItIsTrue)
{
    TraceText t;
    t.at(0, 0).start("a", 1, "f", "D|I").at(0, 1).start("b", 1, "g");
    const auto inputs = import(t.text());
    EXPECT_EQ(inputs.timers[0].flags, Deferrable | IrqSafe);
    EXPECT_EQ(inputs.timers[1].flags, 0);
    EXPECT_EQ(inputs.timers[0].slack, 0);
    const auto report = import("a-1 [000] 1.0: timer_start: timer=0xffff000000000001 function=f expires=9 "
                               "[timeout=1] cpu=0 idx=1 flags=D|P|I\n");
    EXPECT_EQ(report.timers[0].flags, 0);
    EXPECT_TRUE(hasRemark(report, "Flags were ignored"));
    TraceText hash;
    hash.at(0, 0).line("softirq_entry: vec=1 [action=]").start("a", 1);
    EXPECT_TRUE(hasRemark(import(hash.text()), "The kernel printed no flags (boot option hash-ptr=0)"));
}

TEST(TraceImport, CountsLostEvents)
{
    TraceText t;
    t.raw("# entries-in-buffer/entries-written: 100/140   #P:2")
        .at(0, 0)
        .start("a", 9)
        .at(1, 4)
        .start("b", 9);
    t.raw("CPU:1 [LOST 12 EVENTS]").at(0, 8).start("c", 9);
    const auto inputs = import(t.text());
    EXPECT_EQ(
        toText(inputs),
        "@0 cpu0 lost 40\n@0 cpu0 mod fn.1 9\n@1 cpu1 mod fn.2 10\n@1 cpu1 lost 12\n@2 cpu0 mod fn.3 11\n");
    EXPECT_TRUE(hasRemark(inputs, "12 events were lost in 1 place"));
    EXPECT_TRUE(hasRemark(inputs, "40 entries before the first line are missing"));
}

TEST(TraceImport, TakesTitleAndWatchFromComments)
{
    TraceText t;
    t.at(0, 0).start("a", 9);
    EXPECT_EQ(import(t.text()).title, "Kernel trace trace.txt");
    const auto named = import("# title: My machine\n# watch: The rearms.\n" + t.text());
    EXPECT_EQ(named.title, "My machine");
    EXPECT_EQ(named.watch, "The rearms.");
}

TEST(TraceImport, LeavesOutTimersWithoutNames)
{
    TraceText t;
    t.at(0, 0).start("(____ptrval____)", 9).start("a", 9);
    const auto inputs = import(t.text());
    EXPECT_EQ(toText(inputs), "@0 cpu0 mod fn 9\n");
    EXPECT_TRUE(hasRemark(inputs, "1 event was left out, because the timer printed as (____ptrval____)"));
}

TEST(TraceImport, SkipsBrokenLinesAndSaysTheFirst)
{
    TraceText t;
    t.at(0, 0)
        .start("a", 9)
        .raw("          <idle>-0   [000] d..1. 100.1: timer_start: timer=00000000000a func")
        .start("b", 9);
    t.raw(std::string(10'000'000, 'x')).start("c", 9).raw(std::string("x\0y", 3)).start("d", 9);
    const auto inputs = import(t.text());
    EXPECT_EQ(inputs.actions.size(), 4u);
    EXPECT_TRUE(hasRemark(inputs, "3 lines could not be read and were skipped; the first is line 2."));
}

TEST(TraceImport, LeavesOutJiffiesThatCannotBe)
{
    TraceText t;
    t.at(0, 0).start("a", 9);
    t.raw("x-1 [000] d... 100.002: timer_start: timer=00000000000000cc function=g expires=9000000000000 "
          "[timeout=100] flags=");
    t.at(0, 8).start("b", 9);
    const auto inputs = import(t.text());
    EXPECT_EQ(toText(inputs), "@0 cpu0 mod fn.1 9\n@2 cpu0 mod fn.2 11\n");
    EXPECT_TRUE(hasRemark(inputs, "1 event was left out, because their jiffies"));
}

TEST(TraceImport, RefusesWhatIsNoTrace)
{
    EXPECT_EQ(importError(""), "trace.txt: error: the file is empty\n");
    EXPECT_EQ(importError("# tracer: nop\n#\n"),
              "trace.txt: error: no timer events in 2 lines: expected lines with timer_start, timer_cancel, "
              "timer_expire_entry; "
              "record with `trace-cmd record -e timer` and print with `trace-cmd report`\n");
    EXPECT_EQ(importError("# hello\nGuten Tag\nmehr\n"),
              "trace.txt:2:1: error: not a line of a kernel trace: expected task, [cpu], time and "
              "event\nGuten Tag\n^\n");
    EXPECT_EQ(importError(std::string("ab\0cd", 5)),
              "trace.txt: error: binary data, not the text of a kernel trace\n");
    EXPECT_EQ(importError(std::string("\x17\x08\x44tracing\0006\0", 12)),
              "trace.txt: error: a binary trace.dat: print it with `trace-cmd report FILE > FILE.txt` and "
              "open that\n");
    EXPECT_EQ(importError("\x28\xB5\x2F\xFDxx"), "trace.txt: error: compressed; unpack it with `zstd -d`\n");
    EXPECT_EQ(importError(TraceText().at(0, 0).cancel("a").text()).substr(0, 75),
              "trace.txt: error: no timer_start or timer_expire_entry among 1 timer event,");
}

TEST(TraceImport, RefusesMoreThanSixtyFourCpus)
{
    EXPECT_EQ(importError("a-1 [064] d... 1.0: timer_cancel: timer=00000000000000aa\n"),
              "trace.txt:1:6: error: a timer event on CPU 64: at most 64 CPUs can be shown; record fewer "
              "with trace-cmd record -M\n"
              "a-1 [064] d... 1.0: timer_cancel: timer=00000000000000aa\n     ^\n");
}

TEST(TraceImport, GivesUpWhenMostLinesAreUnreadable)
{
    std::string text = TraceText().at(0, 0).start("a", 9).text();
    for (int i = 0; i < 100'000; ++i)
        text += "noise\n";
    std::uint64_t read = 0;
    std::istringstream in(text);
    const auto result =
        importTrace(in, "trace.txt", {}, [&](std::uint64_t bytes) { return (read = bytes, true); });
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().front().line, 2);
    EXPECT_LT(read, text.size());
}

TEST(TraceImport, ReportsProgressAndCanBeCancelled)
{
    std::string text;
    for (int i = 0; i < 20'000; ++i)
        text += TraceText().at(0, i).start("a", 9).text();
    std::istringstream in(text);
    std::vector<std::uint64_t> seen;
    const auto result = importTrace(in, "trace.txt", {}, [&](std::uint64_t bytes) {
        seen.push_back(bytes);
        return seen.size() < 3;
    });
    ASSERT_FALSE(result);
    EXPECT_EQ(toText(result.error()), "trace.txt: error: the import was cancelled\n");
    EXPECT_EQ(seen.size(), 3u);
    EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
    EXPECT_LT(seen.back(), text.size());
}

TEST(TraceImport, LooksLikeATrace)
{
    for (const auto* name :
         {"k5.10.txt", "k6.1.txt", "k6.1.report.txt", "k6.1.report-raw.txt", "k6.1.perf-script.txt",
          "k6.1.early-ptrval.txt", "k6.1-686.wrap.txt", "k6.12.txt"})
        EXPECT_TRUE(looksLikeTrace(recording(name).substr(0, 65536))) << name;
    EXPECT_TRUE(looksLikeTrace(TraceText().at(0, 0).start("a", 1).text()));
    EXPECT_TRUE(looksLikeTrace(std::string("\x17\x08\x44tracing\0006\0", 12)));
    EXPECT_FALSE(looksLikeTrace(""));
    EXPECT_FALSE(looksLikeTrace("{\"format\": \"jiffyscope-scenario\", \"version\": 1}\n"));
    EXPECT_FALSE(looksLikeTrace("machine cpus=1 bits=32 small=0 hz=250 jiffies=0\ntimer a\nmod a 10\n"));
    EXPECT_FALSE(looksLikeTrace("Dear reader,\n[1] a footnote 2.5: see there\n"));
}

namespace
{

/// A random but well-formed line, or noise.
rc::Gen<std::string> randomLine()
{
    return rc::gen::map(rc::gen::tuple(rc::gen::inRange(0, 9), rc::gen::inRange(0, 4), rc::gen::inRange(0, 4),
                                       rc::gen::inRange(0, 3000), rc::gen::inRange(-2, 500),
                                       rc::gen::arbitrary<std::string>()),
                        [](const std::tuple<int, int, int, int, int, std::string>& v) {
                            const auto& [what, cpu, timer, ms, timeout, noise] = v;
                            TraceText t;
                            t.at(cpu, ms);
                            const std::string name(1, "abcd"[timer]);
                            switch (what) {
                            case 0:
                                t.init(name);
                                break;
                            case 1:
                            case 2:
                                t.start(name, timeout, timer == 0 ? "f" : "g");
                                break;
                            case 3:
                                t.cancel(name);
                                break;
                            case 4:
                                t.enter(name);
                                break;
                            case 5:
                                t.leave(name);
                                break;
                            case 6:
                                t.raw("CPU:1 [LOST 3 EVENTS]");
                                break;
                            case 7:
                                t.start(name, timeout);
                                break;
                            default:
                                t.raw(noise);
                                break;
                            }
                            return t.text();
                        });
}

} // namespace

RC_GTEST_PROP(TraceImport, GivesOrderedActionsWhateverItReads, ())
{
    std::string text;
    for (const auto& line : *rc::gen::container<std::vector<std::string>>(randomLine()))
        text += line;
    TraceOptions options;
    if (*rc::gen::arbitrary<bool>()) options.bits = 32;
    const auto result = tryImport(text, options);
    if (!result) {
        RC_ASSERT(!result.error().empty());
        return;
    }
    std::uint64_t tick = 0;
    for (const auto& a : result->actions) {
        RC_ASSERT(a.tick >= tick);
        tick = a.tick;
        RC_ASSERT(a.tick <= result->untilTicks);
        RC_ASSERT(a.cpu < result->machine.cpus);
        RC_ASSERT(a.offset == 0u && a.target == 0);
        RC_ASSERT(a.call == Call::MachineLost || a.timer.value < result->timers.size());
        RC_ASSERT(a.expires == result->machine.word.reduce(a.expires));
    }
}

TEST(TraceImport, SaysThatTheEventsAreOutOfOrder)
{
    TraceText t;
    t.at(0, 900).start("a", 5).at(0, 4).start("b", 5);
    EXPECT_TRUE(hasRemark(import(t.text()), "1 timer events are older than one before them"));
    TraceText inOrder;
    inOrder.at(0, 4).start("a", 5).at(0, 900).start("b", 5);
    EXPECT_FALSE(hasRemark(import(inOrder.text()), "older than one before"));
}
