// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session.h"

#include "ui/session/open_job.h"

namespace jiffy::ui
{

using core::Position;
using core::PositionSpec;
using core::Rung;

namespace
{

/// What Ctrl+Right stops behind.
bool isOfInterest(const core::Record& r)
{
    return r.kind == core::Kind::Fired || (r.kind == core::Kind::Spliced && r.site == core::Site::Cascade);
}

} // namespace

Session::Session(core::BuiltinLookup builtin, QObject* parent) : QObject(parent), m_builtin(std::move(builtin))
{
    m_frame.setSingleShot(true);
    m_frame.setInterval(16);
    connect(&m_frame, &QTimer::timeout, this, &Session::takeSnapshot);
}

Session::~Session()
{
    m_job.reset();
    m_runner.reset();
}

QString Session::title() const
{
    if (!m_history) return {};
    const auto title = QString::fromStdString(inputs().title);
    if (!title.isEmpty()) return title;
    return m_file.section(QLatin1Char('/'), -1);
}

bool Session::atStart() const { return m_position == m_history->start(); }

bool Session::atEnd() const { return !isRunning() && m_position >= m_history->end(); }

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
    wait(Awaited::Nothing);
    m_runner.reset();
    m_frame.stop();
    m_file = file;
    m_position = {};
    if (opened.recorded) {
        m_history = std::make_unique<core::History>(opened.inputs, *opened.recorded);
    } else {
        core::Run run(opened.inputs);
        m_history = std::make_unique<core::History>(opened.inputs, run.snapshot());
        m_runner = std::make_unique<core::Runner>(std::move(run), [this] {
            // Called on the runner's thread.
            QMetaObject::invokeMethod(
                this, [this] { if (!m_frame.isActive()) m_frame.start(); }, Qt::QueuedConnection);
        });
    }
    Q_EMIT this->opened();
    Q_EMIT snapshotReady(snapshot());
    m_awaited = Awaited::Opening;
    goOn();
    if (isWaiting()) Q_EMIT waitingChanged(true);
}

void Session::takeSnapshot()
{
    auto newer = m_runner ? m_runner->take() : std::nullopt;
    if (!newer) return;
    m_history->extend(std::move(*newer));
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
    case Awaited::Opening:
        if (!isReached(inputs().opening)) return;
        wait(Awaited::Nothing);
        seek(m_history->resolve(inputs().opening));
        break;
    case Awaited::End:
        if (isRunning()) return;
        wait(Awaited::Nothing);
        seek(m_history->end());
        break;
    case Awaited::Interest: {
        const auto& log = m_history->log();
        for (auto i = m_awaitedFrom; i < log.size(); ++i)
            if (isOfInterest(log[i])) return seek({i + 1, 0, 0});
        m_awaitedFrom = log.size();
        if (isRunning()) return;
        seek(m_history->end());
        break;
    }
    case Awaited::Step: {
        const auto next = m_history->next(m_position, m_awaitedRung);
        // The end of what is computed so far counts as a stop only once the run has ended.
        if (isRunning() && (!next || *next >= m_history->end())) return;
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
    if (!m_history) return;
    m_awaitedRung = rung;
    wait(Awaited::Step);
    goOn();
}

void Session::stepBack(Rung rung)
{
    if (!m_history) return;
    wait(Awaited::Nothing);
    if (const auto previous = m_history->previous(m_position, rung)) seek(*previous, Motion::Back);
}

void Session::toNextOfInterest()
{
    if (!m_history) return;
    m_awaitedFrom = m_position.event;
    wait(Awaited::Interest);
    goOn();
}

void Session::toPreviousOfInterest()
{
    if (!m_history) return;
    const auto& log = m_history->log();
    auto event = m_position.event;
    // Within a record the one before it is the previous; exactly behind one, the one before that.
    if (m_position.tick == 0 && m_position.line == 0 && event > 0) --event;
    while (event > 0 && !isOfInterest(log[event - 1])) --event;
    seek({event, 0, 0});
}

void Session::toStart()
{
    if (!m_history) return;
    wait(Awaited::Nothing);
    seek(m_history->start());
}

void Session::toEnd()
{
    if (!m_history) return;
    wait(Awaited::End);
    goOn();
}

void Session::seek(Position position, Motion motion)
{
    if (!m_history) return;
    wait(Awaited::Nothing);
    const auto from = m_position;
    m_position = std::min(position, m_history->end());
    Q_EMIT positionChanged(from, m_position, motion);
}

void Session::seekTick(std::uint64_t ticks, Motion motion)
{
    if (m_history) seek(m_history->lastOfTick(ticks), motion);
}

} // namespace jiffy::ui

#include "moc_session.cpp"
