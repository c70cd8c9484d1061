// HTML → lines of visible text.
#include "read/html.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <unordered_map>

#include "base/han.hpp"
#include "read/files.hpp"
#include "read/html_tree.hpp"
#include "read/list.hpp"

namespace suyuan {

using namespace html;

namespace {

constexpr std::size_t kLongestName = 60;  // characters of an element that names something

class PageReader {
 public:
  explicit PageReader(bool hidden_too) : hidden_too_(hidden_too) {}

  Page page;
  bool hid = false;  // left out what the page hides

  void read(const GumboNode* root) {
    struct Frame {
      const GumboNode* node;
      unsigned next;
      Entered entered;
    };
    std::vector<Frame> stack;
    const auto enter = [&](const GumboNode* node) {
      if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA) {
        if (unseen_ == 0) text(node->v.text);
      } else if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
        stack.push_back({node, 0, open(node->v.element)});
      }
    };
    enter(root);
    while (!stack.empty()) {
      Frame& frame = stack.back();
      const GumboVector& children = frame.node->v.element.children;
      if (frame.next < children.length) {
        enter(static_cast<const GumboNode*>(children.data[frame.next++]));
      } else {
        close(frame.node->v.element, frame.entered);
        stack.pop_back();
      }
    }
    end_line();
    for (PageElement& e : page.elements)
      if (e.end == 0) e.end = static_cast<std::uint32_t>(page.elements.size());
    std::stable_sort(page.markup.begin(), page.markup.end(),
                     [](const Markup& a, const Markup& b) { return a.span.begin < b.span.begin; });
  }

 private:
  struct Entered {
    bool unseen = false, block = false, cell = false, pre = false, link = false, gloss = false, raised = false;
    bool marks = false;  // a browser sets it between quotation marks
    std::uint32_t element = 0, parent = 0, begin = 0;
    std::uint8_t heading = 0;
    std::optional<Markup::Kind> kind;
    std::string says;
    std::string note;  // the id of a footnote or an endnote
  };

  static bool is_hidden(const GumboElement& element) {
    if (gumbo_get_attribute(&element.attributes, "hidden")) return true;
    std::string style(attribute(element, "style"));
    style.erase(std::remove_if(style.begin(), style.end(), is_space), style.end());
    std::transform(style.begin(), style.end(), style.begin(), lower);
    return style.find("display:none") != std::string::npos;
  }

  void head_element(const GumboElement& element, std::string_view tag) {
    const auto say = [&](std::string_view name, std::string_view value) {
      if (!name.empty() && !value.empty()) page.names.push_back({std::string(name), std::string(value)});
    };
    const std::string_view content = attribute(element, "content");
    if (tag == "meta") {
      for (const char* by : {"name", "property", "itemprop"}) say(attribute(element, by), content);
    } else if (tag == "link") {
      if (is_one_of("canonical", attribute(element, "rel"))) say("canonical", attribute(element, "href"));
    } else if (tag == "title" && page.title.empty()) {
      page.title = inner_text(element);
    } else if (tag == "script" && same_name(attribute(element, "type"), "application/ld+json")) {
      say("json-ld", inner_text(element));
    } else if (const std::string_view property = attribute(element, "itemprop"); !property.empty()) {
      const std::string_view moment = attribute(element, "datetime");
      say(property, content.empty() ? moment : content);
    } else if (tag == "time" && gumbo_get_attribute(&element.attributes, "pubdate")) {
      say("pubdate", attribute(element, "datetime"));
    }
  }

