// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/compact_layout.h"

#include "ui/tgtd/lists_layout.h"
#include "ui/tgtd/stations_layout.h"
#include "ui/tgtd/thread_words.h"
#include "ui/tgtd/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Tgtd)
};

struct Line
{
    QString name, value;
    bool isHot = false;
};

QString pipeText(const FlowScene& s)
{
    if (!s.isPipeOpen()) return s.isBeforePipe() ? Words::tr("not open yet") : s.daemon.pipeEnds == 0 ? Words::tr("not open") : Words::tr("half closed");
    if (s.daemon.pipeBytes == 0) return Words::tr("empty");
    return s.past.wordSince ? Words::tr("%1 bytes since %2 s").arg(s.daemon.pipeBytes).arg(secondsText(*s.past.wordSince)) : Words::tr("%1 bytes").arg(s.daemon.pipeBytes);
}

QString timerText(const FlowScene& s)
{
    const auto next = s.nextAlarm();
    if (!next) return Words::tr("not armed");
    return Words::tr("every %1, next in %2 s").arg(periodText(s.inputs->daemon.interval), hundredthsText(*next - s.now));
}

std::vector<Line> linesOf(const FlowScene& s)
{
    std::vector<Line> lines;
    const bool isOpen = s.place == ThreadPlace::Pass || s.place == ThreadPlace::Func;
    switch (s.scheduler) {
    case core::WorkScheduler::New:
        lines.push_back({QStringLiteral("setitimer"), timerText(s)});
        lines.push_back({Words::tr("Signal handler"), alarmsText(s), s.daemon.isInSignal});
        lines.push_back({Words::tr("Pipe"), pipeText(s), s.daemon.pipeBytes != 0});
        break;
    case core::WorkScheduler::Old:
        lines.push_back({Words::tr("Idle timeout"), s.past.waitingSince && s.past.waitTimeout != 0
                                                        ? Words::tr("in %1 s").arg(hundredthsText(*s.past.waitingSince + s.past.waitTimeout - std::min(s.now, *s.past.waitingSince + s.past.waitTimeout)))
                                                        : Words::tr("not counting: busy")});
        lines.push_back({QStringLiteral("jiffies"), grouped(s.daemon.jiffies)});
        break;
    case core::WorkScheduler::TimerFd:
        lines.push_back({QStringLiteral("timerfd"), timerText(s)});
        lines.push_back({Words::tr("Expirations"), grouped(s.daemon.expirations), s.daemon.expirations != 0});
        break;
    }
    lines.push_back({Words::tr("Event loop"), loopText(s)});
    lines.push_back({Words::tr("Inactive list"), itemsText(s, s.inactive, s.inactiveCount)});
    lines.push_back({s.isOld() ? QStringLiteral("schedule") : QStringLiteral("execute_work"), isOpen ? Words::tr("open") : whyShut(s).replace(QLatin1Char('\n'), QLatin1Char(' '))});
    lines.push_back({Words::tr("Active list"), itemsText(s, s.active, s.activeCount)});
    lines.push_back({Words::tr("Running"), s.running ? s.running->name : Words::tr("nothing"), s.running.has_value()});
    return lines;
}

} // namespace

QString loopText(const FlowScene& scene)
{
    QStringList parts;
    for (const auto& row : scene.rows) {
        if (row.state == LoopRow::State::Quiet || row.state == LoopRow::State::Coming || row.state == LoopRow::State::Unwatched) continue;
        parts.append(QStringLiteral("%1: %2").arg(rowHandle(row), rowStateText(scene, row)));
    }
    if (parts.isEmpty()) return Words::tr("nothing is readable");
    return parts.join(QStringLiteral(" · "));
}

QString alarmsText(const FlowScene& scene)
{
    QStringList parts{gateText(scene)};
    for (std::size_t i = 0; i < scene.past.alarmCount; ++i)
        parts.append(QStringLiteral("%1 %2").arg(hundredthsText(scene.past.alarms[i].at), alarmEndText(scene.past.alarms[i])));
    return parts.join(QStringLiteral(" · "));
}

QString itemsText(const FlowScene& scene, const std::vector<FlowItem>& items, std::uint32_t count)
{
    if (count == 0) return Words::tr("empty");
    QStringList parts;
    for (std::size_t i = 0; i < items.size() && i < 8; ++i) parts.append(QStringLiteral("%1 %2").arg(items[i].name, itemWaitText(scene, items[i])));
    const QString all = parts.join(QStringLiteral(" · "));
    return count > 1 ? Words::tr("%1 items: %2").arg(grouped(count), all) : all;
}

void layOutCompact(const FlowScene& scene, double width, double height, LabelWriter& w, FlowLayout& into)
{
    const double left = width < 400 ? 12 : 24, room = width - 2 * left;
    if (room < 60 || height < 30) return;
    const auto lines = linesOf(scene);
    const double pitch = std::clamp((height - 16) / static_cast<double>(lines.size() + 2), 19.0, 26.0);
    const TextStyle sentence{13, QFont::DemiBold, false, FlowTone::Ink};
    double y = 8 + pitch * .7;
    const QString incident = incidentText(scene);
    const QString said = incident.isEmpty() ? threadSentence(scene) : incident + QStringLiteral(". ") + threadSentence(scene);
    y += w.writeLines(left, y, said, sentence, room, height > 120 ? 2 : 1, pitch) * pitch;
    const TextStyle nameStyle{12.5, QFont::Medium, false, FlowTone::Ink2};
    double names = 0;
    for (const auto& line : lines) names = std::max(names, w.width(line.name, nameStyle));
    names = std::min(names + 14, room * .4);
    for (const auto& line : lines) {
        if (y + 5 > height) break;
        w.write(left, y, line.name, nameStyle, LabelWriter::At::Left, names - 6);
        w.write(left + names, y, line.value, {12.5, line.isHot ? QFont::DemiBold : QFont::Normal, false, line.isHot ? FlowTone::NowText : FlowTone::Ink}, LabelWriter::At::Left, room - names);
        y += pitch;
    }
    into.divider = 0;
}

} // namespace jiffy::ui
