// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/vector_log.h"

#include "core/export/daemon_log.h"
#include "core/world/world.h"

#include <charconv>

namespace jiffy::core
{

namespace
{

/// Prints the lines of FORMAT.md (vectors of either wheel) while it folds the log. A sorted list, which has no vectors,
/// prints those that make sense for it, and each walk.
class VectorLogWriter
{
  public:
    VectorLogWriter(const Inputs& inputs, const std::function<void(std::string_view)>& sink)
        : m_inputs(inputs), m_world(inputs.machine), m_sink(sink)
    {
        // A vector's timers are named by their numbers; elsewhere a name may hold blanks.
    }

    void add(const Record& r)
    {
        if (r.kind == Kind::Passed) {
            passed(OpenRun{r.value, r.before, r.site});
            m_world.apply(r);
        } else {
            before(r);
            m_world.apply(r);
            after(r);
        }
        if (m_text.size() > 60000) flush();
    }
    void addOpen(const OpenRun& run)
    {
        if (run.count != 0) passed(run);
    }
    void flush()
    {
        m_sink(m_text);
        m_text.clear();
    }

  private:
    // ---- lines -------------------------------------------------------------------------------------------------------

    void before(const Record& r)
    {
        switch (r.kind) {
        case Kind::Spliced:
            if (r.site == Site::Cascade) {
                put("cascade cpu=");
                put(r.cpu);
                cascaded(m_world.geometry().place(r.slotId()).level, m_world.geometry().place(r.slotId()).index, r.link);
            }
            return;
        case Kind::Fired:
            put("fire j=");
            put(m_world.clock().jiffies);
            put(" tj=");
            put(m_world.geometry().is(TimerAlgorithm::SortedList) ? m_world.clock().jiffies
                                                                  : m_world.cpu(r.cpu).clk(wheelOf(r.item)));
            put(" cpu=");
            put(r.cpu);
            put(" ");
            name(r.item);
            put(" expires=");
            put(r.before);
            put("\n");
            return;
        case Kind::Refused:
            put(r.site == Site::AddTimerOn ? "refused add_on " : "refused add ");
            name(r.item);
            put("\n");
            return;
        case Kind::Raised:
            put("wake cpu=");
            put(r.link);
            put("\n");
            return;
        case Kind::Noted:
            if (r.site == Site::NextInterrupt) {
                put("next cpu=");
                put(r.cpu);
                put(" ");
                if (r.before != 0) put("none");
                else put(r.value);
                put("\n");
            }
            if (r.site == Site::Dump) dump();
            return;
        case Kind::Counted:
            put("walk ");
            name(r.item);
            put(" comparisons=");
            put(r.value);
            put("\n");
            return;
        default: return;
        }
    }
    int wheelOf(TimerId timer) const
    {
        return m_world.geometry().wheels == 2 && m_world.item(timer).isDeferrable() ? 1 : 0;
    }
    void after(const Record& r)
    {
        if (r.kind == Kind::Queued) placed(r.item, r.slotId(), r.value);
        if (r.kind == Kind::Moved) placed(r.item, r.slotId(), r.before);
        if (!r.hasMore() && r.returned() != Returned::Nothing) returned(r);
    }
    void placed(TimerId timer, SlotId slot, Jiffies expires)
    {
        const Place p = m_world.geometry().place(slot);
        put("place ");
        name(timer);
        put(" cpu=");
        put(static_cast<std::uint64_t>(p.cpu));
        put(" ");
        if (p.list == Place::List::Sorted) put("list");
        else slotName(p.level, p.index);
        put(" expires=");
        put(expires);
        if (m_world.geometry().is(TimerAlgorithm::Wheel61)) {
            put(" bucket_expiry=");
            put(bucketFor(m_world.geometry(), expires, m_world.cpu(p.cpu).clk(p.wheel)).due);
        }
        put("\n");
    }
    void returned(const Record& r)
    {
        std::string_view op = "del";
        if (r.site == Site::ModTimer) op = "mod";
        if (r.site == Site::ModTimerPending) op = "mod_pending";
        if (r.site == Site::ModTimerPinned) op = "mod_pinned";
        if (r.site == Site::TryToDelTimerSync) op = "try_del";
        if (r.site == Site::TimerReduce) op = "reduce";
        put("ret ");
        put(op);
        put(r.returned() == Returned::Zero ? " 0\n" : r.returned() == Returned::One ? " 1\n" : " -1\n");
    }
    /// A run that found nothing still cascaded its empty slots, CPU by CPU in each tick.
    void passed(const OpenRun& run)
    {
        if (!m_world.geometry().hasCascades()) return;
        const Word word = m_world.geometry().word;
        if (run.site == Site::RunTimers) {
            for (int c = 0; c < m_world.cpuCount(); ++c) {
                if ((run.cpus >> c & 1) != 0) passedTurns(c, m_world.cpu(c).timerJiffies, run.count);
            }
            return;
        }
        // All positions are the same: jiffies + 1. Only multiples of the tv1 size say anything.
        const Level& root = m_world.geometry().level[0];
        const std::uint64_t size = static_cast<std::uint64_t>(root.slots);
        const Jiffies position = word.add(m_world.clock().jiffies, 1);
        for (std::uint64_t k = (size - root.indexOf(position)) & (size - 1); k < run.count; k += size) {
            for (int c = 0; c < m_world.cpuCount(); ++c) {
                if ((run.cpus >> c & 1) != 0) emptyCascades(c, word.add(position, k));
            }
            if (m_text.size() > 60000) flush();
        }
    }
    void passedTurns(int cpu, Jiffies position, std::uint64_t count)
    {
        const Level& root = m_world.geometry().level[0];
        const std::uint64_t size = static_cast<std::uint64_t>(root.slots);
        for (std::uint64_t k = (size - root.indexOf(position)) & (size - 1); k < count; k += size) {
            emptyCascades(cpu, m_world.geometry().word.add(position, k));
            if (m_text.size() > 60000) flush();
        }
    }
    void emptyCascades(int cpu, Jiffies position)
    {
        const Geometry& g = m_world.geometry();
        for (int l = 1; l < g.levels; ++l) {
            const std::uint32_t index = g.level[static_cast<std::size_t>(l)].indexOf(position);
            put("cascade cpu=");
            put(static_cast<std::uint64_t>(cpu));
            cascaded(l, index, 0);
            if (index != 0) return;
        }
    }
    void cascaded(int level, std::uint32_t index, std::uint64_t count)
    {
        put(" ");
        slotName(level, index);
        put(" n=");
        put(count);
        put("\n");
    }
    void dump()
    {
        const Geometry& g = m_world.geometry();
        for (int c = 0; c < m_world.cpuCount(); ++c) {
            if (g.is(TimerAlgorithm::Wheel61)) {
                dumpWheel61(c, 0);
                dumpWheel61(c, 1);
                continue;
            }
            if (g.is(TimerAlgorithm::SortedList)) {
                put("list cpu=");
                put(static_cast<std::uint64_t>(c));
                dumpTimers(g.sortedList(c));
                continue;
            }
            const CpuState& state = m_world.cpu(c);
            put("base cpu=");
            put(static_cast<std::uint64_t>(c));
            put(" timer_jiffies=");
            put(state.timerJiffies);
            put(" next_timer=");
            put(state.nextTimer);
            put(" active_timers=");
            put(state.activeTimers);
            put("\n");
            for (int l = 0; l < g.levels; ++l) {
                for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(g.level[static_cast<std::size_t>(l)].slots); ++i)
                    dumpSlot(g.slot(c, l, i), l, i);
            }
        }
    }
    void dumpWheel61(int cpu, int wheel)
    {
        const Geometry& g = m_world.geometry();
        const CpuState& state = m_world.cpu(cpu);
        const auto flag = [this](const char* word, bool is) {
            put(word);
            put(is ? "1" : "0");
        };
        put("base cpu=");
        put(static_cast<std::uint64_t>(cpu));
        put(wheel == 0 ? " std clk=" : " def clk=");
        put(state.clk(wheel));
        put(" next_expiry=");
        put(state.nextExpiry(wheel));
        flag(" recalc=", state.recalc[static_cast<std::size_t>(wheel)]);
        flag(" timers_pending=", state.timersPending[static_cast<std::size_t>(wheel)]);
        flag(" is_idle=", wheel == 0 && state.isWheelIdle);
        put("\n");
        for (int l = 0; l < g.levels; ++l) {
            for (std::uint32_t i = 0; i < 64; ++i) dumpSlot(g.slotOn(cpu, wheel, l, i), l, i);
        }
    }
    void dumpSlot(SlotId slot, int level, std::uint32_t index)
    {
        if (!m_world.isOccupied(slot)) return;
        slotName(level, index);
        dumpTimers(slot);
    }
    void dumpTimers(SlotId slot)
    {
        for (TimerId t = m_world.listAt(slot).first; t.isValid(); t = m_world.next(t)) {
            put(" ");
            name(t);
        }
        put("\n");
    }

