// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/lists_layout.h"

#include "ui/tgtd/thread_words.h"
#include "ui/tgtd/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Tgtd)
};

using At = LabelWriter::At;
constexpr TextStyle titleStyle{14, QFont::DemiBold, false, FlowTone::Ink};
constexpr TextStyle captionStyle{12, QFont::Normal, false, FlowTone::Ink2};
constexpr TextStyle nameStyle{14, QFont::Bold, true, FlowTone::Ink};
constexpr TextStyle emptyStyle{13, QFont::Normal, false, FlowTone::Ink3};

/// Logical pixels.
constexpr double left = 32, right = 24, cardHeight = 62, gap = 22, chipHeight = 30;

class Lists
{
  public:
    Lists(const FlowScene& scene, double width, double top, double bottom, LabelWriter& writer, FlowLayout& into)
        : s(scene), m_width(width), m_bottom(bottom), w(writer), l(into)
    {
        const double room = bottom - top;
        m_titles = top + (room >= 160 ? 30 : 22);
        m_captions = m_titles + 18;
        m_cards = m_captions + (room >= 160 ? 21 : 11);
        const double t = std::clamp((width - 800) / (1116 - 800), 0.0, 1.0);
        const auto between = [t](double least, double most) { return least + (most - least) * t; };
        m_running = m_width - right - between(130, 192);
        m_active = m_running - between(26, 40) - between(112, 150);
        m_activeWidth = between(112, 150);
        m_valve = m_active - between(56, 62);
        m_listEnd = m_valve - between(58, 66);
    }

    void layOut()
    {
        layOutInactive();
        layOutValve();
        layOutActive();
        layOutRunning();
    }

  private:
    void title(double x, double room, const QStringList& names, const QStringList& captions)
    {
        w.writeFirst(x, m_titles, names, titleStyle, room);
        w.writeFirst(x, m_captions, captions, captionStyle, room);
    }
    double middle() const { return m_cards + cardHeight / 2; }

    // ---- what waits

