// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/code_model.h"
#include "ui/code/code_panel.h"
#include "ui/code/layout.h"
#include "ui/code/line_sentence.h"
#include "ui/code/words.h"

#include "core/run/run.h"
#include "tests/ui/support/small_run.h"

#include <QAbstractItemModelTester>
#include <QFontMetricsF>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace jiffy::ui
{
namespace
{

using core::Grain;
using core::Kind;
using core::Line;

/// A cascade, and a timer whose function re-arms another.
struct CodeRun : test::CascadeRun
{
    core::TimerId beat;

    CodeRun() : CascadeRun(2)
    {
        beat = timer("a_timer_with_quite_a_long_name_for_a_test");
        at(6, core::Call::AddTimerOn, beat, turn + 1, 0, 1);
        core::CallbackStep step;
        step.what = core::CallbackStep::What::Add;
        step.other = far;
        step.delta = 70'000'000;
        inputs().steps.push_back(step);
        inputs().timers[beat.value].stepCount = 1;
        finish();
    }
    core::Geometry geometry() { return history().world().geometry(); }
    CodePicture picture(core::Position p, Grain grain = Grain::Record, std::size_t frame = 99)
    {
        const auto code = core::codeAt(history(), p, grain);
        return pictureOf(code ? &*code : nullptr, frame, geometry(), inputs());
    }
};

std::string text(const core::CodeTokens& tokens)
{
    std::string out;
    for (const auto& t : tokens) out += t.text;
    return out;
}

const CodePicture::Row* current(const CodePicture& p)
{
    for (const auto& r : p.rows)
        if (r.isCurrent) return &r;
    return nullptr;
}

TEST(CodePicture, ShowsACascadeAsTheDesignDoes)
{
    CodeRun run;
    const auto p = run.picture(*run.after(Kind::Moved, run.dnsTtl));
    ASSERT_EQ(p.stack.size(), 4u);
    EXPECT_EQ(p.stack[0].name, QStringLiteral("run_timer_softirq"));
    EXPECT_EQ(p.stack[0].argument, QStringLiteral("TIMER_SOFTIRQ"));
    EXPECT_EQ(p.stack[1].argument, QStringLiteral("CPU 0, index 0"));
    EXPECT_TRUE(p.stack[2].argument.startsWith(QStringLiteral("tv2, slot ")));
    EXPECT_EQ(p.stack[3].argument, QStringLiteral("dns_ttl"));
    EXPECT_TRUE(p.stack[3].isShown);
    EXPECT_TRUE(p.isInner);
    ASSERT_NE(current(p), nullptr);
    EXPECT_EQ(text(current(p)->text), "append to the tail of that slot");
    EXPECT_EQ(p.rows[0].value, QStringLiteral("180"));
    EXPECT_TRUE(p.rows[1].isTaken);
    EXPECT_EQ(text(p.rows[1].column), "tv1[expires & 255]");
    EXPECT_FALSE(p.rows[2].isDone);
}

TEST(CodePicture, ShowsTheCallersListingWhenItIsChosen)
{
    CodeRun run;
    const auto p = run.picture(*run.after(Kind::Moved, run.dnsTtl), Grain::Record, 1);
    EXPECT_FALSE(p.isInner);
    ASSERT_NE(current(p), nullptr);
    EXPECT_EQ(current(p)->line, Line::RunCascade);
    EXPECT_EQ(current(p)->value, QStringLiteral("3 moved"));
}

TEST(CodePicture, ACallbacksFrameShowsTheLoopThatCalledIt)
{
    CodeRun run;
    const auto p = run.picture(*run.after(Kind::Queued, run.far, 2), Grain::Record, 2);
    EXPECT_EQ(p.stack[2].function, core::Function::Callback);
    ASSERT_NE(current(p), nullptr);
    EXPECT_EQ(current(p)->line, Line::RunCall);
    EXPECT_EQ(run.picture(run.history().start()).stack.size(), 0u);
}

// ---- layout

QRectF boxOf(const CodePiece& piece, const Look& look)
{
    const QFontMetricsF metrics(codeFont(piece, look));
    return {piece.baseline.x(), piece.baseline.y() - metrics.capHeight(), piece.width, metrics.capHeight()};
}

/// Every position of a run, in every width and scale: nothing is cut off, nothing lies on something else.
TEST(CodeLayout, FitsAnyWidthWithoutCutsAndOverlaps)
{
    CodeRun run;
    std::vector<CodePicture> pictures;
    for (std::uint64_t e = 1; e <= run.log().size(); ++e)
        for (std::uint32_t l = 0; l < run.history().linesAt(e - 1).count; l += 3) pictures.push_back(run.picture({e - 1, 0, l}, Grain::Line));
    for (const auto& [width, scale] : {std::pair{324.0, 1.0}, {300.0, 1.0}, {360.0, 1.0}, {288.0, .8}, {260.0, 1.0}, {324.0, 1.5}, {324.0, 3.0}, {972.0, 3.0}}) {
        const Look look(ThemeName::Light, scale);
        for (const auto& picture : pictures) {
            const auto layout = layoutCode(picture, look, width, 400);
            EXPECT_EQ(layout.rows.size(), picture.rows.size());
            EXPECT_EQ(layout.frames.size(), picture.stack.size());
            std::vector<QRectF> boxes;
            for (const auto& piece : layout.pieces) {
                const QRectF box = boxOf(piece, look);
                ASSERT_GE(box.left(), 0) << piece.text.toStdString() << " at " << width;
                if (piece.text.size() > 1) { ASSERT_LE(box.right(), width + .5) << piece.text.toStdString() << " at " << width << "x" << scale; }
                ASSERT_LE(box.bottom(), layout.height);
                for (const auto& other : boxes) ASSERT_FALSE(box.adjusted(.6, .6, -.6, -.6).intersects(other)) << piece.text.toStdString() << " at " << width << "x" << scale;
                boxes.push_back(box);
            }
            for (const QPointF& tick : layout.ticks) {
                const QRectF box(tick.x(), tick.y() - look.px(4), look.px(12), look.px(8));
                ASSERT_LE(box.right(), width);
                for (const auto& other : boxes) ASSERT_FALSE(box.intersects(other.adjusted(.6, 0, -.6, 0))) << width << "x" << scale;
            }
            for (std::size_t i = 1; i < layout.rows.size(); ++i) ASSERT_GE(layout.rows[i].top() + .01, layout.rows[i - 1].bottom());
        }
    }
}

/// The longest functions stand in one row a line at the design's width.
TEST(CodeLayout, NeedsNoSecondRowAtTheDesignsWidth)
{
    CodeRun run;
    const Look look;
    for (const auto p : {*run.after(Kind::Moved, run.dnsTtl), *run.after(Kind::Fired, run.lease)}) {
        for (const double width : {300.0, 324.0}) {
            const auto picture = run.picture(p);
            const auto layout = layoutCode(picture, look, width, 700);
            for (std::size_t i = 0; i < layout.rows.size(); ++i) EXPECT_LE(layout.rows[i].height(), 25.01) << width << " " << text(picture.rows[i].text);
        }
    }
}

// ---- panel

TEST(CodePanel, AsksForTheNextOrTheLastTimeOfALine)
{
    CodeRun run;
    ThemeProvider theme;
    CodePanel panel(theme, nullptr);
    panel.resize(324, 500);
    panel.setPicture(run.picture(*run.after(Kind::Moved, run.dnsTtl)));
    QSignalSpy lines(&panel, &CodePanel::lineChosen), breaks(&panel, &CodePanel::breakToggled), frames(&panel, &CodePanel::frameChosen);
    EXPECT_EQ(panel.focusLine(), Line::AddTail);
    QTest::keyClick(&panel, Qt::Key_Up);
    QTest::keyClick(&panel, Qt::Key_Up);
    QTest::keyClick(&panel, Qt::Key_Return);
    QTest::keyClick(&panel, Qt::Key_Return, Qt::ShiftModifier);
    ASSERT_EQ(lines.size(), 2);
    EXPECT_EQ(lines[0][0].value<core::Line>(), Line::AddPast);
    EXPECT_TRUE(lines[0][1].toBool());
    EXPECT_FALSE(lines[1][1].toBool());
    const auto row = panel.layoutNow().rows[2].center().toPoint();
    QTest::mouseClick(panel.viewport(), Qt::LeftButton, {}, row);
    QTest::mouseClick(panel.viewport(), Qt::LeftButton, Qt::ShiftModifier, row);
    QTest::mouseClick(panel.viewport(), Qt::LeftButton, {}, {12, row.y()});
    QTest::mouseClick(panel.viewport(), Qt::LeftButton, {}, panel.layoutNow().frames[1].center().toPoint());
    ASSERT_EQ(lines.size(), 4);
    EXPECT_EQ(lines[2][0].value<core::Line>(), Line::AddTv2);
    EXPECT_FALSE(lines[3][1].toBool());
    ASSERT_EQ(breaks.size(), 1);
    EXPECT_EQ(breaks[0][0].value<core::Line>(), Line::AddTv2);
    ASSERT_EQ(frames.size(), 1);
    EXPECT_EQ(frames[0][0].toInt(), 1);
    EXPECT_TRUE(panel.hint(row).startsWith(QStringLiteral("Further away a slot collects")));
}

TEST(CodePanel, KeepsTheCurrentLineInSight)
{
    CodeRun run;
    ThemeProvider theme;
    CodePanel panel(theme, nullptr);
    panel.resize(324, 200);
    for (const auto p : {*run.after(Kind::Moved, run.dnsTtl), *run.after(Kind::Fired, run.lease), *run.after(Kind::Queued, run.far, 2)}) {
        panel.setPicture(run.picture(p));
        const auto& rows = panel.picture().rows;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (!rows[i].isCurrent) continue;
            const QRectF box = panel.layoutNow().rows[i].translated(0, -panel.verticalScrollBar()->value());
            EXPECT_GE(box.top(), 0);
            EXPECT_LE(box.bottom(), panel.viewport()->height());
        }
    }
    EXPECT_TRUE(panel.accessibleDescription().contains(QStringLiteral("called by"))) << panel.accessibleDescription().toStdString();
}

TEST(LineSentence, TellsTheLineItsValueAndWhyItExists)
{
    CodeRun run;
    const auto moved = *run.after(Kind::Moved, run.dnsTtl);
    const auto at = [&](std::uint32_t line) {
        const auto code = core::codeAt(run.history(), {moved.event - 1, 0, line}, Grain::Line);
        return lineSentence(*code, run.geometry(), run.inputs());
    };
    EXPECT_EQ(plainText(at(2).what).toStdString(), "delta ← expires - timer_jiffies: 180.");
    EXPECT_TRUE(plainText(at(2).why).startsWith(QStringLiteral("How far away")));
    EXPECT_EQ(at(2).counter, QStringLiteral("line 2 of 4"));
    EXPECT_EQ(plainText(at(3).what).toStdString(), "delta < 256: tv1[expires & 255]: yes.");
}

TEST(CodeModel, ListsTheLinesOfTheStack)
{
    CodeRun run;
    CodeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto code = core::codeAt(run.history(), *run.after(Kind::Moved, run.dnsTtl), Grain::Record);
    model.show({&*code}, run.geometry(), run.inputs());
    EXPECT_EQ(model.rowCount(), 2 + 10 + 2 + 8);
    const auto cell = [&](int row, int column) { return model.data(model.index(row, column)).toString(); };
    EXPECT_EQ(cell(21, CodeModel::LineText), QStringLiteral("append to the tail of that slot"));
    EXPECT_EQ(cell(21, CodeModel::State), QStringLiteral("now"));
    EXPECT_EQ(cell(14, CodeModel::Value), QStringLiteral("180"));
    EXPECT_EQ(cell(15, CodeModel::State), QStringLiteral("taken"));
    EXPECT_EQ(cell(4, CodeModel::State), QStringLiteral("calls"));
    model.show({}, run.geometry(), run.inputs());
    EXPECT_EQ(model.rowCount(), 0);
}

} // namespace
} // namespace jiffy::ui
