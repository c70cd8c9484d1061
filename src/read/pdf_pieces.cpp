// Words in boxes → pieces: what stands in a line without a gap.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>

#include "base/han.hpp"
#include "read/pdf_pages.hpp"

namespace suyuan::pdf {

namespace {

std::u32string spelled_out(const std::u32string& text) {
  static constexpr std::array<std::u32string_view, 7> kLigatures{U"ff", U"fi", U"fl", U"ffi", U"ffl", U"st", U"st"};
  std::u32string out;
  for (const char32_t c : text) {
    if (c >= 0xFB00 && c <= 0xFB06)
      out += kLigatures[c - 0xFB00];
    else if (c == U'\n' || c == U'\r' || c == U'\f')
      out += U' ';
    else
      out += c;
  }
  return out;
}

// The width of a character of a word that is all Han, and so of one em.
std::optional<float> em_of(const PdfWord& word) {
  if (word.text.empty() || !std::all_of(word.text.begin(), word.text.end(), is_wide)) return std::nullopt;
  return (word.x1 - word.x0) / static_cast<float>(word.text.size());
}

bool is_upright_line(const PdfWord& word) {  // several characters above each other
  return word.text.size() >= 2 && word.y1 - word.y0 > 2 * (word.x1 - word.x0) &&
         (word.text.size() >= 4 || (is_wide(word.text[0]) && is_wide(word.text[1])));
}

class Pieces {
 public:
  Pieces(Type type, PdfText& told) : body_(type.body), ratio_(type.ratio), told_(told) {}

  SetPage pieces_of(PdfPage& page, std::size_t number) {
    SetPage out{page.width, page.height, {}, {}, {}, {}, {}};
    for (auto& line : page.lines)
      for (PdfWord& word : line) word.text = spelled_out(word.text);
    const Runs way = runs(page);
    const bool down = way == Runs::down;
    if (way == Runs::mixed) told_.mixed.push_back(number);
    if (down) {
      told_.vertical.push_back(number);
      turn(page, out);
    }
    // Where lines begin: marks hung in the margin leave little of a gutter, but the next column's edge shows it.
    std::map<int, std::size_t> edges;  // by point
    for (auto& line : page.lines) {
      std::stable_sort(line.begin(), line.end(), [](const PdfWord& a, const PdfWord& b) { return a.x0 < b.x0; });
      for (std::size_t i = 0; i < line.size(); ++i)
        if (i == 0 || line[i].x0 - line[i - 1].x1 > 0.7F * body_)
          ++edges[static_cast<int>(std::lround(line[i].x0))];
    }
    const auto is_edge = [&](float x) {
      const int at = static_cast<int>(std::lround(x));
      std::size_t n = 0;
      for (auto e = edges.lower_bound(at - 1); e != edges.end() && e->first <= at + 1; ++e) n += e->second;
      return n >= 3;
    };
    std::size_t turned = 0;
    for (auto& line : page.lines) {
      Piece open;
      float em_line = 0;
      std::vector<float> ems;
      for (const PdfWord& word : line)
        if (const auto em = em_of(word)) ems.push_back(*em);
      for (const PdfWord& word : line) {
        if (word.text.empty()) continue;
        const float height = word.y1 - word.y0;
        em_line = median(ems, height / ratio_);
        if (!(em_line > 0)) em_line = body_;
        Piece piece{word.x0, word.x1, (word.y0 + word.y1) / 2, em_line, height, word.x1 - word.x0, word.text};
        if (!down && is_upright_line(word)) {
          ++turned;
          out.aside.push_back(std::move(piece));
        } else if (open.text.empty()) {
          open = std::move(piece);
        } else if (word.x0 - open.x1 > (is_edge(word.x0) || is_hung(open.text) ? 0.2F : 0.7F) * em_line) {
          out.pieces.push_back(std::exchange(open, std::move(piece)));
        } else {
          append_word(open, word.text, word.x0, word.x1);
        }
      }
      if (!open.text.empty()) out.pieces.push_back(std::move(open));
    }
    if (turned > 0) told_.turned.push_back(number);
    std::stable_sort(out.pieces.begin(), out.pieces.end(),
                     [](const Piece& a, const Piece& b) { return a.y < b.y || (a.y == b.y && a.x0 < b.x0); });
    join_hung(out.pieces);
    set_readings_aside(out);
    return out;
  }

