// SPDX-License-Identifier: GPL-3.0-or-later
// How late the parts of tgtd's scheme are, in nanoseconds: the alarm behind its due instant, the read behind the alarm,
// the funcs behind the read. Of a recording these are real; of a model's run they are what its costs say. An insight
// over the log that only ever extends.
#pragma once

#include "core/event/log.h"
#include "core/insight/distribution.h"
#include "core/scenario/inputs.h"

#include <string>
#include <vector>

namespace jiffy::core
{

class AlarmLateness
{
  public:
    AlarmLateness() = default;
    /// REQUIRES: inputs.driver is Daemon.
    explicit AlarmLateness(const Inputs& inputs) : m_interval(static_cast<std::int64_t>(inputs.daemon.interval) * 1000) {}

    /// Takes the records that are new since the last call. REQUIRES: log is a longer prefix of the same log.
    void extend(const LogView& log);

    /// From when an alarm was due to its delivery. Of schemes without a signal there is none: the kernel does not say
    /// when its file became readable.
    const std::vector<std::int64_t>& alarm() const { return m_alarm; }
    /// From the signal that wrote (a timerfd: from when it was due) to the read of the file.
    const std::vector<std::int64_t>& read() const { return m_read; }
    /// From the read to the call of each func that it led to.
    const std::vector<std::int64_t>& func() const { return m_func; }
    bool isEmpty() const { return m_alarm.empty() && m_read.empty() && m_func.empty(); }

  private:
    void take(const Record& r);
    void alarmCame();

    static constexpr std::int64_t never = -1;
    std::int64_t m_interval = 1;
    std::uint64_t m_events = 0;
    std::int64_t m_us = 0, m_offset = 0;
    std::int64_t m_armed = never;  ///< ns
    std::int64_t m_number = 0;     ///< of the interval in which the last alarm came
    std::int64_t m_filled = never; ///< since when there is something to read because of an alarm
    std::int64_t m_readAt = never;
    bool m_isInSignal = false;
    std::vector<std::int64_t> m_alarm, m_read, m_func;
};

/// "24 times: 31 us least, 58 us median, 74 us at 95 %, 81 us most"; values in ns.
std::string toText(const Statistics& ns);
/// A duration in ns with a unit and three digits: "58.1 us".
std::string durationText(std::int64_t ns);

} // namespace jiffy::core
