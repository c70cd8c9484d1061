// What of a page is its main text, and what the page says of itself.
#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <unordered_set>

#include "base/data.hpp"
#include "base/han.hpp"
#include "read/html.hpp"

namespace suyuan {

namespace {

constexpr std::uint32_t kLeastProse = 40;  // letters; below this a page has no main text to be told from the rest

struct Lexicon {
  std::unordered_map<std::string, int> senses;
  std::vector<std::string> captions, headlines;
  std::unordered_set<std::string> elements;  // words of elements that name something
  std::vector<std::u32string> credits, editors, more;
  std::map<std::string, std::vector<std::string>, std::less<>>
      names;  // title, posted, outlet, url → names, best first
};

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

const Lexicon& lexicon() {
  static const auto kLexicon = [] {
    Lexicon out;
    for (const auto& row : data::rows(data::page())) {
      const std::string_view sense = row.at(0);
      const std::string word = lowered(row.at(1));
      if (sense == "main")
        out.senses[word] = 1;
      else if (sense == "furniture")
        out.senses[word] = -1;
      else if (sense == "caption")
        out.captions.push_back(word);
      else if (sense == "headline")
        out.headlines.push_back(word);
      else if (sense == "editors")
        out.editors.push_back(from_utf8(row.at(1)));
      else if (sense == "credit")
        out.credits.push_back(from_utf8(row.at(1)));
      else if (sense == "more")
        out.more.push_back(from_utf8(row.at(1)));
      else
        out.names[std::string(sense)].push_back(word);
      if (word.rfind("class:", 0) == 0) out.elements.insert(word.substr(6));
    }
    return out;
  }();
  return kLexicon;
}

// Words of an id or class: what lies between signs and digits, whole and, where a capital follows a small letter,
// in its parts.
template <class OnWord>
void each_word(std::string_view name, OnWord on_word) {
  std::string whole, part;
  const auto close = [&] {
    if (!part.empty() && part.size() < whole.size()) on_word(part);
    if (!whole.empty()) on_word(whole);
    whole.clear();
    part.clear();
  };
  char before = ' ';
  for (const char c : name) {
    const bool small = c >= 'a' && c <= 'z', capital = c >= 'A' && c <= 'Z';
    if (!small && !capital) {
      close();
    } else {
      if (capital && before >= 'a' && before <= 'z') {
        on_word(part);
        part.clear();
      }
      const char plain = capital ? static_cast<char>(c - 'A' + 'a') : c;
      whole += plain;
      part += plain;
    }
    before = c;
  }
  close();
}

struct Prose {
  std::vector<std::uint32_t> weight;  // by element, with all below it: letters of prose outside links
  std::vector<std::uint32_t> letters, linked;
};

bool is_prose(const PageLine& line) {
  return line.letters >= 10 && line.stops > 0 && line.linked * 2 < line.letters;
}

bool is_aside(const PageElement& e) { return e.furniture || (e.sense < 0 && !e.main); }

// Without `aside`, all prose counts; with it, what stands in such elements does not.
Prose weigh(const Page& page, const std::vector<bool>& aside) {
  const std::size_t n = page.elements.size();
  Prose out{std::vector<std::uint32_t>(n), std::vector<std::uint32_t>(n), std::vector<std::uint32_t>(n)};
  for (const PageLine& line : page.lines) {
    out.letters[line.element] += line.letters;
    out.linked[line.element] += line.linked;
    if (is_prose(line) && !(aside.empty() ? false : aside[line.element]))
      out.weight[line.element] += line.letters - line.linked;
  }
  for (std::size_t e = n; e-- > 1;) {
    const std::uint32_t parent = page.elements[e].parent;
    out.weight[parent] += out.weight[e];
    out.letters[parent] += out.letters[e];
    out.linked[parent] += out.linked[e];
  }
  return out;
}

// The smallest element that holds most of the prose; below it, one that is named as main text and is not one of
// several alike.
std::uint32_t main_element(const Page& page, const Prose& prose) {
  const std::uint32_t total = prose.weight[0];
  std::uint32_t best = 0;
  for (std::uint32_t e = 0; e < page.elements.size(); ++e)
    if (prose.weight[e] * 10ULL >= total * 8ULL) best = e;  // nested in one another: the last is the smallest
  for (std::uint32_t e = best + 1; e < page.elements[best].end; ++e) {
    const PageElement& here = page.elements[e];
    if (prose.weight[e] * 2ULL < total || !(here.main || here.sense > 0)) continue;
    const bool has_twin = [&] {
      for (std::uint32_t other = page.elements[here.parent].end; other-- > here.parent + 1;)
        if (other != e && page.elements[other].parent == here.parent && page.elements[other].tag == here.tag &&
            page.elements[other].klass == here.klass && prose.weight[other] > 0)
          return true;
      return false;
    }();
    if (!has_twin) return e;
  }
  return best;
}

bool inside(const Page& page, std::uint32_t element, std::uint32_t outer) {
  return element >= outer && element < page.elements[outer].end;
}

std::u32string squeezed(std::u32string_view text) {
  std::u32string out;
  for (const char32_t c : text)
    if (han::kind(c) == han::Kind::letter) out += han::plain(c);
  return out;
}

// A line such as 来源：《…》 2025-11-19 or one that is little more than a date.
bool is_credit(std::u32string_view text) {
  if (text.size() > 120) return false;
  for (const std::u32string& word : lexicon().credits) {
    const std::size_t at = text.substr(0, 12).find(word);
    if (at == text.npos) continue;
    const char32_t next = at + word.size() < text.size() ? text[at + word.size()] : U'\0';
    if (next == U':' || next == U'：' || han::kind(next) == han::Kind::blank) return true;
  }
  for (std::size_t i = 0; i + 7 < text.size() && text.size() <= 60; ++i) {
    const bool year = (text[i] == U'1' || text[i] == U'2') && han::is_digit(text[i + 1]) &&
                      han::is_digit(text[i + 2]) && han::is_digit(text[i + 3]);
    if (year && std::u32string_view(U"-/.年").find(text[i + 4]) != std::u32string_view::npos &&
        han::is_digit(text[i + 5]))
      return true;
  }
  return false;
}

// (责任编辑：某某), 【纠错】 责任编辑： 某某, 编辑｜某某
bool is_editors(std::u32string_view text) {
  constexpr std::size_t kLongest = 60;
  if (text.size() > kLongest) return false;
  for (const std::u32string& word : lexicon().editors) {
    const std::size_t at = text.substr(0, word.size() + 8).find(word);
    if (at == text.npos || (at > 0 && han::kind(text[at - 1]) == han::Kind::letter)) continue;
    std::size_t behind = at + word.size();
    while (behind < text.size() && han::kind(text[behind]) == han::Kind::blank) ++behind;
    if (behind < text.size() && std::u32string_view(U":：|｜丨/-—").find(text[behind]) != std::u32string_view::npos)
      return true;
  }
  return false;
}

std::string trimmed(std::string_view text) {
  static constexpr std::array<std::string_view, 7> kBlanks{" ",        "\n",          "\r", "\t", "\xE3\x80\x80",
                                                           "\xC2\xA0", "\xEF\xBB\xBF"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view blank : kBlanks) {
      if (text.substr(0, blank.size()) == blank) text.remove_prefix(blank.size()), again = true;
      if (text.size() >= blank.size() && text.substr(text.size() - blank.size()) == blank)
        text.remove_suffix(blank.size()), again = true;
    }
  }
  return std::string(text);
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : trimmed(text)) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return out;
}

