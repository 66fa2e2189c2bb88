// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/hover.h"

#include "ui/timeline/recorded_hover.h"
#include "ui/timeline/strip_hover.h"
#include "ui/wheel/painter.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

using What = core::LifeJoint::What;

constexpr std::uint64_t mostCountedTicks = 2'000'000;

QString say(const char* text, int n = -1)
{
    return QCoreApplication::translate("Timeline", text, nullptr, n);
}

QString slotText(const core::Geometry& g, core::SlotId slot)
{
    return QString::fromStdString(g.slotName(slot));
}

QString momentText(const TimelineScene& s, std::uint64_t tick)
{
    const auto jiffies = s.jiffiesAt(tick);
    return say(QT_TRANSLATE_NOOP("Timeline", "jiffies %1 (%2), %3 after the start"))
        .arg(grouped(jiffies), hexWord(jiffies, s.inputs->machine.word.bits()),
             durationText(static_cast<double>(tick) / s.inputs->machine.hz.value));
}

/// Of a sorted list: what its calls had to look at.
QString listCountText(std::uint64_t fires, std::uint64_t comparisons)
{
    QStringList parts;
    if (comparisons == 1) parts << say(QT_TRANSLATE_NOOP("Timeline", "1 expiry is compared"));
    else if (comparisons != 0) parts << say(QT_TRANSLATE_NOOP("Timeline", "%1 expiries are compared")).arg(grouped(comparisons));
    if (fires == 1) parts << say(QT_TRANSLATE_NOOP("Timeline", "1 timer fires"));
    else if (fires != 0) parts << say(QT_TRANSLATE_NOOP("Timeline", "%1 timers fire")).arg(grouped(fires));
    return parts.join(QLatin1String(", "));
}

/// What was planned for a tick, and by what.
QString plannedText(const core::Geometry& g, std::uint32_t count)
{
    switch (g.algorithm) {
    case core::TimerAlgorithm::Wheel39: return say(QT_TRANSLATE_NOOP("Timeline", "tv1 has planned it: %1 due")).arg(grouped(count));
    case core::TimerAlgorithm::Wheel61: return say(QT_TRANSLATE_NOOP("Timeline", "a bucket is due here: %1 in it")).arg(grouped(count));
    case core::TimerAlgorithm::SortedList: return say(QT_TRANSLATE_NOOP("Timeline", "the list has %1 for then")).arg(grouped(count));
    }
    return {};
}

/// Ticks in a row in which there was nothing to do.
QString quietText(const core::Geometry& g, std::uint64_t ticks)
{
    switch (g.algorithm) {
    case core::TimerAlgorithm::Wheel39:
        return say(QT_TRANSLATE_NOOP("Timeline", "every tick looked, and found nothing: %1 in a row")).arg(grouped(ticks));
    case core::TimerAlgorithm::Wheel61:
        return say(QT_TRANSLATE_NOOP("Timeline", "next_expiry was still to come: %1 ticks in a row")).arg(grouped(ticks));
    case core::TimerAlgorithm::SortedList:
        return say(QT_TRANSLATE_NOOP("Timeline", "the first of the list was not due: %1 ticks in a row")).arg(grouped(ticks));
    }
    return {};
}

QString countText(const core::Geometry& g, std::uint64_t fires, std::uint64_t moves)
{
    if (g.is(core::TimerAlgorithm::SortedList)) return listCountText(fires, moves);
    QStringList parts;
    if (fires == 1) parts << say(QT_TRANSLATE_NOOP("Timeline", "1 timer fires"));
    else if (fires != 0) parts << say(QT_TRANSLATE_NOOP("Timeline", "%1 timers fire")).arg(grouped(fires));
    if (moves == 1) parts << say(QT_TRANSLATE_NOOP("Timeline", "a cascade moves 1 timer"));
    else if (moves != 0) parts << say(QT_TRANSLATE_NOOP("Timeline", "cascades move %1 timers")).arg(grouped(moves));
    return parts.join(QLatin1String(", "));
}

