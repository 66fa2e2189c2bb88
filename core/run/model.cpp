// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/model.h"

#include "core/kernel/kernel_machine.h"
#include "core/kernel/machine.h"
#include "core/tgtd/daemon.h"

#include <variant>

namespace jiffy::core
{

struct Model::Private
{
    using Cascading = Machine<Recorder, Wheel39<Recorder>>;

    std::variant<std::monostate, Cascading, Machine<Recorder, Wheel61<Recorder>>, Machine<Recorder, SortedList<Recorder>>,
                 KernelMachine<Recorder, Wheel39<Recorder>>, KernelMachine<Recorder, Wheel61<Recorder>>,
                 KernelMachine<Recorder, SortedList<Recorder>>, Daemon<Recorder>>
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
    const auto makeOn = [&](auto timers) {
        using Timers = typename decltype(timers)::type;
        if (inputs.machine.kernel.isThere) make(std::type_identity<KernelMachine<Recorder, Timers>>());
        else make(std::type_identity<Machine<Recorder, Timers>>());
    };
    switch (inputs.machine.timers) {
    case TimerAlgorithm::Wheel39: makeOn(std::type_identity<Wheel39<Recorder>>()); break;
    case TimerAlgorithm::Wheel61: makeOn(std::type_identity<Wheel61<Recorder>>()); break;
    case TimerAlgorithm::SortedList: makeOn(std::type_identity<SortedList<Recorder>>()); break;
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

namespace
{

template <class M> constexpr bool isKernelMachine = false;
template <class E, class T> constexpr bool isKernelMachine<KernelMachine<E, T>> = true;

} // namespace

bool Model::isAbout(std::uint64_t action) const
{
    return std::visit(
        [&](const auto& m) {
            if constexpr (isKernelMachine<std::decay_t<decltype(m)>>) return m.isAbout(action);
            else return false;
        },
        d->model);
}

std::uint64_t Model::able() const
{
    return std::visit(
        [](const auto& m) -> std::uint64_t {
            if constexpr (isKernelMachine<std::decay_t<decltype(m)>>) return m.able();
            else return 0;
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
