// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/strip_painter.h"

#include "core/event/text_kernel.h"
#include "ui/timeline/lane_painter.h"
#include "ui/timeline/strip_hover.h"

#include <QCoreApplication>
#include <QPainterPath>
#include <QPolygonF>
#include <QVector>

#include <algorithm>
#include <array>
#include <cmath>

namespace jiffy::ui
{

namespace
{

using core::Activity;
using core::ActivitySpan;
using core::Site;

QString say(const char* text)
{
    return QCoreApplication::translate("Timeline", text);
}

class Strip : private StripBrush
{
  public:
    Strip(QPainter& p, const TimelineScene& s, int cpu, double top, double height, std::vector<LaneText>& texts)
        : StripBrush(p, s, top, height), m_texts(texts), m_firstText(static_cast<std::ptrdiff_t>(texts.size())), m_cpu(cpu)
    {
    }

    void paint()
    {
        for (const auto& b : stripBlocks(m_s.activity->spans(m_cpu, Activity::Stopped), m_scale, m_s.endTime)) paintStopped(b);
        paintTicks();
        paintBase();
        each(Activity::Process, [&](const StripBlock& b, const ActivitySpan& s) { paintProcess(b, s); });
        each(Activity::Delay, [&](const StripBlock& b, const ActivitySpan& s) { paintDelay(b, s); });
        paintStack();
        each(Activity::Interrupt, [&](const StripBlock& b, const ActivitySpan& s) { paintInterrupt(b, s); });
        each(Activity::BaseLock, [&](const StripBlock& b, const ActivitySpan&) { paintLock(b, m_t.ink2); });
        each(Activity::Lock, [&](const StripBlock& b, const ActivitySpan&) { paintLock(b, m_t.levelHue(2)); });
    }

  private:
    template <class Paint> void each(Activity what, const Paint& paint)
    {
        const auto& spans = m_s.activity->spans(m_cpu, what);
        for (const auto& b : stripBlocks(spans, m_scale, m_s.endTime)) paint(b, spans[b.first]);
    }
    /// What is painted over a block covers its name.
    void cover(const QRectF& box)
    {
        const auto isCovered = [&](const LaneText& t) { return t.reached.isValid() && t.x >= box.left() - 1 && t.x < box.right(); };
        m_texts.erase(std::remove_if(m_texts.begin() + m_firstText, m_texts.end(), isCovered), m_texts.end());
    }
    /// As StripBrush does, but over the veil.
    void writeIn(const QRectF& box, const QString& text, const QColor& colour, bool isMono)
    {
        const auto fitted = nameIn(box, text, isMono);
        if (!fitted) return;
        LaneText name{fitted->at.x(), fitted->at.y(), fitted->text};
        name.reached = colour;
        name.ahead = m_t.ink;
        name.isMono = isMono;
        m_texts.push_back(name);
    }

    // ---- ticks and sleep

