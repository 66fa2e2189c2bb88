// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the model files a timer where the recorded kernel filed it: a fold over the log of a replay on the wheel of
// 6.1.
//
// Kernels from 4.8 on print with timer_start the number of the bucket (idx: level * 64 + slot), and from 6.12 on also
// when that bucket is due (bucket_expiry). Both are compared with what the model makes of the same expiry in the same
// jiffy: idx with the number of its bucket, bucket_expiry, where printed, with when the model's bucket is due. The CPU
// is not compared.
//
// A bucket follows from the expiry and from the clock of the wheel, and the machine's clock is in no trace: it is
// jiffies unless something is due and has not run, or one more while the softirq of this jiffy runs. The model's is
// that of the replay. Where the clocks differ a timer close to the border of two levels goes into another one; so it
// can be for deferrable timers, whose wheel waits while its CPU sleeps, for timers that were pending when the recording
// began, and where the machine's ticks came late. What is already late goes to the clock's own slot.
#pragma once

#include "core/event/event.h"
#include "core/insight/clock_fold.h"
#include "core/insight/summary.h"
#include "core/scenario/inputs.h"
#include "core/world/geometry.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace jiffy::core
{

/// What a placement of the machine's is to the model's.
enum class Agreement : std::uint8_t
{
    Same,        ///< one bucket, due at one jiffy
    Late,        ///< the expiry had passed: it went to the clock of the machine's wheel, which the trace does not tell
    OtherClock,  ///< the machine's is right for a clock of its wheel that lay elsewhere
    OtherBucket, ///< no clock of the wheel explains it
};
constexpr int agreementCount = 4;

struct Placement
{
    std::uint64_t event = 0; ///< index of the Noted
    Jiffies expires = 0;
    Jiffies now = 0;     ///< jiffies of the call
    Bucket machine;      ///< due: if hasDue
    Bucket model;
    Jiffies clock = 0;   ///< of the model's wheel
    TimerId timer;
    std::uint8_t machineCpu = 0; ///< whose wheel it is on
    std::uint8_t modelCpu = 0;
    Agreement agreement = Agreement::Same;
    bool hasDue = false; ///< the kernel printed it
    bool operator==(const Placement&) const = default;
};

/// Extends record by record. Of another algorithm than Wheel61 it holds nothing. One thread at a time.
class Placements
{
  public:
    explicit Placements(const Inputs& inputs);

    /// clock: as it is with the record. event: its index.
    void add(const Record& r, const ClockFold& clock, std::uint64_t event);

    /// Of each timer_start that tells its bucket, in order.
    std::span<const Placement> all() const { return m_all; }
    std::uint64_t count(Agreement a) const { return m_counts[static_cast<std::size_t>(a)]; }
    /// "placements", "placements that agree", and for the others why they do not; none if there is none.
    std::vector<SummaryLine> lines() const;
    /// "this machine's kernel and our model agree on 190 of 190 placements"; empty if there is none.
    std::string sentence() const;

  private:
    struct Filed
    {
        Bucket bucket;
        Jiffies expires = 0;
        Jiffies clock = 0;
        std::uint8_t cpu = 0;
        bool isFiled = false;
    };
    void file(const Record& r);
    void note(const Record& r, const ClockFold& clock, std::uint64_t event);
    Agreement judge(const Placement& p) const;

    Geometry m_geometry;
    std::vector<std::array<Jiffies, 2>> m_clocks; ///< of each CPU's two wheels
    std::vector<Filed> m_filed;                   ///< where the model has each timer
    std::vector<Placement> m_all;
    std::array<std::uint64_t, agreementCount> m_counts{};
};

/// "process_timeout.3: machine lvl1[10], model lvl1[11] at 4294896467: …": where, and why they differ.
std::string toText(const Placement& placement, const Inputs& inputs);

} // namespace jiffy::core