  static std::string inner_text(const GumboElement& element) {
    std::string out;
    for (unsigned i = 0; i < element.children.length; ++i) {
      const auto* child = static_cast<const GumboNode*>(element.children.data[i]);
      if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE || child->type == GUMBO_NODE_CDATA)
        out += child->v.text.text;
    }
    return out;
  }

  Entered open(const GumboElement& element) {
    Entered entered;
    const std::string_view tag = tag_name(element);
    const unsigned of_tag = traits(tag);
    head_element(element, tag);
    entered.parent = current_;
    entered.element = static_cast<std::uint32_t>(page.elements.size());
    const bool hidden = !hidden_too_ && is_hidden(element);
    hid = hid || hidden;
    if (tag == "head" || tag == "noscript" || hidden || (of_tag & t_unseen) != 0) {
      entered.unseen = true;
      ++unseen_;
      return entered;
    }
    if (unseen_ > 0) return entered;
    if (tag == "a" && is_note_link(element)) {
      entered.unseen = true;
      ++unseen_;
      return entered;
    }
    if (tag == "br") {
      end_line();
      return entered;
    }
    const std::string_view id = attribute(element, "id"), klass = attribute(element, "class");
    const std::string_view role = attribute(element, "role");
    PageElement made;
    made.parent = current_;
    made.tag = tag;
    made.klass = klass;
    const bool is_root = tag == "html" || tag == "body";
    if (!is_root) made.sense = page_sense(id, klass, role);
    made.headline = !is_root && is_headline_name(id, klass);
    made.furniture = (of_tag & t_aside) != 0;
    made.main = tag == "article" || tag == "main" || is_one_of(role, "main article") ||
                same_name(attribute(element, "itemprop"), "articleBody");
    entered.link = tag == "a" && gumbo_get_attribute(&element.attributes, "href") != nullptr;
    entered.block = (of_tag & t_block) != 0;
    entered.cell = tag == "td" || tag == "th";
    entered.pre = tag == "pre" || tag == "listing";
    entered.gloss = tag == "rt";
    entered.raised = tag == "sup";
    page.elements.push_back(made);
    if (entered.block) {
      end_line();
      current_ = entered.element;
    } else if (entered.cell) {
      if (page.text.size() > line_begin_) put(U'\t');
      pending_ = false;
      current_ = entered.element;
      tables_.begin_cell(static_cast<std::uint32_t>(page.text.size()));
    }
    if (tag == "table") tables_.begin();
    if (!entered.block && !entered.cell && page.text.size() > line_begin_ && !pending_ && (of_tag & t_void) == 0)
      part_credits(element, !id.empty() || !klass.empty());
    if (entered.link) {
      ++links_;
      for (std::uint32_t e = entered.element; e != 0; e = page.elements[e].parent) ++page.elements[e].links;
    }
    if (entered.pre) ++pre_;
    if (entered.raised) ++raised_;
    if (tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6') {
      entered.heading = static_cast<std::uint8_t>(tag[1] - '0');
      heading_ = entered.heading;
      entered.kind = Markup::Kind::heading;
    } else if (tag == "blockquote") {
      entered.kind = Markup::Kind::quote;
    } else if (tag == "li") {
      entered.kind = Markup::Kind::list_item;
    } else if (tag == "figcaption" || tag == "caption" || (entered.block && is_caption_name(id, klass))) {
      entered.kind = Markup::Kind::caption;
    }
    constexpr std::u32string_view kOpening = U"“‘「『\"";
    entered.marks = tag == "q" && (page.text.empty() || kOpening.find(page.text.back()) == kOpening.npos);
    if (entered.marks) shown(U'“', element.start_pos.line, element.start_pos.column);
    entered.begin = static_cast<std::uint32_t>(page.text.size());
    entered.says = element_name(id, klass);
    if (has_sense(element, "footnote endnote rearnote doc-footnote doc-endnote")) {
      entered.note = attribute(element, "id");
      note_at_ = entered.begin;
    }
    if (entered.gloss) {
      pending_ = false;
      gloss_at_ = entered.begin;
      in_gloss_ = true;
    }
    return entered;
  }

  void close(const GumboElement& element, const Entered& entered) {
    if (entered.unseen) {
      --unseen_;
      return;
    }
    if (unseen_ > 0 || entered.element >= page.elements.size()) return;
    if (entered.marks) {
      pending_ = false;
      put(U'”');
    }
    if (entered.block) end_line();
    if (entered.block || entered.cell) current_ = entered.parent;
    if (entered.cell) tables_.end_cell(static_cast<std::uint32_t>(page.text.size()));
    if (const std::string_view tag = tag_name(element); tag == "tr")
      tables_.end_row(page.text, page.markup);
    else if (tag == "table")
      tables_.end();
    if (entered.link) --links_;
    if (entered.pre) --pre_;
    if (entered.raised) --raised_;
    if (entered.heading > 0) heading_ = 0;
    if (entered.gloss) {
      in_gloss_ = false;
      pending_ = false;
      // A reading is seen, and stands on one line.
      while (page.text.size() > entered.begin && (page.text.back() == U' ' || page.text.back() == U'\t'))
        page.text.pop_back();
      while (!page.anchors.empty() && page.anchors.back().offset >= page.text.size()) page.anchors.pop_back();
      if (seen_ && page.text.size() > entered.begin && line_begin_ <= entered.begin) {
        if (page.text[entered.begin] == U'(') put(U')');
        page.markup.push_back(
            {{entered.begin, static_cast<std::uint32_t>(page.text.size())}, Markup::Kind::gloss, 0});
      }
      return;
    }
    page.elements[entered.element].end = static_cast<std::uint32_t>(page.elements.size());
    if (!entered.says.empty() && entered.begin < page.text.size())
      page.names.push_back(
          {entered.says, to_utf8(std::u32string_view(page.text).substr(entered.begin, kLongestName))});
    if (!entered.note.empty()) {
      auto end = static_cast<std::uint32_t>(page.text.size());
      while (end > entered.begin && page.text[end - 1] == U'\n') --end;
      if (end > entered.begin) page.notes.push_back({{entered.begin, end}, entered.note});
      note_at_.reset();
    }
    if (!entered.kind) return;
    auto end = static_cast<std::uint32_t>(page.text.size());
    if (end > entered.begin && page.text[end - 1] == U'\n') --end;
    if (end > entered.begin) page.markup.push_back({{entered.begin, end}, *entered.kind, entered.heading});
  }

  // Credits that only the page's style sheet sets apart: 来源：某报 and 作者：某人 in elements side by side become
  // words, a day or 《某报》（day in an element with a name of its own too, the latter a line.
  void part_credits(const GumboElement& element, bool named) {
    constexpr std::size_t kLooked = 60, kFew = 24;
    const GumboNode* first = nullptr;
    for (const GumboElement* inside = &element; inside != nullptr && first == nullptr;) {
      const GumboElement* next = nullptr;
      for (unsigned i = 0; i < inside->children.length && first == nullptr && next == nullptr; ++i) {
        const auto* child = static_cast<const GumboNode*>(inside->children.data[i]);
        if (child->type == GUMBO_NODE_TEXT) first = child;
        if (child->type == GUMBO_NODE_ELEMENT) next = &child->v.element;
      }
      inside = next;
    }
    if (first == nullptr) return;
    const std::u32string text = from_utf8(std::string_view(first->v.text.text).substr(0, kLooked));
    const auto from =
        std::find_if(text.begin(), text.end(), [](char32_t c) { return han::kind(c) != han::Kind::blank; });
    const std::u32string_view said =
        std::u32string_view(text).substr(static_cast<std::size_t>(from - text.begin()));
    const auto year = [&](std::u32string_view s) {
      return s.size() > 4 && std::all_of(s.begin(), s.begin() + 4, han::is_digit) &&
             std::u32string_view(U"-/.年").find(s[4]) != std::u32string_view::npos;
    };
    const bool few = page.text.size() - line_begin_ <= kFew && line_.stops == 0;
    if (begins_credit(said) || (named && few && year(said))) pending_ = true;
    if (!named || !few || !said.starts_with(U'《')) return;
    const std::size_t day = said.find(U"》（");
    if (day == said.npos) return;
    std::u32string_view rest = said.substr(day + 2);
    while (!rest.empty() && han::kind(rest.front()) == han::Kind::blank) rest.remove_prefix(1);
    if (year(rest)) end_line();
  }

  static bool has_sense(const GumboElement& element, std::string_view senses) {
    for (const char* of : {"epub:type", "role"})
      for (std::string_view said = attribute(element, of); !said.empty();) {
        const std::size_t end = std::min(said.find(' '), said.size());
        if (end > 0 && is_one_of(said.substr(0, end), senses)) return true;
        said.remove_prefix(std::min(said.size(), end + 1));
      }
    return false;
  }

  // The mark of a note, or the way back at the beginning of one: neither is text.
  bool is_note_link(const GumboElement& element) {
    constexpr std::size_t kLongestMark = 12;  // bytes
    const std::string_view href = attribute(element, "href");
    if (has_sense(element, "noteref doc-noteref")) {
      const std::size_t id = href.find('#');
      if (id != href.npos)
        page.note_marks.push_back({static_cast<std::uint32_t>(page.text.size()), std::string(href.substr(id + 1))});
      return true;
    }
    if (has_sense(element, "backlink doc-backlink")) return true;
    return note_at_ && *note_at_ == page.text.size() && href.substr(0, 1) == "#" &&
           inner_text(element).size() <= kLongestMark;
  }

  void put(char32_t c) { page.text += c; }

  void put_at(char32_t c, std::uint32_t line, std::uint32_t column) {
    const auto offset = static_cast<std::uint32_t>(page.text.size());
    if (page.anchors.empty() || page.anchors.back().line != line ||
        page.anchors.back().column + (offset - page.anchors.back().offset) != column)
      page.anchors.push_back({offset, line, column, 1});
    page.text += c;
  }

  void shown(char32_t c, std::uint32_t line, std::uint32_t column) {
    if (c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == U'\f') {
      if (pre_ > 0 && c == U'\n') return end_line();
      if (pre_ > 0) return put_at(c, line, column);
      if (page.text.size() > line_begin_) {
        if (!pending_) breaks_ = false;
        pending_ = true;
        breaks_ = breaks_ || c == U'\n';
      }
      return;
    }
    if (in_gloss_ && page.text.size() == gloss_at_ && c != U'(' && c != U'（') put(U'(');
    if (pending_) {
      pending_ = false;
      // A line break of the source between Han characters is no space.
      if (!(breaks_ && wide(page.text.back()) && wide(c))) put(U' ');
    }
    if (line_.element == 0) line_.element = current_;
    const han::Kind kind = han::kind(c);
    const bool letter = kind == han::Kind::letter && !han::is_digit(c);
    line_.letters += letter;
    line_.linked += letter && links_ > 0;
    line_.stops += std::u32string_view(U"，。；：、？！“”,;!?…").find(c) != std::u32string_view::npos;
    seen_ = seen_ || kind != han::Kind::blank;
    if (heading_ > 0) line_.heading = heading_;
    put_at(raised_ > 0 ? han::raised(page.text, c) : c, line, column);
  }

  static bool wide(char32_t c) { return c >= 0x2E80 || (c >= 0x2018 && c <= 0x2026); }

  void end_line() {
    pending_ = false;
    while (page.text.size() > line_begin_ && (page.text.back() == U'\t' || page.text.back() == U' '))
      page.text.pop_back();
    if (!seen_) page.text.resize(line_begin_);
    while (!page.anchors.empty() && page.anchors.back().offset >= page.text.size()) page.anchors.pop_back();
    if (seen_) {
      line_.span = {line_begin_, static_cast<std::uint32_t>(page.text.size())};
      page.lines.push_back(line_);
      page.text += U'\n';
      line_begin_ = static_cast<std::uint32_t>(page.text.size());
    }
    line_ = {};
    seen_ = false;
  }

  // A text node: what it says, character by character beside the source that says it (references, CR LF).
  void text(const GumboText& node) {
    const std::string_view said = node.text, raw(node.original_text.data, node.original_text.length);
    std::uint32_t line = node.start_pos.line, column = node.start_pos.column;
    std::size_t r = 0;
    bool second = false;  // a reference may stand for two characters
    for (std::size_t i = 0; i < said.size();) {
      char32_t c = 0;
      const std::size_t length = utf8_sequence(said.substr(i), c);
      if (length == 0) break;
      i += length;
      const std::string_view next = said.substr(i);
      if (r < raw.size() && raw[r] == '&' && (c != U'&' || is_reference_to_ampersand(raw.substr(r)))) {
        shown(c, line, column);
        const std::size_t width = reference_length(raw.substr(r), next);
        r += width;
        column += static_cast<std::uint32_t>(width);
        second = true;
        continue;
      }
      const bool is_break = c == U'\n';
      if (r < raw.size() && is_break && raw[r] == '\r' && raw.substr(r, 2) == "\r\n") ++r;
      if (second && (r >= raw.size() || raw.substr(r, length) != said.substr(i - length, length)) &&
          !(is_break && r < raw.size() && raw[r] == '\r')) {
        shown(c, line, column > 0 ? column - 1 : column);
        continue;
      }
      second = false;
      shown(c, line, column);
      r += length;
      if (is_break) {
        ++line;
        column = 1;
      } else {
        ++column;
      }
    }
  }

  static bool is_reference_to_ampersand(std::string_view raw) {
    return same_name(raw.substr(0, 4), "&amp") || raw.substr(0, 4) == "&#38" ||
           same_name(raw.substr(0, 5), "&#x26");
  }

  // How much of the source a character reference takes; without a semicolon, up to where the text goes on.
  static std::size_t reference_length(std::string_view raw, std::string_view next) {
    std::size_t end = 1;
    while (end < raw.size() && (is_letter(raw[end]) || (raw[end] >= '0' && raw[end] <= '9') || raw[end] == '#'))
      ++end;
    if (end < raw.size() && raw[end] == ';') return end + 1;
    for (std::size_t i = 2; i < end; ++i)
      if (next.substr(0, end - i) == raw.substr(i, end - i)) return i;
    return end;
  }

  bool hidden_too_;
  Tables tables_;
  int unseen_ = 0, pre_ = 0, links_ = 0, raised_ = 0;
  std::uint8_t heading_ = 0;
  std::uint32_t current_ = 0, line_begin_ = 0, gloss_at_ = 0;
  std::optional<std::uint32_t> note_at_;  // where the note that is open begins
  bool pending_ = false, breaks_ = false, seen_ = false, in_gloss_ = false;
  PageLine line_;
};

