// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of machines of CPUs that have something of everything, for the tests of what is written about them.
#pragma once

#include "core/run/run.h"
#include "core/scenario/reader.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace jiffy::tests
{

inline const std::vector<std::string>& kernelScenarios()
{
    static const std::vector<std::string> all = {
        // Two CPUs: handlers that take time, an interrupt, a lock, two processes and a signal, sleep and safe deletion.
        R"({"format":"jiffyscope-scenario","version":1,"title":"everything","machine":{"hz":1000,"jiffies":1000,"cpus":2,"nohz":true,"idle":[0,1]},
"items":[{"name":"A","slack":0,"on":[{"do":"spin_lock","lock":"L"},{"do":"burn","for":"1500us"},{"do":"spin_unlock","lock":"L"},{"do":"rearm","by":"+7"}]},
{"name":"D","slack":0,"deferrable":true},{"name":"E","slack":0,"on":[{"do":"wake_up_process","process":"Q"}]}],
"processes":[{"name":"P","at":"2500us","repeat":2,"does":[{"do":"burn","for":"300us"},{"do":"msleep","ms":5},{"do":"add","timer":"D","by":"+3"}]},
{"name":"Q","at":"3ms","cpu":1,"does":[{"do":"msleep_interruptible","ms":500},{"do":"add_timer_on","timer":"E","by":"+4","target":0}]}],
"actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"A","expires":"1010"},
{"at":"+11","cpu":0,"do":"interrupt","name":"disk","does":[{"do":"burn","for":"20us"},{"do":"mod_timer_pending","timer":"D","by":"-2"}]},
{"at":"+11","cpu":0,"do":"del_timer_sync","timer":"A"},
{"at":"+20","cpu":0,"do":"send_sig","process":"Q"}],"until":"1060"})",
        // A handler waits for the lock of somebody who waits for the handler.
        R"({"format":"jiffyscope-scenario","version":1,"title":"deadlock","machine":{"hz":1000,"jiffies":1000,"cpus":2},
"items":[{"name":"A","slack":0,"on":[{"do":"spin_lock","lock":"L"},{"do":"spin_unlock","lock":"L"}]}],
"actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"A","expires":"1010"},{"at":"+9","cpu":0,"do":"spin_lock","lock":"L"},
{"at":"+11","cpu":0,"do":"del_timer_sync","timer":"A"},{"at":"+11","cpu":0,"do":"spin_unlock","lock":"L"}]})",
        // An interrupt files a timer before the wheel has caught up with the sleep.
        R"({"format":"jiffyscope-scenario","version":1,"title":"asleep","machine":{"hz":300,"jiffies":1000,"nohz":true,"idle":[0]},
"items":[{"name":"N","slack":0},{"name":"E","slack":0}],
"actions":[{"at":"+0","cpu":0,"do":"add_timer","timer":"N","expires":"1500"},
{"at":"+400","cpu":0,"do":"interrupt","name":"disk","does":[{"do":"add_timer","timer":"E","by":"+10"}]}]})",
    };
    return all;
}

inline core::InputsPtr kernelInputs(const std::string& scenario)
{
    const auto inputs = core::readScenario(scenario, "test.jiffy.json");
    if (!inputs) {
        for (const auto& d : inputs.error()) ADD_FAILURE() << core::toText(d);
        return std::make_shared<const core::Inputs>();
    }
    return std::make_shared<const core::Inputs>(*inputs);
}

} // namespace jiffy::tests
