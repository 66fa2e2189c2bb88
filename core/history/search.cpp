// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/search.h"

#include "core/history/code.h"
#include "core/kernel/lines_kernel.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

bool isLine(const Condition& c) { return c.what == Condition::What::Line; }

/// What the CPUs did together has none of its own.
bool isBy(const Condition& c, const Record& r)
{
    if (c.cpu < 0 || r.kind == Kind::ClockSet) return true;
    if (r.kind == Kind::Passed) return (r.before >> c.cpu & 1) != 0;
    return r.cpu == c.cpu;
}

} // namespace

bool holds(const Condition& c, const Record& r)
{
    if (!isBy(c, r)) return false;
    switch (c.what) {
    case Condition::What::Timer:
        // A call is told by its last record but for next_timer; a function's return is no event of the timer's.
        switch (r.kind) {
        case Kind::Unqueued:
            return r.item == c.timer && (r.site == Site::DelTimer || r.site == Site::TryToDelTimerSync || r.site >= Site::EpollWait);
        case Kind::Queued:
        case Kind::Moved:
        case Kind::Fired:
        case Kind::Refused: return r.item == c.timer;
        case Kind::Entered: // add_work() is told by its filing, a handler's call by what took the source off
            return r.item == c.timer && r.site != Site::AddWork && r.site != Site::IoHandler;
        case Kind::Noted: return r.item == c.timer && r.site == Site::MachineFired;
        default: return false;
        }
    case Condition::What::Fire: // of a source of tgtd's: its handler is called
        return r.item == c.timer && (r.kind == Kind::Fired || (r.kind == Kind::Entered && r.site == Site::IoHandler));
    case Condition::What::Slot:
        switch (r.kind) {
        case Kind::Queued:
        case Kind::Moved:
        case Kind::Unqueued: return r.slotId() == c.slot;
        case Kind::Spliced: return r.slotId() == c.slot && r.link != 0;
        default: return false;
        }
    case Condition::What::Event: return r.kind == c.kind && (c.site == Site::None || r.site == c.site);
    case Condition::What::Line: return false;
    }
    return false;
}

Search::Search(InputsPtr inputs, const Snapshot& run, std::vector<Condition> conditions, Position from, Direction direction)
    : m_run(run), m_conditions(std::move(conditions)), m_direction(direction)
{
    if (std::any_of(m_conditions.begin(), m_conditions.end(), isLine)) m_history = std::make_unique<History>(std::move(inputs), run);
    from = std::min(from, Position{run.log.size(), run.open.count, 0});
    const std::uint64_t inside = from.tick + from.line;
    m_event = from.event;
    // Where lines do not count, the end of the record that `from` stands in still lies ahead.
    m_inside = m_history ? inside : from.tick;
    if (direction == Direction::Back) {
        // Strictly in front of `from`: exactly behind a record, that record's last line does not count.
        if (inside > 0) {
            m_inside = m_inside == 0 ? 0 : inside - 1;
        } else if (m_event > 0) {
            --m_event;
            m_inside = insideOf(m_event) - 1;
        } else {
            m_state = State::Exhausted;
        }
    }
    m_start = m_event;
}

std::optional<OpenRun> Search::runAt(std::uint64_t event) const
{
    if (event == m_run.log.size()) return m_run.open.count != 0 ? std::optional(m_run.open) : std::nullopt;
    const Record& r = m_run.log[event];
    if (r.kind != Kind::Passed) return std::nullopt;
    return OpenRun{r.value, r.before, r.site};
}

/// Positions that a record ends: its ticks, its lines, or (where no line is asked for) one.
std::uint64_t Search::insideOf(std::uint64_t event)
{
    if (const auto run = runAt(event)) return run->count;
    return m_history && event < m_run.log.size() ? m_history->linesAt(event).count : 1;
}

