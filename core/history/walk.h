// SPDX-License-Identifier: GPL-3.0-or-later
// A machine that goes on from a checkpoint of a history, with its inputs or with changed ones: how forks, interventions and
// choices find out where the machine stood at a position. A detail of core/history.
#pragma once

#include "core/history/branch.h"
#include "core/run/model.h"

namespace jiffy::core
{

class Walk
{
  public:
    Walk(const Inputs& inputs, const LogView& log, const Checkpoint& from)
        : m_inputs(inputs), m_recorder(log.prefix(from.event), from), m_machine(inputs, m_recorder, from.machine)
    {
    }

    const MachineState& state() const { return m_machine.state(); }
    const Recorder& recorder() const { return m_recorder; }
    const Model& machine() const { return m_machine; }
    std::uint64_t ticks() const { return m_recorder.world().clock().ticks; }
    bool step() { return m_machine.step(); }
    void toRecord(std::uint64_t event)
    {
        while (m_recorder.log().size() < event && m_machine.step()) {
        }
    }
    /// To the end of the call or the tick that is under way.
    void toInputs()
    {
        while (!isAtInputs() && m_machine.step()) {
        }
    }
    /// Until the next step carries out that action, or about so many records stand in the log. False: it never does.
    bool toAction(const InterventionPoint& point, std::uint64_t limit = ~0ull)
    {
        while (!isAbout(point)) {
            if (m_recorder.log().size() >= limit || !m_machine.step()) return false;
        }
        return true;
    }

  private:
    using Phase = MachineState::Phase;
    bool isAtInputs() const
    {
        return state().tickInFlight == 0 && (state().phase == Phase::Inputs || state().phase == Phase::Ended);
    }
    bool isAbout(const InterventionPoint& point) const
    {
        if (m_inputs.machine.kernel.isThere) return m_machine.isAbout(point.actionIndex);
        return isAtInputs() && state().action == point.actionIndex && state().repeats == 0 && ticks() >= point.tick;
    }

    const Inputs& m_inputs;
    Recorder m_recorder;
    Model m_machine;
};

/// From where to tell again what leads to p, a position of that tick: a checkpoint with at most so many actions begun. On a
/// machine of CPUs it lies before p's instant, for what comes with the instant is taken up at its begin.
std::shared_ptr<const Checkpoint> startFor(History& history, Position p, std::uint64_t tick, std::uint64_t actions = ~0ull);

} // namespace jiffy::core
