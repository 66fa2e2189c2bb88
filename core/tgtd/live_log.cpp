// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tgtd/live_log.h"

#include <algorithm>
#include <array>

namespace jiffy::core
{

namespace
{

constexpr std::array<std::string_view, 3> schemeNames = {"signal", "timerfd", "signalfd"};

} // namespace

std::string_view name(Measure measure)
{
    constexpr std::array<std::string_view, 6> names = {"something", "pid", "scheme", "monotonic_ns", "busy_us", "stamps_lost"};
    const auto i = static_cast<std::size_t>(measure);
    return names[i < names.size() ? i : 0];
}

std::string_view name(LiveScheme scheme) { return schemeNames.at(static_cast<std::size_t>(scheme)); }

std::optional<LiveScheme> liveSchemeNamed(std::string_view name)
{
    const auto found = std::find(schemeNames.begin(), schemeNames.end(), name);
    if (found == schemeNames.end()) return {};
    return static_cast<LiveScheme>(found - schemeNames.begin());
}

Inputs liveInputs(const Inputs& workload, const LiveSettings& settings)
{
    Inputs live = workload;
    live.opening = {};
    live.expect.clear();
    live.file.clear();
    live.machine.mayFault = false;
    DaemonConfig& d = live.daemon;
    const auto remark = [&](bool isSo, const char* text) {
        if (isSo) live.remarks.emplace_back(text);
    };
    remark(d.scheduler == WorkScheduler::Old, "the workload was written for the scheduler before 2011; it was performed with the one after");
    remark(!(d.costs == DaemonCosts{}), "the workload's costs are the model's; real calls take what they take");
    remark(!(d.fail == DaemonFailures{}), "the workload's failing calls were not imitated");
    // A recording may be performed again.
    constexpr std::string_view words = "live on this machine";
    if (live.title.empty()) live.title = words;
    else if (!live.title.ends_with(words)) live.title.append(", ").append(words);
    d.epollTimeout = 2'000'000;
    d.costs = {};
    d.fail = {};
    d.scheduler = settings.scheme == LiveScheme::Signal ? WorkScheduler::New : WorkScheduler::TimerFd;
    d.interval = settings.interval;
    d.until = settings.duration;
    // Steps of the wall clock are no sources: only their places in the order go.
    std::vector<Action> actions;
    std::vector<std::uint32_t> place(live.actions.size());
    for (std::size_t i = 0; i < live.actions.size(); ++i) {
        place[i] = static_cast<std::uint32_t>(actions.size());
        if (live.actions[i].call != Call::StepWall) actions.push_back(live.actions[i]);
    }
    remark(actions.size() != live.actions.size(), "this machine's wall clock was left alone: the workload's steps of it were not taken");
    live.actions = std::move(actions);
    for (auto& source : d.sources) source = place[source];
    return live;
}

Inputs modelOfLive(const Inputs& recorded)
{
    Inputs model = recorded;
    model.daemon.scheduler = WorkScheduler::New;
    model.daemon.epollTimeout = 2'000'000;
    model.remarks.clear();
    return model;
}

std::optional<LiveOrigin> liveOrigin(const LogView& log)
{
    constexpr std::uint64_t looked = 16; // they stand at the very begin
    LiveOrigin origin;
    bool isLive = false;
    for (std::uint64_t i = 0; i < std::min(looked, log.size()); ++i) {
        const Record& r = log[i];
        if (r.kind != Kind::Noted || r.site != Site::Measured) continue;
        switch (static_cast<Measure>(r.before)) {
        case Measure::Pid:
            origin.pid = r.value;
            isLive = true;
            break;
        case Measure::Scheme: origin.scheme = r.value <= 2 ? static_cast<LiveScheme>(r.value) : LiveScheme::Signal; break;
        case Measure::Monotonic: origin.monotonic = r.value; break;
        case Measure::Busy: origin.busy = r.value; break;
        default: break;
        }
    }
    if (!isLive) return {};
    return origin;
}

} // namespace jiffy::core
