// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/cpu_accounts.h"
#include "core/insight/lifeline.h"
#include "core/insight/summary.h"

#include "core/run/run.h"
#include "tests/property/random_inputs.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using namespace jiffy::core;
using What = LifeJoint::What;

namespace
{

Geometry geometryOf(const Inputs& in)
{
    return geometryOf(in.machine);
}

Lifeline lifelineOf(const ItemIndex& index, const LogView& log, TimerId timer, const Inputs& in)
{
    Lifeline line(timer, in.machine);
    line.extend(index, log);
    return line;
}

/// A machine with some timers without slack, and calls on them.
struct Script
{
    Inputs in;

    Script() { in.names = {"", "a"}; }
    TimerId timer(std::int32_t slack = 0)
    {
        TimerSpec spec;
        spec.name = 1;
        spec.number = static_cast<std::uint32_t>(in.timers.size() + 1);
        spec.slack = slack;
        in.timers.push_back(spec);
        return TimerId(static_cast<std::uint32_t>(in.timers.size() - 1));
    }
    void at(std::uint64_t tick, Call call, TimerId timer, Jiffies expires = 0)
    {
        Action a;
        a.tick = tick;
        a.call = call;
        a.timer = timer;
        a.expires = expires;
        in.actions.push_back(a);
    }
    Snapshot run() const { return runAll(std::make_shared<const Inputs>(in)); }
};

std::vector<What> kindsOf(std::span<const LifeJoint> joints)
{
    std::vector<What> kinds;
    for (const auto& j : joints)
        kinds.push_back(j.what);
    return kinds;
}

} // namespace

RC_GTEST_PROP(Lifeline, AgreesWithTheWorldAtEveryEvent, ())
{
    auto c = *tests::randomCases();
    c.eventLimit = 2000;
    const auto in = std::make_shared<const Inputs>(c.inputs());
    const LogView log = runAll(in).log;
    const Geometry g = geometryOf(*in);
    ItemIndex index;
    index.extend(log);
    std::vector<Lifeline> lines;
    for (std::uint32_t t = 0; t < in->timers.size(); ++t)
        lines.push_back(lifelineOf(index, log, TimerId(t), *in));

    World world(in->machine);
    std::vector<std::size_t> at(lines.size()); // joints that have happened
    for (std::uint64_t e = 0; e <= log.size(); ++e) {
        for (std::size_t t = 0; t < lines.size(); ++t) {
            const auto& line = lines[t];
            RC_ASSERT(line.jointsBefore(e) == at[t]);
            const SlotId told = line.slotAfter(at[t]);
            const SlotId seen = world.isDefined(line.timer()) ? world.slotOf(line.timer()) : SlotId::none();
            const Place place = g.place(seen);
            if (place.list == Place::List::Run ||
                place.list == Place::List::Cascade) // taken there by its CPU
                RC_ASSERT(g.place(told).cpu == place.cpu);
            else
                RC_ASSERT(told == seen);
        }
        if (e == log.size()) break;
        world.apply(log[e]);
        if (!log[e].item.isValid()) continue;
        const auto& line = lines[log[e].item.value];
        auto& n = at[log[e].item.value];
        if (n == line.joints().size() || line.joints()[n].event != e) continue;
        const LifeJoint& joint = line.joints()[n++];
        RC_ASSERT(joint.tick == world.clock().ticks);
        if (joint.isChange() && joint.what != What::TakenOff) // a call may be about to set another one
            RC_ASSERT(joint.expires == world.item(line.timer()).expires);
        if (joint.what == What::Fired) {
            RC_ASSERT(world.cpu(joint.cpu).running == line.timer());
            RC_ASSERT(line.lateness(joint) ==
                      in->machine.word.signedDistance(world.clock().jiffies, joint.expires));
        }
    }
    for (std::size_t t = 0; t < lines.size(); ++t)
        RC_ASSERT(at[t] == lines[t].joints().size());
}

RC_GTEST_PROP(Lifeline, IsTheSameInTwoHalvesAsAtOnce, ())
{
    const auto in = std::make_shared<const Inputs>((*tests::randomCases()).inputs());
    RC_PRE(!in->timers.empty());
    const LogView log = runAll(in).log;
    const LogView part = log.prefix(*rc::gen::inRange<std::uint64_t>(0, log.size() + 1));
    const TimerId timer(*rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(in->timers.size())));
    ItemIndex once, halves;
    once.extend(log);
    halves.extend(part);
    Lifeline grown(timer, in->machine);
    grown.extend(halves, part);
    halves.extend(log);
    grown.extend(halves, log);
    const Lifeline whole = lifelineOf(once, log, timer, *in);
    RC_ASSERT(std::ranges::equal(grown.joints(), whole.joints()));
    RC_ASSERT(grown.ticksSeen() == whole.ticksSeen());
    RC_ASSERT(once.ticksSeen() == halves.ticksSeen());
}

