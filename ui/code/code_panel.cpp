// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/code_panel.h"

#include "ui/code/words.h"
#include "ui/theme/number_text.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

CodePanel::CodePanel(const ThemeProvider& theme, QWidget* parent) : QAbstractScrollArea(parent), m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // A bar would take the width that the lines need; a thin mark over them says how far one is.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Code"));
    viewport()->setMouseTracking(true);
    connect(&theme, &ThemeProvider::changed, this, &CodePanel::applyTheme);
    applyTheme();
}

void CodePanel::applyTheme()
{
    auto colours = palette();
    colours.setColor(QPalette::Window, m_theme.theme().dock);
    colours.setColor(QPalette::Base, m_theme.theme().dock);
    setPalette(colours);
    relayout();
}

void CodePanel::setPicture(CodePicture picture)
{
    const bool isOther = picture.rows.empty() || m_picture.rows.empty() || picture.rows[0].line != m_picture.rows[0].line;
    const int before = currentRow();
    m_picture = std::move(picture);
    if (isOther || before != currentRow()) m_focus.reset();
    relayout();
    describe();
}

int CodePanel::currentRow() const
{
    const auto found = std::find_if(m_picture.rows.begin(), m_picture.rows.end(), [](const auto& r) { return r.isCurrent; });
    return found == m_picture.rows.end() ? -1 : static_cast<int>(found - m_picture.rows.begin());
}

int CodePanel::focusRow() const
{
    if (!m_focus) return currentRow();
    const auto found = std::find_if(m_picture.rows.begin(), m_picture.rows.end(), [&](const auto& r) { return r.line == *m_focus; });
    return found == m_picture.rows.end() ? currentRow() : static_cast<int>(found - m_picture.rows.begin());
}

std::optional<core::Line> CodePanel::focusLine() const
{
    const int row = focusRow();
    if (row < 0) return std::nullopt;
    return m_picture.rows[static_cast<std::size_t>(row)].line;
}

/// Says where the machine stands to those who cannot see it.
void CodePanel::describe()
{
    QString text;
    const int row = focusRow();
    for (auto f = m_picture.stack.rbegin(); f != m_picture.stack.rend(); ++f) { // innermost first
        const QString frame = f->argument.isEmpty() ? f->name : tr("%1 (%2)").arg(f->name, f->argument);
        const bool isUponIt = f != m_picture.stack.rbegin() && std::prev(f)->isSignal;
        if (f->cpu >= 0 && (f == m_picture.stack.rbegin() || std::prev(f)->cpu != f->cpu)) { // another CPU's stack
            const QString there = tr("CPU %1 at %2 in %3").arg(QString::number(f->cpu), f->at, frame);
            text = text.isEmpty() ? there : text + tr(". %1").arg(there);
            continue;
        }
        text = text.isEmpty() ? frame : isUponIt ? tr("%1, interrupting %2").arg(text, frame) : tr("%1, called by %2").arg(text, frame);
    }
    for (const QString& other : m_picture.others) text += text.isEmpty() ? other : tr(". %1").arg(other);
    if (row >= 0) {
        const auto& r = m_picture.rows[static_cast<std::size_t>(row)];
        QString line;
        for (const auto& t : r.text) line += QString::fromStdString(t.text);
        if (!r.column.empty()) line += QStringLiteral(": ");
        for (const auto& t : r.column) line += QString::fromStdString(t.text);
        if (!r.value.isEmpty()) line = tr("%1 is %2").arg(line, r.value);
        if (r.isTaken) line = tr("%1, taken").arg(line);
        if (r.hasBreak) line = tr("%1, breakpoint").arg(line);
        text = text.isEmpty() ? line : tr("%1. In %2.").arg(line, text);
    }
    setAccessibleDescription(text);
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

/// What the other CPUs leave of the panel.
double CodePanel::contentHeight() const { return std::max(0.0, viewport()->height() - m_layout.footerHeight); }

void CodePanel::relayout()
{
    m_layout = layoutCode(m_picture, m_theme.look(), viewport()->width(), viewport()->height());
    const double height = contentHeight();
    verticalScrollBar()->setPageStep(static_cast<int>(height));
    verticalScrollBar()->setSingleStep(static_cast<int>(m_theme.look().px(24)));
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(m_layout.height - height)));
    makeVisible(focusRow());
    viewport()->update();
}

