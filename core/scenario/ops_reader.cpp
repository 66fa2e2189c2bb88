// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/ops_reader.h"

#include "core/scenario/ops_words.h"
#include "core/scenario/work_ops_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <unordered_map>

namespace jiffy::core
{

namespace
{

constexpr std::uint64_t highestNumber = 9'999'999; ///< of a timer

struct Operation
{
    std::string_view name;
    Call call;
    std::string_view shape; ///< what follows: c CPU, i timer, t target CPU, e expiry, n count, f flag
};

constexpr std::array<Operation, 14> operations = {{
    {"add", Call::AddTimer, "cie"},
    {"add_on", Call::AddTimerOn, "cite"},
    {"mod", Call::ModTimer, "cie"},
    {"mod_pending", Call::ModTimerPending, "cie"},
    {"mod_pinned", Call::ModTimerPinned, "cie"},
    {"reduce", Call::TimerReduce, "cie"},
    {"del", Call::DelTimer, "ci"},
    {"try_del", Call::TryToDelTimerSync, "ci"},
    {"idle", Call::SetIdle, "cf"},
    {"advance", Call::Advance, "n"},
    {"softirq", Call::Softirq, "c"},
    {"tick", Call::Tick, "n"},
    {"next", Call::NextInterrupt, "c"},
    {"dump", Call::Dump, ""},
}};

/// Reads one vector, line by line.
class OpsReader : private OpsWords
{
  public:
    OpsReader(std::string_view text, const std::string& file) : OpsWords(text, file) {}

    Result<Inputs> read()
    {
        m_inputs.file = m_file;
        m_inputs.title = m_file.substr(m_file.find_last_of('/') + 1);
        m_inputs.driver = Driver::ByHand;
        m_inputs.names = {""};
        forEachLine([this](std::size_t start, std::string_view line) { readLine(start, line); });
        if (m_diagnostics.empty() && !m_started) error(m_text.size(), "no `machine` line: it comes first, once");
        if (m_diagnostics.empty()) gatherSteps();
        if (!m_diagnostics.empty()) return tl::unexpected<Diagnostics>(std::move(m_diagnostics));
        return std::move(m_inputs);
    }

  private:
    void readLine(std::size_t start, std::string_view line)
    {
        if (!beginLine(start, line)) return;
        const std::string_view op = take("an operation");
        if (op == "machine") return readMachine();
        if (!m_started) return errorAt(op, "`machine` must come first, but this is " + quoted(op));
        if (op == "timer") return readTimer();
        if (op == "on") return readOn();
        readOperation(op);
    }

    void readMachine()
    {
        if (m_started) return errorAt(m_words[0], "a second `machine` line; it comes first, once");
        bool bits = false, small = false, cpus = false, jiffies = false;
        std::uint64_t j = 0;
        while (m_next < m_words.size() && !m_failed) {
            const auto w = take("a setting");
            if (const auto v = setting(w, "bits=")) {
                bits = true;
                if (*v == "32" || *v == "64") m_inputs.machine.word = Word(*v == "32" ? 32 : 64);
                else errorAt(*v, "bits is 32 or 64, not " + quoted(*v));
            } else if (const auto s = setting(w, "small=")) {
                small = true;
                if (*s == "0" || *s == "1") m_inputs.machine.small = *s == "1";
                else errorAt(*s, "small is 0 or 1, not " + quoted(*s));
            } else if (const auto c = setting(w, "cpus=")) {
                cpus = true;
                m_inputs.machine.cpus = static_cast<int>(number(*c, "a number of CPUs from 1 to 64", 1, 64));
            } else if (const auto h = setting(w, "hz=")) {
                m_inputs.machine.hz = Hz{static_cast<std::uint32_t>(number(*h, "HZ from 1 to 1000000", 1, 1'000'000))};
            } else if (const auto start = setting(w, "jiffies=")) {
                jiffies = true;
                j = number(*start, "jiffies at the start");
            } else {
                errorAt(w, "unknown setting " + quoted(w) + ": expected bits= small= cpus= hz= jiffies=");
            }
        }
        if (m_failed) return;
        if (!bits || !cpus || !jiffies) {
            const std::string missing = !bits ? "bits=" : !cpus ? "cpus=" : "jiffies=";
            return errorAt(m_words[0], "`machine` lacks " + missing);
        }
        // The wheel of 6.1 is not built in two sizes; that of 3.9 says which.
        if (!small) m_inputs.machine.timers = TimerAlgorithm::Wheel61;
        m_started = true;
        m_inputs.machine.settled = false;
        m_jiffies = m_inputs.machine.jiffies = m_inputs.machine.word.reduce(j);
    }

    void readTimer()
    {
        const auto word = take("a timer number");
        const auto id = number(word, "a timer number", 0, highestNumber);
        if (m_failed) return;
        if (m_ids.contains(id)) return errorAt(word, "timer " + std::string(word) + " is defined twice");
        TimerSpec spec;
        while (m_next < m_words.size() && !m_failed) {
            const auto w = take("an option");
            if (w == "deferrable") spec.flags |= Deferrable;
            else if (w == "irqsafe") spec.flags |= IrqSafe;
            else if (w == "pinned" && isModern()) spec.flags |= Pinned;
            else if (isModern()) errorAt(w, "unknown option " + quoted(w) + ": expected deferrable, irqsafe or pinned");
            else if (const auto v = setting(w, "slack=")) spec.slack = static_cast<std::int32_t>(signedNumber(*v, "a slack from -1 to 2147483647", -1, std::numeric_limits<std::int32_t>::max()));
            else errorAt(w, "unknown option " + quoted(w) + ": expected deferrable, irqsafe or slack=N");
        }
        if (m_failed) return;
        const TimerId timer(static_cast<std::uint32_t>(m_inputs.timers.size()));
        m_ids.emplace(id, timer);
        spec.name = static_cast<std::uint32_t>(m_inputs.names.size());
        m_inputs.names.push_back(std::to_string(id));
        m_inputs.timers.push_back(spec);
        m_onSteps.emplace_back();
        Action a;
        a.call = Call::Define;
        a.timer = timer;
        m_inputs.actions.push_back(a);
    }