RC_GTEST_PROP(Lifeline, LastJointsAreTheEndOfTheWholeLife, ())
{
    const auto in = std::make_shared<const Inputs>((*tests::randomCases()).inputs());
    RC_PRE(!in->timers.empty());
    const LogView log = runAll(in).log;
    ItemIndex index;
    index.extend(log);
    const TimerId timer(*rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(in->timers.size())));
    const auto events = *rc::gen::inRange<std::uint64_t>(0, log.size() + 1);
    const auto most = *rc::gen::inRange<std::size_t>(1, 9);
    const Lifeline whole = lifelineOf(index, log, timer, *in);
    const std::size_t n = whole.jointsBefore(events);
    const LifeEnd end = lastJoints(index, log, timer, events, most);
    RC_ASSERT(end.joints.size() == std::min(n, most));
    RC_ASSERT(end.isWhole == (n <= most));
    for (std::size_t i = 0; i < end.joints.size(); ++i) {
        LifeJoint expected = whole.joints()[n - end.joints.size() + i];
        if (!expected.isChange() && !end.isWhole) expected.slot = end.joints[i].slot; // may be known no more
        RC_ASSERT(end.joints[i] == expected);
    }
}

RC_GTEST_PROP(Lifeline, SegmentsTileTheLife, ())
{
    const auto in = std::make_shared<const Inputs>((*tests::randomCases()).inputs());
    RC_PRE(!in->timers.empty());
    const LogView log = runAll(in).log;
    ItemIndex index;
    index.extend(log);
    const TimerId timer(*rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(in->timers.size())));
    const Lifeline line = lifelineOf(index, log, timer, *in);
    std::vector<LifeSegment> all;
    line.visitSegments(0, ~0ull, [&](const LifeSegment& s) { all.push_back(s); });
    std::size_t filings = 0;
    for (const auto& j : line.joints())
        filings += j.what == What::Armed || j.what == What::Rearmed || j.what == What::Moved ? 1 : 0;
    RC_ASSERT(all.size() == filings);
    for (std::size_t i = 0; i < all.size(); ++i) {
        RC_ASSERT(all[i].fromTick <= all[i].toTick);
        RC_ASSERT((i == 0 || all[i - 1].toTick <= all[i].fromTick)); // without the inner pair both sides are evaluated
        RC_ASSERT(all[i].isOpen == (i + 1 == all.size() && line.slotAfter(line.joints().size()).isValid()));
    }
    // A stretch of time shows just the stays that touch it.
    const auto from = *rc::gen::inRange<std::uint64_t>(0, line.ticksSeen() + 2);
    const auto to = from + *rc::gen::inRange<std::uint64_t>(0, 500);
    std::vector<LifeSegment> some, expected;
    line.visitSegments(from, to, [&](const LifeSegment& s) {
        if (s.toTick >= from) some.push_back(s);
    });
    for (const auto& s : all)
        if (s.fromTick <= to && s.toTick >= from) expected.push_back(s);
    RC_ASSERT(some == expected);
}

TEST(Lifeline, ACascadeIsAJointAndThePlanTheDueTick)
{
    Script s;
    s.in.machine.jiffies = 1000;
    const TimerId a = s.timer();
    s.at(0, Call::AddTimer, a, 1300); // tv2[5]: down at 1280
    s.in.untilTicks = 290;
    const Snapshot run = s.run();
    const Geometry g = geometryOf(s.in);
    ItemIndex index;
    index.extend(run.log);
    const Lifeline line = lifelineOf(index, run.log, a, s.in);
    ASSERT_EQ(kindsOf(line.joints()), (std::vector{What::Armed, What::Moved}));
    EXPECT_EQ(g.slotName(line.joints()[0].slot), "tv2[5]");
    EXPECT_EQ(g.slotName(line.joints()[1].slot), "tv1[20]");
    EXPECT_EQ(line.joints()[1].left, line.joints()[0].slot);
    EXPECT_EQ(line.joints()[1].tick, 280u);
    ASSERT_TRUE(line.plannedTick());
    EXPECT_EQ(*line.plannedTick(), 300u);
    EXPECT_EQ(line.jiffiesAt(300), 1300u);
}

TEST(Lifeline, ATimerInThePastIsPlannedForTheNextTick)
{
    Script s;
    s.in.machine.jiffies = 1000;
    const TimerId a = s.timer();
    s.at(5, Call::AddTimer, a, 990);
    s.in.untilTicks = 5;
    const Snapshot run = s.run();
    ItemIndex index;
    index.extend(run.log);
    const Lifeline line = lifelineOf(index, run.log, a, s.in);
    ASSERT_TRUE(line.plannedTick());
    EXPECT_EQ(*line.plannedTick(), 6u);
}

