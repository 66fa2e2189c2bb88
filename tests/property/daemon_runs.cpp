// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/property/daemon_runs.h"

#include "core/scenario/work_ops_reader.h"
#include "core/tgtd/counterpart.h"
#include "tests/support/source_dir.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <iterator>

namespace jiffy::tests
{

using namespace core;

Inputs daemonInputs(std::string_view ops)
{
    auto inputs = readWorkOps(ops, "test");
    EXPECT_TRUE(inputs.has_value()) << (inputs ? std::string() : toText(inputs.error()));
    return inputs ? *inputs : Inputs{};
}

Action& sourceAction(Inputs& inputs, std::uint32_t source)
{
    return inputs.actions[inputs.daemon.sources[source]];
}

namespace
{

constexpr std::string_view busy = R"(scheduler new
work a
work b
work c
work d
on a burn 600
on b add c 0
on b del a
on c rearm 1
at 100 add a 4
at 260 add b 4
at 1000 add c 2
at 1200 burn 600
at 1300 add b 9
at 1310 del b
at 1320 del b
at 2000 settime -500
at 2100 add d 0
at 2300 burn 1100
at 6000 add d 0
until 9000
)";

constexpr DaemonCosts costs{5, 40, 10, 15, 20, 7, 9};

void add(std::vector<DaemonRun>& runs, const std::string& name, std::string_view ops,
         const std::function<void(Inputs&)>& change)
{
    Inputs inputs = daemonInputs(ops);
    change(inputs);
    runs.push_back({name, std::make_shared<const Inputs>(inputs)});
}

void addVariants(std::vector<DaemonRun>& runs)
{
    for (const auto scheduler : {WorkScheduler::Old, WorkScheduler::New, WorkScheduler::TimerFd}) {
        const std::string of = scheduler == WorkScheduler::Old   ? "old"
                               : scheduler == WorkScheduler::New ? "new"
                                                                 : "timerfd";
        const auto set = [&](const char* name, const std::function<void(Inputs&)>& change) {
            add(runs, std::string(name) + "." + of, busy, [&](Inputs& i) {
                setDefaults(i.daemon, scheduler);
                change(i);
            });
        };
        set("plain", [](Inputs&) {});
        set("costs", [](Inputs& i) { i.daemon.costs = costs; });
        set("batch", [](Inputs& i) { i.daemon.batch = 1; });
        set("slow call", [](Inputs& i) { sourceAction(i, 3).call = Call::SlowCall; });
        set("slow call of a quiet time", [](Inputs& i) {
            sourceAction(i, 3).call = Call::SlowCall;
            sourceAction(i, 3).expires = 10;
        });
        set("scheduled events", [](Inputs& i) {
            sourceAction(i, 3).call = Call::EventSched;
            sourceAction(i, 3).expires = 5;
        });
        set("shutdown", [](Inputs& i) { sourceAction(i, 8).call = Call::Shutdown; });
        set("shutdown, costs", [](Inputs& i) {
            sourceAction(i, 8).call = Call::Shutdown;
            i.daemon.costs = costs;
            i.daemon.costs.close = 200'000; // an alarm falls between the closed pipe and the disarming
        });
        set("a is added twice", [](Inputs& i) {
            i.machine.mayFault = true;
            sourceAction(i, 2).timer = sourceAction(i, 0).timer;
        });
        set("a func without an end", [](Inputs& i) {
            i.steps.back().delta = 0;
            i.machine.mayFault = true;
        });
        if (scheduler != WorkScheduler::New) continue;
        set("no pipe", [](Inputs& i) {
            i.machine.mayFault = true;
            i.daemon.fail.pipe = true;
        });
        set("an alarm before the pipe", [](Inputs& i) {
            i.machine.mayFault = true;
            i.daemon.costs.pipe = 700'000;
        });
        set("no pipe, an alarm before that", [](Inputs& i) {
            i.machine.mayFault = true;
            i.daemon.fail.pipe = true;
            i.daemon.costs.pipe = 300'000;
        });
        set("a write fails", [](Inputs& i) {
            i.machine.mayFault = true;
            i.daemon.fail.write = 3;
        });
        set("eight bytes", [](Inputs& i) {
            i.machine.mayFault = true;
            i.daemon.costs.flag = 300'000;
        });
        set("a slow handler of the signal", [](Inputs& i) {
            i.machine.mayFault = true;
            i.daemon.costs.signal = 600'000;
        });
        set("a closed pipe", [](Inputs& i) {
            i.machine.mayFault = true;
            sourceAction(i, 8).call = Call::Shutdown;
            i.daemon.costs.close = 400'000;
        });
    }
}

} // namespace

const std::vector<DaemonRun>& daemonRuns()
{
    static const std::vector<DaemonRun> all = [] {
        std::vector<DaemonRun> runs;
        for (const auto& entry :
             std::filesystem::directory_iterator(jiffy::test::sourceDir("/tests/vectors/tgtd"))) {
            if (entry.path().extension() != ".ops") continue;
            std::ifstream in(entry.path());
            auto inputs =
                readWorkOps(std::string(std::istreambuf_iterator<char>(in), {}), entry.path().string());
            EXPECT_TRUE(inputs.has_value());
            if (inputs)
                runs.push_back({entry.path().filename().string(), std::make_shared<const Inputs>(*inputs)});
        }
        std::sort(runs.begin(), runs.end(),
                  [](const DaemonRun& a, const DaemonRun& b) { return a.name < b.name; });
        addVariants(runs);
        return runs;
    }();
    return all;
}

} // namespace jiffy::tests
