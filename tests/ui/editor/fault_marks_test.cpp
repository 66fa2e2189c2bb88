// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/fault_marks.h"
#include "ui/editor/callback_text.h"
#include "ui/editor/json_highlighter.h"

#include <gtest/gtest.h>

using namespace jiffy;

TEST(FaultMarks, SpanTheTokenTheyAreAbout)
{
    const QString line = QStringLiteral("  {\"at\": \"a\\\"b\", \"n\": -300*HZ, \"l\": [1, {\"x\": \"]\"}]} , 7");
    const auto token = [&](const char* at) {
        const auto from = static_cast<int>(line.indexOf(QLatin1String(at)));
        return line.mid(from, ui::tokenEnd(line, from) - from);
    };
    EXPECT_EQ(token("\"at\""), QStringLiteral("\"at\""));
    EXPECT_EQ(token("\"a\\"), QStringLiteral("\"a\\\"b\""));
    EXPECT_EQ(token("[1"), QStringLiteral("[1, {\"x\": \"]\"}]"));
    EXPECT_TRUE(token("{\"at\"").endsWith(QLatin1String("\"]\"}]}")));
    EXPECT_EQ(token("7"), QStringLiteral("7"));
    EXPECT_EQ(ui::tokenEnd(QStringLiteral("{ \"open\": "), 0), 10);
}

TEST(FaultMarks, CountCharactersNotUnits)
{
    core::Diagnostic d;
    d.message = "no";
    d.line = 1;
    d.column = 4;
    const auto marks = ui::faultMarks({d}, [](int) { return QString::fromUtf8("\"\xF0\x9F\x98\x80\" true"); });
    ASSERT_EQ(marks.size(), 1u);
    EXPECT_EQ(marks[0], (ui::FaultMark{0, 4, 5, QStringLiteral("no")}));
    EXPECT_EQ(marks[0].text(), QStringLiteral("1:5  no"));
}

TEST(FaultMarks, AreSeenPastTheEndAndInAnEmptyLine)
{
    core::Diagnostic d;
    d.line = 1;
    d.column = 9;
    EXPECT_EQ(ui::faultMarks({d}, [](int) { return QStringLiteral("ab"); })[0].from, 1);
    const auto empty = ui::faultMarks({d}, [](int) { return QString(); })[0];
    EXPECT_LT(empty.from, empty.to);
    d.line = 0;
    EXPECT_EQ(ui::faultMarks({d}, [](int) { return QString(); })[0].line, -1);
}

TEST(JsonSpans, TellKeysFromStringsAndComments)
{
    using Kind = ui::JsonSpan::Kind;
    bool inComment = false;
    const auto spans = ui::jsonSpans(QStringLiteral("\"a\" : \"b:\", -5 true // \"c\""), inComment);
    const std::vector<Kind> kinds = {Kind::Key, Kind::Sign, Kind::String, Kind::Sign, Kind::Number, Kind::Word, Kind::Comment};
    ASSERT_EQ(spans.size(), kinds.size());
    for (std::size_t i = 0; i < kinds.size(); ++i) EXPECT_EQ(spans[i].kind, kinds[i]) << i;
    EXPECT_FALSE(inComment);
    EXPECT_EQ(ui::jsonSpans(QStringLiteral("1 /* \"x"), inComment).back().kind, Kind::Comment);
    EXPECT_TRUE(inComment);
    const auto end = ui::jsonSpans(QStringLiteral("still */ 2"), inComment);
    EXPECT_FALSE(inComment);
    EXPECT_EQ(end.back().kind, Kind::Number);
}

TEST(CallbackText, ReadsWhatItWrites)
{
    const QString text = QStringLiteral("rearm +10, add b 5, del c, try_del d");
    QString fault;
    const auto steps = ui::parseCallback(text, fault);
    ASSERT_TRUE(steps) << fault.toStdString();
    EXPECT_EQ(ui::callbackText(*steps), text);
    EXPECT_TRUE(ui::parseCallback(QString(), fault)->empty());
    for (const auto* wrong : {"rearm", "add b", "del", "explode x", "rearm +1,", "del a b"}) {
        fault.clear();
        EXPECT_FALSE(ui::parseCallback(QString::fromLatin1(wrong), fault)) << wrong;
        EXPECT_FALSE(fault.isEmpty());
    }
}