TEST(Lifeline, RearmingDeletingAndCallsWithoutEffectAreTold)
{
    Script s;
    s.in.machine.jiffies = 1000;
    const TimerId a = s.timer(), b = s.timer();
    s.at(0, Call::ModTimer, a, 1050);
    s.at(1, Call::ModTimer, a, 1060);
    s.at(2, Call::ModTimer, a, 1060); // the same: nothing is touched
    s.at(3, Call::AddTimer, a, 1070); // BUG_ON
    s.at(4, Call::DelTimer, a);
    s.at(5, Call::DelTimer, a); // 0: was not pending
    s.at(6, Call::ModTimer, b, 1007);
    s.in.untilTicks = 20;
    const Snapshot run = s.run();
    ItemIndex index;
    index.extend(run.log);
    const Lifeline line = lifelineOf(index, run.log, a, s.in);
    EXPECT_EQ(kindsOf(line.joints()),
              (std::vector{What::Armed, What::TakenOff, What::Rearmed, What::Untouched, What::Refused,
                           What::Deleted, What::Untouched}));
    EXPECT_TRUE(line.joints()[3].slot.isValid());
    EXPECT_FALSE(line.joints()[6].slot.isValid());
    EXPECT_FALSE(line.plannedTick());
    const Lifeline other = lifelineOf(index, run.log, b, s.in);
    ASSERT_EQ(kindsOf(other.joints()), (std::vector{What::Armed, What::Fired}));
    EXPECT_EQ(other.lateness(other.joints()[1]), 0);
}

TEST(Lifeline, TellsTheExpiryThatWasAskedFor)
{
    Script s;
    s.in.machine.word = Word(64);
    s.in.machine.jiffies = 1000;
    const TimerId automatic = s.timer(-1), exact = s.timer(), huge = s.timer(1 << 30);
    s.at(0, Call::AddTimer, automatic, 11000);
    s.at(0, Call::AddTimer, exact, 11000);
    s.at(0, Call::ModTimer, huge, 1ull << 31);
    s.at(0, Call::ModTimer, huge, 11000);
    s.in.untilTicks = 1;
    const Snapshot run = s.run();
    ItemIndex index;
    index.extend(run.log);
    const auto asked = [&](TimerId t) {
        const Lifeline line = lifelineOf(index, run.log, t, s.in);
        return askedExpires(run.log, line.joints().back(), s.in.machine.word);
    };
    EXPECT_EQ(lifelineOf(index, run.log, automatic, s.in).joints().back().expires, 11008u);
    EXPECT_EQ(asked(automatic), 11000u);
    EXPECT_EQ(asked(exact), 11000u);
    EXPECT_NE(lifelineOf(index, run.log, huge, s.in).joints().back().expires, 11000u);
    EXPECT_EQ(asked(huge), 11000u);
}

TEST(ItemIndex, KnowsTheTicksBeforeEveryRecord)
{
    const Inputs in = tests::RandomCase{5, 200, Driver::Kernel, 6000}.inputs();
    const LogView log = runAll(std::make_shared<const Inputs>(in)).log;
    ItemIndex index;
    index.extend(log);
    std::uint64_t ticks = 0;
    for (std::uint64_t e = 0; e < log.size(); ++e) {
        EXPECT_EQ(index.ticksBefore(log, e), ticks);
        ticks += ticksOf(log[e]);
    }
    EXPECT_EQ(index.ticksBefore(log, log.size()), ticks);
}

RC_GTEST_PROP(CpuAccounts, AddUpToTheSummaryAtEveryEvent, ())
{
    const auto in = std::make_shared<const Inputs>((*tests::randomCases()).inputs());
    const LogView log = runAll(in).log;
    CpuAccounts accounts(geometryOf(*in));
    accounts.extend(log.prefix(log.size() / 3));
    accounts.extend(log);
    Summary summary(*in);
    const auto check = [&](std::uint64_t events) {
        CpuAccount sum;
        for (int cpu = 0; cpu < in->machine.cpus; ++cpu) {
            const CpuAccount a = accounts.upTo(log, cpu, events);
            sum.armed += a.armed;
            sum.rearmed += a.rearmed;
            sum.deleted += a.deleted;
            sum.fired += a.fired;
            sum.moved += a.moved;
        }
        RC_ASSERT(sum == (CpuAccount{summary.armed, summary.rearmed, summary.deleted, summary.fired,
                                     summary.moves}));
    };
    for (std::uint64_t e = 0; e < log.size(); ++e) {
        if (e % 97 == 0) check(e);
        summary.add(log[e]);
    }
    check(log.size());
}
