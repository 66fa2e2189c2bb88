// SPDX-License-Identifier: GPL-3.0-or-later
// The lines and stacks of a machine of CPUs, on every timer algorithm.
#include "core/kernel/lines_kernel.h"

#include "core/base/random.h"
#include "core/history/code.h"
#include "core/history/history.h"
#include "core/run/run.h"
#include "core/scenario/open.h"
#include "core/timers/registry.h"
#include "resources/builtin.h"
#include "tests/kernel/kernel_documents.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>
#include <set>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

using L = Line;

const char* const algorithms[] = {"wheel-3.9", "wheel-6.1", "sorted-list"};

/// Within a record the stack may only return from any number of functions, and call one.
std::string stackGap(const Frames& a, const Frames& b)
{
    std::uint32_t common = 0;
    while (common < a.count && common < b.count && a.frame[common].function == b.frame[common].function) ++common;
    if (b.count - common > 1) return "two calls at once";
    if (b.count != common && common != 0 && a.count == common && b.frame[common - 1].line != a.frame[common - 1].line) return "called from another line";
    return {};
}

std::string stackText(const Frames& frames)
{
    std::string text;
    for (const Frame& f : frames.all()) text += (text.empty() ? "" : " > ") + std::string(name(f.function));
    return text;
}

/// Empty if each record of the run has lines of its own that its CPU can have got to; else the first that has not.
std::string firstGap(const InputsPtr& inputs, std::set<L>* reached = nullptr)
{
    const Snapshot run = runAll(inputs);
    World w(inputs->machine);
    constexpr std::uint64_t most = 10'000; // what comes later is more of the same
    for (std::uint64_t e = 0; e < std::min<std::uint64_t>(run.log.size(), most); ++e) {
        const Record& r = run.log[e];
        const Record* previous = e == 0 ? nullptr : &run.log[e - 1];
        const LineList lines = linesOf(r, w, previous);
        const auto where = [&] { return "record " + std::to_string(e) + " " + std::string(name(r.kind)) + "/" + std::string(name(r.site)) + ": "; };
        if (lines.count == 0 || lines.effect >= lines.count) return where() + "no effect line";
        const int cpu = executingCpu(r, previous, w);
        Frames stack;
        for (std::uint32_t i = 0; i < lines.count; ++i) {
            if (i == lines.effect + 1) w.apply(r);
            const L line = lines.line[i];
            const bool isWord = r.kind == Kind::Noted && (r.site == Site::Limit || r.site == Site::Dump || r.site == Site::SlackAsked || r.site == Site::MachineFired);
            if (line == L::Note && !isWord) return where() + "only a note";
            if (line == L::TickJiffies || line == L::Idle) return where() + "of another machine: " + std::string(name(line));
            if (!isListed(line, *inputs)) return where() + std::string(name(line)) + " is of another program";
            if (!mayHaveLine(r, line)) return where() + "said not to have " + std::string(name(line));
            const Frames now = framesAt(line, r, w, cpu, nullptr, contextOf(run.log, e, w));
            if (now.count == 0 || now.back().line != line || now.back().function != functionOf(line)) return where() + "not at its line";
            if (now.count >= 24) return where() + "an endless stack: " + stackText(now);
            std::set<Function> seen;
            for (const Frame& f : now.all()) {
                // An interrupt may call what a function beneath it has called.
                if (f.function == Function::SchedTimer || f.function == Function::DoIrq || f.function == Function::IpiCall || f.function == Function::Callback) seen.clear();
                if (!seen.insert(f.function).second) return where() + "calls itself: " + stackText(now);
            }
            if (i != 0) {
                if (const auto gap = stackGap(stack, now); !gap.empty())
                    return where() + gap + " from " + std::string(name(lines.line[i - 1])) + " to " + std::string(name(line)) + ": " + stackText(stack) + " / " + stackText(now);
            }
            stack = now;
            if (reached != nullptr) reached->insert(line);
        }
        if (lines.effect + 1 == lines.count) w.apply(r);
    }
    return {};
}

} // namespace

