// Names that no table holds: by a surname, by the letters of a foreign name, by what stands before and behind them.
#include <algorithm>

#include "base/han.hpp"
#include "segment/speech_reader.hpp"

namespace suyuan::speech {

namespace {

constexpr std::size_t kManner = 6;    // letters of the longest …着, …地
constexpr std::size_t kAside = 14;    // and of 对…, 接受…采访时
constexpr std::size_t kForeign = 8;   // letters of one part of a foreign name
constexpr std::size_t kUnnamed = 12;  // letters of the longest name or noun that is no surname's

bool all_han(View text) { return std::all_of(text.begin(), text.end(), han::is_han); }
bool is_dot(char32_t c) { return c == U'·' || c == U'-'; }
bool is_latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

}  // namespace

std::size_t Reader::name_before(View text, std::size_t begin, std::size_t end) const {
  for (const std::size_t size : {3U, 2U, 4U}) {
    if (end < begin + size) continue;
    const View name = text.substr(end - size, size);
    const std::size_t surname = lex_.surname(name);
    if (surname == 0 || (size == 4 && surname != 2) || (size == 2 && surname == 2)) continue;
    if (!all_han(name) || lex_.not_names.at(name, 0) ||
        lex_.letters(Grammar::place).find(name.back()) != View::npos ||
        (surname == 1 && lex_.letters(Grammar::doubtful_surname).find(name[0]) != View::npos) ||
        has_any(name.substr(surname), lex_.letters(Grammar::not_in_given_name)))
      continue;
    const std::size_t start = end - size;
    if (start == begin || !han::is_han(text[start - 1]) ||
        lex_.letters(Grammar::before_name).find(text[start - 1]) != View::npos || lex_.titles.before(text, start))
      return size;
  }
  return 0;
}

bool Reader::strip_adverb(View& own) const {
  if (own.empty() || !begins_adverb_[own[0] % begins_adverb_.size()]) return false;
  for (const View word : lex_.grammar(Grammar::adverb))
    if (own.starts_with(word)) {
      own.remove_prefix(word.size());
      return true;
    }
  return false;
}

bool Reader::strip_ok(View rest) const {
  while (strip_adverb(rest)) {
  }
  return rest.empty();
}

// 两天前, 3个多月前: its length, 0 where none begins.
std::size_t Reader::time_ago(View text) {
  constexpr View kNumerals = U"一二两三四五六七八九十几数多0123456789";
  std::size_t i = 0;
  while (i < text.size() && kNumerals.find(text[i]) != View::npos) ++i;
  if (i == 0) return 0;
  for (const View word : {U"个", U"多", U"天", U"日", U"周", U"星期", U"月", U"年", U"小时", U"多"})
    if (text.substr(i).starts_with(word)) i += word.size();
  return i < text.size() && text[i] == U'前' ? i + 1 : 0;
}

std::size_t Reader::longest_at(View text, Grammar group) const {
  std::size_t longest = 0;
  for (const View word : lex_.grammar(group))
    if (text.starts_with(word)) longest = std::max(longest, word.size());
  return longest;
}

bool Reader::adverbial(View rest) const {
  const auto begins = [&](Grammar group) {
    const auto& words = lex_.grammar(group);
    return std::any_of(words.begin(), words.end(), [&](View word) { return rest.starts_with(word); });
  };
  while (!rest.empty()) {
    if (const std::size_t ago = time_ago(rest); ago != 0) {
      rest.remove_prefix(ago);
      continue;
    }
    if (han::is_digit(rest[0])) {
      while (!rest.empty() && (han::is_digit(rest[0]) || View(U"年月日时点分").find(rest[0]) != View::npos))
        rest.remove_prefix(1);
      continue;
    }
    if (lex_.letters(Grammar::manner).find(rest[0]) != View::npos) {
      std::size_t end = 1;
      while (end < std::min(rest.size(), kManner) && rest[end] != U'着' && rest[end] != U'地') ++end;
      if (end < std::min(rest.size(), kManner)) {
        rest.remove_prefix(end + 1);
        continue;
      }
    }
    if (strip_adverb(rest)) continue;
    if (rest.size() > kAside) return false;
    if (lex_.letters(Grammar::joins_people).find(rest[0]) != View::npos)  // 和大家, but not 和某某
      return has_any(rest, lex_.letters(Grammar::pronoun_letters)) || is_vague(rest);
    return (begins(Grammar::toward) && rest.size() > 1 && !has_any(rest, U",:;、")) ||
           (begins(Grammar::during) && lex_.letters(Grammar::clause_end).find(rest.back()) != View::npos);
  }
  return true;
}

bool Reader::follows(View rest) const {
  while (!adverbial(rest)) {
    const auto title = lex_.titles.at(rest, 0);
    if (!title) return false;
    rest.remove_prefix(title->length);
  }
  return true;
}

bool Reader::is_vague(View noun) const {
  const auto& words = lex_.grammar(Grammar::vague_subject);
  return std::any_of(words.begin(), words.end(), [&](View word) { return noun.find(word) != View::npos; });
}

Reader::Room Reader::room_for_name(View text, std::size_t at) const {
  if (at == 0 || lex_.titles.before(text, at)) return Room::sure;
  const View before = text.substr(0, at);
  if (lex_.letters(Grammar::person_noun).find(before.back()) != View::npos || strip_ok(before)) return Room::sure;
  const auto& leads = lex_.grammar(Grammar::before_speaker);
  if (std::find(leads.begin(), leads.end(), before) != leads.end()) return Room::sure;
  return lex_.letters(Grammar::before_subject).find(before.back()) != View::npos ? Room::likely : Room::none;
}

std::size_t Reader::surname_name(View text, Room room) const {
  const std::size_t surname = lex_.surname(text);
  if (surname == 0 || !all_han(text.substr(0, surname)) || lex_.not_names.at(text, 0)) return 0;
  for (const std::size_t size : {surname + 2, surname + 1}) {
    if (text.size() < size || (room == Room::likely && size < 3)) continue;
    // 李强曾: an adverb behind a name of two letters.
    constexpr View kAdverbs = U"曾还也又则";
    if (size == surname + 2 && room == Room::sure && kAdverbs.find(text[size - 1]) != View::npos &&
        adverbial(text.substr(size - 1)))
      continue;
    const View given = text.substr(surname, size - surname);
    if (!all_han(given) || has_any(given, lex_.letters(Grammar::pronoun_letters)) ||
        has_any(given, lex_.letters(Grammar::not_in_given_name)) ||
        lex_.letters(Grammar::not_last_in_name).find(given.back()) != View::npos || strip_ok(given))
      continue;
    const View rest = text.substr(size);
    // 福田区长, 航天工程新闻发言人: an office.
    if (const auto title = lex_.titles.at(text, surname); title && title->length >= given.size()) continue;
    // 石浦县县长: a place.
    if (lex_.letters(Grammar::place).find(given.back()) != View::npos && lex_.titles.at(rest, 0)) continue;
    const bool doubtful = surname == 1 && lex_.letters(Grammar::doubtful_surname).find(text[0]) != View::npos;
    if (doubtful ? rest.empty() && size == 2 : follows(rest)) return size;
  }
  return 0;
}

std::size_t Reader::foreign_name(View text, std::size_t at) const {
  const View own = text.substr(at);
  const View usual = lex_.letters(Grammar::transliteration);
  const auto is_usual = [&](char32_t c) { return usual.find(c) != View::npos; };
  std::size_t part = 0;
  while (part < own.size() && part <= kForeign && han::is_han(own[part])) ++part;
  if (part > 0 && part + 1 < own.size() && part <= kForeign && is_dot(own[part]) && han::is_han(own[part + 1])) {
    // 法国作家罗曼·罗兰: the name begins behind the last word for a person.
    for (std::size_t k = 1; k < part; ++k)
      if (lex_.titles.before(own, k) || (!is_usual(own[k - 1]) && room_for_name(text, at + k) == Room::sure))
        return 0;
    std::size_t last = part;
    for (std::size_t i = part + 1; i < own.size() && (han::is_han(own[i]) || is_dot(own[i])); ++i)
      if (is_dot(own[i])) last = i;
    for (std::size_t end = last + 2; end <= std::min(own.size(), last + 1 + kForeign); ++end) {
      const View name = own.substr(0, end);
      const auto unusual =
          std::count_if(name.begin(), name.end(), [&](char32_t c) { return !is_dot(c) && !is_usual(c); });
      if (unusual > 1 || has_any(name, lex_.letters(Grammar::not_in_given_name))) return 0;
      if (follows(own.substr(end))) return end;
    }
    return 0;
  }
  // 总统希奇莱马: behind a title the letters of foreign names make one; 希奇莱马表示: so they do where the verb
  // follows.
  if (lex_.titles.before(text, at)) {
    for (std::size_t end = foreign_run(own, ends_office(text, at)); end >= 2; --end)
      if (follows(own.substr(end)) && is_foreign(own.substr(0, end))) return end;
    return 0;
  }
  if (at != 0 && !strip_ok(text.substr(0, at))) return 0;
  for (std::size_t end = foreign_run(own, false); end >= 2; --end)
    if (adverbial(own.substr(end)) && is_foreign(own.substr(0, end))) return end;
  return 0;
}

bool Reader::ends_office(View text, std::size_t at) const {
  return at > 0 && lex_.titles.before(text, at) &&
         lex_.letters(Grammar::office_end).find(text[at - 1]) != View::npos;
}

// 拜尼, 普京: one of the first two letters may be none of the usual ones where an office stands before.
std::size_t Reader::foreign_run(View own, bool office) const {
  const View usual = lex_.letters(Grammar::transliteration), not_in = lex_.letters(Grammar::not_foreign);
  bool unusual = false;
  std::size_t end = 0;
  for (; end < std::min(own.size(), kForeign) && han::is_han(own[end]); ++end) {
    if (usual.find(own[end]) != View::npos) continue;
    if (!office || unusual || end > 1 || not_in.find(own[end]) != View::npos ||
        lex_.letters(Grammar::not_in_given_name).find(own[end]) != View::npos)
      break;
    unusual = true;
  }
  return end;
}

bool Reader::is_foreign(View name) const {
  const auto is_one_of = [&](Grammar group) {
    const auto& words = lex_.grammar(group);
    return std::find(words.begin(), words.end(), name) != words.end();
  };
  return name.size() >= 2 && !strip_ok(name) && !lex_.words.at(name, 0).any() &&
         lex_.letters(Grammar::organ).find(name.back()) == View::npos &&
         lex_.letters(Grammar::place).find(name.back()) == View::npos && !is_one_of(Grammar::foreign_place) &&
         !is_one_of(Grammar::event_verb);
}

std::size_t Reader::latin_name(const Text& t, const Own& own, std::size_t at) const {
  std::size_t end = at, words = 0;
  for (; end < own.text.size() && (is_latin(raw(t, own.at[end])) || is_dot(own.text[end]) || own.text[end] == U'.');
       ++end) {
    const char32_t c = raw(t, own.at[end]);
    const bool begins = end == at || own.text[end - 1] == U'.' || is_dot(own.text[end - 1]) ||
                        this->at(t, own.at[end]) != this->at(t, own.at[end - 1]) + 1;
    const bool small =
        end + 1 < own.text.size() && raw(t, own.at[end + 1]) >= U'a' && raw(t, own.at[end + 1]) <= U'z';
    words += begins && c >= U'A' && c <= U'Z' && small;
  }
  return words >= 2 && follows(View(own.text).substr(end)) ? end - at : 0;
}

std::optional<Subject> Reader::own_subject(const Text& t, const Own& own) const {
  const View text = own.text;
  const auto subject = [&](std::size_t at, std::size_t size, std::string name) {
    return Subject{SpeakerKind::person, std::move(name), own.at[at], own.at[at + size - 1] + 1, "named"};
  };
  const auto unbroken = [&](std::size_t at, std::size_t size) {
    return at + size <= text.size() && own.at[at + size - 1] == own.at[at] + size - 1;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const Room room = room_for_name(text, at);
    if (room == Room::none) continue;
    if (const auto known = t.word(kSpeaker, own.at[at]);
        known && unbroken(at, known->length) && follows(text.substr(at + known->length)))
      return subject(at, known->length, speaker_name(known->id));
    if (room == Room::sure && is_latin(raw(t, own.at[at])))
      if (const std::size_t size = latin_name(t, own, at); size != 0 && (at == 0 || !is_latin(text[at - 1]))) {
        const Span words = span(t, own.at[at], own.at[at + size - 1] + 1);
        return subject(at, size, to_utf8(s_.document.text_of({words})));
      }
    std::size_t size = foreign_name(text, at);
    if (size == 0) size = surname_name(text.substr(at), room);
    if (size != 0 && unbroken(at, size)) return subject(at, size, to_utf8(text.substr(at, size)));
  }
  return std::nullopt;
}

std::optional<Subject> Reader::unnamed_subject(const Own& own, bool any) const {
  View noun = own.text;
  while (strip_adverb(noun)) {
  }
  if (noun.empty()) return std::nullopt;
  const std::size_t begin = own.at[own.text.size() - noun.size()];
  const auto person = [&](View of) {
    return lex_.letters(Grammar::person_noun).find(of.back()) != View::npos || lex_.titles.before(of, of.size()) ||
           is_vague(of);
  };
  for (std::size_t end = 2; end < noun.size(); ++end) {
    const View of = noun.substr(0, end);
    if (looks_like_name(of) && (person(of) ? adverbial(noun.substr(end)) : strip_ok(noun.substr(end)))) {
      noun = of;
      break;
    }
  }
  if (noun.size() > kUnnamed || !looks_like_name(noun) || (!any && !person(noun))) return std::nullopt;
  for (const Grammar group : {Grammar::rely, Grammar::object_word})
    for (const View word : lex_.grammar(group))
      if (noun.find(word) != View::npos) return std::nullopt;
  // 沈局长, 沈某某: a name, as far as it is told.
  const std::size_t surname = lex_.not_names.at(noun, 0) ? 0 : lex_.surname(noun);
  const auto title = lex_.titles.at(noun, surname);
  const bool named = surname != 0 && surname < noun.size() &&
                     ((title && surname + title->length == noun.size()) || noun[surname] == U'某');
  return Subject{named ? SpeakerKind::person : SpeakerKind::unknown, is_vague(noun) ? "" : to_utf8(noun), begin,
                 begin + noun.size(), "named"};
}

bool Reader::looks_like_name(View own) const {
  return own.size() >= 2 &&
         std::all_of(own.begin(), own.end(),
                     [](char32_t c) { return han::is_han(c) || c == U'·' || c == U'、'; }) &&
         !has_any(own, lex_.letters(Grammar::not_in_name));
}

bool Reader::follows_name(const Text& t, std::size_t at, std::size_t verb) const {
  const View text = t.view();
  if (at >= verb) return true;
  return text[at] == U',' || has_any(text.substr(at, 1), lex_.letters(Grammar::after_titled_name)) ||
         t.word(kVerb, at).has_value();
}

bool Reader::opens_with_name(const Text& t, std::size_t begin, std::size_t end) const {
  const View own = t.view().substr(begin, std::min<std::size_t>(end - begin, 3));
  return own.size() == 3 && lex_.surname(own) == 1 && !lex_.not_names.at(own, 0) && !t.word(kSpeaker, begin) &&
         all_han(own) && !has_any(own, lex_.letters(Grammar::not_in_opening_name)) &&
         !has_any(own, lex_.letters(Grammar::pronoun_letters));
}

}  // namespace suyuan::speech
