// Pieces → columns and cells in reading order. Columns (pdf_columns.hpp): each band is read column by column, the
// same again inside each (Nagy and Seth's XY cut, with crossing lines allowed). Tables (pdf_tables.hpp): row by
// row, each cell to its end.
#include <algorithm>
#include <array>
#include <cmath>

#include "read/pdf_columns.hpp"
#include "read/pdf_pages.hpp"
#include "read/pdf_tables.hpp"

namespace suyuan::pdf {

namespace {

constexpr std::size_t kMostPieces = 5000;  // on a page on which columns are sought
constexpr int kMostCuts = 4;               // columns in columns

class Cutter {
 public:
  explicit Cutter(float body) : body_(body) {}

  Leaves run(std::vector<SetPage>& pages, PdfText& told) {
    for (std::size_t p = 0; p < pages.size(); ++p) {
      if (pages[p].pieces.size() > kMostPieces) told.unordered.push_back(p);
      cut(p, std::move(pages[p].pieces), 0);
    }
    Leaves out;
    out.indent = find_edges();
    out.all = std::move(leaves_);
    return out;
  }

 private:
  void set_table(std::size_t page, Rows& rows, const Table& table) {
    for (std::size_t b = 0; b < table.begins.size(); ++b) {
      std::vector<std::vector<Piece>> cells(table.columns.size());
      for (std::size_t r = table.begins[b]; r < (b + 1 < table.begins.size() ? table.begins[b + 1] : table.end);
           ++r)
        for (Piece& piece : rows[r]) cells[table.column_of(piece)].push_back(std::move(piece));
      for (std::size_t c = 0; c < cells.size(); ++c) {
        if (cells[c].empty()) continue;
        leaf(page, std::move(cells[c]));
        Leaf& set = leaves_.back();
        set.cell = true;
        set.left = table.columns[c].first;
        set.right = table.columns[c].second;
        const bool hung = std::any_of(set.lines.begin(), set.lines.end(),
                                      [&](const Piece& p) { return p.x0 < set.left + 0.5F * body_; });
        if (hung) continue;  // else it is centred
        set.left = set.lines.front().x0;
        set.right = set.lines.front().x1;
        for (const Piece& line : set.lines) {
          set.left = std::min(set.left, line.x0);
          set.right = std::max(set.right, line.x1);
        }
      }
    }
  }

  // Reads what stands in tables row by row, and what stands between them by columns.
  void cut(std::size_t page, std::vector<Piece> pieces, int depth) {
    if (depth > kMostCuts || pieces.size() < 6 || pieces.size() > kMostPieces)
      return cut_columns(page, std::move(pieces), depth);
    Rows rows = rows_of(std::move(pieces));
    std::vector<Piece> between;
    const auto flush = [&] {
      if (between.empty()) return;
      std::stable_sort(between.begin(), between.end(),
                       [](const Piece& a, const Piece& b) { return a.y < b.y || (a.y == b.y && a.x0 < b.x0); });
      cut_columns(page, std::exchange(between, {}), depth);
    };
    for (std::size_t r = 0; r < rows.size();) {
      const Table table = table_from(rows, r, body_);
      if (table.holds) {
        flush();
        set_table(page, rows, table);
        r = table.end;
        continue;
      }
      // What is no table from its first row on is none from a later one, as far as the columns are kept.
      for (const std::size_t end = std::max(table.end, r + 1); r < end; ++r)
        for (Piece& piece : rows[r]) between.push_back(std::move(piece));
    }
    flush();
  }

  void cut_columns(std::size_t page, std::vector<Piece> pieces, int depth) {
    const std::vector<bool> spanning = spanning_of(pieces, body_);
    Gutter best;
    if (depth < kMostCuts && pieces.size() >= 6 && pieces.size() <= kMostPieces)
      best = best_gutter(pieces, spanning, body_);
    if (best.score == 0) return leaf(page, std::move(pieces));
    std::vector<Piece> left, right, across;
    const auto flush_columns = [&] {
      if (left.empty() && right.empty()) return;
      cut(page, std::exchange(left, {}), depth + 1);
      cut(page, std::exchange(right, {}), depth + 1);
    };
    const auto flush_across = [&] {
      if (!across.empty()) leaf(page, std::exchange(across, {}));
    };
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      Piece& piece = pieces[i];
      const bool is_left = !spanning[i] && piece.x1 <= best.x, is_right = !spanning[i] && piece.x0 >= best.x;
      if (!is_left && !is_right) {
        flush_columns();
        across.push_back(std::move(piece));
      } else {
        flush_across();
        (is_left ? left : right).push_back(std::move(piece));
      }
    }
    flush_columns();
    flush_across();
  }

