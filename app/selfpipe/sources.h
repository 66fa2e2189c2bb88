// SPDX-License-Identifier: GPL-3.0-or-later
// The workload's I/O as real files: timerfds that become readable when a request comes. A file of the workload is one
// timerfd, whose requests queue up in it; requests without a file share some.
#pragma once

#include "core/scenario/inputs.h"

#include <cstdint>
#include <set>
#include <vector>

namespace jiffy::selfpipe
{

class Sources
{
  public:
    explicit Sources(const core::Inputs& inputs) : m_inputs(inputs) {}
    ~Sources();
    Sources(const Sources&) = delete;
    Sources& operator=(const Sources&) = delete;

    /// Opens the files, watched by `epoll`, whose events carry the slot. False: errno.
    bool open(int epoll);
    std::size_t slotCount() const { return m_slots.size(); }
    int fd(std::size_t slot) const { return m_slots[slot].fd; }
    /// Arms them; requests count from `zero`, CLOCK_MONOTONIC ns. False: errno.
    bool begin(std::uint64_t zero);

    /// The request that a slot waits for or has got.
    const core::Action& action(std::size_t slot) const { return m_inputs.actions[m_slots[slot].action]; }
    core::TimerId item(std::size_t slot) const { return core::TimerId(action(slot).nanoseconds); }

    static constexpr std::uint64_t never = ~0ull;
    /// When the next one becomes ready that has not been taken; ns, never: none.
    std::uint64_t nextReady() const { return m_waiting.empty() ? never : m_waiting.begin()->first; }
    /// Takes it: its item. REQUIRES: there is one.
    core::TimerId takeReady();
    /// Reads the request off its file.
    void read(std::size_t slot) const;
    /// The request has been handled: its file waits for the next one, which may be due already.
    bool handled(std::size_t slot, std::uint64_t now) { return arm(slot, now); }

  private:
    struct Queue
    {
        std::vector<std::uint32_t> actions; ///< in order of time
        std::size_t next = 0;
    };
    struct Slot
    {
        int fd = -1;
        std::size_t queue = 0;
        std::uint32_t action = 0;
    };
    bool arm(std::size_t slot, std::uint64_t notBefore);

    const core::Inputs& m_inputs;
    std::uint64_t m_zero = 0;
    std::vector<Queue> m_queues; ///< one a file, then the one of the others
    std::vector<Slot> m_slots;   ///< the files', then those of the others
    std::set<std::pair<std::uint64_t, std::size_t>> m_waiting; ///< when ready, slot
};

} // namespace jiffy::selfpipe
