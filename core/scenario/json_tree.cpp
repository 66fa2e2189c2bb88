// SPDX-License-Identifier: GPL-3.0-or-later
// The only file of core that includes nlohmann/json.hpp.
#include "core/scenario/json_tree.h"

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>

namespace jiffy::core
{

std::string_view describe(JsonType t)
{
    switch (t) {
    case JsonType::Missing:
        return "nothing";
    case JsonType::Null:
        return "null";
    case JsonType::False:
        return "false";
    case JsonType::True:
        return "true";
    case JsonType::Number:
        return "a number";
    case JsonType::String:
        return "a string";
    case JsonType::Array:
        return "a list";
    case JsonType::Object:
        return "an object";
    }
    return "nothing";
}

JsonType JsonValue::type() const
{
    return m_tree ? m_tree->m_nodes[m_node].type : JsonType::Missing;
}

std::string_view JsonValue::text() const
{
    if (!m_tree) return {};
    const auto& n = m_tree->m_nodes[m_node];
    return std::string_view(m_tree->m_pool).substr(n.text, n.textLength);
}

std::string_view JsonValue::key() const
{
    if (!m_tree) return {};
    const auto& n = m_tree->m_nodes[m_node];
    return std::string_view(m_tree->m_pool).substr(n.key, n.keyLength);
}

std::size_t JsonValue::begin() const
{
    return m_tree ? m_tree->m_nodes[m_node].begin : 0;
}
std::size_t JsonValue::end() const
{
    return m_tree ? m_tree->m_nodes[m_node].end : 0;
}
std::size_t JsonValue::keyBegin() const
{
    return m_tree ? m_tree->m_nodes[m_node].keyBegin : 0;
}

JsonValue JsonValue::first() const
{
    const auto f = m_tree ? m_tree->m_nodes[m_node].first : JsonTree::none;
    return f == JsonTree::none ? JsonValue() : JsonValue(m_tree, f);
}

JsonValue JsonValue::next() const
{
    const auto n = m_tree ? m_tree->m_nodes[m_node].next : JsonTree::none;
    return n == JsonTree::none ? JsonValue() : JsonValue(m_tree, n);
}

JsonValue JsonValue::member(std::string_view key) const
{
    if (type() != JsonType::Object) return {};
    for (auto v = first(); v.exists(); v = v.next()) {
        if (v.key() == key) return v;
    }
    return {};
}

/// Receives the parser's events. The parser says what it read but not where, so this walks the text in step
/// with it: between two tokens stand only white space, comments, commas and colons.
class JsonTreeBuilder
{
  public:
    JsonTreeBuilder(std::string_view text, JsonTree& tree, std::vector<JsonFault>& faults)
        : m_text(text), m_tree(tree), m_faults(faults), m_at(text.starts_with("\xEF\xBB\xBF") ? 3 : 0)
    {
    }

    bool null() { return scalar(JsonType::Null, 4); }
    bool boolean(bool on) { return scalar(on ? JsonType::True : JsonType::False, on ? 4 : 5); }
    bool number_integer(std::int64_t) { return number(); }
    bool number_unsigned(std::uint64_t) { return number(); }
    bool number_float(double, const std::string&) { return number(); }
    bool binary(std::vector<std::uint8_t>&) { return false; }

    bool string(const std::string& value)
    {
        const auto from = skip(m_at);
        const auto to = stringEnd(from);
        return add(JsonType::String, from, to, value);
    }
    bool key(const std::string& value)
    {
        m_keyBegin = skip(m_at);
        m_at = stringEnd(m_keyBegin);
        m_key = pooled(value);
        m_keyLength = static_cast<std::uint32_t>(value.size());
        return true;
    }
    bool start_object(std::size_t) { return open(JsonType::Object); }
    bool start_array(std::size_t) { return open(JsonType::Array); }
    bool end_object()
    {
        refuseDuplicates(m_open.back().node);
        return close();
    }
    bool end_array() { return close(); }

    bool parse_error(std::size_t position, const std::string&, const std::exception& e)
    {
        std::string message = e.what();
        // "[json.exception.parse_error.101] parse error at line 3, column 29: syntax error while parsing
        // ...": the place is ours to say, and what was read last can be of any length.
        if (const auto place = message.find(", column "); place != std::string::npos) {
            if (const auto colon = message.find(": ", place); colon != std::string::npos)
                message.erase(0, colon + 2);
        } else if (const auto bracket = message.find("] "); bracket != std::string::npos) {
            message.erase(0, bracket + 2);
        }
        const bool number = message.starts_with("number overflow");
        if (number) message = "this number is too large";
        std::size_t offset = position > 0 ? position - 1 : 0;
        if (message.find("unexpected end of input") != std::string::npos)
            offset = m_text.size();
        else if (number || (message.find("unexpected ") != std::string::npos &&
                            message.find("unexpected ','") == std::string::npos &&
                            message.find("unexpected ':'") == std::string::npos))
            offset = skip(m_at);
        if (const auto last = message.find("; last read: "); last != std::string::npos) {
            const auto rest = message.find("'; expected", last);
            message.erase(last, rest == std::string::npos ? rest : rest + 1 - last);
        }
        message = "not valid JSON: " + message;
        if (offset < m_text.size() && (m_text[offset] == '}' || m_text[offset] == ']') && commaBefore(offset))
            message += " (no comma may stand before it)";
        m_faults.push_back({offset, std::move(message)});
        return false;
    }

  private:
    struct Open
    {
        std::uint32_t node;
        std::uint32_t last;
    };

