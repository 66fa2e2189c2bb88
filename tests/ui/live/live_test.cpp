// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/ops_reader.h"
#include "ui/live/live_bar.h"
#include "ui/live/live_control.h"
#include "ui/live/live_dialog.h"
#include "ui/window/message_bar.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <csignal>
#include <gtest/gtest.h>

using namespace jiffy;
using namespace jiffy::ui;

namespace
{

core::Inputs workload()
{
    auto inputs = core::readOps("scheduler new\nwork a\nwork b\nat 20 add a 0\nat 60 add b 1\nat 150 add a 0\nuntil 60000\n", "w.ops");
    EXPECT_TRUE(inputs.has_value());
    return std::move(*inputs);
}

core::LiveSettings lasting(std::uint64_t ms) { return {core::LiveScheme::Signal, 20'000, ms * 1000, 0}; }

/// A window's parts, as far as live runs need them.
struct Parts
{
    ThemeProvider theme;
    Session session{{}};
    QWidget window;
    MessageBar messages{theme, &window};
    LiveControl live{session, theme, messages, {}, {}, false, &window};

    Parts()
    {
        window.resize(1200, 300);
        window.show();
    }
    bool start(std::uint64_t ms) { return live.start(workload(), lasting(ms), SELFPIPE); }
    bool isSaid(const QString& part) const
    {
        for (const auto* label : messages.findChildren<QLabel*>())
            if (!messages.isHidden() && label->text().contains(part)) return true;
        return false;
    }
    bool waitFor(const std::function<bool()>& holds, int ms = 10'000) const { return QTest::qWaitFor(holds, ms); }
    bool isRecorded(std::uint64_t us) const { return session.isOpen() && session.snapshot().endTicks >= us; }
};

} // namespace

TEST(Live, ARecordingGrowsIsFollowedAndBecomesOrdinary)
{
    Parts p;
    QSignalSpy grown(&p.session, &Session::snapshotReady);
    ASSERT_TRUE(p.start(700));
    EXPECT_NE(p.live.pid(), getpid());
    ASSERT_TRUE(p.waitFor([&] { return p.isRecorded(100'000); }));
    EXPECT_TRUE(p.session.isLive());
    EXPECT_TRUE(p.session.isReadOnly());
    EXPECT_EQ(p.session.position(), p.session.history().end()) << "the playhead follows";
    // Somebody looks back: it stays there.
    p.session.toStart();
    const auto size = p.session.snapshot().log.size();
    ASSERT_TRUE(p.waitFor([&] { return p.session.snapshot().log.size() > size + 20; }));
    EXPECT_TRUE(p.session.atStart());
    // And follows again from the end.
    p.session.toEnd();
    ASSERT_TRUE(p.waitFor([&] { return !p.live.isRunning(); }));
    EXPECT_FALSE(p.session.isLive());
    EXPECT_FALSE(p.session.isRunning());
    EXPECT_TRUE(p.session.atEnd());
    EXPECT_EQ(p.session.snapshot().check.broken, 0);
    EXPECT_GT(grown.size(), 5);
    EXPECT_TRUE(p.messages.isHidden()) << "nothing to complain of";
    EXPECT_TRUE(p.live.bar()->isVisible()) << "the figures stay";
    p.session.stepBack(core::Rung::Operation);
    EXPECT_FALSE(p.session.atEnd());
    EXPECT_FALSE(p.session.fork());
}

TEST(Live, StopKeepsWhatWasRecorded)
{
    Parts p;
    ASSERT_TRUE(p.start(60'000));
    ASSERT_TRUE(p.waitFor([&] { return p.isRecorded(100'000); }));
    Q_EMIT p.live.bar()->stopAsked();
    ASSERT_TRUE(p.waitFor([&] { return !p.live.isRunning(); }));
    EXPECT_GE(p.session.snapshot().endTicks, 100'000u);
    EXPECT_FALSE(p.session.isLive());
    EXPECT_TRUE(p.messages.isHidden());
}

TEST(Live, OneThatIsKilledIsReported)
{
    Parts p;
    ASSERT_TRUE(p.start(60'000));
    ASSERT_TRUE(p.waitFor([&] { return p.isRecorded(100'000); }));
    kill(p.live.pid(), SIGKILL);
    ASSERT_TRUE(p.waitFor([&] { return !p.live.isRunning(); }));
    EXPECT_TRUE(p.isSaid(QStringLiteral("ended by signal 9")));
    EXPECT_TRUE(p.isSaid(QStringLiteral("is kept")));
    EXPECT_FALSE(p.session.isLive());
    EXPECT_GE(p.session.snapshot().endTicks, 100'000u);
}

TEST(Live, OneThatHangsIsReportedAndHeardAgain)
{
    Parts p;
    ASSERT_TRUE(p.start(60'000));
    ASSERT_TRUE(p.waitFor([&] { return p.isRecorded(100'000); }));
    kill(p.live.pid(), SIGSTOP);
    ASSERT_TRUE(p.waitFor([&] { return p.isSaid(QStringLiteral("seems to hang")); }));
    kill(p.live.pid(), SIGCONT);
    ASSERT_TRUE(p.waitFor([&] { return p.messages.isHidden(); }));
    p.live.stop();
    ASSERT_TRUE(p.waitFor([&] { return !p.live.isRunning(); }));
    EXPECT_TRUE(p.messages.isHidden());
}

TEST(Live, WhatCannotBeStartedIsReported)
{
    Parts p;
    EXPECT_FALSE(p.live.start(workload(), lasting(100), "/nowhere/jiffyscope-selfpipe"));
    EXPECT_TRUE(p.isSaid(QStringLiteral("could not be started")));
    EXPECT_TRUE(p.isSaid(QStringLiteral("No such file")));
    EXPECT_FALSE(p.session.isOpen());
    EXPECT_FALSE(p.live.bar()->isVisible());
}

TEST(Live, AnotherFileEndsIt)
{
    Parts p;
    ASSERT_TRUE(p.start(60'000));
    ASSERT_TRUE(p.waitFor([&] { return p.isRecorded(50'000); }));
    const int pid = p.live.pid();
    core::Opened other;
    other.inputs = std::make_shared<const core::Inputs>(workload());
    p.session.start(std::move(other), QStringLiteral("w.ops"));
    EXPECT_FALSE(p.live.isRunning());
    EXPECT_FALSE(p.session.isLive());
    EXPECT_NE(kill(pid, 0), 0);
    EXPECT_FALSE(p.live.bar()->isVisible());
}

TEST(Live, TheDialogKeepsWhatItIsGiven)
{
    ThemeProvider theme;
    LiveDialog dialog(theme, {{QString(), QStringLiteral("What is open: x")}, {QStringLiteral(":tgtd"), QStringLiteral("tgtd")}}, nullptr);
    EXPECT_EQ(dialog.settings(), core::LiveSettings{});
    const core::LiveSettings other{core::LiveScheme::SignalFd, 20'000, 1'500'000, 150'000};
    dialog.setSettings(other);
    EXPECT_EQ(dialog.settings(), other);
    dialog.setWorkload(QStringLiteral(":tgtd"));
    EXPECT_EQ(dialog.workload(), QStringLiteral(":tgtd"));
    dialog.setWorkload(QStringLiteral(":gone"));
    EXPECT_EQ(dialog.workload(), QStringLiteral(":tgtd"));
}

TEST(LiveDialog, LastsAsLongAsTheWorkloadUntilTheUserChooses)
{
    ThemeProvider theme;
    LiveDialog dialog(theme, {{QStringLiteral(":short"), QStringLiteral("a")}, {QStringLiteral(":long"), QStringLiteral("b")}, {QStringLiteral(":bad"), QStringLiteral("c")}}, nullptr);
    dialog.setLength([](const QString& name) -> std::uint64_t {
        return name == QStringLiteral(":short") ? 16'000'000 : name == QStringLiteral(":long") ? 3'600'000'000 : 0;
    });
    EXPECT_EQ(dialog.settings().duration, 16'000'000u);
    dialog.setWorkload(QStringLiteral(":long"));
    EXPECT_EQ(dialog.settings().duration, 30'000'000u);
    dialog.setWorkload(QStringLiteral(":bad"));
    EXPECT_EQ(dialog.settings().duration, core::LiveSettings().duration);
    EXPECT_FALSE(dialog.isOwnDuration());
    dialog.setOwnDuration(2'000'000);
    dialog.setWorkload(QStringLiteral(":short"));
    EXPECT_EQ(dialog.settings().duration, 2'000'000u);
    EXPECT_TRUE(dialog.isOwnDuration());
}

TEST(LiveFigures, BarsStandOnOneScale)
{
    EXPECT_EQ(figureBars({}, {0, 0, 100, 20}), FigureBars{});
    const Figure figure{QString(), {1000, 1000, 9000}, {0, 0}};
    const QRectF box(10, 5, 100, 20);
    const auto bars = figureBars(figure, box);
    ASSERT_EQ(bars.real.size(), 2u);
    ASSERT_EQ(bars.model.size(), 1u);
    for (const auto& bar : bars.real) EXPECT_TRUE(box.contains(bar));
    for (const auto& bar : bars.model) EXPECT_TRUE(box.contains(bar));
    EXPECT_GT(bars.real[0].height(), bars.real[1].height());
    EXPECT_EQ(bars.real[0].bottom(), bars.real[1].bottom());
    EXPECT_GE(bars.model[0].top(), bars.real[0].bottom());
    EXPECT_LT(bars.model[0].left(), bars.real[0].left()) << "nothing is at the left";
}

TEST(LiveFigures, WordsHaveThreeDigits)
{
    const auto plain = [](QString text) { return text.replace(QChar(0x202F), QLatin1Char(' ')).toStdString(); };
    EXPECT_EQ(plain(durationWords(0)), "0");
    EXPECT_EQ(plain(durationWords(7)), "7 ns");
    EXPECT_EQ(plain(durationWords(58'120)), "58.1 µs");
    EXPECT_EQ(plain(durationWords(999'600)), "1.00 ms");
    EXPECT_EQ(plain(durationWords(1'230'000'000)), "1.23 s");
    EXPECT_EQ(plain(figureText({1000, 3000, 2000})), "median 2.00 µs, at most 3.00 µs");
    EXPECT_EQ(plain(figureText({0, 0})), "0");
    EXPECT_EQ(plain(figureText({})), "none yet");
}
