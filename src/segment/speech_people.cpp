// Who acts, who speaks, and whom a pronoun means.
#include <algorithm>

#include "base/han.hpp"
#include "segment/speech_reader.hpp"

namespace suyuan::speech {

namespace {

constexpr std::size_t kClause = 200;  // letters of the longest 在…时
constexpr std::size_t kOrgan = 6;     // of what follows an institution and belongs to its name
constexpr std::size_t kNear = 10;     // letters between a meeting and its verb

}  // namespace

void Reader::count_names(std::map<std::u32string, std::size_t>& counts) const {
  const auto count = [&](View name, std::size_t weight) {
    if (!lex_.not_names.at(name, 0) && !has_any(name, lex_.letters(Grammar::pronoun_letters)) &&
        !has_any(name, lex_.letters(Grammar::not_in_counted_name)))
      counts[std::u32string(name)] += weight;
  };
  // 某某在……会议上强调……, in the title: the body need not name him so plainly again.
  const std::u32string title = fold_words(from_utf8(w_.title));
  if (const std::size_t size = name_of_title(title); size != 0) count(View(title).substr(0, size), 2);
  for (const Text& t : texts_) {
    const View text = t.view();
    for (const Text::Verb& v : t.verbs) {
      if (v.kind != VerbKind::say) continue;
      std::size_t clause = v.at;
      while (clause > 0 && v.at - clause < 24 && han::is_han(text[clause - 1]) && t.depth[clause - 1] == 0)
        --clause;
      const View own = text.substr(clause, v.at - clause);
      const std::vector<char> out = aside(t, clause, v.at);  // 在哈尔滨工程大学强调: no 程大学
      bool found = false;
      for (std::size_t i = 0; i < own.size() && !found; ++i)
        if (const Room room = room_for_name(own, i); room != Room::none && out[i] == 0)
          if (const std::size_t size = surname_name(own.substr(i), room)) {
            count(own.substr(i, size), size >= 3 ? 2 : 1);
            found = true;
          }
      if (const std::size_t size = found ? 0 : foreign_name(own, 0); size != 0)
        ++counts[std::u32string(own.substr(0, size))];
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
        } else if (const View name = foreign_behind(text, begin); !name.empty()) {
          counts[std::u32string(name)] += 2;
        }
      }
  }
}

std::size_t Reader::name_of_title(View title) const {
  const auto& saying = lex_.grammar(Grammar::titled_saying);
  return std::ranges::any_of(saying, [&](View word) { return title.find(word) != View::npos; })
             ? acting_in_title(title)
             : 0;
}

// 某某在……考察, 全省林业会议召开 某某出席: a title that tells what was done, or that a meeting was held.
bool Reader::tells_event(View title) const {
  constexpr View kNone = U":-？?！!";  // 热烈祝贺……召开, 大会召开引发反响
  const auto any = [&](Grammar group, View text) {
    return std::ranges::any_of(lex_.grammar(group), [&](View word) { return text.find(word) != View::npos; });
  };
  for (std::size_t begin = 0; begin < title.size();) {
    std::size_t end = begin;
    while (end < title.size() && han::kind(title[end]) != han::Kind::blank) ++end;
    const std::u32string part = fold_words(title.substr(begin, end - begin));
    if (acting_in_title(part) != 0) return true;
    if (any(Grammar::gathering, part) && any(Grammar::was_held, part) && !any(Grammar::comments, title) &&
        part.find_first_of(kNone) == View::npos)
      return true;
    begin = end + 1;
  }
  return false;
}

