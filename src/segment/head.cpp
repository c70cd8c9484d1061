// The head of a work: which of its first lines are its title, which name its author, the day, the outlet.
#include "segment/head.hpp"

#include <algorithm>
#include <array>

#include "base/han.hpp"
#include "segment/dates.hpp"
#include "segment/starts.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kHeadLine = 45, kTitle = 110;  // characters
constexpr std::size_t kTitleLines = 4;
// Letters between marks that are no words of somebody's: a term; a name.
constexpr std::size_t kTerm = 10, kName = 20;
constexpr std::u32string_view kLabelEnds = U":：/／|｜ ";

constexpr std::array<std::u32string_view, 7> kLabels{U"作者", U"撰文", U"撰稿", U"执笔", U"文", U"By", U"by"};
constexpr std::array<std::u32string_view, 5> kReporters{U"记者", U"通讯员", U"评论员", U"撰稿人", U"特派员"};
constexpr std::array<std::u32string_view, 5> kAfter{U"文", U"著", U"撰", U"编著", U"撰文"};

bool all_han(std::u32string_view text) {
  return std::all_of(text.begin(), text.end(), [](char32_t c) { return han::is_han(c); });
}

bool one_of(const auto& words, std::u32string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool ends_in(const auto& words, std::u32string_view text) {
  return std::any_of(words.begin(), words.end(), [&](std::u32string_view w) { return text.ends_with(w); });
}

// 作者：, 文/, 撰文 before what they label; 0 where nothing is labelled.
std::size_t label(std::u32string_view text) {
  for (const std::u32string_view word : kLabels) {
    if (!text.starts_with(word) || text.size() <= word.size() || !has_any(text.substr(word.size(), 1), kLabelEnds))
      continue;
    std::size_t end = word.size();
    while (end < text.size() && has_any(text.substr(end, 1), kLabelEnds)) ++end;
    return end < text.size() ? end : 0;
  }
  return 0;
}

// 爱丽丝·布伦纳
bool is_foreign_name(std::u32string_view name) {
  const std::size_t point = name.find(U'·');
  return point != name.npos && point > 0 && point + 1 < name.size() && name.size() <= 18 &&
         std::all_of(name.begin(), name.end(), [](char32_t c) { return c == U'·' || han::is_han(c); });
}

// Tom Keller, J. R. Keller
bool is_latin_name(std::u32string_view text) {
  std::size_t words = 0;
  bool begins = true;
  for (const char32_t c : text) {
    const bool upper = c >= U'A' && c <= U'Z', lower = (c >= U'a' && c <= U'z') || (c >= 0xC0 && c < 0x250);
    if (begins && !upper && c != U' ') return false;
    if (!upper && !lower && c != U' ' && c != U'.' && c != U'-' && c != U'\'') return false;
    if (begins && upper) ++words;
    begins = c == U' ';
  }
  return words >= 2 && words <= 4;
}

class Bylines {
 public:
  explicit Bylines(const State& s) : s_(s) {}

  bool is_person(std::u32string_view written) const {
    const std::u32string name = fold_words(written);
    const auto known = s_.lexicons.speakers.at(name, 0);
    return (known && known->length == name.size()) || is_name(s_, name) || is_foreign_name(name);
  }

  std::u32string author(std::u32string_view written) const {
    std::u32string text = bare(written);
    const std::size_t labelled = label(text);
    text.erase(0, labelled);
    if (const std::size_t office = text.find_first_of(U"（("); office != text.npos && office >= 2)
      text.resize(office);
    if (is_latin_name(text)) return squeeze(text);
    const std::vector<std::u32string> words = split(text);
    std::u32string names;
    bool others = false, reporters = false;
    std::size_t after_others = 0;  // names behind the last word that is none
    for (const std::u32string& word : words) {
      if (word == U"著" || word == U"编著") break;  // who translated it comes after
      if (one_of(kAfter, word)) continue;
      if (ends_in(kReporters, word)) {
        reporters = true;
        continue;
      }
      std::u32string_view name = word;
      if (!is_person(name))
        for (const std::u32string_view mark : kAfter)
          if (name.ends_with(mark) && is_person(name.substr(0, name.size() - mark.size())))
            name.remove_suffix(mark.size());
      if (!is_person(name)) {
        if (labelled != 0 && !names.empty()) break;  // 作者：某人 来源：某报
        others = true;
        after_others = 0;
        names.clear();
        if (labelled == 0 && !holds_office(word)) return {};
        continue;
      }
      ++after_others;
      names += (names.empty() ? U"" : U" ") + std::u32string(name);
    }
    if (!names.empty() && (!others || after_others > 0)) return names;
    return labelled != 0 && !reporters ? squeeze(text.substr(0, text.find_first_of(U"，,"))) : std::u32string();
  }

 private:
  // Without the marks before a name and the brackets about it; 〔英〕 before it is no part of it.
  static std::u32string bare(std::u32string_view written) {
    std::u32string text = squeeze(written);
    const auto open = [&] { return !text.empty() && has_any(text.substr(0, 1), U"（(〔[【［"); };
    const auto close = [&] { return text.find_first_of(U"）)〕]】］"); };
    while (!text.empty() && has_any(text.substr(0, 1), U" □■○●◎◇◆△▲☆★▪▫◼※*·—-")) text.erase(0, 1);
    if (open() && close() + 1 == text.size()) text = squeeze(text.substr(1, text.size() - 2));
    if (open() && close() <= 3) text = squeeze(text.substr(close() + 1));
    return text;
  }

  // At blanks and marks; letters that stand alone are one name set wide: 顾 小 满.
  static std::vector<std::u32string> split(std::u32string_view text) {
    std::vector<std::u32string> words;
    bool wide = false;
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = std::min(text.size(), text.find_first_of(U" 、，,:：/／|｜；;", at));
      const bool alone = end == at + 1 && han::is_han(text[at]) && text[at] != U'文' && text[at] != U'著' &&
                         text[at] != U'译' && text[at] != U'撰';
      if (alone && wide)
        words.back() += text[at];
      else if (end > at)
        words.emplace_back(text.substr(at, end - at));
      wide = alone && end < text.size() && text[end] == U' ';
      at = end + 1;
    }
    return words;
  }

  // 云岭大学教授, 云岭省粮食局: what stands before a name.
  bool holds_office(std::u32string_view written) const {
    const std::u32string word = fold_words(written);
    return s_.lexicons.titles.before(word, word.size()) || word.ends_with(U"大学") || word.ends_with(U"公司") ||
           (word.size() >= 3 && has_any(word.substr(word.size() - 1), U"局厅部委处室院所会社报校心"));
  }

  const State& s_;
};

