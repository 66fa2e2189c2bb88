// SPDX-License-Identifier: GPL-3.0-or-later
// Run until: what a search finds is what stepping line by line finds.
#include "core/history/search.h"
#include "core/history/code.h"
#include "core/base/random.h"
#include "core/run/run.h"
#include "tests/property/random_inputs.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

using Direction = Search::Direction;
using State = Search::State;

struct Case
{
    InputsPtr inputs;
    Snapshot run;
    Random random;

    explicit Case(std::uint64_t salt) : Case(*tests::randomCases(60), salt) {}
    explicit Case(const tests::RandomCase& c, std::uint64_t salt)
        : inputs(std::make_shared<const Inputs>(c.inputs())), run(runAll(inputs)), random{c.seed + salt}
    {
    }
    Position place()
    {
        const std::uint64_t event = random.between(0, run.log.size());
        if (event == run.log.size()) return {event, random.between(0, run.open.count), 0};
        if (run.log[event].kind == Kind::Passed) return {event, random.between(0, run.log[event].value - 1), 0};
        History h(inputs, run);
        return {event, 0, static_cast<std::uint32_t>(random.between(0, h.linesAt(event).count - 1))};
    }
    Condition condition()
    {
        Condition c;
        c.what = static_cast<Condition::What>(random.between(0, 4));
        c.timer = TimerId(static_cast<std::uint32_t>(random.between(0, inputs->timers.size() - 1)));
        c.line = static_cast<Line>(random.between(0, lineCount - 1));
        // What there is, rather than what there might be.
        if (run.log.size() != 0) {
            const Record& r = run.log[random.between(0, run.log.size() - 1)];
            c.kind = r.kind;
            if (random.between(0, 1) == 0) c.site = r.site;
            if (r.kind == Kind::Queued || r.kind == Kind::Moved) c.slot = r.slotId();
        }
        if (random.between(0, 3) == 0) c.cpu = static_cast<int>(random.between(0, static_cast<std::uint64_t>(inputs->machine.cpus) - 1));
        return c;
    }
};

/// Whether the record or line that ends at p meets the condition; by definition, with no shortcut.
bool meets(History& h, Position p, const Condition& c)
{
    const auto there = h.lineAt(p);
    if (!there) return false;
    const bool inRun = p.tick != 0;
    const std::uint64_t event = inRun || p.line != 0 ? p.event : p.event - 1;
    const Record r = event < h.log().size() ? h.log()[event] : h.snapshot().open.asRecord();
    if (c.what == Condition::What::Line) {
        if (there->line != c.line) return false;
        if (c.cpu < 0 || r.kind == Kind::ClockSet) return true;
        return r.kind == Kind::Passed ? (r.before >> c.cpu & 1) != 0 : r.cpu == c.cpu;
    }
    return !inRun && p.line == 0 && event < h.log().size() && holds(c, r);
}

std::optional<Position> byStepping(History& h, Position p, const std::vector<Condition>& conditions, Direction d)
{
    for (int steps = 0; steps < 500; ++steps) {
        const auto next = d == Direction::Forward ? h.next(p, Rung::Line) : h.previous(p, Rung::Line);
        if (!next) return std::nullopt;
        p = *next;
        for (const auto& c : conditions)
            if (meets(h, p, c)) return p;
    }
    return Position{~0ull, 0, 0}; // too far to tell by stepping
}

std::optional<Position> bySearch(Case& c, Position p, const std::vector<Condition>& conditions, Direction d)
{
    Search search(c.inputs, c.run, conditions, p, d);
    while (search.advance(c.random.between(1, 50)) == State::Looking) {}
    if (search.state() == State::Exhausted) return std::nullopt;
    return search.found();
}

} // namespace

RC_GTEST_PROP(SearchProperty, FindsWhatSteppingFinds, ())
{
    Case c(11);
    History history(c.inputs, c.run);
    for (int k = 0; k < 4; ++k) {
        const Position p = c.place();
        std::vector<Condition> conditions;
        for (std::uint64_t n = c.random.between(1, 3); n > 0; --n) conditions.push_back(c.condition());
        for (const Direction d : {Direction::Forward, Direction::Back}) {
            const auto expected = byStepping(history, p, conditions, d);
            if (expected && expected->event == ~0ull) continue;
            RC_ASSERT(bySearch(c, p, conditions, d) == expected);
        }
    }
}

