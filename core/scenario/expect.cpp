// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/expect.h"

#include "core/insight/summary.h"
#include "core/run/run.h"
#include "core/scenario/work_notation.h"
#include "core/timers/registry.h"
#include "core/world/world.h"

#include <algorithm>
#include <iterator>

namespace jiffy::core
{

namespace
{

/// What happened to a timer that an expectation names.
struct Life
{
    std::vector<std::uint64_t> fires, positions, movedAt; ///< jiffies; timer_jiffies; jiffies
    std::vector<std::uint64_t> returned;                  ///< -1 as two's complement
    std::uint64_t firstFire = ~0ull;                      ///< index of its record
    std::vector<std::uint64_t> late; ///< tgtd: us, two's complement
    std::uint64_t seconds = 0;       ///< it was added with
    std::uint64_t asked = 0;         ///< us: when it was added, and that many seconds; a kernel's: ns, when it was armed
};

struct Work
{
    std::uint64_t moves = 0, fires = 0;
};

enum class Unit { Plain, Signed, Time, Late };

std::string spelt(std::uint64_t value, Unit unit)
{
    switch (unit) {
    case Unit::Signed: return std::to_string(static_cast<std::int64_t>(value));
    case Unit::Time: return microsecondsText(value);
    case Unit::Late: return clockStepText(static_cast<std::int64_t>(value), true);
    case Unit::Plain: break;
    }
    return std::to_string(value);
}

std::string listed(const std::vector<std::uint64_t>& values, Unit unit)
{
    constexpr std::size_t most = 12;
    if (values.empty()) return "none";
    std::string out;
    for (std::size_t i = 0; i < values.size() && i < most; ++i) {
        if (i > 0) out += ", ";
        out += spelt(values[i], unit);
    }
    if (values.size() > most) out += ", ... (" + std::to_string(values.size()) + " in all)";
    return out;
}

/// What does not hold, and which expectation says that it should: an index into the expectations.
struct Failure
{
    std::size_t expectation = 0;
    Diagnostic diagnostic;
};

/// Those expectations of inputs that are about their own algorithm.
class Checker
{
  public:
    explicit Checker(const Inputs& inputs)
        : m_inputs(inputs), m_world(inputs.machine), m_summary(inputs), m_found(inputs.expect.size()),
          m_watched(inputs.timers.size(), unwatched)
    {
        for (std::size_t i = 0; i < inputs.expect.size(); ++i)
            if (inputs.expect[i].algorithm.empty()) watch(i);
        std::stable_sort(m_dated.begin(), m_dated.end(), [&](std::size_t a, std::size_t b) {
            return inputs.expect[a].tick < inputs.expect[b].tick;
        });
    }

    void add(std::uint64_t index, const Record& r)
    {
        observeUpTo(m_world.clock().ticks + ticksOf(r));
        if (m_needsSummary) m_summary.add(r);
        if (r.kind == Kind::Fired || r.kind == Kind::Moved) {
            auto& work = r.kind == Kind::Fired ? m_tick.fires : m_tick.moves;
            ++work;
        }
        if (auto* life = lifeOf(r.item)) live(*life, index, r);
        m_world.apply(r);
    }
    std::vector<Failure> finish(const OpenRun& open)
    {
        observeUpTo(m_world.clock().ticks + (open.site == Site::Tick ? open.count : 0));
        if (m_needsSummary) m_summary.addOpen(open);
        m_world.pass(open);
        observeUpTo(m_world.clock().ticks + 1);
        std::vector<Failure> out;
        for (std::size_t i = 0; i < m_inputs.expect.size(); ++i) {
            if (!m_inputs.expect[i].algorithm.empty()) continue;
            Diagnostics failed;
            judge(m_inputs.expect[i], m_found[i], failed);
            for (auto& d : failed) out.push_back({i, std::move(d)});
        }
        return out;
    }

  private:
    using What = Expectation::What;
    static constexpr std::uint32_t unwatched = ~0u;

    /// What stood at the end of an expectation's tick; empty: the run ended before.
    using Found = std::string;

