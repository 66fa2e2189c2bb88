// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/motion/motion.h"

#include <algorithm>

namespace jiffy::ui
{

double smoothstep(double u)
{
    u = std::clamp(u, 0.0, 1.0);
    return u * u * (3 - 2 * u);
}

double outCubic(double u)
{
    u = 1 - std::clamp(u, 0.0, 1.0);
    return 1 - u * u * u;
}

double outQuad(double u)
{
    u = 1 - std::clamp(u, 0.0, 1.0);
    return 1 - u * u;
}

void StepMotion::begin(const Plan& plan, double nowMs)
{
    m_plan = plan;
    m_start = m_now = nowMs;
    m_length = 0;
    m_stagger = plan.flights == 0 ? 0 : std::min(24.0, 600.0 / static_cast<double>(plan.flights));
    if (plan.handMoves && !isHandStill()) m_length = handMs;
    if (isStill()) return;
    if (plan.flights > 0)
        m_length = std::max(m_length, flightMs + m_stagger * static_cast<double>(plan.flights - 1));
    if (plan.drains) m_length = std::max(m_length, drainMs);
    if (plan.fires && !plan.steady) m_length = std::max(m_length, raysMs + fadeMs);
}

void StepMotion::advanceTo(double nowMs)
{
    m_now = std::max(m_now, nowMs);
}

void StepMotion::finish()
{
    m_now = std::max(m_now, m_start + m_length);
}

double StepMotion::share(double from, double length) const
{
    if (!isRunning()) return 1;
    return std::clamp((elapsed() - from) / length, 0.0, 1.0);
}

double StepMotion::raw(std::size_t i) const
{
    // Played backwards the last to fly is the first to return.
    if (isStill()) return 1;
    const std::size_t order = m_plan.backwards ? m_plan.flights - 1 - i : i;
    return share(m_stagger * static_cast<double>(order), flightMs);
}

double StepMotion::flight(std::size_t i) const
{
    const double u = smoothstep(raw(i));
    return m_plan.backwards ? 1 - u : u;
}

bool StepMotion::isFlying(std::size_t i) const
{
    const double u = raw(i);
    return u > 0 && u < 1;
}

double StepMotion::hand() const
{
    return isHandStill() ? 1 : outCubic(share(0, handMs));
}
double StepMotion::rays() const
{
    if (m_plan.steady) return 0;
    return isStill() ? 1 : outQuad(share(0, raysMs));
}
double StepMotion::fade() const
{
    return isStill() || m_plan.steady ? 1 : outQuad(share(raysMs, fadeMs));
}

double StepMotion::drain() const
{
    if (isStill()) return 1;
    const double u = smoothstep(share(0, drainMs));
    return m_plan.backwards ? 1 - u : u;
}

} // namespace jiffy::ui