    /// What a sleep is interrupted by.
    static constexpr std::array others = {Activity::Interrupt, Activity::Softirq, Activity::Process, Activity::Delay, Activity::Spin};
    void findTaken()
    {
        for (const auto what : others)
            for (const auto& b : stripBlocks(m_s.activity->spans(m_cpu, what), m_scale, m_s.endTime)) takePlace(b);
        sortPlaces();
    }
    /// The stretch of a sleep that has the most room, between what interrupts it.
    void findSleep(const StripBlock& b, const ActivitySpan& span)
    {
        const QRectF box = widestGap(wholeBox(b));
        if (box.width() < m_look.px(24)) return;
        const std::uint64_t middle = m_scale.at(box.center().x());
        std::uint64_t from = span.begin, to = span.isOpen() ? std::max(m_s.endTime, span.begin) : span.end;
        for (const auto what : others) {
            const auto& spans = m_s.activity->spans(m_cpu, what);
            const std::size_t next = core::firstFrom(spans, middle + 1);
            if (next < spans.size()) to = std::min(to, spans[next].begin);
            if (next > 0 && spans[next - 1].end <= middle) from = std::max(from, spans[next - 1].end);
        }
        const auto& hz = m_s.inputs->machine.hz;
        const auto behind = [&](std::uint64_t ns) { return hz.ticksUntil(static_cast<core::Nanoseconds>(ns)) + 1; };
        if (behind(to) <= behind(from)) return;
        LaneText sleep{box.left(), box.center().y() - m_look.px(1), {}, false, 0};
        sleep.right = box.right();
        sleep.firstTick = behind(from);
        sleep.endTick = behind(to);
        sleep.cpu = m_cpu;
        m_texts.push_back(sleep);
    }
    /// Real ones are tall; those that did not happen are short. Where they share a pixel, its height says how many of them came.
    void paintTicks()
    {
        const auto last = std::min(m_s.endTicks, m_s.scale.tickAt(m_s.scale.right) + 1);
        const double tall = (m_base - m_top) * .62, low = m_look.px(4);
        const bool isEach = m_s.scale.pixelsPerTick() >= 2;
        const QColor real = mix(m_t.canvas, m_t.ink2, isEach ? .75 : .5), skipped = mix(m_t.canvas, m_t.ink3, .8);
        m_p.setRenderHint(QPainter::Antialiasing, false);
        const auto bar = [&](double x, double width, double height, const QColor& colour) {
            m_p.fillRect(QRectF(x, m_base - height, width, height), colour);
        };
        for (const auto& mark : tickMarks(*m_s.activity, m_cpu, m_s.scale, last)) {
            if (isEach) {
                if (mark.real != 0) bar(std::round(mark.x), std::max(1.0, m_look.px(1)), tall, real);
                else bar(std::round(mark.x), 1, low, skipped);
                continue;
            }
            const double all = mark.real + mark.skipped;
            if (mark.real != 0) bar(mark.x, 1, std::max(low + m_look.px(2), tall * mark.real / all), real);
            else bar(mark.x, 1, m_look.px(2), skipped);
        }
        m_p.setRenderHint(QPainter::Antialiasing, true);
        findTaken();
        const auto& spans = m_s.activity->spans(m_cpu, Activity::Stopped);
        for (const auto& b : stripBlocks(spans, m_scale, m_s.endTime))
            if (b.count == 1) findSleep(b, spans[b.first]);
    }

    // ---- blocks