/// The first (or, looking back, the last) place with above < inside <= below.
std::optional<Search::Hit> Search::hitIn(std::uint64_t event, std::uint64_t above, std::uint64_t below)
{
    const bool isBack = m_direction == Direction::Back;
    std::optional<Hit> best;
    const auto offer = [&](std::uint64_t inside, std::size_t which) {
        if (inside <= above || inside > below) return;
        if (!best || (isBack ? inside > best->inside : inside < best->inside)) best = Hit{inside, which};
    };
    const auto run = runAt(event);
    if (!run && event == m_run.log.size()) return std::nullopt;
    const Record r = event < m_run.log.size() ? m_run.log[event] : run->asRecord();
    std::optional<LineList> lines;
    const std::uint64_t end = insideOf(event);
    for (std::size_t i = 0; i < m_conditions.size(); ++i) {
        const Condition& c = m_conditions[i];
        if (!isLine(c)) {
            if (event < m_run.log.size() && holds(c, r)) offer(end, i);
            continue;
        }
        if (!mayHaveLine(r, c.line) || !isBy(c, r)) continue;
        if (run) {
            if (c.line != lineOfRun(run->site, m_history->world().kernel().isThere())) continue;
            offer(isBack ? std::min(below, end) : above + 1, i);
            continue;
        }
        if (!lines) lines = m_history->linesAt(event);
        for (std::uint32_t l = 0; l < lines->count; ++l)
            if (lines->line[l] == c.line) offer(l + 1, i);
    }
    return best;
}

bool Search::take(std::uint64_t event, std::uint64_t above, std::uint64_t below)
{
    const auto hit = hitIn(event, above, below);
    if (!hit) return false;
    const auto run = runAt(event);
    const std::uint64_t end = insideOf(event);
    const bool isOpen = event == m_run.log.size();
    if (hit->inside >= end && !isOpen) m_found = {event + 1, 0, 0};
    else if (run) m_found = {event, hit->inside, 0};
    else m_found = {event, 0, static_cast<std::uint32_t>(hit->inside)};
    m_which = hit->which;
    m_state = State::Found;
    return true;
}

void Search::forward(std::uint64_t records)
{
    const std::uint64_t size = m_run.log.size();
    const std::uint64_t stop = std::min(size, m_event + records);
    if (m_inside != 0 && m_event < size) {
        if (take(m_event, m_inside, ~0ull)) return;
        ++m_event;
        m_inside = 0;
    }
    if (m_history) {
        // Only records that can have one of the lines are asked for theirs; the world walks there by itself.
        for (; m_event < stop; ++m_event) {
            const Record& r = m_run.log[m_event];
            const bool may = std::any_of(m_conditions.begin(), m_conditions.end(), [&](const Condition& c) {
                return isLine(c) ? mayHaveLine(r, c.line) : holds(c, r);
            });
            if (may && take(m_event, 0, ~0ull)) return;
        }
    } else {
        for (; m_event < stop; ++m_event) {
            const Record& r = m_run.log[m_event];
            for (const Condition& c : m_conditions)
                if (holds(c, r) && take(m_event, 0, ~0ull)) return;
        }
    }
    if (m_event < size) return;
    // The open run at the end of what there is.
    if (take(m_event, m_inside, ~0ull)) return;
    m_state = State::Exhausted;
}

void Search::back(std::uint64_t records)
{
    for (std::uint64_t done = 0; done < records; ++done) {
        std::uint64_t below = m_inside;
        if (m_isWhole) {
            const Record& r = m_run.log[m_event];
            const bool may = std::any_of(m_conditions.begin(), m_conditions.end(), [&](const Condition& c) {
                return isLine(c) ? mayHaveLine(r, c.line) : holds(c, r);
            });
            below = may ? insideOf(m_event) : 0;
        }
        if (below > 0 && take(m_event, 0, below)) return;
        if (m_event == 0) {
            m_state = State::Exhausted;
            return;
        }
        --m_event;
        m_isWhole = true;
    }
}

Search::State Search::advance(std::uint64_t records)
{
    if (m_state != State::Looking) return m_state;
    if (m_direction == Direction::Forward) forward(records);
    else back(records);
    return m_state;
}

void Search::extend(const Snapshot& run)
{
    if (m_direction == Direction::Back || m_state == State::Found) return;
    // What stood in the open run has been looked at; it may have become a record meanwhile.
    if (m_event == m_run.log.size()) m_inside = std::max(m_inside, m_run.open.count);
    m_run = run;
    if (m_history) m_history->extend(run);
    m_state = State::Looking;
}

