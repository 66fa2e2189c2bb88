// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/empty_note.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace jiffy::ui
{

EmptyNote::EmptyNote(QAction* add, const ThemeProvider& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_text(new QLabel(tr("Nothing is armed."), this)), m_open(new QToolButton(this)), m_add(new QToolButton(this))
{
    m_open->setText(tr("Open a scenario"));
    m_open->setToolTip(tr("Choose one of those that come with the program"));
    m_add->setText(tr("Add a timer"));
    m_add->setToolTip(add->toolTip());
    connect(m_open, &QToolButton::clicked, this, &EmptyNote::openAsked);
    connect(m_add, &QToolButton::clicked, add, &QAction::trigger);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_open);
    buttons->addWidget(m_add);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_text, 0, Qt::AlignHCenter);
    layout->addLayout(buttons);
    parent->installEventFilter(this);
    connect(&theme, &ThemeProvider::changed, this, &EmptyNote::applyTheme);
    applyTheme();
    hide();
}

void EmptyNote::applyTheme()
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    m_text->setFont(look.words(18.5, QFont::DemiBold));
    setAttribute(Qt::WA_StyledBackground);
    setObjectName(QStringLiteral("emptyNote"));
    setStyleSheet(QStringLiteral("#emptyNote { background: %1; border-radius: 12px; }").arg(t.canvas.name()));
    layout()->setContentsMargins(static_cast<int>(look.px(20)), static_cast<int>(look.px(28)), static_cast<int>(look.px(20)), static_cast<int>(look.px(28)));
    m_text->setStyleSheet(QStringLiteral("color: %1; background: transparent;").arg(t.ink.name()));
    for (auto* button : {m_open, m_add}) {
        button->setFont(look.words(13, QFont::Medium));
        button->setMinimumHeight(static_cast<int>(look.px(34)));
        button->setStyleSheet(QStringLiteral("QToolButton { background: %1; color: %2; border: 1px solid %3; border-radius: 8px; padding: 4px 14px; }"
                                             "QToolButton:hover { background: %4; }"
                                             "QToolButton:focus { border: 2px solid %2; padding: 3px 13px; }")
                                  .arg(t.raised.name(), t.ink.name(), t.line2.name(), t.sunken.name()));
    }
    layout()->setSpacing(static_cast<int>(look.px(12)));
    place();
}

void EmptyNote::place()
{
    adjustSize();
    // In the hub and below: the hands stay in sight.
    move((parentWidget()->width() - width()) / 2, (parentWidget()->height() - height()) / 2);
}

bool EmptyNote::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parent() && event->type() == QEvent::Resize) place();
    return QWidget::eventFilter(watched, event);
}

void EmptyNote::showEvent(QShowEvent*) { place(); }

} // namespace jiffy::ui

#include "moc_empty_note.cpp"
