// Quotations and speakers. All positions are of one paragraph's folded text; its origins lead back to the document.
#include "segment/speech.hpp"

#include <algorithm>
#include <map>

#include "base/han.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kShort = 8;    // Han below which marks hold a term, not a quotation
constexpr std::size_t kTerm = 16;    // and below which they do where nobody is said to speak and no sentence ends,
constexpr std::size_t kPhrase = 24;  // or, up to here, where not even a clause ends
constexpr std::size_t kGap = 26;     // letters between the verb and the mark: 指出，新质生产力是“…”
constexpr std::size_t kAfter = 90;   // letters after the mark in which the speaker may be named
constexpr std::size_t kCross = 800;  // letters a quotation may run on into following paragraphs
constexpr std::size_t kParagraphs = 6;  // and how many of them
constexpr std::size_t kReach = 400;     // letters before a verb in which its subject is sought
constexpr std::size_t kClause = 200;    // letters of the longest 在…时
constexpr std::size_t kVerbs = 64;      // verbs of a sentence looked at; one with more is no prose
constexpr std::size_t kNames = 2000;    // names told in one document
constexpr std::size_t kNesting = 32;    // quotations inside each other; deeper marks are left open
constexpr std::size_t kIndirect = 8;    // letters of the shortest led speech

using View = std::u32string_view;
constexpr Words::Table kVerb = Words::Table::verb, kSpeaker = Words::Table::speaker, kTitle = Words::Table::title,
                       kCollective = Words::Table::collective;

bool ends_sentence(char32_t c) { return c == U'。' || c == U'!' || c == U'?'; }

// A paragraph ready for reading: its folded text, which of it stands inside marks, and where sentences begin.
struct Text {
  std::uint32_t paragraph = 0;
  Plain plain;
  std::vector<std::uint8_t> depth;       // of quotation marks; the marks themselves belong outside
  std::vector<char> titled;              // inside 《》
  std::vector<std::uint32_t> sentences;  // where each begins
  std::vector<std::uint32_t> hit_at;     // of each position: its number in hits, from one; 0: none
  std::vector<Words::Hit> hits;
  struct Verb {
    std::size_t at = 0, length = 0;
    VerbKind kind = VerbKind::say;
  };
  std::vector<Verb> verbs;               // in order, outside marks and titles
  std::vector<std::uint32_t> people_at;  // where a speaker or a title stands

  std::optional<Phrases::Match> word(Words::Table table, std::size_t i) const {
    if (i >= hit_at.size() || hit_at[i] == 0) return std::nullopt;
    const Phrases::Match m = hits[hit_at[i] - 1].of[static_cast<std::size_t>(table)];
    return m.length == 0 ? std::nullopt : std::optional(m);
  }

  View view() const { return plain.text; }
  std::size_t size() const { return plain.text.size(); }
  std::size_t sentence_begin(std::size_t at) const {
    return *(std::upper_bound(sentences.begin(), sentences.end(), static_cast<std::uint32_t>(at)) - 1);
  }
  std::size_t sentence_end(std::size_t at) const {
    const auto next = std::upper_bound(sentences.begin(), sentences.end(), static_cast<std::uint32_t>(at));
    return next == sentences.end() ? size() : *next;
  }
};

struct Mark {
  std::size_t text, open, close;  // positions of the marks; close in texts[last]
  std::size_t last;
  std::uint32_t depth;
};

struct Subject {
  SpeakerKind kind = SpeakerKind::unknown;
  std::string name;
  std::size_t begin = 0, end = 0;
  std::string by;
};

// Speech without marks: the sentence it begins in, where its words begin, whether a comma or a colon leads them.
struct Lead {
  std::size_t sentence, begin;
  bool led;
  Attribution attribution;
};

char32_t closer_of(char32_t open) {
  switch (open) {
    case U'“':
      return U'”';
    case U'「':
      return U'」';
    case U'『':
      return U'』';
    case U'﹁':
      return U'﹂';
    case U'﹃':
      return U'﹄';
    case U'〝':
      return U'〞';
    case U'‘':
      return U'’';
    default:
      return 0;
  }
}
bool is_closer(char32_t c) { return View(U"”」』﹂﹄〞’").find(c) != View::npos; }

