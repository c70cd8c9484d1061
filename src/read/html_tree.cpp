// A page's tree, built within bounds; tames the page first (html.hpp).
#include "read/html_tree.hpp"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace suyuan::html {

namespace {

constexpr std::size_t kMaxDepth = 256;
constexpr std::size_t kMaxAttributes = 100;               // gumbo compares each with all before it
constexpr std::size_t kMaxTree = std::size_t{320} << 20;  // bytes

constexpr std::string_view kVoid =
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr";

constexpr std::string_view kRaw = "script style textarea title xmp iframe noembed noframes";
constexpr std::string_view kLook = "b big code em font i nobr s small strike strong tt u";
constexpr std::string_view kBarrier = "applet caption html table td th marquee object template svg math";
constexpr std::string_view kOrdinary =  // that an end tag inside another element does not reach through blocks for
    "a abbr acronym bdi bdo cite data del dfn ins kbd label map mark meter output picture progress q rb rp rt rtc "
    "ruby samp slot span sub sup time var video audio canvas";

constexpr std::string_view kBlocks =
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p pre section "
    "summary table caption thead tbody tfoot tr ul";
constexpr std::string_view kUnseen =
    "head script style template noscript iframe object embed applet svg audio video canvas datalist input rp "
    "noframes noembed map";
constexpr std::string_view kAside = "nav footer aside form button select textarea";

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_one_of(std::string_view name, std::string_view list) {  // list: " a b c "
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(' ', at), list.size());
    if (end > at && same_name(name, list.substr(at, end - at))) return true;
    at = end + 1;
  }
  return false;
}

// What the lists above say of a name.
unsigned traits(std::string_view name) {
  static const auto kTraits = [] {
    std::unordered_map<std::string, unsigned> out;
    const std::array<std::pair<std::string_view, unsigned>, 8> lists{{{kVoid, t_void},
                                                                      {kRaw, t_raw},
                                                                      {kLook, t_look},
                                                                      {kBarrier, t_barrier},
                                                                      {kOrdinary, t_ordinary},
                                                                      {kBlocks, t_block},
                                                                      {kUnseen, t_unseen},
                                                                      {kAside, t_aside}}};
    for (const auto& [list, trait] : lists)
      for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find(' ', at), list.size());
        out[std::string(list.substr(at, end - at))] |= trait;
        at = end + 1;
      }
    return out;
  }();
  if (name.size() > 10) return 0;
  std::string plain(name);  // short: no allocation
  std::transform(plain.begin(), plain.end(), plain.begin(), lower);
  const auto found = kTraits.find(plain);
  return found == kTraits.end() ? 0U : found->second;
}

namespace {

struct Tag {
  std::size_t begin = 0, end = 0;  // '<' to past '>'
  std::string_view name;
  std::size_t excess = 0;  // where the attributes past kMaxAttributes begin; 0 where there are none
  bool closing = false, self_closing = false;
};

// The tag that opens at `at`, read as a browser's tokenizer reads it; nothing where the page ends inside it.
std::optional<Tag> read_tag(std::string_view page, std::size_t at) {
  Tag tag;
  tag.begin = at;
  tag.closing = page[at + 1] == '/';
  std::size_t i = at + (tag.closing ? 2 : 1);
  const std::size_t from = i;
  while (i < page.size() && !is_space(page[i]) && page[i] != '/' && page[i] != '>') ++i;
  tag.name = page.substr(from, i - from);
  std::size_t attributes = 0;
  while (i < page.size()) {
    while (i < page.size() && (is_space(page[i]) || page[i] == '/')) ++i;
    if (i >= page.size()) break;
    if (page[i] == '>') {
      tag.self_closing = page[i - 1] == '/';
      tag.end = i + 1;
      return tag;
    }
    if (++attributes == kMaxAttributes) tag.excess = i;
    ++i;  // an equals sign at the front belongs to the name
    while (i < page.size() && !is_space(page[i]) && page[i] != '/' && page[i] != '>' && page[i] != '=') ++i;
    std::size_t value = i;
    while (value < page.size() && is_space(page[value])) ++value;
    if (value >= page.size() || page[value] != '=') continue;
    ++value;
    while (value < page.size() && is_space(page[value])) ++value;
    if (value >= page.size()) break;
    if (page[value] == '"' || page[value] == '\'') {
      i = page.find(page[value], value + 1);
      if (i == page.npos) break;
      ++i;
    } else {
      i = value;
      while (i < page.size() && !is_space(page[i]) && page[i] != '>') ++i;
    }
  }
  return std::nullopt;
}

// Where the raw text of an element ends: at its end tag.
std::size_t raw_end(std::string_view page, std::size_t at, std::string_view name) {
  while ((at = page.find("</", at)) != page.npos) {
    const std::string_view here = page.substr(at + 2, name.size());
    const std::size_t after = at + 2 + name.size();
    if (same_name(here, name) &&
        (after >= page.size() || is_space(page[after]) || page[after] == '/' || page[after] == '>'))
      return at;
    at += 2;
  }
  return page.size();
}

void make_blank(std::string& page, std::size_t begin, std::size_t end) {
  std::replace_if(
      page.begin() + static_cast<std::ptrdiff_t>(begin), page.begin() + static_cast<std::ptrdiff_t>(end),
      [](char c) { return c != '\n'; }, ' ');
}

void make_comment(std::string& page, const Tag& tag) {
  page[tag.begin + 1] = '?';
  std::replace(page.begin() + static_cast<std::ptrdiff_t>(tag.begin) + 2,
               page.begin() + static_cast<std::ptrdiff_t>(tag.end) - 1, '>', ' ');
}

// See html.hpp. Keeps the stack of open elements as a parser would, in so far as it bounds the depth.
void tame(std::string& page) {
  std::vector<std::string> open;
  for (std::size_t at = 0; (at = page.find('<', at)) != page.npos;) {
    if (at + 1 >= page.size()) return;
    if (page.compare(at, 4, "<!--") == 0) {
      const std::size_t end = page.find("-->", at + 2);
      if (end == page.npos) return;
      at = end + 3;
      continue;
    }
    const bool closing = page[at + 1] == '/';
    const char first = at + 2 < page.size() || !closing ? page[at + (closing ? 2 : 1)] : '\0';
    if (!is_letter(first)) {
      const bool bogus = page[at + 1] == '!' || page[at + 1] == '?' || closing;
      const std::size_t end = bogus ? page.find('>', at) : at;
      if (end == page.npos) return;
      at = end + 1;
      continue;
    }
    const std::optional<Tag> tag = read_tag(page, at);
    if (!tag) return make_blank(page, at, page.size());  // a tag that the page ends in is dropped
    if (tag->excess > 0) make_blank(page, tag->excess, tag->end - 1);
    at = tag->end;
    const std::string_view name = tag->name;
    if ((traits(name) & t_look) != 0 || same_name(name, "template")) {
      // A template is not shown: all of it goes.
      const bool is_template = same_name(name, "template");
      make_comment(page, *tag);
      if (is_template && !closing) {
        const std::size_t end = raw_end(page, at, "template");
        make_blank(page, at, end);
        at = end;
      }
      continue;
    }
    if ((traits(name) & t_void) != 0) continue;
    if (!closing) {
      if (same_name(name, "plaintext")) {
        make_comment(page, *tag);
        continue;
      }
      if ((traits(name) & t_raw) != 0) {
        at = raw_end(page, at, std::string(name));
        continue;
      }
      if (tag->self_closing && (std::find(open.begin(), open.end(), "svg") != open.end() ||
                                std::find(open.begin(), open.end(), "math") != open.end()))
        continue;
      std::string plain(name);
      std::transform(plain.begin(), plain.end(), plain.begin(), lower);
      // What a start tag closes by itself.
      if (!open.empty() &&
          (open.back() == "p" ? (traits(plain) & t_ordinary) == 0
                              : is_one_of(plain, "li dd dt option tr td th rt rp rb") && open.back() == plain))
        open.pop_back();
      if (open.size() >= kMaxDepth) {
        make_comment(page, *tag);
        continue;
      }
      open.push_back(std::move(plain));
      continue;
    }
    for (std::size_t i = open.size(); i-- > 0;) {
      if (same_name(open[i], name)) {
        open.resize(i);
        break;
      }
      const bool ordinary = (traits(name) & t_ordinary) != 0;
      if (ordinary ? (traits(open[i]) & t_ordinary) == 0 : (traits(open[i]) & t_barrier) != 0) break;
    }
  }
}

}  // namespace