std::size_t Reader::acting_in_title(View title, bool prose) const {
  const std::size_t surname = lex_.surname(title);
  if (surname == 0 || lex_.not_names.at(title, 0)) return 0;
  for (std::size_t size = surname + 2; size > surname; --size) {
    if (title.size() <= size || lex_.letters(Grammar::place).find(title[size - 1]) != View::npos) continue;
    if (size == surname + 2 && title[size - 1] == U'在') continue;                        // 某某|在
    const auto office = lex_.words.at(title, size).of[static_cast<std::size_t>(kTitle)];  // 同志, not 同
    for (const View does : lex_.grammar(Grammar::title_verb))
      if (title.substr(size).starts_with(does) && office.length <= does.size() &&
          std::all_of(title.begin(), title.begin() + static_cast<std::ptrdiff_t>(size), han::is_han))
        return size;
    if (prose && std::all_of(title.begin(), title.begin() + static_cast<std::ptrdiff_t>(size), han::is_han) &&
        longest_at(title.substr(size), Grammar::arrives) != 0)
      return size;
  }
  return 0;
}

bool Reader::may_be_name(View text) const {
  return text.size() >= 3 && lex_.surname(text) == 1 && !lex_.not_names.at(text, 0) &&
         lex_.letters(Grammar::doubtful_surname).find(text[0]) == View::npos &&
         std::all_of(text.begin(), text.begin() + 3, han::is_han) &&
         !has_any(text.substr(1, 1), lex_.letters(Grammar::not_in_given_name));
}

// 州长拜尼在…: a foreign name behind an office, where it ends there or opens a sentence elsewhere.
View Reader::foreign_behind(View text, std::size_t begin) const {
  if (!ends_office(text, begin)) return {};
  const std::size_t size = foreign_run(text.substr(begin), true);
  const View name = text.substr(begin, size);
  if (!is_foreign(name)) return {};
  const View rest = text.substr(begin + size);
  if (rest.empty() || (han::kind(rest[0]) == han::Kind::mark && rest[0] != U'·' && rest[0] != U'-')) return name;
  const auto opens = [&](const Text& t) {
    return std::any_of(t.sentences.begin(), t.sentences.end(), [&](std::uint32_t at) {
      return t.view().substr(at).starts_with(name) && follows_name(t, at + size, t.size());
    });
  };
  return std::any_of(texts_.begin(), texts_.end(), opens) ? name : View();
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

// 某某|2031年3月访华时|说: where it ends; 0 where no day with an event stands.
std::size_t Reader::dated_event(View text, std::size_t at) const {
  constexpr std::size_t kDay = 11;  // letters: 2031年12月31日
  if (at == 0 || !han::is_digit(text[at]) || han::is_digit(text[at - 1])) return 0;
  std::size_t day = at;
  while (day < text.size() && day - at < kDay &&
         (han::is_digit(text[day]) || View(U"年月日").find(text[day]) != View::npos))
    ++day;
  const auto& events = lex_.grammar(Grammar::event_verb);
  if (han::is_digit(text[day - 1]) ||
      std::ranges::none_of(events, [&](View word) { return text.substr(day).starts_with(word); }))
    return 0;
  for (std::size_t i = day; i < text.size() && i - at < kClause && View(U",:;。").find(text[i]) == View::npos; ++i)
    if (text[i] == U'时' || (text[i] == U'间' && text[i - 1] == U'期')) return i + 1;
  return 0;
}

std::vector<char> Reader::aside(const Text& t, std::size_t begin, std::size_t end) const {
  const View text = t.view();
  std::vector<char> out(end - begin, 0);
  const auto blank = [&](std::size_t from, std::size_t to) {
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(from - begin),
              out.begin() + static_cast<std::ptrdiff_t>(to - begin), 1);
  };
  std::size_t brackets = 0;  // (记者 某某)
  for (std::size_t i = begin; i < end; ++i) {
    if (text[i] == U'(') ++brackets;
    const bool bracketed = brackets > 0;
    if (text[i] == U')' && brackets > 0) --brackets;
    if (t.depth[i] > 0 || t.titled[i] || bracketed) {
      blank(i, i + 1);
      continue;
    }
    if (out[i - begin]) continue;
    if (const std::size_t stop = dated_event(text.substr(0, end), i); stop != 0) blank(i, stop);
    if (text[i] != U'在' && text[i] != U'当') continue;
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
      const bool named =
          stop == end && (surname_name(text.substr(q, stop - q), Room::likely) != 0 || lex_.titles.at(text, q));
      if (named || t.word(kSpeaker, q) || lex_.is_office(text.substr(q))) {
        to = q;
        break;
      }
    }
    blank(i, to);
  }
  return out;
}

