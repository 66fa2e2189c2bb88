// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/live_figures.h"

#include "core/run/run.h"
#include "core/scenario/position_spec.h"

#include <algorithm>

namespace jiffy::core
{

LatenessFigures latenessFigures(const AlarmLateness& parts, const Lateness& work)
{
    auto late = work.latenesses(false);
    for (auto& us : late) us *= 1000;
    return {statisticsOf(parts.alarm()), statisticsOf(parts.read()), statisticsOf(parts.func()), statisticsOf(std::move(late))};
}

LatenessFigures latenessFigures(const Inputs& inputs, const LogView& log)
{
    AlarmLateness parts(inputs);
    Lateness work(inputs);
    parts.extend(log);
    work.extend(log);
    return latenessFigures(parts, work);
}

LatenessFigures modelFigures(const Inputs& recorded, std::uint64_t until)
{
    auto model = std::make_shared<Inputs>(modelOfLive(recorded));
    model->daemon.until = std::min(model->daemon.until, until);
    const Snapshot run = runAll(model);
    return latenessFigures(*model, run.log);
}

std::vector<SummaryLine> liveSummary(const Inputs& inputs, const Snapshot& run)
{
    const auto origin = inputs.driver == Driver::Daemon ? liveOrigin(run.log) : std::nullopt;
    if (!origin) return {};
    const LatenessFigures real = latenessFigures(inputs, run.log);
    const LatenessFigures model = modelFigures(inputs, run.endTicks);
    std::vector<SummaryLine> lines;
    std::string what = "process " + std::to_string(origin->pid) + ", " + std::string(name(origin->scheme)) + " every " +
                       timeText(static_cast<Nanoseconds>(inputs.daemon.interval * 1000));
    if (origin->busy != 0) what += ", handlers busy for " + timeText(static_cast<Nanoseconds>(origin->busy * 1000));
    lines.push_back({"recorded live", what});
    if (origin->scheme == LiveScheme::Signal) lines.push_back({"alarm, due to signal", toText(real.alarm)});
    lines.push_back({origin->scheme == LiveScheme::Signal ? "signal to read" : "due to read", toText(real.read)});
    lines.push_back({"read to func", toText(real.func)});
    lines.push_back({"work, due to func", toText(real.work)});
    lines.push_back({"the model's work, due to func", toText(model.work)});
    return lines;
}

} // namespace jiffy::core
