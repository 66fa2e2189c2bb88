// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/twin_strip.h"

#include "ui/tgtd/add_times.h"
#include "ui/tgtd/lists_layout.h"
#include "ui/tgtd/painter.h"
#include "ui/tgtd/stations_layout.h"
#include "ui/tgtd/words.h"

#include <QCoreApplication>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Tgtd)
};

using At = LabelWriter::At;
using core::Kind;
using core::Site;
constexpr TextStyle titleStyle{14, QFont::DemiBold, false, FlowTone::Ink};
constexpr TextStyle textStyle{12.5, QFont::Normal, false, FlowTone::Ink2};

/// Logical pixels.
constexpr double stripHeight = 92, leastWidth = 780, leastFlow = 330;

/// The last waits of the loop, read backwards. The one under way has come as far as `seen`, no further than it lasts.
void takeWaits(TwinScene& twin, const core::LogView& log, std::uint64_t end, std::uint64_t seen)
{
    std::uint64_t now = twin.scene.now, until = std::max(now, seen);
    if (twin.scene.progress) until = std::min(until, twin.scene.progress->since + twin.scene.progress->takes);
    bool isInWait = twin.scene.place == ThreadPlace::Waiting, isTickFound = false, isTick = false;
    const std::uint64_t first = end - std::min(end, FlowPast::reach);
    for (std::uint64_t i = end; i > first && (twin.marks.size() < TwinScene::marksKept || !isTickFound); --i) {
        const core::Record& r = log[i - 1];
        if (r.kind == Kind::ClockSet) now -= std::min(now, core::ticksOf(r));
        if (r.site == Site::Schedule && r.kind == Kind::Left && !twin.lastTick) twin.lastTick = now;
        if (r.site != Site::EpollWait) continue;
        if (r.kind == Kind::Left) {
            isInWait = true;
            until = now;
            isTick = r.value == 0;
            if (isTick) isTickFound = true;
            else if (!isTickFound) ++twin.restarts;
        } else if (r.kind == Kind::Entered && isInWait) {
            isInWait = false;
            if (twin.marks.size() < TwinScene::marksKept && until > now) twin.marks.push_back({now, until, false, isTick});
            isTick = false;
        }
    }
    twin.isCut = first > 0 && !isTickFound;
    std::reverse(twin.marks.begin(), twin.marks.end());
}

class Strip
{
  public:
    Strip(const TwinScene& twin, const QRectF& box, const Look& look, TwinLayout& into)
        : m_twin(twin), s(twin.scene), w(look, box.topLeft(), into.labels), l(into), m_width(box.width() / look.scale)
    {
    }

    void layOut()
    {
        const double inner = m_width - 56;
        const double first = std::min(208.0, inner * .22), bars = std::clamp(inner * .28, 150.0, 300.0), number = 120;
        writeName(32, first - 12);
        double x = 32 + first;
        if (s.isOld()) layOutWaits(x, bars - 24);
        else layOutAlarms(x, bars - 24);
        x += bars;
        layOutNumber(x, number - 10);
        x += number;
        layOutList(x, m_width - 24 - x);
    }

