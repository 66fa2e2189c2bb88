// SPDX-License-Identifier: GPL-3.0-or-later
// Real recordings: their counts, found by a program of another making, and the three layouts against each
// other.
#include "tests/trace/trace_text.h"

#include <algorithm>
#include <regex>

using namespace jiffy::core;
using namespace jiffy::core::test;

namespace
{

struct Expected
{
    const char* file;
    std::size_t starts, fires, cancels;
    int bits;
    const char* layout;
};

std::size_t count(const Inputs& inputs, Call call)
{
    return static_cast<std::size_t>(std::count_if(inputs.actions.begin(), inputs.actions.end(),
                                                  [call](const Action& a) { return a.call == call; }));
}

std::size_t occurrences(const std::string& text, const std::string& part)
{
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++n;
    return n;
}

/// The same event as perf script prints it.
std::string asPerfScript(const std::string& report)
{
    static const std::regex line(R"(^ *(.*)-(\d+) +\[(\d+)\] +([0-9.]+): (\w+): +(.*)$)");
    std::istringstream in(report);
    std::string out;
    for (std::string text; std::getline(in, text);) {
        std::smatch m;
        if (!std::regex_match(text, m, line)) continue;
        const auto event = m[5].str();
        const auto comm = m[1] == "<idle>" ? "swapper" : m[1].str();
        out += comm + "   " + m[2].str() + " [" + m[3].str() + "]    " + m[4].str() + ":     " +
               (event.starts_with("softirq") ? "irq:" : "timer:") + event + ": " + m[6].str() + "\n";
    }
    return out;
}

} // namespace

class Recordings : public testing::TestWithParam<Expected>
{
};

TEST_P(Recordings, GiveAllTheirStartsAndFires)
{
    const auto& p = GetParam();
    const auto text = recording(p.file);
    EXPECT_EQ(occurrences(text, "timer_start: ") - occurrences(text, "hrtimer_start: "), p.starts);
    const auto inputs = import(text);
    EXPECT_EQ(inputs.machine.hz.value, 250u);
    EXPECT_EQ(inputs.machine.word.bits(), p.bits);
    EXPECT_EQ(inputs.machine.cpus, 2);
    EXPECT_EQ(inputs.machine.timers, TimerAlgorithm::Wheel61) << "the wheel that the kernel has";
    EXPECT_EQ(count(inputs, Call::ModTimer), p.starts);
    EXPECT_EQ(count(inputs, Call::MachineFired), p.fires);
    EXPECT_EQ(count(inputs, Call::DelTimer), p.cancels);
    EXPECT_TRUE(hasRemark(inputs, p.layout)) << inputs.remarks.front();
    EXPECT_FALSE(hasRemark(inputs, "could not be read"));
    EXPECT_FALSE(hasRemark(inputs, "cannot follow"));
}

INSTANTIATE_TEST_SUITE_P(
    Real, Recordings,
    testing::Values(Expected{"k5.10.txt", 190, 101, 36, 64, "the kernel's own trace text"},
                    Expected{"k6.1.txt", 356, 203, 61, 64, "the kernel's own trace text"},
                    Expected{"k6.1.report.txt", 356, 203, 61, 64, "text of trace-cmd report,"},
                    Expected{"k6.1.report-raw.txt", 356, 203, 61, 64, "text of trace-cmd report -R,"},
                    Expected{"k6.1.perf-script.txt", 76, 41, 10, 64, "text of perf script,"},
                    Expected{"k6.12.txt", 166, 89, 35, 64, "the kernel's own trace text"},
                    Expected{"k6.1-686.wrap.txt", 195, 110, 60, 32, "the kernel's own trace text"}));

TEST(Recording, IsTheSameInAllLayouts)
{
    const auto text = import(recording("k6.1.txt"));
    const auto report = import(recording("k6.1.report.txt"));
    const auto raw = import(recording("k6.1.report-raw.txt"));
    const auto perf = import(asPerfScript(recording("k6.1.report.txt")));
    EXPECT_TRUE(hasRemark(perf, "text of perf script"));
    EXPECT_EQ(text.actions, report.actions);
    EXPECT_EQ(text.actions, raw.actions);
    EXPECT_EQ(text.actions, perf.actions);
    EXPECT_EQ(text.names, perf.names);
    // Flags are true in the kernel's text and in raw fields only.
    EXPECT_EQ(text.timers, raw.timers);
    const auto hasFlags = [](const TimerSpec& t) { return t.flags != 0; };
    EXPECT_TRUE(std::any_of(raw.timers.begin(), raw.timers.end(), hasFlags));
    EXPECT_FALSE(std::any_of(report.timers.begin(), report.timers.end(), hasFlags));
}

TEST(Recording, GoesOnThroughTheWrap)
{
    const auto inputs = import(recording("k6.1-686.wrap.txt"));
    const auto word = inputs.machine.word;
    EXPECT_GT(inputs.machine.jiffies, 0xFFFF0000u);
    EXPECT_LT(inputs.actions.back().tick, 1000u);
    bool passesZero = false;
    for (const auto& a : inputs.actions) {
        if (a.call != Call::MachineFired) continue;
        // Where jiffies are printed the tick is theirs.
        EXPECT_EQ(word.distance(a.expires, inputs.machine.jiffies), a.tick);
        passesZero = passesZero || a.expires < 1000;
    }
    EXPECT_TRUE(passesZero);
    EXPECT_TRUE(hasRemark(inputs, "32-bit words, because jiffies wrap to 0"));
}

TEST(Recording, WithoutNamesIsRefused)
{
    EXPECT_EQ(importError(recording("k6.1.early-ptrval.txt")),
              "trace.txt: error: all timers print as (____ptrval____) and cannot be told apart: the kernel "
              "had no random numbers "
              "yet to hash pointers with; record later after boot, or boot with no_hash_pointers\n");
}
