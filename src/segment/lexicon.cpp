// The tables of data/lexicons: parsed, folded, indexed.
#include "segment/lexicon.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "base/data.hpp"
#include "base/han.hpp"

namespace suyuan {

std::u32string fold_words(std::u32string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t gloss = han::gloss_length(text, i)) {
      i += gloss;
      continue;
    }
    const han::Folded f = han::folded(text[i++]);
    if (f.kind != han::Kind::blank) out += f.character;
  }
  return out;
}

void Phrases::add(std::u32string phrase, std::uint32_t id) {
  if (phrase.empty()) return;
  const auto insert = [&](std::vector<Entry>& list) {
    if (std::any_of(list.begin(), list.end(), [&](const Entry& e) { return e.phrase == phrase; })) return;
    const auto at =
        std::find_if(list.begin(), list.end(), [&](const Entry& e) { return e.phrase.size() < phrase.size(); });
    list.insert(at, {phrase, id});
  };
  const auto set = [](auto& bits, std::size_t at) { bits[at >> 6] |= std::uint64_t{1} << (at & 63); };
  if (phrase[0] < 0x10000) {
    set(begins_, phrase[0]);
    if (phrase.size() == 1) set(alone_, phrase[0]);
  }
  if (phrase.size() > 1) set(pairs_, pair(phrase[0], phrase[1]));
  insert(by_last_[phrase.back()]);
  insert(by_first_[phrase.front()]);
}

std::optional<Phrases::Match> Phrases::at(std::u32string_view text, std::size_t position) const {
  if (position >= text.size() || !may_begin(text, position)) return std::nullopt;
  const auto list = by_first_.find(text[position]);
  if (list == by_first_.end()) return std::nullopt;
  for (const Entry& e : list->second)
    if (text.substr(position, e.phrase.size()) == e.phrase)
      return Match{e.id, static_cast<std::uint32_t>(e.phrase.size())};
  return std::nullopt;
}

Words::Hit Words::at(std::u32string_view text, std::size_t position) const {
  Hit hit;
  if (!phrases_.may_begin(text, position)) return hit;
  const auto list = phrases_.by_first_.find(text[position]);
  if (list == phrases_.by_first_.end()) return hit;
  for (const Phrases::Entry& e : list->second)
    if (text.substr(position, e.phrase.size()) == e.phrase)
      for (const auto& [table, id] : rows_[e.id])
        if (hit.of[static_cast<std::size_t>(table)].length == 0)
          hit.of[static_cast<std::size_t>(table)] = {id, static_cast<std::uint32_t>(e.phrase.size())};
  return hit;
}

void Words::add(std::u32string phrase, Table table, std::uint32_t id) {
  const auto [known, is_new] = known_.try_emplace(phrase, static_cast<std::uint32_t>(rows_.size()));
  if (is_new) {
    phrases_.add(std::move(phrase), known->second);
    rows_.emplace_back();
  }
  auto& row = rows_[known->second];
  if (std::none_of(row.begin(), row.end(), [&](const auto& r) { return r.first == table; }))
    row.emplace_back(table, id);
}

std::optional<Phrases::Match> Phrases::before(std::u32string_view text, std::size_t end) const {
  if (end == 0 || end > text.size()) return std::nullopt;
  const auto list = by_last_.find(text[end - 1]);
  if (list == by_last_.end()) return std::nullopt;
  for (const Entry& e : list->second)
    if (e.phrase.size() <= end && text.substr(end - e.phrase.size(), e.phrase.size()) == e.phrase)
      return Match{e.id, static_cast<std::uint32_t>(e.phrase.size())};
  return std::nullopt;
}

namespace {

icu::UnicodeString to_icu(std::u32string_view text) {
  return icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()),
                                       static_cast<std::int32_t>(text.size()));
}

std::unique_ptr<icu::RegexPattern> compile(std::string_view expression) {
  std::u32string pattern = from_utf8(expression);
  for (char32_t& c : pattern)
    if (han::is_han(c)) c = han::script_class(c);
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::RegexPattern> made(icu::RegexPattern::compile(to_icu(pattern), 0, status));
  return U_SUCCESS(status) ? std::move(made) : nullptr;
}

bool matches(const icu::RegexPattern& pattern, const icu::UnicodeString& text, bool whole) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::RegexMatcher> matcher(pattern.matcher(text, status));
  matcher->setTimeLimit(50, status);
  const bool found = whole ? matcher->matches(status) : matcher->find(status);
  return found && U_SUCCESS(status);
}

