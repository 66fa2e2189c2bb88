// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/lifetimes.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

/// How an action's jiffies are known, kept in Action::target until finish().
enum Known : std::uint8_t
{
    Printed = 0,
    Since = 1,
    BeforeAll = 2,
    TakenBack = 3
};
constexpr int knownBits = 2; ///< above them: what Action::target will be

Known knownOf(const Action& a)
{
    return static_cast<Known>(a.target & 3);
}

constexpr std::int64_t farthestStep = std::int64_t{1}
                                      << 31; ///< jiffies: beyond it a value is taken as damaged

void setSince(Action& action, std::uint64_t ns)
{
    action.offset = static_cast<std::uint32_t>(ns);
    action.nanoseconds = static_cast<std::uint32_t>(ns >> 32);
}

std::uint64_t since(const Action& action)
{
    return std::uint64_t{action.nanoseconds} << 32 | action.offset;
}

/// floor(ns * HZ / 10^9) within 64 bits.
std::uint64_t wholeTicks(std::uint64_t ns, Hz hz)
{
    return ns / 1'000'000'000u * hz.value + ns % 1'000'000'000u * hz.value / 1'000'000'000u;
}

} // namespace

void Lifetimes::take(const TraceEvent& event)
{
    if (event.cpu >= m_cpus.size()) m_cpus.resize(std::size_t{event.cpu} + 1);
    ++m_cpus[event.cpu].turn;
    using What = TraceEvent::What;
    if (event.what == What::Other) return;
    if (event.isNameless) {
        ++m_counts.nameless;
        return;
    }
    m_highestCpu = std::max(m_highestCpu, static_cast<int>(event.cpu));
    if (event.isModern) ++m_counts.modern;
    const auto address = addressIndex(event.timer);
    switch (event.what) {
    case What::Init:
        m_addresses[address].isCancelOpen = false;
        break;
    case What::Start:
        start(event, address);
        break;
    case What::Cancel:
        cancel(event, address);
        break;
    case What::ExpireEntry:
        enter(event, address);
        break;
    case What::ExpireExit:
        leave(event, address);
        break;
    case What::Other:
        break;
    }
}

std::uint32_t Lifetimes::addressIndex(std::uint64_t address)
{
    const auto [it, isNew] =
        m_addressIndex.try_emplace(address, static_cast<std::uint32_t>(m_addresses.size()));
    if (isNew) m_addresses.emplace_back();
    return it->second;
}

std::uint32_t Lifetimes::timerFor(std::uint32_t address, std::string_view function)
{
    Address& a = m_addresses[address];
    if (a.timer != none && m_names[m_timers[a.timer].function] == function) return a.timer;
    auto f = m_functions.find(function);
    if (f == m_functions.end()) {
        f = m_functions.emplace(std::string(function), static_cast<std::uint32_t>(m_names.size())).first;
        m_names.emplace_back(function);
    }
    const auto key = std::uint64_t{address} << 32 | f->second;
    const auto [it, isNew] = m_timerIndex.try_emplace(key, static_cast<std::uint32_t>(m_timers.size()));
    if (isNew) m_timers.push_back({f->second, 0});
    return a.timer = it->second;
}

void Lifetimes::takeBack(Address& address)
{
    address.isCancelOpen = false;
    if (address.cancelAction == none) return;
    --m_counts.cancels;
    if (address.cancelAction + std::size_t{1} == m_actions.size())
        m_actions.pop_back();
    else
        m_actions[address.cancelAction].target = TakenBack;
    address.cancelAction = none;
}

