// SPDX-License-Identifier: GPL-3.0-or-later
// `jiffyscope run --live`: performs a workload on this machine and waits for its end.
#include "app/live_command.h"

#include "core/run/live_process.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <mutex>

namespace jiffy::app
{

namespace
{

std::atomic<int> interrupts{0};
static_assert(std::atomic<int>::is_always_lock_free);

/// While it lives, Ctrl+C ends the recording and not the program; a second one ends the program as well.
class Interrupt
{
  public:
    Interrupt()
    {
        struct sigaction action{};
        action.sa_handler = [](int) { interrupts.fetch_add(1); };
        action.sa_flags = SA_RESTART;
        sigemptyset(&action.sa_mask);
        sigaction(SIGINT, &action, &m_before[0]);
        sigaction(SIGTERM, &action, &m_before[1]);
    }
    ~Interrupt()
    {
        sigaction(SIGINT, &m_before[0], nullptr);
        sigaction(SIGTERM, &m_before[1], nullptr);
    }
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

  private:
    struct sigaction m_before[2] = {};
};

/// Waits for what the process says.
class Bell
{
  public:
    void ring()
    {
        const std::lock_guard lock(m_mutex);
        m_hasRung = true;
        m_wake.notify_one();
    }
    void wait(std::chrono::milliseconds most)
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, most, [this] { return m_hasRung; });
        m_hasRung = false;
    }

  private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_hasRung = false;
};

} // namespace

core::Result<LiveRecording> performLive(const CommandLine& line, const core::Inputs& workload)
{
    Bell bell; // outlives the process that rings it
    const Interrupt interrupt;
    auto started = core::LiveProcess::start(core::liveProgram(), workload, line.liveSettings, [&bell] { bell.ring(); });
    if (!started) return tl::unexpected(std::move(started.error()));
    core::LiveProcess& process = **started;
    std::fprintf(stderr, "process %d performs the workload; Ctrl+C ends it\n", process.pid());
    LiveRecording recording;
    bool isSilent = false;
    for (int told = 0; !recording.end;) {
        bell.wait(std::chrono::milliseconds(100));
        if (const int now = interrupts.load(); now > told) {
            told = now;
            process.stop();
        }
        auto state = process.take();
        if (!state) continue;
        if (state->isSilent && !isSilent) std::fprintf(stderr, "nothing has been heard of process %d for a while: it seems to hang\n", process.pid());
        isSilent = state->isSilent;
        recording.inputs = state->inputs;
        recording.run = std::move(state->snapshot);
        recording.end = state->end;
    }
    if (!recording.inputs) return core::fail(core::Fault::System, "nothing was recorded: " + core::toText(*recording.end));
    return recording;
}

} // namespace jiffy::app
