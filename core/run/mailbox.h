// SPDX-License-Identifier: GPL-3.0-or-later
// Latest wins: the writer never waits for the reader, the reader gets the newest value only.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <utility>

namespace jiffy::core
{

/// Thread safe. wake is called on the writer's thread, once for each time that the box goes from empty to full.
template <class T> class Mailbox
{
  public:
    explicit Mailbox(std::function<void()> wake) : m_wake(std::move(wake)) {}

    void put(T value)
    {
        bool wasEmpty = false;
        {
            const std::lock_guard lock(m_mutex);
            wasEmpty = !m_value;
            m_value = std::move(value);
        }
        if (wasEmpty && m_wake) m_wake();
    }
    std::optional<T> take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_value, std::nullopt);
    }

  private:
    std::mutex m_mutex;
    std::optional<T> m_value;
    std::function<void()> m_wake;
};

} // namespace jiffy::core
