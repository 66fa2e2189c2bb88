// SPDX-License-Identifier: GPL-3.0-or-later
// The picture of the event flow over all vectors of tgtd and runs with costs and faults: nothing overlaps or leaves its
// place in any size of window and text, and it says what the world says.
#include "core/history/history.h"
#include "core/run/run.h"
#include "core/tgtd/counterpart.h"
#include "tests/property/daemon_runs.h"
#include "ui/tgtd/add_times.h"
#include "ui/tgtd/layout.h"
#include "ui/tgtd/stations_layout.h"
#include "ui/tgtd/thread_words.h"
#include "ui/tgtd/twin_strip.h"
#include "ui/tgtd/words.h"

#include <gtest/gtest.h>

using namespace jiffy;

namespace
{

struct Shown
{
    explicit Shown(const core::InputsPtr& inputs) : history(inputs, core::runAll(inputs)) { adds.extend(history.log()); }
    ui::FlowScene at(core::Position p) { return ui::makeFlowScene(history.at(p), history.inputsPtr(), history.log(), p, &adds); }
    /// About so many positions, spread over the run.
    std::vector<core::Position> some(std::uint64_t count) const
    {
        std::vector<core::Position> all;
        const std::uint64_t step = std::max<std::uint64_t>(1, history.log().size() / count);
        for (std::uint64_t e = 0; e <= history.log().size(); e += step) all.push_back({e, 0, 0});
        return all;
    }

    core::History history;
    ui::AddTimes adds;
};

std::string text(const QRectF& r)
{
    return "(" + std::to_string(r.left()) + ", " + std::to_string(r.top()) + ", " + std::to_string(r.width()) + ", " + std::to_string(r.height()) + ")";
}

/// The first pair of labels that overlap, or a label that leaves the box; empty: none.
std::string clash(const std::vector<ui::FlowLabel>& labels, const QRectF& box)
{
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const auto& a = labels[i];
        if (!box.adjusted(-1, -1, 1, 1).contains(a.box)) return "'" + a.text.toStdString() + "' leaves the box at " + text(a.box) + " of " + text(box);
        for (std::size_t k = i + 1; k < labels.size(); ++k)
            if (a.box.adjusted(.5, .5, -.5, -.5).intersects(labels[k].box.adjusted(.5, .5, -.5, -.5)))
                return "'" + a.text.toStdString() + "' " + text(a.box) + " overlaps '" + labels[k].text.toStdString() + "' " + text(labels[k].box);
    }
    return {};
}

std::string boxClash(const ui::FlowLayout& l)
{
    std::vector<QRectF> boxes;
    for (const auto& r : l.rows) boxes.push_back(r.box);
    for (const auto& c : l.cards) boxes.push_back(c.box);
    for (const QRectF* extra : {&l.more, &l.moreActive, &l.pipe})
        if (!extra->isEmpty()) boxes.push_back(*extra);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (!l.box.contains(boxes[i])) return text(boxes[i]) + " leaves " + text(l.box);
        for (std::size_t k = i + 1; k < boxes.size(); ++k)
            if (boxes[i].adjusted(1, 1, -1, -1).intersects(boxes[k].adjusted(1, 1, -1, -1))) return text(boxes[i]) + " overlaps " + text(boxes[k]);
    }
    return {};
}

struct Size
{
    double width, height;
};
/// The centre in windows of 1024x768 to 1920x1080, with and without docks, and less.
constexpr Size sizes[] = {{936, 478}, {936, 386}, {1072, 484}, {826, 580}, {1192, 700}, {1560, 760}, {780, 330}, {600, 400}, {320, 200}, {200, 80}};

} // namespace

TEST(FlowLayout, NeverOverlapsAndNeverLeavesItsBox)
{
    int faults = 0;
    for (const auto& run : tests::daemonRuns()) {
        Shown shown(run.inputs);
        for (const auto p : shown.some(12)) {
            const auto scene = shown.at(p);
            for (const auto size : sizes)
                for (const double scale : {1.0, 2.0}) {
                    const ui::Look look(ui::ThemeName::Light, scale);
                    const QRectF box(0, 0, size.width * scale, size.height * scale);
                    const auto l = ui::flowLayout(scene, box, look);
                    const auto labels = clash(l.labels, box), boxes = boxClash(l);
                    EXPECT_EQ(labels, "") << run.name << ", event " << p.event << ", " << size.width << "x" << size.height << " at " << scale;
                    EXPECT_EQ(boxes, "") << run.name << ", event " << p.event << ", " << size.width << "x" << size.height << " at " << scale;
                    if (!labels.empty() || !boxes.empty()) ++faults;
                    ASSERT_LT(faults, 10);
                }
        }
    }
}