// An outlet by its name: a known one, or one that ends as papers and agencies do.
bool is_outlet(const State& s, std::u32string_view name) {
  static constexpr std::array<std::u32string_view, 8> kEnds{U"报", U"刊",   U"网",   U"社",
                                                            U"台", U"杂志", U"文摘", U"客户端"};
  return s.lexicons.outlet(to_utf8(name)) != nullptr ||
         (name.size() >= 3 && name.size() <= 12 && ends_in(kEnds, name) &&
          std::all_of(name.begin(), name.end(), [](char32_t c) { return han::is_han(c); }));
}

// Removes words of a kind from a folded line: 星期六, 第3版, 10:20.
void drop_counted(std::u32string& text, std::u32string_view before, std::u32string_view counted,
                  std::u32string_view after) {
  for (std::size_t at = 0; (at = text.find(before, at)) != text.npos;) {
    std::size_t end = at + before.size();
    while (end < text.size() && has_any(counted, text.substr(end, 1))) ++end;
    if (end > at + before.size() && text.substr(end, after.size()) == after)
      text.erase(at, end + after.size() - at);
    else
      at += std::max<std::size_t>(1, before.size());
  }
}

class Head {
 public:
  Head(const State& s, Work& w) : s_(s), w_(w), bylines_(s) {
    bool text = false;
    for (std::size_t i = 0; i < w.paragraphs.size(); ++i) {
      sectioned_ = sectioned_ || (text && w.paragraphs[i].role == Role::occasion);
      text = text || is_prose(i);
    }
  }

  void read() {
    bool head = true;
    speech_titled_ = is_speech(given());
    for (std::size_t i = 0; i < w_.paragraphs.size(); ++i) {
      Paragraph& p = w_.paragraphs[i];
      const std::u32string view = folded(i);
      if (p.role == Role::section_number && !sectioned_ && view.size() <= 1 &&
          !(view.size() == 1 && han::is_han(view[0])))
        p.role = Role::body;
      if (head && is_short(i)) {
        p.role = role_of(i);
        if (p.role == Role::title) guessed_.push_back(i);
      }
      titled_ = titled_ || p.role == Role::title;
      speech_titled_ = speech_titled_ || (p.role == Role::title && is_speech(view));
      signed_ = signed_ || (titled_ && stands_in_head(p.role) && p.role != Role::title);
      const bool subtitle = p.role == Role::heading && view.starts_with(U'-');
      if (!stands_in_head(p.role) && !subtitle) head = false;
      if (!head && p.role == Role::byline) p.role = Role::body;
    }
    bound_title();
  }

