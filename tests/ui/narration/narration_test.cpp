// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/narration/narration.h"
#include "ui/narration/panel.h"

#include "tests/kernel/emitted.h"
#include "tests/ui/support/small_run.h"
#include "ui/narration/filing.h"

#include <gtest/gtest.h>

#include <QFontMetricsF>
#include <QRegularExpression>

#include <set>

namespace jiffy::ui
{
namespace
{

using core::Call;
using core::Kind;
using core::Position;
using core::Record;
using core::Site;

Sentence at(test::SmallRun& run, Position p)
{
    const core::World& world = run.history().at(p);
    return narrate(world, run.inputs(), run.history().snapshot(), p);
}

/// Thin spaces as plain ones, so that the texts can be typed.
std::string text(const RichText& t)
{
    return plainText(t).replace(QChar(0x2009), u' ').toStdString();
}

bool isWhole(const QString& s)
{
    static const QRegularExpression hole(QStringLiteral("%[0-9nL]"));
    return !s.trimmed().isEmpty() && !s.contains(hole) && !s.contains(QStringLiteral("  "));
}

TEST(Narration, everyKindAndSiteHasASentence)
{
    test::CascadeRun run;
    run.finish();
    const core::World& world = run.history().at(*run.after(Kind::Moved, run.dnsTtl));
    const Turn turn = turnAt(run.log(), *run.after(Kind::Moved, run.dnsTtl));
    for (int k = 0; k < core::kindCount; ++k)
        for (int s = 0; s < core::siteCount; ++s)
            for (const std::uint64_t value : {0ull, 1ull, 2ull, 4'294'919'604ull})
                for (const core::TimerId item : {core::TimerId::none(), run.dnsTtl, core::TimerId(99)})
                    for (const core::Returned returned : {core::Returned::Nothing, core::Returned::Zero,
                                                          core::Returned::One, core::Returned::MinusOne}) {
                        Record r;
                        r.kind = static_cast<Kind>(k);
                        r.site = static_cast<Site>(s);
                        r.value = value;
                        r.before = value;
                        r.item = item;
                        r.slot = value == 2 ? world.geometry().slot(0, 1, 5).value
                                            : static_cast<std::uint32_t>(value);
                        r.link = 3;
                        r.flags = static_cast<std::uint8_t>(returned);
                        const Sentence sentence = narrateRecord(r, {world, run.inputs(), turn});
                        EXPECT_TRUE(isWhole(plainText(sentence.what)))
                            << k << ' ' << s << ' ' << plainText(sentence.what).toStdString();
                        EXPECT_TRUE(sentence.why.empty() || isWhole(plainText(sentence.why)))
                            << k << ' ' << s << ' ' << plainText(sentence.why).toStdString();
                    }
}

/// What models emit is told in words of its own, not by the name of its kind.
TEST(Narration, whatModelsEmitHasASentenceOfItsOwn)
{
    test::CascadeRun run;
    run.finish();
    const core::World& world = run.history().at(*run.after(Kind::Moved, run.dnsTtl));
    const Turn turn = turnAt(run.log(), *run.after(Kind::Moved, run.dnsTtl));
    for (const auto& [kind, site] : tests::emittable) {
        Record r;
        r.kind = kind;
        r.site = site;
        r.item = run.dnsTtl;
        r.slot = kind == Kind::RegisterSet ? 1 : world.geometry().slot(0, 1, 5).value;
        r.link = kind == Kind::Moved ? r.slot : 0;
        const auto what = plainText(narrateRecord(r, {world, run.inputs(), turn}).what);
        const auto name = core::name(kind);
        EXPECT_FALSE(what.contains(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())) + QStringLiteral(" by"))) << what.toStdString();
        EXPECT_FALSE(what.startsWith(QStringLiteral("Note:"))) << what.toStdString();
    }
}

TEST(Narration, aCascadeSaysWhyThatSlot)
{
    test::CascadeRun run;
    run.finish();
    const Sentence s = at(run, *run.after(Kind::Moved, run.dnsTtl));
    EXPECT_EQ(text(s.what), "dns_ttl drops from tv2[5] into tv1[180].");
    EXPECT_EQ(text(s.why), "Only 180 jiffies remain; anything below 256 fits level 1. The slot is the low 8 "
                           "bits of its expiry, 0x…B4 = 180.");
    EXPECT_EQ(s.counter, QStringLiteral("cascade 3 of 5"));
    const auto hued =
        std::count_if(s.what.begin(), s.what.end(), [](const Span& span) { return span.level >= 0; });
    EXPECT_EQ(hued, 2) << "both slots in the hue of their level";
}

TEST(Narration, aTimerDueAtOnceIsToldApart)
{
    test::CascadeRun run;
    run.finish();
    EXPECT_EQ(text(at(run, *run.after(Kind::Moved, run.lease)).why),
              "It expires at 0x…4500, timer_jiffies itself: the slot under the hand.");
    const Sentence s = at(run, *run.after(Kind::Fired, run.lease));
    EXPECT_EQ(text(s.what), "lease fires in the very tick that cascaded it.");
    EXPECT_EQ(text(s.why), "It expires at 0x…4500, so the cascade put it into tv1[0]: the slot under the "
                           "hand. timer_jiffies is already one ahead.");
    EXPECT_EQ(s.counter, QStringLiteral("fire 1 of 1"));
}

struct FilingRow
{
    int bits;
    bool isSmall;
    core::Jiffies expires, position;
    int level;
    std::uint32_t index;
    const char* why;
};

class Filing : public testing::TestWithParam<FilingRow>
{
};

TEST_P(Filing, namesTheNumbersThatDecided)
{
    const FilingRow& row = GetParam();
    const core::Geometry g = core::wheelGeometry(1, core::Word(row.bits), row.isSmall);
    EXPECT_EQ(text(whyThere(g, row.expires, row.position, g.slot(0, row.level, row.index))), row.why);
}

INSTANTIATE_TEST_SUITE_P(
    Why, Filing,
    testing::Values(FilingRow{32, false, 1'001, 1'000, 0, 233,
                              "Only 1 jiffy remains; anything below 256 fits level 1. The slot is the low 8 "
                              "bits of its expiry, 0x…E9 = 233."},
                    FilingRow{32, false, 2'024, 1'000, 1, 7,
                              "1 024 jiffies remain: 256 or more, but below 16 384, fits level 2. The slot "
                              "is bits 8 to 13 of its expiry: 7."},
                    FilingRow{32, false, 100'000'000, 0, 4, 1,
                              "100 000 000 jiffies remain, 67 108 864 or more: level 5. The slot is bits 26 "
                              "to 31 of its expiry: 1."},
                    FilingRow{32, false, 990, 1'000, 0, 232,
                              "Its expiry lies 10 jiffies behind timer_jiffies; the past goes into the "
                              "slot of timer_jiffies, tv1[232]."},
                    FilingRow{32, false, 5, 0xFFFFFFF0u, 0, 5,
                              "Only 21 jiffies remain; anything below 256 fits level 1. The slot is the low "
                              "8 bits of its expiry, 0x…05 = 5."},
                    FilingRow{32, true, 1'040, 1'000, 0, 16,
                              "Only 40 jiffies remain; anything below 64 fits level 1. The slot is bits 0 to "
                              "5 of its expiry: 16."},
                    FilingRow{32, true, 10'000'000, 0, 4, 15,
                              "10 000 000 jiffies away, more than the wheel can hold: it waits in level 5 as "
                              "if it were 4 194 303 away, and is filed again from there."},
                    FilingRow{64, false, 5'000'000'000ull, 0, 4, 63,
                              "5 000 000 000 jiffies away, more than the wheel can hold: it waits in level 5 "
                              "as if it were 4 294 967 295 away, and is filed again from there."}));

TEST(Narration, emptyTicksStartAndEnd)
{
    test::CascadeRun run;
    run.inputs().watch = "Watch the cascade.";
    run.finish();
    EXPECT_EQ(text(at(run, {}).what), "The run begins at jiffies 4 294 917 424.");
    EXPECT_EQ(text(at(run, {}).why), "Watch the cascade.");
    for (std::uint64_t i = 0; i < run.log().size(); ++i) {
        const Record& r = run.log()[i];
        if (r.kind != Kind::Passed || r.site != Site::Tick || r.value < 200) continue;
        EXPECT_EQ(text(at(run, {i, 100, 0}).what), "Nothing was due for 100 ticks.");
        EXPECT_EQ(text(at(run, {i, 1, 0}).what), "Nothing was due for 1 tick.");
        break;
    }
    const Sentence end = at(run, run.history().end());
    EXPECT_EQ(text(end.what), "The run ends here; one timer is still pending.");
    test::SmallRun empty;
    empty.inputs().untilTicks = 10;
    empty.finish();
    EXPECT_EQ(text(at(empty, {}).what), "Nothing is armed.");
    EXPECT_EQ(text(at(empty, empty.history().end()).what), "The run ends here: no timer is pending.");
}

TEST(Narration, callsAreToldByWhatTheyDid)
{
    test::SmallRun run;
    const core::TimerId t = run.timer("t"), u = run.timer("u");
    run.at(1, Call::ModTimer, t, 100);
    run.at(2, Call::ModTimer, t, 100);
    run.at(3, Call::ModTimer, t, 1'000);
    run.at(4, Call::AddTimer, t, 50);
    run.at(5, Call::DelTimer, t);
    run.at(6, Call::DelTimer, t);
    run.at(7, Call::AddTimer, u, 20);
    run.inputs().untilTicks = 30;
    run.finish();
    EXPECT_EQ(text(at(run, *run.after(Kind::Queued, t)).what), "t is started in tv1[100].");
    EXPECT_EQ(text(at(run, *run.after(Kind::Entered, t)).what), "mod_timer changes nothing for t.");
    EXPECT_EQ(text(at(run, *run.after(Kind::Unqueued, t)).what), "t is taken out of tv1[100].");
    EXPECT_EQ(text(at(run, *run.after(Kind::Queued, t, 2)).what), "t is moved to tv2[3].");
    EXPECT_EQ(text(at(run, *run.after(Kind::Refused, t)).what), "Kernel bug: add_timer on a pending timer.");
    EXPECT_EQ(text(at(run, *run.after(Kind::Refused, t)).why),
              "t is still in tv2[3]. The kernel stops here, at BUG_ON; nothing is changed.");
    EXPECT_EQ(text(at(run, *run.after(Kind::Unqueued, t, 2)).why),
              "It was pending, so del_timer returns 1. It would have fired in 995 jiffies.");
    EXPECT_EQ(text(at(run, *run.after(Kind::Entered, t, 2)).why),
              "It is not pending, so the call leaves it alone and returns 0.");
    EXPECT_EQ(text(at(run, *run.after(Kind::Queued, u)).what), "u is added to tv1[20].");
    EXPECT_EQ(text(at(run, *run.after(Kind::Fired, u)).what), "u fires.");
    EXPECT_EQ(text(at(run, *run.after(Kind::Left, u)).what), "The function of u has returned.");
}

TEST(Narration, everyRecordOfARunHasWordsOfItsOwn)
{
    test::SmallRun run;
    run.inputs().machine.cpus = 2;
    const core::TimerId t = run.timer("t"), u = run.timer("u", 0, core::Deferrable), v = run.timer("v");
    run.inputs().steps = {{core::CallbackStep::What::Rearm, core::TimerId::none(), 300},
                          {core::CallbackStep::What::Del, u, 0},
                          {core::CallbackStep::What::TryDel, t, 0}};
    run.inputs().timers[t.value].stepCount = 3;
    run.at(1, Call::ModTimer, t, 300);
    run.at(2, Call::AddTimerOn, u, 5'000, 0, 1);
    run.at(3, Call::ModTimerPending, v, 40);
    run.at(4, Call::ModTimerPinned, v, 400);
    run.at(5, Call::SetIdle, core::TimerId::none(), 1, 1);
    run.at(6, Call::SetIdle, core::TimerId::none(), 0, 1);
    run.at(7, Call::MachineFired, v, 7);
    run.at(8, Call::MachineLost, core::TimerId::none());
    run.inputs().untilTicks = 900;
    run.finish();
    std::set<std::pair<Kind, Site>> seen;
    for (std::uint64_t i = 1; i <= run.log().size(); ++i) {
        const Record& r = run.log()[i - 1];
        seen.insert({r.kind, r.site});
        const Sentence s = at(run, {i, 0, 0});
        EXPECT_TRUE(isWhole(s.plain())) << s.plain().toStdString();
        EXPECT_FALSE(plainText(s.what).contains(QLatin1String(" by ")))
            << "the general form: " << s.plain().toStdString();
    }
    EXPECT_GE(seen.size(), 15u) << "the run is worth looking at";
}

// ---------------------------------------------------------------- panel

TEST(NarrationPanel, wrapsWithinItsWidthAndGrowsInHeight)
{
    test::CascadeRun run;
    run.finish();
    const Sentence s = at(run, *run.after(Kind::Moved, run.dnsTtl));
    for (const double scale : {.8, 1.0, 3.0})
        for (const double width : {180.0, 284.0, 600.0}) {
            const Look look(ThemeName::Light, scale);
            double height = 0;
            const auto placed = wrapped(s.why, look, whyStyle, width, &height);
            QString joined;
            for (const PlacedSpan& span : placed) {
                const double end = span.baseline.x() +
                                   QFontMetricsF(fontOf(span, look, whyStyle)).horizontalAdvance(span.text);
                EXPECT_LE(end, width + .5) << span.text.toStdString();
                EXPECT_LE(span.baseline.y(), height);
                joined += span.text;
            }
            EXPECT_EQ(joined, plainText(s.why).remove(u' ')) << "nothing is lost";
        }
}

TEST(NarrationPanel, asksForTheHeightThatItsTextNeeds)
{
    test::CascadeRun run;
    run.finish();
    ThemeProvider provider;
    NarrationPanel panel(provider);
    panel.setSentence(at(run, *run.after(Kind::Moved, run.dnsTtl)));
    EXPECT_GT(panel.heightForWidth(200), panel.heightForWidth(324));
    const int normal = panel.heightForWidth(324);
    EXPECT_NEAR(normal, 160, 30) << "the design's first screen";
    provider.setScale(2);
    EXPECT_GT(panel.heightForWidth(324), 2 * normal);
    EXPECT_EQ(panel.accessibleName(), panel.sentence().plain());
    panel.resize(324, panel.heightForWidth(324));
    EXPECT_FALSE(panel.grab().isNull());
}

TEST(NarrationPanel, punctuationStaysWithItsWord)
{
    const RichText t{{QStringLiteral("into "), false, -1},
                     {QStringLiteral("tv1[180]"), true, 0},
                     {QStringLiteral("."), false, -1}};
    double height = 0;
    const auto placed = wrapped(t, Look(), whatStyle, 95, &height);
    ASSERT_EQ(placed.size(), 3u);
    EXPECT_EQ(placed[1].baseline.y(), placed[2].baseline.y());
    EXPECT_GT(placed[1].baseline.y(), placed[0].baseline.y());
}

} // namespace
} // namespace jiffy::ui
