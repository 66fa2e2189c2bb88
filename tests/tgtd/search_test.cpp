// SPDX-License-Identifier: GPL-3.0-or-later
// Run until and find in runs of tgtd: work, funcs, sources, lines, alarms; lists and files by name; lives of
// work.
#include "core/history/search.h"
#include "core/insight/lifeline.h"
#include "core/insight/query.h"
#include "core/run/run.h"
#include "tests/property/daemon_runs.h"

#include <gtest/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

constexpr std::string_view ops = R"(scheduler new
work a
work b
on a rearm 1
at 100 add a 1
at 200 add b 9
at 600 burn 800
at 2000 del b
at 2100 del b
until 3200
)";

struct Case
{
    Case()
    {
        Inputs in = tests::daemonInputs(ops);
        in.daemon.files = {{"slow disk", 11}};
        sourceOf(in, 2).target = 1;
        inputs = std::make_shared<const Inputs>(in);
        run = runAll(inputs);
    }
    static Action& sourceOf(Inputs& in, std::uint32_t i) { return tests::sourceAction(in, i); }

    /// us of all hits from the start on.
    std::vector<std::uint64_t> hits(const Condition& c)
    {
        History history(inputs, run);
        std::vector<std::uint64_t> at;
        for (Position p{};;) {
            Search search(inputs, run, {c}, p, Search::Direction::Forward);
            while (search.advance(1000) == Search::State::Looking) {
            }
            if (search.state() != Search::State::Found) return at;
            p = search.found();
            at.push_back(history.ticksAt(p) / 1000);
        }
    }
    std::uint64_t count(std::string_view text)
    {
        return Query(text, inputs).count(run.log, 0, run.log.size());
    }

    InputsPtr inputs;
    Snapshot run;
};

Condition of(Condition::What what, TimerId item = {}, Line line = Line::Note)
{
    Condition c;
    c.what = what;
    c.timer = item;
    c.line = line;
    return c;
}

using Hits = std::vector<std::uint64_t>;

} // namespace

TEST(WorkSearch, FindsWhatHappensToAnItem)
{
    Case c;
    // a: added, expires, called; then added by itself, and so on. b: added, deleted, not there to be deleted.
    EXPECT_EQ(c.hits(of(Condition::What::Timer, TimerId(1))), (Hits{200, 2000, 2100}));
    EXPECT_EQ(c.hits(of(Condition::What::Fire, TimerId(0))), (Hits{1400, 2500}));
    EXPECT_EQ(c.hits(of(Condition::What::Timer, TimerId(0))),
              (Hits{100, 1400, 1400, 1400, 2500, 2500, 2500}));
    const TimerId source(c.inputs->daemon.firstSource + 2);
    EXPECT_EQ(c.hits(of(Condition::What::Fire, source)), (Hits{600}));
}

TEST(WorkSearch, FindsLinesAndAlarms)
{
    Case c;
    EXPECT_EQ(c.hits(of(Condition::What::Line, {}, Line::ExecCall)), (Hits{1400, 2500}));
    EXPECT_EQ(c.hits(of(Condition::What::Line, {}, Line::AlarmFires)).size(), 12u);
    Condition swallowed;
    swallowed.kind = Kind::Noted;
    swallowed.site = Site::WorkTimerScheduleEvt;
    EXPECT_EQ(c.hits(swallowed), (Hits{1000, 1250}));
    Condition inactive;
    inactive.what = Condition::What::Slot;
    inactive.slot = daemonGeometry().inactiveList();
    EXPECT_FALSE(c.hits(inactive).empty());
}

