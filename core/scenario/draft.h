// SPDX-License-Identifier: GPL-3.0-or-later
// A scenario's text while it is being written: as much as can be read of it, and all that is wrong with it, each
// fault with its place in the text and in the document.
#pragma once

#include "core/scenario/scenario.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jiffy::core
{

/// A place in a document as its text names it: "actions", 3, "expires".
struct DocumentPlace
{
    std::string part; ///< a key of the scenario; empty: not known
    int row = -1;     ///< of a list; -1: none
    std::string key;  ///< inside the row or the part; empty: all of it
    bool operator==(const DocumentPlace&) const = default;
};

struct Draft
{
    Scenario scenario;            ///< what had a fault of shape is left out, or as by default
    bool isShapely = false;       ///< the scenario says all that the text says; only its meaning may be wrong
    std::optional<Inputs> inputs; ///< set when nothing is wrong
    Diagnostics faults;
    std::vector<DocumentPlace> places; ///< one for each fault
};

/// ShapeOnly: keys, types and ranges, but not what instants and names mean; no inputs. Costs no drawing of
/// populations.
enum class DraftReading
{
    All,
    ShapeOnly
};

/// The readers' own messages (reader.h). Never throws.
Draft readDraft(std::string_view text, const std::string& file, DraftReading reading = DraftReading::All);

/// What stands at a byte of the text. Nothing if the text is no JSON.
DocumentPlace placeAt(std::string_view text, std::size_t offset);

/// The byte at a line and column, both from 1; a column past the line's end means its end.
std::size_t offsetOf(std::string_view text, int line, int column);

} // namespace jiffy::core