 private:
  std::u32string folded(std::size_t i) const { return s_.folded(w_.paragraphs[i].parts); }
  std::u32string written(std::size_t i) const { return squeeze(s_.document.text_of(w_.paragraphs[i].parts)); }

  // A line of which a head may be made: nothing that says more than one sentence.
  bool is_short(std::size_t i) const {
    const Paragraph& p = w_.paragraphs[i];
    if (p.role != Role::body && p.role != Role::byline && p.role != Role::heading && p.role != Role::digest)
      return false;
    if (p.parts.size() != 1 || envelope(p.parts).size() > (titled_ ? kHeadLine : kTitle)) return false;
    const std::u32string view = folded(i);
    return !view.empty() && !has_any(view, U"。;");
  }

  bool is_prose(std::size_t i) const {
    return i < w_.paragraphs.size() && w_.paragraphs[i].role == Role::body &&
           (w_.paragraphs[i].parts.size() > 1 || envelope(w_.paragraphs[i].parts).size() > kHeadLine ||
            has_any(folded(i), U"。"));
  }

  // What the source says the title is, where it says so.
  std::u32string given() const {
    return s_.document.metadata.title ? fold_words(from_utf8(s_.document.metadata.title.value)) : std::u32string();
  }

  // The role of a short line of the head.
  Role role_of(std::size_t i) {
    const Role role = w_.paragraphs[i].role;
    const std::u32string view = folded(i);
    // A line over the title (引题) does not make a heading of the title.
    if (role == Role::heading && s_.document.metadata.title && view == given()) return Role::title;
    if (names_author(i) || names_officer(i)) return Role::byline;
    if (role == Role::digest) return role;
    const bool asks = has_any(view, U"!?");
    if (names_occasion(i)) return Role::occasion;
    if (imprint_at(i)) return Role::source_line;
    if (const auto line = imprint(s_, view); line && line->day) return Role::body;
    const bool marks = asks || has_any(view, U",:\"") || has_any(view.substr(0, 2), U"、");
    if (!titled_) return !marks || role == Role::heading || is_marked_title(i) ? Role::title : Role::body;
    if (role == Role::heading) return role;
    const bool goes_on = !signed_ && !marks && view.size() >= 4 && !is_file_number(view);
    return view.starts_with(U'-') || goes_on ? Role::title : Role::body;
  }

  bool names_author(std::size_t i) const {
    const Role role = w_.paragraphs[i].role;
    const std::u32string view = folded(i), text = written(i);
    const auto digest = [&](std::size_t n) {
      return n < w_.paragraphs.size() && w_.paragraphs[n].role == Role::digest;
    };
    if (has_any(view, U"!?")) return false;
    if (titled_) return !(role == Role::digest && digest(i + 1)) && is_byline(i);
    if (label(text) != 0) return role == Role::byline && i + 1 < w_.paragraphs.size();
    if (role == Role::digest || !bylines_.is_person(text)) return false;
    // Words that begin as names do are titles too: the first line is the title, unless another one stands or words
    // of somebody's follow.
    if (!given().empty() || s_.contents || sectioned_) return true;
    if (i + 1 == w_.paragraphs.size()) return is_known(view);
    if (is_short(i + 1) && is_byline(i + 1)) return false;
    if (is_known(view)) return true;
    const std::u32string next = folded(i + 1);
    return is_short(i + 1) && w_.paragraphs[i + 1].role != Role::digest && next.size() >= 4 &&
           !has_any(next, U",:\"!?") && !next.starts_with(U'-');
  }

  // 国务院总理某某 under the title of a speech, or over it where the source says the title.
  bool names_officer(std::size_t i) const {
    const std::u32string view = folded(i);
    return view.back() != U':' && view.back() != U'!' && speech_titled_ && !officer_in(s_, view).empty();
  }

  bool is_speech(std::u32string_view title) const {
    return !title.empty() && s_.lexicons.kind_by_title(title) == WorkKind::speech;
  }

  bool is_known(std::u32string_view view) const {
    const auto known = s_.lexicons.speakers.at(view, 0);
    return known && known->length == view.size();
  }

