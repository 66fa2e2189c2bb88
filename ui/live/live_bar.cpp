// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/live_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace jiffy::ui
{

FigureCell::FigureCell(const ThemeProvider& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FigureCell::setFigure(Figure figure)
{
    if (figure == m_figure) return;
    m_figure = std::move(figure);
    const auto words = tr("%1: really %2; the model %3").arg(m_figure.title, figureText(m_figure.real), figureText(m_figure.model));
    setAccessibleName(words);
    setToolTip(tr("%1\nAbove the line what really happened, below it the model's run of the same workload.\n"
                  "The middle one of %n real value(s), and the largest.",
                  nullptr, static_cast<int>(m_figure.real.size()))
                   .arg(words));
    update();
}

QSize FigureCell::sizeHint() const { return {static_cast<int>(m_theme.look().px(220)), static_cast<int>(m_theme.look().px(62))}; }

QSize FigureCell::minimumSizeHint() const { return {static_cast<int>(m_theme.look().px(120)), sizeHint().height()}; }

void FigureCell::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const auto& look = m_theme.look();
    const auto& t = look.t();
    const auto line = [&](double top, double height, const QFont& font, const QColor& colour, const QString& text) {
        p.setFont(font);
        p.setPen(colour);
        const QRectF box(0, look.px(top), width(), look.px(height));
        p.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, p.fontMetrics().elidedText(text, Qt::ElideRight, width()));
    };
    line(0, 16, look.words(12), t.ink2, m_figure.title);
    line(16, 16, look.numbers(12.5, QFont::DemiBold), t.ink, figureText(m_figure.real));
    line(32, 13, look.numbers(10.5), t.ink2, tr("model %1").arg(figureText(m_figure.model)));
    const QRectF box(0, look.px(47), width() - look.px(8), look.px(15));
    const auto bars = figureBars(m_figure, box);
    p.setPen(Qt::NoPen);
    p.setRenderHint(QPainter::Antialiasing, false);
    for (const auto& bar : bars.real) p.fillRect(bar, t.now);
    for (const auto& bar : bars.model) p.fillRect(bar, t.ink3);
    p.fillRect(QRectF(box.left(), box.top() + std::round(box.height() * .6), box.width(), 1), t.line2);
}

LiveBar::LiveBar(const ThemeProvider& theme, QWidget* parent)
    : QFrame(parent), m_theme(theme), m_mark(new QLabel(this)), m_what(new QLabel(this)), m_elapsed(new QLabel(this)),
      m_button(new QPushButton(this))
{
    setObjectName(QStringLiteral("liveBar"));
    auto* first = new QHBoxLayout;
    first->addWidget(m_mark);
    first->addWidget(m_what, 1);
    first->addWidget(m_elapsed);
    first->addSpacing(8);
    first->addWidget(m_button);
    auto* second = new QHBoxLayout;
    for (auto*& cell : m_cells) {
        cell = new FigureCell(theme, this);
        second->addWidget(cell, 1);
    }
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(first);
    layout->addLayout(second);
    m_what->setTextFormat(Qt::PlainText);
    m_what->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_button->setFocusPolicy(Qt::TabFocus);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_isRunning) Q_EMIT stopAsked();
        else Q_EMIT closed();
    });
    connect(&theme, &ThemeProvider::changed, this, &LiveBar::applyTheme);
    applyTheme();
    hide();
}

void LiveBar::applyTheme()
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    const auto px = [&](double v) { return static_cast<int>(look.px(v)); };
    layout()->setContentsMargins(px(20), px(8), px(16), px(8));
    layout()->setSpacing(px(6));
    m_mark->setContentsMargins(0, 0, px(6), 0);
    m_mark->setFont(look.words(13, QFont::DemiBold));
    m_what->setFont(look.words(13));
    m_elapsed->setFont(look.numbers(14, QFont::DemiBold));
    m_button->setFont(look.words(13));
    for (auto* cell : m_cells) cell->updateGeometry();
    setStyleSheet(QStringLiteral("#liveBar { background: %1; border: none; border-bottom: 1px solid %2; }"
                                 "#liveBar QLabel { color: %3; background: transparent; }")
                      .arg(t.raised.name(), t.line2.name(), t.ink.name()));
    m_mark->setStyleSheet(QStringLiteral("color: %1;").arg((m_isRunning ? t.now : t.ink2).name()));
}

void LiveBar::showRunning(const QString& what)
{
    m_isRunning = true;
    m_mark->setText(tr("● Live on this machine"));
    m_what->setText(what);
    m_what->setToolTip(what);
    m_button->setText(tr("&Stop"));
    m_button->setToolTip(tr("End the process; what was recorded stays"));
    m_button->setEnabled(true);
    setAccessibleName(tr("Live on this machine: %1").arg(what));
    applyTheme();
    show();
}

void LiveBar::setElapsed(const QString& text) { m_elapsed->setText(text); }

void LiveBar::showStopping()
{
    m_button->setText(tr("Stopping…"));
    m_button->setEnabled(false);
}

void LiveBar::showEnded(const QString& text)
{
    m_isRunning = false;
    m_mark->setText(tr("Recorded on this machine"));
    m_what->setText(text);
    m_what->setToolTip(text);
    m_button->setText(tr("Close"));
    m_button->setToolTip(tr("Take the figures away; the recording stays"));
    m_button->setEnabled(true);
    setAccessibleName(tr("Recorded on this machine: %1").arg(text));
    applyTheme();
}

void LiveBar::setFigures(std::array<Figure, 4> figures)
{
    for (std::size_t i = 0; i < figures.size(); ++i) {
        m_cells[i]->setVisible(!figures[i].title.isEmpty());
        m_cells[i]->setFigure(std::move(figures[i]));
    }
}

} // namespace jiffy::ui

#include "moc_live_bar.cpp"
