// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/slept_through.h"

#include <algorithm>
#include <bit>

namespace jiffy::core
{

namespace
{

/// Records to look back at: of one softirq, and of a sleep in which other CPUs are busy.
constexpr std::uint64_t mostOfSoftirq = 1u << 16, mostOfSleep = 1u << 20;

/// The CPU that a record is about; -1: none, or several.
int cpuOf(const Record& r)
{
    if (r.kind == Kind::Passed) return r.site == Site::RunTimers && std::has_single_bit(r.before) ? std::countr_zero(r.before) : -1;
    return r.kind == Kind::ClockSet ? -1 : r.cpu;
}

bool isSet(const Record& r, Register what) { return r.kind == Kind::RegisterSet && static_cast<Register>(r.slot) == what; }
bool isArmed(const Record& r, TimerId timer) { return (r.kind == Kind::Queued || r.kind == Kind::ItemSet) && r.item == timer; }

class Search
{
  public:
    Search(const World& world, const Inputs& inputs, const LogView& log, Position at) : m_world(world), m_inputs(inputs), m_log(log), m_at(at) {}

    std::optional<SleptThrough> find()
    {
        if (!m_world.kernel().isThere() || m_log.size() == 0) return {};
        if (m_at.tick != 0 && (m_at.event >= m_log.size() || m_log[m_at.event].site != Site::RunTimers)) return {};
        const std::uint64_t end = std::min<std::uint64_t>(m_log.size(), m_at.event + (m_at.line != 0 || m_at.tick != 0 ? 1 : 0));
        if (end == 0) return {};
        m_ticks = m_world.clock().ticks;
        m_found.cpu = cpuOf(m_log[end - 1]);
        if (m_found.cpu < 0 || m_found.cpu >= m_world.cpuCount() || !findCall(end) || !findLookUp()) return {};
        nameCounted();
        return m_found;
    }

  private:
    bool isDeferrable(TimerId timer) const { return timer.value < m_inputs.timers.size() && (m_inputs.timers[timer.value].flags & Deferrable) != 0; }

    /// The last call of a deferrable timer in the softirq that is under way, or has just ended.
    bool findCall(std::uint64_t end)
    {
        for (std::uint64_t e = end; e > end - std::min(end, mostOfSoftirq); --e) {
            const Record& r = m_log[e - 1];
            const bool isOurs = cpuOf(r) == m_found.cpu;
            if (isOurs && r.site == Site::RunTimerSoftirq) {
                if (r.kind == Kind::Left && e != end) return false;
                if (r.kind == Kind::Entered) {
                    m_next = e - 1;
                    return m_found.timer.isValid() && late() > 0;
                }
            }
            if (isOurs && r.kind == Kind::Fired && isDeferrable(r.item) && !m_found.timer.isValid()) {
                m_found.timer = r.item;
                m_found.expires = r.before;
            }
            m_ticks -= ticksOf(r);
        }
        return false;
    }
    std::int64_t late() const { return m_world.geometry().word.signedDistance(m_world.geometry().word.add(m_inputs.machine.jiffies, m_ticks), m_found.expires); }

    /// From the softirq back to the sleep that lay over the expiry.
    bool findLookUp()
    {
        const KernelCpu& now = m_world.kernel().cpu(m_found.cpu);
        bool isStopped = now.isTickStopped;
        Jiffies until = now.sleepUntil;
        const std::uint64_t due = m_ticks - std::min(m_ticks, static_cast<std::uint64_t>(late()));
        const std::uint64_t last = m_next - std::min(m_next, mostOfSleep);
        for (std::uint64_t e = m_next; e > last; --e) {
            const Record& r = m_log[e - 1];
            if (isArmed(r, m_found.timer)) return false; // when it had been asleep
            if (cpuOf(r) == m_found.cpu) {
                if (m_ticks <= due && isSet(r, Register::TickStopped) && r.value == 0) return false; // it was awake
                if (m_ticks <= due && isLookUp(r)) return takeLookUp(e - 1, isStopped, until);
                if (isSet(r, Register::TickStopped)) isStopped = r.before != 0;
                if (isSet(r, Register::SleepUntil)) until = r.before;
            }
            m_ticks -= ticksOf(r);
        }
        return false;
    }
    static bool isLookUp(const Record& r) { return r.kind == Kind::Noted && r.site == Site::NextInterrupt; }

