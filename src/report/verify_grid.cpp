#include "report/verify_grid.hpp"

#include <algorithm>
#include <array>

#include "base/han.hpp"

namespace suyuan {

namespace {

constexpr std::array<std::pair<char, std::string_view>, 7> kMarks{{{'!', "sensitive"},
                                                                   {'~', "punctuation"},
                                                                   {'o', "form"},
                                                                   {'-', "omit"},
                                                                   {'+', "add"},
                                                                   {'x', "substitute"},
                                                                   {'>', "move"}}};

char mark_of(const Edit& e) {
  if (e.kind == EditClass::punctuation || e.kind == EditClass::numeral) return '~';
  if (e.kind == EditClass::form) return 'o';
  if (e.op == EditOp::move) return '>';
  if (e.sensitive) return '!';
  return e.op == EditOp::omit ? '-' : e.op == EditOp::add ? '+' : 'x';
}

// How many marks the two begin with in common.
std::size_t shared(const std::u32string& a, const std::u32string& b) {
  const auto shape = [](char32_t c) {
    const char32_t m = han::mark_class(c);
    return m == U'\'' ? U'"' : m;
  };
  const auto differ = std::ranges::mismatch(a, b, {}, shape, shape);
  return static_cast<std::size_t>(differ.in1 - a.begin());
}

// One of the two texts.
struct Side {
  const Document& document;
  const Fold& fold;
  FoldSpan span;  // of the quotation in it

  std::u32string marks_before(std::uint32_t unit) const {
    std::u32string out;
    if (unit == 0) return out;
    for (const Fold::Mark& m : fold.marks({unit - 1, unit + 1})) out += document.text[m.origin];
    return out;
  }
  // Inside the quotation.
  std::u32string own_marks(std::uint32_t unit) const {
    return unit > span.begin && unit < span.end ? marks_before(unit) : std::u32string();
  }
  char32_t letter(std::uint32_t unit) const { return document.text[fold.origin(unit)]; }
  // Each with the marks that stand before it, the first without.
  std::u32string letters(std::uint32_t begin, std::uint32_t end) const {
    std::u32string out;
    for (std::uint32_t i = begin; i < end; ++i) {
      if (i > begin) out += marks_before(i);
      out += letter(i);
    }
    return out;
  }
  // What stands outside the quotation: a new paragraph begins after a space.
  std::u32string before(std::uint32_t around) const {
    std::u32string out;
    const std::uint32_t begin = span.begin - std::min(span.begin, around);
    for (std::uint32_t i = begin; i < span.begin; ++i) out += (i > begin ? spaced(i) : U"") + letter(i);
    return span.begin > begin ? out + spaced(span.begin) : marks_before(span.begin);
  }
  std::u32string after(std::uint32_t around) const {
    std::u32string out;
    for (std::uint32_t i = span.end; i < std::min(fold.size(), span.end + around); ++i)
      out += spaced(i) + letter(i);
    return out;
  }

 private:
  std::u32string spaced(std::uint32_t unit) const {
    std::u32string out = marks_before(unit);
    if (unit > 0 && unit < fold.size() && (fold.gap(unit) & Fold::paragraph) != 0)
      out.insert(std::min(out.find_first_of(U"“‘「『《〈（(〔［["), out.size()), 1, U'　');
    return out;
  }
};

class Gridder {
 public:
  Gridder(const Corpus& corpus, const Finding& f, const Source& s)
      : s_(s),
        base_{corpus.document(corpus.works[s.work]), corpus.works[s.work].fold, s.base},
        draft_{corpus.document(corpus.works[f.work]), corpus.works[f.work].fold, s.covers} {}

  std::vector<GridCell> run(std::uint32_t around) {
    if (around > 0) pair_up(base_.before(around), draft_.before(around), ' ', true, true);
    i_ = s_.base.begin, j_ = s_.covers.begin;
    for (const EqualRun& r : s_.equal) same(r);
    gap(s_.base.end, s_.covers.end);
    if (around > 0) pair_up(base_.after(around), draft_.after(around), ' ', true);
    return std::move(out_);
  }

 private:
  char mark_at(std::uint32_t i, std::uint32_t j) const {
    const auto holds = [](const Parts& p, const Side& side, std::uint32_t unit) {
      return unit < side.fold.size() && std::any_of(p.begin(), p.end(), [&](Span q) {
               return q.begin <= side.fold.origin(unit) && side.fold.origin(unit) < q.end;
             });
    };
    for (const Edit& e : s_.comparison.edits)
      if (holds(e.from, base_, i) || holds(e.to, draft_, j)) return mark_of(e);
    return ' ';
  }

  void pair_up(const std::u32string& p, const std::u32string& q, char mark, bool context = false,
               bool right = false) {
    const std::size_t n = std::max(p.size(), q.size());
    for (std::size_t k = 0; k < n; ++k) {
      const auto at = [&](const std::u32string& t) {
        const std::size_t skip = right ? n - t.size() : 0;
        return k < skip || k - skip >= t.size() ? char32_t{0} : t[k - skip];
      };
      out_.push_back({at(p), at(q), mark, context});
    }
  }

