#include "verify/claims.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "align/words.hpp"
#include "base/data.hpp"
#include "base/han.hpp"
#include "segment/dates.hpp"
#include "verify/ground.hpp"

namespace suyuan {

namespace {

constexpr std::u32string_view kNumerals = U"〇零一二三四五六七八九十百0123456789";
constexpr double kSaid = 0.6;      // share of an occasion's words that the other text must have
constexpr double kUnsaid = 0.4;    // and under which it speaks of another
constexpr int kReportDays = 10;    // a report is no older than its occasion, nor younger by more
constexpr std::size_t kVague = 4;  // letters an occasion's words must have to name one

std::u32string letters_of(std::u32string_view text) {
  std::u32string out;
  for (const char32_t c : text)
    if (han::kind(c) == han::Kind::letter) out += c;
  return out;
}

bool is_numeral(char32_t c) { return kNumerals.find(c) != std::u32string_view::npos; }

void drop(std::u32string& text, std::u32string_view word) {
  for (std::size_t at; (at = text.find(word)) != text.npos;) text.erase(at, word.size());
}

// The words that tell one occasion from another: without dates, particles and what is said of every occasion.
std::u32string key_of(std::u32string text) {
  const auto dates = find_dates(text);
  for (auto d = dates.rbegin(); d != dates.rend(); ++d)
    if (d->month != 0 || d->year_kind == DateExpression::Year::relative) text.erase(d->begin, d->end - d->begin);
  for (const std::u32string_view word :
       {U"重要讲话", U"的讲话", U"讲话", U"主持召开", U"主持", U"参加", U"出席", U"举行", U"听取", U"这次",
        U"此次",     U"本次",   U"近日", U"日前",     U"再次", U"期间", U"之际", U"党的", U"中共", U"中国共产党"})
    drop(text, word);
  std::u32string out;
  for (const char32_t c : text)
    if (han::kind(c) == han::Kind::letter) out += c;
  while (!out.empty() && (out.front() == U'在' || out.front() == U'于')) out.erase(0, 1);
  while (!out.empty() && (out.back() == U'时' || out.back() == U'上' || out.back() == U'中' || out.back() == U'的'))
    out.pop_back();
  return out;
}

struct Run {
  std::size_t a, b, length;
};
// The runs of two letters and more that a longest common subsequence has.
std::vector<Run> common(std::u32string_view a, std::u32string_view b) {
  const std::size_t n = a.size(), m = b.size();
  std::vector<std::uint16_t> t((n + 1) * (m + 1), 0);
  const auto at = [&](std::size_t i, std::size_t j) -> std::uint16_t& { return t[i * (m + 1) + j]; };
  // Weighs letters that follow each other twice, so that runs stay together.
  for (std::size_t i = n; i-- > 0;)
    for (std::size_t j = m; j-- > 0;) {
      std::uint16_t best = std::max(at(i + 1, j), at(i, j + 1));
      std::size_t k = 0;
      while (i + k < n && j + k < m && a[i + k] == b[j + k]) ++k;
      if (k >= 2) best = std::max(best, static_cast<std::uint16_t>(at(i + k, j + k) + 2 * k - 1));
      at(i, j) = best;
    }
  std::vector<Run> out;
  for (std::size_t i = 0, j = 0; i < n && j < m;) {
    std::size_t k = 0;
    while (i + k < n && j + k < m && a[i + k] == b[j + k]) ++k;
    if (k >= 2 && at(i, j) == at(i + k, j + k) + 2 * k - 1) {
      out.push_back({i, j, k});
      i += k, j += k;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      ++i;
    } else {
      ++j;
    }
  }
  return out;
}

// 第十一次, 三次会议, 二十届, 四中: the number before each such word.
std::vector<std::pair<std::u32string, std::u32string>> ordinals(std::u32string_view text) {
  std::vector<std::pair<std::u32string, std::u32string>> out;  // unit, number
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (c != U'次' && c != U'届' && c != U'中' && c != U'期' && c != U'轮') continue;
    std::size_t begin = i;
    while (begin > 0 && is_numeral(text[begin - 1])) --begin;
    if (begin < i && i + 1 <= text.size()) {
      std::u32string unit(1, c);
      if (c == U'中' && !(i + 1 < text.size() && text[i + 1] == U'全')) continue;
      out.emplace_back(unit, std::u32string(text.substr(begin, i - begin)));
    }
  }
  return out;
}

bool ordinals_conflict(std::u32string_view a, std::u32string_view b) {
  const auto x = ordinals(a), y = ordinals(b);
  for (const auto& [unit, number] : x) {
    bool other = false, same = false;
    for (const auto& [u, n] : y)
      if (u == unit) (words::number(n) == words::number(number) ? same : other) = true;
    if (other && !same) return true;
  }
  return false;
}

// 湖北代表团 is not 江苏代表团: both name places, and no place is common to them.
bool places_conflict(std::u32string_view asked, std::u32string_view base) {
  static const std::vector<std::u32string> kPlaces = [] {
    std::vector<std::u32string> out;
    for (const auto& row : data::rows(data::sensitive()))
      if (row[0] == "place") out.push_back(from_utf8(row.at(1)));
    return out;
  }();
  bool any = false, there = false;
  for (const std::u32string& place : kPlaces) {
    const bool in_base = base.find(place) != base.npos;
    there = there || in_base;
    if (asked.find(place) == asked.npos) continue;
    if (in_base) return false;
    any = true;
  }
  return any && there;
}

// Words that may stand for each other, or be left out, without making it another occasion.
bool generic(std::u32string_view text) {
  static constexpr std::array<std::u32string_view, 16> kWords{
      U"考察", U"调研", U"视察",   U"学习", U"审议", U"会议", U"全体", U"代表",
      U"重要", U"同志", U"总书记", U"主席", U"强调", U"指出", U"发表", U"全国"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::u32string_view w) { return text.find(w) != text.npos; });
}

enum class Agreement : std::uint8_t { agrees, differs, open };

// A report may speak of an occasion that it does not report: 学习贯彻……精神, ……以来.
bool only_mentioned(std::u32string_view text, std::size_t end) {
  for (const std::u32string_view w : {U"精神", U"以来", U"以后", U"之后", U"后", U"部署", U"提出", U"作出", U"通过",
                                      U"审议通过", U"确定", U"明确", U"报告", U"《"})
    if (text.substr(end, w.size()) == w ||
        text.substr(end, w.size() + 1).substr(std::min<std::size_t>(1, text.size() - end)) == w)
      return true;
  return false;
}