    void paintProcess(const StripBlock& b, const ActivitySpan& s)
    {
        const QRectF box = boxOf(b, .12, 2);
        fill(box, m_t.sunken, m_t.ink2);
        if (b.count == 1) writeIn(box, programName(*m_s.inputs, s.id), m_t.ink, true);
    }
    /// What a function's code takes is the function's block; this is of other code.
    void paintDelay(const StripBlock& b, const ActivitySpan& s)
    {
        const bool isOfProcess = s.id != 0;
        const QRectF box = boxOf(b, isOfProcess ? .72 : .28, 1);
        fill(box, mix(m_t.canvas, m_t.ink3, .42));
        if (b.count == 1 && !isOfProcess) writeIn(box, say(QT_TRANSLATE_NOOP("Timeline", "busy")), m_t.ink, false);
    }
    /// What begins later lies above: a handler over the spinning that its softirq interrupted, spinning over the handler
    /// that spins.
    void paintStack()
    {
        struct Layer
        {
            Activity what;
            StripBlock block;
            const ActivitySpan* span;
        };
        std::vector<Layer> layers;
        for (const auto what : {Activity::Softirq, Activity::Handler, Activity::Spin})
            each(what, [&](const StripBlock& b, const ActivitySpan& s) { layers.push_back({what, b, &s}); });
        std::sort(layers.begin(), layers.end(), [](const Layer& a, const Layer& b) { return a.span->event < b.span->event; });
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const auto& [what, block, span] = layers[i];
            if (what == Activity::Softirq) paintSoftirq(block);
            else if (what == Activity::Handler) paintHandler(block, *span);
            else {
                // Its words stand in the widest part that nothing lies above.
                m_taken.clear();
                for (std::size_t k = i + 1; k < layers.size() && layers[k].block.from < block.to; ++k)
                    m_taken.emplace_back(layers[k].block.from, layers[k].block.to);
                paintSpin(block, *span);
            }
        }
    }
    void paintSoftirq(const StripBlock& b)
    {
        cover(boxOf(b, .1, 2));
        fill(boxOf(b, .1, 2), m_t.nowBg, m_t.now);
    }
    void paintHandler(const StripBlock& b, const ActivitySpan& s)
    {
        const QRectF box = boxOf(b, .26, 3);
        cover(box);
        fill(box, m_t.pill);
        if (b.count == 1) writeIn(box, QString::fromStdString(m_s.inputs->timerName(core::TimerId(s.id))), m_t.pillText, true);
    }
    void paintSpin(const StripBlock& b, const ActivitySpan& s)
    {
        const QRectF box = boxOf(b, .1, 3);
        cover(box);
        m_p.setPen(QPen(m_t.late, m_look.px(1.4)));
        m_p.setBrush(m_t.canvas);
        m_p.drawRect(box.adjusted(.7, .7, -.7, 0));
        paintHatch(m_p, box, m_t.late, m_look.px(3.6), m_look.px(1.3), true);
        if (b.count != 1) return;
        const QString text = say(QT_TRANSLATE_NOOP("Timeline", "spins for %1")).arg(QString::fromStdString(core::spinText(s.word, *m_s.inputs)));
        const QFontMetricsF metrics(m_look.words(11.5, QFont::Medium));
        const double w = metrics.horizontalAdvance(text) + m_look.px(8), h = metrics.capHeight() + m_look.px(6);
        const QRectF room = widestGap(box);
        if (w > room.width() - m_look.px(6) || h > room.height()) return;
        const QRectF patch(room.center().x() - w / 2, room.center().y() - h / 2, w, h);
        m_p.setPen(Qt::NoPen);
        m_p.setBrush(m_t.canvas);
        m_p.drawRoundedRect(patch, m_look.px(3), m_look.px(3));
        writeIn(patch.adjusted(0, 0, m_look.px(2), 0), text, m_t.ink, false);
    }
    /// Of a device with a disc, of another CPU with a square on top; a tick's is its mark.
    void paintInterrupt(const StripBlock& b, const ActivitySpan& s)
    {
        const QRectF box = boxOf(b, 0, 1.6);
        m_p.fillRect(box, m_t.ink);
        if (s.site == Site::TickInterrupt) return;
        const double r = m_look.px(2.8);
        const QPointF head(b.from + m_look.px(.8), m_top);
        m_p.setPen(QPen(m_t.canvas, 1));
        m_p.setBrush(m_t.ink);
        if (s.site == Site::DeviceInterrupt) m_p.drawEllipse(head, r, r);
        else m_p.drawRect(QRectF(head.x() - r, head.y() - r, 2 * r, 2 * r));
    }
    void paintLock(const StripBlock& b, const QColor& colour)
    {
        const double width = std::max(m_look.px(2), b.to - b.from), y = m_top - m_look.px(1);
        m_p.setPen(Qt::NoPen);
        m_p.setBrush(colour);
        m_p.drawRect(QRectF(b.from, y, width, m_look.px(3)));
        if (b.isCutLeft) return;
        m_p.drawRect(QRectF(b.from, y, m_look.px(1.6), m_look.px(6))); // where it is taken
    }

    std::vector<LaneText>& m_texts;
    std::ptrdiff_t m_firstText; ///< of this lane
    int m_cpu;
};

} // namespace

void paintStrip(QPainter& p, const TimelineScene& s, int cpu, double top, double height, std::vector<LaneText>& texts)
{
    Strip(p, s, cpu, top, height, texts).paint();
}

