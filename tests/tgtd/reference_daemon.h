// SPDX-License-Identifier: GPL-3.0-or-later
// A second opinion on tgtd's schedulers: the world of the vectors (FORMAT.md beside them) told as directly as
// it can be, with recursion, vectors and a global clock, from the text of an .ops file to the text of its
// .log.
#pragma once

#include <optional>
#include <string>

namespace jiffy::test
{

/// None if the input leaves what the format allows: an item added twice, a drain that never ends. REQUIRES: a
/// text that the format allows otherwise.
std::optional<std::string> referenceLog(const std::string& ops);

} // namespace jiffy::test
