// The character tables, loaded from data/variants and data/readings.
#include "base/han.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/data.hpp"
#include "suyuan/base.hpp"

namespace suyuan::han {

namespace {

struct Entry {
  char32_t plain = 0, script = 0, form = 0;
  char tag = '-';
};

// Two levels: a page of 256 entries for each used high part; untouched pages share nothing and cost nothing.
class Table {
 public:
  Table() {
    for (const auto& row : data::rows(data::variants())) {
      if (row.size() < 5) continue;
      const char32_t c = from_utf8(row[0])[0];
      Entry& e = at(c);
      e = {from_utf8(row[1])[0], from_utf8(row[2])[0], from_utf8(row[3])[0], row[4][0]};
    }
    for (char32_t c = U'！'; c <= U'～'; ++c) {
      const char32_t ascii = c - U'！' + U'!';
      at(c) = {ascii, ascii, ascii, '-'};
    }
  }
  const Entry* find(char32_t c) const {
    const std::size_t page = c >> 8;
    return page < pages_.size() && pages_[page] ? &(*pages_[page])[c & 255] : nullptr;
  }

 private:
  using Page = std::array<Entry, 256>;
  Entry& at(char32_t c) {
    const std::size_t page = c >> 8;
    if (page >= pages_.size()) pages_.resize(page + 1);
    if (!pages_[page]) {
      pages_[page] = std::make_unique<Page>();
      for (char32_t i = 0; i < 256; ++i) {
        const char32_t self = static_cast<char32_t>(page << 8) + i;
        (*pages_[page])[i] = {self, self, self, '-'};
      }
    }
    return (*pages_[page])[c & 255];
  }
  std::vector<std::unique_ptr<Page>> pages_;
};

const Table& table() {
  static const Table kTable;
  return kTable;
}

// syllable → the characters read so, sorted.
const std::unordered_map<std::string, std::u32string>& readings() {
  static const auto kReadings = [] {
    std::unordered_map<std::string, std::u32string> map;
    for (const auto& row : data::rows(data::readings()))
      if (row.size() == 2) map.emplace(std::string(row[0]), from_utf8(row[1]));
    return map;
  }();
  return kReadings;
}

// The ASCII letter under a toned vowel or nasal; 'v' for ü; 0 where it is no letter of a reading.
char bare(char32_t c) {
  if (c >= U'a' && c <= U'z') return static_cast<char>(c);
  if (c >= U'A' && c <= U'Z') return static_cast<char>(c - U'A' + U'a');
  static constexpr std::u32string_view kToned = U"āáǎàăēéěèĕīíǐìĭōóǒòŏūúǔùŭǖǘǚǜüńňǹḿɑɡêếề";
  static constexpr std::string_view kBare = "aaaaaeeeeeiiiiiooooouuuuuvvvvvnnnmageee";
  const std::size_t at = kToned.find(c);
  return at == std::u32string_view::npos ? '\0' : kBare[at];
}

bool is_reading_of(char32_t c, const std::string& syllable) {
  const auto& map = readings();
  const auto found = map.find(syllable);
  return found != map.end() && std::binary_search(found->second.begin(), found->second.end(), plain(c));
}

// The Han characters at the end, those that a reading may be of; blanks between them are not in it.
std::u32string last_characters(std::u32string_view text) {
  constexpr std::size_t kCharacters = 8;
  std::u32string out;
  for (; !text.empty() && out.size() < kCharacters; text.remove_suffix(1)) {
    if (is_han(text.back()))
      out += text.back();
    else if (kind(text.back()) != Kind::blank)
      break;
  }
  std::reverse(out.begin(), out.end());
  return out;
}

// Whether letters are the syllables of the last characters, one of each, of two and more: from the last syllable
// on, where in the letters those of the characters met so far may begin.
bool is_reading_of_last(std::u32string_view text, std::string_view letters) {
  constexpr std::size_t kSyllable = 6;
  std::vector<char> begins(letters.size() + 1, 0);
  begins.back() = 1;
  for (bool any = true; any && !text.empty(); text.remove_suffix(1)) {
    std::vector<char> next(letters.size() + 1, 0);
    any = false;
    for (std::size_t end = 1; end <= letters.size(); ++end)
      for (std::size_t size = 1; begins[end] != 0 && size <= std::min(kSyllable, end); ++size)
        if (next[end - size] == 0 && is_reading_of(text.back(), std::string(letters.substr(end - size, size))))
          next[end - size] = any = true;
    if (next.front() != 0) return true;
    begins = std::move(next);
  }
  return false;
}

}  // namespace

bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x323AF) ||
         (c >= 0xF900 && c <= 0xFAFF) || c == U'〇' || (c >= 0x2E80 && c <= 0x2FD5);
}

