// SPDX-License-Identifier: GPL-3.0-or-later
// The code panel on a machine of CPUs: every step of its runs is a line with words, on the stack of the CPU that acts.
#include "ui/code/kernel_words.h"
#include "ui/code/layout.h"
#include "ui/code/line_sentence.h"
#include "ui/code/words.h"

#include "core/history/kernel_code.h"
#include "core/run/run.h"
#include "tests/kernel/kernel_documents.h"
#include "ui/narration/narration.h"

#include <QRegularExpression>

#include <gtest/gtest.h>

namespace jiffy::ui
{
namespace
{

TEST(KernelCodePicture, EachStepIsALineInTheListingThatIsShown)
{
    for (const char* timers : {"wheel-3.9", "wheel-6.1", "sorted-list"}) {
        for (const auto& document : tests::kernelDocuments()) {
            const auto inputs = tests::kernelInputs(document, timers);
            core::History history(inputs, core::runAll(inputs));
            for (std::uint64_t e = 0; e < std::min<std::uint64_t>(history.log().size(), 150); ++e) {
                const std::uint32_t lines = history.linesAt(e).count;
                for (std::uint32_t l = 1; l <= lines; ++l) {
                    const core::Position p = l == lines ? core::Position{e + 1, 0, 0} : core::Position{e, 0, l};
                    const auto code = core::codeAt(history, p, core::Grain::Line);
                    ASSERT_TRUE(code.has_value());
                    const auto& geometry = history.world().geometry();
                    const auto picture = pictureOf(&*code, 99, geometry, *inputs);
                    const auto current = std::count_if(picture.rows.begin(), picture.rows.end(), [](const auto& row) { return row.isCurrent; });
                    ASSERT_EQ(current, 1) << core::name(code->line);
                    const Sentence s = lineSentence(*code, geometry, *inputs);
                    ASSERT_FALSE(plainText(s.what).isEmpty() || plainText(s.why).isEmpty());
                    ASSERT_FALSE(plainText(s.what).contains(QLatin1Char('%'))) << plainText(s.what).toStdString();
                    for (const auto& frame : picture.stack) ASSERT_FALSE(frame.name.isEmpty() || frame.name.startsWith(QLatin1String("cpus")));
                }
            }
        }
    }
}

TEST(KernelCodePicture, TellsWhatTheOtherCpusAreIn)
{
    const auto inputs = tests::kernelInputs(tests::kernelDocuments()[5]); // the deadlock
    core::History history(inputs, core::runAll(inputs));
    const core::World& world = history.at(history.end());
    EXPECT_EQ(cpuStackText(world, *inputs, 0), QStringLiteral("del_timer_sync, spinning for A"));
    EXPECT_EQ(cpuStackText(world, *inputs, 1), QStringLiteral("spin_lock, spinning for L, over the function of A"));
    EXPECT_EQ(otherCpusText(world, *inputs, 1).size(), 1u);
    EXPECT_EQ(otherCpusText(world, *inputs, 0).size(), 2u);
    EXPECT_TRUE(otherCpusText(core::World(core::MachineConfig{}), *inputs, 1).empty()) << "a machine without CPUs has none";
}

TEST(KernelCodePicture, NamesCpusThatAreInTheSameTogether)
{
    const auto inputs = tests::kernelInputs(R"("machine":{"hz":1000,"jiffies":1000,"cpus":4,"interrupts":true},"items":[{"name":"A","slack":0}],
"actions":[{"at":"+0","cpu":0,"do":"add_timer","timer":"A","expires":"1010"}])");
    core::History history(inputs, core::runAll(inputs));
    const core::World& start = history.at({0, 0, 0});
    ASSERT_EQ(start.cpuCount(), 4);
    const auto lines = otherCpusText(start, *inputs, 1);
    ASSERT_EQ(lines.size(), 1u) << "the three others do the same";
    EXPECT_TRUE(lines[0].startsWith(QStringLiteral("CPUs 1-3: "))) << lines[0].toStdString();
}

/// At a note of a deadlock nothing is done any more: each CPU's functions are shown, with the line where it spins.
TEST(KernelCodePicture, ADeadlockShowsEachCpusStack)
{
    for (const char* timers : {"wheel-3.9", "wheel-6.1", "sorted-list"}) {
        const auto inputs = tests::kernelInputs(tests::kernelDocuments()[5], timers);
        core::History history(inputs, core::runAll(inputs));
        std::uint64_t event = history.log().size();
        while (event > 0 && history.log()[event - 1].site != core::Site::Deadlock) --event;
        ASSERT_GT(event, 0u);
        EXPECT_TRUE(core::deadlockedCodeOf(history, event - 2).empty());
        const auto stuck = core::deadlockedCodeOf(history, event - 1);
        ASSERT_EQ(stuck.size(), 2u);
        EXPECT_EQ(stuck[0].cpu, 0);
        EXPECT_EQ(stuck[0].line, core::Line::SyncRelax);
        EXPECT_EQ(stuck[1].cpu, 1);
        EXPECT_EQ(stuck[1].line, core::Line::LockSpin);
        const auto& geometry = history.world().geometry();
        const auto picture = pictureOf(stuck, std::nullopt, geometry, *inputs);
        ASSERT_EQ(picture.stack.size(), stuck[0].stack.size() + stuck[1].stack.size());
        EXPECT_TRUE(picture.rows.empty());
        EXPECT_GE(stuck[1].stack.size(), 3u) << "spin_lock in the function of A in the softirq";
        const auto& last = picture.stack.back();
        EXPECT_EQ(last.function, core::Function::SpinLockCall);
        EXPECT_EQ(last.argument, QStringLiteral("L"));
        EXPECT_FALSE(last.at.isEmpty());
        const auto& sync = picture.stack[stuck[0].stack.size() - 1];
        EXPECT_EQ(sync.function, core::Function::DelSync);
        EXPECT_EQ(sync.argument, QStringLiteral("A"));
        EXPECT_FALSE(sync.at.isEmpty());

        // Each with a mark of its own, in the panel whatever its size; the outer functions go where it is low.
        const Look look;
        for (const double height : {120.0, 180.0, 600.0}) {
            const auto layout = layoutCode(picture, look, 300, height);
            EXPECT_EQ(layout.spots.size(), 2u);
            EXPECT_EQ(layout.frames.size(), picture.stack.size());
            EXPECT_EQ(std::count_if(layout.dots.begin(), layout.dots.end(), [](const auto& dot) { return dot.isInner; }), 2);
            EXPECT_FALSE(layout.spots[0].intersects(layout.spots[1]));
            for (const auto& piece : layout.pieces) EXPECT_LE(piece.baseline.x() + piece.width, 300.5) << piece.text.toStdString();
        }
        EXPECT_LT(layoutCode(picture, look, 300, 180).height, layoutCode(picture, look, 300, 600).height);
        // A function of it that is chosen shows its listing.
        const auto chosen = pictureOf(stuck, picture.stack.size() - 1, geometry, *inputs);
        EXPECT_EQ(std::count_if(chosen.rows.begin(), chosen.rows.end(), [](const auto& row) { return row.isCurrent; }), 1);
    }
}

/// What the machine does by itself is one line, not all of the lines that such things may have.
TEST(KernelCodePicture, WhatNobodyDoesIsOneLine)
{
    const auto inputs = tests::kernelInputs(tests::kernelDocuments()[5]);
    core::History history(inputs, core::runAll(inputs));
    int notes = 0;
    for (std::uint64_t e = 0; e < history.log().size(); ++e) {
        const auto code = core::codeAt(history, {e + 1, 0, 0}, core::Grain::Record);
        ASSERT_TRUE(code.has_value());
        if (core::functionOf(code->line) != core::Function::Surroundings) continue;
        const auto picture = pictureOf(&*code, 99, history.world().geometry(), *inputs);
        EXPECT_EQ(picture.rows.size(), 1u);
        EXPECT_TRUE(picture.rows.front().isCurrent);
        ++notes;
    }
    EXPECT_GT(notes, 0);
}

/// Memory that was given back is used by a function: it is shown in which.
TEST(KernelCodePicture, AUseAfterFreeStandsOnItsStack)
{
    const std::string text = R"("machine":{"hz":1000,"jiffies":1000,"cpus":2},
"items":[{"name":"A","slack":0,"on":[{"do":"burn","for":"3 jiffies"}]}],
"actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"A","expires":"1010"},{"at":"+11","cpu":0,"do":"del_timer","timer":"A"},
{"at":"+11","cpu":0,"do":"kfree","timer":"A"}],"until":"+30")";
    const auto inputs = tests::kernelInputs(text);
    core::History history(inputs, core::runAll(inputs));
    std::uint64_t event = 0;
    while (event < history.log().size() && history.log()[event].site != core::Site::UseAfterFree) ++event;
    ASSERT_LT(event, history.log().size());
    const auto code = core::codeAt(history, {event + 1, 0, 0}, core::Grain::Record);
    const auto picture = pictureOf(&*code, 99, history.world().geometry(), *inputs);
    ASSERT_FALSE(picture.stack.empty());
    EXPECT_EQ(picture.stack.back().function, core::Function::Callback);
    ASSERT_EQ(picture.rows.size(), 1u);
    EXPECT_EQ(picture.rows[0].line, core::Line::FreedUsed);
}

