// OpenDocument texts.
#include <algorithm>
#include <unordered_map>

#include "read/flow.hpp"
#include "read/package.hpp"
#include "read/xml.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kMaxBlanks = 1U << 20;  // that elements stand for, all together

enum class Tag : std::uint8_t {
  other,
  paragraph,
  heading,
  span,
  blanks,
  tab,
  line_break,
  note,
  list,
  section,
  table,
  row,
  cell,
  passed
};

Tag tag_of(std::string_view name) {
  static const std::unordered_map<std::string_view, Tag> kTags{{"text:p", Tag::paragraph},
                                                               {"text:h", Tag::heading},
                                                               {"text:span", Tag::span},
                                                               {"text:s", Tag::blanks},
                                                               {"text:tab", Tag::tab},
                                                               {"text:line-break", Tag::line_break},
                                                               {"text:note", Tag::note},
                                                               {"text:table-of-content", Tag::list},
                                                               {"text:illustration-index", Tag::list},
                                                               {"text:table-index", Tag::list},
                                                               {"text:alphabetical-index", Tag::list},
                                                               {"text:user-index", Tag::list},
                                                               {"text:object-index", Tag::list},
                                                               {"text:bibliography", Tag::list},
                                                               {"text:section", Tag::section},
                                                               {"table:table", Tag::table},
                                                               {"table:table-row", Tag::row},
                                                               {"table:table-cell", Tag::cell},
                                                               {"text:tracked-changes", Tag::passed},
                                                               {"text:ruby-text", Tag::passed},
                                                               {"text:hidden-text", Tag::passed},
                                                               {"text:hidden-paragraph", Tag::passed},
                                                               {"text:sequence-decls", Tag::passed},
                                                               {"text:variable-decls", Tag::passed},
                                                               {"text:user-field-decls", Tag::passed},
                                                               {"text:page-number", Tag::passed},
                                                               {"text:table-of-content-source", Tag::passed},
                                                               {"office:annotation", Tag::passed},
                                                               {"office:forms", Tag::passed},
                                                               {"svg:title", Tag::passed},
                                                               {"svg:desc", Tag::passed},
                                                               {"table:shapes", Tag::passed}};
  const auto found = kTags.find(name);
  return found == kTags.end() ? Tag::other : found->second;
}

struct Style {
  std::string rests_on, name;
  std::optional<bool> hidden, raised;
  int level = 0;
  bool page = false, page_after = false;  // a page begins before it, behind it
};

class OdtReader {
 public:
  Flow flow;

  void styles(const pugi::xml_node& root) {
    xml::walk(
        root,
        [&](const pugi::xml_node& node) {
          if (std::string_view(node.name()) != "style:style") return true;
          Style style;
          const std::string family = std::string(xml::value(node, "family")) + "/";
          if (const std::string_view parent = xml::value(node, "parent-style-name"); !parent.empty())
            style.rests_on = family + std::string(parent);
          style.name = xml::value(node, "display-name");
          if (style.name.empty()) style.name = xml::value(node, "name");
          const std::string_view level = xml::value(node, "default-outline-level");
          if (level.size() == 1 && level[0] >= '1' && level[0] <= '9') style.level = level[0] - '0';
          style.page = !xml::value(node, "master-page-name").empty();
          for (const pugi::xml_node p : node.children()) {
            style.page = style.page || xml::value(p, "break-before") == "page";
            style.page_after = style.page_after || xml::value(p, "break-after") == "page";
            if (std::string_view(p.name()) == "style:text-properties")
              for (const pugi::xml_attribute a : p.attributes()) {
                const std::string_view name = a.name(), set = a.value();
                if (name == "text:display") style.hidden = set == "none";
                // super, or by how much of the size; those below the line say sub or begin with a minus.
                if (name == "style:text-position")
                  style.raised = set.starts_with("super") ||
                                 (!set.starts_with('s') && !set.starts_with('-') && !set.starts_with('0'));
              }
          }
          styles_[family + std::string(xml::value(node, "name"))] = std::move(style);
          return false;
        },
        [](const pugi::xml_node&) {});
  }

  void read(const pugi::xml_node& body) {
    story(body);
    flow.end_text();
    for (std::size_t n = 0; n < flow.marks(); ++n) {
      flow.begin_note(n);
      story(notes_[flow.mark(n).id]);
      flow.end_note();
    }
  }

 private:
  void story(const pugi::xml_node& root) {
    xml::walk(
        root, [&](const pugi::xml_node& node) { return enter(node); },
        [&](const pugi::xml_node& node) { leave(node); });
  }

  template <class OnStyle>
  void along(const char* family, std::string_view id, OnStyle on_style) const {
    along_styles(styles_, std::string(family) + "/" + std::string(id), on_style);
  }

  bool is(std::optional<bool> Style::*what, const char* family, std::string_view id) const {
    std::optional<bool> out;
    along(family, id, [&](const Style& s) {
      out = s.*what;
      return !out;
    });
    return out.value_or(false);
  }

  bool shown() const { return flow.inside() && hidden_ == 0; }

  void put(char32_t c) {
    if (!shown()) return;
    flow.put(c);
    blank_ = c == U'\n' || c == U' ';
  }