// Without the words for what is done anywhere, where that leaves a name.
std::u32string named(std::u32string key) {
  std::u32string out = key;
  for (const std::u32string_view w : {U"考察", U"调研", U"视察"}) drop(out, w);
  return out.size() >= 2 ? out : key;
}

// Of a report's beginning the words count that stand together.
std::vector<Run> together(std::u32string_view key, std::u32string_view text) {
  std::vector<Run> best;
  std::size_t most = 0;
  for (std::size_t begin = 0; begin < text.size(); begin += key.size()) {
    std::vector<Run> runs = common(key, text.substr(begin, 3 * key.size()));
    std::size_t sum = 0;
    for (Run& r : runs) sum += r.length, r.b += begin;
    if (sum > most) most = sum, best = std::move(runs);
  }
  return best;
}

// 2023年 at the front of an occasion's name.
std::optional<int> take_year(std::u32string& key) {
  if (key.size() < 7 || key[4] != U'年' ||
      !std::all_of(key.begin(), key.begin() + 4, [](char32_t c) { return han::is_digit(c); }))
    return std::nullopt;
  int year = 0;
  for (std::size_t i = 0; i < 4; ++i) year = year * 10 + static_cast<int>(key[i] - U'0');
  key.erase(0, 5);
  return year;
}

Agreement compare_occasion(std::u32string asked, const Occasion& base) {
  if (base.text.empty()) return Agreement::open;
  const auto year = take_year(asked);
  const bool other_year = year && base.first && base.last && (*year < base.first->year || base.last->year < *year);
  if (asked.empty()) return Agreement::open;
  const std::u32string key = named(asked), text = base.report ? base.text : named(key_of(base.text));
  const std::vector<Run> runs = base.report ? together(key, text) : common(key, text);
  std::size_t equal = 0;
  bool replaced = false;
  for (std::size_t n = 0; n < runs.size(); ++n) {
    equal += runs[n].length;
    if (n == 0) continue;
    const std::size_t ea = runs[n - 1].a + runs[n - 1].length, eb = runs[n - 1].b + runs[n - 1].length;
    const std::size_t da = runs[n].a - ea, db = runs[n].b - eb;
    if (da >= 2 && db >= 2 && db <= da + 4 && !generic(std::u32string_view(key).substr(ea, da)) &&
        !generic(std::u32string_view(text).substr(eb, db)))
      replaced = true;
  }
  if (!runs.empty() && !base.report) {  // at the ends too, where the text is the occasion's own name
    const std::size_t ha = runs[0].a, hb = runs[0].b;
    const std::size_t ta = key.size() - runs.back().a - runs.back().length,
                      tb = text.size() - runs.back().b - runs.back().length;
    const auto other = [&](std::u32string_view x, std::u32string_view y) {
      return x.size() >= 2 && y.size() >= 2 && y.size() <= x.size() + 4 && !generic(x) && !generic(y);
    };
    replaced =
        replaced || other(std::u32string_view(key).substr(0, ha), std::u32string_view(text).substr(0, hb)) ||
        other(std::u32string_view(key).substr(key.size() - ta), std::u32string_view(text).substr(text.size() - tb));
  }
  const double cover = static_cast<double>(equal) / static_cast<double>(key.size());
  const double back = text.empty() ? 0 : static_cast<double>(equal) / static_cast<double>(text.size());
  if (cover >= kSaid || (!base.report && back >= kSaid)) {
    if (base.report && only_mentioned(text, runs.back().b + runs.back().length)) return Agreement::open;
    if (ordinals_conflict(key, base.text) || replaced || other_year || places_conflict(key, base.text))
      return base.precise ? Agreement::differs : Agreement::open;
    // Somebody's 在会议上 does not say which of them.
    const auto there = ordinals(base.text);
    for (const auto& named : ordinals(key))
      if (!base.precise &&
          std::none_of(there.begin(), there.end(), [&](const auto& o) { return o.first == named.first; }))
        return Agreement::open;
    return Agreement::agrees;
  }
  // "在四川、黑龙江、浙江等地": one of several places.
  if (key.find(U"等地") != key.npos && equal >= 2 && !runs.empty()) return Agreement::agrees;
  return base.precise && cover < kUnsaid ? Agreement::differs : Agreement::open;
}

std::u32string folded_view(const Document& d, Span span) { return fold_words(d.view(span)); }

// The text of a document character by character: letters simplified, marks by class, so that places answer.
std::u32string plain_view(const Document& d, Span span) {
  std::u32string out;
  for (const char32_t c : d.view(span)) out += han::folded(c).character;
  return out;
}

std::optional<int> number_at(std::u32string_view text, std::size_t at, std::size_t& end) {
  end = at;
  while (end < text.size() && is_numeral(text[end])) ++end;
  if (end == at || end - at > 6) return std::nullopt;
  const auto n = words::number(text.substr(at, end - at));
  if (!n || n->thousandths % 1000 != 0 || n->thousandths / 1000 > 1'000'000) return std::nullopt;
  return static_cast<int>(n->thousandths / 1000);
}

class Reader {
 public:
  Reader(const ClaimReader& known, const Corpus& corpus, std::uint32_t number, const Quotation& q)
      : known_(known),
        number_(corpus.works[number].document),
        document_(corpus.document(corpus.works[number])),
        work_(corpus.work(corpus.works[number])),
        quotation_(q) {}