  void leaf(std::size_t page, std::vector<Piece> pieces) {
    if (pieces.empty()) return;
    Leaf out{page, {}, 0, 0, 0};
    for (auto& row : rows_of(std::move(pieces))) {
      Piece line = std::move(row.front());
      std::size_t most = line.text.size();
      for (std::size_t i = 1; i < row.size(); ++i) {
        if (row[i].text.size() > most) {
          most = row[i].text.size();
          line.em = row[i].em;
        }
        append_word(line, row[i].text, row[i].x0, row[i].x1);
      }
      out.lines.push_back(std::move(line));
    }
    leaves_.push_back(std::move(out));
  }

  // The edge that most lines share, within a few lines of its side.
  static float common_edge(std::vector<float> edges, float reach, bool low) {
    std::sort(edges.begin(), edges.end());
    if (!low) std::reverse(edges.begin(), edges.end());
    for (std::size_t i = 0; i + 1 < edges.size(); ++i)
      if (std::abs(edges[i + 1] - edges[i]) <= reach) return edges[i];
    return edges.front();
  }

  float find_edges() {
    for (Leaf& leaf : leaves_) {
      if (leaf.cell) continue;
      std::vector<float> left, right, steps;
      for (std::size_t i = 0; i < leaf.lines.size(); ++i) {
        left.push_back(leaf.lines[i].x0);
        right.push_back(leaf.lines[i].x1);
        if (i > 0) steps.push_back(leaf.lines[i].y - leaf.lines[i - 1].y);
      }
      leaf.left = common_edge(left, 0.4F * body_, true);
      leaf.right = common_edge(right, 0.6F * body_, false);
      leaf.pitch = median(steps, 0.0F);
    }
    std::vector<std::array<float, 3>> known;
    for (const Leaf& leaf : leaves_)
      if (leaf.lines.size() >= 6 && !leaf.cell) known.push_back({leaf.right - leaf.left, leaf.left, leaf.right});
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end(),
                            [&](const auto& a, const auto& b) {
                              return std::abs(a[1] - b[1]) < 0.5F * body_ && std::abs(a[2] - b[2]) < 0.5F * body_;
                            }),
                known.end());
    if (known.size() > 200) known.resize(200);
    for (Leaf& leaf : leaves_) {
      if (leaf.lines.size() >= 6 || leaf.cell) continue;
      float low = leaf.lines.front().x0, high = leaf.lines.front().x1;
      for (const Piece& line : leaf.lines) low = std::min(low, line.x0), high = std::max(high, line.x1);
      for (const auto& k : known)
        if (k[1] <= low + 0.5F * body_ && k[2] >= high - 0.5F * body_) {
          leaf.left = k[1];
          leaf.right = k[2];
          break;
        }
    }
    std::vector<float> pitches, indents;
    for (const Leaf& leaf : leaves_) {
      if (leaf.cell) continue;
      if (leaf.lines.size() >= 4) pitches.push_back(leaf.pitch);
      for (const Piece& line : leaf.lines)
        if (const float indent = line.x0 - leaf.left;
            indent > 1.2F * body_ && indent < 4.5F * body_ && line.x1 > leaf.right - 3 * body_)
          indents.push_back(indent);
    }
    const float pitch = median(pitches, 1.6F * body_);
    for (Leaf& leaf : leaves_)
      if (leaf.lines.size() < 4 || leaf.pitch <= 0) leaf.pitch = pitch;
    std::size_t lines = 0;
    for (const Leaf& leaf : leaves_) lines += leaf.lines.size();
    return indents.size() * 40 > lines ? median(indents, 0.0F) : 0;
  }

  float body_;
  std::vector<Leaf> leaves_;
};

}  // namespace

Leaves find_leaves(std::vector<SetPage>& pages, float body, PdfText& told) { return Cutter(body).run(pages, told); }

}  // namespace suyuan::pdf
