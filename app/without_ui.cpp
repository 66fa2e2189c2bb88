// SPDX-License-Identifier: GPL-3.0-or-later
// Stands in for with_ui.cpp where the program is built from core alone (-DJIFFYSCOPE_UI=OFF).
#include "app/commands.h"

#include <cstdio>

namespace jiffy::app
{

namespace
{

int noUi()
{
    std::fprintf(stderr, "error: this build of the program has no window and paints no pictures\n");
    return 3;
}

} // namespace

int windowCommand(int&, char**, const CommandLine&) { return noUi(); }
int renderCommand(int&, char**, const CommandLine&) { return noUi(); }
bool isPictureFile(std::string_view) { return false; }
int exportTimelines(int&, char**, const core::InputsPtr&, const core::Snapshot&, const std::vector<std::string>&)
{
    return noUi();
}
std::vector<Choice> pictureViews() { return {}; }
std::vector<Choice> pictureFormats() { return {}; }

} // namespace jiffy::app
