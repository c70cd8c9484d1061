// The words that give a quotation as somebody's: before it, after it, in the paragraph above.
#include <algorithm>

#include "base/han.hpp"
#include "segment/speech_reader.hpp"

namespace suyuan::speech {

namespace {

constexpr std::size_t kGap = 26;     // letters between the verb and the mark: 指出，新质生产力是“…”
constexpr std::size_t kLetter = 10;  // letters from somebody's name to words of his letter
constexpr std::size_t kAfter = 90;   // letters after the mark in which the speaker may be named

}  // namespace

std::vector<Text::Verb>::const_iterator Reader::verb_from(const Text& t, std::size_t at) {
  return std::lower_bound(t.verbs.begin(), t.verbs.end(), at,
                          [](const Text::Verb& v, std::size_t i) { return v.at < i; });
}

std::size_t Reader::attribution_begin(const Text& t, std::size_t sentence, std::size_t subject_begin) const {
  const View text = t.view();
  std::size_t at = std::min(subject_begin, t.size());
  const auto clause_begin = [&](std::size_t from) {
    while (from > sentence && !(View(U",;").find(text[from - 1]) != View::npos && t.depth[from - 1] == 0)) --from;
    return from;
  };
  at = clause_begin(at);
  while (at > sentence + 1) {
    const std::size_t before = clause_begin(at - 1);
    const View clause = text.substr(before, at - 1 - before);
    const bool occasion =
        !clause.empty() && (clause[0] == U'在' || clause.find(U'在') != View::npos || han::is_digit(clause[0])) &&
        (lex_.letters(Grammar::clause_end).find(clause.back()) != View::npos || han::is_digit(clause[0]));
    constexpr std::size_t kDate = 14;  // letters
    const bool date =
        !clause.empty() && clause.size() <= kDate && View(U"年月日").find(clause.back()) != View::npos;
    if (!occasion && !date) break;
    at = before;
  }
  return at;
}

Attribution Reader::make(const Text& t, std::size_t begin, std::size_t end, const std::optional<Subject>& by,
                         std::size_t verb, std::size_t verb_length, bool after) const {
  Attribution a;
  a.span = span(t, begin, std::max(end, begin + 1));
  a.verb = to_utf8(s_.document.text_of({span(t, verb, verb + verb_length)}));
  a.after = after;
  if (by) {
    a.kind = by->kind;
    a.by = by->by;
    a.speaker = by->name;
    a.named = span(t, by->begin, by->end);
    if (by->by == "pronoun")
      a.speaker = by->end > by->begin + 1 ? whose_address(t, by->begin) : antecedent(t, by->begin);
    if (a.speaker.empty()) a.kind = SpeakerKind::unknown;
  }
  find_occasion(t, begin, std::max(end, begin + 1), a);
  return a;
}

void Reader::find_occasion(const Text& t, std::size_t begin, std::size_t end, Attribution& a) const {
  const View text = t.view();
  for (std::size_t i = begin; i + 2 < end; ++i) {
    if (text[i] != U'在' || t.depth[i] > 0 ||
        (i > 0 && lex_.letters(Grammar::before_zai_of_occasion).find(text[i - 1]) != View::npos))
      continue;
    std::size_t stop = i, closing = 0;
    for (; stop < end && View(U",:\"").find(text[stop]) == View::npos; ++stop)
      if (stop > i + 3 && (lex_.letters(Grammar::occasion_end).find(text[stop]) != View::npos ||
                           text.substr(stop - 1, 2) == U"期间"))
        closing = stop + 1;
    if (closing == 0) continue;
    // The last closing word before a comma, a speaker or the verb.
    std::size_t from = i;
    while (from > begin && han::is_digit(text[from - 1])) --from;
    a.occasion = span(t, from, closing);
    return;
  }
}

std::optional<Attribution> Reader::before(std::size_t text, std::size_t open) const {
  const Text& t = texts_[text];
  const View view = t.view();
  const std::size_t sentence = std::max(t.sentence_begin(open), open > kReach ? open - kReach : 0);
  for (auto v = verb_from(t, open); v != t.verbs.begin();) {
    --v;
    if (v->at < sentence || open - v->at > kGap + 8) break;
    const std::size_t end = v->at + v->length;
    if (end > open || open - end > kGap) continue;
    if (v->kind == VerbKind::noun) {
      // 某某的原话是：, 某某讲了这样一段话：
      const bool colon = view[open] == U':' || (open > 0 && view[open - 1] == U':');
      const auto by = colon ? subject(t, sentence, v->at, v->kind) : std::nullopt;
      if (by && by->kind == SpeakerKind::person && by->by == "named")
        return make(t, attribution_begin(t, sentence, by->begin), open, by, v->at, v->length, false);
      continue;
    }
    // 殷切嘱托 is a noun, though 嘱托 may be a verb.
    if (v != t.verbs.begin() && (v - 1)->at + (v - 1)->length == end && (v - 1)->kind == VerbKind::noun) continue;
    // A longer verb may begin before: 明确提出.
    while (v != t.verbs.begin() && (v - 1)->at + (v - 1)->length == end && (v - 1)->kind != VerbKind::noun) --v;
    const std::size_t start = v->at, length = v->length;
    std::optional<Subject> by = subject(t, sentence, start, v->kind);
    // 某某表示，乙的贺信，阐明了“…”: they are 乙's words.
    for (auto p = std::lower_bound(t.people_at.begin(), t.people_at.end(), end);
         by && p != t.people_at.end() && *p < open; ++p)
      if (const auto person = t.word(kSpeaker, *p); person && t.depth[*p] == 0) {
        std::size_t stop = *p + person->length;
        while (const auto title = t.word(kTitle, stop)) stop += title->length;
        if (view[stop] == U'的' && open - stop <= kLetter && acts(view, *p, stop) &&
            possessive_fits(view, stop, VerbKind::say))
          by = Subject{SpeakerKind::person, speaker_name(person->id), *p, stop, "named"};
      }
    // 在强调…“…”时，总书记…: the speaker follows.
    if (!by && view.substr(sentence, start - sentence).find(U'在') != View::npos) by = following(t, open);
    // Nobody is named. The one who acted last speaks only where the sentence has no room for another.
    const bool carried = !by && leads_alone(t, sentence, start);
    const std::size_t begin =
        by && by->begin < start ? attribution_begin(t, sentence, by->begin) : attribution_begin(t, sentence, start);
    Attribution a = make(t, begin, open, by, start, length, false);
    if (carried) {
      a.speaker = antecedent(t, start);
      if (!a.speaker.empty()) a.kind = SpeakerKind::person, a.by = "carried";
    }
    return a;
  }
  if (open > sentence + 1 && view[open - 1] == U':') return labelled(t, sentence, open - 1);
  return std::nullopt;
}

std::optional<Attribution> Reader::labelled(const Text& t, std::size_t sentence, std::size_t colon) const {
  constexpr std::size_t kLabel = 20;  // letters
  if (colon - sentence > kLabel) return std::nullopt;
  const std::vector<char> out = aside(t, sentence, colon);
  const Own own = own_words(t, sentence, colon, out, sentence);
  const auto by = own_subject(t, own);
  const bool sure = by && (by->end - by->begin >= 3 || t.word(kSpeaker, by->begin));
  if (!sure) return std::nullopt;
  Attribution a = make(t, sentence, colon + 1, by, colon, 1, false);
  a.by = "label";
  return a;
}

bool Reader::leads_alone(const Text& t, std::size_t sentence, std::size_t verb) const {
  if (verb - sentence > kReach) return false;
  const std::vector<char> out = aside(t, sentence, verb);
  std::u32string rest;
  for (std::size_t i = sentence; i < verb; ++i)
    if (!out[i - sentence] && han::is_han(t.view()[i])) rest += t.view()[i];
  return strip_ok(rest);
}

std::optional<Subject> Reader::following(const Text& t, std::size_t open) const {
  const View view = t.view();
  std::size_t close = open + 1;
  while (close < t.size() && t.depth[close] > 0) ++close;
  if (close + 1 >= t.size() || lex_.letters(Grammar::occasion_end).find(view[close + 1]) == View::npos)
    return std::nullopt;
  const std::size_t end = std::min(t.sentence_end(close), close + 40);
  for (std::size_t i = close + 1; i < end; ++i) {
    if (t.depth[i] > 0) continue;
    if (const auto person = t.word(kSpeaker, i))
      if (acts(view, i, i + person->length))
        return Subject{SpeakerKind::person, speaker_name(person->id), i, i + person->length, "named"};
    if (const auto title = t.word(kTitle, i))
      if (acts(view, i, i + title->length)) return by_title(view.substr(i, title->length), i, i + title->length);
  }
  return std::nullopt;
}

std::optional<Attribution> Reader::after(std::size_t text, std::size_t open, std::size_t close) const {
  const Text& t = texts_[text];
  const View view = t.view();
  std::size_t from = close + 1;
  // Past adjoining quotations.
  for (bool moved = true; moved;) {
    moved = false;
    std::size_t i = from;
    while (i < t.size() &&
           (view[i] == U',' || view[i] == U'、' ||
            lex_.letters(Grammar::joins_quotations).find(view[i]) != View::npos) &&
           i < from + 2)
      ++i;
    if (i < t.size() && view[i] == U'"' && i + 1 < t.size() && t.depth[i + 1] > 0) {
      while (i + 1 < t.size() && t.depth[i + 1] > 0) ++i;
      if (i + 1 < t.size()) from = i + 2, moved = true;
    }
  }
  // A sentence that holds quotations alone is said by the next one.
  bool alone = true;
  for (std::size_t k = t.sentence_begin(open); k < open; ++k)
    alone = alone && (t.depth[k] > 0 || !han::is_han(view[k]));
  if (from < t.size() && ends_sentence(view[from]) && alone) ++from;
  if (from >= t.size()) {
    // A quotation that is a paragraph of its own: the next one may begin with who said it.
    if (open != 0 || text + 1 >= texts_.size() || t.plain.text.empty()) return std::nullopt;
    return said_in(texts_[text + 1], 0, false);
  }
  const bool set_off = open > 2 && view.substr(open - 2, 2) == U"--";  // 某某的话——“……”——给人启发
  if (auto by = set_off ? std::nullopt : signed_by(t, close + 1)) return by;
  const std::size_t sentence = t.sentence_begin(from);
  const bool same = sentence <= open;
  // In the next sentence only where the quotation is a sentence of its own.
  if (!same && !alone) return std::nullopt;
  return said_in(t, std::max(from, sentence), same);
}

std::optional<Attribution> Reader::said_in(const Text& t, std::size_t begin, bool same) const {
  const View view = t.view();
  const std::size_t end = std::min(t.sentence_end(begin), begin + kAfter);
  for (auto v = verb_from(t, begin); v != t.verbs.end() && v->at < end; ++v) {
    const VerbKind kind = v->kind;
    const auto by = subject(t, begin, v->at, kind);
    const std::size_t stop = v->at + v->length;
    // A verb with words of its own behind it introduces those: “…”。他强调，要…
    const bool own =
        kind != VerbKind::noun && stop < t.size() && (view[stop] == U',' || view[stop] == U':') && !same;
    const bool quotes = kind != VerbKind::noun && stop < t.size() && view[stop] == U'"';
    if (!by || by->kind == SpeakerKind::unknown || own || quotes) continue;
    std::size_t tail = stop;
    while (tail < end && View(U",。:;!?").find(view[tail]) == View::npos) ++tail;
    return make(t, begin + (view[begin] == U','), tail, by, v->at, v->length, true);
  }
  return std::nullopt;
}

std::optional<Attribution> Reader::said_there(const Text& t, std::size_t from, std::size_t begin, std::size_t named,
                                              std::size_t end) const {
  Own own;
  for (std::size_t i = begin; i < named; ++i) own.text += t.view()[i], own.at.push_back(i);
  const auto by = own_subject(t, own);
  return by && by->begin == begin ? std::optional(make(t, from, end, by, named, end - named, true)) : std::nullopt;
}

std::optional<Attribution> Reader::signed_by(const Text& t, std::size_t from) const {
  constexpr std::size_t kSigned = 20, kTold = 60;  // letters
  const View view = t.view();
  if (from < t.size() && View(U",。!?").find(view[from]) != View::npos) ++from;
  const auto starts = [&](std::size_t at, Grammar group) { return longest_at(view.substr(at), group); };
  std::size_t begin = from, end = from;
  if (view.substr(from).starts_with(U"--")) {
    while (begin < t.size() && view[begin] == U'-') ++begin;
    end = std::min({t.size(), view.find(U'。', begin)});
  } else if (from < t.size() && view[from] == U'(') {
    begin = from + 1;
    end = std::min(t.size(), view.find(U')', begin));
    if (end == begin || view[end - 1] != U'语') return std::nullopt;
    --end;
  } else {
    for (auto v = verb_from(t, from); v != t.verbs.end() && v->at == from; ++v)
      if (v->kind == VerbKind::noun) begin = from + v->length;
    const std::size_t is = starts(begin, Grammar::this_is),
                      said = is != 0 ? is : starts(begin, Grammar::comes_from);
    if (said == 0) return std::nullopt;
    begin += said;
    end = begin;
    while (end < t.size() && han::is_han(view[end]) && view[end] != U'之' && view[end] != U'在') ++end;
    // 这是某某2031年3月9日在……上说的。
    const std::size_t stop = std::min(t.sentence_end(from), from + kTold),
                      last = stop - (stop > from && ends_sentence(view[stop - 1]));
    const auto& says = lex_.grammar(Grammar::said_so);
    const bool told =
        std::ranges::any_of(says, [&](View word) { return view.substr(begin, last - begin).ends_with(word); });
    if (is != 0 && !told) return std::nullopt;
    if (told && end < last) return said_there(t, from, begin, end, last);
  }
  if (end <= begin || end - begin > kSigned) return std::nullopt;
  Own own;
  for (std::size_t i = begin; i < end; ++i) own.text += view[i], own.at.push_back(i);
  const auto by = own_subject(t, own);
  if (!by || by->end != end) return std::nullopt;
  return make(t, from, end, by, begin, end - begin, true);
}

std::optional<Attribution> Reader::framed(const Text& t, std::size_t open, std::size_t close) const {
  const View view = t.view();
  const std::size_t sentence = t.sentence_begin(open);
  std::size_t end = open;
  while (end > sentence && View(U",:").find(view[end - 1]) != View::npos) --end;
  std::size_t clause = end;
  while (clause > sentence && end - clause < kAfter && t.depth[clause - 1] == 0 &&
         View(U",:;\"").find(view[clause - 1]) == View::npos)
    --clause;
  const auto begins = [&](Grammar group, std::size_t at) { return longest_at(view.substr(at), group); };
  const auto ends = [&](Grammar group, std::size_t from, std::size_t to) {
    for (const View word : lex_.grammar(group))
      if (view.substr(from, to - from).ends_with(word)) return word.size();
    return std::size_t{0};
  };
  std::size_t from = clause, to = end, verb = end, length = 0;
  if (const std::size_t seems = ends(Grammar::seems, clause, end); seems != 0 && view[clause] == U'在') {
    ++from, to -= seems, verb = to, length = seems;
  } else if (end == open && close + 2 < t.size() && view[close + 1] == U'的') {
    verb = close + 2, length = begins(Grammar::framed, verb);
    for (const Grammar group : {Grammar::object_word, Grammar::governs_noun, Grammar::rely})
      from += begins(group, from);
    to -= ends(Grammar::before_framed, from, to);
  }
  if (length == 0 || to <= from) return std::nullopt;
  Own own;
  for (std::size_t i = from; i < to; ++i) own.text += view[i], own.at.push_back(i);
  auto by = own_subject(t, own);
  if (!by) by = person_before(t, clause, to);
  return by ? std::optional(make(t, clause, open, by, verb, length, false)) : std::nullopt;
}

std::optional<Subject> Reader::person_before(const Text& t, std::size_t begin, std::size_t end) const {
  const View view = t.view();
  for (auto p = std::lower_bound(t.people_at.begin(), t.people_at.end(), begin); p != t.people_at.end() && *p < end;
       ++p) {
    const auto person = t.word(kSpeaker, *p);
    const auto title = t.word(kTitle, *p);
    if (!person && !title) continue;
    std::size_t stop = *p + (person ? person->length : title->length);
    while (const auto more = t.word(kTitle, stop)) stop += more->length;
    if (stop != end) continue;
    if (person) return Subject{SpeakerKind::person, speaker_name(person->id), *p, stop, "named"};
    std::size_t from = begin;
    for (const Grammar group : {Grammar::before_speaker, Grammar::object_word, Grammar::rely})
      for (const View word : lex_.grammar(group))
        if (view.substr(begin, *p - begin).starts_with(word)) from = std::max(from, begin + word.size());
    if (const std::size_t named = name_before(view, from, *p); named != 0)
      return Subject{SpeakerKind::person, to_utf8(view.substr(*p - named, named)), *p - named, stop, "named"};
    // 落实某某某省长: what stands before a name of three letters may be any word.
    constexpr std::size_t kWhole = 3;
    if (*p >= from + kWhole)
      if (const View name = view.substr(*p - kWhole, kWhole);
          name_before(name, 0, kWhole) == kWhole &&
          lex_.letters(Grammar::doubtful_surname).find(name[0]) == View::npos)
        return Subject{SpeakerKind::person, to_utf8(name), *p - kWhole, stop, "named"};
    if (const auto by = by_title(view.substr(*p, title->length), *p, stop)) return by;
  }
  return std::nullopt;
}

// 要牢记某某的话：“…”, 按照某某提出的“…”, 正如某某所说，“…”, 某某殷切嘱托，“…”: whoever else leads the sentence, or
// says it all in marks of his own, they are that one's words.
std::optional<Attribution> Reader::cited(const Text& t, std::size_t open, std::size_t close) const {
  const View view = t.view();
  const std::size_t sentence = t.sentence_begin(open);
  std::size_t end = open;
  while (end > sentence && View(U",:").find(view[end - 1]) != View::npos) --end;
  std::size_t clause = end;
  while (clause > sentence && end - clause < kAfter && View(U",:;。\"'").find(view[clause - 1]) == View::npos)
    --clause;
  const auto longest = [&](Grammar group, std::size_t to) {
    std::size_t size = 0;
    for (const View word : lex_.grammar(group))
      if (view.substr(clause, to - clause).ends_with(word)) size = std::max(size, word.size());
    return size;
  };
  std::size_t verb = 0, length = 0, to = end;
  if (const std::size_t noun = longest(Grammar::framed, end); noun != 0) {
    verb = end - noun, length = noun;
    to = verb - (verb > clause && view[verb - 1] == U'的');
  } else {
    while (to > clause) {
      const std::size_t tail = longest(Grammar::behind_cited, to);
      if (tail == 0) break;
      to -= tail;
    }
    for (std::size_t size = 4; size > 0 && length == 0; --size)
      if (to >= clause + size)
        if (const auto said = t.word(kVerb, to - size); said && said->length == size)
          verb = to - size, length = size, to = verb;
    if (length == 0 && to < end) verb = to, length = end - to;  // 某某的“…”
    if (length == 0) return framed(t, open, close);
    while (to > clause) {
      const std::size_t adverb = std::max(longest(Grammar::adverb, to), longest(Grammar::before_cited, to));
      if (adverb == 0) break;
      to -= adverb;
    }
  }
  // 正如某某|在……会上|所强调的
  const std::size_t said = to;
  if (to > clause && lex_.letters(Grammar::occasion_end).find(view[to - 1]) != View::npos)
    if (const std::size_t in = view.substr(clause, to - clause).rfind(U'在'); in != View::npos && in > 0)
      to = clause + in;
  auto by = person_before(t, clause, to);
  if (!by && (to < said || longest_at(view.substr(clause), Grammar::before_speaker) != 0)) {
    Own own;
    for (std::size_t i = clause; i < to; ++i) own.text += view[i], own.at.push_back(i);
    by = own_subject(t, own);
    std::size_t stop = by ? by->end : 0;
    while (const auto title = by ? t.word(kTitle, stop) : std::nullopt) stop += title->length;
    if (by && stop != to) by.reset();
  }
  // 甲对乙说, 甲对来访的首相说, 甲给乙的信: whom the words are for.
  const bool far = by && by->by != "named" && std::ranges::any_of(t.people_at, [&](std::uint32_t p) {
                     if (p < clause || p >= by->begin) return false;
                     std::size_t stop = p;
                     if (const auto person = t.word(kSpeaker, stop)) stop += person->length;
                     while (const auto title = t.word(kTitle, stop)) stop += title->length;
                     return stop < by->begin && view[stop] == U'对';
                   });
  if (!by || far || longest(Grammar::addressed, by->begin) != 0) return framed(t, open, close);
  return make(t, by->begin, open, by, verb, length, false);
}

bool Reader::another_named(const Text& t, std::size_t open, const Attribution& by) const {
  if (!by.named || by.kind != SpeakerKind::person) return false;
  const View view = t.view();
  std::size_t clause = open;
  while (clause > 0 && View(U",:").find(view[clause - 1]) != View::npos) --clause;
  while (clause > 0 && View(U",:;。\"'").find(view[clause - 1]) == View::npos) --clause;
  // 甲在会见乙时强调：“…”: behind the verb.
  std::size_t named = open;
  while (named > 0 && at(t, named - 1) >= by.named->end) --named;
  const std::u32string verb = fold_words(from_utf8(by.verb));
  const std::size_t says = view.find(verb, named);
  if (verb.empty() || says == View::npos || says >= open) return false;
  clause = std::max(clause, says + verb.size());
  for (auto p = std::lower_bound(t.people_at.begin(), t.people_at.end(), clause);
       p != t.people_at.end() && *p < open; ++p) {
    const auto person = t.word(kSpeaker, *p);
    const auto title = t.word(kTitle, *p);
    if (person && longest_at(view.substr(*p + person->length), Grammar::theory) != 0) continue;
    const auto other = title ? person_before(t, clause, *p + title->length) : std::nullopt;
    if ((other ? other->begin : *p) == says + verb.size()) continue;  // 甲告诉乙：“…”
    if (person ? speaker_name(person->id) != by.speaker
               : other && !other->name.empty() && other->begin < *p && other->name != by.speaker)
      return true;
  }
  return false;
}

bool Reader::is_nearer(const Attribution& one, const std::optional<Attribution>& other) {
  return !other || (!other->after && one.speaker != other->speaker &&
                    (other->kind == SpeakerKind::unknown || other->span.begin <= one.span.begin) &&
                    (!other->named || other->kind == SpeakerKind::unknown ||
                     (one.named && other->named->end <= one.named->begin)));
}

std::optional<Attribution> Reader::above(std::size_t text) const {
  if (text == 0) return std::nullopt;
  const Text& t = texts_[text - 1];
  if (t.size() < 2) return std::nullopt;
  const std::size_t end = t.size() - 1;
  // 某某提出三点建议。 and 一是… below it.
  const bool points = ends_sentence(t.view().back()) && counts_off(texts_[text], 0) &&
                      std::any_of(verb_from(t, t.sentence_begin(end)), t.verbs.end(), [&](const Text::Verb& v) {
                        return behind_points(t, v.at + v.length, end) == end;
                      });
  if (t.view().back() != U':' && !points) return std::nullopt;
  return before(text - 1, end);
}

}  // namespace suyuan::speech