  bool is_byline(std::size_t i) const {
    return w_.paragraphs[i].role == Role::byline || !author_in(s_, written(i)).empty();
  }

  // 某年某月某日在某会议上的讲话 under a title; （某年某月某日） under a speech's.
  bool names_occasion(std::size_t i) const {
    const std::u32string view = folded(i);
    if (!titled_ || view.starts_with(U'-')) return false;
    if (view.front() == U'(') {
      const auto line = imprint(s_, view);
      return line && line->day && line->day->day != 0 && line->outlet.empty() && speech_titled_;
    }
    const std::vector<DateExpression> dates = find_dates(view);
    return !dates.empty() && dates.front().begin == 0 && dates.front().stated() && dates.front().day != 0 &&
           view.substr(dates.front().end).starts_with(U'在') && s_.lexicons.kind_by_title(view) == WorkKind::speech;
  }

  // A day, an issue; an outlet only beside a day. Days that stand over text after text are a chronicle's.
  bool imprint_at(std::size_t i) {
    const auto dated = [&](std::size_t n) {
      const auto at = n < w_.paragraphs.size() && is_short(n) ? imprint(s_, folded(n)) : std::nullopt;
      return at && at->day;
    };
    const std::optional<Imprint> line = imprint(s_, folded(i), true);
    if (!line) return false;
    if (!line->day) return dated(i + 1) || (i > 0 && w_.paragraphs[i - 1].role == Role::source_line);
    if (!days_seen_) {
      days_seen_ = true;
      for (std::size_t n = w_.paragraphs.size(); n-- > 0;) {
        prose_from_.push_back(is_prose(n) || prose_from_.empty() ? n : prose_from_.back());
        if (last_day_ == 0 && n + 1 < w_.paragraphs.size() && dated(n)) last_day_ = n;
      }
    }
    const std::size_t after = w_.paragraphs.size() - 1 - i;  // paragraphs
    if (after > 0 && is_prose(prose_from_[after - 1]) && prose_from_[after - 1] < last_day_) return false;
    return true;
  }

  // “一杆秤”的分量; 种树，要看三年以后: a first line that the text itself follows and that ends as no clause does.
  // Words that it gives as somebody's stay where quotations are read.
  bool is_marked_title(std::size_t i) {
    const std::u32string view = folded(i);
    if (!given().empty() || has_any(view.substr(view.size() - 1), U",:、") || is_spoken(view)) return false;
    for (std::size_t open = view.find(U'"'); open != view.npos;) {
      const std::size_t close = view.find(U'"', open + 1);
      if (close == view.npos || close - open > (open == 0 || leads(view, open) ? kTerm : kName)) return false;
      open = view.find(U'"', close + 1);
    }
    if (i + 1 == w_.paragraphs.size()) return false;
    const Role next = w_.paragraphs[i + 1].role;
    return next == Role::section_number || next == Role::heading || next == Role::occasion ||
           next == Role::source_line || next == Role::note || is_prose(i + 1) ||
           (is_short(i + 1) && (is_byline(i + 1) || imprint_at(i + 1) || folded(i + 1).starts_with(U'-')));
  }

  // 各位代表！ 问：谁来开门？
  static bool is_spoken(std::u32string_view view) {
    static constexpr std::array<std::u32string_view, 4> kAsks{U"问:", U"答:", U"记者:", U"主持人:"};
    static constexpr std::array<std::u32string_view, 6> kGreeted{U"们!",   U"代表!", U"委员!",
                                                                 U"同志!", U"来宾!", U"朋友!"};
    return std::any_of(kAsks.begin(), kAsks.end(), [&](std::u32string_view w) { return view.starts_with(w); }) ||
           (ends_in(kGreeted, view) && (view.size() <= 4 || view.starts_with(U"各位") ||
                                        view.starts_with(U"尊敬的") || view.starts_with(U"亲爱的")));
  }

  // 云政发〔2041〕3号
  static bool is_file_number(std::u32string_view view) {
    const std::size_t year = view.find_first_of(U"〔[(");
    return view.ends_with(U'号') && year != view.npos && year + 5 < view.size() &&
           has_any(U"〕])", view.substr(year + 5, 1)) &&
           std::all_of(view.begin() + static_cast<std::ptrdiff_t>(year) + 1,
                       view.begin() + static_cast<std::ptrdiff_t>(year) + 5,
                       [](char32_t c) { return han::is_digit(c); });
  }

