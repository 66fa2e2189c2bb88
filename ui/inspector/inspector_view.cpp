// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/inspector_view.h"

#include "ui/code/work_words.h"
#include "ui/inspector/footer.h"
#include "ui/inspector/page_table.h"
#include "ui/inspector/pages.h"
#include "ui/inspector/words.h"
#include "ui/inspector/work_words.h"
#include "ui/window/actions.h"

#include <QPainter>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

/// Records of a new snapshot that are indexed at once; the rest when it is needed. Keeps a fast run's frames
/// short.
constexpr std::uint64_t indexedAtOnce = 1u << 17;

/// The timer that was spoken of last before that event; none if that is long ago.
core::TimerId lastTimer(const core::LogView& log, std::uint64_t event)
{
    constexpr std::uint64_t farthest = 200;
    for (std::uint64_t i = event; i > 0 && event - i < farthest; --i)
        if (log[i - 1].item.isValid()) return log[i - 1].item;
    return core::TimerId::none();
}

} // namespace

InspectorView::InspectorView(const Desk& desk, QWidget* parent)
    : View(parent), m_desk(desk),
      m_body(new InspectorBody(
          desk.theme, [this](std::uint64_t first, std::size_t count) { return rows(first, count); }, this)),
      m_footer(new InspectorFooter(desk.theme, this)), m_delete(m_footer->add(tr("Delete"))),
      m_move(m_footer->add(tr("Move to…"))), m_add(m_footer->add(tr("Add a timer…"))),
      m_fork(m_footer->add(tr("Fork here"))),
      m_pin(new ActionButton(ActionButton::Sign::Pin, tr("Lifeline in the timeline"), desk.theme,
                             m_body->viewport()))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_body, 1);
    layout->addWidget(m_footer);
    setFocusProxy(m_body);
    m_pin->setCheckable(true);
    m_footer->fit();
    m_body->setPage(emptyPage(), true);
    connect(m_body, &InspectorBody::followed, this, &InspectorView::follow);
    connect(m_body, &InspectorBody::scrolled, this, &InspectorView::placePin);
    connect(&desk.selection, &Selection::changed, this, [this] {
        if (m_inputs) renew();
    });
    connect(&desk.selection, &Selection::pinnedChanged, this, &InspectorView::showButtons);
    connect(&desk.theme, &ThemeProvider::changed, this, &InspectorView::placePin);
}

void InspectorView::useActions(const Actions& actions)
{
    m_delete->setAction(actions[Act::DeleteTimer]);
    m_move->setAction(actions[Act::MoveTimer]);
    m_add->setAction(actions[Act::AddTimer]);
    m_fork->setAction(actions[Act::Fork]);
    for (auto* button : {m_delete, m_move, m_add, m_fork}) {
        // What is shown may not have been chosen yet: the action works on the selection.
        connect(button, &QAbstractButton::clicked, this, [this, button] {
            if (shownTimer().isValid()) m_desk.selection.selectTimer(shownTimer());
            button->action()->trigger();
        });
        connect(button->action(), &QAction::changed, this, &InspectorView::showButtons);
    }
    m_pinAction = actions[Act::PinTimer];
    m_pinAction->setCheckable(true);
    m_pin->setAction(m_pinAction);
    connect(m_pin, &QAbstractButton::clicked, m_pinAction, &QAction::trigger);
    connect(m_pinAction, &QAction::triggered, this, &InspectorView::togglePin);
    showButtons();
}

void InspectorView::reset(const core::InputsPtr& inputs, const core::Snapshot&)
{
    m_inputs = inputs;
    const bool isTgtd = inputs->driver == core::Driver::Daemon;
    m_add->setText(isTgtd ? tr("Add work…") : tr("Add a timer…"));
    m_add->setAccessibleName(m_add->text());
    m_index = {};
    m_accounts = core::CpuAccounts(
        core::geometryOf(inputs->machine));
    m_differences.emplace(*inputs);
    if (!m_differences->isNeeded()) m_differences.reset();
    m_compared = 0;
    m_last = core::TimerId::none();
    m_cpu = 0;
    m_list = {};
    m_what = Selection::What::Nothing;
    m_which = 0;
    m_body->setPage(emptyPage(), true);
    showButtons();
}

void InspectorView::extend(const core::Snapshot& run)
{
    const core::LogView some = run.log.prefix(m_index.eventsSeen() + indexedAtOnce);
    m_index.extend(some);
    if (m_inputs->driver != core::Driver::Daemon) m_accounts.extend(some);
    if (!m_differences) return;
    for (; m_compared < run.log.size(); ++m_compared)
        m_differences->add(run.log[m_compared]);
}