// People whom no table knows and whom the document itself shows to be people.
struct Names {
  Phrases phrases;
  std::vector<std::string> names;
};

class Reader {
 public:
  Reader(State& s, Work& w, const Names& names) : s_(s), lex_(s.lexicons), w_(w), names_(names) {}

  // Texts, marks, sentences, verbs.
  void prepare() {
    for (std::uint32_t n = 0; n < w_.paragraphs.size(); ++n) {
      const Role role = w_.paragraphs[n].role;
      if (role != Role::body && role != Role::digest && role != Role::list_item && role != Role::epigraph) continue;
      Text t;
      t.paragraph = n;
      t.plain = s_.plain(w_.paragraphs[n].parts);
      // Words too few to hold anything, as in a file of single characters, are passed over.
      if (t.size() < 4 && t.view().find_first_of(U"\":") == View::npos) continue;
      t.hit_at.assign(t.size(), 0);
      for (std::size_t i = 0; i < t.size(); ++i) {
        const Words::Hit hit = lex_.words.at(t.view(), i);
        if (!hit.any()) continue;
        t.hits.push_back(hit);
        t.hit_at[i] = static_cast<std::uint32_t>(t.hits.size());
      }
      texts_.push_back(std::move(t));
    }
    find_marks();
    for (Text& t : texts_) {
      find_sentences(t);
      find_verbs(t);
    }
  }

