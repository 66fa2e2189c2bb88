// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/event/event.h"

#include <array>

namespace jiffy::core
{

namespace
{

constexpr std::array<std::string_view, kindCount> kindNames = {
    "Passed",  "ClockSet", "Entered", "Left",  "Raised",  "Chosen",      "Defined", "ItemSet", "Queued",
    "Unqueued", "Moved",   "Spliced", "Fired", "NodeSet", "RegisterSet", "Counted", "Refused", "Noted",
};

constexpr std::array<std::string_view, siteCount> siteNames = {
    "none",
    "start",
    "tick",
    "sub_tick",
    "advance",
    "run_timer_softirq",
    "__run_timers",
    "cascade",
    "callback",
    "add_timer",
    "add_timer_on",
    "mod_timer",
    "mod_timer_pending",
    "mod_timer_pinned",
    "del_timer",
    "try_to_del_timer_sync",
    "get_next_timer_interrupt",
    "set_idle",
    "dump",
    "slack_asked",
    "limit",
    "machine_fired",
    "machine_lost",
    "timer_reduce",
    "forward_timer_base",
    "collect_expired_timers",
    "__next_timer_interrupt",
    "timer_clear_idle",
    "insert",
    "machine_filed",
    "time_passes",
    "asleep",
    "tick_do_update_jiffies64",
    "tick_sched_timer",
    "run_local_timers",
    "do_IRQ",
    "scheduler_ipi",
    "tick_nohz_stop_sched_tick",
    "tick_nohz_restart_sched_tick",
    "tick_do_timer_cpu",
    "mdelay",
    "del_timer_sync",
    "cpu_relax",
    "spin_lock",
    "spin_unlock",
    "kfree",
    "use_after_free",
    "deadlock",
    "choice",
    "msleep",
    "msleep_interruptible",
    "schedule_timeout",
    "set_current_state",
    "__schedule",
    "wake_up_process",
    "send_sig",
    "get_signal_to_deliver",
    "do_exit",
    "wake_up_new_task",
    "epoll_wait",
    "io_ready",
    "io_handler",
    "sigalrm",
    "work_timer_sig_handler",
    "work_timer_schedule_evt",
    "work_timer_evt_handler",
    "add_work",
    "del_work",
    "execute_work",
    "schedule",
    "burn",
    "wait",
    "wall_step",
    "work_timer_start",
    "work_timer_stop",
    "sigaction",
    "setitimer",
    "pipe",
    "tgt_event_add",
    "tgt_event_del",
    "close",
    "tgt_event_sched",
    "tgt_exec_scheduled",
    "write",
    "slow_call",
    "timerfd",
    "shutdown",
    "spin",
    "measured",
};

constexpr std::array<std::string_view, registerCount> registerNames = {
    "timer_jiffies", "next_timer", "idle",     "wall_step", "timer_pending", "pipe_bytes",  "jiffies",    "alarm_since",   "alarm_blocked",
    "timer_fd[0]",   "timer_fd[1]", "pipe_ends", "pipe_polled", "timer_started", "sched_left", "system_active", "expirations", "timer_now",
    "clk", "next_expiry", "def_clk", "def_next_expiry", "is_idle",
    "tick_stopped", "sleep_until", "tick_do_timer_cpu", "load", "current", "state", "run_queue", "signal_pending", "owner",
    "spinning", "freed", "base_lock",
};

template <class Enum, std::size_t N>
bool find(const std::array<std::string_view, N>& names, std::string_view text, Enum& out)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (names[i] == text) {
            out = static_cast<Enum>(i);
            return true;
        }
    }
    return false;
}

} // namespace

std::string_view name(Kind k) { return kindNames.at(static_cast<std::size_t>(k)); }
std::string_view name(Site s) { return siteNames.at(static_cast<std::size_t>(s)); }
std::string_view name(Register r) { return registerNames.at(static_cast<std::size_t>(r)); }
bool kindNamed(std::string_view text, Kind& out) { return find(kindNames, text, out); }
bool siteNamed(std::string_view text, Site& out) { return find(siteNames, text, out); }

} // namespace jiffy::core
