// head.hpp: what the lines at the head of a work are: title, author, the day and the outlet.
#pragma once

#include <optional>
#include <string>

#include "segment/layout.hpp"
#include "suyuan/base.hpp"

namespace suyuan {

// Titles, bylines, imprints and occasions before the body; section numbers only where sections are.
void read_head(const State& state, Work& work);

// Of what roles a head's lines are.
bool stands_in_head(Role role);

// Whom a byline names, as written, without office, label and marks: 本报记者 某某, □ 某某, 某某/文. Empty where a
// line is no byline by its form.
std::u32string author_in(const State& state, std::u32string_view written);

// Whom a folded line names with an office in one word, as under the title of a speech: 国务院总理某某, with the day
// and the meeting before it or a greeting behind it: 云川省省长某某各位代表：. Empty where it is no such line.
std::u32string officer_in(const State& state, std::u32string_view view);

// A line that says when and in what a text appeared, and nothing else: 2041-04-13, 岭南晨报 2041年4月13日,
// 《云水》2042年第6期. At the head of a text a few letters beside a day are an outlet's too, though it is not
// known.
struct Imprint {
  std::optional<Date> day;  // or a month
  std::string outlet, author;
};
std::optional<Imprint> imprint(const State& state, std::u32string_view view,
                               bool at_head = false);  // of a folded line

// The day or month of a line that says when a text was written, and at most who signs it and where:
// 写于2041年4月13日, 2041年4月13日于云岭, 云岭省人民政府 2041年4月13日.
std::optional<Date> signed_on(const State& state, std::u32string_view view);

}  // namespace suyuan
