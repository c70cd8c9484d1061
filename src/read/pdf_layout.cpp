// Words in boxes → paragraphs, by the stages of pdf_pages.hpp. A line begins a paragraph where it is indented, set
// in another size, centred, further down than the lines around it, or where the line before had room for its first
// word.
#include <algorithm>
#include <cmath>
#include <optional>

#include "base/han.hpp"
#include "read/pdf.hpp"
#include "read/pdf_pages.hpp"

namespace suyuan {

namespace {

using namespace pdf;

constexpr std::size_t kLongestHeading = 60;  // characters

class Setter {
 public:
  PdfText run(std::vector<PdfPage> given) {
    const Type type = measure(given);
    body_ = type.body, ratio_ = type.ratio;
    for (std::size_t p = 0; p < given.size(); ++p) {
      set_.push_back(set_pieces(given[p], p, type, out_));
      given[p].lines.clear();
    }
    find_margins(set_, body_);
    find_labels(set_, given, out_);
    Leaves leaves = find_leaves(set_, body_, out_);
    leaves_ = std::move(leaves.all);
    indent_ = leaves.indent;
    paragraphs();
    return std::move(out_);
  }

 private:
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
      if (is_large(first) && offset() - begin <= kLongestHeading && !ends_sentence(out_.text)) {
        const float times = first.em / body_;
        const int level = times > 1.6F ? 1 : times > 1.35F ? 2 : 3;
        out_.markup.push_back({{begin, offset()}, Markup::Kind::heading, static_cast<std::uint8_t>(level)});
      }
    }
    out_.text += U'\n';
  }

  std::vector<SetPage> set_;
  std::vector<Leaf> leaves_;
  std::vector<std::uint32_t> counted_;  // lines of each page, those of its margins as they are written
  float body_ = 10, ratio_ = 1.25F, indent_ = 0;
  PdfText out_;
};

}  // namespace

PdfText lay_out(std::vector<PdfPage> pages) { return Setter().run(std::move(pages)); }

}  // namespace suyuan
