// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nohz/words.h"

#include "ui/theme/look.h"

#include <QCoreApplication>

namespace jiffy::ui
{

namespace
{

QString say(const char* text) { return QCoreApplication::translate("Nohz", text); }
QString counted(std::uint64_t n, const char* one, const char* many) { return n == 1 ? say(one) : say(many).arg(grouped(n)); }

/// The slot of the first level that a position names.
std::uint32_t slotOf(const NohzScene& s, core::Jiffies position) { return s.geometry.level[0].indexOf(position); }

/// Turns that the CPU owes while it sleeps.
std::uint64_t owed(const NohzScene& s)
{
    // Jiffies that stand will have caught up by then.
    const auto n = s.geometry.word.signedDistance(s.byClock, s.position);
    return n < 0 ? 0 : static_cast<std::uint64_t>(n) + 1;
}

} // namespace

QString cpuCaption(const core::World& world, const core::Inputs& inputs, int cpu, std::size_t sleeps)
{
    const core::KernelState& k = world.kernel();
    const core::KernelCpu& c = k.cpu(cpu);
    if (c.spinning != 0) return say("spins");
    if (world.cpu(cpu).running.isValid()) return say("calls %1").arg(QString::fromStdString(inputs.timerName(world.cpu(cpu).running)));
    if (world.cpu(cpu).inSoftirq) return say("in softirq");
    if (c.interrupt != core::Interrupt::None) return say("interrupted");
    if (k.isAsleep(cpu)) return sleeps > 2 ? say("naps") : say("asleep");
    if (k.dutyCpu == static_cast<std::uint64_t>(cpu)) return say("keeps jiffies");
    if (c.current != 0) return say("runs a process");
    if (c.hasLoad) return say("busy");
    return world.cpu(cpu).idle ? say("idle, ticks") : say("awake");
}

QString wokenByText(core::WokenBy by)
{
    switch (by) {
    case core::WokenBy::Nothing: return say("still asleep");
    case core::WokenBy::Timer: return say("its timer");
    case core::WokenBy::Interrupt: return say("a device");
    case core::WokenBy::Ipi: return say("another CPU");
    case core::WokenBy::Work: return say("work");
    }
    return {};
}

QStringList voidTexts(std::uint64_t saved, SleepIs when)
{
    if (saved == 0) return {};
    if (when == SleepIs::Ahead) return {counted(saved, "1 tick will not happen", "%1 ticks will not happen")};
    if (when == SleepIs::Now) return {counted(saved, "1 tick did not happen so far", "%1 ticks did not happen so far"), counted(saved, "1 tick saved so far", "%1 ticks saved so far")};
    return {counted(saved, "1 tick that did not happen: no interrupt, no softirq, no hand", "%1 ticks that did not happen: no interrupt, no softirq, no hand"),
            counted(saved, "1 tick that did not happen", "%1 ticks that did not happen"), counted(saved, "1 tick saved", "%1 ticks saved")};
}

// ---- what is opened

QString openedTitle(const NohzScene& s)
{
    if (s.story) return say("CPU %1 at %2, opened").arg(s.cpu).arg(s.story->account.jiffies);
    if (s.sleep) return say("CPU %1 sleeps").arg(s.cpu);
    return say("CPU %1 has not slept").arg(s.cpu);
}

QString openedText(const NohzScene& s)
{
    if (s.story) {
        const core::CatchUp& c = s.story->account;
        if (s.isModern()) return say("one softirq: clk jumps from bucket to bucket, it walks no turns");
        if (s.isList()) return say("one softirq looks at the head of the list until it is not due");
        const bool isQuiet = s.story->told.stretches.size() == 1 && s.story->told.stretches.front().isRun && c.fired == 0;
        return isQuiet ? counted(c.turns, "one softirq walks 1 turn and finds nothing", "one softirq walks %1 turns and finds nothing")
                       : counted(c.turns, "one softirq walks 1 turn", "one softirq walks %1 turns");
    }
    if (!s.sleep) return say("its tick was never stopped: one interrupt, one turn");
    if (s.isModern()) return say("nothing to walk: clk will jump to the next bucket that is due");
    if (s.isList()) return say("nothing to walk: a list has no position");
    const QString turns = counted(owed(s), "1 turn owed so far", "%1 turns owed so far");
    return s.sleep->until == ~0ull ? say("until something comes; %1").arg(turns) : say("until %1; %2").arg(QString::number(s.sleep->until), turns);
}

QString nothingOpened(const NohzScene& s)
{
    if (s.sleep) return say("opens when it wakes");
    constexpr int most = 3;
    QString names;
    int count = 0;
    for (std::size_t c = 0; c < s.cpus.size(); ++c) {
        if (!s.cpus[c].hasSlept || static_cast<int>(c) == s.cpu) continue;
        if (++count > most) continue;
        names += (names.isEmpty() ? QString() : QStringLiteral(", ")) + say("CPU %1").arg(c);
    }
    if (count == 0) return say("nothing to open");
    if (count > most) names = say("%1 and %2 more").arg(names, grouped(static_cast<std::uint64_t>(count - most)));
    return count == 1 ? say("nothing to open; %1 has slept: click its name").arg(names) : say("nothing to open; %1 have slept: click a name").arg(names);
}

// ---- prices

QString pricesTitle(const NohzScene& s)
{
    if (s.story) {
        if (s.story->account.sleeps == 1) return say("What the sleep saved, and what it cost on waking");
        return say("What %1 sleeps saved, and what they cost").arg(grouped(s.story->account.sleeps));
    }
    if (s.sleep && s.sleep->owed != 0) return say("What its sleeps have saved so far, and what they will cost");
    return s.sleep ? say("What the sleep has saved so far, and what it will cost") : say("What a sleep saves, and what it costs on waking");
}

std::vector<Price> pricesOf(const NohzScene& s)
{
    std::vector<Price> rows;
    if (!s.story) {
        if (!s.sleep) return rows;
        rows.push_back({say("tick interrupts saved so far"), s.sleep->owed + s.sleep->saved(s.tick), Price::Kind::Saved});
        if (!s.isModern() && !s.isList()) rows.push_back({say("turns of the loop owed"), owed(s), Price::Kind::Cost});
        return rows;
    }
    const core::CatchUp& c = s.story->account;
    rows.push_back({say("tick interrupts saved"), c.saved, Price::Kind::Saved});
    if (s.isModern()) {
        rows.push_back({say("jiffies that clk jumped over"), c.jumped, Price::Kind::Plain});
        rows.push_back({say("buckets collected, on both wheels"), c.turns, Price::Kind::Plain});
        rows.push_back({say("buckets that held a timer"), c.held, Price::Kind::Plain});
    } else if (s.isList()) {
        rows.push_back({say("timers taken off the head"), c.fired, Price::Kind::Plain});
    } else {
        rows.push_back({say("loop turns in one softirq"), c.turns, Price::Kind::Cost});
        rows.push_back({say("slots that held a timer"), c.held, Price::Kind::Plain});
        const QString empty = c.emptyCascades == 0              ? say("none of them empty")
                              : c.emptyCascades == c.cascades ? (c.cascades == 1 ? say("it was empty") : say("all of them empty"))
                              : c.emptyCascades == 1          ? say("one of them empty")
                                                              : say("%1 of them empty").arg(grouped(c.emptyCascades));
        rows.push_back({c.cascades == 0 ? say("cascades met") : say("cascades met, %1").arg(empty), c.cascades, Price::Kind::Plain});
    }
    // Of whom the lateness is told: in the order of their calls, while they are few.
    const auto& calls = s.story->told.calls;
    if (calls.size() <= 3) {
        for (const auto& call : calls) {
            const auto late = static_cast<std::uint64_t>(std::max<std::int64_t>(0, call.late));
            rows.push_back({say("lateness of %1, jiffies").arg(s.nameOf(call.timer)), late, late > 0 ? Price::Kind::Cost : Price::Kind::Plain});
        }
    } else {
        rows.push_back({say("timers called"), c.fired, Price::Kind::Plain});
        rows.push_back({say("worst lateness of them, jiffies"), c.worstLate, c.worstLate > 0 ? Price::Kind::Cost : Price::Kind::Plain});
    }
    return rows;
}

QString pricesNote(const NohzScene& s)
{
    if (!s.story && !s.sleep) return say("CPU %1 has had every tick so far: nothing saved, nothing owed.").arg(s.cpu);
    if (s.isModern())
        return say("Since 4.8 an empty slot costs nothing: __run_timers() brings clk straight to next_expiry, collects what is due there, and looks for the "
                   "next. Deferrable timers have a wheel of their own, whose clk jumps after that of the other.");
    if (s.isList()) return say("A sorted list knows its next timer at its head. It has no position that could fall behind.");
    if (!s.story) return say("3.9 has no short cut for empty slots: each jiffy that goes by is a turn of the loop in __run_timers() on waking.");
    return {};
}

// ---- hands

QString handText(const NohzScene& s)
{
    if (s.isModern()) return say("clk %1").arg(slotOf(s, s.position));
    return s.isInside ? say("serves %1").arg(slotOf(s, s.position - 1)) : say("next %1").arg(slotOf(s, s.position));
}

QString jiffiesHandText(const NohzScene& s) { return say("jiffies %1").arg(slotOf(s, s.jiffies)); }

QString behindText(const NohzScene& s)
{
    if (s.behind == 0 && s.isStale()) return say("jiffies stand, too");
    if (s.behind == 0) return s.isModern() ? say("clk is up to date") : say("up to date");
    const auto slots = static_cast<std::uint64_t>(s.geometry.level[0].slots);
    const std::uint64_t rounds = s.behind / slots;
    const QString text = s.isModern() ? say("jiffies ahead of clk") : say("behind");
    return rounds < 2 ? text : say("%1, %2 rounds").arg(text, grouped(rounds));
}

QString sceneText(const NohzScene& s)
{
    if (s.isEmpty()) return {};
    QStringList parts;
    const NohzCpu& c = s.cpus[static_cast<std::size_t>(s.cpu)];
    parts += say("CPU %1: %2, %3 interrupts").arg(QString::number(s.cpu), c.caption, grouped(c.interrupts));
    if (s.isStale()) parts += say("jiffies stand at %1, by the clock it is %2").arg(s.jiffies).arg(s.byClock);
    if (s.sleep) parts += counted(s.sleep->saved(s.tick), "1 tick saved in this sleep so far", "%1 ticks saved in this sleep so far");
    if (s.story) {
        parts += openedTitle(s) + QStringLiteral(": ") + openedText(s);
        if (s.isInside && !s.isModern() && !s.isList()) parts += say("turn %1 of %2").arg(grouped(s.turnsDone), grouped(s.story->account.turns));
        for (const Price& p : pricesOf(s)) parts += QStringLiteral("%1: %2").arg(p.text, grouped(p.value));
    }
    if (s.behind != 0) parts += say("%1 jiffies behind").arg(grouped(s.behind));
    return parts.join(QStringLiteral(". "));
}

} // namespace jiffy::ui
