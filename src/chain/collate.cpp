#include "chain/collate.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "base/han.hpp"

namespace suyuan {

namespace {

FoldSpan shared(FoldSpan x, FoldSpan y) {
  const std::uint32_t begin = std::max(x.begin, y.begin);
  return {begin, std::max(begin, std::min(x.end, y.end))};
}

struct Wording {
  std::vector<std::uint32_t> witnesses;
};

class Collator {
 public:
  Collator(const Corpus& corpus, const Linked& linked, Chain& chain)
      : corpus_(corpus), chain_(chain), follower_(corpus, linked, chain) {
    const Witness& head = chain.witnesses[chain.head];
    for (const Witness& w : chain.witnesses) placed_.push_back(align_pair(fold(head), w.of, fold(w), w.span));
  }

  void run(std::size_t compared) {
    auto& ws = chain_.witnesses;
    std::vector<Wording> earlier;  // the first appearance's, and the latest
    std::map<std::u32string, std::uint32_t> earliest;
    for (std::uint32_t i = 0; i < ws.size(); ++i) {
      Witness& w = ws[i];
      w.before_first = i < chain_.first;
      const auto [same, is_new] = earliest.try_emplace(wording(w), i);
      if (i < compared || i == chain_.head || i == chain_.first) compare_with_earlier(i, earlier, same->second);
      const auto known = std::find_if(earlier.begin(), earlier.end(), [first = same->second](const Wording& e) {
        return e.witnesses.front() == first;
      });
      if (known != earlier.end()) {
        known->witnesses.push_back(i);
      } else if (is_new) {
        earlier.push_back({{i}});
        if (earlier.size() > kNearest)
          earlier.erase(earlier.begin() + (earlier.front().witnesses.front() == chain_.first ? 1 : 0));
      }
    }
  }

 private:
  const Fold& fold(const Witness& w) const { return corpus_.works[w.work].fold; }

  // `same`: the earliest that has its wording, or itself.
  void compare_with_earlier(std::uint32_t i, const std::vector<Wording>& earlier, std::uint32_t same) {
    auto& ws = chain_.witnesses;
    Witness& w = ws[i];
    if (i != chain_.first) w.against_first = w.before_first ? against(i, chain_.first) : against(chain_.first, i);
    compare_with_head(i);
    std::vector<CollatedSource> sources;
    std::tuple best{UINT32_MAX, std::uint32_t{0}, std::size_t{0}};
    for (const Wording& e : earlier) {
      const std::uint32_t k = e.witnesses.front();
      std::optional<Comparison> c = k == chain_.first ? w.against_first : against(k, i);
      if (!c) continue;
      const FoldSpan both = shared(ws[k].of, w.of);
      const std::tuple cost{c->wording + w.of.size() - both.size(), w.span.size() - c->b.size(), c->edits.size()};
      const bool half = 2 * both.size() >= w.of.size();
      if (half && c->similarity > 0.3 && (same == i ? cost < best : k == same)) {
        best = cost;
        w.nearest = k;
        w.against_nearest = *c;
      }
      if (half) sources.push_back({e.witnesses, std::move(*c)});
    }
    if (same != i && !w.nearest)  // its wording is no longer among those compared
      if (std::optional<Comparison> c = against(same, i)) {
        w.nearest = same;
        w.against_nearest = *c;
        sources.push_back({{same}, std::move(*c)});
      }
    w.follows = follower_.of(i, sources);
  }

  // Its letters, each in the script's own form.
  std::u32string wording(const Witness& w) const {
    const Document& document = corpus_.document(corpus_.works[w.work]);
    std::u32string out;
    for (std::uint32_t i = w.span.begin; i < w.span.end; ++i)
      out += han::script_class(han::plain(document.text[fold(w).origin(i)]));
    return out;
  }

  // Of a witness, what answers to a part of the head. It is whole where little of it lies outside: what one of two
  // texts has at an end, and the other not, is then a difference.
  FoldSpan answering(std::uint32_t witness, FoldSpan part) const {
    const Witness& w = chain_.witnesses[witness];
    const auto& placed = placed_[witness];
    const std::uint32_t beyond = 10 * w.of.size() <= 11 * part.size() ? std::max(kLeast, part.size() / 8) : 0;
    FoldSpan out = w.span;
    if (part.begin > w.of.begin + beyond)
      for (const EqualRun& r : placed)
        if (r.a + r.length > part.begin) {
          out.begin = r.b + (std::max(r.a, part.begin) - r.a);
          break;
        }
    if (part.end + beyond < w.of.end)
      for (auto r = placed.rbegin(); r != placed.rend(); ++r)
        if (r->a < part.end) {
          out.end = r->b + (std::min(r->a + r->length, part.end) - r->a);
          break;
        }
    return out;
  }

  // What the first appearance does not hold is compared with the head.
  void compare_with_head(std::uint32_t i) {
    Witness& w = chain_.witnesses[i];
    const FoldSpan first = chain_.witnesses[chain_.first].of;
    if (i == chain_.head || chain_.head == chain_.first) return;
    const FoldSpan before{w.of.begin, std::min(w.of.end, first.begin)},
        after{std::max(w.of.begin, first.end), w.of.end};
    for (const FoldSpan part : {before, after})
      if (part.begin + kLeast <= part.end)
        if (std::optional<Comparison> c = over(part, chain_.head, i)) w.against_head.push_back(std::move(*c));
  }

  // What two witnesses both hold of the head; nothing where they hold different parts of it.
  std::optional<Comparison> against(std::uint32_t older, std::uint32_t younger) const {
    const Witness &x = chain_.witnesses[older], &y = chain_.witnesses[younger];
    const FoldSpan part = shared(x.of, y.of);
    if (part.size() < std::min({kLeast, x.of.size(), y.of.size()})) return std::nullopt;
    return over(part, older, younger);
  }

  std::optional<Comparison> over(FoldSpan part, std::uint32_t older, std::uint32_t younger) const {
    const Witness &x = chain_.witnesses[older], &y = chain_.witnesses[younger];
    const FoldSpan in_x = answering(older, part), in_y = answering(younger, part);
    if (in_x.empty() || in_y.empty()) return std::nullopt;
    const std::vector<EqualRun> equal = align_pair(fold(x), in_x, fold(y), in_y);
    if (equal.empty()) return std::nullopt;
    return compare(corpus_, x.work, y.work, equal, in_x, in_y);
  }

  const Corpus& corpus_;
  Chain& chain_;
  Follower follower_;
  std::vector<std::vector<EqualRun>> placed_;  // of each witness: where the head's letters stand in it
};

}  // namespace

void collate(const Corpus& corpus, const Linked& linked, Chain& chain, std::size_t compared) {
  Collator(corpus, linked, chain).run(compared);
}

}  // namespace suyuan
