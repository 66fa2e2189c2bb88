// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/fit.h"

#include "core/trace/words.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>

namespace jiffy::core
{

namespace
{

constexpr std::uint32_t usual[] = {100, 250, 300, 1000};
constexpr std::uint64_t farBack = 100'000'000; ///< ns: CPUs' clocks never differ by that much
constexpr std::int64_t leastJiffies = 20; ///< fewer do not tell 250 from 300: a point is up to a jiffy off

std::uint32_t nearestUsual(double slope)
{
    return *std::min_element(std::begin(usual), std::end(usual), [slope](std::uint32_t a, std::uint32_t b) {
        return std::abs(std::log(a / slope)) < std::abs(std::log(b / slope));
    });
}

} // namespace

void ClockFit::add(const TraceEvent& event)
{
    using What = TraceEvent::What;
    if (event.what == What::Other) return;
    if (!event.isNameless) m_digits = std::max(m_digits, static_cast<int>(event.pointerDigits));
    if (event.isCounter) m_hasCounter = true;
    if (event.what == What::Start) {
        m_largest = std::max(m_largest, event.expires);
        if (event.isWrapped) m_hasWrap = true;
    } else if (event.what == What::ExpireEntry) {
        m_largest = std::max(m_largest, event.now);
    } else {
        return;
    }
    addPoint(event.time, event.now);
}

void ClockFit::addPoint(std::uint64_t time, std::uint64_t now)
{
    if (m_points == 0) {
        m_firstTime = m_lastTime = time;
        m_lastNow = now;
    }
    if (time + farBack < m_lastTime) ++m_backwards;
    // The low 32 bits carry the step between neighbours whatever the word is.
    const auto step =
        static_cast<std::int32_t>(static_cast<std::uint32_t>(now) - static_cast<std::uint32_t>(m_lastNow));
    if (step > 0 && step < 1 << 30 && now < m_lastNow && m_lastNow >> 32 == 0) m_hasWrap = true;
    m_jiffies += step;
    m_lastNow = now;
    m_lastTime = std::max(m_lastTime, time);
    const double x = (static_cast<double>(time) - static_cast<double>(m_firstTime)) * 1e-9;
    const double y = static_cast<double>(m_jiffies);
    m_sumX += x;
    m_sumY += y;
    m_sumXX += x * x;
    m_sumXY += x * y;
    ++m_points;
}

ClockFit::HzFound ClockFit::hz() const
{
    if (m_hasCounter)
        return {Hz{250}, "HZ could not be fitted because the trace clock does not count seconds; 250 was "
                         "taken (--hz overrides it)."};
    if (m_backwards * 10 > m_points)
        return {Hz{250}, "HZ could not be fitted because the events do not stand in the order of time; 250 was "
                         "taken (--hz overrides it)."};
    if (m_points < 3 || m_jiffies < leastJiffies)
        return {
            Hz{250},
            "HZ could not be fitted because the recording is too short; 250 was taken (--hz overrides it)."};
    const auto n = static_cast<double>(m_points);
    const double spread = m_sumXX - m_sumX * m_sumX / n;
    const double slope = spread > 0 ? (m_sumXY - m_sumX * m_sumY / n) / spread : 0;
    if (!(slope > 1 && slope < 100'000))
        return {Hz{250}, "HZ could not be fitted because jiffies and time do not grow together; 250 was "
                         "taken (--hz overrides it)."};
    const Hz hz{nearestUsual(slope)};
    const double seconds = static_cast<double>(m_lastTime - m_firstTime) * 1e-9;
    if (std::abs(slope / hz.value - 1) <= 0.04)
        return {hz, fmt::format("HZ is {}, fitted from {} points over {:.2f} s ({:.1f} jiffies a second).",
                                hz.value, grouped(m_points), seconds, slope)};
    return {
        hz,
        fmt::format(
            "HZ is doubtful: {} points give {:.1f} jiffies a second, which no usual kernel has; {} was taken "
            "as the nearest (--hz overrides it).",
            grouped(m_points), slope, hz.value)};
}

ClockFit::WordFound ClockFit::word() const
{
    if (m_largest >> 32 != 0)
        return {Word{64}, "The machine has 64-bit words, because jiffies or expiries pass 2^32 in the recording."};
    if (m_hasWrap)
        return {Word{32}, "The machine has 32-bit words, because jiffies wrap to 0 in the recording."};
    if (m_digits > 8)
        return {Word{64},
                fmt::format("The machine has 64-bit words, because its pointers print with {} digits.",
                            m_digits)};
    if (m_digits == 8)
        return {Word{32}, "The machine has 32-bit words, because its pointers print with 8 digits."};
    return {Word{64},
            "The size of the machine's words could not be told; 64 bits were taken (--bits overrides it)."};
}

} // namespace jiffy::core
