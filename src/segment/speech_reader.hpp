// speech_reader.hpp: how speech is read in one work: its paragraphs made ready, marks paired, people followed,
// quotations and led speech attributed. Known to speech*.cpp alone. All positions are of one paragraph's folded
// text; its origins lead back to the document.
#pragma once

#include <bitset>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "segment/layout.hpp"
#include "segment/lexicon.hpp"

namespace suyuan::speech {

inline constexpr std::size_t kReach = 400;   // letters before a verb in which its subject is sought
inline constexpr std::size_t kIndirect = 8;  // letters of the shortest led speech
inline constexpr std::size_t kNesting = 32;  // quotations inside each other; deeper marks are left open

using View = std::u32string_view;
inline constexpr Words::Table kVerb = Words::Table::verb, kSpeaker = Words::Table::speaker,
                              kTitle = Words::Table::title, kCollective = Words::Table::collective;

inline bool ends_sentence(char32_t c) { return c == U'。' || c == U'!' || c == U'?'; }

// A paragraph ready for reading: its folded text, which of it stands inside marks, and where sentences begin.
struct Text {
  std::uint32_t paragraph = 0;
  Plain plain;
  std::vector<std::uint8_t> depth;       // of quotation marks; the marks themselves belong outside
  std::vector<char> titled;              // inside 《》
  std::vector<std::uint32_t> sentences;  // where each begins
  std::vector<std::uint32_t> hit_at;     // of each position: its number in hits, from one; 0: none
  std::vector<Words::Hit> hits;
  struct Verb {
    std::size_t at = 0, length = 0;
    VerbKind kind = VerbKind::say;
  };
  std::vector<Verb> verbs;               // in order, outside marks and titles
  std::vector<std::uint32_t> people_at;  // where a speaker or a title stands

  std::optional<Phrases::Match> word(Words::Table table, std::size_t i) const {
    if (i >= hit_at.size() || hit_at[i] == 0) return std::nullopt;
    const Phrases::Match m = hits[hit_at[i] - 1].of[static_cast<std::size_t>(table)];
    return m.length == 0 ? std::nullopt : std::optional(m);
  }

  View view() const { return plain.text; }
  std::size_t size() const { return plain.text.size(); }
  std::size_t sentence_begin(std::size_t at) const {
    return *(std::upper_bound(sentences.begin(), sentences.end(), static_cast<std::uint32_t>(at)) - 1);
  }
  std::size_t sentence_end(std::size_t at) const {
    const auto next = std::upper_bound(sentences.begin(), sentences.end(), static_cast<std::uint32_t>(at));
    return next == sentences.end() ? size() : *next;
  }
};

struct Mark {
  std::size_t text, open, close;  // positions of the marks; close in texts[last]
  std::size_t last;
  std::uint32_t depth;
  bool left_open;  // no mark closes it: `close` is where its first sentence ends
};

struct Subject {
  SpeakerKind kind = SpeakerKind::unknown;
  std::string name;
  std::size_t begin = 0, end = 0;
  std::string by;
};

// Speech without marks: the sentence it begins in, where the words that lead it and its own words begin, whether a
// comma or a colon leads them, and whether as points that are counted off: 提出三点建议：一是…….
// How far led speech goes: to the end of its sentence, over sentences that demand (要…), or through the paragraph.
enum class RunsOn : std::uint8_t { sentence, demands, paragraph };

struct Lead {
  std::size_t sentence, from, begin;
  bool led, points;
  Attribution attribution;
  bool tells = false;  // by a verb that also tells of things: 介绍
};

// People whom no table knows and whom the document itself shows to be people.
struct Names {
  Phrases phrases;
  std::vector<std::string> names;
};

class Reader {
 public:
  Reader(State& s, Work& w, const Names& names) : s_(s), lex_(s.lexicons), w_(w), names_(names) {
    for (const View word : lex_.grammar(Grammar::adverb)) begins_adverb_.set(word[0] % begins_adverb_.size());
  }

