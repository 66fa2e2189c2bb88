// SPDX-License-Identifier: GPL-3.0-or-later
// What the inspector says: pages made from small runs and from the design's own moment.
#include "ui/inspector/pages.h"

#include "core/base/random.h"
#include "core/trace/differences.h"
#include "tests/trace/trace_text.h"
#include "tests/ui/support/small_run.h"
#include "ui/inspector/words.h"

#include <gtest/gtest.h>

using namespace jiffy;
using test::CascadeRun;
using test::SmallRun;

namespace
{

/// The insights of a run, and pages at any of its positions.
struct Reader
{
    explicit Reader(core::History& h) : history(h), accounts(h.world().geometry()), differences(h.inputs())
    {
        index.extend(h.log());
        accounts.extend(h.log());
        for (std::uint64_t e = 0; e < h.log().size(); ++e)
            differences.add(h.log()[e]);
    }
    template <class F> ui::Page at(core::Position p, F make)
    {
        const auto& world = history.at(p);
        const auto turn = ui::turnAt(history.log(), p);
        return make(ui::Facts{world, history.inputs(), history.log(), p.event, turn, index, accounts,
                              differences.isNeeded() ? &differences : nullptr, 0});
    }
    ui::Page timer(core::Position p, core::TimerId t, bool isChosen = true)
    {
        return at(p, [&](const ui::Facts& f) { return ui::timerPage(f, t, isChosen); });
    }
    ui::Page slot(core::Position p, int level, std::uint32_t index_)
    {
        return at(p, [&](const ui::Facts& f) {
            return ui::slotPage(f, f.world.geometry().slot(0, level, index_));
        });
    }
    ui::Page cpu(core::Position p, int c = 0)
    {
        return at(p, [&](const ui::Facts& f) { return ui::cpuPage(f, c); });
    }

    core::History& history;
    core::ItemIndex index;
    core::CpuAccounts accounts;
    core::Differences differences;
};

QString valueOf(const ui::Page& page, const char* name)
{
    for (const auto& s : page.sections)
        for (const auto& f : s.fields)
            if (f.name == QLatin1String(name)) return ui::plainText(f.value);
    return QStringLiteral("(none)");
}

const ui::Field* fieldOf(const ui::Page& page, const char* name)
{
    for (const auto& s : page.sections)
        for (const auto& f : s.fields)
            if (f.name == QLatin1String(name)) return &f;
    return nullptr;
}

const ui::LensFigure* lensOf(const ui::Page& page)
{
    for (const auto& s : page.sections)
        if (s.lens) return &*s.lens;
    return nullptr;
}

QStringList lifeOf(const ui::Page& page)
{
    QStringList out;
    for (const auto& s : page.sections)
        for (const auto& r : s.life)
            out.append(r.text + u' ' + r.where + u' ' + r.when);
    return out;
}

QString plain(QString text)
{
    return text.remove(QChar(0x2009));
}

} // namespace

TEST(InspectorTimer, IsMovingAsInTheDesign)
{
    CascadeRun run;
    run.finish();
    Reader reader(run.history());
    const auto page = reader.timer(*run.after(core::Kind::Moved, run.dnsTtl), run.dnsTtl);
    EXPECT_EQ(page.caption, QStringLiteral("Timer"));
    EXPECT_EQ(page.name, QStringLiteral("dns_ttl"));
    EXPECT_EQ(page.state, QStringLiteral("moving"));
    EXPECT_EQ(plain(valueOf(page, "expires")), QStringLiteral("4294919604"));
    EXPECT_EQ(ui::plainText(fieldOf(page, "expires")->below), QStringLiteral("0xFFFF 45B4"));
    EXPECT_EQ(valueOf(page, "slack"), QStringLiteral("0, exact"));
    const auto* lens = lensOf(page);
    ASSERT_NE(lens, nullptr);
    EXPECT_EQ(lens->question, QStringLiteral("How far away?"));
    EXPECT_EQ(lens->amount, QStringLiteral("180"));
    EXPECT_EQ(lens->upper.value, 180u);
    EXPECT_EQ(lens->upper.firstOne, 7);
    EXPECT_EQ(lens->because, QStringLiteral("its first 1 lies in the tv1 field"));
    EXPECT_EQ(lens->slot, QStringLiteral("tv1[180]"));
    EXPECT_TRUE(lens->higherBits.isEmpty());
    EXPECT_EQ(lifeOf(page), (QStringList{QStringLiteral("added to tv2[5] +0.020 s"),
                                         QStringLiteral("falls to tv1[180] +8.000 s"),
                                         QStringLiteral("due in 180 jiffies 720 ms")}));
    EXPECT_TRUE(page.canDelete);
}

