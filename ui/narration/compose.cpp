// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/narration/compose.h"

#include "ui/theme/look.h"

#include <QCoreApplication>

#include <algorithm>

namespace jiffy::ui
{

QString say(const char* text)
{
    return QCoreApplication::translate("Narration", text);
}

QString sayCount(const char* one, const char* many, std::uint64_t n)
{
    if (n == 1) return say(one);
    // The plural rule sees the number as far as an int holds it; the text shows all of it, in groups.
    const int forRule = static_cast<int>(std::min<std::uint64_t>(n, 2'000'000'000u));
    QString text = QCoreApplication::translate("Narration", many, nullptr, forRule);
    return text.replace(QString::number(forRule), grouped(n));
}

Span mono(const QString& text, int level)
{
    return {text, true, level};
}
Span number(std::uint64_t n, int level)
{
    return {grouped(n), true, level};
}

Span slotSpan(const core::Geometry& g, core::SlotId slot)
{
    const core::Place place = g.place(slot);
    switch (place.list) {
    case core::Place::List::Slot:
        return mono(QString::fromStdString(g.slotName(slot)), place.level);
    case core::Place::List::Run:
        return {say("the list of timers being run"), false, -1};
    case core::Place::List::Cascade:
        return {say("the list being cascaded"), false, -1};
    case core::Place::List::Sorted:
        return {say("the sorted list"), false, -1};
    case core::Place::List::Active:
        return {say("the active list"), false, -1};
    case core::Place::List::Inactive:
        return {say("the inactive list"), false, -1};
    case core::Place::List::Ready:
        return {say("epoll's list of what is ready"), false, -1};
    case core::Place::List::Returned:
        return {say("the batch that epoll_wait returned"), false, -1};
    case core::Place::List::None:
        break;
    }
    return {say("no list"), false, -1};
}

Span timerSpan(const core::Inputs& inputs, core::TimerId timer)
{
    if (!timer.isValid() || timer.value >= inputs.timers.size()) return {say("a timer"), false, -1};
    return mono(QString::fromStdString(inputs.timerName(timer)));
}

Span hexTail(core::Jiffies j, int level)
{
    return mono(QStringLiteral("0x…") + QString::number(j & 0xFFFF, 16).toUpper().rightJustified(4, u'0'),
                level);
}

RichText compose(const QString& text, std::initializer_list<Span> pieces)
{
    RichText out;
    const auto plain = [&out](const QString& s) {
        if (!s.isEmpty()) out.push_back({s, false, -1});
    };
    qsizetype from = 0;
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        if (text[i] != u'%' || !text[i + 1].isDigit()) continue;
        const auto which = static_cast<std::size_t>(text[i + 1].digitValue());
        if (which == 0 || which > pieces.size()) continue;
        plain(text.mid(from, i - from));
        out.push_back(*(pieces.begin() + (which - 1)));
        from = i + 2;
        ++i;
    }
    plain(text.mid(from));
    return out;
}

void append(RichText& text, const RichText& more)
{
    if (!text.empty() && !more.empty()) text.push_back({QStringLiteral(" "), false, -1});
    text.insert(text.end(), more.begin(), more.end());
}

QString plainText(const RichText& text)
{
    QString out;
    for (const Span& s : text)
        out += s.text;
    return out;
}

QString Sentence::plain() const
{
    return why.empty() ? plainText(what) : QString(plainText(what) + u' ' + plainText(why));
}

} // namespace jiffy::ui
