// SPDX-License-Identifier: GPL-3.0-or-later
// The code panel on a machine of CPUs: every step of its runs is a line with words, on the stack of the CPU that acts.
#include "ui/code/kernel_words.h"
#include "ui/code/layout.h"
#include "ui/code/line_sentence.h"
#include "ui/code/words.h"

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
    EXPECT_EQ(otherCpusText(world, *inputs, 0).size(), 1u);
    EXPECT_TRUE(otherCpusText(core::World(core::MachineConfig{}), *inputs, 0).empty()) << "a machine without CPUs has none";
}

/// Whatever the width, no line of the other CPUs reaches over the border or into what stands below.
TEST(KernelCodeLayout, KeepsTheOtherCpusApart)
{
    const auto inputs = tests::kernelInputs(tests::kernelDocuments()[1]);
    core::History history(inputs, core::runAll(inputs));
    const core::Position end = history.end();
    const auto code = core::codeAt(history, end, core::Grain::Record);
    auto picture = pictureOf(code ? &*code : nullptr, 99, history.world().geometry(), *inputs);
    picture.others = otherCpusText(history.world(), *inputs, code->cpu);
    ASSERT_EQ(picture.others.size(), 3u);
    const Look look;
    for (const double width : {220.0, 280.0, 340.0, 520.0}) {
        const CodeLayout layout = layoutCode(picture, look, width, 700);
        double bottom = 0;
        for (const auto& frame : layout.frames) bottom = std::max(bottom, frame.bottom());
        int others = 0;
        for (const CodePiece& piece : layout.pieces) {
            EXPECT_LE(piece.baseline.x() + piece.width, width + .5) << piece.text.toStdString();
            others += piece.text == QLatin1String("CPU") && piece.baseline.y() > bottom ? 1 : 0;
        }
        EXPECT_GE(layout.rows.front().top(), bottom + 3 * 18);
        EXPECT_GE(others, 3);
    }
}

} // namespace
} // namespace jiffy::ui
