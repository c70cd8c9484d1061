// Margins: a short row near the upper or lower edge is furniture where the same words stand at the same height of
// another page, digits apart. The numbers among them call the pages.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "base/han.hpp"
#include "read/pdf_numbers.hpp"
#include "read/pdf_pages.hpp"

namespace suyuan::pdf {

namespace {

constexpr float kMargin = 0.15F;          // of the page's height: where running heads and page numbers stand
constexpr std::size_t kLongestHead = 60;  // characters

void find_rows(SetPage& page) {
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

// A row with nothing but other margins within one and a half lines of it.
bool stands_alone(const SetPage& page, const Row& row, float body) {
  return std::none_of(page.pieces.begin(), page.pieces.end(), [&](const Piece& piece) {
    const float distance = std::abs(piece.y - row.y);
    return distance > 0.5F * row.em && distance < 2.0F * body &&
           std::none_of(page.rows.begin(), page.rows.end(),
                        [&](const Row& r) { return r.furniture && std::abs(r.y - piece.y) < 0.5F * r.em; });
  });
}

// Pages that bear no number are called as the file calls them: where its labels are more than a count from one,
// speak of numbers, and do not contradict those that are printed.
void labels_of_the_file(std::vector<SetPage>& pages, const std::vector<PdfPage>& given, PdfText& told) {
  bool counted = true;
  std::size_t agree = 0, printed = 0;
  std::set<std::string> used;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    counted = counted && given[p].label == std::to_string(p + 1);
    printed += pages[p].printed;
    agree += pages[p].printed && pages[p].label == given[p].label;
    if (pages[p].printed) used.insert(pages[p].label);
  }
  if (counted || agree * 2 < printed) return;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    const std::string& label = given[p].label;
    if (pages[p].printed || label.find('\\') != label.npos || !page_number(from_utf8(label)) ||
        !used.insert(label).second)
      continue;
    pages[p].label = label;
    ++told.labelled;
  }
}

}  // namespace

void find_margins(std::vector<SetPage>& pages, float body) {
  struct Seen {
    std::size_t page;
    float y;
  };
  std::map<std::u32string, std::vector<Seen>> seen;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    find_rows(pages[p]);
    for (const Row& row : pages[p].rows) seen[row.key].push_back({p, row.y});
  }
  constexpr float kSame = 3;
  std::vector<Seen> heights;  // of rows that recur, each with its page
  for (std::size_t p = 0; p < pages.size(); ++p)
    for (Row& row : pages[p].rows) {
      const auto& all = seen[row.key];
      const auto from = std::lower_bound(all.begin(), all.end(), p < 40 ? 0 : p - 40,
                                         [](const Seen& s, std::size_t page) { return s.page < page; });
      for (auto s = from; s != all.end() && s->page <= p + 40 && !row.furniture; ++s)
        row.furniture = s->page != p && std::abs(s->y - row.y) <= kSame;
      if (pages.size() == 1 && row.key == U"#") row.furniture = stands_alone(pages[p], row, body);
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
  for (SetPage& page : pages)
    for (Row& row : page.rows)
      if (!row.furniture && at_height(row.y) >= 2 && at_height(row.y) * 3 >= pages.size() &&
          stands_alone(page, row, body))
        row.furniture = true;
  for (SetPage& page : pages) {
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

void find_labels(std::vector<SetPage>& pages, const std::vector<PdfPage>& given, PdfText& told) {
  struct Candidate {
    std::size_t page;
    Number number;
    std::string text;
  };
  std::vector<Candidate> all;
  for (std::size_t p = 0; p < pages.size(); ++p)
    for (const Row& row : pages[p].rows) {
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
  std::vector<std::optional<Offset>> of(pages.size());
  for (const Candidate& c : all) {
    const auto o = offset(c);
    if (votes[o] < (pages.size() == 1 ? 1 : 2)) continue;
    if (!of[c.page] || votes[*of[c.page]] < votes[o]) {
      of[c.page] = o;
      pages[c.page].label = c.text;
    }
  }
  // Pages that bear no number among pages that do.
  const auto fill = [&](std::size_t p, std::size_t from) {
    if (of[p] || !of[from] || !of[from]->first.empty()) return;
    const long value = static_cast<long>(p) + of[from]->second;
    if (value < 1) return;
    of[p] = of[from];
    pages[p].label = std::to_string(value);
  };
  for (std::size_t p = pages.size(); p-- > 1;) fill(p - 1, p);
  for (std::size_t p = 1; p < pages.size(); ++p) fill(p, p - 1);
  for (std::size_t p = 0; p < pages.size(); ++p) pages[p].printed = of[p].has_value();
  labels_of_the_file(pages, given, told);
  const bool any = std::any_of(pages.begin(), pages.end(), [](const SetPage& page) { return !page.label.empty(); });
  for (std::size_t p = 0; p < pages.size(); ++p)
    if (pages[p].label.empty()) pages[p].label = any ? "[" + std::to_string(p + 1) + "]" : std::to_string(p + 1);
}

}  // namespace suyuan::pdf
