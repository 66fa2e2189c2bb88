// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of a line of a log, as its parser reads them: a fixed set for each kind of line.
#pragma once

#include "core/export/json_scanner.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jiffy::core
{

/// The values of one line whose keys are a fixed set, each at most once.
template <std::size_t N> struct Columns
{
    const std::array<std::string_view, N>& names;
    std::array<std::size_t, N> offsets{};
    std::uint64_t seen = 0;
    std::size_t expected = 0; ///< index of the key that comes next in the order of the table

    explicit Columns(const std::array<std::string_view, N>& n) : names(n) {}
    bool has(std::size_t i) const { return (seen >> i & 1) != 0; }

    /// Index of a key, or none with the error set: unknown keys and repeated ones are faults.
    std::optional<std::size_t> find(std::string_view key, JsonScanner& in)
    {
        const std::size_t keyOffset = in.keyOffset();
        for (std::size_t k = 0; k < N; ++k) {
            const std::size_t i = (expected + k) % N;
            if (names[i] != key) continue;
            if (has(i)) {
                in.fail(keyOffset, "the key \"" + std::string(key) + "\" stands twice");
                return {};
            }
            seen |= 1ull << i;
            expected = i + 1;
            return i;
        }
        in.fail(keyOffset, "unknown key \"" + std::string(key.substr(0, 40)) + "\"");
        return {};
    }
};

inline std::string outOfOrder(const char* what, std::uint64_t n) { return std::string("expected ") + what + ' ' + std::to_string(n); }

/// The values of a line that has one text at most; false with the error set.
template <std::size_t N>
bool readColumns(JsonScanner& in, Columns<N>& columns, std::array<std::uint64_t, N>& v, std::string_view firstKey, std::size_t textColumn,
                 std::string& text)
{
    std::string_view key = firstKey, word;
    do {
        const auto i = columns.find(key, in);
        if (!i) return false;
        if (*i == textColumn ? !in.text(word) : !in.number(v[*i])) return false;
        if (*i == textColumn) text = word;
        columns.offsets[*i] = in.valueOffset();
    } while (in.nextKey(key));
    return !in.failed();
}

} // namespace jiffy::core