Kind kind(char32_t c) {
  if (is_han(c)) return Kind::letter;
  if (c <= 0x20 || c == 0x7F || c == 0xA0 || c == 0xAD || c == U'\u3000' || (c >= 0x2000 && c <= 0x200F) ||
      (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) || c == 0xFEFF || c == 0x85 ||
      (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || (c >= 0xE000 && c <= 0xF8FF))
    return Kind::blank;
  const char32_t p = plain(c);
  if ((p >= U'0' && p <= U'9') || (p >= U'a' && p <= U'z') || (p >= U'A' && p <= U'Z')) return Kind::letter;
  if (p == U'%' || p == U'‰' || p == U'℃' || p == U'+' || p == U'×' || p == U'÷' || p == U'=') return Kind::letter;
  if (p < 0x80 || (c >= 0x80 && c < 0xC0) || (c >= 0x2010 && c <= 0x2BFF) || (c >= 0x3001 && c <= 0x303F) ||
      (c >= 0xFE10 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFFEF))
    return (c >= 0x2150 && c <= 0x218F) || (c >= 0x2460 && c <= 0x24FF) || (c >= 0x2776 && c <= 0x2793)
               ? Kind::letter
               : Kind::mark;
  return Kind::letter;
}

char32_t plain(char32_t c) {
  const Entry* e = table().find(c);
  return e ? e->plain : c;
}
char32_t script_class(char32_t c) {
  const Entry* e = table().find(c);
  return e ? e->script : c;
}
char32_t form_class(char32_t c) {
  const Entry* e = table().find(c);
  return e ? e->form : c;
}
char script_tag(char32_t c) {
  const Entry* e = table().find(c);
  return e ? e->tag : '-';
}

char32_t mark_class(char32_t c) {
  switch (c) {
    case U'“':
    case U'”':
    case U'„':
    case U'‟':
    case U'「':
    case U'」':
    case U'『':
    case U'』':
    case U'﹁':
    case U'﹂':
    case U'﹃':
    case U'﹄':
    case U'＂':
    case U'〝':
    case U'〞':
      return U'"';
    case U'‘':
    case U'’':
    case U'＇':
    case U'`':
      return U'\'';
    case U'—':
    case U'–':
    case U'―':
    case U'─':
    case U'－':
    case U'‐':
    case U'‑':
    case U'−':
      return U'-';
    case U'…':
    case U'⋯':
      return U'…';
    case U'•':
    case U'・':
    case U'‧':
    case U'∙':
    case U'⋅':
      return U'·';
    case U'﹔':
      return U';';
    case U'﹐':
      return U',';
    case U'﹕':
    case U'∶':
      return U':';
    case U'￥':
      return U'¥';
    case U'∕':
    case U'⁄':
      return U'/';
    case U'〈':
      return U'<';
    case U'〉':
      return U'>';
    default:
      return plain(c);
  }
}

namespace {

Folded fold_one(char32_t c, char32_t (*letter_class)(char32_t)) {
  const Kind k = kind(c);
  return {k == Kind::letter ? letter_class(plain(c)) : k == Kind::mark ? mark_class(c) : c, k};
}

using Plane = std::array<Folded, 0x10000>;
std::unique_ptr<Plane> plane_of(char32_t (*letter_class)(char32_t)) {
  auto plane = std::make_unique<Plane>();
  for (char32_t i = 0; i < plane->size(); ++i) (*plane)[i] = fold_one(i, letter_class);
  return plane;
}

}  // namespace

Folded folded(char32_t c) {
  static const auto kPlane = plane_of(script_class);
  return c < kPlane->size() ? (*kPlane)[c] : fold_one(c, script_class);
}

Folded compared(char32_t c) {
  static const auto kPlane = plane_of(form_class);
  return c < kPlane->size() ? (*kPlane)[c] : fold_one(c, form_class);
}

namespace {

constexpr std::u32string_view kReadingOpen = U"(（[［〔", kReadingClose = U")）]］〕";

bool is_bopomofo(char32_t c) { return c >= U'\u3105' && c <= U'\u3129'; }
bool is_bopomofo_tone(char32_t c) { return (c >= U'\u02C9' && c <= U'\u02CB') || c == U'\u02C7' || c == U'\u02D9'; }

// ㄏㄨㄤ → huang, ㄨㄤ → wang: signs without tones or blanks, as the table writes syllables; empty where they are
// none.
std::string from_bopomofo(std::u32string_view signs) {
  struct Final {
    std::u32string_view signs;
    std::string_view behind, alone;  // an initial, or none
  };
  constexpr std::u32string_view kInitials = U"ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙ";
  static constexpr std::array<std::string_view, 21> kAsInitial{
      "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z", "c", "s"};
  static constexpr std::array<Final, 38> kFinals{{
      {U"ㄧㄚ", "ia", "ya"},     {U"ㄧㄛ", "o", "yo"},      {U"ㄧㄝ", "ie", "ye"},   {U"ㄧㄞ", "ai", "yai"},
      {U"ㄧㄠ", "iao", "yao"},   {U"ㄧㄡ", "iu", "you"},    {U"ㄧㄢ", "ian", "yan"}, {U"ㄧㄣ", "in", "yin"},
      {U"ㄧㄤ", "iang", "yang"}, {U"ㄧㄥ", "ing", "ying"},  {U"ㄨㄚ", "ua", "wa"},   {U"ㄨㄛ", "uo", "wo"},
      {U"ㄨㄞ", "uai", "wai"},   {U"ㄨㄟ", "ui", "wei"},    {U"ㄨㄢ", "uan", "wan"}, {U"ㄨㄣ", "un", "wen"},
      {U"ㄨㄤ", "uang", "wang"}, {U"ㄨㄥ", "ong", "weng"},  {U"ㄩㄝ", "ve", "yue"},  {U"ㄩㄢ", "van", "yuan"},
      {U"ㄩㄣ", "vn", "yun"},    {U"ㄩㄥ", "iong", "yong"}, {U"ㄧ", "i", "yi"},      {U"ㄨ", "u", "wu"},
      {U"ㄩ", "v", "yu"},        {U"ㄚ", "a", "a"},         {U"ㄛ", "o", "o"},       {U"ㄜ", "e", "e"},
      {U"ㄝ", "e", "e"},         {U"ㄞ", "ai", "ai"},       {U"ㄟ", "ei", "ei"},     {U"ㄠ", "ao", "ao"},
      {U"ㄡ", "ou", "ou"},       {U"ㄢ", "an", "an"},       {U"ㄣ", "en", "en"},     {U"ㄤ", "ang", "ang"},
      {U"ㄥ", "eng", "eng"},     {U"ㄦ", "er", "er"},
  }};
  std::string out;
  while (!signs.empty()) {
    const std::size_t at = kInitials.find(signs.front());
    const bool initial = at != kInitials.npos;
    const std::string_view before = initial ? kAsInitial[at] : std::string_view();
    if (initial) signs.remove_prefix(1);
    const auto found =
        std::find_if(kFinals.begin(), kFinals.end(), [&](const Final& f) { return signs.starts_with(f.signs); });
    out += before;
    if (found != kFinals.end()) {
      std::string final(initial ? found->behind : found->alone);
      if (final.front() == 'v' && before != "n" && before != "l") final.front() = 'u';  // ju, but nv
      out += final;
      signs.remove_prefix(found->signs.size());
    } else if (initial && (before.size() == 2 || before.find_first_of("rzcs") != before.npos)) {
      out += 'i';
    } else {
      return {};
    }
  }
  return out;
}

// The letters of a reading from text[i] on, as the table writes syllables; i is moved behind them.
struct Letters {
  std::string text;
  bool capital = false;
};
Letters letters_at(std::u32string_view text, std::size_t& i) {
  constexpr std::size_t kLetters = 48;
  Letters out;
  for (; i < text.size() && out.text.size() < kLetters; ++i) {
    const char32_t own = text[i], c = own < 0x80 ? own : plain(own);
    if (const char letter = bare(c); letter != '\0') {
      out.capital = out.capital || (c >= U'A' && c <= U'Z');
      out.text += letter;
      continue;
    }
    if (is_bopomofo(c)) {
      std::u32string signs;
      for (; i < text.size() && (is_bopomofo(text[i]) || kind(text[i]) == Kind::blank); ++i)
        if (is_bopomofo(text[i])) signs += text[i];
      --i;
      out.text += from_bopomofo(signs);
      continue;
    }
    if (is_bopomofo_tone(c)) continue;
    const bool tone = (c >= U'1' && c <= U'5') || is_superscript(c) || (c >= U'\u0300' && c <= U'\u036F');
    if (c == U'\u0308' && out.text.ends_with('u')) out.text.back() = 'v';
    if (!(tone && !out.text.empty()) && kind(c) != Kind::blank && c != U'’' && c != U'\'' && c != U'·' &&
        mark_class(c) != U'-')
      break;
  }
  return out;
}

}  // namespace

std::size_t gloss_length(std::u32string_view text, std::size_t at) {
  if (at >= text.size() || kReadingOpen.find(text[at]) == kReadingOpen.npos) return 0;
  std::u32string read;
  std::size_t end = at, next = at;
  while (next < text.size() && kReadingOpen.find(text[next]) != kReadingOpen.npos) {
    std::size_t i = next + 1;
    for (const std::u32string_view word : {U"读作", U"讀作", U"读音", U"拼音", U"读", U"音"})
      if (text.substr(i).starts_with(word)) {
        i += word.size();
        break;
      }
    const Letters letters = letters_at(text, i);
    if (letters.text.empty() || i >= text.size() || kReadingClose.find(text[i]) == kReadingClose.npos) break;
    if (read.empty()) read = last_characters(text.substr(0, at));
    if (read.empty() ||
        (!is_reading_of(read.back(), letters.text) && (letters.capital || !is_reading_of_last(read, letters.text))))
      break;
    end = next = i + 1;
    while (next < text.size() && kind(text[next]) == Kind::blank) ++next;
  }
  return end - at;
}

std::uint32_t gloss_end(std::u32string_view text, std::span<const Span> pieces, std::size_t own, std::uint32_t at) {
  constexpr std::uint32_t kBefore = 16, kAhead = 96;
  constexpr std::u32string_view kSaid = U"读讀音拼";
  const Span piece = pieces[own];
  if (at + 1 < piece.end && is_han(text[at + 1]) && kSaid.find(text[at + 1]) == kSaid.npos) return at;
  const std::u32string_view view = text.substr(piece.begin, piece.size());
  const auto alone = static_cast<std::uint32_t>(gloss_length(view, at - piece.begin));
  const bool begun = alone == 0 && own > 0 && at - piece.begin < kBefore;  // the characters read, before this piece
  const bool closed = alone != 0 ? at + alone < piece.end
                                 : piece.end - at >= kAhead ||
                                       text.substr(at, piece.end - at).find_first_of(kReadingClose) != text.npos;
  if (!begun && (closed || own + 1 == pieces.size())) return at + alone;
  std::u32string joined;
  std::vector<std::uint32_t> origin;
  std::size_t k = own;
  for (std::uint32_t size = at - piece.begin; k > 0 && size < kBefore;) size += pieces[--k].size();
  std::size_t before = 0;
  for (; k < pieces.size() && joined.size() - before < kAhead; ++k) {
    const std::uint32_t needed = k < own ? pieces[k].end : k == own ? at : pieces[k].begin;
    const std::uint32_t begin = std::max(pieces[k].begin, needed - std::min(needed, kBefore));
    for (std::uint32_t i = begin; i < pieces[k].end && joined.size() - before < kAhead; ++i) {
      if (k == own && i == at) before = joined.size();
      joined += text[i];
      origin.push_back(i);
    }
  }
  const std::size_t length = gloss_length(joined, before);
  return length == 0 ? at : origin[before + length - 1] + 1;
}

bool converts(char32_t a, char32_t b) {
  const char32_t of = script_class(a);
  return of == script_class(b) && (a == of || b == of);
}

namespace {

// Whether a circled figure that begins a clause stands before text[at]: ①识河②护林.
bool counts_off(std::u32string_view text, std::size_t at) {
  constexpr std::size_t kBack = 120;  // characters
  for (std::size_t i = at; i-- > 0 && at - i < kBack && text[i] != U'\n';)
    if (is_circled(text[i]) && (i == 0 || kind(text[i - 1]) != Kind::letter)) return true;
  return false;
}

}  // namespace

std::size_t note_mark_length(std::u32string_view text, std::size_t at) {
  constexpr std::size_t kDigits = 3;
  const char32_t c = at < text.size() ? text[at] : 0;
  if (is_superscript(c)) {
    std::size_t end = at;
    while (end < text.size() &&
           (is_superscript(text[end]) ||
            (mark_class(text[end]) == U',' && end + 1 < text.size() && is_superscript(text[end + 1]))))
      ++end;  // ¹,²
    return at > 0 && (is_han(text[at - 1]) || kind(text[at - 1]) == Kind::mark) ? end - at : 0;
  }
  const bool circled = is_circled(c);
  if (at == 0 || (!circled && c != U'[' && c != U'〔' && c != U'［')) return 0;
  constexpr std::u32string_view kClosing = U"”’」』》）)";
  if (circled) {
    const char32_t before = text[at - 1], after = at + 1 < text.size() ? text[at + 1] : U'\n';
    const bool behind_word = kind(before) == Kind::letter || kClosing.find(before) != kClosing.npos;
    const bool ends = kClosing.find(after) != kClosing.npos || after == U'\n';
    if (behind_word && kind(after) == Kind::mark && !is_circled(before)) return 1;
    if (kind(before) == Kind::mark && mark_class(before) == U'。' && ends) return 1;
    return is_han(before) && is_han(after) && !counts_off(text, at) ? 1 : 0;
  }
  if (kind(text[at - 1]) == Kind::blank) return 0;
  std::size_t end = at + 1;
  if (end < text.size() && text[end] == U'^') ++end;
  const std::size_t digits = end;
  while (end < text.size() && end - digits < kDigits && is_digit(text[end])) ++end;
  const char32_t close = end < text.size() ? text[end] : 0;
  if (end == digits || (close != U']' && close != U'〕' && close != U'］')) return 0;
  ++end;
  return end < text.size() && (text[end] == U'号' || is_digit(text[end])) ? 0 : end - at;
}

char32_t raised(std::u32string_view before, char32_t c) {
  constexpr std::u32string_view kRaised = U"\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";
  if (!is_digit(c)) return c;
  for (int n = 0; n < 6 && !before.empty() && is_digit(before.back()); ++n) before.remove_suffix(1);
  if (!before.empty() && (before.back() == U'[' || before.back() == U'〔' || before.back() == U'［')) return c;
  return kRaised[c - (c >= U'０' ? U'０' : U'0')];
}

std::size_t omission_length(std::u32string_view text, std::size_t at) {
  constexpr std::u32string_view kOpen = U"(（[［〔【", kClose = U")）]］〕】";
  if (at >= text.size() || kOpen.find(text[at]) == kOpen.npos) return 0;
  for (const std::u32string_view words :
       {U"略", U"中略", U"下略", U"上略", U"前略", U"后略", U"後略", U"以下略", U"省略"})
    if (text.substr(at + 1, words.size()) == words && at + 1 + words.size() < text.size() &&
        kClose.find(text[at + 1 + words.size()]) != kClose.npos)
      return words.size() + 2;
  return 0;
}

std::size_t remark_length(std::u32string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 16;
  constexpr std::u32string_view kOpen = U"(（[［〔【", kClose = U")）]］〕】";
  if (at >= text.size() || kOpen.find(text[at]) == kOpen.npos) return 0;
  std::u32string inner;
  std::size_t end = at + 1;
  for (; end < text.size() && inner.size() < kLongest && kClose.find(text[end]) == kClose.npos; ++end) {
    if (!is_han(text[end]) && mark_class(text[end]) != U',' && mark_class(text[end]) != U'、') return 0;
    inner += folded(text[end]).character;
  }
  if (end >= text.size() || kClose.find(text[end]) == kClose.npos) return 0;
  if (inner.empty() || std::u32string_view(U"不没无别勿请要").find(inner[0]) != std::u32string_view::npos) return 0;
  for (const std::u32string_view word : {U"掌声", U"鼓掌", U"笑声", U"大笑", U"欢呼", U"欢呼声", U"起立", U"喝彩"})
    if (inner.ends_with(word)) return end + 1 - at;
  return 0;
}

char32_t closer_of(char32_t open) {
  constexpr std::u32string_view kOpening = U"“「『﹁﹃〝‘", kClosing = U"”」』﹂﹄〞’";
  const std::size_t at = kOpening.find(open);
  return at == kOpening.npos ? 0 : kClosing[at];
}

}  // namespace suyuan::han
