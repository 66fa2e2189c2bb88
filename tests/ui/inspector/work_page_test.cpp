// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector's pages of tgtd: work, descriptors, lists, the daemon.
#include "core/history/history.h"
#include "core/run/run.h"
#include "tests/property/daemon_runs.h"
#include "ui/inspector/pages.h"
#include "ui/inspector/work_words.h"

#include <gtest/gtest.h>

using namespace jiffy;

namespace
{

constexpr std::string_view slowDisk = R"(scheduler new
work isns
work keep
on keep burn 20
on keep rearm 5
at 100 add isns 4
at 400 add keep 4
at 4050 burn 1050
at 6000 del isns
until 9000
)";

struct Reader
{
    explicit Reader(std::string_view ops) : Reader(tests::daemonInputs(ops)) {}
    explicit Reader(const core::Inputs& in)
        : inputs(std::make_shared<const core::Inputs>(in)), history(inputs, core::runAll(inputs))
    {
        index.extend(history.log());
    }
    template <class Make> ui::Page at(std::uint64_t us, Make make)
    {
        const core::Position p = history.lastOfTick(us);
        const core::World& world = history.at(p);
        return make(ui::Facts{world, *inputs, history.log(), p.event, turn, index, accounts});
    }
    /// Before the first record.
    template <class Make> ui::Page before(Make make)
    {
        const core::World& world = history.at({});
        return make(ui::Facts{world, *inputs, history.log(), 0, turn, index, accounts});
    }
    ui::Page work(std::uint64_t us, std::uint32_t item)
    {
        return at(us, [&](const ui::Facts& f) { return ui::workPage(f, core::TimerId(item), true); });
    }
    core::InputsPtr inputs;
    core::History history;
    core::ItemIndex index;
    core::CpuAccounts accounts;
    ui::Turn turn;
};

std::string valueOf(const ui::Page& page, const QString& name)
{
    for (const auto& s : page.sections)
        for (const auto& f : s.fields)
            if (f.name == name) return ui::plainText(f.value).toStdString();
    return "-";
}

std::string lifeOf(const ui::Page& page)
{
    std::string out;
    for (const auto& s : page.sections)
        for (const auto& row : s.life)
            out += (row.text + u' ' + row.where + u' ' + row.when).simplified().toStdString() + "; ";
    return out;
}

TEST(WorkPage, anOverdueItemSaysHowLateItIsAndWhenItIsSeen)
{
    Reader r(slowDisk);
    const ui::Page page = r.work(4'750'000, 0);
    EXPECT_EQ(page.name, QStringLiteral("isns"));
    EXPECT_EQ(page.state, QStringLiteral("due, not seen yet"));
    EXPECT_EQ(page.stateTone, ui::Tone::Late);
    EXPECT_EQ(valueOf(page, QStringLiteral("due")), "4.10 s");
    EXPECT_EQ(valueOf(page, QStringLiteral("late by")), "0.65 s");
    EXPECT_EQ(valueOf(page, QStringLiteral("seen at")), "as soon as the loop is back");
    EXPECT_EQ(valueOf(page, QStringLiteral("on")), "inactive list");
    EXPECT_EQ(valueOf(page, QStringLiteral("behind it")), "keep");
    EXPECT_EQ(valueOf(page, QStringLiteral("its func")), "only returns");
    EXPECT_EQ(lifeOf(page), "added, due 4.10 s +0.10 s; due late 0.65 s; ");
    EXPECT_TRUE(page.canDelete);
}

TEST(WorkPage, anItemThatWaitsNamesTheAlarmThatWillFindIt)
{
    Reader r(slowDisk);
    const ui::Page page = r.work(1'000'000, 1);
    EXPECT_EQ(page.state, QStringLiteral("waiting"));
    EXPECT_EQ(valueOf(page, QStringLiteral("in")), "3.40 s");
    EXPECT_EQ(valueOf(page, QStringLiteral("seen at")), "4.50 s");
    EXPECT_EQ(valueOf(page, QStringLiteral("its func")), "takes 20 ms, adds itself in 5 s");
}

