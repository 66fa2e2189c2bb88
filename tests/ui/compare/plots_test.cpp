// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/insight/three_ways.h"
#include "ui/compare/plots_layout.h"

#include <QImage>
#include <QPainter>

#include <memory>

using namespace jiffy;
using ui::PlotHit;
using ui::PlotKind;

namespace
{

/// The 105 timers on the three algorithms, and what the plots take of them.
struct ThreeWays
{
    explicit ThreeWays(std::uint64_t tick = 600)
    {
        const std::pair<const char*, const char*> names[] = {{"sorted-list", "Sorted list"},
                                                             {"wheel-3.9", "Cascading wheel"},
                                                             {"wheel-6.1", "Non-cascading wheel"}};
        for (const auto& [algorithm, name] : names) {
            const auto in = tests::threeWaysOn(algorithm);
            const auto run = core::runAll(in);
            work.push_back(std::make_unique<core::WorkSeries>(in->machine));
            lateness.push_back(std::make_unique<core::DelayLateness>(in->machine));
            work.back()->extend(run.log);
            lateness.back()->extend(run.log);
            input.lanes.push_back({QString::fromLatin1(name), core::geometryOf(in->machine),
                                   work.back().get(), lateness.back().get(),
                                   tests::eventsUntil(*in, run.log, 1000 + tick)});
            end = run.endTicks;
        }
        input.start = 1000;
        input.word = core::Word(32);
        input.tick = tick;
        input.range = ui::openingRange(input, end);
    }

    ui::PlotsLayoutPtr layout(QSizeF size = {1440, 228}, double scale = 1) const
    {
        return ui::layOutPlots(input, ui::Look(ui::ThemeName::Light, scale), QRectF({0, 0}, size));
    }

    std::vector<std::unique_ptr<core::WorkSeries>> work;
    std::vector<std::unique_ptr<core::DelayLateness>> lateness;
    ui::PlotsInput input;
    std::uint64_t end = 0;
};

QString textOf(const ui::PlotLabel& label)
{
    QString text;
    for (const auto& p : label.pieces)
        text += p.text;
    return text;
}

QStringList textsOf(const ui::WorkLane& lane)
{
    QStringList texts;
    for (const auto& l : lane.labels)
        texts << textOf(l);
    return texts;
}

} // namespace

TEST(Plots, SayWhatEachAlgorithmPaid)
{
    const ThreeWays ways;
    const auto layout = ways.layout();
    ASSERT_EQ(layout->lanes.size(), 3u);
    EXPECT_EQ(layout->most, QStringLiteral("101"));
    EXPECT_EQ(textsOf(layout->lanes[0]),
              QStringList{QStringLiteral("5 260 comparisons when timers were added, outside the tick")
                              .replace(1, 1, QChar(0x2009))});
    EXPECT_EQ(textsOf(layout->lanes[1]),
              QStringList{QStringLiteral("1536: 100 moves and 1 handler, lock held, interrupts off")});
    EXPECT_EQ(textsOf(layout->lanes[2]),
              (QStringList{QStringLiteral("1600: 64 handlers up to 64 late"), QStringLiteral("36")}));
}

TEST(Plots, TheWorstTickIsReachedByAClickOnItsLabelOrItsBar)
{
    const ThreeWays ways;
    const auto layout = ways.layout();
    const auto& lane = layout->lanes[1];
    const PlotHit label = ui::plotAt(*layout, lane.labels[0].rect.center());
    EXPECT_EQ(label.what, PlotHit::What::Label);
    EXPECT_EQ(label.tick, 536u);
    EXPECT_EQ(label.lane, 1);
    const double x = layout->scale.xOf(536);
    for (const double away : {-3., 0., 3.}) {
        const PlotHit bar = ui::plotAt(*layout, {x + away, lane.area.bottom() - 20});
        EXPECT_EQ(bar.what, PlotHit::What::Bar);
        EXPECT_EQ(bar.tick, 536u) << away;
        EXPECT_EQ(bar.event, label.event);
    }
    EXPECT_EQ(ui::plotHitText(ways.input, label), QStringLiteral("1536: 100 moves and 1 handler"));
    EXPECT_EQ(ui::plotAt(*layout, {x + 40, layout->rulerY - 5}).what, PlotHit::What::Tick);
    EXPECT_EQ(ui::plotAt(*layout, {5, 5}).what, PlotHit::What::Nothing);
}

