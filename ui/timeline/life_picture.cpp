// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/life_picture.h"

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

using What = core::LifeJoint::What;

std::uint64_t dueTick(core::Jiffies due, std::uint64_t tick, core::Jiffies jiffies, core::Word word)
{
    const auto ahead = word.signedDistance(due, jiffies);
    return ahead <= 0 ? tick + 1 : tick + static_cast<std::uint64_t>(ahead);
}

namespace
{

class PictureMaker
{
  public:
    PictureMaker(const core::Lifeline& life, const core::Geometry& geometry, const TimeScale& scale, const Playhead& playhead,
                 std::uint64_t endTicks)
        : m_life(life), m_geometry(geometry), m_scale(scale), m_playhead(playhead), m_end(scale.leftOf(static_cast<double>(endTicks) + 1)),
          m_line(playhead.xIn(scale)), m_reached(life.jointsBefore(playhead.event))
    {
    }

    LifePicture make()
    {
        const auto joints = m_life.joints();
        const auto from = m_scale.tickAt(m_scale.left);
        std::size_t i = m_life.firstAtTick(from);
        // The stay that reaches in from the left.
        if (i > 0) stroke(i - 1, i);
        while (i < joints.size()) {
            const double x = xOf(i);
            if (x > m_scale.right + 1) break;
            // All that stands within a pixel is one: the last stay shows, and the weightiest mark.
            std::size_t last = i, shown = i;
            while (last + 1 < joints.size() && xOf(last + 1) < x + .75) {
                const auto skip = std::max(last + 1, m_life.firstAtTick(m_scale.tickAt(x + .75)));
                last = m_scale.pixelsPerTick() < .5 && skip > last + 1 ? std::min(skip, joints.size()) - 1 : last + 1;
                if (weight(last) > weight(shown)) shown = last;
            }
            mark(shown);
            stroke(last, last + 1);
            i = last + 1;
        }
        plan();
        return std::move(m_picture);
    }

  private:
    bool isReached(std::size_t joint) const { return joint < m_reached; }
    int levelOf(core::SlotId slot) const { return slot.isValid() ? std::max(0, m_geometry.place(slot).level) : 0; }
    /// The middle of its tick; within the playhead's tick on its own side of the playhead.
    double xOf(std::size_t joint) const
    {
        const auto tick = m_life.joints()[joint].tick;
        const double x = m_scale.xOf(static_cast<double>(tick));
        if (tick != m_playhead.tick) return x;
        return isReached(joint) ? std::min(x, m_line) : std::max(x, m_line);
    }
    int weight(std::size_t joint) const
    {
        switch (m_life.joints()[joint].what) {
        case What::Fired: return 5;
        case What::Deleted: return 4;
        case What::Moved: return 3;
        case What::Refused: return 3;
        case What::Armed: return 2;
        case What::Rearmed: return 2;
        default: return 0;
        }
    }
    void mark(std::size_t joint)
    {
        const auto& j = m_life.joints()[joint];
        if (j.what == What::TakenOff) return; // where it is armed anew says it
        const double x = xOf(joint);
        if (x < m_scale.left - 1) return;
        m_picture.marks.push_back({x, j.what, levelOf(j.slot.isValid() ? j.slot : j.left), j.event, j.tick, isReached(joint),
                                   j.event + 1 == m_playhead.event});
    }
    /// Where it stood between two joints, of which the second may not exist.
    void stroke(std::size_t joint, std::size_t next)
    {
        const auto slot = m_life.slotAfter(joint + 1);
        if (!slot.isValid()) return;
        const auto joints = m_life.joints();
        const double from = std::max(m_scale.left, xOf(joint));
        const double end = next < joints.size() ? xOf(next) : m_end;
        const double to = std::min(m_scale.right, end);
        const int level = levelOf(slot);
        const double split = std::clamp(m_line, from, std::max(from, to));
        if (split > from && isReached(joint)) m_picture.strokes.push_back({from, split, level, true});
        const double rest = isReached(joint) ? split : from;
        if (to > rest) m_picture.strokes.push_back({rest, to, level, false});
    }
    void plan()
    {
        const auto slot = m_life.slotAfter(m_reached);
        if (!slot.isValid()) return;
        const auto at = m_life.dueAfter(m_reached);
        if (!at) return;
        const auto due = m_life.isTaken(m_reached) ? m_playhead.tick
                                                   : dueTick(*at, m_playhead.tick, m_life.jiffiesAt(m_playhead.tick), m_geometry.word);
        m_picture.plan = LifePlan{std::max(m_scale.left, m_line), std::max(m_line, m_scale.xOf(static_cast<double>(due))), due, levelOf(slot)};
    }

    const core::Lifeline& m_life;
    const core::Geometry& m_geometry;
    const TimeScale& m_scale;
    const Playhead& m_playhead;
    double m_end;          ///< x of the end of what is recorded
    double m_line;         ///< x of the playhead
    std::size_t m_reached; ///< joints
    LifePicture m_picture;
};

} // namespace

LifePicture lifePicture(const core::Lifeline& life, const core::Geometry& geometry, const TimeScale& scale, const Playhead& playhead,
                        std::uint64_t endTicks)
{
    return PictureMaker(life, geometry, scale, playhead, endTicks).make();
}

} // namespace jiffy::ui
