// A corpus as the ground of a draft.
#include "verify/ground.hpp"

#include <algorithm>

#include "align/near.hpp"
#include "base/han.hpp"
#include "segment/lexicon.hpp"

namespace suyuan {

Holding holding_of(const Work& work) {
  switch (work.kind) {
    case WorkKind::report:
    case WorkKind::digest:
    case WorkKind::interview:
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
bool CorpusGround::everyday(std::uint32_t draft, std::uint32_t at) const {
  const std::uint32_t position = index_.start(draft) + at;
  return index_.common(position) && !index_.widespread(position);
}
double CorpusGround::bits(std::uint32_t draft, std::uint32_t at) const {
  return index_.bits(index_.start(draft) + at);
}
std::uint32_t CorpusGround::size(std::uint32_t work) const { return corpus_.works[work].fold.size(); }
std::span<const Unit> CorpusGround::units(std::uint32_t work, FoldSpan span, std::vector<Unit>&) const {
  return corpus_.works[work].fold.units(span);
}

std::optional<std::uint32_t> CorpusGround::itself(std::uint32_t draft) const {
  return in_ground_[draft] ? std::optional(draft) : std::nullopt;
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
