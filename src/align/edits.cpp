// An alignment's differences, each with its class: what an editor reads.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "align/figures.hpp"
#include "align/script.hpp"
#include "align/words.hpp"
#include "base/han.hpp"
#include "suyuan/align.hpp"

namespace suyuan {

std::string_view name(EditClass c) {
  static constexpr std::array<std::string_view, 6> kNames{"wording", "punctuation", "numeral",
                                                          "form",    "structure",   "reporting"};
  return kNames[static_cast<std::size_t>(c)];
}
std::string_view name(EditOp op) {
  static constexpr std::array<std::string_view, 4> kNames{"substitute", "omit", "add", "move"};
  return kNames[static_cast<std::size_t>(op)];
}
std::string_view name(MatchKind kind) {
  static constexpr std::array<std::string_view, 6> kNames{"verbatim", "variant",   "abridged",
                                                          "expanded", "composite", "reordered"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name(Outcome outcome) {
  static constexpr std::array<std::string_view, 6> kNames{"linked",     "too-short",     "label",
                                                          "too-common", "too-different", "overlapped"};
  return kNames[static_cast<std::size_t>(outcome)];
}

namespace {

std::u32string simplified(std::u32string text) {
  for (char32_t& c : text) c = han::script_class(han::plain(c));
  return text;
}

class Comparer {
 public:
  Comparer(const Corpus& corpus, std::uint32_t a, std::uint32_t b)
      : da_(corpus.document(corpus.works[a])),
        db_(corpus.document(corpus.works[b])),
        wa_(corpus.work(corpus.works[a])),
        wb_(corpus.work(corpus.works[b])),
        a_(corpus.works[a].fold),
        b_(corpus.works[b].fold) {}

  Comparison run(std::span<const EqualRun> equal, FoldSpan a, FoldSpan b) {
    out_.a = a;
    out_.b = b;
    std::uint32_t at_a = a.begin, at_b = b.begin, matched = 0;
    for (const EqualRun& run : equal) matched += run.length;
    for (const EqualRun& run : whole_numbers(equal, a, b)) {
      difference({at_a, run.a}, {at_b, run.b});
      same(run, run.a > a.begin && run.b > b.begin && at_a == run.a && at_b == run.b);
      at_a = run.a + run.length;
      at_b = run.b + run.length;
    }
    difference({at_a, a.end}, {at_b, b.end});
    const std::uint32_t all = a.size() + b.size();
    out_.similarity = all == 0 ? 0 : 2.0 * matched / all;
    classify();
    return std::move(out_);
  }

 private:
  // A number differs as a whole, 185 from 183 and 三十五 from 三十七: what its digits have in common is taken out
  // of the runs on both sides of a difference.
  std::vector<EqualRun> whole_numbers(std::span<const EqualRun> equal, FoldSpan a, FoldSpan b) const {
    std::vector<EqualRun> out(equal.begin(), equal.end());
    for (std::size_t n = 0; n <= out.size(); ++n) {
      const FoldSpan x{n == 0 ? a.begin : out[n - 1].a + out[n - 1].length, n < out.size() ? out[n].a : a.end},
          y{n == 0 ? b.begin : out[n - 1].b + out[n - 1].length, n < out.size() ? out[n].b : b.end};
      if (x.empty() && y.empty()) continue;
      const bool words = std::ranges::all_of(a_.units(x), in_words) && std::ranges::all_of(b_.units(y), in_words);
      const auto counts = [&](Unit u) {
        const auto c = static_cast<char32_t>(u);
        return han::is_digit(c) || c == U'.' || (words && in_words(u));
      };
      const auto goes_over = [&](const Fold& f, std::uint32_t edge) {
        return edge > 0 && edge < f.size() && counts(f.units()[edge - 1]) && counts(f.units()[edge]) &&
               !f.is_clause_edge(edge);
      };
      const auto either = [&](std::uint32_t FoldSpan::*edge) {
        return (!x.empty() && goes_over(a_, x.*edge)) || (!y.empty() && goes_over(b_, y.*edge));
      };
      if (n > 0 && out[n - 1].length > 0 && either(&FoldSpan::begin)) {
        EqualRun& r = out[n - 1];
        do --r.length;
        while (r.length > 0 && goes_over(a_, r.a + r.length));
      }
      if (n < out.size() && out[n].length > 0 && either(&FoldSpan::end)) {
        EqualRun& r = out[n];
        do ++r.a, ++r.b, --r.length;
        while (r.length > 0 && goes_over(a_, r.a));
      }
    }
    std::erase_if(out, [](const EqualRun& r) { return r.length == 0; });
    return out;
  }
  // The letters that two numbers begin and end with.
  std::uint32_t in_both(FoldSpan x, FoldSpan y) const {
    const std::uint32_t most = std::min(x.size(), y.size());
    std::uint32_t before = 0, after = 0;
    while (before < most && a_.units()[x.begin + before] == b_.units()[y.begin + before]) ++before;
    while (before + after < most && a_.units()[x.end - 1 - after] == b_.units()[y.end - 1 - after]) ++after;
    return before + after;
  }
  static bool in_words(Unit u) {
    return std::u32string_view(U"〇零一二两三四五六七八九十百千").find(static_cast<char32_t>(u)) !=
           std::u32string_view::npos;
  }

  std::u32string text(const Document& d, const Fold& f, FoldSpan s) const {
    std::u32string out;
    for (std::uint32_t i = s.begin; i < s.end; ++i) out += d.text[f.origin(i)];
    return out;
  }

  // Before the letter, or after the last one of what is compared.
  static std::uint32_t place(const Fold& fold, std::uint32_t i, FoldSpan within) {
    return i < within.end || i == 0 ? fold.origin(i) : fold.origin(i - 1) + 1;
  }

  void difference(FoldSpan x, FoldSpan y) {
    if (x.empty() && y.empty()) return;
    Edit edit;
    edit.op = x.empty() ? EditOp::add : y.empty() ? EditOp::omit : EditOp::substitute;
    if (!x.empty()) edit.from = a_.parts(x);
    if (!y.empty()) edit.to = b_.parts(y);
    edit.from_at = place(a_, x.begin, out_.a);
    edit.to_at = place(b_, y.begin, out_.b);
    edit.letters = std::max(x.size(), y.size()) - in_both(x, y);
    const std::u32string from = simplified(text(da_, a_, x)), to = simplified(text(db_, b_, y));
    if (is_structure(x, y, from, to)) {
      edit.kind = EditClass::structure;
    } else if (figures::same(a_, x, b_, y)) {
      edit.kind = EditClass::numeral;
    } else if (words::reporting(from, to) || same_year(x, y, from, to)) {
      edit.kind = EditClass::reporting;
    } else {
      edit.kind = EditClass::wording;
      constexpr std::uint32_t kAround = 2,
                              kPassage = 12;  // letters; a whole passage more or less speaks for itself
      const FoldSpan before{x.begin - std::min(x.begin, kAround), x.begin},
          after{x.end, std::min(a_.size(), x.end + kAround)};
      edit.sensitive =
          (edit.letters <= kPassage || edit.op == EditOp::substitute) &&
          (words::turned(from, to) || words::sensitive(simplified(text(da_, a_, before)), uncounted(a_, x, from),
                                                       uncounted(b_, y, to), simplified(text(da_, a_, after))));
      constexpr std::size_t kSlips = 3;
      edit.ocr_suspect = from.size() == to.size() && from.size() <= kSlips;
      for (std::size_t i = 0; edit.ocr_suspect && i < from.size(); ++i)
        edit.ocr_suspect = from[i] == to[i] || words::look_alike(from[i], to[i]);
    }
    out_.edits.push_back(std::move(edit));
    places_.push_back({x, y});
  }

  // "今年" in one text is the other's "2024年" where the first was spoken or printed in that year.
  bool same_year(FoldSpan x, FoldSpan y, const std::u32string& from, const std::u32string& to) const {
    const auto said = [](const Work& work, const Fold& fold, FoldSpan s, const std::u32string& relative,
                         std::u32string absolute) {
      if (!absolute.empty() && absolute.back() == U'年') absolute.pop_back();
      const auto ago = words::years_ago(relative);
      const auto year = words::number(absolute);
      if (!ago || !year || absolute.size() != 4 || s.empty()) return false;
      const std::uint32_t p = fold.paragraph_of(s.begin);
      const DateInterval* day = &work.published;
      for (const Section& section : work.sections)
        if (section.first <= p && p < section.last && section.spoken.latest) day = &section.spoken;
      return day->earliest && day->latest && day->earliest->year == day->latest->year &&
             year->thousandths == 1000LL * (day->latest->year - *ago);
    };
    return said(wa_, a_, x, from, to) || said(wb_, b_, y, to, from);
  }

  // Without the number that counts the point off: 一是 says no quantity.
  static std::u32string uncounted(const Fold& f, FoldSpan s, const std::u32string& t) {
    const std::size_t is = t.find(U'是');
    if (is == t.npos || !f.is_clause_edge(s.begin) || !words::enumerates(t.substr(0, is + 1))) return t;
    return t.substr(is + 1);
  }

  // Section numbers, titles and the like on both sides, or a number that counts a point off.
  bool is_structure(FoldSpan x, FoldSpan y, const std::u32string& from, const std::u32string& to) const {
    const bool told_a = !x.empty() && structural(wa_, a_, x), told_b = !y.empty() && structural(wb_, b_, y);
    if (x.empty() ? told_b && is_line(b_, y) : y.empty() ? told_a && is_line(a_, x) : told_a && told_b) return true;
    const auto counts = [](const Fold& f, FoldSpan s, const std::u32string& t) {
      return !s.empty() && words::enumerates(t) && f.is_clause_edge(s.begin) &&
             (f.is_clause_edge(s.end) || t.back() == U'是');
    };
    return (x.empty() && counts(b_, y, to)) || (y.empty() && counts(a_, x, from));
  }

  // From an edge of a paragraph on, whole lines or clauses: a title's words amid its others are wording.
  static bool is_line(const Fold& f, FoldSpan s) {
    constexpr std::uint8_t kParts = Fold::clause | Fold::paragraph | Fold::layout;
    return ((f.gap(s.begin) | f.gap(s.end)) & Fold::paragraph) != 0 && (f.gap(s.begin) & kParts) != 0 &&
           (f.gap(s.end) & kParts) != 0;
  }

  // Whether all of it is of a section number, a title, an occasion line or the like.
  static bool structural(const Work& work, const Fold& fold, FoldSpan s) {
    for (std::uint32_t i = s.begin; i < s.end;) {
      const std::uint32_t p = fold.paragraph_of(i);
      const Role role = work.paragraphs[p].role;
      if (role == Role::body || role == Role::digest || role == Role::list_item || role == Role::epigraph)
        return false;
      i = fold.paragraph_span(p).end;
    }
    return true;
  }

  // Above 0 where both are of one script.
  int scripts() {
    if (!scripts_) scripts_ = script_about(da_, a_, out_.a) * script_about(db_, b_, out_.b);
    return *scripts_;
  }

  void same(const EqualRun& run, bool joined) {
    std::uint32_t form = 0;
    for (std::uint32_t k = 0; k <= run.length; ++k) {
      const std::uint32_t i = run.a + k, j = run.b + k;
      bool differs = false;
      if (k < run.length) {
        const char32_t x = da_.text[a_.origin(i)], y = db_.text[b_.origin(j)];
        if (x != y) {
          const char32_t px = han::plain(x), py = han::plain(y);
          if (px == py)
            ++out_.folds.width;
          else if (han::converts(px, py) && scripts() <= 0)
            ++out_.folds.script;
          else
            differs = true;
        }
      }
      if (differs) {
        ++form;
      } else if (form > 0) {
        Edit edit;
        edit.kind = EditClass::form;
        edit.from = a_.parts({i - form, i});
        edit.to = b_.parts({j - form, j});
        edit.from_at = a_.origin(i - form);
        edit.to_at = b_.origin(j - form);
        edit.letters = form;
        out_.edits.push_back(std::move(edit));
        places_.emplace_back();
        form = 0;
      }
      if (k == run.length) continue;
      if (k > 0 || joined)
        between(i, j);
      else if (run.a == out_.a.begin && run.b == out_.b.begin)
        value(i, j);
    }
  }

  void add(EditClass kind, Parts from, Parts to, std::uint32_t from_at, std::uint32_t to_at) {
    Edit edit;
    edit.kind = kind;
    edit.op = from.empty() ? EditOp::add : to.empty() ? EditOp::omit : EditOp::substitute;
    edit.from = std::move(from);
    edit.to = std::move(to);
    edit.from_at = from_at;
    edit.to_at = to_at;
    if (kind == EditClass::wording) edit.letters = 1, edit.sensitive = true;
    out_.edits.push_back(std::move(edit));
    places_.emplace_back();
  }

  // The marks before a letter that belong to its number: a sign or a currency before it, and what stands between
  // its digits and divides it. -3.5 is not 3.5, and 1/3 not 13; but 歼-20 is 歼20.
  static std::u32string value_marks(const Document& d, const Fold& f, std::uint32_t i, Parts& at) {
    constexpr std::u32string_view kBefore = U"<>≤≥$¥￥€£±", kMinus = U"-−–", kBetween = U"/·:.-–~～",
                                  kMeasures = U"%‰℃°度";
    const auto digit = [&](std::uint32_t k) { return han::is_digit(han::plain(d.text[f.origin(k)])); };
    std::u32string out;
    if (i == 0 || !digit(i)) return out;
    const auto measured = [&] {
      std::uint32_t end = f.origin(i);
      bool point = false;
      for (; end < d.text.size() && (han::is_digit(han::plain(d.text[end])) || d.text[end] == U'.'); ++end)
        point = point || d.text[end] == U'.';
      return point || (end < d.text.size() && kMeasures.find(han::plain(d.text[end])) != kMeasures.npos);
    };
    for (const Fold::Mark& m : f.marks({i - 1, i + 1})) {
      const char32_t c = han::plain(d.text[m.origin]);
      const bool between = digit(i - 1) && m.origin == f.origin(i - 1) + 1 && m.origin + 1 == f.origin(i);
      if (between ? kBetween.find(m.mark) == kBetween.npos
                  : kBefore.find(c) == kBefore.npos && (kMinus.find(c) == kMinus.npos || !measured()))
        continue;
      constexpr std::u32string_view kRange = U"-–~～";
      out += m.mark == U'·' ? U'.' : kRange.find(m.mark) != kRange.npos ? U'-' : m.mark;
      at.push_back({m.origin, m.origin + 1});
    }
    return out;
  }

  // Whether the marks of value before two letters differ; the difference is told.
  bool value(std::uint32_t i, std::uint32_t j) {
    Parts from, to;
    if (value_marks(da_, a_, i, from) == value_marks(db_, b_, j, to)) return false;
    const std::uint32_t from_at = from.empty() ? a_.origin(i) : from.front().begin;
    const std::uint32_t to_at = to.empty() ? b_.origin(j) : to.front().begin;
    add(EditClass::wording, std::move(from), std::move(to), from_at, to_at);
    return true;
  }

  // Characters of a font's own between two letters: nobody knows what they read.
  static Parts unknown(const Document& d, const Fold& f, std::uint32_t i) {
    Parts out;
    for (std::uint32_t at = f.origin(i - 1) + 1; at < f.origin(i); ++at) {
      if (d.text[at] < 0xE000 || d.text[at] > 0xF8FF) return {};
      out.push_back({at, at + 1});
    }
    return out;
  }
  bool unknown_differs(std::uint32_t i, std::uint32_t j) {
    Parts x = unknown(da_, a_, i), y = unknown(db_, b_, j);
    if (std::ranges::equal(x, y, [&](Span p, Span q) { return da_.text[p.begin] == db_.text[q.begin]; }))
      return false;
    add(EditClass::wording, std::move(x), std::move(y), a_.origin(i - 1) + 1, b_.origin(j - 1) + 1);
    return true;
  }

  // What stands before two equal letters whose predecessors are equal too: marks, and what folded away.
  void between(std::uint32_t i, std::uint32_t j) {
    if (value(i, j) || unknown_differs(i, j)) return;
    const std::uint8_t x = a_.gap(i), y = b_.gap(j);
    out_.folds.layout += ((x ^ y) & (Fold::layout | Fold::paragraph)) != 0;
    out_.folds.gloss += ((x ^ y) & Fold::gloss) != 0;
    if (((x | y) & Fold::clause) == 0) return;
    const auto ma = a_.marks({i - 1, i + 1}), mb = b_.marks({j - 1, j + 1});
    // Where a paragraph of structure begins or ends, its brackets and numbers are structure too.
    std::u32string sa, sb;
    for (const auto& m : ma) sa += m.mark;
    for (const auto& m : mb) sb += m.mark;
    if (sa == sb) {
      for (std::size_t n = 0; n < ma.size(); ++n) {
        const char32_t p = da_.text[ma[n].origin], q = db_.text[mb[n].origin];
        out_.folds.width += p != q;
      }
      return;
    }
    Parts from, to;
    for (const auto& m : ma) from.push_back({m.origin, m.origin + 1});
    for (const auto& m : mb) to.push_back({m.origin, m.origin + 1});
    const auto structural_at = [](const Work& w, const Fold& f, std::uint32_t k) {
      return structural(w, f, {k, k + 1}) || structural(w, f, {k - 1, k});
    };
    add(structural_at(wa_, a_, i) || structural_at(wb_, b_, j) ? EditClass::structure : EditClass::punctuation,
        std::move(from), std::move(to), ma.empty() ? a_.origin(i - 1) + 1 : ma.front().origin,
        mb.empty() ? b_.origin(j - 1) + 1 : mb.front().origin);
  }

  // What was left out in one place and stands unchanged in another was moved.
  void find_moves() {
    constexpr std::uint32_t kMoved = 3;  // letters
    auto& edits = out_.edits;
    const auto moves = [&](std::size_t n, EditOp op) {
      return edits[n].kind == EditClass::wording && edits[n].op == op && edits[n].letters >= kMoved;
    };
    for (std::size_t from = 0; from < edits.size(); ++from)
      for (std::size_t to = 0; to < edits.size() && moves(from, EditOp::omit); ++to) {
        if (!moves(to, EditOp::add) || edits[to].letters != edits[from].letters ||
            !std::ranges::equal(a_.units(places_[from].first), b_.units(places_[to].second)))
          continue;
        edits[from].op = EditOp::move;
        edits[from].sensitive = false;
        edits[from].to = edits[to].to;
        edits[from].to_at = edits[to].to_at;
        edits.erase(edits.begin() + static_cast<std::ptrdiff_t>(to));
        places_.erase(places_.begin() + static_cast<std::ptrdiff_t>(to));
        if (to < from) --from;
        break;
      }
  }

  // 共抓保护、不搞开发 with its words exchanged says the contrary.
  void find_exchanges() {
    constexpr std::uint32_t kApart = 12;  // letters
    constexpr std::size_t kWord = 2;
    auto& edits = out_.edits;
    const auto substitutes = [&](std::size_t n) {
      return edits[n].kind == EditClass::wording && edits[n].op == EditOp::substitute;
    };
    const auto side = [&](const Document& d, const Fold& f, FoldSpan s) { return simplified(text(d, f, s)); };
    for (std::size_t i = 0; i + 1 < edits.size(); ++i) {
      const std::size_t j = i + 1;
      if (!substitutes(i) || !substitutes(j)) continue;
      const FoldSpan between{places_[i].first.end, places_[j].first.begin};
      if (between.begin >= between.end || between.size() > kApart || !words::relates(side(da_, a_, between)))
        continue;
      const std::u32string from = side(da_, a_, places_[i].first), to = side(db_, b_, places_[i].second),
                           from2 = side(da_, a_, places_[j].first), to2 = side(db_, b_, places_[j].second);
      const auto holds = [](const std::u32string& x, const std::u32string& y) {
        return std::min(x.size(), y.size()) >= kWord && (x.find(y) != x.npos || y.find(x) != y.npos);
      };
      if (holds(from, to2) && holds(to, from2)) edits[i].sensitive = edits[j].sensitive = true;
    }
  }

  void classify() {
    find_moves();
    find_exchanges();
    std::uint32_t omitted = 0, added = 0, moved = 0, other = 0;
    for (const Edit& e : out_.edits) {
      if (e.kind != EditClass::wording) continue;
      out_.wording += e.letters;
      if (e.op == EditOp::move)
        moved += e.letters;
      else if (e.op == EditOp::omit && e.letters >= 6)
        omitted += e.letters;
      else if (e.op == EditOp::add && e.letters >= 6)
        added += e.letters;
      else
        ++other;
    }
    const bool form = std::any_of(out_.edits.begin(), out_.edits.end(), [](const Edit& e) {
      return e.kind == EditClass::form || e.kind == EditClass::reporting;
    });
    out_.kind = moved > 0 && moved >= std::max(omitted, added) ? MatchKind::reordered
                : omitted > 0 && omitted >= added              ? MatchKind::abridged
                : added > 0                                    ? MatchKind::expanded
                : other > 0 || form                            ? MatchKind::variant
                                                               : MatchKind::verbatim;
  }

  const Document &da_, &db_;
  const Work &wa_, &wb_;
  const Fold &a_, &b_;
  Comparison out_;
  std::optional<int> scripts_;
  std::vector<std::pair<FoldSpan, FoldSpan>> places_;  // of each edit of letters, in the two folds
};

}  // namespace

Comparison compare(const Corpus& corpus, std::uint32_t a_work, std::uint32_t b_work,
                   std::span<const EqualRun> equal, FoldSpan a, FoldSpan b) {
  return Comparer(corpus, a_work, b_work).run(equal, a, b);
}

}  // namespace suyuan
