// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/run_inputs.h"

#include "core/trace/import.h"

#include <sstream>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    jiffy::core::looksLikeTrace(text);
    std::istringstream in(text);
    if (auto inputs = jiffy::core::importTrace(in, "fuzz.txt"))
        jiffy::fuzz::runInputs(std::move(*inputs));
    else
        jiffy::core::toText(inputs.error());
    return 0;
}
