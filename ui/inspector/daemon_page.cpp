// SPDX-License-Identifier: GPL-3.0-or-later
// tgtd as a whole: where its one thread stands, its clocks, its work timer, its lists; and one of those
// lists.
#include "ui/inspector/pages.h"

#include "ui/code/work_words.h"
#include "ui/inspector/words.h"
#include "ui/inspector/work_words.h"
#include "ui/narration/compose.h"
#include "ui/tgtd/thread_words.h"
#include "ui/tgtd/words.h"
#include "ui/theme/look.h"

#include <QCoreApplication>

#include <algorithm>

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
Span at(std::uint64_t us)
{
    return mono(tr("%1 s").arg(secondsText(us)));
}

QString schedulerText(core::WorkScheduler scheduler)
{
    switch (scheduler) {
    case core::WorkScheduler::Old:
        return tr("before January 2011");
    case core::WorkScheduler::New:
        return tr("the patch of January 2011");
    case core::WorkScheduler::TimerFd:
        return tr("today's, modelled from reading");
    }
    return {};
}

ThreadPlace placeIn(const Facts& facts)
{
    return threadPlace(facts.world, facts.inputs, facts.log, facts.events);
}

/// Where the thread stands, in a few words.
RichText threadText(const Facts& facts)
{
    const core::World& world = facts.world;
    const core::DaemonState& d = world.daemon();
    RichText text;
    if (d.isWaiting)
        text = compose(tr("in epoll_wait"));
    else if (world.cpu(0).running.isValid())
        text = compose(tr("in %1's func"), {timerSpan(facts.inputs, world.cpu(0).running)});
    else if (d.isInPass)
        text = compose(tr("in a pass over the work"));
    else if (d.source.isValid())
        text = compose(tr("in the handler of %1"), {mono(sourceText(facts.inputs, d.source))});
    else if (d.isStarting)
        text = compose(tr("in work_timer_start"));
    else if (d.isStopping)
        text = compose(tr("in work_timer_stop"));
    else if (placeIn(facts) == ThreadPlace::Before)
        text = compose(tr("has not come to its event loop yet"));
    else if (placeIn(facts) == ThreadPlace::Ended)
        text = compose(tr("has left its event loop"));
    else
        text = compose(tr("in its event loop"));
    if (d.isInSignal) append(text, compose(tr("(and upon that in the signal's handler)")));
    return text;
}

/// A recording begins by setting the model's wall clock to that of its machine: nobody stepped that.
std::uint64_t ownWall(const Facts& facts)
{
    constexpr std::uint64_t latest = 64;
    const std::uint64_t n = std::min({facts.log.size(), facts.events, latest});
    for (std::uint64_t i = 0; i < n; ++i) {
        const core::Record& r = facts.log[i];
        if (r.kind == core::Kind::RegisterSet && static_cast<core::Register>(r.slot) == core::Register::WallStep &&
            r.site == core::Site::Start)
            return r.value;
    }
    return 0;
}

Section clocks(const Facts& facts)
{
    const core::DaemonState& d = facts.world.daemon();
    const auto& config = facts.inputs.daemon;
    const std::uint64_t now = facts.world.clock().ticks;
    Section s;
    s.title = tr("Clocks");
    s.fields.push_back({tr("since the start"), {at(now)}});
    Field wall{tr("wall clock"), {mono(wallClockText(core::DaemonConfig::wallAtStart + now + d.wallStep))}};
    if (const std::uint64_t step = d.wallStep - ownWall(facts); step != 0) {
        const bool isBack = static_cast<std::int64_t>(step) < 0;
        wall.note = compose(isBack ? tr("Set back by %1 so far.") : tr("Set forward by %1 so far."),
                            {mono(spanText(isBack ? 0 - step : step))});
    }
    s.fields.push_back(wall);
    if (config.scheduler == core::WorkScheduler::Old) {
        Field jiffies{tr("its jiffies"), {number(d.jiffies)}};
        jiffies.note = compose(tr("Timeouts of epoll_wait without any event, %1 each."),
                               {mono(spanText(config.epollTimeout))});
        s.fields.push_back(jiffies);
        return s;
    }
    if (config.scheduler == core::WorkScheduler::TimerFd) {
        s.fields.push_back({tr("its counter"), {mono(wallClockText(d.timerNow))}});
        return s;
    }
    if (d.alarmSince == ~0ull)
        s.fields.push_back({tr("alarm"), {words(tr("not armed"))}});
    else
        s.fields.push_back(
            {tr("next alarm"),
             {at(d.alarmSince + ((now - d.alarmSince) / config.interval + 1) * config.interval)}});
    return s;
}

