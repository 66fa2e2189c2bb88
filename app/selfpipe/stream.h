// SPDX-License-Identifier: GPL-3.0-or-later
// The recording as it goes out: records through the one door, onto a world that the rules are checked on, and as JSON
// lines to standard output.
#pragma once

#include "core/export/json_lines.h"
#include "core/world/rules.h"
#include "core/world/world.h"

#include <string>
#include <vector>

namespace jiffy::selfpipe
{

class Stream
{
  public:
    Stream(const core::Inputs& inputs, int fd) : m_world(inputs.machine), m_fd(fd) {}

    const core::World& world() const { return m_world; }
    template <core::Kind K> void emit(const core::Record& r)
    {
        m_world.applyAs<K>(r);
        const std::size_t at = m_text.size();
        m_text.resize(at + core::EventLines::longest);
        char* const begin = m_text.data() + at;
        const char* end = m_lines.write(begin, m_events++, m_world.clock().jiffies, r);
        m_text.resize(at + static_cast<std::size_t>(end - begin));
        if (m_text.size() >= largest) flush();
    }

    void writeOpening(const core::Inputs& inputs);
    void writeEnd();
    /// What there is goes out. Does nothing once nobody reads any more.
    void flush();
    /// errno of a write() that failed; EPIPE: whoever read has gone.
    int error() const { return m_error; }

  private:
    static constexpr std::size_t largest = 1 << 16;

    core::World m_world;
    core::EventLines m_lines;
    std::string m_text;
    std::uint64_t m_events = 0;
    int m_fd;
    int m_error = 0;
};

} // namespace jiffy::selfpipe
