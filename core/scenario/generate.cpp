// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/generate.h"

#include "core/scenario/notation.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

constexpr std::uint64_t everything = ~0ull;

std::uint64_t plus(std::uint64_t a, std::uint64_t b)
{
    return a > everything - b ? everything : a + b;
}
std::uint64_t times(std::uint64_t a, std::uint64_t b)
{
    return a != 0 && b > everything / a ? everything : a * b;
}

std::string grouped(std::uint64_t n)
{
    auto digits = std::to_string(n);
    for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3)
        digits.insert(static_cast<std::size_t>(i), ",");
    return digits;
}

/// A population with its texts resolved.
struct Plan
{
    const Population& population;
    std::vector<int> cpus;
    Instant at;
    Jiffies avoidFrom = 0;
    std::uint64_t avoidSpan = 0;

    std::uint64_t total() const { return population.count * cpus.size(); }
};

std::uint64_t totalOf(const Population& p, int cpus)
{
    return times(p.count, p.cpus.empty() ? static_cast<std::uint64_t>(cpus) : p.cpus.size());
}

bool fitsMemory(const Scenario& scenario, Faults& faults)
{
    std::uint64_t total = scenario.items.size();
    for (const auto& p : scenario.populations) {
        total = plus(total, totalOf(p, scenario.machine.cpus));
        if (total <= maxTimers) continue;
        const auto gigabytes = times(total, bytesPerTimer) / 1'000'000'000u;
        faults.add(p.spot, grouped(total) + " timers would take about " +
                               grouped(std::max<std::uint64_t>(gigabytes, 1)) + " GB of memory; at most " +
                               grouped(maxTimers) + " are modelled");
        return false;
    }
    return true;
}

/// Ranges that only the machine can tell.
bool check(const Plan& plan, const MachineConfig& machine, Faults& faults)
{
    const auto& p = plan.population;
    const auto horizon = maxSeconds * machine.hz.value;
    const auto widest = machine.word.reduce(everything);
    const auto before = [&](const Spread& s, std::uint64_t limit, std::string_view what) {
        if (largest(s, plan.total()) <= limit) return true;
        faults.add(s.spot, std::string(what));
        return false;
    };
    bool ok = before(p.startSpread, horizon - plan.at.tick,
                     "the last of these timers starts more than 285 years after the start");
    ok &= before(p.delay, widest,
                 "the largest of these delays does not fit into jiffies of " +
                     std::to_string(machine.word.bits()) + " bits");
    if (p.cancelPercent > 0)
        ok &=
            before(p.cancelAfter, horizon, "the last of these timers is cancelled more than 285 years later");
    if (p.rearmPercent > 0)
        ok &= before(p.rearmBy, std::min<std::uint64_t>(widest, 1ull << 62),
                     "the largest of these periods does not fit into jiffies");
    return ok;
}

class Generator
{
  public:
    Generator(const Plan& plan, std::uint64_t seed, std::uint32_t name, Inputs& inputs)
        : m_plan(plan), m_population(plan.population), m_random{seed ^ streamOf(plan.population.name.text)},
          m_name(name), m_inputs(inputs)
    {
    }

    /// False when "avoid" leaves no expiry.
    bool run()
    {
        std::uint64_t n = 0;
        for (const int cpu : m_plan.cpus) {
            for (std::uint64_t i = 0; i < m_population.count; ++i, ++n) {
                if (!one(static_cast<std::uint8_t>(cpu), n)) return false;
            }
        }
        return true;
    }

  private:
    bool happens(int percent)
    {
        return percent > 0 &&
               (percent >= 100 || m_random.between(1, 100) <= static_cast<std::uint64_t>(percent));
    }

    bool one(std::uint8_t cpu, std::uint64_t n)
    {
        const auto& machine = m_inputs.machine;
        Action arm;
        arm.tick = m_plan.at.tick + draw(m_random, m_population.startSpread, n);
        arm.offset = m_plan.at.offset;
        arm.call = m_population.call.call;
        arm.cpu = cpu;
        arm.timer = TimerId(static_cast<std::uint32_t>(m_inputs.timers.size()));
        const auto now = machine.word.add(machine.jiffies, arm.tick);
        int tries = 1000;
        do {
            if (tries-- == 0) return false;
            arm.expires = machine.word.add(now, draw(m_random, m_population.delay, n));
        } while (m_population.avoid &&
                 machine.word.distance(arm.expires, m_plan.avoidFrom) <= m_plan.avoidSpan);

        TimerSpec spec;
        spec.name = m_name;
        spec.number = m_plan.total() > 1 ? static_cast<std::uint32_t>(n + 1) : 0;
        spec.slack = m_population.slack;
        if (happens(m_population.deferrablePercent)) spec.flags |= Deferrable;
        spec.firstStep = static_cast<std::uint32_t>(m_inputs.steps.size());
        m_inputs.actions.push_back(arm);
        if (happens(m_population.cancelPercent)) {
            Action cancel = arm;
            cancel.tick += draw(m_random, m_population.cancelAfter, n);
            cancel.expires = 0;
            cancel.call = Call::DelTimer;
            m_inputs.actions.push_back(cancel);
        }
        if (happens(m_population.rearmPercent)) {
            m_inputs.steps.push_back({CallbackStep::What::Rearm, TimerId::none(),
                                      static_cast<std::int64_t>(draw(m_random, m_population.rearmBy, n))});
            spec.stepCount = 1;
        }
        m_inputs.timers.push_back(spec);
        return true;
    }

