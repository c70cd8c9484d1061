#include "report/verify_parts.hpp"

#include <algorithm>

#include "verify/occasion.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kBetween = 30;  // letters between two parts that are printed with them

struct Piece {
  std::uint32_t source = 0;
  FoldSpan base, covers;
};

class Parted {
 public:
  Parted(const Corpus& corpus, const Finding& f) : corpus_(corpus), f_(f), draft_(corpus.works[f.work]) {}

  Json run() {
    Json out = Json::object();
    find();
    if (f_.verdict == Verdict::reordered)
      out["order"] = order();
    else
      out["pieces"] = pieces();
    if (!unheld_.empty()) {
      Json words = Json::array();
      for (const FoldSpan s : unheld_) words.push_back(text(draft_, s));
      out["unheld"] = std::move(words);
    }
    return out;
  }

 private:
  std::string text(const CorpusWork& at, FoldSpan s) const {
    return to_utf8(corpus_.document(at).text_of(at.fold.parts(s)));
  }

  void find() {
    if (f_.parts_of_base == 1) {
      const Source& s = f_.sources[0];
      for (const EqualRun& r : s.equal) pieces_.push_back({0, {r.a, r.a + r.length}, {r.b, r.b + r.length}});
      return;
    }
    std::uint32_t at = f_.span.begin;
    for (std::uint32_t n = 0; n < f_.parts_of_base; ++n) {
      const Source& s = f_.sources[n];
      if (s.covers.begin > at) unheld_.push_back({at, s.covers.begin});
      at = std::max(at, s.covers.end);
      pieces_.push_back({n, s.base, s.covers});
    }
    if (at < f_.span.end) unheld_.push_back({at, f_.span.end});
  }

  std::size_t section(const Piece& p) const {
    const CorpusWork& at = corpus_.works[f_.sources[p.source].work];
    const std::uint32_t paragraph = at.fold.paragraph_of(p.base.begin);
    const auto& sections = corpus_.work(at).sections;
    return static_cast<std::size_t>(
        std::find_if(sections.begin(), sections.end(),
                     [&](const Section& s) { return s.first <= paragraph && paragraph < s.last; }) -
        sections.begin());
  }

  Json pieces() const {
    constexpr std::uint32_t kNear = 600;  // letters between two parts that are told as one
    std::vector<Piece> told;
    for (const Piece& p : pieces_) {
      const auto work = [&](const Piece& of) { return f_.sources[of.source].work; };
      if (!told.empty() && work(told.back()) == work(p) && section(told.back()) == section(p) &&
          told.back().base.end <= p.base.begin && p.base.begin - told.back().base.end <= kNear) {
        told.back().base.end = p.base.end;
        told.back().covers.end = p.covers.end;
      } else {
        told.push_back(p);
      }
    }
    Json out = Json::array();
    for (const Piece& p : told) {
      const std::uint32_t work = f_.sources[p.source].work;
      const CorpusWork& at = corpus_.works[work];
      const std::string occasion = occasion_of(corpus_, work, p.base).shown;
      const auto place = corpus_.document(at).position(at.fold.origin(p.base.begin));
      Json j{{"draft", text(draft_, p.covers)},
             {"source", p.source},
             {"occasion", occasion.empty() ? Json() : Json(occasion)},
             {"line", place.line},
             {"column", place.column}};
      if (!place.page.empty()) j["page"] = std::string(place.page);
      out.push_back(std::move(j));
    }
    return out;
  }

  // Words that no part has and that the base has beside them, or between two, are in it all the same.
  std::string order() {
    const CorpusWork& at = corpus_.works[f_.sources[0].work];
    std::vector<FoldSpan> held;
    for (const Piece& p : pieces_) held.push_back(p.base);
    std::sort(held.begin(), held.end());
    std::erase_if(unheld_, [&](FoldSpan words) {
      const auto units = draft_.fold.units(words);
      const std::uint32_t from = held.front().begin - std::min(held.front().begin, words.size()),
                          to = std::min(at.fold.size(), held.back().end + words.size());
      const auto around = at.fold.units({from, to});
      const auto found = std::search(around.begin(), around.end(), units.begin(), units.end());
      if (found == around.end()) return false;
      const auto begin = from + static_cast<std::uint32_t>(found - around.begin());
      held.push_back({begin, begin + words.size()});
      std::sort(held.begin(), held.end());
      return true;
    });
    std::string out;
    FoldSpan now = held.front();
    for (const FoldSpan& s : held) {
      if (s.begin > now.end + kBetween) {
        out += text(at, now) + "……";
        now = s;
      }
      now.end = std::max(now.end, s.end);
    }
    return out + text(at, now);
  }

  const Corpus& corpus_;
  const Finding& f_;
  const CorpusWork& draft_;
  std::vector<Piece> pieces_;
  std::vector<FoldSpan> unheld_;
};

}  // namespace

Json made_of(const Corpus& corpus, const Finding& finding) { return Parted(corpus, finding).run(); }

}  // namespace suyuan
