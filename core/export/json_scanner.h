// SPDX-License-Identifier: GPL-3.0-or-later
// A scanner for one flat JSON object on a line: keys, whole numbers, strings. Builds nothing; made for a million lines a
// second. Errors are remembered with their place, and everything after the first one is refused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jiffy::core
{

class JsonScanner
{
  public:
    explicit JsonScanner(std::string_view line) : m_line(line) {}

    /// The next key, or false at the closing brace and after an error. Each key must be followed by one value.
    bool nextKey(std::string_view& key);
    bool number(std::uint64_t& v);
    bool signedNumber(std::int64_t& v);
    /// The text is valid until the next call of text(). Escapes are decoded.
    bool text(std::string_view& v);

    bool failed() const { return !m_error.empty(); }
    const std::string& error() const { return m_error; }
    std::size_t errorOffset() const { return m_errorOffset; }
    std::size_t keyOffset() const { return m_keyOffset; } ///< of the key read last, behind its quote
    /// Where the value read last began.
    std::size_t valueOffset() const { return m_valueOffset; }
    bool fail(std::size_t offset, std::string message);

  private:
    void skipBlanks();
    bool beginValue();
    bool take(char c);
    bool plainText(std::string_view& v);
    bool escapedText(std::string_view& v);
    bool escape(std::string& out);
    bool codeUnit(unsigned& v);

    std::string_view m_line;
    std::size_t m_at = 0;
    std::size_t m_keyOffset = 0;
    std::size_t m_valueOffset = 0;
    std::size_t m_errorOffset = 0;
    bool m_begun = false;
    std::string m_error;
    std::string m_decoded;
};

} // namespace jiffy::core
