// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/work_ops_reader.h"

#include "core/scenario/ops_words.h"

#include <algorithm>
#include <map>
#include <optional>

namespace jiffy::core
{

namespace
{

/// Later instants would not fit behind the wall clock's in 64 bits.
constexpr std::uint64_t latest = 1'000'000'000'000'000; // us
constexpr std::uint64_t mostSeconds = 1'000'000'000;

class WorkOpsReader : private OpsWords
{
  public:
    WorkOpsReader(std::string_view text, const std::string& file) : OpsWords(text, file) {}

    Result<Inputs> read()
    {
        m_inputs.file = m_file;
        m_inputs.title = m_file.substr(m_file.find_last_of('/') + 1);
        m_inputs.driver = Driver::Daemon;
        m_inputs.machine.isDaemon = true;
        m_inputs.machine.word = Word(64);
        m_inputs.machine.hz = Hz{1'000'000};
        m_inputs.machine.settled = false;
        m_inputs.names = {""};
        forEachLine([this](std::size_t start, std::string_view line) { readLine(start, line); });
        if (m_diagnostics.empty() && !m_started) error(m_text.size(), "no `scheduler` line: it comes first, once");
        if (m_diagnostics.empty() && !m_ended) error(m_text.size(), "no `until` line: it comes last");
        if (m_diagnostics.empty()) finish();
        if (!m_diagnostics.empty()) return tl::unexpected<Diagnostics>(std::move(m_diagnostics));
        return std::move(m_inputs);
    }

  private:
    void readLine(std::size_t start, std::string_view line)
    {
        if (!beginLine(start, line)) return;
        const auto op = take("an operation");
        if (op == "scheduler") return readScheduler();
        if (!m_started) return errorAt(op, "`scheduler` must come first, but this is " + quoted(op));
        if (m_ended) return errorAt(op, "nothing may come after `until`");
        if (op == "work") return readWork();
        if (op == "on") return readOn();
        if (op == "at") return readAt();
        if (op == "start") m_inputs.daemon.start = takeTime("the start of the loop, in ms");
        else if (op == "until") {
            m_inputs.daemon.until = takeTime("the end of the run, in ms");
            m_ended = true;
        } else {
            return errorAt(op, "unknown operation " + quoted(op) + ": expected work, on, at, start or until");
        }
        noMore();
    }
    void readScheduler()
    {
        if (m_started) return errorAt(m_words[0], "a second `scheduler` line; it comes first, once");
        const auto which = take("old or new");
        if (!m_failed && which != "old" && which != "new") errorAt(which, "the scheduler is old or new, not " + quoted(which));
        noMore();
        m_inputs.daemon.scheduler = which == "old" ? WorkScheduler::Old : WorkScheduler::New;
        m_started = true;
    }
    void readWork()
    {
        const auto name = take("a name");
        noMore();
        if (m_failed) return;
        const auto isNamePart = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
        if (!std::all_of(name.begin(), name.end(), isNamePart))
            return errorAt(name, "a name is letters, digits and _, not " + quoted(name));
        if (m_ids.contains(name)) return errorAt(name, "work " + quoted(name) + " is declared twice");
        m_ids.emplace(name, newItem(std::string(name)));
        m_onSteps.emplace_back();
    }
    TimerId newItem(std::string name)
    {
        TimerSpec spec;
        spec.name = static_cast<std::uint32_t>(m_inputs.names.size());
        m_inputs.names.push_back(std::move(name));
        m_inputs.timers.push_back(spec);
        return TimerId(static_cast<std::uint32_t>(m_inputs.timers.size() - 1));
    }
    void readOn()
    {
        const TimerId item = takeWork();
        const auto what = take("burn, add, del or rearm");
        if (m_failed) return;
        CallbackStep step;
        if (what == "burn") {
            step.what = CallbackStep::What::Burn;
            step.delta = static_cast<std::int64_t>(takeTime("a duration in ms"));
        } else if (what == "add") {
            step.what = CallbackStep::What::Add;
            step.other = takeWork();
            step.delta = static_cast<std::int64_t>(takeSeconds());
        } else if (what == "del") {
            step.what = CallbackStep::What::Del;
            step.other = takeWork();
        } else if (what == "rearm") {
            step.what = CallbackStep::What::Rearm;
            step.delta = static_cast<std::int64_t>(takeSeconds());
        } else {
            return errorAt(what, "unknown step " + quoted(what) + ": expected burn, add, del or rearm");
        }
        noMore();
        if (!m_failed) m_onSteps[item.value].push_back(step);
    }
    void readAt()
    {
        Action a;
        a.tick = takeTime("an instant in ms");
        const auto what = take("add, del, burn or settime");
        if (m_failed) return;
        if (what == "add") {
            a.call = Call::AddWork;
            a.timer = takeWork();
            a.expires = takeSeconds();
        } else if (what == "del") {
            a.call = Call::DelWork;
            a.timer = takeWork();
        } else if (what == "burn") {
            a.call = Call::BurnTime;
            a.expires = takeTime("a duration in ms");
        } else if (what == "settime") {
            a.call = Call::StepWall;
            a.expires = takeStep();
        } else {
            return errorAt(what, "unknown happening " + quoted(what) + ": expected add, del, burn or settime");
        }
        noMore();
        if (m_failed) return;
        if (a.call != Call::StepWall) a.nanoseconds = m_sources++;
        m_inputs.actions.push_back(a);
    }
    /// Sources and the pipe are items behind the work; actions go by time, and at one instant as they stand.
    void finish()
    {
        auto& daemon = m_inputs.daemon;
        for (std::size_t t = 0; t < m_onSteps.size(); ++t) {
            m_inputs.timers[t].firstStep = static_cast<std::uint32_t>(m_inputs.steps.size());
            m_inputs.timers[t].stepCount = static_cast<std::uint32_t>(m_onSteps[t].size());
            m_inputs.steps.insert(m_inputs.steps.end(), m_onSteps[t].begin(), m_onSteps[t].end());
        }
        daemon.pipe = newItem("pipe"); // the old scheduler has none, but items keep their numbers
        daemon.firstSource = static_cast<std::uint32_t>(m_inputs.timers.size());
        for (std::uint32_t i = 0; i < m_sources; ++i) newItem("io#" + std::to_string(i + 1));
        std::stable_sort(m_inputs.actions.begin(), m_inputs.actions.end(), [](const Action& a, const Action& b) { return a.tick < b.tick; });
        daemon.sources.resize(m_sources);
        for (std::uint32_t i = 0; i < m_inputs.actions.size(); ++i) {
            auto& a = m_inputs.actions[i];
            if (a.call == Call::StepWall) continue;
            daemon.sources[a.nanoseconds] = i;
            a.nanoseconds += daemon.firstSource;
        }
    }

