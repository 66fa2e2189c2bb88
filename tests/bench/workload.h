// SPDX-License-Identifier: GPL-3.0-or-later
// What the wheels are given to do: delays and orders, drawn before the timed loops.
#pragma once

#include "core/base/random.h"

#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace jiffy::bench
{

constexpr std::uint64_t bootJiffies = 4294892296u; ///< 300 s before 2^32, at 250 Hz
constexpr std::uint32_t horizon = 1u << 20;        ///< the longest delay

/// Draws arrays from one generator, so that all sides of a comparison get the same.
class Workload
{
  public:
    /// Uniform in [1, 2^20].
    std::vector<std::uint32_t> delays(std::size_t n)
    {
        std::vector<std::uint32_t> v(n);
        for (auto& d : v)
            d = 1 + static_cast<std::uint32_t>(m_random.next() & (horizon - 1));
        return v;
    }
    /// Uniform in [low, high].
    std::vector<std::uint32_t> between(std::size_t n, std::uint32_t low, std::uint32_t high)
    {
        std::vector<std::uint32_t> v(n);
        for (auto& d : v)
            d = static_cast<std::uint32_t>(m_random.between(low, high));
        return v;
    }
    /// A random permutation of 0..n-1.
    std::vector<std::uint32_t> order(std::size_t n)
    {
        std::vector<std::uint32_t> v(n);
        std::iota(v.begin(), v.end(), 0u);
        for (std::size_t i = n; i-- > 1;)
            std::swap(v[i], v[m_random.next() % (i + 1)]);
        return v;
    }

  private:
    core::Random m_random{12345};
};

/// A timer's whole life, n times: every timer is added, every second one deleted, every fourth re-armed, and
/// ticks until the last one has fired.
class Life
{
  public:
    Life(Workload& w, std::size_t n) : m_first(w.delays(n)), m_second(w.delays(n)), m_order(w.order(n)) {}

    template <class Side> void run(Side& side) const
    {
        const std::size_t n = m_first.size();
        for (std::uint32_t i = 0; i < n; ++i)
            side.add(i, m_first[i]);
        for (std::size_t k = 0; k < n / 2; ++k)
            side.del(m_order[k]);
        for (std::size_t k = n / 2; k < n / 2 + n / 4; ++k)
            side.mod(m_order[k], m_second[k]);
        for (std::uint32_t k = 0; k < horizon; ++k)
            side.tick();
    }

  private:
    std::vector<std::uint32_t> m_first, m_second, m_order;
};

/// Each step cancels a random timer and adds it again at 200..2000 jiffies from now; a tick every 100 steps.
template <class Side>
void tcpSteps(Side& side, const std::vector<std::uint32_t>& timers, const std::vector<std::uint32_t>& delays)
{
    for (std::size_t k = 0; k < timers.size(); ++k) {
        side.del(timers[k]);
        side.add(timers[k], delays[k]);
        if (k % 100 == 99) side.tick();
    }
}

} // namespace jiffy::bench