/// The busy tick of a CPU nearest to x, within a few pixels.
std::optional<std::uint64_t> busyNear(const TimelineScene& s, int cpu, double x)
{
    const auto tick = s.scale.tickAt(x);
    if (s.pyramid->busyAt(cpu, tick) != nullptr) return tick;
    std::optional<std::uint64_t> best;
    double nearest = s.look.px(4);
    for (const auto& candidate : {s.pyramid->previousBusy(cpu, tick), s.pyramid->nextBusy(cpu, tick)}) {
        if (!candidate) continue;
        const double distance = std::abs(s.scale.xOf(static_cast<double>(*candidate)) - x);
        if (distance > nearest) continue;
        nearest = distance;
        best = candidate;
    }
    return best;
}

/// The tick nearest to x in which a call woke the CPU, within a few pixels.
std::optional<std::uint64_t> wakeNear(const TimelineScene& s, int cpu, double x)
{
    const auto& wakes = s.pyramid->wakes(cpu);
    const auto at = std::lower_bound(wakes.begin(), wakes.end(), s.scale.tickAt(x));
    std::optional<std::uint64_t> best;
    double nearest = s.look.px(4);
    const auto look = [&](std::uint64_t tick) {
        const double distance = std::abs(s.scale.xOf(static_cast<double>(tick)) - x);
        if (distance > nearest) return;
        nearest = distance;
        best = tick;
    };
    if (at != wakes.end()) look(*at);
    if (at != wakes.begin()) look(*std::prev(at));
    return best;
}

QString laneText(const TimelineScene& s, int cpu, double x)
{
    const QString name = say(QT_TRANSLATE_NOOP("Timeline", "CPU %1")).arg(cpu);
    const auto busy = busyNear(s, cpu, x);
    const auto woken = wakeNear(s, cpu, x);
    const auto tick = busy ? *busy : woken ? *woken : s.scale.tickAt(x);
    if (tick > s.endTicks) return {};
    QStringList lines{name + QLatin1String(", ") + momentText(s, tick)};
    if (woken == tick) lines << say(QT_TRANSLATE_NOOP("Timeline", "a timer filed on it from another CPU wakes it"));
    if (!busy && woken) return lines.join(QLatin1Char('\n'));
    if (busy) {
        const auto* b = s.pyramid->busyAt(cpu, *busy);
        const auto counts = countText(s.geometry, b->fires, b->moves);
        lines << (counts.isEmpty() ? say(QT_TRANSLATE_NOOP("Timeline", "a cascade finds an empty slot")) : counts);
        return lines.join(QLatin1Char('\n'));
    }
    for (const auto& plan : (*s.planned)[static_cast<std::size_t>(cpu)])
        if (plan.tick == tick)
            return (lines << plannedText(s.geometry, plan.count)).join(QLatin1Char('\n'));
    for (const auto& gap : s.pyramid->skipped())
        if (tick >= gap.from && tick + 1 < gap.to)
            return (lines << say(QT_TRANSLATE_NOOP("Timeline", "jiffies were moved by hand: no tick came"))).join(QLatin1Char('\n'));
    const auto before = s.pyramid->previousBusy(cpu, tick), after = s.pyramid->nextBusy(cpu, tick);
    const auto first = before ? *before + 1 : 0, last = after ? *after : s.endTicks + 1;
    lines << quietText(s.geometry, last - first);
    return lines.join(QLatin1Char('\n'));
}

