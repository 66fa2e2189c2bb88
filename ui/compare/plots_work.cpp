// SPDX-License-Identifier: GPL-3.0-or-later
// Where the lanes of work stand.
#include "ui/compare/plots_layout.h"

#include "ui/theme/shaped_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr double tallShare = .2; ///< of the lane: a bar that is wide enough to be seen at once

QString say(const char* text)
{
    return QCoreApplication::translate("Plots", text);
}

std::uint64_t mostWork(const PlotsInput& input)
{
    std::uint64_t most = 1;
    for (const PlotLane& lane : input.lanes)
        if (const auto* worst = worstTick(lane); worst != nullptr) most = std::max(most, worst->work());
    return most;
}

/// The bars of a lane: at most one a pixel, and each shows the worst tick that it stands for.
class BarMaker
{
  public:
    BarMaker(WorkLane& out, const PlotLane& lane, const TimeScale& scale, std::uint64_t most,
             const Look& look)
        : m_out(out), m_lane(lane), m_scale(scale), m_look(look),
          m_perUnit(out.area.height() / static_cast<double>(most))
    {
    }

    void make()
    {
        const int level = core::WorkSeries::levelFor(std::max(1.0, m_scale.ticksPerPixel()));
        const core::WorkTick *worst = nullptr, *outside = nullptr;
        long pixel = 0;
        const auto flush = [&] {
            if (worst != nullptr && worst->work() + worst->comparisonsInside != 0) addBar(*worst);
            if (outside != nullptr && outside->comparisonsOutside != 0) addBreak(*outside);
            worst = outside = nullptr;
        };
        const bool isShared = m_scale.pixelsPerTick() < 1;
        m_lane.work->visit(level, m_scale.tickAt(m_scale.left), m_scale.tickAt(m_scale.right) + 1,
                           [&](const core::WorkTick& w, const core::WorkTick& o) {
                               const auto at =
                                   std::lround(std::floor(m_scale.xOf(static_cast<double>(w.tick))));
                               if (!isShared || at != pixel) flush();
                               pixel = at;
                               if (worst == nullptr || w.work() > worst->work()) worst = &w;
                               if (outside == nullptr || o.comparisonsOutside > outside->comparisonsOutside)
                                   outside = &o;
                           });
        flush();
    }

  private:
    bool isInSight(std::uint64_t tick) const
    {
        const double x = m_scale.xOf(static_cast<double>(tick));
        return x >= m_scale.left && x <= m_scale.right;
    }
    void addBar(const core::WorkTick& w)
    {
        if (!isInSight(w.tick)) return;
        PlotBar bar;
        bar.x = m_scale.xOf(static_cast<double>(w.tick));
        bar.tick = w.tick;
        bar.event = w.event;
        bar.isReached = w.event < m_lane.events;
        const double lane = m_out.area.height();
        const auto height = [&](std::uint64_t n) {
            return n == 0 ? 0 : std::max(m_look.px(2.4), static_cast<double>(n) * m_perUnit);
        };
        bar.handlers = height(w.handlers);
        bar.moves = height(w.moves);
        // Another measure: as far as there is room above.
        bar.comparisons = std::clamp(lane - bar.handlers - bar.moves, 0.0, height(w.comparisonsInside));
        // The least height of one may take both beyond the lane.
        if (const double over = bar.handlers + bar.moves - lane; over > 0)
            (bar.moves > bar.handlers ? bar.moves : bar.handlers) -= over;
        const double narrow = std::clamp(m_scale.pixelsPerTick() * .84, 1.5, m_look.px(9));
        bar.width = bar.height() > tallShare * lane ? std::max(narrow, m_look.px(5)) : narrow;
        m_out.bars.push_back(bar);
    }
    void addBreak(const core::WorkTick& w)
    {
        if (!isInSight(w.tick)) return;
        PlotBreak b;
        b.x = m_scale.xOf(static_cast<double>(w.tick));
        b.tick = w.tick;
        b.event = w.event;
        b.isReached = w.event < m_lane.events;
        b.comparisons = w.comparisonsOutside;
        m_out.breaks.push_back(b);
    }

    WorkLane& m_out;
    const PlotLane& m_lane;
    const TimeScale& m_scale;
    const Look& m_look;
    double m_perUnit;
};

