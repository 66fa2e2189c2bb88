// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/manual.h"

#include "ui/theme/scroll_bar.h"
#include "ui/window/keys_overlay.h"

#include <QFile>
#include <QLocale>
#include <QTextBlock>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace jiffy::ui
{

QString manualText()
{
    const auto language = QLocale().name().section(QLatin1Char('_'), 0, 0);
    QFile file(QStringLiteral(":/manual/%1.md").arg(language));
    if (!file.exists()) file.setFileName(QStringLiteral(":/manual/en.md"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    auto text = QString::fromUtf8(file.readAll());
    text += QStringLiteral("\n## %1\n").arg(Manual::tr("All keys"));
    for (const auto& group : keyGroups()) {
        text += QStringLiteral("\n**%1**\n\n| %2 | %3 |\n|---|---|\n").arg(group.title, Manual::tr("key"), Manual::tr("does"));
        for (const auto& row : group.rows) {
            QStringList keys;
            for (auto key : row.keys) keys.append(QLatin1Char('`') + key.replace(QLatin1Char('|'), QLatin1String("\\|")) + QLatin1Char('`'));
            text += QStringLiteral("| %1 | %2 |\n").arg(keys.join(QStringLiteral(", ")), row.what);
        }
    }
    return text;
}

Manual::Manual(const ThemeProvider& theme, QWidget* parent) : QDialog(parent), m_theme(theme), m_text(new QTextBrowser(this))
{
    setWindowTitle(tr("Manual"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    m_text->setAccessibleName(tr("Manual"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_text);
    connect(&theme, &ThemeProvider::changed, this, &Manual::applyTheme);
    applyTheme();
    const auto& look = theme.look();
    resize(QSize(static_cast<int>(look.px(760)), static_cast<int>(look.px(700))).boundedTo(parent->size() * 19 / 20));
}

/// Markdown has no style of its own: headings, room and tables get ours.
void Manual::applyTheme()
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    setPalette(ui::palette(t));
    m_text->setStyleSheet(QStringLiteral("QTextBrowser { background: %1; color: %2; }").arg(t.canvas.name(), t.ink.name()) +
                          scrollBarStyle(t, t.canvas));
    auto* document = m_text->document();
    document->setDefaultFont(look.words(14));
    document->setDocumentMargin(look.px(28));
    m_text->setMarkdown(manualText());
    for (auto block = document->begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        auto format = block.blockFormat();
        const int level = format.headingLevel();
        format.setLineHeight(140, QTextBlockFormat::ProportionalHeight);
        format.setTopMargin(look.px(level == 1 ? 0 : level > 1 ? 22 : 4));
        format.setBottomMargin(look.px(level > 0 ? 6 : 4));
        cursor.setBlockFormat(format);
        if (level == 0) continue;
        cursor.select(QTextCursor::BlockUnderCursor);
        QTextCharFormat heading;
        heading.setFont(look.words(level == 1 ? 26 : 18.5, QFont::DemiBold));
        cursor.mergeCharFormat(heading);
    }
    m_text->moveCursor(QTextCursor::Start);
}

} // namespace jiffy::ui

#include "moc_manual.cpp"
