// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lens/lens_widget.h"

#include <gtest/gtest.h>

namespace jiffy::ui
{
namespace
{

struct Row
{
    int bits;
    bool isSmall;
    core::Jiffies value;
    std::vector<int> widths;
    std::vector<const char*> indices; ///< highest level first
    int higher;
};

class Lens : public testing::TestWithParam<Row>
{
};

TEST_P(Lens, showsTheFieldsThatPickTheSlots)
{
    const Row& row = GetParam();
    const core::Geometry g = core::wheelGeometry(1, core::Word(row.bits), row.isSmall);
    const LensLayout lens = lensLayout(g, row.value, {10, 20}, {});
    ASSERT_EQ(lens.fields.size(), row.widths.size());
    core::Jiffies rebuilt = 0;
    double right = 9;
    for (std::size_t i = 0; i < lens.fields.size(); ++i) {
        const LensField& f = lens.fields[i];
        EXPECT_EQ(f.level, 4 - static_cast<int>(i));
        EXPECT_EQ(static_cast<int>(f.bits.size()), row.widths[i]);
        EXPECT_EQ(f.index, QString::fromLatin1(row.indices[i]));
        EXPECT_GT(f.box.left(), right);
        right = f.box.right();
        for (const LensBit& b : f.bits) {
            rebuilt = rebuilt << 1 | (b.isOne ? 1u : 0u);
            EXPECT_TRUE(f.box.contains(b.centre));
        }
    }
    EXPECT_DOUBLE_EQ(lens.width, right - 10);
    EXPECT_EQ(lens.higherBits, row.higher);
    EXPECT_EQ(rebuilt, row.value & ((1ull << (row.bits - row.higher)) - 1));
}

INSTANTIATE_TEST_SUITE_P(
    Words, Lens,
    testing::Values(Row{32, false, 0xFFFF4500u, {6, 6, 6, 6, 8}, {"63", "63", "61", "5", "0"}, 0},
                    Row{32, false, 0, {6, 6, 6, 6, 8}, {"0", "0", "0", "0", "0"}, 0},
                    Row{64, false, 0x1'0000'0001ull, {6, 6, 6, 6, 8}, {"0", "0", "0", "0", "1"}, 32},
                    Row{32, true, 0x3FFFFFu, {4, 4, 4, 4, 6}, {"15", "15", "15", "15", "63"}, 10},
                    Row{64, true, 0x40u, {4, 4, 4, 4, 6}, {"0", "0", "0", "1", "0"}, 42}));

TEST(Lens61, hasTheHandOfALevelInTheSixBitsAtBothSidesOfItsName)
{
    for (const std::uint32_t hz : {100u, 1000u}) {
        const core::Geometry g = core::wheel61Geometry(1, core::Word(32), core::Hz{hz});
        const core::Jiffies clk = 0x2B3C'4D5Eu;
        const LensLayout lens = lensLayout(g, clk, {10, 20}, {});
        ASSERT_EQ(lens.fields.size(), static_cast<std::size_t>(g.levels) + 1);
        EXPECT_TRUE(lens.fields.front().name.isEmpty());
        EXPECT_EQ(lens.higherBits, 32 - 3 * (g.levels + 1));
        core::Jiffies rebuilt = 0;
        for (std::size_t i = 0; i < lens.fields.size(); ++i) {
            const LensField& f = lens.fields[i];
            ASSERT_EQ(f.bits.size(), 3u);
            for (const LensBit& b : f.bits)
                rebuilt = rebuilt << 1 | (b.isOne ? 1u : 0u);
            if (i == 0) continue;
            const int level = g.levels - static_cast<int>(i);
            EXPECT_EQ(f.name, QStringLiteral("lvl%1").arg(level));
            EXPECT_EQ(f.index, QString::number(clk >> (3 * level) & 63));
            EXPECT_GT(f.label, lens.fields[i - 1].box.right());
            EXPECT_LT(f.label, f.box.left());
        }
        EXPECT_EQ(rebuilt, clk & ((1ull << (3 * (g.levels + 1))) - 1));
    }
}

TEST(LensWidget, hasNoRoomForAListAndFitsTheNineLevels)
{
    ThemeProvider provider;
    LensWidget lens(provider);
    lens.setValue(core::sortedListGeometry(1, core::Word(32)), 0);
    EXPECT_EQ(lens.sizeHint().width(), 0);
    lens.setTight(true);
    lens.setValue(core::wheelGeometry(1, core::Word(32), false), 0);
    const int usual = lens.sizeHint().width();
    lens.setValue(core::wheel61Geometry(1, core::Word(32), core::Hz{1000}), 12345);
    EXPECT_LE(lens.sizeHint().width(), usual + 16);
    EXPECT_TRUE(lens.accessibleName().contains(QStringLiteral("lvl8")));
}

TEST(LensWidget, saysTheHandsAndKeepsItsWidth)
{
    ThemeProvider provider;
    LensWidget lens(provider);
    const QSize before = lens.sizeHint();
    lens.setValue(core::wheelGeometry(1, core::Word(32), false), 0xFFFF4500u);
    EXPECT_EQ(lens.sizeHint(), before) << "the header does not jump when a file is opened";
    EXPECT_EQ(lens.accessibleName(), QStringLiteral("Hands: tv5 63 tv4 63 tv3 61 tv2 5 tv1 0"));
    lens.resize(lens.sizeHint());
    const QImage image = lens.grab().toImage();
    const LensLayout l = lensLayout(core::wheelGeometry(1, core::Word(32), false), 0, {3, 22}, {});
    EXPECT_EQ(image.pixelColor((l.fields[4].box.topLeft() + QPointF(4, 3)).toPoint()),
              lensField(provider.theme(), 0));
    const int narrow = lens.sizeHint().width();
    lens.setValue(core::wheelGeometry(1, core::Word(64), false), 1);
    EXPECT_GT(lens.sizeHint().width(), narrow) << "room for the chip of the higher bits";
}

} // namespace
} // namespace jiffy::ui