/// Puts texts where nothing else is. Bars that are tall, breaks, the playhead and other texts stand in the
/// way.
class LabelMaker
{
  public:
    LabelMaker(WorkLane& lane, const PlotsLayout& layout, const Look& look)
        : m_lane(lane), m_layout(layout), m_look(look)
    {
        // Bars that do not reach up to the lowest text are in nobody's way, unless the lane is as low as the
        // text.
        const bool isLow = lane.area.height() < QFontMetricsF(look.words(13)).height() + look.px(8);
        m_leastHeight = isLow ? 0 : look.px(3);
        for (const PlotBreak& b : lane.breaks)
            m_taken.emplace_back(b.x - look.px(b.isWide ? 6.5 : 1), lane.area.top(),
                                 look.px(b.isWide ? 13 : 2), lane.area.height());
        if (layout.playhead)
            m_taken.emplace_back(*layout.playhead - 1.5, lane.area.top() - 20, 3, lane.area.height() + 40);
    }

    /// The longest of the texts that fits beside x, left or right, high or low. False: none does.
    bool place(const std::vector<std::vector<PlotPiece>>& texts, double x, PlotLabel label)
    {
        const bool isFar = x > (m_layout.scale.left + m_layout.scale.right) / 2;
        const double gap = m_look.px(11);
        const double height = QFontMetricsF(m_look.words(13)).height();
        const double top = m_lane.area.top() + m_look.px(1),
                     bottom = m_lane.area.bottom() - height - m_look.px(4);
        for (const auto& pieces : texts) {
            const double width = widthOf(pieces, m_look);
            // Away from the nearer edge; a lone number stands behind its bar.
            const bool leftFirst = isFar && pieces.size() > 1;
            for (const bool isLeft : {leftFirst, !leftFirst}) {
                for (const double share : {.35, 0., .7, 1.}) {
                    const QRectF rect(isLeft ? x - gap - width : x + gap,
                                      top + std::max(0.0, bottom - top) * share, width, height);
                    if (!isFree(rect)) continue;
                    m_taken.push_back(rect);
                    label.rect = rect;
                    label.pieces = pieces;
                    m_lane.labels.push_back(std::move(label));
                    return true;
                }
            }
        }
        return false;
    }

  private:
    bool isFree(const QRectF& rect) const
    {
        if (rect.left() < m_layout.scale.left || rect.right() > m_layout.box.right() - m_look.px(2))
            return false;
        const QRectF wide = rect.adjusted(-m_look.px(3), 0, m_look.px(3), 0);
        if (std::any_of(m_taken.begin(), m_taken.end(), [&](const QRectF& t) { return t.intersects(wide); }))
            return false;
        // Bars are in order of x, and none is wider than this.
        const double reach = m_look.px(10);
        auto bar = std::partition_point(m_lane.bars.begin(), m_lane.bars.end(),
                                        [&](const PlotBar& b) { return b.x < wide.left() - reach; });
        for (; bar != m_lane.bars.end() && bar->x <= wide.right() + reach; ++bar) {
            if (bar->height() <= m_leastHeight) continue;
            const QRectF r(bar->x - bar->width / 2, m_lane.area.bottom() - bar->height(), bar->width,
                           bar->height());
            if (r.intersects(wide)) return false;
        }
        return true;
    }

    WorkLane& m_lane;
    const PlotsLayout& m_layout;
    const Look& m_look;
    std::vector<QRectF> m_taken;
    double m_leastHeight = 0;
};

