// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trace/trace_text.h"

using namespace jiffy::core;
using namespace jiffy::core::test;

namespace
{

/// A timer that is started again and again on a machine with this HZ.
std::string ticking(double hz, int points, Jiffies from = 4294900000,
                    const char* pointer = "00000000000000aa")
{
    std::string out;
    for (int i = 0; i < points; ++i) {
        const auto now = from + static_cast<Jiffies>(i) * 5;
        char line[200];
        std::snprintf(
            line, sizeof line,
            "a-1 [000] d... %.6f: timer_start: timer=%s function=f expires=%llu [timeout=5] flags=\n",
            10 + i * 5 / hz, pointer, static_cast<unsigned long long>(now + 5));
        out += line;
    }
    return out;
}

} // namespace

TEST(TraceFit, FindsTheUsualHz)
{
    for (const std::uint32_t hz : {100u, 250u, 300u, 1000u}) {
        const auto inputs = import(ticking(hz, 100));
        EXPECT_EQ(inputs.machine.hz.value, hz);
        EXPECT_TRUE(hasRemark(inputs, "HZ is " + std::to_string(hz) + ", fitted from 100 points over"))
            << inputs.remarks[1];
    }
}

TEST(TraceFit, SaysWhenHzIsDoubtful)
{
    const auto inputs = import(ticking(500, 100));
    EXPECT_TRUE(hasRemark(inputs, "HZ is doubtful: 100 points give 500.0 jiffies a second"));
    EXPECT_TRUE(inputs.machine.hz.value == 300 || inputs.machine.hz.value == 1000);
}

TEST(TraceFit, TakesTheHzAndBitsThatWereAskedFor)
{
    TraceOptions options;
    options.hz = 1024;
    options.bits = 32;
    const auto inputs = import(ticking(250, 100), options);
    EXPECT_EQ(inputs.machine.hz.value, 1024u);
    EXPECT_EQ(inputs.machine.word.bits(), 32);
    EXPECT_TRUE(hasRemark(inputs, "HZ is 1024, as asked for."));
    EXPECT_TRUE(hasRemark(inputs, "The machine has 32-bit words, as asked for."));
}

TEST(TraceFit, RefusesImpossibleOverrides)
{
    TraceOptions options;
    options.bits = 16;
    EXPECT_EQ(importError(ticking(250, 9), options), "error: words have 32 or 64 bits, not 16\n");
    options.bits = 32;
    options.hz = 0;
    EXPECT_EQ(importError(ticking(250, 9), options), "error: HZ is 1 to 100000, not 0\n");
}

TEST(TraceFit, SaysThatARecordingIsTooShort)
{
    const auto inputs = import(ticking(1000, 3));
    EXPECT_EQ(inputs.machine.hz.value, 250u);
    EXPECT_TRUE(hasRemark(inputs, "HZ could not be fitted because the recording is too short"));
}

TEST(TraceFit, SaysThatACounterClockTellsNoHz)
{
    std::string text;
    for (int i = 0; i < 50; ++i)
        text += "a-1 [000] d... " + std::to_string(i * 1000) +
                ": timer_start: timer=00000000000000aa function=f expires=" + std::to_string(5000 + i) +
                " [timeout=5] flags=\n";
    EXPECT_TRUE(hasRemark(import(text), "the trace clock does not count seconds"));
}

TEST(TraceFit, TellsTheWordFromSizesAndPointers)
{
    EXPECT_EQ(import(ticking(250, 50)).machine.word.bits(), 64);                            // 16 digits
    EXPECT_EQ(import(ticking(250, 50, 5'000'000'000)).machine.word.bits(), 64);             // past 2^32
    EXPECT_EQ(import(ticking(250, 50, 4294900000, "000000aa")).machine.word.bits(), 32);    // 8 digits
    EXPECT_EQ(import(ticking(250, 50, 5'000'000'000, "000000aa")).machine.word.bits(), 64); // sizes win
}

TEST(TraceFit, TellsTheWordFromAWrap)
{
    const std::string text = ticking(250, 50, 0xFFFFFFF0u, "0xaa");
    // The generator does not wrap; reduce what it prints as a 32-bit kernel would.
    std::string wrapped;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        const auto at = line.find("expires=") + 8;
        const auto end = line.find(' ', at);
        const auto value = std::stoull(line.substr(at, end - at)) & 0xFFFFFFFFu;
        wrapped += line.substr(0, at) + std::to_string(value) + line.substr(end) + "\n";
    }
    const auto inputs = import(wrapped);
    EXPECT_EQ(inputs.machine.word.bits(), 32);
    EXPECT_EQ(inputs.actions.back().tick, 49u * 5);
    EXPECT_TRUE(hasRemark(inputs, "because jiffies wrap to 0"));
}
