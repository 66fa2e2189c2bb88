// SPDX-License-Identifier: GPL-3.0-or-later
// A catch-up spread over the width of the view: where its turns, its cascades and its calls stand, and which of them are
// named below. On 6.1's wheel, and on a sorted list, there are no turns: what is due stands where it was due. Pure.
#pragma once

#include "ui/nohz/layout.h"
#include "ui/nohz/scene.h"
#include "ui/theme/look.h"

#include <functional>

namespace jiffy::ui
{

struct OpenedItem
{
    enum class What
    {
        Cascade,
        Call,
    };
    What what = What::Call;
    double x = 0;
    int level = 0;           ///< Cascade
    bool isPast = false;     ///< solid; else still to come
    bool isCurrent = false;  ///< just now
    bool isLate = false;     ///< Call
    core::TimerId timer;     ///< Call of a single one
    core::Position seek;     ///< where a click leads
    QString number, name, detail; ///< the three lines below
    QRectF label;            ///< empty: there is no room for them
};

struct OpenedArc
{
    double from = 0, to = 0;
    bool isDeferrable = false; ///< of the wheel for deferrable timers
    bool isPast = false;
    core::Position seek;
};

struct Opened
{
    std::vector<OpenedItem> items; ///< by x
    std::vector<OpenedArc> arcs;   ///< 6.1
    double perTurn = 0;            ///< pixels; 0: there are no turns
    double doneX = 0;              ///< turns up to there are done
    double left = 0, right = 0;

    double xOfTurn(double turn) const { return left + (turn + .5) * perTurn; }
    /// REQUIRES: perTurn is not 0. How many turns are done behind the one under x.
    std::uint64_t turnsAt(double x, std::uint64_t turns) const;
};

Opened openedOf(const NohzScene& scene, const NohzLayout& layout, const Look& look);

} // namespace jiffy::ui
