// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/model.h"

#include "core/kernel/machine.h"
#include "core/tgtd/daemon.h"

#include <variant>

namespace jiffy::core
{

struct Model::Private
{
    using Cascading = Machine<Recorder, Wheel39<Recorder>>;

    std::variant<std::monostate, Cascading, Machine<Recorder, Wheel61<Recorder>>, Machine<Recorder, SortedList<Recorder>>,
                 Daemon<Recorder>>
        model;
};

Model::Model(const Inputs& inputs, Recorder& recorder, const MachineState& state) : d(std::make_unique<Private>())
{
    const auto make = [&](auto tag) {
        using M = typename decltype(tag)::type;
        d->model.emplace<M>(inputs, recorder.world(), recorder, state);
    };
    if (inputs.driver == Driver::Daemon) {
        make(std::type_identity<Daemon<Recorder>>());
        return;
    }
    switch (inputs.machine.timers) {
    case TimerAlgorithm::Wheel39: make(std::type_identity<Private::Cascading>()); break;
    case TimerAlgorithm::Wheel61: make(std::type_identity<Machine<Recorder, Wheel61<Recorder>>>()); break;
    case TimerAlgorithm::SortedList: make(std::type_identity<Machine<Recorder, SortedList<Recorder>>>()); break;
    }
}

Model::~Model() = default;
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;

bool Model::step()
{
    if (auto* wheel = std::get_if<Private::Cascading>(&d->model)) [[likely]] return wheel->step();
    return std::visit(
        [](auto& m) {
            if constexpr (std::is_same_v<std::decay_t<decltype(m)>, std::monostate>) return false;
            else return m.step();
        },
        d->model);
}

const MachineState& Model::state() const
{
    return std::visit(
        [](const auto& m) -> const MachineState& {
            if constexpr (std::is_same_v<std::decay_t<decltype(m)>, std::monostate>) {
                static const MachineState none;
                return none;
            } else {
                return m.state();
            }
        },
        d->model);
}

} // namespace jiffy::core
