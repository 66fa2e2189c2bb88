// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/narrator.h"

#include "core/event/text.h"
#include "core/event/text_daemon.h"

#include <algorithm>

namespace jiffy::app
{

namespace
{

std::string padded(std::string text, std::size_t width)
{
    if (text.size() < width) text.insert(0, width - text.size(), ' ');
    return text;
}

constexpr std::size_t millisecondsWidth = 12;

} // namespace

Narrator::Narrator(const core::Inputs& inputs, const core::Snapshot& run, Output& out, std::uint64_t mostLines)
    : m_inputs(inputs), m_run(run), m_out(out), m_mostLines(mostLines), m_clock(inputs.machine),
      m_geometry(core::geometryOf(inputs.machine)),
      m_isDaemon(inputs.driver == core::Driver::Daemon), m_jiffiesWidth(inputs.machine.word.bits() == 32 || inputs.machine.jiffies < 1ull << 32 ? 10 : 20)
{
}

void Narrator::title()
{
    if (!m_inputs.title.empty()) m_out.line("title: " + m_inputs.title);
    if (!m_inputs.watch.empty()) m_out.line("watch: " + m_inputs.watch);
}

void Narrator::narrate(TickRange range)
{
    std::uint64_t told = 0, kept = 0;
    const std::uint64_t size = m_run.log.size();
    m_out.line(m_isDaemon ? padded("ms", millisecondsWidth) + "  event" : padded("jiffies", static_cast<std::size_t>(m_jiffiesWidth)) + "  cpu  event");
    for (std::uint64_t i = 0; i < size + (m_run.open.count != 0 ? 1 : 0) && m_out.isOpen(); ++i) {
        core::Record r = i < size ? m_run.log[i] : m_run.open.asRecord();
        if (!cutTo(range, r)) continue;
        if (told < m_mostLines) {
            line(r);
            ++told;
        } else {
            ++kept;
        }
    }
    if (kept != 0) m_out.line("(" + std::to_string(kept) + " more events; --all tells them too)");
    m_out.line("");
}

/// Moves the clock on by r. False if r lies outside; a run of ticks that reaches over an end is cut there.
bool Narrator::cutTo(TickRange range, core::Record& r)
{
    const std::uint64_t before = m_clock.ticks;
    m_clock.apply(r);
    const std::uint64_t after = m_clock.ticks;
    if (r.kind != core::Kind::Passed || r.site != core::Site::Tick) return after >= range.first && after <= range.last;
    const std::uint64_t first = std::max(before + 1, range.first);
    const std::uint64_t last = std::min(after, range.last);
    if (first > last) return false;
    r.value = last - first + 1;
    return true;
}

void Narrator::line(const core::Record& r)
{
    if (m_isDaemon) {
        m_line = padded(core::millisecondsText(m_clock.ticks), millisecondsWidth) + "  ";
        core::appendText(m_line, r, m_geometry, m_inputs);
        return m_out.line(m_line);
    }
    const bool ofAll = r.kind == core::Kind::Passed || r.kind == core::Kind::ClockSet;
    m_line = padded(std::to_string(m_clock.jiffies), static_cast<std::size_t>(m_jiffiesWidth));
    m_line += padded(ofAll ? "-" : std::to_string(r.cpu), 5);
    m_line += "  ";
    core::appendText(m_line, r, m_geometry, m_inputs);
    m_out.line(m_line);
}

} // namespace jiffy::app
