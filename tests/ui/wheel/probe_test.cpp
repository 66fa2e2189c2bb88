// SPDX-License-Identifier: GPL-3.0-or-later
// Pixel probes: every slot of every level is painted where the layout says, in both geometries, for both wheels, on
// screens of one and two pixels per pixel; and what is picked there is that slot.
#include "tests/ui/support/small_run.h"
#include "tests/ui/support/test_desk.h"
#include "ui/wheel/filing.h"
#include "ui/wheel/heat_image.h"
#include "ui/wheel/wheel_view.h"

#include <gtest/gtest.h>

#include <QPainter>

namespace jiffy::ui
{
namespace
{

using Probe = std::tuple<WheelForm, bool, bool>; // geometry, small wheel, odd slots

/// Every second slot of every level holds timers, so many in all that the wheel shows heat only.
struct EverySecondSlot : test::SmallRun
{
    core::Position at;

    EverySecondSlot(bool isSmall, bool isOdd)
    {
        inputs().machine.small = isSmall;
        inputs().machine.word = core::Word(64); // the whole of tv5 is future
        inputs().machine.jiffies = 0x12345;
        const core::Geometry g = core::wheelGeometry(1, core::Word(64), isSmall);
        const core::Jiffies position = inputs().machine.jiffies + 1;
        std::uint32_t slots = 0, number = 0;
        for (int l = 0; l < g.levels; ++l)
            slots += static_cast<std::uint32_t>(g.level[static_cast<std::size_t>(l)].slots) / 2;
        const std::uint32_t each = 2'600 / slots;
        for (int l = 0; l < g.levels; ++l)
            for (std::uint32_t i = isOdd ? 1 : 0; i < static_cast<std::uint32_t>(g.level[static_cast<std::size_t>(l)].slots); i += 2) {
                const auto expires = expiryFor(g, position, {l, i});
                for (std::uint32_t k = 0; expires && k < each; ++k)
                    this->SmallRun::at(0, core::Call::ModTimer, timer("t", ++number), *expires);
            }
        inputs().untilTicks = 1;
        finish();
        at = *after(core::Kind::Queued, core::TimerId::none(), static_cast<int>(number));
    }
};

int difference(QRgb a, const QColor& b)
{
    return std::max({std::abs(qRed(a) - b.red()), std::abs(qGreen(a) - b.green()), std::abs(qBlue(a) - b.blue())});
}

/// Every slot's colour in a picture of `ratio` pixels per pixel; the hands' frames and marks leave the middle free.
void probe(const QImage& image, double ratio, const Scene& scene, const WheelLayout& layout, const Theme& t)
{
    int occupied = 0, wrong = 0;
    for (int l = 0; l < layout.levels(); ++l)
        for (std::uint32_t i = 0; i < layout.slots(l); ++i) {
            const SlotPlace place{l, i};
            const std::uint64_t n = scene.slot(l, i).count;
            occupied += n != 0 ? 1 : 0;
            const QColor expected = n == 0 ? slotFloor(t, l) : slotHeat(t, l, n, scene.fullest);
            // The middle, and four points towards the corners: a name or a digit may stand on some of them.
            const QPointF middle = layout.middle(place);
            const QRectF box = layout.cell(place).boundingRect();
            const QPolygonF cell = layout.cell(place);
            int right = 0, asked = 0;
            for (const QPointF& towards : {middle, box.topLeft(), box.topRight(), box.bottomLeft(), box.bottomRight()}) {
                const QPointF point = middle + .55 * (towards - middle);
                if (!cell.containsPoint(point, Qt::OddEvenFill)) continue;
                EXPECT_EQ(layout.slotAt(point), place);
                ++asked;
                // The floor of bands is a shade stronger than that of rings.
                right += difference(image.pixel((point * ratio).toPoint()), expected) <= 6 ? 1 : 0;
            }
            if (2 * right < asked && ++wrong < 5)
                ADD_FAILURE() << "tv" << l + 1 << '[' << i << "] with " << n << " timers is not "
                              << expected.name().toStdString() << " at " << asked - right << " of " << asked << " points";
        }
    EXPECT_EQ(wrong, 0);
    EXPECT_GT(occupied, 60);
}

class WheelProbes : public testing::TestWithParam<Probe>
{
};

TEST_P(WheelProbes, everySlotIsWhereTheLayoutSays)
{
    const auto [form, isSmall, isOdd] = GetParam();
    EverySecondSlot run(isSmall, isOdd);
    test::TestDesk desk;
    WheelView view(desk.desk);
    for (const ThemeName name : {ThemeName::Light, ThemeName::HighContrast}) {
        desk.theme.setTheme(name);
        view.setForm(form, false);
        view.resize(1240, 760);
        view.showPosition(run.history().at(run.at), run.inputsPtr(), effects(run.log(), run.at, run.at), MotionStyle::Jump);
        ASSERT_GT(view.scene().pending, heatViewFrom);
        ASSERT_EQ(view.layoutOfWheel().form(), form);
        probe(view.grab().toImage(), 1, view.scene(), view.layoutOfWheel(), desk.theme.theme());
        // Painted anew, as for an export, on one and on two pixels per pixel.
        for (const int ratio : {1, 2}) {
            QImage image(1240 * ratio, 760 * ratio, QImage::Format_ARGB32_Premultiplied);
            image.setDevicePixelRatio(ratio);
            image.fill(Qt::red);
            {
                QPainter p(&image);
                view.paintForm(p, QRectF(0, 0, 1240, 760), form, false);
            }
            probe(image, ratio, view.scene(), view.layoutOfWheel(), desk.theme.theme());
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Geometries, WheelProbes,
                         testing::Combine(testing::Values(WheelForm::Rings, WheelForm::Bands), testing::Bool(),
                                          testing::Bool()));

TEST(HeatImage, recoloursTheSlotsAndNothingElseAtAnyRatio)
{
    for (const WheelForm form : {WheelForm::Rings, WheelForm::Bands})
        for (const double ratio : {1.0, 1.5, 2.0}) {
            Scene scene;
            scene.geometry = core::wheelGeometry(1, core::Word(32), false);
            const WheelLayoutPtr layout = wheelLayout(scene, QRectF(0, 0, 826, 580), 1, form);
            QImage floor((QSizeF(826, 580) * ratio).toSize(), QImage::Format_RGB32);
            floor.setDevicePixelRatio(ratio);
            floor.fill(Qt::white);
            HeatImage heat;
            heat.setFloor(floor, layout);
            const auto number = [&](SlotPlace p) {
                return scene.geometry.level[static_cast<std::size_t>(p.level)].first + p.index;
            };
            const auto at = [&](SlotPlace p) { return heat.image().pixel((layout->middle(p) * ratio).toPoint()); };
            for (int l = 0; l < 5; ++l)
                for (std::uint32_t i = 0; i < layout->slots(l); i += 3)
                    heat.setColour(number({l, i}), QColor(Qt::blue));
            const QImage before = heat.image().copy();
            for (int l = 0; l < 5; ++l)
                for (std::uint32_t i = 0; i < layout->slots(l); ++i)
                    EXPECT_EQ(at({l, i}), i % 3 == 0 ? QColor(Qt::blue).rgb() : QColor(Qt::white).rgb()) << l << ' ' << i;
            // There and back leaves no trace, whatever lay beside it.
            heat.setColour(number({0, 4}), QColor(Qt::red));
            heat.setColour(number({0, 3}), QColor());
            EXPECT_NE(heat.image(), before);
            heat.setColour(number({0, 3}), QColor(Qt::blue));
            heat.setColour(number({0, 4}), QColor());
            EXPECT_EQ(heat.image(), before);
            // Another floor keeps the colours.
            heat.setFloor(floor, layout);
            EXPECT_EQ(heat.image(), before);
        }
}

TEST(HeatImage, looksLikeHeatThatIsDrawn)
{
    EverySecondSlot run(false, false);
    test::TestDesk desk;
    WheelView view(desk.desk);
    view.resize(826, 580);
    view.showPosition(run.history().at(run.at), run.inputsPtr(), effects(run.log(), run.at, run.at), MotionStyle::Jump);
    for (const WheelForm form : {WheelForm::Rings, WheelForm::Bands}) {
        view.setForm(form, false);
        const QImage kept = view.grab().toImage().convertToFormat(QImage::Format_RGB32);
        QImage drawn(826, 580, QImage::Format_RGB32);
        {
            QPainter p(&drawn);
            view.paintForm(p, QRectF(0, 0, 826, 580), form, false);
        }
        std::size_t different = 0;
        for (int y = 60; y < 580; ++y) // below the switch, which exports do not have
            for (int x = 0; x < 826; ++x)
                different += difference(kept.pixel(x, y), QColor(drawn.pixel(x, y))) > 24 ? 1 : 0;
        EXPECT_LT(different, 300u) << "of half a million pixels: corners of cells";
    }
}

} // namespace
} // namespace jiffy::ui
