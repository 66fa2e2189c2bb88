// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/processes/scene.h"
#include "ui/timeline/lane_painter.h"
#include "ui/timeline/strip_hover.h"
#include "ui/timeline/strip_painter.h"

#include <QCoreApplication>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

/// Behind the end of the bands, for the sign of a process that ends there.
constexpr double signRoom = 14;

using core::ProcessIs;
using core::ProcessSleep;

QString say(const char* text)
{
    return QCoreApplication::translate("Processes", text);
}

class Painter
{
  public:
    Painter(QPainter& p, const ProcessesScene& s) : m_p(p), m_s(s), m_look(s.look), m_t(s.look.t()), m_scale(s.scale, s.inputs ? s.inputs->machine.hz : core::Hz{}) {}

    void paint()
    {
        m_p.fillRect(QRectF(QPointF(), m_s.size), m_t.canvas);
        m_p.setRenderHint(QPainter::Antialiasing);
        if (m_s.inputs == nullptr) return;
        write(m_s.frame.nameLeft, m_s.frame.title, m_look.words(14, QFont::DemiBold), m_t.ink, say(QT_TRANSLATE_NOOP("Processes", "Processes")));
        paintRuler();
        m_p.save();
        m_p.setClipRect(QRectF(0, m_s.frame.rows.top, m_s.frame.right + m_look.px(signRoom), m_s.frame.rows.height));
        for (int row = m_s.frame.rows.firstInSight(); row < m_s.frame.rows.endInSight(); ++row) paintRow(row);
        m_p.restore();
        paintLegend();
        paintPlayhead();
        // Words lie over the playhead's line, which would cross them out.
        m_p.save();
        m_p.setClipRect(QRectF(0, m_s.frame.rows.top, m_s.frame.right + m_look.px(8), m_s.frame.rows.height));
        for (int row = m_s.frame.rows.firstInSight(); row < m_s.frame.rows.endInSight(); ++row) {
            m_p.save();
            m_p.setClipRect(QRectF(m_s.scale.left, m_s.frame.rows.topOf(row), m_s.scale.right - m_s.scale.left, m_s.frame.rows.rowHeight), Qt::IntersectClip);
            paintSleepWords(static_cast<std::size_t>(row), m_s.frame.rows.topOf(row) + m_s.frame.sleeps);
            m_p.restore();
            paintPresent(row);
        }
        m_p.restore();
        for (std::size_t i = 0; i < m_s.frame.cards.size() && i < m_s.cards.size(); ++i) paintCard(m_s.frame.cards[i], m_s.cards[i]);
        if (m_s.frame.more > 0 && !m_s.frame.cards.empty())
            write(m_s.frame.cards.front().left(), m_s.frame.more, m_look.words(12), m_t.ink3,
                  say(QT_TRANSLATE_NOOP("Processes", "and %1 more CPUs")).arg(m_s.cards.size() - m_s.frame.cards.size()));
    }

  private:
    double width(const QFont& font, const QString& text) const { return QFontMetricsF(font).horizontalAdvance(text); }
    void write(double x, double base, const QFont& font, const QColor& colour, const QString& text)
    {
        m_p.setFont(font);
        m_p.setPen(colour);
        m_p.drawText(QPointF(x, base), text);
    }
    /// On a patch of the ground, so that no line crosses it.
    void writeOver(double x, double base, const QFont& font, const QColor& colour, const QString& text)
    {
        const QFontMetricsF metrics(font);
        m_p.fillRect(QRectF(x - m_look.px(2), base - metrics.ascent(), metrics.horizontalAdvance(text) + m_look.px(4), metrics.ascent() + metrics.descent()), m_t.canvas);
        write(x, base, font, colour, text);
    }
    QString elided(const QFont& font, const QString& text, double room) const { return QFontMetricsF(font).elidedText(text, Qt::ElideRight, room); }

