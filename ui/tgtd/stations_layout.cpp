// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/stations_layout.h"

#include "ui/code/work_words.h"
#include "ui/tgtd/thread_words.h"
#include "ui/tgtd/words.h"

#include <QCoreApplication>
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
constexpr TextStyle titleStyle{14, QFont::DemiBold, false, FlowTone::Ink};
constexpr TextStyle captionStyle{12, QFont::Normal, false, FlowTone::Ink2};
constexpr TextStyle alarmTime{12.5, QFont::DemiBold, true, FlowTone::Ink};
constexpr TextStyle alarmWord{12.5, QFont::Normal, false, FlowTone::Ink2};

/// Logical pixels.
constexpr double left = 32, right = 24, titleBase = 30, captionBase = 48, firstRow = 62, sentenceHeight = 30, leastPitch = 25;

class Stations
{
  public:
    Stations(const FlowScene& scene, double width, double height, LabelWriter& writer, FlowLayout& into)
        : s(scene), m_width(width), m_height(height), w(writer), l(into)
    {
    }

    void layOut()
    {
        const double inner = m_width - left - right;
        m_loopWidth = std::clamp(inner * .332, 262.0, 400.0);
        m_loop = m_width - right - m_loopWidth;
        m_radius = std::clamp((m_height - firstRow - sentenceHeight - 12) / 2, 38.0, 54.0);
        m_middle = firstRow + std::max(m_radius + 3, (m_height - firstRow - sentenceHeight - 14) / 2);
        m_middle = std::min(m_middle, firstRow + 80);
        m_dialEnd = left + 10 + 2 * m_radius + 12;
        layOutLoop();
        switch (s.scheduler) {
        case core::WorkScheduler::New: layOutNew(); break;
        case core::WorkScheduler::Old: layOutOld(); break;
        case core::WorkScheduler::TimerFd: layOutTimerFd(); break;
        }
        writeSentence();
    }

  private:
    void title(double x, double room, const QString& text, const QStringList& captions)
    {
        w.write(x, titleBase, text, titleStyle, At::Left, room);
        w.writeFirst(x, captionBase, captions, captionStyle, room);
    }

    // ---- the dial

    void layOutDial(const QString& name, const QStringList& captions, double room, bool isOn)
    {
        const double x = m_dialEnd - 12 - m_radius;
        l.dial = w.point(x, m_middle);
        l.dialRadius = m_radius * w.look().scale;
        title(left, room, name, captions);
        const TextStyle style{14, QFont::Bold, true, isOn ? FlowTone::Ink : FlowTone::Ink3};
        w.write(x, m_middle + 27, isOn ? hundredthsText(s.now) : QStringLiteral("–"), style, At::Middle, 2 * m_radius - 22);
    }

    // ---- the patch

    double alarmsWidth() const
    {
        // As wide as it can become in this run, so that nothing jumps from alarm to alarm.
        const QString time = hundredthsText(std::max<std::uint64_t>(s.now, 9'990'000));
        double widest = 0;
        for (const auto end : {AlarmEnd::Wrote, AlarmEnd::Swallowed}) widest = std::max(widest, w.width(alarmEndText({0, end, 0, 0}), alarmWord));
        for (std::size_t i = 0; i < s.past.alarmCount; ++i) widest = std::max(widest, w.width(alarmEndText(s.past.alarms[i]), alarmWord));
        return w.width(time, alarmTime) + 6 + widest;
    }

    /// From least to most, as the room allows.
    static double between(double least, double most, double t) { return least + (most - least) * t; }

    void layOutNew()
    {
        const double gateText = 38 + alarmsWidth();
        const double room = m_loop - m_dialEnd;
        const double least = 58 + 13 + gateText + 10 + 92 + 28, most = 143 + 13 + gateText + 34 + 184 + 62;
        const double t = std::clamp((room - least) / (most - least), 0.0, 1.0);
        const double spare = std::max(0.0, room - most) / 3;
        const double gate = m_dialEnd + between(58, 143, t) + spare + 13;
        const double pipe = gate + gateText + between(10, 34, t) + spare;
        const double pipeWidth = between(92, 184, t);
        const double gateTitle = std::max(m_dialEnd + 8, gate - 44);
        layOutDial(QStringLiteral("setitimer"), dialCaptions(), gateTitle - left - 14, s.isArmed());
        layOutGate(gate, gateText, gateTitle, pipe - gateTitle - 14);
        layOutPipe(pipe, pipeWidth, gate + gateText);
    }

