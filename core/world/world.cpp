// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/world/world.h"

#include <utility>

namespace jiffy::core
{

World::World(const MachineConfig& config)
    : m_geometry(wheelGeometry(config.cpus, config.word, config.small)), m_hz(config.hz),
      m_cpus(static_cast<std::size_t>(config.cpus)), m_lists(m_geometry.slotCount()),
      m_slotLists(m_geometry.slotCount()), m_occupancy(m_geometry.slotCount() / 64)
{
    m_clock.jiffies = config.word.reduce(config.jiffies);
    for (auto& c : m_cpus) {
        c.timerJiffies = config.settled ? config.word.add(m_clock.jiffies, 1) : m_clock.jiffies;
        c.nextTimer = config.settled ? config.word.reduce(m_clock.jiffies - 1) : m_clock.jiffies;
    }
    for (std::uint32_t s = 0; s < m_geometry.slotCount(); ++s) {
        m_slotLists[s] = ListId(s);
        m_lists[s].slot = SlotId(s);
    }
}

void World::removeLast(ItemList& l)
{
    const TimerId item = l.last;
    remove(m_items[item.value].list, item);
}

void World::pushFront(ItemList& l, ListId id, TimerId item)
{
    Item& it = m_items[item.value];
    it.list = id;
    it.prev = TimerId::none();
    it.next = l.first;
    if (l.first.isValid())
        m_items[l.first.value].prev = item;
    else {
        l.last = item;
        setOccupied(l.slot, true);
    }
    l.first = item;
    ++l.count;
}

void World::insertBefore(ListId id, TimerId item, TimerId successor)
{
    ItemList& l = m_lists[id.value];
    if (!successor.isValid()) return append(l, id, item, 0);
    if (l.first == successor) return pushFront(l, id, item);
    Item& it = m_items[item.value];
    Item& after = m_items[successor.value];
    it.list = id;
    it.next = successor;
    it.prev = after.prev;
    m_items[after.prev.value].next = item;
    after.prev = item;
    ++l.count;
}

void World::define(const Record& r)
{
    if (m_items.size() <= r.item.value) m_items.resize(r.item.value + 1);
    Item& it = m_items[r.item.value];
    it = Item{};
    it.defined = true;
    it.slack = static_cast<std::int32_t>(r.link);
    it.flags = static_cast<std::uint8_t>(r.value);
}

void World::unpass(const OpenRun& run)
{
    OpenRun back = run;
    back.count = 0 - run.count;
    pass(back);
}

void World::apply(const Record& r)
{
    switch (r.kind) {
    case Kind::Queued:
        return applyAs<Kind::Queued>(r);
    case Kind::Unqueued:
        return applyAs<Kind::Unqueued>(r);
    case Kind::Moved:
        return applyAs<Kind::Moved>(r);
    case Kind::Fired:
        return applyAs<Kind::Fired>(r);
    case Kind::Spliced:
        return applyAs<Kind::Spliced>(r);
    case Kind::RegisterSet:
        return applyAs<Kind::RegisterSet>(r);
    case Kind::Passed:
        return applyAs<Kind::Passed>(r);
    case Kind::ClockSet:
        return applyAs<Kind::ClockSet>(r);
    case Kind::Entered:
        return applyAs<Kind::Entered>(r);
    case Kind::Left:
        return applyAs<Kind::Left>(r);
    case Kind::Defined:
        return applyAs<Kind::Defined>(r);
    case Kind::Raised:
    case Kind::Chosen:
    case Kind::ItemSet:
    case Kind::NodeSet:
    case Kind::Counted:
    case Kind::Refused:
    case Kind::Noted:
        return;
    }
}

void World::unapply(const Record& r)
{
    switch (r.kind) {
    case Kind::Queued: {
        Item& it = m_items[r.item.value];
        countPending(it.cpu, it, -1);
        remove(it.list, r.item);
        it.expires = r.before;
        it.cpu = r.oldCpu();
        it.filedAt = 0;
        return;
    }
    case Kind::Unqueued: {
        Item& it = m_items[r.item.value];
        insertBefore(listIdAt(r.slot), r.item, TimerId(r.link));
        it.filedAt = static_cast<std::uint32_t>(r.value);
        countPending(it.cpu, it, +1);
        return;
    }
    case Kind::Moved: {
        remove(m_items[r.item.value].list, r.item);
        const ListId id = listIdAt(m_geometry.cascadeList(r.cpu).value);
        pushFront(m_lists[id.value], id, r.item);
        m_items[r.item.value].filedAt = static_cast<std::uint32_t>(r.value);
        return;
    }
    case Kind::Fired: {
        const ListId id = listIdAt(m_geometry.runList(r.cpu).value);
        Item& it = m_items[r.item.value];
        pushFront(m_lists[id.value], id, r.item);
        it.filedAt = static_cast<std::uint32_t>(r.value);
        countPending(it.cpu, it, +1);
        m_cpus[r.cpu].running = TimerId::none();
        return;
    }
    case Kind::Spliced:
        return swapLists(r.slotId(), takenInto(r));
    case Kind::Passed:
        return unpass(OpenRun{r.value, r.before, r.site});
    case Kind::ClockSet:
        if (r.site == Site::SubTick) {
            m_clock.offset = r.before;
        } else {
            m_clock.jiffies = r.before;
            m_clock.ticks -= r.ticks();
        }
        return;
    case Kind::Entered:
        if (r.site == Site::RunTimerSoftirq) m_cpus[r.cpu].inSoftirq = false;
        return;
    case Kind::Left:
        if (r.site == Site::RunTimerSoftirq) m_cpus[r.cpu].inSoftirq = true;
        if (r.site == Site::Callback) m_cpus[r.cpu].running = r.item;
        return;
    case Kind::Defined: {
        m_items[r.item.value] = Item{};
        while (!m_items.empty() && !m_items.back().defined)
            m_items.pop_back();
        return;
    }
    case Kind::RegisterSet:
        return setRegister(r, r.before);
    case Kind::Raised:
    case Kind::Chosen:
    case Kind::ItemSet:
    case Kind::NodeSet:
    case Kind::Counted:
    case Kind::Refused:
    case Kind::Noted:
        return;
    }
}

} // namespace jiffy::core