Reader::Own Reader::own_words(const Text& t, std::size_t begin, std::size_t verb, const std::vector<char>& out,
                              std::size_t out_begin) const {
  const View text = t.view();
  const auto passed = [&](std::size_t i) { return out[i - out_begin] != 0; };
  Own own;
  std::size_t i = begin;
  while (i < verb && (passed(i) || han::kind(text[i]) == han::Kind::mark)) ++i;
  for (std::size_t brackets = 0; i < verb; ++i) {
    if (text[i] == U'(') ++brackets;
    if (brackets == 0 && passed(i)) break;
    if (brackets == 0) {
      own.text += text[i];
      own.at.push_back(i);
    }
    if (text[i] == U')' && brackets > 0) --brackets;
  }
  return own;
}

std::optional<Subject> Reader::subject(const Text& t, std::size_t begin, std::size_t verb, VerbKind kind) const {
  const View text = t.view();
  const auto& sayings = lex_.grammar(Grammar::hearsay);
  if (const auto word = t.word(kVerb, verb);
      word && std::find(sayings.begin(), sayings.end(), text.substr(verb, word->length)) != sayings.end())
    return std::nullopt;
  if (verb - begin > kReach) begin = verb - kReach;
  const std::vector<char> out = aside(t, begin, verb);
  const auto hidden = [&](std::size_t i) { return out[i - begin] != 0; };
  // The clause of the verb itself.
  std::size_t clause = verb;
  while (clause > begin && (hidden(clause - 1) || View(U",:;").find(text[clause - 1]) == View::npos)) --clause;
  std::optional<Subject> best;
  // 某某对来访的首相说: right behind who speaks it says to whom.
  const auto addressed = [&](std::size_t i) {
    return best && best->kind == SpeakerKind::person && best->end < i && text[best->end] == U'对' &&
           !has_any(text.substr(best->end, i - best->end), U",:;");
  };
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
      if (acts(text, i, end) && possessive_fits(text, end, kind) && !is_object(text, best, i, person->length)) {
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
    const auto body = t.word(kCollective, i);
    if (const auto title = t.word(kTitle, i); title && !(body && body->length > title->length)) {
      const std::size_t end = i + title->length;
      const std::size_t named = name_before(text, begin, i);
      // 书记黄坤明: the name follows the title.
      std::size_t after = 0, name = end;
      if (end < verb && text[end] == U'(') name = std::min(verb, text.find(U')', end)) + 1;  // 校长(院长)某某
      for (const std::size_t size : {3U, 2U})
        if (after == 0 && name + size <= verb && lex_.surname(text.substr(name)) == 1 &&
            !(size == 3 && has_any(text.substr(name + 2, 1), lex_.letters(Grammar::after_titled_name))) &&
            !lex_.not_names.at(text, name) && (name + size == verb || follows_name(t, name + size, verb)))
          after = size;
      const bool alone =
          named == 0 && (i == begin || !han::is_han(text[i - 1]) || hidden(i - 1) || text[i - 1] == U',' ||
                         lex_.letters(Grammar::before_title).find(text[i - 1]) != View::npos);
      if (after != 0 && acts(text, i, name + after)) {
        best = Subject{SpeakerKind::person, to_utf8(text.substr(name, after)), name, name + after, "named"};
        i = name + after;
        continue;
      }
      if (named != 0 && acts(text, i - named, end) && possessive_fits(text, end, kind))
        best = Subject{SpeakerKind::person, to_utf8(text.substr(i - named, named)), i - named, end, "named"};
      else if (alone && !addressed(i) && acts(text, i, end) && possessive_fits(text, end, kind))
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
    // 讲话指出: that of whoever is spoken of.
    if (const std::size_t end = i + longest_at(text.substr(i, verb - i), Grammar::his_words);
        end > i && (i == 0 || !han::is_han(text[i - 1])) && adverbial(text.substr(end, verb - end))) {
      best = Subject{SpeakerKind::person, "", i, end, "pronoun"};
      i = end;
      continue;
    }
    if (body) {
      const std::size_t end = i + body->length;
      if (end < verb &&
          lex_.letters(Grammar::not_behind_body).find(text[end]) != View::npos) {  // 外交部长, 安全会议
        ++i;
        continue;
      }
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
      for (const Grammar group : {Grammar::rely, Grammar::object_word, Grammar::governs}) {
        // 关于…的意见 is a name.
        const std::size_t begins = group == Grammar::object_word ? body_begin(text, from, i) : from;
        for (const View word : lex_.grammar(group)) {
          const std::size_t found = text.substr(begins, end - begins).find(word);
          // A preposition governs what follows it at once: 对全会, and not 对台工作会议.
          named = named || (found != View::npos && (word.size() > 1 || found == 0 || begins + found + 1 == i));
        }
      }
      named = named || !acts(text, i, end);
      if (end - from > 24) from = i;
      if (!named && !relies(text, from) && (near(text, end, verb, out, begin) || opens)) {
        // 2月19日召开的某某会议: the name alone.
        for (const View held : lex_.grammar(Grammar::held_of))
          if (const std::size_t cut = text.substr(from, i - from).rfind(held); cut != View::npos)
            from += cut + held.size();
        from = body_begin(text, from, i);
        // 中央网信办: what follows the word belongs to the name.
        std::size_t to = end;
        const View rest = text.substr(end, std::min(verb - std::min(verb, end), kOrgan));
        for (std::size_t size = 1; size <= rest.size() && han::is_han(rest[size - 1]) && to == end; ++size)
          if (lex_.letters(Grammar::organ).find(rest[size - 1]) != View::npos &&
              adverbial(text.substr(end + size, verb - end - size)))
            to = end + size;
        best = Subject{lex_.collective_rows[body->id], to_utf8(text.substr(from, to - from)), from, to, "named"};
      }
      i = end;
      continue;
    }
    ++i;
  }
  // A clause that has its own subject, which no table knows, keeps it.
  Own own = own_words(t, clause, verb, out, begin);
  if (kind == VerbKind::noun && own.text.ends_with(U'的')) own.text.pop_back(), own.at.pop_back();
  if (auto named = own_subject(t, own)) {
    const bool other = best && best->begin >= clause;  // found in the same clause
    const bool vaguer = best && (best->kind != SpeakerKind::person || best->by != "named");
    if (!other || best->begin >= named->end || (vaguer && best->end <= named->begin)) return named;
  } else if (!best || best->begin < clause) {
    if (auto noun = unnamed_subject(own, !best && kind == VerbKind::say)) return noun;
  }
  return best;
}

// 某某赞赏拜尼致力于…，指出: a foreign name in the clause of another person who acts is what his verb is of.
bool Reader::is_object(View text, const std::optional<Subject>& before, std::size_t at, std::size_t size) const {
  constexpr std::size_t kJoins = 1;  // letters: 和, 、
  if (!before || before->kind != SpeakerKind::person || before->by != "named" || at <= before->end + kJoins ||
      foreign_run(text.substr(at, size), true) != size)
    return false;
  return text.substr(before->end, at - before->end).find_first_of(U",:;") == View::npos;
}

// 去年底的中央经济工作会议, 据俄罗斯外交部: where the name begins.
std::size_t Reader::body_begin(View text, std::size_t from, std::size_t body) const {
  for (std::size_t i = body; i-- > from;)
    if (text[i] == U'的' && (i == 0 || text[i - 1] != U'党')) return i + 1;
  View name = text.substr(from, body - from);
  if (name.starts_with(U"据")) name.remove_prefix(1);
  while (strip_adverb(name)) {
  }
  return body - name.size();
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
  std::size_t brackets = 0, letters = 0;
  for (std::size_t i = end; i < verb; ++i) {
    if (text[i] == U'(') ++brackets;
    const bool bracketed = brackets > 0;
    if (text[i] == U')' && brackets > 0) --brackets;
    if (bracketed) continue;
    if (View(U",:;。").find(text[i]) != View::npos || (out[i - begin] && text[i] != U'在') || ++letters > kNear)
      return false;
  }
  if (verb < end) return false;
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

// 沉痛悼念省长某某同志。: who stands at the end of a clause behind a verb that has him as its object.
bool Reader::done_to(View text, std::size_t sentence, std::size_t begin, std::size_t end) const {
  if (end >= text.size() || !ends_sentence(text[end])) return false;
  std::size_t clause = begin;
  while (clause > sentence && View(U",:;").find(text[clause - 1]) == View::npos) --clause;
  const View before = text.substr(clause, begin - clause);
  return std::ranges::any_of(lex_.grammar(Grammar::object_word),
                             [&](View word) { return word.size() > 1 && before.find(word) != View::npos; });
}

// 某某来到石门村，…: who acts at the beginning of a clause in [begin, end), though no table has the name; the last
// one.
std::string Reader::acting_in(const Text& t, std::size_t begin, std::size_t end) const {
  const View text = t.view();
  std::string out;
  for (std::size_t i = begin; i < end; ++i) {
    const bool opens = i == 0 || View(U",:;。!?\"").find(text[i - 1]) != View::npos;
    if (!opens || t.depth[i] > 0 || t.word(kSpeaker, i) || t.word(kTitle, i) || t.word(kCollective, i)) continue;
    const View rest = text.substr(i, end - i);
    const std::size_t size = acting_in_title(rest, true);
    if (size == 0) continue;
    const auto& verbs = lex_.grammar(Grammar::title_verb);
    if (longest_at(rest.substr(size), Grammar::arrives) != 0 || std::ranges::any_of(verbs, [&](View verb) {
          return verb.size() > 1 && rest.substr(size).starts_with(verb);
        }))
      out = to_utf8(rest.substr(0, size));
  }
  return out;
}

void Reader::track_people() {
  std::string last, address;
  for (Text& t : texts_) {
    const View text = t.view();
    auto &list = people_.emplace_back(), &addresses = addresses_.emplace_back();
    for (std::size_t n = 0; n < t.sentences.size(); ++n) {
      const std::size_t begin = t.sentences[n], end = n + 1 < t.sentences.size() ? t.sentences[n + 1] : t.size();
      list.push_back(last);
      addresses.push_back(address);
      std::vector<std::string> seen, owners;  // 某某的贺信: of whom only something is spoken of
      std::size_t content = end;              // from here on others are only spoken of: somebody says it
      bool unknown = false;  // 部长某某某重点就…作了介绍: somebody whose name has no end
      const auto out = aside(t, begin, end);
      // A name that no table knows, right before a verb of saying.
      for (auto v = verb_from(t, begin); v != t.verbs.end() && v->at < end; ++v) {
        const bool leads = has_any(text.substr(v->at + v->length, 1), U",:");
        if (out[v->at - begin] || (v->kind != VerbKind::say && !(v->kind == VerbKind::tell && leads))) continue;
        const auto by = subject(t, begin, v->at, VerbKind::say);
        const bool named = by && by->kind == SpeakerKind::person && by->by == "named";
        if (named) seen.push_back(by->name);
        if (named && leads) content = v->at;
        if (by && (by->kind == SpeakerKind::body || by->kind == SpeakerKind::text)) content = begin, last.clear();
        // Whoever speaks ends the one before, known or not.
        std::size_t clause = v->at;
        while (clause > begin && View(U",:;").find(text[clause - 1]) == View::npos) --clause;
        const bool opens = n == 0 && by && by->begin == 0;
        if ((!by || by->kind == SpeakerKind::unknown) && (opens || (leads && anothers(t, clause, *v))))
          last.clear();
        break;
      }
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
          if (i < content && acts(text, i, stop) && !done_to(text, begin, i, stop))
            (text.substr(stop, 1) == U"的" ? owners : seen).push_back(name);
          past = stop;
        } else if (const auto title = t.word(kTitle, i)) {
          const std::size_t named = name_before(text, begin, i);
          past = i + title->length;
          if (i >= content) continue;
          if (named != 0 && acts(text, i - named, past)) seen.push_back(to_utf8(text.substr(i - named, named)));
          // 副主席某某某主持开幕会
          if (const std::size_t behind = named == 0 ? acting_in_title(text.substr(past)) : 0; behind != 0)
            seen.push_back(to_utf8(text.substr(past, behind)));
          else if (named == 0 && may_be_name(text.substr(past)))
            unknown = true;
        }
      }
      if (content == end)
        if (std::string name = acting_in(t, begin, end); !name.empty()) seen.push_back(std::move(name));
      // A sentence that opens with what may be a name leaves it open whom the next pronoun means.
      if (seen.empty() && (unknown || opens_with_name(t, begin, end))) last.clear();
      if (seen.empty()) seen = std::move(owners);
      std::sort(seen.begin(), seen.end());
      seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
      if (seen.size() == 1) last = seen[0];
      if (seen.size() > 1) last.clear();
      const View sentence = text.substr(begin, end - begin);
      if (longest_at(sentence, Grammar::his_words) == 0 &&
          std::ranges::any_of(lex_.grammar(Grammar::his_words),
                              [&](View word) { return sentence.find(word) != View::npos; }))
        address = last;
    }
  }
}

