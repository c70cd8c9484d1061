// Documents and diagnostics of one source.
#include "read/intake.hpp"

#include <algorithm>
#include <set>

#include "read/mojibake.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kSaid = 5;      // diagnostics of one kind from one source
constexpr std::size_t kNamed = 8;     // code points that are named singly
constexpr double kMostDamaged = 0.3;  // share of a text beyond which it is left out whole

std::string hex(char32_t c) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (int shift = c > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4) out += kDigits[c >> shift & 15];
  return "U+" + (out.size() > 5 && out[0] == '0' ? out.substr(1) : out);
}

struct Found {  // characters that stand for nothing
  std::size_t count = 0;
  std::set<char32_t> which;
  std::uint32_t first = 0;
};

bool is_private(char32_t c) {
  return (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0xFFFFD) || (c >= 0x100000 && c <= 0x10FFFD);
}

void find_lines(Document& document) {
  document.line_starts.assign(1, 0);
  const std::u32string& text = document.text;
  for (std::uint32_t i = 0; i < text.size(); ++i)
    if (text[i] == U'\n' || (text[i] == U'\r' && (i + 1 == text.size() || text[i + 1] != U'\n')))
      document.line_starts.push_back(i + 1);
}

}  // namespace

void Intake::say(Severity severity, std::string code, std::string message, std::optional<std::uint64_t> offset,
                 std::string help) {
  Count& count = counts_[code];
  count.severity = std::max(count.severity, severity);
  if (++count.number > kSaid) {
    count.help = std::move(help);
    return;
  }
  to_.diagnostics.push_back({severity, {std::move(code), std::move(message), name_, offset, std::move(help)}});
}

void Intake::say_glyphs(const Document& document) {
  Found own, none;
  for (std::uint32_t i = 0; i < document.text.size(); ++i) {
    const char32_t c = document.text[i];
    const bool unmapped = !document.pages.empty() && (c == 0xFFFD || (c < 0x20 && c != U'\n' && c != U'\t'));
    Found* found = is_private(c) ? &own : unmapped ? &none : nullptr;
    if (found == nullptr) continue;
    if (found->count++ == 0) found->first = i;
    if (found->which.size() < 200) found->which.insert(c);
  }
  const auto at = [&](std::uint32_t offset) {
    const Document::Position place = document.position(offset);
    return (place.page.empty() ? "in paragraph " : "on page " + std::string(place.page) + ", line ") +
           std::to_string(place.line);
  };
  if (own.count > 0) {
    std::string which;
    std::size_t n = 0;
    for (const char32_t c : own.which)
      if (n++ < kNamed) which += (n == 1 ? "" : " ") + hex(c);
    if (own.which.size() > kNamed) which += " and " + std::to_string(own.which.size() - kNamed) + " more";
    say(Severity::warning, "private-glyphs",
        std::to_string(own.count) + (own.count == 1 ? " character is" : " characters are") +
            " of the typesetter's own or of a symbol font, without a meaning elsewhere (" + which +
            "), the first " + at(own.first) + "; they stay as they are and match nothing",
        std::nullopt, "look these places up on the page; often they are numbers in circles or rare characters");
  }
  if (none.count > 0)
    say(Severity::warning, "unmapped-glyphs",
        std::to_string(none.count) + " glyphs of the file stand for no character, the first " + at(none.first),
        std::nullopt, "look these places up on the page; a search finds nothing there");
}

Document Intake::open(std::string format, std::string encoding) const {
  Document document;
  document.path = path_;
  document.sha256 = sha256_;
  document.format = std::move(format);
  document.encoding = std::move(encoding);
  return document;
}

// A stretch of damaged text is set aside with the lines it stands on; a text that is damaged throughout is out.
bool Intake::sound(Document& document) {
  const Mojibake found = find_mojibake(document.text);
  if (found.stretches.empty()) return true;
  const Document::Position at = document.position(found.stretches.front().begin);
  const bool whole = found.share >= kMostDamaged;
  const std::string where = (document.record.empty() ? "" : "record " + document.record + ": ");
  const std::string extent =
      found.share >= 0.995 ? "all" : std::to_string(static_cast<int>(found.share * 100 + 0.5)) + " %";
  say(Severity::error, "mojibake",
      where + extent + " of the text is UTF-8 that was once read as GBK, from line " + std::to_string(at.line) +
          ", column " + std::to_string(at.column) + " on; " +
          (whole ? "it was left out" : "these lines were set aside"),
      std::nullopt,
      found.lossless ? "nothing is lost yet: write the text out as GBK and read the bytes as UTF-8"
                     : "characters are lost for good: fetch the text again");
  if (whole) return false;
  std::vector<Markup> aside;
  for (const Span stretch : found.stretches) {
    const auto& starts = document.line_starts;
    const auto first = std::upper_bound(starts.begin(), starts.end(), stretch.begin) - 1;
    const auto last = std::lower_bound(starts.begin(), starts.end(), stretch.end);
    const std::uint32_t end = last == starts.end() ? static_cast<std::uint32_t>(document.text.size()) : *last;
    aside.push_back({{*first, end}, Markup::Kind::furniture, 0});
  }
  document.markup.insert(document.markup.end(), aside.begin(), aside.end());
  std::stable_sort(document.markup.begin(), document.markup.end(),
                   [](const Markup& a, const Markup& b) { return a.span.begin < b.span.begin; });
  return true;
}

void Intake::add(Document document) {
  if (document.text.size() > UINT32_MAX - 1)
    return say(Severity::error, "too-large", "more than 4,294,967,294 characters", std::nullopt, "split the file");
  if (!part_.empty()) document.record = part_ + (document.record.empty() ? "" : "#" + document.record);
  document.key = document.sha256 + (document.record.empty() ? "" : "#" + document.record);
  find_lines(document);
  if (!sound(document)) return;
  if (!document.metadata.outlet) document.metadata.outlet = outlet_;
  if (title_) document.metadata.title = title_;
  overlay(document.metadata, side_.metadata);
  document.works = side_.works;
  to_.documents.push_back(std::move(document));
}

void Intake::close() {
  for (auto& [code, count] : counts_)
    if (count.number > kSaid)
      to_.diagnostics.push_back({count.severity,
                                 {code, "and " + std::to_string(count.number - kSaid) + " more of this kind", name_,
                                  std::nullopt, std::move(count.help)}});
}

}  // namespace suyuan
