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

}  // namespace

std::vector<GridCell> grid(const Corpus& corpus, const Finding& f, const Source& s, std::uint32_t around) {
  const CorpusWork &x = corpus.works[s.work], &y = corpus.works[f.work];
  const Document &a = corpus.document(x), &b = corpus.document(y);
  std::vector<GridCell> out;
  // A letter with the marks that stand before it.
  const auto marks_before = [](const CorpusWork& w, const Document& d, std::uint32_t unit) {
    std::u32string t;
    if (unit == 0) return t;
    for (const Fold::Mark& m : w.fold.marks({unit - 1, unit + 1})) t += d.text[m.origin];
    return t;
  };
  const auto letters = [&](const CorpusWork& w, const Document& d, std::uint32_t begin, std::uint32_t end) {
    std::u32string t;
    for (std::uint32_t i = begin; i < end; ++i) {
      if (i > begin) t += marks_before(w, d, i);
      t += d.text[w.fold.origin(i)];
    }
    return t;
  };
  const auto mark_at = [&](std::uint32_t i, std::uint32_t j) {
    for (const Edit& e : s.comparison.edits) {
      const auto holds = [](const Parts& p, std::uint32_t offset) {
        return std::any_of(p.begin(), p.end(), [&](Span q) { return q.begin <= offset && offset < q.end; });
      };
      if ((i < x.fold.size() && holds(e.from, x.fold.origin(i))) ||
          (j < y.fold.size() && holds(e.to, y.fold.origin(j))))
        return mark_of(e);
    }
    return ' ';
  };
  const auto pair_up = [&](const std::u32string& p, const std::u32string& q, char mark, bool context, bool right) {
    const std::size_t n = std::max(p.size(), q.size());
    for (std::size_t k = 0; k < n; ++k) {
      const auto at = [&](const std::u32string& t) {
        const std::size_t skip = right ? n - t.size() : 0;
        return k < skip || k - skip >= t.size() ? char32_t{0} : t[k - skip];
      };
      out.push_back({at(p), at(q), mark, context});
    }
  };
  // Outside the quotation a new paragraph begins after a space.
  const auto beside = [&](const CorpusWork& w, const Document& d, std::uint32_t begin, std::uint32_t end,
                          std::uint32_t marks_from, std::uint32_t marks_to) {
    std::u32string t;
    for (std::uint32_t i = begin; i <= end; ++i) {
      if (marks_from <= i && i <= marks_to) {
        std::u32string marks = marks_before(w, d, i);
        if (i > 0 && i < w.fold.size() && (w.fold.gap(i) & Fold::paragraph) != 0)
          marks.insert(std::min(marks.find_first_of(U"“‘「『《〈（(〔［["), marks.size()), 1, U'　');
        t += marks;
      }
      if (i < end) t += d.text[w.fold.origin(i)];
    }
    return t;
  };
  const auto before = [&](const CorpusWork& w, const Document& d, std::uint32_t unit) {
    const std::uint32_t begin = unit - std::min(unit, around);
    return beside(w, d, begin, unit, begin + 1, unit);
  };
  const auto after = [&](const CorpusWork& w, const Document& d, std::uint32_t unit) {
    const std::uint32_t end = std::min(w.fold.size(), unit + around);
    return unit < end ? beside(w, d, unit, end, unit, end - 1) : std::u32string();
  };
  if (around > 0) pair_up(before(x, a, s.base.begin), before(y, b, s.covers.begin), ' ', true, true);
  std::uint32_t i = s.base.begin, j = s.covers.begin;
  bool marks_set = false;  // those before the next equal letters
  const auto base_marks = [&](std::uint32_t unit) {
    return unit > s.base.begin && unit < s.base.end ? marks_before(x, a, unit) : std::u32string();
  };
  const auto draft_marks = [&](std::uint32_t unit) {
    return unit > s.covers.begin && unit < s.covers.end ? marks_before(y, b, unit) : std::u32string();
  };
  // Marks that both texts have before a difference, and where one side has no letters before what follows, stand
  // beside each other; the others go with the letters.
  const auto gap = [&](std::uint32_t to_i, std::uint32_t to_j) {
    if (i == to_i && j == to_j) return;
    const char mark = mark_at(i < to_i ? i : UINT32_MAX, j < to_j ? j : UINT32_MAX);
    std::u32string p = base_marks(i), q = draft_marks(j);
    const bool no_base = i == to_i, no_draft = j == to_j;
    const bool behind = no_draft ? q != p && q == base_marks(to_i) : no_base && p != q && p == draft_marks(to_j);
    marks_set = (no_base || no_draft) && !behind;
    if (!behind) {
      const std::size_t n = shared(p, q);
      pair_up(p.substr(0, n), q.substr(0, n), ' ', false, false);
      p.erase(0, n), q.erase(0, n);
      if (n == 0 && !p.empty() && !q.empty()) {
        pair_up(p, q, '~', false, false);
        p.clear(), q.clear();
      }
    }
    const bool base_here = !no_base || marks_set, draft_here = !no_draft || marks_set;
    pair_up((base_here ? p : U"") + letters(x, a, i, to_i) + (no_draft && marks_set ? base_marks(to_i) : U""),
            (draft_here ? q : U"") + letters(y, b, j, to_j) + (no_base && marks_set ? draft_marks(to_j) : U""),
            mark, false, false);
    i = to_i, j = to_j;
  };
  for (const EqualRun& r : s.equal) {
    const bool joined = i == r.a && j == r.b;
    marks_set = false;
    gap(r.a, r.b);
    for (std::uint32_t k = 0; k < r.length; ++k, ++i, ++j) {
      if (i > s.base.begin && j > s.covers.begin && !(k == 0 && marks_set)) {
        const std::u32string p = marks_before(x, a, i), q = marks_before(y, b, j);
        char mark = ' ';
        if ((k > 0 || joined) && p != q)
          for (const Edit& e : s.comparison.edits)
            if (e.kind == EditClass::punctuation &&
                ((!e.from.empty() && e.from.front().begin > x.fold.origin(i - 1) &&
                  e.from.front().begin < x.fold.origin(i)) ||
                 (!e.to.empty() && e.to.front().begin > y.fold.origin(j - 1) &&
                  e.to.front().begin < y.fold.origin(j))))
              mark = '~';
        pair_up(p, q, mark, false, false);
      }
      const char32_t p = a.text[x.fold.origin(i)], q = b.text[y.fold.origin(j)];
      out.push_back({p, q, p == q ? ' ' : mark_at(i, j) == 'o' ? 'o' : ' ', false});
    }
  }
  gap(s.base.end, s.covers.end);
  if (around > 0) pair_up(after(x, a, s.base.end), after(y, b, s.covers.end), ' ', true, false);
  return out;
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
