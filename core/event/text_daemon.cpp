// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/event/text_daemon.h"

#include "core/tgtd/live_log.h"

#include <array>
#include <fmt/format.h>
#include <iterator>

namespace jiffy::core
{

namespace
{

constexpr std::uint64_t never = ~0ull;

/// "250 ms", "0.005 ms".
std::string duration(std::uint64_t us)
{
    return us % 1000 == 0 ? fmt::format("{} ms", us / 1000)
                          : fmt::format("{}.{:03} ms", us / 1000, us % 1000);
}

std::string signedDuration(std::uint64_t us)
{
    const bool isBack = us >> 63 != 0;
    return (isBack ? "-" : "+") + duration(isBack ? 0 - us : us);
}

std::string_view listName(std::uint32_t slot)
{
    constexpr std::array<std::string_view, 4> names = {"active list", "inactive list", "ready list",
                                                       "returned list"};
    return slot < names.size() ? names[slot] : "no list";
}

std::string_view errorName(std::uint64_t error)
{
    switch (error) {
    case 5:
        return "EIO";
    case 9:
        return "EBADF";
    case 24:
        return "EMFILE";
    case 32:
        return "EPIPE";
    default:
        return "error";
    }
}

/// One line in the making.
class Line
{
  public:
    Line(std::string& out, const Record& r, const Inputs& inputs) : m_out(out), m_record(r), m_inputs(inputs)
    {
        m_out += name(r.kind);
    }

    template <class... Args> Line& add(fmt::format_string<Args...> format, Args&&... args)
    {
        fmt::format_to(std::back_inserter(m_out), format, std::forward<Args>(args)...);
        return *this;
    }
    /// A source of a file with its fd.
    Line& item()
    {
        const TimerId t = m_record.item;
        if (!t.isValid()) return *this;
        add(" {}", m_inputs.timerName(t));
        const auto& d = m_inputs.daemon;
        if (!d.isSource(t)) return *this;
        const auto action = d.sources[t.value - d.firstSource];
        const std::uint32_t file = action < m_inputs.actions.size() ? m_inputs.actions[action].target : 0u;
        if (file != 0 && file <= d.files.size()) add(" fd={}", d.files[file - 1].fd);
        return *this;
    }
    Line& list() { return add(" {}", listName(m_record.slot)); }
    Line& site() { return add(" {}", name(m_record.site)); }
    Line& bySite() { return add(" by {}", name(m_record.site)); }
    /// Of an item of the scheduler's lists; sources have none.
    Line& deadline(std::uint64_t when)
    {
        if (m_record.site == Site::IoReady || m_record.site == Site::IoHandler ||
            m_record.site == Site::EpollWait)
            return *this;
        if (when == DaemonConfig::immediate) return add(" deadline=immediate");
        if (m_inputs.daemon.scheduler == WorkScheduler::Old) return add(" deadline={}", when);
        return add(" deadline={}.{:06}", when / 1'000'000, when % 1'000'000);
    }

