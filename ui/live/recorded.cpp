// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/recorded.h"

#include "core/run/run.h"

#include <QCoreApplication>

#include <utility>

namespace jiffy::ui
{

namespace
{

QString say(const char* text)
{
    return QCoreApplication::translate("LiveControl", text);
}

/// In ns, as the parts are.
std::vector<std::int64_t> lateOf(const core::Lateness& work)
{
    auto values = work.latenesses(false);
    for (auto& us : values) us *= 1000;
    return values;
}

} // namespace

std::array<Figure, 4> figuresOf(core::LiveScheme scheme, const LateParts& real, const LateParts& model)
{
    const bool isSignal = scheme == core::LiveScheme::Signal;
    return {isSignal ? Figure{say(QT_TRANSLATE_NOOP("LiveControl", "alarm: due to signal")), real.parts.alarm(), model.parts.alarm()}
                     : Figure{},
            Figure{isSignal ? say(QT_TRANSLATE_NOOP("LiveControl", "signal to read")) : say(QT_TRANSLATE_NOOP("LiveControl", "due to read")),
                   real.parts.read(), model.parts.read()},
            Figure{say(QT_TRANSLATE_NOOP("LiveControl", "read to func")), real.parts.func(), model.parts.func()},
            Figure{say(QT_TRANSLATE_NOOP("LiveControl", "work: due to func")), lateOf(real.work), lateOf(model.work)}};
}

Recorded::Recorded(const core::Inputs& recorded, core::LiveScheme scheme, std::function<void()> wake)
    : m_scheme(scheme), m_parts(recorded), m_work(recorded), m_model(std::make_shared<const core::Inputs>(core::modelOfLive(recorded)))
{
    m_modelParts = core::AlarmLateness(*m_model);
    m_modelWork = core::Lateness(*m_model);
    m_runner = std::make_unique<core::Runner>(core::Run(m_model), std::move(wake));
}

void Recorded::extend(const core::LogView& log)
{
    m_parts.extend(log);
    m_work.extend(log);
}

void Recorded::takeModel()
{
    if (!m_runner) return;
    const auto run = m_runner->take();
    if (!run) return;
    m_modelParts.extend(run->log);
    m_modelWork.extend(run->log);
    if (run->status != core::RunStatus::Running) m_runner.reset();
}

void Recorded::completeModel()
{
    takeModel();
    if (!m_runner) return;
    m_runner.reset();
    const auto run = core::runAll(m_model);
    m_modelParts = core::AlarmLateness(*m_model);
    m_modelWork = core::Lateness(*m_model);
    m_modelParts.extend(run.log);
    m_modelWork.extend(run.log);
}

std::array<Figure, 4> Recorded::figures() const
{
    return figuresOf(m_scheme, {m_parts, m_work}, {m_modelParts, m_modelWork});
}

} // namespace jiffy::ui
