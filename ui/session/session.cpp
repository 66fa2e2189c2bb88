// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session.h"

#include "core/history/daemon_rungs.h"
#include "ui/session/open_job.h"

namespace jiffy::ui
{

using core::Position;
using core::PositionSpec;
using core::Rung;

namespace
{

/// What Ctrl+Right stops behind.
/// What "next" and "previous of interest" stop behind.
bool isOfInterest(const core::LogView& log, std::uint64_t event)
{
    const core::Record& r = log[event];
    if (r.site >= core::Site::EpollWait && (core::isFault(r) || core::isSwallowedAlarm(log, event))) return true;
    return r.kind == core::Kind::Fired || r.kind == core::Kind::Refused || (r.kind == core::Kind::Spliced && r.site == core::Site::Cascade);
}

} // namespace

Session::Session(core::BuiltinLookup builtin, QObject* parent)
    : QObject(parent), m_builtin(std::move(builtin)), m_futures([this] {
          // Called on the runners' threads.
          QMetaObject::invokeMethod(
              this, [this] { if (!m_frame.isActive()) m_frame.start(); }, Qt::QueuedConnection);
      })
{
    constexpr int mostEdits = 100; // each keeps the logs of the branches that it dropped
    m_undo.setUndoLimit(mostEdits);
    m_frame.setSingleShot(true);
    m_frame.setInterval(16);
    connect(&m_frame, &QTimer::timeout, this, &Session::takeSnapshot);
}

Session::~Session()
{
    m_undo.disconnect(); // whoever listens may ask the session, which goes
    m_job.reset();
}

QString Session::title() const
{
    if (!isOpen()) return {};
    const auto title = QString::fromStdString(inputs().title);
    if (!title.isEmpty()) return title;
    return m_file.section(QLatin1Char('/'), -1);
}

bool Session::atStart() const { return m_position == m_futures.history().start(); }

bool Session::atEnd() const { return !isRunning() && m_position >= m_futures.history().end(); }

std::uint64_t Session::openingProgress() const { return m_job ? m_job->bytes() : 0; }

void Session::open(const QString& file, const core::TraceOptions& trace)
{
    m_job.reset(); // an older one is of no interest any more
    const auto tag = ++m_jobTag;
    m_job = std::make_unique<OpenJob>(file.toStdString(), m_builtin, trace, [this, tag, file] {
        // Called on the reader's thread. By the time the GUI thread gets here the job may have been replaced.
        QMetaObject::invokeMethod(
            this, [this, tag, file] { if (m_job && tag == m_jobTag) finishOpening(file); }, Qt::QueuedConnection);
    });
    Q_EMIT openingChanged();
}

void Session::cancelOpening()
{
    if (!m_job) return;
    m_job.reset();
    Q_EMIT openingChanged();
}

void Session::finishOpening(const QString& file)
{
    auto result = m_job->take();
    m_job.reset();
    Q_EMIT openingChanged();
    if (result) start(std::move(*result), file);
    else Q_EMIT failed(QString::fromStdString(core::toText(result.error())));
}

void Session::start(core::Opened opened, const QString& file)
{
    if (std::exchange(m_isLive, false)) Q_EMIT liveChanged();
    wait(Awaited::Nothing);
    m_frame.stop();
    m_trial.reset();
    m_fresh.reset();
    m_said.clear();
    m_isRecorded = opened.recorded.has_value();
    m_file = file;
    m_position = {};
    core::Branch first;
    first.name = tr("original").toStdString();
    first.inputs = opened.inputs;
    first.document = opened.document;
    std::optional<core::Run> run;
    if (opened.recorded) {
        first.snapshot = *opened.recorded;
    } else {
        run.emplace(opened.inputs);
        first.snapshot = run->snapshot();
    }
    m_savedDocument = opened.document;
    m_savedInputs = opened.inputs;
    m_futures.open(std::move(first), std::move(run), m_isRecorded);
    m_undo.clear();
    updateModified();
    Q_EMIT this->opened();
    m_twin.follow(hasTwin() ? m_futures.lead().inputs : nullptr);
    Q_EMIT runReset();
    Q_EMIT branchesChanged();
    Q_EMIT snapshotReady(snapshot());
    m_awaited = Awaited::Opening;
    goOn();
    if (isWaiting()) Q_EMIT waitingChanged(true);
}

void Session::startLive(const core::InputsPtr& inputs, const core::Snapshot& snapshot)
{
    core::Opened opened;
    opened.inputs = inputs;
    opened.recorded = snapshot;
    start(std::move(opened), {});
    m_isLive = isRunning();
    Q_EMIT liveChanged();
    seek(history().end());
}

void Session::growLive(const core::Snapshot& snapshot)
{
    const bool isAtEnd = m_position >= history().end();
    m_futures.grow(snapshot);
    m_isLive = isRunning();
    Q_EMIT snapshotReady(this->snapshot());
    if (isWaiting()) goOn();
    else if (isAtEnd) seek(history().end(), Motion::Playing);
    if (!m_isLive) Q_EMIT liveChanged();
}

void Session::takeSnapshot()
{
    const auto grown = m_futures.take();
    if (grown.others || grown.lead) Q_EMIT branchesChanged();
    if (!grown.lead) return;
    Q_EMIT snapshotReady(snapshot());
    if (isWaiting()) goOn();
}

bool Session::isReached(const PositionSpec& spec) const
{
    if (!isRunning()) return true;
    const auto& machine = inputs().machine;
    switch (spec.kind) {
    case PositionSpec::Kind::Start: return true;
    case PositionSpec::Kind::End: return false;
    case PositionSpec::Kind::Event: return spec.value < snapshot().log.size();
    case PositionSpec::Kind::AtJiffies: return machine.word.distance(spec.value, machine.jiffies) < snapshot().endTicks;
    case PositionSpec::Kind::Time:
        return machine.hz.ticksUntil(static_cast<core::Nanoseconds>(spec.value)) < snapshot().endTicks;
    }
    return true;
}

/// The run has got further, or something new is waited for: do it now if it can be done.
void Session::goOn()
{
    switch (m_awaited) {
    case Awaited::Nothing: break;
    case Awaited::Opening: {
        if (!isReached(inputs().opening)) return;
        wait(Awaited::Nothing);
        const auto from = m_position;
        m_position = std::min(history().resolve(inputs().opening), history().end());
        m_trial.reset();
        // The question of a scenario that provokes a fault is asked where it opens; of others the start tells.
        m_said = inputs().machine.mayFault && m_position != Position{} ? QString::fromStdString(inputs().watch) : QString();
        m_saidAt = m_position;
        Q_EMIT positionChanged(from, m_position, Motion::Jump);
        break;
    }
    case Awaited::Tick:
        if (isRunning() && snapshot().endTicks <= m_awaitedTick) return;
        wait(Awaited::Nothing);
        seek(history().lastOfTick(m_awaitedTick));
        break;
    case Awaited::End:
        if (isRunning()) return;
        wait(Awaited::Nothing);
        seek(history().end());
        break;
    case Awaited::Interest: {
        const auto& log = history().log();
        for (auto i = m_awaitedFrom; i < log.size(); ++i)
            if (isOfInterest(log, i)) return seek({i + 1, 0, 0});
        m_awaitedFrom = log.size();
        if (isRunning()) return;
        seek(history().end());
        break;
    }
    case Awaited::Step: {
        const auto next = history().next(m_position, m_awaitedRung);
        // The end of what is computed so far counts as a stop only once the run has ended.
        if (isRunning() && (!next || *next >= history().end())) return;
        wait(Awaited::Nothing);
        if (next) seek(*next, Motion::Forward);
        break;
    }
    }
}

void Session::wait(Awaited what)
{
    const bool was = isWaiting();
    m_awaited = what;
    if (was != isWaiting()) Q_EMIT waitingChanged(isWaiting());
}

void Session::stopWaiting() { wait(Awaited::Nothing); }

void Session::setRung(Rung rung)
{
    if (m_rung == rung) return;
    m_rung = rung;
    Q_EMIT rungChanged(rung);
}

void Session::stepForward(Rung rung)
{
    if (!isOpen()) return;
    m_awaitedRung = rung;
    wait(Awaited::Step);
    goOn();
}

void Session::stepBack(Rung rung)
{
    if (!isOpen()) return;
    wait(Awaited::Nothing);
    if (const auto previous = history().previous(m_position, rung)) seek(*previous, Motion::Back);
}

void Session::toNextOfInterest()
{
    if (!isOpen()) return;
    m_awaitedFrom = m_position.event;
    wait(Awaited::Interest);
    goOn();
}

void Session::toPreviousOfInterest()
{
    if (!isOpen()) return;
    const auto& log = history().log();
    auto event = m_position.event;
    // Within a record the one before it is the previous; exactly behind one, the one before that.
    if (m_position.tick == 0 && m_position.line == 0 && event > 0) --event;
    while (event > 0 && !isOfInterest(log, event - 1)) --event;
    seek({event, 0, 0});
}

void Session::toStart()
{
    if (!isOpen()) return;
    wait(Awaited::Nothing);
    seek(history().start());
}

void Session::toEnd()
{
    if (!isOpen()) return;
    if (m_isLive) return seek(history().end()); // and follows it from there
    wait(Awaited::End);
    goOn();
}

void Session::seek(Position position, Motion motion)
{
    if (!isOpen()) return;
    wait(Awaited::Nothing);
    const auto from = m_position;
    m_position = std::min(position, history().end());
    if (m_position != from) {
        m_trial.reset();
        m_said.clear();
    }
    // Its future has been looked at: what is done from now on is another one.
    if (m_fresh && m_position > m_fresh->at) m_fresh.reset();
    Q_EMIT positionChanged(from, m_position, motion);
}

void Session::seekTick(std::uint64_t ticks, Motion motion)
{
    if (isOpen()) seek(history().lastOfTick(ticks), motion);
}

} // namespace jiffy::ui

#include "moc_session.cpp"
