// SPDX-License-Identifier: GPL-3.0-or-later
// Scenario files, part 6: from a document about tgtd to inputs. Work comes first (populations, then items),
// then the pipe, then an item for each event of a file, numbered as the document names them; actions go by
// time.
#include "core/scenario/document.h"
#include "core/scenario/generate.h"
#include "core/scenario/position_spec.h"
#include "core/scenario/work_notation.h"
#include "core/tgtd/counterpart.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

namespace jiffy::core
{

namespace
{

/// Work items and events, each. A document of some lines can ask for any number.
constexpr std::uint64_t most = 1'000'000;

class WorkCompiler
{
  public:
    WorkCompiler(const Scenario& scenario, const std::string& file, Faults& faults)
        : m_scenario(scenario), m_daemon(*scenario.daemon), m_faults(faults), m_shapeIsWhole(faults.isEmpty())
    {
        m_inputs.file = file;
    }

    Inputs run()
    {
        head();
        daemon();
        end();
        if (countsFit()) {
            for (const auto& p : m_daemon.populations)
                declarePopulation(p);
            m_firstItem = m_inputs.timers.size();
            for (const auto& i : m_daemon.items)
                declareItem(i);
            for (const auto& i : m_daemon.items)
                if (numbered(i.name.text).isValid())
                    m_faults.add(i.name.spot,
                                 "\"" + i.name.text + "\" is also the name of one of a population");
            for (std::size_t i = 0; i < m_daemon.items.size(); ++i)
                stepsOf(i);
            m_inputs.daemon.pipe =
                newTimer("pipe"); // the old scheduler has none, but items keep their numbers
            for (std::size_t i = 0; i < m_daemon.populations.size(); ++i)
                addPopulation(i);
            for (const auto& a : m_daemon.actions)
                action(a);
            finish();
        }
        for (const auto& e : m_scenario.expect)
            expectation(e);
        return std::move(m_inputs);
    }

  private:
    using Name = std::unordered_map<std::string, TimerId>;

    void head()
    {
        m_inputs.title = m_scenario.title;
        m_inputs.watch = m_scenario.watch;
        m_inputs.driver = Driver::Daemon;
        m_inputs.machine.isDaemon = true;
        m_inputs.machine.word = Word(64);
        m_inputs.machine.hz = Hz{1'000'000};
        m_inputs.machine.settled = false;
        m_inputs.names = {""};
        if (m_scenario.limit) m_inputs.eventLimit = *m_scenario.limit;
        if (!m_scenario.opening.isSaid()) return;
        if (const auto p = parsePosition(m_scenario.opening.text))
            m_inputs.opening = *p;
        else
            m_faults.add(m_scenario.opening.spot, p.error());
    }

    std::uint64_t time(const Spelling& s, std::uint64_t unsaid, std::string_view what = {})
    {
        if (!s.isSaid()) {
            if (!what.empty() && m_shapeIsWhole) m_faults.add(s.spot, std::string(what) + " is missing");
            return unsaid;
        }
        const auto t = parseMicroseconds(s.text);
        if (!t) m_faults.add(s.spot, t.error());
        return t.value_or(unsaid);
    }
    /// With nothing between two of its instants the run would never get on.
    std::uint64_t lasting(const Spelling& s, std::uint64_t unsaid, std::string_view what)
    {
        const auto t = time(s, unsaid);
        if (t == 0) m_faults.add(s.spot, std::string(what) + " must be longer than 0 s");
        return t;
    }