    QStringList dialCaptions() const
    {
        if (!s.isArmed()) return {Words::tr("not armed")};
        return {Words::tr("every %1").arg(periodText(s.inputs->daemon.interval))};
    }

    void layOutGate(double x, double textWidth, double titleX, double titleRoom)
    {
        title(titleX, titleRoom, Words::tr("Signal handler"),
              {Words::tr("passes only if timer_pending is 0"), Words::tr("passes if timer_pending is 0"), Words::tr("if timer_pending is 0"), Words::tr("once")});
        l.gate = w.point(x, m_middle);
        l.gateHeight = 80 * w.look().scale;
        const bool isClosed = s.daemon.timerPending;
        const double text = x + 22;
        const QString word = gateText(s);
        const double used = w.write(text, m_middle - 24, word, {14, QFont::Bold, false, isClosed ? FlowTone::NowText : s.hasHandler ? FlowTone::Ink : FlowTone::Ink3});
        if (s.daemon.isInSignal) w.writeFirst(text + used + 8, m_middle - 24, {Words::tr("runs now"), Words::tr("runs")}, {12.5, QFont::DemiBold, false, FlowTone::NowText}, textWidth - 22 - used - 8);
        // The latest stands last, as one reads.
        const auto count = s.past.alarmCount;
        for (std::size_t i = 0; i < count; ++i) {
            const PastAlarm& alarm = s.past.alarms[count - 1 - i];
            const double base = m_middle - 1 + static_cast<double>(i) * 19;
            l.alarms.push_back({w.point(x + 26, base - 4.5), alarm.end});
            const double time = w.write(x + 38, base, hundredthsText(alarm.at), alarmTime);
            w.write(x + 38 + time + 6, base, alarmEndText(alarm), alarmWord);
        }
        if (count == 0) w.write(text, m_middle - 1, s.isArmed() ? Words::tr("no alarm yet") : Words::tr("no alarm"), alarmWord, At::Left, textWidth - 22);
        // The alarm's way to it.
        const double boltX = std::max(m_dialEnd + 26, x - 66);
        l.bolt = w.point(boltX, m_middle);
        const bool isNow = count > 0 && s.past.alarms[0].at == s.now;
        l.lines.push_back({w.point(m_dialEnd, m_middle), w.point(boltX - 12, m_middle), isNow ? FlowLine::Kind::NowDots : FlowLine::Kind::Dots});
        w.write(boltX, m_middle + 30, QStringLiteral("SIGALRM"), {12.5, QFont::Bold, true, isNow ? FlowTone::NowText : FlowTone::Ink3}, At::Middle);
    }

    void layOutPipe(double x, double width, double textEnd)
    {
        title(x, m_loop - x - 14, Words::tr("Pipe"), {Words::tr("turns the signal into a readable fd"), Words::tr("makes it a readable fd"), Words::tr("a readable fd")});
        const double half = 28;
        l.pipe = w.rect(x, m_middle - half, width, 2 * half);
        const double cell = std::min(28.0, (width - 42) / 4 - 3), pitch = cell + 3;
        const auto bytes = std::min<std::uint64_t>(s.daemon.pipeBytes, 8);
        const int rows = bytes > 4 ? 2 : 1;
        const double side = rows == 2 ? std::min(cell, 20.0) : cell;
        const double start = x + (width - 10) / 2 - 2 * pitch + 1.5;
        for (std::uint64_t i = 0; i < bytes; ++i) {
            const double cx = start + static_cast<double>(i % 4) * pitch;
            const double cy = rows == 1 ? m_middle - side / 2 : m_middle - side - 2 + static_cast<double>(i / 4) * (side + 4);
            l.cells.push_back(w.rect(cx, cy, cell, side));
            const TextStyle byte{cell < 22 ? 11.5 : 12.5, QFont::Bold, true, FlowTone::PillText};
            w.writeFirst(cx + cell / 2, cy + side / 2 + 4.5, {QStringLiteral("00"), QStringLiteral("0")}, byte, cell - 1, At::Middle);
        }
        w.writeFirst(x + width / 2, m_middle + 48, pipeTexts(), {12.5, QFont::Normal, false, FlowTone::Ink2}, std::min(width + 60, 2 * (m_loop - 8 - x - width / 2)), At::Middle);
        l.lines.push_back({w.point(textEnd + 6, m_middle), w.point(x - 8, m_middle), FlowLine::Kind::Dots});
        l.lines.push_back({w.point(x + width + 6, m_middle), w.point(m_loop - 10, m_middle), FlowLine::Kind::Arrow});
    }
    QStringList pipeTexts() const
    {
        const auto& d = s.daemon;
        if (s.isBeforePipe()) return {Words::tr("not open yet")};
        if (d.pipeEnds == 0) return {d.isTimerStarted ? Words::tr("not there: both fds are %1").arg(d.readFd) : Words::tr("closed"), Words::tr("not there")};
        if (d.pipeEnds != 3) return {Words::tr("one end is closed"), Words::tr("half closed")};
        if (d.pipeBytes == 0) return {Words::tr("empty")};
        const QString words = d.pipeBytes == 4 ? Words::tr("one word") : Words::tr("%1 bytes").arg(d.pipeBytes);
        if (!s.past.wordSince) return {words};
        return {Words::tr("%1, since %2 s").arg(words, secondsText(*s.past.wordSince)), Words::tr("since %1 s").arg(secondsText(*s.past.wordSince)), words};
    }

