// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/listing.h"

#include <bitset>

namespace jiffy::core
{

namespace
{

std::string grouped(std::uint64_t n)
{
    std::string digits = std::to_string(n);
    if (digits.size() < 5) return digits;
    for (std::size_t i = digits.size(); i > 3;) {
        i -= 3;
        digits.insert(i, "\u2009");
    }
    return digits;
}

bool functionNamed(std::string_view text, Function& out)
{
    for (int i = 0; i < functionCount; ++i) {
        if (key(static_cast<Function>(i)) != text) continue;
        out = static_cast<Function>(i);
        return true;
    }
    return false;
}

std::string_view trimmed(std::string_view s)
{
    while (!s.empty() && (s.back() == ' ' || s.back() == '\r')) s.remove_suffix(1);
    while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
    return s;
}

void appendWords(std::string& to, std::string_view words)
{
    if (!to.empty()) to += ' ';
    to += words;
}

class Reader
{
  public:
    Reader(std::string_view text, std::string_view file) : m_text(text), m_file(file) {}

    Result<Listing> read()
    {
        std::size_t at = 0;
        while (at < m_text.size()) {
            const std::size_t end = std::min(m_text.find('\n', at), m_text.size());
            m_offset = at;
            take(m_text.substr(at, end - at));
            at = end + 1;
        }
        m_offset = m_text.size();
        for (int i = 0; i < lineCount; ++i) {
            const auto l = static_cast<Line>(i);
            if (!m_seen[static_cast<std::size_t>(i)]) complain("the line " + std::string(name(l)) + " is missing");
            else if (m_listing.of(l).why.empty()) complain("the line " + std::string(name(l)) + " has no explanation");
        }
        for (int i = 0; i < functionCount; ++i) {
            const auto f = static_cast<Function>(i);
            if (linesOf(f).count != 0 && m_listing.of(f).about.empty())
                complain("the function [" + std::string(key(f)) + "] has no explanation");
        }
        if (!m_errors.empty()) return tl::unexpected<Diagnostics>(std::move(m_errors));
        return std::move(m_listing);
    }

  private:
    void take(std::string_view line)
    {
        if (line.starts_with('#') || trimmed(line).empty()) return;
        if (line.starts_with('[')) return takeFunction(line);
        if (!m_hasFunction) return complain("a function is expected first: [name]");
        const bool isText = m_line < 0 || line.starts_with(' ');
        const std::size_t colon = line.find(": ");
        Line id{};
        if (!line.starts_with(' ') && colon != std::string_view::npos && lineNamed(line.substr(0, colon), id))
            return takeLine(id, line.substr(colon + 2));
        if (!isText) return complain("there is no line of that name");
        appendWords(m_line < 0 ? about() : m_listing.lines[static_cast<std::size_t>(m_line)].why, trimmed(line));
    }
    std::string& about() { return m_listing.functions[static_cast<std::size_t>(m_function)].about; }

    void takeFunction(std::string_view line)
    {
        const std::size_t end = line.find(']');
        if (end == std::string_view::npos || !functionNamed(line.substr(1, end - 1), m_function))
            return complain("there is no function of that name");
        m_hasFunction = true;
        m_line = -1;
    }
    void takeLine(Line id, std::string_view text)
    {
        m_line = static_cast<int>(id);
        if (functionOf(id) != m_function) return complain("this line belongs to [" + std::string(key(functionOf(id))) + "]");
        if (m_seen[static_cast<std::size_t>(id)]) return complain("this line stands here a second time");
        m_seen.set(static_cast<std::size_t>(id));
        ListingLine& l = m_listing.lines[static_cast<std::size_t>(id)];
        const std::size_t indent = std::min(text.find_first_not_of(' '), text.size());
        l.indent = static_cast<int>(indent / 2);
        const std::size_t bar = text.find(" | ");
        l.text = trimmed(text.substr(0, bar));
        if (bar != std::string_view::npos) l.column = trimmed(text.substr(bar + 3));
        if (l.text.empty()) complain("this line has no text");
    }
    void complain(std::string message)
    {
        Diagnostic d;
        d.file = m_file;
        d.message = std::move(message);
        m_errors.push_back(locate(std::move(d), m_text, m_offset));
    }

    std::string_view m_text, m_file;
    std::size_t m_offset = 0;
    Listing m_listing;
    Function m_function{};
    bool m_hasFunction = false;
    int m_line = -1; ///< the line whose explanation comes; -1: the function's
    std::bitset<lineCount> m_seen;
    Diagnostics m_errors;
};

/// The number that a place stands for: limit1.., shift2.., mask1, mask; 6.1: reach1.., gran1..
bool numberOf(std::string_view place, const Geometry& g, std::uint64_t& out)
{
    const auto level = [&]() -> int {
        const int n = place.empty() ? 0 : place.back() - '0';
        return n >= 1 && n <= g.levels ? n - 1 : -1;
    };
    if (place == "mask") {
        out = g.level[static_cast<std::size_t>(g.levels - 1)].mask();
        return true;
    }
    const int l = level();
    if (l < 0) return false;
    const Level& at = g.level[static_cast<std::size_t>(l)];
    const std::string_view what = place.substr(0, place.size() - 1);
    if (what == "mask") out = at.mask();
    else if (what == "shift") out = static_cast<std::uint64_t>(at.shift);
    else if (what == "reach") out = reachOfLevel(l);
    else if (what == "gran") out = 1ull << at.shift;
    else if (what == "limit") out = static_cast<std::uint64_t>(at.slots) << at.shift;
    else return false;
    return true;
}

} // namespace

Result<Listing> readListing(std::string_view text, std::string_view file) { return Reader(text, file).read(); }

std::string filled(std::string_view text, const Geometry& geometry)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = text.find('{', at);
        const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
        if (close == std::string_view::npos) return out += text.substr(at);
        out += text.substr(at, open - at);
        std::uint64_t number = 0;
        if (numberOf(text.substr(open + 1, close - open - 1), geometry, number)) out += grouped(number);
        else out += text.substr(open, close + 1 - open);
        at = close + 1;
    }
    return out;
}

CodeTokens tokensOf(std::string_view text)
{
    CodeTokens tokens;
    std::string plain;
    const auto flush = [&] {
        if (!plain.empty()) tokens.push_back({plain, -1});
        plain.clear();
    };
    for (std::size_t i = 0; i < text.size();) {
        if (text.substr(i, 2) == "tv" && i + 2 < text.size() && text[i + 2] >= '1' && text[i + 2] <= '9') {
            flush();
            tokens.push_back({std::string(text.substr(i, 3)), text[i + 2] - '1'});
            i += 3;
        } else if (text.substr(i, 3) == "lvl" && i + 3 < text.size() && text[i + 3] >= '0' && text[i + 3] <= '8') {
            flush();
            tokens.push_back({std::string(text.substr(i, 4)), text[i + 3] - '0'});
            i += 4;
        } else {
            plain += text[i++];
        }
    }
    flush();
    return tokens;
}

} // namespace jiffy::core
