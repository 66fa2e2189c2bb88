// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/reader.h"
#include "core/scenario/writer.h"
#include "tests/support/source_dir.h"
#include "ui/editor/action_model.h"
#include "ui/editor/scenario_text.h"
#include "ui/editor/timer_model.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QTextCursor>
#include <QTextDocument>
#include <gtest/gtest.h>

#include <random>

using namespace jiffy;
using ui::ScenarioText;

namespace
{

const QByteArray small = R"({
  "format": "jiffyscope-scenario", "version": 1, // the head
  "machine": {"cpus": 2, "hz": 250},
  "items": [{"name": "A"}, {"name": "B"} /* two */],
  "actions": [
    {"at": "+1", "cpu": 0, "do": "mod_timer", "timer": "A", "expires": "+5"}, // the first
    {"at": "+9", "cpu": 1, "do": "del_timer", "timer": "A"}
  ]
}
)";

void type(ScenarioText& text, const QString& from, const QString& to)
{
    auto cursor = text.document().find(from);
    ASSERT_FALSE(cursor.isNull()) << from.toStdString();
    cursor.insertText(to);
}

core::Scenario read(const QByteArray& bytes)
{
    const auto d = core::readDraft(bytes.toStdString(), {}, core::DraftReading::ShapeOnly);
    EXPECT_TRUE(d.isShapely) << core::toText(d.faults);
    return d.scenario;
}

} // namespace

TEST(ScenarioText, KeepsEveryByteOfAFile)
{
    ScenarioText text;
    const auto dos = QByteArray("\xEF\xBB\xBF") + QByteArray(small).replace("\n", "\r\n");
    for (const auto& bytes : {small, dos, QByteArray("{\"title\": \"a\xC2\xA0" "b \xE2\x80\xA8 \xF0\x9F\x98\x80\"}"), QByteArray("no JSON\n\n")}) {
        text.open(bytes, QStringLiteral("x"));
        EXPECT_EQ(text.bytes(), bytes);
        EXPECT_FALSE(text.isModified());
    }
}

TEST(ScenarioText, ReadsAfterAPauseAndSaysWhatIsWrong)
{
    ScenarioText text;
    text.open(small, QStringLiteral("x"));
    EXPECT_FALSE(text.hasFaults());
    QSignalSpy faults(&text, &ScenarioText::faultsChanged);
    type(text, QStringLiteral("\"+5\""), QStringLiteral("\"soon\""));
    EXPECT_FALSE(text.isUpToDate());
    ASSERT_TRUE(faults.wait(5000));
    const auto wanted = core::readDocument(text.bytes().toStdString(), "x");
    ASSERT_FALSE(wanted);
    ASSERT_EQ(text.marks().size(), 1u);
    EXPECT_EQ(text.marks()[0].message.toStdString(), wanted.error()[0].message);
    EXPECT_EQ(text.marks()[0].line + 1, wanted.error()[0].line);
    EXPECT_EQ(text.scenario().actions[0].expires.text, "soon"); // of the right shape: the form shows it
    type(text, QStringLiteral("\"soon\""), QStringLiteral("\"+7\""));
    ASSERT_TRUE(faults.wait(5000));
    EXPECT_FALSE(text.hasFaults());
}

TEST(ScenarioText, KeepsTheLastGoodDocumentWhileBroken)
{
    ScenarioText text;
    text.open(small, QStringLiteral("x"));
    type(text, QStringLiteral("\"items\": ["), QStringLiteral("\"items\": "));
    text.readNow();
    EXPECT_TRUE(text.hasFaults());
    EXPECT_FALSE(text.isFormable());
    EXPECT_EQ(text.scenario().items.size(), 2u);
    EXPECT_FALSE(text.edit([](core::Scenario& s) { s.title = "x"; }).isEmpty());
}

TEST(ScenarioText, EditsInPlaceAndUndoesInOneStep)
{
    ScenarioText text;
    text.open(small, QStringLiteral("x"));
    EXPECT_TRUE(text.edit([](core::Scenario& s) { s.actions[0].expires.text = "1300"; }).isEmpty());
    EXPECT_EQ(text.bytes(), QByteArray(small).replace("\"+5\"", "1300"));
    EXPECT_TRUE(text.isModified());
    // Again at once, before the text was read: nothing of the first change is lost.
    EXPECT_TRUE(text.edit([](core::Scenario& s) { s.items[1].deferrable = true; }).isEmpty());
    EXPECT_TRUE(text.bytes().contains("1300"));
    EXPECT_TRUE(text.bytes().contains("/* two */"));
    text.document().undo();
    text.document().undo();
    EXPECT_EQ(text.bytes(), small);
    text.readNow();
    EXPECT_FALSE(text.isModified());
}

