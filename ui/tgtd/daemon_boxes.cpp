// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/daemon_boxes.h"

#include "ui/tgtd/words.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

DaemonBoxes::DaemonBoxes(const ThemeProvider& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("State of the scheduler"));
}

std::array<DaemonBoxes::Box, 2> DaemonBoxes::boxes(const core::Inputs& inputs, const core::World& world, const FlowPast& past, std::uint64_t now)
{
    const auto& d = world.daemon();
    now = std::max(now, world.clock().ticks);
    const auto number = [](std::uint64_t n) { return QString::number(n); };
    switch (inputs.daemon.scheduler) {
    case core::WorkScheduler::New:
        return {Box{tr("in the pipe"), number(d.pipeBytes), false}, Box{QStringLiteral("timer_pending"), d.timerPending ? QStringLiteral("1") : QStringLiteral("0"), d.timerPending}};
    case core::WorkScheduler::Old: {
        const std::uint64_t since = past.waitingSince.value_or(now);
        const std::uint64_t left = past.waitTimeout - std::min(past.waitTimeout, now - std::min(now, since));
        const Box jiffies{tr("jiffies"), number(d.jiffies), false};
        if (past.waitingSince) return {jiffies, Box{tr("idle timeout in"), tr("%1 s").arg(hundredthsText(left)), left == 0}};
        return {jiffies, Box{tr("idle timeout"), world.clock().ticks <= inputs.daemon.start ? QStringLiteral("–") : tr("busy"), false}};
    }
    case core::WorkScheduler::TimerFd: {
        const std::uint64_t wall = core::DaemonConfig::wallAtStart + now + d.wallStep;
        const bool isAhead = d.timerNow >= wall;
        const std::uint64_t off = isAhead ? d.timerNow - wall : wall - d.timerNow;
        const QString text = d.alarmSince == ~0ull ? QStringLiteral("–") : (isAhead ? QStringLiteral("+") : QStringLiteral("−")) + hundredthsText(off) + tr(" s");
        return {Box{tr("expirations"), number(d.expirations), d.expirations != 0}, Box{tr("its now"), text, false}};
    }
    }
    return {};
}

QString DaemonBoxes::tip(core::WorkScheduler scheduler)
{
    switch (scheduler) {
    case core::WorkScheduler::New: return tr("Bytes in the self-pipe, and the flag that keeps them from ever being more than one word");
    case core::WorkScheduler::Old: return tr("Idle timeouts so far, and what is left of the one under way");
    case core::WorkScheduler::TimerFd:
        return tr("Expirations not read yet, and how far the time that the scheduler keeps stands from the wall clock: − behind, + ahead");
    }
    return {};
}

void DaemonBoxes::show(const core::Inputs& inputs, const core::World& world, const FlowPast& past)
{
    m_past = past;
    take(boxes(inputs, world, past));
    setToolTip(tip(inputs.daemon.scheduler));
}

void DaemonBoxes::moveTo(const core::Inputs& inputs, const core::World& world, std::uint64_t now)
{
    take(boxes(inputs, world, m_past, now));
}

void DaemonBoxes::take(const std::array<Box, 2>& boxes)
{
    if (boxes == m_boxes) return;
    m_boxes = boxes;
    setAccessibleDescription(QStringLiteral("%1 %2, %3 %4").arg(m_boxes[0].name, m_boxes[0].value, m_boxes[1].name, m_boxes[1].value));
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