TEST(KernelLines, AreThereForEveryRecordAndStandOnALegalStack)
{
    for (const char* timers : algorithms) {
        for (const auto& document : tests::kernelDocuments()) EXPECT_EQ(firstGap(tests::kernelInputs(document, timers)), "") << timers << "\n" << document;
    }
}

TEST(KernelLines, AreThereInEveryBuiltInScenarioOfCpus)
{
    const auto lookup = [](std::string_view name) -> std::optional<std::string> {
        const auto* b = resources::builtin(name);
        if (b == nullptr) return std::nullopt;
        return std::string(b->text);
    };
    int count = 0;
    for (const auto& b : resources::builtins()) {
        if (b.name == "million" || b.name == "real-machine") continue;
        const auto opened = openFile(":" + std::string(b.name), lookup);
        ASSERT_TRUE(opened.has_value()) << b.name;
        if (!opened->inputs->machine.kernel.isThere) continue;
        ++count;
        for (const char* timers : algorithms) EXPECT_EQ(firstGap(inputsOn(*opened->inputs, *timersNamed(timers))), "") << b.name << " on " << timers;
    }
    EXPECT_GE(count, 20);
}

TEST(KernelLines, AreAllReached)
{
    std::set<L> reached;
    for (const char* timers : algorithms) {
        for (const auto& document : tests::kernelDocuments()) firstGap(tests::kernelInputs(document, timers), &reached);
    }
    // A caller's line that has no effect of its own is only ever stood at.
    const std::set<L> stoodAt = {L::IrqHandler, L::NohzStop, L::StopNext, L::RestartCount, L::SyncTry, L::TimeoutSchedule, L::TimeoutDel, L::ExitSchedule, L::BaseSpin};
    for (int l = 0; l < lineCount; ++l) {
        const auto line = static_cast<L>(l);
        if (!isKernelLine(line) || stoodAt.contains(line) || line == L::ChosenCpu) continue;
        EXPECT_TRUE(reached.contains(line)) << name(line);
    }
}

TEST(KernelLines, AreOfAMachineOfCpusOnly)
{
    Inputs inputs;
    for (int l = 0; l < lineCount; ++l) {
        if (isKernelLine(static_cast<L>(l))) { EXPECT_FALSE(isListed(static_cast<L>(l), inputs)); }
    }
    inputs.machine.kernel.isThere = true;
    EXPECT_TRUE(isListed(L::SyncRelax, inputs));
}

RC_GTEST_PROP(KernelLines, HoldInRandomRuns, ())
{
    const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1'000'000);
    const auto inputs = tests::kernelInputs(tests::randomKernelDocument(seed), algorithms[seed % 3]);
    RC_ASSERT(firstGap(inputs) == "");
}

/// Of every position: the line is that of lineAt(), done, and the innermost function's; the cursor stays.
RC_GTEST_PROP(KernelCode, AgreesWithTheLinesOfRandomRuns, ())
{
    const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1'000'000);
    const auto inputs = tests::kernelInputs(tests::randomKernelDocument(seed), algorithms[seed % 3]);
    History history(inputs, runAll(inputs));
    Random random{seed + 5};
    Position p{random.between(0, history.log().size()), 0, 0};
    for (int k = 0; k < 150; ++k) {
        const auto next = history.next(p, Rung::Line);
        if (!next) break;
        p = *next;
        const auto code = codeAt(history, p, Grain::Line);
        RC_ASSERT(history.cursor() == p);
        const auto line = history.lineAt(p);
        RC_ASSERT(code.has_value() == line.has_value());
        if (!code) continue;
        RC_ASSERT(code->line == line->line);
        RC_ASSERT(!code->stack.empty());
        RC_ASSERT(code->stack.back().frame.line == code->line);
        const std::string undone = code->of(code->line).isDone ? std::string() : std::string(name(code->line)) + " of event " + std::to_string(code->event);
        RC_ASSERT(undone == "");
    }
}

