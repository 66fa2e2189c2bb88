// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of a stream, one at a time, in memory that does not grow with the file.
#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>

namespace jiffy::core
{

class LineReader
{
  public:
    static constexpr std::size_t longest = 1 << 20; ///< bytes of a line

    explicit LineReader(std::istream& in) : m_in(in) {}

    /// The next line without its end, valid until the next call. False at the end and at a line longer than `longest`.
    bool next(std::string_view& line);

    std::uint64_t number() const { return m_number; } ///< of the line read last, from 1
    std::uint64_t bytes() const { return m_bytes; }   ///< taken from the stream so far
    bool tooLong() const { return m_tooLong; }        ///< next() ended for that reason; the line is number()

  private:
    bool fill();

    std::istream& m_in;
    std::string m_buffer;
    std::size_t m_from = 0, m_to = 0;
    std::uint64_t m_number = 0, m_bytes = 0;
    bool m_tooLong = false;
};

} // namespace jiffy::core
