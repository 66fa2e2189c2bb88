// SPDX-License-Identifier: GPL-3.0-or-later
// The published schema and the reader agree: what the project ships passes both, and each
// rejected/*.jiffy.json fails in the reader, and in the schema too unless its name begins with "meaning-":
// such a fault is beyond a schema.
#include "core/scenario/reader.h"
#include "resources/builtin.h"
#include "tests/support/source_dir.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

using namespace jiffy;

namespace
{

using valijson::adapters::NlohmannJsonAdapter;

nlohmann::json parsed(std::string_view text)
{
    return nlohmann::json::parse(text, nullptr, false, true);
}

class Schema
{
  public:
    Schema() : m_json(parsed(resources::scenarioSchema()))
    {
        valijson::SchemaParser(valijson::SchemaParser::kDraft7)
            .populateSchema(NlohmannJsonAdapter(m_json), m_schema);
    }
    /// Empty: valid.
    std::string faults(std::string_view text)
    {
        const auto document = parsed(text);
        if (document.is_discarded()) return "no JSON";
        valijson::Validator validator(valijson::Validator::kStrongTypes);
        valijson::ValidationResults results;
        if (validator.validate(m_schema, NlohmannJsonAdapter(document), &results)) return {};
        std::string out;
        valijson::ValidationResults::Error e;
        while (results.popError(e)) {
            for (const auto& c : e.context)
                out += c;
            out += ": " + e.description + "\n";
        }
        return out.empty() ? "invalid" : out;
    }

  private:
    nlohmann::json m_json;
    valijson::Schema m_schema;
};

std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

} // namespace

TEST(Schema, AcceptsWhatIsBuiltIn)
{
    Schema schema;
    for (const auto& b : resources::builtins()) {
        const bool isScenario = b.text.starts_with('{');
        EXPECT_EQ(isScenario ? schema.faults(b.text) : "", "") << b.name;
    }
}

TEST(Schema, RejectsWhatTheReaderRejects)
{
    Schema schema;
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(jiffy::test::sourceDir("/tests/scenario/rejected"))) {
        const auto name = entry.path().filename().string();
        const auto text = contentOf(entry.path());
        ++count;
        const auto inputs = core::readScenario(text, name);
        EXPECT_FALSE(inputs.has_value()) << name;
        EXPECT_EQ(schema.faults(text).empty(), name.starts_with("meaning-")) << name;
    }
    EXPECT_GE(count, 20u);
}