void label(WorkLane& out, const PlotLane& lane, const PlotsInput& input, const PlotsLayout& layout,
           const Look& look)
{
    LabelMaker labels(out, layout, look);
    const auto jiffiesAt = [&](std::uint64_t tick) { return input.word.add(input.start, tick); };
    const TimeScale& scale = layout.scale;
    const core::WorkTick* worst = worstTick(lane);
    const auto tellWorst = [&] {
        // A tick with a single handler is no news.
        if (worst == nullptr || worst->work() <= 1) return;
        auto texts = worstTexts(lane, *worst, jiffiesAt(worst->tick));
        const double x = scale.xOf(static_cast<double>(worst->tick));
        if (x < scale.left)
            for (auto& t : texts)
                t.insert(t.begin(), {QStringLiteral("← "), PlotPiece::Style::Soft});
        if (x > scale.right)
            for (auto& t : texts)
                t.push_back({QStringLiteral(" →"), PlotPiece::Style::Soft});
        const PlotLabel label{{}, {}, worst->event < lane.events, worst->tick, worst->event};
        const double at = std::clamp(x, scale.left - look.px(8), layout.box.right() + look.px(8));
        // Where the playhead stands at that very edge, behind it.
        if (!labels.place(texts, at, label) && layout.playhead && std::abs(*layout.playhead - at) < look.px(16))
            labels.place(texts, *layout.playhead, label);
    };
    const auto tellOutside = [&] {
        const auto most = std::max_element(out.breaks.begin(), out.breaks.end(), [](const PlotBreak& a, const PlotBreak& b) {
            return a.comparisons < b.comparisons;
        });
        if (most == out.breaks.end()) return;
        const auto texts = outsideTexts(most->comparisons, out.breaks.size() > 1);
        const PlotLabel label{{}, {}, most->isReached, most->tick, most->event};
        // Where they stand close together, in front of the first or behind the last; there may stand the playhead.
        if (labels.place(texts, most->x, label) || labels.place(texts, out.breaks.back().x, label) ||
            labels.place(texts, out.breaks.front().x, label))
            return;
        if (layout.playhead && std::abs(*layout.playhead - out.breaks.back().x) < look.px(24))
            labels.place(texts, *layout.playhead, label);
    };
    // What a list costs is told first.
    if (lane.geometry.levels == 0) {
        tellOutside();
        tellWorst();
    } else {
        tellWorst();
        tellOutside();
    }
    // The next tall ones by their number, as long as they stand apart.
    std::vector<const PlotBar*> tall;
    for (const PlotBar& b : out.bars)
        if (b.height() > tallShare * out.area.height() && (worst == nullptr || b.tick != worst->tick))
            tall.push_back(&b);
    if (tall.size() > 6) return;
    for (const PlotBar* b : tall) {
        const core::WorkTick* w = lane.work->at(b->tick);
        if (w == nullptr || w->work() < 2) continue;
        labels.place({{{grouped(w->work()), PlotPiece::Style::Strong}}}, b->x,
                     {{}, {}, b->isReached, b->tick, b->event});
    }
}

/// A break is as wide as its sign if no other is near; else they are lines.
void widenBreaks(WorkLane& lane, const Look& look)
{
    auto& all = lane.breaks;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool isFree = (i == 0 || all[i].x - all[i - 1].x > look.px(14)) &&
                            (i + 1 == all.size() || all[i + 1].x - all[i].x > look.px(14));
        all[i].isWide = isFree && lane.area.height() >= look.px(18);
    }
}

void layOutKeys(PlotsLayout& layout, const PlotsInput& input, const Look& look, double baseline)
{
    using What = PlotsLayout::Key::What;
    std::vector<std::pair<What, QString>> keys{{What::Handlers, say("handlers")}};
    const auto has = [&](auto f) { return std::any_of(input.lanes.begin(), input.lanes.end(), f); };
    if (has([](const PlotLane& l) { return l.geometry.hasCascades(); }))
        keys.emplace_back(What::Moves, say("moves"));
    const QFont words = look.words(12.5);
    double x = layout.box.left() + look.px(20);
    const double right =
        layout.axisTextRight - advanceOf(look.numbers(11.5), layout.most) - look.px(6);
    for (const auto& [what, text] : keys) {
        const double end = x + look.px(16) + advanceOf(words, text);
        if (end > right) return;
        layout.keys.push_back({what,
                               QRectF(x, baseline - look.px(9.5), look.px(10), look.px(10)),
                               {x + look.px(16), baseline},
                               text});
        x = end + look.px(14);
    }
}

} // namespace