void Lifetimes::start(const TraceEvent& event, std::uint32_t address)
{
    Address& a = m_addresses[address];
    const Cpu& cpu = m_cpus[event.cpu];
    ++m_counts.starts;
    const bool isRearm = a.isCancelOpen && a.cancelCpu == event.cpu && a.cancelTurn + 1 == cpu.turn;
    if (isRearm) takeBack(a);
    if (isRearm || a.isPending) ++m_counts.rearms;
    if (cpu.running == address)
        ++m_counts.startsByOwn;
    else if (cpu.running != none)
        ++m_counts.startsByOther;
    if (event.targetCpu >= 0 && event.targetCpu != event.cpu) ++m_counts.startsElsewhere;
    a.isCancelOpen = false;
    a.isPending = true;
    const auto timer = timerFor(address, event.function);
    if (event.hasTrueFlags) {
        if (event.flags & TraceDeferrable) m_timers[timer].flags |= Deferrable;
        if (event.flags & TraceIrqSafe) m_timers[timer].flags |= IrqSafe;
        if (event.flags & TracePinned) m_timers[timer].flags |= Pinned;
    }
    Action action;
    action.call = Call::ModTimer;
    action.timer = TimerId(timer);
    action.expires = event.expires;
    push(action, event, true);
    if (event.bucket >= 0) pushFiled(action, event);
}

/// Where the machine filed it, right behind the call.
void Lifetimes::pushFiled(Action action, const TraceEvent& event)
{
    action.call = Call::MachineFiled;
    action.expires = event.hasBucketExpiry ? event.bucketExpiry : 0;
    action.nanoseconds = static_cast<std::uint32_t>(event.bucket);
    push(action, event, true);
    Action& filed = m_actions.back();
    if (event.hasBucketExpiry) filed.target |= 1 << knownBits;
    if (event.targetCpu < 0 || event.targetCpu >= 64) return;
    filed.cpu = static_cast<std::uint8_t>(event.targetCpu);
    m_highestCpu = std::max(m_highestCpu, static_cast<int>(event.targetCpu));
}

void Lifetimes::cancel(const TraceEvent& event, std::uint32_t address)
{
    Address& a = m_addresses[address];
    a.isCancelOpen = true;
    a.cancelCpu = static_cast<std::uint8_t>(event.cpu);
    a.cancelTurn = m_cpus[event.cpu].turn;
    a.cancelAction = none;
    if (!a.isPending) {
        ++m_counts.pendingAtStart; // nothing to delete in a replay that never saw it armed
        return;
    }
    a.isPending = false;
    ++m_counts.cancels;
    a.cancelAction = static_cast<std::uint32_t>(m_actions.size());
    Action action;
    action.call = Call::DelTimer;
    action.timer = TimerId(a.timer);
    push(action, event, false);
}

void Lifetimes::enter(const TraceEvent& event, std::uint32_t address)
{
    Address& a = m_addresses[address];
    Cpu& cpu = m_cpus[event.cpu];
    ++m_counts.fires;
    if (a.isCancelOpen && a.cancelCpu == event.cpu)
        takeBack(a);
    else if (!a.isPending)
        ++m_counts.pendingAtStart;
    a.isPending = false;
    a.isCancelOpen = false;
    cpu.running = address;
    cpu.runAction = static_cast<std::uint32_t>(m_actions.size());
    cpu.runSince = event.time;
    Action action;
    action.call = Call::MachineFired;
    action.timer = TimerId(timerFor(address, event.function));
    action.expires = event.now;
    push(action, event, true);
}

void Lifetimes::leave(const TraceEvent& event, std::uint32_t address)
{
    Cpu& cpu = m_cpus[event.cpu];
    if (cpu.running != address) return;
    cpu.running = none;
    if (event.isCounter || event.time < cpu.runSince) return;
    const auto ns = event.time - cpu.runSince;
    ++m_counts.timedFires;
    m_counts.duration += ns;
    // 0 would mean "not known"; the clock's steps are longer than 1 ns.
    m_actions[cpu.runAction].nanoseconds =
        static_cast<std::uint32_t>(std::clamp<std::uint64_t>(ns, 1, 0xFFFFFFFFu));
}

void Lifetimes::lose(std::uint64_t count, int cpu)
{
    ++m_counts.losses;
    m_counts.lost += count;
    Action action;
    action.call = Call::MachineLost;
    action.expires = count;
    TraceEvent at;
    at.time = m_lastTime;
    if (cpu >= 0 && cpu < 64) at.cpu = static_cast<std::uint16_t>(cpu);
    for (auto& c : m_cpus)
        c.running = none; // what was running may have ended unseen
    push(action, at, false);
    m_actions.back().cpu = cpu > m_highestCpu ? std::uint8_t{0} : m_actions.back().cpu;
}

