// SPDX-License-Identifier: GPL-3.0-or-later
// JSON text in the making, for the exporters that write a line at a time: no tree, no allocation once a line has grown.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace jiffy::core
{

/// As a JSON string with its quotes. Bytes from 0x80 on go through as they are: the text is UTF-8.
inline void appendJsonString(std::string& out, std::string_view text)
{
    out += '"';
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (u < 0x20) {
            constexpr char hex[] = "0123456789abcdef";
            out += "\\u00";
            out += hex[u >> 4];
            out += hex[u & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

template <class Number> void appendNumber(std::string& out, Number v)
{
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, v).ptr);
}

/// `,"key":v`
template <class Number> void appendJsonNumber(std::string& out, std::string_view key, Number v)
{
    out.append(",\"").append(key).append("\":");
    appendNumber(out, v);
}

/// `,"key":"text"`
inline void appendJsonPair(std::string& out, std::string_view key, std::string_view text)
{
    out.append(",\"").append(key).append("\":");
    appendJsonString(out, text);
}

} // namespace jiffy::core
