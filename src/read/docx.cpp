#include "read/docx.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>
#include <unordered_map>

#include "read/package.hpp"
#include "read/xml.hpp"

namespace suyuan {

namespace {

constexpr std::size_t kMaxCode = 1 << 10;  // bytes of a field's code that are looked at

enum class Tag : std::uint8_t {
  other,
  paragraph,
  run,
  text,
  tab,
  line_break,
  hyphen,
  symbol,
  field_mark,
  field_code,
  note,
  box,
  choice,
  fallback,
  content_control,
  table,
  row,
  cell,
  elsewhere,  // a part of its own that is not read
  passed,     // properties, what was deleted or moved away, codes of fields, readings over characters
};

Tag tag_of(std::string_view name) {
  static const std::unordered_map<std::string_view, Tag> kTags{{"p", Tag::paragraph},
                                                               {"r", Tag::run},
                                                               {"t", Tag::text},
                                                               {"tab", Tag::tab},
                                                               {"ptab", Tag::tab},
                                                               {"br", Tag::line_break},
                                                               {"cr", Tag::line_break},
                                                               {"noBreakHyphen", Tag::hyphen},
                                                               {"sym", Tag::symbol},
                                                               {"fldChar", Tag::field_mark},
                                                               {"instrText", Tag::field_code},
                                                               {"footnoteReference", Tag::note},
                                                               {"endnoteReference", Tag::note},
                                                               {"txbxContent", Tag::box},
                                                               {"Choice", Tag::choice},
                                                               {"Fallback", Tag::fallback},
                                                               {"sdt", Tag::content_control},
                                                               {"tbl", Tag::table},
                                                               {"tr", Tag::row},
                                                               {"tc", Tag::cell},
                                                               {"altChunk", Tag::elsewhere},
                                                               {"subDoc", Tag::elsewhere},
                                                               {"pPr", Tag::passed},
                                                               {"rPr", Tag::passed},
                                                               {"sectPr", Tag::passed},
                                                               {"tblPr", Tag::passed},
                                                               {"tblPrEx", Tag::passed},
                                                               {"tblGrid", Tag::passed},
                                                               {"trPr", Tag::passed},
                                                               {"tcPr", Tag::passed},
                                                               {"sdtPr", Tag::passed},
                                                               {"sdtEndPr", Tag::passed},
                                                               {"ffData", Tag::passed},
                                                               {"rt", Tag::passed},
                                                               {"rubyPr", Tag::passed},
                                                               {"del", Tag::passed},
                                                               {"moveFrom", Tag::passed},
                                                               {"delText", Tag::passed},
                                                               {"delInstrText", Tag::passed}};
  const auto found = kTags.find(name);
  return found == kTags.end() ? Tag::other : found->second;
}

bool is_off(std::string_view value) { return value == "0" || value == "false" || value == "off"; }

// A property that is there and not switched off; nothing where it is not there.
std::optional<bool> is_on(const pugi::xml_node& properties, std::string_view name) {
  const pugi::xml_node found = xml::child(properties, name);
  if (!found) return std::nullopt;
  return !is_off(xml::value(found, "val"));
}

std::optional<int> number(std::string_view text, int base = 10) {
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

struct Style {
  std::string name, rests_on;
  std::optional<int> outline;                // 0 to 8, 9 for none
  std::optional<bool> hidden, page, raised;  // page: begins on a new one
};

// Whether the properties of a run set it higher.
std::optional<bool> is_raised(const pugi::xml_node& properties) {
  const std::string_view set = xml::value(xml::child(properties, "vertAlign"), "val");
  if (set.empty()) return std::nullopt;
  return set == "superscript";
}

class Styles {
 public:
  void read(const pugi::xml_node& root) {
    for (const pugi::xml_node node : root.children()) {
      if (xml::local(node) != "style") continue;
      Style style;
      style.name = lowered(xml::value(xml::child(node, "name"), "val"));
      style.rests_on = xml::value(xml::child(node, "basedOn"), "val");
      style.outline = number(xml::value(xml::child(xml::child(node, "pPr"), "outlineLvl"), "val"));
      style.hidden = is_on(xml::child(node, "rPr"), "vanish");
      style.raised = is_raised(xml::child(node, "rPr"));
      style.page = is_on(xml::child(node, "pPr"), "pageBreakBefore");
      styles_.try_emplace(std::string(xml::value(node, "styleId")), std::move(style));
    }
  }

  Flow::Look look(std::string_view id) const {
    Flow::Look out;
    bool decided = false;
    along(id, [&](const Style& style) {
      const std::string_view name = style.name;
      if (name == "title") {
        out.title = true;
        decided = true;
      } else if (style.outline) {
        out.heading = *style.outline < 9 ? static_cast<std::uint8_t>(std::min(6, *style.outline + 1)) : 0;
        decided = true;
      } else if (name.starts_with("heading ") && name.size() == 9 && name[8] >= '1' && name[8] <= '9') {
        out.heading = static_cast<std::uint8_t>(std::min(6, name[8] - '0'));
        decided = true;
      }
      out.quote = out.quote || name == "quote" || name == "intense quote" || name == "block text";
      out.caption = out.caption || name == "caption";
      out.furniture = out.furniture || name.starts_with("toc ") || name.starts_with("table of figures") ||
                      name.starts_with("index ");
      return !decided;
    });
    if (out.furniture) out.heading = 0, out.title = false;
    return out;
  }

  std::optional<bool> hidden(std::string_view id) const { return first(id, &Style::hidden); }
  std::optional<bool> page(std::string_view id) const { return first(id, &Style::page); }
  std::optional<bool> raised(std::string_view id) const { return first(id, &Style::raised); }

 private:
  std::optional<bool> first(std::string_view id, std::optional<bool> Style::*what) const {
    std::optional<bool> out;
    along(id, [&](const Style& style) {
      out = style.*what;
      return !out;
    });
    return out;
  }
  template <class OnStyle>
  void along(std::string_view id, OnStyle on_style) const {
    along_styles(styles_, std::string(id), on_style);
  }

  std::unordered_map<std::string, Style> styles_;
};

// The text of a part walked through once, notes after it.
class DocxReader {
 public:
  DocxReader(Package& package, const std::string& source) : package_(package), source_(source) {}

  Flow flow;
  std::size_t elsewhere = 0;
  std::string part, bytes;  // of the part that holds the text

  std::optional<Error> read() {
    part = docx_main_part(package_);
    if (auto error = load(part, main_, &bytes)) return error;
    if (const std::string name = related_part(package_, part, "/styles"); !name.empty()) {
      pugi::xml_document styles;
      if (auto error = load(name, styles)) return error;
      styles_.read(styles.document_element());
    }
    for (const auto& [type, tag, to] :
         {std::tuple("/footnotes", "footnote", &feet_), std::tuple("/endnotes", "endnote", &ends_)}) {
      const std::string name = related_part(package_, part, type);
      if (name.empty()) continue;
      if (auto error = load(name, to->tree)) return error;
      for (const pugi::xml_node node : to->tree.document_element().children())
        if (xml::local(node) == tag) to->by_id.try_emplace(std::string(xml::value(node, "id")), Note{node, {}});
    }
    const pugi::xml_node body = xml::child(main_.document_element(), "body");
    xml::walk(
        body,
        [&](const pugi::xml_node& node) {
          if (xml::local(node) != "sectPr") return true;
          sections_.push_back(node);
          return false;
        },
        [](const pugi::xml_node&) {});
    // A field that is never closed hides nothing.
    if (codes_left_open(body)) all_codes_ = true;
    story(body);
    flow.end_text();
    for (std::size_t n = 0; n < flow.marks(); ++n) {
      const std::size_t id = flow.mark(n).id;
      flow.begin_note(n);
      fields_.clear();
      codes_ = contents_ = 0;
      if (id < notes_.size()) story(notes_[id]);
      flow.end_note();
    }
    return std::nullopt;
  }

 private:
  struct Note {
    pugi::xml_node node;
    std::optional<std::size_t> id;  // in notes_, once its mark was met
  };
  struct Notes {
    pugi::xml_document tree;
    std::unordered_map<std::string, Note> by_id;
  };

  std::optional<Error> load(const std::string& name, pugi::xml_document& to, std::string* raw = nullptr) {
    Result<std::string> content = package_.read(name);
    if (!content) return content.error();
    Result<pugi::xml_document> parsed = xml::parse(*content, source_, name);
    if (!parsed) return parsed.error();
    to = *std::move(parsed);
    if (raw != nullptr) *raw = *std::move(content);
    return std::nullopt;
  }

  static bool codes_left_open(const pugi::xml_node& body) {
    long open = 0;
    xml::walk(
        body,
        [&](const pugi::xml_node& node) {
          if (tag_of(xml::local(node)) != Tag::field_mark) return true;
          const std::string_view type = xml::value(node, "fldCharType");
          open += type == "begin" ? 1 : type == "end" ? -1 : 0;
          return false;
        },
        [](const pugi::xml_node&) {});
    return open > 0;
  }

  void story(const pugi::xml_node& root) {
    xml::walk(
        root, [&](const pugi::xml_node& node) { return enter(node); },
        [&](const pugi::xml_node& node) { leave(node); });
  }

  bool shown() const {
    return flow.inside() && (runs_.empty() || !runs_.back().hidden) && (all_codes_ || codes_ == 0);
  }

  // A field that gathers headings, entries of an index and the like.
  static bool lists_by(std::string_view code) {
    const std::string name = lowered(code.substr(std::min(code.find_first_not_of(' '), code.size())));
    return name.starts_with("toc ") || name.starts_with("index ") || name.starts_with("toa ");
  }

  // EQ \o(…,…) sets characters over each other and has no result: readings over a character, a number in a ring.
  // What is read is the last of them.
  void set_over(std::string_view code, std::uint64_t run) {
    const std::size_t name = code.find_first_not_of(' ');
    const std::size_t set = lowered(code).find("\\o");
    if (name == code.npos || lowered(code.substr(name, 3)) != "eq " || set == code.npos) return;
    std::string_view ring, last;
    std::size_t at = code.find('(', set), depth = 0, begin = at + 1;
    if (at == code.npos) return;
    for (; at < code.size(); ++at) {
      const char c = code[at];
      depth += c == '(';
      if (depth == 1 && (c == ',' || c == ';' || c == ')')) {
        ring = last;
        last = code.substr(begin, at - begin);
        begin = at + 1;
      }
      if (c == ')' && --depth == 0) break;
    }
    // \s\up 9(…) inside it moves it.
    while (last.starts_with('\\') && last.find('(') != last.npos && last.ends_with(')'))
      last = last.substr(last.find('(') + 1, last.size() - last.find('(') - 2);
    const auto count = number(last);
    static constexpr std::array<std::tuple<int, int, char32_t>, 3> kRings{
        {{1, 20, U'\u2460'}, {21, 35, U'\u3251'}, {36, 50, U'\u32B1'}}};
    if (count && ring == "\xE2\x97\x8B")
      for (const auto& [low, high, first] : kRings)
        if (low <= *count && *count <= high) return put(first + static_cast<char32_t>(*count - low), run);
    if (!shown()) return;
    flow.piece(0, run, true, held_by());
    flow.put(last);
  }

  std::uint64_t held_by() const { return runs_.empty() ? 0 : runs_.front().at; }

  void put(char32_t c) { put(c, held_by()); }
  void put(char32_t c, std::uint64_t run) {
    if (!shown()) return;
    if (!fields_.empty()) fields_.back().shows = true;
    flow.piece(0, run, true, held_by());
    flow.put(c);
  }

  bool enter(const pugi::xml_node& node) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      if (texts_ == 0 || !shown()) return false;
      const bool plain = node.type() == pugi::node_pcdata && runs_.size() == 1 && boxes_ == 0 &&
                         std::string_view(node.parent().name()) == "w:t" &&
                         std::string_view(node.parent().parent().name()) == "w:r";
      const std::ptrdiff_t at = node.offset_debug();
      flow.piece(at < 0 ? 0 : static_cast<std::uint64_t>(at), held_by(), !plain || at < 0);
      if (!fields_.empty()) fields_.back().shows = true;
      flow.put(std::string_view(node.value()), !runs_.empty() && runs_.back().raised);
      return false;
    }
    if (node.type() != pugi::node_element) return true;
    switch (tag_of(xml::local(node))) {
      case Tag::paragraph:
        open(node);
        return true;
      case Tag::run: {
        const pugi::xml_node properties = xml::child(node, "rPr");
        std::optional<bool> hidden = is_on(properties, "vanish");
        const std::string_view style = xml::value(xml::child(properties, "rStyle"), "val");
        if (!hidden) hidden = styles_.hidden(style);
        std::optional<bool> raised = is_raised(properties);
        if (!raised) raised = styles_.raised(style);
        if (!hidden && !hidden_.empty()) hidden = hidden_.back();
        const std::ptrdiff_t at = std::string_view(node.name()) == "w:r" ? node.offset_debug() : 0;
        runs_.push_back({at < 0 ? 0 : static_cast<std::uint64_t>(at),
                         hidden.value_or(false) || (!runs_.empty() && runs_.back().hidden),
                         raised.value_or(false)});
        return true;
      }
      case Tag::text:
        ++texts_;
        return true;
      case Tag::tab:
        put(U'\t');
        return false;
      case Tag::line_break:
        if (shown() && xml::value(node, "type") == "page") flow.page();
        put(U'\n');
        return false;
      case Tag::hyphen:
        put(U'-');
        return false;
      case Tag::symbol:
        if (const auto c = number(xml::value(node, "char"), 16);
            c && *c >= 0x20 && (*c < 0xD800 || *c > 0xDFFF) && *c <= 0x10FFFF)
          put(static_cast<char32_t>(*c));
        return false;
      case Tag::field_mark: {
        const std::string_view type = xml::value(node, "fldCharType");
        if (type == "begin") {
          fields_.push_back({{}, held_by()});
          ++codes_;
        } else if (!fields_.empty() && (type == "separate" || type == "end")) {
          Field& field = fields_.back();
          codes_ -= field.in_code;
          if (field.in_code) field.lists = lists_by(field.code) && !all_codes_;
          if (field.in_code && field.lists) ++contents_, flow.set_apart(true);
          field.in_code = false;
          if (type == "end") {
            contents_ -= field.lists;
            if (field.lists && contents_ == 0) flow.set_apart(false);
            if (!field.shows) set_over(field.code, field.run);
            const bool shows = field.shows;
            fields_.pop_back();
            if (shows && !fields_.empty()) fields_.back().shows = true;
          }
        }
        return false;
      }
      case Tag::field_code:
        if (!fields_.empty() && fields_.back().in_code)
          fields_.back().code +=
              xml::text(node).substr(0, kMaxCode - std::min(kMaxCode, fields_.back().code.size()));
        return false;
      case Tag::note:
        note(node);
        return false;
      case Tag::box:
        ++boxes_;
        return true;
      case Tag::choice: {
        if (xml::child(node.parent(), "Choice") != node) return false;
        if (!flow.inside() || !runs_.empty()) return true;
        // Runs to choose from count as one: what is set beside one of them is lost with it.
        const std::ptrdiff_t at = node.parent().offset_debug();
        runs_.push_back({at < 0 ? 0 : static_cast<std::uint64_t>(at), false, false});
        choices_.push_back(node);
        return true;
      }
      case Tag::fallback:
        return !xml::child(node.parent(), "Choice");
      case Tag::content_control: {
        const pugi::xml_node properties = xml::child(node, "sdtPr");
        if (is_on(properties, "showingPlcHdr").value_or(false)) return false;
        contents_ += is_contents(properties);
        return true;
      }
      case Tag::table:
        flow.begin_table();
        return true;
      case Tag::row:
        return !xml::child(xml::child(node, "trPr"), "del");
      case Tag::cell:
        flow.begin_cell();
        return !xml::child(xml::child(node, "tcPr"), "cellDel");
      case Tag::elsewhere:
        ++elsewhere;
        return false;
      case Tag::passed:
        return false;
      case Tag::other:
        break;
    }
    return true;
  }

