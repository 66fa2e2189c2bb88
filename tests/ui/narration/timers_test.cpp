// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences of the wheel without cascades and of the sorted list.
#include "ui/narration/timers.h"

#include "core/history/history.h"
#include "core/run/run.h"
#include "core/scenario/ops_reader.h"
#include "core/timers/registry.h"
#include "tests/support/source_dir.h"

#include <QRegularExpression>

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <set>

namespace jiffy::ui
{
namespace
{

using core::Kind;
using core::Record;
using core::Site;

core::InputsPtr read(const std::string& ops, const char* timers = nullptr)
{
    auto inputs = core::readOps(ops, "test.ops");
    EXPECT_TRUE(inputs.has_value()) << core::toText(inputs.error());
    if (timers != nullptr) return core::inputsOn(*inputs, *core::timersNamed(timers));
    return std::make_shared<const core::Inputs>(std::move(*inputs));
}

std::string plain(const Sentence& s)
{
    return s.plain().replace(QChar(0x2009), u' ').toStdString();
}

/// The sentences of all records of a run for which `is` holds.
template <class Is> std::vector<std::string> told(const core::InputsPtr& inputs, Is is)
{
    core::History h(inputs, core::runAll(inputs));
    std::vector<std::string> out;
    for (std::uint64_t e = 0; e < h.log().size(); ++e) {
        if (!is(h.log()[e])) continue;
        const core::Position p{e + 1, 0, 0};
        out.push_back(plain(narrate(h.at(p), *inputs, h.snapshot(), p)));
    }
    return out;
}
std::vector<std::string> told(const core::InputsPtr& inputs, Kind kind)
{
    return told(inputs, [kind](const Record& r) { return r.kind == kind; });
}

const std::string one = "machine bits=64 cpus=1 hz=1000 jiffies=1000\ntimer 1\ntimer 2\n";

TEST(NarrationOfTimers, hasOwnWordsForAllThatVectorsDo)
{
    static const QRegularExpression hole(QStringLiteral("%[0-9nL]"));
    for (const char* timers : {"wheel-6.1", "sorted-list"}) {
        std::set<std::pair<Kind, Site>> seen;
        for (const auto& entry : std::filesystem::directory_iterator(test::sourceDir("/tests/vectors/wheel-6.1"))) {
            if (entry.path().extension() != ".ops") continue;
            std::ifstream in(entry.path());
            const auto inputs = read(std::string(std::istreambuf_iterator<char>(in), {}), timers);
            core::History h(inputs, core::runAll(inputs));
            const Turn turn;
            for (std::uint64_t e = 0; e < h.log().size(); ++e) {
                const Record& r = h.log()[e];
                seen.insert({r.kind, r.site});
                const Sentence s = narrateRecord(r, {h.at({e + 1, 0, 0}), *inputs, turn});
                const QString all = s.plain();
                ASSERT_FALSE(plainText(s.what).isEmpty() || all.contains(hole) || all.contains(QLatin1String("  "))) << all.toStdString();
                // The general forms, and words of the wheel of 3.9.
                for (const char* word : {" by mod_timer", " by add_timer", "A register", "timer_jiffies", "cascade", "tv1"})
                    ASSERT_FALSE(all.contains(QLatin1String(word))) << all.toStdString() << " of " << entry.path();
            }
        }
        EXPECT_GE(seen.size(), 20u) << timers;
    }
}

TEST(NarrationOfTimers, aLevelIsTheDistanceAndTheRoundingIsTheLateness)
{
    EXPECT_EQ(told(read(one + "add 0 1 6000\n"), Kind::Queued),
              (std::vector<std::string>{"1 is added to lvl3[12]. It is 5 000 jiffies away: level 3, where a slot spans 512 jiffies. It is "
                                        "rounded up to 6 144 and will be 144 jiffies late."}));
    EXPECT_EQ(told(read(one + "add 0 1 1010\n"), Kind::Queued),
              (std::vector<std::string>{"1 is added to lvl0[51]. It is 10 jiffies away: level 0, one jiffy a slot. Rounded up to 1 011, it "
                                        "will be 1 jiffy late."}));
    EXPECT_EQ(told(read(one + "add 0 1 990\n"), Kind::Queued),
              (std::vector<std::string>{"1 is added to lvl0[40]. Its expiry lies 10 jiffies behind the wheel's clock; the past goes into the "
                                        "bucket of the clock."}));
    EXPECT_NE(told(read(one + "add 0 1 +2000000000\n"), Kind::Queued).front().find("will be called"), std::string::npos);
    EXPECT_NE(told(read(one + "add 0 1 +2000000000\n"), Kind::Queued).front().find("jiffies early."), std::string::npos);
    const auto both = told(read(one + "add 0 1 6000\nadd 0 2 6000\ntick 1\n"), Kind::Queued);
    ASSERT_EQ(both.size(), 2u);
    EXPECT_NE(both[1].find("It goes in front of 1: last in, first out."), std::string::npos) << both[1];
}

TEST(NarrationOfTimers, stayingInABucketIsToldApart)
{
    EXPECT_EQ(told(read(one + "add 0 1 6000\nmod 0 1 6100\ntick 1\n"), Kind::ItemSet),
              (std::vector<std::string>{"1 stays where it is: only its expiry changes, to 6 100. The new expiry leads to the bucket that it is "
                                        "in, lvl3[12]: nothing is unlinked, and the call returns 1. That bucket is due at 6 144, 44 jiffies "
                                        "after it."}));
    // The quirk: it has been taken for running, but carries the number of its bucket.
    std::ifstream in(std::filesystem::path(test::sourceDir("/tests/vectors/wheel-6.1/m14-same-index.ops")));
    const auto all = told(read(std::string(std::istreambuf_iterator<char>(in), {})), Kind::ItemSet);
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const std::string& s) {
        return s.find("still carries the number of the bucket that is being run") != std::string::npos && s.find("early") != std::string::npos;
    }));
}

