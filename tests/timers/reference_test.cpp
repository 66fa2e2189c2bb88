// SPDX-License-Identifier: GPL-3.0-or-later
// The yardstick of the benchmarks does the same work as the engine: same firings, same order, same registers.
#include "tests/bench/reference_wheel.h"

#include "core/base/random.h"
#include "core/run/recorder.h"
#include "core/timers/wheel_3_9.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

constexpr std::uint32_t timerCount = 60;

/// What both sides write down of every firing, return value and search.
using Story = std::vector<std::string>;

struct Behaviour
{
    std::int32_t slack = 0;
    bool deferrable = false;
    std::int64_t rearm = 0;           ///< 0: the callback does nothing
    std::uint32_t kills = timerCount; ///< the callback deletes this one, too
};

std::string fired(std::uint32_t timer, Jiffies jiffies, Jiffies position, Jiffies expires)
{
    return "fire " + std::to_string(timer) + " at " + std::to_string(jiffies) + " position " +
           std::to_string(position) + " expires " + std::to_string(expires);
}

template <class UWord> class Reference
{
  public:
    Reference(const std::vector<Behaviour>& behaviours, Jiffies start)
        : m_behaviours(behaviours), m_wheel(static_cast<UWord>(start)), m_timers(timerCount),
          m_calls(timerCount)
    {
        for (std::uint32_t i = 0; i < timerCount; ++i) {
            m_calls[i] = {this, i};
            m_timers[i].slack = behaviours[i].slack;
            m_timers[i].owner = behaviours[i].deferrable ? 1 : 0;
            m_timers[i].function = [](std::uint64_t data) {
                const auto* c = reinterpret_cast<const Call*>(static_cast<std::uintptr_t>(data));
                c->self->run(c->timer);
            };
            m_timers[i].data = reinterpret_cast<std::uintptr_t>(&m_calls[i]);
        }
    }

    Story story;
    void mod(std::uint32_t i, std::int64_t delta)
    {
        const bool was =
            m_wheel.mod(m_timers[i], static_cast<UWord>(m_wheel.jiffies() + static_cast<UWord>(delta)));
        story.push_back("mod " + std::to_string(was));
    }
    void del(std::uint32_t i) { story.push_back("del " + std::to_string(m_wheel.del(m_timers[i]))); }
    void advance(std::uint64_t by) { m_wheel.advance(static_cast<UWord>(by)); }
    void softirq() { m_wheel.softirq(); }
    void next()
    {
        const std::uint64_t answer = m_wheel.next();
        story.push_back("next " + std::to_string(answer) + " kept " + std::to_string(m_wheel.nextTimer()) +
                        " active " + std::to_string(m_wheel.activeTimers()));
    }

  private:
    struct Call
    {
        Reference* self = nullptr;
        std::uint32_t timer = 0;
    };
    void run(std::uint32_t i)
    {
        story.push_back(fired(i, m_wheel.jiffies(), m_wheel.position(), m_timers[i].expires));
        const Behaviour& b = m_behaviours[i];
        if (b.rearm != 0) mod(i, b.rearm);
        if (b.kills < timerCount) del(b.kills);
    }

    const std::vector<Behaviour>& m_behaviours;
    bench::ReferenceWheel<UWord> m_wheel;
    std::vector<typename bench::ReferenceWheel<UWord>::Timer> m_timers;
    std::vector<Call> m_calls;
};

class Engine
{
  public:
    Engine(const std::vector<Behaviour>& behaviours, Jiffies start, int bits)
        : m_behaviours(behaviours), m_emitter(define(behaviours, World(config(start, bits)))),
          m_wheel(m_emitter)
    {
    }

    Story story;
    void mod(std::uint32_t i, std::int64_t delta)
    {
        const Returned was =
            m_wheel.modTimer(0, TimerId(i), word().add(now(), static_cast<std::uint64_t>(delta)));
        story.push_back("mod " + std::to_string(was == Returned::One));
    }
    void del(std::uint32_t i)
    {
        story.push_back("del " + std::to_string(m_wheel.delTimer(0, TimerId(i)) == Returned::One));
    }
    void advance(std::uint64_t by)
    {
        Record r;
        r.kind = Kind::ClockSet;
        r.site = Site::Advance;
        r.before = now();
        r.value = word().add(now(), by);
        m_emitter.emit<Kind::ClockSet>(r);
    }
    void softirq()
    {
        while (m_wheel.turnsDue(0) != 0) {
            if (const auto quiet = std::min(m_wheel.turnsDue(0), m_wheel.quietTurns(0)); quiet != 0) {
                m_wheel.pass(Site::RunTimers, 1, quiet);
                continue;
            }
            m_wheel.beginTurn(0);
            while (m_wheel.hasDue(0)) {
                run(m_wheel.fire(0).value);
                m_wheel.leaveCallback(0);
            }
        }
    }
    void next()
    {
        const std::uint64_t answer = m_wheel.nextInterrupt(0).at;
        story.push_back("next " + std::to_string(answer) + " kept " +
                        std::to_string(world().cpu(0).nextTimer) + " active " +
                        std::to_string(world().cpu(0).activeTimers));
    }

