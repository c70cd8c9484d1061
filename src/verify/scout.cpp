#include "verify/scout.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/han.hpp"

namespace suyuan {

namespace {

// The units that an ellipsis stands before, inside the quotation.
std::vector<std::uint32_t> ellipses(const Fold& fold, FoldSpan s) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = s.begin + 1; i < s.end; ++i) {
    if (!fold.is_clause_edge(i)) continue;
    std::size_t dots = 0;
    bool ellipsis = false;
    for (const Fold::Mark& m : fold.marks({i - 1, i + 1})) {
      dots = m.mark == U'.' || m.mark == U'。' || m.mark == U'·' ? dots + 1 : 0;
      ellipsis = ellipsis || m.mark == U'…' || dots >= 3;
    }
    if (ellipsis) out.push_back(i);
  }
  return out;
}

// A card with a saying, a speech that is printed whole: a quarter of it at most is its own words.
bool is_mostly_quoted(const DraftText& draft) {
  constexpr double kOwnWords = 0.25;
  std::uint32_t quoted = 0;
  for (const Quotation& q : draft.work->quotations)
    if (q.form != Quotation::Form::indirect && q.depth == 0) quoted += draft.fold->find(envelope(q.parts)).size();
  return draft.fold->size() < quoted + kOwnWords * draft.fold->size();
}

std::vector<std::uint32_t> own_works(const Ground& ground, const DraftText& draft) {
  constexpr double kCopy = 0.8;
  const Fold& fold = *draft.fold;
  const std::vector<std::uint32_t> copies = ground.copies(draft.number);
  std::set<std::uint32_t> out(copies.begin(), copies.end());
  std::map<std::uint32_t, std::uint32_t> shared;
  std::uint32_t grams = 0;
  std::vector<Ground::Hit> held;
  for (std::uint32_t i = 0; i + Index::kGram <= fold.size(); i += Index::kGram) {
    ++grams;
    if (ground.beyond(draft.number, i, Index::kCommon)) continue;
    std::uint32_t last = UINT32_MAX;
    for (const auto& [work, at] : ground.hits(draft.number, i, held))
      if (work != last) ++shared[work], last = work;
  }
  for (const auto& [work, n] : shared)
    if (n >= kCopy * grams && fold.size() >= kCopy * ground.size(work)) out.insert(work);
  return {out.begin(), out.end()};
}

// How far the words run on whose closing mark is missing: sentence by sentence, to where no place that has the
// words before them has half of one.
FoldSpan to_last_held(const DraftText& draft, std::uint32_t q, const Scouted::Words& first,
                      const std::function<Places::Found(FoldSpan, double)>& find) {
  constexpr std::uint32_t kFarthest = 800;  // characters
  if (first.found.places.empty()) return first.span;
  const auto& quotations = draft.work->quotations;
  const std::u32string& text = draft.document->text;
  const std::uint32_t begin = quotations[q].parts.back().end;
  std::uint32_t limit = draft.work->paragraphs[quotations[q].paragraph].parts.back().end;
  limit = std::min(limit, begin + kFarthest);
  for (const Quotation& other : quotations) {
    const std::uint32_t from =
        other.attribution && !other.attribution->after ? other.attribution->span.begin : other.parts.front().begin;
    if (from >= begin) limit = std::min(limit, from);
  }
  const auto ends = [](char32_t c) {
    return std::u32string_view(U"。！？!?").find(c) != std::u32string_view::npos;
  };
  std::vector<FoldSpan> sentences{first.span};
  for (std::uint32_t at = begin, end = begin; at < limit; at = end) {
    while (end < limit && !ends(text[end])) ++end;
    while (end < limit && ends(text[end])) ++end;
    const FoldSpan sentence = draft.fold->find({at, end});
    if (!sentence.empty()) sentences.push_back(sentence);
  }
  const FoldSpan all{first.span.begin, sentences.back().end};
  FoldSpan out = first.span;
  for (const Place& p : find(all, kHolds * first.span.size() / all.size()).places)
    for (const FoldSpan sentence : sentences) {
      std::uint32_t held = 0;
      for (const EqualRun& r : p.equal) {
        const std::uint32_t from = std::max(r.b, sentence.begin), to = std::min(r.b + r.length, sentence.end);
        held += from < to ? to - from : 0;
      }
      if (held < kHolds * sentence.size()) break;
      out.end = std::max(out.end, sentence.end);
    }
  return out;
}

// What stands in the marks of titles: 《……》 names a text and borrows nothing from it.
std::vector<FoldSpan> titles_of(const DraftText& draft) {
  constexpr std::uint32_t kLongest = 80;
  const std::u32string& text = draft.document->text;
  std::vector<FoldSpan> out;
  for (std::uint32_t at = draft.work->span.begin; at < draft.work->span.end; ++at) {
    if (text[at] != U'《') continue;
    std::uint32_t end = at + 1;
    while (end < draft.work->span.end && end - at < kLongest && text[end] != U'》' && text[end] != U'\n') ++end;
    if (end < draft.work->span.end && text[end] == U'》') out.push_back(draft.fold->find({at, end})), at = end;
  }
  return out;
}