  std::vector<Asked> run() {
    const Span words = envelope(quotation_.parts);
    if (quotation_.attribution) {
      const Attribution& a = *quotation_.attribution;
      occasion(a);
      if (a.kind == SpeakerKind::person && !a.speaker.empty())
        out_.push_back(
            {Claim::Kind::speaker, a.named.value_or(a.span), fold_words(from_utf8(a.speaker)), {}, {}, {}, 0, 0});
      stretch(a.span, false);
      const std::u32string text = plain_view(document_, a.span);
      for (const std::u32string_view w : {U"多次", U"反复", U"一再"})
        if (const std::size_t at = text.find(w); at != text.npos) say(Claim::Kind::repeated, a.span, at, w.size());
      for (const std::u32string_view w : {U"首次", U"第一次", U"首先提出"})
        if (const std::size_t at = text.find(w); at != text.npos) say(Claim::Kind::first, a.span, at, w.size());
    }
    if (quotation_.attribution && !quotation_.attribution->after) {
      const Span sentence = sentence_before(quotation_.attribution->span.end);
      reported(sentence);
      same_day(sentence);
    }
    if (quotation_.form != Quotation::Form::indirect &&
        (!quotation_.attribution || quotation_.attribution->speaker.empty()))
      signature(words.end);
    // What stands in brackets after the words.
    std::uint32_t at = words.end;
    const std::u32string& text = document_.text;
    while (at < text.size() && at < words.end + 4 && han::kind(text[at]) == han::Kind::mark &&
           han::mark_class(text[at]) != U'(')
      ++at;
    if (at < text.size() && han::mark_class(text[at]) == U'(') {
      constexpr std::uint32_t kLongest = 120;
      std::uint32_t end = at;
      while (end < text.size() && end < at + kLongest && han::mark_class(text[end]) != U')' && text[end] != U'\n')
        ++end;
      if (end < text.size() && han::mark_class(text[end]) == U')') {
        stretch({at + 1, end}, true);
        address({at + 1, end}, plain_view(document_, {at + 1, end}));
      }
    }
    std::uint32_t mark = words.end;
    for (std::uint32_t back = 1; back <= 6 && back < words.size(); ++back)  // “……①”
      if (mark_end(words.end - back) == words.end) mark = words.end - back;
    if (const std::uint32_t end = note_mark(mark); end != 0)
      note(mark, end);
    else
      bound_note(words.end, mark);
    return std::move(out_);
  }

 private:
  // ①, [1], 〔1〕, [^1] after the words and the marks that close them: where it ends, 0 where none stands there.
  std::uint32_t note_mark(std::uint32_t& at) const {
    constexpr std::uint32_t kClosing = 3;
    const std::u32string& text = document_.text;
    for (std::uint32_t n = 0;
         n < kClosing && at < text.size() && han::kind(text[at]) == han::Kind::mark && !opens_note(text[at]); ++n)
      ++at;
    return mark_end(at);
  }
  static bool opens_note(char32_t c) { return c == U'[' || c == U'〔' || c == U'［' || is_circled(c); }
  static bool is_circled(char32_t c) {
    return (c >= U'\u2460' && c <= U'\u2473') || (c >= U'\u3251' && c <= U'\u325F') ||
           (c >= U'\u32B1' && c <= U'\u32BF');
  }
  std::uint32_t mark_end(std::uint32_t at) const {
    constexpr std::uint32_t kLongest = 6;
    const std::u32string& text = document_.text;
    if (at >= text.size() || !opens_note(text[at])) return 0;
    if (is_circled(text[at])) return at + 1;
    std::uint32_t end = at + 1;
    if (end < text.size() && text[end] == U'^') ++end;
    const std::uint32_t digits = end;
    while (end < text.size() && end - digits < kLongest && han::is_digit(han::plain(text[end]))) ++end;
    if (end == digits || end >= text.size() || (text[end] != U']' && text[end] != U'〕' && text[end] != U'］'))
      return 0;
    return end + 1;
  }

