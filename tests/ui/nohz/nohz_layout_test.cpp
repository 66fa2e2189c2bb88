// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nohz/layout.h"

#include <gtest/gtest.h>

namespace jiffy::ui
{
namespace
{

void expectSound(const NohzLayout& l, const QRectF& box, int cpus)
{
    ASSERT_FALSE(l.rows.empty());
    EXPECT_LT(l.left, l.right);
    double below = l.rulerY;
    for (std::size_t i = 0; i < l.rows.size(); ++i) {
        const NohzRow& row = l.rows[i];
        EXPECT_EQ(row.cpu, l.firstRow + static_cast<int>(i));
        EXPECT_GE(row.barTop, below);
        EXPECT_GT(row.base, row.barTop + 8 * l.scale);
        EXPECT_LE(row.base, row.box.bottom());
        below = row.base;
    }
    EXPECT_EQ(static_cast<int>(l.rows.size()) + l.lastFirstRow, cpus);
    if (l.hasOpened) {
        EXPECT_GE(l.openedTitle, below + 10 * l.scale);
        EXPECT_GT(l.band.top(), l.openedTitle + 18 * l.scale);
        EXPECT_GE(l.band.height(), 28 * l.scale);
        EXPECT_LE(l.labels + 36 * l.scale, l.hasLower ? l.divider : box.bottom());
    }
    if (l.hasLower) {
        EXPECT_TRUE(l.hasOpened);
        EXPECT_GE(l.prices.height(), 120 * l.scale);
        EXPECT_LE(l.prices.bottom(), box.bottom());
        EXPECT_LE(l.prices.right(), box.right());
        if (!l.wheel.isEmpty()) {
            EXPECT_LE(l.wheel.right(), l.prices.left());
            EXPECT_LE(l.wheel.bottom(), box.bottom());
        }
    }
}

TEST(NohzLayout, standsInAnySize)
{
    for (const double scale : {.8, 1., 1.5, 2.})
        for (const int cpus : {1, 2, 4, 7, 16, 64})
            for (const QSizeF size : {QSizeF(320, 240), QSizeF(640, 420), QSizeF(700, 500), QSizeF(826, 560), QSizeF(1116, 774), QSizeF(1600, 980)}) {
                SCOPED_TRACE(::testing::Message() << size.width() << "x" << size.height() << " of " << cpus << " at " << scale);
                const QRectF box(QPointF(7, 11), size);
                expectSound(nohzLayout(box, cpus, 0, scale), box, cpus);
                expectSound(nohzLayout(box, cpus, 1000, scale), box, cpus);
            }
}

TEST(NohzLayout, isTheDesignsInItsSize)
{
    const NohzLayout l = nohzLayout(QRectF(0, 0, 1116, 774), 4, 0, 1);
    ASSERT_EQ(l.rows.size(), 4u);
    EXPECT_DOUBLE_EQ(l.rows[1].base - l.rows[0].base, 56);
    EXPECT_DOUBLE_EQ(l.rows[0].base - l.rows[0].barTop, 26);
    EXPECT_TRUE(l.hasTwoLines);
    EXPECT_TRUE(l.hasLower);
    EXPECT_FALSE(l.wheel.isEmpty());
    EXPECT_EQ(l.lastFirstRow, 0);
}

TEST(NohzLayout, manyCpusScroll)
{
    const QRectF box(0, 0, 826, 560);
    const NohzLayout top = nohzLayout(box, 64, 0, 1);
    EXPECT_GT(top.lastFirstRow, 0);
    EXPECT_TRUE(top.hasOpened);
    EXPECT_EQ(firstRowFor(top, 0), 0);
    const int fit = static_cast<int>(top.rows.size());
    EXPECT_EQ(firstRowFor(top, fit), 1) << "one further";
    const NohzLayout end = nohzLayout(box, 64, firstRowFor(top, 63), 1);
    EXPECT_EQ(end.rows.back().cpu, 63);
    EXPECT_EQ(firstRowFor(end, 63), end.firstRow);
    EXPECT_EQ(firstRowFor(end, 5), 5);
}

} // namespace
} // namespace jiffy::ui
