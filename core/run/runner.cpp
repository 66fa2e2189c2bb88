// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runner.h"

namespace jiffy::core
{

namespace
{

// Small slices first, so that the opening instant is there at once; then long ones, so that publishing costs nothing.
constexpr std::uint64_t firstSlice = 4096;
constexpr std::uint64_t longestSlice = 262144;

} // namespace

Runner::Runner(Run run, std::function<void()> wake)
    : m_run(std::move(run)), m_mailbox(std::move(wake)), m_thread([this](const std::stop_token& stop) { work(stop); })
{
}

Runner::~Runner() = default;

void Runner::work(const std::stop_token& stop)
{
    std::uint64_t slice = firstSlice;
    bool more = true;
    while (more && !stop.stop_requested()) {
        more = m_run.advance(slice, stop);
        m_mailbox.put(m_run.snapshot());
        if (slice < longestSlice) slice *= 2;
    }
}

} // namespace jiffy::core
