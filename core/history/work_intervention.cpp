// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/work_intervention.h"

#include "core/scenario/reader.h"
#include "core/scenario/work_notation.h"
#include "core/tgtd/counterpart.h"

namespace jiffy::core
{

namespace
{

/// Why it cannot be done, in one sentence.
std::optional<std::string> faultOf(const Inputs& inputs, const Intervention& what, std::uint64_t at)
{
    using What = Intervention::What;
    if (what.what == What::AddWork || what.what == What::DelWork) {
        if (!what.timer.isValid() || what.timer.value >= inputs.timers.size() ||
            what.timer == inputs.daemon.pipe || inputs.daemon.isSource(what.timer))
            return "there is no such work item";
    }
    if (what.what == What::AddWork && what.seconds > mostWorkSeconds)
        return "no more than 1000000000 seconds can be asked for";
    if (what.what == What::Burn &&
        (what.microseconds < 0 || static_cast<std::uint64_t>(what.microseconds) > latestMicrosecond))
        return "this lasts from 0 to 1000000000 s";
    if (what.file > inputs.daemon.files.size()) return "there is no such file";
    if (at > latestMicrosecond) return "scenarios end 1000000000 s after the start";
    if (inputs.daemon.firstSource + inputs.daemon.sources.size() != inputs.timers.size())
        return "this log was recorded: there is nothing to run anew";
    return std::nullopt;
}

/// Follows what becomes of an event while a log grows.
class Follower
{
  public:
    Follower(const Intervention& what, TimerId source, std::uint64_t ticks)
        : m_what(what), m_source(source), m_now(ticks)
    {
    }

    void take(const Record& r)
    {
        m_now += ticksOf(r);
        if (r.site == Site::IoHandler && r.item == m_source) {
            if (r.kind == Kind::Entered) {
                outcome.handledAt = m_now;
                m_isIn = true;
            } else if (r.kind == Kind::Left) {
                outcome.handledBy = m_now;
                m_isIn = false;
            }
        }
        if (m_isIn && r.kind == Kind::Raised && r.site == Site::Alarm) ++outcome.alarmsMeanwhile;
        if (r.item != m_what.timer || !m_what.timer.isValid()) return;
        if (m_isIn && r.site == Site::AddWork && r.kind == Kind::Queued)
            outcome.dueAt = m_now + m_what.seconds * 1'000'000;
        if (m_isIn && r.site == Site::AddWork && r.kind == Kind::Refused) outcome.isRefused = true;
        if (m_isIn && r.site == Site::DelWork && r.kind == Kind::Unqueued) outcome.wasQueued = true;
        if (outcome.dueAt && !outcome.runsAt && r.kind == Kind::Fired) outcome.runsAt = m_now;
        if (outcome.dueAt && !outcome.runsAt && r.site == Site::DelWork && r.kind == Kind::Unqueued)
            m_isGone = true;
    }
    bool isDone() const
    {
        if (!outcome.handledBy) return false;
        return m_what.what != Intervention::What::AddWork || outcome.isRefused || outcome.runsAt || m_isGone;
    }

    WorkOutcome outcome;

  private:
    Intervention m_what;
    TimerId m_source;
    std::uint64_t m_now;
    bool m_isIn = false;   ///< in the event's handler
    bool m_isGone = false; ///< deleted before it ran
};

WorkOutcome follow(Run& run, const Intervention& what, TimerId source, std::uint64_t from,
                   std::uint64_t ticks, std::uint64_t patience)
{
    constexpr std::uint64_t slice = 2048;
    Follower follower(what, source, ticks);
    std::uint64_t seen = from;
    for (bool goesOn = true; !follower.isDone();) {
        const LogView log = run.snapshot().log;
        for (; seen < log.size() && !follower.isDone(); ++seen)
            follower.take(log[seen]);
        if (follower.isDone() || !goesOn || log.size() > from + patience) break;
        goesOn = run.advance(slice);
    }
    return follower.outcome;
}

} // namespace

Result<Intervened> interveneWork(History& history, Position p, const DocumentPtr& document,
                                 const Intervention& what)
{
    const Inputs& inputs = history.inputs();
    const auto point = interventionAt(history, p);
    if (const auto why = faultOf(inputs, what, point.tick)) return fail(Fault::Input, *why);
    DocumentPtr changedDocument;
    InputsPtr changed;
    if (document) {
        // Compiled from the document, so that what is saved is what runs.
        changedDocument = std::make_shared<const Scenario>(withWork(*document, inputs, what, point.tick));
        auto compiled = compile(*changedDocument, inputs.file);
        if (!compiled) return tl::unexpected(std::move(compiled.error()));
        changed = std::make_shared<const Inputs>(std::move(*compiled));
    } else {
        changed = std::make_shared<const Inputs>(withWork(inputs, what, point.tick));
    }
    if (point.tick > changed->daemon.until)
        return fail(Fault::Input, "the run ends before anything can be done here");
    auto run = fork(history, p, point, changed);
    if (!run) return tl::unexpected(std::move(run.error()));
    while (run->actionsBegun() <= point.actionIndex) {
        const bool goesOn = run->advance(1);
        if (!goesOn && run->actionsBegun() <= point.actionIndex)
            return fail(Fault::Input, "the run ends before anything can be done here");
    }
    const Position after{run->snapshot().log.size(), 0, 0};
    return Intervened{std::move(*run), std::move(changedDocument), point, what.timer, after};
}

Result<WorkForecast> forecast(History& history, Position p, const DocumentPtr& document,
                              const Intervention& what, std::uint64_t patience)
{
    auto done = interveneWork(history, p, document, what);
    if (!done) return tl::unexpected(std::move(done.error()));
    const InputsPtr inputs = done->run.inputs();
    WorkForecast forecast;
    forecast.at = done->point.tick;
    forecast.scheduler = inputs->daemon.scheduler;
    const InputsPtr other = counterpartOf(*inputs);
    forecast.twin = other->daemon.scheduler;
    if (what.what == Intervention::What::StepWall) {
        const World& world = history.at(forkPosition(history, p));
        const auto wall = DaemonConfig::wallAtStart + done->point.tick + world.daemon().wallStep;
        for (TimerId t = world.listAt(world.geometry().inactiveList()).first; t.isValid();
             t = world.next(t)) {
            ++forecast.waiting;
            const auto when = world.item(t).expires;
            if (when > wall && when <= wall + static_cast<std::uint64_t>(what.microseconds))
                ++forecast.madeDue;
        }
        return forecast;
    }
    const TimerId source(inputs->daemon.firstSource +
                         static_cast<std::uint32_t>(inputs->daemon.sources.size()) - 1);
    const auto from = forkPosition(history, p);
    forecast.here = follow(done->run, what, source, from.event, history.ticksAt(from), patience);
    Run twin(other);
    forecast.there = follow(twin, what, source, 0, 0, from.event + 4 * patience);
    return forecast;
}

} // namespace jiffy::core
