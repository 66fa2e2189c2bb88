// SPDX-License-Identifier: GPL-3.0-or-later
// The strip under the event flow: what the other of tgtd's schedulers makes of the same inputs at the same instant.
#pragma once

#include "ui/tgtd/label_writer.h"

class QPainter;

namespace jiffy::ui
{

/// A time in epoll_wait() of the old scheduler, or an alarm of the patch's.
struct TwinMark
{
    std::uint64_t from = 0, to = 0; ///< us since the start; of an alarm the same
    bool isSwallowed = false;
    bool isTick = false; ///< the wait ran out: jiffies counts
    bool operator==(const TwinMark&) const = default;
};

struct TwinScene
{
    FlowScene scene;             ///< of the twin; empty: there is none
    std::vector<TwinMark> marks; ///< the latest last
    std::uint64_t restarts = 0;  ///< of its idle timeout since the last tick
    std::optional<std::uint64_t> lastTick; ///< us since the start
    bool isCut = false; ///< there are more waits, too far back
    static constexpr std::size_t marksKept = 12;
};

/// now: us since the start at which it is seen; nothing happens to the twin between its position and then.
TwinScene makeTwinScene(const core::World& world, const core::InputsPtr& inputs, const core::LogView& log, core::Position at, const AddTimes& adds,
                        std::uint64_t now = 0);

struct TwinLayout
{
    QRectF box;
    std::vector<FlowLabel> labels;
    QRectF bars;                 ///< where the marks stand
    std::uint64_t from = 0, to = 0; ///< us at the ends of `bars`
    struct Chip
    {
        QRectF box;
        bool isLate = false;
        core::TimerId item;
    };
    std::vector<Chip> chips;
};

/// Height that the strip takes of a view, logical pixels; 0: there is no room for it.
double twinStripHeight(double width, double height);
TwinLayout twinLayout(const TwinScene& twin, const QRectF& box, const Look& look);
void paintTwin(QPainter& p, const TwinScene& twin, const TwinLayout& layout, const Look& look);
/// "Before 2011, same work: jiffies 0, ..." in one line.
QString twinText(const TwinScene& twin);

} // namespace jiffy::ui