  // The note of a mark is the next line after the words that begins with it: notes stand at the foot of a page or
  // at the end. 同上 speaks of the note before it.
  void note(std::uint32_t at, std::uint32_t end) {
    constexpr int kSame = 8;  // notes that a 同上 is followed through
    const std::u32string_view mark = std::u32string_view(document_.text).substr(at, end - at);
    const std::optional<std::size_t> line = note_line(mark, end);
    if (!line) return;
    std::size_t at_line = *line;
    stretch(line_text(at_line), true);
    const auto same = [&] {
      return plain_view(document_, line_text(at_line)).substr(0, mark.size() + 3).find(U"同上") !=
             std::u32string::npos;
    };
    for (int n = 0; n < kSame && same(); ++n) {
      do {
        if (at_line == 0) return;
        --at_line;
      } while (mark_end(first_of(at_line)) == 0);
      if (!same()) stretch(line_text(at_line), true);
    }
  }
  std::optional<std::size_t> note_line(std::u32string_view mark, std::uint32_t after) const {
    const auto& starts = document_.line_starts;
    for (auto l = static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(), after) - starts.begin());
         l < starts.size(); ++l)
      if (document_.text.compare(first_of(l), mark.size(), mark) == 0) return l;
    return std::nullopt;
  }
  // The note that the form of the draft binds to the words: its mark stands between them and `last`, behind the
  // marks that close them.
  void bound_note(std::uint32_t first, std::uint32_t last) {
    constexpr std::uint32_t kLongest = 400;
    const std::span<const Span> notes = known_.bound_notes(number_, first, last);
    for (std::size_t n = notes.size(); n-- > 0;) {
      const Span note{notes[n].begin, std::min(notes[n].end, notes[n].begin + kLongest)};
      const bool same = plain_view(document_, note).substr(0, 6).find(U"同上") != std::u32string::npos;
      const bool own = n + 1 == notes.size();
      if (own || !same) stretch(note, true);
      if (own && document_.format == "list") listed_occasion(note);
      if (!same) return;
    }
  }
  // A list's column of sources names an occasion as it names a publication; which it is, the library says.
  void listed_occasion(Span note) {
    const std::u32string text = plain_view(document_, note);
    for (std::size_t open = text.find(U'《'); open != text.npos; open = text.find(U'《', open + 1)) {
      const std::size_t close = text.find(U'》', open);
      if (close == text.npos) return;
      const std::u32string inner = text.substr(open + 1, close - open - 1);
      if (known_.is_outlet(to_utf8(inner))) continue;
      std::u32string key = key_of(inner);
      if (key.size() < kVague || known_.ground().has_title(letters_of(inner))) continue;
      const auto begin = static_cast<std::uint32_t>(note.begin + open + 1);
      out_.push_back({Claim::Kind::occasion,
                      {begin, static_cast<std::uint32_t>(begin + inner.size())},
                      std::move(key),
                      {},
                      {},
                      {},
                      0,
                      0});
    }
  }
  std::uint32_t first_of(std::size_t line) const {
    std::uint32_t at = document_.line_starts[line];
    while (at < document_.text.size() && han::kind(document_.text[at]) == han::Kind::blank &&
           document_.text[at] != U'\n')
      ++at;
    return at;
  }
  Span line_text(std::size_t line) const {
    constexpr std::uint32_t kLongest = 400;
    const std::uint32_t begin = first_of(line);
    std::uint32_t end = begin;
    while (end < document_.text.size() && document_.text[end] != U'\n' && document_.text[end] != U'\r' &&
           end - begin < kLongest)
      ++end;
    return {begin, end};
  }

  // In order of place, as the segmenter finds them.
  std::span<const DateMention> dates_of(Span span) const {
    const auto before = [](const DateMention& m, std::uint32_t at) { return m.span.begin < at; };
    const auto from = std::lower_bound(work_.dates.begin(), work_.dates.end(), span.begin, before);
    const auto to = std::lower_bound(from, work_.dates.end(), span.end, before);
    return {from, to};
  }

  void say(Claim::Kind kind, Span of, std::size_t at, std::size_t size) {
    const auto begin = static_cast<std::uint32_t>(of.begin + at);
    out_.push_back({kind, {begin, static_cast<std::uint32_t>(begin + size)}, {}, {}, {}, {}, 0, 0});
  }

  void occasion(const Attribution& a) {
    Span span = a.occasion.value_or(Span{});
    if (!a.occasion && a.kind != SpeakerKind::body) {
      // 在……上, 在……时 that the attribution does not set apart: the longest.
      const std::u32string text = plain_view(document_, a.span);
      const std::size_t begin = text.find(U'在');
      std::size_t end = text.npos;
      for (std::size_t i = text.size(); i-- > 0 && end == text.npos && begin != text.npos;)
        if (i > begin + 3 && (text[i] == U'上' || text[i] == U'时' || text[i] == U'中') &&
            (i + 1 == text.size() || text[i + 1] == U',' || starts_verb(text, i + 1)))
          end = i + 1;
      if (end != text.npos)
        span = {static_cast<std::uint32_t>(a.span.begin + begin), static_cast<std::uint32_t>(a.span.begin + end)};
    }
    std::u32string key;
    if (a.kind == SpeakerKind::text && !a.occasion && !a.speaker.empty() &&
        han::is_digit(fold_words(from_utf8(a.speaker))[0]) && names_address(a.speaker)) {
      span = a.named.value_or(a.span);
      key = key_of(fold_words(from_utf8(a.speaker)));
    } else if (a.kind == SpeakerKind::body && !a.occasion) {
      span = a.named.value_or(a.span);
      key = key_of(fold_words(from_utf8(a.speaker)));
      if (key.find(U'会') == key.npos) return;
    } else if (!span.empty()) {
      key = key_of(folded_view(document_, span));
    }
    if (key.size() < kVague) return;
    out_.push_back({Claim::Kind::occasion, span, std::move(key), {}, {}, {}, 0, 0});
  }

  // 2031年林业工作报告: what is given before a meeting, and not somebody's article.
  static bool names_address(const std::string& name) {
    const std::u32string text = letters_of(fold_words(from_utf8(name)));
    return text.ends_with(U"报告") || text.ends_with(U"讲话") || text.ends_with(U"说明");
  }

  bool starts_verb(std::u32string_view text, std::size_t at) const {
    return known_.lexicons().words.at(text, at).of[static_cast<std::size_t>(Words::Table::verb)].length != 0 ||
           text.substr(at, 2) == U"进一" || text.substr(at, 2) == U"再次";
  }

  // 去年3月 says a year where it is known in which one the draft appeared.
  bool tells_year(std::u32string_view text) const {
    const DateInterval& day = work_.published;
    if (!day.earliest || !day.latest || day.earliest->year != day.latest->year) return false;
    return text.starts_with(U"去年") || text.starts_with(U"今年") || text.starts_with(U"前年");
  }

  // The sentence that leads to the words, from its beginning.
  Span sentence_before(std::uint32_t words) const {
    constexpr std::uint32_t kReach = 160;
    std::uint32_t begin = words;
    while (begin > 0 && words - begin < kReach) {
      const char32_t m = han::mark_class(document_.text[begin - 1]);
      if (document_.text[begin - 1] == U'\n' || m == U'。' || m == U'!' || m == U'?') break;
      --begin;
    }
    return {begin, words};
  }

  // 据某报某日报道: the paper, without the marks of a title.
  void reported(Span sentence) {
    constexpr std::size_t kLongest = 10, kNear = 16;
    const std::u32string text = plain_view(document_, sentence);
    for (std::size_t at = text.find(U'据'); at != text.npos; at = text.find(U'据', at + 1)) {
      std::size_t end = 0;
      for (std::size_t n = std::min(kLongest, text.size() - at - 1); n >= 2 && end == 0; --n)
        if (known_.is_outlet(to_utf8(text.substr(at + 1, n)))) end = at + 1 + n;
      const std::size_t told = end == 0 ? text.npos : text.find(U"报道", end);
      if (told == text.npos || told - end > kNear) continue;
      Asked asked{Claim::Kind::publication, {}, {}, {}, {}, to_utf8(text.substr(at + 1, end - at - 1)), 0, 0};
      for (const DateMention& m : dates_of(sentence))
        if (m.earliest == m.latest && sentence.begin + end <= m.span.begin && m.span.end <= sentence.begin + told)
          asked.first = m.earliest, asked.last = m.latest;
      asked.span = {static_cast<std::uint32_t>(sentence.begin + at + 1),
                    static_cast<std::uint32_t>(sentence.begin + told)};
      out_.push_back(std::move(asked));
      return;
    }
  }

  // 同日，他还强调: the day spoken of before.
  void same_day(Span sentence) {
    constexpr std::uint32_t kReach = 400;
    const std::u32string text = plain_view(document_, sentence);
    for (const std::u32string_view word : {U"同日", U"同一天", U"当天", U"当日"}) {
      const std::size_t at = text.find(word);
      if (at == text.npos || (at > 0 && han::kind(text[at - 1]) == han::Kind::letter)) continue;
      const auto place = static_cast<std::uint32_t>(sentence.begin + at);
      const DateMention* last = nullptr;
      for (const DateMention& m : dates_of({place - std::min(place, kReach), place}))
        if (m.earliest == m.latest) last = &m;
      const Span between = last ? Span{last->span.end, place} : Span{};
      if (!last || document_.view(between).find(U'\n') != std::u32string_view::npos) return;
      const Span said{place, static_cast<std::uint32_t>(place + word.size())};
      out_.push_back({Claim::Kind::date, said, {}, last->earliest, last->latest, {}, 0, 0});
      return;
    }
  }

  // “……。”——某某2024年3月6日在……会上的讲话, on the same line or on the next.
  void signature(std::uint32_t at) {
    constexpr std::uint32_t kLongest = 80;
    const std::u32string& text = document_.text;
    int lines = 0;
    const auto dash = [&](std::uint32_t i) { return i < text.size() && han::mark_class(text[i]) == U'-'; };
    while (at < text.size() && !dash(at) &&
           (han::kind(text[at]) == han::Kind::blank || han::kind(text[at]) == han::Kind::mark)) {
      if (text[at] == U'\n' && ++lines > 2) return;
      if (han::mark_class(text[at]) == U'(' || opens_note(text[at]) || text[at] == U'“') return;
      ++at;
    }
    if (!dash(at) || !dash(at + 1)) return;
    while (dash(at) || (at < text.size() && text[at] == U' ')) ++at;
    std::uint32_t end = at;
    while (end < text.size() && end - at < kLongest && text[end] != U'\n' && han::mark_class(text[end]) != U'。')
      ++end;
    const std::u32string words = plain_view(document_, {at, end});
    address({at, end}, words);
    const auto known = known_.lexicons().words.at(words, 0).of[static_cast<std::size_t>(Words::Table::speaker)];
    std::size_t name = known.length;
    for (std::size_t n = 2; n <= 4 && n <= words.size() && name == 0; ++n) {
      if (!han::is_han(words[n - 1])) break;
      const bool ends = n == words.size() || !han::is_han(words[n]) || words[n] == U'在' || words[n] == U'于';
      if (ends && han::is_han(words[0])) name = n;
    }
    if (name == 0) return;
    const std::uint32_t after = at + static_cast<std::uint32_t>(name);
    out_.push_back({Claim::Kind::speaker, {at, after}, words.substr(0, name), {}, {}, {}, 0, 0});
    const std::size_t in = words.find(U'在', name), told = words.rfind(U"讲话");
    if (in != words.npos && told != words.npos && in < told) {
      std::u32string key = key_of(words.substr(in, told - in));
      const Span said{static_cast<std::uint32_t>(at + in), static_cast<std::uint32_t>(at + told)};
      if (key.size() >= kVague) out_.push_back({Claim::Kind::occasion, said, std::move(key), {}, {}, {}, 0, 0});
    }
    follows_name_ = true;
    stretch({after, end}, true);
    follows_name_ = false;
  }

  // （2031年林业工作报告） without the marks of a title, or in them.
  void address(Span span, std::u32string_view text) {
    std::u32string words;
    for (const char32_t c : text)
      if (c != U'《' && c != U'》') words += c;
    while (!words.empty() && han::kind(words.back()) != han::Kind::letter) words.pop_back();
    constexpr std::size_t kLongest = 40;
    if (words.size() > kLongest || words.size() < 9 || !han::is_digit(words[0]) || words[4] != U'年' ||
        words.find(U'月') != words.npos || !names_address(to_utf8(words)))
      return;
    out_.push_back({Claim::Kind::occasion, span, key_of(words), {}, {}, {}, 0, 0});
  }

  // Publications, titles, pages and dates in a stretch of the draft.
  void stretch(Span span, bool bracket) {
    const std::u32string text = plain_view(document_, span);
    const auto place = [&](std::size_t b, std::size_t e) {
      return Span{static_cast<std::uint32_t>(span.begin + b), static_cast<std::uint32_t>(span.begin + e)};
    };
    std::vector<std::pair<std::size_t, std::size_t>> taken;
    for (std::size_t open = text.find(U'《'); open != text.npos; open = text.find(U'《', open + 1)) {
      const std::size_t close = text.find(U'》', open);
      if (close == text.npos) break;
      std::u32string compact;
      for (const char32_t c : text.substr(open))
        if (han::kind(c) != han::Kind::blank) compact += c;
      const std::u32string inner(text.substr(open + 1, close - open - 1));
      Asked asked{Claim::Kind::publication, place(open, close + 1), {}, {}, {}, {}, 0, 0};
      if (known_.is_outlet(to_utf8(inner))) {
        asked.outlet = to_utf8(inner);
        if (const auto issue = issue_in(compact)) asked.year = issue->year, asked.number = issue->number;
        std::size_t end = close + 1;
        if (asked.number != 0) {
          const std::size_t period = text.find(U'期', end);
          const std::size_t slash = text.find(U'/', end);
          if (period != text.npos && period < end + 16)
            end = period + 1;
          else if (slash != text.npos && slash < end + 8)
            end = slash + 3;
          end = std::min(end, text.size());
        }
        // 2024年3月6日《人民日报》, 《人民日报》（2024年3月6日）: the paper's day.
        for (const DateMention& m : dates_of(span))
          if (span.begin <= m.span.begin && m.span.end <= span.end && m.earliest == m.latest) {
            const std::size_t b = m.span.begin - span.begin, e = m.span.end - span.begin;
            const bool beside = (e <= open && open - e <= 4) || (b >= close && b - close <= 3);
            if (!beside) continue;
            asked.first = m.earliest, asked.last = m.latest;
            taken.emplace_back(b, e);
            end = std::max(end, e);
          }
        asked.span = place(open, end);
        taken.emplace_back(open, end);
        out_.push_back(asked);
      } else if (inner.size() >= 6 &&
                 (bracket || text.find(U"文章") != text.npos || text.find(U"讲话") != text.npos ||
                  text.find(U"发表") != text.npos || text.find(U"报告") != text.npos)) {
        for (const char32_t c : inner)
          if (han::kind(c) == han::Kind::letter) asked.key += c;
        taken.emplace_back(open, close + 1);
        out_.push_back(std::move(asked));
      }
    }
    for (std::size_t at = text.find(U"页"); at != text.npos && bracket; at = text.find(U"页", at + 1)) {
      std::size_t begin = at, end = 0;
      while (begin > 0 && (is_numeral(text[begin - 1]) || text[begin - 1] == U' ')) --begin;
      if (begin == 0 || text[begin - 1] != U'第') continue;
      while (begin < at && text[begin] == U' ') ++begin;
      if (const auto page = number_at(text, begin, end))
        out_.push_back({Claim::Kind::page, place(begin - 1, at + 1), {}, {}, {}, {}, 0, *page});
    }
    for (const DateMention& m : dates_of(span)) {
      if (m.span.begin < span.begin || m.span.end > span.end) continue;
      const std::size_t b = m.span.begin - span.begin, e = m.span.end - span.begin;
      if (std::any_of(taken.begin(), taken.end(), [&](const auto& t) { return t.first < e && b < t.second; }))
        continue;
      const auto mark = [&](std::size_t i) { return han::kind(text[i]) != han::Kind::letter; };
      const bool day = m.earliest == m.latest;
      // 某某2031年3月9日在……上: of whatever name.
      constexpr std::u32string_view kFrom = U"自从到至截据以由";
      const bool dated_meeting =
          day && e < text.size() && text[e] == U'在' && b > 0 && kFrom.find(text[b - 1]) == kFrom.npos;
      const Span named = quotation_.attribution ? quotation_.attribution->named.value_or(Span{}) : Span{};
      if (b > 0 && !mark(b - 1) && text[b - 1] != U'于' && text[b - 1] != U'在' &&
          !(!named.empty() && named.end == m.span.begin) && !follows_name_ && !dated_meeting)
        continue;
      constexpr std::u32string_view kGoesOn = U"在的就曾便初末底春夏秋冬";
      if (e < text.size() && !day && !mark(e) && kGoesOn.find(text[e]) == kGoesOn.npos &&
          !(!named.empty() && named.begin == m.span.end))
        continue;
      const std::u32string_view next = std::u32string_view(text).substr(e, 2);
      if (next.starts_with(U"以") || next.starts_with(U"起") || next.starts_with(U"之") ||
          next.starts_with(U"来") || next.starts_with(U"后") || next.starts_with(U"前") || next == U"出版" ||
          next == U"发表" ||
          (m.relative && (next.starts_with(U"的") || !tells_year(std::u32string_view(text).substr(b, e - b)))))
        continue;
      // 今年（2031年）: the brackets say it.
      if (m.relative && e < text.size() && text[e] == U'(') continue;
      out_.push_back({Claim::Kind::date, m.span, {}, m.earliest, m.latest, {}, 0, 0});
      Asked& said = out_.back();
      const bool year = m.earliest.month == 1 && m.latest.month == 12;
      if (year && next.starts_with(U"初")) said.last = Date{m.earliest.year, 3, 31};
      if (year && (next.starts_with(U"底") || next.starts_with(U"末"))) said.first = Date{m.earliest.year, 10, 1};
    }
  }

  const ClaimReader& known_;
  std::uint32_t number_;
  const Document& document_;
  const Work& work_;
  const Quotation& quotation_;
  std::vector<Asked> out_;
  bool follows_name_ = false;  // the stretch begins behind the speaker's name
};

