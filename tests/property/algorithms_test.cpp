// SPDX-License-Identifier: GPL-3.0-or-later
// What holds between the algorithms: without callbacks all call the same set of timers, never before their time
// (but where the original does), and late by no more than each algorithm's own bound; the sorted list does what a
// walk of a vector does.
#include "core/base/random.h"
#include "core/run/run.h"
#include "core/timers/registry.h"
#include "core/world/world.h"
#include "tests/property/random_inputs.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>
#include <tuple>

using namespace jiffy;
using namespace jiffy::core;
using jiffy::tests::RandomCase;

namespace
{

constexpr std::array algorithms = {"sorted-list", "wheel-3.9", "wheel-3.9-small", "wheel-6.1"};

/// An arming in a workload: at a tick, for a tick, which is not the same as when it is called.
struct Arming
{
    std::uint32_t timer = 0;
    std::uint64_t at = 0;     ///< ticks since the start
    std::int64_t ahead = 0;   ///< expires - jiffies then
    std::uint64_t order = 0;  ///< of the actions
    bool isTaken = false;     ///< deleted, or armed anew, before it can be due
};

/// A workload without callbacks. No action meets a timer between its expiry and the latest call that any
/// algorithm may make, or what it does would depend on the algorithm.
struct Workload
{
    Inputs inputs;
    std::vector<Arming> armings; ///< in the order of time
};

std::uint64_t granule61(std::int64_t ahead)
{
    std::uint64_t g = 1;
    while (ahead >= 0 && static_cast<std::uint64_t>(ahead) >= 63 * g) g *= 8;
    return g;
}

std::int64_t anyDelta(Random& random, std::int64_t most)
{
    const auto between = [&](std::uint64_t a, std::uint64_t b) { return static_cast<std::int64_t>(random.between(a, b)); };
    std::int64_t d = 0;
    switch (random.between(0, 5)) {
    case 0: d = between(0, 4); break;
    case 1: d = between(0, 300); break;
    case 2: d = between(0, 20'000); break;
    case 3: d = (std::int64_t{63} << (3 * between(0, 7))) + between(0, 10) - 5; break;
    case 4: d = (std::int64_t{1} << between(1, 27)) + between(0, 8) - 4; break;
    default: d = -between(0, 600); break;
    }
    return std::min(d, most);
}

/// No expiry is beyond the reach of eight levels of 6.1. cpus: the CPU of each call is drawn from so many.
Workload workload(std::uint64_t seed, int length, int cpus, std::int64_t most = 130'000'000)
{
    Random random{seed};
    Workload w;
    auto& in = w.inputs;
    in.title = "between algorithms";
    in.driver = Driver::Kernel;
    in.machine.cpus = cpus;
    in.machine.word = Word(random.between(0, 1) == 0 ? 32 : 64);
    in.machine.hz = Hz{random.between(0, 2) == 0 ? 100u : 1000u};
    in.machine.jiffies = in.machine.word.reduce(random.between(0, 1) == 0 ? random.between(0, 5000) : 0ull - random.between(0, 5000));
    in.names = {"", "t"};
    const auto count = static_cast<std::uint32_t>(random.between(1, 30));
    for (std::uint32_t i = 0; i < count; ++i) {
        TimerSpec t;
        t.name = 1;
        t.number = i + 1;
        t.slack = 0;
        in.timers.push_back(t);
    }
    struct Busy
    {
        std::uint64_t due = 0, free = 0; ///< pending for sure before `due`, gone for sure from `free` on
        std::size_t arming = ~std::size_t{0};
    };
    std::vector<Busy> busy(count);
    std::uint64_t tick = 0, end = 0;
    for (int i = 0; i < length; ++i) {
        if (random.between(0, 2) != 0) tick += random.between(0, 5) == 0 ? random.between(0, 4000) : random.between(0, 40);
        Action a;
        a.tick = tick;
        a.timer = TimerId(static_cast<std::uint32_t>(random.between(0, count - 1)));
        a.cpu = static_cast<std::uint8_t>(random.between(0, static_cast<std::uint64_t>(cpus) - 1));
        Busy& b = busy[a.timer.value];
        const bool isPending = b.arming != ~std::size_t{0} && tick < b.free;
        if (isPending && tick >= b.due) continue;
        const auto call = random.between(0, 5);
        if (call == 0) {
            a.call = Call::DelTimer;
            if (isPending) w.armings[b.arming].isTaken = true;
            b = {};
            in.actions.push_back(a);
            continue;
        }
        a.call = call == 1 && !isPending ? Call::AddTimer : call == 2 ? Call::ModTimerPinned : Call::ModTimer;
        const auto ahead = anyDelta(random, most);
        a.expires = in.machine.word.add(in.machine.jiffies, tick + static_cast<std::uint64_t>(ahead));
        if (isPending) {
            auto& before = w.armings[b.arming];
            if (static_cast<std::int64_t>(before.at) + before.ahead == static_cast<std::int64_t>(tick) + ahead) continue; // mod changes nothing
            before.isTaken = true;
        }
        in.actions.push_back(a);
        b.arming = w.armings.size();
        w.armings.push_back({a.timer.value, tick, ahead, in.actions.size(), false});
        b.due = ahead <= 0 ? tick : tick + static_cast<std::uint64_t>(ahead);
        b.free = b.due + granule61(ahead) + 2;
        end = std::max(end, b.free);
    }
    in.untilTicks = std::max(end, tick) + 1;
    return w;
}

struct CallAt
{
    std::uint32_t timer = 0;
    std::uint64_t tick = 0;
    bool operator<(const CallAt& o) const { return std::tie(timer, tick) < std::tie(o.timer, o.tick); }
    bool operator==(const CallAt&) const = default;
};

/// Calls in their order.
std::vector<CallAt> callsOf(const Snapshot& run)
{
    std::vector<CallAt> out;
    std::uint64_t ticks = 0;
    for (std::uint64_t i = 0; i < run.log.size(); ++i) {
        const Record& r = run.log[i];
        ticks += ticksOf(r);
        if (r.kind == Kind::Fired) out.push_back({r.item.value, ticks});
    }
    return out;
}

std::vector<CallAt> callsOn(const Workload& w, std::string_view algorithm)
{
    return callsOf(runAll(inputsOn(w.inputs, *timersNamed(algorithm))));
}

/// Which arming each call ends: that before it which was not taken.
std::vector<std::pair<Arming, std::uint64_t>> endings(const Workload& w, std::vector<CallAt> calls)
{
    std::sort(calls.begin(), calls.end());
    auto armings = w.armings;
    std::erase_if(armings, [](const Arming& a) { return a.isTaken; });
    std::stable_sort(armings.begin(), armings.end(), [](const Arming& a, const Arming& b) { return a.timer < b.timer; });
    RC_ASSERT(calls.size() == armings.size());
    std::vector<std::pair<Arming, std::uint64_t>> out;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        RC_ASSERT(calls[i].timer == armings[i].timer);
        out.emplace_back(armings[i], calls[i].tick);
    }
    return out;
}

std::uint64_t dueTick(const Arming& a) { return a.ahead < 1 ? a.at + 1 : a.at + static_cast<std::uint64_t>(a.ahead); }

} // namespace

