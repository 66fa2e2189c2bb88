// SPDX-License-Identifier: GPL-3.0-or-later
// A second model of the wheel of 6.1, written from the format and the rules of the vectors alone and in the most
// naive way: maps of buckets, no bitmaps, every search a walk over all. It takes operations as a vector does and
// writes the vector's log. What the engine is compared with; it shares no line with it.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace jiffy::tests
{

/// One thing that a callback does: "rearm N", "add T N", "del T", "try_del T".
struct NaiveStep
{
    std::string what;
    int other = 0;
    std::int64_t by = 0;
};

struct NaiveTimer
{
    bool isDeferrable = false;
    bool isPinned = false;
    std::vector<NaiveStep> steps;
};

/// One line of an .ops file behind the declarations; fields that an operation does not have are 0.
struct NaiveOp
{
    std::string what; ///< add, add_on, mod, mod_pending, reduce, del, try_del, advance, softirq, tick, next, idle, dump
    int cpu = 0;
    int timer = 0; ///< from 1
    int target = 0; ///< add_on; idle: 1 or 0
    std::uint64_t expires = 0;
    std::uint64_t count = 0; ///< advance, tick

    std::string text() const;
};

struct NaiveMachine
{
    int bits = 64;
    int cpus = 1;
    int hz = 250;
    std::uint64_t jiffies = 0;
};

class NaiveWheel61
{
  public:
    NaiveWheel61(const NaiveMachine& machine, std::vector<NaiveTimer> timers);
    void run(const NaiveOp& op);
    const std::string& log() const { return m_log; }

  private:
    using Key = std::pair<int, int>; ///< level, slot
    struct Bucket
    {
        std::uint64_t due = 0;
        std::deque<int> timers; ///< the first to be called first
    };
    struct Wheel
    {
        int cpu = 0;
        bool isDef = false;
        std::uint64_t clk = 0, nextExpiry = 0;
        bool recalc = false, timersPending = false, isIdle = false;
        int running = 0;
        std::map<Key, Bucket> buckets;
        std::map<int, std::deque<int>, std::greater<>> taken; ///< by level, the highest first
    };
    struct State
    {
        int cpu = 0;
        bool isPending = false;
        std::uint64_t expires = 0;
        Key key; ///< the number of the bucket that it carries
    };

    std::uint64_t mask(std::uint64_t v) const { return m_machine.bits == 64 ? v : v & 0xFFFF'FFFFu; }
    std::int64_t signedDistance(std::uint64_t a, std::uint64_t b) const;
    Wheel& wheelOf(int timer, int cpu) { return m_wheels[static_cast<std::size_t>(cpu) * 2 + (m_timers[at(timer)].isDeferrable ? 1 : 0)]; }
    Wheel& ownWheel(int timer) { return wheelOf(timer, m_states[at(timer)].cpu); }
    static std::size_t at(int timer) { return static_cast<std::size_t>(timer) - 1; }

    Key place(std::uint64_t expires, std::uint64_t clk, std::uint64_t& due) const;
    int targetOf(int cpu, int timer) const;
    void forward(Wheel& w);
    void file(Wheel& w, int timer, std::uint64_t expires);
    bool takeOff(int timer);
    void move(int cpu, int timer, std::uint64_t expires);
    int mod(int cpu, int timer, std::uint64_t expires, const std::string& how);
    void search(Wheel& w);
    void softirq(int cpu);
    void runWheel(Wheel& w);
    void call(Wheel& w, int timer);
    void next(int cpu);
    void dump();
    void returned(const std::string& op, int value) { m_log += "ret " + op + " " + std::to_string(value) + "\n"; }

    NaiveMachine m_machine;
    int m_levels;
    std::uint64_t m_jiffies;
    std::vector<NaiveTimer> m_timers;
    std::vector<State> m_states;
    std::vector<Wheel> m_wheels; ///< of each CPU std, then def
    std::vector<bool> m_idle;
    std::string m_log;
};

} // namespace jiffy::tests
