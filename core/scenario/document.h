// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of reader.h, for its own files: each reports faults and goes on.
#pragma once

#include "core/scenario/scenario.h"

namespace jiffy::core
{

/// Shape only: keys, types, ranges. What had a fault is left out or as by default.
Scenario readShape(JsonValue root, Faults& faults);
std::vector<Population> readPopulations(JsonValue list, Faults& faults);
std::vector<ScenarioExpectation> readExpectations(JsonValue list, Faults& faults);

/// tgtd: its settings, and from the whole document its items, populations and actions.
ScenarioDaemon readDaemon(JsonValue v, Faults& faults);
void readWork(Fields& document, Faults& faults, ScenarioDaemon& daemon);
Spread readSpread(Faults& faults, JsonValue v, std::string_view key);

/// What code does: of a timer's function, an interrupt, a process.
std::vector<ScenarioStep> readSteps(JsonValue list, Faults& faults, std::string_view key);
std::vector<ScenarioProcess> readProcesses(JsonValue list, Faults& faults);
std::vector<ScenarioChoice> readChoices(JsonValue list, Faults& faults);
/// "nohz", "smp", "skew", "interrupts", "idle", "slice", "takes" of a machine.
void readKernelMachine(Fields& machine, Faults& faults, ScenarioMachine& m);
/// A time with a unit, or jiffies: "2ms", "3 jiffies".
Spelling readDuration(JsonValue v, Faults& faults, std::string_view key);

/// A name for a timer or a population: no white space, not long.
std::optional<Spelling> readName(Faults& faults, JsonValue v, std::string_view what);
/// A name of core/timers/registry.h.
std::optional<std::string> readAlgorithm(Faults& faults, JsonValue v);
/// "fires": a spelling or a list of them.
std::optional<std::vector<Spelling>> readSpellings(Faults& faults, JsonValue v, std::string_view what);

/// Meaning: instants, names, order. What readShape left unsaid because of a fault is passed over.
Inputs compileInto(const Scenario& scenario, const std::string& file, Faults& faults);
/// As compileInto() of a scenario with a daemon.
Inputs compileWorkInto(const Scenario& scenario, const std::string& file, Faults& faults);

} // namespace jiffy::core