    // ---- words -------------------------------------------------------------------------------------------------------

    TimerId takeWork()
    {
        const auto w = take("the name of a work item");
        if (m_failed) return {};
        const auto found = m_ids.find(w);
        if (found != m_ids.end()) return found->second;
        errorAt(w, "work " + quoted(w) + " is not declared; expected a `work " + std::string(w.substr(0, 60)) + "` line before");
        return {};
    }
    std::uint64_t takeSeconds() { return number(take("seconds"), "whole seconds, at most 1000000000", 0, mostSeconds); }
    /// Milliseconds with up to three digits after the point, as us.
    std::optional<std::uint64_t> microseconds(std::string_view w) const
    {
        const auto point = std::min(w.find('.'), w.size());
        const auto whole = w.substr(0, point), part = point < w.size() ? w.substr(point + 1) : std::string_view();
        if (whole.empty() || part.size() > 3 || (point < w.size() && part.empty())) return std::nullopt;
        std::uint64_t v = 0;
        for (const char c : whole) {
            if (c < '0' || c > '9' || v > latest) return std::nullopt;
            v = v * 10 + static_cast<std::uint64_t>(c - '0');
        }
        for (std::size_t i = 0; i < 3; ++i) {
            const char c = i < part.size() ? part[i] : '0';
            if (c < '0' || c > '9') return std::nullopt;
            v = v * 10 + static_cast<std::uint64_t>(c - '0');
        }
        return v <= latest ? std::optional(v) : std::nullopt;
    }
    std::uint64_t takeTime(const char* what)
    {
        const auto w = take(what);
        if (m_failed) return 0;
        const auto v = microseconds(w);
        if (!v) errorAt(w, std::string("expected ") + what + " with at most three decimals, found " + quoted(w));
        return v.value_or(0);
    }
    std::uint64_t takeStep()
    {
        const auto w = take("a step of the wall clock in ms");
        if (m_failed) return 0;
        const bool isBack = w.starts_with('-');
        const auto v = microseconds(isBack || w.starts_with('+') ? w.substr(1) : w);
        if (!v) errorAt(w, "expected a step of the wall clock in ms with at most three decimals, found " + quoted(w));
        return isBack ? 0 - v.value_or(0) : v.value_or(0);
    }

    Inputs m_inputs;
    std::map<std::string_view, TimerId> m_ids;
    std::vector<std::vector<CallbackStep>> m_onSteps;
    std::uint32_t m_sources = 0;
    bool m_started = false, m_ended = false;
};

} // namespace

bool isWorkOps(std::string_view text)
{
    while (!text.empty()) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const auto begin = line.find_first_not_of(" \t\r");
        if (begin == std::string_view::npos || line[begin] == '#') continue;
        line.remove_prefix(begin);
        return line.substr(0, line.find_first_of(" \t\r#")) == "scheduler";
    }
    return false;
}

Result<Inputs> readWorkOps(std::string_view text, const std::string& file) { return WorkOpsReader(text, file).read(); }

} // namespace jiffy::core