std::string saved_from(std::string_view head) {
  const std::size_t at = head.find("saved from url=(");
  if (at == head.npos) return {};
  const std::size_t from = head.find(')', at);
  if (from == head.npos) return {};
  const std::size_t to = head.find_first_of(" \n\r>", from + 1);
  return to == head.npos ? std::string() : std::string(head.substr(from + 1, to - from - 1));
}

std::size_t letters_in(const Page& page) {
  std::size_t n = 0;
  for (const PageLine& line : page.lines) n += line.letters;
  return n;
}

// The notes of the page in the order of their marks. A note that is out of this order, or that no mark leads to,
// stays what it would be otherwise.
void bind_notes(Page& page, std::vector<bool>& outside) {
  std::unordered_map<std::string, Span> by_id;
  for (const PageNote& note : page.notes) by_id.try_emplace(note.id, note.span);
  std::uint32_t last = 0;
  for (const PageNoteMark& mark : page.note_marks) {
    const auto found = by_id.find(mark.id);
    if (found == by_id.end() || found->second.begin < last) continue;
    const Span note = found->second;
    by_id.erase(found);
    last = note.end;
    page.markup.push_back({{mark.at, mark.at}, Markup::Kind::note_mark, 0});
    page.markup.push_back({note, Markup::Kind::note, 0});
    const auto first = std::lower_bound(page.lines.begin(), page.lines.end(), note.begin,
                                        [](const PageLine& l, std::uint32_t at) { return l.span.begin < at; });
    for (auto l = first; l != page.lines.end() && l->span.begin < note.end; ++l)
      outside[static_cast<std::size_t>(l - page.lines.begin())] = false;
  }
}

}  // namespace

