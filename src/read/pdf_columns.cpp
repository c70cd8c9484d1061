#include "read/pdf_columns.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <utility>

namespace suyuan::pdf {

namespace {

constexpr std::size_t kMostEdges = 60;  // tried as gutters

// One side of a gutter, row by row: pieces of one height are one row, however far apart its words are set.
struct Side {
  std::vector<float> widths, starts;
  std::size_t rows = 0;  // of the band

  void add(const Piece& piece) {
    if (rows == 0 || piece.y - y_ > 0.45F * piece.em) {
      ++rows;
      y_ = piece.y;
      starts.push_back(piece.x0);
      widths.push_back(piece.x1 - piece.x0);
      end_ = piece.x1;
      return;
    }
    starts.back() = std::min(starts.back(), piece.x0);
    end_ = std::max(end_, piece.x1);
    widths.back() = end_ - starts.back();
  }

 private:
  float y_ = 0, end_ = 0;
};

// How well x parts the pieces, which are in order of height.
Gutter gutter_at(const std::vector<Piece>& pieces, const std::vector<bool>& spanning, float x, float body) {
  Gutter out{x, 0, 0};
  Side left, right;
  std::size_t bands = 0, all_left = 0, all_right = 0;
  const auto close_band = [&] {
    if (left.rows >= 2 && right.rows >= 2) {
      ++bands;
      all_left += left.rows;
      all_right += right.rows;
    }
    left.rows = right.rows = 0;
  };
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    if (!spanning[i] && piece.x1 <= x) {
      left.add(piece);
    } else if (!spanning[i] && piece.x0 >= x) {
      right.add(piece);
    } else {
      ++out.crossing;
      close_band();
    }
  }
  close_band();
  if (bands == 0 || all_left < 3 || all_right < 3) return out;
  if (median(left.widths, 0.0F) < 5 * body || median(right.widths, 0.0F) < 5 * body) return out;
  const auto aligned = static_cast<std::size_t>(
      std::count_if(right.starts.begin(), right.starts.end(), [&](float s) { return s - x < 2.8F * body; }));
  if (aligned * 10 < right.starts.size() * 6) return out;
  // Where most of the bands' lines cross, it is one column with a table in it.
  if (out.crossing > 2 * (all_left + all_right)) return out;
  out.score = std::min(all_left, all_right);
  return out;
}

// From line to line below it; 0 where none lies below another.
float step_of(const std::vector<Piece>& pieces) {
  constexpr std::size_t kLooked = 40;
  std::vector<float> steps;
  for (std::size_t i = 0; i < pieces.size(); ++i)
    for (std::size_t n = i + 1; n < pieces.size() && n <= i + kLooked; ++n) {
      const Piece &a = pieces[i], &b = pieces[n];
      if (b.y - a.y < 0.5F * a.em || b.x0 >= a.x1 || b.x1 <= a.x0) continue;
      steps.push_back(b.y - a.y);
      break;
    }
  return median(steps, 0.0F);
}

}  // namespace

std::vector<bool> spanning_of(const std::vector<Piece>& pieces, float body) {
  std::vector<bool> out(pieces.size(), false);
  if (pieces.empty()) return out;
  float low = pieces.front().x0, high = pieces.front().x1;
  for (const Piece& piece : pieces) low = std::min(low, piece.x0), high = std::max(high, piece.x1);
  // Lines of columns that stand on grids of their own lie half a step apart.
  const float half = 0.75F * step_of(pieces);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& here = pieces[i];
    const float near = std::max(0.7F * here.em, half);
    const bool alone =
        (i == 0 || here.y - pieces[i - 1].y > near) && (i + 1 == pieces.size() || pieces[i + 1].y - here.y > near);
    out[i] = alone && std::abs(here.x0 + here.x1 - low - high) < 2 * body;
  }
  return out;
}

Gutter best_gutter(const std::vector<Piece>& pieces, const std::vector<bool>& spanning, float body) {
  Gutter best;
  std::map<int, std::size_t> edges;
  for (const Piece& piece : pieces) ++edges[static_cast<int>(std::floor(piece.x0))];
  std::vector<std::pair<std::size_t, int>> often;
  for (const auto& [x, n] : edges) often.emplace_back(n, x);
  std::sort(often.begin(), often.end(), std::greater<>());
  for (std::size_t i = 0; i < often.size() && i < kMostEdges; ++i) {
    const Gutter here = gutter_at(pieces, spanning, static_cast<float>(often[i].second) - 0.25F * body, body);
    if (here.score > best.score || (here.score == best.score && here.score > 0 && here.crossing < best.crossing))
      best = here;
  }
  return best;
}

}  // namespace suyuan::pdf