TEST(Plots, AWorstTickOutOfSightIsNamedAtTheEdge)
{
    ThreeWays ways;
    ways.input.range = {600, 1200};
    const auto right = ways.layout();
    ASSERT_FALSE(right->lanes[1].labels.empty());
    EXPECT_TRUE(textOf(right->lanes[1].labels[0]).startsWith(QStringLiteral("← 1536: ")));
    EXPECT_EQ(right->lanes[1].labels[0].tick, 536u);
    EXPECT_TRUE(right->box.contains(right->lanes[1].labels[0].rect));
    ways.input.range = {0, 400};
    const auto left = ways.layout();
    ASSERT_FALSE(left->lanes[1].labels.empty());
    EXPECT_TRUE(textOf(left->lanes[1].labels[0]).endsWith(QStringLiteral(" →")));
}

TEST(Plots, WhatThePlayheadHasNotReachedIsPale)
{
    const ThreeWays ways(535);
    const auto layout = ways.layout();
    for (const auto& lane : layout->lanes)
        for (const auto& bar : lane.bars)
            EXPECT_EQ(bar.isReached, bar.tick <= 535) << bar.tick;
    EXPECT_FALSE(layout->lanes[1].labels[0].isReached);
    EXPECT_TRUE(layout->lanes[0].breaks[0].isReached);
    ThreeWays late(600);
    late.input.kind = PlotKind::Lateness;
    const auto panels = late.layout();
    for (const auto& panel : panels->panels)
        for (const auto& p : panel.points)
            EXPECT_EQ(p.isReached, p.tick <= 600);
}

TEST(Plots, LabelsNeverOverlapAndAreNeverCut)
{
    for (const QSizeF size :
         {QSizeF(1440, 228), QSizeF(1280, 180), QSizeF(1920, 300), QSizeF(900, 160), QSizeF(500, 120)}) {
        for (const double scale : {1., 1.3, 2.}) {
            for (std::uint64_t tick = 0; tick <= 700; tick += 7) {
                const ThreeWays& ways = []() -> const ThreeWays& {
                    static const ThreeWays w;
                    return w;
                }();
                ui::PlotsInput input = ways.input;
                input.tick = tick;
                const auto layout =
                    ui::layOutPlots(input, ui::Look(ui::ThemeName::Light, scale), QRectF({0, 0}, size));
                for (const auto& lane : layout->lanes) {
                    for (std::size_t i = 0; i < lane.labels.size(); ++i) {
                        const QRectF& r = lane.labels[i].rect;
                        EXPECT_GE(r.left(), layout->scale.left);
                        EXPECT_LE(r.right(), size.width());
                        for (std::size_t j = 0; j < i; ++j)
                            EXPECT_FALSE(r.intersects(lane.labels[j].rect));
                        if (layout->playhead) {
                            EXPECT_FALSE(r.left() < *layout->playhead && r.right() > *layout->playhead);
                        }
                        for (const auto& b : lane.bars)
                            EXPECT_FALSE(r.intersects(QRectF(
                                b.x - b.width / 2, lane.area.bottom() - b.height(), b.width, b.height())));
                    }
                }
                const QFontMetricsF font(ui::Look(ui::ThemeName::Light, scale).numbers(12));
                double free = 0;
                for (const auto& m : layout->ruler) {
                    if (m.text.isEmpty()) continue;
                    const double half = font.horizontalAdvance(m.text) / 2;
                    EXPECT_GE(m.at - half, free);
                    EXPECT_LE(m.at + half, size.width());
                    if (layout->playhead) {
                        EXPECT_FALSE(m.at + half > layout->pill.left() && m.at - half < layout->pill.right());
                    }
                    free = m.at + half;
                }
            }
        }
    }
}

TEST(Plots, CostFollowsPixelsAndTheWorstTickOfAPixelShows)
{
    ThreeWays ways;
    ways.input.range = {0, 10'000'000}; // 8,000 ticks a pixel
    const auto layout = ways.layout();
    ASSERT_EQ(layout->lanes[1].bars.size(), 2u);
    EXPECT_EQ(layout->lanes[1].bars[0].tick, 536u);
    EXPECT_GT(layout->lanes[1].bars[0].height(), layout->lanes[1].area.height() * .98);
}

TEST(Plots, TheOpeningRangeEndsWhereNearlyAllIsDone)
{
    const ThreeWays ways;
    EXPECT_LT(ways.input.range.from, 0);
    EXPECT_GT(ways.input.range.to, 664);
    EXPECT_LT(ways.input.range.to, 1000);
    // Nothing was ever done: all of the run.
    ui::PlotsInput idle = ways.input;
    core::MachineConfig machine;
    const core::WorkSeries none(machine);
    for (auto& l : idle.lanes)
        l.work = &none;
    EXPECT_EQ(ui::openingRange(idle, 5000).to, 5001);
}