 private:
  enum class Runs : std::uint8_t { across, mixed, down };

  // Whether the lines of a page run from top to bottom: Han characters with neighbours above and below, or words
  // that are higher than wide.
  Runs runs(const PdfPage& page) const {
    std::size_t down = 0, stacked = 0, all = 0;
    std::vector<const PdfWord*> single;
    for (const auto& line : page.lines)
      for (const PdfWord& word : line) {
        all += word.text.size();
        if (is_upright_line(word))
          down += word.text.size();
        else if (word.text.size() == 1 && is_wide(word.text[0]))
          single.push_back(&word);
      }
    std::map<int, std::vector<float>> columns;  // x in points → heights
    for (const PdfWord* word : single)
      columns[static_cast<int>(std::lround(word->x0))].push_back((word->y0 + word->y1) / 2);
    for (auto& [x, ys] : columns) {
      if (ys.size() < 4) continue;
      std::sort(ys.begin(), ys.end());
      std::size_t close = 0;
      for (std::size_t i = 1; i < ys.size(); ++i) close += ys[i] - ys[i - 1] < 1.25F * body_;
      if (close * 2 > ys.size()) stacked += ys.size();
    }
    if (all >= 8 && (down + stacked) * 10 >= all * 6) return Runs::down;
    return stacked >= 12 ? Runs::mixed : Runs::across;
  }

  // Punctuation that hangs in the gutter or in the margin, behind the line it closes.
  static bool is_hung(const std::u32string& text) {
    return text.size() <= 2 && std::all_of(text.begin(), text.end(), [](char32_t c) {
             return std::u32string_view(U"，。、；：！？”’）》」』…").find(c) != std::u32string_view::npos;
           });
  }
  static void join_hung(std::vector<Piece>& pieces) {
    constexpr std::size_t kLooked = 20;  // pieces before and behind one
    std::vector<bool> joined(pieces.size(), false);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (!is_hung(pieces[i].text)) continue;
      const Piece& mark = pieces[i];
      std::optional<std::size_t> line;
      for (std::size_t n = i - std::min(i, kLooked); n < pieces.size() && n <= i + kLooked; ++n) {
        const float gap = mark.x0 - pieces[n].x1;
        if (n != i && !joined[n] && std::abs(pieces[n].y - mark.y) < 0.4F * mark.em &&
            std::abs(gap) < 0.6F * mark.em)
          line = n;
      }
      if (!line) continue;
      pieces[*line].text += mark.text;  // its edge stays that of its column
      joined[i] = true;
    }
    std::size_t next = 0;
    std::erase_if(pieces, [&](const Piece&) { return joined[next++]; });
  }

  // Readings over characters: Latin letters, kana or bopomofo, small and right above a line of Han.
  static bool is_reading(const Piece& small, const Piece& line) {
    const float distance = line.y - small.y;
    return small.em <= 0.7F * line.em && distance >= 0.4F * line.em && distance <= 1.3F * line.em &&
           small.x0 >= line.x0 - line.em && small.x1 <= line.x1 + line.em &&
           std::any_of(line.text.begin(), line.text.end(), [](char32_t c) { return han::is_han(c); });
  }
  static void set_readings_aside(SetPage& page) {
    constexpr std::size_t kLooked = 100;  // pieces below one
    const auto sounds = [](char32_t c) {
      return c == U' ' || (c >= U'A' && c <= U'z' && (c < U'[' || c > U'`')) || (c >= 0xC0 && c <= 0x24F) ||
             (c >= 0x300 && c <= 0x36F) || (c >= 0x1E00 && c <= 0x1EFF) || (c >= 0x2C7 && c <= 0x2D9) ||
             (c >= 0x3041 && c <= 0x312F) || (c >= 0x31A0 && c <= 0x31BF);
    };
    std::vector<Piece> rest;
    std::vector<std::size_t> readings;
    for (std::size_t i = 0; i < page.pieces.size(); ++i) {
      const Piece& small = page.pieces[i];
      bool reading = false;
      if (std::all_of(small.text.begin(), small.text.end(), sounds))
        for (std::size_t n = i + 1; n < page.pieces.size() && n <= i + kLooked && !reading; ++n)
          reading = is_reading(small, page.pieces[n]);
      if (reading) readings.push_back(i);
    }
    if (readings.empty()) return;
    std::size_t next = 0;
    for (std::size_t i = 0; i < page.pieces.size(); ++i) {
      const bool reading = next < readings.size() && readings[next] == i;
      next += reading;
      (reading ? page.aside : rest).push_back(std::move(page.pieces[i]));
    }
    page.pieces = std::move(rest);
  }

