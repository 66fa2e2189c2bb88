// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/columns/column.h"

#include "ui/compare/columns/column_bands.h"
#include "ui/compare/columns/column_painters.h"
#include "ui/list/list_painter.h"

namespace jiffy::ui
{

namespace
{

/// The wheel of 6.1 to show: that for deferrable timers where the other holds nothing and called nothing.
int wheelShown(const core::World& world, const StepEffects& effects, int cpu)
{
    const core::Geometry& g = world.geometry();
    if (g.wheels < 2 || world.cpu(cpu).activeTimers != 0) return 0;
    bool isDef = world.cpu(cpu).deferrables != 0;
    for (const auto& f : effects.fired) {
        const core::Place place = g.place(f.slot);
        if (place.cpu != cpu) continue;
        if (place.wheel == 0) return 0;
        isDef = true;
    }
    return isDef ? 1 : 0;
}

} // namespace

ColumnScene columnScene(const core::World& world, const core::InputsPtr& inputs, const StepEffects& effects, int cpu)
{
    ColumnScene s;
    if (world.geometry().is(core::TimerAlgorithm::SortedList)) s.list = makeListScene(world, inputs, effects, cpu);
    else if (world.geometry().levels > 0) s.wheel = makeScene(world, inputs, effects, cpu, wheelShown(world, effects, cpu));
    return s;
}

void paintColumn(QPainter& p, const QRectF& box, const ColumnScene& scene, const Look& look, core::TimerId selected,
                 bool withGlow)
{
    if (scene.isEmpty()) return;
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    if (scene.isList()) {
        const ListLayout layout = layoutOf(scene.list, box, look, false);
        ListPicture picture{scene.list, layout, look, selected};
        picture.withGlow = withGlow;
        paintList(p, picture);
    } else {
        const ColumnPicture picture{scene.wheel, columnBands(scene.wheel, box, look.scale), look, selected, withGlow};
        if (scene.wheel.isModern()) paintModernColumn(p, picture);
        else paintCascadingColumn(p, picture);
    }
    p.restore();
}

core::TimerId timerInColumn(QPointF point, const QRectF& box, const ColumnScene& scene, const Look& look)
{
    if (scene.isEmpty()) return {};
    if (scene.isList()) {
        const ListLayout layout = layoutOf(scene.list, box, look, false);
        const ListSpot* spot = layout.spotNear(point, look.px(14));
        const auto timer = spot ? scene.list.at(spot->place) : std::nullopt;
        return timer ? timer->id : timerOfSun(scene.list, layout, point, look.px(14));
    }
    const auto place = columnBands(scene.wheel, box, look.scale).slotAt(point);
    if (!place) return {};
    const SceneSlot& slot = scene.wheel.slot(place->level, place->index);
    return slot.known > 0 ? slot.first[0].id : core::TimerId();
}

} // namespace jiffy::ui
