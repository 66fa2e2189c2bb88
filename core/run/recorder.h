// SPDX-License-Identifier: GPL-3.0-or-later
// The one door: emit(record) appends to the log and applies to the world. A model is given an emitter and has
// no other way to change anything. PlainEmitter only applies: a run without a log costs nothing for the log.
#pragma once

#include "core/event/log.h"
#include "core/run/snapshot.h"
#include "core/world/rules.h"
#include "core/world/world.h"

namespace jiffy::core
{

/// Recording off.
class PlainEmitter
{
  public:
    explicit PlainEmitter(World world) : m_world(std::move(world)) {}

    const World& world() const { return m_world; }
    template <Kind K> void emit(const Record& r) { m_world.applyAs<K>(r); }
    void emitQueued(const Record& r, int target) { m_world.applyQueued(r, target); }
    void pass(const OpenRun& run) { m_world.pass(run); }

  private:
    World m_world;
};

/// Recording on. Runs that find nothing grow in `open` and are closed by the next record.
class Recorder
{
  public:
    explicit Recorder(World world) : m_world(std::move(world)) {}
    /// Goes on from a checkpoint behind the records that lead to it.
    Recorder(const LogView& prefix, const Checkpoint& from)
        : m_log(Log::continuing(prefix)), m_world(from.world), m_open(from.open)
    {
    }

    const World& world() const { return m_world; }
    const Log& log() const { return m_log; }
    const OpenRun& open() const { return m_open; }

    template <Kind K> void emit(const Record& r)
    {
        append(r);
        m_world.applyAs<K>(r);
        check(r);
    }
    /// emit<Kind::Queued>(r) into the wheel of CPU `target`.
    void emitQueued(const Record& r, int target)
    {
        append(r);
        m_world.applyQueued(r, target);
        check(r);
    }
    const SelfCheck& check() const { return m_check; }
    /// The rules over the whole state, as at each checkpoint.
    void checkAll()
    {
        if (const auto broken = core::checkAll(m_world)) report(broken->rule);
    }
    /// Adjoining runs of the same kind are one run. REQUIRES: run.count is not 0.
    void pass(const OpenRun& run)
    {
        if (m_open.cpus != run.cpus || m_open.site != run.site || m_open.count == 0) begin(run);
        m_open.count += run.count;
        m_world.pass(run);
    }
    /// The inputs have ended. Never inlined, as it is rare where it is asked for at each record.
    [[gnu::noinline]] void close()
    {
        if (m_open.count == 0) return;
        m_log.append(m_open.asRecord());
        m_open = {};
    }

  private:
    void append(const Record& r)
    {
        if (m_open.count != 0) [[unlikely]] close();
        m_log.append(r);
    }
    /// Inline, so that only what the record's kind asks for is left.
    [[gnu::always_inline]] void check(const Record& r)
    {
        if (const int broken = brokenByTouch(m_world, r); broken != 0) [[unlikely]] report(broken);
    }
    [[gnu::noinline]] void begin(const OpenRun& run)
    {
        close();
        m_open = {0, run.cpus, run.site};
    }
    [[gnu::noinline, gnu::cold]] void report(int rule)
    {
        if (m_check.broken == 0) m_check = {rule, m_log.size() == 0 ? 0 : m_log.size() - 1};
    }

    Log m_log;
    World m_world;
    OpenRun m_open;
    SelfCheck m_check;
};

} // namespace jiffy::core