TEST(Plots, MarksAreAtRoundJiffiesAlsoBehindTheWrap)
{
    const core::Word word(32);
    const ui::TimeScale scale{0, 1000, {0, 100}};
    std::vector<std::pair<double, QString>> labels;
    for (const auto& m : ui::decimalMarks(scale, 0xFFFFFFF0u, word, 90))
        labels.emplace_back(m.at, m.text);
    ASSERT_GE(labels.size(), 4u);
    const std::pair<int, const char*> expected[] = {
        {0, "4294967280"}, {10, "4294967290"}, {16, "0"}, {26, "10"}};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(labels[i].first, scale.xOf(expected[i].first)) << i;
        EXPECT_EQ(labels[i].second, QLatin1String(expected[i].second));
    }
}

TEST(LatenessPlots, DotsLieUnderTheStepsOfTheirLevels)
{
    ThreeWays ways;
    ways.input.kind = PlotKind::Lateness;
    const auto layout = ways.layout();
    ASSERT_EQ(layout->panels.size(), 3u);
    const auto& list = layout->panels[0];
    for (const auto& p : list.points)
        EXPECT_EQ(p.at.y(), list.zero);
    EXPECT_EQ(list.bound.front().y(), list.zero);
    const auto& wheel = layout->panels[2];
    EXPECT_EQ(wheel.bound.size(), 8u); // four levels
    for (const auto& p : wheel.points) {
        EXPECT_TRUE(wheel.area.adjusted(-1, -1, 1, 1).contains(p.at));
        double bound = 0;
        for (std::size_t i = 0; i + 1 < wheel.bound.size(); i += 2)
            if (wheel.bound[i].x() <= p.at.x() + .01) bound = wheel.bound[i].y();
        EXPECT_GE(p.at.y(), bound - .01); // y grows downwards
        EXPECT_LT(p.at.y(), wheel.zero);
    }
    const PlotHit hit = ui::plotAt(*layout, wheel.points[0].at + QPointF(2, 1));
    EXPECT_EQ(hit.what, PlotHit::What::Call);
    EXPECT_EQ(hit.lane, 2);
    EXPECT_EQ(hit.tick, 11u);
    EXPECT_EQ(ui::plotHitText(ways.input, hit), QStringLiteral("1011: asked for 10 ahead, called 1 late"));
}

TEST(Plots, AreToldInWords)
{
    ThreeWays ways;
    EXPECT_EQ(ui::plotsText(ways.input).replace(QChar(0x2009), QLatin1Char('_')),
              QStringLiteral("Sorted list: 1 handler at most in one tick, at 1010. Outside of ticks 5_260 "
                             "comparisons at 1000. "
                             "Cascading wheel: 100 moves and 1 handler at most in one tick, at 1536. "
                             "Non-cascading wheel: 64 handlers at most in one tick, at 1600."));
    ways.input.kind = PlotKind::Lateness;
    EXPECT_EQ(ui::plotsText(ways.input),
              QStringLiteral("Sorted list: no handler was late. Cascading wheel: no handler was late. "
                             "Non-cascading wheel: late by up to 264 jiffies."));
}

TEST(Plots, PaintBarsInTheirColours)
{
    const ThreeWays ways;
    for (const auto name : {ui::ThemeName::Light, ui::ThemeName::Dark, ui::ThemeName::HighContrast}) {
        const ui::Look look(name);
        QImage image(1440, 228, QImage::Format_RGB32);
        image.fill(look.t().canvas);
        const auto layout = ui::layOutPlots(ways.input, look, QRectF(0, 0, 1440, 228));
        QPainter p(&image);
        ui::paintPlots(p, *layout, look);
        p.end();
        const auto colourAt = [&](double x, double y) {
            return image.pixelColor(static_cast<int>(x), static_cast<int>(y));
        };
        const auto& cascading = layout->lanes[1];
        EXPECT_EQ(colourAt(layout->scale.xOf(536), cascading.area.center().y()), look.t().tv[1]);
        const auto& modern = layout->lanes[2];
        EXPECT_EQ(colourAt(layout->scale.xOf(664), modern.area.bottom() - 8),
                  ui::mix(look.t().canvas, look.t().now, .42));
    }
}
