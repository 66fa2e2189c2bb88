// SPDX-License-Identifier: GPL-3.0-or-later
// tgtd: a work item, with its deadline, its func and its life; a source of events, and the pipe.
#include "ui/inspector/pages.h"

#include "core/insight/lifeline.h"
#include "ui/code/work_words.h"
#include "ui/inspector/words.h"
#include "ui/inspector/work_words.h"
#include "ui/narration/compose.h"
#include "ui/tgtd/words.h"
#include "ui/theme/look.h"

#include <QCoreApplication>

namespace jiffy::ui
{

namespace
{

using What = core::LifeJoint::What;
using List = core::Place::List;

/// Rows of the life list.
constexpr std::size_t lifeRows = 8;

QString tr(const char* text)
{
    return QCoreApplication::translate("Inspector", text);
}
Span words(const QString& text)
{
    return {text, false, -1};
}

struct WorkWriter
{
    const Facts& facts;
    core::TimerId item;
    const core::Inputs& in;
    core::LifeEnd life;

    WorkWriter(const Facts& f, core::TimerId t)
        : facts(f), item(t), in(f.inputs), life(core::lastJoints(f.index, f.log, t, f.events, lifeRows + 1))
    {
    }

    const core::World& world() const { return facts.world; }
    const core::DaemonState& daemon() const { return world().daemon(); }
    const core::Geometry& lists() const { return world().geometry(); }
    bool isOld() const { return in.daemon.scheduler == core::WorkScheduler::Old; }
    bool isNew() const { return in.daemon.scheduler == core::WorkScheduler::New; }
    std::uint64_t wall() const
    {
        return core::DaemonConfig::wallAtStart + world().clock().ticks + daemon().wallStep;
    }
    bool isSource() const { return in.daemon.isSource(item); }
    bool isPipe() const { return item == in.daemon.pipe; }
    bool isPending() const { return world().isDefined(item) && world().item(item).isPending(); }
    List list() const { return isPending() ? lists().place(world().slotOf(item)).list : List::None; }

    QString listText(List l) const
    {
        switch (l) {
        case List::Inactive:
            return tr("inactive list");
        case List::Active:
            return tr("active list");
        case List::Ready:
            return tr("epoll's ready list");
        case List::Returned:
            return tr("batch of epoll_wait");
        default:
            return tr("no list");
        }
    }

    // ---- the state in words

    void state(Page& page) const
    {
        const auto tone = [&](const QString& text, Tone t) {
            page.state = text;
            page.stateTone = t;
        };
        if (world().cpu(0).running == item) return tone(tr("its func runs"), Tone::Now);
        if (daemon().source == item) return tone(tr("its handler runs"), Tone::Now);
        switch (list()) {
        case List::Inactive:
            if (!isOld() && world().item(item).expires <= wall())
                return tone(tr("due, not seen yet"), Tone::Late);
            return tone(tr("waiting"), Tone::Ink2);
        case List::Active:
            return tone(tr("expired, to be called"), Tone::Now);
        case List::Ready:
            return tone(tr("ready, unseen"), Tone::Late);
        case List::Returned:
            return tone(tr("its handler is to be called"), Tone::Now);
        default:
            break;
        }
        if (isPipe()) return tone(tr("not readable"), Tone::Ink3);
        if (life.joints.empty()) return tone(isSource() ? tr("quiet") : tr("not added yet"), Tone::Ink3);
        switch (life.joints.back().what) {
        case What::Deleted:
            return tone(tr("deleted"), Tone::Ink3);
        case What::Fired:
            return tone(isSource() ? tr("handled") : tr("has run"), Tone::Ink3);
        default:
            return tone(tr("on no list"), Tone::Ink3);
        }
    }

    // ---- fields