  // Texts, marks, sentences, verbs: of the running text, or of one title or heading.
  void prepare();
  void prepare(std::uint32_t paragraph);
  // Counts the names that stand as subjects of verbs of saying or beside titles and that no table knows.
  void count_names(std::map<std::u32string, std::size_t>& counts) const;
  void read();
  void read_marks();  // what stands in marks alone

 private:
  char32_t raw(const Text& t, std::size_t i) const { return s_.document.text[t.plain.origin[i]]; }
  std::uint32_t at(const Text& t, std::size_t i) const { return t.plain.origin[i]; }
  Span span(const Text& t, std::size_t begin, std::size_t end) const { return {at(t, begin), at(t, end - 1) + 1}; }

  // Marks, sentences and verbs.
  void add(std::uint32_t paragraph);
  void find_parts();
  void orphan(const Text& t, std::size_t i, std::size_t swallowed, const std::string& why);
  void find_marks();
  void close(std::size_t text, std::size_t open, std::size_t last, std::size_t close, std::size_t depth);
  void left_open(std::size_t text, std::size_t open);
  void drop_longer_names(Text& t) const;
  void find_sentences(Text& t) const;
  void find_verbs(Text& t) const;
  // Where the names found in the document stand.
  void mark_names(Text& t) const;
  std::optional<Phrases::Match> verb_at(const Text& t, std::size_t i) const;
  bool as_said(const Text& t, std::size_t begin, std::size_t end) const;
  // 按照这一要求，: the verb is a noun there.
  bool is_noun(const Text& t, std::size_t begin, std::size_t end) const;
  Parts parts_of(const Mark& m) const;
  Parts parts_within(const Text& t, std::size_t begin, std::size_t end) const;
  std::size_t letters(const Parts& parts) const;

