// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/remarks.h"

#include "core/trace/recorded_machine.h"
#include "core/trace/words.h"

#include <algorithm>
#include <fmt/format.h>

namespace jiffy::core
{

namespace
{

const char* layoutName(const TraceReading& reading)
{
    static constexpr const char* names[] = {"the kernel's own trace text", "text of trace-cmd report",
                                            "text of trace-cmd report -R", "text of perf script"};
    const auto& by = reading.byLayout;
    if (by[static_cast<std::size_t>(TraceLayout::RawReport)] > 0) return names[2];
    return names[std::max_element(by.begin(), by.end()) - by.begin()];
}

std::string durationText(std::uint64_t ns)
{
    if (ns < 1'000) return fmt::format("{} ns", ns);
    if (ns < 1'000'000) return fmt::format("{:.1f} us", static_cast<double>(ns) / 1e3);
    return fmt::format("{:.1f} ms", static_cast<double>(ns) / 1e6);
}

std::string doings(const TraceCounts& c)
{
    return fmt::format(
        "They were started {}: {} while pending, {} by their own callback, {} by another's; {} "
        "cancelled before they ran.",
        counted(c.starts, "time"), grouped(c.rearms), grouped(c.startsByOwn), grouped(c.startsByOther),
        counted(c.cancels, "time they were", "times they were"));
}

std::string runs(const TraceCounts& c)
{
    auto out = fmt::format("The machine ran {}", counted(c.fires, "timer"));
    if (c.timedFires > 0)
        out += fmt::format("; a callback took {} on average", durationText(c.duration / c.timedFires));
    return out + ".";
}

std::string losses(const TraceCounts& c)
{
    const auto places = counted(c.losses, "place");
    if (c.lost == 0)
        return fmt::format("Events were lost in {}; the replay can differ from there on.", places);
    return fmt::format("{} lost in {}; the replay can differ from there on.",
                       c.lost == 1 ? "1 event was" : grouped(c.lost) + " events were", places);
}

/// What strips show, and what no trace tells of it.
void addMachine(std::vector<std::string>& out, const TraceReading& reading, const RecordedMachine* machine)
{
    if (reading.lacksTime)
        out.push_back("Softirqs, stopped ticks and hrtimers were recorded but have no place: the trace clock does not count seconds.");
    if (machine == nullptr) return;
    const RecordedCounts& c = machine->counts();
    std::string parts;
    const auto add = [&](std::uint64_t n, std::string_view one, std::string_view many = {}) {
        if (n != 0) parts += (parts.empty() ? "" : ", ") + counted(n, one, many);
    };
    add(c.stops, "stop of a tick", "stops of ticks");
    add(c.ticks, "tick");
    add(c.interrupts, "timer interrupt");
    add(c.softirqs, "timer softirq");
    add(c.hrtimers, "call of an hrtimer's function", "calls of hrtimers' functions");
    if (!parts.empty()) out.push_back(fmt::format("Below each CPU's lane stands what it did on the machine: {}.", parts));
    if (c.stopsSaid < c.stops)
        out.push_back(fmt::format("When a stopped tick went on is told of {} of {} only; the others are shown until the first sign of it, {} "
                                  "of them until the next one.",
                                  grouped(c.stopsSaid), counted(c.stops, "stop"), grouped(c.stopsToNext)));
    if (c.before > 0)
        out.push_back(fmt::format("{} before the first event that prints jiffies, and not shown.", counted(c.before, "of these was", "of these were")));
    if (c.elsewhere > 0)
        out.push_back(fmt::format("{} on CPUs without timers, and not shown.", counted(c.elsewhere, "of these was", "of these were")));
}

} // namespace

std::vector<std::string> traceRemarks(const TraceReading& reading, const TraceCounts& counts,
                                      const Inputs& inputs, const std::string& hz, const std::string& word)
{
    std::vector<std::string> out;
    out.push_back(fmt::format("Read {} from {} of {}, {} of them about timers.",
                              counted(reading.events, "event"), counted(reading.lines, "line"),
                              layoutName(reading), grouped(reading.timerEvents)));
    out.push_back(hz);
    out.push_back(word);
    out.push_back(counts.modern != 0 ? "The kernel is 4.8 or later, with the wheel without cascades, as its events tell of "
                                       "buckets, wheels or their clocks."
                                     : "The kernel is older than 4.8, with the cascading wheel, as its events tell of no buckets.");
    const auto functions = static_cast<std::uint64_t>(inputs.names.size());
    out.push_back(fmt::format("{} of {} on {}.", counted(inputs.timers.size(), "timer"),
                              counted(functions, "function"),
                              counted(static_cast<std::uint64_t>(inputs.machine.cpus), "CPU")));
    out.push_back(doings(counts));
    out.push_back(runs(counts));
    if (counts.fires == 0)
        out.push_back("No timer_expire_entry was recorded, so a cancel may have been an expiry and nothing "
                      "can be compared.");
    if (counts.startsElsewhere > 0)
        out.push_back(
            fmt::format("{} put on another CPU's wheel than the caller's; the replay files on the caller's.",
                        counted(counts.startsElsewhere, "start was", "starts were")));
    if (counts.pendingAtStart > 0)
        out.push_back(
            fmt::format("{} pending when the recording began or events were lost, so when and for when they "
                        "were armed is not known.",
                        counted(counts.pendingAtStart, "timer was", "timers were")));
    if (counts.pendingAtEnd > 0)
        out.push_back(fmt::format("{} still pending when the recording ended.",
                                  counted(counts.pendingAtEnd, "timer was", "timers were")));
    addMachine(out, reading, inputs.recorded.get());
    if (counts.losses > 0) out.push_back(losses(counts));
    if (reading.overwritten > 0)
        out.push_back(
            fmt::format("The ring buffer had been overwritten: {} before the first line are missing.",
                        counted(reading.overwritten, "entry", "entries")));
    if (counts.nameless > 0)
        out.push_back(fmt::format(
            "{} left out, because the timer printed as (____ptrval____) and cannot be told from others.",
            counted(counts.nameless, "event was", "events were")));
    if (reading.hasUntrueFlags)
        out.push_back("Flags were ignored, because trace-cmd report and perf script print them untruly; the "
                      "kernel's own text "
                      "and trace-cmd report -R print true ones.");
    if (reading.lacksSymbols)
        out.push_back("The kernel printed no flags (boot option hash-ptr=0), so deferrable timers are taken "
                      "as ordinary ones.");
    if (reading.unreadable > 0)
        out.push_back(fmt::format("{} could not be read and were skipped; the first is line {}.",
                                  counted(reading.unreadable, "line"), grouped(reading.firstUnreadable)));
    if (counts.outOfLine > 0)
        out.push_back(fmt::format("{} left out, because their jiffies cannot follow those before.",
                                  counted(counts.outOfLine, "event was", "events were")));
    return out;
}

} // namespace jiffy::core
