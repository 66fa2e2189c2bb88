// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_until/breakpoints.h"

#include "ui/code/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

QString tr(const char* text) { return QCoreApplication::translate("Breakpoints", text); }

QString eventText(core::Kind kind, core::Site site, core::TimerAlgorithm timers)
{
    using core::Kind;
    using core::Site;
    switch (kind) {
    case Kind::Fired: return tr("any timer fires");
    case Kind::Moved: return tr("any timer is cascaded");
    case Kind::Spliced:
        if (timers == core::TimerAlgorithm::Wheel61) return tr("any bucket is taken");
        return site == Site::Cascade ? tr("any slot is cascaded") : tr("any slot is served");
    case Kind::Counted: return tr("any walk along the list");
    case Kind::Refused: return tr("BUG");
    case Kind::Queued:
        if (site == Site::None) return tr("any timer is filed");
        break;
    case Kind::Unqueued:
        if (site == Site::None) return tr("any timer is taken off");
        break;
    default: break;
    }
    const auto text = [](std::string_view s) { return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size())); };
    if (site == Site::None) return tr("any %1").arg(text(core::name(kind)));
    return tr("%1 by %2").arg(text(core::name(kind)), text(core::name(site)));
}

/// As eventText(), of what tgtd does; empty: nothing better than that.
QString workEventText(core::Kind kind, core::Site site)
{
    using core::Kind;
    using core::Site;
    switch (kind) {
    case Kind::Fired: return tr("any func runs");
    case Kind::Moved: return site == Site::EpollWait ? QString() : tr("any work expires");
    case Kind::Refused: return tr("any add_work is refused");
    case Kind::Raised: return tr("any alarm");
    case Kind::Queued: return site == Site::AddWork ? tr("any work is added") : tr("anything becomes ready");
    case Kind::Unqueued: return site == Site::DelWork ? tr("any work is taken off") : QString();
    case Kind::Entered:
        if (site == Site::EpollWait) return tr("any epoll_wait");
        if (site == Site::IoHandler) return tr("any handler");
        return site == Site::ExecuteWork || site == Site::Schedule ? tr("any pass") : QString();
    case Kind::Left: return site == Site::EpollWait ? tr("any return of epoll_wait") : QString();
    case Kind::Noted: return site == Site::WorkTimerScheduleEvt ? tr("any alarm without effect") : QString();
    default: return {};
    }
}

/// The same place to stop, whatever CPU.
bool isSame(core::Condition a, core::Condition b)
{
    a.cpu = b.cpu = -1;
    return a == b;
}

} // namespace

QString conditionText(const core::Condition& condition, const core::Inputs& inputs)
{
    const bool isTgtd = inputs.driver == core::Driver::Daemon;
    const auto geometry = core::geometryOf(inputs.machine);
    const auto timer = [&] { return QString::fromStdString(inputs.timerName(condition.timer)); };
    QString text;
    switch (condition.what) {
    case core::Condition::What::Timer: text = timer(); break;
    case core::Condition::What::Fire: text = (isTgtd ? tr("%1 runs") : tr("%1 fires")).arg(timer()); break;
    case core::Condition::What::Slot: {
        text = QString::fromStdString(geometry.slotName(condition.slot));
        if (inputs.machine.cpus > 1) text = tr("%1 of CPU %2").arg(text).arg(geometry.place(condition.slot).cpu);
        break;
    }
    case core::Condition::What::Line: text = plainLine(condition.line, geometry); break;
    case core::Condition::What::Event:
        if (isTgtd) text = workEventText(condition.kind, condition.site);
        if (text.isEmpty()) text = eventText(condition.kind, condition.site, inputs.machine.timers);
        break;
    }
    return condition.cpu < 0 ? text : tr("%1, by CPU %2").arg(text).arg(condition.cpu);
}

std::vector<core::Condition> Breakpoints::active(std::vector<std::size_t>* which) const
{
    std::vector<core::Condition> active;
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        if (!m_all[i].isOn) continue;
        active.push_back(m_all[i].condition);
        if (which) which->push_back(i);
    }
    return active;
}

bool Breakpoints::contains(const core::Condition& condition) const
{
    return std::any_of(m_all.begin(), m_all.end(), [&](const Breakpoint& b) { return isSame(b.condition, condition); });
}

void Breakpoints::toggle(const core::Condition& condition)
{
    const auto same = [&](const Breakpoint& b) { return isSame(b.condition, condition); };
    if (std::erase_if(m_all, same) == 0) m_all.push_back({condition, true});
    Q_EMIT changed();
}

void Breakpoints::remove(std::size_t i)
{
    if (i >= m_all.size()) return;
    m_all.erase(m_all.begin() + static_cast<std::ptrdiff_t>(i));
    Q_EMIT changed();
}

void Breakpoints::setOn(std::size_t i, bool isOn)
{
    if (i >= m_all.size() || m_all[i].isOn == isOn) return;
    m_all[i].isOn = isOn;
    Q_EMIT changed();
}

void Breakpoints::setCpu(std::size_t i, int cpu)
{
    if (i >= m_all.size() || m_all[i].condition.cpu == cpu) return;
    m_all[i].condition.cpu = cpu;
    Q_EMIT changed();
}

void Breakpoints::clear()
{
    if (m_all.empty()) return;
    m_all.clear();
    Q_EMIT changed();
}

void Breakpoints::forgetIds()
{
    using What = core::Condition::What;
    const auto erased = std::erase_if(m_all, [](const Breakpoint& b) {
        return b.condition.what == What::Timer || b.condition.what == What::Fire || b.condition.what == What::Slot;
    });
    bool isBound = false;
    for (auto& b : m_all) {
        isBound = isBound || b.condition.cpu >= 0;
        b.condition.cpu = -1;
    }
    if (erased != 0 || isBound) Q_EMIT changed();
}

} // namespace jiffy::ui

#include "moc_breakpoints.cpp"
