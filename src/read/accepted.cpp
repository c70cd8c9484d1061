// suyuan-accept.json: what an editor has decided of findings.
#include <nlohmann/json.hpp>

#include "suyuan/read.hpp"

namespace suyuan {

Result<std::vector<Accepted>> read_accepted(const std::string& path) {
  const auto error = [&](const char* code, const std::string& message) {
    return tl::unexpected(Error{
        code, message, path, std::nullopt,
        R"({"schema": "suyuan.accept/1", "accepted": [{"key": "…", "as": "allowed", "who": "…", "why": "…", "when": "…"}]})"});
  };
  const Result<std::string> text = read_file(path);
  if (!text) return tl::unexpected(text.error());
  const nlohmann::json j = nlohmann::json::parse(*text, nullptr, false);
  if (!j.is_object() || !j.contains("accepted") || !j["accepted"].is_array())
    return error("bad-accept-file", "is no list of accepted findings");
  std::vector<Accepted> out;
  for (const auto& row : j["accepted"]) {
    const auto value = [&](const char* key) {
      return row.is_object() && row.contains(key) && row[key].is_string() ? row[key].get<std::string>()
                                                                          : std::string();
    };
    Accepted a{value("key"), value("as") == "error", value("who"), value("why"), value("when")};
    constexpr std::size_t kLeast = 12;
    if (a.key.size() < kLeast) return error("bad-accept-file", "has a row without a key of 12 digits or more");
    if (!value("as").empty() && value("as") != "error" && value("as") != "allowed")
      return error("bad-accept-file", "has a row that is neither allowed nor error");
    out.push_back(std::move(a));
  }
  return out;
}

}  // namespace suyuan
