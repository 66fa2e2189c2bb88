// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/narration/wake_reason.h"

#include "tests/ui/nohz/nohz_run.h"
#include "tests/ui/support/test_desk.h"

#include <gtest/gtest.h>

#include <QImage>
#include <QSignalSpy>
#include <QTest>

namespace jiffy::ui
{
namespace
{

std::string plain(QString text) { return text.replace(QChar(0x2009), u' ').toStdString(); }

TEST(WakeReason, SaysWhatWasCountedAndWhatNot)
{
    const test::NohzRun run;
    const auto at = run.fired(1);
    const auto slept = core::sleptThrough(run.history->at(at), *run.inputs, run.history->log(), at);
    ASSERT_TRUE(slept);
    const WakeReason reason = wakeReasonOf(*slept, *run.inputs);
    EXPECT_EQ(plain(reason.plain()), "Why nobody woke it at 1 100: before the tick stopped, at 1 000. D deferrable: not counted 1 100. N counted: sleep until 1 500");
    ASSERT_EQ(reason.rows.size(), 2u);
    EXPECT_FALSE(reason.rows[0].isCounted);
    EXPECT_TRUE(reason.rows[1].isCounted);
    auto other = *slept;
    other.stopsTick = false;
    other.tick = 400;
    other.until = ~0ull;
    other.counted = core::TimerId::none();
    EXPECT_EQ(plain(wakeReasonOf(other, *run.inputs).plain()), "Why nobody woke it at 1 100: when it slept on, at 1 400. D deferrable: not counted 1 100. nothing that counts: sleep on");
    other.until = 1500;
    EXPECT_EQ(plain(wakeReasonOf(other, *run.inputs).rows[1].text), "the first that counts: sleep until");
}

TEST(WakeReason, IsAPanelAsHighAsItsRowsAndAButton)
{
    test::TestDesk desk;
    WakeReasonPanel panel(desk.theme);
    EXPECT_EQ(panel.sizeHint().height(), 0);
    panel.setReason(WakeReason{QStringLiteral("Why"), QStringLiteral("before"), {{QStringLiteral("D"), QStringLiteral("no"), QStringLiteral("1100"), false}}});
    const int one = panel.sizeHint().height();
    EXPECT_GT(one, 60);
    auto two = *panel.reason();
    two.rows.push_back({QStringLiteral("N"), QStringLiteral("yes"), QStringLiteral("1500"), true});
    panel.setReason(two);
    EXPECT_GT(panel.sizeHint().height(), one);
    EXPECT_TRUE(panel.accessibleName().contains(QStringLiteral("N yes 1500")));
    panel.resize(panel.sizeHint());
    QSignalSpy clicked(&panel, &QAbstractButton::clicked);
    panel.show();
    QTest::keyClick(&panel, Qt::Key_Space);
    EXPECT_EQ(clicked.size(), 1);
    // Something stands on it.
    QImage image(panel.size(), QImage::Format_RGB32);
    panel.render(&image);
    const QRgb ground = image.pixel(2, image.height() / 2);
    int other = 0;
    for (int y = 2; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) other += image.pixel(x, y) != ground ? 1 : 0;
    EXPECT_GT(other, 500);
}

} // namespace
} // namespace jiffy::ui
