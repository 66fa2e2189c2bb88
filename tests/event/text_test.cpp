// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/event/text.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

struct EventText : testing::Test
{
    Inputs inputs;
    Geometry geometry = wheelGeometry(2, Word(32), false);
    Record r;

    EventText()
    {
        inputs.names = {"rto"};
        inputs.timers = {TimerSpec{0}, TimerSpec{0, 17}};
        r.item = TimerId(0);
    }
    std::string text() const { return toText(r, geometry, inputs); }
};

} // namespace

TEST_F(EventText, TellsWhereATimerWasFiled)
{
    r.kind = Kind::Queued;
    r.site = Site::ModTimer;
    r.slot = geometry.slot(0, 0, 180).value;
    r.value = 4294919604;
    r.flags = static_cast<std::uint8_t>(Returned::One);
    EXPECT_EQ(text(), "Queued rto tv1[180] cpu=0 expires=4294919604 by mod_timer returned 1");
    r.link = Record::queuedLink(1, 7);
    EXPECT_EQ(text(), "Queued rto tv1[180] cpu=0 expires=4294919604 slack=+7 from-cpu=1 by mod_timer returned 1");
    r.link = Record::queuedLink(0, ~0ull);
    r.flags = 0;
    r.item = TimerId(1);
    r.site = Site::AddTimer;
    EXPECT_EQ(text(), "Queued rto.17 tv1[180] cpu=0 expires=4294919604 slack=far by add_timer");
}

TEST_F(EventText, TellsCascades)
{
    r.kind = Kind::Moved;
    r.site = Site::Cascade;
    r.slot = geometry.slot(1, 0, 3).value;
    r.link = geometry.slot(1, 1, 5).value;
    r.before = 1283;
    EXPECT_EQ(text(), "Moved rto tv1[3] cpu=1 from tv2[5] expires=1283");
    r = Record();
    r.kind = Kind::Spliced;
    r.site = Site::Cascade;
    r.slot = geometry.slot(1, 4, 63).value;
    r.link = 2;
    EXPECT_EQ(text(), "Spliced tv5[63] cpu=1 items=2 by cascade");
}

TEST_F(EventText, TellsRunsThatPassed)
{
    r = OpenRun{1, 3, Site::Tick}.asRecord();
    EXPECT_EQ(text(), "Passed 1 tick on cpus 0-1");
    r = OpenRun{256, 2, Site::RunTimers}.asRecord();
    EXPECT_EQ(text(), "Passed 256 turns on cpu 1");
    EXPECT_EQ(cpuMaskText(0b101101), "cpus 0,2-3,5");
    EXPECT_EQ(cpuMaskText(~0ull), "cpus 0-63");
    EXPECT_EQ(cpuMaskText(0), "no cpu");
}

TEST_F(EventText, EveryKindAndSiteHasALine)
{
    for (int k = 0; k < kindCount; ++k) {
        for (int s = 0; s < siteCount; ++s) {
            r = Record();
            r.kind = static_cast<Kind>(k);
            r.site = static_cast<Site>(s);
            r.slot = 0;
            const std::string line = text();
            EXPECT_TRUE(line.starts_with(name(r.kind))) << line;
            EXPECT_EQ(line.find('\n'), std::string::npos);
        }
    }
}
