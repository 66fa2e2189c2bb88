// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/live_figures.h"
#include "core/run/run.h"
#include "core/scenario/ops_reader.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

/// A log made by hand: instants in ns.
class Told
{
  public:
    Told() { m_inputs.daemon.interval = 100; }

    Told& at(std::uint64_t ns)
    {
        Record r;
        r.kind = Kind::ClockSet;
        r.site = Site::Wait;
        r.before = m_ns / 1000;
        r.value = ns / 1000;
        r.setTicks(ns / 1000 - m_ns / 1000);
        m_log.append(r);
        r = {};
        r.kind = Kind::ClockSet;
        r.site = Site::SubTick;
        r.setTicks(0);
        r.before = m_ns % 1000;
        r.value = ns % 1000;
        m_log.append(r);
        m_ns = ns;
        return *this;
    }
    Told& set(Register which, std::uint64_t before, std::uint64_t value)
    {
        Record r;
        r.kind = Kind::RegisterSet;
        r.slot = static_cast<std::uint32_t>(which);
        r.before = before;
        r.value = value;
        m_log.append(r);
        return *this;
    }
    Told& record(Kind kind, Site site)
    {
        Record r;
        r.kind = kind;
        r.site = site;
        m_log.append(r);
        return *this;
    }
    Told& alarm(bool writes)
    {
        record(Kind::Raised, Site::Alarm).record(Kind::Entered, Site::WorkTimerSigHandler);
        if (writes) set(Register::PipeBytes, 0, 4);
        return record(Kind::Left, Site::WorkTimerSigHandler);
    }
    AlarmLateness fold() const
    {
        AlarmLateness late(m_inputs);
        late.extend(m_log.view());
        return late;
    }
    const Log& log() const { return m_log; }
    const Inputs& inputs() const { return m_inputs; }

  private:
    Inputs m_inputs;
    Log m_log;
    std::uint64_t m_ns = 0;
};

using Values = std::vector<std::int64_t>;

/// Armed at 5.3 us, every 100 us.
Told threeAlarms()
{
    Told t;
    t.at(5'300).set(Register::AlarmSince, ~0ull, 5);
    t.at(105'900).alarm(true);
    t.at(107'000).set(Register::PipeBytes, 4, 0);
    t.at(107'450).record(Kind::Fired, Site::ExecuteWork);
    t.at(205'301).alarm(true);
    t.at(305'400).alarm(false);
    t.at(330'301).set(Register::PipeBytes, 4, 0);
    return t;
}

} // namespace

TEST(AlarmLateness, CountsNanosecondsFromWhatWasDue)
{
    const auto late = threeAlarms().fold();
    EXPECT_EQ(late.alarm(), (Values{600, 1, 100}));
    EXPECT_EQ(late.read(), (Values{1100, 125'000})) << "from the signal that wrote";
    EXPECT_EQ(late.func(), (Values{450}));
}

TEST(AlarmLateness, AnAlarmThatCameLateStandsForThoseBehindIt)
{
    Told t;
    t.at(0).set(Register::AlarmSince, ~0ull, 0);
    t.at(100'050).alarm(false);
    t.at(480'000).alarm(false); // held: due at 200 us, and those at 300 and 400 came to nothing
    t.at(500'030).alarm(false);
    EXPECT_EQ(t.fold().alarm(), (Values{50, 280'000, 30}));
}

TEST(AlarmLateness, ATimerFdHasNoSignal)
{
    Told t;
    t.at(0).set(Register::AlarmSince, ~0ull, 0);
    t.at(100'000).set(Register::Expirations, 0, 1);
    t.at(140'000).set(Register::Expirations, 1, 0);
    EXPECT_TRUE(t.fold().alarm().empty());
    EXPECT_EQ(t.fold().read(), (Values{40'000}));
}

TEST(AlarmLateness, ExtendsAsTheLogGrows)
{
    const auto t = threeAlarms();
    AlarmLateness late(t.inputs());
    for (std::uint64_t n = 0; n <= t.log().size(); n += 2) late.extend(t.log().view().prefix(n));
    late.extend(t.log().view());
    EXPECT_EQ(late.alarm(), t.fold().alarm());
    EXPECT_EQ(late.read(), t.fold().read());
}

TEST(AlarmLateness, InTheModelNothingIsLateButTheWork)
{
    const auto inputs = readOps("scheduler new\nwork a\nat 100 add a 1\nuntil 2000\n", "a.ops").value();
    const Snapshot run = runAll(std::make_shared<const Inputs>(inputs));
    const auto figures = latenessFigures(inputs, run.log);
    EXPECT_EQ(figures.alarm.count, 8u);
    EXPECT_EQ(figures.alarm.max, 0);
    EXPECT_EQ(figures.read.max, 0);
    EXPECT_EQ(figures.func.max, 0);
    EXPECT_EQ(figures.work.count, 1u);
    EXPECT_EQ(figures.work.max, 150'000'000);
    EXPECT_TRUE(liveSummary(inputs, run).empty()) << "it is no recording";
}

TEST(AlarmLateness, DurationsHaveThreeDigits)
{
    EXPECT_EQ(durationText(0), "0 ns");
    EXPECT_EQ(durationText(999), "999 ns");
    EXPECT_EQ(durationText(58'120), "58.1 us");
    EXPECT_EQ(durationText(1'239'999), "1.23 ms");
    EXPECT_EQ(durationText(-250'000'000), "-250 ms");
    EXPECT_EQ(durationText(12'000'000'000), "12.0 s");
    EXPECT_EQ(toText(statisticsOf({58'120})), "1 time: 58.1 us least, 58.1 us median, 58.1 us at 95 %, 58.1 us most");
    EXPECT_EQ(toText(Statistics{}), "never");
}
