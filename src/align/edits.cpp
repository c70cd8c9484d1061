// An alignment's differences, each with its class: what an editor reads.
#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "base/data.hpp"
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

namespace {

// A passage's script: +1 traditional, -1 simplified, 0 where nothing tells.
int script_of(const Document& document, const Fold& fold, FoldSpan span) {
  int score = 0;
  for (std::uint32_t i = span.begin; i < span.end; ++i) {
    const char tag = han::script_tag(document.text[fold.origin(i)]);
    score += tag == 't' ? 1 : tag == 's' ? -1 : 0;
  }
  return score > 0 ? 1 : score < 0 ? -1 : 0;
}

// "二〇二三", "2023", "二十一" as one value; -1 where the text is no plain number.
long long value_of(std::u32string_view text) {
  static constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
  long long total = 0, section = 0, digit = 0;
  bool places = false;
  for (char32_t c : text) {
    c = han::plain(c);
    if (c == U'零' || c == U'○') c = U'〇';
    if (c == U'两') c = U'二';
    const std::size_t chinese = kDigits.find(c);
    if ((c >= U'0' && c <= U'9') || chinese != std::u32string_view::npos) {
      const long long d =
          chinese != std::u32string_view::npos ? static_cast<long long>(chinese) : static_cast<long long>(c - U'0');
      digit = places ? d : digit * 10 + d;
      if (digit > 1'000'000'000'000LL) return -1;
      continue;
    }
    const long long unit = c == U'十'   ? 10
                           : c == U'百' ? 100
                           : c == U'千' ? 1000
                           : c == U'万' ? 10000
                           : c == U'亿' ? 100000000
                                        : 0;
    if (unit == 0) return -1;
    if (unit >= 10000) {
      total = (total + section + digit) * unit;
      section = digit = 0;
    } else {
      section += (digit == 0 ? 1 : digit) * unit;
      digit = 0;
    }
    places = true;
  }
  return text.empty() ? -1 : total + section + digit;
}

using Words = std::set<std::u32string>;
const Words& sensitive_words() {
  static const Words kWords = [] {
    Words out;
    for (const auto& row : data::rows(data::sensitive())) out.insert(from_utf8(row.at(1)));
    return out;
  }();
  return kWords;
}
const std::set<std::pair<std::u32string, std::u32string>>& reporting_pairs() {
  static const auto kPairs = [] {
    std::set<std::pair<std::u32string, std::u32string>> out;
    for (const auto& row : data::rows(data::reporting())) {
      const auto word = [](std::string_view s) { return s == "-" ? std::u32string() : from_utf8(s); };
      out.insert({word(row.at(0)), word(row.at(1))});
      out.insert({word(row.at(1)), word(row.at(0))});
    }
    return out;
  }();
  return kPairs;
}

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
    script_a_ = script_of(da_, a_, a);
    script_b_ = script_of(db_, b_, b);
    std::uint32_t at_a = a.begin, at_b = b.begin, matched = 0;
    for (const EqualRun& run : equal) {
      difference({at_a, run.a}, {at_b, run.b});
      same(run, run.a > a.begin && run.b > b.begin && at_a == run.a && at_b == run.b);
      matched += run.length;
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
  std::u32string text(const Document& d, const Fold& f, FoldSpan s) const {
    std::u32string out;
    for (std::uint32_t i = s.begin; i < s.end; ++i) out += d.text[f.origin(i)];
    return out;
  }

  void difference(FoldSpan x, FoldSpan y) {
    if (x.empty() && y.empty()) return;
    Edit edit;
    edit.op = x.empty() ? EditOp::add : y.empty() ? EditOp::omit : EditOp::substitute;
    if (!x.empty()) edit.from = a_.parts(x);
    if (!y.empty()) edit.to = b_.parts(y);
    edit.letters = std::max(x.size(), y.size());
    const std::u32string from = simplified(text(da_, a_, x)), to = simplified(text(db_, b_, y));
    if (structural(wa_, a_, x) && structural(wb_, b_, y)) {
      edit.kind = EditClass::structure;
    } else if (!x.empty() && !y.empty() && value_of(from) >= 0 && value_of(from) == value_of(to)) {
      edit.kind = EditClass::numeral;
    } else if (reporting_pairs().contains({from, to})) {
      edit.kind = EditClass::reporting;
    } else {
      edit.kind = EditClass::wording;
      edit.sensitive = touches(from, to);
      out_.wording += edit.letters;
    }
    out_.edits.push_back(std::move(edit));
  }

  // Whether all of it is of a section number, a title, an occasion line or the like. True of nothing.
  static bool structural(const Work& work, const Fold& fold, FoldSpan s) {
    for (std::uint32_t i = s.begin; i < s.end;) {
      const std::uint32_t p = fold.paragraph_of(i);
      const Role role = work.paragraphs[p].role;
      if (role == Role::body || role == Role::digest || role == Role::list_item) return false;
      i = fold.paragraph_span(p).end;
    }
    return true;
  }

  // A negation, numeral, modal or quantifier stands on one side and not on the other.
  static bool touches(const std::u32string& from, const std::u32string& to) {
    for (const std::u32string& word : sensitive_words())
      if ((from.find(word) != from.npos) != (to.find(word) != to.npos)) return true;
    const auto digits = [](const std::u32string& s) {
      std::u32string out;
      for (const char32_t c : s)
        if (han::is_digit(c)) out += c;
      return out;
    };
    return digits(from) != digits(to);
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
          else if (han::script_class(px) == han::script_class(py) && (script_a_ * script_b_ < 0))
            ++out_.folds.script;
          else if (han::script_class(px) == han::script_class(py) && (script_a_ == 0 || script_b_ == 0))
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
        edit.letters = form;
        out_.edits.push_back(std::move(edit));
        form = 0;
      }
      if (k < run.length && (k > 0 || joined)) between(i, j);
    }
  }

  // What stands before two equal letters whose predecessors are equal too: marks, and what folded away.
  void between(std::uint32_t i, std::uint32_t j) {
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
    Edit edit;
    edit.kind = EditClass::punctuation;
    edit.op = sa.empty() ? EditOp::add : sb.empty() ? EditOp::omit : EditOp::substitute;
    for (const auto& m : ma) edit.from.push_back({m.origin, m.origin + 1});
    for (const auto& m : mb) edit.to.push_back({m.origin, m.origin + 1});
    const auto structural_at = [](const Work& w, const Fold& f, std::uint32_t k) {
      return structural(w, f, {k, k + 1}) || structural(w, f, {k - 1, k});
    };
    if (structural_at(wa_, a_, i) || structural_at(wb_, b_, j)) edit.kind = EditClass::structure;
    out_.edits.push_back(std::move(edit));
  }

  void classify() {
    std::uint32_t omitted = 0, added = 0, other = 0;
    for (const Edit& e : out_.edits) {
      if (e.kind != EditClass::wording) continue;
      if (e.op == EditOp::omit && e.letters >= 6)
        omitted += e.letters;
      else if (e.op == EditOp::add && e.letters >= 6)
        added += e.letters;
      else
        ++other;
    }
    const bool form = std::any_of(out_.edits.begin(), out_.edits.end(), [](const Edit& e) {
      return e.kind == EditClass::form || e.kind == EditClass::reporting;
    });
    out_.kind = omitted > 0 && omitted >= added ? MatchKind::abridged
                : added > 0                     ? MatchKind::expanded
                : other > 0 || form             ? MatchKind::variant
                                                : MatchKind::verbatim;
  }

  const Document &da_, &db_;
  const Work &wa_, &wb_;
  const Fold &a_, &b_;
  int script_a_ = 0, script_b_ = 0;
  Comparison out_;
};

}  // namespace

Comparison compare(const Corpus& corpus, std::uint32_t a_work, std::uint32_t b_work,
                   std::span<const EqualRun> equal, FoldSpan a, FoldSpan b) {
  return Comparer(corpus, a_work, b_work).run(equal, a, b);
}

}  // namespace suyuan
