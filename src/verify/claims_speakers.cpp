// Speakers whom no verb of saying names: authors, signatures, brackets, rows of a table; what is a person's name.
#include <algorithm>
#include <array>

#include "base/han.hpp"
#include "segment/speech.hpp"
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
  const Signed of = read_signature(words, at);
  const auto place = [&](std::size_t from, std::size_t to) {
    return Span{static_cast<std::uint32_t>(at + from), static_cast<std::uint32_t>(at + to)};
  };
  if (of.end > of.begin)
    out_.push_back({Claim::Kind::speaker,
                    place(of.begin, of.end),
                    words.substr(of.begin, of.end - of.begin),
                    {},
                    {},
                    {},
                    0,
                    0});
  const std::size_t rest = of.end > of.begin ? of.behind : 0;
  address(place(rest, words.size()), std::u32string_view(words).substr(rest));
  if (!claims_occasion()) occasion_in(place(rest, words.size()));
  follows_name_ = true;
  stretch({at, end}, true);
  follows_name_ = false;
  if (!claims_occasion()) event_in(place(rest, words.size()));
}

// 2031年3月9日，云川省省长|某某|同志|在……上的讲话: where the name stands in what signs words, and what stands
// behind it.
DraftReader::Signed DraftReader::read_signature(std::u32string_view words, std::uint32_t at) const {
  constexpr std::size_t kOffice = 14;  // letters before a name
  const Lexicons& lexicons = known_.lexicons();
  Signed out;
  std::size_t from = 0;
  for (const std::u32string& word : lexicons.grammar(Grammar::comes_from))
    if (words.starts_with(word)) from = std::max(from, word.size());
  for (const DateMention& m : dates_of({at, static_cast<std::uint32_t>(at + words.size())}))
    if (m.span.begin == at + from && m.span.end - at <= words.size()) from = m.span.end - at;
  while (from < words.size() && !han::is_han(words[from]) && !han::is_digit(words[from]) && words[from] != U'《')
    ++from;
  const auto ends = [&](std::size_t i) {
    if (i >= words.size() || !han::is_han(words[i]) || words[i] == U'在' || words[i] == U'于' ||
        lexicons.titles.at(words, i))
      return true;
    return starts_event(words, i);
  };
  const auto name_at = [&](std::size_t i) -> std::size_t {
    const auto known = lexicons.words.at(words, i).of[static_cast<std::size_t>(Words::Table::speaker)];
    if (known.length != 0) return known.length;
    for (std::size_t n = 2; n <= 4 && i + n <= words.size(); ++n) {
      if (!han::is_han(words[i + n - 1]) || !han::is_han(words[i]) || words[i] == U'在' || words[i] == U'于') break;
      const bool called = lexicons.titles.at(words, i + n).has_value();
      if (ends(i + n) && !lexicons.titles.at(words, i) && (!called || is_person(words.substr(i, n)))) return n;
    }
    return 0;
  };
  std::size_t begin = from, name = name_at(from);
  if (const std::size_t year = person_before_year(words.substr(from)); year != 0) name = year;
  for (std::size_t i = from; i < words.size() && i < from + kOffice && han::is_han(words[i]); ++i)
    if (const auto office = lexicons.titles.at(words, i)) {
      const std::size_t behind = i + office->length;
      const std::size_t there = behind < words.size() && words.substr(behind, 1) != U"在" ? name_at(behind) : 0;
      if (there != 0 && is_person(words.substr(behind, there))) begin = behind, name = there, out.office = true;
    }
  if (name == 0 || citation::leads_to_source(words.substr(begin, name))) return out;  // ——摘自《……》: nobody
  out.begin = begin, out.end = out.behind = begin + name;
  while (const auto title = lexicons.titles.at(words, out.behind)) out.behind += title->length;
  return out;
}

bool DraftReader::names_signer(Span inside, std::u32string_view text) const {
  static constexpr std::array<std::u32string_view, 6> kMakers{U"记者", U"摄", U"编辑", U"作者", U"译", U"图"};
  if (std::ranges::any_of(kMakers, [&](std::u32string_view w) { return text.find(w) != text.npos; })) return false;
  const Signed of = read_signature(text, inside.begin);
  if (of.end == of.begin || !is_person(text.substr(of.begin, of.end - of.begin))) return false;
  // （石家庄，2031年3月9日） is a place: a day alone is enough where a table knows the name or an office stands
  // with it.
  const std::u32string_view rest = text.substr(of.behind);
  const bool sure =
      of.behind > of.end || of.office ||
      known_.lexicons().words.at(text, of.begin).of[static_cast<std::size_t>(Words::Table::speaker)].length != 0;
  return (sure && !dates_of(inside).empty()) || (rest.starts_with(U"在") && is_address(rest));
}

void DraftReader::signed_bracket(Span inside, std::u32string_view text) {
  if (claims_speaker() || !names_signer(inside, text)) return;
  const Signed of = read_signature(text, inside.begin);
  const Span named{static_cast<std::uint32_t>(inside.begin + of.begin),
                   static_cast<std::uint32_t>(inside.begin + of.end)};
  out_.push_back(
      {Claim::Kind::speaker, named, std::u32string(text.substr(of.begin, of.end - of.begin)), {}, {}, {}, 0, 0});
}

// 在某地考察, 会见某某: an event that ends what signs words.
void DraftReader::event_in(Span span) {
  const std::u32string text = plain_view(document_, span);
  std::size_t begin = 0;
  for (const DateMention& m : dates_of(span))
    if (m.span.end <= span.end) begin = m.span.end - span.begin;
  while (begin < text.size() && !han::is_han(text[begin])) ++begin;
  std::size_t end = begin;
  while (end < text.size() && (han::is_han(text[end]) || text[end] == U'·')) ++end;
  const std::u32string_view event = std::u32string_view(text).substr(begin, end - begin);
  const auto& verbs = known_.lexicons().grammar(Grammar::event_verb);
  const bool told = std::ranges::any_of(verbs, [&](const std::u32string& verb) {
    return verb.size() > 1 && (event.starts_with(verb) || (event.starts_with(U"在") && event.ends_with(verb)));
  });
  if (!told) return;
  Asked asked{Claim::Kind::occasion,
              {static_cast<std::uint32_t>(span.begin + begin), static_cast<std::uint32_t>(span.begin + end)},
              {},
              {},
              {},
              {},
              0,
              0};
  name_occasion(asked, std::u32string(event));
  if (!asked.key.empty()) out_.push_back(std::move(asked));
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
