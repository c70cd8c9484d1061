#include "align/near.hpp"

#include <algorithm>
#include <set>

#include "align/runs.hpp"

namespace suyuan {

NearSearch::NearSearch(std::span<const Unit> pattern, std::uint32_t most)
    : table_(65536, 0), size_(static_cast<std::uint32_t>(pattern.size())), most_(most) {
  for (std::uint32_t j = 0; j < size_; ++j) {
    const auto c = static_cast<std::uint32_t>(pattern[j]);
    const std::uint64_t bit = std::uint64_t{1} << j;
    if (c < table_.size()) {
      table_[c] |= bit;
      continue;
    }
    const auto at = std::find_if(wide_.begin(), wide_.end(), [&](const auto& w) { return w.first == pattern[j]; });
    if (at == wide_.end())
      wide_.emplace_back(pattern[j], bit);
    else
      at->second |= bit;
  }
}

std::uint64_t NearSearch::of(Unit unit) const {
  const auto c = static_cast<std::uint32_t>(unit);
  if (c < table_.size()) return table_[c];
  const auto at = std::find_if(wide_.begin(), wide_.end(), [&](const auto& w) { return w.first == unit; });
  return at == wide_.end() ? 0 : at->second;
}

std::optional<NearSearch::Nearest> NearSearch::run(std::span<const Unit> text) const {
  std::uint64_t plus = ~std::uint64_t{0}, minus = 0;
  const std::uint64_t last = std::uint64_t{1} << (size_ - 1);
  std::uint32_t score = size_;
  Nearest best{most_ + 1, 0};
  for (std::uint32_t p = 0; p < text.size(); ++p) {
    const std::uint64_t eq = of(text[p]);
    const std::uint64_t x = eq | minus, d = ((((x & plus) + plus) ^ plus) | x);
    std::uint64_t ph = minus | ~(d | plus), mh = plus & d;
    score += (ph & last) != 0;
    score -= (mh & last) != 0;
    ph <<= 1, mh <<= 1;
    plus = mh | ~(d | ph);
    minus = ph & d;
    if (score < best.changes) best = {score, p + 1};
  }
  if (best.changes > most_) return std::nullopt;
  return best;
}

std::uint32_t near_changes(std::uint32_t letters) {
  return letters < 2 * Index::kGram || letters > NearSearch::kLongest ? 0 : letters / (2 * Index::kGram);
}

std::vector<FoldSpan> near_parts(std::uint32_t letters) {
  const std::uint32_t parts = near_changes(letters) + 1;
  std::vector<FoldSpan> out;
  for (std::uint32_t n = 0; n < parts; ++n) out.push_back({letters * n / parts, letters * (n + 1) / parts});
  return out;
}

namespace {
constexpr std::uint32_t kOtherPart = 3;  // letters of the shorter part
}

bool may_be_parted(std::uint32_t letters) {
  return letters >= Index::kGram + kOtherPart && letters <= NearSearch::kLongest;
}

std::optional<Parted> parted(std::span<const Unit> text, std::span<const Unit> there) {
  const auto size = static_cast<std::uint32_t>(text.size());
  const auto within = static_cast<std::uint32_t>(std::min<std::size_t>(there.size(), size + kParted));
  std::uint32_t longest = 0;
  while (longest < std::min(size, within) && text[longest] == there[longest]) ++longest;
  if (longest < Index::kGram || longest == size) return std::nullopt;
  Parted out;
  for (out.end = longest + 1; out.end <= within; ++out.end) {
    const std::uint32_t most = std::min(size, out.end) - Index::kGram;
    out.tail = 0;
    while (out.tail < most && text[size - 1 - out.tail] == there[out.end - 1 - out.tail]) ++out.tail;
    if (out.tail < kOtherPart) continue;
    out.head = std::min({longest, size - out.tail, out.end - out.tail});
    if (3 * (out.head + out.tail) >= 2 * size && out.end - out.head - out.tail <= kParted) return out;
  }
  return std::nullopt;
}

Taken::Taken(const std::vector<Alignment>& alignments) {
  for (const Alignment& x : alignments) {
    spans_[x.a_work].push_back(x.a);
    letters_[x.a_work].emplace_back(x.a, equal_letters(x.equal));
  }
  for (auto& [_, letters] : letters_) std::sort(letters.begin(), letters.end());
  for (auto& [_, spans] : spans_) {
    std::sort(spans.begin(), spans.end());
    for (std::size_t i = 1; i < spans.size(); ++i) spans[i].end = std::max(spans[i].end, spans[i - 1].end);
  }
}

bool Taken::has_within(std::uint32_t work, FoldSpan span, std::uint32_t letters) const {
  const auto of = letters_.find(work);
  if (of == letters_.end()) return false;
  auto at = std::lower_bound(of->second.begin(), of->second.end(), std::pair(span, std::uint32_t{0}),
                             [](const auto& x, const auto& y) { return x.first.begin < y.first.begin; });
  for (; at != of->second.end() && at->first.begin < span.end; ++at)
    if (at->first.end <= span.end && at->second >= letters) return true;
  return false;
}

bool Taken::covers(std::uint32_t work, FoldSpan span) const {
  const auto of = spans_.find(work);
  if (of == spans_.end()) return false;
  const auto after = std::upper_bound(of->second.begin(), of->second.end(), FoldSpan{span.begin, UINT32_MAX});
  return after != of->second.begin() && std::prev(after)->end >= span.end;
}

namespace {

std::vector<Alignment> parted_places(const Corpus& corpus, const Index& index, std::uint32_t work,
                                     const Taken& aligned) {
  const Fold& text = corpus.works[work].fold;
  const std::uint32_t size = text.size(), start = index.start(work);
  std::vector<Alignment> out;
  if (!may_be_parted(size)) return out;
  constexpr std::uint8_t kOver = Fold::sentence | Fold::paragraph;
  const auto take = [&](std::uint32_t w, FoldSpan span, std::uint32_t head, std::uint32_t tail) {
    // What is put in is of one sentence with the rest, unless the text goes over one there.
    bool over = false, asked = false;
    for (std::uint32_t i = span.begin + head; i <= span.end - tail; ++i)
      over = over || (corpus.works[w].fold.gap(i) & kOver) != 0;
    for (std::uint32_t i = head; i <= size - tail; ++i) asked = asked || (text.gap(i) & kOver) != 0;
    if ((over && !asked) || aligned.has_within(w, span, head + tail)) return;
    std::vector<EqualRun> runs{{span.begin, 0, head}, {span.end - tail, size - tail, tail}};
    const double similarity = 2.0 * (head + tail) / (span.size() + size);
    if (!aligned.covers(w, span)) out.push_back({w, work, span, {0, size}, std::move(runs), similarity, 0, false});
  };
  for (const std::uint32_t p : index.occurrences(start)) {
    const std::uint32_t w = index.work_at(p), begin = p - index.start(w);
    if (w == work) continue;
    const Fold& there = corpus.works[w].fold;
    if (const auto found = parted(text.units(), there.units({begin, there.size()})))
      take(w, {begin, begin + found->end}, found->head, found->tail);
  }
  std::set<std::pair<std::uint32_t, std::uint32_t>> ends;  // of those found so
  for (const Alignment& x : out) ends.emplace(x.a_work, x.a.end);
  const std::vector<Unit> backwards(text.units().rbegin(), text.units().rend());
  for (const std::uint32_t p : index.occurrences(start + size - Index::kGram)) {
    const std::uint32_t w = index.work_at(p), end = p - index.start(w) + Index::kGram;
    if (w == work) continue;
    const std::span<const Unit> window = corpus.works[w].fold.units({end - std::min(end, size + kParted), end});
    const auto found = parted(backwards, std::vector<Unit>(window.rbegin(), window.rend()));
    if (found && !ends.contains({w, end})) take(w, {end - found->end, end}, found->tail, found->head);
  }
  return out;
}

}  // namespace

std::vector<Alignment> near_places(const Corpus& corpus, const Index& index, std::uint32_t work,
                                   const Taken& aligned) {
  const Fold& text = corpus.works[work].fold;
  const std::uint32_t most = near_changes(text.size()), start = index.start(work);
  std::vector<Alignment> out = parted_places(corpus, index, work, aligned);
  if (most == 0) return out;
  const Taken taken(out);
  std::vector<std::pair<std::uint32_t, FoldSpan>> windows;
  for (const FoldSpan part : near_parts(text.size())) {
    std::uint32_t rarest = part.begin;
    for (std::uint32_t q = part.begin; q + Index::kGram <= part.end; ++q)
      if (index.occurrences(start + q).size() < index.occurrences(start + rarest).size()) rarest = q;
    for (const std::uint32_t p : index.occurrences(start + rarest)) {
      const std::uint32_t w = index.work_at(p), floor = index.start(w), at = p - floor;
      if (w == work) continue;
      windows.push_back({w,
                         {at - std::min(at, rarest + most),
                          std::min(corpus.works[w].fold.size(), at - std::min(at, rarest) + text.size() + most)}});
    }
  }
  std::sort(windows.begin(), windows.end());
  windows.erase(std::unique(windows.begin(), windows.end()), windows.end());
  const NearSearch search(text.units(), most);
  const std::size_t parted = out.size();
  for (const auto& [w, window] : windows) {
    const Fold& there = corpus.works[w].fold;
    const auto found = search.run(there.units(window));
    if (!found) continue;
    const std::uint32_t end = window.begin + found->end;
    const FoldSpan in{end - std::min(end, text.size() + most), end};
    std::vector<EqualRun> runs = align_pair(there, in, text, {0, text.size()});
    if (runs.empty()) continue;
    const EqualRun &first = runs.front(), &last = runs.back();
    const std::uint32_t tail = text.size() - last.b - last.length;
    const FoldSpan span{first.a - std::min(first.a, first.b), std::min(there.size(), last.a + last.length + tail)};
    const std::uint32_t middle = span.begin + span.size() / 2;
    const bool again = out.size() > parted && out.back().a_work == w && middle < out.back().a.end;
    if (again || aligned.covers(w, {middle, middle + 1}) || taken.covers(w, {middle, middle + 1})) continue;
    const double similarity = 2.0 * equal_letters(runs) / (span.size() + text.size());
    out.push_back({w, work, span, {0, text.size()}, std::move(runs), similarity, 0, false});
  }
  return out;
}

}  // namespace suyuan
