// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/event_table.h"

#include "ui/theme/scroll_bar.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

namespace jiffy::ui
{

EventTable::EventTable(const ThemeProvider& theme, QWidget* parent)
    : QAbstractScrollArea(parent), m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Events"));
    setMinimumWidth(120);
    connect(&theme, &ThemeProvider::changed, this, &EventTable::applyTheme);
    applyTheme();
}

void EventTable::applyTheme()
{
    auto colours = palette();
    colours.setColor(QPalette::Window, m_theme.theme().dock);
    colours.setColor(QPalette::Base, m_theme.theme().dock);
    setPalette(colours);
    verticalScrollBar()->setStyleSheet(scrollBarStyle(m_theme.theme(), m_theme.theme().dock));
    updateScrollBar();
    viewport()->update();
}

void EventTable::reset(core::InputsPtr inputs, const core::Snapshot& snapshot)
{
    m_model.reset(std::move(inputs), snapshot);
    m_playhead = 0;
    m_current = m_cursor = -1;
    updateScrollBar();
    verticalScrollBar()->setValue(0);
    viewport()->update();
}

void EventTable::extend(const core::Snapshot& snapshot)
{
    const int before = m_model.rowCount();
    m_model.extend(snapshot);
    updateScrollBar();
    if (before < verticalScrollBar()->value() + rowsInSight() + 1) viewport()->update();
}

void EventTable::setPlayhead(std::uint64_t events)
{
    m_playhead = events;
    m_current =
        static_cast<int>(std::min<std::uint64_t>(events, static_cast<std::uint64_t>(m_model.rowCount()))) - 1;
    m_cursor = -1;
    describe();
    makeVisible(std::max(0, m_current));
    viewport()->update();
}

