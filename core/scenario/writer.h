// SPDX-License-Identifier: GPL-3.0-or-later
// Scenario documents as files.
#pragma once

#include "core/scenario/scenario.h"

#include <string>

namespace jiffy::core
{

/// JSON in a stable order of keys: one item, population, action and expectation a line; what is as by default
/// is left out. readDocument(writeScenario(s)) == s. Comments of a file that was read are not kept.
std::string writeScenario(const Scenario& scenario);

} // namespace jiffy::core
