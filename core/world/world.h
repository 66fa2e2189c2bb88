// SPDX-License-Identifier: GPL-3.0-or-later
// The state at one instant, and the only two ways in which it changes: apply(record) and its exact inverse,
// unapply(record). Both are dumb and total: they link, unlink and set, and decide nothing.
//
// Flat arrays linked by numbers: a copy is a copy of vectors, == is memberwise, a world may cross threads as a
// value. Items name a list object and slots map to list objects, so taking a whole slot away (Spliced) swaps
// two numbers. A list object's head is a cell of the items' own array and closes the list to a ring: linking
// and unlinking ask nothing about ends. One thread at a time; distinct worlds are independent.
#pragma once

#include "core/base/ids.h"
#include "core/event/event.h"
#include "core/scenario/inputs.h"
#include "core/world/geometry.h"
#include "core/world/kernel_state.h"

#include <array>
#include <cstdint>
#include <vector>

namespace jiffy::core
{

/// A cell of World's array: the head of a list object, or an item.
using Link = Id<struct LinkTag>;

/// A timer, as far as it changes. 32 bytes, in one cache line.
struct alignas(32) Item
{
    Jiffies expires = 0; ///< timer->expires: after slack, not reduced to what the wheel can hold
    // The four that a filing sets and a removal clears stand together: few stores are what makes a wheel
    // fast.
    Link next, prev;           ///< neighbours in its list or its head: World::next(), previous()
    ListId list;               ///< none: not pending
    std::uint32_t filedAt = 0; ///< low 32 bits of the wheel's position when it was filed; 0 while not pending
    std::int32_t slack = -1;   ///< timer->slack
    // Bits of a word rather than bytes: a byte may alias anything, so each store to one would make the
    // compiler load the arrays' addresses anew.
    std::uint32_t cpu : 8 = 0;   ///< whose wheel it belongs to (timer->base)
    std::uint32_t flags : 8 = 0; ///< ItemFlags
    std::uint32_t defined : 1 = 0;

    bool operator==(const Item&) const = default;
    bool isPending() const { return list.isValid(); } ///< as timer_pending()
    bool isDeferrable() const { return (flags & Deferrable) != 0; }
};
static_assert(sizeof(Item) == 32);

/// What stands in a slot, as World::listAt() tells it.
struct ItemList
{
    TimerId first, last; ///< none: the list is empty
    std::uint32_t count = 0;
};

/// A list object, but for its head.
struct ListState
{
    std::uint32_t count = 0;
    SlotId slot; ///< the slot that it serves now
    bool operator==(const ListState&) const = default;
};

/// One CPU: its struct tvec_base without the slots, and what it is doing.
struct alignas(64) CpuState
{
    Jiffies timerJiffies = 0;       ///< the next position its softirq will process; 6.1: clk of the std wheel
    Jiffies nextTimer = 0;          ///< stale by design: only get_next_timer_interrupt() searches it anew;
                                    ///< 6.1: next_expiry of the std wheel
    std::uint64_t activeTimers = 0; ///< pending and not deferrable; kept by apply, not logged
    std::uint64_t deferrables = 0;  ///< pending and deferrable; kept by apply
    TimerId running;                ///< running_timer: its function is being called
    bool idle = false;
    bool inSoftirq = false;
    bool isWheelIdle = false;       ///< 6.1: is_idle of the std wheel
    std::array<bool, 2> recalc{};        ///< 6.1: next_expiry_recalc of std and def
    std::array<bool, 2> timersPending{}; ///< 6.1: timers_pending of std and def
    Jiffies defClk = 0, defNextExpiry = 0; ///< 6.1: of the wheel for deferrable timers
    bool operator==(const CpuState&) const = default;

