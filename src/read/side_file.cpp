// TOML side files; the one file that knows toml++.
#include "read/side_file.hpp"

#include <toml++/toml.h>

#include <array>
#include <filesystem>
#include <sstream>

#include "read/files.hpp"

namespace suyuan {

namespace fs = std::filesystem;

namespace {

struct Key {
  std::string_view name;
  Given Metadata::*field;
  enum class Value : std::uint8_t { text, date, number, one_of } value = Value::text;
  std::string_view known = {};  // of one_of: what it may be, as segment.hpp names kinds and copies
};
constexpr std::array<Key, 8> kKeys{
    {{"title", &Metadata::title},
     {"outlet", &Metadata::outlet},
     {"published", &Metadata::date, Key::Value::date},
     {"edition", &Metadata::posted, Key::Value::date},
     {"kind", &Metadata::kind, Key::Value::one_of,
      "article excerpt report digest commentary speech decision editorial-note "
      "interview collection unknown"},
     {"copy", &Metadata::copy, Key::Value::one_of, "print official-web repost converted ocr compilation unknown"},
     {"rank", &Metadata::rank, Key::Value::number},
     {"url", &Metadata::url}}};
constexpr const char* kDates = "write 2024-03-06, 2024-03 or 2024";
constexpr const char* kKnown = "known are title, outlet, published, edition, kind, copy, rank, url, works";

class SideReader {
 public:
  SideReader(const std::string& path, std::vector<Diagnostic>& diagnostics)
      : path_(path), name_(fs::path(path).filename().string()), diagnostics_(diagnostics) {}

  std::optional<toml::table> parse() {
    const Result<std::string> bytes = read_file(path_);
    if (!bytes) {
      diagnostics_.push_back({Severity::error, bytes.error()});
      return std::nullopt;
    }
    if (bytes->size() > (std::size_t{4} << 20)) {
      say("larger than 4 MiB, which no side file is", {}, "");
      return std::nullopt;
    }
    try {
      return toml::parse(*bytes, path_);
    } catch (const toml::parse_error& e) {
      say("not valid TOML: " + std::string(e.description()), e.source().begin, "write it as README.md shows");
      return std::nullopt;
    }
  }

  void say(const std::string& message, toml::source_position at, const std::string& help) {
    const std::string place = at ? "line " + std::to_string(at.line) + ": " : "";
    diagnostics_.push_back({Severity::error, {"side-file", place + message, path_, std::nullopt, help}});
  }

  SideWord word(const toml::table& table, bool of_work) {
    SideWord out;
    for (auto&& [key, node] : table) {
      if (key == "works" && !of_work) {
        works(node, out);
        continue;
      }
      if (key == "work" && of_work) continue;
      const Key* known = nullptr;
      for (const Key& k : kKeys)
        if (k.name == key.str()) known = &k;
      if (known == nullptr) {
        say("unknown key \"" + std::string(key.str()) + "\"", key.source().begin, kKnown);
      } else if (auto value = scalar(node, *known)) {
        out.metadata.*(known->field) = Given{*std::move(value), Given::By::side_file, name_};
      }
    }
    return out;
  }

 private:
  void works(const toml::node& node, SideWord& out) {
    const toml::array* list = node.as_array();
    if (list == nullptr) return say("\"works\" must be tables, [[works]]", node.source().begin, "");
    for (const toml::node& entry : *list) {
      const toml::table* table = entry.as_table();
      const auto title = table ? (*table)["work"].value<std::string>() : std::nullopt;
      if (!title || title->empty()) {
        say("each of the works needs work = \"its title\"", entry.source().begin, "");
        continue;
      }
      out.works.emplace_back(*title, word(*table, true).metadata);
    }
  }

