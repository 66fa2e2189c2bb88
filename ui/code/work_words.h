// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the code panel in a run of tgtd. GUI thread.
#pragma once

#include "core/history/code.h"
#include "core/scenario/inputs.h"

#include <QString>

namespace jiffy::ui
{

/// "fd 11", "io#3" of a source that no file is named for, "fd 7" of the scheduler's own pipe or timerfd.
QString sourceText(const core::Inputs& inputs, core::TimerId source);
/// The name of an error: "EIO".
QString errorText(std::uint64_t number);

/// As valueText(), of what only tgtd has.
QString workValueText(const core::LineValue& value, const core::Inputs& inputs);
/// As argumentText(), of what only tgtd has: "busy since 4.05", "SIGALRM", "isns_poll, 4 s".
QString workArgumentText(const core::FrameArgument& argument, const core::Inputs& inputs);
/// What a frame is called: "fd 11 handler", else as functionText().
QString frameText(const core::CodeFrame& frame, const core::Inputs& inputs);

} // namespace jiffy::ui
