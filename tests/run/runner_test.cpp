// SPDX-License-Identifier: GPL-3.0-or-later
// What crosses threads; meant for the thread sanitizer as much as for the results.
#include "core/history/history.h"
#include "core/run/mailbox.h"
#include "core/run/runner.h"

#include <atomic>
#include <condition_variable>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <thread>

using namespace jiffy::core;

namespace
{

/// Wakes a waiting reader.
class Bell
{
  public:
    void ring()
    {
        const std::lock_guard lock(m_mutex);
        m_rung = true;
        m_changed.notify_one();
    }
    void wait()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_rung; });
        m_rung = false;
    }

  private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_rung = false;
};

/// Periodic timers on two CPUs: some hundred thousand records over several chunks of the log.
InputsPtr busyInputs()
{
    auto in = std::make_shared<Inputs>();
    in->machine.cpus = 2;
    in->machine.jiffies = 4294892296u;
    in->names = {"", "periodic"};
    for (std::uint32_t i = 0; i < 40; ++i) {
        TimerSpec t;
        t.name = 1;
        t.number = i + 1;
        t.slack = 0;
        t.firstStep = i;
        t.stepCount = 1;
        in->timers.push_back(t);
        CallbackStep s;
        s.delta = 3 + i * 17;
        in->steps.push_back(s);
        Action a;
        a.call = Call::AddTimer;
        a.timer = TimerId(i);
        a.cpu = static_cast<std::uint8_t>(i % 2);
        a.expires = in->machine.jiffies + 1 + i;
        in->actions.push_back(a);
    }
    in->untilTicks = 60'000;
    in->eventLimit = 400'000;
    return in;
}

} // namespace

TEST(Mailbox, GivesTheNewestAndNeverGoesBack)
{
    constexpr int last = 20'000;
    Bell bell;
    std::atomic<int> wakes = 0;
    Mailbox<int> box([&] {
        ++wakes;
        bell.ring();
    });
    std::jthread writer([&] {
        for (int i = 1; i <= last; ++i)
            box.put(i);
    });
    int seen = 0;
    int taken = 0;
    while (seen != last) {
        bell.wait();
        while (const auto value = box.take()) {
            EXPECT_GT(*value, seen);
            seen = *value;
            ++taken;
        }
    }
    EXPECT_EQ(seen, last);
    EXPECT_LE(taken, wakes);
    EXPECT_FALSE(box.take());
}

TEST(Mailbox, WakesOnceForWhatHasNotBeenTaken)
{
    int wakes = 0;
    Mailbox<int> box([&] { ++wakes; });
    box.put(1);
    box.put(2);
    EXPECT_EQ(wakes, 1);
    EXPECT_EQ(box.take(), 2);
    box.put(3);
    EXPECT_EQ(wakes, 2);
}

TEST(Runner, WhatTheReaderFoldsIsWhatTheWriterHas)
{
    const InputsPtr inputs = busyInputs();
    Bell bell;
    Runner runner(jiffy::core::Run(inputs), [&bell] { bell.ring(); });
    History history(inputs, Snapshot{});
    RunStatus status = RunStatus::Running;
    std::uint64_t size = 0;
    while (status == RunStatus::Running) {
        bell.wait();
        auto snapshot = runner.take();
        if (!snapshot) continue;
        EXPECT_GE(snapshot->log.size(), size);
        size = snapshot->log.size();
        status = snapshot->status;
        history.extend(std::move(*snapshot));
        history.at(history.end()); // reads all new records while the worker writes on
    }
    jiffy::core::Run here(inputs);
    while (here.advance(100'000)) {
    }
    EXPECT_GT(size, 100'000u);
    EXPECT_EQ(size, here.snapshot().log.size());
    EXPECT_TRUE(history.world() == here.world());
}

TEST(Runner, StopsAndJoinsInTheMiddle)
{
    auto inputs = std::make_shared<Inputs>(*busyInputs());
    inputs->eventLimit = Inputs::defaultEventLimit;
    inputs->untilTicks = 1ull << 40;
    Bell bell;
    {
        Runner runner(jiffy::core::Run(inputs), [&bell] { bell.ring(); });
        bell.wait();
    }
    SUCCEED(); // the destructor came back, though the run would have gone on for hours
}
