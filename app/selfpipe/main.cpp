// SPDX-License-Identifier: GPL-3.0-or-later
// jiffyscope-selfpipe: performs a workload of tgtd for real and writes what happens to standard output, as JSON lines
// (core/export/README.md). Started by the program; of use by itself, too.
//
// Ends cleanly on SIGTERM, SIGINT and when its time is over; when nobody reads any more; and with its parent, whatever
// became of that one.
#include "app/selfpipe/performer.h"
#include "core/scenario/open.h"
#include "core/scenario/position_spec.h"
#include "resources/builtin.h"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>
#include <sys/prctl.h>
#include <unistd.h>

namespace
{

using namespace jiffy;

constexpr const char* usage =
    "usage: jiffyscope-selfpipe WORKLOAD [--scheme signal|timerfd|signalfd] [--interval 250ms] [--for 5s] [--busy 0ms]\n"
    "       WORKLOAD: a scenario, vector or log of tgtd; :name, a built-in scenario; - for standard input\n"
    "Performs the workload with the real calls and writes what happens as JSON lines.\n";

struct Options
{
    core::LiveSettings settings;
    std::string workload;
    long parent = 0; ///< 0: whoever it is
};

/// Microseconds within bounds.
bool readTime(const char* text, std::uint64_t least, std::uint64_t most, std::uint64_t& to)
{
    const auto time = core::parseTime(text);
    if (!time || *time % 1000 != 0) return false;
    to = static_cast<std::uint64_t>(*time) / 1000;
    return to >= least && to <= most;
}

bool readOption(const std::string& name, const char* value, Options& o)
{
    using core::LiveSettings;
    if (name == "--interval") return readTime(value, LiveSettings::leastInterval, LiveSettings::mostInterval, o.settings.interval);
    if (name == "--for") return readTime(value, LiveSettings::leastDuration, LiveSettings::mostDuration, o.settings.duration);
    if (name == "--busy") return readTime(value, 0, LiveSettings::mostBusy, o.settings.busy);
    if (name == "--parent") {
        const auto [end, error] = std::from_chars(value, value + std::strlen(value), o.parent);
        return error == std::errc() && *end == '\0' && o.parent > 0;
    }
    if (name != "--scheme") return false;
    const auto scheme = core::liveSchemeNamed(value);
    if (scheme) o.settings.scheme = *scheme;
    return scheme.has_value();
}

int wrongUsage(const std::string& what)
{
    std::fprintf(stderr, "jiffyscope-selfpipe: %s\n%s", what.c_str(), usage);
    return 2;
}

/// Dies with its parent, even while it is stopped. False: the parent has died already.
bool followParent(long expected)
{
    const pid_t before = getppid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const pid_t now = getppid();
    return now == before && (expected == 0 || now == expected);
}

std::optional<std::string> builtin(std::string_view name)
{
    const auto* found = resources::builtin(name);
    if (found == nullptr) return {};
    return std::string(found->text);
}

int perform(const Options& o)
{
    const auto opened = core::openFile(o.workload == "-" ? "/dev/stdin" : o.workload, builtin);
    if (!opened) {
        std::fputs(core::toText(opened.error()).c_str(), stderr);
        return 1;
    }
    if (opened->inputs->driver != core::Driver::Daemon) {
        std::fprintf(stderr, "error: %s is a workload of the timer wheel; only one of tgtd can be performed\n", o.workload.c_str());
        return 1;
    }
    selfpipe::Performer performer(core::liveInputs(*opened->inputs, o.settings), o.settings, STDOUT_FILENO);
    const std::string problem = performer.perform();
    if (problem.empty()) return 0;
    std::fprintf(stderr, "error: %s\n", problem.c_str());
    return 3;
}

} // namespace

int main(int argc, char** argv)
{
    Options o;
    for (int i = 1; i < argc; ++i) {
        const std::string arg = argv[i];
        if (arg == "--help" || arg == "-h") {
            std::fputs(usage, stdout);
            return 0;
        }
        if (arg.size() > 1 && arg.front() == '-') {
            if (i + 1 == argc) return wrongUsage(arg + " needs a value, or is no option");
            if (!readOption(arg, argv[++i], o)) return wrongUsage(arg + " " + argv[i] + ": no such option, or the value does not do");
        } else if (!o.workload.empty() || arg.empty()) {
            return wrongUsage("one workload is enough");
        } else {
            o.workload = arg;
        }
    }
    if (o.workload.empty()) return wrongUsage("WORKLOAD is missing");
    if (!followParent(o.parent)) return 3;
    try {
        return perform(o);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "error: %s\n", e.what());
    }
    return 3;
}
