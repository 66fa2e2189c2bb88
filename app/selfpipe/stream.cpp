// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/selfpipe/stream.h"

#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace jiffy::selfpipe
{

void Stream::writeOpening(const core::Inputs& inputs)
{
    core::writeLogOpening(inputs, {0, true}, [this](const std::string& line) { m_text += line; });
    flush();
}

void Stream::writeEnd()
{
    m_text += core::logEndLine(m_events, m_world.clock().ticks, core::RunStatus::Ended, {});
    flush();
}

void Stream::flush()
{
    std::size_t done = 0;
    while (m_error == 0 && done < m_text.size()) {
        const auto n = write(m_fd, m_text.data() + done, m_text.size() - done);
        if (n >= 0) {
            done += static_cast<std::size_t>(n);
        } else if (errno == EAGAIN) {
            pollfd p{m_fd, POLLOUT, 0};
            poll(&p, 1, -1);
        } else if (errno != EINTR) {
            m_error = errno;
        }
    }
    m_text.clear();
}

} // namespace jiffy::selfpipe
