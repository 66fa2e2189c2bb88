// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/companions.h"

#include "core/run/run.h"
#include "ui/session/session.h"

#include <algorithm>

namespace jiffy::ui
{

namespace
{

/// What is computed in place before a worker goes on, so that most runs are there at once.
constexpr std::uint64_t eventsInPlace = 65536;

bool contains(const Companions::Algorithms& all, const core::TimersInfo* timers)
{
    return std::find(all.begin(), all.end(), timers) != all.end();
}

void addNamed(Companions::Algorithms& all, std::string_view name)
{
    if (const auto* timers = core::timersNamed(name); timers && !contains(all, timers)) all.push_back(timers);
}

/// The columns with the inputs' own algorithm and at least one other.
Companions::Algorithms completed(Companions::Algorithms all, const core::TimersInfo* own)
{
    if (!contains(all, own)) {
        // 3.9's wheel stands where its other size would.
        const auto sibling = std::find_if(all.begin(), all.end(),
                                          [&](const auto* t) { return t->algorithm == own->algorithm; });
        if (sibling != all.end())
            *sibling = own;
        else
            all.push_back(own);
    }
    for (const auto* name : {"sorted-list", "wheel-6.1"})
        if (all.size() < Companions::fewest) addNamed(all, name);
    return all;
}

} // namespace

Companions::Companions(Session& session, QObject* parent) : QObject(parent), m_session(session)
{
    m_frame.setSingleShot(true);
    m_frame.setInterval(16);
    connect(&m_frame, &QTimer::timeout, this, &Companions::take);
    connect(&session, &Session::opened, this, [this] { m_chosen.clear(); });
    connect(&session, &Session::runReset, this, &Companions::follow);
    connect(&session, &Session::snapshotReady, this, [this] {
        if (!isThere()) return;
        m_columns[m_leading].index->extend(m_session.history().log());
        onPosition();
    });
    connect(&session, &Session::positionChanged, this, &Companions::onPosition);
}

Companions::~Companions() = default;

Companions::Algorithms Companions::defaultsFor(const core::Inputs& inputs)
{
    Algorithms all;
    for (const auto& name : inputs.compare)
        addNamed(all, name);
    if (all.empty())
        for (const auto* name : {"sorted-list", "wheel-3.9", "wheel-6.1"})
            addNamed(all, name);
    return completed(std::move(all), &core::timersOf(inputs.machine));
}

Companions::Algorithms Companions::chosen() const
{
    if (!m_session.isOpen() || m_session.inputs().driver == core::Driver::Daemon) return {};
    if (m_chosen.empty()) return defaultsFor(m_session.inputs());
    auto all = m_chosen;
    const auto* own = &core::timersOf(m_session.inputs().machine);
    if (!contains(all, own)) all.push_back(own);
    return all;
}

void Companions::choose(const Algorithms& algorithms)
{
    if (!m_session.isOpen() || m_session.inputs().driver == core::Driver::Daemon) return;
    const auto* own = &core::timersOf(m_session.inputs().machine);
    Algorithms all = algorithms;
    if (!contains(all, own)) all.push_back(own);
    m_chosen = completed(std::move(all), own);
    follow();
}

void Companions::setWanted(bool isWanted)
{
    if (m_isWanted == isWanted) return;
    m_isWanted = isWanted;
    if (isWanted) return follow();
    const bool isWhole =
        std::none_of(m_columns.begin(), m_columns.end(), [](const Column& c) { return c.runner != nullptr; });
    if (!isWhole) forget();
}

void Companions::forget()
{
    m_frame.stop();
    m_columns.clear();
    m_inputs.reset();
    m_isTied = false;
}

void Companions::follow()
{
    const bool can =
        m_session.isOpen() && !m_session.isReadOnly() && m_session.inputs().driver != core::Driver::Daemon;
    if (!m_isWanted || !can) {
        const bool was = isThere();
        if (!can || m_inputs != m_session.history().inputsPtr()) forget();
        if (was && !isThere()) Q_EMIT reset();
        return;
    }
    const auto wanted = chosen();
    const bool isSame = m_inputs == m_session.history().inputsPtr() && wanted.size() == m_columns.size() &&
                        std::equal(wanted.begin(), wanted.end(), m_columns.begin(),
                                   [](const auto* t, const Column& c) { return t == c.timers; });
    if (isSame) return onPosition();
    // Runs of the same inputs are kept where only the choice of columns changed.
    std::vector<Column> old;
    if (m_inputs == m_session.history().inputsPtr()) old.swap(m_columns);
    forget();
    m_inputs = m_session.history().inputsPtr();
    const auto* own = &core::timersOf(m_inputs->machine);
    for (const auto* timers : wanted) {
        const auto kept =
            std::find_if(old.begin(), old.end(), [&](const Column& c) { return c.timers == timers; });
        if (timers == own) m_leading = m_columns.size();
        if (kept != old.end()) {
            m_columns.push_back(std::move(*kept));
            m_columns.back().isPlaced = false;
            continue;
        }
        Column column;
        column.timers = timers;
        if (timers == own) {
            column.index = std::make_unique<core::InstantIndex>(m_inputs);
            column.index->extend(m_session.history().log());
        } else {
            make(column, core::Run(core::inputsOn(*m_inputs, *timers)));
        }
        m_columns.push_back(std::move(column));
    }
    Q_EMIT reset();
}

void Companions::make(Column& column, core::Run run)
{
    const auto inputs = run.inputs();
    const bool more = run.advance(eventsInPlace);
    column.history = std::make_unique<core::History>(inputs, run.snapshot());
    column.index = std::make_unique<core::InstantIndex>(inputs);
    column.index->extend(column.history->log());
    if (!more) return;
    column.runner = std::make_unique<core::Runner>(std::move(run), [this] {
        // Called on the runner's thread.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (!m_frame.isActive()) m_frame.start();
            },
            Qt::QueuedConnection);
    });
}

