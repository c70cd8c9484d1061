// Quotations and who says them.
#include "segment/speech.hpp"

#include <algorithm>
#include <array>
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
constexpr std::size_t kNames = 2000;  // names told in one document
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

// Whether one pair of marks holds all of a paragraph.
bool all_in_marks(View view) {
  return view.front() == U'"' && view.size() > kPhrase && view.find(U'"', 1) + 2 >= view.size();
}

}  // namespace

}  // namespace speech

bool is_address(std::u32string_view title) {
  static constexpr std::array<std::u32string_view, 9> kAddresses{U"讲话", U"谈话", U"致辞", U"致词", U"演讲",
                                                                 U"发言", U"报告", U"贺信", U"回信"};
  return std::ranges::any_of(kAddresses, [&](std::u32string_view word) { return title.ends_with(word); });
}

bool is_source_line(std::u32string_view line) {
  constexpr std::size_t kLongest = 120;
  constexpr std::u32string_view kSays = U"年月日第期页版号载见";
  if (line.starts_with(U"(") && line.ends_with(U")")) line = line.substr(1, line.size() - 2);
  if (line.size() > kLongest || !line.starts_with(U"《")) return false;
  if (!is_address(line.substr(1, line.find(U'》') - 1))) return false;  // what a whole text is printed in
  bool year = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == U'《') {
      i = line.find(U'》', i);
      if (i == line.npos) return false;
      continue;
    }
    year = year || line[i] == U'年';
    if (han::is_han(line[i]) && kSays.find(line[i]) == kSays.npos) return false;
  }
  return year;
}

