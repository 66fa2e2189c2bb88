// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/timers/naive_wheel_6_1.h"

#include <algorithm>

namespace jiffy::tests
{

namespace
{

constexpr std::uint64_t farthest = (1ull << 30) - 1;

std::string number(std::uint64_t n) { return std::to_string(n); }

std::uint64_t eightToThe(int n)
{
    std::uint64_t p = 1;
    while (n-- > 0) p *= 8;
    return p;
}

} // namespace

std::string NaiveOp::text() const
{
    const auto on = " " + std::to_string(cpu) + " " + std::to_string(timer);
    if (what == "add_on") return what + on + " " + std::to_string(target) + " " + number(expires);
    if (what == "del" || what == "try_del") return what + on;
    if (what == "advance" || what == "tick") return what + " " + number(count);
    if (what == "softirq" || what == "next") return what + " " + std::to_string(cpu);
    if (what == "idle") return what + " " + std::to_string(cpu) + " " + std::to_string(target);
    if (what == "dump") return what;
    return what + on + " " + number(expires);
}

NaiveWheel61::NaiveWheel61(const NaiveMachine& machine, std::vector<NaiveTimer> timers)
    : m_machine(machine), m_levels(machine.hz > 100 ? 9 : 8), m_jiffies(mask(machine.jiffies)), m_timers(std::move(timers)),
      m_states(m_timers.size()), m_idle(static_cast<std::size_t>(machine.cpus))
{
    for (int c = 0; c < machine.cpus; ++c) {
        for (const bool isDef : {false, true}) {
            Wheel w;
            w.cpu = c;
            w.isDef = isDef;
            w.clk = m_jiffies;
            w.nextExpiry = mask(m_jiffies + farthest);
            m_wheels.push_back(w);
        }
    }
}

std::int64_t NaiveWheel61::signedDistance(std::uint64_t a, std::uint64_t b) const
{
    if (m_machine.bits == 64) return static_cast<std::int64_t>(a - b);
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(a - b));
}

/// Levels begin at distances 63, 63*8, ...; a level's bucket is due at the first multiple of 8^level strictly after the expiry.
NaiveWheel61::Key NaiveWheel61::place(std::uint64_t expires, std::uint64_t clk, std::uint64_t& due) const
{
    if (signedDistance(expires, clk) < 0) {
        due = clk;
        return {0, static_cast<int>(clk % 64)};
    }
    const std::uint64_t distance = mask(expires - clk);
    int level = 0;
    while (level < m_levels && distance >= 63 * eightToThe(level)) ++level;
    if (level == m_levels) { // at or beyond the cut-off: filed a granule before it
        level = m_levels - 1;
        expires = mask(clk + 63 * eightToThe(level) - eightToThe(level));
    }
    const std::uint64_t granule = eightToThe(level);
    const std::uint64_t turn = mask(expires + granule) / granule;
    due = turn * granule;
    return {level, static_cast<int>(turn % 64)};
}

int NaiveWheel61::targetOf(int cpu, int timer) const
{
    if (m_timers[at(timer)].isPinned || !m_idle[static_cast<std::size_t>(cpu)]) return cpu;
    for (int c = 0; c < m_machine.cpus; ++c)
        if (!m_idle[static_cast<std::size_t>(c)]) return c;
    return cpu;
}

/// Filing brings the clock forward to jiffies, but never past next_expiry.
void NaiveWheel61::forward(Wheel& w)
{
    if (signedDistance(m_jiffies, w.clk) < 1) return;
    if (signedDistance(w.nextExpiry, m_jiffies) > 0)
        w.clk = m_jiffies;
    else if (signedDistance(w.nextExpiry, w.clk) >= 0)
        w.clk = w.nextExpiry;
}

