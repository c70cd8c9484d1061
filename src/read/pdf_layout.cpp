// Words in boxes → paragraphs.
//
// Columns (pdf_columns.hpp): each band is read column by column, the same again inside each (Nagy and Seth's XY
// cut, with crossing lines allowed). Tables (pdf_tables.hpp): row by row, each cell to its end. Paragraphs: a line
// begins one where it is indented, set in another size, centred, further down than the lines around it, or where
// the line before had room for its first word. Margins: a short row near the upper or lower edge is furniture where
// the same words stand at the same height of another page, digits apart.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include "base/han.hpp"
#include "read/pdf.hpp"
#include "read/pdf_columns.hpp"
#include "read/pdf_numbers.hpp"
#include "read/pdf_tables.hpp"

namespace suyuan {

namespace {

using namespace pdf;

constexpr std::size_t kMostPieces = 5000;  // on a page on which columns are sought
constexpr int kMostCuts = 4;               // columns in columns
constexpr float kMargin = 0.15F;           // of the page's height: where running heads and page numbers stand
constexpr std::size_t kLongestHead = 60;   // characters

bool is_wide(char32_t c) { return c >= 0x2E80; }

struct Leaf {  // a column, or what stands over several
  std::size_t page = 0;
  std::vector<Piece> lines;
  float left = 0, right = 0, pitch = 0;
  bool cell = false;  // of a table: its edges are known, and it goes on nowhere else
};

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

// Whether blanks stand between two words of a line.
bool apart(char32_t a, char32_t b, float gap, float em) {
  if (gap > 1.5F * em) return true;
  return !is_wide(a) && !is_wide(b) && gap > 0.08F * em;
}

void append_word(Piece& to, const std::u32string& text, float x0, float x1) {
  if (!to.text.empty() && !text.empty() && apart(to.text.back(), text.front(), x0 - to.x1, to.em)) to.text += U' ';
  to.text += text;
  to.x1 = std::max(to.x1, x1);
}

struct Row {  // what stands at one height over the whole width
  float y = 0, x0 = 0, x1 = 0, em = 0;
  std::vector<std::size_t> pieces;
  std::u32string text, key;
  bool furniture = false;
};

struct SetPage {
  float width = 0, height = 0;
  std::vector<Piece> pieces;
  std::vector<Row> rows;                         // of the two margins
  std::vector<std::pair<float, Piece>> margins;  // furniture, by height
  std::vector<Piece> aside;                      // turned against the page
  std::string label;
  bool printed = false;
};

class Setter {
 public:
  explicit Setter(std::vector<PdfPage> pages) : given_(std::move(pages)) {}

  PdfText run() {
    measure();
    for (std::size_t p = 0; p < given_.size(); ++p) {
      set_.push_back(pieces_of(given_[p], p));
      given_[p].lines.clear();
    }
    find_margins();
    find_labels();
    for (std::size_t p = 0; p < set_.size(); ++p) find_columns(p);
    find_edges();
    paragraphs();
    return std::move(out_);
  }

 private:
  // --- words → pieces ---

  void measure() {
    std::vector<float> ems, heights, ratios;
    for (const PdfPage& page : given_)
      for (const auto& line : page.lines)
        for (const PdfWord& word : line) {
          if (is_upright_line(word)) continue;
          heights.push_back(word.y1 - word.y0);
          if (const auto em = em_of(word); em && *em > 0) {
            ems.insert(ems.end(), std::min<std::size_t>(word.text.size(), 40), *em);
            ratios.push_back((word.y1 - word.y0) / *em);
          }
        }
    ratio_ = std::clamp(median(ratios, 1.25F), 0.5F, 4.0F);
    body_ = median(ems, median(heights, 12.0F) / ratio_);
    if (!(body_ > 0.5F) || !(body_ < 200)) body_ = 10;
  }

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

