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

void readTick(const core::History& history, std::uint64_t event, Doing& doing)
{
    const auto& log = history.log();
    std::uint64_t e = event, read = 0;
    while (e > 0 && !movesClock(log[e - 1]) && read < mostRecords)
        --e, ++read;
    doing.isWhole = read < mostRecords;
    const auto word = history.inputs().machine.word;
    const auto now = word.add(history.inputs().machine.jiffies, history.ticksAt({event, 0, 0}));
    for (; e < event; ++e) {
        const Record& r = log[e];
        switch (r.kind) {
        case Kind::Fired:
            ++doing.handlers;
            doing.latest = std::max(doing.latest, word.signedDistance(now, r.before));
            break;
        case Kind::Moved:
            ++doing.moves;
            break;
        case Kind::Spliced:
            if (r.site == Site::Cascade) {
                if (!doing.cascaded.isValid()) doing.cascaded = r.slotId();
            } else if (r.link != 0) {
                ++doing.slotsTaken;
                doing.mostInSlot = std::max<std::uint64_t>(doing.mostInSlot, r.link);
            }
            break;
        default:
            break;
        }
    }
}

} // namespace

Doing doingAt(const core::History& history, core::Position p, const core::RunInstant& instant)
{
    Doing doing;
    const auto& log = history.log();
    if (p == history.start()) return doing;
    doing.what = Doing::What::Tick;
    if (p.tick != 0 || p.event == 0) return doing;
    const Record& last = log[p.event - 1];
    if (last.kind == Kind::Noted && (last.site == Site::Spin || last.site == Site::Limit)) {
        doing.what = last.site == Site::Spin ? Doing::What::Spin : Doing::What::Limit;
        return doing;
    }
    if (instant.isHandling) {
        readTick(history, p.event, doing);
        const bool hasBegun = !movesClock(last);
        doing.what = hasBegun ? Doing::What::Works : Doing::What::Comes;
        return doing;
    }
    // Behind a softirq, or behind the clock itself, it is the tick's work; else the last operation was a
    // call.
    if (movesClock(last)) return doing;
    if (last.kind == Kind::Left && last.site == Site::RunTimerSoftirq)
        readTick(history, p.event, doing);
    else
        readCall(log, p.event, doing);
    return doing;
}

} // namespace jiffy::ui
