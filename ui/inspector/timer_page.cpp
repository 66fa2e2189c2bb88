// SPDX-License-Identifier: GPL-3.0-or-later
// A timer: struct timer_list field by field, why it is in its slot, its life so far.
#include "ui/inspector/pages.h"

#include "core/insight/lifeline.h"
#include "core/world/rules.h"
#include "ui/code/kernel_words.h"
#include "ui/inspector/timer_facts.h"
#include "ui/inspector/words.h"
#include "ui/narration/compose.h"
#include "ui/theme/look.h"

#include <QCoreApplication>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

using What = core::LifeJoint::What;

/// Rows of the life list, without "earlier" and the plan.
constexpr std::size_t lifeRows = 8;

QString tr(const char* text)
{
    return QCoreApplication::translate("Inspector", text);
}
QString slotName(const core::Geometry& g, core::SlotId s)
{
    return QString::fromStdString(g.slotName(s));
}
Span words(const QString& text)
{
    return {text, false, -1};
}

/// timer_jiffies when it was filed, of which the log keeps 32 bits; the rest is that of the CPU's position.
core::Jiffies wholePosition(core::Word word, std::uint32_t low, core::Jiffies position)
{
    return word.reduce(position - (static_cast<std::uint32_t>(position) - low));
}

struct TimerWriter
{
    const Facts& facts;
    core::TimerId timer;
    const core::Inputs& in;
    const core::Geometry& g;
    core::Word word;
    TimerState state;
    core::LifeEnd life;

    TimerWriter(const Facts& f, core::TimerId t)
        : facts(f), timer(t), in(f.inputs), g(f.world.geometry()), word(in.machine.word),
          state(stateOf(f, t)),
          // One more than is shown: what a re-arming leaves is no row of its own.
          life(core::lastJoints(f.index, f.log, t, f.events, 2 * lifeRows))
    {
    }

    bool isKnown() const { return facts.world.isDefined(timer); }
    const core::Item& item() const { return facts.world.item(timer); }
    const core::CpuState& base() const { return facts.world.cpu(item().cpu); }
    core::Jiffies jiffies() const { return facts.world.clock().jiffies; }

    /// The joint that filed it last; null if that is long ago.
    const core::LifeJoint* filing() const
    {
        const auto it = std::find_if(life.joints.rbegin(), life.joints.rend(), [](const core::LifeJoint& j) {
            return j.what == What::Armed || j.what == What::Rearmed || j.what == What::Moved;
        });
        return it == life.joints.rend() ? nullptr : &*it;
    }
    /// The joint that began this arming, or the last one.
    const core::LifeJoint* arming() const
    {
        const auto it = std::find_if(life.joints.rbegin(), life.joints.rend(), [](const core::LifeJoint& j) {
            return j.what == What::Armed || j.what == What::Rearmed;
        });
        return it == life.joints.rend() ? nullptr : &*it;
    }

    // ---- fields

    Field expires() const
    {
        Field f{tr("expires"), {mono(grouped(item().expires))}};
        f.below = {mono(hexWord(item().expires, word.bits()))};
        return f;
    }

    Field slack() const
    {
        Field f{tr("slack"), {mono(slackText(item().slack))}};
        const auto* joint = arming();
        if (joint == nullptr || (!item().isPending() && joint != filing())) return f;
        const core::Jiffies asked = core::askedExpires(facts.log, *joint, word);
        const std::uint64_t added = word.distance(joint->expires, asked);
        if (added != 0)
            f.note = compose(tr("%1 was asked for; slack made it %2 later."),
                             {mono(grouped(asked)), words(jiffiesText(added))});
        return f;
    }

    void addEntry(std::vector<Field>& fields) const
    {
        if (!item().isPending()) {
            fields.push_back({tr("entry"), {words(tr("in no list"))}});
            return;
        }
        const core::SlotId slot = facts.world.slotOf(timer);
        const auto neighbour = [&](const char* name, core::TimerId id) {
            Field f{tr(name), {}};
            if (id.isValid()) {
                f.value = {timerSpan(in, id)};
                f.link = Link::timer(id);
            } else {
                f.value = g.place(slot).list == core::Place::List::Slot
                              ? compose(tr("the head, %1"), {slotSpan(g, slot)})
                              : RichText{words(tr("the head"))};
                f.link = g.place(slot).list == core::Place::List::Slot ? Link::slot(slot) : Link{};
            }
            fields.push_back(f);
        };
        neighbour(QT_TRANSLATE_NOOP("Inspector", "entry.next"), facts.world.next(timer));
        neighbour(QT_TRANSLATE_NOOP("Inspector", "entry.prev"), facts.world.previous(timer));
    }

