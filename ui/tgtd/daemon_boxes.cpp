// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/daemon_boxes.h"

#include "ui/tgtd/words.h"

#include <QPainter>

#include <cmath>

namespace jiffy::ui
{

DaemonBoxes::DaemonBoxes(const ThemeProvider& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("State of the scheduler"));
}

std::array<DaemonBoxes::Box, 2> DaemonBoxes::boxes(const core::Inputs& inputs, const core::World& world, const FlowPast& past)
{
    const auto& d = world.daemon();
    const auto number = [](std::uint64_t n) { return QString::number(n); };
    switch (inputs.daemon.scheduler) {
    case core::WorkScheduler::New:
        return {Box{tr("in the pipe"), number(d.pipeBytes), false}, Box{QStringLiteral("timer_pending"), d.timerPending ? QStringLiteral("1") : QStringLiteral("0"), d.timerPending}};
    case core::WorkScheduler::Old: {
        const std::uint64_t now = world.clock().ticks, since = past.waitingSince.value_or(now);
        const std::uint64_t left = past.waitTimeout - std::min(past.waitTimeout, now - std::min(now, since));
        const QString countdown = past.waitingSince ? tr("%1 s").arg(hundredthsText(left)) : tr("busy");
        return {Box{tr("jiffies"), number(d.jiffies), false}, Box{tr("idle timeout in"), countdown, past.waitingSince.has_value() && left == 0}};
    }
    case core::WorkScheduler::TimerFd: {
        const std::uint64_t wall = core::DaemonConfig::wallAtStart + world.clock().ticks + d.wallStep;
        const bool isAhead = d.timerNow >= wall;
        const std::uint64_t off = isAhead ? d.timerNow - wall : wall - d.timerNow;
        const QString text = d.alarmSince == ~0ull ? QStringLiteral("–") : (isAhead ? QStringLiteral("+") : QStringLiteral("−")) + hundredthsText(off) + tr(" s");
        return {Box{tr("expirations"), number(d.expirations), d.expirations != 0}, Box{tr("its now"), text, false}};
    }
    }
    return {};
}

void DaemonBoxes::show(const core::Inputs& inputs, const core::World& world, const FlowPast& past)
{
    const auto next = boxes(inputs, world, past);
    if (next == m_boxes) return;
    m_boxes = next;
    setAccessibleDescription(QStringLiteral("%1 %2, %3 %4").arg(m_boxes[0].name, m_boxes[0].value, m_boxes[1].name, m_boxes[1].value));
    QString tip;
    switch (inputs.daemon.scheduler) {
    case core::WorkScheduler::New: tip = tr("Bytes in the self-pipe, and the flag that keeps them from ever being more than one word"); break;
    case core::WorkScheduler::Old: tip = tr("Idle timeouts so far, and what is left of the one under way"); break;
    case core::WorkScheduler::TimerFd: tip = tr("Expirations not read yet, and what the scheduler takes for the time, measured against the wall clock"); break;
    }
    setToolTip(tip);
    updateGeometry();
    update();
}

void DaemonBoxes::setTight(bool tight)
{
    if (m_isTight == tight) return;
    m_isTight = tight;
    updateGeometry();
    update();
}

double DaemonBoxes::boxWidth(const Box& box) const
{
    const auto& look = m_theme.look();
    const double value = QFontMetricsF(look.numbers(22, QFont::Bold)).horizontalAdvance(box.value);
    const double name = m_isTight ? 0 : QFontMetricsF(look.words(12.5, QFont::Medium)).horizontalAdvance(box.name) + look.px(14);
    return std::ceil(value + name + look.px(28));
}

QSize DaemonBoxes::sizeHint() const
{
    const auto& look = m_theme.look();
    return QSizeF(boxWidth(m_boxes[0]) + look.px(8) + boxWidth(m_boxes[1]), look.px(44)).toSize();
}

void DaemonBoxes::paintEvent(QPaintEvent*)
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    double x = 0;
    for (const auto& box : m_boxes) {
        const QRectF area(x, 0, boxWidth(box), height());
        p.setPen(t.name == ThemeName::HighContrast ? QPen(t.line) : QPen(Qt::NoPen));
        p.setBrush(box.isOn ? t.nowBg : t.sunken);
        p.drawRoundedRect(area.adjusted(.5, .5, -.5, -.5), look.px(9), look.px(9));
        if (!m_isTight) {
            p.setFont(look.words(12.5, QFont::Medium));
            p.setPen(t.ink2);
            p.drawText(area.adjusted(look.px(14), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, box.name);
        }
        p.setFont(look.numbers(22, QFont::Bold));
        p.setPen(box.isOn ? t.nowText : t.ink);
        p.drawText(area.adjusted(0, 0, -look.px(14), 0), Qt::AlignVCenter | Qt::AlignRight, box.value);
        x += area.width() + look.px(8);
    }
}

} // namespace jiffy::ui

#include "moc_daemon_boxes.cpp"
