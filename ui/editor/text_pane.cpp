// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/text_pane.h"

#include "ui/editor/json_highlighter.h"

#include <QHelpEvent>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>

#include <cmath>

namespace jiffy::ui
{

namespace
{

/// The strip of line numbers.
class Margin : public QWidget
{
  public:
    explicit Margin(TextPane* pane) : QWidget(pane), m_pane(*pane) {}
    QSize sizeHint() const override { return {m_pane.marginWidth(), 0}; }

  protected:
    void paintEvent(QPaintEvent* event) override { m_pane.paintMargin(*event); }
    bool event(QEvent* event) override
    {
        if (event->type() != QEvent::ToolTip) return QWidget::event(event);
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto line = m_pane.cursorForPosition({0, help->pos().y()}).blockNumber();
        const auto text = m_pane.messagesOf(line);
        if (text.isEmpty()) QToolTip::hideText();
        else QToolTip::showText(help->globalPos(), text, this);
        return true;
    }

  private:
    TextPane& m_pane;
};

int leadingBlanks(const QString& line)
{
    int n = 0;
    while (n < line.size() && line[n] == u' ') ++n;
    return n;
}

} // namespace

TextPane::TextPane(QTextDocument& document, const ThemeProvider& theme, QWidget* parent)
    : QPlainTextEdit(parent), m_theme(theme), m_highlighter(new JsonHighlighter(&document)), m_margin(new Margin(this))
{
    setDocument(&document);
    setObjectName(QStringLiteral("scenarioText"));
    setAccessibleName(tr("Scenario as JSON"));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &TextPane::fit);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0) m_margin->scroll(0, dy);
        else m_margin->update(0, rect.y(), m_margin->width(), rect.height());
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &TextPane::markAll);
    connect(&theme, &ThemeProvider::changed, this, &TextPane::applyTheme);
    applyTheme();
}

void TextPane::applyTheme()
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    setFont(look.numbers(13));
    document()->setDefaultFont(look.numbers(13));
    setTabStopDistance(2 * fontMetrics().horizontalAdvance(u' '));
    setStyleSheet(QStringLiteral("QPlainTextEdit { background: %1; color: %2; selection-background-color: %3; "
                                 "selection-color: %4; border: none; }")
                      .arg(t.canvas.name(), t.ink.name(), t.ink.name(), t.inv.name()));
    m_highlighter->setLook(look);
    fit();
    markAll();
}

int TextPane::marginWidth() const
{
    const auto digits = std::max<int>(3, static_cast<int>(std::log10(std::max(1, blockCount()))) + 1);
    const auto& look = m_theme.look();
    return static_cast<int>(QFontMetricsF(look.numbers(11.5)).horizontalAdvance(u'0') * digits + look.px(16 + 18));
}

void TextPane::fit()
{
    setViewportMargins(marginWidth(), 0, 0, 0);
    const auto r = contentsRect();
    m_margin->setGeometry(r.left(), r.top(), marginWidth(), r.height());
    m_margin->update();
}

void TextPane::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    fit();
}

void TextPane::setMarks(const std::vector<FaultMark>& marks)
{
    m_marks = marks;
    markAll();
    m_margin->update();
}

void TextPane::markAll()
{
    const auto& t = m_theme.theme();
    QList<QTextEdit::ExtraSelection> all;
    QTextEdit::ExtraSelection line;
    line.cursor = textCursor();
    line.cursor.clearSelection();
    line.format.setBackground(mix(t.canvas, t.ink, t.name == ThemeName::HighContrast ? .12 : .045));
    line.format.setProperty(QTextFormat::FullWidthSelection, true);
    all.append(line);
    for (const auto& m : m_marks) {
        const auto block = m.line < 0 ? QTextBlock() : document()->findBlockByNumber(m.line);
        if (!block.isValid()) continue;
        QTextEdit::ExtraSelection wave;
        wave.cursor = QTextCursor(block);
        const auto end = block.position() + block.length() - 1;
        wave.cursor.setPosition(std::min(block.position() + m.from, end));
        wave.cursor.setPosition(std::min(block.position() + m.to, end), QTextCursor::KeepAnchor);
        wave.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        wave.format.setUnderlineColor(t.late);
        wave.format.setBackground(t.lateBg);
        all.append(wave);
    }
    setExtraSelections(all);
}

