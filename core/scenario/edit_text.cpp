// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/edit_text.h"

#include "core/scenario/document.h"
#include "core/scenario/writer.h"

#include <algorithm>
#include <optional>

namespace jiffy::core
{

namespace
{

using Text = std::string_view;

bool isContainer(JsonType t) { return t == JsonType::Object || t == JsonType::Array; }

/// The text between two values: white space, comments, commas.
std::size_t commaIn(Text gap)
{
    for (std::size_t i = 0; i < gap.size(); ++i) {
        if (gap[i] == ',') return i;
        if (gap[i] != '/' || i + 1 == gap.size()) continue;
        const auto end = gap[i + 1] == '/' ? gap.find('\n', i) : gap.find("*/", i + 2);
        if (end == Text::npos) return Text::npos;
        i = gap[i + 1] == '/' ? end : end + 1;
    }
    return Text::npos;
}

/// What stands on the line of the value before, if it is a comment, belongs to that value; its length.
std::size_t sameLineComment(Text gap)
{
    const auto comment = gap.find('/');
    auto newline = gap.find('\n');
    if (comment == Text::npos || newline == Text::npos || newline < comment) return 0;
    if (newline > 0 && gap[newline - 1] == '\r') --newline;
    // A block comment that goes over the line's end is cut behind it.
    if (gap.substr(comment, 2) == "/*") {
        const auto end = gap.find("*/", comment + 2);
        if (end != Text::npos && end + 2 > newline) return end + 2;
    }
    return newline;
}

bool endsInLineComment(Text trivia)
{
    for (std::size_t i = 0; i + 1 < trivia.size(); ++i) {
        if (trivia[i] != '/') continue;
        const auto end = trivia[i + 1] == '/' ? trivia.find('\n', i) : trivia.find("*/", i + 2);
        if (end == Text::npos) return trivia[i + 1] == '/';
        i = trivia[i + 1] == '/' ? end : end + 1;
    }
    return false;
}

/// White space that starts the line of a place in a text.
Text indentAt(Text text, std::size_t at)
{
    const auto start = at == 0 ? Text::npos : text.rfind('\n', at - 1);
    const auto line = text.substr(start == Text::npos ? 0 : start + 1);
    const auto end = line.find_first_not_of(" \t");
    return line.substr(0, end);
}

/// A tree and the text it was made of.
struct Source
{
    Text text;
    const JsonTree& tree;
    Text of(JsonValue v) const { return text.substr(v.begin(), v.end() - v.begin()); }
    /// With its key.
    Text whole(JsonValue v) const
    {
        const auto begin = v.key().empty() ? v.begin() : v.keyBegin();
        return text.substr(begin, v.end() - begin);
    }
};

std::vector<JsonValue> children(JsonValue v)
{
    std::vector<JsonValue> out;
    for (auto c = v.first(); c.exists(); c = c.next())
        out.push_back(c);
    return out;
}

/// How the elements of an old list become those of a new one.
struct Pair
{
    int from = -1; ///< -1: a new one
    int to = 0;
};

constexpr std::size_t largestTable = 1'000'000;

/// For each new element the old one it came from: equal ones first, then in order.
std::vector<Pair> match(const std::vector<Text>& from, const std::vector<Text>& to)
{
    const auto n = from.size(), m = to.size();
    std::size_t head = 0, tail = 0;
    while (head < std::min(n, m) && from[head] == to[head])
        ++head;
    while (tail < std::min(n, m) - head && from[n - 1 - tail] == to[m - 1 - tail])
        ++tail;
    std::vector<int> origin(m, -1);
    for (std::size_t i = 0; i < head; ++i)
        origin[i] = static_cast<int>(i);
    for (std::size_t i = 0; i < tail; ++i)
        origin[m - 1 - i] = static_cast<int>(n - 1 - i);
    const auto a = n - head - tail, b = m - head - tail;
    if (a != 0 && b != 0 && a * b <= largestTable) {
        std::vector<std::uint32_t> best((a + 1) * (b + 1), 0);
        const auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& { return best[i * (b + 1) + j]; };
        for (auto i = a; i-- > 0;)
            for (auto j = b; j-- > 0;)
                at(i, j) = from[head + i] == to[head + j] ? at(i + 1, j + 1) + 1
                                                          : std::max(at(i + 1, j), at(i, j + 1));
        for (std::size_t i = 0, j = 0; i < a && j < b;) {
            if (from[head + i] == to[head + j])
                origin[head + j++] = static_cast<int>(head + i++);
            else if (at(i + 1, j) >= at(i, j + 1))
                ++i;
            else
                ++j;
        }
    }
    // Between two that stayed, the old ones left over became the new ones, one by one.
    std::vector<int> stop(m + 1, static_cast<int>(n));
    for (auto j = m; j-- > 0;)
        stop[j] = origin[j] >= 0 ? origin[j] : stop[j + 1];
    int next = 0;
    for (std::size_t j = 0; j < m; ++j) {
        if (origin[j] < 0 && next < stop[j]) origin[j] = next;
        if (origin[j] >= 0) next = origin[j] + 1;
    }
    std::vector<Pair> out;
    for (std::size_t j = 0; j < m; ++j)
        out.push_back({origin[j], static_cast<int>(j)});
    return out;
}

/// One container of the text, taken apart: [ head (lead value trail ,)... tail ].
struct Parts
{
    struct Entry
    {
        Text lead;  ///< in front of it, with the comments above it
        Text trail; ///< behind it on its line
    };
    Text head; ///< a comment on the line of the bracket
    Text tail; ///< in front of the closing bracket
    std::vector<Entry> entries;
    std::vector<Text> gaps; ///< as they stand: in front of each entry, and behind the last