  // Turns a page whose lines run down, so that they run from left to right and follow each other from the top.
  void turn(PdfPage& page, SetPage& out) const {
    long up = 0;
    for (const auto& line : page.lines)
      for (std::size_t i = 1; i < line.size(); ++i)
        if (is_upright_line(line[i]) && is_upright_line(line[i - 1])) up += line[i].y0 < line[i - 1].y0 ? 1 : -1;
    std::vector<PdfWord> words;
    for (auto& line : page.lines)
      for (PdfWord& word : line) {
        const bool upright = is_upright_line(word);
        if (!upright && word.text.size() >= 3) {  // a running head across
          out.aside.push_back(
              {word.x0, word.x1, (word.y0 + word.y1) / 2, body_, word.y1 - word.y0, word.x1 - word.x0, word.text});
          continue;
        }
        const float x = (word.x0 + word.x1) / 2, y = (word.y0 + word.y1) / 2;
        const float em = upright ? word.x1 - word.x0 : em_of(word).value_or(body_);
        const float half = upright ? (word.y1 - word.y0) / 2 : em / 2;
        PdfWord turned = std::move(word);
        const bool reversed = up > 0;
        turned.x0 = (reversed ? page.height - y : y) - half;
        turned.x1 = turned.x0 + 2 * half;
        turned.y0 = (reversed ? x : page.width - x) - em * ratio_ / 2;
        turned.y1 = turned.y0 + em * ratio_;
        words.push_back(std::move(turned));
      }
    std::swap(out.width, out.height);
    std::stable_sort(words.begin(), words.end(),
                     [](const PdfWord& a, const PdfWord& b) { return a.y0 + a.y1 < b.y0 + b.y1; });
    page.lines.clear();
    for (PdfWord& word : words) {
      if (page.lines.empty() ||
          (word.y0 + word.y1 - page.lines.back().front().y0 - page.lines.back().front().y1) / 2 > 0.55F * body_)
        page.lines.emplace_back();
      page.lines.back().push_back(std::move(word));
    }
  }

  float body_, ratio_;
  PdfText& told_;
};

// Whether blanks stand between two words of a line.
bool apart(char32_t a, char32_t b, float gap, float em) {
  if (gap > 1.5F * em) return true;
  return !is_wide(a) && !is_wide(b) && gap > 0.08F * em;
}

}  // namespace

void append_word(Piece& to, const std::u32string& text, float x0, float x1) {
  if (!to.text.empty() && !text.empty() && apart(to.text.back(), text.front(), x0 - to.x1, to.em)) to.text += U' ';
  to.text += text;
  to.x1 = std::max(to.x1, x1);
}

Type measure(const std::vector<PdfPage>& pages) {
  Type type;
  std::vector<float> ems, heights, ratios;
  for (const PdfPage& page : pages)
    for (const auto& line : page.lines)
      for (const PdfWord& word : line) {
        if (is_upright_line(word)) continue;
        heights.push_back(word.y1 - word.y0);
        if (const auto em = em_of(word); em && *em > 0) {
          ems.insert(ems.end(), std::min<std::size_t>(word.text.size(), 40), *em);
          ratios.push_back((word.y1 - word.y0) / *em);
        }
      }
  type.ratio = std::clamp(median(ratios, 1.25F), 0.5F, 4.0F);
  type.body = median(ems, median(heights, 12.0F) / type.ratio);
  if (!(type.body > 0.5F) || !(type.body < 200)) type.body = 10;
  return type;
}

SetPage set_pieces(PdfPage& page, std::size_t number, Type type, PdfText& told) {
  return Pieces(type, told).pieces_of(page, number);
}

}  // namespace suyuan::pdf
