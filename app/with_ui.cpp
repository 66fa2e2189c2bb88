// SPDX-License-Identifier: GPL-3.0-or-later
// The commands that need ui: hands it what it asks for.
#include "app/commands.h"
#include "app/library.h"
#include "ui/application.h"

namespace jiffy::app
{

namespace
{

ui::Library library()
{
    ui::Library l;
    for (auto& s : builtinScenarios()) l.entries.push_back({std::move(s.name), std::move(s.title)});
    l.lookup = builtinLookup();
    return l;
}

} // namespace

int windowCommand(int& argc, char** argv, const CommandLine& line)
{
    ui::WindowOptions options;
    options.file = line.file;
    options.library = library();
    options.trace = line.trace;
    return ui::windowCommand(argc, argv, options);
}

int renderCommand(int& argc, char** argv, const CommandLine& line)
{
    ui::RenderOptions options;
    options.file = line.file;
    options.view = line.view;
    options.at = line.at;
    options.width = line.width;
    options.height = line.height;
    options.theme = line.theme;
    options.out = line.out;
    options.library.lookup = builtinLookup();
    options.trace = line.trace;
    options.columns = line.compared;
    return ui::renderCommand(argc, argv, options);
}

bool isPictureFile(std::string_view path) { return ui::isPictureFile(path); }

int exportTimelines(int& argc, char** argv, const core::InputsPtr& inputs, const core::Snapshot& run,
                    const std::vector<std::string>& paths)
{
    return ui::exportTimelines(argc, argv, inputs, run, paths);
}

std::vector<Choice> pictureViews()
{
    std::vector<Choice> out;
    for (const auto& v : ui::renderViews()) out.push_back({v.name, v.description});
    return out;
}

std::vector<Choice> pictureFormats()
{
    return {{".svg", "picture of the timeline, text as text"},
            {".pdf", "picture of the timeline, text as text"},
            {".png", "picture of the timeline"}};
}

} // namespace jiffy::app
