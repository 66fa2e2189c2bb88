// SPDX-License-Identifier: GPL-3.0-or-later
// How the writer of scenarios spells JSON, for its own files.
#pragma once

#include "core/scenario/scenario.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jiffy::core::writing
{

inline std::string quoted(std::string_view text)
{
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (u < 0x20 || u == 0x7F)
            ((out += "\\u00") += hex[u >> 4]) += hex[u & 15];
        else
            out += c;
    }
    return out + "\"";
}

/// Numbers as numbers where JSON can say them, all else as strings.
inline std::string spelt(const Spelling& s)
{
    const auto& t = s.text;
    const bool plain = !t.empty() && t.size() <= 20 &&
                       t.find_first_not_of("0123456789") == std::string::npos &&
                       (t.size() == 1 || t[0] != '0');
    return plain ? t : quoted(t);
}

/// An object on one line, its members in the order of the calls.
class Line
{
  public:
    Line& raw(std::string_view key, std::string_view json)
    {
        m_text += m_text.empty() ? "{" : ", ";
        m_text += quoted(key) + ": " + std::string(json);
        return *this;
    }
    Line& text(std::string_view key, const std::string& value) { return raw(key, quoted(value)); }
    Line& number(std::string_view key, std::uint64_t n) { return raw(key, std::to_string(n)); }
    Line& said(std::string_view key, const Spelling& s) { return s.isSaid() ? raw(key, spelt(s)) : *this; }
    Line& named(std::string_view key, const Spelling& s)
    {
        return s.isSaid() ? raw(key, quoted(s.text)) : *this;
    }
    Line& counted(std::string_view key, const std::optional<std::uint64_t>& n)
    {
        return n ? number(key, *n) : *this;
    }
    std::string end() const { return m_text.empty() ? "{}" : m_text + "}"; }

  private:
    std::string m_text;
};

template <class List, class Each> std::string inLine(const List& list, Each each)
{
    std::string out = "[";
    for (const auto& e : list)
        out += (out.size() == 1 ? "" : ", ") + each(e);
    return out + "]";
}

inline std::string oneOrList(const std::vector<Spelling>& list)
{
    return list.size() == 1 ? spelt(list[0]) : inLine(list, spelt);
}

inline std::string spread(const Spread& s)
{
    using Shape = Spread::Shape;
    if (s.shape == Shape::Uniform && s.low == s.high) return std::to_string(s.low);
    const auto name = s.shape == Shape::Uniform ? "uniform"
                      : s.shape == Shape::Log2  ? "log2"
                      : s.shape == Shape::Bell  ? "bell"
                                                : "sequence";
    return Line().raw(name, "[" + std::to_string(s.low) + ", " + std::to_string(s.high) + "]").end();
}

/// A member that is a list with an element a line; nothing if it is empty.
template <class List, class Each>
void lines(std::string& out, std::string_view indent, std::string_view key, const List& list, Each each)
{
    if (list.empty()) return;
    out += ",\n" + std::string(indent) + quoted(key) + ": [";
    bool first = true;
    for (const auto& e : list) {
        out += (first ? "\n  " : ",\n  ") + std::string(indent) + each(e);
        first = false;
    }
    out += "\n" + std::string(indent) + "]";
}

} // namespace jiffy::core::writing

namespace jiffy::core
{

/// Of a machine of CPUs: its members of "machine"; what code does; its part of an action; one process; one choice.
void writeKernelMachine(writing::Line& machine, const ScenarioMachine& m);
std::string stepText(const ScenarioStep& step);
void writeKernelAction(writing::Line& action, const ScenarioAction& a);
std::string processText(const ScenarioProcess& process);
std::string choiceText(const ScenarioChoice& choice);

/// Of a scenario with a daemon: the value of "daemon", and the members of its items, populations and actions.
std::string daemonText(const ScenarioDaemon& daemon);
void writeWork(std::string& out, const ScenarioDaemon& daemon);

} // namespace jiffy::core