  private:
    void writeName(double x, double room)
    {
        if (s.isOld()) {
            w.writeFirst(x, 28, {Words::tr("Before 2011, same work"), Words::tr("Before 2011"), Words::tr("Before")}, titleStyle, room);
            const QString timeout = periodText(s.inputs->daemon.epollTimeout);
            w.writeWhole(x, 48, {Words::tr("schedule() runs only after %1 without a single event").arg(timeout), Words::tr("schedule() runs after %1 without an event").arg(timeout), Words::tr("runs after %1 without an event").arg(timeout)}, textStyle, room, 2, 17);
        } else {
            w.writeFirst(x, 28, {Words::tr("After January 2011, same work"), Words::tr("After 2011, same work"), Words::tr("After 2011"), Words::tr("After")}, titleStyle, room);
            const QString interval = periodText(s.inputs->daemon.interval);
            w.writeWhole(x, 48, {Words::tr("an alarm every %1 makes the loop look").arg(interval), Words::tr("an alarm every %1").arg(interval)}, textStyle, room, 2, 17);
        }
    }
    void layOutWaits(double x, double room)
    {
        const QString count = QString::number(m_twin.restarts), times = m_twin.isCut ? Words::tr("at least %1").arg(count) : count, timeout = periodText(s.inputs->daemon.epollTimeout);
        const QString once = Words::tr("its %1 countdown, restarted once").arg(timeout), many = Words::tr("its %1 countdown, restarted %2 times").arg(timeout, times);
        w.writeFirst(x, 28, m_twin.restarts == 0 ? QStringList{Words::tr("its %1 countdown").arg(timeout)} : QStringList{m_twin.restarts == 1 ? once : many, Words::tr("restarted: %1").arg(times)}, textStyle, room);
        place(x, room);
        // What one wait lasted, where there is room to say it.
        const TextStyle small{12, QFont::Normal, true, FlowTone::Ink3};
        const double unit = room / static_cast<double>(std::max<std::uint64_t>(1, l.to - l.from));
        double last = -1e9;
        for (const auto& mark : m_twin.marks) {
            if (mark.to <= l.from) continue;
            const double a = static_cast<double>(std::max(mark.from, l.from) - l.from) * unit, b = static_cast<double>(mark.to - l.from) * unit;
            const QString text = Words::tr("%1 s").arg(hundredthsText(mark.to - mark.from));
            const double width = w.width(text, small);
            if (b - a < width + 4 || (a + b) / 2 - width / 2 < last + 8) continue;
            w.write(x + (a + b) / 2, 76, text, small, At::Middle);
            last = (a + b) / 2 + width / 2;
            const QString tick = Words::tr("tick");
            const double tickWidth = w.width(tick, small);
            if (!mark.isTick || b - tickWidth / 2 < last + 8 || b + tickWidth / 2 > room) continue;
            w.write(x + b, 76, tick, {12, QFont::DemiBold, false, FlowTone::NowText}, At::Middle);
            last = b + tickWidth / 2 + 2;
        }
        if (s.place != ThreadPlace::Waiting && s.place != ThreadPlace::Ended && !m_twin.marks.empty()) {
            const double a = static_cast<double>(m_twin.marks.back().to - std::min(m_twin.marks.back().to, l.from)) * unit;
            const TextStyle busy{12, QFont::Medium, false, FlowTone::Ink2};
            const double width = w.width(Words::tr("busy"), busy);
            const double at = std::clamp((a + room) / 2, width / 2, room - width / 2);
            if (at - width / 2 > last + 8) w.write(x + at, 76, Words::tr("busy"), busy, At::Middle);
        }
    }
    void layOutAlarms(double x, double room)
    {
        const QString text = s.daemon.pipeBytes != 0 ? Words::tr("a word waits in its pipe") : Words::tr("its pipe is empty");
        w.writeFirst(x, 28, {text}, textStyle, room);
        place(x, room);
        const auto next = s.nextAlarm();
        if (next) w.writeFirst(x, 76, {Words::tr("next alarm in %1 s").arg(hundredthsText(*next - s.now))}, {12, QFont::Normal, false, FlowTone::Ink3}, room);
    }
    void place(double x, double room)
    {
        l.bars = w.rect(x, 43, room, 14);
        l.to = std::max<std::uint64_t>(1, s.now);
        l.from = m_twin.marks.empty() ? 0 : m_twin.marks.front().from;
        if (m_twin.marks.size() < TwinScene::marksKept && !m_twin.isCut) l.from = 0;
        const std::uint64_t interval = s.inputs->daemon.interval;
        if (!s.isOld() && !m_twin.marks.empty()) l.from = m_twin.marks.front().from - std::min(m_twin.marks.front().from, interval / 2);
        constexpr std::uint64_t longest = 12'000'000;
        if (l.to - l.from > longest) l.from = l.to - longest;
    }
    void layOutNumber(double x, double room)
    {
        if (s.isOld()) {
            w.writeFirst(x, 28, {Words::tr("its jiffies"), QStringLiteral("jiffies")}, textStyle, room);
            const double used = w.write(x, 64, grouped(s.daemon.jiffies), {34, QFont::Bold, true, FlowTone::Ink}, At::Left, room);
            const std::uint64_t since = s.now - m_twin.lastTick.value_or(0);
            const double left = x + used + 8, rest = room - used - 8;
            if (w.width(Words::tr("no tick"), textStyle) <= rest) {
                w.write(left, 54, Words::tr("no tick"), textStyle);
                w.writeFirst(left, 70, {Words::tr("in %1 s").arg(hundredthsText(since))}, textStyle, rest);
            }
        } else {
            w.writeFirst(x, 28, {QStringLiteral("timer_pending"), Words::tr("pending")}, textStyle, room);
            w.write(x, 64, s.daemon.timerPending ? QStringLiteral("1") : QStringLiteral("0"), {34, QFont::Bold, true, s.daemon.timerPending ? FlowTone::NowText : FlowTone::Ink});
        }
    }
    void layOutList(double x, double room)
    {
        const QString ofTicks = Words::tr("its list, in ticks of %1").arg(periodText(s.inputs->daemon.epollTimeout));
        w.writeFirst(x, 28, s.isOld() ? QStringList{ofTicks, Words::tr("its list")} : QStringList{Words::tr("its list")}, textStyle, room);
        if (s.running) return addChips(x, room, {*s.running}, 1);
        // Active ones run next.
        std::vector<FlowItem> items = s.active;
        items.insert(items.end(), s.inactive.begin(), s.inactive.end());
        if (items.empty()) {
            w.writeFirst(x, 60, {Words::tr("nothing waits"), Words::tr("empty")}, {12.5, QFont::Normal, false, FlowTone::Ink3}, room);
            return;
        }
        addChips(x, room, items, s.activeCount + s.inactiveCount);
    }
    void addChips(double x, double room, const std::vector<FlowItem>& items, std::uint32_t count)
    {
        const TextStyle name{12.5, QFont::Medium, true, FlowTone::Ink}, value{13, QFont::Bold, true, FlowTone::Ink}, more{12.5, QFont::DemiBold, false, FlowTone::Ink2};
        double at = x;
        bool hasLate = false;
        std::size_t shown = 0;
        for (const auto& item : items) {
            const bool isRunning = s.running && s.running->id == item.id;
            const QString number = isRunning ? Words::tr("runs") : item.isImmediate ? QStringLiteral("0") : s.isOld() ? grouped(item.when) : hundredthsText(item.due.value_or(0));
            const double numberWidth = w.width(number, value), width = w.width(item.name, name) + numberWidth + 26;
            const std::uint32_t rest = count - static_cast<std::uint32_t>(shown) - 1;
            const double keep = rest == 0 ? 0 : w.width(QStringLiteral("+%1").arg(grouped(rest)), more) + 8;
            if (at + width + keep > x + room) break;
            const bool isItemLate = item.isImmediate || isLate(s, item);
            hasLate |= isItemLate;
            l.chips.push_back({w.rect(at, 40, width, 30), isItemLate, item.id});
            w.write(at + 9, 59.5, item.name, name);
            w.write(at + width - 9, 59.5, number, value, At::Right);
            at += width + 6;
            ++shown;
        }
        if (count > shown) w.writeFirst(at + 2, 59.5, {QStringLiteral("+%1").arg(grouped(count - shown))}, more, x + room - at - 2);
        if (hasLate) w.writeFirst(x, 85, {Words::tr("amber: already due by the clock"), Words::tr("amber: due by the clock"), Words::tr("amber: due")}, {12, QFont::Normal, false, FlowTone::Ink3}, room);
    }

