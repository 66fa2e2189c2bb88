// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/plots_layout.h"

#include "ui/theme/shaped_text.h"

#include "ui/theme/number_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>

namespace jiffy::ui
{

namespace
{

QString say(const char* text)
{
    return QCoreApplication::translate("Plots", text);
}

/// In English, what stands without a catalogue, one thing is said apart.
QString counted(const char* one, const char* many, std::uint64_t n)
{
    if (n == 1) return say(one);
    return say(many).replace(QLatin1String("%n"), grouped(n));
}
QString handlersText(std::uint64_t n)
{
    return counted("1 handler", "%n handlers", n);
}
QString movesText(std::uint64_t n)
{
    return counted("1 move", "%n moves", n);
}
QString comparisonsText(std::uint64_t n)
{
    return counted("1 comparison", "%n comparisons", n);
}

QString jiffiesText(core::Jiffies j)
{
    return QString::number(j);
}

} // namespace

QFont fontOf(PlotPiece::Style style, const Look& look)
{
    switch (style) {
    case PlotPiece::Style::Strong:
        return look.words(13, QFont::DemiBold);
    case PlotPiece::Style::Soft:
        return look.words(13);
    case PlotPiece::Style::Moves:
    case PlotPiece::Style::Handlers:
        return look.numbers(12.5, QFont::Bold);
    }
    return look.words(13);
}

double widthOf(const std::vector<PlotPiece>& pieces, const Look& look)
{
    double width = 0;
    for (const PlotPiece& p : pieces)
        width += advanceOf(fontOf(p.style, look), p.text);
    return width;
}

QString workText(const core::WorkTick& tick)
{
    if (tick.moves == 0) return handlersText(tick.handlers);
    if (tick.handlers == 0) return movesText(tick.moves);
    return say("%1 and %2").arg(movesText(tick.moves), handlersText(tick.handlers));
}

std::vector<std::vector<PlotPiece>> worstTexts(const PlotLane& lane, const core::WorkTick& worst,
                                               core::Jiffies at)
{
    using Style = PlotPiece::Style;
    const bool isMoves = worst.moves > worst.handlers;
    const PlotPiece where{jiffiesText(at) + QLatin1String(": "), isMoves ? Style::Moves : Style::Handlers};
    const QString what = workText(worst);
    std::vector<std::vector<PlotPiece>> texts;
    // A cascade runs under the lock of the CPU's wheel; handlers run without it.
    if (worst.moves != 0)
        texts.push_back({where,
                         {what + QLatin1Char(','), Style::Strong},
                         {say(" lock held, interrupts off"), Style::Soft}});
    else if (worst.latest > 0 && lane.geometry.levels != 0)
        texts.push_back(
            {where,
             {what, Style::Strong},
             {say(" up to %1 late").arg(grouped(static_cast<std::uint64_t>(worst.latest))), Style::Soft}});
    texts.push_back({where, {what, Style::Strong}});
    texts.push_back({where, {grouped(worst.work()), Style::Strong}});
    return texts;
}

std::vector<std::vector<PlotPiece>> outsideTexts(std::uint64_t comparisons, bool isOneOfSeveral)
{
    using Style = PlotPiece::Style;
    const PlotPiece what{comparisonsText(comparisons), Style::Strong};
    if (isOneOfSeveral)
        return {{what, {say(" at one jiffy, outside the tick"), Style::Soft}},
                {what, {say(" at one jiffy"), Style::Soft}},
                {{grouped(comparisons), Style::Strong}}};
    return {{what, {say(" when timers were added, outside the tick"), Style::Soft}},
            {what, {say(" outside the tick"), Style::Soft}},
            {what},
            {{grouped(comparisons), Style::Strong}}};
}

QString plotHitText(const PlotsInput& input, const PlotHit& hit)
{
    if (hit.what == PlotHit::What::Nothing) return {};
    const QString at = jiffiesText(input.word.add(input.start, hit.tick));
    if (hit.lane < 0 || hit.lane >= static_cast<int>(input.lanes.size())) return at;
    const PlotLane& lane = input.lanes[static_cast<std::size_t>(hit.lane)];
    if (hit.what == PlotHit::What::Call) {
        for (const core::DelayCell& c : lane.lateness->cells()) {
            if (c.event != hit.event) continue;
            const QString late = c.late < 0
                                     ? say("%1 early").arg(grouped(0 - static_cast<std::uint64_t>(c.late)))
                                     : say("%1 late").arg(grouped(static_cast<std::uint64_t>(c.late)));
            const QString one = say("%1: asked for %2 ahead, called %3").arg(at, grouped(c.delay), late);
            return c.count == 1 ? one : say("%1; %2 calls like it").arg(one, grouped(c.count - 1));
        }
        return at;
    }
    const core::WorkTick* tick = lane.work->at(hit.tick);
    if (tick == nullptr) return at;
    QStringList parts;
    if (tick->work() != 0) parts << workText(*tick);
    if (tick->handlers != 0 && tick->latest > 0)
        parts << say("up to %1 late").arg(grouped(static_cast<std::uint64_t>(tick->latest)));
    if (tick->handlers != 0 && tick->latest < 0)
        parts << say("all early, by %1 at least").arg(grouped(0 - static_cast<std::uint64_t>(tick->latest)));
    if (tick->comparisonsInside != 0)
        parts << say("%1 by handlers").arg(comparisonsText(tick->comparisonsInside));
    if (tick->comparisonsOutside != 0)
        parts << say("%1 outside the tick").arg(comparisonsText(tick->comparisonsOutside));
    return say("%1: %2").arg(at, parts.join(QLatin1String(", ")));
}

QString plotsText(const PlotsInput& input)
{
    QStringList sentences;
    for (const PlotLane& lane : input.lanes) {
        if (input.kind == PlotKind::Lateness) {
            const std::int64_t latest = lane.lateness->latest(), earliest = lane.lateness->earliest();
            QString text = lane.lateness->cells().empty() ? say("%1: no handler was called.").arg(lane.name)
                           : latest <= 0                  ? say("%1: no handler was late.").arg(lane.name)
                                                          : say("%1: late by up to %2 jiffies.")
                                               .arg(lane.name, grouped(static_cast<std::uint64_t>(latest)));
            if (earliest < 0)
                text += say(" Early by up to %1.").arg(grouped(0 - static_cast<std::uint64_t>(earliest)));
            sentences << text;
            continue;
        }
        const core::WorkTick* worst = worstTick(lane);
        QString text = worst == nullptr ? say("%1: no work.").arg(lane.name)
                                        : say("%1: %2 at most in one tick, at %3.")
                                              .arg(lane.name, workText(*worst),
                                                   jiffiesText(input.word.add(input.start, worst->tick)));
        if (const auto* outside = lane.work->mostOutsideWithin(0, ~0ull); outside != nullptr)
            text += say(" Outside of ticks %1 at %2.")
                        .arg(comparisonsText(outside->comparisonsOutside),
                             jiffiesText(input.word.add(input.start, outside->tick)));
        sentences << text;
    }
    return sentences.join(QLatin1Char(' '));
}

const core::WorkTick* worstTick(const PlotLane& lane)
{
    return lane.work->worstWithin(0, ~0ull);
}

} // namespace jiffy::ui
