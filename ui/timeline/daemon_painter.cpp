// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/daemon_painter.h"

#include "ui/timeline/daemon_run.h"
#include "ui/timeline/daemon_time.h"
#include "ui/timeline/lane_painter.h"
#include "ui/wheel/glyphs.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace jiffy::ui
{

namespace
{

using core::AlarmMark;
using core::WorkRun;

constexpr double narrowAlarm = 4; ///< px between alarms below which they are columns
constexpr double barsApart = 9;   ///< px a bar of lateness needs on average
constexpr double callsApart = 11; ///< px between funcs that have a glyph each
constexpr std::size_t mostRays = 40;

QString say(const char* text)
{
    return QCoreApplication::translate("Timeline", text);
}

double centred(const QFont& font, double y)
{
    return y + QFontMetricsF(font).capHeight() / 2;
}

QRectF clipOf(const TimelineScene& s, const RowStack& stack)
{
    return {s.scale.left, stack.top, s.scale.right - s.scale.left, stack.height};
}

double averageGap(const TimelineScene& s, std::size_t n)
{
    return n == 0 ? s.scale.right : (s.scale.right - s.scale.left) / static_cast<double>(n);
}

// ---- the floor

class FloorPainter
{
  public:
    FloorPainter(QPainter& p, const TimelineScene& s, const DaemonPicture& picture)
        : m_p(p), m_s(s), m_look(s.look), m_t(s.look.t()), m_picture(picture)
    {
    }

    void paintGrid()
    {
        const double bottom = m_s.rows.bottom;
        m_p.setPen(QPen(translucent(m_t.line, .7), 1));
        for (const auto& mark : secondMarks(m_s.scale, m_look.px(secondsApart)))
            if (mark.isMajor && mark.x <= m_s.scale.right) {
                const double x = std::floor(mark.x) + .5;
                m_p.drawLine(QPointF(x, m_s.rows.rulerLine), QPointF(x, bottom));
            }
        m_p.setPen(QPen(m_t.line, 1));
        for (int i = m_s.rows.lanes.firstInSight(); i < m_s.rows.lanes.endInSight(); ++i) {
            const double y = std::floor(m_s.rows.lanes.topOf(i + 1)) - .5;
            if (y < m_s.rows.lanes.top + m_s.rows.lanes.height + 1)
                m_p.drawLine(QPointF(m_look.px(headerLeft), y), QPointF(m_s.scale.right, y));
        }
    }

    void paintLanes()
    {
        m_p.save();
        m_p.setClipRect(clipOf(m_s, m_s.rows.lanes));
        for (int i = m_s.rows.lanes.firstInSight(); i < m_s.rows.lanes.endInSight(); ++i) {
            m_top = m_s.rows.lanes.topOf(i);
            m_height = m_s.rows.lanes.rowHeight;
            switch (m_picture.lanes[static_cast<std::size_t>(i)]) {
            case DaemonLane::Alarm:
                paintAlarms();
                break;
            case DaemonLane::Pipe:
                paintPipe();
                break;
            case DaemonLane::Countdown:
                paintCountdown();
                break;
            case DaemonLane::Loop:
                paintLoop();
                break;
            case DaemonLane::Pass:
                paintPasses();
                break;
            }
        }
        m_p.restore();
    }

    void paintRows()
    {
        m_p.save();
        m_p.setClipRect(clipOf(m_s, m_s.rows.lives));
        for (const auto& row : m_picture.rows) {
            const double y = barTop(m_s, row.number);
            for (const auto& b : row.twin.merged)
                box(b.from, y + m_look.px(8.5), std::max(1.0, b.to - b.from), m_look.px(5), twinColour(m_t),
                    0);
            for (const auto& b : row.lead.merged)
                box(b.from, y, std::max(1.0, b.to - b.from), m_look.px(8), m_t.late, 0);
            for (const auto& b : row.lead.bars)
                paintLate(b, y);
        }
        m_p.restore();
    }

    static constexpr double secondsApart = 72;
    static QColor twinColour(const Theme& t) { return mix(t.canvas, t.ink3, .42); }
    static bool isLow(const TimelineScene& s) { return s.rows.lives.rowHeight < s.look.px(21); }
    /// Of the bar of lateness.
    static double barTop(const TimelineScene& s, int row)
    {
        // In low rows a little lower, so that the words above the other bar are whole.
        return s.rows.lives.middleOf(row) - s.look.px(isLow(s) ? 6 : 7);
    }

  private:
    void box(double x, double y, double w, double h, const QColor& colour, double radius = 2.5)
    {
        m_p.setPen(Qt::NoPen);
        m_p.setBrush(colour);
        if (radius > 0 && w > 3)
            m_p.drawRoundedRect(QRectF(x, y, w, h), m_look.px(radius), m_look.px(radius));
        else
            m_p.drawRect(QRectF(x, y, w, h));
    }
    double inLane(double share) const { return m_top + m_height * share; }

    void paintAlarms()
    {
        const bool isNarrow = averageGap(m_s, m_picture.alarms.size()) < m_look.px(narrowAlarm);
        const double top = inLane(.16), height = m_height * .66, width = isNarrow ? 1 : m_look.px(2.4);
        for (const auto& a : m_picture.alarms) {
            const bool isLost = a.swallowed == a.count || a.fate == AlarmMark::Fate::Failed;
            if (isNarrow && a.swallowed != 0 && !isLost) {
                const double part = height * a.swallowed / a.count;
                m_p.fillRect(QRectF(a.x, top, width, part), m_t.ghost);
                m_p.fillRect(QRectF(a.x, top + part, width, height - part), m_t.now);
                continue;
            }
            m_p.fillRect(QRectF(a.x - width / 2, top, width, height), isLost ? m_t.ghost : m_t.now);
            if (!isLost || isNarrow) continue;
            m_p.setPen(QPen(m_t.ghost, m_look.px(1.6)));
            const double middle = top + height / 2;
            m_p.drawLine(QPointF(a.x - m_look.px(4.5), middle + m_look.px(4)),
                         QPointF(a.x + m_look.px(4.5), middle - m_look.px(4)));
        }
    }
    void paintPipe()
    {
        for (const auto& b : m_picture.pipe) {
            const double w = std::max(m_look.px(2.4), b.to - b.from);
            box(b.from, inLane(.22), w, m_height * .58, w >= m_look.px(26) ? m_t.pill : m_t.now, 2);
        }
    }
    /// Grey while the loop waits; a dark end where the time was up.
    void paintCountdown()
    {
        const auto& waits = m_s.daemon->lead().waits();
        for (const auto& b : m_picture.waits) {
            box(b.from, inLane(.26), std::max(1.0, b.to - b.from - 1.5), m_height * .5,
                mix(m_t.canvas, m_t.ink3, .38), 2.5);
            const auto& last = waits[b.first + b.count - 1];
            if (last.answer == core::WaitSpan::Answer::TimedOut)
                m_p.fillRect(QRectF(b.to - m_look.px(2), inLane(.14), m_look.px(2.4), m_height * .74),
                             m_t.ink);
        }
    }
    void paintLoop()
    {
        for (const auto& b : m_picture.passes)
            if (b.to - b.from >= 1.5) box(b.from, inLane(.18), b.to - b.from, m_height * .66, m_t.ink3);
        for (const auto& b : m_picture.handlers)
            box(b.from - (b.to - b.from < 1 ? m_look.px(2) : 0), inLane(.18),
                std::max(m_look.px(4), b.to - b.from), m_height * .66, m_t.ink);
    }
    void paintPasses()
    {
        const bool isNarrow = averageGap(m_s, m_picture.passes.size()) < 3;
        const double width = isNarrow ? 1 : m_look.px(1.4), height = m_look.px(6);
        for (const auto& b : m_picture.passes)
            m_p.fillRect(QRectF(b.from - width / 2, inLane(.86) - height, width, height), m_t.ink3);
        const auto& run = m_s.daemon->lead();
        for (const auto& c : m_picture.calls) {
            const auto& first = run.runs()[run.calls()[c.first]];
            const auto& last = run.runs()[run.calls()[c.first + c.count - 1]];
            const auto done = last.doneAt == core::notYet ? m_s.endTicks : last.doneAt;
            const double from = m_s.scale.leftOf(static_cast<double>(first.endedAt)),
                         to = m_s.scale.leftOf(static_cast<double>(done));
            if (to - from >= 2) box(from, inLane(.5) - m_look.px(2), to - from, m_look.px(4), m_t.now, 2);
        }
    }

    void paintLate(const LateBar& b, double y)
    {
        const double left = m_s.scale.left - 8, right = m_s.scale.right + 8;
        // From when it was added to when it was due: a hairline.
        m_p.setPen(QPen(m_t.line2, m_look.px(1.2)));
        const double waitEnd = std::min(b.due, b.fate == WorkRun::Fate::Waiting ? right : b.end);
        const double middle = y + m_look.px(4);
        if (waitEnd > left && b.added < right)
            m_p.drawLine(QPointF(std::max(left, b.added), middle), QPointF(std::min(right, waitEnd), middle));
        if (b.fate == WorkRun::Fate::Deleted) return;
        if (b.isEarly) {
            m_p.setPen(QPen(m_t.late, m_look.px(1.4)));
            m_p.setBrush(Qt::NoBrush);
            m_p.drawRoundedRect(QRectF(QPointF(std::clamp(b.end, left, right), y + .5),
                                       QPointF(std::clamp(b.due, left, right), y + m_look.px(8) - .5)),
                                m_look.px(2.5), m_look.px(2.5));
            return;
        }
        const double from = std::clamp(b.due, left, right), to = std::clamp(b.end, left, right);
        if (to > from || (b.due <= right && b.due >= left && b.fate == WorkRun::Fate::Ran))
            box(from, y, std::max(m_look.px(2.4), to - from), m_look.px(8), m_t.late);
    }

    QPainter& m_p;
    const TimelineScene& m_s;
    const Look& m_look;
    const Theme& m_t;
    const DaemonPicture& m_picture;
    double m_top = 0, m_height = 0; ///< of the lane in hand
};

/// Names are set in the header, and cut there with an ellipsis.
void paintName(QPainter& p, const TimelineScene& s, const QString& name, double middle, const QFont& font,
               const QColor& colour, double indent)
{
    const QFontMetricsF metrics(font);
    p.setFont(font);
    p.setPen(colour);
    const double left = s.look.px(headerLeft) + indent;
    p.drawText(QPointF(left, centred(font, middle)),
               metrics.elidedText(name, Qt::ElideMiddle, s.scale.left - s.look.px(8) - left));
}

void paintRowNames(QPainter& p, const TimelineScene& s, const DaemonPicture& picture)
{
    const auto& t = s.look.t();
    const auto& run = *s.daemon;
    p.save();
    p.setClipRect(QRectF(0, s.rows.lanes.top, s.scale.left, s.rows.lanes.height));
    for (int i = s.rows.lanes.firstInSight(); i < s.rows.lanes.endInSight(); ++i) {
        const auto lane = picture.lanes[static_cast<std::size_t>(i)];
        paintName(p, s, laneName(lane, run.inputs().daemon.scheduler), s.rows.lanes.middleOf(i),
                  s.look.words(12.5), t.ink2, 0);
    }
    p.restore();
    if (s.rows.livesTitle > 0)
        paintName(p, s, say(QT_TRANSLATE_NOOP("Timeline", "Lateness")), s.rows.livesTitle,
                  s.look.words(12.5, QFont::DemiBold), t.ink, 0);
    p.save();
    p.setClipRect(QRectF(0, s.rows.lives.top, s.scale.left, s.rows.lives.height));
    const auto& items = run.items();
    for (int i = s.rows.lives.firstInSight(); i < s.rows.lives.endInSight(); ++i) {
        const auto n = static_cast<std::size_t>(i);
        const double middle = s.rows.lives.middleOf(i);
        if (n >= items.size()) {
            if (n - items.size() < run.ghosts().size())
                paintName(p, s, say(QT_TRANSLATE_NOOP("Timeline", "%1: its runs")).arg(run.ghosts()[n - items.size()].name), middle,
                          s.look.words(12.5), t.ink3, s.look.px(14));
            continue;
        }
        const bool isSelected = items[n] == s.selectedItem;
        if (isSelected) {
            p.setPen(Qt::NoPen);
            p.setBrush(t.sunken);
            p.drawRoundedRect(QRectF(s.look.px(8), s.rows.lives.topOf(i) + .5, s.scale.left - s.look.px(16),
                                     s.rows.lives.rowHeight - 1),
                              s.look.px(6), s.look.px(6));
        }
        paintName(p, s, run.itemName(items[n]), middle,
                  s.look.numbers(12.5, isSelected ? QFont::Bold : QFont::Normal), isSelected ? t.ink : t.ink2,
                  s.look.px(14));
    }
    p.restore();
}

// ---- over the floor

class PresentPainter
{
  public:
    PresentPainter(QPainter& p, const TimelineScene& s, const DaemonPicture& picture)
        : m_p(p), m_s(s), m_look(s.look), m_t(s.look.t()), m_picture(picture), m_run(s.daemon->lead())
    {
    }

    void paintLanes()
    {
        m_p.save();
        m_p.setClipRect(clipOf(m_s, m_s.rows.lanes));
        veil(m_s.rows.lanes);
        for (int i = m_s.rows.lanes.firstInSight(); i < m_s.rows.lanes.endInSight(); ++i) {
            const double middle = m_s.rows.lanes.topOf(i) + m_s.rows.lanes.rowHeight * .51;
            switch (m_picture.lanes[static_cast<std::size_t>(i)]) {
            case DaemonLane::Pipe:
                pipeTexts(middle);
                break;
            case DaemonLane::Loop:
                loopTexts(middle);
                break;
            case DaemonLane::Pass:
                funcs(middle - m_look.px(1.5));
                break;
            default:
                break;
            }
        }
        m_p.restore();
    }

    void paintRows()
    {
        m_p.save();
        m_p.setClipRect(clipOf(m_s, m_s.rows.lives));
        veil(m_s.rows.lives);
        for (const auto& row : m_picture.rows) {
            const double y = FloorPainter::barTop(m_s, row.number);
            for (const auto& b : row.twin.bars)
                twinBar(b, y);
            m_taken.clear();
            for (const auto& b : row.lead.bars)
                takeBar(b);
            for (std::size_t i = 0; i < row.lead.bars.size(); ++i) {
                const double next = i + 1 < row.lead.bars.size()
                                        ? std::min(row.lead.bars[i + 1].due, row.lead.bars[i + 1].end)
                                        : m_s.scale.right + m_look.px(20);
                marks(row.lead.bars[i], y, next);
            }
            for (std::size_t i = 0; i < row.twin.bars.size(); ++i)
                twinLabel(row.twin.bars[i],
                          i + 1 < row.twin.bars.size() ? std::min(row.twin.bars[i + 1].due, row.twin.bars[i + 1].end)
                                                       : m_s.scale.right,
                          y);
        }
        ghosts();
        m_p.restore();
    }

  private:
    void veil(const RowStack& stack)
    {
        const double from = std::clamp(m_s.playheadX, m_s.scale.left, m_s.scale.right);
        m_p.fillRect(QRectF(from, stack.top, m_s.scale.right - from + 1, stack.height),
                     translucent(m_t.canvas, 1 - unreachedOpacity));
    }
    bool isLaneLow() const { return m_s.rows.lanes.rowHeight < m_look.px(17); }
    bool isReached(std::uint64_t event) const { return event < m_s.playhead.event; }

    /// In the part of a bar that has been reached, or in all of it where that has no room.
    void textIn(double from, double to, const QString& text, const QFont& font, const QColor& colour,
                double middle)
    {
        const double w = textWidth(font, text) + m_look.px(8);
        double end = to;
        if (m_s.playheadX > from && m_s.playheadX < to) {
            if (m_s.playheadX - from >= w)
                end = m_s.playheadX;
            else if (to - m_s.playheadX >= w)
                from = m_s.playheadX;
        }
        if (end - from < w) return;
        // Pale behind the playhead, and so must be what is written on it.
        m_p.setFont(font);
        m_p.setPen(from >= m_s.playheadX ? m_t.ink : colour);
        m_p.drawText(QPointF((from + end) / 2 - textWidth(font, text) / 2, centred(font, middle)), text);
    }
    void pipeTexts(double middle)
    {
        const auto font = m_look.words(isLaneLow() ? 10 : 11.5, QFont::DemiBold);
        for (const auto& b : m_picture.pipe) {
            if (b.to - b.from < m_look.px(26) || b.count != 1) continue;
            const auto most = static_cast<qulonglong>(m_run.pipe()[b.first].most);
            const auto text = m_run.scheduler() == core::WorkScheduler::TimerFd
                                  ? QString::number(most)
                                  : say(QT_TRANSLATE_NOOP("Timeline", "%1 B")).arg(most);
            textIn(b.from, b.to, text, font, m_t.pillText, middle);
        }
    }
    void loopTexts(double middle)
    {
        const auto font = m_look.words(isLaneLow() ? 10 : 12, QFont::DemiBold);
        for (const auto& b : m_picture.handlers) {
            if (b.to - b.from < m_look.px(26) || b.count != 1) continue;
            textIn(b.from, b.to, m_s.daemon->sourceName(m_run.handlers()[b.first].source), font, m_t.inv,
                   middle);
        }
        for (const auto& b : m_picture.passes)
            if (b.to - b.from >= m_look.px(60) && b.count == 1)
                textIn(b.from, b.to, laneName(DaemonLane::Pass, m_run.scheduler()),
                       m_look.words(isLaneLow() ? 10 : 12, QFont::Medium), m_t.inv, middle);
    }
    /// Rays where it has run, a ring where it will.
    void funcs(double y)
    {
        const bool hasRays = m_picture.calls.size() <= mostRays;
        for (std::size_t i = 0; i < m_picture.calls.size(); ++i) {
            const auto& c = m_picture.calls[i];
            const QPointF at(c.x, y);
            if (isReached(m_run.runs()[m_run.calls()[c.first]].endEvent)) {
                paintGlyph(m_p, m_t, Glyph::Firing, at, m_look.px(hasRays ? 3.4 : 3), m_t.now,
                           hasRays ? 1 : 0);
            } else {
                m_p.setPen(QPen(m_t.ink2, m_look.px(1.8)));
                m_p.setBrush(m_t.canvas);
                m_p.drawEllipse(at, m_look.px(4.2), m_look.px(4.2));
            }
            if (c.count == 1) continue;
            const auto font = m_look.words(11.5, QFont::DemiBold);
            const QString text = grouped(c.count);
            const double next = i + 1 < m_picture.calls.size() ? m_picture.calls[i + 1].x : m_s.scale.right;
            if (c.x + m_look.px(11) + textWidth(font, text) > next - m_look.px(10)) continue;
            m_p.setFont(font);
            m_p.setPen(m_t.ink2);
            m_p.drawText(QPointF(c.x + m_look.px(11), centred(font, y)), text);
        }
    }

    void ring(QPointF at, const QColor& colour)
    {
        m_p.setPen(QPen(colour, m_look.px(1.8)));
        m_p.setBrush(m_t.canvas);
        m_p.drawEllipse(at, m_look.px(4.2), m_look.px(4.2));
    }
    // Where words of a row must not stand: its bars and marks, then the words that are there already.
    void take(double from, double to) { m_taken.emplace_back(from, to); }
    void takeBar(const LateBar& b)
    {
        if (b.fate == WorkRun::Fate::Deleted) return take(b.end - m_look.px(5), b.end + m_look.px(5));
        const bool isLate = b.fate != WorkRun::Fate::Waiting || b.end > b.due;
        take(isLate ? std::min(b.due, b.end) : b.due - m_look.px(1), isLate ? std::max(b.due, b.end) : b.due + m_look.px(1));
    }
    bool isFree(double from, double to) const
    {
        const double gap = m_look.px(5);
        return std::none_of(m_taken.begin(), m_taken.end(),
                            [&](const auto& t) { return to > t.first - gap && from < t.second + gap; });
    }

    static bool isTwinShown(const LateBar& b)
    {
        return b.fate == WorkRun::Fate::Ran || (b.fate == WorkRun::Fate::Waiting && b.end > b.due);
    }
    /// "old: 9.6 s" over the end of a grey bar, or over as late a part of it as has room, or behind it.
    void twinLabel(const LateBar& b, double next, double y)
    {
        if (!isTwinShown(b)) return;
        const bool hasRun = b.fate == WorkRun::Fate::Ran;
        const auto font = m_look.words(12.5, QFont::Medium);
        const QString late = hasRun ? durationUsText(m_s.daemon->twin()->runs()[b.run].lateness())
                                    : say(QT_TRANSLATE_NOOP("Timeline", "not yet"));
        const QString text = say(QT_TRANSLATE_NOOP("Timeline", "%1: %2")).arg(m_s.daemon->twinName(), late);
        const double w = textWidth(font, text), ringRadius = m_look.px(9), step = m_look.px(8);
        const double from = std::max(std::min(b.due, b.end), m_s.scale.left) + m_look.px(4);
        const double to = std::min(std::max(b.due, b.end) - ringRadius, m_s.scale.right - m_look.px(4));
        const auto fits = [&](double x) {
            const bool isAcross = m_s.playheadX > x - m_look.px(4) && m_s.playheadX < x + w + m_look.px(4);
            return !isAcross && isFree(x, x + w);
        };
        std::optional<double> place;
        for (double x = to - w; !place && x >= from; x -= step)
            if (fits(x)) place = x;
        const double behind = std::max(b.due, b.end) + ringRadius;
        if (!place && hasRun && behind > m_s.scale.left && behind + w < next - ringRadius && fits(behind)) place = behind;
        if (!place) return;
        take(*place, *place + w);
        m_p.setFont(font);
        m_p.setPen(m_t.ink2);
        m_p.drawText(QPointF(*place, y + m_look.px(FloorPainter::isLow(m_s) ? 7 : 6)), text);
    }
    void twinBar(const LateBar& b, double y)
    {
        if (!isTwinShown(b)) return;
        const double left = m_s.scale.left - 8, right = m_s.scale.right + 8;
        const double from = std::clamp(std::min(b.due, b.end), left, right),
                     to = std::clamp(std::max(b.due, b.end), left, right);
        m_p.setPen(Qt::NoPen);
        m_p.setBrush(FloorPainter::twinColour(m_t));
        m_p.drawRoundedRect(QRectF(from, y + m_look.px(8.5), std::max(1.0, to - from), m_look.px(5)),
                            m_look.px(2.5), m_look.px(2.5));
        if (b.fate == WorkRun::Fate::Ran && b.end <= m_s.scale.right) ring({b.end, y + m_look.px(11)}, m_t.ink3);
    }
    void marks(const LateBar& b, double y, double next)
    {
        const auto& run = m_run.runs()[b.run];
        if (b.fate == WorkRun::Fate::Deleted) {
            if (b.end < m_s.scale.left || b.end > m_s.scale.right) return;
            paintGlyph(m_p, m_t, Glyph::Deleted, {b.end, y + m_look.px(4)}, m_look.px(4.2), m_t.ghost);
            return;
        }
        if (b.due >= m_s.scale.left && b.due <= m_s.scale.right)
            m_p.fillRect(QRectF(b.due - m_look.px(1), y - m_look.px(3), m_look.px(2), m_look.px(18)),
                         m_t.ink);
        if (b.fate == WorkRun::Fate::Waiting || (run.isImmediate && run.lateness() == 0)) return;
        const bool hasHappened = isReached(run.endEvent);
        const auto font = m_look.words(12.5, QFont::DemiBold);
        const auto late = durationUsText(run.lateness());
        const QString text = run.lateness() == 0 ? say(QT_TRANSLATE_NOOP("Timeline", "on time"))
                             : b.isEarly         ? latenessText(run.lateness())
                             : hasHappened       ? say(QT_TRANSLATE_NOOP("Timeline", "late %1")).arg(late)
                                                 : late;
        const double w = textWidth(font, text);
        double x = std::max(b.end, b.due) + m_look.px(8);
        if (m_s.playheadX > x - m_look.px(10) && m_s.playheadX < x + w + m_look.px(4))
            x = m_s.playheadX + m_look.px(8);
        if (x + w > std::min(next - m_look.px(6), m_s.scale.right + m_look.px(20)) ||
            std::max(b.end, b.due) < m_s.scale.left) {
            // At the left of the mark, where there is room in front of it.
            x = std::min(b.due, b.end) - m_look.px(8) - w;
            if (x < m_s.scale.left || std::min(b.due, b.end) > m_s.scale.right || !isFree(x, x + w)) return;
        }
        take(x, x + w);
        m_p.setFont(font);
        m_p.setPen(m_t.ink);
        m_p.drawText(QPointF(x, y + m_look.px(8)), text);
    }
    /// Other futures: the funcs that they call, from where they differ.
    void ghosts()
    {
        const auto& all = m_s.daemon->ghosts();
        const int items = static_cast<int>(m_s.daemon->items().size());
        for (std::size_t g = 0; g < all.size(); ++g) {
            const int row = items + static_cast<int>(g);
            if (row < m_s.rows.lives.firstInSight() || row >= m_s.rows.lives.endInSight()) continue;
            const double y = m_s.rows.lives.middleOf(row);
            const double fork = std::clamp(m_s.scale.leftOf(static_cast<double>(all[g].forkTick)),
                                           m_s.scale.left, m_s.scale.right);
            const double end = std::clamp(m_s.scale.leftOf(static_cast<double>(all[g].endTicks)),
                                          m_s.scale.left, m_s.scale.right);
            m_p.setPen(QPen(m_t.line2, m_look.px(1.2)));
            m_p.drawLine(QPointF(fork, y), QPointF(end, y));
            m_p.drawLine(QPointF(fork, y - m_look.px(5)), QPointF(fork, y + m_look.px(5)));
            for (const auto& c : callMarks(*all[g].run, m_s.scale, m_look.px(6)))
                if (c.x >= fork - 1) ring({c.x, y}, m_t.ghost);
        }
    }

    QPainter& m_p;
    const TimelineScene& m_s;
    const Look& m_look;
    const Theme& m_t;
    const DaemonPicture& m_picture;
    const core::Lateness& m_run;
    std::vector<std::pair<double, double>> m_taken; ///< of the row in hand: where words must not stand
};

} // namespace

DaemonPicture daemonPicture(const TimelineScene& s)
{
    DaemonPicture picture;
    const auto& daemon = *s.daemon;
    const auto& run = daemon.lead();
    picture.lanes = daemonLanes(run.scheduler());
    picture.alarms = alarmBars(run.alarms(), s.scale);
    picture.pipe = spanBars(run.pipe(), s.scale, s.endTicks);
    picture.handlers = spanBars(run.handlers(), s.scale, s.endTicks);
    if (run.scheduler() == core::WorkScheduler::Old)
        picture.waits = spanBars(run.waits(), s.scale, s.endTicks);
    picture.passes = spanBars(run.passes(), s.scale, s.endTicks);
    picture.calls = callMarks(run, s.scale, s.look.px(callsApart));
    const auto& items = daemon.items();
    for (int i = s.rows.lives.firstInSight();
         i < s.rows.lives.endInSight() && static_cast<std::size_t>(i) < items.size(); ++i) {
        const auto item = items[static_cast<std::size_t>(i)];
        DaemonPicture::Row row;
        row.number = i;
        row.lead = lateRow(run, item, s.scale, s.endTicks, s.look.px(barsApart));
        if (daemon.twin() != nullptr)
            row.twin = lateRow(*daemon.twin(), item, s.scale, daemon.twinEnd(), s.look.px(barsApart));
        picture.rows.push_back(std::move(row));
    }
    return picture;
}

QString laneName(DaemonLane lane, core::WorkScheduler scheduler)
{
    const bool isTimerFd = scheduler == core::WorkScheduler::TimerFd;
    switch (lane) {
    case DaemonLane::Alarm:
        return isTimerFd ? QStringLiteral("timerfd") : say(QT_TRANSLATE_NOOP("Timeline", "Alarm"));
    case DaemonLane::Pipe:
        return isTimerFd ? say(QT_TRANSLATE_NOOP("Timeline", "Unread"))
                         : say(QT_TRANSLATE_NOOP("Timeline", "Pipe"));
    case DaemonLane::Countdown:
        return say(QT_TRANSLATE_NOOP("Timeline", "Countdown"));
    case DaemonLane::Loop:
        return say(QT_TRANSLATE_NOOP("Timeline", "epoll loop"));
    case DaemonLane::Pass:
        return scheduler == core::WorkScheduler::Old ? QStringLiteral("schedule")
                                                     : QStringLiteral("execute_work");
    }
    return {};
}

void paintDaemonOverview(QPainter& p, const TimelineScene& s, const QRectF& strip)
{
    const auto& t = s.look.t();
    const auto& run = s.daemon->lead();
    for (const auto& b : spanBars(run.handlers(), s.whole, s.endTicks))
        p.fillRect(QRectF(b.from, strip.top(), std::max(1.0, b.to - b.from), strip.height()),
                   translucent(t.ink, .45));
    for (const auto& c : callMarks(run, s.whole, 1))
        p.fillRect(QRectF(c.x - .75, strip.top() - s.look.px(2), 1.5, strip.height() + s.look.px(4)), t.late);
}

void paintDaemonFloor(QPainter& p, const TimelineScene& s, const DaemonPicture& picture, bool keepsNames)
{
    FloorPainter painter(p, s, picture);
    painter.paintGrid();
    painter.paintLanes();
    painter.paintRows();
    if (!keepsNames) paintRowNames(p, s, picture);
}

void paintDaemonPresent(QPainter& p, const TimelineScene& s, const DaemonPicture& picture)
{
    PresentPainter painter(p, s, picture);
    painter.paintLanes();
    painter.paintRows();
}

} // namespace jiffy::ui
