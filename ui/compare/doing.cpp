// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/doing.h"

#include <algorithm>

namespace jiffy::ui
{

using core::Kind;
using core::Record;
using core::Site;

namespace
{

constexpr std::uint64_t mostRecords = 400'000; ///< about a millisecond

bool movesClock(const Record& r)
{
    return core::ticksOf(r) != 0;
}

/// The operation that ends in front of `event`.
void readCall(const core::LogView& log, std::uint64_t event, Doing& doing)
{
    doing.what = Doing::What::Call;
    for (std::uint64_t e = event; e > 0; --e) {
        const Record& r = log[e - 1];
        if (e != event && !r.hasMore()) return;
        switch (r.kind) {
        case Kind::Counted:
            doing.comparisons += r.value;
            break;
        case Kind::Queued:
        case Kind::ItemSet:
        case Kind::Refused:
        case Kind::Entered:
            doing.kind = r.kind;
            doing.timer = r.item;
            doing.slot = r.slotId();
            break;
        case Kind::Unqueued: // the first half of a change, too
            if (doing.kind != Kind::Queued)
                doing.kind = r.kind, doing.timer = r.item, doing.slot = r.slotId();
            break;
        default:
            break;
        }
    }
}

/// A turn of a CPU that found nothing to do.
bool isEmptyTurn(const Record& r)
{
    return r.kind == Kind::Passed && r.site != Site::Tick;
}

void acted(Doing& doing, int on, int cpu)
{
    if (doing.actingCpu < 0 || on == cpu) doing.actingCpu = on;
}

void countTaken(const core::Geometry& g, const Record& r, std::uint64_t& levels, Doing& doing)
{
    ++doing.slotsTaken;
    doing.timersTaken += r.link;
    const auto place = g.place(r.slotId());
    const int level = std::max(0, place.level);
    const auto bit = 1ull << level;
    if ((levels & bit) != 0 || place.wheel != 0) doing.areLevelsOnce = false;
    levels |= bit;
    doing.highestLevel = std::max(doing.highestLevel, level);
}

void countCall(std::int64_t late, Doing& doing)
{
    doing.latest = doing.handlers == 0 ? late : std::max(doing.latest, late);
    ++doing.handlers;
    if (late >= 0) return;
    ++doing.early;
    doing.earliest = std::max(doing.earliest, -late);
}

void readTick(const core::History& history, std::uint64_t event, int cpu, Doing& doing)
{
    const auto& log = history.log();
    const auto geometry = core::geometryOf(history.inputs().machine);
    std::uint64_t levels = 0;
    std::uint64_t e = event, read = 0;
    while (e > 0 && !movesClock(log[e - 1]) && read < mostRecords)
        --e, ++read;
    doing.isWhole = read < mostRecords;
    const auto word = history.inputs().machine.word;
    const auto now = word.add(history.inputs().machine.jiffies, history.ticksAt({event, 0, 0}));
    for (; e < event; ++e) {
        const Record& r = log[e];
        const bool isWork =
            r.kind == Kind::Fired || r.kind == Kind::Moved || (r.kind == Kind::Spliced && r.link != 0);
        if (isWork) acted(doing, r.cpu, cpu);
        if (r.cpu != cpu) continue;
        switch (r.kind) {
        case Kind::Fired:
            countCall(word.signedDistance(now, r.before), doing);
            break;
        case Kind::Moved:
            ++doing.moves;
            break;
        case Kind::Spliced:
            if (r.site == Site::Cascade) {
                if (!doing.cascaded.isValid()) doing.cascaded = r.slotId();
            } else if (r.link != 0) {
                countTaken(geometry, r, levels, doing);
            }
            break;
        default:
            break;
        }
    }
}

} // namespace

bool isBehindTick(const core::LogView& log, std::uint64_t event)
{
    while (event > 0 && isEmptyTurn(log[event - 1]))
        --event;
    if (event == 0) return false;
    const Record& last = log[event - 1];
    return (last.kind == Kind::Left && last.site == Site::RunTimerSoftirq) || movesClock(last);
}

Doing doingAt(const core::History& history, core::Position p, const core::RunInstant& instant, int cpu)
{
    Doing doing;
    const auto& log = history.log();
    if (p == history.start()) return doing;
    doing.what = Doing::What::Tick;
    // Within a run of ticks nothing is done; within one of empty turns others may have had theirs.
    if (p.tick != 0 && (p.event >= log.size() || !isEmptyTurn(log[p.event]))) return doing;
    if (p.event == 0) return doing;
    const Record& last = log[p.event - 1];
    if (last.kind == Kind::Noted && (last.site == Site::Spin || last.site == Site::Limit)) {
        doing.what = last.site == Site::Spin ? Doing::What::Spin : Doing::What::Limit;
        return doing;
    }
    if (instant.isHandling) {
        readTick(history, p.event, cpu, doing);
        const bool hasBegun = !movesClock(last);
        doing.what = hasBegun ? Doing::What::Works : Doing::What::Comes;
        return doing;
    }
    // Behind a softirq, or behind the clock itself, it is the tick's work; else the last operation was a
    // call.
    if (movesClock(last)) return doing;
    if (p.tick != 0 || isBehindTick(log, p.event)) {
        readTick(history, p.event, cpu, doing);
        return doing;
    }
    readCall(log, p.event, doing);
    if (doing.slot.isValid())
        acted(doing, core::geometryOf(history.inputs().machine).place(doing.slot).cpu, cpu);
    return doing;
}

} // namespace jiffy::ui
