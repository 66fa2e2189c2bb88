// SPDX-License-Identifier: GPL-3.0-or-later
// Every built-in scenario is a test of itself.
#include "core/history/history.h"
#include "core/run/run.h"
#include "core/scenario/expect.h"
#include "core/scenario/reader.h"
#include "core/scenario/writer.h"
#include "resources/builtin.h"
#include "tests/support/source_dir.h"

#include <filesystem>
#include <gtest/gtest.h>

using namespace jiffy;

namespace
{

/// Those that are scenarios and not traces.
std::vector<resources::Builtin> scenarios()
{
    auto all = resources::builtins();
    std::erase_if(all, [](const auto& b) { return !b.text.starts_with('{'); });
    return all;
}

core::Inputs inputsOf(std::string_view name)
{
    auto r = core::readScenario(resources::builtin(name)->text, ":" + std::string(name));
    EXPECT_TRUE(r.has_value()) << core::toText(r.error());
    return r ? *r : core::Inputs{};
}

class Builtin : public testing::TestWithParam<resources::Builtin>
{
};

} // namespace

namespace jiffy::resources
{
void PrintTo(const Builtin& b, std::ostream* out)
{
    *out << b.name;
}
} // namespace jiffy::resources

TEST_P(Builtin, RunsAsItExpects)
{
    const auto inputs = std::make_shared<const core::Inputs>(inputsOf(GetParam().name));
    EXPECT_FALSE(inputs->title.empty());
    EXPECT_FALSE(inputs->watch.empty());
    EXPECT_EQ(inputs->title, GetParam().title);
    EXPECT_FALSE(inputs->expect.empty());
    const auto run = core::runAll(inputs);
    EXPECT_EQ(run.status, core::RunStatus::Ended);
    EXPECT_EQ(core::toText(core::check(*inputs, run.log, run.open)), "");
}

TEST_P(Builtin, IsWrittenAsItWasRead)
{
    const auto text = GetParam().text;
    const auto scenario = core::readDocument(text, "x");
    ASSERT_TRUE(scenario.has_value()) << core::toText(scenario.error());
    const auto again = core::readDocument(core::writeScenario(*scenario), "x");
    ASSERT_TRUE(again.has_value()) << core::toText(again.error());
    EXPECT_EQ(*again, *scenario);
}

INSTANTIATE_TEST_SUITE_P(All, Builtin, testing::ValuesIn(scenarios()), [](const auto& p) {
    std::string name(p.param.name);
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

TEST(Builtins, AreListedWithTheDefaultFirst)
{
    const auto& all = resources::builtins();
    ASSERT_GE(all.size(), 14u);
    EXPECT_EQ(all.front().name, "busy");
    for (const auto& b : all) {
        EXPECT_FALSE(b.title.empty()) << b.name;
        EXPECT_EQ(resources::builtin(b.name), &b);
    }
    EXPECT_EQ(resources::builtin("nothing"), nullptr);
}

/// A file that nobody listed would not be in the program.
TEST(Builtins, AreAllFilesOfTheFolder)
{
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(jiffy::test::sourceDir("/resources/scenarios"))) {
        const auto file = entry.path().filename().string();
        ++count;
        EXPECT_NE(resources::builtin(file.substr(0, file.find('.'))), nullptr) << file;
    }
    EXPECT_EQ(count, resources::builtins().size());
}

/// The default scenario opens within the cascade of tv2[5] of CPU 0, just behind the move of dns_ttl, the
/// fifth of nine.
TEST(Busy, OpensInsideTheCascade)
{
    const auto inputs = std::make_shared<const core::Inputs>(inputsOf("busy"));
    const auto run = core::runAll(inputs);
    std::uint64_t moved = 0;
    for (std::uint64_t i = 0; i < run.log.size(); ++i) {
        const auto& r = run.log[i];
        if (r.kind == core::Kind::Moved && inputs->timerName(r.item) == "dns_ttl") moved = i;
    }
    EXPECT_EQ(inputs->opening, (core::PositionSpec{core::PositionSpec::Kind::Event, moved + 1}));

    core::History history(inputs, run);
    const auto opening = history.resolve(inputs->opening);
    const auto& world = history.at(opening);
    const auto& geometry = world.geometry();
    EXPECT_EQ(world.clock().jiffies, 0xFFFF4500u);
    EXPECT_EQ(world.clock().ticks, 27128u);
    std::string left;
    for (auto t = world.listAt(geometry.cascadeList(0)).first; t.isValid(); t = world.next(t))
        left += inputs->timerName(t) + " ";
    EXPECT_EQ(left, "keepalive disk_sync led_blink tcp_rto ");
    std::string gone;
    for (std::uint64_t i = moved - 4; i <= moved; ++i) {
        const auto& r = run.log[i];
        gone += inputs->timerName(r.item) + " " + geometry.slotName(r.slotId()) + " ";
    }
    EXPECT_EQ(gone, "lease tv1[0] route_gc tv1[64] arp_probe tv1[115] ntp_sync tv1[145] dns_ttl tv1[180] ");
    std::string pending;
    for (int c = 0; c < world.cpuCount(); ++c)
        pending += std::to_string(world.cpu(c).activeTimers + world.cpu(c).deferrables) + " ";
    EXPECT_EQ(pending, "174 414 6 12800 ");
}
