// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/placements.h"

#include "core/trace/words.h"

#include <fmt/format.h>

namespace jiffy::core
{

namespace
{

/// The bucket of a level that an expiry names, whatever the clock is.
Bucket bucketOnLevel(const Geometry& g, int level, Jiffies expires)
{
    const int shift = 3 * level;
    const Jiffies turn = g.word.add(expires, 1ull << shift) >> shift;
    return {static_cast<std::uint32_t>(level) * 64 + (static_cast<std::uint32_t>(turn) & 63), turn << shift};
}

/// The least distance from the clock at which a level is taken.
std::uint64_t leastDistance(int level)
{
    return level == 0 ? 0 : reachOfLevel(level - 1);
}

/// A clock of the wheel that is not past the next jiffy makes this level of the expiry.
bool hasClockFor(const Geometry& g, const Placement& p, int level)
{
    // The higher levels need a clock further back, and any may lie back.
    const auto fromNext = g.word.signedDistance(p.expires, g.word.add(p.now, 1));
    return fromNext < static_cast<std::int64_t>(reachOfLevel(level));
}

std::string slotText(std::uint32_t within)
{
    return fmt::format("lvl{}[{}]", within / 64, within % 64);
}

constexpr std::string_view reasons[agreementCount] = {"", "the expiry had passed already", "the wheel's clock was elsewhere",
                                                      "not explained by any clock"};

} // namespace

Placements::Placements(const Inputs& inputs)
    : m_geometry(geometryOf(inputs.machine))
{
    if (!m_geometry.is(TimerAlgorithm::Wheel61)) return;
    const ClockFold start(inputs.machine);
    for (int cpu = 0; cpu < inputs.machine.cpus; ++cpu) {
        const Jiffies clk = start.positions[static_cast<std::size_t>(cpu)];
        m_clocks.push_back({clk, clk});
    }
    m_filed.resize(inputs.timers.size());
}

void Placements::add(const Record& r, const ClockFold& clock, std::uint64_t event)
{
    if (m_clocks.empty()) return;
    switch (r.kind) {
    case Kind::RegisterSet:
        if (static_cast<Register>(r.slot) == Register::Clk) m_clocks[r.cpu][0] = r.value;
        if (static_cast<Register>(r.slot) == Register::DefClk) m_clocks[r.cpu][1] = r.value;
        break;
    case Kind::Queued: file(r); break;
    case Kind::ItemSet: // stays in its bucket
        if (r.item.value < m_filed.size()) m_filed[r.item.value].expires = r.value;
        break;
    case Kind::Unqueued:
    case Kind::Fired:
        if (r.item.value < m_filed.size()) m_filed[r.item.value].isFiled = false;
        break;
    case Kind::Noted:
        if (r.site == Site::MachineFiled) note(r, clock, event);
        break;
    default: break;
    }
}

void Placements::file(const Record& r)
{
    if (r.item.value >= m_filed.size()) m_filed.resize(r.item.value + 1);
    const Place place = m_geometry.place(r.slotId());
    const Jiffies clk = m_clocks[static_cast<std::size_t>(place.cpu)][static_cast<std::size_t>(place.wheel)];
    m_filed[r.item.value] = {bucketFor(m_geometry, r.value, clk), r.value, clk, static_cast<std::uint8_t>(place.cpu), true};
}

void Placements::note(const Record& r, const ClockFold& clock, std::uint64_t event)
{
    if (r.item.value >= m_filed.size() || !m_filed[r.item.value].isFiled) return;
    const Filed& filed = m_filed[r.item.value];
    Placement p;
    p.event = event;
    p.expires = filed.expires;
    p.now = clock.jiffies;
    p.machine = {static_cast<std::uint32_t>(r.before), r.value};
    p.model = filed.bucket;
    p.clock = filed.clock;
    p.timer = r.item;
    p.machineCpu = r.cpu;
    p.modelCpu = filed.cpu;
    p.hasDue = r.link != 0;
    p.agreement = judge(p);
    ++m_counts[static_cast<std::size_t>(p.agreement)];
    m_all.push_back(p);
}

Agreement Placements::judge(const Placement& p) const
{
    if (p.machine.within == p.model.within && (!p.hasDue || p.machine.due == p.model.due)) return Agreement::Same;
    const int level = static_cast<int>(p.machine.within / 64);
    if (level >= m_geometry.levels) return Agreement::OtherBucket;
    if (level == 0 && m_geometry.word.isBefore(p.expires, p.now)) return Agreement::Late;
    // What is beyond the wheel's reach goes to its end, as seen from the clock.
    const int top = m_geometry.levels - 1;
    if (level == top && m_geometry.word.signedDistance(p.expires, p.clock) >= static_cast<std::int64_t>(reachOfLevel(top)))
        return Agreement::OtherClock;
    const Bucket there = bucketOnLevel(m_geometry, level, p.expires);
    const bool fits = there.within == p.machine.within && (!p.hasDue || there.due == p.machine.due);
    return fits && hasClockFor(m_geometry, p, level) ? Agreement::OtherClock : Agreement::OtherBucket;
}

std::vector<SummaryLine> Placements::lines() const
{
    std::vector<SummaryLine> out;
    if (m_all.empty()) return out;
    out.push_back({"placements", std::to_string(m_all.size())});
    out.push_back({"placements that agree", std::to_string(count(Agreement::Same))});
    for (int a = 1; a < agreementCount; ++a) {
        const std::uint64_t n = m_counts[static_cast<std::size_t>(a)];
        if (n != 0) out.push_back({fmt::format("placements elsewhere, {}", reasons[a]), std::to_string(n)});
    }
    return out;
}

std::string Placements::sentence() const
{
    if (m_all.empty()) return {};
    return fmt::format("this machine's kernel and our model agree on {} of {}", grouped(count(Agreement::Same)),
                       counted(m_all.size(), "placement"));
}

std::string toText(const Placement& p, const Inputs& inputs)
{
    const auto where = [&](const Bucket& b, bool hasDue) {
        return slotText(b.within) + (hasDue ? fmt::format(", due {}", b.due) : std::string());
    };
    std::string out = fmt::format("{} for {} at {}: machine {}, model {}", inputs.timerName(p.timer), p.expires, p.now,
                                  where(p.machine, p.hasDue), where(p.model, p.hasDue));
    if (p.agreement == Agreement::Same) return out;
    out += fmt::format("; {}", reasons[static_cast<std::size_t>(p.agreement)]);
    const Word word = inputs.machine.word;
    const int level = static_cast<int>(p.machine.within / 64);
    if (p.agreement == Agreement::Late)
        out += fmt::format(", and the machine's clock ended in {} (mod 64), the model's stood at {}", p.machine.within % 64, p.clock);
    if (p.agreement == Agreement::OtherClock) {
        const Jiffies last = word.reduce(p.expires - leastDistance(level));
        const Jiffies first = word.reduce(p.expires - (reachOfLevel(level) - 1));
        out += fmt::format(": {}, the model's stood at {}", level == static_cast<int>(p.model.within / 64)
                                                                 ? std::string("the end of the wheel moves with it")
                                                                 : fmt::format("from {} to {}", first, last),
                           p.clock);
    }
    const bool isDeferrable = p.timer.value < inputs.timers.size() && (inputs.timers[p.timer.value].flags & Deferrable) != 0;
    if (p.agreement != Agreement::OtherBucket && isDeferrable) out += "; a deferrable timer's wheel waits while its CPU sleeps";
    if (p.machineCpu != p.modelCpu) out += fmt::format("; on CPU {}'s wheel, here on CPU {}'s", p.machineCpu, p.modelCpu);
    return out;
}

} // namespace jiffy::core
