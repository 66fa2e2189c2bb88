// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/edit_text.h"
#include "core/scenario/draft.h"
#include "core/scenario/reader.h"
#include "core/scenario/writer.h"
#include "tests/scenario/any_scenario.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy::core;
using jiffy::test::anyScenario;
using jiffy::test::anyWheelScenario;
using jiffy::test::said;

namespace
{

const std::string commented = R"(// a lesson
{
  "format": "jiffyscope-scenario", "version": 1,
  "title": "Two",   // shown in the header
  "machine": { "cpus": 2, "hz": 250 /* as Debian */ },
  "items": [
    // the slow one
    {"name": "A", "slack":  -1},
    {"name": "B"} // the quick one
  ],
  "actions": [ // in order of time
    {"at": "+1", "cpu": 0, "do": "mod_timer", "timer": "A", "expires": 0x10}
  ]
}
// end
)";

std::string valid()
{
    auto text = commented;
    return text.replace(text.find("0x10"), 4, "\"0x10\"");
}

Scenario read(std::string_view text)
{
    const auto d = readDocument(text, "x");
    EXPECT_TRUE(d.has_value()) << toText(d.error()) << text;
    return d ? *d : Scenario{};
}

/// `text` with the one change, which is all that may differ.
std::string with(std::string text, std::string_view from, std::string_view to)
{
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

template <class Change> std::string edited(const std::string& text, Change change)
{
    auto s = read(text);
    change(s);
    const auto out = editText(text, s);
    EXPECT_TRUE(out.isInPlace) << out.text;
    EXPECT_EQ(read(out.text), s);
    return out.text;
}

} // namespace

TEST(EditText, LeavesATextAloneThatSaysItAlready)
{
    EXPECT_EQ(edited(valid(), [](Scenario&) {}), valid());
}

TEST(EditText, ReplacesOneValueAndNothingElse)
{
    const auto t = valid();
    EXPECT_EQ(edited(t, [](Scenario& s) { s.machine.hz = 1000; }), with(t, "250", "1000"));
    EXPECT_EQ(edited(t, [](Scenario& s) { s.title = "Three \"x\""; }), with(t, "\"Two\"", "\"Three \\\"x\\\"\""));
    EXPECT_EQ(edited(t, [](Scenario& s) { s.items[0].slack = 7; }), with(t, " -1", " 7"));
    EXPECT_EQ(edited(t, [](Scenario& s) { s.actions[0].expires = said("+5"); }), with(t, "0x10", "+5"));
    EXPECT_EQ(edited(t, [](Scenario& s) { s.actions[0].expires = said("1300"); }), with(t, "\"0x10\"", "1300"));
}

TEST(EditText, AddsMembersBehindTheOneTheyFollow)
{
    const auto t = valid();
    EXPECT_EQ(edited(t, [](Scenario& s) { s.machine.jiffies = said("-300*HZ"); }),
              with(t, "250 /* as Debian */ ", "250, \"jiffies\": \"-300*HZ\" /* as Debian */ "));
    EXPECT_EQ(edited(t, [](Scenario& s) { s.watch = "It."; }),
              with(t, "// shown in the header", "// shown in the header\n  \"watch\": \"It.\","));
    EXPECT_EQ(edited(t, [](Scenario& s) { s.until = said("+9"); }), with(t, "]\n}\n// end", "],\n  \"until\": \"+9\"\n}\n// end"));
    EXPECT_EQ(edited(t, [](Scenario& s) { s.items[1].deferrable = true; }),
              with(t, "\"B\"}", "\"B\", \"deferrable\": true}"));
}

TEST(EditText, KeepsTheCommentsOfRowsThatStay)
{
    const auto t = valid();
    const auto rowC = [](Scenario& s) { s.items.push_back({said("C"), -1, false, false, {}}); };
    EXPECT_EQ(edited(t, rowC), with(t, "{\"name\": \"B\"} // the quick one\n",
                                    "{\"name\": \"B\"}, // the quick one\n    {\"name\": \"C\"}\n"));
    const auto front = [](Scenario& s) { s.items.insert(s.items.begin(), {said("C"), -1, false, false, {}}); };
    EXPECT_EQ(edited(t, front), with(t, "    // the slow one", "    {\"name\": \"C\"},\n    // the slow one"));
    const auto noB = [](Scenario& s) { s.items.pop_back(); };
    EXPECT_EQ(edited(t, noB), with(t, "-1},\n    {\"name\": \"B\"} // the quick one\n", "-1}\n"));
    const auto renamed = [](Scenario& s) { s.items[1].name = said("Z"); };
    EXPECT_EQ(edited(t, renamed), with(t, "\"B\"", "\"Z\""));
}