TEST(NarrationOfTimers, theLastOfABucketLeavesASearchBehind)
{
    const auto sets = told(read(one + "add 0 1 6000\ndel 0 1\ntick 1\n"), [](const Record& r) { return r.kind == Kind::RegisterSet && r.site == Site::DelTimer; });
    EXPECT_EQ(sets, (std::vector<std::string>{"The last timer of its bucket is gone: next_expiry must be searched again. The std wheel of CPU 0 "
                                              "only notes it (recalc). next_expiry stays 6 144, which may be too early, until somebody asks or "
                                              "something runs."}));
}

TEST(NarrationOfTimers, theClockJumpsAndIsBroughtForward)
{
    const auto inputs = read(one + "add 0 1 6000\ntick 100\nadd 0 2 6000\ntick 6000\n");
    const auto jumps = told(inputs, [](const Record& r) { return r.site == Site::CollectExpired; });
    ASSERT_FALSE(jumps.empty());
    EXPECT_NE(jumps.front().find("so no bucket in between is looked at."), std::string::npos) << jumps.front();
    const auto forward = told(inputs, [](const Record& r) { return r.site == Site::ForwardTimerBase; });
    ASSERT_EQ(forward.size(), 1u);
    EXPECT_EQ(forward.front().substr(0, 74), "The clock of the std wheel of CPU 0 is brought forward by 100 jiffies, to ");
    const auto fired = told(inputs, Kind::Fired);
    ASSERT_EQ(fired.size(), 2u);
    EXPECT_EQ(fired.front(), "2 fires 144 jiffies late. It expires at 6 000, and jiffies is 6 144. It stood in lvl3[12]. A slot of level 3 "
                             "spans 512 jiffies: its expiry was rounded up to the end of one.");
}

TEST(NarrationOfTimers, aWalkIsToldWithItsComparisonsAndTies)
{
    const auto inputs = read(one + "timer 3\nadd 0 1 1100\nadd 0 2 1100\nadd 0 3 1050\ntick 200\n", "sorted-list");
    const auto walks = told(inputs, Kind::Counted);
    ASSERT_EQ(walks.size(), 2u);
    EXPECT_EQ(walks.front().substr(0, walks.front().find('.') + 1), "To find the place of 2, one expiry is compared.");
    const auto queued = told(inputs, Kind::Queued);
    ASSERT_EQ(queued.size(), 3u);
    EXPECT_EQ(queued[0], "1 is the only one in the list. There was nothing to compare it with.");
    EXPECT_EQ(queued[1], "2 goes to the end of the list. 1 expires at the same jiffy and was there first: equal ones stay in the order of adding.");
    EXPECT_EQ(queued[2], "3 is the new head, in front of 1. It expires before all others: the first comparison has found its place.");
    EXPECT_EQ(told(inputs, Kind::Fired).front(), "3 fires. It was the head of the list and expires at 1 050, exactly now: a list rounds nothing.");
}

TEST(NarrationOfTimers, aTimerThatIsAlwaysDueAgainIsExplained)
{
    const auto inputs = read("machine bits=32 cpus=1 hz=250 jiffies=100\ntimer 1\non 1 rearm 0\nadd 0 1 +2\ntick 5\n", "sorted-list");
    const auto spins = told(inputs, [](const Record& r) { return r.site == Site::Spin; });
    (void)spins; // behind it the run ends, and the end is told
    core::History h(inputs, core::runAll(inputs));
    const Record& last = h.log()[h.log().size() - 1];
    ASSERT_EQ(last.site, Site::Spin);
    const Turn turn;
    EXPECT_NE(plain(narrateRecord(last, {h.at(h.end()), *inputs, turn})).find("1 is due again at once"), std::string::npos);
}

} // namespace
} // namespace jiffy::ui