  private:
    static MachineConfig config(Jiffies start, int bits)
    {
        MachineConfig c;
        c.word = Word(bits);
        c.jiffies = start;
        c.settled = false;
        return c;
    }
    static World define(const std::vector<Behaviour>& behaviours, World world)
    {
        for (std::uint32_t i = 0; i < timerCount; ++i) {
            Record r;
            r.kind = Kind::Defined;
            r.item = TimerId(i);
            r.link = static_cast<std::uint32_t>(behaviours[i].slack);
            r.value = behaviours[i].deferrable ? Deferrable : 0;
            world.apply(r);
        }
        return world;
    }
    const World& world() const { return m_emitter.world(); }
    Word word() const { return world().geometry().word; }
    Jiffies now() const { return world().clock().jiffies; }
    void run(std::uint32_t i)
    {
        story.push_back(fired(i, now(), world().cpu(0).timerJiffies, world().item(TimerId(i)).expires));
        const Behaviour& b = m_behaviours[i];
        if (b.rearm != 0) mod(i, b.rearm);
        if (b.kills < timerCount) del(b.kills);
    }

    const std::vector<Behaviour>& m_behaviours;
    PlainEmitter m_emitter;
    Wheel39<PlainEmitter> m_wheel;
};

std::int64_t delay(Random& random)
{
    switch (random.between(0, 5)) {
    case 0:
        return static_cast<std::int64_t>(random.between(0, 5));
    case 1:
        return -static_cast<std::int64_t>(random.between(0, 400));
    case 2:
        return static_cast<std::int64_t>(random.between(0, 1ull << random.between(1, 40)));
    default:
        return static_cast<std::int64_t>(random.between(1, 20'000));
    }
}

std::vector<Behaviour> drawBehaviours(Random& random)
{
    std::vector<Behaviour> all(timerCount);
    for (auto& b : all) {
        b.slack = random.between(0, 2) == 0 ? static_cast<std::int32_t>(random.between(0, 900)) : -1;
        b.deferrable = random.between(0, 5) == 0;
        if (random.between(0, 2) == 0) b.rearm = 1 + static_cast<std::int64_t>(random.between(0, 3000));
        if (random.between(0, 3) == 0)
            b.kills = static_cast<std::uint32_t>(random.between(0, timerCount - 1));
    }
    return all;
}

template <class UWord> void compare(std::uint64_t seed)
{
    Random random{seed};
    constexpr int bits = static_cast<int>(sizeof(UWord)) * 8;
    const Jiffies start = Word(bits).reduce(
        random.between(0, 1) != 0 ? 0 - random.between(0, 50'000) : 4294892296u + random.between(0, 90'000));
    const auto behaviours = drawBehaviours(random);
    Reference<UWord> reference(behaviours, start);
    Engine engine(behaviours, start, bits);
    const auto both = [&](auto&& act) {
        act(reference);
        act(engine);
    };
    for (int k = 0; k < 400; ++k) {
        const auto timer = static_cast<std::uint32_t>(random.between(0, timerCount - 1));
        const std::int64_t delta = delay(random);
        const std::uint64_t ahead =
            random.between(0, 3) == 0 ? random.between(0, 20'000) : random.between(0, 40);
        switch (random.between(0, 7)) {
        case 0:
            both([&](auto& side) { side.del(timer); });
            break;
        case 1:
            both([&](auto& side) { side.next(); });
            break;
        case 2:
            both([&](auto& side) { side.advance(ahead); });
            break; // the softirq comes late
        case 3:
        case 4:
            for (std::uint64_t i = 0; i < ahead; ++i) {
                both([&](auto& side) {
                    side.advance(1);
                    side.softirq();
                });
            }
            break;
        default:
            both([&](auto& side) { side.mod(timer, delta); });
            break;
        }
        ASSERT_EQ(reference.story, engine.story) << "seed " << seed << ", step " << k;
        reference.story.clear();
        engine.story.clear();
    }
}

} // namespace

TEST(ReferenceWheel, DoesWhatTheEngineDoesOn64Bits)
{
    for (std::uint64_t seed = 1; seed <= 150; ++seed)
        compare<std::uint64_t>(seed);
}

TEST(ReferenceWheel, DoesWhatTheEngineDoesOn32Bits)
{
    for (std::uint64_t seed = 1; seed <= 150; ++seed)
        compare<std::uint32_t>(seed);
}
