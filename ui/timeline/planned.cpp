// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/planned.h"

#include "core/world/rules.h"

#include <algorithm>
#include <bit>

namespace jiffy::ui
{

namespace
{

constexpr int mostOfList = 512;

class Planner
{
  public:
    Planner(const core::World& world, int cpu, std::vector<PlannedFires>& out)
        : m_world(world), m_g(world.geometry()), m_cpu(cpu), m_out(out)
    {
    }

    void planTv1()
    {
        const auto& tv1 = m_g.level[0];
        const auto position = m_world.cpu(m_cpu).timerJiffies;
        for (int k = 0; k < tv1.slots; ++k) {
            const auto expires = m_g.word.add(position, static_cast<std::uint64_t>(k));
            const auto slot = m_g.slot(m_cpu, 0, tv1.indexOf(expires));
            if (m_world.isOccupied(slot)) add(expires, m_world.listAt(slot).count);
        }
    }
    void planBuckets()
    {
        for (int wheel = 0; wheel < m_g.wheels; ++wheel) {
            const auto first = m_g.slotOn(m_cpu, wheel, 0, 0).value;
            for (auto s = first; s < first + m_g.wheelSlots; s += 64) {
                for (auto bits = m_world.occupancy()[s >> 6]; bits != 0; bits &= bits - 1) {
                    const auto& list = m_world.listAt(core::SlotId(s + static_cast<std::uint32_t>(std::countr_zero(bits))));
                    add(core::bucketOf(m_world, m_world.item(list.first)).due, list.count);
                }
            }
        }
        std::sort(m_out.begin(), m_out.end(), [](const PlannedFires& a, const PlannedFires& b) { return a.tick < b.tick; });
        join();
    }
    void planList()
    {
        int n = 0;
        for (auto t = m_world.listAt(m_g.sortedList(m_cpu)).first; t.isValid() && n < mostOfList; t = m_world.next(t), ++n)
            add(m_world.item(t).expires, 1);
        join();
    }

  private:
    void add(core::Jiffies due, std::uint32_t count)
    {
        m_out.push_back({dueTick(due, m_world.clock().ticks, m_world.clock().jiffies, m_g.word), count});
    }
    /// Neighbours of one tick become one.
    void join()
    {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < m_out.size(); ++i) {
            if (kept != 0 && m_out[kept - 1].tick == m_out[i].tick) m_out[kept - 1].count += m_out[i].count;
            else m_out[kept++] = m_out[i];
        }
        m_out.resize(kept);
    }

    const core::World& m_world;
    const core::Geometry& m_g;
    int m_cpu;
    std::vector<PlannedFires>& m_out;
};

} // namespace

void planFires(const core::World& world, int cpu, std::vector<PlannedFires>& out)
{
    out.clear();
    if (world.geometry().isDaemon) return; // it has no slots
    Planner planner(world, cpu, out);
    switch (world.geometry().algorithm) {
    case core::TimerAlgorithm::Wheel39: return planner.planTv1();
    case core::TimerAlgorithm::Wheel61: return planner.planBuckets();
    case core::TimerAlgorithm::SortedList: return planner.planList();
    }
}

} // namespace jiffy::ui
