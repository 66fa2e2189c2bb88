// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/pane.h"

#include "ui/window/rail.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace jiffy::ui
{

Pane::Pane(Place place, const ThemeProvider& theme, QWidget* parent)
    : QWidget(parent), m_place(place), m_theme(theme), m_body(new QWidget(this)),
      m_column(new QVBoxLayout(m_body)), m_stack(new QStackedWidget(m_body)), m_switch(new QToolButton(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_body);
    if (hasRail()) {
        m_rail = new Rail(theme, place == Place::Left, this);
        layout->addWidget(m_rail);
        m_rail->hide();
        m_rail->setText(place == Place::Left ? tr("What just happened") : tr("Inspector"));
        connect(m_rail, &Rail::clicked, this, [this] { setOpen(true); });
    }
    m_column->setContentsMargins({});
    m_column->setSpacing(0);
    m_column->addWidget(m_stack, 1);
    m_switch->setPopupMode(QToolButton::InstantPopup);
    m_switch->setFocusPolicy(Qt::TabFocus);
    m_switch->setMenu(new QMenu(m_switch));
    m_switch->hide();
    connect(m_switch->menu(), &QMenu::aboutToShow, this, &Pane::fillSwitch);
    connect(&theme, &ThemeProvider::changed, this, &Pane::applyTheme);
    applyTheme();
}

void Pane::add(ViewHost* host)
{
    m_hosts.push_back(host);
    m_stack->addWidget(host);
    if (m_hosts.size() == 1) bringToFront(host);
    showSwitch();
}

void Pane::showSwitch()
{
    const auto offered = std::count_if(m_hosts.begin(), m_hosts.end(), [](const ViewHost* h) { return h->isOffered(); });
    m_switch->setVisible(m_place == Place::Bottom && offered > 1);
}

void Pane::renewOffer()
{
    showSwitch();
    if (m_hosts.empty() || front()->isOffered()) return;
    auto* first = firstOffered();
    if (!first) return;
    show(first);
    Q_EMIT frontChanged();
}

ViewHost* Pane::firstOffered() const
{
    const auto first = std::find_if(m_hosts.begin(), m_hosts.end(), [](const ViewHost* h) { return h->isOffered(); });
    return first == m_hosts.end() ? nullptr : *first;
}

void Pane::setHead(QWidget* head)
{
    m_column->insertWidget(0, head);
}

void Pane::setFoot(QWidget* foot)
{
    m_column->addWidget(foot);
}

ViewHost* Pane::front() const
{
    return m_hosts.empty() ? nullptr : static_cast<ViewHost*>(m_stack->currentWidget());
}

void Pane::bringToFront(ViewHost* host)
{
    show(host);
    setOpen(true);
    Q_EMIT frontChanged();
}

void Pane::show(ViewHost* host)
{
    m_stack->setCurrentWidget(host);
    m_switch->setText(host->spec().titleText());
    m_switch->setAccessibleName(tr("%1: choose another view").arg(host->spec().titleText()));
    m_switch->setToolTip(tr("Show another view here"));
    m_switch->adjustSize();
}

void Pane::setOpen(bool isOpen)
{
    if (m_isOpen == isOpen) return;
    m_isOpen = isOpen;
    m_body->setVisible(isOpen);
    if (m_rail) {
        m_rail->setVisible(!isOpen);
        const int rail = static_cast<int>(m_theme.look().px(railWidth));
        setMinimumWidth(isOpen ? 0 : rail);
        setMaximumWidth(isOpen ? QWIDGETSIZE_MAX : rail);
    } else {
        setVisible(isOpen);
    }
    Q_EMIT openChanged(isOpen);
}

void Pane::fillSwitch()
{
    auto* menu = m_switch->menu();
    menu->clear();
    for (auto* host : m_hosts) {
        if (!host->isOffered()) continue;
        auto* action = menu->addAction(host->spec().titleText(), this, [this, host] { bringToFront(host); });
        action->setToolTip(host->spec().descriptionText());
        action->setCheckable(true);
        action->setChecked(host == front());
    }
}

void Pane::resizeEvent(QResizeEvent*)
{
    m_switch->raise();
}

/// The switch stands where the views of this place paint their title.
void Pane::applyTheme()
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    m_switch->setFont(look.words(12, QFont::Medium));
    m_switch->setStyleSheet(
        QStringLiteral("QToolButton { background: %1; color: %2; border: none; border-radius: 6px; padding: "
                       "3px 14px 3px 4px; }"
                       "QToolButton:hover { background: %3; color: %4; }"
                       "QToolButton:focus { border: 2px solid %4; padding: 1px 12px 1px 2px; }"
                       "QToolButton::menu-indicator { subcontrol-position: right center; right: 2px; }")
            .arg(t.canvas.name(), t.ink2.name(), t.sunken.name(), t.ink.name()));
    m_switch->adjustSize();
    m_switch->move(static_cast<int>(look.px(16)), static_cast<int>(look.px(4)));
    m_switch->raise();
}

} // namespace jiffy::ui

#include "moc_pane.cpp"
