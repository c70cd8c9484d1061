// What is told of sources, options and libraries in another language: by the English sentence, which is what the
// code writes, a library keeps and JSON gives.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/data.hpp"
#include "suyuan/report.hpp"

namespace suyuan {

namespace {

struct Sentence {
  std::vector<std::string_view> fixed;  // what stands before, between and after the parts
  std::string_view other;               // {1} is the first part, <1> where it is a message itself
  std::size_t letters = 0;

  // The parts, where the message is this sentence.
  bool reads(std::string_view message, std::vector<std::string_view>& parts) const {
    parts.clear();
    if (fixed.size() == 1) return message == fixed[0];
    if (!message.starts_with(fixed[0])) return false;
    std::size_t at = fixed[0].size();
    for (std::size_t n = 1; n < fixed.size(); ++n) {
      const bool last = n + 1 == fixed.size();
      if (last && !message.ends_with(fixed[n])) return false;
      const std::size_t end = last ? message.size() - fixed[n].size() : message.find(fixed[n], at + 1);
      if (end == message.npos || end <= at) return false;
      parts.push_back(message.substr(at, end - at));
      at = end + fixed[n].size();
    }
    return true;
  }
};

// Those that say most first: they are the particular ones.
const std::vector<Sentence>& sentences() {
  static const std::vector<Sentence> kAll = [] {
    std::vector<Sentence> out;
    for (const auto& row : data::rows(data::messages())) {
      if (row.size() != 2) continue;
      Sentence s{{}, row[1]};
      std::string_view rest = row[0];
      for (std::size_t at; (at = rest.find("{}")) != rest.npos; rest.remove_prefix(at + 2))
        s.fixed.push_back(rest.substr(0, at));
      s.fixed.push_back(rest);
      for (const std::string_view piece : s.fixed) s.letters += piece.size();
      out.push_back(std::move(s));
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.letters > b.letters; });
    return out;
  }();
  return kAll;
}

}  // namespace

std::string in_words(std::string_view message, Language language) {
  if (language == Language::en || message.empty()) return std::string(message);
  std::vector<std::string_view> parts;
  const auto& all = sentences();
  const auto known =
      std::find_if(all.begin(), all.end(), [&](const Sentence& s) { return s.reads(message, parts); });
  if (known == all.end()) return std::string(message);
  std::string out;
  const std::string_view other = known->other;
  for (std::size_t i = 0; i < other.size(); ++i) {
    const bool part = i + 2 < other.size() && (other[i] == '{' || other[i] == '<') && other[i + 1] >= '1' &&
                      static_cast<std::size_t>(other[i + 1] - '1') < parts.size() &&
                      other[i + 2] == (other[i] == '{' ? '}' : '>');
    if (!part) {
      out += other[i];
      continue;
    }
    const std::string_view said = parts[static_cast<std::size_t>(other[i + 1] - '1')];
    out += other[i] == '<' ? in_words(said, language) : std::string(said);
    i += 2;
  }
  return out;
}

}  // namespace suyuan
