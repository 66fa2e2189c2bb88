// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that only a view with the keyboard knows, for the list of keys and the manual. The rest are actions.
#pragma once

#include "core/scenario/inputs.h"
#include "ui/window/views.h"

#include <QString>

#include <span>

namespace jiffy::ui
{

struct ContextKey
{
    const char* context; ///< for tr(), context "Keys": the view
    const char* keys;    ///< as shown; for tr() where it is a word
    const char* tip;     ///< for tr()

    Suits suits = Suits::Every;

    bool isFor(core::Driver driver, bool hasCpus) const
    {
        if (suits == Suits::Cpus) return hasCpus && driver != core::Driver::Daemon;
        return suits == Suits::Every || (suits == Suits::Daemon) == (driver == core::Driver::Daemon);
    }
    QString contextText() const;
    QString keysText() const;
    QString tipText() const;
};

/// Those of one view stand together.
std::span<const ContextKey> contextKeys();

} // namespace jiffy::ui