void find_unmarked(const Ground& ground, const DraftText& draft, Scouted& out) {
  constexpr std::size_t kPlaces = 20 * Index::kCommon;  // of a gram, past which nothing is sought from it
  const Fold& fold = *draft.fold;
  const Work& w = *draft.work;
  std::vector<FoldSpan> taken;
  for (const Quotation& q : w.quotations) {
    if (q.hearsay()) continue;
    taken.push_back(fold.find(envelope(q.parts)));
    if (q.attribution) taken.push_back(fold.find(q.attribution->span));
  }
  for (const auto& words : out.quotations)
    if (words) taken.push_back(words->span);
  for (const auto& words : out.marked)
    if (words && !words->found.places.empty() && words->found.places.front().letters == words->span.size())
      taken.push_back(words->span);
  for (std::uint32_t p = 0; p < w.paragraphs.size(); ++p)
    if (w.paragraphs[p].role != Role::body && w.paragraphs[p].role != Role::digest &&
        w.paragraphs[p].role != Role::list_item)
      taken.push_back(fold.paragraph_span(p));
  for (const FoldSpan title : titles_of(draft)) taken.push_back(title);
  std::sort(taken.begin(), taken.end());
  const auto units = fold.units();
  std::vector<Ground::Hit> held;
  std::vector<Unit> there;
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < fold.size();) {
    while (next < taken.size() && taken[next].end <= i) ++next;
    if (next < taken.size() && taken[next].begin <= i) {
      i = taken[next].end;
      continue;
    }
    const std::uint32_t limit = std::min(next < taken.size() ? taken[next].begin : fold.size(),
                                         fold.paragraph_span(fold.paragraph_of(i)).end);
    Places::Piece best;
    if (i + kUnmarked <= limit && !ground.beyond(draft.number, i, kPlaces))
      for (const auto& [work, at] : ground.hits(draft.number, i, held)) {
        if (!out.allows(work)) continue;
        const std::uint32_t room = std::min(limit - i, ground.size(work) - at);
        const auto base = ground.units(work, {at, at + room}, there);
        std::uint32_t n = Index::kGram;
        while (n < room && base[n] == units[i + n]) ++n;
        if (n > best.covers.size()) best = {work, {at, at + n}, {i, i + n}};
      }
    const std::uint32_t size = best.covers.size();
    if (size < kUnmarked) {
      ++i;
      continue;
    }
    bool everyday = true;
    for (std::uint32_t k = i; everyday && k + Index::kGram <= i + size; ++k)
      everyday = ground.everyday(draft.number, k);
    if (everyday) {  // what is long enough and goes on behind it begins no later
      i += size - kUnmarked + 1;
      continue;
    }
    out.unmarked.push_back(best);
    i += size;
  }
}

}  // namespace

bool Scouted::allows(std::uint32_t work) const { return !std::binary_search(own.begin(), own.end(), work); }

void Scouted::each_work(const std::function<void(std::uint32_t work)>& take) const {
  for (const auto* list : {&quotations, &marked})
    for (const auto& words : *list) {
      if (!words) continue;
      for (const Place& p : words->found.places) take(p.work);
      if (words->pieces)
        for (const Places::Piece& p : words->pieces->pieces) take(p.work);
    }
  for (const Places::Piece& p : unmarked) take(p.work);
}

Scouted scout(const Ground& ground, const DraftText& draft) {
  Scouted out;
  const Work& w = *draft.work;
  const Fold& fold = *draft.fold;
  if (w.quotations.empty() && w.marked.empty() && fold.size() < kUnmarked) return out;
  out.own = own_works(ground, draft);
  const Places places(ground);
  const auto allowed = [&](std::uint32_t work) { return out.allows(work); };
  const auto itself = ground.itself(draft.number);
  const bool quoted = is_mostly_quoted(draft);
  const auto look = [&](FoldSpan span) {
    Scouted::Words words;
    words.span = span;
    words.breaks = ellipses(fold, words.span);
    words.found = places.find(draft.number, fold, words.span, allowed, kHolds, words.breaks);
    if (!words.found.places.empty() || out.own.empty()) return words;
    // Where a copy alone has them it is their source, or says that there is none.
    Places::Found copies = places.find(
        draft.number, fold, words.span, [&](std::uint32_t work) { return !out.allows(work) && work != itself; },
        kHolds, words.breaks);
    words.in_itself = !quoted && !copies.places.empty();
    if (quoted) words.found = std::move(copies);
    return words;
  };
  out.quotations.resize(w.quotations.size());
  for (std::uint32_t q = 0; q < w.quotations.size(); ++q) {
    const Quotation& quotation = w.quotations[q];
    const FoldSpan span = fold.find(envelope(quotation.parts));
    if (quotation.hearsay() || span.size() < kShort) continue;
    Scouted::Words& words = out.quotations[q].emplace(look(span));
    if (quotation.unclosed)
      if (const FoldSpan held = to_last_held(
              draft, q, words,
              [&](FoldSpan s, double share) { return places.find(draft.number, fold, s, allowed, share); });
          held != span)
        words = look(held);
    const bool whole = std::any_of(words.found.places.begin(), words.found.places.end(),
                                   [&](const Place& p) { return p.letters == words.span.size(); });
    if (!whole && quotation.form != Quotation::Form::indirect)
      words.pieces = places.pieces(draft.number, fold, words.span, allowed, UINT32_MAX);
  }
  out.marked.resize(w.marked.size());
  for (std::uint32_t m = 0; m < w.marked.size(); ++m)
    if (w.marked[m].reason != "short") out.marked[m] = look(fold.find(envelope(w.marked[m].parts)));
  find_unmarked(ground, draft, out);
  return out;
}

}  // namespace suyuan
