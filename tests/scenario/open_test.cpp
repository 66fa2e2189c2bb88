// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/open.h"

#include "core/export/exporter.h"
#include "core/run/run.h"
#include "tests/export/temporary_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <thread>

using namespace jiffy::core;
using jiffy::tests::TemporaryFolder;

namespace
{

const std::string vectorText = "# a vector\n\nmachine bits=32 small=0 cpus=1 hz=250 jiffies=7\ntimer 1 slack=0\nadd 0 1 +5\ntick 9\n";
const std::string scenarioText =
    R"(// a scenario
{"format": "jiffyscope-scenario", "version": 1, "title": "one", "machine": {"hz": 1000}, "items": [{"name": "t"}]})";

struct Open : testing::Test
{
    TemporaryFolder folder;

    std::string write(const std::string& name, const std::string& text) const
    {
        std::ofstream(folder.file(name), std::ios::binary) << text;
        return folder.file(name);
    }
    static Result<Opened> open(const std::string& file, const TraceOptions& options = {})
    {
        return openFile(file, [](std::string_view name) -> std::optional<std::string> {
            if (name == "vector") return vectorText;
            return {};
        }, options);
    }
    static std::string messageOf(const std::string& file)
    {
        const auto opened = open(file);
        if (opened) return "(opened)";
        EXPECT_EQ(opened.error().front().fault, Fault::Input);
        EXPECT_EQ(opened.error().front().file, file);
        return opened.error().front().message;
    }
};

} // namespace

TEST_F(Open, TellsTheKindByContentFirst)
{
    // whatever the name says
    const auto vector = open(write("a.jiffy.json", vectorText));
    ASSERT_TRUE(vector.has_value()) << toText(vector.error());
    EXPECT_EQ(vector->inputs->driver, Driver::ByHand);
    EXPECT_EQ(vector->inputs->machine.jiffies, 7u);
    EXPECT_EQ(vector->inputs->file, folder.file("a.jiffy.json"));

    const auto scenario = open(write("b.ops", scenarioText));
    ASSERT_TRUE(scenario.has_value()) << toText(scenario.error());
    EXPECT_EQ(scenario->inputs->title, "one");
    EXPECT_FALSE(scenario->recorded.has_value());

    const Snapshot run = runAll(vector->inputs);
    ASSERT_TRUE(exportTo(*exporterFor("c.jsonl"), *vector->inputs, run, folder.file("c.jsonl")).has_value());
    std::filesystem::rename(folder.file("c.jsonl"), folder.file("c.txt"));
    const auto log = open(folder.file("c.txt"));
    ASSERT_TRUE(log.has_value()) << toText(log.error());
    ASSERT_TRUE(log->recorded.has_value());
    EXPECT_EQ(log->recorded->log.size(), run.log.size());
}

TEST_F(Open, ReadsAPipeAsAFile)
{
    const std::string pipe = folder.file("pipe");
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    std::string text = vectorText;
    for (int i = 0; i < 100'000; ++i) text += "mod 0 1 +9\n";
    const std::jthread writer([&] { std::ofstream(pipe, std::ios::binary) << text; });
    const auto opened = open(pipe);
    ASSERT_TRUE(opened.has_value()) << toText(opened.error());
    EXPECT_EQ(opened->inputs->actions.size(), 100'003u);
}

TEST_F(Open, ReadsBuiltIns)
{
    EXPECT_TRUE(open(":vector").has_value());
    EXPECT_EQ(messageOf(":nothing"), "there is no built-in scenario of this name; `jiffyscope list scenarios` names them");
    EXPECT_FALSE(openFile(":vector", {}).has_value());
}

TEST_F(Open, SaysWhyItCannotRead)
{
    EXPECT_EQ(messageOf(folder.file("none")), "cannot read it: No such file or directory");
    EXPECT_EQ(messageOf(folder.path().string()), "cannot read it: Is a directory");
    EXPECT_EQ(messageOf(write("empty.ops", "")), "the file is empty");
    EXPECT_EQ(messageOf(write("blank.ops.txt", " \n\t\n")), "there is nothing but blanks in it");
    EXPECT_EQ(messageOf(write("nul.jiffy.json", std::string("{\"a\0\"}", 6))), "it is binary data");
    EXPECT_EQ(messageOf(write("utf16.txt", "\xff\xfe{")), "it is UTF-16 text; save it as UTF-8");
    EXPECT_EQ(messageOf(write("zip.json", "PK\x03\x04...")), "it is packed; unpack it first");
    EXPECT_EQ(messageOf(write("letter.txt", "Dear diary,\n")),
              "this is no scenario (.jiffy.json), vector (.ops), kernel trace with timer events or exported log (.jsonl)");
}

TEST_F(Open, OnlyTracesTakeAnotherHz)
{
    const auto opened = open(write("a.ops", vectorText), {.hz = 100, .bits = {}});
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().front().fault, Fault::Usage);
}
