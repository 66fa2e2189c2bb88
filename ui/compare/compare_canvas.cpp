// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_canvas.h"

#include "ui/theme/shaped_text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

CompareCanvas::CompareCanvas(const ThemeProvider& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Algorithms side by side"));
    connect(&theme, &ThemeProvider::changed, this, [this] {
        layOut();
        update();
    });
}

void CompareCanvas::show(CompareScene scene, std::vector<ColumnScene> structures, PlotsInput plots)
{
    m_scene = std::move(scene);
    m_structures = std::move(structures);
    m_plots = std::move(plots);
    if (m_marks.focused && m_marks.focused->column >= m_scene.columns.size()) m_marks.focused.reset();
    layOut();
    update();
}

void CompareCanvas::clear()
{
    m_scene = {};
    m_structures.clear();
    m_plots = {};
    m_marks = {};
    m_drag = Drag::None;
    layOut();
    update();
}

void CompareCanvas::setSelected(core::TimerId timer)
{
    if (m_selected == timer) return;
    m_selected = timer;
    update();
}

void CompareCanvas::layOut()
{
    m_layout = layoutFor(size());
    const bool hasPlots = !m_plots.lanes.empty() && !m_layout.plots.isEmpty();
    m_plotsLayout = hasPlots ? layOutPlots(m_plots, m_theme.look(), m_layout.plots) : nullptr;
}

void CompareCanvas::paint(QPainter& painter, const QRectF& box, bool isVector) const
{
    const auto& look = m_theme.look();
    painter.save();
    painter.setClipRect(box);
    painter.fillRect(box, look.t().canvas);
    painter.translate(box.topLeft());
    if (m_scene.columns.empty()) {
        painter.setPen(look.t().ink2);
        painter.setFont(look.words(15));
        painter.drawText(QRectF(QPointF(), box.size()).adjusted(40, 40, -40, -40),
                         Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Here the same timers run on several algorithms side by side. An exported log "
                            "holds what one of them did, and cannot be run on another."));
        painter.restore();
        return;
    }
    const auto layout = layoutFor(box.size());
    const bool isOwn = box.size() == QSizeF(size());
    for (std::size_t c = 0; c < m_structures.size() && c < layout.columns.size(); ++c)
        if (layout.columns[c].structure.height() > 1)
            paintColumn(painter, layout.columns[c].structure, m_structures[c], look, m_selected, !isVector);
    paintCompare(painter, layout, m_scene, isVector || !isOwn ? CompareMarks{} : m_marks, look);
    if (!m_plots.lanes.empty() && !layout.plots.isEmpty()) {
        const auto plots = isOwn && m_plotsLayout ? m_plotsLayout : layOutPlots(m_plots, look, layout.plots);
        paintPlots(painter, *plots, look);
        drawPlotTitle(painter, *plots, isOwn && !isVector);
    }
    painter.restore();
}

/// The title of the plots is a switch between their kinds: an arrow says so where it can be clicked.
void CompareCanvas::drawPlotTitle(QPainter& painter, const PlotsLayout& layout, bool isSwitch) const
{
    const auto box = plotSwitchRect(layout);
    if (box.isEmpty()) return;
    const auto& look = m_theme.look();
    const auto& t = look.t();
    const double left = box.left() + look.px(6);
    const bool isHovered = isSwitch && m_marks.hovered && m_marks.hovered->part == ComparePart::Plots &&
                           m_marks.hovered->row == 1;
    const auto text = m_plots.kind == PlotKind::Work ? tr("Work per tick") : tr("Lateness");
    const auto font = look.words(13, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const double arrow = isSwitch ? look.px(18) : 0;
    const auto shown = elidedTo(font, text, box.right() - left - arrow);
    const double end = left + advanceOf(font, shown);
    if (isHovered) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.sunken);
        painter.drawRoundedRect(QRectF(left - look.px(6), box.center().y() - look.px(11),
                                       end - left + arrow + look.px(8), look.px(22)),
                                look.px(6), look.px(6));
    }
    painter.setPen(t.ink);
    drawShaped(painter, font, QPointF(left, box.center().y() + metrics.capHeight() / 2), shown);
    if (!isSwitch) return;
    const QPointF at(end + look.px(10), box.center().y() + look.px(1));
    painter.setPen(
        QPen(isHovered ? t.ink : t.ink2, look.px(1.6), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(QPolygonF{at + QPointF(-look.px(3.5), -look.px(2)), at + QPointF(0, look.px(2)),
                                   at + QPointF(look.px(3.5), -look.px(2))});
}

void CompareCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paint(painter, QRectF(rect()), false);
}

void CompareCanvas::resizeEvent(QResizeEvent*)
{
    layOut();
}

// ---- pointer

bool CompareCanvas::isOnNumber(const CompareHit& hit, QPointF at) const
{
    if (hit.part != ComparePart::Insertion) return false;
    const double reach = m_theme.look().px(5);
    return insertionNumber(m_layout, m_scene, hit.column, m_theme.look())
        .adjusted(-reach, -reach, reach, reach)
        .contains(at);
}

