// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/victim/victim_state.h"
#include "ui/editor/autosave.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

#include <signal.h>
#include <unistd.h>

using namespace jiffy;
using test::victimState;

namespace
{

class AutosaveTest : public testing::Test
{
  protected:
    QString folder() const { return dir.filePath(QStringLiteral("autosave")); }
    QStringList files() const { return QDir(folder()).entryList(QDir::Files | QDir::Hidden); }
    QTemporaryDir dir;
};

} // namespace

TEST_F(AutosaveTest, WorkSurvivesAsBytes)
{
    for (int n = 0; n < 50; ++n) {
        const auto work = victimState(n);
        const auto bytes = ui::toBytes(work);
        EXPECT_EQ(ui::workFrom(bytes), work) << n;
        EXPECT_FALSE(ui::workFrom(bytes.chopped(1)));
        auto spoilt = bytes;
        const auto at = (n * 7919) % spoilt.size();
        spoilt[at] = static_cast<char>(spoilt[at] ^ 1);
        EXPECT_FALSE(ui::workFrom(spoilt)) << n << " at " << at;
    }
    EXPECT_FALSE(ui::workFrom({}));
}

TEST_F(AutosaveTest, OffersWhatWasNotCleared)
{
    {
        ui::Autosave first(folder());
        first.keep(victimState(1));
        first.keep(victimState(2));
    }
    auto found = ui::leftovers(folder());
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].work(), victimState(2));
    found[0].discard();
    found.clear();
    EXPECT_TRUE(ui::leftovers(folder()).empty());
    EXPECT_TRUE(files().isEmpty()) << files().join(u' ').toStdString();
}

TEST_F(AutosaveTest, LeavesNothingWhenAllIsSaved)
{
    {
        ui::Autosave autosave(folder());
        autosave.keep(victimState(1));
        autosave.wait();
        EXPECT_EQ(files().size(), 2);
        autosave.clear();
        autosave.wait();
        EXPECT_TRUE(files().isEmpty()) << files().join(u' ').toStdString();
        autosave.keep(victimState(2));
        autosave.clear();
    }
    EXPECT_TRUE(files().isEmpty()) << files().join(u' ').toStdString();
}

TEST_F(AutosaveTest, WindowsDoNotTakeEachOthersWork)
{
    ui::Autosave alive(folder());
    alive.keep(victimState(1));
    alive.wait();
    EXPECT_TRUE(ui::leftovers(folder()).empty());
    {
        ui::Autosave dead(folder());
        dead.keep(victimState(2));
    }
    auto asked = ui::leftovers(folder());
    ASSERT_EQ(asked.size(), 1u);
    EXPECT_EQ(asked[0].work(), victimState(2));
    // A second window that starts while the first one is still asking gets nothing; later it would.
    EXPECT_TRUE(ui::leftovers(folder()).empty());
    asked.clear();
    EXPECT_EQ(ui::leftovers(folder()).size(), 1u);
    EXPECT_TRUE(QFile::exists(alive.path()));
}

TEST_F(AutosaveTest, SaysOnceThatItCannotWrite)
{
    QFile file(folder());
    ASSERT_TRUE(file.open(QIODevice::WriteOnly)); // a file where the folder should be
    file.close();
    ui::Autosave autosave(folder());
    QSignalSpy failed(&autosave, &ui::Autosave::failed);
    for (int i = 0; i < 3; ++i) {
        autosave.keep(victimState(i));
        autosave.wait();
    }
    QTest::qWait(1);
    EXPECT_EQ(failed.count(), 1);
    file.remove();
    autosave.keep(victimState(4));
    autosave.wait();
    EXPECT_EQ(files().size(), 2);
}

/// A hundred processes, each killed somewhere: what is found is the last state or the one before, to the byte.
TEST_F(AutosaveTest, SurvivesAKillAtAnyMoment)
{
    int withWork = 0, last = 0, before = 0, cleared = 0;
    for (int seed = 0; seed < 100; ++seed) {
        QProcess victim;
        victim.start(QStringLiteral(AUTOSAVE_VICTIM), {folder(), QString::number(seed)});
        ASSERT_TRUE(victim.waitForStarted());
        ASSERT_TRUE(victim.waitForReadyRead(20'000));
        ::usleep(static_cast<useconds_t>((seed * 7919) % 40'000));
        ::kill(static_cast<pid_t>(victim.processId()), SIGKILL);
        ASSERT_TRUE(victim.waitForFinished());
        const auto lines = victim.readAllStandardOutput().trimmed().split('\n');
        const int said = lines.last().toInt();
        const int n = std::abs(said);

        auto found = ui::leftovers(folder());
        ASSERT_LE(found.size(), 1u) << seed;
        if (found.empty()) {
            // Only where there was nothing yet, or nothing any more.
            const bool wasCleared = said < 0 || (lines.size() > 1 && lines[lines.size() - 2].toInt() == -(n - 1));
            EXPECT_TRUE(n == 1 || wasCleared) << seed << ": state " << said << " is lost";
            ++cleared;
            continue;
        }
        ++withWork;
        const auto& work = found[0].work();
        const int there = work.text.left(work.text.indexOf('\n')).toInt();
        EXPECT_EQ(work, victimState(there)) << seed;
        EXPECT_TRUE(there == n || there == n - 1) << seed << ": state " << there << " of " << n;
        ++(there == n ? last : before);
        found[0].discard();
        found.clear();
        EXPECT_TRUE(files().isEmpty()) << seed << ": " << files().join(u' ').toStdString();
    }
    RecordProperty("last", last);
    RecordProperty("before", before);
    std::printf("100 kills: %d with work (%d the last state, %d the one before), %d without any\n", withWork, last,
                before, cleared);
    EXPECT_GT(withWork, 60);
}
