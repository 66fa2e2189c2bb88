// SPDX-License-Identifier: GPL-3.0-or-later
// Where recorded kernels filed their timers, and where the model of their wheel does.
#include "core/trace/placements.h"

#include "core/export/exporter.h"
#include "core/export/jsonl_reader.h"
#include "core/run/run.h"
#include "core/timers/registry.h"
#include "core/trace/differences.h"
#include "tests/export/temporary_folder.h"
#include "tests/trace/trace_text.h"

using namespace jiffy::core;
using namespace jiffy::core::test;

namespace
{

struct Compared
{
    InputsPtr inputs;
    Snapshot end;
    Placements placements;
};

Compared compared(const Inputs& in, const char* timers = "wheel-6.1")
{
    const auto inputs = inputsOn(in, *timersNamed(timers));
    auto end = runAll(inputs);
    auto placements = compareWithMachine(*inputs, end.log, end.open).placements();
    return {inputs, std::move(end), std::move(placements)};
}

std::vector<std::string> listed(const Compared& c)
{
    std::vector<std::string> out;
    for (const auto& p : c.placements.all()) out.push_back(toText(p, *c.inputs));
    return out;
}

/// idx as the kernel prints it for an expiry on a level.
std::string idx(int level, Jiffies expires)
{
    const int shift = 3 * level;
    return "idx=" + std::to_string(64 * level + static_cast<int>((((expires + (1ull << shift)) >> shift) & 63))) + " ";
}

constexpr Jiffies epoch = TraceText::epoch;

} // namespace

struct Agreed
{
    const char* file;
    std::size_t placements;
};

class RealPlacements : public testing::TestWithParam<Agreed>
{
};

/// Every timer of every recording stands where the kernel put it, and is due when 6.12 says that it is.
TEST_P(RealPlacements, AreTheModels)
{
    const auto c = compared(import(recording(GetParam().file)));
    EXPECT_EQ(c.placements.all().size(), GetParam().placements);
    for (const auto& p : c.placements.all()) {
        EXPECT_EQ(p.agreement, Agreement::Same) << toText(p, *c.inputs);
        const Record& r = c.end.log[p.event];
        EXPECT_EQ(r.site, Site::MachineFiled);
        EXPECT_EQ(r.item, p.timer);
        EXPECT_EQ(p.hasDue, std::string_view(GetParam().file) == "k6.12.txt");
    }
}

INSTANTIATE_TEST_SUITE_P(Recordings, RealPlacements,
                         testing::Values(Agreed{"k5.10.txt", 190}, Agreed{"k6.1.txt", 356}, Agreed{"k6.1.report.txt", 356},
                                         Agreed{"k6.1.report-raw.txt", 356}, Agreed{"k6.1.perf-script.txt", 76}, Agreed{"k6.12.txt", 166},
                                         Agreed{"k6.1-686.wrap.txt", 195}));

TEST(Placements, AreJudgedByBucket)
{
    TraceText t;
    t.at(0, 0).filed(idx(0, epoch + 2)).start("a", 2);
    t.filed(idx(1, epoch + 100)).start("b", 100);
    t.filed(idx(1, epoch + 200)).start("c", 100);
    const auto c = compared(import(t.text()));
    ASSERT_EQ(c.placements.all().size(), 3u);
    EXPECT_EQ(c.placements.count(Agreement::Same), 2u);
    EXPECT_EQ(c.placements.all()[2].agreement, Agreement::OtherBucket);
    EXPECT_EQ(c.placements.sentence(), "this machine's kernel and our model agree on 2 of 3 placements");
    EXPECT_EQ(listed(c)[2], "fn.3 for 4294900100 at 4294900000: machine lvl1[62], model lvl1[49]; not explained by any clock");
    const std::vector<SummaryLine> lines = {
        {"placements", "3"}, {"placements that agree", "2"}, {"placements elsewhere, not explained by any clock", "1"}};
    EXPECT_EQ(c.placements.lines(), lines);
}

TEST(Placements, OnAnotherLevelMayHaveHadAnotherClock)
{
    TraceText t;
    t.at(0, 0).start("a", 500).at(0, 400).filed(idx(1, epoch + 130)).start("b", 30, "fn", "D");
    const auto c = compared(import(t.text()));
    ASSERT_EQ(c.placements.all().size(), 1u);
    EXPECT_EQ(c.placements.all()[0].agreement, Agreement::OtherClock);
    EXPECT_EQ(listed(c)[0],
              "fn.2 for 4294900130 at 4294900100: machine lvl1[53], model lvl0[35]; the wheel's clock was elsewhere: from 4294899627 to "
              "4294900067, the model's stood at 4294900100; a deferrable timer's wheel waits while its CPU sleeps");
    // A level that would need a clock of the future is the model's fault, or the reader's.
    TraceText future;
    future.at(0, 0).filed(idx(0, epoch + 100)).start("a", 100);
    EXPECT_EQ(compared(import(future.text())).placements.count(Agreement::OtherBucket), 1u);
}