    /// Milliseconds since the start, at round ones.
    void paintRuler()
    {
        const double hz = m_s.inputs->machine.hz.value, y = std::floor(m_s.frame.ruler) + .5;
        m_p.setPen(QPen(m_t.line2, 1));
        m_p.drawLine(QPointF(m_s.scale.left, y), QPointF(m_s.scale.right, y));
        const double perMs = hz / 1000 * m_s.scale.pixelsPerTick();
        double step = .001;
        for (int k = 0; step * perMs < m_look.px(84); ++k) step *= k % 3 == 1 ? 2.5 : 2;
        const double from = m_s.scale.range.from / hz * 1000, to = m_s.scale.range.to / hz * 1000;
        const auto font = m_look.numbers(11.5);
        for (double n = std::ceil(from / step - 1e-9); n * step <= to; ++n) {
            const double ms = n * step, x = m_s.scale.leftOf(ms / 1000 * hz);
            m_p.setPen(QPen(m_t.line, 1));
            m_p.drawLine(QPointF(std::floor(x) + .5, y), QPointF(std::floor(x) + .5, m_s.frame.rows.top + m_s.frame.rows.height));
            m_p.setPen(QPen(m_t.ink3, 1.2));
            m_p.drawLine(QPointF(x, y - m_look.px(6)), QPointF(x, y));
            const QString text = (QString::number(ms, 'f', step >= 1 ? 0 : 3) + QStringLiteral(" ms"));
            const double w = width(font, text);
            const double here = m_scale.xOf(m_s.now); // the playhead's time stands over it
            if (std::abs(x - here) < w / 2 + m_look.px(44) && here >= m_s.scale.left - 1 && here <= m_s.scale.right + 1) continue;
            if (x + w / 2 <= m_s.scale.right + m_look.px(8) && x - w / 2 >= m_s.scale.left - m_look.px(30)) write(x - w / 2, y - m_look.px(11), font, m_t.ink3, text);
        }
    }

    // ---- rows