    /// isStopped, until: as they were in front of it. What it changes stands right behind it.
    bool takeLookUp(std::uint64_t event, bool isStopped, Jiffies until)
    {
        const std::uint8_t cpu = m_log[event].cpu;
        m_found.event = event;
        m_found.tick = m_ticks;
        m_found.stopsTick = false;
        m_found.until = until;
        for (std::uint64_t e = event + 1; e < std::min(m_log.size(), event + 5) && m_log[e].cpu == cpu && m_log[e].kind == Kind::RegisterSet; ++e) {
            if (isSet(m_log[e], Register::TickStopped)) m_found.stopsTick = m_log[e].value != 0;
            if (isSet(m_log[e], Register::SleepUntil)) m_found.until = m_log[e].value;
        }
        if (!isStopped && !m_found.stopsTick) return false;
        return m_found.until == ~0ull || m_world.geometry().word.isBefore(m_found.expires, m_found.until);
    }

    /// It waits on the wheel, or is about to be called, or has been called, in the same softirq.
    void nameCounted()
    {
        if (m_found.until == ~0ull) return;
        const std::uint64_t end = std::min<std::uint64_t>(m_log.size(), m_at.event + (m_at.line != 0 ? 1 : 0));
        m_found.counted = countedTimerAt(m_world, m_found.cpu, m_found.until);
        for (std::uint64_t e = m_next; e < end && !m_found.counted.isValid(); ++e) {
            const Record& r = m_log[e];
            if (r.kind == Kind::Fired && r.cpu == m_found.cpu && !isDeferrable(r.item) && isDueThen(r)) m_found.counted = r.item;
        }
        // What was armed later was not there to be found.
        for (std::uint64_t e = m_found.event; e < end && m_found.counted.isValid(); ++e)
            if (isArmed(m_log[e], m_found.counted)) m_found.counted = TimerId::none();
    }
    /// Of 6.1 its bucket counts.
    bool isDueThen(const Record& fired) const
    {
        const Geometry& g = m_world.geometry();
        if (!g.is(TimerAlgorithm::Wheel61)) return fired.before == m_found.until;
        const Place place = g.place(fired.slotId());
        return place.list == Place::List::Slot && (m_found.until >> (3 * place.level) & 63) == place.index;
    }

    const World& m_world;
    const Inputs& m_inputs;
    const LogView& m_log;
    Position m_at;
    SleptThrough m_found;
    std::uint64_t m_ticks = 0; ///< periods since the start, in front of the records that were read
    std::uint64_t m_next = 0;  ///< the record that began the softirq
};

} // namespace

std::optional<SleptThrough> sleptThrough(const World& world, const Inputs& inputs, const LogView& log, Position at)
{
    return Search(world, inputs, log, at).find();
}

TimerId countedTimerAt(const World& w, int cpu, Jiffies at)
{
    const Geometry& g = w.geometry();
    const bool isModern = g.is(TimerAlgorithm::Wheel61);
    const auto find = [&](SlotId slot) {
        TimerId id = w.listAt(slot).first;
        for (int left = 256; id.isValid() && left > 0; --left, id = w.next(id)) {
            const Item& item = w.item(id);
            if (!item.isDeferrable() && (isModern || item.expires == at)) return id;
        }
        return TimerId::none();
    };
    if (g.levels == 0) return find(g.sortedList(cpu));
    if (!isModern) {
        // On its way from slot to slot, or to its call.
        for (const SlotId list : {g.cascadeList(cpu), g.runList(cpu)})
            if (const TimerId id = find(list); id.isValid()) return id;
    }
    for (int l = 0; l < g.levels; ++l) {
        const Level& level = g.level[static_cast<std::size_t>(l)];
        if (isModern && (at & ((1ull << (3 * l)) - 1)) != 0) break; // no bucket of that level is due then
        const std::uint32_t index = isModern ? static_cast<std::uint32_t>(at >> (3 * l)) & 63 : static_cast<std::uint32_t>(at >> level.shift & level.mask());
        const SlotId slot = g.slotOn(cpu, 0, l, index);
        if (!w.isOccupied(slot)) continue;
        if (const TimerId id = find(slot); id.isValid()) return id;
    }
    return TimerId::none();
}

} // namespace jiffy::core