    /// 6.1; wheel: 0 std, 1 def.
    Jiffies clk(int wheel) const { return wheel == 0 ? timerJiffies : defClk; }
    Jiffies nextExpiry(int wheel) const { return wheel == 0 ? nextTimer : defNextExpiry; }
    std::uint32_t expiryFlags(int wheel) const
    {
        const auto w = static_cast<std::size_t>(wheel);
        return (recalc[w] ? Record::recalcBit : 0) | (timersPending[w] ? Record::timersPendingBit : 0);
    }
};
static_assert(sizeof(CpuState) == 64);

/// The clock: jiffies, ticks since the start (does not wrap), and ns since the tick.
struct Clock
{
    Jiffies jiffies = 0;
    std::uint64_t ticks = 0;
    std::uint64_t offset = 0;
    bool operator==(const Clock&) const = default;
};

/// tgtd: what its scheduler and its event loop keep apart from the lists, and where its one thread stands.
struct DaemonState
{
    std::uint64_t wallStep = 0;   ///< sum of the steps of the wall clock, us, two's complement
    std::uint64_t pipeBytes = 0;
    std::uint64_t jiffies = 0;    ///< of the old scheduler
    std::uint64_t alarmSince = ~0ull; ///< us since when the interval timer runs; ~0: it is not armed
    std::uint64_t schedLeft = 0;  ///< times that scheduled events will still be executed
    std::uint64_t expirations = 0; ///< of the timerfd, not read yet
    std::uint64_t timerNow = 0;   ///< us; what today's scheduler takes for the time
    std::uint32_t readFd = 0, writeFd = 0; ///< timer_fd
    TimerId source;               ///< whose handler runs
    TimerId adding;               ///< add_work() of it is under way
    std::uint8_t pipeEnds = 0;    ///< bit 0: the read end is open, bit 1: the write end
    bool isPipePolled = false;    ///< epoll watches the read end (the timerfd)
    bool timerPending = false;
    bool isAlarmBlocked = false;
    bool isTimerStarted = false;
    bool isShuttingDown = false;  ///< system_active is 0
    bool mayFault = false;        ///< never changes: its inputs provoke the original's faults (rule 10 is off)
    bool isWaiting = false;       ///< in epoll_wait()
    bool isInSignal = false;      ///< in the signal's handler
    bool isInPass = false;        ///< in execute_work() or schedule()
    bool isNotifying = false;     ///< between the test of the flag and its setting, outside the signal's handler
    bool isStarting = false;      ///< in work_timer_start()
    bool isStopping = false;      ///< in work_timer_stop()
    bool isInSlowCall = false;
    bool isInScheduled = false;   ///< in tgt_exec_scheduled()
    bool operator==(const DaemonState&) const = default;
};

class World
{
  public:
    World() = default;
    /// The empty world of a machine. With config.settled every position is jiffies + 1 and next_timer is
    /// jiffies - 1, just as if the machine had started one jiffy earlier and ticked once.
    explicit World(const MachineConfig& config);

    const Geometry& geometry() const { return m_geometry; }
    Hz hz() const { return m_hz; }
    const Clock& clock() const { return m_clock; }
    Nanoseconds now() const
    {
        return m_hz.tickInstant(m_clock.ticks) + static_cast<Nanoseconds>(m_clock.offset);
    }
    const CpuState& cpu(int c) const { return m_cpus[static_cast<std::size_t>(c)]; }
    int cpuCount() const { return static_cast<int>(m_cpus.size()); }
    const DaemonState& daemon() const { return m_daemon; }
    /// Of a machine of CPUs (KernelState::isThere()).
    const KernelState& kernel() const { return m_kernel; }

    std::size_t itemCount() const { return m_cells.size() - m_heads; } ///< one more than the highest item defined
    const Item& item(TimerId id) const { return m_cells[m_heads + id.value]; }
    bool isDefined(TimerId id) const { return id.value < itemCount() && item(id).defined; }
    /// The neighbours of a pending item in its list; none at the ends, and when not pending.
    TimerId next(TimerId id) const { return timerAt(item(id).next); }
    TimerId previous(TimerId id) const { return timerAt(item(id).prev); }
    ItemList listAt(SlotId s) const
    {
        const ListId id = m_slotLists[s.value];
        const Item& head = m_cells[id.value];
        return {timerAt(head.next), timerAt(head.prev), m_lists[id.value].count};
    }
    SlotId slotOf(TimerId id) const ///< none when not pending
    {
        const auto l = item(id).list;
        return l.isValid() ? m_lists[l.value].slot : SlotId::none();
    }
    bool isOccupied(SlotId s) const { return (m_occupancy[s.value >> 6] >> (s.value & 63) & 1) != 0; }
    /// 64 slots at a time; SlotId is the bit index.
    const std::vector<std::uint64_t>& occupancy() const { return m_occupancy; }
    /// On all CPUs. O(CPUs).
    std::uint64_t pendingCount() const
    {
        std::uint64_t sum = 0;
        for (const auto& c : m_cpus)
            sum += c.activeTimers + c.deferrables;
        return sum;
    }