/// Whatever the width, no line of the other CPUs reaches over the border, and all of them keep their place below.
TEST(KernelCodeLayout, KeepsTheOtherCpusBelow)
{
    const auto inputs = tests::kernelInputs(tests::kernelDocuments()[1]);
    core::History history(inputs, core::runAll(inputs));
    const core::Position end = history.end();
    const auto code = core::codeAt(history, end, core::Grain::Record);
    auto picture = pictureOf(code ? &*code : nullptr, 99, history.world().geometry(), *inputs);
    const Look look;
    for (const std::size_t count : {1u, 3u, 9u}) {
        picture.others.assign(count, QStringLiteral("CPU 1: del_timer_sync, spinning for A, over the function of B"));
        for (const double height : {160.0, 260.0, 700.0}) {
            for (const double width : {220.0, 280.0, 340.0, 520.0}) {
                const CodeLayout layout = layoutCode(picture, look, width, height);
                EXPECT_GT(layout.footerHeight, 0);
                EXPECT_LE(layout.footerHeight, std::max(.4 * height, 66.0)) << "the listing keeps its room";
                ASSERT_FALSE(layout.footer.empty());
                for (const CodePiece& piece : layout.footer) {
                    EXPECT_LE(piece.baseline.x() + piece.width, width + .5) << piece.text.toStdString();
                    EXPECT_LE(piece.baseline.y(), layout.footerHeight);
                }
            }
        }
        // All of them are there, or the number of those that are not.
        const CodeLayout high = layoutCode(picture, look, 520, 900);
        EXPECT_EQ(std::count_if(high.footer.begin(), high.footer.end(), [](const CodePiece& p) { return p.text == QLatin1String("CPU"); }), static_cast<std::ptrdiff_t>(count));
        const CodeLayout low = layoutCode(picture, look, 280, 160);
        const bool isCounted = std::any_of(low.footer.begin(), low.footer.end(), [](const CodePiece& p) { return p.text.startsWith(QLatin1String("and ")); });
        EXPECT_EQ(isCounted, count > 1);
    }
    picture.others.clear();
    EXPECT_EQ(layoutCode(picture, look, 300, 400).footerHeight, 0);
}

} // namespace
} // namespace jiffy::ui
