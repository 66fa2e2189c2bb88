// SPDX-License-Identifier: GPL-3.0-or-later
// Four CPUs with NO_HZ: 0 counts jiffies, 1 is busy, 2 sleeps from 1000 until N at 1500 over the deferrable D due at 1100,
// 3 is woken by timers at 1060, 1190, 1192 and 1400.
#pragma once

#include "core/history/history.h"
#include "core/insight/cpu_activity.h"
#include "core/insight/sleep_accounts.h"
#include "core/run/run.h"
#include "core/scenario/reader.h"

#include <memory>
#include <string>

namespace jiffy::test
{

struct NohzRun
{
    core::InputsPtr inputs;
    std::unique_ptr<core::History> history;
    std::unique_ptr<core::SleepAccounts> accounts;
    std::unique_ptr<core::CpuActivity> activity;

    explicit NohzRun(const std::string& timers = "wheel-3.9", int cpus = 4)
    {
        std::string text = R"({"format":"jiffyscope-scenario","version":1,"title":"naps","machine":{"hz":1000,"jiffies":1000,"nohz":true,"timers":")" + timers +
                           R"(","cpus":)" + std::to_string(cpus) +
                           R"(,"idle":[2,3]},"items":[{"name":"N","slack":0},{"name":"D","slack":0,"deferrable":true})";
        std::string actions = R"(],"actions":[{"at":"+0","cpu":2,"do":"add_timer","timer":"N","expires":"1500"},{"at":"+0","cpu":2,"do":"add_timer","timer":"D","expires":"1100"})";
        for (const int at : {1060, 1190, 1192, 1400}) {
            text += R"(,{"name":"n)" + std::to_string(at) + R"(","slack":0})";
            actions += R"(,{"at":"+0","cpu":3,"do":"add_timer","timer":"n)" + std::to_string(at) + R"(","expires":")" + std::to_string(at) + R"("})";
        }
        inputs = std::make_shared<const core::Inputs>(core::readScenario(text + actions + "]}", "naps.jiffy.json").value());
        history = std::make_unique<core::History>(inputs, core::runAll(inputs));
        accounts = std::make_unique<core::SleepAccounts>(inputs);
        accounts->extend(history->log());
        activity = std::make_unique<core::CpuActivity>(*inputs);
        activity->extend(history->log());
    }
    /// Behind the record that takes a timer for its call.
    core::Position fired(std::uint32_t timer) const
    {
        for (std::uint64_t e = 0; e < history->log().size(); ++e)
            if (history->log()[e].kind == core::Kind::Fired && history->log()[e].item.value == timer) return {e + 1, 0, 0};
        return {};
    }
};

} // namespace jiffy::test
