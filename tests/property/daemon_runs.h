// SPDX-License-Identifier: GPL-3.0-or-later
// Inputs of tgtd for tests that hold of every run: all vectors, and what they do not reach: costs, failing
// calls, slow calls, scheduled events, a small batch, shutdown, items added twice, today's timerfd.
#pragma once

#include "core/scenario/inputs.h"

#include <string>
#include <string_view>
#include <vector>

namespace jiffy::tests
{

struct DaemonRun
{
    std::string name;
    core::InputsPtr inputs;
};

/// Vectors first. Read once.
const std::vector<DaemonRun>& daemonRuns();
/// A vector's text as inputs; fails the test if it is none.
core::Inputs daemonInputs(std::string_view ops);
/// The nth source's action, from 0, in the order of the text.
core::Action& sourceAction(core::Inputs& inputs, std::uint32_t source);

} // namespace jiffy::tests