/// Back from the end finds what forward from the start finds.
TEST(WorkSearch, BackMirrorsForward)
{
    for (const auto& run : tests::daemonRuns()) {
        const Snapshot snapshot = runAll(run.inputs);
        const std::vector<Condition> conditions = {of(Condition::What::Line, {}, Line::LoopWait),
                                                   of(Condition::What::Fire, TimerId(0))};
        std::vector<Position> forward, back;
        for (Position p{}; forward.size() < 200;) {
            Search s(run.inputs, snapshot, conditions, p, Search::Direction::Forward);
            while (s.advance(5000) == Search::State::Looking) {
            }
            if (s.state() != Search::State::Found) break;
            forward.push_back(p = s.found());
        }
        if (forward.empty() || forward.size() == 200) continue;
        for (Position p{snapshot.log.size(), 0, 0};;) {
            Search s(run.inputs, snapshot, conditions, p, Search::Direction::Back);
            while (s.advance(5000) == Search::State::Looking) {
            }
            if (s.state() != Search::State::Found) break;
            back.push_back(p = s.found());
        }
        std::reverse(back.begin(), back.end());
        // The very end is behind what was looked for backwards.
        if (!forward.empty() && forward.back() == Position{snapshot.log.size(), 0, 0}) forward.pop_back();
        EXPECT_EQ(forward, back) << run.name;
    }
}

TEST(WorkSearch, StepsOverASignalAndOutOfAFunction)
{
    Case c;
    History h(c.inputs, c.run);
    // In the handler of 600, three alarms interrupt it; over goes to its own next line.
    Position p{};
    for (std::uint64_t e = 0; e < h.log().size(); ++e)
        if (h.log()[e].kind == Kind::Entered && h.log()[e].site == Site::IoHandler &&
            h.log()[e].item == TimerId(c.inputs->daemon.firstSource + 2))
            p = {e + 1, 0, 0};
    StepSearch over(c.inputs, c.run, p, CodeStep::Over);
    while (over.advance(1000) == Search::State::Looking) {
    }
    ASSERT_EQ(over.state(), Search::State::Found);
    EXPECT_EQ(h.lineAt(over.found())->line, Line::HandlerReturn);
    EXPECT_EQ(h.ticksAt(over.found()), 1'400'000u);
    StepSearch out(c.inputs, c.run, over.found(), CodeStep::Out);
    while (out.advance(1000) == Search::State::Looking) {
    }
    ASSERT_EQ(out.state(), Search::State::Found);
    EXPECT_EQ(functionOf(h.lineAt(out.found())->line), Function::EventLoop);
}

TEST(WorkQuery, KnowsListsFilesFunctionsAndInstants)
{
    Case c;
    EXPECT_GT(c.count("inactive"), 4u);
    EXPECT_GT(c.count("slow"), 2u) << "the source of the file “slow disk”";
    EXPECT_EQ(c.count("slow fired"), 0u);
    EXPECT_EQ(c.count("a fired"), 2u);
    EXPECT_GT(c.count("work_timer_sig_handler"), 20u);
    EXPECT_GT(c.count("timer_pending"), 5u);
    EXPECT_GT(c.count("1250000"), 0u);
    EXPECT_EQ(c.count("tv2"), 0u) << "no level of a wheel";
}

TEST(WorkLife, TellsAddingExpiringRunningAndDeleting)
{
    Case c;
    ItemIndex index;
    index.extend(c.run.log);
    const auto what = [&](TimerId t) {
        std::string out;
        for (const auto& j : lastJoints(index, c.run.log, t, c.run.log.size(), 20).joints) {
            using What = LifeJoint::What;
            out += j.what == What::Armed       ? "added "
                   : j.what == What::Moved     ? "expired "
                   : j.what == What::Fired     ? "ran "
                   : j.what == What::Deleted   ? "deleted "
                   : j.what == What::Untouched ? "untouched "
                                               : "? ";
        }
        return out;
    };
    EXPECT_EQ(what(TimerId(0)), "added expired ran added expired ran added ");
    EXPECT_EQ(what(TimerId(1)), "added deleted untouched ");
    EXPECT_EQ(what(TimerId(c.inputs->daemon.firstSource)), "added ran ") << "ready, then its handler";
    Lifeline life(TimerId(0), c.inputs->machine);
    life.extend(index, c.run.log);
    EXPECT_FALSE(life.plannedTick().has_value()) << "a deadline is a time of day";
}