void CodePanel::makeVisible(int row)
{
    if (row < 0 || row >= static_cast<int>(m_layout.rows.size())) return;
    const QRectF box = m_layout.rows[static_cast<std::size_t>(row)];
    const double top = verticalScrollBar()->value(), height = contentHeight();
    const double margin = std::min(box.height(), height / 4);
    if (box.top() - margin < top) verticalScrollBar()->setValue(static_cast<int>(box.top() - margin));
    else if (box.bottom() + margin > top + height) verticalScrollBar()->setValue(static_cast<int>(box.bottom() + margin - height));
}

void CodePanel::paintInto(QPainter& p, const CodePicture& picture, const CodeLayout& layout, int focus) const
{
    const Look& look = m_theme.look();
    const Theme& t = look.t();
    const auto px = [&](double v) { return look.px(v); };
    p.setRenderHint(QPainter::Antialiasing);
    // The stack's line, then its dots: the innermost one is where the machine stands.
    p.setPen(QPen(t.line2, px(1)));
    for (std::size_t i = 1; i < layout.dots.size(); ++i)
        if (layout.dots[i].isLinked) p.drawLine(layout.dots[i - 1].at, layout.dots[i].at);
    paintTears(p, layout);
    p.setPen(Qt::NoPen);
    for (const QRectF& spot : layout.spots) {
        p.setBrush(t.nowBg);
        p.drawRoundedRect(spot, px(5), px(5));
        p.setBrush(t.now);
        p.drawRoundedRect(QRectF(spot.left(), spot.top(), px(3.5), spot.height()), px(1.7), px(1.7));
    }
    for (const auto& dot : layout.dots) {
        p.setBrush(dot.isInner ? t.now : t.ink2);
        p.drawEllipse(dot.at, px(dot.isInner ? 4.5 : 2.8), px(dot.isInner ? 4.5 : 2.8));
    }
    for (std::size_t i = 0; i < picture.rows.size(); ++i) {
        const auto& row = picture.rows[i];
        const QRectF box = layout.rows[i];
        if (box.isEmpty()) continue;
        if (row.isCurrent) {
            // Where a function waits for one that it called, the mark is a frame only.
            p.setPen(picture.isInner ? QPen(Qt::NoPen) : QPen(t.line2, 1));
            p.setBrush(picture.isInner ? QBrush(t.nowBg) : QBrush(t.sunken));
            p.drawRoundedRect(box, px(5), px(5));
            p.setPen(Qt::NoPen);
            p.setBrush(picture.isInner ? t.now : t.ink3);
            p.drawRoundedRect(QRectF(box.left(), box.top(), px(3.5), box.height()), px(1.7), px(1.7));
        }
        if (row.hasBreak) {
            const QPointF centre(px(15.5), box.top() + std::min(box.height(), px(25)) / 2);
            p.setPen(QPen(t.ink, px(1.5)));
            p.setBrush(row.isBreakOn ? QBrush(t.ink) : QBrush(Qt::NoBrush));
            p.drawEllipse(centre, px(3.2), px(3.2));
        }
        if (static_cast<int>(i) == focus) {
            p.setPen(QPen(t.ink, 2));
            p.setBrush(Qt::NoBrush);
            p.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(5), px(5));
        }
    }
    paintPieces(p, layout.pieces);
    p.setPen(QPen(t.nowText, px(1.8), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.setBrush(Qt::NoBrush);
    for (const QPointF& tick : layout.ticks) {
        QPainterPath path(tick + QPointF(px(1), 0));
        path.lineTo(tick + QPointF(px(4.5), px(3.6)));
        path.lineTo(tick + QPointF(px(11.5), -px(4.4)));
        p.drawPath(path);
    }
}

void CodePanel::paintPieces(QPainter& p, const std::vector<CodePiece>& pieces) const
{
    const Look& look = m_theme.look();
    const Theme& t = look.t();
    for (const auto& piece : pieces) {
        const QColor colour = [&]() -> QColor {
            if (piece.level >= 0) return t.levelHue(piece.level);
            switch (piece.ink) {
            case CodeInk::Caption:
            case CodeInk::Argument:
            case CodeInk::Open: return t.ink3;
            case CodeInk::Frame:
            case CodeInk::Value: return t.ink2;
            case CodeInk::Signal:
            case CodeInk::Decided: return t.nowText;
            case CodeInk::FrameShown:
            case CodeInk::Done:
            case CodeInk::Current: break;
            }
            return t.ink;
        }();
        p.setPen(colour);
        drawNumber(p, codeFont(piece, look), piece.baseline, piece.text);
    }
}

/// The other CPUs, on a ground of their own, below what is scrolled.
void CodePanel::paintFooter(QPainter& p, const CodeLayout& layout, const QSizeF& size) const
{
    if (layout.footerHeight <= 0) return;
    const double top = size.height() - layout.footerHeight;
    p.fillRect(QRectF(0, top, size.width(), layout.footerHeight), m_theme.theme().dock);
    p.setPen(QPen(m_theme.theme().line, 1));
    p.drawLine(QPointF(0, std::floor(top) + .5), QPointF(size.width(), std::floor(top) + .5));
    p.save();
    p.translate(0, top);
    paintPieces(p, layout.footer);
    p.restore();
}

/// A signal's handler lies upon what it interrupted: nobody called it, so the stack is torn there.
void CodePanel::paintTears(QPainter& p, const CodeLayout& layout) const
{
    const Look& look = m_theme.look();
    const double left = layout.gutter + look.px(14), right = layout.frames.empty() ? left : layout.frames.front().right() - look.px(20);
    for (const double y : layout.tears) {
        QPainterPath zigzag(QPointF(left, y));
        for (const auto& [x, h] : {std::pair{4., 3.}, {8., -3.}, {14., 3.}, {18., 0.}}) zigzag.lineTo(left + look.px(x), y + look.px(h));
        p.setPen(QPen(look.t().now, look.px(1.4), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        p.setBrush(Qt::NoBrush);
        p.drawPath(zigzag);
        p.setPen(QPen(look.t().now, look.px(1.2), Qt::CustomDashLine));
        auto pen = p.pen();
        pen.setDashPattern({1.7, 2.5});
        p.setPen(pen);
        p.drawLine(QPointF(left + look.px(24), y), QPointF(right, y));
    }
}

void CodePanel::paintEvent(QPaintEvent*)
{
    QPainter p(viewport());
    p.fillRect(viewport()->rect(), m_theme.theme().dock);
    const double top = verticalScrollBar()->value(), height = contentHeight(), width = viewport()->width();
    p.save();
    p.setClipRect(QRectF(0, 0, width, height));
    p.translate(0, -top);
    paintInto(p, m_picture, m_layout, hasFocus() ? focusRow() : -1);
    p.restore();
    paintFooter(p, m_layout, viewport()->size());
    p.setPen(QPen(m_theme.theme().line, 1));
    p.drawLine(QPointF(0, .5), QPointF(width, .5));
    if (m_layout.height <= height + 1) return;
    const double thick = m_theme.look().px(3);
    p.setPen(Qt::NoPen);
    p.setBrush(m_theme.theme().line2);
    p.drawRoundedRect(QRectF(width - thick - 1, height * top / m_layout.height, thick, height * height / m_layout.height), thick / 2, thick / 2);
}

void CodePanel::paintContent(QPainter& painter, const QRectF& box) const
{
    painter.save();
    painter.translate(box.topLeft());
    painter.fillRect(QRectF(QPointF(), box.size()), m_theme.theme().dock);
    painter.setClipRect(QRectF(QPointF(), box.size()));
    const CodeLayout layout = layoutCode(m_picture, m_theme.look(), box.width(), box.height());
    // As on the screen: the current line is in sight.
    const int row = currentRow();
    const double height = box.height() - layout.footerHeight;
    painter.save();
    if (row >= 0) {
        const double bottom = layout.rows[static_cast<std::size_t>(row)].bottom() + m_theme.look().px(12);
        if (bottom > height) painter.translate(0, height - bottom);
    }
    paintInto(painter, m_picture, layout, -1);
    painter.restore();
    paintFooter(painter, layout, box.size());
    painter.restore();
}

void CodePanel::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    relayout();
}

void CodePanel::scrollContentsBy(int, int) { viewport()->update(); }

int CodePanel::rowAt(QPointF at) const
{
    if (at.y() >= contentHeight()) return -1;
    const QPointF there = at + QPointF(0, verticalScrollBar()->value());
    for (std::size_t i = 0; i < m_layout.rows.size(); ++i)
        if (there.y() >= m_layout.rows[i].top() && there.y() < m_layout.rows[i].bottom()) return static_cast<int>(i);
    return -1;
}

int CodePanel::frameAt(QPointF at) const
{
    if (at.y() >= contentHeight()) return -1;
    const QPointF there = at + QPointF(0, verticalScrollBar()->value());
    for (std::size_t i = 0; i < m_layout.frames.size(); ++i)
        if (m_layout.frames[i].contains(there)) return static_cast<int>(i);
    return -1;
}

QString CodePanel::hint(QPointF at) const
{
    if (const int row = rowAt(at); row >= 0) {
        const auto line = m_picture.rows[static_cast<std::size_t>(row)].line;
        if (at.x() < m_layout.gutter) return tr("Click to stop at this line, or no more (F9).");
        return QString::fromStdString(listing().of(line).why) + u'\n' +
               tr("Click: on to the next time; with Shift: back to the last time.");
    }
    if (const int frame = frameAt(at); frame >= 0) {
        const auto function = m_picture.stack[static_cast<std::size_t>(frame)].function;
        if (function == core::Function::Callback) return tr("What the timer was armed for: its own function runs, without the lock.");
        return QString::fromStdString(listing().of(function).about);
    }
    if (m_layout.footerHeight > 0 && at.y() >= contentHeight()) {
        QString text = tr("What the other CPUs are in:");
        for (const QString& other : m_picture.others) text += u'\n' + other;
        return text;
    }
    return {};
}

void CodePanel::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return;
    if (const int frame = frameAt(event->position()); frame >= 0) {
        Q_EMIT frameChosen(frame);
        return;
    }
    const int row = rowAt(event->position());
    if (row < 0) return;
    const auto line = m_picture.rows[static_cast<std::size_t>(row)].line;
    m_focus = line;
    viewport()->update();
    if (event->position().x() < m_layout.gutter) Q_EMIT breakToggled(line);
    else Q_EMIT lineChosen(line, (event->modifiers() & Qt::ShiftModifier) == 0);
}

void CodePanel::mouseMoveEvent(QMouseEvent* event)
{
    const bool isOver = rowAt(event->position()) >= 0 || frameAt(event->position()) >= 0;
    viewport()->setCursor(isOver ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void CodePanel::keyPressEvent(QKeyEvent* event)
{
    const int rows = static_cast<int>(m_picture.rows.size());
    const int row = focusRow();
    const auto focus = [&](int to) {
        if (rows == 0) return;
        m_focus = m_picture.rows[static_cast<std::size_t>(std::clamp(to, 0, rows - 1))].line;
        makeVisible(focusRow());
        describe();
        viewport()->update();
    };
    switch (event->key()) {
    case Qt::Key_Up: return focus(row < 0 ? rows - 1 : row - 1);
    case Qt::Key_Down: return focus(row + 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const auto line = focusLine()) Q_EMIT lineChosen(*line, (event->modifiers() & Qt::ShiftModifier) == 0);
        return;
    default: break;
    }
    event->ignore();
}

void CodePanel::contextMenuEvent(QContextMenuEvent* event)
{
    int row = event->reason() == QContextMenuEvent::Keyboard ? focusRow() : rowAt(event->pos());
    if (row < 0) return;
    const auto& r = m_picture.rows[static_cast<std::size_t>(row)];
    const auto line = r.line;
    m_focus = line;
    QMenu menu(this);
    menu.addAction(tr("On to the Next Time"), this, [this, line] { Q_EMIT lineChosen(line, true); });
    menu.addAction(tr("Back to the Last Time"), this, [this, line] { Q_EMIT lineChosen(line, false); });
    menu.addAction(r.hasBreak ? tr("No Breakpoint Here") : tr("Breakpoint Here"), this, [this, line] { Q_EMIT breakToggled(line); });
    const QPointF keyboard = row < static_cast<int>(m_layout.rows.size())
                                 ? m_layout.rows[static_cast<std::size_t>(row)].center() - QPointF(0, verticalScrollBar()->value())
                                 : QPointF();
    menu.exec(event->reason() == QContextMenuEvent::Keyboard ? viewport()->mapToGlobal(keyboard.toPoint()) : event->globalPos());
}

void CodePanel::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void CodePanel::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

bool CodePanel::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = hint(help->pos());
        if (text.isEmpty()) QToolTip::hideText();
        else QToolTip::showText(help->globalPos(), text, viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace jiffy::ui

#include "moc_code_panel.cpp"
