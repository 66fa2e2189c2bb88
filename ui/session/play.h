// SPDX-License-Identifier: GPL-3.0-or-later
// Playing: steps of the session's rung at a speed. For the rungs line to timer the speed is steps a second, for tick
// and coarser ones ticks a second. Of tgtd it is virtual time for every rung, in units of 10 ms a second; what happens
// at one instant is shown step by step, each for a moment; the playhead passes whatever lies between the stops of the
// rung. Slow play holds its clock while a step's flights are under way; fast play takes several steps a frame. Never
// queues: what a frame cannot do is left out.
#pragma once

#include "ui/session/session.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <optional>

namespace jiffy::ui
{

class Play : public QObject
{
    Q_OBJECT

  public:
    static constexpr double slowest = 1.0;
    static constexpr double fastest = 10'000.0;
    /// Below this many steps a second, flights are shown in full.
    static constexpr double showFlightsBelow = 5.0;
    /// Above this many, what changed is outlined and no longer shown on its way.
    static constexpr double outlineFrom = 20.0;
    static constexpr int longestFlightMs = 900;

    explicit Play(Session& session, QObject* parent = nullptr);

    bool isPlaying() const { return m_timer.isActive(); }
    /// Steps or ticks a second, or hundredths of a second a second, slowest..fastest.
    double speed() const { return m_speed; }
    /// The speed at which a tick takes as long as on the machine: HZ.
    double realTime() const;
    /// True if the speed counts steps, not ticks, at the present rung.
    bool countsSteps() const;
    /// True if it counts virtual time: tgtd.
    bool countsTime() const;
    /// So slow that flights are shown in full; so fast that changes are outlined only.
    bool isSlow() const;
    bool isFast() const;
    /// Ticks since the start that play has come to: later than the playhead's as long as nothing happens.
    double virtualTicks() const;
    static constexpr double usPerUnit = 10'000;

    /// What one frame of `seconds` does; the timer calls it. Public so that tests need no clock.
    void advance(double seconds);

  public Q_SLOTS:
    void toggle();
    void start();
    void stop();
    void setSpeed(double speed);
    /// A view shows flights of the last step for that long; the clock waits, at most longestFlightMs.
    void hold(int milliseconds);

  Q_SIGNALS:
    void playingChanged(bool playing);
    void speedChanged(double speed);
    /// A frame of virtual time has gone by; virtualTicks() tells where it stands.
    void timePassed();

  private:
    void frame();
    /// Play stops where the kernel would: at a call that it answers with BUG_ON.
    void stopAtBug(jiffy::core::Position from, jiffy::core::Position to);
    void playSteps();
    void playTicks();

    Session& m_session;
    QTimer m_timer;
    QElapsedTimer m_clock;
    /// Of a unit of the speed.
    double ticksPerUnit() const { return countsTime() ? usPerUnit : 1; }
    void onOpened();

    static constexpr double firstSpeed = 4, firstSpeedOfTime = 50;
    double m_speed = firstSpeed;
    double m_otherSpeed = firstSpeedOfTime; ///< of the other kind of run, when it comes back
    bool m_isTime = false;
    double m_due = 0;      ///< steps, or ticks, that time has brought and play has not shown yet
    double m_held = 0;     ///< seconds still to wait

    /// The stop that playTicks() waits for, so that it is looked for once and not in every frame.
    struct Stop
    {
        core::Position from, to;
        core::Rung rung = core::Rung::Tick;
        std::uint64_t ticks = 0;
    };
    std::optional<Stop> nextStop(core::Position from);
    std::optional<Stop> m_stop;
};

} // namespace jiffy::ui
