// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/draft.h"

#include "core/scenario/document.h"

namespace jiffy::core
{

namespace
{

/// The child that spans the offset, its key included.
JsonValue childAt(JsonValue parent, std::size_t offset, int& index)
{
    index = 0;
    for (auto v = parent.first(); v.exists(); v = v.next(), ++index) {
        const auto begin = v.key().empty() ? v.begin() : v.keyBegin();
        if (begin <= offset && offset < v.end()) return v;
    }
    return {};
}

DocumentPlace placeIn(const JsonTree& tree, std::size_t offset)
{
    DocumentPlace place;
    int index = 0;
    auto v = childAt(tree.root(), offset, index);
    if (!v.exists()) return place;
    place.part = std::string(v.key());
    auto child = childAt(v, offset, index);
    if (child.exists() && child.key() == "populations") {
        place.part = "populations";
        v = child;
        child = childAt(v, offset, index);
    }
    if (v.type() == JsonType::Array && child.exists()) {
        place.row = index;
        child = childAt(child, offset, index);
    }
    if (child.exists()) place.key = std::string(child.key());
    return place;
}

} // namespace

Draft readDraft(std::string_view text, const std::string& file, DraftReading reading)
{
    Draft draft;
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        draft.faults.push_back(
            {Fault::Input, file, 0, 0, "the file is empty; a scenario is a JSON object", {}});
        draft.places.emplace_back();
        return draft;
    }
    std::vector<JsonFault> syntax;
    const auto tree = JsonTree::parse(text, syntax);
    Faults faults(text.size() > JsonTree::maxBytes ? std::string_view() : text, file);
    for (auto& f : syntax)
        faults.add(Spot{f.offset}, std::move(f.message));
    if (syntax.empty()) {
        draft.scenario = readShape(tree.root(), faults);
        draft.isShapely = faults.isEmpty();
        if (reading == DraftReading::All) {
            auto inputs = compileInto(draft.scenario, file, faults);
            if (faults.isEmpty()) draft.inputs = std::move(inputs);
        }
    }
    draft.faults = faults.take();
    for (const auto& f : draft.faults) {
        const bool isPlaced = syntax.empty() && f.line > 0;
        draft.places.push_back(isPlaced ? placeIn(tree, offsetOf(text, f.line, f.column)) : DocumentPlace{});
    }
    return draft;
}

DocumentPlace placeAt(std::string_view text, std::size_t offset)
{
    std::vector<JsonFault> syntax;
    const auto tree = JsonTree::parse(text, syntax);
    return syntax.empty() ? placeIn(tree, offset) : DocumentPlace{};
}

std::size_t offsetOf(std::string_view text, int line, int column)
{
    std::size_t at = 0;
    for (int i = 1; i < line; ++i) {
        const auto end = text.find('\n', at);
        if (end == std::string_view::npos) return text.size();
        at = end + 1;
    }
    for (int i = 1; i < column && at < text.size() && text[at] != '\n'; ++i) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
            ++at;
    }
    return at;
}

} // namespace jiffy::core
