// Quotations and who says them.
#include "segment/speech.hpp"

#include <algorithm>
#include <map>

#include "base/han.hpp"
#include "segment/speech_reader.hpp"

namespace suyuan {

namespace speech {

namespace {

constexpr std::size_t kShort = 8;     // Han below which marks hold a term, not a quotation,
constexpr std::size_t kBrief = 6;     // or, down to here, a sentence too short to be judged as one
constexpr std::size_t kTerm = 16;     // and below which they do where nobody is said to speak and no sentence ends,
constexpr std::size_t kPhrase = 24;   // or, up to here, where not even a clause ends
constexpr std::size_t kVerbs = 64;    // verbs of a sentence looked at; one with more is no prose
constexpr std::size_t kNames = 2000;  // names told in one document
constexpr std::size_t kIndirect = 8;  // letters of the shortest led speech
constexpr std::size_t kItems = 64;    // items of a list that one line leads

// 一、 (二) 3. before the words of a list's item; 0 where none stands.
std::size_t item_number(View view) {
  constexpr View kNumerals = U"0123456789一二三四五六七八九十";
  constexpr std::size_t kDigits = 3;
  const std::size_t begin = view.starts_with(U'(');
  std::size_t end = begin;
  while (end < view.size() && kNumerals.find(view[end]) != View::npos) ++end;
  if (end == begin || end > begin + kDigits || end + 1 >= view.size()) return 0;
  const bool closes = View(begin != 0 ? U")" : U"、.)").find(view[end]) != View::npos;
  return closes && !han::is_digit(view[end + 1]) ? end + 1 : 0;
}

// ——某某《……》 or （……） alone below a block: whose words these were. —— before a sentence is an item of a list.
bool is_signature(View view) {
  constexpr std::size_t kLongest = 80;
  if (view.size() > kLongest) return false;
  if (view.front() == U'(') return view.find(U')') == view.size() - 1;
  return view.starts_with(U"--") && !ends_sentence(view.back()) && view.back() != U';' && view.back() != U':';
}

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

// Whether one pair of marks holds all of a paragraph.
bool all_in_marks(View view) {
  return view.front() == U'"' && view.size() > kPhrase && view.find(U'"', 1) + 2 >= view.size();
}

}  // namespace

void Reader::read_marks() {
  for (Text& t : texts_) mark_names(t);
  track_people();
  for (std::size_t i = 0; i < marks_.size(); ++i) take(i);
  for (std::uint32_t q = 0; q < w_.quotations.size(); ++q)
    if (w_.quotations[q].form == Quotation::Form::direct && w_.quotations[q].depth == 0) direct_.push_back(q);
  std::ranges::sort(direct_, {}, [&](std::uint32_t q) { return w_.quotations[q].parts.front().begin; });
}

void Reader::read() {
  read_marks();
  for (std::size_t t = 0; t < texts_.size(); ++t) find_blocks(t);
  find_full_text();
  std::vector<std::vector<Lead>> leads;
  std::size_t led = 0, body = 0;  // paragraphs
  for (std::size_t t = 0; t < texts_.size(); ++t) {
    leads.push_back(find_leads(t));
    if (w_.paragraphs[texts_[t].paragraph].role != Role::body) continue;
    ++body;
    led += std::any_of(leads.back().begin(), leads.back().end(),
                       [&](const Lead& l) { return l.led && !in_marks(texts_[t], l); });
  }
  // A report gives speech paragraph by paragraph; elsewhere led speech ends with its sentence.
  const bool report = (led * 5 >= body * 2 && (led >= 2 || body <= 3)) ||
                      (led > 0 && acting_in_title(fold_words(from_utf8(w_.title))) != 0);
  for (std::size_t t = 0; t < texts_.size(); ++t) take_leads(t, leads[t], report);
  find_answers();
}

void Reader::take(std::size_t i) {
  const Mark& m = marks_[i];
  const Text& t = texts_[m.text];
  Parts parts = parts_of(m);
  if (parts.empty()) return;
  const std::size_t size = letters(parts);
  const auto set_aside = [&](const char* reason) { w_.marked.push_back({t.paragraph, parts, reason}); };
  const View view = t.view();
  if (size < kShort) {
    // A short sentence that a person is said to say is worth a look; a term is not.
    const bool one = size >= kBrief && m.text == m.last && !m.left_open;
    std::optional<Attribution> by;
    if (one && m.open > 0 && ends_sentence(view[m.close - 1])) by = before(m.text, m.open);
    // “……，”某某强调，“……”: so is the first half of what goes on behind the speaker.
    if (one && !by && view[m.close - 1] == U',') by = after(m.text, m.open, m.close);
    return set_aside(by && by->kind == SpeakerKind::person && !by->speaker.empty() ? "brief" : "short");
  }
  const View left = view.substr(m.open >= 4 ? m.open - 4 : 0, std::min<std::size_t>(m.open, 4));
  const Text& last = texts_[m.last];
  const View right = last.view().substr(std::min(last.size(), m.close + 1), 4);
  Quotation q;
  q.paragraph = t.paragraph;
  q.parts = parts;
  q.depth = m.depth;
  q.unclosed = m.left_open;
  // Adjoining quotations share what introduces them.
  if (i > 0 && !w_.quotations.empty()) {
    const Mark* previous = nullptr;
    for (std::size_t k = i, steps = 0; k-- > 0 && !previous && steps < kNesting; ++steps)
      if (marks_[k].last == m.text && marks_[k].depth == m.depth && marks_[k].close < m.open) previous = &marks_[k];
    if (previous) {
      const View between = view.substr(previous->close + 1, m.open - previous->close - 1);
      const bool joined = between.size() <= 2 && std::all_of(between.begin(), between.end(), [&](char32_t c) {
                            return c == U',' || c == U'、' || c == U';' ||
                                   lex_.letters(Grammar::between_quotations).find(c) != View::npos;
                          });
      const Quotation& before_it = w_.quotations.back();
      if (joined && before_it.attribution &&
          before_it.parts.front().begin == at(texts_[previous->text], previous->open) + 1)
        q.attribution = before_it.attribution;
    }
  }
  if (!q.attribution && m.open > 0) q.attribution = before(m.text, m.open);
  if (!q.attribution && m.open == 0) q.attribution = above(m.text);
  if (m.left_open && (!q.attribution || q.attribution->speaker.empty())) return set_aside("term");
  if (!q.attribution) q.attribution = after(m.last, m.text == m.last ? m.open : 0, m.close);
  if (m.text == m.last)
    if (auto cites = cited(t, m.open, m.close); cites && is_nearer(*cites, q.attribution))
      q.attribution = std::move(cites);
  // 甲强调，要贯彻乙的讲话精神，“…”: either may have said it.
  if (q.attribution && !q.attribution->after && m.text == m.last && another_named(t, m.open, *q.attribution))
    q.attribution->speaker.clear(), q.attribution->kind = SpeakerKind::unknown;
  const auto begins = [&](const std::vector<std::u32string>& words) {
    return std::any_of(words.begin(), words.end(), [&](View word) { return right.starts_with(word); });
  };
  const auto ends = [&](const std::vector<std::u32string>& words) {
    return std::any_of(words.begin(), words.end(), [&](View word) { return left.ends_with(word); });
  };
  const bool named = begins(lex_.grammar(Grammar::names_activity));
  if (named) return set_aside("theme");
  if (!q.attribution || q.attribution->speaker.empty()) {
    const bool theme = ends(lex_.grammar(Grammar::before_theme)) || begins(lex_.grammar(Grammar::after_theme));
    if (theme) return set_aside("theme");
  }
  // 提出实施“千村示范、万村整治”工程: a name that the sentence uses, not what is said.
  if (q.attribution && !q.attribution->after && size < kTerm && m.text == m.last && !right.empty() &&
      han::is_han(right[0]) && !has_any(view.substr(m.open + 1, m.close - m.open - 1), U",。!?;")) {
    const auto verb = verb_from(t, m.open);
    const std::size_t end = verb == t.verbs.begin() ? m.open : (verb - 1)->at + (verb - 1)->length;
    const View gap = end < m.open ? view.substr(end, m.open - end) : View();
    const bool used = std::any_of(gap.begin(), gap.end(), han::is_han) &&
                      lex_.letters(Grammar::opens_words).find(gap.back()) == View::npos;
    if (used) return set_aside("term");
  }
  // “……”——某某: whoever signs it says it.
  const bool is_signed = right.starts_with(U"--") ||
                         (right.size() > 2 && ends_sentence(right[0]) && right.substr(1).starts_with(U"--"));
  if (!q.attribution && size < kPhrase && !is_signed && !cites(last, m.close + 1)) {
    const View inside = m.text == m.last ? view.substr(m.open + 1, m.close - m.open - 1) : View();
    // “……，……”[3]: a note may say whose words they are, and a term has no clauses.
    constexpr View kNotes = U"[〔［①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
    const bool noted =
        m.close + 1 < last.size() && has_any(inside, U",") && kNotes.find(raw(last, m.close + 1)) != View::npos;
    if (!noted && !has_any(inside, size < kTerm ? U"。!?;" : U",。!?;")) return set_aside("term");
  }
  if (!q.attribution && right.starts_with(U"的") && m.text == m.last &&
      !has_any(view.substr(m.open + 1, m.close - m.open - 1), U",。!?;"))
    return set_aside("term");
  w_.quotations.push_back(std::move(q));
}

bool Reader::cites(const Text& t, std::size_t at) const {
  constexpr std::size_t kLongest = 60;
  const View view = t.view();
  if (at >= t.size() || view[at] != U'(') return false;
  const std::size_t end = view.find(U')', at);
  if (end == View::npos || end - at > kLongest) return false;
  Own own;
  for (std::size_t i = at + 1; i < end && view[i] != U'在' && view[i] != U':'; ++i)
    own.text += view[i], own.at.push_back(i);
  const View rest = view.substr(at + 1 + own.text.size(), end - at - 1 - own.text.size());
  const bool source = rest.starts_with(U":《") || (rest.starts_with(U"在") && rest.find(U'上') != View::npos);
  return source && own_subject(t, own).has_value();
}

void Reader::find_blocks(std::size_t n) {
  const Text& t = texts_[n];
  const Paragraph& p = w_.paragraphs[t.paragraph];
  if (letters(p.parts) < kShort) return;
  if (!s_.lines()[s_.line_of(p.parts.front().begin)].quote) return find_led_paragraph(n);
  const bool goes_on =
      n > 0 && s_.lines()[s_.line_of(w_.paragraphs[texts_[n - 1].paragraph].parts.front().begin)].quote;
  if (all_in_marks(t.view()) || (goes_on && is_signature(t.view()))) return;
  // Prose that leads to quotations, as in a letter that is answered line by line, is none itself.
  if (std::ranges::any_of(w_.quotations, [&](const Quotation& q) {
        return q.form == Quotation::Form::direct && q.paragraph == t.paragraph && q.attribution &&
               !q.attribution->speaker.empty();
      }))
    return;
  Quotation q;
  q.form = Quotation::Form::block;
  q.paragraph = t.paragraph;
  q.parts = p.parts;
  if (goes_on && !w_.quotations.empty() && w_.quotations.back().form == Quotation::Form::block)
    q.attribution = w_.quotations.back().attribution;
  else
    q.attribution = above(n);
  w_.quotations.push_back(std::move(q));
}

// A line 某某强调： and the words below it, without marks: set as a block where they stand further in, else led.
void Reader::find_led_paragraph(std::size_t n) {
  constexpr int kFurther = 2;  // columns
  const Text& t = texts_[n];
  const Paragraph& p = w_.paragraphs[t.paragraph];
  if (p.role != Role::body || n == 0) return;
  const auto quoted = std::count_if(t.depth.begin(), t.depth.end(), [](std::uint8_t depth) { return depth > 0; });
  if (t.view().front() == U'"' || 2 * static_cast<std::size_t>(quoted) > t.size()) return;
  const std::size_t number = item_number(t.view());
  const auto is_item = [&](const Text& x) { return item_number(x.view()) != 0 || counts_off(x, 0); };
  std::size_t first = n;
  while (is_item(t) && first > 1 && first + kItems > n && is_item(texts_[first - 1])) --first;
  Quotation q;
  q.attribution = above(first);
  if (!q.attribution || q.attribution->speaker.empty()) return;
  const auto indent = [&](const Paragraph& of) {
    return static_cast<int>(s_.lines()[s_.line_of(of.parts.front().begin)].indent);
  };
  const bool further = indent(p) >= indent(w_.paragraphs[texts_[first - 1].paragraph]) + kFurther;
  q.form = further ? Quotation::Form::block : Quotation::Form::indirect;
  q.paragraph = t.paragraph;
  q.parts = parts_within(t, number, t.size());
  w_.quotations.push_back(std::move(q));
}

// 某某发表新年贺词。全文如下： and all that stands below it. A line without a mark is its title or who signs it.
void Reader::find_full_text() {
  constexpr View kMarks = U"。!?;:,";
  std::vector<char> taken(w_.paragraphs.size(), 0);
  for (const Quotation& q : w_.quotations)
    if (q.form != Quotation::Form::direct) taken[q.paragraph] = 1;
  std::optional<Attribution> by;
  bool began = false;
  for (const Text& t : texts_) {
    View view = t.view();
    const Paragraph& paragraph = w_.paragraphs[t.paragraph];
    // Another heading than 一、, brackets, or who speaks is told of: what stands below is the report's again.
    const bool heads = item_number(view) == 0 && (paragraph.role == Role::heading || !has_any(view, kMarks));
    if (by && began && (heads || view.front() == U'(' || tells_of(t, 0, t.size(), by->speaker))) by.reset();
    if (by && paragraph.role == Role::body && t.size() >= kShort && has_any(view, kMarks) && !taken[t.paragraph]) {
      Quotation q;
      q.form = Quotation::Form::block;
      q.paragraph = t.paragraph;
      q.parts = w_.paragraphs[t.paragraph].parts;
      q.attribution = by;
      w_.quotations.push_back(std::move(q));
      began = true;
    }
    while (!view.empty() && !han::is_han(view.back())) view.remove_suffix(1);
    const auto& full = lex_.grammar(Grammar::full_text);
    if (std::ranges::none_of(full, [&](View word) { return view.ends_with(word); })) continue;
    by.reset(), began = false;
    const std::string name = antecedent(t, view.size() - 1);
    if (name.empty()) continue;
    by.emplace();
    by->span = span(t, t.sentence_begin(view.size() - 1), view.size());
    by->speaker = name;
    const std::u32string letters = fold_words(from_utf8(name));
    if (const std::size_t named = t.view().rfind(letters); named != View::npos)
      by->named = span(t, named, named + letters.size());
    by->kind = SpeakerKind::person;
    by->by = "full-text";
  }
}

std::vector<Lead> Reader::find_leads(std::size_t n) const {
  const Text& t = texts_[n];
  const View view = t.view();
  std::vector<Lead> leads;
  if (s_.lines()[s_.line_of(w_.paragraphs[t.paragraph].parts.front().begin)].quote) return leads;
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
      // 据某某介绍，: what marks alone let other verbs introduce.
      std::size_t clause = v->at;
      while (clause > begin && View(U",:;").find(view[clause - 1]) == View::npos) --clause;
      const bool told = v->kind == VerbKind::mark && view[clause] == U'据';
      const bool noun = v->kind == VerbKind::noun && v->at + v->length < end && view[v->at + v->length] == U':';
      if ((v->kind == VerbKind::noun && !noun) || (v->kind == VerbKind::mark && !told)) continue;
      const VerbKind kind = told ? VerbKind::say : v->kind;
      const std::size_t i = v->at, stop = behind_points(t, i + v->length, end);
      if (stop >= end) break;
      // 提出三点建议。一是……: what is counted off in the next sentence is said too.
      const bool points = stop != i + v->length;
      const bool next =
          points && ends_sentence(view[stop]) && k + 1 < t.sentences.size() && counts_off(t, t.sentences[k + 1]);
      const bool led = next || view[stop] == U':' || (view[stop] == U',' && (!points || counts_off(t, stop + 1)));
      std::size_t content = next ? t.sentences[k + 1] : led ? stop + 1 : stop;
      // What begins with a short sentence may go on in the next: 某某强调，种树要看根。根…
      const bool goes_on = led && k + 1 < t.sentences.size();
      if (content >= t.size() || (content >= end && !next) || (view[content] == U'"' && !opens_term(t, content)) ||
          (end - content < kIndirect && !goes_on))
        continue;
      const auto by = subject(t, opens, i, kind);
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
        unnamed = Lead{k,       clause,
                       content, somebody.has_value() || is_vague(own.text),
                       false,   make(t, clause, content, std::nullopt, i, v->length, false)};
        unnamed->attribution.by = "unnamed";
        continue;
      }
      Attribution a = make(t, attribution_begin(t, opens, by->begin), content, by, i, v->length, false);
      leads.push_back({k + next, opens, content, led, points, std::move(a)});
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

void Reader::find_answers() {
  constexpr std::size_t kLabel = 16;  // letters
  constexpr std::size_t kQuestions = 2;
  struct Label {
    std::size_t end = 0;  // behind the colon; 0: none
    enum class Of : std::uint8_t { asker, answerer, person } of = Of::person;
    std::optional<Subject> by;
  };
  const auto is_one_of = [&](Grammar group, View word) {
    const auto& words = lex_.grammar(group);
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  const auto label_of = [&](const Text& t) {
    Label label;
    const std::size_t colon = t.view().substr(0, kLabel).find(U':');
    if (colon == View::npos || colon == 0) return label;
    const View word = t.view().substr(0, colon);
    if (is_one_of(Grammar::asks_label, word))
      label.of = Label::Of::asker;
    else if (is_one_of(Grammar::answers_label, word))
      label.of = Label::Of::answerer;
    else if (!(label.by = own_subject(t, own_words(t, 0, colon, std::vector<char>(colon, 0), 0))))
      return label;
    label.end = colon + 1;
    return label;
  };
  std::vector<Label> labels;
  for (const Text& t : texts_) labels.push_back(label_of(t));
  const auto asks = [](const Label& l) { return l.end != 0 && l.of == Label::Of::asker; };
  if (std::none_of(labels.begin(), labels.end(), asks)) return;
  // 答： is whoever the text, its title included, says was asked.
  std::size_t asked = 0;
  std::string answers;
  bool several = false, begun = false;
  for (const Paragraph& p : w_.paragraphs) {
    Text t;
    t.plain = s_.plain(p.parts);
    const Label label = label_of(t);
    begun = begun || label.end != 0;
    asked += asks(label);
    for (const View word : lex_.grammar(Grammar::interviewed)) {
      const std::size_t found = t.view().find(word);
      if (begun || found == View::npos) continue;
      const std::size_t begin = found + word.size();
      std::size_t end = begin;
      while (end < t.size() && (han::is_han(t.view()[end]) || t.view()[end] == U'·')) ++end;
      const auto by = own_subject(t, own_words(t, begin, end, std::vector<char>(end - begin, 0), begin));
      if (!by) continue;
      several = several || (!answers.empty() && answers != by->name);
      answers = by->name;
      break;
    }
  }
  if (asked < kQuestions) return;
  const Label* current = nullptr;
  std::size_t labelled = 0;
  for (std::size_t n = 0; n < texts_.size(); ++n) {
    const Text& t = texts_[n];
    if (labels[n].end != 0) current = &labels[n], labelled = n;
    if (!current || current->of == Label::Of::asker || w_.paragraphs[t.paragraph].role != Role::body) continue;
    const std::string name = current->by ? current->by->name : several ? std::string() : answers;
    const std::size_t begin = labels[n].end;
    const auto quoted = std::count_if(t.depth.begin(), t.depth.end(), [](std::uint8_t depth) { return depth > 0; });
    if (name.empty() || t.size() < begin + kIndirect || 2 * static_cast<std::size_t>(quoted) > t.size()) continue;
    Quotation q;
    q.form = Quotation::Form::indirect;
    q.paragraph = t.paragraph;
    q.parts = parts_within(t, begin, t.size());
    Attribution& a = q.attribution.emplace();
    const Text& at = texts_[labelled];
    a.span = span(at, 0, current->end);
    a.speaker = name;
    a.kind = SpeakerKind::person;
    a.named = a.span;
    a.by = "label";
    w_.quotations.push_back(std::move(q));
  }
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

void Reader::take_leads(std::size_t n, const std::vector<Lead>& leads, bool report) {
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
    } else if (lead.led && report && lead.attribution.by != "unnamed") {
      // On to the next who speaks, or to a sentence with a new one who acts.
      for (std::size_t k = lead.sentence + 1; k < t.sentences.size(); ++k) {
        if (next < leads.size() && leads[next].sentence == k) {
          if (leads[next].led || leads[next].attribution.by != "unnamed") break;
          ++next;
        }
        const std::size_t begin = t.sentences[k];
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

}  // namespace speech

void find_speech(State& state) {
  speech::Names names;
  std::vector<speech::Reader> readers;
  readers.reserve(state.out.works.size());
  std::map<std::u32string, std::size_t> counts;
  for (Work& work : state.out.works) {
    speech::Reader& reader = readers.emplace_back(state, work, names);
    reader.prepare();
    reader.count_names(counts);
  }
  for (const auto& [name, count] : counts)
    if (count >= 2 && names.names.size() < speech::kNames) {
      names.phrases.add(name, static_cast<std::uint32_t>(names.names.size()));
      names.names.push_back(to_utf8(name));
    }
  for (speech::Reader& reader : readers) reader.read();
  for (Work& work : state.out.works) {
    // A title or a heading is a text by itself: nobody spoken of around it speaks in it, and no mark reaches out of
    // it.
    for (std::uint32_t n = 0; n < work.paragraphs.size(); ++n) {
      if (work.paragraphs[n].role != Role::title && work.paragraphs[n].role != Role::heading) continue;
      speech::Reader reader(state, work, names);
      reader.prepare(n);
      reader.read_marks();
    }
  }
  const auto sort = [&] {
    for (Work& work : state.out.works)
      std::ranges::sort(work.quotations, [](const Quotation& a, const Quotation& b) {
        return std::pair(a.parts.front().begin, b.parts.back().end) <
               std::pair(b.parts.front().begin, a.parts.back().end);
      });
  };
  sort();
  if (find_cells(state)) sort();
}

void resolve_offices(const Lexicons& lexicons, Work& work) {
  const auto day = work.published.latest ? work.published.latest : work.edition.latest;
  for (Quotation& q : work.quotations) {
    if (!q.attribution || q.attribution->by != "office" || !day) continue;
    const std::u32string title = fold_words(from_utf8(q.attribution->speaker));
    for (const Lexicons::Office& o : lexicons.offices)
      if ((o.title == title || o.title.ends_with(title)) && o.from <= *day && *day <= o.to) {
        q.attribution->speaker = o.person;
        break;
      }
  }
}

}  // namespace suyuan
