// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector's pages on a machine of CPUs.
#include "ui/code/kernel_words.h"
#include "ui/inspector/pages.h"
#include "ui/session/selection.h"

#include "core/history/history.h"
#include "core/insight/lifeline.h"
#include "core/run/run.h"
#include "core/scenario/reader.h"

#include <gtest/gtest.h>

using namespace jiffy;

namespace
{

core::InputsPtr read(const std::string& rest)
{
    auto inputs = core::readScenario(R"({"format":"jiffyscope-scenario","version":1,"title":"t",)" + rest + "}", "t.json");
    EXPECT_TRUE(inputs.has_value()) << (inputs ? std::string() : core::toText(inputs.error().front()));
    return std::make_shared<const core::Inputs>(std::move(*inputs));
}

struct Reader
{
    explicit Reader(const std::string& rest) : history(read(rest), core::Snapshot{}), accounts(core::geometryOf(history.inputs().machine))
    {
        history = core::History(history.inputsPtr(), core::runAll(history.inputsPtr()));
        index.extend(history.log());
        accounts.extend(history.log());
    }
    template <class F> ui::Page at(std::uint64_t event, F make)
    {
        const core::Position p{event + 1, 0, 0};
        const auto& world = history.at(p);
        const auto turn = ui::turnAt(history.log(), p);
        return make(ui::Facts{world, history.inputs(), history.log(), p.event, turn, index, accounts, nullptr, 0});
    }
    /// Behind the n-th record of that kind and site.
    std::uint64_t event(core::Kind kind, core::Site site, int n = 1)
    {
        for (std::uint64_t e = 0; e < history.log().size(); ++e)
            if (history.log()[e].kind == kind && history.log()[e].site == site && --n == 0) return e;
        ADD_FAILURE() << "there is none";
        return 0;
    }

    core::History history;
    core::ItemIndex index;
    core::CpuAccounts accounts;
};

const ui::Field* fieldOf(const ui::Page& page, const char* name)
{
    for (const auto& s : page.sections)
        for (const auto& f : s.fields)
            if (f.name == QLatin1String(name)) return &f;
    return nullptr;
}
std::string valueOf(const ui::Page& page, const char* name)
{
    const auto* f = fieldOf(page, name);
    return f == nullptr ? "(none)" : ui::plainText(f->value).replace(QChar(0x2009), u' ').toStdString();
}

const std::string sleeping = R"("machine":{"hz":1000,"jiffies":1000,"nohz":true,"cpus":4,"idle":[2,3]},
"items":[{"name":"N","slack":0}],"actions":[{"at":"+0","cpu":2,"do":"add_timer","timer":"N","expires":"1500"}])";
const std::string waiting = R"("machine":{"hz":1000,"jiffies":1000,"cpus":2},"items":[{"name":"A","slack":0,"on":[{"do":"burn","for":"3 jiffies"}]}],
"actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"A","expires":"1010"},{"at":"+11","cpu":0,"do":"del_timer_sync","timer":"A"},
{"at":"+11","cpu":0,"do":"kfree","timer":"A"}])";
const std::string asleep = R"("machine":{"hz":100,"jiffies":1000,"cpus":1,"nohz":true,"idle":[0]},
"processes":[{"name":"P","at":"5ms","does":[{"do":"burn","for":"1ms"},{"do":"msleep","ms":5}]}]
)";

} // namespace

TEST(KernelPages, ACpuTellsOfItsTickAndDuty)
{
    Reader r(sleeping);
    const auto page = r.at(r.event(core::Kind::Passed, core::Site::Tick), [](const ui::Facts& f) { return ui::cpuPage(f, 2); });
    EXPECT_EQ(page.state, QStringLiteral("asleep"));
    EXPECT_EQ(valueOf(page, "executes"), "asleep until 1 500");
    EXPECT_EQ(valueOf(page, "tick"), "stopped");
    EXPECT_EQ(valueOf(page, "counts jiffies"), "CPU 0 does");
    EXPECT_EQ(fieldOf(page, "counts jiffies")->link, ui::Link::cpu(0));
    EXPECT_EQ(valueOf(page, "TIMER_SOFTIRQ"), "not raised");
    EXPECT_EQ(valueOf(page, "of the tick"), "0");
    const auto busy = r.at(r.event(core::Kind::Passed, core::Site::Tick), [](const ui::Facts& f) { return ui::cpuPage(f, 0); });
    EXPECT_EQ(valueOf(busy, "counts jiffies"), "yes");
    EXPECT_EQ(valueOf(busy, "tick"), "on");
}

TEST(KernelPages, ACpuThatSpinsTellsForWhatAndWhoHasIt)
{
    Reader r(waiting);
    const auto spins = r.event(core::Kind::RegisterSet, core::Site::CpuRelax);
    const auto page = r.at(spins, [](const ui::Facts& f) { return ui::cpuPage(f, 0); });
    EXPECT_EQ(page.state, QStringLiteral("spins"));
    EXPECT_EQ(valueOf(page, "executes"), "del_timer_sync, spinning for A");
    EXPECT_EQ(valueOf(page, "spins for"), "the function of A");
    EXPECT_EQ(ui::plainText(fieldOf(page, "spins for")->note), QStringLiteral("It runs on CPU 1."));
    const auto other = ui::otherCpusText(r.history.world(), r.history.inputs(), 0b10);
    EXPECT_EQ(other, (std::vector<QString>{QStringLiteral("CPU 0: del_timer_sync, spinning for A")}));
    const auto freed = r.at(r.event(core::Kind::RegisterSet, core::Site::FreeTimer), [](const ui::Facts& f) { return ui::timerPage(f, core::TimerId(0), true); });
    EXPECT_EQ(valueOf(freed, "memory"), "freed");
}