  void leave(const pugi::xml_node& node) {
    if (node.type() != pugi::node_element) return;
    switch (tag_of(xml::local(node))) {
      case Tag::paragraph: {
        const pugi::xml_node mark = xml::child(xml::child(node, "pPr"), "rPr");
        if (!hidden_.empty()) hidden_.pop_back();
        if (xml::child(xml::child(node, "pPr"), "sectPr")) section_ends();
        if (xml::child(mark, "del") || xml::child(mark, "moveFrom"))
          flow.join();
        else
          flow.close();
        return;
      }
      case Tag::run:
        runs_.pop_back();
        return;
      case Tag::text:
        --texts_;
        return;
      case Tag::box:
        --boxes_;
        return;
      case Tag::choice:
        if (choices_.empty() || choices_.back() != node) return;
        choices_.pop_back();
        runs_.pop_back();
        return;
      case Tag::table:
        flow.end_table();
        return;
      case Tag::row:
        flow.end_row();
        return;
      case Tag::cell:
        flow.end_cell();
        return;
      case Tag::content_control:
        if (const pugi::xml_node properties = xml::child(node, "sdtPr");
            !is_on(properties, "showingPlcHdr").value_or(false))
          contents_ -= is_contents(properties);
        return;
      default:
        return;
    }
  }

