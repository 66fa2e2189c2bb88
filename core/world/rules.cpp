// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/world/rules.h"

#include "core/timers/wheel_6_1.h"
#include "core/run/recorder.h"

namespace jiffy::core
{

namespace
{

/// Whether the first timer of a sorted list expires later than the second. tgtd's deadlines do not wrap.
bool isLater(const World& w, TimerId a, TimerId b)
{
    const Geometry& g = w.geometry();
    if (g.isDaemon) return w.item(a).expires > w.item(b).expires;
    if (w.clock().ticks >> (g.word.bits() - 1) != 0) return false; // see checkAll()
    const Jiffies now = w.clock().jiffies;
    return g.word.signedDistance(w.item(a).expires, now) > g.word.signedDistance(w.item(b).expires, now);
}

/// Walks every list; fills broken with the first fault.
class FullCheck
{
  public:
    explicit FullCheck(const World& world) : m_world(world) {}

    std::optional<BrokenRule> run()
    {
        const Geometry& g = m_world.geometry();
        checkLists();
        checkTotals();
        for (int c = 0; c < m_world.cpuCount() && !m_broken && !g.isDaemon; ++c)
            checkCpu(c);
        if (g.isDaemon && !m_broken) checkSorted(g.inactiveList());
        for (int c = 0; c < m_world.cpuCount() && !m_broken && g.is(TimerAlgorithm::SortedList); ++c)
            checkSorted(g.sortedList(c));
        return m_broken;
    }

  private:
    /// One list's walk, a timer at a time.
    struct Walk
    {
        SlotId slot;
        TimerId next, previous;
        std::uint32_t count = 0;
        std::uint32_t filedAt = 0; ///< of the previous one
    };
    /// The next timer of a list is known when the one before it has been read: so many are walked in turn, and what one
    /// needs comes from memory while the others go on.
    static constexpr std::size_t walksAtOnce = 16;

