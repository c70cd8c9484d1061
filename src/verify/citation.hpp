// citation.hpp: the words by which a citation says where and when something was printed. Texts are in their plain
// form.
#pragma once

#include <cstddef>
#include <string_view>

namespace suyuan::citation {

// The letters at the end of a text that name what prints: a paper, a site, a press; 0 where none does.
std::size_t medium_before(std::u32string_view text);
// Whether what stands in the marks of a title is the name of a paper, a journal or a collection.
bool is_medium(std::u32string_view title);
// Whether a text ends with a word that leads to such a name: 载, 据.
bool leads_to_medium(std::u32string_view text);

// Whether a name is that of what is given once a year: 新年贺词, 林业工作报告.
bool names_yearly(std::u32string_view name);

// Whether what stands before the name of a report says that it has the words: 正如, 出自.
bool leads_to_source(std::u32string_view text);
// Whether a short name is that of one text: 宪法.
bool is_short_title(std::u32string_view name);
// Whether a text goes on, behind a day, as one does of a day of printing: 电, 第2版.
bool follows_printing(std::u32string_view text);
// Whether the type of a document stands in a text, as in the lists of GB/T 7714: [N], [EB/OL].
bool has_type_mark(std::u32string_view text);

}  // namespace suyuan::citation