bool overlap(const std::optional<Date>& a, const std::optional<Date>& b, const std::optional<Date>& x,
             const std::optional<Date>& y) {
  return a && b && x && y && *a <= *y && *x <= *b;
}

std::string shown_days(const std::optional<Date>& first, const std::optional<Date>& last) {
  if (!first || !last) return {};
  return first == last ? first->to_string() : first->to_string() + " – " + last->to_string();
}

// Whether a work can be the issue or the paper of the day that is asked for; nothing where it does not say.
std::optional<bool> is_issue(const Corpus& corpus, const Asked& asked, std::uint32_t number,
                             const Lexicons& lexicons) {
  const Work& w = corpus.work(corpus.works[number]);
  if (w.outlet.empty()) return std::nullopt;
  if (w.outlet != asked.outlet) return false;
  std::optional<Date> first = asked.first, last = asked.last;
  if (asked.number != 0) {
    const auto day = issue_date({asked.outlet, asked.year, asked.number}, lexicons);
    if (day)
      first = day->first_day(), last = day->last_day();
    else if (asked.year != 0)
      first = Date{static_cast<std::int16_t>(asked.year), 1, 1},
      last = Date{static_cast<std::int16_t>(asked.year), 12, 31};
    for (const Evidence& e : w.published.evidence) {
      std::u32string text = fold_words(from_utf8(e.text));
      if (text.empty())
        for (const Document& d : corpus.documents)
          if ((e.document.empty() && &d == &corpus.document(corpus.works[number])) || d.key == e.document)
            text = fold_words(d.view(e.span));
      if (const auto issue = issue_in(text); issue && issue->number != 0 && issue->outlet == asked.outlet)
        return issue->number == asked.number && issue->year == asked.year;
    }
    if (!day && (!first || !w.published.earliest || overlap(first, last, w.published.earliest, w.published.latest)))
      return std::nullopt;
  } else if (!first && asked.year != 0) {
    first = Date{static_cast<std::int16_t>(asked.year), 1, 1},
    last = Date{static_cast<std::int16_t>(asked.year), 12, 31};
  }
  if (!first) return true;
  if (!w.published.earliest || !w.published.latest) return std::nullopt;
  const bool within = overlap(first, last, w.published.earliest, w.published.latest);
  // Some day of a year does not bear out the day that is asked for.
  if (within && first == last && w.published.earliest != w.published.latest) return std::nullopt;
  return within;
}

}  // namespace