// <title> without the names of section and site behind it: "题_栏目_某网", "题-某网", "题 | 某报".
std::string without_site(const std::string& title) {
  const std::u32string text = from_utf8(title);
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    const char32_t c = text[i];
    const bool bar = c == U'_' || c == U'|' || c == U'｜';
    const auto binds = [](char32_t x) { return x == U'-' || (x < 0x80 && x != U' '); };
    const bool dash = c == U'-' && !binds(text[i - 1]) && !binds(text[i + 1]);
    if (bar || dash) return trimmed(to_utf8(std::u32string_view(text).substr(0, i)));
  }
  return title;
}

// The parts of <title> between the signs that part a text's title from the names of sections and the site.
std::vector<std::u32string> title_parts(const std::string& title) {
  const std::u32string text = from_utf8(title);
  std::vector<std::u32string> out(1);
  for (const char32_t c : text) {
    if (std::u32string_view(U"_|｜-—–").find(c) != std::u32string_view::npos)
      out.emplace_back();
    else
      out.back() += c;
  }
  for (std::u32string& part : out) part = squeezed(part);
  return out;
}

// The first line of prose.
std::size_t prose_from(const Page& page) {
  const auto first = std::find_if(page.lines.begin(), page.lines.end(), is_prose);
  return static_cast<std::size_t>(first - page.lines.begin());
}

