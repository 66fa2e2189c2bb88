// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/compare.h"

#include <algorithm>
#include <unordered_map>

namespace jiffy::core
{

namespace
{

std::uint64_t commonRecords(const LogView& a, const LogView& b)
{
    const std::uint64_t size = std::min(a.size(), b.size());
    std::uint64_t i = 0;
    while (i < size) {
        const auto chunk = static_cast<std::size_t>(i >> Chunk::bits);
        const std::uint64_t end = std::min<std::uint64_t>(size, (chunk + std::uint64_t{1}) << Chunk::bits);
        if (a.chunk(chunk) == b.chunk(chunk)) {
            i = end;
            continue;
        }
        for (; i < end; ++i)
            if (!(a[i] == b[i])) return i;
    }
    return size;
}

OpenRun runAt(const Snapshot& s, std::uint64_t event)
{
    if (event == s.log.size()) return s.open;
    const Record& r = s.log[event];
    return r.kind == Kind::Passed ? OpenRun{r.value, r.before, r.site} : OpenRun{};
}

/// Ticks since the start, before that record.
std::uint64_t ticksBefore(const LogView& log, std::uint64_t event)
{
    if (log.size() == 0) return 0;
    const auto chunk = std::min<std::uint64_t>(event >> Chunk::bits, log.chunkCount() - 1);
    std::uint64_t ticks = log.chunkStartTicks(static_cast<std::size_t>(chunk));
    for (auto e = chunk << Chunk::bits; e < event; ++e)
        ticks += ticksOf(log[e]);
    return ticks;
}

/// Ticks of one timer's calls; timers in the order of their first call.
struct Calls
{
    std::vector<TimerId> order;
    std::unordered_map<std::uint32_t, std::vector<std::uint64_t>> at;
};

Calls callsBehind(const Snapshot& s, const Parting& parting)
{
    Calls calls;
    auto ticks = ticksBefore(s.log, parting.at.event);
    for (auto e = parting.at.event; e < s.log.size(); ++e) {
        const Record& r = s.log[e];
        ticks += ticksOf(r);
        if (r.kind != Kind::Fired) continue;
        auto& list = calls.at[r.item.value];
        if (list.empty()) calls.order.push_back(r.item);
        list.push_back(ticks);
    }
    return calls;
}

bool isSameTimer(const Inputs& a, const Inputs& b, TimerId id)
{
    if (id.value >= a.timers.size() || id.value >= b.timers.size()) return false;
    const auto &x = a.timers[id.value], &y = b.timers[id.value];
    return x.number == y.number && x.name < a.names.size() && y.name < b.names.size() &&
           a.names[x.name] == b.names[y.name];
}

class TimerComparer
{
  public:
    TimerComparer(const Inputs& a, const Inputs& b, const Calls& callsA, const Calls& callsB, Comparison& out)
        : m_a(a), m_b(b), m_callsA(callsA), m_callsB(callsB), m_out(out)
    {
    }

    void run()
    {
        for (const auto id : m_callsA.order)
            compare(id, isSameTimer(m_a, m_b, id) ? id : TimerId::none());
        for (const auto id : m_callsB.order) {
            const bool same = isSameTimer(m_a, m_b, id);
            if (!same || m_callsA.at.count(id.value) == 0) compare(same ? id : TimerId::none(), id);
        }
        auto& timers = m_out.timers;
        m_out.timerCount = timers.size();
        const auto first = [](const TimerDifference& t) -> std::uint64_t {
            const auto n = std::min(t.firedA.size(), t.firedB.size());
            for (std::size_t i = 0; i < n; ++i)
                if (t.firedA[i] != t.firedB[i]) return std::min(t.firedA[i], t.firedB[i]);
            if (t.firedA.size() > n) return t.firedA[n];
            return t.firedB.size() > n ? t.firedB[n] : ~0ull;
        };
        std::stable_sort(timers.begin(), timers.end(),
                         [&](const auto& x, const auto& y) { return first(x) < first(y); });
        if (timers.size() > Comparison::mostTimers) timers.resize(Comparison::mostTimers);
        for (auto& t : timers)
            t.name = t.inA.isValid() ? m_a.timerName(t.inA) : m_b.timerName(t.inB);
    }

