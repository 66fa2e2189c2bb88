// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/reader.h"
#include "core/scenario/writer.h"
#include "tests/scenario/any_scenario.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy::core;
using jiffy::test::anyScenario;

namespace
{

Scenario read(const std::string& text)
{
    auto r = readDocument(text, "x");
    EXPECT_TRUE(r.has_value()) << toText(r.error()) << text;
    return r ? *r : Scenario{};
}

} // namespace

TEST(Writer, WritesOneActionALine)
{
    const std::string text = R"({
  "format": "jiffyscope-scenario",
  "version": 1,
  "title": "Two \"timers\"",
  "machine": {"cpus": 1, "bits": 32, "hz": 1000, "jiffies": 1000},
  "items": [
    {"name": "A", "slack": 0},
    {"name": "B", "on": [{"do": "rearm", "by": "+10"}]}
  ],
  "generate": {
    "seed": 7,
    "populations": [
      {"name": "p", "cpu": "all", "count": 9, "start": {"at": "+5", "spread": {"uniform": [0, 90]}}, "delay": 40}
    ]
  },
  "actions": [
    {"at": "1000", "cpu": 0, "do": "add_timer", "timer": "A", "expires": 1100},
    {"at": "+1", "cpu": 0, "do": "mod_timer", "timer": "B", "expires": "+5"}
  ],
  "until": "+30",
  "expect": [
    {"timer": "A", "slot": "tv1[76]", "moves": 0},
    {"total": "fired", "is": 1}
  ]
}
)";
    EXPECT_EQ(writeScenario(read(text)), text);
}

RC_GTEST_PROP(Writer, ReadingWhatWasWrittenGivesTheSame, ())
{
    const auto s = anyScenario();
    const auto text = writeScenario(s);
    const auto back = readDocument(text, "x");
    if (!back) RC_FAIL(toText(back.error()));
    RC_ASSERT(*back == s);
    RC_ASSERT(writeScenario(*back) == text);
    auto direct = compile(s);
    auto inputs = readScenario(text, {});
    RC_ASSERT(direct.has_value() && inputs.has_value());
    for (auto* i : {&*direct, &*inputs}) {
        for (auto& e : i->expect) {
            e.line = e.column = 0;
            e.sourceLine.clear();
        }
    }
    RC_ASSERT(*direct == *inputs);
}

TEST(Writer, CompilingADocumentThatLacksSomethingIsAFault)
{
    Scenario s;
    s.items.emplace_back();
    s.actions.emplace_back();
    const auto r = compile(s, "edited");
    ASSERT_FALSE(r.has_value());
    EXPECT_EQ(toText(r.error()),
              "edited: error: a timer needs a name\nedited: error: an instant is missing\n"
              "edited: error: \"expires\" is missing\nedited: error: a timer must be named here\n");
}