QString lifeText(const TimelineScene& s, const LifelineRow& row, double x)
{
    const auto& life = *row.life;
    if (const auto* joint = jointNear(life, s.scale, x, s.look.px(6)))
        return row.name + QLatin1Char(' ') + jointText(life, *joint, s.geometry) + QLatin1Char('\n') + momentText(s, joint->tick);
    const auto tick = s.scale.tickAt(x);
    const auto plan = lifePicture(life, s.geometry, s.scale, s.playhead, s.endTicks).plan;
    if (plan && std::abs(plan->to - x) <= s.look.px(6))
        return say(QT_TRANSLATE_NOOP("Timeline", "%1 is due here, in %2, if nobody touches it"))
            .arg(row.name, spanText(plan->tick - s.playhead.tick, s.inputs->machine.hz));
    const auto n = life.firstAtTick(tick + 1);
    const auto slot = life.slotAfter(n);
    if (!slot.isValid())
        return row.name + QLatin1Char('\n') + say(n == 0 ? QT_TRANSLATE_NOOP("Timeline", "not armed yet")
                                                        : QT_TRANSLATE_NOOP("Timeline", "not armed"));
    std::size_t i = n;
    while (i > 0 && !life.joints()[i - 1].isChange()) --i;
    const auto expires = life.joints()[i - 1].expires;
    if (life.isTaken(n))
        return say(QT_TRANSLATE_NOOP("Timeline", "%1 waits in %2 for its call in this softirq, though it expires %3 (%4)"))
            .arg(row.name, slotText(s.geometry, slot), grouped(expires), hexWord(expires, s.inputs->machine.word.bits()));
    if (const auto due = life.dueAfter(n); due && *due != expires && s.geometry.is(core::TimerAlgorithm::Wheel61))
        return say(QT_TRANSLATE_NOOP("Timeline", "%1 stands in %2, expires %3 (%4), due with its bucket at %5"))
            .arg(row.name, slotText(s.geometry, slot), grouped(expires), hexWord(expires, s.inputs->machine.word.bits()), grouped(*due));
    return say(QT_TRANSLATE_NOOP("Timeline", "%1 stands in %2, expires %3 (%4)"))
        .arg(row.name, slotText(s.geometry, slot), grouped(expires), hexWord(expires, s.inputs->machine.word.bits()));
}

QString ghostText(const GhostRow& ghost)
{
    return say(QT_TRANSLATE_NOOP("Timeline", "%1: what would have happened without the change")).arg(ghost.name);
}

} // namespace

const core::LifeJoint* jointNear(const core::Lifeline& life, const TimeScale& scale, double x, double reach)
{
    const auto joints = life.joints();
    const core::LifeJoint* best = nullptr;
    double nearest = reach;
    for (auto i = life.firstAtTick(scale.tickAt(x - reach)); i < joints.size(); ++i) {
        const double distance = scale.xOf(static_cast<double>(joints[i].tick)) - x;
        if (distance > reach) break;
        if (joints[i].what == What::TakenOff || std::abs(distance) > nearest) continue;
        nearest = std::abs(distance);
        best = &joints[i];
    }
    return best;
}

QString jointText(const core::Lifeline& life, const core::LifeJoint& joint, const core::Geometry& g)
{
    switch (joint.what) {
    case What::Armed: return say(QT_TRANSLATE_NOOP("Timeline", "is armed, in %1")).arg(slotText(g, joint.slot));
    case What::Rearmed: return say(QT_TRANSLATE_NOOP("Timeline", "is armed anew, in %1")).arg(slotText(g, joint.slot));
    case What::Moved:
        return say(QT_TRANSLATE_NOOP("Timeline", "falls from %1 to %2")).arg(slotText(g, joint.left), slotText(g, joint.slot));
    case What::TakenOff: return say(QT_TRANSLATE_NOOP("Timeline", "is taken off %1")).arg(slotText(g, joint.left));
    case What::Deleted: return say(QT_TRANSLATE_NOOP("Timeline", "is deleted"));
    case What::Fired: {
        const auto late = life.lateness(joint);
        if (late == -1) return say(QT_TRANSLATE_NOOP("Timeline", "fires, 1 jiffy early"));
        if (late < 0) return say(QT_TRANSLATE_NOOP("Timeline", "fires, %1 jiffies early")).arg(-late);
        if (late == 0) return say(QT_TRANSLATE_NOOP("Timeline", "fires, on time"));
        if (late == 1) return say(QT_TRANSLATE_NOOP("Timeline", "fires, 1 jiffy late"));
        return say(QT_TRANSLATE_NOOP("Timeline", "fires, %1 jiffies late")).arg(late);
    }
    case What::Untouched: return say(QT_TRANSLATE_NOOP("Timeline", "is left as it is by a call"));
    case What::Refused: return say(QT_TRANSLATE_NOOP("Timeline", "is pending: the call ends in BUG_ON"));
    }
    return {};
}

