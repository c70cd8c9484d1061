// A corpus as the ground of a draft.
#include "verify/ground.hpp"

#include <algorithm>

#include "base/han.hpp"
#include "segment/lexicon.hpp"

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

Holding holding_of(const Work& work) {
  switch (work.kind) {
    case WorkKind::report:
    case WorkKind::digest:
      return Holding::report;
    case WorkKind::excerpt:
      return Holding::excerpt;
    case WorkKind::commentary:
    case WorkKind::editorial_note:
      return Holding::none;
    default:
      return work.defects.empty() ? Holding::full : Holding::damaged;
  }
}

CorpusGround::CorpusGround(const VerifyCorpus& all, const Index& index, const Lexicons& lexicons)
    : corpus_(all.corpus), index_(index), lexicons_(lexicons) {
  for (const CorpusWork& w : corpus_.works) {
    in_ground_.push_back(all.is_library[w.document]);
    outlets_.insert(corpus_.work(w).outlet);
    titles_.insert(title_letters(corpus_.work(w).title));
  }
}

bool CorpusGround::beyond(std::uint32_t draft, std::uint32_t at, std::size_t bound) const {
  return index_.occurrences(index_.start(draft) + at).size() > bound;
}

std::span<const Ground::Hit> CorpusGround::hits(std::uint32_t draft, std::uint32_t at,
                                                std::vector<Hit>& held) const {
  held.clear();
  std::uint32_t work = 0, end = 0;
  for (const std::uint32_t p : index_.occurrences(index_.start(draft) + at)) {
    if (p >= end) work = index_.work_at(p), end = index_.start(work + 1);
    if (in_ground_[work]) held.push_back({work, p - index_.start(work)});
  }
  return held;
}

bool CorpusGround::common(std::uint32_t draft, std::uint32_t at) const {
  return index_.common(index_.start(draft) + at);
}
double CorpusGround::bits(std::uint32_t draft, std::uint32_t at) const {
  return index_.bits(index_.start(draft) + at);
}
std::uint32_t CorpusGround::size(std::uint32_t work) const { return corpus_.works[work].fold.size(); }
std::span<const Unit> CorpusGround::units(std::uint32_t work, FoldSpan span, std::vector<Unit>&) const {
  return corpus_.works[work].fold.units(span);
}

std::vector<std::uint32_t> CorpusGround::copies(std::uint32_t draft) const {
  std::vector<std::uint32_t> out;
  for (std::uint32_t w = 0; w < corpus_.works.size(); ++w)
    if (in_ground_[w] && corpus_.works[w].publication == corpus_.works[draft].publication) out.push_back(w);
  return out;
}

void CorpusGround::near(std::span<const Unit> pattern, std::uint32_t most, const Allowed& allowed,
                        const std::function<void(std::uint32_t work, std::uint32_t end)>& take) const {
  const NearSearch search(pattern, most);
  for (std::uint32_t w = 0; w < corpus_.works.size(); ++w)
    if (in_ground_[w] && allowed(w))
      if (const auto found = search.run(corpus_.works[w].fold.units())) take(w, found->end);
}

bool CorpusGround::has_outlet(const std::string& name) const { return outlets_.contains(name); }

bool CorpusGround::has_title(const std::u32string& letters) const { return titles_.contains(letters); }

Holding CorpusGround::holding(const std::vector<Asked>& asked, const Allowed& allowed) const {
  Holding out = Holding::none;
  for (std::uint32_t w = 0; w < corpus_.works.size(); ++w) {
    const Holding of = holding_of(corpus_.work(corpus_.works[w]));
    if (of <= out || !in_ground_[w] || !allowed(w)) continue;
    if (std::any_of(asked.begin(), asked.end(), [&](const Asked& a) { return answers(corpus_, a, w, lexicons_); }))
      out = of;
  }
  return out;
}

}  // namespace suyuan
