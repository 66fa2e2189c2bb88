// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/source_dir.h"

namespace jiffy::test
{

std::string sourceDir(const std::string& path) { return JIFFYSCOPE_SOURCE_DIR + path; }

} // namespace jiffy::test