  // How a section begins is said where it ends.
  void section_ends() {
    if (++sections_ended_ < sections_.size() &&
        xml::value(xml::child(sections_[sections_ended_], "type"), "val") != "continuous")
      flow.page();
  }

  static int is_contents(const pugi::xml_node& properties) {
    return xml::value(xml::child(xml::child(properties, "docPartObj"), "docPartGallery"), "val") ==
           "Table of Contents";
  }

  void open(const pugi::xml_node& node) {
    const pugi::xml_node properties = xml::child(node, "pPr");
    const std::string_view style = xml::value(xml::child(properties, "pStyle"), "val");
    Flow::Look look = styles_.look(style);
    if (const auto level = number(xml::value(xml::child(properties, "outlineLvl"), "val")))
      look.heading = *level < 9 && *level >= 0 ? static_cast<std::uint8_t>(std::min(6, *level + 1)) : 0;
    look.furniture = look.furniture || contents_ > 0;
    hidden_.push_back(styles_.hidden(style));
    flow.open(look);
    std::optional<bool> page = is_on(properties, "pageBreakBefore");
    if (!page) page = styles_.page(style);
    if (page.value_or(false)) flow.page();
  }

  void note(const pugi::xml_node& node) {
    if (!shown() || runs_.empty()) return;
    Notes& of = xml::local(node) == "footnoteReference" ? feet_ : ends_;
    const auto found = of.by_id.find(std::string(xml::value(node, "id")));
    // A mark of its own follows as text.
    const std::string_view own = xml::value(node, "customMarkFollows");
    if (!own.empty() && !is_off(own)) runs_.back().hidden = true;
    if (found == of.by_id.end()) return;
    std::optional<std::size_t>& id = found->second.id;
    if (!id) {
      id = notes_.size();
      notes_.push_back(found->second.node);
    }
    flow.note(*id, held_by());
  }