  // Whether a mark or a verb of saying before the words makes them somebody's.
  bool leads(std::u32string_view view, std::size_t open) const {
    if (has_any(view.substr(open - 1, 1), U",:")) return true;
    for (std::size_t at = open - std::min<std::size_t>(open, 4); at < open; ++at)
      if (at + s_.lexicons.words.at(view, at).of[static_cast<std::size_t>(Words::Table::verb)].length == open)
        return true;
    return false;
  }

  // Lines without a stop that go on and on, or that nothing else follows, are verse or a list: of these the first
  // is the title.
  void bound_title() {
    std::size_t count = 0, end = 0;
    for (; end < w_.paragraphs.size(); ++end) {
      if (!stands_in_head(w_.paragraphs[end].role)) break;
      count += w_.paragraphs[end].role == Role::title;
    }
    bool text = false;
    for (std::size_t i = end; i < w_.paragraphs.size() && !text; ++i)
      text = w_.paragraphs[i].role != Role::note && w_.paragraphs[i].role != Role::source_line;
    if (count < 2 || (count <= kTitleLines && text)) return;
    const bool stands = guessed_.size() < count;  // a title that is no guess
    for (std::size_t g = stands ? 0 : 1; g < guessed_.size(); ++g) w_.paragraphs[guessed_[g]].role = Role::body;
  }

  const State& s_;
  Work& w_;
  Bylines bylines_;
  bool sectioned_ = false;  // words that occasions close
  bool titled_ = false, signed_ = false;
  bool speech_titled_ = false;  // by the lines so far
  // Of the paragraphs from the last on, once a line bears a day: the next of prose, or the last; and the last with
  // a day.
  bool days_seen_ = false;
  std::vector<std::size_t> prose_from_;
  std::size_t last_day_ = 0;
  std::vector<std::size_t> guessed_;  // titles by their place alone
};

}  // namespace

bool stands_in_head(Role role) {
  return role == Role::title || role == Role::byline || role == Role::source_line || role == Role::occasion;
}

void read_head(const State& s, Work& w) { Head(s, w).read(); }

std::optional<Imprint> imprint(const State& s, std::u32string_view view, bool at_head) {
  static constexpr std::array<std::u32string_view, 8> kBefore{
      U"日期:", U"时间:", U"发表日期:", U"发表时间:", U"刊发时间:", U"刊登日期:", U"出版日期:", U"成文日期:"};
  static constexpr std::array<std::u32string_view, 5> kIn{U"原载于", U"原载", U"载于", U"刊于", U"发表于"};
  static constexpr std::u32string_view kNumerals = U"0123456789一二三四五六七八九十";
  constexpr std::size_t kUnknown =
      4;  // letters beside a day that are no outlet's that is known, nor anybody's name
  std::u32string rest(view);
  const bool bracketed = rest.size() > 2 && rest.front() == U'(' && rest.back() == U')';
  if (bracketed) rest = rest.substr(1, rest.size() - 2);
  for (const auto& word : kBefore)
    if (rest.starts_with(word)) rest.erase(0, word.size());
  for (const auto& word : kIn)
    if (rest.starts_with(word)) rest.erase(0, word.size());
  Imprint out;
  const std::size_t open = rest.find(U'《'), close = rest.find(U'》');
  if (open != rest.npos && close != rest.npos && open + 2 < close && close - open <= 14) {
    out.outlet = to_utf8(std::u32string_view(rest).substr(open + 1, close - open - 1));
    rest.erase(open, close + 1 - open);
  }
  std::optional<DateExpression> date;
  for (const DateExpression& e : find_dates(rest)) {
    if (date || !e.stated() || e.part != DateExpression::Part::whole || e.end_year + e.end_month + e.end_day != 0)
      return std::nullopt;
    date = e;
  }
  if (date) {
    rest.erase(date->begin, date->end - date->begin);
    const std::size_t size = rest.size();
    drop_counted(rest, U"第", kNumerals, U"期");
    if (date->month == 0 && rest.size() == size) return std::nullopt;  // a year alone
    out.day = Date{static_cast<std::int16_t>(date->year), static_cast<std::uint8_t>(date->month),
                   static_cast<std::uint8_t>(date->day)};
  }
  drop_counted(rest, U"总第", kNumerals, U"期");
  drop_counted(rest, U"第", kNumerals, U"版");
  drop_counted(rest, U"", kNumerals, U"版");
  drop_counted(rest, U"星期", U"一二三四五六日天", U"");
  drop_counted(rest, U"周", U"一二三四五六日", U"");
  std::erase_if(rest, [](char32_t c) { return has_any(U",:|/·-.()[]、*_", std::u32string_view(&c, 1)); });
  for (const std::u32string_view word : {U"通过", U"公布", U"发布", U"印发", U"修订"})
    if (bracketed && out.day && rest.ends_with(word)) return out;  // （某年某月某日某会通过）
  if (rest.starts_with(U"来源")) rest.erase(0, 2);
  for (std::size_t n = 2; n <= 4 && n < rest.size() && out.outlet.empty(); ++n)  // 某人 某报
    if (is_name(s, rest.substr(0, n)) && s.lexicons.outlet(to_utf8(rest.substr(n)))) {
      out.outlet = to_utf8(rest.substr(n));
      rest.resize(n);
    }
  if (rest.empty()) return out.day || !out.outlet.empty() ? std::optional(out) : std::nullopt;
  if (out.outlet.empty() && is_outlet(s, rest))
    out.outlet = to_utf8(rest);
  else if (out.day && out.author.empty() && is_name(s, rest))
    out.author = to_utf8(rest);
  else if (!at_head || !out.day || out.day->day == 0 || rest.size() > kUnknown || !all_han(rest))
    return std::nullopt;
  return out;
}