void Lifetimes::push(Action action, const TraceEvent& event, bool hasJiffies)
{
    action.cpu = static_cast<std::uint8_t>(event.cpu);
    if (hasJiffies) {
        action.tick = event.now;
        action.target = Printed;
        m_lastJiffies = event.now;
        m_lastTime = event.time;
        m_hasJiffies = true;
    } else if (m_hasJiffies) {
        action.tick = m_lastJiffies;
        action.target = Since;
        setSince(action, event.isCounter || event.time < m_lastTime ? 0 : event.time - m_lastTime);
    } else {
        action.target = BeforeAll;
    }
    m_actions.push_back(action);
}

/// Raw jiffies to ticks since the first ones, in order. An action without jiffies of its own lies between its
/// neighbours that have them: after the one before by the time that passed, and not after the one behind.
void Lifetimes::settleTicks(Inputs& inputs)
{
    const Word word = inputs.machine.word;
    const auto first =
        std::find_if(m_actions.begin(), m_actions.end(), [](const Action& a) { return knownOf(a) == Printed; });
    inputs.machine.jiffies = first == m_actions.end() ? 0 : word.reduce(first->tick);
    Jiffies jiffies = inputs.machine.jiffies; // of the last action that printed them
    std::uint64_t tick = 0;                   // likewise
    std::uint64_t newest = 0;                 // of all actions so far
    std::size_t kept = 0, open = 0;           // actions [open, kept) wait for the next jiffies printed
    for (const Action& raw : m_actions) {
        Action a = raw;
        a.target = raw.target >> knownBits;
        if (knownOf(raw) == TakenBack) continue;
        if (knownOf(raw) == Printed) {
            const auto now = word.reduce(raw.tick);
            const auto step = word.signedDistance(now, jiffies);
            if (step >= farthestStep || step <= -farthestStep) {
                if (a.call != Call::MachineFiled) ++m_counts.outOfLine;
                continue;
            }
            if (step > 0) {
                jiffies = now;
                tick += static_cast<std::uint64_t>(step);
            }
            for (auto i = open; i < kept; ++i)
                m_actions[i].tick = std::min(m_actions[i].tick, tick);
            a.tick = newest = tick;
            a.expires = word.reduce(a.expires);
            open = kept + 1;
        } else {
            newest = std::max(newest,
                              knownOf(raw) == BeforeAll ? 0 : tick + wholeTicks(since(raw), inputs.machine.hz));
            a.tick = newest;
            a.offset = a.nanoseconds = 0;
        }
        m_actions[kept++] = a;
    }
    m_actions.resize(kept);
    inputs.untilTicks = newest;
}

/// A function's only timer bears its name, several are numbered in the order in which they appeared.
void Lifetimes::nameTimers(Inputs& inputs) const
{
    std::vector<std::uint32_t> total(m_names.size()), given(m_names.size());
    for (const auto& t : m_timers)
        ++total[t.function];
    inputs.timers.reserve(m_timers.size());
    for (const auto& t : m_timers) {
        TimerSpec spec;
        spec.name = t.function;
        spec.number = total[t.function] > 1 ? ++given[t.function] : 0;
        spec.slack = 0; // what a trace prints as expires is what was filed
        spec.flags = t.flags;
        inputs.timers.push_back(spec);
    }
}

void Lifetimes::finish(Inputs& inputs)
{
    // A flags word of an older kernel has other things where later ones have the bucket.
    if (m_counts.modern == 0)
        std::erase_if(m_actions, [](const Action& a) { return a.call == Call::MachineFiled; });
    m_counts.pendingAtEnd = static_cast<std::uint64_t>(
        std::count_if(m_addresses.begin(), m_addresses.end(), [](const Address& a) { return a.isPending; }));
    nameTimers(inputs);
    settleTicks(inputs);
    inputs.names = std::move(m_names);
    inputs.actions = std::move(m_actions);
}

} // namespace jiffy::core