QString TextPane::messagesOf(int line) const
{
    QStringList lines;
    for (const auto& m : m_marks)
        if (m.line == line) lines.append(m.message);
    return lines.join(u'\n');
}

void TextPane::jumpTo(int line, int column)
{
    const auto block = document()->findBlockByNumber(line);
    if (!block.isValid()) return;
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + std::clamp(column, 0, block.length() - 1));
    setTextCursor(cursor);
    centerCursor();
    setFocus();
}

void TextPane::show(int position)
{
    QTextCursor cursor(document());
    cursor.setPosition(std::clamp(position, 0, document()->characterCount() - 1));
    setTextCursor(cursor);
    ensureCursorVisible();
}

void TextPane::paintMargin(QPaintEvent& event)
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    QPainter p(m_margin);
    p.fillRect(event.rect(), t.dock);
    p.setFont(look.numbers(11.5));
    p.setRenderHint(QPainter::Antialiasing);
    const auto current = textCursor().blockNumber();
    auto block = firstVisibleBlock();
    auto top = blockBoundingGeometry(block).translated(contentOffset()).top();
    while (block.isValid() && top <= event.rect().bottom()) {
        const auto height = blockBoundingRect(block).height();
        if (block.isVisible() && top + height >= event.rect().top()) {
            const auto number = block.blockNumber();
            const QRectF box(0, top, m_margin->width() - look.px(8), height);
            p.setPen(number == current ? t.ink : t.ink3);
            p.drawText(box, Qt::AlignRight | Qt::AlignVCenter, QString::number(number + 1));
            if (!messagesOf(number).isEmpty()) {
                // A triangle with its sign: told by shape, not by colour alone.
                const auto s = std::min(height * .75, look.px(14));
                const QPointF at(look.px(6), top + (height - s) / 2);
                p.setPen(Qt::NoPen);
                p.setBrush(t.late);
                p.drawPolygon(QPolygonF({at + QPointF(s / 2, 0), at + QPointF(s, s), at + QPointF(0, s)}));
                p.setPen(QPen(readableOn(t.late), std::max(1.2, s / 10)));
                p.drawLine(at + QPointF(s / 2, s * .36), at + QPointF(s / 2, s * .66));
                p.drawPoint(at + QPointF(s / 2, s * .84));
            }
        }
        block = block.next();
        top += height;
    }
}

bool TextPane::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto cursor = cursorForPosition(help->pos());
        const auto column = cursor.positionInBlock();
        QStringList lines;
        for (const auto& m : m_marks)
            if (m.line == cursor.blockNumber() && m.from <= column && column <= m.to) lines.append(m.message);
        if (lines.isEmpty()) QToolTip::hideText();
        else QToolTip::showText(help->globalPos(), lines.join(u'\n'), this);
        return true;
    }
    return QPlainTextEdit::viewportEvent(event);
}

void TextPane::keyPressEvent(QKeyEvent* event)
{
    const bool isPlain = !isReadOnly() && (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    auto cursor = textCursor();
    if (isPlain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        // The next line begins where this one does; one level deeper behind a bracket.
        const auto line = cursor.block().text().left(cursor.positionInBlock());
        auto indent = leadingBlanks(line);
        const auto trimmed = line.trimmed();
        if (trimmed.endsWith(u'{') || trimmed.endsWith(u'[')) indent += 2;
        cursor.insertText(u'\n' + QString(indent, u' '));
        setTextCursor(cursor);
        ensureCursorVisible();
        return;
    }
    if (isPlain && event->key() == Qt::Key_Tab) {
        cursor.insertText(QStringLiteral("  "));
        setTextCursor(cursor);
        return;
    }
    if (event->key() == Qt::Key_Backtab) { // the way out, for those without a mouse
        focusNextPrevChild(false);
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

} // namespace jiffy::ui

#include "moc_text_pane.cpp"
