// SPDX-License-Identifier: GPL-3.0-or-later
// The look of scroll bars: a thin handle without buttons.
#pragma once

#include "ui/theme/theme.h"

#include <QString>

namespace jiffy::ui
{

/// A style sheet for the widget that scrolls, on a ground of that colour.
QString scrollBarStyle(const Theme& theme, const QColor& ground);

} // namespace jiffy::ui
