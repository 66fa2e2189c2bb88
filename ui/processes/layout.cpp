// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/processes/layout.h"

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr double names = 104, cardWidth = 214, cardHeight = 92, cardGap = 12, wideFrom = 760;
constexpr double lowestRow = 58, highestRow = 216, highestCard = 168, nameLines = 148;

constexpr int mostDetails = 4;

} // namespace

ProcessesFrame processesFrame(QSizeF size, int processes, int cpus, double scale)
{
    ProcessesFrame f;
    const double margin = 20 * scale, top = 46 * scale;
    const bool isWide = size.width() >= wideFrom * scale;
    f.nameLeft = margin;
    f.left = margin + (size.width() >= 1100 * scale ? nameLines : names) * scale;
    f.right = std::max(f.left + 16, size.width() - margin - (isWide ? (cardWidth + 20) * scale : 0));
    f.title = 28 * scale;
    f.ruler = 62 * scale;
    // In a narrow view cards stand in a line below the rows.
    const double below = isWide ? 0 : (cardHeight + cardGap) * scale;
    double bottom = size.height() - margin - below;
    f.rows.top = f.ruler + 8 * scale;
    f.rows.count = processes;
    if (bottom - f.rows.top > 140 * scale) {
        // In two lines where one is too short for it.
        const double lines = size.width() < 1060 * scale ? 18 * scale : 0;
        f.legend = bottom - lines;
        bottom -= 26 * scale + lines;
    }
    f.rows.height = std::max(0.0, bottom - f.rows.top);
    f.rows.rowHeight = std::clamp(processes > 0 ? f.rows.height / processes : 0, lowestRow * scale, highestRow * scale);
    f.rows.height = std::min(f.rows.height, f.rows.contentHeight());
    // A high row has a higher band, and lines below it.
    const double row = f.rows.rowHeight;
    f.bandTop = std::min(14 * scale + (row - lowestRow * scale) * .06, 22 * scale);
    f.bandHeight = std::clamp(row * .2, 22 * scale, 40 * scale);
    f.sleeps = f.bandTop + f.bandHeight + 20 * scale;
    f.detailStep = std::clamp((row - f.sleeps) / (mostDetails + .6), 19 * scale, 24 * scale);
    f.details = f.sleeps + f.detailStep + 2 * scale;
    f.detailLines = std::clamp(static_cast<int>(std::floor((row - 8 * scale - f.details) / f.detailStep)) + 1, 0, mostDetails);
    const double width = cardWidth * scale, gap = cardGap * scale;
    // Beside high rows cards are high, too: their queue stands in lines.
    const double below0 = size.height() - margin - (top - 16 * scale);
    const double height = isWide && cpus > 0 ? std::clamp(below0 / cpus - gap, cardHeight * scale, highestCard * scale) : cardHeight * scale;
    const double x = isWide ? size.width() - margin - width : margin, y = isWide ? top - 16 * scale : size.height() - margin - height + 8 * scale;
    const double room = isWide ? size.height() - y - margin : size.width() - 2 * margin;
    const double each = (isWide ? height : width) + gap;
    int fitting = std::max(0, static_cast<int>((room + gap) / each));
    if (fitting < cpus && isWide) {
        fitting = std::max(0, static_cast<int>((room + gap - 22 * scale) / each));
        f.more = y + fitting * each + 14 * scale;
    }
    for (int c = 0; c < std::min(cpus, fitting); ++c) f.cards.emplace_back(isWide ? x : x + c * each, isWide ? y + c * each : y, width, height);
    return f;
}

std::vector<StateBand> stateBands(const std::vector<core::ProcessSpan>& spans, const StripScale& scale, std::uint64_t end)
{
    std::vector<StateBand> bands;
    const double left = scale.ticks().left, right = scale.ticks().right;
    std::size_t i = core::spanAt(spans, scale.at(left));
    while (i < spans.size()) {
        const double from = scale.xOf(spans[i].begin);
        if (from > right) break;
        const auto toOf = [&](std::size_t k) {
            return scale.xOf(spans[k].end == core::ProcessSpan::open ? std::max(end, spans[k].begin) : spans[k].end);
        };
        const double to = toOf(i);
        if (to - from >= 1) {
            bands.push_back({std::max(from, left), std::min(to, right), i, 1});
            ++i;
            continue;
        }
        // Those that end within the pixel; the last one may be wide.
        std::size_t next = std::max(i + 1, core::spanAt(spans, scale.at(std::floor(from) + 1)));
        next = std::min(next, spans.size());
        bands.push_back({std::max(from, left), std::min(std::max(to, from), right), i, static_cast<std::uint32_t>(next - i)});
        i = next;
    }
    return bands;
}

} // namespace jiffy::ui
