// The one place that knows dtl. Positions are counted from the operations: dtl's own indices are wrong after
// it restarts, which windows under two million cells never make it do.
#include "align/edit_script.hpp"

#include <algorithm>
#include <bit>
#include <dtl/dtl.hpp>

namespace suyuan {

namespace {

void append(std::vector<EqualRun>& runs, std::uint32_t a, std::uint32_t b, std::uint32_t length) {
  if (length == 0) return;
  if (!runs.empty() && runs.back().a + runs.back().length == a && runs.back().b + runs.back().length == b)
    runs.back().length += length;
  else
    runs.push_back({a, b, length});
}

}  // namespace

std::uint32_t common_length(std::span<const Unit> a, std::span<const Unit> b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.empty()) return 0;
  // The places of each letter of a, in an open table of twice as many slots; slot s has its words from s * words.
  thread_local std::vector<Unit> keys;
  thread_local std::vector<std::uint64_t> masks, row;
  const std::size_t words = (a.size() + 63) / 64, slots = std::bit_ceil(2 * a.size());
  keys.assign(slots, Unit{0});
  masks.assign(slots * words, 0);
  const auto slot = [&](Unit unit) {
    std::size_t s = (static_cast<std::uint32_t>(unit) * 0x9E3779B1U) & (slots - 1);
    while (keys[s] != Unit{0} && keys[s] != unit) s = (s + 1) & (slots - 1);
    return s;
  };
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t s = slot(a[i]);
    keys[s] = a[i];
    masks[s * words + i / 64] |= std::uint64_t{1} << (i % 64);
  }
  row.assign(words, ~std::uint64_t{0});
  for (const Unit unit : b) {
    const std::uint64_t* mask = &masks[slot(unit) * words];
    std::uint64_t carry = 0;
    for (std::size_t w = 0; w < words; ++w) {
      const std::uint64_t v = row[w], matched = v & mask[w];
      const std::uint64_t sum = v + matched, total = sum + carry;
      carry = static_cast<std::uint64_t>(sum < v) | static_cast<std::uint64_t>(total < sum);
      row[w] = total | (v & ~mask[w]);
    }
  }
  std::uint32_t length = 0;
  for (std::size_t i = 0; i < a.size(); ++i) length += !((row[i / 64] >> (i % 64)) & 1U);
  return length;
}

namespace {

// The same by one machine word a letter of the longer side: most windows are a few letters, for which a general
// comparison spends its time on memory. Each row says where the count of common letters, from the end on, grows.
bool small_script(std::span<const Unit> a, std::span<const Unit> b, std::uint32_t at, std::vector<EqualRun>& runs) {
  const bool a_shorter = a.size() <= b.size();
  const std::span<const Unit> less = a_shorter ? a : b, more = a_shorter ? b : a;
  const auto n = static_cast<std::uint32_t>(less.size()), m = static_cast<std::uint32_t>(more.size());
  if (n > 64) return false;
  thread_local std::vector<std::uint64_t> rows;
  rows.assign(m + 1, ~std::uint64_t{0});
  for (std::uint32_t j = 1; j <= m; ++j) {
    std::uint64_t matched = 0;
    for (std::uint32_t i = 0; i < n; ++i) matched |= std::uint64_t{less[n - 1 - i] == more[m - j]} << i;
    const std::uint64_t v = rows[j - 1];
    rows[j] = (v + (v & matched)) | (v & ~matched);
  }
  const auto common = [&](std::uint32_t i, std::uint32_t j) {
    const std::uint64_t low = i == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << i) - 1;
    return static_cast<std::uint32_t>(std::popcount(~rows[j] & low));
  };
  if (common(n, m) * 3 < n) return true;
  for (std::uint32_t i = n, j = m; i > 0 && j > 0;) {
    const std::uint32_t x = n - i, y = m - j;
    if (less[x] == more[y]) {
      append(runs, at + (a_shorter ? x : y), at + (a_shorter ? y : x), 1);
      --i, --j;
    } else if (common(i - 1, j) == common(i, j)) {
      --i;
    } else {
      --j;
    }
  }
  return true;
}

}  // namespace

std::vector<EqualRun> edit_script(std::span<const Unit> a, std::span<const Unit> b) {
  std::vector<EqualRun> runs;
  const auto common = [](auto x, auto x_end, auto y, auto y_end) {
    return static_cast<std::uint32_t>(std::mismatch(x, x_end, y, y_end).first - x);
  };
  const std::uint32_t head = common(a.begin(), a.end(), b.begin(), b.end());
  append(runs, 0, 0, head);
  std::span<const Unit> x = a.subspan(head), y = b.subspan(head);
  const std::uint32_t tail = common(x.rbegin(), x.rend(), y.rbegin(), y.rend());
  x = x.first(x.size() - tail);
  y = y.first(y.size() - tail);
  const bool small = (x.size() + 1) * (y.size() + 1) < kWindowCells;
  if (!x.empty() && !y.empty() && !small_script(x, y, head, runs) && small &&
      common_length(x, y) * 3 >= std::min(x.size(), y.size())) {
    using Sequence = std::vector<Unit>;
    dtl::Diff<Unit, Sequence> diff(Sequence(x.begin(), x.end()), Sequence(y.begin(), y.end()), true);
    diff.compose();
    std::uint32_t i = 0, j = 0;
    for (const auto& [unit, info] : diff.getSes().getSequence()) {
      if (info.type == dtl::SES_COMMON) append(runs, head + i, head + j, 1);
      i += info.type != dtl::SES_ADD;
      j += info.type != dtl::SES_DELETE;
    }
  }
  append(runs, static_cast<std::uint32_t>(a.size()) - tail, static_cast<std::uint32_t>(b.size()) - tail, tail);
  return runs;
}

}  // namespace suyuan
