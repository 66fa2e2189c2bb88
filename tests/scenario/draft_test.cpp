// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/draft.h"
#include "core/scenario/reader.h"
#include "core/scenario/writer.h"
#include "tests/scenario/any_scenario.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy::core;

namespace
{

std::string scenario(const std::string& rest)
{
    return "{\n  \"format\": \"jiffyscope-scenario\", \"version\": 1,\n" + rest + "\n}\n";
}

DocumentPlace only(const Draft& d)
{
    EXPECT_EQ(d.faults.size(), 1u) << toText(d.faults);
    EXPECT_EQ(d.places.size(), d.faults.size());
    return d.places.empty() ? DocumentPlace{} : d.places.front();
}

} // namespace

TEST(Draft, SaysWhereAFaultOfMeaningIs)
{
    const auto d = readDraft(
        scenario("\"title\": \"äöü\", \"items\": [{\"name\": \"ä\"}, {\"name\": \"B\"}],\n"
                 "\"actions\": [{\"at\": \"+1\", \"do\": \"del_timer\", \"timer\": \"ä\"},\n"
                 "  {\"at\": \"+2\", \"do\": \"mod_timer\", \"timer\": \"B\", \"expires\": \"soon\"}]"),
        "x");
    EXPECT_TRUE(d.isShapely);
    EXPECT_FALSE(d.inputs);
    EXPECT_EQ(d.scenario.actions.at(1).expires.text, "soon");
    EXPECT_EQ(only(d), (DocumentPlace{"actions", 1, "expires"}));
}

TEST(Draft, SaysWhereAFaultOfShapeIs)
{
    const auto machine = readDraft(scenario("\"machine\": {\"cpus\": 2,\n  \"hz\": 123}"), "x");
    EXPECT_FALSE(machine.isShapely);
    EXPECT_EQ(machine.scenario.machine.cpus, 2);
    EXPECT_EQ(only(machine), (DocumentPlace{"machine", -1, "hz"}));
    EXPECT_EQ(only(readDraft(scenario("\"tittle\": \"x\""), "x")), (DocumentPlace{"tittle", -1, ""}));
    EXPECT_EQ(only(readDraft(scenario("\"generate\": {\"populations\": [{\"name\": \"p\", \"delay\": 5, \"count\": 0}]}"), "x")),
              (DocumentPlace{"populations", 0, "count"}));
    EXPECT_EQ(only(readDraft("{\"format\": ", "x")), DocumentPlace{});
    EXPECT_EQ(only(readDraft("  \n", "x")), DocumentPlace{});
}

TEST(Draft, ListsAllFaultsAtOnce)
{
    std::string rows;
    for (int i = 0; i < 80; ++i)
        rows += std::string(i ? ",\n" : "") + "{\"at\": \"x\", \"do\": \"idle\"}";
    const auto d = readDraft(scenario("\"actions\": [" + rows + "]"), "x");
    EXPECT_EQ(d.faults.size(), 51u); // 50, and how many more there are
    EXPECT_EQ(d.places.size(), d.faults.size());
    EXPECT_EQ(d.places.at(7), (DocumentPlace{"actions", 7, "at"}));
}

TEST(Draft, CountsColumnsInCharacters)
{
    const std::string text = "a\näöx\n";
    EXPECT_EQ(offsetOf(text, 1, 1), 0u);
    EXPECT_EQ(offsetOf(text, 2, 3), 6u);
    EXPECT_EQ(offsetOf(text, 2, 9), 7u);
    EXPECT_EQ(offsetOf(text, 9, 1), text.size());
}

RC_GTEST_PROP(Draft, AgreesWithTheReader, ())
{
    auto text = writeScenario(jiffy::test::anyScenario());
    if (*rc::gen::arbitrary<bool>()) text.erase(*rc::gen::inRange<std::size_t>(0, text.size()), 1);
    const auto draft = readDraft(text, "x");
    const auto document = readDocument(text, "x");
    RC_ASSERT(draft.faults.empty() == document.has_value());
    RC_ASSERT(draft.inputs.has_value() == document.has_value());
    if (document) RC_ASSERT(draft.scenario == *document && *draft.inputs == *readScenario(text, "x"));
    else RC_ASSERT(draft.faults == document.error());
}