/// Each arming that is not taken back is called once, on every algorithm, and nothing else is.
RC_GTEST_PROP(Algorithms, CallTheSameTimers, ())
{
    const auto seed = *rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>());
    const auto w = workload(seed, *rc::gen::inRange(0, 120), *rc::gen::inRange(1, 4));
    for (const auto* algorithm : algorithms) {
        RC_LOG() << algorithm << "\n";
        for (const auto& [arming, tick] : endings(w, callsOn(w, algorithm))) RC_ASSERT(tick > arming.at);
    }
}

/// 3.9 and the list: in the jiffy asked for, or in the next tick if that one is over.
RC_GTEST_PROP(Algorithms, AreExactButForTheWheelOf61, ())
{
    const auto seed = *rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>());
    const auto w = workload(seed, *rc::gen::inRange(0, 120), *rc::gen::inRange(1, 4));
    for (const auto* algorithm : {"sorted-list", "wheel-3.9", "wheel-3.9-small"})
        for (const auto& [arming, tick] : endings(w, callsOn(w, algorithm))) RC_ASSERT(tick == dueTick(arming));
}

/// 6.1: after the jiffy asked for, by a slot of the level at most, which is 8/63 of the delay beyond level 0. The
/// level counts from the wheel's clock, which may be one jiffy ahead, so a timer on a border may do better.
RC_GTEST_PROP(Algorithms, AreLateByASlotOfTheLevelAtMostOn61, ())
{
    const auto seed = *rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>());
    const auto w = workload(seed, *rc::gen::inRange(0, 120), *rc::gen::inRange(1, 4));
    for (const auto& [arming, tick] : endings(w, callsOn(w, "wheel-6.1"))) {
        if (arming.ahead < 0) {
            RC_ASSERT(tick == arming.at + 1);
            continue;
        }
        const auto late = tick - (arming.at + static_cast<std::uint64_t>(arming.ahead));
        RC_ASSERT(late >= 1u && tick > arming.at);
        RC_ASSERT(late <= granule61(arming.ahead));
        if (arming.ahead >= 63) RC_ASSERT(late * 63 <= static_cast<std::uint64_t>(arming.ahead) * 8);
    }
}