    void daemon()
    {
        auto& d = m_inputs.daemon;
        setDefaults(d, m_daemon.scheduler);
        d.interval = lasting(m_daemon.interval, d.interval, "\"interval\"");
        d.epollTimeout = lasting(m_daemon.timeout, d.epollTimeout, "\"timeout\"");
        d.tick = m_daemon.tick.value_or(d.tick);
        d.start = time(m_daemon.start, 0);
        d.batch = static_cast<std::uint32_t>(m_daemon.batch.value_or(d.batch));
        const auto cost = [&](std::size_t i) { return time(m_daemon.costs[i], 0); };
        d.costs = {cost(0), cost(1), cost(2), cost(3), cost(4), cost(5), cost(6)};
        d.fail = {m_daemon.failPipe, static_cast<std::uint32_t>(m_daemon.failWrite)};
        m_inputs.machine.mayFault =
            d.fail.pipe || d.fail.write != 0 || d.costs.flag != 0 || d.costs.pipe != 0 || d.costs.close != 0;
        for (const auto& f : m_daemon.files)
            file(f);
    }
    void file(const WorkFile& f)
    {
        auto& files = m_inputs.daemon.files;
        for (const auto& other : files) {
            if (other.name == f.name.text && f.name.isSaid())
                m_faults.add(f.name.spot, "there are two files \"" + f.name.text + "\"");
            if (other.fd == f.fd && f.fd != 0)
                m_faults.add(f.spot, "fd " + std::to_string(f.fd) + " is that of \"" + other.name + "\"");
        }
        constexpr auto first = DaemonConfig::firstPipeFd;
        if (f.fd == first || f.fd == first + 1)
            m_faults.add(f.spot, "fds " + std::to_string(first) + " and " + std::to_string(first + 1) +
                                     " are those of the scheduler's pipe");
        files.push_back({f.name.text, f.fd});
    }
    /// 1 + its index, 0: none.
    std::uint8_t fileNamed(const Spelling& name)
    {
        if (!name.isSaid()) return 0;
        const auto& files = m_inputs.daemon.files;
        for (std::size_t i = 0; i < files.size(); ++i)
            if (files[i].name == name.text) return static_cast<std::uint8_t>(i + 1);
        std::vector<std::string_view> names;
        for (const auto& f : files)
            names.push_back(f.name);
        auto hint = didYouMean(name.text, names);
        if (hint.empty()) hint = "; files are declared in \"daemon\", as \"files\"";
        m_faults.add(name.spot, "there is no file \"" + name.text + "\"" + hint);
        return 0;
    }

    // ---- names
    // ---------------------------------------------------------------------------------------------------------

    TimerId newTimer(std::string name)
    {
        TimerSpec spec;
        spec.name = static_cast<std::uint32_t>(m_inputs.names.size());
        spec.firstStep = static_cast<std::uint32_t>(m_inputs.steps.size());
        m_inputs.names.push_back(std::move(name));
        m_inputs.timers.push_back(spec);
        return TimerId(static_cast<std::uint32_t>(m_inputs.timers.size() - 1));
    }
    void declare(const Spelling& name, TimerId id)
    {
        if (!name.isSaid()) {
            m_namesAreWhole = false;
            if (m_shapeIsWhole) m_faults.add(name.spot, "a work item needs a name");
            return;
        }
        if (name.text == "pipe" || name.text.starts_with("io#"))
            m_faults.add(name.spot, "\"" + name.text + "\" is what the " +
                                        (name.text == "pipe" ? "pipe" : "events of files") +
                                        " are called here; choose another name");
        if (!m_ids.emplace(name.text, id).second)
            m_faults.add(name.spot, "the name \"" + name.text + "\" is taken already");
    }
    void declareItem(const WorkItem& item) { declare(item.name, newTimer(item.name.text)); }
    void declarePopulation(const WorkPopulation& p)
    {
        const auto first = newTimer(p.name.text);
        auto spec = m_inputs.timers.back();
        if (p.count > 1) m_inputs.timers.back().number = 1;
        for (std::uint32_t n = 2; n <= p.count; ++n) {
            spec.number = n;
            m_inputs.timers.push_back(spec);
        }
        m_firstOf.push_back(first);
        declare(p.name, p.count == 1 ? first : TimerId::none());
    }
    /// "name.17" of a population.
    TimerId numbered(std::string_view text) const
    {
        const auto point = text.rfind('.');
        if (point == std::string_view::npos) return TimerId::none();
        const auto digits = text.substr(point + 1);
        std::uint64_t n = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
        if (error != std::errc() || end != digits.data() + digits.size() || digits.front() == '0')
            return TimerId::none();
        for (std::size_t i = 0; i < m_firstOf.size(); ++i) {
            const auto& p = m_daemon.populations[i];
            if (p.name.text == text.substr(0, point) && p.count > 1 && n >= 1 && n <= p.count)
                return TimerId(m_firstOf[i].value + static_cast<std::uint32_t>(n - 1));
        }
        return TimerId::none();
    }
    TimerId workNamed(const Spelling& name)
    {
        if (!name.isSaid()) {
            if (m_shapeIsWhole) m_faults.add(name.spot, "a work item must be named here");
            return TimerId::none();
        }
        const auto found = m_ids.find(name.text);
        if (found != m_ids.end() && found->second.isValid()) return found->second;
        if (const auto id = numbered(name.text); id.isValid()) return id;
        if (!m_namesAreWhole) return TimerId::none();
        if (found != m_ids.end()) {
            m_faults.add(name.spot, "\"" + name.text + "\" is a population; its work items are " + name.text +
                                        ".1, " + name.text + ".2, ...");
            return TimerId::none();
        }
        std::vector<std::string_view> names;
        for (const auto& item : m_daemon.items)
            names.push_back(item.name.text);
        auto hint = names.size() > 1000 ? std::string() : didYouMean(name.text, names);
        if (hint.empty()) hint = "; work is declared in \"items\" or \"generate\"";
        m_faults.add(name.spot, "there is no work \"" + name.text + "\"" + hint);
        return TimerId::none();
    }

