#include "verify/claims.hpp"

#include <algorithm>

#include "align/words.hpp"
#include "base/han.hpp"
#include "segment/dates.hpp"
#include "verify/citation.hpp"
#include "verify/ground.hpp"

namespace suyuan {

namespace {

std::u32string folded_view(const Document& d, Span span) { return fold_words(d.view(span)); }

// The text of a document character by character: letters simplified, marks by class, so that places answer.
std::u32string plain_view(const Document& d, Span span) {
  std::u32string out;
  for (const char32_t c : d.view(span)) out += han::folded(c).character;
  return out;
}

constexpr std::u32string_view kNumerals = U"〇零一二三四五六七八九十百0123456789";

bool is_numeral(char32_t c) { return kNumerals.find(c) != std::u32string_view::npos; }

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
      const Span own = own_clauses(a);
      if (!a.occasion || own.begin <= a.occasion->begin) occasion(a, own);
      if (a.kind == SpeakerKind::person && !a.speaker.empty())
        out_.push_back(
            {Claim::Kind::speaker, a.named.value_or(a.span), fold_words(from_utf8(a.speaker)), {}, {}, {}, 0, 0});
      stretch(own, false);
      if (title_ && std::none_of(out_.begin(), out_.end(), [&](const Asked& other) {
            return other.kind == Claim::Kind::publication && other.span.begin < title_->span.end &&
                   title_->span.begin < other.span.end;
          }))
        out_.push_back(*title_);
      const std::u32string text = plain_view(document_, a.span);
      for (const std::u32string_view w : {U"多次", U"反复", U"一再"})
        if (const std::size_t at = text.find(w); at != text.npos) say(Claim::Kind::repeated, a.span, at, w.size());
      for (const std::u32string_view w : {U"首次", U"第一次", U"首先提出"})
        for (std::size_t at = text.find(w); at != text.npos; at = text.find(w, at + 1))
          if (!counts_meeting(text, at + w.size())) {
            say(Claim::Kind::first, a.span, at, w.size());
            break;
          }
    }
    if (!quotation_.attribution && quotation_.form == Quotation::Form::direct) {
      const Span lead = sentence_before(words.begin);
      const std::u32string text = plain_view(document_, lead);
      if (text.find(U"》") != text.npos && text.find(U"条", text.find(U"》")) != text.npos) stretch(lead, false);
    }
    if (quotation_.attribution && !quotation_.attribution->after) {
      Span sentence = sentence_before(quotation_.attribution->span.end);
      sentence.begin = std::max(sentence.begin, goes_on_at_);
      reported(sentence);
      same_day(sentence);
      day_of_a_year(sentence);
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
        spoken_at({at + 1, end});
        if (const std::u32string name = plain_view(document_, {at + 1, end}); !claims_speaker() && is_person(name))
          out_.push_back({Claim::Kind::speaker, {at + 1, end}, name, {}, {}, {}, 0, 0});
      }
    }
    const std::vector<Span> notes = known_.notes(number_).of(words);
    for (const Span note : notes) {
      stretch(note, true);
      if (claims_occasion()) continue;
      report_of_note(note);
      if (!claims_occasion()) spoken_at(note);
    }
    if (document_.format == "list" && !notes.empty()) listed_occasion(notes.front());
    if (document_.format != "list" && !(quotation_.attribution && !quotation_.attribution->speaker.empty()))
      row(words);
    if (quotation_.form == Quotation::Form::direct && !claims_occasion() &&
        (!quotation_.attribution || quotation_.attribution->speaker.empty()))
      named_beside(words);
    return std::move(out_);
  }

 private:
  // A list's column of sources names an occasion as it names a publication; which it is, the library says.
  void listed_occasion(Span note) {
    const std::u32string text = plain_view(document_, note);
    for (std::size_t open = text.find(U'《'); open != text.npos; open = text.find(U'《', open + 1)) {
      const std::size_t close = text.find(U'》', open);
      if (close == text.npos) return;
      const std::u32string inner = text.substr(open + 1, close - open - 1);
      if (known_.is_outlet(to_utf8(inner))) continue;
      std::u32string key = occasion_key(inner);
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

  // A row of a table that has a cell for the words: a cell that is a person's name says who spoke, one with a
  // meeting or a visit where, and its days when.
  void row(Span words) {
    constexpr std::uint32_t kLongest = 800;
    const std::u32string& text = document_.text;
    const auto parts = [&](std::uint32_t i) { return text[i] == U'\t' || text[i] == U'|' || text[i] == U'｜'; };
    Span line = words, cell = words;
    while (line.begin > 0 && text[line.begin - 1] != U'\n') --line.begin;
    while (line.end < text.size() && text[line.end] != U'\n') ++line.end;
    while (cell.begin > line.begin && !parts(cell.begin - 1)) --cell.begin;
    while (cell.end < line.end && !parts(cell.end)) ++cell.end;
    const auto letters = [&](std::uint32_t from, std::uint32_t to) {
      return std::any_of(text.begin() + from, text.begin() + to,
                         [](char32_t c) { return han::kind(c) == han::Kind::letter; });
    };
    if (line.size() > kLongest || cell == line || letters(cell.begin, words.begin) || letters(words.end, cell.end))
      return;
    for (std::uint32_t begin = line.begin; begin < line.end;) {
      std::uint32_t end = begin;
      while (end < line.end && !parts(end)) ++end;
      if (begin != cell.begin) column({begin, end});
      begin = end + 1;
    }
  }

  void column(Span cell) {
    const auto is_letter = [&](std::uint32_t i) { return han::kind(document_.text[i]) == han::Kind::letter; };
    while (!cell.empty() && !is_letter(cell.begin)) ++cell.begin;
    while (!cell.empty() && !is_letter(cell.end - 1)) --cell.end;
    const std::u32string text = plain_view(document_, cell);
    std::size_t name = text.size();
    while (const auto title = known_.lexicons().titles.before(text, name)) name -= title->length;
    if (name > 0 && is_person(text.substr(0, name))) {
      if (!claims_speaker()) out_.push_back({Claim::Kind::speaker, cell, text.substr(0, name), {}, {}, {}, 0, 0});
      return;
    }
    stretch(cell, true);
    if (claims_occasion()) return;
    const auto holds = [&](Grammar group) {
      const auto& words = known_.lexicons().grammar(group);
      return std::any_of(words.begin(), words.end(),
                         [&](const std::u32string& w) { return w.size() > 1 && text.find(w) != text.npos; });
    };
    if (!holds(Grammar::event_verb) && text.find(U'会') == text.npos && !citation::names_yearly(text)) return;
    Asked asked{Claim::Kind::occasion, cell, {}, {}, {}, {}, 0, 0};
    name_occasion(asked, text);
    if (!asked.key.empty()) out_.push_back(std::move(asked));
  }

  // In order of place, as the segmenter finds them.
  std::span<const DateMention> dates_of(Span span) const {
    const auto before = [](const DateMention& m, std::uint32_t at) { return m.span.begin < at; };
    const auto from = std::lower_bound(work_.dates.begin(), work_.dates.end(), span.begin, before);
    const auto to = std::lower_bound(from, work_.dates.end(), span.end, before);
    return {from, to};
  }

  // Of what leads to the words, what is said of them: not what other clauses tell before a semicolon.
  Span own_clauses(const Attribution& a) {
    Span out = a.span;
    if (a.after) return out;
    const std::u32string text = plain_view(document_, a.span);
    const std::size_t who = a.named ? a.named->begin - std::min(a.named->begin, a.span.begin) : 0;
    bool closed = false;  // words that the speaker says have ended
    for (std::size_t at = text.find(U';'); at != text.npos; at = text.find(U';', at + 1)) {
      closed = closed || (at > 0 && document_.text[a.span.begin + at - 1] == U'”');
      if (at < who || !a.named || closed) out.begin = static_cast<std::uint32_t>(a.span.begin + at + 1);
    }
    // 2031年说“……”，2032年说“……”: a day or an occasion behind words that have ended is that of the next alone.
    constexpr std::uint32_t kWords = 8;
    const auto is_mark = [&](std::uint32_t i) { return han::mark_class(document_.text[i]) == U'"'; };
    std::uint32_t close = a.span.end;
    while (close > out.begin && !is_mark(close - 1)) --close;
    std::uint32_t open = close > out.begin ? close - 1 : close;
    while (open > a.span.begin && !is_mark(open - 1)) --open;
    if (close == out.begin || open == a.span.begin || close - open < kWords) return out;
    const std::u32string next = plain_view(document_, {close, a.span.end});
    const bool parted = next.starts_with(U",") || next.starts_with(U"、") || next.starts_with(U";") ||
                        next.starts_with(U"到") || next.starts_with(U"至");
    const std::size_t in = next.find(U'在');
    const bool where = in != next.npos && next.find_first_of(U"上时中里会", in) != next.npos;
    if (parted && (where || !dates_of({close, a.span.end}).empty())) out.begin = goes_on_at_ = close;
    return out;
  }

  // What a span says outside words that it quotes; names and terms in marks are its own.
  std::u32string own_view(Span span) const {
    constexpr std::size_t kTerm = 15;
    std::u32string out = plain_view(document_, span);
    for (std::size_t open = out.find(U'"'); open != out.npos;) {
      const std::size_t close = out.find(U'"', open + 1);
      if (close == out.npos) break;
      const std::u32string_view inside = std::u32string_view(out).substr(open + 1, close - open - 1);
      if (inside.size() > kTerm || inside.find_first_of(U",。;:!?") != inside.npos)
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(open), out.begin() + static_cast<std::ptrdiff_t>(close),
                  U'"');
      open = out.find(U'"', close + 1);
    }
    return out;
  }

  bool claims_occasion() const {
    return std::any_of(out_.begin(), out_.end(), [](const Asked& a) {
      return a.kind == Claim::Kind::occasion || (a.kind == Claim::Kind::publication && !a.key.empty());
    });
  }

  void say(Claim::Kind kind, Span of, std::size_t at, std::size_t size) {
    const auto begin = static_cast<std::uint32_t>(of.begin + at);
    out_.push_back({kind, {begin, static_cast<std::uint32_t>(begin + size)}, {}, {}, {}, {}, 0, 0});
  }

  void occasion(const Attribution& a, Span own) {
    constexpr std::size_t kNamed = 5;  // letters that name one text: 《规划》 is any
    Span span = a.occasion.value_or(Span{});
    const bool names_source = a.kind == SpeakerKind::text || a.kind == SpeakerKind::body;
    if (goes_on_at_ != 0 && names_source && a.named && a.named->begin < goes_on_at_) return;
    if (!a.occasion && a.kind != SpeakerKind::body) {
      // 在……上, 在……时 that the attribution does not set apart: the longest.
      const std::u32string text = own_view(own);
      const std::size_t begin = text.find(U'在');
      std::size_t end = text.npos;
      for (std::size_t i = text.size(); i-- > 0 && end == text.npos && begin != text.npos;)
        if (i > begin + 3 && (text[i] == U'上' || text[i] == U'时' || text[i] == U'中') &&
            (i + 1 == text.size() || text[i + 1] == U',' || starts_verb(text, i + 1)))
          end = i + 1;
      if (end != text.npos)
        span = {static_cast<std::uint32_t>(own.begin + begin), static_cast<std::uint32_t>(own.begin + end)};
    }
    if (span.empty() && a.kind == SpeakerKind::person && a.named) span = without_zai(a, own);
    Asked asked{Claim::Kind::occasion, span, {}, {}, {}, {}, 0, 0};
    if (a.kind == SpeakerKind::text && !a.occasion && !a.speaker.empty() && a.named) {
      asked.span = named_with_meeting(a);
      for (std::uint32_t n = 1; n <= 2 && asked.span.size() > n; ++n) {  // 正如2031年报告所说
        const std::u32string text = plain_view(document_, asked.span);
        if (year_at(text, n) && citation::leads_to_source(std::u32string_view(text).substr(0, n)))
          asked.span.begin += n;
      }
      const std::u32string name = letters_of(folded_view(document_, asked.span));
      asked.document = !year_at(name, 0);
      if (names_address(a.speaker) || asked.span.begin < a.named->begin) {
        name_occasion(asked, name);
      } else if (citation::is_short_title(name) ||
                 (name.size() >= kNamed &&
                  (year_at(name, 0) || plain_view(document_, asked.span).starts_with(U'《')))) {
        out_.push_back({Claim::Kind::publication, asked.span, name, {}, {}, {}, 0, 0});
        out_.back().text = true;
      }
    } else if (a.kind == SpeakerKind::unknown && !a.occasion && span.empty()) {
      // 党的二十大强调: a meeting of public record that no table knows as a body.
      const std::u32string text = plain_view(document_, a.span);
      for (std::size_t i = 0; i < text.size() && asked.key.empty(); ++i) {
        const auto meeting = known_.lexicons().meetings.at(text, i);
        if (!meeting || !starts_verb(text, i + meeting->length)) continue;
        const auto begin = static_cast<std::uint32_t>(a.span.begin + i);
        asked.span = {begin, static_cast<std::uint32_t>(begin + meeting->length)};
        asked.body = true;
        name_occasion(asked, text.substr(i, meeting->length));
      }
    } else if (a.kind == SpeakerKind::body && !a.occasion) {
      asked.span = a.named.value_or(a.span);
      asked.body = true;
      name_occasion(asked, fold_words(from_utf8(a.speaker)));
      if (asked.key.find(U"会") == asked.key.npos && !asked.first) return;
    } else if (!span.empty()) {
      name_occasion(asked, folded_view(document_, span));
    }
    if (!asked.key.empty() && !in_a_title(asked.span)) out_.push_back(std::move(asked));
  }

  // 某某|会见……时|强调, 3月5日的……会议上，某某提出: an occasion before which no 在 stands.
  Span without_zai(const Attribution& a, Span own) const {
    constexpr std::size_t kLongest = 40;
    const Lexicons& lexicons = known_.lexicons();
    const auto holds = [&](Grammar group, std::u32string_view text, bool front) {
      const auto& words = lexicons.grammar(group);
      return std::any_of(words.begin(), words.end(), [&](const std::u32string& w) {
        return front ? text.starts_with(w) : text.find(w) != text.npos;
      });
    };
    if (a.after) return {};
    if (const std::u32string behind = own_view({a.named->end, std::max(a.named->end, own.end)});
        holds(Grammar::event_verb, behind, true)) {
      const std::size_t end = behind.find(U'时');
      if (end != behind.npos && end < kLongest && behind.find(U',') > end &&
          (behind.substr(end + 1, 1) == U"," || starts_verb(behind, end + 1)))
        return {a.named->end, static_cast<std::uint32_t>(a.named->end + end + 1)};
    }
    const Span lead{sentence_before(a.named->begin).begin, a.named->begin};
    std::u32string before = own_view(lead);
    const std::size_t mark = before.find(U',');
    if (mark == before.npos || mark > kLongest || !letters_of(before.substr(mark)).empty() || mark < kVague ||
        before[mark - 1] != U'上' || !holds(Grammar::gathering, std::u32string_view(before).substr(0, mark), false))
      return {};
    return {lead.begin, static_cast<std::uint32_t>(lead.begin + mark)};
  }

  // 党的二十届三中全会《决定》: a text with the meeting whose it is, where that stands right before it.
  Span named_with_meeting(const Attribution& a) const {
    if (a.named->begin < a.span.begin) return *a.named;
    const std::u32string text = plain_view(document_, {a.span.begin, a.named->begin});
    for (std::size_t i = 0; i < text.size(); ++i)
      if (const auto meeting = known_.lexicons().meetings.at(text, i);
          meeting && text.size() - i - meeting->length <= 1)
        return {static_cast<std::uint32_t>(a.span.begin + i), a.named->end};
    return *a.named;
  }

  // The key of an occasion and, where it is a meeting of public record, its days; none of what names nothing.
  void name_occasion(Asked& asked, const std::u32string& words) const {
    for (std::size_t i = 0; i < words.size() && !asked.first; ++i) {
      const auto meeting = known_.lexicons().meetings.at(words, i);
      if (!meeting) continue;
      std::u32string rest = words.substr(i + meeting->length);
      for (const std::u32string_view w : {U"报告", U"决定", U"公报", U"决议", U"上", U"中", U"期间", U"《", U"》"})
        for (std::size_t at; (at = rest.find(w)) != rest.npos;) rest.erase(at, w.size());
      if (!rest.empty()) continue;  // 党的二十大精神研讨班
      asked.first = known_.lexicons().meeting_rows[meeting->id].first;
      asked.last = known_.lexicons().meeting_rows[meeting->id].last;
    }
    asked.key = occasion_key(words);
    if ((asked.key.size() < kVague && !asked.first) || is_vague_occasion(asked.key)) asked.key.clear();
  }

  // 某某在《……》中说: a text, and no occasion; its title is claimed.
  bool in_a_title(Span span) {
    std::u32string said = plain_view(document_, span);
    if (said.starts_with(U'在')) said.erase(0, 1);
    const std::size_t close = said.find(U'》');
    constexpr std::size_t kBehind = 3;  // 一文中, 里, 上
    if (!said.starts_with(U'《') || close == said.npos || said.size() - close - 1 > kBehind) return false;
    const std::u32string title = said.substr(1, close - 1);
    if (!known_.is_outlet(to_utf8(title)) && !citation::is_medium(title))
      title_ = Asked{Claim::Kind::publication, span, letters_of(title), {}, {}, {}, 0, 0};
    return true;
  }

  // 第一次|沧海市林业会议: it is the meeting that is the first.
  bool counts_meeting(std::u32string_view text, std::size_t at) const {
    if (starts_verb(text, at)) return false;
    std::size_t end = at;
    while (end < text.size() && han::kind(text[end]) == han::Kind::letter && text[end] != U'在') ++end;
    return text.substr(at, end - at).find(U'会') != text.npos;
  }

  // 2031年林业工作报告: what is given before a meeting, and not somebody's article.
  static bool names_address(const std::string& name) {
    const std::u32string text = letters_of(fold_words(from_utf8(name)));
    return text.ends_with(U"讲话") || text.ends_with(U"说明") || citation::names_yearly(text);
  }

  bool starts_verb(std::u32string_view text, std::size_t at) const {
    return known_.lexicons().words.at(text, at).of[static_cast<std::size_t>(Words::Table::verb)].length != 0 ||
           text.substr(at, 2) == U"进一" || text.substr(at, 2) == U"再次";
  }

  // 去年3月 says a year where it is known in which one the draft appeared.
  bool tells_year(std::u32string_view text) const {
    const DateInterval& day = work_.published;
    if (!day.earliest || !day.latest || day.earliest->year != day.latest->year) return false;
    if (day.earliest->month == day.latest->month && (text.starts_with(U"上月") || text.starts_with(U"上个月") ||
                                                     text.starts_with(U"本月") || text.starts_with(U"这个月")))
      return true;
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

  // The name of a paper at `at`: where it begins and ends; nothing where none stands there.
  std::optional<std::pair<std::size_t, std::size_t>> paper_at(const std::u32string& text, std::size_t at) const {
    constexpr std::size_t kLongest = 10, kName = 16;
    if (at < text.size() && text[at] == U'《') {
      const std::size_t close = text.find(U'》', at);
      if (close == text.npos) return std::nullopt;
      const std::u32string inner = text.substr(at + 1, close - at - 1);
      if (!known_.is_outlet(to_utf8(inner)) && !citation::is_medium(inner)) return std::nullopt;
      return std::pair(at + 1, close);
    }
    for (std::size_t n = std::min(kLongest, text.size() - std::min(text.size(), at)); n >= 2; --n)
      if (known_.is_outlet(to_utf8(text.substr(at, n)))) return std::pair(at, at + n);
    for (std::size_t n = 3; n <= kName && at + n < text.size(); ++n)
      if (is_numeral(text[at + n]) && citation::medium_before(std::u32string_view(text).substr(at, n)) == n)
        return std::pair(at, at + n);
    return std::nullopt;
  }

  // 据某报某日报道, 《某报》某日报道: the paper and its day.
  void reported(Span sentence) {
    constexpr std::size_t kNear = 16;
    const std::u32string text = plain_view(document_, sentence);
    std::vector<std::size_t> begins;
    if (text.starts_with(U"《")) begins.push_back(0);
    for (std::size_t at = text.find(U'据'); at != text.npos; at = text.find(U'据', at + 1))
      begins.push_back(at + 1);
    for (const std::size_t begin : begins) {
      const auto paper = paper_at(text, begin);
      const std::size_t told = paper ? text.find(U"报道", paper->second) : text.npos;
      if (told == text.npos || told - paper->second > kNear) continue;
      Asked asked{Claim::Kind::publication,
                  {},
                  {},
                  {},
                  {},
                  to_utf8(text.substr(paper->first, paper->second - paper->first)),
                  0,
                  0};
      for (const DateMention& m : dates_of(sentence))
        if (m.earliest == m.latest && sentence.begin + paper->second <= m.span.begin &&
            m.span.end <= sentence.begin + told)
          asked.first = m.earliest, asked.last = m.latest;
      asked.span = {static_cast<std::uint32_t>(sentence.begin + begin),
                    static_cast<std::uint32_t>(sentence.begin + told)};
      if (std::none_of(out_.begin(), out_.end(), [&](const Asked& a) {
            return a.kind == Claim::Kind::publication && a.span.begin < asked.span.end &&
                   asked.span.begin < a.span.end;
          }))
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

  // 4月15日，某某说; 某某4月15日在……上说: the day, of whatever year.
  void day_of_a_year(Span sentence) {
    const std::u32string text = plain_view(document_, sentence);
    const Span named = quotation_.attribution->named.value_or(Span{});
    for (const DateExpression& e : find_dates(text)) {
      if (e.stated() || e.impossible || e.month_relative || e.month == 0 || e.day == 0 || e.end_day != 0) continue;
      const Span day{static_cast<std::uint32_t>(sentence.begin + e.begin),
                     static_cast<std::uint32_t>(sentence.begin + e.end)};
      const bool led = e.begin == 0 || (!named.empty() && named.end == day.begin);
      const std::u32string_view next = std::u32string_view(text).substr(e.end);
      const bool said =
          next.starts_with(U",") || next.starts_with(U"在") || (!named.empty() && named.begin == day.end);
      const bool meets = next.starts_with(U"召开的") || next.starts_with(U"举行的");
      constexpr std::u32string_view kFrom = U"自从到至截据以由";
      const bool dated_meeting = next.starts_with(U"在") && e.begin > 0 && han::is_han(text[e.begin - 1]) &&
                                 kFrom.find(text[e.begin - 1]) == kFrom.npos;
      // 3月5日的|全省林业工作会议上, where it opens the occasion that is read.
      const bool opens = std::any_of(out_.begin(), out_.end(), [&](const Asked& a) {
        return a.kind == Claim::Kind::occasion && a.span.begin == day.begin && next.starts_with(U"的");
      });
      const bool inside = opens || day.begin >= quotation_.attribution->span.begin;
      if (!(led && said) && !(inside && (meets || dated_meeting || opens))) continue;
      // Between a day that opens the sentence and who speaks no other clause may stand.
      const std::size_t speaks = named.empty() ? text.npos : named.begin - sentence.begin;
      if (said && e.begin == 0 && (named.empty() || named.begin < day.end || !only_where(text, e.end, speaks)))
        continue;
      if (std::any_of(out_.begin(), out_.end(), [&](const Asked& a) {
            return a.kind == Claim::Kind::date ||
                   (a.kind == Claim::Kind::publication && a.span.begin < day.end && day.begin < a.span.end);
          }))
        continue;
      out_.push_back({Claim::Kind::date, day, {}, {}, {}, {}, 0, e.month * 100 + e.day});
      return;
    }
  }

  // Whether between a day and who speaks nothing stands but where he does: ,在……会上,
  static bool only_where(std::u32string_view text, std::size_t from, std::size_t to) {
    constexpr std::u32string_view kEnds = U"上时中间后里";
    std::u32string_view between = text.substr(from, to - std::min(from, to));
    while (between.starts_with(U",")) between.remove_prefix(1);
    for (std::size_t mark = between.find(U','); mark != between.npos; mark = between.find(U',')) {
      const std::u32string_view clause = between.substr(0, mark);
      if (!clause.starts_with(U"在") || kEnds.find(clause.back()) == kEnds.npos) return false;
      between.remove_prefix(mark + 1);
    }
    return true;
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
    const auto known = known_.lexicons().words.at(words, 0).of[static_cast<std::size_t>(Words::Table::speaker)];
    std::size_t name = known.length;
    for (std::size_t n = 2; n <= 4 && n <= words.size() && name == 0; ++n) {
      if (!han::is_han(words[n - 1])) break;
      const bool ends = n == words.size() || !han::is_han(words[n]) || words[n] == U'在' || words[n] == U'于';
      if (ends && han::is_han(words[0])) name = n;
    }
    if (const std::size_t year = person_before_year(words); year != 0) name = year;
    if (name == 0) return address({at, end}, words);
    const std::uint32_t after = at + static_cast<std::uint32_t>(name);
    out_.push_back({Claim::Kind::speaker, {at, after}, words.substr(0, name), {}, {}, {}, 0, 0});
    address({after, end}, std::u32string_view(words).substr(name));
    if (!claims_occasion()) occasion_in({after, end});
    follows_name_ = true;
    stretch({after, end}, true);
    follows_name_ = false;
  }

  // （某某在……会议上的讲话）: who spoke, and where.
  void spoken_at(Span span) {
    std::size_t in = occasion_in(span);
    const std::u32string text = plain_view(document_, span);
    if (in == text.npos || claims_speaker()) return;
    while (const auto title = known_.lexicons().titles.before(text, in)) in -= title->length;  // 某某副省长在……
    constexpr std::size_t kLongest = 4;
    for (std::size_t n = std::min(in, kLongest); n >= 2; --n) {
      const std::u32string name = text.substr(in - n, n);
      const auto known = known_.lexicons().words.at(name, 0).of[static_cast<std::size_t>(Words::Table::speaker)];
      const std::size_t surname = known_.lexicons().surname(name);
      const bool begins = in == n || !han::is_han(text[in - n - 1]) || text[in - n - 1] == U'日' ||
                          text[in - n - 1] == U'月' || text[in - n - 1] == U'年';
      if (known.length != n && !(begins && surname != 0 && n > surname && n <= surname + 2)) continue;
      const auto begin = static_cast<std::uint32_t>(span.begin + in - n);
      out_.push_back(
          {Claim::Kind::speaker, {begin, begin + static_cast<std::uint32_t>(n)}, name, {}, {}, {}, 0, 0});
      return;
    }
  }
  // 在……讲话, outside titles: where it begins in the span.
  std::size_t occasion_in(Span span) {
    const std::u32string text = plain_view(document_, span);
    const std::size_t in = text.find(U'在'), title = text.find(U'《');
    if (in == text.npos || title < in) return text.npos;
    std::size_t end = text.npos;
    for (const std::u32string_view w : {U"讲话", U"谈话", U"致辞", U"演讲", U"发言", U"报告"})
      if (const std::size_t at = text.rfind(w, std::min(title, text.size())); at != text.npos && at > in)
        end = end == text.npos ? at : std::max(end, at);
    if (end == text.npos) return end;
    Asked asked{Claim::Kind::occasion,
                {static_cast<std::uint32_t>(span.begin + in), static_cast<std::uint32_t>(span.begin + end)},
                {},
                {},
                {},
                {},
                0,
                0};
    name_occasion(asked, text.substr(in, end - in));
    if (asked.key.empty()) return text.npos;
    out_.push_back(std::move(asked));
    return in;
  }

  // （2031年林业工作报告） without the marks of a title, or in them; 某某2031年新年贺词.
  void address(Span span, std::u32string_view text) {
    if (const std::size_t name = person_before_year(text); name != 0) {
      const auto at = static_cast<std::uint32_t>(name);
      if (!claims_speaker())
        out_.push_back({Claim::Kind::speaker,
                        {span.begin, span.begin + at},
                        std::u32string(text.substr(0, name)),
                        {},
                        {},
                        {},
                        0,
                        0});
      span.begin += at;
      text.remove_prefix(name);
    }
    std::u32string words;
    for (const char32_t c : text)
      if (c != U'《' && c != U'》') words += c;
    while (!words.empty() && han::kind(words.back()) != han::Kind::letter) words.pop_back();
    constexpr std::size_t kLongest = 40;
    if (words.size() > kLongest || words.size() < 9 || !year_at(words, 0) || words.find(U'月') != words.npos ||
        !names_address(to_utf8(words)))
      return;
    out_.push_back({Claim::Kind::occasion, span, occasion_key(words), {}, {}, {}, 0, 0});
  }

  bool claims_speaker() const {
    return std::any_of(out_.begin(), out_.end(), [](const Asked& a) { return a.kind == Claim::Kind::speaker; });
  }

  // 某某|2031年……: letters of the name.
  std::size_t person_before_year(std::u32string_view text) const {
    constexpr std::size_t kLongest = 4;
    std::size_t year = 0;
    while (year <= kLongest && !year_at(text, year)) ++year;
    return year <= kLongest && is_person(text.substr(0, year)) ? year : 0;
  }

  // Whether some letters are a person's name and no more.
  bool is_person(std::u32string_view name) const {
    if (!std::all_of(name.begin(), name.end(), han::is_han)) return false;
    const auto known = known_.lexicons().words.at(name, 0).of[static_cast<std::size_t>(Words::Table::speaker)];
    const std::size_t surname = known_.lexicons().surname(name);
    return !name.empty() &&
           (known.length == name.size() || (surname != 0 && name.size() > surname && name.size() <= surname + 2 &&
                                            !known_.lexicons().not_names.at(name, 0)));
  }

  // 去年的|林业工作报告 that is said to have the words.
  bool is_report(Span named, std::uint32_t at) const {
    return named.begin <= at && at < named.end && quotation_.attribution->kind == SpeakerKind::text &&
           names_address(quotation_.attribution->speaker);
  }

  // 2031年林业工作报告, with or without the marks of a title: where it stands last in a text, first with `first`.
  static std::optional<std::pair<std::size_t, std::size_t>> report_in(std::u32string_view text, bool first) {
    constexpr std::size_t kLongest = 24;
    std::optional<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t at = 0; at + 5 < text.size(); ++at) {
      if (!year_at(text, at) || (at > 0 && is_numeral(text[at - 1]))) continue;
      std::size_t end = at + 5;
      while (end < text.size() && end - at < kLongest &&
             (han::kind(text[end]) == han::Kind::letter || text[end] == U'《' || text[end] == U'》') &&
             !citation::names_yearly(text.substr(at, end - at)))
        ++end;
      const std::u32string_view name = text.substr(at, end - at);
      if (!citation::names_yearly(name) || name.find_first_of(U"月在他我我们到来后") != name.npos) continue;
      if (end < text.size() && text[end] == U'》') ++end;
      out = {at > 0 && text[at - 1] == U'《' ? at - 1 : at, end};
      if (first) break;
    }
    return out;
  }

  void claim_report(Span span, bool beside) {
    std::u32string words;
    for (const char32_t c : plain_view(document_, span))
      if (c != U'《' && c != U'》') words += c;
    out_.push_back({Claim::Kind::occasion, span, occasion_key(words), {}, {}, {}, 0, 0});
    out_.back().beside = beside;
  }

  // [1] 参见2031年林业工作报告。
  void report_of_note(Span note) {
    const std::u32string text = plain_view(document_, note);
    const auto at = report_in(text, true);
    if (!at || text.substr(0, at->second).find(U'月') != text.npos) return;
    std::u32string_view before = std::u32string_view(text).substr(0, at->first);
    const bool leads = std::none_of(before.begin(), before.end(), han::is_han) || before.ends_with(U':') ||
                       citation::leads_to_source(before);
    const Span span{note.begin + static_cast<std::uint32_t>(at->first),
                    note.begin + static_cast<std::uint32_t>(at->second)};
    claim_report(span, !leads);
  }

  // What no verb of saying leads from: 2031年林业工作报告：“……”, 正如……所指出的，“……”, “……”出自……, and
  // 2031年：“……”.
  void named_beside(Span words) {
    constexpr std::size_t kBetween = 8, kBehind = 40;
    const auto is_mark = [&](std::uint32_t i) { return han::mark_class(document_.text[i]) == U'"'; };
    Span lead = sentence_before(words.begin);
    if (!lead.empty() && is_mark(lead.end - 1)) --lead.end;
    for (std::uint32_t i = lead.end; i > lead.begin; --i)
      if (is_mark(i - 1) && i < lead.end) {
        lead.begin = i;
        break;
      }
    const std::u32string text = plain_view(document_, lead);
    if (const auto at = report_in(text, false)) {
      const std::u32string behind = letters_of(std::u32string_view(text).substr(at->second));
      const std::u32string_view before = std::u32string_view(text).substr(0, at->first);
      constexpr std::u32string_view kOf = U"中里上的所原";
      const bool has = behind.empty() ||
                       (behind.size() <= kBetween && (kOf.find(behind[0]) != kOf.npos || starts_verb(behind, 0)));
      const bool opens =
          before.empty() || han::kind(before.back()) != han::Kind::letter || citation::leads_to_source(before);
      const auto other = report_in(text, true);
      const bool given = is_person(before);
      if (given && !claims_speaker())
        out_.push_back({Claim::Kind::speaker,
                        {lead.begin, static_cast<std::uint32_t>(lead.begin + before.size())},
                        std::u32string(before),
                        {},
                        {},
                        {},
                        0,
                        0});
      claim_report(
          {lead.begin + static_cast<std::uint32_t>(at->first), lead.begin + static_cast<std::uint32_t>(at->second)},
          !has || !(opens || given) || other->first != at->first);
      return;
    }
    Span after{words.end, words.end};
    while (after.end < document_.text.size() && after.size() < kBehind && document_.text[after.end] != U'\n' &&
           (after.size() < 3 || han::mark_class(document_.text[after.end]) != U'。'))
      ++after.end;
    const std::u32string said = plain_view(document_, after);
    if (const auto at = report_in(said, true)) {
      const std::u32string_view before = std::u32string_view(said).substr(0, at->first);
      if (letters_of(before).size() <= kBetween && citation::leads_to_source(before)) {
        claim_report({after.begin + static_cast<std::uint32_t>(at->first),
                      after.begin + static_cast<std::uint32_t>(at->second)},
                     false);
        return;
      }
    }
    for (const DateMention& m : dates_of(lead)) {
      if (m.span.end > lead.end) continue;
      const std::u32string_view day = std::u32string_view(text).substr(m.span.end - lead.begin);
      if (letters_of(std::u32string_view(text).substr(0, m.span.begin - lead.begin)).empty() && day == U":" &&
          !m.relative)
        out_.push_back({Claim::Kind::date, m.span, {}, m.earliest, m.latest, {}, 0, 0});
    }
  }

  // A stretch of the draft that may speak of the source, and what of it is read already.
  struct Stretch {
    Span span;
    bool bracket = false;  // stands in brackets or is a note
    std::u32string text;
    std::vector<std::pair<std::size_t, std::size_t>> taken = {};

    Span place(std::size_t b, std::size_t e) const {
      return {static_cast<std::uint32_t>(span.begin + b), static_cast<std::uint32_t>(span.begin + e)};
    }
    bool is_taken(std::size_t b, std::size_t e) const {
      return std::any_of(taken.begin(), taken.end(), [&](const auto& t) { return t.first < e && b < t.second; });
    }
  };

  // Publications, titles, pages and dates in a stretch of the draft.
  void stretch(Span span, bool bracket) {
    Stretch s{span, bracket, bracket ? plain_view(document_, span) : own_view(span)};
    if (bracket) author(s);
    titles(s);
    if (bracket) pages(s);
    days(s);
  }

  // 某某：《……》 of a citation, where nobody is said to say the words.
  void author(const Stretch& s) {
    constexpr std::size_t kLongest = 4;
    if (quotation_.attribution && !quotation_.attribution->speaker.empty()) return;
    const auto is_speaker = [](const Asked& a) { return a.kind == Claim::Kind::speaker; };
    const std::size_t colon = s.text.find(U":《");
    if (colon == s.text.npos || std::any_of(out_.begin(), out_.end(), is_speaker)) return;
    std::size_t begin = colon;
    while (begin > 0 && han::is_han(s.text[begin - 1])) --begin;
    const std::u32string name = s.text.substr(begin, colon - begin);
    const std::size_t surname = known_.lexicons().surname(name);
    if (surname == 0 || name.size() <= surname || name.size() > kLongest) return;
    out_.push_back({Claim::Kind::speaker, s.place(begin, colon), name, {}, {}, {}, 0, 0});
  }

  void titles(Stretch& s) {
    const std::u32string& text = s.text;
    bool again = false;  // a title stands before
    for (std::size_t open = text.find(U'《'); open != text.npos; open = text.find(U'《', open + 1)) {
      const std::size_t close = text.find(U'》', open);
      if (close == text.npos) break;
      const std::u32string inner(text.substr(open + 1, close - open - 1));
      Asked asked{Claim::Kind::publication, s.place(open, close + 1), {}, {}, {}, {}, 0, 0};
      const bool known = known_.is_outlet(to_utf8(inner));
      if (known || citation::is_medium(inner) ||
          ((again || citation::leads_to_medium(std::u32string_view(text).substr(0, open))) && !is_dated(inner))) {
        std::u32string compact;
        for (const char32_t c : text.substr(open))
          if (han::kind(c) != han::Kind::blank) compact += c;
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
        // 《人民日报》（2024年3月6日）, 2024年3月6日《人民日报》: the paper's day; the one behind it where both
        // are.
        const DateMention *day = nullptr, *before = nullptr;
        for (const DateMention& m : dates_of(s.span)) {
          const std::size_t b = m.span.begin - s.span.begin, e = m.span.end - s.span.begin;
          if (m.span.end > s.span.end || (m.earliest != m.latest && (known || asked.number != 0))) continue;
          if (b >= close && b - close <= 3) day = &m;
          if (e <= open && open - e <= 4 && text.substr(e, open - e).find(U')') == text.npos) before = &m;
        }
        if (day == nullptr) day = before;
        if (day != nullptr) {
          asked.first = day->earliest, asked.last = day->latest;
          s.taken.emplace_back(day->span.begin - s.span.begin, day->span.end - s.span.begin);
          end = std::max(end, s.taken.back().second);
        }
        if (known || asked.number != 0 || asked.first) {
          asked.span = s.place(open, end);
          s.taken.emplace_back(open, end);
          out_.push_back(asked);
          again = true;
          continue;
        }
        asked.outlet.clear();
      }
      again = true;
      const std::size_t article = article_at(text, close + 1, asked.number);
      if (inner.size() >= 6 &&
          (s.bracket || article != 0 || text.find(U"文章") != text.npos || text.find(U"讲话") != text.npos ||
           text.find(U"发表") != text.npos || text.find(U"报告") != text.npos)) {
        asked.key = letters_of(inner);
        asked.held = article != 0 && known_.ground().has_title(asked.key);
        if (article != 0) asked.span = s.place(open, article);
        s.taken.emplace_back(open, close + 1);
        out_.push_back(std::move(asked));
      }
    }
  }

  // 《……办法》（……）第三条: where the number of the article ends, 0 where none stands behind a title.
  static std::size_t article_at(std::u32string_view text, std::size_t at, int& number) {
    constexpr std::size_t kBracket = 24;
    if (at < text.size() && text[at] == U'(') {
      const std::size_t close = text.find(U')', at);
      if (close == text.npos || close - at > kBracket) return 0;
      at = close + 1;
    }
    std::size_t end = 0;
    if (at >= text.size() || text[at] != U'第') return 0;
    const auto n = number_at(text, at + 1, end);
    if (!n || text.substr(end, 1) != U"条") return 0;
    number = *n;
    return end + 1;
  }

  void pages(const Stretch& s) {
    const std::u32string& text = s.text;
    for (std::size_t at = text.find(U"页"); at != text.npos; at = text.find(U"页", at + 1)) {
      std::size_t begin = at, end = 0;
      while (begin > 0 && (is_numeral(text[begin - 1]) || text[begin - 1] == U' ')) --begin;
      if (begin == 0 || text[begin - 1] != U'第') continue;
      while (begin < at && text[begin] == U' ') ++begin;
      if (const auto page = number_at(text, begin, end))
        out_.push_back({Claim::Kind::page, s.place(begin - 1, at + 1), {}, {}, {}, {}, 0, *page});
    }
  }

  // Whether the day behind a title is that of what the title names: a speech, an act.
  bool is_dated(std::u32string_view title) const {
    const std::u32string folded = fold_words(title);
    const auto kind = known_.lexicons().kind_by_title(folded);
    return kind == WorkKind::speech || kind == WorkKind::decision || names_address(to_utf8(folded));
  }

  // Whether the day at [b, e) is one of printing; what printed it, empty where that is not named.
  std::optional<std::u32string> printed(const Stretch& s, std::size_t b, std::size_t e) const {
    const std::u32string_view text = s.text;
    std::size_t at = b;
    constexpr std::size_t kBetween = 3;
    while (at > 0 && b - at < kBetween && han::kind(text[at - 1]) != han::Kind::letter && text[at - 1] != U'》' &&
           text[at - 1] != U'。')
      --at;
    const std::u32string_view before = text.substr(0, at);
    if (const std::size_t medium = citation::medium_before(before); medium != 0)
      return std::u32string(before.substr(at - medium));
    if (before.ends_with(U'》')) {
      const std::size_t open = before.rfind(U'《');
      if (open != before.npos && !is_dated(before.substr(open + 1, at - open - 2))) return std::u32string();
    }
    if (citation::follows_printing(text.substr(e)) || citation::has_type_mark(text.substr(0, b)))
      return std::u32string();
    return std::nullopt;
  }

  void days(const Stretch& s) {
    const std::u32string& text = s.text;
    for (const DateMention& m : dates_of(s.span)) {
      if (m.span.begin < s.span.begin || m.span.end > s.span.end) continue;
      const std::size_t b = m.span.begin - s.span.begin, e = m.span.end - s.span.begin;
      if (s.is_taken(b, e) || text[b] == U'"') continue;
      // 2031年新年贺词: the occasion's own year.
      if (std::any_of(out_.begin(), out_.end(), [&](const Asked& a) {
            return a.kind == Claim::Kind::occasion && a.span.begin == m.span.begin && a.span.end > m.span.end &&
                   year_at(a.key, 0);
          }))
        continue;
      if (const auto by = printed(s, b, e)) {
        if (m.relative) continue;
        const std::size_t begin = by->empty() ? b : text.rfind(*by, b);
        out_.push_back({Claim::Kind::publication, s.place(begin, e), {}, m.earliest, m.latest, to_utf8(*by), 0, 0});
        // Or of saying, where a list's row names an occasion.
        if (document_.format == "list" && by->empty())
          out_.push_back({Claim::Kind::date, m.span, {}, m.earliest, m.latest, {}, 0, 0});
        continue;
      }
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
      if (e < text.size() && !day && !mark(e) && kGoesOn.find(text[e]) == kGoesOn.npos && !starts_verb(text, e) &&
          !(!named.empty() && named.begin == m.span.end))
        continue;
      const std::u32string_view next = std::u32string_view(text).substr(e, 2);
      if (next.starts_with(U"以") || next.starts_with(U"起") || next.starts_with(U"之") ||
          next.starts_with(U"来") || next.starts_with(U"后") || next.starts_with(U"前") || next == U"出版" ||
          next == U"发表" ||
          (m.relative && ((next.starts_with(U"的") && !is_report(named, m.span.end + 1)) ||
                          !tells_year(std::u32string_view(text).substr(b, e - b)))))
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
  std::optional<Asked> title_;  // in which the words are said to stand
  std::vector<Asked> out_;
  std::uint32_t goes_on_at_ = 0;  // where what is said of the words alone begins, behind others' end
  bool follows_name_ = false;     // the stretch begins behind the speaker's name
};

}  // namespace

ClaimReader::ClaimReader(const Corpus& corpus, const std::vector<char>& drafts, const Ground& ground,
                         const Lexicons& lexicons)
    : corpus_(corpus), ground_(ground), lexicons_(lexicons), notes_(corpus.documents.size()) {
  for (std::size_t d = 0; d < notes_.size(); ++d)
    if (drafts[d] != 0) notes_[d] = Notes(corpus.documents[d]);
}

std::vector<Asked> ClaimReader::asked_of(std::uint32_t work, const Quotation& quotation) const {
  return Reader(*this, corpus_, work, quotation).run();
}

bool ClaimReader::is_outlet(const std::string& name) const {
  return lexicons_.outlet(name) || ground_.has_outlet(name);
}

}  // namespace suyuan