  // Up to these letters. Marks that both texts have before a difference, and where one side has no letters before
  // what follows, stand beside each other; the others go with the letters.
  void gap(std::uint32_t to_i, std::uint32_t to_j) {
    marks_set_ = false;
    if (i_ == to_i && j_ == to_j) return;
    const bool no_base = i_ == to_i, no_draft = j_ == to_j;
    const char mark = mark_at(no_base ? UINT32_MAX : i_, no_draft ? UINT32_MAX : j_);
    std::u32string p = base_.own_marks(i_), q = draft_.own_marks(j_);
    const bool behind =
        p != q && ((no_draft && q == base_.own_marks(to_i)) || (no_base && p == draft_.own_marks(to_j)));
    if (behind) {
      (no_base ? p : q).clear();
    } else {
      marks_set_ = no_base || no_draft;
      const std::size_t n = shared(p, q);
      pair_up(p.substr(0, n), q.substr(0, n), ' ');
      p.erase(0, n), q.erase(0, n);
      if (n == 0 && !p.empty() && !q.empty()) {
        pair_up(p, q, '~');
        p.clear(), q.clear();
      }
    }
    p += base_.letters(i_, to_i), q += draft_.letters(j_, to_j);
    if (marks_set_) (no_draft ? p : q) += no_draft ? base_.own_marks(to_i) : draft_.own_marks(to_j);
    pair_up(p, q, mark);
    i_ = to_i, j_ = to_j;
  }

  void same(const EqualRun& r) {
    const bool joined = i_ == r.a && j_ == r.b;
    gap(r.a, r.b);
    for (std::uint32_t k = 0; k < r.length; ++k, ++i_, ++j_) {
      if (i_ > s_.base.begin && j_ > s_.covers.begin && !(k == 0 && marks_set_))
        pair_up(base_.marks_before(i_), draft_.marks_before(j_), (k > 0 || joined) && marks_differ() ? '~' : ' ');
      const char32_t p = base_.letter(i_), q = draft_.letter(j_);
      out_.push_back({p, q, p == q ? ' ' : mark_at(i_, j_) == 'o' ? 'o' : ' ', false});
    }
  }

  // Whether a difference of marks before these letters is told.
  bool marks_differ() const {
    const auto before = [](const Parts& p, const Side& side, std::uint32_t unit) {
      return !p.empty() && p.front().begin > side.fold.origin(unit - 1) && p.front().begin < side.fold.origin(unit);
    };
    return std::ranges::any_of(s_.comparison.edits, [&](const Edit& e) {
      return e.kind == EditClass::punctuation && (before(e.from, base_, i_) || before(e.to, draft_, j_));
    });
  }

  const Source& s_;
  const Side base_, draft_;
  std::vector<GridCell> out_;
  std::uint32_t i_ = 0, j_ = 0;  // the next letters
  bool marks_set_ = false;       // those before them are set already
};

}  // namespace

std::vector<GridCell> grid(const Corpus& corpus, const Finding& f, const Source& s, std::uint32_t around) {
  return Gridder(corpus, f, s).run(around);
}

Json grid_json(const std::vector<GridCell>& cells) {
  const auto kind = [](const GridCell& c) { return std::tuple(c.mark, c.context, c.base != 0, c.draft != 0); };
  Json out = Json::array();
  for (std::size_t i = 0; i < cells.size();) {
    std::u32string base, draft;
    std::size_t k = i;
    for (; k < cells.size() && kind(cells[k]) == kind(cells[i]); ++k) {
      if (cells[k].base != 0) base += cells[k].base;
      if (cells[k].draft != 0) draft += cells[k].draft;
    }
    Json run{{"base", to_utf8(base)}, {"draft", to_utf8(draft)}};
    for (const auto& [sign, name] : kMarks)
      if (sign == cells[i].mark) run["mark"] = std::string(name);
    if (cells[i].context) run["context"] = true;
    if (!base.empty() || !draft.empty()) out.push_back(std::move(run));
    i = k;
  }
  return out;
}

std::vector<GridCell> grid_of(const Json& collation) {
  std::vector<GridCell> out;
  for (const Json& run : collation) {
    const std::u32string base = from_utf8(run.at("base").get<std::string>()),
                         draft = from_utf8(run.at("draft").get<std::string>());
    char mark = ' ';
    for (const auto& [sign, name] : kMarks)
      if (run.contains("mark") && run.at("mark") == name) mark = sign;
    for (std::size_t i = 0; i < std::max(base.size(), draft.size()); ++i)
      out.push_back({i < base.size() ? base[i] : char32_t{0}, i < draft.size() ? draft[i] : char32_t{0}, mark,
                     run.contains("context")});
  }
  return out;
}

}  // namespace suyuan
