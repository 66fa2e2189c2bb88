// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/work_preview.h"

#include "ui/theme/look.h"
#include "ui/timeline/daemon_run.h"
#include "ui/timeline/daemon_time.h"

#include <QCoreApplication>

namespace jiffy::ui
{

namespace
{

using core::Intervention;
using core::WorkScheduler;

QString say(const char* text)
{
    return QCoreApplication::translate("WorkPreview", text);
}

QString at(std::uint64_t us)
{
    return say(QT_TRANSLATE_NOOP("WorkPreview", "%1 s")).arg(instantText(us));
}

/// "runs at 4.250 s, 0.15 s late" of one scheduler.
QString runText(const core::WorkOutcome& o)
{
    if (o.isRefused) return say(QT_TRANSLATE_NOOP("WorkPreview", "is refused: it stands on a list already"));
    if (!o.handledAt)
        return say(QT_TRANSLATE_NOOP("WorkPreview", "is never added: the loop does not get to it"));
    if (!o.runsAt) return say(QT_TRANSLATE_NOOP("WorkPreview", "does not run before the run ends"));
    return say(QT_TRANSLATE_NOOP("WorkPreview", "runs at %1, %2"))
        .arg(at(*o.runsAt),
             latenessText(static_cast<std::int64_t>(*o.runsAt) - static_cast<std::int64_t>(*o.dueAt)));
}

Preview ofAdding(const core::WorkForecast& f, const QString& item)
{
    Preview p;
    p.headline = item + QLatin1Char(' ') + runText(f.here);
    if (f.here.isRefused) {
        p.why = say(QT_TRANSLATE_NOOP("WorkPreview",
                                      "The original does not look whether an item stands on a list, and "
                                      "corrupts both: here the call is refused. Delete it first."));
    } else if (f.here.dueAt) {
        p.why = say(QT_TRANSLATE_NOOP("WorkPreview", "Added at %1, due at %2."))
                    .arg(at(*f.here.handledAt), at(*f.here.dueAt));
    }
    p.notes << say(QT_TRANSLATE_NOOP("WorkPreview", "%1 scheduler: %2."))
                   .arg(shortName(f.twin), runText(f.there));
    return p;
}

Preview ofBurning(const core::WorkForecast& f)
{
    Preview p;
    if (!f.here.handledAt) {
        p.headline = say(QT_TRANSLATE_NOOP("WorkPreview", "The loop never gets to it."));
        return p;
    }
    p.headline = f.here.handledBy
                     ? say(QT_TRANSLATE_NOOP("WorkPreview", "The loop is busy from %1 to %2."))
                           .arg(at(*f.here.handledAt), at(*f.here.handledBy))
                     : say(QT_TRANSLATE_NOOP("WorkPreview", "The loop is busy from %1 until the run ends."))
                           .arg(at(*f.here.handledAt));
    if (f.scheduler == WorkScheduler::New)
        p.why = f.here.alarmsMeanwhile <= 1
                    ? say(QT_TRANSLATE_NOOP("WorkPreview", "Alarms that come meanwhile: %1."))
                          .arg(grouped(f.here.alarmsMeanwhile))
                    : say(QT_TRANSLATE_NOOP(
                              "WorkPreview",
                              "%1 alarms come meanwhile. One word in the pipe is all that is left of them."))
                          .arg(grouped(f.here.alarmsMeanwhile));
    else if (f.scheduler == WorkScheduler::Old)
        p.why = say(QT_TRANSLATE_NOOP("WorkPreview", "Its countdown begins anew behind it."));
    return p;
}

Preview ofDeleting(const core::WorkForecast& f, const QString& item)
{
    Preview p;
    p.headline =
        f.here.wasQueued
            ? say(QT_TRANSLATE_NOOP("WorkPreview", "%1 is taken off its list at %2."))
                  .arg(item, f.here.handledAt ? at(*f.here.handledAt) : QString())
            : say(QT_TRANSLATE_NOOP("WorkPreview", "%1 stands on no list then: nothing happens.")).arg(item);
    return p;
}

Preview ofStepping(const Intervention& what, const core::WorkForecast& f)
{
    Preview p;
    p.headline = what.microseconds < 0
                     ? say(QT_TRANSLATE_NOOP("WorkPreview", "The wall clock goes back by %1."))
                           .arg(durationUsText(-what.microseconds))
                     : say(QT_TRANSLATE_NOOP("WorkPreview", "The wall clock goes forward by %1."))
                           .arg(durationUsText(what.microseconds));
    if (f.scheduler == WorkScheduler::Old) {
        p.why = say(QT_TRANSLATE_NOOP(
            "WorkPreview", "The old scheduler counts idle timeouts and never looks at it: nothing changes."));
    } else if (what.microseconds < 0) {
        p.why =
            say(QT_TRANSLATE_NOOP("WorkPreview",
                                  "Deadlines are wall-clock times: %1 items that wait run that much later."))
                .arg(grouped(f.waiting));
    } else {
        p.why = say(QT_TRANSLATE_NOOP("WorkPreview", "Deadlines are wall-clock times: of %1 items that wait, "
                                                     "%2 become due and run with the next pass."))
                    .arg(grouped(f.waiting), grouped(f.madeDue));
    }
    return p;
}

} // namespace

Preview previewOfWork(const Intervention& what, const core::WorkForecast& f, const QString& item)
{
    Preview p;
    switch (what.what) {
    case Intervention::What::AddWork:
        p = ofAdding(f, item);
        break;
    case Intervention::What::DelWork:
        p = ofDeleting(f, item);
        break;
    case Intervention::What::StepWall:
        p = ofStepping(what, f);
        break;
    default:
        p = ofBurning(f);
        break;
    }
    p.notes << say(QT_TRANSLATE_NOOP("WorkPreview", "It comes at %1.")).arg(at(f.at));
    return p;
}

} // namespace jiffy::ui