    // ---- before the patch

    void layOutOld()
    {
        const double room = m_loop - 40 - left;
        layOutDial(Words::tr("Idle timeout"), {Words::tr("%1 without a single event").arg(periodText(s.inputs->daemon.epollTimeout)), Words::tr("without an event")}, std::min(room / 2 - 10, 230.0),
                   s.past.waitingSince.has_value());
        const double x = left + std::max(250.0, room * .47);
        title(x, m_loop - x - 14, QStringLiteral("jiffies"), {Words::tr("counts idle timeouts, not time"), Words::tr("of idle timeouts")});
        const double boxWidth = std::min(150.0, m_loop - x - 30);
        l.pipe = w.rect(x, m_middle - 32, boxWidth, 64);
        w.write(x + boxWidth / 2, m_middle + 12, grouped(s.daemon.jiffies), {34, QFont::Bold, true, FlowTone::Ink}, At::Middle, boxWidth - 16);
        const double text = m_dialEnd + 2, textRoom = x - text - 12;
        w.writeFirst(text, m_middle - 8, oldCountdown(), {13, QFont::DemiBold, false, FlowTone::Ink}, textRoom);
        w.writeFirst(text, m_middle + 22, oldRestarts(), {12.5, QFont::Normal, false, FlowTone::Ink2}, textRoom);
        l.lines.push_back({w.point(text, m_middle + 3), w.point(x - 10, m_middle + 3), FlowLine::Kind::Arrow});
        w.writeFirst(x + boxWidth / 2, m_middle + 50, {Words::tr("+ 1 at the end of schedule()"), Words::tr("+ 1 after schedule()"), QStringLiteral("+ 1")},
                     {12.5, QFont::Normal, false, FlowTone::Ink2}, std::min(boxWidth + 60, 2 * (m_loop - 8 - x - boxWidth / 2)), At::Middle);
    }
    QStringList oldCountdown() const
    {
        if (!s.past.waitingSince) return {Words::tr("not counting: the thread is busy"), Words::tr("not counting: busy"), Words::tr("busy")};
        const std::uint64_t end = *s.past.waitingSince + s.past.waitTimeout;
        const QString leftover = hundredthsText(end - std::min(end, s.now));
        return {Words::tr("schedule() in %1 s, if idle").arg(leftover), Words::tr("in %1 s, if idle").arg(leftover), Words::tr("in %1 s").arg(leftover)};
    }
    QStringList oldRestarts() const
    {
        const auto n = s.past.restarts;
        if (n == 0) return {Words::tr("every event restarts it"), Words::tr("events restart it")};
        const QString times = s.past.areRestartsAll ? QString::number(n) : Words::tr("at least %1").arg(n);
        return {n == 1 ? Words::tr("restarted by one event") : Words::tr("restarted by %1 events").arg(times), Words::tr("restarts: %1").arg(times)};
    }

    // ---- today

