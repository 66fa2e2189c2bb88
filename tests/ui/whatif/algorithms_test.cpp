// SPDX-License-Identifier: GPL-3.0-or-later
// "What if" on the wheel of 6.1 and on a sorted list.
#include "core/base/random.h"
#include "core/insight/due.h"
#include "core/scenario/reader.h"
#include "core/timers/registry.h"
#include "tests/ui/support/test_desk.h"
#include "ui/whatif/bucket_rows.h"
#include "ui/whatif/dialogs.h"
#include "ui/whatif/drop.h"
#include "ui/whatif/filing_lens.h"
#include "ui/whatif/interventions.h"
#include "ui/whatif/preview_card.h"
#include "ui/wheel/filing.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <gtest/gtest.h>

using namespace jiffy;
using namespace jiffy::ui;

namespace
{

struct OnAlgorithm : test::TestDesk
{
    QWidget window;
    Actions actions{nullptr};
    Interventions hands{desk, actions, &window};

    /// a to 1100, b to 1400, c deferrable to 1300, all by CPU 0; the playhead at 1050.
    explicit OnAlgorithm(const char* timers)
    {
        const auto text = std::string(R"({"format": "jiffyscope-scenario", "version": 1,
          "machine": {"timers": ")") + timers + R"(", "cpus": 2, "bits": 32, "hz": 250, "jiffies": 1000},
          "items": [{"name": "a", "slack": 0}, {"name": "b", "slack": 0}, {"name": "c", "slack": 0, "deferrable": true}],
          "actions": [{"at": "+0", "cpu": 0, "do": "mod_timer", "timer": "a", "expires": "+100"},
                      {"at": "+0", "cpu": 0, "do": "mod_timer", "timer": "b", "expires": "+400"},
                      {"at": "+0", "cpu": 0, "do": "mod_timer", "timer": "c", "expires": "+300"}],
          "until": "+1000"})";
        core::Opened opened;
        auto document = *core::readDocument(text, "x");
        opened.inputs = std::make_shared<const core::Inputs>(*core::compile(document));
        opened.document = std::make_shared<const core::Scenario>(std::move(document));
        session.start(opened, QStringLiteral("x"));
        finish();
        session.seekTick(50);
    }
    void finish()
    {
        EXPECT_TRUE(QTest::qWaitFor(
            [&] {
                for (const auto& b : session.branches().all())
                    if (b.snapshot.status == core::RunStatus::Running) return false;
                return !session.isWaiting();
            },
            5000));
    }
    const core::Geometry& g() { return session.world().geometry(); }
    template <class Dialog> Dialog* dialog()
    {
        auto* found = window.findChild<Dialog*>();
        EXPECT_NE(found, nullptr);
        return found;
    }
};

const core::TimerId a(0), b(1), c(2);

void type(QDialog* dialog, const QString& label, const QString& text)
{
    for (auto* edit : dialog->findChildren<QLineEdit*>())
        if (edit->accessibleName() == label) return edit->setText(text);
    FAIL() << label.toStdString();
}

QCheckBox* box(QDialog* dialog, const char* part)
{
    for (auto* check : dialog->findChildren<QCheckBox*>())
        if (check->text().contains(QLatin1String(part))) return check;
    return nullptr;
}

} // namespace

TEST(WhatIfOnWheel61, DropsWhereTheBucketIs)
{
    OnAlgorithm t("wheel-6.1");
    const auto slot = t.g().slot(0, 1, 20);
    const auto drop = t.hands.previewDrop(a, slot);
    ASSERT_TRUE(drop);
    EXPECT_EQ(drop->outcome.to, slot);
    // 20 is due at a multiple of 8 whose number of slots ends so: 1184 = 148 * 8, 148 & 63 = 20.
    EXPECT_EQ(drop->what.expires, 1176u);
    EXPECT_EQ(t.hands.words(*drop).headline, QStringLiteral("lvl1[20], due at 1184 in 536 ms: 8 jiffies late"));
    EXPECT_TRUE(t.hands.words(*drop).plain().contains(QStringLiteral("Expiries from 1176 to 1183 end in this bucket: up to 8 jiffies late.")));
    t.hands.moveInto(a, slot);
    t.finish();
    EXPECT_EQ(t.session.world().slotOf(a), slot);
    EXPECT_EQ(t.session.world().item(a).expires, 1176u);
}

