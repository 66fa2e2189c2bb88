// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/preview_card.h"

#include "ui/whatif/filing_lens.h"

#include <QAccessible>
#include <QLabel>
#include <QVBoxLayout>

namespace jiffy::ui
{

PreviewCard::PreviewCard(const ThemeProvider& theme, QWidget* parent)
    : QFrame(parent), m_theme(theme), m_headline(new QLabel(this)), m_lens(new FilingLens(theme, this)),
      m_why(new QLabel(this)), m_notes(new QLabel(this))
{
    setObjectName(QStringLiteral("previewCard"));
    auto* layout = new QVBoxLayout(this);
    for (auto* label : {m_headline, m_why, m_notes}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    }
    m_why->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_headline);
    layout->addWidget(m_lens);
    layout->addWidget(m_why);
    layout->addWidget(m_notes);
    layout->addStretch(1);
    connect(&theme, &ThemeProvider::changed, this, &PreviewCard::applyTheme);
    applyTheme();
}

void PreviewCard::showWhat(core::Trial& trial, const core::Intervention& what, const QStringList& more)
{
    const auto outcome = trial.of(what);
    const auto preview = previewOf(trial, what, outcome);
    m_isError = outcome.isRefused;
    m_level = preview.level;
    m_headline->setText(preview.headline);
    m_why->setText(preview.why);
    m_why->setVisible(!preview.why.isEmpty());
    m_notes->setText((preview.notes + more).join(QLatin1Char('\n')));
    m_notes->setVisible(true);
    // A list has no levels to choose from.
    const bool hasLevels = preview.isFiled && trial.world().geometry().levels != 0;
    m_lens->setVisible(hasLevels);
    if (hasLevels) {
        m_lens->setFiling(trial.world().geometry(), outcome.effective, outcome.position);
        m_lens->setAccessibleName(preview.why);
    }
    setAccessibleName(preview.plain());
    applyTheme();
}

void PreviewCard::showWords(const Preview& preview, const QStringList& more, bool isError)
{
    m_isError = isError;
    m_level = -1;
    m_headline->setText(preview.headline);
    m_lens->hide();
    m_why->setText(preview.why);
    m_why->setVisible(!preview.why.isEmpty());
    const auto notes = preview.notes + more;
    m_notes->setText(notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
    setAccessibleName(preview.plain());
    applyTheme();
}

void PreviewCard::showError(const QString& sentence)
{
    m_isError = true;
    m_level = -1;
    m_headline->setText(sentence);
    m_lens->hide();
    m_why->hide();
    m_notes->hide();
    setAccessibleName(sentence);
    applyTheme();
}

QString PreviewCard::headline() const
{
    return m_headline->text();
}

void PreviewCard::applyTheme()
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    const auto px = [&](double v) { return static_cast<int>(look.px(v)); };
    layout()->setContentsMargins(px(16), px(12), px(16), px(12));
    layout()->setSpacing(px(8));
    m_headline->setFont(look.words(14, QFont::DemiBold));
    m_why->setFont(look.words(13));
    m_notes->setFont(look.words(13));
    const auto& headline = m_level >= 0 ? t.levelHue(m_level) : t.ink;
    setStyleSheet(QStringLiteral("#previewCard { background: %1; border: 1px solid %2; border-radius: %3px; }"
                                 "#previewCard QLabel { color: %4; background: transparent; }")
                      .arg(t.canvas.name(), t.line2.name())
                      .arg(px(10))
                      .arg(t.ink2.name()));
    m_headline->setStyleSheet(
        m_isError ? QStringLiteral("color: %1; background: %2; border-radius: %3px; padding: %4px %5px;")
                        .arg(t.ink.name(), t.lateBg.name())
                        .arg(px(6))
                        .arg(px(6))
                        .arg(px(10))
                  : QStringLiteral("color: %1").arg(headline.name()));
    m_why->setStyleSheet(QStringLiteral("color: %1").arg(t.ink.name()));
}

} // namespace jiffy::ui

#include "moc_preview_card.cpp"
