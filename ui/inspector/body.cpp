// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/body.h"

#include "ui/inspector/painter.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr double pinRoom = 34, bottomPadding = 12;

} // namespace

InspectorBody::InspectorBody(const ThemeProvider& theme, RowSource rows, QWidget* parent)
    : QAbstractScrollArea(parent), m_theme(theme), m_source(std::move(rows))
{
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Inspector"));
    connect(&theme, &ThemeProvider::changed, this, &InspectorBody::applyTheme);
    applyTheme();
}

void InspectorBody::applyTheme()
{
    const Look& look = m_theme.look();
    const Theme& t = look.t();
    const int width = static_cast<int>(look.px(10)), side = static_cast<int>(look.px(2));
    verticalScrollBar()->setStyleSheet(
        QStringLiteral("QScrollBar:vertical { background: %1; width: %3px; margin: 0; border: none; }"
                       "QScrollBar::handle:vertical { background: %2; min-height: 28px; margin: %4px; "
                       "border-radius: %5px; }"
                       "QScrollBar::handle:vertical:hover { background: %6; }"
                       "QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical { height: 0; }"
                       "QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical { background: %1; }")
            .arg(t.dock.name(), t.line2.name())
            .arg(width)
            .arg(side)
            .arg((width - 2 * side) / 2)
            .arg(t.ink3.name()));
    relayout();
}

void InspectorBody::setPage(const Page& page, bool isOther)
{
    m_page = page;
    if (isOther) {
        m_focused = m_hovered = nothing;
        verticalScrollBar()->setValue(0);
    }
    relayout();
}

void InspectorBody::relayout()
{
    const Look& look = m_theme.look();
    // The scroll bar stands in the right margin: what is on the page stays where it is when it comes and
    // goes.
    const double width = std::max<double>(this->width(), look.px(narrowestPage));
    m_layout =
        inspectorLayout(m_page, look, width, m_page.about == Page::About::Timer ? look.px(pinRoom) : 0);
    const double rows = static_cast<double>(m_page.listCount) * m_layout.rowHeight;
    const double height = std::min(m_layout.height + rows + look.px(bottomPadding), 2e9);
    const int page = viewport()->height();
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(std::ceil(height)) - page));
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(std::ceil(width)) - this->width()));
    horizontalScrollBar()->setPageStep(this->width());
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setSingleStep(static_cast<int>(look.px(24)));
    m_focused = std::min(m_focused, targetCount() - 1);
    fetchRows();
    viewport()->update();
}

void InspectorBody::fetchRows()
{
    m_rows.clear();
    m_firstRow = 0;
    if (m_page.listCount == 0 || !m_source) return;
    const double top = verticalScrollBar()->value(), bottom = top + viewport()->height();
    if (bottom <= m_layout.listTop) return;
    const double first = std::max(0.0, std::floor((top - m_layout.listTop) / m_layout.rowHeight));
    m_firstRow = std::min(static_cast<std::uint64_t>(first), m_page.listCount - 1);
    const double last = std::ceil((bottom - m_layout.listTop) / m_layout.rowHeight);
    const auto count = std::min(static_cast<std::uint64_t>(last) - m_firstRow, m_page.listCount - m_firstRow);
    m_rows = m_source(m_firstRow, static_cast<std::size_t>(count));
}

std::int64_t InspectorBody::targetCount() const
{
    return static_cast<std::int64_t>(m_layout.links.size() + m_page.listCount);
}

/// On the page, not in the viewport.
QRectF InspectorBody::boxOf(std::int64_t target) const
{
    const auto i = static_cast<std::size_t>(target);
    if (i < m_layout.links.size()) return m_layout.links[i].box;
    return {0, m_layout.listTop + static_cast<double>(i - m_layout.links.size()) * m_layout.rowHeight,
            m_layout.width, m_layout.rowHeight};
}

Link InspectorBody::linkOf(std::int64_t target)
{
    const auto i = static_cast<std::uint64_t>(target);
    if (i < m_layout.links.size()) return m_layout.links[i].link;
    const auto rows = m_source(i - m_layout.links.size(), 1);
    return rows.empty() ? Link{} : Link::timer(rows.front().timer);
}

std::int64_t InspectorBody::targetAt(QPointF inViewport) const
{
    const QPointF at = inViewport + QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value());
    for (std::size_t i = 0; i < m_layout.links.size(); ++i)
        if (m_layout.links[i].box.adjusted(-4, 0, 4, 0).contains(at)) return static_cast<std::int64_t>(i);
    if (m_page.listCount == 0 || at.y() < m_layout.listTop) return nothing;
    const auto row = static_cast<std::uint64_t>((at.y() - m_layout.listTop) / m_layout.rowHeight);
    return row < m_page.listCount ? static_cast<std::int64_t>(m_layout.links.size() + row) : nothing;
}

