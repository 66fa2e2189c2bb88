// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lateness/lateness_view.h"

#include "ui/lateness/cost_table.h"
#include "ui/lateness/plot.h"
#include "ui/live/live_bar.h"
#include "ui/live/recorded.h"
#include "ui/theme/scroll_bar.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

constexpr int refreshMs = 200;
constexpr std::size_t mostBuckets = 40;

} // namespace

LatenessView::LatenessView(const Desk& desk, QWidget* parent)
    : View(parent), m_desk(desk), m_figures(new QWidget(this)), m_plot(new LatenessPlot(this)), m_costs(new CostTable(this)),
      m_list(new QTableView(this)), m_title(new QLabel(tr("Lateness"), this)), m_summary(new QLabel(this)),
      m_wakeUps(new QLabel(this)), m_empty(new QLabel(this)), m_splitter(new QSplitter(Qt::Horizontal, this)),
      m_side(new QWidget(this))
{
    setAccessibleName(tr("Lateness"));
    m_soon.setSingleShot(true);
    m_soon.setInterval(refreshMs);
    connect(&m_soon, &QTimer::timeout, this, [this] {
        if (isVisible()) refresh();
    });
    m_list->setModel(m_costs);
    m_list->setAccessibleName(tr("Lateness of each work item"));
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTabKeyNavigation(false);
    m_list->setShowGrid(false);
    m_list->setWordWrap(false);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->verticalHeader()->hide();
    m_list->horizontalHeader()->setHighlightSections(false);
    m_list->horizontalHeader()->setStretchLastSection(false);
    connect(m_list, &QTableView::clicked, this,
            [this](const QModelIndex& i) { m_desk.selection.selectTimer(m_costs->itemAt(i.row())); });
    connect(m_list, &QTableView::activated, this,
            [this](const QModelIndex& i) { m_desk.selection.selectTimer(m_costs->itemAt(i.row())); });
    connect(&desk.selection, &Selection::changed, this, [this] {
        const int row = m_costs->rowOf(m_desk.selection.timer());
        if (row >= 0)
            m_list->selectRow(row);
        else
            m_list->clearSelection();
    });
    for (auto* label : {m_summary, m_wakeUps, m_empty}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_empty->setAlignment(Qt::AlignCenter);
    auto* side = new QVBoxLayout(m_side);
    side->setContentsMargins(12, 8, 12, 8);
    side->setSpacing(6);
    side->addWidget(m_summary);
    side->addWidget(m_list, 1);
    side->addWidget(m_wakeUps);
    auto* grid = new QGridLayout(m_figures);
    grid->setContentsMargins(20, 8, 4, 8);
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        m_cells[i] = new FigureCell(desk.theme, m_figures);
        m_cells[i]->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
        grid->addWidget(m_cells[i], static_cast<int>(i / 2), static_cast<int>(i % 2));
    }
    m_figures->hide();
    m_splitter->addWidget(m_plot);
    m_splitter->addWidget(m_figures);
    m_splitter->addWidget(m_side);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->setSizes({600, 600, 600});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_empty, 1);
    setFocusProxy(m_list);
    connect(&desk.theme, &ThemeProvider::changed, this, &LatenessView::applyTheme);
    connect(&desk.session.twin(), &Twin::reset, this, &LatenessView::takeTwin);
    connect(&desk.session.twin(), &Twin::extended, this, &LatenessView::takeTwin);
    applyTheme();
}

LatenessView::~LatenessView() = default;

QSize LatenessView::sizeHint() const
{
    const auto& look = m_desk.theme.look();
    return {static_cast<int>(look.px(900)), static_cast<int>(look.px(194))};
}

void LatenessView::applyTheme()
{
    const auto& look = m_desk.theme.look();
    const auto& t = look.t();
    setAutoFillBackground(true);
    QPalette p = palette();
    p.setColor(QPalette::Window, t.canvas);
    p.setColor(QPalette::Base, t.canvas);
    p.setColor(QPalette::Text, t.ink);
    p.setColor(QPalette::WindowText, t.ink);
    p.setColor(QPalette::Highlight, t.sunken);
    p.setColor(QPalette::HighlightedText, t.ink);
    setPalette(p);
    m_title->setFont(look.words(12, QFont::Medium));
    // A style sheet's padding: it makes a label forget its margins. The button that chooses the view stands over it.
    m_title->setStyleSheet(QStringLiteral("color: %1; padding: %2px 0 %3px %4px;")
                               .arg(t.ink3.name())
                               .arg(static_cast<int>(look.px(8)))
                               .arg(static_cast<int>(look.px(2)))
                               .arg(static_cast<int>(look.px(20))));
    m_summary->setFont(look.words(13, QFont::DemiBold));
    m_wakeUps->setFont(look.words(12.5));
    m_wakeUps->setStyleSheet(QStringLiteral("color: %1;").arg(t.ink2.name()));
    m_empty->setFont(look.words(14));
    m_empty->setStyleSheet(QStringLiteral("color: %1;").arg(t.ink2.name()));
    m_plot->setMinimumWidth(static_cast<int>(look.px(360)));
    m_splitter->setStyleSheet(QStringLiteral("QSplitter::handle { background: %1; }").arg(t.line.name()));
    m_list->setFont(look.numbers(12.5));
    m_list->verticalHeader()->setDefaultSectionSize(static_cast<int>(look.px(24)));
    m_list->horizontalHeader()->setFont(look.words(12, QFont::Medium));
    m_list->setStyleSheet(
        QStringLiteral(
            "QTableView { background: %1; color: %2; selection-background-color: %3; selection-color: %2; }"
            "QTableView::item { padding: 0 8px; }"
            "QHeaderView { background: %1; } QHeaderView::section { background: %1; color: %4; border: none; border-bottom: 1px solid %5; "
            "padding: 2px 8px; }")
            .arg(t.canvas.name(), t.ink.name(), t.sunken.name(), t.ink2.name(), t.line.name()));
    m_costs->setLook(look);
    m_isStale = true;
    if (isVisible()) refresh();
}

