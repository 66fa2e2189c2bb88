// SPDX-License-Identifier: GPL-3.0-or-later
// `jiffyscope list`: a name, then what it is, a line each.
#include "app/commands.h"
#include "app/library.h"
#include "app/output.h"
#include "core/export/exporter.h"
#include "core/timers/registry.h"

#include <algorithm>

namespace jiffy::app
{

namespace
{

struct Entry
{
    std::string name, description;
};

std::vector<Entry> entriesOf(std::string_view what)
{
    std::vector<Entry> out;
    const auto add = [&out](std::string_view name, std::string_view description) {
        out.push_back({std::string(name), std::string(description)});
    };
    if (what == "scenarios") {
        for (const auto& s : builtinScenarios()) add(":" + s.name, s.title);
    } else if (what == "timers") {
        for (const auto& t : core::timerAlgorithms()) add(t.name, t.description);
    } else if (what == "views") {
        for (const auto& v : pictureViews()) add(v.name, v.description);
    } else {
        for (const auto& e : core::exporters()) add(e.suffix, e.description);
        for (const auto& p : pictureFormats()) add(p.name, p.description);
    }
    return out;
}

} // namespace

int listCommand(const CommandLine& line)
{
    const auto entries = entriesOf(line.list);
    std::size_t width = 0;
    for (const auto& e : entries) width = std::max(width, e.name.size());
    Output out;
    for (const auto& e : entries) out.line(e.name + std::string(width - e.name.size() + 2, ' ') + e.description);
    return out.finish();
}

} // namespace jiffy::app