// The line that <title> has among the names of site and sections; where it has nothing but a site's name, the line
// above the text that is named as a headline.
std::optional<std::size_t> named_line(const Page& page, const std::string& title) {
  constexpr std::size_t kShortest = 4, kLongest = 60, kSite = 6, kNear = 6;
  const std::vector<std::u32string> parts = title_parts(title);
  const auto text_of = [&](std::size_t i) {
    const Span span = page.lines[i].span;
    return page.lines[i].linked > 0 || span.size() > kLongest
               ? std::u32string()
               : squeezed(std::u32string_view(page.text).substr(span.begin, span.size()));
  };
  std::optional<std::size_t> best;
  std::size_t most = kShortest - 1;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const std::u32string text = text_of(i);
    if (text.size() > most && std::find(parts.begin(), parts.end(), text) != parts.end()) {
      best = i;
      most = text.size();
    }
  }
  if (best || parts.size() > 1 || parts[0].size() > kSite) return best;
  const std::size_t prose = prose_from(page);
  for (std::size_t i = prose - std::min(prose, kNear); i < prose && i < page.lines.size(); ++i) {
    const PageElement& at = page.elements[page.lines[i].element];
    if ((at.headline || page.elements[at.parent].headline) && at.sense >= 0 && text_of(i).size() >= kShortest)
      return i;
  }
  return std::nullopt;
}

// JSON-LD is small and flat; what is nested deep or large is not looked at.
bool is_modest(std::string_view json) {
  int depth = 0;
  for (const char c : json) {
    depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    if (depth > 50) return false;
  }
  return json.size() < (1U << 20);
}

void json_ld_names(const std::string& text, std::vector<PageName>& out) {
  if (!is_modest(text)) return;
  const nlohmann::json parsed = nlohmann::json::parse(text, nullptr, false);
  std::vector<const nlohmann::json*> nodes;
  const auto add = [&](const nlohmann::json& node) {
    if (node.is_array())
      for (const auto& one : node) nodes.push_back(&one);
    else
      nodes.push_back(&node);
  };
  add(parsed);
  for (std::size_t i = 0; i < nodes.size() && nodes.size() < 1000; ++i)
    if (nodes[i]->is_object() && nodes[i]->contains("@graph")) add((*nodes[i])["@graph"]);
  // What speaks of an article before what speaks of the site.
  std::stable_partition(nodes.begin(), nodes.end(), [](const nlohmann::json* node) {
    return node->is_object() && (node->contains("headline") || node->contains("datePublished"));
  });
  for (const nlohmann::json* node : nodes) {
    if (!node->is_object()) continue;
    for (const auto& [key, value] : node->items()) {
      const nlohmann::json* said = &value;
      if (said->is_array() && !said->empty()) said = &said->front();
      if (said->is_object()) {
        const char* inner = said->contains("name") ? "name" : "@id";
        if (!said->contains(inner)) continue;
        said = &(*said)[inner];
      }
      if (said->is_string()) out.push_back({"json-ld:" + key, said->get<std::string>()});
    }
    if (node->contains("headline")) return;
  }
}