TEST(WhatIfOnWheel61, KnowsWhatCannotBe)
{
    OnAlgorithm t("wheel-6.1");
    // The clock stands at 1050: what is less than 63 away never goes to level 1.
    EXPECT_FALSE(t.hands.previewDrop(a, t.g().slot(0, 1, (1050 / 8 + 1) & 63)));
    // One timer is deferrable, and the others are not.
    const auto def = t.g().slotOn(0, 1, 1, 20);
    EXPECT_FALSE(t.hands.previewDrop(a, def));
    ASSERT_TRUE(t.hands.previewDrop(c, def));
    EXPECT_EQ(t.hands.previewDrop(c, def)->outcome.to, def);
    EXPECT_FALSE(t.hands.previewDrop(c, t.g().slot(0, 1, 20)));
}

TEST(WhatIfOnWheel61, ANewTimerBecomesWhatItsWheelIsFor)
{
    OnAlgorithm t("wheel-6.1");
    t.hands.addAt(t.g().slotOn(0, 1, 1, 20));
    auto* add = t.dialog<AddDialog>();
    EXPECT_TRUE(box(add, "deferrable")->isChecked());
    EXPECT_EQ(add->preview().headline(), QStringLiteral("def lvl1[20], due at 1184 in 536 ms: 8 jiffies late"));
}

TEST(WhatIfOnWheel61, ATimerThatStaysInItsBucketOnlyGetsAnotherExpiry)
{
    OnAlgorithm t("wheel-6.1");
    // b is due at 1408, and so is what expires at 1401, as far away as it is now.
    const auto move = t.hands.previewMove(b, 1401);
    ASSERT_TRUE(move);
    EXPECT_EQ(move->outcome.from, move->outcome.to);
    EXPECT_TRUE(t.hands.words(*move).notes.contains(QStringLiteral("mod_timer() will return 1: it stays in its bucket, only the expiry changes.")));
}

TEST(WhatIfOnWheel61, FieldsAreThoseThatItHas)
{
    OnAlgorithm t("wheel-6.1");
    t.hands.askToAdd();
    auto* add = t.dialog<AddDialog>();
    const auto slack = [&]() -> QLineEdit* {
        for (auto* edit : add->findChildren<QLineEdit*>())
            if (edit->accessibleName().startsWith(QLatin1String("Slack"))) return edit;
        return nullptr;
    }();
    EXPECT_TRUE(slack->isHidden());
    EXPECT_FALSE(box(add, "pinned")->isHidden());
    t.selection.selectTimer(a);
    t.hands.askToMove();
    auto* move = t.dialog<MoveDialog>();
    auto* reduce = box(move, "timer_reduce");
    EXPECT_FALSE(reduce->isHidden());
    reduce->setChecked(true);
    type(move, QStringLiteral("New expiry"), QStringLiteral("1500"));
    EXPECT_TRUE(move->preview().accessibleName().contains(QStringLiteral("timer_reduce() will return 1 and touch nothing")))
        << move->preview().accessibleName().toStdString();
    type(move, QStringLiteral("New expiry"), QStringLiteral("1080"));
    move->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
    t.finish();
    EXPECT_EQ(t.session.world().item(a).expires, 1080u);
}

TEST(WhatIfOnSortedList, SaysWhatIsWalkedPast)
{
    OnAlgorithm t("sorted-list");
    auto move = t.hands.previewMove(a, 1350);
    ASSERT_TRUE(move);
    EXPECT_EQ(t.hands.words(*move).headline, QStringLiteral("Behind 1 timer, 300 jiffies away (1.2 s)"));
    EXPECT_EQ(t.hands.words(*move).why, QStringLiteral("The list is walked from its head, past 1 timer, to the first that expires later: 2 comparisons."));
    EXPECT_EQ(t.hands.words(*move).level, -1);
    move = t.hands.previewMove(b, 1060);
    EXPECT_EQ(t.hands.words(*move).headline, QStringLiteral("At the head of the list, 10 jiffies away (40 ms)"));
    move = t.hands.previewMove(a, 1500);
    EXPECT_EQ(t.hands.words(*move).headline, QStringLiteral("Behind 2 timers, 450 jiffies away (1.8 s)"));
}

