// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/reader.h"

#include "core/scenario/document.h"

namespace jiffy::core
{

Result<ReadScenario> readBoth(std::string_view text, const std::string& file)
{
    Faults faults(text, file);
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return fail(Fault::Input, "the file is empty; a scenario is a JSON object", file);
    std::vector<JsonFault> syntax;
    const auto tree = JsonTree::parse(text, syntax);
    if (!syntax.empty()) {
        if (text.size() > JsonTree::maxBytes)
            return fail(Fault::Input, std::move(syntax.front().message), file);
        for (auto& f : syntax)
            faults.add(Spot{f.offset}, std::move(f.message));
        return tl::unexpected(faults.take());
    }
    ReadScenario both;
    both.scenario = readShape(tree.root(), faults);
    both.inputs = compileInto(both.scenario, file, faults);
    if (!faults.isEmpty()) return tl::unexpected(faults.take());
    return both;
}

Result<Inputs> readScenario(std::string_view text, const std::string& file)
{
    auto both = readBoth(text, file);
    if (!both) return tl::unexpected(std::move(both.error()));
    return std::move(both->inputs);
}

Result<Scenario> readDocument(std::string_view text, const std::string& file)
{
    auto both = readBoth(text, file);
    if (!both) return tl::unexpected(std::move(both.error()));
    return std::move(both->scenario);
}

Result<Inputs> compile(const Scenario& scenario, const std::string& file)
{
    Faults faults({}, file);
    auto inputs = compileInto(scenario, file, faults);
    if (!faults.isEmpty()) return tl::unexpected(faults.take());
    return inputs;
}

} // namespace jiffy::core
