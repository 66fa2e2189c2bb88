// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/effects.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace jiffy::ui
{

using core::Kind;
using core::Record;
using core::Site;
using core::SlotId;
using core::TimerId;

namespace
{

/// All that happened to one timer during a step.
struct Change
{
    TimerId timer;
    SlotId from; ///< before its first change; none: it was in no list
    SlotId to;   ///< after its last change; none: in no list
    SlotId firedFrom;
    core::Jiffies firedFor = 0;
};

class Changes
{
  public:
    std::uint64_t comparisons = 0;

    void add(const Record& r)
    {
        switch (r.kind) {
        case Kind::Counted:
            if (r.site == Site::Insert) comparisons += r.value;
            break;
        case Kind::Moved:
            of(r.item, SlotId(r.link)).to = r.slotId();
            break;
        case Kind::Queued:
            of(r.item, SlotId::none()).to = r.slotId();
            break;
        case Kind::Unqueued:
            of(r.item, r.slotId()).to = SlotId::none();
            break;
        case Kind::Fired: {
            Change& c = of(r.item, r.slotId());
            c.to = SlotId::none();
            c.firedFrom = r.slotId();
            c.firedFor = r.before;
            break;
        }
        default:
            break;
        }
    }
    const std::vector<Change>& all() const { return m_changes; }

  private:
    Change& of(TimerId timer, SlotId before)
    {
        const auto [at, isNew] = m_index.try_emplace(timer.value, m_changes.size());
        if (isNew) m_changes.push_back({timer, before, SlotId::none(), SlotId::none(), 0});
        return m_changes[at->second];
    }

    std::vector<Change> m_changes;
    std::unordered_map<std::uint32_t, std::size_t> m_index;
};

void sortOut(const std::vector<Change>& changes, StepEffects& e)
{
    for (const Change& c : changes) {
        if (c.firedFrom.isValid()) {
            e.fired.push_back({c.timer, c.firedFrom, c.firedFor});
            if (c.to.isValid() && !e.backwards) e.queued.push_back({c.timer, c.to, 0});
            if (c.from.isValid() && e.backwards) e.queued.push_back({c.timer, c.from, 0});
        } else if (c.from.isValid() && c.to.isValid() && c.from != c.to) {
            e.moves.push_back({c.timer, c.from, c.to});
        } else if (c.from.isValid() && c.to.isValid()) {
            e.queued.push_back({c.timer, c.to, 0});
        } else if (c.to.isValid()) {
            (e.backwards ? e.unqueued : e.queued).push_back({c.timer, c.to, 0});
        } else if (c.from.isValid()) {
            (e.backwards ? e.queued : e.unqueued).push_back({c.timer, c.from, 0});
        }
    }
}

void gatherDrains(StepEffects& e)
{
    e.moveCount = e.moves.size();
    if (e.moves.size() <= StepEffects::moveLimit) return;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> counts;
    for (const TimerMove& m : e.moves)
        ++counts[{m.from.value, m.to.value}];
    for (const auto& [slots, count] : counts)
        e.drains.push_back({SlotId(slots.first), SlotId(slots.second), count});
    e.moves.clear();
}

/// Many moves, without a thought of whose they are: a glance at each record.
void countDrains(const core::LogView& log, std::uint64_t first, std::uint64_t last, StepEffects& e)
{
    std::unordered_map<std::uint64_t, std::uint32_t> counts; // from, to
    std::uint64_t lastKey = ~0ull;
    std::uint32_t* lastCount = nullptr;
    std::uint64_t moves = 0;
    for (std::uint64_t i = first; i < last; ++i) {
        const Record& r = log[i];
        if (r.kind == Kind::Fired && e.fired.size() < StepEffects::moveLimit) e.fired.push_back({r.item, r.slotId(), r.before});
        if (r.kind != Kind::Moved) continue;
        ++moves;
        const std::uint64_t key = std::uint64_t{static_cast<std::uint32_t>(r.link)} << 32 | r.slotId().value;
        if (key != lastKey) { // neighbours often go the same way; the map's entries stay where they are
            lastCount = &counts[key];
            lastKey = key;
        }
        ++*lastCount;
    }
    if (moves <= StepEffects::moveLimit) {
        e.fired.clear();
        return;
    }
    e.moveCount = moves;
    for (const auto& [key, count] : counts)
        e.drains.push_back({SlotId(static_cast<std::uint32_t>(key >> 32)), SlotId(static_cast<std::uint32_t>(key)), count});
    const auto order = [](const Drain& a, const Drain& b) {
        return a.from != b.from ? a.from < b.from : a.to < b.to;
    };
    std::sort(e.drains.begin(), e.drains.end(), order);
}

bool advancesPosition(const Record& r)
{
    return r.kind == Kind::RegisterSet && static_cast<core::Register>(r.slot) == core::Register::TimerJiffies;
}

/// 6.1: the clock of a wheel moves on, behind what is due has been taken.
bool advancesClock(const Record& r)
{
    if (r.kind != Kind::RegisterSet || r.site != Site::RunTimers) return false;
    const auto which = static_cast<core::Register>(r.slot);
    return which == core::Register::Clk || which == core::Register::DefClk;
}

bool endsSoftirqSearch(const Record& r)
{
    if (r.kind == Kind::Left && r.site == Site::RunTimerSoftirq) return true;
    if (r.kind == Kind::ClockSet && r.site != Site::SubTick) return true;
    return r.kind == Kind::Passed && r.site == Site::Tick;
}

} // namespace

Turn turnAt(const core::LogView& log, core::Position at)
{
    // Backwards over one turn. In order, a turn is: cascades (Spliced, then Moved each), timer_jiffies + 1,
    // Spliced into the run list, then Fired and what the callbacks do. 6.1: Spliced for each level that is due, the
    // clock + 1, Fired.
    Turn t;
    bool cascadeSeen = false, isModern = false;
    std::uint64_t first = at.event;
    if (at.tick != 0) return t; // inside a run of ticks
    while (first > 0) {
        const Record& r = log[first - 1];
        if (endsSoftirqSearch(r)) return cascadeSeen || t.isServing ? t : Turn{};
        if (r.kind == Kind::Entered && r.site == Site::RunTimerSoftirq) {
            t.cpu = r.cpu;
            break;
        }
        if (r.kind == Kind::Passed) { // turns that found nothing, in this softirq
            break;
        }
        if (r.kind == Kind::Fired && (isModern || (t.fireTotal != 0 && !t.isServing))) break; // of the turn before
        if (advancesPosition(r) || advancesClock(r)) {
            if (t.isServing || cascadeSeen) break;
            isModern = advancesClock(r);
            if (isModern && t.fireTotal != 0) break; // taken in a turn that has not moved the clock yet
            t.isServing = true;
            t.serving = r.before;
            t.cpu = r.cpu;
        } else if (r.kind == Kind::Fired) {
            if (!t.isServing) {
                ++t.fired;
                if (!t.firedFrom.isValid()) t.firedFrom = r.slotId();
            }
            t.cpu = r.cpu;
        } else if (r.kind == Kind::Spliced && r.site == Site::RunTimers) {
            if (!t.isServing || isModern) t.fireTotal += r.link;
            t.cpu = r.cpu;
        } else if (r.kind == Kind::Spliced && r.site == Site::Cascade) {
            cascadeSeen = true;
            t.cpu = r.cpu;
            if (t.cascadeTotal == 0 && r.link != 0) {
                t.cascadeTotal = r.link;
                if (!t.isServing && t.cascadeDone < t.cascadeTotal) t.cascading = r.slotId();
            }
        } else if (r.kind == Kind::Moved) {
            cascadeSeen = true;
            t.cpu = r.cpu;
            if (t.cascadeTotal == 0) ++t.cascadeDone;
            if (t.moved.size() < Turn::trailLimit) t.moved.push_back({r.item, SlotId(r.link), r.slotId()});
        }
        --first;
    }
    std::reverse(t.moved.begin(), t.moved.end());
    return t;
}

StepEffects effects(const core::LogView& log, core::Position from, core::Position to)
{
    StepEffects e;
    e.backwards = to < from;
    std::uint64_t first = std::min(from.event, to.event);
    const std::uint64_t last = std::min(std::max(from.event, to.event), log.size());
    if (from == to && to.tick == 0 && first > 0) --first;
    const std::uint64_t records = last - std::min(first, last);
    if (records > StepEffects::moveLimit && records <= StepEffects::drainLimit) countDrains(log, first, last, e);
    if (e.drains.empty() && records <= StepEffects::scanLimit) {
        Changes changes;
        for (std::uint64_t i = first; i < last; ++i)
            changes.add(log[i]);
        sortOut(changes.all(), e);
        e.comparisons = changes.comparisons;
        gatherDrains(e);
    }
    e.turn = turnAt(log, to);
    return e;
}

} // namespace jiffy::ui
