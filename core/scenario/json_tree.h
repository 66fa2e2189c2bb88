// SPDX-License-Identifier: GPL-3.0-or-later
// JSON as a tree that knows where in the text each value stands, so that a fault can be shown with a caret.
//
// Stricter than JSON: a key must not occur twice in an object. Laxer: comments (// and /* */) are allowed.
// Numbers keep their spelling; who reads them decides what fits. Nodes stand in one flat array, so depth
// costs no stack.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jiffy::core
{

enum class JsonType : std::uint8_t
{
    Missing,
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object
};

/// "a number", "a list", ...: for messages.
std::string_view describe(JsonType t);

class JsonTree;

/// A value inside a tree: a number, cheap to copy. Valid as long as its tree. A missing value has no
/// children.
class JsonValue
{
  public:
    JsonValue() = default;
    JsonValue(const JsonTree* tree, std::uint32_t node) : m_tree(tree), m_node(node) {}

    bool exists() const { return m_tree != nullptr; }
    JsonType type() const;
    std::string_view text() const; ///< a string's value (UTF-8, escapes resolved), a number's spelling
    std::string_view key() const;  ///< as a member of an object
    std::size_t begin() const;     ///< byte offsets into the text that was parsed
    std::size_t end() const;
    std::size_t keyBegin() const;
    JsonValue first() const; ///< first element or member
    JsonValue next() const;  ///< the one behind this one in the same list or object
    JsonValue member(std::string_view key) const;

  private:
    const JsonTree* m_tree = nullptr;
    std::uint32_t m_node = 0;
};

/// What is wrong with a text, and at which byte.
struct JsonFault
{
    std::size_t offset = 0;
    std::string message;
};

class JsonTree
{
  public:
    static constexpr std::size_t maxBytes = 64u << 20;
    static constexpr std::size_t maxDepth = 64;
    static constexpr std::size_t maxValues = 8'000'000;

    /// Never throws. Syntax ends the parse at its first fault; keys that occur twice are all reported. The
    /// tree is whole only if there are no faults.
    static JsonTree parse(std::string_view text, std::vector<JsonFault>& faults);

    JsonValue root() const { return m_nodes.empty() ? JsonValue() : JsonValue(this, 0); }

  private:
    friend class JsonValue;
    friend class JsonTreeBuilder;
    static constexpr std::uint32_t none = ~0u;

    struct Node
    {
        std::uint32_t begin = 0, end = 0;
        std::uint32_t text = 0, textLength = 0; ///< in m_pool
        std::uint32_t key = 0, keyLength = 0;   ///< in m_pool
        std::uint32_t keyBegin = 0;
        std::uint32_t first = none, next = none;
        JsonType type = JsonType::Null;
    };
    std::vector<Node> m_nodes;
    std::string m_pool;
};

} // namespace jiffy::core
