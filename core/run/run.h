// SPDX-License-Identifier: GPL-3.0-or-later
// A run on one thread: inputs, the model that executes them, its recorder, its checkpoints.
#pragma once

#include "core/run/snapshot.h"

#include <memory>
#include <stop_token>

namespace jiffy::core
{

class Run
{
  public:
    explicit Run(InputsPtr inputs);
    /// Goes on from a checkpoint of another run with changed inputs (history/branch.h).
    Run(InputsPtr inputs, const LogView& prefix, std::shared_ptr<const Checkpoint> from,
        std::shared_ptr<const CheckpointTable> earlier);
    ~Run();
    Run(Run&&) noexcept;
    Run& operator=(Run&&) noexcept;

    /// Works until about `events` more records stand in the log, the inputs end, or a stop is asked for.
    /// Returns false when the run has ended. The log does not depend on how it is sliced.
    bool advance(std::uint64_t events, const std::stop_token& stop = {});
    Snapshot snapshot() const;
    const World& world() const;
    const InputsPtr& inputs() const;
    /// Of Inputs::actions, so many have been carried out or begun.
    std::uint64_t actionsBegun() const;
    /// Inputs::actions[action] has been carried out, or is under way. On a machine of CPUs an action waits for its CPU,
    /// and later ones of others may come before it.
    bool hasBegun(std::uint64_t action) const;

  private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Runs to the end in place.
Snapshot runAll(InputsPtr inputs);

} // namespace jiffy::core