TEST(EditText, FillsAndEmptiesLists)
{
    const std::string empty = "{\"format\": \"jiffyscope-scenario\", \"version\": 1, \"items\": [], \"actions\": [\n  // none yet\n]}";
    const auto one = edited(empty, [](Scenario& s) {
        s.items.push_back({said("C"), -1, false, false, {}});
        ScenarioAction a;
        a.at = said("+1");
        a.timer = said("C");
        a.expires = said("+5");
        s.actions.push_back(a);
    });
    EXPECT_NE(one.find("// none yet"), std::string::npos) << one;
    const auto none = edited(one, [](Scenario& s) {
        s.items.clear();
        s.actions.clear();
    });
    EXPECT_EQ(none.find("\"C\""), std::string::npos) << none;
}

TEST(EditText, WritesABrokenTextAnewAndSaysSo)
{
    const auto out = editText("{\"format\": ", Scenario{});
    EXPECT_FALSE(out.isInPlace);
    EXPECT_EQ(out.text, writeScenario(Scenario{}));
}

TEST(EditText, KeepsLineEnds)
{
    std::string t;
    for (const char c : valid()) t += c == '\n' ? "\r\n" : std::string(1, c);
    const auto out = edited(t, [](Scenario& s) { s.items.push_back({said("C"), -1, false, false, {}}); });
    EXPECT_EQ(std::count(out.begin(), out.end(), '\r'), std::count(out.begin(), out.end(), '\n'));
}

/// From any document to any other, through a text with a comment in every place that can hold one.
RC_GTEST_PROP(EditText, SaysWhatWasWanted, ())
{
    const auto from = anyScenario();
    std::string text;
    int n = 0;
    bool inString = false;
    const auto plain = writeScenario(from);
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const char c = plain[i];
        if (c == '"' && (i == 0 || plain[i - 1] != '\\' || (i > 1 && plain[i - 2] == '\\'))) inString = !inString;
        text += c;
        if (inString || (c != ',' && c != '{' && c != '[' && c != ':')) continue;
        switch (*rc::gen::inRange(0, 5)) {
        case 0: text += " /* " + std::to_string(n++) + ", */"; break;
        case 1: text += " // " + std::to_string(n++) + " ]\n"; break;
        default: break;
        }
    }
    RC_PRE(readDocument(text, "x").has_value());
    auto to = anyScenario();
    if (*rc::gen::arbitrary<bool>()) { // mostly one change, as a form makes it
        auto changed = from;
        if (*rc::gen::arbitrary<bool>()) std::swap(changed.title, to.title);
        if (*rc::gen::arbitrary<bool>()) std::swap(changed.machine, to.machine);
        if (changed.daemon && to.daemon) {
            if (*rc::gen::arbitrary<bool>()) std::swap(changed.daemon->items, to.daemon->items);
            if (*rc::gen::arbitrary<bool>()) std::swap(changed.daemon->costs, to.daemon->costs);
        }
        if (*rc::gen::arbitrary<bool>()) std::swap(changed.items, to.items);
        if (!changed.actions.empty()) changed.actions.erase(changed.actions.begin());
        if (changed.daemon && !changed.daemon->actions.empty()) changed.daemon->actions.erase(changed.daemon->actions.begin());
        to = changed;
    }
    const auto out = editText(text, to);
    RC_ASSERT(out.isInPlace);
    RC_ASSERT(writeScenario(readDraft(out.text, "x").scenario) == writeScenario(to));
    // And back again.
    const auto back = editText(out.text, from);
    RC_ASSERT(back.isInPlace);
    RC_ASSERT(writeScenario(readDraft(back.text, "x").scenario) == plain);
}

/// A row that is taken out and put in again leaves no trace.
RC_GTEST_PROP(EditText, TouchesOnlyTheRowsThatChanged, ())
{
    auto s = anyWheelScenario();
    while (s.items.size() < 2)
        s.items.push_back({said("more" + std::to_string(s.items.size())), -1, false, false, {}});
    auto text = writeScenario(s);
    const auto row = *rc::gen::inRange<std::size_t>(0, s.items.size());
    auto less = s;
    less.items.erase(less.items.begin() + static_cast<std::ptrdiff_t>(row));
    const auto without = editText(text, less);
    RC_ASSERT(without.isInPlace);
    RC_ASSERT(without.text == writeScenario(less));
    RC_ASSERT(editText(without.text, s).text == text);
}

RC_GTEST_PROP(EditText, TouchesOnlyTheWorkThatChanged, ())
{
    auto s = jiffy::test::anyWorkScenario();
    auto& items = s.daemon->items;
    while (items.size() < 2)
        items.emplace_back().name = said("more" + std::to_string(items.size()));
    const auto text = writeScenario(s);
    const auto row = *rc::gen::inRange<std::size_t>(0, items.size());
    auto less = s;
    less.daemon->items.erase(less.daemon->items.begin() + static_cast<std::ptrdiff_t>(row));
    const auto without = editText(text, less);
    RC_ASSERT(without.isInPlace);
    RC_ASSERT(without.text == writeScenario(less));
    RC_ASSERT(editText(without.text, s).text == text);
}
