// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_view.h"

#include "core/export/compare_csv.h"
#include "ui/compare/compare_bar.h"
#include "ui/tables/csv.h"
#include "ui/whatif/expiry_text.h"
#include "ui/wheel/effects.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QStackedWidget>
#include <QStyle>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace jiffy::ui
{

CompareView::CompareView(const Desk& desk, QWidget* parent)
    : View(parent), m_desk(desk), m_companions(desk.session), m_bar(new CompareBar(desk.theme, this)),
      m_pages(new QStackedWidget(this)), m_canvas(new CompareCanvas(desk.theme, m_pages)),
      m_board(new QTableView(m_pages)), m_table(new CompareTable(this)), m_boardTable(new CompareTable(this))
{
    setAccessibleName(tr("Compare"));
    m_board->setModel(m_boardTable);
    m_board->setAccessibleName(tr("The algorithms and their properties"));
    m_board->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_board->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_board->setTabKeyNavigation(false);
    m_board->setFrameShape(QFrame::NoFrame);
    m_board->setWordWrap(true);
    m_board->setTextElideMode(Qt::ElideNone);
    m_board->verticalHeader()->hide();
    m_board->horizontalHeader()->setHighlightSections(false);
    m_board->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_pages->addWidget(m_canvas);
    m_pages->addWidget(m_board);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_pages, 1);
    setFocusProxy(m_canvas);

    connect(&m_companions, &Companions::reset, this, &CompareView::takeRuns);
    connect(&m_companions, &Companions::extended, this, [this] {
        extendAccounts();
        refresh();
    });
    connect(&desk.session, &Session::opened, this, [this] {
        m_expires.reset();
        m_isRangeOwn = false;
    });
    connect(&desk.selection, &Selection::changed, this,
            [this] { m_canvas->setSelected(m_desk.selection.timer()); });
    connect(&desk.theme, &ThemeProvider::changed, this, &CompareView::applyTheme);
    connect(m_bar, &CompareBar::algorithmsChosen, this,
            [this](const auto& algorithms) { m_companions.choose(algorithms); });
    connect(m_bar, &CompareBar::expiryTyped, this, &CompareView::typeExpiry);
    connect(m_bar, &CompareBar::boardChosen, this, &CompareView::showBoard);
    connect(m_bar, &CompareBar::copyAsked, this,
            [this] { QGuiApplication::clipboard()->setText(toCsv(*m_boardTable, 1000)); });
    connect(m_canvas, &CompareCanvas::titleClicked, this, &CompareView::lead);
    connect(m_canvas, &CompareCanvas::counterClicked, this, [this](std::size_t column, int row) {
        if (const auto event = scene().columns[column].counters[static_cast<std::size_t>(row)].event)
            toEvent(column, *event);
    });
    connect(m_canvas, &CompareCanvas::insertionDragged, this, [this](std::int64_t by) {
        setExpires(m_desk.session.inputs().machine.word.add(expires(), static_cast<std::uint64_t>(by)));
    });
    connect(m_canvas, &CompareCanvas::insertionClicked, m_bar, &CompareBar::editExpiry);
    connect(m_canvas, &CompareCanvas::timerClicked, &desk.selection, &Selection::selectTimer);
    connect(m_canvas, &CompareCanvas::tickClicked, this,
            [this](std::size_t lane, std::uint64_t tick, std::optional<std::uint64_t> event) {
                Q_EMIT scrubStarted();
                // What was done outside a tick is an event of its own.
                if (event && lane < m_companions.count() && tick == 0) return toEvent(lane, *event);
                m_desk.session.seekTick(tick);
            });
    connect(m_canvas, &CompareCanvas::scrubbed, this, [this](std::uint64_t tick) {
        Q_EMIT scrubStarted();
        m_desk.session.seekTick(tick);
    });
    connect(m_canvas, &CompareCanvas::plotKindAsked, this, [this](PlotKind kind) {
        m_kind = kind;
        refresh();
    });
    connect(m_canvas, &CompareCanvas::rangeChanged, this, &CompareView::setRange);
    const auto go = [this](const QModelIndex& index) {
        if (const auto event = m_boardTable->eventAt(index))
            toEvent(static_cast<std::size_t>(index.column() - 1), *event);
    };
    connect(m_board, &QTableView::activated, this, go);
    connect(m_table, &QAbstractItemModel::modelReset, this, &CompareView::fitTable);
    connect(m_boardTable, &QAbstractItemModel::modelReset, this, &CompareView::fitTable);
    connect(m_boardTable, &QAbstractItemModel::dataChanged, this, &CompareView::fitTable);
    connect(m_board->horizontalHeader(), &QHeaderView::sectionResized, this, &CompareView::fitTable);
    applyTheme();
}

