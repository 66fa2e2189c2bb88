// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/find/finder.h"

#include <QElapsedTimer>

namespace jiffy::ui
{

namespace
{

constexpr int sliceMs = 8, firstSliceMs = 30;

} // namespace

Finder::Finder(QObject* parent) : QObject(parent)
{
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, [this] { slice(sliceMs); });
}

void Finder::reset(const core::InputsPtr& inputs, const core::Snapshot& run)
{
    m_inputs = inputs;
    m_log = run.log;
    m_isRunning = run.status == core::RunStatus::Running;
    setText(m_text); // names mean other ids now
}

void Finder::extend(const core::Snapshot& run)
{
    m_log = run.log;
    m_isRunning = run.status == core::RunStatus::Running;
    if (isEmpty()) return;
    m_count.extend(m_log);
    m_timer.start();
}

void Finder::setText(const QString& text)
{
    m_text = text;
    m_wanted.reset();
    m_timer.stop();
    if (!m_inputs) return;
    m_count = core::QueryCount(core::Query(text.toStdString(), m_inputs), m_log);
    if (!isEmpty()) slice(firstSliceMs);
    Q_EMIT changed();
}

void Finder::next(std::uint64_t from)
{
    if (isEmpty()) return;
    m_wanted = Wanted{true, from};
    slice(firstSliceMs);
    Q_EMIT changed();
}

void Finder::previous(std::uint64_t end)
{
    if (isEmpty()) return;
    m_wanted = Wanted{false, end};
    slice(firstSliceMs);
    Q_EMIT changed();
}

bool Finder::look(std::uint64_t records)
{
    const auto at = m_wanted->isForward ? m_count.next(m_wanted->from, records) : m_count.previous(m_wanted->from, records);
    m_wanted->from = at.event;
    if (at.isFound) {
        m_wanted.reset();
        Q_EMIT found(at.event);
        return true;
    }
    if (!at.isOver) return false;
    if (m_wanted->isForward && m_isRunning) return true; // until the run has got further
    const bool forward = m_wanted->isForward;
    m_wanted.reset();
    Q_EMIT notFound(forward);
    return true;
}

void Finder::slice(int milliseconds)
{
    // Who is asked for one match gets it first; then all are counted.
    const std::uint64_t stride = m_count.query().readsText() ? 4096 : core::Chunk::capacity;
    QElapsedTimer clock;
    clock.start();
    bool isWaiting = false, more = true;
    while (clock.elapsed() < milliseconds) {
        if (m_wanted && !isWaiting) {
            isWaiting = look(stride);
            continue;
        }
        more = m_count.advance(stride);
        if (!more) break;
    }
    more = !m_count.isComplete() || (m_wanted && !isWaiting);
    if (more && !m_timer.isActive()) m_timer.start();
    if (!more) m_timer.stop();
    Q_EMIT changed();
}

double Finder::progress() const
{
    return m_log.size() == 0 ? 1 : static_cast<double>(m_count.counted()) / static_cast<double>(m_log.size());
}

bool Finder::matches(std::uint64_t event, std::uint64_t ticks) const
{
    return !isEmpty() && event < m_log.size() && m_count.query().matches(m_log[event], event, ticks);
}

std::uint64_t Finder::rank(std::uint64_t event) const
{
    if (isEmpty() || event >= m_count.counted()) return 0;
    const auto before = m_count.before(event);
    return m_count.before(event + 1) == before ? 0 : before + 1;
}

} // namespace jiffy::ui

#include "moc_finder.cpp"