  // People.
  const std::string& speaker_name(std::uint32_t id) const;
  // Whether a person found at [begin, end) is the one who acts, and not one acted on or a word of a name for a
  // theory.
  bool acts(View text, std::size_t begin, std::size_t end) const;
  std::size_t dated_event(View text, std::size_t at) const;
  bool tells_event(View title) const;
  static std::size_t sentence_of(const Text& t, std::size_t at);
  const std::string& whose_address(const Text& t, std::size_t at) const;
  std::string acting_in(const Text& t, std::size_t begin, std::size_t end) const;
  // The words 在…时, 在…会议上 of [begin, end): what happens there is not the subject.
  std::vector<char> aside(const Text& t, std::size_t begin, std::size_t end) const;
  // A person's name at the end of text[begin, end), told by a surname: …书记黄坤明.
  std::size_t name_before(View text, std::size_t begin, std::size_t end) const;
  // Who says what the verb at `verb` introduces, named in [begin, verb).
  std::optional<Subject> subject(const Text& t, std::size_t begin, std::size_t verb, VerbKind kind) const;
  // Names that no table holds.
  // The name by which a title says who speaks: 某某在…强调…; its letters, 0 where none does.
  std::size_t name_of_title(View title) const;
  // Or who acts: 某某会见…, 某某在…
  std::size_t acting_in_title(View title, bool prose = false) const;
  bool may_be_name(View text) const;  // a surname and what may be a given name begin it
  bool is_object(View text, const std::optional<Subject>& before, std::size_t at, std::size_t size) const;
  View foreign_behind(View text, std::size_t begin) const;
  // Letters at the beginning that may be a foreign name's; whether some are one and no place or institution.
  std::size_t foreign_run(View own, bool office) const;
  bool is_foreign(View name) const;
  // Whether the title that ends at `at` is an office: 州长, not 美国.
  bool ends_office(View text, std::size_t at) const;
  bool strip_adverb(View& own) const;
  bool strip_ok(View rest) const;
  // Whether words between a name and its verb only say how, when, where or to whom: 笑着, 10日, 对徒弟, 接受采访时.
  bool adverbial(View rest) const;
  // The letters of the longest word of a group with which a text begins; 0 where it begins with none.
  std::size_t longest_at(View text, Grammar group) const;
  static std::size_t time_ago(View text);
  // The same behind titles.
  bool follows(View rest) const;
  // Whether a noun means anybody: 大家, 村民们.
  bool is_vague(View noun) const;
  // Whether a name may begin at a place of a clause: sure at its beginning and behind a word for a person.
  enum class Room : std::uint8_t { none, likely, sure };
  Room room_for_name(View text, std::size_t at) const;
  // A clause up to its verb, without what stands in brackets and up to the first 在…时, with the positions.
  struct Own {
    std::u32string text;
    std::vector<std::size_t> at;
  };
  Own own_words(const Text& t, std::size_t begin, std::size_t verb, const std::vector<char>& out,
                std::size_t out_begin) const;
  // The lengths of names that the words before a verb begin with, 0 where they begin with none.
  std::size_t surname_name(View text, Room room) const;
  std::size_t foreign_name(View text, std::size_t at) const;
  std::size_t latin_name(const Text& t, const Own& own, std::size_t at) const;
  // The person, and else the noun, that a clause gives as the one who says what its verb introduces; of nouns,
  // unless any will do, those for persons.
  std::optional<Subject> own_subject(const Text& t, const Own& own) const;
  std::optional<Subject> unnamed_subject(const Own& own, bool any) const;
  bool looks_like_name(View own) const;
  bool follows_name(const Text& t, std::size_t at, std::size_t verb) const;
  // 总书记的一席话 speaks; 总书记的要求 does not introduce by another verb.
  bool possessive_fits(View text, std::size_t end, VerbKind kind) const;
  std::size_t body_begin(View text, std::size_t from, std::size_t body) const;
  // 按照全会部署, 根据《意见》要求: what is named there is relied on and does not speak.
  bool relies(View text, std::size_t clause) const;
  // A meeting or a text speaks only where the verb follows it closely.
  bool near(View text, std::size_t end, std::size_t verb, const std::vector<char>& out, std::size_t begin) const;
  std::optional<Subject> by_title(View title, std::size_t begin, std::size_t end) const;
  bool opens_with_name(const Text& t, std::size_t begin, std::size_t end) const;
  // Who was last spoken of as acting, at the end of each sentence; two people at once leave it open.
  bool done_to(View text, std::size_t sentence, std::size_t begin, std::size_t end) const;
  void track_people();
  std::string antecedent(const Text& t, std::size_t at) const;

  // Attributions.
  // The first verb at or after a place.
  static std::vector<Text::Verb>::const_iterator verb_from(const Text& t, std::size_t at);
  // From the clause that names the speaker, with the 在…时 before it, to `end`.
  std::size_t attribution_begin(const Text& t, std::size_t sentence, std::size_t subject_begin) const;
  Attribution make(const Text& t, std::size_t begin, std::size_t end, const std::optional<Subject>& by,
                   std::size_t verb, std::size_t verb_length, bool after) const;
  void find_occasion(const Text& t, std::size_t begin, std::size_t end, Attribution& a) const;
  // The attribution that stands before the words at `open`, in [sentence, open).
  std::optional<Attribution> before(std::size_t text, std::size_t open) const;
  // Whether only adverbs and 在…时 stand between a sentence's beginning and the verb.
  bool leads_alone(const Text& t, std::size_t sentence, std::size_t verb) const;
  // The first one who acts after a quotation that stands inside 在…时.
  std::optional<Subject> following(const Text& t, std::size_t open) const;
  // The attribution that stands after the words, whose closing mark is at `close`.
  std::optional<Attribution> after(std::size_t text, std::size_t open, std::size_t close) const;
  // Somebody named as the one who said what stands before `begin`, in the same sentence or in the one before.
  std::optional<Attribution> said_in(const Text& t, std::size_t begin, bool same) const;
  // Who stands alone before a colon: 某某：“…”.
  std::optional<Attribution> labelled(const Text& t, std::size_t sentence, std::size_t colon) const;
  // Somebody named right behind the words: （某某语）, ——某某, 这句话出自某某.
  std::optional<Attribution> said_there(const Text& t, std::size_t from, std::size_t begin, std::size_t named,
                                        std::size_t end) const;
  std::optional<Attribution> signed_by(const Text& t, std::size_t close) const;
  // Whose words they are where no verb of saying gives them: 在某某看来，“…”, 牢记某某“…”的嘱托.
  std::optional<Attribution> framed(const Text& t, std::size_t open, std::size_t close) const;
  // Whose words somebody cites: right before the marks, or framed; and whether one attribution stands nearer than
  // another.
  std::optional<Attribution> cited(const Text& t, std::size_t open, std::size_t close) const;
  std::optional<Subject> person_before(const Text& t, std::size_t begin, std::size_t end) const;
  // Whether the clause before the marks names somebody else, behind whoever is said to speak.
  bool another_named(const Text& t, std::size_t open, const Attribution& by) const;
  static bool is_nearer(const Attribution& one, const std::optional<Attribution>& other);
  // 某某强调： at the end of the paragraph before.
  std::optional<Attribution> above(std::size_t text) const;

