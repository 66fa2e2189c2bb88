// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_until/breakpoint_bar.h"

#include <QActionGroup>
#include <QContextMenuEvent>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr double side = 16, top = 30, chipHeight = 26, gap = 6, dotRoom = 20, crossRoom = 24;

} // namespace

std::vector<ChipBox> layoutChips(const std::vector<QString>& texts, const Look& look, double width, double* height)
{
    const auto px = [&](double v) { return look.px(v); };
    const QFontMetricsF metrics(look.words(12));
    std::vector<ChipBox> chips;
    double x = px(side), y = px(top);
    for (const auto& text : texts) {
        const double most = width - px(2 * side + dotRoom + crossRoom);
        const QString shown = metrics.elidedText(text, Qt::ElideMiddle, std::max(most, px(20)));
        const double w = metrics.horizontalAdvance(shown) + px(dotRoom + crossRoom);
        if (x > px(side) && x + w > width - px(side)) {
            x = px(side);
            y += px(chipHeight + gap);
        }
        const QRectF box(x, y, w, px(chipHeight));
        chips.push_back({box, QRectF(box.right() - px(crossRoom), y, px(crossRoom), px(chipHeight)), shown});
        x += w + px(gap);
    }
    if (height) *height = texts.empty() ? 0 : y + px(chipHeight + 10);
    return chips;
}

BreakpointBar::BreakpointBar(Breakpoints& breakpoints, const ThemeProvider& theme, QWidget* parent)
    : QWidget(parent), m_breakpoints(breakpoints), m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Breakpoints"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&breakpoints, &Breakpoints::changed, this, &BreakpointBar::refresh);
    connect(&theme, &ThemeProvider::changed, this, &BreakpointBar::refresh);
    hide();
}

void BreakpointBar::setInputs(core::InputsPtr inputs)
{
    m_inputs = std::move(inputs);
    refresh();
}

void BreakpointBar::refresh()
{
    m_texts.clear();
    if (m_inputs)
        for (const auto& b : m_breakpoints.all()) m_texts.push_back(conditionText(b.condition, *m_inputs));
    m_focus = std::clamp(m_focus, 0, std::max(0, static_cast<int>(m_texts.size()) - 1));
    QStringList said;
    for (std::size_t i = 0; i < m_texts.size(); ++i) said += m_breakpoints.all()[i].isOn ? m_texts[i] : tr("%1 (off)").arg(m_texts[i]);
    setAccessibleDescription(said.join(QStringLiteral("; ")));
    setVisible(!m_texts.empty());
    updateGeometry();
    update();
}

std::vector<ChipBox> BreakpointBar::chips() const { return layoutChips(m_texts, m_theme.look(), width(), nullptr); }

int BreakpointBar::heightForWidth(int width) const
{
    double height = 0;
    layoutChips(m_texts, m_theme.look(), width, &height);
    return static_cast<int>(std::ceil(height));
}

int BreakpointBar::chipAt(QPointF at) const
{
    const auto all = chips();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].box.contains(at)) return static_cast<int>(i);
    return -1;
}

void BreakpointBar::paintEvent(QPaintEvent*)
{
    const Look& look = m_theme.look();
    const Theme& t = look.t();
    const auto px = [&](double v) { return look.px(v); };
    QPainter p(this);
    p.fillRect(rect(), t.dock);
    p.setPen(t.line);
    p.drawLine(0, 0, width(), 0);
    p.setRenderHint(QPainter::Antialiasing);
    p.setFont(look.words(12, QFont::Medium));
    p.setPen(t.ink3);
    p.drawText(QPointF(px(20), px(19)), tr("Stops at"));
    const QFont words = look.words(12);
    const QFontMetricsF metrics(words);
    const auto all = chips();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& chip = all[i];
        const bool isOn = m_breakpoints.all()[i].isOn;
        p.setPen(QPen(t.line2, 1));
        p.setBrush(t.raised);
        p.drawRoundedRect(chip.box.adjusted(.5, .5, -.5, -.5), px(8), px(8));
        const double middle = chip.box.center().y();
        p.setPen(QPen(isOn ? t.ink : t.ink3, px(1.5)));
        p.setBrush(isOn ? QBrush(t.ink) : QBrush(Qt::NoBrush));
        p.drawEllipse(QPointF(chip.box.left() + px(11), middle), px(3.6), px(3.6));
        p.setFont(words);
        p.setPen(isOn ? t.ink : t.ink3);
        p.drawText(QPointF(chip.box.left() + px(dotRoom), middle + metrics.capHeight() / 2), chip.text);
        const QPointF c = chip.cross.center();
        const double r = px(3.4);
        p.setPen(QPen(t.ink2, px(1.5), Qt::SolidLine, Qt::RoundCap));
        p.drawLine(c + QPointF(-r, -r), c + QPointF(r, r));
        p.drawLine(c + QPointF(-r, r), c + QPointF(r, -r));
        if (hasFocus() && static_cast<int>(i) == m_focus) {
            p.setPen(QPen(t.ink, 2));
            p.setBrush(Qt::NoBrush);
            p.drawRoundedRect(chip.box.adjusted(-2, -2, 2, 2), px(10), px(10));
        }
    }
}

