// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/turn_bar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr int restMs = 40;             ///< finding out costs a walk from the checkpoint before
constexpr std::size_t mostButtons = 3; ///< more CPUs are in a menu

} // namespace

TurnBar::TurnBar(const Desk& desk, const Actions& actions, QWidget* parent)
    : QFrame(parent), m_session(desk.session), m_theme(desk.theme), m_actions(actions),
      m_sentence(new QLabel(this)), m_row(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("turnBar"));
    m_row->addWidget(m_sentence, 1);
    m_row->setSizeConstraint(QLayout::SetNoConstraint);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_soon.setSingleShot(true);
    m_soon.setInterval(restMs);
    connect(&m_soon, &QTimer::timeout, this, &TurnBar::look);
    connect(&m_session, &Session::positionChanged, this, &TurnBar::moved);
    connect(&m_session, &Session::runReset, this, &TurnBar::moved);
    connect(&m_session, &Session::snapshotReady, this, &TurnBar::moved);
    connect(m_actions[Act::GoFirst], &QAction::triggered, this, &TurnBar::chooseOther);
    connect(&m_theme, &ThemeProvider::changed, this, &TurnBar::applyTheme);
    applyTheme();
    hide();
    updateAction();
}

void TurnBar::applyTheme()
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    const auto px = [&](double v) { return static_cast<int>(look.px(v)); };
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(px(8));
    m_sentence->setFont(look.words(12, QFont::Medium));
    for (auto* button : m_buttons)
        button->setFont(look.words(12, QFont::DemiBold));
    setStyleSheet(
        QStringLiteral(
            "#turnBar { background: transparent; border: none; }"
            "#turnBar QLabel { color: %1; background: transparent; }"
            "#turnBar QPushButton { color: %1; background: %2; border: 1px solid %3; border-radius: %4px;"
            " padding: 0 %5px; min-height: %6px; max-height: %6px; }"
            "#turnBar QPushButton:hover { border-color: %1; }"
            "#turnBar QPushButton:pressed { background: %7; }"
            "#turnBar QPushButton:focus { border: 2px solid %1; }"
            "#turnBar QPushButton::menu-indicator { image: none; }")
            .arg(t.ink.name(), t.raised.name(), t.ink3.name())
            .arg(px(6))
            .arg(px(8))
            .arg(px(16))
            .arg(t.sunken.name()));
    Q_EMIT roomChanged();
}

QSize TurnBar::minimumSizeHint() const
{
    int width = 0;
    for (const auto* button : m_buttons)
        width += button->sizeHint().width() + (width > 0 ? m_row->spacing() : 0);
    return {width, static_cast<int>(m_theme.look().px(18))};
}

QSize TurnBar::sizeHint() const
{
    const QSize buttons = minimumSizeHint();
    const int words =
        static_cast<int>(std::ceil(QFontMetricsF(m_sentence->font()).horizontalAdvance(m_text))) + 2;
    return {words + (buttons.width() > 0 ? buttons.width() + m_row->spacing() : 0), buttons.height()};
}

void TurnBar::resizeEvent(QResizeEvent*)
{
    fit();
}

void TurnBar::fit()
{
    const int buttons = minimumSizeHint().width();
    const int room = width() - (buttons > 0 ? buttons + m_row->spacing() : 0);
    m_sentence->setText(room < static_cast<int>(m_theme.look().px(60))
                            ? QString()
                            : QFontMetricsF(m_sentence->font()).elidedText(m_text, Qt::ElideRight, room));
}

void TurnBar::say(const QString& text, const QString& tip)
{
    m_text = text;
    m_sentence->setToolTip(tip);
    setAccessibleName(text);
}

bool TurnBar::isMeant() const
{
    return whyNobody().isEmpty();
}

QString TurnBar::whyNobody() const
{
    if (!m_session.isOpen() || !m_session.inputs().machine.kernel.isThere)
        return tr("This is for machines of several CPUs.");
    if (m_session.isReadOnly()) return tr("This run was recorded: who goes first cannot be chosen any more.");
    if (m_session.inputs().machine.cpus < 2) return tr("This machine has one CPU: nobody else can go.");
    if (m_isPlaying) return tr("Stop playing first: who goes first is chosen where the playhead stands.");
    return {};
}

