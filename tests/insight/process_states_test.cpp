// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/process_states.h"
#include "tests/export/kernel_scenarios.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

struct Ran
{
    explicit Ran(const std::string& text) : inputs(jiffy::tests::kernelInputs(text)), run(runAll(inputs)), states(*inputs) { states.extend(run.log); }
    InputsPtr inputs;
    Snapshot run;
    ProcessStates states;
};

std::string sleeper(int hz, const std::string& at, const std::string& does)
{
    return R"({"format":"jiffyscope-scenario","version":1,"title":"t","machine":{"hz":)" + std::to_string(hz) + R"(,"jiffies":1000},
"processes":[{"name":"P","at":")" + at + R"(","does":[)" + does + "]}]}";
}

/// As the world at each record says it.
void expectAsTheWorldSays(const Ran& r)
{
    World world(r.inputs->machine);
    std::vector<std::size_t> seen(r.states.processCount(), 0);
    for (std::uint64_t e = 0; e < r.run.log.size(); ++e) {
        world.apply(r.run.log[e]);
        for (std::size_t p = 0; p < r.states.processCount(); ++p) {
            const auto& spans = r.states.spans(p);
            while (seen[p] < spans.size() && spans[seen[p]].event <= e) ++seen[p];
            const TaskState state = world.kernel().processes[p].state;
            if (state == TaskState::New) {
                EXPECT_EQ(seen[p], 0u);
                continue;
            }
            ASSERT_NE(seen[p], 0u);
            const ProcessSpan& s = spans[seen[p] - 1];
            int on = -1;
            for (int c = 0; c < world.cpuCount(); ++c)
                if (world.kernel().cpu(c).current == p + 1) on = c;
            switch (s.is) {
            case ProcessIs::OnCpu:
                EXPECT_EQ(state, TaskState::Running);
                EXPECT_EQ(on, s.cpu);
                break;
            case ProcessIs::Ready:
                EXPECT_EQ(state, TaskState::Running);
                EXPECT_EQ(on, -1);
                break;
            case ProcessIs::Interruptible: EXPECT_EQ(state, TaskState::Interruptible); break;
            case ProcessIs::Uninterruptible: EXPECT_EQ(state, TaskState::Uninterruptible); break;
            case ProcessIs::Dead: EXPECT_EQ(state, TaskState::Dead); break;
            }
        }
    }
}

} // namespace

TEST(ProcessStates, AgreeWithTheWorldAtEveryRecord)
{
    for (const auto& scenario : jiffy::tests::kernelScenarios()) expectAsTheWorldSays(Ran(scenario));
}

TEST(ProcessStates, SpansFollowOneAnother)
{
    const Ran r(jiffy::tests::kernelScenarios()[0]);
    for (std::size_t p = 0; p < r.states.processCount(); ++p) {
        const auto& spans = r.states.spans(p);
        ASSERT_FALSE(spans.empty());
        for (std::size_t i = 1; i < spans.size(); ++i) EXPECT_EQ(spans[i - 1].end, spans[i].begin);
        EXPECT_EQ(spans.back().end, ProcessSpan::open);
        EXPECT_GT(spans[spanAt(spans, spans[0].begin)].end, spans[0].begin);
    }
}

/// jiffies = ceil(5 * HZ / 1000) + 1; called in the middle of a tick it sleeps half a period less than them.
TEST(ProcessStates, MsleepIsWithinItsBounds)
{
    for (const auto& [hz, jiffies] : {std::pair{100, 2}, {250, 3}, {300, 3}, {1000, 6}}) {
        for (const int part : {1, 50, 99}) {
            const std::uint64_t period = 1'000'000'000u / static_cast<std::uint64_t>(hz);
            const std::uint64_t at = 10 * period + period * static_cast<std::uint64_t>(part) / 100;
            const Ran r(sleeper(hz, std::to_string(at) + "ns", R"({"do":"msleep","ms":5})"));
            ASSERT_EQ(r.states.sleeps(0).size(), 1u);
            const auto& s = r.states.sleeps(0)[0];
            EXPECT_EQ(s.jiffies, static_cast<std::uint64_t>(jiffies));
            EXPECT_EQ(s.begin, at);
            ASSERT_NE(s.woken, ProcessSleep::open);
            EXPECT_GE(s.woken - s.begin, s.earliest(Hz{static_cast<std::uint32_t>(hz)}));
            EXPECT_LE(s.woken - s.begin, s.latest(Hz{static_cast<std::uint32_t>(hz)}) + 1);
            EXPECT_GE(s.woken - s.begin, 5'000'000u);
            ASSERT_EQ(r.states.wakes(0).size(), 1u);
            EXPECT_EQ(r.states.wakes(0)[0].by, r.inputs->programs[0].timer);
        }
    }
}

TEST(ProcessStates, ASignalEndsASleepThatItMayEnd)
{
    const Ran r(R"({"format":"jiffyscope-scenario","version":1,"title":"t","machine":{"hz":100,"jiffies":1000},
"processes":[{"name":"P","at":"5ms","does":[{"do":"msleep_interruptible","ms":500}]},{"name":"Q","at":"5ms","does":[{"do":"msleep","ms":500}]}],
"actions":[{"at":"+20","do":"send_sig","process":"P"},{"at":"+20","do":"send_sig","process":"Q"}]})");
    const auto& p = r.states.sleeps(0)[0];
    EXPECT_EQ(p.woken, 200'000'000u);
    EXPECT_TRUE(p.isInterruptible);
    EXPECT_EQ(p.left, 310u); // 51 jiffies asked for, due at 1051, ended at 1020
    const auto& q = r.states.sleeps(1)[0];
    EXPECT_GE(q.woken - q.begin, 500'000'000u);
    EXPECT_EQ(q.left, 0u);
    ASSERT_FALSE(r.states.wakes(0).empty());
    EXPECT_TRUE(r.states.wakes(0)[0].isSignal);
}
