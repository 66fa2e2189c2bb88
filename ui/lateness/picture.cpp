// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lateness/picture.h"

#include "ui/theme/look.h"
#include "ui/timeline/daemon_run.h"
#include "ui/timeline/daemon_time.h"

#include <QCoreApplication>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

QString say(const char* text)
{
    return QCoreApplication::translate("Lateness", text);
}

} // namespace

LatenessPicture latenessPicture(const core::Lateness& run, const core::Lateness* twin, std::size_t most)
{
    LatenessPicture picture;
    const auto ours = run.latenesses(false);
    const auto theirs = twin != nullptr ? twin->latenesses(false) : std::vector<std::int64_t>();
    picture.lead = core::statisticsOf(ours);
    picture.twin = core::statisticsOf(theirs);
    picture.leadName = shortName(run.scheduler());
    if (twin != nullptr) picture.twinName = shortName(twin->scheduler());
    if (picture.isEmpty()) return picture;
    std::int64_t min = 0, max = 0; // 0 is in sight: on time
    for (const auto* s : {&picture.lead, &picture.twin}) {
        if (s->count == 0) continue;
        min = std::min(min, s->min);
        max = std::max(max, s->max);
    }
    const auto range = core::bucketsFor(min, max, most);
    picture.leadBars = core::counted(range, ours);
    picture.twinBars = core::counted(range, theirs);
    picture.isInSeconds = max - min >= 2'000'000;
    return picture;
}

QString summaryText(const core::Statistics& s)
{
    if (s.count == 0)
        return say(QT_TRANSLATE_NOOP("Lateness", "Nothing that was added with a delay has run yet."));
    const auto runs = s.count == 1 ? say(QT_TRANSLATE_NOOP("Lateness", "1 run"))
                                   : say(QT_TRANSLATE_NOOP("Lateness", "%1 runs")).arg(grouped(s.count));
    QString text =
        say(QT_TRANSLATE_NOOP("Lateness", "%1: median %2, 95 of 100 at most %3, worst %4, mean %5."))
            .arg(runs, durationUsText(s.median), durationUsText(s.p95), durationUsText(s.max),
                 durationUsText(s.mean()));
    if (s.early != 0)
        text += QLatin1Char(' ') + say(QT_TRANSLATE_NOOP("Lateness", "%1 of them early, by up to %2."))
                                       .arg(grouped(s.early), durationUsText(-s.min));
    return text;
}

QStringList wakeUpTexts(const core::Lateness& run)
{
    const auto& t = run.totals();
    QStringList lines;
    lines << say(QT_TRANSLATE_NOOP("Lateness", "epoll_wait() returned %1 times; after %2 of them there was "
                                               "nothing to do (%3 interrupted by the signal, %4 timed out)."))
                 .arg(grouped(t.returns()), grouped(t.wokenForNothing), grouped(t.interrupted),
                      grouped(t.timedOut));
    if (run.scheduler() == core::WorkScheduler::Old) {
        lines << say(QT_TRANSLATE_NOOP(
                         "Lateness", "Its countdown began anew %1 times, each time something else happened."))
                     .arg(grouped(t.restarts));
    } else if (t.alarms == 0) {
        lines << say(QT_TRANSLATE_NOOP("Lateness", "No alarm came."));
    } else {
        lines << (run.scheduler() == core::WorkScheduler::TimerFd
                      ? say(QT_TRANSLATE_NOOP("Lateness",
                                              "Of %1 expirations %2 were added to one that nobody had read."))
                      : say(QT_TRANSLATE_NOOP(
                            "Lateness", "Of %1 alarms %2 were swallowed: timer_pending was set already.")))
                     .arg(grouped(t.alarms), grouped(t.swallowed));
    }
    lines << say(QT_TRANSLATE_NOOP("Lateness", "%1 of %2 passes called no func."))
                 .arg(grouped(t.idlePasses), grouped(t.passes));
    if (t.refused != 0)
        lines << say(QT_TRANSLATE_NOOP("Lateness",
                                       "%1 calls of add_work() were refused: the item was on a list."))
                     .arg(grouped(t.refused));
    return lines;
}

} // namespace jiffy::ui