  // Counts the names that stand as subjects of verbs of saying or beside titles and that no table knows.
  void count_names(std::map<std::u32string, std::size_t>& counts) const {
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
        if (t.word(kTitle, i) && !t.word(kSpeaker, i))
          if (const std::size_t size = name_before(text, 0, i))
            count(text.substr(i - size, size), size >= 3 ? 2 : 1);
    }
  }

  void read() {
    for (Text& t : texts_) mark_names(t);
    track_people();
    for (std::size_t i = 0; i < marks_.size(); ++i) take(i);
    for (std::size_t t = 0; t < texts_.size(); ++t) find_blocks(t);
    std::vector<std::vector<Lead>> leads;
    std::size_t led = 0, body = 0;  // paragraphs
    for (std::size_t t = 0; t < texts_.size(); ++t) {
      leads.push_back(find_leads(t));
      if (w_.paragraphs[texts_[t].paragraph].role != Role::body) continue;
      ++body;
      led += std::any_of(leads.back().begin(), leads.back().end(), [](const Lead& l) { return l.led; });
    }
    // A report gives speech paragraph by paragraph; elsewhere led speech ends with its sentence.
    const bool report = led * 5 >= body * 2 && (led >= 2 || body <= 3);
    for (std::size_t t = 0; t < texts_.size(); ++t) take_leads(t, leads[t], report);
    std::sort(w_.quotations.begin(), w_.quotations.end(), [](const Quotation& a, const Quotation& b) {
      return std::pair(a.parts.front().begin, b.parts.back().end) <
             std::pair(b.parts.front().begin, a.parts.back().end);
    });
  }

 private:
  char32_t raw(const Text& t, std::size_t i) const { return s_.document.text[t.plain.origin[i]]; }
  std::uint32_t at(const Text& t, std::size_t i) const { return t.plain.origin[i]; }
  Span span(const Text& t, std::size_t begin, std::size_t end) const { return {at(t, begin), at(t, end - 1) + 1}; }

  // --- marks ---

  void orphan(const Text& t, std::size_t i, std::size_t swallowed, const std::string& why) {
    const auto place = s_.document.position(at(t, i));
    std::string message = "line " + std::to_string(place.line) + ": a quotation mark " + why;
    if (swallowed > 0)
      message += "; closing at the next one it would have swallowed " + std::to_string(swallowed) + " characters";
    s_.note("open-quotation", message);
  }

  void find_marks() {
    struct Open {
      std::size_t text, at;
      char32_t mark;
    };
    std::vector<Open> open;
    for (std::size_t n = 0; n < texts_.size(); ++n) {
      Text& t = texts_[n];
      std::size_t first = 0;
      // A quotation of several paragraphs opens each of them again and closes once.
      if (!open.empty() && t.size() > 0 && raw(t, 0) == open.front().mark) first = 1;
      for (std::size_t i = first; i < t.size(); ++i) {
        const char32_t folded = t.plain.text[i];
        if (folded != U'"' && folded != U'\'') continue;
        const char32_t c = raw(t, i);
        if (closer_of(c) != 0) {
          if (open.size() < kNesting)
            open.push_back({n, i, c});
          else
            orphan(t, i, 0, "stands too deep inside others");
          continue;
        }
        if (c == U'"' || c == U'＂') {
          if (!open.empty() && open.back().mark == U'"') {
            close(open.back().text, open.back().at, n, i, open.size() - 1);
            open.pop_back();
          } else {
            open.push_back({n, i, U'"'});
          }
          continue;
        }
        if (!is_closer(c)) continue;
        const auto match =
            std::find_if(open.rbegin(), open.rend(), [&](const Open& o) { return closer_of(o.mark) == c; });
        if (match == open.rend()) {
          if (c != U'’') orphan(t, i, 0, "closes what was not opened");
          continue;
        }
        const auto from = match.base() - 1;
        for (auto o = from + 1; o != open.end(); ++o)
          if (o->mark != U'‘') orphan(texts_[o->text], o->at, 0, "is not closed before the one around it");
        close(from->text, from->at, n, i, static_cast<std::size_t>(from - open.begin()));
        open.erase(from, open.end());
      }
      // What is still open at a paragraph's end goes on only where the words show that it does.
      while (!open.empty()) {
        const Open& o = open.front();
        std::size_t letters = 0, next = n + 1;
        bool goes_on = false;
        std::size_t swallowed = 0;
        for (std::size_t read = 0; next < texts_.size() && read < kParagraphs && letters < kCross; ++next, ++read) {
          const Text& x = texts_[next];
          const bool opens_again = x.size() > 0 && raw(x, 0) == o.mark && closer_of(o.mark) != 0;
          std::size_t i = opens_again ? 1 : 0;
          for (; i < x.size(); ++i) {
            const char32_t c = raw(x, i);
            if (c == closer_of(o.mark) && closer_of(o.mark) != 0) break;
            if (c == o.mark) break;
          }
          letters += i;
          if (i < x.size()) {
            // The next mark closes it, or a paragraph that opens it again closes it in the end.
            const bool closes = raw(x, i) == closer_of(o.mark);
            goes_on = closes && (opens_again || (!s_.broken(s_.line_of(at(x, 0))) && letters < kCross));
            swallowed = letters;
            break;
          }
          if (!opens_again) break;
        }
        if (goes_on && next > n) break;
        orphan(texts_[o.text], o.at, swallowed + texts_[o.text].size() - o.at - 1,
               "is not closed in its paragraph");
        open.erase(open.begin());
      }
    }
    for (const Open& o : open) orphan(texts_[o.text], o.at, 0, "is never closed");
    std::sort(marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) {
      return std::tuple(a.text, a.open, b.close) < std::tuple(b.text, b.open, a.close);
    });
    for (Text& t : texts_) {
      t.depth.assign(t.size(), 0);
      t.titled.assign(t.size(), 0);
      std::size_t titles = 0;
      for (std::size_t i = 0; i < t.size(); ++i) {
        if (t.plain.text[i] == U'》' && titles > 0) --titles;
        t.titled[i] = titles > 0;
        if (t.plain.text[i] == U'《') ++titles;
      }
    }
    for (Mark& m : marks_)
      for (std::size_t n = m.text; n <= m.last; ++n) {
        Text& t = texts_[n];
        const std::size_t from = n == m.text ? m.open + 1 : 0, to = n == m.last ? m.close : t.size();
        for (std::size_t i = from; i < to; ++i)
          if (t.depth[i] < 255) ++t.depth[i];
      }
  }

  void close(std::size_t text, std::size_t open, std::size_t last, std::size_t close, std::size_t depth) {
    if (text == last && close == open + 1) return;
    marks_.push_back({text, open, close, last, static_cast<std::uint32_t>(depth)});
  }

  void find_sentences(Text& t) const {
    t.sentences.push_back(0);
    for (std::size_t i = 0; i + 1 < t.size(); ++i) {
      const char32_t c = t.plain.text[i];
      // A stop outside the marks ends a sentence; inside them it does where the marks close behind it.
      bool ends = ends_sentence(c) && t.depth[i] == 0;
      if (c == U'"' && i > 0 && ends_sentence(t.plain.text[i - 1]) && t.depth[i] == 0 && t.depth[i - 1] > 0)
        ends = true;
      if (ends && t.plain.text[i + 1] == U'"' && is_closer(raw(t, i + 1))) continue;
      // “……。”，他说: the sentence goes on.
      if (ends && c == U'"' &&
          (t.plain.text[i + 1] == U',' || t.plain.text[i + 1] == U'"' || t.plain.text[i + 1] == U'、'))
        continue;
      if (ends) t.sentences.push_back(static_cast<std::uint32_t>(i + 1));
    }
  }

  void find_verbs(Text& t) const {
    for (std::size_t i = 0; i < t.size(); ++i) {
      if (t.hit_at[i] == 0) continue;
      if (t.word(kSpeaker, i) || t.word(kTitle, i)) t.people_at.push_back(static_cast<std::uint32_t>(i));
      if (t.depth[i] > 0) continue;
      if (const auto verb = verb_at(t, i)) t.verbs.push_back({i, verb->length, lex_.verb_rows[verb->id].kind});
    }
  }

  // Where the names found in the document stand.
  void mark_names(Text& t) const {
    if (names_.names.empty()) return;
    for (std::size_t i = 0; i < t.size(); ++i) {
      const auto name = names_.phrases.at(t.view(), i);
      if (!name || t.word(kSpeaker, i)) continue;
      if (t.hit_at[i] == 0) {
        t.hits.emplace_back();
        t.hit_at[i] = static_cast<std::uint32_t>(t.hits.size());
      }
      t.hits[t.hit_at[i] - 1].of[static_cast<std::size_t>(kSpeaker)] = {
          static_cast<std::uint32_t>(lex_.speaker_rows.size()) + name->id, name->length};
      t.people_at.push_back(static_cast<std::uint32_t>(i));
    }
    std::sort(t.people_at.begin(), t.people_at.end());
    t.people_at.erase(std::unique(t.people_at.begin(), t.people_at.end()), t.people_at.end());
  }

  const std::string& speaker_name(std::uint32_t id) const {
    return id < lex_.speaker_rows.size() ? lex_.speaker_rows[id] : names_.names[id - lex_.speaker_rows.size()];
  }

  // --- people ---

  // Whether a person found at [begin, end) is the one who acts, and not one acted on or a word of a name for a
  // theory.
  bool acts(View text, std::size_t begin, std::size_t end) const {
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

  // The words 在…时, 在…会议上 of [begin, end): what happens there is not the subject.
  std::vector<char> aside(const Text& t, std::size_t begin, std::size_t end) const {
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
      if (text[i] == U'当' &&
          lex_.letters(Grammar::after_dang).find(i + 1 < end ? text[i + 1] : U' ') != View::npos)
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

  // A person's name at the end of text[begin, end), told by a surname: …书记黄坤明.
  std::size_t name_before(View text, std::size_t begin, std::size_t end) const {
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

  // Who says what the verb at `verb` introduces, named in [begin, verb).
  std::optional<Subject> subject(const Text& t, std::size_t begin, std::size_t verb, VerbKind kind) const {
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

  bool strip_adverb(View& own) const {
    for (const View word : lex_.grammar(Grammar::adverb))
      if (own.starts_with(word)) {
        own.remove_prefix(word.size());
        return true;
      }
    return false;
  }
  bool strip_ok(View rest) const {
    while (strip_adverb(rest)) {
    }
    return rest.empty();
  }
  // Two or three Han after which the verb or an adverb stands.
  std::size_t name_at(View own) const {
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
  bool looks_like_name(View own) const {
    return own.size() >= 2 &&
           std::all_of(own.begin(), own.end(),
                       [](char32_t c) { return han::is_han(c) || c == U'·' || c == U'、'; }) &&
           !has_any(own, lex_.letters(Grammar::not_in_name));
  }
  bool follows_name(const Text& t, std::size_t at, std::size_t verb) const {
    const View text = t.view();
    if (at >= verb) return true;
    return text[at] == U',' || has_any(text.substr(at, 1), lex_.letters(Grammar::after_titled_name)) ||
           t.word(kVerb, at).has_value();
  }

  // 总书记的一席话 speaks; 总书记的要求 does not introduce by another verb.
  bool possessive_fits(View text, std::size_t end, VerbKind kind) const {
    if (end >= text.size() || text[end] != U'的') return true;
    if (kind == VerbKind::noun) return true;
    const View after = text.substr(end + 1, 4);
    const auto& said = lex_.grammar(Grammar::possessed);
    return std::any_of(said.begin(), said.end(), [&](View word) { return after.starts_with(word); });
  }

  // 按照全会部署, 根据《意见》要求: what is named there is relied on and does not speak.
  bool relies(View text, std::size_t clause) const {
    for (const View word : lex_.grammar(Grammar::rely))
      if (text.substr(clause, word.size()) == word) return true;
    return false;
  }

  // A meeting or a text speaks only where the verb follows it closely.
  bool near(View text, std::size_t end, std::size_t verb, const std::vector<char>& out, std::size_t begin) const {
    if (verb < end || verb - end > 10) return false;
    for (std::size_t i = end; i < verb; ++i)
      if (View(U",:;。").find(text[i]) != View::npos || (out[i - begin] && text[i] != U'在')) return false;
    const View between = text.substr(end, verb - end);
    return !has_any(between, lex_.letters(Grammar::between_body_and_verb));
  }

  std::optional<Subject> by_title(View title, std::size_t begin, std::size_t end) const {
    const auto& vague = lex_.grammar(Grammar::vague_title);
    if (std::find(vague.begin(), vague.end(), title) != vague.end())
      return Subject{SpeakerKind::unknown, to_utf8(title), begin, end, "named"};
    const auto known = titled_.find(std::u32string(title));
    if (known != titled_.end()) return Subject{SpeakerKind::person, known->second, begin, end, "title"};
    return Subject{SpeakerKind::person, to_utf8(title), begin, end, "office"};
  }

  // Who was last spoken of as acting, at the end of each sentence; two people at once leave it open.
  void track_people() {
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

  // The first verb at or after a place.
  static std::vector<Text::Verb>::const_iterator verb_from(const Text& t, std::size_t at) {
    return std::lower_bound(t.verbs.begin(), t.verbs.end(), at,
                            [](const Text::Verb& v, std::size_t i) { return v.at < i; });
  }

  std::optional<Phrases::Match> verb_at(const Text& t, std::size_t i) const {
    const auto verb = t.word(kVerb, i);
    if (!verb || t.titled[i]) return std::nullopt;
    const Lexicons::Verb& row = lex_.verb_rows[verb->id];
    if (i > 0 && row.not_after.find(t.view()[i - 1]) != View::npos) return std::nullopt;
    const std::size_t end = i + verb->length;
    if (end < t.size() && row.not_before.find(t.view()[end]) != View::npos) return std::nullopt;
    return verb;
  }

  // --- attributions ---

  // From the clause that names the speaker, with the 在…时 before it, to `end`.
  std::size_t attribution_begin(const Text& t, std::size_t sentence, std::size_t subject_begin) const {
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
      if (!occasion) break;
      at = before;
    }
    return at;
  }

  Attribution make(const Text& t, std::size_t begin, std::size_t end, const std::optional<Subject>& by,
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
      if (by->by == "pronoun") a.speaker = antecedent(t, by->begin);
      if (a.speaker.empty()) a.kind = SpeakerKind::unknown;
    }
    find_occasion(t, begin, std::max(end, begin + 1), a);
    return a;
  }

  std::string antecedent(const Text& t, std::size_t at) const {
    const std::size_t n = static_cast<std::size_t>(&t - texts_.data());
    const auto sentence = std::upper_bound(t.sentences.begin(), t.sentences.end(), static_cast<std::uint32_t>(at)) -
                          t.sentences.begin() - 1;
    return people_[n][static_cast<std::size_t>(sentence)];
  }

  void find_occasion(const Text& t, std::size_t begin, std::size_t end, Attribution& a) const {
    const View text = t.view();
    for (std::size_t i = begin; i + 2 < end; ++i) {
      if (text[i] != U'在' || t.depth[i] > 0 ||
          (i > 0 && lex_.letters(Grammar::before_zai_of_occasion).find(text[i - 1]) != View::npos))
        continue;
      std::size_t stop = i, closing = 0;
      for (; stop < end && View(U",:\"").find(text[stop]) == View::npos; ++stop)
        if (lex_.letters(Grammar::occasion_end).find(text[stop]) != View::npos && stop > i + 3) closing = stop + 1;
      if (closing == 0) continue;
      // The last closing word before a comma, a speaker or the verb.
      std::size_t from = i;
      while (from > begin && han::is_digit(text[from - 1])) --from;
      a.occasion = span(t, from, closing);
      return;
    }
  }

  // The attribution that stands before the words at `open`, in [sentence, open).
  std::optional<Attribution> before(std::size_t text, std::size_t open) const {
    const Text& t = texts_[text];
    const View view = t.view();
    const std::size_t sentence = std::max(t.sentence_begin(open), open > kReach ? open - kReach : 0);
    for (auto v = verb_from(t, open); v != t.verbs.begin();) {
      --v;
      if (v->at < sentence || open - v->at > kGap + 8) break;
      const std::size_t end = v->at + v->length;
      if (v->kind == VerbKind::noun || end > open || open - end > kGap) continue;
      // A longer verb may begin before: 明确提出.
      while (v != t.verbs.begin() && (v - 1)->at + (v - 1)->length == end && (v - 1)->kind != VerbKind::noun) --v;
      const std::size_t start = v->at, length = v->length;
      std::optional<Subject> by = subject(t, sentence, start, v->kind);
      // 在强调…“…”时，总书记…: the speaker follows.
      if (!by && view.substr(sentence, start - sentence).find(U'在') != View::npos) by = following(t, open);
      // Nobody is named. The one who acted last speaks only where the sentence has no room for another.
      const bool carried = !by && leads_alone(t, sentence, start);
      const std::size_t begin = by && by->begin < start ? attribution_begin(t, sentence, by->begin)
                                                        : attribution_begin(t, sentence, start);
      Attribution a = make(t, begin, open, by, start, length, false);
      if (carried) {
        a.speaker = antecedent(t, start);
        if (!a.speaker.empty()) a.kind = SpeakerKind::person, a.by = "carried";
      }
      return a;
    }
    return std::nullopt;
  }

  bool opens_with_name(const Text& t, std::size_t begin, std::size_t end) const {
    const View own = t.view().substr(begin, std::min<std::size_t>(end - begin, 3));
    return own.size() == 3 && lex_.surname(own) == 1 && !lex_.not_names.at(own, 0) && !t.word(kSpeaker, begin) &&
           std::all_of(own.begin(), own.end(), [](char32_t c) { return han::is_han(c); }) &&
           !has_any(own, lex_.letters(Grammar::not_in_opening_name)) &&
           !has_any(own, lex_.letters(Grammar::pronoun_letters));
  }

  // Whether only adverbs and 在…时 stand between a sentence's beginning and the verb.
  bool leads_alone(const Text& t, std::size_t sentence, std::size_t verb) const {
    if (verb - sentence > kReach) return false;
    const std::vector<char> out = aside(t, sentence, verb);
    std::u32string rest;
    for (std::size_t i = sentence; i < verb; ++i)
      if (!out[i - sentence] && han::is_han(t.view()[i])) rest += t.view()[i];
    return strip_ok(rest);
  }

  // The first one who acts after a quotation that stands inside 在…时.
  std::optional<Subject> following(const Text& t, std::size_t open) const {
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

  // The attribution that stands after the words, whose closing mark is at `close`.
  std::optional<Attribution> after(std::size_t text, std::size_t open, std::size_t close) const {
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
    const std::size_t sentence = t.sentence_begin(from);
    const bool same = sentence <= open;
    // In the next sentence only where the quotation is a sentence of its own.
    if (!same && !alone) return std::nullopt;
    return said_in(t, std::max(from, sentence), same);
  }

  // Somebody named as the one who said what stands before `begin`, in the same sentence or in the one before.
  std::optional<Attribution> said_in(const Text& t, std::size_t begin, bool same) const {
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

  // 某某强调： at the end of the paragraph before.
  std::optional<Attribution> above(std::size_t text) const {
    if (text == 0) return std::nullopt;
    const Text& t = texts_[text - 1];
    if (t.size() < 2 || t.view().back() != U':') return std::nullopt;
    return before(text - 1, t.size() - 1);
  }

  Parts parts_of(const Mark& m) const {
    Parts out;
    for (std::size_t n = m.text; n <= m.last; ++n) {
      const Text& t = texts_[n];
      const Paragraph& p = w_.paragraphs[t.paragraph];
      const std::uint32_t from = n == m.text ? at(t, m.open) + 1 : p.parts.front().begin;
      const std::uint32_t to = n == m.last ? at(t, m.close) : p.parts.back().end;
      for (const Span part : p.parts) {
        const Span cut{std::max(part.begin, from), std::min(part.end, to)};
        if (cut.begin < cut.end) out.push_back(cut);
      }
    }
    return out;
  }

  std::size_t letters(const Parts& parts) const {
    std::size_t n = 0;
    for (const Span part : parts)
      for (const char32_t c : s_.document.view(part)) n += han::is_han(c);
    return n;
  }

  void take(std::size_t i) {
    const Mark& m = marks_[i];
    const Text& t = texts_[m.text];
    Parts parts = parts_of(m);
    if (parts.empty()) return;
    const std::size_t size = letters(parts);
    const auto set_aside = [&](const char* reason) { w_.marked.push_back({t.paragraph, parts, reason}); };
    if (size < kShort) return set_aside("short");
    const View view = t.view();
    const View left = view.substr(m.open >= 4 ? m.open - 4 : 0, std::min<std::size_t>(m.open, 4));
    const Text& last = texts_[m.last];
    const View right = last.view().substr(std::min(last.size(), m.close + 1), 4);
    Quotation q;
    q.paragraph = t.paragraph;
    q.parts = parts;
    q.depth = m.depth;
    // Adjoining quotations share what introduces them.
    if (i > 0 && !w_.quotations.empty()) {
      const Mark* previous = nullptr;
      for (std::size_t k = i, steps = 0; k-- > 0 && !previous && steps < kNesting; ++steps)
        if (marks_[k].last == m.text && marks_[k].depth == m.depth && marks_[k].close < m.open)
          previous = &marks_[k];
      if (previous) {
        const View between = view.substr(previous->close + 1, m.open - previous->close - 1);
        const bool joined =
            between.size() <= 2 && std::all_of(between.begin(), between.end(), [&](char32_t c) {
              return c == U',' || c == U'、' || lex_.letters(Grammar::between_quotations).find(c) != View::npos;
            });
        const Quotation& before_it = w_.quotations.back();
        if (joined && before_it.attribution &&
            before_it.parts.front().begin == at(texts_[previous->text], previous->open) + 1)
          q.attribution = before_it.attribution;
      }
    }
    if (!q.attribution && m.open > 0) q.attribution = before(m.text, m.open);
    if (!q.attribution && m.open == 0) q.attribution = above(m.text);
    if (!q.attribution) q.attribution = after(m.last, m.text == m.last ? m.open : 0, m.close);
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
    if (!q.attribution && size < kPhrase) {
      const View inside = m.text == m.last ? view.substr(m.open + 1, m.close - m.open - 1) : View();
      if (!has_any(inside, size < kTerm ? U"。!?;" : U",。!?;")) return set_aside("term");
    }
    if (!q.attribution && right.starts_with(U"的") && m.text == m.last &&
        !has_any(view.substr(m.open + 1, m.close - m.open - 1), U",。!?;"))
      return set_aside("term");
    w_.quotations.push_back(std::move(q));
  }

  // Paragraphs set as block quotations.
  void find_blocks(std::size_t n) {
    const Text& t = texts_[n];
    const Paragraph& p = w_.paragraphs[t.paragraph];
    if (!s_.lines()[s_.line_of(p.parts.front().begin)].quote || letters(p.parts) < kShort) return;
    const bool goes_on =
        n > 0 && s_.lines()[s_.line_of(w_.paragraphs[texts_[n - 1].paragraph].parts.front().begin)].quote;
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

  // Where a verb of saying leads words without marks.
  std::vector<Lead> find_leads(std::size_t n) const {
    const Text& t = texts_[n];
    const View view = t.view();
    std::vector<Lead> leads;
    if (s_.lines()[s_.line_of(w_.paragraphs[t.paragraph].parts.front().begin)].quote) return leads;
    for (std::size_t k = 0; k < t.sentences.size(); ++k) {
      const std::size_t begin = t.sentences[k], end = k + 1 < t.sentences.size() ? t.sentences[k + 1] : t.size();
      std::size_t looked = 0;
      for (auto v = verb_from(t, begin); v != t.verbs.end() && v->at < end && looked < kVerbs; ++v, ++looked) {
        if (v->kind == VerbKind::noun || v->kind == VerbKind::mark) continue;
        const VerbKind kind = v->kind;
        const std::size_t i = v->at, stop = i + v->length;
        if (stop >= end) break;
        const bool led = view[stop] == U',' || view[stop] == U':';
        std::size_t content = led ? stop + 1 : stop;
        if (content >= end || view[content] == U'"' || end - content < kIndirect) continue;
        const auto by = subject(t, begin, i, kind);
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
        const bool plain_object = !led && close && (kind == VerbKind::say || asks) && end - content >= 12 &&
                                  v->length >= 2 &&
                                  lex_.letters(Grammar::not_object).find(view[content]) == View::npos;
        if (!by || by->kind == SpeakerKind::unknown || (!led && !plain_object)) continue;
        Attribution a = make(t, attribution_begin(t, begin, by->begin), content, by, i, v->length, false);
        leads.push_back({k, content, led, std::move(a)});
        break;
      }
    }
    return leads;
  }

  void take_leads(std::size_t n, const std::vector<Lead>& leads, bool report) {
    const Text& t = texts_[n];
    const View view = t.view();
    for (std::size_t l = 0; l < leads.size(); ++l) {
      const Lead& lead = leads[l];
      std::size_t end = lead.sentence + 1 < t.sentences.size() ? t.sentences[lead.sentence + 1] : t.size();
      if (lead.led && report) {
        // On to the next who speaks, or to a sentence with a new one who acts.
        for (std::size_t k = lead.sentence + 1; k < t.sentences.size(); ++k) {
          if (l + 1 < leads.size() && leads[l + 1].sentence == k) break;
          const std::size_t begin = t.sentences[k];
          std::size_t person = 0;
          if (const auto known = t.word(kSpeaker, begin)) person = known->length;
          if (person != 0 && acts(view, begin, begin + person)) break;
          if (has_any(view.substr(begin, 1), lex_.letters(Grammar::pronoun))) break;
          end = k + 1 < t.sentences.size() ? t.sentences[k + 1] : t.size();
        }
      }
      std::size_t quoted = 0;
      for (std::size_t i = lead.begin; i < end; ++i) quoted += t.depth[i] > 0;
      if (quoted * 2 > end - lead.begin) continue;
      while (end > lead.begin && View(U",;、").find(view[end - 1]) != View::npos) --end;
      if (end < lead.begin + kIndirect) continue;
      Quotation q;
      q.form = Quotation::Form::indirect;
      q.paragraph = t.paragraph;
      const Span whole = span(t, lead.begin, end);
      for (const Span part : w_.paragraphs[t.paragraph].parts) {
        const Span cut{std::max(part.begin, whole.begin), std::min(part.end, whole.end)};
        if (cut.begin < cut.end) q.parts.push_back(cut);
      }
      q.attribution = lead.attribution;
      if (!q.parts.empty()) w_.quotations.push_back(std::move(q));
    }
  }

  State& s_;
  const Lexicons& lex_;
  Work& w_;
  const Names& names_;
  std::vector<Text> texts_;
  std::vector<Mark> marks_;
  std::map<std::u32string, std::string> titled_;  // 总书记 → who was named with it
  std::vector<std::vector<std::string>> people_;  // by text and sentence: who acted last before it
};

}  // namespace

void find_speech(State& state) {
  Names names;
  std::vector<Reader> readers;
  readers.reserve(state.out.works.size());
  std::map<std::u32string, std::size_t> counts;
  for (Work& work : state.out.works) {
    Reader& reader = readers.emplace_back(state, work, names);
    reader.prepare();
    reader.count_names(counts);
  }
  for (const auto& [name, count] : counts)
    if (count >= 2 && names.names.size() < kNames) {
      names.phrases.add(name, static_cast<std::uint32_t>(names.names.size()));
      names.names.push_back(to_utf8(name));
    }
  for (Reader& reader : readers) reader.read();
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
