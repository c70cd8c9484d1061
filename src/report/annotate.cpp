// A Word draft with a comment at every finding. The file is not written anew: into the XML of its text the
// comments' ends are set, at the bytes where the characters stand; runs are cut in two where a quotation begins or
// ends in them.
#include <algorithm>
#include <charconv>
#include <map>

#include "read/decode.hpp"
#include "read/docx.hpp"
#include "read/xml.hpp"
#include "report/verify_view.hpp"

namespace suyuan {

namespace {

// The names of the two editions of the format, transitional and strict; a file keeps to one.
struct Names {
  std::string_view words, relation;
};
constexpr Names kTransitional{"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                              "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"};
constexpr Names kStrict{"http://purl.oclc.org/ooxml/wordprocessingml/main",
                        "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"};
constexpr std::string_view kContent = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

constexpr int kMostId = 1 << 30;  // of a comment; one that counts higher is passed over

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') out += c;
    }
  return out;
}

// Past the end of the tag, comment or section that begins at `at`.
std::size_t tag_end(std::string_view xml, std::size_t at) {
  for (const auto& [opens, closes] :
       {std::pair<std::string_view, std::string_view>{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}})
    if (xml.substr(at, opens.size()) == opens) {
      const std::size_t end = xml.find(closes, at);
      return end == xml.npos ? xml.size() : end + closes.size();
    }
  char quote = 0;
  for (std::size_t i = at; i < xml.size(); ++i) {
    if (quote != 0)
      quote = xml[i] == quote ? '\0' : quote;
    else if (xml[i] == '"' || xml[i] == '\'')
      quote = xml[i];
    else if (xml[i] == '>')
      return i + 1;
  }
  return xml.size();
}

// Past the end of the element that begins at `at`.
std::size_t element_end(std::string_view xml, std::size_t at) {
  std::size_t depth = 0;
  while (at < xml.size()) {
    const std::size_t end = tag_end(xml, at);
    const char next = at + 1 < xml.size() ? xml[at + 1] : '\0';
    if (next == '/')
      --depth;
    else if (next != '!' && next != '?' && xml[end - 2] != '/')
      ++depth;
    if (depth == 0 && next != '!' && next != '?') return end;
    at = std::min(xml.find('<', end), xml.size());
  }
  return xml.size();
}

// What is set in at one byte of the part: ends before beginnings.
struct Cut {
  bool inside_text = false;
  std::uint64_t run = 0;  // whose text is cut: the byte of its "<"
  std::string ends, begins;
};

class Annotator {
 public:
  explicit Annotator(DocxPlaces places) : places_(std::move(places)) {}

  std::size_t unplaced = 0;

  std::optional<Error> check(const std::string& source) const {
    if (places_.xml.find("<w:document") != std::string::npos) return std::nullopt;
    return Error{"unwritable", "comments can be set only into a document that Word or WPS has written", source,
                 std::nullopt, "open it in Word or WPS, save it as .docx and annotate that"};
  }

  // Past the ids that the text has for comments, those of comments that are no more among them.
  int free_id() const {
    static constexpr std::string_view kMark = "<w:comment", kId = "w:id=";
    const std::string_view xml = places_.xml;
    int out = 0;
    for (std::size_t at = 0; (at = xml.find(kMark, at)) != xml.npos;) {
      const std::size_t end = tag_end(xml, at), id = xml.find(kId, at);
      at += kMark.size();
      if (id == xml.npos || id > end) continue;
      int value = -1;
      std::from_chars(xml.data() + id + kId.size() + 1, xml.data() + end, value);
      if (value < kMostId) out = std::max(out, value + 1);
    }
    return out;
  }

  const Names& names() const {
    return places_.xml.find('"' + std::string(kStrict.words) + '"') == std::string::npos ? kTransitional : kStrict;
  }

