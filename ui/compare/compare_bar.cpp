// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_bar.h"

#include "ui/compare/column_words.h"
#include "ui/session/companions.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>

#include <algorithm>

namespace jiffy::ui
{

CompareBar::CompareBar(const ThemeProvider& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_algorithms(new QToolButton(this)), m_menu(new QMenu(m_algorithms)),
      m_label(new QLabel(tr("To insert"), this)), m_expiry(new QLineEdit(this)), m_fault(new QLabel(this)),
      m_copy(new QToolButton(this)), m_structures(new QToolButton(this)), m_board(new QToolButton(this)),
      m_pages(new QButtonGroup(this))
{
    m_algorithms->setPopupMode(QToolButton::InstantPopup);
    m_algorithms->setMenu(m_menu);
    m_algorithms->setFocusPolicy(Qt::TabFocus);
    m_algorithms->setToolTip(tr("Choose two to four algorithms"));
    m_menu->setToolTipsVisible(true);
    connect(m_menu, &QMenu::aboutToShow, this, &CompareBar::fillMenu);
    m_menu->installEventFilter(this);
    m_label->setBuddy(m_expiry);
    m_expiry->setAccessibleName(tr("Expiry of the timer that might be inserted"));
    m_expiry->setToolTip(
        tr("An expiry like 1700, +200 from now, or 20ms; empty for a round one ahead of now"));
    connect(m_expiry, &QLineEdit::returnPressed, this, [this] { Q_EMIT expiryTyped(m_expiry->text()); });
    connect(m_expiry, &QLineEdit::editingFinished, this, [this] {
        if (m_expiry->isModified()) Q_EMIT expiryTyped(m_expiry->text());
    });
    m_copy->setText(tr("Copy"));
    m_copy->setToolTip(tr("Copy the board as comma-separated text"));
    m_copy->setFocusPolicy(Qt::TabFocus);
    connect(m_copy, &QToolButton::clicked, this, &CompareBar::copyAsked);
    const std::pair<QToolButton*, QString> pages[] = {{m_structures, tr("Structures")},
                                                      {m_board, tr("Board")}};
    for (const auto& [button, text] : pages) {
        button->setText(text);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        m_pages->addButton(button);
    }
    m_structures->setToolTip(tr("What each algorithm keeps, and what it costs"));
    m_board->setToolTip(tr("The properties of the algorithms in a table, with what this run has measured"));
    m_structures->setChecked(true);
    m_copy->hide();
    connect(m_board, &QToolButton::toggled, this, [this](bool isBoard) {
        m_copy->setVisible(isBoard);
        Q_EMIT boardChosen(isBoard);
    });
    auto* layout = new QHBoxLayout(this);
    layout->addWidget(m_algorithms);
    layout->addSpacing(12);
    layout->addWidget(m_label);
    layout->addWidget(m_expiry);
    layout->addWidget(m_fault, 1);
    layout->addWidget(m_copy);
    layout->addSpacing(8);
    layout->addWidget(m_structures);
    layout->addWidget(m_board);
    // It is said of what was typed, not of what is being typed.
    connect(m_expiry, &QLineEdit::textEdited, this, [this] {
        m_fault->clear();
        m_expiry->setAccessibleDescription({});
    });
    connect(&theme, &ThemeProvider::changed, this, &CompareBar::applyTheme);
    applyTheme();
}

void CompareBar::setAlgorithms(const std::vector<const core::TimersInfo*>& shown,
                               const core::TimersInfo* leading)
{
    m_shown = shown;
    m_leading = leading;
    m_algorithms->setText(tr("%n algorithms", nullptr, static_cast<int>(shown.size())));
    m_algorithms->setAccessibleName(
        tr("Choose algorithms: %n are shown", nullptr, static_cast<int>(shown.size())));
    m_algorithms->setEnabled(leading != nullptr);
    m_expiry->setEnabled(leading != nullptr);
    if (m_menu->isVisible()) markMenu();
}

void CompareBar::fillMenu()
{
    m_menu->clear();
    for (const auto& timers : core::timerAlgorithms()) {
        const auto* it = &timers;
        auto* action = m_menu->addAction(tr("%1 (%2)").arg(algorithmTitle(timers), algorithmOrigin(timers)));
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, it](bool isOn) {
            auto chosen = m_shown;
            if (isOn)
                chosen.push_back(it);
            else
                chosen.erase(std::remove(chosen.begin(), chosen.end(), it), chosen.end());
            Q_EMIT algorithmsChosen(chosen);
        });
    }
    markMenu();
}

