// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/find/find_bar.h"

#include "core/world/geometry.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace jiffy::ui
{

FindBar::FindBar(const ThemeProvider& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_line(new QLineEdit(this)), m_status(new QLabel(this)), m_previous(new QToolButton(this)),
      m_next(new QToolButton(this)), m_close(new QToolButton(this))
{
    setHints({}, false);
    m_line->setAccessibleName(tr("Find in the events"));
    m_line->setClearButtonEnabled(true);
    m_line->setMinimumWidth(60);
    m_line->installEventFilter(this);
    m_status->setAccessibleName(tr("Matches"));
    const auto button = [this](QToolButton* b, const QString& text, const QString& name) {
        b->setText(text);
        b->setToolTip(name);
        b->setAccessibleName(name);
        b->setFocusPolicy(Qt::TabFocus);
        b->setAutoRaise(true);
        b->installEventFilter(this);
    };
    button(m_previous, QStringLiteral("↑"), tr("To the previous match (Shift+F3)"));
    button(m_next, QStringLiteral("↓"), tr("To the next match (F3)"));
    button(m_close, QStringLiteral("×"), tr("Close (Esc)"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 8, 4);
    layout->setSpacing(6);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_status);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    layout->addWidget(m_close);
    m_pause.setSingleShot(true);
    m_pause.setInterval(120);
    connect(&m_pause, &QTimer::timeout, this, &FindBar::announce);
    connect(m_line, &QLineEdit::textEdited, &m_pause, qOverload<>(&QTimer::start));
    connect(m_line, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty()) m_pause.start();
    });
    connect(m_previous, &QToolButton::clicked, this, &FindBar::previousAsked);
    connect(m_next, &QToolButton::clicked, this, &FindBar::nextAsked);
    connect(m_close, &QToolButton::clicked, this, &FindBar::close);
    connect(&theme, &ThemeProvider::changed, this, &FindBar::applyTheme);
    applyTheme();
    hide();
}

void FindBar::applyTheme()
{
    const Look& look = m_theme.look();
    m_line->setFont(look.words(12.5));
    m_status->setFont(look.words(12));
    for (auto* b : {m_previous, m_next, m_close}) {
        b->setFont(look.words(13));
        b->setFixedSize(static_cast<int>(look.px(26)), static_cast<int>(look.px(26)));
    }
    auto colours = palette();
    colours.setColor(QPalette::WindowText, look.t().ink2);
    m_status->setPalette(colours);
    update();
}

void FindBar::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.fillRect(rect(), m_theme.theme().dock);
    p.setPen(m_theme.theme().line);
    p.drawLine(0, 0, width(), 0);
}

void FindBar::open()
{
    show();
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

void FindBar::close()
{
    m_pause.stop();
    hide();
    Q_EMIT closed();
}

void FindBar::setRun(const core::Inputs& inputs)
{
    const auto geometry = core::geometryOf(inputs.machine);
    const int level = std::min(1, geometry.levels - 1);
    setHints(level < 0 ? QString() : QString::fromStdString(geometry.levelName(level)), inputs.driver == core::Driver::Daemon);
}

void FindBar::setHints(const QString& level, bool isTgtd)
{
    if (isTgtd) {
        m_line->setPlaceholderText(tr("work, file, function, inactive, us …"));
        m_line->setToolTip(tr("Names of work, files, functions and kinds; active, inactive, ready or returned; an instant in us as 4250000; \"words of the "
                              "text\". Several words: all of them."));
    } else if (level.isEmpty()) {
        m_line->setPlaceholderText(tr("timer, function, cpu1, jiffies …"));
        m_line->setToolTip(tr("Names of timers, functions and kinds; cpu1; jiffies as 1280 or 0x500; \"words of the text\". "
                              "Several words: all of them."));
    } else {
        m_line->setPlaceholderText(tr("timer, function, %1[5], cpu1, jiffies …").arg(level));
        m_line->setToolTip(tr("Names of timers, functions and kinds; %1 or %1[5]; cpu1; jiffies as 1280 or 0x500; \"words of the text\". "
                              "Several words: all of them.").arg(level));
    }
}

QString FindBar::text() const { return m_line->text(); }

void FindBar::setText(const QString& text)
{
    m_line->setText(text);
    announce();
}

void FindBar::setStatus(const QString& status) { m_status->setText(status); }

void FindBar::announce()
{
    m_pause.stop();
    Q_EMIT textChanged(m_line->text());
}

bool FindBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isEscape = key->key() == Qt::Key_Escape;
        const bool isEnter = watched == m_line && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter);
        if (isEscape || isEnter) {
            if (event->type() == QEvent::ShortcutOverride) {
                event->accept(); // nobody else's key now
                return true;
            }
            if (isEscape) {
                close();
            } else {
                announce();
                if ((key->modifiers() & Qt::ShiftModifier) != 0) Q_EMIT previousAsked();
                else Q_EMIT nextAsked();
            }
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace jiffy::ui

#include "moc_find_bar.cpp"