void TurnBar::moved()
{
    m_roads = {};
    if (isMeant())
        m_soon.start();
    else
        m_soon.stop();
    show({});
    updateAction();
}

void TurnBar::setPlaying(bool isPlaying)
{
    m_isPlaying = isPlaying;
    moved();
}

void TurnBar::look()
{
    m_soon.stop();
    if (!isMeant()) return;
    m_roads = core::ableAt(m_session.history(), m_session.position());
    m_session.world(); // the history's cursor is at the playhead again
    show(turnWords(m_roads));
    updateAction();
}

void TurnBar::show(TurnWords words)
{
    if (words == m_words && isHidden() == words.others.empty()) return;
    m_words = std::move(words);
    say(m_words.sentence, tr("%1 Several CPUs have something to do at this very instant. The run takes them "
                             "in a fixed order. Another order is "
                             "another future, and this one is kept beside it (View, Branches).")
                              .arg(m_words.sentence));
    const bool hadFocus =
        std::any_of(m_buttons.begin(), m_buttons.end(), [](const auto* b) { return b->hasFocus(); });
    for (auto* button : m_buttons)
        button->deleteLater();
    m_buttons.clear();
    const auto add = [this](const QString& text, const QString& name, const QString& tip) {
        auto* button = new QPushButton(text, this);
        button->setAccessibleName(name);
        button->setToolTip(tip);
        button->setFont(m_theme.look().words(12, QFont::DemiBold));
        button->setFocusPolicy(Qt::TabFocus);
        button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        m_row->addWidget(button);
        button->show(); // at once, for pictures
        m_buttons.push_back(button);
        return button;
    };
    const auto tipFor = [this](int cpu) {
        return cpu == m_roads.usual
                   ? tr("Back to the order of the rules (Ctrl+J)")
                   : tr("Another future, in which CPU %1 does the next step; this one is kept (Ctrl+J)")
                         .arg(cpu);
    };
    if (m_words.others.size() <= mostButtons) {
        for (const int cpu : m_words.others) {
            auto* button = add(tr("CPU %1 First").arg(cpu), tr("CPU %1 goes first").arg(cpu), tipFor(cpu));
            connect(button, &QPushButton::clicked, this, [this, cpu] { choose(cpu); });
        }
    } else {
        auto* button = add(tr("Another First…"), tr("Choose the CPU that goes first"),
                           tr("Which CPU does the next step; this future is kept (Ctrl+J: the next one)"));
        auto* menu = new QMenu(button);
        for (const int cpu : m_words.others) {
            auto* action = menu->addAction(tr("CPU %1 First").arg(cpu));
            action->setToolTip(tipFor(cpu));
            connect(action, &QAction::triggered, this, [this, cpu] { choose(cpu); });
        }
        button->setMenu(menu);
    }
    setVisible(!m_words.others.empty());
    updateGeometry();
    Q_EMIT roomChanged();
    fit();
    m_row->activate();
    if (hadFocus && !m_buttons.empty()) m_buttons.front()->setFocus();
}

void TurnBar::explain(const QString& why)
{
    say(why, why);
    setVisible(true);
    updateGeometry();
    Q_EMIT roomChanged();
    fit();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void TurnBar::updateAction()
{
    // It can always be asked for: where it can do nothing it says why.
    const auto tip = Actions::tipWithKey(actionTable()[static_cast<std::size_t>(Act::GoFirst)]);
    const auto why = !isMeant() ? whyNobody() : m_words.others.empty() ? m_words.sentence : QString();
    m_actions[Act::GoFirst]->setToolTip(why.isEmpty() ? tip : tip + QStringLiteral("\n") + why);
}

void TurnBar::chooseOther()
{
    look();
    if (!isMeant()) return explain(whyNobody());
    if (m_words.others.empty()) return explain(m_words.sentence);
    for (const int cpu : m_words.others) {
        if (cpu > m_roads.next) return choose(cpu);
    }
    choose(m_words.others.front());
}

void TurnBar::choose(int cpu)
{
    core::Intervention what;
    what.what = core::Intervention::What::GoFirst;
    what.cpu = cpu;
    m_session.intervene(what);
}

} // namespace jiffy::ui

#include "moc_turn_bar.cpp"