std::optional<Date> signed_on(const State& s, std::u32string_view view) {
  static constexpr std::array<std::u32string_view, 9> kWritten{U"写于",   U"作于",   U"草于",   U"记于", U"定稿于",
                                                               U"完稿于", U"改定于", U"修改于", U"时间"};
  static constexpr std::u32string_view kBodies = U"局厅部委处室院所会社府校司团组";
  constexpr std::size_t kPlace = 6, kSigns = 20;
  if (view.size() > 2 && view.front() == U'(' && view.back() == U')') view = view.substr(1, view.size() - 2);
  const std::vector<DateExpression> dates = find_dates(view);
  if (dates.size() != 1 || !dates[0].stated() || dates[0].month == 0 ||
      dates[0].end_month + dates[0].end_day != 0 || dates[0].part != DateExpression::Part::whole)
    return std::nullopt;
  std::u32string_view before = view.substr(0, dates[0].begin), after = view.substr(dates[0].end);
  while (!before.empty() && has_any(U",:·-", before.substr(before.size() - 1))) before.remove_suffix(1);
  while (!after.empty() && has_any(U",·-", after.substr(0, 1))) after.remove_prefix(1);
  const bool signs =
      before.empty() || ends_in(kWritten, before) || is_name(s, before) ||
      (all_han(before) &&
       (before.size() <= 4 || (before.size() <= kSigns && has_any(kBodies, before.substr(before.size() - 1)))));
  const bool place = after.empty() || (after.starts_with(U'于') && after.size() <= kPlace + 1 && all_han(after)) ||
                     after == U"夜" || after == U"晨" || after == U"凌晨" || after == U"改定" || after == U"修改";
  if (!signs || !place || (!before.empty() && !after.empty())) return std::nullopt;
  return Date{static_cast<std::int16_t>(dates[0].year), static_cast<std::uint8_t>(dates[0].month),
              static_cast<std::uint8_t>(dates[0].day)};
}

std::u32string author_in(const State& s, std::u32string_view written) { return Bylines(s).author(written); }

std::u32string officer_in(const State& s, std::u32string_view view) {
  constexpr std::size_t kName = 4, kOffice = 30;
  if (view.ends_with(U':') || view.ends_with(U'!'))
    for (const std::u32string_view greeting : {U"各位", U"同志们", U"尊敬的", U"女士们"})
      view = view.substr(0, view.find(greeting));
  // 2041年3月5日在某会议上, before the office.
  if (const auto dates = find_dates(view); !dates.empty() && view.substr(dates.front().end).starts_with(U'在'))
    if (const std::size_t on = view.rfind(U"会议上"); dates.front().begin <= 2 && on != view.npos)
      view.remove_prefix(on + 3);
  const bool plain = std::all_of(view.begin(), view.end(), [](char32_t c) { return han::is_han(c); });
  if (!plain || view.size() > kOffice) return {};
  for (std::size_t size = 2; size <= std::min(kName, view.size()); ++size) {
    const std::u32string_view name = view.substr(view.size() - size);
    const auto known = s.lexicons.speakers.at(name, 0);
    if (((known && known->length == size) || is_name(s, name)) &&
        s.lexicons.titles.before(view, view.size() - size))
      return std::u32string(name);
  }
  return {};
}

}  // namespace suyuan
