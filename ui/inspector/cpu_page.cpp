// SPDX-License-Identifier: GPL-3.0-or-later
// A CPU: its struct tvec_base, what its wheel holds, what it has done so far.
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
QString latin(std::string_view s)
{
    return QString::fromLatin1(s.data(), static_cast<qsizetype>(s.size()));
}

/// The wheel that a record of an operation works on; -1: none.
int wheelOf(const core::Geometry& g, const core::Record& r)
{
    switch (r.kind) {
    case core::Kind::Queued:
    case core::Kind::Unqueued:
    case core::Kind::Moved:
    case core::Kind::Spliced:
    case core::Kind::Fired:
        return g.cpuOf(r.slot);
    case core::Kind::RegisterSet:
        return r.cpu;
    default:
        return -1;
    }
}

/// Who holds base->lock here. Derived: the log does not record it. A function that changes a wheel holds its
/// lock from its first record to its last; __run_timers() from its first turn on, but not while a callback
/// runs.
Field lockField(const Facts& facts, int cpu)
{
    const core::Geometry& g = facts.world.geometry();
    const core::CpuState& state = facts.world.cpu(cpu);
    QString holder;
    if (facts.events > 0) {
        const core::Record& last = facts.log[facts.events - 1];
        if (last.hasMore() && wheelOf(g, last) == cpu) {
            holder = latin(core::name(last.site));
        } else if (state.inSoftirq && !state.running.isValid() &&
                   !(last.kind == core::Kind::Entered && last.site == core::Site::RunTimerSoftirq)) {
            holder = QStringLiteral("__run_timers");
        }
    }
    if (holder.isEmpty()) return {tr("lock"), {words(tr("free"))}};
    return {tr("lock"), compose(tr("held by %1"), {mono(holder)})};
}

Field positionField(const Facts& facts, int cpu)
{
    const core::CpuState& state = facts.world.cpu(cpu);
    const core::Word word = facts.world.geometry().word;
    Field f{QStringLiteral("timer_jiffies"), {mono(grouped(state.timerJiffies))}};
    f.below = {mono(hexWord(state.timerJiffies, word.bits()))};
    const std::int64_t ahead = word.signedDistance(state.timerJiffies, facts.world.clock().jiffies);
    if (ahead == 1)
        f.note = {words(tr("One ahead of jiffies: up to date."))};
    else if (ahead == 0)
        f.note = {words(tr("Equals jiffies: this jiffy is still to be served."))};
    else if (ahead < 0)
        f.note = compose(tr("%1 behind jiffies: the loop has turns to catch up with."),
                         {words(jiffiesText(static_cast<std::uint64_t>(-ahead)))});
    else
        f.note = compose(tr("%1 ahead of jiffies."), {words(jiffiesText(static_cast<std::uint64_t>(ahead)))});
    return f;
}

/// Stale by design: filing lowers it, nothing raises it but a search, and only get_next_timer_interrupt()
/// searches.
Field nextTimerField(const Facts& facts, int cpu)
{
    const core::CpuState& state = facts.world.cpu(cpu);
    const core::Word word = facts.world.geometry().word;
    Field f{QStringLiteral("next_timer"), {mono(grouped(state.nextTimer))}};
    f.below = {mono(hexWord(state.nextTimer, word.bits()))};
    if (state.activeTimers == 0) {
        f.mark = tr("stale");
        f.note = {words(tr("No timer counts, so nobody looks at it."))};
    } else if (word.isAfterOrEqual(state.timerJiffies, state.nextTimer)) {
        f.mark = tr("stale");
        f.note = {words(tr("It does not lie after timer_jiffies: firing leaves it as it is. Only "
                           "get_next_timer_interrupt() searches anew, when the CPU wants to sleep."))};
    } else {
        f.note = {
            words(tr("in %1").arg(jiffiesText(word.distance(state.nextTimer, facts.world.clock().jiffies))))};
    }
    return f;
}

Section levelsSection(const Facts& facts, int cpu)
{
    const core::Geometry& g = facts.world.geometry();
    Section s;
    s.title = tr("Timers per level");
    for (int l = 0; l < g.levels; ++l) {
        LevelBar bar;
        bar.level = l;
        bar.name = QString::fromStdString(g.levelName(l));
        for (int wheel = 0; wheel < g.wheels; ++wheel) {
            for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(g.level[static_cast<std::size_t>(l)].slots); ++i) {
                const core::SlotId slot = g.slotOn(cpu, wheel, l, i);
                if (facts.world.isOccupied(slot)) bar.count += facts.world.listAt(slot).count;
            }
        }
        s.bars.push_back(bar);
    }
    const auto off = [&](core::SlotId list, const QString& name) {
        if (const auto n = facts.world.listAt(list).count; n != 0) s.fields.push_back({name, {number(n)}});
    };
    if (g.hasCascades()) {
        off(g.cascadeList(cpu), tr("being cascaded"));
        off(g.runList(cpu), tr("waiting for their call"));
    } else {
        std::uint64_t n = 0;
        for (int l = 0; l < g.levels; ++l) n += facts.world.listAt(g.runList(cpu, l)).count;
        if (n != 0) s.fields.push_back({tr("waiting for their call"), {number(n)}});
    }
    return s;
}

