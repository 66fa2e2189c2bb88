// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences of a run of tgtd: what just happened to its alarm, pipe, loop and work, where the one thread
// stands, and why. Faults of the original are explained where they come to light.
#pragma once

#include "ui/narration/narration.h"

namespace jiffy::ui
{

/// What a sentence of tgtd's is made from. Values and references; nothing is kept.
struct WorkTold
{
    const core::World& world; ///< behind the record
    const core::Inputs& inputs;
    const core::LogView* log = nullptr; ///< of the run, for what began earlier; null: it is left out
    std::uint64_t event = 0;            ///< of the record in it
};

/// Total: every (kind, site) has one.
Sentence narrateWork(const core::Record& r, const WorkTold& told);
Sentence workStartSentence(const core::World& world, const core::Inputs& inputs);
Sentence workEndSentence(const core::World& world, const core::Inputs& inputs, core::RunStatus status);

} // namespace jiffy::ui
