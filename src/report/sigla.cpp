#include "report/sigla.hpp"

#include <algorithm>
#include <map>

#include "base/han.hpp"
#include "report/works_json.hpp"

namespace suyuan {

namespace {

std::string two(unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); }

std::u32string outlet_of(const Work& work) {
  std::u32string out = from_utf8(work.outlet);
  constexpr std::u32string_view kDaily = U"日报";
  if (out.size() >= kDaily.size() + 2 && out.ends_with(kDaily)) out.resize(out.size() - kDaily.size());
  return out;
}

std::u32string name_of(const Corpus& corpus, const CorpusWork& w) {
  const Work& work = corpus.work(w);
  std::u32string out = outlet_of(work);
  if (!out.empty()) return out;
  constexpr std::size_t kLetters = 4;
  std::u32string title = from_utf8(work.title);
  const std::size_t number = title.find_first_not_of(U"0123456789一二三四五六七八九十");
  if (number != title.npos && number > 0 &&
      (title[number] == U'、' || title[number] == U'.' || title[number] == U'．'))
    title.erase(0, number + 1);
  for (const char32_t c : title) {
    if (out.size() == kLetters) break;
    if (han::kind(c) == han::Kind::letter) out += c;
  }
  if (!out.empty()) return out;
  const std::string& path = corpus.document(w).path;
  if (path == "-") return U"稿";  // given on standard input, or asked for
  std::string stem = path.substr(path.find_last_of('/') + 1);
  return from_utf8(stem).substr(0, kLetters);
}

// The issue that the evidence of a date names: 2025年第22期, 2025/22, 第 22 期.
unsigned issue_in(const std::string& evidence) {
  const std::u32string text = from_utf8(evidence);
  const auto digit = [](char32_t c) { return c >= U'0' && c <= U'9'; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool year = text[i] == U'/' && i >= 4 && digit(text[i - 1]) && digit(text[i - 2]) && digit(text[i - 3]) &&
                      digit(text[i - 4]) && (i == 4 || !digit(text[i - 5]));
    if (text[i] != U'第' && !year) continue;
    unsigned n = 0, digits = 0;
    std::size_t k = i + 1;
    while (k < text.size() && text[k] == U' ') ++k;
    for (; k < text.size() && digit(text[k]) && digits < 3; ++k, ++digits) n = n * 10 + (text[k] - U'0');
    while (k < text.size() && text[k] == U' ') ++k;
    const bool ends = year ? k >= text.size() || (!digit(text[k]) && text[k] != U'/' && text[k] != U'-')
                           : k < text.size() && text[k] == U'期';
    if (digits > 0 && ends) return n;
  }
  return 0;
}

std::string day_of(const DateInterval& d) {
  const auto& last = d.latest ? d.latest : d.earliest;
  if (!last) return "?";
  std::string out = two(static_cast<unsigned>(last->year % 100));
  if (!d.earliest || !d.latest || d.earliest->year != d.latest->year) return out + "?";
  if (d.earliest->month != d.latest->month) return out;
  out += "-" + two(last->month);
  return d.earliest->day == d.latest->day ? out + "-" + two(last->day) : out;
}

}  // namespace

std::vector<std::string> sigla(const Corpus& corpus) {
  const std::size_t n = corpus.works.size();
  std::map<std::uint32_t, std::string> issues;  // of a publication, from whichever copy names it
  for (const CorpusWork& w : corpus.works) {
    const Work& work = corpus.work(w);
    if (!work.published.latest) continue;
    for (const Evidence& e : work.published.evidence) {
      if (e.rule == "cover") continue;  // the issue of what the text is reprinted in
      if (const unsigned issue = issue_in(words(corpus, e, w.document)); issue > 0)
        issues.try_emplace(w.publication,
                           two(static_cast<unsigned>(work.published.latest->year % 100)) + "-" + two(issue));
    }
  }
  std::vector<std::string> out(n);
  std::map<std::string, std::vector<std::uint32_t>> publications;  // that bear a name
  std::map<std::uint32_t, std::string> name;
  for (std::size_t i = 0; i < n; ++i) {
    const CorpusWork& w = corpus.works[i];
    const auto [at, is_new] = name.try_emplace(w.publication);
    if (!is_new) continue;
    const auto issue = issues.find(w.publication);
    at->second =
        to_utf8(name_of(corpus, w)) + (issue != issues.end() ? issue->second : day_of(corpus.work(w).published));
    publications[at->second].push_back(w.publication);
  }
  std::map<std::uint32_t, unsigned> copies;
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t p = corpus.works[i].publication;
    std::string& s = out[i] = name[p];
    const auto& sharing = publications[s];
    if (sharing.size() > 1) {
      auto k = static_cast<std::size_t>(std::find(sharing.begin(), sharing.end(), p) - sharing.begin());
      std::string letters;
      for (++k; k > 0; k = (k - 1) / 26) letters.insert(letters.begin(), static_cast<char>('a' + (k - 1) % 26));
      s += letters;
    }
    if (const unsigned copy = ++copies[p]; copy > 1) s += "·" + std::to_string(copy);
  }
  return out;
}

}  // namespace suyuan
