// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences of tgtd: one for every record of every run, short enough for the dock, and with the numbers
// that decided.
#include "core/history/history.h"
#include "core/run/run.h"
#include "tests/property/daemon_runs.h"
#include "ui/narration/narration.h"
#include "ui/narration/panel.h"
#include "ui/theme/look.h"

#include <gtest/gtest.h>

#include <QRegularExpression>

#include <map>

namespace jiffy::ui
{
namespace
{

using core::Kind;
using core::Record;
using core::Site;

bool isWhole(const QString& s)
{
    static const QRegularExpression hole(QStringLiteral("%[0-9nL]"));
    return !s.trimmed().isEmpty() && !s.contains(hole) && !s.contains(QStringLiteral("  ")) &&
           !s.contains(QStringLiteral(" .")) && s.endsWith(u'.');
}

struct Told
{
    explicit Told(core::InputsPtr inputs) : history(inputs, core::runAll(inputs)) {}

    Sentence behind(std::uint64_t event)
    {
        const core::Position p{event + 1, 0, 0};
        return narrate(history.at(p), history.inputs(), history.snapshot(), p);
    }
    /// Of the nth such record, from 1.
    Sentence of(Kind kind, Site site, int nth = 1)
    {
        for (std::uint64_t e = 0; e < history.log().size(); ++e)
            if (history.log()[e].kind == kind && history.log()[e].site == site && --nth == 0)
                return behind(e);
        ADD_FAILURE() << core::name(kind) << "/" << core::name(site);
        return {};
    }
    core::History history;
};

Told runOf(std::string_view ops)
{
    return Told(std::make_shared<const core::Inputs>(tests::daemonInputs(ops)));
}

std::string what(const Sentence& s)
{
    return plainText(s.what).toStdString();
}
std::string why(const Sentence& s)
{
    return plainText(s.why).replace(QChar(0x2009), u' ').toStdString();
}

/// A burn of a handler from 4.05 to 5.1 over five alarms, with work that falls due meanwhile.
constexpr std::string_view slowDisk = R"(scheduler new
work isns
work keep
at 100 add isns 4
at 400 add keep 4
at 4050 burn 1050
until 9000
)";

TEST(WorkNarration, everyRecordOfEveryRunHasAShortSentence)
{
    const Look look;
    std::map<std::string, std::string> tooLong;
    for (const auto& run : tests::daemonRuns()) {
        const core::Snapshot snapshot = core::runAll(run.inputs);
        core::World world(run.inputs->machine);
        std::map<std::pair<Kind, Site>, int> seen; // to measure is dear
        for (std::uint64_t e = 0; e < snapshot.log.size(); ++e) {
            const Record& r = snapshot.log[e];
            world.apply(r);
            const core::Position p{e + 1, 0, 0};
            const Sentence s = narrate(world, *run.inputs, snapshot, p);
            ASSERT_TRUE(isWhole(plainText(s.what))) << run.name << " " << e << " " << what(s);
            ASSERT_TRUE(s.why.empty() || isWhole(plainText(s.why))) << run.name << " " << e << " " << why(s);
            if (++seen[{r.kind, r.site}] > 8) continue;
            double tall = 0;
            wrapped(s.what, look, whatStyle, 284, &tall);
            if (tall > 2 * whatStyle.pixels * whatStyle.leading + 1) tooLong[what(s)] = run.name;
            wrapped(s.why, look, whyStyle, 284, &tall);
            if (tall > 5 * whyStyle.pixels * whyStyle.leading + 1) tooLong[why(s)] = run.name;
        }
    }
    for (const auto& [text, where] : tooLong)
        ADD_FAILURE() << "too long in " << where << ": " << text;
}

TEST(WorkNarration, anAlarmThatFindsAWordWaitingChangesNothing)
{
    Told run = runOf(slowDisk);
    const Sentence s =
        run.of(Kind::Noted, Site::WorkTimerScheduleEvt, 2); // 4.25 wrote, 4.50 and 4.75 did not
    EXPECT_EQ(what(s), "Alarm 19 changes nothing.");
    EXPECT_EQ(why(s), "A word has been waiting in the pipe since 4.25 s, so timer_pending is 1 and the "
                      "handler returns. One word is enough: "
                      "execute_work will read the clock for itself.");
    EXPECT_EQ(s.counter, QStringLiteral("alarm 19"));
}

TEST(WorkNarration, aWordThatNobodySeesSaysWhereTheThreadIs)
{
    Told run = runOf(slowDisk);
    for (std::uint64_t e = 0; e < run.history.log().size(); ++e) {
        const Record& r = run.history.log()[e];
        if (r.kind != Kind::Queued || r.item != run.history.inputs().daemon.pipe) continue;
        if (run.history.at({e + 1, 0, 0}).clock().ticks != 4'250'000) continue;
        EXPECT_EQ(what(run.behind(e)), "Alarm 17 writes a word into the pipe.");
        EXPECT_EQ(why(run.behind(e)), "timer_pending was 0, so it may. fd 7 is readable now, but nobody "
                                      "looks: the thread is in the handler of io#3 since 4.05 s.");
        return;
    }
    FAIL();
}

TEST(WorkNarration, aFuncSaysHowLateItRunsAndWhy)
{
    Told run = runOf(slowDisk);
    const Sentence s = run.of(Kind::Fired, Site::ExecuteWork);
    EXPECT_EQ(what(s), "isns runs, 1.00 s late.");
    EXPECT_EQ(why(s), "It was due at 4.10 s. That is more than the 0.25 s between two alarms: the thread was "
                      "busy, or the clock was set. 1 more is on the active list.");
    Told idle = runOf("scheduler new\nwork a\nat 100 add a 4\nuntil 5000\n");
    EXPECT_EQ(what(idle.of(Kind::Queued, Site::AddWork)), "a is added: due at 4.10 s.");
    EXPECT_EQ(why(idle.of(Kind::Queued, Site::AddWork)),
              "The wall clock, 17:02:20.100, and 4 s. Nothing is armed for it; the first alarm then comes at "
              "4.25 s.");
}

TEST(WorkNarration, theOldSchedulerIsStarvedByEvents)
{
    Told run = runOf("scheduler old\nwork a\nat 0 add a 4\nat 1500 burn 0\nuntil 20000\n");
    const Sentence added = run.of(Kind::Queued, Site::AddWork);
    EXPECT_EQ(what(added), "a is added for tick 2.");
    EXPECT_EQ(why(added), "jiffies, 0, and 2 ticks of 2 s; it must be exceeded. So 4 timeouts of 2.00 s "
                          "without any event must pass, and any event delays that.");
    const Sentence starved = run.of(Kind::Left, Site::EpollWait, 2);
    EXPECT_EQ(what(starved), "epoll_wait returns io#2.");
    EXPECT_EQ(why(starved), "1.50 s of its 2.00 s had passed; the next countdown begins anew. The item that "
                            "is queued waits on: a busy daemon never gets to its scheduler.");
}

/// Each fault of the original comes to light in a sentence.
TEST(WorkNarration, faultsAreExplained)
{
    const std::map<std::string, std::pair<Site, const char*>> faults = {
        {"an alarm before the pipe.new", {Site::Write, "the standard input gets 4 bytes"}},
        {"a write fails.new", {Site::Write, "the scheduler dies silently"}},
        {"no pipe.new", {Site::EventDel, "Cannot find event 0"}},
        {"a func without an end.new", {Site::Spin, "the active list is never empty"}},
    };
    for (const auto& run : tests::daemonRuns()) {
        const auto fault = faults.find(run.name);
        if (fault == faults.end()) continue;
        Told told(run.inputs);
        EXPECT_NE(why(told.of(Kind::Noted, fault->second.first)).find(fault->second.second),
                  std::string::npos)
            << run.name << ": " << why(told.of(Kind::Noted, fault->second.first));
    }
    // The pipe is closed before the alarm is disarmed: the window must be hit.
    std::string closed;
    for (std::uint64_t close = 10; close <= 250 && closed.empty(); close += 10) {
        core::Inputs in = tests::daemonInputs("scheduler new\nwork a\nat 2300 burn 0\nuntil 9000\n");
        in.machine.mayFault = true;
        in.daemon.costs.close = close * 1000;
        in.daemon.costs.syscall = 40'000;
        tests::sourceAction(in, 0).call = core::Call::Shutdown;
        Told run(std::make_shared<const core::Inputs>(in));
        for (std::uint64_t e = 0; e < run.history.log().size(); ++e) {
            const Record& r = run.history.log()[e];
            if (r.kind == Kind::Noted && r.site == Site::Write) closed = why(run.behind(e));
        }
    }
    EXPECT_NE(closed.find("By now the number 8 could belong to another file."), std::string::npos) << closed;
    Told twice =
        runOf("scheduler new\nwork a\nwork b\nat 100 add a 2\nat 200 add b 4\nat 300 add a 8\nuntil 1000\n");
    EXPECT_EQ(what(twice.of(Kind::Refused, Site::AddWork)), "add_work of a is refused: it is queued.");
    EXPECT_NE(why(twice.of(Kind::Refused, Site::AddWork)).find("would vanish without a word"),
              std::string::npos);
}

TEST(WorkNarration, theEndsOfARunAreTold)
{
    Told run = runOf(slowDisk);
    EXPECT_EQ(what(narrate(run.history.at({}), run.history.inputs(), run.history.snapshot(), {})),
              "The daemon starts.");
    const auto end = run.history.end();
    EXPECT_EQ(what(narrate(run.history.at(end), run.history.inputs(), run.history.snapshot(), end)),
              "The run ends here: no work is queued.");
}

} // namespace
} // namespace jiffy::ui
