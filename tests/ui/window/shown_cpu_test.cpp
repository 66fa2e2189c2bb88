// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shown_cpu.h"

#include "tests/ui/nohz/nohz_run.h"

#include <gtest/gtest.h>

namespace jiffy::ui
{
namespace
{

TEST(ShownCpu, IsThatOfTheLastThingThatWasDone)
{
    const test::NohzRun run;
    const auto& log = run.history->log();
    const auto at = [&](core::Position p) { return cpuShownAt(run.history->at(p), log, p); };
    EXPECT_EQ(at({}), 0);
    EXPECT_EQ(at(run.fired(1)), 2); // D
    EXPECT_EQ(at(run.fired(2)), 3); // n1060
    // Behind what is about nobody, and within a catch-up.
    for (std::uint64_t e = 0; e < log.size(); ++e) {
        if (log[e].kind == core::Kind::Noted) {
            EXPECT_EQ(at({e + 1, 0, 0}), log[e].cpu) << e;
        }
        if (log[e].kind == core::Kind::Passed && log[e].site == core::Site::RunTimers && log[e].value > 1) {
            EXPECT_EQ(at({e, 1, 0}), log[e].before == 4 ? 2 : 3) << e;
        }
        if (log[e].kind == core::Kind::Passed && log[e].site == core::Site::Tick) {
            // Time passes: the one that is about to act.
            std::uint64_t next = e + 1;
            while (next < log.size() && log[next].kind != core::Kind::Entered) ++next;
            if (next < log.size()) {
                EXPECT_EQ(at({e, 1, 0}), log[next].cpu) << e;
                EXPECT_EQ(at({e + 1, 0, 0}), log[next].cpu) << e;
            } else {
                EXPECT_EQ(at({e + 1, 0, 0}), at({e, 0, 0})) << e;
            }
        }
    }
}

} // namespace
} // namespace jiffy::ui
