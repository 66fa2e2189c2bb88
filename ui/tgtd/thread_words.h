// SPDX-License-Identifier: GPL-3.0-or-later
// Where tgtd's one thread stands, and why it does not do what one waits for: one sentence.
#pragma once

#include "ui/tgtd/scene.h"

namespace jiffy::ui
{

/// Where the thread stands; `event` records of the log are applied to the world.
ThreadPlace threadPlace(const core::World& world, const core::Inputs& inputs, const core::LogView& log, std::uint64_t event);
QString threadSentence(const FlowScene& scene);
/// Why execute_work (or schedule) does nothing now; empty: it runs.
QString whyShut(const FlowScene& scene);
/// "interrupted: EINTR", of the incident that the scene shows; empty: there is none.
QString incidentText(const FlowScene& scene);

} // namespace jiffy::ui
