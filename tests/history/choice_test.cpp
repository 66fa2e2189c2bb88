// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing who goes first on a machine of CPUs: what is offered where, what comes of it, and what it leaves alone.
#include "core/base/random.h"
#include "core/event/text.h"
#include "core/history/choice.h"
#include "core/scenario/reader.h"
#include "core/scenario/writer.h"

#include <gtest/gtest.h>

#include <bit>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

/// CPU 1's handler re-arms its timer while CPU 0 deletes it, at one instant.
constexpr const char* both = R"({"format": "jiffyscope-scenario", "version": 1, "title": "Both",
  "machine": {"hz": 1000, "jiffies": 1000, "cpus": 2, "interrupts": true},
  "items": [{"name": "A", "slack": 0, "on": [{"do": "burn", "for": "1 jiffy"}, {"do": "rearm", "by": "+20"}]}],
  "actions": [{"at": "+0", "cpu": 1, "do": "add_timer", "timer": "A", "expires": "1010"},
              {"at": "+11", "cpu": 0, "do": "del_timer", "timer": "A"}],
  "until": "+100"})";

struct Opened
{
    DocumentPtr document;
    InputsPtr inputs;
    History history;
};
Opened opened(const char* text)
{
    auto document = std::make_shared<const Scenario>(*readDocument(text, "both"));
    auto inputs = std::make_shared<const Inputs>(*compile(*document));
    return {document, inputs, History(inputs, runAll(inputs))};
}
Snapshot finish(Run& run)
{
    while (run.advance(1 << 20)) {
    }
    return run.snapshot();
}
bool sameRecords(const LogView& a, const LogView& b)
{
    if (a.size() != b.size()) return false;
    for (std::uint64_t e = 0; e < a.size(); ++e) {
        if (!(a[e] == b[e])) return false;
    }
    return true;
}
std::vector<std::uint64_t> crossroadsOf(History& history)
{
    std::vector<std::uint64_t> all;
    for (std::uint64_t e = 0; e < history.log().size(); ++e) {
        if (ableAt(history, {e, 0, 0}).isOpen()) all.push_back(e);
    }
    return all;
}

} // namespace

TEST(Choice, OffersWhoeverCouldDoTheNextStep)
{
    auto o = opened(both);
    const auto all = crossroadsOf(o.history);
    ASSERT_FALSE(all.empty());
    for (const auto e : all) {
        const auto roads = ableAt(o.history, {e, 0, 0});
        EXPECT_EQ(roads.usual, roads.next);
        EXPECT_FALSE(roads.isChosen());
        EXPECT_TRUE(roads.canGo(roads.next));
        EXPECT_EQ(roads.place.tick, o.history.ticksAt({e, 0, 0}));
    }
    EXPECT_EQ(ableAt(o.history, o.history.end()), Crossroads{});
    EXPECT_EQ(ableAt(o.history, {all.front(), 0, 3}).where, Crossroads::Where::Within);
    EXPECT_FALSE(ableAt(o.history, {0, 0, 0}).isOpen());
}

TEST(Choice, OfTheOtherCpuMakesAnotherFutureAndSaysSoInTheLog)
{
    auto o = opened(both);
    // Where CPU 0's del_timer() and the end of CPU 1's handler come together, either may be first.
    std::uint64_t place = ~0ull;
    for (const auto e : crossroadsOf(o.history)) {
        if (o.history.ticksAt({e, 0, 0}) == 11) place = e;
    }
    ASSERT_NE(place, ~0ull);
    const auto roads = ableAt(o.history, {place, 0, 0});
    const int other = roads.next == 0 ? 1 : 0;
    auto done = choose(o.history, {place, 0, 0}, o.document, other);
    ASSERT_TRUE(done.has_value());
    EXPECT_GT(done->after.event, place);
    const auto branch = finish(done->run);
    ASSERT_EQ(branch.log[place].kind, Kind::Chosen);
    EXPECT_EQ(branch.log[place].cpu, other);
    EXPECT_EQ(branch.log[place].before, static_cast<std::uint64_t>(roads.usual));
    for (std::uint64_t e = 0; e < place; ++e) EXPECT_TRUE(branch.log[e] == o.history.log()[e]);
    EXPECT_EQ(branch.check.broken, 0);

    // In the branch the same place offers both, and the way back leads to what was there.
    History changed(done->run.inputs(), branch);
    const auto there = ableAt(changed, {place, 0, 0});
    EXPECT_TRUE(there.isChosen());
    EXPECT_EQ(there.next, other);
    EXPECT_EQ(there.usual, roads.usual);
    EXPECT_EQ(there.able, roads.able);
    auto back = choose(changed, {place, 0, 0}, done->document, roads.usual);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(*back->run.inputs(), *o.inputs);
    EXPECT_EQ(*back->document, *o.document);
    EXPECT_TRUE(sameRecords(finish(back->run).log, o.history.log()));
}

TEST(Choice, OfACpuThatHasNothingToDoIsRefused)
{
    auto o = opened(both);
    const auto e = crossroadsOf(o.history).front();
    auto none = choose(o.history, {e, 0, 0}, o.document, 5);
    ASSERT_FALSE(none.has_value());
    EXPECT_NE(none.error().front().message.find("CPU 5"), std::string::npos);
    EXPECT_FALSE(choose(o.history, o.history.end(), o.document, 0).has_value());
}

TEST(Choice, IsSavedWithTheDocument)
{
    auto o = opened(both);
    const auto all = crossroadsOf(o.history);
    const auto roads = ableAt(o.history, {all.back(), 0, 0});
    auto done = choose(o.history, {all.back(), 0, 0}, o.document, roads.next == 0 ? 1 : 0);
    ASSERT_TRUE(done.has_value());
    const auto live = finish(done->run);
    const auto read = readDocument(writeScenario(*done->document), "saved");
    ASSERT_TRUE(read.has_value()) << writeScenario(*done->document);
    EXPECT_EQ(*read, *done->document);
    const auto inputs = std::make_shared<const Inputs>(*compile(*read));
    EXPECT_EQ(inputs->choices, done->run.inputs()->choices);
    EXPECT_TRUE(sameRecords(runAll(inputs).log, live.log));
}

TEST(Choice, ReplacesWhatWasChosenLaterInTheSameInstant)
{
    const std::vector<Choice> all = {{5, 0, 1, 0}, {7, 0, 2, 1}, {7, 0, 4, 0}, {7, 9, 0, 1}};
    const Choice here{7, 0, 2, 0};
    EXPECT_EQ(withChoice(all, here, false), (std::vector<Choice>{{5, 0, 1, 0}, here, {7, 9, 0, 1}}));
    EXPECT_EQ(withChoice(all, here, true), (std::vector<Choice>{{5, 0, 1, 0}, {7, 9, 0, 1}}));
}