    // ---- what funcs do
    // ---------------------------------------------------------------------------------------------------

    void stepsOf(std::size_t i)
    {
        auto& spec = m_inputs.timers[m_firstItem + i];
        spec.firstStep = static_cast<std::uint32_t>(m_inputs.steps.size());
        for (const auto& from : m_daemon.items[i].on) {
            CallbackStep step;
            step.what = from.what;
            if (from.what == CallbackStep::What::Add || from.what == CallbackStep::What::Del)
                step.other = workNamed(from.work);
            if (from.what == CallbackStep::What::Burn)
                step.delta = static_cast<std::int64_t>(time(from.duration, 0, "\"for\""));
            else
                step.delta = static_cast<std::int64_t>(from.seconds);
            m_longest = std::max(m_longest, from.seconds);
            m_inputs.steps.push_back(step);
        }
        spec.stepCount = static_cast<std::uint32_t>(m_inputs.steps.size()) - spec.firstStep;
    }

    // ---- actions
    // ---------------------------------------------------------------------------------------------------------

    std::uint64_t occurrences(const WorkAction& a)
    {
        if (!a.every.isSaid()) return 1;
        if (a.times) return *a.times;
        const auto at = parseMicroseconds(a.at.text), every = parseMicroseconds(a.every.text);
        if (!m_scenario.until.isSaid() || !at || !every || *every == 0) return 1; // action() says why
        return *at > m_until ? 0 : (m_until - *at) / *every + 1;
    }
    /// Counted before anything is made of them.
    bool countsFit()
    {
        std::uint64_t items = m_daemon.items.size(), events = 0;
        const auto fit = [&](Spot spot) {
            if (items <= most && events <= most) return true;
            m_faults.add(spot, "with this there are more than 1,000,000 " +
                                   std::string(items > most ? "work items" : "events") +
                                   "; no more are modelled");
            return false;
        };
        for (const auto& p : m_daemon.populations) {
            items += std::min(p.count, most + 1);
            events += std::min(p.count, most + 1) * (p.cancelPercent > 0 ? 2 : 1);
            if (!fit(p.spot)) return false;
        }
        for (const auto& a : m_daemon.actions) {
            events += std::min(occurrences(a), most + 1);
            if (!fit(a.spot)) return false;
        }
        return true;
    }