bool digits_at(std::string_view text, std::size_t at, std::size_t n) {
  if (at + n > text.size()) return false;
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                     text.begin() + static_cast<std::ptrdiff_t>(at + n),
                     [](char c) { return c >= '0' && c <= '9'; });
}

bool has_word(std::string_view id, std::string_view klass, const std::vector<std::string>& words) {
  bool found = false;
  for (const std::string_view name : {id, klass})
    each_word(name, [&](const std::string& word) {
      found = found || std::find(words.begin(), words.end(), word) != words.end();
    });
  return found;
}

}  // namespace

std::optional<Date> date_in_url(std::string_view url) {
  const std::size_t host = url.find("://");
  const std::size_t path = url.find('/', host == url.npos ? 0 : host + 3);
  if (path == url.npos) return std::nullopt;
  const std::string_view text = url.substr(path, url.find_first_of("?#", path) - path);
  const auto number = [&](std::size_t at, std::size_t n) { return std::stoi(std::string(text.substr(at, n))); };
  for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
    if ((text[i] != '1' && text[i] != '2') || !digits_at(text, i, 4)) continue;
    if (i > 0 && digits_at(text, i - 1, 1)) continue;
    std::size_t at = i + 4;
    const auto separator = [&] {
      if (at < text.size() && (text[at] == '/' || text[at] == '-' || text[at] == '_')) ++at;
    };
    separator();
    if (!digits_at(text, at, 2)) continue;
    const int month = number(at, 2);
    at += 2;
    separator();
    if (!digits_at(text, at, 2) || digits_at(text, at + 2, 1)) continue;
    const int year = number(i, 4), day = number(at, 2);
    const Date date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                    static_cast<std::uint8_t>(day)};
    if (year >= 1990 && year < 2100 && month > 0 && day > 0 && date.valid()) return date;
  }
  return std::nullopt;
}

int page_sense(std::string_view id, std::string_view klass, std::string_view role) {
  bool main = false, furniture = false;
  for (const std::string_view name : {id, klass, role})
    each_word(name, [&](const std::string& word) {
      const auto found = lexicon().senses.find(word);
      if (found == lexicon().senses.end()) return;
      main = main || found->second > 0;
      furniture = furniture || found->second < 0;
    });
  return main == furniture ? 0 : main ? 1 : -1;
}

std::string element_name(std::string_view id, std::string_view klass) {
  std::string found;
  if (lexicon().elements.empty()) return found;
  for (const std::string_view name : {id, klass})
    each_word(name, [&](const std::string& word) {
      if (found.empty() && lexicon().elements.contains(word)) found = "class:" + word;
    });
  return found;
}

bool is_caption_name(std::string_view id, std::string_view klass) {
  return has_word(id, klass, lexicon().captions);
}

bool is_headline_name(std::string_view id, std::string_view klass) {
  return has_word(id, klass, lexicon().headlines);
}

bool begins_credit(std::u32string_view text) {
  return std::any_of(lexicon().credits.begin(), lexicon().credits.end(), [&](const std::u32string& word) {
    return text.starts_with(word) && text.size() > word.size() &&
           (text[word.size()] == U':' || text[word.size()] == U'：');
  });
}

