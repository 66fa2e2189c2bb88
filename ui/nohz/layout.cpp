// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nohz/layout.h"

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

/// All in the design's pixels.
constexpr double rulerHeight = 54;
constexpr double widestPitch = 56;
constexpr double fewestRowsPitch = 24;

/// What the parts below the lanes may take, from roomy to tight; the pitch down to which rows may go for it.
struct Share
{
    double opened, lower, pitch;
};
constexpr Share shares[] = {{196, 300, 50}, {178, 240, 40}, {160, 196, 30}, {156, 158, 24}, {150, 0, 22}};

} // namespace

NohzLayout nohzLayout(const QRectF& box, int cpus, int firstRow, double scale)
{
    NohzLayout l;
    l.box = box;
    l.scale = scale;
    const double room = box.height() / scale - rulerHeight;
    const double margin = box.width() < 620 * scale ? 12 : 24;
    l.labelX = box.left() + margin * scale;
    l.left = l.labelX + 90 * scale;
    l.right = std::max(l.left + 40 * scale, box.right() - 72 * scale);
    l.countX = l.right + 8 * scale;
    l.rulerY = box.top() + 44 * scale;

    Share share{0, 0, fewestRowsPitch};
    bool isFound = false;
    for (const Share& s : shares) {
        if (isFound) break;
        isFound = room >= s.opened + s.lower + s.pitch * cpus;
        if (isFound) share = s;
    }
    if (!isFound) {
        // Not all CPUs fit: some of them, with what is below them as far as that goes.
        const double few = fewestRowsPitch * std::min(cpus, 4);
        for (const Share& s : shares) {
            if (room < s.opened + s.lower + few) continue;
            share = {s.opened, s.lower, fewestRowsPitch};
            break;
        }
    }
    const double lanesRoom = room - share.opened - share.lower;
    const double pitch = std::clamp(lanesRoom / cpus, isFound ? share.pitch : fewestRowsPitch, widestPitch);
    const int fit = std::clamp(static_cast<int>((lanesRoom + .5) / pitch), 1, cpus);
    l.lastFirstRow = cpus - fit;
    l.firstRow = std::clamp(firstRow, 0, l.lastFirstRow);
    l.hasTwoLines = pitch >= 31;
    // A name and what the CPU does, one beside the other.
    if (!l.hasTwoLines) l.left = std::min(l.labelX + 126 * scale, l.right - 40 * scale);

    const double top = box.top() + rulerHeight * scale;
    l.lanes = QRectF(box.left(), top, box.width(), fit * pitch * scale);
    const double bar = std::min(26.0, pitch - 9);
    for (int i = 0; i < fit; ++i) {
        NohzRow row;
        row.cpu = l.firstRow + i;
        row.box = QRectF(box.left(), top + i * pitch * scale, box.width(), pitch * scale);
        row.base = row.box.top() + (pitch / 2 + bar / 2 - (l.hasTwoLines ? 1 : 0)) * scale;
        row.barTop = row.base - bar * scale;
        l.rows.push_back(row);
    }

    l.hasOpened = share.opened > 0;
    l.hasLower = share.lower > 0;
    if (!l.hasOpened) return l;
    // What is left over goes to the lower part, or between.
    const double openedTop = l.lanes.bottom();
    const double openedHeight = share.opened * scale;
    l.openedTitle = openedTop + 24 * scale;
    const double bandTop = openedTop + (share.opened >= 178 ? 58 : 52) * scale;
    const double labelsHeight = 66 * scale;
    l.band = QRectF(QPointF(l.left, bandTop), QPointF(l.right, openedTop + openedHeight - labelsHeight));
    l.labels = l.band.bottom() + 25 * scale;
    if (!l.hasLower) return l;
    l.divider = openedTop + openedHeight;
    const double lowerHeight = box.bottom() - l.divider;
    const bool hasWheel = box.width() >= 560 * scale;
    const double side = hasWheel ? std::min(lowerHeight, 300 * scale) : 0;
    const double priceX = hasWheel ? std::max(l.labelX + side * 1.3, box.left() + std::min(416 * scale, box.width() * .41)) : l.labelX;
    if (hasWheel) l.wheel = QRectF(QPointF(l.labelX, l.divider), QPointF(priceX - 12 * scale, std::min(box.bottom(), l.divider + 320 * scale)));
    l.prices = QRectF(QPointF(priceX, l.divider + 8 * scale), QPointF(box.right() - margin * scale, box.bottom() - 6 * scale));
    return l;
}

int firstRowFor(const NohzLayout& layout, int cpu)
{
    const int fit = static_cast<int>(layout.rows.size());
    return std::clamp(layout.firstRow, std::max(0, cpu - fit + 1), std::min(cpu, layout.lastFirstRow));
}

} // namespace jiffy::ui