  struct Field {
    std::string code;
    std::uint64_t run = 0;  // that holds its beginning
    bool in_code = true, lists = false;
    bool shows = false;  // has a result
  };
  struct Run {
    std::uint64_t at;
    bool hidden, raised;
  };

  Package& package_;
  const std::string& source_;
  pugi::xml_document main_;
  Styles styles_;
  Notes feet_, ends_;
  std::vector<pugi::xml_node> notes_;        // in the order of their marks
  std::vector<Run> runs_;                    // that hold each other
  std::vector<pugi::xml_node> choices_;      // that stand among them
  std::vector<Field> fields_;                // open ones
  std::vector<std::optional<bool>> hidden_;  // by the style of each open paragraph
  std::vector<pugi::xml_node> sections_;     // where each ends
  std::size_t sections_ended_ = 0;
  int texts_ = 0, boxes_ = 0, contents_ = 0, codes_ = 0;
  bool all_codes_ = false;
};

}  // namespace

std::string relations_of(const std::string& part) {
  const std::string folder = folder_of(part);
  return folder + "_rels/" + part.substr(folder.size()) + ".rels";
}

std::string related_part(Package& package, const std::string& part, std::string_view type) {
  const std::string list = relations_of(part);
  if (!package.has(list)) return {};
  const Result<pugi::xml_document> parsed = xml::parse(package, "", list);
  if (!parsed) return {};
  for (const pugi::xml_node node : parsed->document_element().children()) {
    if (!xml::value(node, "Type").ends_with(type) || xml::value(node, "TargetMode") == "External") continue;
    std::string name = part_named(part, xml::value(node, "Target"));
    if (package.has(name)) return name;
  }
  return {};
}