TEST(InspectorTimer, LooksBackWhenTheWheelHasMovedOn)
{
    CascadeRun run;
    run.finish();
    Reader reader(run.history());
    const auto p = run.history().lastOfTick(2'100); // 100 jiffies after the cascade
    const auto page = reader.timer(p, run.dnsTtl);
    EXPECT_EQ(page.state, QStringLiteral("pending"));
    const auto* lens = lensOf(page);
    ASSERT_NE(lens, nullptr);
    EXPECT_EQ(lens->question, QStringLiteral("How far, when it fell?"));
    EXPECT_EQ(lens->amount, QStringLiteral("180")); // as filed, not as it is now
    QString note;
    for (const auto& s : page.sections)
        if (s.lens) note = ui::plainText(s.note);
    EXPECT_TRUE(note.contains(QStringLiteral("moved on by 101"))) << qPrintable(note);
    EXPECT_TRUE(note.contains(QStringLiteral("now 79 away"))) << qPrintable(note);
}

TEST(InspectorTimer, FiresThenHasFired)
{
    CascadeRun run;
    run.finish();
    Reader reader(run.history());
    const auto firing = reader.timer(*run.after(core::Kind::Fired, run.lease), run.lease);
    EXPECT_EQ(firing.state, QStringLiteral("firing"));
    EXPECT_EQ(lensOf(firing)->amount, QStringLiteral("0"));
    EXPECT_EQ(lensOf(firing)->because, QStringLiteral("no 1 at all: tv1"));
    EXPECT_EQ(lifeOf(firing).last(), QStringLiteral("fires on time +8.000 s"));
    const auto fired = reader.timer(*run.after(core::Kind::Left, run.lease), run.lease);
    EXPECT_EQ(fired.state, QStringLiteral("fired"));
    EXPECT_EQ(lifeOf(fired).size(), 3); // the life stays
    EXPECT_FALSE(fired.canDelete);
    EXPECT_EQ(valueOf(fired, "entry"), QStringLiteral("in no list"));
}

TEST(InspectorTimer, IsNotArmedYetBeforeItsTime)
{
    CascadeRun run;
    run.finish();
    Reader reader(run.history());
    const auto page = reader.timer({}, run.lease, false);
    EXPECT_EQ(page.caption, QStringLiteral("Timer of the last event"));
    EXPECT_EQ(page.state, QStringLiteral("not armed yet"));
    EXPECT_FALSE(page.canMove);
}

TEST(InspectorTimer, TellsItsNeighboursDeletionAndCallback)
{
    SmallRun run;
    run.inputs().machine.jiffies = 1000;
    const auto a = run.timer("a"), b = run.timer("b", 0, core::Deferrable), c = run.timer("c");
    core::CallbackStep again, del;
    again.delta = 200;
    del.what = core::CallbackStep::What::Del;
    del.other = a;
    run.inputs().steps = {again, del};
    run.inputs().timers[b.value].stepCount = 2;
    for (const auto t : {a, b, c})
        run.at(1, core::Call::ModTimer, t, 1100);
    run.at(2, core::Call::DelTimer, c);
    run.inputs().untilTicks = 10;
    run.finish();
    Reader reader(run.history());
    const auto middle = reader.timer(run.history().lastOfTick(1), b);
    EXPECT_EQ(valueOf(middle, "entry.next"), QStringLiteral("c"));
    EXPECT_EQ(valueOf(middle, "entry.prev"), QStringLiteral("a"));
    EXPECT_EQ(fieldOf(middle, "entry.next")->link, ui::Link::timer(c));
    EXPECT_EQ(middle.state, QStringLiteral("pending, deferrable"));
    EXPECT_EQ(ui::plainText(fieldOf(middle, "base")->below), QStringLiteral("deferrable"));
    EXPECT_EQ(valueOf(middle, "function"), QStringLiteral("re-arms itself +200, deletes a"));
    const auto last = reader.timer(run.history().lastOfTick(1), c);
    EXPECT_EQ(valueOf(last, "entry.next"), QStringLiteral("the head, tv1[76]"));
    const auto deleted = reader.timer(run.history().end(), c);
    EXPECT_EQ(deleted.state, QStringLiteral("deleted"));
    EXPECT_EQ(lifeOf(deleted).last(), QStringLiteral("deleted from tv1[76] +0.008 s"));
}

TEST(InspectorTimer, SaysWhatSlackMadeOfTheExpiry)
{
    SmallRun run;
    run.inputs().machine.jiffies = 1000;
    const auto a = run.timer("a");
    run.inputs().timers[a.value].slack = -1;
    run.at(0, core::Call::ModTimer, a, 11'000);
    run.inputs().untilTicks = 2;
    run.finish();
    Reader reader(run.history());
    const auto page = reader.timer(run.history().end(), a);
    EXPECT_EQ(plain(valueOf(page, "expires")), QStringLiteral("11008"));
    EXPECT_EQ(plain(ui::plainText(fieldOf(page, "slack")->note)),
              QStringLiteral("11000 was asked for; slack made it 8 jiffies later."));
}

TEST(InspectorTimer, ShortensALongLife)
{
    SmallRun run;
    run.inputs().machine.jiffies = 1000;
    const auto a = run.timer("a");
    for (std::uint64_t i = 0; i < 40; ++i)
        run.at(i, core::Call::ModTimer, a, 1100 + i);
    run.inputs().untilTicks = 50;
    run.finish();
    Reader reader(run.history());
    const auto life = lifeOf(reader.timer(run.history().end(), a));
    ASSERT_EQ(life.size(), 10); // "more before", eight, the plan
    EXPECT_TRUE(life.first().startsWith(QStringLiteral("more before")));
    for (int i = 1; i < 9; ++i)
        EXPECT_TRUE(life[i].startsWith(QStringLiteral("re-armed to"))) << qPrintable(life[i]);
}

TEST(InspectorLens, ExceptionsAreSaidInWords)
{
    const auto g32 = core::wheelGeometry(1, core::Word(32), false);
    const auto g64 = core::wheelGeometry(1, core::Word(64), false);
    const auto small = core::wheelGeometry(1, core::Word(32), true);
    const auto past = ui::lensFigure(g32, 990, 1001);
    EXPECT_EQ(past.amount, QStringLiteral("−11"));
    EXPECT_EQ(past.because, QStringLiteral("negative, the past: tv1"));
    EXPECT_EQ(past.slot, QStringLiteral("tv1[233]")); // that of timer_jiffies
    EXPECT_EQ(past.lower.value, 1001u);
    const auto far64 = ui::lensFigure(g64, 1ull << 33, 1000);
    EXPECT_EQ(far64.because, QStringLiteral("more than the wheel holds: tv5"));
    EXPECT_EQ(far64.level, 4);
    EXPECT_EQ(far64.lower.value, 1000 + 0xFFFF'FFFFull);
    EXPECT_EQ(far64.higherBits, QStringLiteral("+32 higher bits"));
    const auto farSmall = ui::lensFigure(small, 5'000'000, 1);
    EXPECT_EQ(farSmall.slot, QStringLiteral("tv5[0]"));
    EXPECT_EQ(farSmall.higherBits, QStringLiteral("+10 higher bits"));
}

TEST(InspectorLens, TheFramedFieldNamesLevelAndSlotOfTheFilingRule)
{
    core::Random random{4};
    for (const bool isSmall : {false, true}) {
        for (const int bits : {32, 64}) {
            const auto g = core::wheelGeometry(1, core::Word(bits), isSmall);
            for (int i = 0; i < 2'000; ++i) {
                const auto position = g.word.reduce(random.next());
                const auto expires = g.word.add(position, random.next() >> random.between(0, 63));
                const auto f = ui::lensFigure(g, expires, position);
                const auto place = g.place(core::SlotId(core::slotWithin(g, expires, position)));
                ASSERT_EQ(f.level, place.level);
                const auto& level = g.level[static_cast<std::size_t>(place.level)];
                ASSERT_EQ(level.indexOf(f.lower.value), place.index);
                if (f.upper.firstOne >= 0) { // the first 1 lies in the framed field
                    ASSERT_GE(f.upper.firstOne, level.shift);
                    ASSERT_LT(f.upper.firstOne,
                              level.shift + std::countr_zero(static_cast<unsigned>(level.slots)));
                }
            }
        }
    }
}

TEST(InspectorSlot, TurnComesWhenTheWheelServesIt)
{
    core::Random random{9};
    for (const bool isSmall : {false, true}) {
        const auto g = core::wheelGeometry(1, core::Word(32), isSmall);
        for (int i = 0; i < 300; ++i) {
            const auto position = g.word.reduce(
                random.between(0, 1) != 0 ? random.next() : 0xFFFF'FFFF - random.between(0, 300));
            core::Place place;
            place.level = static_cast<int>(random.between(0, 1));
            place.list = core::Place::List::Slot;
            const auto& level = g.level[static_cast<std::size_t>(place.level)];
            place.index =
                static_cast<std::uint32_t>(random.between(0, static_cast<std::uint64_t>(level.slots - 1)));
            const auto turn = ui::turnOf(g, place, position, position);
            // Walk as __run_timers() does.
            core::Jiffies at = position;
            const auto serves = [&](core::Jiffies j) {
                return place.level == 0 ? g.level[0].indexOf(j) == place.index
                                        : g.level[0].indexOf(j) == 0 && level.indexOf(j) == place.index;
            };
            while (!serves(at))
                at = g.word.add(at, 1);
            ASSERT_EQ(turn.first, at);
            ASSERT_EQ(turn.last, g.word.add(at, (1ull << level.shift) - 1));
            ASSERT_EQ(turn.ticksAway, g.word.signedDistance(at, position));
        }
    }
}

TEST(InspectorSlot, SaysWhatItServesAndWhoWaits)
{
    CascadeRun run;
    run.finish();
    Reader reader(run.history());
    const auto page = reader.slot(run.history().lastOfTick(1'000), 1, 5);
    EXPECT_EQ(page.name, QStringLiteral("tv2[5]"));
    EXPECT_EQ(page.nameLevel, 1);
    EXPECT_EQ(page.state, QStringLiteral("5 timers"));
    EXPECT_EQ(page.listCount, 5u);
    EXPECT_EQ(ui::plainText(fieldOf(page, "serves from")->below), QStringLiteral("0xFFFF 4500"));
    EXPECT_EQ(ui::plainText(fieldOf(page, "to")->below), QStringLiteral("0xFFFF 45FF"));
    EXPECT_EQ(plain(valueOf(page, "cascaded")), QStringLiteral("in 1000 jiffies"));
    const auto now = reader.slot(*run.after(core::Kind::Moved, run.dnsTtl), 1, 5);
    EXPECT_EQ(now.state, QStringLiteral("being cascaded"));
    const auto empty = reader.slot({}, 0, 9);
    EXPECT_EQ(empty.state, QStringLiteral("empty"));
    EXPECT_TRUE(empty.listTitle.isEmpty());
}

TEST(InspectorCpu, TellsTheBaseAndMarksWhatIsStale)
{
    CascadeRun run(2);
    run.finish();
    Reader reader(run.history());
    const auto before = reader.cpu(run.history().lastOfTick(6));
    EXPECT_EQ(before.state, QStringLiteral("busy"));
    EXPECT_EQ(valueOf(before, "lock"), QStringLiteral("free"));
    EXPECT_EQ(valueOf(before, "active_timers"), QStringLiteral("5"));
    EXPECT_TRUE(
        ui::plainText(fieldOf(before, "active_timers")->note).contains(QStringLiteral("does not count")));
    EXPECT_EQ(valueOf(before, "armed"), QStringLiteral("6"));
    EXPECT_EQ(valueOf(before, "fired"), QStringLiteral("0")); // up to the playhead, not to the end
    const auto cascading = reader.cpu(*run.after(core::Kind::Moved, run.dnsTtl));
    EXPECT_EQ(valueOf(cascading, "lock"), QStringLiteral("held by __run_timers"));
    const auto firing = reader.cpu(*run.after(core::Kind::Fired, run.lease));
    EXPECT_EQ(valueOf(firing, "lock"), QStringLiteral("free")); // callbacks run without it
    EXPECT_EQ(valueOf(firing, "running_timer"), QStringLiteral("lease"));
    EXPECT_EQ(fieldOf(firing, "next_timer")->mark, QStringLiteral("stale"));
    EXPECT_EQ(valueOf(firing, "fired"), QStringLiteral("1"));
    const auto other = reader.cpu(*run.after(core::Kind::Fired, run.lease), 1);
    EXPECT_EQ(valueOf(other, "armed"), QStringLiteral("0"));
    EXPECT_EQ(valueOf(other, "lock"), QStringLiteral("free"));
}

TEST(InspectorCpu, NextTimerIsStaleExactlyWhenItIsNotTheEarliestExpiry)
{
    SmallRun run;
    run.inputs().machine.jiffies = 1000;
    const auto a = run.timer("a"), b = run.timer("b");
    run.at(0, core::Call::ModTimer, a, 1050);
    run.at(0, core::Call::ModTimer, b, 1100);
    run.inputs().untilTicks = 120;
    run.finish();
    Reader reader(run.history());
    const auto stale = [&](std::uint64_t tick) {
        return !fieldOf(reader.cpu(run.history().lastOfTick(tick)), "next_timer")->mark.isEmpty();
    };
    EXPECT_TRUE(stale(0));   // it began at the position, and filing only lowers it
    EXPECT_TRUE(stale(60));  // a has fired: nothing has searched anew
    EXPECT_TRUE(stale(110)); // none is left
}

TEST(InspectorMachine, KeepsWhatTheRecordedMachineDid)
{
    core::test::TraceText t;
    t.at(0, 0).start("a", 2);
    t.at(0, 16).cancel("a").enter("a").at(0, 16.1).leave("a");
    t.at(0, 40).start("a", 2);
    const auto inputs = std::make_shared<const core::Inputs>(core::test::import(t.text()));
    core::History history(inputs, core::runAll(inputs));
    Reader reader(history);
    const auto page = reader.timer(history.end(), core::TimerId(0));
    ASSERT_NE(fieldOf(page, "ran it at"), nullptr);
    EXPECT_TRUE(valueOf(page, "here").contains(QStringLiteral("earlier")))
        << qPrintable(valueOf(page, "here"));
    EXPECT_EQ(valueOf(page, "and took"), QStringLiteral("100.0 µs"));
    // Before the machine's run nothing is told of it.
    EXPECT_EQ(fieldOf(reader.timer(history.lastOfTick(1), core::TimerId(0)), "ran it at"), nullptr);
}

TEST(InspectorWords, TimesAreShort)
{
    const core::Hz hz{250};
    EXPECT_EQ(ui::durationText(hz, 180), QStringLiteral("720 ms"));
    EXPECT_EQ(ui::durationText(hz, 256), QStringLiteral("1.02 s"));
    EXPECT_EQ(ui::durationText(hz, 1'048'576), QStringLiteral("69.9 min"));
    EXPECT_EQ(ui::durationText(hz, 67'108'864), QStringLiteral("74.6 h"));
    EXPECT_EQ(ui::sinceStart(hz, 27'128), QStringLiteral("+108.512 s"));
    EXPECT_EQ(ui::jiffiesText(1), QStringLiteral("1 jiffy"));
    EXPECT_EQ(ui::signedText(-5), QStringLiteral("−5"));
}
