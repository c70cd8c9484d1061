// chain.hpp: step 6 of the pipeline: alignments → Chain, the provenance of one passage.
//
// A chain is built around a head, the fullest witness of a unit: an attributed section; a paragraph that another
// text holds half of, cut to what others have of it; else a part of a paragraph that stands elsewhere, in whole
// clauses, the longest first. A passage too widespread to be paired (index.hpp) comes before the others, around the
// earliest text that has it, with every place. A part opens a chain with 20 letters in telling wording, between
// quotation marks, or as a clause of 13 that four texts have, most of them in somebody's mouth (copies of one are
// one). Units that cover each other to 80 % are one, and
// one that is three fifths of another that holds it; a smaller one joins as a witness with its extent and opens a
// chain of its own only where it has witnesses outside: what an article says twice, in its title or
// another paragraph, opens none. One whose places all lie in a longer one's, which has few besides, is told there.
// Each witness is compared with the first appearance and with the earlier witness it differs least from.
//
// Order      By publication alone, by the last day its interval allows: that day it stood; by the day on which a
//            text was signed, where that is all that is known. Witnesses whose
//            intervals overlap are unordered in truth; `rivals` names those that could precede the first.
//            The first appearance is the earliest text whose places together hold half of the head: `first` is the
//            one that does so alone, else the fullest. An undated witness is never first while a dated one holds as
//            much.
// Members    Of a section whatever holds half of it, or 40 letters, or words between quotation marks, or telling
//            wording in whole clauses of one of the two texts. Of a paragraph or a part 40 letters or half of it; a
//            quarter, unless four texts have that part, which is a passage of its own then; or less in rare wording
//            that is too short to open a chain. A text older than the first appearance that has the passage with
//            words put in, or its halves exchanged, is a witness too; what tells of another event in the same
//            frame, by its number or by one name for another twice, is none. A part under half that one chain tells
//            is not told again. A name, a title or a stock phrase out of the head makes no witness, nor opens a
//            chain, and what an outlet opens its paragraphs with belongs to no passage.
// Series     A sentence printed again and again with other figures, days or names is nobody's words carried on: it
//            is set aside, with its places, and they join no chain. Two texts never make one by a changed figure or
//            name, unless it is the day of each; words between quotation marks are never of one. A form that two
//            reports of one outlet fill in anew, weeks apart and in nobody's words, is one too.
// Agreement  `follows` says whose wording a witness has, and claims it only on evidence: readings in which earlier
//            texts differ and the witness goes with some of them, or neighbouring text that it shares with some.
//            It never says that one text was taken from another, and the later of two sources is none the likelier.
// Cost       A chain needs its head's alignments only. Each witness is compared with no more than kNearest distinct
//            earlier wordings: the first appearance's and the latest.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "suyuan/align.hpp"
#include "suyuan/index.hpp"

