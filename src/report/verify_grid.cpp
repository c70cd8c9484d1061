#include "report/verify_grid.hpp"

#include <algorithm>
#include <array>

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
  const auto letters = [&](const CorpusWork& w, const Document& d, std::uint32_t begin, std::uint32_t end,
                           bool marks_first) {
    std::u32string t;
    for (std::uint32_t i = begin; i < end; ++i) {
      if (i > begin || marks_first) t += marks_before(w, d, i);
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
  const auto before = [&](const CorpusWork& w, const Document& d, std::uint32_t unit) {
    return letters(w, d, unit - std::min(unit, around), unit, false) + marks_before(w, d, unit);
  };
  const auto after = [&](const CorpusWork& w, const Document& d, std::uint32_t unit) {
    const std::uint32_t end = std::min(w.fold.size(), unit + around);
    return unit < end ? letters(w, d, unit, end, true) : std::u32string();
  };
  if (around > 0) pair_up(before(x, a, s.base.begin), before(y, b, s.covers.begin), ' ', true, true);
  std::uint32_t i = s.base.begin, j = s.covers.begin;
  const auto gap = [&](std::uint32_t to_i, std::uint32_t to_j) {
    if (i == to_i && j == to_j) return;
    const char mark = mark_at(i < to_i ? i : UINT32_MAX, j < to_j ? j : UINT32_MAX);
    pair_up(letters(x, a, i, to_i, i > s.base.begin), letters(y, b, j, to_j, j > s.covers.begin), mark, false,
            false);
    i = to_i, j = to_j;
  };
  for (const EqualRun& r : s.equal) {
    const bool joined = i == r.a && j == r.b;
    gap(r.a, r.b);
    for (std::uint32_t k = 0; k < r.length; ++k, ++i, ++j) {
      if (i > s.base.begin && j > s.covers.begin) {
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
