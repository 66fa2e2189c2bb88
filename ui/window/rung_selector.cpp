// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/rung_selector.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPainter>

namespace jiffy::ui
{

namespace
{

constexpr double barWidths[core::rungCount] = {4, 8, 12, 18, 26, 36};

QString ofDaemon(core::Rung rung)
{
    const auto say = [](const char* text) { return QCoreApplication::translate("RungSelector", text); };
    switch (rung) {
    case core::Rung::Line: return say(QT_TRANSLATE_NOOP("RungSelector", "A step is one line of the code: what is compared, and what is then done"));
    case core::Rung::Operation:
        return say(QT_TRANSLATE_NOOP("RungSelector", "A step is one call: a system call, an item that is added, moved or run"));
    case core::Rung::Timer:
        return say(QT_TRANSLATE_NOOP("RungSelector", "A step is a whole handler: that of a file, of the pipe, of the signal, or an item's func"));
    case core::Rung::Tick: return say(QT_TRANSLATE_NOOP("RungSelector", "A step is a pass of the event loop, from one epoll_wait() to the next"));
    case core::Rung::Cascade: return say(QT_TRANSLATE_NOOP("RungSelector", "On to the next alarm; before the patch, to the next idle timeout"));
    case core::Rung::NextExpiry: return say(QT_TRANSLATE_NOOP("RungSelector", "On to the next item whose func is called"));
    }
    return {};
}

QString explanation(core::Rung rung, core::Driver driver, core::TimerAlgorithm timers)
{
    if (driver == core::Driver::Daemon) return ofDaemon(rung);
    const auto say = [](const char* text) { return QCoreApplication::translate("RungSelector", text); };
    switch (rung) {
    case core::Rung::Line: return say(QT_TRANSLATE_NOOP("RungSelector", "A step is one line of the code: what is compared, and what is then done"));
    case core::Rung::Operation:
        if (timers == core::TimerAlgorithm::Wheel61) return say(QT_TRANSLATE_NOOP("RungSelector", "A step is one operation: a call, a bucket that is taken, a function that runs"));
        if (timers == core::TimerAlgorithm::SortedList) return say(QT_TRANSLATE_NOOP("RungSelector", "A step is one operation: a call, a walk along the list, a function that runs"));
        return say(QT_TRANSLATE_NOOP("RungSelector", "A step is one operation: a call, a timer moved by a cascade, a function that runs, a turn of the loop"));
    case core::Rung::Timer: return say(QT_TRANSLATE_NOOP("RungSelector", "A step is the next thing that happens to a timer: turns that find nothing are passed over"));
    case core::Rung::Tick: return say(QT_TRANSLATE_NOOP("RungSelector", "A step is a whole jiffy: the timer interrupt and the softirq of every CPU"));
    case core::Rung::Cascade:
        if (timers == core::TimerAlgorithm::Wheel61) return say(QT_TRANSLATE_NOOP("RungSelector", "On to the next bucket that is due: its timers are taken for their calls"));
        if (timers == core::TimerAlgorithm::SortedList) return say(QT_TRANSLATE_NOOP("RungSelector", "On to the next walk along the list: a timer's place has been found"));
        return say(QT_TRANSLATE_NOOP("RungSelector", "On to the next cascade: a slot of a coarse level is emptied, its timers are filed anew"));
    case core::Rung::NextExpiry: return say(QT_TRANSLATE_NOOP("RungSelector", "On to the next jiffy in which a timer fires"));
    }
    return {};
}

/// One segment.
class RungButton : public QAbstractButton
{
  public:
    RungButton(core::Rung rung, const ThemeProvider& theme, QWidget* parent)
        : QAbstractButton(parent), m_theme(theme), m_rung(rung)
    {
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setDriver(core::Driver::Kernel, core::TimerAlgorithm::Wheel39);
    }

    void setDriver(core::Driver driver, core::TimerAlgorithm timers)
    {
        setText(rungName(m_rung, driver, timers));
        setToolTip(explanation(m_rung, driver, timers));
        updateGeometry();
    }

    void setFit(RungSelector::Fit fit)
    {
        m_fit = fit;
        updateGeometry();
    }

    QSize sizeHint() const override
    {
        const auto& look = m_theme.look();
        const QFontMetricsF metrics(look.words(12, QFont::DemiBold));
        const bool isTight = m_fit != RungSelector::Fit::Wide;
        const double w = hasText() ? metrics.horizontalAdvance(text()) + look.px(isTight ? 12 : 18) : 0;
        return QSizeF(std::max(look.px(isTight ? 38 : 46), w), look.px(44)).toSize();
    }

