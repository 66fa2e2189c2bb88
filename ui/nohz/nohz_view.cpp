// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nohz/nohz_view.h"

#include "ui/narration/announcer.h"
#include "ui/nohz/sleep_table.h"
#include "ui/nohz/words.h"

#include <QPaintEvent>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

/// A run up to there is shown whole; of a longer one so much.
constexpr double wholeUpTo = 20'000, nearBy = 2'000;
constexpr double notReached = .42;

} // namespace

NohzView::NohzView(const Desk& desk, QWidget* parent)
    : View(parent), m_provider(desk.theme), m_session(desk.session), m_selection(desk.selection), m_announcer(new Announcer(this, Announcer::Voice::Name))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Ticks and sleeps"));
    connect(&m_provider, &ThemeProvider::changed, this, &NohzView::relayout);
    connect(&m_selection, &Selection::changed, this, [this] {
        m_pinned.reset();
        if (m_selection.what() != Selection::What::Cpu) return;
        m_pinned = m_selection.cpu();
        showCpu();
    });
}

NohzView::~NohzView() = default;

void NohzView::reset(const core::InputsPtr& inputs, const core::Snapshot& run)
{
    const bool isOurs = inputs->driver != core::Driver::Daemon && inputs->machine.kernel.isThere;
    if (m_table) m_table->show(inputs, nullptr);
    m_inputs = isOurs ? inputs : nullptr;
    m_activity.reset();
    m_accounts.reset();
    m_scene = {};
    m_log = {};
    m_end = 0;
    m_firstRow = 0;
    m_isFit = true;
    m_isBehind = false;
    m_drag = Drag::None;
    if (isOurs) {
        m_activity = std::make_unique<core::CpuActivity>(*inputs);
        m_accounts = std::make_unique<core::SleepAccounts>(inputs);
        if (m_table) m_table->show(inputs, m_accounts.get());
        extend(run);
    }
    relayout();
}

void NohzView::extend(const core::Snapshot& run)
{
    if (!m_inputs) return;
    const bool isSame = run.log.size() == m_log.size() && run.endTicks == m_end;
    m_log = run.log;
    m_end = run.endTicks;
    if (isSame) return;
    if (isWatched()) account();
    else m_isBehind = true;
}

/// What nobody looks at costs nothing: the accounts of a long run are long.
void NohzView::account()
{
    m_activity->extend(m_log);
    m_accounts->extend(m_log);
    if (m_table) showTable();
    if (m_isFit) m_range = fittingRange();
    relane();
}

void NohzView::showTable()
{
    const bool isThere = m_session.isOpen() && m_session.history().inputsPtr() == m_inputs;
    const auto at = isThere ? m_session.position() : m_scene.at;
    m_table->refresh(at.event + (at.tick != 0 ? 1 : 0), isThere ? m_session.world().clock().ticks : m_scene.tick);
}

/// Somebody begins to look.
void NohzView::wake()
{
    if (!m_inputs || !m_isBehind) return;
    m_isBehind = false;
    account();
    if (!m_session.isOpen()) return;
    showScene(m_session.world(), m_session.position());
    followPlayhead();
}

void NohzView::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    wake();
}

void NohzView::showMoment(const Moment& moment)
{
    m_cpu = moment.cpu;
    if (!m_inputs) return;
    if (!isWatched()) {
        m_scene = {};
        m_isBehind = true;
        return;
    }
    showScene(moment.world, moment.at);
    if (m_table) showTable();
    followPlayhead();
    m_announcer->say(moment.sentence.plain());
}

void NohzView::setCpu(int cpu)
{
    m_cpu = cpu;
    if (m_pinned) m_pinned = cpu;
    showCpu();
}

void NohzView::showCpu()
{
    if (!m_inputs || m_scene.isEmpty() || !m_session.isOpen() || m_scene.cpu == cpuWanted()) return;
    showScene(m_session.world(), m_session.position());
}

/// A CPU that is selected stays, whoever acts.
int NohzView::cpuWanted() const
{
    return std::clamp(m_pinned.value_or(m_cpu), 0, m_inputs->machine.cpus - 1);
}

void NohzView::showScene(const core::World& world, core::Position at)
{
    const bool wasElsewhere = m_scene.isEmpty() || m_scene.cpu != cpuWanted();
    m_scene = makeNohzScene(world, m_inputs, at, m_log, *m_accounts, cpuWanted(), m_scene);
    if (wasElsewhere && m_layout.lastFirstRow != 0) scrollTo(firstRowFor(m_layout, m_scene.cpu));
    m_opened = openedOf(m_scene, m_layout, m_provider.look());
    setAccessibleDescription(sceneText(m_scene));
    update();
}

// ---- range

