// SPDX-License-Identifier: GPL-3.0-or-later
// Choices and interventions on random machines of CPUs: the past stays, all rules hold, what is saved runs to the same log.
#include "core/history/choice.h"
#include "core/scenario/reader.h"
#include "core/scenario/writer.h"
#include "tests/property/random_document.h"
#include "tests/property/random_kernel.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

Snapshot finish(Run& run)
{
    while (run.advance(1 << 20)) {
    }
    return run.snapshot();
}

struct Case
{
    DocumentPtr document;
    InputsPtr inputs;
};
Case randomCase(Random& random)
{
    auto document = std::make_shared<const Scenario>(tests::randomKernelDocument(random));
    auto inputs = compile(*document);
    RC_ASSERT(inputs.has_value());
    return {document, std::make_shared<const Inputs>(std::move(*inputs))};
}

/// Somewhere in the log, preferably where several CPUs could go.
std::optional<std::uint64_t> randomCrossroads(Random& random, History& history)
{
    const auto size = history.log().size();
    if (size == 0) return std::nullopt;
    for (int tries = 0; tries < 60; ++tries) {
        const auto e = random.between(0, size - 1);
        if (ableAt(history, {e, 0, 0}).isOpen()) return e;
    }
    return std::nullopt;
}

int randomCpuOf(Random& random, std::uint64_t mask)
{
    int cpu = 0;
    do cpu = static_cast<int>(random.between(0, 63));
    while ((mask >> cpu & 1) == 0);
    return cpu;
}

void checkSaved(const DocumentPtr& document, const InputsPtr& inputs, const Snapshot& live)
{
    const auto read = readDocument(writeScenario(*document), "saved");
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == *document);
    const auto again = compile(*read);
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->actions == inputs->actions);
    RC_ASSERT(again->choices == inputs->choices);
    RC_ASSERT(again->programs == inputs->programs);
    RC_ASSERT(again->names == inputs->names);
    RC_ASSERT(again->steps == inputs->steps);
    RC_ASSERT(tests::sameLog(runAll(std::make_shared<const Inputs>(*again)), live));
}

Intervention randomOnCpu(Random& random, const Inputs& inputs)
{
    using What = Intervention::What;
    Intervention what = tests::randomIntervention(random, inputs);
    constexpr What kinds[] = {What::DeleteSync, What::Free, What::GoIdle, What::GoBusy, What::Delay, What::Interrupt, What::Wake, What::Signal};
    if (random.between(0, 3) == 0) return what;
    const auto timer = TimerId(static_cast<std::uint32_t>(random.between(0, inputs.timers.size() - 1)));
    what = {};
    what.what = kinds[random.between(0, 7)];
    what.cpu = static_cast<int>(random.between(0, static_cast<std::uint64_t>(inputs.machine.cpus) - 1));
    if (what.what == What::Wake || what.what == What::Signal) {
        if (inputs.machine.kernel.processes == 0) what.what = What::GoIdle;
        else what.process = static_cast<std::uint32_t>(random.between(0, inputs.machine.kernel.processes - 1));
    }
    if (what.what == What::Delay || (what.what == What::Interrupt && random.between(0, 1) == 0)) what.nanoseconds = random.between(1, 9'000'000);
    if (what.what == What::Interrupt) {
        what.name = "nic";
        what.isRelative = true;
        what.expires = random.between(0, 60);
        if (random.between(0, 1) == 0) what.timer = timer;
    }
    if (isAboutTimer(what)) what.timer = timer;
    return what;
}

} // namespace

RC_GTEST_PROP(Choice, KeepsThePastAndAllRulesAndCanBeSaved, ())
{
    Random random{*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>())};
    auto c = randomCase(random);
    for (auto n = random.between(1, 4); n > 0; --n) {
        History history(c.inputs, runAll(c.inputs));
        const auto e = randomCrossroads(random, history);
        if (!e || whyNoIntervention(history, {*e, 0, 0})) return;
        const auto roads = ableAt(history, {*e, 0, 0});
        const int cpu = randomCpuOf(random, roads.able);
        auto done = choose(history, {*e, 0, 0}, c.document, cpu);
        if (!done) RC_FAIL(toText(done.error()));
        RC_ASSERT(done->after.event > *e);
        const auto branch = finish(done->run);
        RC_ASSERT(branch.log.size() > *e);
        for (std::uint64_t i = 0; i < *e; ++i) RC_ASSERT(branch.log[i] == history.log()[i]);
        RC_ASSERT(tests::sameLog(branch, runAll(done->run.inputs())));
        RC_ASSERT(branch.check.broken == 0 || history.snapshot().check.broken != 0);
        if (cpu == roads.next) RC_ASSERT(branch.log[*e] == history.log()[*e]);
        RC_ASSERT((branch.log[*e].kind == Kind::Chosen) == (cpu != roads.usual));
        History there(done->run.inputs(), branch);
        const auto again = ableAt(there, {*e, 0, 0});
        RC_ASSERT(again.next == cpu);
        RC_ASSERT(again.usual == roads.usual);
        RC_ASSERT(again.able == roads.able);
        checkSaved(done->document, done->run.inputs(), branch);
        c = {done->document, done->run.inputs()};
    }
}

RC_GTEST_PROP(Choice, OfTheUsualCpuChangesNothing, ())
{
    Random random{*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>())};
    auto c = randomCase(random);
    auto plain = *c.inputs;
    plain.choices.clear();
    const auto inputs = std::make_shared<const Inputs>(plain);
    History history(inputs, runAll(inputs));
    const auto e = randomCrossroads(random, history);
    if (!e || whyNoIntervention(history, {*e, 0, 0})) return;
    const auto roads = ableAt(history, {*e, 0, 0});
    auto done = choose(history, {*e, 0, 0}, nullptr, roads.usual);
    RC_ASSERT(done.has_value());
    RC_ASSERT(done->run.inputs()->choices.size() == 1u);
    RC_ASSERT(tests::sameLog(finish(done->run), history.snapshot()));
}

RC_GTEST_PROP(CpuIntervention, KeepsThePastAndCanBeSavedAndReadBack, ())
{
    Random random{*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>())};
    auto c = randomCase(random);
    for (auto n = random.between(1, 4); n > 0; --n) {
        History history(c.inputs, runAll(c.inputs));
        const auto p = tests::randomPosition(random, history);
        if (whyNoIntervention(history, p)) return;
        const auto what = randomOnCpu(random, *c.inputs);
        const auto before = history.at(p);
        Trial trial(history, p, c.document.get());
        trial.of(what);
        RC_ASSERT(history.at(p) == before);
        auto done = intervene(history, p, c.document, what);
        if (!done) {
            const bool hasEnded = history.snapshot().status == RunStatus::Limit || trial.isNever();
            if (!hasEnded) RC_FAIL(done.error().front().message);
            return;
        }
        RC_ASSERT(done->point == trial.point());
        RC_ASSERT(done->after.event >= forkPosition(history, p).event);
        const auto live = finish(done->run);
        for (std::uint64_t e = 0; e < forkPosition(history, p).event; ++e) RC_ASSERT(live.log[e] == history.log()[e]);
        RC_ASSERT(tests::sameLog(live, runAll(done->run.inputs())));
        checkSaved(done->document, done->run.inputs(), live);
        c = {done->document, done->run.inputs()};
    }
}
