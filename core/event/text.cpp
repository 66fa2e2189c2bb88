// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/event/text.h"

#include "core/event/text_daemon.h"
#include "core/event/text_kernel.h"

#include <fmt/format.h>
#include <iterator>

namespace jiffy::core
{

namespace
{

/// One line in the making: " name=value" after " name=value".
class Line
{
  public:
    Line(std::string& out, const Record& r, const Geometry& geometry, const Inputs& inputs)
        : m_out(out), m_record(r), m_geometry(geometry), m_inputs(inputs)
    {
        m_out += name(r.kind);
    }

    template <class... Args> Line& add(fmt::format_string<Args...> format, Args&&... args)
    {
        fmt::format_to(std::back_inserter(m_out), format, std::forward<Args>(args)...);
        return *this;
    }
    Line& item()
    {
        if (m_record.item.isValid()) add(" {}", m_inputs.timerName(m_record.item));
        return *this;
    }
    Line& slot()
    {
        const SlotId s = m_record.slotId();
        return add(" {} cpu={}", m_geometry.slotName(s), m_geometry.place(s).cpu);
    }
    /// 6.1 has no mod_timer_pinned(): its mod_timer() files a timer that is defined as pinned here.
    Line& site()
    {
        if (m_record.site == Site::ModTimerPinned && m_geometry.is(TimerAlgorithm::Wheel61))
            return add(" {} (pinned)", name(Site::ModTimer));
        return add(" {}", name(m_record.site));
    }
    Line& bySite()
    {
        m_out += " by";
        return site();
    }
    Line& result()
    {
        switch (m_record.returned()) {
        case Returned::Nothing: break;
        case Returned::Zero: m_out += " returned 0"; break;
        case Returned::One: m_out += " returned 1"; break;
        case Returned::MinusOne: m_out += " returned -1"; break;
        }
        return *this;
    }

  private:
    std::string& m_out;
    const Record& m_record;
    const Geometry& m_geometry;
    const Inputs& m_inputs;
};

void clockSet(Line& line, const Record& r)
{
    if (r.site == Site::SubTick) line.add(" offset={}ns was={}ns", r.value, r.before);
    else line.add(" jiffies={} was={}", r.value, r.before).bySite();
}

void queued(Line& line, const Record& r, const Geometry& geometry)
{
    line.item().slot().add(" expires={}", r.value);
    if (geometry.is(TimerAlgorithm::SortedList)) {
        line.bySite().result();
        return;
    }
    if (r.slackAdded() == Record::slackTooFar) line.add(" slack=far");
    else if (r.slackAdded() != 0) line.add(" slack=+{}", r.slackAdded());
    if (r.oldCpu() != geometry.place(r.slotId()).cpu) line.add(" from-cpu={}", r.oldCpu());
    line.bySite().result();
}

void noted(Line& line, const Record& r)
{
    line.add(" {}", name(r.site)).item();
    switch (r.site) {
    case Site::NextInterrupt:
        if (r.before != 0) line.add(" answer=none");
        else line.add(" answer={}", r.value);
        break;
    case Site::SlackAsked: line.add(" expires={}", r.value); break;
    case Site::Limit: line.add(" events={}", r.value); break;
    case Site::MachineFired:
        line.add(" jiffies={}", r.value);
        if (r.before != ~0ull) line.add(" took={}ns", r.before);
        break;
    case Site::MachineFiled:
        line.add(" idx={}", r.before);
        if (r.link != 0) line.add(" bucket_expiry={}", r.value);
        break;
    default: break;
    }
}

void entered(Line& line, const Record& r)
{
    line.site().item();
    if (r.value != 0) line.add(" argument={}", r.value);
    line.result();
}

void registerSet(Line& line, const Record& r)
{
    line.add(" {}={} was={}", name(static_cast<Register>(r.slot)), r.value, r.before);
    const auto which = static_cast<Register>(r.slot);
    if (which == Register::NextExpiry || which == Register::DefNextExpiry)
        line.add(" recalc={} timers_pending={}", r.expiryFlags() & Record::recalcBit,
                 r.expiryFlags() / Record::timersPendingBit);
    line.bySite();
}

} // namespace

std::string cpuMaskText(std::uint64_t mask)
{
    if (mask == 0) return "no cpu";
    std::string out = (mask & (mask - 1)) == 0 ? "cpu " : "cpus ";
    bool first = true;
    for (int c = 0; c < 64; ++c) {
        if ((mask >> c & 1) == 0) continue;
        int last = c;
        while (last < 63 && (mask >> (last + 1) & 1) != 0) ++last;
        if (!first) out += ',';
        first = false;
        out += std::to_string(c);
        if (last > c) out += '-' + std::to_string(last);
        c = last;
    }
    return out;
}

void appendText(std::string& out, const Record& r, const Geometry& geometry, const Inputs& inputs)
{
    if (inputs.driver == Driver::Daemon) return appendDaemonText(out, r, inputs);
    if (isKernelText(r)) return appendKernelText(out, r, inputs);
    Line line(out, r, geometry, inputs);
    switch (r.kind) {
    case Kind::Passed:
        line.add(" {} {}{}", r.value, r.site == Site::Tick ? "tick" : "turn", r.value == 1 ? "" : "s");
        if (r.before != 0) line.add(" on {}", cpuMaskText(r.before));
        else line.add(" without a softirq");
        return;
    case Kind::ClockSet: return clockSet(line, r);
    case Kind::Entered: return entered(line, r);
    case Kind::Left: line.add(" {}", name(r.site)).item(); return;
    case Kind::Raised: line.add(" wake-up of cpu {}", r.link).bySite(); return;
    case Kind::Defined:
        line.item();
        if (geometry.hasCascades()) line.add(" slack={}", static_cast<std::int32_t>(r.link));
        if ((r.value & Deferrable) != 0) line.add(" deferrable");
        if ((r.value & IrqSafe) != 0) line.add(" irqsafe");
        return;
    case Kind::Queued: return queued(line, r, geometry);
    case Kind::Unqueued: line.item().slot().add(" expires={}", r.before).bySite().result(); return;
    case Kind::Moved:
        line.item().slot().add(" from {} expires={}", geometry.slotName(SlotId(r.link)), r.before);
        return;
    case Kind::Spliced: line.slot().add(" items={}", r.link).bySite(); return;
    case Kind::Fired: line.item().slot().add(" expires={}", r.before); return;
    case Kind::RegisterSet: return registerSet(line, r);
    case Kind::Refused: line.item().add(" expires={}", r.value).bySite(); return;
    case Kind::Noted: return noted(line, r);
    case Kind::ItemSet:
        line.item().slot().add(" expires={} was={}", r.value, r.before).bySite().result();
        return;
    case Kind::Counted: line.item().add(" comparisons={}", r.value).bySite(); return;
    case Kind::Chosen:
    case Kind::NodeSet: line.item().bySite(); return;
    }
}

std::string toText(const Record& r, const Geometry& geometry, const Inputs& inputs)
{
    std::string out;
    appendText(out, r, geometry, inputs);
    return out;
}

} // namespace jiffy::core