    void paintRow(int row)
    {
        const auto process = static_cast<std::size_t>(row);
        const double top = m_s.frame.rows.topOf(row), height = m_s.frame.rows.rowHeight;
        if (row == m_s.selected) {
            m_p.setPen(Qt::NoPen);
            m_p.setBrush(m_t.sunken);
            m_p.drawRoundedRect(QRectF(m_look.px(8), top + 2, m_s.scale.left - m_look.px(16), height - 4), m_look.px(6), m_look.px(6));
        }
        const double bandTop = top + m_s.frame.bandTop, bandHeight = m_s.frame.bandHeight;
        const auto font = m_look.numbers(13, row == m_s.selected ? QFont::Bold : QFont::Medium);
        write(m_s.frame.nameLeft, bandTop + bandHeight / 2 + QFontMetricsF(font).capHeight() / 2, font, m_t.ink,
              elided(font, programName(*m_s.inputs, process), m_s.scale.left - m_s.frame.nameLeft - m_look.px(14)));
        m_p.save();
        m_p.setClipRect(QRectF(m_s.scale.left, top, m_s.scale.right - m_s.scale.left + m_look.px(signRoom), height), Qt::IntersectClip);
        const auto& spans = m_s.states->spans(process);
        for (const auto& b : stateBands(spans, m_scale, m_s.end)) paintBand(QRectF(b.from, bandTop, std::max(1.0, b.to - b.from), bandHeight), spans[b.first], b.count);
        paintBrackets(process, bandTop + bandHeight);
        paintWakes(process, bandTop);
        m_p.restore();
        m_p.setPen(QPen(m_t.line, 1));
        m_p.drawLine(QPointF(m_s.frame.nameLeft, std::floor(top + height) - .5), QPointF(m_s.scale.right, std::floor(top + height) - .5));
    }
    /// Filled: it runs. Empty with an edge: it waits for the CPU. Hatched: it sleeps, steep lines where a signal may wake it.
    void paintBand(const QRectF& box, const core::ProcessSpan& span, std::uint32_t count)
    {
        const bool isWide = box.width() >= 3 && count == 1;
        QString text;
        QColor ink = m_t.ink;
        switch (span.is) {
        case ProcessIs::OnCpu:
            m_p.fillRect(QRectF(box.left(), box.top(), std::max(m_look.px(2), box.width()), box.height()), m_t.ink);
            text = say(QT_TRANSLATE_NOOP("Processes", "on CPU %1")).arg(span.cpu);
            ink = m_t.inv;
            break;
        case ProcessIs::Ready:
            if (!isWide) {
                m_p.fillRect(box, m_t.ink3);
                return;
            }
            m_p.setPen(QPen(m_t.ink2, m_look.px(1.4)));
            m_p.setBrush(m_t.sunken);
            m_p.drawRect(box.adjusted(.7, .7, -.7, -.7));
            text = say(QT_TRANSLATE_NOOP("Processes", "waits for the CPU"));
            break;
        case ProcessIs::Interruptible:
        case ProcessIs::Uninterruptible: {
            const bool isLight = span.is == ProcessIs::Interruptible;
            const QColor line = mix(m_t.canvas, m_t.ink3, m_t.name == ThemeName::HighContrast ? .7 : .5);
            if (!isWide) {
                m_p.fillRect(box, line);
                return;
            }
            paintHatch(m_p, box.adjusted(1, 1, -1, -1), line, m_look.px(isLight ? 9 : 5), m_look.px(1.2), isLight);
            m_p.setPen(QPen(m_t.ink3, 1, isLight ? Qt::DashLine : Qt::SolidLine));
            m_p.setBrush(Qt::NoBrush);
            m_p.drawRect(box.adjusted(.5, .5, -.5, -.5));
            text = stateName(span.is);
            break;
        }
        case ProcessIs::Dead:
            m_p.setPen(QPen(m_t.ink3, m_look.px(1.6)));
            for (const double up : {-1., 1.})
                m_p.drawLine(QPointF(box.left() + m_look.px(2), box.center().y() + up * m_look.px(5)), QPointF(box.left() + m_look.px(12), box.center().y() - up * m_look.px(5)));
            return;
        }
        if (!isWide) return;
        const auto font = m_look.words(12, QFont::Medium);
        const double w = width(font, text) + m_look.px(10), cap = QFontMetricsF(font).capHeight();
        if (w > box.width() - m_look.px(4)) return;
        const QRectF patch(box.center().x() - w / 2, box.top() + m_look.px(3), w, box.height() - m_look.px(6));
        if (span.is != ProcessIs::OnCpu && span.is != ProcessIs::Ready) m_p.fillRect(patch, m_t.canvas);
        write(patch.left() + m_look.px(5), box.center().y() + cap / 2, font, ink, text);
    }
    /// When the timer of a sleep may be due.
    void paintBrackets(std::size_t process, double below)
    {
        const auto& sleeps = m_s.states->sleeps(process);
        const auto& hz = m_s.inputs->machine.hz;
        auto [first, end] = inSight(sleeps, m_scale, [](const ProcessSleep& s) { return s.begin; });
        if (first > 0) --first; // it may last into what is in sight
        double free = -1e9;
        const double y = below + m_look.px(5);
        for (std::size_t i = first; i < end; ++i) {
            const auto& s = sleeps[i];
            const double a = m_scale.xOf(s.begin + s.earliest(hz)), b = m_scale.xOf(s.begin + s.latest(hz));
            if (s.jiffies == 0 || b - a < 2 || a <= free) continue;
            m_p.setPen(QPen(m_t.ok, m_look.px(2)));
            m_p.drawLine(QPointF(a, y), QPointF(b, y));
            m_p.drawLine(QPointF(a, y - m_look.px(3)), QPointF(a, y + m_look.px(3)));
            m_p.drawLine(QPointF(b, y - m_look.px(3)), QPointF(b, y + m_look.px(3)));
            free = b;
        }
    }
    /// What was asked for and got, in words where there is room.
    void paintSleepWords(std::size_t process, double base)
    {
        const auto& sleeps = m_s.states->sleeps(process);
        auto [first, end] = inSight(sleeps, m_scale, [](const ProcessSleep& s) { return s.begin; });
        if (first > 0) --first;
        const auto font = m_look.words(12);
        double free = -1e9;
        for (std::size_t i = first; i < end; ++i) {
            const auto& s = sleeps[i];
            const double x = std::max(m_scale.xOf(s.begin), m_s.scale.left + m_look.px(2));
            const double room = std::min(m_s.scale.right, i + 1 < sleeps.size() ? m_scale.xOf(sleeps[i + 1].begin) - m_look.px(6) : m_s.scale.right) - x;
            if (x < free) continue;
            // What it got alone, where there is no room to say what was asked for.
            for (const QString& text : {sleepText(s), s.woken == ProcessSleep::open ? QString() : preciseTime((s.woken - s.begin + 500) / 1000 * 1000)}) {
                if (text.isEmpty() || width(font, text) > room) continue;
                writeOver(x, base, font, m_t.ink2, text);
                free = x + width(font, text) + m_look.px(10);
                break;
            }
        }
    }
    /// An arrow from the function of a timer, with its sun, or from other code; a signal is a square.
    void paintWakes(std::size_t process, double bandTop)
    {
        const auto& wakes = m_s.states->wakes(process);
        const auto [first, end] = inSight(wakes, m_scale, [](const core::ProcessWake& w) { return w.at; });
        double last = -1e9;
        for (std::size_t i = first; i < end; ++i) {
            const auto& w = wakes[i];
            const double x = std::floor(m_scale.xOf(w.at)) + .5;
            if (x < last + 1) continue;
            last = x;
            const double head = m_look.px(3.6), tip = bandTop - 1;
            const QColor colour = w.by.isValid() ? m_t.now : m_t.ink;
            m_p.setPen(QPen(colour, m_look.px(1.6)));
            m_p.drawLine(QPointF(x, bandTop - m_look.px(11)), QPointF(x, tip - head));
            m_p.setPen(Qt::NoPen);
            m_p.setBrush(colour);
            if (w.isSignal) m_p.drawRect(QRectF(x - head, bandTop - m_look.px(12), 2 * head, 2 * head));
            m_p.drawPolygon(QPolygonF({{x - head, tip - 1.6 * head}, {x + head, tip - 1.6 * head}, {x, tip}}));
        }
    }
    /// What it is in at the playhead, what it waits for, and what its sleep comes to: as much as there is room for.
    void paintPresent(int row)
    {
        const auto at = static_cast<std::size_t>(row - m_s.frame.rows.firstInSight());
        if (m_s.frame.detailLines == 0 || at >= m_s.present.size()) return;
        const auto& now = m_s.present[at];
        const QString lines[] = {nowState(now), nowWaits(*m_s.inputs, now), nowSignal(now), nowSleep(*m_s.states, static_cast<std::size_t>(row), m_s.now, m_s.inputs->machine.hz)};
        const double x = m_s.frame.left + m_look.px(12), room = m_s.frame.right - x;
        double y = m_s.frame.rows.topOf(row) + m_s.frame.details;
        const double first = y - m_look.px(12);
        int count = 0;
        for (const QString& line : lines) {
            if (line.isEmpty() || count == m_s.frame.detailLines) continue;
            const auto font = m_look.words(12.5, count == 0 ? QFont::DemiBold : QFont::Normal);
            writeOver(x, y, font, count == 0 ? m_t.ink : m_t.ink2, elided(font, line, room));
            y += m_s.frame.detailStep;
            ++count;
        }
        // A bar in the colour of now: these lines are about the playhead, not about the place above them.
        m_p.fillRect(QRectF(m_s.frame.left + m_look.px(2), first, m_look.px(2.4), y - m_s.frame.detailStep + m_look.px(4) - first), m_t.now);
        const auto caption = m_look.words(12, QFont::Medium);
        const QString text = say(QT_TRANSLATE_NOOP("Processes", "now"));
        writeOver(m_s.frame.left - m_look.px(8) - width(caption, text), first + m_look.px(12), caption, m_t.nowText, text);
    }
    void paintLegend()
    {
        if (m_s.frame.legend <= 0) return;
        const auto font = m_look.words(12);
        const QString parts[] = {say(QT_TRANSLATE_NOOP("Processes", "filled = on a CPU")), say(QT_TRANSLATE_NOOP("Processes", "empty = waits for it")),
                                 say(QT_TRANSLATE_NOOP("Processes", "hatched = asleep, dashed: a signal wakes it")),
                                 say(QT_TRANSLATE_NOOP("Processes", "bracket = its timer may be due")), say(QT_TRANSLATE_NOOP("Processes", "arrow = woken, square = signal"))};
        double x = m_s.frame.nameLeft, y = m_s.frame.legend;
        for (const QString& part : parts) {
            const double w = width(font, part);
            if (x > m_s.frame.nameLeft && x + w > m_s.frame.right) {
                if (y > m_s.frame.legend || m_s.size.width() >= m_look.px(1060)) break;
                x = m_s.frame.nameLeft;
                y += m_look.px(18);
            }
            write(x, y, font, m_t.ink3, elided(font, part, m_s.frame.right - x));
            x += w + m_look.px(20);
        }
    }
    void paintPlayhead()
    {
        const double x = m_scale.xOf(m_s.now);
        if (x < m_s.scale.left - 1 || x > m_s.scale.right + 1) return;
        m_p.setPen(QPen(m_t.now, m_look.px(2.4)));
        m_p.drawLine(QPointF(x, m_s.frame.ruler - m_look.px(4)), QPointF(x, m_s.frame.rows.top + m_s.frame.rows.height));
        const auto font = m_look.numbers(12, QFont::Bold);
        const QString text = preciseTime(m_s.now / 1000 * 1000);
        const double w = width(font, text) + m_look.px(14);
        const QRectF pill(std::clamp(x - w / 2, m_s.scale.left, std::max(m_s.scale.left, m_s.scale.right + m_look.px(8) - w)), m_s.frame.ruler - m_look.px(27), w, m_look.px(20));
        m_p.setPen(Qt::NoPen);
        m_p.setBrush(m_t.pill);
        m_p.drawRoundedRect(pill, m_look.px(6), m_look.px(6));
        write(pill.left() + m_look.px(7), pill.center().y() + QFontMetricsF(font).capHeight() / 2, font, m_t.pillText, text);
    }

