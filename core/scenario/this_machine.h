// SPDX-License-Identifier: GPL-3.0-or-later
// A scenario's machine after the kernel that runs here, as far as its configuration tells: HZ, NO_HZ, BASE_SMALL, the word,
// the CPUs, and the wheel that its version has. What could not be learnt is said in words, with what was taken instead.
#pragma once

#include "core/scenario/scenario.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jiffy::core
{

/// What a machine says of itself.
struct MachineFacts
{
    std::optional<std::string> config; ///< text of the kernel's configuration
    std::string configName;            ///< where it stands, or why there is none
    std::string release;               ///< uname -r: "6.1.0-13-amd64"; empty: not known
    std::string architecture;          ///< uname -m: "x86_64"; empty: not known
    std::string onlineCpus;            ///< "0-3,5"; empty: not known
    bool operator==(const MachineFacts&) const = default;
};

/// The value of an option: "250", "y", a string without its quotes. None: "is not set", or not there.
std::optional<std::string> configValue(std::string_view config, std::string_view option);
/// How many CPUs a list like "0-3,5" names; none if it is no such list.
std::optional<int> cpusIn(std::string_view list);
/// 32 or 64; none: not known.
std::optional<int> wordBitsOf(std::string_view architecture);

struct ThisMachine
{
    ScenarioMachine machine;
    std::vector<std::string> notes; ///< one sentence each: what was read where, and what was taken instead of what was not
    bool operator==(const ThisMachine&) const = default;
};
ThisMachine machineLike(const MachineFacts& facts);
/// A scenario with that machine and those notes, and nothing else.
Scenario scenarioLike(const MachineFacts& facts);

/// Reads them. root: in front of all paths, for tests; release and architecture are the running kernel's.
MachineFacts readMachineFacts(const std::string& root = {});

} // namespace jiffy::core
