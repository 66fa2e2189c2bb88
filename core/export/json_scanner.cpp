// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/json_scanner.h"

#include <charconv>

namespace jiffy::core
{

bool JsonScanner::fail(std::size_t offset, std::string message)
{
    if (failed()) return false;
    m_error = std::move(message);
    m_errorOffset = offset;
    return false;
}

void JsonScanner::skipBlanks()
{
    while (m_at < m_line.size() && (m_line[m_at] == ' ' || m_line[m_at] == '\t' || m_line[m_at] == '\r')) ++m_at;
}

bool JsonScanner::take(char c)
{
    skipBlanks();
    if (m_at >= m_line.size() || m_line[m_at] != c) return false;
    ++m_at;
    return true;
}

bool JsonScanner::nextKey(std::string_view& key)
{
    if (failed()) return false;
    if (!m_begun) {
        m_begun = true;
        if (!take('{')) return fail(m_at, "expected an object: {\"…\": …}");
        if (take('}')) {
            skipBlanks();
            return m_at == m_line.size() ? false : fail(m_at, "expected the end of the line");
        }
    } else if (take('}')) {
        skipBlanks();
        return m_at == m_line.size() ? false : fail(m_at, "expected the end of the line");
    } else if (!take(',')) {
        return fail(m_at, "expected ',' or '}'");
    }
    const bool quoted = take('"');
    m_keyOffset = m_at;
    if (!quoted || !plainText(key)) return fail(m_at, "expected a key in quotes");
    if (!take(':')) return fail(m_at, "expected ':'");
    return true;
}

bool JsonScanner::beginValue()
{
    if (failed()) return false;
    skipBlanks();
    m_valueOffset = m_at;
    return true;
}

bool JsonScanner::number(std::uint64_t& v)
{
    if (!beginValue()) return false;
    const char* const from = m_line.data() + m_at;
    const char* const end = m_line.data() + m_line.size();
    const auto [stop, error] = std::from_chars(from, end, v);
    if (error == std::errc::result_out_of_range) return fail(m_at, "the number does not fit into 64 bits");
    if (error != std::errc() || (*from == '0' && stop - from > 1)) return fail(m_at, "expected a whole number");
    if (stop != end && (*stop == '.' || *stop == 'e' || *stop == 'E')) return fail(m_at, "expected a whole number");
    m_at += static_cast<std::size_t>(stop - from);
    return true;
}

bool JsonScanner::signedNumber(std::int64_t& v)
{
    if (!beginValue()) return false;
    const std::size_t start = m_at;
    const bool negative = take('-');
    std::uint64_t magnitude = 0;
    if (!number(magnitude)) return false;
    m_valueOffset = start;
    if (magnitude > static_cast<std::uint64_t>(INT64_MAX)) return fail(start, "the number does not fit into 64 bits");
    v = negative ? -static_cast<std::int64_t>(magnitude) : static_cast<std::int64_t>(magnitude);
    return true;
}

bool JsonScanner::text(std::string_view& v)
{
    if (!beginValue()) return false;
    if (!take('"')) return fail(m_at, "expected a text in quotes");
    return plainText(v) || escapedText(v);
}

/// A text without escapes, as it stands in the line. Leaves the place alone when it is none.
bool JsonScanner::plainText(std::string_view& v)
{
    for (std::size_t i = m_at; i < m_line.size(); ++i) {
        const char c = m_line[i];
        if (c == '"') {
            v = m_line.substr(m_at, i - m_at);
            m_at = i + 1;
            return true;
        }
        if (c == '\\' || static_cast<unsigned char>(c) < 0x20) return false;
    }
    return false;
}

bool JsonScanner::escapedText(std::string_view& v)
{
    m_decoded.clear();
    for (; m_at < m_line.size(); ++m_at) {
        const char c = m_line[m_at];
        if (c == '"') {
            ++m_at;
            v = m_decoded;
            return true;
        }
        if (static_cast<unsigned char>(c) < 0x20) return fail(m_at, "a control character stands in a text");
        if (c != '\\') m_decoded += c;
        else if (!escape(m_decoded)) return fail(m_at, "an escape that JSON does not know");
    }
    return fail(m_at, "the text is not closed");
}

/// At a backslash; leaves the place at the last character of the escape.
bool JsonScanner::escape(std::string& out)
{
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (m_at + 1 >= m_line.size()) return false;
    const char c = m_line[++m_at];
    if (const auto i = letters.find(c); i != std::string_view::npos) {
        out += meanings[i];
        return true;
    }
    unsigned code = 0;
    if (c != 'u' || !codeUnit(code)) return false;
    if (code >= 0xD800 && code < 0xE000) { // half of a pair: the other half must follow
        unsigned low = 0;
        if (code >= 0xDC00 || m_line.substr(m_at + 1, 2) != "\\u") return false;
        m_at += 2;
        if (!codeUnit(low) || low < 0xDC00 || low >= 0xE000) return false;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    const auto byte = [&out](unsigned b) { out += static_cast<char>(b); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0 | code >> 6);
        byte(0x80 | (code & 0x3F));
    } else {
        if (code < 0x10000) {
            byte(0xE0 | code >> 12);
        } else {
            byte(0xF0 | code >> 18);
            byte(0x80 | (code >> 12 & 0x3F));
        }
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    }
    return true;
}

/// Four hexadecimal digits after the present place; leaves it at the last of them.
bool JsonScanner::codeUnit(unsigned& v)
{
    if (m_at + 4 >= m_line.size()) return false;
    const char* const from = m_line.data() + m_at + 1;
    const auto [stop, error] = std::from_chars(from, from + 4, v, 16);
    if (error != std::errc() || stop != from + 4) return false;
    m_at += 4;
    return true;
}

} // namespace jiffy::core
