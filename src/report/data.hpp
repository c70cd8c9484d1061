// data.hpp: what a Report knows, run or saved.
#pragma once

#include <string>
#include <unordered_map>

#include "report/report_json.hpp"

namespace suyuan {

inline std::string string_or(const Json& object, const char* key, const std::string& otherwise = "") {
  const auto at = object.find(key);
  return at == object.end() || !at->is_string() ? otherwise : at->get<std::string>();
}

struct Report::Data {
  const Found* found = nullptr;  // a run's, else
  ReportOptions options;
  std::string text;       // a saved report, and
  Json saved;             // the same parsed
  Json works, documents;  // of a run: those that a chain cites; the others are null
  std::unordered_map<std::string, std::size_t> work_numbers, document_numbers;
  std::unordered_map<std::string, std::string> titles;  // of publications

  std::size_t chains() const { return found ? found->provenance.chains.size() : saved.at("chains").size(); }
  Json chain(std::size_t n, bool compared = true) const {
    return found ? chain_json(*found, n, compared) : saved.at("chains")[n];
  }
  std::size_t series() const {
    return found ? found->provenance.series.size() : saved.contains("series") ? saved.at("series").size() : 0;
  }
  Json series(std::size_t n) const { return found ? series_json(*found, n) : saved.at("series")[n]; }
  Json options_said() const { return found ? options_json(options) : saved.at("options"); }
  // Whether it answers `find`: the head of its chain is then the text that was asked for, and none of those
  // searched.
  bool of_find() const { return string_or(options_said(), "command") == "find"; }
  Json coverage() const { return found ? coverage_json(found->corpus) : saved.at("coverage"); }
  std::size_t texts() const;          // works, without those that only hold other works
  std::string nothing_found() const;  // the key of what is said where there is no chain
  const Json& work(const Json& id) const { return works[work_numbers.at(id.get<std::string>())]; }
  const Json& document(const Json& id) const { return documents[document_numbers.at(id.get<std::string>())]; }
};

// Where a witness, a finding or a source begins: "12:3", on a page "p5:12:3".
inline std::string place_in_file(const Json& of) {
  const std::string page = string_or(of, "page");
  return (page.empty() ? "" : "p" + page + ":") + of.at("line").dump() + ":" + of.at("column").dump();
}

// Whether a place or a reading differs in more than marks and structure.
inline bool in_letters(const Json& of) { return of.at("class") != "punctuation" && of.at("class") != "structure"; }

// An interval of days in words.
std::string interval_in_words(const Json& interval, Language language);
// 求是 《因地制宜…》; an untitled copy by the title of another copy of its publication, in brackets.
std::string source_in_words(const Report::Data& data, const Json& work, Language language);

}  // namespace suyuan
