// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/alarm_lateness.h"

#include <array>

namespace jiffy::core
{

void AlarmLateness::extend(const LogView& log)
{
    for (; m_events < log.size(); ++m_events) take(log[m_events]);
}

void AlarmLateness::take(const Record& r)
{
    const auto now = [this] { return m_us * 1000 + m_offset; };
    switch (r.kind) {
    case Kind::ClockSet:
        if (r.site == Site::SubTick) m_offset = static_cast<std::int64_t>(r.value);
        else m_us += static_cast<std::int64_t>(r.ticks());
        return;
    case Kind::Raised: return alarmCame();
    case Kind::Entered:
        if (r.site == Site::WorkTimerSigHandler) m_isInSignal = true;
        return;
    case Kind::Left:
        if (r.site == Site::WorkTimerSigHandler) m_isInSignal = false;
        return;
    case Kind::Fired:
        if (m_readAt != never) m_func.push_back(now() - m_readAt);
        return;
    case Kind::RegisterSet: break;
    default: return;
    }
    switch (static_cast<Register>(r.slot)) {
    case Register::AlarmSince:
        m_armed = r.value == ~0ull ? never : now();
        m_number = 0;
        return;
    case Register::PipeBytes:
    case Register::Expirations:
        if (r.value > r.before) {
            const bool isByAlarm = m_isInSignal || static_cast<Register>(r.slot) == Register::Expirations;
            if (r.before == 0) m_filled = isByAlarm ? now() : never;
            return;
        }
        if (m_filled != never) m_read.push_back(now() - m_filled);
        m_filled = never;
        m_readAt = now();
        return;
    default: return;
    }
}

/// An alarm that comes later than the next one is due stands for both: the kernel sets its timer anew when the signal is
/// delivered.
void AlarmLateness::alarmCame()
{
    if (m_armed == never) return;
    const std::int64_t since = m_us * 1000 + m_offset - m_armed;
    m_alarm.push_back(since - (m_number + 1) * m_interval);
    m_number = since / m_interval;
}

std::string durationText(std::int64_t ns)
{
    constexpr std::array<const char*, 4> units = {" ns", " us", " ms", " s"};
    std::string text = ns < 0 ? "-" : "";
    auto value = static_cast<std::uint64_t>(ns < 0 ? -ns : ns);
    std::size_t unit = 0;
    std::uint64_t scale = 1;
    while (unit + 1 < units.size() && value / scale >= 1000) {
        scale *= 1000;
        ++unit;
    }
    const std::uint64_t whole = value / scale;
    text += std::to_string(whole);
    const int digits = whole >= 100 ? 0 : whole >= 10 ? 1 : 2;
    if (scale != 1 && digits != 0) {
        const auto part = std::to_string(1000 + value % scale * 1000 / scale);
        text += '.' + part.substr(1, static_cast<std::size_t>(digits));
    }
    return text + units.at(unit);
}

std::string toText(const Statistics& ns)
{
    if (ns.count == 0) return "never";
    return std::to_string(ns.count) + (ns.count == 1 ? " time: " : " times: ") + durationText(ns.min) + " least, " + durationText(ns.median) +
           " median, " + durationText(ns.p95) + " at 95 %, " + durationText(ns.max) + " most";
}

} // namespace jiffy::core
