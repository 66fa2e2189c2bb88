// SPDX-License-Identifier: GPL-3.0-or-later
// What a view works with, for tests of a single view.
#pragma once

#include "ui/view/view.h"

namespace jiffy::test
{

struct TestDesk
{
    ui::ThemeProvider theme;
    ui::Session session{core::BuiltinLookup{}};
    ui::Selection selection;
    ui::Desk desk{session, selection, theme};
};

} // namespace jiffy::test
