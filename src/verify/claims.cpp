// What a draft says of a quotation's source, and in which order it is read from the words beside it.
#include "verify/claims.hpp"

#include <algorithm>

#include "base/han.hpp"
#include "segment/speech.hpp"
#include "verify/claims_reader.hpp"
#include "verify/ground.hpp"

namespace suyuan {

namespace claims {

std::u32string plain_view(const Document& d, Span span) {
  std::u32string out;
  for (const char32_t c : d.view(span)) out += han::folded(c).character;
  return out;
}

std::vector<Asked> DraftReader::run() {
  const Span words = envelope(quotation_.parts);
  const bool direct = quotation_.form == Quotation::Form::direct;
  const bool is_signed = quotation_.attribution && quotation_.attribution->by == "signature";
  if (quotation_.attribution && !is_signed)
    attribution(*quotation_.attribution);
  else if (direct)
    act_before(words.begin);
  if (quotation_.form != Quotation::Form::indirect && (is_signed || !has_speaker()) && !set_off(words.begin))
    signature(is_signed ? quotation_.attribution->span.begin : words.end);
  bracket_behind(is_signed ? quotation_.attribution->span.begin : words.end);
  notes_of(words);
  if (document_.format != "list" && (!has_speaker() || quotation_.attribution->verb.empty())) row(words);
  if (direct && !claims_occasion() && !has_speaker()) named_beside(words);
  return std::move(out_);
}

void DraftReader::attribution(const Attribution& a) {
  const Span own = own_clauses(a);
  if (!a.occasion || own.begin <= a.occasion->begin) occasion(a, own);
  if (a.kind == SpeakerKind::person && !a.speaker.empty())
    out_.push_back({Claim::Kind::speaker,
                    a.named.value_or(a.span),
                    of_place(a) + fold_words(from_utf8(a.speaker)),
                    {},
                    {},
                    {},
                    0,
                    0});
  else if (a.kind == SpeakerKind::unknown && !a.speaker.empty() && a.named &&
           quotation_.form != Quotation::Form::indirect) {
    out_.push_back({Claim::Kind::speaker, *a.named, fold_words(from_utf8(a.speaker)), {}, {}, {}, 0, 0});
    out_.back().noun = true;
  }
  if (a.kind == SpeakerKind::person && a.named) year_in_bracket(a.named->end);
  stretch({own.begin, end_of_verb(a, own)}, false);
  if (title_ && std::none_of(out_.begin(), out_.end(), [&](const Asked& other) {
        return other.kind == Claim::Kind::publication && other.span.begin < title_->span.end &&
               title_->span.begin < other.span.end;
      }))
    out_.push_back(*title_);
  how_often(a.span);
  if (a.after) return;
  Span sentence = sentence_before(a.span.end);
  sentence.begin = std::max(sentence.begin, goes_on_at_);
  sentence.end = end_of_verb(a, sentence);
  reported(sentence);
  opening_day(sentence);
  same_day(sentence);
  day_of_a_year(sentence);
  day_reckoned(sentence);
}

void DraftReader::act_before(std::uint32_t words) {
  const Span lead = sentence_before(words);
  const std::u32string text = plain_view(document_, lead);
  if (text.find(U"》") != text.npos && text.find(U"条", text.find(U"》")) != text.npos) stretch(lead, false);
}

bool DraftReader::set_off(std::uint32_t words) const {
  const auto dash = [&](std::uint32_t back) {
    return words >= back && han::mark_class(document_.text[words - back]) == U'-';
  };
  return words > 3 && dash(2) && dash(3) && document_.text[words - 4] != U'\n';
}

void DraftReader::bracket_behind(std::uint32_t at) {
  const std::uint32_t words = at;
  const std::u32string& text = document_.text;
  while (at < text.size() && at < words + 4 && han::kind(text[at]) == han::Kind::mark &&
         han::mark_class(text[at]) != U'(')
    ++at;
  if (at >= text.size() || han::mark_class(text[at]) != U'(') return;
  constexpr std::uint32_t kLongest = 120;
  std::uint32_t end = at, open = 0;  // brackets inside, as around a reading
  for (; end < text.size() && end < at + kLongest && text[end] != U'\n'; ++end) {
    const char32_t mark = han::mark_class(text[end]);
    open += mark == U'(';
    if (mark == U')' && --open == 0) break;
  }
  if (end >= text.size() || open != 0 || han::mark_class(text[end]) != U')') return;
  const Span inside{at + 1, end};
  const std::u32string said = plain_view(document_, inside);
  const auto& written = known_.lexicons().grammar(Grammar::written);
  if (std::ranges::any_of(written, [&](const std::u32string& w) { return said.find(w) != said.npos; })) return;
  author_and_year(inside, said);
  signed_bracket(inside, said);
  stretch(inside, true);
  address(inside, said);
  spoken_at(inside);
  if (!claims_speaker() && is_person(said)) out_.push_back({Claim::Kind::speaker, inside, said, {}, {}, {}, 0, 0});
}

void DraftReader::notes_of(Span words) {
  std::vector<Span> notes = known_.notes(number_).of(words);
  if (const Span source = source_below(words); !source.empty()) notes.push_back(source);
  for (const Span note : notes) {
    const std::u32string said = plain_view(document_, note);
    if (said.size() > 2 && said.front() == U'(' && said.back() == U')')
      signed_bracket({note.begin + 1, note.end - 1}, std::u32string_view(said).substr(1, said.size() - 2));
    stretch(note, true);
    if (claims_occasion()) continue;
    report_of_note(note);
    if (!claims_occasion()) spoken_at(note);
  }
  if (document_.format == "list" && !notes.empty()) listed_occasion(notes.front());
}

Span DraftReader::source_below(Span words) const {
  const std::u32string& text = document_.text;
  const auto is_word = [&](std::uint32_t i) { return han::kind(text[i]) == han::Kind::letter; };
  std::uint32_t begin = words.begin;
  while (begin > 0 && text[begin - 1] != U'\n' && !is_word(begin - 1)) --begin;
  if (begin > 0 && text[begin - 1] != U'\n') return {};
  std::uint32_t at = words.end, lines = 0;
  while (at < text.size() && !is_word(at) && lines <= 2 &&
         (lines == 0 || (text[at] != U'《' && han::mark_class(text[at]) != U'(')))
    lines += text[at++] == U'\n';
  if (lines == 0 || lines > 2) return {};
  std::uint32_t end = at;
  while (end < text.size() && text[end] != U'\n') ++end;
  while (end > at && (han::kind(text[end - 1]) == han::Kind::blank || text[end - 1] == U'。')) --end;
  const Span line{at, end};
  const std::u32string said = plain_view(document_, line);
  if (is_source_line(said)) return line;
  // （某某，2031年3月9日）, （某某在……上的讲话）
  const bool bracket = said.size() > 2 && said.front() == U'(' && said.back() == U')';
  return bracket && names_signer({at + 1, end - 1}, std::u32string_view(said).substr(1, said.size() - 2)) ? line
                                                                                                          : Span{};
}

void DraftReader::how_often(Span said) {
  const std::u32string text = plain_view(document_, said);
  for (const std::u32string_view w : {U"多次", U"反复", U"一再"})
    if (const std::size_t at = text.find(w); at != text.npos) say(Claim::Kind::repeated, said, at, w.size());
  for (const std::u32string_view w : {U"首次", U"第一次", U"首先提出"})
    for (std::size_t at = text.find(w); at != text.npos; at = text.find(w, at + 1))
      if (!counts_meeting(text, at + w.size())) {
        say(Claim::Kind::first, said, at, w.size());
        break;
      }
}

bool DraftReader::counts_meeting(std::u32string_view text, std::size_t at) const {
  if (starts_verb(text, at)) return false;
  std::size_t end = at;
  while (end < text.size() && han::kind(text[end]) == han::Kind::letter && text[end] != U'在') ++end;
  return text.substr(at, end - at).find(U'会') != text.npos;
}

void DraftReader::stretch(Span span, bool bracket) {
  Stretch s{span, bracket, bracket ? plain_view(document_, span) : own_view(span)};
  if (bracket) author(s), reference(s);
  titles(s);
  if (bracket) pages(s);
  days(s);
}

// 法国 of 法国总统表示: whose office it is that stands without a name.
std::u32string DraftReader::of_place(const Attribution& a) const {
  constexpr std::uint32_t kLongest = 8;
  constexpr std::u32string_view kBefore = U"于在对向和与同由从的被日月年,";
  if (a.by != "office" || !a.named) return {};
  std::uint32_t begin = a.named->begin;
  const std::u32string& text = document_.text;
  while (begin > 0 && a.named->begin - begin < kLongest && han::is_han(text[begin - 1]) &&
         kBefore.find(text[begin - 1]) == kBefore.npos)
    --begin;
  const std::u32string before = fold_words(document_.view({begin, a.named->begin}));
  const auto& places = known_.lexicons().letters(Grammar::place);
  const bool place = !before.empty() && (places.find(before.back()) != places.npos || before.back() == U'国');
  return place ? before : std::u32string();
}

// 某某指出，2031年，“…”: a day behind the verb is of what he says.
std::uint32_t DraftReader::end_of_verb(const Attribution& a, Span span) const {
  if (a.after || a.verb.empty() || span.empty()) return span.end;
  const std::u32string text = plain_view(document_, span), verb = fold_words(from_utf8(a.verb));
  const std::size_t at = text.rfind(verb);
  const std::size_t who = a.named ? a.named->end - std::min(a.named->end, span.begin) : 0;
  const bool bracket = at != text.npos && text.substr(at + verb.size(), 1) == U"(";  // 指出（2031年3月9日）：
  return at == text.npos || at < who || bracket ? span.end
                                                : static_cast<std::uint32_t>(span.begin + at + verb.size());
}

Span DraftReader::own_clauses(const Attribution& a) {
  Span out = a.span;
  if (a.after) return out;
  const std::u32string text = plain_view(document_, a.span);
  const std::size_t who = a.named ? a.named->begin - std::min(a.named->begin, a.span.begin) : 0;
  bool closed = false;  // words that the speaker says have ended
  for (std::size_t at = text.find(U';'); at != text.npos; at = text.find(U';', at + 1)) {
    closed = closed || (at > 0 && document_.text[a.span.begin + at - 1] == U'”');
    if (at < who || !a.named || closed) out.begin = static_cast<std::uint32_t>(a.span.begin + at + 1);
  }
  // 2031年说“……”，2032年说“……”: a day or an occasion behind words that have ended is that of the next alone.
  constexpr std::uint32_t kWords = 8;
  const auto is_mark = [&](std::uint32_t i) { return han::mark_class(document_.text[i]) == U'"'; };
  std::uint32_t close = a.span.end;
  while (close > out.begin && !is_mark(close - 1)) --close;
  std::uint32_t open = close > out.begin ? close - 1 : close;
  while (open > a.span.begin && !is_mark(open - 1)) --open;
  if (close == out.begin || open == a.span.begin || close - open < kWords) return out;
  const std::u32string next = plain_view(document_, {close, a.span.end});
  const bool parted = next.starts_with(U",") || next.starts_with(U"、") || next.starts_with(U";") ||
                      next.starts_with(U"到") || next.starts_with(U"至");
  const std::size_t in = next.find(U'在');
  const bool where = in != next.npos && next.find_first_of(U"上时中里会", in) != next.npos;
  if (parted && (where || !dates_of({close, a.span.end}).empty())) out.begin = goes_on_at_ = close;
  return out;
}

std::u32string DraftReader::own_view(Span span) const {
  constexpr std::size_t kTerm = 15;
  std::u32string out = plain_view(document_, span);
  for (std::size_t open = out.find(U'"'); open != out.npos;) {
    const std::size_t close = out.find(U'"', open + 1);
    if (close == out.npos) break;
    const std::u32string_view inside = std::u32string_view(out).substr(open + 1, close - open - 1);
    if (inside.size() > kTerm || inside.find_first_of(U",。;:!?") != inside.npos)
      std::fill(out.begin() + static_cast<std::ptrdiff_t>(open), out.begin() + static_cast<std::ptrdiff_t>(close),
                U'"');
    open = out.find(U'"', close + 1);
  }
  return out;
}

Span DraftReader::sentence_before(std::uint32_t words) const {
  constexpr std::uint32_t kReach = 160;
  std::uint32_t begin = words;
  while (begin > 0 && words - begin < kReach) {
    const char32_t m = han::mark_class(document_.text[begin - 1]);
    if (document_.text[begin - 1] == U'\n' || m == U'。' || m == U'!' || m == U'?') break;
    --begin;
  }
  return {begin, words};
}

std::span<const DateMention> DraftReader::dates_of(Span span) const {
  const auto before = [](const DateMention& m, std::uint32_t at) { return m.span.begin < at; };
  const auto from = std::lower_bound(work_.dates.begin(), work_.dates.end(), span.begin, before);
  const auto to = std::lower_bound(from, work_.dates.end(), span.end, before);
  return {from, to};
}

bool DraftReader::starts_verb(std::u32string_view text, std::size_t at) const {
  return known_.lexicons().words.at(text, at).of[static_cast<std::size_t>(Words::Table::verb)].length != 0 ||
         text.substr(at, 2) == U"进一" || text.substr(at, 2) == U"再次";
}

bool DraftReader::starts_event(std::u32string_view text, std::size_t at) const {
  constexpr std::u32string_view kPast = U"过的以来后";  // 考察过的, 考察以来
  const auto& words = known_.lexicons().grammar(Grammar::event_verb);
  return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) {
    const std::u32string_view next = text.substr(std::min(text.size(), at + word.size()), 1);
    return text.substr(at).starts_with(word) && (next.empty() || kPast.find(next[0]) == kPast.npos);
  });
}

