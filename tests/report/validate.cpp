// validate SCHEMA DOCUMENT…: says where a JSON document departs from its schema; exit 1 if any does.
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

int main(int argc, char** argv) {
  const auto load = [](const char* path) {
    std::ifstream in(path);
    return nlohmann::json::parse(in);
  };
  if (argc < 3) return 2;
  using Adapter = valijson::adapters::NlohmannJsonAdapter;
  const nlohmann::json described = load(argv[1]);
  valijson::Schema schema;
  const bool draft4 = described.value("$schema", "").find("draft-04") != std::string::npos;
  valijson::SchemaParser(draft4 ? valijson::SchemaParser::kDraft4 : valijson::SchemaParser::kDraft7)
      .populateSchema(Adapter(described), schema);
  int failed = 0;
  for (int i = 2; i < argc; ++i) {
    const nlohmann::json document = load(argv[i]);
    valijson::ValidationResults results;
    if (valijson::Validator().validate(schema, Adapter(document), &results)) continue;
    failed = 1;
    valijson::ValidationResults::Error error;
    while (results.popError(error)) {
      std::cerr << argv[i] << ": ";
      for (const std::string& step : error.context) std::cerr << step;
      std::cerr << ": " << error.description << '\n';
    }
  }
  return failed;
}
