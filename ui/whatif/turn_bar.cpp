// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/turn_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace jiffy::ui
{

namespace
{

constexpr int restMs = 40; ///< finding out costs a walk from the checkpoint before

} // namespace

TurnBar::TurnBar(const Desk& desk, const Actions& actions, QWidget* parent)
    : QFrame(parent), m_session(desk.session), m_theme(desk.theme), m_actions(actions), m_sentence(new QLabel(this)),
      m_row(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("turnBar"));
    m_row->addWidget(m_sentence, 1);
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
    m_row->setContentsMargins(px(20), px(3), px(16), px(3));
    m_row->setSpacing(px(8));
    m_sentence->setFont(look.words(13));
    for (auto* button : m_buttons) button->setFont(look.words(13));
    setMinimumHeight(px(34)); // as high as with buttons
    setStyleSheet(QStringLiteral("#turnBar { background: %1; border: none; border-bottom: 1px solid %2; }"
                                 "#turnBar QLabel { color: %3; background: transparent; }")
                      .arg(t.raised.name(), t.line2.name(), t.ink.name()));
}

void TurnBar::moved()
{
    const bool isMeant = m_session.isOpen() && !m_session.isReadOnly() && m_session.inputs().machine.kernel.isThere &&
                         m_session.inputs().machine.cpus > 1;
    setVisible(isMeant);
    m_roads = {};
    if (isMeant && !m_isPlaying) m_soon.start();
    else show({});
    updateAction();
}

void TurnBar::setPlaying(bool isPlaying)
{
    m_isPlaying = isPlaying;
    if (isPlaying) m_soon.stop();
    moved();
}

void TurnBar::look()
{
    m_soon.stop();
    if (isHidden() || !m_session.isOpen()) return;
    m_roads = core::ableAt(m_session.history(), m_session.position());
    m_session.world(); // the history's cursor is at the playhead again
    show(turnWords(m_roads));
    updateAction();
}

void TurnBar::show(TurnWords words)
{
    if (words == m_words) return;
    m_words = std::move(words);
    m_sentence->setText(m_words.sentence);
    m_sentence->setToolTip(m_words.sentence);
    setAccessibleName(m_words.sentence);
    const bool hadFocus = std::any_of(m_buttons.begin(), m_buttons.end(), [](const auto* b) { return b->hasFocus(); });
    for (auto* button : m_buttons) button->deleteLater();
    m_buttons.clear();
    for (const int cpu : m_words.others) {
        auto* button = new QPushButton(tr("CPU %1 First").arg(cpu), this);
        button->setAccessibleName(tr("CPU %1 goes first").arg(cpu));
        button->setToolTip(cpu == m_roads.usual ? tr("Back to the order of the rules")
                                                : tr("Another future, in which CPU %1 does the next step; this one is kept").arg(cpu));
        button->setFont(m_theme.look().words(13));
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QPushButton::clicked, this, [this, cpu] { choose(cpu); });
        m_row->addWidget(button);
        button->show(); // at once, for pictures
        m_buttons.push_back(button);
    }
    m_row->activate();
    if (hadFocus && !m_buttons.empty()) m_buttons.front()->setFocus();
}

void TurnBar::updateAction()
{
    auto* action = m_actions[Act::GoFirst];
    const bool can = !m_words.others.empty();
    action->setEnabled(can);
    const auto& spec = actionTable()[static_cast<std::size_t>(Act::GoFirst)];
    const auto tip = Actions::tipWithKey(spec);
    if (can) return action->setToolTip(tip);
    const auto why = isHidden() ? tr("This is for machines of several CPUs.") : m_words.sentence.isEmpty() ? tr("Stop playing first.") : m_words.sentence;
    action->setToolTip(tip + QStringLiteral("\n") + why);
}

void TurnBar::chooseOther()
{
    look();
    if (m_words.others.empty()) return;
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
