// Who acts, who speaks, and whom a pronoun means.
#include <algorithm>

#include "base/han.hpp"
#include "segment/speech_reader.hpp"

namespace suyuan::speech {

namespace {

constexpr std::size_t kClause = 200;  // letters of the longest 在…时

}  // namespace

void Reader::count_names(std::map<std::u32string, std::size_t>& counts) const {
  const auto count = [&](View name, std::size_t weight) {
    if (!lex_.not_names.at(name, 0) && !has_any(name, lex_.letters(Grammar::pronoun_letters)) &&
        !has_any(name, lex_.letters(Grammar::not_in_counted_name)))
      counts[std::u32string(name)] += weight;
  };
  for (const Text& t : texts_) {
    const View text = t.view();
    for (const Text::Verb& v : t.verbs) {
      if (v.kind != VerbKind::say) continue;
      std::size_t clause = v.at;
      while (clause > 0 && v.at - clause < 24 && han::is_han(text[clause - 1]) && t.depth[clause - 1] == 0)
        --clause;
      View own = text.substr(clause, v.at - clause);
      while (strip_adverb(own)) {
      }
      if (const std::size_t size = name_at(own)) count(own.substr(0, size), size >= 3 ? 2 : 1);
    }
    for (const std::uint32_t i : t.people_at)
      if (t.word(kTitle, i) && !t.word(kSpeaker, i)) {
        if (const std::size_t size = name_before(text, 0, i)) {
          count(text.substr(i - size, size), size >= 3 ? 2 : 1);
        } else if (const std::size_t begin = i + t.word(kTitle, i)->length; lex_.surname(text.substr(begin)) == 1) {
          // 会长某某某在…: the name follows the title.
          const std::size_t end = begin + 3;
          const View name = text.substr(begin, 3);
          bool free = end < t.size() && text[end] != U'·' && std::all_of(name.begin(), name.end(), han::is_han);
          for (std::size_t k = begin; free && k < end; ++k) free = !t.word(kVerb, k);  // 代表时强调
          if (free &&
              (!han::is_han(text[end]) || has_any(text.substr(end, 1), lex_.letters(Grammar::after_titled_name))))
            count(name, 2);
        }
      }
  }
}

const std::string& Reader::speaker_name(std::uint32_t id) const {
  return id < lex_.speaker_rows.size() ? lex_.speaker_rows[id] : names_.names[id - lex_.speaker_rows.size()];
}

bool Reader::acts(View text, std::size_t begin, std::size_t end) const {
  const View after = text.substr(end, 4);
  for (const View word : lex_.grammar(Grammar::theory))
    if (after.starts_with(word)) return false;
  if (begin == 0) return true;
  const View before = text.substr(begin >= 2 ? begin - 2 : 0, begin >= 2 ? 2 : begin);
  if (lex_.letters(Grammar::object_letter).find(before.back()) != View::npos) return false;
  for (const View word : lex_.grammar(Grammar::object_word))
    if (before.ends_with(word)) return false;
  return true;
}

std::vector<char> Reader::aside(const Text& t, std::size_t begin, std::size_t end) const {
  const View text = t.view();
  std::vector<char> out(end - begin, 0);
  const auto blank = [&](std::size_t from, std::size_t to) {
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(from - begin),
              out.begin() + static_cast<std::ptrdiff_t>(to - begin), 1);
  };
  for (std::size_t i = begin; i < end; ++i) {
    if (t.depth[i] > 0 || t.titled[i]) {
      blank(i, i + 1);
      continue;
    }
    if ((text[i] != U'在' && text[i] != U'当') || out[i - begin]) continue;
    if (i > 0 && lex_.letters(Grammar::before_zai).find(text[i - 1]) != View::npos) continue;
    if (text[i] == U'当' && lex_.letters(Grammar::after_dang).find(i + 1 < end ? text[i + 1] : U' ') != View::npos)
      continue;
    std::size_t stop = i;
    while (stop < end && stop - i < kClause && text[stop] != U',' && text[stop] != U':') ++stop;
    // 在…时习近平总书记强调: the phrase ends where a speaker follows its closing word.
    std::size_t to = stop;
    for (std::size_t q = i + 2; q < stop; ++q) {
      if (t.depth[q] > 0 || t.titled[q] || lex_.letters(Grammar::aside_end).find(text[q - 1]) == View::npos)
        continue;
      if (t.word(kSpeaker, q) || lex_.is_office(text.substr(q))) {
        to = q;
        break;
      }
    }
    blank(i, to);
  }
  return out;
}

