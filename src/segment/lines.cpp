// Lines: content, folded view, and the roles that wording alone decides.
#include "segment/lines.hpp"

#include <unicode/regex.h>

#include <memory>

#include "base/data.hpp"
#include "base/han.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kViewLimit = 400;

struct Rule {
  Role role;
  std::unique_ptr<icu::RegexPattern> pattern;
};

icu::UnicodeString to_icu(std::u32string_view text) {
  return icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()),
                                       static_cast<std::int32_t>(text.size()));
}

const std::vector<Rule>& rules() {
  static const auto kRules = [] {
    std::vector<Rule> out;
    for (const auto& row : data::rows(data::lines())) {
      std::u32string pattern = from_utf8(row.at(1));
      for (char32_t& c : pattern)
        if (han::is_han(c)) c = han::script_class(c);
      for (std::uint8_t r = 0; r <= static_cast<std::uint8_t>(Role::blank); ++r) {
        if (name(static_cast<Role>(r)) != row[0]) continue;
        UErrorCode status = U_ZERO_ERROR;
        out.push_back({static_cast<Role>(r),
                       std::unique_ptr<icu::RegexPattern>(icu::RegexPattern::compile(to_icu(pattern), 0, status))});
      }
    }
    return out;
  }();
  return kRules;
}

bool is_terminal(char32_t c) {
  static constexpr std::u32string_view kEnds = U"。！？!?；;：:”』」）)】》…";
  return kEnds.find(c) != std::u32string_view::npos;
}

std::uint32_t columns(std::u32string_view text) {
  std::uint32_t n = 0;
  for (const char32_t c : text) n += c < 0x1100 ? 1 : 2;
  return n;
}

}  // namespace

std::u32string line_view(std::u32string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size() && out.size() < kViewLimit;) {
    if (const std::size_t gloss = han::gloss_length(text, i)) {
      i += gloss;
      continue;
    }
    const han::Kind kind = han::kind(text[i]);
    if (kind == han::Kind::letter) out += han::script_class(han::plain(text[i]));
    if (kind == han::Kind::mark) out += han::mark_class(text[i]);
    ++i;
  }
  return out;
}

std::optional<Role> role_by_wording(const std::u32string& view) {
  if (view.empty() || view.size() >= kViewLimit) return std::nullopt;
  const icu::UnicodeString text = to_icu(view);
  for (const Rule& rule : rules()) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::RegexMatcher> matcher(rule.pattern->matcher(text, status));
    matcher->setTimeLimit(50, status);
    if (matcher->matches(status) && U_SUCCESS(status)) return rule.role;
  }
  return std::nullopt;
}

std::vector<Line> find_lines(const Document& document) {
  const std::u32string& text = document.text;
  const auto blank = [&](std::uint32_t i) { return han::kind(text[i]) == han::Kind::blank; };
  std::vector<Line> lines;
  lines.reserve(document.line_starts.size());
  for (std::size_t n = 0; n < document.line_starts.size(); ++n) {
    Line line;
    const std::uint32_t next =
        n + 1 < document.line_starts.size() ? document.line_starts[n + 1] : static_cast<std::uint32_t>(text.size());
    line.whole = {document.line_starts[n], next};
    if (line.whole.empty()) continue;
    std::uint32_t begin = line.whole.begin, end = next;
    while (end > begin && (text[end - 1] == U'\n' || text[end - 1] == U'\r')) --end;
    line.trailing_blank = end > begin && blank(end - 1);
    while (end > begin && blank(end - 1)) --end;
    while (begin < end && blank(begin)) {
      line.indent += text[begin] == U'\t' ? 4 : columns(text.substr(begin, 1));
      ++begin;
    }
    if (document.format == "markdown" && begin < end && text[begin] == U'#') {
      while (begin < end && text[begin] == U'#') ++begin, ++line.heading;
      while (begin < end && blank(begin)) ++begin;
    }
    if (begin < end && std::u32string_view(U"■●◆▲◼▪").find(text[begin]) != std::u32string_view::npos) {
      line.bullet = true;
      ++begin;
      while (begin < end && blank(begin)) ++begin;
    } else if (begin < end && (text[begin] == U'-' || text[begin] == U'*') &&
               (begin + 1 == end || text[begin + 1] == U' ')) {
      line.dash = true;
      ++begin;
      while (begin < end && blank(begin)) ++begin;
    }
    line.content = {begin, end};
    if (begin < end) {
      const std::u32string_view content = document.view(line.content);
      line.width = columns(content);
      line.terminal = is_terminal(content.back());
      line.view = line_view(content);
      const std::size_t dots = content.find(U"....");
      const std::size_t ellipses = content.find(U"………");
      const std::size_t leader = std::min(dots, ellipses);
      if (leader != std::u32string_view::npos) {
        line.leader = true;
        for (const char32_t c : content.substr(leader))
          line.leader =
              line.leader && (c == U'.' || c == U'…' || han::is_digit(c) || han::kind(c) == han::Kind::blank);
      }
      if (!line.leader) line.role = role_by_wording(line.view);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace suyuan
