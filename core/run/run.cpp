// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run.h"

#include "core/run/model.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

constexpr std::uint64_t leastCheckpointDistance = 65536;

} // namespace

struct Run::Private
{
    InputsPtr inputs;
    Recorder recorder;
    Model machine;
    std::shared_ptr<const CheckpointTable> checkpoints;
    RunStatus status = RunStatus::Running;

    explicit Private(InputsPtr in)
        : inputs(std::move(in)), recorder(World(inputs->machine)), machine(*inputs, recorder),
          checkpoints(std::make_shared<const CheckpointTable>())
    {
        keepCheckpoint();
    }
    Private(InputsPtr in, const LogView& prefix, const Checkpoint& from, std::shared_ptr<const CheckpointTable> earlier)
        : inputs(std::move(in)), recorder(prefix, from), machine(*inputs, recorder, from.machine),
          checkpoints(std::move(earlier))
    {
    }

    void keepCheckpoint()
    {
        recorder.checkAll();
        auto table = std::make_shared<CheckpointTable>(*checkpoints);
        table->push_back(std::make_shared<const Checkpoint>(
            Checkpoint{recorder.log().size(), recorder.open(), recorder.world(), machine.state()}));
        checkpoints = std::move(table);
    }
    /// Checkpoints cost the more the more items there are; a quarter of the log's bytes at most.
    std::uint64_t checkpointDue() const
    {
        const std::uint64_t items = recorder.world().itemCount();
        return checkpoints->back()->event + std::max<std::uint64_t>(leastCheckpointDistance, 4 * items + items / 2);
    }
    void end(RunStatus how)
    {
        recorder.close();
        recorder.checkAll();
        if (how == RunStatus::Limit) {
            Record r;
            r.kind = Kind::Noted;
            r.site = Site::Limit;
            r.value = inputs->eventLimit;
            recorder.emit<Kind::Noted>(r);
        }
        status = how;
    }
};

Run::Run(InputsPtr inputs) : d(std::make_unique<Private>(std::move(inputs))) {}

Run::Run(InputsPtr inputs, const LogView& prefix, std::shared_ptr<const Checkpoint> from,
         std::shared_ptr<const CheckpointTable> earlier)
    : d(std::make_unique<Private>(std::move(inputs), prefix, *from, std::move(earlier)))
{
}

Run::~Run() = default;
Run::Run(Run&&) noexcept = default;
Run& Run::operator=(Run&&) noexcept = default;

bool Run::advance(std::uint64_t events, const std::stop_token& stop)
{
    if (d->status != RunStatus::Running) return false;
    const std::uint64_t target = d->recorder.log().size() + events;
    std::uint64_t checkpointAt = d->checkpointDue();
    for (std::uint32_t steps = 0; d->recorder.log().size() < target; ++steps) {
        if (steps % 256 == 255 && stop.stop_requested()) return true;
        if (d->recorder.log().size() >= d->inputs->eventLimit) {
            d->end(RunStatus::Limit);
            return false;
        }
        if (!d->machine.step()) {
            d->end(RunStatus::Ended);
            return false;
        }
        if (d->recorder.log().size() >= checkpointAt) {
            checkpointAt = d->checkpointDue(); // later, if there are more items by now
            if (d->recorder.log().size() >= checkpointAt) {
                d->keepCheckpoint();
                checkpointAt = d->checkpointDue();
            }
        }
    }
    return true;
}

Snapshot Run::snapshot() const
{
    return Snapshot{d->recorder.log().view(), d->recorder.open(), d->recorder.world().clock().ticks, d->status,
                    d->recorder.check(), d->checkpoints};
}

const World& Run::world() const { return d->recorder.world(); }
const InputsPtr& Run::inputs() const { return d->inputs; }
std::uint64_t Run::actionsBegun() const
{
    const MachineState& state = d->machine.state();
    if (!d->inputs->machine.kernel.isThere) return state.action;
    return state.kernel.waiting.empty() ? state.kernel.fresh : state.kernel.waiting.front();
}
bool Run::hasBegun(std::uint64_t action) const
{
    const MachineState& state = d->machine.state();
    const auto& waiting = state.kernel.waiting;
    if (d->inputs->machine.kernel.isThere && action >= state.kernel.fresh) return false;
    return action < state.action && std::find(waiting.begin(), waiting.end(), action) == waiting.end();
}

Snapshot runAll(InputsPtr inputs)
{
    Run run(std::move(inputs));
    while (run.advance(~0ull >> 1)) {
    }
    return run.snapshot();
}

} // namespace jiffy::core