QString areaText(const core::CountPyramid& pyramid, TickRange area, core::Hz hz)
{
    const auto from = static_cast<std::uint64_t>(std::max(0.0, area.from)), to = static_cast<std::uint64_t>(std::max(area.from, area.to));
    QString text = say(QT_TRANSLATE_NOOP("Timeline", "Stretch of %1")).arg(spanText(to - from, hz));
    if (to - from > mostCountedTicks) return text;
    std::uint64_t fires = 0, moves = 0;
    for (int cpu = 0; cpu < pyramid.cpus(); ++cpu)
        pyramid.visit(cpu, 0, from, to, [&](const core::BusyBucket& b) {
            fires += b.fires;
            moves += b.moves;
        });
    const auto counts = countText(pyramid.geometry(), fires, moves);
    return counts.isEmpty() ? text : text + QLatin1String(": ") + counts;
}

QString hoverText(const TimelineScene& s, QPointF at)
{
    const bool isHeader = at.x() < s.scale.left - s.look.px(4);
    const auto x = at.x();
    if (const int cpu = s.rows.lanes.rowAt(at.y()); cpu >= 0) {
        const bool isRecorded = s.recorded != nullptr && at.y() >= s.rows.recordedTopOf(cpu);
        if (isHeader && isRecorded) return recordedHeaderText(*s.recorded, cpu);
        if (isHeader) return say(QT_TRANSLATE_NOOP("Timeline", "CPU %1: a click selects it")).arg(cpu);
        if (isRecorded) return x <= s.scale.right ? recordedText(s, cpu, x) : QString();
        if (s.activity != nullptr) return x <= s.scale.right ? stripText(s, cpu, x) : QString();
        return x <= s.scale.right ? laneText(s, cpu, x) : QString();
    }
    if (const int row = s.rows.lives.rowAt(at.y()); row >= 0) {
        const auto i = static_cast<std::size_t>(row);
        if (i >= s.lives.size()) return ghostText(s.ghosts[i - s.lives.size()]);
        if (isHeader) return say(QT_TRANSLATE_NOOP("Timeline", "%1: a click selects it")).arg(s.lives[i].name);
        return x <= s.scale.right + s.look.px(6) ? lifeText(s, s.lives[i], x) : QString();
    }
    if (isHeader || x > s.scale.right + s.look.px(9)) return {};
    if (at.y() < s.rows.rulerTop)
        return say(QT_TRANSLATE_NOOP("Timeline", "The whole run, %1. A click goes there; the frame can be moved."))
            .arg(spanText(s.endTicks, s.inputs->machine.hz));
    for (const auto& [tick, name] : {std::pair(s.markers.a, QLatin1Char('A')), std::pair(s.markers.b, QLatin1Char('B'))})
        if (tick && flagBox(s, *tick).contains(at))
            return say(QT_TRANSLATE_NOOP("Timeline", "Marker %1, %2. Drag it; Alt keeps it from going to events.")).arg(name).arg(momentText(s, *tick));
    if (at.y() < s.rows.lanes.top)
        return momentText(s, s.scale.tickAt(x)) + QLatin1Char('\n') +
               say(QT_TRANSLATE_NOOP("Timeline", "Drag along the ruler to measure."));
    return {};
}

} // namespace jiffy::ui
