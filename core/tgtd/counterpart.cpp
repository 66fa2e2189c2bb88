// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tgtd/counterpart.h"

namespace jiffy::core
{

void setDefaults(DaemonConfig& config, WorkScheduler scheduler)
{
    const DaemonConfig patch;
    config.scheduler = scheduler;
    config.interval = scheduler == WorkScheduler::TimerFd ? 500'000 : patch.interval;
    config.epollTimeout = scheduler == WorkScheduler::TimerFd ? ~0ull : patch.epollTimeout;
}

InputsPtr counterpartOf(const Inputs& inputs)
{
    if (inputs.driver != Driver::Daemon) return nullptr;
    auto other = std::make_shared<Inputs>(inputs);
    setDefaults(other->daemon, inputs.daemon.scheduler == WorkScheduler::Old ? WorkScheduler::New : WorkScheduler::Old);
    other->expect.clear();
    return other;
}

} // namespace jiffy::core
