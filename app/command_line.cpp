// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include "core/scenario/position_spec.h"
#include "core/timers/registry.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace jiffy::app
{

namespace
{

using Problem = std::optional<std::string>; ///< what is wrong; none when all is well

std::optional<int> wholeNumber(std::string_view text, int least, int most)
{
    int v = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v);
    if (error != std::errc() || end != text.data() + text.size() || v < least || v > most) return {};
    return v;
}

std::string quoted(std::string_view text) { return '"' + std::string(text.substr(0, 200)) + '"'; }

Problem readPosition(std::optional<core::PositionSpec>& to, std::string_view text)
{
    auto spec = core::parsePosition(text);
    if (!spec) return spec.error();
    to = *spec;
    return {};
}

Problem readSize(CommandLine& c, std::string_view text)
{
    const auto cross = text.find('x');
    const auto width = wholeNumber(text.substr(0, cross), 64, 16384);
    const auto height = cross == std::string_view::npos ? std::nullopt : wholeNumber(text.substr(cross + 1), 64, 16384);
    if (!width || !height) return quoted(text) + " is not a size: WIDTHxHEIGHT, each 64 to 16384";
    c.width = *width;
    c.height = *height;
    return {};
}

Problem readHz(CommandLine& c, std::string_view text)
{
    const auto hz = wholeNumber(text, 1, 100'000);
    if (!hz) return quoted(text) + " is not a number of ticks a second: 1 to 100000";
    c.trace.hz = static_cast<std::uint32_t>(*hz);
    return {};
}

Problem readBits(CommandLine& c, std::string_view text)
{
    if (text != "32" && text != "64") return quoted(text) + " is not a word size: 32 or 64";
    c.trace.bits = text == "32" ? 32 : 64;
    return {};
}

Problem readTimers(CommandLine& c, std::string_view text)
{
    c.trace.timers = core::timersNamed(text);
    if (c.trace.timers == nullptr) return quoted(text) + " is no timer algorithm; `jiffyscope list timers` names them";
    return {};
}

/// Each of them once.
Problem readAlgorithms(CommandLine& c, std::string_view text)
{
    for (std::size_t from = 0; from <= text.size();) {
        const auto comma = std::min(text.find(',', from), text.size());
        const auto name = text.substr(from, comma - from);
        const auto* timers = core::timersNamed(name);
        if (timers == nullptr) return quoted(name) + " is no timer algorithm; `jiffyscope list timers` names them";
        if (std::find(c.compared.begin(), c.compared.end(), timers) != c.compared.end()) return quoted(name) + " stands twice";
        c.compared.push_back(timers);
        from = comma + 1;
    }
    return {};
}

Problem readCompared(CommandLine& c, std::string_view text)
{
    if (auto problem = readAlgorithms(c, text)) return problem;
    if (c.compared.size() < 2) return "one algorithm is no comparison: name two or more, with commas between";
    return {};
}

/// One, or the columns of the compare view; complete() knows the view.
Problem readShown(CommandLine& c, std::string_view text)
{
    if (text.find(',') == std::string_view::npos) return readTimers(c, text);
    if (auto problem = readAlgorithms(c, text)) return problem;
    c.trace.timers = c.compared.front();
    return {};
}

/// A time within bounds, in us.
Problem readTime(std::uint64_t& to, std::string_view text, std::uint64_t least, std::uint64_t most)
{
    const auto time = core::parseTime(text);
    const auto us = time && *time % 1000 == 0 ? static_cast<std::uint64_t>(*time) / 1000 : ~0ull;
    if (us < least || us > most) {
        const auto bound = [](std::uint64_t v) { return core::timeText(static_cast<core::Nanoseconds>(v * 1000)); };
        return quoted(text) + " is no time from " + bound(least) + " to " + bound(most);
    }
    to = us;
    return {};
}

Problem readScheme(CommandLine& c, std::string_view text)
{
    const auto scheme = core::liveSchemeNamed(text);
    if (!scheme) return quoted(text) + " is no scheme: signal, timerfd or signalfd";
    c.liveSettings.scheme = *scheme;
    return {};
}

Problem readTheme(CommandLine& c, std::string_view text)
{
    if (text != "light" && text != "dark" && text != "contrast")
        return quoted(text) + " is no theme: light, dark or contrast";
    c.theme = text;
    return {};
}

/// An option: who takes it, whether a value follows, what it does.
struct Option
{
    std::string_view name;
    std::string_view commands; ///< letters: w window, r run, p render, c check, m compare
    bool takesValue;
    bool mayRepeat;
    Problem (*read)(CommandLine& c, std::string_view value);
};

const std::array options = {
    Option{"--until", "rm", true, false, [](CommandLine& c, std::string_view v) { return readPosition(c.until, v); }},
    Option{"--export", "rm", true, true,
           [](CommandLine& c, std::string_view v) {
               c.exports.emplace_back(v);
               return Problem();
           }},
    Option{"--quiet", "r", false, false,
           [](CommandLine& c, std::string_view) {
               c.quiet = true;
               return Problem();
           }},
    Option{"--all", "r", false, false,
           [](CommandLine& c, std::string_view) {
               c.all = true;
               return Problem();
           }},
    Option{"--opening", "r", false, false,
           [](CommandLine& c, std::string_view) {
               c.opening = true;
               return Problem();
           }},
    Option{"--timers", "wrc", true, false, readTimers},
    Option{"--timers", "p", true, false, readShown},
    Option{"--timers", "m", true, false, readCompared},
    Option{"--live", "r", false, false,
           [](CommandLine& c, std::string_view) {
               c.isLive = true;
               return Problem();
           }},
    Option{"--scheme", "r", true, false, readScheme},
    Option{"--interval", "r", true, false,
           [](CommandLine& c, std::string_view v) {
               return readTime(c.liveSettings.interval, v, core::LiveSettings::leastInterval, core::LiveSettings::mostInterval);
           }},
    Option{"--for", "r", true, false,
           [](CommandLine& c, std::string_view v) {
               return readTime(c.liveSettings.duration, v, core::LiveSettings::leastDuration, core::LiveSettings::mostDuration);
           }},
    Option{"--busy", "r", true, false,
           [](CommandLine& c, std::string_view v) { return readTime(c.liveSettings.busy, v, 0, core::LiveSettings::mostBusy); }},
    Option{"--hz", "wrpcm", true, false, readHz},
    Option{"--bits", "wrpcm", true, false, readBits},
    Option{"--view", "p", true, false,
           [](CommandLine& c, std::string_view v) {
               c.view = v;
               return Problem();
           }},
    Option{"--at", "p", true, false, [](CommandLine& c, std::string_view v) { return readPosition(c.at, v); }},
    Option{"--size", "p", true, false, readSize},
    Option{"--theme", "p", true, false, readTheme},
    Option{"-o", "p", true, false,
           [](CommandLine& c, std::string_view v) {
               c.out = v;
               return Problem();
           }},
};

char letterOf(Command c)
{
    switch (c) {
    case Command::Run: return 'r';
    case Command::Render: return 'p';
    case Command::Check: return 'c';
    case Command::Compare: return 'm';
    default: return 'w';
    }
}

class Parser
{
  public:
    explicit Parser(const std::vector<std::string>& args) : m_args(args) {}

    tl::expected<CommandLine, std::string> parse()
    {
        if (const auto ready = helpOrVersion()) return *ready;
        readCommand();
        while (m_next < m_args.size()) {
            if (auto problem = readArgument()) return tl::unexpected(m_prefix + *problem);
        }
        if (auto problem = complete()) return tl::unexpected(m_prefix + *problem);
        return m_line;
    }

  private:
    std::optional<CommandLine> helpOrVersion()
    {
        for (const auto& a : m_args) {
            if (a == "--") return {};
            if (a == "--help" || a == "-h") m_line.command = Command::Help;
            else if (a == "--version") m_line.command = Command::Version;
            else continue;
            return m_line;
        }
        return {};
    }

    void readCommand()
    {
        static constexpr std::array<std::pair<std::string_view, Command>, 5> commands = {{{"run", Command::Run},
                                                                                           {"render", Command::Render},
                                                                                           {"check", Command::Check},
                                                                                           {"compare", Command::Compare},
                                                                                           {"list", Command::List}}};
        if (m_args.empty()) return;
        for (const auto& [name, command] : commands) {
            if (m_args.front() != name) continue;
            m_line.command = command;
            m_prefix = std::string(name) + ": ";
            m_next = 1;
        }
    }

    Problem readArgument()
    {
        const std::string& arg = m_args[m_next++];
        if (arg == "--" && !m_onlyFiles) {
            m_onlyFiles = true;
            return {};
        }
        if (m_onlyFiles || arg.size() < 2 || arg.front() != '-') return readWord(arg);
        return readOption(arg);
    }

    Problem readOption(const std::string& arg)
    {
        const auto equals = arg.starts_with("--") ? arg.find('=') : std::string::npos;
        const std::string name = arg.substr(0, equals);
        const auto option = std::find_if(options.begin(), options.end(), [&](const Option& o) {
            return o.name == name && o.commands.find(letterOf(m_line.command)) != std::string_view::npos;
        });
        if (option == options.end() || m_line.command == Command::List)
            return "there is no option " + quoted(name);
        if (!option->mayRepeat && !m_seen.insert(name).second) return name + " stands twice";
        std::string value;
        if (option->takesValue) {
            if (equals != std::string::npos) value = arg.substr(equals + 1);
            else if (m_next < m_args.size()) value = m_args[m_next++];
            else return name + " needs a value";
        } else if (equals != std::string::npos) {
            return name + " takes no value";
        }
        return option->read(m_line, value);
    }

    Problem readWord(const std::string& word)
    {
        std::string& to = m_line.command == Command::List ? m_line.list : m_line.file;
        if (word.empty()) return "an empty name is no file";
        if (!to.empty()) return "one is enough: " + quoted(to) + ", then " + quoted(word);
        to = word;
        return {};
    }

    Problem complete() const
    {
        switch (m_line.command) {
        case Command::Run:
        case Command::Check:
        case Command::Compare:
        case Command::Render:
            if (m_line.file.empty()) return "FILE is missing: a path, or :name of a built-in scenario";
            break;
        case Command::List:
            if (m_line.list != "scenarios" && m_line.list != "timers" && m_line.list != "views" && m_line.list != "exporters")
                return "say what: scenarios, timers, views or exporters";
            break;
        default: break;
        }
        if (m_line.command == Command::Render && m_line.view.empty()) return "--view is missing; `jiffyscope list views` names them";
        if (m_line.command == Command::Render && m_line.out.empty()) return "-o OUT is missing";
        if (m_line.command == Command::Render && !m_line.compared.empty() && m_line.view != "compare")
            return "several algorithms are for --view compare; the other views show one";
        // Events are not the same on two algorithms, instants are.
        if (m_line.command == Command::Compare && m_line.until && m_line.until->kind == core::PositionSpec::Kind::Event)
            return "--until takes an instant here: start, end, jiffies=N or time=1.250s";
        for (const char* name : {"--scheme", "--interval", "--for", "--busy"}) {
            if (!m_line.isLive && m_seen.contains(name)) return std::string(name) + " is for --live";
        }
        if (m_line.isLive && (m_line.until || m_line.opening)) return "--live ends by --for, and has no --until and no --opening";
        if (m_line.quiet && (m_line.all || m_line.opening)) return "--quiet narrates nothing, --all and --opening do";
        return {};
    }

    const std::vector<std::string>& m_args;
    CommandLine m_line;
    std::string m_prefix;
    std::set<std::string> m_seen;
    std::size_t m_next = 0;
    bool m_onlyFiles = false;
};

} // namespace

tl::expected<CommandLine, std::string> parseCommandLine(const std::vector<std::string>& args)
{
    return Parser(args).parse();
}

std::string_view helpText()
{
    return R"(Jiffyscope shows how the timer wheels of Linux work: that of 3.9 with its cascades, that of
6.1 without, and the sorted list that was before them.

usage:
  jiffyscope [FILE] [--hz N] [--bits N] [--timers NAME]
      opens the window
  jiffyscope run FILE [--until POS] [--export OUT]... [--quiet | --all | --opening]
                      [--hz N] [--bits N] [--timers NAME]
      runs without a window: one line an event (the first 1,000 of them), then totals
  jiffyscope run --live FILE [--scheme signal|timerfd|signalfd] [--interval 250ms] [--for 5s]
                      [--busy 0ms] [--export OUT]... [--quiet | --all]
      performs a workload of tgtd on this machine, in a process of its own with the real system
      calls, and tells how late everything really was
  jiffyscope render FILE --view VIEW [--at POS] [--size WxH] [--theme light|dark|contrast]
                         [--hz N] [--bits N] [--timers NAME[,NAME...]] -o OUT
      paints one picture; OUT ends in .png, .svg or .pdf
  jiffyscope check FILE [--hz N] [--bits N] [--timers NAME]
      reads FILE and tells its faults
  jiffyscope compare FILE [--timers NAME,NAME...] [--until POS] [--export OUT]... [--hz N] [--bits N]
      runs FILE on several timer algorithms and tells what each cost: an account a line, an
      algorithm a column
  jiffyscope list scenarios|timers|views|exporters

FILE  a scenario (.jiffy.json), a vector (.ops), a kernel trace with timer events,
      an exported log (.jsonl), or :name, a built-in scenario
POS   start, end, event=N, jiffies=N (the last position of that jiffy), time=1.250s

run:
  --until POS    stop there
  --export OUT   write the run too; the suffix tells the format (jiffyscope list exporters);
                 may be repeated. .trace.json has virtual time, .logical.trace.json a second a tick
  --quiet        no events, only the totals
  --all          every event
  --opening      only the events of the tick at the scenario's opening position and of the next two
  --hz, --bits   for a trace: ticks a second and word size, instead of those found by fit
  --timers NAME  the timer algorithm
  --scheme       who tells the loop that the interval has passed: setitimer() and a pipe that the
                 signal's handler writes (signal), a timerfd, or a signalfd
  --busy TIME    each handler of I/O takes that long on top: alarms then come together

render:
  --timers NAME  the timer algorithm; with --view compare the columns, with commas between: the
                 first leads

compare:
  --timers       the algorithms; without it those that the scenario names, else sorted-list,
                 wheel-3.9 and wheel-6.1
  --until POS    an instant, for all of them
  --export OUT   .csv: the work of each tick on each algorithm; .accounts.csv: the accounts,
                 with the event that caused each extreme

Exit status: 0 done; 1 the input is wrong or cannot be read, or an expectation failed;
2 wrong usage; 3 the system failed (cannot write, no display).
)";
}

} // namespace jiffy::app