void InspectorBody::paintEvent(QPaintEvent*)
{
    const Look& look = m_theme.look();
    QPainter p(viewport());
    p.fillRect(viewport()->rect(), look.t().dock);
    p.setRenderHint(QPainter::Antialiasing);
    const double scroll = verticalScrollBar()->value();
    const double aside = horizontalScrollBar()->value();
    p.translate(-aside, -scroll);
    const bool showsFocus = hasFocus() && m_showsFocus;
    paintPage(p, look, m_layout, static_cast<int>(std::min<std::int64_t>(m_hovered, 1 << 30)),
              showsFocus ? static_cast<int>(std::min<std::int64_t>(m_focused, 1 << 30)) : -1);
    const auto links = static_cast<std::int64_t>(m_layout.links.size());
    for (std::size_t k = 0; k < m_rows.size(); ++k) {
        const std::uint64_t row = m_firstRow + k;
        const std::int64_t target = links + static_cast<std::int64_t>(row);
        paintListRow(p, look, m_rows[k], m_layout.width,
                     m_layout.listTop + static_cast<double>(row) * m_layout.rowHeight, target == m_hovered,
                     showsFocus && target == m_focused);
    }
    if (showsFocus && m_focused == nothing) {
        p.translate(aside, scroll);
        p.setPen(QPen(look.t().ink, 2));
        p.setBrush(Qt::NoBrush);
        p.drawRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1));
    }
}

void InspectorBody::paintInto(QPainter& painter, const QRectF& box)
{
    const Look& look = m_theme.look();
    painter.save();
    painter.setClipRect(box);
    painter.fillRect(box, look.t().dock);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(box.topLeft());
    const InspectorLayout layout =
        inspectorLayout(m_page, look, std::max(box.width(), look.px(narrowestPage)));
    paintPage(painter, look, layout);
    const double room = box.height() - layout.listTop;
    if (m_page.listCount > 0 && room > layout.rowHeight && m_source) {
        const auto rows = m_source(0, static_cast<std::size_t>(room / layout.rowHeight));
        double y = layout.listTop;
        for (const ListRow& row : rows) {
            paintListRow(painter, look, row, layout.width, y, false, false);
            y += layout.rowHeight;
        }
    }
    painter.restore();
}

void InspectorBody::resizeEvent(QResizeEvent*)
{
    relayout();
}

void InspectorBody::scrollContentsBy(int, int)
{
    fetchRows();
    viewport()->update();
    Q_EMIT scrolled(verticalScrollBar()->value());
}

void InspectorBody::mouseMoveEvent(QMouseEvent* event)
{
    const std::int64_t target = targetAt(event->position());
    if (target == m_hovered) return;
    m_hovered = target;
    viewport()->setCursor(target == nothing ? Qt::ArrowCursor : Qt::PointingHandCursor);
    viewport()->update();
}

void InspectorBody::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return event->ignore();
    const std::int64_t target = targetAt(event->position());
    if (target == nothing) return;
    m_focused = target;
    viewport()->update();
    if (const Link link = linkOf(target); link.isValid()) Q_EMIT followed(link);
}

void InspectorBody::moveFocus(std::int64_t by)
{
    if (targetCount() == 0) return;
    m_focused = m_focused == nothing ? (by > 0 ? 0 : targetCount() - 1)
                                     : std::clamp<std::int64_t>(m_focused + by, 0, targetCount() - 1);
    m_showsFocus = true;
    const QRectF box = boxOf(m_focused);
    const double top = verticalScrollBar()->value(), page = viewport()->height();
    if (box.top() < top + 4)
        verticalScrollBar()->setValue(static_cast<int>(box.top()) - 8);
    else if (box.bottom() > top + page - 4)
        verticalScrollBar()->setValue(static_cast<int>(box.bottom() - page) + 8);
    viewport()->update();
}

void InspectorBody::keyPressEvent(QKeyEvent* event)
{
    const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (!isPlain) return QAbstractScrollArea::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Down:
        return moveFocus(+1);
    case Qt::Key_Up:
        return moveFocus(-1);
    case Qt::Key_PageDown:
    case Qt::Key_PageUp:
        verticalScrollBar()->triggerAction(event->key() == Qt::Key_PageDown
                                               ? QAbstractSlider::SliderPageStepAdd
                                               : QAbstractSlider::SliderPageStepSub);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_focused != nothing)
            if (const Link link = linkOf(m_focused); link.isValid()) Q_EMIT followed(link);
        return;
    default:
        event->ignore(); // time belongs to the window
    }
}

/// A click needs no ring to say where it was.
void InspectorBody::focusInEvent(QFocusEvent* event)
{
    m_showsFocus = event->reason() != Qt::MouseFocusReason;
    viewport()->update();
}
void InspectorBody::focusOutEvent(QFocusEvent*)
{
    viewport()->update();
}

bool InspectorBody::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave) {
        m_hovered = nothing;
        viewport()->update();
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const std::int64_t target = targetAt(help->pos());
        const auto links = static_cast<std::int64_t>(m_layout.links.size());
        QString text;
        if (target >= links) {
            const auto rows = m_source(static_cast<std::uint64_t>(target - links), 1);
            if (!rows.empty()) text = tr("Look at %1").arg(rows.front().name);
        } else if (target != nothing) {
            const auto& link = m_layout.links[static_cast<std::size_t>(target)];
            text = link.link.to == Link::To::Event ? tr("Go to that event: %1").arg(link.says)
                                                   : tr("Look at it: %1").arg(link.says);
        }
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace jiffy::ui

#include "moc_body.cpp"
