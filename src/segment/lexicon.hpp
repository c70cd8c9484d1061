// lexicon.hpp: the tables of data/lexicons as the segmenter uses them. All words are in the folded form of lines.
#pragma once

#include <unicode/regex.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "suyuan/segment.hpp"

namespace suyuan {

// The words of a table, found at a place of a text, the longest first.
class Phrases {
 public:
  struct Match {
    std::uint32_t id = 0;
    std::uint32_t length = 0;
  };
  void add(std::u32string phrase, std::uint32_t id);  // the first of two equal phrases stays
  std::optional<Match> at(std::u32string_view text, std::size_t position) const;
  // The longest phrase that ends at `end`.
  std::optional<Match> before(std::u32string_view text, std::size_t end) const;

 private:
  friend class Words;
  // Turns most places away by their first two characters.
  static std::size_t pair(char32_t a, char32_t b) { return ((a * 0x9E3779B1U) ^ (b * 0x85EBCA6BU)) >> 16; }
  bool may_begin(std::u32string_view text, std::size_t at) const {
    const char32_t c = text[at];
    if (c < 0x10000 && !((begins_[c >> 6] >> (c & 63)) & 1)) return false;
    if (at + 1 == text.size()) return true;
    const std::size_t p = pair(c, text[at + 1]);
    return ((pairs_[p >> 6] >> (p & 63)) & 1) != 0 || (c < 0x10000 && ((alone_[c >> 6] >> (c & 63)) & 1) != 0);
  }
  struct Entry {
    std::u32string phrase;
    std::uint32_t id;
  };
  std::array<std::uint64_t, 1024> begins_{}, alone_{},
      pairs_{};  // first characters; of one-character phrases; first two
  std::unordered_map<char32_t, std::vector<Entry>> by_first_, by_last_;  // longest first
};

// The words by which speech is found, of several tables at once: the longest of each at a place.
class Words {
 public:
  enum class Table : std::uint8_t { verb, speaker, title, collective };
  struct Hit {
    std::array<Phrases::Match, 4> of{};  // by table; length 0: none
    bool any() const { return of[0].length + of[1].length + of[2].length + of[3].length != 0; }
  };
  void add(std::u32string phrase, Table table, std::uint32_t id);
  Hit at(std::u32string_view text, std::size_t position) const;

 private:
  Phrases phrases_;
  std::unordered_map<std::u32string, std::uint32_t> known_;
  std::vector<std::vector<std::pair<Table, std::uint32_t>>> rows_;
};

enum class VerbKind : std::uint8_t { say, show, mark, tell, noun };  // data/lexicons/introducers.tsv

// The groups of data/lexicons/speech.tsv, in its order.
enum class Grammar : std::uint8_t {
  pronoun_letters,
  not_in_counted_name,
  theory,
  object_letter,
  object_word,
  aside_end,
  before_zai,
  after_dang,
  before_name,
  joins_people,
  before_title,
  pronoun,
  before_pronoun,
  after_pronoun,
  after_body,
  held,
  held_of,
  not_in_body,
  after_titled_name,
  adverb,
  not_in_name,
  possessed,
  rely,
  between_body_and_verb,
  vague_title,
  clause_end,
  before_zai_of_occasion,
  occasion_end,
  not_in_opening_name,
  joins_quotations,
  between_quotations,
  names_activity,
  before_theme,
  after_theme,
  opens_words,
  asks,
  not_object,
  manner,
  toward,
  during,
  person_noun,
  before_speaker,
  before_subject,
  not_in_given_name,
  not_last_in_name,
  doubtful_surname,
  place,
  transliteration,
  event_verb,
  gathering,
  framed,
  before_framed,
  before_cited,
  behind_cited,
  addressed,
  seems,
  foreign_place,
  office_end,
  not_foreign,
  title_verb,
  titled_saying,
  vague_subject,
  governs,
  not_behind_body,
  organ,
  impersonal,
  author,
  hearsay,
  asks_label,
  answers_label,
  interviewed,
  comes_from,
  noun_too,
  noun_behind,
  noun_modifier,
  governs_noun,
  points,
  ordinal,
  full_text,
  this_is,
  said_so,
  whole_word,
  written,
  his_words,
  was_held,
  comments,
  demands,
  arrives,
  count,
};

class Lexicons {
 public:
  struct Verb {
    VerbKind kind = VerbKind::say;
    std::u32string not_after, not_before;
  };
  struct Office {
    std::u32string title;
    std::string person;
    Date from, to;
  };
  struct Meeting {
    std::u32string name;
    Date first, last;
  };
  struct Outlet {
    std::string name, period;
    std::vector<std::string> hosts;
  };
  struct LineRule {
    Role role;
    std::size_t longest;
    std::vector<std::u32string> needs;  // one of them; empty: nothing
    std::unique_ptr<icu::RegexPattern> pattern;
  };
  struct KindRule {
    WorkKind kind;
    std::unique_ptr<icu::RegexPattern> pattern;
  };

  // `tables`: the texts of the tables by file name, a user's before the shipped ones.
  static Result<std::shared_ptr<const Lexicons>> make(
      const std::vector<std::pair<std::string, std::string>>& tables);

  Words words;
  Phrases speakers, titles, meetings, not_names;
  Phrases conversions;  // as written, not folded
  std::vector<Verb> verb_rows;
  std::vector<std::string> speaker_rows;  // the name
  std::vector<SpeakerKind> collective_rows;
  std::vector<Meeting> meeting_rows;
  std::vector<Office> offices;
  std::vector<Outlet> outlets;
  std::vector<LineRule> line_rules;
  std::vector<KindRule> kind_rules;
  std::vector<bool> surnames = std::vector<bool>(0x10000);  // of one character
  std::vector<std::u32string> surnames_2;                   // of two
  std::array<std::vector<std::u32string>, static_cast<std::size_t>(Grammar::count)> grammar_rows;
  std::array<std::u32string, static_cast<std::size_t>(Grammar::count)> grammar_letters;

  // The words of a group; the single letters among them as one text.
  const std::vector<std::u32string>& grammar(Grammar group) const {
    return grammar_rows[static_cast<std::size_t>(group)];
  }
  std::u32string_view letters(Grammar group) const { return grammar_letters[static_cast<std::size_t>(group)]; }

  // The role that the wording of a folded line gives it.
  std::optional<Role> role_by_wording(std::u32string_view view) const;
  std::optional<WorkKind> kind_by_title(std::u32string_view folded_title) const;
  const Outlet* outlet(std::string_view name) const;
  // The outlet that a page's address belongs to, by its host or a domain above it.
  const Outlet* outlet_by_host(std::string_view url) const;
  // Whether a text begins with an office that one person holds at a time.
  bool is_office(std::u32string_view text) const;
  // Length of the surname at the front of a text, 0 where there is none.
  std::size_t surname(std::u32string_view text) const;
};

// The folded form in which lines and words are matched: simplified, half width, no blanks, no readings.
std::u32string fold_words(std::u32string_view text);

}  // namespace suyuan
