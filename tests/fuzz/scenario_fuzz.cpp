// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/run_inputs.h"

#include "core/scenario/reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (auto inputs = jiffy::core::readScenario(text, "fuzz.jiffy.json"))
        jiffy::fuzz::runInputs(std::move(*inputs));
    else
        jiffy::core::toText(inputs.error());
    return 0;
}