    void action(const WorkAction& from)
    {
        Action a;
        a.call = from.call;
        a.target = fileNamed(from.file);
        switch (from.call) {
        case Call::AddWork:
            a.expires = from.seconds;
            [[fallthrough]];
        case Call::DelWork:
            a.timer = workNamed(from.work);
            break;
        case Call::EventSched:
            a.expires = from.passes;
            break;
        case Call::StepWall:
            if (from.by.isSaid()) {
                const auto by = parseClockStep(from.by.text);
                if (!by) m_faults.add(from.by.spot, by.error());
                a.expires = static_cast<std::uint64_t>(by.value_or(0));
            } else if (m_shapeIsWhole) {
                m_faults.add(from.spot, "\"by\" is missing");
            }
            break;
        case Call::BurnTime:
        case Call::SlowCall:
            a.expires = time(from.duration, 0, "\"for\"");
            break;
        default:
            break;
        }
        a.tick = time(from.at, 0, "\"at\"");
        const auto every = from.every.isSaid() ? lasting(from.every, 1, "\"every\"") : 0;
        if (from.every.isSaid() && !from.times && !m_scenario.until.isSaid())
            m_faults.add(from.every.spot, "\"every\" repeats until the end of the run, so this needs "
                                          "\"times\" or the scenario \"until\"");
        const auto count = occurrences(from);
        if (every != 0 && count > (latestMicrosecond - std::min(a.tick, latestMicrosecond)) / every + 1) {
            m_faults.add(from.spot, "the last of these would be more than 1000000000 s after the start");
            return;
        }
        for (std::uint64_t i = 0; i < count; ++i, a.tick += every)
            append(a);
    }
    void append(Action a)
    {
        if (a.call != Call::StepWall) a.nanoseconds = m_sources++;
        if (a.call == Call::AddWork) m_longest = std::max(m_longest, a.expires);
        m_hasWork |= a.call == Call::AddWork;
        m_inputs.actions.push_back(a);
    }

    void addPopulation(std::size_t index)
    {
        const auto& p = m_daemon.populations[index];
        const auto tooMany = [&](const Spread& s) {
            if (largest(s, p.count) <= mostWorkSeconds) return false;
            m_faults.add(s.spot, "the largest of these delays is more than 1000000000 s");
            return true;
        };
        if (tooMany(p.seconds) || (p.rearmPercent > 0 && tooMany(p.rearm))) return;
        Random random{m_daemon.seed ^ streamOf(p.name.text)};
        const auto happens = [&](int percent) {
            return percent > 0 &&
                   (percent >= 100 || random.between(1, 100) <= static_cast<std::uint64_t>(percent));
        };
        const auto duration = time(p.duration, 0);
        const auto every = time(p.every, 0);
        const auto after = p.cancelPercent > 0 ? time(p.cancelAfter, 0, "\"after\"") : 0;
        Action add;
        add.call = Call::AddWork;
        add.target = fileNamed(p.file);
        add.tick = time(p.at, 0);
        if (every != 0 && p.count > (latestMicrosecond - add.tick) / every) {
            m_faults.add(p.spot, "the last of these would be added more than 1000000000 s after the start");
            return;
        }
        for (std::uint32_t n = 0; n < p.count; ++n, add.tick += every) {
            add.timer = TimerId(m_firstOf[index].value + n);
            add.expires = draw(random, p.seconds, n);
            append(add);
            if (happens(p.cancelPercent)) {
                Action cancel = add;
                cancel.call = Call::DelWork;
                cancel.expires = 0;
                cancel.tick += after;
                append(cancel);
            }
            auto& spec = m_inputs.timers[add.timer.value];
            spec.firstStep = static_cast<std::uint32_t>(m_inputs.steps.size());
            if (duration != 0)
                m_inputs.steps.push_back(
                    {CallbackStep::What::Burn, TimerId::none(), static_cast<std::int64_t>(duration)});
            if (happens(p.rearmPercent)) {
                const auto seconds = draw(random, p.rearm, n);
                m_longest = std::max(m_longest, seconds);
                m_inputs.steps.push_back(
                    {CallbackStep::What::Rearm, TimerId::none(), static_cast<std::int64_t>(seconds)});
            }
            spec.stepCount = static_cast<std::uint32_t>(m_inputs.steps.size()) - spec.firstStep;
        }
    }