void InspectorView::showMoment(const Moment& moment)
{
    m_cpu = moment.cpu;
    const core::LogView& log = m_desk.session.history().log();
    if (m_inputs->driver == core::Driver::Daemon) {
        // Work that the last event is about; else the daemon as a whole says more than its pipe.
        const core::TimerId item = moment.at.event == 0 ? core::TimerId::none() : log[std::min(moment.at.event, log.size()) - 1].item;
        m_last = item.isValid() && item.value < m_inputs->daemon.firstSource && item != m_inputs->daemon.pipe ? item : core::TimerId::none();
    } else if (const auto timer = lastTimer(log, moment.at.event); timer.isValid())
        m_last = timer;
    else if (moment.at.event == 0)
        m_last = core::TimerId::none();
    renew();
}

void InspectorView::setCpu(int cpu)
{
    m_cpu = cpu;
    if (m_inputs) renew();
}

/// At a line inside a record the world may have changed already.
std::uint64_t InspectorView::eventsApplied(const core::World& world) const
{
    const core::Position at = m_desk.session.position();
    const core::LogView& log = m_desk.session.history().log();
    if (at.line == 0 || at.event >= log.size()) return at.event;
    const core::Record& r = log[at.event];
    if (!r.item.isValid() || !world.isDefined(r.item)) return at.event;
    const bool isPending = world.item(r.item).isPending();
    switch (r.kind) {
    case core::Kind::Queued:
        return at.event + (isPending ? 1 : 0);
    case core::Kind::Unqueued:
    case core::Kind::Fired:
        return at.event + (isPending ? 0 : 1);
    case core::Kind::Moved:
        return at.event + (world.slotOf(r.item) == r.slotId() ? 1 : 0);
    default:
        return at.event;
    }
}

void InspectorView::renew()
{
    if (!m_desk.session.isOpen()) return;
    core::History& history = m_desk.session.history();
    const core::World& world = m_desk.session.world();
    const std::uint64_t events = eventsApplied(world);
    if (m_index.eventsSeen() < events) {
        m_index.extend(history.log().prefix(events));
        if (m_inputs->driver != core::Driver::Daemon) m_accounts.extend(history.log().prefix(events));
    }
    const bool isTgtd = m_inputs->driver == core::Driver::Daemon;
    const Turn turn = isTgtd ? Turn{} : turnAt(history.log(), m_desk.session.position());
    const Facts facts{world, *m_inputs, history.log(), events,
                      turn,  m_index,   m_accounts,    m_differences ? &*m_differences : nullptr,
                      m_cpu};
    const Selection& selection = m_desk.selection;
    auto what = selection.what();
    if (what == Selection::What::Timer && selection.timer().value >= m_inputs->timers.size())
        what = Selection::What::Nothing;
    if (what == Selection::What::Process && static_cast<std::size_t>(selection.process()) >= world.kernel().processes.size())
        what = Selection::What::Nothing;
    std::uint64_t which = 0;
    Page page;
    m_list = {};
    switch (what) {
    case Selection::What::Slot:
        which = selection.slot().value;
        page = isTgtd ? workListPage(facts, selection.slot()) : slotPage(facts, selection.slot());
        m_list = TimerList(world, selection.slot());
        break;
    case Selection::What::Cpu:
        which = static_cast<std::uint64_t>(selection.cpu());
        page = isTgtd ? daemonPage(facts) : cpuPage(facts, selection.cpu());
        m_list = isTgtd ? TimerList(world, world.geometry().inactiveList()) : TimerList(world, selection.cpu());
        break;
    case Selection::What::Process:
        which = static_cast<std::uint64_t>(selection.process());
        page = processPage(facts, static_cast<std::uint32_t>(which));
        break;
    case Selection::What::Timer:
        which = selection.timer().value;
        page = isTgtd ? workPage(facts, selection.timer(), true) : timerPage(facts, selection.timer(), true);
        break;
    case Selection::What::Nothing:
        which = m_last.value;
        if (!isTgtd) {
            page = m_last.isValid() ? timerPage(facts, m_last, false) : emptyPage();
        } else if (m_last.isValid()) {
            page = workPage(facts, m_last, false);
        } else {
            page = daemonPage(facts);
            m_list = TimerList(world, world.geometry().inactiveList());
        }
        break;
    }
    const bool isOther = what != m_what || which != m_which;
    m_what = what;
    m_which = which;
    m_body->setPage(page, isOther);
    setAccessibleDescription(page.summary());
    m_body->setAccessibleDescription(page.summary());
    if (m_table) m_table->setPage(page);
    showButtons();
}

