// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/actions.h"
#include "ui/window/jiffies_block.h"
#include "ui/window/speed_slider.h"

#include <gtest/gtest.h>
#include <set>

using namespace jiffy;

TEST(Actions, StandInTheOrderOfTheirIdsWithTextAndTip)
{
    int id = 0;
    for (const auto& spec : ui::actionTable()) {
        EXPECT_EQ(static_cast<int>(spec.id), id++);
        EXPECT_FALSE(ui::Actions::text(spec).isEmpty());
        EXPECT_FALSE(ui::Actions::tip(spec).isEmpty());
    }
}

TEST(Actions, SpeakOfWorkWhereThereIsNoTimer)
{
    using enum core::Driver;
    QObject parent;
    const ui::Actions actions(&parent);
    actions.setDriver(Daemon);
    for (const auto& spec : ui::actionTable()) {
        const auto* action = actions[spec.id];
        EXPECT_EQ(action->isVisible(), ui::Actions::suits(spec.id, Daemon)) << spec.text;
        if (!action->isVisible()) continue;
        const auto words = action->text().remove(u'&') + QStringLiteral(": ") + action->toolTip();
        for (const auto& word : {"timer", "slot", "cascade", "jiffies", "ticks"})
            EXPECT_FALSE(words.contains(QLatin1String(word), Qt::CaseInsensitive)) << words.toStdString();
    }
    EXPECT_FALSE(actions[ui::Act::MoveTimer]->isVisible());
    EXPECT_TRUE(actions[ui::Act::BurnTime]->isVisible());
    actions.setDriver(Kernel);
    EXPECT_TRUE(actions[ui::Act::MoveTimer]->isVisible());
    EXPECT_FALSE(actions[ui::Act::BurnTime]->isVisible());
    EXPECT_EQ(actions[ui::Act::AddTimer]->text(), QStringLiteral("&Add a Timer…"));
}

TEST(Actions, SpeakOfNoCascadeWhereThereIsNone)
{
    using core::TimerAlgorithm;
    QObject parent;
    const ui::Actions actions(&parent);
    const auto words = [&](ui::Act act) { return actions[act]->text().remove(u'&') + QStringLiteral(": ") + actions[act]->toolTip(); };
    const auto hasWord = [&](const char* word) {
        for (const auto& spec : ui::actionTable())
            if (actions[spec.id]->isVisible() && words(spec.id).contains(QLatin1String(word), Qt::CaseInsensitive)) return true;
        return false;
    };
    EXPECT_TRUE(hasWord("cascade"));
    EXPECT_TRUE(hasWord("slot"));
    actions.setDriver(core::Driver::Kernel, TimerAlgorithm::Wheel61);
    EXPECT_FALSE(hasWord("cascade"));
    EXPECT_TRUE(hasWord("slot"));
    EXPECT_EQ(words(ui::Act::NextOfInterest), QStringLiteral("Next Fire: On to the next timer that fires (Ctrl+Right)"));
    actions.setDriver(core::Driver::Kernel, TimerAlgorithm::SortedList);
    EXPECT_FALSE(hasWord("cascade"));
    EXPECT_FALSE(hasWord("slot"));
    actions.setDriver(core::Driver::Kernel);
    EXPECT_TRUE(hasWord("cascade"));
    EXPECT_EQ(actions[ui::Act::NextOfInterest]->text(), QStringLiteral("&Next Fire or Cascade"));
}

TEST(Actions, ShareNoKey)
{
    std::set<QString> seen;
    for (const auto& spec : ui::actionTable())
        for (const auto& key : ui::Actions::keys(spec)) {
            EXPECT_FALSE(key.isEmpty()) << spec.text;
            EXPECT_TRUE(seen.insert(key.toString()).second) << key.toString().toStdString();
        }
}

TEST(SpeedSlider, SpeaksOfTicksOrStepsAndOfRealTime)
{
    const auto say = [](double speed, double hz) {
        return ui::SpeedSlider::headline(speed, hz).toStdString() + ", " + ui::SpeedSlider::comparison(speed, hz).toStdString();
    };
    EXPECT_EQ(say(4, 250), "4 ticks per second, 62 times slower than real");
    EXPECT_EQ(say(1, 100), "1 tick per second, 100 times slower than real");
    EXPECT_EQ(say(250, 250), "250 ticks per second, real time");
    EXPECT_EQ(ui::SpeedSlider::comparison(1000, 250), QStringLiteral("4 times faster than real"));
    EXPECT_EQ(ui::SpeedSlider::headline(1, 0), QStringLiteral("1 step per second"));
}

TEST(SpeedSlider, IsLogarithmic)
{
    for (const int value : {0, 60, 100, 233, 400}) EXPECT_EQ(ui::SpeedSlider::valueOf(ui::SpeedSlider::speedOf(value)), value);
    EXPECT_EQ(ui::SpeedSlider::valueOf(.01), 0);
    EXPECT_EQ(ui::SpeedSlider::valueOf(1e9), 400);
}

TEST(JiffiesBlock, CountsFromBootWhereTheMachineStartsAsTheKernelDoes)
{
    core::Inputs in;
    in.machine.jiffies = 0xFFFEDB08; // -300 * 250
    EXPECT_EQ(ui::JiffiesBlock::uptime(in, 108'512'999'999), QStringLiteral("boot + 108.512 s"));
    in.machine.jiffies = 1000;
    EXPECT_EQ(ui::JiffiesBlock::uptime(in, 4'000'000), QStringLiteral("start + 0.004 s"));
}