std::u32string title_letters(const std::string& title) { return letters_of(fold_words(from_utf8(title))); }

std::size_t lead_paragraphs(const Document& document, const Work& work,
                            const std::function<void(std::size_t paragraph, std::u32string_view text)>& take) {
  constexpr std::size_t kLead = 240;
  std::size_t size = fold_words(from_utf8(work.title)).size(), taken = 0;
  for (std::size_t p = 0; p < work.paragraphs.size() && size < kLead; ++p) {
    if (work.paragraphs[p].role != Role::body) continue;
    const std::u32string text = fold_words(document.text_of(work.paragraphs[p].parts)).substr(0, kLead);
    take(p, text);
    size += text.size();
    ++taken;
  }
  return taken;
}

Occasion occasion_of(const Corpus& corpus, std::uint32_t number, FoldSpan place) {
  const CorpusWork& at = corpus.works[number];
  const Work& w = corpus.work(at);
  const Document& d = corpus.document(at);
  Occasion out;
  const std::uint32_t p = at.fold.paragraph_of(place.begin);
  for (const Section& s : w.sections) {
    if (p < s.first || s.last <= p) continue;
    const std::u32string line = d.text_of(s.occasion);
    out.text = fold_words(line);
    out.shown = to_utf8(line);
    out.first = s.spoken.earliest, out.last = s.spoken.latest;
    out.precise = true;
    return out;
  }
  if (w.kind == WorkKind::report) {
    out.text = fold_words(from_utf8(w.title));
    // No word goes over the end of a paragraph.
    lead_paragraphs(d, w, [&](std::size_t, std::u32string_view text) { (out.text += U'\n') += text; });
    out.shown = w.title;
    out.precise = out.report = true;
    if (w.published.earliest && w.published.latest)
      out.first = add_days(*w.published.earliest, -kReportDays), out.last = w.published.latest;
    return out;
  }
  if (w.kind == WorkKind::speech || w.kind == WorkKind::decision) {
    out.text = fold_words(from_utf8(w.title));
    out.shown = w.title;
    out.precise = true;
    out.last = w.published.latest;
    if (w.kind == WorkKind::decision) out.first = w.published.earliest;
    // A title that names the day: 报告——2031年3月5日在……会议上.
    std::u32string own = out.text;
    if (const auto dateline = own.find(U'电'); dateline != own.npos && dateline < 16) own.erase(0, dateline + 1);
    const std::vector<Date> days = dates_in(own);
    if (days.size() == 1 && days[0].day != 0) out.first = out.last = days[0];
    return out;
  }
  const std::uint32_t offset = at.fold.origin(place.begin);
  for (const Quotation& q : w.quotations) {
    const Span words = envelope(q.parts);
    if (offset < words.begin || words.end <= offset || !q.attribution) continue;
    const Attribution& a = *q.attribution;
    if (!a.occasion) continue;
    out.text = fold_words(d.view(*a.occasion));
    out.shown = to_utf8(d.text_of({*a.occasion}));
  }
  return out;
}