  SetPage pieces_of(PdfPage& page, std::size_t number) {
    SetPage out{page.width, page.height, {}, {}, {}, {}, {}};
    for (auto& line : page.lines)
      for (PdfWord& word : line) word.text = spelled_out(word.text);
    const Runs way = runs(page);
    const bool down = way == Runs::down;
    if (way == Runs::mixed) out_.mixed.push_back(number);
    if (down) {
      out_.vertical.push_back(number);
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
    if (turned > 0) out_.turned.push_back(number);
    std::stable_sort(out.pieces.begin(), out.pieces.end(),
                     [](const Piece& a, const Piece& b) { return a.y < b.y || (a.y == b.y && a.x0 < b.x0); });
    join_hung(out.pieces);
    set_readings_aside(out);
    return out;
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

  // --- margins ---

  void find_rows(SetPage& page) const {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < page.pieces.size(); ++i) {
      const Piece& piece = page.pieces[i];
      if (piece.y > page.height * kMargin && piece.y < page.height * (1 - kMargin)) continue;
      if (rows.empty() || piece.y - rows.back().y > 0.5F * std::min(piece.em, rows.back().em))
        rows.push_back({piece.y, piece.x0, piece.x1, piece.em, {}, {}, {}, false});
      rows.back().pieces.push_back(i);
    }
    std::vector<Row> kept;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const bool upper = rows[r].y <= page.height * kMargin;
      std::size_t outer = 0;  // rows between it and the edge
      for (const Row& other : rows)
        outer += (other.y <= page.height * kMargin) == upper && (upper ? other.y < rows[r].y : other.y > rows[r].y);
      if (outer >= 3) continue;
      Row& row = rows[r];
      std::sort(row.pieces.begin(), row.pieces.end(),
                [&](std::size_t a, std::size_t b) { return page.pieces[a].x0 < page.pieces[b].x0; });
      for (const std::size_t i : row.pieces) {
        row.text += (row.text.empty() ? U"" : U" ") + page.pieces[i].text;
        row.x0 = std::min(row.x0, page.pieces[i].x0);
        row.x1 = std::max(row.x1, page.pieces[i].x1);
      }
      if (row.text.size() > kLongestHead) continue;
      const std::optional<Number> number = page_number(row.text);
      for (const char32_t c : row.text)
        if (han::kind(c) != han::Kind::blank) {
          if (!han::is_digit(c))
            row.key += han::plain(c);
          else if (row.key.empty() || row.key.back() != U'#')
            row.key += U'#';
        }
      if (number && (number->kind.empty() || number->kind == U"r")) row.key = U"#";
      kept.push_back(std::move(row));
    }
    page.rows = std::move(kept);
  }

  void find_margins() {
    struct Seen {
      std::size_t page;
      float y;
    };
    std::map<std::u32string, std::vector<Seen>> seen;
    for (std::size_t p = 0; p < set_.size(); ++p) {
      find_rows(set_[p]);
      for (const Row& row : set_[p].rows) seen[row.key].push_back({p, row.y});
    }
    constexpr float kSame = 3;
    std::vector<Seen> heights;  // of rows that recur, each with its page
    for (std::size_t p = 0; p < set_.size(); ++p)
      for (Row& row : set_[p].rows) {
        const auto& all = seen[row.key];
        const auto from = std::lower_bound(all.begin(), all.end(), p < 40 ? 0 : p - 40,
                                           [](const Seen& s, std::size_t page) { return s.page < page; });
        for (auto s = from; s != all.end() && s->page <= p + 40 && !row.furniture; ++s)
          row.furniture = s->page != p && std::abs(s->y - row.y) <= kSame;
        if (set_.size() == 1 && row.key == U"#") row.furniture = stands_alone(set_[p], row);
        if (row.furniture) heights.push_back({p, row.y});
      }
    // Heads that change from chapter to chapter: at the height of heads that recur.
    std::sort(heights.begin(), heights.end(), [](const Seen& a, const Seen& b) { return a.y < b.y; });
    const auto at_height = [&](float y) {
      const auto from =
          std::lower_bound(heights.begin(), heights.end(), y - 1, [](const Seen& s, float v) { return s.y < v; });
      const auto to = std::upper_bound(from, heights.end(), y + 1, [](float v, const Seen& s) { return v < s.y; });
      return static_cast<std::size_t>(to - from);
    };
    for (SetPage& page : set_)
      for (Row& row : page.rows)
        if (!row.furniture && at_height(row.y) >= 2 && at_height(row.y) * 3 >= set_.size() &&
            stands_alone(page, row))
          row.furniture = true;
    for (SetPage& page : set_) {
      std::vector<bool> out(page.pieces.size(), false);
      for (const Row& row : page.rows) {
        if (!row.furniture) continue;
        Piece head = page.pieces[row.pieces.front()];
        head.text = row.text;
        page.margins.emplace_back(row.y, std::move(head));
        for (const std::size_t i : row.pieces) out[i] = true;
      }
      for (Piece& piece : page.aside) page.margins.emplace_back(piece.y, std::move(piece));
      std::vector<Piece> rest;
      for (std::size_t i = 0; i < out.size(); ++i)
        if (!out[i]) rest.push_back(std::move(page.pieces[i]));
      page.pieces = std::move(rest);
    }
  }