    void layOutInactive()
    {
        const double room = m_listEnd - left;
        const QString all = Words::tr("%1 items").arg(grouped(s.inactiveCount));
        title(left, room, {Words::tr("Inactive list")},
              s.isOld() ? QStringList{Words::tr("sorted by when, in ticks: runs once jiffies is greater"), Words::tr("sorted by when, in ticks"), Words::tr("sorted by when")}
                        : QStringList{Words::tr("sorted by when, an absolute wall-clock time"), Words::tr("sorted by when, wall-clock time"), Words::tr("sorted by when")});
        const double titleEnd = left + w.width(Words::tr("Inactive list"), titleStyle) + 10;
        if (s.inactiveCount > 1) w.writeFirst(titleEnd, m_titles, {all}, captionStyle, m_listEnd - titleEnd);
        const int columns = std::max(1, static_cast<int>((room + gap) / (144 + gap)));
        const int rows = std::max(1, static_cast<int>((m_bottom - m_cards - 10 + 12) / (cardHeight + 12)));
        const double width = std::min(178.0, (room - gap * (columns - 1)) / columns);
        const auto places = static_cast<std::size_t>(columns * rows);
        if (s.inactiveCount > places) return layOutChips(columns, rows, width);
        auto shown = std::min(places, s.inactive.size());
        const auto place = [&](std::size_t i) {
            const auto column = static_cast<int>(i) % columns, row = static_cast<int>(i) / columns;
            return QPointF(left + column * (width + gap), m_cards + row * (cardHeight + 12));
        };
        for (std::size_t i = 0; i < shown; ++i) {
            const QPointF at = place(i);
            layOutCard(i, at.x(), at.y(), width);
            if (i + 1 < shown && (static_cast<int>(i) + 1) % columns != 0)
                l.lines.push_back({w.point(at.x() + width + 3, at.y() + cardHeight / 2), w.point(at.x() + width + gap - 3, at.y() + cardHeight / 2), FlowLine::Kind::Arrow});
        }
        if (s.inactiveCount == 0) {
            l.more = w.rect(left, m_cards, width, cardHeight);
            w.write(left + width / 2, middle() + 5, Words::tr("empty"), emptyStyle, At::Middle, width - 16);
        }
    }
    /// More than there is room for: two in the height of a card, a line each, column by column as one reads.
    void layOutChips(int columns, int rows, double width)
    {
        const double height = (cardHeight - 4) / 2;
        const auto places = static_cast<std::size_t>(columns * rows * 2);
        const auto place = [&](std::size_t i) {
            const auto n = static_cast<int>(i);
            const int column = n / 2 % columns, row = n / (2 * columns) * 2 + n % 2;
            return QPointF(left + column * (width + gap), m_cards + row / 2 * (cardHeight + 12) + row % 2 * (height + 4));
        };
        auto shown = std::min(places, s.inactive.size());
        if (s.inactiveCount > shown) shown = std::min(places - 1, s.inactive.size());
        for (std::size_t i = 0; i < shown; ++i) {
            const FlowItem& item = s.inactive[i];
            const QPointF at = place(i);
            FlowCard card;
            card.box = w.rect(at.x(), at.y(), width, height);
            card.index = i;
            card.id = item.id;
            card.isLate = isLate(s, item);
            card.isChip = true;
            l.cards.push_back(card);
            const double base = at.y() + height / 2 + 4.5, room = width - 20;
            const TextStyle nameStyleOfChip{12.5, QFont::Bold, true, FlowTone::Ink};
            QString wait = itemWaitText(s, item);
            const TextStyle waitStyle{12, card.isLate ? QFont::DemiBold : QFont::Normal, false, card.isLate ? FlowTone::Ink : FlowTone::Ink3};
            // Names differ at their ends: rather than cut one, leave out a word.
            const bool isTight = w.width(item.name, nameStyleOfChip) + 8 + w.width(wait, waitStyle) > room;
            if (isTight && item.due && *item.due > s.now && !s.isOld()) wait = Words::tr("%1 s").arg(hundredthsText(*item.due - s.now));
            if (isTight && !card.isLate && s.isOld() && !item.isImmediate) wait = Words::tr("when %1").arg(itemWhenText(s, item));
            const double waitWidth = std::min(w.width(wait, waitStyle), room - 30);
            w.write(at.x() + width - 10, base, wait, waitStyle, At::Right, room - 30);
            w.writeName(at.x() + 10, base, item.name, nameStyleOfChip, room - waitWidth - 8);
        }
        if (s.inactiveCount <= shown) return;
        const QPointF at = place(shown);
        l.more = w.rect(at.x(), at.y(), width, height);
        w.write(at.x() + width / 2, at.y() + height / 2 + 4.5, Words::tr("+%1 more").arg(grouped(s.inactiveCount - shown)), {12.5, QFont::DemiBold, false, FlowTone::Ink2}, At::Middle, width - 16);
    }
    void layOutCard(std::size_t i, double x, double y, double width)
    {
        const FlowItem& item = s.inactive[i];
        FlowCard card;
        card.box = w.rect(x, y, width, cardHeight);
        card.index = i;
        card.id = item.id;
        card.isLate = isLate(s, item);
        l.cards.push_back(card);
        const double pad = width < 160 ? 10 : 14, room = width - 2 * pad, base = y + 46;
        w.writeName(x + pad, y + 25, item.name, nameStyle, room);
        const QString when = itemWhenText(s, item), wait = itemWaitText(s, item), word = Words::tr("when");
        const TextStyle whenStyle{12.5, QFont::DemiBold, true, FlowTone::Ink}, wordStyle{12.5, QFont::Normal, false, FlowTone::Ink2};
        const TextStyle waitStyle{12.5, card.isLate ? QFont::DemiBold : QFont::Normal, false, card.isLate ? FlowTone::Ink : FlowTone::Ink3};
        const double wordWidth = w.width(word, wordStyle) + 4, whenWidth = w.width(when, whenStyle), waitWidth = w.width(wait, waitStyle);
        double at = x + pad;
        if (wordWidth + whenWidth + 10 + waitWidth <= room) {
            w.write(at, base, word, wordStyle);
            at += wordWidth;
        }
        if (whenWidth + 8 + waitWidth <= room) {
            w.write(at, base, when, whenStyle);
            at += whenWidth + (at > x + pad ? 10 : 8);
        }
        w.write(at, base, wait, waitStyle, At::Left, x + width - pad - at);
    }

