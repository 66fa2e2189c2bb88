// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nohz/opened.h"

#include "ui/theme/number_text.h"
#include "ui/theme/shaped_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

QString say(const char* text) { return QCoreApplication::translate("Nohz", text); }

/// "400 late", "on time".
QString lateText(std::int64_t late)
{
    return late > 0 ? say("%1 late").arg(grouped(static_cast<std::uint64_t>(late))) : say("on time");
}

OpenedItem itemOf(const NohzScene& s, const core::CatchUpStory::Cascade& c)
{
    OpenedItem item;
    item.what = OpenedItem::What::Cascade;
    item.level = c.level;
    item.number = QString::number(s.geometry.word.add(s.story->account.from, c.turn));
    item.name = say("cascade");
    const QString slot = QString::fromStdString(s.geometry.levelName(c.level)) + QStringLiteral("[%1]").arg(c.index);
    if (c.moved == 0) item.detail = say("%1, empty").arg(slot);
    else if (c.moved == 1 && c.timer.isValid()) item.detail = say("%1 to %2").arg(s.nameOf(c.timer), QString::fromStdString(s.geometry.slotName(c.to)));
    else item.detail = say("%1 moved from %2").arg(grouped(c.moved), slot);
    item.seek = c.at;
    item.isPast = c.at <= s.at;
    item.isCurrent = c.at == s.at;
    return item;
}

/// Calls of one turn, or of one jiffy, together.
OpenedItem itemOf(const NohzScene& s, const core::CatchUpStory::Call* first, const core::CatchUpStory::Call* last, core::Jiffies at)
{
    OpenedItem item;
    const auto n = static_cast<std::uint64_t>(last - first);
    std::int64_t worst = 0;
    for (const auto* c = first; c != last; ++c) {
        worst = std::max(worst, c->late);
        if (c->event < s.at.event) item.seek = {c->event + 1, 0, 0};
        if (c->event + 1 == s.at.event) item.isCurrent = true;
    }
    item.isPast = first->event < s.at.event;
    if (!item.isPast) item.seek = {first->event + 1, 0, 0};
    if (n == 1) item.timer = first->timer;
    item.number = QString::number(at);
    item.name = n == 1 ? say("%1 fires").arg(s.nameOf(first->timer)) : say("%1 fire").arg(grouped(n));
    item.detail = lateText(worst);
    item.isLate = worst > 0;
    return item;
}

void addCalls(Opened& o, const NohzScene& s, bool byTurn, const std::function<double(core::Jiffies)>& xOf)
{
    const auto& calls = s.story->told.calls;
    for (std::size_t i = 0; i < calls.size();) {
        std::size_t end = i + 1;
        while (end < calls.size() && (byTurn ? calls[end].turn == calls[i].turn : calls[end].expires == calls[i].expires)) ++end;
        const core::Jiffies at = byTurn ? s.geometry.word.add(s.story->account.from, calls[i].turn) : calls[i].expires;
        OpenedItem item = itemOf(s, calls.data() + i, calls.data() + end, at);
        item.x = byTurn ? o.xOfTurn(static_cast<double>(calls[i].turn)) : xOf(calls[i].expires);
        // Those that share a pixel are one sun: there is no room to tell them apart.
        if (!item.isCurrent && !o.items.empty() && o.items.back().what == OpenedItem::What::Call && item.x - o.items.back().x < 1 && item.x >= o.items.back().x) {
            o.items.back().isLate |= item.isLate;
            i = end;
            continue;
        }
        o.items.push_back(std::move(item));
        i = end;
    }
}

int rankOf(const OpenedItem& i)
{
    if (i.isCurrent) return 5;
    if (i.what == OpenedItem::What::Call) return i.isLate ? 4 : 3;
    return 2;
}

/// Where there is no room for all, calls go before cascades, and those of late timers first.
void placeLabels(Opened& o, const NohzLayout& l, const Look& look)
{
    std::vector<std::size_t> order(o.items.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rankOf(o.items[a]) > rankOf(o.items[b]); });
    std::vector<std::pair<double, double>> taken;
    const double fewest = look.px(46);
    for (const std::size_t i : order) {
        if (static_cast<double>(taken.size()) * fewest > l.right - l.left) break;
        OpenedItem& item = o.items[i];
        const double width = std::max({numberWidth(look.numbers(13, QFont::Bold), item.number), advanceOf(look.words(13, QFont::DemiBold), item.name),
                                       advanceOf(look.words(12.5), item.detail)}) + look.px(4);
        const double left = std::clamp(item.x - width / 2, l.labelX, std::max(l.labelX, l.box.right() - look.px(10) - width));
        const auto hits = [&](const auto& t) { return left < t.second + look.px(10) && t.first < left + width + look.px(10); };
        if (std::any_of(taken.begin(), taken.end(), hits)) continue;
        taken.emplace_back(left, left + width);
        item.label = QRectF(left, l.labels - look.px(13), width, look.px(54));
    }
}

} // namespace

std::uint64_t Opened::turnsAt(double x, std::uint64_t turns) const
{
    const double turn = std::floor((x - left) / perTurn) + 1;
    return turn <= 1 ? 1 : std::min(turns, static_cast<std::uint64_t>(turn));
}

Opened openedOf(const NohzScene& s, const NohzLayout& l, const Look& look)
{
    Opened o;
    o.left = l.band.left();
    o.right = l.band.right();
    if (!s.story || !l.hasOpened) return o;
    const core::CatchUp& account = s.story->account;
    if (s.geometry.hasCascades()) {
        const std::uint64_t turns = std::max<std::uint64_t>(1, s.story->told.turns);
        o.perTurn = (o.right - o.left) / static_cast<double>(turns);
        o.doneX = o.left + o.perTurn * static_cast<double>(s.turnsDone);
        addCalls(o, s, true, {});
        double last = -10;
        for (const auto& c : s.story->cascades) {
            OpenedItem item = itemOf(s, c);
            item.x = o.xOfTurn(static_cast<double>(c.turn));
            // A pixel shows one of many empty ones.
            if (c.moved == 0 && item.x - last < 1 && !item.isCurrent) continue;
            last = item.x;
            o.items.push_back(std::move(item));
        }
    } else {
        // From what was left undone first to the instant.
        const auto& word = s.geometry.word;
        std::uint64_t span = std::max<std::uint64_t>(1, account.saved + 1);
        for (const auto& c : s.story->told.calls)
            if (c.late > 0) span = std::max(span, static_cast<std::uint64_t>(c.late));
        const auto xOf = [&](core::Jiffies j) {
            const auto ago = std::clamp<std::int64_t>(word.signedDistance(account.jiffies, j), 0, static_cast<std::int64_t>(span));
            return o.right - (o.right - o.left) * static_cast<double>(ago) / static_cast<double>(span);
        };
        o.doneX = o.right;
        for (const auto& j : s.story->told.jumps) o.arcs.push_back({xOf(j.from), xOf(j.to), j.wheel == 1, j.event < s.at.event, {j.event + 1, 0, 0}});
        addCalls(o, s, false, xOf);
    }
    placeLabels(o, l, look);
    std::stable_sort(o.items.begin(), o.items.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
    return o;
}

} // namespace jiffy::ui
