// SPDX-License-Identifier: GPL-3.0-or-later
// The way from one geometry to the other: each dot goes from its place in the old one to its place in the new one,
// all else fades over. May be turned round at any instant. Time is an explicit value, as in ui/motion.
#pragma once

#include "ui/wheel/painter.h"

#include <QPixmap>

#include <vector>

namespace jiffy::ui
{

class FormTravel
{
  public:
    static constexpr double durationMs = 320;

    /// A dot on its way.
    struct Traveller
    {
        core::TimerId timer;
        int level = 0;
        bool isDeferrable = false;
        QPointF from, to;
        double fromRadius = 0, toRadius = 0; ///< 0: it is no dot there, but part of a number or of heat
    };

    /// From w.layout to `to`. `ratio`: of the pixmaps.
    void begin(const WheelPicture& w, const WheelLayoutPtr& to, double ratio);
    /// Back to where it came from, from where it is now.
    void turnRound();
    void finish() { m_elapsed = m_length; }
    void advance(double elapsedMs) { m_elapsed = elapsedMs; }

    bool isRunning() const { return m_elapsed < m_length; }
    /// 0 at the old geometry, 1 at the new one.
    double share() const;
    const std::vector<Traveller>& travellers() const { return m_travellers; }
    QPointF positionOf(const Traveller& t) const;
    void paint(QPainter& p, const Theme& t) const;

  private:
    std::vector<Traveller> m_travellers;
    QPixmap m_before, m_after; ///< all but dots
    double m_begun = 0;        ///< share with which it began
    double m_length = 0, m_elapsed = 0;
};

} // namespace jiffy::ui
