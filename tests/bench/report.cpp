// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/report.h"

#include <algorithm>
#include <cstdio>

namespace jiffy::bench
{
namespace
{

Options theOptions;
std::vector<Finding> findings;

std::string number(double v)
{
    char text[32];
    std::snprintf(text, sizeof text, v >= 100 ? "%.0f" : v >= 10 ? "%.1f" : "%.2f", v);
    return text;
}

} // namespace

const Options& options()
{
    return theOptions;
}
void setOptions(const Options& o)
{
    theOptions = o;
}

double quantile(std::vector<double> values, double q)
{
    if (values.empty()) return 0;
    const auto at = static_cast<std::size_t>(q * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
    return values[at];
}

double median(std::vector<double> values)
{
    return quantile(std::move(values), 0.5);
}

void Paired::add(double ours, double theirs)
{
    m_ours.push_back(ours);
    m_theirs.push_back(theirs);
    if (theirs > 0) m_ratios.push_back(ours / theirs);
}

void report(benchmark::State& state, Finding f)
{
    state.counters[f.what] = f.value;
    findings.push_back(std::move(f));
}

void reportRatio(benchmark::State& state, int goal, const std::string& what, const Paired& p,
                 const std::string& against, double limit)
{
    report(state, {goal, what, p.ratio(), "of " + against, Bound::AtMost, limit,
                   nsText(p.ours()) + ", " + against + " " + nsText(p.theirs())});
}

void printFindings()
{
    std::stable_sort(findings.begin(), findings.end(),
                     [](const auto& a, const auto& b) { return a.goal < b.goal; });
    std::printf("\n");
    for (const auto& f : findings) {
        std::string line =
            "goal " + std::to_string(f.goal) + ": " + f.what + ": " + number(f.value) + " " + f.unit;
        if (f.bound != Bound::None) {
            const bool met = f.bound == Bound::AtMost ? f.value <= f.limit : f.value >= f.limit;
            line += std::string(" (goal ") + (f.bound == Bound::AtMost ? "at most " : "at least ") +
                    number(f.limit) + (met ? ", met)" : ", MISSED)");
        }
        if (!f.detail.empty()) line += "  [" + f.detail + "]";
        std::printf("%s\n", line.c_str());
    }
    std::fflush(stdout);
}

std::string nsText(double ns)
{
    return number(ns) + " ns";
}

std::string millisecondsText(double ns)
{
    return number(ns / 1e6) + " ms";
}

std::string shortNumber(std::uint64_t n)
{
    int zeros = 0;
    while (n >= 10 && n % 10 == 0) {
        n /= 10;
        ++zeros;
    }
    return zeros < 3 ? std::to_string(n) + std::string(static_cast<std::size_t>(zeros), '0')
                     : std::to_string(n) + "e" + std::to_string(zeros);
}

} // namespace jiffy::bench
