// SPDX-License-Identifier: GPL-3.0-or-later
// What can be looked for in the events of a machine of CPUs.
#include "core/event/text.h"
#include "core/insight/query.h"
#include "tests/export/kernel_scenarios.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

struct Ran
{
    InputsPtr inputs = jiffy::tests::kernelInputs(jiffy::tests::kernelScenarios()[0]);
    Snapshot run = runAll(inputs);

    /// Each match holds what is asked of it, and nothing that does is left out.
    template <class Is> void expect(std::string_view words, const Is& is) const
    {
        const Query q(words, inputs);
        EXPECT_FALSE(q.readsText()) << words;
        std::uint64_t found = 0;
        for (std::uint64_t e = 0; e < run.log.size(); ++e) {
            const bool matches = q.next(run.log, e, e + 1) == e;
            EXPECT_EQ(matches, is(run.log[e])) << words << ": " << toText(run.log[e], geometryOf(inputs->machine), *inputs);
            found += matches ? 1 : 0;
        }
        EXPECT_NE(found, 0u) << words;
    }
};

bool isSet(const Record& r, Register which) { return r.kind == Kind::RegisterSet && r.slot == static_cast<std::uint32_t>(which); }

} // namespace

/// There are more functions and registers than bits in a word.
TEST(QueryOfKernels, FindsFunctionsAndRegistersAlone)
{
    const Ran r;
    r.expect("msleep", [](const Record& x) { return x.site == Site::Msleep; });
    r.expect("do_IRQ", [](const Record& x) { return x.site == Site::DeviceInterrupt; });
    r.expect("__schedule", [](const Record& x) { return x.site == Site::Reschedule; });
    r.expect("tick_stopped", [](const Record& x) { return isSet(x, Register::TickStopped); });
    r.expect("spinning", [](const Record& x) { return isSet(x, Register::Spinning); });
    r.expect("ClockSet", [](const Record& x) { return x.kind == Kind::ClockSet; });
}

/// One of the words is the name of another function: it is not that one alone that is meant.
TEST(QueryOfKernels, FindsAFunctionByWordsOfItsName)
{
    const Ran r;
    r.expect("stop tick", [](const Record& x) { return x.site == Site::StopTick || isSet(x, Register::TickStopped); });
    r.expect("tick stop", [](const Record& x) { return x.site == Site::StopTick || isSet(x, Register::TickStopped); });
    r.expect("wake process", [](const Record& x) { return x.site == Site::TryToWakeUp; });
    const Query quoted("\"stop\" tick", r.inputs);
    EXPECT_TRUE(quoted.readsText()) << "quoted words are looked for in the text";
}

TEST(QueryOfKernels, FindsProcessesInterruptsAndLocks)
{
    const Ran r;
    const auto isOf = [](std::uint64_t p) {
        return [p](const Record& x) {
            if (x.kind == Kind::Entered || x.kind == Kind::Left) return x.link == p + 1 && x.site != Site::DeviceInterrupt && isOfKernel(x.site);
            if (isSet(x, Register::CurrentTask)) return x.value == p + 1 || x.before == p + 1;
            return (isSet(x, Register::TaskState) || isSet(x, Register::RunQueuePlace) || isSet(x, Register::SignalPending)) && x.link == p;
        };
    };
    r.expect("P", isOf(0));
    r.expect("Q", isOf(1));
    r.expect("L", [](const Record& x) { return isSet(x, Register::LockOwner); });
    const Query disk("disk", r.inputs);
    EXPECT_FALSE(disk.readsText());
    EXPECT_NE(disk.next(r.run.log, 0, r.run.log.size()), r.run.log.size());
}