  // Quotations.
  void take(std::size_t i);
  // Paragraphs set as block quotations.
  void find_blocks(std::size_t n);
  void find_led_paragraph(std::size_t n);
  struct Signed {
    bool is = false;
    std::size_t end = 0;                     // of the words
    std::optional<Attribution> attribution;  // none where a title alone says where they stand
  };
  std::optional<Attribution> signature(const Text& t, std::size_t from) const;
  static std::size_t signed_from(const Text& t);
  Signed signed_by(std::size_t n) const;
  void find_full_text();
  // Where a verb of saying leads words without marks.
  std::vector<Lead> find_leads(std::size_t n) const;
  // Whether a mark opens a term and no quotation: 指出，“河长账本”要一年一本.
  bool opens_term(const Text& t, std::size_t mark) const;
  // Behind 三点建议, where such words follow a verb; whether 一是 or the like stands at a place.
  std::size_t behind_points(const Text& t, std::size_t at, std::size_t end) const;
  bool counts_off(const Text& t, std::size_t at) const;
  // Whether the words before a verb of saying give what follows as somebody else's.
  bool anothers(const Text& t, std::size_t sentence, const Text::Verb& v) const;
  // The answers of an interview.
  void find_answers();
  bool in_marks(const Text& t, const Lead& lead) const;
  std::size_t quoted_in(const Text& t, std::size_t begin, std::size_t end, const std::string* by = nullptr) const;
  void take_leads(std::size_t n, const std::vector<Lead>& leads, RunsOn runs);
  // Whether a bracket behind words says who said them, and where or in what: （某某在……会议上的讲话）,
  // （某某：《……》）.
  bool cites(const Text& t, std::size_t at) const;
  // Whether a sentence speaks of somebody by name or office: it is not his.
  bool does_something(const Text& t, std::size_t at, std::size_t begin) const;
  bool tells_of(const Text& t, std::size_t begin, std::size_t end, const std::string& speaker) const;

  State& s_;
  const Lexicons& lex_;
  std::bitset<1024> begins_adverb_;  // of the first letters, some of other letters too
  Work& w_;
  const Names& names_;
  std::vector<Text> texts_;
  std::vector<Mark> marks_;
  std::size_t signed_lines_ = 0;       // texts that do nothing but sign what stands above
  std::vector<std::uint32_t> direct_;  // of the work's quotations those in marks and in no other's, in order
  std::map<std::u32string, std::string> titled_;  // 总书记 → who was named with it
  // By text and sentence: who acted last before it, and who did where an address was last spoken of.
  std::vector<std::vector<std::string>> people_, addresses_;
};

}  // namespace suyuan::speech
