// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/narration/work_facts.h"

#include "core/tgtd/live_log.h"
#include "ui/code/work_words.h"
#include "ui/tgtd/words.h"

namespace jiffy::ui
{

using core::Kind;
using core::Record;
using core::Register;
using core::Site;

bool WorkFacts::isRecording() const
{
    return m_told.log != nullptr && core::liveOrigin(*m_told.log).has_value();
}

const Record* WorkFacts::previous() const
{
    return m_told.log == nullptr || m_told.event == 0 ? nullptr : &(*m_told.log)[m_told.event - 1];
}

std::uint64_t WorkFacts::due(std::uint64_t clock) const
{
    std::uint64_t n = 0;
    for (core::TimerId t = inactive().first; t.isValid() && n < 1000 && world().item(t).expires <= clock;
         t = world().next(t))
        ++n;
    return n;
}

std::optional<std::uint64_t> WorkFacts::wordSince() const
{
    return since([](const Record& r) {
        return r.kind == Kind::RegisterSet && static_cast<Register>(r.slot) == Register::PipeBytes &&
               r.before == 0;
    });
}
std::optional<std::uint64_t> WorkFacts::waitSince() const
{
    return since([](const Record& r) { return r.kind == Kind::Entered && r.site == Site::EpollWait; });
}
std::optional<std::uint64_t> WorkFacts::handlerSince() const
{
    return since([](const Record& r) { return r.kind == Kind::Entered && r.site == Site::IoHandler; });
}
std::optional<std::uint64_t> WorkFacts::funcSince() const
{
    return since([](const Record& r) { return r.kind == Kind::Fired; });
}

std::uint64_t WorkFacts::alarm() const
{
    if (daemon().alarmSince == ~0ull || config().interval == 0) return 0;
    return (now() - daemon().alarmSince) / config().interval;
}
std::uint64_t WorkFacts::alarmFrom(std::uint64_t us) const
{
    if (daemon().alarmSince == ~0ull || config().interval == 0) return us;
    const std::uint64_t since = us > daemon().alarmSince ? us - daemon().alarmSince : 1;
    return daemon().alarmSince + (since + config().interval - 1) / config().interval * config().interval;
}
std::uint64_t WorkFacts::alarmAfter(std::uint64_t us) const
{
    return alarmFrom(us + 1);
}

Span WorkFacts::source(core::TimerId t) const
{
    return mono(sourceText(inputs(), t));
}
Span WorkFacts::at(std::uint64_t us) const
{
    return mono(say("%1 s").arg(secondsText(us)));
}
Span WorkFacts::span(std::uint64_t us) const
{
    return mono(spanText(us));
}
Span WorkFacts::clock(std::uint64_t us1970) const
{
    return mono(wallClockText(us1970));
}

Span WorkFacts::due(core::TimerId t) const
{
    const std::uint64_t when = world().item(t).expires;
    if (when == core::DaemonConfig::immediate) return {say("at once"), false, -1};
    if (isOld()) return mono(say("tick %1").arg(when));
    // A deadline from before a step of the clock may lie in front of the run's start.
    const auto run = static_cast<std::int64_t>(dueAt(when));
    return run < 0 ? clock(when) : at(static_cast<std::uint64_t>(run));
}

QString WorkFacts::sources(core::ItemList list) const
{
    constexpr std::uint32_t most = 3;
    QString text;
    core::TimerId t = list.first;
    for (std::uint32_t n = 0; n < most && t.isValid(); ++n, t = world().next(t)) {
        if (!text.isEmpty()) text += QStringLiteral(", ");
        text += sourceText(inputs(), t);
    }
    if (list.count > most) text = say("%1 and %2 more").arg(text).arg(list.count - most);
    return text;
}

} // namespace jiffy::ui