// What gumbo allocates, freed as a whole; jumps out of the parser where a page asks for too much.
class Tree::Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() {
    for (char* block : blocks_) std::free(block);
  }

  static void* allocate(void* self, std::size_t size) { return static_cast<Arena*>(self)->take(size); }
  static void release(void* self, void* piece) {
    if (piece) static_cast<Arena*>(self)->give(piece);
  }

  std::jmp_buf full;

 private:
  static constexpr std::size_t kBlock = std::size_t{1} << 20;
  static constexpr std::size_t kHeader = alignof(std::max_align_t);

  // Sizes are powers of two, so that what is given back fits the next of its class.
  void* take(std::size_t size) {
    std::size_t kind = 5;
    while ((std::size_t{1} << kind) < size + kHeader) ++kind;
    if (!free_[kind].empty()) {
      char* piece = free_[kind].back();
      free_[kind].pop_back();
      return piece + kHeader;
    }
    const std::size_t whole = std::size_t{1} << kind;
    if (whole > left_) {
      const std::size_t block = std::max(kBlock, whole);
      used_ += block;
      char* fresh = used_ > kMaxTree ? nullptr : static_cast<char*>(std::malloc(block));
      if (fresh == nullptr) std::longjmp(full, 1);
      blocks_.push_back(fresh);
      next_ = fresh;
      left_ = block;
    }
    char* piece = next_;
    next_ += whole;
    left_ -= whole;
    std::memcpy(piece, &kind, sizeof kind);
    return piece + kHeader;
  }

  void give(void* at) {
    char* piece = static_cast<char*>(at) - kHeader;
    std::size_t kind = 0;
    std::memcpy(&kind, piece, sizeof kind);
    free_[kind].push_back(piece);
  }

  std::vector<char*> blocks_;
  std::array<std::vector<char*>, 64> free_;
  char* next_ = nullptr;
  std::size_t left_ = 0, used_ = 0;
};

// Null where the page asks for more than kMaxTree. Only plain values live across the jump.
const GumboOutput* Tree::parse(const char* page, std::size_t size, Arena* arena) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = Arena::allocate;
  options.deallocator = Arena::release;
  options.userdata = arena;
  options.tab_stop = 1;
  options.max_errors = 0;
  if (setjmp(arena->full) != 0) return nullptr;
  return gumbo_parse_with_options(&options, page, size);
}

Tree::Tree(std::string& page) : arena_(std::make_unique<Arena>()) {
  tame(page);
  output_ = parse(page.data(), page.size(), arena_.get());
}
Tree::~Tree() = default;

const GumboNode* Tree::root() const { return output_ ? output_->root : nullptr; }

std::string_view attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found ? std::string_view(found->value) : std::string_view();
}

std::string_view tag_name(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
  GumboStringPiece piece = element.original_tag;
  gumbo_tag_from_original_text(&piece);
  return {piece.data, piece.length};
}

}  // namespace suyuan::html