/// A search that waits for the run finds what one finds that comes later.
RC_GTEST_PROP(SearchProperty, GoesOnAsTheRunGrows, ())
{
    Case c(12);
    const std::vector<Condition> conditions{c.condition(), c.condition()};
    const auto expected = bySearch(c, {}, conditions, Direction::Forward);
    Run run(c.inputs);
    Search search(c.inputs, run.snapshot(), conditions, {}, Direction::Forward);
    for (bool more = true; more && search.state() != State::Found;) {
        while (search.advance(7) == State::Looking) {}
        more = run.advance(c.random.between(1, 200));
        search.extend(run.snapshot());
    }
    while (search.advance(7) == State::Looking) {}
    if (!expected) {
        RC_ASSERT(search.state() == State::Exhausted);
    } else {
        RC_ASSERT(search.state() == State::Found);
        History history(c.inputs, c.run);
        history.at(search.found()); // where a run ended meanwhile, the place has another name
        RC_ASSERT(history.cursor() == *expected);
    }
}

/// Over stops at the first line that is not deeper; out at the first one that is less deep.
RC_GTEST_PROP(SearchProperty, StepsOverAndOut, ())
{
    Case c(13);
    History history(c.inputs, c.run);
    for (int k = 0; k < 4; ++k) {
        const Position p = c.place();
        const auto here = codeAt(history, p, Grain::Line);
        if (!here) continue;
        for (const CodeStep step : {CodeStep::Over, CodeStep::Out}) {
            StepSearch search(c.inputs, c.run, p, step);
            while (search.advance(c.random.between(1, 20)) == State::Looking) {}
            Position q = p;
            bool known = false;
            for (int steps = 0; steps < 500 && !known; ++steps) {
                const auto next = history.next(q, Rung::Line);
                if (!next) break;
                q = *next;
                const auto code = codeAt(history, q, Grain::Line);
                if (!code) break;
                const auto depth = code->stack.size(), from = here->stack.size();
                known = step == CodeStep::Over ? depth <= from : depth < from;
            }
            if (!known || (step == CodeStep::Out && here->stack.size() == 1)) continue;
            RC_ASSERT(search.state() == State::Found);
            RC_ASSERT(search.found() == q);
        }
    }
}

TEST(Search, ATickHasTheLineOfItsMachineOnly)
{
    for (const bool hasCpus : {false, true}) {
        Inputs inputs;
        inputs.machine.kernel.isThere = hasCpus;
        inputs.untilTicks = 10;
        const auto shared = std::make_shared<const Inputs>(std::move(inputs));
        const Snapshot run = runAll(shared);
        const auto isFound = [&](Line line) {
            Condition c;
            c.what = Condition::What::Line;
            c.line = line;
            Search search(shared, run, {c}, {}, Direction::Forward);
            while (search.advance(10) == State::Looking) {}
            return search.state() == State::Found;
        };
        EXPECT_EQ(isFound(Line::TickJiffies), !hasCpus);
        EXPECT_EQ(isFound(Line::DoTimerAdd), hasCpus);
    }
}

TEST(Search, ACallHoldsOnce)
{
    // mod_timer on a pending timer: detached, filed, next_timer lowered.
    Record r;
    r.item = TimerId(3);
    Condition c;
    c.what = Condition::What::Timer;
    c.timer = TimerId(3);
    r.kind = Kind::Unqueued;
    r.site = Site::ModTimer;
    EXPECT_FALSE(holds(c, r));
    r.site = Site::DelTimer;
    EXPECT_TRUE(holds(c, r));
    r.kind = Kind::Queued;
    EXPECT_TRUE(holds(c, r));
    r.kind = Kind::RegisterSet;
    EXPECT_FALSE(holds(c, r));
    r.kind = Kind::Fired;
    r.cpu = 2;
    c.cpu = 1;
    EXPECT_FALSE(holds(c, r));
    c.cpu = 2;
    EXPECT_TRUE(holds(c, r));
}