TEST(FlowLayout, TakesAnyTextSizeInTheWindowsOfTheDesign)
{
    Shown shown(tests::daemonRuns().front().inputs);
    const auto scene = shown.at({shown.history.log().size() / 2, 0, 0});
    for (const double scale : {.8, 1.25, 1.5, 3.0})
        for (const auto size : {Size{936, 478}, Size{1072, 484}, Size{1560, 760}}) {
            const QRectF box(0, 0, size.width, size.height);
            const auto l = ui::flowLayout(scene, box, ui::Look(ui::ThemeName::Light, scale));
            EXPECT_EQ(clash(l.labels, box), "") << scale;
            EXPECT_FALSE(l.labels.empty()) << scale;
        }
}

TEST(FlowLayout, ShowsTheThreadOnceAndOnlyOnce)
{
    const ui::Look look;
    for (const auto& run : tests::daemonRuns()) {
        Shown shown(run.inputs);
        for (const auto p : shown.some(40)) {
            const auto scene = shown.at(p);
            const auto l = ui::flowLayout(scene, {0, 0, 1072, 484}, look);
            const auto rows = std::count_if(l.rows.begin(), l.rows.end(), [](const auto& r) { return r.isThread; });
            const auto funcs = std::count_if(l.cards.begin(), l.cards.end(), [](const auto& c) { return c.list == ui::FlowCard::List::Running; });
            const bool isInPass = scene.place == ui::ThreadPlace::Pass; // the valve shows it
            const bool isBefore = scene.place == ui::ThreadPlace::Before || scene.place == ui::ThreadPlace::Ended;
            ASSERT_EQ(rows + funcs + (isInPass ? 1 : 0) + (isBefore ? 1 : 0), 1) << run.name << ", event " << p.event;
            ASSERT_FALSE(ui::threadSentence(scene).isEmpty());
        }
    }
}

TEST(FlowLayout, SaysWhatTheWorldSays)
{
    const ui::Look look;
    for (const auto& run : tests::daemonRuns()) {
        Shown shown(run.inputs);
        for (const auto p : shown.some(60)) {
            const auto scene = shown.at(p);
            const auto l = ui::flowLayout(scene, {0, 0, 1560, 760}, look);
            const auto& world = shown.history.at(p);
            const auto where = [&] { return run.name + ", event " + std::to_string(p.event); };
            if (scene.isNew()) {
                ASSERT_EQ(l.cells.size(), std::min<std::uint64_t>(8, world.daemon().pipeBytes)) << where();
                const auto has = [&](const char* word) { return std::any_of(l.labels.begin(), l.labels.end(), [&](const auto& x) { return x.text == QLatin1String(word); }); };
                ASSERT_EQ(has("closed") && !has("open"), world.daemon().timerPending) << where();
            }
            // Cards stand in the order of the lists.
            for (const auto list : {ui::FlowCard::List::Inactive, ui::FlowCard::List::Active}) {
                const auto& g = world.geometry();
                auto id = world.listAt(list == ui::FlowCard::List::Inactive ? g.inactiveList() : g.activeList()).first;
                for (const auto& card : l.cards) {
                    if (card.list != list) continue;
                    ASSERT_EQ(card.id, id) << where();
                    id = world.next(id);
                }
                const auto& more = list == ui::FlowCard::List::Inactive ? l.more : l.moreActive;
                ASSERT_TRUE(!id.isValid() || !more.isEmpty()) << where();
            }
        }
    }
}

TEST(FlowScene, RemembersAlarmsAsTheLogTellsThem)
{
    for (const auto& run : tests::daemonRuns()) {
        if (run.inputs->daemon.scheduler != core::WorkScheduler::New) continue;
        Shown shown(run.inputs);
        const auto& log = shown.history.log();
        std::vector<std::uint64_t> alarms;
        for (std::uint64_t e = 0; e < log.size(); ++e) {
            if (log[e].kind == core::Kind::Raised && log[e].site == core::Site::Alarm) alarms.push_back(shown.history.ticksAt({e, 0, 0}));
            if (e % 7 != 0 || shown.history.at({e + 1, 0, 0}).daemon().isAlarmBlocked) continue;
            const auto past = shown.at({e + 1, 0, 0}).past;
            ASSERT_EQ(past.alarmCount, std::min<std::size_t>(3, alarms.size())) << run.name << ", event " << e + 1;
            for (std::size_t i = 0; i < past.alarmCount; ++i) ASSERT_EQ(past.alarms[i].at, alarms[alarms.size() - 1 - i]) << run.name << ", event " << e + 1;
        }
    }
}

