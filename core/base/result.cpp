// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

constexpr int widest = 160; ///< characters of a source line that are printed

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// Bytes of the character at i: of a whole UTF-8 sequence, or 1 for a byte that begins none.
std::size_t lengthAt(std::string_view line, std::size_t i)
{
    const auto c = static_cast<unsigned char>(line[i]);
    const std::size_t length = c < 0x80                ? 1
                               : c >= 0xC2 && c < 0xE0 ? 2
                               : c >= 0xE0 && c < 0xF0 ? 3
                               : c >= 0xF0 && c < 0xF5 ? 4
                                                       : 1;
    if (i + length > line.size()) return 1;
    for (std::size_t k = 1; k < length; ++k) {
        if (!isContinuation(line[i + k])) return 1;
    }
    return length;
}

int countCharacters(std::string_view line)
{
    int n = 0;
    for (std::size_t i = 0; i < line.size(); i += lengthAt(line, i))
        ++n;
    return n;
}

/// One printable string for each character of a line: whole UTF-8 sequences stay, all else becomes '?'.
std::vector<std::string> characters(std::string_view line)
{
    std::vector<std::string> out;
    for (std::size_t i = 0; i < line.size();) {
        const auto c = static_cast<unsigned char>(line[i]);
        const std::size_t length = lengthAt(line, i);
        if (length == 1 && (c < 0x20 || c >= 0x7F))
            out.emplace_back(c == '\t' ? " " : "?");
        else
            out.emplace_back(line.substr(i, length));
        i += length;
    }
    return out;
}

} // namespace

Diagnostic locate(Diagnostic d, std::string_view text, std::size_t offset)
{
    offset = std::min(offset, text.size());
    const auto before = text.substr(0, offset);
    const auto lineStart = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const auto lineEnd = std::min(text.find('\n', offset), text.size());
    d.line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
    d.column = 1 + countCharacters(text.substr(lineStart, offset - lineStart));
    auto line = text.substr(lineStart, lineEnd - lineStart);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    // A line of megabytes is cut here already: a diagnostic is a small value.
    if (line.size() > 4096) {
        auto from = offset - lineStart > 2048 ? offset - lineStart - 2048 : 0;
        while (from > 0 && isContinuation(line[from]))
            --from;
        d.sourceFrom = countCharacters(line.substr(0, from));
        line = line.substr(from, 4096);
    }
    d.sourceLine = std::string(line);
    return d;
}

std::string toText(const Diagnostic& d)
{
    std::string out;
    if (!d.file.empty()) out += d.file + ":";
    if (d.line > 0) out += std::to_string(d.line) + ":" + std::to_string(std::max(d.column, 1)) + ":";
    if (!out.empty()) out += " ";
    out += "error: " + d.message + "\n";
    if (d.line <= 0 || d.sourceLine.empty()) return out;
    const auto chars = characters(d.sourceLine);
    const int column = std::clamp(d.column - d.sourceFrom, 1, static_cast<int>(chars.size()) + 1);
    const int from = column > widest - 40 ? column - (widest - 40) : 0;
    const int to = std::min(static_cast<int>(chars.size()), from + widest);
    for (int i = from; i < to; ++i)
        out += chars[static_cast<std::size_t>(i)];
    out += "\n" + std::string(static_cast<std::size_t>(column - 1 - from), ' ') + "^\n";
    return out;
}

std::string toText(const Diagnostics& ds)
{
    std::string out;
    for (const auto& d : ds)
        out += toText(d);
    return out;
}

} // namespace jiffy::core
