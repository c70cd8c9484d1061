// Quotation marks paired over paragraphs, sentences, verbs of saying, names that the document itself tells.
#include <algorithm>

#include "base/han.hpp"
#include "segment/speech_reader.hpp"

namespace suyuan::speech {

namespace {

constexpr std::size_t kCross = 800;     // letters a quotation may run on into following paragraphs
constexpr std::size_t kParagraphs = 6;  // and how many of them

bool is_closer(char32_t c) { return View(U"”」』﹂﹄〞’").find(c) != View::npos; }

}  // namespace

void Reader::prepare() {
  for (std::uint32_t n = 0; n < w_.paragraphs.size(); ++n) {
    const Role role = w_.paragraphs[n].role;
    const bool footnote = role == Role::note && w_.paragraphs[n].parts.front().begin >= s_.notes_begin;
    if (role == Role::body || role == Role::digest || role == Role::list_item || role == Role::epigraph || footnote)
      add(n);
  }
  find_parts();
}

void Reader::prepare(std::uint32_t paragraph) {
  add(paragraph);
  find_parts();
}

void Reader::add(std::uint32_t paragraph) {
  Text t;
  t.paragraph = paragraph;
  t.plain = s_.plain(w_.paragraphs[paragraph].parts);
  // Words too few to hold anything, as in a file of single characters, are passed over.
  if (t.size() < 4 && t.view().find_first_of(U"\":") == View::npos) return;
  t.hit_at.assign(t.size(), 0);
  for (std::size_t i = 0; i < t.size(); ++i) {
    const Words::Hit hit = lex_.words.at(t.view(), i);
    if (!hit.any()) continue;
    t.hits.push_back(hit);
    t.hit_at[i] = static_cast<std::uint32_t>(t.hits.size());
  }
  drop_longer_names(t);
  texts_.push_back(std::move(t));
}

void Reader::find_parts() {
  find_marks();
  for (Text& t : texts_) {
    find_sentences(t);
    find_verbs(t);
  }
}

// 李强国指出: somebody else than 李强.
void Reader::drop_longer_names(Text& t) const {
  constexpr std::uint32_t kShortName = 2;
  const View text = t.view();
  for (std::size_t i = 0; i + kShortName + 1 < t.size(); ++i) {
    const auto person = t.word(kSpeaker, i);
    const std::size_t stop = i + kShortName;
    if (!person || person->length != kShortName || lex_.surname(text.substr(i)) != 1) continue;
    const bool goes_on = han::is_han(text[stop]) && t.hit_at[stop] == 0 && t.word(kVerb, stop + 1) &&
                         lex_.letters(Grammar::not_in_given_name).find(text[stop]) == View::npos &&
                         !lex_.titles.before(text, i);
    View rest = text.substr(stop);
    if (goes_on && !strip_adverb(rest)) t.hits[t.hit_at[i] - 1].of[static_cast<std::size_t>(kSpeaker)] = {};
  }
}

void Reader::orphan(const Text& t, std::size_t i, std::size_t swallowed, const std::string& why) {
  const auto place = s_.document.position(at(t, i));
  std::string message = "line " + std::to_string(place.line) + ": a quotation mark " + why;
  if (swallowed > 0)
    message += "; closing at the next one it would have swallowed " + std::to_string(swallowed) + " characters";
  s_.note("open-quotation", message);
}

void Reader::find_marks() {
  struct Open {
    std::size_t text, at;
    char32_t mark;
    bool turned = false;  // a mark of the wrong side or form opens it
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
      // ”……“ and „……“: marks of the wrong side, where a comma or a colon leads them.
      if (c == U'“' && !open.empty() && open.back().turned) {
        close(open.back().text, open.back().at, n, i, open.size() - 1);
        open.pop_back();
        continue;
      }
      if ((c == U'„' || c == U'”') && open.size() < kNesting && i > 0 &&
          (t.plain.text[i - 1] == U':' || t.plain.text[i - 1] == U',') &&
          std::none_of(open.begin(), open.end(), [](const Open& o) { return o.mark == U'“'; })) {
        open.push_back({n, i, U'“', true});
        continue;
      }
      if (han::closer_of(c) != 0) {
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
          std::find_if(open.rbegin(), open.rend(), [&](const Open& o) { return han::closer_of(o.mark) == c; });
      if (match == open.rend()) {
        // “……」: closes what nothing else in the paragraph does.
        if (c != U'’' && !open.empty() && open.back().text == n) {
          bool closed = false;
          for (std::size_t k = i + 1; k < t.size() && raw(t, k) != open.back().mark && !closed; ++k)
            closed = raw(t, k) == han::closer_of(open.back().mark);
          if (!closed) {
            close(n, open.back().at, n, i, open.size() - 1);
            open.pop_back();
            continue;
          }
        }
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
        const bool opens_again = x.size() > 0 && raw(x, 0) == o.mark;
        std::size_t i = opens_again ? 1 : 0;
        for (; i < x.size(); ++i) {
          const char32_t c = raw(x, i);
          if (c == han::closer_of(o.mark) && han::closer_of(o.mark) != 0) break;
          if (c == o.mark) break;
        }
        letters += i;
        if (i < x.size()) {
          // The next mark closes it, or a paragraph that opens it again closes it in the end. Of marks that do not
          // say which side they are on, an even number is a pair.
          std::size_t marks = 0;
          for (std::size_t k = i; k < x.size(); ++k) marks += raw(x, k) == o.mark;
          const bool closes = han::closer_of(o.mark) != 0 ? raw(x, i) == han::closer_of(o.mark) : marks % 2 == 1;
          goes_on = closes && (opens_again || (!s_.broken(s_.line_of(at(x, 0))) && letters < kCross));
          swallowed = letters;
          break;
        }
      }
      if (goes_on && next > n) break;
      orphan(texts_[o.text], o.at, swallowed + texts_[o.text].size() - o.at - 1, "is not closed in its paragraph");
      left_open(o.text, o.at);
      open.erase(open.begin());
    }
  }
  for (const Open& o : open) {
    orphan(texts_[o.text], o.at, 0, "is never closed");
    left_open(o.text, o.at);
  }
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
    for (std::size_t n = m.text; n <= m.last && !m.left_open; ++n) {
      Text& t = texts_[n];
      const std::size_t from = n == m.text ? m.open + 1 : 0, to = n == m.last ? m.close : t.size();
      for (std::size_t i = from; i < to; ++i)
        if (t.depth[i] < 255) ++t.depth[i];
    }
}

void Reader::close(std::size_t text, std::size_t open, std::size_t last, std::size_t close, std::size_t depth) {
  if (text == last && close == open + 1) return;
  marks_.push_back({text, open, close, last, static_cast<std::uint32_t>(depth), false});
}

// Words whose closing mark is missing are read to the end of their first sentence; whether they are a quotation is
// seen when it is known who says them.
void Reader::left_open(std::size_t text, std::size_t open) {
  const Text& t = texts_[text];
  const char32_t c = raw(t, open);
  const bool led = open > 0 && View(U":,").find(t.plain.text[open - 1]) != View::npos;
  if (c != U'“' && c != U'「' && c != U'『' && !(led && (c == U'"' || c == U'＂'))) return;
  std::size_t end = open + 1;
  while (end < t.size() && !ends_sentence(t.plain.text[end]) && t.plain.text[end] != U'"') ++end;
  if (end < t.size() && t.plain.text[end] == U'"') return;
  marks_.push_back({text, open, end, text, 0, true});
}

void Reader::find_sentences(Text& t) const {
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

void Reader::find_verbs(Text& t) const {
  for (std::size_t i = 0; i < t.size(); ++i) {
    if (t.hit_at[i] == 0) continue;
    if (t.word(kSpeaker, i) || t.word(kTitle, i)) t.people_at.push_back(static_cast<std::uint32_t>(i));
    if (t.depth[i] > 0) continue;
    if (const auto verb = verb_at(t, i); verb && !is_noun(t, i, i + verb->length))
      t.verbs.push_back({i, verb->length, lex_.verb_rows[verb->id].kind});
  }
}

void Reader::mark_names(Text& t) const {
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

// 正如某某（所）指出的，……: the verb leads what follows.
bool Reader::as_said(const Text& t, std::size_t begin, std::size_t end) const {
  constexpr View kAs = U"如像似";
  const View view = t.view();
  if (!view.substr(end).starts_with(U"的,")) return false;
  std::size_t clause = begin;
  while (clause > 0 && han::kind(view[clause - 1]) == han::Kind::letter) --clause;
  return std::ranges::any_of(lex_.grammar(Grammar::before_speaker), [&](View word) {
    return kAs.find(word.back()) != View::npos && view.substr(clause).starts_with(word);
  });
}

std::optional<Phrases::Match> Reader::verb_at(const Text& t, std::size_t i) const {
  const auto verb = t.word(kVerb, i);
  if (!verb || t.titled[i]) return std::nullopt;
  const Lexicons::Verb& row = lex_.verb_rows[verb->id];
  const View before = t.view().substr(0, i);
  if (as_said(t, i, i + verb->length)) return verb;
  if (i > 0 && row.not_after.find(before.back()) != View::npos &&
      std::ranges::none_of(lex_.grammar(Grammar::whole_word), [&](View word) { return before.ends_with(word); }))
    return std::nullopt;
  const std::size_t end = i + verb->length;
  if (end < t.size() && row.not_before.find(t.view()[end]) != View::npos) return std::nullopt;
  return verb;
}

bool Reader::is_noun(const Text& t, std::size_t begin, std::size_t end) const {
  const View view = t.view();
  // 某某的这一要求，: what he said is spoken of.
  const auto& behind = lex_.grammar(Grammar::noun_behind);
  if (end < t.size() && view[end] == U',' &&
      std::find(behind.begin(), behind.end(), view.substr(begin, end - begin)) != behind.end()) {
    View before = view.substr(0, begin);
    for (const View word : lex_.grammar(Grammar::noun_modifier))
      if (before.ends_with(word)) {
        before.remove_suffix(word.size());
        break;
      }
    if (before.ends_with(U"的")) return true;
  }
  const auto& both = lex_.grammar(Grammar::noun_too);
  if (end >= t.size() || han::kind(view[end]) != han::Kind::mark || view[end] == U':' ||
      std::find(both.begin(), both.end(), view.substr(begin, end - begin)) == both.end() ||
      (begin > 0 && lex_.letters(Grammar::not_in_body).find(view[begin - 1]) != View::npos))
    return false;
  std::size_t clause = begin;
  const std::size_t sentence = t.sentence_begin(begin);
  while (clause > sentence && begin - clause < kReach &&
         (t.depth[clause - 1] > 0 || View(U",:;").find(view[clause - 1]) == View::npos))
    --clause;
  const std::vector<char> out = aside(t, clause, begin);
  for (const View word : lex_.grammar(Grammar::governs_noun))
    for (std::size_t at = view.find(word, clause); at < begin; at = view.find(word, at + 1))
      if (!out[at - clause]) return true;
  return false;
}

Parts Reader::parts_of(const Mark& m) const {
  Parts out;
  for (std::size_t n = m.text; n <= m.last; ++n) {
    const Text& t = texts_[n];
    const Paragraph& p = w_.paragraphs[t.paragraph];
    const std::uint32_t from = n == m.text ? at(t, m.open) + 1 : p.parts.front().begin;
    const std::uint32_t to = n == m.last && m.close < t.size() ? at(t, m.close) : p.parts.back().end;
    for (const Span part : p.parts) {
      const Span cut{std::max(part.begin, from), std::min(part.end, to)};
      if (cut.begin < cut.end) out.push_back(cut);
    }
  }
  return out;
}

Parts Reader::parts_within(const Text& t, std::size_t begin, std::size_t end) const {
  const Span whole = span(t, begin, end);
  Parts out;
  for (const Span part : w_.paragraphs[t.paragraph].parts) {
    const Span cut{std::max(part.begin, whole.begin), std::min(part.end, whole.end)};
    if (cut.begin < cut.end) out.push_back(cut);
  }
  return out;
}

std::size_t Reader::letters(const Parts& parts) const {
  std::size_t n = 0;
  for (const Span part : parts)
    for (const char32_t c : s_.document.view(part)) n += han::is_han(c);
  return n;
}

}  // namespace suyuan::speech