    Field baseField() const
    {
        const QString cpu = tr("CPU %1").arg(item().cpu);
        return {tr("base"),
                {mono(cpu)},
                item().isDeferrable() ? RichText{words(tr("deferrable"))} : RichText{},
                {},
                {},
                Tone::Ink,
                Link::cpu(item().cpu)};
    }

    Section structSection() const
    {
        Section s;
        s.title = QStringLiteral("struct timer_list");
        addEntry(s.fields);
        s.fields.push_back(baseField());
        s.fields.push_back({tr("function"), callbackText(in, timer)});
        s.fields.push_back({tr("data"), {words(tr("not part of the model"))}, {}, {}, {}, Tone::Ink3});
        return s;
    }

    // ---- the lens

    /// The low 32 bits of the wheel's position when it was filed.
    std::optional<std::uint32_t> whenFiled() const
    {
        if (item().isPending()) return item().filedAt;
        // What took it off says where the wheel stood when it was filed.
        const auto it = std::find_if(life.joints.rbegin(), life.joints.rend(), [](const core::LifeJoint& j) {
            return j.what == What::Fired || j.what == What::Deleted || j.what == What::TakenOff;
        });
        if (it == life.joints.rend()) return std::nullopt;
        return static_cast<std::uint32_t>(facts.log[it->event].value);
    }
    /// 6.1: the jiffy at which its bucket is due; the others: at which it expires.
    core::Jiffies dueAt() const
    {
        return g.is(core::TimerAlgorithm::Wheel61) ? core::bucketOf(facts.world, item()).due : item().expires;
    }
    /// Why it stands where it stands, where no bits of the expiry tell.
    std::optional<Section> standing() const
    {
        if (g.is(core::TimerAlgorithm::Wheel61)) {
            if (const auto* filed = filing(); filed != nullptr && g.place(filed->slot).list == core::Place::List::Run)
                return takenSection(facts, timer, word.add(in.machine.jiffies, filed->tick));
            const auto low = whenFiled();
            if (!low) return std::nullopt;
            return bucketSection(facts, timer, clkWhenFiled(facts, item(), *low));
        }
        if (!item().isPending()) return std::nullopt;
        const auto* filed = filing();
        return rankSection(facts, timer, filed != nullptr ? filed->event : ~0ull);
    }
    std::optional<Section> lens() const
    {
        if (!g.hasCascades()) return standing();
        const auto* filed = filing();
        const auto filedLow = whenFiled();
        if (!filedLow) return std::nullopt;
        const std::uint32_t low = *filedLow;
        const core::Jiffies position = base().timerJiffies;
        const core::Jiffies filedAt = wholePosition(word, low, position);
        Section s;
        s.lens = lensFigure(g, item().expires, filedAt);
        const bool isNow = item().isPending() && filedAt == position;
        if (isNow) return s;
        s.lens->question = filed != nullptr && filed->what == What::Moved ? tr("How far, when it fell?")
                                                                          : tr("How far, when it was filed?");
        if (!item().isPending() || word.isBefore(item().expires, filedAt)) return s;
        const auto left = word.signedDistance(item().expires, position);
        const core::Place place = g.place(facts.world.slotOf(timer));
        if (place.list != core::Place::List::Slot) return s;
        RichText now = left >= 0
                           ? compose(tr("Since then timer_jiffies has moved on by %1: now %2 away."),
                                     {number(word.distance(position, filedAt)), mono(signedText(left))})
                           : compose(tr("Since then timer_jiffies has moved on by %1, past its expiry."),
                                     {number(word.distance(position, filedAt))});
        if (place.level > 0)
            append(now, compose(tr("It stays in %1 until that slot is cascaded."),
                                {slotSpan(g, facts.world.slotOf(timer))}));
        s.note = now;
        return s;
    }

    // ---- the life

