// SPDX-License-Identifier: GPL-3.0-or-later
// The machine of CPUs where nothing takes time, no CPU is idle and no tick is skewed: what happens in the wheels is what
// happens on the plain machine, record for record.
#include "core/event/text.h"
#include "core/run/run.h"
#include "tests/property/random_inputs.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

/// No CPU is idle, and calls come with ticks: else the plain machine turns the time back to the tick before the next one.
Inputs withoutIdle(Inputs inputs)
{
    for (Action& a : inputs.actions) a.offset = 0;
    std::erase_if(inputs.actions, [](const Action& a) { return a.call == Call::SetIdle || a.call == Call::Dump; });
    return inputs;
}
Inputs onKernelMachine(Inputs inputs)
{
    inputs.machine.kernel.isThere = true;
    inputs.machine.kernel.nohz = true; // as an .ops machine; with load everywhere no CPU ever is idle
    return inputs;
}
/// What is neither an interrupt nor the time within a tick, with the clock's jiffies but not its ticks.
std::vector<Record> inTheWheels(const Snapshot& run)
{
    std::vector<Record> kept;
    for (std::uint64_t e = 0; e <= run.log.size(); ++e) {
        if (e == run.log.size() && run.open.count == 0) break;
        Record r = e == run.log.size() ? run.open.asRecord() : run.log[e];
        if (isOfKernel(r.site) || r.site == Site::SubTick) continue;
        if (r.kind == Kind::ClockSet) r.setTicks(0);
        kept.push_back(r);
    }
    return kept;
}

} // namespace

RC_GTEST_PROP(KernelMachine, WithNothingOfItsOwnIsThePlainMachine, ())
{
    auto c = *tests::randomCases(Driver::Kernel);
    c.eventLimit = 100000;
    const auto plain = std::make_shared<const Inputs>(withoutIdle(c.inputs()));
    const auto kernel = std::make_shared<const Inputs>(onKernelMachine(*plain));
    const Snapshot one = runAll(plain), two = runAll(kernel);
    RC_PRE(one.status == RunStatus::Ended && two.status == RunStatus::Ended);
    const auto a = inTheWheels(one), b = inTheWheels(two);
    const auto geometry = geometryOf(plain->machine);
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (!(a[i] == b[i])) RC_FAIL(std::to_string(i) + ": " + toText(a[i], geometry, *plain) + " / " + toText(b[i], geometry, *plain));
    }
    RC_ASSERT(a.size() == b.size());
    RC_ASSERT(two.check.broken == 0);
}