void NaiveWheel61::file(Wheel& w, int timer, std::uint64_t expires)
{
    State& s = m_states[at(timer)];
    std::uint64_t due = 0;
    s.key = place(expires, w.clk, due);
    s.expires = expires;
    s.isPending = true;
    s.cpu = w.cpu;
    Bucket& b = w.buckets[s.key];
    b.due = due;
    b.timers.push_front(timer);
    m_log += "place " + std::to_string(timer) + " cpu=" + std::to_string(w.cpu) + " lvl" + std::to_string(s.key.first) + "[" +
             std::to_string(s.key.second) + "] expires=" + number(expires) + " bucket_expiry=" + number(due) + "\n";
    if (signedDistance(due, w.nextExpiry) >= 0) return;
    w.nextExpiry = due;
    w.timersPending = true;
    w.recalc = false;
    if (w.isIdle && !w.isDef) m_log += "wake cpu=" + std::to_string(w.cpu) + "\n";
}

/// False: it was not pending. The last one of a bucket leaves next_expiry to be searched again.
bool NaiveWheel61::takeOff(int timer)
{
    State& s = m_states[at(timer)];
    if (!s.isPending) return false;
    s.isPending = false;
    Wheel& w = ownWheel(timer);
    for (auto& [level, list] : w.taken) std::erase(list, timer);
    const auto b = w.buckets.find(s.key);
    if (b == w.buckets.end() || std::erase(b->second.timers, timer) == 0 || !b->second.timers.empty()) return true;
    w.buckets.erase(b);
    w.recalc = true;
    return true;
}

/// To the wheel where it belongs; a running one stays where it runs.
void NaiveWheel61::move(int cpu, int timer, std::uint64_t expires)
{
    Wheel* w = &ownWheel(timer);
    const int target = targetOf(cpu, timer);
    if (target != w->cpu && w->running != timer) {
        w = &wheelOf(timer, target);
        forward(*w);
    }
    file(*w, timer, expires);
}

int NaiveWheel61::mod(int cpu, int timer, std::uint64_t expires, const std::string& how)
{
    State& s = m_states[at(timer)];
    if (!s.isPending) {
        forward(ownWheel(timer));
        if (how != "mod_pending") move(cpu, timer, expires);
        return 0;
    }
    const std::int64_t later = signedDistance(expires, s.expires);
    if (later == 0 || (how == "reduce" && later > 0)) return 1;
    forward(ownWheel(timer));
    std::uint64_t due = 0;
    if (place(expires, ownWheel(timer).clk, due) == s.key) {
        s.expires = expires;
        return 1;
    }
    takeOff(timer);
    move(cpu, timer, expires);
    return 1;
}

void NaiveWheel61::search(Wheel& w)
{
    w.timersPending = !w.buckets.empty();
    w.recalc = false;
    std::uint64_t nearest = farthest;
    for (const auto& [key, b] : w.buckets) nearest = std::min(nearest, mask(b.due - w.clk));
    w.nextExpiry = mask(w.clk + nearest);
}

void NaiveWheel61::call(Wheel& w, int timer)
{
    const State& s = m_states[at(timer)];
    m_log += "fire j=" + number(m_jiffies) + " tj=" + number(w.clk) + " cpu=" + std::to_string(w.cpu) + " " + std::to_string(timer) +
             " expires=" + number(s.expires) + "\n";
    const auto in = [this](std::int64_t by) { return mask(m_jiffies + static_cast<std::uint64_t>(by)); };
    for (const auto& step : m_timers[at(timer)].steps) {
        if (step.what == "rearm") returned("mod", mod(w.cpu, timer, in(step.by), "mod"));
        if (step.what == "add") returned("mod", mod(w.cpu, step.other, in(step.by), "mod"));
        if (step.what == "del") returned("del", takeOff(step.other) ? 1 : 0);
        if (step.what == "try_del")
            returned("try_del", ownWheel(step.other).running == step.other ? -1 : takeOff(step.other) ? 1 : 0);
    }
}

void NaiveWheel61::runWheel(Wheel& w)
{
    while (signedDistance(m_jiffies, w.clk) >= 0 && signedDistance(m_jiffies, w.nextExpiry) >= 0) {
        w.clk = w.nextExpiry;
        for (int level = 0; level < m_levels && w.clk % eightToThe(level) == 0; ++level) {
            const auto b = w.buckets.find({level, static_cast<int>(w.clk / eightToThe(level) % 64)});
            if (b == w.buckets.end()) continue;
            w.taken[level] = b->second.timers;
            w.buckets.erase(b);
        }
        w.clk = mask(w.clk + 1);
        search(w);
        while (!w.taken.empty()) {
            auto& [level, list] = *w.taken.begin();
            if (list.empty()) {
                w.taken.erase(w.taken.begin());
                continue;
            }
            const int timer = list.front();
            list.pop_front();
            m_states[at(timer)].isPending = false;
            w.running = timer;
            call(w, timer);
            w.running = 0;
        }
    }
}