double Search::progress() const
{
    const double all = m_direction == Direction::Forward ? static_cast<double>(m_run.log.size() - std::min(m_start, m_run.log.size()))
                                                         : static_cast<double>(m_start);
    const double done = m_direction == Direction::Forward ? static_cast<double>(m_event - m_start) : static_cast<double>(m_start - m_event);
    return all <= 0 ? 1 : std::clamp(done / all, 0.0, 1.0);
}

// ---- over and out

StepSearch::StepSearch(InputsPtr inputs, const Snapshot& run, Position from, CodeStep step)
    : m_history(std::move(inputs), run), m_step(step)
{
    from = std::min(from, m_history.end());
    if (const auto code = codeAt(m_history, from, Grain::Line)) {
        m_depth = static_cast<std::uint32_t>(code->stack.size());
        m_function = code->stack.back().frame.function;
        m_cpu = code->cpu;
    }
    m_event = from.event;
    m_inside = from.tick + from.line;
}

bool StepSearch::stopsAt(const Frames& frames) const
{
    if (m_depth == 0) return true;
    if (m_step == CodeStep::Over) return frames.count <= m_depth;
    if (frames.count < m_depth) return true;
    if (m_depth != 1 || frames.count != 1) return false;
    // Nobody called it: it has returned when another function begins, or the same one anew.
    const Frame& f = frames.back();
    return f.function != m_function || f.function == Function::Surroundings || static_cast<int>(f.line) == linesOf(f.function).first;
}

Search::State StepSearch::advance(std::uint64_t records)
{
    if (m_state != Search::State::Looking) return m_state;
    const LogView& log = m_history.log();
    const auto found = [&](Position p) {
        m_found = p;
        return m_state = Search::State::Found;
    };
    for (std::uint64_t done = 0; done < records; ++done) {
        const bool isOpen = m_event == log.size();
        const OpenRun& open = m_history.snapshot().open;
        if (isOpen && (open.count == 0 || m_inside >= open.count)) return m_state = Search::State::Exhausted;
        const Record r = isOpen ? open.asRecord() : log[m_event];
        if (r.kind == Kind::Passed) {
            // All ticks of a run are alike: its first that is left decides.
            const bool hasCpus = m_history.world().kernel().isThere();
            const Frames frames = framesAt(lineOfRun(r.site, hasCpus), r, m_history.world(), 0, &m_history.inputs().daemon);
            // What the CPU is in goes on while others tick.
            const bool isOther = hasCpus && m_depth > 1;
            if (!isOther && m_inside < r.value && stopsAt(frames)) {
                const std::uint64_t inside = m_inside + 1;
                return found(inside == r.value && !isOpen ? Position{m_event + 1, 0, 0} : Position{m_event, inside, 0});
            }
            if (isOpen) return m_state = Search::State::Exhausted;
        } else {
            const LineList lines = m_history.linesAt(m_event);
            const World& before = m_history.world();
            const int cpu = executingCpu(r, m_event == 0 ? nullptr : &log[m_event - 1], before);
            const bool hasCpus = before.kernel().isThere();
            const CallContext context = hasCpus ? contextOf(log, m_event, before) : CallContext{};
            for (auto i = static_cast<std::uint32_t>(m_inside); i < lines.count; ++i) {
                const bool isOther = cpu != m_cpu || functionOf(lines.line[i]) == Function::Surroundings;
                if (hasCpus && isOther && m_depth > 1) continue;
                if (!stopsAt(framesAt(lines.line[i], r, before, cpu, &m_history.inputs().daemon, context))) continue;
                return found(i + 1 == lines.count ? Position{m_event + 1, 0, 0} : Position{m_event, 0, i + 1});
            }
        }
        ++m_event;
        m_inside = 0;
    }
    return m_state;
}

void StepSearch::extend(const Snapshot& run)
{
    if (m_state == Search::State::Found) return;
    m_history.extend(run);
    m_state = Search::State::Looking;
}

} // namespace jiffy::core
