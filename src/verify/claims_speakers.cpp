// Speakers whom no verb of saying names: authors, signatures, brackets, rows of a table; what is a person's name.
#include <algorithm>

#include "base/han.hpp"
#include "verify/citation.hpp"
#include "verify/claims_reader.hpp"

namespace suyuan::claims {

void DraftReader::author(const Stretch& s) {
  constexpr std::size_t kLongest = 4;
  if (has_speaker()) return;
  const std::size_t colon = s.text.find(U":《");
  if (colon == s.text.npos || claims_speaker()) return;
  std::size_t begin = colon;
  while (begin > 0 && han::is_han(s.text[begin - 1])) --begin;
  const std::u32string name = s.text.substr(begin, colon - begin);
  const std::size_t surname = known_.lexicons().surname(name);
  if (surname == 0 || name.size() <= surname || name.size() > kLongest) return;
  out_.push_back({Claim::Kind::speaker, s.place(begin, colon), name, {}, {}, {}, 0, 0});
}

void DraftReader::signature(std::uint32_t at) {
  constexpr std::uint32_t kLongest = 80;
  const std::u32string& text = document_.text;
  int lines = 0;
  const auto dash = [&](std::uint32_t i) { return i < text.size() && han::mark_class(text[i]) == U'-'; };
  while (at < text.size() && !dash(at) &&
         (han::kind(text[at]) == han::Kind::blank || han::kind(text[at]) == han::Kind::mark)) {
    if (text[at] == U'\n' && ++lines > 2) return;
    if (han::mark_class(text[at]) == U'(' || opens_note(text[at]) || text[at] == U'“') return;
    ++at;
  }
  if (!dash(at) || !dash(at + 1)) return;
  while (dash(at) || (at < text.size() && text[at] == U' ')) ++at;
  std::uint32_t end = at;
  while (end < text.size() && end - at < kLongest && text[end] != U'\n' && han::mark_class(text[end]) != U'。')
    ++end;
  const std::u32string words = plain_view(document_, {at, end});
  const auto known = known_.lexicons().words.at(words, 0).of[static_cast<std::size_t>(Words::Table::speaker)];
  std::size_t name = known.length;
  for (std::size_t n = 2; n <= 4 && n <= words.size() && name == 0; ++n) {
    if (!han::is_han(words[n - 1])) break;
    const bool ends = n == words.size() || !han::is_han(words[n]) || words[n] == U'在' || words[n] == U'于';
    if (ends && han::is_han(words[0])) name = n;
  }
  if (const std::size_t year = person_before_year(words); year != 0) name = year;
  if (name == 0) return address({at, end}, words);
  const std::uint32_t after = at + static_cast<std::uint32_t>(name);
  // ——摘自《……》: nobody.
  if (!citation::leads_to_source(words.substr(0, name)))
    out_.push_back({Claim::Kind::speaker, {at, after}, words.substr(0, name), {}, {}, {}, 0, 0});
  address({after, end}, std::u32string_view(words).substr(name));
  if (!claims_occasion()) occasion_in({after, end});
  follows_name_ = true;
  stretch({after, end}, true);
  follows_name_ = false;
}

void DraftReader::spoken_at(Span span) {
  std::size_t in = occasion_in(span);
  const std::u32string text = plain_view(document_, span);
  if (in == text.npos || claims_speaker()) return;
  while (const auto title = known_.lexicons().titles.before(text, in)) in -= title->length;  // 某某副省长在……
  constexpr std::size_t kLongest = 4;
  for (std::size_t n = std::min(in, kLongest); n >= 2; --n) {
    const std::u32string name = text.substr(in - n, n);
    const auto known = known_.lexicons().words.at(name, 0).of[static_cast<std::size_t>(Words::Table::speaker)];
    const std::size_t surname = known_.lexicons().surname(name);
    const bool begins = in == n || !han::is_han(text[in - n - 1]) || text[in - n - 1] == U'日' ||
                        text[in - n - 1] == U'月' || text[in - n - 1] == U'年';
    if (known.length != n && !(begins && surname != 0 && n > surname && n <= surname + 2)) continue;
    const auto begin = static_cast<std::uint32_t>(span.begin + in - n);
    out_.push_back({Claim::Kind::speaker, {begin, begin + static_cast<std::uint32_t>(n)}, name, {}, {}, {}, 0, 0});
    return;
  }
}

void DraftReader::address(Span span, std::u32string_view text) {
  if (const std::size_t name = person_before_year(text); name != 0) {
    const auto at = static_cast<std::uint32_t>(name);
    if (!claims_speaker())
      out_.push_back({Claim::Kind::speaker,
                      {span.begin, span.begin + at},
                      std::u32string(text.substr(0, name)),
                      {},
                      {},
                      {},
                      0,
                      0});
    span.begin += at;
    text.remove_prefix(name);
  }
  std::u32string words;
  for (const char32_t c : text)
    if (c != U'《' && c != U'》') words += c;
  while (!words.empty() && han::kind(words.back()) != han::Kind::letter) words.pop_back();
  constexpr std::size_t kLongest = 40;
  if (words.size() > kLongest || words.size() < 9 || !year_at(words, 0) || words.find(U'月') != words.npos ||
      !names_address(to_utf8(words)))
    return;
  out_.push_back({Claim::Kind::occasion, span, occasion_key(words), {}, {}, {}, 0, 0});
}

void DraftReader::row(Span words) {
  constexpr std::uint32_t kLongest = 800;
  const std::u32string& text = document_.text;
  const auto parts = [&](std::uint32_t i) { return text[i] == U'\t' || text[i] == U'|' || text[i] == U'｜'; };
  Span line = words, cell = words;
  while (line.begin > 0 && text[line.begin - 1] != U'\n') --line.begin;
  while (line.end < text.size() && text[line.end] != U'\n') ++line.end;
  while (cell.begin > line.begin && !parts(cell.begin - 1)) --cell.begin;
  while (cell.end < line.end && !parts(cell.end)) ++cell.end;
  const auto letters = [&](std::uint32_t from, std::uint32_t to) {
    return std::any_of(text.begin() + from, text.begin() + to,
                       [](char32_t c) { return han::kind(c) == han::Kind::letter; });
  };
  if (line.size() > kLongest || cell == line || letters(cell.begin, words.begin) || letters(words.end, cell.end))
    return;
  for (std::uint32_t begin = line.begin; begin < line.end;) {
    std::uint32_t end = begin;
    while (end < line.end && !parts(end)) ++end;
    if (begin != cell.begin) column({begin, end});
    begin = end + 1;
  }
}

void DraftReader::column(Span cell) {
  const auto is_letter = [&](std::uint32_t i) { return han::kind(document_.text[i]) == han::Kind::letter; };
  while (!cell.empty() && !is_letter(cell.begin)) ++cell.begin;
  while (!cell.empty() && !is_letter(cell.end - 1)) --cell.end;
  const std::u32string text = plain_view(document_, cell);
  std::size_t name = text.size();
  while (const auto title = known_.lexicons().titles.before(text, name)) name -= title->length;
  if (name > 0 && is_person(text.substr(0, name))) {
    if (!claims_speaker()) out_.push_back({Claim::Kind::speaker, cell, text.substr(0, name), {}, {}, {}, 0, 0});
    return;
  }
  stretch(cell, true);
  if (claims_occasion()) return;
  const auto holds = [&](Grammar group) {
    const auto& words = known_.lexicons().grammar(group);
    return std::any_of(words.begin(), words.end(),
                       [&](const std::u32string& w) { return w.size() > 1 && text.find(w) != text.npos; });
  };
  if (!holds(Grammar::event_verb) && text.find(U'会') == text.npos && !citation::names_yearly(text)) return;
  Asked asked{Claim::Kind::occasion, cell, {}, {}, {}, {}, 0, 0};
  name_occasion(asked, text);
  if (!asked.key.empty()) out_.push_back(std::move(asked));
}

std::size_t DraftReader::person_before_year(std::u32string_view text) const {
  constexpr std::size_t kLongest = 4;
  std::size_t year = 0;
  while (year <= kLongest && !year_at(text, year)) ++year;
  return year <= kLongest && is_person(text.substr(0, year)) ? year : 0;
}

bool DraftReader::is_person(std::u32string_view name) const {
  if (!std::all_of(name.begin(), name.end(), han::is_han)) return false;
  const auto known = known_.lexicons().words.at(name, 0).of[static_cast<std::size_t>(Words::Table::speaker)];
  const std::size_t surname = known_.lexicons().surname(name);
  return !name.empty() &&
         (known.length == name.size() || (surname != 0 && name.size() > surname && name.size() <= surname + 2 &&
                                          !known_.lexicons().not_names.at(name, 0)));
}

}  // namespace suyuan::claims