std::optional<Role> role_named(std::string_view wanted) {
  for (std::uint8_t r = 0; r <= static_cast<std::uint8_t>(Role::blank); ++r)
    if (name(static_cast<Role>(r)) == wanted) return static_cast<Role>(r);
  return std::nullopt;
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.size(), text.find(at));
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return out;
}

using Row = std::vector<std::string_view>;

constexpr std::array<std::string_view, static_cast<std::size_t>(Grammar::count)> kGrammar{
    "pronoun-letters",
    "not-in-counted-name",
    "theory",
    "object-letter",
    "object-word",
    "aside-end",
    "before-zai",
    "after-dang",
    "before-name",
    "joins-people",
    "before-title",
    "pronoun",
    "before-pronoun",
    "after-pronoun",
    "after-body",
    "held",
    "held-of",
    "not-in-body",
    "after-titled-name",
    "adverb",
    "not-in-name",
    "possessed",
    "rely",
    "between-body-and-verb",
    "vague-title",
    "clause-end",
    "before-zai-of-occasion",
    "occasion-end",
    "not-in-opening-name",
    "joins-quotations",
    "between-quotations",
    "names-activity",
    "before-theme",
    "after-theme",
    "opens-words",
    "asks",
    "not-object",
    "manner",
    "toward",
    "during",
    "person-noun",
    "before-speaker",
    "before-subject",
    "not-in-given-name",
    "not-last-in-name",
    "doubtful-surname",
    "place",
    "transliteration",
    "event-verb",
    "gathering",
    "framed",
    "before-framed",
    "before-cited",
    "behind-cited",
    "addressed",
    "seems",
    "foreign-place",
    "office-end",
    "not-foreign",
    "title-verb",
    "titled-saying",
    "vague-subject",
    "governs",
    "not-behind-body",
    "organ",
    "impersonal",
    "author",
    "hearsay",
    "asks-label",
    "answers-label",
    "interviewed",
    "comes-from",
    "noun-too",
    "noun-behind",
    "noun-modifier",
    "governs-noun",
    "points",
    "ordinal",
    "full-text",
    "this-is",
    "said-so",
    "whole-word",
    "written",
    "his-words",
    "was-held",
    "comments",
    "demands",
    "arrives",
};

// Adds one row to the table it belongs to; false where it cannot be one.
bool add_row(Lexicons& to, std::string_view table, const Row& row) {
  const auto words = [&](std::size_t i) {
    return i < row.size() ? fold_words(from_utf8(row[i])) : std::u32string();
  };
  const auto id = [](const auto& rows) { return static_cast<std::uint32_t>(rows.size() - 1); };
  if (row.empty() || row[0].empty()) return false;
  if (table == "introducers.tsv") {
    if (row.size() < 2) return false;
    static constexpr std::array<std::string_view, 5> kKinds{"say", "show", "mark", "tell", "noun"};
    const auto named = std::find(kKinds.begin(), kKinds.end(), row[1]);
    if (named == kKinds.end()) return false;
    const auto kind = static_cast<VerbKind>(named - kKinds.begin());
    to.verb_rows.push_back({kind, words(2), words(3)});
    to.words.add(words(0), Words::Table::verb, id(to.verb_rows));
  } else if (table == "speakers.tsv") {
    to.speaker_rows.emplace_back(row[0]);
    for (std::size_t i = 0; i < row.size(); ++i) {
      to.speakers.add(words(i), id(to.speaker_rows));
      to.words.add(words(i), Words::Table::speaker, id(to.speaker_rows));
    }
  } else if (table == "titles.tsv") {
    to.titles.add(words(0), 0);
    to.words.add(words(0), Words::Table::title, 0);
  } else if (table == "collectives.tsv") {
    if (row.size() < 2 || (row[1] != "body" && row[1] != "text")) return false;
    to.collective_rows.push_back(row[1] == "body" ? SpeakerKind::body : SpeakerKind::text);
    to.words.add(words(0), Words::Table::collective, id(to.collective_rows));
  } else if (table == "meetings.tsv") {
    if (row.size() < 3) return false;
    const auto first = parse_iso_date(row[1]), last = parse_iso_date(row[2]);
    if (!first || !last) return false;
    to.meeting_rows.push_back({words(0), *first, *last});
    to.meetings.add(words(0), id(to.meeting_rows));
  } else if (table == "offices.tsv") {
    if (row.size() < 4) return false;
    const auto from = parse_iso_date(row[2]);
    const auto until = row[3] == "-" ? std::optional(Date{2999, 12, 31}) : parse_iso_date(row[3]);
    if (!from || !until) return false;
    to.offices.push_back({words(0), std::string(row[1]), *from, *until});
  } else if (table == "outlets.tsv") {
    if (row.size() < 2) return false;
    to.outlets.push_back({std::string(row[0]), std::string(row[1]),
                          row.size() > 2 && row[2] != "-" ? split(row[2], ' ') : std::vector<std::string>()});
  } else if (table == "surnames.tsv") {
    const std::u32string list = from_utf8(row[0]);
    if (list.find(U' ') == list.npos) {
      for (const char32_t c : fold_words(list))
        if (c < 0x10000) to.surnames[c] = true;
    } else {
      for (const std::string& name : split(row[0], ' ')) to.surnames_2.push_back(fold_words(from_utf8(name)));
    }
  } else if (table == "lines.tsv") {
    if (row.size() < 4) return false;
    const auto role = role_named(row[0]);
    std::size_t longest = 0;
    std::from_chars(row[1].data(), row[1].data() + row[1].size(), longest);
    auto pattern = compile(row[3]);
    if (!role || longest == 0 || !pattern) return false;
    std::vector<std::u32string> needs;
    if (row[2] != "-")
      for (const std::string& word : split(row[2], '|')) needs.push_back(fold_words(from_utf8(word)));
    to.line_rules.push_back({*role, longest, std::move(needs), std::move(pattern)});
  } else if (table == "speech.tsv") {
    const auto group = std::find(kGrammar.begin(), kGrammar.end(), row[0]);
    if (group == kGrammar.end() || row.size() < 2) return false;
    const auto n = static_cast<std::size_t>(group - kGrammar.begin());
    for (const std::string& word : split(row[1], ' ')) {
      to.grammar_rows[n].push_back(fold_words(from_utf8(word)));
      if (to.grammar_rows[n].back().size() == 1) to.grammar_letters[n] += to.grammar_rows[n].back();
    }
  } else if (table == "not_names.tsv") {
    to.not_names.add(words(0), 0);
  } else if (table == "conversions.tsv") {
    to.conversions.add(from_utf8(row[0]), 0);
  } else if (table == "kinds.tsv") {
    if (row.size() < 2) return false;
    const auto kind = work_kind(row[0]);
    auto pattern = compile(row[1]);
    if (!kind || !pattern) return false;
    to.kind_rules.push_back({*kind, std::move(pattern)});
  } else {
    return false;
  }
  return true;
}