    void checkLists()
    {
        const std::uint32_t slots = m_world.geometry().slotCount();
        std::vector<Walk> walks;
        for (std::uint32_t s = 0; (s < slots || !walks.empty()) && !m_broken;) {
            for (; s < slots && walks.size() < walksAtOnce; ++s) walks.push_back({SlotId(s), m_world.listAt(SlotId(s)).first, {}});
            std::erase_if(walks, [this](Walk& w) { return !goOn(w); });
        }
    }
    /// Checks the next timer. False: the list has ended.
    bool goOn(Walk& w)
    {
        if (m_broken) return false;
        const ItemList list = m_world.listAt(w.slot);
        if (!w.next.isValid()) {
            if (w.count != list.count || list.last != w.previous) breaks(2, w.previous, w.slot);
            m_listed += w.count;
            return false;
        }
        checkItem(w, list.count);
        if (w.next.isValid()) __builtin_prefetch(&m_world.item(w.next));
        return true;
    }
    void checkItem(Walk& w, std::uint32_t most)
    {
        const TimerId t = w.next;
        const Item& item = m_world.item(t);
        const Geometry& g = m_world.geometry();
        const Place::List kind = g.place(w.slot).list;
        if (++w.count > most || m_world.previous(t) != w.previous) return breaks(2, t, w.slot);
        if (m_world.slotOf(t) != w.slot) return breaks(1, t, w.slot);
        if (kind == Place::List::Slot && !standsInItsSlot(m_world, item, w.slot)) return breaks(3, t, w.slot);
        if (g.insertion == Insertion::Tail && kind != Place::List::Run && w.previous.isValid() &&
            static_cast<std::int32_t>(item.filedAt - w.filedAt) < 0)
            return breaks(7, t, w.slot);
        w.previous = t;
        w.filedAt = item.filedAt;
        w.next = m_world.next(t);
    }
    void checkTotals()
    {
        std::vector<std::uint64_t> active(static_cast<std::size_t>(m_world.cpuCount()), 0);
        std::uint64_t pending = 0;
        for (std::uint32_t i = 0; i < m_world.itemCount(); ++i) {
            const Item& item = m_world.item(TimerId(i));
            if (!item.isPending()) continue;
            ++pending;
            if (!item.isDeferrable()) ++active[item.cpu];
        }
        if (!m_broken && (pending != m_listed || pending != m_world.pendingCount())) breaks(1, {}, {});
        for (int c = 0; c < m_world.cpuCount() && !m_broken; ++c) {
            if (active[static_cast<std::size_t>(c)] != m_world.cpu(c).activeTimers)
                m_broken = BrokenRule{
                    5, "CPU " + std::to_string(c) + " counts " + std::to_string(m_world.cpu(c).activeTimers) +
                           " active timers, but has " + std::to_string(active[static_cast<std::size_t>(c)])};
        }
    }
    void checkSorted(SlotId slot)
    {
        TimerId previous;
        for (TimerId t = m_world.listAt(slot).first; t.isValid(); t = m_world.next(t)) {
            if (previous.isValid() && isLater(m_world, previous, t)) return breaks(8, t, slot);
            previous = t;
        }
    }
    void checkCpu(int c)
    {
        const CpuState& cpu = m_world.cpu(c);
        const Word word = m_world.geometry().word;
        // A position that lags by half the word or more looks as if it were ahead. That takes as many ticks,
        // moved by hand; from then on only each single step is judged (brokenByTouch).
        if (m_world.clock().ticks >> (word.bits() - 1) != 0) return;
        if (m_world.geometry().is(TimerAlgorithm::SortedList)) return;
        if (m_world.geometry().is(TimerAlgorithm::Wheel61)) {
            checkExpiry(c, 0);
            return checkExpiry(c, 1);
        }
        if (word.isAfter(cpu.timerJiffies, word.add(m_world.clock().jiffies, 1)))
            m_broken = BrokenRule{4, "CPU " + std::to_string(c) + " stands at position " +
                                         std::to_string(cpu.timerJiffies)};
    }
    void checkExpiry(int c, int wheel)
    {
        const CpuState& cpu = m_world.cpu(c);
        const Word word = m_world.geometry().word;
        if (m_broken) return;
        if (word.isAfter(cpu.clk(wheel), word.add(m_world.clock().jiffies, 1))) {
            m_broken = BrokenRule{4, "CPU " + std::to_string(c) + " has clk " + std::to_string(cpu.clk(wheel))};
            return;
        }
        const Jiffies first = searchNextExpiry(m_world, c, wheel);
        const bool isAny = first != word.add(cpu.clk(wheel), Wheel61<PlainEmitter>::nextTimerMaxDelta);
        const bool isStale = cpu.recalc[static_cast<std::size_t>(wheel)];
        const Jiffies said = cpu.nextExpiry(wheel);
        // While the buckets that are due are being taken, it is the jiffy of those.
        const bool isTaking = !word.isAfter(said, cpu.clk(wheel));
        if (isAny && (word.isAfter(said, first) || (!isStale && !isTaking && said != first)))
            m_broken = BrokenRule{11, "CPU " + std::to_string(c) + " has next_expiry " + std::to_string(said) +
                                          ", but its first bucket is due at " + std::to_string(first)};
    }
    void breaks(int rule, TimerId t, SlotId slot)
    {
        m_broken = BrokenRule{rule, "timer " + (t.isValid() ? std::to_string(t.value) : std::string("?")) +
                                        " in " + m_world.geometry().slotName(slot)};
    }

    const World& m_world;
    std::optional<BrokenRule> m_broken;
    std::uint64_t m_listed = 0;
};

} // namespace

int brokenByInserting(const World& w, TimerId item, SlotId slot)
{
    const TimerId before = w.previous(item), after = w.next(item);
    if ((before.isValid() && w.next(before) != item) || (after.isValid() && w.previous(after) != item))
        return 2;
    if (w.geometry().isDaemon && slot != w.geometry().inactiveList()) return 0;
    const bool isSorted =
        (!before.isValid() || !isLater(w, before, item)) && (!after.isValid() || isLater(w, after, item));
    return isSorted ? 0 : 8;
}

int rulesOf(const Geometry& g)
{
    if (g.isDaemon) return 5;
    switch (g.algorithm) {
    case TimerAlgorithm::Wheel39: return 7;
    case TimerAlgorithm::Wheel61: return 8;
    case TimerAlgorithm::SortedList: return 5;
    }
    return ruleCount;
}

bool isFlagTrue(const World& w)
{
    const DaemonState& d = w.daemon();
    if (d.mayFault || d.isNotifying || d.source.isValid()) return true;
    if (d.pipeEnds != 3) return true; // not there yet, or closed while the alarm is still armed
    return d.timerPending == (d.pipeBytes != 0) && d.pipeBytes <= 4;
}

std::optional<BrokenRule> checkAll(const World& world)
{
    return FullCheck(world).run();
}

} // namespace jiffy::core
