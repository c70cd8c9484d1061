#include "read/pdf_tables.hpp"

#include <algorithm>

namespace suyuan::pdf {

namespace {

// Sorted ranges, those joined that are not `apart`.
void merge(std::vector<Table::Range>& ranges, float apart) {
  std::sort(ranges.begin(), ranges.end());
  std::size_t kept = 0;
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].first - ranges[kept].second < apart)
      ranges[kept].second = std::max(ranges[kept].second, ranges[i].second);
    else
      ranges[++kept] = ranges[i];
  }
  if (!ranges.empty()) ranges.resize(kept + 1);
}

// The rows from `first` on that keep the columns of that row free between them.
Table region_from(const Rows& rows, std::size_t first, float body) {
  Table out;
  for (out.end = first; out.end < rows.size(); ++out.end) {
    if (out.end > first && rows[out.end].front().y - rows[out.end - 1].front().y > 4 * body) break;
    std::vector<Table::Range> with = out.columns;
    for (const Piece& piece : rows[out.end]) with.emplace_back(piece.x0, piece.x1);
    merge(with, 0.5F * body);
    if (with.size() < 2 || with.size() < out.columns.size()) break;
    out.columns = std::move(with);
  }
  return out;
}

// Where the table's own rows begin: at the wider spaces that go through all columns; where all are alike, at each
// line that has something in the first column and does not go on in it.
void find_begins(const Rows& rows, std::size_t first, Table& table, float body) {
  std::vector<float> spaces;  // above each row
  float low = rows[first].front().y;
  for (std::size_t r = first; r < table.end; ++r) {
    float top = rows[r].front().y, bottom = top;
    for (const Piece& piece : rows[r]) {
      top = std::min(top, piece.y - piece.em / 2);
      bottom = std::max(bottom, piece.y + piece.em / 2);
    }
    spaces.push_back(top - low);
    low = std::max(low, bottom);
  }
  std::vector<float> sorted(spaces.begin() + 1, spaces.end());
  std::sort(sorted.begin(), sorted.end());
  // The widest that at least three rows have above or below them.
  float split = -1;
  for (std::size_t i = sorted.size(); i-- > 1 && !table.spaced;)
    if (sorted[i] - sorted[i - 1] > 0.3F * body && sorted.size() - i >= 2) {
      table.spaced = true;
      split = (sorted[i] + sorted[i - 1]) / 2;
    }
  const auto goes_on = [&](std::size_t r) {
    if (table.column_of(rows[r].front()) > 0) return true;
    const Piece& above = rows[r - 1].front();
    return rows[r].size() < table.columns.size() && table.column_of(above) == 0 &&
           above.x1 > table.columns[0].second - body;
  };
  table.begins.push_back(first);
  for (std::size_t r = first + 1; r < table.end; ++r)
    if (table.spaced ? spaces[r - first] > split : !goes_on(r)) table.begins.push_back(r);
}

bool is_table(const Rows& rows, const Table& table, float body) {
  const std::size_t n = table.columns.size(), all = table.begins.size();
  if (n < 2 || all < 3) return false;
  std::vector<std::size_t> filled(n, 0), full(n, 0), short_(n, 0);
  std::size_t shared = 0;
  for (std::size_t b = 0; b < all; ++b) {
    std::vector<std::size_t> lines(n, 0);
    std::vector<float> last(n, 0);
    for (std::size_t r = table.begins[b]; r < (b + 1 < all ? table.begins[b + 1] : table.end); ++r)
      for (const Piece& piece : rows[r]) {
        const std::size_t c = table.column_of(piece);
        ++lines[c];
        last[c] = piece.x1;
      }
    std::size_t cells = 0;
    for (std::size_t c = 0; c < n; ++c) {
      cells += lines[c] > 0;
      filled[c] += lines[c] > 0;
      full[c] += lines[c] > 0 && last[c] > table.columns[c].second - 1.2F * body;
      short_[c] += lines[c] == 1;
    }
    shared += cells > 1;
  }
  if (shared * 10 < all * 8) return false;
  const auto width = [&](std::size_t c) { return table.columns[c].second - table.columns[c].first; };
  // Two columns may as well be read one after the other, unless one has a line where the other has several; a
  // number before an item is no column.
  if (n == 2) {
    const auto single = [&](std::size_t c) { return short_[c] * 10 >= filled[c] * 8; };
    const bool keyed = shared == all && single(0) && width(0) < 8 * body && width(1) > 2 * width(0);
    if (width(0) < 2.5F * body || !((table.spaced && single(0) != single(1)) || keyed)) return false;
  }
  std::size_t broad = 0, running = 0;
  for (std::size_t c = 0; c < n; ++c) {
    if (width(c) < 6 * body) continue;
    ++broad;
    const bool wide = width(c) >= 11 * body;
    const bool runs = full[c] > 1 && full[c] * 10 > filled[c] * (wide ? 3 : 7);
    if (runs && wide) return false;
    running += runs;
  }
  // Words set far apart in a narrow column.
  for (std::size_t c = 1; c < n && broad == 0; ++c)
    if (table.columns[c].first - table.columns[c - 1].second < 1.5F * body) return false;
  return broad == 0 || running < broad;
}

}  // namespace

Rows rows_of(std::vector<Piece> pieces) {
  Rows rows;
  for (Piece& piece : pieces) {
    if (rows.empty() || piece.y - rows.back().front().y > 0.45F * std::min(piece.em, rows.back().front().em))
      rows.emplace_back();
    rows.back().push_back(std::move(piece));
  }
  for (auto& row : rows)
    std::stable_sort(row.begin(), row.end(), [](const Piece& a, const Piece& b) { return a.x0 < b.x0; });
  return rows;
}

std::size_t Table::column_of(const Piece& piece) const {
  std::size_t c = 0;
  while (c + 1 < columns.size() && piece.x0 > columns[c].second) ++c;
  return c;
}

Table table_from(const Rows& rows, std::size_t first, float body) {
  if (rows[first].size() < 2) return {};
  Table out = region_from(rows, first, body);
  if (out.end > first + 2) find_begins(rows, first, out, body);
  out.holds = is_table(rows, out, body);
  return out;
}

}  // namespace suyuan::pdf
