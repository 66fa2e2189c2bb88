// SPDX-License-Identifier: GPL-3.0-or-later
// Paired samples of two sides measured in turn (A, B, A, B, ...), and the closing table that says of each
// goal what came out. Only ratios within one run mean anything: the machine is shared and its speed moves.
#pragma once

#include <benchmark/benchmark.h>
#include <cstdint>
#include <ctime>
#include <string>
#include <vector>

namespace jiffy::bench
{

/// What main() was asked for.
struct Options
{
    bool large = false; ///< 10^7 timers, too: some GB and minutes
    bool smoke = false; ///< everything once and small: does it run at all?
};
const Options& options();
void setOptions(const Options& o);

/// CPU time of this thread in ns.
inline double threadTime()
{
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

/// ns that work() takes, divided by n, without the cost of reading the clock.
template <class Work> double nsEach(std::uint64_t n, Work&& work)
{
    static const double overhead = [] {
        const double start = threadTime();
        for (int i = 0; i < 1000; ++i)
            benchmark::DoNotOptimize(threadTime());
        return (threadTime() - start) / 1001;
    }();
    const double start = threadTime();
    work();
    const double ns = threadTime() - start - overhead;
    return (ns > 0 ? ns : 0) / static_cast<double>(n);
}

double median(std::vector<double> values);
double quantile(std::vector<double> values, double q);

/// Samples of "ours" and of what it is held against, in pairs.
class Paired
{
  public:
    void add(double ours, double theirs);
    double ours() const { return median(m_ours); }
    double theirs() const { return median(m_theirs); }
    double ratio() const { return median(m_ratios); } ///< median of the pairs' ratios

  private:
    std::vector<double> m_ours, m_theirs, m_ratios;
};

enum class Bound
{
    AtMost,
    AtLeast,
    None
};

/// One line of the closing table.
struct Finding
{
    int goal = 0;
    std::string what; ///< "add 1e5"
    double value = 0;
    std::string unit; ///< "of reference", "ns", ...
    Bound bound = Bound::None;
    double limit = 0;
    std::string detail; ///< "4.4 ns, reference 5.3 ns"; may be empty
};

/// Keeps it for the closing table and shows it as a counter of the running benchmark, too.
void report(benchmark::State& state, Finding f);
/// report() of a ratio, with both medians as detail.
void reportRatio(benchmark::State& state, int goal, const std::string& what, const Paired& p,
                 const std::string& against, double limit);
void printFindings();

/// "4.40 ns".
std::string nsText(double ns);
/// "4.40 ms".
std::string millisecondsText(double ns);
/// "1e5" for 100000.
std::string shortNumber(std::uint64_t n);

} // namespace jiffy::bench
