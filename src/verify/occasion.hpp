// occasion.hpp: on what occasion words of the library were spoken, and whether two occasions are one. Texts are in
// their plain form: letters simplified, marks by class.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "suyuan/index.hpp"

namespace suyuan {

inline constexpr int kReportDays = 10;    // a report is no older than its occasion, nor younger by more
inline constexpr std::size_t kVague = 4;  // letters an occasion's words must have to name one

// Where and when words of the library were spoken, as far as it says.
struct Occasion {
  std::u32string text;  // folded; empty: not said
  std::string shown;
  std::optional<Date> first, last;
  bool precise = false;  // a section's own line, a speech's title, a report's subject: not somebody's word for it
  bool report = false;   // the text is a report's title and beginning
  bool titled = false;   // the text is a speech's title, which may name no more than what was given
  std::u32string line;   // of such a speech: what its beginning says of the meeting; folded
  std::optional<Date> not_before;  // the first day of the year of which a report is
  std::u32string told;             // what stands before the words
};
Occasion occasion_of(const Corpus& corpus, std::uint32_t work, FoldSpan place);

// Whether both are known and cannot be one, or are one.
bool same_occasion(const Occasion& a, const Occasion& b);
bool other_occasion(const Occasion& a, const Occasion& b);

// The words that tell one occasion from another: without dates, particles and what is said of every occasion.
std::u32string occasion_key(std::u32string text);

// Whether a key says no more than that there was an occasion: 会上, 考察时, 这里.
bool is_vague_occasion(std::u32string_view key);

// A year of four numerals, in figures or in words, and 年: 2031年, 二〇三一年.
std::optional<int> year_at(std::u32string_view text, std::size_t at);

// A name with such a year before it in figures.
std::u32string with_year_in_figures(std::u32string name);

// Whether two names of things that are made every year are one but for the year: 2031年林业工作报告.
bool other_year(std::u32string_view a, std::u32string_view b);

// Whether an occasion, asked for by its key, is the one of the library. A report of another event contradicts it;
// one that tells of it before the words, as of a stop of a visit, bears it out.
enum class Agreement : std::uint8_t { agrees, differs, open };
Agreement compare_occasion(std::u32string asked, const Occasion& base);
bool agrees(const std::u32string& asked, const Occasion& base);

// What tells beforehand that a report cannot answer for an occasion: the letters by which it is asked for, in each
// way in which it may be written, and whether enough of the pairs of them that follow each other stand somewhere in
// the report's title and beginning.
std::vector<std::u32string> occasion_names(std::u32string asked);
bool may_agree(const std::u32string& asked, const std::vector<char>& pairs);

// The text in which a report names its occasion, beside its title: the beginnings of its first paragraphs, in their
// plain form, one after the other with their numbers; how many.
std::size_t lead_paragraphs(const Document& document, const Work& work,
                            const std::function<void(std::size_t paragraph, std::u32string_view text)>& take);

std::u32string letters_of(std::u32string_view text);     // without its marks
std::u32string title_letters(const std::string& title);  // in their plain form

// Whether two intervals are known and share a day.
bool days_overlap(const std::optional<Date>& a, const std::optional<Date>& b, const std::optional<Date>& x,
                  const std::optional<Date>& y);

}  // namespace suyuan