core::TimerId CompareCanvas::timerAt(const CompareHit& hit, QPointF at) const
{
    if (hit.part != ComparePart::Structure || hit.column >= m_structures.size()) return {};
    return timerInColumn(at, m_layout.columns[hit.column].structure, m_structures[hit.column],
                         m_theme.look());
}

void CompareCanvas::hover(QPointF at)
{
    auto hit = compareHit(m_layout, at);
    auto shape = Qt::ArrowCursor;
    switch (hit.part) {
    case ComparePart::Title:
        if (hit.column < m_scene.columns.size() && !m_scene.columns[hit.column].isLeading)
            shape = Qt::PointingHandCursor;
        break;
    case ComparePart::Counter:
        if (hit.column < m_scene.columns.size() &&
            m_scene.columns[hit.column].counters[static_cast<std::size_t>(hit.row)].event)
            shape = Qt::PointingHandCursor;
        break;
    case ComparePart::Insertion:
        if (isOnNumber(hit, at))
            shape = Qt::SizeHorCursor;
        else
            hit.part = ComparePart::Nothing;
        break;
    case ComparePart::Structure:
        if (timerAt(hit, at).isValid()) shape = Qt::PointingHandCursor;
        break;
    case ComparePart::Plots:
        if (m_plotsLayout) {
            const auto found = plotAt(*m_plotsLayout, at).what;
            hit.row = plotSwitchRect(*m_plotsLayout).contains(at) ? 1 : 0;
            if (hit.row == 1 || found == PlotHit::What::Bar || found == PlotHit::What::Label ||
                found == PlotHit::What::Call)
                shape = Qt::PointingHandCursor;
        }
        break;
    case ComparePart::Nothing:
        break;
    }
    setCursor(shape);
    const auto hovered = m_scene.columns.empty() ? std::nullopt : std::optional(hit);
    if (hovered == m_marks.hovered) return;
    m_marks.hovered = hovered;
    update();
}

void CompareCanvas::mousePressEvent(QMouseEvent* event)
{
    if (m_scene.columns.empty()) return;
    const auto at = event->position();
    const auto hit = compareHit(m_layout, at);
    m_pressed = at;
    const bool pans = event->button() == Qt::MiddleButton ||
                      (event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ShiftModifier));
    if (hit.part == ComparePart::Plots && m_plotsLayout && pans && m_plots.kind == PlotKind::Work) {
        m_drag = Drag::Pan;
        m_rangeThen = m_plots.range;
        return;
    }
    if (event->button() != Qt::LeftButton) return;
    if (isOnNumber(hit, at)) {
        m_drag = Drag::Insertion;
        m_dragged = 0;
        return;
    }
    if (hit.part == ComparePart::Plots && m_plotsLayout) {
        if (plotSwitchRect(*m_plotsLayout).contains(at)) {
            Q_EMIT plotKindAsked(m_plots.kind == PlotKind::Work ? PlotKind::Lateness : PlotKind::Work);
            return;
        }
        const auto found = plotAt(*m_plotsLayout, at);
        if (found.what == PlotHit::What::Bar || found.what == PlotHit::What::Label ||
            found.what == PlotHit::What::Call) {
            Q_EMIT tickClicked(static_cast<std::size_t>(std::max(0, found.lane)), found.tick, found.event);
            return;
        }
        if (m_plots.kind == PlotKind::Work && found.what == PlotHit::What::Tick) {
            m_drag = Drag::Scrub;
            scrubTo(at.x());
        }
        return;
    }
    if (const auto timer = timerAt(hit, at); timer.isValid()) {
        Q_EMIT timerClicked(timer);
        return;
    }
    trigger(hit);
}

void CompareCanvas::scrubTo(double x)
{
    const auto scale = plotScale(*m_plotsLayout);
    Q_EMIT scrubbed(scale.tickAt(std::clamp(x, scale.left, scale.right)));
}

void CompareCanvas::mouseMoveEvent(QMouseEvent* event)
{
    const auto at = event->position();
    switch (m_drag) {
    case Drag::None:
        return hover(at);
    case Drag::Insertion: {
        // A jiffy a pixel; further away, or with Shift, ever more.
        const double pixels = at.x() - m_pressed.x();
        m_pressed = at;
        m_dragged += pixels * (event->modifiers().testFlag(Qt::ShiftModifier) ? 64 : 1);
        const auto whole = static_cast<std::int64_t>(m_dragged);
        m_dragged -= static_cast<double>(whole);
        if (whole != 0) Q_EMIT insertionDragged(whole);
        return;
    }
    case Drag::Scrub:
        if (m_plotsLayout) scrubTo(at.x());
        return;
    case Drag::Pan:
        if (m_plotsLayout) {
            const double ticks = (m_pressed.x() - at.x()) * plotScale(*m_plotsLayout).ticksPerPixel();
            Q_EMIT rangeChanged({m_rangeThen.from + ticks, m_rangeThen.to + ticks});
        }
        return;
    }
}

void CompareCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_drag == Drag::None) return;
    m_drag = Drag::None;
    hover(event->position());
}

void CompareCanvas::wheelEvent(QWheelEvent* event)
{
    if (!m_plotsLayout || m_plots.kind != PlotKind::Work || !m_layout.plots.contains(event->position()))
        return event->ignore();
    const auto scale = plotScale(*m_plotsLayout);
    const double notches =
        (event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x()) / 120.0;
    auto range = m_plots.range;
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        const double by = -notches * range.size() * .1;
        range = {range.from + by, range.to + by};
    } else {
        const double factor = std::pow(1.25, -notches);
        const double under =
            range.from +
            (std::clamp(event->position().x(), scale.left, scale.right) - scale.left) * scale.ticksPerPixel();
        range = {under - (under - range.from) * factor, under + (range.to - under) * factor};
    }
    Q_EMIT rangeChanged(range);
    event->accept();
}

void CompareCanvas::leaveEvent(QEvent*)
{
    if (m_drag != Drag::None || !m_marks.hovered) return;
    m_marks.hovered.reset();
    update();
}

// ---- keyboard

std::vector<CompareHit> CompareCanvas::stops() const
{
    std::vector<CompareHit> all;
    for (std::size_t c = 0; c < m_scene.columns.size(); ++c) {
        all.push_back({ComparePart::Title, c, 0});
        all.push_back({ComparePart::Insertion, c, 0});
        for (int row = 0; row < counterCount; ++row)
            all.push_back({ComparePart::Counter, c, row});
    }
    return all;
}

QString CompareCanvas::textOf(const CompareHit& hit) const
{
    if (hit.column >= m_scene.columns.size()) return {};
    const auto& column = m_scene.columns[hit.column];
    switch (hit.part) {
    case ComparePart::Title:
        return tr("%1, %2: %3").arg(column.title, column.origin, column.sentence);
    case ComparePart::Insertion:
        return tr("%1: %2").arg(column.title, plainText(column.insertion));
    case ComparePart::Counter: {
        const auto& counter = column.counters[static_cast<std::size_t>(hit.row)];
        const auto text = tr("%1: %2 %3").arg(column.title, counterLabel(hit.row)).arg(counter.value);
        const auto most = counter.isMost ? tr(", the most of all") : QString();
        return text + most + (counter.cause.isEmpty() ? QString() : QStringLiteral("; ") + counter.cause);
    }
    case ComparePart::Structure:
    case ComparePart::Plots:
    case ComparePart::Nothing:
        break;
    }
    return {};
}

void CompareCanvas::moveFocus(int by)
{
    const auto all = stops();
    if (all.empty()) return;
    const auto here = m_marks.focused ? std::find(all.begin(), all.end(), *m_marks.focused) : all.end();
    const auto count = static_cast<std::ptrdiff_t>(all.size());
    const auto at = here == all.end() ? (by > 0 ? 0 : count - 1)
                                      : std::clamp<std::ptrdiff_t>(here - all.begin() + by, 0, count - 1);
    m_marks.focused = all[static_cast<std::size_t>(at)];
    setAccessibleDescription(textOf(*m_marks.focused));
    update();
}

void CompareCanvas::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Down:
        return moveFocus(+1);
    case Qt::Key_Up:
        return moveFocus(-1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_marks.focused) return trigger(*m_marks.focused);
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void CompareCanvas::trigger(const CompareHit& hit)
{
    if (hit.column >= m_scene.columns.size()) return;
    if (hit.part == ComparePart::Title)
        Q_EMIT titleClicked(hit.column);
    else if (hit.part == ComparePart::Insertion && hasFocus() && m_marks.focused == hit)
        Q_EMIT insertionClicked();
    else if (hit.part == ComparePart::Counter)
        Q_EMIT counterClicked(hit.column, hit.row);
}

void CompareCanvas::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if ((event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason) && !m_marks.focused) moveFocus(+1);
}

void CompareCanvas::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    m_marks.focused.reset();
    update();
}

bool CompareCanvas::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QPointF at = help->pos();
    const auto hit = compareHit(m_layout, at);
    QString text;
    if (m_scene.columns.empty()) {
    } else if (hit.part == ComparePart::Title) {
        text = titleTip(m_layout, m_scene, hit.column, m_theme.look());
    } else if (hit.part == ComparePart::Counter) {
        const auto& counter = m_scene.columns[hit.column].counters[static_cast<std::size_t>(hit.row)];
        text = counter.cause.isEmpty() ? tr("nothing has caused it yet")
                                       : tr("%1. Click to go there").arg(counter.cause);
    } else if (isOnNumber(hit, at)) {
        text =
            tr("Drag to the left or right for another expiry, with Shift in larger steps; or type it above");
    } else if (hit.part == ComparePart::Plots && m_plotsLayout) {
        text = plotHitText(m_plots, plotAt(*m_plotsLayout, at));
    }
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), text, this);
    return true;
}

} // namespace jiffy::ui

#include "moc_compare_canvas.cpp"