namespace suyuan {

inline constexpr std::uint32_t kNearest = 24;

// Whose words a place gives, and said when, as its own text has it. Of the quotations and led speech that cover the
// place the innermost that names somebody; else the one led speech that holds half of it and its end; else the one
// with whose words it begins, where no sentence of it goes on with another time; of what is counted off (二是) who
// speaks in the paragraph above; else the author of a signed article, excerpt or speech, unless the place stands in
// a quotation of somebody who is not named. What "the article" says in a report on an article is its author's.
struct Voice {
  enum class By : std::uint8_t { nothing, quotation, author };
  std::string speaker;  // in simplified script, whichever the text's
  SpeakerKind kind = SpeakerKind::unknown;
  By by = By::nothing;
  bool inferred = false;  // from a pronoun, or from who spoke just before
  Parts occasion;         // a section's line, or the words before the quotation: 在…会议上
  DateInterval spoken;
};

// A place where earlier texts differ and the witness reads as some of them do.
struct Telling {
  EditClass kind = EditClass::wording;
  Parts at;                         // what the witness has there; empty where it lacks what the others have
  std::uint32_t offset = 0;         // where that is in its document, also then
  bool outside = false;             // neighbouring text, before or after the passage, that it shares with them
  std::vector<std::uint32_t> with;  // the earliest witness of each wording that reads so
  struct Other {
    std::uint32_t witness = 0;
    std::uint32_t work = 0;  // in whose document stands
    Parts has;               // what it has there, or another witness letter for letter; empty where it has nothing
  };
  std::vector<Other> against;  // likewise of each that does not
};

// Whose wording a witness has, of the earlier publications that hold half of its words and more.
//   first      there is none
//   decided    those in `witnesses` and no other: each other is spoken against by `readings`, and nothing
//              speaks for it
//   undecided  `witnesses` are tied; without `readings` all read alike, else some speak for one and some for
//              another, or too little does
//   sibling    it and `witnesses` give the words of one occasion, or one reports on the other (同源异文):
//              neither is the other's source
// A reading of wording decides alone where the witness has letters there; one that it merely lacks, one of form,
// numeral or reporting, and one of look-alike characters decide only where there are two; between quotation marks a
// word that reporting drops (我们, 要) decides alone. Marks, script, layout,
// section numbers and the order of clauses decide nothing.
struct Follows {
  enum class Status : std::uint8_t { first, decided, undecided, sibling };
  Status status = Status::first;
  std::vector<std::uint32_t> witnesses;  // the earliest of each publication, no more than kNamed
  std::uint32_t more = 0;                // publications besides
  std::vector<Telling> readings;
};
std::string_view name(Follows::Status status);
inline constexpr std::uint32_t kNamed = 8;

struct Witness {
  std::uint32_t work = 0;
  FoldSpan span;
  FoldSpan of;        // what it answers to, units of the head's work
  double extent = 0;  // share of the head's letters it holds
  Role role = Role::body;
  bool quoted = false;  // stands inside quotation marks
  Voice voice;
  std::optional<std::uint32_t> nearest;  // an earlier witness
  Comparison against_nearest;
  std::optional<Comparison> against_first;  // none of the first appearance, nor of what holds another part than it
  // Of what it holds before and after the first appearance's part of the head: against the head, its first side.
  std::vector<Comparison> against_head;
  bool before_first =
      false;  // is the first side of it: it stands before the first appearance, and holds too little
  Follows follows;
};

// A part of a passage that is a passage of its own, and stands in an earlier text than the whole: where its words
// come from. What the whole's own witnesses show is not said again.
struct EarlierPart {
  FoldSpan of;                  // units of the head's work
  std::uint32_t head_work = 0;  // the head of its chain,
  FoldSpan head;
  std::uint32_t work = 0;  // and the first appearance there
  FoldSpan span;
  Voice voice;
};

struct Chain {
  bool quotation = false;  // somebody's words: quoted, or a section with an occasion
  std::uint32_t head = 0;  // witnesses by number
  std::uint32_t first = 0;
  std::uint32_t first_part = 0;
  std::vector<std::uint32_t> rivals;
  std::optional<std::pair<std::uint32_t, std::uint32_t>> occasion;  // work, section
  std::vector<Witness> witnesses;                                   // in order
  std::vector<EarlierPart> earlier_parts;                           // by place; of build_chains alone
};

// One sentence printed again and again with other values (figures, days, names) in its slots, or that tells who was
// present and how a ceremony ran: nobody's words carried on, and no chain. One object with its places, never pairs.
struct Series {
  struct Place {
    std::uint32_t work = 0;
    FoldSpan span;
  };
  std::vector<Place> places;    // in order of publication
  std::vector<FoldSpan> slots;  // of the head
  std::uint32_t works = 0;      // that hold it
  Place head;                   // the fullest, as it stands in `places`
};

struct Provenance {
  std::vector<Chain> chains;   // ordered by the date of the first appearance, then by place
  std::vector<Series> series;  // the most places first
  // Alignments in no chain that break off within a clause and go on otherwise in both texts: names, titles,
  // beginnings of sentences.
  std::uint32_t fragments = 0;
};
Provenance build_chains(const Corpus& corpus, const std::vector<Alignment>& alignments, unsigned jobs = 1);

// The chain whose head is all of one work, from the alignments that touch it. Only the head, where none does. The
// earliest `compared` witnesses are compared with others, and the head and the first appearance.
Chain build_chain(const Corpus& corpus, const std::vector<Alignment>& alignments, std::uint32_t work,
                  std::size_t compared = SIZE_MAX);

// What stands of a text that add_passage() added: the same, of which the earliest `limit` places are kept (0: all),
// or those that hold most of it; the first appearance is always kept. The corpus is narrowed to what the chain
// cites, and the chain's numbers are those of it.
struct FoundPassage {
  Chain chain;             // only the head, where nothing was found
  std::size_t places = 0;  // found, and kept
  std::size_t shown = 0;
};
FoundPassage find_passage(Corpus& corpus, std::uint32_t work, std::size_t limit = 0, bool best_first = false);

}  // namespace suyuan