bool DraftReader::has_speaker() const { return quotation_.attribution && !quotation_.attribution->speaker.empty(); }

bool DraftReader::claims_speaker() const {
  return std::any_of(out_.begin(), out_.end(),
                     [](const Asked& a) { return a.kind == Claim::Kind::speaker && !a.noun; });
}

bool DraftReader::claims_occasion() const {
  return std::any_of(out_.begin(), out_.end(), [](const Asked& a) {
    return a.kind == Claim::Kind::occasion || (a.kind == Claim::Kind::publication && !a.key.empty());
  });
}

void DraftReader::say(Claim::Kind kind, Span of, std::size_t at, std::size_t size) {
  const auto begin = static_cast<std::uint32_t>(of.begin + at);
  out_.push_back({kind, {begin, static_cast<std::uint32_t>(begin + size)}, {}, {}, {}, {}, 0, 0});
}

}  // namespace claims

ClaimReader::ClaimReader(const Corpus& corpus, const std::vector<char>& drafts, const Ground& ground,
                         const Lexicons& lexicons)
    : corpus_(corpus), ground_(ground), lexicons_(lexicons), notes_(corpus.documents.size()) {
  for (std::size_t d = 0; d < notes_.size(); ++d)
    if (drafts[d] != 0) notes_[d] = Notes(corpus.documents[d]);
}

std::vector<Asked> ClaimReader::asked_of(std::uint32_t work, const Quotation& quotation) const {
  return claims::DraftReader(*this, corpus_, work, quotation).run();
}

bool ClaimReader::is_outlet(const std::string& name) const {
  return lexicons_.outlet(name) || ground_.has_outlet(name);
}

}  // namespace suyuan
