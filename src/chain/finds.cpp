#include "chain/finds.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/han.hpp"
#include "chain/voice.hpp"
#include "index/background.hpp"

namespace suyuan {

namespace {

constexpr double kTold = 2.6;          // bits a letter: under it most of it is ritual wording,
constexpr double kToldShort = 2.8;     // and of less than kWeighty letters under this
constexpr std::uint32_t kPages = 80;   // of so many letters under this,
constexpr double kToldPages = 2.4;     // for a few texts that print one passage make its wording common among them
constexpr std::uint32_t kMarked = 16;  // letters between quotation marks that are somebody's words, and no title
constexpr std::uint32_t kPart = 13;    // letters a witness must hold of the head, and
constexpr double kPartTold =
    2.5;  // bits a letter, unless it holds kWeighty, half or (of a short one) two thirds, or is quoted;
constexpr double kFormula = 2.5;       // bits a letter by the background alone: what has fewer is a formula,
constexpr double kPartial = 0.8;       // and none of a passage of which it is less,
constexpr double kAllOfIt = 0.95;      // nor is a title out of one that is less than this
constexpr std::uint32_t kBroken = 28;  // letters that need not be whole clauses
constexpr std::uint32_t kSpoken =
    16;  // letters of a section with its occasion that are its speaker's words, no phrase

double told(std::uint32_t letters) {
  return letters < kWeighty ? kToldShort : letters < kPages ? kTold : kToldPages;
}

// The whole clauses of a stretch.
FoldSpan clauses_of(const Fold& fold, FoldSpan span) {
  while (span.begin < span.end && !fold.is_clause_edge(span.begin)) ++span.begin;
  while (span.end > span.begin && !fold.is_clause_edge(span.end)) --span.end;
  return span;
}
std::uint32_t whole_clauses(const Fold& fold, FoldSpan span) { return clauses_of(fold, span).size(); }

bool divides(const Fold::Mark& m) {
  return std::u32string_view(U"，。；：！？,;:!?—").find(m.mark) != std::u32string_view::npos;
}

// Whether clauses part there: a dash may join two names, and quotation marks alone bound none.
bool parts_clauses(const Fold& fold, std::uint32_t i) {
  if (i == 0 || (fold.gap(i) & Fold::paragraph) != 0) return true;
  return std::ranges::any_of(fold.marks({i - 1, i + 1}),
                             [](const Fold::Mark& m) { return divides(m) && m.mark != U'—'; });
}

// Names one after the other: 甲、乙、丙.
bool is_list(const Fold& fold, FoldSpan span) {
  constexpr std::uint32_t kName = 6;  // letters
  const auto inside = fold.marks(span);
  const auto joins =
      std::count_if(inside.begin(), inside.end(), [](const Fold::Mark& m) { return m.mark == U'、'; });
  return kName * static_cast<std::uint32_t>(joins) >= span.size();
}

// What is said in few texts at hand, or in all of them, may be what they are about: the background tells.
bool is_formula(const Fold& fold, FoldSpan span) {
  double bits = 0;
  std::uint32_t grams = 0;
  for (std::uint32_t i = span.begin; i + Index::kGram <= span.end; ++i, ++grams)
    bits += Index::background_bits(fold.units({i, i + Index::kGram}));
  return grams > 0 && bits < kFormula * Index::kGram * grams;
}

// Whether most of it stands between the marks of a title.
bool is_title(const Fold& fold, FoldSpan span) {
  constexpr std::uint32_t kLongest = 60;  // letters of a title
  std::uint32_t depth = 0, from = 0, titled = 0;
  const auto count = [&](std::uint32_t end) {
    const std::uint32_t b = std::max(from, span.begin), e = std::min(end, span.end);
    if (depth > 0 && e > b) titled += e - b;
    from = end;
  };
  for (const Fold::Mark& m : fold.marks({span.begin - std::min(span.begin, kLongest), span.end + 1})) {
    const bool opens = m.mark == U'《' || m.mark == U'〈', closes = m.mark == U'》' || m.mark == U'〉';
    if (closes && depth == 0) depth = 1;  // it began before
    count(m.before);
    depth += static_cast<std::uint32_t>(opens) - static_cast<std::uint32_t>(closes);
  }
  count(span.end);
  return 5 * titled >= 4 * span.size();
}

// A clause by itself, or with a word before it (要, 必须). Quotation marks alone bound none.
bool stands_alone(const Fold& fold, FoldSpan span) {
  constexpr std::uint32_t kWord = 2;
  const auto edge = [&](std::uint32_t i) {
    if (i == 0 || (fold.gap(i) & Fold::paragraph) != 0) return true;
    const auto marks = fold.marks({i - 1, i + 1});
    return std::any_of(marks.begin(), marks.end(), divides);
  };
  bool begins = false;
  for (std::uint32_t i = 0; i <= std::min(kWord, span.begin); ++i) begins = begins || edge(span.begin - i);
  return begins && edge(span.end);
}

// What a paragraph opens with, up to the first mark that ends a clause.
FoldSpan opening(const Fold& fold, FoldSpan paragraph) {
  constexpr std::uint32_t kLongest = 24;
  for (const Fold::Mark& m : fold.marks({paragraph.begin, std::min(paragraph.end, paragraph.begin + kLongest)}))
    if (divides(m)) return {paragraph.begin, m.before};
  return {paragraph.begin, paragraph.begin};
}

}  // namespace

Finder::Finder(const Corpus& corpus, const std::vector<Alignment>& alignments)
    : corpus_(corpus), alignments_(alignments) {
  touching_.resize(corpus.works.size());
  for (std::uint32_t i = 0; i < alignments.size(); ++i) {
    touching_[alignments[i].a_work].push_back({alignments[i].a, i, false});
    touching_[alignments[i].b_work].push_back({alignments[i].b, i, true});
  }
  find_quoted();
  find_openings();
  reach_.resize(corpus.works.size());
  for (std::size_t w = 0; w < touching_.size(); ++w) {
    auto& list = touching_[w];
    std::sort(list.begin(), list.end(), [](const Touch& x, const Touch& y) {
      return std::tie(x.span, x.alignment, x.b_side) < std::tie(y.span, y.alignment, y.b_side);
    });
    std::uint32_t far = 0;
    for (const Touch& t : list) reach_[w].push_back(far = std::max(far, t.span.end));
  }
  count_shared();
}

// The openings that a twentieth of the works have are their outlet's, and no passage's: 央视网消息（新闻联播）：.
void Finder::find_openings() {
  constexpr std::size_t kWorks = 20, kShare = 20;
  struct Count {
    std::size_t works = 0;
    std::uint32_t last = UINT32_MAX;
  };
  if (corpus_.works.size() < kWorks) return;
  std::unordered_map<std::uint64_t, Count> counts;
  for (std::uint32_t w = 0; w < corpus_.works.size(); ++w) {
    const Fold& fold = corpus_.works[w].fold;
    for (std::uint32_t p = 0; p < corpus_.work(corpus_.works[w]).paragraphs.size(); ++p) {
      const FoldSpan words = opening(fold, fold.paragraph_span(p));
      if (words.empty()) continue;
      Count& c = counts[background::gram_hash(fold.units(words))];
      c.works += c.last != w;
      c.last = w;
    }
  }
  for (const auto& [hash, c] : counts)
    if (c.works >= kWorks && c.works * kShare >= corpus_.works.size()) openings_.insert(hash);
}

std::vector<Passage> Finder::units() const {
  std::vector<Passage> out;
  for (std::uint32_t w = 0; w < corpus_.works.size(); ++w) {
    const Work& work = corpus_.work(corpus_.works[w]);
    const Fold& fold = corpus_.works[w].fold;
    if (touching_[w].empty()) continue;
    const auto add = [&](FoldSpan span, std::optional<std::uint32_t> section) {
      if (span.size() >= kLeast) out.push_back({w, span, section});
    };
    std::vector<char> in_section(work.paragraphs.size(), 0);
    for (std::uint32_t s = 0; s < work.sections.size(); ++s) {
      const Section& section = work.sections[s];
      // An occasion that the title is named with is a whole text's, whose paragraphs are the passages.
      if (section.occasion.front().begin < work.paragraphs[section.first].parts.front().begin) continue;
      add({fold.paragraph_span(section.first).begin, fold.paragraph_span(section.last - 1).end}, s);
      for (std::uint32_t p = section.first; p < section.last; ++p) in_section[p] = 1;
    }
    for (std::uint32_t p = 0; p < work.paragraphs.size(); ++p) {
      const Role role = work.paragraphs[p].role;
      if (in_section[p] || (role != Role::body && role != Role::digest && role != Role::list_item)) continue;
      FoldSpan paragraph = fold.paragraph_span(p);
      const FoldSpan opens = opening(fold, paragraph);
      if (!opens.empty() && openings_.contains(background::gram_hash(fold.units(opens))))
        paragraph.begin = opens.end;
      add(paragraph, std::nullopt);
    }
    for (const Quotation& q : work.quotations)
      if (q.set_apart()) add(fold.find(envelope(q.parts)), std::nullopt);
  }
  return out;
}

// Whether the words are all that the verb of saying right before them leads: 某某指出：“……”，.
bool leads_them_alone(const Document& document, Span lead, const Quotation& q) {
  constexpr std::u32string_view kOpening = U"“‘「『\"", kNext = U"：，:,", kClosing = U"”’」』\"",
                                kEnds = U"，。！？；\n,.!?;";
  const std::u32string_view text = document.text;
  std::u32string before(text.substr(lead.begin, lead.size()));
  std::erase_if(before, [](char32_t c) { return han::kind(c) == han::Kind::blank; });
  while (!before.empty() && kOpening.find(before.back()) != kOpening.npos) before.pop_back();
  if (!before.empty() && kNext.find(before.back()) != kNext.npos) before.pop_back();
  if (q.attribution->verb.empty() || !before.ends_with(from_utf8(q.attribution->verb))) return false;
  std::uint32_t end = envelope(q.parts).end;
  if (kEnds.find(text[end - 1]) != kEnds.npos) return true;
  while (end < text.size() && kClosing.find(text[end]) != kClosing.npos) ++end;
  return end == text.size() || kEnds.find(text[end]) != kEnds.npos;
}

void Finder::find_leads(std::uint32_t w) {
  const Document& document = corpus_.document(corpus_.works[w]);
  const Fold& fold = corpus_.works[w].fold;
  for (const Quotation& q : corpus_.work(corpus_.works[w]).quotations) {
    if (!q.attribution || q.attribution->after || q.form == Quotation::Form::block) continue;
    const Span lead = q.form == Quotation::Form::direct ? lead_in(document, q)
                                                        : Span{q.attribution->span.begin, envelope(q.parts).begin};
    if (lead.begin >= lead.end || !leads_them_alone(document, lead, q)) continue;
    const FoldSpan here = fold.find(lead);
    const bool others = std::ranges::any_of(words_[w], [&](const auto& words) {
      return words.second == Around::marked && words.first.begin < here.end && here.begin < words.first.end;
    });
    if (!others) leads_[w].push_back(here);
  }
}

// Which alignments are of words that stand between quotation marks in one of the two texts, or in a section
// that closes with the occasion on which they were spoken.
void Finder::find_quoted() {
  words_.resize(corpus_.works.size());
  leads_.resize(corpus_.works.size());
  for (std::uint32_t w = 0; w < corpus_.works.size(); ++w) {
    if (touching_[w].empty()) continue;
    const Work& work = corpus_.work(corpus_.works[w]);
    const Fold& fold = corpus_.works[w].fold;
    for (const Quotation& q : work.quotations) {
      words_[w].emplace_back(fold.find(envelope(q.parts)), q.set_apart() ? Around::marked : Around::reported);
    }
    for (const Section& s : work.sections)
      words_[w].emplace_back(FoldSpan{fold.paragraph_span(s.first).begin, fold.paragraph_span(s.last - 1).end},
                             Around::occasion);
    find_leads(w);
  }
  const auto between = [&](std::uint32_t w, FoldSpan span) {
    return std::any_of(words_[w].begin(), words_[w].end(), [&](const auto& q) {
      const std::uint32_t b = std::max(q.first.begin, span.begin), e = std::min(q.first.end, span.end);
      return q.second != Around::reported && e > b &&
             (e - b == span.size() || (e - b >= kMarked && 2 * (e - b) >= span.size()));
    });
  };
  std::vector<FoldSpan> a, b;
  for (const Alignment& x : alignments_) {
    a.clear(), b.clear();
    for (const EqualRun& r : x.equal) a.push_back({r.a, r.a + r.length}), b.push_back({r.b, r.b + r.length});
    quoted_.push_back(quotes(x.a_work, x.a, a, kOpens) || quotes(x.b_work, x.b, b, kOpens) ||
                      spoken_there(x.a_work, x.a) || spoken_there(x.b_work, x.b));
    marked_.push_back(between(x.a_work, x.a) || between(x.b_work, x.b));
  }
}

// A few words out of a longer quotation may be a name or a title; short words must fill theirs. Reported
// without marks they are anybody's.
bool Finder::quotes(std::uint32_t work, FoldSpan span, std::span<const FoldSpan> equal, std::uint32_t least) const {
  constexpr std::uint32_t kBeside = 3;
  return std::ranges::any_of(words_[work], [&](const auto& q) {
    if (q.second != Around::marked || q.first.end <= span.begin || span.end <= q.first.begin) return false;
    std::uint32_t held = 0;
    for (const FoldSpan run : equal) {
      const std::uint32_t b = std::max(q.first.begin, run.begin), e = std::min(q.first.end, run.end);
      if (e > b) held += e - b;
    }
    return held >= least ||
           (q.first.begin <= span.begin && span.end <= q.first.end && q.first.size() <= span.size() + kBeside);
  });
}

bool Finder::quoted_over(std::uint32_t work, std::uint32_t at) const {
  return std::ranges::any_of(words_[work], [&](const auto& q) { return q.first.begin < at && at < q.first.end; });
}

bool Finder::spoken_there(std::uint32_t work, FoldSpan span) const {
  return std::ranges::any_of(words_[work], [&](const auto& q) {
    return q.second == Around::occasion && q.first.begin <= span.begin && span.end <= q.first.end;
  });
}

// A text that says what its own title or heading says is not its source, nor the other way round; nor is a
// paragraph the next one's, which a line heads that nothing marks as a heading.
bool Finder::repeats_itself(const Alignment& x) const {
  if (x.a_work != x.b_work) return false;
  const CorpusWork& w = corpus_.works[x.a_work];
  const auto& paragraphs = corpus_.work(w).paragraphs;
  const std::uint32_t a = w.fold.paragraph_of(x.a.begin), b = w.fold.paragraph_of(x.b.begin);
  const auto heads = [&](std::uint32_t p) {
    return paragraphs[p].role == Role::title || paragraphs[p].role == Role::heading;
  };
  return std::max(a, b) - std::min(a, b) <= 1 || heads(a) || heads(b);
}

FoldSpan Finder::without_lead(std::uint32_t work, FoldSpan span) const {
  constexpr std::uint32_t kBefore = 16;  // letters: 在云川，|某某强调，
  const Fold& fold = corpus_.works[work].fold;
  for (const FoldSpan lead : leads_[work]) {
    if (lead.begin > span.begin + kBefore || span.begin >= lead.end || lead.end + kPart > span.end) continue;
    bool over = false;  // the end of a sentence stands between
    for (std::uint32_t i = span.begin + 1; i <= lead.begin; ++i) over = over || (fold.gap(i) & Fold::sentence) != 0;
    if (!over) return {lead.end, span.end};
  }
  return span;
}

FoldSpan Finder::in_clauses(std::uint32_t work, FoldSpan span) const {
  constexpr std::uint8_t kOver = Fold::sentence | Fold::paragraph;
  constexpr std::uint32_t kLead = 24;  // letters
  const Fold& fold = corpus_.works[work].fold;
  FoldSpan whole = without_lead(work, clauses_of(fold, span));
  if (whole.size() < kPart || 2 * whole.size() < span.size()) return without_ends(fold, span);
  whole = without_ends(fold, whole);
  if ((fold.gap(whole.end) & kOver) != 0) return whole;
  std::uint32_t last = whole.end - 1;
  while (last > whole.begin && (fold.gap(last) & kOver) == 0) --last;
  if (last < whole.begin + kPart || whole.end - last > kLead) return whole;
  const bool leads = std::ranges::any_of(words_[work], [&](const auto& q) {
    return last <= q.first.begin && q.first.begin <= whole.end && whole.end < q.first.begin + kPart;
  });
  return leads ? FoldSpan{whole.begin, last} : without_tail(fold, whole);
}

FoldSpan without_ends(const Fold& fold, FoldSpan span) {
  constexpr std::uint32_t kStray = 3;  // letters
  if (span.size() <= 2 * kStray) return span;
  FoldSpan out = span;
  if (!parts_clauses(fold, span.begin))
    for (std::uint32_t i = span.begin + 1; i <= span.begin + kStray && out == span; ++i)
      if (parts_clauses(fold, i)) out.begin = i;
  if (!parts_clauses(fold, span.end))
    for (std::uint32_t i = span.end - 1; i >= span.end - kStray && out.end == span.end; --i)
      if (parts_clauses(fold, i)) out.end = i;
  return out;
}

FoldSpan without_tail(const Fold& fold, FoldSpan span) {
  constexpr std::uint32_t kTail = 4, kLongest = 24;  // letters
  constexpr std::uint8_t kOver = Fold::sentence | Fold::paragraph;
  if (span.size() < kPart || (fold.gap(span.end) & kOver) != 0) return span;
  std::uint32_t last = span.end - 1;
  while (last > span.begin && (fold.gap(last) & kOver) == 0) --last;
  if (last < span.begin + kPart || span.end - last > kLongest) return span;
  const auto closing = fold.units({span.end - 2, span.end});
  const std::u32string words{static_cast<char32_t>(closing[0]), static_cast<char32_t>(closing[1])};
  return span.end - last <= kTail || words == U"以来" || words == U"一道" ? FoldSpan{span.begin, last} : span;
}

bool is_one_clause(const Fold& fold, FoldSpan span) {
  for (std::uint32_t i = span.begin + 1; i < span.end; ++i)
    if (parts_clauses(fold, i)) return false;
  return true;
}

FoldSpan between_marks(const Fold& fold, FoldSpan span) {
  while (span.begin < span.end && !parts_clauses(fold, span.begin)) ++span.begin;
  while (span.end > span.begin && !parts_clauses(fold, span.end)) --span.end;
  return span;
}

std::vector<Find> Finder::find(const Passage& unit) const {
  std::vector<Find> out;
  std::vector<FoldSpan> here_equal, there_equal;
  const auto& list = touching_[unit.work];
  const auto& reach = reach_[unit.work];
  const Fold& fold = corpus_.works[unit.work].fold;
  auto at = static_cast<std::size_t>(std::upper_bound(reach.begin(), reach.end(), unit.span.begin) - reach.begin());
  for (; at < list.size() && list[at].span.begin < unit.span.end; ++at) {
    const Touch& t = list[at];
    if (t.span.end <= unit.span.begin) continue;
    const Alignment& x = alignments_[t.alignment];
    Find p{t.b_side ? x.a_work : x.b_work, {UINT32_MAX, 0}, {UINT32_MAX, 0}, 0};
    std::uint32_t figures = 0;
    here_equal.clear(), there_equal.clear();
    for (const EqualRun& r : x.equal) {
      const std::uint32_t mine = t.b_side ? r.b : r.a, other = t.b_side ? r.a : r.b;
      const std::uint32_t b = std::max(mine, unit.span.begin), e = std::min(mine + r.length, unit.span.end);
      if (e <= b) continue;
      here_equal.push_back({b, e}), there_equal.push_back({other + (b - mine), other + (e - mine)});
      p.span = {std::min(p.span.begin, other + (b - mine)), std::max(p.span.end, other + (e - mine))};
      p.of = {std::min(p.of.begin, b), std::max(p.of.end, e)};
      p.equal += e - b;
      for (const Unit u : fold.units({b, e})) figures += han::is_digit(static_cast<char32_t>(u));
    }
    if (p.equal == 0) continue;
    std::uint32_t whole = 0;
    for (const EqualRun& r : x.equal) whole += r.length;
    p.score = x.score * p.equal / whole;
    p.alignment = t.alignment;
    p.b_side = t.b_side;
    p.leads = x.widespread && !t.b_side;
    // What stands in a section with its occasion is its speaker's, but for a phrase or a list of names.
    const bool spoken = p.equal >= kSpoken && !is_list(fold, p.of) &&
                        (spoken_there(unit.work, p.of) || spoken_there(p.work, p.span));
    p.quoted = quoted_[t.alignment] &&
               (spoken || quotes(unit.work, p.of, here_equal, kPart) || quotes(p.work, p.span, there_equal, kPart));
    const std::uint32_t here = whole_clauses(fold, p.of), there = whole_clauses(corpus_.works[p.work].fold, p.span);
    p.whole = std::min(p.equal, std::max(here, there));
    const std::uint32_t most = std::max(p.of.size(), p.span.size());
    p.clause = !repeats_itself(x) && figures == 0 && std::min(here, there) >= kPart &&
               10 * std::min({here, there, p.equal}) >= 9 * most && p.score >= kToldShort * p.equal;
    p.opens = !repeats_itself(x) &&
              (p.quoted || (p.equal - figures >= kOpens && (p.equal >= kBroken || p.whole >= kPart) &&
                            x.score >= told(p.equal) * std::max(x.a.size(), x.b.size())));
    // Replaced letters at the alignment's ends are the unit's where it reaches so far.
    const FoldSpan mine = t.b_side ? x.b : x.a, other = t.b_side ? x.a : x.b;
    if (unit.span.begin <= mine.begin) p.span.begin = other.begin, p.of.begin = mine.begin;
    if (unit.span.end >= mine.end) p.span.end = other.end, p.of.end = mine.end;
    if (p.equal >= kLeast || p.equal * 10 >= unit.span.size() * 9) out.push_back(p);
  }
  std::sort(out.begin(), out.end(),
            [](const Find& x, const Find& y) { return std::tie(x.work, x.span) < std::tie(y.work, y.span); });
  // The unit's own place is its first witness, not a find.
  std::erase_if(out, [&](const Find& p) {
    return p.work == unit.work && p.span.begin < unit.span.end && unit.span.begin < p.span.end;
  });
  return out;
}

SeriesTold Finder::tell(const Passage& unit, const std::vector<Find>& finds) const {
  std::vector<Answer> answers;
  for (const Find& p : finds) {
    Answer a{p.work, p.span, p.of, {}, marked_[p.alignment]};
    for (const EqualRun& r : alignments_[p.alignment].equal) {
      const std::uint32_t mine = p.b_side ? r.b : r.a, other = p.b_side ? r.a : r.b;
      const std::uint32_t b = std::max(mine, p.of.begin), e = std::min(mine + r.length, p.of.end);
      if (b < e) a.equal.push_back({b, other + (b - mine), e - b});
    }
    answers.push_back(std::move(a));
  }
  return tell_series(corpus_, unit.work, unit.span, answers, [&](std::uint32_t work, std::uint32_t other) {
    return static_cast<double>(shared(work, other)) / std::max(1U, corpus_.works[work].fold.size());
  });
}

void Finder::count_shared() {
  struct Counted {
    std::uint32_t letters = 0, end = 0;  // as far as counted
  };
  std::vector<Counted> counted(corpus_.works.size());
  shared_.resize(corpus_.works.size());
  for (std::size_t w = 0; w < touching_.size(); ++w) {
    std::vector<std::uint32_t> others;
    for (const Touch& t : touching_[w]) {
      const Alignment& x = alignments_[t.alignment];
      const std::uint32_t other = t.b_side ? x.a_work : x.b_work;
      Counted& c = counted[other];
      if (t.span.end <= c.end) continue;
      if (c.end == 0) others.push_back(other);
      c.letters += t.span.end - std::max(c.end, t.span.begin);
      c.end = t.span.end;
    }
    std::ranges::sort(others);
    for (const std::uint32_t other : others) {
      shared_[w].emplace_back(other, counted[other].letters);
      counted[other] = {};
    }
  }
}

std::uint32_t Finder::shared(std::uint32_t work, std::uint32_t other) const {
  const auto at = std::ranges::lower_bound(shared_[work], other, {}, [](const auto& s) { return s.first; });
  return at != shared_[work].end() && at->first == other ? at->second : 0;
}

std::uint32_t Finder::linked(std::uint32_t work, FoldSpan window, std::uint32_t other, FoldSpan there) const {
  std::uint32_t out = 0;
  const auto& list = touching_[work];
  const auto& reach = reach_[work];
  auto at = static_cast<std::size_t>(std::upper_bound(reach.begin(), reach.end(), window.begin) - reach.begin());
  for (; at < list.size() && list[at].span.begin < window.end; ++at) {
    const Touch& t = list[at];
    const Alignment& x = alignments_[t.alignment];
    if ((t.b_side ? x.a_work : x.b_work) != other) continue;
    std::uint32_t here = 0;
    for (const EqualRun& r : x.equal) {
      const std::uint32_t mine = t.b_side ? r.b : r.a, theirs = t.b_side ? r.a : r.b;
      for (std::uint32_t i = std::max(mine, window.begin); i < std::min(mine + r.length, window.end); ++i)
        here += there.begin <= theirs + (i - mine) && theirs + (i - mine) < there.end ? 1U : 0U;
    }
    out = std::max(out, here);
  }
  return out;
}

std::size_t Finder::elsewhere(std::uint32_t work, FoldSpan place) const {
  std::set<std::uint32_t> out;
  const auto& list = touching_[work];
  const auto& reach = reach_[work];
  auto at = static_cast<std::size_t>(std::upper_bound(reach.begin(), reach.end(), place.begin) - reach.begin());
  for (; at < list.size() && list[at].span.begin < place.end; ++at) {
    const Touch& t = list[at];
    const std::uint32_t b = std::max(t.span.begin, place.begin), e = std::min(t.span.end, place.end);
    if (e <= b || 5 * (e - b) < 4 * place.size()) continue;
    const Alignment& x = alignments_[t.alignment];
    out.insert(corpus_.works[t.b_side ? x.a_work : x.b_work].publication);
  }
  return out.size();
}

bool is_name(const Corpus& corpus, const Passage& passage, const std::vector<Find>& finds) {
  const auto fold = [&](std::uint32_t work) -> const Fold& { return corpus.works[work].fold; };
  const auto inside = fold(passage.work).marks(passage.span);
  return passage.span.size() < kBroken &&
         std::none_of(inside.begin(), inside.end(),
                      [](const Fold::Mark& m) { return divides(m) || m.mark == U'、'; }) &&
         !stands_alone(fold(passage.work), passage.span) &&
         std::none_of(finds.begin(), finds.end(), [&](const Find& p) {
           return 10 * p.equal >= 9 * passage.span.size() && stands_alone(fold(p.work), p.span);
         });
}

std::uint32_t most_held(const std::vector<Find>& finds) {
  std::uint32_t most = 0, held = 0, work = UINT32_MAX;
  for (const Find& p : finds) {
    held = p.work == work ? held + p.equal : p.equal;
    work = p.work;
    most = std::max(most, held);
  }
  return most;
}

Passage as_held(const Corpus& corpus, Passage passage, const std::vector<Find>& finds) {
  if (finds.empty()) return passage;
  const Fold& fold = corpus.works[passage.work].fold;
  FoldSpan held{passage.span.end, passage.span.begin};
  for (const Find& p : finds) held = {std::min(held.begin, p.of.begin), std::max(held.end, p.of.end)};
  while (held.begin > passage.span.begin && !parts_clauses(fold, held.begin)) --held.begin;
  while (held.end < passage.span.end && !parts_clauses(fold, held.end)) ++held.end;
  passage.span = passage.section ? held : without_tail(fold, held);
  return passage;
}

std::vector<FoldSpan> parts_of(const std::vector<Find>& finds, bool widespread) {
  struct Part {
    FoldSpan span;
    std::vector<std::uint32_t> begins, ends;
  };
  std::vector<FoldSpan> spans;
  for (const Find& p : finds)
    if (!widespread || p.leads) spans.push_back(p.of);
  std::sort(spans.begin(), spans.end());
  std::vector<Part> parts;
  for (const FoldSpan of : spans) {
    const std::uint32_t both =
        parts.empty() || parts.back().span.end <= of.begin ? 0 : std::min(parts.back().span.end, of.end) - of.begin;
    if (both == 0 || 2 * both <= std::min(parts.back().span.size(), of.size())) parts.push_back({of, {}, {}});
    Part& last = parts.back();
    last.span.end = std::max(last.span.end, of.end);
    last.begins.push_back(of.begin);
    last.ends.push_back(of.end);
  }
  std::vector<FoldSpan> out;
  const auto median = [](std::vector<std::uint32_t>& x) {
    const auto middle = x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2);
    std::nth_element(x.begin(), middle, x.end());
    return *middle;
  };
  for (Part& part : parts) {
    if (widespread) part.span = {median(part.begins), median(part.ends)};
    if (!part.span.empty()) out.push_back(part.span);
  }
  return out;
}

