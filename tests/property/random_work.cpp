// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/property/random_work.h"

#include "core/base/random.h"
#include "core/scenario/reader.h"
#include "core/scenario/work_notation.h"

#include <gtest/gtest.h>
#include <ostream>

namespace jiffy::tests
{

using namespace core;

namespace
{

/// By way of a document, so that the compiler of scenarios is tried as well.
class Maker
{
  public:
    explicit Maker(const WorkCase& c) : m_random{c.seed}, m_count(c.actions) {}

    Inputs make()
    {
        auto& d = m_scenario.daemon.emplace();
        d.scheduler = static_cast<WorkScheduler>(upTo(2));
        if (chance(3)) d.interval = time(3);
        if (chance(4)) d.batch = 1 + upTo(3);
        if (chance(4)) d.start = time(5);
        if (chance(2))
            for (auto& cost : d.costs)
                if (chance(2))
                    cost = said(microsecondsText(chance(6) ? 100'000 + upTo(500'000) : upTo(2'000)));
        d.failPipe = chance(20);
        if (chance(8)) d.failWrite = 1 + upTo(5);
        d.files = {{said("login"), 9, {}}, {said("slow disk"), 11, {}}};
        m_items = static_cast<std::uint32_t>(1 + upTo(7));
        for (std::uint32_t i = 0; i < m_items; ++i)
            item(d, i);
        for (int i = 0; i < m_count; ++i)
            d.actions.push_back(action());
        if (chance(5)) d.actions.push_back(shutdown());
        m_scenario.until = said(microsecondsText(1'000'000 + upTo(12'000'000)));
        m_scenario.limit = 6000;
        auto inputs = compile(m_scenario);
        EXPECT_TRUE(inputs.has_value()) << (inputs ? std::string() : toText(inputs.error()));
        return inputs ? *inputs : Inputs{};
    }

  private:
    std::uint64_t upTo(std::uint64_t n) { return m_random.between(0, n); }
    bool chance(std::uint64_t of) { return upTo(of - 1) == 0; }
    static Spelling said(std::string text) { return {std::move(text), {}}; }
    /// On the grid of the alarms, on a coarse one, or anywhere; never 0.
    Spelling time(std::uint64_t seconds)
    {
        switch (upTo(2)) {
        case 0:
            return said(microsecondsText(250'000 * (1 + upTo(4 * seconds))));
        case 1:
            return said(microsecondsText(50'000 * (1 + upTo(20 * seconds))));
        default:
            return said(microsecondsText(1 + upTo(1'000'000 * seconds)));
        }
    }
    Spelling name() { return said("w" + std::to_string(upTo(m_items - 1))); }
    std::uint64_t seconds() { return chance(3) ? 0 : upTo(5); }

    void item(ScenarioDaemon& d, std::uint32_t n)
    {
        WorkItem item;
        item.name = said("w" + std::to_string(n));
        for (auto k = upTo(2); k > 0; --k) {
            using What = CallbackStep::What;
            WorkStep step;
            switch (upTo(3)) {
            case 0:
                step.duration = time(1);
                break;
            case 1:
                step.what = What::Rearm;
                step.seconds = chance(8) ? 0 : 1 + upTo(4);
                break;
            case 2:
                step.what = What::Add;
                step.work = name();
                step.seconds = seconds();
                break;
            default:
                step.what = What::Del;
                step.work = name();
            }
            item.on.push_back(step);
        }
        d.items.push_back(item);
    }
    WorkAction action()
    {
        WorkAction a;
        a.at = time(10);
        if (chance(2)) a.file = said(chance(2) ? "login" : "slow disk");
        const auto kind = upTo(11);
        if (kind < 6) {
            a.work = name();
            a.seconds = seconds();
        } else if (kind < 8) {
            a.call = Call::DelWork;
            a.work = name();
        } else if (kind == 8) {
            a.call = Call::BurnTime;
            a.duration = chance(3) ? said("0s") : time(1);
            if (chance(3)) {
                a.every = time(1);
                a.times = 1 + upTo(5);
            }
        } else if (kind == 9) {
            a.call = Call::StepWall;
            a.file = {};
            a.by = said(clockStepText(static_cast<std::int64_t>(upTo(8'000'000)) - 4'000'000));
        } else if (kind == 10) {
            a.call = Call::SlowCall;
            a.duration = time(1);
        } else {
            a.call = Call::EventSched;
            a.passes = 1 + upTo(4);
        }
        return a;
    }
    WorkAction shutdown()
    {
        WorkAction a;
        a.at = time(10);
        a.call = Call::Shutdown;
        return a;
    }

    Random m_random;
    int m_count;
    std::uint32_t m_items = 0;
    Scenario m_scenario;
};

} // namespace

Inputs WorkCase::inputs() const
{
    return Maker(*this).make();
}

std::ostream& operator<<(std::ostream& out, const WorkCase& c)
{
    return out << "WorkCase{" << c.seed << ", " << c.actions << "}";
}

rc::Gen<WorkCase> workCases(int maxActions)
{
    return rc::gen::construct<WorkCase>(rc::gen::noShrink(rc::gen::inRange<std::uint64_t>(0, ~0ull >> 1)),
                                        rc::gen::inRange(0, maxActions + 1));
}

} // namespace jiffy::tests