std::vector<ListRow> InspectorView::rows(std::uint64_t first, std::size_t count)
{
    std::vector<ListRow> rows;
    if (!m_desk.session.isOpen() || first >= m_list.size()) return rows;
    const core::World& world = m_desk.session.world();
    const core::Geometry& g = world.geometry();
    for (const core::TimerId timer : m_list.range(world, first, count)) {
        const core::SlotId slot = world.slotOf(timer);
        const core::Place place = g.place(slot);
        ListRow row;
        row.timer = timer;
        if (m_inputs->driver == core::Driver::Daemon) {
            const bool isWork = !m_inputs->daemon.isSource(timer) && timer != m_inputs->daemon.pipe;
            row.name = isWork ? QString::fromStdString(m_inputs->timerName(timer)) : sourceText(*m_inputs, timer);
            if (isWork) row.due = dueText(*m_inputs, world, timer);
            row.level = 4;
            rows.push_back(row);
            continue;
        }
        row.name = QString::fromStdString(m_inputs->timerName(timer));
        row.due = dueText(g.word, world.item(timer).expires, world.clock().jiffies);
        row.isDeferrable = world.item(timer).isDeferrable();
        row.level = std::max(place.level, 0);
        if (m_what == Selection::What::Cpu && place.list == core::Place::List::Slot)
            row.where = QString::fromStdString(g.slotName(slot));
        rows.push_back(row);
    }
    return rows;
}

void InspectorView::showButtons()
{
    const Page& page = m_body->page();
    const bool isTimer = page.about == Page::About::Timer;
    const QString gone =
        page.state.isEmpty() ? QString() : m_inputs && m_inputs->driver == core::Driver::Daemon
                                              ? tr("%1 is on no list here: %2").arg(page.name, page.state)
                                              : tr("%1 is not pending here: %2").arg(page.name, page.state);
    // The actions know whether the run can be changed. While nothing is chosen, those about the selected
    // timer cannot: pressing a button chooses the timer first, so whether one can be added tells enough.
    const auto can = [](const ActionButton* button) {
        return !button->action() || button->action()->isEnabled();
    };
    const bool isChosen = m_desk.selection.timer() == page.timer;
    const auto set = [](ActionButton* button, bool isThere, bool isAllowed, const QString& reason) {
        button->setAllowed(isAllowed, reason);
        if (!isThere) button->hide();
    };
    set(m_delete, isTimer, page.canDelete && can(isChosen ? m_delete : m_add), gone);
    set(m_move, isTimer, page.canMove && can(isChosen ? m_move : m_add), gone);
    set(m_add, !isTimer && page.about != Page::About::Nothing, can(m_add), {});
    set(m_fork, page.about != Page::About::Nothing, can(m_fork), {});
    m_footer->fit();
    if (m_pinAction) {
        m_pinAction->setEnabled(isTimer);
        m_pinAction->setChecked(isTimer && m_desk.selection.isPinned(page.timer));
    }
    m_pin->setAllowed(isTimer);
    if (!isTimer) m_pin->hide();
    placePin();
}

void InspectorView::placePin()
{
    m_pin->resize(m_pin->sizeHint());
    const Look& look = m_desk.theme.look();
    m_pin->move(m_body->width() - m_pin->width() - static_cast<int>(look.px(14)),
                static_cast<int>(look.px(8)) - m_body->verticalScrollBar()->value());
}

void InspectorView::togglePin()
{
    const core::TimerId timer = shownTimer();
    if (timer.isValid()) m_desk.selection.setPinned(timer, !m_desk.selection.isPinned(timer));
    showButtons();
}

void InspectorView::follow(const Link& link)
{
    switch (link.to) {
    case Link::To::Nothing:
        return;
    case Link::To::Timer:
        return m_desk.selection.selectTimer(core::TimerId(static_cast<std::uint32_t>(link.value)));
    case Link::To::Slot:
        return m_desk.selection.selectSlot(core::SlotId(static_cast<std::uint32_t>(link.value)));
    case Link::To::Cpu:
        return m_desk.selection.selectCpu(static_cast<int>(link.value));
    case Link::To::Process:
        return m_desk.selection.selectProcess(static_cast<int>(link.value));
    case Link::To::Event:
        // Whose life was read stays in sight where the playhead goes.
        if (shownTimer().isValid()) m_desk.selection.selectTimer(shownTimer());
        return m_desk.session.seek({link.value + 1, 0, 0});
    }
}

QAbstractItemModel* InspectorView::table()
{
    if (!m_table) {
        m_table = new PageTable([this](std::uint64_t first, std::size_t count) { return rows(first, count); },
                                this);
        m_table->setPage(m_body->page());
    }
    return m_table;
}

/// The whole page, without buttons, as far as the box goes.
void InspectorView::paintView(QPainter& painter, const QRectF& box, bool)
{
    m_body->paintInto(painter, box);
}

QSize InspectorView::sizeHint() const
{
    const Look& look = m_desk.theme.look();
    return {static_cast<int>(look.px(290)), static_cast<int>(look.px(580))};
}

void InspectorView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    placePin();
}

} // namespace jiffy::ui

#include "moc_inspector_view.cpp"