bool same_occasion(const Occasion& a, const Occasion& b) {
  if (a.text.empty() || b.text.empty()) return false;
  if (!a.report && !b.report && a.first && b.first) return overlap(a.first, a.last, b.first, b.last);
  const Occasion &named = a.report ? b : a, &other = a.report ? a : b;
  if (named.report) return a.text == b.text;
  const std::u32string key = key_of(named.text);
  return key.size() >= kVague && compare_occasion(key, other) == Agreement::agrees &&
         (!named.first || !other.first || overlap(named.first, named.last, other.first, other.last));
}

bool other_occasion(const Occasion& a, const Occasion& b) {
  return !a.text.empty() && !b.text.empty() && a.precise && b.precise && !same_occasion(a, b);
}

ClaimReader::ClaimReader(const Corpus& corpus, const std::vector<char>& drafts, const Ground& ground,
                         const Lexicons& lexicons)
    : corpus_(corpus), ground_(ground), lexicons_(lexicons), notes_(corpus.documents.size()) {
  for (std::size_t d = 0; d < notes_.size(); ++d) {
    if (drafts[d] == 0) continue;
    for (const Markup& m : corpus.documents[d].markup) {
      if (m.kind == Markup::Kind::note_mark) notes_[d].marks.push_back(m.span.begin);
      if (m.kind == Markup::Kind::note) notes_[d].notes.push_back(m.span);
    }
  }
}

std::vector<Asked> ClaimReader::asked_of(std::uint32_t work, const Quotation& quotation) const {
  return Reader(*this, corpus_, work, quotation).run();
}

std::span<const Span> ClaimReader::bound_notes(std::uint32_t document, std::uint32_t first,
                                               std::uint32_t last) const {
  const auto& [marks, notes] = notes_[document];
  const auto at = std::lower_bound(marks.begin(), marks.end(), first);
  const auto number = static_cast<std::size_t>(at - marks.begin());
  if (at == marks.end() || *at > last || number >= notes.size()) return {};
  return std::span(notes).first(number + 1);
}

bool ClaimReader::is_outlet(const std::string& name) const {
  return lexicons_.outlet(name) || ground_.has_outlet(name);
}

