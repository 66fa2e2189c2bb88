// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/this_machine.h"

#include "core/scenario/reader.h"
#include "core/scenario/writer.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

MachineFacts debian()
{
    MachineFacts f;
    f.config = "# Automatically generated file; DO NOT EDIT.\nCONFIG_64BIT=y\nCONFIG_SMP=y\n# CONFIG_HZ_PERIODIC is not set\n"
               "CONFIG_NO_HZ_COMMON=y\nCONFIG_NO_HZ_IDLE=y\n# CONFIG_NO_HZ_FULL is not set\nCONFIG_NO_HZ=y\nCONFIG_BASE_SMALL=0\n"
               "# CONFIG_HZ_1000 is not set\nCONFIG_HZ_250=y\nCONFIG_HZ=250\nCONFIG_LOCALVERSION=\"-x\"\n";
    f.configName = "/boot/config-6.1.0-13-amd64";
    f.release = "6.1.0-13-amd64";
    f.architecture = "x86_64";
    f.onlineCpus = "0-3\n";
    return f;
}

bool says(const ThisMachine& m, const std::string& words)
{
    for (const auto& n : m.notes)
        if (n.find(words) != std::string::npos) return true;
    return false;
}

} // namespace

TEST(ThisMachine, ReadsAConfiguration)
{
    const auto f = debian();
    EXPECT_EQ(configValue(*f.config, "CONFIG_HZ"), "250");
    EXPECT_EQ(configValue(*f.config, "CONFIG_HZ_1000"), std::nullopt);
    EXPECT_EQ(configValue(*f.config, "CONFIG_LOCALVERSION"), "-x");
    EXPECT_EQ(configValue("CONFIG_HZ=100\r\n", "CONFIG_HZ"), "100");
    EXPECT_EQ(configValue("XCONFIG_HZ=100", "CONFIG_HZ"), std::nullopt);
    EXPECT_EQ(configValue("", "CONFIG_HZ"), std::nullopt);
}

TEST(ThisMachine, CountsCpus)
{
    EXPECT_EQ(cpusIn("0"), 1);
    EXPECT_EQ(cpusIn("0-3,5\n"), 5);
    EXPECT_EQ(cpusIn("0-127"), 128);
    for (const auto* odd : {"", "\n", "a", "3-1", "0-", "0-99999999999999999999", "0,,1"}) EXPECT_EQ(cpusIn(odd), std::nullopt) << odd;
}

TEST(ThisMachine, KnowsWords)
{
    EXPECT_EQ(wordBitsOf("x86_64"), 64);
    EXPECT_EQ(wordBitsOf("i686"), 32);
    EXPECT_EQ(wordBitsOf("armv7l"), 32);
    EXPECT_EQ(wordBitsOf("vax"), std::nullopt);
}

TEST(ThisMachine, IsLikeItsConfiguration)
{
    const auto like = machineLike(debian());
    EXPECT_EQ(like.machine.hz, 250u);
    EXPECT_EQ(like.machine.cpus, 4);
    EXPECT_EQ(like.machine.bits, 64);
    EXPECT_EQ(like.machine.timers, TimerAlgorithm::Wheel61);
    EXPECT_FALSE(like.machine.small);
    EXPECT_EQ(like.machine.nohz, true);
    EXPECT_EQ(like.machine.idle, (std::vector<int>{1, 2, 3}));
    EXPECT_TRUE(says(like, "was read from /boot/config-6.1.0-13-amd64"));
    EXPECT_FALSE(says(like, "could not be"));
}

TEST(ThisMachine, OfAnOldKernelIsTheWheelWithCascades)
{
    auto f = debian();
    f.release = "3.9.11";
    f.architecture = "i686";
    f.onlineCpus = "0";
    f.config = "CONFIG_HZ=100\nCONFIG_BASE_SMALL=1\n";
    const auto like = machineLike(f);
    EXPECT_EQ(like.machine.timers, TimerAlgorithm::Wheel39);
    EXPECT_TRUE(like.machine.small);
    EXPECT_EQ(like.machine.bits, 32);
    EXPECT_EQ(like.machine.hz, 100u);
    EXPECT_EQ(like.machine.smp, false);
    EXPECT_EQ(like.machine.nohz, false);
    EXPECT_EQ(like.machine.idle, std::nullopt);
}

