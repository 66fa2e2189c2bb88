// SPDX-License-Identifier: GPL-3.0-or-later
// What the inspector says of the wheel without cascades and of the sorted list.
#include "core/history/history.h"
#include "core/run/run.h"
#include "core/scenario/ops_reader.h"
#include "core/timers/registry.h"
#include "ui/inspector/pages.h"

#include <gtest/gtest.h>

namespace jiffy::ui
{
namespace
{

struct Reader
{
    explicit Reader(const std::string& ops, const char* timers = "wheel-6.1")
        : inputs(core::inputsOn(core::readOps("machine bits=64 cpus=1 hz=1000 jiffies=1000\n" + ops, "t.ops").value(), *core::timersNamed(timers))),
          history(inputs, core::runAll(inputs)), accounts(history.world().geometry())
    {
        index.extend(history.log());
        accounts.extend(history.log());
    }
    template <class F> Page at(core::Position p, F make)
    {
        const auto& world = history.at(p);
        const Turn turn = turnAt(history.log(), p);
        return make(Facts{world, *inputs, history.log(), p.event, turn, index, accounts, nullptr, 0});
    }
    Page timer(std::uint32_t t)
    {
        return at(history.end(), [&](const Facts& f) { return timerPage(f, core::TimerId(t), true); });
    }

    core::InputsPtr inputs;
    core::History history;
    core::ItemIndex index;
    core::CpuAccounts accounts;
};

std::string valueOf(const Page& page, const char* name)
{
    for (const auto& s : page.sections)
        for (const auto& f : s.fields)
            if (f.name == QString::fromUtf8(name)) return plainText(f.value).remove(QChar(0x2009)).toStdString();
    return "(none)";
}

TEST(InspectorOfTimers, aTimerKnowsHowLateItsBucketMakesIt)
{
    Reader r("timer 1\nadd 0 1 6000\n");
    const Page page = r.timer(0);
    EXPECT_EQ(valueOf(page, "slack"), "(none)") << "there is none";
    EXPECT_EQ(valueOf(page, "expires − clk"), "5000");
    EXPECT_EQ(valueOf(page, "level"), "lvl3");
    EXPECT_EQ(valueOf(page, "one slot"), "512 jiffies");
    EXPECT_EQ(valueOf(page, "rounded up to"), "6144");
    EXPECT_EQ(valueOf(page, "late by"), "144 jiffies");
    EXPECT_EQ(valueOf(page, "wheel"), "std");
    for (const auto& s : page.sections) EXPECT_FALSE(s.lens.has_value()) << "no field of bits tells the level";
}

/// Two wait for their call; the first one's function gives the other an expiry that leads to the same number.
TEST(InspectorOfTimers, whatWaitsInARunListIsDueNowWhateverItsExpiry)
{
    Reader r("timer 1\ntimer 2\non 2 add 1 63\nadd 0 1 1005\nadd 0 2 1005\ntick 10\n");
    std::uint64_t event = 0;
    for (std::uint64_t e = 0; e < r.history.log().size(); ++e)
        if (r.history.log()[e].kind == core::Kind::ItemSet) event = e + 1;
    ASSERT_NE(event, 0u);
    core::Position p = r.history.end();
    p.event = event;
    const Page waits = r.at(p, [](const Facts& f) { return timerPage(f, core::TimerId(0), true); });
    EXPECT_EQ(valueOf(waits, "due now, at"), "1006");
    EXPECT_EQ(valueOf(waits, "early by"), "63 jiffies");
    EXPECT_EQ(valueOf(waits, "rounded up to"), "(none)");
    const Page fired = r.timer(0);
    EXPECT_EQ(valueOf(fired, "was due at"), "1006");
    EXPECT_EQ(valueOf(fired, "early by"), "63 jiffies");
}

TEST(InspectorOfTimers, aTimerDeletedFromTheListWasNotInItsTurn)
{
    Reader r("timer 1\nadd 0 1 1500\ndel 0 1\n", "sorted-list");
    const Page page = r.timer(0);
    QStringList where;
    for (const auto& s : page.sections)
        for (const auto& row : s.life) where << row.where;
    EXPECT_TRUE(where.contains(QStringLiteral("the list"))) << where.join(u',').toStdString();
    EXPECT_FALSE(where.contains(QStringLiteral("its turn")));
}

TEST(InspectorOfTimers, whatIsBeyondTheWheelIsEarly)
{
    Reader r("timer 1 deferrable\nadd 0 1 +2000000000\n");
    const Page page = r.timer(0);
    EXPECT_EQ(valueOf(page, "level"), "lvl8");
    EXPECT_EQ(valueOf(page, "due at"), std::to_string(((1000 + (63ull << 24) - (1ull << 24) + (1ull << 24)) >> 24) << 24));
    EXPECT_NE(valueOf(page, "early by"), "(none)");
    EXPECT_EQ(valueOf(page, "wheel"), "def");
}

TEST(InspectorOfTimers, aBucketHoldsTheExpiriesInFrontOfIt)
{
    Reader r("timer 1\nadd 0 1 6000\n");
    const Page page = r.at(r.history.end(), [&](const Facts& f) { return slotPage(f, f.world.geometry().slot(0, 3, 12)); });
    EXPECT_EQ(page.caption, QStringLiteral("Bucket"));
    EXPECT_EQ(valueOf(page, "bucket due at"), "6144");
    EXPECT_EQ(valueOf(page, "holds expiries from"), "5632");
    EXPECT_EQ(valueOf(page, "to"), "6143");
}

TEST(InspectorOfTimers, aCpuShowsBothOfItsWheels)
{
    Reader r("timer 1\ntimer 2 deferrable\nadd 0 1 6000\nadd 0 2 1010\ndel 0 1\n");
    const Page page = r.at(r.history.end(), [&](const Facts& f) { return cpuPage(f, 0); });
    ASSERT_GE(page.sections.size(), 3u);
    EXPECT_EQ(page.sections[0].title, QStringLiteral("struct timer_base, std"));
    EXPECT_EQ(page.sections[1].title, QStringLiteral("struct timer_base, def"));
    EXPECT_EQ(valueOf(page, "next_expiry_recalc"), "1");
    EXPECT_EQ(valueOf(page, "moved by cascades"), "(none)");
}

TEST(InspectorOfTimers, aListKnowsItsRanksAndItsHead)
{
    Reader r("timer 1\ntimer 2\ntimer 3\nadd 0 1 1100\nadd 0 2 1300\nadd 0 3 1200\n", "sorted-list");
    const Page page = r.timer(2);
    EXPECT_EQ(valueOf(page, "rank"), "2 of 3");
    EXPECT_EQ(valueOf(page, "comparisons"), "2");
    EXPECT_EQ(valueOf(page, "before it"), "1");
    EXPECT_EQ(valueOf(page, "behind it"), "2");
    const Page cpu = r.at(r.history.end(), [&](const Facts& f) { return cpuPage(f, 0); });
    EXPECT_EQ(valueOf(cpu, "head"), "1");
    EXPECT_EQ(valueOf(cpu, "last"), "2");
    EXPECT_EQ(valueOf(cpu, "timers"), "3");
    EXPECT_EQ(cpu.listTitle, QStringLiteral("In list order, the head first"));
}

} // namespace
} // namespace jiffy::ui