    const Plan& m_plan;
    const Population& m_population;
    Random m_random;
    std::uint32_t m_name;
    Inputs& m_inputs;
};

/// Resolves the texts of a population; false after a fault.
bool resolve(Plan& plan, const MachineConfig& machine, Faults& faults)
{
    const auto& p = plan.population;
    bool ok = p.name.isSaid();
    for (const int c : p.cpus) {
        if (c < machine.cpus) continue;
        faults.add(p.spot, "there is no CPU " + std::to_string(c) + ": the machine has " +
                               std::to_string(machine.cpus) + " (from 0)");
        ok = false;
    }
    plan.cpus = p.cpus;
    for (int c = 0; p.cpus.empty() && c < machine.cpus; ++c)
        plan.cpus.push_back(c);
    if (p.at.isSaid()) {
        const auto at = parseInstant(p.at.text, machine);
        if (at)
            plan.at = *at;
        else
            faults.add(p.at.spot, at.error());
        ok &= at.has_value();
    }
    if (p.avoid) {
        for (std::size_t i = 0; i < 2; ++i) {
            const auto e = parseExpiry((*p.avoid)[i].text, machine, 0);
            if (!e)
                faults.add((*p.avoid)[i].spot, e.error());
            else if (i == 0)
                plan.avoidFrom = *e;
            else
                plan.avoidSpan = machine.word.distance(*e, plan.avoidFrom);
            ok &= e.has_value();
        }
    }
    return ok && check(plan, machine, faults);
}

} // namespace

std::uint64_t streamOf(std::string_view population)
{
    std::uint64_t h = 0xCBF29CE484222325u; // FNV-1a
    for (const char c : population)
        h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    return h;
}

std::uint64_t draw(Random& random, const Spread& spread, std::uint64_t n)
{
    switch (spread.shape) {
    case Spread::Shape::Uniform:
        return spread.low == spread.high ? spread.low : random.between(spread.low, spread.high);
    case Spread::Shape::Log2: {
        const auto power = random.between(spread.low, spread.high - 1);
        return random.between(1ull << power, (1ull << (power + 1)) - 1);
    }
    case Spread::Shape::Bell: {
        constexpr std::uint64_t draws = 8;
        const auto span = spread.high - spread.low;
        // The mean without overflow: whole parts and remainders apart.
        std::uint64_t whole = 0, rest = 0;
        for (std::uint64_t i = 0; i < draws; ++i) {
            const auto v = random.between(0, span);
            whole += v / draws;
            rest += v % draws;
        }
        return spread.low + whole + rest / draws;
    }
    case Spread::Shape::Sequence:
        return spread.low + spread.high * n;
    }
    return spread.low;
}

std::uint64_t largest(const Spread& spread, std::uint64_t count)
{
    switch (spread.shape) {
    case Spread::Shape::Uniform:
    case Spread::Shape::Bell:
        return spread.high;
    case Spread::Shape::Log2:
        return spread.high >= 64 ? everything : (1ull << spread.high) - 1;
    case Spread::Shape::Sequence:
        return plus(spread.low, times(spread.high, count == 0 ? 0 : count - 1));
    }
    return spread.high;
}

void generate(const Scenario& scenario, Inputs& inputs, Faults& faults)
{
    if (!fitsMemory(scenario, faults)) return;
    for (const auto& p : scenario.populations) {
        Plan plan{p, {}, {}};
        if (!resolve(plan, inputs.machine, faults)) continue;
        const auto name = static_cast<std::uint32_t>(inputs.names.size());
        inputs.names.push_back(p.name.text);
        if (!Generator(plan, scenario.seed, name, inputs).run())
            faults.add(p.avoid ? (*p.avoid)[0].spot : p.spot,
                       "\"avoid\" leaves no expiry to a timer of this population");
    }
}

} // namespace jiffy::core
