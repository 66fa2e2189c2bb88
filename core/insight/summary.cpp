// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/summary.h"

namespace jiffy::core
{

Summary::Summary(const Inputs& inputs)
    : m_geometry(wheelGeometry(inputs.machine.cpus, inputs.machine.word, inputs.machine.small)),
      m_clock(inputs.machine), m_beingRefiled(inputs.timers.size())
{
}

void Summary::add(const Record& r)
{
    ++events;
    switch (r.kind) {
    case Kind::Passed: countPassed(OpenRun{r.value, r.before, r.site}); break;
    case Kind::Queued: countQueued(r); break;
    case Kind::Unqueued: countUnqueued(r); break;
    case Kind::Moved: ++moves; break;
    case Kind::Fired: countFired(r); break;
    case Kind::Refused: ++refused; break;
    case Kind::Spliced:
        if (r.site == Site::Cascade) {
            ++cascades;
            if (r.link == 0) ++emptyCascades;
        }
        break;
    case Kind::Noted:
        if (r.site == Site::MachineFired) ++machineFired;
        if (r.site == Site::MachineLost) ++machineLost;
        break;
    default: break;
    }
    m_clock.apply(r);
}

void Summary::addOpen(const OpenRun& run)
{
    if (run.count == 0) return;
    countPassed(run);
    m_clock.pass(run);
}

void Summary::countPassed(const OpenRun& run)
{
    // Every masked CPU goes through `count` positions and finds each slot empty, cascaded ones included.
    for (std::uint64_t rest = run.cpus; rest != 0; rest &= rest - 1) {
        const auto cpu = static_cast<std::size_t>(__builtin_ctzll(rest));
        const std::uint64_t n = cascadesWithin(m_geometry, m_clock.positions[cpu], run.count);
        cascades += n;
        emptyCascades += n;
    }
}

void Summary::countUnqueued(const Record& r)
{
    if (r.site == Site::DelTimer || r.site == Site::TryToDelTimerSync) {
        ++deleted;
        return;
    }
    if (r.item.value >= m_beingRefiled.size()) m_beingRefiled.resize(r.item.value + 1);
    m_beingRefiled[r.item.value] = true;
}

void Summary::countQueued(const Record& r)
{
    if (r.item.value < m_beingRefiled.size() && m_beingRefiled[r.item.value]) {
        m_beingRefiled[r.item.value] = false;
        ++rearmed;
    } else {
        ++armed;
    }
}

void Summary::countFired(const Record& r)
{
    const std::int64_t lateness = m_clock.word.signedDistance(m_clock.jiffies, r.before);
    if (fired == 0 || lateness > worstLateness) {
        worstLateness = lateness;
        worstTimer = r.item;
        worstAt = m_clock.jiffies;
    }
    ++fired;
}

std::vector<SummaryLine> Summary::lines(const Inputs& inputs) const
{
    const auto digits = [](auto v) { return std::to_string(v); };
    std::vector<SummaryLine> out = {
        {"ticks", digits(ticks())},
        {"events", digits(events)},
        {"armed", digits(armed)},
        {"re-armed", digits(rearmed)},
        {"deleted before expiry", digits(deleted)},
        {"fired", digits(fired)},
        {"cascades", digits(cascades)},
        {"empty cascades", digits(emptyCascades)},
        {"moves", digits(moves)},
        {"worst lateness", digits(worstLateness)},
    };
    if (worstTimer.isValid()) {
        out.push_back({"worst lateness of", inputs.timerName(worstTimer) + " at jiffies " + digits(worstAt)});
    }
    out.push_back({"refused", digits(refused)});
    out.push_back({"pending at the end", digits(pending())});
    if (machineFired != 0) out.push_back({"machine fired", digits(machineFired)});
    if (machineLost != 0) out.push_back({"machine lost events", digits(machineLost)});
    return out;
}

Summary summarise(const Inputs& inputs, const LogView& log, const OpenRun& open)
{
    Summary summary(inputs);
    for (std::uint64_t i = 0; i < log.size(); ++i) summary.add(log[i]);
    summary.addOpen(open);
    return summary;
}

} // namespace jiffy::core