TEST(Placements, OfTheLateGoToTheClock)
{
    TraceText t;
    const std::string here = "idx=" + std::to_string(epoch % 64) + " ", elsewhere = "idx=" + std::to_string((epoch - 1) % 64) + " ";
    t.at(0, 0).start("x", 100).filed(here).start("a", -2).filed(elsewhere).start("b", -2);
    const auto c = compared(import(t.text()));
    ASSERT_EQ(c.placements.all().size(), 2u);
    EXPECT_EQ(c.placements.all()[0].agreement, Agreement::Same);
    EXPECT_EQ(c.placements.all()[1].agreement, Agreement::Late);
}

TEST(Placements, CompareWhenABucketIsDueWhereThatIsPrinted)
{
    TraceText t;
    t.at(0, 0).filed("bucket_expiry=4294900003 " + idx(0, epoch + 2)).start("a", 2);
    t.filed("bucket_expiry=4294900067 " + idx(0, epoch + 2)).start("b", 2);
    const auto c = compared(import(t.text()));
    ASSERT_EQ(c.placements.all().size(), 2u);
    EXPECT_EQ(c.placements.all()[0].agreement, Agreement::Same);
    EXPECT_EQ(c.placements.all()[0].model.due, epoch + 3);
    EXPECT_EQ(c.placements.all()[1].agreement, Agreement::OtherBucket);
    EXPECT_EQ(listed(c)[1], "fn.2 for 4294900002 at 4294900000: machine lvl0[35], due 4294900067, model lvl0[35], due 4294900003; not "
                            "explained by any clock");
}

TEST(Placements, AreNoneOnOtherAlgorithms)
{
    const auto inputs = import(recording("k6.1.txt"));
    for (const char* timers : {"wheel-3.9", "sorted-list"}) {
        const auto c = compared(inputs, timers);
        EXPECT_TRUE(c.placements.all().empty()) << timers;
        EXPECT_EQ(c.placements.sentence(), "");
        EXPECT_TRUE(c.placements.lines().empty());
    }
}

TEST(Placements, AreToldWithoutAnyRun)
{
    TraceText t;
    t.at(0, 0).filed(idx(0, epoch + 2)).start("a", 2);
    const auto inputs = std::make_shared<const Inputs>(import(t.text()));
    const auto end = runAll(inputs);
    const auto d = compareWithMachine(*inputs, end.log, end.open);
    EXPECT_FALSE(d.isEmpty());
    EXPECT_TRUE(d.runs().empty());
    const std::vector<SummaryLine> lines = {{"placements", "1"}, {"placements that agree", "1"}};
    EXPECT_EQ(d.lines(*inputs), lines);
}

TEST(Placements, AreTheSameFromALogThatWasReadBack)
{
    const auto inputs = std::make_shared<const Inputs>(import(recording("k6.12.txt")));
    const auto end = runAll(inputs);
    const jiffy::tests::TemporaryFolder folder;
    ASSERT_TRUE(exportTo(*exporterFor("a.jsonl"), *inputs, end, folder.file("a.jsonl")));
    std::istringstream text(jiffy::tests::contents(folder.file("a.jsonl")));
    const auto back = readJsonLines(text, "a.jsonl");
    ASSERT_TRUE(back);
    const auto d = compareWithMachine(*back->inputs, back->snapshot.log, back->snapshot.open);
    EXPECT_EQ(d.placements().count(Agreement::Same), 166u);
}

/// Kernels before 4.8 tell of no bucket, and had the cascading wheel.
TEST(Placements, OfOldKernelsAreNotKnown)
{
    for (const char* flags : {"", " flags=0x00000000", " flags=0x00200001"}) {
        TraceText t;
        t.raw(std::string("x-1 [000] d... 100.0: timer_start: timer=00000000000000aa function=f expires=4294900002 [timeout=2]") + flags);
        const auto inputs = import(t.text());
        EXPECT_EQ(inputs.machine.timers, TimerAlgorithm::Wheel39) << flags;
        EXPECT_EQ(inputs.actions.size(), 1u) << flags;
        EXPECT_TRUE(hasRemark(inputs, "older than 4.8")) << flags;
    }
    // 4.9 prints the word with the bucket in it: 2 and 3.
    TraceText t;
    t.raw("x-1 [000] d... 100.0: timer_start: timer=00000000000000aa function=f expires=4294900002 [timeout=2] flags=0x08c00000");
    const auto c = compared(import(t.text()));
    EXPECT_EQ(c.inputs->machine.timers, TimerAlgorithm::Wheel61);
    ASSERT_EQ(c.placements.all().size(), 1u);
    EXPECT_EQ(c.placements.all()[0].machine.within, 35u);
    EXPECT_EQ(c.placements.all()[0].agreement, Agreement::Same);
}