    void layOutTimerFd()
    {
        const double room = m_loop - left;
        const double x = left + std::max(230.0, room * .5);
        const QString every = periodText(s.inputs->daemon.interval);
        const QString clock = s.isRecording ? Words::tr("every %1, on the monotonic clock") : Words::tr("every %1, on the wall clock's half seconds");
        const QString shorter = s.isRecording ? Words::tr("every %1").arg(every) : Words::tr("on the half seconds");
        layOutDial(QStringLiteral("timerfd_settime"), {clock.arg(every), shorter, dialCaptions().front()},
                   x - left - 14, s.isArmed());
        title(x, m_loop - x - 14, QStringLiteral("timerfd"), {Words::tr("counts expirations, a read takes them"), Words::tr("a read takes them")});
        const double boxWidth = std::min(184.0, m_loop - x - 40);
        l.pipe = w.rect(x, m_middle - 32, boxWidth, 64);
        w.write(x + boxWidth / 2, m_middle + 4, grouped(s.daemon.expirations), {26, QFont::Bold, true, s.daemon.expirations != 0 ? FlowTone::NowText : FlowTone::Ink}, At::Middle, boxWidth - 16);
        w.writeFirst(x + boxWidth / 2, m_middle + 23, {s.daemon.expirations == 1 ? Words::tr("expiration to be read") : Words::tr("expirations to be read"), Words::tr("to be read")}, {12, QFont::Normal, false, FlowTone::Ink2}, boxWidth - 10, At::Middle);
        if (s.isArmed()) w.writeFirst(x + boxWidth / 2, m_middle + 50, timerNowTexts(), {12.5, QFont::Normal, false, FlowTone::Ink2}, std::min(boxWidth + 60, 2 * (m_loop - 8 - x - boxWidth / 2)), At::Middle);
        l.lines.push_back({w.point(m_dialEnd, m_middle), w.point(x - 10, m_middle), s.daemon.expirations != 0 ? FlowLine::Kind::NowDots : FlowLine::Kind::Dots});
        l.lines.push_back({w.point(x + boxWidth + 6, m_middle), w.point(m_loop - 10, m_middle), FlowLine::Kind::Arrow});
    }
    QStringList timerNowTexts() const
    {
        const bool isAhead = s.daemon.timerNow >= s.wall;
        const QString off = hundredthsText(isAhead ? s.daemon.timerNow - s.wall : s.wall - s.daemon.timerNow);
        return {isAhead ? Words::tr("its now is %1 s ahead").arg(off) : Words::tr("its now is %1 s behind").arg(off), (isAhead ? Words::tr("%1 s ahead") : Words::tr("%1 s behind")).arg(off)};
    }

    // ---- the loop