void NaiveWheel61::softirq(int cpu)
{
    runWheel(m_wheels[static_cast<std::size_t>(cpu) * 2]);
    runWheel(m_wheels[static_cast<std::size_t>(cpu) * 2 + 1]);
}

void NaiveWheel61::next(int cpu)
{
    Wheel& w = m_wheels[static_cast<std::size_t>(cpu) * 2];
    if (w.recalc) search(w);
    if (signedDistance(m_jiffies, w.clk) > 0) {
        if (signedDistance(w.nextExpiry, m_jiffies) > 0) w.clk = m_jiffies;
        else if (signedDistance(w.nextExpiry, w.clk) > 0) w.clk = w.nextExpiry;
    }
    std::string answer = "none";
    if (signedDistance(m_jiffies, w.nextExpiry) >= 0) {
        answer = number(m_jiffies);
        w.isIdle = false;
    } else {
        if (w.timersPending) answer = number(w.nextExpiry);
        if (!w.timersPending || signedDistance(w.nextExpiry, m_jiffies) > 1) w.isIdle = true;
    }
    m_log += "next cpu=" + std::to_string(cpu) + " " + answer + "\n";
}

void NaiveWheel61::dump()
{
    for (const Wheel& w : m_wheels) {
        m_log += "base cpu=" + std::to_string(w.cpu) + (w.isDef ? " def" : " std") + " clk=" + number(w.clk) + " next_expiry=" + number(w.nextExpiry) +
                 " recalc=" + (w.recalc ? "1" : "0") + " timers_pending=" + (w.timersPending ? "1" : "0") + " is_idle=" + (w.isIdle ? "1" : "0") + "\n";
        for (const auto& [key, b] : w.buckets) {
            m_log += "lvl" + std::to_string(key.first) + "[" + std::to_string(key.second) + "]";
            for (const int t : b.timers) m_log += " " + std::to_string(t);
            m_log += "\n";
        }
    }
}

void NaiveWheel61::run(const NaiveOp& op)
{
    const auto expires = mask(op.expires);
    if (op.what == "add" || op.what == "add_on") {
        if (m_states[at(op.timer)].isPending) {
            m_log += "refused " + op.what + " " + std::to_string(op.timer) + "\n";
        } else if (op.what == "add") {
            forward(ownWheel(op.timer));
            move(op.cpu, op.timer, expires);
        } else {
            forward(wheelOf(op.timer, op.target));
            file(wheelOf(op.timer, op.target), op.timer, expires);
        }
    } else if (op.what == "mod" || op.what == "mod_pending" || op.what == "reduce") {
        returned(op.what, mod(op.cpu, op.timer, expires, op.what));
    } else if (op.what == "del" || op.what == "try_del") { // no callback is running between operations
        returned(op.what, takeOff(op.timer) ? 1 : 0);
    } else if (op.what == "advance") {
        m_jiffies = mask(m_jiffies + op.count);
    } else if (op.what == "softirq") {
        softirq(op.cpu);
    } else if (op.what == "tick") {
        for (std::uint64_t i = 0; i < op.count; ++i) {
            m_jiffies = mask(m_jiffies + 1);
            for (int c = 0; c < m_machine.cpus; ++c) softirq(c);
        }
    } else if (op.what == "next") {
        next(op.cpu);
    } else if (op.what == "idle") {
        m_idle[static_cast<std::size_t>(op.cpu)] = op.target != 0;
        if (op.target == 0) m_wheels[static_cast<std::size_t>(op.cpu) * 2].isIdle = false;
    } else if (op.what == "dump") {
        dump();
    }
}

} // namespace jiffy::tests
