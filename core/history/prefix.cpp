// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/prefix.h"

namespace jiffy::core
{

Snapshot prefixAt(const History& history, Position p)
{
    const Snapshot& whole = history.snapshot();
    if (p >= history.end()) return whole;
    Snapshot cut;
    cut.log = whole.log.prefix(p.event);
    if (p.tick != 0) {
        if (p.event < whole.log.size()) {
            const Record& r = whole.log[p.event];
            cut.open = OpenRun{p.tick, r.before, r.site};
        } else {
            cut.open = OpenRun{p.tick, whole.open.cpus, whole.open.site};
        }
    }
    cut.endTicks = history.ticksAt(p);
    cut.status = RunStatus::Running;
    auto kept = std::make_shared<CheckpointTable>();
    for (const auto& checkpoint : *whole.checkpoints) {
        if (checkpoint->event < p.event || kept->empty()) kept->push_back(checkpoint);
    }
    cut.checkpoints = std::move(kept);
    return cut;
}

} // namespace jiffy::core