TEST(WhatIfOnSortedList, DropsBetweenTwoTimers)
{
    OnAlgorithm t("sorted-list");
    // In order: a 1100, c 1300, b 1400.
    const auto orderAfter = [&](core::TimerId timer, core::TimerId before) {
        const auto drop = t.hands.previewDropBefore(timer, 0, before);
        return drop ? static_cast<std::int64_t>(drop->what.expires) : -1;
    };
    EXPECT_EQ(orderAfter(b, c), 1100) << "behind a, which expires then, too";
    EXPECT_EQ(orderAfter(b, a), 1099);
    EXPECT_EQ(orderAfter(a, core::TimerId::none()), 1400);
    EXPECT_FALSE(t.hands.previewDrop(a, t.g().sortedList(0))) << "a list has no slots";
    const auto drop = t.hands.previewDropBefore(b, 0, c);
    t.hands.moveTo(b, drop->what.expires);
    t.finish();
    const auto& world = t.session.world();
    EXPECT_EQ(world.next(a), b);
    EXPECT_EQ(world.next(b), c);
}

TEST(WhatIfOnSortedList, FieldsAreThoseThatItHas)
{
    OnAlgorithm t("sorted-list");
    t.hands.askToAdd();
    auto* add = t.dialog<AddDialog>();
    EXPECT_TRUE(box(add, "deferrable")->isHidden());
    EXPECT_TRUE(box(add, "pinned")->isHidden());
    EXPECT_TRUE(add->preview().findChild<FilingLens*>()->isHidden());
}

TEST(BucketRows, ShowLevelAndSlot)
{
    const auto g = core::wheel61Geometry(1, core::Word(32), core::Hz{250});
    auto rows = bucketRows(g, 1100, 1000);
    EXPECT_EQ(rows.level, 1);
    EXPECT_EQ(rows.distance, 100u);
    EXPECT_EQ(rows.shift, 3);
    EXPECT_EQ(rows.slot, 10u);
    EXPECT_EQ((rows.rounded >> rows.shift) & 63, rows.slot);
    rows = bucketRows(g, 900, 1000);
    EXPECT_TRUE(rows.isPast);
    EXPECT_EQ(rows.rounded & 63, rows.slot);
    rows = bucketRows(g, g.word.add(1000, 0x7000'0000), 1000);
    EXPECT_TRUE(rows.isCut);
    EXPECT_EQ((rows.rounded >> rows.shift) & 63, rows.slot);
    EXPECT_EQ(borderText(0), QStringLiteral("63"));
    EXPECT_EQ(borderText(3), QStringLiteral("32k"));
    EXPECT_EQ(borderText(6), QStringLiteral("16M"));
}

/// The wheel's drags and the dialogs agree on which expiry leads into a slot, and it does.
TEST(Filing61, IsInverted)
{
    core::Random random{5};
    const auto g = core::wheel61Geometry(1, core::Word(32), core::Hz{250});
    for (int round = 0; round < 60; ++round) {
        const auto clk = g.word.reduce(random.between(0, ~0u));
        for (int l = 0; l < g.levels; ++l) {
            for (std::uint32_t i = 0; i < 64; ++i) {
                const auto expires = expiryFor(g, clk, {l, i});
                if (!expires) continue;
                ASSERT_EQ(core::bucketFor(g, *expires, clk).within, static_cast<std::uint32_t>(l) * 64 + i);
                ASSERT_EQ(earliestExpiryIn(g, g.slot(0, l, i), clk), expires);
                const auto served = servedNext(g, clk, {l, i});
                ASSERT_EQ(served.first, core::bucketFor(g, *expires, clk).due) << "served next is what is filed now";
            }
        }
    }
}
