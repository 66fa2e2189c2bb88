// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/query.h"

#include "core/base/random.h"
#include "core/event/text.h"
#include "core/run/run.h"
#include "tests/property/random_inputs.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

std::vector<std::uint64_t> matching(const Query& q, const LogView& log)
{
    std::vector<std::uint64_t> all;
    for (std::uint64_t e = q.next(log, 0, log.size()); e < log.size(); e = q.next(log, e + 1, log.size())) all.push_back(e);
    return all;
}

struct Beat
{
    std::shared_ptr<Inputs> inputs = std::make_shared<Inputs>();
    Snapshot run;

    Beat()
    {
        inputs->machine.jiffies = 1000;
        inputs->machine.cpus = 2;
        inputs->names = {"", "beat", "beats", "crowd"};
        inputs->untilTicks = 700;
        for (std::uint32_t i = 0; i < 4; ++i) {
            TimerSpec t;
            t.name = i < 2 ? i + 1 : 3;
            t.number = i < 2 ? 0 : i - 1;
            t.slack = 0;
            inputs->timers.push_back(t);
            Action a;
            a.call = i == 1 ? Call::AddTimer : Call::ModTimer;
            a.tick = i;
            a.cpu = i == 3 ? 1 : 0;
            a.timer = TimerId(i);
            a.expires = 1100 + i * 150;
            inputs->actions.push_back(a);
        }
        run = runAll(inputs);
    }
    std::string texts(std::string_view query) const
    {
        const Geometry g = wheelGeometry(2, Word(32), false);
        std::string out;
        for (const std::uint64_t e : matching(Query(query, inputs), run.log)) out += toText(run.log[e], g, *inputs) + "\n";
        return out;
    }
};

} // namespace

TEST(Query, NamesMeanThatNameWhereThereIsOne)
{
    const Beat b;
    EXPECT_EQ(b.texts("beat fired"), "Fired beat tv1[76] cpu=0 expires=1100\n");
    EXPECT_EQ(b.texts("BEATS fired"), "Fired beats tv1[226] cpu=0 expires=1250\n");
    EXPECT_EQ(b.texts("bea fired"), b.texts("beat fired") + b.texts("beats fired"));
    EXPECT_EQ(b.texts("crowd.2 fired"), "Fired crowd.2 tv1[14] cpu=1 expires=1550\n");
    EXPECT_EQ(b.texts("crowd fired").size(), b.texts("crowd.1 fired").size() + b.texts("crowd.2 fired").size());
    EXPECT_EQ(b.texts("add_timer queued"), "Queued beats tv1[226] cpu=0 expires=1250 by add_timer\n");
    EXPECT_TRUE(Query("", b.inputs).isEmpty());
    EXPECT_TRUE(Query("   ", b.inputs).isEmpty());
}

TEST(Query, SlotsCpusAndNumbersAreUnderstood)
{
    const Beat b;
    EXPECT_EQ(b.texts("tv1[76] fired"), "Fired beat tv1[76] cpu=0 expires=1100\n");
    EXPECT_NE(b.texts("tv2").find("Moved crowd.2"), std::string::npos);
    EXPECT_EQ(b.texts("cpu1 fired"), "Fired crowd.2 tv1[14] cpu=1 expires=1550\n");
    EXPECT_NE(b.texts("1100").find("ClockSet jiffies=1100"), std::string::npos);
    EXPECT_NE(b.texts("0x44C").find("Fired beat"), std::string::npos);
    EXPECT_EQ(b.texts("1100 queued"), "Queued beat tv1[76] cpu=0 expires=1100 by mod_timer returned 0\n");
    EXPECT_FALSE(Query("tv2[5] 1100 cpu1 beat Fired", b.inputs).readsText());
}

TEST(Query, AnythingElseIsLookedForInTheText)
{
    const Beat b;
    EXPECT_TRUE(Query("returned", b.inputs).readsText());
    EXPECT_EQ(b.texts("\"beat tv1\" queued"), "Queued beat tv1[76] cpu=0 expires=1100 by mod_timer returned 0\n");
    EXPECT_EQ(b.texts("nothing-like-this"), "");
}

/// Kinds, timers and slots that are spelt in an event's text are found by it.
RC_GTEST_PROP(QueryProperty, WhatStandsInTheTextIsFound, ())
{
    const auto c = *tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    const Snapshot run = runAll(inputs);
    if (run.log.size() == 0) return;
    Random random{c.seed + 3};
    const Geometry g = geometryOf(inputs->machine);
    for (int k = 0; k < 2; ++k) {
        const std::uint64_t e = random.between(0, run.log.size() - 1);
        const Record& r = run.log[e];
        std::vector<std::string> words{std::string(name(r.kind)), std::string(name(r.site)), std::to_string(e + 1)};
        if (r.item.isValid()) words.push_back(inputs->timerName(r.item));
        const Place place = g.place(r.slotId());
        if ((r.kind == Kind::Queued || r.kind == Kind::Fired) && place.list == Place::List::Slot)
            words.push_back(g.levelName(place.level) + "[" + std::to_string(place.index) + "]");
        for (const auto& word : words) {
            if (word == "none") continue;
            const Query q(word, inputs);
            const auto all = matching(q, run.log);
            RC_ASSERT(std::find(all.begin(), all.end(), e) != all.end());
            if (!q.readsText()) {
                // Backwards the same, and counted the same in slices.
                std::uint64_t back = run.log.size(), n = 0;
                for (;; ++n) {
                    const std::uint64_t found = q.previous(run.log, 0, back);
                    if (found == back) break;
                    back = found;
                }
                RC_ASSERT(n == all.size());
            }
            QueryCount count(q, run.log);
            while (count.advance(random.between(1, 3000))) {}
            RC_ASSERT(count.total() == all.size());
            RC_ASSERT(count.before(e) == static_cast<std::uint64_t>(std::find(all.begin(), all.end(), e) - all.begin()));
            const auto next = count.next(e + 1, ~0ull);
            const auto after = std::find(all.begin(), all.end(), e) + 1;
            RC_ASSERT(next.isFound == (after != all.end()));
            if (next.isFound) { RC_ASSERT(next.event == *after); }
            const auto previous = count.previous(e, ~0ull);
            RC_ASSERT(previous.isFound == (after - 1 != all.begin()));
            if (previous.isFound) { RC_ASSERT(previous.event == *(after - 2)); }
        }
    }
}