    static bool isDated(What w)
    {
        return w == What::Slot || w == What::Expires || w == What::TickMoves || w == What::TickFires;
    }
    void watch(std::size_t i)
    {
        const auto& e = m_inputs.expect[i];
        if (isDated(e.what)) m_dated.push_back(i);
        if (e.what == What::Total) m_needsSummary = true;
        for (const auto t : e.timers) {
            auto& w = m_watched[t.value];
            if (w != unwatched) continue;
            w = static_cast<std::uint32_t>(m_lives.size());
            m_lives.emplace_back();
        }
    }
    Life* lifeOf(TimerId t)
    {
        if (!t.isValid() || t.value >= m_watched.size() || m_watched[t.value] == unwatched) return nullptr;
        return &m_lives[m_watched[t.value]];
    }
    void live(Life& life, std::uint64_t index, const Record& r)
    {
        if (r.site == Site::AddWork && r.kind == Kind::Entered) life.seconds = r.value;
        if (r.site == Site::AddWork && r.kind == Kind::Queued) life.asked = m_world.clock().ticks + life.seconds * 1'000'000;
        else if (r.kind == Kind::Queued) life.asked = static_cast<std::uint64_t>(m_world.now());
        if (r.kind == Kind::Fired) {
            const bool isDaemon = m_inputs.driver == Driver::Daemon;
            life.late.push_back((isDaemon ? m_world.clock().ticks : static_cast<std::uint64_t>(m_world.now())) - life.asked);
            life.fires.push_back(m_world.clock().jiffies);
            life.positions.push_back(m_world.cpu(r.cpu).timerJiffies);
            life.firstFire = std::min(life.firstFire, index);
        }
        if (r.kind == Kind::Moved) life.movedAt.push_back(m_world.clock().jiffies);
        if (!r.hasMore() && r.returned() != Returned::Nothing)
            life.returned.push_back(r.returned() == Returned::MinusOne ? ~0ull
                                    : r.returned() == Returned::One    ? 1
                                                                       : 0);
    }

    /// The clock is about to stand at `ticks`: looks at the state for all expectations of earlier ticks.
    void observeUpTo(std::uint64_t ticks)
    {
        if (ticks == m_world.clock().ticks) return;
        while (m_next < m_dated.size() && m_inputs.expect[m_dated[m_next]].tick < ticks) {
            const auto i = m_dated[m_next++];
            const auto& e = m_inputs.expect[i];
            const bool now = e.tick == m_world.clock().ticks;
            m_found[i] = observe(e, now);
        }
        m_tick = {};
    }
    Found observe(const Expectation& e, bool now) const
    {
        switch (e.what) {
        case What::TickMoves:
            return std::to_string(now ? m_tick.moves : 0);
        case What::TickFires:
            return std::to_string(now ? m_tick.fires : 0);
        case What::Expires:
            return m_world.isDefined(e.timers[0]) ? std::to_string(m_world.item(e.timers[0]).expires)
                                                  : "not set";
        default:
            break;
        }
        if (!m_world.isDefined(e.timers[0])) return "not pending";
        const auto slot = m_world.slotOf(e.timers[0]);
        return slot.isValid() ? m_world.geometry().slotName(slot) : "not pending";
    }

