// SPDX-License-Identifier: GPL-3.0-or-later
// The program's icon at all sizes that desktops ask for; below 40 pixels a simpler drawing.
#pragma once

#include <QIcon>

namespace jiffy::ui
{

/// Must have been called before icons and manual are read: a static library's data is not found by itself.
void loadWindowResources();

QIcon programIcon();

} // namespace jiffy::ui
