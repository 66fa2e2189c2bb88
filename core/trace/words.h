// SPDX-License-Identifier: GPL-3.0-or-later
// Small helpers for the sentences that an import says.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jiffy::core
{

/// 1234567 as "1,234,567".
inline std::string grouped(std::uint64_t n)
{
    auto out = std::to_string(n);
    for (auto i = static_cast<std::ptrdiff_t>(out.size()) - 3; i > 0; i -= 3)
        out.insert(static_cast<std::size_t>(i), 1, ',');
    return out;
}

/// "1 timer", "2 timers", "1,000 timers".
inline std::string counted(std::uint64_t n, std::string_view one, std::string_view many = {})
{
    const std::string word = n == 1         ? std::string(one)
                             : many.empty() ? std::string(one) + "s"
                                            : std::string(many);
    return grouped(n) + " " + word;
}

} // namespace jiffy::core