    // ---- words -------------------------------------------------------------------------------------------------------

    void slotName(int level, std::uint32_t index)
    {
        m_text += m_world.geometry().levelName(level);
        put("[");
        put(index);
        put("]");
    }
    void name(TimerId timer)
    {
        if (m_inputs.driver == Driver::ByHand) m_text += m_inputs.timerName(timer);
        else put(timer.value);
    }
    void put(std::string_view text) { m_text += text; }
    void put(std::uint64_t number)
    {
        char digits[20];
        const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
        m_text.append(digits, static_cast<std::size_t>(end - digits));
    }

    const Inputs& m_inputs;
    World m_world;
    const std::function<void(std::string_view)>& m_sink;
    std::string m_text;
};

} // namespace

void writeVectorLog(const Inputs& inputs, const LogView& log, const OpenRun& open,
                    const std::function<void(std::string_view)>& sink,
                    const std::function<bool(std::uint64_t done)>& progress)
{
    if (inputs.driver == Driver::Daemon) return writeDaemonLog(inputs, log, sink, progress);
    VectorLogWriter writer(inputs, sink);
    for (std::uint64_t i = 0; i < log.size(); ++i) {
        writer.add(log[i]);
        if (i % 65536 == 65535 && progress && !progress(i + 1)) return;
    }
    writer.addOpen(open);
    writer.flush();
}

} // namespace jiffy::core
