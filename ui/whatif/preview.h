// SPDX-License-Identifier: GPL-3.0-or-later
// What an intervention would do, in words: for dialogs, and for the wheel while a dot is dragged. Pure.
#pragma once

#include "core/history/intervention.h"

#include <QString>
#include <QStringList>

namespace jiffy::ui
{

struct Preview
{
    QString headline;   ///< "tv2[5], 1 200 jiffies away (4.8 s)", "lvl2[9], due at 576 in 2.3 s: 6 jiffies late",
                        ///< "Behind 35 timers, 120 jiffies away (480 ms)"
    QString why;        ///< which rule picks level and slot, exceptions in words; of a list what is walked past
    QStringList notes;  ///< what the call returns, slack, another CPU, when it takes effect
    bool isFiled = false; ///< afterwards the timer is pending: there is something to show in the lens
    int level = -1;

    QString plain() const; ///< all of it, for screen readers
};

Preview previewOf(const core::Trial& trial, const core::Intervention& what, const core::Outcome& outcome);

} // namespace jiffy::ui
