// SPDX-License-Identifier: GPL-3.0-or-later
// What a recording of a real process took from one place of tgtd's scheme to the next, beside the model's run of the
// same workload.
#pragma once

#include "core/insight/alarm_lateness.h"
#include "core/insight/lateness.h"
#include "core/run/runner.h"
#include "core/tgtd/live_log.h"
#include "ui/live/figures.h"

#include <array>
#include <functional>
#include <memory>

namespace jiffy::ui
{

/// What is known of one run: its parts, and its work as a whole.
struct LateParts
{
    const core::AlarmLateness& parts;
    const core::Lateness& work;
};
/// One without a title does not exist: without a signal the kernel does not say when the alarm came.
std::array<Figure, 4> figuresOf(core::LiveScheme scheme, const LateParts& real, const LateParts& model);

/// A recording and the model's run beside it, which a worker makes. GUI thread.
class Recorded
{
  public:
    /// wake is called on the worker's thread when there is more of the model. REQUIRES: liveOrigin() of the log.
    Recorded(const core::Inputs& recorded, core::LiveScheme scheme, std::function<void()> wake);

    /// REQUIRES: log is a longer prefix of the same log.
    void extend(const core::LogView& log);
    /// Takes what the worker has made until now.
    void takeModel();
    /// All of it, made here and now: for a picture that is painted once.
    void completeModel();
    std::array<Figure, 4> figures() const;

  private:
    core::LiveScheme m_scheme;
    core::AlarmLateness m_parts, m_modelParts;
    core::Lateness m_work, m_modelWork;
    core::InputsPtr m_model;
    std::unique_ptr<core::Runner> m_runner; // last: it wakes what is above
};

} // namespace jiffy::ui