/// The list calls by expiry, equal ones in the order of adding; all that another exact algorithm calls in a tick is
/// called in that tick.
RC_GTEST_PROP(Algorithms, AreInTheOrderOfTimeOnTheSortedList, ())
{
    const auto seed = *rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>());
    const auto w = workload(seed, *rc::gen::inRange(0, 120), 1);
    auto wanted = w.armings;
    std::erase_if(wanted, [](const Arming& a) { return a.isTaken; });
    const auto expiry = [](const Arming& a) { return static_cast<std::int64_t>(a.at) + a.ahead; };
    std::sort(wanted.begin(), wanted.end(), [&](const Arming& a, const Arming& b) {
        return std::tuple(dueTick(a), expiry(a), a.order) < std::tuple(dueTick(b), expiry(b), b.order);
    });
    const auto calls = callsOn(w, "sorted-list");
    RC_ASSERT(calls.size() == wanted.size());
    for (std::size_t i = 0; i < calls.size(); ++i) RC_ASSERT(calls[i] == (CallAt{wanted[i].timer, dueTick(wanted[i])}));
    auto there = callsOn(w, "wheel-3.9"), here = calls;
    const auto byTick = [](const CallAt& a, const CallAt& b) { return std::tie(a.tick, a.timer) < std::tie(b.tick, b.timer); };
    std::sort(there.begin(), there.end(), byTick);
    std::sort(here.begin(), here.end(), byTick);
    RC_ASSERT(there == here);
}

/// Whatever is done to the list, callbacks and all: comparisons and places are those of a walk from the head.
RC_GTEST_PROP(SortedList, ComparesAsAWalkOfAVectorDoes, ())
{
    auto c = *tests::randomCases(200);
    c.timers = TimerAlgorithm::SortedList;
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    const auto run = runAll(inputs);
    std::vector<std::vector<std::pair<Jiffies, TimerId>>> lists(static_cast<std::size_t>(inputs->machine.cpus));
    World world(inputs->machine);
    const Word word = inputs->machine.word;
    std::uint64_t compared = 0;
    for (std::uint64_t i = 0; i < run.log.size(); ++i) {
        const Record& r = run.log[i];
        if (r.kind == Kind::Counted) compared = r.value;
        if (r.kind == Kind::Queued || r.kind == Kind::Unqueued || r.kind == Kind::Fired) {
            auto& list = lists[static_cast<std::size_t>(world.geometry().place(r.slotId()).cpu)];
            const auto found = std::find_if(list.begin(), list.end(), [&](const auto& e) { return e.second == r.item; });
            if (r.kind != Kind::Queued) {
                RC_ASSERT(found != list.end());
                if (r.kind == Kind::Fired) RC_ASSERT(found == list.begin());
                list.erase(found);
            } else {
                const Jiffies now = world.clock().jiffies;
                std::uint64_t comparisons = 0;
                auto at = list.begin();
                for (; at != list.end(); ++at) {
                    ++comparisons;
                    if (word.signedDistance(at->first, now) > word.signedDistance(r.value, now)) break;
                }
                RC_ASSERT(comparisons == compared);
                RC_ASSERT(TimerId(r.link) == (at == list.end() ? TimerId::none() : at->second));
                list.insert(at, {r.value, r.item});
                compared = 0;
            }
        }
        world.apply(r);
    }
}