std::size_t Reader::name_before(View text, std::size_t begin, std::size_t end) const {
  for (const std::size_t size : {3U, 2U, 4U}) {
    if (end < begin + size) continue;
    const View name = text.substr(end - size, size);
    const std::size_t surname = lex_.surname(name);
    if (surname == 0 || (size == 4 && surname != 2) || (size == 2 && surname == 2)) continue;
    if (!std::all_of(name.begin(), name.end(), [](char32_t c) { return han::is_han(c); })) continue;
    const std::size_t start = end - size;
    if (start == begin || !han::is_han(text[start - 1]) ||
        lex_.letters(Grammar::before_name).find(text[start - 1]) != View::npos || lex_.titles.before(text, start))
      return size;
  }
  return 0;
}

std::optional<Subject> Reader::subject(const Text& t, std::size_t begin, std::size_t verb, VerbKind kind) const {
  const View text = t.view();
  if (verb - begin > kReach) begin = verb - kReach;
  const std::vector<char> out = aside(t, begin, verb);
  const auto hidden = [&](std::size_t i) { return out[i - begin] != 0; };
  // The clause of the verb itself.
  std::size_t clause = verb;
  while (clause > begin && (hidden(clause - 1) || View(U",:;").find(text[clause - 1]) == View::npos)) --clause;
  std::optional<Subject> best;
  for (std::size_t i = begin; i < verb;) {
    if (text[i] == U'《' && !hidden(i)) {
      const std::size_t close = text.find(U'》', i);
      std::size_t from = i;
      while (from > begin && !hidden(from - 1) && View(U",:;").find(text[from - 1]) == View::npos) --from;
      if (close != View::npos && close < verb && near(text, close + 1, verb, out, begin) && !relies(text, from)) {
        best = Subject{SpeakerKind::text, to_utf8(s_.document.view({at(t, i), at(t, close) + 1})), i, close + 1,
                       "named"};
        i = close + 1;
        continue;
      }
    }
    if (hidden(i)) {
      ++i;
      continue;
    }
    if (const auto person = t.word(kSpeaker, i)) {
      std::size_t end = i + person->length;
      while (const auto title = t.word(kTitle, end)) end += title->length;
      if (acts(text, i, end) && possessive_fits(text, end, kind)) {
        // 马克思、恩格斯指出: two who speak together.
        const std::size_t gap = best ? i - best->end : 9;
        const bool together =
            best && best->kind == SpeakerKind::person && best->by == "named" &&
            (gap == 0 || (gap == 1 && (text[i - 1] == U'、' ||
                                       lex_.letters(Grammar::joins_people).find(text[i - 1]) != View::npos)));
        std::string name = together ? best->name + "、" + speaker_name(person->id) : speaker_name(person->id);
        best = Subject{SpeakerKind::person, std::move(name), together ? best->begin : i, end, "named"};
      }
      i = end;
      continue;
    }
    if (const auto title = t.word(kTitle, i)) {
      const std::size_t end = i + title->length;
      const std::size_t named = name_before(text, begin, i);
      // 书记黄坤明: the name follows the title.
      std::size_t after = 0;
      for (const std::size_t size : {3U, 2U})
        if (after == 0 && end + size <= verb && lex_.surname(text.substr(end)) == 1 &&
            (end + size == verb || follows_name(t, end + size, verb)))
          after = size;
      const bool alone =
          named == 0 && (i == begin || !han::is_han(text[i - 1]) || hidden(i - 1) || text[i - 1] == U',' ||
                         lex_.letters(Grammar::before_title).find(text[i - 1]) != View::npos);
      if (after != 0 && acts(text, i, end + after)) {
        best = Subject{SpeakerKind::person, to_utf8(text.substr(end, after)), end, end + after, "named"};
        i = end + after;
        continue;
      }
      if (named != 0 && acts(text, i - named, end) && possessive_fits(text, end, kind))
        best = Subject{SpeakerKind::person, to_utf8(text.substr(i - named, named)), i - named, end, "named"};
      else if (alone && acts(text, i, end) && possessive_fits(text, end, kind))
        best = by_title(text.substr(i, title->length), i, end);
      i = end;
      continue;
    }
    if (lex_.letters(Grammar::pronoun).find(text[i]) != View::npos &&
        (i == 0 || lex_.letters(Grammar::before_pronoun).find(text[i - 1]) == View::npos) &&
        (i + 1 >= text.size() || lex_.letters(Grammar::after_pronoun).find(text[i + 1]) == View::npos) &&
        acts(text, i, i + 1)) {
      best = Subject{SpeakerKind::person, "", i, i + 1, "pronoun"};
      ++i;
      continue;
    }
    if (const auto body = t.word(kCollective, i)) {
      const std::size_t end = i + body->length;
      std::size_t from = i;
      while (from > begin && !hidden(from - 1) && (han::is_han(text[from - 1]) || han::is_digit(text[from - 1])))
        --from;
      // 全会高度评价…，指出: it opens a clause before, and the verb's own clause names nobody.
      const bool opens = end < verb && end <= clause && from + 14 >= end && text[end] != U'、' &&
                         text[end] != U',' && lex_.letters(Grammar::after_body).find(text[end]) == View::npos;
      bool named = false;  // …某某作出重要指示指出: he speaks
      for (std::size_t k = from; k < i; ++k) named = named || t.word(kSpeaker, k).has_value();
      // 主持召开座谈会并…: the meeting is what is held, not who speaks.
      for (const View held : lex_.grammar(Grammar::held))
        if (const std::size_t verb_at_held = text.substr(from, i - from).rfind(held);
            verb_at_held != View::npos && text.substr(from + verb_at_held + held.size(), 1) != View(U"的"))
          named = true;
      if (end - from > 24) from = i;
      if (!named && !relies(text, from) && (near(text, end, verb, out, begin) || opens)) {
        // 2月19日召开的某某会议: the name alone.
        for (const View held : lex_.grammar(Grammar::held_of))
          if (const std::size_t cut = text.substr(from, i - from).rfind(held); cut != View::npos)
            from += cut + held.size();
        // 中央网信办: what follows the word up to the verb belongs to the name.
        std::size_t to = end;
        if (end < verb && verb - end <= 6) {
          View rest = text.substr(end, verb - end);
          const bool name = std::all_of(rest.begin(), rest.end(), han::is_han) &&
                            !has_any(rest, lex_.letters(Grammar::not_in_body));
          if (name && !strip_ok(rest)) to = verb;
        }
        best = Subject{lex_.collective_rows[body->id], to_utf8(text.substr(from, to - from)), from, to, "named"};
      }
      i = end;
      continue;
    }
    ++i;
  }
  // A clause that has its own subject, which no table knows, keeps it.
  std::size_t from = clause;
  while (from < verb && (hidden(from) || !han::is_han(text[from]))) ++from;
  if ((!best || best->begin < clause) && from < verb) {
    std::size_t end = verb;
    while (end > from && hidden(end - 1)) --end;
    std::u32string_view own = text.substr(from, end - from);
    for (std::size_t k = 0; k < own.size(); ++k)
      if (hidden(from + k)) {
        own = own.substr(0, k);
        break;
      }
    while (strip_adverb(own)) {
    }
    const std::size_t named = own.empty() ? 0 : name_at(own);
    if (named != 0 && !lex_.not_names.at(own, 0) &&
        (named == own.size() || has_any(own.substr(named, 1), lex_.letters(Grammar::after_name)) ||
         strip_ok(own.substr(named))))
      return Subject{SpeakerKind::person, to_utf8(own.substr(0, named)), from, from + named, "named"};
    if (!own.empty() && own.size() <= 12 && kind == VerbKind::say && !best && looks_like_name(own))
      return Subject{SpeakerKind::unknown, to_utf8(own), from, from + own.size(), "named"};
  }
  return best;
}

