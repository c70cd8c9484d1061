// series.hpp: what tells one sentence that is printed again and again with other values from words carried on.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "suyuan/align.hpp"

namespace suyuan {

// A place that answers to a part of a head.
struct Answer {
  std::uint32_t work = 0;
  FoldSpan span;                // in that work
  FoldSpan of;                  // of the head
  std::vector<EqualRun> equal;  // a: the head's work, b: that work; in order
  bool marked = false;          // between quotation marks in one of the two: never of a series
};

// A slot is a place of the head where several answers, each of which holds what stands beside it, have other
// values:
//   figures  three texts and more, three values and more, none of them in more than half of the texts
//   names    likewise other words, four texts and more, where most values are what their texts are about: a part of
//            each stands again in its own text and nowhere in the head's, and so the other way round
//   words    likewise, six texts and more in nobody's mouth, no value in more than a third
//   counts   two texts in nobody's words: 第二轮, 第三轮
//   days     two texts, where the figure goes with the day on which each came out: the day, the month, the year,
//            what is counted by the year, and then other figures beside it bind their clauses; or where both keep a
//            day of the year that each states of a year of its own, or, where nobody speaks, 今天上午 and the like
//            more than a week apart, 今年 and 去年 in two years
// A rite is a series without slots: what was held and who was there (rites.hpp), or what two reports, in nobody's
// words, tell of an occasion as it goes more than three weeks apart, with no figure that both keep, or in the same
// days of two years. So is what two such reports of one outlet have in common where it is much of both, two fifths
// of each, or a quarter in the same days of two years: a form that is filled in anew. And so is what they tell at
// two times with none of the figures of the one in the other, unless whole clauses beside them are a passage. An
// answer is of the series where it has other values than the head in as many slots as it agrees, and no stretch of
// whole clauses without a slot that would be a passage alone; or where most of it is wording that several answers
// of the series hold. A figure or a name that one text changed makes no slot: the others agree, and two texts tell
// none. A fragment is a stretch that breaks off within a clause, with which both texts go on otherwise: a name, a
// title, the beginning of a sentence.
enum class Told : std::uint8_t { passage, series, fragment };
struct SeriesTold {
  std::vector<FoldSpan> slots;
  std::vector<Told> told;  // of each answer
};
// What share of a work's letters alignments with another hold.
using ShareOf = std::function<double(std::uint32_t work, std::uint32_t other)>;
SeriesTold tell_series(const Corpus& corpus, std::uint32_t work, FoldSpan head, std::span<const Answer> answers,
                       const ShareOf& share_of);

// Whether two reports tell it in nobody's words more than three weeks apart, with no figure of two digits in
// common.
bool tell_another_time(const Corpus& corpus, std::uint32_t work, FoldSpan of, std::uint32_t other, FoldSpan span);

}  // namespace suyuan
