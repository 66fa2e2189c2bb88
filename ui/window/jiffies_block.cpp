// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/jiffies_block.h"

#include "ui/tgtd/words.h"
#include "ui/theme/number_text.h"

#include <QLocale>
#include <QPainter>

namespace jiffy::ui
{

JiffiesBlock::JiffiesBlock(const ThemeProvider& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Jiffies"));
}

QString JiffiesBlock::uptime(const core::Inputs& inputs, core::Nanoseconds now)
{
    const auto& m = inputs.machine;
    const bool boots = m.jiffies == m.word.reduce(0 - 300ull * m.hz.value) ||
                       m.jiffies == ((0 - 300ull * m.hz.value) & 0xFFFF'FFFFu);
    // Truncated to ms, as a clock is read; no floating point near 2^53 ns.
    const auto ms = now / 1'000'000;
    const QString seconds = QString::number(ms / 1000) + QLocale().decimalPoint() +
                   QString::number(ms % 1000).rightJustified(3, QLatin1Char('0'));
    return (boots ? tr("boot + %1 s") : tr("start + %1 s")).arg(seconds);
}

void JiffiesBlock::show(const core::Inputs& inputs, const core::World& world, std::uint64_t ticks)
{
    m_isDaemon = inputs.driver == core::Driver::Daemon;
    setToolTip(m_isDaemon ? tr("Above, the time that drives alarms, timeouts and handlers; below, the wall clock, which can be stepped. It is shown "
                               "as it was in the patch's own time zone, one hour ahead of UTC.")
                          : tr("jiffies counts the ticks of the timer interrupt, HZ a second. It starts five minutes before it wraps to 0, so that code "
                               "which cannot bear that fails early."));
    m_isStale = false;
    if (m_isDaemon) return showDaemon(inputs, world, ticks);
    setAccessibleName(tr("Jiffies"));
    m_label = tr("jiffies");
    const int bits = inputs.machine.word.bits();
    m_decimal = grouped(world.clock().jiffies);
    m_hex = hexWord(world.clock().jiffies, bits);
    m_uptime = uptime(inputs, world.now());
    // While no CPU counts them they stand, and time goes on.
    const auto byClock = world.geometry().word.add(inputs.machine.jiffies, world.clock().ticks);
    m_isStale = world.kernel().isThere() && byClock != world.clock().jiffies;
    if (m_isStale) m_uptime = tr("%1 by the clock").arg(grouped(byClock));
    setAccessibleDescription(QString::number(world.clock().jiffies) + QLatin1String(", ") + m_hex + QLatin1String(", ") +
                             m_uptime);
    updateGeometry();
    update();
}

void JiffiesBlock::showDaemon(const core::Inputs& inputs, const core::World& world, std::uint64_t ticks)
{
    const auto& daemon = inputs.daemon;
    const bool countsFromStart = daemon.start == 0 && daemon.scheduler != core::WorkScheduler::Old;
    m_label = countsFromStart ? tr("time since work_timer_start") : tr("time since the start");
    m_decimal = tr("%1 s").arg(millisecondsText(ticks));
    m_hex = wallClockText(core::DaemonConfig::wallAtStart + ticks + world.daemon().wallStep);
    m_uptime = tr("wall clock");
    setAccessibleName(tr("Clock"));
    setAccessibleDescription(QStringLiteral("%1: %2, %3 %4").arg(m_label, m_decimal, m_uptime, m_hex));
    updateGeometry();
    update();
}

void JiffiesBlock::setTight(bool tight)
{
    if (m_isTight == tight) return;
    m_isTight = tight;
    updateGeometry();
    update();
}

QString JiffiesBlock::shownHex() const
{
    constexpr int low = 9; // "FFFF 4500"
    const bool isLong = !m_isDaemon && m_hex.size() > 2 + low;
    return m_isTight && isLong ? QChar(0x2026) + m_hex.right(low) : m_hex;
}

void JiffiesBlock::clear()
{
    m_decimal.clear();
    m_hex.clear();
    m_uptime.clear();
    setAccessibleDescription({});
    update();
}

QSize JiffiesBlock::sizeHint() const
{
    const auto& look = m_theme.look();
    const double big = numberWidth(look.numbers(22, QFont::Bold), m_decimal);
    const double small = QFontMetricsF(look.numbers(12.5)).horizontalAdvance(shownHex()) + look.px(10) +
                         numberWidth(look.words(12), m_uptime);
    const double label = QFontMetricsF(look.words(12, QFont::Medium)).horizontalAdvance(m_label);
    return QSizeF(std::ceil(std::max({big, small, label, look.px(150)})) + 2, look.px(66)).toSize();
}

void JiffiesBlock::paintEvent(QPaintEvent*)
{
    if (m_decimal.isEmpty()) return;
    const auto& look = m_theme.look();
    const auto& t = look.t();
    QPainter painter(this);
    const double right = width() - 1, centre = height() / 2.0;
    const auto write = [&](const QString& text, const QFont& font, const QColor& colour, double x, double y) {
        painter.setPen(colour);
        const double w = numberWidth(font, text);
        drawNumber(painter, font, QPointF(x - w, centre + look.px(y)), text);
        return x - w;
    };
    write(m_label, look.words(12, QFont::Medium), t.ink3, right, -19);
    write(m_decimal, look.numbers(22, QFont::Bold), t.ink, right, 5);
    if (m_isDaemon) {
        const double after = write(m_hex, look.numbers(12.5), t.ink2, right, 24);
        write(m_uptime, look.words(12), t.ink3, after - look.px(5), 24);
        return;
    }
    const double left = write(m_uptime, look.words(12), m_isStale ? t.ink : t.ink3, right, 24);
    write(shownHex(), look.numbers(12.5), t.ink2, left - look.px(10), 24);
}

} // namespace jiffy::ui

#include "moc_jiffies_block.cpp"
