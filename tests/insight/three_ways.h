// SPDX-License-Identifier: GPL-3.0-or-later
// The 105 timers that the algorithms are put side by side with, in lesson 8 and lesson 16: HZ 1000, jiffies
// 1000, slack 0.
#pragma once

#include "core/run/run.h"
#include "core/scenario/reader.h"
#include "core/timers/registry.h"

#include <gtest/gtest.h>

namespace jiffy::tests
{

/// 1010, 1100, 2000, 6000, 11000, then 1536 to 1635: that is the order in which they are added.
inline std::string threeWaysText()
{
    std::string items, actions;
    const auto add = [&](const std::string& name, int expires) {
        const char* const comma = items.empty() ? "" : ",";
        items += comma + ("{\"name\":\"" + name) + "\",\"slack\":0}";
        actions += comma + ("{\"at\":\"+0\",\"do\":\"add_timer\",\"timer\":\"" + name) + "\",\"expires\":\"" +
                   std::to_string(expires) + "\"}";
    };
    for (const int e : {1010, 1100, 2000, 6000, 11000})
        add("t" + std::to_string(e), e);
    for (int e = 1536; e < 1636; ++e)
        add("t" + std::to_string(e), e);
    return "{\"format\":\"jiffyscope-scenario\",\"version\":1,\"title\":\"three "
           "ways\",\"machine\":{\"hz\":1000,\"jiffies\":\"1000\"},"
           "\"items\":[" +
           items + "],\"actions\":[" + actions + "],\"until\":\"+10500\"}";
}

inline core::InputsPtr threeWaysOn(std::string_view algorithm)
{
    const auto inputs = core::readScenario(threeWaysText(), "three-ways.jiffy.json");
    EXPECT_TRUE(inputs.has_value());
    return core::inputsOn(*inputs, *core::timersNamed(algorithm));
}

/// Events of the prefix that ends with everything that happened up to `jiffies` (32 bit, no wrap).
inline std::uint64_t eventsUntil(const core::Inputs& in, const core::LogView& log, core::Jiffies jiffies)
{
    std::uint64_t ticks = 0, e = 0;
    for (; e < log.size(); ++e) {
        if (in.machine.jiffies + ticks + core::ticksOf(log[e]) > jiffies) break;
        ticks += core::ticksOf(log[e]);
    }
    return e;
}

} // namespace jiffy::tests
