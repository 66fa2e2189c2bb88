// SPDX-License-Identifier: GPL-3.0-or-later
// What a trace tells of its CPUs besides timers: spans, their ends, their place in the replay's time.
#include "core/trace/recorded_machine.h"
#include "tests/trace/trace_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

using namespace jiffy::core;
using namespace jiffy::core::test;

namespace
{

enum class Layout
{
    Kernel,
    Report,
    Perf
};

/// Lines of a trace in one of the layouts; jiffies 4294900000 begin at 100 s, HZ is 250.
class Lines
{
  public:
    explicit Lines(Layout layout = Layout::Kernel) : m_layout(layout) {}

    /// us: after 100 s. pid 0: the idle task.
    Lines& add(int cpu, int pid, std::int64_t us, const std::string& group, const std::string& event, const std::string& fields)
    {
        const auto time = fmt::format("{}.{:06}", 100 + us / 1'000'000, us % 1'000'000);
        switch (m_layout) {
        case Layout::Kernel:
            m_text += fmt::format("{:>16}-{:<7} [{:03}] d.s1. {}: {}: {}\n", pid == 0 ? "<idle>" : "a b-c", pid, cpu, time, event, fields);
            break;
        case Layout::Report:
            m_text += fmt::format("{:>16}-{:<6} [{:03}] {}: {:<22}{}\n", pid == 0 ? "<idle>" : "a b-c", pid, cpu, time, event + ":", fields);
            break;
        case Layout::Perf:
            m_text += fmt::format("{:>16} {:>5} [{:03}] {}: {:>30}: {}\n", pid == 0 ? "swapper" : "a b-c", pid, cpu, time, group + ":" + event, fields);
            break;
        }
        return *this;
    }
    Lines& start(int cpu, int pid, std::int64_t us, const std::string& timer = "a1")
    {
        const auto now = 4294900000 + us / 4000;
        return add(cpu, pid, us, "timer", "timer_start",
                   fmt::format("timer=0x{} function=fn expires={} [timeout=10] cpu={} idx=7 flags=", timer, now + 10, cpu));
    }
    Lines& entry(int cpu, int pid, std::int64_t us, const std::string& timer = "a1")
    {
        return add(cpu, pid, us, "timer", "timer_expire_entry", fmt::format("timer=0x{} function=fn now={} baseclk=1", timer, 4294900000 + us / 4000));
    }
    Lines& exit(int cpu, int pid, std::int64_t us) { return add(cpu, pid, us, "timer", "timer_expire_exit", "timer=0xa1"); }
    Lines& softirq(int cpu, int pid, std::int64_t from, std::int64_t to, int vec = 1)
    {
        const auto fields = fmt::format("vec={} [action=X]", vec);
        if (from >= 0) add(cpu, pid, from, "irq", "softirq_entry", fields);
        if (to >= 0) add(cpu, pid, to, "irq", "softirq_exit", fields);
        return *this;
    }
    Lines& stop(int cpu, std::int64_t us, int success = 1, int pid = 0)
    {
        return add(cpu, pid, us, "timer", "tick_stop", fmt::format("success={} dependency=NONE", success));
    }
    Lines& hrtimer(int cpu, int pid, std::int64_t us, const std::string& what, const std::string& timer, const std::string& function = {})
    {
        return add(cpu, pid, us, "timer", "hrtimer_" + what, "hrtimer=0x" + timer + (function.empty() ? "" : " function=" + function) + " now=5 expires=5");
    }
    Lines& interrupt(int cpu, std::int64_t us, const std::string& what)
    {
        return add(cpu, 0, us, "irq_vectors", "local_timer_" + what, "vector=236");
    }
    Lines& other(int cpu, int pid, std::int64_t us, const std::string& event, const std::string& fields) { return add(cpu, pid, us, "x", event, fields); }
    Lines& raw(const std::string& line)
    {
        m_text += line + "\n";
        return *this;
    }
    const std::string& text() const { return m_text; }
    Inputs inputs() const { return import(m_text); }

