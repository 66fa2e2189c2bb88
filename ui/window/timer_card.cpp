// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/timer_card.h"

#include "ui/theme/number_text.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cstdlib>

namespace jiffy::ui
{

TimerCard::TimerCard(const ThemeProvider& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setAccessibleName(tr("Timer"));
    connect(&theme, &ThemeProvider::changed, this, [this] {
        updateGeometry();
        update();
    });
}

namespace
{

QString jiffiesText(std::int64_t n)
{
    const auto count = static_cast<std::uint64_t>(n < 0 ? -n : n);
    return count == 1 ? TimerCard::tr("1 jiffy") : TimerCard::tr("%1 jiffies").arg(grouped(count));
}

QString signedText(std::int64_t n)
{
    return n < 0 ? QChar(0x2212) + grouped(static_cast<std::uint64_t>(-n)) : grouped(static_cast<std::uint64_t>(n));
}

} // namespace

void TimerCard::reset(core::InputsPtr inputs)
{
    m_inputs = std::move(inputs);
    m_timer = core::TimerId::none();
    m_name.clear();
    m_lines.clear();
    m_differences.emplace(*m_inputs);
    m_compared = 0;
    update();
}

void TimerCard::extend(const core::Snapshot& snapshot)
{
    if (!m_differences || !m_differences->isNeeded()) return;
    for (; m_compared < snapshot.log.size(); ++m_compared) m_differences->add(snapshot.log[m_compared]);
}

void TimerCard::show(core::TimerId timer, const core::World& world, std::uint64_t events, bool isPinned)
{
    m_timer = timer;
    m_isPinned = isPinned;
    m_lines.clear();
    m_isFiring = false;
    if (!timer.isValid() || timer.value >= m_inputs->timers.size()) {
        m_name.clear();
        update();
        return;
    }
    m_name = QString::fromStdString(m_inputs->timerName(timer));
    if (!world.isDefined(timer)) {
        m_state = tr("not yet seen");
        update();
        return;
    }
    const auto& item = world.item(timer);
    const int bits = m_inputs->machine.word.bits();
    m_isFiring = world.cpu(item.cpu).running == timer;
    m_state = m_isFiring ? tr("firing") : item.isPending() ? tr("pending") : tr("not pending");
    m_lines.push_back({tr("expires"), grouped(item.expires)});
    m_lines.push_back({QString(), hexWord(item.expires, bits)});
    if (item.isPending()) {
        const auto place = world.geometry().place(world.slotOf(timer));
        const auto left = m_inputs->machine.word.signedDistance(item.expires, world.clock().jiffies);
        m_lines.push_back({left >= 0 ? tr("due in") : tr("overdue by"), jiffiesText(left)});
        // The filing rule measures from here, not from jiffies.
        m_lines.push_back({tr("expires − timer_jiffies"), signedText(m_inputs->machine.word.signedDistance(item.expires, world.cpu(item.cpu).timerJiffies))});
        m_lines.push_back({tr("stands in"), QString::fromStdString(world.geometry().slotName(world.slotOf(timer))), place.level});
    }
    m_lines.push_back({tr("slack"), item.slack == 0 ? tr("0, exact") : item.slack < 0 ? tr("automatic") : grouped(static_cast<std::uint64_t>(item.slack))});
    m_lines.push_back({tr("base"), item.isDeferrable() ? tr("CPU %1, deferrable").arg(item.cpu) : tr("CPU %1").arg(item.cpu)});
    addMachineLines(events);
    setAccessibleDescription(describe());
    update();
}

/// What the recorded machine did with it where the wheel last ran it, as far as this position.
void TimerCard::addMachineLines(std::uint64_t events)
{
    if (!m_differences) return;
    const auto all = m_differences->runs();
    const auto own = m_differences->runsOf(m_timer);
    const auto after = std::partition_point(own.begin(), own.end(), [&](std::uint32_t i) {
        return std::min(all[i].modelEvent, all[i].machineEvent) < events;
    });
    if (after == own.begin()) return;
    const auto& run = all[*std::prev(after)];
    if (run.machineEvent >= events) return; // not yet
    switch (run.verdict) {
    case core::Verdict::MachineCancelled: m_lines.push_back({tr("machine"), tr("cancelled it, not run")}); return;
    case core::Verdict::MachineRearmed: m_lines.push_back({tr("machine"), tr("re-armed it, not run")}); return;
    case core::Verdict::Lost: m_lines.push_back({tr("machine"), tr("not known, events lost")}); return;
    default: break;
    }
    m_lines.push_back({tr("machine ran it"), hexWord(run.machineJiffies, m_inputs->machine.word.bits())});
    if (run.verdict == core::Verdict::NotArmed) m_lines.push_back({tr("armed"), tr("not seen")});
    else if (run.modelEvent >= events) m_lines.push_back({tr("here"), tr("not yet")});
    else if (run.lag == 0) m_lines.push_back({tr("here"), tr("on the same jiffy")});
    else if (run.lag == 1) m_lines.push_back({tr("here"), tr("1 jiffy earlier")});
    else if (run.lag == -1) m_lines.push_back({tr("here"), tr("1 jiffy later")});
    else {
        const auto jiffies = static_cast<int>(std::min<std::int64_t>(std::abs(run.lag), 1 << 30));
        m_lines.push_back({tr("here"), run.lag > 0 ? tr("%n jiffies earlier", nullptr, jiffies) : tr("%n jiffies later", nullptr, jiffies)});
    }
    if (run.isOnOtherCpu()) m_lines.push_back({tr("machine's CPU"), QString::number(run.machineCpu)});
    if (run.nanoseconds != 0) m_lines.push_back({tr("and took"), tr("%1 µs").arg(run.nanoseconds / 1000.0, 0, 'f', 1)});
}

QString TimerCard::describe() const
{
    QString text = m_name + QLatin1String(", ") + m_state;
    for (const auto& line : m_lines) text += QLatin1String(", ") + line.name + QLatin1Char(' ') + line.value;
    return text;
}

QSize TimerCard::sizeHint() const
{
    const auto& look = m_theme.look();
    return {static_cast<int>(look.px(290)), static_cast<int>(look.px(260))};
}

void TimerCard::paintEvent(QPaintEvent*)
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    QPainter p(this);
    p.fillRect(rect(), t.dock);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(t.line);
    p.drawLine(QPointF(0, .5), QPointF(width(), .5));
    if (m_name.isEmpty()) return;
    const double left = look.px(20), right = width() - look.px(20);
    p.setFont(look.words(12, QFont::Medium));
    p.setPen(t.ink3);
    p.drawText(QPointF(left, look.px(27)), m_isPinned ? tr("Timer, selected") : tr("Timer"));