TickRange NohzView::fittingRange() const
{
    const TickRange all = wholeRun(m_end);
    if (all.size() <= wholeUpTo) return all;
    const double from = std::clamp(static_cast<double>(m_scene.tick) - nearBy / 2, 0.0, all.size() - nearBy);
    return {from, from + nearBy};
}

void NohzView::followPlayhead()
{
    const TickRange there = following(m_range, m_scene.tick, std::max(m_end, m_scene.tick));
    if (there == m_range) return;
    m_range = there;
    relane();
}

void NohzView::setRange(TickRange range)
{
    m_isFit = false;
    if (range == m_range) return;
    m_range = range;
    relane();
}

void NohzView::fit()
{
    m_isFit = true;
    m_range = fittingRange();
    relane();
}

// ---- layout and painting

void NohzView::relayout()
{
    m_layout = nohzLayout(rect(), m_inputs ? m_inputs->machine.cpus : 1, m_firstRow, m_provider.scale());
    m_firstRow = m_layout.firstRow;
    if (!m_scene.isEmpty()) m_opened = openedOf(m_scene, m_layout, m_provider.look());
    relane();
}

void NohzView::relane()
{
    m_lanes.clear();
    m_lanesPixmap = {};
    if (m_inputs)
        for (const NohzRow& row : m_layout.rows) m_lanes.push_back(laneOf(*m_activity, *m_accounts, row.cpu, m_inputs->machine.hz, scale(), m_end));
    update();
}

void NohzView::scrollTo(int firstRow)
{
    if (firstRow == m_firstRow) return;
    m_firstRow = firstRow;
    relayout();
}

void NohzView::paintView(QPainter& p, const QRectF& box, bool isVector)
{
    const Look& look = m_provider.look();
    p.fillRect(box, look.t().canvas);
    wake();
    if (m_scene.isEmpty()) return;
    p.setRenderHint(QPainter::Antialiasing);
    const bool isHere = box == QRectF(rect());
    NohzLayout layout = m_layout;
    std::vector<NohzLane> lanes;
    TimeScale there = scale();
    Opened opened = m_opened;
    if (!isHere) {
        layout = nohzLayout(box, m_inputs->machine.cpus, m_firstRow, look.scale);
        there = {layout.left, layout.right, m_range};
        for (const NohzRow& row : layout.rows) lanes.push_back(laneOf(*m_activity, *m_accounts, row.cpu, m_inputs->machine.hz, there, m_end));
        opened = openedOf(m_scene, layout, look);
    }
    const NohzPicture picture{m_scene, layout, there, isHere ? m_lanes : lanes, opened, *m_accounts, look, !isVector, isHere && hasFocus()};
    const double reached = std::clamp(playheadX(picture) + .5, layout.left, layout.right + look.px(8));
    // What is recorded and has not been reached yet is pale.
    const auto paintPart = [&](double from, double to, double opacity) {
        if (to <= from) return;
        const QRectF part(QPointF(from, layout.lanes.top()), QPointF(to, layout.lanes.bottom()));
        p.save();
        p.setOpacity(opacity);
        if (isHere && !isVector) {
            p.setClipRect(part);
            p.drawPixmap(layout.lanes.topLeft(), m_lanesPixmap);
        } else {
            paintNohzLanes(p, picture, from, to);
        }
        p.restore();
    };
    if (isHere && !isVector && m_lanesPixmap.isNull()) {
        const double ratio = p.device()->devicePixelRatioF();
        m_lanesPixmap = QPixmap((QSizeF(layout.lanes.size()) * ratio).toSize() + QSize(1, 1));
        m_lanesPixmap.setDevicePixelRatio(ratio);
        m_lanesPixmap.fill(Qt::transparent);
        QPainter lanesPainter(&m_lanesPixmap);
        lanesPainter.setRenderHint(QPainter::Antialiasing);
        lanesPainter.translate(-layout.lanes.topLeft());
        paintNohzLanes(lanesPainter, picture, layout.left - look.px(4), layout.right + look.px(8));
    }
    paintNohzOpened(p, picture);
    paintPart(layout.left - look.px(4), reached, 1);
    paintPart(reached, layout.right + look.px(8), notReached);
    paintNohzAxis(p, picture);
    paintNohzRows(p, picture);
    paintNohzWheel(p, picture);
    paintNohzPrices(p, picture);
}

void NohzView::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    paintView(p, rect(), false);
}

void NohzView::resizeEvent(QResizeEvent*)
{
    relayout();
    if (m_inputs && m_layout.lastFirstRow != 0 && !m_scene.isEmpty()) scrollTo(firstRowFor(m_layout, m_scene.cpu));
}

QAbstractItemModel* NohzView::table()
{
    if (!m_table) {
        m_table = new SleepTable(this);
        if (m_inputs) {
            m_table->show(m_inputs, m_accounts.get());
            account();
        }
    }
    return m_table;
}

} // namespace jiffy::ui

#include "moc_nohz_view.cpp"