TEST(ThisMachine, SaysWhatItCouldNotLearn)
{
    MachineFacts nothing;
    nothing.configName = "there is none";
    const auto like = machineLike(nothing);
    for (const auto* words : {"could not be read: there is none", "HZ could not be learnt; 250", "CPUs could not be learnt; one",
                              "unsigned long could not be learnt; 64", "version could not be learnt; the wheel of 6.1", "stop their ticks could not be learnt"})
        EXPECT_TRUE(says(like, words)) << words;
    auto odd = debian();
    odd.config = "CONFIG_HZ=1024\nCONFIG_NO_HZ_FULL=y\nCONFIG_BASE_SMALL=y\n";
    odd.onlineCpus = "0-255";
    const auto big = machineLike(odd);
    EXPECT_EQ(big.machine.hz, 1000u);
    EXPECT_EQ(big.machine.cpus, 64);
    EXPECT_FALSE(big.machine.small);
    for (const auto* words : {"HZ is 1024", "256 CPUs are online; 64 were taken", "NO_HZ_FULL is set", "BASE_SMALL is set"}) EXPECT_TRUE(says(big, words)) << words;
}

TEST(ThisMachine, MakesAScenarioThatCanBeSavedAndRun)
{
    for (const auto& facts : {debian(), MachineFacts{}, readMachineFacts()}) {
        const auto s = scenarioLike(facts);
        const auto read = readDocument(writeScenario(s), "x");
        ASSERT_TRUE(read.has_value()) << toText(read.error());
        EXPECT_EQ(*read, s);
        EXPECT_TRUE(compile(s).has_value());
    }
}

TEST(ThisMachine, ReadsFilesUnderARoot)
{
    namespace fs = std::filesystem;
    const auto root = fs::temp_directory_path() / "jiffyscope-this-machine";
    fs::remove_all(root);
    const auto empty = readMachineFacts(root.string());
    EXPECT_FALSE(empty.config.has_value());
    EXPECT_EQ(empty.onlineCpus, "");
    EXPECT_NE(empty.configName.find("there is neither /boot/config-" + empty.release), std::string::npos);
    const auto write = [&](const std::string& path, const std::string& text) {
        fs::create_directories((root / path).parent_path());
        std::ofstream(root / path, std::ios::binary) << text;
    };
    // Compressed; what was cut off is no configuration.
    const std::string packed(
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\x73\xf6\xf7\x73\xf3\x74\x8f\xf7\x88\xb2\x35\x34\x30\xe0\x52"
        "\x56\x70\x86\xf0\xfd\xfc\x81\x42\x0a\x99\xc5\x0a\x79\xf9\x25\x0a\xc5\xa9\x25\x5c\x00\x6e\x3a\xf4\x4e"
        "\x28\x00\x00\x00",
        54);
    write("proc/config.gz", packed.substr(0, packed.size() / 2));
    EXPECT_FALSE(readMachineFacts(root.string()).config.has_value());
    EXPECT_NE(readMachineFacts(root.string()).configName.find("/proc/config.gz is damaged"), std::string::npos);
    write("proc/config.gz", packed);
    EXPECT_EQ(readMachineFacts(root.string()).config, "CONFIG_HZ=100\n# CONFIG_NO_HZ is not set\n");
    EXPECT_EQ(readMachineFacts(root.string()).configName, "/proc/config.gz");
    EXPECT_EQ(machineLike(readMachineFacts(root.string())).machine.nohz, false);
    write("boot/config-" + empty.release, "CONFIG_HZ=300\n");
    write("sys/devices/system/cpu/online", "0-1\n");
    const auto facts = readMachineFacts(root.string());
    EXPECT_EQ(facts.config, "CONFIG_HZ=300\n");
    EXPECT_EQ(machineLike(facts).machine.hz, 300u);
    EXPECT_EQ(machineLike(facts).machine.cpus, 2);
    fs::remove_all(root);
}