    LifeRow rowOf(const core::LifeJoint& joint, bool isLast) const
    {
        const core::Hz hz = in.machine.hz;
        LifeRow row;
        row.when = sinceStart(hz, joint.tick);
        row.link = Link::event(joint.event);
        const core::Place to = g.place(joint.slot);
        const auto stands = [&] {
            row.mark = isLast && state == TimerState::Moving ? LifeRow::Mark::Moving
                       : item().isDeferrable()               ? LifeRow::Mark::Deferrable
                                                             : LifeRow::Mark::Disc;
            row.level = row.whereLevel = to.level;
            row.where = slotName(g, joint.slot);
            row.goesOn = true;
        };
        switch (joint.what) {
        case What::Armed:
            stands();
            row.text = tr("added to");
            break;
        case What::Rearmed:
            stands();
            row.text = tr("re-armed to");
            break;
        case What::Moved:
            stands();
            row.text = to.level < g.place(joint.left).level ? tr("falls to") : tr("filed in");
            break;
        case What::TakenOff:
        case What::Deleted: {
            const core::Place from = g.place(joint.left);
            row.mark = LifeRow::Mark::Deleted;
            row.text = joint.what == What::Deleted ? tr("deleted from") : tr("taken off");
            row.where = from.list == core::Place::List::Slot     ? slotName(g, joint.left)
                        : from.list == core::Place::List::Sorted ? tr("the list")
                                                                 : tr("its turn");
            row.whereLevel = from.level;
            break;
        }
        case What::Fired: {
            const std::int64_t late =
                word.signedDistance(word.add(in.machine.jiffies, joint.tick), joint.expires);
            row.mark = isLast && state == TimerState::Firing ? LifeRow::Mark::Firing : LifeRow::Mark::Fired;
            row.text = tr("fires");
            row.where = late == 0  ? tr("on time")
                        : late > 0 ? tr("%1 late").arg(grouped(static_cast<std::uint64_t>(late)))
                                   : tr("%1 early").arg(grouped(static_cast<std::uint64_t>(-late)));
            row.whereTone = late == 0 ? Tone::Now : Tone::Late;
            break;
        }
        case What::Untouched:
            row.mark = LifeRow::Mark::Call;
            row.text = QString::fromLatin1(core::name(joint.site).data(),
                                           static_cast<qsizetype>(core::name(joint.site).size()));
            row.where = tr("no change");
            row.whereTone = Tone::Ink3;
            row.goesOn = joint.slot.isValid();
            row.level = to.level;
            break;
        case What::Refused:
            row.mark = LifeRow::Mark::Call;
            row.text = QStringLiteral("BUG_ON");
            row.where = QString::fromLatin1(core::name(joint.site).data(),
                                            static_cast<qsizetype>(core::name(joint.site).size()));
            row.whereTone = Tone::Now;
            row.goesOn = joint.slot.isValid();
            row.level = to.level;
            break;
        }
        return row;
    }

    LifeRow planned() const
    {
        const core::Hz hz = in.machine.hz;
        const std::int64_t left = word.signedDistance(dueAt(), jiffies());
        const bool isServed = state == TimerState::Waiting;
        LifeRow row;
        row.mark = LifeRow::Mark::Planned;
        if (isServed || left == 0) {
            row.text = tr("due");
            row.where = isServed ? tr("in this turn") : tr("now");
        } else if (left > 0) {
            row.text = tr("due in");
            row.where = jiffiesText(static_cast<std::uint64_t>(left));
            row.when = durationText(hz, static_cast<std::uint64_t>(left));
        } else {
            row.text = tr("overdue by");
            row.where = jiffiesText(static_cast<std::uint64_t>(-left));
            row.whereTone = Tone::Late;
        }
        return row;
    }

    std::optional<Section> lifeSection() const
    {
        if (life.joints.empty()) return std::nullopt;
        Section s;
        s.title = tr("Life so far");
        std::vector<const core::LifeJoint*> shown;
        for (std::size_t i = 0; i < life.joints.size(); ++i) {
            const auto& j = life.joints[i];
            const bool isAgain = j.what == What::TakenOff && i + 1 < life.joints.size() &&
                                 life.joints[i + 1].what == What::Rearmed;
            if (!isAgain) shown.push_back(&j);
        }
        const bool isCut = shown.size() > lifeRows || !life.isWhole;
        if (shown.size() > lifeRows)
            shown.erase(shown.begin(), shown.end() - static_cast<std::ptrdiff_t>(lifeRows));
        if (isCut) {
            LifeRow row;
            row.mark = LifeRow::Mark::Earlier;
            row.text = tr("more before these");
            s.life.push_back(row);
        }
        for (const auto* j : shown)
            s.life.push_back(rowOf(*j, j == shown.back()));
        if (item().isPending())
            s.life.push_back(planned());
        else if (!s.life.empty())
            s.life.back().goesOn = false;
        return s;
    }
};

} // namespace