bool is_page(std::string_view head, std::string_view name) {
  std::size_t at = 0;
  while (true) {  // past blanks, comments and processing instructions
    while (at < head.size() && is_space(head[at])) ++at;
    const bool comment = head.substr(at, 4) == "<!--", instruction = head.substr(at, 2) == "<?";
    if (!comment && !instruction) break;
    const std::size_t end = head.find(comment ? "-->" : "?>", at);
    if (end == head.npos) return comment && (name_ends(name, ".html") || name_ends(name, ".htm"));
    at = end + (comment ? 3 : 2);
  }
  if (same_name(head.substr(at, 14), "<!doctype html") || same_name(head.substr(at, 5), "<html")) return true;
  static constexpr std::string_view kTelling =
      "html head body title meta div p span br a ul ol li table tr td h1 h2 h3 img article section script style "
      "blockquote center ruby strong b font";
  std::size_t tags = 0, ends = 0, frame = 0, sure = 0;
  for (std::size_t i = at; (i = head.find('<', i)) != head.npos; ++i) {
    std::size_t from = i + 1;
    const bool closing = from < head.size() && head[from] == '/';
    from += closing;
    std::size_t to = from;
    while (to < head.size() && (is_letter(head[to]) || (head[to] >= '0' && head[to] <= '9'))) ++to;
    if (to == from || to >= head.size() || !(is_space(head[to]) || head[to] == '>' || head[to] == '/')) continue;
    const std::string_view tag = head.substr(from, to - from);
    if (!is_one_of(tag, kTelling)) continue;
    ++tags;
    ends += closing;
    frame += !closing && is_one_of(tag, "html head body");
    sure += closing || !is_one_of(tag, "a b");  // "a<b" is no tag
  }
  static constexpr std::array<std::string_view, 6> kNames{".html", ".htm", ".xhtml", ".xht", ".shtml", ".shtm"};
  const bool named = std::any_of(kNames.begin(), kNames.end(), [&](auto e) { return name_ends(name, e); });
  if (named) return sure > 0;
  const bool begins = at < head.size() && head[at] == '<' && at + 1 < head.size() && is_letter(head[at + 1]);
  return frame > 0 ? tags >= 2 && (begins || ends >= 2) : begins && tags >= 2 && ends >= 1;
}

