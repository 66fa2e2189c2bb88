// SPDX-License-Identifier: GPL-3.0-or-later
// The model that inputs ask for: a machine with one of the timer algorithms, or tgtd. It works through a recorder; what it
// is apart from the recorder's world is plain data.
#pragma once

#include "core/run/recorder.h"

#include <memory>

namespace jiffy::core
{

class Model
{
  public:
    /// Goes on from `state`, which belongs to the recorder's world. Inputs and recorder outlive it.
    Model(const Inputs& inputs, Recorder& recorder, const MachineState& state = {});
    ~Model();
    Model(Model&&) noexcept;
    Model& operator=(Model&&) noexcept;

    /// Does one explicit step. False, doing nothing, once the inputs have ended.
    bool step();
    const MachineState& state() const;
    /// A machine of CPUs: the next step takes up that action. Others: false.
    bool isAbout(std::uint64_t action) const;
    /// A machine of CPUs: those of which any could do the next step, as a mask. Others: 0.
    std::uint64_t able() const;

  private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace jiffy::core