void EventTable::describe()
{
    if (cursorRow() < 0) return;
    setAccessibleDescription(m_model.data(m_model.index(cursorRow(), EventModel::Text), Qt::DisplayRole).toString());
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void EventTable::setMatches(Matches matches)
{
    m_matches = std::move(matches);
    viewport()->update();
}

int EventTable::rowsInSight() const
{
    return std::max(1, static_cast<int>((viewport()->height() - headHeight()) / rowHeight()));
}

void EventTable::updateScrollBar()
{
    verticalScrollBar()->setPageStep(rowsInSight());
    verticalScrollBar()->setRange(0, std::max(0, m_model.rowCount() - rowsInSight()));
}

/// Scrolls so that the row has neighbours on both sides in sight.
void EventTable::makeVisible(int row)
{
    const int first = verticalScrollBar()->value(), n = rowsInSight();
    const int margin = std::min(2, n / 3);
    if (row < first + margin)
        verticalScrollBar()->setValue(row - (row < first - n ? n / 2 : margin));
    else if (row >= first + n - margin)
        verticalScrollBar()->setValue(row - (row > first + 2 * n ? n / 2 : n - 1 - margin));
}

EventTable::Columns EventTable::columns(double width) const
{
    const auto& look = m_theme.look();
    const QFontMetricsF digits(look.numbers(12));
    const double digit = digits.horizontalAdvance(QLatin1Char('0'));
    const auto widest = QString::number(std::max(1, m_model.rowCount())).size();
    Columns c{};
    c.event = look.px(14) + digit * static_cast<double>(std::max<qsizetype>(4, widest));
    // Narrow: the last four hex digits of jiffies; wide: all of the decimal ones.
    c.jiffies = c.event + look.px(10) + digit * (width > look.px(520) ? 11.0 : 5.0);
    c.cpu = c.jiffies + look.px(8) + digit * 2;
    if (m_model.isDaemon()) {
        // Seconds are told in full, "999.123 456"; what happened names the function, and there is one thread.
        c.jiffies = c.event + look.px(10) + digit * 11.0;
        c.cpu = 0;
    }
    // Milliseconds to the microsecond, with a CPU behind them.
    if (m_model.isKernel()) {
        c.jiffies = c.event + look.px(10) + digit * 10.0;
        c.cpu = c.jiffies + look.px(8) + digit * 2;
    }
    // What happened is said in full as long as that is possible: the columns in front of it give way.
    if (width < look.px(330)) c.cpu = 0;
    if (width < look.px(270)) c.jiffies = 0;
    if (width < look.px(200)) c.event = 0;
    c.text = std::max({c.event, c.jiffies, c.cpu, look.px(6)}) + look.px(14);
    return c;
}

void EventTable::paintTable(QPainter& p, const QRectF& box) const
{
    const auto& look = m_theme.look();
    const auto& t = look.t();
    p.save();
    p.translate(box.topLeft());
    p.fillRect(QRectF(QPointF(), box.size()), t.dock);
    const double w = box.width(), rowH = rowHeight();
    const auto c = columns(w);
    const bool isWide = w > look.px(520) || m_model.isDaemon() || m_model.isKernel();
    p.setFont(look.words(12, QFont::Medium));
    p.setPen(t.ink3);
    p.drawText(QPointF(look.px(20), look.px(27)), tr("Events"));
    p.setFont(look.words(11.5));
    const auto head = [&](double right, EventModel::Column column) {
        if (right <= 0) return;
        const auto text = m_model.headerData(column, Qt::Horizontal).toString();
        p.drawText(QPointF(right - QFontMetricsF(p.font()).horizontalAdvance(text), look.px(50)), text);
    };
    head(c.event, EventModel::Event);
    head(c.jiffies, EventModel::Jiffies);
    head(c.cpu > 0 ? c.cpu + look.px(6) : 0, EventModel::Cpu);
    p.drawText(QPointF(c.text, look.px(50)), m_model.headerData(EventModel::Text, Qt::Horizontal).toString());
    const auto numbers = look.numbers(12), words = look.words(12.5),
               strong = look.words(12.5, QFont::DemiBold);
    const QFontMetricsF metrics(numbers);
    const int first = verticalScrollBar()->value();
    const int n =
        std::min(m_model.rowCount() - first, static_cast<int>((box.height() - headHeight()) / rowH) + 1);
    p.setClipRect(QRectF(0, headHeight(), w, box.height() - headHeight()));
    for (int i = 0; i < n; ++i) {
        const int row = first + i;
        const QRectF line(0, headHeight() + i * rowH, w, rowH);
        const bool isCurrent = row == m_current;
        if (isCurrent) {
            p.setPen(Qt::NoPen);
            p.fillRect(line.adjusted(look.px(8), 0, -look.px(8), 0), t.nowBg);
            p.fillRect(QRectF(look.px(8), line.top(), look.px(3), rowH), t.now);
        }
        if (m_matches && m_matches(static_cast<std::uint64_t>(row), m_model.ticksAfter(row))) {
            // A bar at the right edge and a lighter ground, so that it is told from the current row by shape too.
            const QRectF mark = line.adjusted(look.px(8), 0, -look.px(8), 0);
            if (!isCurrent) p.fillRect(mark, t.lateBg);
            p.fillRect(QRectF(mark.right() - look.px(3), line.top(), look.px(3), rowH), t.late);
        }
        const double base = line.center().y() + metrics.capHeight() / 2;
        const auto cell = [&](EventModel::Column column) {
            return m_model.data(m_model.index(row, column)).toString();
        };
        const auto right = [&](const QString& text, double x) {
            if (x <= 0) return;
            p.drawText(QPointF(x - metrics.horizontalAdvance(text), base), text);
        };
        const bool isPast = static_cast<std::uint64_t>(row) < m_playhead;
        p.setFont(numbers);
        p.setPen(t.ink3);
        right(cell(EventModel::Event), c.event);
        const auto jiffies = cell(EventModel::Jiffies);
        right(isWide ? jiffies
                     : QChar(0x2026) + QString::number(jiffies.toULongLong() & 0xFFFF, 16)
                                           .toUpper()
                                           .rightJustified(4, QLatin1Char('0')),
              c.jiffies);
        right(cell(EventModel::Cpu), c.cpu);
        p.setFont(isCurrent ? strong : words);
        p.setPen(isCurrent ? t.ink : isPast ? t.ink2 : t.ink3);
        p.drawText(QPointF(c.text, base),
                   QFontMetricsF(p.font()).elidedText(cell(EventModel::Text), Qt::ElideRight,
                                                      w - c.text - look.px(10)));
    }
    p.restore();
}

void EventTable::paintEvent(QPaintEvent*)
{
    QPainter p(viewport());
    paintTable(p, viewport()->rect());
    if (hasFocus() && cursorRow() >= 0) {
        const auto& look = m_theme.look();
        const QRectF line(look.px(9),
                          headHeight() + (cursorRow() - verticalScrollBar()->value()) * rowHeight() + 1,
                          viewport()->width() - look.px(18), rowHeight() - 2);
        p.setRenderHint(QPainter::Antialiasing);
        p.setPen(QPen(look.t().ink, 2));
        if (line.top() >= headHeight()) p.drawRoundedRect(line, look.px(4), look.px(4));
    }
}

void EventTable::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBar();
    makeVisible(std::max(0, m_current));
}

void EventTable::scrollContentsBy(int, int)
{
    viewport()->update();
}

int EventTable::rowAt(QPointF position) const
{
    if (position.y() < headHeight()) return -1;
    const int row =
        verticalScrollBar()->value() + static_cast<int>((position.y() - headHeight()) / rowHeight());
    return row < m_model.rowCount() ? row : -1;
}

void EventTable::mousePressEvent(QMouseEvent* event)
{
    const int row = rowAt(event->position());
    if (event->button() == Qt::LeftButton && row >= 0) Q_EMIT eventChosen(static_cast<std::uint64_t>(row));
}

void EventTable::keyPressEvent(QKeyEvent* event)
{
    int row = cursorRow();
    switch (event->key()) {
    case Qt::Key_Up:
        row -= 1;
        break;
    case Qt::Key_Down:
        row += 1;
        break;
    case Qt::Key_PageUp:
        row -= rowsInSight();
        break;
    case Qt::Key_PageDown:
        row += rowsInSight();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (row >= 0) Q_EMIT eventChosen(static_cast<std::uint64_t>(row));
        return;
    default:
        event->ignore();
        return;
    }
    if (m_model.rowCount() == 0) return;
    m_cursor = std::clamp(row, 0, m_model.rowCount() - 1);
    describe();
    makeVisible(m_cursor);
    viewport()->update();
}

bool EventTable::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = rowAt(help->pos());
        if (row >= 0)
            QToolTip::showText(help->globalPos(),
                               m_model.data(m_model.index(row, 0), Qt::ToolTipRole).toString(), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace jiffy::ui

#include "moc_event_table.cpp"
