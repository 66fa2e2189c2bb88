// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"
#include "app/commands.h"
#include "app/output.h"

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

namespace
{

int print(std::string_view text)
{
    jiffy::app::Output out;
    out.line(text);
    return out.finish();
}

int dispatch(int& argc, char** argv)
{
    using namespace jiffy::app;
    const auto line = parseCommandLine(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
    if (!line) {
        std::fprintf(stderr, "jiffyscope: %s\nTry: jiffyscope --help\n", line.error().c_str());
        return 2;
    }
    switch (line->command) {
    case Command::Help: return print(helpText().substr(0, helpText().size() - 1));
    case Command::Version: return print("jiffyscope " JIFFYSCOPE_VERSION);
    case Command::Run: return runCommand(argc, argv, *line);
    case Command::Check: return checkCommand(*line);
    case Command::Compare: return compareCommand(*line);
    case Command::List: return listCommand(*line);
    case Command::Render: return renderCommand(argc, argv, *line);
    case Command::Window: return windowCommand(argc, argv, *line);
    }
    return 2;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return dispatch(argc, argv);
    } catch (const std::bad_alloc&) {
        std::fprintf(stderr, "error: out of memory\n");
    } catch (const std::exception& e) {
        std::fprintf(stderr, "error: %s\n", e.what());
    }
    return 3;
}