TEST(ScenarioText, RefusesWhatTheReaderRefuses)
{
    ScenarioText text;
    text.open(small, QStringLiteral("x"));
    const auto why = text.edit([](core::Scenario& s) { s.items[0].name.text = "two words"; });
    EXPECT_TRUE(why.contains(QLatin1String("without white space"))) << why.toStdString();
    EXPECT_EQ(text.bytes(), small);
    // What does not make sense yet is taken and marked.
    EXPECT_TRUE(text.edit([](core::Scenario& s) { s.actions[1].timer.text = "nobody"; }).isEmpty());
    text.readNow();
    ASSERT_EQ(text.draft().places.size(), 1u);
    EXPECT_EQ(text.draft().places[0], (core::DocumentPlace{"actions", 1, "timer"}));
}

TEST(ScenarioText, IsUnmodifiedWhenTypedBack)
{
    ScenarioText text;
    text.open(small, QStringLiteral("x"));
    QSignalSpy modified(&text, &ScenarioText::modifiedChanged);
    type(text, QStringLiteral("250"), QStringLiteral("1000"));
    EXPECT_TRUE(text.isModified());
    type(text, QStringLiteral("1000"), QStringLiteral("250"));
    text.readNow();
    EXPECT_FALSE(text.isModified());
    EXPECT_EQ(modified.count(), 2);
    text.setUnsaved();
    EXPECT_TRUE(text.isModified());
    text.setSaved();
    EXPECT_FALSE(text.isModified());
}