void read_page(Intake& to, Decoded& decoded, PageOf of) {
  std::string source = decoded.utf8();
  if (source.size() > kMaxLine)
    return to.say(Severity::error, "too-large", "a page of more than 32 MiB", std::nullopt, "save its text alone");
  const std::string saved = saved_from(std::string_view(source).substr(0, 4096));
  std::replace(source.begin(), source.end(), '\0', ' ');
  const Tree tree(source);
  if (tree.root() == nullptr)
    return to.say(Severity::error, "page-too-complex", "a page whose markup takes more than 320 MiB to lay out",
                  std::nullopt, "save its text alone");
  PageReader reader(false);
  reader.read(tree.root());
  // Some pages hide everything until a script shows it.
  if (reader.hid && letters_in(reader.page) < 100) {
    PageReader again(true);
    again.read(tree.root());
    if (letters_in(again.page) > 3 * letters_in(reader.page)) reader = std::move(again);
  }
  Page& page = reader.page;
  if (!saved.empty()) page.names.push_back({"saved from url", saved});
  Document document = to.open("html", decoded.encoding);
  document.metadata = page_metadata(page);
  std::vector<bool> outside =
      of == PageOf::book ? furniture_by_tag(page) : furniture_lines(page, document.metadata.title.value);
  bind_notes(page, outside);
  if (const auto line = title_line(page, document.metadata.title.value))
    page.markup.push_back({page.lines[*line].span, Markup::Kind::heading, 1});
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (!outside[i]) continue;
    const std::size_t first = i;
    while (i + 1 < page.lines.size() && outside[i + 1]) ++i;
    page.markup.push_back({{page.lines[first].span.begin, page.lines[i].span.end}, Markup::Kind::furniture, 0});
  }
  // An outer stretch stands before those inside it.
  std::stable_sort(page.markup.begin(), page.markup.end(), [](const Markup& a, const Markup& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  if (goes_on_elsewhere(page))
    to.say(Severity::warning, "one-of-several-pages",
           "one of several pages of a text; the others, a further page or an earlier one, are not in this file",
           std::nullopt, "save its other pages too, or the view on one page");
  if (page.lines.empty()) to.say(Severity::note, "empty", "shows no text", std::nullopt, "");
  document.text = std::move(page.text);
  document.anchors = std::move(page.anchors);
  document.markup = std::move(page.markup);
  to.add(std::move(document));
}

}  // namespace suyuan