  protected:
    void paintEvent(QPaintEvent*) override
    {
        const auto& look = m_theme.look();
        const auto& t = look.t();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const auto inner = QRectF(rect()).adjusted(look.px(3) + .5, look.px(3) + .5, -look.px(3) - .5, -look.px(3) - .5);
        if (isChecked()) {
            painter.setPen(QPen(t.line2, 1));
            painter.setBrush(t.raised);
            painter.drawRoundedRect(inner, look.px(7), look.px(7));
        }
        if (hasFocus()) {
            painter.setPen(QPen(t.ink, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(inner.adjusted(.5, .5, -.5, -.5), look.px(7), look.px(7));
        }
        const double middle = width() / 2.0, centre = height() / 2.0;
        const double bar = look.px(barWidths[static_cast<std::size_t>(m_rung)]);
        painter.setPen(Qt::NoPen);
        painter.setBrush(isChecked() ? t.now : t.ghost);
        painter.drawRoundedRect(QRectF(middle - bar / 2, centre - look.px(11.5), bar, look.px(4)), look.px(2), look.px(2));
        painter.setFont(look.words(12, isChecked() ? QFont::DemiBold : QFont::Normal));
        painter.setPen(isChecked() || underMouse() ? t.ink : t.ink2);
        if (hasText()) painter.drawText(QRectF(0, centre - look.px(2), width(), look.px(18)), Qt::AlignCenter, text());
    }
    void enterEvent(QEnterEvent* event) override
    {
        QAbstractButton::enterEvent(event);
        update();
    }
    void leaveEvent(QEvent* event) override
    {
        QAbstractButton::leaveEvent(event);
        update();
    }

  private:
    const ThemeProvider& m_theme;
    core::Rung m_rung;
    bool hasText() const { return m_fit != RungSelector::Fit::Bars || isChecked(); }

    RungSelector::Fit m_fit = RungSelector::Fit::Wide;
};

} // namespace

QString rungName(core::Rung rung, core::Driver driver, core::TimerAlgorithm timers)
{
    if (driver == core::Driver::Daemon) switch (rung) {
        case core::Rung::Line: return QCoreApplication::translate("RungSelector", "line");
        case core::Rung::Operation: return QCoreApplication::translate("RungSelector", "call");
        case core::Rung::Timer: return QCoreApplication::translate("RungSelector", "handler");
        case core::Rung::Tick: return QCoreApplication::translate("RungSelector", "loop pass");
        case core::Rung::Cascade: return QCoreApplication::translate("RungSelector", "alarm");
        case core::Rung::NextExpiry: return QCoreApplication::translate("RungSelector", "next due");
        }
    switch (rung) {
    case core::Rung::Line: return QCoreApplication::translate("RungSelector", "line");
    case core::Rung::Operation: return QCoreApplication::translate("RungSelector", "operation");
    case core::Rung::Timer: return QCoreApplication::translate("RungSelector", "timer");
    case core::Rung::Tick: return QCoreApplication::translate("RungSelector", "tick");
    case core::Rung::Cascade:
        if (timers == core::TimerAlgorithm::Wheel61) return QCoreApplication::translate("RungSelector", "bucket");
        if (timers == core::TimerAlgorithm::SortedList) return QCoreApplication::translate("RungSelector", "walk");
        return QCoreApplication::translate("RungSelector", "cascade");
    case core::Rung::NextExpiry: return QCoreApplication::translate("RungSelector", "next expiry");
    }
    return {};
}

RungSelector::RungSelector(const ThemeProvider& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Step size"));
    for (int i = 0; i < core::rungCount; ++i) {
        auto* button = new RungButton(static_cast<core::Rung>(i), theme, this);
        m_buttons.addButton(button, i);
        layout->addWidget(button);
    }
    connect(&m_buttons, &QButtonGroup::idClicked, this, [this](int id) { Q_EMIT rungChosen(static_cast<core::Rung>(id)); });
}

void RungSelector::setRung(core::Rung rung)
{
    if (auto* button = m_buttons.button(static_cast<int>(rung))) button->setChecked(true);
    for (auto* button : m_buttons.buttons()) button->updateGeometry();
    updateGeometry();
}

void RungSelector::setDriver(core::Driver driver, core::TimerAlgorithm timers)
{
    for (auto* button : m_buttons.buttons()) static_cast<RungButton*>(button)->setDriver(driver, timers);
    updateGeometry();
}

void RungSelector::setFit(Fit fit)
{
    for (auto* button : m_buttons.buttons()) static_cast<RungButton*>(button)->setFit(fit);
    updateGeometry(); // the outer layout remembers our size, not our buttons'
}

void RungSelector::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto& look = m_theme.look();
    painter.setPen(look.t().name == ThemeName::HighContrast ? QPen(look.t().line) : QPen(Qt::NoPen));
    painter.setBrush(look.t().sunken);
    painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), look.px(9), look.px(9));
}

} // namespace jiffy::ui

#include "moc_rung_selector.cpp"
