// SPDX-License-Identifier: GPL-3.0-or-later
// A changed document into the text that it was read from: only what changed is written anew. Comments, layout,
// the order of keys and values that say the default all stay.
//
// How: the old and the new document are written in their canonical form (writer.h); where these two differ, and
// only there, the text is changed. Lists are matched element by element (the longest common subsequence), so a
// row that is added, removed or changed leaves the others and their comments alone.
#pragma once

#include "core/scenario/scenario.h"

#include <string>
#include <string_view>

namespace jiffy::core
{

struct EditedText
{
    std::string text;
    /// False: the text could not be changed in place (it is broken, or says things in a way that this does not
    /// see through) and was written anew, without its comments.
    bool isInPlace = true;
};

/// A text that says `wanted`, made from `text`. Instants and names need not make sense, so a document with
/// faults of meaning can be edited; a text with faults of shape is written anew.
EditedText editText(std::string_view text, const Scenario& wanted);

} // namespace jiffy::core