constexpr std::array<const char*, 13> kTables{
    "introducers.tsv", "speakers.tsv",  "titles.tsv",   "collectives.tsv", "meetings.tsv",
    "offices.tsv",     "outlets.tsv",   "surnames.tsv", "lines.tsv",       "kinds.tsv",
    "conversions.tsv", "not_names.tsv", "speech.tsv"};

std::vector<std::pair<std::string, std::string>> shipped_tables() {
  const std::array<std::string_view, 13> texts{
      data::introducers(), data::speakers(),  data::titles(),   data::collectives(), data::meetings(),
      data::offices(),     data::outlets(),   data::surnames(), data::lines(),       data::kinds(),
      data::conversions(), data::not_names(), data::speech()};
  std::vector<std::pair<std::string, std::string>> out;
  for (std::size_t i = 0; i < kTables.size(); ++i) out.emplace_back(kTables[i], texts[i]);
  return out;
}

// A table of the user's that nothing would read: its name is misspelt, or rows cannot be added to it.
std::optional<Error> idle_table(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::set<std::string> idle;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() == ".tsv" && std::find(kTables.begin(), kTables.end(), name) == kTables.end())
      idle.insert(name);
  }
  if (idle.empty()) return std::nullopt;
  static constexpr std::array<std::string_view, 8> kFixed{"sensitive.tsv", "reporting.tsv", "context.tsv", "citations.tsv",
                                                          "rites.tsv",     "places.tsv",    "fields.tsv",  "page.tsv"};
  const bool fixed = std::find(kFixed.begin(), kFixed.end(), *idle.begin()) != kFixed.end();
  std::string names;
  for (const char* const table : kTables) names += (names.empty() ? "" : ", ") + std::string(table);
  return Error{"bad-lexicon", fixed ? "rows cannot be added to this table" : "no table has this name",
               (fs::path(folder) / *idle.begin()).string(), std::nullopt, "rows can be added to " + names};
}

}  // namespace

