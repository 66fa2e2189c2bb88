// SPDX-License-Identifier: GPL-3.0-or-later
// The bit lens of the inspector: which level and slot, and the exceptions in words.
#include "ui/inspector/pages.h"

#include "ui/inspector/words.h"
#include "ui/theme/look.h"

#include <QCoreApplication>

#include <bit>

namespace jiffy::ui
{

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("Inspector", text);
}

} // namespace

LensFigure lensFigure(const core::Geometry& g, core::Jiffies expires, core::Jiffies filedAt)
{
    const std::uint64_t distance = g.word.distance(expires, filedAt);
    const core::Place place = g.place(core::SlotId(core::slotWithin(g, expires, filedAt)));
    const auto& top = g.level[static_cast<std::size_t>(g.levels - 1)];
    const std::uint64_t capacity = (static_cast<std::uint64_t>(top.slots) << top.shift) - 1;
    const QString levelName = QStringLiteral("tv%1").arg(place.level + 1);

    LensFigure f;
    f.geometry = g;
    f.level = place.level;
    f.question = tr("How far away?");
    f.formula = tr("expires − timer_jiffies");
    f.amount = signedText(g.word.signedDistance(expires, filedAt));
    f.upper.value = distance;
    f.lower.value = expires;
    f.slotQuestion = tr("Which slot?");
    f.slot = QStringLiteral("%1[%2]").arg(levelName).arg(place.index);
    f.slotFormula = tr("that field of expires itself");
    const int seen = std::countr_zero(static_cast<std::uint64_t>(top.slots)) + top.shift;
    if (g.word.bits() > seen) f.higherBits = tr("+%1 higher bits").arg(g.word.bits() - seen);
    if (g.word.isBefore(expires, filedAt)) {
        f.because = tr("negative, the past: tv1");
        f.lower.value = filedAt;
        f.slotFormula = tr("that field of timer_jiffies");
    } else if (distance == 0) {
        f.because = tr("no 1 at all: tv1");
    } else if (distance > capacity) {
        f.amount = grouped(distance);
        f.because = tr("more than the wheel holds: tv5");
        f.lower.value = g.word.add(filedAt, capacity);
        f.slotFormula = tr("that field of timer_jiffies + %1").arg(grouped(capacity));
    } else {
        f.amount = grouped(distance);
        f.upper.firstOne = static_cast<int>(std::bit_width(distance)) - 1;
        f.because = tr("its first 1 lies in the %1 field").arg(levelName);
    }
    return f;
}

} // namespace jiffy::ui
