// SPDX-License-Identifier: GPL-3.0-or-later
// The two ways into the user interface: a window, or a picture without one. Called by app/main after it has read the
// command line; each makes its own QApplication, so at most one of them may be called, once, in a process.
#pragma once

#include "core/scenario/inputs.h"
#include "core/scenario/open.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jiffy::ui
{

/// A scenario that comes with the program.
struct Builtin
{
    std::string name;  ///< without the colon
    std::string title; ///< for the menu
};

/// The scenarios that come with the program: what is there, and their texts.
struct Library
{
    std::vector<Builtin> entries;
    core::BuiltinLookup lookup; ///< called on worker threads too
};

struct WindowOptions
{
    std::string file; ///< FILE as every command takes it; empty: the library's first entry is opened
    Library library;
    core::TraceOptions trace; ///< for FILE only
};

/// Opens the window and runs until it is closed. Exit status: 0; 3 when there is no display (said in one line on
/// stderr). A FILE that cannot be opened is said in the window, not by the status.
int windowCommand(int& argc, char** argv, const WindowOptions& options);

/// True if a window could be opened: a display is set, or the platform was chosen by QT_QPA_PLATFORM.
bool hasDisplay();

struct RenderOptions
{
    std::string file;
    std::string view;                       ///< a name of renderViews()
    std::optional<core::PositionSpec> at;   ///< none: the scenario's opening
    int width = 1440;
    int height = 900;
    std::string theme = "light";            ///< light, dark
    std::string out;                        ///< the suffix tells the format: .png .svg .pdf
    Library library;
    core::TraceOptions trace;
    std::vector<const core::TimersInfo*> columns; ///< of the compare view; empty: as the file says
};

struct RenderView
{
    std::string_view name;        ///< as --view takes it
    std::string_view description; ///< a line for `list views`
};

/// The views that can be rendered, in menu order.
const std::vector<RenderView>& renderViews();

/// Renders one picture without a display. Exit status: 0; 1 the input is wrong (diagnostics on stderr as the command
/// line prints them); 2 an unknown view, theme, size or suffix; 3 the file cannot be written.
int renderCommand(int& argc, char** argv, const RenderOptions& options);

/// True if the suffix is that of a picture: .png .svg .pdf.
bool isPictureFile(std::string_view path);

/// Pictures of the timeline of a finished run, whole, one for each path (`run --export OUT.svg`), without a display.
/// Makes its own QApplication as the two above. Exit status: 0; 3 a file cannot be written (said on stderr).
int exportTimelines(int& argc, char** argv, const core::InputsPtr& inputs, const core::Snapshot& run,
                    const std::vector<std::string>& paths);

} // namespace jiffy::ui
