// A text that is asked for: one chain whose head it is, cut to what is wanted of it.
#include <algorithm>
#include <numeric>
#include <span>
#include <tuple>

#include "suyuan/chain.hpp"

namespace suyuan {

namespace {

// The chain's witnesses in another order, the first `kept` of them and the head; numbers follow.
void reorder(Chain& chain, const std::vector<std::uint32_t>& order, std::size_t kept) {
  std::vector<std::uint32_t> taken;
  for (const std::uint32_t i : order)
    if (i == chain.head || i == chain.first || taken.size() < kept) taken.push_back(i);
  std::vector<std::optional<std::uint32_t>> at(chain.witnesses.size());
  for (std::uint32_t n = 0; n < taken.size(); ++n) at[taken[n]] = n;
  Chain out = chain;
  out.witnesses.clear();
  out.rivals.clear();
  for (const std::uint32_t i : taken) {
    Witness w = chain.witnesses[i];
    if (w.nearest) w.nearest = at[*w.nearest];
    const auto take = [&](std::vector<std::uint32_t>& numbers) {
      std::erase_if(numbers, [&](std::uint32_t n) { return !at[n]; });
      for (std::uint32_t& n : numbers) n = *at[n];
    };
    const std::size_t named = w.follows.witnesses.size();
    take(w.follows.witnesses);
    w.follows.more += static_cast<std::uint32_t>(named - w.follows.witnesses.size());
    for (Telling& t : w.follows.readings) {
      take(t.with);
      std::erase_if(t.against, [&](const Telling::Other& o) { return !at[o.witness]; });
      for (Telling::Other& o : t.against) o.witness = *at[o.witness];
    }
    out.witnesses.push_back(std::move(w));
  }
  out.head = at[chain.head].value_or(0);
  out.first = at[chain.first].value_or(0);
  out.first_part = at[chain.first_part].value_or(out.first);
  for (const std::uint32_t r : chain.rivals)
    if (at[r]) out.rivals.push_back(*at[r]);
  chain = std::move(out);
}

// The numbers of works as narrow() leaves them; nothing else of the corpus is needed for the answer.
void keep_cited(Corpus& corpus, Chain& chain) {
  std::vector<std::uint32_t*> numbers;
  if (chain.occasion) numbers.push_back(&chain.occasion->first);
  for (Witness& w : chain.witnesses) {
    numbers.push_back(&w.work);
    for (Telling& t : w.follows.readings)
      for (Telling::Other& o : t.against)
        if (!o.has.empty()) numbers.push_back(&o.work);
  }
  std::vector<std::uint32_t> works;
  for (const std::uint32_t* n : numbers) works.push_back(*n);
  const std::vector<std::uint32_t> now = narrow(corpus, works);
  for (std::uint32_t* n : numbers) *n = now[*n];
}

}  // namespace

FoundPassage find_passage(Corpus& corpus, std::uint32_t work, std::size_t limit, bool best_first) {
  const Index index(corpus, std::span(&work, 1));
  const std::size_t compared = limit == 0 || best_first ? SIZE_MAX : limit;
  FoundPassage out{build_chain(corpus, align_one(corpus, index, work), work, compared), 0, 0};
  Chain& chain = out.chain;
  out.places = chain.witnesses.size() - 1;
  std::erase(chain.rivals, chain.head);  // the asked text precedes nobody
  std::vector<std::uint32_t> order(chain.witnesses.size());
  std::iota(order.begin(), order.end(), 0U);
  if (best_first)
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
      const Witness &a = chain.witnesses[x], &b = chain.witnesses[y];
      return std::tuple(a.extent, a.against_nearest.similarity) >
             std::tuple(b.extent, b.against_nearest.similarity);
    });
  out.shown = limit == 0 ? out.places : std::min(limit, out.places);
  if (out.shown < out.places || best_first) reorder(chain, order, out.shown);
  keep_cited(corpus, chain);
  return out;
}

}  // namespace suyuan
