// SPDX-License-Identifier: GPL-3.0-or-later
// How numbers, instants and expiries are spelt in scenario files; times and positions: position_spec.h.
//
//   number    1100, 0xFFFF4500, -300*HZ (the word that an unsigned int holds of it, as INITIAL_JIFFIES)
//   instant   "1100" absolute jiffies; "+12" jiffies after the start; "1.0ms", "30us", "1.250s" after the
//   start expiry    "1300" absolute; "+200", "-5" relative to jiffies at the instant of the call position
//   start, end, event=N, jiffies=N, time=1.250s
//
// The functions give the value or a message that says what is wrong and what was expected.
#pragma once

#include "core/scenario/inputs.h"

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace jiffy::core
{

template <class T> using Spelt = tl::expected<T, std::string>;

/// Ticks since the start, and ns since that tick.
struct Instant
{
    std::uint64_t tick = 0;
    std::uint32_t offset = 0;
    constexpr auto operator<=>(const Instant&) const = default;
};

/// No run goes further: about 285 years.
constexpr std::uint64_t maxSeconds = 9'000'000'000;

Spelt<std::uint64_t> parseNumber(std::string_view text, Hz hz);
Spelt<Instant> parseInstant(std::string_view text, const MachineConfig& machine);
/// Of a call at `tick`.
Spelt<Jiffies> parseExpiry(std::string_view text, const MachineConfig& machine, std::uint64_t tick);
/// Signed jiffies from now: "+10", "10", "-3".
Spelt<std::int64_t> parseDelta(std::string_view text);

/// The function's name as scenario files spell it ("mod_timer", "idle"); empty for what they cannot say.
/// SetIdle has two names: `idle` tells which.
std::string_view name(Call call, bool idle = true);
struct NamedCall
{
    Call call = Call::ModTimer;
    bool idle = false; ///< SetIdle: which of the two
    constexpr bool operator==(const NamedCall&) const = default;
};
bool callNamed(std::string_view text, NamedCall& out);
/// All of them, for messages: "add_timer, add_timer_on, ...".
std::string callNames();

} // namespace jiffy::core
