// Lines: content, folded view, and the roles that wording or markup alone decides.
#include "segment/lines.hpp"

#include <algorithm>
#include <array>

#include "base/han.hpp"

namespace suyuan {

namespace {

bool is_terminal(char32_t c) {
  static constexpr std::u32string_view kEnds = U"。！？!?；;：:”』」）)】》…";
  return kEnds.find(c) != std::u32string_view::npos;
}

// Format characters and combining marks have no width.
std::uint32_t columns(std::u32string_view text) {
  std::uint32_t n = 0;
  for (const char32_t c : text) {
    const bool none = c == 0xAD || (c >= 0x0300 && c <= 0x036F) || (c >= 0x200B && c <= 0x200F) ||
                      (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
    n += none ? 0 : c < 0x1100 ? 1 : 2;
  }
  return n;
}

bool is_leader(std::u32string_view content) {
  const std::size_t dots = std::min(content.find(U"...."), content.find(U"………"));
  if (dots == content.npos) return false;
  return std::all_of(content.begin() + static_cast<std::ptrdiff_t>(dots), content.end(), [](char32_t c) {
    return c == U'.' || c == U'…' || c == U'·' || han::is_digit(c) || han::kind(c) == han::Kind::blank ||
           c == U'(' || c == U')' || c == U'-';
  });
}

class Finder {
 public:
  Finder(const Document& document, const Lexicons& lexicons)
      : document_(document), text_(document.text), lexicons_(lexicons) {}

  Lines run() {
    out_.plain.text.reserve(text_.size());
    out_.plain.origin.reserve(text_.size());
    out_.lines.reserve(document_.line_starts.size());
    for (std::size_t n = 0; n < document_.line_starts.size(); ++n) {
      const std::uint32_t begin = document_.line_starts[n];
      const std::uint32_t end = n + 1 < document_.line_starts.size() ? document_.line_starts[n + 1]
                                                                     : static_cast<std::uint32_t>(text_.size());
      if (begin < end) out_.lines.push_back(line({begin, end}));
    }
    return std::move(out_);
  }

 private:
  // > 3 of a letter that is quoted line by line; alone it compares.
  bool quoted_above() const { return !out_.lines.empty() && out_.lines.back().quote; }

  bool blank(std::uint32_t i) const { return han::folded(text_[i]).kind == han::Kind::blank; }

  Line line(Span whole) {
    Line line;
    line.whole = whole;
    std::uint32_t begin = whole.begin, end = whole.end;
    while (end > begin && (text_[end - 1] == U'\n' || text_[end - 1] == U'\r')) --end;
    line.trailing_blank = end > begin && blank(end - 1);
    while (end > begin && blank(end - 1)) --end;
    while (begin < end && blank(begin)) {
      line.form_feed = line.form_feed || text_[begin] == U'\f';
      line.indent += text_[begin] == U'\t' ? 4 : columns(text_.substr(begin, 1));
      ++begin;
    }
    const auto pass = [&] {
      while (begin < end && blank(begin)) ++begin;
    };
    std::uint32_t signs = begin;
    while (signs < end && text_[signs] == U'>') ++signs;
    if (signs > begin &&
        (document_.format == "markdown" || (document_.format == "text" && signs + 1 < end && text_[signs] == U' ' &&
                                            (!han::is_digit(text_[signs + 1]) || quoted_above())))) {
      line.quote = true;
      while (begin < end && (text_[begin] == U'>' || blank(begin))) ++begin;
    }
    if (document_.format == "markdown" && begin < end && text_[begin] == U'#') {
      while (begin < end && text_[begin] == U'#') ++begin, ++line.heading;
      pass();
    }
    if (begin < end && std::u32string_view(U"■●◆▲◼▪").find(text_[begin]) != std::u32string_view::npos) {
      line.bullet = true;
      ++begin;
      pass();
    } else if (begin < end && (text_[begin] == U'-' || text_[begin] == U'*') &&
               (begin + 1 == end || text_[begin + 1] == U' ')) {
      line.dash = true;
      ++begin;
      pass();
    }
    line.content = {begin, end};
    if (document_.format == "list") line.role = Role::body;
    mark(line);
    line.begin = static_cast<std::uint32_t>(out_.plain.text.size());
    std::uint32_t last = end;  // the last character of its wording
    for (std::uint32_t i = begin; i < end;) {
      const auto aside = [&](const Markup& m) {
        return (m.kind == Markup::Kind::gloss || m.kind == Markup::Kind::sign) && m.span.end > i;
      };
      while (next_aside_ < document_.markup.size() && !aside(document_.markup[next_aside_])) ++next_aside_;
      if (next_aside_ < document_.markup.size() && document_.markup[next_aside_].span.begin <= i) {
        i = std::min(end, document_.markup[next_aside_].span.end);
        continue;
      }
      const bool within = rest_.begin <= i && i < rest_.end;
      if (within || han::begins_aside(text_[i]))
        if (const std::uint32_t after = within ? rest_.end : reading_end(line.content, i); after > i) {
          line.continues = line.continues || i == begin;
          i = std::min(end, after);
          continue;
        }
      const han::Folded f = han::folded(text_[i]);
      if (f.kind != han::Kind::blank) {
        out_.plain.text += f.character;
        out_.plain.origin.push_back(i);
        last = i;
      }
      ++i;
    }
    line.end = static_cast<std::uint32_t>(out_.plain.text.size());
    if (begin < end) {
      const std::u32string_view content = document_.view(line.content);
      line.width = columns(content);
      line.terminal = last < end && is_terminal(text_[last]);
      line.leader = is_leader(content);
      if (!line.leader) {
        const auto role = lexicons_.role_by_wording(out_.view(line));
        // A page's own line of source or editors stays what it is outside the main text too.
        const bool stands = !line.role || (line.role == Role::navigation && role == Role::footer) ||
                            (line.role == Role::running_head && role == Role::page_number);
        // A number alone may be a section's; 第13页 is a page's though it is set as a heading.
        const bool heads = line.heading > 0 && role == Role::page_number && !out_.view(line).ends_with(U'页');
        if (role && stands && !heads) line.role = role;
      }
      if (line.role != Role::page_number) before_ = line.content;
    }
    return line;
  }

  // The end of a reading at text[at] of a line, the line's end where it goes on upon one of the next; `at` where
  // there is none. The words that a reading in its midst or before them proves to go on are one paragraph's.
  std::uint32_t reading_end(Span content, std::uint32_t at) {
    constexpr std::u32string_view kClose = U")）]］〕";
    constexpr std::uint32_t kCut = 64;  // characters behind a bracket that the line's end cuts
    constexpr std::size_t kLines = 4;
    std::array<Span, 3> pieces{before_, content};
    const std::uint32_t here = han::gloss_end(text_, std::span(pieces).first(2), 1, at);
    // (a), (e) before a line's first word count points off.
    if (here == at + 3 && at == content.begin && text_[at + 1] < 0x80) return at;
    if (here > at || content.end - at > kCut ||
        document_.view({at, content.end}).find_first_of(kClose) != kClose.npos)
      return here;
    const auto after = std::upper_bound(document_.line_starts.begin(), document_.line_starts.end(), at);
    std::size_t filled = 0;
    for (auto next = after; next != document_.line_starts.end() && filled < kLines; ++next) {
      Span line{*next,
                next + 1 != document_.line_starts.end() ? *(next + 1) : static_cast<std::uint32_t>(text_.size())};
      while (!line.empty() && blank(line.begin)) ++line.begin;
      if (line.empty()) continue;
      ++filled;
      pieces.back() = line;
      if (const std::uint32_t there = han::gloss_end(text_, pieces, 1, at); there > line.begin) {
        rest_ = {line.begin, there};
        return content.end;
      }
    }
    return at;
  }

  // What the form of the source says of the line.
  void mark(Line& line) {
    const auto& markup = document_.markup;
    while (first_ < markup.size() && markup[first_].span.end <= line.content.begin &&
           markup[first_].span.begin <= line.content.begin)
      ++first_;
    for (std::size_t m = first_;
         m < markup.size() && markup[m].span.begin < std::max(line.content.end, line.content.begin + 1); ++m) {
      const Markup& x = markup[m];
      if (x.span.begin > line.content.begin || x.span.end < line.content.end || line.content.empty()) continue;
      switch (x.kind) {
        case Markup::Kind::heading:
          line.heading = std::max<std::uint32_t>(1, x.level);
          break;
        case Markup::Kind::quote:
          line.quote = true;
          break;
        case Markup::Kind::list_item:
          line.dash = true;
          break;
        case Markup::Kind::caption:
          line.role = Role::caption;
          break;
        case Markup::Kind::furniture:
          line.role = document_.format == "pdf" ? Role::running_head : Role::navigation;
          break;
        case Markup::Kind::note:
          line.role = Role::note;
          break;
        case Markup::Kind::page:
          line.form_feed = line.form_feed || x.span.begin >= line.whole.begin;
          break;
        case Markup::Kind::gloss:
        case Markup::Kind::sign:
        case Markup::Kind::note_mark:
        case Markup::Kind::quotation:
        case Markup::Kind::speaker:
          break;
      }
    }
  }

  const Document& document_;
  const std::u32string& text_;
  const Lexicons& lexicons_;
  Lines out_;
  std::size_t first_ = 0;       // markup that ends before the line
  Span rest_;                   // of a reading that began on a line before
  Span before_;                 // the content of the last line of text
  std::size_t next_aside_ = 0;  // markup that is no wording
};

}  // namespace

Lines find_lines(const Document& document, const Lexicons& lexicons) { return Finder(document, lexicons).run(); }

}  // namespace suyuan
