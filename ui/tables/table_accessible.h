// SPDX-License-Identifier: GPL-3.0-or-later
// Canvases for those who cannot see them: assistive technology finds the wheel, the timeline and the
// inspector's page as tables, with the rows of their table twins, beside the buttons that stand on them.
#pragma once

namespace jiffy::ui
{

/// Once in a program; more often does nothing.
void installTableAccessibility();

} // namespace jiffy::ui