Section accountSection(const Facts& facts, int cpu)
{
    const core::CpuAccount a = facts.accounts.upTo(facts.log, cpu, facts.events);
    Section s;
    s.title = tr("Up to here");
    const auto add = [&](const QString& name, std::uint64_t n) { s.fields.push_back({name, {number(n)}}); };
    add(tr("armed"), a.armed);
    add(tr("re-armed"), a.rearmed);
    add(tr("deleted before expiry"), a.deleted);
    add(tr("fired"), a.fired);
    if (facts.world.geometry().hasCascades()) add(tr("moved by cascades"), a.moved);
    return s;
}

} // namespace

namespace
{

Page wheelPage(const Facts& facts, int cpu)
{
    const core::CpuState& state = facts.world.cpu(cpu);
    Page page;
    page.about = Page::About::Cpu;
    page.caption = tr("CPU");
    page.name = tr("CPU %1").arg(cpu);
    if (state.running.isValid()) {
        page.state = tr("in a callback");
        page.stateTone = Tone::Now;
    } else if (state.inSoftirq) {
        page.state = tr("in the softirq");
        page.stateTone = Tone::Now;
    } else {
        page.state = state.idle ? tr("idle") : tr("busy");
    }
    Section base;
    base.title = QStringLiteral("struct tvec_base");
    base.fields.push_back(lockField(facts, cpu));
    Field running{QStringLiteral("running_timer"), {mono(QStringLiteral("NULL"))}};
    if (state.running.isValid()) {
        running.value = {timerSpan(facts.inputs, state.running)};
        running.tone = Tone::Now;
        running.link = Link::timer(state.running);
    }
    base.fields.push_back(running);
    page.listCount = state.activeTimers + state.deferrables;
    if (!facts.world.geometry().hasCascades()) {
        page.sections = baseSections(facts, cpu, base);
        if (facts.world.geometry().levels != 0) page.sections.push_back(levelsSection(facts, cpu));
        page.sections.push_back(accountSection(facts, cpu));
        const bool isList = facts.world.geometry().levels == 0;
        if (page.listCount != 0) page.listTitle = isList ? tr("In list order, the head first") : tr("Pending, level by level");
        return page;
    }
    base.fields.push_back(positionField(facts, cpu));
    base.fields.push_back(nextTimerField(facts, cpu));
    Field active{QStringLiteral("active_timers"), {number(state.activeTimers)}};
    if (state.deferrables != 0)
        active.note =
            compose(sayCount("One deferrable timer is pending, too: it does not count.",
                             "%n deferrable timers are pending, too: they do not count.", state.deferrables));
    base.fields.push_back(active);
    page.sections = {base, levelsSection(facts, cpu), accountSection(facts, cpu)};
    if (page.listCount != 0) page.listTitle = tr("Pending, from the hand on");
    return page;
}

} // namespace

Page cpuPage(const Facts& facts, int cpu)
{
    Page page = wheelPage(facts, cpu);
    if (!facts.world.kernel().isThere()) return page;
    const auto own = kernelSections(facts, cpu);
    page.sections.insert(page.sections.begin(), own.begin(), own.end());
    const core::KernelCpu& k = facts.world.kernel().cpu(cpu);
    const bool isFree = !facts.world.cpu(cpu).running.isValid() && !facts.world.cpu(cpu).inSoftirq;
    if (k.interrupt != core::Interrupt::None || k.spinning != 0) {
        page.state = k.interrupt != core::Interrupt::None ? tr("in an interrupt") : tr("spins");
        page.stateTone = Tone::Now;
    } else if (isFree && facts.world.kernel().isAsleep(cpu)) {
        page.state = tr("asleep");
    } else if (isFree && k.current != 0) {
        page.state = tr("runs a process");
        page.stateTone = Tone::Now;
    }
    return page;
}

Page emptyPage()
{
    Page page;
    page.caption = tr("Inspector");
    page.name = tr("Nothing yet");
    Section s;
    s.note = {words(tr("Click a timer, a slot or a CPU to see all about it here. Without a choice the timer "
                       "of the last event is shown."))};
    page.sections.push_back(s);
    return page;
}

QString Page::summary() const
{
    QString text = caption + u' ' + name;
    if (!state.isEmpty()) text += QStringLiteral(", ") + state;
    if (!sections.empty())
        for (const Field& f : sections.front().fields)
            text += QStringLiteral(", ") + f.name + u' ' + plainText(f.value);
    return text;
}

} // namespace jiffy::ui