    const TwinScene& m_twin;
    const FlowScene& s;
    LabelWriter w;
    TwinLayout& l;
    double m_width;
};

} // namespace

TwinScene makeTwinScene(const core::World& world, const core::InputsPtr& inputs, const core::LogView& log, core::Position at, const AddTimes& adds, std::uint64_t now)
{
    TwinScene twin;
    twin.scene = makeFlowScene(world, inputs, log, at, &adds);
    if (twin.scene.isOld()) takeWaits(twin, log, std::min(at.event, log.size()), now);
    else
        for (std::size_t i = twin.scene.past.alarmCount; i > 0; --i) {
            const auto& alarm = twin.scene.past.alarms[i - 1];
            twin.marks.push_back({alarm.at, alarm.at, alarm.end == AlarmEnd::Swallowed, false});
        }
    if (now > twin.scene.now) twin.scene.moveTo(now);
    return twin;
}

double twinStripHeight(double width, double height)
{
    return width >= leastWidth && height - stripHeight >= leastFlow ? stripHeight : 0;
}

TwinLayout twinLayout(const TwinScene& twin, const QRectF& box, const Look& look)
{
    TwinLayout l;
    l.box = box;
    if (twin.scene.isEmpty() || box.isEmpty()) return l;
    Strip(twin, box, look, l).layOut();
    return l;
}