QString sleepText(const TimelineScene& s, const LaneText& sleep)
{
    const std::uint64_t now = s.playhead.tick + 1;
    const auto saved = [&](std::uint64_t end) { return s.activity->ticksSaved(sleep.cpu, sleep.firstTick, end); };
    const auto counted = [](std::uint64_t n, const char* one, const char* many) { return n == 1 ? say(one) : say(many).arg(grouped(n)); };
    if (now <= sleep.firstTick)
        return counted(saved(sleep.endTick), QT_TRANSLATE_NOOP("Timeline", "asleep: 1 tick will not happen"), QT_TRANSLATE_NOOP("Timeline", "asleep: %1 ticks will not happen"));
    if (now < sleep.endTick)
        return counted(saved(now), QT_TRANSLATE_NOOP("Timeline", "asleep: 1 tick did not happen so far"), QT_TRANSLATE_NOOP("Timeline", "asleep: %1 ticks did not happen so far"));
    return counted(saved(sleep.endTick), QT_TRANSLATE_NOOP("Timeline", "asleep: 1 tick did not happen"), QT_TRANSLATE_NOOP("Timeline", "asleep: %1 ticks did not happen"));
}

/// Said in the void itself where there is room: of the one that lasts, in front of the playhead.
void paintSleepName(QPainter& p, const TimelineScene& s, const LaneText& sleep)
{
    const auto& look = s.look;
    const bool isAhead = s.playhead.tick < sleep.firstTick;
    const double right = isAhead ? sleep.right : std::min(sleep.right, s.playheadX - look.px(4));
    const auto font = look.words(11.5, QFont::Medium);
    const QFontMetricsF metrics(font);
    for (const QString& text : {sleepText(s, sleep), say(QT_TRANSLATE_NOOP("Timeline", "asleep"))}) {
        const double w = metrics.horizontalAdvance(text) + look.px(12), h = metrics.capHeight() + look.px(8);
        if (w > right - sleep.x - look.px(8) || h > s.rows.lanes.rowHeight - look.px(7)) continue;
        const QRectF patch((sleep.x + right) / 2 - w / 2, sleep.base - h / 2, w, h);
        p.save();
        p.setPen(Qt::NoPen);
        p.setBrush(look.t().canvas);
        p.drawRoundedRect(patch, look.px(5), look.px(5));
        if (isAhead) p.setOpacity(unreachedOpacity);
        p.setFont(font);
        p.setPen(look.t().ink2);
        p.drawText(QPointF(patch.left() + look.px(6), patch.center().y() + metrics.capHeight() / 2), text);
        p.restore();
        return;
    }
}

/// From lane to lane with a head where it arrives; to itself a wedge alone.
void paintWakeUps(QPainter& p, const TimelineScene& s)
{
    const auto& all = s.activity->wakeUps();
    const StripScale scale(s.scale, s.inputs->machine.hz);
    const auto& lanes = s.rows.lanes;
    const double head = s.look.px(3.6);
    for (const std::size_t i : wakeUpsInSight(all, scale)) {
        const auto& w = all[i];
        const double x = std::floor(scale.xOf(w.at)) + .5;
        if (x < s.scale.left) continue;
        const bool isUp = w.to < w.from;
        const double to = isUp ? lanes.topOf(w.to + 1) - s.look.px(3) : lanes.topOf(w.to) + s.look.px(3);
        p.setBrush(s.look.t().ink);
        if (w.from != w.to) {
            const double from = isUp ? lanes.topOf(w.from) + s.look.px(4) : lanes.topOf(w.from + 1) - s.look.px(3);
            p.setPen(QPen(s.look.t().canvas, s.look.px(3.4)));
            p.drawLine(QPointF(x, from), QPointF(x, to));
            p.setPen(QPen(s.look.t().ink, s.look.px(1.4)));
            p.drawLine(QPointF(x, from), QPointF(x, to));
        }
        p.setPen(QPen(s.look.t().canvas, 1));
        const double base = isUp ? to + 2 * head : to - (w.from == w.to ? 0 : 2 * head) , tip = isUp ? to : base + 2 * head;
        p.drawPolygon(QPolygonF({{x - head, base}, {x + head, base}, {x, tip}}));
    }
}

} // namespace jiffy::ui
