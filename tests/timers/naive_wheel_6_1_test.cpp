// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's wheel of 6.1 and the naive one write the same log for random operations.
#include "tests/timers/naive_wheel_6_1.h"

#include "core/base/random.h"
#include "core/export/vector_log.h"
#include "core/run/run.h"
#include "core/scenario/ops_reader.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using namespace jiffy::tests;

namespace
{

struct Case
{
    NaiveMachine machine;
    std::vector<NaiveTimer> timers;
    std::vector<NaiveOp> ops;

    std::string text() const
    {
        std::string out = "machine bits=" + std::to_string(machine.bits) + " cpus=" + std::to_string(machine.cpus) +
                          " hz=" + std::to_string(machine.hz) + " jiffies=" + std::to_string(machine.jiffies) + "\n";
        for (std::size_t i = 0; i < timers.size(); ++i)
            out += "timer " + std::to_string(i + 1) + (timers[i].isDeferrable ? " deferrable" : "") + (timers[i].isPinned ? " pinned" : "") + "\n";
        for (std::size_t i = 0; i < timers.size(); ++i)
            for (const auto& s : timers[i].steps) {
                out += "on " + std::to_string(i + 1) + " " + s.what;
                if (s.what != "rearm") out += " " + std::to_string(s.other);
                if (s.what == "rearm" || s.what == "add") out += " " + std::to_string(s.by);
                out += "\n";
            }
        for (const auto& op : ops) out += op.text() + "\n";
        return out;
    }
};

class Draw
{
  public:
    explicit Draw(std::uint64_t seed) : m_random{seed} {}

    Case draw(int length)
    {
        Case c;
        c.machine.bits = oneIn(2) ? 32 : 64;
        c.machine.cpus = static_cast<int>(between(1, 3));
        c.machine.hz = oneIn(3) ? 100 : oneIn(2) ? 250 : 1000;
        const auto any = m_random.between(0, ~0ull);
        c.machine.jiffies = oneIn(4) ? between(0, 600) : oneIn(3) ? 0xFFFF'FFFFull - between(0, 2000) : oneIn(2) ? ~0ull - between(0, 5000) : any;
        if (c.machine.bits == 32) c.machine.jiffies &= 0xFFFF'FFFFu;
        c.timers.resize(between(1, 14));
        m_timers = static_cast<int>(c.timers.size());
        for (auto& t : c.timers) {
            t.isDeferrable = oneIn(5);
            t.isPinned = oneIn(4);
            if (!oneIn(2)) continue;
            for (auto n = between(1, 3); n > 0; --n) {
                NaiveStep s;
                s.what = oneIn(3) ? "rearm" : oneIn(3) ? "del" : oneIn(6) ? "try_del" : "add";
                if (s.what != "rearm") s.other = anyTimer();
                if (s.what == "rearm" || s.what == "add") s.by = delta();
                t.steps.push_back(s);
            }
        }
        std::uint64_t now = c.machine.jiffies;
        const auto step = [&](std::uint64_t by) { now += by; return by; };
        for (int i = 0; i < length; ++i) {
            NaiveOp op;
            op.cpu = static_cast<int>(between(0, static_cast<std::uint64_t>(c.machine.cpus) - 1));
            op.timer = anyTimer();
            op.target = static_cast<int>(between(0, static_cast<std::uint64_t>(c.machine.cpus) - 1));
            op.expires = now + static_cast<std::uint64_t>(delta());
            if (c.machine.bits == 32) op.expires &= 0xFFFF'FFFFu;
            switch (between(0, 19)) {
            case 0: case 1: op.what = "add"; break;
            case 2: op.what = "add_on"; break;
            case 3: case 4: case 5: case 6: op.what = "mod"; break;
            case 7: op.what = "mod_pending"; break;
            case 8: case 9: op.what = "reduce"; break;
            case 10: op.what = "del"; break;
            case 11: op.what = "try_del"; break;
            case 12: op.what = "softirq"; break;
            case 13: case 14: op.what = "next"; break;
            case 15: op.what = "idle"; op.target = oneIn(2) ? 1 : 0; break;
            case 16: op.what = "dump"; break;
            case 17: op.what = "advance"; op.count = step(oneIn(8) ? between(0, 1u << 24) : between(0, 700)); break;
            default: op.what = "tick"; op.count = step(oneIn(10) ? between(0, 5000) : between(0, 90)); break;
            }
            c.ops.push_back(op);
        }
        NaiveOp dump;
        dump.what = "dump";
        c.ops.push_back(dump);
        return c;
    }

  private:
    std::uint64_t between(std::uint64_t low, std::uint64_t high) { return m_random.between(low, high); }
    bool oneIn(std::uint64_t n) { return between(1, n) == 1; }
    int anyTimer() { return static_cast<int>(between(1, static_cast<std::uint64_t>(m_timers))); }
    /// Near, one turn of level 0 ahead, round a border of a level, anywhere, or past.
    std::int64_t delta()
    {
        switch (between(0, 7)) {
        case 0: return static_cast<std::int64_t>(between(0, 4));
        case 1: return static_cast<std::int64_t>(between(60, 66));
        case 2: return static_cast<std::int64_t>(between(0, 70));
        case 3: return static_cast<std::int64_t>((63ull << (3 * between(0, 8))) + between(0, 10)) - 5;
        case 4: return static_cast<std::int64_t>(between(0, 1ull << between(1, 31)));
        case 5: return -static_cast<std::int64_t>(between(0, 300));
        default: return static_cast<std::int64_t>(between(0, 900));
        }
    }

    core::Random m_random;
    int m_timers = 1;
};

std::string engineLog(const std::string& ops)
{
    auto inputs = core::readOps(ops, "random.ops");
    if (!inputs) return core::toText(inputs.error());
    const auto shared = std::make_shared<const core::Inputs>(std::move(*inputs));
    const auto run = core::runAll(shared);
    std::string out;
    core::writeVectorLog(*shared, run.log, run.open, [&](std::string_view part) { out += part; });
    return out;
}

std::string naiveLog(const Case& c)
{
    NaiveWheel61 wheel(c.machine, c.timers);
    for (const auto& op : c.ops) wheel.run(op);
    return wheel.log();
}

} // namespace

RC_GTEST_PROP(NaiveWheel61, WritesTheLogThatTheEngineWrites, ())
{
    const auto seed = *rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>());
    const auto length = *rc::gen::inRange(1, 120);
    const auto c = Draw(seed).draw(length);
    const auto text = c.text();
    RC_LOG() << text;
    RC_ASSERT(engineLog(text) == naiveLog(c));
}

/// The quirk of vector m14: a timer moved one turn of level 0 ahead while its bucket runs stays, and runs at once.
TEST(NaiveWheel61, RunsATimerEarlyThatABucketsNumberKeeps)
{
    Case c;
    c.machine.jiffies = 1000;
    c.timers.resize(2);
    c.timers[1].steps = {{"add", 1, 63}};
    for (const int t : {1, 2}) {
        NaiveOp op;
        op.what = "add";
        op.timer = t;
        op.expires = 1005;
        c.ops.push_back(op);
    }
    c.ops.emplace_back().what = "tick";
    c.ops.back().count = 6;
    const auto log = naiveLog(c);
    EXPECT_NE(log.find("fire j=1006 tj=1007 cpu=0 1 expires=1069\n"), std::string::npos) << log;
    EXPECT_EQ(engineLog(c.text()), log);
}
