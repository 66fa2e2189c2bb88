// SPDX-License-Identifier: GPL-3.0-or-later
// Goal 6: text out and in. JSON lines against the bare cost of writing the same numbers; a kernel trace of 2.1 million
// events into inputs. Times are of the thread, so a busy machine does not count.
#include "core/export/exporter.h"
#include "core/run/run.h"
#include "core/trace/import.h"
#include "tests/bench/report.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <memory>
#include <unistd.h>

namespace jiffy::bench
{
namespace
{

class Folder
{
  public:
    Folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "jiffyscope-bench-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) m_path = name;
    }
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string file(const char* name) const { return (m_path / name).string(); }

  private:
    std::filesystem::path m_path;
};

/// Most memory that work() had beyond what was there before, in MB; 0 where the system does not tell.
template <class Work> double peakMegabytes(Work&& work)
{
    const auto field = [](const char* key) {
        std::ifstream status("/proc/self/status");
        std::string line;
        while (std::getline(status, line))
            if (line.starts_with(key)) return std::strtod(line.c_str() + std::char_traits<char>::length(key), nullptr) / 1024;
        return 0.0;
    };
    std::ofstream("/proc/self/clear_refs") << "5"; // the peak starts anew
    const double before = field("VmRSS:");
    work();
    return std::max(0.0, field("VmHWM:") - before);
}

core::InputsPtr busyInputs(std::uint32_t timers, std::uint64_t ticks)
{
    auto in = std::make_shared<core::Inputs>();
    in->names = {"t"};
    in->machine.cpus = 4;
    in->untilTicks = ticks;
    std::uint64_t seed = 88172645463325252ull;
    const auto random = [&] {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        return seed;
    };
    for (std::uint32_t i = 0; i < timers; ++i) {
        core::TimerSpec t;
        t.number = i + 1;
        t.slack = 0;
        t.firstStep = i;
        t.stepCount = 1;
        in->timers.push_back(t);
        core::CallbackStep again;
        again.delta = static_cast<std::int64_t>(1 + random() % 2000);
        in->steps.push_back(again);
        core::Action a;
        a.expires = 1 + random() % 2000;
        a.timer = core::TimerId(i);
        a.cpu = static_cast<std::uint8_t>(i % 4);
        in->actions.push_back(a);
    }
    return in;
}

/// The numbers of every event with a separator each, through a buffer into a file: what cannot be saved.
void writeBare(const core::LogView& log, const std::string& path)
{
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    std::string buffer(256 * 1024, '\0');
    char *at = buffer.data(), *const end = at + buffer.size() - 256;
    const auto number = [&](std::uint64_t v) {
        at = std::to_chars(at, at + 20, v).ptr;
        *at++ = ',';
    };
    const auto flush = [&] {
        if (::write(fd, buffer.data(), static_cast<std::size_t>(at - buffer.data())) < 0) std::abort();
        at = buffer.data();
    };
    for (std::uint64_t i = 0; i < log.size(); ++i) {
        const auto& r = log[i];
        number(i);
        number(r.value); // in place of jiffies, which have as many digits
        for (const std::uint64_t v : {std::uint64_t{r.cpu}, std::uint64_t{r.item.value}, std::uint64_t{r.slot}, std::uint64_t{r.link},
                                      r.value, r.before, std::uint64_t{r.flags}})
            number(v);
        if (at > end) flush();
    }
    flush();
    ::close(fd);
}

void exportJsonLines(benchmark::State& state)
{
    const Folder folder;
    const auto inputs = busyInputs(options().smoke ? 200 : 20'000, options().smoke ? 2'000 : 9'000);
    const auto run = core::runAll(inputs);
    const auto& exporter = *core::exporterFor("x.jsonl");
    const std::uint64_t n = run.log.size();
    Paired lines;
    double megabytes = 0;
    for (auto _ : state) {
        for (int r = 0; r < (options().smoke ? 1 : 7); ++r) {
            double ours = 0;
            megabytes = std::max(megabytes, peakMegabytes([&] {
                ours = nsEach(n, [&] {
                    if (!core::exportTo(exporter, *inputs, run, folder.file("x.jsonl"))) std::abort();
                });
            }));
            lines.add(ours, nsEach(n, [&] { writeBare(run.log, folder.file("bare")); }));
        }
    }
    reportRatio(state, 6, "JSON lines, " + shortNumber(n) + " events", lines, "bare", 3);
    report(state, {6, "memory of the export", megabytes, "MB", Bound::AtMost, 16, {}});
    for (const char* suffix : {".csv", ".trace.json"}) {
        const auto path = folder.file("y") + suffix;
        double ns = 0;
        const double mb = peakMegabytes([&] {
            ns = nsEach(n, [&] {
                if (!core::exportTo(*core::exporterFor(path), *inputs, run, path)) std::abort();
            });
        });
        report(state, {6, std::string("memory of ") + suffix, mb, "MB", Bound::AtMost, 16, nsText(ns) + " an event"});
    }
}

/// A trace as the kernel prints it: timers of four CPUs that are armed, cancelled and called, with the softirqs around.
std::uint64_t writeTrace(const std::string& path, std::uint64_t events)
{
    std::ofstream out(path);
    out << "# tracer: nop\n#\n# entries-in-buffer/entries-written: " << events << '/' << events << "   #P:4\n#\n";
    constexpr std::uint64_t first = 4294892296, timers = 4096;
    std::vector<std::uint64_t> due(timers, 0);
    std::uint64_t n = 0, seed = 1;
    char line[256];
    for (std::uint64_t tick = 1; n < events; ++tick) {
        double now = 100 + static_cast<double>(tick) * .004;
        const auto say = [&](int cpu, const char* event, const char* format, auto... values) {
            int used = std::snprintf(line, sizeof line, "          <idle>-0       [%03d] ..s1. %12.6f: %s: ", cpu, now, event);
            used += std::snprintf(line + used, sizeof line - static_cast<std::size_t>(used), format, values...);
            line[used] = '\n';
            out.write(line, used + 1);
            now += .000002;
            ++n;
        };
        for (std::uint64_t k = 0; k < 24; ++k) {
            const std::uint64_t t = (tick * 24 + k) % timers;
            const auto address = 0xffff888000000000ull + t * 64;
            const int cpu = static_cast<int>(t & 3);
            if (due[t] != 0 && due[t] <= tick) {
                say(cpu, "softirq_entry", "vec=1 [action=TIMER]");
                say(cpu, "timer_cancel", "timer=%016llx", static_cast<unsigned long long>(address));
                say(cpu, "timer_expire_entry", "timer=%016llx function=tick_fn now=%llu baseclk=%llu", static_cast<unsigned long long>(address),
                    static_cast<unsigned long long>(first + tick), static_cast<unsigned long long>(first + tick));
                say(cpu, "timer_expire_exit", "timer=%016llx", static_cast<unsigned long long>(address));
                say(cpu, "softirq_exit", "vec=1 [action=TIMER]");
                due[t] = 0;
            } else if (due[t] != 0) {
                say(cpu, "timer_cancel", "timer=%016llx", static_cast<unsigned long long>(address));
                due[t] = 0;
            }
            seed = seed * 6364136223846793005ull + 1442695040888963407ull;
            const std::uint64_t timeout = 2 + (seed >> 33) % 400;
            due[t] = tick + timeout;
            say(cpu, "timer_start", "timer=%016llx function=tick_fn expires=%llu [timeout=%llu] cpu=%d idx=0 flags=",
                static_cast<unsigned long long>(address), static_cast<unsigned long long>(first + due[t]),
                static_cast<unsigned long long>(timeout), cpu);
        }
    }
    return n;
}

void importTrace(benchmark::State& state)
{
    const Folder folder;
    const auto path = folder.file("trace.txt");
    const std::uint64_t n = writeTrace(path, options().smoke ? 21'000 : 2'100'000);
    const auto size = static_cast<double>(std::filesystem::file_size(path));
    std::vector<double> seconds, megabytes, firsts, gaps, cancels;
    for (auto _ : state) {
        for (int r = 0; r < (options().smoke ? 1 : 3); ++r) {
            double first = 0, gap = 0, spent = 0;
            megabytes.push_back(peakMegabytes([&] {
                std::ifstream in(path);
                const double start = threadTime();
                double last = start;
                const auto inputs = core::importTrace(in, path, {}, [&](std::uint64_t) {
                    const double now = threadTime();
                    if (first == 0) first = now - start;
                    gap = std::max(gap, now - last);
                    last = now;
                    return true;
                });
                if (!inputs) std::abort();
                spent = threadTime() - start;
                gap = std::max(gap, threadTime() - last); // behind the last line there is work, too
            }));
            seconds.push_back(spent * 1e-9);
            firsts.push_back(first * 1e-9);
            gaps.push_back(gap * 1e-9);
            // Somebody changes their mind half way.
            std::ifstream in(path);
            double asked = 0;
            const auto inputs = core::importTrace(in, path, {}, [&](std::uint64_t bytes) {
                if (static_cast<double>(bytes) < size / 2) return true;
                asked = threadTime();
                return false;
            });
            if (inputs) std::abort();
            cancels.push_back((threadTime() - asked) * 1e-9);
        }
    }
    const std::string what = "import of " + shortNumber(n) + " trace events: ";
    report(state, {6, what + "time", median(seconds), "s", Bound::AtMost, 3,
                   std::to_string(static_cast<int>(size / 1e6)) + " MB of text"});
    report(state, {6, what + "memory", quantile(megabytes, 1), "MB", Bound::AtMost, 300, {}});
    report(state, {6, what + "first progress", median(firsts), "s", Bound::AtMost, .2, {}});
    report(state, {6, what + "longest time between two chances to cancel", quantile(gaps, 1), "s", Bound::AtMost, .1, {}});
    report(state, {6, what + "from cancel to the end", quantile(cancels, 1), "s", Bound::AtMost, .1, {}});
}

} // namespace

void registerText()
{
    benchmark::RegisterBenchmark("goal6/export", exportJsonLines)->Iterations(1)->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("goal6/import", importTrace)->Iterations(1)->Unit(benchmark::kMillisecond);
}

} // namespace jiffy::bench