    // ---- the valve

    void layOutValve()
    {
        l.valve = w.point(m_valve, middle());
        l.lines.push_back({w.point(m_listEnd + 8, middle()), w.point(m_valve - 20, middle()), FlowLine::Kind::Dots});
        l.lines.push_back({w.point(m_valve + 20, middle()), w.point(m_active - 8, middle()), FlowLine::Kind::Dots});
        const bool isOpen = s.place == ThreadPlace::Pass || s.place == ThreadPlace::Func;
        w.write(m_valve, middle() - 40, s.isOld() ? QStringLiteral("schedule") : QStringLiteral("execute_work"), {12.5, isOpen ? QFont::Bold : QFont::Normal, true, isOpen ? FlowTone::Ink : FlowTone::Ink2}, At::Middle);
        const double room = m_active - m_listEnd - 8;
        const QString why = isOpen ? openText() : whyShut(s);
        const auto lines = why.split(QLatin1Char('\n'));
        const double leading = 15;
        for (int i = 0; i < lines.size() && middle() + 36 + i * leading < m_bottom - 4; ++i)
            w.write(m_valve, middle() + 36 + i * leading, lines[i], captionStyle, At::Middle, room);
    }
    QString openText() const
    {
        if (!s.past.passClock) return Words::tr("open");
        if (s.isOld()) return Words::tr("open at\njiffies %1").arg(*s.past.passClock);
        const std::uint64_t wallAtZero = s.wall - s.now;
        return Words::tr("open for what\nis due at %1").arg(hundredthsText(*s.past.passClock - std::min(wallAtZero, *s.past.passClock)));
    }

    // ---- active and running

    void layOutActive()
    {
        const QString count = s.activeCount > 1 ? Words::tr("Active: %1").arg(grouped(s.activeCount)) : Words::tr("Active list");
        title(m_active, m_running - m_active - 10, {count, Words::tr("Active")}, {Words::tr("first in, first out"), Words::tr("in order")});
        const double room = m_bottom - m_cards - 10;
        const auto places = static_cast<std::size_t>(std::max(2.0, std::floor((room + 4) / (chipHeight + 4))));
        l.isActiveEmpty = s.activeCount == 0;
        l.activeBox = w.rect(m_active, m_cards, m_activeWidth, cardHeight);
        if (l.isActiveEmpty) {
            w.write(m_active + m_activeWidth / 2, middle() + 5, Words::tr("empty"), emptyStyle, At::Middle, m_activeWidth - 8);
            return;
        }
        auto shown = std::min(places, s.active.size());
        if (s.activeCount > shown) shown = std::min(places - 1, s.active.size());
        double y = m_cards;
        for (std::size_t i = 0; i < shown; ++i, y += chipHeight + 4) {
            FlowCard card;
            card.list = FlowCard::List::Active;
            card.index = i;
            card.id = s.active[i].id;
            card.isLate = isLate(s, s.active[i]);
            card.box = w.rect(m_active, y, m_activeWidth, chipHeight);
            l.cards.push_back(card);
            w.writeName(m_active + 10, y + chipHeight / 2 + 4.5, s.active[i].name, {12.5, QFont::Bold, true, FlowTone::Ink}, m_activeWidth - 20);
        }
        if (s.activeCount > shown) {
            l.moreActive = w.rect(m_active, y, m_activeWidth, chipHeight);
            w.write(m_active + m_activeWidth / 2, y + chipHeight / 2 + 4.5, Words::tr("+%1 more").arg(grouped(s.activeCount - shown)), {12.5, QFont::DemiBold, false, FlowTone::Ink2}, At::Middle, m_activeWidth - 16);
        }
    }