  private:
    std::string& m_out;
    const Record& m_record;
    const Inputs& m_inputs;
};

void entered(Line& line, const Record& r)
{
    line.site().item();
    switch (r.site) {
    case Site::EpollWait:
        if (r.value == never)
            line.add(" timeout=-1");
        else
            line.add(" timeout={}", duration(r.value));
        return;
    case Site::AddWork:
        line.add(" seconds={}", r.value);
        return;
    case Site::DelWork:
        line.add(": it is on no list");
        return;
    case Site::ExecuteWork:
        line.add(" now={}.{:06}", r.value / 1'000'000, r.value % 1'000'000);
        return;
    case Site::Schedule:
        line.add(" jiffies={}", r.value);
        return;
    case Site::SlowCall:
        line.add(" for {}", duration(r.value));
        return;
    case Site::ExecScheduled:
        line.add(" left={}", r.value);
        return;
    default:
        return;
    }
}

void left(Line& line, const Record& r)
{
    line.site().item();
    switch (r.site) {
    case Site::EpollWait:
        if (r.value == never)
            line.add(" returned -1 EINTR");
        else if (r.value == 0)
            line.add(" returned 0 timeout");
        else
            line.add(" returned {}", r.value);
        return;
    case Site::SlowCall:
        line.add(" returned {}", r.value == never ? "-1 EINTR" : "0");
        return;
    case Site::WorkTimerStart:
        if (r.value != 0)
            line.add(" returned {} {}", r.value, errorName(r.value));
        else
            line.add(" returned 0");
        return;
    default:
        return;
    }
}

void noted(Line& line, const Record& r)
{
    line.site().item();
    switch (r.site) {
    case Site::WorkTimerScheduleEvt:
        line.add(": timer_pending is set, nothing is written");
        return;
    case Site::Write:
        if (r.value != 0)
            line.add(" fd={} failed: {}", r.before, errorName(r.value));
        else
            line.add(" fd={}: not the pipe", r.before);
        return;
    case Site::EventDel:
        line.add(": there is no event with fd={}", r.before);
        return;
    case Site::Pipe:
    case Site::Sigaction:
    case Site::Setitimer:
    case Site::EventAdd:
    case Site::Close:
        line.add(" failed: {}", errorName(r.value));
        return;
    case Site::Spin:
        line.add(": {} funcs called and no time passed, the drain never ends", r.value);
        return;
    case Site::Limit:
        line.add(" events={}", r.value);
        return;
    case Site::Measured:
        if (r.before == static_cast<std::uint64_t>(Measure::Scheme) && r.value <= 2)
            line.add(" scheme={}", name(static_cast<LiveScheme>(r.value)));
        else
            line.add(" {}={}", name(static_cast<Measure>(r.before)), r.value);
        return;
    default:
        if (r.value != 0 || r.before != 0) line.add(" {} {}", r.value, r.before);
        return;
    }
}

void registerSet(Line& line, const Record& r)
{
    const auto which = static_cast<Register>(r.slot);
    line.add(" {}", name(which));
    const auto both = [&](auto text) { line.add("={} was={}", text(r.value), text(r.before)); };
    const auto plain = [](std::uint64_t v) { return std::to_string(v); };
    switch (which) {
    case Register::WallStep:
        both(signedDuration);
        break;
    case Register::AlarmSince:
        both([](std::uint64_t v) { return v == never ? std::string("never") : duration(v); });
        break;
    case Register::TimerNow:
        both([](std::uint64_t v) { return fmt::format("{}.{:06}", v / 1'000'000, v % 1'000'000); });
        break;
    case Register::PipeBytes:
        both(plain);
        if (r.value > r.before) line.add(" write {} bytes", r.value - r.before);
        if (r.value < r.before) line.add(" read {} bytes", r.before - r.value);
        break;
    default:
        both(plain);
        break;
    }
    line.bySite();
}

} // namespace

std::string millisecondsText(std::uint64_t us)
{
    return fmt::format("{}.{:03}", us / 1000, us % 1000);
}

void appendDaemonText(std::string& out, const Record& r, const Inputs& inputs)
{
    Line line(out, r, inputs);
    switch (r.kind) {
    case Kind::ClockSet:
        if (r.site == Site::SubTick) return static_cast<void>(line.add(" {} ns past the us", r.value));
        line.add(" t={} ms {}", millisecondsText(r.value), signedDuration(r.ticks())).bySite();
        return;
    case Kind::Entered:
        return entered(line, r);
    case Kind::Left:
        return left(line, r);
    case Kind::Raised:
        line.add(" SIGALRM");
        return;
    case Kind::Queued:
        line.item().list().deadline(r.value).bySite();
        return;
    case Kind::Unqueued:
        line.item().list().deadline(r.before).bySite();
        return;
    case Kind::Moved:
        line.item().list().add(" from {}", listName(r.link)).deadline(r.before).bySite();
        return;
    case Kind::Fired:
        line.item().list().deadline(r.before).bySite();
        return;
    case Kind::Spliced:
        line.list().add(" into returned list items={}", r.link).bySite();
        return;
    case Kind::RegisterSet:
        return registerSet(line, r);
    case Kind::Refused:
        line.item().add(" seconds={} by {}: it is on a list already", r.value, name(r.site));
        return;
    case Kind::Noted:
        return noted(line, r);
    case Kind::Defined:
        line.item();
        return;
    case Kind::Passed:
    case Kind::Chosen:
    case Kind::ItemSet:
    case Kind::NodeSet:
    case Kind::Counted:
        line.item().bySite();
        return;
    }
}

} // namespace jiffy::core
