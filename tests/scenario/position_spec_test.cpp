// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/position_spec.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

TEST(PositionSpec, ReadsEveryForm)
{
    using Kind = PositionSpec::Kind;
    EXPECT_EQ(parsePosition("start").value(), (PositionSpec{Kind::Start, 0}));
    EXPECT_EQ(parsePosition("end").value(), (PositionSpec{Kind::End, 0}));
    EXPECT_EQ(parsePosition("event=17").value(), (PositionSpec{Kind::Event, 17}));
    EXPECT_EQ(parsePosition("jiffies=18446744073709551615").value(), (PositionSpec{Kind::AtJiffies, ~0ull}));
    EXPECT_EQ(parsePosition("time=1.250s").value(), (PositionSpec{Kind::Time, 1'250'000'000}));
    EXPECT_EQ(parsePosition("time=0.5us").value(), (PositionSpec{Kind::Time, 500}));
}

TEST(PositionSpec, RefusesTheRest)
{
    for (const char* text : {"", "begin", "event", "event=", "event=-1", "event=1x", "jiffies=18446744073709551616",
                             "time=1", "time=s", "time=.5s", "time=1.s", "time=-1s", "time=0.5ns", "time=1e3s",
                             "time=9223372037s", "time=1 s", "start=1"}) {
        EXPECT_FALSE(parsePosition(text).has_value()) << text;
    }
    EXPECT_EQ(parsePosition("now").error(),
              "\"now\" is not a position: start, end, event=N, jiffies=N or time=1.250s (s, ms, us, ns)");
}

TEST(PositionSpec, WritesWhatItReads)
{
    for (const char* text : {"start", "end", "event=0", "jiffies=4294892296", "time=0s", "time=1.25s", "time=0.000000001s",
                             "time=9223372036.854775807s"}) {
        EXPECT_EQ(toText(parsePosition(text).value()), text);
    }
}