    // ---- cards

    void paintCard(const QRectF& box, const CpuCard& c)
    {
        m_p.setPen(QPen(m_t.line2, 1));
        m_p.setBrush(m_t.raised);
        m_p.drawRoundedRect(box.adjusted(.5, .5, -.5, -.5), m_look.px(10), m_look.px(10));
        const double x = box.left() + m_look.px(14), room = box.width() - m_look.px(28);
        write(x, box.top() + m_look.px(22), m_look.words(13, QFont::DemiBold), m_t.ink, say(QT_TRANSLATE_NOOP("Processes", "CPU %1")).arg(c.cpu));
        const auto font = m_look.words(12.5);
        write(x, box.top() + m_look.px(42), font, c.current != 0 ? m_t.ink : m_t.ink2, elided(font, cardText(*m_s.inputs, c), room));
        const bool isHigh = box.height() >= m_look.px(132);
        if (isHigh) write(x, box.top() + m_look.px(62), m_look.words(12), m_t.ink2, elided(m_look.words(12), tickText(c), room));
        const double y = box.top() + m_look.px(isHigh ? 80 : 58), h = m_look.px(22);
        if (c.queued == 0) {
            write(x, y + m_look.px(isHigh ? 8 : 15), m_look.words(12), m_t.ink3, say(QT_TRANSLATE_NOOP("Processes", "its run queue is empty")));
            return;
        }
        if (isHigh) return paintQueueLines(c, x, y, room, box.bottom() - m_look.px(10));
        // The next one first.
        double at = x;
        const auto mono = m_look.numbers(12, QFont::Medium);
        std::size_t shown = 0;
        for (const auto process : c.queue) {
            const QString name = elided(mono, programName(*m_s.inputs, process), m_look.px(90));
            const double w = width(mono, name) + m_look.px(14);
            const double rest = shown + 1 < c.queued ? m_look.px(34) : 0;
            if (at + w + rest > x + room && shown > 0) break;
            paintQueued(QRectF(at, y, w, h), mono, name);
            at += w + m_look.px(5);
            ++shown;
        }
        if (shown < c.queued) write(at, y + m_look.px(15), m_look.words(12), m_t.ink2, QStringLiteral("+%1").arg(c.queued - shown));
    }
    void paintQueued(const QRectF& box, const QFont& font, const QString& name)
    {
        m_p.setPen(QPen(m_t.ink2, m_look.px(1.2)));
        m_p.setBrush(m_t.sunken);
        m_p.drawRect(box.adjusted(.6, .6, -.6, -.6));
        write(box.left() + m_look.px(7), box.center().y() + QFontMetricsF(font).capHeight() / 2, font, m_t.ink, name);
    }
    /// The run queue from top to bottom, the next one first.
    void paintQueueLines(const CpuCard& c, double x, double y, double room, double bottom)
    {
        const auto words = m_look.words(12), mono = m_look.numbers(12, QFont::Medium);
        write(x, y + m_look.px(8), words, m_t.ink3, say(QT_TRANSLATE_NOOP("Processes", "its run queue, the next one first")));
        y += m_look.px(16);
        const double h = m_look.px(22), step = m_look.px(26);
        std::size_t shown = 0;
        while (shown < c.queue.size() && (y + h <= bottom - (shown + 1 < c.queued ? step - m_look.px(8) : 0))) {
            paintQueued(QRectF(x, y, room, h), mono, elided(mono, programName(*m_s.inputs, c.queue[shown]), room - m_look.px(14)));
            y += step;
            ++shown;
        }
        if (shown < c.queued) write(x, y + m_look.px(12), words, m_t.ink2, say(QT_TRANSLATE_NOOP("Processes", "and %1 more")).arg(c.queued - shown));
    }

    QPainter& m_p;
    const ProcessesScene& m_s;
    const Look& m_look;
    const Theme& m_t;
    StripScale m_scale;
};

} // namespace

void paintProcesses(QPainter& p, const ProcessesScene& s)
{
    Painter(p, s).paint();
    if (!s.hasFocus) return;
    p.setPen(QPen(s.look.t().ink, 2));
    p.setBrush(Qt::NoBrush);
    p.drawRoundedRect(QRectF(QPointF(), s.size).adjusted(2, 2, -2, -2), 4, 4);
}

} // namespace jiffy::ui