std::vector<AxisMark> decimalMarks(const TimeScale& scale, core::Jiffies start, core::Word word, double apart)
{
    std::uint64_t step = 1;
    for (int k = 0; static_cast<double>(step) * scale.pixelsPerTick() < apart && step < 1ull << 60; ++k)
        step = k % 3 == 1 ? step / 2 * 5 : step * 2;
    std::vector<AxisMark> marks;
    std::uint64_t tick = scale.tickAt(scale.left);
    while (scale.xOf(static_cast<double>(tick)) <= scale.right) {
        const core::Jiffies j = word.add(start, tick);
        const std::uint64_t rest = j % step;
        if (rest == 0) {
            const double x = scale.xOf(static_cast<double>(tick));
            if (x >= scale.left) marks.push_back({x, QString::number(j)});
            tick += step;
            // Behind the wrap jiffies are round in other places.
            if (word.add(start, tick) < j) tick -= word.add(start, tick);
        } else {
            const std::uint64_t ahead = step - rest, toWrap = word.distance(0, j);
            tick += std::min(ahead, toWrap);
        }
    }
    return marks;
}

void layOutWork(PlotsLayout& layout, const PlotsInput& input, const Look& look)
{
    const QRectF& box = layout.box;
    const std::uint64_t most = mostWork(input);
    layout.most = grouped(most);
    const QFont names = look.words(13, QFont::DemiBold), figures = look.numbers(11.5);
    double nameWidth = 0;
    for (const PlotLane& l : input.lanes)
        nameWidth = std::max(nameWidth, advanceOf(names, l.name));
    // A third of the box at most is names.
    const double widestName = box.width() / 3;
    nameWidth = std::min(nameWidth, widestName);
    const double figureWidth = advanceOf(figures, layout.most);
    const double left =
        std::max(box.left() + look.px(20) + nameWidth + look.px(14) + figureWidth + look.px(8),
                 box.left() + look.px(188));
    layout.scale = {left, std::max(left + 1, box.right() - look.px(28)), input.range};
    layout.axisTextRight = left - look.px(8);
    layout.rulerY = box.top() + look.px(34);
    layout.switchRect = QRectF(box.left() + look.px(14), box.top() + look.px(6),
                               left - box.left() - look.px(14) - look.px(30), look.px(24));

    layout.ruler = decimalMarks(layout.scale, input.start, input.word, look.px(74));
    const QFont rulerFont = look.numbers(12);
    if (input.isPlayheadShown) {
        const double x = layout.scale.xOf(static_cast<double>(input.tick));
        if (x >= layout.scale.left && x <= layout.scale.right) {
            layout.playhead = x;
            layout.pillText = QString::number(input.word.add(input.start, input.tick));
            const double width =
                advanceOf(look.numbers(12.5, QFont::Bold), layout.pillText) +
                look.px(18);
            const double at =
                std::clamp(x - width / 2, box.left(), std::max(box.left(), box.right() - width));
            layout.pill = QRectF(at, layout.rulerY - look.px(27), width, look.px(20));
        }
    }
    double free = box.left();
    for (AxisMark& m : layout.ruler) {
        const double half = advanceOf(rulerFont, m.text) / 2;
        const bool isCut = m.at - half < std::max(free, box.left()) || m.at + half > box.right();
        const bool isUnderPill = layout.playhead && m.at + half > layout.pill.left() - look.px(4) &&
                                 m.at - half < layout.pill.right() + look.px(4);
        if (isCut || isUnderPill)
            m.text.clear();
        else
            free = m.at + half + look.px(8);
    }

    const double gap = look.px(13), top = layout.rulerY + look.px(8), bottom = box.bottom() - look.px(8);
    const auto count = static_cast<double>(input.lanes.size());
    const double height = std::max(look.px(12), (bottom - top - gap * (count - 1)) / count);
    layOutKeys(layout, input, look, layout.rulerY + look.px(12.5));
    double y = top;
    for (const PlotLane& lane : input.lanes) {
        WorkLane out;
        out.area = QRectF(layout.scale.left, y, layout.scale.right - layout.scale.left, height);
        out.name = elidedTo(names, lane.name, nameWidth + 1);
        out.nameAt = {box.left() + look.px(20),
                      std::floor(out.area.bottom() - std::min(look.px(12), height / 4))};
        BarMaker(out, lane, layout.scale, most, look).make();
        widenBreaks(out, look);
        label(out, lane, input, layout, look);
        layout.lanes.push_back(std::move(out));
        y += height + gap;
    }
}

} // namespace jiffy::ui