void paintTwin(QPainter& p, const TwinScene& twin, const TwinLayout& l, const Look& look)
{
    const auto& t = look.t();
    const double u = look.scale;
    p.fillRect(l.box, t.sunken);
    p.setPen(QPen(t.line, 1));
    p.drawLine(QPointF(l.box.left(), std::floor(l.box.top()) + .5), QPointF(l.box.right(), std::floor(l.box.top()) + .5));
    const auto x = [&](std::uint64_t us) {
        const double share = static_cast<double>(std::clamp(us, l.from, l.to) - l.from) / static_cast<double>(std::max<std::uint64_t>(1, l.to - l.from));
        return l.bars.left() + l.bars.width() * share;
    };
    const double top = l.bars.top(), h = l.bars.height();
    p.setPen(Qt::NoPen);
    if (twin.scene.isOld()) {
        const bool isBusy = twin.scene.place != ThreadPlace::Waiting && twin.scene.place != ThreadPlace::Ended;
        // Between two waits it was busy.
        p.setBrush(t.ink);
        for (std::size_t i = 1; i < twin.marks.size(); ++i)
            if (const auto from = twin.marks[i - 1].to, to = twin.marks[i].from; to > from && to > l.from)
                p.drawRoundedRect(QRectF(x(from), top, std::max(1.0, x(to) - x(from)), h), 3 * u, 3 * u);
        for (const auto& mark : twin.marks) {
            if (mark.to <= l.from) continue;
            p.setPen(Qt::NoPen);
            p.setBrush(mix(t.sunken, t.ink3, .35));
            p.drawRoundedRect(QRectF(x(mark.from) + 1, top, std::max(1.0, x(mark.to) - x(mark.from) - 2), h), 3 * u, 3 * u);
        }
        if (isBusy && !twin.marks.empty()) {
            p.setBrush(t.ink);
            p.drawRoundedRect(QRectF(x(twin.marks.back().to), top, std::max(2.0, l.bars.right() - x(twin.marks.back().to)), h), 3 * u, 3 * u);
        }
        p.setPen(QPen(t.ink, 2 * u));
        for (const auto& mark : twin.marks)
            if (mark.from >= l.from) p.drawLine(QPointF(x(mark.from), top - 6 * u), QPointF(x(mark.from), top + h + 6 * u));
        // A wait that ran out: a tick.
        p.setPen(QPen(t.now, 2.6 * u));
        for (const auto& mark : twin.marks)
            if (mark.isTick && mark.to > l.from) p.drawLine(QPointF(x(mark.to), top - 7 * u), QPointF(x(mark.to), top + h + 7 * u));
    } else {
        p.setPen(QPen(t.line2, 1));
        p.drawLine(QPointF(l.bars.left(), l.bars.bottom()), QPointF(l.bars.right(), l.bars.bottom()));
        for (const auto& mark : twin.marks) {
            p.setPen(QPen(mark.isSwallowed ? t.ghost : t.now, 2.4 * u));
            p.drawLine(QPointF(x(mark.from), top - 3 * u), QPointF(x(mark.from), l.bars.bottom()));
            if (!mark.isSwallowed) continue;
            p.setPen(QPen(t.ghost, 1.6 * u));
            p.drawLine(QPointF(x(mark.from) - 4.5 * u, top + 9 * u), QPointF(x(mark.from) + 4.5 * u, top + 1 * u));
        }
    }
    for (const auto& chip : l.chips) {
        p.setBrush(chip.isLate ? t.lateBg : t.raised);
        p.setPen(chip.isLate ? QPen(t.late, 1.4 * u) : QPen(t.line2, 1));
        p.drawRoundedRect(chip.box.adjusted(.5, .5, -.5, -.5), 8 * u, 8 * u);
    }
    paintLabels(p, l.labels, look);
}

QString twinText(const TwinScene& twin)
{
    const auto& s = twin.scene;
    if (s.isEmpty()) return {};
    if (!s.isOld()) return Words::tr("After January 2011, same work: %1 items wait").arg(s.inactiveCount + s.activeCount);
    return Words::tr("Before 2011, same work: jiffies %1, %2 items wait, its countdown was restarted %3 times").arg(s.daemon.jiffies).arg(s.inactiveCount + s.activeCount).arg(twin.restarts);
}

} // namespace jiffy::ui
