// SPDX-License-Identifier: GPL-3.0-or-later
// What an intervention in a run of tgtd would do, in words: when it comes, when work runs, on this scheduler
// and on the other one. Pure.
#pragma once

#include "core/history/work_intervention.h"
#include "ui/whatif/preview.h"

namespace jiffy::ui
{

/// item: its name, where the intervention is about one.
Preview previewOfWork(const core::Intervention& what, const core::WorkForecast& forecast,
                      const QString& item);

} // namespace jiffy::ui
