// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/scene.h"

#include "core/tgtd/live_log.h"
#include "ui/tgtd/add_times.h"
#include "ui/tgtd/thread_words.h"
#include "ui/tgtd/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

using core::TimerId;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Tgtd)
};

FlowItem itemAt(const core::World& world, const core::Inputs& inputs, const FlowScene& scene, TimerId id, core::Position at, const AddTimes* adds)
{
    FlowItem item;
    item.id = id;
    item.name = QString::fromStdString(inputs.timerName(id));
    item.when = world.item(id).expires;
    item.isImmediate = item.when == core::DaemonConfig::immediate;
    if (scene.isOld() || item.isImmediate) {
        if (adds) item.due = adds->dueOf(id, at.event);
        return item;
    }
    const std::uint64_t wallAtZero = scene.wall - scene.now; // where the clock stands now, it read that at the start
    item.due = item.when > wallAtZero ? item.when - wallAtZero : 0;
    return item;
}

void takeList(const core::World& world, core::SlotId list, std::vector<TimerId>& into)
{
    for (TimerId t = world.listAt(list).first; t.isValid() && into.size() < FlowScene::itemsKept; t = world.next(t))
        into.push_back(t);
}

/// The rows of the loop: the pipe, the files with names, then sources of their own.
class Rows
{
  public:
    Rows(FlowScene& scene, const core::World& world, const core::Inputs& inputs) : m_scene(scene), m_world(world), m_inputs(inputs) {}

    void fill()
    {
        if (!m_scene.isOld()) addPipe();
        for (const auto& file : m_inputs.daemon.files)
            m_scene.rows.push_back({TimerId::none(), false, file.fd, {}, QString::fromStdString(file.name), LoopRow::State::Quiet, 0, 1});
        m_firstFile = m_scene.isOld() ? 0 : 1;
        const auto& g = m_world.geometry();
        if (m_scene.daemon.source.isValid()) place(m_scene.daemon.source, LoopRow::State::Running);
        std::vector<TimerId> some;
        takeList(m_world, g.returnedList(), some);
        for (const TimerId id : some) place(id, LoopRow::State::Returned);
        some.clear();
        takeList(m_world, g.readyList(), some);
        for (const TimerId id : some) place(id, LoopRow::State::Ready);
        addComing();
    }

  private:
    void addPipe()
    {
        LoopRow row;
        row.id = m_inputs.daemon.pipe;
        row.isPipe = true;
        row.fd = m_scene.daemon.readFd;
        row.name = m_scene.isNew() ? Words::tr("timer pipe") : Words::tr("timerfd");
        row.state = m_scene.daemon.isPipePolled ? LoopRow::State::Quiet : LoopRow::State::Unwatched;
        m_scene.rows.push_back(row);
    }
    const core::Action& actionOf(TimerId source) const
    {
        return m_inputs.actions[m_inputs.daemon.sources[source.value - m_inputs.daemon.firstSource]];
    }
    void place(TimerId id, LoopRow::State state)
    {
        if (id == m_inputs.daemon.pipe && !m_scene.isOld()) {
            // While its handler runs it can be ready again.
            // What is not watched is not seen, whatever there is to be read.
            LoopRow& row = m_scene.rows.front();
            if (state == LoopRow::State::Ready && row.state == LoopRow::State::Unwatched) return;
            if (row.state != LoopRow::State::Running) row.state = state;
            return;
        }
        if (!m_inputs.daemon.isSource(id)) return;
        const auto& action = actionOf(id);
        if (action.target != 0) {
            LoopRow& row = m_scene.rows[m_firstFile + action.target - 1u];
            if (row.state == LoopRow::State::Quiet) {
                row.state = state;
                row.id = id;
            } else if (row.state == state) {
                ++row.count;
            }
            return;
        }
        if (m_scene.rows.size() < FlowScene::rowsKept) m_scene.rows.push_back(own(id, action, state));
    }
    LoopRow own(TimerId id, const core::Action& action, LoopRow::State state) const
    {
        LoopRow row;
        row.id = id;
        row.source = QString::fromStdString(m_inputs.timerName(id));
        row.name = actionText(m_inputs, action);
        row.state = state;
        row.at = action.tick;
        return row;
    }
    /// The next of the sources that have no file.
    void addComing()
    {
        constexpr std::size_t few = 3;
        constexpr int lookedAt = 64;
        const auto& actions = m_inputs.actions;
        auto a = std::upper_bound(actions.begin(), actions.end(), m_scene.now, [](std::uint64_t t, const core::Action& x) { return t < x.tick; });
        std::size_t found = 0;
        for (int i = 0; i < lookedAt && a != actions.end() && found < few && m_scene.rows.size() < FlowScene::rowsKept; ++i, ++a) {
            if (a->call == core::Call::StepWall) continue;
            if (a->target != 0) {
                LoopRow& row = m_scene.rows[m_firstFile + a->target - 1u];
                if (row.state != LoopRow::State::Quiet) continue;
                row.state = LoopRow::State::Coming;
                row.id = TimerId(a->nanoseconds);
                row.at = a->tick;
                continue;
            }
            m_scene.rows.push_back(own(TimerId(a->nanoseconds), *a, LoopRow::State::Coming));
            ++found;
        }
    }

