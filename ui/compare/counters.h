// SPDX-License-Identifier: GPL-3.0-or-later
// The five questions that every column answers, with the events that caused the answers. Pure functions of
// the accounts.
#pragma once

#include "core/insight/costs.h"
#include "ui/compare/compare_layout.h"

#include <QString>

#include <array>
#include <optional>
#include <span>

namespace jiffy::ui
{

struct Counter
{
    std::uint64_t value = 0;
    std::optional<std::uint64_t> event; ///< in the column's run; none: nothing has caused it yet
    QString cause;       ///< "104 comparisons for one timer, at jiffies 1000"; empty without an event
    QString aside;       ///< "2 early, up to 63": what the value does not tell; mostly empty
    double share = 0;    ///< of the most of all columns
    bool isMost = false; ///< the most of all columns, and not all have it
    bool operator==(const Counter&) const = default;
};

using Counters = std::array<Counter, counterCount>;

/// "comparisons to insert", ...
QString counterLabel(int row);
/// Shares and most are not set: markMost() does that for all columns together.
Counters countersOf(const core::CostTotals& costs, core::Jiffies start, core::Word word);
void markMost(std::span<Counters*> columns);

} // namespace jiffy::ui
