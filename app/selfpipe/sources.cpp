// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/selfpipe/sources.h"

#include <algorithm>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace jiffy::selfpipe
{

namespace
{

constexpr std::size_t mostShared = 64; ///< timerfds of requests without a file

} // namespace

Sources::~Sources()
{
    for (const auto& slot : m_slots)
        if (slot.fd >= 0) close(slot.fd);
}

bool Sources::open(int epoll)
{
    const auto& d = m_inputs.daemon;
    m_queues.resize(d.files.size() + 1);
    // In the order of time, as actions stand.
    for (std::uint32_t i = 0; i < m_inputs.actions.size(); ++i) {
        const auto target = m_inputs.actions[i].target;
        m_queues[target == 0 ? d.files.size() : target - 1u].actions.push_back(i);
    }
    const std::size_t shared = std::min(mostShared, m_queues.back().actions.size());
    for (std::size_t i = 0; i < d.files.size() + shared; ++i) {
        Slot slot;
        slot.fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
        slot.queue = std::min(i, d.files.size());
        if (slot.fd < 0) return false;
        m_slots.push_back(slot);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, slot.fd, &event) != 0) return false;
    }
    return true;
}

bool Sources::begin(std::uint64_t zero)
{
    m_zero = zero;
    for (std::size_t slot = 0; slot < m_slots.size(); ++slot)
        if (!arm(slot, zero)) return false;
    return true;
}

bool Sources::arm(std::size_t slot, std::uint64_t notBefore)
{
    Slot& s = m_slots[slot];
    Queue& queue = m_queues[s.queue];
    if (queue.next == queue.actions.size()) return true;
    s.action = queue.actions[queue.next++];
    const std::uint64_t due = m_zero + m_inputs.actions[s.action].tick * 1000;
    m_waiting.emplace(std::max(due, notBefore), slot);
    itimerspec timer{};
    timer.it_value.tv_sec = static_cast<time_t>(due / 1'000'000'000);
    timer.it_value.tv_nsec = static_cast<long>(due % 1'000'000'000);
    return timerfd_settime(s.fd, TFD_TIMER_ABSTIME, &timer, nullptr) == 0;
}

core::TimerId Sources::takeReady()
{
    const std::size_t slot = m_waiting.begin()->second;
    m_waiting.erase(m_waiting.begin());
    return item(slot);
}

void Sources::read(std::size_t slot) const
{
    std::uint64_t expirations = 0;
    static_cast<void>(!::read(m_slots[slot].fd, &expirations, sizeof expirations));
}

} // namespace jiffy::selfpipe
