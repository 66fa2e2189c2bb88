// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/run_inputs.h"

#include "core/export/jsonl_reader.h"

#include <sstream>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    jiffy::core::looksLikeJsonLines(text);
    std::istringstream in(text);
    if (const auto run = jiffy::core::readJsonLines(in, "fuzz.jsonl"))
        jiffy::fuzz::walk(run->inputs, run->snapshot);
    else
        jiffy::core::toText(run.error());
    return 0;
}