  bool enter(const pugi::xml_node& node) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      if (!shown()) return false;
      // White space collapses; more of it is written as elements.
      std::string out;
      for (const char c : std::string_view(node.value())) {
        const bool white = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!white || !blank_) out += white ? ' ' : c;
        blank_ = white;
      }
      flow.put(std::string_view(out), raised_ > 0);
      return false;
    }
    if (node.type() != pugi::node_element) return true;
    switch (tag_of(node.name())) {
      case Tag::paragraph:
      case Tag::heading:
        open(node);
        return true;
      case Tag::span:
        hidden_ += is(&Style::hidden, "text", xml::value(node, "style-name"));
        raised_ += is(&Style::raised, "text", xml::value(node, "style-name"));
        return true;
      case Tag::blanks: {
        const std::string_view count = xml::value(node, "c");
        std::uint32_t n = 0;
        for (const char c : count)
          if (c >= '0' && c <= '9') n = std::min(kMaxBlanks, n * 10 + static_cast<std::uint32_t>(c - '0'));
        n = std::min(std::max(1U, n), blanks_left_);
        blanks_left_ -= n;
        for (std::uint32_t i = 0; i < n; ++i) put(U' ');
        return false;
      }
      case Tag::tab:
        put(U'\t');
        return false;
      case Tag::line_break:
        put(U'\n');
        return false;
      case Tag::note:
        if (shown()) {
          flow.note(notes_.size(), 0);
          notes_.push_back(xml::child(node, "note-body"));
        }
        return false;
      case Tag::list:
        ++lists_;
        return true;
      case Tag::section:
        return !is_hidden_section(node);
      case Tag::table:
        flow.begin_table();
        return true;
      case Tag::cell:
        flow.begin_cell();
        return true;
      case Tag::row:
        return true;
      case Tag::passed:
        return false;
      case Tag::other:
        break;
    }
    return true;
  }

  static bool is_hidden_section(const pugi::xml_node& node) {
    const std::string_view display = xml::value(node, "display");
    return display == "none" || (display == "condition" && xml::value(node, "is-hidden") == "true");
  }

  void leave(const pugi::xml_node& node) {
    if (node.type() != pugi::node_element) return;
    switch (tag_of(node.name())) {
      case Tag::paragraph:
      case Tag::heading:
        hidden_ -= is(&Style::hidden, "paragraph", xml::value(node, "style-name"));
        along("paragraph", xml::value(node, "style-name"), [&](const Style& s) {
          if (s.page_after) flow.page();
          return !s.page_after;
        });
        flow.close();
        return;
      case Tag::span:
        hidden_ -= is(&Style::hidden, "text", xml::value(node, "style-name"));
        raised_ -= is(&Style::raised, "text", xml::value(node, "style-name"));
        return;
      case Tag::list:
        --lists_;
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
      default:
        return;
    }
  }

  void open(const pugi::xml_node& node) {
    Flow::Look look;
    bool page = false;
    const std::string_view id = xml::value(node, "style-name"), level = xml::value(node, "outline-level");
    if (tag_of(node.name()) == Tag::heading)
      look.heading =
          level.size() == 1 && level[0] >= '1' && level[0] <= '6' ? static_cast<std::uint8_t>(level[0] - '0') : 1;
    along("paragraph", id, [&](const Style& s) {
      look.title = look.title || s.name == "Title";
      page = page || s.page;
      if (look.heading == 0 && s.level > 0) look.heading = static_cast<std::uint8_t>(std::min(6, s.level));
      look.quote = look.quote || s.name == "Quotations";
      look.caption = look.caption || s.name == "Caption";
      return true;
    });
    look.furniture = lists_ > 0;
    flow.open(look);
    if (page) flow.page();
    hidden_ += is(&Style::hidden, "paragraph", id);
    blank_ = true;
  }

  std::unordered_map<std::string, Style> styles_;  // by family and name
  std::vector<pugi::xml_node> notes_;
  std::uint32_t blanks_left_ = kMaxBlanks;
  int hidden_ = 0, raised_ = 0, lists_ = 0;
  bool blank_ = true;  // what was put last was white
};

}  // namespace

void read_odt(Intake& to, Package& package) {
  const auto fail = [&](const Error& e) { to.say(Severity::error, e.code, e.message, e.offset, e.help); };
  if (package.has("META-INF/manifest.xml")) {
    const Result<std::string> manifest = package.read("META-INF/manifest.xml");
    if (!manifest) return fail(manifest.error());
    if (manifest->find("encryption-data") != std::string::npos)
      return to.say(Severity::error, "encrypted", "a document with a password", std::nullopt,
                    "open it and save it without one");
  }
  OdtReader reader;
  if (package.has("styles.xml")) {
    const Result<pugi::xml_document> styles = xml::parse(package, to.name(), "styles.xml");
    if (!styles) return fail(styles.error());
    reader.styles(styles->document_element());
  }
  const Result<pugi::xml_document> content = xml::parse(package, to.name(), "content.xml");
  if (!content) return fail(content.error());
  reader.styles(xml::child(content->document_element(), "automatic-styles"));
  reader.read(xml::child(xml::child(content->document_element(), "body"), "text"));
  Document document = to.open("odt", "UTF-8");
  reader.flow.give(document);
  add_flow(to, std::move(document), package, package.has("meta.xml") ? "meta.xml" : "");
}

}  // namespace suyuan