void BreakpointBar::mousePressEvent(QMouseEvent* event)
{
    const int chip = chipAt(event->position());
    if (event->button() != Qt::LeftButton || chip < 0) return;
    const auto i = static_cast<std::size_t>(chip);
    m_focus = chip;
    if (chips()[i].cross.contains(event->position())) m_breakpoints.remove(i);
    else m_breakpoints.setOn(i, !m_breakpoints.all()[i].isOn);
}

void BreakpointBar::keyPressEvent(QKeyEvent* event)
{
    const int count = static_cast<int>(m_texts.size());
    const auto i = static_cast<std::size_t>(m_focus);
    switch (event->key()) {
    case Qt::Key_Up: m_focus = std::max(0, m_focus - 1); break;
    case Qt::Key_Down: m_focus = std::min(count - 1, m_focus + 1); break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (i < m_texts.size()) m_breakpoints.setOn(i, !m_breakpoints.all()[i].isOn);
        return;
    case Qt::Key_Delete: m_breakpoints.remove(i); return;
    default: event->ignore(); return;
    }
    update();
}

void BreakpointBar::openMenu(std::size_t i, QPoint at)
{
    if (i >= m_breakpoints.all().size() || !m_inputs) return;
    const Breakpoint b = m_breakpoints.all()[i];
    QMenu menu(this);
    menu.addAction(b.isOn ? tr("Switch Off") : tr("Switch On"), this, [this, i, b] { m_breakpoints.setOn(i, !b.isOn); });
    menu.addAction(tr("Remove"), this, [this, i] { m_breakpoints.remove(i); });
    if (m_breakpoints.all().size() > 1) menu.addAction(tr("Remove All"), this, [this] { m_breakpoints.clear(); });
    if (b.condition.what == core::Condition::What::Timer) {
        menu.addSeparator();
        const bool isTgtd = m_inputs->driver == core::Driver::Daemon;
        menu.addAction(isTgtd ? tr("Only Where It Runs") : tr("Only Where It Fires"), this, [this, b] {
            m_breakpoints.toggle(b.condition);
            auto fires = b.condition;
            fires.what = core::Condition::What::Fire;
            m_breakpoints.toggle(fires);
        });
    }
    if (m_inputs->machine.cpus > 1) {
        menu.addSeparator();
        auto* group = new QActionGroup(&menu);
        for (int cpu = -1; cpu < m_inputs->machine.cpus; ++cpu) {
            auto* action = menu.addAction(cpu < 0 ? tr("By Any CPU") : tr("Only by CPU %1").arg(cpu), this,
                                          [this, i, cpu] { m_breakpoints.setCpu(i, cpu); });
            action->setCheckable(true);
            action->setChecked(cpu == b.condition.cpu);
            group->addAction(action);
        }
    }
    menu.exec(at);
}

void BreakpointBar::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int chip = byKey ? m_focus : chipAt(event->pos());
    if (chip < 0) return;
    const auto i = static_cast<std::size_t>(chip);
    openMenu(i, byKey && i < m_texts.size() ? mapToGlobal(chips()[i].box.bottomLeft().toPoint()) : event->globalPos());
}

bool BreakpointBar::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int chip = chipAt(help->pos());
        if (chip >= 0)
            QToolTip::showText(help->globalPos(),
                               m_texts[static_cast<std::size_t>(chip)] + u'\n' +
                                   tr("Click: off and on. The cross takes it away; the menu binds it to a CPU."),
                               this);
        else QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
    return QWidget::event(event);
}

} // namespace jiffy::ui

#include "moc_breakpoint_bar.cpp"
