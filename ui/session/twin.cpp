// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/twin.h"

#include "core/run/run.h"
#include "core/tgtd/counterpart.h"

namespace jiffy::ui
{

Twin::Twin(QObject* parent) : QObject(parent)
{
    m_frame.setSingleShot(true);
    m_frame.setInterval(16);
    connect(&m_frame, &QTimer::timeout, this, &Twin::take);
}

Twin::~Twin() = default;

void Twin::follow(const core::InputsPtr& lead)
{
    const auto inputs = lead ? core::counterpartOf(*lead) : nullptr;
    if (!inputs && !m_history) return;
    m_runner.reset();
    m_history.reset();
    if (inputs) {
        core::Run run(inputs);
        m_history = std::make_unique<core::History>(inputs, run.snapshot());
        m_runner = std::make_unique<core::Runner>(std::move(run), [this] {
            // Called on the runner's thread.
            QMetaObject::invokeMethod(
                this, [this] { if (!m_frame.isActive()) m_frame.start(); }, Qt::QueuedConnection);
        });
    }
    Q_EMIT reset();
}

core::Position Twin::positionAt(std::uint64_t ticks) { return m_history->lastOfTick(ticks); }

void Twin::take()
{
    if (!m_runner) return;
    const auto newer = m_runner->take();
    if (!newer) return;
    m_history->extend(*newer);
    if (newer->status != core::RunStatus::Running) m_runner.reset();
    Q_EMIT extended();
}

} // namespace jiffy::ui