    Parts(const Source& s, JsonValue container, const std::vector<JsonValue>& values)
    {
        auto from = container.begin() + 1;
        for (const auto v : values) {
            const auto begin = v.key().empty() ? v.begin() : v.keyBegin();
            gaps.push_back(s.text.substr(from, begin - from));
            from = v.end();
        }
        gaps.push_back(s.text.substr(from, container.end() - 1 - from));
        for (std::size_t i = 0; i < gaps.size(); ++i) {
            auto gap = gaps[i];
            Text trail;
            if (i > 0 && i + 1 < gaps.size()) {
                const auto comma = commaIn(gap);
                const auto before = gap.substr(0, comma == Text::npos ? 0 : comma);
                gap.remove_prefix(comma == Text::npos ? 0 : comma + 1);
                trail = before.find('/') != Text::npos ? before : gap.substr(0, sameLineComment(gap));
                if (trail.data() == gap.data()) gap.remove_prefix(trail.size());
            } else {
                trail = gap.substr(0, sameLineComment(gap));
                gap.remove_prefix(trail.size());
            }
            (i == 0 ? head : entries.back().trail) = trail;
            if (i + 1 < gaps.size())
                entries.push_back({gap, {}});
            else
                tail = gap;
        }
    }
};

class Merger
{
  public:
    Merger(Source text, Source base, Source wanted) : m_text(text), m_base(base), m_wanted(wanted) {}

    std::string run()
    {
        const auto root = m_text.tree.root();
        return std::string(m_text.text.substr(0, root.begin())) +
               merged(root, m_base.tree.root(), m_wanted.tree.root()) +
               std::string(m_text.text.substr(root.end()));
    }

  private:
    /// The text's value t, which says what b says, made to say what w says.
    std::string merged(JsonValue t, JsonValue b, JsonValue w)
    {
        if (b.exists() && m_base.of(b) == m_wanted.of(w)) return std::string(m_text.of(t));
        if (t.type() != w.type() || !isContainer(t.type()) || (b.exists() && b.type() != w.type()))
            return std::string(m_wanted.of(w));
        return t.type() == JsonType::Object ? object(t, b, w) : list(t, b, w);
    }

    std::string object(JsonValue t, JsonValue b, JsonValue w)
    {
        const auto old = children(t);
        std::vector<Made> made;
        for (std::size_t i = 0; i < old.size(); ++i) {
            const auto key = old[i].key();
            const auto inBase = b.member(key), now = w.member(key);
            if (inBase.exists() && !now.exists()) continue; // gone
            auto value = now.exists() ? merged(old[i], inBase, now) : std::string(m_text.of(old[i]));
            const auto whole = m_text.whole(old[i]);
            made.push_back({static_cast<int>(i),
                            std::string(whole.substr(0, whole.size() - m_text.of(old[i]).size())) + value,
                            std::string(key)});
        }
        // New members go behind the one they follow in the canonical order.
        std::string previous;
        for (auto now = w.first(); now.exists(); now = now.next()) {
            const auto known = [&](const Made& m) { return m.key == now.key(); };
            const auto inBase = b.member(now.key());
            const bool isUnsaid = inBase.exists() && m_base.of(inBase) == m_wanted.of(now); // the default
            if (!isUnsaid && std::find_if(made.begin(), made.end(), known) == made.end()) {
                const auto behind = std::find_if(made.begin(), made.end(),
                                                 [&](const Made& m) { return m.key == previous; });
                made.insert(behind == made.end() ? made.begin() : behind + 1,
                            {-1, std::string(m_wanted.whole(now)), std::string(now.key())});
            }
            if (!isUnsaid || t.member(now.key()).exists()) previous = std::string(now.key());
        }
        return assembled(t, old, made, w);
    }

    std::string list(JsonValue t, JsonValue b, JsonValue w)
    {
        const auto old = children(t), before = children(b), now = children(w);
        if (old.size() != before.size()) return std::string(m_wanted.of(w));
        std::vector<Text> from, to;
        for (const auto v : before)
            from.push_back(m_base.of(v));
        for (const auto v : now)
            to.push_back(m_wanted.of(v));
        std::vector<Made> made;
        for (const auto& p : match(from, to)) {
            const auto value = now[static_cast<std::size_t>(p.to)];
            const auto i = static_cast<std::size_t>(p.from);
            made.push_back(
                {p.from, p.from < 0 ? std::string(m_wanted.of(value)) : merged(old[i], before[i], value), {}});
        }
        return assembled(t, old, made, w);
    }