void Companions::take()
{
    bool isLonger = false;
    for (auto& column : m_columns) {
        if (!column.runner) continue;
        const auto newer = column.runner->take();
        if (!newer) continue;
        column.history->extend(*newer);
        column.index->extend(newer->log);
        column.isPlaced = false;
        if (newer->status != core::RunStatus::Running) column.runner.reset();
        isLonger = true;
    }
    if (isLonger) Q_EMIT extended();
}

void Companions::complete()
{
    for (auto& column : m_columns) {
        if (!column.runner) continue;
        column.runner.reset();
        auto run = core::resume(column.history->inputsPtr(), column.history->snapshot());
        while (run.advance(eventsInPlace)) {
        }
        column.history = std::make_unique<core::History>(run.inputs(), run.snapshot());
        column.index = std::make_unique<core::InstantIndex>(run.inputs());
        column.index->extend(column.history->log());
        column.isPlaced = false;
    }
}

void Companions::onPosition()
{
    m_isTied = false;
    for (auto& column : m_columns)
        column.isPlaced = false;
}

core::History& Companions::history(std::size_t column) const
{
    const auto& own = m_columns[column].history;
    return own ? *own : m_session.history();
}

const core::RunInstant& Companions::instant() const
{
    if (!std::exchange(m_isTied, true))
        m_instant = m_columns[m_leading].index->instantAt(m_session.history(), m_session.position());
    return m_instant;
}

core::Position Companions::positionIn(std::size_t column) const
{
    if (column == m_leading) return m_session.position();
    const Column& c = m_columns[column];
    if (!std::exchange(c.isPlaced, true)) c.at = c.index->positionOf(*c.history, instant());
    return c.at;
}

core::RunInstant Companions::instantIn(std::size_t column) const
{
    return column == m_leading ? instant()
                               : m_columns[column].index->instantAt(history(column), positionIn(column));
}

core::Position Companions::tickBegin(std::size_t column) const
{
    core::RunInstant begin;
    begin.ticks = instantIn(column).ticks;
    begin.calls = ~0ull;
    begin.isHandling = true;
    return m_columns[column].index->positionOf(history(column), begin);
}

bool Companions::isBehind(std::size_t column) const
{
    return isRunning(column) && snapshot(column).endTicks <= instant().ticks &&
           positionIn(column) >= history(column).end();
}

core::Position Companions::leadPositionOf(std::size_t column, std::uint64_t event) const
{
    const core::Position behind{event + 1, 0, 0};
    auto instant = m_columns[column].index->instantAt(history(column), behind);
    // Of what a tick does, the whole: its event is the first of many.
    if (column == m_leading && !instant.isHandling) return behind;
    instant.isHandling = false;
    return m_columns[m_leading].index->positionOf(m_session.history(), instant);
}

} // namespace jiffy::ui

#include "moc_companions.cpp"
