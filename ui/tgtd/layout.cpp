// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/layout.h"

#include "ui/tgtd/compact_layout.h"
#include "ui/tgtd/lists_layout.h"
#include "ui/tgtd/stations_layout.h"

#include <algorithm>

namespace jiffy::ui
{

namespace
{

/// Logical pixels that the picture needs.
constexpr double leastWidth = 780, leastHeight = 330;

/// What the flow needs for all the rows that its loop may come to have; the same in a whole run, so that nothing jumps.
double roomForRows(const core::Inputs& inputs)
{
    const auto& files = inputs.daemon.files;
    const double rows = 2.0 + static_cast<double>(std::min<std::size_t>(files.size(), 12)) + (files.empty() ? 4 : 0);
    return 62 + rows * 40 + 36;
}

} // namespace

const FlowCard* FlowLayout::cardOf(core::TimerId id) const
{
    const auto c = std::find_if(cards.begin(), cards.end(), [&](const FlowCard& card) { return card.id == id; });
    return c == cards.end() ? nullptr : &*c;
}

const FlowRow* FlowLayout::threadRow() const
{
    const auto r = std::find_if(rows.begin(), rows.end(), [](const FlowRow& row) { return row.isThread; });
    return r == rows.end() ? nullptr : &*r;
}

const FlowRow* FlowLayout::rowAt(QPointF at) const
{
    const auto r = std::find_if(rows.begin(), rows.end(), [&](const FlowRow& row) { return row.box.contains(at); });
    return r == rows.end() ? nullptr : &*r;
}

const FlowCard* FlowLayout::cardAt(QPointF at) const
{
    const auto c = std::find_if(cards.begin(), cards.end(), [&](const FlowCard& card) { return card.box.contains(at); });
    return c == cards.end() ? nullptr : &*c;
}

QPointF FlowLayout::placeOf(core::TimerId id, FlowCard::List list) const
{
    if (const auto* card = cardOf(id); card && card->list == list) return card->box.center();
    if (list == FlowCard::List::Running) return runningBox.center();
    if (list == FlowCard::List::Active) return moreActive.isEmpty() ? activeBox.center() : moreActive.center();
    if (!more.isEmpty()) return more.center();
    return cards.empty() ? QPointF(box.left() + 80 * scale, activeBox.center().y()) : cards.front().box.center();
}

FlowLayout flowLayout(const FlowScene& scene, const QRectF& box, const Look& look)
{
    FlowLayout l;
    l.box = box;
    l.scale = look.scale;
    if (scene.isEmpty()) return l;
    const double w = box.width() / look.scale, h = box.height() / look.scale;
    LabelWriter writer(look, box.topLeft(), l.labels);
    if (w < leastWidth || h < leastHeight) {
        l.form = FlowForm::Compact;
        layOutCompact(scene, w, h, writer, l);
        return l;
    }
    // The lists need little; what is left is shared.
    const double top = std::min(std::clamp(h * .6, h - 250, h - 132), std::max(244.0, roomForRows(*scene.inputs)));
    layOutStations(scene, w, top, writer, l);
    l.divider = writer.point(0, top).y();
    layOutLists(scene, w, top, h, writer, l);
    return l;
}

} // namespace jiffy::ui