Result<std::shared_ptr<const Lexicons>> Lexicons::make(
    const std::vector<std::pair<std::string, std::string>>& tables) {
  auto made = std::make_shared<Lexicons>();
  for (const auto& [table, text] : tables) {
    const std::string base = table.substr(table.find_last_of('/') + 1);
    for (const Row& row : data::rows(text))
      if (!add_row(*made, base, row)) {
        std::string shown;
        for (const std::string_view cell : row) shown += (shown.empty() ? "" : " | ") + std::string(cell);
        return tl::unexpected(Error{"bad-lexicon", "a row that does not fit its table: " + shown, table,
                                    std::nullopt, "compare it with the head of the same table in data/lexicons"});
      }
  }
  return std::shared_ptr<const Lexicons>(std::move(made));
}

const Lexicons& shipped_lexicons() {
  static const auto kShipped = Lexicons::make(shipped_tables()).value();
  return *kShipped;
}

Result<std::shared_ptr<const Lexicons>> load_lexicons(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return tl::unexpected(Error{"not-found", "no such folder", folder, std::nullopt, "check the path"});
  if (const auto idle = idle_table(folder)) return tl::unexpected(*idle);
  std::vector<std::pair<std::string, std::string>> tables;
  for (const char* const table : kTables) {
    const fs::path path = fs::path(folder) / table;
    if (!fs::exists(path, error)) continue;
    if (!fs::is_regular_file(path, error) || fs::file_size(path, error) > (std::uintmax_t{1} << 24))
      return tl::unexpected(Error{"bad-lexicon", "not a table of at most 16 MiB", path.string(), std::nullopt, ""});
    std::ifstream in(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in && !in.eof())
      return tl::unexpected(
          Error{"unreadable", "cannot be read", path.string(), std::nullopt, "check its permissions"});
    tables.emplace_back(path.string(), std::move(text));
  }
  for (auto& shipped : shipped_tables()) tables.push_back(std::move(shipped));
  return Lexicons::make(tables);
}

std::optional<Role> Lexicons::role_by_wording(std::u32string_view view) const {
  if (view.empty()) return std::nullopt;
  std::optional<icu::UnicodeString> text;
  for (const LineRule& rule : line_rules) {
    if (view.size() > rule.longest) continue;
    // 记者看到，…“…”: prose.
    if (rule.role == Role::byline && view.find_first_of(U"\"。") != view.npos) continue;
    const auto stands = [&](const std::u32string& need) {
      if (need.front() == U'^') return view.starts_with(std::u32string_view(need).substr(1));
      if (need.back() != U'$') return view.find(need) != view.npos;
      const std::u32string_view end = std::u32string_view(need).substr(0, need.size() - 1);
      return view.ends_with(end) || (view.back() == U')' && view.substr(0, view.size() - 1).ends_with(end));
    };
    if (!rule.needs.empty() && std::none_of(rule.needs.begin(), rule.needs.end(), stands)) continue;
    if (!text) text = to_icu(view);
    if (matches(*rule.pattern, *text, true)) return rule.role;
  }
  return std::nullopt;
}

std::optional<WorkKind> Lexicons::kind_by_title(std::u32string_view folded_title) const {
  const icu::UnicodeString text = to_icu(folded_title.substr(0, 200));
  for (const KindRule& rule : kind_rules)
    if (matches(*rule.pattern, text, false))
      return rule.kind == WorkKind::unknown ? std::nullopt : std::optional(rule.kind);
  return std::nullopt;
}

const Lexicons::Outlet* Lexicons::outlet(std::string_view wanted) const {
  const auto found =
      std::find_if(outlets.begin(), outlets.end(), [&](const Outlet& o) { return o.name == wanted; });
  return found == outlets.end() ? nullptr : &*found;
}

const Lexicons::Outlet* Lexicons::outlet_by_host(std::string_view url) const {
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos) return nullptr;
  url.remove_prefix(scheme + 3);
  std::string_view host = url.substr(0, url.find_first_of("/:?#"));
  for (; !host.empty(); host.remove_prefix(std::min(host.size(), host.find('.')) + (host.find('.') != host.npos)))
    for (const Outlet& o : outlets)
      if (std::find(o.hosts.begin(), o.hosts.end(), host) != o.hosts.end()) return &o;
  return nullptr;
}

bool Lexicons::is_office(std::u32string_view text) const {
  return std::any_of(offices.begin(), offices.end(), [&](const Office& o) { return text.starts_with(o.title); });
}

std::size_t Lexicons::surname(std::u32string_view text) const {
  if (text.empty()) return 0;
  for (const std::u32string& two : surnames_2)
    if (text[0] == two[0] && text.substr(0, 2) == two) return 2;
  return text[0] < 0x10000 && surnames[text[0]] ? 1 : 0;
}

}  // namespace suyuan
