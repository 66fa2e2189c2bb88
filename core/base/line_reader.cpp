// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/line_reader.h"

#include <cstring>

namespace jiffy::core
{

/// More bytes behind those not used yet; false at the end of the stream or when the buffer is full of one line.
bool LineReader::fill()
{
    if (m_buffer.empty()) m_buffer.resize(longest + 1);
    if (m_from > 0) {
        std::memmove(m_buffer.data(), m_buffer.data() + m_from, m_to - m_from);
        m_to -= m_from;
        m_from = 0;
    }
    if (m_to == m_buffer.size()) return false;
    m_in.read(m_buffer.data() + m_to, static_cast<std::streamsize>(m_buffer.size() - m_to));
    const auto got = static_cast<std::size_t>(m_in.gcount());
    m_to += got;
    m_bytes += got;
    return got > 0;
}

bool LineReader::next(std::string_view& line)
{
    if (m_tooLong) return false;
    std::size_t searched = 0;
    for (;;) {
        const char* const begin = m_buffer.data() + m_from;
        const std::size_t size = m_to - m_from;
        const void* const end = size > searched ? std::memchr(begin + searched, '\n', size - searched) : nullptr;
        if (end != nullptr) {
            line = {begin, static_cast<std::size_t>(static_cast<const char*>(end) - begin)};
            m_from += line.size() + 1;
            ++m_number;
            return true;
        }
        searched = size;
        if (fill()) continue;
        if (m_from == m_to) return false;
        ++m_number;
        line = {m_buffer.data() + m_from, m_to - m_from};
        m_tooLong = line.size() > longest;
        m_from = m_to;
        return !m_tooLong;
    }
}

} // namespace jiffy::core
