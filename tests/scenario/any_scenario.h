// SPDX-License-Identifier: GPL-3.0-or-later
// Random scenario documents, for properties. Called inside an RC_GTEST_PROP.
#pragma once

#include "core/scenario/scenario.h"
#include "core/scenario/step_words.h"

#include <rapidcheck.h>

namespace jiffy::test
{

using namespace jiffy::core;

inline Spelling said(std::string text)
{
    return {std::move(text), {}};
}

inline rc::Gen<std::string> anyTitle()
{
    return rc::gen::container<std::string>(
        rc::gen::element('a', ' ', '"', '\\', '\n', '\t', '\x01', '\x7F', '/', '{'));
}

inline Spelling anyExpiry(bool relative)
{
    const auto n = std::to_string(*rc::gen::inRange(0, 2'000'000'000));
    switch (*rc::gen::inRange(0, relative ? 4 : 2)) {
    case 0:
        return said(n);
    case 1:
        return said("0x" + n.substr(0, 8));
    case 2:
        return said("+" + n);
    default:
        return said("-" + n);
    }
}

inline Spread anySpread()
{
    Spread s;
    s.shape = *rc::gen::element(Spread::Shape::Uniform, Spread::Shape::Log2, Spread::Shape::Bell,
                                Spread::Shape::Sequence);
    s.low = *rc::gen::inRange<std::uint64_t>(0, 20);
    s.high = s.low + *rc::gen::inRange<std::uint64_t>(1, 9);
    return s;
}

/// "2ms", "3 jiffies".
inline Spelling anyDuration() { return said(*rc::gen::element<std::string>("250us", "1.5ms", "3 jiffies", "1 jiffy", "0s")); }

/// What code can do with timer t0, process P0 and lock L.
inline ScenarioStep anyStep(bool hasTimer, bool hasProcess, int cpus)
{
    std::vector<StepWord> words;
    for (const StepWord& w : stepWords()) {
        if ((!w.timer || hasTimer) && (!w.process || hasProcess) && w.what != CallbackStep::What::Rearm) words.push_back(w);
    }
    const StepWord w = *rc::gen::elementOf(words);
    ScenarioStep step;
    step.what = w.what;
    if (w.timer) step.timer = said("t0");
    if (w.by) step.by = said(*rc::gen::element<std::string>("+5", "5", "-3"));
    if (w.duration) step.duration = anyDuration();
    if (w.lock) step.lock = said("L");
    if (w.process) step.process = said("P0");
    if (w.target) step.target = *rc::gen::inRange(0, cpus);
    if (w.ms) step.ms = *rc::gen::inRange<std::uint64_t>(0, 2000);
    return step;
}

/// What a machine of CPUs has more, on top of a document about a wheel.
inline void addKernel(Scenario& s)
{
    const auto maybe = [](auto value) { return *rc::gen::arbitrary<bool>() ? value : decltype(value){}; };
    ScenarioMachine& m = s.machine;
    m.interrupts = true;
    m.nohz = maybe(std::optional(true));
    m.smp = maybe(std::optional(m.cpus == 1 && *rc::gen::arbitrary<bool>() ? false : true));
    m.skew = maybe(said(*rc::gen::element<std::string>("10us", "0s", "1ns")));
    m.idle = maybe(std::optional(std::vector<int>{0, m.cpus - 1}));
    m.slice = maybe(std::optional(*rc::gen::inRange<std::uint64_t>(0, 9)));
    m.callbackTakes = maybe(anyDuration());
    m.moveTakes = maybe(anyDuration());
    const bool hasTimer = !s.items.empty();
    const auto anySteps = [&](bool hasProcess) {
        std::vector<ScenarioStep> steps;
        for (int n = *rc::gen::inRange(0, 4); n > 0; --n) steps.push_back(anyStep(hasTimer, hasProcess, m.cpus));
        return steps;
    };
    const int processes = *rc::gen::inRange(0, 3);
    for (int i = 0; i < processes; ++i) {
        ScenarioProcess p;
        p.name = said("P" + std::to_string(i));
        p.cpu = *rc::gen::inRange(0, m.cpus);
        p.at = maybe(said(*rc::gen::element<std::string>("+3", "1.5ms")));
        p.repeat = *rc::gen::element(std::optional<std::uint64_t>(1), std::optional<std::uint64_t>(7), std::optional<std::uint64_t>());
        p.does = anySteps(true);
        s.processes.push_back(p);
    }
    for (auto& item : s.items) item.on = anySteps(processes > 0);
    int at = static_cast<int>(s.actions.size());
    for (int n = *rc::gen::inRange(0, 4); n > 0; --n) {
        ScenarioAction a;
        a.at = said("+" + std::to_string(at++));
        a.cpu = *rc::gen::inRange(0, m.cpus);
        switch (*rc::gen::inRange(0, 5)) {
        case 0:
            a.call.call = Call::Interrupt;
            a.name = maybe(said("disk"));
            a.does = anySteps(processes > 0);
            break;
        case 1:
            a.call.call = Call::Burn;
            a.duration = anyDuration();
            break;
        case 2:
            a.call.call = *rc::gen::element(Call::SpinLock, Call::SpinUnlock);
            a.lock = said("L");
            break;
        case 3:
            if (processes == 0) continue;
            a.call.call = *rc::gen::element(Call::WakeProcess, Call::SendSignal);
            a.process = said("P0");
            break;
        default:
            if (!hasTimer) continue;
            a.call.call = *rc::gen::element(Call::DelTimerSync, Call::FreeTimer);
            a.timer = said("t0");
        }
        s.actions.push_back(a);
    }
    for (std::uint64_t n = *rc::gen::inRange<std::uint64_t>(0, 3), step = 0; n > 0; --n) {
        ScenarioChoice c;
        c.at = said("+4");
        c.step = step += n;
        c.cpu = *rc::gen::inRange(0, m.cpus);
        s.choices.push_back(c);
    }
    ScenarioExpectation cpu;
    cpu.cpu = 0;
    cpu.ticks = 9;
    cpu.saved = maybe(std::optional<std::uint64_t>(4));
    cpu.interrupts = maybe(std::optional<std::uint64_t>(0));
    cpu.turns = 3;
    s.expect.push_back(cpu);
    if (processes > 0) {
        ScenarioExpectation process;
        process.process = said("P0");
        process.sleeps = *rc::gen::element(std::vector<Spelling>{}, std::vector{said("6.5ms")}, std::vector{said("6ms"), said("7ms")});
        process.left = maybe(std::optional(std::vector<std::uint64_t>{0, 310}));
        s.expect.push_back(process);
    }
    if (!hasTimer) return;
    ScenarioExpectation waited;
    waited.timer = said("t0");
    waited.waited = std::vector{said("0.1ms"), said("3ms")};
    s.expect.push_back(waited);
}

/// Everything a document can say, valid.
inline Scenario anyWheelScenario()
{
    Scenario s;
    s.title = *anyTitle();
    s.watch = *anyTitle();
    s.notes = *rc::gen::element(std::vector<std::string>{}, std::vector<std::string>{"One."}, std::vector<std::string>{"\"Two\",", "and\nmore."});
    if (*rc::gen::arbitrary<bool>())
        s.opening =
            said(*rc::gen::element<std::string>("start", "end", "event=4", "jiffies=0x10", "time=1.5ms"));
    s.machine.cpus = *rc::gen::inRange(1, 65);
    s.machine.bits = *rc::gen::element(32, 64);
    s.machine.timers = *rc::gen::element(TimerAlgorithm::Wheel39, TimerAlgorithm::Wheel61, TimerAlgorithm::SortedList);
    if (s.machine.timers == TimerAlgorithm::Wheel39) s.machine.small = *rc::gen::arbitrary<bool>();
    s.machine.hz = *rc::gen::element(100u, 250u, 300u, 1000u);
    if (*rc::gen::arbitrary<bool>())
        s.machine.jiffies = said(*rc::gen::element<std::string>("7", "0xFF", "-300*HZ", "4294967295"));
    const int items = *rc::gen::inRange(0, 4);
    for (int i = 0; i < items; ++i) {
        ScenarioItem item;
        item.name = said("t" + std::to_string(i));
        item.slack = *rc::gen::inRange(-1, 50);
        item.deferrable = *rc::gen::arbitrary<bool>();
        item.irqSafe = *rc::gen::arbitrary<bool>();
        item.pinned = *rc::gen::arbitrary<bool>();
        using What = CallbackStep::What;
        const int steps = *rc::gen::inRange(0, 3);
        for (int k = 0; k < steps; ++k) {
            ScenarioStep step;
            step.what = *rc::gen::element(What::Rearm, What::Add, What::Del, What::TryDel);
            if (step.what != What::Rearm) step.timer = said("t0");
            if (step.what == What::Rearm || step.what == What::Add)
                step.by = said(*rc::gen::element<std::string>("+5", "5", "-3"));
            item.on.push_back(step);
        }
        s.items.push_back(item);
    }
    s.seed = *rc::gen::inRange<std::uint64_t>(0, 1ull << 62);
    const int populations = *rc::gen::inRange(0, 3);
    for (int i = 0; i < populations; ++i) {
        Population p;
        p.name = said("p" + std::to_string(i));
        p.cpus = *rc::gen::element(std::vector<int>{}, std::vector<int>{0}, std::vector<int>{0, 0});
        p.count = *rc::gen::inRange<std::uint64_t>(1, 20);
        if (*rc::gen::arbitrary<bool>()) p.at = said("+3");
        p.startSpread = anySpread();
        p.call.call = *rc::gen::element(Call::AddTimer, Call::ModTimer, Call::ModTimerPinned);
        p.delay = anySpread();
        if (*rc::gen::arbitrary<bool>()) p.avoid = std::array{said("+2000000"), said("+2000001")};
        p.slack = *rc::gen::inRange(-1, 5);
        p.deferrablePercent = *rc::gen::element(0, 8, 100);
        p.cancelPercent = *rc::gen::element(0, 50, 100);
        if (p.cancelPercent > 0) p.cancelAfter = anySpread();
        p.rearmPercent = *rc::gen::element(0, 50, 100);
        if (p.rearmPercent > 0) p.rearmBy = anySpread();
        s.populations.push_back(p);
    }
    const int actions = items == 0 ? 0 : *rc::gen::inRange(0, 5);
    for (int i = 0; i < actions; ++i) {
        ScenarioAction a;
        a.at = said("+" + std::to_string(i));
        a.cpu = *rc::gen::inRange(0, s.machine.cpus);
        const auto known = *rc::gen::element<std::string>(
            "add_timer", "add_timer_on", "mod_timer", "mod_timer_pending", "mod_timer_pinned", "timer_reduce", "del_timer",
            "try_to_del_timer_sync", "idle", "busy", "get_next_timer_interrupt");
        callNamed(known, a.call);
        if (a.call.call != Call::SetIdle && a.call.call != Call::NextInterrupt) a.timer = said("t0");
        if (known.starts_with("add") || known.starts_with("mod") || known == "timer_reduce") a.expires = anyExpiry(true);
        if (known == "add_timer_on") a.target = *rc::gen::inRange(0, s.machine.cpus);
        s.actions.push_back(a);
    }
    if (*rc::gen::arbitrary<bool>()) s.until = said(*rc::gen::element<std::string>("+500", "1.5ms"));
    if (*rc::gen::arbitrary<bool>()) s.limit = *rc::gen::inRange<std::uint64_t>(1, 1000);
    s.compare = *rc::gen::element(std::vector<std::string>{}, std::vector<std::string>{"wheel-6.1", "wheel-3.9"},
                                  std::vector<std::string>{"sorted-list", "wheel-3.9", "wheel-3.9-small", "wheel-6.1"});
    const auto about = [] { return said(*rc::gen::element<std::string>("", "wheel-3.9", "wheel-3.9-small", "wheel-6.1", "sorted-list")); };
    if (items > 0) {
        ScenarioExpectation timer;
        timer.algorithm = said(*rc::gen::element<std::string>("wheel-3.9", "wheel-3.9-small"));
        timer.timer = said("t0");
        timer.at = said("+7");
        timer.fires = *rc::gen::element(std::vector<Spelling>{}, std::vector{said("+1")},
                                        std::vector{said("+1"), said("+3")});
        timer.fireCount = 3;
        timer.slot = said(*rc::gen::element<std::string>("tv1[3]", "none"));
        timer.expires = anyExpiry(false);
        timer.moves = 0;
        timer.movedAt = std::vector{said("+4"), said("+9")};
        timer.returns = *rc::gen::element(std::vector<int>{}, std::vector<int>{-1}, std::vector<int>{0, 1});
        timer.position = std::vector{said("+2")};
        s.expect.push_back(timer);
        ScenarioExpectation elsewhere;
        elsewhere.algorithm = said(*rc::gen::element<std::string>("wheel-6.1", "sorted-list"));
        elsewhere.timer = said("t0");
        elsewhere.slot = said(elsewhere.algorithm.text == "sorted-list" ? "sorted list"
                                                                        : *rc::gen::element<std::string>("lvl1[63]", "def lvl7[0]", "none"));
        s.expect.push_back(elsewhere);
    }
    if (items > 1) {
        ScenarioExpectation order;
        order.algorithm = about();
        order.order = {said("t1"), said("t0")};
        s.expect.push_back(order);
    }
    ScenarioExpectation total;
    total.algorithm = about();
    total.total = said("fired");
    total.is = *rc::gen::element<std::string>("8", "one");
    s.expect.push_back(total);
    ScenarioExpectation tick;
    tick.algorithm = about();
    tick.tick = said("+9");
    tick.tickMoves = 4;
    tick.tickFires = 0;
    s.expect.push_back(tick);
    if (*rc::gen::arbitrary<bool>()) addKernel(s);
    return s;
}

inline Spelling anyTime() { return said(*rc::gen::element<std::string>("0s", "250ms", "1.5s", "40us", "3s")); }

/// Everything a document about tgtd can say, valid.
inline Scenario anyWorkScenario()
{
    const auto maybe = [](auto value) { return *rc::gen::arbitrary<bool>() ? value : decltype(value){}; };
    const auto number = [](std::uint64_t least, std::uint64_t most) { return *rc::gen::inRange(least, most); };
    Scenario s;
    s.title = *anyTitle();
    s.watch = *anyTitle();
    s.notes = maybe(std::vector<std::string>{"Of the patch."});
    s.opening = maybe(said("time=1.5ms"));
    auto& d = s.daemon.emplace();
    d.scheduler = *rc::gen::element(WorkScheduler::Old, WorkScheduler::New, WorkScheduler::TimerFd);
    d.interval = maybe(said("200ms"));
    d.timeout = maybe(said("1.5s"));
    d.start = maybe(anyTime());
    d.tick = maybe(std::optional(number(1, 5)));
    d.batch = maybe(std::optional(number(1, 9)));
    for (auto& c : d.costs) c = maybe(anyTime());
    d.failPipe = *rc::gen::arbitrary<bool>();
    d.failWrite = number(0, 4);
    const auto files = number(0, 3);
    for (std::uint32_t i = 0; i < files; ++i) d.files.push_back({said("file " + std::to_string(i)), 20 + i, {}});
    const auto anyFile = [&] { return files == 0 ? Spelling{} : maybe(said("file " + std::to_string(number(0, files)))); };
    const auto items = number(1, 4);
    for (std::uint32_t i = 0; i < items; ++i) {
        WorkItem item;
        item.name = said("w" + std::to_string(i));
        for (auto n = number(0, 3); n > 0; --n) {
            using What = CallbackStep::What;
            WorkStep step;
            step.what = *rc::gen::element(What::Burn, What::Rearm, What::Add, What::Del);
            if (step.what == What::Burn) step.duration = anyTime();
            if (step.what == What::Add || step.what == What::Del) step.work = said("w0");
            if (step.what == What::Rearm || step.what == What::Add) step.seconds = number(0, 9);
            item.on.push_back(step);
        }
        d.items.push_back(item);
    }
    d.seed = number(0, 1ull << 62);
    const auto populations = number(0, 3);
    for (std::uint32_t i = 0; i < populations; ++i) {
        WorkPopulation p;
        p.name = said("p" + std::to_string(i));
        p.count = number(1, 20);
        p.at = maybe(anyTime());
        p.every = maybe(anyTime());
        p.file = anyFile();
        p.seconds = anySpread();
        p.duration = maybe(anyTime());
        p.rearmPercent = *rc::gen::element(0, 50, 100);
        if (p.rearmPercent > 0) p.rearm = anySpread();
        p.cancelPercent = *rc::gen::element(0, 50, 100);
        if (p.cancelPercent > 0) p.cancelAfter = anyTime();
        d.populations.push_back(p);
    }
    for (auto n = number(0, 6); n > 0; --n) {
        WorkAction a;
        a.call = *rc::gen::element(Call::AddWork, Call::DelWork, Call::BurnTime, Call::StepWall, Call::SlowCall, Call::EventSched, Call::Shutdown);
        a.at = anyTime();
        if (*rc::gen::arbitrary<bool>()) {
            a.every = said("1.5s");
            a.times = number(1, 5);
        }
        if (a.call == Call::AddWork || a.call == Call::DelWork) a.work = said("w0");
        if (a.call == Call::AddWork) a.seconds = number(0, 9);
        if (a.call == Call::BurnTime || a.call == Call::SlowCall) a.duration = anyTime();
        if (a.call == Call::StepWall) a.by = said(*rc::gen::element<std::string>("-3600s", "+500ms", "1s"));
        if (a.call == Call::EventSched) a.passes = number(1, 9);
        if (a.call != Call::StepWall) a.file = anyFile();
        d.actions.push_back(a);
    }
    s.until = maybe(said("9s"));
    s.limit = maybe(std::optional(number(1, 1000)));
    ScenarioExpectation work;
    work.work = said("w0");
    work.runs = *rc::gen::element(std::vector<Spelling>{}, std::vector{said("1s")}, std::vector{said("1s"), said("2.5s")});
    work.runCount = 2;
    work.late = std::vector{said("-10ms"), said("1s")};
    s.expect.push_back(work);
    if (items > 1) s.expect.emplace_back().order = {said("w1"), said("w0")};
    auto& total = s.expect.emplace_back();
    total.total = said("alarms");
    total.is = "8";
    return s;
}

/// About a machine or about tgtd.
inline Scenario anyScenario() { return *rc::gen::inRange(0, 3) == 0 ? anyWorkScenario() : anyWheelScenario(); }

} // namespace jiffy::test
