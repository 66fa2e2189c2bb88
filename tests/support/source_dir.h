// SPDX-License-Identifier: GPL-3.0-or-later
// Where the project's sources lie, for tests that read its files.
#pragma once

#include <string>

namespace jiffy::test
{

/// `path` within the project: sourceDir("/tests/vectors").
std::string sourceDir(const std::string& path = {});

} // namespace jiffy::test
