// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/property/random_inputs.h"

#include "core/base/random.h"

#include <algorithm>
#include <ostream>

namespace jiffy::tests
{
namespace
{

using namespace jiffy::core;

/// Draws the parts of one case, in a fixed order.
class Draw
{
  public:
    explicit Draw(std::uint64_t seed) : m_random{seed} {}

    std::uint64_t upTo(std::uint64_t high) { return m_random.between(0, high); }
    std::uint64_t between(std::uint64_t low, std::uint64_t high) { return m_random.between(low, high); }
    bool oneIn(std::uint64_t n) { return upTo(n - 1) == 0; }
    template <std::size_t N> std::uint64_t oneOf(const std::uint64_t (&values)[N])
    {
        return values[upTo(N - 1)];
    }

    MachineConfig machine(Driver driver);
    /// A distance from jiffies: near, on a border of a level, beyond what the wheel can hold, or in the past.
    std::int64_t delta();
    void timers(Inputs& inputs);

  private:
    CallbackStep step(std::uint32_t timers);
    Random m_random;
};

MachineConfig Draw::machine(Driver driver)
{
    MachineConfig m;
    m.cpus = static_cast<int>(oneIn(2) ? 1 : between(1, 8));
    m.word = Word(oneIn(2) ? 32 : 64);
    m.small = oneIn(2);
    m.hz = Hz{static_cast<std::uint32_t>(oneOf({100, 250, 300, 1000}))};
    const std::uint64_t top = m.word.reduce(~0ull);
    switch (upTo(3)) {
    case 0:
        m.jiffies = upTo(300);
        break;
    case 1:
        m.jiffies = top - upTo(3000);
        break;
    case 2:
        m.jiffies = 4294892296u + upTo(80'000);
        break; // boot: 300 s before 2^32
    default:
        m.jiffies = upTo(~0ull);
        break;
    }
    m.jiffies = m.word.reduce(m.jiffies);
    m.settled = driver == Driver::Kernel;
    return m;
}

std::int64_t Draw::delta()
{
    std::int64_t d = 0;
    switch (upTo(7)) {
    case 0:
        d = static_cast<std::int64_t>(upTo(4));
        break;
    case 1:
    case 2:
        d = static_cast<std::int64_t>(upTo(300));
        break;
    case 3:
    case 4:
        d = static_cast<std::int64_t>(upTo(20'000));
        break;
    case 5: // round the borders of the levels, large and small wheel
        d = static_cast<std::int64_t>(
                oneOf({64, 256, 1 << 10, 1 << 14, 1 << 18, 1 << 20, 1 << 22, 1 << 26})) +
            static_cast<std::int64_t>(upTo(6)) - 3;
        break;
    case 6:
        d = static_cast<std::int64_t>(upTo(1ull << between(1, 40)));
        break;
    default:
        d = -static_cast<std::int64_t>(upTo(600));
        break;
    }
    return d;
}

CallbackStep Draw::step(std::uint32_t timers)
{
    CallbackStep s;
    switch (upTo(5)) {
    case 0:
    case 1:
        s.what = CallbackStep::What::Rearm;
        break;
    case 2:
    case 3:
        s.what = CallbackStep::What::Add;
        break;
    case 4:
        s.what = CallbackStep::What::Del;
        break;
    default:
        s.what = CallbackStep::What::TryDel;
        break;
    }
    if (s.what != CallbackStep::What::Rearm) s.other = TimerId(static_cast<std::uint32_t>(upTo(timers - 1)));
    if (s.what == CallbackStep::What::Rearm || s.what == CallbackStep::What::Add) s.delta = delta();
    return s;
}

void Draw::timers(Inputs& inputs)
{
    const auto count = static_cast<std::uint32_t>(between(1, 40));
    inputs.names = {"", "timer"};
    for (std::uint32_t i = 0; i < count; ++i) {
        TimerSpec t;
        t.name = 1;
        t.number = i + 1;
        switch (upTo(5)) {
        case 0:
            t.slack = 0;
            break;
        case 1:
            t.slack = static_cast<std::int32_t>(upTo(2000));
            break;
        default:
            t.slack = -1;
            break;
        }
        if (oneIn(5)) t.flags |= Deferrable;
        if (oneIn(8)) t.flags |= IrqSafe;
        t.firstStep = static_cast<std::uint32_t>(inputs.steps.size());
        t.stepCount = static_cast<std::uint32_t>(oneIn(2) ? 0 : between(1, 4));
        for (std::uint32_t k = 0; k < t.stepCount; ++k)
            inputs.steps.push_back(step(count));
        inputs.timers.push_back(t);
    }
}

Call randomCall(Draw& draw)
{
    switch (draw.upTo(19)) {
    case 0:
    case 1:
    case 2:
        return Call::AddTimer;
    case 3:
    case 4:
        return Call::AddTimerOn;
    case 5:
    case 6:
        return Call::ModTimerPending;
    case 7:
    case 8:
        return Call::ModTimerPinned;
    case 9:
    case 10:
        return Call::DelTimer;
    case 11:
        return Call::TryToDelTimerSync;
    case 12:
        return Call::SetIdle;
    default:
        return Call::ModTimer;
    }
}

Action randomAction(Draw& draw, const Inputs& inputs, Jiffies now)
{
    const auto lastCpu = static_cast<std::uint64_t>(inputs.machine.cpus) - 1;
    Action a;
    a.call = randomCall(draw);
    a.cpu = static_cast<std::uint8_t>(draw.upTo(lastCpu));
    const auto target = static_cast<std::uint8_t>(draw.upTo(lastCpu));
    const auto timer = TimerId(static_cast<std::uint32_t>(draw.upTo(inputs.timers.size() - 1)));
    const Jiffies expires = inputs.machine.word.add(now, static_cast<std::uint64_t>(draw.delta()));
    if (a.call == Call::SetIdle) {
        a.expires = draw.upTo(1);
        return a;
    }
    a.timer = timer;
    if (a.call == Call::AddTimerOn) a.target = target;
    if (a.call != Call::DelTimer && a.call != Call::TryToDelTimerSync) a.expires = expires;
    return a;
}

/// The ticks come by themselves; an action waits for its tick and, sometimes, for an instant within it.
void kernelActions(Draw& draw, Inputs& inputs, int count)
{
    const auto tickLength = 1'000'000'000u / inputs.machine.hz.value;
    std::uint64_t tick = 0;
    std::uint32_t offset = 0;
    for (int i = 0; i < count; ++i) {
        if (!draw.oneIn(3)) {
            const std::uint64_t step = draw.oneIn(6) ? draw.upTo(30'000) : draw.upTo(60);
            tick += step;
            if (step != 0) offset = 0;
        }
        if (draw.oneIn(6))
            offset = std::min(offset + static_cast<std::uint32_t>(draw.upTo(900'000)), tickLength - 1);
        Action a = randomAction(draw, inputs, inputs.machine.word.add(inputs.machine.jiffies, tick));
        if (draw.oneIn(25)) {
            a = Action{};
            a.call = Call::NextInterrupt;
            a.cpu = static_cast<std::uint8_t>(draw.upTo(static_cast<std::uint64_t>(inputs.machine.cpus) - 1));
        }
        a.tick = tick;
        a.offset = offset;
        inputs.actions.push_back(a);
    }
    inputs.untilTicks = tick + draw.upTo(40'000);
}

Action byHand(Call call, std::uint64_t amount = 0, std::uint8_t cpu = 0)
{
    Action a;
    a.call = call;
    a.expires = amount;
    a.cpu = cpu;
    return a;
}

/// Nothing moves but what the actions move: jiffies may run ahead of the wheels, softirqs come late.
void handActions(Draw& draw, Inputs& inputs, int count)
{
    for (std::uint32_t i = 0; i < inputs.timers.size(); ++i) {
        Action a = byHand(Call::Define);
        a.timer = TimerId(i);
        inputs.actions.push_back(a);
    }
    const Word word = inputs.machine.word;
    Jiffies now = inputs.machine.jiffies;
    for (int i = 0; i < count; ++i) {
        const auto cpu =
            static_cast<std::uint8_t>(draw.upTo(static_cast<std::uint64_t>(inputs.machine.cpus) - 1));
        Action a;
        switch (draw.upTo(15)) {
        case 0:
        case 1:
        case 2:
            a = byHand(Call::Tick, draw.oneIn(4) ? draw.upTo(20'000) : draw.upTo(80));
            break;
        case 3:
            a = byHand(Call::Advance, draw.oneIn(6) ? draw.upTo(1u << 20) : draw.upTo(400));
            break;
        case 4:
        case 5:
            a = byHand(Call::Softirq, 0, cpu);
            break;
        case 6:
            a = byHand(Call::NextInterrupt, 0, cpu);
            break;
        case 7:
            a = draw.oneIn(4) ? byHand(Call::Dump) : byHand(Call::NextInterrupt, 0, cpu);
            break;
        default:
            a = randomAction(draw, inputs, now);
            break;
        }
        if (a.call == Call::Tick || a.call == Call::Advance) now = word.add(now, a.expires);
        inputs.actions.push_back(a);
    }
}

/// What only the wheel of 6.1 has.
void makeModern(Inputs& inputs)
{
    for (std::size_t i = 0; i < inputs.timers.size(); i += 5) inputs.timers[i].flags |= Pinned;
    for (std::size_t i = 0; i < inputs.actions.size(); ++i) {
        Call& call = inputs.actions[i].call;
        if (call == Call::ModTimer && i % 3 == 0) call = Call::TimerReduce;
    }
}

} // namespace

Inputs RandomCase::inputs() const
{
    Draw draw(seed);
    Inputs in;
    in.title = "random";
    in.driver = driver;
    in.machine = draw.machine(driver);
    in.machine.timers = timers;
    if (timers != TimerAlgorithm::Wheel39) in.machine.small = false;
    in.eventLimit = eventLimit;
    draw.timers(in);
    if (driver == Driver::Kernel)
        kernelActions(draw, in, actions);
    else
        handActions(draw, in, actions);
    if (timers == TimerAlgorithm::Wheel61) makeModern(in);
    return in;
}

std::ostream& operator<<(std::ostream& out, const RandomCase& c)
{
    return out << (c.driver == Driver::Kernel ? "kernel" : "by hand") << " seed=" << c.seed
               << " actions=" << c.actions << " timers=" << static_cast<int>(c.timers);
}

rc::Gen<RandomCase> randomCases(Driver driver, int maxActions)
{
    const auto timers = rc::gen::noShrink(
        rc::gen::element(TimerAlgorithm::Wheel39, TimerAlgorithm::Wheel61, TimerAlgorithm::SortedList));
    return rc::gen::map(rc::gen::tuple(rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>()),
                                       rc::gen::inRange(0, maxActions + 1), timers),
                        [driver](std::tuple<std::uint64_t, int, TimerAlgorithm> drawn) {
                            RandomCase c;
                            std::tie(c.seed, c.actions, c.timers) = drawn;
                            c.driver = driver;
                            return c;
                        });
}

rc::Gen<RandomCase> randomCases(int maxActions)
{
    return rc::gen::oneOf(randomCases(Driver::Kernel, maxActions), randomCases(Driver::ByHand, maxActions));
}

} // namespace jiffy::tests
