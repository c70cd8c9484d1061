// The head of a work: which of its first lines are its title, which name its author.
#include "segment/head.hpp"

#include <algorithm>
#include <array>

#include "base/han.hpp"
#include "segment/starts.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kHeadLine = 45, kTitle = 60;  // characters
constexpr std::size_t kTitleLines = 4;
constexpr std::size_t kTerm = 10,
                      kName = 20;  // letters between marks that are no words of somebody's: a term; a name
constexpr std::u32string_view kLabelEnds = U":：/／|｜ ";

constexpr std::array<std::u32string_view, 7> kLabels{U"作者", U"撰文", U"撰稿", U"执笔", U"文", U"By", U"by"};
constexpr std::array<std::u32string_view, 5> kReporters{U"记者", U"通讯员", U"评论员", U"撰稿人", U"特派员"};
constexpr std::array<std::u32string_view, 5> kAfter{U"文", U"著", U"撰", U"编著", U"撰文"};

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

class Head {
 public:
  Head(const State& s, Work& w)
      : s_(s),
        w_(w),
        bylines_(s),
        sectioned_(std::any_of(w.paragraphs.begin(), w.paragraphs.end(),
                               [](const Paragraph& p) { return p.role == Role::occasion; })) {}

  void read() {
    bool head = true;
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
      signed_ = signed_ || p.role == Role::byline;
      const bool subtitle = p.role == Role::heading && view.starts_with(U'-');
      if (p.role != Role::title && p.role != Role::byline && !subtitle) head = false;
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
    return p.parts.size() == 1 && envelope(p.parts).size() <= (titled_ ? kHeadLine : kTitle) &&
           !has_any(folded(i), U"。;") &&
           (p.role == Role::body || p.role == Role::byline || p.role == Role::heading || p.role == Role::digest);
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
  Role role_of(std::size_t i) const {
    const Role role = w_.paragraphs[i].role;
    const std::u32string view = folded(i);
    // A line over the title (引题) does not make a heading of the title.
    if (role == Role::heading && s_.document.metadata.title && view == given()) return Role::title;
    if (names_author(i)) return Role::byline;
    if (role == Role::digest) return role;
    const bool asks = has_any(view, U"!?");
    const bool marks = asks || has_any(view, U",:\"") || has_any(view.substr(0, 2), U"、");
    if (!titled_) return !marks || role == Role::heading || is_marked_title(i) ? Role::title : Role::body;
    if (role == Role::heading) return role;
    return view.starts_with(U'-') || (!signed_ && !marks && view.size() >= 4) ? Role::title : Role::body;
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

  bool is_known(std::u32string_view view) const {
    const auto known = s_.lexicons.speakers.at(view, 0);
    return known && known->length == view.size();
  }

  bool is_byline(std::size_t i) const {
    return w_.paragraphs[i].role == Role::byline || !author_in(s_, written(i)).empty();
  }

  // “一杆秤”的分量; 种树，要看三年以后: a first line that the text itself follows and that ends as no clause does.
  // Words that it gives as somebody's stay where quotations are read.
  bool is_marked_title(std::size_t i) const {
    const std::u32string view = folded(i);
    if (!given().empty() || has_any(view.substr(view.size() - 1), U",:、")) return false;
    for (std::size_t open = view.find(U'"'); open != view.npos;) {
      const std::size_t close = view.find(U'"', open + 1);
      if (close == view.npos || close - open > (open == 0 || leads(view, open) ? kTerm : kName)) return false;
      open = view.find(U'"', close + 1);
    }
    if (i + 1 == w_.paragraphs.size()) return false;
    const Role next = w_.paragraphs[i + 1].role;
    return next == Role::section_number || next == Role::heading || next == Role::occasion ||
           next == Role::source_line || next == Role::note || is_prose(i + 1) ||
           (is_short(i + 1) && (is_byline(i + 1) || folded(i + 1).starts_with(U'-')));
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
      if (w_.paragraphs[end].role != Role::title && w_.paragraphs[end].role != Role::byline) break;
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
  bool sectioned_;  // somebody's words on several occasions
  bool titled_ = false, signed_ = false;
  std::vector<std::size_t> guessed_;  // titles by their place alone
};

}  // namespace

void read_head(const State& s, Work& w) { Head(s, w).read(); }

std::u32string author_in(const State& s, std::u32string_view written) { return Bylines(s).author(written); }

}  // namespace suyuan
