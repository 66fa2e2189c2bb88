// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/position_spec.h"

#include <charconv>
#include <limits>

namespace jiffy::core
{

namespace
{

struct Unit
{
    std::string_view name;
    std::uint64_t nanoseconds;
};
constexpr Unit units[] = {{"ns", 1}, {"us", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}};

std::optional<std::uint64_t> wholeNumber(std::string_view text)
{
    std::uint64_t v = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return v;
}

/// As wholeNumber(), or hexadecimal: "0xFFFF4500".
std::optional<std::uint64_t> wordNumber(std::string_view text)
{
    if (!text.starts_with("0x") && !text.starts_with("0X")) return wholeNumber(text);
    text.remove_prefix(2);
    std::uint64_t v = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v, 16);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return v;
}

/// The decimals of a number in units of 10^-9 of the unit, or none: "25" of "1.25" in seconds is 250,000,000.
std::optional<std::uint64_t> fraction(std::string_view decimals, std::uint64_t unit)
{
    std::uint64_t sum = 0;
    for (const char c : decimals) {
        if (c < '0' || c > '9') return {};
        if (unit % 10 != 0) {
            if (c != '0') return {}; // finer than a nanosecond
            continue;
        }
        unit /= 10;
        sum += static_cast<std::uint64_t>(c - '0') * unit;
    }
    return sum;
}

} // namespace

std::optional<Nanoseconds> parseTime(std::string_view text)
{
    for (const auto& unit : units) {
        if (!text.ends_with(unit.name)) continue;
        std::string_view number = text.substr(0, text.size() - unit.name.size());
        const auto dot = number.find('.');
        const auto decimals = dot == std::string_view::npos ? std::string_view() : number.substr(dot + 1);
        if (dot != std::string_view::npos && decimals.empty()) return {};
        const auto whole = wholeNumber(number.substr(0, dot));
        const auto part = fraction(decimals, unit.nanoseconds);
        if (!whole || !part) {
            if (unit.name == "s") return {};
            continue;
        }
        const auto most = static_cast<std::uint64_t>(std::numeric_limits<Nanoseconds>::max());
        if (*whole > (most - *part) / unit.nanoseconds) return {};
        return static_cast<Nanoseconds>(*whole * unit.nanoseconds + *part);
    }
    return {};
}

std::string timeText(Nanoseconds t)
{
    const auto v = static_cast<std::uint64_t>(t);
    std::string out = std::to_string(v / 1'000'000'000u);
    std::string decimals = std::to_string(v % 1'000'000'000u);
    decimals.insert(0, 9 - decimals.size(), '0');
    decimals.resize(decimals.find_last_not_of('0') + 1);
    if (!decimals.empty()) out += '.' + decimals;
    return out + 's';
}

tl::expected<PositionSpec, std::string> parsePosition(std::string_view text)
{
    using enum PositionSpec::Kind;
    if (text == "start") return PositionSpec{Start, 0};
    if (text == "end") return PositionSpec{End, 0};
    const auto equals = text.find('=');
    const auto key = text.substr(0, equals);
    const auto value = equals == std::string_view::npos ? std::string_view() : text.substr(equals + 1);
    if (key == "event" || key == "jiffies") {
        if (const auto n = wordNumber(value)) return PositionSpec{key == "event" ? Event : AtJiffies, *n};
    } else if (key == "time") {
        if (const auto t = parseTime(value)) return PositionSpec{Time, static_cast<std::uint64_t>(*t)};
    }
    return tl::unexpected("\"" + std::string(text.substr(0, 80)) +
                          "\" is not a position: start, end, event=N, jiffies=N or time=1.250s (s, ms, us, ns)");
}

std::string toText(const PositionSpec& spec)
{
    switch (spec.kind) {
    case PositionSpec::Kind::Start: return "start";
    case PositionSpec::Kind::End: return "end";
    case PositionSpec::Kind::Event: return "event=" + std::to_string(spec.value);
    case PositionSpec::Kind::AtJiffies: return "jiffies=" + std::to_string(spec.value);
    case PositionSpec::Kind::Time: return "time=" + timeText(static_cast<Nanoseconds>(spec.value));
    }
    return "start";
}

} // namespace jiffy::core
