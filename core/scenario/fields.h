// SPDX-License-Identifier: GPL-3.0-or-later
// Typed reading of JSON objects. Nothing stops at the first fault: all are collected, each with its place.
#pragma once

#include "core/base/result.h"
#include "core/scenario/json_tree.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiffy::core
{

/// Where a value stands in the file it came from; no part of the value, so all spots are equal.
struct Spot
{
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
    std::size_t offset = nowhere;
    bool isKnown() const { return offset != nowhere; }
    bool operator==(const Spot&) const { return true; }
};

/// What is wrong with a text. At most maxListed faults are located; more are counted.
class Faults
{
  public:
    static constexpr std::size_t maxListed = 50;
    static constexpr std::size_t maxKept = 10'000; ///< of a file that is wrong in every line

    /// text must outlive this; it may be empty when there is no file.
    Faults(std::string_view text, std::string file) : m_text(text), m_file(std::move(file)) {}

    void add(Spot where, std::string message)
    {
        ++m_count;
        if (m_faults.size() < maxKept) m_faults.push_back({where.offset, std::move(message)});
    }
    void add(JsonValue where, std::string message) { add(Spot{where.begin()}, std::move(message)); }
    bool isEmpty() const { return m_faults.empty(); }
    /// In the order of the text; those without a place last.
    Diagnostics take();
    /// A diagnostic without words at that place; line 0 if it is not known. O(log lines), but no column in
    /// lines of more than 4 kB.
    Diagnostic place(Spot where) const;

  private:
    std::string_view m_text;
    std::string m_file;
    std::vector<JsonFault> m_faults;
    std::size_t m_count = 0;
    mutable std::vector<std::size_t> m_lineStarts;
};

/// One object of the file. Keys that are not among `keys`, and a value that is no object, are faults at once.
/// Readers return a fault's default after reporting it. `what` is for messages: "an action".
class Fields
{
  public:
    Fields(Faults& faults, JsonValue object, std::string_view what,
           std::initializer_list<std::string_view> keys);

    bool isObject() const { return m_object.type() == JsonType::Object; }
    bool has(std::string_view key) const { return m_object.member(key).exists(); }
    JsonValue find(std::string_view key) const { return m_object.member(key); }
    /// As find(), but a fault when there is none.
    JsonValue need(std::string_view key);
    Spot spot() const { return Spot{m_object.begin()}; }
    Spot spot(std::string_view key) const;

    std::optional<std::string> text(std::string_view key);
    std::optional<bool> flag(std::string_view key);
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t low, std::int64_t high);

  private:
    Faults& m_faults;
    JsonValue m_object;
    std::string m_what;
};

/// "\"expires\" must be a number, not a string".
std::string wrongType(std::string_view what, std::string_view expected, JsonValue found);

std::optional<std::string> readText(Faults& faults, JsonValue v, std::string_view what);
std::optional<std::int64_t> readInteger(Faults& faults, JsonValue v, std::string_view what, std::int64_t low,
                                        std::int64_t high);
/// A number's spelling: a JSON integer that is not negative, or a string.
std::optional<std::string> readSpelling(Faults& faults, JsonValue v, std::string_view what);

/// " (did you mean \"x\"?)" for the nearest of the names, or nothing if none is near.
std::string didYouMean(std::string_view text, const std::vector<std::string_view>& names);

} // namespace jiffy::core
