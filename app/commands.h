// SPDX-License-Identifier: GPL-3.0-or-later
// What the program can be told to do. Each returns the exit status: 0 done, 1 the input is wrong, 2 wrong usage, 3 the
// system failed.
#pragma once

#include "app/command_line.h"
#include "core/scenario/open.h"

#include <string>
#include <string_view>
#include <vector>

namespace jiffy::app
{

// core alone
int runCommand(int& argc, char** argv, const CommandLine& line);
int checkCommand(const CommandLine& line);
int compareCommand(const CommandLine& line);
int listCommand(const CommandLine& line);

// ui's, in with_ui.cpp; without_ui.cpp stands in where the program is built without a window
struct Choice
{
    std::string_view name, description;
};
int windowCommand(int& argc, char** argv, const CommandLine& line);
int renderCommand(int& argc, char** argv, const CommandLine& line);
bool isPictureFile(std::string_view path);
int exportTimelines(int& argc, char** argv, const core::InputsPtr& inputs, const core::Snapshot& run,
                    const std::vector<std::string>& paths);
std::vector<Choice> pictureViews();
std::vector<Choice> pictureFormats();

} // namespace jiffy::app