    FlowScene& m_scene;
    const core::World& m_world;
    const core::Inputs& m_inputs;
    std::size_t m_firstFile = 0;
};

/// Whether sigaction() has been called: one of the first things that work_timer_start() does.
bool hasHandlerAt(const FlowScene& scene, const core::LogView& log, std::uint64_t event)
{
    if (scene.place == ThreadPlace::Before) return false;
    if (scene.place != ThreadPlace::Starting || scene.isArmed()) return true;
    for (std::uint64_t i = std::min(event, log.size()); i > 0; --i) {
        const auto& r = log[i - 1];
        if (r.kind != core::Kind::Entered) continue;
        if (r.site == core::Site::Sigaction) return true;
        if (r.site == core::Site::WorkTimerStart) return false;
    }
    return false;
}

std::optional<Progress> progressOf(const FlowScene& scene, const core::World& world)
{
    const auto& inputs = *scene.inputs;
    const auto of = [](std::optional<std::uint64_t> since, std::uint64_t takes) {
        return since && takes != 0 ? std::optional(Progress{*since, takes}) : std::nullopt;
    };
    switch (scene.place) {
    case ThreadPlace::Waiting:
        return of(scene.past.waitingSince, scene.past.waitTimeout == ~0ull ? 0 : scene.past.waitTimeout);
    case ThreadPlace::Func: {
        const auto& spec = inputs.timers[world.cpu(0).running.value];
        std::uint64_t takes = inputs.daemon.costs.func;
        for (std::uint32_t i = 0; i < spec.stepCount; ++i)
            if (const auto& s = inputs.steps[spec.firstStep + i]; s.what == core::CallbackStep::What::Burn) takes += static_cast<std::uint64_t>(s.delta);
        return of(scene.past.funcSince, takes);
    }
    case ThreadPlace::Handler: {
        if (scene.daemon.isInSlowCall) return of(scene.past.callSince, scene.past.callTakes);
        if (!inputs.daemon.isSource(scene.daemon.source)) return std::nullopt;
        const auto& a = inputs.actions[inputs.daemon.sources[scene.daemon.source.value - inputs.daemon.firstSource]];
        return of(scene.past.handlerSince, inputs.daemon.costs.io + (a.call == core::Call::BurnTime ? a.expires : 0));
    }
    default: return std::nullopt;
    }
}

Incident incidentOf(const core::Record& r, const core::World& world)
{
    using What = Incident::What;
    using core::Kind;
    using core::Site;
    const bool isInSignal = world.daemon().isInSignal;
    if (r.kind == Kind::Refused) return {What::Refused, r.item, r.value};
    if (r.kind == Kind::Left && r.site == Site::EpollWait) {
        if (r.value == ~0ull) return {What::Interrupted, {}, 0};
        if (r.value == 0) return {What::TimedOut, {}, 0};
    }
    if (r.kind == Kind::Left && r.site == Site::SlowCall && r.value == ~0ull) return {What::CallCut, {}, 0};
    if (r.kind != Kind::Noted) return {};
    if (r.site == Site::Spin) return {What::Spin, r.item, r.value};
    if (r.site == Site::EventDel) return {What::NoEvent, {}, r.before};
    if (r.site == Site::Pipe) return {What::NoPipe, {}, r.value};
    if (r.site == Site::Write && !isInSignal) return {r.value == 0 ? What::Stray : What::NotWritten, {}, r.value};
    return {};
}

} // namespace

