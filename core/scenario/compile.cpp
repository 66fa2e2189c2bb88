// SPDX-License-Identifier: GPL-3.0-or-later
// Scenario files, part 4: from the document to inputs.
#include "core/insight/kernel_totals.h"
#include "core/scenario/compile_kernel.h"
#include "core/scenario/generate.h"
#include "core/scenario/notation.h"
#include "core/scenario/position_spec.h"
#include "core/timers/registry.h"
#include "core/world/geometry.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

namespace jiffy::core
{

namespace
{

class Compiler
{
  public:
    Compiler(const Scenario& scenario, const std::string& file, Faults& faults)
        : m_scenario(scenario), m_faults(faults), m_shapeIsWhole(faults.isEmpty()),
          m_kernel(scenario, m_inputs, faults, [this](const Spelling& name) { return timerNamed(name); })
    {
        m_inputs.file = file;
    }

    Inputs run()
    {
        m_inputs.title = m_scenario.title;
        m_inputs.watch = m_scenario.watch;
        m_inputs.remarks = m_scenario.notes;
        m_inputs.driver = Driver::Kernel;
        machine();
        m_kernel.machine();
        if (m_scenario.opening.isSaid()) {
            if (const auto p = parsePosition(m_scenario.opening.text))
                m_inputs.opening = *p;
            else
                m_faults.add(m_scenario.opening.spot, p.error());
        }
        // Populations first, so that a timer added to the items is the last one and leaves all ids as they are.
        generate(m_scenario, m_inputs, m_faults);
        m_endOfPopulations = m_inputs.timers.size();
        m_kernel.declareProcesses();
        // Who has a process's stack in hand can name the timer on it.
        for (std::size_t i = 0; i < m_scenario.processes.size(); ++i) {
            const auto& name = m_scenario.processes[i].name;
            if (name.isSaid()) m_ids.emplace(name.text + "/timeout", m_inputs.programs[i].timer);
        }
        m_firstItem = m_inputs.timers.size();
        declareItems();
        nameThePopulations();
        for (std::size_t i = 0; i < m_scenario.items.size(); ++i)
            stepsOf(i);
        m_kernel.finish();
        actions();
        m_inputs.machine.kernel.locks = static_cast<std::uint32_t>(m_inputs.locks.size());
        limits();
        for (const auto& e : m_scenario.expect)
            expectation(e);
        return std::move(m_inputs);
    }

  private:
    void machine()
    {
        const auto& from = m_scenario.machine;
        auto& m = m_inputs.machine;
        m.cpus = from.cpus;
        m.word = Word(from.bits);
        m.timers = from.timers;
        m.small = from.small;
        m.hz = Hz{from.hz};
        m.settled = true;
        m.jiffies = static_cast<std::uint32_t>(0u - 300u * from.hz);
        if (!from.jiffies.isSaid()) return;
        const auto j = parseNumber(from.jiffies.text, m.hz);
        if (!j)
            m_faults.add(from.jiffies.spot, j.error());
        else if (m.word.reduce(*j) != *j)
            m_faults.add(from.jiffies.spot, "\"" + from.jiffies.text + "\" does not fit into jiffies of " +
                                                std::to_string(from.bits) + " bits");
        else
            m.jiffies = *j;
    }

    void declareItems()
    {
        for (const auto& item : m_scenario.items) {
            TimerSpec spec;
            spec.name = static_cast<std::uint32_t>(m_inputs.names.size());
            spec.slack = item.slack;
            spec.flags =
                static_cast<std::uint8_t>((item.deferrable ? Deferrable : 0) | (item.irqSafe ? IrqSafe : 0) | (item.pinned ? Pinned : 0));
            m_inputs.names.push_back(item.name.text);
            const TimerId id(static_cast<std::uint32_t>(m_inputs.timers.size()));
            m_inputs.timers.push_back(spec);
            declare(item.name, id);
        }
    }
    void nameThePopulations()
    {
        // Population timers stand before the items; those of one population follow each other.
        for (std::size_t i = 0; i < m_endOfPopulations;) {
            const auto name = m_inputs.timers[i].name;
            const auto first = i;
            while (i < m_endOfPopulations && m_inputs.timers[i].name == name)
                ++i;
            m_populations.emplace(m_inputs.names[name], std::pair(first, i - first));
        }
        for (const auto& p : m_scenario.populations) {
            const auto found = m_populations.find(p.name.text);
            if (found == m_populations.end()) {
                m_namesAreWhole = false;
                continue;
            }
            declare(p.name, found->second.second == 1
                                ? TimerId(static_cast<std::uint32_t>(found->second.first))
                                : TimerId::none());
        }
        for (const auto& item : m_scenario.items) {
            if (numbered(item.name.text).isValid())
                m_faults.add(item.name.spot,
                             "\"" + item.name.text + "\" is also the name of a timer of a population");
        }
    }
    void declare(const Spelling& name, TimerId id)
    {
        if (!name.isSaid()) {
            m_namesAreWhole = false;
            if (m_shapeIsWhole) m_faults.add(name.spot, "a timer needs a name");
            return;
        }
        if (!m_ids.emplace(name.text, id).second)
            m_faults.add(name.spot, "the name \"" + name.text + "\" is taken already");
    }

