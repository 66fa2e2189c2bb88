// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing is cut off and nothing overlaps, at any width, scale and length of names.
#include "ui/inspector/layout.h"

#include "tests/ui/support/small_run.h"
#include "ui/inspector/pages.h"

#include <gtest/gtest.h>
#include <QFontMetricsF>

using namespace jiffy;
using test::SmallRun;

namespace
{

const char* const longName = "a_name_of_sixty_characters_as_a_driver_with_much_to_say_has_it";

/// A run with a long-named deferrable timer with a past, on the machine asked for.
struct Pages
{
    SmallRun run;
    core::TimerId timer;

    Pages(int bits, bool isSmall)
    {
        auto& machine = run.inputs().machine;
        machine.word = core::Word(bits);
        machine.small = isSmall;
        machine.jiffies = bits == 64 ? 0xFFFF'FFFF'FFFF'0000 : 0xFFFF'0000;
        timer = run.timer(longName, 0, core::Deferrable);
        const auto other = run.timer("a_neighbour_with_a_long_name_that_would_not_fit_beside");
        for (std::uint64_t i = 0; i < 12; ++i)
            run.at(i, core::Call::ModTimer, timer, machine.jiffies + 300'000 * (i + 1));
        run.at(12, core::Call::ModTimer, other, machine.jiffies + 300'000 * 12);
        run.at(13, core::Call::DelTimer, timer);
        run.at(14, core::Call::ModTimer, timer, machine.jiffies - 10);
        run.inputs().untilTicks = 14;
        run.finish();
    }
    std::vector<ui::Page> all()
    {
        std::vector<ui::Page> pages;
        core::ItemIndex index;
        index.extend(run.log());
        core::CpuAccounts accounts(run.history().world().geometry());
        accounts.extend(run.log());
        const auto& world = run.history().at(run.history().end());
        const ui::Turn turn;
        const ui::Facts facts{
            world, run.history().inputs(), run.log(), run.log().size(), turn, index, accounts, nullptr, 0};
        pages.push_back(ui::timerPage(facts, timer, true));
        pages.push_back(ui::timerPage(facts, core::TimerId(1), false));
        pages.push_back(ui::slotPage(facts, world.slotOf(timer)));
        pages.push_back(ui::slotPage(facts, world.geometry().slot(0, 4, 3)));
        pages.push_back(ui::cpuPage(facts, 0));
        pages.push_back(ui::emptyPage());
        return pages;
    }
};

void check(const ui::Page& page, const ui::Look& look, double width)
{
    const auto layout = ui::inspectorLayout(page, look, width, look.px(34));
    std::vector<QRectF> boxes;
    const auto add = [&](const QRectF& box, const QString& what) {
        EXPECT_GE(box.left(), 0) << qPrintable(what);
        EXPECT_LE(box.right(), width + .5) << qPrintable(what);
        EXPECT_GE(box.top(), 0) << qPrintable(what);
        EXPECT_LE(box.bottom(), layout.height + look.px(2)) << qPrintable(what);
        for (const auto& other : boxes)
            EXPECT_FALSE(box.intersects(other)) << qPrintable(what);
        boxes.push_back(box);
    };
    for (const auto& t : layout.texts)
        add(ui::boxOf(t, look).adjusted(.5, .5, -.5, -.5), t.text);
    for (const auto& c : layout.chips)
        add(c.box.adjusted(.5, look.px(4), -.5, -look.px(4)), c.text);
    for (const auto& l : layout.lenses)
        for (const auto& f : l.bits.fields)
            add(f.box, f.name);
    for (const auto& l : layout.links) {
        EXPECT_GE(l.box.left(), 0);
        EXPECT_LE(l.box.right(), width);
    }
}

} // namespace

TEST(InspectorLayout, CutsAndOverlapsNothing)
{
    for (const int bits : {32, 64}) {
        for (const bool isSmall : {false, true}) {
            Pages pages(bits, isSmall);
            for (const auto& page : pages.all()) {
                for (const double scale : {.8, 1.0, 1.5, 3.0}) {
                    const ui::Look look(ui::ThemeName::Light, scale);
                    for (const double width : {230.0, 290.0, 320.0, 360.0, 870.0}) {
                        SCOPED_TRACE(testing::Message()
                                     << bits << " bits, small " << isSmall << ", scale " << scale
                                     << ", width " << width << ", " << qPrintable(page.caption));
                        check(page, look, std::max(width, ui::narrowestPage * scale));
                    }
                }
            }
        }
    }
}

TEST(InspectorLayout, StandsWhereTheDesignHasIt)
{
    test::CascadeRun run;
    run.finish();
    core::ItemIndex index;
    index.extend(run.log());
    const core::CpuAccounts accounts(run.history().world().geometry());
    const auto p = *run.after(core::Kind::Moved, run.dnsTtl);
    const auto turn = ui::turnAt(run.log(), p);
    const auto& world = run.history().at(p);
    const ui::Facts facts{world, run.history().inputs(), run.log(), p.event, turn, index, accounts, nullptr,
                          0};
    const ui::Look look;
    const auto layout = ui::inspectorLayout(ui::timerPage(facts, run.dnsTtl, true), look, 290);
    const auto at = [&](const char* text) {
        for (const auto& t : layout.texts)
            if (t.text == QLatin1String(text)) return t.baseline;
        ADD_FAILURE() << text;
        return QPointF();
    };
    // design/1a: right dock, y from its top.
    EXPECT_NEAR(at("Timer").y(), 27, 1);
    EXPECT_NEAR(at("dns_ttl").y(), 56, 1);
    EXPECT_NEAR(at("expires").y(), 86, 1);
    EXPECT_NEAR(at("slack").y(), 130, 1);
    ASSERT_FALSE(layout.rules.empty());
    EXPECT_NEAR(layout.rules[0], 156, 1);
    EXPECT_EQ(at("Timer").x(), 20);
    ASSERT_EQ(layout.lenses.size(), 2u);
    EXPECT_NEAR(layout.lenses[0].bits.fields[1].bits[1].centre.x() -
                    layout.lenses[0].bits.fields[1].bits[0].centre.x(),
                6.9, .01);
    // The framed bit is the highest of 180: the first of the tv1 field.
    EXPECT_NEAR(layout.lenses[0].firstOne.center().x(), layout.lenses[0].bits.fields[4].bits[0].centre.x(),
                .01);
    EXPECT_TRUE(layout.lenses[1].firstOne.isNull());
    // The dotted line leads to the plan.
    ASSERT_EQ(layout.marks.size(), 3u);
    EXPECT_TRUE(layout.marks[1].isPlan);
    EXPECT_EQ(layout.marks[1].mark, ui::LifeRow::Mark::Moving);
}
