// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_until/seeker.h"

#include <QElapsedTimer>

namespace jiffy::ui
{

namespace
{

/// What is found in that time is found at once, without a flicker of progress.
constexpr int firstSliceMs = 40;
/// Half a frame.
constexpr int sliceMs = 8;
/// Records between two looks at the clock.
constexpr std::uint64_t stride = 2048;

} // namespace

Seeker::Seeker(Session& session, QObject* parent) : QObject(parent), m_session(session)
{
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, [this] { slice(sliceMs); });
    connect(&session, &Session::snapshotReady, this, [this](const core::Snapshot& run) {
        if (!m_task || !m_isWaiting) return;
        m_isWaiting = false;
        m_task->extend(run);
        m_timer.start();
    });
    connect(&session, &Session::runReset, this, &Seeker::cancel);
    // Who goes somewhere else has changed his mind.
    connect(&session, &Session::positionChanged, this, &Seeker::cancel);
}

void Seeker::start(std::unique_ptr<SeekTask> task, Done done)
{
    m_timer.stop();
    m_isWaiting = false;
    m_task = std::move(task);
    m_done = std::move(done);
    slice(firstSliceMs);
    if (m_task) Q_EMIT changed();
}

void Seeker::cancel()
{
    if (!m_task) return;
    m_timer.stop();
    m_isWaiting = false;
    m_task.reset();
    m_done = nullptr;
    Q_EMIT changed();
}

void Seeker::slice(int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    auto state = core::Search::State::Looking;
    while (state == core::Search::State::Looking && clock.elapsed() < milliseconds) state = m_task->advance(stride);
    if (state == core::Search::State::Looking) {
        if (!m_timer.isActive()) m_timer.start();
        Q_EMIT changed();
        return;
    }
    m_timer.stop();
    if (state == core::Search::State::Exhausted && m_session.isRunning()) {
        m_isWaiting = true;
        Q_EMIT changed();
        return;
    }
    const auto found = state == core::Search::State::Found ? std::optional(m_task->found()) : std::nullopt;
    const auto task = std::move(m_task); // done() may ask it, and may start another
    const auto done = std::move(m_done);
    m_task.reset();
    m_done = nullptr;
    done(found);
    Q_EMIT changed();
}

} // namespace jiffy::ui

#include "moc_seeker.cpp"