/// Whatever the rung, stepping back passes the stops of stepping forward, and each is a stop.
RC_GTEST_PROP(KernelRungs, BackMirrorsForward, ())
{
    const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1'000'000);
    const auto inputs = tests::kernelInputs(tests::randomKernelDocument(seed), algorithms[seed % 3]);
    History history(inputs, runAll(inputs));
    Random random{seed + 2};
    for (int r = 0; r < rungCount; ++r) {
        const auto rung = static_cast<Rung>(r);
        std::vector<Position> stops{history.next({random.between(0, history.log().size()), 0, 0}, rung).value_or(history.end())};
        while (stops.size() < 10) {
            const auto next = history.next(stops.back(), rung);
            if (!next) break;
            RC_ASSERT(stops.back() < *next);
            RC_ASSERT(history.isStop(*next, rung));
            stops.push_back(*next);
        }
        for (std::size_t k = stops.size(); k-- > 1;) RC_ASSERT(history.previous(stops[k], rung) == std::optional(stops[k - 1]));
    }
}

TEST(KernelRungs, TickStopsAtTheEndOfEachPeriodWhetherJiffiesMovesOrNot)
{
    // One CPU asleep for 400 periods, then an interrupt.
    const auto inputs = tests::kernelInputs(tests::kernelDocuments()[2]);
    History history(inputs, runAll(inputs));
    Position p = history.start();
    for (std::uint64_t period = 0; period < 410; ++period) {
        p = *history.next(p, Rung::Tick);
        ASSERT_EQ(history.at(p).clock().ticks, period);
    }
}

TEST(KernelCode, StacksAreOfTheCpuThatActs)
{
    // del_timer_sync() on CPU 0 waits for the function on CPU 1.
    const auto inputs = tests::kernelInputs(tests::kernelDocuments()[3]);
    History history(inputs, runAll(inputs));
    const auto stackBehind = [&](Kind kind, Site site, int n = 1) {
        for (std::uint64_t e = 0; e < history.log().size(); ++e) {
            const Record& r = history.log()[e];
            if (r.kind != kind || r.site != site || --n != 0) continue;
            const auto code = codeAt(history, {e + 1, 0, 0}, Grain::Record);
            std::string text = std::to_string(code->cpu) + ":";
            for (const CodeFrame& f : code->stack) text += " " + std::string(name(f.frame.function));
            return text;
        }
        return std::string("none");
    };
    EXPECT_EQ(stackBehind(Kind::Entered, Site::TryToDelTimerSync), "0: del_timer_sync try_to_del_timer_sync");
    EXPECT_EQ(stackBehind(Kind::RegisterSet, Site::CpuRelax), "0: del_timer_sync");
    EXPECT_EQ(stackBehind(Kind::Entered, Site::Mdelay), "1: irq_exit __do_softirq run_timer_softirq __run_timers callback mdelay");
    // The tick upon the function that takes its time.
    EXPECT_EQ(stackBehind(Kind::Raised, Site::RunLocalTimers, 2),
              "1: irq_exit __do_softirq run_timer_softirq __run_timers callback tick_sched_timer update_process_times run_local_timers");
    EXPECT_EQ(stackBehind(Kind::ClockSet, Site::Tick), "0: tick_sched_timer tick_sched_do_timer tick_do_update_jiffies64 do_timer");
}

TEST(KernelCode, AProcessSleepsThroughScheduleTimeout)
{
    const auto inputs = tests::kernelInputs(tests::kernelDocuments()[7]);
    History history(inputs, runAll(inputs));
    std::set<std::string> stacks;
    for (std::uint64_t e = 0; e < history.log().size(); ++e) {
        const auto code = codeAt(history, {e + 1, 0, 0}, Grain::Record);
        std::string text;
        for (const CodeFrame& f : code->stack) text += (text.empty() ? "" : " ") + std::string(name(f.frame.function));
        stacks.insert(text);
    }
    EXPECT_TRUE(stacks.contains("process msleep schedule_timeout __mod_timer internal_add_timer __internal_add_timer"));
    EXPECT_TRUE(stacks.contains("msleep_interruptible schedule_timeout __schedule"));
    EXPECT_TRUE(stacks.contains("process msleep_interruptible schedule_timeout del_timer_sync try_to_del_timer_sync detach_if_pending"));
    EXPECT_TRUE(stacks.contains("irq_exit __do_softirq run_timer_softirq __run_timers callback wake_up_process"));
    EXPECT_TRUE(stacks.contains("cpu_idle tick_nohz_idle_enter tick_nohz_stop_sched_tick"));
}