std::vector<bool> furniture_lines(const Page& page, const std::string& title) {
  const std::size_t n = page.lines.size();
  std::vector<bool> out(n, false);
  if (n == 0) return out;
  const Prose all = weigh(page, {});
  // What is named as furniture, with all in it; an element around nearly everything bears the name by chance.
  std::vector<bool> named(page.elements.size(), false);
  for (std::size_t e = 1; e < named.size(); ++e)
    named[e] = named[page.elements[e].parent] ||
               (is_aside(page.elements[e]) && all.weight[e] * 10ULL <= all.weight[0] * 8ULL);
  Prose prose = weigh(page, named);
  // Where next to nothing is left, the names mislead.
  if (prose.weight[0] * 10ULL < all.weight[0]) prose = all;
  const bool has_main = prose.weight[0] >= kLeastProse;
  const std::uint32_t main = has_main ? main_element(page, prose) : 0;

  // Inside the main text: what is named as furniture and holds little of the prose, and blocks of links.
  std::vector<bool> aside(page.elements.size(), false);
  for (std::uint32_t e = main + 1; e < page.elements[main].end; ++e) {
    const PageElement& here = page.elements[e];
    const bool minor = all.weight[e] * 10ULL <= all.weight[main] * 3ULL;
    const bool called = is_aside(here) && minor;
    const bool links = here.links >= 2 && all.weight[e] == 0 && all.linked[e] * 10ULL >= all.letters[e] * 7ULL;
    aside[e] = called || links || aside[here.parent];
  }

  std::size_t first = n, last = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const PageLine& line = page.lines[i];
    if (!inside(page, line.element, main) || aside[line.element]) continue;
    if (has_main && !is_prose(line) && first == n && main == 0) continue;
    first = std::min(first, i);
    last = i;
  }
  // The title above the text, and the lines of credits between the two.
  const std::u32string wanted = squeezed(from_utf8(title));
  std::size_t head = first;
  for (std::size_t i = first; i-- > 0 && first != n;) {
    const PageLine& line = page.lines[i];
    const std::u32string text = squeezed(std::u32string_view(page.text).substr(line.span.begin, line.span.size()));
    const bool is_title = !wanted.empty() && text == wanted && line.linked == 0;
    // A heading of the first rank that has nothing of the title is the site's.
    const bool fits = wanted.empty() || text.find(wanted) != text.npos || wanted.find(text) != wanted.npos;
    if (!is_title && (line.heading != 1 || line.linked > 0 || !fits)) continue;
    head = i;
    // Its other lines, and the headings above it in the same block.
    while (head > 0 && page.lines[head - 1].heading > 0 && page.lines[head - 1].linked == 0 &&
           (page.lines[head - 1].element == line.element ||
            page.elements[page.lines[head - 1].element].parent == page.elements[line.element].parent))
      --head;
    break;
  }
  if (first != n && first - head > 40) head = first;

  // Behind the line with which editors sign the text off stands none, unless much of the prose does.
  std::size_t signed_off = n;
  if (has_main) {
    std::uint32_t before = 0, behind = 0;
    for (std::size_t i = first; i < n; ++i) {
      const PageLine& line = page.lines[i];
      if (!inside(page, line.element, main) || aside[line.element]) continue;
      if (before > 0 && signed_off == n &&
          is_editors(std::u32string_view(page.text).substr(line.span.begin, line.span.size())))
        signed_off = i;
      if (is_prose(line)) (signed_off == n ? before : behind) += line.letters;
    }
    if (behind * 4ULL > before) signed_off = n;
  }

  for (std::size_t i = 0; i < n; ++i) {
    const PageLine& line = page.lines[i];
    const std::u32string_view text = std::u32string_view(page.text).substr(line.span.begin, line.span.size());
    const bool linked = line.letters > 0 && line.linked * 10ULL >= line.letters * 8ULL;
    const bool credit = !linked && is_credit(text);
    const bool in_aside = inside(page, line.element, main) ? aside[line.element] : named[line.element];
    const bool near_title = first != n && (i >= head || i + 5 >= first) && i <= first + 3;
    if (credit && near_title) continue;
    if (!has_main)
      out[i] = in_aside;
    else if (i >= head && i < first)
      out[i] = line.heading == 0 && (in_aside || linked);
    else if (inside(page, line.element, main))
      out[i] = in_aside || (i > signed_off && !(credit && i <= signed_off + 3));
    else
      out[i] = !(credit && i > last && i <= last + 3);
  }
  return out;
}

std::vector<bool> furniture_by_tag(const Page& page) {
  std::vector<bool> named(page.elements.size(), false), out;
  for (std::size_t e = 1; e < named.size(); ++e)
    named[e] = named[page.elements[e].parent] || page.elements[e].furniture;
  for (const PageLine& line : page.lines) out.push_back(named[line.element]);
  return out;
}