  void add(Span span, const std::string& id) {
    const std::string begin = "<w:commentRangeStart w:id=\"" + id + "\"/>";
    const std::string end =
        "<w:commentRangeEnd w:id=\"" + id + "\"/><w:r><w:commentReference w:id=\"" + id + "\"/></w:r>";
    const auto note = std::find_if(places_.marks.begin(), places_.marks.end(), [&](const Flow::Mark& m) {
      return m.note.begin <= span.begin && span.begin < m.note.end;
    });
    if (note != places_.marks.end()) {  // Word takes no comments in notes: at the mark
      if (note->run == 0) return void(++unplaced);
      before_run(note->run).begins += begin;
      after_run(note->run).ends += end;
      return;
    }
    const auto& pieces = places_.pieces;
    auto first = std::upper_bound(pieces.begin(), pieces.end(), span.begin,
                                  [](std::uint32_t at, const FlowPiece& p) { return at < p.end; });
    auto last = std::lower_bound(first, pieces.end(), span.end,
                                 [](const FlowPiece& p, std::uint32_t at) { return p.begin < at; });
    while (first != last && first->run == 0) ++first;
    while (last != first && (last - 1)->run == 0) --last;
    if (first == last) return void(++unplaced);
    --last;
    if (first->whole || (span.begin <= first->begin && (first == pieces.begin() || (first - 1)->run != first->run)))
      before_run(first->run).begins += begin;
    else
      inside(*first, std::max(span.begin, first->begin)).begins += begin;
    if (last->whole || (span.end >= last->end && (last + 1 == pieces.end() || (last + 1)->run != last->run)))
      after_run(last->last != 0 ? last->last : last->run).ends += end;
    else
      inside(*last, std::min(span.end, last->end)).ends += end;
  }

  std::string text() const {
    const std::string_view xml = places_.xml;
    std::string out;
    std::size_t at = 0;
    for (const auto& [byte, cut] : cuts_) {
      out += xml.substr(at, byte - at);
      at = byte;
      if (!cut.inside_text) {
        out += cut.ends + cut.begins;
        continue;
      }
      const std::size_t properties = tag_end(xml, cut.run);
      const bool has = xml.substr(properties, 6) == "<w:rPr";
      out += "</w:t></w:r>" + cut.ends + cut.begins + "<w:r>";
      if (has) out += xml.substr(properties, element_end(xml, properties) - properties);
      out += "<w:t xml:space=\"preserve\">";
    }
    out += xml.substr(at);
    return out;
  }

 private:
  Cut& before_run(std::uint64_t run) { return cuts_[run - 1]; }
  Cut& after_run(std::uint64_t run) { return cuts_[element_end(places_.xml, run - 1)]; }

  Cut& inside(const FlowPiece& piece, std::uint32_t offset) {
    const std::string_view xml = places_.xml;
    std::size_t at = piece.at;
    for (std::uint32_t n = piece.begin; n < offset && at < xml.size(); ++n) {
      char32_t c = 0;
      if (xml[at] == '&')
        at = xml.find(';', at) + 1;
      else if (xml.substr(at, 2) == "\r\n")
        at += 2;
      else
        at += std::max<std::size_t>(1, utf8_sequence(xml.substr(at), c));
    }
    // A blank at the end of what is cut off would be lost.
    const std::size_t open = xml.rfind("<w:t", piece.at);
    const std::size_t end = tag_end(xml, open);
    if (xml.substr(open, end - open).find("xml:space") == xml.npos)
      cuts_[end - 1].begins = " xml:space=\"preserve\"";
    Cut& cut = cuts_[at];
    cut.inside_text = true;
    cut.run = piece.run - 1;
    return cut;
  }

  DocxPlaces places_;
  std::map<std::uint64_t, Cut> cuts_;
};

// A closing tag's place in a part; where the element is empty, it is opened.
bool append(std::string& xml, std::string_view name, const std::string& content) {
  const std::string close = "</" + std::string(name) + ">";
  if (const std::size_t at = xml.rfind(close); at != std::string::npos) {
    xml.insert(at, content);
    return true;
  }
  const std::size_t open = xml.find("<" + std::string(name));
  if (open == std::string::npos) return false;
  const std::size_t end = tag_end(xml, open);
  if (xml[end - 2] != '/') return false;
  xml.replace(end - 2, 2, ">" + content + close);
  return true;
}

std::string comment(const VerifyView& view, const Json& f, const std::string& id) {
  std::vector<std::string> lines{view.level(f) + " · " + view.verdict(f)};
  if (const std::string message = view.message(f); !message.empty()) lines.push_back(message);
  const bool exact = f.at("verdict") == "verbatim" || f.at("verdict") == "folded";
  const std::string colon = view.zh() ? "：" : ": ";
  if (!exact && !f.at("sources").empty() && !f.contains("order"))
    lines.push_back(view.say("the base reads") + colon + view.base_text(f));
  for (const Json* s : view.places(f)) lines.push_back(view.say("base") + colon + view.cited(*s));
  if (const std::string decided = view.decided(f); !decided.empty()) lines.push_back(decided);
  std::string out = "<w:comment w:id=\"" + id + "\" w:author=\"suyuan\" w:initials=\"sy\">";
  for (const std::string& line : lines)
    out += "<w:p><w:r><w:t xml:space=\"preserve\">" + escaped(line) + "</w:t></w:r></w:p>";
  return out + "</w:comment>";
}

}  // namespace