namespace {

// The numbers printed on the pages on which the two places stand.
std::optional<std::pair<int, int>> printed_pages(const Document& document, std::uint32_t first,
                                                 std::uint32_t last) {
  const auto of = [&](std::uint32_t offset) -> std::optional<int> {
    const auto after = std::upper_bound(document.pages.begin(), document.pages.end(), offset,
                                        [](std::uint32_t o, const PageStart& p) { return o < p.offset; });
    if (after == document.pages.begin() || !(after - 1)->printed) return std::nullopt;
    int value = 0;
    for (const char c : (after - 1)->label) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const auto a = of(first), b = of(last);
  return a && b ? std::optional(std::pair(*a, *b)) : std::nullopt;
}

// Whether a report names the day; nothing where the day may be meant and is not named.
std::optional<bool> day_told(const Work& w, Date day) {
  const DateInterval& printed = w.published;
  if (!printed.earliest || !printed.latest) return std::nullopt;
  if (day < add_days(*printed.earliest, -kReportDays) || *printed.latest < day) return false;
  const bool named = std::any_of(w.dates.begin(), w.dates.end(),
                                 [&](const DateMention& m) { return m.earliest == m.latest && m.earliest == day; });
  return named ? std::optional(true) : std::nullopt;
}

}  // namespace

Claim held_against(const Corpus& corpus, const Asked& asked, std::uint32_t number, FoldSpan place,
                   const Occasion& occasion, const Lexicons& lexicons) {
  const CorpusWork& at = corpus.works[number];
  const Work& w = corpus.work(at);
  Claim out{asked.kind, asked.span, Claim::Result::unchecked, {}};
  const auto result = [&](bool agrees) { out.result = agrees ? Claim::Result::agrees : Claim::Result::differs; };
  switch (asked.kind) {
    case Claim::Kind::occasion: {
      out.found = occasion.shown;
      const Agreement a = compare_occasion(asked.key, occasion);
      if (a != Agreement::open) result(a == Agreement::agrees);
      break;
    }
    case Claim::Kind::date:
      out.found = shown_days(occasion.report ? w.published.earliest : occasion.first,
                             occasion.report ? w.published.latest : occasion.last);
      if (occasion.report && asked.first == asked.last && asked.first != w.published.latest) {
        // The report's own words for the day; its printing tells only about when.
        if (const auto told = day_told(w, *asked.first)) result(*told);
        break;
      }
      if (overlap(asked.first, asked.last, occasion.first, occasion.last) ||
          (w.kind != WorkKind::commentary &&
           overlap(asked.first, asked.last, w.published.earliest, w.published.latest)))
        result(true);
      else if (occasion.precise && occasion.first && occasion.last)
        result(false);
      else if (occasion.precise && occasion.last && asked.first > occasion.last)
        result(false);
      break;
    case Claim::Kind::publication:
      if (!asked.outlet.empty()) {
        out.found = w.outlet + (w.published.latest ? " " + shown_days(w.published.earliest, w.published.latest)
                                                   : std::string());
        const auto is = is_issue(corpus, asked, number, lexicons);
        if (is && (*is || w.outlet == asked.outlet)) result(*is);
      } else {
        out.found = w.title;
        const std::u32string title = title_letters(w.title);
        if (!title.empty() &&
            (title == asked.key || (asked.key.size() >= 8 && title.find(asked.key) != title.npos)))
          result(true);
      }
      break;
    case Claim::Kind::page:
      if (const auto pages =
              printed_pages(corpus.document(at), at.fold.origin(place.begin), at.fold.origin(place.end - 1))) {
        out.found = std::to_string(pages->first) +
                    (pages->first == pages->second ? "" : "–" + std::to_string(pages->second));
        // A reprint and a page printed from a screen have numbers of their own.
        const bool inside = pages->first <= asked.number && asked.number <= pages->second;
        if (inside || w.copy == Copy::print) result(inside);
        break;
      }
      if (w.pages && w.copy != Copy::compilation && w.copy != Copy::ocr) {  // of a compilation they are its own
        out.found = std::to_string(w.pages->first) + "–" + std::to_string(w.pages->second);
        result(static_cast<int>(w.pages->first) <= asked.number &&
               asked.number <= static_cast<int>(w.pages->second));
      }
      break;
    case Claim::Kind::speaker: {
      std::string speaker;
      const std::uint32_t offset = at.fold.origin(place.begin);
      for (const Quotation& q : w.quotations) {
        const Span words = envelope(q.parts);
        if (words.begin <= offset && offset < words.end && q.attribution &&
            q.attribution->kind == SpeakerKind::person)
          speaker = q.attribution->speaker;
      }
      if (speaker.empty() &&
          (w.kind == WorkKind::excerpt || w.kind == WorkKind::speech || w.kind == WorkKind::article))
        speaker = w.author;
      if (speaker.empty() && w.kind == WorkKind::speech) {  // …… 林业局局长 某某, in the title
        const std::u32string title = fold_words(from_utf8(w.title));
        for (std::size_t i = 0; i < title.size() && speaker.empty(); ++i)
          if (const auto known = lexicons.words.at(title, i).of[static_cast<std::size_t>(Words::Table::speaker)];
              known.length != 0)
            speaker = to_utf8(title.substr(i, known.length));
      }
      const std::u32string name = fold_words(from_utf8(speaker));
      out.found = speaker;
      if (name == asked.key)
        result(true);
      else if (name.size() >= 2 && name.size() <= 4 && asked.key.size() <= 4)
        result(false);
      break;
    }
    case Claim::Kind::repeated:
    case Claim::Kind::first:
      break;
  }
  return out;
}

namespace {

// Whether compare_occasion can come to `agrees`: no more letters can stand in runs of two than those of pairs that
// stand in the text at all. Spares most of a large library the alignment.
// The most letters of a key that can stand in runs of two where these pairs of it stand.
std::size_t letters_in_pairs(const std::vector<char>& pairs) {
  std::size_t most = 0, counted = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i] == 0) continue;
    most += i + 2 - std::max(counted, i);
    counted = i + 2;
  }
  return most;
}

bool enough(std::size_t letters, std::size_t of) {
  return static_cast<double>(letters) >= kSaid * static_cast<double>(of);
}

std::u32string name_of(std::u32string asked) {
  take_year(asked);
  return named(std::move(asked));
}

bool may_agree(const std::u32string& asked, const Occasion& base) {
  if (asked.find(U"等地") != asked.npos) return true;
  const std::u32string key = name_of(asked), text = base.report ? base.text : named(key_of(base.text));
  std::vector<char> pairs;
  for (std::size_t i = 0; i + 1 < key.size(); ++i)
    pairs.push_back(text.find(std::u32string_view(key).substr(i, 2)) != text.npos);
  const std::size_t most = letters_in_pairs(pairs);
  return enough(most, key.size()) || (!base.report && enough(most, text.size()));
}

bool agrees(const std::u32string& asked, const Occasion& base) {
  return may_agree(asked, base) && compare_occasion(asked, base) == Agreement::agrees;
}

}  // namespace

std::u32string occasion_name(const Asked& asked) { return name_of(asked.key); }

bool may_agree(const Asked& asked, const std::vector<char>& pairs) {
  return asked.key.find(U"等地") != asked.key.npos || enough(letters_in_pairs(pairs), pairs.size() + 1);
}

bool answers(const Corpus& corpus, const Asked& asked, std::uint32_t number, const Lexicons& lexicons) {
  const Work& w = corpus.work(corpus.works[number]);
  if (asked.kind == Claim::Kind::publication) {
    if (!asked.outlet.empty())
      return (asked.number != 0 || asked.first) && is_issue(corpus, asked, number, lexicons).value_or(false);
    return held_against(corpus, asked, number, {}, {}, lexicons).result == Claim::Result::agrees;
  }
  if (asked.kind != Claim::Kind::occasion) return false;
  const Fold& fold = corpus.works[number].fold;
  for (const Section& s : w.sections)
    if (s.first < w.paragraphs.size() && !fold.paragraph_span(s.first).empty() &&
        agrees(asked.key, occasion_of(corpus, number, fold.paragraph_span(s.first))))
      return true;
  if (fold.size() == 0 || !w.sections.empty() ||
      (w.kind != WorkKind::report && w.kind != WorkKind::speech && w.kind != WorkKind::decision))
    return false;
  return agrees(asked.key, occasion_of(corpus, number, {0, 1}));
}

}  // namespace suyuan
