// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/recorded_strip.h"

#include <QCoreApplication>
#include <QPolygonF>

#include <array>
#include <cmath>

namespace jiffy::ui
{

namespace
{

using core::ActivitySpan;
using core::Recorded;
using core::RecordedEnd;
using core::RecordedMachine;
using core::RecordedMark;

QString say(const char* text)
{
    return QCoreApplication::translate("Timeline", text);
}

using What = RecordedMark::What;

constexpr std::array allMarks = {What::HrtimerStart, What::HrtimerCancel, What::TickKept, What::Lost};

bool isShown(const TimelineScene& s, What what)
{
    const bool isOfHrtimer = what == What::HrtimerStart || what == What::HrtimerCancel;
    return !isOfHrtimer || s.scale.pixelsPerTick() >= s.look.px(marksFrom);
}

std::vector<RecordedMark>::const_iterator firstMark(const std::vector<RecordedMark>& marks, std::uint64_t ns)
{
    return std::partition_point(marks.begin(), marks.end(), [&](const RecordedMark& m) { return m.at < ns; });
}

class RecordedStrip : private StripBrush
{
  public:
    RecordedStrip(QPainter& p, const TimelineScene& s, int cpu, double top, double height)
        : StripBrush(p, s, top, height), m_machine(*s.recorded), m_cpu(cpu)
    {
    }

    void paint()
    {
        const auto stops = blocksOf(Recorded::Stopped);
        for (const auto& b : stops) paintStop(b);
        paintBase();
        const auto each = [&](Recorded what, void (RecordedStrip::*paintOne)(const StripBlock&, const ActivitySpan&)) {
            for (const auto& b : blocksOf(what)) {
                (this->*paintOne)(b, m_machine.spans(m_cpu, what)[b.first]);
                takePlace(b);
            }
        };
        each(Recorded::Interrupt, &RecordedStrip::paintInterrupt);
        each(Recorded::Tick, &RecordedStrip::paintTick);
        each(Recorded::Softirq, &RecordedStrip::paintSoftirq);
        each(Recorded::Hrtimer, &RecordedStrip::paintHrtimer);
        each(Recorded::Handler, &RecordedStrip::paintHandler);
        sortPlaces();
        for (const auto& b : stops)
            if (b.count == 1) writeOnPatch(widestGap(wholeBox(b)), say(QT_TRANSLATE_NOOP("Timeline", "tick stopped")), true);
        paintMarks();
    }

  private:
    std::vector<StripBlock> blocksOf(Recorded what) const { return stripBlocks(m_machine.spans(m_cpu, what), m_scale, m_machine.end()); }

    /// With an edge where an event tells its begin or its end.
    void paintStop(const StripBlock& b)
    {
        paintStopped(b);
        if (b.count != 1 || b.to - b.from < m_look.px(8)) return;
        const ActivitySpan& s = m_machine.spans(m_cpu, Recorded::Stopped)[b.first];
        m_p.setPen(QPen(mix(m_t.canvas, m_t.ink3, .8), m_look.px(1.2)));
        const auto edge = [&](double x) { m_p.drawLine(QPointF(x, m_top), QPointF(x, m_base)); };
        if (!b.isCutLeft && !RecordedMachine::beganBefore(s)) edge(b.from);
        if (RecordedMachine::endOf(s) == RecordedEnd::Said && b.to < m_scale.ticks().right) edge(b.to);
    }
    void paintInterrupt(const StripBlock& b, const ActivitySpan&) { m_p.fillRect(boxOf(b, 0, 1.2), mix(m_t.canvas, m_t.ink, .8)); }
    void paintTick(const StripBlock& b, const ActivitySpan&) { m_p.fillRect(boxOf(b, .38, 1), mix(m_t.canvas, m_t.ink2, .75)); }
    void paintSoftirq(const StripBlock& b, const ActivitySpan&) { fill(boxOf(b, .1, 2), m_t.nowBg, m_t.now); }
    void paintHandler(const StripBlock& b, const ActivitySpan& s)
    {
        const QRectF box = boxOf(b, .26, 3);
        fill(box, m_t.pill);
        if (b.count == 1 && s.id != ActivitySpan::none)
            writeIn(box, QString::fromStdString(m_s.inputs->timerName(core::TimerId(s.id))), m_t.pillText, true);
    }
    void paintHrtimer(const StripBlock& b, const ActivitySpan& s)
    {
        const QRectF box = boxOf(b, .26, 2);
        fill(box, m_t.sunken, m_t.ink2);
        if (b.count == 1 && s.id != RecordedMark::noName) writeIn(box, QString::fromStdString(m_machine.name(s.id)), m_t.ink, true);
    }

    /// One of a kind in two pixels at most.
    void paintMarks()
    {
        for (const What what : allMarks) {
            const auto& marks = m_machine.marks(m_cpu, what);
            if (!isShown(m_s, what)) continue;
            for (auto it = firstMark(marks, m_scale.at(m_scale.ticks().left)); it != marks.end();) {
                const double x = m_scale.xOf(it->at);
                if (x > m_scale.ticks().right) break;
                paintMark(what, x);
                it = std::max(it + 1, firstMark(marks, m_scale.at(x + m_look.px(2))));
            }
        }
    }
    void paintMark(What what, double x)
    {
        const double r = m_look.px(2.6);
        m_p.setPen(QPen(m_t.canvas, 1));
        m_p.setBrush(m_t.ink2);
        switch (what) {
        case What::HrtimerStart:
            m_p.drawPolygon(QPolygonF({{x - r, m_base}, {x + r, m_base}, {x, m_base - 1.7 * r}}));
            return;
        case What::HrtimerCancel:
            m_p.setPen(QPen(m_t.ink2, m_look.px(1.2)));
            m_p.drawLine(QPointF(x - r, m_base - 2 * r), QPointF(x + r, m_base));
            m_p.drawLine(QPointF(x - r, m_base), QPointF(x + r, m_base - 2 * r));
            return;
        case What::TickKept:
            m_p.setPen(QPen(m_t.ink2, m_look.px(1.2)));
            m_p.setBrush(m_t.canvas);
            m_p.drawEllipse(QPointF(x, m_top + r), r, r);
            return;
        case What::Lost: {
            QPen pen(m_t.late, m_look.px(1.6));
            pen.setDashPattern({2, 1.5});
            m_p.setPen(pen);
            m_p.drawLine(QPointF(x, m_top - m_look.px(3)), QPointF(x, m_base));
            return;
        }
        }
    }

    const RecordedMachine& m_machine;
    int m_cpu;
};

} // namespace

void paintRecordedStrip(QPainter& p, const TimelineScene& s, int cpu, double top, double height)
{
    RecordedStrip(p, s, cpu, top, height).paint();
}

const RecordedMark* markNear(const TimelineScene& s, int cpu, double x, double reach)
{
    const StripScale scale(s.scale, s.inputs->machine.hz);
    const RecordedMark* best = nullptr;
    double nearest = reach;
    for (const What what : allMarks) {
        const auto& marks = s.recorded->marks(cpu, what);
        if (!isShown(s, what)) continue;
        // The nearest is the first behind the place, or the one before that.
        const auto behind = firstMark(marks, scale.at(x));
        const auto look = [&](const RecordedMark& m) {
            const double distance = std::abs(scale.xOf(m.at) - x);
            if (distance > nearest) return;
            nearest = distance;
            best = &m;
        };
        if (behind != marks.end()) look(*behind);
        if (behind != marks.begin()) look(*std::prev(behind));
    }
    return best;
}

} // namespace jiffy::ui
