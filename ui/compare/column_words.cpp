// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/column_words.h"

#include "ui/theme/look.h"

#include <QCoreApplication>

#include <bit>

namespace jiffy::ui
{

using core::TimerAlgorithm;

namespace
{

struct Compare
{
    Q_DECLARE_TR_FUNCTIONS(Compare)
};

QString number(std::uint64_t n)
{
    return QString::number(n);
}

/// "one", "two", ... "nine", then figures.
QString counted(std::uint64_t n)
{
    static const char* const words[] = {
        QT_TRANSLATE_NOOP("Compare", "no"),    QT_TRANSLATE_NOOP("Compare", "one"),
        QT_TRANSLATE_NOOP("Compare", "two"),   QT_TRANSLATE_NOOP("Compare", "three"),
        QT_TRANSLATE_NOOP("Compare", "four"),  QT_TRANSLATE_NOOP("Compare", "five"),
        QT_TRANSLATE_NOOP("Compare", "six"),   QT_TRANSLATE_NOOP("Compare", "seven"),
        QT_TRANSLATE_NOOP("Compare", "eight"), QT_TRANSLATE_NOOP("Compare", "nine")};
    return n < 10 ? Compare::tr(words[n]) : grouped(n);
}
QString capital(QString text)
{
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return text;
}
QString handlers(std::uint64_t n)
{
    return n == 1 ? Compare::tr("one handler") : Compare::tr("%1 handlers").arg(counted(n));
}
QString moves(std::uint64_t n)
{
    return n == 1 ? Compare::tr("one move") : Compare::tr("%1 moves").arg(grouped(n));
}
QString comparisons(std::uint64_t n)
{
    return n == 0   ? Compare::tr("no comparison")
           : n == 1 ? Compare::tr("one comparison")
                    : Compare::tr("%1 comparisons").arg(grouped(n));
}
QString slotText(const core::Geometry& g, core::SlotId slot)
{
    return QString::fromStdString(g.slotName(slot));
}

QString callSentence(const Doing& doing, const core::World& world)
{
    const auto& g = world.geometry();
    switch (doing.kind) {
    case core::Kind::Refused:
        return Compare::tr("The call is answered with BUG_ON: the timer is pending.");
    case core::Kind::Unqueued:
        return g.is(TimerAlgorithm::SortedList)
                   ? Compare::tr("Unlinks the timer where it stands: nothing to search.")
                   : Compare::tr("Unlinks the timer from %1: nothing to search.")
                         .arg(slotText(g, doing.slot));
    case core::Kind::ItemSet:
        return Compare::tr("It stays in %1: only its expiry changes.").arg(slotText(g, doing.slot));
    case core::Kind::Queued:
        break;
    case core::Kind::Entered:
        return Compare::tr("The call changes nothing.");
    default:
        return Compare::tr("Nothing changes.");
    }
    if (g.is(TimerAlgorithm::SortedList))
        return Compare::tr("Walks from the head to its place: %1.").arg(comparisons(doing.comparisons));
    const auto slot = slotText(g, doing.slot);
    if (g.is(TimerAlgorithm::Wheel61)) {
        const auto& item = world.item(doing.timer);
        const auto ago =
            static_cast<std::uint32_t>(world.cpu(item.cpu).clk(item.isDeferrable() ? 1 : 0)) - item.filedAt;
        const auto clk = g.word.reduce(world.cpu(item.cpu).clk(item.isDeferrable() ? 1 : 0) - ago);
        return Compare::tr("Files it in %1, due at %2: nothing to search.")
            .arg(slot, number(core::bucketFor(g, item.expires, clk).due));
    }
    return g.place(doing.slot).level == 0
               ? Compare::tr("Files it in %1: one subtraction, one mask.").arg(slot)
               : Compare::tr("Files it in %1: one subtraction, one shift, one mask.").arg(slot);
}

QString listTick(const Doing& doing, const core::World& world, int cpu)
{
    if (doing.handlers == 1) return Compare::tr("Takes the head: one handler, nothing to search.");
    if (doing.handlers > 1)
        return Compare::tr("Takes %1 from the head, one after the other.").arg(counted(doing.handlers));
    const auto head = world.listAt(world.geometry().sortedList(cpu)).first;
    if (!head.isValid()) return Compare::tr("Looks at an empty list.");
    return Compare::tr("Looks at the head only: it is due at %1.").arg(number(world.item(head).expires));
}

QString wheel39Tick(const Doing& doing, const core::World& world, const core::CostTotals& costs,
                    core::Jiffies start)
{
    const auto& g = world.geometry();
    QString text;
    if (doing.moves > 0 && doing.handlers == 0)
        text = Compare::tr("Cascades %1: %2.").arg(slotText(g, doing.cascaded), moves(doing.moves));
    else if (doing.moves > 0)
        text = Compare::tr("Cascades %1: %2, then %3.")
                   .arg(slotText(g, doing.cascaded), moves(doing.moves), handlers(doing.handlers));
    else if (doing.handlers > 0)
        text = Compare::tr("Takes one slot: %1.").arg(handlers(doing.handlers));
    else if ((world.clock().jiffies & g.level[0].mask()) == 0)
        text = Compare::tr("Looks at one slot and cascades an empty one.");
    else
        text = Compare::tr("Looks at one slot: it is empty.");
    const auto& most = costs.mostMoves;
    if (most.isAny() && most.value > 1 && most.tick != world.clock().ticks)
        text +=
            QLatin1Char(' ') +
            Compare::tr("It paid at %1: %2.").arg(number(g.word.add(start, most.tick)), moves(most.value));
    return text;
}

/// Levels whose slots end with this jiffy, and are looked at.
int levelsDue(const core::Geometry& g, core::Jiffies now)
{
    return std::min(g.levels, 1 + std::countr_zero(now | 1ull << 62) / 3);
}

/// "on time", "one jiffy late", "up to 64 jiffies late", "one jiffy late, one 63 early"
QString punctuality(const Doing& doing)
{
    const auto jiffies = [](std::int64_t n) { return grouped(static_cast<std::uint64_t>(n)); };
    QString text;
    if (doing.early < doing.handlers || doing.early == 0)
        text = doing.latest <= 0 ? Compare::tr("on time")
               : doing.handlers == 1
                   ? (doing.latest == 1 ? Compare::tr("one jiffy late")
                                        : Compare::tr("%1 jiffies late").arg(jiffies(doing.latest)))
               : doing.latest == 1 ? Compare::tr("one jiffy late")
                                   : Compare::tr("up to %1 jiffies late").arg(jiffies(doing.latest));
    if (doing.early == 0) return text;
    const bool isSaid = doing.latest > 0 && !text.isEmpty();
    if (!text.isEmpty()) text += QStringLiteral(", ");
    const auto by = isSaid                ? jiffies(doing.earliest)
                    : doing.earliest == 1 ? Compare::tr("one jiffy")
                                          : Compare::tr("%1 jiffies").arg(jiffies(doing.earliest));
    return text + (doing.early == 1 ? Compare::tr("one %1 early").arg(by)
                                    : Compare::tr("%1 up to %2 early").arg(counted(doing.early), by));
}

QString nothingDue(const core::World& world, int cpu)
{
    const auto& g = world.geometry();
    const auto& c = world.cpu(cpu);
    std::optional<core::Jiffies> next;
    for (int wheel = 0; wheel < g.wheels; ++wheel) {
        if (!c.timersPending[static_cast<std::size_t>(wheel)]) continue;
        if (!next || g.word.isBefore(c.nextExpiry(wheel), *next)) next = c.nextExpiry(wheel);
    }
    return next ? Compare::tr("Nothing is due before %1: it looks at no slot.").arg(number(*next))
                : Compare::tr("Nothing is pending: it looks at no slot.");
}

QString wheel61Tick(const Doing& doing, const core::World& world, int cpu)
{
    if (doing.handlers == 0 && doing.slotsTaken == 0) return nothingDue(world, cpu);
    const auto held = counted(doing.timersTaken);
    QString text;
    const int due = levelsDue(world.geometry(), world.clock().jiffies);
    if (doing.slotsTaken == 1 && doing.areLevelsOnce && due > 1 && doing.highestLevel < due)
        text = Compare::tr("%1 slots are due; one holds %2")
                   .arg(capital(counted(static_cast<std::uint64_t>(due))), held);
    else if (doing.slotsTaken == 1)
        text = Compare::tr("One slot is due: it holds %1").arg(held);
    else if (doing.slotsTaken == doing.timersTaken)
        text = Compare::tr("Takes %1 slots, one timer in each").arg(counted(doing.slotsTaken));
    else
        text = Compare::tr("Takes %1 slots; they hold %2").arg(counted(doing.slotsTaken), held);
    if (doing.handlers == 0) return Compare::tr("%1, none is called.").arg(text);
    if (doing.handlers != doing.timersTaken) {
        if (doing.slotsTaken == 1) text = Compare::tr("One slot holds %1").arg(held);
        return Compare::tr("%1; %2 called: %3.").arg(text, counted(doing.handlers), punctuality(doing));
    }
    return Compare::tr("%1, %2.").arg(text, punctuality(doing));
}

} // namespace

QString algorithmTitle(const core::TimersInfo& timers)
{
    switch (timers.algorithm) {
    case TimerAlgorithm::SortedList:
        return Compare::tr("Sorted list");
    case TimerAlgorithm::Wheel61:
        return Compare::tr("Non-cascading wheel");
    case TimerAlgorithm::Wheel39:
        break;
    }
    return timers.isSmall ? Compare::tr("Small cascading wheel") : Compare::tr("Cascading wheel");
}

QString algorithmOrigin(const core::TimersInfo& timers)
{
    switch (timers.algorithm) {
    case TimerAlgorithm::SortedList:
        return Compare::tr("Linux until 1997, and tgtd");
    case TimerAlgorithm::Wheel61:
        return Compare::tr("Linux 4.8 and later");
    case TimerAlgorithm::Wheel39:
        break;
    }
    return timers.isSmall ? Compare::tr("Linux 3.9, BASE_SMALL") : Compare::tr("Linux 3.9");
}

namespace
{

QString sentenceOf(const Doing& doing, const core::World& world, const core::CostTotals& costs,
                   const core::Inputs& inputs, int cpu)
{
    switch (doing.what) {
    case Doing::What::Start:
        return Compare::tr("Nothing has been done yet.");
    case Doing::What::Call:
        return callSentence(doing, world);
    case Doing::What::Comes:
        return Compare::tr("The clock has come to %1; the softirq comes next.")
            .arg(number(world.clock().jiffies));
    case Doing::What::Spin:
        return Compare::tr("The run ends here: a timer arms itself for now, so the head is always due.");
    case Doing::What::Limit:
        return Compare::tr("The run ends here, at its limit of events.");
    case Doing::What::Works:
        if (doing.handlers > 0)
            return Compare::tr("In the softirq: %1 so far.").arg(handlers(doing.handlers));
        if (doing.moves > 0)
            return Compare::tr("In the softirq, cascading %1: %2 so far.")
                .arg(slotText(world.geometry(), doing.cascaded), moves(doing.moves));
        return Compare::tr("In the softirq: nothing has been taken yet.");
    case Doing::What::Tick:
        break;
    }
    switch (world.geometry().algorithm) {
    case TimerAlgorithm::SortedList:
        return listTick(doing, world, cpu);
    case TimerAlgorithm::Wheel61:
        return wheel61Tick(doing, world, cpu);
    case TimerAlgorithm::Wheel39:
        break;
    }
    return wheel39Tick(doing, world, costs, inputs.machine.jiffies);
}

} // namespace

QString doingSentence(const Doing& doing, const core::World& world, const core::CostTotals& costs,
                      const core::Inputs& inputs, int cpu)
{
    auto text = sentenceOf(doing, world, costs, inputs, cpu);
    const bool isOfRun = doing.what == Doing::What::Spin || doing.what == Doing::What::Limit;
    if (world.cpuCount() <= 1 || isOfRun || text.isEmpty()) return text;
    text[0] = text[0].toLower();
    const bool isElsewhere = doing.what == Doing::What::Call && doing.actingCpu >= 0;
    return Compare::tr("CPU %1: %2").arg(isElsewhere ? doing.actingCpu : cpu).arg(text);
}

QString insertionLead()
{
    return Compare::tr("To insert ");
}

QString insertionRest(const core::NewTimer& timer, const core::Geometry& geometry)
{
    const auto slot = slotText(geometry, timer.slot);
    switch (geometry.algorithm) {
    case TimerAlgorithm::SortedList:
        if (timer.passed == 0)
            return timer.comparisons == 0 ? Compare::tr(" now: the list is empty, no comparison.")
                                          : Compare::tr(" now: it becomes the head, one comparison.");
        return Compare::tr(" now: walk past %1, %2.")
            .arg(timer.passed == 1 ? Compare::tr("one timer")
                                   : Compare::tr("%1 timers").arg(grouped(timer.passed)),
                 comparisons(timer.comparisons));
    case TimerAlgorithm::Wheel61:
        if (timer.isPast)
            return Compare::tr(" now: overdue, the clock's own slot, called at %1.")
                .arg(number(timer.called));
        if (timer.isForcedEarly)
            return Compare::tr(" now: too far for the wheel, called early, at %1.").arg(number(timer.called));
        return Compare::tr(" now: level %1, rounded up to %2.").arg(timer.level).arg(number(timer.called));
    case TimerAlgorithm::Wheel39:
        break;
    }
    if (timer.isPast) return Compare::tr(" now: overdue, the slot that is next, %1.").arg(slot);
    if (timer.level == 0) return Compare::tr(" now: one subtraction, one mask, %1.").arg(slot);
    return timer.moves == 1 ? Compare::tr(" now: a shift and a mask, %1; to be moved once.").arg(slot)
                            : Compare::tr(" now: a shift and a mask, %1; to be moved %2 times.")
                                  .arg(slot)
                                  .arg(timer.moves);
}

QString insertionSentence(const core::NewTimer& timer, const core::Geometry& geometry, core::Jiffies expires)
{
    return insertionLead() + number(expires) + insertionRest(timer, geometry);
}

core::Jiffies roundAhead(core::Jiffies now, core::Word word)
{
    constexpr core::Jiffies unit = 100, least = 50;
    return word.reduce((now + least + unit - 1) / unit * unit);
}

} // namespace jiffy::ui
