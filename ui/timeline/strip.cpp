// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/strip.h"

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

using core::ActivitySpan;

double StripScale::xOf(std::uint64_t ns) const
{
    const auto tick = m_hz.ticksUntil(static_cast<core::Nanoseconds>(ns));
    const auto within = ns - static_cast<std::uint64_t>(m_hz.tickInstant(tick));
    return m_scale.leftOf(static_cast<double>(tick) + static_cast<double>(within) * m_hz.value / 1e9);
}

std::uint64_t StripScale::at(double x) const
{
    const double tick = m_scale.range.from + (x - m_scale.left) * m_scale.ticksPerPixel();
    if (tick <= 0) return 0;
    const double whole = std::floor(tick);
    return static_cast<std::uint64_t>(m_hz.tickInstant(static_cast<std::uint64_t>(whole))) +
           static_cast<std::uint64_t>((tick - whole) * 1e9 / m_hz.value);
}

namespace
{

class Blocks
{
  public:
    Blocks(const std::vector<ActivitySpan>& spans, const StripScale& scale, std::uint64_t end)
        : m_spans(spans), m_scale(scale), m_left(scale.ticks().left), m_right(scale.ticks().right), m_end(end)
    {
    }

    std::vector<StripBlock> find()
    {
        const std::uint64_t first = m_scale.at(m_left);
        for (const std::size_t i : core::lastingAt(m_spans, first)) addWide(i);
        std::size_t i = core::firstFrom(m_spans, first);
        while (i < m_spans.size() && fromOf(i) <= m_right) {
            if (isWide(i)) {
                addWide(i++);
                continue;
            }
            i = addNarrow(i);
        }
        return std::move(m_blocks);
    }

  private:
    double fromOf(std::size_t i) const { return m_scale.xOf(m_spans[i].begin); }
    double toOf(std::size_t i) const { return m_scale.xOf(m_spans[i].isOpen() ? std::max(m_end, m_spans[i].begin) : m_spans[i].end); }
    bool isWide(std::size_t i) const { return toOf(i) - fromOf(i) >= 1; }

    void addWide(std::size_t i)
    {
        const double from = fromOf(i);
        m_blocks.push_back({std::max(from, m_left), std::min(toOf(i), m_right), i, 1, from < m_left});
    }
    /// All narrow ones that begin in the pixel, found without a look at each. Returns what comes behind the pixel.
    std::size_t addNarrow(std::size_t i)
    {
        const double from = fromOf(i);
        // The next pixel begins there; the inverse may be off by a ns.
        std::uint64_t border = m_scale.at(std::floor(from) + 1);
        while (m_scale.xOf(border) < std::floor(from) + 1) ++border;
        const std::size_t next = std::max(i + 1, core::firstFrom(m_spans, border));
        std::vector<std::size_t> wide;
        if (next > i + 1) {
            for (const std::size_t k : core::lastingAt(m_spans, border))
                if (k > i && k < next && isWide(k)) wide.push_back(k);
        }
        const auto narrow = next - i - wide.size();
        m_blocks.push_back({from, std::min(toOf(i), m_right), i, static_cast<std::uint32_t>(narrow), false});
        for (const std::size_t k : wide) addWide(k);
        return next;
    }

    const std::vector<ActivitySpan>& m_spans;
    const StripScale& m_scale;
    double m_left, m_right;
    std::uint64_t m_end;
    std::vector<StripBlock> m_blocks;
};

} // namespace

std::vector<StripBlock> stripBlocks(const std::vector<ActivitySpan>& spans, const StripScale& scale, std::uint64_t end)
{
    return Blocks(spans, scale, end).find();
}

std::vector<TickMark> tickMarks(const core::CpuActivity& activity, int cpu, const TimeScale& scale, std::uint64_t last)
{
    std::vector<TickMark> marks;
    const double px = scale.pixelsPerTick();
    const std::uint64_t step = px >= 2 ? 1 : 0;
    std::uint64_t tick = std::max<std::uint64_t>(1, scale.tickAt(scale.left));
    while (tick <= last && scale.leftOf(static_cast<double>(tick)) <= scale.right) {
        const double x = scale.leftOf(static_cast<double>(tick));
        std::uint64_t next = tick + step;
        if (step == 0) next = std::max(tick + 1, static_cast<std::uint64_t>(std::ceil(scale.range.from + (std::floor(x) + 1 - scale.left) / px)));
        next = std::min(next, last + 1);
        const std::uint64_t real = activity.ticksWithin(cpu, tick, next);
        if (x >= scale.left)
            marks.push_back({step == 0 ? std::floor(x) : x, tick, static_cast<std::uint32_t>(real), static_cast<std::uint32_t>(next - tick - real)});
        tick = next;
    }
    return marks;
}

std::vector<std::size_t> wakeUpsInSight(const std::vector<core::WakeUp>& all, const StripScale& scale)
{
    std::vector<std::size_t> found;
    const std::uint64_t first = scale.at(scale.ticks().left);
    auto it = std::partition_point(all.begin(), all.end(), [&](const core::WakeUp& w) { return w.at < first; });
    double last = -1e9;
    for (; it != all.end(); ++it) {
        const double x = scale.xOf(it->at);
        if (x > scale.ticks().right) break;
        const auto index = static_cast<std::size_t>(it - all.begin());
        if (!found.empty() && x < last + 1) {
            const auto& before = all[found.back()];
            if (before.from == it->from && before.to == it->to) {
                // The rest of the pixel is passed over once it repeats itself.
                const std::uint64_t border = scale.at(std::floor(x) + 1);
                const auto next = std::partition_point(it, all.end(), [&](const core::WakeUp& w) { return w.at < border; });
                if (next - it > 64) it = next - 1;
                continue;
            }
        }
        found.push_back(index);
        last = x;
    }
    return found;
}

std::size_t spanNear(const std::vector<ActivitySpan>& spans, const StripScale& scale, double x, double reach, std::uint64_t end)
{
    const std::uint64_t at = scale.at(x);
    const auto lasting = core::lastingAt(spans, at);
    std::size_t best = ActivitySpan::none;
    if (!lasting.empty() && (!spans[lasting.back()].isOpen() || at <= end)) best = lasting.back();
    double nearest = best != ActivitySpan::none ? 0 : reach;
    const auto from = core::firstFrom(spans, scale.at(x - reach));
    for (std::size_t i = from; i < spans.size() && i < from + 256; ++i) {
        const double begin = scale.xOf(spans[i].begin);
        if (begin > x + reach) break;
        const double over = scale.xOf(spans[i].isOpen() ? std::max(end, spans[i].begin) : spans[i].end);
        const double distance = x < begin ? begin - x : x > over ? x - over : 0;
        // One that covers the place goes before one beside it, and an inner one before an outer one.
        if (distance > nearest) continue;
        nearest = distance;
        best = i;
    }
    return best;
}

} // namespace jiffy::ui
