// SPDX-License-Identifier: GPL-3.0-or-later
// conformance PATH...: runs every .ops under the given files and folders, exports our log in the vectors' format and
// compares it with the .log beside it, byte for byte. Prints the first differing line of each failure; closes with
// "N passed, N failed". Exit status 1 if one failed, 2 if there was nothing to run.
#include "core/base/result.h"
#include "core/export/vector_log.h"
#include "core/run/run.h"
#include "core/scenario/ops_reader.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

using namespace jiffy::core;
namespace fs = std::filesystem;

namespace
{

std::optional<std::string> readFile(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string lineAt(const std::string& text, std::size_t at)
{
    if (at >= text.size()) return "(end of file)";
    return text.substr(at, text.find('\n', at) - at);
}

/// Empty if the texts agree; else the first line in which they differ.
std::string firstDifference(const std::string& expected, const std::string& found)
{
    const auto [e, f] = std::mismatch(expected.begin(), expected.end(), found.begin(), found.end());
    if (e == expected.end() && f == found.end()) return {};
    const auto offset = static_cast<std::size_t>(e - expected.begin());
    const auto start = offset == 0 ? 0 : expected.rfind('\n', offset - 1) + 1;
    const auto line = 1 + std::count(expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(start), '\n');
    return "line " + std::to_string(line) + ":\n  expected: " + lineAt(expected, start) + "\n  found:    " + lineAt(found, start);
}

/// Empty if the vector agrees.
std::string runVector(const fs::path& ops)
{
    const auto text = readFile(ops);
    auto logPath = ops;
    const auto expected = readFile(logPath.replace_extension(".log"));
    if (!text) return "cannot read it";
    if (!expected) return "cannot read " + logPath.string();
    auto inputs = readOps(*text, ops.string());
    if (!inputs) return toText(inputs.error());
    const auto shared = std::make_shared<const Inputs>(std::move(*inputs));
    const Snapshot run = runAll(shared);
    std::string found;
    writeVectorLog(*shared, run.log, run.open, [&](std::string_view part) { found += part; });
    return firstDifference(*expected, found);
}

std::vector<fs::path> vectorsUnder(const std::vector<std::string>& paths)
{
    std::vector<fs::path> found;
    for (const auto& path : paths) {
        if (!fs::is_directory(path)) {
            found.emplace_back(path);
            continue;
        }
        for (const auto& entry : fs::recursive_directory_iterator(path)) {
            if (entry.path().extension() == ".ops") found.push_back(entry.path());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

int main(int argc, char** argv)
{
    const auto vectors = vectorsUnder({argv + 1, argv + argc});
    int passed = 0, failed = 0;
    for (const auto& ops : vectors) {
        const std::string difference = runVector(ops);
        if (difference.empty()) {
            ++passed;
            continue;
        }
        ++failed;
        std::cout << ops.string() << ": " << difference << "\n";
    }
    std::cout << passed << " passed, " << failed << " failed\n";
    if (vectors.empty()) return 2;
    return failed == 0 ? 0 : 1;
}
