// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/reference_wheel.h"

#include <limits>

namespace jiffy::bench
{

template <class UWord>
ReferenceWheel<UWord>::ReferenceWheel(UWord jiffies)
    : m_jiffies(jiffies), m_position(jiffies), m_nextTimer(jiffies)
{
    for (auto& head : m_root)
        empty(head);
    for (auto& level : m_levels)
        for (auto& head : level)
            empty(head);
}

template <class UWord> inline void ReferenceWheel<UWord>::appendTo(Link& head, Link& link)
{
    link.prev = head.prev;
    link.next = &head;
    head.prev->next = &link;
    head.prev = &link;
}

template <class UWord> inline void ReferenceWheel<UWord>::detach(Link& link)
{
    link.prev->next = link.next;
    link.next->prev = link.prev;
    link.next = nullptr;
}

template <class UWord> inline void ReferenceWheel<UWord>::moveAll(Link& from, Link& to)
{
    if (from.next == &from) return empty(to);
    to = from;
    to.next->prev = to.prev->next = &to;
    empty(from);
}

/// The roundest value between the asked expiry and the latest one that the slack allows.
template <class UWord> inline UWord ReferenceWheel<UWord>::withSlack(const Timer& timer, UWord expires) const
{
    UWord latest = 0;
    if (timer.slack >= 0) {
        latest = static_cast<UWord>(expires + static_cast<UWord>(timer.slack));
    } else {
        const auto delay = static_cast<std::make_signed_t<UWord>>(expires - m_jiffies);
        if (delay < 256) return expires;
        latest = static_cast<UWord>(expires + static_cast<UWord>(delay / 256));
    }
    const UWord differing = expires ^ latest;
    if (differing == 0) return expires;
    // The original builds the mask in a 32-bit int, where x86 takes the shift count modulo 32.
    const unsigned highest = 63u - static_cast<unsigned>(__builtin_clzll(differing));
    const std::uint32_t below = (1u << (highest & 31u)) - 1;
    return latest & ~static_cast<UWord>(below);
}

template <class UWord> inline void ReferenceWheel<UWord>::file(Timer& timer)
{
    const UWord expires = timer.expires;
    const UWord distance = expires - m_position;
    const auto place = [this](unsigned level, UWord at) -> Link& {
        return m_levels[level][at >> (rootBits + level * levelBits) & levelMask];
    };
    if (distance < UWord{1} << rootBits) {
        appendTo(m_root[expires & rootMask], timer);
    } else if (distance < UWord{1} << (rootBits + levelBits)) {
        appendTo(place(0, expires), timer);
    } else if (distance < UWord{1} << (rootBits + 2 * levelBits)) {
        appendTo(place(1, expires), timer);
    } else if (distance < UWord{1} << (rootBits + 3 * levelBits)) {
        appendTo(place(2, expires), timer);
    } else if (static_cast<std::make_signed_t<UWord>>(distance) < 0) {
        appendTo(m_root[m_position & rootMask], timer); // in the past: runs next
    } else {
        constexpr UWord farthest = std::numeric_limits<std::uint32_t>::max();
        appendTo(place(3, distance > farthest ? m_position + farthest : expires), timer);
    }
}

template <class UWord> inline void ReferenceWheel<UWord>::fileAndCount(Timer& timer)
{
    file(timer);
    if (timer.isDeferrable()) return;
    if (isBefore(timer.expires, m_nextTimer)) m_nextTimer = timer.expires;
    ++m_activeTimers;
}

template <class UWord> inline void ReferenceWheel<UWord>::remove(Timer& timer)
{
    detach(timer);
    if (timer.isDeferrable()) return;
    --m_activeTimers;
    if (timer.expires == m_nextTimer) m_nextTimer = m_position;
}

template <class UWord> void ReferenceWheel<UWord>::add(Timer& timer)
{
    mod(timer, timer.expires);
}

template <class UWord> bool ReferenceWheel<UWord>::mod(Timer& timer, UWord expires)
{
    expires = withSlack(timer, expires);
    const bool wasPending = timer.isPending();
    if (wasPending) {
        if (timer.expires == expires) return true;
        remove(timer);
    }
    timer.expires = expires;
    fileAndCount(timer);
    return wasPending;
}

template <class UWord> bool ReferenceWheel<UWord>::del(Timer& timer)
{
    if (!timer.isPending()) return false;
    remove(timer);
    return true;
}

/// Files the timers of the bucket that the position names anew. Returns whether that was bucket 0, which
/// means that the level above has come round, too.
template <class UWord> bool ReferenceWheel<UWord>::cascade(unsigned level)
{
    const UWord index = m_position >> (rootBits + level * levelBits) & levelMask;
    Link taken;
    moveAll(m_levels[level][index], taken);
    for (Link* link = taken.next; link != &taken;) {
        Link* const following = link->next;
        file(static_cast<Timer&>(*link));
        link = following;
    }
    return index == 0;
}

template <class UWord> void ReferenceWheel<UWord>::softirq()
{
    while (!isBefore(m_jiffies, m_position)) {
        const UWord index = m_position & rootMask;
        if (index == 0) {
            for (unsigned level = 0; level < m_levels.size() && cascade(level); ++level) {
            }
        }
        ++m_position;
        Link due;
        moveAll(m_root[index], due);
        while (due.next != &due) {
            Timer& timer = static_cast<Timer&>(*due.next);
            detach(timer);
            if (!timer.isDeferrable()) --m_activeTimers;
            m_running = &timer;
            timer.function(timer.data);
            m_running = nullptr;
        }
    }
}

template <class UWord> UWord ReferenceWheel<UWord>::search() const
{
    UWord at = m_position;
    UWord best = at + farthestWake;
    bool found = false;
    const UWord first = at & rootMask;
    for (UWord k = 0; k <= rootMask && !found; ++k) {
        const UWord index = (first + k) & rootMask;
        for (const Link* link = m_root[index].next; link != &m_root[index]; link = link->next) {
            const auto& timer = static_cast<const Timer&>(*link);
            if (timer.isDeferrable()) continue;
            best = timer.expires;
            found = true;
            // Before the position comes round to a bucket behind its own, higher levels come down.
            if (first != 0 && index >= first) return best;
            break;
        }
    }
    if (first != 0) at += rootMask + 1 - first;
    at >>= rootBits;
    for (const auto& level : m_levels) {
        const UWord start = at & levelMask;
        for (UWord k = 0; k <= levelMask; ++k) {
            const UWord index = (start + k) & levelMask;
            for (const Link* link = level[index].next; link != &level[index]; link = link->next) {
                const auto& timer = static_cast<const Timer&>(*link);
                if (timer.isDeferrable()) continue;
                found = true;
                if (isBefore(timer.expires, best)) best = timer.expires;
            }
            // With something found below, only the bucket that cascades next can hold something earlier.
            if (!found) continue;
            if (start != 0 && index >= start) return best;
            break;
        }
        if (start != 0) at += levelMask + 1 - start;
        at >>= levelBits;
    }
    return best;
}

template <class UWord> UWord ReferenceWheel<UWord>::next()
{
    if (m_activeTimers == 0) return m_jiffies + farthestWake;
    if (!isBefore(m_position, m_nextTimer)) m_nextTimer = search();
    const auto ahead = static_cast<std::make_signed_t<UWord>>(m_jiffies - m_nextTimer);
    return ahead >= 0 ? m_jiffies : m_nextTimer;
}

template class ReferenceWheel<std::uint32_t>;
template class ReferenceWheel<std::uint64_t>;

} // namespace jiffy::bench
