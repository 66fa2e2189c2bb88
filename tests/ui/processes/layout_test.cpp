// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/export/kernel_scenarios.h"
#include "ui/processes/layout.h"
#include "ui/processes/process_table.h"
#include "ui/processes/scene.h"

#include <gtest/gtest.h>

using namespace jiffy::ui;
using namespace jiffy::core;

namespace
{

struct Ran
{
    Ran() : inputs(jiffy::tests::kernelInputs(jiffy::tests::kernelScenarios()[0])), run(runAll(inputs)), states(*inputs) { states.extend(run.log); }
    StripScale scale(double from, double to, double pixels) const { return {TimeScale{100, 100 + pixels, {from, to}, true}, inputs->machine.hz}; }
    InputsPtr inputs;
    Snapshot run;
    ProcessStates states;
};

} // namespace

TEST(ProcessesLayout, BandsAreTheSpansInOrder)
{
    const Ran r;
    for (const double pixels : {30., 400., 4000.}) {
        const auto scale = r.scale(0, static_cast<double>(r.run.endTicks) + 1, pixels);
        for (std::size_t p = 0; p < r.states.processCount(); ++p) {
            const auto& spans = r.states.spans(p);
            std::size_t next = stateBands(spans, scale, r.states.time()).front().first, narrow = 0;
            for (const auto& b : stateBands(spans, scale, r.states.time())) {
                EXPECT_EQ(b.first, next) << "none is left out, none comes twice";
                next = b.first + b.count;
                EXPECT_NEAR(b.from, scale.xOf(spans[b.first].begin), 1e-6);
                if (b.count == 1 && spans[b.first].end != ProcessSpan::open) {
                    EXPECT_NEAR(b.to, scale.xOf(spans[b.first].end), 1e-6);
                }
                narrow += b.count > 1 ? 1 : 0;
            }
            EXPECT_EQ(next, spans.size());
            EXPECT_LE(stateBands(spans, scale, r.states.time()).size(), static_cast<std::size_t>(2 * pixels + 2) + narrow);
        }
    }
}

TEST(ProcessesLayout, NothingOverlaps)
{
    for (const auto& size : {QSizeF(320, 240), QSizeF(700, 420), QSizeF(826, 580), QSizeF(1300, 700), QSizeF(1900, 900)})
        for (const int processes : {1, 3, 40})
            for (const int cpus : {1, 4, 64}) {
                const auto f = processesFrame(size, processes, cpus, 1);
                EXPECT_LT(f.left, f.right);
                EXPECT_LE(f.rows.top + f.rows.height, size.height());
                if (f.legend > 0) {
                    EXPECT_LE(f.rows.top + f.rows.height, f.legend);
                }
                for (std::size_t i = 0; i < f.cards.size(); ++i) {
                    EXPECT_TRUE(QRectF(QPointF(), size).contains(f.cards[i])) << size.width() << 'x' << size.height();
                    EXPECT_TRUE(f.cards[i].left() >= f.right || f.cards[i].top() >= f.rows.top + f.rows.height);
                    if (i > 0) {
                        EXPECT_FALSE(f.cards[i].intersects(f.cards[i - 1]));
                    }
                }
            }
}

TEST(ProcessesWords, SayWhatWasAskedForAndGot)
{
    ProcessSleep s;
    s.ms = 5;
    s.jiffies = 2;
    s.begin = 5'000'000;
    EXPECT_EQ(sleepText(s), QStringLiteral("msleep(5)"));
    s.woken = 20'000'000;
    EXPECT_EQ(sleepText(s), QStringLiteral("msleep(5): 15 ms, 2 jiffies"));
    EXPECT_NE(boundsText(s, Hz{100}).indexOf(QStringLiteral("between 10 ms and 20 ms")), -1);
    s.isInterruptible = true;
    EXPECT_EQ(sleepText(s), QStringLiteral("msleep_interruptible(5): 15 ms, 2 jiffies"));
}

TEST(ProcessesTable, HasARowForEachStretch)
{
    const Ran r;
    ProcessTable table;
    table.reset(r.inputs, &r.states);
    int rows = 0;
    for (std::size_t p = 0; p < r.states.processCount(); ++p) {
        for (const auto& span : r.states.spans(p)) {
            EXPECT_EQ(table.data(table.index(rows, ProcessTable::State)).toString(), stateName(span.is));
            EXPECT_EQ(table.data(table.index(rows, ProcessTable::From)).toString(), QString::number(span.begin));
            ++rows;
        }
    }
    EXPECT_EQ(table.rowCount(), rows);
    table.reset(r.inputs, nullptr);
    EXPECT_EQ(table.rowCount(), 0);
}
