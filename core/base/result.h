// SPDX-License-Identifier: GPL-3.0-or-later
// Errors as values. A Diagnostic says what is wrong and where; readers collect several of them.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace jiffy::core
{

/// Whose fault it is; decides the exit status of the command line (1, 2, 3).
enum class Fault { Input = 1, Usage = 2, System = 3 };

/// One thing wrong. line and column count from 1; 0 means that the place is not known.
struct Diagnostic
{
    Fault fault = Fault::Input;
    std::string file;        ///< as the user named it; empty when there is no file
    int line = 0;
    int column = 0;          ///< in characters (UTF-8 code points)
    std::string message;     ///< one sentence: what is wrong, and what was expected
    std::string sourceLine;  ///< the line itself, for the caret; may be empty; of a very long line the part round column
    int sourceFrom = 0;      ///< characters of the line that stand before sourceLine

    bool operator==(const Diagnostic&) const = default;
};

using Diagnostics = std::vector<Diagnostic>;

template <class T> using Result = tl::expected<T, Diagnostics>;

inline tl::unexpected<Diagnostics> fail(Diagnostic d) { return tl::unexpected<Diagnostics>({std::move(d)}); }
inline tl::unexpected<Diagnostics> fail(Fault fault, std::string message, std::string file = {})
{
    return fail(Diagnostic{fault, std::move(file), 0, 0, std::move(message), {}});
}

/// "file:line:column: error: message", the source line (long ones cut round the place), and a caret under the
/// column. Ends in a newline. Control characters and invalid UTF-8 of the source line are replaced by '?'.
std::string toText(const Diagnostic& d);
std::string toText(const Diagnostics& ds);

/// Fills line, column and sourceLine from a byte offset into text. An offset past the end means the end.
Diagnostic locate(Diagnostic d, std::string_view text, std::size_t offset);

} // namespace jiffy::core