std::optional<std::uint64_t> FlowScene::nextAlarm() const
{
    const std::uint64_t interval = inputs ? inputs->daemon.interval : 0;
    if (!isArmed() || interval == 0) return std::nullopt;
    if (scheduler == core::WorkScheduler::TimerFd) return now + (interval - wall % interval);
    return now + (interval - (now - std::min(now, daemon.alarmSince)) % interval);
}

double FlowScene::dialShare() const
{
    if (isOld()) {
        if (!past.waitingSince || past.waitTimeout == 0 || past.waitTimeout == ~0ull) return 0;
        return std::clamp(static_cast<double>(now - std::min(now, *past.waitingSince)) / static_cast<double>(past.waitTimeout), 0.0, 1.0);
    }
    const auto next = nextAlarm();
    if (!next) return 0;
    const auto interval = static_cast<double>(inputs->daemon.interval);
    const double share = 1 - static_cast<double>(*next - now) / interval;
    // At the very instant of an alarm the turn is complete, not begun.
    return share == 0 && past.alarmCount > 0 && past.alarms[0].at == now ? 1 : share;
}

void FlowScene::moveTo(std::uint64_t us)
{
    wall += us - now;
    now = us;
}

QString rowHandle(const LoopRow& row)
{
    if (row.isPipe && row.fd == 0 && row.state == LoopRow::State::Unwatched) return QStringLiteral("–");
    return row.source.isEmpty() ? Words::tr("fd %1").arg(row.fd) : row.source;
}

QString actionText(const core::Inputs& inputs, const core::Action& action)
{
    const auto name = [&] { return QString::fromStdString(inputs.timerName(action.timer)); };
    switch (action.call) {
    case core::Call::AddWork: return Words::tr("adds %1, %2 s").arg(name()).arg(action.expires);
    case core::Call::DelWork: return Words::tr("deletes %1").arg(name());
    case core::Call::BurnTime: return action.expires == 0 ? Words::tr("is handled at once") : Words::tr("takes %1").arg(spanText(action.expires));
    case core::Call::SlowCall: return Words::tr("a call that blocks");
    case core::Call::EventSched: return Words::tr("schedules an event");
    case core::Call::Shutdown: return Words::tr("asks for the end");
    default: return {};
    }
}

FlowScene makeFlowScene(const core::World& world, const core::InputsPtr& inputs, const core::LogView& log, core::Position at, const AddTimes* adds)
{
    FlowScene scene;
    scene.inputs = inputs;
    scene.scheduler = inputs->daemon.scheduler;
    scene.isRecording = core::liveOrigin(log).has_value();
    scene.now = world.clock().ticks;
    scene.daemon = world.daemon();
    scene.wall = core::DaemonConfig::wallAtStart + scene.now + scene.daemon.wallStep;
    scene.past = pastOf(log, at, world, scene.isOld());
    const auto& g = world.geometry();
    std::vector<TimerId> ids;
    takeList(world, g.inactiveList(), ids);
    for (const TimerId id : ids) scene.inactive.push_back(itemAt(world, *inputs, scene, id, at, adds));
    ids.clear();
    takeList(world, g.activeList(), ids);
    for (const TimerId id : ids) scene.active.push_back(itemAt(world, *inputs, scene, id, at, adds));
    scene.inactiveCount = world.listAt(g.inactiveList()).count;
    scene.activeCount = world.listAt(g.activeList()).count;
    if (const TimerId r = world.cpu(0).running; r.isValid()) scene.running = itemAt(world, *inputs, scene, r, at, adds);
    scene.place = threadPlace(world, *inputs, log, at.event);
    scene.progress = progressOf(scene, world);
    scene.hasHandler = !scene.isNew() || hasHandlerAt(scene, log, at.event);
    Rows(scene, world, *inputs).fill();
    if (at.event > 0 && at.event <= log.size() && at.line == 0) scene.incident = incidentOf(log[at.event - 1], world);
    if (scene.incident.item.isValid()) scene.incidentName = QString::fromStdString(inputs->timerName(scene.incident.item));
    return scene;
}

} // namespace jiffy::ui
