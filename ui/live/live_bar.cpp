// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/live_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

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
                  "Values: %2.")
                   .arg(words, QLocale().toString(static_cast<qulonglong>(m_figure.real.size()))));
    update();
}

QSize FigureCell::sizeHint() const { return {static_cast<int>(m_theme.look().px(220)), static_cast<int>(m_theme.look().px(78))}; }

QSize FigureCell::minimumSizeHint() const { return {static_cast<int>(m_theme.look().px(120)), sizeHint().height()}; }

void FigureCell::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    paintFigure(p, rect(), m_figure, m_theme.look());
}

void paintFigure(QPainter& p, const QRectF& whole, const Figure& figure, const Look& look)
{
    const auto& t = look.t();
    const auto line = [&](double top, double height, const QFont& font, const QColor& colour, const QString& text,
                          Qt::Alignment side = Qt::AlignLeft) {
        p.setFont(font);
        p.setPen(colour);
        const QRectF box(whole.left(), whole.top() + top, whole.width() - look.px(8), look.px(height));
        p.drawText(box, side | Qt::AlignVCenter, QFontMetricsF(font).elidedText(text, Qt::ElideRight, box.width()));
    };
    const auto count = figure.real.size();
    const QString title = count == 0   ? figure.title
                          : count == 1 ? LiveBar::tr("%1 · once").arg(figure.title)
                                       : LiveBar::tr("%1 · %2 times").arg(figure.title, QLocale().toString(static_cast<qulonglong>(count)));
    line(0, 16, look.words(12), t.ink2, title);
    line(look.px(16), 16, look.numbers(12.5, QFont::DemiBold), t.ink, figureText(figure.real));
    line(look.px(32), 13, look.numbers(10.5), t.ink2, LiveBar::tr("model: %1").arg(figureText(figure.model)));
    const bool hasScale = whole.height() >= look.px(96);
    const double bottom = whole.height() - (hasScale ? look.px(14) : 0);
    const QRectF box(whole.left(), whole.top() + look.px(47), whole.width() - look.px(8), std::max(look.px(8), bottom - look.px(47)));
    const auto bars = figureBars(figure, box);
    const bool wasSmooth = p.testRenderHint(QPainter::Antialiasing);
    p.setRenderHint(QPainter::Antialiasing, false);
    for (const auto& bar : bars.real) p.fillRect(bar, t.now);
    for (const auto& bar : bars.model) p.fillRect(bar, t.ink3);
    p.fillRect(QRectF(box.left(), box.top() + std::round(box.height() * .6), box.width(), 1), t.line2);
    p.setRenderHint(QPainter::Antialiasing, wasSmooth);
    if (!hasScale || bars.to <= bars.from) return;
    line(bottom, 14, look.numbers(10.5), t.ink2, durationWords(bars.from));
    line(bottom, 14, look.numbers(10.5), t.ink2, durationWords(bars.to), Qt::AlignRight);
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
