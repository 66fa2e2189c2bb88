// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/painter.h"

#include "ui/tgtd/scene.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace jiffy::ui
{

namespace
{

class FlowPainter
{
  public:
    FlowPainter(QPainter& painter, const FlowScene& scene, const FlowLayout& layout, const Look& look, const FlowMarks& marks)
        : p(painter), s(scene), l(layout), m_look(look), t(look.t()), u(look.scale), m_marks(marks)
    {
    }

    void paint()
    {
        for (const auto& line : l.lines) paintLine(line);
        if (l.divider > 0) {
            p.setPen(QPen(t.line, 1));
            const double y = std::floor(l.divider) + .5;
            p.drawLine(QPointF(l.box.left() + 32 * u, y), QPointF(l.box.right() - 24 * u, y));
        }
        if (l.dialRadius > 0) paintDial();
        if (l.gateHeight > 0) paintGate();
        paintPipe();
        for (const auto& row : l.rows) paintRow(row);
        if (!l.threadMark.isNull()) {
            p.setPen(QPen(t.ink, 2 * u));
            p.drawLine(l.threadMark, l.threadMark + QPointF(0, 8 * u));
        }
        paintLists();
    }
    void paintFlight()
    {
        if (!m_marks.flight || !m_marks.flight->isRunning()) return;
        const auto& flight = *m_marks.flight;
        for (std::size_t i = 0; i < flight.tokens().size(); ++i)
            if (flight.along(i)) paintToken(flight.tokens()[i], flight.place(i), *flight.along(i));
    }

  private:
    void paintLine(const FlowLine& line)
    {
        if (line.kind != FlowLine::Kind::Arrow) {
            QPen pen(line.kind == FlowLine::Kind::NowDots ? t.now : t.line2, 2.4 * u, Qt::CustomDashLine, Qt::RoundCap);
            pen.setDashPattern({.4, 2.2});
            p.setPen(pen);
            p.drawLine(line.from, line.to);
            return;
        }
        if (line.to.x() - line.from.x() < 4 * u) return;
        const double head = std::min(8 * u, (line.to.x() - line.from.x()) * .6);
        p.setPen(QPen(t.ink3, 2 * u, Qt::SolidLine, Qt::RoundCap));
        p.drawLine(line.from, line.to - QPointF(head, 0));
        p.setPen(Qt::NoPen);
        p.setBrush(t.ink3);
        p.drawPolygon(QPolygonF{line.to, line.to - QPointF(head, head * .55), line.to - QPointF(head, -head * .55)});
    }

    // ---- the dial

    static QPointF polar(QPointF centre, double r, double turn)
    {
        const double a = turn * 2 * std::numbers::pi;
        return centre + QPointF(std::sin(a), -std::cos(a)) * r;
    }
    void paintDial()
    {
        const double r = l.dialRadius;
        const bool isOn = s.isOld() ? s.past.waitingSince.has_value() : s.isArmed();
        const QColor face = t.dark ? t.dock : t.raised;
        p.setPen(isOn ? QPen(t.line2, 1.5 * u) : dashed(t.line2));
        p.setBrush(face);
        p.drawEllipse(l.dial, r, r);
        const int marks = s.isOld() ? 20 : 25, big = s.isOld() ? 10 : 5;
        for (int k = 0; k < marks; ++k) {
            const bool isBig = k % big == 0;
            p.setPen(QPen(isBig ? t.ink3 : t.line2, (isBig ? 1.4 : 1) * u));
            p.drawLine(polar(l.dial, r - (isBig ? 9 : 5) * u, double(k) / marks), polar(l.dial, r - 2 * u, double(k) / marks));
        }
        const double share = s.dialShare();
        if (isOn) {
            p.setBrush(Qt::NoBrush);
            p.setPen(QPen(mix(t.canvas, t.now, .45), 7 * u, Qt::SolidLine, Qt::FlatCap));
            const double inner = r - 14 * u;
            p.drawArc(QRectF(l.dial.x() - inner, l.dial.y() - inner, 2 * inner, 2 * inner), 90 * 16, static_cast<int>(std::lround(-share * 360 * 16)));
        }
        p.setPen(QPen(isOn ? t.now : t.ghost, 3 * u, Qt::SolidLine, Qt::RoundCap));
        p.drawLine(l.dial, polar(l.dial, r - 4 * u, share));
        p.setPen(Qt::NoPen);
        p.setBrush(isOn ? t.now : t.ghost);
        p.drawEllipse(l.dial, 4.5 * u, 4.5 * u);
        // The number stands on the face, whatever passes behind it.
        for (const auto& label : l.labels)
            if (label.box.center().x() > l.dial.x() - 2 && label.box.center().x() < l.dial.x() + 2 && label.box.top() > l.dial.y() && label.box.bottom() < l.dial.y() + r) {
                p.setBrush(face);
                p.drawRoundedRect(label.box.adjusted(-3 * u, -2 * u, 3 * u, 1 * u), 3 * u, 3 * u);
            }
    }

    // ---- the gate

    void paintGate()
    {
        const double h = l.gateHeight, x = l.gate.x(), y = l.gate.y();
        const bool isClosed = s.daemon.timerPending;
        const auto box = [&](double dx, double top, double w, double height) { return QRectF(x + dx * u, top, w * u, height); };
        if (isClosed) {
            const QRectF pillar = box(-6, y - h / 2, 12, h);
            p.setPen(Qt::NoPen);
            p.setBrush(t.now);
            p.drawRoundedRect(pillar, 3 * u, 3 * u);
            p.save();
            p.setClipRect(pillar, Qt::IntersectClip);
            p.setPen(QPen(t.canvas, 2.6 * u));
            for (int k = -3; k <= 3; ++k) p.drawLine(QPointF(x - 6 * u, y + (k * 16 + 7) * u), QPointF(x + 6 * u, y + (k * 16 - 5) * u));
            p.restore();
        } else {
            // Drawn up, it leaves the way free.
            p.setPen(QPen(t.ink3, 1.4 * u));
            p.setBrush(t.sunken);
            p.drawRoundedRect(box(-6, y - h / 2, 12, 14 * u), 3 * u, 3 * u);
            p.drawRoundedRect(box(-6, y + h / 2 - 14 * u, 12, 14 * u), 3 * u, 3 * u);
        }
        p.setPen(Qt::NoPen);
        p.setBrush(t.ink);
        p.drawRoundedRect(box(-13, y - h / 2 - 8 * u, 26, 8 * u), 3 * u, 3 * u);
        p.drawRoundedRect(box(-13, y + h / 2, 26, 8 * u), 3 * u, 3 * u);
        if (!l.bolt.isNull()) {
            const bool isNow = s.past.alarmCount > 0 && s.past.alarms[0].at == s.now;
            paintBolt(l.bolt, isNow ? t.now : t.line2);
        }
        for (const auto& alarm : l.alarms) paintAlarm(alarm);
    }
    void paintBolt(QPointF at, const QColor& colour)
    {
        const double k = 1.25 * u;
        const auto to = [&](double x, double y) { return at + QPointF(x, y) * k; };
        p.setPen(Qt::NoPen);
        p.setBrush(colour);
        p.drawPolygon(QPolygonF{to(3, -13), to(-7, 2), to(0, 2), to(-4, 14), to(7, -2), to(-.4, -2)});
    }
    void paintAlarm(const FlowAlarm& alarm)
    {
        const double r = 4.2 * u;
        p.setBrush(Qt::NoBrush);
        switch (alarm.end) {
        case AlarmEnd::Wrote:
            p.setPen(Qt::NoPen);
            p.setBrush(t.now);
            p.drawEllipse(alarm.sign, r, r);
            return;
        case AlarmEnd::Swallowed:
            p.setPen(QPen(t.ghost, 1.4 * u));
            p.drawEllipse(alarm.sign, r, r);
            p.drawLine(alarm.sign + QPointF(-r, r) * 1.2, alarm.sign + QPointF(r, -r) * 1.2);
            return;
        case AlarmEnd::Stray:
        case AlarmEnd::Failed:
            p.setPen(QPen(t.now, 1.8 * u));
            p.drawRect(QRectF(alarm.sign.x() - r, alarm.sign.y() - r, 2 * r, 2 * r));
            return;
        case AlarmEnd::Held:
        case AlarmEnd::Handling:
            p.setPen(QPen(t.now, 1.6 * u));
            p.drawEllipse(alarm.sign, r, r);
            return;
        }
    }

    // ---- the pipe

    QPen dashed(const QColor& colour) const
    {
        QPen pen(colour, 1.4 * u);
        pen.setDashPattern({3, 3});
        return pen;
    }
    void paintPipe()
    {
        if (l.pipe.isEmpty()) return;
        const QRectF& b = l.pipe;
        if (!s.isNew()) {
            p.setPen(QPen(t.line2, 1.5 * u));
            p.setBrush(t.sunken);
            p.drawRoundedRect(b, 10 * u, 10 * u);
            return;
        }
        const bool isOpen = s.isPipeOpen();
        const double e = 10 * u;
        QPainterPath body;
        body.moveTo(b.left() + e, b.top());
        body.lineTo(b.right() - e, b.top());
        body.arcTo(QRectF(b.right() - 2 * e, b.top(), 2 * e, b.height()), 90, -180);
        body.lineTo(b.left() + e, b.bottom());
        body.arcTo(QRectF(b.left(), b.top(), 2 * e, b.height()), 270, -180);
        body.closeSubpath();
        p.setPen(isOpen ? QPen(t.ink2, 1.8 * u) : dashed(t.line2));
        p.setBrush(isOpen ? t.sunken : t.canvas);
        p.drawPath(body);
        p.setBrush(t.canvas);
        p.drawEllipse(QRectF(b.right() - 2 * e, b.top(), 2 * e, b.height()));
        p.setPen(Qt::NoPen);
        p.setBrush(t.pill);
        for (const auto& cell : l.cells) p.drawRoundedRect(cell, 5 * u, 5 * u);
    }

    // ---- the loop

    void paintRow(const FlowRow& row)
    {
        const double r = 8 * u;
        const QColor back = row.isThread ? t.ink : row.isWait ? t.canvas : t.raised;
        p.setBrush(back);
        p.setPen(row.isThread ? QPen(Qt::NoPen) : row.isCaller ? QPen(t.ink, 2 * u) : row.isWait ? dashed(t.line2) : QPen(t.line2, 1));
        p.drawRoundedRect(row.box.adjusted(.5, .5, -.5, -.5), r, r);
        const QPointF at(row.box.left() + 17 * u, row.box.center().y());
        if (row.isWait) paintLoopSign(at, row.isThread ? t.inv : t.ghost);
        else paintRowSign(at, s.rows[row.row], row.isThread);
        if (!row.bar.isEmpty()) paintBar(row.bar, mix(t.ink, t.inv, .25), t.inv);
        if (!row.isWait && s.rows[row.row].id.isValid()) paintRing(row.box, s.rows[row.row].id, r);
    }
    void paintLoopSign(QPointF at, const QColor& colour)
    {
        const double r = 5 * u;
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(colour, 1.6 * u, Qt::SolidLine, Qt::RoundCap));
        p.drawArc(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r), 60 * 16, 290 * 16);
        const QPointF tip = at + QPointF(r * .9, -r * .45);
        p.setPen(Qt::NoPen);
        p.setBrush(colour);
        p.drawPolygon(QPolygonF{tip + QPointF(2.6, 1) * u, tip + QPointF(-2.8, .6) * u, tip + QPointF(.8, -3.6) * u});
    }
    void paintRowSign(QPointF at, const LoopRow& row, bool isThread)
    {
        const double r = 5 * u;
        p.setBrush(Qt::NoBrush);
        p.setPen(Qt::NoPen);
        switch (row.state) {
        case LoopRow::State::Running:
            p.setBrush(isThread ? t.inv : t.ink);
            p.drawEllipse(at, r, r);
            return;
        case LoopRow::State::Ready:
        case LoopRow::State::Returned:
            p.setBrush(row.isPipe ? t.now : t.ink);
            p.drawEllipse(at, r, r);
            return;
        case LoopRow::State::Unwatched:
            p.setPen(QPen(t.ghost, 1.6 * u));
            p.drawEllipse(at, r, r);
            p.drawLine(at + QPointF(-r, r), at + QPointF(r, -r));
            return;
        default:
            p.setPen(QPen(t.ghost, 1.6 * u));
            p.drawEllipse(at, r, r);
        }
    }
    void paintBar(const QRectF& bar, const QColor& track, const QColor& fill)
    {
        const double r = bar.height() / 2;
        p.setPen(Qt::NoPen);
        p.setBrush(track);
        p.drawRoundedRect(bar, r, r);
        if (!s.progress || s.progress->takes == 0) return;
        const double share = std::clamp(static_cast<double>(s.now - std::min(s.now, s.progress->since)) / static_cast<double>(s.progress->takes), 0.0, 1.0);
        if (share * bar.width() < 1) return;
        p.save();
        p.setClipRect(QRectF(bar.topLeft(), QSizeF(bar.width() * share, bar.height())), Qt::IntersectClip);
        p.setBrush(fill);
        p.drawRoundedRect(bar, r, r);
        p.restore();
    }

    // ---- the lists

    void paintLists()
    {
        if (l.form != FlowForm::Full) return;
        p.setBrush(Qt::NoBrush);
        p.setPen(dashed(t.line2));
        if (!l.more.isEmpty()) p.drawRoundedRect(l.more, 10 * u, 10 * u);
        if (!l.moreActive.isEmpty()) p.drawRoundedRect(l.moreActive, 8 * u, 8 * u);
        if (l.isActiveEmpty) p.drawRoundedRect(l.activeBox, 10 * u, 10 * u);
        if (!s.running) p.drawRoundedRect(l.runningBox, 10 * u, 10 * u);
        for (const auto& card : l.cards) paintCard(card);
        paintValve();
    }
    bool isComing(core::TimerId id) const { return m_marks.flight && m_marks.flight->isComing(id); }
    void paintCard(const FlowCard& card)
    {
        const double r = (card.list == FlowCard::List::Active || card.isChip ? 8 : 10) * u;
        if (card.list == FlowCard::List::Running) {
            p.setPen(Qt::NoPen);
            p.setBrush(t.ink);
        } else {
            p.setBrush(card.isLate ? t.lateBg : t.raised);
            p.setPen(card.isLate ? QPen(t.late, 1.6 * u) : card.list == FlowCard::List::Active ? QPen(t.ink2, 1.4 * u) : QPen(t.line2, 1));
        }
        if (isComing(card.id)) {
            p.setBrush(Qt::NoBrush);
            p.setPen(dashed(t.line2));
            if (card.list == FlowCard::List::Running) p.setBrush(t.ink); // its name is written for ink
        }
        p.drawRoundedRect(card.box.adjusted(.5, .5, -.5, -.5), r, r);
        if (card.list == FlowCard::List::Running && !l.runningBar.isEmpty()) paintBar(l.runningBar, mix(t.ink, t.inv, .25), t.inv);
        paintRing(card.box, card.id, r);
    }
    void paintRing(const QRectF& box, core::TimerId id, double radius)
    {
        p.setBrush(Qt::NoBrush);
        if (id == m_marks.selected) {
            p.setPen(QPen(t.sel, 2 * u));
            p.drawRoundedRect(box.adjusted(-3 * u, -3 * u, 3 * u, 3 * u), radius + 3 * u, radius + 3 * u);
        } else if (id == m_marks.focused) {
            QPen pen(t.ink, 2 * u);
            pen.setDashPattern({2, 2});
            p.setPen(pen);
            p.drawRoundedRect(box.adjusted(-3 * u, -3 * u, 3 * u, 3 * u), radius + 3 * u, radius + 3 * u);
        }
    }
    void paintValve()
    {
        if (l.valve.isNull()) return;
        const bool isOpen = s.place == ThreadPlace::Pass || s.place == ThreadPlace::Func;
        const auto at = [&](double x, double y) { return l.valve + QPointF(x, y) * u; };
        p.setPen(QPen(isOpen ? t.ink : t.ink2, 2 * u, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        p.setBrush(isOpen ? t.ink : t.canvas);
        p.drawPolygon(QPolygonF{at(-14, -16), at(14, 16), at(14, -16), at(-14, 16)});
        p.drawLine(at(0, 0), at(0, -30));
        p.setPen(QPen(isOpen ? t.ink : t.ink2, 3 * u, Qt::SolidLine, Qt::RoundCap));
        // Turned along the pipe it is open, as on a real one.
        if (isOpen) p.drawLine(at(0, -34), at(0, -24));
        else p.drawLine(at(-12, -30), at(12, -30));
    }

    // ---- what flies

    void paintToken(const FlowToken& token, QPointF at, double along)
    {
        switch (token.what) {
        case FlowToken::What::Alarm:
        case FlowToken::What::Swallowed:
            p.setOpacity(token.what == FlowToken::What::Swallowed ? std::min(1.0, 1.6 - along) : 1);
            paintBolt(at, t.now);
            p.setOpacity(1);
            return;
        case FlowToken::What::Word:
        case FlowToken::What::Readable:
            p.setPen(QPen(t.canvas, 2 * u));
            p.setBrush(t.now);
            p.drawEllipse(at, 7 * u, 7 * u);
            return;
        case FlowToken::What::Item: {
            const QFont font = m_look.numbers(12.5, QFont::Bold);
            const double w = std::min(150 * u, QFontMetricsF(font).horizontalAdvance(token.name) + 24 * u);
            const QRectF box(at.x() - w / 2, at.y() - 15 * u, w, 30 * u);
            p.setPen(QPen(t.ink, 1.6 * u));
            p.setBrush(t.raised);
            p.drawRoundedRect(box, 8 * u, 8 * u);
            p.setFont(font);
            p.setPen(t.ink);
            p.drawText(box, Qt::AlignCenter, QFontMetricsF(font).elidedText(token.name, Qt::ElideMiddle, w - 12 * u));
            return;
        }
        }
    }

    QPainter& p;
    const FlowScene& s;
    const FlowLayout& l;
    const Look& m_look;
    const Theme& t;
    double u;
    const FlowMarks& m_marks;
};

} // namespace

QColor toneColour(const Theme& t, FlowTone tone)
{
    switch (tone) {
    case FlowTone::Ink: return t.ink;
    case FlowTone::Ink2: return t.ink2;
    case FlowTone::Ink3: return t.ink3;
    case FlowTone::Inv: return t.inv;
    case FlowTone::NowText: return t.nowText;
    case FlowTone::PillText: return t.pillText;
    }
    return t.ink;
}

void paintLabels(QPainter& p, const std::vector<FlowLabel>& labels, const Look& look)
{
    for (const auto& label : labels) {
        p.setFont(label.font(look));
        p.setPen(toneColour(look.t(), label.tone));
        p.drawText(QPointF(label.box.left(), label.baseline), label.text);
    }
}

void paintFlow(QPainter& p, const FlowScene& scene, const FlowLayout& layout, const Look& look, const FlowMarks& marks)
{
    FlowPainter painter(p, scene, layout, look, marks);
    painter.paint();
    paintLabels(p, layout.labels, look);
    painter.paintFlight();
}

} // namespace jiffy::ui
