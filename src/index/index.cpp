// The dense index of k-grams, and the formulas in it.
#include "suyuan/index.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace suyuan {

Index::Index(const Corpus& corpus) {
  starts_.push_back(0);
  for (const CorpusWork& w : corpus.works) starts_.push_back(starts_.back() + w.fold.size());
  struct Entry {
    std::uint64_t gram;
    std::uint32_t position;
  };
  std::vector<Entry> entries;
  entries.reserve(starts_.back());
  for (std::size_t w = 0; w < corpus.works.size(); ++w) {
    const auto units = corpus.works[w].fold.units();
    for (std::uint32_t i = 0; i + kGram <= units.size(); ++i) {
      std::uint64_t hash = 0xcbf29ce484222325ULL;
      for (std::uint32_t k = 0; k < kGram; ++k) {
        hash ^= static_cast<std::uint64_t>(units[i + k]);
        hash *= 0x9E3779B97F4A7C15ULL;
        hash ^= hash >> 29;
      }
      entries.push_back({hash, starts_[w] + i});
    }
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.gram != b.gram ? a.gram < b.gram : a.position < b.position;
  });
  group_of_.assign(starts_.back(), UINT32_MAX);
  positions_.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i == 0 || entries[i].gram != entries[i - 1].gram) groups_.push_back(static_cast<std::uint32_t>(i));
    positions_.push_back(entries[i].position);
    group_of_[entries[i].position] = static_cast<std::uint32_t>(groups_.size()) - 1;
  }
  groups_.push_back(static_cast<std::uint32_t>(entries.size()));
}

std::uint32_t Index::work_at(std::uint32_t position) const {
  return static_cast<std::uint32_t>(std::upper_bound(starts_.begin(), starts_.end(), position) - starts_.begin()) -
         1;
}

std::span<const std::uint32_t> Index::occurrences(std::uint32_t position) const {
  const std::uint32_t group = group_of_[position];
  if (group == UINT32_MAX) return {};
  return std::span(positions_).subspan(groups_[group], groups_[group + 1] - groups_[group]);
}

std::vector<Formula> formulas(const Corpus& corpus, const Index& index) {
  std::map<std::vector<Unit>, Formula> found;
  for (std::uint32_t w = 0; w < index.works(); ++w) {
    const auto units = corpus.works[w].fold.units();
    for (std::uint32_t i = 0; i < units.size();) {
      const auto common = [&](std::uint32_t at) {
        return at < units.size() && index.occurrences(index.start(w) + at).size() > Index::kCommon;
      };
      std::uint32_t end = i;
      while (common(end)) ++end;
      if (end > i) {
        const FoldSpan span{i, end - 1 + Index::kGram};
        const auto text = units.subspan(span.begin, span.size());
        Formula& f =
            found.try_emplace(std::vector<Unit>(text.begin(), text.end()), Formula{w, span, 0}).first->second;
        ++f.count;
      }
      i = std::max(end, i + 1);
    }
  }
  std::vector<Formula> out;
  for (auto& [text, formula] : found) out.push_back(formula);
  std::sort(out.begin(), out.end(), [](const Formula& a, const Formula& b) {
    return std::tie(b.count, a.work, a.span) < std::tie(a.count, b.work, b.span);
  });
  return out;
}

}  // namespace suyuan