  private:
    static const std::vector<std::uint64_t>& callsOf(const Calls& calls, TimerId id)
    {
        static const std::vector<std::uint64_t> never;
        const auto found = calls.at.find(id.value);
        return !id.isValid() || found == calls.at.end() ? never : found->second;
    }
    void compare(TimerId inA, TimerId inB)
    {
        const auto& a = callsOf(m_callsA, inA);
        const auto& b = callsOf(m_callsB, inB);
        if (a == b) return;
        TimerDifference d;
        d.inA = inA;
        d.inB = inB;
        d.countA = a.size();
        d.countB = b.size();
        const auto listed = [](const auto& all) {
            return std::vector<std::uint64_t>(
                all.begin(), all.begin() + static_cast<std::ptrdiff_t>(
                                               std::min(all.size(), Comparison::mostListed)));
        };
        d.firedA = listed(a);
        d.firedB = listed(b);
        m_out.timers.push_back(std::move(d));
    }

    const Inputs& m_a;
    const Inputs& m_b;
    const Calls& m_callsA;
    const Calls& m_callsB;
    Comparison& m_out;
};

} // namespace

Parting partingOf(const Snapshot& a, const Snapshot& b)
{
    Parting parting;
    const auto event = commonRecords(a.log, b.log);
    parting.at.event = event;
    const auto runA = runAt(a, event), runB = runAt(b, event);
    if (runA.cpus == runB.cpus && runA.site == runB.site) parting.at.tick = std::min(runA.count, runB.count);
    parting.ticks = ticksBefore(a.log, event) + (runA.site == Site::Tick ? parting.at.tick : 0);
    parting.isSame = event == a.log.size() && event == b.log.size() && runA == runB;
    // Behind the whole of a run stands the next record.
    const auto normal = [&](const Snapshot& s, const OpenRun& run) {
        return event < s.log.size() && run.count != 0 && parting.at.tick == run.count;
    };
    if (normal(a, runA) && normal(b, runB)) parting.at = {event + 1, 0, 0};
    return parting;
}

Position counterpart(const History& from, Position p, History& to)
{
    const auto parting = partingOf(from.snapshot(), to.snapshot());
    p = std::min(p, from.end());
    if (p <= parting.at || (parting.isSame && p.event <= parting.at.event)) return p;
    const auto ticks = from.ticksAt(p);
    return ticks == parting.ticks ? parting.at : to.lastOfTick(ticks);
}

Comparison compare(const Inputs& inputsA, const Snapshot& a, const Inputs& inputsB, const Snapshot& b)
{
    Comparison out;
    out.parting = partingOf(a, b);
    const auto linesA = summarise(inputsA, a.log, a.open).lines(inputsA);
    const auto linesB = summarise(inputsB, b.log, b.open).lines(inputsB);
    for (const auto& line : linesA) {
        const auto other = std::find_if(linesB.begin(), linesB.end(),
                                        [&](const SummaryLine& l) { return l.name == line.name; });
        const auto value = other == linesB.end() ? std::string() : other->value;
        if (value != line.value) out.summary.push_back({line.name, line.value, value});
    }
    for (const auto& line : linesB) {
        const bool isNew = std::none_of(linesA.begin(), linesA.end(),
                                        [&](const SummaryLine& l) { return l.name == line.name; });
        if (isNew) out.summary.push_back({line.name, {}, line.value});
    }
    out.firedA = firedIn(a.log);
    out.firedB = firedIn(b.log);
    if (out.parting.isSame) return out;
    const auto callsA = callsBehind(a, out.parting), callsB = callsBehind(b, out.parting);
    TimerComparer(inputsA, inputsB, callsA, callsB, out).run();
    return out;
}

std::uint64_t firedIn(const LogView& log)
{
    std::uint64_t n = 0;
    for (std::uint64_t e = 0; e < log.size(); ++e)
        n += log[e].kind == Kind::Fired;
    return n;
}

} // namespace jiffy::core