    // The state's chip, then the name in what is left.
    const auto chipFont = look.words(12.5, QFont::DemiBold);
    const double chipWidth = QFontMetricsF(chipFont).horizontalAdvance(m_state) + look.px(14);
    const QRectF chip(right - chipWidth, look.px(39), chipWidth, look.px(24));
    p.setPen(Qt::NoPen);
    p.setBrush(m_isFiring ? t.nowBg : mix(t.dock, t.ink, .07));
    p.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2);
    p.setFont(chipFont);
    p.setPen(m_isFiring ? t.nowText : t.ink2);
    p.drawText(chip, Qt::AlignCenter, m_state);
    const auto nameFont = look.numbers(21, QFont::Bold);
    p.setFont(nameFont);
    p.setPen(t.ink);
    p.drawText(QPointF(left, look.px(57)),
               QFontMetricsF(nameFont).elidedText(m_name, Qt::ElideMiddle, chip.left() - left - look.px(8)));

    double y = look.px(87);
    for (const auto& line : m_lines) {
        if (y > height() - look.px(4)) break;
        p.setFont(look.words(13));
        p.setPen(t.ink2);
        p.drawText(QPointF(left, y), line.name);
        const auto font = look.numbers(13, line.level >= 0 ? QFont::Bold : QFont::DemiBold);
        p.setPen(line.level >= 0 ? t.levelHue(line.level) : t.ink);
        drawNumber(p, font, QPointF(right - numberWidth(font, line.value), y), line.value);
        y += look.px(22);
    }
}

} // namespace jiffy::ui

#include "moc_timer_card.cpp"
