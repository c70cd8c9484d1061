#include "verify/candidate.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "align/words.hpp"
#include "base/han.hpp"
#include "verify/context.hpp"

namespace suyuan {

namespace {

// Letters that the base's clause has left where the quotation ends: a word cut in two, or a full stop set early.
// Words that the draft itself goes on with are not lost; of led speech one letter counts, which is no particle.
std::uint32_t lost_end(const Texts& texts, const Finding& f, const Place& place) {
  const Fold &base = texts.fold(place.work), &draft = texts.fold(f.work);
  const EqualRun& last = place.equal.back();
  const bool led = f.form == Finding::Form::indirect;
  if (last.b + last.length != f.span.end || last.a + last.length != place.base.end) return 0;
  std::uint32_t left = 0;
  while (left <= kClauseEnd && place.base.end + left < base.size() && !base.is_clause_edge(place.base.end + left))
    ++left;
  if (left == 0 || left > kClauseEnd) return 0;
  const Document& d = texts.document(f.work);
  std::uint32_t at = draft.origin(f.span.end - 1) + 1;
  const char32_t mark = at < d.text.size() ? han::mark_class(d.text[at]) : 0;
  if (!led && (mark == U'。' || mark == U'?' || mark == U'!')) return left;
  if (left > 1 || (f.span.end < draft.size() && draft.units()[f.span.end] == base.units()[place.base.end]))
    return 0;
  constexpr std::u32string_view kParticles = U"的了吗呢吧啊等着过中上下里内外间时后前者地得之性化";
  const char32_t next = han::script_class(han::plain(texts.document(place.work).text[base.origin(place.base.end)]));
  return kParticles.find(next) == std::u32string_view::npos ? 1 : 0;
}

// Whether a mark between two units may stand inside a figure: 14.5, 1,200.
bool in_one_figure(const Fold& fold, std::uint32_t at) {
  const auto marks = fold.marks({at - 1, at + 1});
  return !fold.is_clause_edge(at) || (marks.size() == 1 && (marks[0].mark == U'.' || marks[0].mark == U','));
}

// The number that an edge of a passage cuts in two: 35% is not the base's 135%, nor 一百 its 一百二十. 一切 cuts no
// number of 统一一切.
FoldSpan cut_number(const Texts& texts, const Place& place, std::uint32_t edge) {
  constexpr std::uint32_t kLongest = 24;
  const Fold& base = texts.fold(place.work);
  const auto letter = [&](std::uint32_t i) { return static_cast<char32_t>(base.units()[i]); };
  const auto joins = [&](std::uint32_t at) {
    if (at == 0 || at >= base.size() || !words::in_number(letter(at - 1)) || !words::in_number(letter(at)))
      return false;
    return in_one_figure(base, at);
  };
  FoldSpan out{edge, edge};
  if (!joins(edge)) return out;
  while (edge - out.begin < kLongest && out.begin > 0 && joins(out.begin)) --out.begin;
  while (out.end - edge < kLongest && joins(out.end)) ++out.end;
  std::u32string text;
  for (std::uint32_t i = out.begin; i < out.end; ++i) text += letter(i);
  const bool figures = han::is_digit(letter(edge - 1)) && han::is_digit(letter(edge));
  const bool places = text.find_first_of(U"十百千万亿") != text.npos && words::number(text).has_value();
  return figures || places ? out : FoldSpan{edge, edge};
}

// The end of what is of the form and not of the text, where such a sign begins; else the place itself.
std::uint32_t past_sign(const Document& d, std::uint32_t at) {
  auto m = std::ranges::lower_bound(d.markup, at, {}, [](const Markup& x) { return x.span.begin; });
  for (; m != d.markup.end() && m->span.begin == at; ++m)
    if (m->kind == Markup::Kind::sign) return m->span.end;
  return at;
}

std::uint32_t next_letter(const Document& d, std::uint32_t at) {
  while (at < d.text.size() && han::kind(d.text[at]) == han::Kind::mark) ++at;
  return at;
}

Parts cut(const Parts& parts, Span to) {
  Parts out;
  for (const Span p : parts)
    if (p.overlaps(to)) out.push_back({std::max(p.begin, to.begin), std::min(p.end, to.end)});
  return out;
}

// A quotation's last mark is the writer's: 。 for ， is no difference. A question or an exclamation made of what
// was none, or taken from it by another stop inside the marks, is.
void end_mark(const Texts& texts, const Finding& f, Source& s) {
  const EqualRun& last = s.equal.back();
  if (last.a + last.length != s.base.end || last.b + last.length != f.span.end || f.parts.empty()) return;
  const Document &a = texts.document(s.work), &b = texts.document(f.work);
  const Fold &base = texts.fold(s.work), &draft = texts.fold(f.work);
  const auto stop = [](const Document& d, const Parts& parts) {
    char32_t found = 0;
    std::uint32_t at = parts.empty() ? 0 : parts.front().begin;
    for (const Span part : parts)
      for (std::uint32_t i = part.begin; i < part.end; ++i) {
        const char32_t m = han::mark_class(d.text[i]);
        if (m == U'?' || m == U'!' || (m == U'。' && found == 0)) found = m, at = i;
      }
    return std::pair(found, at);
  };
  const std::uint32_t end = base.origin(s.base.end - 1) + 1, own = draft.origin(f.span.end - 1) + 1;
  const auto [there, there_at] = stop(a, {{end, next_letter(a, end)}});
  const auto [here, here_at] = stop(b, cut(f.parts, {own, f.parts.back().end}));
  // A reporter calls out no more than he need.
  const bool led = f.form == Finding::Form::indirect;
  const auto asks = [led](char32_t m) { return m == U'?' || (m == U'!' && !led); };
  if (here == 0 || here == there || (!asks(here) && !asks(there))) return;
  Edit e;
  e.kind = EditClass::punctuation;
  e.op = there == 0 ? EditOp::add : EditOp::substitute;
  if (there != 0) e.from.push_back({there_at, there_at + 1});
  e.to.push_back({here_at, here_at + 1});
  e.from_at = there_at;
  e.to_at = here_at;
  s.comparison.edits.push_back(std::move(e));
}

// Marks that a quotation has before its first letter or after its last and the base has not: □ for a letter, a
// bracket. Quotation marks and pauses there are the writer's, and what is raised leads to a note.
void edge_marks(const Texts& texts, const Finding& f, Source& s) {
  if (f.form == Finding::Form::indirect || f.form == Finding::Form::unmarked || f.parts.empty() ||
      s.equal.front().b != f.span.begin || s.equal.back().b + s.equal.back().length != f.span.end)
    return;
  const Document &a = texts.document(s.work), &b = texts.document(f.work);
  const Fold &base = texts.fold(s.work), &draft = texts.fold(f.work);
  const auto telling = [](const Document& d, const Parts& parts) {
    constexpr std::u32string_view kWriters = U"\"',;:。.?!、…-~¹²³*_`#";
    Parts out;
    for (const Span part : parts)
      for (std::uint32_t i = part.begin; i < part.end; ++i) {
        if (const std::uint32_t past = past_sign(d, i); past != i) {
          i = past - 1;
          continue;
        }
        if (const std::size_t note = han::note_mark_length(d.text, i)) {
          i += static_cast<std::uint32_t>(note) - 1;
          continue;
        }
        if (han::kind(d.text[i]) == han::Kind::mark && kWriters.find(han::mark_class(d.text[i])) == kWriters.npos &&
            kWriters.find(d.text[i]) == kWriters.npos)
          out.push_back({i, i + 1});
      }
    return out;
  };
  const auto text = [](const Document& d, const Parts& parts) {
    std::u32string out;
    for (const Span p : parts) out += han::mark_class(d.text[p.begin]);
    return out;
  };
  const auto differ = [&](const Parts& from, const Parts& to, std::uint32_t from_at, bool shared) {
    const bool told = !to.empty() && std::ranges::any_of(s.comparison.edits, [&](const Edit& e) {
      return !e.to.empty() && e.to.front().begin == to.front().begin;
    });
    if (to.empty() || shared || told) return;
    Edit e;
    e.kind = EditClass::punctuation;
    e.op = EditOp::add;
    e.to = to;
    e.from_at = from.empty() ? from_at : from.front().begin;
    e.to_at = to.front().begin;
    s.comparison.edits.push_back(std::move(e));
  };
  const std::uint32_t begin = base.origin(s.base.begin), end = base.origin(s.base.end - 1) + 1;
  const Parts before = telling(a, {{s.base.begin > 0 ? base.origin(s.base.begin - 1) + 1 : begin, begin}});
  const Parts own_before = telling(b, cut(f.parts, {f.parts.front().begin, draft.origin(f.span.begin)}));
  differ(before, own_before, begin, text(a, before).ends_with(text(b, own_before)));
  const Parts after = telling(a, {{end, next_letter(a, end)}});
  const Parts own_after = telling(b, cut(f.parts, {draft.origin(f.span.end - 1) + 1, f.parts.back().end}));
  differ(after, own_after, end, text(a, after).starts_with(text(b, own_after)));
}

// Whether a heading among these paragraphs says something besides its number.
bool heading_says(const Texts& texts, std::uint32_t work, const Parts& parts) {
  constexpr std::uint32_t kSays = 4;  // letters
  const CorpusWork& at = texts.corpus.works[work];
  const FoldSpan s = at.fold.find(envelope(parts));
  for (std::uint32_t i = s.begin; i < s.end; i = at.fold.paragraph_span(at.fold.paragraph_of(i)).end) {
    const std::uint32_t p = at.fold.paragraph_of(i);
    const auto units = at.fold.units(at.fold.paragraph_span(p));
    if (texts.corpus.work(at).paragraphs[p].role == Role::heading &&
        std::ranges::count_if(units, [](Unit u) {
          return han::is_han(static_cast<char32_t>(u)) && !words::in_number(static_cast<char32_t>(u));
        }) >= kSays)
      return true;
  }
  return false;
}

// Nested marks change their shape and an ellipsis its length without a difference. What the engine calls
// structure is so only where the base's letters stand in a heading or the like; an enumeration left out of a
// sentence is wording, and so is what a heading says.
void tidy(const Texts& texts, Source& s, std::uint32_t draft) {
  const Document &a = texts.document(s.work), &b = texts.document(draft);
  const auto marks = [](const Document& d, const Parts& parts) {
    std::u32string out;
    for (const Span p : parts)
      for (std::uint32_t i = p.begin; i < p.end; ++i) {
        char32_t m = han::mark_class(d.text[i]);
        if (han::kind(d.text[i]) != han::Kind::mark || repeats_opening(d, i)) continue;
        if (m == U'\'') m = U'"';
        if (m == U'.') m = U'。';
        if ((m == U'…' || m == U'-') && !out.empty() && out.back() == m) continue;
        out += m;
      }
    return out;
  };
  std::erase_if(s.comparison.edits, [&](const Edit& e) {
    return e.kind == EditClass::punctuation && marks(a, e.from) == marks(b, e.to);
  });
  for (Edit& e : s.comparison.edits)
    if (e.kind == EditClass::structure && e.letters > 0 &&
        !(e.to.empty() && structural(texts, s.work, e.from) && !heading_says(texts, s.work, e.from))) {
      e.kind = EditClass::wording;
      e.sensitive = e.op == EditOp::substitute;
      s.comparison.wording += e.letters;
    }
}

// What differs inside a figure differs in the whole figure: 14.5 is read 15.4, not 4.5 5.4.
void whole_figures(const Texts& texts, Source& s, std::uint32_t draft) {
  const Fold &base = texts.fold(s.work), &own = texts.fold(draft);
  const auto figure = [](const Fold& fold, std::uint32_t i) {
    return i < fold.size() && han::is_digit(static_cast<char32_t>(fold.units()[i]));
  };
  const auto joins = [&](const Fold& fold, std::uint32_t at) {
    return at > 0 && figure(fold, at - 1) && figure(fold, at) && in_one_figure(fold, at);
  };
  const auto equal = [&](std::uint32_t i, std::uint32_t j) { return base.units()[i] == own.units()[j]; };
  struct Sides {
    FoldSpan a, b;
  };
  std::vector<Edit> out;
  Sides last;  // of the last edit, where it was widened or may be
  for (Edit& e : s.comparison.edits) {
    if (e.kind != EditClass::wording || e.op == EditOp::move) {
      out.push_back(std::move(e));
      last = {};
      continue;
    }
    Sides at{base.find(e.from.empty() ? Span{e.from_at, e.from_at} : envelope(e.from)),
             own.find(e.to.empty() ? Span{e.to_at, e.to_at} : envelope(e.to))};
    const Sides was = at;
    auto& [a, b] = at;
    // Words that are left out beside a figure are no part of it.
    const auto figures = [&](const Fold& fold, FoldSpan span) {
      while (span.begin < span.end && figure(fold, span.begin)) ++span.begin;
      return span.empty();
    };
    if (e.op != EditOp::substitute && !(figures(base, a) && figures(own, b))) {
      out.push_back(std::move(e));
      last = at;
      continue;
    }
    while (a.begin > s.base.begin && b.begin > s.covers.begin && (joins(base, a.begin) || joins(own, b.begin)) &&
           equal(a.begin - 1, b.begin - 1))
      --a.begin, --b.begin;
    while (a.end < s.base.end && b.end < s.covers.end && (joins(base, a.end) || joins(own, b.end)) &&
           equal(a.end, b.end))
      ++a.end, ++b.end;
    if (a != was.a || b != was.b) {
      Edit whole = e;
      if (last.a.size() + last.b.size() > 0 && a.begin < last.a.end && b.begin < last.b.end) {
        a.begin = std::min(a.begin, last.a.begin), b.begin = std::min(b.begin, last.b.begin);
        whole.letters += out.back().letters;
        whole.sensitive = whole.sensitive || out.back().sensitive;
        whole.ocr_suspect = whole.ocr_suspect && out.back().ocr_suspect;
        out.pop_back();
      }
      whole.op = EditOp::substitute;
      whole.from = base.parts(a), whole.to = own.parts(b);
      whole.from_at = whole.from.front().begin, whole.to_at = whole.to.front().begin;
      out.push_back(std::move(whole));
    } else {
      out.push_back(std::move(e));
    }
    last = at;
  }
  s.comparison.edits = std::move(out);
}

double cost_of(const Texts& texts, const Finding& f, const Source& s, const std::vector<std::uint32_t>& breaks) {
  double cost = 0;
  for (const Edit& e : s.comparison.edits) {
    if (e.kind == EditClass::wording)
      cost += marked(texts, e, s, breaks) ? 0.2 : e.op == EditOp::move ? 2.0 : e.letters;
    else if (e.kind == EditClass::reporting)
      cost += f.form == Finding::Form::indirect ? 0.3 : e.letters;
    else if (e.kind == EditClass::form)
      cost += 0.5;
    else if (e.kind != EditClass::structure)
      cost += 0.1;
  }
  return cost;
}

std::string speaker_of(const Texts& texts, const Finding& f) {
  if (!f.quotation) return {};
  const Quotation& q = texts.work(f.work).quotations[*f.quotation];
  return q.attribution ? q.attribution->speaker : std::string();
}

// A commentary; words that an article by somebody else gives in marks.
bool second_hand(const Texts& texts, const Finding& f, const Source& s, const Work& w) {
  if (w.rank) return false;
  switch (w.kind) {
    case WorkKind::commentary:
    case WorkKind::editorial_note:
      return true;
    case WorkKind::article:
    case WorkKind::interview:
    case WorkKind::digest:
    case WorkKind::unknown: {
      const std::uint32_t offset = texts.fold(s.work).origin(s.base.begin);
      const std::string speaker = speaker_of(texts, f);
      for (const Quotation& q : w.quotations) {
        const Span words = envelope(q.parts);
        if (words.begin <= offset && offset < words.end && q.form != Quotation::Form::indirect &&
            !(q.attribution && !speaker.empty() && w.author.find(speaker) != std::string::npos))
          return true;
      }
      return false;
    }
    default:
      return false;
  }
}

// Letters of numbers that the other side has in other figures: they are held as much as equal ones.
std::uint32_t numerals(const Source& s, Parts Edit::*side, const Fold& fold) {
  std::uint32_t out = 0;
  for (const Edit& e : s.comparison.edits)
    if (e.kind == EditClass::numeral) out += fold.find(envelope(e.*side)).size();
  return out;
}

}  // namespace

bool repeats_opening(const Document& d, std::uint32_t at) {
  if (han::mark_class(d.text[at]) != U'"') return false;
  while (at > 0 && d.text[at - 1] != U'\n' && han::kind(d.text[at - 1]) == han::Kind::blank) --at;
  return at > 0 && d.text[at - 1] == U'\n';
}

std::vector<Place> settled(const Texts& texts, const Finding& f, std::vector<Place> places) {
  const Fold& draft = texts.fold(f.work);
  for (Place& p : places) {
    p.work = texts.numbers.in_corpus(p.work);
    settle(p, texts.fold(p.work), draft, f.span);
  }
  std::erase_if(places, [&](const Place& p) { return p.letters < least_letters(f.span, kHolds); });
  std::stable_sort(places.begin(), places.end(), [](const Place& x, const Place& y) {
    return std::tuple(y.letters, x.work, x.base) < std::tuple(x.letters, y.work, y.base);
  });
  return places;
}

// 必须……谁也没有权利: letters before a mark of omission, too few to be found, that begin a clause of the sentence;
// or stand right before.
void take_in_opening(const Fold& base, const Fold& draft, FoldSpan passage,
                     const std::vector<std::uint32_t>& breaks, Place& place) {
  constexpr std::uint32_t kOpening = 6;
  const EqualRun first = place.equal.front();
  const std::uint32_t n = first.b - std::min(passage.begin, first.b);
  if (n == 0 || n > kOpening) return;
  const bool omits = std::ranges::find(breaks, first.b) != breaks.end();
  const std::uint32_t least = first.a - std::min(first.a, omits ? Places::kMarkedOmission : n);
  for (std::uint32_t at = first.a; at-- > least && (base.gap(at + 1) & (Fold::sentence | Fold::paragraph)) == 0;)
    if (at + n <= first.a && base.is_clause_edge(at) &&
        std::ranges::equal(base.units({at, at + n}), draft.units({passage.begin, first.b}))) {
      place.equal.insert(place.equal.begin(), {at, passage.begin, n});
      place.base.begin = at;
      place.letters += n;
      return;
    }
}

BaseCandidate weigh(const Case& of, Place place) {
  const Texts& texts = of.texts;
  const Finding& f = of.finding;
  BaseCandidate out;
  take_in_opening(texts.fold(place.work), texts.fold(f.work), f.span, of.breaks(), place);
  const std::uint32_t letters = place.letters;
  place.base.end += lost_end(texts, f, place);
  const Fold& draft = texts.fold(f.work);
  if (place.equal.front().b == f.span.begin && draft.is_clause_edge(f.span.begin))
    place.base.begin = std::min(place.base.begin, cut_number(texts, place, place.equal.front().a).begin);
  const EqualRun& last = place.equal.back();
  if (last.b + last.length == f.span.end && draft.is_clause_edge(f.span.end))
    place.base.end = std::max(place.base.end, cut_number(texts, place, last.a + last.length).end);
  out.source = source_of(texts, f.span, std::move(place), f.work);
  out.share = static_cast<double>(letters + numerals(out.source, &Edit::to, texts.fold(f.work))) / f.span.size();
  end_mark(texts, f, out.source);
  edge_marks(texts, f, out.source);
  out.occasion = occasion_of(texts.corpus, out.source.work, out.source.base);
  out.source.occasion = out.occasion.shown;
  out.cost = cost_of(texts, f, out.source, of.breaks());
  rank(texts, f, out);
  for (const Asked& a : of.asked) {
    Claim c = held_against(texts.corpus, a, out.source.work, out.source.base, out.occasion, texts.lexicons);
    const bool names =
        a.kind == Claim::Kind::occasion || a.kind == Claim::Kind::publication || a.kind == Claim::Kind::date;
    out.agreed += names && c.result == Claim::Result::agrees;
    out.outlet = out.outlet || (!a.outlet.empty() && a.outlet == texts.work(out.source.work).outlet);
    out.claims.push_back(std::move(c));
  }
  return out;
}

void rank(const Texts& texts, const Finding& f, BaseCandidate& c) {
  const Work& w = texts.work(c.source.work);
  const Work& mine = texts.work(f.work);
  const DateInterval& day = w.published;
  c.young = mine.published.latest && day.earliest && *mine.published.latest < *day.earliest;
  static constexpr std::array<int, 11> kKinds{4, 0, 1, 2, 3, 5, 0, 0, 5, 2, 4};  // by WorkKind
  c.kind = kKinds[static_cast<std::size_t>(w.kind)];
  static constexpr std::array<int, 7> kCopies{3, 0, 1, 2, 3, 3, 3};  // by Copy
  c.copy = kCopies[static_cast<std::size_t>(w.copy)];
  c.rank = w.rank.value_or(1000);
  c.source.secondary = second_hand(texts, f, c.source, w);
  const bool said_later = c.occasion.first && c.occasion.precise && !c.occasion.report && mine.published.latest &&
                          *mine.published.latest < *c.occasion.first;
  c.tier = !c.young             ? (c.source.secondary ? Tier::second_hand : Tier::first_hand)
           : c.source.secondary ? Tier::second_hand_later
           : said_later         ? Tier::said_later
                                : Tier::later;
}

Source source_of(const Texts& texts, FoldSpan covers, Place place, std::uint32_t draft) {
  Source s;
  s.work = place.work;
  s.base = place.base;
  s.covers = covers;
  s.equal = std::move(place.equal);
  s.comparison = compare(texts.corpus, s.work, draft, s.equal, s.base, s.covers);
  tidy(texts, s, draft);
  whole_figures(texts, s, draft);
  return s;
}

bool has_words(const Texts& texts, const Finding& f, const BaseCandidate& c) {
  constexpr std::uint32_t kOrdered = 12;  // letters that are the same by no chance
  if (c.share >= kSame) return true;
  if (f.span.size() >= kOrdered && c.source.covers == f.span &&
      std::ranges::is_permutation(texts.fold(c.source.work).units(c.source.base), texts.fold(f.work).units(f.span)))
    return true;
  std::uint32_t letters = numerals(c.source, &Edit::from, texts.fold(c.source.work));
  for (const EqualRun& r : c.source.equal) letters += r.length;
  return c.share >= kHolds && letters >= 2 * kLeast && letters >= 0.9 * c.source.base.size();
}

bool structural(const Texts& texts, std::uint32_t work, const Parts& parts) {
  if (parts.empty()) return false;
  const CorpusWork& at = texts.corpus.works[work];
  const FoldSpan s = at.fold.find(envelope(parts));
  for (std::uint32_t i = s.begin; i < s.end;) {  // whole paragraphs of it, or none
    const std::uint32_t p = at.fold.paragraph_of(i);
    const Role role = texts.corpus.work(at).paragraphs[p].role;
    const FoldSpan whole = at.fold.paragraph_span(p);
    if (role == Role::body || role == Role::digest || role == Role::list_item || role == Role::note) return false;
    if (whole.begin != i || whole.end > s.end) return false;
    i = whole.end;
  }
  return !s.empty();
}

bool marked(const Texts& texts, const Edit& e, const Source& s, const std::vector<std::uint32_t>& breaks) {
  if (e.op != EditOp::omit || breaks.empty() || e.from.empty()) return false;
  const FoldSpan gone = texts.fold(s.work).find(envelope(e.from));
  for (std::size_t n = 1; n < s.equal.size(); ++n) {
    const EqualRun &l = s.equal[n - 1], &r = s.equal[n];
    if (l.a + l.length <= gone.begin && gone.end <= r.a)
      return std::any_of(breaks.begin(), breaks.end(),
                         [&](std::uint32_t k) { return l.b + l.length <= k && k <= r.b; });
  }
  return false;
}

bool supplied(const Texts& texts, const Edit& e, std::uint32_t draft) {
  if (e.op != EditOp::add || e.to.empty()) return false;
  const std::u32string& text = texts.document(draft).text;
  std::uint32_t begin = e.to.front().begin, end = e.to.back().end;
  const auto is_mark = [&](std::uint32_t i) { return han::kind(text[i]) == han::Kind::mark; };
  if (begin > 0 && !is_mark(begin) && is_mark(begin - 1)) --begin;
  if (end < text.size() && !is_mark(end - 1) && is_mark(end)) ++end;
  constexpr std::u32string_view kOpening = U"〔［[【", kClosing = U"〕］]】";
  const std::size_t pair = kOpening.find(text[begin]);
  if (pair != kOpening.npos) return text[end - 1] == kClosing[pair];
  const std::u32string_view inside = std::u32string_view(text).substr(begin + 1, end - begin - 1);
  return han::mark_class(text[begin]) == U'(' && han::mark_class(text[end - 1]) == U')' && by_the_quoter(inside);
}

bool same_section(const Texts& texts, std::uint32_t work, std::uint32_t i, std::uint32_t j) {
  const CorpusWork& at = texts.corpus.works[work];
  const auto section = [&](std::uint32_t unit) {
    const std::uint32_t p = at.fold.paragraph_of(unit);
    const auto& sections = texts.corpus.work(at).sections;
    for (std::size_t n = 0; n < sections.size(); ++n)
      if (sections[n].first <= p && p < sections[n].last) return n + 1;
    return std::size_t{0};
  };
  return section(i) == section(j);
}

bool damaged_at(const Texts& texts, const Source& s) {
  constexpr std::uint32_t kBeside = 30;
  const CorpusWork& at = texts.corpus.works[s.work];
  const Span here{at.fold.origin(s.base.begin), at.fold.origin(s.base.end - 1) + 1};
  const auto& defects = texts.corpus.work(at).defects;
  return std::any_of(defects.begin(), defects.end(), [&](const Defect& d) {
    return d.span.begin < here.end + kBeside && here.begin < d.span.end + kBeside && d.code != "lost-title" &&
           d.code != "cut-source-line";
  });
}

double bits_of(const Texts& texts, const Finding& f, FoldSpan s) {
  const std::uint32_t draft = texts.numbers.draft(f.work);
  double bits = 0;
  for (std::uint32_t i = s.begin; i + Index::kGram <= s.end; ++i)
    if (!texts.ground.common(draft, i)) bits += texts.ground.bits(draft, i) / Index::kGram;
  return bits;
}

}  // namespace suyuan