CompareView::~CompareView() = default;

void CompareView::applyTheme()
{
    const auto& look = m_desk.theme.look();
    const auto& t = look.t();
    setAutoFillBackground(true);
    auto colours = palette();
    colours.setColor(QPalette::Window, t.canvas);
    colours.setColor(QPalette::Base, t.canvas);
    colours.setColor(QPalette::Text, t.ink);
    colours.setColor(QPalette::Highlight, t.sunken);
    colours.setColor(QPalette::HighlightedText, t.ink);
    setPalette(colours);
    m_board->setFont(look.words(14));
    m_board->horizontalHeader()->setFont(look.words(15, QFont::Bold));
    m_board->setStyleSheet(
        QStringLiteral("QTableView { background: %1; color: %2; gridline-color: %3; "
                       "selection-background-color: %4; selection-color: %2; }"
                       "QTableView::item { border: none; padding: %6px %7px; }"
                       "QHeaderView { background: %1; } QHeaderView::section { background: %1; color: %2; "
                       "border: none; border-bottom: 1px solid %5; padding: %6px %7px; }")
            .arg(t.canvas.name(), t.ink.name(), t.line.name(), t.sunken.name(), t.line2.name())
            .arg(static_cast<int>(look.px(6)))
            .arg(static_cast<int>(look.px(10))));
    m_board->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    fitTable();
}

void CompareView::fitTable()
{
    if (!m_board->isVisible()) return;
    if (m_boardTable->columnCount() > 0)
        m_board->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    // A view's own hint wraps by the whole cell, whose padding is not the text's.
    const auto& look = m_desk.theme.look();
    const int margin =
        2 * (static_cast<int>(look.px(10)) + style()->pixelMetric(QStyle::PM_FocusFrameHMargin) + 2);
    const int padding = 2 * static_cast<int>(look.px(6)) + 4;
    const QFontMetrics metrics(m_board->font());
    for (int row = 0; row < m_boardTable->rowCount(); ++row) {
        int height = 0;
        for (int column = 0; column < m_boardTable->columnCount(); ++column) {
            const QRect room(0, 0, std::max(1, m_board->columnWidth(column) - margin), 1 << 20);
            const auto text = m_boardTable->index(row, column).data().toString();
            height = std::max(height, metrics.boundingRect(room, Qt::TextWordWrap, text).height());
        }
        if (m_board->rowHeight(row) != height + padding) m_board->setRowHeight(row, height + padding);
    }
}

// ---- runs

void CompareView::reset(const core::InputsPtr&, const core::Snapshot&)
{
    // The companions have heard of it themselves; without any there is nothing to show.
    m_isStale = true;
    if (isVisible() && !m_companions.isThere()) takeRuns();
}

void CompareView::extend(const core::Snapshot& snapshot)
{
    m_isStale = true;
    if (!m_companions.isThere() || !isVisible()) return;
    m_accounts[m_companions.leading()]->extend(snapshot.log);
    refresh();
}

void CompareView::takeRuns()
{
    m_accounts.clear();
    Companions::Algorithms shown;
    for (std::size_t c = 0; c < m_companions.count(); ++c) {
        shown.push_back(&m_companions.algorithm(c));
        m_accounts.push_back(std::make_unique<ColumnAccounts>(m_companions.history(c).inputs().machine));
    }
    m_bar->setAlgorithms(shown, shown.empty() ? nullptr : shown[m_companions.leading()]);
    if (!m_isRangeOwn) m_range.reset();
    extendAccounts();
    m_isStale = true;
    if (m_companions.isThere() && isVisible()) return refresh();
    m_canvas->clear();
    m_table->clear();
    m_boardTable->clear();
    Q_EMIT noteChanged();
}

void CompareView::extendAccounts()
{
    for (std::size_t c = 0; c < m_accounts.size(); ++c)
        m_accounts[c]->extend(m_companions.snapshot(c).log);
}

void CompareView::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    m_companions.setWanted(true);
    if (m_companions.isThere() && m_accounts.size() != m_companions.count()) takeRuns();
    extendAccounts();
    refresh();
}