    void readOn()
    {
        const TimerId timer = takeTimer();
        const auto what = take("rearm, add, del or try_del");
        CallbackStep step;
        std::string_view other;
        if (m_failed) return;
        constexpr auto least = std::numeric_limits<std::int64_t>::min();
        constexpr auto most = std::numeric_limits<std::int64_t>::max();
        if (what == "rearm") {
            step.what = CallbackStep::What::Rearm;
            step.delta = signedNumber(take("a number of jiffies"), "a number of jiffies", least, most);
        } else if (what == "add") {
            step.what = CallbackStep::What::Add;
            other = takeNumber();
            step.delta = signedNumber(take("a number of jiffies"), "a number of jiffies", least, most);
        } else if (what == "del" || what == "try_del") {
            step.what = what == "del" ? CallbackStep::What::Del : CallbackStep::What::TryDel;
            other = takeNumber();
        } else {
            return errorAt(what, "unknown callback step " + quoted(what) + ": expected rearm, add, del or try_del");
        }
        noMore();
        if (m_failed) return;
        step.since = m_inputs.actions.size();
        m_onSteps[timer.value].push_back({step, other});
    }

    void readOperation(std::string_view name)
    {
        const auto found = std::find_if(operations.begin(), operations.end(), [&](const auto& o) { return o.name == name; });
        const Call absent = isModern() ? Call::ModTimerPinned : Call::TimerReduce;
        if (found == operations.end() || found->call == absent)
            return errorAt(name, "unknown operation " + quoted(name) + ": expected timer, on, idle, add, add_on, mod, mod_pending, " +
                                     (isModern() ? "reduce" : "mod_pinned") +
                                     ", del, try_del, advance, softirq, tick, next or dump");
        Action a;
        a.call = found->call;
        for (const char part : found->shape) {
            switch (part) {
            case 'c': a.cpu = takeCpu(); break;
            case 't': a.target = takeCpu(); break;
            case 'i': a.timer = takeTimer(); break;
            case 'e': a.expires = takeExpires(); break;
            case 'n': a.expires = number(take("a count"), "a count"); break;
            default: a.expires = number(take("0 or 1"), "0 or 1", 0, 1); break;
            }
            if (m_failed) return;
        }
        noMore();
        if (m_failed) return;
        if (a.call == Call::Advance || a.call == Call::Tick) m_jiffies = m_inputs.machine.word.add(m_jiffies, a.expires);
        m_inputs.actions.push_back(a);
    }

    bool isModern() const { return m_inputs.machine.timers == TimerAlgorithm::Wheel61; }

    // ---- words -------------------------------------------------------------------------------------------------------

    static std::optional<std::string_view> setting(std::string_view word, std::string_view key)
    {
        if (!word.starts_with(key)) return std::nullopt;
        return word.substr(key.size());
    }
    std::uint8_t takeCpu()
    {
        const auto w = take("a CPU");
        const auto most = static_cast<std::uint64_t>(m_inputs.machine.cpus - 1);
        const std::string what = "a CPU from 0 to " + std::to_string(most);
        return static_cast<std::uint8_t>(number(w, what.c_str(), 0, most));
    }
    /// A timer's number that may be defined further down.
    std::string_view takeNumber()
    {
        const auto w = take("a timer number");
        number(w, "a timer number", 0, highestNumber);
        return w;
    }
    TimerId takeTimer()
    {
        const auto w = takeNumber();
        return m_failed ? TimerId::none() : timerNamed(w, " before");
    }
    TimerId timerNamed(std::string_view w, const char* where)
    {
        const auto found = m_ids.find(number(w, "a timer number", 0, highestNumber));
        if (found != m_ids.end()) return found->second;
        errorAt(w, "timer " + std::string(w) + " is not defined; expected a `timer " + std::string(w) + "` line" + where);
        return {};
    }
    Jiffies takeExpires()
    {
        const auto w = take("an expiry");
        if (m_failed) return 0;
        const Word word = m_inputs.machine.word;
        if (!w.starts_with('+') && !w.starts_with('-')) return word.reduce(number(w, "an expiry"));
        const auto by = signedNumber(w, "an expiry", std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max());
        return word.add(m_jiffies, static_cast<std::uint64_t>(by));
    }

    /// The steps of one callback lie together.
    void gatherSteps()
    {
        for (std::size_t t = 0; t < m_onSteps.size(); ++t) {
            m_inputs.timers[t].firstStep = static_cast<std::uint32_t>(m_inputs.steps.size());
            m_inputs.timers[t].stepCount = static_cast<std::uint32_t>(m_onSteps[t].size());
            for (auto [step, other] : m_onSteps[t]) {
                m_failed = false;
                if (!other.empty()) step.other = timerNamed(other, "");
                m_inputs.steps.push_back(step);
            }
        }
    }

    struct OnStep
    {
        CallbackStep step;
        std::string_view other; ///< number of the other timer; it may be defined further down
    };

    Inputs m_inputs;
    std::unordered_map<std::uint64_t, TimerId> m_ids;
    std::vector<std::vector<OnStep>> m_onSteps;
    Jiffies m_jiffies = 0;
    bool m_started = false;
};

} // namespace

Result<Inputs> readOps(std::string_view text, const std::string& file)
{
    return isWorkOps(text) ? readWorkOps(text, file) : OpsReader(text, file).read();
}

} // namespace jiffy::core
