// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/fields.h"

#include <algorithm>
#include <charconv>

namespace jiffy::core
{

namespace
{

/// Levenshtein's distance.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t corner = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const auto replaced = corner + (a[i] == b[j] ? 0 : 1);
            corner = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, corner + 1});
        }
    }
    return row[b.size()];
}

std::string quoted(std::string_view text)
{
    return "\"" + std::string(text.substr(0, 60)) + "\"";
}

} // namespace

Diagnostics Faults::take()
{
    std::stable_sort(m_faults.begin(), m_faults.end(),
                     [](const auto& a, const auto& b) { return a.offset < b.offset; });
    Diagnostics out;
    for (auto& f : m_faults) {
        if (out.size() == maxListed) {
            out.push_back({Fault::Input,
                           m_file,
                           0,
                           0,
                           std::to_string(m_count - maxListed) + " more faults are not listed",
                           {}});
            break;
        }
        Diagnostic d{Fault::Input, m_file, 0, 0, std::move(f.message), {}};
        out.push_back(f.offset == Spot::nowhere ? std::move(d) : locate(std::move(d), m_text, f.offset));
    }
    m_faults.clear();
    m_count = 0;
    return out;
}

Diagnostic Faults::place(Spot where) const
{
    Diagnostic d;
    d.file = m_file;
    if (!where.isKnown()) return d;
    if (m_lineStarts.empty()) {
        m_lineStarts.push_back(0);
        for (auto i = m_text.find('\n'); i != std::string_view::npos; i = m_text.find('\n', i + 1))
            m_lineStarts.push_back(i + 1);
    }
    const auto behind = std::upper_bound(m_lineStarts.begin(), m_lineStarts.end(), where.offset);
    const auto start = *(behind - 1);
    const auto end = behind == m_lineStarts.end() ? m_text.size() : *behind - 1;
    if (end - start <= 4096)
        d = locate(std::move(d), m_text.substr(start, end - start), where.offset - start);
    d.line = static_cast<int>(behind - m_lineStarts.begin());
    return d;
}

Fields::Fields(Faults& faults, JsonValue object, std::string_view what,
               std::initializer_list<std::string_view> keys)
    : m_faults(faults), m_object(object), m_what(what)
{
    if (!isObject()) {
        m_faults.add(object, wrongType(what, "an object", object));
        return;
    }
    for (auto v = object.first(); v.exists(); v = v.next()) {
        if (std::find(keys.begin(), keys.end(), v.key()) != keys.end()) continue;
        std::string message = "unknown key " + quoted(v.key()) + " in " + m_what + didYouMean(v.key(), keys);
        message += "; expected one of ";
        bool first = true;
        for (const auto k : keys) {
            message += (first ? "" : ", ") + std::string(k);
            first = false;
        }
        m_faults.add(Spot{v.keyBegin()}, std::move(message));
    }
}

JsonValue Fields::need(std::string_view key)
{
    const auto v = find(key);
    if (!v.exists() && isObject()) m_faults.add(m_object, m_what + " needs " + quoted(key));
    return v;
}

Spot Fields::spot(std::string_view key) const
{
    const auto v = find(key);
    return Spot{v.exists() ? v.begin() : m_object.begin()};
}

std::optional<std::string> Fields::text(std::string_view key)
{
    const auto v = find(key);
    return v.exists() ? readText(m_faults, v, quoted(key)) : std::nullopt;
}

std::optional<bool> Fields::flag(std::string_view key)
{
    const auto v = find(key);
    if (!v.exists()) return std::nullopt;
    if (v.type() == JsonType::True) return true;
    if (v.type() == JsonType::False) return false;
    m_faults.add(v, wrongType(quoted(key), "true or false", v));
    return std::nullopt;
}

std::optional<std::int64_t> Fields::integer(std::string_view key, std::int64_t low, std::int64_t high)
{
    const auto v = find(key);
    return v.exists() ? readInteger(m_faults, v, quoted(key), low, high) : std::nullopt;
}

std::string wrongType(std::string_view what, std::string_view expected, JsonValue found)
{
    return std::string(what) + " must be " + std::string(expected) + ", not " +
           std::string(describe(found.type()));
}

std::optional<std::string> readText(Faults& faults, JsonValue v, std::string_view what)
{
    if (v.type() == JsonType::String) return std::string(v.text());
    faults.add(v, wrongType(what, "a string", v));
    return std::nullopt;
}

std::optional<std::int64_t> readInteger(Faults& faults, JsonValue v, std::string_view what, std::int64_t low,
                                        std::int64_t high)
{
    if (v.type() != JsonType::Number) {
        faults.add(v, wrongType(what, "a whole number", v));
        return std::nullopt;
    }
    const auto text = v.text();
    if (text.find_first_of(".eE") != std::string_view::npos) {
        faults.add(v, std::string(what) + " must be a whole number, without a point or an exponent");
        return std::nullopt;
    }
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc() || end != text.data() + text.size() || n < low || n > high) {
        faults.add(v, std::string(what) + " must be between " + std::to_string(low) + " and " +
                          std::to_string(high));
        return std::nullopt;
    }
    return n;
}

std::optional<std::string> readSpelling(Faults& faults, JsonValue v, std::string_view what)
{
    if (v.type() == JsonType::String) {
        if (!v.text().empty()) return std::string(v.text());
        faults.add(v, std::string(what) + " must not be empty");
        return std::nullopt;
    }
    if (v.type() != JsonType::Number) {
        faults.add(v, wrongType(what, "a number or a string", v));
        return std::nullopt;
    }
    if (v.text().find_first_of(".eE") != std::string_view::npos) {
        faults.add(v, std::string(what) + " must be a whole number, without a point or an exponent");
        return std::nullopt;
    }
    if (v.text().starts_with('-')) {
        faults.add(v, std::string(what) + " must not be negative; what is relative is a string, like \"-5\"");
        return std::nullopt;
    }
    return std::string(v.text());
}

std::string didYouMean(std::string_view text, const std::vector<std::string_view>& names)
{
    if (text.size() > 80) return {};
    std::string_view best;
    std::size_t least = std::max<std::size_t>(text.size() <= 3 ? 1 : 2, text.size() / 3) + 1;
    for (const auto n : names) {
        if (n.size() > 80) continue;
        const auto d = distance(text, n);
        if (d >= least) continue;
        least = d;
        best = n;
    }
    return best.empty() ? std::string() : " (did you mean " + quoted(best) + "?)";
}

} // namespace jiffy::core
