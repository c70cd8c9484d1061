// What the library's commands say, as JSON.
#include <nlohmann/json.hpp>
#include <ostream>

#include "suyuan/library.hpp"

namespace suyuan {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "suyuan.library/1";

Json json_of(const std::vector<Diagnostic>& diagnostics) {
  static constexpr const char* kSeverities[] = {"note", "warning", "error"};
  Json out = Json::array();
  for (const Diagnostic& d : diagnostics) {
    Json one{{"severity", kSeverities[static_cast<int>(d.severity)]},
             {"code", d.what.code},
             {"message", d.what.message},
             {"source", d.what.source}};
    if (d.what.offset) one["offset"] = *d.what.offset;
    if (!d.what.help.empty()) one["help"] = d.what.help;
    out.push_back(std::move(one));
  }
  return out;
}

void write(std::ostream& out, const Json& json) {
  out << json.dump(1, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace

void write_library_json(std::ostream& out, const std::vector<LibrarySource>& sources,
                        const std::vector<Diagnostic>& diagnostics) {
  Json list = Json::array();
  for (const LibrarySource& s : sources)
    list.push_back(
        {{"path", s.path}, {"sha256", s.sha256}, {"documents", s.documents}, {"characters", s.characters}});
  write(out, {{"schema", kSchema}, {"sources", std::move(list)}, {"diagnostics", json_of(diagnostics)}});
}

void write_library_json(std::ostream& out, const std::vector<SourceChange>& changes,
                        const std::vector<Diagnostic>& diagnostics) {
  Json list = Json::array();
  for (const SourceChange& c : changes) {
    Json one{{"change", name(c.kind)}, {"path", c.path}};
    if (!c.other.empty()) one["as"] = c.other;
    one["documents"] = c.documents;
    one["characters"] = c.characters;
    list.push_back(std::move(one));
  }
  write(out, {{"schema", kSchema}, {"changes", std::move(list)}, {"diagnostics", json_of(diagnostics)}});
}

void write_library_json(std::ostream& out, const LibraryCheck& check) {
  write(out, {{"schema", kSchema},
              {"generation", check.generation},
              {"segments", check.segments},
              {"sources", check.sources},
              {"documents", check.documents},
              {"characters", check.characters},
              {"bytes", check.bytes},
              {"diagnostics", json_of(check.diagnostics)}});
}

}  // namespace suyuan