namespace speech {

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
  signed_lines_ = static_cast<std::size_t>(std::count_if(
      texts_.begin(), texts_.end(), [&](const Text& t) { return signature(t, 0) || is_source_line(t.view()); }));
  for (std::size_t t = 0; t < texts_.size(); ++t) find_blocks(t);
  find_full_text();
  std::vector<std::vector<Lead>> leads;
  std::size_t led = 0, body = 0;  // paragraphs
  for (std::size_t t = 0; t < texts_.size(); ++t) {
    leads.push_back(find_leads(t));
    if (w_.paragraphs[texts_[t].paragraph].role != Role::body) continue;
    ++body;
    led += std::any_of(leads.back().begin(), leads.back().end(),
                       [&](const Lead& l) { return l.led && !l.tells && !in_marks(texts_[t], l); });
  }
  // A report gives speech paragraph by paragraph, that of a meeting where what follows demands; elsewhere led
  // speech ends with its sentence.
  const std::u32string title = from_utf8(w_.title);
  const bool report =
      (led * 5 >= body * 2 && (led >= 2 || body <= 3)) || (led > 0 && acting_in_title(fold_words(title)) != 0);
  const RunsOn runs = report                          ? RunsOn::paragraph
                      : led > 0 && tells_event(title) ? RunsOn::demands
                                                      : RunsOn::sentence;
  for (std::size_t t = 0; t < texts_.size(); ++t) take_leads(t, leads[t], runs);
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
  if (all_in_marks(t.view()) || (goes_on && (is_signature(t.view()) || is_source_line(t.view())))) return;
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

// ——某某2031年3月9日在……上的讲话, （2031年3月9日在……上的讲话）: whose words stand before it. Without an address or
// a verb of saying at its end it signs whose text it is, unless a table knows the name.
std::optional<Attribution> Reader::signature(const Text& t, std::size_t from) const {
  View view = t.view();
  const auto& written = lex_.grammar(Grammar::written);
  const bool bracket = from < view.size() && view[from] == U'(';
  if (from >= view.size() || !(bracket || view.substr(from).starts_with(U"--")) ||
      !is_signature(view.substr(from)) ||
      std::ranges::any_of(written, [&](View word) { return view.find(word, from) != View::npos; }))
    return std::nullopt;
  constexpr View kDay = U"0123456789年月日, ";
  if (bracket) view.remove_suffix(1);
  std::size_t begin = view.find_first_not_of(bracket ? U'(' : U'-', from);
  if (begin == View::npos) return std::nullopt;
  while (begin < view.size() && han::kind(view[begin]) == han::Kind::blank) ++begin;
  const std::size_t line = begin;
  begin += longest_at(view.substr(begin), Grammar::comes_from);
  if (begin < view.size() && han::is_digit(view[begin]))
    while (begin < view.size() && kDay.find(view[begin]) != View::npos) ++begin;
  const auto& events = lex_.grammar(Grammar::event_verb);
  Own own;
  for (std::size_t i = begin; i < view.size() && (han::is_han(view[i]) || view[i] == U'·'); ++i) {
    const bool event = i > begin + 1 && std::ranges::any_of(events, [&](View word) {
                         return word.size() > 1 && view.substr(i).starts_with(word);
                       });
    const bool day = han::is_digit(view[i]);
    if (event || day || view[i] == U'在' || view[i] == U'于') break;
    own.text += view[i], own.at.push_back(i);
  }
  const auto by = own_subject(t, own);
  View last = view;
  while (!last.empty() && !han::is_han(last.back())) last.remove_suffix(1);
  const bool says = is_address(last) || std::ranges::any_of(t.verbs, [&](const Text::Verb& v) {
                      return v.kind == VerbKind::say && v.at + v.length == last.size();
                    });
  std::optional<Attribution> a;
  if (!by && says && own.text.empty() && begin > line && begin < view.size() &&
      view[begin] == U'在') {  // ——2031年3月9日在……上的讲话
    a = make(t, from, t.size(), std::nullopt, line, 0, true);
  } else if (by) {
    std::size_t end = by->end;
    while (const auto title = t.word(kTitle, end)) end += title->length;
    if (end != begin + own.text.size() || (!says && !lex_.speakers.at(view, by->begin))) return std::nullopt;
    a = make(t, from, t.size(), by, by->begin, by->end - by->begin, true);
  }
  if (a) a->by = "signature";
  return a;
}

// 。（某某在……上的讲话）, 。——某某: where a paragraph is signed behind its last sentence; its size where it is not.
std::size_t Reader::signed_from(const Text& t) {
  const View view = t.view();
  const std::size_t at = view.back() == U')' ? view.rfind(U'(') : view.rfind(U"--");
  if (at == View::npos || at == 0) return t.size();
  std::size_t from = at;
  while (from > 1 && view[from - 1] == U'-') --from;
  return ends_sentence(view[from - 1]) ? from : t.size();
}

// What signs a paragraph: at its own end, alone below it, or, in a text of such lines, below the paragraphs that
// follow.
Reader::Signed Reader::signed_by(std::size_t n) const {
  constexpr std::size_t kParagraphs = 12;
  const auto is_line = [&](std::size_t i) {
    const View view = texts_[i].view();
    return is_signature(view) || is_source_line(view);
  };
  const Text& t = texts_[n];
  if (is_line(n)) return {};
  if (const std::size_t from = signed_from(t); from < t.size()) {
    auto by = signature(t, from);
    const bool source = !by && is_source_line(t.view().substr(from));
    return {by || source, from, std::move(by)};
  }
  if (n + 1 >= texts_.size()) return {};
  const bool ends = ends_sentence(t.view().back());
  std::size_t below = n + 1;
  if (ends && signed_lines_ > 1)
    while (below + 1 < texts_.size() && below < n + kParagraphs && !is_line(below) &&
           w_.paragraphs[texts_[below].paragraph].role == Role::body &&
           signed_from(texts_[below]) == texts_[below].size() && ends_sentence(texts_[below].view().back()))
      ++below;
  if (!ends && texts_[below].view().front() != U'-') return {};
  auto by = signature(texts_[below], 0);
  const bool listed = below + 1 < texts_.size() && is_source_line(texts_[below + 1].view());  // what to read
  const bool source = !by && !listed && is_source_line(texts_[below].view());
  return {by || source, t.size(), std::move(by)};
}

// A line 某某强调： and the words below it, without marks: set as a block where they stand further in, else led.
void Reader::find_led_paragraph(std::size_t n) {
  constexpr int kFurther = 2;  // columns
  const Text& t = texts_[n];
  const Paragraph& p = w_.paragraphs[t.paragraph];
  if (p.role != Role::body) return;
  const auto quoted = std::count_if(t.depth.begin(), t.depth.end(), [](std::uint8_t depth) { return depth > 0; });
  if (t.view().front() == U'"' || 2 * static_cast<std::size_t>(quoted) > t.size()) return;
  Signed by = signed_by(n);
  if (by.is && std::ranges::none_of(find_leads(n), &Lead::led)) {
    Quotation q;
    q.form = Quotation::Form::block;
    q.paragraph = t.paragraph;
    q.parts = parts_within(t, 0, by.end);
    q.attribution = std::move(by.attribution);
    w_.quotations.push_back(std::move(q));
    return;
  }
  if (n == 0) return;
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
    const bool aside = item_number(view) == 0 && view.starts_with(U'(');
    if (by && began && (heads || aside || tells_of(t, 0, t.size(), by->speaker))) by.reset();
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

void find_section_blocks(State& state, Work& work) {
  constexpr std::ptrdiff_t kShortest = 8;                     // letters
  if (work.sections.empty() || !work.author.empty()) return;  // excerpts of what he said himself
  const auto is_words = [](const Paragraph& p) { return p.role == Role::body; };
  const Section& first = work.sections.front();
  const auto in_first = work.paragraphs.begin() + first.first;
  const auto all = std::ranges::count_if(work.paragraphs, is_words);
  if (std::count_if(in_first, work.paragraphs.begin() + first.last, is_words) == all) return;  // an address itself
  std::vector<char> told(work.paragraphs.size(), 0), made(work.paragraphs.size(), 0);
  for (const Quotation& q : work.quotations)
    if (q.depth == 0 && q.form != Quotation::Form::indirect && q.attribution) told[q.paragraph] = 1;
  std::vector<Quotation> blocks;
  for (const Section& section : work.sections) {
    const Span line = envelope(section.occasion);
    for (std::uint32_t n = section.first; n < section.last; ++n) {
      const Paragraph& p = work.paragraphs[n];
      if (!is_words(p) || told[n] != 0) continue;
      const std::u32string_view text = state.document.view(envelope(p.parts));
      if (std::ranges::count_if(text, han::is_han) < kShortest) continue;
      Quotation q;
      q.form = Quotation::Form::block;
      q.paragraph = n;
      q.parts = p.parts;
      Attribution& a = q.attribution.emplace();
      a.span = line;
      a.after = line.begin > envelope(p.parts).begin;
      a.by = "signature";
      made[n] = 1;
      blocks.push_back(std::move(q));
    }
  }
  std::erase_if(work.quotations, [&](const Quotation& q) {  // what the speaker says of others' words
    return q.form == Quotation::Form::indirect && made[q.paragraph] != 0;
  });
  std::ranges::move(blocks, std::back_inserter(work.quotations));
  std::ranges::sort(work.quotations, {},
                    [](const Quotation& q) { return std::pair(q.parts.front().begin, ~q.parts.back().end); });
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