TimerState stateOf(const Facts& facts, core::TimerId timer)
{
    const core::World& world = facts.world;
    if (!world.isDefined(timer)) return TimerState::NotArmed;
    for (int c = 0; c < world.cpuCount(); ++c)
        if (world.cpu(c).running == timer) return TimerState::Firing;
    if (world.item(timer).isPending()) {
        const auto list = world.geometry().place(world.slotOf(timer)).list;
        if (list == core::Place::List::Run) return TimerState::Waiting;
        if (list == core::Place::List::Cascade) return TimerState::Moving;
        const bool isLast = facts.events > 0 && facts.log[facts.events - 1].kind == core::Kind::Moved &&
                            facts.log[facts.events - 1].item == timer;
        return isLast ? TimerState::Moving : TimerState::Pending;
    }
    const core::LifeEnd last = core::lastJoints(facts.index, facts.log, timer, facts.events, 4);
    for (auto it = last.joints.rbegin(); it != last.joints.rend(); ++it) {
        if (it->what == What::Fired) return TimerState::Fired;
        if (it->what == What::Deleted || it->what == What::TakenOff) return TimerState::Deleted;
    }
    return TimerState::NotArmed;
}

namespace
{

/// A machine of CPUs: whether its memory was given back, and who sleeps on it.
void addKernelFields(Section& head, const Facts& facts, core::TimerId timer)
{
    if (!facts.world.kernel().isThere()) return;
    if ((facts.world.item(timer).flags & core::Freed) != 0) {
        Field freed{tr("memory"), {words(tr("freed"))}};
        freed.tone = Tone::Late;
        freed.note = {words(tr("What it stands in was given back (kfree)."))};
        head.fields.push_back(freed);
    }
    const auto& processes = facts.world.kernel().processes;
    for (std::size_t p = 0; p < processes.size() && p < facts.inputs.programs.size(); ++p) {
        if (facts.inputs.programs[p].timer != timer) continue;
        Field f{tr("process"), {mono(programText(facts.inputs, p))}};
        f.link = Link::process(static_cast<std::uint32_t>(p));
        f.note = {words(facts.world.item(timer).isPending() ? tr("It sleeps on this timer, whose function wakes it.") : tr("It sleeps on this timer at times."))};
        head.fields.push_back(f);
    }
}

} // namespace

Page timerPage(const Facts& facts, core::TimerId timer, bool isChosen)
{
    const TimerWriter w(facts, timer);
    Page page;
    page.about = Page::About::Timer;
    page.timer = timer;
    page.caption = isChosen ? tr("Timer") : tr("Timer of the last event");
    page.name = QString::fromStdString(facts.inputs.timerName(timer));
    const auto tone = [&](const QString& text, Tone t) {
        page.state = text;
        page.stateTone = t;
    };
    switch (w.state) {
    case TimerState::NotArmed:
        tone(tr("not armed yet"), Tone::Ink3);
        break;
    case TimerState::Pending:
        tone(w.item().isDeferrable() ? tr("pending, deferrable") : tr("pending"), Tone::Ink2);
        break;
    case TimerState::Waiting:
        tone(tr("due in this turn"), Tone::Now);
        break;
    case TimerState::Moving:
        tone(tr("moving"), Tone::Now);
        break;
    case TimerState::Firing:
        tone(w.item().cpu == facts.cpu ? tr("firing") : tr("running on CPU %1").arg(w.item().cpu), Tone::Now);
        break;
    case TimerState::Fired:
        tone(tr("fired"), Tone::Ink3);
        break;
    case TimerState::Deleted:
        tone(tr("deleted"), Tone::Ink3);
        break;
    }
    page.canDelete = page.canMove = w.isKnown() && w.item().isPending();
    const auto addMachine = [&] {
        if (facts.differences == nullptr) return;
        Section machine;
        machine.title = tr("On the recorded machine");
        machine.fields = machineFields(*facts.differences, facts.inputs, timer, facts.events);
        if (!machine.fields.empty()) page.sections.push_back(machine);
    };
    if (!w.isKnown()) {
        Section s;
        s.note = {words(tr("Nothing has been done with it up to here."))};
        page.sections.push_back(s);
        addMachine();
        return page;
    }
    Section head;
    if (w.state != TimerState::NotArmed) head.fields.push_back(w.expires());
    if (facts.world.geometry().hasCascades()) head.fields.push_back(w.slack());
    addKernelFields(head, facts, timer);
    page.sections.push_back(head);
    addMachine();
    if (auto lens = w.lens()) page.sections.push_back(*lens);
    if (auto life = w.lifeSection()) page.sections.push_back(*life);
    page.sections.push_back(w.structSection());
    return page;
}

} // namespace jiffy::ui
