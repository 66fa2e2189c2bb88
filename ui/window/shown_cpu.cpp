// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shown_cpu.h"

#include <algorithm>
#include <bit>

namespace jiffy::ui
{

using core::Kind;
using core::Record;

namespace
{

/// Records without a CPU come in few at a time.
constexpr std::uint64_t farthest = 4096;

} // namespace

std::optional<int> cpuAbout(const Record& r, const core::World& world)
{
    switch (r.kind) {
    case Kind::Passed: // one CPU catches up
        if (r.site == core::Site::RunTimers && r.value > 1 && std::has_single_bit(r.before)) return std::countr_zero(r.before);
        return std::nullopt;
    case Kind::ClockSet:
    case Kind::Noted:
    case Kind::Defined: return std::nullopt;
    case Kind::Queued:
    case Kind::Unqueued: return world.geometry().place(r.slotId()).cpu;
    case Kind::Refused: return r.item.isValid() ? static_cast<int>(world.item(r.item).cpu) : r.cpu; // where the timer is
    default: return r.cpu;
    }
}

int cpuShownAt(const core::World& world, const core::LogView& log, core::Position at)
{
    // A record that one stands within is the last one, too.
    const bool isWithin = at.tick != 0 || at.line != 0;
    const std::uint64_t end = std::min<std::uint64_t>(log.size(), at.event + (isWithin ? 1 : 0));
    const auto within = [&](int cpu) { return std::clamp(cpu, 0, world.cpuCount() - 1); };
    std::uint64_t e = end;
    for (; e > end - std::min(end, farthest); --e) {
        const Record& r = log[e - 1];
        // Of a refused call only the world right behind it says where the timer is.
        const auto cpu = r.kind == Kind::Refused && e != end ? std::optional<int>(r.cpu) : cpuAbout(r, world);
        if (cpu) return within(*cpu);
        if (core::ticksOf(r) != 0) break; // at this instant nobody has done anything
    }
    if (end == 0) return 0;
    for (std::uint64_t next = end; next < log.size() && next < end + farthest; ++next) {
        const Record& r = log[next];
        const auto cpu = r.kind == Kind::Refused ? std::optional<int>(r.cpu) : cpuAbout(r, world);
        if (cpu) return within(*cpu);
    }
    for (; e > end - std::min(end, farthest); --e) {
        const Record& r = log[e - 1];
        const auto cpu = r.kind == Kind::Refused ? std::optional<int>(r.cpu) : cpuAbout(r, world);
        if (cpu) return within(*cpu);
    }
    return 0;
}

} // namespace jiffy::ui