void CompareBar::markMenu()
{
    const auto actions = m_menu->actions();
    const auto& timers = core::timerAlgorithms();
    for (std::size_t i = 0; i < timers.size() && static_cast<qsizetype>(i) < actions.size(); ++i) {
        auto* action = actions[static_cast<qsizetype>(i)];
        const bool isShown = std::find(m_shown.begin(), m_shown.end(), &timers[i]) != m_shown.end();
        const bool isLeading = &timers[i] == m_leading;
        const bool isLast = isShown && m_shown.size() <= Companions::fewest;
        action->setChecked(isShown);
        action->setEnabled(!isLeading && !isLast);
        action->setToolTip(isLeading ? tr("The leading run is always there") : isLast ? tr("Two at least are compared") : QString());
    }
}

/// A mark is set without closing the menu: one may want to set another. Return and a click elsewhere close it.
bool CompareBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_menu) return QWidget::eventFilter(watched, event);
    QAction* action = nullptr;
    if (event->type() == QEvent::MouseButtonRelease)
        action = m_menu->actionAt(static_cast<QMouseEvent*>(event)->pos());
    else if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space)
        action = m_menu->activeAction();
    if (action == nullptr) return QWidget::eventFilter(watched, event);
    if (action->isEnabled()) action->trigger();
    return true;
}

void CompareBar::setExpiry(const QString& text, bool isOwn)
{
    if (m_expiry->hasFocus() && m_expiry->isModified()) return;
    if (m_expiry->text() != text) m_expiry->setText(text);
    m_expiry->setModified(false);
    auto font = m_theme.look().numbers(12.5, isOwn ? QFont::Bold : QFont::Normal);
    m_expiry->setFont(font);
}

void CompareBar::setFault(const QString& why)
{
    m_fault->setText(why);
    m_expiry->setAccessibleDescription(why);
    if (why.isEmpty()) m_expiry->setModified(false);
}

bool CompareBar::hasFault() const
{
    return !m_fault->text().isEmpty();
}

void CompareBar::setBoard(bool isBoard)
{
    (isBoard ? m_board : m_structures)->setChecked(true);
}

void CompareBar::editExpiry()
{
    m_expiry->setFocus(Qt::ShortcutFocusReason);
    m_expiry->selectAll();
}

void CompareBar::applyTheme()
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    const auto px = [&](double v) { return static_cast<int>(look.px(v)); };
    layout()->setContentsMargins(px(14), px(3), px(14), px(3));
    layout()->setSpacing(px(6));
    setAutoFillBackground(true);
    auto colours = palette();
    colours.setColor(QPalette::Window, t.dock);
    colours.setColor(QPalette::WindowText, t.ink2);
    setPalette(colours);
    const auto words = look.words(12.5);
    for (auto* widget :
         std::initializer_list<QWidget*>{m_label, m_fault, m_algorithms, m_copy, m_structures, m_board})
        widget->setFont(words);
    m_fault->setStyleSheet(QStringLiteral("color: %1;").arg(t.nowText.name()));
    m_expiry->setFont(look.numbers(12.5));
    m_expiry->setFixedWidth(px(132));
    const auto style =
        QStringLiteral("QToolButton { background: %1; color: %2; border: 1px solid %3; border-radius: %4px; "
                       "padding: %5px %6px; }"
                       "QToolButton:hover { background: %7; } QToolButton:checked { background: %2; color: "
                       "%8; border-color: %2; }"
                       "QToolButton:focus { border: 2px solid %2; } QToolButton:disabled { color: %9; }"
                       "QToolButton::menu-indicator { subcontrol-position: right center; right: 3px; }")
            .arg(t.raised.name(), t.ink.name(), t.line2.name())
            .arg(px(6))
            .arg(px(2))
            .arg(px(10))
            .arg(t.sunken.name(), t.inv.name(), t.ink3.name());
    for (auto* button : {m_copy, m_structures, m_board})
        button->setStyleSheet(style);
    m_algorithms->setStyleSheet(style + QStringLiteral("QToolButton { padding-right: %1px; }").arg(px(18)));
}

} // namespace jiffy::ui

#include "moc_compare_bar.cpp"
