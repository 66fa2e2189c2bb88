// SPDX-License-Identifier: GPL-3.0-or-later
// Where the reader's diagnostics stand in a text on the screen. Pure.
#pragma once

#include "core/base/result.h"

#include <QString>

#include <functional>
#include <vector>

namespace jiffy::ui
{

struct FaultMark
{
    int line = -1;        ///< from 0; -1: the place is not known
    int from = 0, to = 0; ///< UTF-16 units of the line that are marked; to > from, also in an empty line
    QString message;
    bool operator==(const FaultMark&) const = default;

    /// "12:5  a message", or the message alone.
    QString text() const;
};

/// One for each diagnostic, in their order. A mark spans the token that it is about: a string, a number, a word,
/// an object up to its end on that line.
std::vector<FaultMark> faultMarks(const core::Diagnostics& faults, const std::function<QString(int line)>& lineText);

/// The end of the token that begins there.
int tokenEnd(const QString& line, int from);

} // namespace jiffy::ui