    void apply(const Record& r);
    void unapply(const Record& r);
    /// As apply(r) with a kind known when compiling; the models' hot path. REQUIRES: r.kind == K.
    template <Kind K> void applyAs(const Record& r);
    /// As applyAs<Kind::Queued>(r) for one that knows the CPU whose slot it is.
    void applyQueued(const Record& r, int cpu);
    /// A run of ticks or turns: as if its record with that count had been applied. REQUIRES (site Tick):
    /// every masked position is jiffies + 1.
    void pass(const OpenRun& run);
    void unpass(const OpenRun& run);

    void reserveItems(std::size_t n) { m_cells.reserve(m_heads + n); }
    bool operator==(const World&) const = default;

  private:
    Item& cell(TimerId id) { return m_cells[m_heads + id.value]; }
    Link linkOf(TimerId id) const { return Link(m_heads + id.value); }
    static Link headOf(ListId id) { return Link(id.value); }
    TimerId timerAt(Link l) const ///< none: a head
    {
        return l.value < m_heads || !l.isValid() ? TimerId::none() : TimerId(l.value - m_heads);
    }
    void insertBefore(ListId id, TimerId item, Link successor, std::uint32_t filedAt);
    void append(ListId id, TimerId item, std::uint32_t filedAt) { insertBefore(id, item, headOf(id), filedAt); }
    void pushFront(ListId id, TimerId item, std::uint32_t filedAt)
    {
        insertBefore(id, item, m_cells[id.value].next, filedAt);
    }
    void unlink(const Item& it);
    void remove(Item& it);
    void setOccupied(SlotId s, bool on)
    {
        const std::uint64_t bit = 1ull << (s.value & 63);
        auto& w = m_occupancy[s.value >> 6];
        w = on ? w | bit : w & ~bit;
    }
    void applyInserted(const Record& r); ///< Queued of a sorted list: before the item in its link
    void applyPushed(const Record& r);   ///< Queued of 6.1: at the head
    void enterDaemon(const Record& r, bool isEntered);
    [[gnu::noinline]] void setDaemonRegister(Register which, std::uint64_t value);
    [[gnu::noinline]] void enterKernel(const Record& r, bool isEntered, bool isUndone);
    [[gnu::noinline]] void setKernelRegister(const Record& r, std::uint64_t value, std::uint64_t before);
    /// Every CPU whose tick is not stopped is interrupted so often.
    [[gnu::noinline]] void countTicks(std::uint64_t ticks);
    void setTime(std::uint64_t nanoseconds);
    void setSoftirqPending(int cpu, bool isPending)
    {
        if (m_kernel.isThere()) [[unlikely]] m_kernel.cpus[static_cast<std::size_t>(cpu)].isSoftirqPending = isPending;
    }
    void swapLists(SlotId a, SlotId b);
    SlotId takenInto(const Record& r) const ///< Spliced: the run or cascade list of the record's CPU
    {
        if (r.site == Site::EpollWait) return m_geometry.returnedList();
        return r.site == Site::Cascade ? m_geometry.cascadeList(r.cpu) : runListFor(r);
    }
    /// The run list that the slot of a Spliced or Fired is emptied through.
    SlotId runListFor(const Record& r) const
    {
        if (!m_geometry.is(TimerAlgorithm::Wheel61)) return m_geometry.runList(r.cpu);
        return m_geometry.runList(r.cpu, static_cast<int>(r.slot % m_geometry.slotsPerCpu % m_geometry.wheelSlots / 64));
    }
    /// Moved: the list whose head it was. A cascade names the slot that the list was taken from in its link.
    SlotId movedFrom(const Record& r) const
    {
        return m_geometry.isDaemon ? SlotId(r.link) : m_geometry.cascadeList(r.cpu);
    }
    void countPending(int cpu, const Item& item, int by);
    void setItem(const Record& r, Jiffies expires, std::uint32_t filedAt);
    /// An item of a sorted list belongs to a CPU only while it stands in its list.
    void leaveCpu(Item& it)
    {
        if (m_geometry.insertion == Insertion::Before) [[unlikely]] it.cpu = 0;
    }
    void setRegister(const Record& r, std::uint64_t value, std::uint32_t flags);
    void setNextExpiry(CpuState& c, std::size_t wheel, Jiffies value, std::uint32_t flags);
    void define(const Record& r);
    std::uint32_t positionOf(int cpu) const
    {
        return static_cast<std::uint32_t>(m_cpus[static_cast<std::size_t>(cpu)].timerJiffies);
    }
    std::uint32_t clockFor(const Item& it) const ///< 6.1: of the item's wheel
    {
        return static_cast<std::uint32_t>(m_cpus[it.cpu].clk(it.isDeferrable() ? 1 : 0));
    }
    ListId listIdAt(std::uint32_t slot) const { return m_slotLists[slot]; }