std::string docx_main_part(Package& package) {
  std::string part = related_part(package, "", "/officeDocument");
  if (part.empty() && package.has("word/document.xml")) part = "word/document.xml";
  if (part.empty()) return {};
  // The same relation leads to a workbook and to slides.
  return part.starts_with("xl/") || part.starts_with("ppt/") ? std::string() : part;
}

Result<DocxPlaces> docx_places(Package& package, const std::string& source) {
  DocxReader reader(package, source);
  if (auto error = reader.read()) return tl::unexpected(*error);
  DocxPlaces out{reader.part, std::move(reader.bytes), reader.flow.pieces(), {}};
  for (std::size_t n = 0; n < reader.flow.marks(); ++n) out.marks.push_back(reader.flow.mark(n));
  return out;
}

void read_docx(Intake& to, Package& package) {
  DocxReader reader(package, to.name());
  if (const auto error = reader.read())
    return to.say(Severity::error, error->code, error->message, error->offset, error->help);
  Document document = to.open("docx", "UTF-8");
  reader.flow.give(document);
  if (reader.elsewhere > 0)
    to.say(Severity::warning, "not-read",
           std::to_string(reader.elsewhere) + (reader.elsewhere == 1 ? " text" : " texts") +
               " that the document takes in from elsewhere: not read",
           std::nullopt, "open it in Word, save it whole and read that");
  add_flow(to, std::move(document), package, related_part(package, "", "/core-properties"));
}

}  // namespace suyuan
