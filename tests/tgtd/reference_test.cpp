// SPDX-License-Identifier: GPL-3.0-or-later
// The model against a second one that was written in another way: the vectors, and random workloads.
#include "core/export/vector_log.h"
#include "core/run/run.h"
#include "core/scenario/work_ops_reader.h"
#include "tests/support/source_dir.h"
#include "tests/tgtd/reference_daemon.h"

#include <filesystem>
#include <iterator>

using namespace jiffy;

namespace
{

std::string fileText(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string modelLog(const std::string& ops)
{
    const auto inputs = core::readWorkOps(ops, "random.ops");
    if (!inputs) return core::toText(inputs.error());
    const auto shared = std::make_shared<const core::Inputs>(*inputs);
    const auto run = core::runAll(shared);
    EXPECT_EQ(run.check.broken, 0) << ops;
    std::string text;
    core::writeVectorLog(*shared, run.log, run.open, [&](std::string_view piece) { text += piece; });
    return text;
}

/// Instants on a grid, so that alarms, timeouts and sources meet often, and now and then beside it.
class RandomOps
{
  public:
    std::string make()
    {
        m_grid = *rc::gen::element(1, 50, 125, 250, 500, 1000);
        m_works = *rc::gen::inRange(1, 6);
        const int span = *rc::gen::element(3000, 10'000, 30'000);
        m_text = *rc::gen::element("scheduler old\n", "scheduler new\n", "scheduler new\n");
        for (int i = 0; i < m_works; ++i)
            m_text += "work " + name(i) + "\n";
        for (int i = 0; i < m_works; ++i)
            for (int n = *rc::gen::inRange(0, 4); n > 0; --n)
                m_text += "on " + name(i) + " " + funcStep() + "\n";
        for (int n = *rc::gen::inRange(1, 25); n > 0; --n)
            m_text += "at " + time(span) + " " + happening() + "\n";
        if (*rc::gen::inRange(0, 3) == 0) m_text += "start " + time(span) + "\n";
        return m_text + "until " + time(2 * span) + "\n";
    }

  private:
    static std::string name(int i) { return std::string(1, static_cast<char>('A' + i)); }
    std::string anyName() const { return name(*rc::gen::inRange(0, m_works)); }
    static std::string seconds() { return std::to_string(*rc::gen::element(0, 0, 1, 1, 2, 3, 5, 8)); }
    std::string time(int most) const
    {
        const int ms = *rc::gen::inRange(0, most / m_grid + 1) * m_grid;
        const bool isOff = *rc::gen::inRange(0, 5) == 0;
        return std::to_string(ms) + (isOff ? "." + std::to_string(*rc::gen::inRange(0, 1000)) : "");
    }
    std::string funcStep() const
    {
        switch (*rc::gen::inRange(0, 4)) {
        case 0:
            return "burn " + time(600);
        case 1:
            return "rearm " + seconds();
        case 2:
            return "add " + anyName() + " " + seconds();
        default:
            return "del " + anyName();
        }
    }
    std::string happening() const
    {
        switch (*rc::gen::inRange(0, 7)) {
        case 0:
        case 1:
        case 2:
            return "add " + anyName() + " " + seconds();
        case 3:
            return "del " + anyName();
        case 4:
            return "burn " + time(400);
        case 5:
            return "burn " + time(2500);
        default:
            return std::string("settime ") + *rc::gen::element("", "+", "-") + time(5000);
        }
    }

    int m_grid = 1, m_works = 1;
    std::string m_text;
};

} // namespace

TEST(ReferenceDaemon, AgreesWithTheVectors)
{
    int seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(test::sourceDir("/tests/vectors/tgtd"))) {
        if (entry.path().extension() != ".ops") continue;
        const auto log = std::filesystem::path(entry.path()).replace_extension(".log");
        EXPECT_EQ(test::referenceLog(fileText(entry.path())), fileText(log)) << entry.path();
        ++seen;
    }
    EXPECT_EQ(seen, 95);
}

RC_GTEST_PROP(ReferenceDaemon, AgreesWithTheModelOnRandomWork, ())
{
    const std::string ops = RandomOps().make();
    const auto expected = test::referenceLog(ops);
    RC_PRE(expected.has_value());
    RC_ASSERT(modelLog(ops) == *expected);
}