  // A row with nothing but other margins within one and a half lines of it.
  bool stands_alone(const SetPage& page, const Row& row) const {
    return std::none_of(page.pieces.begin(), page.pieces.end(), [&](const Piece& piece) {
      const float distance = std::abs(piece.y - row.y);
      return distance > 0.5F * row.em && distance < 2.0F * body_ &&
             std::none_of(page.rows.begin(), page.rows.end(),
                          [&](const Row& r) { return r.furniture && std::abs(r.y - piece.y) < 0.5F * r.em; });
    });
  }

  // --- labels ---

  void find_labels() {
    struct Candidate {
      std::size_t page;
      Number number;
      std::string text;
    };
    std::vector<Candidate> all;
    for (std::size_t p = 0; p < set_.size(); ++p)
      for (const Row& row : set_[p].rows) {
        if (!row.furniture) continue;
        std::vector<std::u32string> words{row.text};
        std::size_t from = 0;
        for (std::size_t i = 0; i <= row.text.size(); ++i)
          if (i == row.text.size() || row.text[i] == U' ') {
            if (i > from && i - from < row.text.size()) words.push_back(row.text.substr(from, i - from));
            from = i + 1;
          }
        for (const auto& word : words)
          if (const auto n = page_number(word)) {
            std::string text = std::to_string(n->value);
            if (n->kind == U"r") {
              text.clear();
              for (const char32_t c : word)
                if (c < 0x80 && std::isalpha(static_cast<unsigned char>(c)) != 0) text += static_cast<char>(c);
            }
            if (n->kind != U"r") text.insert(0, to_utf8(n->kind));
            all.push_back({p, *n, std::move(text)});
          }
      }
    using Offset = std::pair<std::u32string, long>;
    std::map<Offset, std::size_t> votes;
    const auto offset = [](const Candidate& c) {
      return std::pair(c.number.kind, static_cast<long>(c.number.value) - static_cast<long>(c.page));
    };
    for (const Candidate& c : all) ++votes[offset(c)];
    std::vector<std::optional<Offset>> of(set_.size());
    for (const Candidate& c : all) {
      const auto o = offset(c);
      if (votes[o] < (set_.size() == 1 ? 1 : 2)) continue;
      if (!of[c.page] || votes[*of[c.page]] < votes[o]) {
        of[c.page] = o;
        set_[c.page].label = c.text;
      }
    }
    // Pages that bear no number among pages that do.
    const auto fill = [&](std::size_t p, std::size_t from) {
      if (of[p] || !of[from] || !of[from]->first.empty()) return;
      const long value = static_cast<long>(p) + of[from]->second;
      if (value < 1) return;
      of[p] = of[from];
      set_[p].label = std::to_string(value);
    };
    for (std::size_t p = set_.size(); p-- > 1;) fill(p - 1, p);
    for (std::size_t p = 1; p < set_.size(); ++p) fill(p, p - 1);
    for (std::size_t p = 0; p < set_.size(); ++p) set_[p].printed = of[p].has_value();
    labels_of_the_file();
    const bool any = std::any_of(set_.begin(), set_.end(), [](const SetPage& page) { return !page.label.empty(); });
    for (std::size_t p = 0; p < set_.size(); ++p)
      if (set_[p].label.empty()) set_[p].label = any ? "[" + std::to_string(p + 1) + "]" : std::to_string(p + 1);
  }

  // Pages that bear no number are called as the file calls them: where its labels are more than a count from one,
  // speak of numbers, and do not contradict those that are printed.
  void labels_of_the_file() {
    bool counted = true;
    std::size_t agree = 0, printed = 0;
    std::set<std::string> used;
    for (std::size_t p = 0; p < set_.size(); ++p) {
      counted = counted && given_[p].label == std::to_string(p + 1);
      printed += set_[p].printed;
      agree += set_[p].printed && set_[p].label == given_[p].label;
      if (set_[p].printed) used.insert(set_[p].label);
    }
    if (counted || agree * 2 < printed) return;
    for (std::size_t p = 0; p < set_.size(); ++p) {
      const std::string& label = given_[p].label;
      if (set_[p].printed || label.find('\\') != label.npos || !page_number(from_utf8(label)) ||
          !used.insert(label).second)
        continue;
      set_[p].label = label;
      ++out_.labelled;
    }
  }

  // --- columns and tables ---

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

