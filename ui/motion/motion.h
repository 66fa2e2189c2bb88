// SPDX-License-Identifier: GPL-3.0-or-later
// The clock of a step's animation. It knows durations and easings and nothing of what is drawn: it is told
// how many timers fly, and answers how far along its path each one is. Time is an explicit value in
// milliseconds, so a test (or an export of single frames) can look at any instant.
#pragma once

#include <cstddef>

namespace jiffy::ui
{

/// 3u^2 - 2u^3, held at 0 and 1 outside.
double smoothstep(double u);
double outCubic(double u);
double outQuad(double u);

enum class MotionStyle
{
    Full,    ///< things fly
    Trails,  ///< more than 5 steps a second: jump, trails only; the hand still glides
    Outline, ///< more than 20 steps a second: what changed is outlined, at 30 pictures a second
    Jump,    ///< reduced motion, and after a seek
};

class StepMotion
{
  public:
    static constexpr double flightMs = 260;
    static constexpr double handMs = 120;
    static constexpr double raysMs = 180;
    static constexpr double fadeMs = 400;
    static constexpr double drainMs = 300;

    struct Plan
    {
        std::size_t flights = 0;
        bool handMoves = false;
        bool fires = false;
        bool steady = false; ///< too many bursts lately: firing timers are plain discs
        bool drains = false;
        bool backwards = false;
        MotionStyle style = MotionStyle::Full;
    };

    /// A new step: whatever ran ends at once.
    void begin(const Plan& plan, double nowMs);
    /// Never back. REQUIRES: the clock of begin().
    void advanceTo(double nowMs);
    void finish();

    bool isRunning() const { return m_now < m_start + m_length; }
    double length() const { return m_length; } ///< ms in all; at most 900 for any number of flights
    double elapsed() const { return m_now - m_start; }

    /// Along the path of flight i: 0 at its source, 1 at its target; backwards from 1 to 0.
    double flight(std::size_t i) const;
    bool isFlying(std::size_t i) const;
    double hand() const;  ///< 0 where it stood, 1 where it stands
    double rays() const;  ///< length of a firing timer's rays, 0..1
    double fade() const;  ///< of a timer that has fired: 0 still a burst, 1 a ring
    double drain() const; ///< 0: heat at the source, 1: at the target; backwards from 1 to 0

  private:
    double share(double from,
                 double length) const; ///< of the time span that begins `from` ms after the start
    double raw(std::size_t i) const;
    bool isStill() const { return m_plan.style != MotionStyle::Full; }
    bool isHandStill() const { return isStill() && m_plan.style != MotionStyle::Trails; }

    Plan m_plan;
    double m_start = 0;
    double m_now = 0;
    double m_length = 0;
    double m_stagger = 0;
};

} // namespace jiffy::ui