/// With callbacks, idle CPUs and late softirqs: no call comes before its expiry, but on 6.1 that of a timer filed at
/// or beyond the wheel's end, and of one that mod_timer() left in the bucket that was running (vector m14).
RC_GTEST_PROP(Algorithms, NeverCallEarlyButWhereTheOriginalDoes, ())
{
    const auto c = *tests::randomCases(200);
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    const auto run = runAll(inputs);
    const Word word = inputs->machine.word;
    World world(inputs->machine);
    const Geometry& g = world.geometry();
    std::map<std::uint32_t, bool> mayBeEarly;
    const bool isModern = c.timers == TimerAlgorithm::Wheel61;
    const auto reach = 63ull << (3 * (inputs->machine.hz.value > 100 ? 8 : 7));
    for (std::uint64_t i = 0; i < run.log.size(); ++i) {
        const Record& r = run.log[i];
        if (isModern && (r.kind == Kind::Queued || r.kind == Kind::ItemSet)) {
            const Place place = g.place(r.slotId());
            const bool isRunning = r.kind == Kind::ItemSet && place.list == Place::List::Run;
            const auto& cpu = world.cpu(place.cpu);
            const Jiffies clk = cpu.clk(world.item(r.item).isDeferrable() ? 1 : 0);
            mayBeEarly[r.item.value] =
                isRunning || (word.signedDistance(r.value, clk) >= 0 && word.distance(r.value, clk) >= reach);
        }
        if (r.kind == Kind::Fired && !mayBeEarly[r.item.value])
            RC_ASSERT(word.signedDistance(world.clock().jiffies, r.before) >= 0);
        world.apply(r);
    }
}

/// On 32 bits more than half the word ahead (seen from the next tick, too) is the past, on every algorithm: called in the next tick.
TEST(Algorithms, TakeHalfTheWordForThePast)
{
    for (const auto* algorithm : algorithms) {
        for (const auto& [ahead, tick] : {std::pair<std::uint64_t, std::uint64_t>{0x8000'0002u, 1}, {0xFFFF'FFFFu, 1}, {5, 5}}) {
            Workload w;
            w.inputs.machine.jiffies = 1000;
            w.inputs.machine.hz = Hz{1000};
            w.inputs.names = {"", "t"};
            w.inputs.timers.push_back({.name = 1, .slack = 0});
            Action a;
            a.timer = TimerId(0);
            a.expires = w.inputs.machine.word.add(1000, ahead);
            w.inputs.actions.push_back(a);
            const auto calls = callsOn(w, algorithm);
            ASSERT_EQ(calls.size(), 1u) << algorithm << " " << ahead;
            EXPECT_EQ(calls[0].tick, tick + (ahead == 5 && std::string_view(algorithm) == "wheel-6.1" ? 1 : 0)) << algorithm << " " << ahead;
        }
    }
}

/// From its cut-off on 6.1 calls early, at the wheel's end; the others wait.
TEST(Algorithms, CallEarlyBeyondTheCutOffOf61Only)
{
    for (const auto& [hz, reach] : {std::pair<std::uint32_t, std::uint64_t>{1000, 63ull << 24}, {250, 63ull << 24}, {100, 63ull << 21}}) {
        for (const auto& [ahead, tick] : {std::pair{reach - 1, reach}, {reach, reach}, {reach + 12'345, reach}, {3 * reach, reach}}) {
            Workload w;
            w.inputs.machine.word = Word(64);
            w.inputs.machine.hz = Hz{hz};
            w.inputs.names = {"", "t"};
            w.inputs.timers.push_back({.name = 1, .slack = 0});
            w.inputs.untilTicks = 4 * reach;
            Action a;
            a.timer = TimerId(0);
            a.expires = ahead;
            w.inputs.actions.push_back(a);
            for (const auto* algorithm : algorithms) {
                const auto calls = callsOn(w, algorithm);
                ASSERT_EQ(calls.size(), 1u) << algorithm;
                EXPECT_EQ(calls[0].tick, std::string_view(algorithm) == "wheel-6.1" ? tick : ahead) << algorithm << " at HZ " << hz;
            }
        }
    }
}
