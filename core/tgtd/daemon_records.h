// SPDX-License-Identifier: GPL-3.0-or-later
// How tgtd's model says things: records with what they overwrite, through the one door.
#pragma once

#include "core/event/event.h"
#include "core/world/world.h"

namespace jiffy::core
{

template <class Emitter> class DaemonRecords
{
  protected:
    DaemonRecords(const World& world, Emitter& emitter) : m_world(world), m_emitter(emitter) {}

    template <Kind K> void emit(const Record& r) { m_emitter.template emit<K>(r); }
    static Record record(Kind kind, Site site)
    {
        Record r;
        r.kind = kind;
        r.site = site;
        return r;
    }
    void enter(Site site, TimerId item = TimerId::none(), std::uint64_t value = 0)
    {
        Record r = record(Kind::Entered, site);
        r.item = item;
        r.value = value;
        emit<Kind::Entered>(r);
    }
    void leave(Site site, TimerId item = TimerId::none(), std::uint64_t value = 0)
    {
        Record r = record(Kind::Left, site);
        r.item = item;
        r.value = value;
        emit<Kind::Left>(r);
    }
    void note(Site site, std::uint64_t error, std::uint64_t fd)
    {
        Record r = record(Kind::Noted, site);
        r.value = error;
        r.before = fd;
        emit<Kind::Noted>(r);
    }
    void setRegister(Site site, Register which, std::uint64_t before, std::uint64_t value, bool more = false)
    {
        Record r = record(Kind::RegisterSet, site);
        r.slot = static_cast<std::uint32_t>(which);
        r.before = before;
        r.value = value;
        r.flags = more ? Record::moreFlag : std::uint8_t{0};
        emit<Kind::RegisterSet>(r);
    }
    void define(TimerId item)
    {
        if (m_world.isDefined(item)) return;
        Record r = record(Kind::Defined, Site::Start);
        r.item = item;
        r.slot = item.value;
        r.flags = Record::moreFlag;
        emit<Kind::Defined>(r);
    }
    void insert(Site site, TimerId item, SlotId list, TimerId before, std::uint64_t when)
    {
        Record r = record(Kind::Queued, site);
        r.item = item;
        r.slot = list.value;
        r.link = before.value;
        r.value = when;
        r.before = m_world.item(item).expires;
        emit<Kind::Queued>(r);
    }
    /// The first of one list to the end of another.
    void move(Site site, SlotId from, SlotId to, bool more)
    {
        Record r = record(Kind::Moved, site);
        r.item = m_world.listAt(from).first;
        r.slot = to.value;
        r.link = from.value;
        r.before = m_world.item(r.item).expires;
        r.flags = more ? Record::moreFlag : std::uint8_t{0};
        emit<Kind::Moved>(r);
    }
    void remove(Site site, TimerId item, bool more)
    {
        Record r = record(Kind::Unqueued, site);
        r.item = item;
        r.slot = m_world.slotOf(item).value;
        r.link = m_world.next(item).value;
        r.before = m_world.item(item).expires;
        r.flags = more ? Record::moreFlag : std::uint8_t{0};
        emit<Kind::Unqueued>(r);
    }

    const World& m_world;

  private:
    Emitter& m_emitter;
};

} // namespace jiffy::core