void CompareView::hideEvent(QHideEvent* event)
{
    View::hideEvent(event);
    m_companions.setWanted(false);
    if (!m_companions.isThere()) takeRuns(); // none: the canvas lets go of what they had
}

// ---- the playhead

void CompareView::showMoment(const Moment& moment)
{
    m_cpu = moment.cpu;
    if (m_bar->hasFault()) m_bar->setFault({});
    m_isStale = true;
    if (isVisible()) refresh();
}

void CompareView::setCpu(int cpu)
{
    m_cpu = cpu;
    m_isStale = true;
    if (isVisible()) refresh();
}

core::Jiffies CompareView::expires() const
{
    if (m_expires) return *m_expires;
    auto& session = m_desk.session;
    return roundAhead(session.world().clock().jiffies, session.inputs().machine.word);
}

std::uint64_t CompareView::endTicks() const
{
    std::uint64_t end = 0;
    for (std::size_t c = 0; c < m_companions.count(); ++c)
        end = std::max(end, m_companions.snapshot(c).endTicks);
    return end;
}

PlotsInput CompareView::plotsInput() const
{
    PlotsInput input;
    input.kind = m_kind;
    const auto& machine = m_desk.session.inputs().machine;
    input.start = machine.jiffies;
    input.word = machine.word;
    input.tick = m_desk.session.ticks();
    for (std::size_t c = 0; c < m_companions.count(); ++c) {
        PlotLane lane;
        lane.name = algorithmTitle(m_companions.algorithm(c));
        lane.geometry = m_companions.history(c).world().geometry();
        lane.work = &m_accounts[c]->work;
        lane.lateness = &m_accounts[c]->lateness;
        lane.events = m_companions.positionIn(c).event;
        input.lanes.push_back(std::move(lane));
    }
    input.range = m_range ? *m_range : openingRange(input, endTicks());
    return input;
}

namespace
{

/// From where to what is shown the structure tells: the tick's work, or the last call as a whole.
core::Position shownFrom(const Companions& companions, std::size_t column, core::Position at,
                         const core::RunInstant& instant)
{
    if (at.tick != 0 || at.event == 0) return at;
    const auto& log = companions.snapshot(column).log;
    if (instant.isHandling || isBehindTick(log, at.event)) return companions.tickBegin(column);
    auto event = at.event - 1;
    while (event > 0 && log[event - 1].hasMore())
        --event;
    return {event, 0, 0};
}

} // namespace

std::vector<ColumnScene> CompareView::structures(int cpu) const
{
    std::vector<ColumnScene> all;
    for (std::size_t c = 0; c < m_companions.count(); ++c) {
        const auto at = m_companions.positionIn(c);
        const auto from = shownFrom(m_companions, c, at, m_companions.instantIn(c));
        auto& history = m_companions.history(c);
        const auto change = effects(history.log(), from, at);
        const auto& world = m_companions.worldIn(c);
        all.push_back(columnScene(world, history.inputsPtr(), change, cpu));
    }
    return all;
}

void CompareView::refresh()
{
    m_isStale = false;
    if (!m_companions.isThere()) {
        if (!m_canvas->isEmpty()) m_canvas->clear();
        return;
    }
    auto scene = compareScene(m_companions, m_accounts, expires(), m_cpu);
    m_canvas->setSelected(m_desk.selection.timer());
    m_bar->setExpiry(QString::number(scene.expires), m_expires.has_value());
    auto plots = plotsInput();
    // The playhead stays in sight.
    const auto tick = static_cast<double>(plots.tick);
    if (m_isRangeOwn && (tick < plots.range.from || tick > plots.range.to)) {
        m_range = following(plots.range, plots.tick, endTicks());
        plots.range = *m_range;
    } else if (!m_isRangeOwn && tick > plots.range.to) {
        plots.range.to = tick * 1.05;
    }
    auto columns = structures(scene.cpu);
    m_canvas->show(std::move(scene), std::move(columns), std::move(plots));
    refreshTables();
    Q_EMIT noteChanged();
}

void CompareView::refreshTables()
{
    QStringList titles;
    for (const auto& column : scene().columns)
        titles.append(column.title);
    m_table->show(titles, instantRows(scene()));
    if (!isBoard()) return;
    std::vector<const core::Geometry*> geometries;
    for (std::size_t c = 0; c < m_companions.count(); ++c)
        geometries.push_back(&m_companions.history(c).world().geometry());
    const auto& machine = m_desk.session.inputs().machine;
    const int rows = m_boardTable->rowCount();
    m_boardTable->show(titles, boardRows(scene(), geometries, machine.jiffies, machine.word));
    if (rows != m_boardTable->rowCount()) fitTable();
}