void LatenessView::reset(const core::InputsPtr& inputs, const core::Snapshot& snapshot)
{
    m_inputs = inputs;
    m_run = inputs->driver == core::Driver::Daemon ? std::make_unique<DaemonRun>(inputs) : nullptr;
    m_picture = {};
    m_recorded.reset();
    extend(snapshot);
    takeTwin();
}

void LatenessView::extend(const core::Snapshot& snapshot)
{
    if (!m_run) return changed();
    m_run->extend(snapshot.log);
    if (!m_recorded)
        if (const auto origin = core::liveOrigin(snapshot.log))
            m_recorded = std::make_unique<Recorded>(*m_inputs, origin->scheme, [this] {
                QMetaObject::invokeMethod(this, &LatenessView::changed, Qt::QueuedConnection);
            });
    if (m_recorded) m_recorded->extend(snapshot.log);
    changed();
}

void LatenessView::takeTwin()
{
    auto& session = m_desk.session;
    if (!m_run || !session.isOpen() || session.history().inputsPtr() != m_inputs) return;
    m_run->followTwin(session.twin());
    changed();
}

void LatenessView::changed()
{
    m_isStale = true;
    if (!m_soon.isActive()) m_soon.start();
}

void LatenessView::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    refresh();
}

void LatenessView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    fitColumns();
}

void LatenessView::refresh()
{
    if (!std::exchange(m_isStale, false)) return;
    if (m_run) m_picture = latenessPicture(m_run->lead(), m_run->twin(), mostBuckets);
    const bool isEmpty = !m_run || m_run->lead().runs().empty();
    m_splitter->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    if (isEmpty) {
        m_empty->setText(
            m_run
                ? tr("No work has been added. What add_work() asks for, and how late it ran, is shown here.")
                : tr("There is no work of tgtd in this run."));
        m_costs->clear();
        return;
    }
    m_plot->setVisible(!m_recorded);
    m_figures->setVisible(m_recorded != nullptr);
    if (m_recorded) {
        m_recorded->takeModel();
        auto figures = m_recorded->figures();
        for (std::size_t i = 0; i < figures.size(); ++i) {
            m_cells[i]->setVisible(!figures[i].title.isEmpty());
            m_cells[i]->setFigure(std::move(figures[i]));
        }
    }
    m_plot->show(m_picture, m_desk.theme.look());
    m_plot->setAccessibleName(tr("Distribution of lateness. %1").arg(summaryText(m_picture.lead)));
    m_summary->setText(summaryText(m_picture.lead));
    m_wakeUps->setText(wakeUpTexts(m_run->lead()).join(QLatin1Char(' ')));
    m_costs->show(*m_inputs, m_run->lead(), m_run->twin(), m_picture.twinName);
    m_list->setColumnHidden(CostTable::TwinWorst, m_run->twin() == nullptr);
    fitColumns();
}

void LatenessView::fitColumns()
{
    if (m_costs->rowCount() == 0) return;
    m_list->resizeColumnsToContents();
}

QString LatenessView::words() const
{
    return m_summary->text() + QLatin1Char('\n') + m_wakeUps->text();
}

QAbstractItemModel* LatenessView::table()
{
    refresh();
    return m_costs;
}

/// The plot and the words; the table has exports of its own.
void LatenessView::paintView(QPainter& painter, const QRectF& box, bool)
{
    m_isStale = true;
    refresh();
    const auto& look = m_desk.theme.look();
    painter.fillRect(box, look.t().canvas);
    const bool isEmpty = !m_run || m_run->lead().runs().empty();
    painter.setPen(look.t().ink);
    painter.setFont(look.words(13, QFont::DemiBold));
    const QRectF inner = box.adjusted(look.px(20), look.px(12), -look.px(20), -look.px(8));
    if (isEmpty) {
        painter.drawText(inner, Qt::AlignCenter | Qt::TextWordWrap, m_empty->text());
        return;
    }
    QRectF used;
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_summary->text(), &used);
    painter.setFont(look.words(12.5));
    painter.setPen(look.t().ink2);
    const QRectF below =
        painter.boundingRect(inner, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_wakeUps->text());
    painter.drawText(QRectF(inner.left(), inner.bottom() - below.height(), inner.width(), below.height()),
                     Qt::AlignLeft | Qt::TextWordWrap, m_wakeUps->text());
    const QRectF middle(inner.left(), used.bottom() + look.px(8), inner.width(),
                        inner.bottom() - below.height() - used.bottom() - look.px(16));
    if (!m_recorded) return m_plot->paint(painter, middle);
    m_recorded->completeModel();
    int at = 0;
    for (const auto& figure : m_recorded->figures()) {
        if (figure.title.isEmpty()) continue;
        const QSizeF half(middle.width() / 2, middle.height() / 2);
        paintFigure(painter, {middle.topLeft() + QPointF(at % 2 * half.width(), at / 2 * half.height()), half - QSizeF(0, look.px(8))},
                    figure, look);
        ++at;
    }
}

} // namespace jiffy::ui

#include "moc_lateness_view.cpp"