    Geometry m_geometry;
    Hz m_hz;
    Clock m_clock;
    std::vector<CpuState> m_cpus;
    DaemonState m_daemon;
    KernelState m_kernel;
    std::vector<Item> m_cells;     ///< the heads of the list objects, then the items
    std::uint32_t m_heads = 0;     ///< number of list objects
    std::vector<ListState> m_lists;
    std::vector<ListId> m_slotLists;        ///< slot -> list object
    std::vector<std::uint64_t> m_occupancy; ///< bit per slot: its list is not empty
};

inline void World::insertBefore(ListId id, TimerId item, Link successor, std::uint32_t filedAt)
{
    const Link link = linkOf(item);
    Item& it = m_cells[link.value];
    Item& after = m_cells[successor.value];
    const Link before = after.prev;
    m_cells[before.value].next = link;
    after.prev = link;
    it.next = successor;
    it.prev = before;
    it.list = id;
    it.filedAt = filedAt;
    ListState& l = m_lists[id.value];
    ++l.count;
    if (before == successor) [[unlikely]] setOccupied(l.slot, true); // only the head can be both
}

/// Leaves the item's own fields as they are.
inline void World::unlink(const Item& it)
{
    const Link next = it.next, prev = it.prev;
    m_cells[prev.value].next = next;
    m_cells[next.value].prev = prev;
    ListState& l = m_lists[it.list.value];
    --l.count;
    if (next == prev) [[unlikely]] setOccupied(l.slot, false); // only the head can be both
}

inline void World::remove(Item& it)
{
    unlink(it);
    it.next = it.prev = Link::none();
    it.list = ListId::none();
    it.filedAt = 0;
}

inline void World::countPending(int cpu, const Item& item, int by)
{
    CpuState& c = m_cpus[static_cast<std::size_t>(cpu)];
    const auto delta = static_cast<std::uint64_t>(static_cast<std::int64_t>(by));
    if (item.isDeferrable()) [[unlikely]]
        c.deferrables += delta;
    else
        c.activeTimers += delta;
}

inline void World::pass(const OpenRun& run)
{
    const Word w = m_geometry.word;
    if (run.site != Site::RunTimers) {
        if (run.site == Site::Tick) m_clock.jiffies = w.add(m_clock.jiffies, run.count);
        m_clock.ticks += run.count;
        if (m_kernel.isThere()) [[unlikely]] countTicks(run.count);
    }
    for (std::uint64_t rest = run.cpus; rest != 0; rest &= rest - 1) {
        auto& c = m_cpus[static_cast<std::size_t>(__builtin_ctzll(rest))];
        c.timerJiffies = w.add(c.timerJiffies, run.count);
    }
}

inline void World::applyQueued(const Record& r, int cpu)
{
    Item& it = cell(r.item);
    it.expires = r.value;
    it.cpu = static_cast<std::uint8_t>(cpu);
    append(listIdAt(r.slot), r.item, positionOf(cpu));
    countPending(cpu, it, +1);
}

template <Kind K> inline void World::applyAs(const Record& r)
{
    if constexpr (K == Kind::Queued) {
        if (m_geometry.insertion == Insertion::Tail) [[likely]] applyQueued(r, m_geometry.cpuOf(r.slot));
        else if (m_geometry.insertion == Insertion::Head) applyPushed(r);
        else applyInserted(r);
    } else if constexpr (K == Kind::Unqueued) {
        Item& it = cell(r.item);
        remove(it);
        countPending(it.cpu, it, -1);
        leaveCpu(it);
    } else if constexpr (K == Kind::ItemSet) {
        setItem(r, r.value, clockFor(cell(r.item)));
    } else if constexpr (K == Kind::Moved) {
        unlink(cell(r.item));
        append(listIdAt(r.slot), r.item, m_geometry.isDaemon ? 0 : positionOf(r.cpu));
    } else if constexpr (K == Kind::Fired) {
        Item& it = cell(r.item);
        remove(it);
        countPending(it.cpu, it, -1);
        leaveCpu(it);
        m_cpus[r.cpu].running = r.item;
    } else if constexpr (K == Kind::Spliced) {
        swapLists(r.slotId(), takenInto(r));
    } else if constexpr (K == Kind::RegisterSet) {
        if (isOfKernel(static_cast<Register>(r.slot))) [[unlikely]] setKernelRegister(r, r.value, r.before);
        else setRegister(r, r.value, r.expiryFlags());
    } else if constexpr (K == Kind::Passed) {
        pass(OpenRun{r.value, r.before, r.site});
    } else if constexpr (K == Kind::ClockSet) {
        if (r.site == Site::SubTick) {
            m_clock.offset = r.value;
        } else if (r.site == Site::TimePasses) {
            setTime(r.value);
            countTicks(r.ticks());
        } else {
            m_clock.jiffies = r.value;
            m_clock.ticks += r.ticks();
            if (m_kernel.isThere()) [[unlikely]] countTicks(r.ticks());
        }
    } else if constexpr (K == Kind::Entered) {
        if (r.site == Site::RunTimerSoftirq) {
            m_cpus[r.cpu].inSoftirq = true;
            setSoftirqPending(r.cpu, false);
        } else if (isOfKernel(r.site)) {
            enterKernel(r, true, false);
        } else if (isOfDaemon(r.site)) {
            enterDaemon(r, true);
        }
    } else if constexpr (K == Kind::Left) {
        if (r.site == Site::RunTimerSoftirq) m_cpus[r.cpu].inSoftirq = false;
        if (r.site == Site::Callback) m_cpus[r.cpu].running = TimerId::none();
        else if (isOfKernel(r.site)) enterKernel(r, false, false);
        else if (isOfDaemon(r.site)) enterDaemon(r, false);
    } else if constexpr (K == Kind::Raised) {
        if (r.site == Site::RunLocalTimers) setSoftirqPending(r.cpu, true);
    } else if constexpr (K == Kind::Defined) {
        define(r);
    }
    // All other kinds are words about the run and change nothing.
}

inline void World::swapLists(SlotId a, SlotId b)
{
    std::swap(m_slotLists[a.value], m_slotLists[b.value]);
    ListState& la = m_lists[m_slotLists[a.value].value];
    ListState& lb = m_lists[m_slotLists[b.value].value];
    la.slot = a;
    lb.slot = b;
    setOccupied(a, la.count != 0);
    setOccupied(b, lb.count != 0);
}

inline void World::setNextExpiry(CpuState& c, std::size_t wheel, Jiffies value, std::uint32_t flags)
{
    (wheel == 0 ? c.nextTimer : c.defNextExpiry) = value;
    c.recalc[wheel] = (flags & Record::recalcBit) != 0;
    c.timersPending[wheel] = (flags & Record::timersPendingBit) != 0;
}

inline void World::setRegister(const Record& r, std::uint64_t value, std::uint32_t flags)
{
    CpuState& c = m_cpus[r.cpu];
    switch (static_cast<Register>(r.slot)) {
    case Register::TimerJiffies:
        c.timerJiffies = value;
        return;
    case Register::NextTimer:
        c.nextTimer = value;
        return;
    case Register::Idle:
        c.idle = value != 0;
        return;
    case Register::Clk:
        c.timerJiffies = value;
        return;
    case Register::DefClk:
        c.defClk = value;
        return;
    case Register::NextExpiry:
        return setNextExpiry(c, 0, value, flags);
    case Register::DefNextExpiry:
        return setNextExpiry(c, 1, value, flags);
    case Register::IsIdle:
        c.isWheelIdle = value != 0;
        return;
    case Register::WallStep:
        m_daemon.wallStep = value;
        return;
    case Register::TimerPending:
        m_daemon.timerPending = value != 0;
        return;
    case Register::PipeBytes:
        m_daemon.pipeBytes = value;
        return;
    case Register::WorkJiffies:
        m_daemon.jiffies = value;
        return;
    default:
        return setDaemonRegister(static_cast<Register>(r.slot), value);
    }
}

} // namespace jiffy::core
