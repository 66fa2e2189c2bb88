// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/listing.h"
#include "tests/support/source_dir.h"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

using namespace jiffy::core;

namespace
{

std::string english()
{
    std::ifstream in(jiffy::test::sourceDir("/resources/pseudocode/en.txt"));
    return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string errorsOf(const std::string& text)
{
    const auto listing = readListing(text, "x.txt");
    return listing ? std::string() : toText(listing.error());
}

std::string replaced(std::string text, const std::string& what, const std::string& by)
{
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos);
    return text.replace(at, what.size(), by);
}

} // namespace

TEST(Listing, SaysEveryLineAndWhyItIsThere)
{
    const auto listing = readListing(english(), "en.txt");
    ASSERT_TRUE(listing.has_value()) << toText(listing.error());
    for (int l = 0; l < lineCount; ++l) {
        const ListingLine& line = listing->of(static_cast<Line>(l));
        EXPECT_FALSE(line.text.empty());
        EXPECT_TRUE(line.why.ends_with('.')) << line.why;
    }
    EXPECT_EQ(listing->of(Line::RunDetach).indent, 2);
    EXPECT_EQ(listing->of(Line::AddTv2).column, "tv2[expires >> {shift2} & {mask}]");
}

/// All places of the English text have a number on both wheels.
TEST(Listing, FillsInTheNumbersOfTheWheel)
{
    const Geometry large = wheelGeometry(1, Word(32), false), small = wheelGeometry(1, Word(32), true);
    EXPECT_EQ(filled("< {limit4} tv4[expires >> {shift4} & {mask}]", large), "< 67\u2009108\u2009864 tv4[expires >> 20 & 63]");
    EXPECT_EQ(filled("delta < {limit1} tv1[expires & {mask1}]", small), "delta < 64 tv1[expires & 63]");
    EXPECT_EQ(filled("tv5[expires >> {shift5} & {mask}] {limit5}", small), "tv5[expires >> 18 & 15] 4\u2009194\u2009304");
    EXPECT_EQ(filled("{nothing} {limit9} {", large), "{nothing} {limit9} {");
    EXPECT_EQ(filled("delta < {reach1} | lvl0; {gran4} a slot", wheel61Geometry(1, Word(32), Hz{100})), "delta < 63 | lvl0; 512 a slot");
    EXPECT_EQ(filled("{reach8}", wheel61Geometry(1, Word(32), Hz{100})), "132\u2009120\u2009576");
    const auto listing = readListing(english(), "en.txt");
    for (int i = 0; i < lineCount; ++i) {
        const ListingLine& l = listing->of(static_cast<Line>(i));
        Inputs inputs;
        for (const TimerAlgorithm timers : {TimerAlgorithm::Wheel39, TimerAlgorithm::Wheel61, TimerAlgorithm::SortedList}) {
            for (const bool isSmall : {false, true}) { // the small one of 6.1: 8 levels
                inputs.machine.timers = timers;
                inputs.machine.small = isSmall;
                inputs.machine.hz = Hz{isSmall ? 100u : 1000u};
                if (!isListed(static_cast<Line>(i), inputs)) continue;
                EXPECT_EQ(filled(l.text + l.column, geometryOf(inputs.machine)).find('{'), std::string::npos) << l.text;
            }
        }
    }
}

TEST(Listing, MarksTheNamesOfLevels)
{
    EXPECT_EQ(tokensOf("list ← tv1[index], emptied"), (CodeTokens{{"list ← ", -1}, {"tv1", 0}, {"[index], emptied", -1}}));
    EXPECT_EQ(tokensOf("lvl8: 1 a slot"), (CodeTokens{{"lvl8", 8}, {": 1 a slot", -1}}));
    EXPECT_EQ(tokensOf("tv5"), (CodeTokens{{"tv5", 4}}));
    EXPECT_EQ(tokensOf("tv"), (CodeTokens{{"tv", -1}}));
    EXPECT_TRUE(tokensOf("").empty());
}

TEST(Listing, MustBeComplete)
{
    EXPECT_EQ(errorsOf(replaced(english(), "AddTail: append to the tail of that slot\n", "")).substr(0, 6), "x.txt:");
    EXPECT_NE(errorsOf(replaced(english(), "AddTail: append to the tail of that slot\n", "")).find("the line AddTail is missing"), std::string::npos);
    EXPECT_NE(errorsOf(replaced(english(), "AddTail:", "AddTale:")).find("there is no line of that name"), std::string::npos);
    EXPECT_NE(errorsOf(replaced(english(), "[cascade]", "[cascades]")).find("there is no function of that name"), std::string::npos);
    EXPECT_NE(errorsOf(english() + "[]\nNote: again\n").find("a second time"), std::string::npos);
    EXPECT_NE(errorsOf("AddTail: x\n").find("a function is expected first"), std::string::npos);
    EXPECT_NE(errorsOf(replaced(english(), "    First into its slot.\n", "")).find("AddInto has no explanation"), std::string::npos);
}
