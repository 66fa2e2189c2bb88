// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/line.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy::core;

namespace
{

using What = TraceEvent::What;

TraceEvent parsed(std::string_view line)
{
    TraceEvent event;
    const auto out = parseTraceLine(line, event);
    EXPECT_EQ(out.kind, TraceLine::Kind::Event) << line << "\n" << out.problem;
    return event;
}

std::string problem(std::string_view line)
{
    TraceEvent event;
    const auto out = parseTraceLine(line, event);
    return out.kind == TraceLine::Kind::Unreadable ? std::to_string(out.column) + " " + out.problem
                                                   : "readable";
}

constexpr auto startBody =
    "timer=000000003c0bde30 function=process_timeout expires=4294896465 [timeout=1] cpu=0 idx=18 flags=D|I";

} // namespace

TEST(TraceLine, ReadsTheKernelsOwnText)
{
    // The event's function is a view into the line.
    const auto line = std::string("     rcu_preempt-15      [001] d..1.    17.067334: timer_start: ") + startBody;
    const auto e = parsed(line);
    EXPECT_EQ(e.what, What::Start);
    EXPECT_EQ(e.layout, TraceLayout::Tracefs);
    EXPECT_EQ(e.cpu, 1);
    EXPECT_EQ(e.time, 17'067'334'000u);
    EXPECT_EQ(e.timer, 0x3c0bde30u);
    EXPECT_EQ(e.pointerDigits, 16);
    EXPECT_EQ(e.function, "process_timeout");
    EXPECT_EQ(e.expires, 4294896465u);
    EXPECT_EQ(e.now, 4294896464u);
    EXPECT_EQ(e.targetCpu, 0);
    EXPECT_TRUE(e.hasTrueFlags);
    EXPECT_EQ(e.flags, TraceDeferrable | TraceIrqSafe);
}

TEST(TraceLine, ReadsAReportAndDoesNotTrustItsFlags)
{
    const auto e =
        parsed("     rcu_preempt-15    [000]    17.067334: timer_start:          timer=0xff76c64d00083e38 "
               "function=process_timeout expires=4294896465 [timeout=1] cpu=0 idx=18 flags=D|P|I");
    EXPECT_EQ(e.layout, TraceLayout::Report);
    EXPECT_EQ(e.timer, 0xff76c64d00083e38u);
    EXPECT_EQ(e.now, 4294896464u);
    EXPECT_FALSE(e.hasTrueFlags);
    EXPECT_TRUE(e.hasUntrueFlags);
    EXPECT_EQ(e.flags, 0u);
}

TEST(TraceLine, ReadsARawReportWithItsTrueFlags)
{
    const auto e =
        parsed("     rcu_preempt-15    [001]    17.072843: timer_start:           timer=0xff76c64d00083e38 "
               "function=process_timeout expires=4294896467 now=0xfffeeb52 flags=83886081");
    EXPECT_EQ(e.layout, TraceLayout::RawReport);
    EXPECT_EQ(e.now, 4294896466u);
    EXPECT_TRUE(e.hasTrueFlags);
    EXPECT_EQ(e.targetCpu, 1);
    EXPECT_EQ(e.flags & (TraceDeferrable | TracePinned | TraceIrqSafe), 0u);
    const auto run =
        parsed("  <idle>-0     [000]    17.072572: timer_expire_entry:    timer=0xff76c64d00083e38 "
               "now=4294896466 function=process_timeout baseclk=4294896466");
    EXPECT_EQ(run.what, What::ExpireEntry);
    EXPECT_EQ(run.now, 4294896466u);
}

TEST(TraceLine, ReadsPerfScript)
{
    const auto e = parsed(
        "            perf   192 [001]    34.605772:   timer:timer_expire_entry: timer=0xff471e1482686770 "
        "function=tcp_delack_timer now=4294900961 baseclk=4294900961");
    EXPECT_EQ(e.layout, TraceLayout::Perf);
    EXPECT_EQ(e.what, What::ExpireEntry);
    EXPECT_EQ(e.cpu, 1);
    EXPECT_EQ(e.function, "tcp_delack_timer");
    // Some versions put a period before the event.
    EXPECT_EQ(parsed("perf 192/193 [001] 34.6: 1 timer:timer_cancel: timer=0xff471e1482686770").what,
              What::Cancel);
}

struct Head
{
    const char* text;
    int cpu;
    std::uint64_t time;
};

class TraceLineHeads : public testing::TestWithParam<Head>
{
};

TEST_P(TraceLineHeads, FindsCpuAndTime)
{
    const auto e = parsed(std::string(GetParam().text) + " timer_cancel: timer=00000000aa");
    EXPECT_EQ(e.what, What::Cancel);
    EXPECT_EQ(e.cpu, GetParam().cpu);
    EXPECT_EQ(e.time, GetParam().time);
}

INSTANTIATE_TEST_SUITE_P(
    Odd, TraceLineHeads,
    testing::Values(Head{"my prog-a-15 [002] d..1. 1.5:", 2, 1'500'000'000},
                    Head{"kworker/u4:2-ev-15 [002] d..1. 1.5:", 2, 1'500'000'000},
                    Head{"a: 1.2: b-15 [002] .... 1.5:", 2, 1'500'000'000},
                    Head{"[7] odd-15 [002] .... 1.5:", 2, 1'500'000'000},
                    Head{"[x] [003]-15 [002] .... 1.5:", 2, 1'500'000'000},
                    Head{"<idle>-0 [000] 1.000001:", 0, 1'000'001'000},               // irq column off
                    Head{"<idle>-0 [000] d.s. 1.000001:", 0, 1'000'001'000},          // four letters
                    Head{"<idle>-0 (-----) [000] d.s2. 1.000001:", 0, 1'000'001'000}, // tgid
                    Head{"<idle>-0 [063] d.s2. 1.123456789:", 63, 1'123'456'789},     // report -t
                    Head{"<idle>-0 [000] d.s2. 0.000000:", 0, 0},
                    Head{"  swapper     0 [128]    34.598207:", 128, 34'598'207'000}));

TEST(TraceLine, KnowsACounterClock)
{
    const auto e = parsed("<idle>-0 [000] d.s2. 123456: timer_cancel: timer=00000000aa");
    EXPECT_TRUE(e.isCounter);
    EXPECT_EQ(e.time, 123456u);
}

TEST(TraceLine, KnowsTimersWithoutNames)
{
    const auto e = parsed("init-1 [000] ..... 12.3: timer_init: timer=(____ptrval____)");
    EXPECT_TRUE(e.isNameless);
}

TEST(TraceLine, ReadsFieldsInAnyOrderAndLeavesOutUnknownOnes)
{
    const auto e = parsed("x-1 [000] d... 1.0: timer_start: new=7 flags= expires=1000 function=f "
                          "[timeout=-2] [odd] timer=ffff9dd20006be50 last=");
    EXPECT_EQ(e.expires, 1000u);
    EXPECT_EQ(e.now, 1002u);
    EXPECT_EQ(e.timer, 0xffff9dd20006be50u);
}

TEST(TraceLine, ReadsFlagsAsNumberOfKernel49)
{
    const auto e = parsed("x-1 [000] d... 1.0: timer_start: timer=ffff9dd20006be50 function=f expires=1000 "
                          "[timeout=2] flags=0x00280001");
    EXPECT_TRUE(e.hasTrueFlags);
    EXPECT_EQ(e.flags & (TraceDeferrable | TraceIrqSafe), TraceDeferrable | TraceIrqSafe);
    EXPECT_EQ(e.targetCpu, 1);
}

TEST(TraceLine, TakesOtherEventsAsOther)
{
    for (const auto* line :
         {"a-1 [000] d... 1.0: softirq_entry: vec=1 [action=TIMER]", "a-1 [000] d... 1.0: sys_read(fd: 3)",
          "a-1 [000] d... 1.0: sys_read -> 0x1", "a-1 [000] d... 1.0: do_work <-worker_thread",
          "a-1 [000] d... 1.0: hrtimer_start: hrtimer=0 function=x expires=1",
          "a-1 [000] d... 1.0:", "a-1 [000] d... 1.0: tracing_mark_write: timer_start: timer=zz"})
        EXPECT_EQ(parsed(line).what, What::Other) << line;
    EXPECT_TRUE(parsed("a-1 [000] d... 1.0: softirq_entry: vec=1 [action=]").lacksSymbols);
}

TEST(TraceLine, PassesOverHeadingsAndStacks)
{
    for (const auto* line :
         {"", "   ", "# tracer: nop", "cpus=2", " => do_softirq",
          "\tffffffff810 do_softirq ([kernel.kallsyms])", "CPU 3 is empty", "\r", "version = 7"}) {
        TraceEvent event;
        EXPECT_EQ(parseTraceLine(line, event).kind, TraceLine::Kind::Nothing) << line;
    }
}

TEST(TraceLine, KnowsWhereEventsWereLost)
{
    struct Row
    {
        const char* line;
        std::uint64_t lost;
        int cpu;
    };
    for (const auto& row :
         {Row{"CPU:1 [LOST 123 EVENTS]", 123, 1}, Row{"CPU:0 [LOST EVENTS]", 0, 0},
          Row{"CPU:3 [EVENTS DROPPED]", 0, 3}, Row{"perf 192 [002] 1.5: PERF_RECORD_LOST lost 7", 7, 2}}) {
        TraceEvent event;
        const auto out = parseTraceLine(row.line, event);
        EXPECT_EQ(out.kind, TraceLine::Kind::Lost) << row.line;
        EXPECT_EQ(out.lost, row.lost) << row.line;
        EXPECT_EQ(out.lostCpu, row.cpu) << row.line;
    }
    EXPECT_EQ(overwrittenEntries("# entries-in-buffer/entries-written: 3651/4000   #P:2"), 349u);
    EXPECT_EQ(overwrittenEntries("# entries-in-buffer/entries-written: 3651/3651   #P:2"), 0u);
    EXPECT_EQ(overwrittenEntries("# entries-in-buffer/entries-written: x"), 0u);
}

TEST(TraceLine, SaysWhereAFieldIsBroken)
{
    EXPECT_EQ(problem("hello world"), "0 not a line of a kernel trace: expected task, [cpu], time and event");
    EXPECT_EQ(problem("a-1 [000] d... 1.0: timer_cancel: timer=xyz"),
              "34 this field of a timer event cannot be read");
    EXPECT_EQ(problem("a-1 [000] d... 1.0: timer_cancel:"), "33 a timer event without timer=");
    EXPECT_EQ(
        problem(
            "a-1 [000] d... 1.0: timer_start: timer=aa function=f expires=18446744073709551616 [timeout=1]"),
        "53 this field of a timer event cannot be read");
    // Cut in the middle: a number that may have lost its last digits is not taken.
    EXPECT_EQ(problem("a-1 [000] d... 1.0: timer_start: timer=aa function=f expires=1000 [timeout=12"),
              "66 this field of a timer event cannot be read");
    EXPECT_EQ(problem("a-1 [000] d... 1.0: timer_start: timer=aa function=f expires=10"),
              "63 timer_start without [timeout=...] or now=");
    EXPECT_EQ(problem("a-1 [000] d... 1.0: timer_expire_entry: timer=aa function=f"),
              "59 timer_expire_entry without function= or now=");
}

RC_GTEST_PROP(TraceLine, TakesAnyBytes, (const std::string& noise, std::uint8_t cut))
{
    TraceEvent event;
    parseTraceLine(noise, event);
    std::string line = std::string("a-1 [000] d... 1.0: timer_start: ") + startBody;
    line.insert(cut % line.size(), noise);
    parseTraceLine(line, event);
    parseTraceLine(std::string_view(line).substr(0, cut), event);
}