    std::uint32_t pooled(std::string_view s)
    {
        const auto at = static_cast<std::uint32_t>(m_tree.m_pool.size());
        m_tree.m_pool += s;
        return at;
    }

    /// Behind white space, comments, commas and colons.
    std::size_t skip(std::size_t i) const
    {
        while (i < m_text.size()) {
            const char c = m_text[i];
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == ':')
                ++i;
            else if (c == '/' && i + 1 < m_text.size() && m_text[i + 1] == '/')
                i = std::min(m_text.find('\n', i), m_text.size());
            else if (c == '/' && i + 1 < m_text.size() && m_text[i + 1] == '*') {
                const auto end = m_text.find("*/", i + 2);
                i = end == std::string_view::npos ? m_text.size() : end + 2;
            } else
                break;
        }
        return i;
    }
    std::size_t stringEnd(std::size_t from) const
    {
        for (auto i = from + 1; i < m_text.size(); ++i) {
            if (m_text[i] == '\\')
                ++i;
            else if (m_text[i] == '"')
                return i + 1;
        }
        return m_text.size();
    }
    bool commaBefore(std::size_t offset) const
    {
        // m_at is behind the last token: a comma between it and the offset is the one.
        return m_text.substr(m_at, offset - std::min(m_at, offset)).find(',') != std::string_view::npos;
    }

    bool scalar(JsonType type, std::size_t length)
    {
        const auto from = skip(m_at);
        return add(type, from, from + length, {});
    }
    bool number()
    {
        const auto from = skip(m_at);
        const auto to = std::min(m_text.find_first_not_of("+-.0123456789eE", from), m_text.size());
        return add(JsonType::Number, from, to, m_text.substr(from, to - from));
    }

    bool add(JsonType type, std::size_t from, std::size_t to, std::string_view text)
    {
        if (m_tree.m_nodes.size() >= JsonTree::maxValues) {
            m_faults.push_back({from, "more than " + std::to_string(JsonTree::maxValues) +
                                          " values in one file; \"generate\" says much in little"});
            return false;
        }
        const auto index = static_cast<std::uint32_t>(m_tree.m_nodes.size());
        JsonTree::Node n;
        n.type = type;
        n.begin = static_cast<std::uint32_t>(from);
        n.end = static_cast<std::uint32_t>(to);
        n.text = pooled(text);
        n.textLength = static_cast<std::uint32_t>(text.size());
        if (!m_open.empty()) {
            auto& o = m_open.back();
            auto& parent = m_tree.m_nodes[o.node];
            if (parent.type == JsonType::Object) {
                n.key = m_key;
                n.keyLength = m_keyLength;
                n.keyBegin = static_cast<std::uint32_t>(m_keyBegin);
            }
            if (o.last == JsonTree::none)
                parent.first = index;
            else
                m_tree.m_nodes[o.last].next = index;
            o.last = index;
        }
        m_tree.m_nodes.push_back(n);
        m_at = to;
        return true;
    }
    bool open(JsonType type)
    {
        const auto from = skip(m_at);
        if (m_open.size() >= JsonTree::maxDepth) {
            m_faults.push_back({from, "nested more than " + std::to_string(JsonTree::maxDepth) + " deep"});
            return false;
        }
        const auto index = static_cast<std::uint32_t>(m_tree.m_nodes.size());
        if (!add(type, from, from + 1, {})) return false;
        m_open.push_back({index, JsonTree::none});
        return true;
    }
    bool close()
    {
        m_at = std::min(skip(m_at) + 1, m_text.size());
        m_tree.m_nodes[m_open.back().node].end = static_cast<std::uint32_t>(m_at);
        m_open.pop_back();
        return true;
    }

    void refuseDuplicates(std::uint32_t object)
    {
        m_keys.clear();
        for (auto v = JsonValue(&m_tree, object).first(); v.exists(); v = v.next())
            m_keys.push_back(v);
        std::sort(m_keys.begin(), m_keys.end(), [](JsonValue a, JsonValue b) {
            return a.key() != b.key() ? a.key() < b.key() : a.begin() < b.begin();
        });
        for (std::size_t i = 1; i < m_keys.size(); ++i) {
            if (m_keys[i].key() == m_keys[i - 1].key())
                m_faults.push_back({m_keys[i].keyBegin(),
                                    "\"" + std::string(m_keys[i].key()) + "\" is said twice in this object"});
        }
    }

    std::string_view m_text;
    JsonTree& m_tree;
    std::vector<JsonFault>& m_faults;
    std::size_t m_at;
    std::size_t m_keyBegin = 0;
    std::uint32_t m_key = 0, m_keyLength = 0;
    std::vector<Open> m_open;
    std::vector<JsonValue> m_keys;
};

JsonTree JsonTree::parse(std::string_view text, std::vector<JsonFault>& faults)
{
    JsonTree tree;
    if (text.size() > maxBytes) {
        faults.push_back({0, "the file has " + std::to_string(text.size()) +
                                 " bytes; a scenario has at most " + std::to_string(maxBytes) + " (64 MB)"});
        return tree;
    }
    // The parser takes a NUL for the end of the text.
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
        faults.push_back({nul, "not valid JSON: a byte of value 0, so this is no text"});
        return tree;
    }
    JsonTreeBuilder builder(text, tree, faults);
    try {
        const bool whole = nlohmann::json::sax_parse(text.begin(), text.end(), &builder,
                                                     nlohmann::json::input_format_t::json, true, true);
        if (!whole && faults.empty()) faults.push_back({0, "not valid JSON"});
    } catch (const std::exception& e) {
        faults.push_back({0, std::string("cannot be read as JSON: ") + e.what()});
    }
    return tree;
}

} // namespace jiffy::core