    void judge(const Expectation& e, const Found& found, Diagnostics& failed)
    {
        const std::string timer = e.timers.empty() ? "" : m_inputs.timerName(e.timers[0]);
        const auto say = [&](const std::string& what, const std::string& wanted, const std::string& was) {
            if (wanted == was) return;
            failed.push_back({Fault::Input, m_inputs.file, e.line, e.column,
                              "expected " + what + ": " + wanted + "; found: " + was, e.sourceLine});
        };
        const auto atTick = [&](const std::string& what, const std::string& wanted) {
            if (found.empty())
                say(what, wanted, "nothing, as the run ended before");
            else
                say(what, wanted, found);
        };
        const auto at =
            " at jiffies " + std::to_string(m_inputs.machine.word.add(m_inputs.machine.jiffies, e.tick));
        const auto one = e.values.empty() ? std::string() : std::to_string(e.values[0]);
        const bool isDaemon = m_inputs.driver == Driver::Daemon;
        const auto instants = isDaemon ? Unit::Time : Unit::Plain;
        const Life* life = e.timers.empty() ? nullptr : lifeOf(e.timers[0]);
        switch (e.what) {
        case What::FiresAt:
            return say((isDaemon ? "runs of " : "calls of ") + timer, listed(e.values, instants), listed(life->fires, instants));
        case What::Late:
            if (!isDaemon) return say("time from the arming of " + timer + " to its calls", sleepsText(e.values), sleepsText(life->late));
            return say("lateness of the runs of " + timer, listed(e.values, Unit::Late), listed(life->late, Unit::Late));
        case What::FireCount:
            return say((isDaemon ? "number of runs of " : "number of calls of ") + timer, one, std::to_string(life->fires.size()));
        case What::Moves:
            return say("number of moves of " + timer, one, std::to_string(life->movedAt.size()));
        case What::MovedAt:
            return say("moves of " + timer, listed(e.values, Unit::Plain), listed(life->movedAt, Unit::Plain));
        case What::Returns:
            return say("what calls on " + timer + " return", listed(e.values, Unit::Signed),
                       listed(life->returned, Unit::Signed));
        case What::Position:
            return say("timer_jiffies when " + timer + " is called", listed(e.values, Unit::Plain),
                       listed(life->positions, Unit::Plain));
        case What::Slot:
            return atTick("slot of " + timer + at, e.text);
        case What::Expires:
            return atTick("expiry of " + timer + at, one);
        case What::TickMoves:
            return atTick("moves" + at, one);
        case What::TickFires:
            return atTick("calls" + at, one);
        case What::Total:
            return say("total \"" + e.name + "\"", e.text, total(e.name));
        case What::Order:
            return order(e, failed);
        }
    }
    std::string total(const std::string& name) const
    {
        std::string names;
        if (auto value = m_summary.valueOf(name, m_inputs)) return *value;
        for (const auto& line : m_summary.lines(m_inputs)) {
            names += (names.empty() ? "" : ", ") + line.name;
        }
        return "no such line, but " + names;
    }
    void order(const Expectation& e, Diagnostics& failed)
    {
        for (std::size_t i = 0; i < e.timers.size(); ++i) {
            const auto here = lifeOf(e.timers[i])->firstFire;
            const auto before = i == 0 ? 0 : lifeOf(e.timers[i - 1])->firstFire;
            std::string message;
            if (here == ~0ull)
                message = m_inputs.timerName(e.timers[i]) + " is never called, but was expected in an order";
            else if (i > 0 && before > here)
                message = "expected " + m_inputs.timerName(e.timers[i - 1]) + " to be called before " +
                          m_inputs.timerName(e.timers[i]) + ", but it is called behind it";
            else
                continue;
            failed.push_back(
                {Fault::Input, m_inputs.file, e.line, e.column, std::move(message), e.sourceLine});
            return;
        }
    }

    const Inputs& m_inputs;
    World m_world;
    Summary m_summary;
    bool m_needsSummary = false;
    Work m_tick;                      ///< of the tick the clock stands at
    std::vector<std::size_t> m_dated; ///< expectations about a tick, by tick
    std::size_t m_next = 0;
    std::vector<Found> m_found;           ///< by expectation
    std::vector<std::uint32_t> m_watched; ///< timer -> index into m_lives
    std::vector<Life> m_lives;
};

std::vector<Failure> failuresOf(const Inputs& inputs, const LogView& log, const OpenRun& open)
{
    Checker checker(inputs);
    for (std::uint64_t i = 0; i < log.size(); ++i)
        checker.add(i, log[i]);
    return checker.finish(open);
}

/// The same on another algorithm.
std::vector<Failure> failuresOn(const Inputs& inputs, const TimersInfo& timers)
{
    std::vector<std::size_t> about;
    for (std::size_t i = 0; i < inputs.expect.size(); ++i)
        if (inputs.expect[i].algorithm == timers.name) about.push_back(i);
    const auto there = inputsOn(inputs, timers);
    if (about.empty() || !there) return {};
    const auto run = runAll(there);
    auto failed = failuresOf(*there, run.log, run.open);
    for (auto& f : failed) {
        f.expectation = about[f.expectation];
        f.diagnostic.message = "on " + std::string(timers.name) + ": " + f.diagnostic.message;
    }
    return failed;
}

} // namespace

Diagnostics check(const Inputs& inputs, const LogView& log, const OpenRun& open)
{
    if (inputs.expect.empty()) return {};
    auto failed = failuresOf(inputs, log, open);
    for (const auto& timers : timerAlgorithms()) {
        auto more = failuresOn(inputs, timers);
        std::move(more.begin(), more.end(), std::back_inserter(failed));
    }
    std::stable_sort(failed.begin(), failed.end(),
                     [](const Failure& a, const Failure& b) { return a.expectation < b.expectation; });
    Diagnostics out;
    for (auto& f : failed) out.push_back(std::move(f.diagnostic));
    return out;
}

} // namespace jiffy::core
