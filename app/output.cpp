// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/output.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace jiffy::app
{

Output::Output()
{
    // A closed pipe shall be an error of write(), not the end of the process: exports may still have to be finished.
    std::signal(SIGPIPE, SIG_IGN);
    static char buffer[1 << 16];
    std::setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
}

void Output::line(std::string_view text)
{
    if (!isOpen()) return;
    errno = 0;
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fputc('\n', stdout) == EOF) {
        m_error = errno != 0 ? errno : EIO;
    }
}

int Output::finish()
{
    errno = 0;
    if (isOpen() && std::fflush(stdout) != 0) m_error = errno != 0 ? errno : EIO;
    if (m_error == 0 || m_error == EPIPE || m_isSaid) return m_isSaid ? 3 : 0;
    m_isSaid = true;
    std::fprintf(stderr, "error: cannot write to the standard output: %s\n", std::strerror(m_error));
    return 3;
}

int report(const core::Diagnostics& diagnostics)
{
    int status = 0;
    for (const auto& d : diagnostics) status = std::max(status, static_cast<int>(d.fault));
    const std::string text = core::toText(diagnostics);
    std::fwrite(text.data(), 1, text.size(), stderr);
    return status;
}

} // namespace jiffy::app
