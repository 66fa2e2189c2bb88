// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/play.h"

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

/// What one frame may spend on looking for stops; the rest of its 16 ms belongs to the views.
constexpr qint64 searchBudgetMs = 6;
/// Of tgtd: how long a step stays in sight at real time; slower play shows it longer.
constexpr double dwellMs = 25;

} // namespace

Play::Play(Session& session, QObject* parent) : QObject(parent), m_session(session)
{
    m_timer.setInterval(16);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Play::frame);
    connect(&m_session, &Session::runReset, this, [this] {
        stop();
        m_stop.reset();
    });
    connect(&m_session, &Session::opened, this, &Play::onOpened);
    connect(&m_session, &Session::rungChanged, this, [this] { m_due = 0; });
    connect(&m_session, &Session::positionChanged, this, &Play::stopAtBug);
}

double Play::realTime() const { return m_session.isOpen() ? m_session.inputs().machine.hz.value / ticksPerUnit() : 250.0; }

bool Play::countsSteps() const { return !countsTime() && m_session.rung() < core::Rung::Tick; }

bool Play::countsTime() const { return m_isTime; }

bool Play::isSlow() const { return countsTime() ? m_speed <= realTime() : m_speed < showFlightsBelow; }

bool Play::isFast() const { return countsTime() ? m_speed > 5 * realTime() : m_speed > outlineFrom; }

double Play::virtualTicks() const
{
    const auto now = static_cast<double>(m_session.ticks());
    const auto& log = m_session.snapshot().log;
    const auto at = m_session.position();
    if (!isPlaying() || at.line != 0 || at.event >= log.size()) return now;
    // Time goes by only where the log says so; elsewhere more happens at this very instant.
    return now + std::min(m_due, static_cast<double>(core::ticksOf(log[at.event])));
}

/// The speed of a wheel says nothing of tgtd's: each is as it was when one of its kind was open.
void Play::onOpened()
{
    const bool isTime = m_session.inputs().driver == core::Driver::Daemon;
    if (isTime != m_isTime) {
        m_isTime = isTime;
        std::swap(m_speed, m_otherSpeed);
        Q_EMIT speedChanged(m_speed);
    }
}

void Play::toggle() { isPlaying() ? stop() : start(); }

void Play::start()
{
    if (isPlaying() || !m_session.isOpen() || m_session.atEnd()) return;
    // The first step comes at once: a key that does nothing for a second looks broken.
    m_due = countsSteps() ? 1.0 : 0.0;
    m_held = 0;
    m_clock.start();
    m_timer.start();
    Q_EMIT playingChanged(true);
    if (!countsSteps() && !countsTime()) m_session.stepForward(m_session.rung());
}

void Play::stop()
{
    if (!isPlaying()) return;
    m_timer.stop();
    m_session.stopWaiting();
    Q_EMIT playingChanged(false);
}

void Play::setSpeed(double speed)
{
    speed = std::clamp(speed, slowest, fastest);
    if (speed == m_speed) return;
    m_speed = speed;
    Q_EMIT speedChanged(speed);
}

void Play::hold(int milliseconds)
{
    if (isPlaying() && isSlow())
        m_held = std::max(m_held, std::clamp(milliseconds, 0, longestFlightMs) / 1000.0);
}

void Play::stopAtBug(core::Position from, core::Position to)
{
    if (!isPlaying()) return;
    const auto& log = m_session.history().log();
    for (auto i = from.event; i < to.event && i < log.size(); ++i) {
        if (log[i].kind != core::Kind::Refused) continue;
        stop();
        // Later: everybody is being told of this position.
        const core::Position there{i + 1, 0, 0};
        if (there != to) QMetaObject::invokeMethod(this, [this, there] { m_session.seek(there); }, Qt::QueuedConnection);
        return;
    }
}

void Play::frame() { advance(std::min(0.1, static_cast<double>(m_clock.restart()) / 1000.0)); }

void Play::advance(double seconds)
{
    if (!m_session.isOpen() || m_session.atEnd()) {
        stop();
        return;
    }
    const double waited = std::min(m_held, seconds);
    m_held -= waited;
    m_due += (seconds - waited) * m_speed * ticksPerUnit();
    if (m_session.isWaiting()) {
        m_due = 0;
        return;
    }
    if (countsSteps()) playSteps();
    else playTicks();
    if (countsTime() && isPlaying()) Q_EMIT timePassed();
}

void Play::playSteps()
{
    if (m_due < 1) return;
    if (m_due < 2) {
        m_due -= 1;
        m_session.stepForward(m_session.rung());
        return;
    }
    QElapsedTimer spent;
    spent.start();
    auto& history = m_session.history();
    auto p = m_session.position();
    while (m_due >= 1 && spent.elapsed() < searchBudgetMs) {
        const auto next = history.next(p, m_session.rung());
        if (!next) break;
        p = *next;
        m_due -= 1;
    }
    m_due = std::min(m_due, 1.0); // what there was no time for is left out
    m_session.seek(p, Motion::Playing);
}

std::optional<Play::Stop> Play::nextStop(core::Position from)
{
    if (m_stop && m_stop->from == from && m_stop->rung == m_session.rung()) return m_stop;
    auto& history = m_session.history();
    m_stop.reset();
    const auto next = history.next(from, m_session.rung());
    // The end of what is computed so far counts as a stop only once the run has ended.
    if (next && (!m_session.isRunning() || *next < history.end()))
        m_stop = Stop{from, *next, m_session.rung(), history.ticksAt(*next)};
    return m_stop;
}

void Play::playTicks()
{
    // Time goes on by ticks; the playhead follows from stop to stop of the rung, as soon as each one's tick has come.
    auto& history = m_session.history();
    const auto from = m_session.ticks();
    const auto target = from + static_cast<std::uint64_t>(m_due);
    if (target == from && !countsTime()) return; // within an instant tgtd does many things
    QElapsedTimer spent;
    spent.start();
    auto p = m_session.position();
    auto reached = from;
    int steps = 0;
    if (!countsTime() && m_session.rung() == core::Rung::Tick && target - from > 1) {
        // Each tick is a stop: no need to visit those on the way.
        p = history.lastOfTick(target);
        reached = history.ticksAt(p);
        steps = 2;
    } else {
        while (spent.elapsed() < searchBudgetMs) {
            const auto next = nextStop(p);
            if (!next || next->ticks > target) break;
            p = next->to;
            reached = next->ticks;
            if (++steps == 1 && isSlow()) break;
        }
    }
    if (steps == 0 && countsTime() && target > from) {
        // What lies between the stops goes by with the time: the rung says where play is held, not what is seen.
        auto there = history.lastOfTick(target);
        if (m_stop && m_stop->from == p) {
            if (there >= m_stop->to) there = p;
            m_stop->from = std::max(p, there);
        }
        if (p < there) {
            m_due = std::max(0.0, m_due - static_cast<double>(history.ticksAt(there) - from));
            m_session.seek(there, Motion::Playing);
        }
        return;
    }
    if (steps == 0) return;
    m_due = std::max(0.0, m_due - static_cast<double>(reached - from));
    m_session.seek(p, steps == 1 ? Motion::Forward : Motion::Playing);
    // Many steps share an instant: none of them may pass unseen where there is time to look.
    if (countsTime()) hold(static_cast<int>(std::min(longestFlightMs * 1.0, dwellMs * realTime() / m_speed)));
}

} // namespace jiffy::ui

#include "moc_play.cpp"
