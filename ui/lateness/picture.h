// SPDX-License-Identifier: GPL-3.0-or-later
// How late the work of a run was, as what a picture of it shows and as sentences. Pure functions of the
// insight.
#pragma once

#include "core/insight/distribution.h"
#include "core/insight/lateness.h"

#include <QString>
#include <QStringList>

namespace jiffy::ui
{

struct LatenessPicture
{
    core::Statistics lead, twin;      ///< us; those added with 0 seconds are left out
    core::Buckets leadBars, twinBars; ///< the same range
    QString leadName, twinName;       ///< "new", "old"
    bool isInSeconds = false;         ///< the axis; else in ms

    bool isEmpty() const { return lead.count == 0 && twin.count == 0; }
    double unit() const { return isInSeconds ? 1e6 : 1e3; } ///< us
};
/// At most so many buckets. twin: the other scheduler's run; may be null.
LatenessPicture latenessPicture(const core::Lateness& run, const core::Lateness* twin, std::size_t most);

/// "12 runs, as a rule 0.20 s late (the median); 95 of 100 at most 1.00 s, the worst 1.00 s."
QString summaryText(const core::Statistics& s);
/// What woke the loop for nothing, and what became of the alarms: a sentence each.
QStringList wakeUpTexts(const core::Lateness& run);

} // namespace jiffy::ui