    /// "name.17" of a population.
    TimerId numbered(std::string_view text) const
    {
        const auto point = text.rfind('.');
        if (point == std::string_view::npos) return TimerId::none();
        const auto found = m_populations.find(std::string(text.substr(0, point)));
        if (found == m_populations.end() || found->second.second == 1) return TimerId::none();
        std::uint64_t n = 0;
        const auto digits = text.substr(point + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
        if (error != std::errc() || end != digits.data() + digits.size() || digits.front() == '0' || n == 0 ||
            n > found->second.second)
            return TimerId::none();
        return TimerId(static_cast<std::uint32_t>(found->second.first + n - 1));
    }

    TimerId timerNamed(const Spelling& name)
    {
        if (!name.isSaid()) {
            if (m_shapeIsWhole) m_faults.add(name.spot, "a timer must be named here");
            return TimerId::none();
        }
        const auto found = m_ids.find(name.text);
        if (found != m_ids.end() && found->second.isValid()) return found->second;
        if (const auto id = numbered(name.text); id.isValid()) return id;
        if (!m_namesAreWhole || (!m_shapeIsWhole && m_inputs.timers.empty())) return TimerId::none();
        if (found != m_ids.end()) {
            const auto count = m_populations.at(name.text).second;
            m_faults.add(name.spot, "\"" + name.text + "\" is a population; one of its timers is named " +
                                        name.text + ".1 to " + name.text + "." + std::to_string(count));
            return TimerId::none();
        }
        std::vector<std::string_view> names;
        for (const auto& item : m_scenario.items)
            names.push_back(item.name.text);
        auto hint = names.size() > 1000 ? std::string() : didYouMean(name.text, names);
        if (hint.empty()) hint = "; timers are declared in \"items\" or \"generate\"";
        m_faults.add(name.spot, "there is no timer \"" + name.text + "\"" + hint);
        return TimerId::none();
    }

    void stepsOf(std::size_t i)
    {
        auto& spec = m_inputs.timers[m_firstItem + i];
        spec.firstStep = static_cast<std::uint32_t>(m_inputs.steps.size());
        for (const auto& from : m_scenario.items[i].on) {
            const CallbackStep step = m_kernel.step(from);
            m_inputs.steps.push_back(step);
        }
        spec.stepCount = static_cast<std::uint32_t>(m_inputs.steps.size()) - spec.firstStep;
    }

    /// The value of a spelling that must be there; faults of shape were reported before.
    template <class Parse>
    auto required(const Spelling& s, std::string_view what, Parse parse)
        -> decltype(parse(std::string_view()))
    {
        decltype(parse(std::string_view())) value = tl::unexpected(std::string());
        if (!s.isSaid()) {
            if (m_shapeIsWhole) m_faults.add(s.spot, std::string(what) + " is missing");
            return value;
        }
        value = parse(s.text);
        if (!value) m_faults.add(s.spot, value.error());
        return value;
    }
    Spelt<Instant> instant(const Spelling& s)
    {
        return required(s, "an instant",
                        [this](std::string_view t) { return parseInstant(t, m_inputs.machine); });
    }

    void actions()
    {
        const auto generated = m_inputs.actions.size();
        m_inputs.actions.reserve(generated + m_scenario.actions.size());
        Instant last;
        const ScenarioAction* before = nullptr;
        for (const auto& from : m_scenario.actions) {
            const auto at = instant(from.at);
            if (at && before && *at < last)
                m_faults.add(from.at.spot,
                             "\"" + from.at.text + "\" is earlier than \"" + before->at.text +
                                 "\" of the action before it; actions stand in the order of time");
            if (at) {
                last = *at;
                before = &from;
            }
            m_inputs.actions.push_back(action(from, at.value_or(Instant{})));
        }
        // Stable: generated ones by population and number, the file's in its order and behind them.
        std::stable_sort(m_inputs.actions.begin(), m_inputs.actions.end(),
                         [](const Action& a, const Action& b) {
                             return a.tick != b.tick ? a.tick < b.tick : a.offset < b.offset;
                         });
    }

    Action action(const ScenarioAction& from, Instant at)
    {
        Action a;
        a.tick = at.tick;
        a.offset = at.offset;
        a.call = from.call.call;
        a.cpu = cpu(from.cpu, from.spot);
        m_kernel.action(from, a);
        switch (a.call) {
        case Call::Interrupt:
        case Call::SpinLock:
        case Call::SpinUnlock:
        case Call::Burn:
        case Call::WakeProcess:
        case Call::SendSignal:
            return a;
        case Call::SetIdle:
            a.expires = from.call.idle ? 1 : 0;
            return a;
        case Call::NextInterrupt:
            return a;
        case Call::AddTimerOn:
            a.target = cpu(from.target, from.spot);
            [[fallthrough]];
        case Call::AddTimer:
        case Call::ModTimer:
        case Call::ModTimerPending:
        case Call::ModTimerPinned:
        case Call::TimerReduce:
            if (const auto e = required(from.expires, "\"expires\"", [&](std::string_view t) {
                    return parseExpiry(t, m_inputs.machine, at.tick);
                }))
                a.expires = *e;
            break;
        default:
            break;
        }
        a.timer = timerNamed(from.timer);
        return a;
    }
    std::uint8_t cpu(int number, Spot spot)
    {
        if (number < 0 || number >= m_inputs.machine.cpus)
            m_faults.add(spot, "there is no CPU " + std::to_string(number) + ": the machine has " +
                                   std::to_string(m_inputs.machine.cpus) + " (from 0)");
        return static_cast<std::uint8_t>(number);
    }

    void limits()
    {
        if (m_scenario.until.isSaid()) {
            if (const auto at = instant(m_scenario.until)) m_inputs.untilTicks = at->tick;
        }
        if (m_scenario.limit) m_inputs.eventLimit = *m_scenario.limit;
        m_inputs.compare = m_scenario.compare;
    }

    // Expectations

    Jiffies jiffiesOf(const Spelling& s)
    {
        const auto at = instant(s);
        return at ? m_inputs.machine.word.add(m_inputs.machine.jiffies, at->tick) : 0;
    }
    Expectation& expect(Expectation::What what, const ScenarioExpectation& from)
    {
        auto& e = m_inputs.expect.emplace_back();
        e.what = what;
        auto place = m_faults.place(from.spot);
        e.line = place.line;
        e.column = place.column;
        e.sourceLine = std::move(place.sourceLine);
        if (from.algorithm.text != timersOf(m_inputs.machine).name) e.algorithm = from.algorithm.text;
        return e;
    }
    void ofTimer(const ScenarioExpectation& from)
    {
        using What = Expectation::What;
        const auto timer = timerNamed(from.timer);
        const auto tick = from.at.isSaid() ? instant(from.at).value_or(Instant{}).tick : 0;
        const auto start = [&](What what) -> Expectation& {
            auto& e = expect(what, from);
            e.timers = {timer};
            e.tick = tick;
            return e;
        };
        const auto jiffies = [&](What what, const std::vector<Spelling>& list) {
            auto& e = start(what);
            for (const auto& s : list)
                e.values.push_back(jiffiesOf(s));
        };
        if (from.slot.isSaid()) slot(start(What::Slot), from.slot);
        if (from.expires.isSaid()) {
            const auto value = parseExpiry(from.expires.text, m_inputs.machine, 0);
            if (!value) m_faults.add(from.expires.spot, value.error());
            start(What::Expires).values = {value.value_or(0)};
        }
        if (from.fires) jiffies(What::FiresAt, *from.fires);
        if (from.fireCount) start(What::FireCount).values = {*from.fireCount};
        if (from.moves) start(What::Moves).values = {*from.moves};
        if (from.movedAt) jiffies(What::MovedAt, *from.movedAt);
        if (from.position) jiffies(What::Position, *from.position);
        if (from.waited) {
            auto& e = start(What::Late);
            e.values = times(*from.waited);
        }
        if (from.returns) {
            auto& e = start(What::Returns);
            for (const int r : *from.returns)
                e.values.push_back(static_cast<std::uint64_t>(static_cast<std::int64_t>(r)));
        }
    }
    std::vector<std::uint64_t> times(const std::vector<Spelling>& list)
    {
        std::vector<std::uint64_t> out;
        for (const auto& s : list) {
            const auto t = parseTime(s.text);
            if (!t) m_faults.add(s.spot, "\"" + s.text.substr(0, 60) + "\" is not a time down to the nanosecond; expected one like \"3ms\"");
            out.push_back(static_cast<std::uint64_t>(t.value_or(0)));
        }
        return out;
    }
    /// Of a CPU or a process: lines of the summary, by the name of that part.
    void ofPart(const ScenarioExpectation& from)
    {
        const auto say = [&](const std::string& name, const std::string& value) {
            auto& e = expect(Expectation::What::Total, from);
            e.name = name;
            e.text = value;
        };
        if (!m_inputs.machine.kernel.isThere) {
            m_faults.add(from.spot, "this can be expected of a machine of CPUs only; say \"interrupts\": true of the machine");
            return;
        }
        if (from.cpu) {
            const auto count = [&](std::string_view what, const std::optional<std::uint64_t>& n) {
                if (n) say(std::string(what) + " of CPU " + std::to_string(cpu(*from.cpu, from.spot)), std::to_string(*n));
            };
            count("tick interrupts", from.ticks);
            count("saved ticks", from.saved);
            count("other interrupts", from.interrupts);
            count("most turns", from.turns);
            return;
        }
        m_kernel.process(from.process);
        if (from.sleeps) say(sleepsName(from.process.text), sleepsText(times(*from.sleeps)));
        if (!from.left) return;
        std::string left;
        for (const auto ms : *from.left) left += (left.empty() ? "" : ", ") + std::to_string(ms);
        say(leftName(from.process.text), left.empty() ? "none" : left);
    }
    void slot(Expectation& e, const Spelling& s)
    {
        e.text = "not pending";
        if (s.text == "none") return;
        const auto geometry = geometryOf(m_about);
        const bool isList = geometry.is(TimerAlgorithm::SortedList);
        const std::string example = geometry.slotName(isList ? geometry.sortedList(0) : geometry.slot(0, 1, 5));
        if (isList && s.text == example) {
            e.text = example;
            return;
        }
        for (int i = 0; i < geometry.levels * geometry.wheels; ++i) {
            const int wheel = i / geometry.levels, level = i % geometry.levels;
            auto prefix = geometry.slotName(geometry.slotOn(0, wheel, level, 0));
            prefix.resize(prefix.size() - 2);
            if (!s.text.starts_with(prefix) || !s.text.ends_with(']')) continue;
            const auto digits =
                std::string_view(s.text).substr(prefix.size(), s.text.size() - prefix.size() - 1);
            std::uint32_t index = 0;
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
            if (error != std::errc() || end != digits.data() + digits.size()) break;
            const int slots = geometry.level[static_cast<std::size_t>(level)].slots;
            if (index >= static_cast<std::uint32_t>(slots)) {
                m_faults.add(s.spot, geometry.levelName(level) + " has only " + std::to_string(slots) +
                                         " slots, 0 to " + std::to_string(slots - 1));
                return;
            }
            e.level = level;
            e.index = index;
            e.text = geometry.slotName(geometry.slotOn(0, wheel, level, index));
            return;
        }
        m_faults.add(s.spot, "\"" + s.text.substr(0, 60) + "\" is not a slot; expected " +
                                 (isList ? "" : "one like ") + "\"" + example + "\", or \"none\"");
    }
    void expectation(const ScenarioExpectation& from)
    {
        using What = Expectation::What;
        m_about = m_inputs.machine;
        if (from.algorithm.isSaid()) m_about = machineWith(m_about, *timersNamed(from.algorithm.text));
        if (from.work.isSaid()) {
            m_faults.add(from.spot, "only a daemon has work; what is expected of a timer is said of a \"timer\"");
        } else if (from.cpu || from.process.isSaid()) {
            ofPart(from);
        } else if (!from.order.empty()) {
            auto& e = expect(What::Order, from);
            for (const auto& n : from.order)
                e.timers.push_back(timerNamed(n));
        } else if (from.total.isSaid()) {
            auto& e = expect(What::Total, from);
            e.name = from.total.text;
            e.text = from.is;
        } else if (from.tick.isSaid()) {
            const auto tick = instant(from.tick).value_or(Instant{}).tick;
            const auto count = [&](What what, const std::optional<std::uint64_t>& n) {
                if (!n) return;
                auto& e = expect(what, from);
                e.tick = tick;
                e.values = {*n};
            };
            count(What::TickMoves, from.tickMoves);
            count(What::TickFires, from.tickFires);
        } else if (from.timer.isSaid() || m_shapeIsWhole) {
            ofTimer(from);
        }
    }

    const Scenario& m_scenario;
    Faults& m_faults;
    const bool m_shapeIsWhole;
    bool m_namesAreWhole = true;
    Inputs m_inputs;
    KernelCompiler m_kernel;
    MachineConfig m_about; ///< the machine that the expectation being read is about
    std::size_t m_endOfPopulations = 0;
    std::size_t m_firstItem = 0; ///< Inputs::timers of items begin here
    std::unordered_map<std::string, TimerId>
        m_ids; ///< looked up, never walked; none: a population of several
    std::unordered_map<std::string, std::pair<std::size_t, std::size_t>>
        m_populations; ///< first timer, number of them
};

} // namespace

Inputs compileInto(const Scenario& scenario, const std::string& file, Faults& faults)
{
    if (scenario.daemon) return compileWorkInto(scenario, file, faults);
    return Compiler(scenario, file, faults).run();
}

} // namespace jiffy::core
