// SPDX-License-Identifier: GPL-3.0-or-later
// Two changes of one document, made apart, put together.
#pragma once

#include "core/scenario/scenario.h"

namespace jiffy::core
{

/// `ours` with all that makes `theirs` differ from `base`. Rows of lists are taken as wholes: those that `theirs`
/// adds come beside the row they stand beside there, those that it takes out go. Where both changed the same single value,
/// ours stays. mergeDocuments(b, b, t) == t and mergeDocuments(b, o, b) == o.
Scenario mergeDocuments(const Scenario& base, const Scenario& ours, const Scenario& theirs);

} // namespace jiffy::core