    struct Made
    {
        int from; ///< the old entry it is; -1: new
        std::string text;
        std::string key;
    };

    std::string assembled(JsonValue t, const std::vector<JsonValue>& old, const std::vector<Made>& made,
                          JsonValue w)
    {
        const Parts parts(m_text, t, old);
        const auto style = separators(t, parts, w);
        const auto last = static_cast<int>(old.size()) - 1;
        std::string out(1, m_text.text[t.begin()]);
        int previous = -2; // of the entry written last; -2: none yet
        Text trail;
        for (const auto& m : made) {
            const bool isFirst = previous == -2;
            if (m.from >= 0 && (isFirst ? m.from == 0 : m.from == previous + 1 && previous >= 0)) {
                out += parts.gaps[static_cast<std::size_t>(m.from)];
            } else {
                out += isFirst ? parts.head : Text(",");
                out += trail;
                auto lead = m.from < 0 ? isFirst ? Text(style.first) : Text(style.between)
                                       : parts.entries[static_cast<std::size_t>(m.from)].lead;
                const bool isPlain = lead.find_first_not_of(" \t\r") == Text::npos; // on the line of another
                if (isPlain && m.from >= 0) lead = isFirst ? Text(style.first) : Text(style.between);
                if (endsInLineComment(isFirst ? parts.head : trail) && lead.find('\n') == Text::npos)
                    out += '\n';
                out += lead;
            }
            out += m.text;
            trail = m.from < 0 ? Text() : parts.entries[static_cast<std::size_t>(m.from)].trail;
            previous = m.from < 0 ? -1 : m.from;
        }
        if (made.empty()) {
            const bool isBlank = parts.head.empty() && parts.tail.find('/') == Text::npos;
            if (!isBlank) {
                out += parts.head;
                if (endsInLineComment(parts.head) && parts.tail.find('\n') == Text::npos) out += '\n';
                out += parts.tail;
            }
        } else if (previous == last && previous >= 0) {
            out += parts.gaps.back();
        } else {
            out += trail;
            const auto tail = old.empty() && parts.tail.find('/') == Text::npos ? Text(style.last) : parts.tail;
            if (endsInLineComment(trail) && tail.find('\n') == Text::npos) out += '\n';
            out += tail;
        }
        return out + m_text.text[t.end() - 1];
    }

    struct Style
    {
        std::string first, between, last;
    };

    /// White space round new entries: as round the old ones, or as the canonical form has it.
    Style separators(JsonValue t, const Parts& parts, JsonValue w) const
    {
        const auto line = std::string(m_text.text.find('\r') == Text::npos ? "\n" : "\r\n");
        const auto indent = std::string(indentAt(m_text.text, t.begin()));
        if (parts.entries.empty()) {
            const bool isTall = m_wanted.of(w).find('\n') != Text::npos || parts.tail.find('/') != Text::npos;
            if (!isTall) return {"", " ", ""};
            return {line + indent + "  ", line + indent + "  ", line + indent};
        }
        for (const auto& e : parts.entries) {
            const auto newline = e.lead.rfind('\n');
            if (newline == Text::npos) continue;
            const auto white = line + std::string(e.lead.substr(newline + 1));
            return {white, white, line + indent};
        }
        return {std::string(parts.entries.front().lead), " ", std::string(parts.tail)};
    }

    Source m_text, m_base, m_wanted;
};

std::optional<Scenario> shapeOf(const JsonTree& tree, Text text)
{
    Faults faults(text, {});
    auto scenario = readShape(tree.root(), faults);
    if (!faults.isEmpty()) return std::nullopt;
    return scenario;
}

std::optional<std::string> inPlace(Text text, const Scenario& wanted)
{
    std::vector<JsonFault> syntax;
    const auto tree = JsonTree::parse(text, syntax);
    if (!syntax.empty()) return std::nullopt;
    const auto before = shapeOf(tree, text);
    if (!before) return std::nullopt;
    const auto baseText = writeScenario(*before), wantedText = writeScenario(wanted);
    if (baseText == wantedText) return std::string(text);
    const auto base = JsonTree::parse(baseText, syntax), to = JsonTree::parse(wantedText, syntax);
    if (!syntax.empty()) return std::nullopt;
    auto result = Merger({text, tree}, {baseText, base}, {wantedText, to}).run();
    // What was made is read again: a text is never handed out that says something else.
    const auto check = JsonTree::parse(result, syntax);
    if (!syntax.empty()) return std::nullopt;
    Faults faults(result, {});
    if (writeScenario(readShape(check.root(), faults)) != wantedText) return std::nullopt;
    return result;
}

} // namespace

EditedText editText(std::string_view text, const Scenario& wanted)
{
    if (auto edited = inPlace(text, wanted)) return {std::move(*edited), true};
    return {writeScenario(wanted), false};
}

} // namespace jiffy::core