std::vector<Find> merge(const std::vector<Find>& finds) {
  std::vector<Find> merged;
  for (const Find& p : finds) {
    if (!merged.empty() && merged.back().work == p.work) {
      Find& last = merged.back();
      const bool overlaps = p.span.begin < last.span.end;
      const std::uint32_t both = std::min({10U, last.of.size() / 2, p.of.size() / 2});
      const bool follows =
          p.span.begin <= last.span.end + 60 && p.of.begin + both >= last.of.end && p.of.begin <= last.of.end + 200;
      if (overlaps || follows) {
        if (overlaps && p.equal <= last.equal && p.span.end <= last.span.end) continue;
        last.equal = overlaps ? std::max(last.equal, p.equal) : last.equal + p.equal;
        last.whole = overlaps ? std::max(last.whole, p.whole) : last.whole + p.whole;
        last.score = overlaps ? std::max(last.score, p.score) : last.score + p.score;
        last.quoted = last.quoted || p.quoted;
        last.opens = last.opens || p.opens;
        last.clause = last.clause || p.clause;
        last.span.end = std::max(last.span.end, p.span.end);
        last.of = {std::min(last.of.begin, p.of.begin), std::max(last.of.end, p.of.end)};
        continue;
      }
    }
    merged.push_back(p);
  }
  return merged;
}

std::vector<Find> telling(const Corpus& corpus, const Passage& unit, std::vector<Find> places) {
  std::erase_if(places, [&](const Find& p) {
    const bool half_quoted = p.quoted && 2 * p.equal >= unit.span.size();
    const bool formula = p.equal < kPartial * unit.span.size() && p.score < kFormula * p.equal && !half_quoted &&
                         is_formula(corpus.works[p.work].fold, p.span);
    const bool title = p.equal < kAllOfIt * unit.span.size() && !p.quoted &&
                       is_title(corpus.works[unit.work].fold, p.of) && is_title(corpus.works[p.work].fold, p.span);
    if (!unit.section && (formula || title)) return true;
    const std::uint32_t much = p.equal < kMarked ? unit.span.size() * 2 / 3 : unit.span.size() / 2;
    return !p.quoted && p.equal < std::min(kWeighty, much) &&
           (p.score < kPartTold * p.equal || (p.equal < kBroken && p.whole < kPart));
  });
  return places;
}

}  // namespace suyuan
