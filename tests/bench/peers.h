// SPDX-License-Identifier: GPL-3.0-or-later
// Other ways to keep timers, as sides of a comparison: an ordered tree and two heaps with stable handles.
#pragma once

#include <boost/heap/d_ary_heap.hpp>
#include <boost/heap/pairing_heap.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace jiffy::bench
{

class MultimapSide
{
  public:
    MultimapSide(std::size_t timers, std::uint64_t jiffies) : m_now(jiffies), m_places(timers, m_queue.end())
    {
    }

    void add(std::uint32_t i, std::uint32_t delay) { m_places[i] = m_queue.emplace(m_now + delay, i); }
    void del(std::uint32_t i)
    {
        if (m_places[i] == m_queue.end()) return;
        m_queue.erase(m_places[i]);
        m_places[i] = m_queue.end();
    }
    void tick()
    {
        ++m_now;
        while (!m_queue.empty() && m_queue.begin()->first <= m_now) {
            m_places[m_queue.begin()->second] = m_queue.end();
            m_queue.erase(m_queue.begin());
            ++m_fired;
        }
    }
    std::uint64_t fired() const { return m_fired; }

  private:
    std::uint64_t m_now;
    std::uint64_t m_fired = 0;
    std::multimap<std::uint64_t, std::uint32_t> m_queue;
    std::vector<std::multimap<std::uint64_t, std::uint32_t>::iterator> m_places;
};

struct Due
{
    std::uint64_t expires = 0;
    std::uint32_t timer = 0;
    bool operator<(const Due& o) const { return expires > o.expires; } // the heaps keep the greatest on top
};

template <class Heap> class HeapSide
{
  public:
    HeapSide(std::size_t timers, std::uint64_t jiffies) : m_now(jiffies), m_places(timers), m_pending(timers)
    {
    }

    void add(std::uint32_t i, std::uint32_t delay)
    {
        m_places[i] = m_heap.push(Due{m_now + delay, i});
        m_pending[i] = 1;
    }
    void del(std::uint32_t i)
    {
        if (m_pending[i] == 0) return;
        m_heap.erase(m_places[i]);
        m_pending[i] = 0;
    }
    void tick()
    {
        ++m_now;
        while (!m_heap.empty() && m_heap.top().expires <= m_now) {
            m_pending[m_heap.top().timer] = 0;
            m_heap.pop();
            ++m_fired;
        }
    }
    std::uint64_t fired() const { return m_fired; }

  private:
    std::uint64_t m_now;
    std::uint64_t m_fired = 0;
    Heap m_heap;
    std::vector<typename Heap::handle_type> m_places;
    std::vector<std::uint8_t> m_pending;
};

using PairingSide = HeapSide<boost::heap::pairing_heap<Due>>;
using DAry4Side = HeapSide<boost::heap::d_ary_heap<Due, boost::heap::arity<4>, boost::heap::mutable_<true>>>;

} // namespace jiffy::bench
