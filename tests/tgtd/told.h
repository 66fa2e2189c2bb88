// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of tgtd as lines of text, "250.000 Raised SIGALRM": for tests that say in which order things happen.
#pragma once

#include "core/event/text.h"
#include "core/event/text_daemon.h"
#include "core/run/run.h"
#include "core/scenario/reader.h"

#include <gtest/gtest.h>
#include <initializer_list>
#include <string>
#include <vector>

namespace jiffy::tests
{

/// A scenario of these parts: "daemon", "items", ...
inline core::InputsPtr work(const std::string& parts)
{
    auto r = core::readScenario("{\"format\": \"jiffyscope-scenario\", \"version\": 1, " + parts + "}", "x");
    EXPECT_TRUE(r.has_value()) << core::toText(r.error());
    return std::make_shared<const core::Inputs>(r ? *r : core::Inputs{});
}

inline std::vector<std::string> told(const core::InputsPtr& inputs)
{
    const auto run = core::runAll(inputs);
    EXPECT_EQ(run.check.broken, 0);
    EXPECT_EQ(run.status, core::RunStatus::Ended);
    std::vector<std::string> lines;
    std::uint64_t now = 0;
    const auto geometry = core::daemonGeometry();
    for (std::uint64_t i = 0; i < run.log.size(); ++i) {
        now += core::ticksOf(run.log[i]);
        lines.push_back(core::millisecondsText(now) + " " + core::toText(run.log[i], geometry, *inputs));
    }
    return lines;
}
inline std::vector<std::string> told(const std::string& parts)
{
    return told(work(parts));
}

/// Empty if the lines occur, in this order, whatever stands between them; else the first that does not, and
/// all lines.
inline std::string missing(const std::vector<std::string>& lines, std::initializer_list<const char*> wanted)
{
    std::size_t at = 0;
    for (const char* w : wanted) {
        while (at < lines.size() && lines[at] != w)
            ++at;
        if (at++ < lines.size()) continue;
        std::string out = std::string("not there, or not in this order: ") + w + "\n";
        for (const auto& l : lines)
            out += l + "\n";
        return out;
    }
    return {};
}

inline std::size_t count(const std::vector<std::string>& lines, const std::string& part)
{
    std::size_t n = 0;
    for (const auto& l : lines)
        n += l.find(part) != std::string::npos;
    return n;
}

} // namespace jiffy::tests
