// SPDX-License-Identifier: GPL-3.0-or-later
// What a CPU of a machine of CPUs did, as its lane shows it at a magnification: blocks of the spans of CpuActivity, and
// where its tick came. Pure functions; they cost what is in sight, however long the run, and never more than about a
// block a pixel and kind.
#pragma once

#include "core/insight/cpu_activity.h"
#include "ui/timeline/layout.h"

#include <QString>

#include <vector>

namespace jiffy::ui
{

/// Instants on a scale of ticks: ns since the start.
class StripScale
{
  public:
    StripScale(const TimeScale& scale, core::Hz hz) : m_scale(scale), m_hz(hz) {}
    const TimeScale& ticks() const { return m_scale; }
    double xOf(std::uint64_t ns) const;
    /// The instant under a pixel, 0 and up.
    std::uint64_t at(double x) const;

  private:
    TimeScale m_scale;
    core::Hz m_hz;
};

/// A span, or several of which none is as wide as a pixel and which begin in the same one.
struct StripBlock
{
    double from = 0, to = 0; ///< pixels, within the scale; `to` may be `from`
    std::size_t first = 0;   ///< index of the first one
    std::uint32_t count = 1;
    bool isCutLeft = false;  ///< it began before what is in sight
    bool operator==(const StripBlock&) const = default;
};
/// end: ns, where what lasts ends for now. Outer ones come before those within.
std::vector<StripBlock> stripBlocks(const std::vector<core::ActivitySpan>& spans, const StripScale& scale, std::uint64_t end);

/// Ticks of a stretch of pixels: one tick where there is room for each, else those of a pixel.
struct TickMark
{
    double x = 0;
    std::uint64_t tick = 0; ///< the first
    std::uint32_t real = 0, skipped = 0; ///< how many came, and how many did not
    bool operator==(const TickMark&) const = default;
};
/// Of the ticks 1 to `last`; the run begins at tick 0, which is none.
std::vector<TickMark> tickMarks(const core::CpuActivity& activity, int cpu, const TimeScale& scale, std::uint64_t last);

/// Wake-ups in sight that are at least a pixel apart, or between other CPUs.
std::vector<std::size_t> wakeUpsInSight(const std::vector<core::WakeUp>& all, const StripScale& scale);

/// The innermost span at a pixel, or one that begins within `reach` pixels of it; none: ActivitySpan::none.
std::size_t spanNear(const std::vector<core::ActivitySpan>& spans, const StripScale& scale, double x, double reach, std::uint64_t end);

} // namespace jiffy::ui
