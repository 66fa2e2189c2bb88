// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/daemon_log.h"

#include "core/world/world.h"

#include <fmt/format.h>
#include <iterator>

namespace jiffy::core
{

namespace
{

constexpr std::uint64_t microseconds = 1'000'000;

/// Prints a line for each record that says something by itself, while it folds the log.
class DaemonLogWriter
{
  public:
    DaemonLogWriter(const Inputs& inputs, const std::function<void(std::string_view)>& sink)
        : m_inputs(inputs), m_world(inputs.machine), m_sink(sink)
    {
    }

    void add(const Record& r)
    {
        before(r);
        m_world.apply(r);
        after(r);
        if (m_text.size() > 60'000) flush();
    }
    void flush()
    {
        m_sink(m_text);
        m_text.clear();
    }

  private:
    bool isNew() const { return m_inputs.daemon.scheduler == WorkScheduler::New; }
    std::uint64_t wall() const { return DaemonConfig::wallAtStart + m_world.clock().ticks + m_world.daemon().wallStep; }
    std::string name(TimerId item) const { return m_inputs.timerName(item); }

    template <class... Args> void line(fmt::format_string<Args...> format, Args&&... args)
    {
        const auto now = m_world.clock().ticks;
        fmt::format_to(std::back_inserter(m_text), "{}.{:03} ", now / 1000, now % 1000);
        fmt::format_to(std::back_inserter(m_text), format, std::forward<Args>(args)...);
        m_text += '\n';
    }
    std::string names(SlotId list) const
    {
        std::string out;
        for (TimerId t = m_world.listAt(list).first; t.isValid(); t = m_world.next(t)) out += ' ' + name(t);
        return out;
    }

    void before(const Record& r)
    {
        if (r.kind == Kind::Moved && r.site != Site::EpollWait) {
            line("expire {}", name(r.item));
        } else if (r.kind == Kind::Fired) {
            line("exec {} late={}", name(r.item), lateness(r.before));
        }
    }
    std::string lateness(std::uint64_t when) const
    {
        if (when == DaemonConfig::immediate) return "immediate";
        if (!isNew()) return std::to_string(static_cast<std::int64_t>(m_world.daemon().jiffies - when));
        const auto late = static_cast<std::int64_t>(wall() - when);
        const auto size = late < 0 ? 0 - static_cast<std::uint64_t>(late) : static_cast<std::uint64_t>(late);
        return fmt::format("{}{}.{:03}", late < 0 ? "-" : "", size / 1000, size % 1000);
    }

    void after(const Record& r)
    {
        switch (r.kind) {
        case Kind::Entered: return entered(r);
        case Kind::Left: return left(r);
        case Kind::Raised: return line("alarm");
        case Kind::Noted:
            if (r.site == Site::WorkTimerScheduleEvt) line("pending_skip");
            return;
        case Kind::RegisterSet:
            if (static_cast<Register>(r.slot) != Register::PipeBytes) return;
            if (r.value > r.before) line("write fd=W bytes={}", r.value - r.before);
            else line("read bytes={}", r.before - r.value);
            return;
        case Kind::Queued:
            if (r.site == Site::AddWork) added(r);
            return;
        case Kind::Unqueued:
            if (r.site == Site::DelWork) line("del {}", name(r.item));
            return;
        default: return;
        }
    }
    void entered(const Record& r)
    {
        if (r.site == Site::EpollWait) line("epoll_wait timeout={}", r.value / 1000);
        else if (r.site == Site::Schedule) line("schedule jiffies={}", r.value);
        else if (r.site == Site::DelWork) line("del {}", name(r.item));
        else if (r.site == Site::AddWork) m_seconds = r.value;
    }
    void left(const Record& r)
    {
        if (r.site == Site::EpollWait && r.value == 0) line("epoll_ret 0");
        else if (r.site == Site::EpollWait && r.value == ~0ull) line("epoll_ret -1 EINTR");
        else if (r.site == Site::EpollWait) line("epoll_ret {} [{}]", r.value, names(m_world.geometry().returnedList()).substr(1));
        else if (r.site == Site::ExecuteWork || r.site == Site::Schedule)
            line("state inactive:{} | active:{} | pending={}", names(m_world.geometry().inactiveList()), names(m_world.geometry().activeList()),
                 m_world.daemon().timerPending ? 1 : 0);
    }
    void added(const Record& r)
    {
        std::string when = "immediate";
        if (r.value != DaemonConfig::immediate)
            when = isNew() ? fmt::format("{}.{:06}", r.value / microseconds, r.value % microseconds) : std::to_string(r.value);
        if (isNew()) line("add {} sec={} when={}", name(r.item), m_seconds, when);
        else line("add {} sec={} when={} jiffies={}", name(r.item), m_seconds, when, m_world.daemon().jiffies);
    }

    const Inputs& m_inputs;
    World m_world;
    const std::function<void(std::string_view)>& m_sink;
    std::string m_text;
    std::uint64_t m_seconds = 0; ///< of the add under way
};

} // namespace

void writeDaemonLog(const Inputs& inputs, const LogView& log, const std::function<void(std::string_view)>& sink,
                    const std::function<bool(std::uint64_t done)>& progress)
{
    DaemonLogWriter writer(inputs, sink);
    for (std::uint64_t i = 0; i < log.size(); ++i) {
        writer.add(log[i]);
        if (i % 65536 == 65535 && progress && !progress(i + 1)) break;
    }
    writer.flush();
}

} // namespace jiffy::core
