// Led speech: 某某指出，…, sentence by sentence and on through a report's paragraph.
#include <algorithm>

#include "base/han.hpp"
#include "segment/speech_reader.hpp"

namespace suyuan::speech {

namespace {

constexpr std::size_t kVerbs = 64;  // verbs of a sentence looked at; one with more is no prose

// A sentence without the marks at its end and the brackets behind closing marks: “……”（某某会见某某）。
View without_source(View sentence) {
  const auto strip = [&] {
    while (!sentence.empty() && han::kind(sentence.back()) != han::Kind::letter && sentence.back() != U'"' &&
           sentence.back() != U')')
      sentence.remove_suffix(1);
  };
  strip();
  if (!sentence.empty() && sentence.back() == U')')
    if (const std::size_t open = sentence.rfind(U'('); open != View::npos && open > 0 && sentence[open - 1] == U'"')
      sentence = sentence.substr(0, open);
  strip();
  return sentence;
}

// [1] 某某在……强调 ……[N]. 某报, 2031-03-09.: an entry of a list, with the type of what it names.
bool is_reference(View line) {
  if (line.empty() || (line[0] != U'[' && !han::is_digit(line[0]) && !han::is_circled(line[0]))) return false;
  constexpr View kTypes[]{U"[J]", U"[N]", U"[M]", U"[C]", U"[R]", U"[D]", U"[G]", U"[Z]", U"/OL]"};
  return std::ranges::any_of(kTypes, [&](View type) { return line.find(type) != View::npos; });
}

}  // namespace

std::vector<Lead> Reader::find_leads(std::size_t n) const {
  const Text& t = texts_[n];
  const View view = t.view();
  std::vector<Lead> leads;
  if (s_.lines()[s_.line_of(w_.paragraphs[t.paragraph].parts.front().begin)].quote || is_reference(view))
    return leads;
  for (std::size_t k = 0; k < t.sentences.size(); ++k) {
    const std::size_t begin = t.sentences[k], end = k + 1 < t.sentences.size() ? t.sentences[k + 1] : t.size();
    std::size_t looked = 0;
    std::optional<Lead> unnamed;  // unless somebody is named in the same sentence
    bool found = false;
    std::size_t opens = begin;
    for (auto v = verb_from(t, begin); v != t.verbs.end() && v->at < end && looked < kVerbs; ++v, ++looked) {
      // 甲指出，…；乙指出，…
      if (found) {
        std::size_t mark = v->at;
        while (mark > leads.back().begin && (view[mark - 1] != U';' || t.depth[mark - 1] > 0)) --mark;
        if (mark <= leads.back().begin) continue;
        opens = mark;
      }
      // 据某某阐述，: what marks alone let other verbs introduce; 某某称，: or, right behind who speaks, a comma.
      std::size_t clause = v->at;
      while (clause > begin && View(U",:;").find(view[clause - 1]) == View::npos) --clause;
      const bool marks_alone = v->kind == VerbKind::mark || v->kind == VerbKind::tell,
                 hears = view[clause] == U'据';
      const bool heard = view[clause] == U'听';  // 听讲解员介绍，
      const bool tells = v->kind == VerbKind::tell && !heard && has_any(view.substr(v->at + v->length, 1), U",:");
      const bool told = marks_alone && (hears || tells);
      const bool noun = v->kind == VerbKind::noun && v->at + v->length < end && view[v->at + v->length] == U':';
      if ((v->kind == VerbKind::noun && !noun) || (marks_alone && !told)) continue;
      const VerbKind kind = told ? VerbKind::say : v->kind;
      const std::size_t i = v->at, behind = i + v->length + as_said(t, i, i + v->length),
                        stop = behind_points(t, behind, end);
      if (stop >= end) break;
      // 提出三点建议。一是……: what is counted off in the next sentence is said too.
      const bool points = stop != behind;
      const bool next =
          points && ends_sentence(view[stop]) && k + 1 < t.sentences.size() && counts_off(t, t.sentences[k + 1]);
      const bool led = next || view[stop] == U':' || (view[stop] == U',' && (!points || counts_off(t, stop + 1)));
      std::size_t content = next ? t.sentences[k + 1] : led ? stop + 1 : stop;
      // What begins with a short sentence may go on in the next: 某某强调，种树要看根。根…
      const bool goes_on = led && k + 1 < t.sentences.size();
      if (content >= t.size() || (content >= end && !next) || (view[content] == U'"' && !opens_term(t, content)) ||
          (end - content < kIndirect && !goes_on))
        continue;
      const auto by = subject(t, opens, i - (behind > i + v->length && view[i - 1] == U'所'), kind);
      if (noun && (!by || by->kind != SpeakerKind::person || by->by != "named")) continue;
      if (found && (!led || !by || by->kind == SpeakerKind::unknown)) continue;
      // 我和某某共同宣布: who speaks tells it himself.
      if (by && by->begin > clause && view.substr(clause, by->begin - clause).find(U'我') != View::npos) continue;
      bool close = by && by->begin < i && view[i - 1] == U',';
      if (by && by->begin < i && !close) {
        const std::size_t from = std::min(by->end, i);
        const auto out = aside(t, from, i);
        std::size_t between = 0;
        for (std::size_t c = from; c < i; ++c) between += !out[c - from] && han::is_han(view[c]);
        close = between <= 8;
      }
      if (told && !hears && by && (by->begin < clause || !close)) continue;
      const auto& asking = lex_.grammar(Grammar::asks);
      const bool asks = std::any_of(asking.begin(), asking.end(),
                                    [&](View word) { return view.substr(content).starts_with(word); });
      const bool plain_object = !led && !points && close && (kind == VerbKind::say || asks) &&
                                end - content >= 12 && v->length >= 2 &&
                                lex_.letters(Grammar::not_object).find(view[content]) == View::npos;
      if (!led && !plain_object) continue;
      if (!by || by->kind == SpeakerKind::unknown) {
        // 大家表示, 大家认为 is somebody else; what else stands before the verb may be no speaker.
        const Own own = own_words(t, clause, i, aside(t, clause, i), clause);
        auto somebody = unnamed_subject(own, false);
        // 希奇莱马还表示: what is written as foreign names are.
        if (const auto anybody = unnamed_subject(own, true);
            !somebody && anybody && kind == VerbKind::say && !anybody->name.empty() &&
            from_utf8(anybody->name).find_first_not_of(lex_.letters(Grammar::transliteration)) == View::npos)
          somebody = *anybody;
        if (unnamed || !led || (kind != VerbKind::say && !somebody) || !anothers(t, clause, *v)) continue;
        unnamed = Lead{k,
                       clause,
                       content,
                       somebody.has_value() || is_vague(own.text),
                       false,
                       make(t, clause, content, std::nullopt, i, v->length, false),
                       v->kind == VerbKind::tell};
        unnamed->attribution.by = "unnamed";
        continue;
      }
      Attribution a = make(t, attribution_begin(t, opens, by->begin), content, by, i, v->length, false);
      leads.push_back({k + next, opens, content, led, points, std::move(a), v->kind == VerbKind::tell});
      found = true;
    }
    if (unnamed && !found) leads.push_back(std::move(*unnamed));
  }
  return leads;
}

bool Reader::opens_term(const Text& t, std::size_t mark) const {
  const std::uint32_t begin = at(t, mark) + 1;
  const auto found =
      std::ranges::lower_bound(w_.marked, begin, {}, [](const Marked& m) { return m.parts.front().begin; });
  return found != w_.marked.end() && found->parts.front().begin == begin &&
         (found->reason == "short" || found->reason == "term");
}

std::size_t Reader::behind_points(const Text& t, std::size_t at, std::size_t end) const {
  constexpr View kNumerals = U"一二两三四五六七八九十几0123456789";
  const View view = t.view();
  std::size_t i = at;
  if (i < end && view[i] == U'了') ++i;
  const std::size_t numeral = i;
  while (i < end && kNumerals.find(view[i]) != View::npos) ++i;
  if (i == numeral) return at;
  for (const View word : lex_.grammar(Grammar::points))
    if (view.substr(i, end - i).starts_with(word)) return i + word.size();
  return at;
}

bool Reader::counts_off(const Text& t, std::size_t at) const {
  const View view = t.view().substr(std::min(at, t.size()));
  return std::ranges::any_of(lex_.grammar(Grammar::ordinal), [&](View word) { return view.starts_with(word); });
}

bool Reader::anothers(const Text& t, std::size_t clause, const Text::Verb& v) const {
  const auto& hearsay = lex_.grammar(Grammar::hearsay);
  const View verb = t.view().substr(v.at, v.length);
  if (std::find(hearsay.begin(), hearsay.end(), verb) != hearsay.end()) return true;
  const Own own = own_words(t, clause, v.at, aside(t, clause, v.at), clause);
  View words = own.text;
  while (strip_adverb(words)) {
  }
  if (words.empty()) return false;
  for (const View author : lex_.grammar(Grammar::author))
    for (std::size_t i = words.find(author); i != View::npos; i = words.find(author, i + 1))
      if (i == 0 || lex_.letters(Grammar::object_letter).find(words[i - 1]) == View::npos) return false;
  const auto& impersonal = lex_.grammar(Grammar::impersonal);
  return std::none_of(impersonal.begin(), impersonal.end(), [&](View word) { return words.starts_with(word); });
}

// Whether whoever a sentence begins with is told to do something there, 某某会见, or speaks; 某某同……宣布 others
// tell of him.
bool Reader::does_something(const Text& t, std::size_t at, std::size_t begin) const {
  const View view = t.view();
  while (const auto title = t.word(kTitle, at)) at += title->length;
  const std::size_t end = t.sentence_end(begin);
  for (auto v = verb_from(t, at); v != t.verbs.end() && v->at + v->length < end; ++v)
    if (v->kind == VerbKind::say && has_any(view.substr(v->at + v->length, 1), U",:\"")) return true;
  View rest = view.substr(at, end - at);
  while (strip_adverb(rest)) {
  }
  const auto& events = lex_.grammar(Grammar::event_verb);
  return std::ranges::any_of(events, [&](View word) { return word.size() > 1 && rest.starts_with(word); });
}

bool Reader::tells_of(const Text& t, std::size_t begin, std::size_t end, const std::string& speaker) const {
  const View view = t.view();
  const std::vector<char> out = aside(t, begin, end);
  for (auto p = std::lower_bound(t.people_at.begin(), t.people_at.end(), begin); p != t.people_at.end() && *p < end;
       ++p) {
    const std::size_t i = *p;
    if (out[i - begin]) continue;
    if (const auto person = t.word(kSpeaker, i)) {
      if (speaker_name(person->id) == speaker && acts(view, i, i + person->length)) return true;
    } else if (const auto title = t.word(kTitle, i); title && (i == begin || !han::is_han(view[i - 1]))) {
      const auto named = titled_.find(std::u32string(view.substr(i, title->length)));
      if (named != titled_.end() && named->second == speaker && acts(view, i, i + title->length)) return true;
    }
  }
  return false;
}

// Words in marks that are judged by themselves; terms and names belong to what is led.
std::size_t Reader::quoted_in(const Text& t, std::size_t begin, std::size_t end, const std::string* by) const {
  const Span led = span(t, begin, end);
  std::size_t quoted = 0;
  auto at = std::ranges::partition_point(
      direct_, [&](std::uint32_t q) { return w_.quotations[q].parts.back().end <= led.begin; });
  for (; at != direct_.end() && w_.quotations[*at].parts.front().begin < led.end; ++at) {
    const Quotation& q = w_.quotations[*at];
    if (q.paragraph != t.paragraph || (by && !(q.attribution && q.attribution->speaker == *by))) continue;
    for (const Span part : q.parts)
      quoted +=
          std::min(part.end, led.end) - std::min(std::max(part.begin, led.begin), std::min(part.end, led.end));
  }
  return quoted;
}

// 某某指出，护林“先要识林，……”。: most of the sentence that is led stands in marks, which close it.
bool Reader::in_marks(const Text& t, const Lead& lead) const {
  const std::size_t next = lead.sentence + 1 < t.sentences.size() ? t.sentences[lead.sentence + 1] : t.size();
  const std::size_t end = without_source(t.view().substr(0, next)).size();
  return end > lead.begin && t.view()[end - 1] == U'"' &&
         2 * quoted_in(t, lead.begin, end, &lead.attribution.speaker) > end - lead.begin;
}

void Reader::take_leads(std::size_t n, const std::vector<Lead>& leads, RunsOn runs) {
  const bool report = runs == RunsOn::paragraph;
  const Text& t = texts_[n];
  const View view = t.view();
  for (std::size_t l = 0; l < leads.size(); ++l) {
    Lead lead = leads[l];
    std::size_t end = lead.sentence + 1 < t.sentences.size() ? t.sentences[lead.sentence + 1] : t.size();
    std::size_t next = l + 1;
    // What is said stands in the marks, and what follows is the writer's, unless reports follow one another.
    if (in_marks(t, lead)) {
      if (!report || !lead.led || lead.sentence + 1 >= t.sentences.size()) continue;
      lead.begin = end;
      end = ++lead.sentence + 1 < t.sentences.size() ? t.sentences[lead.sentence + 1] : t.size();
      const std::size_t person = t.word(kSpeaker, lead.begin) ? t.word(kSpeaker, lead.begin)->length : 0;
      const bool goes_on = (next >= leads.size() || leads[next].sentence != lead.sentence) && person == 0 &&
                           !has_any(view.substr(lead.begin, 1), lex_.letters(Grammar::pronoun)) &&
                           !tells_of(t, lead.begin, end, lead.attribution.speaker);
      if (!goes_on) continue;
    }
    if (next < leads.size() && leads[next].sentence == lead.sentence) {
      end = leads[next].from;
    } else if (lead.led && runs != RunsOn::sentence && lead.attribution.by != "unnamed") {
      // On to the next who speaks, or to a sentence with a new one who acts.
      for (std::size_t k = lead.sentence + 1; k < t.sentences.size(); ++k) {
        if (next < leads.size() && leads[next].sentence == k) {
          if (leads[next].led || leads[next].attribution.by != "unnamed") break;
          ++next;
        }
        const std::size_t begin = t.sentences[k];
        if (!report && longest_at(view.substr(begin), Grammar::demands) == 0) break;
        std::size_t person = 0;
        if (const auto known = t.word(kSpeaker, begin)) person = known->length;
        if (person != 0 && acts(view, begin, begin + person) && does_something(t, begin + person, begin)) break;
        if (has_any(view.substr(begin, 1), lex_.letters(Grammar::pronoun))) break;
        const std::size_t close = k + 1 < t.sentences.size() ? t.sentences[k + 1] : t.size();
        if (tells_of(t, begin, close, lead.attribution.speaker)) break;
        end = close;
      }
    } else if (lead.led && lead.points) {
      for (std::size_t k = lead.sentence + 1; k < t.sentences.size() && counts_off(t, t.sentences[k]); ++k)
        end = k + 1 < t.sentences.size() ? t.sentences[k + 1] : t.size();
      while (next < leads.size() && leads[next].begin < end) ++next;
    }
    l = next - 1;
    if (quoted_in(t, lead.begin, end) * 2 > end - lead.begin) continue;
    while (end > lead.begin && View(U",;、").find(view[end - 1]) != View::npos) --end;
    if (end < lead.begin + kIndirect) continue;
    Quotation q;
    q.form = Quotation::Form::indirect;
    q.paragraph = t.paragraph;
    q.parts = parts_within(t, lead.begin, end);
    q.attribution = lead.attribution;
    if (!q.parts.empty()) w_.quotations.push_back(std::move(q));
  }
}

}  // namespace suyuan::speech