Section workTimer(const Facts& facts)
{
    const core::DaemonState& d = facts.world.daemon();
    Section s;
    s.title = tr("Work timer");
    if (facts.inputs.daemon.scheduler == core::WorkScheduler::TimerFd) {
        s.fields.push_back({tr("expirations, unread"), {number(d.expirations)}});
        return s;
    }
    s.fields.push_back({QStringLiteral("timer_pending"), {number(d.timerPending ? 1 : 0)}});
    Field pipe{tr("bytes in the pipe"), {number(d.pipeBytes)}};
    pipe.link = Link::timer(facts.inputs.daemon.pipe);
    s.fields.push_back(pipe);
    if (d.timerPending && d.pipeBytes == 0 && !d.isInPass && !d.isNotifying && !d.source.isValid() &&
        !d.isInSignal)
        s.note = {words(tr(
            "The flag is set and the pipe is empty: nobody will ever write again. The scheduler is dead."))};
    return s;
}

Section lists(const Facts& facts)
{
    const core::Geometry& g = facts.world.geometry();
    Section s;
    s.title = tr("Lists");
    const auto add = [&](const QString& name, core::SlotId list) {
        const std::uint32_t n = facts.world.listAt(list).count;
        Field f{name, {n == 0 ? words(tr("empty")) : number(n)}};
        if (n != 0) f.link = Link::slot(list);
        s.fields.push_back(f);
    };
    add(tr("inactive"), g.inactiveList());
    add(tr("active"), g.activeList());
    add(tr("ready, unseen"), g.readyList());
    add(tr("returned, to handle"), g.returnedList());
    return s;
}

} // namespace

Page daemonPage(const Facts& facts)
{
    Page page;
    page.about = Page::About::Cpu;
    page.caption = tr("Daemon");
    page.name = QStringLiteral("tgtd");
    const ThreadPlace place = placeIn(facts);
    const bool isIdle = place == ThreadPlace::Waiting || place == ThreadPlace::Before || place == ThreadPlace::Ended;
    page.state = place == ThreadPlace::Waiting  ? tr("asleep")
                 : place == ThreadPlace::Before ? tr("not started")
                 : place == ThreadPlace::Ended  ? tr("ended")
                                                : tr("busy");
    page.stateTone = isIdle ? Tone::Ink3 : Tone::Now;
    Section head;
    head.fields.push_back({tr("its thread"), threadText(facts)});
    head.fields.push_back({tr("scheduler"), {words(schedulerText(facts.inputs.daemon.scheduler))}});
    page.sections.push_back(head);
    page.sections.push_back(clocks(facts));
    if (facts.inputs.daemon.scheduler != core::WorkScheduler::Old) page.sections.push_back(workTimer(facts));
    page.sections.push_back(lists(facts));
    page.listCount = facts.world.listAt(facts.world.geometry().inactiveList()).count;
    if (page.listCount != 0) page.listTitle = tr("Inactive, by deadline");
    return page;
}

Page workListPage(const Facts& facts, core::SlotId list)
{
    const core::Place place = facts.world.geometry().place(list);
    Page page;
    page.about = Page::About::Slot;
    page.caption = tr("List");
    Section s;
    switch (place.list) {
    case core::Place::List::Inactive:
        page.name = tr("inactive");
        s.note = {words(tr("Sorted by deadline, equal ones first come, first served. Adding is a walk to the "
                           "right place."))};
        break;
    case core::Place::List::Active:
        page.name = tr("active");
        s.note = {words(tr("First in, first out: what has expired, and what was added with 0 seconds."))};
        break;
    case core::Place::List::Ready:
        page.name = tr("ready");
        s.note = {words(tr("What epoll_wait will return, in the order in which it became ready."))};
        break;
    default:
        page.name = tr("returned");
        s.note = {words(tr("What epoll_wait has returned and whose handlers are still to be called."))};
        break;
    }
    page.listCount = facts.world.listAt(list).count;
    page.state = page.listCount == 0   ? tr("empty")
                 : page.listCount == 1 ? tr("1 item")
                                       : tr("%1 items").arg(grouped(page.listCount));
    page.sections.push_back(s);
    if (page.listCount != 0) page.listTitle = tr("In list order, the head first");
    return page;
}

} // namespace jiffy::ui