TEST(WorkPage, theLifeTellsHowLateAFuncRan)
{
    Reader r(slowDisk);
    EXPECT_EQ(lifeOf(r.work(5'500'000, 0)),
              "added, due 4.10 s +0.10 s; expires: active +5.10 s; runs 1.00 s late +5.10 s; ");
    EXPECT_EQ(r.work(5'500'000, 0).state, QStringLiteral("has run"));
    EXPECT_EQ(r.work(50'000, 0).state, QStringLiteral("not added yet"));
    EXPECT_FALSE(r.work(50'000, 0).canDelete);
}

TEST(WorkPage, aDescriptorSaysWhatItsHandlerDoes)
{
    core::Inputs in = tests::daemonInputs(slowDisk);
    in.daemon.files = {{"slow disk", 11}};
    tests::sourceAction(in, 2).target = 1;
    Reader r(in);
    const ui::Page page = r.work(4'750'000, r.inputs->daemon.firstSource + 2);
    EXPECT_EQ(page.name, QStringLiteral("fd 11"));
    EXPECT_EQ(page.state, QStringLiteral("its handler runs"));
    EXPECT_EQ(valueOf(page, QStringLiteral("file")), "slow disk");
    EXPECT_EQ(valueOf(page, QStringLiteral("its handler")), "takes 1.05 s");
    EXPECT_FALSE(page.canDelete);
    const ui::Page pipe = r.work(4'750'000, r.inputs->daemon.pipe.value);
    EXPECT_EQ(pipe.state, QStringLiteral("ready, unseen"));
    EXPECT_EQ(valueOf(pipe, QStringLiteral("bytes in it")), "4");
    EXPECT_EQ(valueOf(pipe, QStringLiteral("timer_pending")), "1");
}

TEST(WorkPage, theDaemonHasAThreadClocksAndLists)
{
    Reader r(slowDisk);
    const ui::Page page = r.at(4'750'000, [](const ui::Facts& f) { return ui::daemonPage(f); });
    EXPECT_EQ(valueOf(page, QStringLiteral("its thread")), "in the handler of io#3");
    EXPECT_EQ(valueOf(page, QStringLiteral("wall clock")), "17:02:24.750");
    EXPECT_EQ(valueOf(page, QStringLiteral("next alarm")), "5.00 s");
    EXPECT_EQ(valueOf(page, QStringLiteral("inactive")), "2");
    EXPECT_EQ(valueOf(page, QStringLiteral("active")), "empty");
    EXPECT_EQ(page.listCount, 2u);
}

TEST(WorkPage, theDaemonIsNotBusyBeforeItStarts)
{
    Reader r(slowDisk);
    const ui::Page page = r.before([](const ui::Facts& f) { return ui::daemonPage(f); });
    EXPECT_EQ(page.state, QStringLiteral("not started"));
    EXPECT_EQ(valueOf(page, QStringLiteral("its thread")), "has not come to its event loop yet");
}

/// Every page of every run can be made, at any moment.
TEST(WorkPage, canBeMadeAnywhere)
{
    for (const auto& run : tests::daemonRuns()) {
        Reader r(*run.inputs);
        const std::uint64_t end = r.history.ticksAt(r.history.end());
        for (int k = 0; k <= 6; ++k) {
            const std::uint64_t us = end / 6 * static_cast<std::uint64_t>(k);
            for (std::uint32_t i = 0; i < run.inputs->timers.size();
                 i += 1 + static_cast<std::uint32_t>(run.inputs->timers.size()) / 5) {
                const ui::Page page = r.work(us, i);
                EXPECT_FALSE(page.state.isEmpty()) << run.name;
                EXPECT_FALSE(page.summary().contains(u'%')) << run.name;
            }
            EXPECT_FALSE(r.at(us, [](const ui::Facts& f) { return ui::daemonPage(f); }).sections.empty());
        }
    }
}

} // namespace
