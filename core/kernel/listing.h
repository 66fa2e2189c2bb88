// SPDX-License-Identifier: GPL-3.0-or-later
// The pseudocode as a document: for each line of core/kernel/lines.h its words and why it exists, for each function what
// it is for. Read from a resource file of one language (resources/pseudocode); a listing that lacks a line does not
// exist. Plain values.
#pragma once

#include "core/base/result.h"
#include "core/kernel/lines.h"
#include "core/world/geometry.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace jiffy::core
{

/// A piece of a line: level >= 0 for the name of a level ("tv2"), which is shown in its hue.
struct CodeToken
{
    std::string text;
    int level = -1;
    bool operator==(const CodeToken&) const = default;
};
using CodeTokens = std::vector<CodeToken>;

struct ListingLine
{
    int indent = 0;
    std::string text;   ///< with places for the wheel's numbers: "delta < {limit1}"
    std::string column; ///< what stands behind it in a second column; may be empty
    std::string why;    ///< one sentence, or two
};

struct ListingFunction
{
    std::string about; ///< what it is for; empty for Callback
};

struct Listing
{
    std::array<ListingLine, lineCount> lines;
    std::array<ListingFunction, functionCount> functions;

    const ListingLine& of(Line l) const { return lines[static_cast<std::size_t>(l)]; }
    const ListingFunction& of(Function f) const { return functions[static_cast<std::size_t>(f)]; }
};

/// Each Line and each function with lines must stand in it exactly once, and each needs its sentence.
Result<Listing> readListing(std::string_view text, std::string_view file);

/// The text with its places filled: "if delta < 256". Numbers of five digits and more are grouped by thin spaces.
std::string filled(std::string_view text, const Geometry& geometry);
/// Cut at the names of levels.
CodeTokens tokensOf(std::string_view text);

} // namespace jiffy::core
