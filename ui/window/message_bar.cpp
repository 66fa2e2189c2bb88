// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace jiffy::ui
{

namespace
{

constexpr int mostErrorLines = 6;
constexpr int mostNoteLines = 24;

QString firstLines(const QString& text, int mostLines)
{
    auto lines = text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    if (lines.size() <= mostLines) return lines.join(QLatin1Char('\n'));
    const auto left = static_cast<int>(lines.size()) - mostLines;
    lines = lines.mid(0, mostLines);
    lines.append(MessageBar::tr("and %n more line(s)", nullptr, left));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

MessageBar::MessageBar(const ThemeProvider& theme, QWidget* parent)
    : QFrame(parent), m_theme(theme), m_headline(new QLabel(this)), m_details(new QLabel(this)),
      m_more(new QPushButton(tr("Details"), this)), m_button(new QPushButton(this)),
      m_answers(new QHBoxLayout)
{
    setObjectName(QStringLiteral("messageBar"));
    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(m_headline);
    words->addWidget(m_details);
    auto* layout = new QHBoxLayout(this);
    layout->addLayout(words, 1);
    layout->addLayout(m_answers);
    layout->addWidget(m_more, 0, Qt::AlignTop);
    layout->addWidget(m_button, 0, Qt::AlignTop);
    m_more->setCheckable(true);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_patience.setSingleShot(true);
    m_patience.setInterval(10'000);
    connect(&m_patience, &QTimer::timeout, this, &MessageBar::hide);
    connect(m_more, &QPushButton::toggled, m_details, &QLabel::setVisible);
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setWordWrap(true);
    m_details->setTextFormat(Qt::PlainText);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_button->setFocusPolicy(Qt::TabFocus);
    connect(m_button, &QPushButton::clicked, this, [this] {
        hide();
        if (m_what == What::Progress) Q_EMIT cancelled();
        if (m_what == What::Question) Q_EMIT answered(-1);
    });
    connect(&theme, &ThemeProvider::changed, this, &MessageBar::applyTheme);
    applyTheme();
    hide();
}

void MessageBar::applyTheme()
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    layout()->setContentsMargins(static_cast<int>(look.px(20)), static_cast<int>(look.px(8)), static_cast<int>(look.px(16)),
                                 static_cast<int>(look.px(8)));
    m_headline->setFont(look.words(14, QFont::DemiBold));
    m_details->setFont(look.numbers(12.5));
    m_button->setFont(look.words(13));
    m_more->setFont(look.words(13));
    for (int i = 0; i < m_answers->count(); ++i) m_answers->itemAt(i)->widget()->setFont(look.words(13));
    setStyleSheet(QStringLiteral("#messageBar { background: %1; border: none; border-bottom: 1px solid %2; }"
                                 "#messageBar QLabel { color: %3; background: transparent; }")
                      .arg((m_what == What::Error ? t.lateBg : t.raised).name(), t.line2.name(), t.ink.name()));
}

void MessageBar::present(What what, const QString& headline, const QString& details)
{
    m_what = what;
    m_patience.stop();
    while (auto* old = m_answers->takeAt(0)) {
        old->widget()->hide();
        old->widget()->deleteLater(); // it may be the one that was just pressed
        delete old;
    }
    m_headline->setText(headline);
    m_details->setText(firstLines(details, what == What::Note ? mostNoteLines : mostErrorLines));
    m_details->setWordWrap(what == What::Note); // sentences; an error's lines stay under their caret
    // A note is one line until somebody asks: the wheel keeps its room.
    const bool folds = what == What::Note && !details.isEmpty();
    m_more->setVisible(folds);
    m_more->setChecked(false);
    m_details->setVisible(!details.isEmpty() && !folds);
    m_button->setText(what == What::Progress ? tr("Cancel") : tr("Close"));
    setAccessibleName(headline);
    applyTheme();
    show();
}

void MessageBar::showError(const QString& headline, const QString& details) { present(What::Error, headline, details); }

void MessageBar::showNote(const QString& text, const QString& details)
{
    present(What::Note, text, details);
    if (details.isEmpty()) m_patience.start(); // a short one has been read by then; the wheel gets its room back
}

void MessageBar::ask(const QString& question, const QStringList& answers)
{
    present(What::Question, question, {});
    for (int i = 0; i < answers.size(); ++i) {
        auto* button = new QPushButton(answers[i], this);
        button->setFocusPolicy(Qt::TabFocus);
        button->setFont(m_button->font());
        connect(button, &QPushButton::clicked, this, [this, i] {
            hide();
            Q_EMIT answered(i);
        });
        m_answers->addWidget(button, 0, Qt::AlignTop);
        button->show();
    }
    m_button->setText(tr("Later"));
}

void MessageBar::showProgress(const QString& text) { present(What::Progress, text, {}); }

void MessageBar::endProgress()
{
    if (m_what == What::Progress) hide();
}

} // namespace jiffy::ui

#include "moc_message_bar.cpp"
