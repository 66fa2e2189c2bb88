// SPDX-License-Identifier: GPL-3.0-or-later
// Who goes first, and what is done to CPUs and processes: the bar, the dialogs, the words, and their undoing.
#include "core/scenario/reader.h"
#include "tests/ui/support/test_desk.h"
#include "ui/whatif/cpu_dialog.h"
#include "ui/whatif/preview_card.h"
#include "ui/whatif/turn_bar.h"
#include "ui/window/status_line.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <gtest/gtest.h>

using namespace jiffy;
using core::Intervention;
using What = core::Intervention::What;

namespace
{

constexpr const char* text = R"({"format": "jiffyscope-scenario", "version": 1, "title": "Both",
  "machine": {"hz": 1000, "jiffies": 1000, "cpus": 2, "nohz": true},
  "items": [{"name": "A", "slack": 0, "on": [{"do": "burn", "for": "1 jiffy"}, {"do": "rearm", "by": "+20"}]}],
  "processes": [{"name": "P", "at": "1ms", "does": [{"do": "msleep_interruptible", "ms": 50}]}],
  "actions": [{"at": "+0", "cpu": 1, "do": "add_timer", "timer": "A", "expires": "1010"},
              {"at": "+11", "cpu": 0, "do": "del_timer", "timer": "A"}],
  "until": "+100"})";

struct Window : test::TestDesk
{
    QObject parent;
    ui::Actions actions{&parent};
    ui::TurnBar bar{desk, actions, nullptr};