  void find_columns(std::size_t p) {
    SetPage& page = set_[p];
    if (page.pieces.size() > kMostPieces) out_.unordered.push_back(p);
    cut(p, std::move(page.pieces), 0);
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

  void find_edges() {
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
    indent_ = indents.size() * 40 > lines ? median(indents, 0.0F) : 0;
  }

  // --- paragraphs ---

  struct Placed {
    const Leaf* leaf = nullptr;
    const Piece* line = nullptr;
    std::uint32_t number = 0;  // on its page
    std::size_t at = 0;        // in the leaf
  };

  struct Paragraph {
    std::vector<Placed> lines;
    bool furniture = false, note = false;
    std::size_t page = 0;  // of furniture
    std::u32string margin;
  };

  // Both by width and by height: justified lines are spaced out, and faces differ in height.
  static bool in_larger_type(const Piece& a, const Piece& b) {
    return a.em > 1.12F * b.em && a.height > 1.05F * b.height;
  }
  bool is_large(const Piece& a) const { return a.em > 1.12F * body_ && a.height > 1.05F * ratio_ * body_; }

  bool centred(const Placed& at) const {
    const float before = at.line->x0 - at.leaf->left, after = at.leaf->right - at.line->x1;
    return before > 2.4F * body_ && after > 2.4F * body_ && std::abs(before - after) < 1.2F * body_;
  }

  // Whether so many lines of the column as a block has begin at this line's edge.
  bool in_block(const Placed& at) const {
    const auto& lines = at.leaf->lines;
    const auto same = [&](std::size_t i) { return std::abs(lines[i].x0 - at.line->x0) < 0.4F * body_; };
    std::size_t from = at.at, to = at.at;
    while (from > 0 && same(from - 1)) --from;
    while (to + 1 < lines.size() && same(to + 1)) ++to;
    return to - from >= 2;
  }

  static bool ends_sentence(const std::u32string& text) {
    static constexpr std::u32string_view kEnds = U"。！？!?；;：:”』」）)】》…";
    return !text.empty() && kEnds.find(text.back()) != kEnds.npos;
  }

  static bool is_entry(const std::u32string& text) {  // of contents: a leader and a number
    return text.find(U"....") != text.npos || text.find(U"………") != text.npos || text.find(U"····") != text.npos ||
           text.find(U". . . .") != text.npos;
  }

  bool continues(const Placed& a, const Placed& b) const {
    const Piece &x = *a.line, &y = *b.line;
    const float larger = std::max(x.em, y.em);
    if (in_larger_type(x, y) || in_larger_type(y, x) || is_entry(x.text) || is_entry(y.text)) return false;
    const bool same_leaf = a.leaf == b.leaf;
    if (!same_leaf && (a.leaf->cell || b.leaf->cell)) return false;
    if (same_leaf && y.y - x.y > std::max(1.45F * a.leaf->pitch, a.leaf->pitch + 0.5F * body_) &&
        y.y - x.y > 1.6F * std::max(x.em, a.leaf->pitch / 2))
      return false;
    const bool heading = is_large(x);
    const float room = a.leaf->right - x.x1;
    const bool wide = is_wide(y.text.front()) || y.text.front() > 0x2000;
    const bool had_room = room > (wide ? 2.2F * larger : std::max(y.first_word + 0.35F * larger, 0.6F * larger));
    if (a.leaf->cell) return !had_room;
    if (centred(a) || centred(b))
      return heading && same_leaf && centred(b) && (centred(a) || room < 2.2F * larger) && !ends_sentence(x.text);
    if (had_room) return false;
    const float before = x.x0 - a.leaf->left, indent = y.x0 - b.leaf->left;
    if (indent <= 1.2F * body_) return same_leaf || indent_ > 0 || !ends_sentence(x.text);
    if (before > indent + 0.4F * body_) return true;                    // under the first line of a set-in block
    if (std::abs(before - indent) <= 0.4F * body_) return in_block(b);  // in one
    const bool first_line = indent_ == 0 || std::abs(indent - indent_) < 0.35F * body_;
    return !first_line && !ends_sentence(x.text);  // a hanging indent
  }

  static bool begins_note(const std::u32string& text) {
    if (text.empty()) return false;
    const char32_t c = text.front();
    if ((c >= 0x2460 && c <= 0x24FF) || (c >= 0x2776 && c <= 0x2793) || c == U'*' || c == U'＊' || c == U'※' ||
        c == U'注')
      return true;
    const bool bracket = std::u32string_view(U"[(（〔【").find(c) != std::u32string_view::npos;
    return han::is_digit(bracket && text.size() > 1 ? text[1] : c);
  }

  // The first line of the notes at the foot of a column.
  std::size_t notes_from(const Leaf& leaf) const {
    std::size_t from = leaf.lines.size();
    if (leaf.cell) return from;
    for (std::size_t i = leaf.lines.size(); i-- > 0 && leaf.lines[i].em < 0.93F * body_;)
      if (begins_note(leaf.lines[i].text)) from = i;
    return from == 0 ? leaf.lines.size() : from;
  }

  void paragraphs() {
    std::vector<Paragraph> waiting;  // behind the paragraph that is open
    std::optional<Paragraph> open;
    const auto close = [&] {
      if (!open) return;
      write(*std::exchange(open, std::nullopt));
      for (const Paragraph& p : std::exchange(waiting, {})) write(p);
    };
    counted_.assign(set_.size(), 0);
    for (const Leaf& leaf : leaves_) counted_[leaf.page] += static_cast<std::uint32_t>(leaf.lines.size());
    std::size_t next = 0;
    for (std::size_t p = 0; p < set_.size(); ++p) {
      std::stable_sort(set_[p].margins.begin(), set_[p].margins.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; });
      const auto margin = [&](const Piece& piece) { waiting.push_back({{}, true, false, p, piece.text}); };
      for (const auto& [y, piece] : set_[p].margins)
        if (y <= set_[p].height / 2) margin(piece);
      std::uint32_t number = 0;
      for (; next < leaves_.size() && leaves_[next].page == p; ++next) {
        const Leaf& leaf = leaves_[next];
        const std::size_t notes = notes_from(leaf);
        for (std::size_t i = 0; i < leaf.lines.size(); ++i) {
          const Placed line{&leaf, &leaf.lines[i], ++number, i};
          if (i >= notes) {
            const bool fresh =
                i == notes || begins_note(line.line->text) || waiting.empty() || !waiting.back().note;
            if (fresh) waiting.push_back({{}, false, true, p, {}});
            waiting.back().lines.push_back(line);
            continue;
          }
          if (!open || !continues(open->lines.back(), line)) {
            close();
            open.emplace();
          }
          open->lines.push_back(line);
        }
      }
      for (const auto& [y, piece] : set_[p].margins)
        if (y > set_[p].height / 2) margin(piece);
    }
    close();
    for (const Paragraph& p : waiting) write(p);
  }

