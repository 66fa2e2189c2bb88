// SPDX-License-Identifier: GPL-3.0-or-later
// "What just happened" when it was a line of the code: the line with its value, and why it exists. GUI thread.
#pragma once

#include "core/history/code.h"
#include "ui/narration/narration.h"

namespace jiffy::ui
{

/// "delta ← expires - timer_jiffies: 180" and why the line exists; counted "line 3 of 9".
Sentence lineSentence(const core::CodeThere& code, const core::Geometry& geometry, const core::Inputs& inputs);

} // namespace jiffy::ui