// ---- what the user does

QString CompareView::legend() const
{
    if (isBoard()) return {}; // has no colours
    switch (scene().columns.size()) {
    case 2:
        return tr("amber = more of the two     pale = recorded, not yet reached");
    case 3:
        return tr("amber = most of the three     pale = recorded, not yet reached");
    default:
        return tr("amber = most of the four     pale = recorded, not yet reached");
    }
}

bool CompareView::isBoard() const
{
    return m_pages->currentWidget() == m_board;
}

void CompareView::showBoard(bool isBoard)
{
    if (isBoard == this->isBoard()) return;
    m_pages->setCurrentWidget(isBoard ? static_cast<QWidget*>(m_board) : m_canvas);
    setFocusProxy(m_pages->currentWidget());
    m_bar->setBoard(isBoard);
    if (!m_companions.isThere()) return;
    refreshTables();
    fitTable();
    Q_EMIT noteChanged();
}

void CompareView::setExpires(std::optional<core::Jiffies> expires)
{
    m_expires = expires;
    m_bar->setFault({});
    refresh();
}

void CompareView::typeExpiry(const QString& text)
{
    if (!m_companions.isThere()) return;
    if (text.trimmed().isEmpty()) return setExpires(std::nullopt);
    const auto& machine = m_desk.session.inputs().machine;
    const auto typed = parseTypedExpiry(text, machine);
    if (!typed.isGood()) return m_bar->setFault(typed.error);
    const auto now = m_desk.session.world().clock().jiffies;
    setExpires(typed.isRelative ? machine.word.add(now, typed.expires) : machine.word.reduce(typed.expires));
}

void CompareView::lead(std::size_t column)
{
    if (column == m_companions.leading()) return;
    const auto done = m_desk.session.useTimers(m_companions.algorithm(column));
    if (!done) Q_EMIT refused(QString::fromStdString(done.error().front().message));
}

void CompareView::toEvent(std::size_t column, std::uint64_t event)
{
    Q_EMIT scrubStarted();
    m_desk.session.seek(m_companions.leadPositionOf(column, event));
}

void CompareView::setRange(TickRange range)
{
    const double end = static_cast<double>(endTicks()) + 1, most = std::max(end * 1.06, fewestTicks);
    const double size = std::clamp(range.size(), std::min(fewestTicks, most), most);
    const double middle = (range.from + range.to) / 2;
    double from = range.size() == size ? range.from : middle - size / 2;
    from = std::clamp(from, -size * .05, std::max(-size * .05, end * 1.03 - size));
    m_range = TickRange{from, from + size};
    m_isRangeOwn = true;
    refresh();
}

void CompareView::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_timerActions.isEmpty() || !m_companions.isThere()) return;
    QMenu menu;
    menu.addActions(m_timerActions);
    menu.exec(event->globalPos());
}

/// All runs to their ends, whether somebody looks or not: for what leaves the window.
void CompareView::complete()
{
    m_companions.setWanted(true);
    if (m_accounts.size() != m_companions.count()) takeRuns();
    m_companions.complete();
    extendAccounts();
    if (isVisible()) refresh();
}

void CompareView::paintView(QPainter& painter, const QRectF& box, bool isVector)
{
    if (!m_desk.session.isOpen()) return;
    const bool wasWanted = m_companions.isWanted();
    complete();
    refresh();
    if (isBoard())
        View::paintView(painter, box, isVector);
    else
        m_canvas->paint(painter, box, isVector);
    m_companions.setWanted(wasWanted);
}

core::Result<void> CompareView::writeTable(const QString& path)
{
    const bool wasWanted = m_companions.isWanted();
    complete();
    std::vector<core::ComparedRun> runs;
    for (std::size_t c = 0; c < m_companions.count(); ++c) {
        const auto& history = m_companions.history(c);
        runs.push_back({m_companions.algorithm(c).name, &history.inputs(), history.log(),
                        &m_accounts[c]->work, &m_accounts[c]->costs});
    }
    auto written = core::exportComparison(runs, path.toStdString());
    m_companions.setWanted(wasWanted);
    return written;
}

} // namespace jiffy::ui

#include "moc_compare_view.cpp"
