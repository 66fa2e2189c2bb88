// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/sink.h"

#include "tests/export/temporary_folder.h"

#include <gtest/gtest.h>

using namespace jiffy::core;
using jiffy::tests::contents;
using jiffy::tests::TemporaryFolder;
namespace fs = std::filesystem;

TEST(FileSink, TheFileAppearsOnlyWhenItIsComplete)
{
    const TemporaryFolder folder;
    const std::string file = folder.file("out.csv");
    std::ofstream(file) << "old";
    auto sink = FileSink::create(file);
    ASSERT_TRUE(sink.has_value());
    sink->write("new ");
    sink->write(std::string(1'000'000, 'x'));
    EXPECT_EQ(contents(file), "old");
    ASSERT_TRUE(sink->commit().has_value());
    EXPECT_EQ(contents(file), "new " + std::string(1'000'000, 'x'));
    EXPECT_EQ(folder.count(), 1u);
}

TEST(FileSink, LeavesNothingBehindWithoutCommit)
{
    const TemporaryFolder folder;
    {
        auto sink = FileSink::create(folder.file("out.csv"));
        ASSERT_TRUE(sink.has_value());
        sink->write("half");
        const FileSink moved = std::move(*sink);
    }
    EXPECT_EQ(folder.count(), 0u);
}

TEST(FileSink, KeepsLinksAndPermissions)
{
    const TemporaryFolder folder;
    std::ofstream(folder.file("real.csv")) << "old";
    fs::permissions(folder.file("real.csv"), fs::perms::owner_read | fs::perms::owner_write);
    fs::create_symlink("real.csv", folder.file("link.csv"));
    auto sink = FileSink::create(folder.file("link.csv"));
    ASSERT_TRUE(sink.has_value());
    sink->write("new");
    ASSERT_TRUE(sink->commit().has_value());
    EXPECT_TRUE(fs::is_symlink(folder.file("link.csv")));
    EXPECT_EQ(contents(folder.file("real.csv")), "new");
    EXPECT_EQ(fs::status(folder.file("real.csv")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(FileSink, SaysWhatStandsInTheWay)
{
    const TemporaryFolder folder;
    const auto message = [](const std::string& path) {
        const auto sink = FileSink::create(path);
        return sink ? std::string("(opened)") : toText(sink.error());
    };
    EXPECT_EQ(message(folder.path().string()), "error: cannot write \"" + folder.path().string() + "\": Is a directory\n");
    const std::string nowhere = folder.file("none/out.csv");
    EXPECT_EQ(message(nowhere), "error: cannot write \"" + nowhere + "\": No such file or directory\n");
    EXPECT_EQ(message(""), "error: cannot write a file without a name\n");
    EXPECT_EQ(FileSink::create(nowhere).error().front().fault, Fault::System);
}

TEST(FileSink, AFullDeviceIsSaidAtTheEnd)
{
    auto sink = FileSink::create("/dev/full");
    ASSERT_TRUE(sink.has_value());
    sink->write(std::string(1'000'000, 'x'));
    EXPECT_TRUE(sink->failed());
    const auto done = sink->commit();
    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(toText(done.error()), "error: cannot write \"/dev/full\": No space left on device\n");
    EXPECT_TRUE(fs::is_character_file("/dev/full"));
}
