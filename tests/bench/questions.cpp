// Questions to an opened library: LIBRARY [DRAFT], and on standard input a question a line, "group<tab>text".
// Prints for each group the median and the 99th percentile in milliseconds of processor time, from the text to the
// report as JSON, and how many were answered in places; of a draft the first time, the best and the median of those
// after it, and how many findings it has.
#include <algorithm>
#include <ctime>
#include <iostream>
#include <map>
#include <sstream>
#include <vector>

#include "suyuan/suyuan.hpp"

namespace {

double milliseconds(std::clock_t since) {
  return static_cast<double>(std::clock() - since) * 1000 / CLOCKS_PER_SEC;
}

int verify(const suyuan::Library& library, const std::string& draft) {
  std::vector<double> spent;
  std::size_t findings = 0;
  for (int round = 0; round < 8; ++round) {
    const std::clock_t before = std::clock();
    auto found = library.verify(suyuan::read_paths({draft}));
    if (!found) return std::cerr << found.error().message << '\n', 2;
    const suyuan::Verified verified{found->corpus, std::move(found->findings), suyuan::shipped_lexicons()};
    std::ostringstream out;
    suyuan::write_verify_json(out, verified, {});
    spent.push_back(milliseconds(before));
    findings = verified.findings.size();
  }
  std::sort(spent.begin() + 1, spent.end());
  std::cout << spent[0] << ' ' << spent[1] << ' ' << spent[1 + (spent.size() - 1) / 2] << ' ' << findings << '\n';
  return findings > 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const auto library = suyuan::Library::open(argv[1]);
  if (!library) return std::cerr << library.error().message << '\n', 2;
  if (argc > 2) return verify(*library, argv[2]);
  std::vector<std::pair<std::string, std::u32string>> questions;
  for (std::string line; std::getline(std::cin, line);)
    if (const auto tab = line.find('\t'); tab != line.npos)
      questions.emplace_back(line.substr(0, tab), suyuan::from_utf8(line.substr(tab + 1)));
  struct Group {
    std::vector<double> spent;
    std::size_t found = 0;
  };
  std::map<std::string, Group> groups;
  std::size_t bytes = 0;
  for (int round = 0; round < 2; ++round) {  // the first warms
    groups.clear();
    for (const auto& [name, text] : questions) {
      const std::clock_t before = std::clock();
      auto question = library->ask(text);
      if (!question) return std::cerr << question.error().message << '\n', 2;
      suyuan::FoundPassage passage = suyuan::find_passage(question->corpus, question->work, 100);
      suyuan::Found found{question->corpus, {}};
      if (passage.places > 0) found.provenance.chains.push_back(std::move(passage.chain));
      suyuan::ReportOptions options;
      options.cited = true;
      std::ostringstream out;
      suyuan::write_json(out, found, options);
      bytes += out.str().size();
      Group& group = groups[name];
      group.spent.push_back(milliseconds(before));
      group.found += passage.places > 0;
    }
  }
  for (auto& [name, group] : groups) {
    std::sort(group.spent.begin(), group.spent.end());
    const auto at = [&](double share) {
      return group.spent[static_cast<std::size_t>(share * static_cast<double>(group.spent.size() - 1))];
    };
    std::cout << name << ' ' << at(0.5) << ' ' << at(0.99) << ' ' << group.found << ' ' << group.spent.size()
              << '\n';
  }
  return bytes > 0 ? 0 : 1;
}