TEST(FlowScene, ShowsASlowHandlerAndTheAlarmsThatPileUp)
{
    Shown shown(std::make_shared<const core::Inputs>(tests::daemonInputs("scheduler new\nwork A\nat 0 add A 1\nat 900 burn 700\nuntil 3000\n")));
    const auto p = shown.history.lastOfTick(1'500'000);
    const auto scene = shown.at(p);
    EXPECT_EQ(scene.place, ui::ThreadPlace::Handler);
    EXPECT_EQ(scene.progress, (ui::Progress{900'000, 700'000}));
    EXPECT_EQ(scene.past.wordSince, 1'000'000u);
    ASSERT_EQ(scene.past.alarmCount, 3u);
    EXPECT_EQ(scene.past.alarms[0], (ui::PastAlarm{1'500'000, ui::AlarmEnd::Swallowed, 0, 0}));
    EXPECT_EQ(scene.past.alarms[1], (ui::PastAlarm{1'250'000, ui::AlarmEnd::Swallowed, 0, 0}));
    EXPECT_EQ(scene.past.alarms[2], (ui::PastAlarm{1'000'000, ui::AlarmEnd::Wrote, 0, 0}));
    EXPECT_EQ(scene.dialShare(), 1);
    EXPECT_TRUE(ui::threadSentence(scene).contains(QLatin1String("0.60 of 0.70 s"))) << ui::threadSentence(scene).toStdString();
    EXPECT_TRUE(ui::whyShut(scene).contains(QLatin1String("reads fd 7")));
    const auto l = ui::flowLayout(scene, {0, 0, 1072, 484}, ui::Look());
    ASSERT_EQ(l.cards.size(), 1u);
    EXPECT_TRUE(l.cards[0].isLate);
    ASSERT_TRUE(l.threadRow());
    EXPECT_FALSE(l.threadRow()->bar.isEmpty());
}

