#include "verify/office.hpp"

#include <algorithm>
#include <vector>

#include "base/han.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kBefore = 24;  // letters of offices before a name
constexpr std::size_t kBehind = 8;   // and behind it

using View = std::u32string_view;

// The letters of a document around a span, as far as they are one phrase: offices stand there, joined by 、.
std::u32string plain(const Document& d, Span span) {
  std::u32string out;
  for (const char32_t c : d.view(span)) out += han::folded(c).character;
  return out;
}
bool joins(char32_t c) { return han::is_han(c) || c == U'、'; }

// 省委书记, and not the 书记 of any: with the organ before it.
View with_organ(View text, std::size_t begin) {
  if (begin >= 2 && (text[begin - 1] == U'委' || text[begin - 1] == U'组')) begin -= 2;
  return text.substr(begin);
}

// The offices told right before a name that begins at `name`, and right behind one that ends at `end`.
std::vector<std::u32string> offices_at(View text, std::size_t name, std::size_t end, const Lexicons& lexicons) {
  const View ends = lexicons.letters(Grammar::office_end);
  const auto is_office = [&](View title) { return !title.empty() && ends.find(title.back()) != View::npos; };
  std::vector<std::u32string> out;
  std::size_t begin = name;
  while (begin > 0 && name - begin < kBefore && joins(text[begin - 1])) --begin;
  for (std::size_t at = name; at > begin;) {
    const auto title = lexicons.titles.before(text, at);
    if (!title) break;
    const View office = text.substr(at - title->length, title->length);
    const std::size_t from = at - title->length;
    if (is_office(office)) out.emplace_back(with_organ(text.substr(0, at), from));
    // 省委书记、省长: the one before.
    const std::size_t mark = text.substr(0, from).rfind(U'、');
    if (mark == View::npos || mark <= begin) break;
    at = mark;
  }
  for (std::size_t at = end; at < std::min(text.size(), end + kBehind);) {
    const auto title = lexicons.titles.at(text, at);
    if (!title) break;
    if (is_office(text.substr(at, title->length))) out.emplace_back(text.substr(at, title->length));
    at += title->length;
  }
  return out;
}

// 省长 of 云川省省长, 书记 of 省委书记; a deputy is another office.
bool fits(View a, View b) {
  if (a.size() < b.size()) std::swap(a, b);
  return a.ends_with(b) && (a.size() == b.size() || a[a.size() - b.size() - 1] != U'副');
}

}  // namespace

std::string other_office(const Document& draft, const Asked& speaker, const Document& document, const Work& base,
                         const Lexicons& lexicons) {
  const Span around{
      speaker.span.begin - std::min<std::uint32_t>(speaker.span.begin, kBefore),
      std::min<std::uint32_t>(speaker.span.end + kBehind, static_cast<std::uint32_t>(draft.text.size()))};
  const std::u32string said = plain(draft, around);
  const std::size_t name = said.find(speaker.key, speaker.span.begin - around.begin);
  if (name == said.npos || speaker.key.size() < 2) return {};
  const auto asked = offices_at(said, name, name + speaker.key.size(), lexicons);
  if (asked.empty()) return {};
  std::vector<std::u32string> held;
  for (const Lexicons::Office& o : lexicons.offices)
    if (fold_words(from_utf8(o.person)) == speaker.key) held.push_back(o.title);
  const bool of_table = !held.empty();
  std::u32string shown;
  std::vector<std::u32string> texts{fold_words(from_utf8(base.title))};
  for (const Paragraph& p : base.paragraphs) texts.push_back(fold_words(document.text_of(p.parts)));
  for (const std::u32string& text : texts)
    for (std::size_t at = text.find(speaker.key); at != text.npos; at = text.find(speaker.key, at + 1))
      for (std::u32string& office : offices_at(text, at, at + speaker.key.size(), lexicons)) {
        if (shown.empty()) shown = office + speaker.key;
        held.push_back(std::move(office));
      }
  if (shown.empty() || of_table) return {};
  const bool known = std::ranges::all_of(asked, [&](const std::u32string& a) {
    return std::ranges::any_of(held, [&](const std::u32string& h) { return fits(a, h); });
  });
  return known ? std::string() : to_utf8(shown);
}

}  // namespace suyuan