  private:
    Layout m_layout;
    std::string m_text;
};

/// "softirq 40200..40300" in us, with what is known of begin and end: < before, ! said, ~ by then, > next stop, x lost.
std::string spansText(const Inputs& inputs, int cpu)
{
    if (!inputs.recorded) return "nothing";
    const auto& machine = *inputs.recorded;
    static constexpr const char* names[] = {"stopped", "interrupt", "softirq", "handler", "hrtimer", "tick"};
    std::string out;
    for (int k = 0; k < recordedCount; ++k)
        for (const auto& s : machine.spans(cpu, static_cast<Recorded>(k))) {
            const auto what = static_cast<Recorded>(k);
            out += names[k];
            if (what == Recorded::Hrtimer || what == Recorded::Tick) out += " " + (s.id == RecordedMark::noName ? "?" : machine.name(s.id));
            if (what == Recorded::Handler) out += s.id == ActivitySpan::none ? " ?" : " " + inputs.timerName(TimerId(s.id));
            out += fmt::format(" {}{}..", RecordedMachine::beganBefore(s) ? "<" : "", s.begin / 1000);
            out += s.isOpen() ? "open" : std::to_string(s.end / 1000);
            if (!s.isOpen()) out += "!~>x-"[static_cast<int>(RecordedMachine::endOf(s))];
            out += "\n";
        }
    return out;
}

std::string marksText(const Inputs& inputs, int cpu)
{
    static constexpr const char* names[] = {"start", "cancel", "kept", "lost"};
    std::string out;
    for (int k = 0; k < RecordedMark::kinds; ++k)
        for (const auto& m : inputs.recorded->marks(cpu, static_cast<RecordedMark::What>(k)))
            out += fmt::format("{}{} {}\n", names[k], m.name == RecordedMark::noName ? "" : " " + inputs.recorded->name(m.name), m.at / 1000);
    return out;
}

Lines everything(Layout layout)
{
    Lines t(layout);
    t.start(0, 7, 0).stop(1, 500);
    t.interrupt(0, 40'100, "entry").hrtimer(0, 0, 40'110, "expire_entry", "b0", "tick_nohz_handler").hrtimer(0, 0, 40'130, "expire_exit", "b0");
    t.hrtimer(0, 0, 40'140, "start", "b0", "tick_nohz_handler").interrupt(0, 40'150, "exit");
    t.softirq(0, 0, 40'200, -1).entry(0, 0, 40'220).exit(0, 0, 40'250).softirq(0, 0, -1, 40'300);
    t.softirq(0, 0, 40'400, 40'500, 9);
    t.other(1, 0, 42'000, "sched_switch", "prev_comm=swapper/1 prev_pid=0 ==> next_comm=a next_pid=7");
    t.hrtimer(1, 7, 42'100, "start", "b7", "hrtimer_wakeup").start(1, 7, 44'000, "a2").hrtimer(1, 7, 44'500, "cancel", "b7");
    return t.stop(1, 45'000, 0);
}

constexpr auto zeroSpans = "interrupt 40100..40150!\nsoftirq 40200..40300!\nhandler fn.1 40220..40250!\ntick tick_nohz_handler 40110..40130!\n";

} // namespace

TEST(RecordedMachine, IsTheSameInTheThreeLayouts)
{
    for (const auto layout : {Layout::Kernel, Layout::Report, Layout::Perf}) {
        const auto inputs = everything(layout).inputs();
        EXPECT_EQ(spansText(inputs, 0), zeroSpans) << static_cast<int>(layout);
        EXPECT_EQ(spansText(inputs, 1), "stopped 500..42000!\n");
        EXPECT_EQ(marksText(inputs, 0), "") << "the tick's own re-arming is no mark";
        EXPECT_EQ(marksText(inputs, 1), "start hrtimer_wakeup 42100\ncancel hrtimer_wakeup 44500\nkept 45000\n");
        const RecordedCounts expected{.softirqs = 1, .handlers = 1, .hrtimers = 0, .ticks = 1, .interrupts = 1, .stops = 1, .kept = 1, .starts = 2, .cancels = 1, .stopsSaid = 1};
        EXPECT_EQ(inputs.recorded->counts(), expected);
        EXPECT_EQ(inputs.recorded->end(), 45'000'000u);
        EXPECT_EQ(inputs.recorded->spans(0, Recorded::Softirq).front().event, 8u) << "the line of its entry";
    }
}

TEST(RecordedMachine, IsNotThereWhereNothingButTimersWasRecorded)
{
    EXPECT_EQ(Lines().start(0, 7, 0).entry(0, 0, 40'100).exit(0, 0, 40'200).inputs().recorded, nullptr);
}

TEST(RecordedMachine, AStopEndsWithTheFirstSignThatTheTickGoesOn)
{
    // Another task than the idle one.
    EXPECT_EQ(spansText(Lines().start(0, 7, 0).stop(0, 1000).softirq(0, 0, 2000, 2100).start(0, 7, 9000).inputs(), 0),
              "stopped 1000..9000~\nsoftirq 2000..2100!\n");
    // 6.12 says it.
    EXPECT_EQ(spansText(Lines().start(0, 7, 0).stop(0, 1000).other(0, 0, 8000, "timer_base_idle", "is_idle=0 cpu=0").start(0, 7, 9000).inputs(), 0),
              "stopped 1000..8000!\n");
    EXPECT_EQ(spansText(Lines().start(0, 7, 0).stop(0, 1000).other(0, 0, 8000, "timer_base_idle", "is_idle=1 cpu=0").start(0, 7, 9000).inputs(), 0),
              "stopped 1000..9000~\n");
    // Nothing does, but it stops anew, or cannot be stopped.
    EXPECT_EQ(spansText(Lines().start(0, 7, 0).stop(0, 1000).softirq(0, 0, 2000, 2100).stop(0, 9000).inputs(), 0),
              "stopped 1000..9000>\nstopped 9000..open\nsoftirq 2000..2100!\n");
    EXPECT_EQ(spansText(Lines().start(0, 7, 0).stop(0, 1000).stop(0, 9000, 0).inputs(), 0), "stopped 1000..9000>\n");
    // Another CPU's events tell nothing.
    EXPECT_EQ(spansText(Lines().start(0, 7, 0).stop(0, 1000).start(1, 7, 9000).inputs(), 0), "stopped 1000..open\n");
}

TEST(RecordedMachine, KnowsTheTicksHrtimerByWhatStandsBehindATickStop)
{
    Lines t;
    t.start(0, 7, 0).stop(0, 1000).hrtimer(0, 0, 1010, "start", "b0", "some_tick");
    // While the tick is stopped its function does not start it again.
    t.hrtimer(0, 0, 9000, "expire_entry", "b0", "some_tick").hrtimer(0, 0, 9050, "expire_exit", "b0");
    t.hrtimer(0, 0, 20'000, "expire_entry", "b0", "some_tick").hrtimer(0, 0, 20'050, "expire_exit", "b0").hrtimer(0, 0, 20'060, "start", "b0", "some_tick");
    t.hrtimer(0, 0, 21'000, "expire_entry", "b1", "other").hrtimer(0, 0, 21'010, "expire_exit", "b1");
    EXPECT_EQ(spansText(t.inputs(), 0), "stopped 1000..20060~\nhrtimer other 21000..21010!\ntick some_tick 9000..9050!\ntick some_tick 20000..20050!\n");
}

TEST(RecordedMachine, KnowsItForWhatRanBeforeToo)
{
    Lines t;
    t.start(0, 7, 0).hrtimer(0, 0, 1000, "expire_entry", "b0", "some_tick").hrtimer(0, 0, 1050, "expire_exit", "b0").hrtimer(0, 0, 1060, "start", "b0", "some_tick");
    t.hrtimer(0, 0, 2000, "expire_entry", "b1", "other").hrtimer(0, 0, 2010, "expire_exit", "b1").hrtimer(0, 0, 2020, "start", "b1", "other");
    t.stop(0, 3000).hrtimer(0, 0, 3010, "start", "b0", "some_tick").hrtimer(0, 0, 9000, "expire_entry", "b0", "some_tick").hrtimer(0, 0, 9050, "expire_exit", "b0");
    EXPECT_EQ(spansText(t.inputs(), 0), "stopped 3000..open\nhrtimer other 2000..2010!\ntick some_tick 1000..1050!\ntick some_tick 9000..9050!\n");
    EXPECT_EQ(marksText(t.inputs(), 0), "start other 2020\n");
}

TEST(RecordedMachine, ATickThatStopsBesideATaskIsNotEndedByTasks)
{
    Lines t;
    t.start(0, 7, 0).stop(0, 1000, 1, 7).start(0, 7, 9000).other(0, 0, 12'000, "timer_base_idle", "is_idle=0 cpu=0");
    EXPECT_EQ(spansText(t.inputs(), 0), "stopped 1000..12000!\n");
}

TEST(RecordedMachine, IsOpenWhereTheRecordingBeginsAndEnds)
{
    Lines t;
    t.softirq(0, 0, -1, 20).start(0, 7, 100).softirq(0, 0, 5000, -1).entry(0, 0, 5100);
    EXPECT_EQ(spansText(t.inputs(), 0), "softirq 4900..open\nhandler fn 5000..open\n") << "what was over before the first jiffies has no place";
    EXPECT_EQ(t.inputs().recorded->counts().before, 1u);
    Lines u;
    u.other(0, 7, 0, "sched_wakeup", "pid=1").start(0, 7, 100).softirq(0, 0, -1, 3000).softirq(0, 0, -1, 3100);
    EXPECT_EQ(spansText(u.inputs(), 0), "softirq <0..2900!\n") << "a second end alone is damage";
}

TEST(RecordedMachine, SaysWhereEventsWereLost)
{
    Lines t;
    t.start(0, 7, 0).start(1, 7, 0, "a2").softirq(0, 0, 1000, -1).stop(1, 1000).softirq(1, 0, 2000, 2500);
    t.raw("CPU:0 [LOST 12 EVENTS]").softirq(0, 0, -1, 6000).softirq(0, 0, 7000, 7100);
    EXPECT_EQ(spansText(t.inputs(), 0), "softirq 1000..2500x\nsoftirq <2500..6000!\nsoftirq 7000..7100!\n");
    EXPECT_EQ(spansText(t.inputs(), 1), "stopped 1000..open\nsoftirq 2000..2500!\n");
    EXPECT_EQ(marksText(t.inputs(), 0), "lost 2500\n");
    t.raw("[LOST 12 EVENTS]");
    EXPECT_EQ(spansText(t.inputs(), 1), "stopped 1000..7100x\nsoftirq 2000..2500!\n");
}

TEST(RecordedMachine, HrtimersMayLieWithinEachOther)
{
    Lines t;
    t.start(0, 7, 0).hrtimer(0, 0, 1000, "expire_entry", "b1", "soft").hrtimer(0, 0, 1100, "expire_entry", "b2", "hard");
    t.hrtimer(0, 0, 1200, "expire_exit", "b2").hrtimer(0, 0, 1300, "expire_exit", "b1").hrtimer(0, 0, 1400, "expire_entry", "b2", "hard");
    const auto inputs = t.inputs();
    EXPECT_EQ(spansText(inputs, 0), "hrtimer soft 1000..1300!\nhrtimer hard 1100..1200!\nhrtimer hard 1400..open\n");
    const auto& spans = inputs.recorded->spans(0, Recorded::Hrtimer);
    EXPECT_EQ(spans[1].outer, 0u);
    EXPECT_EQ(spans[2].outer, ActivitySpan::none);
    EXPECT_EQ(lastingAt(spans, 1'150'000), (std::vector<std::size_t>{0, 1}));
}

TEST(RecordedMachine, StandsInTheReplaysTimeThoughTicksAreLateAndClocksDrift)
{
    // Jiffies begin 100 ppm later than the trace's clock has it, are seen late but now and then, and one value is damaged.
    Lines t;
    const auto at = [](std::int64_t us) { return us + us / 10'000; };
    std::int64_t last = 0;
    for (std::int64_t jiffy = 0; jiffy < 5000; ++jiffy) {
        const auto late = jiffy % 10 == 0 ? 0 : 500 + jiffy * 7919 % 3000;
        last = at(jiffy * 4000) + late;
        t.add(0, 7, last, "timer", "timer_start", fmt::format("timer=0xa1 function=fn expires={} [timeout=10] cpu=0 idx=7 flags=", 4294900010 + jiffy));
        if (jiffy == 700)
            t.add(0, 7, last, "timer", "timer_start", "timer=0xa1 function=fn expires=4294990010 [timeout=10] cpu=0 idx=7 flags=");
        if (jiffy % 500 == 3) t.softirq(0, 0, at(jiffy * 4000 + 3900), at(jiffy * 4000 + 3950));
    }
    const auto inputs = t.inputs();
    ASSERT_EQ(inputs.machine.hz.value, 250u);
    const auto& spans = inputs.recorded->spans(0, Recorded::Softirq);
    ASSERT_EQ(spans.size(), 10u);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const auto wanted = static_cast<double>((static_cast<std::int64_t>(i) * 500 + 3) * 4000 + 3900);
        EXPECT_NEAR(static_cast<double>(spans[i].begin) / 1000, wanted, 20) << i;
        EXPECT_NEAR(static_cast<double>(spans[i].end - spans[i].begin) / 1000, 50, 1) << i;
    }
}

TEST(RecordedMachine, GoesThroughTheWrapOfA32BitMachine)
{
    Lines t;
    const auto start = [&](std::int64_t us, const char* expires) {
        t.add(0, 7, us, "timer", "timer_start", std::string("timer=0xa1 function=fn expires=") + expires + " [timeout=10] cpu=0 idx=7 flags=");
    };
    start(0, "4294967304"); // now 4294967294
    start(8000, "10");      // now 0
    t.softirq(0, 0, 9000, 9100);
    start(40'000, "18");
    EXPECT_EQ(spansText(t.inputs(), 0), "softirq 9000..9100!\n");
}

TEST(RecordedMachine, HasNoPlaceOnAClockThatCountsSomethingElse)
{
    const auto text = std::string("   a-7 [000] d.s1. 1000: timer_start: timer=00000000000000a1 function=fn expires=4294900010 [timeout=10] cpu=0 idx=7 flags=\n"
                                  "   a-7 [000] d.s1. 1010: softirq_entry: vec=1 [action=TIMER]\n");
    EXPECT_EQ(import(text).recorded, nullptr);
}

TEST(RecordedMachine, DamagedFieldsAreNoEvents)
{
    Lines t;
    t.start(0, 7, 0).other(0, 0, 100, "softirq_entry", "vec=").other(0, 0, 200, "tick_stop", "dependency=NONE").other(0, 0, 300, "hrtimer_start", "hrtimer=zz");
    t.other(0, 0, 400, "hrtimer_expire_entry", "hrtimer=0xb0").other(0, 0, 500, "timer_base_idle", "").other(0, 0, 600, "hrtimer_cancel", "");
    EXPECT_EQ(t.inputs().recorded, nullptr);
    t.hrtimer(0, 0, 700, "expire_exit", "b9").hrtimer(0, 0, 800, "cancel", "b9");
    EXPECT_EQ(spansText(t.inputs(), 0), "hrtimer ? <0..700!\n");
}

TEST(RecordedMachine, CpusWithoutTimersAreCountedButHaveNoLane)
{
    const auto inputs = Lines().start(0, 7, 0).stop(3, 1000).softirq(3, 0, 2000, 2100).inputs();
    EXPECT_EQ(inputs.recorded->cpuCount(), 1);
    EXPECT_EQ(inputs.recorded->counts().stops, 1u);
    EXPECT_EQ(inputs.recorded->counts().elsewhere, 2u);
}

namespace
{

std::size_t linesWith(const std::string& text, const std::string& event)
{
    std::istringstream in(text);
    std::size_t n = 0;
    for (std::string line; std::getline(in, line);) n += line.find(event) != std::string::npos ? 1 : 0;
    return n;
}

std::string shape(const Inputs& inputs)
{
    std::string out;
    for (int cpu = 0; cpu < inputs.recorded->cpuCount(); ++cpu) out += spansText(inputs, cpu) + marksText(inputs, cpu);
    return out;
}

} // namespace

TEST(RecordedMachine, OfRealRecordingsHasAllThatTheyHold)
{
    for (const char* file : {"k5.10.txt", "k6.1.txt", "k6.1.report.txt", "k6.1.report-raw.txt", "k6.1.perf-script.txt", "k6.12.txt", "k6.1-686.wrap.txt"}) {
        const auto text = recording(file);
        const auto inputs = import(text);
        ASSERT_TRUE(inputs.recorded) << file;
        const auto& c = inputs.recorded->counts();
        const auto entries = linesWith(text, "softirq_entry:"), exits = linesWith(text, "softirq_exit:");
        EXPECT_GE(c.softirqs, entries) << file;
        EXPECT_LE(c.softirqs, std::max(entries, exits)) << file << ": one may have begun before";
        EXPECT_EQ(c.handlers, linesWith(text, " timer_expire_entry:") + linesWith(text, ":timer_expire_entry:")) << file;
        EXPECT_EQ(c.stops, linesWith(text, "tick_stop:")) << file;
        EXPECT_EQ(c.starts, linesWith(text, "hrtimer_start:")) << file;
        EXPECT_EQ(c.cancels, linesWith(text, "hrtimer_cancel:")) << file;
        const auto ticks = linesWith(text, "hrtimer_expire_entry:") == 0 ? 0 : linesWith(text, "function=tick_sched_timer now=");
        EXPECT_EQ(c.ticks, ticks) << file;
        EXPECT_EQ(c.ticks + c.hrtimers, linesWith(text, "hrtimer_expire_entry:")) << file;
        EXPECT_EQ(c.elsewhere, 0u) << file;
        // A handler stands in the jiffy that the machine had, or where interrupts came late in one behind it.
        std::size_t next[2] = {}, near = 0;
        for (const auto& a : inputs.actions) {
            if (a.call != Call::MachineFired) continue;
            const auto& s = inputs.recorded->spans(a.cpu, Recorded::Handler).at(next[a.cpu]++);
            EXPECT_EQ(s.id, a.timer.value) << file;
            const auto tick = inputs.machine.hz.ticksUntil(static_cast<Nanoseconds>(s.begin));
            EXPECT_GE(tick, a.tick) << file;
            near += tick <= a.tick + 1 ? 1 : 0;
        }
        EXPECT_GE(near * 10, c.handlers * 8) << file;
    }
}

TEST(RecordedMachine, OfARealRecordingIsTheSameInAllLayouts)
{
    const auto text = shape(import(recording("k6.1.txt")));
    EXPECT_FALSE(text.empty());
    EXPECT_EQ(text, shape(import(recording("k6.1.report.txt"))));
    EXPECT_EQ(text, shape(import(recording("k6.1.report-raw.txt"))));
}