  std::uint32_t offset() const { return static_cast<std::uint32_t>(out_.text.size()); }

  void place(std::size_t page, std::uint32_t line) {
    if (out_.pages.empty() || out_.pages.back().number != page + 1)
      out_.pages.push_back({offset(), static_cast<std::uint32_t>(page + 1), set_[page].printed, set_[page].label});
    out_.anchors.push_back({offset(), line, 1, 1});
  }

  static bool is_lower(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7); }

  void write(const Paragraph& paragraph) {
    const std::uint32_t begin = offset();
    if (paragraph.furniture) {
      place(paragraph.page, ++counted_[paragraph.page]);
      out_.text += paragraph.margin;
      out_.markup.push_back({{begin, offset()}, Markup::Kind::furniture, 0});
    }
    for (const Placed& at : paragraph.lines) {
      std::u32string_view text = at.line->text;
      if (offset() > begin && !text.empty()) {
        const char32_t a = out_.text.back(), b = text.front();
        const char32_t before = out_.text.size() - begin > 1 ? out_.text[out_.text.size() - 2] : U' ';
        if (a == 0xAD || ((a == U'-' || a == 0x2010) && is_lower(before) && is_lower(b))) {
          out_.text.pop_back();
          ++out_.mended;
        } else if (!is_wide(a) && !is_wide(b) && a != U'-' &&
                   std::u32string_view(U"—…“‘(/ ").find(a) == std::u32string_view::npos &&
                   std::u32string_view(U"—…”’) ").find(b) == std::u32string_view::npos) {
          out_.text += U' ';
        }
      }
      place(at.leaf->page, at.number);
      out_.text += text;
    }
    if (!paragraph.furniture && !paragraph.note) {
      const Piece& first = *paragraph.lines.front().line;
      if (is_large(first) && offset() - begin <= kLongestHead && !ends_sentence(out_.text)) {
        const float times = first.em / body_;
        const int level = times > 1.6F ? 1 : times > 1.35F ? 2 : 3;
        out_.markup.push_back({{begin, offset()}, Markup::Kind::heading, static_cast<std::uint8_t>(level)});
      }
    }
    out_.text += U'\n';
  }

  std::vector<PdfPage> given_;
  std::vector<SetPage> set_;
  std::vector<Leaf> leaves_;
  std::vector<std::uint32_t> counted_;  // lines of each page, those of its margins as they are written
  float body_ = 10, ratio_ = 1.25F;     // em of the running text; height of a box in em
  float indent_ = 0;                    // of first lines; 0 where paragraphs are not indented
  PdfText out_;
};

}  // namespace

PdfText lay_out(std::vector<PdfPage> pages) { return Setter(std::move(pages)).run(); }

}  // namespace suyuan
