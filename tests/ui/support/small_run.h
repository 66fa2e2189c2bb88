// SPDX-License-Identifier: GPL-3.0-or-later
// A run made for a test: timers by name, actions one after the other, executed by the real engine.
#pragma once

#include "core/history/history.h"
#include "core/run/run.h"

#include <memory>
#include <optional>
#include <string>

namespace jiffy::test
{

class SmallRun
{
  public:
    SmallRun() { m_inputs->names.emplace_back(); }

    core::Inputs& inputs() { return *m_inputs; }

    core::TimerId timer(const std::string& name, std::uint32_t number = 0, std::uint8_t flags = 0)
    {
        core::TimerSpec spec;
        spec.name = static_cast<std::uint32_t>(m_inputs->names.size());
        spec.number = number;
        spec.slack = 0;
        spec.flags = flags;
        m_inputs->names.push_back(name);
        m_inputs->timers.push_back(spec);
        return core::TimerId(static_cast<std::uint32_t>(m_inputs->timers.size() - 1));
    }
    void at(std::uint64_t tick, core::Call call, core::TimerId timer, core::Jiffies expires = 0, int cpu = 0,
            int target = 0)
    {
        core::Action a;
        a.tick = tick;
        a.call = call;
        a.timer = timer;
        a.expires = m_inputs->machine.word.reduce(expires);
        a.cpu = static_cast<std::uint8_t>(cpu);
        a.target = static_cast<std::uint8_t>(target);
        m_inputs->actions.push_back(a);
    }
    void finish() { m_history = std::make_unique<core::History>(m_inputs, core::runAll(m_inputs)); }
    core::History& history() { return *m_history; }
    const core::LogView& log() const { return m_history->log(); }
    core::InputsPtr inputsPtr() const { return m_inputs; }

    /// The position just behind the nth record of that kind about that timer (none: any).
    std::optional<core::Position> after(core::Kind kind, core::TimerId timer = core::TimerId::none(),
                                        int nth = 1) const
    {
        for (std::uint64_t i = 0; i < log().size(); ++i)
            if (log()[i].kind == kind && (!timer.isValid() || log()[i].item == timer) && --nth == 0)
                return core::Position{i + 1, 0, 0};
        return std::nullopt;
    }

  private:
    std::shared_ptr<core::Inputs> m_inputs = std::make_shared<core::Inputs>();
    std::unique_ptr<core::History> m_history;
};

/// The design's first screen in small: at jiffies 0xFFFF4500 the slot tv2[5] comes down with `lease` (due at
/// once), `dns_ttl` (180 jiffies on) and three more; `far` stays in tv3.
struct CascadeRun : SmallRun
{
    static constexpr core::Jiffies start = 0xFFFF'4500u - 2'000;
    static constexpr core::Jiffies turn = 0xFFFF'4500u;
    core::TimerId lease, routeGc, dnsTtl, keepalive, tcpRto, far;

    explicit CascadeRun(int cpus = 1)
    {
        inputs().machine.jiffies = start;
        inputs().machine.cpus = cpus;
        lease = timer("lease");
        routeGc = timer("route_gc");
        dnsTtl = timer("dns_ttl");
        keepalive = timer("keepalive", 0, core::Deferrable);
        tcpRto = timer("tcp_rto");
        far = timer("far");
        at(5, core::Call::ModTimer, lease, turn);
        at(5, core::Call::ModTimer, routeGc, turn + 64);
        at(5, core::Call::ModTimer, dnsTtl, turn + 180);
        at(5, core::Call::ModTimer, keepalive, turn + 98);
        at(5, core::Call::ModTimer, tcpRto, turn + 214);
        at(5, core::Call::ModTimer, far, turn + 100'000);
        inputs().untilTicks = 3'000;
    }
};

} // namespace jiffy::test