    void layOutRunning()
    {
        const double width = m_width - right - m_running;
        title(m_running, width, {Words::tr("Running")}, {QStringLiteral("func(data)")});
        l.runningBox = w.rect(m_running, m_cards, width, cardHeight);
        l.lines.push_back({w.point(m_active + m_activeWidth + 6, middle()), w.point(m_running - 6, middle()), FlowLine::Kind::Dots});
        if (!s.running) {
            w.write(m_running + width / 2, middle() + 5, Words::tr("nothing"), emptyStyle, At::Middle, width - 8);
            return;
        }
        FlowCard card;
        card.list = FlowCard::List::Running;
        card.id = s.running->id;
        card.box = l.runningBox;
        l.cards.push_back(card);
        TextStyle name = nameStyle;
        name.tone = FlowTone::Inv;
        w.writeName(m_running + 14, m_cards + 25, s.running->name, name, width - 28);
        if (s.progress) {
            const std::uint64_t done = std::min(s.now - std::min(s.now, s.progress->since), s.progress->takes);
            const TextStyle style{12, QFont::Medium, false, FlowTone::Inv};
            const QString text = shareText(done, s.progress->takes);
            const double used = w.width(text, style);
            w.write(m_running + width - 14, m_cards + 48, text, style, At::Right, width - 28);
            if (width - 28 - used - 8 > 16) l.runningBar = w.rect(m_running + 14, m_cards + 39, width - 28 - used - 8, 10);
        } else {
            const bool isNow = s.running->isImmediate && !isLate(s, *s.running);
            const QString wait = isNow ? Words::tr("added with 0 s") : itemWaitText(s, *s.running);
            w.write(m_running + 14, m_cards + 46, wait, {12.5, QFont::Normal, false, FlowTone::Inv}, At::Left, width - 28);
        }
    }

    const FlowScene& s;
    double m_width, m_bottom;
    LabelWriter& w;
    FlowLayout& l;
    double m_titles = 0, m_captions = 0, m_cards = 0, m_running = 0, m_active = 0, m_activeWidth = 0, m_valve = 0, m_listEnd = 0;
};

} // namespace

bool isLate(const FlowScene& scene, const FlowItem& item)
{
    return item.due && *item.due < scene.now;
}

QString itemWhenText(const FlowScene& scene, const FlowItem& item)
{
    if (item.isImmediate) return Words::tr("at once");
    if (scene.isOld()) return grouped(item.when);
    return secondsText(item.due.value_or(0));
}

QString itemWaitText(const FlowScene& scene, const FlowItem& item)
{
    if (item.due && *item.due < scene.now) return Words::tr("late %1 s").arg(hundredthsText(scene.now - *item.due));
    if (item.isImmediate) return Words::tr("at once");
    if (scene.isOld()) {
        // It runs in the first schedule() that sees more jiffies.
        const std::uint64_t timeouts = item.when + 2 - std::min(item.when + 1, scene.daemon.jiffies);
        return timeouts == 1 ? Words::tr("next timeout") : Words::tr("in %1 timeouts").arg(timeouts);
    }
    if (!item.due || *item.due == scene.now) return Words::tr("due now");
    return Words::tr("in %1 s").arg(hundredthsText(*item.due - scene.now));
}

void layOutLists(const FlowScene& scene, double width, double top, double bottom, LabelWriter& writer, FlowLayout& into)
{
    Lists(scene, width, top, bottom, writer, into).layOut();
}

} // namespace jiffy::ui