    Window()
    {
        auto document = *core::readDocument(text, "both");
        core::Opened opened;
        opened.inputs = std::make_shared<const core::Inputs>(*core::compile(document));
        opened.document = std::make_shared<const core::Scenario>(std::move(document));
        session.start(opened, QStringLiteral("both.jiffy.json"));
        wait();
    }
    void wait()
    {
        EXPECT_TRUE(QTest::qWaitFor([&] { return !session.isRunning(); }, 10'000));
    }
    /// To a place of that tick at which somebody else could go, too.
    bool toCrossroads(std::uint64_t tick)
    {
        for (std::uint64_t e = 0; e < session.snapshot().log.size(); ++e) {
            if (session.history().ticksAt({e, 0, 0}) != tick || !core::ableAt(session.history(), {e, 0, 0}).isOpen()) continue;
            session.seek({e, 0, 0});
            bar.look();
            return true;
        }
        return false;
    }
    std::vector<core::Record> records()
    {
        wait();
        std::vector<core::Record> all;
        for (std::uint64_t e = 0; e < session.snapshot().log.size(); ++e) all.push_back(session.snapshot().log[e]);
        return all;
    }
    Intervention on(What kind)
    {
        Intervention what;
        what.what = kind;
        what.cpu = 1;
        what.name = "nic";
        what.nanoseconds = 2'000'000;
        if (core::isAboutTimer(what)) what.timer = core::TimerId(1);
        return what;
    }
};

} // namespace

TEST(TurnBar, OffersTheOtherCpuAndKeepsBothFutures)
{
    Window w;
    w.session.seek({0, 0, 0});
    w.bar.look();
    EXPECT_TRUE(w.bar.isHidden()); // nothing is to be chosen there
    ASSERT_TRUE(w.toCrossroads(11));
    EXPECT_FALSE(w.bar.isHidden());
    EXPECT_TRUE(w.bar.sentence().contains(QStringLiteral("goes next"))) << w.bar.sentence().toStdString();
    ASSERT_EQ(w.bar.buttons().size(), 1u);
    EXPECT_TRUE(w.actions[ui::Act::GoFirst]->isEnabled());
    const auto place = w.session.position();
    const auto usual = w.records();
    const int other = w.bar.roads().next == 0 ? 1 : 0;

    w.bar.buttons().front()->click();
    ASSERT_EQ(w.session.branches().size(), 2u);
    const auto& made = *w.session.branches().find(w.session.leading());
    EXPECT_EQ(QString::fromStdString(made.name), QStringLiteral("CPU %1 first at 1011").arg(other));
    EXPECT_GT(w.session.position().event, place.event);
    const auto chosen = w.records();
    EXPECT_NE(chosen, usual);

    // Back at the place the usual CPU is offered, and leads to the future that was kept.
    w.session.seek(place);
    w.bar.look();
    EXPECT_TRUE(w.bar.sentence().contains(QStringLiteral("as chosen"))) << w.bar.sentence().toStdString();
    w.actions[ui::Act::GoFirst]->trigger();
    EXPECT_EQ(w.session.branches().size(), 2u);
    EXPECT_EQ(w.records(), usual);

    // So does undo, from the other.
    w.session.seek(place);
    w.bar.choose(other);
    EXPECT_EQ(w.records(), chosen);
    w.session.undoStack().undo();
    EXPECT_EQ(w.records(), usual);
    w.session.undoStack().redo();
    EXPECT_EQ(w.records(), chosen);
}

TEST(TurnBar, SaysWhyNobodyCanBeChosen)
{
    Window w;
    auto* goFirst = w.actions[ui::Act::GoFirst];
    w.session.toEnd();
    w.wait();
    w.bar.look();
    EXPECT_TRUE(w.bar.isHidden());
    EXPECT_TRUE(w.bar.buttons().empty());
    EXPECT_TRUE(goFirst->isEnabled());
    EXPECT_TRUE(goFirst->toolTip().contains(QStringLiteral("run ends")));
    // Asked for all the same, it says why, until the playhead moves.
    goFirst->trigger();
    EXPECT_FALSE(w.bar.isHidden());
    EXPECT_TRUE(w.bar.accessibleName().contains(QStringLiteral("run ends"))) << w.bar.accessibleName().toStdString();
    EXPECT_EQ(w.session.branches().size(), 1u);
    w.session.toStart();
    EXPECT_TRUE(w.bar.isHidden());
    // While it plays nobody is asked.
    ASSERT_TRUE(w.toCrossroads(11));
    w.bar.setPlaying(true);
    EXPECT_TRUE(w.bar.isHidden());
    EXPECT_TRUE(goFirst->toolTip().contains(QStringLiteral("Stop playing")));
    goFirst->trigger();
    EXPECT_TRUE(w.bar.accessibleName().contains(QStringLiteral("Stop playing")));
    w.bar.setPlaying(false);
    w.bar.look();
    EXPECT_EQ(w.bar.buttons().size(), 1u);
}

TEST(TurnBar, StandsInTheStatusLineAndMovesNothing)
{
    test::TestDesk desk;
    ui::StatusLine line(desk.theme, nullptr);
    auto* middle = new QLabel(QStringLiteral("CPU 0 goes next"), nullptr);
    middle->hide();
    line.setMiddle(middle);
    line.setText(QStringLiteral("event 10 of 47"));
    for (const int width : {1024, 1280, 1920}) {
        line.resize(width, line.height());
        const int height = line.height();
        EXPECT_TRUE(middle->isHidden());
        middle->show();
        line.placeMiddle();
        EXPECT_EQ(line.height(), height);
        EXPECT_TRUE(line.rect().contains(middle->geometry())) << width;
        EXPECT_GE(middle->width(), middle->sizeHint().width()) << width;
        middle->hide();
    }
}

TEST(CpuWhatIf, EachIsDoneTakenBackAndNamed)
{
    Window w;
    w.session.seekTick(5);
    const auto before = w.records();
    for (const auto kind : {What::GoIdle, What::Delay, What::Interrupt, What::Wake, What::Signal, What::DeleteSync, What::Free}) {
        const auto what = w.on(kind);
        ASSERT_TRUE(w.session.intervene(what)) << static_cast<int>(kind);
        EXPECT_FALSE(w.session.saidHere().isEmpty());
        EXPECT_TRUE(w.session.saidHere().contains(QStringLiteral("1005"))) << w.session.saidHere().toStdString();
        EXPECT_NE(w.records(), before) << static_cast<int>(kind);
        w.session.undoStack().undo();
        EXPECT_EQ(w.records(), before) << static_cast<int>(kind);
    }
}

TEST(CpuWhatIf, DialogsTellWhenItTakesEffect)
{
    Window w;
    // In the middle of A's function on CPU 1.
    for (std::uint64_t e = 1; e < w.session.snapshot().log.size(); ++e) {
        if (w.session.snapshot().log[e - 1].kind == core::Kind::Fired) w.session.seek({e, 0, 0});
        if (w.session.position().event == e) break;
    }
    ui::CpuDialog dialog(w.session, w.theme, What::Delay, 1, {}, nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    EXPECT_TRUE(dialog.preview().headline().contains(QStringLiteral("CPU 1"))) << dialog.preview().headline().toStdString();
    EXPECT_TRUE(dialog.preview().headline().contains(QStringLiteral("3 ms"))) << dialog.preview().headline().toStdString();
    auto* trial = w.session.trial();
    ASSERT_NE(trial, nullptr);
    trial->standOn(w.on(What::Delay));
    EXPECT_TRUE(trial->isLater());
    EXPECT_EQ(trial->occupied(), core::Occupied::Softirq);
    EXPECT_GE(trial->waits(), 1'000'000u);
    EXPECT_TRUE(ui::whenOnCpu(*trial, 1).contains(QStringLiteral("softirq"))) << ui::whenOnCpu(*trial, 1).toStdString();
    auto* line = dialog.findChild<QLineEdit*>();
    ASSERT_NE(line, nullptr);
    line->setText(QStringLiteral("soon"));
    EXPECT_TRUE(dialog.preview().headline().contains(QStringLiteral("How long"))) << dialog.preview().headline().toStdString();
}