    void layOutLoop()
    {
        const double area = m_height - firstRow - sentenceHeight;
        const auto capacity = static_cast<std::size_t>(std::max(2.0, std::floor((area + 2) / leastPitch)));
        const auto shown = rowsShown(s, capacity - 1);
        // Closer together before one is left out.
        const double pitch = std::min(40.0, (area + 2) / static_cast<double>(shown.size() + 1)), height = std::min(34.0, pitch - (pitch < 32 ? 2 : 4));
        const auto hidden = s.rows.size() - shown.size();
        const QString more = hidden == 0 ? QString() : Words::tr("+%1 more").arg(hidden);
        const double moreWidth = more.isEmpty() ? 0 : w.width(more, captionStyle) + 12;
        title(m_loop, m_loopWidth - moreWidth, Words::tr("Event loop"),
              {Words::tr("one thread: it looks only when it is back in epoll_wait"), Words::tr("one thread: it looks only in epoll_wait"), Words::tr("it looks only in epoll_wait"), Words::tr("one thread")});
        if (hidden != 0) w.write(m_loop + m_loopWidth, titleBase, more, captionStyle, At::Right);
        // Round the way that leads to them, where there is room.
        const double rowsHeight = static_cast<double>(shown.size()) * pitch + height;
        double y = std::clamp(m_middle - rowsHeight / 2, firstRow, std::max(firstRow, firstRow + area - rowsHeight));
        for (const auto i : shown) {
            layOutRow(i, y, height);
            y += pitch;
        }
        layOutWait(y, height);
        const double end = y + height;
        // Near the rows, but below all that stands at the left.
        m_sentence = std::min(m_height - 12, std::max(end + 26, m_middle + std::max(m_radius, 52.0) + 24));
        if (l.rows.back().isThread && end + 8 < m_sentence - 12 && end + 30 > m_sentence - 12) l.threadMark = w.point(m_loop + m_loopWidth - 30, end);
    }
    void layOutRow(std::size_t index, double y, double height)
    {
        const LoopRow& row = s.rows[index];
        FlowRow r;
        r.row = index;
        r.box = w.rect(m_loop, y, m_loopWidth, height);
        const bool isRunning = row.state == LoopRow::State::Running;
        r.isThread = isRunning && s.place == ThreadPlace::Handler;
        r.isCaller = isRunning && !r.isThread;
        const FlowTone first = r.isThread ? FlowTone::Inv : FlowTone::Ink, second = r.isThread ? FlowTone::Inv : FlowTone::Ink2;
        const double base = y + height / 2 + 4.5;
        const double handle = w.write(m_loop + 34, base, rowHandle(row), {13, QFont::Bold, true, first});
        const double nameAt = m_loop + 34 + std::max(handle + 8, 50.0);
        const double end = m_loop + m_loopWidth - 14;
        double nameRoom = end - nameAt;
        if (r.isThread && s.progress) {
            const double name = std::min(w.width(row.name, {13, QFont::Medium, false, second}), nameRoom * .6);
            nameRoom = name + 1;
            const double bar = nameAt + name + 12;
            r.bar = w.rect(bar, y + height / 2 - 5, end - bar, 10);
        } else {
            QString state = rowStateText(s, row);
            const bool isHot = row.isPipe && (row.state == LoopRow::State::Ready || row.state == LoopRow::State::Returned);
            const bool isWaiting = row.state == LoopRow::State::Ready || row.state == LoopRow::State::Returned;
            const TextStyle style{12.5, isWaiting || r.isCaller ? QFont::DemiBold : QFont::Normal, false, r.isThread ? FlowTone::Inv : isHot ? FlowTone::NowText : isWaiting ? FlowTone::Ink : FlowTone::Ink3};
            // A name in whole says more than a state in many words.
            if (w.width(row.name, {13, QFont::Medium, false, second}) > nameRoom - w.width(state, style) - 10) state = shortStateText(s, row);
            const double stateWidth = w.width(state, style);
            // The state says more than the name.
            const double most = end - nameAt - 30;
            w.write(end, base, state, style, At::Right, stateWidth > most ? most : 0);
            nameRoom -= std::min(stateWidth, most) + 10;
        }
        if (nameRoom > 24) w.write(nameAt, base, row.name, {13, QFont::Medium, false, second}, At::Left, nameRoom);
        l.rows.push_back(r);
    }
    static QString shortStateText(const FlowScene& s, const LoopRow& row)
    {
        switch (row.state) {
        case LoopRow::State::Ready: return row.count > 1 ? Words::tr("%1 unseen").arg(row.count) : Words::tr("unseen");
        case LoopRow::State::Returned: return row.count > 1 ? Words::tr("%1 returned").arg(row.count) : Words::tr("returned");
        case LoopRow::State::Running: return Words::tr("runs");
        default: return rowStateText(s, row);
        }
    }
    void layOutWait(double y, double height)
    {
        FlowRow r;
        r.isWait = true;
        r.box = w.rect(m_loop, y, m_loopWidth, height);
        const bool isSetUp = s.place == ThreadPlace::Starting || s.place == ThreadPlace::Stopping;
        r.isThread = isSetUp || s.place == ThreadPlace::Waiting || s.place == ThreadPlace::Between || s.place == ThreadPlace::Scheduled;
        const QString name = s.place == ThreadPlace::Starting    ? QStringLiteral("work_timer_start")
                             : s.place == ThreadPlace::Stopping  ? QStringLiteral("work_timer_stop")
                             : s.place == ThreadPlace::Scheduled ? QStringLiteral("tgt_exec_scheduled")
                                                                 : QStringLiteral("epoll_wait");
        const double base = y + height / 2 + 4.5, end = m_loop + m_loopWidth - 14;
        const double used = w.write(m_loop + 34, base, name, {13, QFont::Bold, true, r.isThread ? FlowTone::Inv : FlowTone::Ink3});
        const double from = m_loop + 34 + used + 12;
        if (s.place == ThreadPlace::Waiting && s.progress && s.isOld()) {
            r.bar = w.rect(from, y + height / 2 - 5, end - from, 10);
        } else {
            const TextStyle style{12.5, r.isThread ? QFont::DemiBold : QFont::Normal, false, r.isThread ? FlowTone::Inv : FlowTone::Ink3};
            w.writeFirst(end, base, waitTexts(), style, end - from, At::Right);
        }
        l.rows.push_back(r);
    }
    QStringList waitTexts() const
    {
        using What = Incident::What;
        switch (s.place) {
        case ThreadPlace::Waiting: return {Words::tr("the thread waits"), Words::tr("waits")};
        case ThreadPlace::Between:
            if (s.incident.what == What::Interrupted) return {Words::tr("EINTR: goes round again"), QStringLiteral("EINTR")};
            if (s.incident.what == What::TimedOut) return {Words::tr("timed out"), Words::tr("timeout")};
            return {Words::tr("the thread comes back"), Words::tr("comes back")};
        case ThreadPlace::Starting:
        case ThreadPlace::Stopping:
        case ThreadPlace::Scheduled: return {};
        case ThreadPlace::Before: return {Words::tr("not called yet")};
        case ThreadPlace::Ended: return {Words::tr("the loop has ended"), Words::tr("ended")};
        default: break;
        }
        return {Words::tr("nobody is there"), Words::tr("nobody")};
    }