std::optional<std::size_t> title_line(const Page& page, const std::string& title) {
  const std::u32string wanted = squeezed(from_utf8(title));
  if (wanted.empty()) return std::nullopt;
  std::uint32_t prose = 0, seen = 0;
  for (const PageLine& line : page.lines) prose += is_prose(line) ? line.letters : 0;
  for (std::size_t i = 0; i < page.lines.size() && seen * 4ULL <= prose; ++i) {
    seen += is_prose(page.lines[i]) ? page.lines[i].letters : 0;
    const Span span = page.lines[i].span;
    if (squeezed(std::u32string_view(page.text).substr(span.begin, span.size())) != wanted) continue;
    if (page.lines[i].heading > 0) return std::nullopt;
    if (page.lines[i].linked == 0) return i;
  }
  return std::nullopt;
}

bool goes_on_elsewhere(const Page& page) {
  for (const PageLine& line : page.lines) {
    if (line.linked * 2 < line.letters || line.span.size() > 60) continue;
    const std::u32string_view text = std::u32string_view(page.text).substr(line.span.begin, line.span.size());
    if (std::none_of(text.begin(), text.end(), han::is_digit)) continue;
    for (const std::u32string& word : lexicon().more)
      if (text.find(word) != text.npos) return true;
  }
  return false;
}

Metadata page_metadata(const Page& page) {
  std::vector<PageName> names;
  for (const PageName& name : page.names) {
    if (name.name == "json-ld")
      json_ld_names(name.value, names);
    else
      names.push_back(name);
  }
  const auto given = [&](const char* sense) {
    const auto wanted = lexicon().names.find(sense);
    if (wanted == lexicon().names.end()) return Given{};
    for (const std::string& want : wanted->second)
      for (const PageName& name : names)
        if (lowered(name.name) == want)
          if (std::string value = one_line(name.value); !value.empty())
            return Given{std::move(value), Given::By::page, name.name};
    return Given{};
  };
  Metadata out;
  out.title = given("title");
  out.outlet = given("outlet");
  out.posted = given("posted");
  out.url = given("url");
  if (!out.url)
    for (const PageName& name : names)
      if (name.name == "saved from url") out.url = {name.value, Given::By::page, name.name};
  const std::string title = one_line(page.title);
  // A heading that the page's title begins with is the title, over two lines too; else the title without the
  // site's name.
  const std::u32string whole = squeezed(from_utf8(title));
  // 某人：题
  const std::u32string named = from_utf8(title);
  const std::size_t colon = named.find(U'：');
  const std::u32string behind =
      colon > 0 && colon <= 12 ? squeezed(std::u32string_view(named).substr(colon + 1)) : std::u32string();
  std::u32string heading;
  std::size_t headings = 0;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (page.lines[i].heading != 1) continue;
    std::u32string here;
    for (const std::size_t first = i;; ++i) {
      const Span span = page.lines[i].span;
      here += std::u32string_view(page.text).substr(span.begin, span.size());
      if (i + 1 == page.lines.size() || page.lines[i + 1].heading != 1 ||
          page.lines[i + 1].element != page.lines[first].element)
        break;
    }
    ++headings;
    const std::u32string plain = squeezed(here);
    if (heading.empty() && (whole.empty() || whole.rfind(plain, 0) == 0 || behind.rfind(plain, 0) == 0) &&
        !plain.empty())
      heading = std::move(here);
  }
  if (!out.title && !heading.empty() && (!whole.empty() || headings == 1))
    out.title = {one_line(to_utf8(heading)), Given::By::page, "h1"};
  if (!out.title)
    if (const auto line = named_line(page, title)) {
      const Span span = page.lines[*line].span;
      const auto text = std::u32string_view(page.text).substr(span.begin, span.size());
      out.title = {one_line(to_utf8(text)), Given::By::page, "line"};
    }
  if (!out.title && !title.empty()) out.title = {without_site(title), Given::By::page, "title"};
  if (!out.posted && out.url)
    if (const auto date = date_in_url(out.url.value))
      out.posted = {date->to_string(), Given::By::page, out.url.where + ": " + out.url.value};
  return out;
}

}  // namespace suyuan