/// Steps that are alike are told apart by what came before them.
TEST(KernelPages, AProcessNamesTheStepAmongThoseThatAreAlike)
{
    Reader r(R"("machine":{"hz":100,"jiffies":1000,"cpus":1},
"processes":[{"name":"P","at":"5ms","repeat":2,"does":[{"do":"msleep","ms":5},{"do":"burn","for":"1ms"},{"do":"msleep","ms":5},{"do":"msleep","ms":5}]}]
)");
    const int expected[] = {1, 3, 4, 1, 3, 4};
    for (int n = 0; n < 6; ++n) {
        const auto page = r.at(r.event(core::Kind::Entered, core::Site::Msleep, n + 1), [](const ui::Facts& f) { return ui::processPage(f, 0); });
        for (const int step : {1, 2, 3, 4}) {
            const auto* f = fieldOf(page, std::to_string(step).c_str());
            EXPECT_EQ(f->tone == ui::Tone::Now, step == expected[n]) << "sleep " << n << ", step " << step;
            if (step == expected[n]) {
                EXPECT_EQ(ui::plainText(f->note).toStdString(), "This is where it stands: step " + std::to_string(step) + " of 4.");
            }
        }
    }
}

/// A sleeper's timer tells of its life, not of the functions that it passes through.
TEST(KernelPages, TheLifeOfASleepersTimerBeginsWithItsArming)
{
    Reader r(asleep);
    const auto& in = r.history.inputs();
    const auto timer = in.programs[0].timer;
    core::Lifeline line(timer, in.machine);
    line.extend(r.index, r.history.log());
    using What = core::LifeJoint::What;
    ASSERT_GE(line.joints().size(), 2u);
    EXPECT_EQ(line.joints()[0].what, What::Armed);
    EXPECT_EQ(line.joints()[0].site, core::Site::ScheduleTimeout);
    EXPECT_EQ(line.joints()[1].what, What::Fired);
    for (const auto& j : line.joints()) EXPECT_TRUE(j.isChange() || !core::isOfKernel(j.site)) << core::name(j.site);
    // Nor does del_timer_sync count by itself: what it tries does.
    Reader w(waiting);
    core::Lifeline deleted(core::TimerId(0), w.history.inputs().machine);
    deleted.extend(w.index, w.history.log());
    int tries = 0;
    for (const auto& j : deleted.joints()) {
        EXPECT_NE(j.site, core::Site::DelTimerSync);
        tries += j.site == core::Site::TryToDelTimerSync ? 1 : 0;
    }
    EXPECT_GE(tries, 1);
}

TEST(KernelPages, AProcessTellsWhereItStandsAndWhatWakesIt)
{
    Reader r(asleep);
    const auto switched = r.event(core::Kind::RegisterSet, core::Site::Reschedule, 3); // it has given the CPU away
    const auto page = r.at(switched, [](const ui::Facts& f) { return ui::processPage(f, 0); });
    EXPECT_EQ(page.name, QStringLiteral("P"));
    EXPECT_EQ(page.state, QStringLiteral("asleep"));
    EXPECT_EQ(valueOf(page, "state"), "TASK_UNINTERRUPTIBLE");
    EXPECT_EQ(valueOf(page, "its timer"), "P/timeout");
    EXPECT_EQ(valueOf(page, "2"), "sleeps 5 ms");
    EXPECT_EQ(fieldOf(page, "2")->tone, ui::Tone::Now) << "this is where it stands";
    EXPECT_NE(fieldOf(page, "1")->tone, ui::Tone::Now);
    EXPECT_EQ(valueOf(page, "so far"), "0");
    const core::TimerId timer = r.history.inputs().programs[0].timer;
    const auto its = r.at(switched, [&](const ui::Facts& f) { return ui::timerPage(f, timer, true); });
    ASSERT_NE(fieldOf(its, "process"), nullptr);
    EXPECT_EQ(fieldOf(its, "process")->link, ui::Link::process(0));
    const auto last = r.at(r.history.log().size() - 1, [](const ui::Facts& f) { return ui::processPage(f, 0); });
    EXPECT_EQ(last.state, QStringLiteral("has ended"));
    EXPECT_EQ(valueOf(last, "so far"), "1");
}

TEST(KernelPages, AProcessIsSelectedLikeACpu)
{
    ui::Selection selection;
    selection.selectProcess(1);
    EXPECT_EQ(selection.what(), ui::Selection::What::Process);
    EXPECT_EQ(selection.process(), 1);
    EXPECT_EQ(selection.cpu(), -1);
    selection.selectCpu(1);
    EXPECT_EQ(selection.process(), -1);
    EXPECT_EQ(selection.cpu(), 1);
    selection.selectProcess(-1);
    EXPECT_EQ(selection.what(), ui::Selection::What::Nothing);
}
