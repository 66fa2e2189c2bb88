// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/header_bar.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPainter>

namespace jiffy::ui
{

QString machineBadge(const core::Inputs& inputs)
{
    const auto& m = inputs.machine;
    if (inputs.driver == core::Driver::Daemon) switch (inputs.daemon.scheduler) {
        case core::WorkScheduler::Old: return QCoreApplication::translate("HeaderBar", "tgtd · work.c before January 2011");
        case core::WorkScheduler::New: return QCoreApplication::translate("HeaderBar", "tgtd · work.c after 9 January 2011");
        case core::WorkScheduler::TimerFd: return QCoreApplication::translate("HeaderBar", "tgtd · timerfd of today, modelled from reading");
        }
    const auto which = [&m] {
        switch (m.timers) {
        case core::TimerAlgorithm::Wheel39: break;
        case core::TimerAlgorithm::Wheel61: return QCoreApplication::translate("HeaderBar", "Linux 4.8 and later");
        case core::TimerAlgorithm::SortedList: return QCoreApplication::translate("HeaderBar", "sorted list, before 1997");
        }
        return QCoreApplication::translate("HeaderBar", "Linux 3.9");
    };
    auto badge = QCoreApplication::translate("HeaderBar", "%1 · HZ %2 · %3 bit").arg(which()).arg(m.hz.value).arg(m.word.bits());
    if (m.small && m.timers == core::TimerAlgorithm::Wheel39) badge += QCoreApplication::translate("HeaderBar", " · small wheel");
    if (m.kernel.isThere && m.kernel.nohz) badge += QCoreApplication::translate("HeaderBar", " · NO_HZ");
    if (inputs.driver == core::Driver::ByHand) badge += QCoreApplication::translate("HeaderBar", " · by hand");
    return badge;
}

HeaderBar::HeaderBar(const ThemeProvider& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_menus(new QMenuBar(this))
{
    m_menus->setNativeMenuBar(false);
    m_menus->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    auto* layout = new QHBoxLayout(this);
    layout->setSpacing(0);
    layout->addWidget(m_menus);
    layout->addStretch();
    connect(&theme, &ThemeProvider::changed, this, &HeaderBar::applyTheme);
    applyTheme();
}

void HeaderBar::applyTheme()
{
    const auto& look = m_theme.look();
    setFixedHeight(static_cast<int>(look.px(30)));
    layout()->setContentsMargins(static_cast<int>(look.px(32)), 0, 0, 0);
    m_menus->setFont(look.words(13));
    auto colours = m_menus->palette();
    colours.setColor(QPalette::Window, look.t().win);
    colours.setColor(QPalette::Button, look.t().win);
    colours.setColor(QPalette::ButtonText, look.t().ink2);
    colours.setColor(QPalette::WindowText, look.t().ink2);
    m_menus->setPalette(colours);
    m_menus->setStyleSheet(QStringLiteral("QMenuBar { background: transparent; border: none; }"
                                          "QMenuBar::item { background: transparent; color: %1; padding: 5px 9px; border-radius: 6px; }"
                                          "QMenuBar::item:selected, QMenuBar::item:pressed { background: %2; color: %3; }")
                               .arg(look.t().ink2.name(), look.t().sunken.name(), look.t().ink.name()));
    update();
}

void HeaderBar::setTitle(const QString& title, const QString& badge)
{
    m_title = title;
    m_badge = badge;
    update();
}

void HeaderBar::paintEvent(QPaintEvent*)
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    QPainter painter(this);
    painter.fillRect(rect(), t.win);
    painter.setRenderHint(QPainter::Antialiasing);
    // The program's sign: a hand that has reached a timer.
    const QPointF centre(look.px(21), height() / 2.0);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(t.ink, look.px(1.8)));
    painter.drawEllipse(centre, look.px(6.2), look.px(6.2));
    painter.setPen(QPen(t.now, look.px(1.8), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(centre, centre - QPointF(0, look.px(4.4)));
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.now);
    painter.drawEllipse(centre + QPointF(look.px(4.4), -look.px(4.4)), look.px(2), look.px(2));

    const QFontMetricsF badgeMetrics(look.words(12));
    const double badgeWidth = badgeMetrics.horizontalAdvance(m_badge);
    const double right = width() - look.px(16);
    painter.setFont(look.words(12));
    painter.setPen(t.ink3);
    painter.drawText(QRectF(right - badgeWidth, 0, badgeWidth + 1, height()), Qt::AlignVCenter | Qt::AlignLeft, m_badge);

    // The title stands in the middle, and gives way to menus and badge.
    const auto titleFont = look.words(13, QFont::DemiBold);
    const double from = m_menus->geometry().right() + look.px(16), to = right - badgeWidth - look.px(16);
    const auto title = QFontMetricsF(titleFont).elidedText(m_title, Qt::ElideRight, std::max(0.0, to - from));
    const double w = QFontMetricsF(titleFont).horizontalAdvance(title);
    const double x = std::clamp(width() / 2.0 - w / 2, from, std::max(from, to - w));
    painter.setFont(titleFont);
    painter.setPen(t.ink);
    painter.drawText(QRectF(x, 0, w + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, title);
}

} // namespace jiffy::ui

#include "moc_header_bar.cpp"