/// A megabyte of actions: typing is not held up, and the form answers in the time of a key press.
TEST(ScenarioText, AMegabyteStaysResponsive)
{
    core::Scenario s;
    core::ScenarioItem item;
    item.name.text = "A";
    s.items.push_back(item);
    for (int i = 0; i < 13'000; ++i) {
        core::ScenarioAction a;
        a.at.text = QStringLiteral("+%1").arg(i).toStdString();
        a.timer.text = "A";
        a.expires.text = "+100";
        s.actions.push_back(a);
    }
    ScenarioText text;
    const auto bytes = QByteArray::fromStdString(core::writeScenario(s));
    ASSERT_GT(bytes.size(), 1'000'000);
    QElapsedTimer clock;
    clock.start();
    text.open(bytes, QStringLiteral("x"));
    const auto opened = clock.elapsed();
    QSignalSpy drafted(&text, &ScenarioText::drafted);
    if (!text.isUpToDate()) {
        ASSERT_TRUE(drafted.wait(20'000));
    }
    EXPECT_FALSE(text.hasFaults());
    auto cursor = text.document().find(QStringLiteral("+12345"));
    qint64 worstKey = 0;
    for (const auto c : QStringLiteral("123456789")) {
        clock.restart();
        cursor.insertText(c);
        worstKey = std::max(worstKey, clock.nsecsElapsed() / 1000);
    }
    cursor.document()->undo();
    drafted.clear();
    ASSERT_TRUE(drafted.wait(20'000));
    clock.restart();
    EXPECT_TRUE(text.edit([](core::Scenario& d) { d.actions[9'000].expires.text = "+7"; }).isEmpty());
    const auto edited = clock.elapsed();
    std::printf("1 MB: opened in %lld ms, worst key %lld us, an edit of the form %lld ms\n",
                static_cast<long long>(opened), static_cast<long long>(worstKey), static_cast<long long>(edited));
    EXPECT_LT(worstKey, 50'000); // some 100 us on a machine that is not busy
    EXPECT_LT(edited, 5'000);
}

// ---- form and text say the same

namespace
{

/// Edits as a user makes them, through the tables' models; the wanted document is changed beside them.
class RandomForm
{
  public:
    RandomForm(ScenarioText& text, unsigned seed)
        : m_text(text), m_actions(text, nullptr), m_timers(text, nullptr), m_testActions(&m_actions, fatal),
          m_testTimers(&m_timers, fatal), m_random(seed)
    {
        const auto follow = [this] {
            m_actions.setRows(m_text.scenario().actions);
            m_timers.setRows(m_text.scenario().items);
        };
        QObject::connect(&text, &ScenarioText::changed, &m_actions, follow);
        QObject::connect(&text, &ScenarioText::drafted, &m_actions, follow);
        follow();
    }

    void step(core::Scenario& wanted)
    {
        const int row = upTo(m_actions.rowCount());
        const auto put = [&](int column, const QString& value) {
            return m_actions.setData(m_actions.index(row, column), value, Qt::EditRole);
        };
        const int n = upTo(100'000);
        switch (upTo(9)) {
        case 0:
            if (row < m_actions.rowCount()) {
                EXPECT_TRUE(put(ui::ActionModel::At, QStringLiteral("+%1").arg(n)));
                wanted.actions[static_cast<std::size_t>(row)].at.text = QStringLiteral("+%1").arg(n).toStdString();
            }
            break;
        case 1:
            if (row < m_actions.rowCount() && m_actions.flags(m_actions.index(row, ui::ActionModel::Expires)) & Qt::ItemIsEditable) {
                EXPECT_TRUE(put(ui::ActionModel::Expires, QString::number(n)));
                wanted.actions[static_cast<std::size_t>(row)].expires.text = QString::number(n).toStdString();
            }
            break;
        case 2:
            if (row < m_actions.rowCount()) {
                EXPECT_TRUE(put(ui::ActionModel::Do, QStringLiteral("del_timer")));
                auto& a = wanted.actions[static_cast<std::size_t>(row)];
                core::callNamed("del_timer", a.call);
                if (!a.timer.isSaid()) a.timer = wanted.items.front().name;
                a.expires = a.duration = a.lock = a.process = a.name = {};
                a.does.clear();
                a.target = 0;
            }
            break;
        case 3:
            m_actions.duplicate(row);
            if (row < static_cast<int>(wanted.actions.size()))
                wanted.actions.insert(wanted.actions.begin() + row + 1, wanted.actions[static_cast<std::size_t>(row)]);
            break;
        case 4:
            if (row < m_actions.rowCount()) {
                m_actions.remove({row});
                wanted.actions.erase(wanted.actions.begin() + row);
            }
            break;
        case 5: {
            m_timers.add(m_timers.rowCount() - 1);
            wanted.items = m_text.scenario().items; // its free name
            break;
        }
        case 6: {
            const int t = upTo(m_timers.rowCount());
            if (t >= m_timers.rowCount()) break;
            const auto name = QStringLiteral("n%1").arg(n);
            EXPECT_TRUE(m_timers.setData(m_timers.index(t, 0), name, Qt::EditRole));
            ui::renameTimer(wanted, wanted.items[static_cast<std::size_t>(t)].name.text, name.toStdString());
            break;
        }
        case 7: {
            const int t = upTo(m_timers.rowCount());
            if (t >= m_timers.rowCount()) break;
            const bool on = n % 2;
            EXPECT_TRUE(m_timers.setData(m_timers.index(t, ui::TimerModel::Deferrable), on ? Qt::Checked : Qt::Unchecked,
                                         Qt::CheckStateRole));
            wanted.items[static_cast<std::size_t>(t)].deferrable = on;
            break;
        }
        case 8: m_text.edit([n](core::Scenario& s) { s.title = QStringLiteral("title %1").arg(n).toStdString(); });
            wanted.title = QStringLiteral("title %1").arg(n).toStdString();
            break;
        }
        auto shown = wanted;
        shown.actions = m_actions.rows();
        shown.items = m_timers.rows();
        EXPECT_EQ(core::writeScenario(shown), core::writeScenario(wanted));
    }

  private:
    static constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::Fatal;
    int upTo(int n) { return n <= 0 ? 0 : static_cast<int>(m_random() % static_cast<unsigned>(n)); }

    ScenarioText& m_text;
    ui::ActionModel m_actions;
    ui::TimerModel m_timers;
    QAbstractItemModelTester m_testActions, m_testTimers;
    std::mt19937 m_random;
};

} // namespace

TEST(ScenarioForm, EditsSayTheSameAsTheTextForEveryBuiltin)
{
    const QDir folder(QString::fromStdString(test::sourceDir("/resources/scenarios")));
    unsigned seed = 0;
    for (const auto& name : folder.entryList({QStringLiteral("*.jiffy.json")})) {
        QFile file(folder.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        const auto bytes = file.readAll();
        ScenarioText text;
        text.open(bytes, name);
        RandomForm form(text, ++seed);
        auto wanted = read(bytes);
        for (int i = 0; i < 25; ++i) {
            form.step(wanted);
            ASSERT_EQ(core::writeScenario(read(text.bytes())), core::writeScenario(wanted)) << name.toStdString() << " step " << i;
        }
        while (text.document().isUndoAvailable()) text.document().undo();
        EXPECT_EQ(text.bytes(), bytes) << name.toStdString();
    }
}
