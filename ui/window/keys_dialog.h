// SPDX-License-Identifier: GPL-3.0-or-later
// All keys and what they do, from the table of actions.
#pragma once

#include "ui/theme/look.h"

class QWidget;

namespace jiffy::ui
{

/// Shows the list; returns when it is closed.
void showKeys(QWidget* parent, const Look& look);

} // namespace jiffy::ui