    /// Below the rows, from the right as far as it needs.
    void writeSentence()
    {
        const QString sentence = threadSentence(s);
        const QString incident = incidentText(s);
        const bool isBad = s.incident.what >= Incident::What::Refused;
        double room = m_width - left - right;
        if (isBad) {
            const TextStyle style{13, QFont::DemiBold, false, FlowTone::NowText};
            const double used = std::min(w.width(incident, style), room * .5);
            w.write(left, m_sentence, incident, style, At::Left, room * .5);
            room -= used + 24;
        }
        w.write(m_width - right, m_sentence, sentence, {13, QFont::Medium, false, FlowTone::Ink}, At::Right, room);
    }

    const FlowScene& s;
    double m_width, m_height;
    LabelWriter& w;
    FlowLayout& l;
    double m_loopWidth = 0, m_loop = 0, m_radius = 0, m_middle = 0, m_dialEnd = 0, m_sentence = 0;
};

} // namespace

QString periodText(std::uint64_t us)
{
    if (us % 1'000'000 == 0) return Words::tr("%1 s").arg(us / 1'000'000);
    return us % 1'000 == 0 && us < 10'000'000 ? Words::tr("%1 ms").arg(us / 1'000) : spanText(us);
}

QString alarmEndText(const PastAlarm& alarm)
{
    switch (alarm.end) {
    case AlarmEnd::Handling: return Words::tr("delivered");
    case AlarmEnd::Wrote: return Words::tr("wrote");
    case AlarmEnd::Swallowed: return Words::tr("swallowed");
    case AlarmEnd::Stray: return Words::tr("wrote to fd 0");
    case AlarmEnd::Failed: return errorText(alarm.error);
    case AlarmEnd::Held: return Words::tr("held back");
    }
    return {};
}

QString gateText(const FlowScene& scene)
{
    if (!scene.hasHandler) return Words::tr("no handler yet");
    return scene.daemon.timerPending ? Words::tr("closed") : Words::tr("open");
}

QString rowStateText(const FlowScene& scene, const LoopRow& row)
{
    switch (row.state) {
    case LoopRow::State::Quiet: return Words::tr("quiet");
    case LoopRow::State::Coming: return Words::tr("in %1 s").arg(hundredthsText(row.at - std::min(row.at, scene.now)));
    case LoopRow::State::Ready: return row.count > 1 ? Words::tr("%1 events, unseen").arg(row.count) : Words::tr("readable, unseen");
    case LoopRow::State::Returned: return row.count > 1 ? Words::tr("%1 events, in turn").arg(row.count) : Words::tr("returned, its turn comes");
    case LoopRow::State::Running: return row.isPipe && scene.place != ThreadPlace::Handler ? Words::tr("called execute_work") : Words::tr("its handler runs");
    case LoopRow::State::Unwatched: return scene.isBeforePipe() ? Words::tr("not open yet") : scene.daemon.readFd == 0 ? Words::tr("not open") : Words::tr("not watched");
    }
    return {};
}

std::vector<std::size_t> rowsShown(const FlowScene& scene, std::size_t room)
{
    // What matters most first; then as they stand.
    const auto rank = [](const LoopRow& row) {
        switch (row.state) {
        case LoopRow::State::Running: return 0;
        case LoopRow::State::Returned: return row.isPipe ? 1 : 2;
        case LoopRow::State::Ready: return row.isPipe ? 1 : 3;
        case LoopRow::State::Coming: return 4;
        default: return row.isPipe ? 1 : row.fd != 0 ? 4 : 5;
        }
    };
    std::vector<std::size_t> all(scene.rows.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    std::stable_sort(all.begin(), all.end(), [&](std::size_t a, std::size_t b) { return rank(scene.rows[a]) < rank(scene.rows[b]); });
    if (all.size() > room) all.resize(room);
    std::sort(all.begin(), all.end());
    return all;
}

void layOutStations(const FlowScene& scene, double width, double height, LabelWriter& writer, FlowLayout& into)
{
    Stations(scene, width, height, writer, into).layOut();
}

} // namespace jiffy::ui