    void addDeadline(std::vector<Field>& fields) const
    {
        const std::uint64_t when = world().item(item).expires;
        Field due{isOld() ? tr("when") : tr("due"), {mono(deadlineText(in, when, daemon().wallStep))}};
        if (when == core::DaemonConfig::immediate) {
            due.note =
                compose(isNew() ? tr("Added with 0 seconds: the pass that its word brings calls it.")
                                : tr("Added with 0 seconds: the next pass calls it, whenever that is."));
            fields.push_back(due);
            return;
        }
        if (isOld()) {
            due.note = compose(tr("Called when jiffies, now %1, is greater."), {number(daemon().jiffies)});
            fields.push_back(due);
            return;
        }
        due.below = {mono(wallClockText(when))};
        fields.push_back(due);
        if (!isPending()) return;
        const bool isLate = when < wall();
        Field left{isLate ? tr("late by") : tr("in"),
                   {mono(spanText(isLate ? wall() - when : when - wall()))}};
        left.tone = isLate ? Tone::Late : Tone::Ink;
        fields.push_back(left);
        if (isNew() && list() == List::Inactive && daemon().alarmSince != ~0ull)
            fields.push_back(nextLook(when));
    }
    /// Which alarm makes the loop look at it, if the thread is free then.
    Field nextLook(std::uint64_t when) const
    {
        const std::uint64_t interval = in.daemon.interval, since = daemon().alarmSince,
                            now = world().clock().ticks;
        const std::uint64_t due = when > wall() ? now + (when - wall()) : now;
        const std::uint64_t past = due > since ? due - since : 0;
        const std::uint64_t alarm = since + (past + interval - 1) / interval * interval;
        Field f{tr("seen at"), {mono(tr("%1 s").arg(secondsText(alarm)))}};
        if (when < wall()) {
            f.value = {
                words(daemon().pipeBytes != 0 ? tr("as soon as the loop is back") : tr("the next pass"))};
            return f;
        }
        f.note = compose(tr("The first alarm after that. Nothing is armed for the item itself."));
        return f;
    }
    void addPlace(std::vector<Field>& fields) const
    {
        Field on{tr("on"), {words(listText(list()))}};
        if (isPending()) on.link = Link::slot(world().slotOf(item));
        fields.push_back(on);
        if (!isPending()) return;
        const auto neighbour = [&](const QString& name, core::TimerId id) {
            if (!id.isValid()) return;
            const bool isWork = !in.daemon.isSource(id) && id != in.daemon.pipe;
            Field f{name, {isWork ? timerSpan(in, id) : mono(sourceText(in, id))}};
            f.link = Link::timer(id);
            fields.push_back(f);
        };
        neighbour(tr("before it"), world().previous(item));
        neighbour(tr("behind it"), world().next(item));
    }

    // ---- the life

    /// How late a func was called; empty where that says nothing.
    void addLateness(LifeRow& row, const core::LifeJoint& joint) const
    {
        if (isSource() || isPipe()) return;
        if (joint.expires == core::DaemonConfig::immediate) {
            row.where = tr("at once");
            return;
        }
        if (isOld()) {
            row.where = tr("its tick was %1").arg(grouped(joint.expires));
            return;
        }
        const auto late = static_cast<std::int64_t>(wallAt(in, joint.tick) - joint.expires);
        row.where = late == 0  ? tr("on time")
                    : late > 0 ? tr("%1 late").arg(spanText(static_cast<std::uint64_t>(late)))
                               : tr("%1 early").arg(spanText(static_cast<std::uint64_t>(-late)));
        row.whereTone = late == 0 ? Tone::Now : Tone::Late;
    }
    LifeRow rowOf(const core::LifeJoint& joint, bool isLast) const
    {
        LifeRow row;
        row.when = QStringLiteral("+") + tr("%1 s").arg(secondsText(joint.tick));
        row.link = Link::event(joint.event);
        row.goesOn = joint.slot.isValid();
        switch (joint.what) {
        case What::Armed:
        case What::Rearmed:
            row.text = isSource() || isPipe() ? tr("becomes ready") : tr("added, due");
            if (!isSource() && !isPipe())
                row.where = deadlineText(
                    in, joint.expires, wallAt(in, joint.tick) - core::DaemonConfig::wallAtStart - joint.tick);
            break;
        case What::Moved:
            row.mark = isLast ? LifeRow::Mark::Moving : LifeRow::Mark::Disc;
            row.text = isSource() || isPipe() ? tr("returned by epoll_wait") : tr("expires: active");
            break;
        case What::TakenOff:
        case What::Deleted:
            row.mark = LifeRow::Mark::Deleted;
            row.text = tr("deleted from");
            row.where = listText(lists().place(joint.left).list);
            break;
        case What::Fired: {
            const bool isNow = isLast && (world().cpu(0).running == item || daemon().source == item);
            row.mark = isNow ? LifeRow::Mark::Firing : LifeRow::Mark::Fired;
            row.text = isSource() || isPipe() ? tr("handler called") : tr("runs");
            addLateness(row, joint);
            break;
        }
        case What::Untouched:
            row.mark = LifeRow::Mark::Call;
            row.text = QStringLiteral("del_work");
            row.where = tr("no change");
            row.whereTone = Tone::Ink3;
            break;
        case What::Refused:
            row.mark = LifeRow::Mark::Call;
            row.text = QStringLiteral("add_work");
            row.where = tr("refused");
            row.whereTone = Tone::Now;
            break;
        }
        return row;
    }
    void addLife(Page& page) const
    {
        if (life.joints.empty()) return;
        Section s;
        s.title = tr("Life so far");
        const std::size_t first = life.joints.size() > lifeRows ? life.joints.size() - lifeRows : 0;
        if (first != 0 || !life.isWhole) {
            LifeRow row;
            row.mark = LifeRow::Mark::Earlier;
            row.text = tr("more before these");
            s.life.push_back(row);
        }
        for (std::size_t i = first; i < life.joints.size(); ++i)
            s.life.push_back(rowOf(life.joints[i], i + 1 == life.joints.size()));
        if (list() == List::Inactive) {
            LifeRow row;
            row.mark = LifeRow::Mark::Planned;
            row.text = tr("due");
            row.where = dueText(in, world(), item);
            s.life.push_back(row);
        } else {
            s.life.back().goesOn = false;
        }
        page.sections.push_back(s);
    }