TEST(FlowScene, MovesOnWhereNothingHappens)
{
    Shown shown(std::make_shared<const core::Inputs>(tests::daemonInputs("scheduler new\nwork A\nat 0 add A 1\nuntil 3000\n")));
    auto scene = shown.at(shown.history.lastOfTick(0));
    const auto wall = scene.wall;
    scene.moveTo(125'000);
    EXPECT_EQ(scene.wall, wall + 125'000);
    EXPECT_DOUBLE_EQ(scene.dialShare(), .5);
    EXPECT_EQ(scene.nextAlarm(), 250'000u);
}

TEST(FlowScene, CountsTheIdleTimeoutOfTheOldScheduler)
{
    Shown shown(std::make_shared<const core::Inputs>(tests::daemonInputs("scheduler old\nwork A\nat 0 add A 4\nat 1000 burn 0\nat 1500 burn 0\nuntil 9000\n")));
    auto scene = shown.at(shown.history.lastOfTick(1'600'000));
    EXPECT_EQ(scene.past.waitingSince, 1'500'000u);
    EXPECT_EQ(scene.past.restarts, 3u);
    scene.moveTo(2'500'000);
    EXPECT_DOUBLE_EQ(scene.dialShare(), .5);
    ASSERT_EQ(scene.inactive.size(), 1u);
    EXPECT_EQ(scene.inactive[0].due, 4'000'000u);
}

TEST(TwinStrip, FitsInEveryWidthThatHasIt)
{
    for (const auto& run : tests::daemonRuns()) {
        Shown shown(run.inputs);
        for (const auto p : shown.some(15)) {
            const auto twin = ui::makeTwinScene(shown.history.at(p), shown.history.inputsPtr(), shown.history.log(), p, shown.adds);
            for (const double width : {780.0, 936.0, 1072.0, 1560.0})
                for (const double scale : {1.0, 1.5}) {
                    const QRectF box(0, 400, width * scale, 92 * scale);
                    const auto l = ui::twinLayout(twin, box, ui::Look(ui::ThemeName::Dark, scale));
                    ASSERT_EQ(clash(l.labels, box), "") << run.name << ", event " << p.event << ", " << width << " at " << scale;
                    for (const auto& chip : l.chips) ASSERT_TRUE(box.contains(chip.box)) << run.name;
                }
        }
    }
    EXPECT_GT(ui::twinStripHeight(936, 478), 0);
    EXPECT_EQ(ui::twinStripHeight(936, 386), 0);
    EXPECT_EQ(ui::twinStripHeight(600, 800), 0);
}

TEST(TwinStrip, ShowsNoWaitLongerThanTheIdleTimeout)
{
    std::vector<core::InputsPtr> all;
    for (const auto& run : tests::daemonRuns()) {
        all.push_back(run.inputs);
        if (const auto twin = core::counterpartOf(*run.inputs)) all.push_back(twin);
    }
    int ticks = 0, waits = 0;
    for (const auto& inputs : all) {
        if (inputs->daemon.scheduler != core::WorkScheduler::Old) continue;
        Shown shown(inputs);
        const auto end = shown.history.ticksAt(shown.history.end());
        for (std::uint64_t us = 0; us <= end; us += std::max<std::uint64_t>(1, end / 37)) {
            const auto p = shown.history.lastOfTick(us);
            const auto twin = ui::makeTwinScene(shown.history.at(p), shown.history.inputsPtr(), shown.history.log(), p, shown.adds, us);
            std::uint64_t last = 0;
            for (const auto& mark : twin.marks) {
                ASSERT_LE(mark.to - mark.from, inputs->daemon.epollTimeout) << us;
                ASSERT_LE(mark.to, us);
                ASSERT_GE(mark.from, last) << us;
                last = mark.to;
                ++waits;
                if (mark.isTick) ++ticks;
            }
            ASSERT_LE(twin.lastTick.value_or(0), us);
        }
    }
    EXPECT_GT(ticks, 20);
    EXPECT_GT(waits, ticks);
}

TEST(TwinStrip, StartsTheCountdownAnewAfterEachReturn)
{
    Shown shown(std::make_shared<const core::Inputs>(tests::daemonInputs("scheduler old\nwork A\nat 0 add A 4\nat 1000 burn 600\nuntil 9000\n")));
    const auto marks = [&](std::uint64_t us) {
        const auto p = shown.history.lastOfTick(us);
        return ui::makeTwinScene(shown.history.at(p), shown.history.inputsPtr(), shown.history.log(), p, shown.adds, us).marks;
    };
    EXPECT_EQ(marks(1'400'000), (std::vector<ui::TwinMark>{{0, 1'000'000, false, false}})); // busy
    EXPECT_EQ(marks(1'700'000), (std::vector<ui::TwinMark>{{0, 1'000'000, false, false}, {1'600'000, 1'700'000, false, false}}));
    EXPECT_EQ(marks(3'700'000), (std::vector<ui::TwinMark>{{0, 1'000'000, false, false}, {1'600'000, 3'600'000, false, true}, {3'600'000, 3'700'000, false, false}}));
}

TEST(FlowScene, SaysWhatDoesNotExistYet)
{
    Shown shown(tests::daemonRuns().front().inputs);
    auto scene = shown.at({0, 0, 0});
    ASSERT_TRUE(scene.isNew());
    EXPECT_EQ(ui::gateText(scene), QLatin1String("no handler yet"));
    EXPECT_EQ(ui::rowStateText(scene, scene.rows.front()), QLatin1String("not open yet"));
    EXPECT_FALSE(ui::rowHandle(scene.rows.front()).contains(QLatin1Char('0')));
    scene = shown.at(shown.history.lastOfTick(0));
    EXPECT_EQ(ui::gateText(scene), QLatin1String("open"));
    EXPECT_EQ(ui::rowHandle(scene.rows.front()), QLatin1String("fd 7"));
}

TEST(FlowScene, SeesNothingInAPipeThatIsNotWatched)
{
    int unwatched = 0;
    for (const auto& run : tests::daemonRuns()) {
        if (run.inputs->daemon.scheduler == core::WorkScheduler::Old) continue;
        Shown shown(run.inputs);
        for (const auto p : shown.some(40)) {
            const auto scene = shown.at(p);
            if (scene.daemon.isPipePolled) continue;
            EXPECT_NE(scene.rows.front().state, ui::LoopRow::State::Ready) << run.name << ", event " << p.event;
            ++unwatched;
        }
    }
    EXPECT_GT(unwatched, 10);
}

TEST(TgtdWords, WritesTimesAsTheyAreRead)
{
    EXPECT_EQ(ui::secondsText(4'750'000), QLatin1String("4.75"));
    EXPECT_EQ(ui::secondsText(4'000'001), QLatin1String("4.000001"));
    EXPECT_EQ(ui::secondsText(1'021'000), QLatin1String("1.021"));
    EXPECT_EQ(ui::millisecondsText(4'750'999), QLatin1String("4.750"));
    EXPECT_EQ(ui::spanText(1'050'000), QLatin1String("1.05 s"));
    EXPECT_EQ(ui::spanText(20'000), QLatin1String("20 ms"));
    EXPECT_EQ(ui::spanText(35), QLatin1String("35 us"));
    EXPECT_EQ(ui::wallClockText(core::DaemonConfig::wallAtStart + 4'750'000), QLatin1String("17:02:24.750"));
}
