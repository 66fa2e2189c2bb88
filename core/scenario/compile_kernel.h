// SPDX-License-Identifier: GPL-3.0-or-later
// From a document to inputs: what a machine of CPUs has besides its wheels. Used by compile.cpp.
#pragma once

#include "core/scenario/document.h"

#include <functional>
#include <unordered_map>

namespace jiffy::core
{

class KernelCompiler
{
  public:
    /// All must outlive this. timerNamed reports what it does not find.
    KernelCompiler(const Scenario& scenario, Inputs& inputs, Faults& faults, std::function<TimerId(const Spelling&)> timerNamed)
        : m_scenario(scenario), m_inputs(inputs), m_faults(faults), m_timerNamed(std::move(timerNamed)), m_isWhole(faults.isEmpty())
    {
    }

    /// The machine, once its hz and CPUs are known.
    void machine();
    /// Processes come to have numbers, and the timers on their stacks.
    void declareProcesses();
    CallbackStep step(const ScenarioStep& from);
    /// What the processes do, their starts as actions, and the choices; once all timers are known.
    void finish();
    /// The call's own fields, apart from its timer.
    void action(const ScenarioAction& from, Action& to);
    /// Its number; a fault if there is none of that name.
    std::uint32_t process(const Spelling& s);

  private:
    std::uint64_t duration(const Spelling& s);
    std::uint32_t lock(const Spelling& s);
    std::uint8_t cpu(int number, Spot spot);
    void steps(const std::vector<ScenarioStep>& from, Program& to);
    void need(bool isKernel) { m_inputs.machine.kernel.isThere |= isKernel; }

    const Scenario& m_scenario;
    Inputs& m_inputs;
    Faults& m_faults;
    std::function<TimerId(const Spelling&)> m_timerNamed;
    const bool m_isWhole;
    std::unordered_map<std::string, std::uint32_t> m_locks, m_processes; ///< looked up, never walked
};

} // namespace jiffy::core
