// SPDX-License-Identifier: GPL-3.0-or-later
// The bit lens: the low bits of a jiffies value in the fields that pick the slot of each level, highest level
// first. Fields of the clock's position are the positions of the hands. Pure geometry.
#pragma once

#include "core/world/geometry.h"

#include <QPointF>
#include <QRectF>
#include <QString>

#include <vector>

namespace jiffy::ui
{

struct LensBit
{
    QPointF centre;
    bool isOne = false;
};

struct LensField
{
    int level = 0;
    QRectF box;
    QString name;              ///< "tv1", "lvl0"; empty: the highest group of 6.1
    QString index;             ///< the field's value: a slot of that level
    std::vector<LensBit> bits; ///< the highest first
    double label = 0;          ///< x of the middle of name and index
};

struct LensMeasures
{
    double pitch = 9; ///< from bit to bit
    double gap = 7;   ///< between fields
    double height = 22;
};

struct LensLayout
{
    std::vector<LensField> fields;
    int higherBits = 0; ///< of the word, that no level looks at
    double width = 0;   ///< of all fields
};

/// 6 6 6 6 8 bits for the 3.9 wheel, 4 4 4 4 6 for the small one. 6.1: the levels' fields overlap, as a slot spans eight
/// of the level below: groups of three bits, each level's six at both sides of its name. `origin` is the upper left
/// corner of the first field.
LensLayout lensLayout(const core::Geometry& geometry, core::Jiffies value, QPointF origin,
                      const LensMeasures& measures);

} // namespace jiffy::ui
