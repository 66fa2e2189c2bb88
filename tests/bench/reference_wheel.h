// SPDX-License-Identifier: GPL-3.0-or-later
// The yardstick: a plain cascading wheel for one CPU, 256 + 4x64 buckets, of timers that are linked by
// pointers and as large as the original's struct timer_list (56 bytes on 64-bit). It keeps no log, no ids, no
// occupancy, and does per call what the original does: slack, next_timer, active_timers. Written for the
// comparison; a test holds it to the engine's firing order.
#pragma once

#include <array>
#include <cstdint>
#include <type_traits>

namespace jiffy::bench
{

/// UWord: std::uint32_t or std::uint64_t, the machine word in which everything wraps.
template <class UWord> class ReferenceWheel
{
    struct Link
    {
        Link* next = nullptr; // null: not in a list
        Link* prev = nullptr;
    };

  public:
    class Timer : Link
    {
        friend class ReferenceWheel;

      public:
        using Function = void (*)(std::uint64_t data);

        UWord expires = 0;
        std::uint64_t owner = 0; ///< bit 0: deferrable; the rest stands for the base pointer
        Function function = nullptr;
        std::uint64_t data = 0;
        std::int32_t slack = -1;

        bool isPending() const { return this->next != nullptr; }
        bool isDeferrable() const { return (owner & 1) != 0; }
    };

    explicit ReferenceWheel(UWord jiffies);
    ReferenceWheel(const ReferenceWheel&) = delete;
    ReferenceWheel& operator=(const ReferenceWheel&) = delete;

    UWord jiffies() const { return m_jiffies; }
    UWord position() const { return m_position; }
    UWord nextTimer() const { return m_nextTimer; }
    std::uint64_t activeTimers() const { return m_activeTimers; }

    /// As add_timer(). REQUIRES: not pending.
    void add(Timer& timer);
    /// As mod_timer(); the slack of the timer applies. Returns whether it was pending.
    bool mod(Timer& timer, UWord expires);
    /// As del_timer(). Returns whether it was pending.
    bool del(Timer& timer);
    void advance(UWord jiffies) { m_jiffies = static_cast<UWord>(m_jiffies + jiffies); }
    /// The timer softirq: all positions up to and including jiffies.
    void softirq();
    void tick()
    {
        advance(1);
        softirq();
    }
    /// As get_next_timer_interrupt().
    UWord next();

  private:
    static constexpr unsigned rootBits = 8, levelBits = 6;
    static constexpr UWord rootMask = (1u << rootBits) - 1, levelMask = (1u << levelBits) - 1;
    static constexpr UWord farthestWake = (UWord{1} << 30) - 1;

    static bool isBefore(UWord a, UWord b) { return static_cast<std::make_signed_t<UWord>>(a - b) < 0; }
    static void empty(Link& head) { head.next = head.prev = &head; }
    static void appendTo(Link& head, Link& link);
    static void detach(Link& link);
    static void moveAll(Link& from, Link& to);

    UWord withSlack(const Timer& timer, UWord expires) const;
    void file(Timer& timer);
    void fileAndCount(Timer& timer);
    void remove(Timer& timer);
    bool cascade(unsigned level);
    UWord search() const;

    std::array<Link, 1u << rootBits> m_root;
    std::array<std::array<Link, 1u << levelBits>, 4> m_levels;
    UWord m_jiffies, m_position, m_nextTimer;
    std::uint64_t m_activeTimers = 0;
    Timer* m_running = nullptr;
};

static_assert(sizeof(ReferenceWheel<std::uint64_t>::Timer) == 56);

extern template class ReferenceWheel<std::uint32_t>;
extern template class ReferenceWheel<std::uint64_t>;

} // namespace jiffy::bench
