// SPDX-License-Identifier: GPL-3.0-or-later
// A slot: which jiffies it serves, when its turn comes, who waits in it.
#include "ui/inspector/pages.h"

#include "ui/inspector/timer_facts.h"
#include "ui/inspector/words.h"
#include "ui/narration/compose.h"
#include "ui/theme/look.h"

#include <QCoreApplication>

namespace jiffy::ui
{

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("Inspector", text);
}
Span words(const QString& text)
{
    return {text, false, -1};
}

QString timersText(std::uint64_t n)
{
    return n == 0 ? tr("empty") : n == 1 ? tr("1 timer") : tr("%1 timers").arg(grouped(n));
}

Field turnField(const Facts& facts, const core::Place& place, const SlotTurn& turn)
{
    Field f{place.level == 0 ? tr("its turn") : tr("cascaded"), {}};
    if (turn.ticksAway > 0) {
        const auto ticks = static_cast<std::uint64_t>(turn.ticksAway);
        f.value = {words(tr("in %1").arg(jiffiesText(ticks)))};
        f.below = {mono(durationText(facts.inputs.machine.hz, ticks))};
    } else {
        f.value = {words(tr("in the next softirq"))};
    }
    return f;
}

} // namespace

Page slotPage(const Facts& facts, core::SlotId slot)
{
    const core::Geometry& g = facts.world.geometry();
    const core::Place place = g.place(slot);
    const int bits = g.word.bits();
    Page page;
    page.about = Page::About::Slot;
    page.caption = tr("Slot");
    page.name = QString::fromStdString(g.slotName(slot));
    page.nameLevel = place.level;
    const std::uint64_t count = facts.world.listAt(slot).count;
    page.state = timersText(count);
    if (g.is(core::TimerAlgorithm::Wheel61)) page.caption = tr("Bucket");
    if (place.list == core::Place::List::Slot && !g.hasCascades()) {
        page.sections.push_back(bucketTurnSection(facts, place));
    } else if (place.list == core::Place::List::Slot) {
        const bool isServed =
            facts.turn.cpu == place.cpu &&
            (facts.turn.cascading == slot || (facts.turn.isServing && place.level == 0 &&
                                              g.level[0].indexOf(facts.turn.serving) == place.index));
        if (isServed) {
            page.state = place.level == 0 ? tr("being served") : tr("being cascaded");
            page.stateTone = Tone::Now;
        }
        const SlotTurn turn =
            turnOf(g, place, facts.world.cpu(place.cpu).timerJiffies, facts.world.clock().jiffies);
        Section head;
        Field serves{place.level == 0 ? tr("serves jiffy") : tr("serves from"), {mono(grouped(turn.first))}};
        serves.below = {mono(hexWord(turn.first, bits))};
        head.fields.push_back(serves);
        if (place.level > 0) {
            Field to{tr("to"), {mono(grouped(turn.last))}};
            to.below = {mono(hexWord(turn.last, bits))};
            head.fields.push_back(to);
        }
        head.fields.push_back(turnField(facts, place, turn));
        const auto& level = g.level[static_cast<std::size_t>(place.level)];
        if (place.level > 0) {
            head.fields.push_back({tr("one slot"),
                                   {words(jiffiesText(1ull << level.shift))},
                                   {mono(durationText(facts.inputs.machine.hz, 1ull << level.shift))}});
        }
        head.fields.push_back(
            {tr("base"), {mono(tr("CPU %1").arg(place.cpu))}, {}, {}, {}, Tone::Ink, Link::cpu(place.cpu)});
        // Farther than the top level reaches and yet not in the past: not on a large wheel of 32 bits.
        const bool canClamp = (static_cast<std::uint64_t>(level.slots) << level.shift) <= 1ull << (bits - 2);
        if (place.level == g.levels - 1 && canClamp)
            head.note = {words(tr("Timers farther away than the wheel holds wait in the top level, too; they "
                                  "are filed again when their slot comes down."))};
        page.sections.push_back(head);
    }
    page.listCount = count;
    if (count != 0) page.listTitle = tr("In list order, the head first");
    return page;
}

} // namespace jiffy::ui