Result<Annotated> annotate_docx(const std::string& bytes, const std::string& path, const Report& report,
                                Language language) {
  const auto refuse = [&](std::string message, std::string help) {
    return tl::unexpected(Error{"unwritable", std::move(message), path, std::nullopt, std::move(help)});
  };
  Unpacking bound = Unpacking::of(bytes.size());
  Result<Package> opened = is_zip(bytes) ? Package::open(bytes, path, bound) : refuse("no Word document", "");
  if (!opened || docx_main_part(*opened).empty())
    return refuse("is no Word document, and comments can be set only into one", "save the draft as .docx");
  Package& package = *opened;
  Result<DocxPlaces> places = docx_places(package, path);
  if (!places) return tl::unexpected(places.error());
  const std::string part = places->part;
  Annotator annotator(*std::move(places));
  if (auto error = annotator.check(path)) return tl::unexpected(*std::move(error));

  // The comments that are there already.
  std::vector<std::pair<std::string, std::string>> changed;
  std::string name = related_part(package, part, "/comments"), comments;
  int next = annotator.free_id();
  const bool fresh = name.empty();
  if (fresh) {
    const std::string folder = part.substr(0, part.rfind('/') == std::string::npos ? 0 : part.rfind('/') + 1);
    name = folder + (package.has(folder + "comments.xml") ? "comments-suyuan.xml" : "comments.xml");
    comments = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"" +
               std::string(annotator.names().words) + "\"></w:comments>";
  } else {
    Result<std::string> content = package.read(name);
    if (!content) return tl::unexpected(content.error());
    comments = *std::move(content);
    const Result<pugi::xml_document> parsed = xml::parse(comments, path, name);
    if (!parsed) return tl::unexpected(parsed.error());
    for (const pugi::xml_node node : parsed->document_element().children())
      if (const int id = node.attribute("w:id").as_int(-1); id < kMostId) next = std::max(next, id + 1);
  }

  const VerifyView view(report, language);
  const std::string digest = sha256(bytes);
  Annotated out;
  std::string added;
  for (const Json* f : view.findings()) {
    const Json& document = view.document(*f);
    if (document.at("sha256") != digest || !document.at("record").is_null()) continue;
    const std::string id = std::to_string(next++);
    const Json& span = f->at("span");
    annotator.add({span.at("start").get<std::uint32_t>(), span.at("end").get<std::uint32_t>()}, id);
    added += comment(view, *f, id);
    ++out.comments;
  }
  if (out.comments == 0) {
    out.bytes = bytes;
    return out;
  }
  if (annotator.unplaced > 0)
    return refuse(std::to_string(annotator.unplaced) + " findings stand where no comment can be set", "");
  if (!append(comments, "w:comments", added)) return refuse(name + ": not as Word or WPS writes it", "");
  changed.emplace_back(part, annotator.text());
  changed.emplace_back(name, std::move(comments));
  if (fresh) {
    const std::string list = relations_of(part);
    std::string relations =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships "
        "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
    if (package.has(list)) {
      Result<std::string> content = package.read(list);
      if (!content) return tl::unexpected(content.error());
      relations = *std::move(content);
    }
    std::string id = "rIdSuyuan";
    while (relations.find('"' + id + '"') != std::string::npos) id += '1';
    Result<std::string> types = package.read("[Content_Types].xml");
    if (!types) return tl::unexpected(types.error());
    if (!append(relations, "Relationships",
                "<Relationship Id=\"" + id + "\" Type=\"" + std::string(annotator.names().relation) +
                    "\" Target=\"/" + name + "\"/>") ||
        !append(*types, "Types",
                "<Override PartName=\"/" + name + "\" ContentType=\"" + std::string(kContent) + "\"/>"))
      return refuse("its relations are not as Word or WPS writes them", "open it in Word or WPS and save it again");
    changed.emplace_back(list, std::move(relations));
    changed.emplace_back("[Content_Types].xml", *std::move(types));
  }
  for (const auto& [changed_name, content] : changed)
    if (const auto parsed = xml::parse(content, path, changed_name); !parsed) return tl::unexpected(parsed.error());
  Result<std::string> packed = package.with(changed);
  if (!packed) return tl::unexpected(packed.error());
  out.bytes = *std::move(packed);
  return out;
}

}  // namespace suyuan