    // ---- pages

    void work(Page& page) const
    {
        Section head;
        if (world().isDefined(item)) {
            if (!life.joints.empty()) addDeadline(head.fields);
            addPlace(head.fields);
            Field by{tr("scheduler"), {mono(QStringLiteral("tgtd"))}};
            by.link = Link::cpu(0);
            head.fields.push_back(by);
        } else {
            head.note = {words(tr("Nothing has been done with it up to here."))};
        }
        page.sections.push_back(head);
        Section func;
        func.fields.push_back({tr("its func"), workFuncText(in, item)});
        page.sections.push_back(func);
        addLife(page);
    }
    void source(Page& page) const
    {
        const std::uint32_t number = in.daemon.sources[item.value - in.daemon.firstSource];
        const core::Action& action = in.actions[number];
        Section head;
        if (action.target != 0 && action.target <= in.daemon.files.size())
            head.fields.push_back(
                {tr("file"), {words(QString::fromStdString(in.daemon.files[action.target - 1].name))}});
        head.fields.push_back({tr("event"), {timerSpan(in, item)}});
        head.fields.push_back({tr("ready at"), {mono(tr("%1 s").arg(secondsText(action.tick)))}});
        head.fields.push_back({tr("its handler"), handlerText(in, action)});
        addPlace(head.fields);
        page.sections.push_back(head);
        addLife(page);
    }
    void pipe(Page& page) const
    {
        const bool isTimerFd = in.daemon.scheduler == core::WorkScheduler::TimerFd;
        Section head;
        if (isTimerFd) {
            head.fields.push_back({tr("expirations"), {number(daemon().expirations)}});
            head.fields.push_back({tr("now"), {mono(wallClockText(daemon().timerNow))}});
        } else {
            head.fields.push_back({tr("bytes in it"), {number(daemon().pipeBytes)}});
            head.fields.push_back({QStringLiteral("timer_pending"), {number(daemon().timerPending ? 1 : 0)}});
            head.fields.push_back({QStringLiteral("timer_fd[0]"), {number(daemon().readFd)}});
            head.fields.push_back({QStringLiteral("timer_fd[1]"), {number(daemon().writeFd)}});
        }
        head.fields.push_back({tr("its handler"), {mono(QStringLiteral("work_timer_evt_handler"))}});
        addPlace(head.fields);
        if (!daemon().isPipePolled)
            head.note = {words(tr("The event loop does not watch it at this moment."))};
        page.sections.push_back(head);
        addLife(page);
    }
};

} // namespace

Page workPage(const Facts& facts, core::TimerId item, bool isChosen)
{
    const WorkWriter w(facts, item);
    Page page;
    page.about = Page::About::Timer;
    page.timer = item;
    if (w.isPipe())
        page.caption = w.isNew() ? tr("Pipe") : tr("Timer descriptor");
    else if (w.isSource())
        page.caption = isChosen ? tr("Descriptor") : tr("Descriptor of the last event");
    else
        page.caption = isChosen ? tr("Work") : tr("Work of the last event");
    const bool isWork = !w.isPipe() && !w.isSource();
    page.name =
        isWork ? QString::fromStdString(facts.inputs.timerName(item)) : sourceText(facts.inputs, item);
    w.state(page);
    page.canDelete = page.canMove = isWork && w.isPending();
    if (w.isPipe())
        w.pipe(page);
    else if (w.isSource())
        w.source(page);
    else
        w.work(page);
    return page;
}

} // namespace jiffy::ui
