// SPDX-License-Identifier: GPL-3.0-or-later
// What the sentences of tgtd ask of a run: instants as words, who waits, since when. Used by
// ui/narration/work*.cpp alone.
#pragma once

#include "ui/narration/compose.h"
#include "ui/narration/work.h"

#include <optional>

namespace jiffy::ui
{

/// Facts of one moment, read off its world and, for what began earlier, off the log before it.
class WorkFacts
{
  public:
    explicit WorkFacts(const WorkTold& told) : m_told(told) {}

    const core::World& world() const { return m_told.world; }
    const core::DaemonState& daemon() const { return m_told.world.daemon(); }
    const core::Inputs& inputs() const { return m_told.inputs; }
    const core::DaemonConfig& config() const { return m_told.inputs.daemon; }
    bool isOld() const { return config().scheduler == core::WorkScheduler::Old; }
    bool isNew() const { return config().scheduler == core::WorkScheduler::New; }
    bool isToday() const { return config().scheduler == core::WorkScheduler::TimerFd; }
    /// A real process was recorded: what the model knows of its own run may not be true of it.
    bool isRecording() const;
    bool isArmed() const { return daemon().alarmSince != ~0ull; }
    std::uint64_t now() const { return m_told.world.clock().ticks; }
    std::uint64_t wall() const { return core::DaemonConfig::wallAtStart + now() + daemon().wallStep; }
    /// The record in front of this one; null: none, or not known.
    const core::Record* previous() const;

    core::ItemList active() const { return world().listAt(world().geometry().activeList()); }
    core::ItemList inactive() const { return world().listAt(world().geometry().inactiveList()); }
    core::ItemList ready() const { return world().listAt(world().geometry().readyList()); }
    core::ItemList returned() const { return world().listAt(world().geometry().returnedList()); }
    std::uint64_t waiting() const { return std::uint64_t{active().count} + inactive().count; }
    /// Items of the inactive list whose deadline is not after `clock`, the first 1000.
    std::uint64_t due(std::uint64_t clock) const;
    core::TimerId running() const { return world().cpu(0).running; }

    /// us at which the latest record before this one was made for which `is` holds; none within a good way
    /// back.
    template <class Is> std::optional<std::uint64_t> since(Is is) const
    {
        if (m_told.log == nullptr) return std::nullopt;
        std::uint64_t at = now();
        const std::uint64_t least = m_told.event > farthest ? m_told.event - farthest : 0;
        for (std::uint64_t e = m_told.event + 1; e > least; --e) {
            const core::Record& r = (*m_told.log)[e - 1];
            if (e <= m_told.event && is(r)) return at;
            at -= core::ticksOf(r);
        }
        return std::nullopt;
    }
    std::optional<std::uint64_t> wordSince() const;
    std::optional<std::uint64_t> waitSince() const;
    std::optional<std::uint64_t> handlerSince() const;
    std::optional<std::uint64_t> funcSince() const;
    /// Number of the latest alarm since the timer was started, from 1.
    std::uint64_t alarm() const;
    /// When the next alarm fires (us), strictly after `us`.
    std::uint64_t alarmAfter(std::uint64_t us) const;
    /// The first alarm at or after `us`.
    std::uint64_t alarmFrom(std::uint64_t us) const;

    // ---- words

    Span item(core::TimerId t) const { return timerSpan(inputs(), t); }
    Span source(core::TimerId t) const;
    Span at(std::uint64_t us) const;   ///< "4.25 s"
    Span span(std::uint64_t us) const; ///< "0.85 s", "250 ms"
    Span clock(std::uint64_t us1970) const;
    /// A deadline as an instant of the run: when the wall clock will say so if nobody steps it.
    Span due(core::TimerId t) const;
    std::uint64_t dueAt(std::uint64_t when) const
    {
        return when - (core::DaemonConfig::wallAtStart + daemon().wallStep);
    }
    /// "fd 7, fd 9, io#3 and 4 more".
    QString sources(core::ItemList list) const;

  private:
    static constexpr std::uint64_t farthest = 50'000;
    const WorkTold& m_told;
};

// Parts of narrateWork(), by what the record is about.
Sentence tellLoop(const core::Record& r, const WorkFacts& f);
Sentence tellSignal(const core::Record& r, const WorkFacts& f);
Sentence tellWork(const core::Record& r, const WorkFacts& f);
Sentence tellStartAndStop(const core::Record& r, const WorkFacts& f);

} // namespace jiffy::ui