bool Reader::strip_adverb(View& own) const {
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

std::size_t Reader::name_at(View own) const {
  const std::size_t surname = lex_.surname(own);
  if (surname == 0) return 0;
  for (const std::size_t size : {surname + 2, surname + 1}) {
    if (own.size() < size) continue;
    View rest = own.substr(size);
    if (has_any(own.substr(0, size), lex_.letters(Grammar::pronoun_letters))) continue;
    if (lex_.titles.at(rest, 0) || strip_ok(rest)) return size;
  }
  return 0;
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

bool Reader::possessive_fits(View text, std::size_t end, VerbKind kind) const {
  if (end >= text.size() || text[end] != U'的') return true;
  if (kind == VerbKind::noun) return true;
  const View after = text.substr(end + 1, 4);
  const auto& said = lex_.grammar(Grammar::possessed);
  return std::any_of(said.begin(), said.end(), [&](View word) { return after.starts_with(word); });
}

bool Reader::relies(View text, std::size_t clause) const {
  for (const View word : lex_.grammar(Grammar::rely))
    if (text.substr(clause, word.size()) == word) return true;
  return false;
}

bool Reader::near(View text, std::size_t end, std::size_t verb, const std::vector<char>& out,
                  std::size_t begin) const {
  if (verb < end || verb - end > 10) return false;
  for (std::size_t i = end; i < verb; ++i)
    if (View(U",:;。").find(text[i]) != View::npos || (out[i - begin] && text[i] != U'在')) return false;
  const View between = text.substr(end, verb - end);
  return !has_any(between, lex_.letters(Grammar::between_body_and_verb));
}

std::optional<Subject> Reader::by_title(View title, std::size_t begin, std::size_t end) const {
  const auto& vague = lex_.grammar(Grammar::vague_title);
  if (std::find(vague.begin(), vague.end(), title) != vague.end())
    return Subject{SpeakerKind::unknown, to_utf8(title), begin, end, "named"};
  const auto known = titled_.find(std::u32string(title));
  if (known != titled_.end()) return Subject{SpeakerKind::person, known->second, begin, end, "title"};
  return Subject{SpeakerKind::person, to_utf8(title), begin, end, "office"};
}

bool Reader::opens_with_name(const Text& t, std::size_t begin, std::size_t end) const {
  const View own = t.view().substr(begin, std::min<std::size_t>(end - begin, 3));
  return own.size() == 3 && lex_.surname(own) == 1 && !lex_.not_names.at(own, 0) && !t.word(kSpeaker, begin) &&
         std::all_of(own.begin(), own.end(), [](char32_t c) { return han::is_han(c); }) &&
         !has_any(own, lex_.letters(Grammar::not_in_opening_name)) &&
         !has_any(own, lex_.letters(Grammar::pronoun_letters));
}

void Reader::track_people() {
  std::string last;
  for (Text& t : texts_) {
    const View text = t.view();
    auto& list = people_.emplace_back();
    for (std::size_t n = 0; n < t.sentences.size(); ++n) {
      const std::size_t begin = t.sentences[n], end = n + 1 < t.sentences.size() ? t.sentences[n + 1] : t.size();
      list.push_back(last);
      std::vector<std::string> seen;
      const auto out = aside(t, begin, end);
      std::size_t past = begin;
      for (auto p = std::lower_bound(t.people_at.begin(), t.people_at.end(), begin);
           p != t.people_at.end() && *p < end; ++p) {
        const std::size_t i = *p;
        if (i < past || out[i - begin]) continue;
        if (const auto person = t.word(kSpeaker, i)) {
          std::size_t stop = i + person->length;
          const std::string& name = speaker_name(person->id);
          while (const auto title = t.word(kTitle, stop)) {
            titled_.try_emplace(std::u32string(text.substr(stop, title->length)), name);
            stop += title->length;
          }
          if (acts(text, i, stop)) seen.push_back(name);
          past = stop;
        } else if (const auto title = t.word(kTitle, i)) {
          const std::size_t named = name_before(text, begin, i);
          past = i + title->length;
          if (named != 0 && acts(text, i - named, past)) seen.push_back(to_utf8(text.substr(i - named, named)));
        }
      }
      // A name that no table knows, right before a verb of saying.
      for (auto v = verb_from(t, begin); v != t.verbs.end() && v->at < end; ++v) {
        if (out[v->at - begin] || v->kind != VerbKind::say) continue;
        const auto by = subject(t, begin, v->at, VerbKind::say);
        if (by && by->kind == SpeakerKind::person && by->by == "named") seen.push_back(by->name);
        if (by && (by->kind == SpeakerKind::body || by->kind == SpeakerKind::text)) seen.clear(), last.clear();
        break;
      }
      // A sentence that opens with what may be a name leaves it open whom the next pronoun means.
      if (seen.empty() && opens_with_name(t, begin, end)) last.clear();
      std::sort(seen.begin(), seen.end());
      seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
      if (seen.size() == 1) last = seen[0];
      if (seen.size() > 1) last.clear();
    }
  }
}

std::string Reader::antecedent(const Text& t, std::size_t at) const {
  const std::size_t n = static_cast<std::size_t>(&t - texts_.data());
  const auto sentence = std::upper_bound(t.sentences.begin(), t.sentences.end(), static_cast<std::uint32_t>(at)) -
                        t.sentences.begin() - 1;
  return people_[n][static_cast<std::size_t>(sentence)];
}

}  // namespace suyuan::speech
