// SPDX-License-Identifier: GPL-3.0-or-later
// What the lanes of a machine of CPUs show where things lie above each other, and say of sleeps.
#include "core/scenario/reader.h"
#include "tests/ui/nohz/nohz_run.h"
#include "ui/timeline/strip_painter.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/main_window.h"
#include "ui/window/workspace.h"

#include <QImage>
#include <QPainter>
#include <QTest>
#include <gtest/gtest.h>

using namespace jiffy;

namespace
{

class StripPicture : public testing::Test
{
  protected:
    StripPicture() : window({}, theme, ui::Settings::Off), view(window.timeline())
    {
        window.resize(1280, 800);
        window.show();
    }
    void start(const core::InputsPtr& inputs)
    {
        core::Opened opened;
        opened.inputs = inputs;
        window.session().start(std::move(opened), QStringLiteral("t.jiffy.json"));
        while (window.session().isRunning()) QTest::qWait(5);
        QTest::qWait(5);
    }
    QImage picture()
    {
        QImage image(view.size(), QImage::Format_RGB32);
        QPainter p(&image);
        view.paintView(p, QRectF(view.rect()), false);
        return image;
    }
    /// What the longest stretch of a CPU's sleep says.
    QString said(int cpu)
    {
        QImage image(view.size(), QImage::Format_RGB32);
        QPainter p(&image);
        const auto scene = view.scene();
        QString text;
        for (const auto& t : ui::paintFloor(p, scene))
            if (t.right != 0 && t.cpu == cpu && text.isEmpty()) text = ui::sleepText(scene, t);
        return text;
    }

    ui::ThemeProvider theme;
    ui::MainWindow window;
    ui::TimelineView& view;
};

/// The share of a colour on a line of a CPU's lane, from one tick to another.
double shareOf(const QImage& image, const ui::TimelineScene& s, int cpu, double height, double from, double to, const QColor& colour)
{
    const int y = static_cast<int>(s.rows.lanes.topOf(cpu) + s.rows.lanes.rowHeight * height);
    int all = 0, found = 0;
    for (int x = static_cast<int>(s.scale.leftOf(from)); x < static_cast<int>(s.scale.leftOf(to)); ++x, ++all)
        if (image.pixelColor(x, y) == colour) ++found;
    return all == 0 ? 0 : static_cast<double>(found) / all;
}

} // namespace

TEST_F(StripPicture, WhatBeginsLaterLiesAbove)
{
    // CPU 0 waits for A from 1010.5 to 1015; B interrupts that from 1011 to 1013.
    start(std::make_shared<const core::Inputs>(core::readScenario(R"({"format":"jiffyscope-scenario","version":1,"title":"T","until":"1020",
"machine":{"hz":1000,"jiffies":1000,"cpus":2,"interrupts":true},
"items":[{"name":"A","slack":0,"on":[{"do":"burn","for":"5 jiffies"}]},{"name":"B","slack":0,"on":[{"do":"burn","for":"2 jiffies"}]}],
"actions":[{"at":"+0","cpu":1,"do":"add_timer","timer":"A","expires":"1010"},{"at":"+0","cpu":0,"do":"add_timer","timer":"B","expires":"1011"},
{"at":"+10","cpu":0,"do":"del_timer_sync","timer":"A"}]})", "t.jiffy.json")
                                                        .value()));
    window.session().toEnd();
    view.setRange({0, 21});
    const auto image = picture();
    const auto scene = view.scene();
    const QColor handler = scene.look.t().pill;
    EXPECT_GT(shareOf(image, scene, 0, .85, 11.2, 12.9, handler), .6) << "B over the spinning";
    EXPECT_LT(shareOf(image, scene, 0, .85, 13.2, 14.8, handler), .05) << "behind it CPU 0 spins on";
    EXPECT_GT(shareOf(image, scene, 1, .85, 10.2, 14.8, handler), .6) << "A";
}

TEST_F(StripPicture, SleepsTellWhatHasHappenedSoFar)
{
    const test::NohzRun run;
    start(run.inputs);
    view.setRange({0, 501});
    const auto plain = [](QString text) { return text.toStdString(); };
    window.session().seekTick(50);
    EXPECT_EQ(plain(said(2)), "asleep: 50 ticks did not happen so far");
    EXPECT_EQ(plain(said(3)), "asleep: 207 ticks will not happen") << "from 1192 to 1400";
    window.session().seek(run.fired(1));
    EXPECT_EQ(plain(said(2)), "asleep: 499 ticks did not happen");
    EXPECT_EQ(plain(said(3)), "asleep: 207 ticks did not happen");
}

TEST_F(StripPicture, NumbersAreThoseOfTheHeader)
{
    const test::NohzRun run;
    start(run.inputs);
    view.setRange({0, 501});
    window.session().seekTick(250);
    const auto scene = view.scene();
    EXPECT_EQ(ui::playheadText(scene).toStdString(), "1250");
    std::vector<std::string> labels;
    for (const auto& mark : ui::rulerMarksOf(scene))
        if (mark.isMajor) labels.push_back(mark.label.toStdString());
    EXPECT_EQ(labels, (std::vector<std::string>{"1000", "1050", "1100", "1150", "1200", "1250", "1300", "1350", "1400", "1450", "1500"}));
}

TEST_F(StripPicture, LanesAreInSightInASmallWindow)
{
    window.resize(1024, 768);
    const test::NohzRun run;
    start(run.inputs);
    QTest::qWait(5);
    const auto rows = view.scene().rows;
    EXPECT_EQ(rows.lanes.firstInSight(), 0);
    EXPECT_EQ(rows.lanes.endInSight(), 4) << rows.lanes.height;
    EXPECT_GE(rows.lanes.height, rows.lanes.contentHeight() - 1);
}

TEST_F(StripPicture, TheReasonStandsBelowTheCode)
{
    const test::NohzRun run;
    window.resize(1280, 800);
    start(run.inputs);
    window.session().seek(run.fired(1));
    auto* panel = window.findChild<ui::WakeReasonPanel*>();
    ASSERT_TRUE(panel != nullptr);
    EXPECT_TRUE(panel->isVisible());
    panel->click();
    EXPECT_EQ(window.session().record()->site, core::Site::NextInterrupt);
    EXPECT_FALSE(panel->isVisible());
}