  std::optional<std::string> scalar(const toml::node& node, const Key& key) {
    using Value = Key::Value;
    const auto wrong = [&](const std::string& message, const std::string& help = "") {
      say(message, node.source().begin, help);
      return std::nullopt;
    };
    const std::string name = "\"" + std::string(key.name) + "\"";
    std::string value;
    if (const auto* text = node.as_string()) {
      value = **text;
    } else if (const auto* number = node.as_integer();
               number && (key.value == Value::date || key.value == Value::number)) {
      value = std::to_string(**number);
    } else if (key.value == Value::date && (node.is_date() || node.is_date_time())) {
      std::ostringstream out;
      if (const auto* day = node.as_date()) out << **day;
      if (const auto* moment = node.as_date_time()) out << (**moment).date;
      value = out.str();
    }
    switch (key.value) {
      case Value::date:
        if (value.empty()) return wrong(name + " needs a date", kDates);
        if (value.find_first_not_of("0123456789-") != std::string::npos || !parse_iso_date(value) ||
            !whole_date(value))
          return wrong("\"" + value + "\" is no date", kDates);
        break;
      case Value::number:
        if (value.empty() || value.find_first_not_of("0123456789") != std::string::npos)
          return wrong(name + " needs a whole number, 0 or more", "1 stands before 2");
        break;
      case Value::one_of:
        if (value.empty() || value.find(' ') != std::string::npos ||
            (" " + std::string(key.known) + " ").find(" " + value + " ") == std::string::npos)
          return wrong(value.empty() ? name + " needs a text" : "\"" + value + "\" is no " + std::string(key.name),
                       "known are " + std::string(key.known));
        break;
      case Value::text:
        if (value.empty()) return wrong(name + " needs a text, in quotation marks");
        break;
    }
    return value;
  }

  // parse_iso_date leaves aside what follows a date.
  static bool whole_date(const std::string& value) {
    const std::string read = parse_iso_date(value)->to_string();
    std::string plain;  // 2024-3-6 and 2024-03-06 are the same
    for (std::size_t at = 0; at <= value.size();) {
      const std::size_t dash = std::min(value.find('-', at), value.size());
      const std::string part = value.substr(at, dash - at);
      plain += (at > 0 ? "-" : "") + std::string(part.size() == 1 ? "0" : "") + part;
      at = dash + 1;
    }
    return plain == read;
  }

  std::string path_, name_;
  std::vector<Diagnostic>& diagnostics_;
};

void overlay(SideWord& under, SideWord over) {
  overlay(under.metadata, over.metadata);
  for (auto& work : over.works) under.works.push_back(std::move(work));
}

}  // namespace

void overlay(Metadata& under, const Metadata& over) {
  for (const Key& key : kKeys)
    if (over.*(key.field)) under.*(key.field) = over.*(key.field);
}

const SideFiles::Sections& SideFiles::folder(const std::string& path) {
  const auto [found, is_new] = folders_.try_emplace(path);
  Sections& sections = found->second;
  const std::string file = (fs::path(path) / "sources.toml").string();
  std::error_code error;
  if (!is_new || !fs::exists(fs::symlink_status(file, error))) return sections;
  SideReader reader(file, diagnostics_);
  const std::optional<toml::table> table = reader.parse();
  if (!table) return sections;
  toml::table whole;
  for (auto&& [key, node] : *table) {
    const std::string name(key.str());
    if (!node.is_table()) {
      if (name == "title" || name == "works" || name == "url")
        reader.say("\"" + name + "\" belongs into the section of a file", key.source().begin, "");
      else
        whole.insert(key, node);
    } else if (!fs::exists(fs::path(path) / name, error)) {
      reader.say("speaks of \"" + name + "\", but there is no such file beside it", key.source().begin,
                 "name the file as it is named, in quotation marks: [\"name.txt\"]");
    } else {
      sections[name] = reader.word(*node.as_table(), false);
    }
  }
  sections[""] = reader.word(whole, false);
  return sections;
}

SideWord SideFiles::of(const std::string& path) {
  SideWord out;
  const fs::path file(path);
  const Sections& sections = folder(file.parent_path().string());
  for (const std::string& name : {std::string(), file.filename().string()})
    if (const auto found = sections.find(name); found != sections.end()) overlay(out, found->second);
  const std::string whole = path + ".meta.toml";
  const std::string stem = (file.parent_path() / file.stem()).string() + ".meta.toml";
  for (const std::string& name : {stem, whole}) {
    std::error_code error;
    if ((name == whole && stem == whole) || !fs::exists(fs::symlink_status(name, error))) continue;
    SideReader reader(name, diagnostics_);
    if (const auto table = reader.parse()) overlay(out, reader.word(*table, false));
  }
  return out;
}

}  // namespace suyuan
