// SPDX-License-Identifier: GPL-3.0-or-later
// Words of a line-based file: split, taken one by one, read as numbers, and found fault with where they stand. Base of
// the readers of vectors; the first fault of a line ends it.
#pragma once

#include "core/base/result.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jiffy::core
{

class OpsWords
{
  protected:
    OpsWords(std::string_view text, const std::string& file) : m_text(text), m_file(file) {}

    /// Until there are too many faults.
    template <class F> void forEachLine(F&& readLine)
    {
        std::size_t at = 0;
        while (at <= m_text.size() && m_diagnostics.size() < mostDiagnostics) {
            const auto end = std::min(m_text.find('\n', at), m_text.size());
            readLine(at, m_text.substr(at, end - at));
            at = end + 1;
        }
    }
    /// Splits a line; false if there is nothing in it but a comment.
    bool beginLine(std::size_t start, std::string_view line)
    {
        m_words.clear();
        const auto comment = std::min(line.find('#'), line.size());
        for (std::size_t i = 0; i < comment;) {
            if (line[i] == ' ' || line[i] == '\t' || line[i] == '\r') {
                ++i;
                continue;
            }
            const std::size_t from = i;
            while (i < comment && line[i] != ' ' && line[i] != '\t' && line[i] != '\r') ++i;
            m_words.push_back(line.substr(from, i - from));
        }
        m_lineStart = start;
        m_next = 0;
        m_failed = false;
        return !m_words.empty();
    }
    static std::string quoted(std::string_view w) { return "`" + std::string(w.substr(0, 60)) + "`"; }
    std::string_view take(const char* expected)
    {
        if (m_failed) return {};
        if (m_next < m_words.size()) return m_words[m_next++];
        const auto& last = m_words.back();
        error(static_cast<std::size_t>(last.data() + last.size() - m_text.data()), std::string("the line ends here; expected ") + expected);
        return {};
    }
    void noMore()
    {
        if (!m_failed && m_next < m_words.size()) errorAt(m_words[m_next], "nothing more is expected in this line");
    }
    std::uint64_t number(std::string_view w, const char* what, std::uint64_t low = 0, std::uint64_t high = ~0ull)
    {
        if (m_failed) return 0;
        std::uint64_t v = 0;
        const auto [end, error] = std::from_chars(w.data(), w.data() + w.size(), v);
        if (error != std::errc() || end != w.data() + w.size() || v < low || v > high || w.empty())
            errorAt(w, std::string("expected ") + what + ", found " + quoted(w));
        return v;
    }
    std::int64_t signedNumber(std::string_view w, const char* what, std::int64_t low, std::int64_t high)
    {
        if (m_failed) return 0;
        std::int64_t v = 0;
        const auto digits = w.starts_with('+') && !w.starts_with("+-") ? w.substr(1) : w;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), v);
        if (error != std::errc() || end != digits.data() + digits.size() || v < low || v > high || digits.empty())
            errorAt(w, std::string("expected ") + what + ", found " + quoted(w));
        return v;
    }
    void errorAt(std::string_view word, std::string message)
    {
        error(word.data() == nullptr ? m_lineStart : static_cast<std::size_t>(word.data() - m_text.data()), std::move(message));
    }
    void error(std::size_t offset, std::string message)
    {
        if (m_failed) return;
        m_failed = true;
        m_diagnostics.push_back(locate(Diagnostic{Fault::Input, m_file, 0, 0, std::move(message), {}}, m_text, offset));
    }

    static constexpr std::size_t mostDiagnostics = 20;

    std::string_view m_text;
    const std::string& m_file;
    Diagnostics m_diagnostics;
    std::vector<std::string_view> m_words;
    std::size_t m_next = 0;
    std::size_t m_lineStart = 0;
    bool m_failed = false;
};

} // namespace jiffy::core