std::size_t Reader::sentence_of(const Text& t, std::size_t at) {
  const auto after = std::upper_bound(t.sentences.begin(), t.sentences.end(), static_cast<std::uint32_t>(at));
  return static_cast<std::size_t>(after - t.sentences.begin()) - 1;
}

// 某某发表讲话。…讲话指出: who acted where an address was last spoken of.
const std::string& Reader::whose_address(const Text& t, std::size_t at) const {
  return addresses_[static_cast<std::size_t>(&t - texts_.data())][sentence_of(t, at)];
}

std::string Reader::antecedent(const Text& t, std::size_t at) const {
  // 某某强调：“…，”他又说: whoever the sentence itself names, where it is one.
  std::string here;
  for (auto p = std::lower_bound(t.people_at.begin(), t.people_at.end(), t.sentence_begin(at));
       p != t.people_at.end() && *p < at; ++p)
    if (const auto person = t.word(kSpeaker, *p);
        person && t.depth[*p] == 0 && acts(t.view(), *p, *p + person->length)) {
      if (!here.empty() && here != speaker_name(person->id)) {
        here.clear();
        break;
      }
      here = speaker_name(person->id);
    }
  const std::size_t from = std::max(t.sentence_begin(at), at > kReach ? at - kReach : 0);
  if (here.empty()) here = acting_in(t, from, at);
  if (!here.empty()) return here;
  // 委员某某长期…，他认为: somebody whose name has no end.
  for (auto p = std::lower_bound(t.people_at.begin(), t.people_at.end(), from); p != t.people_at.end() && *p < at;
       ++p)
    if (const auto title = t.word(kTitle, *p); title && t.depth[*p] == 0 && !t.word(kSpeaker, *p) &&
                                               name_before(t.view(), from, *p) == 0 &&
                                               may_be_name(t.view().substr(*p + title->length)))
      return {};
  return people_[static_cast<std::size_t>(&t - texts_.data())][sentence_of(t, at)];
}

}  // namespace suyuan::speech
