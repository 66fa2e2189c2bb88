// SPDX-License-Identifier: GPL-3.0-or-later
// Runs ahead on a worker thread in slices and publishes snapshots through a mailbox. The destructor stops and joins.
#pragma once

#include "core/run/mailbox.h"
#include "core/run/run.h"

#include <functional>
#include <thread>

namespace jiffy::core
{

class Runner
{
  public:
    /// wake is called on the worker thread when a snapshot waits in the mailbox and none waited before.
    /// The run starts when this returns.
    Runner(Run run, std::function<void()> wake);
    ~Runner();
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    std::optional<Snapshot> take() { return m_mailbox.take(); }

  private:
    void work(const std::stop_token& stop);

    Run m_run;
    Mailbox<Snapshot> m_mailbox;
    std::jthread m_thread; // last: joined before what it uses goes
};

} // namespace jiffy::core
