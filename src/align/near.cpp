#include "align/near.hpp"

#include <algorithm>

#include "suyuan/index.hpp"

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

}  // namespace suyuan