    void end()
    {
        if (m_scenario.until.isSaid()) m_until = m_inputs.daemon.until = time(m_scenario.until, 0);
    }
    /// Sources are items behind the pipe; actions go by time, and at one instant as they stand.
    void finish()
    {
        auto& d = m_inputs.daemon;
        auto& actions = m_inputs.actions;
        d.firstSource = static_cast<std::uint32_t>(m_inputs.timers.size());
        std::vector<std::uint32_t> fileNames;
        for (const auto& f : d.files) {
            fileNames.push_back(static_cast<std::uint32_t>(m_inputs.names.size()));
            m_inputs.names.push_back(f.name);
        }
        for (const auto& a : actions) {
            if (a.call == Call::StepWall) continue;
            const auto source =
                newTimer(a.target == 0 ? "io#" + std::to_string(a.nanoseconds + 1) : std::string());
            if (a.target == 0) continue;
            m_inputs.names.pop_back();
            m_inputs.timers[source.value].name = fileNames[a.target - 1u];
        }
        std::stable_sort(actions.begin(), actions.end(),
                         [](const Action& a, const Action& b) { return a.tick < b.tick; });
        d.sources.resize(m_sources);
        for (std::uint32_t i = 0; i < actions.size(); ++i) {
            auto& a = actions[i];
            if (a.call == Call::StepWall) continue;
            d.sources[a.nanoseconds] = i;
            a.nanoseconds += d.firstSource;
        }
        if (m_scenario.until.isSaid()) return;
        // After the last work is gone; work that comes again and again, or is never done, for a while.
        std::uint64_t last = d.start;
        for (const auto& a : actions)
            last = std::max(last,
                            a.tick + (a.call == Call::BurnTime || a.call == Call::SlowCall ? a.expires : 0));
        d.endsWhenDone = m_hasWork;
        constexpr std::uint64_t second = 1'000'000;
        d.until = std::min(latestMicrosecond,
                           last + (m_hasWork ? 60 * second + 4 * m_longest * second : 10 * second));
    }

    // ---- expectations
    // ----------------------------------------------------------------------------------------------------

    Expectation& expect(Expectation::What what, const ScenarioExpectation& from)
    {
        auto& e = m_inputs.expect.emplace_back();
        e.what = what;
        auto place = m_faults.place(from.spot);
        e.line = place.line;
        e.column = place.column;
        e.sourceLine = std::move(place.sourceLine);
        return e;
    }
    void expectation(const ScenarioExpectation& from)
    {
        using What = Expectation::What;
        if (from.algorithm.isSaid())
            m_faults.add(from.algorithm.spot, "\"timers\" is an algorithm of timers; a daemon has none of them");
        if (from.timer.isSaid() || from.tick.isSaid()) {
            m_faults.add(from.spot, "a daemon has no timers and no ticks; this expects something of "
                                    "\"work\", of an \"order\" or of a \"total\"");
        } else if (!from.order.empty()) {
            auto& e = expect(What::Order, from);
            for (const auto& n : from.order)
                e.timers.push_back(workNamed(n));
        } else if (from.total.isSaid()) {
            auto& e = expect(What::Total, from);
            e.name = from.total.text;
            e.text = from.is;
        } else if (from.work.isSaid() || m_shapeIsWhole) {
            ofWork(from);
        }
    }
    void ofWork(const ScenarioExpectation& from)
    {
        using What = Expectation::What;
        const auto work = workNamed(from.work);
        const auto start = [&](What what) -> Expectation& {
            auto& e = expect(what, from);
            e.timers = {work};
            return e;
        };
        if (from.runs) {
            auto& e = start(What::FiresAt);
            for (const auto& s : *from.runs)
                e.values.push_back(time(s, 0));
        }
        if (from.runCount) start(What::FireCount).values = {*from.runCount};
        if (!from.late) return;
        auto& e = start(What::Late);
        for (const auto& s : *from.late) {
            const auto late = parseClockStep(s.text);
            if (!late) m_faults.add(s.spot, late.error());
            e.values.push_back(static_cast<std::uint64_t>(late.value_or(0)));
        }
    }

    const Scenario& m_scenario;
    const ScenarioDaemon& m_daemon;
    Faults& m_faults;
    const bool m_shapeIsWhole;
    bool m_namesAreWhole = true;
    Inputs m_inputs;
    Name m_ids;                     ///< looked up, never walked; none: a population of several
    std::vector<TimerId> m_firstOf; ///< by population
    std::size_t m_firstItem = 0;
    std::uint32_t m_sources = 0;
    std::uint64_t m_until = 0;
    std::uint64_t m_longest = 0; ///< s of any add
    bool m_hasWork = false;
};

} // namespace

Inputs compileWorkInto(const Scenario& scenario, const std::string& file, Faults& faults)
{
    return WorkCompiler(scenario, file, faults).run();
}

} // namespace jiffy::core
